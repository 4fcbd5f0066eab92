/* pin: which scalar slots, phis and cross-block values live in a register, and in which. In: the events of analyze.c. Out: one
 * register each for the hottest, reserved in exactly the blocks where the thing is live. Liveness is solved 64 candidates at a time,
 * a bit each, hottest first; two candidates share a register when no block has both alive. */
#include "gen/fast.h"

enum { MAX_ROUNDS = 4, MAX_SWEEPS = 24 };

static const uint32_t often[7] = { 1, 8, 64, 512, 4096, 32768, 262144 };

uint32_t gen_succ(const Gen *g, uint32_t block, uint32_t k)
{
    const IrFn *f = g->f;
    const IrBlock *b = &f->blocks.p[block];
    const IrIns *in = &f->ins.p[b->first + b->n - 1];
    switch (in->op) {
    case IR_JMP:
        return k == 0 ? gen_through(f, (uint32_t)in->a) : UINT32_MAX;
    case IR_BR:
        return k < 2 ? gen_through(f, (uint32_t)(k ? in->c : in->b)) : UINT32_MAX;
    case IR_SWITCH: {
        const IrSwitch *s = &f->switches.p[in->b];
        if (k > s->ncases)
            return UINT32_MAX;
        return gen_through(f, k == 0 ? s->otherwise : f->cases.p[s->first_case + k - 1].block);
    }
    case IR_JMP_IND:
        return k < (uint32_t)in->c ? gen_through(f, (uint32_t)f->ops.p[in->b + (int32_t)k]) : UINT32_MAX;
    default:
        return UINT32_MAX;
    }
}

static void weigh(Gen *g)
{
    for (uint32_t k = 1; k < g->ents.n; k++) {
        GenEnt *e = &g->ents.p[k];
        uint64_t w = 0;
        for (uint32_t v = e->events; v; v = g->events.p[v].next)
            w += (uint64_t)g->events.p[v].count * often[g->blocks.p[g->events.p[v].block].depth];
        e->weight = w > INT32_MAX ? INT32_MAX : (uint32_t)w;
    }
}

static int by_weight(const void *a, const void *b, void *ctx)
{
    const GenEnt *ents = ctx;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (ents[x].weight != ents[y].weight)
        return ents[x].weight > ents[y].weight ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void sort_by_weight(Gen *g, uint32_t *ids, uint32_t n)
{
    if (n > 24) {
        rt_sort(ids, n, sizeof *ids, arena_alloc(g->arena, n * sizeof *ids), by_weight, g->ents.p);
        return;
    }
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = ids[i], k = i;
        for (; k && by_weight(&x, &ids[k - 1], g->ents.p) < 0; k--)
            ids[k] = ids[k - 1];
        ids[k] = x;
    }
}

/* What the solver wants of a block, in layout order and close together. */
typedef struct PinBlock {
    uint64_t in, out, use, def; /* of the 64 candidates of one round */
    uint64_t behind;           /* live at the end */
    uint64_t pins, kept;
    uint32_t calls, often;
    uint32_t lo, hi;           /* of the candidate at hand: calls in front of the first and the last event */
    uint32_t succ[2];          /* layout positions; MANY in the first: ask gen_succ; NONE: none */
} PinBlock;
#define NONE UINT32_MAX
#define MANY (UINT32_MAX - 1)

typedef struct Pin {
    Gen *g;
    PinBlock *blocks;
    uint32_t n;
    uint32_t first[64], last[64]; /* positions between which candidates are live */
} Pin;

static void prepare(Pin *p)
{
    Gen *g = p->g;
    const IrFn *f = g->f;
    p->n = f->order.n;
    p->blocks = arena_alloc(g->arena, p->n * sizeof *p->blocks);
    for (uint32_t k = 0; k < p->n; k++) {
        uint32_t id = f->order.p[k], to;
        PinBlock *b = &p->blocks[k];
        const GenBlock *gb = &g->blocks.p[id];
        b->pins = gb->pins;
        b->kept = 0;
        b->calls = gb->calls;
        b->often = often[gb->depth];
        b->lo = UINT32_MAX;
        b->hi = 0;
        b->succ[0] = b->succ[1] = NONE;
        if ((to = gen_succ(g, id, 0)) == UINT32_MAX)
            continue;
        b->succ[0] = g->blocks.p[to].pos;
        if ((to = gen_succ(g, id, 1)) == UINT32_MAX)
            continue;
        b->succ[1] = g->blocks.p[to].pos;
        if (gen_succ(g, id, 2) != UINT32_MAX)
            b->succ[0] = MANY;
    }
}

static uint64_t live_behind(const Pin *p, uint32_t k)
{
    const PinBlock *b = &p->blocks[k];
    const Gen *g = p->g;
    uint32_t id = g->f->order.p[k], to;
    uint64_t out = 0;
    if (b->succ[0] != MANY)
        return (b->succ[0] != NONE ? p->blocks[b->succ[0]].in : 0) | (b->succ[1] != NONE ? p->blocks[b->succ[1]].in : 0);
    for (uint32_t s = 0; (to = gen_succ(g, id, s)) != UINT32_MAX; s++)
        out |= p->blocks[g->blocks.p[to].pos].in;
    return out;
}

/* Where the candidates are live; false when it takes suspiciously long. */
static bool solve(Pin *p, const uint32_t *ids, uint32_t n)
{
    Gen *g = p->g;
    for (uint32_t k = 0; k < p->n; k++) {
        PinBlock *b = &p->blocks[k];
        b->in = b->out = b->use = b->def = 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint64_t bit = (uint64_t)1 << k;
        for (uint32_t v = g->ents.p[ids[k]].events; v; v = g->events.p[v].next) {
            const GenEvent *ev = &g->events.p[v];
            PinBlock *b = &p->blocks[g->blocks.p[ev->block].pos];
            if (ev->how & GEN_EV_USE)
                b->use |= bit;
            if (ev->how & GEN_EV_DEF)
                b->def |= bit;
            if (ev->how & GEN_EV_EDGE)
                b->out |= bit;     /* a phi's register is taken at the end of its predecessors */
        }
    }
    bool changed = true;
    for (unsigned sweep = 0; changed; sweep++) {
        if (sweep == MAX_SWEEPS)
            return false;
        changed = false;
        for (uint32_t k = p->n; k-- > 0;) {
            PinBlock *b = &p->blocks[k];
            uint64_t out = live_behind(p, k), in = b->use | (out & ~b->def);
            b->out |= out;
            if (in != b->in) {
                changed = true;
                b->in = in;
            }
        }
    }
    for (uint32_t k = 0; k < n; k++)
        p->first[k] = UINT32_MAX;
    for (uint32_t k = 0; k < p->n; k++) {
        PinBlock *b = &p->blocks[k];
        b->behind = b->out;
        b->out |= b->in | b->use | b->def;
        for (uint64_t m = b->out; m; m &= m - 1) {
            unsigned c = gen_ctz(m);
            if (p->first[c] == UINT32_MAX)
                p->first[c] = k;
            p->last[c] = k;
        }
    }
    return true;
}

/* lo and hi of the candidate's blocks: set, or as before. */
static void places(Pin *p, uint32_t ent, bool set)
{
    Gen *g = p->g;
    for (uint32_t v = g->ents.p[ent].events; v; v = g->events.p[v].next) {
        const GenEvent *ev = &g->events.p[v];
        PinBlock *b = &p->blocks[g->blocks.p[ev->block].pos];
        b->lo = !set ? UINT32_MAX : b->lo < ev->lo ? b->lo : ev->lo;
        b->hi = !set ? 0 : b->hi > ev->hi ? b->hi : ev->hi;
    }
}

/* The calls that block b makes while the candidate lives. */
static uint32_t across(const PinBlock *b, uint64_t bit)
{
    uint32_t from = b->in & bit ? 0 : b->lo, to = b->behind & bit || b->hi > b->calls ? b->calls : b->hi;
    return from < to ? to - from : 0;
}

static void assign(Pin *p, uint32_t ent, unsigned c)
{
    Gen *g = p->g;
    GenEnt *e = &g->ents.p[ent];
    uint64_t busy = 0, calls = 0, bit = (uint64_t)1 << c;
    bool any = false;
    if (p->first[c] == UINT32_MAX)
        return;
    for (uint32_t k = p->first[c]; k <= p->last[c]; k++) {
        const PinBlock *b = &p->blocks[k];
        if (b->out & bit) {
            busy |= b->pins;
            calls += (uint64_t)across(b, bit) * b->often;
            any = any || b->calls;
        }
    }
    unsigned own = e->id & GEN_ENT_VALUE ? GEN_NOREG : g->slots[e->id].own;
    uint64_t stay = own != GEN_NOREG && !any ? (uint64_t)1 << own & ~busy : 0;
    uint64_t saved = g->pin_saved[e->is_float] & ~busy, free = g->pin_free[e->is_float] & ~busy, from;
    if (stay)
        from = stay;
    else if (!calls && free)
        from = free;
    else if (saved & g->saved_used)
        from = saved & g->saved_used;
    else if (saved && e->weight > 3)
        from = saved;
    else if (free && e->weight > 2 * calls + 2)
        from = free;
    else
        return;
    unsigned reg = gen_ctz(from);
    uint64_t reg_bit = (uint64_t)1 << reg;
    g->saved_used |= reg_bit & g->pin_saved[e->is_float];
    for (uint32_t k = p->first[c]; k <= p->last[c]; k++)
        if (p->blocks[k].out & bit) {
            p->blocks[k].pins |= reg_bit;
            if (reg_bit & ~g->pin_saved[e->is_float] && across(&p->blocks[k], bit))
                p->blocks[k].kept |= reg_bit;
        }
    if (e->id & GEN_ENT_VALUE) {
        GenVal *v = &g->vals[e->id & ~GEN_ENT_VALUE];
        v->pin = v->reg = (uint8_t)reg;
        v->flags |= GV_PINNED;
    } else {
        g->slots[e->id].pin = (uint8_t)reg;
    }
}

void gen_pin(Gen *g)
{
    uint32_t n = g->ents.n - 1, *ids;
    if (n && !(g->f->flags & IR_FN_RETURNS_TWICE) && (g->pin_saved[0] | g->pin_saved[1] | g->pin_free[0] | g->pin_free[1])) {
        Pin p;
        p.g = g;
        prepare(&p);
        weigh(g);
        ids = arena_alloc(g->arena, n * sizeof *ids);
        for (uint32_t k = 0; k < n; k++)
            ids[k] = k + 1;
        sort_by_weight(g, ids, n);
        for (uint32_t round = 0; round < MAX_ROUNDS && round * 64 < n; round++) {
            uint32_t first = round * 64, m = n - first < 64 ? n - first : 64;
            if (!solve(&p, ids + first, m))
                break;
            for (uint32_t k = 0; k < m; k++) {
                places(&p, ids[first + k], true);
                assign(&p, ids[first + k], k);
                places(&p, ids[first + k], false);
            }
        }
        for (uint32_t k = 0; k < p.n; k++) {
            g->blocks.p[g->f->order.p[k]].pins = p.blocks[k].pins;
            g->blocks.p[g->f->order.p[k]].kept = p.blocks[k].kept;
        }
    }
    /* From here on link is the list of aliases, or a phi's search position. */
    for (uint32_t k = 1; k < g->ents.n; k++) {
        if (g->ents.p[k].id & GEN_ENT_VALUE) {
            GenVal *v = &g->vals[g->ents.p[k].id & ~GEN_ENT_VALUE];
            v->link = 0;
            if (v->uses)
                v->flags |= GV_LIVE;
        }
    }
}
