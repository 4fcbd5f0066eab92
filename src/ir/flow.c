/* ir: who precedes and who dominates whom. Input: a function whose blocks end in terminators that name placed blocks.
 * Output: an IrFlow, all by position in the layout. The one idea: dominators by iteration over reverse postorder
 * (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"), then numbered so that a question costs one
 * comparison. */
#include "ir/ir.h"

typedef struct Walk {
    IrFlow *w;
    const IrFn *f;
    uint32_t from;             /* position of the block whose edges are told */
    uint32_t *last;            /* by block: 1 + the last block that told an edge there */
    uint32_t *stack, n;
} Walk;

static const IrIns *terminator(const IrFn *f, uint32_t at)
{
    const IrBlock *b = &f->blocks.p[f->order.p[at]];
    return &f->ins.p[b->first + b->n - 1];
}

static void count_edge(void *ctx, uint32_t block)
{
    Walk *k = ctx;
    uint32_t to = k->w->pos[block];
    if (k->last[to] != k->from + 1)
        k->w->npreds[to]++;
    k->last[to] = k->from + 1;
}

static void add_edge(void *ctx, uint32_t block)
{
    Walk *k = ctx;
    uint32_t to = k->w->pos[block];
    if (k->last[to] != k->from + 1)
        k->w->preds[k->w->first_pred[to] + k->w->npreds[to]++] = k->from;
    k->last[to] = k->from + 1;
}

static void find_predecessors(Walk *k, Arena *a)
{
    IrFlow *w = k->w;
    uint32_t i, n = 0;
    for (k->from = 0; k->from < w->n; k->from++)
        ir_successors(k->f, terminator(k->f, k->from), count_edge, k);
    for (i = 0; i < w->n; i++) {
        w->first_pred[i] = n;
        n += w->npreds[i];
        w->npreds[i] = k->last[i] = 0;
    }
    w->preds = arena_array(a, uint32_t, n + 1);
    for (k->from = 0; k->from < w->n; k->from++)
        ir_successors(k->f, terminator(k->f, k->from), add_edge, k);
}

static void push_successor(void *ctx, uint32_t block)
{
    Walk *k = ctx;
    uint32_t to = k->w->pos[block];
    if (k->w->rpo[to] == UINT32_MAX) {
        k->w->rpo[to] = 0;
        k->stack[k->n++] = to;
    }
}

/* Reachable blocks into `out`, each behind everything it is an ancestor of in one spanning tree; gives their number. */
static uint32_t postorder(Walk *k, Arena *a, uint32_t *out)
{
    bool *open = arena_array(a, bool, k->w->n);    /* its successors are on the stack above it */
    uint32_t n = 0;
    k->stack[0] = 0;
    k->n = 1;
    k->w->rpo[0] = 0;
    while (k->n) {
        uint32_t at = k->stack[k->n - 1];
        if (open[at]) {
            k->n--;
            out[n++] = at;
        } else {
            open[at] = true;
            ir_successors(k->f, terminator(k->f, at), push_successor, k);
        }
    }
    return n;
}

static uint32_t meet(const IrFlow *w, uint32_t a, uint32_t b)
{
    while (a != b) {
        while (w->rpo[a] > w->rpo[b])
            a = w->idom[a];
        while (w->rpo[b] > w->rpo[a])
            b = w->idom[b];
    }
    return a;
}

static void find_dominators(IrFlow *w, const uint32_t *order, uint32_t n)
{
    bool changed = true;
    w->idom[0] = 0;
    while (changed) {
        changed = false;
        for (uint32_t i = n - 1; i-- > 0;) {
            uint32_t b = order[i], d = UINT32_MAX;
            for (uint32_t k = 0; k < w->npreds[b]; k++) {
                uint32_t p = w->preds[w->first_pred[b] + k];
                if (w->idom[p] != UINT32_MAX)
                    d = d == UINT32_MAX ? p : meet(w, p, d);
            }
            if (w->idom[b] != d) {
                w->idom[b] = d;
                changed = true;
            }
        }
    }
}

/* Preorder numbers and sizes of the dominator tree; a block's dominator stands behind it in `order`. */
static void number_tree(IrFlow *w, const uint32_t *order, uint32_t n, uint32_t *next)
{
    uint32_t i;
    for (i = 0; i < n; i++) {
        w->size[order[i]]++;
        if (order[i])
            w->size[w->idom[order[i]]] += w->size[order[i]];
    }
    for (i = n; i-- > 0;) {
        uint32_t b = order[i];
        if (b) {
            w->pre[b] = next[w->idom[b]];
            next[w->idom[b]] += w->size[b];
        }
        next[b] = w->pre[b] + 1;
    }
}

IrFlow *ir_flow(Arena *a, const IrFn *f)
{
    IrFlow *w = arena_new(a, IrFlow);
    Walk k;
    uint32_t i, n;
    w->n = f->order.n;
    w->pos = arena_alloc(a, f->blocks.n * sizeof *w->pos);
    memset(w->pos, 0xff, f->blocks.n * sizeof *w->pos);
    for (i = 0; i < w->n; i++)
        w->pos[f->order.p[i]] = i;
    w->npreds = arena_array(a, uint32_t, w->n);
    w->first_pred = arena_array(a, uint32_t, w->n);
    w->pre = arena_array(a, uint32_t, w->n);
    w->size = arena_array(a, uint32_t, w->n);
    w->rpo = arena_alloc(a, w->n * sizeof *w->rpo);
    w->idom = arena_alloc(a, w->n * sizeof *w->idom);
    memset(w->rpo, 0xff, w->n * sizeof *w->rpo);
    memset(w->idom, 0xff, w->n * sizeof *w->idom);
    k.w = w;
    k.f = f;
    k.last = arena_array(a, uint32_t, w->n);
    k.stack = arena_array(a, uint32_t, w->n + 1);
    find_predecessors(&k, a);
    uint32_t *order = arena_array(a, uint32_t, w->n + 1);
    n = postorder(&k, a, order);
    for (i = 0; i < n; i++)
        w->rpo[order[i]] = n - 1 - i;
    find_dominators(w, order, n);
    memset(k.last, 0, w->n * sizeof *k.last);
    number_tree(w, order, n, k.last);
    return w;
}
