/* fast_atomic: read-modify-write, compare-and-swap, fences (A; all as sequentially consistent). Words by amo instructions; what
 * they cannot, by a loop of lr and sc, bytes and halves inside the word around them. */
#include "arch/rv64/fast.h"

enum { SEQ = RV64_AQ | RV64_RL };

static unsigned address(Rv64Fast *x, IrRef r, RvAddr *a)
{
    unsigned t = gen_alloc(&x->g, x->g.t->scratch[0]);
    rv64_addr(x, r, 0, a);
    rv64_lea(x, t, a);
    rv64_addr_done(x, a);
    return t;
}

/* new = old `op` rb, both extended as the operation wants. */
static void combine(Rv64Fast *x, unsigned op, unsigned dst, unsigned old, unsigned rb)
{
    Rv64Out *o = &x->o;
    switch (op) {
    case IR_RMW_XCHG: rv64_mov(x, IR_I64, dst, rb); return;
    case IR_RMW_ADD: rv64_r(o, RV64_I_ADD, dst, old, rb); return;
    case IR_RMW_SUB: rv64_r(o, RV64_I_SUB, dst, old, rb); return;
    case IR_RMW_AND: rv64_r(o, RV64_I_AND, dst, old, rb); return;
    case IR_RMW_OR: rv64_r(o, RV64_I_OR, dst, old, rb); return;
    case IR_RMW_XOR: rv64_r(o, RV64_I_XOR, dst, old, rb); return;
    case IR_RMW_NAND:
        rv64_r(o, RV64_I_AND, dst, old, rb);
        rv64_i(o, RV64_I_XORI, dst, dst, -1);
        return;
    default: {
        Rv64Row row = op == IR_RMW_SMIN || op == IR_RMW_SMAX ? RV64_I_BLT : RV64_I_BLTU;
        bool min = op == IR_RMW_SMIN || op == IR_RMW_UMIN;
        uint32_t skip = gen_label(&x->g);
        rv64_mov(x, IR_I64, dst, old);
        rv64_branch_near(x, row, min ? old : rb, min ? rb : old, skip);
        rv64_mov(x, IR_I64, dst, rb);
        gen_place(&x->g, skip);
        return;
    }
    }
}

/* Bytes and halves, and nand: op < 0 is compare-and-swap of rb (expected) with rc. The old value comes zero-extended (as it is for
 * a whole word) into dst; t5 is not 0 when the swap did not take place. */
static void loop(Rv64Fast *x, int op, unsigned size, unsigned at, unsigned rb, unsigned rc, unsigned dst)
{
    Gen *g = &x->g;
    Rv64Out *o = &x->o;
    bool d = size == 8, narrow = size < 4, sign = op == IR_RMW_SMIN || op == IR_RMW_SMAX;
    unsigned shift = gen_alloc(g, g->t->scratch[0]), mask = gen_alloc(g, g->t->scratch[0]), b = gen_alloc(g, g->t->scratch[0]);
    uint32_t again = gen_label(g), out = gen_label(g);
    if (narrow) {
        rv64_i(o, RV64_I_ANDI, shift, at, 3);
        rv64_i(o, RV64_I_SLLI, shift, shift, 3);
        rv64_i(o, RV64_I_ANDI, at, at, -4);
        rv64_li(o, mask, size == 1 ? 0xff : 0xffff);
        rv64_r(o, RV64_I_SLL, mask, mask, shift);
        rv64_extend(x, b, rb, size, sign);
    } else {
        rv64_mov(x, IR_I64, b, rb);
    }
    gen_place(g, again);
    rv64_amo(o, d ? RV64_I_LR_D : RV64_I_LR_W, T6, 0, at, SEQ);
    if (narrow) {
        rv64_r(o, RV64_I_SRLW, dst, T6, shift);
        rv64_extend(x, dst, dst, size, sign);
    } else {
        rv64_mov(x, IR_I64, dst, T6);
    }
    if (op < 0) {
        rv64_i(o, RV64_I_ADDI, T5, ZERO, 1);
        rv64_branch_near(x, RV64_I_BNE, dst, b, out);
        rv64_mov(x, IR_I64, T5, rc);
    } else {
        combine(x, (unsigned)op, T5, dst, b);
    }
    if (narrow) {
        rv64_r(o, RV64_I_SLL, T5, T5, shift);
        rv64_r(o, RV64_I_XOR, T5, T5, T6);
        rv64_r(o, RV64_I_AND, T5, T5, mask);
        rv64_r(o, RV64_I_XOR, T5, T5, T6);
    }
    rv64_amo(o, d ? RV64_I_SC_D : RV64_I_SC_W, T5, T5, at, SEQ);
    rv64_branch_near(x, RV64_I_BNE, T5, ZERO, again);
    gen_place(g, out);
    if (narrow && sign)
        rv64_extend(x, dst, dst, size, false);
    gen_free(g, shift);
    gen_free(g, mask);
    gen_free(g, b);
}

/* The old value as the operation says. */
static void define(Rv64Fast *x, uint32_t i, const IrIns *in, unsigned dst)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    if (size < ir_type_size(in->type) && (size == 4 || (in->aux & IR_MEM_SIGNED)))
        rv64_extend(x, dst, dst, size, (in->aux & IR_MEM_SIGNED) != 0);
    gen_def(&x->g, i, dst, 0);
}

static void rmw(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    static const uint16_t rows[IR_RMWS] = { RV64_I_AMOSWAP_W, RV64_I_AMOADD_W, RV64_I_AMOADD_W, RV64_I_AMOAND_W, RV64_I_AMOOR_W,
                                            RV64_I_AMOXOR_W, 0, RV64_I_AMOMIN_W, RV64_I_AMOMAX_W, RV64_I_AMOMINU_W, RV64_I_AMOMAXU_W };
    Gen *g = &x->g;
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), at, rb, dst;
    RvAddr a;
    at = address(x, in->a, &a);
    rb = rv64_in(x, in->b);
    dst = gen_alloc(g, g->t->scratch[0]);
    if (size < 4 || in->c == IR_RMW_NAND) {
        loop(x, in->c, size, at, rb, 0, dst);
    } else {
        unsigned from = rb;
        if (in->c == IR_RMW_SUB)
            rv64_r(&x->o, RV64_I_SUB, from = T6, ZERO, rb);
        rv64_amo(&x->o, (Rv64Row)(rows[in->c] + (size == 8)), dst, from, at, SEQ);
    }
    gen_free(g, at);
    gen_out(g, in->b, rb);
    define(x, i, in, dst);
}

static void cas(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), at, rb, rc, dst, bit = GEN_NOREG;
    uint32_t proj = i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i ? i + 1 : 0;
    RvAddr a;
    at = address(x, in->a, &a);
    rb = rv64_in(x, in->b);
    rc = rv64_in(x, in->c);
    dst = gen_alloc(g, g->t->scratch[0]);
    if (size == 4 && in->type == IR_I64) {
        rv64_i(&x->o, RV64_I_ADDIW, T5, rb, 0);
        loop(x, -1, size, at, T5, rc, dst);
    } else {
        loop(x, -1, size, at, rb, rc, dst);
    }
    if (proj) {
        bit = gen_alloc(g, g->t->scratch[0]);
        rv64_i(&x->o, RV64_I_SLTIU, bit, T5, 1);
    }
    gen_free(g, at);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    define(x, i, in, dst);
    if (proj) {
        gen_consume(g, (IrRef)i);
        gen_def(g, proj, bit, 0);
    }
}

void rv64_atomic(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    if (in->op == IR_RMW)
        rmw(x, i, in);
    else if (in->op == IR_CAS)
        cas(x, i, in);
    else
        rv64_fence(&x->o, 3, 3);
}
