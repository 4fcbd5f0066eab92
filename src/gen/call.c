/* call: what calls, returns and entries do on every target, by the pieces of its abi: values into fixed registers all at once,
 * pinned caller-saved registers kept in the frame around a call, narrow pieces extended, results and parameters defined where they
 * come. */
#include "gen/fast.h"

/* ---- values into fixed registers ---- */

void gen_spend(Gen *g, const IrRef *refs, unsigned n)
{
    for (unsigned k = 0; k < n; k++) {
        if (gen_deferred(g, refs[k])) {
            unsigned r = gen_in(g, refs[k]);
            gen_unlock(g, r);
        }
    }
    for (unsigned k = 0; k < n; k++)
        if (refs[k] > 0)
            g->vals[refs[k]].uses--;
}

void gen_put(Gen *g, const IrRef *refs, const uint8_t *dst, unsigned n)
{
    GenMove moves[GEN_MAX_MOVES];
    unsigned k, nmoves = 0;
    for (k = 0; k < n; k++) {
        IrRef r = refs[k];
        if (r < 0 || g->vals[r].reg == GEN_NOREG)
            continue;
        moves[nmoves].dst = dst[k];
        moves[nmoves].src = g->vals[r].reg;
        moves[nmoves].type = (uint8_t)gen_type(g, r);
        nmoves++;
    }
    gen_parallel(g, moves, nmoves);
    for (k = 0; k < n; k++) {
        IrRef r = refs[k];
        if (r < 0) {
            if (ir_const(g->f, r)->kind != IR_C_UNDEF)
                g->t->constant(g, dst[k], r);
        } else if (g->vals[r].reg == GEN_NOREG) {
            g->t->reload(g, gen_type(g, r), dst[k], gen_home(g, (uint32_t)r));
        }
    }
}

void gen_spent(Gen *g, const IrRef *refs, unsigned n)
{
    for (unsigned k = 0; k < n; k++)
        if (refs[k] > 0 && !g->vals[refs[k]].uses)
            gen_release(g, (uint32_t)refs[k]);
}

void gen_set_regs(Gen *g, const IrRef *refs, const uint8_t *dst, unsigned n)
{
    gen_spend(g, refs, n);
    gen_put(g, refs, dst, n);
    gen_forget(g);
    gen_spent(g, refs, n);
}

/* ---- extension of narrow arguments and results ---- */

bool gen_extended(const Gen *g, IrRef r, unsigned size, bool is_signed)
{
    int64_t v;
    if (ir_is_int(g->f, r, &v))
        return is_signed ? bits_fits_s((int32_t)v, 8 * size) : bits_fits_u((uint32_t)v, 8 * size);
    if (r <= 0)
        return true;
    const IrIns *in = gen_ins(g, (uint32_t)r);
    switch (in->op) {
    case IR_LOAD:
        return (1u << (in->aux & IR_MEM_SIZE)) <= size && !(in->aux & IR_MEM_SIGNED) == !is_signed;
    case IR_SEXT8: return is_signed && in->type == IR_I32;
    case IR_SEXT16: return is_signed && size == 2 && in->type == IR_I32;
    case IR_ZEXT8: return !is_signed || size == 2;
    case IR_ZEXT16: return !is_signed && size == 2;
    case IR_AND: return ir_is_int(g->f, in->b, &v) && bits_fits_u((uint64_t)v, 8 * size - is_signed);
    default: return ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP;
    }
}

void gen_extend_piece(Gen *g, const IrPiece *p, IrRef r, unsigned reg)
{
    if (p->ext < IR_EXT_S8 || p->ext > IR_EXT_U16 || ir_is_float((IrType)p->type))
        return;
    unsigned size = p->ext <= IR_EXT_U8 ? 1 : 2;
    bool is_signed = p->ext == IR_EXT_S8 || p->ext == IR_EXT_S16;
    if (!gen_extended(g, r, size, is_signed))
        g->t->extend(g, (IrType)p->type, reg, reg, size, is_signed);
}

/* ---- calls ---- */

void gen_around(Gen *g, bool save)
{
    for (uint64_t m = g->blocks.p[g->block].kept; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        IrType t = (uint64_t)1 << reg & g->t->scratch[1] ? IR_F64 : IR_I64;
        if (g->save_home[reg] == GEN_UNSET)
            g->save_home[reg] = gen_frame(g, 8, 8);
        if (save)
            g->t->spill(g, t, reg, g->save_home[reg]);
        else
            g->t->reload(g, t, reg, g->save_home[reg]);
    }
}

/* A float that travels in an integer register. */
static bool wrong_bank(const IrPiece *p)
{
    return p->place == IR_PLACE_INT && ir_is_float((IrType)p->type);
}

/* v arrives in reg; a float in an integer register, which is nobody's yet, moves over. */
static void arrive(Gen *g, uint32_t v, const IrPiece *p, unsigned reg)
{
    if (wrong_bank(p)) {
        unsigned f = gen_alloc(g, g->t->scratch[1]);
        g->t->move(g, (IrType)p->type, f, reg);
        gen_free(g, reg);
        reg = f;
    }
    gen_def(g, v, reg, 0);
}

void gen_results(Gen *g, uint32_t i, const IrCall *c)
{
    const IrPiece *pieces = g->f->pieces.p + c->first_result;
    uint32_t last = i;
    while (last + 1 < g->end && gen_ins(g, last + 1)->op == IR_PROJ && gen_ins(g, last + 1)->a == (IrRef)i)
        last++;
    if (!c->nresults)
        return;
    for (uint32_t v = i; v <= last; v++) {
        unsigned reg = g->t->piece_reg(&pieces[v == i ? 0 : gen_ins(g, v)->b], true);
        g->free &= ~((uint64_t)1 << reg);
        g->lock[reg] = 1;
        g->owner[reg] = 0;
    }
    for (uint32_t v = i; v <= last; v++) {
        const IrPiece *p = &pieces[v == i ? 0 : gen_ins(g, v)->b];
        arrive(g, v, p, g->t->piece_reg(p, true));
    }
    for (uint32_t v = i + 1; v <= last; v++)
        gen_consume(g, (IrRef)i);
}

const IrSym *gen_callee(const Gen *g, const IrIns *in)
{
    const IrConst *c = in->a < 0 ? ir_const(g->f, in->a) : NULL;
    if (!c || c->kind != IR_C_SYM || c->v)
        return NULL;
    const IrSym *s = &g->f->unit->syms.p[c->id];
    return s->flags & IR_SYM_TLS ? NULL : s;
}

/* ---- entry and exit ---- */

const IrPiece *gen_param_piece(const Gen *g, const IrIns *in)
{
    return &g->f->pieces.p[g->f->first_param + (uint32_t)in->a];
}

void gen_params(Gen *g)
{
    const IrBlock *b = &g->f->blocks.p[g->block];
    for (unsigned pass = 0; pass < 3; pass++) {
        for (uint32_t i = b->first; i < b->first + b->n; i++) {
            const IrIns *in = gen_ins(g, i);
            if (in->op != IR_PARAM)
                continue;
            const IrPiece *p = gen_param_piece(g, in);
            if (ir_on_stack(p))
                continue;
            unsigned reg = g->t->piece_reg(p, false);
            if (!pass) {
                g->free &= ~((uint64_t)1 << reg);
                g->lock[reg] = g->scratch >> reg & 1;
            } else if ((pass == 2) == wrong_bank(p)) {
                arrive(g, i, p, reg);
            }
        }
    }
}

void gen_ret(Gen *g, const IrIns *in)
{
    const int32_t *vals = g->f->ops.p + in->a;
    const IrPiece *pieces = g->f->pieces.p + g->f->first_result;
    uint8_t dst[4] = { 0 };
    unsigned n = (unsigned)in->b;
    if (n > 4) {
        g->failed = true;
        return;
    }
    for (unsigned k = 0; k < n; k++)
        dst[k] = (uint8_t)g->t->piece_reg(&pieces[k], true);
    gen_set_regs(g, vals, dst, n);
    for (unsigned k = 0; k < n; k++)
        gen_extend_piece(g, &pieces[k], vals[k], dst[k]);
}

/* ---- slots that live in a register ---- */

unsigned gen_pinned_slot(const Gen *g, IrRef addr, int32_t off, GenSlot **slot)
{
    uint32_t s = gen_whole_slot(g, addr, off);
    if (!s || g->slots[s - 1].pin == GEN_NOREG)
        return GEN_NOREG;
    *slot = &g->slots[s - 1];
    return (*slot)->pin;
}

void gen_store_pinned(Gen *g, const IrIns *in, unsigned pin, const GenSlot *s)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), w = ir_type_size(in->type);
    IrRef b = in->b;
    if (!s->loaded) {
        gen_consume(g, b);
        return;
    }
    bool is_signed = (s->mem & IR_MEM_SIGNED) != 0;
    bool extend = size < w && s->loaded && !s->mixed && (b < 0 || in->type != IR_I32 || !gen_extended(g, b, size, is_signed));
    if (b < 0) {
        const IrConst *k = ir_const(g->f, b);
        gen_unalias(g, pin, 0, 0);
        if (k->kind == IR_C_UNDEF)
            return;
        if (k->kind == IR_C_INT && extend)
            g->t->integer(g, (IrType)in->type, pin, is_signed ? bits_sext((uint64_t)k->v, 8 * size)
                                                             : (int64_t)((uint64_t)k->v & (UINT64_MAX >> (64 - 8 * size))));
        else
            g->t->constant(g, pin, b);
        return;
    }
    unsigned r = gen_in(g, b);
    if (r != pin)
        gen_unalias(g, pin, 0, 0);
    else if (extend)
        gen_unalias(g, pin, b, 0);
    if (extend)
        g->t->extend(g, (IrType)in->type, pin, r, size, is_signed);
    else if (r != pin || (w == 4 && !ir_is_float(in->type) && s->own == GEN_NOREG && !(g->vals[b].flags & GV_CANON)))
        g->t->move(g, (IrType)in->type, pin, r);
    gen_out(g, b, r);
}
