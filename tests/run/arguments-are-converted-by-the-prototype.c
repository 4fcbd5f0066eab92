// out: 65 255 0.1 3 -2 1
// out: 3 255 7 2.5 2147483648 1
// out: 65535 5
#include <stdio.h>
static void f(char c, unsigned char u, float x, double d, long l, _Bool b) { printf("%d %d %g %g %ld %d\n", c, u, x, d, l, b); }
static unsigned g(unsigned short s) { return s; }
int main(void)
{
    f(321, -1, 0.1, 3, -2, 0.5);
    f(3.99, 256.5, 7, 2.5f, 1u << 31, 256);
    printf("%u %u\n", g(-1), g(65536 + 5));
    return 0;
}
