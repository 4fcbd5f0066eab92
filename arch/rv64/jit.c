/* jit: what code made at run time needs of rv64: the way into a unit and out of it, exits that leave until they are chained, and the float
 * environment as fcsr has it. In a unit sp is the frame (gen.h); its own words are told in WORD_*. exit_indirect asks the table here, not
 * inline. Instructions are of four bytes throughout. */
#include "arch/rv64/fast.h"

enum { WORD_SP = 8, WORD_HOST_ENV = 24, WORD_ENV = 28, CSR_FCSR = 3, A1 = A0 + 1, T0 = RV64_T0 };

/* s1 to s11 and s0, which no unit has for itself; fs0 to fs11. */
static const uint8_t pins[] = { 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 8, GEN_NOREG };
static const uint8_t float_pins[] = { 40, 41, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, GEN_NOREG };
enum { SAVED = 1 + 12 + 12, SAVED_BYTES = SAVED * 8 + 8 };

static void move_one(Rv64Out *o, unsigned reg, unsigned base, int64_t at, bool load)
{
    if (load)
        rv64_i(o, reg >= F0 ? RV64_I_FLD : RV64_I_LD, reg, base, at);
    else
        rv64_s(o, reg >= F0 ? RV64_I_FSD : RV64_I_SD, reg, base, at);
}

static void states(Rv64Out *o, const uint8_t *reg, unsigned n, bool load)
{
    for (unsigned s = 0; s < n; s++)
        if (reg[s] != IR_IN_FRAME)
            move_one(o, reg[s], SP, GEN_UNIT_STATES + 8 * (int64_t)s, load);
}

static void saved(Rv64Out *o, bool load)
{
    move_one(o, RA, SP, 0, load);
    for (unsigned k = 0; k < 12; k++) {
        move_one(o, pins[k], SP, 8 + 8 * (int64_t)k, load);
        move_one(o, float_pins[k], SP, 8 + 8 * (12 + (int64_t)k), load);
    }
}

/* The environment in fcsr goes to one word of the frame, that in another comes. */
static void environment(Rv64Out *o, unsigned frame, int64_t out, int64_t in)
{
    rv64_csr(o, RV64_I_CSRRS, T0, CSR_FCSR, ZERO);
    rv64_s(o, RV64_I_SW, T0, frame, out);
    rv64_i(o, RV64_I_LW, T0, frame, in);
    rv64_csr(o, RV64_I_CSRRW, ZERO, CSR_FCSR, T0);
}

static void entry(Buf *b, const uint8_t *reg, unsigned n, JitEntry *e)
{
    Rv64Out out = { 0 }, *o = &out;
    o->b = b;
    o->ext = RV64_X_G;
    e->enter = b->n;
    rv64_0(o, RV64_I_FENCE_I);
    rv64_i(o, RV64_I_ADDI, SP, SP, -SAVED_BYTES);
    saved(o, false);
    rv64_s(o, RV64_I_SD, SP, A0, WORD_SP);
    environment(o, A0, WORD_HOST_ENV, WORD_ENV);
    rv64_i(o, RV64_I_ADDI, SP, A0, 0);
    rv64_i(o, RV64_I_ADDI, T6, A1, 0);
    states(o, reg, n, true);
    rv64_i(o, RV64_I_JALR, ZERO, T6, 0);
    /* Entry (address >> 1) & (GEN_UNIT_JUMPS - 1) of 16 bytes: eight times the address without its bit 0 and above bit 12. */
    e->indirect = b->n;
    rv64_u(o, RV64_I_LUI, A0, 2 * GEN_UNIT_JUMPS >> 12);
    rv64_i(o, RV64_I_ADDI, A0, A0, -2);
    rv64_r(o, RV64_I_AND, A0, A0, T5);
    rv64_i(o, RV64_I_SLLI, A0, A0, 3);
    rv64_r(o, RV64_I_ADD, A0, A0, SP);
    rv64_u(o, RV64_I_LUI, A1, GEN_UNIT_FRAME >> 12);
    rv64_r(o, RV64_I_ADD, A0, A0, A1);
    rv64_i(o, RV64_I_LD, A1, A0, 0);
    buf_u32(b, 0x00000063u | 1u << 12 | (uint32_t)A1 << 15 | (uint32_t)T5 << 20 | 12u << 7); /* bne a1, t5, . + 12 */
    rv64_i(o, RV64_I_LD, A0, A0, 8);
    rv64_i(o, RV64_I_JALR, ZERO, A0, 0);
    rv64_s(o, RV64_I_SD, T5, SP, JIT_ADDRESS);
    rv64_i(o, RV64_I_ADDI, T5, ZERO, JIT_LEFT_INDIRECT);
    e->leave = b->n;
    states(o, reg, n, false);
    environment(o, SP, WORD_ENV, WORD_HOST_ENV);
    rv64_i(o, RV64_I_ADDI, A0, T5, 0);
    rv64_i(o, RV64_I_LD, SP, SP, WORD_SP);
    saved(o, true);
    rv64_i(o, RV64_I_ADDI, SP, SP, SAVED_BYTES);
    rv64_i(o, RV64_I_JALR, ZERO, RA, 0);
}

/* auipc t6 and jalr, the field of an exit (fast.c). */
static void jump(uint8_t *field, uint64_t at, uint64_t to)
{
    int64_t d = (int64_t)(to - at), low = bits_sext((uint64_t)d & 0xfff, 12);
    put_u32(field, 0x00000f97u | (uint32_t)((uint64_t)(d - low) & 0xfffff000u));
    put_u32(field + 4, 0x000f8067u | (uint32_t)((uint64_t)low & 0xfff) << 20);
}

static void stub(Buf *b, uint64_t at, uint32_t number, uint64_t leave)
{
    Rv64Out o = { 0 };
    int64_t low = bits_sext(number & 0xfff, 12);
    o.b = b;
    o.ext = RV64_X_G;
    rv64_u(&o, RV64_I_LUI, T5, (uint32_t)((int64_t)number - low) >> 12);
    rv64_i(&o, RV64_I_ADDIW, T5, T5, low);
    buf_zero(b, 8);
    jump(b->p + b->n - 8, at + 8, leave);
}

/* Blocks put no constants into memory: what their instructions need is made. */
static bool reloc(uint8_t *p, uint64_t at, uint32_t kind, uint64_t value)
{
    (void)p;
    (void)at;
    (void)kind;
    (void)value;
    return false;
}

static void set_env(uint8_t *frame, const SfEnv *env)
{
    put_u32(frame + WORD_ENV, (uint32_t)env->round << 5 | (env->flags & 31));
}

static void get_env(const uint8_t *frame, SfEnv *env)
{
    env->flags = get_u32(frame + WORD_ENV) & 31;
}

/* The kernel returns from handlers by itself. */
static void handler(Buf *b, uint64_t to, uint64_t argument)
{
    Rv64Out o = { 0 };
    o.b = b;
    o.ext = RV64_X_G;
    rv64_u(&o, RV64_I_AUIPC, T0, 0);
    rv64_i(&o, RV64_I_LD, A0 + 3, T0, 16);
    rv64_i(&o, RV64_I_LD, T0, T0, 24);
    rv64_i(&o, RV64_I_JALR, ZERO, T0, 0);
    buf_u64(b, argument);
    buf_u64(b, to);
}

/* ucontext: after flags, link and stack (40) a mask of 128 bytes, then at 176 pc, x1 to x31. */
const TargetJit rv64_jit = {
    { pins, float_pins }, entry, stub, jump, reloc, set_env, get_env, NULL, handler, NULL, NULL, 176,
    176 + 8 * SP, 176 + 8 * T5, 16, false, true, 0,
};
