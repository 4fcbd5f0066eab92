/* fast_call: parameters, calls, returns, va_start, by the pieces of abi.c (RISC-V psABI 2.1, 2.2). Everything a scratch register
 * holds beyond a call goes home before it; pinned caller-saved registers are kept in the frame around it. */
#include "arch/rv64/fast.h"

/* ---- values into fixed registers ---- */

/* Uses are consumed already; registers and homes are still intact. */
static void place(Rv64Fast *x, const IrRef *refs, const uint8_t *dst, unsigned n)
{
    Gen *g = &x->g;
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

static void spend(Rv64Fast *x, const IrRef *refs, unsigned n)
{
    Gen *g = &x->g;
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

static void release(Rv64Fast *x, const IrRef *refs, unsigned n)
{
    Gen *g = &x->g;
    for (unsigned k = 0; k < n; k++)
        if (refs[k] > 0 && !g->vals[refs[k]].uses)
            gen_release(g, (uint32_t)refs[k]);
}

/* ---- extension of narrow arguments and results ---- */

static bool extended(const Rv64Fast *x, IrRef r, unsigned size, bool is_signed)
{
    int64_t v;
    if (ir_is_int(x->g.f, r, &v))
        return is_signed ? bits_fits_s((int32_t)v, 8 * size) : bits_fits_u((uint32_t)v, 8 * size);
    if (r <= 0)
        return true;
    const IrIns *in = gen_ins(&x->g, (uint32_t)r);
    switch (in->op) {
    case IR_LOAD:
        return (1u << (in->aux & IR_MEM_SIZE)) <= size && !(in->aux & IR_MEM_SIGNED) == !is_signed;
    case IR_SEXT8: return is_signed;
    case IR_SEXT16: return is_signed && size == 2;
    case IR_ZEXT8: return !is_signed;
    case IR_ZEXT16: return !is_signed && size == 2;
    default: return ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP;
    }
}

static bool needs_extension(const Rv64Fast *x, const IrPiece *p, IrRef r)
{
    if (p->ext < IR_EXT_S8 || p->ext > IR_EXT_U16 || ir_is_float((IrType)p->type))
        return false;
    return !extended(x, r, p->ext <= IR_EXT_U8 ? 1 : 2, p->ext == IR_EXT_S8 || p->ext == IR_EXT_S16);
}

static void extend_piece(Rv64Fast *x, const IrPiece *p, IrRef r, unsigned dst, unsigned src)
{
    if (needs_extension(x, p, r))
        rv64_extend(x, dst, src, p->ext <= IR_EXT_U8 ? 1 : 2, p->ext == IR_EXT_S8 || p->ext == IR_EXT_S16);
}

/* ---- calls ---- */

static void around(Rv64Fast *x, bool save)
{
    Gen *g = &x->g;
    for (uint64_t m = g->blocks.p[g->block].pins & (g->t->scratch[0] | g->t->scratch[1]); m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        if (g->save_home[reg] == GEN_UNSET)
            g->save_home[reg] = gen_frame(g, 8, 8);
        if (save)
            g->t->spill(g, reg >= F0 ? IR_F64 : IR_I64, reg, g->save_home[reg]);
        else
            g->t->reload(g, reg >= F0 ? IR_F64 : IR_I64, reg, g->save_home[reg]);
    }
}

unsigned rv64_piece_reg(const IrPiece *p, bool result)
{
    (void)result;              /* both begin with a0 and fa0 */
    if (p->place == IR_PLACE_INT)
        return A0 + p->index;
    return p->place == IR_PLACE_FP ? FA0 + p->index : GEN_NOREG;
}

static void to_stack(Rv64Fast *x, const IrPiece *p, IrRef r)
{
    Gen *g = &x->g;
    RvAddr to = rv64_at(SP, p->index);
    if (p->place == IR_PLACE_COPY) {
        RvAddr from;
        rv64_addr(x, r, 0, &from);
        if (p->size)
            rv64_copy_block(x, to, from, p->size, 0);
        rv64_addr_done(x, &from);
        return;
    }
    unsigned reg = ir_is_float((IrType)p->type) ? gen_in(g, r) : rv64_in(x, r), from = reg;
    if (needs_extension(x, p, r))
        extend_piece(x, p, r, from = T5, reg);
    rv64_store_to(x, reg >= F0 ? (p->type == IR_F64 ? RV64_I_FSD : RV64_I_FSW) : RV64_I_SD, from, &to);
    gen_out(g, r, reg);
}

/* A float that travels in an integer register. */
static bool wrong_bank(const IrPiece *p)
{
    return p->place == IR_PLACE_INT && ir_is_float((IrType)p->type);
}

/* The results of call i: its own value and the projections behind it. */
static void results(Rv64Fast *x, uint32_t i, const IrCall *c)
{
    Gen *g = &x->g;
    const IrPiece *pieces = g->f->pieces.p + c->first_result;
    uint32_t last = i;
    while (last + 1 < g->end && gen_ins(g, last + 1)->op == IR_PROJ && gen_ins(g, last + 1)->a == (IrRef)i)
        last++;
    if (!c->nresults)
        return;
    for (uint32_t v = i; v <= last; v++) {
        unsigned reg = rv64_piece_reg(&pieces[v == i ? 0 : gen_ins(g, v)->b], true);
        g->free &= ~((uint64_t)1 << reg);
        g->lock[reg] = 1;
        g->owner[reg] = 0;
    }
    for (unsigned pass = 0; pass < 2; pass++)
        for (uint32_t v = i; v <= last; v++) {
            const IrPiece *p = &pieces[v == i ? 0 : gen_ins(g, v)->b];
            unsigned reg = rv64_piece_reg(p, true);
            if (wrong_bank(p) != (pass == 1))
                continue;
            if (pass) {
                unsigned f = gen_alloc(g, g->t->scratch[1]);
                rv64_mov(x, (IrType)p->type, f, reg);
                gen_free(g, reg);
                reg = f;
            }
            gen_def(g, v, reg, 0);
        }
    for (uint32_t v = i + 1; v <= last; v++)
        gen_consume(g, (IrRef)i);
}

void rv64_call(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    const IrCall *c = &g->f->calls.p[in->b];
    const int32_t *args = g->f->ops.p + c->first_arg;
    const IrPiece *pieces = g->f->pieces.p + c->first_piece;
    IrRef refs[18];
    uint8_t dst[18];
    const IrPiece *of[18];
    unsigned n = 0, callee = T5;
    const IrSym *sym = NULL;
    for (uint32_t k = 0; k < c->nargs; k++) {
        const IrPiece *p = &pieces[k];
        if (p->place >= IR_PLACE_STACK) {
            to_stack(x, p, args[k]);
            continue;
        }
        of[n] = p;
        refs[n] = args[k];
        dst[n++] = (uint8_t)rv64_piece_reg(p, false);
    }
    if (in->a < 0 && ir_const(g->f, in->a)->kind == IR_C_SYM && !ir_const(g->f, in->a)->v)
        sym = &g->f->unit->syms.p[ir_const(g->f, in->a)->id];
    if (sym && (sym->flags & IR_SYM_TLS))
        sym = NULL;
    unsigned nargs = n, nrefs = n;
    if (!sym) {
        refs[n] = in->a;
        dst[n++] = T5;
        nrefs = n;
    }
    spend(x, refs, n);
    gen_save_all(g);
    around(x, true);
    if (!sym && in->a > 0 && g->vals[in->a].reg != GEN_NOREG && !(g->t->scratch[0] >> g->vals[in->a].reg & 1)) {
        /* Already in a register that neither arguments nor the call touch. */
        callee = g->vals[in->a].reg;
        n--;
    }
    place(x, refs, dst, n);
    for (unsigned k = 0; k < nargs; k++)
        extend_piece(x, of[k], refs[k], dst[k], dst[k]);
    if (sym)
        rv64_call_sym(&x->o, sym->obj, 0);
    else
        rv64_i(&x->o, RV64_I_JALR, RA, callee, 0);
    gen_forget(g);
    release(x, refs, nrefs);
    around(x, false);
    results(x, i, c);
}

/* ---- entry and exit ---- */

static const IrPiece *param_piece(const Gen *g, const IrIns *in)
{
    return &g->f->pieces.p[g->f->first_param + (uint32_t)in->a];
}

/* Parameters in registers are values from the very beginning, so nothing else can take their registers. */
void rv64_params(Rv64Fast *x)
{
    Gen *g = &x->g;
    const IrBlock *b = &g->f->blocks.p[g->block];
    for (unsigned pass = 0; pass < 3; pass++) {
        for (uint32_t i = b->first; i < b->first + b->n; i++) {
            const IrIns *in = gen_ins(g, i);
            if (in->op != IR_PARAM)
                continue;
            const IrPiece *p = param_piece(g, in);
            unsigned reg = rv64_piece_reg(p, false);
            if (reg == GEN_NOREG)
                continue;
            if (!pass) {
                g->free &= ~((uint64_t)1 << reg);
                g->lock[reg] = 1;
            } else if (pass == 1 && !wrong_bank(p)) {
                gen_def(g, i, reg, 0);
            } else if (pass == 2 && wrong_bank(p)) {
                unsigned f = gen_alloc(g, g->t->scratch[1]);
                rv64_mov(x, (IrType)p->type, f, reg);
                gen_free(g, reg);
                gen_def(g, i, f, 0);
            }
        }
    }
}

void rv64_param(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    const IrPiece *p = param_piece(g, in);
    IrType t = (IrType)in->type;
    RvAddr from = rv64_at(S0, (int64_t)x->va + p->index);
    if (p->place == IR_PLACE_INT || p->place == IR_PLACE_FP || gen_dead(g, i))
        return;
    unsigned reg = gen_alloc(g, gen_class(g, t));
    if (p->place == IR_PLACE_COPY)
        rv64_lea(x, reg, &from);
    else
        rv64_load_from(x, reg >= F0 ? (t == IR_F64 ? RV64_I_FLD : RV64_I_FLW) : t == IR_I64 ? RV64_I_LD : RV64_I_LW, reg, &from);
    gen_def(g, i, reg, 0);
}

void rv64_ret(Rv64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
    const int32_t *vals = g->f->ops.p + in->a;
    const IrPiece *pieces = g->f->pieces.p + g->f->first_result;
    uint8_t dst[4] = { 0 };
    unsigned n = (unsigned)in->b;
    if (n > 4) {
        g->failed = true;
        return;
    }
    for (unsigned k = 0; k < n; k++)
        dst[k] = (uint8_t)rv64_piece_reg(&pieces[k], true);
    spend(x, vals, n);
    place(x, vals, dst, n);
    gen_forget(g);
    release(x, vals, n);
    for (unsigned k = 0; k < n; k++)
        extend_piece(x, &pieces[k], vals[k], dst[k], dst[k]);
}

/* The save area is right below the stack arguments: one pointer walks over both (psABI 2.1). */
void rv64_va_start(Rv64Fast *x, const IrIns *in)
{
    RvAddr a;
    rv64_addr(x, in->a, 0, &a);
    rv64_add_imm(x, T5, S0, x->nint < 8 ? 8 * (int64_t)x->nint : (int64_t)x->va + x->g.f->inarg_size);
    rv64_store_to(x, RV64_I_SD, T5, &a);
    rv64_addr_done(x, &a);
}
