/* softfloat text: decimal and hexadecimal constants to encodings and back, every one correctly rounded.
 * Decimal goes through exact naturals: reading divides digits * 10^e by a power of five to 126 bits and a sticky one;
 * printing keeps the value as a fraction r / s < 1 and takes digits off its front (Steele and White, Dragon4). */
#include "base/softfloat_impl.h"

/* ---- reading ---- */

static unsigned hex_value(char c)                       /* 16: not a hexadecimal digit */
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 32;
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool word(const char *s, size_t n, size_t at, const char *w)
{
    for (; *w; w++, at++)
        if (at >= n || (s[at] | 32) != *w)
            return false;
    return true;
}

/* An exponent behind its letter: [+-]digits. Saturates at 10^17. Gives the place behind it, 0 when malformed. */
static size_t read_exponent(const char *s, size_t n, size_t at, int64_t *exp)
{
    bool neg = false;
    int64_t v = 0;
    if (at < n && (s[at] == '+' || s[at] == '-'))
        neg = s[at++] == '-';
    if (at >= n || !is_digit(s[at]))
        return 0;
    for (; at < n && is_digit(s[at]); at++)
        if (v < (int64_t)10000000000000000)
            v = v * 10 + (s[at] - '0');
    *exp = neg ? -v : v;
    return at;
}

/* Where the digits of a constant lie. "Significant" digits count from the first that is not 0. */
typedef struct Digits {
    size_t first;              /* place of the first significant digit */
    size_t count;              /* significant digits up to the last that is not 0; 0 for a zero */
    int64_t point;             /* the digits read as 0.ddd times the base to this power */
} Digits;

static size_t scan_digits(const char *s, size_t n, size_t at, unsigned base, Digits *d)
{
    size_t seen = 0;
    bool any = false, dot = false;
    d->first = d->count = 0;
    d->point = 0;
    for (; at < n; at++) {
        unsigned v;
        if (s[at] == '.' && !dot) {
            dot = true;
            continue;
        }
        v = hex_value(s[at]);
        if (v >= base)
            break;
        any = true;
        if (v && !seen)
            d->first = at;
        if (v || seen)
            seen++;
        if (v)
            d->count = seen;
        d->point += dot ? (seen ? 0 : -1) : seen != 0;
    }
    return any ? at : 0;
}

static int32_t clamp_exp(int64_t e)
{
    return e > 100000 ? 100000 : e < -100000 ? -100000 : (int32_t)e;
}

static size_t parse_hex(SfEnv *e, SfFormat f, const char *s, size_t n, size_t at, bool sign, Sf *out)
{
    Digits d;
    U128 sig = u128(0, 0);
    int64_t exp;
    size_t i, p;
    unsigned k;
    at = scan_digits(s, n, at, 16, &d);
    /* C11 6.4.4.2: the binary exponent is not optional. */
    if (!at || at >= n || (s[at] | 32) != 'p' || !(at = read_exponent(s, n, at + 1, &exp)))
        return 0;
    if (!d.count) {
        *out = sf_zero(f, sign);
        return at;
    }
    for (i = 0, p = d.first; i < d.count; p++) {
        if (s[p] == '.')
            continue;
        if (i < 32)
            sig = u128_add(u128_shl(sig, 4), u128(0, hex_value(s[p])));
        else
            sig.lo |= hex_value(s[p]) != 0;
        i++;
    }
    if (d.count < 32)
        sig = u128_shl(sig, 4 * (32 - (unsigned)d.count));
    k = u128_clz(sig);
    *out = sf_round(e, f, sign, clamp_exp(exp + 4 * d.point - 1 - (int64_t)k), u128_shl(sig, k));
    return at;
}

/* num / den * 2^exp, num != 0. Shifts den to L limbs with its top bit set and num to 32 (L + 4) - 1 bits:
 * then 2^126 < quotient < 2^128, four digits. */
static Sf round_quotient(SfEnv *e, SfFormat f, bool sign, Big *num, Big *den, int32_t exp)
{
    uint32_t len = num->n > den->n + 3 ? num->n - 3 : den->n, k;
    U128 q = u128(0, 0);
    k = 32 * len - big_bits(den);
    big_shl(den, k);
    exp += (int32_t)k;
    k = 32 * (len + 4) - 1 - big_bits(num);
    big_shl(num, k);
    exp -= (int32_t)k;
    for (k = 4; k-- > 0;)
        q = u128_add(u128_shl(q, 32), u128(0, big_div_digit(num, den, k)));
    k = u128_clz(q);
    q = u128_shl(q, k);
    q.lo |= num->n != 0;
    return sf_round(e, f, sign, exp + 127 - (int32_t)k, q);
}

static Sf decimal(SfEnv *e, SfFormat f, bool sign, const char *s, const Digits *d, int64_t exp10)
{
    static const uint32_t pow10[10] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
    Big num, den;
    size_t i, p, take = d->count < sf_desc[f].digits ? d->count : sf_desc[f].digits;
    int64_t lead = d->point + exp10, limit = ((int64_t)sf_desc[f].emax + sf_desc[f].prec + 4) * 31 / 100;
    uint32_t chunk = 0, in_chunk = 0;
    int32_t e10;
    /* The value is at least 10^(lead - 1) and below 10^lead. */
    if (lead - 1 > limit || lead < -limit)
        return sf_round(e, f, sign, lead > 0 ? 100000 : -100000, u128((uint64_t)1 << 63, 1));
    num.n = 0;
    for (i = 0, p = d->first; i < take; p++) {
        if (s[p] == '.')
            continue;
        chunk = chunk * 10 + (uint32_t)(s[p] - '0');
        if (++in_chunk == 9) {
            big_mul_add(&num, pow10[9], chunk);
            chunk = in_chunk = 0;
        }
        i++;
    }
    e10 = (int32_t)(lead - (int64_t)take);
    if (take < d->count) {                  /* sticky: digits cut off, of which the last is not 0 */
        chunk = chunk * 10 + 1;
        in_chunk++;
        e10--;
    }
    if (in_chunk)
        big_mul_add(&num, pow10[in_chunk], chunk);
    big_set(&den, u128(0, 1));
    if (e10 >= 0)
        big_mul_pow5(&num, (uint32_t)e10);
    else
        big_mul_pow5(&den, (uint32_t)-e10);
    return round_quotient(e, f, sign, &num, &den, e10);
}

static size_t parse_nan(SfFormat f, const char *s, size_t n, size_t at, bool sign, Sf *out)
{
    const SfDesc *d = &sf_desc[f];
    U128 sig = u128((uint64_t)1 << 63, 0);
    if (at + 3 < n && s[at] == ':' && s[at + 1] == '0' && (s[at + 2] | 32) == 'x' && hex_value(s[at + 3]) < 16) {
        sig = u128(0, 0);
        for (at += 3; at < n && hex_value(s[at]) < 16; at++) {
            if (sig.hi >> 60)
                return 0;
            sig = u128_add(u128_shl(sig, 4), u128(0, hex_value(s[at])));
        }
        if (u128_is_zero(sig) || !u128_is_zero(u128_shr(sig, d->prec - 1u)))
            return 0;
        sig = u128_shl(sig, 129u - d->prec);
    }
    sig = u128_shr(sig, 1);
    sig.hi |= (uint64_t)1 << 63;
    *out = sf_pack(f, sign, ((uint32_t)1 << d->ebits) - 1, sig);
    return at;
}

size_t sf_parse(SfEnv *e, SfFormat f, const char *s, size_t n, Sf *out)
{
    Digits d;
    size_t at = 0;
    bool sign = false;
    int64_t exp10 = 0;
    if (n && (s[0] == '+' || s[0] == '-'))
        sign = s[at++] == '-';
    if (word(s, n, at, "nan"))
        return parse_nan(f, s, n, at + 3, sign, out);
    if (word(s, n, at, "inf")) {
        *out = sf_inf(f, sign);
        return word(s, n, at, "infinity") ? at + 8 : at + 3;
    }
    if (at + 1 < n && s[at] == '0' && (s[at + 1] | 32) == 'x')
        return parse_hex(e, f, s, n, at + 2, sign, out);
    at = scan_digits(s, n, at, 10, &d);
    if (at && at < n && (s[at] | 32) == 'e')
        at = read_exponent(s, n, at + 1, &exp10);
    if (at)
        *out = d.count ? decimal(e, f, sign, s, &d, exp10) : sf_zero(f, sign);
    return at;
}

/* ---- printing ---- */

static size_t put_str(char *dst, const char *s)
{
    size_t n = 0;
    for (; s[n]; n++)
        dst[n] = s[n];
    return n;
}

static size_t put_exp(char *dst, char letter, int32_t exp, unsigned min_digits)
{
    char tmp[12];
    size_t n = 0, k = 0;
    uint32_t v = exp < 0 ? (uint32_t)-exp : (uint32_t)exp;
    dst[n++] = letter;
    dst[n++] = exp < 0 ? '-' : '+';
    for (; v || k < min_digits; v /= 10)
        tmp[k++] = (char)('0' + v % 10);
    while (k)
        dst[n++] = tmp[--k];
    return n;
}

/* Hexadecimal digits from the top of v down to its last that is not 0. */
static size_t put_hex(char *dst, U128 v)
{
    size_t n = 0;
    for (; !u128_is_zero(v); v = u128_shl(v, 4))
        dst[n++] = "0123456789abcdef"[v.hi >> 60];
    return n;
}

/* inf and nan, the sign already written. */
static size_t put_special(SfFormat f, const SfNum *n, char *dst)
{
    size_t len;
    U128 v;
    unsigned k;
    if (n->kind == SFK_INF)
        return put_str(dst, "inf");
    len = put_str(dst, "nan");
    if ((n->sig.hi == (uint64_t)1 << 63 && n->sig.lo == 0) || n->invalid)
        return len;
    len += put_str(dst + len, ":0x");
    v = u128_shr(n->sig, 129u - sf_desc[f].prec);
    for (k = 32; k-- > 0;)                  /* from the first digit that is not 0 */
        if (!u128_is_zero(u128_shr(v, 4 * k)))
            dst[len++] = "0123456789abcdef"[u128_shr(v, 4 * k).lo & 15];
    return len;
}

size_t sf_print_hex(SfFormat f, Sf a, char *dst)
{
    SfNum n = sf_unpack(f, a);
    size_t len = 0;
    if (n.sign)
        dst[len++] = '-';
    switch (n.kind) {
    case SFK_NAN:
    case SFK_INF:
        len += put_special(f, &n, dst + len);
        break;
    case SFK_ZERO:
        len += put_str(dst + len, "0x0p+0");
        break;
    case SFK_FINITE:
        n.sig = u128_shl(n.sig, 1);
        len += put_str(dst + len, u128_is_zero(n.sig) ? "0x1" : "0x1.");
        len += put_hex(dst + len, n.sig);
        len += put_exp(dst + len, 'p', n.exp, 1);
        break;
    }
    dst[len] = 0;
    return len;
}

/* floor(exp * log10(2)); log10(2) * 2^32 is 1292913986.03, and no multiple of log10(2) up to 20,000 comes nearer to
 * an integer than 3e-5. */
static int32_t log10_pow2(int32_t exp)
{
    return (int32_t)((uint64_t)((int64_t)exp * 1292913986 + ((int64_t)20000 << 32)) >> 32) - 20000;
}

/* A finite value as r / s * 10^k, and what reads back as it: decimals nearer than half a unit in the last place. */
typedef struct Fraction {
    Big r, s;
    Big half;                  /* half the distance to the neighbour nearer to zero, in units of r */
    uint32_t up;               /* the same to the other neighbour is half * up: 2 at a power of two, else 1 */
    bool even;                 /* the significand is even: at exactly half the distance too */
    int32_t k;
} Fraction;

static void fraction(Fraction *x, SfFormat f, const SfNum *n)
{
    const SfDesc *d = &sf_desc[f];
    int32_t emin = 1 - d->emax, exp = n->exp < emin ? emin : n->exp, two;
    U128 m = u128_shr(n->sig, 128 - d->prec + (unsigned)(exp - n->exp));
    x->even = !(m.lo & 1);
    x->up = n->exp > emin && u128_is_zero(u128_shl(n->sig, 1)) ? 2 : 1;
    x->k = log10_pow2(n->exp) + 1;
    /* m * 2^(exp - prec + 1) / 10^k, all times four so that half is an integer */
    big_set(&x->r, u128_shl(m, 2));
    big_set(&x->half, u128(0, 3 - x->up));
    big_set(&x->s, u128(0, 4));
    if (x->k > 0) {
        big_mul_pow5(&x->s, (uint32_t)x->k);
    } else {
        big_mul_pow5(&x->r, (uint32_t)-x->k);
        big_mul_pow5(&x->half, (uint32_t)-x->k);
    }
    two = exp - d->prec + 1 - x->k;
    if (two >= 0) {
        big_shl(&x->r, (uint32_t)two);
        big_shl(&x->half, (uint32_t)two);
    } else {
        big_shl(&x->s, (uint32_t)-two);
    }
}

/* Raises k by one and brings s to the form big_div_digit wants. */
static void normalise(Fraction *x, bool raise)
{
    uint32_t k;
    if (raise) {
        big_mul_add(&x->s, 10, 0);
        x->k++;
    }
    k = 32 * x->s.n - big_bits(&x->s);
    big_shl(&x->s, k);
    big_shl(&x->r, k);
    big_shl(&x->half, k);
}

size_t sf_print_dec(SfFormat f, Sf a, unsigned digits, char *dst, size_t cap)
{
    SfNum n = sf_unpack(f, a);
    Fraction x;
    size_t len = 0, first, i;
    unsigned left = digits ? digits : 1;
    int32_t exp = 0;
    if (cap < (size_t)left + 16)
        return 0;
    if (n.sign)
        dst[len++] = '-';
    if (n.kind == SFK_INF || n.kind == SFK_NAN) {
        len += put_str(dst + len, n.kind == SFK_INF ? "inf" : "nan");
        dst[len] = 0;
        return len;
    }
    first = len;                            /* digits stand at first .. first + digits, the point comes after */
    if (n.kind == SFK_FINITE) {
        int c;
        fraction(&x, f, &n);
        normalise(&x, big_cmp(&x.r, &x.s) >= 0);
        exp = x.k - 1;
        while (left && x.r.n) {
            unsigned take = left < 9 ? left : 9;
            uint32_t v, scale = 1;
            for (i = 0; i < take; i++)
                scale *= 10;
            big_mul_add(&x.r, scale, 0);
            v = big_div_digit(&x.r, &x.s, 0);
            for (i = take; i-- > 0; v /= 10)
                dst[len + i] = (char)('0' + v % 10);
            len += take;
            left -= take;
        }
        c = left ? -1 : big_cmp_sum(&x.r, &x.r, 1, &x.s);
        if (c > 0 || (c == 0 && ((dst[len - 1] - '0') & 1))) {
            for (i = len; i > first && dst[i - 1] == '9'; i--)
                dst[i - 1] = '0';
            if (i > first) {
                dst[i - 1]++;
            } else {
                dst[first] = '1';
                exp++;
            }
        }
    }
    for (; left; left--)
        dst[len++] = '0';
    if (len - first > 1) {
        for (i = len; i > first + 1; i--)
            dst[i] = dst[i - 1];
        dst[first + 1] = '.';
        len++;
    }
    len += put_exp(dst + len, 'e', exp, 2);
    dst[len] = 0;
    return len;
}

/* The digits of the shortest decimal 0.ddd * 10^k nearest to the value among those that read back as it. */
static size_t shortest_digits(Fraction *x, char *dst)
{
    size_t n = 0;
    int c = big_cmp_sum(&x->r, &x->half, x->up, &x->s);
    normalise(x, c > 0 || (c == 0 && x->even));
    for (;;) {
        uint32_t digit;
        bool low, high;
        big_mul_add(&x->r, 10, 0);
        big_mul_add(&x->half, 10, 0);
        digit = big_div_digit(&x->r, &x->s, 0);
        c = big_cmp(&x->r, &x->half);
        low = c < 0 || (c == 0 && x->even);
        c = big_cmp_sum(&x->r, &x->half, x->up, &x->s);
        high = c > 0 || (c == 0 && x->even);
        if (low || high) {
            c = big_cmp_sum(&x->r, &x->r, 1, &x->s);
            if (high && (!low || c > 0 || (c == 0 && (digit & 1))))
                digit++;
            dst[n++] = (char)('0' + digit);
            return n;
        }
        dst[n++] = (char)('0' + digit);
    }
}

/* 0.ddd * 10^k with a point in its place, or as d.dde+X where that is outside 1e-4 .. 1e16. */
static size_t put_decimal(char *dst, const char *digits, size_t count, int32_t k)
{
    size_t len = 0, i;
    if (k > 16 || k <= -4) {
        for (i = 0; i < count; i++) {
            dst[len++] = digits[i];
            if (i == 0 && count > 1)
                dst[len++] = '.';
        }
        return len + put_exp(dst + len, 'e', k - 1, 2);
    }
    if (k <= 0)
        len += put_str(dst, "0.0000") - (size_t)(4 + k);
    for (i = 0; i < count || (int32_t)i < k; i++) {
        if (i && (int32_t)i == k)
            dst[len++] = '.';
        dst[len++] = i < count ? digits[i] : '0';
    }
    if ((int32_t)i == k)
        len += put_str(dst + len, ".0");
    return len;
}

size_t sf_print_shortest(SfFormat f, Sf a, char *dst, size_t cap)
{
    SfNum n = sf_unpack(f, a);
    Fraction x;
    char digits[48];
    size_t len = 0, count;
    if (cap < 64)
        return 0;
    if (n.sign)
        dst[len++] = '-';
    if (n.kind == SFK_INF || n.kind == SFK_NAN) {
        len += put_special(f, &n, dst + len);
    } else if (n.kind == SFK_ZERO) {
        len += put_str(dst + len, "0.0");
    } else {
        fraction(&x, f, &n);
        count = shortest_digits(&x, digits);
        len += put_decimal(dst + len, digits, count, x.k);
    }
    dst[len] = 0;
    return len;
}
