/* fast_mem: addresses, loads, stores, block copies and fills. An address operand folds what is deferred behind it: constants of
 * every kind, add of an immediate, index with a scale of 1, 2, 4 or 8. */
#include "arch/x64/fast.h"

/* ---- addresses ---- */

static int scale_of(int32_t c)
{
    return c == 1 ? 0 : c == 2 ? 1 : c == 4 ? 2 : c == 8 ? 3 : -1;
}

static void constant_base(X64Fast *x, IrRef r, X64Addr *a)
{
    Gen *g = &x->g;
    const IrConst *k = ir_const(g->f, r);
    int64_t disp = a->m.disp;
    unsigned reg;
    switch (k->kind) {
    case IR_C_INT:
        if (bits_fits_s(k->v + disp, 32) && bits_fits_s(k->v, 40)) {
            a->m.disp = (int32_t)(k->v + disp);
            return;
        }
        break;
    case IR_C_SLOT:
        a->m.base = x->frame_reg;
        a->m.disp = (int32_t)(gen_slot_off(g, k->id) + k->v + disp);
        return;
    case IR_C_INARG:
        a->m.base = RBP;
        a->m.disp = (int32_t)(16 + k->v + disp);
        return;
    case IR_C_SYM: {
        const IrSym *s = &g->f->unit->syms.p[k->id];
        if (a->m.index == X64_NOREG && !(s->flags & IR_SYM_TLS) && bits_fits_s(k->v + disp, 31) &&
            ((s->flags & IR_SYM_LOCAL) || (!x->job->pic && !(s->flags & IR_SYM_WEAK)))) {
            a->m.base = X64_RIP;
            a->m.reloc_kind = R_PC32;
            a->m.sym = s->obj;
            a->m.disp = (int32_t)(k->v + disp);
            return;
        }
        break;
    }
    default:
        break;
    }
    reg = gen_in(g, r);
    a->m.base = (uint8_t)reg;
    gen_hold(g, &a->held, r, reg, true);
}

static void base(X64Fast *x, IrRef r, bool consume, X64Addr *a)
{
    Gen *g = &x->g;
    for (;;) {
        if (r < 0) {
            constant_base(x, r, a);
            return;
        }
        if (!gen_deferred(g, r))
            break;
        const IrIns *in = gen_ins(g, (uint32_t)r);
        if (in->op == IR_ADD && (in->b > 0 || ir_const(g->f, in->b)->kind != IR_C_INT)) {
            if (a->m.index != X64_NOREG)
                break;
            bool swap = in->b < 0;     /* the constant is the base */
            consume = consume && --g->vals[r].uses == 0;
            unsigned reg = gen_in(g, swap ? in->a : in->b);
            a->m.index = (uint8_t)reg;
            gen_hold(g, &a->held, swap ? in->a : in->b, reg, consume);
            r = swap ? in->b : in->a;
            continue;
        }
        if (in->op == IR_ADD) {
            int64_t d = ir_const(g->f, in->b)->v + a->m.disp;
            if (!bits_fits_s(d, 31))
                break;
            a->m.disp = (int32_t)d;
        } else if (in->op == IR_INDEX && a->m.index == X64_NOREG) {
            consume = consume && --g->vals[r].uses == 0;
            unsigned reg = gen_in(g, in->b);
            a->m.index = (uint8_t)reg;
            a->m.scale = (uint8_t)scale_of(in->c);
            gen_hold(g, &a->held, in->b, reg, consume);
            r = in->a;
            continue;
        } else {
            break;
        }
        consume = consume && --g->vals[r].uses == 0;
        r = in->a;
    }
    unsigned reg = gen_in(g, r);
    a->m.base = (uint8_t)reg;
    gen_hold(g, &a->held, r, reg, consume);
}

void x64_addr(X64Fast *x, IrRef r, int64_t off, X64Addr *a)
{
    memset(a, 0, sizeof *a);
    a->m.base = a->m.index = X64_NOREG;
    a->m.disp = (int32_t)off;
    base(x, r, true, a);
}

void x64_addr_done(X64Fast *x, X64Addr *a)
{
    gen_held_out(&x->g, &a->held);
}

bool x64_addr_reads(const X64Addr *a, unsigned reg)
{
    return a->m.base == reg || a->m.index == reg;
}

/* ---- loads ---- */

static void emit_load(X64Fast *x, const IrIns *in, unsigned dst, const X64Mem *m)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    bool is_signed = (in->aux & IR_MEM_SIGNED) != 0;
    unsigned w = in->type == IR_I64 && is_signed ? 8 : 4;
    if (ir_is_float(in->type))
        x64_rm(&x->o, X64_I_MOVS_RM, size, dst, m);
    else if (size == 1)
        x64_rm(&x->o, is_signed ? X64_I_MOVSX8_RM : X64_I_MOVZX8_RM, w, dst, m);
    else if (size == 2)
        x64_rm(&x->o, is_signed ? X64_I_MOVSX16_RM : X64_I_MOVZX16_RM, w, dst, m);
    else if (size == 4 && w == 8)
        x64_rm(&x->o, X64_I_MOVSXD_RM, 8, dst, m);
    else
        x64_rm(&x->o, X64_I_MOV_RM, size, dst, m);
}

static unsigned load_flags(const IrIns *in)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    return size < 4 && !(in->aux & IR_MEM_SIGNED) ? GV_CANON | GV_NONNEG : GV_CANON;
}

/* May the user of load i, which analysis found to come before any store, take it as a memory operand? */
static bool sinks(const X64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    int64_t k;
    if (!(v->flags & GV_FOLD) || v->uses != 1 || (v->flags & GV_GLOBAL) ||
        (in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS | IR_HAS_STATE)) || (in->aux >> IR_MEM_ORDER_SHIFT & 7) > IR_RELAXED)
        return false;
    if (size == ir_type_size(in->type))
        return true;
    if (i + 1 >= g->end)
        return false;
    /* Narrow: compared with a constant that is one of its values. */
    const IrIns *n = gen_ins(g, i + 1);
    bool is_signed = (in->aux & IR_MEM_SIGNED) != 0;
    if (n->op == IR_BR && n->a == (IrRef)i)
        return true;
    if (size > 2 || n->a != (IrRef)i || n->b >= 0 || !ir_is_int(g->f, n->b, &k))
        return false;
    if (n->op >= IR_EQ && n->op <= IR_UGT)
        return is_signed ? n->op <= IR_SGT && bits_fits_s(k, 8 * size) : bits_fits_u((uint64_t)k, 8 * size);
    if (n->op == IR_AND && bits_fits_u((uint64_t)k, 8 * size) && x64_asked_for_zero(x, i + 1))
        return true;
    /* x->f op= k on a narrow object. */
    if (i + 2 < g->end && (n->op == IR_ADD || n->op == IR_SUB || n->op == IR_AND || n->op == IR_OR || n->op == IR_XOR)) {
        const IrIns *st = gen_ins(g, i + 2);
        return st->op == IR_STORE && st->b == (IrRef)i + 1 && g->vals[i + 1].uses == 1 && st->a == in->a && st->c == in->c &&
               !((st->aux ^ in->aux) & IR_MEM_SIZE) && !(st->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS | IR_HAS_STATE)) &&
               (st->aux >> IR_MEM_ORDER_SHIFT & 7) <= IR_RELAXED;
    }
    return false;
}

static void load_now(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    X64Addr a;
    unsigned want, dst;
    x64_addr(x, in->a, in->c, &a);
    want = gen_want(g, i);
    if (want != GEN_NOREG)
        gen_unalias(g, want, 0, 0);
    x64_addr_done(x, &a);
    dst = want != GEN_NOREG ? want : gen_alloc(g, gen_class(g, (IrType)in->type));
    emit_load(x, in, dst, &a.m);
    g->vals[i].flags &= (uint16_t)~GV_DEFER;
    gen_def(g, i, dst, load_flags(in));
}

void x64_load_value(X64Fast *x, uint32_t i)
{
    load_now(x, i, gen_ins(&x->g, i));
}

void x64_load(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(&x->g, in->a, in->c, &s), size = 1u << (in->aux & IR_MEM_SIZE);
    if (pin != GEN_NOREG) {
        if (gen_dead(g, i))
            return;
        if (size < ir_type_size(in->type) && s->mixed) {
            unsigned want = gen_want(g, i), dst = want;
            if (want != GEN_NOREG)
                gen_unalias(g, want, 0, 0);
            else
                dst = gen_alloc(g, g->t->scratch[0]);
            x64_extend(x, dst, pin, size, (in->aux & IR_MEM_SIGNED) != 0, (IrType)in->type);
            gen_def(g, i, dst, load_flags(in));
            return;
        }
        gen_def_alias(g, i, pin, load_flags(in));
        return;
    }
    if (gen_dead(g, i) && !(in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS))) {
        gen_consume(g, in->a);
        return;
    }
    if (sinks(x, i, in)) {
        g->vals[i].flags |= GV_DEFER;
        return;
    }
    load_now(x, i, in);
}

/* ---- stores ---- */

void x64_store(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    GenSlot *s = NULL;
    unsigned pin = gen_pinned_slot(&x->g, in->a, in->c, &s), size = 1u << (in->aux & IR_MEM_SIZE), r;
    const IrConst *k = in->b < 0 ? ir_const(g->f, in->b) : NULL;
    X64Addr a;
    (void)i;
    if (pin != GEN_NOREG) {
        gen_store_pinned(g, in, pin, s);
        return;
    }
    if ((in->aux >> IR_MEM_ORDER_SHIFT & 7) == IR_SEQ_CST && !ir_is_float(in->type)) {
        unsigned t = gen_alloc(g, g->t->scratch[0]);
        r = gen_in(g, in->b);
        x64_mov(x, 8, t, r);
        gen_out(g, in->b, r);
        x64_addr(x, in->a, in->c, &a);
        x64_rm(&x->o, X64_I_XCHG_MR, size, t, &a.m);
        x64_addr_done(x, &a);
        gen_free(g, t);
        return;
    }
    if (k && (k->kind == IR_C_INT || k->kind == IR_C_FLT) && (size < 8 || bits_fits_s(k->v, 32))) {
        int64_t v = size == 1 ? (int8_t)k->v : size == 2 ? (int16_t)k->v : size == 4 ? (int32_t)k->v : k->v;
        x64_addr(x, in->a, in->c, &a);
        x64_mi(&x->o, X64_I_MOV_MI, size, &a.m, v);
        x64_addr_done(x, &a);
        return;
    }
    if (k && k->kind == IR_C_UNDEF && !(in->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS))) {
        gen_consume(g, in->a);
        return;
    }
    r = gen_in(g, in->b);
    x64_addr(x, in->a, in->c, &a);
    x64_rm(&x->o, ir_is_float(in->type) ? X64_I_MOVS_MR : X64_I_MOV_MR, size, r, &a.m);
    x64_addr_done(x, &a);
    gen_out(g, in->b, r);
}

/* ---- blocks of bytes ---- */

static X64Mem at(X64Mem m, uint64_t off)
{
    m.disp = (int32_t)(m.disp + (int64_t)off);
    return m;
}

void x64_copy_block(X64Fast *x, X64Mem dst, X64Mem src, uint64_t n)
{
    Gen *g = &x->g;
    uint64_t off = 0;
    if (n >= 16) {
        unsigned t = gen_alloc(g, g->t->scratch[1]);
        for (; off < n; off += 16) {
            if (off + 16 > n)
                off = n - 16;
            X64Mem s = at(src, off), d = at(dst, off);
            x64_rm(&x->o, X64_I_MOVUPS_RM, 4, t, &s);
            x64_rm(&x->o, X64_I_MOVUPS_MR, 4, t, &d);
        }
        gen_free(g, t);
        return;
    }
    unsigned t = gen_alloc(g, g->t->scratch[0]);
    while (off < n) {
        unsigned w = n - off >= 8 ? 8 : n - off >= 4 ? 4 : n - off >= 2 ? 2 : 1;
        /* A tail of 5 to 7 or 3 bytes overlaps what is done already; source and destination are equal or apart. */
        if (n >= 8 && w < 8 && n - off > w)
            off = n - 8, w = 8;
        else if (n >= 4 && w < 4 && n - off > w)
            off = n - 4, w = 4;
        X64Mem s = at(src, off), d = at(dst, off);
        if (w < 4)
            x64_rm(&x->o, w == 1 ? X64_I_MOVZX8_RM : X64_I_MOVZX16_RM, 4, t, &s);
        else
            x64_rm(&x->o, X64_I_MOV_RM, w, t, &s);
        x64_rm(&x->o, X64_I_MOV_MR, w, t, &d);
        off += w;
    }
    gen_free(g, t);
}

/* rdi and rsi stand at destination and source: n bytes by the string instruction. All three registers are temporaries. */
static void rep_movs(X64Fast *x, uint64_t n)
{
    x64_mov_imm(x, RCX, (int64_t)(n / 8));
    x64_rep(&x->o);
    x64_0(&x->o, X64_I_STRMOVS_ZO, 8);
    for (unsigned w = 4; w; w /= 2) {
        if (n & w)
            x64_0(&x->o, X64_I_STRMOVS_ZO, w);
    }
}

static void claim3(X64Fast *x, unsigned a, unsigned b, unsigned c)
{
    gen_claim(&x->g, a);
    gen_claim(&x->g, b);
    gen_claim(&x->g, c);
}

static void free3(X64Fast *x, unsigned a, unsigned b, unsigned c)
{
    gen_free(&x->g, a);
    gen_free(&x->g, b);
    gen_free(&x->g, c);
}

static void lea_to(X64Fast *x, unsigned reg, IrRef r)
{
    X64Addr a;
    x64_addr(x, r, 0, &a);
    if (a.m.base < 16 && a.m.index == X64_NOREG && !a.m.disp)
        x64_mov(x, 8, reg, a.m.base);
    else
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &a.m);
    x64_addr_done(x, &a);
}

void x64_copy(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    (void)i;
    uint64_t n = (uint32_t)in->c;
    if (!n) {
        gen_consume(g, in->a);
        gen_consume(g, in->b);
        return;
    }
    if (n <= COPY_INLINE) {
        X64Addr d, s;
        x64_addr(x, in->a, 0, &d);
        x64_addr(x, in->b, 0, &s);
        x64_copy_block(x, d.m, s.m, n);
        x64_addr_done(x, &s);
        x64_addr_done(x, &d);
        return;
    }
    claim3(x, RDI, RSI, RCX);
    lea_to(x, RDI, in->a);
    lea_to(x, RSI, in->b);
    rep_movs(x, n);
    free3(x, RDI, RSI, RCX);
}

void x64_copy_to_stack(X64Fast *x, IrRef from, int32_t to, uint64_t n)
{
    Gen *g = &x->g;
    X64Mem d = x64_mem(RSP, to);
    if (n <= COPY_INLINE) {
        X64Addr s;
        x64_addr(x, from, 0, &s);
        if (n)
            x64_copy_block(x, d, s.m, n);
        x64_addr_done(x, &s);
        return;
    }
    (void)g;
    claim3(x, RDI, RSI, RCX);
    lea_to(x, RSI, from);
    x64_rm(&x->o, X64_I_LEA_RM, 8, RDI, &d);
    rep_movs(x, n);
    free3(x, RDI, RSI, RCX);
}

static void fill_inline(X64Fast *x, const IrIns *in, uint64_t n, unsigned pattern)
{
    Gen *g = &x->g;
    X64Addr d;
    uint64_t off = 0;
    x64_addr(x, in->a, 0, &d);
    if (pattern == GEN_NOREG && n >= 16) {
        unsigned t = gen_alloc(g, g->t->scratch[1]);
        x64_rr(&x->o, X64_I_XORPS_RM, 4, t, t);
        for (; off < n; off += 16) {
            if (off + 16 > n)
                off = n - 16;
            X64Mem m = at(d.m, off);
            x64_rm(&x->o, X64_I_MOVUPS_MR, 4, t, &m);
        }
        gen_free(g, t);
    } else {
        while (off < n) {
            unsigned w = n - off >= 8 ? 8 : n - off >= 4 ? 4 : n - off >= 2 ? 2 : 1;
            if (n >= 8 && w < 8)
                off = n - 8, w = 8;
            X64Mem m = at(d.m, off);
            if (pattern == GEN_NOREG)
                x64_mi(&x->o, X64_I_MOV_MI, w, &m, 0);
            else
                x64_rm(&x->o, X64_I_MOV_MR, w, pattern, &m);
            off += w;
        }
    }
    x64_addr_done(x, &d);
}

/* The low byte of r in every byte of reg. */
static void spread(X64Fast *x, IrRef r, unsigned reg)
{
    Gen *g = &x->g;
    int64_t v;
    if (ir_is_int(g->f, r, &v)) {
        x64_mov_imm(x, reg, (int64_t)((uint64_t)(uint8_t)v * 0x0101010101010101u));
        return;
    }
    unsigned rb = gen_in(g, r), k = gen_alloc(g, g->t->scratch[0]);
    x64_extend(x, reg, rb, 1, false, IR_I64);
    x64_mov_imm(x, k, 0x0101010101010101);
    x64_rr(&x->o, X64_I_IMUL_RM, 8, reg, k);
    gen_free(g, k);
    gen_out(g, r, rb);
}

void x64_fill(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    (void)i;
    uint64_t n = (uint32_t)in->c;
    int64_t v;
    if (!n) {
        gen_consume(g, in->a);
        gen_consume(g, in->b);
        return;
    }
    if (n <= COPY_INLINE) {
        unsigned pattern = GEN_NOREG;
        if (!ir_is_int(g->f, in->b, &v) || (uint8_t)v) {
            pattern = gen_alloc(g, g->t->scratch[0]);
            spread(x, in->b, pattern);
        }
        fill_inline(x, in, n, pattern);
        if (pattern != GEN_NOREG)
            gen_free(g, pattern);
        return;
    }
    claim3(x, RDI, RAX, RCX);
    spread(x, in->b, RAX);
    lea_to(x, RDI, in->a);
    x64_mov_imm(x, RCX, (int64_t)(n / 8));
    x64_rep(&x->o);
    x64_0(&x->o, X64_I_STRSTOS_ZO, 8);
    for (unsigned w = 4; w; w /= 2) {
        if (n & w)
            x64_0(&x->o, X64_I_STRSTOS_ZO, w);
    }
    free3(x, RDI, RAX, RCX);
}
