// out: 385
#include <alloca.h>
#include <stdio.h>
#include <string.h>
static int use(char *p, int n) { memset(p, n, n); return p[n - 1]; }
static int f(int n, int a, int b, int c, int d, int e, int g, int h)
{
    int s = 0, local[4] = { 1, 2, 3, 4 };
    for (int i = 1; i <= n; i++) { char *p = alloca(i); s += use(p, i); s += ((unsigned long)p & 15) != 0; }
    int *q = __builtin_alloca(sizeof(int) * 3);
    q[0] = a + b; q[1] = c + d; q[2] = e + g + h;
    return s + q[0] + q[1] * 2 + q[2] * 3 + local[3] + use(alloca(100), 100);
}
int main(void) { printf("%d\n", f(20, 1, 2, 3, 4, 5, 6, 7)); return 0; }
