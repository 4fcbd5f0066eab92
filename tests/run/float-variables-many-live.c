// out: -104098
// out: -8171.75
// out: 178824
// More live floats than registers, across calls.
#include <stdio.h>
static double id(double x) { return x; }
int main(void)
{
    double a[20], s;
    for (int i = 0; i < 20; i++) a[i] = i + 0.5;
    s = (a[0] + (a[1] * (a[2] - (a[3] + (a[4] * (a[5] - (a[6] + (a[7] * (a[8] - (a[9] + (a[10] * (a[11] - (a[12] + (a[13] - (a[14] * (a[15] + (a[16] - a[17])))))))))))))))));
    printf("%g\n", s);
    s = (a[0] + id(a[1])) * (a[2] + id(a[3])) - (a[4] + id(a[5])) * (id(a[6]) + a[7] * (id(a[8]) + id(a[9]) * id(a[10])));
    printf("%g\n", s);
    s = ((a[0] + a[1]) * (a[2] + a[3]) + (a[4] + a[5]) * (a[6] + a[7])) * ((a[8] + a[9]) * (a[10] + a[11]) + (a[12] + a[13]) * (a[14] + a[15])) +
        ((a[0] - a[1]) * (a[2] - a[3]) + (a[4] - a[5]) * (a[6] - a[17])) * ((a[8] - a[9]) * (a[10] - a[11]) + (a[12] - a[13]) * (a[14] - a[19]));
    printf("%g\n", s);
    return 0;
}
