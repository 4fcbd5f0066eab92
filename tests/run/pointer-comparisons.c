// out: 101101 10111 101 2
// out: 1 0
#include <stdio.h>
int main(void)
{
    int a[5], *p = a + 1, *q = a + 3, *n = 0; void *v = p; const int *c = p;
    printf("%d%d%d%d%d%d ", p < q, p > q, p <= p, q >= q, p == q, p != q);
    printf("%d%d%d%d%d ", !n, !p, n == 0, p != (void *)0, v == p);
    printf("%d%d%d %d\n", c == p, p && n, p || n, n ? 1 : p ? 2 : 3);
    volatile unsigned long x = (unsigned long)p;
    printf("%d %d\n", (int *)x == p, (char)(long)n);
    return 0;
}
