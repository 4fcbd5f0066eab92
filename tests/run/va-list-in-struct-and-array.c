// out: 123456788
#include <stdarg.h>
#include <stdio.h>
struct ctx { int n; va_list ap; };
static int next(struct ctx *c) { c->n++; return va_arg(c->ap, int); }
static int f(int n, ...)
{
    struct ctx c = { 0 };
    int s = 0;
    va_start(c.ap, n);
    while (n--) s = s * 10 + next(&c);
    va_end(c.ap);
    return s * 10 + c.n;
}
int main(void) { printf("%d\n", f(8, 1, 2, 3, 4, 5, 6, 7, 8)); return 0; }
