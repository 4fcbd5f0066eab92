// out: 9 62 14 230 9
#include <stdio.h>
static int f(double a, float b) { int r = 0; if (!a) r |= 1; if (a && b) r |= 2; if (a || b) r |= 4; if (!(a > b)) r |= 8; if (-a < b && !(b != a)) r |= 16; r |= (a > 0) - (a < 0) == 1 ? 32 : 0; while (a > 1) { a /= 2; r += 64; } return r; }
int main(void) { printf("%d %d %d %d %d\n", f(0, 0), f(1, 1), f(-1, 2), f(8, 0.5f), f(0.0 / 1, -0.0f)); return 0; }
