// out: -0 0 0 0
// out: -0 0 -0 -0
// out: 1 1 0
// out: inf -inf -0
// out: -0 -0 -0
#include <math.h>
#include <stdio.h>
static double neg(double x) { return -x; }
static float negf(float x) { return -x; }
static double sub(double x) { return 0.0 - x; }
int main(void)
{
    volatile double z = 0.0, m = -0.0;
    printf("%g %g %g %g\n", neg(z), neg(m), sub(z), sub(m));
    printf("%g %g %g %g\n", negf(0), z + m, m + m, m * 3);
    printf("%d %d %d\n", z == m, !!signbit(m), !!signbit(z));
    printf("%g %g %g\n", 1 / z, 1 / m, z * -1);
    static double s = -0.0, t = 0.0 * -1.0, u = -(0.0);
    printf("%g %g %g\n", s, t, u);
    return 0;
}
