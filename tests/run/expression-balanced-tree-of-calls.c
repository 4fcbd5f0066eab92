// out: 1540096 2814909440
// out: 32
#include <stdio.h>
static int n;
static unsigned f(unsigned a, unsigned b) { n++; return a * 31 + b; }
#define T1(x) f(x, x + 1)
#define T2(x) f(T1(x), T1(x + 2))
#define T3(x) f(T2(x), T2(x + 4))
#define T4(x) f(T3(x), T3(x + 8))
int main(void)
{
    printf("%u %u\n", T4(1u), T3(5u) - T3(6u) * T2(7u));
    printf("%d\n", n);
    return 0;
}
