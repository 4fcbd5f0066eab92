/* fast_call: parameters, calls, returns, va_start, by the pieces of abi.c (RISC-V psABI 2.1, 2.2). Everything a scratch register
 * holds beyond a call goes home before it; pinned caller-saved registers are kept in the frame around it. */
#include "arch/rv64/fast.h"

/* ---- calls ---- */

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
    if (p->ext >= IR_EXT_S8 && p->ext <= IR_EXT_U16 && reg < F0) {
        rv64_mov(x, IR_I64, from = T5, reg);
        gen_extend_piece(g, p, r, from);
    }
    rv64_store_to(x, reg >= F0 ? (p->type == IR_F64 ? RV64_I_FSD : RV64_I_FSW) : RV64_I_SD, from, &to);
    gen_out(g, r, reg);
}

/* A function of this unit alone whose code stands already is at a known distance: nothing is left to the linker. */
static void call_symbol(Rv64Fast *x, const IrSym *sym)
{
    const ObjSym *s = &x->job->obj->syms.p[sym->obj];
    if ((sym->flags & IR_SYM_LOCAL) && s->sec == x->job->text && s->type == STT_FUNC && s->bind != STB_WEAK && s->size &&
        x->o.b->n - s->value < 0xffff0)
        rv64_patch(&x->o, rv64_jal(&x->o, RA), s->value);
    else
        rv64_call_sym(&x->o, sym->obj, 0);
}

void rv64_call(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    const IrCall *c = &g->f->calls.p[in->b];
    const int32_t *args = g->f->ops.p + c->first_arg;
    const IrPiece *pieces = g->f->pieces.p + c->first_piece;
    IrRef refs[18];
    uint8_t dst[18];
    const IrPiece *of[18];
    unsigned n = 0, callee = T5;
    const IrSym *sym = gen_callee(g, in);
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
    unsigned nargs = n, nrefs = n;
    if (!sym) {
        refs[n] = in->a;
        dst[n++] = T5;
        nrefs = n;
    }
    gen_spend(g, refs, n);
    gen_save_all(g);
    gen_around(g, true);
    if (!sym && in->a > 0 && g->vals[in->a].reg != GEN_NOREG && !(g->t->scratch[0] >> g->vals[in->a].reg & 1)) {
        /* Already in a register that neither arguments nor the call touch. */
        callee = g->vals[in->a].reg;
        n--;
    }
    gen_put(g, refs, dst, n);
    for (unsigned k = 0; k < nargs; k++)
        gen_extend_piece(g, of[k], refs[k], dst[k]);
    if (sym)
        call_symbol(x, sym);
    else
        rv64_i(&x->o, RV64_I_JALR, RA, callee, 0);
    gen_forget(g);
    gen_spent(g, refs, nrefs);
    gen_around(g, false);
    gen_results(g, i, c);
}

/* ---- entry and exit ---- */

void rv64_param(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    const IrPiece *p = gen_param_piece(g, in);
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

/* The save area is right below the stack arguments: one pointer walks over both (psABI 2.1). */
void rv64_va_start(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    (void)i;
    RvAddr a;
    rv64_addr(x, in->a, 0, &a);
    rv64_add_imm(x, T5, S0, x->nint < 8 ? 8 * (int64_t)x->nint : (int64_t)x->va + x->g.f->inarg_size);
    rv64_store_to(x, RV64_I_SD, T5, &a);
    rv64_addr_done(x, &a);
}
