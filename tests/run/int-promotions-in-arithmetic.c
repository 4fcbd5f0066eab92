// out: 300 -100 20000 3200
// out: -129 128 16384 128
// out: 65536 131070 -65536
// out: 32768 -32769 -4096
// out: 2 -1 -2 8
// out: 4 4 4
// Operands narrower than int are computed in int (C11 6.3.1.1p2).
#include <stdio.h>
int main(void)
{
    unsigned char a = 200, b = 100;
    signed char c = -128, d = -1;
    unsigned short us = 65535;
    short s = -32768;
    _Bool t = 1;
    printf("%d %d %d %d\n", a + b, a - b - b - b, a * b, a << 4);
    printf("%d %d %d %d\n", c + d, -c, c * c, c / d);
    printf("%d %d %d\n", us + 1, us * 2, ~us);
    printf("%d %d %d\n", -s, s - 1, s >> 3);
    printf("%d %d %d %d\n", t + t, -t, ~t, t << 3);
    printf("%d %d %d\n", (int)sizeof(a + b), (int)sizeof(+c), (int)sizeof(t ? a : b));
    return 0;
}
