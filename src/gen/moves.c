/* moves: several copies that mean to happen at once, and the phis of an edge built on them. */
#include "gen/fast.h"

void gen_parallel(Gen *g, GenMove *m, unsigned n)
{
    uint8_t readers[GEN_REGS];
    unsigned left = 0;
    memset(readers, 0, sizeof readers);
    for (unsigned k = 0; k < n; k++) {
        if (m[k].dst != m[k].src) {
            m[left++] = m[k];
            readers[m[k].src]++;
        }
    }
    while (left) {
        bool moved = false;
        for (unsigned k = 0; k < left;) {
            if (readers[m[k].dst]) {
                k++;
                continue;
            }
            g->t->move(g, (IrType)m[k].type, m[k].dst, m[k].src);
            readers[m[k].src]--;
            m[k] = m[--left];
            moved = true;
        }
        if (moved || !left)
            continue;
        /* Only cycles are left: exchange the first pair; who wanted dst's old value finds it in src now. */
        unsigned dst = m[0].dst, src = m[0].src;
        g->t->swap(g, (IrType)m[0].type, dst, src);
        m[0] = m[--left];
        readers[src]--;
        for (unsigned k = 0; k < left;) {
            if (m[k].src == dst) {
                m[k].src = (uint8_t)src;
                readers[dst]--;
                readers[src]++;
            } else if (m[k].src == src) {
                m[k].src = (uint8_t)dst;
                readers[src]--;
                readers[dst]++;
            }
            if (m[k].src == m[k].dst) {
                readers[m[k].src]--;
                m[k] = m[--left];
            } else {
                k++;
            }
        }
    }
}

bool gen_has_phis(const Gen *g, uint32_t block)
{
    const IrBlock *b = &g->f->blocks.p[block];
    return b->n && g->f->ins.p[b->first].op == IR_PHI;
}

/* The operand of phi i for the current block. Searches go on where the last one for this phi ended: edges come in layout order. */
static IrRef phi_operand(Gen *g, uint32_t i)
{
    const IrIns *in = gen_ins(g, i);
    const int32_t *pairs = g->f->ops.p + in->a;
    uint32_t n = (uint32_t)in->b, at = g->vals[i].link;
    for (uint32_t k = 0; k < n; k++, at++) {
        if (at >= n)
            at = 0;
        if ((uint32_t)pairs[2 * at] == g->block) {
            g->vals[i].link = at;
            return pairs[2 * at + 1];
        }
    }
    bug(g->host, "fast lane: phi without a value for an edge");
}

/* Does moving onto this edge destroy r before it is read: is r a phi of the same block, in memory? */
static bool overwritten(const Gen *g, const IrBlock *b, IrRef r)
{
    return r > 0 && (uint32_t)r >= b->first && (uint32_t)r < b->first + b->n && g->f->ins.p[r].op == IR_PHI &&
           g->vals[r].pin == GEN_NOREG;
}

static void to_memory(Gen *g, IrType t, IrRef r, int32_t off)
{
    if (r < 0 && ir_const(g->f, r)->kind == IR_C_UNDEF)
        return;
    unsigned reg = gen_in(g, r);
    g->t->spill(g, t, reg, off);
    gen_out(g, r, reg);
}

void gen_edge(Gen *g, uint32_t to)
{
    const IrBlock *b = &g->f->blocks.p[to];
    GenMove moves[GEN_MAX_MOVES];
    IrRef late[GEN_MAX_MOVES];
    uint8_t late_to[GEN_MAX_MOVES];
    unsigned nmoves = 0, nlate = 0;
    int32_t *temps = NULL;
    uint32_t n = 0;
    while (n < b->n && g->f->ins.p[b->first + n].op == IR_PHI)
        n++;
    if (!n)
        return;
    /* 1. Phis of this very block that live in memory are read first, into temporary homes. */
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = b->first + k;
        IrRef r = phi_operand(g, i);
        if (gen_dead(g, i) || r == (IrRef)i || !overwritten(g, b, r))
            continue;
        if (!temps)
            temps = arena_array(g->arena, int32_t, n);
        uint32_t uses = g->vals[r].uses;
        temps[k] = gen_frame(g, 8, 8) + 1; /* offsets are multiples of 8: 0 stays "none" */
        to_memory(g, (IrType)gen_ins(g, i)->type, r, temps[k] - 1);
        g->vals[r].uses = uses;
    }
    /* 2. Phis in memory. */
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = b->first + k;
        IrType t = (IrType)gen_ins(g, i)->type;
        IrRef r = phi_operand(g, i);
        if (g->vals[i].pin != GEN_NOREG)
            continue;
        if (gen_dead(g, i) || r == (IrRef)i) {
            gen_consume(g, r);
        } else if (temps && temps[k]) {
            unsigned reg = gen_alloc(g, gen_class(g, t));
            g->t->reload(g, t, reg, temps[k] - 1);
            g->t->spill(g, t, reg, gen_home(g, i));
            gen_free(g, reg);
            gen_consume(g, r);
        } else {
            to_memory(g, t, r, gen_home(g, i));
        }
    }
    /* 3. Phis in registers: first from registers, all at once, then what is in memory or constant. */
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = b->first + k;
        IrType t = (IrType)gen_ins(g, i)->type;
        IrRef r = phi_operand(g, i);
        unsigned pin = g->vals[i].pin;
        if (pin == GEN_NOREG)
            continue;
        if (r < 0 || (temps && temps[k]) || (!gen_deferred(g, r) && g->vals[r].reg == GEN_NOREG)) {
            late[nlate] = temps && temps[k] ? 0 : r;
            if (!late[nlate])
                late[nlate] = (IrRef)k + 1, late_to[nlate] = (uint8_t)(pin | 0x80);
            else
                late_to[nlate] = (uint8_t)pin;
            nlate++;
            continue;
        }
        unsigned reg = gen_in(g, r);
        moves[nmoves].dst = (uint8_t)pin;
        moves[nmoves].src = (uint8_t)reg;
        moves[nmoves].type = (uint8_t)t;
        nmoves++;
        /* The register keeps its content until the moves: nothing is allocated in between. */
        gen_out(g, r, reg);
    }
    gen_parallel(g, moves, nmoves);
    for (unsigned k = 0; k < nlate; k++) {
        unsigned pin = late_to[k] & 0x7fu;
        if (late_to[k] & 0x80) {
            uint32_t i = b->first + (uint32_t)late[k] - 1;
            g->t->reload(g, (IrType)gen_ins(g, i)->type, pin, temps[late[k] - 1] - 1);
            gen_consume(g, phi_operand(g, i));
        } else if (late[k] < 0) {
            if (ir_const(g->f, late[k])->kind != IR_C_UNDEF)
                g->t->constant(g, pin, late[k]);
        } else {
            g->t->reload(g, gen_type(g, late[k]), pin, gen_home(g, (uint32_t)late[k]));
            gen_consume(g, late[k]);
        }
    }
}

void gen_side_edge(Gen *g, uint32_t to)
{
    GenSnapshot s;
    if (!gen_has_phis(g, to)) {
        g->t->jump(g, to);
        return;
    }
    gen_snapshot(g, &s);
    gen_edge(g, to);
    g->t->jump(g, to);
    gen_back_to(g, &s);
}

void gen_goto(Gen *g, uint32_t to)
{
    to = gen_through(g->f, to);
    gen_edge(g, to);
    if (to != g->next)
        g->t->jump(g, to);
}
