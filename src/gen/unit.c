/* unit: functions entered by a jump (IR_FN_UNIT): the contract's states in their registers, state maps by code offset, and what an
 * exit puts back. The instructions of an exit are the target's. */
#include "gen/fast.h"

void gen_unit_contract(Gen *g)
{
    uint64_t fixed = 0;
    for (uint32_t k = 0; k < g->f->contract.n; k++)
        fixed |= (uint64_t)1 << (g->f->contract.p[k].reg & (GEN_REGS - 1));
    for (uint32_t k = 0; k < g->f->blocks.n; k++)
        g->blocks.p[k].pins |= fixed;
}

void gen_state_in(Gen *g)
{
    IrFn *f = g->f;
    const IrBlock *b = &f->blocks.p[f->order.p[0]];
    for (uint32_t i = b->first; i < b->first + b->n; i++) {
        const IrIns *in = gen_ins(g, i);
        if (in->op != IR_STATE_IN)
            continue;
        for (uint32_t c = 0; c < f->contract.n; c++) {
            if (f->contract.p[c].id == (uint32_t)in->a) {
                g->vals[i].pin = g->vals[i].reg = f->contract.p[c].reg;
                g->vals[i].flags |= GV_PINNED;
            }
        }
        if (g->vals[i].pin == GEN_NOREG)
            g->failed = true;
    }
}

/* The state map of instruction i; NULL when it has none. */
static const IrStateMap *map_of(Gen *g, uint32_t i)
{
    const IrFn *f = g->f;
    while (g->state < f->states.n && f->states.p[g->state].ins < i)
        g->state++;
    return g->state < f->states.n && f->states.p[g->state].ins == i ? &f->states.p[g->state] : NULL;
}

unsigned gen_leave(Gen *g, uint32_t i, IrRef refs[GEN_MAX_LEAVE], uint8_t dst[GEN_MAX_LEAVE])
{
    const IrFn *f = g->f;
    const IrStateMap *m = map_of(g, i);
    unsigned n = 0;
    for (uint32_t k = 0; m && k < m->n; k++) {
        uint32_t id = (uint32_t)f->ops.p[m->first + 2 * k];
        IrRef r = f->ops.p[m->first + 2 * k + 1];
        bool found = false;
        for (uint32_t c = 0; c < f->contract.n && n < GEN_MAX_LEAVE - 1; c++) {
            if (f->contract.p[c].id == id) {
                refs[n] = r;
                dst[n++] = f->contract.p[c].reg;
                found = true;
            }
        }
        if (!found)
            g->failed = true;
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
        if (r > 0 && !(g->vals[r].flags & GV_DEFER) && g->vals[r].reg == GEN_NOREG) {
            l.where = gen_home(g, (uint32_t)r);
        } else {
            unsigned reg = gen_in(g, r);
            if (r > 0 && (g->vals[r].flags & GV_PINNED)) {
                l.in_reg = 1;
                l.where = (int32_t)reg;
                gen_unlock(g, reg);
            } else {
                /* A scratch register may change hands inside the instruction: the frame does not. */
                IrType t = gen_type(g, r);
                l.where = r > 0 && !(g->vals[r].flags & GV_ALIAS) ? gen_home(g, (uint32_t)r) : gen_frame(g, 8, 8);
                g->t->spill(g, t, reg, l.where);
                if (r > 0 && !(g->vals[r].flags & GV_ALIAS))
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
