// out: 128.828125
// out: 126.2645149
// out: 223.0383046
// out: 1634.723476
// out: 82177.87891
#include <stdarg.h>
#include <stdio.h>
static double sum(const char *f, ...)
{
    va_list ap;
    double s = 0;
    va_start(ap, f);
    for (; *f; f++)
        switch (*f) {
        case 'i': s = s * 1.25 + va_arg(ap, int); break;
        case 'u': s = s * 1.25 + va_arg(ap, unsigned); break;
        case 'l': s = s * 1.25 + va_arg(ap, long); break;
        case 'd': s = s * 1.25 + va_arg(ap, double); break;
        case 'p': s = s * 1.25 + *va_arg(ap, int *); break;
        case 's': s = s * 1.25 + va_arg(ap, const char *)[0]; break;
        }
    va_end(ap);
    return s;
}
int main(void)
{
    int x = 77;
    char c = -5; float f = 2.5f; unsigned short us = 65535;
    printf("%.10g\n", sum("idls", 1, 2.0, 3L, "x"));
    printf("%.10g\n", sum("iiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    printf("%.10g\n", sum("dddddddddddd", 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12.));
    printf("%.10g\n", sum("idididididididididid", 1, 2., 3, 4., 5, 6., 7, 8., 9, 10., 11, 12., 13, 14., 15, 16., 17, 18., 19, 20.));
    printf("%.10g\n", sum("pidup", &x, c, f, us, &x));
    return 0;
}
