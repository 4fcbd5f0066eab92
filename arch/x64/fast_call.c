/* fast_call: parameters, calls, returns, va_start, by the pieces of abi.c (psABI AMD64 3.2). Everything a scratch register holds
 * beyond a call goes home before it; pinned caller-saved registers are kept in the frame around it. */
#include "arch/x64/fast.h"

const uint8_t x64_int_args[6] = { RDI, RSI, RDX, RCX, R8, R9 };
static const uint8_t int_results[2] = { RAX, RDX };

/* ---- values into fixed registers ---- */

/* Uses are consumed already; registers and homes are still intact. */
static void place(X64Fast *x, const IrRef *refs, const uint8_t *dst, unsigned n)
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

static void spend(X64Fast *x, const IrRef *refs, unsigned n)
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

static void release(X64Fast *x, const IrRef *refs, unsigned n)
{
    Gen *g = &x->g;
    for (unsigned k = 0; k < n; k++)
        if (refs[k] > 0 && !g->vals[refs[k]].uses)
            gen_release(g, (uint32_t)refs[k]);
}

void x64_set_regs(X64Fast *x, const IrRef *refs, const uint8_t *dst, unsigned n)
{
    spend(x, refs, n);
    place(x, refs, dst, n);
    gen_forget(&x->g);
    release(x, refs, n);
}

/* ---- extension of narrow arguments and results ---- */

bool x64_extended(const X64Fast *x, IrRef r, unsigned size, bool is_signed)
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
    case IR_SEXT8: return is_signed && in->type == IR_I32;
    case IR_SEXT16: return is_signed && size == 2 && in->type == IR_I32;
    case IR_ZEXT8: return !is_signed || size == 2;
    case IR_ZEXT16: return !is_signed && size == 2;
    default: return ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP;
    }
}

static void extend_piece(X64Fast *x, const IrPiece *p, IrRef r, unsigned reg)
{
    if (p->ext < IR_EXT_S8 || p->ext > IR_EXT_U16 || reg >= XMM0)
        return;
    unsigned size = p->ext <= IR_EXT_U8 ? 1 : 2;
    bool is_signed = p->ext == IR_EXT_S8 || p->ext == IR_EXT_S16;
    if (!x64_extended(x, r, size, is_signed))
        x64_extend(x, reg, reg, size, is_signed, (IrType)p->type);
}

/* ---- calls ---- */

static uint64_t caller_saved_pins(const Gen *g)
{
    return g->blocks.p[g->block].pins & (g->t->scratch[0] | g->t->scratch[1]);
}

static void around(X64Fast *x, bool save)
{
    Gen *g = &x->g;
    for (uint64_t m = caller_saved_pins(g); m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        if (g->save_home[reg] == GEN_UNSET)
            g->save_home[reg] = gen_frame(g, 8, 8);
        if (save)
            g->t->spill(g, reg >= XMM0 ? IR_F64 : IR_I64, reg, g->save_home[reg]);
        else
            g->t->reload(g, reg >= XMM0 ? IR_F64 : IR_I64, reg, g->save_home[reg]);
    }
}

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
            extend_piece(x, p, r, t);
        }
        x64_rm(&x->o, X64_I_MOV_MR, x64_width((IrType)p->type), t, &m);
        if (t != reg)
            gen_free(g, t);
    }
    gen_out(g, r, reg);
}

/* The results of call i: its own value and the projections behind it. */
static void results(X64Fast *x, uint32_t i, const IrCall *c)
{
    Gen *g = &x->g;
    const IrPiece *pieces = g->f->pieces.p + c->first_result;
    uint32_t last = i;
    while (last + 1 < g->end && gen_ins(g, last + 1)->op == IR_PROJ && gen_ins(g, last + 1)->a == (IrRef)i)
        last++;
    if (!c->nresults)
        return;
    for (uint32_t v = i; v <= last; v++) {
        unsigned reg = result_reg(&pieces[v == i ? 0 : gen_ins(g, v)->b]);
        g->free &= ~((uint64_t)1 << reg);
        g->lock[reg] = 1;
        g->owner[reg] = 0;
    }
    for (uint32_t v = i; v <= last; v++)
        gen_def(g, v, result_reg(&pieces[v == i ? 0 : gen_ins(g, v)->b]), 0);
    for (uint32_t v = i + 1; v <= last; v++)
        gen_consume(g, (IrRef)i);
}

void x64_call(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    const IrCall *c = &g->f->calls.p[in->b];
    const int32_t *args = g->f->ops.p + c->first_arg;
    const IrPiece *pieces = g->f->pieces.p + c->first_piece;
    IrRef refs[16];
    uint8_t dst[16];
    const IrPiece *of[16];
    unsigned n = 0, nfp = 0, callee = GEN_NOREG;
    const IrSym *sym = NULL;
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
    if (in->a < 0 && ir_const(g->f, in->a)->kind == IR_C_SYM && !ir_const(g->f, in->a)->v)
        sym = &g->f->unit->syms.p[ir_const(g->f, in->a)->id];
    if (sym && (sym->flags & IR_SYM_TLS))
        sym = NULL;
    unsigned nargs = n;
    if (!sym) {
        refs[n] = in->a;
        dst[n++] = R11;
    }
    spend(x, refs, n);
    gen_save_all(g);
    around(x, true);
    if (!sym) {
        callee = R11;
        /* Already in a register that neither arguments nor the call touch. */
        if (in->a > 0 && g->vals[in->a].reg != GEN_NOREG && !(written >> g->vals[in->a].reg & 1)) {
            callee = g->vals[in->a].reg;
            n--;
        }
    }
    place(x, refs, dst, n);
    for (unsigned k = 0; k < nargs; k++)
        extend_piece(x, of[k], refs[k], dst[k]);
    if (c->flags & IR_CALL_VARIADIC)
        x64_mov_imm(x, RAX, nfp);
    if (sym)
        x64_call_sym(&x->o, sym->obj, (sym->flags & IR_SYM_LOCAL) ? R_PC32 : R_PLT32);
    else
        x64_r(&x->o, X64_I_CALL_M, 8, callee);
    gen_forget(g);
    release(x, refs, sym ? nargs : nargs + 1);
    around(x, false);
    results(x, i, c);
}

void x64_call_helper(X64Fast *x, uint32_t i, const char *name, const IrRef *args, unsigned n)
{
    Gen *g = &x->g;
    uint8_t dst[4] = { 0 };
    for (unsigned k = 0; k < n; k++)
        dst[k] = (uint8_t)(XMM0 + k);
    spend(x, args, n);
    gen_save_all(g);
    around(x, true);
    place(x, args, dst, n);
    x64_call_sym(&x->o, obj_symbol(x->job->obj, name, strlen(name)), R_PLT32);
    gen_forget(g);
    release(x, args, n);
    around(x, false);
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

static const IrPiece *param_piece(const Gen *g, const IrIns *in)
{
    return &g->f->pieces.p[g->f->first_param + (uint32_t)in->a];
}

static unsigned param_reg(const IrPiece *p)
{
    return p->place == IR_PLACE_FP ? XMM0 + p->index : x64_int_args[p->index];
}

/* Parameters in registers are values from the very beginning, so nothing else can take their registers. */
void x64_params(X64Fast *x)
{
    Gen *g = &x->g;
    const IrBlock *b = &g->f->blocks.p[g->block];
    if (g->f->flags & IR_FN_VARIADIC)
        save_varargs(x);
    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t i = b->first; i < b->first + b->n; i++) {
            const IrIns *in = gen_ins(g, i);
            if (in->op != IR_PARAM)
                continue;
            const IrPiece *p = param_piece(g, in);
            if (p->place != IR_PLACE_INT && p->place != IR_PLACE_FP)
                continue;
            unsigned reg = param_reg(p);
            if (pass) {
                gen_def(g, i, reg, 0);
            } else {
                g->free &= ~((uint64_t)1 << reg);
                g->lock[reg] = 1;
            }
        }
    }
}

void x64_param(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    const IrPiece *p = param_piece(g, in);
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

void x64_ret(X64Fast *x, const IrIns *in)
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
        dst[k] = (uint8_t)result_reg(&pieces[k]);
    x64_set_regs(x, vals, dst, n);
    for (unsigned k = 0; k < n; k++)
        extend_piece(x, &pieces[k], vals[k], dst[k]);
}

/* struct __va_list_tag: gp_offset, fp_offset, overflow_arg_area, reg_save_area (psABI 3.5.7). */
void x64_va_start(X64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
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
