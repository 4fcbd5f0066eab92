// out: 1123440566
// out: 000000
// out: 110203
#include <stdio.h>
static int f(int c) { switch (c) { case 'a' ... 'z': return 1; case 'A' ... 'Z': return 2; case '0' ... '9': return 3; case -100 ... -1: return 4; case 1000 ... 1000: return 5; case 200000 ... 0x7fffffff: return 6; default: return 0; } }
static int g(unsigned long x) { switch (x) { case 0x100000000 ... 0x1ffffffff: return 1; case 0 ... 15: return 2; case 0xfffffffffffffff0 ... 0xffffffffffffffff: return 3; } return 0; }
int main(void)
{
    printf("%d%d%d%d%d%d%d%d%d%d\n", f('a'), f('z'), f('M'), f('5'), f(-100), f(-1), f(-101), f(1000), f(200000), f(0x7fffffff));
    printf("%d%d%d%d%d%d\n", f('a' - 1), f('z' + 1), f(0), f(199999), f(1001), f(999));
    printf("%d%d%d%d%d%d\n", g(0x100000000), g(0x1ffffffff), g(0x200000000), g(15), g(16), g(-1));
    return 0;
}
