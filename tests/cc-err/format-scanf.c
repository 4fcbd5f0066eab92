int scanf(const char *, ...);
void f(int *i, long *l, char *s, double *d, float *g, int n)
{
    scanf("%d %ld %s %lf %f", i, l, s, d, g);
    scanf("%d %f %lf %s", l, d, g, i);
    scanf("%d", n);
    scanf("%[abc] %5c %*d %n", s, s, i);
}
