/* Compares src/base/softfloat with the machine: SSE for binary32 and binary64, x87 for X80, libgcc and glibc for
 * binary128; results and flags, in the four rounding modes they have. Prints one line for each operation and format.
 * A number as argument divides how many random operands are tried. With `serve` it answers requests on standard input
 * instead: see serve(). */
#define _GNU_SOURCE
#include <fenv.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define main rt_main
#include "base/softfloat.h"
#undef main

/* ---- the machine ---- */

static unsigned hard_flags;                     /* SSE's and x87's together, of the last operation */

static inline __attribute__((always_inline)) void start(void)
{
    uint32_t csr;
    __asm__ volatile("stmxcsr %0" : "=m"(csr));
    csr &= ~0x3fu;
    __asm__ volatile("fnclex\n\tldmxcsr %0" : : "m"(csr) : "memory");
}
static inline __attribute__((always_inline)) void stop(void)
{
    uint32_t csr;
    uint16_t sw;
    __asm__ volatile("stmxcsr %0\n\tfnstsw %1" : "=m"(csr), "=a"(sw) : : "memory");
    csr |= sw;
    hard_flags = (csr & 1 ? SF_INVALID : 0) | (csr & 4 ? SF_DIVZERO : 0) | (csr & 8 ? SF_OVERFLOW : 0)
                 | (csr & 16 ? SF_UNDERFLOW : 0) | (csr & 32 ? SF_INEXACT : 0);
}

#define MOVE(F, T, bytes) \
    static inline T load_##F(Sf a) { T t = 0; memcpy(&t, &a, bytes); return t; } \
    static inline Sf save_##F(T t) { Sf a = { 0, 0 }; memcpy(&a, &t, bytes); return a; }
MOVE(32, float, 4)
MOVE(64, double, 8)
MOVE(x80, long double, 10)
MOVE(128, _Float128, 16)
static Sf as_int(int64_t v)
{
    Sf a = { (uint64_t)v, 0 };
    return a;
}

/* Instructions by hand where the choice among NaN operands depends on their order. */
static bool have_fma;
#define SSE(name, type, ins) \
    static inline type name(type a, type b) { __asm__ volatile(ins " %1, %0" : "+x"(a) : "x"(b)); return a; }
#define FMA3(name, type, ins, lib) \
    static inline type name(type a, type b, type c) \
    { \
        if (!have_fma) \
            return lib(a, b, c); \
        __asm__ volatile(ins " %1, %2, %0" : "+x"(a) : "x"(b), "x"(c)); \
        return a; \
    }
SSE(add_ss, float, "addss") SSE(sub_ss, float, "subss") SSE(mul_ss, float, "mulss") SSE(div_ss, float, "divss")
SSE(add_sd, double, "addsd") SSE(sub_sd, double, "subsd") SSE(mul_sd, double, "mulsd") SSE(div_sd, double, "divsd")
FMA3(fma_ss, float, "vfmadd132ss", fmaf)
FMA3(fma_sd, double, "vfmadd132sd", fma)
#define PLUS(a, b) ((a) + (b))
#define MINUS(a, b) ((a) - (b))
#define TIMES(a, b) ((a) * (b))
#define OVER(a, b) ((a) / (b))

#define T float
#define F 32
#define ADD add_ss
#define SUB sub_ss
#define MUL mul_ss
#define DIV div_ss
#define FMOD fmodf
#define SQRT sqrtf
#define FMA fma_ss
#define RINT rintf
#define NEAR nearbyintf
#define STRTO strtof
#define STRFROM strfromf
#include "hard.h"
#define T double
#define F 64
#define ADD add_sd
#define SUB sub_sd
#define MUL mul_sd
#define DIV div_sd
#define FMOD fmod
#define SQRT sqrt
#define FMA fma_sd
#define RINT rint
#define NEAR nearbyint
#define STRTO strtod
#define STRFROM strfromd
#include "hard.h"
#define T long double
#define F x80
#define ADD PLUS
#define SUB MINUS
#define MUL TIMES
#define DIV OVER
#define FMOD fmodl
#define SQRT sqrtl
#define FMA fmal
#define RINT rintl
#define NEAR nearbyintl
#define STRTO strtold
#define STRFROM strfroml
#include "hard.h"
#define T _Float128
#define F 128
#define ADD PLUS
#define SUB MINUS
#define MUL TIMES
#define DIV OVER
#define FMOD fmodf128
#define SQRT sqrtf128
#define FMA fmaf128
#define RINT rintf128
#define NEAR nearbyintf128
#define STRTO strtof128
#define STRFROM strfromf128
#include "hard.h"

/* ---- the operations ---- */

typedef Sf Soft(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c);
typedef Sf Hard(Sf a, Sf b, Sf c);

static Sf s_add(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return sf_add(e, f, a, b); }
static Sf s_sub(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return sf_sub(e, f, a, b); }
static Sf s_mul(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return sf_mul(e, f, a, b); }
static Sf s_div(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return sf_div(e, f, a, b); }
static Sf s_rem(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return sf_rem(e, f, a, b); }
static Sf s_sqrt(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_sqrt(e, f, a); }
static Sf s_rint(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_round_int(e, f, a, true); }
static Sf s_near(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_round_int(e, f, a, false); }
static Sf s_to32(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_convert(e, SF_32, f, a); }
static Sf s_to64(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_convert(e, SF_64, f, a); }
static Sf s_tox80(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_convert(e, SF_X80, f, a); }
static Sf s_to128(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_convert(e, SF_128, f, a); }
static Sf s_quiet(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return as_int(sf_compare(e, f, a, b)); }
static Sf s_signal(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)c; return as_int(sf_compare_signaling(e, f, a, b)); }
static Sf s_i64(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_from_i64(e, f, (int64_t)a.lo); }
static Sf s_u64(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c) { (void)b; (void)c; return sf_from_u64(e, f, a.lo); }

/* How exact the oracle is. */
enum {
    ONE_NAN = 1,               /* two NaN operands: the oracle's choice is its own; any NaN will do */
    ANY_NAN = 2,               /* NaN results compare by being NaN */
    VALID = 4,                 /* takes no X80 encodings the x87 refuses: software */
    FREE_INVALID = 8,          /* with a NaN operand INVALID is as it likes (fma: inf * 0 + NaN) */
    INTS = 16,                 /* the operand is an integer */
};

typedef struct Op {
    const char *name;
    unsigned arity;
    Soft *soft;
    Hard *hard[4];
    unsigned how[4];
    int result;                /* format, -1: as the operand, -2: an integer */
} Op;
#define ALL(x) { x##32, x##64, x##x80, x##128 }
static const Op ops[] = {
    { "add", 2, s_add, ALL(add_), { 0, 0, 0, ONE_NAN }, -1 },
    { "sub", 2, s_sub, ALL(sub_), { 0, 0, 0, ONE_NAN }, -1 },
    { "mul", 2, s_mul, ALL(mul_), { 0, 0, 0, ONE_NAN }, -1 },
    { "div", 2, s_div, ALL(div_), { 0, 0, 0, ONE_NAN }, -1 },
    { "rem", 2, s_rem, ALL(rem_), { ANY_NAN, ANY_NAN, ANY_NAN | VALID, ANY_NAN }, -1 },
    { "sqrt", 1, s_sqrt, ALL(sqrt_), { 0, 0, 0, 0 }, -1 },
    { "fma", 3, sf_fma, ALL(fma_), { 0, 0, ANY_NAN | VALID | FREE_INVALID, ANY_NAN | FREE_INVALID }, -1 },
    { "round_int", 1, s_rint, ALL(rint_), { 0, 0, 0, 0 }, -1 },
    { "round_int_quiet", 1, s_near, ALL(near_), { 0, 0, VALID, 0 }, -1 },
    { "to_32", 1, s_to32, ALL(to32_), { 0, 0, 0, 0 }, SF_32 },
    { "to_64", 1, s_to64, ALL(to64_), { 0, 0, 0, 0 }, SF_64 },
    { "to_x80", 1, s_tox80, ALL(tox80_), { 0, 0, 0, 0 }, SF_X80 },
    { "to_128", 1, s_to128, ALL(to128_), { 0, 0, VALID, 0 }, SF_128 },
    { "compare", 2, s_quiet, ALL(quiet_), { 0, 0, 0, 0 }, -2 },
    { "compare_signaling", 2, s_signal, ALL(signal_), { 0, 0, 0, 0 }, -2 },
    { "from_i64", 1, s_i64, ALL(from_i64_), { INTS, INTS, INTS, INTS }, -1 },
    { "from_u64", 1, s_u64, ALL(from_u64_), { INTS, INTS, INTS, INTS }, -1 },
};
static const char *const format_name[4] = { "32", "64", "x80", "128" };
static const int fe_round[4] = { FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD };

/* ---- operands ---- */

static uint64_t seed;
static uint64_t rnd(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 0x2545f4914f6cdd1d;
}

static const unsigned frac_bits[4] = { 23, 52, 63, 112 }, exp_bits[4] = { 8, 11, 15, 15 };

static Sf make(SfFormat f, bool sign, unsigned exp, uint64_t hi, uint64_t lo) /* fraction without integer bit */
{
    unsigned e = exp & ((1u << exp_bits[f]) - 1);
    uint64_t top = (uint64_t)sign << exp_bits[f] | e;
    Sf a = { lo, hi };
    switch (f) {
    case SF_32: a.lo = top << 23 | (lo & 0x7fffff); a.hi = 0; break;
    case SF_64: a.lo = top << 52 | (lo & 0xfffffffffffff); a.hi = 0; break;
    case SF_X80: a.lo = (lo & ~0ull >> 1) | (uint64_t)(e != 0) << 63; a.hi = top; break;
    default: a.hi = top << 48 | (hi & 0xffffffffffff); break;
    }
    return a;
}

static unsigned exp_of(SfFormat f, Sf a)
{
    uint64_t t = f == SF_32 ? a.lo >> 23 : f == SF_64 ? a.lo >> 52 : f == SF_X80 ? a.hi : a.hi >> 48;
    return (unsigned)t & ((1u << exp_bits[f]) - 1);
}

/* A number at random, its exponent often near `near`. */
static Sf operand(SfFormat f, unsigned near, bool valid)
{
    unsigned max = (1u << exp_bits[f]) - 1, bias = max / 2, exp, spread = frac_bits[f] + 4;
    uint64_t r = rnd(), hi = rnd(), lo = rnd();
    switch (r >> 8 & 7) {                       /* the fraction: few ones, few zeros, long runs, anything */
    case 0: hi &= rnd() & rnd() & rnd(); lo &= rnd() & rnd() & rnd(); break;
    case 1: hi |= rnd() | rnd(); lo |= rnd() | rnd(); break;
    case 2: hi = 0; lo = 0; break;
    case 3: lo = lo & 1 ? ~0ull : 0; hi = hi & 1 ? ~0ull : 0; break;
    case 4: lo = f == SF_128 ? 0 : lo << (frac_bits[f] / 2); break;
    case 5: lo = ~0ull << (lo & 63); hi = ~0ull << (hi & 63); break;
    }
    switch (r >> 16 & 15) {
    case 0: case 1: exp = (unsigned)rnd(); break;
    case 2: exp = 0; break;
    case 3: exp = (unsigned)(rnd() % 4); break;
    case 4: exp = max - (unsigned)(rnd() % 4); break;
    case 5: exp = frac_bits[f] + (unsigned)(rnd() % 8) - 4; break;
    case 6: exp = bias + (unsigned)(rnd() % (2 * spread)) - spread; break;
    case 7: exp = bias + (unsigned)(rnd() % 5) - 2; break;
    case 8: case 9: exp = near + (unsigned)(rnd() % 5) - 2; break;
    case 10: exp = bias / 2 + (unsigned)(rnd() % 16) - 8; break;
    default: exp = near + (unsigned)(rnd() % (2 * spread)) - spread; break;
    }
    if (f == SF_X80 && !valid && (r >> 24 & 31) == 0) {
        Sf a = { lo, r >> 48 };
        return a;
    }
    return make(f, r & 1, exp, hi, lo);
}

enum { EDGES = 64 };
static unsigned edges(SfFormat f, bool valid, Sf *e)
{
    unsigned max = (1u << exp_bits[f]) - 1, bias = max / 2, n = 0, s;
    uint64_t q = f == SF_32 ? 1ull << 22 : f == SF_64 ? 1ull << 51 : f == SF_X80 ? 1ull << 62 : 0;
    uint64_t qh = f == SF_128 ? 1ull << 47 : 0;
    for (s = 0; s < 2; s++) {
        e[n++] = make(f, s, 0, 0, 0);
        e[n++] = make(f, s, 0, 0, 1);
        e[n++] = make(f, s, 0, 0, 2);
        e[n++] = make(f, s, 0, 0, 3);
        e[n++] = make(f, s, 0, qh, q);
        e[n++] = make(f, s, 0, ~0ull, ~0ull);
        e[n++] = make(f, s, 1, 0, 0);
        e[n++] = make(f, s, 1, 0, 1);
        e[n++] = make(f, s, 2, 0, 0);
        e[n++] = make(f, s, bias / 2, ~0ull, ~0ull);
        e[n++] = make(f, s, bias - 2, 0, 0);
        e[n++] = make(f, s, bias - 1, 0, 0);
        e[n++] = make(f, s, bias - 1, ~0ull, ~0ull);
        e[n++] = make(f, s, bias, 0, 0);
        e[n++] = make(f, s, bias, 0, 1);
        e[n++] = make(f, s, bias, qh, q);
        e[n++] = make(f, s, bias + 1, 0, 0);
        e[n++] = make(f, s, bias + frac_bits[f], 0, 1);
        e[n++] = make(f, s, bias + 63, 0, 0);
        e[n++] = make(f, s, max - 1, 0, 0);
        e[n++] = make(f, s, max - 1, ~0ull, ~0ull);
        e[n++] = make(f, s, max, 0, 0);
        e[n++] = make(f, s, max, 0, 5);                 /* signaling */
        e[n++] = make(f, s, max, qh, q | 3);
        e[n++] = make(f, s, max, qh, q);
    }
    if (f == SF_X80 && !valid) {
        static const Sf odd[] = { { 1ull << 63, 0 }, { ~0ull, 0x8000 }, { 0, 1 }, { 0, 0x7fff }, { 1, 0xffff },
                                  { 1ull << 62, 0x7fff }, { 5, 0x4000 }, { ~0ull >> 1, 0xc000 } };
        for (s = 0; s < countof(odd); s++)
            e[n++] = odd[s];
    }
    return n;
}

static uint64_t any_int(void)
{
    uint64_t r = rnd(), v = rnd() >> (r & 63);
    if (r & 64)
        v = (v & 1) + (~0ull >> (r & 63)) - (v >> 1 & 1);
    return r & 128 ? 0 - v : v;
}

/* ---- one comparison ---- */

static bool same(SfFormat f, Sf a, Sf b, unsigned how, unsigned nans)
{
    if (a.lo == b.lo && a.hi == b.hi)
        return true;
    if ((how & ANY_NAN) || ((how & ONE_NAN) && nans > 1))
        return sf_is_nan(f, a) && sf_is_nan(f, b);
    return false;
}

static unsigned shown;

static bool one(const Op *op, SfFormat f, SfRound round, const Sf *v)
{
    SfEnv e = { SF_RNE, 0, false, false, true, false };
    Sf h, s;
    unsigned how = op->how[f], flags, nans = 0, i;
    bool ok;
    e.round = round;
    h = op->hard[f](v[0], v[1], v[2]);
    flags = hard_flags;
    s = op->soft(&e, f, v[0], v[1], v[2]);
    if (!(how & INTS))
        for (i = 0; i < op->arity; i++)
            nans += sf_is_nan(f, v[i]);
    if ((how & FREE_INVALID) && nans)
        flags = (flags & ~(unsigned)SF_INVALID) | (e.flags & SF_INVALID);
    ok = e.flags == flags
         && (op->result == -2 ? h.lo == s.lo : same(op->result < 0 ? f : (SfFormat)op->result, h, s, how, nans));
    if (!ok && shown++ < 5)
        printf("# %s %s mode %d: %" PRIx64 ":%016" PRIx64 " %" PRIx64 ":%016" PRIx64 " %" PRIx64 ":%016" PRIx64 "\n"
               "#   machine %" PRIx64 ":%016" PRIx64 " flags %02x, softfloat %" PRIx64 ":%016" PRIx64 " flags %02x\n",
               op->name, format_name[f], round, v[0].hi, v[0].lo, v[1].hi, v[1].lo, v[2].hi, v[2].lo, h.hi, h.lo, flags,
               s.hi, s.lo, e.flags);
    return ok;
}

static unsigned long check_op(const Op *op, SfFormat f, unsigned count)
{
    unsigned long bad = 0;
    bool valid = op->how[f] & VALID;
    Sf edge[EDGES], v[3] = { { 0, 0 }, { 0, 0 }, { 0, 0 } };
    unsigned n = edges(f, valid, edge), i, j, k, m, bias = (1u << exp_bits[f]) / 2 - 1;
    for (m = 0; m < 4; m++) {
        fesetround(fe_round[m]);
        seed = 0x9e3779b97f4a7c15 + m;
        for (i = 0; i < n && !(op->how[f] & INTS); i++)
            for (j = 0; j < (op->arity > 1 ? n : 1); j++)
                for (k = 0; k < (op->arity > 2 ? n : 1); k += 1 + (unsigned)(op->arity > 2)) {
                    v[0] = edge[i];
                    v[1] = edge[j];
                    v[2] = edge[(k + i + j) % n];
                    bad += !one(op, f, (SfRound)m, v);
                }
        for (i = 0; i < count / 4; i++) {
            if (op->how[f] & INTS) {
                v[0].lo = any_int();
            } else {
                v[0] = operand(f, bias, valid);
                if (op->arity > 1)
                    v[1] = operand(f, exp_of(f, v[0]), valid);
                if (op->arity > 2)
                    v[2] = operand(f, exp_of(f, v[0]) + exp_of(f, v[1]) - bias, valid);
            }
            bad += !one(op, f, (SfRound)m, v);
        }
    }
    fesetround(FE_TONEAREST);
    return bad;
}

static int failures;
static void verdict(unsigned long bad, const char *name, SfFormat f)
{
    if (bad)
        printf("not ok %s %s (%lu wrong)\n", name, format_name[f], bad);
    else
        printf("ok %s %s\n", name, format_name[f]);
    failures += bad != 0;
    shown = 0;
    fflush(stdout);
}

/* ---- text ---- */

typedef size_t HardText(const char *s, Sf *out);
typedef void HardPrint(Sf a, unsigned digits, char *dst, size_t cap);
typedef void HardHex(Sf a, char *dst, size_t cap);
static HardText *const hard_text[4] = ALL(text_);
static HardPrint *const hard_print[4] = ALL(print_);
static HardHex *const hard_hex[4] = ALL(print_hex_);

static Sf number(SfFormat f)                            /* finite */
{
    Sf a;
    do
        a = operand(f, (1u << exp_bits[f]) / 2, true);
    while (sf_is_nan(f, a) || sf_is_inf(f, a));
    return a;
}

static void digits_at_random(char **p, unsigned n, const char *set, unsigned base)
{
    for (; n; n--)
        *(*p)++ = set[rnd() % base];
}

/* A constant at random: short ones, long ones, exact values of numbers with something behind. */
static void random_text(SfFormat f, char *dst)
{
    static const char dec[] = "0123456789", hex[] = "0123456789abcdefABCDEF";
    static const int reach[4] = { 50, 340, 5000, 5000 }, bits[4] = { 155, 1080, 16500, 16500 };
    uint64_t r = rnd();
    char *p = dst;
    unsigned whole = (unsigned)(rnd() % 30), part = (unsigned)(rnd() % 40), kind = r >> 4 & 7;
    if (r & 1)
        *p++ = r & 2 ? '-' : '+';
    if (kind == 0) {                                    /* digits of a number, cut or continued */
        unsigned n = 1 + (unsigned)(rnd() % (f == SF_32 ? 120 : f == SF_64 ? 780 : 60));
        char *end;
        hard_print[f](number(f), n, dst, 2000);
        end = strchr(dst, 'e');
        if (end && n > 2)
            end[-1] = dec[rnd() % 10];
        return;
    }
    if (kind == 1) {
        *p++ = '0';
        *p++ = r & 256 ? 'x' : 'X';
        digits_at_random(&p, whole, hex, 22);
        if (r & 512) {
            *p++ = '.';
            digits_at_random(&p, part, hex, 22);
        }
        if (!whole && (!(r & 512) || !part))
            *p++ = '1';
        sprintf(p, "%c%+d", r & 1024 ? 'p' : 'P', (int)(rnd() % (unsigned)(2 * bits[f])) - bits[f]);
        return;
    }
    if (kind == 2)
        whole = part = 1 + (whole & 1);
    if (kind == 3) {
        *p++ = '0';
        *p++ = '.';
        memset(p, '0', whole);
        p += whole;
        whole = 0;
    }
    digits_at_random(&p, whole, dec, 10);
    if ((r & 512) || !whole) {
        if (kind != 3)
            *p++ = '.';
        digits_at_random(&p, part + !whole, dec, 10);
    }
    if (r & 1024)
        p += sprintf(p, "%c%d", r & 2048 ? 'e' : 'E',
                     r & 4096 ? (int)(rnd() % 40) - 20 : (int)(rnd() % (unsigned)(2 * reach[f])) - reach[f]);
    *p = 0;
}

static unsigned long check_parse(SfFormat f, unsigned count)
{
    char text[4096];
    unsigned long bad = 0;
    unsigned m, i;
    for (m = 0; m < 4; m++) {
        seed = 0x1234567 + m;
        for (i = 0; i < count / 4; i++) {
            SfEnv e = { SF_RNE, 0, false, false, true, false };
            Sf h, s = { 0, 0 };
            size_t nh, ns;
            e.round = (SfRound)m;
            fesetround(FE_TONEAREST);
            random_text(f, text);
            fesetround(fe_round[m]);
            nh = hard_text[f](text, &h);
            ns = sf_parse(&e, f, text, strlen(text), &s);
            if (nh != ns || !same(f, h, s, 0, 0) || hard_flags != e.flags) {
                bad++;
                if (shown++ < 5)
                    printf("# parse %s mode %u: %s\n#   machine %zu %" PRIx64 ":%016" PRIx64 " flags %02x\n"
                           "#   softfloat %zu %" PRIx64 ":%016" PRIx64 " flags %02x\n",
                           format_name[f], m, text, nh, h.hi, h.lo, hard_flags, ns, s.hi, s.lo, e.flags);
            }
        }
    }
    fesetround(FE_TONEAREST);
    return bad;
}

static unsigned long check_print(SfFormat f, unsigned count)
{
    static char hard[20000], soft[20000];
    unsigned long bad = 0;
    unsigned i, n;
    seed = 0x7654321;
    for (i = 0; i < count; i++) {
        Sf a = number(f);
        n = 1 + (unsigned)(rnd() % (i % 64 ? 40 : f < 2 ? 1200 : 800));
        if (i % 2000 == 0)
            n = 12000;
        hard_print[f](a, n, hard, sizeof hard);
        if (sf_print_dec(f, a, n, soft, n + 16) != strlen(soft) || strcmp(hard, soft)) {
            bad++;
            if (shown++ < 5)
                printf("# print %s: %.100s for %.100s\n", format_name[f], soft, hard);
        }
    }
    return bad;
}

/* Both ways and back; glibc's %a is the same text where it starts with the digit 1. */
static unsigned long check_hex(SfFormat f, unsigned count)
{
    char hard[80], soft[80];
    unsigned long bad = 0;
    unsigned i;
    seed = 0x55555;
    for (i = 0; i < count; i++) {
        SfEnv e = { SF_RNE, 0, false, false, true, false };
        Sf a = operand(f, (1u << exp_bits[f]) / 2, true), b = { 0, 0 }, c = { 0, 0 };
        size_t n = sf_print_hex(f, a, soft);
        bool ok = sf_parse(&e, f, soft, n, &b) == n && same(f, a, b, 0, 0) && !e.flags && n == strlen(soft);
        hard_hex[f](a, hard, sizeof hard);
        if (!sf_is_nan(f, a)) {
            hard_text[f](soft, &c);
            ok &= same(f, a, c, 0, 0);
            if (hard[2] == '1' || hard[3] == '1')
                ok &= !strcmp(hard, soft);
        }
        bad += !ok;
        if (!ok && shown++ < 5)
            printf("# hex %s: %s for %s\n", format_name[f], soft, hard);
    }
    return bad;
}

static unsigned long check_shortest(SfFormat f, unsigned count)
{
    char text[80], fewer[80];
    unsigned long bad = 0;
    unsigned i;
    seed = 0xabcdef;
    for (i = 0; i < count; i++) {
        SfEnv e = { SF_RNE, 0, false, false, true, false };
        Sf a = number(f), b = { 0, 0 }, c = { 0, 0 };
        size_t n = sf_print_shortest(f, a, text, sizeof text), k;
        unsigned digits = 0;
        bool ok = n && n == strlen(text) && hard_text[f](text, &b) == n && same(f, a, b, 0, 0)
                  && sf_parse(&e, f, text, n, &c) == n && same(f, a, c, 0, 0);
        /* One digit less does not read back. */
        for (k = 0; k < n && text[k] != 'e'; k++)
            digits += text[k] >= '0' && text[k] <= '9' && (digits || text[k] != '0');
        for (; k && (text[k - 1] == '0' || text[k - 1] == '.'); k--)
            digits -= text[k - 1] == '0' && digits;
        if (digits > 1) {
            hard_print[f](a, digits - 1, fewer, sizeof fewer);
            hard_text[f](fewer, &b);
            ok &= !same(f, a, b, 0, 0);
        }
        bad += !ok;
        if (!ok && shown++ < 5)
            printf("# shortest %s: %s\n", format_name[f], text);
    }
    return bad;
}

/* ---- serve: one request a line, one answer a line ----
 * op format round tiny_before nan_canon nan_snan_first a b c -> result flags
 * parse format round text -> taken result flags
 * shortest format a / dec format digits a -> text
 * Formats by number; numbers as hi:lo in hexadecimal; op also to_i8 .. to_u64, neg, abs and class. */

static bool read_sf(const char *s, Sf *a)
{
    return sscanf(s, "%" SCNx64 ":%" SCNx64, &a->hi, &a->lo) == 2;
}

static int serve(void)
{
    static char line[65536], word[5][64], out[32768];
    while (fgets(line, sizeof line, stdin)) {
        SfEnv e = { SF_RNE, 0, false, false, false, false };
        Sf v[3] = { { 0, 0 }, { 0, 0 }, { 0, 0 } }, r = { 0, 0 };
        unsigned f, round, tiny, canon, snan, n, bits;
        int at;
        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "parse %u %u %n", &f, &round, &at) == 2) {
            e.round = (SfRound)round;
            n = (unsigned)sf_parse(&e, (SfFormat)f, line + at, strlen(line + at), &r);
            printf("%u %" PRIx64 ":%" PRIx64 " %u\n", n, r.hi, r.lo, e.flags);
        } else if (sscanf(line, "shortest %u %63s", &f, word[0]) == 2 && read_sf(word[0], v)) {
            sf_print_shortest((SfFormat)f, v[0], out, sizeof out);
            puts(out);
        } else if (sscanf(line, "dec %u %u %63s", &f, &n, word[0]) == 3 && read_sf(word[0], v)) {
            sf_print_dec((SfFormat)f, v[0], n, out, sizeof out);
            puts(out);
        } else if (sscanf(line, "%63s %u %u %u %u %u %63s %63s %63s", word[0], &f, &round, &tiny, &canon, &snan,
                          word[1], word[2], word[3]) == 9
                   && read_sf(word[1], v) && read_sf(word[2], v + 1) && read_sf(word[3], v + 2)) {
            unsigned i;
            e.round = (SfRound)round;
            e.tiny_before = tiny;
            e.nan_canon = canon;
            e.nan_snan_first = snan;
            for (i = 0; i < countof(ops) && strcmp(ops[i].name, word[0]); i++)
                continue;
            if (i < countof(ops))
                r = ops[i].soft(&e, (SfFormat)f, v[0], v[1], v[2]);
            else if (sscanf(word[0], "to_i%u", &bits) == 1)
                r.lo = (uint64_t)sf_to_int(&e, (SfFormat)f, v[0], bits, true);
            else if (sscanf(word[0], "to_u%u", &bits) == 1)
                r.lo = (uint64_t)sf_to_int(&e, (SfFormat)f, v[0], bits, false);
            else if (!strcmp(word[0], "neg"))
                r = sf_neg((SfFormat)f, v[0]);
            else if (!strcmp(word[0], "abs"))
                r = sf_abs((SfFormat)f, v[0]);
            else if (!strcmp(word[0], "class"))         /* and the predicates */
                r.lo = sf_class((SfFormat)f, v[0]) | sf_sign((SfFormat)f, v[0]) << 4
                       | sf_is_zero((SfFormat)f, v[0]) << 5 | sf_is_inf((SfFormat)f, v[0]) << 6
                       | sf_is_nan((SfFormat)f, v[0]) << 7 | sf_is_snan((SfFormat)f, v[0]) << 8;
            else
                return 2;
            printf("%" PRIx64 ":%" PRIx64 " %u\n", r.hi, r.lo, e.flags);
        } else {
            return 2;
        }
    }
    return 0;
}

int main(int argc, char **argv, char **envp)
{
    static const struct {
        const char *name;
        unsigned long (*check)(SfFormat f, unsigned count);
        unsigned count[4];
    } texts[] = {
        { "parse", check_parse, { 100000, 60000, 20000, 20000 } },
        { "print", check_print, { 20000, 20000, 6000, 6000 } },
        { "print_hex", check_hex, { 50000, 50000, 20000, 20000 } },
        { "print_shortest", check_shortest, { 50000, 40000, 8000, 8000 } },
    };
    unsigned i, f, part = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    (void)envp;
    if (argc > 1 && !strcmp(argv[1], "serve"))
        return serve();
    part = part ? part : 1;
    have_fma = __builtin_cpu_supports("fma");
    for (i = 0; i < countof(ops); i++)
        for (f = 0; f < 4; f++)
            if (ops[i].result != (int)f)
                verdict(check_op(&ops[i], (SfFormat)f, 100000 / part), ops[i].name, (SfFormat)f);
    for (i = 0; i < countof(texts); i++)
        for (f = 0; f < 4; f++)
            verdict(texts[i].check((SfFormat)f, texts[i].count[f] / part), texts[i].name, (SfFormat)f);
    return failures != 0;
}
