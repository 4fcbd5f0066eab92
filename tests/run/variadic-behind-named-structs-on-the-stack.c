// out: 5322 324
// The variable arguments begin right behind the last named one on the stack, whatever its size.
#include <stdarg.h>
#include <stdio.h>
struct b { long a, b, c; }; struct s { char c[17]; };
static int f(struct b x, int n, ...)
{
    va_list ap;
    va_start(ap, n);
    struct b y = va_arg(ap, struct b);
    int r = va_arg(ap, int) + (int)(y.a + y.b * 10 + y.c * 100 + x.a);
    va_end(ap);
    return r;
}
static double g(struct s x, double a, double b, double c, double d, double e, double f, double g, double h, double i, ...)
{
    va_list ap;
    va_start(ap, i);
    double r = va_arg(ap, double) * 10;
    struct s y = va_arg(ap, struct s);
    r += va_arg(ap, double) * 100 + y.c[16] + x.c[16] + a + b + c + d + e + f + g + h + i;
    va_end(ap);
    return r;
}
int main(void)
{
    struct b b = { 1, 2, 3 };
    struct s s = { .c[16] = 7 };
    printf("%d %g\n", f(b, 1, b, 5000), g(s, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1.5, s, 2.5));
    return 0;
}
