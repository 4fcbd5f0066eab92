/* fast: x64's fast lane, first part: frame, prologue and epilogues, the hooks of struct GenTarget, terminators, and the switch from
 * an instruction to the file that selects it. In: a checked function. Out: code, relocations, jump tables. */
#include "arch/x64/fast.h"

/* ---- small emitters ---- */

void x64_mov(X64Fast *x, unsigned w, unsigned dst, unsigned src)
{
    if (dst >= XMM0) {
        if (src >= XMM0)
            x64_rr(&x->o, X64_I_MOVAPS_RM, 4, dst, src);
        else
            x64_rr(&x->o, X64_I_MOVD_RM, w, dst, src);
    } else if (src >= XMM0) {
        x64_rr(&x->o, X64_I_MOVD_MR, w, src, dst);
    } else {
        x64_rr(&x->o, X64_I_MOV_MR, w, src, dst);
    }
}

void x64_mov_imm(X64Fast *x, unsigned dst, int64_t v)
{
    if (!v)
        x64_rr(&x->o, X64_I_XOR_MR, 4, dst, dst);
    else if (bits_fits_u((uint64_t)v, 32))
        x64_ri(&x->o, X64_I_MOV_OI, 4, dst, v);
    else if (bits_fits_s(v, 32))
        x64_ri(&x->o, X64_I_MOV_MI, 8, dst, v);
    else
        x64_ri(&x->o, X64_I_MOV_OI, 8, dst, v);
}

void x64_alu_ri(X64Fast *x, X64Row fam, unsigned w, unsigned reg, int64_t imm)
{
    if (w != 1 && bits_fits_s(imm, 8))
        x64_ri(&x->o, ALU(fam, MI8), w, reg, imm);
    else if (reg == RAX)
        x64_ri(&x->o, ALU(fam, I), w, reg, imm);
    else
        x64_ri(&x->o, ALU(fam, MI), w, reg, imm);
}

/* A forward branch is made short when few instructions lie between; should it not reach after all, the function is compiled again. */
enum { SHORT_REACH = 14 };
#define SHORT_FIELD ((uint64_t)1 << 63)

static bool looks_near(const Gen *g, uint32_t label)
{
    return !g->long_jumps && gen_ahead(g, label) <= SHORT_REACH;
}

static uint64_t short_branch(X64Fast *x, X64Row row)
{
    X64Ins i;
    uint8_t bytes[16];
    memset(&i, 0, sizeof i);
    i.row = (uint16_t)row;
    x64_emit(bytes, &i);
    buf_put(x->o.b, bytes, i.len);
    return (x->o.b->n - 1) | SHORT_FIELD;
}

void x64_jump_to(X64Fast *x, uint32_t label)
{
    Gen *g = &x->g;
    if (gen_placed(g, label))
        x64_jmp_back(&x->o, g->blocks.p[label].offset);
    else
        gen_branch_to(g, looks_near(g, label) ? short_branch(x, X64_I_JMP_D8) : x64_jmp32(&x->o), label);
}

void x64_jcc_to(X64Fast *x, unsigned cc, uint32_t label)
{
    Gen *g = &x->g;
    if (gen_placed(g, label))
        x64_jcc_back(&x->o, cc, g->blocks.p[label].offset);
    else
        gen_branch_to(g, looks_near(g, label) ? short_branch(x, (X64Row)(X64_I_JCC_D8 + cc)) : x64_jcc32(&x->o, cc), label);
}

X64Mem x64_rodata_mem(X64Fast *x, uint32_t offset)
{
    X64Mem m = x64_mem(X64_RIP, (int32_t)offset);
    m.reloc_kind = R_PC32;
    m.sym = obj_section_symbol(x->job->obj, gen_rodata_section(&x->g));
    return m;
}

X64Mem x64_pool(X64Fast *x, IrRef c)
{
    return x64_rodata_mem(x, gen_pool(&x->g, c));
}

void x64_pool_bits(X64Fast *x, unsigned xmm, unsigned w, uint64_t bits)
{
    uint8_t bytes[8];
    put_u64(bytes, bits);
    X64Mem m = x64_rodata_mem(x, gen_rodata(&x->g, bytes, w, w));
    x64_rm(&x->o, X64_I_MOVS_RM, w, xmm, &m);
}

/* ---- hooks ---- */

static void hook_move(Gen *g, IrType t, unsigned dst, unsigned src)
{
    x64_mov(x64_of(g), x64_width(t), dst, src);
}

static void hook_swap(Gen *g, IrType t, unsigned a, unsigned b)
{
    X64Fast *x = x64_of(g);
    (void)t;
    if (a < XMM0) {
        x64_rr(&x->o, X64_I_XCHG_MR, 8, a, b);
        return;
    }
    x64_rr(&x->o, X64_I_XORPS_RM, 4, a, b);
    x64_rr(&x->o, X64_I_XORPS_RM, 4, b, a);
    x64_rr(&x->o, X64_I_XORPS_RM, 4, a, b);
}

static void hook_spill(Gen *g, IrType t, unsigned reg, int32_t off)
{
    X64Fast *x = x64_of(g);
    X64Mem m = x64_mem(x->frame_reg, off);
    x64_rm(&x->o, reg >= XMM0 ? X64_I_MOVS_MR : X64_I_MOV_MR, x64_width(t), reg, &m);
}

static void hook_reload(Gen *g, IrType t, unsigned reg, int32_t off)
{
    X64Fast *x = x64_of(g);
    X64Mem m = x64_mem(x->frame_reg, off);
    x64_rm(&x->o, reg >= XMM0 ? X64_I_MOVS_RM : X64_I_MOV_RM, x64_width(t), reg, &m);
}

static void symbol(X64Fast *x, unsigned reg, const IrConst *k)
{
    const IrSym *s = &x->g.f->unit->syms.p[k->id];
    X64Mem m = x64_mem(X64_RIP, 0);
    m.sym = s->obj;
    if (s->flags & IR_SYM_TLS) {
        X64Mem tp = x64_mem(X64_NOREG, 0);
        tp.seg = X64_FS;
        x64_rm(&x->o, X64_I_MOV_RM, 8, reg, &tp);
        if (x->job->pic && !(s->flags & IR_SYM_LOCAL)) {
            m.reloc_kind = R_GOTTPOFF;
            x64_rm(&x->o, ALU(X64_I_ADD_MI8, RM), 8, reg, &m);
        } else {
            X64Mem d = x64_mem(reg, (int32_t)k->v);
            d.reloc_kind = R_TPOFF32;
            d.sym = s->obj;
            x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &d);
            return;
        }
    } else if ((s->flags & IR_SYM_LOCAL) || (!x->job->pic && !(s->flags & IR_SYM_WEAK))) {
        m.reloc_kind = R_PC32;
        if (bits_fits_s(k->v, 31)) {
            m.disp = (int32_t)k->v;
            x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
            return;
        }
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
    } else {
        m.reloc_kind = R_REX_GOTPCRELX;
        x64_rm(&x->o, X64_I_MOV_RM, 8, reg, &m);
    }
    if (!k->v)
        return;
    if (bits_fits_s(k->v, 32)) {
        X64Mem d = x64_mem(reg, (int32_t)k->v);
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &d);
        return;
    }
    /* Far offsets: in two steps through the stack of the encoder's 32-bit range. */
    for (int64_t left = k->v; left;) {
        int64_t step = left > INT32_MAX ? INT32_MAX : left < INT32_MIN ? INT32_MIN : left;
        if (left - step > ((int64_t)1 << 34) || left - step < -((int64_t)1 << 34)) {
            x->g.failed = true;
            return;
        }
        x64_alu_ri(x, X64_I_ADD_MI8, 8, reg, step);
        left -= step;
    }
}

static void hook_constant(Gen *g, unsigned reg, IrRef c)
{
    X64Fast *x = x64_of(g);
    const IrConst *k = ir_const(g->f, c);
    X64Mem m;
    switch (k->kind) {
    case IR_C_INT:
        x64_mov_imm(x, reg, k->type == IR_I32 ? (int64_t)(uint32_t)k->v : k->v);
        return;
    case IR_C_FLT:
        if (!k->v) {
            x64_rr(&x->o, X64_I_XORPS_RM, 4, reg, reg);
            return;
        }
        m = x64_pool(x, c);
        x64_rm(&x->o, X64_I_MOVS_RM, x64_width((IrType)k->type), reg, &m);
        return;
    case IR_C_SYM:
        symbol(x, reg, k);
        return;
    case IR_C_SLOT:
        m = x64_mem(x->frame_reg, (int32_t)(gen_slot_off(g, k->id) + k->v));
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
        return;
    case IR_C_INARG:
        m = x64_mem(RBP, (int32_t)(16 + k->v));
        x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
        return;
    default:
        /* Undefined, but the same every time it is looked at. */
        if (reg >= XMM0)
            x64_rr(&x->o, X64_I_XORPS_RM, 4, reg, reg);
        else
            x64_mov_imm(x, reg, 0);
        return;
    }
}

static void hook_integer(Gen *g, IrType t, unsigned reg, int64_t v)
{
    x64_mov_imm(x64_of(g), reg, t == IR_I32 ? (int64_t)(uint32_t)v : v);
}

static void hook_extend(Gen *g, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed)
{
    x64_extend(x64_of(g), dst, src, size, is_signed, t);
}

static void hook_materialize(Gen *g, uint32_t v)
{
    X64Fast *x = x64_of(g);
    unsigned op = gen_ins(g, v)->op;
    if (op == IR_LOAD)
        x64_load_value(x, v);
    else if (op == IR_ADD || op == IR_INDEX)
        x64_lea_value(x, v);
    else if (ir_ops[op].class == IRC_CMP || ir_ops[op].class == IRC_FCMP)
        x64_cmp_value(g, v, gen_ins(g, v));
    else
        bug(g->host, "fast lane: deferred for nobody");
}

static uint32_t hook_condition(Gen *g, IrRef cond)
{
    X64Cc cc = x64_flags(x64_of(g), cond);
    return cc.cc | (uint32_t)cc.parity << 8;
}

static void hook_jump_if(Gen *g, uint32_t condition, bool holds, uint32_t label)
{
    X64Fast *x = x64_of(g);
    unsigned cc = condition & 0xff, parity = condition >> 8;
    if (!holds) {
        cc ^= 1;
        if (parity)
            parity = parity == CC_AND_NP ? CC_OR_P : CC_AND_NP;
    }
    if (parity == CC_AND_NP) {
        uint32_t skip = gen_label(g);
        x64_jcc_to(x, X64_P, skip);
        x64_jcc_to(x, cc, label);
        gen_place(g, skip);
        return;
    }
    x64_jcc_to(x, cc, label);
    if (parity == CC_OR_P)
        x64_jcc_to(x, X64_P, label);
}

static void hook_jump(Gen *g, uint32_t label)
{
    x64_jump_to(x64_of(g), label);
}

static void hook_patch(Gen *g, uint64_t at, uint64_t target)
{
    X64Fast *x = x64_of(g);
    if (at & SHORT_FIELD) {
        at &= ~SHORT_FIELD;
        if (target - (at + 1) > 127)
            g->too_far = g->failed = true;
        x->o.b->p[at] = (uint8_t)(target - (at + 1));
        return;
    }
    x64_patch32(&x->o, at, target);
}

static void hook_align_loop(Gen *g)
{
    unsigned pad = (unsigned)(0 - g->text->n) & 15;
    if (pad <= 10)
        x64_nops(&x64_of(g)->o, pad);
}

static const uint8_t int_cc[] = { X64_E, X64_NE, X64_L, X64_GE, X64_LE, X64_G, X64_B, X64_AE, X64_BE, X64_A };

static void hook_switch_cmp(Gen *g, IrType t, unsigned reg, IrOp cond, int64_t v, uint32_t label)
{
    X64Fast *x = x64_of(g);
    unsigned w = x64_width(t);
    if (bits_fits_s(v, 32)) {
        if (!v && cond == IR_EQ)
            x64_rr(&x->o, X64_I_TEST_MR, w, reg, reg);
        else
            x64_alu_ri(x, X64_I_CMP_MI8, w, reg, v);
    } else {
        unsigned tmp = gen_alloc(g, g->t->scratch[0]);
        x64_mov_imm(x, tmp, v);
        x64_rr(&x->o, ALU(X64_I_CMP_MI8, MR), w, tmp, reg);
        gen_free(g, tmp);
    }
    x64_jcc_to(x, int_cc[cond - IR_EQ], label);
}

static void hook_switch_table(Gen *g, IrType t, unsigned reg, int64_t lo, const uint32_t *labels, uint32_t n, bool checked,
                              uint32_t otherwise)
{
    X64Fast *x = x64_of(g);
    unsigned w = x64_width(t);
    unsigned idx = gen_alloc(g, g->t->scratch[0]), base = gen_alloc(g, g->t->scratch[0]);
    if (bits_fits_s(-lo, 32) && lo != INT32_MIN) {
        X64Mem m = x64_mem(reg, (int32_t)-lo);
        if (lo)
            x64_rm(&x->o, X64_I_LEA_RM, w, idx, &m);
        else
            x64_mov(x, w, idx, reg);
    } else {
        x64_mov_imm(x, idx, w == 4 ? (int64_t)(uint32_t)(0 - (uint64_t)lo) : (int64_t)(0 - (uint64_t)lo));
        x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), w, reg, idx);
    }
    if (checked) {
        x64_alu_ri(x, X64_I_CMP_MI8, w, idx, (int64_t)n - 1);
        x64_jcc_to(x, X64_A, otherwise);
    }
    X64Mem m = x64_rodata_mem(x, gen_table_at(g));
    x64_rm(&x->o, X64_I_LEA_RM, 8, base, &m);
    m = x64_mem(base, 0);
    m.index = (uint8_t)idx;
    m.scale = 2;
    x64_rm(&x->o, X64_I_MOVSXD_RM, 8, idx, &m);
    x64_rr(&x->o, ALU(X64_I_ADD_MI8, MR), 8, base, idx);
    x64_r(&x->o, X64_I_JMP_M, 8, idx);
    gen_free(g, idx);
    gen_free(g, base);
    gen_table(g, labels, n, R_PC32);
}

/* ---- frame ---- */

static void choose_frame(Gen *g)
{
    X64Fast *x = x64_of(g);
    x->frame_reg = RSP;
    g->frame_limit = 0x7ff00000;
    if (g->f->flags & IR_FN_UNIT) {
        x->mode = FRAME_UNIT;
        g->frame_limit = GEN_UNIT_FRAME;
        if (g->out_size)
            g->failed = true;      /* [rsp] is the trampoline's */
    } else if (g->big_align) {
        x->mode = FRAME_ALIGNED;
        if (g->dynamic)
            x->frame_reg = RBX;
    } else if (g->inargs || g->dynamic || (g->f->flags & IR_FN_VARIADIC)) {
        x->mode = FRAME_RBP;
        x->frame_reg = RBP;
    } else if (g->calls || x->mode != FRAME_RED) {
        x->mode = FRAME_RSP;
    } else {
        g->frame_limit = 128;
    }
    for (unsigned c = 0; c < 2; c++) {
        g->pin_saved[c] = g->t->pin_saved[c];
        g->pin_free[c] = g->t->pin_free[c];
    }
    if (x->mode == FRAME_RED || x->mode == FRAME_RSP)
        g->pin_saved[0] |= 1u << RBP;
    if (x->frame_reg == RBX)
        g->pin_saved[0] &= ~(uint64_t)(1u << RBX);
    for (uint32_t k = 0; k < g->f->nparams; k++) {
        const IrPiece *p = &g->f->pieces.p[g->f->first_param + k];
        if (p->place == IR_PLACE_INT) {
            if (p->index + 1 > x->nint)
                x->nint = (uint8_t)(p->index + 1);
            if (p->index >= 4)
                g->pin_free[0] &= ~((uint64_t)1 << x64_int_args[p->index < 6 ? p->index : 5]);
        } else if (p->place == IR_PLACE_FP && p->index + 1 > x->nfp) {
            x->nfp = (uint8_t)(p->index + 1);
        }
    }
}

/* What the stack pointer is a multiple of, in the function's whole body. */
static int64_t stack_align(const Gen *g)
{
    uint32_t align = 16;
    for (uint32_t k = 0; k < g->f->slots.n; k++)
        if (g->f->slots.p[k].align > align)
            align = g->f->slots.p[k].align;
    return align;
}

static void prologue(Gen *g)
{
    X64Fast *x = x64_of(g);
    static const uint8_t order[] = { RBP, RBX, 12, 13, 14, 15 };
    if (x->mode == FRAME_UNIT) {
        g->frame_at = GEN_UNIT_HOMES;
        return;
    }
    if (x->mode == FRAME_RBP || x->mode == FRAME_ALIGNED) {
        x64_r(&x->o, X64_I_PUSH_O, 8, RBP);
        x64_mov(x, 8, RBP, RSP);
    }
    for (unsigned k = 0; k < sizeof order; k++) {
        if ((g->saved_used >> order[k] & 1) || (x->frame_reg == RBX && order[k] == RBX)) {
            x64_r(&x->o, X64_I_PUSH_O, 8, order[k]);
            x->push[x->npush++] = order[k];
        }
    }
    if (x->mode == FRAME_RED) {
        g->down = true;
        return;
    }
    x64_ri(&x->o, ALU(X64_I_SUB_MI8, MI), 8, RSP, 0x1000);
    x->sub_at = x->o.b->n - 4;
    if (x->mode == FRAME_RBP) {
        g->down = true;
        g->frame_at = -8 * (int32_t)x->npush;
        return;
    }
    g->frame_at = (int32_t)align_up(g->out_size, 16);
    if (x->mode == FRAME_ALIGNED) {
        x64_alu_ri(x, X64_I_AND_MI8, 8, RSP, -stack_align(g));
        if (x->frame_reg == RBX)
            x64_mov(x, 8, RBX, RSP);
    }
}

static void epilogue(Gen *g)
{
    X64Fast *x = x64_of(g);
    switch (x->mode) {
    case FRAME_UNIT:
        break;
    case FRAME_RED:
        break;
    case FRAME_RSP:
        x64_ri(&x->o, ALU(X64_I_ADD_MI8, MI), 8, RSP, 0x1000);
        vec_push(x->g.arena, &x->adds, x->o.b->n - 4);
        break;
    case FRAME_RBP:
    case FRAME_ALIGNED:
        if (x->npush) {
            X64Mem m = x64_mem(RBP, -8 * (int32_t)x->npush);
            x64_rm(&x->o, X64_I_LEA_RM, 8, RSP, &m);
        } else {
            x64_0(&x->o, X64_I_LEAVE_ZO, 8);
            x64_0(&x->o, X64_I_RET_ZO, 8);
            return;
        }
        break;
    }
    for (unsigned k = x->npush; k-- > 0;)
        x64_r(&x->o, X64_I_POP_O, 8, x->push[k]);
    if (x->mode >= FRAME_RBP)
        x64_r(&x->o, X64_I_POP_O, 8, RBP);
    x64_0(&x->o, X64_I_RET_ZO, 8);
}

/* The size of the frame is known now. An adjustment by nothing becomes one long nop. */
static void patch_frame(Gen *g)
{
    X64Fast *x = x64_of(g);
    uint64_t size = 0;
    static const uint8_t nop7[7] = { 0x0f, 0x1f, 0x80, 0, 0, 0, 0 };
    if (!x->sub_at)
        return;
    if (x->mode == FRAME_RSP)
        size = align_up((uint64_t)g->frame_at + 8 + 8 * x->npush, 16) - 8 - 8 * x->npush;
    else if (x->mode == FRAME_RBP)
        size = align_up((uint64_t)-(int64_t)g->frame_at + g->out_size, 16) - 8 * x->npush;
    else
        size = align_up((uint64_t)g->frame_at, 16);
    if (!g->calls && x->mode == FRAME_RSP)
        size = align_up((uint64_t)g->frame_at, 8);
    if (size > INT32_MAX) {
        g->failed = true;
        return;
    }
    if (!size) {
        memcpy(x->o.b->p + x->sub_at - 3, nop7, 7);
        for (uint32_t k = 0; k < x->adds.n; k++)
            memcpy(x->o.b->p + x->adds.p[k] - 3, nop7, 7);
        return;
    }
    put_u32(x->o.b->p + x->sub_at, (uint32_t)size);
    for (uint32_t k = 0; k < x->adds.n; k++)
        put_u32(x->o.b->p + x->adds.p[k], (uint32_t)size);
}

/* ---- terminators ---- */

static void leave_unit(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    IrRef refs[GEN_MAX_LEAVE];
    uint8_t dst[GEN_MAX_LEAVE];
    unsigned n = gen_leave(g, i, refs, dst);
    if (in->op == IR_EXIT_INDIRECT) {
        refs[n] = in->a;
        dst[n++] = RAX;
    }
    gen_set_regs(g, refs, dst, n);
    if (in->op == IR_EXIT_INDIRECT) {
        X64Mem m = x64_mem(RSP, GEN_UNIT_FRAME);
        uint32_t miss = gen_label(g);
        m.index = RCX;
        m.scale = 3;           /* twice the address: entries of 16 bytes by half of it */
        x64_mov(x, 4, RCX, RAX);
        x64_alu_ri(x, X64_I_AND_MI8, 4, RCX, 2 * (GEN_UNIT_JUMPS - 1));
        x64_rm(&x->o, ALU(X64_I_CMP_MI8, MR), 8, RAX, &m);
        gen_branch_to(g, short_branch(x, (X64Row)(X64_I_JCC_D8 + X64_NE)), miss);
        m.disp += 8;
        x64_m(&x->o, X64_I_JMP_M, 8, &m);
        gen_place(g, miss);
        m = x64_mem(RSP, 0);
        x64_m(&x->o, X64_I_JMP_M, 8, &m);
        return;
    }
    gen_exit_here(g, (uint32_t)in->a, x64_jmp32(&x->o));
}

static void frame_up(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    unsigned reg = gen_alloc(g, g->t->scratch[0]);
    X64Mem m = x64_mem(in->a ? reg : RBP, 0);
    x64_mov(x, 8, reg, RBP);
    for (int32_t k = 0; k < in->a; k++)
        x64_rm(&x->o, X64_I_MOV_RM, 8, reg, &m);
    if (in->op == IR_RET_ADDR) {
        m.disp = 8;
        m.base = (uint8_t)reg;
        x64_rm(&x->o, X64_I_MOV_RM, 8, reg, &m);
    }
    gen_def(g, i, reg, 0);
}

static void alloca_op(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    uint64_t align = (uint64_t)1 << (in->aux & 63), out = align_up(g->out_size, 16);
    unsigned reg = gen_alloc(g, g->t->scratch[0]), size = gen_in(g, in->a);
    X64Mem m = x64_mem(size, (int32_t)((align > 16 ? align : 0) + (uint64_t)stack_align(g) - 1));
    x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
    gen_out(g, in->a, size);
    x64_alu_ri(x, X64_I_AND_MI8, 8, reg, -stack_align(g));
    x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), 8, reg, RSP);
    m = x64_mem(RSP, (int32_t)(out + (align > 16 ? align - 1 : 0)));
    x64_rm(&x->o, X64_I_LEA_RM, 8, reg, &m);
    if (align > 16)
        x64_alu_ri(x, X64_I_AND_MI8, 8, reg, -(int64_t)align);
    gen_def(g, i, reg, 0);
}

/* ---- what gen asks for ---- */

static void jump_reg(Gen *g, unsigned reg)
{
    x64_r(&x64_of(g)->o, X64_I_JMP_M, 8, reg);
}

static void trap(Gen *g)
{
    x64_0(&x64_of(g)->o, X64_I_UD2_ZO, 0);
}

static void stack_pointer(Gen *g, unsigned reg, bool get)
{
    x64_mov(x64_of(g), 8, get ? reg : RSP, get ? RSP : reg);
}

static void junk(Gen *g, unsigned reg)
{
    x64_ri(&x64_of(g)->o, X64_I_BTS_MI8, 8, reg, 45);
}

static const GenSelect selection = {
    x64_int, x64_cmp_value, x64_flt, x64_load, x64_store, x64_copy, x64_fill, x64_atomic, x64_call,
    x64_bitcast, x64_select_op, x64_param, alloca_op, x64_va_start, frame_up, x64_fflags, leave_unit,
    epilogue, jump_reg, trap, stack_pointer, junk,
};

static const GenTarget hooks = {
    { 0x0fc7, 0xffff0000u },
    { 1u << RBX | 1u << 12 | 1u << 13 | 1u << 14 | 1u << 15, 0 },
    { 1u << R8 | 1u << R9 | 1u << R10 | 1u << R11, 0xff000000u },
    0,
    { { RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11, GEN_NOREG },
      { XMM0, XMM0 + 1, XMM0 + 2, XMM0 + 3, XMM0 + 4, XMM0 + 5, XMM0 + 6, XMM0 + 7, XMM0 + 8, XMM0 + 9, XMM0 + 10, XMM0 + 11,
        XMM0 + 12, XMM0 + 13, XMM0 + 14, XMM0 + 15, GEN_NOREG } },
    true,
    x64_piece_reg, hook_move, hook_swap, hook_spill, hook_reload, hook_constant, hook_integer, hook_extend,
    hook_materialize, &selection, hook_condition, hook_jump_if, hook_jump, hook_patch,
    hook_align_loop, hook_switch_cmp, hook_switch_table,
    choose_frame, prologue, x64_params, patch_frame,
};

/* ---- the driver ---- */

static bool compile(GenJob *job, IrFn *f)
{
    X64Fast *x = arena_alloc(job->arena, sizeof *x);
    GenAttempt attempt = { 0 };
    bool red = true, short_jumps = true, again = true;
    gen_attempt_begin(&attempt, job, 16, 0xcc);
    /* Again for the leaf function whose temporaries did not fit the red zone, and where a short branch did not reach. */
    while (again) {
        Gen *g = &x->g;
        memset(x, 0, sizeof *x);
        x->job = job;
        x->o.obj = job->obj;
        x->o.sec = job->text;
        x->mode = red ? FRAME_RED : FRAME_RSP;
        x->o.b = &job->obj->secs.p[job->text]->data;
        if (gen_try(g, job, f, &hooks, &attempt, !short_jumps))
            return true;
        again = g->too_far || x->mode == FRAME_RED;
        if (g->too_far)
            short_jumps = false;
        else
            red = false;
        gen_attempt_undo(&attempt, job);
    }
    return false;
}

const TargetFast x64_fast = { compile };
