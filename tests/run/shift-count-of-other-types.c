// out: 32 -8 8589934592 9223372036854775808 2147483648
// out: 14 -1 4
// out: 40000000 4000000000000000
// The type of a shift is that of its promoted left operand; the count may be of any integer type.
#include <stdio.h>
int main(void)
{
    volatile unsigned char uc = 5;
    volatile signed char sc = 3;
    volatile long l = 33;
    volatile unsigned long ul = 63;
    volatile unsigned u = 31;
    volatile _Bool b = 1;
    printf("%d %d %ld %lu %u\n", 1 << uc, -64 >> sc, 1L << l, 1UL << ul, 1u << u);
    printf("%d %ld %d\n", 7 << b, -1L >> ul, (int)sizeof(1 << l));
    printf("%lx %lx\n", 0x8000000000000000UL >> l, 0x80000000UL << u);
    return 0;
}
