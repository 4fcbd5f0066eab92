// out: 1131 320 301 14 1 12345
// A comparison whose value is used again after a branch on it, and compares with constants on either side.
#include <stdio.h>
static int f(int a, int b) { int c = a < b; if (c) a += 10; if (c && a > 5) b++; return a * 100 + b * 10 + c; }
static int g(unsigned a) { return (5 < a) + (a <= 5) * 2 + (0x80000000 > a) * 4 + (a != 0xffffffff) * 8; }
static int h(long a) { if (0 == a) return 1; if (-1 >= a) return 2; if (0x7fffffffffL < a) return 3; if (a > 0x80000000) return 4; return 5; }
int main(void) { printf("%d %d %d %d %d %d%d%d%d%d\n", f(1, 2), f(3, 2), f(-7, 0), g(5), g(0xffffffff), h(0), h(-5), h(1L << 50), h(1L << 35), h(7)); return 0; }
