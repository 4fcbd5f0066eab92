// out: 10 76543210 fedcba9800000000 fedcba9876543200
// out: fedcba98f6543210 fedcba9876543210 fedcba9809abcdef 123456789abcdef
// out: 80000000 ffffffff 7654cdef 76543210
// out: 80 1a5 5a 7edcba9876543210
// out: 3210 89abcdef 5a
#include <stdio.h>
int main(void)
{
    volatile unsigned long l = 0xfedcba9876543210; volatile unsigned u = 0x89abcdef; volatile unsigned char c = 0xa5;
    printf("%lx %lx %lx %lx\n", l & 0xff, l & 0xffffffff, l & 0xffffffff00000000, l & -256L);
    printf("%lx %lx %lx %lx\n", l | 0x80000000, l | -1L << 60, l ^ 0x7fffffff, l ^ ~0UL);
    printf("%x %x %x %x\n", u & 0x80000000, u | 0x7fffffff, u ^ 0xffff0000, ~u);
    printf("%x %x %x %lx\n", c & 0x80, c | 0x100, (unsigned char)~c, l & ~(1UL << 63));
    l &= 0xffff; u |= 1; c ^= 0xff; printf("%lx %x %x\n", l, u, c);
    return 0;
}
