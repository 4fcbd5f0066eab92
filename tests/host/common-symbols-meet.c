// run: %idem cc -fcommon -DA -c %s -o %t/ia.o
// run: gcc -fcommon -fno-stack-protector -DB -c %s -o %t/gb.o
// run: gcc -no-pie %t/ia.o %t/gb.o -o %t/1 && %t/1
// run: %idem cc %t/ia.o %t/gb.o -o %t/2 && %t/2
// needs: gcc musl-gcc
// out: 9 7 7
// out: 9 7 7
#ifdef A
int printf(const char *, ...);
int shared, big[3];
int set(void);
int main(void) { shared = 3; big[2] = 4; int r = set(); printf("%d %d %d\n", shared, big[99], r); return 0; }
#else
int shared; int big[100];
int set(void) { int old = shared + big[2]; shared = 9; big[99] = 7; return old; }
#endif
