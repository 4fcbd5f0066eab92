/* softfloat: everything between numbers that is not arithmetic: other formats, integers, integral values, order, class.
 * Encodings in; encodings, integers and flags out. */
#include "base/softfloat_impl.h"

static Sf flip(SfFormat f, Sf a, bool only_clear)
{
    const SfDesc *d = &sf_desc[f];
    unsigned at = d->frac + d->ebits;
    uint64_t bit = (uint64_t)1 << (at & 63), *w = at < 64 ? &a.lo : &a.hi;
    *w = only_clear ? *w & ~bit : *w ^ bit;
    return a;
}

Sf sf_neg(SfFormat f, Sf a)
{
    return flip(f, a, false);
}

Sf sf_abs(SfFormat f, Sf a)
{
    return flip(f, a, true);
}

bool sf_sign(SfFormat f, Sf a)
{
    return sf_unpack(f, a).sign;
}

bool sf_is_nan(SfFormat f, Sf a)
{
    return sf_unpack(f, a).kind == SFK_NAN;
}

bool sf_is_snan(SfFormat f, Sf a)
{
    return sf_unpack(f, a).snan;
}

bool sf_is_inf(SfFormat f, Sf a)
{
    return sf_unpack(f, a).kind == SFK_INF;
}

bool sf_is_zero(SfFormat f, Sf a)
{
    return sf_unpack(f, a).kind == SFK_ZERO;
}

unsigned sf_class(SfFormat f, Sf a)
{
    SfNum n = sf_unpack(f, a);
    switch (n.kind) {
    case SFK_NAN: return n.snan ? 8 : 9;
    case SFK_INF: return n.sign ? 0 : 7;
    case SFK_ZERO: return n.sign ? 3 : 4;
    case SFK_FINITE: break;
    }
    if (n.exp < 1 - sf_desc[f].emax)
        return n.sign ? 2 : 5;
    return n.sign ? 1 : 6;
}

Sf sf_convert(SfEnv *e, SfFormat to, SfFormat from, Sf a)
{
    SfNum n = sf_unpack(from, a);
    switch (n.kind) {
    case SFK_NAN: return sf_quiet(e, to, &n);
    case SFK_INF: return sf_inf(to, n.sign);
    case SFK_ZERO: return sf_zero(to, n.sign);
    case SFK_FINITE: break;
    }
    return sf_round(e, to, n.sign, n.exp, n.sig);
}

/* ---- order ---- */

static int compare(SfEnv *e, SfFormat f, Sf a, Sf b, bool signaling)
{
    SfNum x = sf_unpack(f, a), y = sf_unpack(f, b);
    int c;
    if (x.kind == SFK_NAN || y.kind == SFK_NAN) {
        if (signaling || x.snan || y.snan)
            e->flags |= SF_INVALID;
        return 2;
    }
    if (x.kind == SFK_ZERO && y.kind == SFK_ZERO)
        return 0;
    if (x.kind == SFK_ZERO)
        return y.sign ? 1 : -1;
    if (y.kind == SFK_ZERO || x.sign != y.sign)
        return x.sign ? -1 : 1;
    if (x.kind != y.kind)
        c = x.kind == SFK_INF ? 1 : -1;
    else if (x.kind == SFK_INF)
        return 0;
    else if (x.exp != y.exp)
        c = x.exp < y.exp ? -1 : 1;
    else
        c = u128_cmp(x.sig, y.sig);
    return x.sign ? -c : c;
}

int sf_compare(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    return compare(e, f, a, b, false);
}

int sf_compare_signaling(SfEnv *e, SfFormat f, Sf a, Sf b)
{
    return compare(e, f, a, b, true);
}

/* ---- integers ---- */

Sf sf_from_u64(SfEnv *e, SfFormat f, uint64_t v)
{
    unsigned k;
    if (!v)
        return sf_zero(f, false);
    k = sf_clz64(v);
    return sf_round(e, f, false, 63 - (int32_t)k, u128(v << k, 0));
}

Sf sf_from_i64(SfEnv *e, SfFormat f, int64_t v)
{
    uint64_t m = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    unsigned k;
    if (!v)
        return sf_zero(f, false);
    k = sf_clz64(m);
    return sf_round(e, f, v < 0, 63 - (int32_t)k, u128(m << k, 0));
}

/* A finite number of exponent at most 126 rounded to an integral one: the result's bit 127 weighs 2^*exp. */
static U128 integral(const SfEnv *e, const SfNum *n, int32_t *exp, bool *carry, bool *inexact)
{
    U128 sig = n->sig;
    *exp = n->exp;
    if (n->exp < 0) {
        sig = u128_shr_jam(sig, n->exp < -128 ? 128 : (unsigned)-n->exp);
        *exp = 0;
    }
    return sf_round_at(e, n->sign, sig, 127 - (unsigned)*exp, carry, inexact);
}

Sf sf_round_int(SfEnv *e, SfFormat f, Sf a, bool exact)
{
    SfNum n = sf_unpack(f, a);
    U128 sig;
    int32_t exp;
    unsigned k;
    bool carry, inexact;
    switch (n.kind) {
    case SFK_NAN: return sf_quiet(e, f, &n);
    case SFK_INF: return sf_inf(f, n.sign);
    case SFK_ZERO: return sf_zero(f, n.sign);
    case SFK_FINITE: break;
    }
    if (n.exp >= (int32_t)sf_desc[f].prec - 1)
        return sf_round(e, f, n.sign, n.exp, n.sig);
    sig = integral(e, &n, &exp, &carry, &inexact);
    if (inexact && exact)
        e->flags |= SF_INEXACT;
    if (carry) {
        sig = u128((uint64_t)1 << 63, 0);
        exp++;
    }
    if (u128_is_zero(sig))
        return sf_zero(f, n.sign);
    k = u128_clz(sig);
    return sf_round(e, f, n.sign, exp - (int32_t)k, u128_shl(sig, k));
}

int64_t sf_to_int(SfEnv *e, SfFormat f, Sf a, unsigned bits, bool is_signed)
{
    SfNum n = sf_unpack(f, a);
    uint64_t max = ~(uint64_t)0 >> (64 - bits + is_signed); /* greatest magnitudes of either sign */
    uint64_t min = is_signed ? max + 1 : 0, v;
    bool carry = false, inexact = false;
    if (n.kind == SFK_ZERO)
        return 0;
    if (n.kind == SFK_NAN)
        n.sign = false;
    if (n.kind == SFK_FINITE && n.exp < 64) {
        int32_t exp;
        U128 sig = integral(e, &n, &exp, &carry, &inexact);
        v = u128_shr(sig, 127 - (unsigned)exp).lo;
        if (carry)
            v = exp < 63 ? (uint64_t)2 << exp : 0;
        if (!(carry && exp == 63) && v <= (n.sign ? min : max)) {
            if (inexact)
                e->flags |= SF_INEXACT;
            return (int64_t)(n.sign ? 0 - v : v);
        }
    }
    e->flags |= SF_INVALID;
    return (int64_t)(n.sign ? 0 - min : max);
}
