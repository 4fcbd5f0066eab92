/* bits: counting in words, without a host's instructions. */
#include "base/base.h"

unsigned bits_clz64(uint64_t v)
{
    unsigned n = 0;
    for (unsigned half = 32; half; half /= 2) {
        if (!(v >> (64 - half))) {
            n += half;
            v <<= half;
        }
    }
    return n;
}

unsigned bits_ctz64(uint64_t v)
{
    unsigned n = 0;
    for (unsigned half = 32; half; half /= 2) {
        if (!(v << (64 - half))) {
            n += half;
            v >>= half;
        }
    }
    return n;
}

unsigned bits_popcount64(uint64_t v)
{
    v -= v >> 1 & 0x5555555555555555u;
    v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
    v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (unsigned)((v * 0x0101010101010101u) >> 56);
}
