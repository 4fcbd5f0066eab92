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

void rv64_jump_to(Rv64Fast *x, uint32_t label)
{
    Gen *g = &x->g;
    uint64_t to = g->blocks.p[label].offset;
    if (!gen_placed(g, label))
        gen_branch_to(g, rv64_jal(&x->o, ZERO), label);
    else if (x->o.b->n - to < 0xffff0)
        rv64_j_back(&x->o, to);
    else
        g->failed = true;
}

void rv64_branch_to(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2, uint32_t label)
{
    Gen *g = &x->g;
    uint64_t to = g->blocks.p[label].offset;
    if (!gen_placed(g, label))
        gen_branch_to(g, x->far ? rv64_b_far(&x->o, row, rs1, rs2) : rv64_b(&x->o, row, rs1, rs2), label);
    else if (x->o.b->n - to < 0xffff0)
        rv64_b_back(&x->o, row, rs1, rs2, to);
    else
        g->failed = true;
}

ObjSecId rv64_rodata(Rv64Fast *x)
{
    if (!x->job->rodata)
        x->job->rodata = obj_section(x->job->obj, ".rodata", SHT_PROGBITS, SHF_ALLOC, 16);
    return x->job->rodata;
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
        rv64_pcrel(&x->o, RV64_I_ADDI, reg, reg, R_RISCV_PCREL_HI20, s->obj, near ? k->v : 0);
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
        uint32_t id = ir_const_index(c);
        ObjSec *s = x->job->obj->secs.p[rv64_rodata(x)];
        if (!x->pool)
            x->pool = arena_array(x->g.arena, uint32_t, x->g.f->consts.n);
        if (!x->pool[id]) {
            uint8_t bytes[8];
            size_t w = d ? 8 : 4;
            put_u64(bytes, (uint64_t)k->v);
            buf_align(&s->data, w, 0);
            x->pool[id] = (uint32_t)s->data.n + 1;
            buf_put(&s->data, bytes, w);
        }
        rv64_pcrel(&x->o, d ? RV64_I_FLD : RV64_I_FLW, reg, T6, R_RISCV_PCREL_HI20, obj_section_symbol(x->job->obj, rv64_rodata(x)),
                   x->pool[id] - 1);
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
            rv64_fp(&x->o, RV64_I_FMV_D_X, reg, ZERO, 0, 0);
        else
            rv64_li(&x->o, reg, 0);
        return;
    }
}

static void hook_materialize(Gen *g, uint32_t v)
{
    Rv64Fast *x = rv64_of(g);
    unsigned op = gen_ins(g, v)->op;
    if (op == IR_ADD)
        rv64_add_value(x, v);
    else if (ir_ops[op].class == IRC_CMP || ir_ops[op].class == IRC_FCMP)
        rv64_cmp_value(x, v);
    else
        bug(g->host, "fast lane: deferred for nobody");
}

static void hook_jump(Gen *g, uint32_t label)
{
    rv64_jump_to(rv64_of(g), label);
}

static void hook_patch(Gen *g, uint64_t at, uint64_t target)
{
    Rv64Fast *x = rv64_of(g);
    if (rv64_reaches(&x->o, at, target)) {
        rv64_patch(&x->o, at, target);
        return;
    }
    x->need_far = !x->far;
    g->failed = true;
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
    Obj *obj = x->job->obj;
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
    ObjSecId sec = rv64_rodata(x);
    ObjSec *s = obj->secs.p[sec];
    buf_align(&s->data, 4, 0);
    uint64_t at = s->data.n;
    rv64_pcrel(&x->o, RV64_I_ADDI, T6, T6, R_RISCV_PCREL_HI20, obj_section_symbol(obj, sec), (int64_t)at);
    rv64_i(&x->o, RV64_I_SLLI, idx, idx, 2);
    rv64_r(&x->o, RV64_I_ADD, idx, idx, T6);
    rv64_i(&x->o, RV64_I_LW, idx, idx, 0);
    rv64_r(&x->o, RV64_I_ADD, idx, idx, T6);
    rv64_i(&x->o, RV64_I_JALR, ZERO, idx, 0);
    buf_zero(&s->data, 4 * (size_t)n);
    for (uint32_t k = 0; k < n; k++) {
        /* The label's offset is the addend once it is known; until then the entry holds the label. */
        uint64_t entry = at + 4 * (uint64_t)k;
        obj_reloc(obj, sec, entry, R_RISCV_32_PCREL, obj_section_symbol(obj, x->job->text), 4 * (int64_t)k);
        put_u32(s->data.p + entry, labels[k] + 1);
    }
}

static void hook_select(Gen *g, uint32_t i);

#define M(r) ((uint64_t)1 << (r))
#define RANGE(a, b) ((M(b) << 1) - M(a))
static const GenTarget hooks = {
    { RANGE(10, 17) | RANGE(5, 7) | M(28) | M(29), RANGE(32, 39) | RANGE(42, 49) | RANGE(60, 62) },
    { M(9) | RANGE(18, 27), M(40) | M(41) | RANGE(50, 59) },
    { M(5) | M(6) | M(7) | M(28), RANGE(32, 39) },
    { { 15, 14, 13, 12, 11, 10, 16, 17, 5, 6, 7, 28, 29, GEN_NOREG },
      { 47, 46, 45, 44, 43, 42, 48, 49, 32, 33, 34, 35, 36, 37, 38, 39, 60, 61, 62, GEN_NOREG } },
    false,
    rv64_piece_reg, hook_move, hook_swap, hook_spill, hook_reload, hook_constant, hook_materialize, hook_select, hook_jump, hook_patch,
    hook_align_loop, hook_switch_cmp, hook_switch_table,
};

/* ---- frame ---- */

static void choose_frame(Rv64Fast *x)
{
    Gen *g = &x->g;
    bool variadic = (g->f->flags & IR_FN_VARIADIC) != 0;
    x->frame_reg = SP;
    x->va = variadic ? 64 : 0;
    if (g->f->flags & IR_FN_UNIT)
        g->failed = true;
    if (g->big_align) {
        x->mode = FRAME_ALIGNED;
        if (g->dynamic)
            x->frame_reg = S1;
    } else if (g->inargs || g->dynamic || variadic) {
        x->mode = FRAME_FP;
        x->frame_reg = S0;
    } else if (g->calls || x->mode != FRAME_NONE) {
        x->mode = FRAME_SP;
    }
    g->frame_limit = x->mode == FRAME_NONE ? 0 : x->big ? 0x7ff00000 : 1900;
    for (unsigned c = 0; c < 2; c++) {
        g->pin_saved[c] = x->mode == FRAME_NONE ? 0 : g->t->pin_saved[c];
        g->pin_free[c] = g->t->pin_free[c];
    }
    if (x->mode == FRAME_SP)
        g->pin_saved[0] |= M(S0);
    if (x->frame_reg == S1)
        g->pin_saved[0] &= ~M(S1);
    for (uint32_t k = 0; k < g->f->nparams; k++) {
        const IrPiece *p = &g->f->pieces.p[g->f->first_param + k];
        if (p->place == IR_PLACE_INT && p->index + 1 > x->nint)
            x->nint = (uint8_t)(p->index + 1);
    }
}

/* sp += or -= the size of the frame, not known yet: one instruction, or lui, addiw, add. */
static void adjust(Rv64Fast *x)
{
    Rv64Ins i;
    vec_push(x->g.arena, &x->adjusts, x->o.b->n);
    memset(&i, 0, sizeof i);
    uint8_t word[12] = { 0x13, 0x01, 0x01, 0 };                 /* addi sp, sp, 0 */
    if (x->big) {
        put_u32(word, 0x00000fb7);                              /* lui t6, 0 */
        put_u32(word + 4, 0x000f8f9b);                          /* addiw t6, t6, 0 */
        put_u32(word + 8, 0x01f10133);                          /* add sp, sp, t6 */
    }
    buf_put(x->o.b, word, x->big ? 12 : 4);
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

static void prologue(Rv64Fast *x)
{
    Gen *g = &x->g;
    bool fp = x->mode == FRAME_FP || x->mode == FRAME_ALIGNED;
    if (x->mode == FRAME_NONE)
        return;
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

static void epilogue(Rv64Fast *x)
{
    Gen *g = &x->g;
    if (x->mode == FRAME_SP) {
        saved_at(x, false, SP, (int64_t)align_up(g->out_size, 8), false);
        adjust(x);
    } else if (x->mode != FRAME_NONE) {
        rv64_i(&x->o, RV64_I_ADDI, SP, S0, -(int64_t)(x->top - x->va));
        saved_at(x, false, SP, (int64_t)x->top - x->va, true);
        rv64_i(&x->o, RV64_I_ADDI, SP, SP, x->top);
    }
    rv64_i(&x->o, RV64_I_JALR, ZERO, RA, 0);
}

static void patch_frame(Rv64Fast *x)
{
    Gen *g = &x->g;
    int64_t size;
    if (x->mode == FRAME_NONE)
        return;
    if (x->mode == FRAME_FP)
        size = (int64_t)align_up((uint64_t)-(int64_t)g->frame_at - (x->top - x->va) + g->out_size, 16);
    else
        size = (int64_t)align_up((uint64_t)g->frame_at, 16);
    if (size > 0x7ffff000 || (!x->big && size > 2032)) {
        g->failed = true;
        return;
    }
    for (uint32_t k = 0; k < x->adjusts.n; k++) {
        uint8_t *p = x->o.b->p + x->adjusts.p[k];
        int64_t v = k ? size : -size;
        if (!x->big) {
            put_u32(p, 0x00010113u | (uint32_t)(v & 0xfff) << 20);
            continue;
        }
        put_u32(p, 0x00000fb7u | ((uint32_t)(v + 0x800) & 0xfffff000u));
        put_u32(p + 4, 0x000f8f9bu | (uint32_t)(v & 0xfff) << 20);
    }
}

/* ---- terminators ---- */

static void jump_if(Rv64Fast *x, RvCc c, uint32_t label)
{
    rv64_branch_to(x, c.row, c.rs1, c.rs2, label);
}

static void branch(Rv64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
    uint32_t yes = gen_through(g->f, (uint32_t)in->b), no = gen_through(g->f, (uint32_t)in->c);
    if (yes == no) {
        gen_consume(g, in->a);
        gen_goto(g, yes);
        return;
    }
    RvCc cc = rv64_condition(x, in->a);
    if (gen_has_phis(g, yes)) {
        uint32_t skip = gen_label(g);
        if (!gen_has_phis(g, no) && no != g->next) {
            jump_if(x, rv64_inverse(cc), no);
            gen_goto(g, yes);
            return;
        }
        jump_if(x, rv64_inverse(cc), skip);
        gen_side_edge(g, yes);
        gen_place(g, skip);
        gen_goto(g, no);
        return;
    }
    if (gen_has_phis(g, no) || yes != g->next) {
        jump_if(x, cc, yes);
        /* `yes` may be next and take over the registers. */
        if (no == g->next)
            gen_goto(g, no);
        else
            gen_side_edge(g, no);
        return;
    }
    jump_if(x, rv64_inverse(cc), no);
}

/* psABI, "Frame Pointer Convention": the caller's s0 at s0 - 16, the return address at s0 - 8. */
static void frame_up(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned reg = gen_alloc(g, g->t->scratch[0]);
    rv64_mov(x, IR_I64, reg, S0);
    for (int32_t k = 0; k < in->a; k++)
        rv64_i(&x->o, RV64_I_LD, reg, reg, -16);
    if (in->op == IR_RET_ADDR)
        rv64_i(&x->o, RV64_I_LD, reg, reg, -8);
    gen_def(g, i, reg, 0);
}

static void alloca_op(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
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

/* ---- the switch ---- */

static void misc(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned reg;
    switch (in->op) {
    case IR_BITCAST: rv64_bitcast(x, i, in); break;
    case IR_SELECT: rv64_select(x, i, in); break;
    case IR_PARAM: rv64_param(x, i, in); break;
    case IR_ALLOCA: alloca_op(x, i, in); break;
    case IR_VA_START: rv64_va_start(x, in); break;
    case IR_STACK_SAVE:
        reg = gen_alloc(g, g->t->scratch[0]);
        rv64_mov(x, IR_I64, reg, SP);
        gen_def(g, i, reg, 0);
        break;
    case IR_STACK_RESTORE:
        reg = gen_in(g, in->a);
        rv64_mov(x, IR_I64, SP, reg);
        gen_out(g, in->a, reg);
        break;
    case IR_FRAME_ADDR: case IR_RET_ADDR: frame_up(x, i, in); break;
    case IR_FFLAGS_GET: case IR_FFLAGS_SET: rv64_fflags(x, i, in); break;
    default: break;            /* nop, proj (done with its producer) */
    }
}

static void terminator(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned reg;
    switch (in->op) {
    case IR_JMP: gen_goto(g, (uint32_t)in->a); break;
    case IR_BR: branch(x, in); break;
    case IR_SWITCH: gen_switch(g, i); break;
    case IR_RET: rv64_ret(x, in); epilogue(x); break;
    case IR_JMP_IND:
        for (int32_t k = 0; k < in->c; k++)
            if (gen_has_phis(g, (uint32_t)g->f->ops.p[in->b + k]))
                g->failed = true;
        reg = gen_in(g, in->a);
        rv64_i(&x->o, RV64_I_JALR, ZERO, reg, 0);
        gen_out(g, in->a, reg);
        break;
    case IR_EXIT: case IR_EXIT_INDIRECT: g->failed = true; break;
    default: rv64_0(&x->o, RV64_I_EBREAK); break;
    }
}

static void hook_select(Gen *g, uint32_t i)
{
    Rv64Fast *x = rv64_of(g);
    const IrIns *in = gen_ins(g, i);
    if (in->aux & IR_HAS_STATE)
        g->failed = true;
    switch (ir_ops[in->op].class) {
    case IRC_INT: rv64_int(x, i, in); break;
    case IRC_CMP: case IRC_FCMP:
        if (rv64_defer_cmp(x, i))
            g->vals[i].flags |= GV_DEFER;
        else if (!gen_dead(g, i))
            rv64_cmp_value(x, i);
        else
            gen_consume(g, in->a), gen_consume(g, in->b);
        break;
    case IRC_FLT: rv64_flt(x, i, in); break;
    case IRC_LOAD: rv64_load(x, i, in); break;
    case IRC_STORE:
        if (in->op == IR_STORE)
            rv64_store(x, in);
        else if (in->op == IR_COPY)
            rv64_copy(x, in);
        else
            rv64_fill(x, in);
        break;
    case IRC_ATOMIC: rv64_atomic(x, i, in); break;
    case IRC_CALL: rv64_call(x, i, in); break;
    case IRC_TERM: terminator(x, i, in); break;
    default: misc(x, i, in); break;
    }
}

/* ---- the driver ---- */

/* The jump tables' addends: label numbers become offsets in text. */
static void finish_tables(Rv64Fast *x, uint32_t first_reloc)
{
    Gen *g = &x->g;
    if (!x->job->rodata)
        return;
    ObjSec *s = x->job->obj->secs.p[x->job->rodata];
    ObjSymId text = obj_section_symbol(x->job->obj, x->job->text);
    for (uint32_t k = first_reloc; k < s->relocs.n; k++) {
        ObjReloc *r = &s->relocs.p[k];
        uint32_t label = get_u32(s->data.p + r->offset);
        if (r->sym != text || !label)
            continue;
        r->addend += (int64_t)g->blocks.p[label - 1].offset;
        put_u32(s->data.p + r->offset, 0);
    }
}

enum { FAR_INS = 700 };        /* from that size on near branches are not even tried */

static bool compile(GenJob *job, IrFn *f)
{
    Obj *obj = job->obj;
    ObjSec *sec = obj->secs.p[job->text];
    if (sec->align < 4)
        sec->align = 4;
    buf_align(&sec->data, 4, 0);
    uint64_t start = sec->data.n;
    uint32_t relocs = sec->relocs.n;
    FrameMode mode = FRAME_NONE;
    bool big = false, far = f->ins.n > FAR_INS;
    Rv64Fast *x = arena_alloc(job->arena, sizeof *x);
    /* Further attempts: a leaf that needs memory after all, a frame beyond 12 bits, a branch beyond 4 KiB. */
    for (unsigned attempt = 0; attempt < 4; attempt++) {
        if (job->rodata)
            obj_section_symbol(obj, job->rodata);
        obj_section_symbol(obj, job->text);
        uint32_t ro_relocs = job->rodata ? obj->secs.p[job->rodata]->relocs.n : 0, syms = obj->syms.n;
        size_t ro_bytes = job->rodata ? obj->secs.p[job->rodata]->data.n : 0;
        bool ro = job->rodata != 0;
        memset(x, 0, sizeof *x);
        x->job = job;
        x->o.b = &sec->data;
        x->o.obj = obj;
        x->o.sec = job->text;
        x->o.ext = obj->target->features;
        x->mode = mode;
        x->big = big;
        x->far = far;
        gen_begin(&x->g, job, f, &hooks);
        choose_frame(x);
        gen_pin(&x->g);
        prologue(x);
        x->g.block = f->order.p[0];
        gen_start_block(&x->g, false);
        rv64_params(x);
        if (gen_run(&x->g))
            patch_frame(x);
        if (!x->g.failed) {
            finish_tables(x, ro_relocs);
            for (uint32_t k = 0; k < f->blocks.n; k++) {
                const IrBlock *b = &f->blocks.p[k];
                if (b->address_taken && b->sym) {
                    ObjSym *s = &obj->syms.p[f->unit->syms.p[b->sym].obj];
                    s->sec = job->text;
                    s->value = x->g.blocks.p[k].offset;
                }
            }
            job->start = start;
            job->size = sec->data.n - start;
            return true;
        }
        sec->data.n = start;
        sec->relocs.n = relocs;
        if (ro) {
            obj->secs.p[job->rodata]->relocs.n = ro_relocs;
            obj->secs.p[job->rodata]->data.n = ro_bytes;
            obj->syms.n = syms;    /* only the labels of pc-relative pairs were added */
        }
        if (x->need_far)
            far = true;
        else if (x->mode == FRAME_NONE)
            mode = FRAME_SP;
        else if (!big)
            big = true;
        else
            break;
    }
    return false;
}

const TargetFast rv64_fast = { compile };
