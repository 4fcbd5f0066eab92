/* softfloat's large naturals: limbs in, limbs out, in place. Bounded by BIG_LIMBS, which the text conversions prove
 * enough for every input, so nothing here can fail and nothing is allocated. */
#include "base/softfloat_impl.h"

static void trim(Big *b)
{
    while (b->n && !b->w[b->n - 1])
        b->n--;
}

static void pad(Big *b, uint32_t n)
{
    uint32_t i;
    for (i = b->n; i < n; i++)
        b->w[i] = 0;
    if (b->n < n)
        b->n = n;
}

void big_set(Big *b, U128 v)
{
    b->n = 4;
    b->w[0] = (uint32_t)v.lo;
    b->w[1] = (uint32_t)(v.lo >> 32);
    b->w[2] = (uint32_t)v.hi;
    b->w[3] = (uint32_t)(v.hi >> 32);
    trim(b);
}

void big_mul_add(Big *b, uint32_t m, uint32_t a)
{
    uint64_t carry = a;
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        carry += (uint64_t)b->w[i] * m;
        b->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        b->w[b->n++] = (uint32_t)carry;
}

void big_mul_pow5(Big *b, uint32_t k)
{
    static const uint32_t pow5[14] = {
        1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125,
    };
    for (; k >= 13; k -= 13)
        big_mul_add(b, pow5[13], 0);
    if (k)
        big_mul_add(b, pow5[k], 0);
}

void big_shl(Big *b, uint32_t bits)
{
    uint32_t words = bits / 32, k = bits % 32, i;
    if (!b->n)
        return;
    pad(b, b->n + words + 1);
    for (i = b->n; i-- > 0;) {
        uint64_t v = 0;
        if (i >= words)
            v = (uint64_t)b->w[i - words] << 32;
        if (i > words)
            v |= b->w[i - words - 1];
        b->w[i] = (uint32_t)(v >> (32 - k));
    }
    trim(b);
}

uint32_t big_bits(const Big *b)
{
    return b->n ? 32 * b->n - (sf_clz64(b->w[b->n - 1]) - 32) : 0;
}

int big_cmp(const Big *a, const Big *b)
{
    uint32_t i;
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (i = a->n; i-- > 0;)
        if (a->w[i] != b->w[i])
            return a->w[i] < b->w[i] ? -1 : 1;
    return 0;
}

int big_cmp_sum(const Big *a, const Big *b, uint32_t m, const Big *c)
{
    uint32_t n = a->n > b->n ? a->n : b->n, i, rest = 0;
    int64_t carry = 0;
    n = n > c->n ? n : c->n;
    for (i = 0; i < n; i++) {
        if (i < a->n)
            carry += a->w[i];
        if (i < b->n)
            carry += (int64_t)b->w[i] * m;
        if (i < c->n)
            carry -= c->w[i];
        rest |= (uint32_t)carry;
        /* floor(carry / 2^32); carry stays within +-3 * 2^32. */
        carry = (int64_t)((uint64_t)(carry + ((int64_t)4 << 32)) >> 32) - 4;
    }
    return carry ? (carry < 0 ? -1 : 1) : rest != 0;
}

/* Knuth 4.3.1, algorithm D, steps D3 to D6. */
uint32_t big_div_digit(Big *r, const Big *d, uint32_t at)
{
    uint32_t n = d->n, i, d1 = d->w[n - 1], d2 = n > 1 ? d->w[n - 2] : 0, *w = r->w + at, third;
    uint64_t top, q, rest, carry = 0;
    pad(r, at + n + 1);
    top = (uint64_t)w[n] << 32 | w[n - 1];
    third = n > 1 ? w[n - 2] : 0;
    q = top / d1;
    rest = top % d1;
    while (q >> 32 || q * d2 > (rest << 32 | third)) {
        q--;
        rest += d1;
        if (rest >> 32)
            break;
    }
    for (i = 0; i <= n; i++) {
        uint64_t p = (i < n ? q * d->w[i] : 0) + carry;
        carry = (p >> 32) + (w[i] < (uint32_t)p);
        w[i] -= (uint32_t)p;
    }
    if (carry) {
        q--;
        carry = 0;
        for (i = 0; i <= n; i++) {
            carry += (uint64_t)w[i] + (i < n ? d->w[i] : 0);
            w[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    trim(r);
    return (uint32_t)q;
}
