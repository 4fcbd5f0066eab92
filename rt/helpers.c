/* rt: what compiled code calls where the target's instructions do not do it, by the names of libgcc (GCC Internals, "The GCC low-level
 * runtime library"): multiplication and division of 64-bit integers, float and double. Where these are called floating values travel
 * as integers of their bits, so that is what the prototypes say. Arithmetic is src/base's soft-float, the one thing rt takes from
 * above itself; the environment is C's default: to nearest, no flags. */
#include "rt/rt.h"
#include "base/softfloat.h"

/* ---- integers: neither `*` nor `/`, for those would be calls of these ---- */

int64_t __muldi3(int64_t a, int64_t b)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)b, r = 0;
    for (; y; y >>= 1, x <<= 1)
        if (y & 1)
            r += x;
    return (int64_t)r;
}

/* Quotient of n and d; the remainder goes to *rem. By 0: all ones and n, as RISC-V's instructions give. */
static uint64_t divide(uint64_t n, uint64_t d, uint64_t *rem)
{
    uint64_t q = 0, r = 0;
    unsigned bit;
    for (bit = 64; bit-- > 0;) {
        bool high = r >> 63;
        r = r << 1 | (n >> bit & 1);
        q <<= 1;
        if (high || r >= d) {
            r -= d;
            q |= 1;
        }
    }
    *rem = r;
    return q;
}

uint64_t __udivdi3(uint64_t a, uint64_t b)
{
    uint64_t r;
    return divide(a, b, &r);
}

uint64_t __umoddi3(uint64_t a, uint64_t b)
{
    uint64_t r;
    divide(a, b, &r);
    return r;
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

int64_t __divdi3(int64_t a, int64_t b)
{
    uint64_t r, q = divide(magnitude(a), magnitude(b), &r);
    return (int64_t)((a < 0) != (b < 0) ? 0 - q : q);
}

int64_t __moddi3(int64_t a, int64_t b)
{
    uint64_t r;
    divide(magnitude(a), magnitude(b), &r);
    return (int64_t)(a < 0 ? 0 - r : r);
}

/* ---- floating point ---- */

static Sf of(uint64_t bits)
{
    Sf r;
    r.lo = bits;
    r.hi = 0;
    return r;
}

static SfEnv env(SfRound round)
{
    SfEnv e;
    memset(&e, 0, sizeof e);
    e.round = round;
    e.nan_canon = true;
    return e;
}

typedef Sf Operation(SfEnv *e, SfFormat f, Sf a, Sf b);

static uint64_t operate(Operation *op, SfFormat f, uint64_t a, uint64_t b)
{
    SfEnv e = env(SF_RNE);
    return op(&e, f, of(a), of(b)).lo;
}

uint64_t __adddf3(uint64_t a, uint64_t b) { return operate(sf_add, SF_64, a, b); }
uint64_t __subdf3(uint64_t a, uint64_t b) { return operate(sf_sub, SF_64, a, b); }
uint64_t __muldf3(uint64_t a, uint64_t b) { return operate(sf_mul, SF_64, a, b); }
uint64_t __divdf3(uint64_t a, uint64_t b) { return operate(sf_div, SF_64, a, b); }
uint32_t __addsf3(uint32_t a, uint32_t b) { return (uint32_t)operate(sf_add, SF_32, a, b); }
uint32_t __subsf3(uint32_t a, uint32_t b) { return (uint32_t)operate(sf_sub, SF_32, a, b); }
uint32_t __mulsf3(uint32_t a, uint32_t b) { return (uint32_t)operate(sf_mul, SF_32, a, b); }
uint32_t __divsf3(uint32_t a, uint32_t b) { return (uint32_t)operate(sf_div, SF_32, a, b); }
uint64_t __negdf2(uint64_t a) { return sf_neg(SF_64, of(a)).lo; }
uint32_t __negsf2(uint32_t a) { return (uint32_t)sf_neg(SF_32, of(a)).lo; }

/* -1, 0, 1 as a stands to b; `unordered` when one is a NaN: what makes the relation asked for fail. */
static long compare(SfFormat f, uint64_t a, uint64_t b, long unordered)
{
    SfEnv e = env(SF_RNE);
    int r = sf_compare(&e, f, of(a), of(b));
    return r == 2 ? unordered : r;
}

long __eqdf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, 1); }
long __nedf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, 1); }
long __ltdf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, 1); }
long __ledf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, 1); }
long __gtdf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, -1); }
long __gedf2(uint64_t a, uint64_t b) { return compare(SF_64, a, b, -1); }
long __unorddf2(uint64_t a, uint64_t b) { return sf_is_nan(SF_64, of(a)) || sf_is_nan(SF_64, of(b)); }
long __eqsf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, 1); }
long __nesf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, 1); }
long __ltsf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, 1); }
long __lesf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, 1); }
long __gtsf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, -1); }
long __gesf2(uint32_t a, uint32_t b) { return compare(SF_32, a, b, -1); }
long __unordsf2(uint32_t a, uint32_t b) { return sf_is_nan(SF_32, of(a)) || sf_is_nan(SF_32, of(b)); }

static int64_t to_int(SfFormat f, uint64_t a, unsigned bits, bool is_signed)
{
    SfEnv e = env(SF_RTZ);
    return sf_to_int(&e, f, of(a), bits, is_signed);
}

int32_t __fixdfsi(uint64_t a) { return (int32_t)to_int(SF_64, a, 32, true); }
int64_t __fixdfdi(uint64_t a) { return to_int(SF_64, a, 64, true); }
uint32_t __fixunsdfsi(uint64_t a) { return (uint32_t)to_int(SF_64, a, 32, false); }
uint64_t __fixunsdfdi(uint64_t a) { return (uint64_t)to_int(SF_64, a, 64, false); }
int32_t __fixsfsi(uint32_t a) { return (int32_t)to_int(SF_32, a, 32, true); }
int64_t __fixsfdi(uint32_t a) { return to_int(SF_32, a, 64, true); }
uint32_t __fixunssfsi(uint32_t a) { return (uint32_t)to_int(SF_32, a, 32, false); }
uint64_t __fixunssfdi(uint32_t a) { return (uint64_t)to_int(SF_32, a, 64, false); }

static uint64_t from_int(SfFormat f, int64_t v)
{
    SfEnv e = env(SF_RNE);
    return sf_from_i64(&e, f, v).lo;
}

static uint64_t from_unsigned(SfFormat f, uint64_t v)
{
    SfEnv e = env(SF_RNE);
    return sf_from_u64(&e, f, v).lo;
}

uint64_t __floatsidf(int32_t v) { return from_int(SF_64, v); }
uint64_t __floatdidf(int64_t v) { return from_int(SF_64, v); }
uint64_t __floatunsidf(uint32_t v) { return from_unsigned(SF_64, v); }
uint64_t __floatundidf(uint64_t v) { return from_unsigned(SF_64, v); }
uint32_t __floatsisf(int32_t v) { return (uint32_t)from_int(SF_32, v); }
uint32_t __floatdisf(int64_t v) { return (uint32_t)from_int(SF_32, v); }
uint32_t __floatunsisf(uint32_t v) { return (uint32_t)from_unsigned(SF_32, v); }
uint32_t __floatundisf(uint64_t v) { return (uint32_t)from_unsigned(SF_32, v); }

uint64_t __extendsfdf2(uint32_t a)
{
    SfEnv e = env(SF_RNE);
    return sf_convert(&e, SF_64, SF_32, of(a)).lo;
}

uint32_t __truncdfsf2(uint64_t a)
{
    SfEnv e = env(SF_RNE);
    return (uint32_t)sf_convert(&e, SF_32, SF_64, of(a)).lo;
}
