/* analyze: the fast lane's one look ahead. In: a checked function. Out: uses of every value and which of them are mere addresses;
 * loads that may sink into their user; predecessors, loops and calls of every block; and for everything that
 * could live in a register for long (scalar slots, phis, values used across blocks) a list of events, one a
 * block it occurs in, from which pin.c computes liveness. Linear in instructions and operands. */
#include "gen/fast.h"

typedef struct Analysis {
    Gen *g;
    IrFn *f;
    uint32_t block, first, end;
    uint32_t effect;           /* newest instruction of the block that may change memory */
} Analysis;

static uint32_t new_ent(Gen *g, uint32_t id, IrType t)
{
    GenEnt e;
    memset(&e, 0, sizeof e);
    e.id = id;
    e.is_float = ir_is_float(t);
    vec_push(g->arena, &g->ents, e);
    return g->ents.n - 1;
}

/* at: calls of the block in front of it. */
static void event(Gen *g, uint32_t ent, uint32_t block, uint32_t how, uint32_t at)
{
    if (g->straight)
        return;
    GenEnt *e = &g->ents.p[ent];
    GenEvent *last = &g->events.p[e->events];
    if (e->events && last->block == block) {
        /* A use behind a definition of the same block is not exposed to what comes before. */
        if (how != GEN_EV_USE || !(last->how & GEN_EV_DEF))
            last->how |= how;
        last->count++;
        if (last->lo > at)
            last->lo = at;
        if (last->hi < at)
            last->hi = at;
        return;
    }
    GenEvent v;
    v.block = block;
    v.next = e->events;
    v.count = 1;
    v.how = how;
    v.lo = v.hi = at;
    e->events = g->events.n;
    vec_push(g->arena, &g->events, v);
}

/* Blocks that hold instructions are in layout order, so the one that holds i is found by bisection. */
static uint32_t block_of(const IrFn *f, uint32_t i)
{
    uint32_t lo = 0, hi = f->order.n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->blocks.p[f->order.p[mid]].first <= i)
            lo = mid;
        else
            hi = mid;
    }
    const IrBlock *b = &f->blocks.p[f->order.p[lo]];
    if (i >= b->first && i - b->first < b->n)
        return f->order.p[lo];
    for (uint32_t k = 0; k < f->blocks.n; k++) {
        b = &f->blocks.p[k];
        if (b->placed && i >= b->first && i - b->first < b->n)
            return k;
    }
    return 0;
}

enum { AT_END = INT32_MAX, LOOK_BACK = 256 };

static bool counts_as_call(unsigned op)
{
    return ir_ops[op].class == IRC_CALL || op == IR_FMA;
}

/* Calls of the block in front of r, or fewer where that would take long. */
static uint32_t calls_before(const IrFn *f, uint32_t block, uint32_t r)
{
    uint32_t n = 0, first = f->blocks.p[block].first;
    if (r - first > LOOK_BACK)
        return 0;
    for (uint32_t i = first; i < r; i++)
        n += counts_as_call(f->ins.p[i].op);
    return n;
}

static void make_global(Gen *g, uint32_t r)
{
    GenVal *v = &g->vals[r];
    if (v->flags & GV_GLOBAL)
        return;
    v->flags |= GV_GLOBAL;
    if (g->straight)
        return;
    v->link = new_ent(g, r | GEN_ENT_VALUE, gen_type(g, (IrRef)r));
    uint32_t block = block_of(g->f, r);
    event(g, v->link, block, GEN_EV_DEF, calls_before(g->f, block, r));
}

static inline void use(Analysis *an, IrRef r, unsigned how)
{
    if (r <= 0)
        return;
    GenVal *v = &an->g->vals[r];
    v->uses++;
    if ((uint32_t)r < an->first || (uint32_t)r >= an->end) {
        make_global(an->g, (uint32_t)r);
        event(an->g, v->link, an->block, GEN_EV_USE, an->g->blocks.p[an->block].calls);
        return;
    }
    v->flags |= (uint16_t)how;
    if (v->flags & GV_GLOBAL)
        event(an->g, v->link, an->block, GEN_EV_USE, an->g->blocks.p[an->block].calls);
}

/* A use by an operation that could take its operand from memory. */
static inline void use_foldable_as(Analysis *an, IrRef r, unsigned how)
{
    use(an, r, how);
    if (r > (IrRef)an->effect && (uint32_t)r >= an->first && an->f->ins.p[r].op == IR_LOAD)
        an->g->vals[r].flags |= GV_FOLD;
}

static inline void use_foldable(Analysis *an, IrRef r)
{
    use_foldable_as(an, r, GV_OTHER);
}

static void slot_event(Analysis *an, uint32_t slot, const IrIns *in, bool load)
{
    Gen *g = an->g;
    GenSlot *s = &g->slots[slot];
    if (!s->ent)
        s->ent = new_ent(g, slot, (IrType)in->type);
    if (load) {
        unsigned mem = in->aux & (IR_MEM_SIZE | IR_MEM_SIGNED);
        if (s->loaded && s->mem != mem)
            s->mixed = true;
        s->mem = (uint16_t)mem;
        s->loaded = true;
    }
    event(g, s->ent, an->block, load ? GEN_EV_USE : GEN_EV_DEF, g->blocks.p[an->block].calls);
}

static inline uint32_t scalar_slot(const Analysis *an, IrRef addr, int32_t off)
{
    uint32_t s = gen_whole_slot(an->g, addr, off);
    return s && (an->f->slots.p[s - 1].flags & IR_SLOT_SCALAR) ? s : 0;
}

/* Slot s is stored from a parameter. */
static void own_register(Gen *g, uint32_t s, const IrIns *param)
{
    unsigned reg = g->t->piece_reg(gen_param_piece(g, param), false);
    if (reg < GEN_REGS && g->t->pin_own >> reg & 1)
        g->slots[s].own = (uint8_t)reg;
}

static inline void use_const(Analysis *an, IrRef r)
{
    if (r < 0 && ir_const(an->f, r)->kind == IR_C_INARG)
        an->g->inargs = true;
}

static void use_list(Analysis *an, int32_t first, uint32_t n)
{
    const int32_t *ops = an->f->ops.p + first;
    for (uint32_t k = 0; k < n; k++) {
        use(an, ops[k], GV_OTHER);
        use_const(an, ops[k]);
    }
}

static void phi(Analysis *an, uint32_t i, const IrIns *in)
{
    Gen *g = an->g;
    IrFn *f = an->f;
    if (!(g->vals[i].flags & GV_GLOBAL)) {
        g->vals[i].flags |= GV_GLOBAL;
        if (!g->straight)
            g->vals[i].link = new_ent(g, i | GEN_ENT_VALUE, (IrType)in->type);
    }
    uint32_t ent = g->vals[i].link;
    event(g, ent, an->block, GEN_EV_DEF, 0);
    for (int32_t k = 0; k < in->b; k++) {
        uint32_t pred = (uint32_t)f->ops.p[in->a + 2 * k];
        IrRef r = f->ops.p[in->a + 2 * k + 1];
        const IrBlock *p = &f->blocks.p[pred];
        event(g, ent, pred, GEN_EV_EDGE, AT_END);
        use_const(an, r);
        if (r <= 0)
            continue;
        GenVal *v = &g->vals[r];
        v->uses++;
        v->flags |= GV_OTHER;
        if ((uint32_t)r >= p->first && (uint32_t)r - p->first < p->n && f->ins.p[r].op != IR_PHI)
            continue;          /* still in a register of the predecessor */
        make_global(g, (uint32_t)r);
        event(g, g->vals[r].link, pred, GEN_EV_USE, AT_END);
    }
}

uint32_t gen_through(const IrFn *f, uint32_t block)
{
    for (unsigned hops = 0; hops < 8; hops++) {
        const IrBlock *b = &f->blocks.p[block];
        const IrIns *in = &f->ins.p[b->first];
        if (b->n != 1 || in->op != IR_JMP || b->address_taken)
            break;
        const IrBlock *t = &f->blocks.p[in->a];
        if (f->ins.p[t->first].op == IR_PHI)
            break;
        block = (uint32_t)in->a;
    }
    return block;
}

static void edge(Analysis *an, uint32_t to)
{
    to = gen_through(an->f, to);
    GenBlock *t = &an->g->blocks.p[to], *from = &an->g->blocks.p[an->block];
    t->preds++;
    t->pred = an->block;
    if (t->pos <= from->pos && t->loop_end < from->pos + 1)
        t->loop_end = from->pos + 1;
}

/* Values of this block are best made where pieces want them. */
static void hint(Analysis *an, int32_t first, uint32_t n, uint32_t piece, bool result)
{
    Gen *g = an->g;
    for (uint32_t k = 0; k < n; k++) {
        IrRef r = an->f->ops.p[first + (int32_t)k];
        if (r > 0 && (uint32_t)r >= an->first)
            g->hints[r] = (uint8_t)g->t->piece_reg(&an->f->pieces.p[piece + k], result);
    }
}

static void call(Analysis *an, const IrIns *in)
{
    Gen *g = an->g;
    const IrCall *c = &an->f->calls.p[in->b];
    use(an, in->a, GV_OTHER);
    use_const(an, in->a);
    use_list(an, (int32_t)c->first_arg, c->nargs);
    hint(an, (int32_t)c->first_arg, c->nargs, c->first_piece, false);
    if (c->stack_size > g->out_size)
        g->out_size = c->stack_size;
    g->calls = true;
    g->blocks.p[an->block].calls++;
}

static inline bool may_fold(unsigned op)
{
    return op <= IR_MUL || (op >= IR_AND && op <= IR_XOR) || op == IR_SEXT32 || (op >= IR_EQ && op <= IR_FDIV) || op == IR_FSQRT ||
           op == IR_FCVT || op == IR_SI2F;
}

static void instruction(Analysis *an, uint32_t i)
{
    Gen *g = an->g;
    IrFn *f = an->f;
    const IrIns *in = &f->ins.p[i];
    const IrOpInfo *op = &ir_ops[in->op];
    uint32_t s;
    switch (op->class) {
    case IRC_PHI:
        phi(an, i, in);
        return;
    case IRC_LOAD:
        if ((s = scalar_slot(an, in->a, in->c)) != 0) {
            slot_event(an, s - 1, in, true);
            return;
        }
        use(an, in->a, 0);
        use_const(an, in->a);
        return;
    case IRC_STORE:
        an->effect = i;
        if (in->op == IR_STORE) {
            use(an, in->b, GV_OTHER);
            use_const(an, in->b);
            if ((s = scalar_slot(an, in->a, in->c)) != 0) {
                slot_event(an, s - 1, in, false);
                if (in->b > 0 && f->ins.p[in->b].op == IR_PARAM)
                    own_register(g, s - 1, &f->ins.p[in->b]);
                return;
            }
            use(an, in->a, 0);
            use_const(an, in->a);
            return;
        }
        /* Addresses of copy and fill too; string instructions want them in registers. */
        use(an, in->a, g->t->folds_loads ? GV_OTHER : 0);
        use_const(an, in->a);
        use(an, in->b, in->op == IR_COPY && !g->t->folds_loads ? 0 : GV_OTHER);
        use_const(an, in->b);
        return;
    case IRC_CALL:
        call(an, in);
        an->effect = i;
        return;
    case IRC_ATOMIC:
        an->effect = i;
        break;
    case IRC_EFFECT:
        an->effect = i;
        if (in->op == IR_ALLOCA || in->op == IR_STACK_RESTORE)
            g->dynamic = true;
        else if (in->op == IR_VA_START || in->op == IR_FRAME_ADDR || in->op == IR_RET_ADDR)
            g->inargs = true;
        break;
    case IRC_TERM:
        switch (in->op) {
        case IR_JMP:
            edge(an, (uint32_t)in->a);
            return;
        case IR_BR:
            use_foldable(an, in->a);
            edge(an, (uint32_t)in->b);
            if (gen_through(f, (uint32_t)in->b) != gen_through(f, (uint32_t)in->c))
                edge(an, (uint32_t)in->c);
            return;
        case IR_SWITCH: {
            const IrSwitch *sw = &f->switches.p[in->b];
            use(an, in->a, GV_OTHER);
            edge(an, sw->otherwise);
            for (uint32_t k = 0; k < sw->ncases; k++)
                edge(an, f->cases.p[sw->first_case + k].block);
            return;
        }
        case IR_JMP_IND:
            use(an, in->a, GV_OTHER);
            for (int32_t k = 0; k < in->c; k++) {
                edge(an, (uint32_t)f->ops.p[in->b + k]);
                g->blocks.p[f->ops.p[in->b + k]].preds += 2; /* never entered with the registers of its predecessor */
            }
            return;
        case IR_RET:
            use_list(an, in->a, (uint32_t)in->b);
            hint(an, in->a, (uint32_t)in->b, f->first_result, true);
            return;
        default:
            if (in->op == IR_EXIT_INDIRECT)
                use(an, in->a, GV_OTHER);
            return;
        }
    default:
        if (in->op == IR_ADD && ir_is_const(in->b)) {
            use(an, in->a, GV_BASE);
            use_const(an, in->a);
            use_const(an, in->b);
            return;
        }
        if (in->op == IR_ADD && in->type == IR_I64) {
            use_foldable_as(an, in->a, GV_BASE);
            use_foldable(an, in->b);
            use_const(an, in->a);
            return;
        }
        if (in->op == IR_INDEX) {
            use(an, in->a, GV_BASE);
            use_foldable(an, in->b);
            use_const(an, in->a);
            return;
        }
        if (g->t->folds_loads && may_fold(in->op)) {
            use_foldable(an, in->a);
            use_const(an, in->a);
            if (gen_is_value(op->operands[1])) {
                use_foldable(an, in->b);
                use_const(an, in->b);
            }
            return;
        }
        if (counts_as_call(in->op)) {
            g->calls = true;
            g->blocks.p[an->block].calls++;
        }
        break;
    }
    if (gen_is_value(op->operands[0])) {
        use(an, in->a, in->op == IR_RMW || in->op == IR_CAS ? 0 : GV_OTHER);
        use_const(an, in->a);
    }
    if (gen_is_value(op->operands[1])) {
        use(an, in->b, GV_OTHER);
        use_const(an, in->b);
    }
    if (gen_is_value(op->operands[2])) {
        use(an, in->c, GV_OTHER);
        use_const(an, in->c);
    }
}

/* Nesting of loops, taken as the stretches of layout between a block and the last jump back to it. */
static void loop_depths(Gen *g)
{
    IrFn *f = g->f;
    uint32_t n = f->order.n, depth = 0;
    uint32_t *ends = arena_array(g->arena, uint32_t, n + 1);
    for (uint32_t k = 0; k < n; k++) {
        GenBlock *b = &g->blocks.p[f->order.p[k]];
        depth -= ends[k];
        if (b->loop_end) {
            depth++;
            ends[b->loop_end]++;
        }
        b->depth = (uint8_t)(depth > 6 ? 6 : depth);
    }
}

void gen_analyze(Gen *g)
{
    IrFn *f = g->f;
    Analysis an;
    uint32_t state = 0;
    memset(&an, 0, sizeof an);
    an.g = g;
    an.f = f;
    for (uint32_t k = 0; k < f->slots.n; k++)
        if (f->slots.p[k].align > 16)
            g->big_align = true;
    for (uint32_t k = 0; k < f->nparams; k++)
        if (ir_on_stack(&f->pieces.p[f->first_param + k]))
            g->inargs = true;
    for (uint32_t k = 0; k < f->order.n; k++)
        g->blocks.p[f->order.p[k]].pos = k;
    for (uint32_t k = 0; k < f->order.n; k++) {
        const IrBlock *b = &f->blocks.p[f->order.p[k]];
        an.block = f->order.p[k];
        an.first = b->first;
        an.end = b->first + b->n;
        an.effect = b->first ? b->first - 1 : 0;
        for (uint32_t i = an.first; i < an.end; i++) {
            instruction(&an, i);
            if ((f->ins.p[i].aux & IR_HAS_STATE) && f->states.n) {
                while (state < f->states.n && f->states.p[state].ins < i)
                    state++;
                if (state < f->states.n && f->states.p[state].ins == i)
                    for (uint32_t p = 0; p < f->states.p[state].n; p++)
                        use(&an, f->ops.p[f->states.p[state].first + 2 * p + 1], GV_OTHER);
            }
        }
    }
    loop_depths(g);
}
