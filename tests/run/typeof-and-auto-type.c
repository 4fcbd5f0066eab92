// out: 6 4 1 4 7 2.5 2 7 1 0
#include <stdio.h>
int main(void)
{
    int a[3] = { 1, 2, 3 };
    const int c = 5;
    typeof(a) b = { 4, 5, 6 };
    __typeof__(a[0]) *p = b;
    __typeof(int *) q = a, r = b;
    typeof(c) d = 7;
    __auto_type e = 2.5;
    __auto_type f = &a[1];
    typeof(sizeof 0) z = sizeof(typeof(char[7]));
    typeof(printf) *pf = printf;
    int n = 0;
    typeof(n++) m = 1;
    pf("%d %d %d %d %d %g %d %d %d %d\n", b[2], *p, *q, *r, d, e, *f, (int)z, m, n);
    return 0;
}
