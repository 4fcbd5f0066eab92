// out: 104 99 5
#include <stdio.h>
struct h { int v[3000]; };
static struct h f(struct h a, int n, struct h b) { a.v[2999] += b.v[n]; b.v[0] = 99; return n ? f(b, n - 1, a) : a; }
int main(void) { static struct h x, y; x.v[2999] = 5; y.v[3] = 7; y.v[2999] = 1; struct h r = f(x, 4, y); printf("%d %d %d\n", r.v[2999], r.v[0], x.v[2999]); return 0; }
