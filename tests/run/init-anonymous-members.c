// out: 1 2 3 4 5
// out: 0 1.5 6 7
// out: 9 8 0
#include <stdio.h>
struct s { int a; union { int b; float f; }; struct { short c, d; }; int e; };
static struct s g = { 1, { 2 }, { 3, 4 }, 5 }, h = { .d = 6, .f = 1.5f, .e = 7 };
int main(void)
{
    struct s l = { .b = 9, .c = 8 };
    printf("%d %d %d %d %d\n", g.a, g.b, g.c, g.d, g.e);
    printf("%d %g %d %d\n", h.a, h.f, h.d, h.e);
    printf("%d %d %d\n", l.b, l.c, l.d);
    return 0;
}
