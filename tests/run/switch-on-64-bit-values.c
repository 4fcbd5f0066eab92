// out: 1256780000
// out: 1234
#include <stdio.h>
static int f(long x)
{
    switch (x) { case 0x100000000: return 1; case 0x100000001: return 2; case 0x100000002: return 3; case 0x100000003: return 4; case 0x100000004: return 5; case 5: return 6; case -1: return 7; case 0x8000000000000000: return 8; }
    return 0;
}
static int g(unsigned long x) { switch (x) { case ~0UL: return 1; case 1UL << 63: return 2; case 0: return 3; default: return 4; } }
int main(void)
{
    printf("%d%d%d%d%d%d%d%d%d%d\n", f(0x100000000), f(0x100000001), f(0x100000004), f(5), f(-1), f(-0x7fffffffffffffff - 1), f(0), f(0xffffffff), f(1), f(0x200000000));
    printf("%d%d%d%d\n", g(-1), g(1UL << 63), g(0), g(0xffffffff));
    return 0;
}
