// run: for p in A B C D; do %idem cc -D$p -c %s -o %t/$p.o; done
// run: %idem ar rcs %t/lib.a %t/B.o %t/C.o %t/D.o && %idem cc %t/A.o %t/lib.a -o %t/a && %t/a
// run: ! %idem cc %t/lib.a -o %t/b 2>/dev/null
// run: %idem nm %t/a | grep -c ' unneeded' || :
// needs: musl-gcc
// out: 12
// out: 0
#if defined A
int printf(const char *, ...); int b(void);
int main(void) { printf("%d\n", b()); return 0; }
#elif defined B
int c(void); int b(void) { return c() + 1; }
#elif defined C
int c(void) { return 11; }
#else
int unneeded(void) { return 0; }
#endif
