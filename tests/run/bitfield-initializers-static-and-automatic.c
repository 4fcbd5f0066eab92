// out: 31 -200 -5 1 100
// out: 7 5 0
// out: 30 -201 7fffffffff 0 99 3 0
// out: 2 3 1
#include <stdio.h>
struct s { unsigned a : 5; int : 3; int b : 9; long c : 40; unsigned d : 1, e : 7; };
static struct s g = { 31, -200, -5, 1, 100 }, h[2] = { [1] = { .e = 5, .b = 7 } };
int main(void)
{
    struct s l = { 30, -201, 0x7fffffffff, .e = 99 }, z = { .c = 3 };
    static const struct s k[] = { { 1, 2, 3 }, { .d = 1 } };
    printf("%d %d %ld %d %d\n", g.a, g.b, (long)g.c, g.d, g.e);
    printf("%d %d %d\n", h[1].b, h[1].e, h[0].a);
    printf("%d %d %lx %d %d %ld %d\n", l.a, l.b, (long)l.c, l.d, l.e, (long)z.c, z.a);
    printf("%d %d %d\n", k[0].b, (int)k[0].c, k[1].d);
    return 0;
}
