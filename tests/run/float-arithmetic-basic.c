// out: 0x1.99999ap+0 0x1.666666p+0 0x1.333334p-3 0x1.ep+3
// out: 0x1.999999999999ap+0 0x1.6666666666666p+0 0x1.3333333333334p-3 0x1.ep+3
// out: 0x1.999999999999ap+0 0x1.3333338p-3 0x1.8p+1
// out: -0x1.8p+0 -0x1.999999999999ap-4
// out: 4 8
#include <stdio.h>
int main(void)
{
    volatile float a = 1.5f, b = 0.1f;
    volatile double c = 1.5, d = 0.1;
    printf("%a %a %a %a\n", a + b, a - b, a * b, a / b);
    printf("%a %a %a %a\n", c + d, c - d, c * d, c / d);
    printf("%a %a %a\n", a + d, c * b, a * 2);
    printf("%a %a\n", -a, -d);
    printf("%d %d\n", (int)sizeof(a + b), (int)sizeof(a + d));
    return 0;
}
