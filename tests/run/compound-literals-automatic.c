// out: 13 7
// out: 0 3 7 5
// out: 33 7 abc
#include <stdio.h>
struct p { int x, y; };
static int sum(const int *a, int n) { int s = 0; while (n--) s += *a++; return s; }
static int px(struct p *q) { return q->x++ + q->y; }
int main(void)
{
    int n = 3, r;
    printf("%d %d\n", sum((int[]){ 1, n, n * n }, 3), px(&(struct p){ n, 4 }));
    struct p s = (struct p){ .y = n };
    struct p *q = &(struct p){ 5, 6 };
    q->x += ((struct p){ 1, 2 }).y;
    printf("%d %d %d %d\n", s.x, s.y, q->x, (int)sizeof((char[]){ "four" }));
    for (int i = r = 0; i < 3; i++) { int *z = (int[2]){ i }; z[1]++; r += z[0] * 10 + z[1]; }
    printf("%d %d %s\n", r, (int){ 7 }++, (char[]){ "abc" });
    return 0;
}
