// out: 1 3 4 5 a b 6 7
// out: 2 3 0 5 120 6 0
// out: 4 0 3 3 0 6
// out: 3 4 0
// Braces may be left out: members are taken in order (6.7.9p20).
#include <stdio.h>
struct p { int x, y; }; struct t { struct p a[2]; int z; struct { char c[2]; struct p b; } q; };
static struct t g = { 1, 2, 3, 4, 5, 'a', 'b', 6, 7 };
int m[2][3] = { 1, 2, 3, 4 }, n[][2] = { 1, 2, { 3 }, 5, 6 };
int main(void)
{
    struct t l = { { 1, 2, { 3 } }, 5, { "x", 6 } };
    struct p a[] = { 1, 2, { 3, 4 }, 5 };
    printf("%d %d %d %d %c %c %d %d\n", g.a[0].x, g.a[1].x, g.a[1].y, g.z, g.q.c[0], g.q.c[1], g.q.b.x, g.q.b.y);
    printf("%d %d %d %d %d %d %d\n", l.a[0].y, l.a[1].x, l.a[1].y, l.z, l.q.c[0], l.q.b.x, l.q.b.y);
    printf("%d %d %d %d %d %d\n", m[1][0], m[1][1], (int)(sizeof n / sizeof *n), n[1][0], n[1][1], n[2][1]);
    printf("%d %d %d\n", (int)(sizeof a / sizeof *a), a[1].y, a[2].y);
    return 0;
}
