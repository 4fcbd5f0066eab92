// out: 1 1 0
// out: 1 1
// out: 1
// out: 1ffffffff fffff
// An unsigned bit-field narrower than int promotes to int (6.3.1.1p2); of full width to unsigned; a wide one keeps its width.
#include <stdio.h>
struct s { unsigned a : 3, b : 31, c : 32; unsigned long d : 33, e : 20; };
int main(void)
{
    struct s x = { 1, 1, 1, 1, 1 };
    printf("%d %d %d\n", x.a - 2 < 0, x.b - 2 < 0, x.c - 2 < 0);
    printf("%d %d\n", -1 < (int)x.a, -x.a < 0);
    printf("%d\n", (x.a << 31) < 0);
    x.d = 0x1ffffffff; x.e = 0xfffff;
    printf("%lx %lx\n", (unsigned long)x.d, (unsigned long)x.e);
    return 0;
}
