// out: 9223372036854774784 4294966272 9223372036854775808
// out: 9223372036854775808 0 9223372036854775808
// out: 9223372036854777856 2048 9223372036854775808
// out: 18446744073709549568 4294965248
// out: 1 1 1
// out: 0 0 0
// out: 4503599627370498 2 4503599627370496
// Around 2^63, where the signed conversion ends.
#include <stdio.h>
int main(void)
{
    static const double v[] = { 9223372036854774784.0, 9223372036854775808.0, 9223372036854777856.0, 18446744073709549568.0, 1.0, 0.0, 4503599627370497.5 };
    for (unsigned i = 0; i < sizeof v / sizeof *v; i++) {
        volatile double d = v[i];
        volatile float f = (float)v[i];
        printf("%lu %u", (unsigned long)d, (unsigned)(unsigned long)d);
        if (f < 1.8e19f)
            printf(" %lu", (unsigned long)f);
        printf("\n");
    }
    return 0;
}
