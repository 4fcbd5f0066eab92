// out: 1 2870551219
// The address of a string is made when other arguments stand in their registers already, and parameters in all others.
#include <stdarg.h>
#include <stdio.h>

static unsigned long got;

static void take(int *out, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    for (int k = 0; k < 5; k++)
        got = got * 31 + (unsigned char)*va_arg(ap, const char *);
    got = got * 31 + va_arg(ap, unsigned long) + (unsigned char)format[0];
    va_end(ap);
    *out += 1;
}

static void header(int *out, const char *name, const char *owner, const char *mode, unsigned long n)
{
    take(out, "%-16s%-12s%-6s%-6s%-8s%-10llu`\n", name, owner, owner, owner, mode, n);
}

int main(void)
{
    int n = 0;
    header(&n, "a", "b", "c", 1712);
    printf("%d %lu\n", n, got);
    return 0;
}
