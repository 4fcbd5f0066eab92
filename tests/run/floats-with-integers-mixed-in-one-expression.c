// out: 3.75e+09 121.25 1.15292e+19 1.5 32767.5
// out: 3 -1 2882303761517117440 9223372036854775808 3000000000
// out: 8 3000000000 -4 -6 253 32767 1 8.5 -3e+09
// out: 0 1 1 1
#include <stdio.h>
int main(void)
{
    volatile int i = 7; volatile unsigned u = 3000000000u; volatile long l = -9; volatile unsigned long ul = 1UL << 63; volatile char c = -3; volatile unsigned char uc = 250; volatile float f = 0.5f; volatile double d = 1.25; volatile _Bool b = 1; volatile unsigned short us = 65535;
    printf("%g %g %g %g %g\n", i * f + u * d - l / d, c * d + uc * f, ul * d, b + f, us * f);
    printf("%d %d %ld %lu %u\n", (int)(i * f), (int)(c + d), (long)(ul * 0.25 * d), (unsigned long)(ul + d), (unsigned)(u + f));
    i += d; u -= f; l *= f; c /= f; uc += 3.7; us *= f; b = f; f += i; d -= u; printf("%d %u %ld %d %d %d %d %g %g\n", i, u, l, c, uc, us, b, f, d);
    printf("%d %d %d %d\n", i < d, u > f, l == -4, c != f); return 0;
}
