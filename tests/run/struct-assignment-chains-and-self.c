// out: 3 x 2 ab 1
#include <stdio.h>
struct s { int a[7]; char c; }; struct t { char b[3]; };
int main(void) { struct s x = { { 1, 2, 3 }, 'x' }, y, z, *p = &x; struct t u = { "ab" }, v, w; z = y = x; *p = x; w = v = u; x = *&z; printf("%d %c %d %s %d\n", z.a[2], y.c, (x = y).a[1], w.b, (p = &y, *p).a[0]); return 0; }
