// out: 3 1.5 c 9 4
// out: 25 0 1
#include <stdio.h>
static int f(int x) { return x * x; }
struct s { int a; double b; struct { char c; long d[2]; } e; };
int main(int argc, char **argv)
{
    int n = argc + 2, *p = &n;
    struct s x = { n, n / 2.0, { 'c', { f(n), *p + 1 } } }, y = x, z = { .e = x.e };
    int a[4] = { n, f(a[0] = 5), [3] = p == &n };
    printf("%d %g %c %ld %ld\n", y.a, y.b, y.e.c, y.e.d[0], z.e.d[1]);
    printf("%d %d %d\n", a[1], a[2], a[3]);
    (void)argv;
    return 0;
}
