/* fast_mem: addresses, loads, stores, block copies and fills. An address operand folds what is deferred behind it: constants of
 * every kind, add of an immediate or a register, index, an extension of the counter. */
#include "arch/aa64/fast.h"

/* ---- addresses ---- */

static void constant_base(Aa64Fast *x, IrRef r, Aa64Addr *a)
{
    Gen *g = &x->g;
    const IrConst *k = ir_const(g->f, r);
    switch (k->kind) {
    case IR_C_SLOT:
        a->base = x->frame_reg;
        a->disp += gen_slot_off(g, k->id) + k->v;
        return;
    case IR_C_INARG:
        a->base = FP;
        a->disp += (int64_t)x->top + k->v;
        return;
    case IR_C_SYM: {
        const IrSym *s = &g->f->unit->syms.p[k->id];
        if (a->index == GEN_NOREG && !(s->flags & IR_SYM_TLS) && bits_fits_s(k->v + a->disp, 31) &&
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
    a->base = (uint8_t)gen_in(g, r);
    gen_hold(g, &a->held, r, a->base, true);
}

/* The counter of an address, behind an extension that waits. */
static void index_by(Aa64Fast *x, IrRef r, unsigned shift, bool consume, Aa64Addr *a)
{
    Gen *g = &x->g;
    a->extend = AA64_UXTX;
    if (aa64_folds(x, r, IR_SEXT32) || aa64_folds(x, r, IR_ZEXT32)) {
        const IrIns *in = gen_ins(g, (uint32_t)r);
        a->extend = in->op == IR_SEXT32 ? AA64_SXTW : AA64_UXTW;
        consume = consume && --g->vals[r].uses == 0;
        r = in->a;
    }
    a->index = (uint8_t)gen_in(g, r);
    a->shift = (uint8_t)shift;
    gen_hold(g, &a->held, r, a->index, consume);
}

void aa64_addr(Aa64Fast *x, IrRef r, int64_t off, Aa64Addr *a)
{
    Gen *g = &x->g;
    bool consume = true;
    *a = aa64_at(GEN_NOREG, off);
    while (r > 0 && gen_deferred(g, r)) {
        const IrIns *in = gen_ins(g, (uint32_t)r);
        int64_t v;
        if (in->op == IR_ADD && aa64_imm(x, in->b, IR_I64, &v)) {
            a->disp += v;
        } else if (in->op == IR_ADD && a->index == GEN_NOREG) {
            bool swap = in->b < 0 || (gen_deferred(g, in->a) && (gen_is(g, in->a, IR_SEXT32) || gen_is(g, in->a, IR_ZEXT32)));
            consume = consume && --g->vals[r].uses == 0;
            index_by(x, swap ? in->a : in->b, 0, consume, a);
            r = swap ? in->b : in->a;
            continue;
        } else if (in->op == IR_INDEX && a->index == GEN_NOREG) {
            consume = consume && --g->vals[r].uses == 0;
            index_by(x, in->b, gen_ctz((uint64_t)in->c), consume, a);
            r = in->a;
            continue;
        } else {
            break;
        }
        consume = consume && --g->vals[r].uses == 0;
        r = in->a;
    }
    if (r < 0) {
        constant_base(x, r, a);
        return;
    }
    a->base = (uint8_t)gen_in(g, r);
    gen_hold(g, &a->held, r, a->base, consume);
}

void aa64_addr_done(Aa64Fast *x, Aa64Addr *a)
{
    gen_held_out(&x->g, &a->held);
}

/* dst = base + index. */
static void sum(Aa64Fast *x, unsigned dst, const Aa64Addr *a)
{
    if (a->extend == AA64_UXTX && a->base != SP)
        aa64_shifted(&x->o, AA64_I_ADD, 1, dst, a->base, a->index, AA64_LSL, a->shift);
    else
        aa64_extended(&x->o, AA64_I_ADD_E, dst, a->base, a->index, a->extend, a->shift);
}

/* What is far of base + disp in x16, so that row reaches the rest, which is given back. */
static int64_t far_base(Aa64Fast *x, Aa64Row row, unsigned base, int64_t disp)
{
    int64_t low = disp & 4095, high = disp - low;
    if (disp > 0 && disp >> 24 == 0 && aa64_mem_fits(row, low)) {
        aa64_addi(&x->o, AA64_I_ADD_I, 1, X16, base, (uint64_t)high);
        return low;
    }
    aa64_add_imm(x, 1, X16, base, disp);
    return 0;
}

static bool is_load(unsigned row)
{
    switch (row) {
    case AA64_I_STR_B: case AA64_I_STR_H: case AA64_I_STR_W: case AA64_I_STR_X: case AA64_I_STR_FS: case AA64_I_STR_FD: case AA64_I_STR_FQ:
        return false;
    default:
        return true;
    }
}

static Aa64Row pair_row(unsigned row)
{
    switch (row) {
    case AA64_I_LDR_W: return AA64_I_LDP_W;
    case AA64_I_LDR_X: return AA64_I_LDP_X;
    case AA64_I_LDR_FS: return AA64_I_LDP_FS;
    case AA64_I_LDR_FD: return AA64_I_LDP_FD;
    case AA64_I_STR_W: return AA64_I_STP_W;
    case AA64_I_STR_X: return AA64_I_STP_X;
    case AA64_I_STR_FS: return AA64_I_STP_FS;
    case AA64_I_STR_FD: return AA64_I_STP_FD;
    default: return AA64_I_NONE;
    }
}

/* Two accesses in a row to neighbours become one of a pair. Labels inside a block stand behind branches only. */
static bool near_access(Aa64Fast *x, Aa64Row row, unsigned reg, unsigned base, int64_t disp, bool alone)
{
    Aa64Last *l = &x->last;
    Aa64Row pair = alone || x->mode == FRAME_UNIT ? AA64_I_NONE : pair_row(row);
    int64_t step = (int64_t)1 << aa64_mem_log2(row);
    if (pair && l->end == x->o.b->n && l->block == x->g.block && l->row == row && l->base == base &&
        (disp == l->disp + step || disp == l->disp - step) && aa64_pair_fits(pair, disp < l->disp ? disp : l->disp) &&
        !(is_load(row) && (l->reg == reg || l->reg == base))) {
        bool below = disp < l->disp;
        x->o.b->n -= 4;
        aa64_pair(&x->o, pair, below ? reg : l->reg, below ? l->reg : reg, base, below ? disp : l->disp, 0);
        l->end = 0;
        return true;
    }
    if (!aa64_mem(&x->o, row, reg, base, disp))
        return false;
    l->end = pair ? x->o.b->n : 0;
    l->disp = disp;
    l->block = x->g.block;
    l->row = (uint16_t)row;
    l->reg = (uint8_t)reg;
    l->base = (uint8_t)base;
    return true;
}

static void access(Aa64Fast *x, Aa64Row row, unsigned reg, const Aa64Addr *a)
{
    bool direct = a->index != GEN_NOREG && (!a->shift || a->shift == aa64_mem_log2(row));
    if (a->sym) {
        aa64_address(x, row, reg, is_load(row) && reg < V0 ? reg : X16, a->sym, a->disp, a->align);
    } else if (direct && !a->disp) {
        aa64_mem_r(&x->o, row, reg, a->base, a->index, a->extend, a->shift != 0);
    } else if (a->index != GEN_NOREG && (a->disp >= 1 << 24 || a->disp <= -(1 << 24))) {
        Aa64Addr far = *a;
        aa64_li(&x->o, 1, X16, (uint64_t)a->disp);
        aa64_extended(&x->o, AA64_I_ADD_E, X16, a->base, X16, AA64_UXTX, 0);
        far.base = X16;
        sum(x, X16, &far);
        aa64_mem(&x->o, row, reg, X16, 0);
    } else if (a->index != GEN_NOREG) {
        sum(x, X16, a);
        int64_t low = aa64_mem_fits(row, a->disp) ? a->disp : far_base(x, row, X16, a->disp);
        aa64_mem(&x->o, row, reg, X16, low);
    } else if (!near_access(x, row, reg, a->base, a->disp, a->alone)) {
        int64_t low = far_base(x, row, a->base, a->disp);
        aa64_mem(&x->o, row, reg, X16, low);
    }
}

void aa64_load_from(Aa64Fast *x, Aa64Row row, unsigned dst, const Aa64Addr *a)
{
    access(x, row, dst, a);
}

void aa64_store_to(Aa64Fast *x, Aa64Row row, unsigned src, const Aa64Addr *a)
{
    access(x, row, src, a);
}

void aa64_lea(Aa64Fast *x, unsigned dst, const Aa64Addr *a)
{
    if (a->sym) {
        aa64_address(x, AA64_I_ADD_I, dst, dst, a->sym, a->disp, 0);
    } else if (a->index != GEN_NOREG) {
        sum(x, dst, a);
        if (a->disp)
            aa64_add_imm(x, 1, dst, dst, a->disp);
    } else if (a->disp || a->base != dst) {
        aa64_add_imm(x, 1, dst, a->base, a->disp);
    }
}

enum { NEAR_MAX = 1008 };

void aa64_near(Aa64Fast *x, Aa64Addr *a, unsigned t, uint64_t n)
{
    if (!a->sym && a->index == GEN_NOREG && a->disp >= -240 && a->disp + (int64_t)n <= (a->disp & 15 ? 240 : NEAR_MAX) && !(a->disp & 7))
        return;
    aa64_lea(x, t, a);
    a->sym = 0;
    a->disp = 0;
    a->index = GEN_NOREG;
    a->base = (uint8_t)t;
}

/* ---- what waits to be part of addresses ---- */

/* Are all uses of i addresses of loads and stores that take base + (index << shift) as it is? */
static bool all_take(const Aa64Fast *x, uint32_t i, unsigned shift)
{
    const Gen *g = &x->g;
    uint32_t found = 0, uses = g->vals[i].uses;
    for (uint32_t k = i + 1; k < g->end && k < i + 16 && found < uses; k++) {
        const IrIns *n = gen_ins(g, k);
        if ((n->op == IR_LOAD || n->op == IR_STORE) && n->a == (IrRef)i) {
            if (n->c || (shift && shift != (n->aux & IR_MEM_SIZE)) || (n->aux >> IR_MEM_ORDER_SHIFT & 7) > IR_RELAXED)
                return false;
            found++;
        }
    }
    return found == uses;
}

bool aa64_address_waits(const Aa64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    int64_t c;
    bool slot = in->a < 0 && ir_const(g->f, in->a)->kind == IR_C_SLOT;
    if (in->type != IR_I64 || !v->uses || (v->flags & (GV_GLOBAL | GV_OTHER)) || v->pin != GEN_NOREG ||
        (v->flags & GV_BASE && v->uses != 1))
        return false;
    if (in->op == IR_ADD && aa64_imm(x, in->b, IR_I64, &c))
        return in->a > 0 && c >= -256 && c < 4096;
    if ((v->flags & GV_BASE) || in->a == 0 || in->b == 0)
        return false;
    /* A base that waits has no index of its own, so addresses are made of a bounded number of registers. */
    if (gen_deferred(g, in->a)) {
        const IrIns *under = gen_ins(g, (uint32_t)in->a);
        if (under->op != IR_ADD || under->b > 0 || gen_deferred(g, under->a))
            return false;
    }
    if (gen_deferred(g, in->b) && !gen_is(g, in->b, IR_SEXT32) && !gen_is(g, in->b, IR_ZEXT32))
        return false;
    if (in->op == IR_ADD)
        return in->a > 0 && in->b > 0 && all_take(x, i, 0);
    if (in->c <= 0 || (in->c & (in->c - 1)) || in->c > 16 || in->b < 0)
        return false;
    return slot ? v->uses == 1 : all_take(x, i, gen_ctz((uint64_t)in->c));
}

/* ---- loads ---- */

Aa64Row aa64_load_row(IrType t, unsigned log2, bool is_signed)
{
    static const uint16_t rows[3][4] = { { AA64_I_LDR_B, AA64_I_LDR_H, AA64_I_LDR_W, AA64_I_LDR_X },
                                         { AA64_I_LDRS_BW, AA64_I_LDRS_HW, AA64_I_LDR_W, AA64_I_LDR_X },
                                         { AA64_I_LDRS_BX, AA64_I_LDRS_HX, AA64_I_LDRS_WX, AA64_I_LDR_X } };
    if (ir_is_float(t))
        return log2 == 3 ? AA64_I_LDR_FD : AA64_I_LDR_FS;
    return (Aa64Row)rows[!is_signed ? 0 : t == IR_I64 ? 2 : 1][log2];
}

Aa64Row aa64_store_row(bool is_float, unsigned log2)
{
    static const uint16_t rows[4] = { AA64_I_STR_B, AA64_I_STR_H, AA64_I_STR_W, AA64_I_STR_X };
    return is_float ? (log2 == 3 ? AA64_I_STR_FD : AA64_I_STR_FS) : (Aa64Row)rows[log2];
}

static unsigned load_flags(const IrIns *in)
{
    return (in->aux & IR_MEM_SIZE) < 2 && !(in->aux & IR_MEM_SIGNED) ? GV_CANON | GV_NONNEG : GV_CANON;
}

static unsigned align_of(const IrIns *in)
{
    return in->aux >> IR_MEM_ALIGN_SHIFT & 15;
}

/* ldar: no offset, no extension, no floats. */
static void load_ordered(Aa64Fast *x, unsigned dst, const IrIns *in, const Aa64Addr *a)
{
    unsigned log2 = in->aux & IR_MEM_SIZE, to = dst >= V0 ? X17 : dst;
    aa64_lea(x, X16, a);
    aa64_excl(&x->o, (Aa64Row)(AA64_I_LDAR_B + log2), 0, to, X16);
    if (dst >= V0)
        aa64_move(x, (IrType)in->type, dst, to);
    else if (in->aux & IR_MEM_SIGNED)
        aa64_extend(x, (IrType)in->type, dst, dst, 1u << log2, true);
}

void aa64_load(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(g, in->a, in->c, &s), log2 = in->aux & IR_MEM_SIZE;
    unsigned order = in->aux >> IR_MEM_ORDER_SHIFT & 7;
    bool is_signed = (in->aux & IR_MEM_SIGNED) != 0;
    if (pin != GEN_NOREG) {
        if (gen_dead(g, i))
            return;
        if (1u << log2 < ir_type_size(in->type) && s->mixed) {
            unsigned dst = aa64_dst(x, i, 0, 0, 0, 0);
            aa64_extend(x, (IrType)in->type, dst, pin, 1u << log2, is_signed);
            gen_def(g, i, dst, load_flags(in));
            return;
        }
        gen_def_alias(g, i, pin, s->own == GEN_NOREG ? load_flags(in) : 0);
        return;
    }
    if (gen_dead(g, i) && !(in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS)) && order <= IR_RELAXED) {
        gen_consume(g, in->a);
        return;
    }
    Aa64Addr a;
    aa64_addr(x, in->a, in->c, &a);
    a.align = (uint8_t)align_of(in);
    a.alone = (in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS | IR_HAS_STATE)) || order == IR_RELAXED;
    bool next = in->type == IR_I32 && order <= IR_RELAXED && aa64_widened_next(x, i);
    bool wide = next && gen_ins(g, i + 1)->op == IR_SEXT32 && (log2 == 2 || is_signed) && !x->job->junk;
    unsigned want = gen_want(g, next ? i + 1 : i);
    if (next && g->hints[i + 1] != GEN_NOREG)
        g->prefer = (uint64_t)1 << g->hints[i + 1];
    if (want != GEN_NOREG)
        gen_unalias(g, want, 0, 0);
    aa64_addr_done(x, &a);
    unsigned dst = want != GEN_NOREG ? want : gen_alloc(g, gen_class(g, (IrType)in->type));
    if (order > IR_RELAXED)
        load_ordered(x, dst, in, &a);
    else
        aa64_load_from(x, aa64_load_row(wide ? IR_I64 : (IrType)in->type, log2, wide || is_signed), dst, &a);
    if (wide)
        x->wide_load = i;
    gen_def(g, i, dst, wide ? 0 : load_flags(in));
}

/* ---- stores ---- */

void aa64_store(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    (void)i;
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(&x->g, in->a, in->c, &s), r, order = in->aux >> IR_MEM_ORDER_SHIFT & 7, log2 = in->aux & IR_MEM_SIZE;
    const IrConst *k = in->b < 0 ? ir_const(g->f, in->b) : NULL;
    bool is_float = ir_is_float(in->type);
    Aa64Addr a;
    if (pin != GEN_NOREG) {
        gen_store_pinned(g, in, pin, s);
        return;
    }
    if (k && k->kind == IR_C_UNDEF && !(in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS))) {
        gen_consume(g, in->a);
        return;
    }
    if (k && k->kind == IR_C_FLT && !k->v)
        r = ZR, is_float = false;
    else
        r = is_float ? gen_in(g, in->b) : aa64_in(x, in->b);
    aa64_addr(x, in->a, in->c, &a);
    a.align = (uint8_t)align_of(in);
    a.alone = (in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS | IR_HAS_STATE)) || order == IR_RELAXED;
    if (order > IR_RELAXED) {
        unsigned from = r;
        aa64_lea(x, X16, &a);
        if (r >= V0)
            aa64_move(x, (IrType)in->type, from = X17, r);
        aa64_excl(&x->o, (Aa64Row)(AA64_I_STLR_B + log2), 0, from, X16);
    } else {
        aa64_store_to(x, aa64_store_row(is_float, log2), r, &a);
    }
    aa64_addr_done(x, &a);
    gen_out(g, in->b, r);
}

/* ---- blocks of bytes ---- */

static Aa64Addr plus(Aa64Addr a, uint64_t off)
{
    a.disp += (int64_t)off;
    return a;
}

enum { INLINE_MAX = 256 };

/* Both near; v31 and t, a register of floats, carry. */
static void copy_inline(Aa64Fast *x, Aa64Addr dst, Aa64Addr src, uint64_t n, unsigned t)
{
    uint64_t off = 0;
    while (off < n) {
        uint64_t left = n - off;
        Aa64Addr d = plus(dst, off), s = plus(src, off);
        if (left >= 32 && t != GEN_NOREG && aa64_pair_fits(AA64_I_LDP_FQ, s.disp) && aa64_pair_fits(AA64_I_STP_FQ, d.disp)) {
            aa64_pair(&x->o, AA64_I_LDP_FQ, V31, t, s.base, s.disp, 0);
            aa64_pair(&x->o, AA64_I_STP_FQ, V31, t, d.base, d.disp, 0);
            off += 32;
            continue;
        }
        if (left < 16 && n >= 16 && (left & (left - 1)) && aa64_mem_fits(AA64_I_LDR_FQ, src.disp + (int64_t)n - 16) &&
            aa64_mem_fits(AA64_I_STR_FQ, dst.disp + (int64_t)n - 16)) {
            /* A tail overlaps what is done already; source and destination are equal or apart. */
            off = n - 16;
            continue;
        }
        unsigned w = left >= 16 ? 16 : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1, log2 = gen_ctz(w);
        if (w == 16) {
            aa64_load_from(x, AA64_I_LDR_FQ, V31, &s);
            aa64_store_to(x, AA64_I_STR_FQ, V31, &d);
        } else {
            aa64_load_from(x, aa64_load_row(IR_I64, log2, false), X17, &s);
            aa64_store_to(x, aa64_store_row(false, log2), X17, &d);
        }
        off += w;
    }
}

void aa64_copy_block(Aa64Fast *x, Aa64Addr dst, Aa64Addr src, uint64_t n)
{
    Gen *g = &x->g;
    uint64_t all = g->t->scratch[0], bulk = n & ~(uint64_t)31;
    unsigned d = gen_alloc(g, all), s = gen_alloc(g, all), t = n >= 32 ? gen_alloc(g, g->t->scratch[1]) : GEN_NOREG;
    if (n > INLINE_MAX) {
        unsigned e = gen_alloc(g, all);
        uint32_t again = gen_label(g);
        aa64_lea(x, d, &dst);
        aa64_lea(x, s, &src);
        aa64_add_imm(x, 1, e, s, (int64_t)bulk);
        gen_place(g, again);
        aa64_pair(&x->o, AA64_I_LDP_FQ, V31, t, s, 32, 2);
        aa64_pair(&x->o, AA64_I_STP_FQ, V31, t, d, 32, 2);
        aa64_r(&x->o, AA64_I_SUBS, 1, ZR, s, e);
        aa64_cond_near(x, AA64_NE, again);
        gen_free(g, e);
        dst = aa64_at(d, 0);
        src = aa64_at(s, 0);
        n -= bulk;
    } else if (n > 8) {
        aa64_near(x, &dst, d, n);
        aa64_near(x, &src, s, n);
    } else {
        /* One or two accesses: each as it comes. */
        if (src.sym || src.index != GEN_NOREG)
            aa64_near(x, &src, s, n);
        if (dst.sym || dst.index != GEN_NOREG)
            aa64_near(x, &dst, d, n);
    }
    copy_inline(x, dst, src, n, t);
    if (t != GEN_NOREG)
        gen_free(g, t);
    gen_free(g, d);
    gen_free(g, s);
}

void aa64_copy(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    (void)i;
    Aa64Addr d, s;
    aa64_addr(x, in->a, 0, &d);
    aa64_addr(x, in->b, 0, &s);
    if (in->c)
        aa64_copy_block(x, d, s, (uint32_t)in->c);
    aa64_addr_done(x, &s);
    aa64_addr_done(x, &d);
}

/* The low byte of r in every byte of x17, or zr. */
static unsigned spread(Aa64Fast *x, IrRef r)
{
    Gen *g = &x->g;
    int64_t v;
    if (ir_is_int(g->f, r, &v)) {
        if (!(v & 255))
            return ZR;
        aa64_integer(x, IR_I64, X17, (int64_t)((uint64_t)(v & 255) * 0x0101010101010101u));
        return X17;
    }
    unsigned rb = gen_in(g, r);
    aa64_bitfield(&x->o, AA64_I_UBFM, 0, X17, rb, 0, 7);
    aa64_integer(x, IR_I64, X16, 0x0101010101010101);
    aa64_r3(&x->o, AA64_I_MADD, 1, X17, X17, X16, ZR);
    gen_out(g, r, rb);
    return X17;
}

void aa64_fill(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    (void)i;
    uint64_t n = (uint32_t)in->c, all = g->t->scratch[0], off = 0;
    unsigned t = gen_alloc(g, all), pattern;
    Aa64Addr at;
    aa64_addr(x, in->a, 0, &at);
    pattern = spread(x, in->b);
    Aa64Addr d = at;
    if (n > INLINE_MAX) {
        unsigned e = gen_alloc(g, all);
        uint64_t bulk = n & ~(uint64_t)31;
        uint32_t again = gen_label(g);
        aa64_lea(x, t, &d);
        aa64_add_imm(x, 1, e, t, (int64_t)bulk);
        gen_place(g, again);
        aa64_pair(&x->o, AA64_I_STP_X, pattern, pattern, t, 16, 0);
        aa64_pair(&x->o, AA64_I_STP_X, pattern, pattern, t, 32, 2);
        aa64_r(&x->o, AA64_I_SUBS, 1, ZR, t, e);
        aa64_cond_near(x, AA64_NE, again);
        gen_free(g, e);
        d = aa64_at(t, 0);
        n -= bulk;
    } else if (n > 8 || d.sym || d.index != GEN_NOREG) {
        aa64_near(x, &d, t, n);
    }
    while (off < n) {
        uint64_t left = n - off;
        Aa64Addr p = plus(d, off);
        if (left >= 16 && aa64_pair_fits(AA64_I_STP_X, p.disp)) {
            aa64_pair(&x->o, AA64_I_STP_X, pattern, pattern, p.base, p.disp, 0);
            off += 16;
            continue;
        }
        if (left < 8 && n >= 8 && (left & (left - 1)) && aa64_mem_fits(AA64_I_STR_X, d.disp + (int64_t)n - 8)) {
            off = n - 8;
            continue;
        }
        unsigned w = left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        aa64_store_to(x, aa64_store_row(false, gen_ctz(w)), pattern, &p);
        off += w;
    }
    aa64_addr_done(x, &at);
    gen_free(g, t);
}
