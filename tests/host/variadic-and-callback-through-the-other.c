// out: 6 2736.42 10 4
#include <stdarg.h>
double sum(int n, ...);
int each(int (*f)(void *, int), void *ctx, int n);
#ifdef A
int printf(const char *, ...);
static int add(void *ctx, int v) { *(int *)ctx += v; return v < 4; }
int main(void)
{
    int s = 0, n = each(add, &s, 10);
    printf("%g %d %d\n", sum(12, 1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0, 9, 10.0, 11, 12.0, 13, 14.0, 15, 16.0, 17, 18.0, 19, 20.0, 21, 22.0, 23, 24.0), s, n);
    return 0;
}
#else
double sum(int n, ...) { va_list ap; double s = 0; va_start(ap, n); while (n--) { s = s * 1.5 + va_arg(ap, int); s += va_arg(ap, double); } va_end(ap); return s; }
int each(int (*f)(void *, int), void *ctx, int n) { int i; for (i = 0; i < n; i++) if (!f(ctx, i)) break; return i; }
#endif
