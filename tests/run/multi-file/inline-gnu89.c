// gnu89: `extern inline` is for inlining only, plain `inline` is an external definition.
// run: %idem cc -std=gnu89 -c %s -o %t/a.o
// run: %idem cc -std=gnu89 -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 7 9
#ifdef OTHER
inline int given(int x) { return x + 2; }
int only(int x) { return x + 2; }
#else
extern inline int only(int x) { return x + 2; }
int given(int);
int printf(const char *, ...);
int (*volatile p)(int) = only;
int main(void) { printf("%d %d\n", p(5), given(7)); return 0; }
#endif
