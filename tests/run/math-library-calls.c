// out: 0.9092974268 1.4142135624 2.7182818285 2.3025850930
// out: -3 1 1024 1 1 1.5
// out: inf 3 1 1 1
// out: -3 2 5 3
#include <math.h>
#include <stdio.h>
int main(void)
{
    volatile double x = 2;
    printf("%.10f %.10f %.10f %.10f\n", sin(x), pow(x, 0.5), exp(1), log(10));
    printf("%g %g %g %d %d %g\n", floor(-2.5), fmod(7, 3), ldexp(1, 10), isnan(NAN), isinf(INFINITY) != 0, fabsf(-1.5f));
    printf("%g %g %d %d %d\n", HUGE_VAL, round(2.5), signbit(-1.0) != 0, fpclassify(1.0) == FP_NORMAL, isfinite(1.0) != 0);
    printf("%ld %g %g %g\n", lround(-2.5), fmax(1, 2), hypot(3, 4), cbrt(27));
    return 0;
}
