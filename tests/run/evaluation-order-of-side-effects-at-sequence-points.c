// out: 123456
// out: 13232 2 2
#include <stdio.h>
static int n;
static int t(int v) { n = n * 10 + v; return v; }
int main(void)
{
    int a[4] = { 0 }, i = 0;
    (t(1), t(2)); t(3) && t(4); t(5) ? t(6) : t(7);
    printf("%d\n", n); n = 0;
    i = 1; a[i] = i + 1, i++; a[i] = i;
    for (t(1); n < 1000; t(2)) t(3);
    printf("%d %d %d\n", n, a[1], a[2]);
    return 0;
}
