/* fast_div: division and remainder. Constants divide by shifts or by multiplication with gen_magic_*; everything else by sdiv and udiv,
 * a remainder by msub behind them. Products of two words fit 64 bits, so words need no high multiplication. */
#include "arch/aa64/fast.h"

/* t = quotient of word rx by d; x16 changes. */
static void signed32(Aa64Fast *x, unsigned t, unsigned rx, int64_t d)
{
    Aa64Out *o = &x->o;
    GenMagic m = gen_magic_s(d, 32);
    int32_t s = (int32_t)(uint32_t)m.m;
    aa64_integer(x, IR_I32, X16, s);
    aa64_r3(o, AA64_I_SMADDL, 1, t, rx, X16, ZR);
    if ((d > 0) == (s > 0)) {
        aa64_shift_imm(x, IR_ASHR, 1, t, t, 32u + m.shift);
    } else {
        aa64_shift_imm(x, IR_LSHR, 1, t, t, 32);
        aa64_r(o, d > 0 ? AA64_I_ADD : AA64_I_SUB, 0, t, t, rx);
        if (m.shift)
            aa64_shift_imm(x, IR_ASHR, 0, t, t, m.shift);
    }
    aa64_shifted(o, AA64_I_ADD, 0, t, t, t, AA64_LSR, 31);
}

/* The same. */
static void unsigned32(Aa64Fast *x, unsigned t, unsigned rx, uint64_t d)
{
    Aa64Out *o = &x->o;
    GenMagic m = gen_magic_u(d, 32);
    aa64_integer(x, IR_I32, X16, (int64_t)m.m);
    aa64_r3(o, AA64_I_UMADDL, 1, t, rx, X16, ZR);
    if (!m.add) {
        aa64_shift_imm(x, IR_LSHR, 1, t, t, 32u + m.shift);
        return;
    }
    aa64_shift_imm(x, IR_LSHR, 1, t, t, 32);
    aa64_r(o, AA64_I_SUB, 0, X16, rx, t);
    aa64_shifted(o, AA64_I_ADD, 0, t, t, X16, AA64_LSR, 1);
    if (m.shift > 1)
        aa64_shift_imm(x, IR_LSHR, 0, t, t, m.shift - 1u);
}

static void quotient64(Aa64Fast *x, unsigned t, unsigned rx, int64_t d, bool is_signed)
{
    Aa64Out *o = &x->o;
    if (is_signed) {
        GenMagic m = gen_magic_s(d, 64);
        int64_t s = (int64_t)m.m;
        aa64_integer(x, IR_I64, X16, s);
        aa64_r(o, AA64_I_SMULH, 1, t, rx, X16);
        if ((d > 0) != (s > 0))
            aa64_r(o, d > 0 ? AA64_I_ADD : AA64_I_SUB, 1, t, t, rx);
        if (m.shift)
            aa64_shift_imm(x, IR_ASHR, 1, t, t, m.shift);
        aa64_shifted(o, AA64_I_ADD, 1, t, t, t, AA64_LSR, 63);
        return;
    }
    GenMagic m = gen_magic_u((uint64_t)d, 64);
    aa64_integer(x, IR_I64, X16, (int64_t)m.m);
    aa64_r(o, AA64_I_UMULH, 1, t, rx, X16);
    if (m.add) {
        aa64_r(o, AA64_I_SUB, 1, X16, rx, t);
        aa64_shifted(o, AA64_I_ADD, 1, t, t, X16, AA64_LSR, 1);
    }
    if (m.shift > m.add)
        aa64_shift_imm(x, IR_LSHR, 1, t, t, m.shift - m.add);
}

/* By 2^k, k >= 1; x16 changes. */
static void power(Aa64Fast *x, unsigned op, unsigned size, unsigned t, unsigned rx, unsigned k, bool negative)
{
    Aa64Out *o = &x->o;
    unsigned bits = size ? 64 : 32, sign = rx;
    if (op == IR_UDIV) {
        aa64_shift_imm(x, IR_LSHR, size, t, rx, k);
        return;
    }
    if (op == IR_UREM) {
        aa64_bitfield(o, AA64_I_UBFM, size, t, rx, 0, k - 1);
        return;
    }
    /* What is negative gets 2^k - 1 more, so that shifting truncates. */
    if (k > 1)
        aa64_shift_imm(x, IR_ASHR, size, sign = X16, rx, bits - 1);
    aa64_shifted(o, AA64_I_ADD, size, X16, rx, sign, AA64_LSR, bits - k);
    if (op == IR_SREM) {
        uint64_t mask = ~(((uint64_t)1 << k) - 1);
        aa64_logi(o, AA64_I_AND_I, size, X16, X16, size ? mask : (uint32_t)mask);
        aa64_r(o, AA64_I_SUB, size, t, rx, X16);
    } else if (negative) {
        aa64_shifted(o, AA64_I_SUB, size, t, ZR, X16, AA64_ASR, k);
    } else {
        aa64_shift_imm(x, IR_ASHR, size, t, X16, k);
    }
}

/* By a constant; false: not done. */
static bool by_constant(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = aa64_size((IrType)in->type);
    bool is_signed = in->op == IR_SDIV || in->op == IR_SREM, rem = in->op == IR_SREM || in->op == IR_UREM;
    int64_t d;
    if (!ir_is_int(g->f, in->b, &d) || in->a < 0)
        return false;
    d = size ? d : is_signed ? (int64_t)(int32_t)d : (int64_t)(uint32_t)d;
    uint64_t ad = is_signed && d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    if (ad < 2 || (is_signed && ad == (uint64_t)1 << (size ? 63 : 31)))
        return false;
    unsigned rx = gen_in(g, in->a), t = gen_alloc(g, g->t->scratch[0]);
    if (!(ad & (ad - 1))) {
        power(x, in->op, size, t, rx, gen_ctz(ad), is_signed && d < 0);
    } else {
        if (size)
            quotient64(x, t, rx, d, is_signed);
        else if (is_signed)
            signed32(x, t, rx, d);
        else
            unsigned32(x, t, rx, (uint64_t)d);
        if (rem) {
            aa64_integer(x, (IrType)in->type, X16, d);
            aa64_r3(&x->o, AA64_I_MSUB, size, t, t, X16, rx);
        }
    }
    gen_out(g, in->a, rx);
    gen_def(g, i, t, GV_CANON);
    return true;
}

void aa64_div(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = aa64_size((IrType)in->type), ra, rb, dst;
    bool is_signed = in->op == IR_SDIV || in->op == IR_SREM, rem = in->op == IR_SREM || in->op == IR_UREM;
    if (by_constant(x, i, in))
        return;
    ra = aa64_in(x, in->a);
    rb = aa64_in(x, in->b);
    dst = aa64_dst(x, i, in->a, ra, in->b, rb);
    aa64_r(&x->o, is_signed ? AA64_I_SDIV : AA64_I_UDIV, size, rem ? X16 : dst, ra, rb);
    if (rem)
        aa64_r3(&x->o, AA64_I_MSUB, size, dst, X16, rb, ra);
    gen_def(g, i, dst, GV_CANON);
}
