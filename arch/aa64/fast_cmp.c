/* fast_cmp: compares, conditions, conditional branches and select. A compare whose only use directly follows it has no code of its own:
 * br and select ask aa64_condition for flags, or for a register or a bit of one that a branch tests by itself. */
#include "arch/aa64/fast.h"

static const uint8_t int_cc[] = { AA64_EQ, AA64_NE, AA64_LT, AA64_GE, AA64_LE, AA64_GT, AA64_LO, AA64_HS, AA64_LS, AA64_HI };
/* The same relation with the operands exchanged. */
static const uint8_t swapped[] = { AA64_EQ, AA64_NE, AA64_GT, AA64_LE, AA64_GE, AA64_LT, AA64_HI, AA64_LS, AA64_HS, AA64_LO };

/* Flags of ra against v, which is not in x16's way. */
static void compare_imm(Aa64Fast *x, unsigned size, unsigned ra, int64_t v)
{
    uint64_t neg = size ? 0 - (uint64_t)v : (uint32_t)(0 - (uint32_t)v);
    if (!size)
        v = (uint32_t)v;
    if (aa64_add_fits((uint64_t)v)) {
        aa64_addi(&x->o, AA64_I_SUBS_I, size, ZR, ra, (uint64_t)v);
    } else if (aa64_add_fits(neg)) {
        aa64_addi(&x->o, AA64_I_ADDS_I, size, ZR, ra, neg);
    } else {
        aa64_li(&x->o, size, X16, (uint64_t)v);
        aa64_r(&x->o, AA64_I_SUBS, size, ZR, ra, X16);
    }
}

/* The condition that deferred `and` r is (EQ) or is not (NE) zero. */
static Aa64Cc test_and(Aa64Fast *x, IrRef r, unsigned cond)
{
    Gen *g = &x->g;
    const IrIns *in = aa64_fold(x, r);
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), ra, rb;
    Aa64Cc c = { CC_FLAGS, (uint8_t)cond, AA64_NV, 0 };
    IrRef a = in->a, b = in->b;
    uint32_t field;
    int64_t v;
    if (ir_is_const(a)) {
        IrRef s = a;
        a = b;
        b = s;
    }
    if (aa64_imm(x, b, t, &v)) {
        uint64_t u = size ? (uint64_t)v : (uint32_t)v;
        if (aa64_folds(x, a, IR_LSHR)) {
            /* Deferred because b is a mask of low bits. */
            const IrIns *s = aa64_fold(x, a);
            a = s->a;
            aa64_imm(x, s->b, t, &v);
            u <<= (unsigned)v & (size ? 63 : 31);
            if (!size)
                u = (uint32_t)u;
        }
        ra = gen_in(g, a);
        if (u && !(u & (u - 1))) {
            c = (Aa64Cc){ CC_BIT, (uint8_t)cond, (uint8_t)ra, (uint8_t)gen_ctz(u) };
        } else if (aa64_logical(u, size, &field)) {
            aa64_logi(&x->o, AA64_I_ANDS_I, size, ZR, ra, u);
        } else {
            aa64_li(&x->o, size, X16, u);
            aa64_r(&x->o, AA64_I_ANDS, size, ZR, ra, X16);
        }
        gen_out(g, a, ra);
        return c;
    }
    ra = gen_in(g, a);
    rb = gen_in(g, b);
    aa64_r(&x->o, AA64_I_ANDS, size, ZR, ra, rb);
    gen_out(g, a, ra);
    gen_out(g, b, rb);
    return c;
}

/* cmp ra, b with what waits in b folded; consumes b. */
static void compare_reg(Aa64Fast *x, unsigned size, unsigned ra, IrRef b)
{
    Gen *g = &x->g;
    if (size && (aa64_folds(x, b, IR_SEXT32) || aa64_folds(x, b, IR_ZEXT32))) {
        const IrIns *in = aa64_fold(x, b);
        unsigned rb = aa64_in(x, in->a);
        aa64_extended(&x->o, AA64_I_SUBS_E, ZR, ra, rb, in->op == IR_SEXT32 ? AA64_SXTW : AA64_UXTW, 0);
        gen_out(g, in->a, rb);
        return;
    }
    unsigned rb = aa64_in(x, b);
    aa64_r(&x->o, AA64_I_SUBS, size, ZR, ra, rb);
    gen_out(g, b, rb);
}

static Aa64Cc compare(Aa64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a, b = in->b;
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), k = in->op - IR_EQ, ra;
    const uint8_t *cc = int_cc;
    Aa64Cc c = { CC_FLAGS, 0, AA64_NV, 0 };
    int64_t v;
    if ((ir_is_const(a) && !ir_is_const(b)) || (size && (aa64_folds(x, a, IR_SEXT32) || aa64_folds(x, a, IR_ZEXT32)) && b > 0)) {
        IrRef s = a;
        a = b;
        b = s;
        cc = swapped;
    }
    c.cond = cc[k];
    if (aa64_imm(x, b, t, &v)) {
        if (!v && (c.cond == AA64_EQ || c.cond == AA64_NE)) {
            if (aa64_folds(x, a, IR_AND))
                return test_and(x, a, c.cond);
            ra = gen_in(g, a);
            c = (Aa64Cc){ CC_ZERO, c.cond, (uint8_t)ra, (uint8_t)size };
        } else {
            bool least = !v && (c.cond == AA64_LT || c.cond == AA64_GE);
            bool minus = v == -1 && (c.cond == AA64_GT || c.cond == AA64_LE);
            ra = gen_in(g, a);
            if (least || minus)
                c = (Aa64Cc){ CC_BIT, c.cond == AA64_LT || c.cond == AA64_LE ? AA64_NE : AA64_EQ, (uint8_t)ra, size ? 63 : 31 };
            else
                compare_imm(x, size, ra, v);
        }
        gen_out(g, a, ra);
        return c;
    }
    /* No zr: as an operand of the extended form it would be sp. */
    ra = gen_in(g, a);
    compare_reg(x, size, ra, b);
    gen_out(g, a, ra);
    return c;
}

Aa64Cc aa64_condition(Aa64Fast *x, IrRef cond)
{
    Gen *g = &x->g;
    if (gen_deferred(g, cond)) {
        const IrIns *in = gen_ins(g, (uint32_t)cond);
        if (ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP) {
            in = aa64_fold(x, cond);
            return ir_ops[in->op].class == IRC_FCMP ? aa64_fcmp(x, in) : compare(x, in);
        }
        if (in->op == IR_AND)
            return test_and(x, cond, AA64_NE);
    }
    unsigned r = gen_in(g, cond);
    Aa64Cc c = { CC_ZERO, AA64_NE, (uint8_t)r, 0 };
    gen_out(g, cond, r);
    return c;
}

/* The same condition as flags. */
static Aa64Cc as_flags(Aa64Fast *x, Aa64Cc c)
{
    Aa64Cc f = { CC_FLAGS, c.cond, AA64_NV, 0 };
    if (c.kind == CC_ZERO)
        aa64_addi(&x->o, AA64_I_SUBS_I, c.arg, ZR, c.reg, 0);
    else if (c.kind == CC_BIT)
        aa64_logi(&x->o, AA64_I_ANDS_I, 1, ZR, c.reg, (uint64_t)1 << c.arg);
    else
        f = c;
    return f;
}

/* ---- branches ---- */

static uint64_t branch(Aa64Fast *x, Aa64Cc c, bool holds)
{
    unsigned cond = holds ? c.cond : c.cond ^ 1u;
    if (c.kind == CC_ZERO)
        return aa64_cb(&x->o, cond == AA64_EQ ? AA64_I_CBZ : AA64_I_CBNZ, c.arg, c.reg);
    if (c.kind == CC_BIT)
        return aa64_tb(&x->o, cond == AA64_EQ ? AA64_I_TBZ : AA64_I_TBNZ, c.reg, c.arg);
    return aa64_b_cond(&x->o, (Aa64Cond)cond);
}

/* tbz reaches 32 KiB, the others 1 MiB; in IR instructions what is short enough without doubt. */
enum { TB_SURE = 300, TB_BACK = 32000, COND_BACK = 0xffff0 };

static bool direct(const Aa64Fast *x, Aa64Cc c, uint32_t label)
{
    const Gen *g = &x->g;
    if (gen_placed(g, label))
        return x->o.b->n - g->blocks.p[label].offset < (c.kind == CC_BIT ? TB_BACK : COND_BACK);
    if (x->far == CODE_NEAR)
        return true;
    return x->far == CODE_FAR && (c.kind != CC_BIT || gen_ahead(g, label) <= TB_SURE);
}

static void branch_one(Aa64Fast *x, Aa64Cc c, bool holds, uint32_t label)
{
    if (direct(x, c, label)) {
        gen_branch_to(&x->g, branch(x, c, holds), label);
        return;
    }
    uint64_t at = branch(x, c, !holds);
    aa64_patch(&x->o, at, at + 8);
    aa64_jump_to(x, label);
}

void aa64_branch_if(Aa64Fast *x, Aa64Cc c, bool holds, uint32_t label)
{
    if (c.kind != CC_FLAGS || c.reg == AA64_NV) {
        branch_one(x, c, holds, label);
        return;
    }
    Aa64Cc one = { CC_FLAGS, c.cond, AA64_NV, 0 }, two = { CC_FLAGS, c.reg, AA64_NV, 0 };
    if (holds) {
        branch_one(x, one, true, label);
        branch_one(x, two, true, label);
        return;
    }
    /* Neither holds. */
    uint64_t at = branch(x, one, true);
    branch_one(x, two, false, label);
    aa64_patch(&x->o, at, x->o.b->n);
}

void aa64_cond_near(Aa64Fast *x, Aa64Cond c, uint32_t label)
{
    gen_branch_to(&x->g, aa64_b_cond(&x->o, c), label);
}

/* ---- values ---- */

/* Is i32 value r known to be 0 or 1? */
static bool is_bool(const Aa64Fast *x, IrRef r, unsigned depth)
{
    const Gen *g = &x->g;
    int64_t v;
    if (ir_is_int(g->f, r, &v))
        return v == 0 || v == 1;
    if (r <= 0)
        return false;
    const IrIns *in = gen_ins(g, (uint32_t)r);
    if (ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP)
        return true;
    if (in->op == IR_AND)
        return ir_is_int(g->f, in->b, &v) && v == 1;
    if (in->op != IR_PHI || !depth || in->b > 8)
        return false;
    for (int32_t k = 0; k < in->b; k++)
        if (!is_bool(x, g->f->ops.p[in->a + 2 * k + 1], depth - 1))
            return false;
    return true;
}

void aa64_cset(Aa64Fast *x, unsigned dst, Aa64Cond c)
{
    aa64_csel(&x->o, AA64_I_CSINC, 0, dst, ZR, ZR, (Aa64Cond)(c ^ 1u));
}

/* dst = 1 when c holds, else 0: flags, or a bit that is set. */
static void set(Aa64Fast *x, unsigned dst, Aa64Cc c)
{
    if (c.kind == CC_BIT) {
        aa64_bitfield(&x->o, AA64_I_UBFM, c.arg >= 32, dst, c.reg, c.arg, c.arg);
        return;
    }
    aa64_cset(x, dst, (Aa64Cond)c.cond);
    if (c.reg != AA64_NV)
        aa64_csel(&x->o, AA64_I_CSINC, 0, dst, dst, ZR, (Aa64Cond)(c.reg ^ 1u));
}

void aa64_cmp_value(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    int64_t v;
    if ((in->op == IR_EQ || in->op == IR_NE) && in->type == IR_I32 && ir_is_int(g->f, in->b, &v) && !v && is_bool(x, in->a, 3)) {
        aa64_bool(x, i, in->a, in->op == IR_EQ);
        return;
    }
    unsigned dst = gen_want(g, i);
    if (dst != GEN_NOREG)
        gen_unalias(g, dst, in->a, in->b);
    Aa64Cc c = ir_ops[in->op].class == IRC_FCMP ? aa64_fcmp(x, in) : compare(x, in);
    if (c.kind != CC_BIT || c.cond == AA64_EQ)
        c = as_flags(x, c);
    if (dst == GEN_NOREG)
        dst = gen_alloc(g, g->t->scratch[0]);
    set(x, dst, c);
    gen_def(g, i, dst, GV_CANON | GV_NONNEG);
}

/* ---- select ---- */

static bool is_const(const Aa64Fast *x, IrRef r, IrType t, int64_t v)
{
    int64_t k;
    return aa64_imm(x, r, t, &k) && k == v;
}

void aa64_select(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), rb, rc, dst;
    IrRef b = in->b, c = in->c;
    bool invert = false, flt = ir_is_float(t);
    Aa64Row row = flt ? AA64_I_FCSEL : AA64_I_CSEL;
    if (gen_dead_select(g, i, in))
        return;
    if (!flt && (is_const(x, b, t, 1) || is_const(x, b, t, -1)) && !is_const(x, c, t, 1) && !is_const(x, c, t, -1)) {
        b = in->c;
        c = in->b;
        invert = true;
    }
    rb = flt ? gen_in(g, b) : aa64_in(x, b);
    if (!flt && (is_const(x, c, t, 1) || is_const(x, c, t, -1))) {
        row = is_const(x, c, t, 1) ? AA64_I_CSINC : AA64_I_CSINV;
        rc = ZR;
    } else {
        rc = flt ? gen_in(g, c) : aa64_in(x, c);
    }
    Aa64Cc cc = as_flags(x, aa64_condition(x, in->a));
    bool two = cc.reg != AA64_NV;
    if (invert && two) {
        /* Both conditions must fail: one register of 0 or 1 instead. */
        aa64_csel(&x->o, AA64_I_CSINC, 0, X16, ZR, ZR, (Aa64Cond)(cc.cond ^ 1u));
        aa64_csel(&x->o, AA64_I_CSINC, 0, X16, X16, ZR, (Aa64Cond)(cc.reg ^ 1u));
        aa64_addi(&x->o, AA64_I_SUBS_I, 0, ZR, X16, 0);
        cc.cond = AA64_NE;
        two = false;
    }
    dst = two ? gen_alloc(g, gen_class(g, t)) : aa64_dst(x, i, b, rb, c, rc);
    aa64_csel(&x->o, row, size, dst, rb, rc, (Aa64Cond)(invert ? cc.cond ^ 1u : cc.cond));
    if (two) {
        aa64_csel(&x->o, flt ? AA64_I_FCSEL : AA64_I_CSEL, size, dst, rb, dst, (Aa64Cond)cc.reg);
        gen_out(g, b, rb);
        gen_out(g, c, rc);
    }
    gen_def(g, i, dst, GV_CANON);
}
