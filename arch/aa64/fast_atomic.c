/* fast_atomic: read-modify-write, compare-and-swap, fences: by one instruction where LSE has it, else by a loop of exclusive accesses. */
#include "arch/aa64/fast.h"

static unsigned address(Aa64Fast *x, IrRef r, Aa64Addr *a)
{
    unsigned t = gen_alloc(&x->g, x->g.t->scratch[0]);
    aa64_addr(x, r, 0, a);
    aa64_lea(x, t, a);
    aa64_addr_done(x, a);
    return t;
}

static unsigned order_of(const IrIns *in)
{
    return in->aux >> IR_MEM_ORDER_SHIFT & 7;
}

static bool acquires(unsigned order)
{
    return order == IR_ACQUIRE || order >= IR_ACQ_REL;
}

static bool releases(unsigned order)
{
    return order >= IR_RELEASE;
}

static Aa64Row load_row(unsigned order, unsigned log2)
{
    return (Aa64Row)((acquires(order) ? AA64_I_LDAXR_B : AA64_I_LDXR_B) + log2);
}

static Aa64Row store_row(unsigned order, unsigned log2)
{
    return (Aa64Row)((releases(order) ? AA64_I_STLXR_B : AA64_I_STXR_B) + log2);
}

/* x17 = old `op` b, of which the low bytes count; minima and maxima want b extended. */
static void combine(Aa64Fast *x, unsigned op, unsigned log2, unsigned old, unsigned b)
{
    static const uint16_t rows[] = { 0, AA64_I_ADD, AA64_I_SUB, AA64_I_AND, AA64_I_ORR, AA64_I_EOR, AA64_I_AND };
    static const uint8_t conds[] = { AA64_LT, AA64_GT, AA64_LO, AA64_HI };
    unsigned size = log2 == 3;
    if (op >= IR_RMW_SMIN) {
        unsigned from = old;
        if (log2 < 2 && op <= IR_RMW_SMAX)
            aa64_extend(x, IR_I32, from = X17, old, 1u << log2, true);
        aa64_r(&x->o, AA64_I_SUBS, size, ZR, from, b);
        aa64_csel(&x->o, AA64_I_CSEL, size, X17, from, b, (Aa64Cond)conds[op - IR_RMW_SMIN]);
        return;
    }
    aa64_r(&x->o, (Aa64Row)rows[op], size, X17, old, b);
    if (op == IR_RMW_NAND)
        aa64_r(&x->o, AA64_I_ORN, size, X17, ZR, X17);
}

/* The old value, zero-extended so far, as the operation says. */
static void define(Aa64Fast *x, uint32_t i, const IrIns *in, unsigned dst)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    if (size < ir_type_size(in->type) && (in->aux & IR_MEM_SIGNED))
        aa64_extend(x, (IrType)in->type, dst, dst, size, true);
    gen_def(&x->g, i, dst, GV_CANON);
}

/* LSE's rows: none, A, L, AL, each B, H, W, X. */
static unsigned lse(unsigned row, unsigned order, unsigned log2)
{
    return row + 4 * ((acquires(order) ? 1u : 0) + (releases(order) ? 2u : 0)) + log2;
}

/* By one instruction, into dst; x17 changes. */
static bool by_lse(Aa64Fast *x, const IrIns *in, unsigned at, unsigned rb, unsigned dst)
{
    static const uint16_t rows[IR_RMWS] = { AA64_I_SWP_B, AA64_I_LDADD_B, AA64_I_LDADD_B, AA64_I_LDCLR_B, AA64_I_LDSET_B, AA64_I_LDEOR_B,
                                            0, AA64_I_LDSMIN_B, AA64_I_LDSMAX_B, AA64_I_LDUMIN_B, AA64_I_LDUMAX_B };
    unsigned log2 = in->aux & IR_MEM_SIZE, from = rb;
    if (!(x->o.features & AA64_X_LSE) || in->c == IR_RMW_NAND)
        return false;
    if (in->c == IR_RMW_SUB)
        aa64_r(&x->o, AA64_I_SUB, log2 == 3, from = X17, ZR, rb);
    else if (in->c == IR_RMW_AND)
        aa64_r(&x->o, AA64_I_ORN, log2 == 3, from = X17, ZR, rb);
    aa64_excl(&x->o, (Aa64Row)lse(rows[in->c], order_of(in), log2), from, dst, at);
    return true;
}

static void rmw(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned log2 = in->aux & IR_MEM_SIZE, order = order_of(in), at, rb, dst, b;
    Aa64Addr a;
    at = address(x, in->a, &a);
    rb = aa64_in(x, in->b);
    b = rb;
    dst = gen_alloc(g, g->t->scratch[0]);
    if (!by_lse(x, in, at, rb, dst)) {
        bool narrow = log2 < 2 && in->c >= IR_RMW_SMIN;
        if (narrow)
            aa64_extend(x, IR_I32, b = gen_alloc(g, g->t->scratch[0]), rb, 1u << log2, in->c <= IR_RMW_SMAX);
        uint64_t again = x->o.b->n;
        aa64_excl(&x->o, load_row(order, log2), 0, dst, at);
        if (in->c != IR_RMW_XCHG)
            combine(x, (unsigned)in->c, log2, dst, b);
        aa64_excl(&x->o, store_row(order, log2), X16, in->c == IR_RMW_XCHG ? b : X17, at);
        aa64_patch(&x->o, aa64_cb(&x->o, AA64_I_CBNZ, 0, X16), again);
        if (narrow)
            gen_free(g, b);
    }
    gen_free(g, at);
    gen_out(g, in->b, rb);
    define(x, i, in, dst);
}

static void cas(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned log2 = in->aux & IR_MEM_SIZE, order = order_of(in), at, rb, rc, dst, bit = GEN_NOREG, expected;
    uint32_t proj = i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i ? i + 1 : 0;
    Aa64Addr a;
    at = address(x, in->a, &a);
    rb = aa64_in(x, in->b);
    rc = aa64_in(x, in->c);
    dst = gen_alloc(g, g->t->scratch[0]);
    if (proj)
        bit = gen_alloc(g, g->t->scratch[0]);
    expected = rb;
    if (log2 < 2)
        aa64_extend(x, IR_I32, expected = X17, rb, 1u << log2, false);
    if (x->o.features & AA64_X_LSE) {
        aa64_move(x, log2 == 3 ? IR_I64 : IR_I32, dst, expected);
        aa64_excl(&x->o, (Aa64Row)lse(AA64_I_CAS_B, order, log2), dst, rc, at);
        aa64_r(&x->o, AA64_I_SUBS, log2 == 3, ZR, dst, expected);
    } else {
        uint64_t again = x->o.b->n, out;
        aa64_excl(&x->o, load_row(order, log2), 0, dst, at);
        aa64_r(&x->o, AA64_I_SUBS, log2 == 3, ZR, dst, expected);
        out = aa64_b_cond(&x->o, AA64_NE);
        aa64_excl(&x->o, store_row(order, log2), X16, rc, at);
        aa64_patch(&x->o, aa64_cb(&x->o, AA64_I_CBNZ, 0, X16), again);
        aa64_patch(&x->o, out, x->o.b->n);
    }
    if (proj)
        aa64_cset(x, bit, AA64_EQ);
    gen_free(g, at);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    define(x, i, in, dst);
    if (proj) {
        gen_consume(g, (IrRef)i);
        gen_def(g, proj, bit, GV_CANON | GV_NONNEG);
    }
}

/* A fence that only acquires orders loads before it with what follows. */
static void fence(Aa64Fast *x, unsigned order)
{
    Aa64Ins i = { 0 };
    i.row = AA64_I_DMB;
    i.imm = order == IR_ACQUIRE ? 9 : 11; /* ishld, ish */
    if (order > IR_RELAXED)
        aa64_ins(&x->o, &i);
}

void aa64_atomic(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    if (in->op == IR_RMW)
        rmw(x, i, in);
    else if (in->op == IR_CAS)
        cas(x, i, in);
    else
        fence(x, order_of(in));
}
