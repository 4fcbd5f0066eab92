// out: 1 3 1 1 0 1
// A condition is a comparison with zero of the whole value, not of its low half.
#include <stdio.h>
static int f(long x) { return x ? 1 : 2; } static int g(unsigned long x) { if (!x) return 0; while (x) return 3; return 4; } static int h(long x, int y) { return x && y; } static _Bool b(long x) { return x; }
int main(void) { volatile long v = 0x100000000; volatile unsigned long h2 = 1UL << 63; printf("%d %d %d %d %d %d\n", f(v), g(h2), h(v, 1), b(h2), !v, v || 0); return 0; }
