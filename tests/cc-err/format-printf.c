int printf(const char *, ...);
int sprintf(char *, const char *, ...);
void f(int i, long l, double d, char *s, void *p, unsigned long z)
{
    printf("%d %s %f\n", l, i, s);
    printf("%d\n");
    printf("%d\n", i, l);
    printf("%ld %lu %zu %p %x %c %%\n", l, z, z, p, i, i);
    printf("%y\n", i);
    printf("%*d %.*s\n", l, i, i, s);
    printf("%");
    printf("%hhd %lld %s\n", i, l, p);
    sprintf(s, "%g %i", i, d);
    printf("");
}
