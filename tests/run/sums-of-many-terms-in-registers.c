// out: 1640 1355
#include <stdio.h>
__attribute__((noinline)) static long f(long a, long b, long c, long d, long e, long g)
{
    return a + b * 2 + c * 3 + d * 4 + e * 5 + g * 6 + a * 7 + b * 9 + c * 11 + d + e + g;
}
__attribute__((noinline)) static long h(long *p, long i, long j, long k)
{
    return p[i + j + k] + p[i + j * 2 + k] + (i + j + k + p[0] + p[1]) + (i + (j + (k + (i + (j + (k + p[2]))))));
}
int main(void)
{
    long p[16] = { 1, -2, 3, -4, 500, -600, 7, -8 };
    printf("%ld %ld\n", f(10, 20, 30, 40, 50, 60), h(p, 1, 2, 1) - h(p, 0, 3, 2) * 2 + f(-1, -2, -3, -4, -5, -6) * 2 - h(p, 0, 0, 0));
    return 0;
}
