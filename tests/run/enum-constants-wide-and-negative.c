// out: 1 2 3 4 8 8
// out: ffffffffffffffff -5000000000
#include <stdio.h>
enum big { MIN = -0x7fffffff - 1, MAX = 0x7fffffff, NEXT = -1, ZERO }; enum ul { U = 0xffffffffffffffff }; enum neg { N = -5000000000 };
static int f(enum big e) { return e == MIN ? 1 : e < NEXT ? 2 : e == ZERO ? 3 : 4; }
int main(void) { printf("%d %d %d %d %d %d\n", f(MIN), f(-7), f(ZERO), f(MAX), (int)sizeof(enum ul), (int)sizeof(enum neg)); printf("%lx %ld\n", (unsigned long)U, (long)N); return 0; }
