/* fast_mem: addresses, loads, stores, block copies and fills. An address operand folds what is deferred behind it: constants of
 * every kind and add of an immediate. */
#include "arch/rv64/fast.h"

/* ---- addresses ---- */

static void hold(Rv64Fast *x, RvAddr *a, IrRef r, bool consume)
{
    unsigned reg = gen_in(&x->g, r);
    a->base = a->reg = (uint8_t)reg;
    if (r > 0 && consume)
        x->g.vals[r].uses--;
    a->ref = r > 0 && !consume ? 0 : r;
}

static void constant_base(Rv64Fast *x, IrRef r, RvAddr *a)
{
    Gen *g = &x->g;
    const IrConst *k = ir_const(g->f, r);
    switch (k->kind) {
    case IR_C_SLOT:
        a->base = x->frame_reg;
        a->disp += gen_slot_off(g, k->id) + k->v;
        return;
    case IR_C_INARG:
        a->base = S0;
        a->disp += (int64_t)x->va + k->v;
        return;
    case IR_C_INT:
        if (bits_fits_s(k->v + a->disp, 12)) {
            a->base = ZERO;
            a->disp += k->v;
            return;
        }
        break;
    case IR_C_SYM: {
        const IrSym *s = &g->f->unit->syms.p[k->id];
        if (!(s->flags & IR_SYM_TLS) && bits_fits_s(k->v + a->disp, 31) &&
            ((s->flags & IR_SYM_LOCAL) || (!x->job->pic && !(s->flags & IR_SYM_WEAK)))) {
            a->sym = s->obj;
            a->disp += k->v;
            return;
        }
        break;
    }
    default:
        break;
    }
    hold(x, a, r, true);
}

void rv64_addr(Rv64Fast *x, IrRef r, int64_t off, RvAddr *a)
{
    Gen *g = &x->g;
    bool consume = true;
    memset(a, 0, sizeof *a);
    a->reg = GEN_NOREG;
    a->disp = off;
    while (r > 0 && gen_deferred(g, r)) {
        const IrIns *in = gen_ins(g, (uint32_t)r);
        if (in->op == IR_INDEX) {
            /* Deferred for one use, which is this. */
            RvAddr under;
            g->vals[r].flags &= (uint16_t)~GV_DEFER;
            g->vals[r].uses = 0;
            rv64_addr(x, in->a, 0, &under);
            a->disp += under.disp;
            a->base = a->reg = (uint8_t)rv64_indexed(x, in, under.base);
            a->ref = INT32_MIN;    /* a temporary */
            rv64_addr_done(x, &under);
            return;
        }
        a->disp += ir_const(g->f, in->b)->v;
        consume = consume && --g->vals[r].uses == 0;
        r = in->a;
    }
    if (r < 0)
        constant_base(x, r, a);
    else
        hold(x, a, r, consume);
}

void rv64_addr_done(Rv64Fast *x, RvAddr *a)
{
    Gen *g = &x->g;
    if (a->reg == GEN_NOREG)
        return;
    if (a->ref < 0) {
        gen_free(g, a->reg);
    } else {
        gen_unlock(g, a->reg);
        if (a->ref > 0 && !g->vals[a->ref].uses)
            gen_release(g, (uint32_t)a->ref);
    }
    a->reg = GEN_NOREG;
}

/* base + disp as t6 + low 12 bits. */
static int64_t far_base(Rv64Fast *x, const RvAddr *a)
{
    int64_t low = bits_sext((uint64_t)a->disp & 0xfff, 12);
    rv64_li(&x->o, T6, a->disp - low);
    rv64_r(&x->o, RV64_I_ADD, T6, a->base, T6);
    return low;
}

void rv64_load_from(Rv64Fast *x, Rv64Row row, unsigned dst, const RvAddr *a)
{
    if (a->sym) {
        rv64_address(x, row, dst, dst < F0 && dst ? dst : T6, a->sym, a->disp);
    } else if (bits_fits_s(a->disp, 12)) {
        rv64_i(&x->o, row, dst, a->base, a->disp);
    } else {
        int64_t low = far_base(x, a);
        rv64_i(&x->o, row, dst, T6, low);
    }
}

void rv64_store_to(Rv64Fast *x, Rv64Row row, unsigned src, const RvAddr *a)
{
    if (a->sym) {
        rv64_address(x, row, src, T6, a->sym, a->disp);
    } else if (bits_fits_s(a->disp, 12)) {
        rv64_s(&x->o, row, src, a->base, a->disp);
    } else {
        int64_t low = far_base(x, a);
        rv64_s(&x->o, row, src, T6, low);
    }
}

void rv64_lea(Rv64Fast *x, unsigned dst, const RvAddr *a)
{
    if (a->sym)
        rv64_address(x, RV64_I_ADDI, dst, dst, a->sym, a->disp);
    else if (a->disp || a->base != dst)
        rv64_add_imm(x, dst, a->base, a->disp);
}

void rv64_near(Rv64Fast *x, RvAddr *a, unsigned t, uint64_t n)
{
    if (!a->sym && bits_fits_s(a->disp, 12) && bits_fits_s(a->disp + (int64_t)n, 12))
        return;
    rv64_lea(x, t, a);
    a->sym = 0;
    a->disp = 0;
    a->base = (uint8_t)t;
}

/* ---- loads ---- */

static Rv64Row load_row(const IrIns *in)
{
    static const uint16_t rows[2][4] = { { RV64_I_LBU, RV64_I_LHU, RV64_I_LWU, RV64_I_LD },
                                         { RV64_I_LB, RV64_I_LH, RV64_I_LW, RV64_I_LD } };
    unsigned size = in->aux & IR_MEM_SIZE;
    if (ir_is_float(in->type))
        return size == 3 ? RV64_I_FLD : RV64_I_FLW;
    return (Rv64Row)rows[(in->aux & IR_MEM_SIGNED) || (in->type == IR_I32 && size == 2)][size];
}

static Rv64Row store_row(unsigned size, bool is_float)
{
    static const uint16_t rows[4] = { RV64_I_SB, RV64_I_SH, RV64_I_SW, RV64_I_SD };
    return is_float ? (size == 3 ? RV64_I_FSD : RV64_I_FSW) : (Rv64Row)rows[size];
}

enum { FENCE_R = 2, FENCE_W = 1, FENCE_RW = 3 };

void rv64_load(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(g, in->a, in->c, &s), size = 1u << (in->aux & IR_MEM_SIZE);
    unsigned order = in->aux >> IR_MEM_ORDER_SHIFT & 7;
    if (pin != GEN_NOREG) {
        if (gen_dead(g, i))
            return;
        if (size < ir_type_size(in->type) && s->mixed) {
            unsigned dst = rv64_dst(x, i, 0, 0, 0, 0);
            rv64_extend(x, dst, pin, size, (in->aux & IR_MEM_SIGNED) != 0);
            gen_def(g, i, dst, 0);
            return;
        }
        gen_def_alias(g, i, pin, 0);
        return;
    }
    if (gen_dead(g, i) && !(in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS)) && order <= IR_RELAXED) {
        gen_consume(g, in->a);
        return;
    }
    RvAddr a;
    /* Table A.6 of the manual: seq_cst loads behind a full fence, acquire before one. */
    if (order == IR_SEQ_CST)
        rv64_fence(&x->o, FENCE_RW, FENCE_RW);
    rv64_addr(x, in->a, in->c, &a);
    unsigned want = gen_want(g, i);
    if (want != GEN_NOREG)
        gen_unalias(g, want, 0, 0);
    rv64_addr_done(x, &a);
    unsigned dst = want != GEN_NOREG ? want : gen_alloc(g, gen_class(g, (IrType)in->type));
    rv64_load_from(x, load_row(in), dst, &a);
    if (order == IR_SEQ_CST || order == IR_ACQUIRE)
        rv64_fence(&x->o, FENCE_R, FENCE_RW);
    gen_def(g, i, dst, 0);
}

/* ---- stores ---- */

void rv64_store(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    (void)i;
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(&x->g, in->a, in->c, &s), r, order = in->aux >> IR_MEM_ORDER_SHIFT & 7, size = in->aux & IR_MEM_SIZE;
    const IrConst *k = in->b < 0 ? ir_const(g->f, in->b) : NULL;
    bool is_float = ir_is_float(in->type);
    RvAddr a;
    if (pin != GEN_NOREG) {
        gen_store_pinned(g, in, pin, s);
        return;
    }
    if (k && k->kind == IR_C_FLT && !k->v)
        r = ZERO, is_float = false;
    else
        r = rv64_in(x, in->b);
    rv64_addr(x, in->a, in->c, &a);
    if (order == IR_SEQ_CST || order == IR_RELEASE)
        rv64_fence(&x->o, FENCE_RW, FENCE_W);
    rv64_store_to(x, store_row(size, is_float), r, &a);
    if (order == IR_SEQ_CST)
        rv64_fence(&x->o, FENCE_RW, FENCE_RW);
    rv64_addr_done(x, &a);
    gen_out(g, in->b, r);
}

/* ---- blocks of bytes ---- */

static RvAddr plus(RvAddr a, uint64_t off)
{
    a.disp += (int64_t)off;
    return a;
}

static const uint16_t zload[4] = { RV64_I_LBU, RV64_I_LHU, RV64_I_LWU, RV64_I_LD };
enum { INLINE_MOVES = 12 };

/* Both near. Widths follow the alignment, for misaligned accesses may trap to the kernel. */
static void copy_inline(Rv64Fast *x, RvAddr dst, RvAddr src, uint64_t n, unsigned log2, unsigned t)
{
    for (uint64_t off = 0; off < n;) {
        unsigned k = log2;
        while (((uint64_t)1 << k) > n - off)
            k--;
        RvAddr s = plus(src, off), d = plus(dst, off);
        rv64_load_from(x, (Rv64Row)zload[k], t, &s);
        rv64_store_to(x, store_row(k, false), t, &d);
        off += (uint64_t)1 << k;
    }
}

void rv64_copy_block(Rv64Fast *x, RvAddr dst, RvAddr src, uint64_t n, unsigned log2)
{
    Gen *g = &x->g;
    uint64_t all = g->t->scratch[0];
    unsigned d = gen_alloc(g, all), s = gen_alloc(g, all), e;
    if (log2 > 3)
        log2 = 3;
    if (n >> log2 <= INLINE_MOVES) {
        rv64_near(x, &dst, d, n);
        rv64_near(x, &src, s, n);
        /* A register that was taken for an address and not needed has shorter forms than t5. */
        copy_inline(x, dst, src, n, log2, src.base != s ? s : dst.base != d ? d : T5);
    } else {
        unsigned step = 4u << log2;
        uint64_t bulk = n / step * step;
        uint32_t again = gen_label(g);
        e = gen_alloc(g, all);
        rv64_lea(x, d, &dst);
        rv64_lea(x, s, &src);
        rv64_add_imm(x, e, s, (int64_t)bulk);
        gen_place(g, again);
        for (int k = 0; k < 4; k += 2) {
            rv64_i(&x->o, (Rv64Row)zload[log2], T5, s, (int64_t)k << log2);
            rv64_i(&x->o, (Rv64Row)zload[log2], T6, s, ((int64_t)k + 1) << log2);
            rv64_s(&x->o, store_row(log2, false), T5, d, (int64_t)k << log2);
            rv64_s(&x->o, store_row(log2, false), T6, d, ((int64_t)k + 1) << log2);
        }
        rv64_i(&x->o, RV64_I_ADDI, s, s, step);
        rv64_i(&x->o, RV64_I_ADDI, d, d, step);
        rv64_branch_near(x, RV64_I_BNE, s, e, again);
        copy_inline(x, rv64_at(d, 0), rv64_at(s, 0), n - bulk, log2, T5);
        gen_free(g, e);
    }
    gen_free(g, d);
    gen_free(g, s);
}

void rv64_copy(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    (void)i;
    RvAddr d, s;
    rv64_addr(x, in->a, 0, &d);
    rv64_addr(x, in->b, 0, &s);
    if (in->c)
        rv64_copy_block(x, d, s, (uint32_t)in->c, in->aux >> IR_MEM_ALIGN_SHIFT & 15);
    rv64_addr_done(x, &s);
    rv64_addr_done(x, &d);
}

void rv64_fill(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    (void)i;
    uint64_t n = (uint32_t)in->c, all = g->t->scratch[0];
    unsigned log2 = in->aux >> IR_MEM_ALIGN_SHIFT & 15, pattern = ZERO, t = gen_alloc(g, all);
    int64_t v;
    RvAddr d;
    if (log2 > 3)
        log2 = 3;
    if (ir_is_int(g->f, in->b, &v)) {
        if (v & 255)
            rv64_li(&x->o, pattern = T5, (int64_t)((uint64_t)(v & 255) * 0x0101010101010101u));
    } else {
        unsigned rb = gen_in(g, in->b);
        rv64_i(&x->o, RV64_I_ANDI, T5, rb, 255);
        for (unsigned k = 8; k < 8u << log2; k *= 2) {
            rv64_i(&x->o, RV64_I_SLLI, T6, T5, k);
            rv64_r(&x->o, RV64_I_OR, T5, T5, T6);
        }
        pattern = T5;
        gen_out(g, in->b, rb);
    }
    rv64_addr(x, in->a, 0, &d);
    if (n >> log2 <= INLINE_MOVES) {
        rv64_near(x, &d, t, n);
    } else {
        uint64_t bulk = n >> log2 << log2;
        uint32_t again = gen_label(g);
        unsigned e = gen_alloc(g, all);
        rv64_lea(x, t, &d);
        rv64_add_imm(x, e, t, (int64_t)bulk);
        gen_place(g, again);
        rv64_s(&x->o, store_row(log2, false), pattern, t, 0);
        rv64_i(&x->o, RV64_I_ADDI, t, t, 1 << log2);
        rv64_branch_near(x, RV64_I_BNE, t, e, again);
        gen_free(g, e);
        RvAddr tail = rv64_at(t, 0);
        tail.ref = d.ref;
        tail.reg = d.reg;
        d = tail;
        n -= bulk;
    }
    for (uint64_t off = 0; off < n;) {
        unsigned k = log2;
        while (((uint64_t)1 << k) > n - off)
            k--;
        RvAddr at = plus(d, off);
        rv64_store_to(x, store_row(k, false), pattern, &at);
        off += (uint64_t)1 << k;
    }
    rv64_addr_done(x, &d);
    gen_free(g, t);
}
