/* divide: multipliers that stand for division by a constant (Warren, Hacker's Delight, 10-1 and 10-9). */
#include "gen/fast.h"

GenMagic gen_magic_u(uint64_t d, unsigned bits)
{
    uint64_t mask = bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1, half = (uint64_t)1 << (bits - 1);
    uint64_t nc = mask - (((0 - d) & mask) % d);
    uint64_t q1 = half / nc, r1 = half - q1 * nc, q2 = (half - 1) / d, r2 = (half - 1) - q2 * d, delta;
    unsigned p = bits - 1;
    GenMagic g;
    g.add = false;
    do {
        p++;
        if (r1 >= nc - r1) {
            q1 = (2 * q1 + 1) & mask;
            r1 = (2 * r1 - nc) & mask;
        } else {
            q1 = (2 * q1) & mask;
            r1 = (2 * r1) & mask;
        }
        if (r2 + 1 >= d - r2) {
            if (q2 >= half - 1)
                g.add = true;
            q2 = (2 * q2 + 1) & mask;
            r2 = (2 * r2 + 1 - d) & mask;
        } else {
            if (q2 >= half)
                g.add = true;
            q2 = (2 * q2) & mask;
            r2 = (2 * r2 + 1) & mask;
        }
        delta = d - 1 - r2;
    } while (p < 2 * bits && (q1 < delta || (q1 == delta && r1 == 0)));
    g.m = (q2 + 1) & mask;
    g.shift = (uint8_t)(p - bits);
    return g;
}

GenMagic gen_magic_s(int64_t d, unsigned bits)
{
    uint64_t mask = bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1, half = (uint64_t)1 << (bits - 1);
    uint64_t ad = d < 0 ? 0 - (uint64_t)d : (uint64_t)d, t = half + (d < 0), anc = t - 1 - t % ad;
    uint64_t q1 = half / anc, r1 = half - q1 * anc, q2 = half / ad, r2 = half - q2 * ad, delta;
    unsigned p = bits - 1;
    GenMagic g;
    do {
        p++;
        q1 = (2 * q1) & mask;
        r1 = (2 * r1) & mask;
        if (r1 >= anc) {
            q1 = (q1 + 1) & mask;
            r1 -= anc;
        }
        q2 = (2 * q2) & mask;
        r2 = (2 * r2) & mask;
        if (r2 >= ad) {
            q2 = (q2 + 1) & mask;
            r2 -= ad;
        }
        delta = ad - r2;
    } while (q1 < delta || (q1 == delta && r1 == 0));
    g.m = (q2 + 1) & mask;
    if (d < 0)
        g.m = (0 - g.m) & mask;
    g.shift = (uint8_t)(p - bits);
    g.add = false;
    return g;
}
