// out: -56 25 144 25 14
// out: 4 2147483647 -1 4 -1 5
// out: 1 3.29853e+12 2.5 1.5 1099511627775 65535
// op= with a right side of a wider or narrower or floating type computes in the common type.
#include <stdio.h>
int main(void)
{
    signed char c = 100; c += 100; printf("%d ", c);
    c = 10; c *= 2.55; printf("%d ", c);
    unsigned char uc = 200; uc <<= 1; printf("%d ", uc);
    uc = 200; uc >>= 3; printf("%d ", uc);
    uc = 7; uc /= 0.5f; printf("%d\n", uc);
    int i = 7; i -= 2.5; printf("%d ", i);
    i = -1; i /= 2u; printf("%d ", i);
    i = -7; i %= 3; printf("%d ", i);
    i = 5; i &= 0x100000004L; printf("%d ", i);
    i = 1; i |= -2L; printf("%d ", i);
    i = 6; i ^= 3; printf("%d\n", i);
    float f = 1; f += 1e-8; printf("%d ", f == 1);
    f = 3; f *= 1L << 40; printf("%g ", f);
    double d = 10; d /= 4; printf("%g ", d);
    d -= 1u; printf("%g ", d);
    long l = 1; l <<= 40; l -= 1; printf("%ld ", l);
    unsigned short us = 1; us -= 2; printf("%d\n", us);
    return 0;
}
