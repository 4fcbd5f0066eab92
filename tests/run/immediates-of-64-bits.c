// out: fedcba9876543210 80000000 ffffffff80000000 7fffffff fffffffedcba9877 ffffffff 80000001
// out: 123456799abcdef0 123456781abcdef0 acf135689abcdef0 1 1 0
// out: edcba9861abcdef0
#include <stdio.h>
static unsigned long g[4]; struct s { long a; unsigned long b; int c; } s;
int main(void)
{
    volatile unsigned long x = 0x123456789abcdef0; unsigned long *p = g;
    p[0] = 0xfedcba9876543210; p[1] = 0x80000000; p[2] = 0xffffffff80000000; p[3] = 0x7fffffff; s.a = -0x123456789; s.b = 0xffffffff; s.c = 0x80000001;
    printf("%lx %lx %lx %lx %lx %lx %x\n", g[0], g[1], g[2], g[3], s.a, s.b, s.c);
    printf("%lx %lx %lx %d %d %d\n", x + 0x100000000, x - 0x80000000, x * 0x100000001, x == 0x123456789abcdef0, x > 0x123456789abcdeef, x < 0xffffffff);
    x += 0x80000000; x ^= 0xffffffff00000000; x |= 0x8000000000000000; printf("%lx\n", x);
    return 0;
}
