// out: 8 3 2 5 3 7 2
// out: 1 2 2
#include <stdio.h>
static int n;
static int f(int v) { n++; return v; }
struct p { int x, y; }; struct o { struct p a; int b; };
int main(void)
{
    struct p base = { 8, 9 };
    struct o s = { .a.x = base.x, .a.y = 2, .a.y = base.y - 6, .b = 1, .b = 2 };
    int v[3] = { 1, 2, 3, [1] = 5 };
    static struct o g = { .a = { 1, 2 }, .a.x = 7 };
    printf("%d %d %d %d %d %d %d\n", s.a.x, s.a.y, s.b, v[1], v[2], g.a.x, g.a.y);
    struct p q = { f(1), f(2) };
    printf("%d %d %d\n", q.x, q.y, n);
    return 0;
}
