// out: 2.5 9 2.5 3
// out: -3 2.5 9 -1
// out: 100 110 100
// out: 1011
// out: 10101101
// out: inf -inf 1 2 0
// out: inf inf 1.5 -2
#include <stdio.h>
int main(void)
{
    volatile double z = 0, d = -2.5, n = __builtin_nan(""), i = __builtin_inf(); volatile float f = -9.0f;
    printf("%g %g %g %g\n", __builtin_fabs(d), __builtin_fabsf(f), __builtin_sqrt(6.25 + z), __builtin_sqrtf(-f));
    printf("%g %g %g %g\n", __builtin_copysign(3, d), __builtin_copysign(d, z), __builtin_copysignf(f, 1), __builtin_copysign(1, -z));
    printf("%d%d%d %d%d%d %d%d%d\n", __builtin_isnan(n), __builtin_isnan(i), __builtin_isnan(d), __builtin_isinf(i) != 0, __builtin_isinf(-i) != 0, __builtin_isinf(n) != 0, __builtin_isfinite(d), __builtin_isfinite(i), __builtin_isfinite(n));
    printf("%d%d%d%d\n", !!__builtin_signbit(d), !!__builtin_signbit(z), !!__builtin_signbit(-z), !!__builtin_signbit(f));
    printf("%d%d%d%d%d%d%d%d\n", __builtin_isunordered(n, d), __builtin_isunordered(z, d), __builtin_isgreater(z, d), __builtin_isgreater(n, d), __builtin_isgreaterequal(d, d), __builtin_isless(d, z), __builtin_islessequal(n, n), __builtin_islessgreater(d, z));
    printf("%g %g %d %g %g\n", __builtin_huge_val(), -__builtin_huge_valf(), __builtin_inff() == __builtin_inf(), (double)__builtin_nanf("") == 0 ? 1.0 : 2.0, __builtin_fabs(-z));
    static double k[] = { __builtin_inf(), __builtin_huge_val(), __builtin_fabs(-1.5), __builtin_copysign(2, -1) };
    printf("%g %g %g %g\n", k[0], k[1], k[2], k[3]);
    return 0;
}
