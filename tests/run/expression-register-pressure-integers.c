// out: 3762432
// out: -40008
// out: 64
// Trees deep enough to need spills, with calls, divisions and shifts in them (fixed registers).
#include <stdio.h>
static long id(long x) { return x; }
int main(void)
{
    volatile long v[16];
    for (int i = 0; i < 16; i++) v[i] = i * 3 + 1;
    long r = ((v[0] + v[1]) * (v[2] + v[3]) - (v[4] + v[5]) * (v[6] + v[7])) * ((v[8] + v[9]) * (v[10] + v[11]) - (v[12] + v[13]) * (v[14] + v[15]));
    printf("%ld\n", r);
    r = (v[0] + v[15] / v[1]) * (v[2] + v[14] % v[3]) - (v[4] + v[13] / (v[5] % v[2])) * (v[6] << (v[7] & 7)) + (v[8] >> (v[1] & 3)) * (v[9] % (v[3] / v[2]));
    printf("%ld\n", r);
    r = (v[0] + id(v[1] / v[2] + id(v[3]) % 5)) * (id(v[4]) << id(2)) - id(id(v[5]) * id(v[6])) / id(v[7]) + (id(v[8]) ^ (id(v[9]) & ~id(v[10]))) % (id(v[11]) + (v[12] >> id(1)));
    printf("%ld\n", r);
    return 0;
}
