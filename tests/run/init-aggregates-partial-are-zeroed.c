// out: 1 0 0 0 0 1
// out: 0 2 1
// out: 2 0 0 0
#include <stdio.h>
struct in { int a; char b[3]; }; struct out { struct in x[2]; double d; int *p; };
int main(void)
{
    struct out o = { { { 1 } } }, q = { .d = 2 };
    int a[6] = { 1, 2 };
    char s[8] = "ab";
    printf("%d %d %d %d %g %d\n", o.x[0].a, o.x[0].b[2], o.x[1].a, o.x[1].b[0], o.d, o.p == 0);
    printf("%d %g %d\n", q.x[1].a, q.d, q.p == 0);
    printf("%d %d %d %d\n", a[1], a[2], a[5], s[2] + s[7]);
    return 0;
}
