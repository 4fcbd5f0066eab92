// out: 0x1.99999ap-4 0x1.99999ap-4
// out: inf inf
// out: -inf -inf
// out: 0x0p+0 0x0p+0
// out: inf inf
// out: 0x1p+0 0x1p+0
// out: 0x1.000004p+0 0x1.000004p+0
// out: 0x1.16c2p-133 0x1.16c2p-133
// out: 0 1
#include <stdio.h>
int main(void)
{
    volatile double v[] = { 0.1, 1e40, -1e40, 1e-46, 3.4028235677973366e38, 1.0000000596046448, 1.00000017881393432617, 1e-40 };
    for (int i = 0; i < 8; i++) {
        float f = v[i];
        double back = f;
        printf("%a %a\n", (float)v[i], back);
    }
    float f; double d;
    d = f = 0.1;
    printf("%d %d\n", d == 0.1, f == 0.1f);
    return 0;
}
