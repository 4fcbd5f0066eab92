// Tentative definitions in two files meet with -fcommon, and are a duplicate without.
// run: %idem cc -fcommon -c %s -o %t/a.o
// run: %idem cc -fcommon -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: ! %idem cc %t/a.o %t/b.o -o %t/a
// needs: musl-gcc
// out: 5 0
// err~: shared
int shared, own[4];
#ifdef OTHER
void set(void) { shared = 5; }
#else
int printf(const char *, ...);
void set(void);
int main(void) { set(); printf("%d %d\n", shared, own[3]); return 0; }
#endif
