// out: 30 169 4874
#include <stdio.h>
static void mul(double (*r)[3], double a[3][3], const double b[][3]) { for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) { double s = 0; for (int k = 0; k < 3; k++) s += a[i][k] * b[k][j]; r[i][j] = s; } }
int main(void) { double a[3][3] = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 10 } }, r[3][3], *p = &r[0][0]; mul(r, a, (const double (*)[3])a); double t = 0; for (int i = 0; i < 9; i++) t += p[i] * (i + 1); printf("%g %g %g\n", r[0][0], r[2][2], t); return 0; }
