// out: 7 -7 84 4
// out: 6 6 0 1
// out: 5 4 1
// out: 5 1 1
#include <stdio.h>
struct s { char c[12]; };
int main(void)
{
    struct s a[10], *p = a + 2, *q = &a[9]; int v[4], *e = v + 4; char *c = (char *)p; short *h = (short *)a;
    printf("%d %d %d %d\n", (int)(q - p), (int)(p - q), (int)((char *)q - c), (int)(e - v));
    p += 3; q -= 2; p++; --q;
    printf("%d %d %d %d\n", (int)(p - a), (int)(q - a), p < q, p == q);
    volatile long n = -1; volatile unsigned char k = 2;
    printf("%d %d %d\n", (int)(p + n - a), (int)(p - k - a), (int)(h + 6 - (short *)a) == 6);
    void *w = a; w = w + 5;
    printf("%d %d %d\n", (int)((char *)w - (char *)a), (int)sizeof(void), (int)sizeof(main));
    return 0;
}
