/* veneer.c: calls that reach no further than some distance, in an image that is wider. Islands of veneers, jumps of any reach, stand
 * between groups of code sections; a call that does not reach goes to the one behind its group. In: a layout. Out: another, in which
 * islands have grown until no call is left over. */
#include "ld/ld_int.h"

typedef struct Veneer { LdSym *sym; int64_t addend; } Veneer;
struct LdIsland {
    LdSec *sec;
    VEC(Veneer) entries;
};

static int find(const LdIsland *v, const LdSym *sym, int64_t addend)
{
    for (uint32_t i = 0; i < v->entries.n; i++)
        if (v->entries.p[i].sym == sym && v->entries.p[i].addend == addend)
            return (int)i;
    return -1;
}

uint64_t ld_veneer(const Ld *l, const LdSec *s, const LdSym *sym, int64_t addend)
{
    int i = s->island ? find(s->island, sym, addend) : -1;
    return i < 0 ? 0 : s->island->sec->out->addr + s->island->sec->off + (uint64_t)i * l->tl->veneer_size;
}

/* An island behind input number `at` of o. */
static void insert(Ld *l, OutSec *o, uint32_t at, LdIsland *v)
{
    LdSec *s = ld_make_section(l, o->name, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 4);
    s->priority = o->in.p[at]->priority;
    memmove(o->in.p + at + 2, o->in.p + at + 1, (o->in.n - at - 2) * sizeof(LdSec *));
    o->in.p[at + 1] = s;
    v->sec = s;
    vec_push(l->a, &l->islands, v);
}

/* Groups of at most a quarter of the reach: what is in one reaches its island, however much the islands grow. */
static void make_groups(Ld *l, OutSec *o)
{
    LdIsland *v = NULL;
    uint64_t from = 0;
    for (uint32_t i = 0; i < o->in.n; i++) {
        LdSec *s = o->in.p[i];
        if (!v) {
            v = arena_new(l->a, LdIsland);
            from = s->off;
        }
        s->island = v;
        if (i + 1 == o->in.n || o->in.p[i + 1]->off + o->in.p[i + 1]->size - from > l->tl->veneer_span / 4) {
            insert(l, o, i++, v);
            v = NULL;
        }
    }
}

static bool grow(Ld *l, LdSec *s)
{
    bool grown = false;
    if (!s->island || !s->file)
        return false;
    for (uint32_t i = 0; i < s->o->relocs.n; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const RelocInfo *info = reloc_info(l->tl, r->type);
        LdSym *sym = s->file->syms[r->sym];
        Veneer v = { sym, r->addend };
        if (!info || info->cls != REL_PLT || sym->state != LDSYM_DEFINED || find(s->island, sym, r->addend) >= 0 ||
            l->tl->in_reach(ld_place(s, r->offset), ld_target_address(l, s, r, r->addend)))
            continue;
        vec_push(l->a, &s->island->entries, v);
        s->island->sec->size += l->tl->veneer_size;
        grown = true;
    }
    return grown;
}

bool ld_make_veneers(Ld *l)
{
    uint64_t lo = UINT64_MAX, hi = 0;
    bool grown;
    if (!l->tl->veneer)
        return true;
    for (uint32_t i = 0; i < l->outs.n; i++) {
        const OutSec *o = l->outs.p[i];
        if (o->flags & SHF_EXECINSTR && o->flags & SHF_ALLOC && o->size) {
            lo = o->addr < lo ? o->addr : lo;
            hi = o->addr + o->size > hi ? o->addr + o->size : hi;
        }
    }
    if (hi <= lo || hi - lo < l->tl->veneer_span)
        return true;
    for (uint32_t i = 0, n = l->outs.n; i < n; i++)
        if (l->outs.p[i]->flags & SHF_EXECINSTR && l->outs.p[i]->size)
            make_groups(l, l->outs.p[i]);
    do {
        grown = false;
        for (uint32_t i = 0; i < l->outs.n; i++)
            for (uint32_t k = 0; k < l->outs.p[i]->in.n; k++)
                grown |= grow(l, l->outs.p[i]->in.p[k]);
        if (!ld_layout(l))
            return false;
        ld_settle_provided(l);
    } while (grown);
    return true;
}

void ld_fill_veneers(Ld *l)
{
    for (uint32_t i = 0; i < l->islands.n; i++) {
        const LdIsland *v = l->islands.p[i];
        for (uint32_t k = 0; k < v->entries.n; k++) {
            uint64_t at = (uint64_t)k * l->tl->veneer_size;
            l->tl->veneer(ld_out_bytes(l, v->sec) + at, v->sec->out->addr + v->sec->off + at,
                          ld_address(l, v->entries.p[k].sym) + (uint64_t)v->entries.p[k].addend);
        }
    }
}
