/* lift.c: a block of guest code to a unit of the IR, by the contract TargetLift in arch.h. In: bytes at a guest address. Out: a function
 * whose exits say where the guest goes on. Two passes: the first decodes to the block's end and learns which states are touched, for the
 * contract stands at the unit's head; the second writes the IR.
 *
 * The one idea: a block is a straight line with side exits. A branch forward leaves by one and the block goes on behind it, so that
 * values stay values; a branch back, a jump and what the emulator does itself end it. Nothing loops inside a unit: every round of a
 * guest's loop passes an exit, where the emulator counts.
 *
 * What may fault has a map of what the block changed so far, and the pc. Singles are boxed only where somebody looks at the register's
 * 64 bits: a map, an exit, a double's instruction. */
#include "arch/rv64/lift.h"

enum { SIDES = 2 };            /* conditional branches a block goes on behind */
enum { CSR_FFLAGS = 1, CSR_FRM, CSR_FCSR, CSR_CYCLE = 0xc00, CSR_INSTRET = 0xc02 };

/* ---- states ---- */

IrRef rv64_lift_x(const Rv64Lift *l, unsigned reg)
{
    return reg ? l->val[reg] : ir_int(l->f, IR_I64, 0);
}

void rv64_lift_set_x(Rv64Lift *l, unsigned reg, IrRef v)
{
    if (reg)
        rv64_lift_set_state(l, reg, v);
}

IrRef rv64_lift_state(const Rv64Lift *l, unsigned state)
{
    return l->val[state];
}

void rv64_lift_set_state(Rv64Lift *l, unsigned state, IrRef v)
{
    if (l->job->how & LIFT_COPIES && v > 0 && ((uint32_t)v < l->first || v == l->given))
        v = ir_append(l->f, IR_MOVE, ir_ref_type(l->f, v), 0, v, 0, 0);
    l->given = v;
    l->val[state] = v;
    l->dirty[state] = true;
}

void rv64_lift_settle(Rv64Lift *l)
{
    unsigned s;
    for (s = LIFT_F0; l->unboxed && s < LIFT_PC; s++)
        if (!l->val[s] && l->single[s - LIFT_F0])
            l->val[s] = rv64_lift_box(l->f, l->single[s - LIFT_F0]);
    l->unboxed = false;
}

void rv64_lift_fault_map(Rv64Lift *l, IrRef ins)
{
    int32_t pairs[2 * LIFT_STATES], *p = pairs;
    const uint8_t *s = l->list, *end = s + l->nlist;
    for (; s < end && *s < LIFT_PC; s++)
        if (l->dirty[*s]) {
            *p++ = *s;
            *p++ = l->val[*s];
        }
    *p++ = LIFT_PC;
    *p++ = lift_i64(l, l->pc);
    for (; s < end; s++)
        if (l->dirty[*s]) {
            *p++ = *s;
            *p++ = l->val[*s];
        }
    ir_state(l->f, ins, pairs, (uint32_t)(p - pairs) / 2);
}

/* ---- exits ---- */

/* The states with the values given (all of val, then of single; by place in the list; none: unchanged), as a map to a terminator. */
static void exit_map(Rv64Lift *l, const IrRef *values, IrOp op, int32_t operand)
{
    int32_t pairs[2 * LIFT_STATES];
    unsigned k, n = 0;
    for (k = 0; k < l->nlist; k++) {
        if (!values[k] && !values[l->nlist + k])
            continue;
        pairs[2 * n] = l->list[k];
        pairs[2 * n++ + 1] = values[k] ? values[k] : rv64_lift_box(l->f, values[l->nlist + k]);
    }
    ir_state(l->f, ir_ins(l->f, op, IR_VOID, 0, operand, 0, 0), pairs, n);
}

static void values_now(const Rv64Lift *l, IrRef *to)
{
    unsigned k;
    for (k = 0; k < l->nlist; k++) {
        unsigned s = l->list[k];
        to[k] = l->dirty[s] ? l->val[s] : IR_NONE;
        to[l->nlist + k] = l->dirty[s] && s >= LIFT_F0 && s < LIFT_PC ? l->single[s - LIFT_F0] : IR_NONE;
    }
}

static void put_exit(Rv64Lift *l, const IrRef *values, uint64_t pc, unsigned kind)
{
    LiftExit *e = &l->job->exits[l->job->nexits];
    e->pc = pc;
    e->kind = (uint8_t)kind;
    exit_map(l, values, IR_EXIT, (int32_t)l->job->nexits++);
}

static void leave(Rv64Lift *l, uint64_t pc, unsigned kind)
{
    IrRef now[2 * LIFT_STATES];
    values_now(l, now);
    put_exit(l, now, pc, kind);
}

void rv64_lift_leave_if(Rv64Lift *l, IrRef cond, uint64_t pc, LiftKind kind)
{
    LiftSide *s = &l->sides[l->nsides++];
    uint32_t on = ir_block(l->f);
    s->block = ir_block(l->f);
    s->exit.pc = pc;
    s->exit.kind = (uint8_t)kind;
    s->values = arena_alloc(l->job->arena, 2 * l->nlist * sizeof *s->values);
    values_now(l, s->values);
    ir_br(l->f, cond, s->block, on);
    ir_place(l->f, on);
}

static void put_sides(Rv64Lift *l)
{
    unsigned k;
    for (k = 0; k < l->nsides; k++) {
        LiftSide *s = &l->sides[k];
        ir_place(l->f, s->block);
        if (ir_open(l->f))
            put_exit(l, s->values, s->exit.pc, s->exit.kind);
    }
}

/* ---- control ---- */

/* Without C, a target between two instructions raises the exception at the jump (ISA 2.5). */
static bool misaligned(const Rv64Lift *l, uint64_t target)
{
    return (target & 2) && !(l->job->features & RV64_X_C);
}

static void lift_branch(Rv64Lift *l, const Rv64Ins *i)
{
    static const uint8_t ops[] = { IR_EQ, IR_NE, IR_SLT, IR_SGE, IR_ULT, IR_UGE };
    IrRef cond = lift_op2(l, (IrOp)ops[i->row - RV64_I_BEQ], rv64_lift_x(l, i->rs1), rv64_lift_x(l, i->rs2));
    uint64_t target = l->pc + (uint64_t)(int64_t)i->imm;
    bool bad = misaligned(l, target);
    rv64_lift_leave_if(l, cond, bad ? l->pc : target, bad ? LIFT_MISALIGNED : LIFT_GOTO);
}

static void lift_jalr(Rv64Lift *l, const Rv64Ins *i)
{
    IrRef now[2 * LIFT_STATES];
    IrRef a = lift_op2(l, IR_AND, ir_add_imm(l->f, rv64_lift_x(l, i->rs1), i->imm), lift_i64(l, ~(uint64_t)1));
    int64_t target;
    if (!(l->job->features & RV64_X_C))
        rv64_lift_leave_if(l, lift_low(l, lift_op2(l, IR_AND, a, lift_i64(l, 2))), l->pc, LIFT_MISALIGNED);
    if (!ir_open(l->f))
        return;
    rv64_lift_set_x(l, i->rd, lift_i64(l, l->next));
    values_now(l, now);
    if (ir_is_int(l->f, a, &target))
        put_exit(l, now, (uint64_t)target, LIFT_GOTO);
    else
        exit_map(l, now, IR_EXIT_INDIRECT, a);
}

/* ---- control and status registers ---- */

static bool csr_writes(const Rv64Ins *i)
{
    switch (i->row) {
    case RV64_I_CSRRS: case RV64_I_CSRRC: return i->rs1 != 0;
    case RV64_I_CSRRSI: case RV64_I_CSRRCI: return i->imm != 0;
    default: return true;
    }
}

/* fflags alone is done in the unit (F, 11.2): the mode and the counters are the emulator's. */
static unsigned csr_kind(const Rv64Ins *i, uint32_t features)
{
    if (i->csr >= CSR_FFLAGS && i->csr <= CSR_FCSR)
        return !(features & RV64_X_F) ? LIFT_ILLEGAL : i->csr == CSR_FFLAGS ? LIFT_GOTO : LIFT_SPECIAL;
    return i->csr >= CSR_CYCLE && i->csr <= CSR_INSTRET && !csr_writes(i) ? LIFT_SPECIAL : LIFT_ILLEGAL;
}

static void lift_fflags(Rv64Lift *l, const Rv64Ins *i)
{
    bool immediate = i->row >= RV64_I_CSRRWI, replace = i->row == RV64_I_CSRRW || i->row == RV64_I_CSRRWI;
    bool clear = i->row == RV64_I_CSRRC || i->row == RV64_I_CSRRCI;
    IrRef old = IR_NONE, v = immediate ? lift_i32(l, (uint32_t)i->imm) : lift_low(l, rv64_lift_x(l, i->rs1));
    if (!replace || i->rd)
        old = ir_ins(l->f, IR_FFLAGS_GET, IR_I32, 0, 0, 0, 0);
    if (csr_writes(i)) {
        v = ir_op2(l->f, IR_AND, IR_I32, v, lift_i32(l, 31));
        if (clear)
            v = ir_op2(l->f, IR_AND, IR_I32, old, ir_op1(l->f, IR_NOT, IR_I32, v));
        else if (!replace)
            v = ir_op2(l->f, IR_OR, IR_I32, old, v);
        ir_ins(l->f, IR_FFLAGS_SET, IR_VOID, 0, v, 0, 0);
    }
    if (i->rd)
        rv64_lift_set_x(l, i->rd, lift_zext(l, old));
}

static void lift_fence(Rv64Lift *l, IrOrder order)
{
    ir_append(l->f, IR_FENCE, IR_VOID, (unsigned)order << IR_MEM_ORDER_SHIFT, 0, 0, 0);
}

/* ---- one instruction ---- */

/* Where the block goes on after it: LIFT_GOTO straight on, else how it is left. ENDS: the instruction lifts its own way out. */
enum { ENDS = 0x80 };
static unsigned end_of(const LiftJob *j, const Rv64Ins *i)
{
    const Rv64Insn *in = &rv64_insns[i->row];
    if (rv64_forms[in->form].extra & FX_RM && !(in->flags & RVF_RM0)) {
        if (j->how & LIFT_NO_DYNAMIC && i->rm == RV64_DYN)
            return LIFT_ILLEGAL;
        if ((j->how & LIFT_STEP_DYNAMIC && i->rm == RV64_DYN) || (j->how & LIFT_HOST_FLOATS && i->rm == RV64_RMM))
            return LIFT_STEP;
    }
    if (j->how & LIFT_NO_FMA && rv64_forms[in->form].rs3)
        return LIFT_STEP;
    switch (i->row) {
    case RV64_I_JAL: case RV64_I_JALR: return ENDS;
    case RV64_I_ECALL: return LIFT_SYSCALL;
    case RV64_I_EBREAK: return LIFT_BREAK;
    case RV64_I_FENCE_I: return LIFT_FLUSH;
    case RV64_I_SRET: case RV64_I_MRET: case RV64_I_WFI: case RV64_I_SFENCE_VMA: case RV64_I_C_UNIMP: return LIFT_ILLEGAL;
    case RV64_I_CSRRW: case RV64_I_CSRRS: case RV64_I_CSRRC: case RV64_I_CSRRWI: case RV64_I_CSRRSI: case RV64_I_CSRRCI:
        return csr_kind(i, j->features);
    default: return LIFT_GOTO;
    }
}

static void lift_one(Rv64Lift *l, const Rv64Ins *i)
{
    const Rv64Insn *in = &rv64_insns[i->row];
    if (in->flags & RVF_BRANCH) {
        lift_branch(l, i);
        return;
    }
    switch (i->row) {
    case RV64_I_JAL: {
        uint64_t target = l->pc + (uint64_t)(int64_t)i->imm;
        if (misaligned(l, target)) {
            leave(l, l->pc, LIFT_MISALIGNED);
            return;
        }
        rv64_lift_set_x(l, i->rd, lift_i64(l, l->next));
        leave(l, target, LIFT_GOTO);
        return;
    }
    case RV64_I_JALR: lift_jalr(l, i); return;
    case RV64_I_CSRRW: case RV64_I_CSRRS: case RV64_I_CSRRC: case RV64_I_CSRRWI: case RV64_I_CSRRSI: case RV64_I_CSRRCI:
        lift_fflags(l, i);
        return;
    case RV64_I_FENCE:
        if ((i->imm & 15) && i->imm >> 4) /* a HINT otherwise */
            lift_fence(l, IR_SEQ_CST);
        return;
    case RV64_I_FENCE_TSO: lift_fence(l, IR_ACQ_REL); return;
    default:
        if (!rv64_lift_mem(l, i) && !(in->flags & RVF_FP ? rv64_lift_flt(l, i) : rv64_lift_int(l, i)))
            bug(l->job->host, "rv64: an instruction that is not lifted");
        return;
    }
}

/* ---- the first pass ---- */

typedef struct Plan {
    Rv64Ins ins[LIFT_MAX_INS];
    unsigned n;
    uint64_t size;             /* bytes of them and of what ends the block */
    uint64_t end_pc;
    unsigned end;              /* LiftKind, ENDS */
    bool touched[LIFT_STATES];
    uint8_t list[LIFT_STATES]; /* those, ascending */
    unsigned nlist;
} Plan;

/* ISA 2.7, Zifencei: reserved fields of fences are not looked at. */
static bool decode_fence(uint32_t w, Rv64Ins *i)
{
    if ((w & 0x607f) != 0x000f)
        return false;
    memset(i, 0, sizeof *i);
    i->row = w & 0x1000 ? RV64_I_FENCE_I : RV64_I_FENCE;
    i->imm = (int32_t)(w >> 20 & 0xff);
    i->len = 4;
    return true;
}

/* The instruction at p, as a row of 32 bits; else why there is none. */
static unsigned decode(const LiftJob *j, const Rv64Dec *d, const uint8_t *p, size_t n, Rv64Ins *i)
{
    if (n < 2 || ((p[0] & 3) == 3 && n < 4))
        return LIFT_FETCH;
    i->len = (p[0] & 3) == 3 ? 4 : 2;
    if (!rv64_decode(d, p, n, i) && !(i->len == 4 && decode_fence(get_u32(p), i)))
        return LIFT_ILLEGAL;
    if (rv64_insns[i->row].ext & ~j->features)
        return LIFT_ILLEGAL;
    unsigned len = i->len;
    rv64_expand(i);
    i->len = (uint8_t)len;
    return LIFT_GOTO;
}

static void touch(Plan *p, unsigned state)
{
    unsigned k;
    if (!state || p->touched[state])
        return;
    p->touched[state] = true;
    for (k = p->nlist++; k && p->list[k - 1] > state; k--)
        p->list[k] = p->list[k - 1];
    p->list[k] = (uint8_t)state;
}

static void touch_operands(Plan *p, const Rv64Ins *i)
{
    /* Those that a form lacks are 0, which is x0. */
    touch(p, i->rd);
    touch(p, i->rs1);
    touch(p, i->rs2);
    touch(p, i->rs3);
    if (i->row >= RV64_I_LR_W && i->row <= RV64_I_SC_D) {
        touch(p, LIFT_RES_ADDR);
        touch(p, LIFT_RES_VALID);
        touch(p, LIFT_RES_VALUE);
    }
}

/* Blocks whose accesses may each leave are shorter. */
enum { MAX_CHECKED = 24 };

static void plan(const LiftJob *j, const Rv64Dec *d, Plan *p)
{
    unsigned max = j->max_ins < LIFT_MAX_INS ? j->max_ins : LIFT_MAX_INS, sides = 0, kind;
    memset(p->touched, 0, sizeof p->touched);
    p->n = p->nlist = 0;
    p->size = 0;
    p->end = LIFT_GOTO;
    if (j->how & LIFT_CHECKED) {
        max = max < MAX_CHECKED ? max : MAX_CHECKED;
        touch(p, LIFT_TLB);
    }
    if (j->how & LIFT_COUNTED)
        touch(p, LIFT_BUDGET);
    for (;;) {
        Rv64Ins *i = &p->ins[p->n];
        uint64_t pc = j->pc + p->size;
        p->end_pc = pc;
        if (p->n && p->n >= max)
            return;
        kind = decode(j, d, j->code + p->size, j->n - p->size, i);
        if (kind == LIFT_FETCH) {
            p->end = p->n ? LIFT_GOTO : LIFT_FETCH;
            p->size = p->n ? p->size : j->n;
            return;
        }
        p->size += i->len;
        if (kind == LIFT_GOTO)
            kind = end_of(j, i);
        if (kind != LIFT_GOTO && kind != ENDS) {
            p->end = kind;
            if (kind == LIFT_SYSCALL || kind == LIFT_FLUSH) {
                p->n++;
                p->end_pc = pc + i->len;
            }
            return;
        }
        touch_operands(p, i);
        p->n++;
        p->end_pc = pc + i->len;
        if (kind == ENDS) {
            p->end = ENDS;
            return;
        }
        if (j->how & LIFT_COMPARES && rv64_insns[i->row].flags & (RVF_STORE | RVF_ATOMIC))
            return;
        if ((rv64_insns[i->row].flags & RVF_BRANCH) && (i->imm <= 0 || ++sides == SIDES))
            return;
    }
}

/* ---- the block ---- */

static void *context(Arena *a)
{
    return rv64_dec_new(a);
}

static void open_unit(Rv64Lift *l, const Plan *p)
{
    LiftJob *j = l->job;
    unsigned k;
    if (j->unit->syms.n < 2)
        ir_unit_sym(j->unit, "block", IR_SYM_FUNC | IR_SYM_LOCAL, 0);
    l->f = j->f = ir_fn_new(j->host, j->arena, j->unit, 1);
    l->f->flags |= IR_FN_UNIT;
    ir_place(l->f, ir_block(l->f));
    l->list = p->list;
    l->nlist = p->nlist;
    vec_reserve(j->arena, &l->f->contract, p->nlist);
    for (k = 0; k < p->nlist; k++) {
        unsigned s = p->list[k];
        IrContract *c = &l->f->contract.p[l->f->contract.n++];
        c->id = s;
        c->type = s >= LIFT_F0 && s < LIFT_PC ? IR_F64 : IR_I64;
        c->reg = j->reg[s];
        l->val[s] = ir_append(l->f, IR_STATE_IN, (IrType)c->type, 0, (int32_t)s, 0, 0);
    }
}

static void count(Rv64Lift *l, unsigned n)
{
    IrRef left = ir_add_imm(l->f, l->val[LIFT_BUDGET], -(int64_t)n);
    rv64_lift_set_state(l, LIFT_BUDGET, left);
    rv64_lift_leave_if(l, lift_op2(l, IR_SLT, left, lift_i64(l, 0)), l->job->pc, LIFT_SPENT);
}

/* The block is left where the bytes it was lifted from are not there any more. */
static void compare(Rv64Lift *l, size_t n)
{
    const uint8_t *p = l->job->code;
    IrRef differ = IR_NONE;
    for (size_t at = 0, step; at < n; at += step) {
        unsigned log2 = n - at >= 8 ? 3 : n - at >= 4 ? 2 : 1;
        uint64_t want = log2 == 3 ? get_u64(p + at) : log2 == 2 ? get_u32(p + at) : get_u16(p + at);
        IrRef v = ir_load(l->f, IR_I64, log2, lift_i64(l, l->job->code_at + at), 0);
        v = lift_op2(l, IR_XOR, v, lift_i64(l, want));
        differ = differ ? lift_op2(l, IR_OR, differ, v) : v;
        step = (size_t)1 << log2;
    }
    rv64_lift_leave_if(l, lift_op2(l, IR_NE, differ, lift_i64(l, 0)), l->job->pc, LIFT_STALE);
}

static void block(LiftJob *j)
{
    const Rv64Dec *d = j->context ? j->context : rv64_dec_new(j->arena);
    Rv64Lift l;
    Plan p;
    unsigned k, cost;
    uint64_t at = j->pc;
    plan(j, d, &p);
    cost = p.n ? p.n : 1;
    memset(&l, 0, offsetof(Rv64Lift, sides));
    l.nsides = 0;
    l.job = j;
    j->nexits = 0;
    open_unit(&l, &p);
    if (j->how & LIFT_COMPARES && p.size)
        compare(&l, p.size);
    if (j->how & LIFT_COUNTED)
        count(&l, cost);
    for (k = 0; k < p.n && ir_open(l.f); k++) {
        l.pc = at;
        l.next = at += p.ins[k].len;
        l.first = l.f->ins.n;
        if (k + 1 == p.n && (p.end == LIFT_SYSCALL || p.end == LIFT_FLUSH))
            continue;
        lift_one(&l, &p.ins[k]);
    }
    j->nins = k;
    j->cost = cost;
    j->size = p.size;
    if (ir_open(l.f))
        leave(&l, p.end_pc, p.end);
    put_sides(&l);
    ir_finish(l.f);
}

static const uint8_t favourites[] = { 15, 14, 10, 2, 13, 11, 8, 12, 9, 1, 16, 18, 17, 19, 20, 21, 5, 6, 7, 22, 23, 28, 29, 0xff };
static const uint8_t float_favourites[] = { 47, 46, 45, 44, 42, 43, 40, 32, 48, 49, 41, 33, 0xff };

const TargetLift rv64_lift = {
    .nstates = LIFT_STATES, .pc_state = LIFT_PC, .tlb_state = LIFT_TLB, .budget_state = LIFT_BUDGET,
    .favourites = { favourites, float_favourites }, .context = context, .block = block,
};
