// By priority over all files; the same priority in link order.
// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: b101 a150 a b main b a b150
int puts(const char *); int printf(const char *, ...);
#define SAY(n) { printf("%s ", n); }
#ifdef OTHER
__attribute__((constructor)) static void c(void) SAY("b")
__attribute__((constructor(101))) static void e(void) SAY("b101")
__attribute__((destructor)) static void d(void) SAY("b")
__attribute__((destructor(150))) static void f(void) { puts("b150"); }
#else
__attribute__((constructor)) static void c(void) SAY("a")
__attribute__((constructor(150))) static void e(void) SAY("a150")
__attribute__((destructor)) static void d(void) SAY("a")
int main(void) { printf("main "); return 0; }
#endif
