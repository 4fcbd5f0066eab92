/* fast_div: division, remainder and high multiplication. Constants divide by shifts or by multiplication with gen_magic_*; everything
 * else goes through rax and rdx. */
#include "arch/x64/fast.h"

static void shift_imm(X64Fast *x, X64Row m1, unsigned w, unsigned reg, unsigned n)
{
    if (n)
        x64_ri(&x->o, (X64Row)(m1 + 2), w, reg, n);
}

/* rax and rdx become temporaries, rax holds a, and b is in a register that is neither; a is consumed. */
static unsigned rax_rdx(X64Fast *x, IrRef a, IrRef b, unsigned w)
{
    Gen *g = &x->g;
    unsigned ra, rb;
    if (a > 0 && !gen_deferred(g, a) && g->vals[a].reg == RAX && gen_takable(g, a) && a != b) {
        ra = gen_in(g, a);
        gen_take(g, a, ra);
        gen_claim(g, RDX);
        return gen_in(g, b);
    }
    gen_claim(g, RAX);
    gen_claim(g, RDX);
    rb = gen_in(g, b);
    if (a < 0) {
        g->t->constant(g, RAX, a);
        return rb;
    }
    ra = gen_in(g, a);
    x64_mov(x, w, RAX, ra);
    gen_out(g, a, ra);
    return rb;
}

void x64_mulh(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), rb = rax_rdx(x, in->a, in->b, w);
    x64_r(&x->o, in->op == IR_MULHS ? X64_I_IMUL_M : X64_I_MUL_M, w, rb);
    gen_out(g, in->b, rb);
    gen_free(g, RAX);
    gen_def(g, i, RDX, GV_CANON);
}

static void div_var(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), rb = rax_rdx(x, in->a, in->b, w);
    bool is_signed = in->op == IR_SDIV || in->op == IR_SREM, rem = in->op == IR_SREM || in->op == IR_UREM;
    if (is_signed)
        x64_0(&x->o, w == 8 ? X64_I_CQO_ZO : X64_I_CDQ_ZO, w);
    else
        x64_rr(&x->o, X64_I_XOR_MR, 4, RDX, RDX);
    x64_r(&x->o, is_signed ? X64_I_IDIV_M : X64_I_DIV_M, w, rb);
    gen_out(g, in->b, rb);
    gen_free(g, rem ? RAX : RDX);
    gen_def(g, i, rem ? RDX : RAX, GV_CANON);
}

/* t = x with 2^k - 1 added when x is negative (so that shifting truncates); x stays. */
static void bias(X64Fast *x, unsigned w, unsigned t, unsigned rx, unsigned k)
{
    x64_mov(x, w, t, rx);
    if (k > 1)
        shift_imm(x, X64_I_SAR_M1, w, t, 8 * w - 1);
    shift_imm(x, X64_I_SHR_M1, w, t, 8 * w - k);
}

static void div_power(X64Fast *x, uint32_t i, const IrIns *in, unsigned k, bool negative)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), rx = gen_in(g, in->a), t = gen_alloc(g, g->t->scratch[0]);
    uint64_t mask = ((uint64_t)1 << k) - 1;
    switch (in->op) {
    case IR_UDIV:
        x64_mov(x, w, t, rx);
        shift_imm(x, X64_I_SHR_M1, w, t, k);
        break;
    case IR_UREM:
        if (k >= 31) {
            x64_mov_imm(x, t, (int64_t)mask);
            x64_rr(&x->o, ALU(X64_I_AND_MI8, MR), w, rx, t);
        } else {
            x64_mov(x, 4, t, rx);
            x64_alu_ri(x, X64_I_AND_MI8, 4, t, (int64_t)mask);
        }
        break;
    case IR_SDIV:
        bias(x, w, t, rx, k);
        x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), w, rx, t);
        shift_imm(x, X64_I_SAR_M1, w, t, k);
        if (negative)
            x64_r(&x->o, X64_I_NEG_M, w, t);
        break;
    default: {
        /* x - ((x + bias) & -2^k) */
        unsigned q = gen_alloc(g, g->t->scratch[0]);
        bias(x, w, q, rx, k);
        x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), w, rx, q);
        if (k <= 30) {
            x64_alu_ri(x, X64_I_AND_MI8, w, q, -((int64_t)1 << k));
        } else {
            shift_imm(x, X64_I_SAR_M1, w, q, k);
            shift_imm(x, X64_I_SHL_M1, w, q, k);
        }
        x64_mov(x, w, t, rx);
        x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), w, q, t);
        gen_free(g, q);
        break;
    }
    }
    gen_out(g, in->a, rx);
    gen_def(g, i, t, GV_CANON);
}

/* Quotient of 32-bit rx by d into t, with 64-bit products. */
static void quotient32(X64Fast *x, unsigned t, unsigned rx, int64_t d, bool is_signed)
{
    Gen *g = &x->g;
    unsigned k = gen_alloc(g, g->t->scratch[0]);
    if (is_signed) {
        GenMagic m = gen_magic_s(d, 32);
        int32_t s = (int32_t)(uint32_t)m.m;
        x64_rr(&x->o, X64_I_MOVSXD_RM, 8, k, rx);
        x64_rri(&x->o, X64_I_IMUL_RMI, 8, t, k, s);
        if ((d > 0 && s < 0) || (d < 0 && s > 0)) {
            shift_imm(x, X64_I_SHR_M1, 8, t, 32);
            x64_rr(&x->o, d > 0 ? ALU(X64_I_ADD_MI8, MR) : ALU(X64_I_SUB_MI8, MR), 4, k, t);
            shift_imm(x, X64_I_SAR_M1, 4, t, m.shift);
        } else {
            shift_imm(x, X64_I_SAR_M1, 8, t, 32u + m.shift);
        }
        x64_mov(x, 4, k, t);
        shift_imm(x, X64_I_SHR_M1, 4, k, 31);
        x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 4, k, t);
    } else {
        GenMagic m = gen_magic_u((uint64_t)d, 32);
        x64_mov(x, 4, k, rx);
        x64_ri(&x->o, X64_I_MOV_OI, 4, t, (int64_t)m.m);
        x64_rr(&x->o, X64_I_IMUL_RM, 8, t, k);
        if (m.add) {
            shift_imm(x, X64_I_SHR_M1, 8, t, 32);
            x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), 4, t, k);
            shift_imm(x, X64_I_SHR_M1, 4, k, 1);
            x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 4, k, t);
            shift_imm(x, X64_I_SHR_M1, 4, t, m.shift - 1u);
        } else {
            shift_imm(x, X64_I_SHR_M1, 8, t, 32u + m.shift);
        }
    }
    gen_free(g, k);
}

/* The same for 64 bits; rax and rdx are temporaries, the quotient comes in rdx. rx is neither. */
static void quotient64(X64Fast *x, unsigned rx, int64_t d, bool is_signed)
{
    if (is_signed) {
        GenMagic m = gen_magic_s(d, 64);
        int64_t s = (int64_t)m.m;
        x64_mov_imm(x, RAX, s);
        x64_r(&x->o, X64_I_IMUL_M, 8, rx);
        if (d > 0 && s < 0)
            x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 8, rx, RDX);
        else if (d < 0 && s > 0)
            x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), 8, rx, RDX);
        shift_imm(x, X64_I_SAR_M1, 8, RDX, m.shift);
        x64_mov(x, 8, RAX, RDX);
        shift_imm(x, X64_I_SHR_M1, 8, RAX, 63);
        x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 8, RAX, RDX);
    } else {
        GenMagic m = gen_magic_u((uint64_t)d, 64);
        x64_mov_imm(x, RAX, (int64_t)m.m);
        x64_r(&x->o, X64_I_MUL_M, 8, rx);
        if (m.add) {
            x64_mov(x, 8, RAX, rx);
            x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), 8, RDX, RAX);
            shift_imm(x, X64_I_SHR_M1, 8, RAX, 1);
            x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 8, RAX, RDX);
            shift_imm(x, X64_I_SHR_M1, 8, RDX, m.shift - 1u);
        } else {
            shift_imm(x, X64_I_SHR_M1, 8, RDX, m.shift);
        }
    }
}

/* t = x - t * d */
static void remainder(X64Fast *x, unsigned w, unsigned t, unsigned rx, int64_t d)
{
    Gen *g = &x->g;
    unsigned k = gen_alloc(g, g->t->scratch[0]);
    if (bits_fits_s(d, 32)) {
        x64_rri(&x->o, bits_fits_s(d, 8) ? X64_I_IMUL_RMI8 : X64_I_IMUL_RMI, w, t, t, d);
        x64_mov(x, w, k, rx);
    } else {
        x64_mov_imm(x, k, d);
        x64_rr(&x->o, X64_I_IMUL_RM, w, t, k);
        x64_mov(x, w, k, rx);
    }
    x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), w, t, k);
    x64_mov(x, w, t, k);
    gen_free(g, k);
}

void x64_div(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), bits = 8 * w, rx, t;
    bool is_signed = in->op == IR_SDIV || in->op == IR_SREM, rem = in->op == IR_SREM || in->op == IR_UREM;
    int64_t d;
    uint64_t ad;
    if (!ir_is_int(g->f, in->b, &d) || in->a < 0) {
        div_var(x, i, in);
        return;
    }
    d = w == 4 ? (is_signed ? (int64_t)(int32_t)d : (int64_t)(uint32_t)d) : d;
    ad = is_signed && d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    if (ad < 2 || (is_signed && ad == (uint64_t)1 << (bits - 1))) {
        div_var(x, i, in);
        return;
    }
    if (!(ad & (ad - 1))) {
        div_power(x, i, in, gen_ctz(ad), d < 0 && is_signed);
        return;
    }
    if (w == 4) {
        rx = gen_in(g, in->a);
        t = gen_alloc(g, g->t->scratch[0]);
        quotient32(x, t, rx, d, is_signed);
        if (rem)
            remainder(x, 4, t, rx, (int32_t)d);
    } else {
        gen_claim(g, RAX);
        gen_claim(g, RDX);
        t = RDX;
        rx = gen_in(g, in->a);
        quotient64(x, rx, d, is_signed);
        gen_free(g, RAX);
        if (rem)
            remainder(x, 8, t, rx, d);
    }
    gen_out(g, in->a, rx);
    gen_def(g, i, t, GV_CANON);
}
