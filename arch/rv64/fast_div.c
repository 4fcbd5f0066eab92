/* fast_div: division and remainder. Constants divide by shifts or by multiplication with gen_magic_*; everything else by the
 * instructions of M. Products of two words fit 64 bits, so words need no high multiplication. */
#include "arch/rv64/fast.h"

/* t = quotient of word rx by d; t6 changes. */
static void signed32(Rv64Fast *x, unsigned t, unsigned rx, int64_t d)
{
    Rv64Out *o = &x->o;
    GenMagic m = gen_magic_s(d, 32);
    int32_t s = (int32_t)(uint32_t)m.m;
    rv64_li(o, T6, s);
    rv64_r(o, RV64_I_MUL, t, rx, T6);
    if ((d > 0) == (s > 0)) {
        rv64_i(o, RV64_I_SRAI, t, t, 32 + m.shift);
    } else {
        rv64_i(o, RV64_I_SRAI, t, t, 32);
        rv64_r(o, d > 0 ? RV64_I_ADDW : RV64_I_SUBW, t, t, rx);
        if (m.shift)
            rv64_i(o, RV64_I_SRAIW, t, t, m.shift);
    }
    rv64_i(o, RV64_I_SRLIW, T6, t, 31);
    rv64_r(o, RV64_I_ADDW, t, t, T6);
}

/* The same; t5 changes as well. */
static void unsigned32(Rv64Fast *x, unsigned t, unsigned rx, uint64_t d)
{
    Rv64Out *o = &x->o;
    GenMagic m = gen_magic_u(d, 32);
    rv64_extend(x, T5, rx, 4, false);
    rv64_li(o, T6, (int64_t)m.m);
    rv64_r(o, RV64_I_MUL, t, T5, T6);
    if (!m.add) {
        /* Without a further shift bit 31 is repeated above: the canonical form. */
        rv64_i(o, m.shift ? RV64_I_SRLI : RV64_I_SRAI, t, t, 32 + m.shift);
        return;
    }
    rv64_i(o, RV64_I_SRLI, t, t, 32);
    rv64_r(o, RV64_I_SUB, T5, T5, t);
    rv64_i(o, RV64_I_SRLI, T5, T5, 1);
    rv64_r(o, RV64_I_ADD, t, t, T5);
    if (m.shift > 1)
        rv64_i(o, RV64_I_SRLI, t, t, m.shift - 1u);
}

static void constant64(Rv64Fast *x, int64_t v)
{
    Rv64Ins li[RV64_LI_MAX];
    uint8_t bytes[8];
    if (rv64_li_best(li, T6, v, x->o.ext) <= 3) {
        rv64_li(&x->o, T6, v);
        return;
    }
    put_u64(bytes, (uint64_t)v);
    uint32_t at = gen_rodata(&x->g, bytes, 8, 8);
    rv64_address(x, RV64_I_LD, T6, T6, obj_section_symbol(x->job->obj, gen_rodata_section(&x->g)), at);
}

static void quotient64(Rv64Fast *x, unsigned t, unsigned rx, int64_t d, bool is_signed)
{
    Rv64Out *o = &x->o;
    if (is_signed) {
        GenMagic m = gen_magic_s(d, 64);
        int64_t s = (int64_t)m.m;
        constant64(x, s);
        rv64_r(o, RV64_I_MULH, t, rx, T6);
        if ((d > 0) != (s > 0))
            rv64_r(o, d > 0 ? RV64_I_ADD : RV64_I_SUB, t, t, rx);
        if (m.shift)
            rv64_i(o, RV64_I_SRAI, t, t, m.shift);
        rv64_i(o, RV64_I_SRLI, T6, t, 63);
        rv64_r(o, RV64_I_ADD, t, t, T6);
        return;
    }
    GenMagic m = gen_magic_u((uint64_t)d, 64);
    constant64(x, (int64_t)m.m);
    rv64_r(o, RV64_I_MULHU, t, rx, T6);
    if (m.add) {
        rv64_r(o, RV64_I_SUB, T6, rx, t);
        rv64_i(o, RV64_I_SRLI, T6, T6, 1);
        rv64_r(o, RV64_I_ADD, t, t, T6);
    }
    if (m.shift > m.add)
        rv64_i(o, RV64_I_SRLI, t, t, m.shift - m.add);
}

/* By 2^k, k >= 1; t5 and t6 change. */
static void power(Rv64Fast *x, unsigned op, bool w, unsigned t, unsigned rx, unsigned k, bool negative)
{
    Rv64Out *o = &x->o;
    unsigned bits = w ? 32 : 64;
    Rv64Row srl = w ? RV64_I_SRLIW : RV64_I_SRLI, sra = w ? RV64_I_SRAIW : RV64_I_SRAI, add = w ? RV64_I_ADDW : RV64_I_ADD;
    if (op == IR_UDIV) {
        rv64_i(o, srl, t, rx, k);
        return;
    }
    unsigned from = rx;
    if (op != IR_UREM) {
        /* t5 = 2^k - 1 for what is negative, so that shifting truncates. */
        if (k > 1)
            rv64_i(o, sra, T5, rx, bits - 1);
        rv64_i(o, srl, T5, k > 1 ? T5 : rx, bits - k);
        rv64_r(o, add, from = T6, rx, T5);
    }
    if (op == IR_SDIV) {
        rv64_i(o, sra, t, T6, k);
        if (negative)
            rv64_r(o, w ? RV64_I_SUBW : RV64_I_SUB, t, ZERO, t);
        return;
    }
    if (k <= 11) {
        rv64_i(o, RV64_I_ANDI, t, from, ((int64_t)1 << k) - 1);
    } else {
        rv64_i(o, RV64_I_SLLI, t, from, 64 - k);
        rv64_i(o, RV64_I_SRLI, t, t, 64 - k);
    }
    if (op == IR_SREM)
        rv64_r(o, w ? RV64_I_SUBW : RV64_I_SUB, t, t, T5);
}

bool rv64_div(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    bool w = in->type == IR_I32, is_signed = in->op == IR_SDIV || in->op == IR_SREM, rem = in->op == IR_SREM || in->op == IR_UREM;
    int64_t d;
    if (!ir_is_int(g->f, in->b, &d) || in->a < 0)
        return false;
    d = !w ? d : is_signed ? (int64_t)(int32_t)d : (int64_t)(uint32_t)d;
    uint64_t ad = is_signed && d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    if (ad < 2 || (is_signed && ad == (uint64_t)1 << (w ? 31 : 63)))
        return false;
    unsigned rx = gen_in(g, in->a), t = gen_alloc(g, g->t->scratch[0]);
    if (!(ad & (ad - 1))) {
        power(x, in->op, w, t, rx, gen_ctz(ad), is_signed && d < 0);
    } else {
        if (!w)
            quotient64(x, t, rx, d, is_signed);
        else if (is_signed)
            signed32(x, t, rx, d);
        else
            unsigned32(x, t, rx, (uint64_t)d);
        if (rem) {
            rv64_li(&x->o, T6, w ? (int32_t)d : d);
            rv64_r(&x->o, RV64_I_MUL, t, t, T6);
            rv64_r(&x->o, w ? RV64_I_SUBW : RV64_I_SUB, t, rx, t);
        }
    }
    gen_out(g, in->a, rx);
    gen_def(g, i, t, 0);
    return true;
}
