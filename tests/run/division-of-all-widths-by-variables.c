// out: -14 -2 28 4 -4285 -5 8571 3
// out: 571428571 3 -1285714285714285714 -2 2571428571428571428 4
// out: -1285714285714285714 -2 2571428571428571428 3
// out: -14 4 -4285 4500000000
#include <stdio.h>
int main(void) { volatile signed char a = -100, b = 7; volatile unsigned char c = 200, d = 7; volatile short e = -30000, f = 7; volatile unsigned short g = 60000, h = 7; volatile unsigned i = 4000000000u, j = 7; volatile long k = -9000000000000000000, l = 7; volatile unsigned long m = 18000000000000000000u, n = 7; printf("%d %d %d %d %d %d %d %d\n", a / b, a % b, c / d, c % d, e / f, e % f, g / h, g % h); printf("%u %u %ld %ld %lu %lu\n", i / j, i % j, k / l, k % l, m / n, m % n); printf("%ld %ld %lu %u\n", k / b, k % f, m / d, i % h); a /= b; c %= d; e /= l; m /= i; printf("%d %d %d %lu\n", a, c, e, m); return 0; }
