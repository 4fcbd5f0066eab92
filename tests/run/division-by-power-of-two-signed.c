// out: -4 -5 -1 3|-3 -3 -2 2|-1 -2 -3 1|0 0 0 0|1 1 3 3|3 3 2 2|4 4 1 1|
// out: 0 0 -1 -1
// out: -1073741824 -2 0
// Signed division by a power of two rounds toward zero, an arithmetic shift does not.
#include <stdio.h>
int main(void)
{
    for (volatile int i = -9; i <= 9; i += 3)
        printf("%d %d %d %d|", i / 2, i >> 1, i % 4, i & 3);
    printf("\n");
    volatile long l = -1;
    printf("%ld %ld %ld %ld\n", l / 2, l / 0x100000000, l % 2, l >> 40);
    volatile int m = -2147483647 - 1;
    printf("%d %d %d\n", m / 2, m / 1073741824, m % 1073741824);
    return 0;
}
