/* jit: what code made at run time needs of aa64: the way into a unit and out of it, exits that leave until they are chained, the float
 * environment as FPCR and FPSR have it, and the caches' agreement (Arm ARM, B2.4.4). In a unit sp is the frame (gen.h); its own words are
 * told in WORD_*. An exit is one b: memory for code is smaller than its reach. */
#include "arch/aa64/fast.h"

enum { WORD_SP = 8, WORD_HOST_ENV = 24, WORD_ENV = 28, X0 = AA64_X0, X1, X2, X3, IP0 = AA64_IP0, IP1 = AA64_IP1 };

/* x19 to x30, which calls keep or units have no use for, then x8 to x15; v8 to v23. x0 to x7 and the rest are left to the lane. */
static const uint8_t pins[] = { 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 8, 9, 10, 11, 12, 13, 14, 15, GEN_NOREG };
static const uint8_t float_pins[] = { 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, GEN_NOREG };
enum { SAVED_BYTES = (12 + 8) * 8 };

static void move_one(Aa64Out *o, unsigned reg, unsigned base, int64_t at, bool load)
{
    if (load)
        aa64_mem(o, reg >= AA64_V0 ? AA64_I_LDR_FD : AA64_I_LDR_X, reg, base, at);
    else
        aa64_mem(o, reg >= AA64_V0 ? AA64_I_STR_FD : AA64_I_STR_X, reg, base, at);
}

static void states(Aa64Out *o, const uint8_t *reg, unsigned n, bool load)
{
    for (unsigned s = 0; s < n; s++)
        if (reg[s] != IR_IN_FRAME)
            move_one(o, reg[s], SP, GEN_UNIT_STATES + 8 * (int64_t)s, load);
}

/* x19 to x30 and d8 to d15. */
static void saved(Aa64Out *o, bool load)
{
    for (unsigned k = 0; k < 12; k += 2)
        aa64_pair(o, load ? AA64_I_LDP_X : AA64_I_STP_X, pins[k], pins[k + 1], SP, 8 * (int64_t)k, 0);
    for (unsigned k = 0; k < 8; k += 2)
        aa64_pair(o, load ? AA64_I_LDP_FD : AA64_I_STP_FD, float_pins[k], float_pins[k + 1], SP, 8 * (12 + (int64_t)k), 0);
}

/* The environment goes to one word of the frame, that in another comes: the control bits of FPCR with the flags of FPSR, where FPCR has
 * none. */
static void environment(Aa64Out *o, unsigned frame, int64_t out, int64_t in)
{
    aa64_word(o, 0xd53b4400u | IP0);                   /* mrs x16, fpcr */
    aa64_word(o, 0xd53b4420u | IP1);                   /* mrs x17, fpsr */
    aa64_logi(o, AA64_I_AND_I, 1, IP1, IP1, 0x1f);
    aa64_r(o, AA64_I_ORR, 1, IP0, IP0, IP1);
    aa64_mem(o, AA64_I_STR_W, IP0, frame, out);
    aa64_mem(o, AA64_I_LDR_W, IP0, frame, in);
    aa64_logi(o, AA64_I_AND_I, 1, IP1, IP0, 0x1f);
    aa64_logi(o, AA64_I_AND_I, 1, IP0, IP0, 0x07ffff00);
    aa64_word(o, 0xd51b4400u | IP0);                   /* msr fpcr, x16 */
    aa64_word(o, 0xd51b4420u | IP1);                   /* msr fpsr, x17 */
}

static void entry(Buf *b, const uint8_t *reg, unsigned n, JitEntry *e)
{
    Aa64Out out = { 0 }, *o = &out;
    uint64_t other;
    o->b = b;
    e->enter = b->n;
    aa64_addi(o, AA64_I_SUB_I, 1, SP, SP, SAVED_BYTES);
    saved(o, false);
    aa64_mov_sp(o, IP0, SP);
    aa64_mem(o, AA64_I_STR_X, IP0, X0, WORD_SP);
    environment(o, X0, WORD_HOST_ENV, WORD_ENV);
    aa64_mov_sp(o, SP, X0);
    aa64_mov(o, 1, IP1, X1);
    states(o, reg, n, true);
    aa64_r1(o, AA64_I_BR, 1, 0, IP1);
    /* Entry (address >> 1) & (GEN_UNIT_JUMPS - 1) of 16 bytes. */
    e->indirect = b->n;
    aa64_bitfield(o, AA64_I_UBFM, 1, X0, IP0, 1, 12);
    aa64_extended(o, AA64_I_ADD_E, X0, SP, X0, AA64_UXTX, 4);
    aa64_addi(o, AA64_I_ADD_I, 1, X0, X0, GEN_UNIT_FRAME);
    aa64_pair(o, AA64_I_LDP_X, X1, X0, X0, 0, 0);
    aa64_r(o, AA64_I_SUBS, 1, AA64_ZR, X1, IP0);
    other = aa64_b_cond(o, AA64_NE);
    aa64_r1(o, AA64_I_BR, 1, 0, X0);
    aa64_patch(o, other, b->n);
    aa64_mem(o, AA64_I_STR_X, IP0, SP, JIT_ADDRESS);
    aa64_li(o, 1, IP0, (uint64_t)(int64_t)JIT_LEFT_INDIRECT);
    e->leave = b->n;
    states(o, reg, n, false);
    aa64_mov(o, 1, X0, IP0);
    environment(o, SP, WORD_ENV, WORD_HOST_ENV);
    aa64_mem(o, AA64_I_LDR_X, IP0, SP, WORD_SP);
    aa64_mov_sp(o, SP, IP0);
    saved(o, true);
    aa64_addi(o, AA64_I_ADD_I, 1, SP, SP, SAVED_BYTES);
    aa64_r1(o, AA64_I_RET, 1, 0, AA64_LR);
}

static void jump(uint8_t *field, uint64_t at, uint64_t to)
{
    put_u32(field, 0x14000000u | ((uint32_t)((to - at) >> 2) & 0x03ffffffu));
}

static void stub(Buf *b, uint64_t at, uint32_t number, uint64_t leave)
{
    Aa64Out o = { 0 };
    o.b = b;
    aa64_movw(&o, AA64_I_MOVZ, 1, IP0, number & 0xffff, 0);
    aa64_movw(&o, AA64_I_MOVK, 1, IP0, number >> 16, 16);
    buf_zero(b, 4);
    jump(b->p + b->n - 4, at + 8, leave);
    aa64_nops(&o, 4);
}

/* What a unit has in memory stands behind its code: the field of adrp, add, ldr. */
static bool reloc(uint8_t *p, uint64_t at, uint32_t kind, uint64_t value)
{
    uint32_t low = (uint32_t)value & 0xfff, w = get_u32(p);
    int64_t pages = ((int64_t)(value & ~(uint64_t)0xfff) - (int64_t)(at & ~(uint64_t)0xfff)) >> 12;
    switch (kind) {
    case R_AARCH64_ADR_PREL_PG_HI21:
        w = (w & 0x9f00001fu) | ((uint32_t)pages & 3) << 29 | ((uint32_t)(pages >> 2) & 0x7ffff) << 5;
        break;
    case R_AARCH64_ADD_ABS_LO12_NC: case R_AARCH64_LDST8_ABS_LO12_NC: w = (w & ~0x003ffc00u) | low << 10; break;
    case R_AARCH64_LDST32_ABS_LO12_NC: w = (w & ~0x003ffc00u) | low >> 2 << 10; break;
    case R_AARCH64_LDST64_ABS_LO12_NC: w = (w & ~0x003ffc00u) | low >> 3 << 10; break;
    default: return false;
    }
    put_u32(p, w);
    return true;
}

/* FPCR: rounding in bits 22 and 23, and DN (25), for units count on it (fast.h); FPSR: flags in bits 0 to 4. */
static void set_env(uint8_t *frame, const SfEnv *env)
{
    static const uint8_t rounds[] = { 0, 3, 2, 1, 0 }; /* to nearest, zero, down, up; ties away there is none */
    uint32_t f = env->flags;
    put_u32(frame + WORD_ENV, (f & SF_INVALID ? 1u : 0) | (f & SF_DIVZERO ? 2u : 0) | (f & SF_OVERFLOW ? 4u : 0) |
                              (f & SF_UNDERFLOW ? 8u : 0) | (f & SF_INEXACT ? 16u : 0) | (uint32_t)rounds[env->round] << 22 | 1u << 25);
}

static void get_env(const uint8_t *frame, SfEnv *env)
{
    uint32_t m = get_u32(frame + WORD_ENV);
    env->flags = (m & 1 ? SF_INVALID : 0) | (m & 2 ? SF_DIVZERO : 0) | (m & 4 ? SF_OVERFLOW : 0) | (m & 8 ? SF_UNDERFLOW : 0) |
                 (m & 16 ? SF_INEXACT : 0);
}

/* What follows a signal's handler: rt_sigreturn. */
static void restorer(Buf *b)
{
    buf_u32(b, 0xd2801168u);                           /* mov x8, #139 */
    buf_u32(b, 0xd4000001u);                           /* svc #0 */
}

/* handler(signal, info, context) with a fourth argument. */
static void handler(Buf *b, uint64_t to, uint64_t argument)
{
    buf_u32(b, 0x58000083u);                           /* ldr x3, . + 16 */
    buf_u32(b, 0x580000b0u);                           /* ldr x16, . + 20 */
    buf_u32(b, 0xd61f0200u);                           /* br x16 */
    buf_u32(b, 0xd503201fu);
    buf_u64(b, argument);
    buf_u64(b, to);
}

/* Lines of the data cache to the point of unification, then those of the instruction cache away; CTR_EL0 tells how long they are. */
static void sync(Buf *b)
{
    static const uint32_t code[] = {
        0xd53b0023, 0xd2800085,                                     /* mrs x3, ctr_el0; mov x5, #4 */
        0xd3504c64, 0x9ac420a4, 0xd1000486, 0x8a260002,             /* ubfx x4, x3, #16, #4; lsl x4, x5, x4; sub x6, x4, #1; bic x2, ... */
        0xd50b7b22, 0x8b040042, 0xeb01005f, 0x54ffffa3, 0xd5033b9f, /* dc cvau, x2; add x2, x2, x4; cmp x2, x1; b.lo; dsb ish */
        0x92400c64, 0x9ac420a4, 0xd1000486, 0x8a260002,             /* and x4, x3, #15; the same */
        0xd50b7522, 0x8b040042, 0xeb01005f, 0x54ffffa3, 0xd5033b9f, /* ic ivau, x2; ...; dsb ish */
        0xd5033fdf, 0xd65f03c0,                                     /* isb; ret */
    };
    for (unsigned k = 0; k < countof(code); k++)
        buf_u32(b, code[k]);
}

/* ucontext: at 176 the mcontext: fault address, x0 to x30, sp, pc. Emulators of this machine are known not to see what is written at
 * another address, nor `ic`: memory flips. An address's top byte is ignored here (Linux, "Tagged virtual addresses"), and a guest's
 * would not fault: accesses are checked. */
const TargetJit aa64_jit = {
    { pins, float_pins }, entry, stub, jump, reloc, set_env, get_env, restorer, handler, NULL, sync, 184 + 8 * 32, 184 + 8 * 31,
    184 + 8 * IP0, 16, true, true, LIFT_HOST_FLOATS | LIFT_CHECKED,
};
