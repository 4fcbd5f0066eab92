// out: 9 2 5 5 14 6 0
#include <stdio.h>
int main(void)
{
    int a = 1, b = 2, t[3] = { 0 }, i = 1; struct { int x[2]; } s[2] = { { { 1, 2 } }, { { 3, 4 } } }, *p = s;
    *(a < b ? &a : &b) = 9; (i ? t : &a)[i] = 5; (p + 1)->x[i--] += 10; p[i].x[i + 1] *= 3; *&t[2] = *(t + 1); (*p).x[0]--;
    printf("%d %d %d %d %d %d %d\n", a, b, t[1], t[2], s[1].x[1], s[0].x[1], s[0].x[0]);
    return 0;
}
