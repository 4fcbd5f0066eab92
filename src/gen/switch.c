/* switch: a jump table where cases are dense, else a binary search over ranges; never a chain. */
#include "gen/fast.h"

enum { TABLE_MIN = 5, TABLE_MAX = 1 << 20, LEAF = 2, GAP_DEPTH = 24 };

typedef struct Switch {
    Gen *g;
    const IrCase *cases;
    const uint32_t *labels;    /* where case k goes: its block, or the stub that feeds its phis */
    uint32_t otherwise;
    IrType type;
    unsigned reg;
} Switch;

static int64_t least(IrType t)
{
    return t == IR_I32 ? INT32_MIN : INT64_MIN;
}

static int64_t most(IrType t)
{
    return t == IR_I32 ? INT32_MAX : INT64_MAX;
}

static bool table(Switch *s, uint32_t lo, uint32_t hi, int64_t min, int64_t max)
{
    Gen *g = s->g;
    if (hi - lo < TABLE_MIN)
        return false;
    uint64_t span = (uint64_t)s->cases[hi - 1].hi - (uint64_t)s->cases[lo].lo;
    uint64_t covered = 0;
    if (span >= TABLE_MAX)
        return false;
    for (uint32_t k = lo; k < hi; k++)
        covered += (uint64_t)s->cases[k].hi - (uint64_t)s->cases[k].lo + 1;
    /* Two wide ranges are better compared than tabulated. */
    if (covered * 10 < (span + 1) * 4 || span + 1 > 64 * (uint64_t)(hi - lo))
        return false;
    uint32_t n = (uint32_t)span + 1, at = 0;
    uint32_t *labels = arena_alloc(g->arena, n * sizeof *labels);
    for (uint32_t k = lo; k < hi; k++) {
        uint32_t from = (uint32_t)((uint64_t)s->cases[k].lo - (uint64_t)s->cases[lo].lo);
        uint32_t to = (uint32_t)((uint64_t)s->cases[k].hi - (uint64_t)s->cases[lo].lo);
        while (at < from)
            labels[at++] = s->otherwise;
        while (at <= to)
            labels[at++] = s->labels[k];
    }
    g->t->switch_table(g, s->type, s->reg, s->cases[lo].lo, labels, n, min < s->cases[lo].lo || max > s->cases[hi - 1].hi,
                       s->otherwise);
    return true;
}

/* The value is known to lie in [min, max]; it may be one of cases [lo, hi). Ends in a jump. */
static void search(Switch *s, uint32_t lo, uint32_t hi, int64_t min, int64_t max, unsigned depth)
{
    Gen *g = s->g;
    for (;;) {
        if (table(s, lo, hi, min, max))
            return;
        if (hi - lo <= LEAF)
            break;
        /* Split at the widest gap, so that dense runs stay together; in the middle when that went on for long. */
        uint32_t mid = lo + (hi - lo) / 2;
        if (depth < GAP_DEPTH && hi - lo > 2 * LEAF) {
            uint64_t best = (uint64_t)s->cases[mid].lo - (uint64_t)s->cases[mid - 1].hi;
            for (uint32_t k = lo + 1; k < hi; k++) {
                uint64_t gap = (uint64_t)s->cases[k].lo - (uint64_t)s->cases[k - 1].hi;
                if (gap > best && gap > 16) {
                    best = gap;
                    mid = k;
                }
            }
        }
        uint32_t left = gen_label(g);
        g->t->switch_cmp(g, s->type, s->reg, IR_SLT, s->cases[mid].lo, left);
        search(s, mid, hi, s->cases[mid].lo, max, depth + 1);
        gen_place(g, left);
        max = s->cases[mid].lo - 1;
        hi = mid;
        depth++;
    }
    for (uint32_t k = lo; k < hi && min <= max; k++) {
        const IrCase *c = &s->cases[k];
        if (c->lo <= min && c->hi >= max) {
            g->t->jump(g, s->labels[k]);
            return;
        }
        if (c->lo == c->hi) {
            g->t->switch_cmp(g, s->type, s->reg, IR_EQ, c->lo, s->labels[k]);
            if (c->lo == min)
                min++;
            continue;
        }
        if (c->lo > min)
            g->t->switch_cmp(g, s->type, s->reg, IR_SLT, c->lo, s->otherwise);
        if (c->hi >= max) {
            g->t->jump(g, s->labels[k]);
            return;
        }
        g->t->switch_cmp(g, s->type, s->reg, IR_SLE, c->hi, s->labels[k]);
        min = c->hi + 1;
    }
    g->t->jump(g, s->otherwise);
}

void gen_switch(Gen *g, uint32_t i)
{
    IrFn *f = g->f;
    const IrIns *in = gen_ins(g, i);
    const IrSwitch *sw = &f->switches.p[in->b];
    uint32_t *labels = arena_alloc(g->arena, (sw->ncases + 1) * sizeof *labels);
    uint32_t *stub_of = NULL;
    VEC(uint32_t) targets;
    Switch s;
    s.g = g;
    s.cases = f->cases.p + sw->first_case;
    s.labels = labels;
    s.type = (IrType)in->type;
    s.otherwise = sw->otherwise;
    memset(&targets, 0, sizeof targets);
    for (uint32_t k = 0; k <= sw->ncases; k++) {
        uint32_t to = gen_through(f, k < sw->ncases ? s.cases[k].block : sw->otherwise);
        uint32_t label = to;
        if (gen_has_phis(g, to)) {
            if (!stub_of)
                stub_of = arena_array(g->arena, uint32_t, f->blocks.n);
            if (!stub_of[to]) {
                stub_of[to] = gen_label(g);
                vec_push(g->arena, &targets, to);
            }
            label = stub_of[to];
        }
        if (k < sw->ncases)
            labels[k] = label;
        else
            s.otherwise = label;
    }
    s.reg = gen_in(g, in->a);
    /* Room for the hooks' two temporaries is made here: nothing may be evicted on one way through the search only. */
    unsigned t = gen_alloc(g, g->t->scratch[0]), u = gen_alloc(g, g->t->scratch[0]);
    gen_free(g, t);
    gen_free(g, u);
    search(&s, 0, sw->ncases, least(s.type), most(s.type), 0);
    gen_out(g, in->a, s.reg);
    for (uint32_t k = 0; k < targets.n; k++) {
        gen_place(g, stub_of[targets.p[k]]);
        gen_side_edge(g, targets.p[k]);
    }
}
