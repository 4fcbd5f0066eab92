// out: 5 7 none 2.5 2
// out: 3 1.5
#include <stdio.h>
static int calls;
static int f(int x) { calls++; return x; }
int main(void)
{
    char *p = 0;
    double d = 0;
    long l = f(0) ?: 7L;
    int k = f(5) ?: f(6);
    printf("%d %ld %s %g %d\n", k, l, p ?: "none", d ?: 2.5, calls);
    printf("%d %g\n", 0 ?: 0 ?: 3, 1.5 ?: 2 > 1);
    return 0;
}
