// out: 3809945363359012 -9 112 590 564
#include <stdio.h>
static signed char a[16]; static unsigned char b[16]; static short c[16]; static unsigned short d[16];
int main(void) { for (int i = 0; i < 16; i++) { a[i] = i * 37; b[i] = i * 71; c[i] = i * 9973; d[i] = i * 31337; } long s = 0; for (int i = 1; i < 16; i++) { a[i] += b[i - 1]; b[i] ^= c[i]; c[i] -= a[i] * d[i]; d[i] = (d[i] << 3 | d[i] >> 13) + a[i - 1]; a[i] >>= 1; b[i] = -b[i]; c[i] /= (a[i] | 1); d[i] %= 1000; s = s * 7 + a[i] + b[i] * 2 + c[i] * 3 + d[i] * 4; } printf("%ld %d %d %d %d\n", s, a[7], b[8], c[9], d[10]); return 0; }
