// out: 173 1 0 -1 -1 16 1 1 1 1
#include <stdio.h>
int main(void)
{
    volatile int a = 3, b = 5; volatile double x = 1.5, y = 2.5; volatile long l = -1; volatile unsigned u = 1;
    int r = (a < b) + (a > b) * 2 + (a == 3) * 4 + (x < y) * 8 + (x >= y) * 16 + (l < u) * 32 + !(a < b) * 64 + (a != b) * 128;
    int s = (a < b) == (x < y), t = (a < b) < (b < a), n = -(a < b), m = ~(a == b), sh = (a < b) << 4;
    char c = a < b; long w = a < b; double d = a < b;
    printf("%d %d %d %d %d %d %d %ld %g %d\n", r, s, t, n, m, sh, c, w, d, a < b < 2);
    return 0;
}
