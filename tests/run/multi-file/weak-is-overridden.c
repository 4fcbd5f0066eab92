// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o -o %t/a && %t/a
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// run: %idem cc %t/b.o %t/a.o -o %t/a && %t/a
// needs: musl-gcc
// out: weak 1 0
// out: strong 2 1
// out: strong 2 1
#ifdef OTHER
const char *who(void) { return "strong"; }
int number = 2;
int optional(void) { return 1; }
#else
__attribute__((weak)) const char *who(void) { return "weak"; }
__attribute__((weak)) int number = 1;
__attribute__((weak)) int optional(void);
int printf(const char *, ...);
int main(void) { printf("%s %d %d\n", who(), number, optional ? optional() : 0); return 0; }
#endif
