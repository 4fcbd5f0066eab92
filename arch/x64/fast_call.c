/* fast_call: parameters, calls, returns, va_start, by the pieces of abi.c (psABI AMD64 3.2). Everything a scratch register holds
 * beyond a call goes home before it; pinned caller-saved registers are kept in the frame around it. */
#include "arch/x64/fast.h"

const uint8_t x64_int_args[6] = { RDI, RSI, RDX, RCX, R8, R9 };
static const uint8_t int_results[2] = { RAX, RDX };

/* ---- calls ---- */

static unsigned result_reg(const IrPiece *p)
{
    return p->place == IR_PLACE_FP ? XMM0 + p->index : int_results[p->index & 1];
}

unsigned x64_piece_reg(const IrPiece *p, bool result)
{
    if (result)
        return result_reg(p);
    if (p->place == IR_PLACE_INT)
        return x64_int_args[p->index];
    return p->place == IR_PLACE_FP ? XMM0 + p->index : GEN_NOREG;
}

static void to_stack(X64Fast *x, const IrPiece *p, IrRef r)
{
    Gen *g = &x->g;
    X64Mem m = x64_mem(RSP, (int32_t)p->index);
    int64_t v;
    if (p->place == IR_PLACE_COPY) {
        x64_copy_to_stack(x, r, (int32_t)p->index, p->size);
        return;
    }
    if (ir_is_int(g->f, r, &v) && bits_fits_s(v, 32)) {
        x64_mi(&x->o, X64_I_MOV_MI, 8, &m, v);
        return;
    }
    unsigned reg = gen_in(g, r);
    if (reg >= XMM0) {
        x64_rm(&x->o, X64_I_MOVS_MR, x64_width((IrType)p->type), reg, &m);
    } else {
        unsigned t = reg;
        if (p->ext != IR_EXT_NONE && p->ext <= IR_EXT_U16 && p->type == IR_I32) {
            t = gen_alloc(g, g->t->scratch[0]);
            x64_mov(x, 4, t, reg);
            gen_extend_piece(g, p, r, t);
        }
        x64_rm(&x->o, X64_I_MOV_MR, x64_width((IrType)p->type), t, &m);
        if (t != reg)
            gen_free(g, t);
    }
    gen_out(g, r, reg);
}

void x64_call(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    const IrCall *c = &g->f->calls.p[in->b];
    const int32_t *args = g->f->ops.p + c->first_arg;
    const IrPiece *pieces = g->f->pieces.p + c->first_piece;
    IrRef refs[16];
    uint8_t dst[16];
    const IrPiece *of[16];
    unsigned n = 0, nfp = 0, callee = GEN_NOREG;
    const IrSym *sym = gen_callee(g, in);
    uint64_t written = c->flags & IR_CALL_VARIADIC ? 1u << RAX : 0;
    for (uint32_t k = 0; k < c->nargs; k++) {
        const IrPiece *p = &pieces[k];
        if (p->place >= IR_PLACE_STACK) {
            to_stack(x, p, args[k]);
            continue;
        }
        of[n] = p;
        refs[n] = args[k];
        dst[n++] = (uint8_t)(p->place == IR_PLACE_FP ? XMM0 + p->index : x64_int_args[p->index]);
        written |= (uint64_t)1 << dst[n - 1];
        nfp += p->place == IR_PLACE_FP;
    }
    unsigned nargs = n;
    if (!sym) {
        refs[n] = in->a;
        dst[n++] = R11;
    }
    gen_spend(g, refs, n);
    gen_save_all(g);
    gen_around(g, true);
    if (!sym) {
        callee = R11;
        /* Already in a register that neither arguments nor the call touch. */
        if (in->a > 0 && g->vals[in->a].reg != GEN_NOREG && !(written >> g->vals[in->a].reg & 1)) {
            callee = g->vals[in->a].reg;
            n--;
        }
    }
    gen_put(g, refs, dst, n);
    for (unsigned k = 0; k < nargs; k++)
        gen_extend_piece(g, of[k], refs[k], dst[k]);
    if (c->flags & IR_CALL_VARIADIC)
        x64_mov_imm(x, RAX, nfp);
    if (sym)
        x64_call_sym(&x->o, sym->obj, (sym->flags & IR_SYM_LOCAL) ? R_PC32 : R_PLT32);
    else
        x64_r(&x->o, X64_I_CALL_M, 8, callee);
    gen_forget(g);
    gen_spent(g, refs, sym ? nargs : nargs + 1);
    gen_around(g, false);
    gen_results(g, i, c);
}

void x64_call_helper(X64Fast *x, uint32_t i, const char *name, const IrRef *args, unsigned n)
{
    Gen *g = &x->g;
    uint8_t dst[4] = { 0 };
    for (unsigned k = 0; k < n; k++)
        dst[k] = (uint8_t)(XMM0 + k);
    gen_spend(g, args, n);
    gen_save_all(g);
    gen_around(g, true);
    gen_put(g, args, dst, n);
    x64_call_sym(&x->o, obj_symbol(x->job->obj, name, strlen(name)), R_PLT32);
    gen_forget(g);
    gen_spent(g, args, n);
    gen_around(g, false);
    g->free &= ~((uint64_t)1 << XMM0);
    g->lock[XMM0] = 1;
    gen_def(g, i, XMM0, 0);
}

/* ---- entry and exit ---- */

static void save_varargs(X64Fast *x)
{
    Gen *g = &x->g;
    uint32_t skip = gen_label(g);
    x->reg_save = gen_frame(g, 176, 16);
    for (unsigned k = x->nint; k < 6; k++) {
        X64Mem m = x64_mem(x->frame_reg, x->reg_save + 8 * (int32_t)k);
        x64_rm(&x->o, X64_I_MOV_MR, 8, x64_int_args[k], &m);
    }
    x64_rr(&x->o, X64_I_TEST_MR, 1, RAX, RAX);
    x64_jcc_to(x, X64_E, skip);
    for (unsigned k = x->nfp; k < 8; k++) {
        X64Mem m = x64_mem(x->frame_reg, x->reg_save + 48 + 16 * (int32_t)k);
        x64_rm(&x->o, X64_I_MOVAPS_MR, 4, XMM0 + k, &m);
    }
    gen_place(g, skip);
}

void x64_params(Gen *g)
{
    if (g->f->flags & IR_FN_VARIADIC)
        save_varargs(x64_of(g));
    gen_params(g);
}

void x64_param(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    const IrPiece *p = gen_param_piece(g, in);
    X64Mem m = x64_mem(RBP, (int32_t)(16 + p->index));
    if (p->place == IR_PLACE_INT || p->place == IR_PLACE_FP || gen_dead(g, i))
        return;
    unsigned reg = gen_alloc(g, gen_class(g, (IrType)in->type));
    if (p->place == IR_PLACE_COPY)
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
    else
        x64_rm(&x->o, reg >= XMM0 ? X64_I_MOVS_RM : X64_I_MOV_RM, x64_width((IrType)in->type), reg, &m);
    gen_def(g, i, reg, 0);
}

/* struct __va_list_tag: gp_offset, fp_offset, overflow_arg_area, reg_save_area (psABI 3.5.7). */
void x64_va_start(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    (void)i;
    X64Addr a;
    unsigned t = gen_alloc(g, g->t->scratch[0]);
    X64Mem m;
    x64_addr(x, in->a, 0, &a);
    m = a.m;
    x64_mi(&x->o, X64_I_MOV_MI, 4, &m, 8 * x->nint);
    m.disp += 4;
    x64_mi(&x->o, X64_I_MOV_MI, 4, &m, 48 + 16 * x->nfp);
    X64Mem from = x64_mem(RBP, (int32_t)(16 + g->f->inarg_size));
    x64_rm(&x->o, X64_I_LEA_RM, 8, t, &from);
    m.disp += 4;
    x64_rm(&x->o, X64_I_MOV_MR, 8, t, &m);
    from = x64_mem(x->frame_reg, x->reg_save);
    x64_rm(&x->o, X64_I_LEA_RM, 8, t, &from);
    m.disp += 8;
    x64_rm(&x->o, X64_I_MOV_MR, 8, t, &m);
    x64_addr_done(x, &a);
    gen_free(g, t);
}
