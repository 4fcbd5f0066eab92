/* fast: rv64's fast lane, first part: frame, prologue and epilogues, the hooks of struct GenTarget, terminators, and the switch from
 * an instruction to the file that selects it. In: a checked function. Out: code, relocations, jump tables. */
#include "arch/rv64/fast.h"

/* ---- small emitters ---- */

void rv64_mov(Rv64Fast *x, IrType t, unsigned dst, unsigned src)
{
    bool d = (t == IR_F64 || t == IR_I64) && (x->o.ext & RV64_X_D);
    if (dst == src)
        return;
    if (dst >= F0) {
        if (src >= F0)
            rv64_r(&x->o, d ? RV64_I_FSGNJ_D : RV64_I_FSGNJ_S, dst, src, src);
        else
            rv64_fp(&x->o, d ? RV64_I_FMV_D_X : RV64_I_FMV_W_X, dst, src, 0, 0);
    } else if (src >= F0) {
        rv64_fp(&x->o, d ? RV64_I_FMV_X_D : RV64_I_FMV_X_W, dst, src, 0, 0);
    } else {
        rv64_i(&x->o, RV64_I_ADDI, dst, src, 0);
    }
}

void rv64_add_imm(Rv64Fast *x, unsigned dst, unsigned src, int64_t v)
{
    if (bits_fits_s(v, 12)) {
        rv64_i(&x->o, RV64_I_ADDI, dst, src, v);
    } else {
        rv64_li(&x->o, T6, v);
        rv64_r(&x->o, RV64_I_ADD, dst, src, T6);
    }
}

/* Forward branches are made as short as they look, by the instructions in between; should one not reach after all, the function is
 * compiled again (hook_patch). c.beqz 256 bytes, c.j 2 KiB, b 4 KiB, jal 1 MiB. */
enum { CB_REACH = 24, CJ_REACH = 200, B_REACH = 400, JAL_REACH = 60000 };
#define HUGE_FIELD ((uint64_t)1 << 63)

/* auipc t6; jr: any distance, patched as a pair. */
static uint64_t huge_jump(Rv64Fast *x)
{
    uint64_t at = x->o.b->n;
    static const uint8_t words[8] = { 0x97, 0x0f, 0, 0, 0x67, 0x80, 0x0f, 0 };
    buf_put(x->o.b, words, 8);
    return at | HUGE_FIELD;
}

static void patch_huge(Rv64Fast *x, uint64_t at, uint64_t target)
{
    int64_t d = (int64_t)(target - at), low = bits_sext((uint64_t)d & 0xfff, 12);
    uint8_t *p = x->o.b->p + at;
    put_u32(p, 0x00000f97u | (uint32_t)((uint64_t)(d - low) & 0xfffff000u));
    put_u32(p + 4, 0x000f8067u | (uint32_t)((uint64_t)low & 0xfff) << 20);
}

static bool jal_reaches(const Rv64Fast *x, uint64_t back)
{
    return x->o.b->n - back < 0xffff0;
}

void rv64_jump_to(Rv64Fast *x, uint32_t label)
{
    Gen *g = &x->g;
    uint64_t to = g->blocks.p[label].offset;
    uint32_t ahead = gen_ahead(g, label);
    if (gen_placed(g, label)) {
        if (jal_reaches(x, to))
            rv64_j_back(&x->o, to);
        else
            patch_huge(x, huge_jump(x) & ~HUGE_FIELD, to);
    } else if (!g->long_jumps && ahead <= CJ_REACH && (x->o.ext & RV64_X_C)) {
        gen_branch_to(g, rv64_j_short(&x->o), label);
    } else if (x->far < CODE_HUGE || ahead <= JAL_REACH) {
        gen_branch_to(g, rv64_jal(&x->o, ZERO), label);
    } else {
        gen_branch_to(g, huge_jump(x), label);
    }
}

static void over_huge(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2)
{
    uint64_t at = rv64_b(&x->o, rv64_inverse((RvCc){ row, 0, 0 }).row, rs1, rs2);
    rv64_patch(&x->o, at, at + 12);
}

void rv64_branch_to(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2, uint32_t label)
{
    Gen *g = &x->g;
    uint64_t to = g->blocks.p[label].offset;
    uint32_t ahead = gen_ahead(g, label);
    if (gen_placed(g, label)) {
        if (jal_reaches(x, to)) {
            rv64_b_back(&x->o, row, rs1, rs2, to);
            return;
        }
        over_huge(x, row, rs1, rs2);
        patch_huge(x, huge_jump(x) & ~HUGE_FIELD, to);
    } else if (!g->long_jumps && ahead <= CB_REACH && rv64_b_shortens(&x->o, row, rs1, rs2)) {
        gen_branch_to(g, rv64_b_short(&x->o, row, rs1), label);
    } else if (x->far == CODE_NEAR || (!g->long_jumps && ahead <= B_REACH)) {
        gen_branch_to(g, rv64_b(&x->o, row, rs1, rs2), label);
    } else if (x->far < CODE_HUGE || ahead <= JAL_REACH) {
        gen_branch_to(g, rv64_b_far(&x->o, row, rs1, rs2), label);
    } else {
        over_huge(x, row, rs1, rs2);
        gen_branch_to(g, huge_jump(x), label);
    }
}

void rv64_branch_near(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2, uint32_t label)
{
    Gen *g = &x->g;
    if (gen_placed(g, label))
        rv64_b_back(&x->o, row, rs1, rs2, g->blocks.p[label].offset);
    else
        gen_branch_to(g, rv64_b(&x->o, row, rs1, rs2), label);
}

/* ---- hooks ---- */

static void hook_move(Gen *g, IrType t, unsigned dst, unsigned src)
{
    rv64_mov(rv64_of(g), t, dst, src);
}

static void hook_swap(Gen *g, IrType t, unsigned a, unsigned b)
{
    Rv64Fast *x = rv64_of(g);
    unsigned tmp = a >= F0 ? FT11 : T6;
    (void)t;
    t = a >= F0 ? IR_F64 : IR_I64;
    rv64_mov(x, t, tmp, a);
    rv64_mov(x, t, a, b);
    rv64_mov(x, t, b, tmp);
}

static void hook_spill(Gen *g, IrType t, unsigned reg, int32_t off)
{
    Rv64Fast *x = rv64_of(g);
    RvAddr a = rv64_at(x->frame_reg, off);
    bool d = ir_type_size(t) == 8 && (reg < F0 || (x->o.ext & RV64_X_D));
    rv64_store_to(x, reg >= F0 ? (d ? RV64_I_FSD : RV64_I_FSW) : d ? RV64_I_SD : RV64_I_SW, reg, &a);
}

static void hook_reload(Gen *g, IrType t, unsigned reg, int32_t off)
{
    Rv64Fast *x = rv64_of(g);
    RvAddr a = rv64_at(x->frame_reg, off);
    bool d = ir_type_size(t) == 8 && (reg < F0 || (x->o.ext & RV64_X_D));
    rv64_load_from(x, reg >= F0 ? (d ? RV64_I_FLD : RV64_I_FLW) : d ? RV64_I_LD : RV64_I_LW, reg, &a);
}

void rv64_address(Rv64Fast *x, Rv64Row row, unsigned reg, unsigned base, ObjSymId sym, int64_t addend)
{
    static const uint8_t regs[UPPERS] = { 29, 28, 7, 6, 5 }; /* allocated last, and no arguments */
    Gen *g = &x->g;
    unsigned pick = UPPERS;
    bool known = true;             /* the best one to take holds something that may be asked for again */
    if (x->job->obj->target->absolute && !x->job->pic) {
        rv64_absolute(&x->o, row, reg, base, R_RISCV_HI20, sym, addend);
        return;
    }
    for (unsigned k = 0; k < UPPERS; k++) {
        const Upper *u = &x->uppers[k];
        bool valid = u->sym && !(g->touched >> regs[k] & 1);
        if (valid && u->sym == sym && u->addend == addend) {
            rv64_pcrel_low(&x->o, row, reg, regs[k], u->label);
            return;
        }
        if (((g->free & g->scratch) >> regs[k] & 1) && (pick == UPPERS || (known && (!valid || k == x->turn)))) {
            pick = k;
            known = valid;
        }
    }
    if (pick == UPPERS) {
        rv64_pcrel(&x->o, row, reg, base, R_RISCV_PCREL_HI20, sym, addend);
        return;
    }
    Upper *u = &x->uppers[pick];
    u->sym = sym;
    u->addend = addend;
    u->label = rv64_pcrel_high(&x->o, regs[pick], R_RISCV_PCREL_HI20, sym, addend);
    g->touched &= ~((uint64_t)1 << regs[pick]);
    x->turn = (uint8_t)((pick + 1) % UPPERS);
    rv64_pcrel_low(&x->o, row, reg, regs[pick], u->label);
}

static void symbol(Rv64Fast *x, unsigned reg, const IrConst *k)
{
    const IrSym *s = &x->g.f->unit->syms.p[k->id];
    bool near = bits_fits_s(k->v, 31);
    int64_t left = near ? 0 : k->v;
    if (s->flags & IR_SYM_TLS) {
        if (x->job->pic && !(s->flags & IR_SYM_LOCAL)) {
            rv64_pcrel(&x->o, RV64_I_LD, reg, reg, R_RISCV_TLS_GOT_HI20, s->obj, 0);
            rv64_r(&x->o, RV64_I_ADD, reg, reg, TP);
            left = k->v;
        } else {
            rv64_absolute(&x->o, RV64_I_ADDI, reg, reg, R_RISCV_TPREL_HI20, s->obj, near ? k->v : 0);
        }
    } else if ((s->flags & IR_SYM_LOCAL) || (!x->job->pic && !(s->flags & IR_SYM_WEAK))) {
        rv64_address(x, RV64_I_ADDI, reg, reg, s->obj, near ? k->v : 0);
    } else {
        rv64_pcrel(&x->o, RV64_I_LD, reg, reg, R_RISCV_GOT_HI20, s->obj, 0);
        left = k->v;
    }
    if (left)
        rv64_add_imm(x, reg, reg, left);
}

static void float_constant(Rv64Fast *x, unsigned reg, IrRef c)
{
    const IrConst *k = ir_const(x->g.f, c);
    Rv64Ins li[RV64_LI_MAX];
    bool d = k->type == IR_F64;
    int64_t v = d ? k->v : (int32_t)k->v;
    if (reg < F0) {
        rv64_li(&x->o, reg, v);
    } else if (!v || rv64_li_best(li, T6, v, x->o.ext) <= 2) {
        if (v)
            rv64_li(&x->o, T6, v);
        rv64_fp(&x->o, d ? RV64_I_FMV_D_X : RV64_I_FMV_W_X, reg, v ? T6 : ZERO, 0, 0);
    } else {
        rv64_address(x, d ? RV64_I_FLD : RV64_I_FLW, reg, T6, obj_section_symbol(x->job->obj, gen_rodata_section(&x->g)),
                     gen_pool(&x->g, c));
    }
}

static void hook_constant(Gen *g, unsigned reg, IrRef c)
{
    Rv64Fast *x = rv64_of(g);
    const IrConst *k = ir_const(g->f, c);
    switch (k->kind) {
    case IR_C_INT:
        rv64_li(&x->o, reg, k->type == IR_I32 ? (int32_t)k->v : k->v);
        return;
    case IR_C_FLT:
        float_constant(x, reg, c);
        return;
    case IR_C_SYM:
        symbol(x, reg, k);
        return;
    case IR_C_SLOT:
        rv64_add_imm(x, reg, x->frame_reg, gen_slot_off(g, k->id) + k->v);
        return;
    case IR_C_INARG:
        rv64_add_imm(x, reg, S0, (int64_t)x->va + k->v);
        return;
    default:
        if (reg >= F0)
            rv64_fp(&x->o, x->o.ext & RV64_X_D ? RV64_I_FMV_D_X : RV64_I_FMV_W_X, reg, ZERO, 0, 0);
        else
            rv64_li(&x->o, reg, 0);
        return;
    }
}

static void hook_integer(Gen *g, IrType t, unsigned reg, int64_t v)
{
    rv64_li(&rv64_of(g)->o, reg, t == IR_I32 ? (int32_t)v : v);
}

static void hook_extend(Gen *g, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed)
{
    (void)t;
    rv64_extend(rv64_of(g), dst, src, size, is_signed);
}

static void hook_materialize(Gen *g, uint32_t v)
{
    Rv64Fast *x = rv64_of(g);
    unsigned op = gen_ins(g, v)->op;
    if (op == IR_ADD || op == IR_INDEX || op == IR_NOT || op == IR_ZEXT32)
        rv64_int_value(x, v);
    else if (ir_ops[op].class == IRC_CMP || ir_ops[op].class == IRC_FCMP)
        rv64_cmp_value(g, v, gen_ins(g, v));
    else
        bug(g->host, "fast lane: deferred for nobody");
}

static uint32_t hook_condition(Gen *g, IrRef cond)
{
    RvCc c = rv64_condition(rv64_of(g), cond);
    return (uint32_t)c.row | (uint32_t)c.rs1 << 16 | (uint32_t)c.rs2 << 24;
}

static void hook_jump_if(Gen *g, uint32_t condition, bool holds, uint32_t label)
{
    RvCc c = { (Rv64Row)(condition & 0xffff), (uint8_t)(condition >> 16), (uint8_t)(condition >> 24) };
    if (!holds)
        c = rv64_inverse(c);
    rv64_branch_to(rv64_of(g), c.row, c.rs1, c.rs2, label);
}

static void hook_jump(Gen *g, uint32_t label)
{
    rv64_jump_to(rv64_of(g), label);
}

static void hook_patch(Gen *g, uint64_t at, uint64_t target)
{
    Rv64Fast *x = rv64_of(g);
    if (at & HUGE_FIELD) {
        patch_huge(x, at & ~HUGE_FIELD, target);
        return;
    }
    uint8_t *p = x->o.b->p + at;
    if (rv64_put_imm(p, (int64_t)(target - at)))
        return;
    g->failed = true;
    if ((*p & 3) != 3 || x->far == CODE_HUGE)
        g->too_far = true;         /* a guess was wrong */
    else if ((*p & 0x7f) == 0x6f)
        x->need_far = CODE_HUGE;
    else if (x->far == CODE_NEAR)
        x->need_far = x->need_far > CODE_FAR ? x->need_far : CODE_FAR;
    else
        g->too_far = true;
}

static void hook_align_loop(Gen *g)
{
    (void)g;
}

static void hook_switch_cmp(Gen *g, IrType t, unsigned reg, IrOp cond, int64_t v, uint32_t label)
{
    Rv64Fast *x = rv64_of(g);
    unsigned b = ZERO;
    if (t == IR_I32)
        v = (int32_t)v;
    if (v)
        rv64_li(&x->o, b = T6, v);
    if (cond == IR_EQ || cond == IR_NE)
        rv64_branch_to(x, cond == IR_EQ ? RV64_I_BEQ : RV64_I_BNE, reg, b, label);
    else if (cond == IR_SLT || cond == IR_SGE)
        rv64_branch_to(x, cond == IR_SLT ? RV64_I_BLT : RV64_I_BGE, reg, b, label);
    else
        rv64_branch_to(x, cond == IR_SGT ? RV64_I_BLT : RV64_I_BGE, b, reg, label);
}

static void hook_switch_table(Gen *g, IrType t, unsigned reg, int64_t lo, const uint32_t *labels, uint32_t n, bool checked,
                              uint32_t otherwise)
{
    Rv64Fast *x = rv64_of(g);
    unsigned idx = T5;
    if (bits_fits_s(-lo, 12)) {
        rv64_i(&x->o, t == IR_I32 ? RV64_I_ADDIW : RV64_I_ADDI, idx, reg, -lo);
    } else {
        rv64_li(&x->o, T6, lo);
        rv64_r(&x->o, t == IR_I32 ? RV64_I_SUBW : RV64_I_SUB, idx, reg, T6);
    }
    if (checked) {
        rv64_li(&x->o, T6, (int64_t)n - 1);
        rv64_branch_to(x, RV64_I_BLTU, T6, idx, otherwise);
    }
    rv64_address(x, RV64_I_ADDI, T6, T6, obj_section_symbol(x->job->obj, gen_rodata_section(g)), (int64_t)gen_table_at(g));
    rv64_i(&x->o, RV64_I_SLLI, idx, idx, 2);
    rv64_r(&x->o, RV64_I_ADD, idx, idx, T6);
    rv64_i(&x->o, RV64_I_LW, idx, idx, 0);
    rv64_r(&x->o, RV64_I_ADD, idx, idx, T6);
    rv64_i(&x->o, RV64_I_JALR, ZERO, idx, 0);
    gen_table(g, labels, n, R_RISCV_32_PCREL);
}

#define M(r) ((uint64_t)1 << (r))
#define RANGE(a, b) ((M(b) << 1) - M(a))

/* ---- frame ---- */

static void choose_frame(Gen *g)
{
    Rv64Fast *x = rv64_of(g);
    const uint64_t never = M(ZERO) | M(RA) | M(SP) | M(RV64_GP) | M(TP) | M(T5) | M(T6) | M(FT11); /* in a contract */
    bool variadic = (g->f->flags & IR_FN_VARIADIC) != 0;
    x->frame_reg = SP;
    x->va = variadic ? 64 : 0;
    if (g->f->flags & IR_FN_UNIT) {
        x->mode = FRAME_UNIT;
        if (g->out_size || g->big_align || g->dynamic || g->inargs)
            g->failed = true;      /* the frame is not the unit's own */
        for (uint32_t k = 0; k < g->f->contract.n; k++)
            if (g->f->contract.p[k].reg != IR_IN_FRAME && (g->f->contract.p[k].reg >= GEN_REGS || never >> g->f->contract.p[k].reg & 1))
                g->failed = true;
    } else if (g->big_align) {
        x->mode = FRAME_ALIGNED;
        if (g->dynamic)
            x->frame_reg = S1;
    } else if (g->inargs || g->dynamic || variadic) {
        x->mode = FRAME_FP;
        x->frame_reg = S0;
    } else if (g->calls || x->mode != FRAME_NONE) {
        x->mode = FRAME_SP;
    }
    g->frame_limit = x->mode == FRAME_NONE ? 0 : x->size == FRAME_BIG ? 0x7ff00000 : x->size == FRAME_NEAR ? 1900 : 400;
    if (x->mode == FRAME_UNIT)
        g->frame_limit = GEN_UNIT_FRAME;
    for (unsigned c = 0; c < 2; c++) {
        g->pin_saved[c] = x->mode == FRAME_NONE ? 0 : g->t->pin_saved[c];
        g->pin_free[c] = g->t->pin_free[c];
    }
    if (x->mode == FRAME_SP || x->mode == FRAME_UNIT)
        g->pin_saved[0] |= M(S0);
    if (x->frame_reg == S1)
        g->pin_saved[0] &= ~M(S1);
    for (uint32_t k = 0; k < g->f->nparams; k++) {
        const IrPiece *p = &g->f->pieces.p[g->f->first_param + k];
        if (p->place == IR_PLACE_INT && p->index + 1 > x->nint)
            x->nint = (uint8_t)(p->index + 1);
    }
}

/* sp += or -= the size of the frame, not known yet: c.addi16sp, addi, or lui, addiw, add. */
static void adjust(Rv64Fast *x)
{
    static const uint8_t room[12] = { 0 };
    vec_push(x->g.arena, &x->adjusts, x->o.b->n);
    buf_put(x->o.b, room, x->size == FRAME_BIG ? 12 : x->size == FRAME_NEAR ? 4 : 2);
}

static void put_adjust(Rv64Fast *x, uint8_t *p, int64_t v)
{
    Rv64Ins i = { .row = v ? RV64_I_C_ADDI16SP : RV64_I_C_NOP, .rd = v ? SP : ZERO, .rs1 = v ? SP : ZERO };
    switch (x->size) {
    case FRAME_SHORT:
        i.imm = (int32_t)v;
        rv64_emit(p, &i);
        break;
    case FRAME_NEAR:
        put_u32(p, 0x00010113u | (uint32_t)(v & 0xfff) << 20);  /* addi sp, sp, v */
        break;
    default:
        put_u32(p, 0x00000fb7u | ((uint32_t)(v + 0x800) & 0xfffff000u)); /* lui t6 */
        put_u32(p + 4, 0x000f8f9bu | (uint32_t)(v & 0xfff) << 20);       /* addiw t6, t6 */
        put_u32(p + 8, 0x01f10133u);                                     /* add sp, sp, t6 */
        break;
    }
}

static void saved_at(Rv64Fast *x, bool save, unsigned base, int64_t from, bool down)
{
    for (unsigned k = 0; k < x->nsave; k++) {
        unsigned r = x->save[k];
        RvAddr a = rv64_at(base, down ? from - 8 * (int64_t)k - 8 : from + 8 * (int64_t)k);
        bool d = (x->o.ext & RV64_X_D) != 0;
        if (save)
            rv64_store_to(x, r < F0 ? RV64_I_SD : d ? RV64_I_FSD : RV64_I_FSW, r, &a);
        else
            rv64_load_from(x, r < F0 ? RV64_I_LD : d ? RV64_I_FLD : RV64_I_FLW, r, &a);
    }
}

static void prologue(Gen *g)
{
    Rv64Fast *x = rv64_of(g);
    bool fp = x->mode == FRAME_FP || x->mode == FRAME_ALIGNED;
    if (x->mode == FRAME_NONE)
        return;
    if (x->mode == FRAME_UNIT) {
        g->frame_at = GEN_UNIT_HOMES;
        return;
    }
    if (g->calls || fp)
        x->save[x->nsave++] = RA;
    if (fp)
        x->save[x->nsave++] = S0;
    if (x->frame_reg == S1)
        x->save[x->nsave++] = S1;
    for (uint64_t m = g->saved_used; m; m &= m - 1)
        x->save[x->nsave++] = (uint8_t)gen_ctz(m);
    if (!fp) {
        int64_t out = (int64_t)align_up(g->out_size, 8);
        adjust(x);
        saved_at(x, true, SP, out, false);
        g->frame_at = (int32_t)(out + 8 * x->nsave);
        return;
    }
    x->top = (uint32_t)align_up(x->va + 8u * x->nsave, 16);
    rv64_i(&x->o, RV64_I_ADDI, SP, SP, -(int64_t)x->top);
    saved_at(x, true, SP, (int64_t)x->top - x->va, true);
    rv64_i(&x->o, RV64_I_ADDI, S0, SP, (int64_t)x->top - x->va);
    for (unsigned k = x->nint; x->va && k < 8; k++)
        rv64_s(&x->o, RV64_I_SD, A0 + k, S0, 8 * (int64_t)k);
    adjust(x);
    if (x->mode == FRAME_FP) {
        g->down = true;
        g->frame_at = -(int32_t)(x->top - x->va);
        return;
    }
    g->frame_at = (int32_t)align_up(g->out_size, 16);
    uint32_t align = 16;
    for (uint32_t k = 0; k < g->f->slots.n; k++)
        if (g->f->slots.p[k].align > align)
            align = g->f->slots.p[k].align;
    rv64_li(&x->o, T6, -(int64_t)align);
    rv64_r(&x->o, RV64_I_AND, SP, SP, T6);
    if (x->frame_reg == S1)
        rv64_mov(x, IR_I64, S1, SP);
}

/* Several returns share one way out where it is longer than the jump to it. */
static void epilogue(Gen *g)
{
    Rv64Fast *x = rv64_of(g);
    if (x->out && x->o.b->n - x->out < 2000) {
        rv64_j_back(&x->o, x->out);
        return;
    }
    if (x->mode != FRAME_NONE && x->nsave > 2)
        x->out = x->o.b->n;
    if (x->mode == FRAME_SP) {
        saved_at(x, false, SP, (int64_t)align_up(g->out_size, 8), false);
        adjust(x);
    } else if (x->mode == FRAME_FP || x->mode == FRAME_ALIGNED) {
        rv64_i(&x->o, RV64_I_ADDI, SP, S0, -(int64_t)(x->top - x->va));
        saved_at(x, false, SP, (int64_t)x->top - x->va, true);
        rv64_i(&x->o, RV64_I_ADDI, SP, SP, x->top);
    }
    rv64_i(&x->o, RV64_I_JALR, ZERO, RA, 0);
}

static void patch_frame(Gen *g)
{
    Rv64Fast *x = rv64_of(g);
    int64_t size;
    if (x->mode == FRAME_NONE || x->mode == FRAME_UNIT)
        return;
    if (x->mode == FRAME_FP)
        size = (int64_t)align_up((uint64_t)-(int64_t)g->frame_at - (x->top - x->va) + g->out_size, 16);
    else
        size = (int64_t)align_up((uint64_t)g->frame_at, 16);
    if (size > (x->size == FRAME_BIG ? 0x7ffff000 : x->size == FRAME_NEAR ? 2032 : 496)) {
        g->failed = true;
        return;
    }
    for (uint32_t k = 0; k < x->adjusts.n; k++)
        put_adjust(x, x->o.b->p + x->adjusts.p[k], k ? size : -size);
}

/* ---- terminators ---- */

static void leave_unit(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    IrRef refs[GEN_MAX_LEAVE];
    uint8_t dst[GEN_MAX_LEAVE];
    unsigned n = gen_leave(g, i, refs, dst);
    if (in->op == IR_EXIT_INDIRECT) {
        refs[n] = in->a;
        dst[n++] = T5;
    }
    gen_set_regs(g, refs, dst, n);
    if (in->op == IR_EXIT_INDIRECT) {
        rv64_i(&x->o, RV64_I_LD, T6, SP, 0);
        rv64_i(&x->o, RV64_I_JALR, ZERO, T6, 0);
        return;
    }
    gen_exit_here(g, (uint32_t)in->a, huge_jump(x) & ~HUGE_FIELD);
}

/* psABI, "Frame Pointer Convention": the caller's s0 at s0 - 16, the return address at s0 - 8. */
static void frame_up(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    unsigned reg = gen_alloc(g, g->t->scratch[0]);
    rv64_mov(x, IR_I64, reg, S0);
    for (int32_t k = 0; k < in->a; k++)
        rv64_i(&x->o, RV64_I_LD, reg, reg, -16);
    if (in->op == IR_RET_ADDR)
        rv64_i(&x->o, RV64_I_LD, reg, reg, -8);
    gen_def(g, i, reg, 0);
}

static void alloca_op(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    int64_t align = (int64_t)1 << (in->aux & 63), out = (int64_t)align_up(g->out_size, 16);
    unsigned reg = gen_alloc(g, g->t->scratch[0]), size = gen_in(g, in->a);
    rv64_add_imm(x, reg, size, align > 16 ? align + 15 : 15);
    gen_out(g, in->a, size);
    rv64_i(&x->o, RV64_I_ANDI, reg, reg, -16);
    rv64_r(&x->o, RV64_I_SUB, SP, SP, reg);
    rv64_add_imm(x, reg, SP, out + (align > 16 ? align - 1 : 0));
    if (align > 16) {
        rv64_li(&x->o, T6, -align);
        rv64_r(&x->o, RV64_I_AND, reg, reg, T6);
    }
    gen_def(g, i, reg, 0);
}

/* ---- what gen asks for ---- */

static void jump_reg(Gen *g, unsigned reg)
{
    rv64_i(&rv64_of(g)->o, RV64_I_JALR, ZERO, reg, 0);
}

static void trap(Gen *g)
{
    rv64_0(&rv64_of(g)->o, RV64_I_EBREAK);
}

static void stack_pointer(Gen *g, unsigned reg, bool get)
{
    rv64_mov(rv64_of(g), IR_I64, get ? reg : SP, get ? SP : reg);
}

static const GenSelect selection = {
    rv64_int, rv64_cmp_value, rv64_flt, rv64_load, rv64_store, rv64_copy, rv64_fill, rv64_atomic, rv64_call,
    rv64_bitcast, rv64_select, rv64_param, alloca_op, rv64_va_start, frame_up, rv64_fflags, leave_unit,
    epilogue, jump_reg, trap, stack_pointer, NULL,
};

static const GenTarget hooks = {
    { RANGE(10, 17) | RANGE(5, 7) | M(28) | M(29), RANGE(32, 39) | RANGE(42, 49) | RANGE(60, 62) },
    { M(9) | RANGE(18, 27), M(40) | M(41) | RANGE(50, 59) },
    { M(5) | M(6) | M(7) | M(28), RANGE(32, 39) },
    0,
    { { 15, 14, 13, 12, 11, 10, 16, 17, 5, 6, 7, 28, 29, GEN_NOREG },
      { 47, 46, 45, 44, 43, 42, 48, 49, 32, 33, 34, 35, 36, 37, 38, 39, 60, 61, 62, GEN_NOREG } },
    false,
    rv64_piece_reg, hook_move, hook_swap, hook_spill, hook_reload, hook_constant, hook_integer, hook_extend,
    hook_materialize, &selection, hook_condition, hook_jump_if, hook_jump, hook_patch,
    hook_align_loop, hook_switch_cmp, hook_switch_table,
    choose_frame, prologue, gen_params, patch_frame,
};

/* ---- the driver ---- */

enum { FAR_INS = 700 };        /* from that size on, conditional branches whose distance nobody knows go over a jump at once */

/* Slots that will have memory tell how large the frame becomes at least. */
static FrameSize guess_size(const IrFn *f, uint32_t ext)
{
    uint64_t n = 0;
    for (uint32_t k = 0; k < f->slots.n; k++)
        if (!(f->slots.p[k].flags & IR_SLOT_SCALAR))
            n += f->slots.p[k].size;
    return n > 1800 ? FRAME_BIG : n > 360 || !(ext & RV64_X_C) ? FRAME_NEAR : FRAME_SHORT;
}

static bool float_outside(unsigned type, uint32_t ext)
{
    return ir_is_float((IrType)type) && !(ext & (type == IR_F64 ? RV64_X_D : RV64_X_F));
}

/* Has f nothing that needs instructions outside ext? */
static bool within(const IrFn *f, uint32_t ext)
{
    for (uint32_t k = 0; k < f->pieces.n; k++)
        if (float_outside(f->pieces.p[k].type, ext))
            return false;
    for (uint32_t k = 0; k < f->order.n; k++) {
        const IrBlock *b = &f->blocks.p[f->order.p[k]];
        for (uint32_t i = b->first; i < b->first + b->n; i++) {
            const IrIns *in = &f->ins.p[i];
            bool is_float = ir_ops[in->op].class == IRC_FLT || in->op == IR_FFLAGS_GET || in->op == IR_FFLAGS_SET;
            bool multiplies = (in->op >= IR_MUL && in->op <= IR_UREM) || in->op == IR_MULHS || in->op == IR_MULHU ||
                              in->op == IR_SMULO || in->op == IR_UMULO;
            if (float_outside(in->type, ext) || (is_float && !(ext & RV64_X_F)) || (multiplies && !(ext & RV64_X_M)) ||
                ((in->op == IR_RMW || in->op == IR_CAS) && !(ext & RV64_X_A)))
                return false;
        }
    }
    return true;
}

static bool compile(GenJob *job, IrFn *f)
{
    Rv64Fast *x = arena_alloc(job->arena, sizeof *x);
    GenAttempt attempt = { 0 };
    uint32_t ext = job->obj->target->features;
    FrameMode mode = FRAME_NONE;
    FrameSize size = guess_size(f, ext);
    FarCode far = f->ins.n > FAR_INS ? CODE_FAR : CODE_NEAR;
    bool long_jumps = false, again = true;
    if ((ext & RV64_X_GC) != RV64_X_GC && !within(f, ext))
        return false;
    gen_attempt_begin(&attempt, job, ext & RV64_X_C ? 2 : 4, 0);
    /* Further attempts: a branch that did not reach, a leaf that needs memory after all, a frame larger than thought. */
    while (again) {
        Gen *g = &x->g;
        memset(x, 0, sizeof *x);
        x->job = job;
        x->o.obj = job->obj;
        x->o.sec = job->text;
        x->o.ext = ext;
        x->mode = mode;
        x->size = size;
        x->far = far;
        x->o.b = &job->obj->secs.p[job->text]->data;
        if (gen_try(g, job, f, &hooks, &attempt, long_jumps))
            return true;
        again = true;
        if (x->need_far)
            far = x->need_far;
        else if (g->too_far && !long_jumps)
            long_jumps = true;
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

const TargetFast rv64_fast = { compile };
