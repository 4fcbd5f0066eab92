/* run: the forward pass over blocks and instructions, labels and branch fields. */
#include "gen/fast.h"

static void begin(Gen *g, GenJob *job, IrFn *f, const GenTarget *t, GenAttempt *attempt)
{
    GenEnt ent;
    GenEvent ev;
    memset(g, 0, sizeof *g);
    memset(&ent, 0, sizeof ent);
    memset(&ev, 0, sizeof ev);
    g->job = job;
    g->attempt = attempt;
    g->f = f;
    g->host = job->host;
    g->arena = job->arena;
    g->t = t;
    g->text = &job->obj->secs.p[job->text]->data;
    g->vals = arena_alloc(g->arena, sizeof(GenVal) * (f->ins.n + 1));
    for (uint32_t k = 0; k < f->ins.n; k++) {
        GenVal *v = &g->vals[k];
        v->uses = 0;
        v->link = 0;
        v->home = GEN_UNSET;
        v->flags = 0;
        v->reg = v->pin = GEN_NOREG;
    }
    g->hints = memset(arena_alloc(g->arena, f->ins.n), GEN_NOREG, f->ins.n);
    g->slots = arena_array(g->arena, GenSlot, f->slots.n + 1);
    for (uint32_t k = 0; k < f->slots.n; k++) {
        g->slots[k].off = GEN_UNSET;
        g->slots[k].pin = g->slots[k].own = GEN_NOREG;
    }
    vec_reserve(g->arena, &g->blocks, f->blocks.n + 4);
    memset(g->blocks.p, 0, sizeof(GenBlock) * f->blocks.n);
    g->blocks.n = f->blocks.n;
    for (uint32_t k = 0; k < f->blocks.n; k++)
        g->blocks.p[k].offset = GEN_NOWHERE;
    for (uint32_t k = 0; k < GEN_REGS; k++)
        g->save_home[k] = GEN_UNSET;
    vec_reserve(g->arena, &g->ents, 24);
    vec_reserve(g->arena, &g->events, 96);
    vec_reserve(g->arena, &g->fixups, 32);
    vec_push(g->arena, &g->ents, ent);
    vec_push(g->arena, &g->events, ev);
    g->straight = f->flags & IR_FN_UNIT && gen_is_straight(f);
    gen_analyze(g);
}

uint32_t gen_label(Gen *g)
{
    GenBlock b;
    memset(&b, 0, sizeof b);
    b.offset = GEN_NOWHERE;
    vec_push(g->arena, &g->blocks, b);
    return g->blocks.n - 1;
}

void gen_place(Gen *g, uint32_t label)
{
    GenBlock *b = &g->blocks.p[label];
    b->offset = g->text->n;
    for (uint32_t k = b->fixups; k; k = g->fixups.p[k - 1].next)
        g->t->patch(g, g->fixups.p[k - 1].at, b->offset);
    b->fixups = 0;
}

void gen_branch_to(Gen *g, uint64_t at, uint32_t label)
{
    GenBlock *b = &g->blocks.p[label];
    GenFixup x;
    if (b->offset != GEN_NOWHERE) {
        g->t->patch(g, at, b->offset);
        return;
    }
    x.at = at;
    x.next = b->fixups;
    vec_push(g->arena, &g->fixups, x);
    b->fixups = g->fixups.n;
}

static void run_block(Gen *g)
{
    IrFn *f = g->f;
    const IrBlock *b = &f->blocks.p[g->block];
    GenBlock *gb = &g->blocks.p[g->block];
    bool keep = gb->preds == 1 && gb->pred == g->prev && gb->pos && !b->address_taken;
    g->first = b->first;
    g->end = b->first + b->n;
    if (gb->pos) {
        gen_start_block(g, keep && !gen_has_phis(g, g->block));
        if (gb->loop_end && gb->depth)
            g->t->align_loop(g);
    }
    gen_place(g, g->block);
    for (uint32_t i = g->first; i < g->end; i++) {
        if (f->ins.p[i].op == IR_PHI)
            continue;
        g->at = i;
        g->prefer = g->hints[i] == GEN_NOREG ? 0 : (uint64_t)1 << g->hints[i];
        gen_select(g, i);
    }
}

static bool unentered(const Gen *g, uint32_t block)
{
    return !g->blocks.p[block].preds && !g->f->blocks.p[block].address_taken;
}

static void run(Gen *g)
{
    IrFn *f = g->f;
    for (uint32_t k = 0, next; k < f->order.n && !g->failed; k = next) {
        g->block = f->order.p[k];
        for (next = k + 1; next < f->order.n && unentered(g, f->order.p[next]); next++)
            ;
        g->next = next < f->order.n ? f->order.p[next] : UINT32_MAX;
        run_block(g);
        g->prev = g->block;
    }
}

bool gen_try(Gen *g, GenJob *job, IrFn *f, const GenTarget *t, GenAttempt *attempt, bool long_jumps)
{
    begin(g, job, f, t, attempt);
    g->long_jumps = long_jumps;
    t->choose_frame(g);
    if (f->flags & IR_FN_UNIT)
        gen_unit(g);
    else
        gen_pin(g);
    t->prologue(g);
    g->block = f->order.p[0];
    gen_start_block(g, false);
    t->params(g);
    run(g);
    if (!g->failed)
        t->patch_frame(g);
    if (!g->failed)
        gen_attempt_done(g, attempt);
    return !g->failed;
}
