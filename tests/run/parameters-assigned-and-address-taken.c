// out: 55 18 6 7243
#include <stdio.h>
static int f(int a, char b, short c, double d, float e, long *p) { int *q = &a; char *r = &b; a += 5; *q *= 2; *r += 1; c <<= 2; d += a; e /= 2; *p += b + c; p = 0; return a + b + c + (int)d + (int)(e * 4) + (p == 0); }
static int g(int a[], int n) { int s = 0; while (n-- > 0) s += *a++; return s; }
static int h(int a1, int a2, int a3, int a4, int a5, int a6, int a7, char a8, double a9) { int *p = &a7; char *c = &a8; a1 = *p; *p = a2; *c += 3; a9 *= 2; return a1 * 1000 + a7 * 100 + a8 * 10 + (int)a9; }
int main(void) { long l = 3; int v[] = { 1, 2, 3 }; int r = f(1, 2, 3, 4.5, 5.5f, &l); printf("%d %ld %d %d\n", r, l, g(v, 3), h(1, 2, 3, 4, 5, 6, 7, 1, 1.5)); return 0; }
