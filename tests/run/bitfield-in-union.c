// out: 8 7 123456 78
// out: abcdef71 734916465
#include <stdio.h>
union u { struct { unsigned lo : 4, hi : 4, rest : 24; } f; unsigned v; unsigned char b[4]; struct { int s : 31; } t; };
int main(void)
{
    union u x = { .v = 0x12345678 };
    printf("%x %x %x %x\n", x.f.lo, x.f.hi, x.f.rest, x.b[0]);
    x.f.lo = 1; x.f.rest = 0xabcdef;
    printf("%x %d\n", x.v, x.t.s);
    return 0;
}
