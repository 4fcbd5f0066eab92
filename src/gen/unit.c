/* unit: functions entered by a jump (IR_FN_UNIT). In: the contract; out: values made where it wants them, state maps by code offset, and
 * what an exit still has to move. The instructions of an exit are the target's.
 *
 * The one idea: a value that becomes a state of the guest is made in that state's place, register or word, as soon as nobody asks any
 * more for what stood there. Then an exit has nothing to do, a fault nothing to find, and a branch out of the middle is a jump. "Any
 * more" is by the order of execution: a block that only leaves, laid out of line, is entered where the branch to it stands. Units with
 * loops inside have no such order; in them a value moves to its place when the unit is left. */
#include "gen/fast.h"

static int32_t word_of(const IrContract *c)
{
    return GEN_UNIT_STATES + 8 * (int32_t)c->id;
}

/* ---- places ---- */

/* Is block k of the layout entered by a branch alone, from far above? *from: where that branch stands. */
static bool aside(const Gen *g, uint32_t k, uint32_t *from)
{
    const IrFn *f = g->f;
    const GenBlock *b = &g->blocks.p[f->order.p[k]];
    const IrBlock *ib = &f->blocks.p[f->order.p[k]];
    unsigned op = f->ins.p[ib->first + ib->n - 1].op;
    if (!k || (op != IR_EXIT && op != IR_EXIT_INDIRECT) || b->preds != 1 || ib->address_taken || g->blocks.p[b->pred].pos + 1 == k)
        return false;
    const IrBlock *p = &f->blocks.p[b->pred];
    *from = p->first + p->n - 1;
    return true;
}

static void used(uint32_t *last, IrRef r, uint32_t at)
{
    if (r > 0 && last[r] < at)
        last[r] = at;
}

/* May i have no code of its own, so that whoever uses it reads its operands? */
static bool may_defer(unsigned op)
{
    return op == IR_ADD || op == IR_INDEX || op == IR_NOT || op == IR_ZEXT32 || ir_ops[op].class == IRC_CMP || ir_ops[op].class == IRC_FCMP;
}

/* The number of the contract's entry for a state + 1; 0: it has none. */
static unsigned entry_of(const Gen *g, uint32_t state)
{
    return state < g->nentries ? g->entries[state] : 0;
}

typedef struct Uses {
    uint32_t *last;            /* by value: its last use */
    uint32_t *silent;          /* by entry of the contract: the last leaving that does not name its state, which has what it had on entry */
    uint32_t *named;           /* the last instruction seen whose map names it */
    uint32_t *open, nopen;     /* entries whose `silent` is not settled */
} Uses;

/* The values of i's map are used at `at`. But for what stands aside, instructions come from the last to the first: who is silent first is
 * so last. */
static void map_uses(Gen *g, const IrStateMap *m, Uses *u, uint32_t i, uint32_t at)
{
    const int32_t *p = g->f->ops.p + m->first, *end = p + 2 * m->n;
    for (; p < end; p += 2) {
        unsigned c = entry_of(g, (uint32_t)p[0]);
        used(u->last, p[1], at);
        if (c)
            u->named[c - 1] = i;
    }
    if (at != i) {
        for (uint32_t c = 0; c < g->f->contract.n; c++)
            if (u->named[c] != i && u->silent[c] < at)
                u->silent[c] = at;
        return;
    }
    for (uint32_t k = 0; k < u->nopen;) {
        uint32_t c = u->open[k];
        if (u->named[c] == i) {
            k++;
            continue;
        }
        if (u->silent[c] < at)
            u->silent[c] = at;
        u->open[k] = u->open[--u->nopen];
    }
}

static void last_uses(Gen *g, Uses *u)
{
    const IrFn *f = g->f;
    uint32_t *last = u->last;
    uint32_t state = f->states.n;
    for (uint32_t k = f->order.n; k-- > 0;) {
        const IrBlock *b = &f->blocks.p[f->order.p[k]];
        uint32_t from = 0;
        bool side = aside(g, k, &from);
        for (uint32_t i = b->first + b->n; i-- > b->first;) {
            const IrIns *in = &f->ins.p[i];
            uint32_t at = side ? from : i;
            while (state && f->states.p[state - 1].ins > i)
                state--;
            if (state && f->states.p[state - 1].ins == i)
                map_uses(g, &f->states.p[state - 1], u, i, at);
            if (in->op == IR_PHI) {
                for (uint32_t p = 0; p < (uint32_t)in->b; p++) {
                    const IrBlock *pred = &f->blocks.p[f->ops.p[in->a + (int32_t)(2 * p)]];
                    used(last, f->ops.p[in->a + (int32_t)(2 * p) + 1], pred->first + pred->n - 1);
                }
                continue;
            }
            if (may_defer(in->op) && !g->placed[i] && last[i] > at)
                at = last[i];
            const int32_t refs[3] = { in->a, in->b, in->c };
            for (unsigned o = 0; o < 3; o++)
                if (gen_is_value(ir_ops[in->op].operands[o]))
                    used(last, refs[o], at);
        }
    }
}

/* Whose states the values are: the first that a map gives each to. */
static void find_owners(Gen *g)
{
    const IrFn *f = g->f;
    for (uint32_t k = 0; k < f->states.n; k++) {
        const int32_t *p = f->ops.p + f->states.p[k].first, *end = p + 2 * f->states.p[k].n;
        for (; p < end; p += 2) {
            unsigned c = p[1] > 0 && !g->placed[p[1]] ? entry_of(g, (uint32_t)p[0]) : 0;
            if (c && gen_type(g, p[1]) == (IrType)f->contract.p[c - 1].type)
                g->placed[p[1]] = (uint8_t)c;
        }
    }
}

static void put_at(Gen *g, uint32_t v, const IrContract *c)
{
    GenVal *val = &g->vals[v];
    if (c->reg == IR_IN_FRAME) {
        val->home = word_of(c);
        val->flags |= GV_GLOBAL | GV_LIVE;
    } else {
        val->pin = val->reg = c->reg;
        val->flags |= GV_PINNED;
    }
}

/* An instruction whose result comes all at once, after its operands and whatever may fault. */
static bool placeable(unsigned op)
{
    return op != IR_PHI && op != IR_PROJ && op != IR_STATE_IN && ir_ops[op].class != IRC_ATOMIC && ir_ops[op].class != IRC_CALL;
}

static void place(Gen *g)
{
    const IrFn *f = g->f;
    uint32_t n = f->contract.n + 1, *held = arena_array(g->arena, uint32_t, n), from;
    Uses u = { 0 };
    u.last = arena_array(g->arena, uint32_t, f->ins.n);
    u.silent = arena_array(g->arena, uint32_t, n);
    u.named = arena_array(g->arena, uint32_t, n);
    u.open = arena_array(g->arena, uint32_t, n);
    for (uint32_t c = 0; c < f->contract.n; c++)
        u.open[u.nopen++] = c;
    find_owners(g);
    last_uses(g, &u);
    for (uint32_t k = 0; k < f->order.n; k++) {
        const IrBlock *b = &f->blocks.p[f->order.p[k]];
        bool side = aside(g, k, &from);
        for (uint32_t i = b->first; i < b->first + b->n; i++) {
            unsigned c = g->placed[i];
            if (!c)
                continue;
            if (f->ins.p[i].op == IR_STATE_IN) {
                held[c] = i;
            } else if (!side && placeable(f->ins.p[i].op) && u.last[held[c]] <= i && u.silent[c - 1] <= i) {
                put_at(g, i, &f->contract.p[c - 1]);
                held[c] = i;
            } else {
                g->placed[i] = 0;
            }
        }
    }
}

static void state_in(Gen *g)
{
    IrFn *f = g->f;
    const IrBlock *b = &f->blocks.p[f->order.p[0]];
    uint32_t next = 0;
    for (uint32_t i = b->first; i < b->first + b->n; i++) {
        const IrIns *in = gen_ins(g, i);
        uint32_t c = next < f->contract.n ? next : 0, left = f->contract.n;
        if (in->op != IR_STATE_IN)
            continue;
        /* Mostly in the order of the contract. */
        for (; left && f->contract.p[c].id != (uint32_t)in->a; left--)
            c = c + 1 < f->contract.n ? c + 1 : 0;
        if (!left) {
            g->failed = true;
            return;
        }
        put_at(g, i, &f->contract.p[c]);
        g->placed[i] = (uint8_t)(c + 1);
        next = c + 1;
    }
}

typedef struct Forward { const IrFn *f; uint32_t first; bool ok; } Forward;

static void see(void *ctx, uint32_t block)
{
    Forward *w = ctx;
    w->ok = w->ok && w->f->blocks.p[block].first > w->first;
}

bool gen_is_straight(const IrFn *f)
{
    Forward w = { NULL, 0, true };
    w.f = f;
    for (uint32_t k = 0; k < f->order.n; k++) {
        const IrBlock *b = &f->blocks.p[f->order.p[k]];
        w.first = b->first;
        ir_successors(f, &f->ins.p[b->first + b->n - 1], see, &w);
    }
    return w.ok;
}

void gen_unit(Gen *g)
{
    const IrFn *f = g->f;
    uint64_t fixed = g->job->reserved;
    if (f->contract.n > 254)
        g->failed = true;
    for (uint32_t k = 0; k < f->contract.n && !g->failed; k++) {
        const IrContract *c = &f->contract.p[k];
        if (c->reg != IR_IN_FRAME)
            fixed |= (uint64_t)1 << (c->reg & (GEN_REGS - 1));
        else if (word_of(c) + 8 > GEN_UNIT_HOMES || c->id > GEN_UNIT_HOMES)
            g->failed = true;
    }
    g->placed = arena_array(g->arena, uint8_t, f->ins.n);
    g->nentries = f->contract.n && !g->failed ? f->contract.p[f->contract.n - 1].id + 1 : 0;
    g->entries = arena_array(g->arena, uint8_t, g->nentries + 1);
    for (uint32_t k = 0; k < f->contract.n && g->nentries; k++)
        g->entries[f->contract.p[k].id] = (uint8_t)(k + 1);
    for (uint32_t k = 0; k < f->blocks.n; k++)
        g->blocks.p[k].pins |= fixed;
    if (!g->straight)
        gen_pin(g);
    if (g->failed)
        return;
    state_in(g);
    if (!g->straight)
        return;
    place(g);
    for (uint32_t i = 1; i < f->ins.n; i++)
        if (g->vals[i].flags & GV_GLOBAL)
            g->vals[i].flags |= GV_LIVE;
}

void gen_move(Gen *g, uint32_t i)
{
    const IrIns *in = gen_ins(g, i);
    unsigned ra, dst = gen_want(g, i);
    if (dst != GEN_NOREG && in->a < 0) {
        gen_unalias(g, dst, 0, 0);
        g->t->constant(g, dst, in->a);
        gen_def(g, i, dst, 0);
        return;
    }
    ra = gen_in(g, in->a);
    if (dst != GEN_NOREG)
        gen_unalias(g, dst, in->a, 0);
    else
        dst = gen_alloc(g, gen_class(g, (IrType)in->type));
    if (dst != ra)
        g->t->move(g, (IrType)in->type, dst, ra);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

/* ---- maps ---- */

/* The state map of instruction i; NULL when it has none. */
static const IrStateMap *map_of(Gen *g, uint32_t i)
{
    const IrFn *f = g->f;
    while (g->state < f->states.n && f->states.p[g->state].ins < i)
        g->state++;
    return g->state < f->states.n && f->states.p[g->state].ins == i ? &f->states.p[g->state] : NULL;
}

/* r's home may be a state's word that the exit is about to write: its value goes elsewhere. */
static void move_home(Gen *g, IrRef r)
{
    GenVal *v = &g->vals[r];
    if (v->home < GEN_UNIT_STATES || v->home >= GEN_UNIT_HOMES)
        return;
    unsigned reg = gen_in(g, r);
    v->home = gen_frame(g, 8, 8);
    g->t->spill(g, gen_type(g, r), reg, v->home);
    gen_unlock(g, reg);
}

unsigned gen_leave(Gen *g, uint32_t i, IrRef refs[GEN_MAX_LEAVE], uint8_t dst[GEN_MAX_LEAVE])
{
    const IrFn *f = g->f;
    const IrStateMap *m = map_of(g, i);
    const int32_t *first = f->ops.p + (m ? m->first : 0), *end = first + (m ? 2 * m->n : 0), *p;
    unsigned n = 0, words = 0, c;
    for (p = first; p < end; p += 2) {
        c = entry_of(g, (uint32_t)p[0]);
        if (!c) {
            g->failed = true;
        } else if (p[1] > 0 && g->placed[p[1]] == c) {
            gen_consume(g, p[1]);
        } else if (f->contract.p[c - 1].reg == IR_IN_FRAME) {
            words++;
        } else if (n < GEN_MAX_LEAVE - 1) {
            refs[n] = p[1];
            dst[n++] = f->contract.p[c - 1].reg;
        } else {
            g->failed = true;
        }
    }
    if (!words)
        return n;
    for (p = first; p < end; p += 2)
        if (p[1] > 0 && (c = entry_of(g, (uint32_t)p[0])) != 0 && g->placed[p[1]] != c)
            move_home(g, p[1]);
    if (f->ins.p[i].op == IR_EXIT_INDIRECT && f->ins.p[i].a > 0)
        move_home(g, f->ins.p[i].a);
    for (p = first; p < end; p += 2) {
        c = entry_of(g, (uint32_t)p[0]);
        const IrContract *k = c ? &f->contract.p[c - 1] : NULL;
        if (!k || k->reg != IR_IN_FRAME || (p[1] > 0 && g->placed[p[1]] == c))
            continue;
        if (p[1] < 0 && ir_const(f, p[1])->kind == IR_C_UNDEF)
            continue;
        unsigned reg = gen_in(g, p[1]);
        g->t->spill(g, (IrType)k->type, reg, word_of(k));
        gen_out(g, p[1], reg);
    }
    return n;
}

void gen_exit_here(Gen *g, uint32_t id, uint64_t offset)
{
    struct GenExit e;
    e.id = id;
    e.offset = offset;
    vec_push(g->arena, &g->job->exits, e);
}

void gen_record_state(Gen *g, uint32_t i)
{
    IrFn *f = g->f;
    const IrStateMap *m = map_of(g, i);
    uint32_t first = g->job->state_locs.n;
    for (uint32_t k = 0; m && k < m->n; k++) {
        struct GenStateLoc l;
        IrRef r = f->ops.p[m->first + 2 * k + 1];
        memset(&l, 0, sizeof l);
        l.state = (uint32_t)f->ops.p[m->first + 2 * k];
        if (r > 0 && g->placed[r] && g->placed[r] == entry_of(g, l.state))
            continue;
        if (r < 0 && ir_const(f, r)->kind <= IR_C_FLT) {
            l.kind = GEN_IS_CONST;
            l.where = ir_const(f, r)->v;
        } else if (r > 0 && !(g->vals[r].flags & GV_DEFER) && g->vals[r].reg == GEN_NOREG) {
            l.where = gen_home(g, (uint32_t)r);
        } else {
            unsigned reg = gen_in(g, r);
            if (r > 0 && (g->vals[r].flags & GV_PINNED)) {
                l.kind = GEN_IN_REG;
                l.where = (int32_t)reg;
                gen_unlock(g, reg);
            } else {
                /* A scratch register may change hands inside the instruction: the frame does not. */
                IrType t = gen_type(g, r);
                bool own = r > 0 && !(g->vals[r].flags & GV_ALIAS);
                l.where = own ? gen_home(g, (uint32_t)r) : gen_frame(g, 8, 8);
                if (!own || !(g->vals[r].flags & (GV_HOME | GV_GLOBAL)))
                    g->t->spill(g, t, reg, (int32_t)l.where);
                if (own)
                    g->vals[r].flags |= GV_HOME;
                if (r > 0)
                    gen_unlock(g, reg);
                else
                    gen_free(g, reg);
            }
        }
        vec_push(g->arena, &g->job->state_locs, l);
    }
    for (uint32_t k = first; k < g->job->state_locs.n; k++)
        g->job->state_locs.p[k].offset = g->text->n;
}

void gen_consume_state(Gen *g, uint32_t i)
{
    const IrFn *f = g->f;
    if (g->state < f->states.n && f->states.p[g->state].ins == i)
        for (uint32_t k = 0; k < f->states.p[g->state].n; k++)
            gen_consume(g, f->ops.p[f->states.p[g->state].first + 2 * k + 1]);
}
