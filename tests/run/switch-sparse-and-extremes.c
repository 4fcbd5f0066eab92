// out: 1 2 3 4 5 6 7 0 0
// out: 1 2 3 4 0 0
#include <limits.h>
#include <stdio.h>
static int f(int x)
{
    switch (x) { case INT_MIN: return 1; case INT_MAX: return 2; case 0: return 3; case 1000: return 4; case -1000: return 5; case 1 << 20: return 6; case -77777: return 7; default: return 0; }
}
static int u(unsigned x) { switch (x) { case 0: return 1; case 0xffffffff: return 2; case 0x80000000: return 3; case 0x7fffffff: return 4; default: return 0; } }
int main(void)
{
    printf("%d %d %d %d %d %d %d %d %d\n", f(INT_MIN), f(INT_MAX), f(0), f(1000), f(-1000), f(1 << 20), f(-77777), f(1), f(INT_MIN + 1));
    printf("%d %d %d %d %d %d\n", u(0), u(-1), u(0x80000000), u(0x7fffffff), u(1), u(0xfffffffe));
    return 0;
}
