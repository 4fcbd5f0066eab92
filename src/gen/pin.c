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
        return k == 0 ? (uint32_t)in->a : UINT32_MAX;
    case IR_BR:
        return k == 0 ? (uint32_t)in->b : k == 1 ? (uint32_t)in->c : UINT32_MAX;
    case IR_SWITCH: {
        const IrSwitch *s = &f->switches.p[in->b];
        return k == 0 ? s->otherwise : k <= s->ncases ? f->cases.p[s->first_case + k - 1].block : UINT32_MAX;
    }
    case IR_JMP_IND:
        return k < (uint32_t)in->c ? (uint32_t)f->ops.p[in->b + (int32_t)k] : UINT32_MAX;
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

/* live_in and live_out of the candidates; false when it takes suspiciously long. */
static bool solve(Gen *g, const uint32_t *ids, uint32_t n)
{
    const IrFn *f = g->f;
    for (uint32_t k = 0; k < f->blocks.n; k++) {
        GenBlock *b = &g->blocks.p[k];
        b->live_in = b->live_out = b->use = b->def = 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint64_t bit = (uint64_t)1 << k;
        for (uint32_t v = g->ents.p[ids[k]].events; v; v = g->events.p[v].next) {
            const GenEvent *ev = &g->events.p[v];
            GenBlock *b = &g->blocks.p[ev->block];
            if (ev->how & GEN_EV_USE)
                b->use |= bit;
            if (ev->how & GEN_EV_DEF)
                b->def |= bit;
            if (ev->how & GEN_EV_EDGE)
                b->live_out |= bit;
        }
    }
    /* live_out of an edge definition stays set and reaches live_in only where the phi is live for other reasons. */
    bool changed = true;
    for (unsigned sweep = 0; changed; sweep++) {
        if (sweep == MAX_SWEEPS)
            return false;
        changed = false;
        for (uint32_t k = f->order.n; k-- > 0;) {
            uint32_t id = f->order.p[k], to;
            GenBlock *b = &g->blocks.p[id];
            uint64_t out = 0;
            for (uint32_t s = 0; (to = gen_succ(g, id, s)) != UINT32_MAX; s++)
                out |= g->blocks.p[to].live_in;
            uint64_t in = b->use | (out & ~b->def);
            if (in != b->live_in || (out & ~b->live_out)) {
                changed = true;
                b->live_in = in;
                b->live_out |= out;
            }
        }
    }
    return true;
}

static void assign(Gen *g, uint32_t ent, uint64_t bit)
{
    const IrFn *f = g->f;
    GenEnt *e = &g->ents.p[ent];
    uint64_t busy = 0, calls = 0;
    for (uint32_t k = 0; k < f->order.n; k++) {
        const GenBlock *b = &g->blocks.p[f->order.p[k]];
        if ((b->live_in | b->live_out | b->use | b->def) & bit) {
            busy |= b->pins;
            calls += (uint64_t)b->calls * often[b->depth];
        }
    }
    uint64_t saved = g->pin_saved[e->is_float] & ~busy, free = g->pin_free[e->is_float] & ~busy, from;
    if (!calls && free)
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
    for (uint32_t k = 0; k < f->order.n; k++) {
        GenBlock *b = &g->blocks.p[f->order.p[k]];
        if ((b->live_in | b->live_out | b->use | b->def) & bit)
            b->pins |= reg_bit;
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
        weigh(g);
        ids = arena_alloc(g->arena, n * sizeof *ids);
        for (uint32_t k = 0; k < n; k++)
            ids[k] = k + 1;
        sort_by_weight(g, ids, n);
        for (uint32_t round = 0; round < MAX_ROUNDS && round * 64 < n; round++) {
            uint32_t first = round * 64, m = n - first < 64 ? n - first : 64;
            if (!solve(g, ids + first, m))
                break;
            for (uint32_t k = 0; k < m; k++)
                assign(g, ids[first + k], (uint64_t)1 << k);
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
