// out: 0 1 1 0
// out: 1 0 1 1
// out: 0 1 0
// out: 1 1
// The usual arithmetic conversions make -1 > 0u, but not for types narrower than int or when the signed type is wider.
#include <stdio.h>
int main(void)
{
    volatile int i = -1;
    volatile unsigned u = 0;
    volatile long l = -1;
    volatile unsigned long ul = 0;
    volatile unsigned char uc = 0;
    volatile unsigned short us = 0;
    printf("%d %d %d %d\n", i < u, i < uc, i < us, i < ul);
    printf("%d %d %d %d\n", l < u, l < ul, l < uc, (unsigned)i > l);
    printf("%d %d %d\n", (signed char)-1 == (unsigned char)255, (short)-1 == 0xffffffffu, -1L == 0xffffffffu);
    printf("%d %d\n", -1 > 0ul, -1 < 0);
    return 0;
}
