// out: -16
// out: 255
// out: -8464
// out: 57072
// out: -1698898192
// out: 2596069104
// out: -1
// out: 4294967295
// Assignment converts to the type of the left side, and that is the value of the assignment.
#include <stdio.h>
int main(void)
{
    signed char c;
    unsigned char uc;
    short s;
    unsigned short us;
    int i;
    unsigned u;
    volatile long l = 0x123456789abcdef0;
    printf("%d\n", (c = l) == (signed char)0xf0 ? c : 999);
    printf("%d\n", uc = l + 0xf);
    printf("%d\n", s = l);
    printf("%d\n", us = l);
    printf("%d\n", i = l);
    printf("%u\n", u = l);
    printf("%ld\n", (long)(c = uc = 255));
    printf("%ld\n", (long)(u = i = -1));
    return 0;
}
