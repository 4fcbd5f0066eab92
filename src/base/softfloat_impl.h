/* softfloat's inside: 128-bit integers, the table of formats, and the unpacked form every operation works on.
 * Only softfloat.c, sf_convert.c, sf_text.c and sf_big.c include it.
 *
 * Requirements for one who adds a format: (1) a row of sf_desc; (2) precision at most 113 bits, so that a significand
 * leaves 15 bits for rounding in 128 and an exact product 30 in 256; (3) `digits` as computed at its declaration. */
#ifndef SOFTFLOAT_IMPL_H
#define SOFTFLOAT_IMPL_H

#include "base/softfloat.h"

/* ---- 128-bit unsigned integers ---- */

typedef struct U128 { uint64_t lo, hi; } U128;

static inline U128 u128(uint64_t hi, uint64_t lo)
{
    U128 r;
    r.lo = lo;
    r.hi = hi;
    return r;
}
static inline bool u128_is_zero(U128 a) { return (a.lo | a.hi) == 0; }
static inline int u128_cmp(U128 a, U128 b)
{
    if (a.hi != b.hi)
        return a.hi < b.hi ? -1 : 1;
    return a.lo < b.lo ? -1 : a.lo > b.lo;
}
static inline U128 u128_add(U128 a, U128 b)
{
    U128 r;
    r.lo = a.lo + b.lo;
    r.hi = a.hi + b.hi + (r.lo < a.lo);
    return r;
}
static inline U128 u128_sub(U128 a, U128 b)
{
    U128 r;
    r.lo = a.lo - b.lo;
    r.hi = a.hi - b.hi - (a.lo < b.lo);
    return r;
}
static inline U128 u128_shl(U128 a, unsigned n)         /* n < 128 */
{
    if (n >= 64)
        return u128(a.lo << (n - 64), 0);
    return n ? u128(a.hi << n | a.lo >> (64 - n), a.lo << n) : a;
}
static inline U128 u128_shr(U128 a, unsigned n)         /* n < 128 */
{
    if (n >= 64)
        return u128(0, a.hi >> (n - 64));
    return n ? u128(a.hi >> n, a.lo >> n | a.hi << (64 - n)) : a;
}
static inline U128 u128_low(U128 a, unsigned n)         /* the low n bits, n < 128 */
{
    if (n >= 64)
        return u128(a.hi & (((uint64_t)1 << (n - 64)) - 1), a.lo);
    return u128(0, a.lo & (((uint64_t)1 << n) - 1));
}
/* Shifts right; bits lost are kept as a 1 in bit 0 ("jammed"), which rounding reads as "and something more". */
static inline U128 u128_shr_jam(U128 a, unsigned n)
{
    U128 r;
    if (n >= 128)
        return u128(0, !u128_is_zero(a));
    r = u128_shr(a, n);
    r.lo |= !u128_is_zero(u128_low(a, n));
    return r;
}
static inline unsigned sf_clz64(uint64_t v)             /* v != 0 */
{
    unsigned n = 0;
    if (!(v >> 32)) { n += 32; v <<= 32; }
    if (!(v >> 48)) { n += 16; v <<= 16; }
    if (!(v >> 56)) { n += 8; v <<= 8; }
    if (!(v >> 60)) { n += 4; v <<= 4; }
    if (!(v >> 62)) { n += 2; v <<= 2; }
    return n + !(v >> 63);
}
static inline unsigned u128_clz(U128 a)                 /* a != 0 */
{
    return a.hi ? sf_clz64(a.hi) : 64 + sf_clz64(a.lo);
}

/* ---- formats ---- */

typedef struct SfDesc {
    uint8_t prec;              /* bits of significand, the integer bit included */
    uint8_t frac;              /* bits stored of it: where the exponent field starts */
    uint8_t ebits;             /* width of the exponent field; the sign follows */
    bool explicit_int;         /* the integer bit is stored */
    int32_t emax;              /* greatest exponent, and the bias; the smallest of a normal number is 1 - emax */
    /* No decimal digit past this many can matter except as "not zero": the digits of the longest tie between two
     * neighbours, an odd integer of at most prec + 1 bits times 2^(1 - emax - prec), and a margin. */
    uint32_t digits;
} SfDesc;
extern const SfDesc sf_desc[SF_FORMATS];

/* ---- unpacked numbers ---- */

typedef enum SfKind { SFK_ZERO, SFK_FINITE, SFK_INF, SFK_NAN } SfKind;
typedef struct SfNum {
    SfKind kind;
    bool sign;
    bool snan;                 /* NAN: signaling */
    bool invalid;              /* NAN: really an X80 encoding the x87 does not take (Intel's manual, volume 1, 8.2.2) */
    int32_t exp;               /* FINITE: the value is sig / 2^127 * 2^exp */
    U128 sig;                  /* FINITE: bit 127 set. NAN: the bits below the integer bit, from bit 127 down */
} SfNum;

SfNum sf_unpack(SfFormat f, Sf a);
/* The fields put together; `sig` holds the significand top-aligned, integer bit in bit 127. */
Sf sf_pack(SfFormat f, bool sign, uint32_t biased, U128 sig);
/* Rounds a normalised nonzero significand (jammed in bit 0 when not exact) to the format, with all flags. */
Sf sf_round(SfEnv *e, SfFormat f, bool sign, int32_t exp, U128 sig);
/* Rounds sig to a multiple of 2^drop (1 <= drop <= 127) in mode e->round. A carry out of bit 127 is told in *carry. */
U128 sf_round_at(const SfEnv *e, bool sign, U128 sig, unsigned drop, bool *carry, bool *inexact);
Sf sf_invalid(SfEnv *e, SfFormat f);                    /* raises INVALID and gives the default NaN */
/* The result of an operation with at least one NaN among its operands. */
Sf sf_propagate(SfEnv *e, SfFormat f, const SfNum *n, unsigned count);
/* The NaN n in another format (or its own), quieted. */
Sf sf_quiet(SfEnv *e, SfFormat f, const SfNum *n);

/* ---- sf_big.c: natural numbers as large as the text conversions need, in base 2^32 ---- */

/* The largest: 5^16696 below the 11580 digits of a binary128 that may matter (38,768 bits), and five limbs more. */
enum { BIG_LIMBS = 1224 };
typedef struct Big {
    uint32_t n;                /* limbs in use, the top one not 0; 0 for zero */
    uint32_t w[BIG_LIMBS];     /* least significant first; those from n on are undefined */
} Big;

void big_set(Big *b, U128 v);
void big_mul_add(Big *b, uint32_t m, uint32_t a);       /* b * m + a, m != 0 */
void big_mul_pow5(Big *b, uint32_t k);                  /* b * 5^k */
void big_shl(Big *b, uint32_t bits);
uint32_t big_bits(const Big *b);                        /* length in bits */
int big_cmp(const Big *a, const Big *b);
int big_cmp_sum(const Big *a, const Big *b, uint32_t m, const Big *c); /* a + b * m against c, m at most 2 */
/* A digit of a long division: *r < d * 2^(32 at + 32), d's top limb has its top bit set. Gives the floor of
 * *r / (d * 2^(32 at)) and leaves the rest in *r. */
uint32_t big_div_digit(Big *r, const Big *d, uint32_t at);

#endif
