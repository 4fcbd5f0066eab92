// out: 26461 82892
#include <stdio.h>
static int ext(int x) { return x ^ 5; }
static long f(int n, int *p, long q) { long a = 1, b = 2, c = 3, d = 4, e = 5, g = 6, h = 7; for (int i = 0; i < n; i++) { a += b ^ i; b = c * 3 - d; if (i & 1) { c ^= ext((int)e & 255); d += p[i & 3]; } else e -= ext(i) + q; for (int j = 0; j < i % 4; j++) { g += a & j; h = h * 2 + ext(j); if (h > 100000) h %= 977; } } return a + b * 2 + c * 3 + d * 5 + e * 7 + g * 11 + h * 13; }
int main(void) { int p[4] = { 3, 1, 4, 1 }; printf("%ld %ld\n", f(50, p, 9), f(7, p, -3)); return 0; }
