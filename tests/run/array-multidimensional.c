// out: 18 19 23 66 28
// out: 23 48 12
#include <stdio.h>
static int g[2][3][4];
static int sum(int a[][4], int n) { int s = 0; for (int i = 0; i < n; i++) for (int j = 0; j < 4; j++) s += a[i][j]; return s; }
static int sum3(int (*a)[3][4]) { return (*a)[2][3] + a[1][1][1]; }
int main(void)
{
    int n = 0;
    for (int i = 0; i < 2; i++) for (int j = 0; j < 3; j++) for (int k = 0; k < 4; k++) g[i][j][k] = n++;
    int (*p)[4] = g[1], *q = g[1][2], (*r)[3][4] = &g[1];
    printf("%d %d %d %d %d\n", p[1][2], q[-1], (*r)[2][3], sum(g[0], 3), sum3(g));
    printf("%d %d %d\n", *(*(*(g + 1) + 2) + 3), (int)sizeof g[0], (int)(&g[1][0][0] - &g[0][0][0]));
    return 0;
}
