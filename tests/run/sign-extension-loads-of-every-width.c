// out: -1 255 -1 65535 -1 4294967295 ffffffffffffffff ffffffffffffffff 65534 ffffffff -1 65535.5
// out: 127 127 32767 1 5 5 7f 5 128 7fff 127 1.5
// out: -128 128 -32768 32768 -2147483648 2147483648 ffffffffffffff80 ffffffff80000000 32640 ffff8000 -128 32768.5
#include <stdio.h>
static signed char sc[] = { -1, 127, -128 }; static unsigned char uc[] = { 255, 127, 128 }; static short ss[] = { -1, 32767, -32768 }; static unsigned short us[] = { 65535, 1, 32768 }; static int si[] = { -1, 5, -2147483647 - 1 }; static unsigned ui[] = { 4294967295u, 5, 2147483648u };
int main(void)
{
    for (int i = 0; i < 3; i++) {
        long a = sc[i], b = uc[i], c = ss[i], d = us[i], e = si[i], f = ui[i]; unsigned long g = sc[i], h = si[i]; int j = sc[i] + us[i]; unsigned k = ss[i];
        printf("%ld %ld %ld %ld %ld %ld %lx %lx %d %x %g %g\n", a, b, c, d, e, f, g, h, j, k, (double)sc[i], (float)us[i] + 0.5);
    }
    return 0;
}
