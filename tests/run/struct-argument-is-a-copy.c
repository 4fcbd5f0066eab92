// out: 107 1 77 5
#include <stdio.h>
struct s { int a[8]; }; struct t { int a; };
static int f(struct s x, struct s *p, struct t y) { x.a[0] = 99; p->a[1] = 77; y.a++; return x.a[0] + x.a[1] + y.a; }
int main(void)
{
    struct s v = { { 1, 2 } }; struct t u = { 5 };
    int r = f(v, &v, u);
    printf("%d %d %d %d\n", r, v.a[0], v.a[1], u.a);
    return 0;
}
