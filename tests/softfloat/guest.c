/* softfloat against the float unit of RISC-V or AArch64 as qemu has it: freestanding, for those targets, both sides in
 * one program. They have what the PC has not: ties away from zero, canonical NaNs, Arm's order of NaNs, tininess
 * before rounding. Prints as check.c does. */
#include "base/softfloat.h"

#ifdef __riscv
static const char *const where = "rv64";
static const SfEnv kind = { SF_RNE, 0, false, true, false, false };
enum { MODES = 5 };
static void start(unsigned round) { __asm__ volatile("fsflags zero\n\tfsrm %0" : : "r"((unsigned long)round)); }
static unsigned stop(void) { unsigned long v; __asm__ volatile("frflags %0" : "=r"(v)); return (unsigned)v; }
static long call(long nr, long a, long b, long c)
{
    register long a7 __asm__("a7") = nr, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
    return a0;
}
#define ASM(name, in, ins, out, type) \
    static uint64_t name(uint64_t x, uint64_t y, uint64_t z) \
    { \
        uint64_t r; \
        __asm__ volatile(in "\n\t" ins "\n\t" out \
                         : "=r"(r) : "r"(x), "r"(y), "r"(z) : "ft0", "ft1", "ft2", "ft3"); \
        return (uint64_t)(type)r; \
    }
#define IN32 "fmv.w.x ft0, %1\n\tfmv.w.x ft1, %2\n\tfmv.w.x ft3, %3"
#define IN64 "fmv.d.x ft0, %1\n\tfmv.d.x ft1, %2\n\tfmv.d.x ft3, %3"
#define OUT32 "fmv.x.w %0, ft2"
#define OUT64 "fmv.x.d %0, ft2"
#define BOTH(name, ins, args) \
    ASM(name##32, IN32, ins ".s " args, OUT32, uint32_t) ASM(name##64, IN64, ins ".d " args, OUT64, uint64_t)
BOTH(add, "fadd", "ft2, ft0, ft1") BOTH(sub, "fsub", "ft2, ft0, ft1") BOTH(mul, "fmul", "ft2, ft0, ft1")
BOTH(div, "fdiv", "ft2, ft0, ft1") BOTH(sqrt, "fsqrt", "ft2, ft0") BOTH(fma, "fmadd", "ft2, ft0, ft1, ft3")
ASM(narrow64, IN64, "fcvt.s.d ft2, ft0", OUT32, uint32_t)
ASM(widen32, IN32, "fcvt.d.s ft2, ft0", OUT64, uint64_t)
ASM(i32_32, IN32, "fcvt.w.s %0, ft0", "", int32_t)
ASM(u32_32, IN32, "fcvt.wu.s %0, ft0", "", uint32_t)
ASM(i64_32, IN32, "fcvt.l.s %0, ft0", "", int64_t)
ASM(u64_32, IN32, "fcvt.lu.s %0, ft0", "", uint64_t)
ASM(i32_64, IN64, "fcvt.w.d %0, ft0", "", int32_t)
ASM(u32_64, IN64, "fcvt.wu.d %0, ft0", "", uint32_t)
ASM(i64_64, IN64, "fcvt.l.d %0, ft0", "", int64_t)
ASM(u64_64, IN64, "fcvt.lu.d %0, ft0", "", uint64_t)
ASM(class32, IN32, "fclass.s %0, ft0", "", uint64_t)
ASM(class64, IN64, "fclass.d %0, ft0", "", uint64_t)
ASM(from_i32, "", "fcvt.s.l ft2, %1", OUT32, uint32_t)
ASM(from_u32, "", "fcvt.s.lu ft2, %1", OUT32, uint32_t)
ASM(from_i64, "", "fcvt.d.l ft2, %1", OUT64, uint64_t)
ASM(from_u64, "", "fcvt.d.lu ft2, %1", OUT64, uint64_t)
#else
static const char *const where = "aa64";
static const SfEnv kind = { SF_RNE, 0, true, false, false, true };
enum { MODES = 4 };
static void start(unsigned round)
{
    static const unsigned long mode[4] = { 0, 3, 2, 1 };
    __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, xzr" : : "r"(mode[round] << 22));
}
static unsigned stop(void)
{
    unsigned long v;
    __asm__ volatile("mrs %0, fpsr" : "=r"(v));
    return (v & 1 ? SF_INVALID : 0) | (v & 2 ? SF_DIVZERO : 0) | (v & 4 ? SF_OVERFLOW : 0) | (v & 8 ? SF_UNDERFLOW : 0)
           | (v & 16 ? SF_INEXACT : 0);
}
static long call(long nr, long a, long b, long c)
{
    register long x8 __asm__("x8") = nr, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x8) : "memory");
    return x0;
}
#define ASM(name, in, ins, out, type) \
    static uint64_t name(uint64_t x, uint64_t y, uint64_t z) \
    { \
        uint64_t r; \
        __asm__ volatile(in "\n\t" ins "\n\t" out : "=r"(r) : "r"(x), "r"(y), "r"(z) : "v0", "v1", "v2", "v3"); \
        return (uint64_t)(type)r; \
    }
#define IN32 "fmov s0, %w1\n\tfmov s1, %w2\n\tfmov s3, %w3"
#define IN64 "fmov d0, %1\n\tfmov d1, %2\n\tfmov d3, %3"
#define OUT32 "fmov %w0, s2"
#define OUT64 "fmov %0, d2"
#define BOTH(name, ins, args32, args64) \
    ASM(name##32, IN32, ins " " args32, OUT32, uint32_t) ASM(name##64, IN64, ins " " args64, OUT64, uint64_t)
#define BOTH2(name, ins) BOTH(name, ins, "s2, s0, s1", "d2, d0, d1")
BOTH2(add, "fadd") BOTH2(sub, "fsub") BOTH2(mul, "fmul") BOTH2(div, "fdiv")
BOTH(sqrt, "fsqrt", "s2, s0", "d2, d0")
BOTH(fma, "fmadd", "s2, s0, s1, s3", "d2, d0, d1, d3")
BOTH(rint, "frintx", "s2, s0", "d2, d0")
BOTH(near, "frinti", "s2, s0", "d2, d0")
ASM(narrow64, IN64, "fcvt s2, d0", OUT32, uint32_t)
ASM(widen32, IN32, "fcvt d2, s0", OUT64, uint64_t)
ASM(from_i32, "", "scvtf s2, %1", OUT32, uint32_t)
ASM(from_u32, "", "ucvtf s2, %1", OUT32, uint32_t)
ASM(from_i64, "", "scvtf d2, %1", OUT64, uint64_t)
ASM(from_u64, "", "ucvtf d2, %1", OUT64, uint64_t)
#endif

void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((volatile char *)dst)[i] = ((const char *)src)[i];
    return dst;
}
void *memset(void *dst, int byte, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((volatile char *)dst)[i] = (char)byte;
    return dst;
}

static uint64_t seed = 88172645463325252u;
static uint64_t rnd(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static uint64_t operand(bool wide)
{
    unsigned frac = wide ? 52 : 23, max = wide ? 2047 : 255, exp;
    uint64_t m = rnd() & (((uint64_t)1 << frac) - 1), r = rnd();
    if (r & 3)
        m &= ~(uint64_t)0 << (r >> 8) % frac;
    switch (r >> 4 & 7) {
    case 0: exp = (unsigned)(r >> 20) & max; break;
    case 1: exp = 0; break;
    case 2: exp = (r >> 20 & 1) ? max : 0; break;
    case 3:
        exp = max;
        m = (r >> 20 & 3) == 0 ? 0 : (r >> 20 & 3) == 1 ? 5 : ((uint64_t)1 << (frac - 1)) | (r >> 30 & 3);
        break;
    case 4: exp = (r >> 20 & 1) ? 1 + (unsigned)(r >> 21) % 3 : max - 1 - (unsigned)(r >> 21) % 3; break;
    default: exp = max / 2 - 32 + (unsigned)(r >> 20) % 64; break;
    }
    if ((r & 0xf0) == 0x10 && (r & 0x100))
        m = 0;
    return (r >> 40 & 1) << (wide ? 63 : 31) | (uint64_t)exp << frac | m;
}

typedef uint64_t Hard(uint64_t x, uint64_t y, uint64_t z);
enum { ADD, SUB, MUL, DIV, SQRT, FMA, RINT, NEAR, NARROW, WIDEN, I32, U32, I64, U64, CLASS, FROM_I, FROM_U };
static uint64_t soft(SfEnv *e, int op, SfFormat f, Sf a, Sf b, Sf c)
{
    switch (op) {
    case ADD: return sf_add(e, f, a, b).lo;
    case SUB: return sf_sub(e, f, a, b).lo;
    case MUL: return sf_mul(e, f, a, b).lo;
    case DIV: return sf_div(e, f, a, b).lo;
    case SQRT: return sf_sqrt(e, f, a).lo;
    case FMA: return sf_fma(e, f, a, b, c).lo;
    case RINT: return sf_round_int(e, f, a, true).lo;
    case NEAR: return sf_round_int(e, f, a, false).lo;
    case NARROW: return sf_convert(e, SF_32, f, a).lo;
    case WIDEN: return sf_convert(e, SF_64, f, a).lo;
    case I32: return (uint64_t)sf_to_int(e, f, a, 32, true);
    case U32: return (uint64_t)sf_to_int(e, f, a, 32, false);
    case I64: return (uint64_t)sf_to_int(e, f, a, 64, true);
    case U64: return (uint64_t)sf_to_int(e, f, a, 64, false);
    case CLASS: return (uint64_t)1 << sf_class(f, a);
    case FROM_I: return sf_from_i64(e, f, (int64_t)a.lo).lo;
    default: return sf_from_u64(e, f, a.lo).lo;
    }
}
static const struct { const char *name; int op; Hard *hard[2]; } ops[] = {
    { "add", ADD, { add32, add64 } }, { "sub", SUB, { sub32, sub64 } }, { "mul", MUL, { mul32, mul64 } },
    { "div", DIV, { div32, div64 } }, { "sqrt", SQRT, { sqrt32, sqrt64 } }, { "fma", FMA, { fma32, fma64 } },
    { "narrow", NARROW, { 0, narrow64 } }, { "widen", WIDEN, { widen32, 0 } },
    { "from_i64", FROM_I, { from_i32, from_i64 } }, { "from_u64", FROM_U, { from_u32, from_u64 } },
#ifdef __riscv
    { "to_i32", I32, { i32_32, i32_64 } }, { "to_u32", U32, { u32_32, u32_64 } },
    { "to_i64", I64, { i64_32, i64_64 } }, { "to_u64", U64, { u64_32, u64_64 } },
    { "class", CLASS, { class32, class64 } },
#else
    { "round_int", RINT, { rint32, rint64 } }, { "round_int_quiet", NEAR, { near32, near64 } },
#endif
};

static void say(const char *s)
{
    size_t n = 0;
    while (s[n])
        n++;
    call(64, 1, (long)s, (long)n);
}
static void say_hex(uint64_t v)
{
    char s[18] = " ";
    for (int i = 0; i < 16; i++)
        s[i + 1] = "0123456789abcdef"[v >> (60 - 4 * i) & 15];
    s[17] = 0;
    say(s);
}

void _start(void)
{
    for (unsigned i = 0; i < countof(ops); i++)
        for (unsigned f = 0; f < 2; f++) {
            unsigned bad = 0;
            if (!ops[i].hard[f])
                continue;
            for (unsigned k = 0; k < 40000; k++) {
                SfEnv e = kind;
                unsigned round = k % MODES, flags;
                uint64_t x = ops[i].op >= FROM_I ? rnd() >> rnd() % 64 : operand(f);
                uint64_t y = operand(f), z = operand(f), h, s;
                Sf a = { x, 0 }, b = { y, 0 }, c = { z, 0 };
                e.round = (SfRound)round;
                s = soft(&e, ops[i].op, (SfFormat)f, a, b, c);
                start(round);
                h = ops[i].hard[f](x, y, z);
                flags = stop();
                if ((s != h || flags != e.flags) && bad++ < 3) {
                    say("#"); say_hex(round); say_hex(x); say_hex(y); say_hex(z);
                    say("\n#  machine"); say_hex(h); say_hex(flags);
                    say(" softfloat"); say_hex(s); say_hex(e.flags); say("\n");
                }
            }
            say(bad ? "not ok " : "ok "); say(where); say(" "); say(ops[i].name); say(f ? " 64\n" : " 32\n");
        }
    call(94, 0, 0, 0);
}
