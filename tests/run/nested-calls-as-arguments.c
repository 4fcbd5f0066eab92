// out: 14
// out: 210.5
#include <stdio.h>
static int f(int a, int b, int c, int d, int e, int g, int h, int i) { return a - b + c - d + e - g + h - i; }
static double m(double a, int b, double c, int d) { return a * b + c * d; }
int main(void)
{
    printf("%d\n", f(f(1, 2, 3, 4, 5, 6, 7, 8), f(8, 7, 6, 5, 4, 3, 2, 1), 9, f(1, 1, 1, 1, f(2, 2, 2, 2, 2, 2, 2, 3), 1, 1, 1), 5, f(0, 1, 0, 1, 0, 1, 0, 1), 7, f(9, 8, 7, 6, 5, 4, 3, f(1, 0, 0, 0, 0, 0, 0, 0))));
    printf("%g\n", m(m(1.5, 2, 3.5, 4), (int)m(1, 2, 3, 4), m(0.5, 3, m(1, 1, 1, 1), 2), f(1, 2, 3, 4, 5, 6, 7, 9)));
    return 0;
}
