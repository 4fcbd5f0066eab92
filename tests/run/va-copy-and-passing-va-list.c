// out: 2150
// out: 1 two 3 4 5 6 7 8 9.5
#include <stdarg.h>
#include <stdio.h>
static int second(va_list ap) { (void)va_arg(ap, int); return va_arg(ap, int); }
static int viaptr(va_list *ap) { return va_arg(*ap, int); }
static int f(int n, ...)
{
    va_list a, b;
    int r, s, t, u;
    va_start(a, n);
    va_copy(b, a);
    r = second(b);
    va_end(b);
    s = viaptr(&a);
    va_copy(b, a);
    t = va_arg(a, int) + va_arg(b, int);
    u = va_arg(b, int) * va_arg(a, int);
    va_end(a); va_end(b);
    va_start(a, n);
    u += va_arg(a, int);
    va_end(a);
    return r * 1000 + s * 100 + t * 10 + u;
}
static int say(const char *fmt, ...) { va_list ap; va_start(ap, fmt); int n = vprintf(fmt, ap); va_end(ap); return n; }
int main(void)
{
    printf("%d\n", f(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    say("%d %s %g %c %ld %d %d %d %g\n", 1, "two", 3.0, '4', 5L, 6, 7, 8, 9.5);
    return 0;
}
