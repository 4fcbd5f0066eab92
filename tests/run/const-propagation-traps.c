// out: 1 6 13 34 45 56
// Variables that look constant and are not.
#include <stdio.h>
static int a = 1; static const int c = 2; static int *pa = &a; static int mod(void) { *pa += 5; return a; }
static int f(int x) { int y = 3, *p = &y; if (x) *p = 4; int z = y; y++; return z * 10 + y; } static int g(int n) { int s = 0; for (int i = 0; i < n; i++) { int k = i ? s : 7; s += k; } return s; }
int main(void) { int l = a; mod(); int m = a, k = c + mod(); printf("%d %d %d %d %d %d\n", l, m, k, f(0), f(1), g(4)); return 0; }
