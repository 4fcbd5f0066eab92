#include <stdio.h>
#define KIND(x) __builtin_fpclassify(1, 2, 3, 4, 5, x)
#define ALL(x) __builtin_isnan(x), !!__builtin_isinf(x), __builtin_isinf_sign(x), !!__builtin_isfinite(x), !!__builtin_isnormal(x), KIND(x), !!__builtin_signbit(x)
static int calls;
static double next(double x) { calls++; return x; }
int main(void)
{
    volatile double d[] = { 0.0, -0.0, 1.5, -2, 0x1p-1022, 0x1p-1023, -0x1p-1074, 0x1.fffffffffffffp1023, __builtin_inf(), -__builtin_inf(), __builtin_nan("") };
    volatile float f[] = { 0.0f, -0.0f, 1.5f, -2, 0x1p-126f, 0x1p-127f, -0x1p-149f, 0x1.fffffep127f, __builtin_inff(), -__builtin_inff(), __builtin_nanf("") };
    for (unsigned i = 0; i < sizeof d / sizeof *d; i++) {
        printf("%d%d %2d %d%d %d%d  ", ALL(d[i]));
        printf("%d%d %2d %d%d %d%d %d\n", ALL(f[i]), !!__builtin_signbitf(f[i]));
    }
    static int k[] = { ALL(-1.5), ALL(-__builtin_inf()), ALL(__builtin_nanf("")), ALL(0x1p-140f), ALL(0.0), __builtin_signbitl(-1.0L) };
    for (unsigned i = 0; i < sizeof k / sizeof *k; i++)
        printf("%d%s", k[i], i % 7 == 6 ? " " : "");
    printf("\n%d %d %d\n", __builtin_fpclassify(6, 1, 14L, 3, 4, next(2)), __builtin_isinf_sign(next(-1 / d[0])), __builtin_isnormal(next(3)));
    printf("%d\n", calls);
    return 0;
}
