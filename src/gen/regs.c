/* regs: the register file of the forward pass and the frame. One idea: a scratch register is free, a temporary of the instruction
 * being selected (locked, owner 0), or owned by one value; everything else is found through the value. */
#include "gen/fast.h"

unsigned gen_ctz(uint64_t m)
{
    /* A de Bruijn sequence: the top six bits of its product with each power of two differ. */
    static const uint8_t at[64] = {
        0, 1, 2, 53, 3, 7, 54, 27, 4, 38, 41, 8, 34, 55, 48, 28, 62, 5, 39, 46, 44, 42, 22, 9, 24, 35, 59, 56, 49, 18, 29, 11,
        63, 52, 6, 26, 37, 40, 33, 47, 61, 45, 43, 21, 23, 58, 17, 10, 51, 25, 36, 32, 60, 20, 57, 16, 50, 31, 19, 15, 30, 14, 13, 12,
    };
    return at[((m & (0 - m)) * 0x022fdd63cc95386du) >> 58];
}

#define BIT(r) ((uint64_t)1 << (r))

/* ---- frame ---- */

int32_t gen_frame(Gen *g, uint64_t size, uint32_t align)
{
    uint64_t at = (uint64_t)(g->down ? -(int64_t)g->frame_at : g->frame_at);
    if (size > (uint64_t)g->frame_limit || at + size + align > (uint64_t)g->frame_limit) {
        g->failed = true;
        return g->frame_at;
    }
    if (g->down) {
        g->frame_at = -(int32_t)align_up(at + size, align);
        return g->frame_at;
    }
    at = align_up(at, align);
    g->frame_at = (int32_t)(at + size);
    return (int32_t)at;
}

int32_t gen_home(Gen *g, uint32_t v)
{
    GenVal *val = &g->vals[v];
    if (val->home == GEN_UNSET) {
        /* Homes of values that live across blocks are never given out twice: layout order is not execution order. */
        if (g->homes.n && !(val->flags & GV_GLOBAL))
            val->home = g->homes.p[--g->homes.n];
        else
            val->home = gen_frame(g, 8, 8);
    }
    return val->home;
}

int32_t gen_slot_off(Gen *g, uint32_t slot)
{
    GenSlot *s = &g->slots[slot];
    if (s->off == GEN_UNSET) {
        const IrSlot *i = &g->f->slots.p[slot];
        s->off = gen_frame(g, i->size ? i->size : 1, i->align ? i->align : 1);
    }
    return s->off;
}

/* ---- allocation ---- */

static void store_home(Gen *g, uint32_t v)
{
    GenVal *val = &g->vals[v];
    if (!(val->flags & (GV_HOME | GV_GLOBAL))) {
        g->t->spill(g, gen_type(g, (IrRef)v), val->reg, gen_home(g, v));
        val->flags |= GV_HOME;
    }
}

void gen_evict(Gen *g, unsigned reg)
{
    uint32_t v = g->owner[reg];
    if (v) {
        store_home(g, v);
        g->vals[v].reg = GEN_NOREG;
        g->owner[reg] = 0;
    }
    g->free |= BIT(reg);
}

unsigned gen_alloc(Gen *g, uint64_t allow)
{
    const uint8_t *order = g->t->order[(allow & g->t->scratch[0]) == 0];
    uint64_t m = g->free & allow;
    unsigned reg = GEN_NOREG;
    if (m & g->prefer) {
        reg = gen_ctz(m & g->prefer);
    } else if (m) {
        while (!(m & BIT(*order)))
            order++;
        reg = *order;
    } else {
        /* Somebody goes: first who has a valid home, else by turns. */
        unsigned n = 0, busy = 0;
        for (const uint8_t *r = order; *r != GEN_NOREG; r++, n++) {
            if (!(BIT(*r) & allow & g->scratch) || g->lock[*r])
                continue;
            if (g->vals[g->owner[*r]].flags & (GV_HOME | GV_GLOBAL)) {
                reg = *r;
                break;
            }
            busy++;
        }
        if (reg == GEN_NOREG) {
            if (!busy)
                bug(g->host, "fast lane: out of registers");
            busy = g->turn++ % busy;
            for (const uint8_t *r = order; *r != GEN_NOREG; r++) {
                if ((BIT(*r) & allow & g->scratch) && !g->lock[*r] && busy-- == 0) {
                    reg = *r;
                    break;
                }
            }
        }
        gen_evict(g, reg);
    }
    g->free &= ~BIT(reg);
    g->touched |= BIT(reg);
    g->owner[reg] = 0;
    g->lock[reg] = 1;
    return reg;
}

void gen_claim(Gen *g, unsigned reg)
{
    if (!(g->scratch & BIT(reg)) || g->lock[reg])
        bug(g->host, "fast lane: register claimed twice");
    uint32_t v = g->owner[reg];
    if (!(g->free & BIT(reg)) && v) {
        uint64_t m = g->free & g->t->scratch[(BIT(reg) & g->t->scratch[1]) != 0];
        if (m && !(g->vals[v].flags & (GV_HOME | GV_GLOBAL))) {
            unsigned to = gen_alloc(g, m);
            g->t->move(g, gen_type(g, (IrRef)v), to, reg);
            g->lock[to] = 0;
            g->owner[to] = v;
            g->vals[v].reg = (uint8_t)to;
        } else {
            gen_evict(g, reg);
        }
    }
    g->free &= ~BIT(reg);
    g->touched |= BIT(reg);
    g->owner[reg] = 0;
    g->lock[reg] = 1;
}

void gen_free(Gen *g, unsigned reg)
{
    if (!(g->scratch & BIT(reg)))
        return;
    g->lock[reg] = 0;
    g->owner[reg] = 0;
    g->free |= BIT(reg);
}

/* ---- values ---- */

unsigned gen_in_mask(Gen *g, IrRef r, uint64_t allow)
{
    if (r < 0) {
        unsigned reg = gen_alloc(g, allow);
        g->t->constant(g, reg, r);
        return reg;
    }
    GenVal *v = &g->vals[r];
    if (v->flags & GV_DEFER)
        g->t->materialize(g, (uint32_t)r);
    if (v->reg == GEN_NOREG) {
        unsigned reg = gen_alloc(g, allow);
        if (!(v->flags & (GV_HOME | GV_GLOBAL)))
            bug(g->host, "fast lane: a value is nowhere");
        g->t->reload(g, gen_type(g, r), reg, gen_home(g, (uint32_t)r));
        g->lock[reg] = 0;
        g->owner[reg] = (uint32_t)r;
        v->reg = (uint8_t)reg;
    }
    g->lock[v->reg]++;
    return v->reg;
}

unsigned gen_in(Gen *g, IrRef r)
{
    return gen_in_mask(g, r, gen_class(g, gen_type(g, r)));
}

void gen_release(Gen *g, uint32_t r)
{
    GenVal *v = &g->vals[r];
    if (v->reg != GEN_NOREG && !(v->flags & (GV_ALIAS | GV_PINNED))) {
        g->owner[v->reg] = 0;
        if (!g->lock[v->reg])
            g->free |= BIT(v->reg);
        v->reg = GEN_NOREG;
    }
    if (v->home != GEN_UNSET && !(v->flags & GV_GLOBAL)) {
        vec_push(g->arena, &g->homes, v->home);
        v->home = GEN_UNSET;
        v->flags &= (uint16_t)~GV_HOME;
    }
}

void gen_consume(Gen *g, IrRef r)
{
    if (r > 0) {
        GenVal *v = &g->vals[r];
        if (v->uses && --v->uses == 0)
            gen_release(g, (uint32_t)r);
    }
}

void gen_unlock(Gen *g, unsigned reg)
{
    if (g->lock[reg] && --g->lock[reg] == 0 && !g->owner[reg] && (g->scratch & BIT(reg)))
        g->free |= BIT(reg);   /* its value moved away or died meanwhile */
}

void gen_out(Gen *g, IrRef r, unsigned reg)
{
    if (r < 0) {
        gen_free(g, reg);
        return;
    }
    gen_unlock(g, reg);
    gen_consume(g, r);
}

void gen_hold(Gen *g, GenHeld *h, IrRef r, unsigned reg, bool consume)
{
    if (r > 0 && consume)
        g->vals[r].uses--;
    /* Not consumed: the lock alone goes at the end. */
    h->refs[h->n] = r > 0 && !consume ? 0 : r;
    h->regs[h->n++] = (uint8_t)reg;
}

void gen_held_out(Gen *g, GenHeld *h)
{
    for (unsigned k = 0; k < h->n; k++) {
        IrRef r = h->refs[k];
        if (r < 0) {
            gen_free(g, h->regs[k]);
            continue;
        }
        gen_unlock(g, h->regs[k]);
        if (r > 0 && !g->vals[r].uses)
            gen_release(g, (uint32_t)r);
    }
    h->n = 0;
}

bool gen_takable(const Gen *g, IrRef r)
{
    if (r < 0)
        return true;
    const GenVal *v = &g->vals[r];
    return v->uses == 1 && !(v->flags & (GV_ALIAS | GV_PINNED | GV_DEFER));
}

bool gen_take(Gen *g, IrRef r, unsigned reg)
{
    if (!gen_takable(g, r))
        return false;
    if (r > 0) {
        GenVal *v = &g->vals[r];
        if (v->reg != reg || g->lock[reg] != 1)
            return false;
        v->uses = 0;
        gen_release(g, (uint32_t)r);
        g->free &= ~BIT(reg);
        g->lock[reg] = 1;
    }
    return true;
}

static void add_alias(Gen *g, uint32_t v, unsigned reg)
{
    GenVal *val = &g->vals[v];
    val->reg = (uint8_t)reg;
    val->flags |= GV_ALIAS;
    val->link = g->alias[reg];
    g->alias[reg] = v;
    g->aliased |= BIT(reg);
}

static void write_home(Gen *g, uint32_t v, unsigned reg)
{
    g->t->spill(g, gen_type(g, (IrRef)v), reg, gen_home(g, v));
    g->vals[v].flags |= GV_HOME;
}

void gen_def_alias(Gen *g, uint32_t v, unsigned reg, unsigned flags)
{
    GenVal *val = &g->vals[v];
    val->flags = (uint16_t)((val->flags & ~GV_DEFER) | flags);
    if (val->pin != GEN_NOREG) {
        if (val->pin != reg) {
            gen_unalias(g, val->pin, 0, 0);
            g->t->move(g, gen_type(g, (IrRef)v), val->pin, reg);
        }
        return;
    }
    if (gen_dead(g, v))
        return;
    if (val->flags & GV_GLOBAL)
        write_home(g, v, reg);
    add_alias(g, v, reg);
}

void gen_def(Gen *g, uint32_t v, unsigned reg, unsigned flags)
{
    GenVal *val = &g->vals[v];
    if (!(g->scratch & BIT(reg))) {
        gen_def_alias(g, v, reg, flags);
        return;
    }
    val->flags = (uint16_t)((val->flags & ~GV_DEFER) | flags);
    if (val->pin != GEN_NOREG) {
        gen_unalias(g, val->pin, 0, 0);
        g->t->move(g, gen_type(g, (IrRef)v), val->pin, reg);
        gen_free(g, reg);
        return;
    }
    if (val->flags & GV_LIVE)
        write_home(g, v, reg);
    if (!val->uses) {
        gen_free(g, reg);
        return;
    }
    g->lock[reg] = 0;
    g->owner[reg] = v;
    val->reg = (uint8_t)reg;
}

void gen_unalias(Gen *g, unsigned reg, IrRef a, IrRef b)
{
    if (!(g->aliased & BIT(reg)))
        return;
    uint32_t u = g->alias[reg], next;
    g->alias[reg] = 0;
    g->aliased &= ~BIT(reg);
    for (; u; u = next) {
        GenVal *v = &g->vals[u];
        next = v->link;
        v->link = 0;
        if (!(v->flags & GV_ALIAS) || v->reg != reg)
            continue;
        uint32_t dying = ((IrRef)u == a) + ((IrRef)u == b);
        if (v->uses <= dying) {
            /* Read by the instruction at hand, if at all; the caller knows the register. */
            continue;
        }
        v->flags &= (uint16_t)~GV_ALIAS;
        v->reg = GEN_NOREG;
        if (v->flags & GV_GLOBAL)
            continue;
        IrType t = gen_type(g, (IrRef)u);
        unsigned to = gen_alloc(g, gen_class(g, t));
        g->t->move(g, t, to, reg);
        g->lock[to] = 0;
        g->owner[to] = u;
        v->reg = (uint8_t)to;
    }
}

unsigned gen_want(Gen *g, uint32_t v)
{
    const GenVal *val = &g->vals[v];
    if (val->pin != GEN_NOREG || v != g->at || v + 1 >= g->end)
        return val->pin;
    const IrIns *in = gen_ins(g, v + 1);
    if (in->op != IR_STORE || in->b != (IrRef)v)
        return GEN_NOREG;
    uint32_t s = gen_whole_slot(g, in->a, in->c);
    if (!s)
        return GEN_NOREG;
    unsigned pin = g->slots[s - 1].pin;
    /* A narrow slot's register is extended by the store; v itself would change. */
    if (pin != GEN_NOREG && val->uses != 1 && (1u << (in->aux & IR_MEM_SIZE)) < ir_type_size(in->type))
        return GEN_NOREG;
    return pin;
}

/* ---- blocks and calls ---- */

void gen_save_all(Gen *g)
{
    /* What only equals a pinned register that the call changes. */
    for (uint64_t m = g->aliased & (g->t->scratch[0] | g->t->scratch[1]) & ~g->blocks.p[g->block].kept; m; m &= m - 1)
        gen_unalias(g, gen_ctz(m), 0, 0);
    for (uint64_t m = g->scratch & ~g->free; m; m &= m - 1) {
        uint32_t v = g->owner[gen_ctz(m)];
        if (v && g->vals[v].uses)
            store_home(g, v);
    }
}

void gen_forget(Gen *g)
{
    for (uint64_t m = g->scratch & ~g->free; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        if (g->owner[reg])
            g->vals[g->owner[reg]].reg = GEN_NOREG;
        g->owner[reg] = 0;
        g->lock[reg] = 0;
    }
    g->free = g->scratch;
    g->touched = UINT64_MAX;
}

void gen_snapshot(Gen *g, GenSnapshot *s)
{
    s->free = g->free;
    memcpy(s->owner, g->owner, sizeof s->owner);
    for (uint64_t m = g->scratch & ~g->free; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        s->flags[reg] = g->owner[reg] ? g->vals[g->owner[reg]].flags : 0;
    }
}

void gen_back_to(Gen *g, const GenSnapshot *s)
{
    gen_forget(g);
    for (uint64_t m = g->scratch & ~s->free; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        uint32_t v = s->owner[reg];
        if (!v || !g->vals[v].uses)
            continue;
        g->owner[reg] = v;
        g->free &= ~BIT(reg);
        g->vals[v].reg = (uint8_t)reg;
        if (!(s->flags[reg] & GV_HOME))
            g->vals[v].flags &= (uint16_t)~GV_HOME;
    }
}

void gen_start_block(Gen *g, bool keep)
{
    uint64_t scratch = (g->t->scratch[0] | g->t->scratch[1]) & ~g->blocks.p[g->block].pins;
    for (uint64_t m = g->aliased; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        for (uint32_t u = g->alias[reg], next; u; u = next) {
            GenVal *v = &g->vals[u];
            next = v->link;
            v->link = 0;
            if ((v->flags & GV_ALIAS) && v->reg == reg) {
                v->reg = GEN_NOREG;
                v->flags &= (uint16_t)~GV_ALIAS;
            }
        }
        g->alias[reg] = 0;
    }
    g->aliased = 0;
    if (!keep)
        gen_forget(g);
    for (uint64_t m = g->scratch & ~g->free & ~scratch; m; m &= m - 1) {
        unsigned reg = gen_ctz(m);
        if (g->owner[reg])
            g->vals[g->owner[reg]].reg = GEN_NOREG;
        g->owner[reg] = 0;
        g->lock[reg] = 0;
    }
    g->free = (g->free & scratch) | (scratch & ~g->scratch);
    g->touched |= ~(scratch & g->scratch);
    g->scratch = scratch;
}
