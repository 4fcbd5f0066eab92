// out: 1 0 1 1 1 1 0
// out: 1 1 0 1 0 1 0 0 1
// out: 1 0 1
// Anything converts to _Bool as a comparison with zero (6.3.1.2).
#include <stdio.h>
int main(void)
{
    volatile double d = 0.5, z = -0.0;
    volatile float f = 1e-40f;
    volatile int i = 256;
    volatile long l = 0x100000000;
    int x;
    int *p = &x, *n = 0;
    _Bool b;
    printf("%d %d %d %d %d %d %d\n", (_Bool)d, (_Bool)z, (_Bool)f, (_Bool)i, (_Bool)l, (_Bool)p, (_Bool)n);
    b = 2; printf("%d ", b);
    b += 255; printf("%d ", b);
    b--; printf("%d ", b);
    b--; printf("%d ", b);
    b ^= 1; printf("%d ", b);
    b = d; printf("%d ", b);
    b *= 0; printf("%d ", b);
    printf("%d ", b++); printf("%d\n", b++);
    struct { _Bool a : 1, c : 1; } s = { 2, 0 };
    printf("%d %d %d\n", s.a, s.c, (int)sizeof(_Bool));
    return 0;
}
