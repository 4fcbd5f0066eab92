// out: 2 3 7 10 hi 1
// out: 5 3
#include <stdio.h>
struct p { int x, y; }; struct b { int v[10]; struct p q; char s[4]; };
static struct p mk(int x, int y) { return (struct p){ x, y }; }
static struct b big(int n) { struct b r = { { n, n + 1 }, { n + 2, n + 3 }, "hi" }; return r; }
int main(void)
{
    printf("%d %d %d %d %s %d\n", mk(1, 2).y, mk(mk(3, 4).x, 5).x, big(6).v[1], big(7).q.y, big(8).s, mk(1, 2).x == mk(1, 3).x);
    struct p a[3] = { mk(1, 2), mk(3, 4) };
    a[2] = mk(a[0].x + a[1].y, a[1].x);
    printf("%d %d\n", a[2].x, a[2].y);
    return 0;
}
