// out: name 4 2.5 5 -6
// out: 1 2 name 1 2
#include <stdio.h>
struct in { short k; double d; }; struct s { char n[6]; struct in i; unsigned b : 5; struct { int v[2]; } w; };
static struct s mk(int x) { struct s r = { "name", { x, x / 2.0 }, x, { { x, -x } } }; return r; }
int main(void) { struct s a = mk(1), b = mk(2); int c = 1; printf("%s %d %g %d %d\n", mk(3).n, mk(4).i.k, mk(5).i.d, mk(37).b, mk(6).w.v[1]); printf("%d %d %s ", (c ? a : b).w.v[0], (c, b).i.k, (0, mk(7)).n); printf("%g ", (a = b).i.d); printf("%d\n", a.w.v[0]); return 0; }
