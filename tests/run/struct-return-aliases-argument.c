// out: 2341 3412 2341
// The result's object is also read by the call.
#include <stdio.h>
struct s { long a, b, c, d; };
static struct s g = { 1, 2, 3, 4 };
static struct s rot(struct s x) { struct s r = { x.b, x.c, x.d, x.a }; return r; }
static struct s rotp(struct s *x) { struct s r; r.a = x->b; r.b = x->c; r.c = x->d; r.d = x->a; return r; }
static struct s rotg(void) { struct s r; r.a = g.d; r.b = g.a; r.c = g.b; r.d = g.c; return r; }
int main(void)
{
    g = rot(g); printf("%ld%ld%ld%ld ", g.a, g.b, g.c, g.d);
    g = rotp(&g); printf("%ld%ld%ld%ld ", g.a, g.b, g.c, g.d);
    g = rotg(); printf("%ld%ld%ld%ld\n", g.a, g.b, g.c, g.d);
    return 0;
}
