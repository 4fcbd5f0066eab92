/* softfloat core and arithmetic: encodings in, encodings and flags out.
 * One idea: every format is a row of sf_desc. An operand is unpacked to sign, exponent and a significand top-aligned in
 * 128 bits; the operation computes an exact or jammed result; sf_round alone knows modes, subnormals and flags. */
#include "base/softfloat_impl.h"

const SfDesc sf_desc[SF_FORMATS] = {
    { 24, 23, 8, false, 127, 120 },
    { 53, 52, 11, false, 1023, 780 },
    { 64, 64, 15, true, 16383, 11530 },
    { 113, 112, 15, false, 16383, 11580 },
};

/* ---- encodings ---- */

/* Sign and exponent field, right-aligned. */
static uint32_t field_top(const SfDesc *d, Sf a)
{
    uint64_t t = d->frac < 64 ? a.lo >> d->frac : a.hi >> (d->frac - 64);
    return (uint32_t)t & (((uint32_t)2 << d->ebits) - 1);
}

SfNum sf_unpack(SfFormat f, Sf a)
{
    const SfDesc *d = &sf_desc[f];
    uint32_t top = field_top(d, a), emask = ((uint32_t)1 << d->ebits) - 1, biased = top & emask;
    U128 sig = u128_shl(u128_low(u128(a.hi, a.lo), d->frac), 128 - d->prec);
    SfNum n;
    n.sign = top >> d->ebits;
    n.snan = n.invalid = false;
    n.exp = 0;
    n.sig = sig;
    if (biased == emask) {
        bool bad = d->explicit_int && !(sig.hi >> 63);
        n.sig = u128_shl(sig, 1);
        n.kind = u128_is_zero(n.sig) && !bad ? SFK_INF : SFK_NAN;
        n.snan = n.kind == SFK_NAN && (bad || !(n.sig.hi >> 63));
        n.invalid = bad;
    } else if (biased == 0) {
        n.kind = SFK_ZERO;
        if (!u128_is_zero(sig)) {
            unsigned k = u128_clz(sig);
            n.kind = SFK_FINITE;
            n.exp = 1 - d->emax - (int32_t)k;
            n.sig = u128_shl(sig, k);
        }
    } else if (d->explicit_int && !(sig.hi >> 63)) {
        n.kind = SFK_NAN;
        n.snan = n.invalid = true;
        n.sig = u128_shl(sig, 1);
    } else {
        n.kind = SFK_FINITE;
        n.exp = (int32_t)biased - d->emax;
        n.sig.hi |= (uint64_t)1 << 63;
    }
    return n;
}

Sf sf_pack(SfFormat f, bool sign, uint32_t biased, U128 sig)
{
    const SfDesc *d = &sf_desc[f];
    uint64_t top = (uint64_t)sign << d->ebits | biased;
    Sf r;
    sig = u128_low(u128_shr(sig, 128 - d->prec), d->frac);
    r.lo = sig.lo;
    r.hi = sig.hi;
    if (d->frac < 64)
        r.lo |= top << d->frac;
    else
        r.hi |= top << (d->frac - 64);
    return r;
}

Sf sf_zero(SfFormat f, bool neg)
{
    return sf_pack(f, neg, 0, u128(0, 0));
}

Sf sf_inf(SfFormat f, bool neg)
{
    return sf_pack(f, neg, ((uint32_t)1 << sf_desc[f].ebits) - 1, u128((uint64_t)1 << 63, 0));
}

Sf sf_nan(const SfEnv *e, SfFormat f)
{
    return sf_pack(f, e->nan_neg, ((uint32_t)1 << sf_desc[f].ebits) - 1, u128((uint64_t)3 << 62, 0));
}

Sf sf_invalid(SfEnv *e, SfFormat f)
{
    e->flags |= SF_INVALID;
    return sf_nan(e, f);
}

Sf sf_quiet(SfEnv *e, SfFormat f, const SfNum *n)
{
    U128 sig = u128_shr(n->sig, 1);
    if (n->snan)
        e->flags |= SF_INVALID;
    if (n->invalid || e->nan_canon)
        return sf_nan(e, f);
    sig.hi |= (uint64_t)3 << 62;
    return sf_pack(f, n->sign, ((uint32_t)1 << sf_desc[f].ebits) - 1, sig);
}

/* x87 (Intel's manual, volume 1, table 4-7): a quiet NaN before a signaling one, else the larger significand, else the
 * positive one. */
static unsigned pick_x87(const SfNum *n)
{
    int c;
    if (n[0].kind != SFK_NAN || n[1].kind != SFK_NAN)
        return n[0].kind != SFK_NAN;
    if (n[0].snan != n[1].snan)
        return n[0].snan;
    c = u128_cmp(n[0].sig, n[1].sig);
    return c ? c < 0 : n[0].sign;
}

Sf sf_propagate(SfEnv *e, SfFormat f, const SfNum *n, unsigned count)
{
    unsigned i, pick = count;
    bool bad = false;
    for (i = 0; i < count; i++) {
        if (n[i].kind != SFK_NAN)
            continue;
        if (n[i].snan)
            e->flags |= SF_INVALID;
        bad |= n[i].invalid;
        if (pick == count || (e->nan_snan_first && n[i].snan && !n[pick].snan))
            pick = i;
    }
    if (bad)
        return sf_nan(e, f);
    if (f == SF_X80 && count == 2)
        pick = pick_x87(n);
    return sf_quiet(e, f, &n[pick]);
}

/* ---- rounding ---- */

U128 sf_round_at(const SfEnv *e, bool sign, U128 sig, unsigned drop, bool *carry, bool *inexact)
{
    U128 ulp = u128_shl(u128(0, 1), drop), rest = u128_low(sig, drop);
    int c = u128_cmp(rest, u128_shr(ulp, 1));
    bool up = false;
    *carry = false;
    *inexact = !u128_is_zero(rest);
    sig = u128_sub(sig, rest);
    switch (e->round) {
    case SF_RNE: up = c > 0 || (c == 0 && !u128_is_zero(u128_low(u128_shr(sig, drop), 1))); break;
    case SF_RTZ: break;
    case SF_RDN: up = sign && *inexact; break;
    case SF_RUP: up = !sign && *inexact; break;
    case SF_RMM: up = c >= 0; break;
    }
    if (up) {
        sig = u128_add(sig, ulp);
        *carry = u128_cmp(sig, ulp) < 0;
    }
    return sig;
}

Sf sf_round(SfEnv *e, SfFormat f, bool sign, int32_t exp, U128 sig)
{
    const SfDesc *d = &sf_desc[f];
    unsigned drop = 128 - d->prec;
    int32_t emin = 1 - d->emax;
    bool tiny = exp < emin, carry, inexact;
    if (tiny) {
        /* IEEE 754 7.5: after rounding means as if the exponent range were unbounded. */
        if (!e->tiny_before && exp == emin - 1) {
            sf_round_at(e, sign, sig, drop, &carry, &inexact);
            tiny = !carry;
        }
        sig = u128_shr_jam(sig, emin - exp > 128 ? 128 : (unsigned)(emin - exp));
        exp = emin;
    }
    sig = sf_round_at(e, sign, sig, drop, &carry, &inexact);
    if (carry) {
        sig = u128((uint64_t)1 << 63, 0);
        exp++;
    }
    if (exp > d->emax) {
        e->flags |= SF_OVERFLOW | SF_INEXACT;
        if (e->round == SF_RTZ || e->round == (sign ? SF_RUP : SF_RDN))
            return sf_pack(f, sign, 2 * (uint32_t)d->emax, u128(~(uint64_t)0, ~(uint64_t)0));
        return sf_inf(f, sign);
    }
    if (inexact)
        e->flags |= tiny ? SF_INEXACT | SF_UNDERFLOW : SF_INEXACT;
    return sf_pack(f, sign, sig.hi >> 63 ? (uint32_t)(exp + d->emax) : 0, sig);
}

/* ---- 256-bit integers: w[3] is the most significant ---- */

typedef struct Wide { uint64_t w[4]; } Wide;

static U128 mul64(uint64_t a, uint64_t b)
{
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, m = a1 * b0 + (low >> 32), n = a0 * b1 + (uint32_t)m;
    return u128(a1 * b1 + (m >> 32) + (n >> 32), n << 32 | (uint32_t)low);
}

static void wide_mul(Wide *r, U128 a, U128 b)
{
    U128 ll = mul64(a.lo, b.lo), lh = mul64(a.lo, b.hi), hl = mul64(a.hi, b.lo), hh = mul64(a.hi, b.hi);
    U128 mid = u128_add(u128_add(lh, u128(0, hl.lo)), u128(0, ll.hi));
    r->w[0] = ll.lo;
    r->w[1] = mid.lo;
    hh = u128_add(u128_add(hh, u128(0, hl.hi)), u128(0, mid.hi));
    /* lh + hl.lo + ll.hi < 2^128, so mid never carries out. */
    r->w[2] = hh.lo;
    r->w[3] = hh.hi;
}

static void wide_from(Wide *r, U128 a)
{
    r->w[0] = r->w[1] = 0;
    r->w[2] = a.lo;
    r->w[3] = a.hi;
}

static int wide_cmp(const Wide *a, const Wide *b)
{
    int i;
    for (i = 3; i >= 0; i--)
        if (a->w[i] != b->w[i])
            return a->w[i] < b->w[i] ? -1 : 1;
    return 0;
}

static void wide_shr_jam(Wide *a, uint32_t n)
{
    unsigned words = n >= 256 ? 4 : n / 64, bits = n % 64, i;
    uint64_t lost = 0;
    for (i = 0; i < words; i++)
        lost |= a->w[i];
    for (i = 0; i < 4; i++)
        a->w[i] = i + words < 4 ? a->w[i + words] : 0;
    if (bits && words < 4) {
        lost |= a->w[0] << (64 - bits);
        for (i = 0; i < 4; i++)
            a->w[i] = a->w[i] >> bits | (i < 3 ? a->w[i + 1] << (64 - bits) : 0);
    }
    a->w[0] |= lost != 0;
}

static void wide_shl(Wide *a, unsigned n)               /* n < 256 */
{
    unsigned words = n / 64, bits = n % 64, i;
    for (i = 4; i-- > 0;)
        a->w[i] = i >= words ? a->w[i - words] : 0;
    if (bits)
        for (i = 4; i-- > 0;)
            a->w[i] = a->w[i] << bits | (i ? a->w[i - 1] >> (64 - bits) : 0);
}

static unsigned wide_clz(const Wide *a)                 /* a != 0 */
{
    unsigned i = 3;
    while (!a->w[i])
        i--;
    return 64 * (3 - i) + sf_clz64(a->w[i]);
}

static U128 wide_jam(const Wide *a)
{
    return u128(a->w[3], a->w[2] | ((a->w[1] | a->w[0]) != 0));
}

/* ---- addition: also the second half of fma. Both operands normalised and not zero, at most 226 significant bits,
 * so a shift that loses bits is by more than 29, after which at most one leading bit can cancel. ---- */

static Sf add_wide(SfEnv *e, SfFormat f, bool sa, int32_t ea, const Wide *wa, bool sb, int32_t eb, const Wide *wb)
{
    Wide a, b;
    unsigned i, k;
    uint64_t carry = 0;
    if (ea < eb || (ea == eb && wide_cmp(wa, wb) < 0)) {
        const Wide *w = wa;
        int32_t x = ea;
        bool s = sa;
        wa = wb; wb = w;
        ea = eb; eb = x;
        sa = sb; sb = s;
    }
    a = *wa;
    b = *wb;
    if (sa == sb) {
        wide_shr_jam(&a, 1);
        wide_shr_jam(&b, (uint32_t)(ea - eb) + 1);
        ea++;
        for (i = 0; i < 4; i++) {
            uint64_t s = a.w[i] + b.w[i], t = s + carry;
            carry = (s < a.w[i]) | (t < s);
            a.w[i] = t;
        }
    } else {
        wide_shr_jam(&b, (uint32_t)(ea - eb));
        for (i = 0; i < 4; i++) {
            uint64_t s = a.w[i] - b.w[i], t = s - carry;
            carry = (a.w[i] < b.w[i]) | (s < carry);
            a.w[i] = t;
        }
        if (!(a.w[0] | a.w[1] | a.w[2] | a.w[3]))
            return sf_zero(f, e->round == SF_RDN);
    }
    k = wide_clz(&a);
    wide_shl(&a, k);
    return sf_round(e, f, sa, ea - (int32_t)k, wide_jam(&a));
}

static Sf add_num(SfEnv *e, SfFormat f, const SfNum *n)
{
    Wide a, b;
    if (n[0].kind == SFK_NAN || n[1].kind == SFK_NAN)
        return sf_propagate(e, f, n, 2);
    if (n[0].kind == SFK_INF)
        return n[1].kind == SFK_INF && n[0].sign != n[1].sign ? sf_invalid(e, f) : sf_inf(f, n[0].sign);
    if (n[1].kind == SFK_INF)
        return sf_inf(f, n[1].sign);
    if (n[0].kind == SFK_ZERO && n[1].kind == SFK_ZERO)
        return sf_zero(f, n[0].sign == n[1].sign ? n[0].sign : e->round == SF_RDN);
    if (n[0].kind == SFK_ZERO)
        return sf_round(e, f, n[1].sign, n[1].exp, n[1].sig);
    if (n[1].kind == SFK_ZERO)
        return sf_round(e, f, n[0].sign, n[0].exp, n[0].sig);
    wide_from(&a, n[0].sig);
    wide_from(&b, n[1].sig);
    return add_wide(e, f, n[0].sign, n[0].exp, &a, n[1].sign, n[1].exp, &b);
}

Sf sf_add(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    SfNum n[2];
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    return add_num(e, f, n);
}

Sf sf_sub(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    SfNum n[2];
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    if (n[1].kind != SFK_NAN)
        n[1].sign = !n[1].sign;
    return add_num(e, f, n);
}

/* ---- multiplication ---- */

static int32_t product(Wide *w, const SfNum *n)         /* of two finite numbers, normalised; gives the exponent */
{
    wide_mul(w, n[0].sig, n[1].sig);
    if (w->w[3] >> 63)
        return n[0].exp + n[1].exp + 1;
    wide_shl(w, 1);
    return n[0].exp + n[1].exp;
}

Sf sf_mul(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    SfNum n[2];
    Wide w;
    int32_t exp;
    bool sign;
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    if (n[0].kind == SFK_NAN || n[1].kind == SFK_NAN)
        return sf_propagate(e, f, n, 2);
    sign = n[0].sign != n[1].sign;
    if (n[0].kind == SFK_INF || n[1].kind == SFK_INF)
        return n[0].kind == SFK_ZERO || n[1].kind == SFK_ZERO ? sf_invalid(e, f) : sf_inf(f, sign);
    if (n[0].kind == SFK_ZERO || n[1].kind == SFK_ZERO)
        return sf_zero(f, sign);
    exp = product(&w, n);
    return sf_round(e, f, sign, exp, wide_jam(&w));
}

Sf sf_fma(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c)
{
    SfNum n[3];
    Wide w, z;
    int32_t exp;
    bool sign, zero, inf, bad;
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    n[2] = sf_unpack(f, c);
    sign = n[0].sign != n[1].sign;
    zero = n[0].kind == SFK_ZERO || n[1].kind == SFK_ZERO;
    inf = n[0].kind == SFK_INF || n[1].kind == SFK_INF;
    bad = zero && inf;
    if (n[0].kind == SFK_NAN || n[1].kind == SFK_NAN || n[2].kind == SFK_NAN) {
        /* inf * 0 + quiet NaN: IEEE 754 7.2 c leaves it open. RISC-V F 11.6 and Arm raise INVALID, x86 does not. */
        if (bad && (e->nan_canon || e->nan_snan_first))
            e->flags |= SF_INVALID;
        if (e->nan_snan_first) {            /* Arm's FPProcessNaNs3 looks at the addend first */
            SfNum t = n[2];
            if (bad && !t.snan)
                return sf_nan(e, f);
            n[2] = n[1];
            n[1] = n[0];
            n[0] = t;
        }
        return sf_propagate(e, f, n, 3);
    }
    if (bad)
        return sf_invalid(e, f);
    if (inf)
        return n[2].kind == SFK_INF && n[2].sign != sign ? sf_invalid(e, f) : sf_inf(f, sign);
    if (n[2].kind == SFK_INF)
        return sf_inf(f, n[2].sign);
    if (zero && n[2].kind == SFK_ZERO)
        return sf_zero(f, sign == n[2].sign ? sign : e->round == SF_RDN);
    if (zero)
        return sf_round(e, f, n[2].sign, n[2].exp, n[2].sig);
    exp = product(&w, n);
    if (n[2].kind == SFK_ZERO)
        return sf_round(e, f, sign, exp, wide_jam(&w));
    wide_from(&z, n[2].sig);
    return add_wide(e, f, sign, exp, &w, n[2].sign, n[2].exp, &z);
}

/* ---- division, remainder, square root ---- */

/* One digit of a long division (Knuth 4.3.1 D in base 2^32): *r < d, d's top bit set. The result is
 * floor(*r * 2^32 / d), *r becomes the rest. */
static uint32_t div_digit(U128 *r, U128 d)
{
    uint64_t d3 = d.hi >> 32, d2 = (uint32_t)d.hi, q = r->hi / d3, rest = r->hi % d3, over;
    U128 lo, hi, p, v;
    while (q >> 32 || q * d2 > (rest << 32 | r->lo >> 32)) {
        q--;
        rest += d3;
        if (rest >> 32)
            break;
    }
    lo = mul64(d.lo, q);                    /* p = d * q, 160 bits: over above p */
    hi = mul64(d.hi, q);
    p = u128(lo.hi, lo.lo);
    p.hi += hi.lo;
    over = hi.hi + (p.hi < hi.lo);
    v = u128_shl(*r, 32);
    if (over > r->hi >> 32 || (over == r->hi >> 32 && u128_cmp(p, v) > 0)) {
        q--;
        v = u128_add(v, d);
    }
    *r = u128_sub(v, p);
    return (uint32_t)q;
}

Sf sf_div(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    SfNum n[2];
    bool sign;
    int32_t exp;
    unsigned i, steps = (sf_desc[f].prec + 2 + 31) / 32;
    U128 r, q = u128(0, 0);
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    if (n[0].kind == SFK_NAN || n[1].kind == SFK_NAN)
        return sf_propagate(e, f, n, 2);
    sign = n[0].sign != n[1].sign;
    if (n[0].kind == SFK_INF)
        return n[1].kind == SFK_INF ? sf_invalid(e, f) : sf_inf(f, sign);
    if (n[1].kind == SFK_INF)
        return sf_zero(f, sign);
    if (n[1].kind == SFK_ZERO) {
        if (n[0].kind == SFK_ZERO)
            return sf_invalid(e, f);
        e->flags |= SF_DIVZERO;
        return sf_inf(f, sign);
    }
    if (n[0].kind == SFK_ZERO)
        return sf_zero(f, sign);
    r = n[0].sig;
    exp = n[0].exp - n[1].exp;
    if (u128_cmp(r, n[1].sig) >= 0)
        r = u128_shr(r, 1);
    else
        exp--;
    for (i = 0; i < steps; i++) {
        uint32_t digit = div_digit(&r, n[1].sig);
        q = u128_add(u128_shl(q, 32), u128(0, digit));
    }
    q = u128_shl(q, 128 - 32 * steps);
    q.lo |= !u128_is_zero(r);
    return sf_round(e, f, sign, exp, q);
}

Sf sf_rem(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    SfNum n[2];
    int32_t left;
    unsigned k;
    U128 r, d;
    n[0] = sf_unpack(f, a);
    n[1] = sf_unpack(f, b);
    if (n[0].kind == SFK_NAN || n[1].kind == SFK_NAN)
        return sf_propagate(e, f, n, 2);
    if (n[0].kind == SFK_INF || n[1].kind == SFK_ZERO)
        return sf_invalid(e, f);
    if (n[0].kind == SFK_ZERO)
        return sf_zero(f, n[0].sign);
    if (n[1].kind == SFK_INF || n[0].exp < n[1].exp)
        return sf_round(e, f, n[0].sign, n[0].exp, n[0].sig);
    r = n[0].sig;
    d = n[1].sig;
    if (u128_cmp(r, d) >= 0)
        r = u128_sub(r, d);
    for (left = n[0].exp - n[1].exp; left % 32; left--) {
        bool carry = r.hi >> 63;
        r = u128_shl(r, 1);
        if (carry || u128_cmp(r, d) >= 0)
            r = u128_sub(r, d);
    }
    for (; left; left -= 32)
        div_digit(&r, d);
    if (u128_is_zero(r))
        return sf_zero(f, n[0].sign);
    k = u128_clz(r);
    return sf_round(e, f, n[0].sign, n[1].exp - (int32_t)k, u128_shl(r, k));
}

/* Digit by digit: after each step root^2 + rest is the radicand's part read so far; two bits of it make one of the
 * root. The root has prec + 2 bits, so the rest stays below 2^118. */
Sf sf_sqrt(SfEnv *e, SfFormat f, Sf a)
{
    SfNum n = sf_unpack(f, a);
    U128 x, root = u128(0, 0), rest = u128(0, 0);
    unsigned i, bits = sf_desc[f].prec + 2u;
    int32_t exp = n.exp;
    if (n.kind == SFK_NAN)
        return sf_propagate(e, f, &n, 1);
    if (n.kind == SFK_ZERO)
        return sf_zero(f, n.sign);
    if (n.sign)
        return sf_invalid(e, f);
    if (n.kind == SFK_INF)
        return sf_inf(f, false);
    x = n.sig;
    if (exp & 1)
        exp--;
    else
        x = u128_shr(x, 1);
    for (i = 0; i < bits; i++) {
        U128 trial = u128_shl(root, 2);
        trial.lo |= 1;
        rest = u128_shl(rest, 2);
        rest.lo |= x.hi >> 62;
        x = u128_shl(x, 2);
        root = u128_shl(root, 1);
        if (u128_cmp(rest, trial) >= 0) {
            rest = u128_sub(rest, trial);
            root.lo |= 1;
        }
    }
    root = u128_shl(root, 128 - bits);
    root.lo |= !u128_is_zero(rest) || !u128_is_zero(x);
    return sf_round(e, f, false, exp / 2, root);
}
