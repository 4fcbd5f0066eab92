// out: 2413 250904 21 6765
// Values that trade places at a loop's back edge.
#include <stdio.h>
int main(void) { int a = 1, b = 2, c = 3, d = 4, n = 0; for (int i = 0; i < 11; i++) { int t = a; a = b; b = c; c = d; d = t; if (i % 3 == 0) { t = b; b = a; a = t; } n = n * 3 + a; } unsigned x = 1071, y = 462; while (y) { unsigned t = x % y; x = y; y = t; } double u = 0, v = 1; for (int i = 0; i < 20; i++) { double t = u + v; u = v; v = t; } printf("%d%d%d%d %d %u %g\n", a, b, c, d, n, x, u); return 0; }
