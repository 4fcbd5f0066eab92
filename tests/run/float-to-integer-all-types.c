// out: 0 0 0 0 0 0|0 0 0 0 0 0|0 0 0 0 0 0|1 1 1 1 1 1|-1 -1 -1 -1 -1 -1|100 100 100 100 100 100|127 127 127 127 127 127|-128 -128 -128 -128 -128 -128|
// out: 4294967295 18446744073709549568 9223372036854775808 -9223372036854775808 2147483648
// out: 4294967040 18446742974197923840 255 65535
#include <stdio.h>
int main(void)
{
    static const double v[] = { 0, 0.9, -0.9, 1.5, -1.5, 100.99, 127.7, -128.9 };
    for (int i = 0; i < 8; i++) {
        volatile double d = v[i];
        volatile float f = (float)d;
        printf("%d %d %ld %d %d %ld|", (signed char)d, (int)d, (long)d, (short)f, (int)f, (long)f);
    }
    printf("\n");
    volatile double d = 4294967295.5, e = 18446744073709549568.0, g = 9223372036854775808.0, h = -9223372036854775808.0, k = 2147483648.0;
    printf("%u %lu %lu %ld %u\n", (unsigned)d, (unsigned long)e, (unsigned long)g, (long)h, (unsigned)k);
    volatile float f = 4294967040.0f, q = 1.8446742974197924e19f;
    printf("%u %lu %d %d\n", (unsigned)f, (unsigned long)q, (unsigned char)255.9, (unsigned short)65535.5);
    return 0;
}
