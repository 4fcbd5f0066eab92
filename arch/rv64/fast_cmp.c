/* fast_cmp: compares, conditions and select. A compare whose only use directly follows it has no code of its own: br and select ask
 * rv64_condition for a branch. */
#include "arch/rv64/fast.h"

static const uint16_t rows[] = { RV64_I_BEQ, RV64_I_BNE, RV64_I_BLT, RV64_I_BGE, RV64_I_BGE, RV64_I_BLT,
                                 RV64_I_BLTU, RV64_I_BGEU, RV64_I_BGEU, RV64_I_BLTU };
static bool swapped(unsigned op)
{
    return op == IR_SLE || op == IR_SGT || op == IR_ULE || op == IR_UGT;
}

RvCc rv64_condition(Rv64Fast *x, IrRef cond)
{
    Gen *g = &x->g;
    RvCc c = { RV64_I_BNE, 0, ZERO };
    if (gen_deferred(g, cond)) {
        const IrIns *in = gen_ins(g, (uint32_t)cond);
        g->vals[cond].uses = 0;
        if (ir_ops[in->op].class == IRC_FCMP) {
            if (rv64_fcmp(x, in, T6, T5))
                c.row = RV64_I_BEQ;
            c.rs1 = T6;
            return c;
        }
        IrRef a = swapped(in->op) ? in->b : in->a, b = swapped(in->op) ? in->a : in->b;
        unsigned ra = rv64_in(x, a), rb = rv64_in(x, b);
        c.row = (Rv64Row)rows[in->op - IR_EQ];
        c.rs1 = (uint8_t)ra;
        c.rs2 = (uint8_t)rb;
        gen_out(g, a, ra);
        gen_out(g, b, rb);
        return c;
    }
    unsigned r = rv64_in(x, cond);
    c.rs1 = (uint8_t)r;
    gen_out(g, cond, r);
    return c;
}

void rv64_cmp_value(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    bool invert = false;
    unsigned dst;
    int64_t v;
    if (ir_ops[in->op].class == IRC_FCMP) {
        dst = rv64_dst(x, i, 0, 0, 0, 0);
        invert = rv64_fcmp(x, in, T6, T5);
        if (invert)
            rv64_i(&x->o, RV64_I_XORI, dst, T6, 1);
        else
            rv64_mov(x, IR_I64, dst, T6);
        gen_def(g, i, dst, 0);
        return;
    }
    bool uns = in->op >= IR_ULT;
    IrRef a = swapped(in->op) ? in->b : in->a, b = swapped(in->op) ? in->a : in->b;
    Rv64Row slt = uns ? RV64_I_SLTU : RV64_I_SLT, slti = uns ? RV64_I_SLTIU : RV64_I_SLTI;
    if (in->op == IR_EQ || in->op == IR_NE) {
        unsigned ra = rv64_in(x, a), rb = ZERO, from = T6;
        bool imm = b < 0 && ir_is_int(g->f, b, &v) && bits_fits_s(-v, 12) && v != INT64_MIN;
        if (!imm)
            rb = rv64_in(x, b);
        dst = imm ? rv64_dst(x, i, a, ra, 0, 0) : rv64_dst(x, i, a, ra, b, rb);
        if (!imm)
            rv64_r(&x->o, RV64_I_XOR, T6, ra, rb);
        else if (v)
            rv64_i(&x->o, RV64_I_ADDI, T6, ra, -v);
        else
            from = ra;
        if (in->op == IR_EQ)
            rv64_i(&x->o, RV64_I_SLTIU, dst, from, 1);
        else
            rv64_r(&x->o, RV64_I_SLTU, dst, ZERO, from);
        gen_def(g, i, dst, 0);
        return;
    }
    invert = in->op == IR_SGE || in->op == IR_SLE || in->op == IR_UGE || in->op == IR_ULE;
    if (!swapped(in->op) && rv64_imm12(x, b, &v)) {
        unsigned ra = rv64_in(x, a);
        dst = rv64_dst(x, i, a, ra, 0, 0);
        rv64_i(&x->o, slti, dst, ra, v);
    } else {
        unsigned ra = rv64_in(x, a), rb = rv64_in(x, b);
        dst = rv64_dst(x, i, a, ra, b, rb);
        rv64_r(&x->o, slt, dst, ra, rb);
    }
    if (invert)
        rv64_i(&x->o, RV64_I_XORI, dst, dst, 1);
    gen_def(g, i, dst, 0);
}

/* By czero: (b where c) | (c where not c). */
static void select_zero(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    Rv64Out *o = &x->o;
    unsigned rb = rv64_in(x, in->b), rc = rv64_in(x, in->c), dst = gen_alloc(g, g->t->scratch[0]);
    RvCc c = rv64_condition(x, in->a);
    bool zero = c.rs2 == ZERO && (c.row == RV64_I_BEQ || c.row == RV64_I_BNE);
    bool equal = c.row == RV64_I_BEQ || c.row == RV64_I_BGE || c.row == RV64_I_BGEU;
    unsigned t = zero ? c.rs1 : T6;
    if (!zero && c.row <= RV64_I_BNE)
        rv64_r(o, RV64_I_XOR, T6, c.rs1, c.rs2);
    else if (!zero)
        rv64_r(o, c.row == RV64_I_BLT || c.row == RV64_I_BGE ? RV64_I_SLT : RV64_I_SLTU, T6, c.rs1, c.rs2);
    /* The condition holds when t is not 0, or, `equal`, when it is. */
    if (rb == ZERO || rc == ZERO) {
        rv64_r(o, (rc == ZERO) == equal ? RV64_I_CZERO_NEZ : RV64_I_CZERO_EQZ, dst, rc == ZERO ? rb : rc, t);
    } else {
        rv64_r(o, equal ? RV64_I_CZERO_EQZ : RV64_I_CZERO_NEZ, T5, rc, t);
        rv64_r(o, equal ? RV64_I_CZERO_NEZ : RV64_I_CZERO_EQZ, dst, rb, t);
        rv64_r(o, RV64_I_OR, dst, dst, T5);
    }
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, 0);
}

void rv64_select(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    IrType t = (IrType)in->type;
    unsigned rb, rc, dst;
    uint32_t skip;
    if (gen_dead_select(g, i, in))
        return;
    if ((x->o.ext & RV64_X_ZICOND) && !ir_is_float(t)) {
        select_zero(x, i, in);
        return;
    }
    rb = gen_in(g, in->b);
    rc = gen_in(g, in->c);
    dst = gen_alloc(g, gen_class(g, t));
    skip = gen_label(g);
    rv64_mov(x, t, dst, rb);
    RvCc c = rv64_condition(x, in->a);
    rv64_branch_near(x, c.row, c.rs1, c.rs2, skip);
    rv64_mov(x, t, dst, rc);
    gen_place(g, skip);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, 0);
}
