// out: 377 78
#include <stdio.h>
struct b { long s; int trail[12]; };
static struct b walk(int n) { struct b r, q; if (n == 0) return (struct b){ 1, { 0 } }; r = walk(n - 1); q = n > 1 ? walk(n - 2) : r; r.s += q.s; r.trail[n % 12] += n; return r; }
int main(void) { struct b r = walk(12); int t = 0; for (int i = 0; i < 12; i++) t += r.trail[i]; printf("%ld %d\n", r.s, t); return 0; }
