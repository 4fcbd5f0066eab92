// out: 2 2 5 7 b 9 12
#include <stdio.h>
struct p { int x, y; };
static struct p *g = &(struct p){ 1, 2 };
static int *a = (int[]){ 3, 4, 5 };
static struct p s = (struct p){ 6, 7 };
static const char *const *n = (const char *const[]){ "a", "b", 0 };
static struct { struct p *q; int k; } t[] = { { &(struct p){ 8, 9 }, 1 }, { (struct p[]){ { 10, 11 }, { 12, 13 } }, 2 } };
int main(void)
{
    g->x++; a[1]++;
    printf("%d %d %d %d %s %d %d\n", g->x, g->y, a[1], s.y, n[1], t[0].q->y, t[1].q[1].x);
    return 0;
}
