/* fast: aa64's fast lane, first part: frame, prologue and epilogues, the hooks of struct GenTarget, terminators, and the switch from
 * an instruction to the file that selects it. In: a checked function. Out: code, relocations, jump tables. */
#include "arch/aa64/fast.h"

/* ---- small emitters ---- */

void aa64_move(Aa64Fast *x, IrType t, unsigned dst, unsigned src)
{
    unsigned size = aa64_size(t);
    if (dst >= V0 && src >= V0) {
        if (dst != src)
            aa64_r1(&x->o, AA64_I_FMOV, size, dst, src);
    } else if (dst >= V0) {
        aa64_r1(&x->o, size ? AA64_I_FMOV_DX : AA64_I_FMOV_SW, size, dst, src);
    } else if (src >= V0) {
        aa64_r1(&x->o, size ? AA64_I_FMOV_XD : AA64_I_FMOV_WS, size, dst, src);
    } else if (dst != src || !size) {
        aa64_mov(&x->o, size, dst, src);
    }
}

void aa64_integer(Aa64Fast *x, IrType t, unsigned dst, int64_t v)
{
    aa64_li(&x->o, aa64_size(t), dst, t == IR_I32 ? (uint32_t)v : (uint64_t)v);
}

void aa64_add_imm(Aa64Fast *x, unsigned size, unsigned dst, unsigned src, int64_t v)
{
    if (!size)
        v = (int32_t)v;
    bool sub = v < 0;
    uint64_t u = sub ? 0 - (uint64_t)v : (uint64_t)v;
    Aa64Row row = sub ? AA64_I_SUB_I : AA64_I_ADD_I;
    if (aa64_add_fits(u)) {
        aa64_addi(&x->o, row, size, dst, src, u);
    } else if (u >> 24 == 0) {
        aa64_addi(&x->o, row, size, dst, src, u & ~(uint64_t)4095);
        aa64_addi(&x->o, row, size, dst, dst, u & 4095);
    } else {
        unsigned t = src == X16 ? X17 : X16;
        aa64_li(&x->o, size, t, size ? (uint64_t)v : (uint32_t)v);
        if (src == SP)
            aa64_extended(&x->o, AA64_I_ADD_E, dst, src, t, AA64_UXTX, 0);
        else
            aa64_r(&x->o, AA64_I_ADD, size, dst, src, t);
    }
}

void aa64_by_reg(Aa64Fast *x, Aa64Row row, unsigned reg)
{
    aa64_r1(&x->o, row, 1, 0, reg);
}

/* MRS and MSR of S3_3_C4_C4_0, S3_3_C4_C4_1 and S3_3_C13_C0_2 (C5.2). */
static const uint32_t sysregs[] = { 0xd51b4400, 0xd51b4420, 0xd51bd040 };

void aa64_mrs(Aa64Fast *x, unsigned dst, Aa64Sysreg r)
{
    aa64_word(&x->o, sysregs[r] | 0x200000 | dst);
}

void aa64_msr(Aa64Fast *x, Aa64Sysreg r, unsigned src)
{
    aa64_word(&x->o, sysregs[r] | src);
}

void aa64_jump_to(Aa64Fast *x, uint32_t label)
{
    gen_branch_to(&x->g, aa64_b(&x->o), label);
}

/* ---- addresses of symbols ---- */

void aa64_address(Aa64Fast *x, Aa64Row row, unsigned reg, unsigned base, ObjSymId sym, int64_t addend, unsigned align)
{
    static const uint8_t regs[UPPERS] = { 12, 11, 10, 9 }; /* allocated late, and no arguments: those may be set already */
    Gen *g = &x->g;
    unsigned pick = UPPERS;
    bool known = true;             /* the best one to take holds something that may be asked for again */
    bool add = row == AA64_I_ADD_I, fits = add || aa64_mem_log2(row) <= align, whole = !fits;
    for (unsigned k = 0; k < UPPERS; k++) {
        const Upper *u = &x->uppers[k];
        bool valid = u->sym && !(g->touched >> regs[k] & 1);
        int64_t d = addend - u->addend;
        if (valid && u->sym == sym) {
            if (u->whole && (add ? d > -4096 && d < 4096 : aa64_mem_fits(row, d))) {
                if (add && d)
                    aa64_add_imm(x, 1, reg, regs[k], d);
                else if (add)
                    aa64_move(x, IR_I64, reg, regs[k]);
                else
                    aa64_mem(&x->o, row, reg, regs[k], d);
                return;
            }
            if (!u->whole && !d && fits) {
                aa64_lo12(&x->o, row, reg, regs[k], sym, addend);
                return;
            }
            whole = whole || d;
        }
        if (((g->free & g->scratch) >> regs[k] & 1) && regs[k] != reg && (pick == UPPERS || (known && (!valid || k == x->turn)))) {
            pick = k;
            known = valid;
        }
    }
    if (pick == UPPERS) {
        aa64_page(&x->o, base, R_AARCH64_ADR_PREL_PG_HI21, sym, addend);
        if (fits) {
            aa64_lo12(&x->o, row, reg, base, sym, addend);
            return;
        }
        aa64_lo12(&x->o, AA64_I_ADD_I, base, base, sym, addend);
        aa64_mem(&x->o, row, reg, base, 0);
        return;
    }
    Upper *u = &x->uppers[pick];
    u->sym = sym;
    u->addend = addend;
    u->whole = whole;
    g->touched &= ~((uint64_t)1 << regs[pick]);
    x->turn = (uint8_t)((pick + 1) % UPPERS);
    aa64_page(&x->o, regs[pick], R_AARCH64_ADR_PREL_PG_HI21, sym, addend);
    if (!whole) {
        aa64_lo12(&x->o, row, reg, regs[pick], sym, addend);
        return;
    }
    aa64_lo12(&x->o, AA64_I_ADD_I, regs[pick], regs[pick], sym, addend);
    if (add)
        aa64_move(x, IR_I64, reg, regs[pick]);
    else
        aa64_mem(&x->o, row, reg, regs[pick], 0);
}

static void tls(Aa64Fast *x, unsigned reg, const IrSym *s, int64_t v)
{
    if (x->job->pic && !(s->flags & IR_SYM_LOCAL)) {
        Aa64Ins ld = { 0 };
        ld.row = AA64_I_LDR_X;
        ld.size = 1;
        ld.rd = ld.rn = X16;
        aa64_page(&x->o, X16, R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21, s->obj, 0);
        aa64_with(&x->o, &ld, R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC, s->obj, 0);
        aa64_mrs(x, reg, AA64_TPIDR);
        aa64_r(&x->o, AA64_I_ADD, 1, reg, reg, X16);
        if (v)
            aa64_add_imm(x, 1, reg, reg, v);
        return;
    }
    Aa64Ins add = { 0 };
    add.row = AA64_I_ADD_I;
    add.size = 1;
    add.rd = add.rn = (uint8_t)reg;
    int64_t near = bits_fits_s(v, 23) ? v : 0;
    aa64_mrs(x, reg, AA64_TPIDR);
    add.amount = 12;               /* the word's: shifted, though there is no immediate yet */
    aa64_with(&x->o, &add, R_AARCH64_TLSLE_ADD_TPREL_HI12, s->obj, near);
    add.amount = 0;
    aa64_with(&x->o, &add, R_AARCH64_TLSLE_ADD_TPREL_LO12_NC, s->obj, near);
    if (v != near)
        aa64_add_imm(x, 1, reg, reg, v);
}

static void symbol(Aa64Fast *x, unsigned reg, const IrConst *k)
{
    const IrSym *s = &x->g.f->unit->syms.p[k->id];
    bool near = bits_fits_s(k->v, 31);
    int64_t left = near ? 0 : k->v;
    if (s->flags & IR_SYM_TLS) {
        tls(x, reg, s, k->v);
        return;
    }
    if ((s->flags & IR_SYM_LOCAL) || (!x->job->pic && !(s->flags & IR_SYM_WEAK))) {
        aa64_address(x, AA64_I_ADD_I, reg, reg, s->obj, near ? k->v : 0, 0);
    } else {
        Aa64Ins ld = { 0 };
        ld.row = AA64_I_LDR_X;
        ld.size = 1;
        ld.rd = ld.rn = (uint8_t)reg;
        aa64_page(&x->o, reg, R_AARCH64_ADR_GOT_PAGE, s->obj, 0);
        aa64_with(&x->o, &ld, R_AARCH64_LD64_GOT_LO12_NC, s->obj, 0);
        left = k->v;
    }
    if (left)
        aa64_add_imm(x, 1, reg, reg, left);
}

/* ---- hooks ---- */

static void hook_move(Gen *g, IrType t, unsigned dst, unsigned src)
{
    aa64_move(aa64_of(g), t, dst, src);
}

static void hook_swap(Gen *g, IrType t, unsigned a, unsigned b)
{
    Aa64Fast *x = aa64_of(g);
    unsigned tmp = a >= V0 ? V31 : X16;
    (void)t;
    t = a >= V0 ? IR_F64 : IR_I64;
    aa64_move(x, t, tmp, a);
    aa64_move(x, t, a, b);
    aa64_move(x, t, b, tmp);
}

static void hook_spill(Gen *g, IrType t, unsigned reg, int32_t off)
{
    Aa64Fast *x = aa64_of(g);
    Aa64Addr a = aa64_at(x->frame_reg, off);
    aa64_store_to(x, aa64_store_row(reg >= V0, ir_type_size(t) == 8 ? 3 : 2), reg, &a);
}

static void hook_reload(Gen *g, IrType t, unsigned reg, int32_t off)
{
    Aa64Fast *x = aa64_of(g);
    Aa64Addr a = aa64_at(x->frame_reg, off);
    aa64_load_from(x, aa64_load_row(reg >= V0 ? IR_F64 : IR_I64, ir_type_size(t) == 8 ? 3 : 2, false), reg, &a);
}

static void hook_constant(Gen *g, unsigned reg, IrRef c)
{
    Aa64Fast *x = aa64_of(g);
    const IrConst *k = ir_const(g->f, c);
    switch (k->kind) {
    case IR_C_INT: aa64_integer(x, (IrType)k->type, reg, k->v); return;
    case IR_C_FLT: aa64_float_constant(x, reg, c); return;
    case IR_C_SYM: symbol(x, reg, k); return;
    case IR_C_SLOT: aa64_add_imm(x, 1, reg, x->frame_reg, gen_slot_off(g, k->id) + k->v); return;
    case IR_C_INARG: aa64_add_imm(x, 1, reg, FP, (int64_t)x->top + k->v); return;
    default:
        /* Undefined, but the same every time it is looked at. */
        if (reg >= V0)
            aa64_move(x, IR_F64, reg, ZR);
        else
            aa64_integer(x, IR_I64, reg, 0);
        return;
    }
}

static void hook_integer(Gen *g, IrType t, unsigned reg, int64_t v)
{
    aa64_integer(aa64_of(g), t, reg, v);
}

static void hook_extend(Gen *g, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed)
{
    aa64_extend(aa64_of(g), t, dst, src, size, is_signed);
}

static void hook_materialize(Gen *g, uint32_t v)
{
    Aa64Fast *x = aa64_of(g);
    unsigned class = ir_ops[gen_ins(g, v)->op].class;
    if (class == IRC_INT)
        aa64_int_value(x, v);
    else if (class == IRC_CMP || class == IRC_FCMP)
        aa64_cmp_value(g, v, gen_ins(g, v));
    else
        bug(g->host, "fast lane: deferred for nobody");
}

static uint32_t hook_condition(Gen *g, IrRef cond)
{
    Aa64Cc c = aa64_condition(aa64_of(g), cond);
    return (uint32_t)c.kind | (uint32_t)c.cond << 8 | (uint32_t)c.reg << 16 | (uint32_t)c.arg << 24;
}

static void hook_jump_if(Gen *g, uint32_t condition, bool holds, uint32_t label)
{
    Aa64Cc c = { (uint8_t)condition, (uint8_t)(condition >> 8), (uint8_t)(condition >> 16), (uint8_t)(condition >> 24) };
    aa64_branch_if(aa64_of(g), c, holds, label);
}

static void hook_jump(Gen *g, uint32_t label)
{
    aa64_jump_to(aa64_of(g), label);
}

static void hook_patch(Gen *g, uint64_t at, uint64_t target)
{
    Aa64Fast *x = aa64_of(g);
    if (aa64_reaches(&x->o, at, target))
        aa64_patch(&x->o, at, target);
    else
        g->failed = x->need_far = true;
}

static void hook_align_loop(Gen *g)
{
    (void)g;
}

static void compare_imm(Aa64Fast *x, unsigned size, unsigned reg, int64_t v)
{
    uint64_t neg = 0 - (uint64_t)v;
    if (aa64_add_fits((uint64_t)v)) {
        aa64_addi(&x->o, AA64_I_SUBS_I, size, ZR, reg, (uint64_t)v);
    } else if (aa64_add_fits(neg)) {
        aa64_addi(&x->o, AA64_I_ADDS_I, size, ZR, reg, neg);
    } else {
        aa64_li(&x->o, size, X16, size ? (uint64_t)v : (uint32_t)v);
        aa64_r(&x->o, AA64_I_SUBS, size, ZR, reg, X16);
    }
}

static void hook_switch_cmp(Gen *g, IrType t, unsigned reg, IrOp cond, int64_t v, uint32_t label)
{
    static const uint8_t cc[] = { AA64_EQ, AA64_NE, AA64_LT, AA64_GE, AA64_LE, AA64_GT, AA64_LO, AA64_HS, AA64_LS, AA64_HI };
    Aa64Fast *x = aa64_of(g);
    Aa64Cc c = { CC_FLAGS, cc[cond - IR_EQ], AA64_NV, 0 };
    if (t == IR_I32)
        v = (int32_t)v;
    if (!v && (cond == IR_EQ || cond == IR_NE))
        c = (Aa64Cc){ CC_ZERO, cc[cond - IR_EQ], (uint8_t)reg, (uint8_t)aa64_size(t) };
    else
        compare_imm(x, aa64_size(t), reg, v);
    aa64_branch_if(x, c, true, label);
}

static void hook_switch_table(Gen *g, IrType t, unsigned reg, int64_t lo, const uint32_t *labels, uint32_t n, bool checked,
                              uint32_t otherwise)
{
    Aa64Fast *x = aa64_of(g);
    unsigned idx = reg;
    if (lo) {
        /* x16 is not in reg, and may change. */
        aa64_add_imm(x, aa64_size(t), idx = X17, reg, (int64_t)(0 - (uint64_t)lo));
    }
    if (checked) {
        Aa64Cc above = { CC_FLAGS, AA64_HI, AA64_NV, 0 };
        compare_imm(x, aa64_size(t), idx, (int64_t)n - 1);
        aa64_branch_if(x, above, true, otherwise);
    }
    ObjSymId sym = obj_section_symbol(x->job->obj, gen_rodata_section(g));
    int64_t at = (int64_t)gen_table_at(g);
    aa64_page(&x->o, X16, R_AARCH64_ADR_PREL_PG_HI21, sym, at);
    aa64_lo12(&x->o, AA64_I_ADD_I, X16, X16, sym, at);
    aa64_mem_r(&x->o, AA64_I_LDRS_WX, X17, X16, idx, AA64_UXTW, true);
    aa64_r(&x->o, AA64_I_ADD, 1, X16, X16, X17);
    aa64_by_reg(x, AA64_I_BR, X16);
    gen_table(g, labels, n, R_AARCH64_PREL32);
}

#define M(r) ((uint64_t)1 << (r))
#define RANGE(a, b) ((M(b) << 1) - M(a))

/* ---- frame ---- */

enum { SHORT_MAX = 496, NEAR_MAX = 4080, VARARGS = 8 * 8 + 8 * 16 };

static void choose_frame(Gen *g)
{
    Aa64Fast *x = aa64_of(g);
    const uint64_t never = M(X16) | M(X17) | M(AA64_X18) | M(SP) | M(V31); /* in a contract */
    const IrFn *f = g->f;
    x->frame_reg = SP;
    if (f->flags & IR_FN_UNIT) {
        x->mode = FRAME_UNIT;
        if (g->out_size || g->big_align || g->dynamic || g->inargs)
            g->failed = true;      /* the frame is not the unit's own */
        for (uint32_t k = 0; k < f->contract.n; k++)
            if (f->contract.p[k].reg != IR_IN_FRAME && (f->contract.p[k].reg >= GEN_REGS || never >> f->contract.p[k].reg & 1))
                g->failed = true;
    } else if (g->big_align || g->inargs || g->dynamic || (f->flags & IR_FN_VARIADIC)) {
        x->mode = g->big_align ? FRAME_ALIGNED : FRAME_FP;
        if (g->dynamic)
            x->frame_reg = X19;
    } else if (g->calls || x->mode != FRAME_NONE) {
        x->mode = FRAME_SP;
    }
    x->record = g->calls || x->mode == FRAME_FP || x->mode == FRAME_ALIGNED;
    x->pre = x->mode == FRAME_SP && x->record && x->size == FRAME_SHORT && !g->out_size;
    g->frame_limit = x->mode == FRAME_NONE ? 0 : x->mode == FRAME_UNIT ? GEN_UNIT_FRAME : x->size == FRAME_BIG ? 0x7ff00000
                     : x->pre ? SHORT_MAX : NEAR_MAX;
    for (unsigned c = 0; c < 2; c++) {
        g->pin_saved[c] = x->mode == FRAME_NONE ? 0 : g->t->pin_saved[c];
        g->pin_free[c] = g->t->pin_free[c];
    }
    if ((x->mode == FRAME_SP && !x->record) || x->mode == FRAME_UNIT)
        g->pin_saved[0] |= M(FP);
    if (x->frame_reg == X19)
        g->pin_saved[0] &= ~M(X19);
    for (uint32_t k = 0; k < f->nparams; k++) {
        const IrPiece *p = &f->pieces.p[f->first_param + k];
        if (p->place == IR_PLACE_INT && p->index + 1 > x->nint)
            x->nint = (uint8_t)(p->index + 1);
        else if (p->place == IR_PLACE_FP && p->index + 1 > x->nfp)
            x->nfp = (uint8_t)(p->index + 1);
    }
    if (f->flags & IR_FN_INTS_SPENT)
        x->nint = 8;
    if (f->flags & IR_FN_FLOATS_SPENT)
        x->nfp = 8;
}

/* sp += or -= the size of the frame, not known yet. */
static void adjust(Aa64Fast *x)
{
    static const uint8_t room[12] = { 0 };
    vec_push(x->g.arena, &x->adjusts, x->o.b->n);
    buf_put(x->o.b, room, x->size == FRAME_BIG ? 12 : 4);
}

/* movz x16, movk x16, add or sub of sp; or add and sub of an immediate; or the field of stp and ldp. */
static void put_adjust(Aa64Fast *x, uint64_t at, uint32_t n, bool down)
{
    uint8_t *p = x->o.b->p + at;
    if (x->pre) {
        aa64_put_imm(p, down ? -(int64_t)n : (int64_t)n);
    } else if (x->size == FRAME_BIG) {
        put_u32(p, 0xd2800010u | (n & 0xffff) << 5);
        put_u32(p + 4, 0xf2a00010u | n >> 16 << 5);
        put_u32(p + 8, down ? 0xcb3063ffu : 0x8b3063ffu);
    } else {
        put_u32(p, (down ? 0xd10003ffu : 0x910003ffu) | n << 10);
    }
}

static void pair_at(Aa64Fast *x, bool save, unsigned r, unsigned r2, unsigned base, int64_t off)
{
    Aa64Row row = r >= V0 ? (save ? AA64_I_STP_FD : AA64_I_LDP_FD) : save ? AA64_I_STP_X : AA64_I_LDP_X;
    if (r2 != GEN_NOREG && aa64_pair_fits(row, off)) {
        aa64_pair(&x->o, row, r, r2, base, off, 0);
        return;
    }
    for (unsigned k = 0; k < 2 && (!k || r2 != GEN_NOREG); k++) {
        Aa64Addr a = aa64_at(base, off + 8 * (int64_t)k);
        unsigned reg = k ? r2 : r;
        if (save)
            aa64_store_to(x, aa64_store_row(reg >= V0, 3), reg, &a);
        else
            aa64_load_from(x, aa64_load_row(reg >= V0 ? IR_F64 : IR_I64, 3, false), reg, &a);
    }
}

static void saved_at(Aa64Fast *x, bool save, unsigned base, int64_t off)
{
    for (unsigned k = 0; k < x->nsave;) {
        bool two = k + 1 < x->nsave && (x->save[k] < V0) == (x->save[k + 1] < V0);
        pair_at(x, save, x->save[k], two ? x->save[k + 1] : GEN_NOREG, base, off + 8 * (int64_t)k);
        k += two ? 2 : 1;
    }
}

static int64_t biggest_align(const Gen *g)
{
    uint32_t align = 16;
    for (uint32_t k = 0; k < g->f->slots.n; k++)
        if (g->f->slots.p[k].align > align)
            align = g->f->slots.p[k].align;
    return align;
}

static void save_varargs(Aa64Fast *x)
{
    for (unsigned k = x->nint; k < 8; k += k & 1 ? 1 : 2)
        pair_at(x, true, k, k & 1 ? GEN_NOREG : k + 1, FP, (int64_t)x->top - 8 * (int64_t)(8 - k));
    for (unsigned k = x->nfp; k < 8; k += k & 1 ? 1 : 2) {
        int64_t off = (int64_t)x->top - 64 - 16 * (int64_t)(8 - k);
        if (k & 1)
            aa64_mem(&x->o, AA64_I_STR_FQ, V0 + k, FP, off);
        else
            aa64_pair(&x->o, AA64_I_STP_FQ, V0 + k, V0 + k + 1, FP, off, 0);
    }
}

static void prologue_fp(Aa64Fast *x)
{
    Gen *g = &x->g;
    bool variadic = (g->f->flags & IR_FN_VARIADIC) != 0;
    x->top = (uint32_t)align_up(16 + 8u * x->nsave + (variadic ? VARARGS : 0), 16);
    aa64_pair(&x->o, AA64_I_STP_X, FP, LR, SP, -(int64_t)x->top, 1);
    aa64_mov_sp(&x->o, FP, SP);
    saved_at(x, true, SP, 16);
    if (variadic)
        save_varargs(x);
    adjust(x);
    if (x->mode == FRAME_ALIGNED) {
        aa64_mov_sp(&x->o, X16, SP);
        aa64_logi(&x->o, AA64_I_AND_I, 1, SP, X16, (uint64_t)-biggest_align(g));
    }
    if (x->frame_reg == X19)
        aa64_mov_sp(&x->o, X19, SP);
    g->frame_at = (int32_t)align_up(g->out_size, 16);
}

static void prologue(Gen *g)
{
    Aa64Fast *x = aa64_of(g);
    if (x->mode == FRAME_NONE)
        return;
    if (x->mode == FRAME_UNIT) {
        g->frame_at = GEN_UNIT_HOMES;
        return;
    }
    if (x->frame_reg == X19)
        x->save[x->nsave++] = X19;
    for (uint64_t m = g->saved_used; m; m &= m - 1)
        x->save[x->nsave++] = (uint8_t)gen_ctz(m);
    if (x->mode != FRAME_SP) {
        prologue_fp(x);
        return;
    }
    int64_t at = (int64_t)align_up(g->out_size, 16);
    if (x->pre) {
        vec_push(g->arena, &x->adjusts, x->o.b->n);
        aa64_pair(&x->o, AA64_I_STP_X, FP, LR, SP, -16, 1);
        aa64_mov_sp(&x->o, FP, SP);
    } else {
        adjust(x);
        if (x->record) {
            pair_at(x, true, FP, LR, SP, at);
            aa64_add_imm(x, 1, FP, SP, at);
        }
    }
    if (x->record)
        at += 16;
    saved_at(x, true, SP, at);
    g->frame_at = (int32_t)(at + 8 * x->nsave);
}

/* Several returns share one way out where it is longer than the jump to it. */
static void epilogue(Gen *g)
{
    Aa64Fast *x = aa64_of(g);
    if (x->out) {
        uint64_t at = aa64_b(&x->o);
        aa64_patch(&x->o, at, x->out);
        return;
    }
    if (x->nsave || x->mode == FRAME_FP || x->mode == FRAME_ALIGNED) {
        x->out = x->o.b->n;
        x->last.end = 0;
    }
    if (x->mode == FRAME_SP) {
        int64_t at = (int64_t)align_up(g->out_size, 16);
        saved_at(x, false, SP, at + (x->record ? 16 : 0));
        if (x->pre) {
            vec_push(g->arena, &x->adjusts, x->o.b->n);
            aa64_pair(&x->o, AA64_I_LDP_X, FP, LR, SP, 16, 2);
        } else {
            if (x->record)
                pair_at(x, false, FP, LR, SP, at);
            adjust(x);
        }
    } else if (x->mode == FRAME_FP || x->mode == FRAME_ALIGNED) {
        aa64_mov_sp(&x->o, SP, FP);
        saved_at(x, false, SP, 16);
        aa64_pair(&x->o, AA64_I_LDP_X, FP, LR, SP, x->top, 2);
    }
    aa64_by_reg(x, AA64_I_RET, LR);
}

static void patch_frame(Gen *g)
{
    Aa64Fast *x = aa64_of(g);
    uint64_t size = align_up((uint64_t)g->frame_at, 16);
    if (x->mode == FRAME_NONE || x->mode == FRAME_UNIT)
        return;
    if (size > (x->size == FRAME_BIG ? 0x7ffffff0u : x->pre ? SHORT_MAX : NEAR_MAX)) {
        g->failed = true;
        return;
    }
    for (uint32_t k = 0; k < x->adjusts.n; k++)
        put_adjust(x, x->adjusts.p[k], (uint32_t)size, !k);
}

/* ---- terminators ---- */

static void exit_indirect(Aa64Fast *x)
{
    Gen *g = &x->g;
    unsigned t = gen_alloc(g, g->t->scratch[0]);
    uint32_t miss = gen_label(g);
    /* Entry (address >> 1) & (GEN_UNIT_JUMPS - 1) of 16 bytes: eight times the address without its bit 0 and above bit 12. */
    aa64_logi(&x->o, AA64_I_AND_I, 1, X16, X17, 2 * (GEN_UNIT_JUMPS - 1));
    aa64_extended(&x->o, AA64_I_ADD_E, X16, SP, X16, AA64_UXTX, 3);
    aa64_mem(&x->o, AA64_I_LDR_X, t, X16, GEN_UNIT_FRAME);
    aa64_mem(&x->o, AA64_I_LDR_X, X16, X16, GEN_UNIT_FRAME + 8);
    aa64_r(&x->o, AA64_I_SUBS, 1, ZR, t, X17);
    aa64_cond_near(x, AA64_NE, miss);
    aa64_by_reg(x, AA64_I_BR, X16);
    gen_place(g, miss);
    aa64_move(x, IR_I64, X16, X17);
    aa64_mem(&x->o, AA64_I_LDR_X, X17, SP, 0);
    aa64_by_reg(x, AA64_I_BR, X17);
    gen_free(g, t);
}

static void leave_unit(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    IrRef refs[GEN_MAX_LEAVE];
    uint8_t dst[GEN_MAX_LEAVE];
    unsigned n = gen_leave(g, i, refs, dst);
    if (in->op == IR_EXIT_INDIRECT) {
        refs[n] = in->a;
        dst[n++] = X17;
    }
    gen_set_regs(g, refs, dst, n);
    if (in->op == IR_EXIT_INDIRECT)
        exit_indirect(x);
    else
        gen_exit_here(g, (uint32_t)in->a, aa64_b(&x->o));
}

/* AAPCS64 6.4.6: the record at x29 holds the caller's x29 and the return address. */
static void frame_up(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    unsigned reg = gen_alloc(g, g->t->scratch[0]), from = FP;
    for (int32_t k = 0; k < in->a; k++, from = reg)
        aa64_mem(&x->o, AA64_I_LDR_X, reg, from, 0);
    if (in->op == IR_RET_ADDR)
        aa64_mem(&x->o, AA64_I_LDR_X, reg, from, 8);
    else if (from == FP)
        aa64_move(x, IR_I64, reg, FP);
    gen_def(g, i, reg, 0);
}

static void alloca_op(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    int64_t align = (int64_t)1 << (in->aux & 63), out = (int64_t)align_up(g->out_size, 16);
    unsigned reg = gen_alloc(g, g->t->scratch[0]), size = gen_in(g, in->a);
    aa64_add_imm(x, 1, reg, size, align > 16 ? align + 15 : 15);
    gen_out(g, in->a, size);
    aa64_logi(&x->o, AA64_I_AND_I, 1, reg, reg, (uint64_t)-16);
    aa64_extended(&x->o, AA64_I_SUB_E, SP, SP, reg, AA64_UXTX, 0);
    aa64_add_imm(x, 1, reg, SP, out + (align > 16 ? align - 1 : 0));
    if (align > 16)
        aa64_logi(&x->o, AA64_I_AND_I, 1, reg, reg, (uint64_t)-align);
    gen_def(g, i, reg, 0);
}

/* ---- what gen asks for ---- */

static void jump_reg(Gen *g, unsigned reg)
{
    aa64_by_reg(aa64_of(g), AA64_I_BR, reg);
}

static void trap(Gen *g)
{
    Aa64Ins brk = { 0 };
    brk.row = AA64_I_BRK;
    brk.imm = 1000;
    aa64_ins(&aa64_of(g)->o, &brk);
}

static void stack_pointer(Gen *g, unsigned reg, bool get)
{
    aa64_mov_sp(&aa64_of(g)->o, get ? reg : SP, get ? SP : reg);
}

static void junk(Gen *g, unsigned reg)
{
    aa64_logi(&aa64_of(g)->o, AA64_I_ORR_I, 1, reg, reg, (uint64_t)1 << 45);
}

static const GenSelect selection = {
    aa64_int, aa64_cmp_value, aa64_flt, aa64_load, aa64_store, aa64_copy, aa64_fill, aa64_atomic, aa64_call,
    aa64_bitcast, aa64_select, aa64_param, alloca_op, aa64_va_start, frame_up, aa64_fflags, leave_unit,
    epilogue, jump_reg, trap, stack_pointer, junk,
};

static const GenTarget hooks = {
    { RANGE(0, 15), RANGE(32, 39) | RANGE(48, 62) },
    { RANGE(19, 28), RANGE(40, 47) },
    { RANGE(9, 15), RANGE(48, 55) },
    RANGE(0, 2) | RANGE(32, 35),
    { { 8, 15, 14, 13, 12, 11, 10, 9, 7, 6, 5, 4, 3, 2, 1, 0, GEN_NOREG },
      { 56, 57, 58, 59, 60, 61, 62, 55, 54, 53, 52, 51, 50, 49, 48, 39, 38, 37, 36, 35, 34, 33, 32, GEN_NOREG } },
    false,
    aa64_piece_reg, hook_move, hook_swap, hook_spill, hook_reload, hook_constant, hook_integer, hook_extend,
    hook_materialize, &selection, hook_condition, hook_jump_if, hook_jump, hook_patch,
    hook_align_loop, hook_switch_cmp, hook_switch_table,
    choose_frame, prologue, gen_params, patch_frame,
};

/* ---- the driver ---- */

enum { FAR_INS = 4000 };       /* from that size on, tbz goes where it is known to reach */

/* Slots that will have memory tell how large the frame becomes at least. */
static FrameSize guess_size(const IrFn *f)
{
    uint64_t n = 0;
    for (uint32_t k = 0; k < f->slots.n; k++)
        if (!(f->slots.p[k].flags & IR_SLOT_SCALAR))
            n += f->slots.p[k].size;
    return n > 3800 ? FRAME_BIG : n > 400 ? FRAME_NEAR : FRAME_SHORT;
}

static bool compile(GenJob *job, IrFn *f)
{
    Aa64Fast *x = arena_alloc(job->arena, sizeof *x);
    GenAttempt attempt = { 0 };
    FrameMode mode = FRAME_NONE;
    FrameSize size = guess_size(f);
    FarCode far = f->ins.n > FAR_INS ? CODE_FAR : CODE_NEAR;
    bool again = true;
    gen_attempt_begin(&attempt, job, 4, 0);
    /* Further attempts: a branch that did not reach, a leaf that needs memory after all, a frame larger than thought. */
    while (again) {
        Gen *g = &x->g;
        memset(x, 0, sizeof *x);
        x->job = job;
        x->o.obj = job->obj;
        x->o.sec = job->text;
        x->o.features = job->obj->target->features;
        x->mode = mode;
        x->size = size;
        x->far = far;
        x->o.b = &job->obj->secs.p[job->text]->data;
        if (gen_try(g, job, f, &hooks, &attempt, false))
            return true;
        again = true;
        if (x->need_far && far < CODE_HUGE)
            far++;
        else if (x->need_far)
            again = false;
        else if (x->mode == FRAME_NONE)
            mode = FRAME_SP;
        else if (size < FRAME_BIG && x->mode != FRAME_UNIT)
            size++;
        else
            again = false;
        gen_attempt_undo(&attempt, job);
    }
    return false;
}

const TargetFast aa64_fast = { compile };
