/* fast_cmp: compares, the flags they leave, and select. A compare whose only use directly follows it has no code of its own: br and
 * select ask x64_flags for flags and a condition. */
#include "arch/x64/fast.h"

static const uint8_t int_cc[] = { X64_E, X64_NE, X64_L, X64_GE, X64_LE, X64_G, X64_B, X64_AE, X64_BE, X64_A };
/* The same relation with the operands exchanged. */
static const uint8_t swapped[] = { X64_E, X64_NE, X64_G, X64_LE, X64_GE, X64_L, X64_A, X64_BE, X64_AE, X64_B };
/* A signed relation between numbers known not to be negative. */
static const uint8_t unsigned_cc[] = { X64_E, X64_NE, X64_B, X64_AE, X64_BE, X64_A, X64_B, X64_AE, X64_BE, X64_A };

static bool int_const(const X64Fast *x, IrRef r, unsigned w, int64_t *v)
{
    const IrConst *k;
    if (r >= 0)
        return false;
    k = ir_const(x->g.f, r);
    if (k->kind != IR_C_INT)
        return false;
    *v = w == 4 ? (int32_t)k->v : k->v;
    return bits_fits_s(*v, 32);
}

static bool load_operand(const X64Fast *x, IrRef r)
{
    return gen_deferred(&x->g, r) && gen_is(&x->g, r, IR_LOAD);
}

static void load_addr(X64Fast *x, IrRef r, X64Addr *a)
{
    const IrIns *in = gen_ins(&x->g, (uint32_t)r);
    x->g.vals[r].uses--;
    x64_addr(x, in->a, in->c, a);
}

static unsigned load_size(const X64Fast *x, IrRef r)
{
    return 1u << (gen_ins(&x->g, (uint32_t)r)->aux & IR_MEM_SIZE);
}

/* test for `and` value r, deferred, against zero. */
static void test_and(X64Fast *x, IrRef r)
{
    Gen *g = &x->g;
    const IrIns *in = gen_ins(g, (uint32_t)r);
    IrRef a = in->a, b = in->b;
    unsigned w = x64_width((IrType)in->type), ra, rb;
    int64_t v;
    g->vals[r].uses = 0;
    if (ir_is_const(a)) {
        IrRef t = a;
        a = b;
        b = t;
    }
    if (int_const(x, b, w, &v)) {
        if (load_operand(x, a)) {
            X64Addr m;
            unsigned size = load_size(x, a);
            load_addr(x, a, &m);
            x64_mi(&x->o, X64_I_TEST_MI, size, &m.m, size == 1 ? (int8_t)v : size == 2 ? (int16_t)v : v);
            x64_addr_done(x, &m);
            return;
        }
        ra = gen_in(g, a);
        if (w == 8 && bits_fits_u((uint64_t)v, 31))
            w = 4;
        if (bits_fits_u((uint64_t)v, 7))
            w = 1;
        if (ra == RAX)
            x64_ri(&x->o, X64_I_TEST_I, w, RAX, v);
        else
            x64_ri(&x->o, X64_I_TEST_MI, w, ra, v);
        gen_out(g, a, ra);
        return;
    }
    ra = gen_in(g, a);
    rb = gen_in(g, b);
    x64_rr(&x->o, X64_I_TEST_MR, w, rb, ra);
    gen_out(g, a, ra);
    gen_out(g, b, rb);
}

/* Flags for deferred r against zero: and, narrow extensions, loads. */
static bool against_zero(X64Fast *x, IrRef r)
{
    Gen *g = &x->g;
    const IrIns *in;
    unsigned ra;
    if (!gen_deferred(g, r))
        return false;
    in = gen_ins(g, (uint32_t)r);
    switch (in->op) {
    case IR_AND:
        test_and(x, r);
        return true;
    case IR_SEXT8: case IR_ZEXT8: case IR_SEXT16: case IR_ZEXT16:
        g->vals[r].uses = 0;
        ra = gen_in(g, in->a);
        x64_rr(&x->o, X64_I_TEST_MR, in->op == IR_SEXT8 || in->op == IR_ZEXT8 ? 1 : 2, ra, ra);
        gen_out(g, in->a, ra);
        return true;
    case IR_LOAD: {
        X64Addr m;
        unsigned size = load_size(x, r);
        load_addr(x, r, &m);
        x64_mi(&x->o, size == 1 ? ALU(X64_I_CMP_MI8, MI) : ALU(X64_I_CMP_MI8, MI8), size, &m.m, 0);
        x64_addr_done(x, &m);
        return true;
    }
    default:
        return false;
    }
}

/* cmp for integer compare `in`; consumes its operands. */
static unsigned compare(X64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a, b = in->b;
    unsigned w = x64_width((IrType)in->type), ra, rb, k = in->op - IR_EQ;
    const uint8_t *cc = int_cc;
    int64_t v;
    X64Addr m;
    if (ir_is_const(a) && !ir_is_const(b)) {
        IrRef t = a;
        a = b;
        b = t;
        cc = swapped;
    }
    if (int_const(x, b, w, &v)) {
        if (!v && k < 2 && against_zero(x, a))
            return cc[k];
        if (load_operand(x, a)) {
            unsigned size = load_size(x, a);
            if (size < w && !(gen_ins(g, (uint32_t)a)->aux & IR_MEM_SIGNED))
                cc = unsigned_cc;
            load_addr(x, a, &m);
            v = size == 1 ? (int8_t)v : size == 2 ? (int16_t)v : v;
            x64_mi(&x->o, size != 1 && bits_fits_s(v, 8) ? ALU(X64_I_CMP_MI8, MI8) : ALU(X64_I_CMP_MI8, MI), size, &m.m, v);
            x64_addr_done(x, &m);
            return cc[k];
        }
        ra = gen_in(g, a);
        if (!v)
            x64_rr(&x->o, X64_I_TEST_MR, w, ra, ra);
        else
            x64_alu_ri(x, X64_I_CMP_MI8, w, ra, v);
        gen_out(g, a, ra);
        gen_consume(g, b);
        return cc[k];
    }
    if (load_operand(x, b) && load_size(x, b) == w) {
        ra = gen_in(g, a);
        load_addr(x, b, &m);
        x64_rm(&x->o, ALU(X64_I_CMP_MI8, RM), w, ra, &m.m);
        x64_addr_done(x, &m);
        gen_out(g, a, ra);
        return cc[k];
    }
    if (load_operand(x, a) && load_size(x, a) == w) {
        rb = gen_in(g, b);
        load_addr(x, a, &m);
        x64_rm(&x->o, ALU(X64_I_CMP_MI8, MR), w, rb, &m.m);
        x64_addr_done(x, &m);
        gen_out(g, b, rb);
        return cc[k];
    }
    ra = gen_in(g, a);
    rb = gen_in(g, b);
    x64_rr(&x->o, ALU(X64_I_CMP_MI8, MR), w, rb, ra);
    gen_out(g, a, ra);
    gen_out(g, b, rb);
    return cc[k];
}

static X64Cc compare_any(X64Fast *x, const IrIns *in)
{
    X64Cc c = { 0, CC_PLAIN };
    if (ir_ops[in->op].class == IRC_FCMP)
        return x64_fcmp(x, in);
    c.cc = (uint8_t)compare(x, in);
    return c;
}

X64Cc x64_flags(X64Fast *x, IrRef cond)
{
    Gen *g = &x->g;
    X64Cc c = { X64_NE, CC_PLAIN };
    if (gen_deferred(g, cond)) {
        const IrIns *in = gen_ins(g, (uint32_t)cond);
        if (ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP) {
            g->vals[cond].uses = 0;
            return compare_any(x, in);
        }
    }
    if (against_zero(x, cond))
        return c;
    unsigned r = gen_in(g, cond);
    x64_rr(&x->o, X64_I_TEST_MR, 4, r, r);
    gen_out(g, cond, r);
    return c;
}

void x64_cmp_value(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    (void)in;
    X64Cc c = compare_any(x, gen_ins(g, i));
    unsigned want = gen_want(g, i), dst;
    if (want != GEN_NOREG)
        gen_unalias(g, dst = want, 0, 0);
    else
        dst = gen_alloc(g, g->t->scratch[0]);
    x64_setcc(&x->o, c.cc, dst);
    if (c.parity) {
        unsigned t = gen_alloc(g, g->t->scratch[0]);
        x64_setcc(&x->o, c.parity == CC_AND_NP ? X64_NP : X64_P, t);
        x64_rr(&x->o, c.parity == CC_AND_NP ? ALU(X64_I_AND_MI8, MR) : ALU(X64_I_OR_MI8, MR), 4, t, dst);
        gen_free(g, t);
    }
    x64_rr(&x->o, X64_I_MOVZX8_RM, 4, dst, dst);
    gen_def(g, i, dst, GV_CANON | GV_NONNEG);
}

/* Are the registers of r's compare operands brought up, so that x64_flags emits nothing but the compare? */
static void settle(X64Fast *x, IrRef r)
{
    Gen *g = &x->g;
    if (r > 0 && !gen_deferred(g, r)) {
        unsigned reg = gen_in(g, r);
        gen_unlock(g, reg);
    }
}

void x64_select_op(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    IrType t = (IrType)in->type;
    unsigned w = x64_width(t), rb, rc, dst;
    X64Cc cc;
    if (gen_dead_select(g, i, in))
        return;
    rb = gen_in(g, in->b);
    rc = gen_in(g, in->c);
    dst = gen_alloc(g, gen_class(g, t));
    if (ir_is_float(t)) {
        uint32_t skip = gen_label(g), done = gen_label(g);
        cc = x64_flags(x, in->a);
        /* dst = c unless the condition holds. */
        if (cc.parity == CC_AND_NP)
            x64_jcc_to(x, X64_P, done);
        x64_jcc_to(x, cc.cc, skip);
        if (cc.parity == CC_OR_P)
            x64_jcc_to(x, X64_P, skip);
        gen_place(g, done);
        x64_mov(x, w, dst, rc);
        uint32_t end = gen_label(g);
        x64_jump_to(x, end);
        gen_place(g, skip);
        x64_mov(x, w, dst, rb);
        gen_place(g, end);
    } else {
        if (gen_deferred(g, in->a)) {
            settle(x, gen_ins(g, (uint32_t)in->a)->a);
            settle(x, gen_ins(g, (uint32_t)in->a)->b);
        }
        cc = x64_flags(x, in->a);
        /* Moves leave the flags alone. */
        x64_mov(x, w, dst, rc);
        if (cc.parity == CC_AND_NP) {
            uint32_t skip = gen_label(g);
            x64_jcc_to(x, X64_P, skip);
            x64_cmovcc(&x->o, cc.cc, w, dst, rb);
            gen_place(g, skip);
        } else {
            x64_cmovcc(&x->o, cc.cc, w, dst, rb);
            if (cc.parity == CC_OR_P)
                x64_cmovcc(&x->o, X64_P, w, dst, rb);
        }
    }
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, GV_CANON);
}
