// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 6
#ifdef OTHER
int f(int x) { return x + 1; }
#else
extern inline __attribute__((gnu_inline)) int f(int x) { return x + 1; }
int printf(const char *, ...);
int main(void) { printf("%d\n", f(5)); return 0; }
#endif
