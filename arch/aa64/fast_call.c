/* fast_call: parameters, calls, returns, va_start, by the pieces of abi.c (AAPCS64 6.8, 6.9). Everything a scratch register holds
 * beyond a call goes home before it; pinned caller-saved registers are kept in the frame around it. */
#include "arch/aa64/fast.h"

/* ---- calls ---- */

unsigned aa64_piece_reg(const IrPiece *p, bool result)
{
    (void)result;              /* both begin with x0 and v0 */
    if (p->place == IR_PLACE_INT)
        return p->index;
    if (p->place == IR_PLACE_SRET)
        return AA64_X8;
    return p->place == IR_PLACE_FP ? V0 + p->index : GEN_NOREG;
}

static void to_stack(Aa64Fast *x, const IrPiece *p, IrRef r)
{
    Gen *g = &x->g;
    Aa64Addr to = aa64_at(SP, p->index);
    bool is_float = ir_is_float((IrType)p->type);
    const IrConst *k = r < 0 ? ir_const(g->f, r) : NULL;
    if (p->place == IR_PLACE_COPY) {
        Aa64Addr from;
        aa64_addr(x, r, 0, &from);
        if (p->size)
            aa64_copy_block(x, to, from, p->size);
        aa64_addr_done(x, &from);
        return;
    }
    unsigned reg = k && k->kind == IR_C_FLT && !k->v ? ZR : is_float ? gen_in(g, r) : aa64_in(x, r);
    aa64_store_to(x, aa64_store_row(reg >= V0, ir_type_size((IrType)p->type) == 8 ? 3 : 2), reg, &to);
    gen_out(g, r, reg);
}

/* A function of this unit alone whose code stands already is at a known distance: nothing is left to the linker. */
static void call_symbol(Aa64Fast *x, const IrSym *sym)
{
    const ObjSym *s = &x->job->obj->syms.p[sym->obj];
    if ((sym->flags & IR_SYM_LOCAL) && s->sec == x->job->text && s->type == STT_FUNC && s->bind != STB_WEAK && s->size &&
        x->o.b->n - s->value < 0x7fffff0) {
        Aa64Ins bl = { 0 };
        bl.row = AA64_I_BL;
        bl.imm = (int64_t)(s->value - x->o.b->n);
        aa64_ins(&x->o, &bl);
    } else {
        aa64_call_sym(&x->o, sym->obj, 0);
    }
}

void aa64_call(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    const IrCall *c = &g->f->calls.p[in->b];
    const int32_t *args = g->f->ops.p + c->first_arg;
    const IrPiece *pieces = g->f->pieces.p + c->first_piece;
    IrRef refs[20];
    uint8_t dst[20];
    unsigned n = 0, callee = X17;
    const IrSym *sym = gen_callee(g, in);
    for (uint32_t k = 0; k < c->nargs; k++) {
        const IrPiece *p = &pieces[k];
        if (p->place == IR_PLACE_STACK || p->place == IR_PLACE_COPY) {
            to_stack(x, p, args[k]);
            continue;
        }
        refs[n] = args[k];
        dst[n++] = (uint8_t)aa64_piece_reg(p, false);
    }
    unsigned nrefs = n;
    if (!sym) {
        refs[n] = in->a;
        dst[n++] = X17;
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
    if (sym)
        call_symbol(x, sym);
    else
        aa64_by_reg(x, AA64_I_BLR, callee);
    gen_forget(g);
    gen_spent(g, refs, nrefs);
    gen_around(g, false);
    gen_results(g, i, c);
}

/* ---- entry and exit ---- */

void aa64_param(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    const IrPiece *p = gen_param_piece(g, in);
    IrType t = (IrType)in->type;
    Aa64Addr from = aa64_at(FP, (int64_t)x->top + p->index);
    if ((p->place != IR_PLACE_STACK && p->place != IR_PLACE_COPY) || gen_dead(g, i))
        return;
    unsigned reg = gen_alloc(g, gen_class(g, t));
    if (p->place == IR_PLACE_COPY)
        aa64_lea(x, reg, &from);
    else
        aa64_load_from(x, aa64_load_row(t, ir_type_size(t) == 8 ? 3 : 2, false), reg, &from);
    gen_def(g, i, reg, p->place == IR_PLACE_COPY ? 0 : GV_CANON);
}

/* Appendix B.3: the next stack argument, the ends of the save areas, and how far below them the next registers stand. */
void aa64_va_start(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    (void)i;
    unsigned t = gen_alloc(g, g->t->scratch[0]), gr = x->nint < 8 ? x->nint : 8, vr = x->nfp < 8 ? x->nfp : 8;
    Aa64Addr a;
    aa64_addr(x, in->a, 0, &a);
    aa64_near(x, &a, t, 32);
    aa64_add_imm(x, 1, X17, FP, (int64_t)x->top + g->f->inarg_size);
    aa64_store_to(x, AA64_I_STR_X, X17, &a);
    aa64_add_imm(x, 1, X17, FP, x->top);
    a.disp += 8;
    aa64_store_to(x, AA64_I_STR_X, X17, &a);
    aa64_add_imm(x, 1, X17, FP, (int64_t)x->top - 64);
    a.disp += 8;
    aa64_store_to(x, AA64_I_STR_X, X17, &a);
    aa64_integer(x, IR_I32, X17, -8 * (int64_t)(8 - gr));
    a.disp += 8;
    aa64_store_to(x, AA64_I_STR_W, gr == 8 ? ZR : X17, &a);
    aa64_integer(x, IR_I32, X17, -16 * (int64_t)(8 - vr));
    a.disp += 4;
    aa64_store_to(x, AA64_I_STR_W, vr == 8 ? ZR : X17, &a);
    aa64_addr_done(x, &a);
    gen_free(g, t);
}
