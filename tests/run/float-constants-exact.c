// out: 0x1.999999999999ap-4 0x1.99999ap-4 0x1.52d02c7e14af6p+76 0x1.4f8b588e368f1p-17
// out: 0x1.ffffffffffffep-1023 0x1p-1074 0x1.fffffffffffffp+1023
// out: 0x1p+53 0x1p-1 0x1.0000000000001p+0
// out: 0x1p-3 0x1.8p+1 0x1p+0
// out: 0x1.fffffep+127 0x1p-126 0x1p-52 0x1p+24
// out: 0x1p+0 0x1p-1 0x1.4p+3 0x1.99999ap-4
// out: 4 8
// Decimal and hexadecimal constants are correctly rounded.
#include <float.h>
#include <stdio.h>
int main(void)
{
    printf("%a %a %a %a\n", 0.1, 0.1f, 1e23, 1e-5);
    printf("%a %a %a\n", 2.2250738585072011e-308, 4.9406564584124654e-324, 1.7976931348623157e308);
    printf("%a %a %a\n", 9007199254740993.0, 0.5000000000000000277555756156289135105907917022705078125, 1.00000000000000011102230246251565404236316680908203126);
    printf("%a %a %a\n", 0x1p-3, 0x1.8p+1f, 0x.1P4);
    printf("%a %a %a %a\n", FLT_MAX, FLT_MIN, DBL_EPSILON, 16777217.0f);
    printf("%a %a %a %a\n", 1., .5, 1e1, 1.e-1f);
    printf("%d %d\n", (int)sizeof 1.0f, (int)sizeof 1.0);
    return 0;
}
