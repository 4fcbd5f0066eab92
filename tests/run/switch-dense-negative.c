// out: -1 -1 -1 1 2 3 4 5 6 7 8 -1 9 -1 -1 -1 -1 -1 -1
#include <stdio.h>
static int f(int x)
{
    switch (x) {
    case -5: return 1; case -4: return 2; case -3: return 3; case -2: return 4; case -1: return 5; case 0: return 6; case 1: return 7; case 2: return 8;
    case 4: return 9;
    default: return -1;
    }
}
int main(void)
{
    for (int i = -8; i < 8; i++) printf("%d ", f(i));
    printf("%d %d %d\n", f(0x7fffffff), f(-0x7fffffff - 1), f(-0x7ffffffb));
    return 0;
}
