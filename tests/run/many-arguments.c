// out: 4142647393
// out: 623
// Integers and doubles beyond the registers, of every width, on the stack.
#include <stdio.h>
static unsigned long f(char a, short b, int c, long d, unsigned char e, unsigned short g, signed char h, short i, int j, long k, unsigned char l, _Bool m, unsigned n)
{
    return ((((((((((((unsigned long)a * 3 + b) * 3 + c) * 3 + d) * 3 + e) * 3 + g) * 3 + h) * 3 + i) * 3 + j) * 3 + k) * 3 + l) * 3 + m) * 3 + n;
}
static double g(double a, float b, double c, float d, double e, float f, double h, float i, double j, float k, int x, double l, float m, char y)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * h + 8 * i + 9 * j + 10 * k + 11 * x + 12 * l + 13 * m + 14 * y;
}
int main(void)
{
    printf("%lu\n", f(-1, -2, -3, -4, 250, 65000, -7, -8, -9, -10, 200, 5, 4000000000u));
    printf("%g\n", g(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, -14));
    return 0;
}
