// C99 inline: the definition without extern gives no symbol; one file says extern (6.7.4p7).
// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem nm %t/b.o | grep -c ' twice'
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 1
// out: 10 1
inline int twice(int x) { return 2 * x; }
#ifdef OTHER
int (*address(void))(int) { return twice; }
#else
extern inline int twice(int);
int printf(const char *, ...);
int (*address(void))(int);
int main(void) { printf("%d %d\n", address()(5), address() == twice); return 0; }
#endif
