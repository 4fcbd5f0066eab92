/* merge.c: sections whose equal elements may be one (gABI ch. 4, SHF_MERGE and SHF_STRINGS).
 * Inputs of one output section with equal entry size, kind and alignment share one pool. The pool is the contents of the
 * first of them, its carrier; the others become empty. Elements come in the order of first sight. */
#include "ld/ld_int.h"

typedef struct Pool {
    OutSec *out;
    uint64_t entsize, align, strings;
    LdSec *carrier;
    Map seen;                  /* element -> (void *)(uintptr_t)(offset + 1) */
    Buf bytes;
} Pool;

static bool mergeable(const LdSec *s)
{
    const ObjSec *o = s->o;
    uint64_t e = o->entsize, i;
    if (!(o->flags & SHF_MERGE) || o->flags & SHF_WRITE || !e || e > 4096 || !s->size || s->size % e || !s->data || o->relocs.n ||
        s->align > 4096)
        return false;
    for (i = s->size - e; o->flags & SHF_STRINGS && i < s->size; i++)
        if (s->data[i])
            return false;                   /* the last string must end */
    return true;
}

static uint64_t element_size(const LdSec *s, uint64_t at)
{
    uint64_t e = s->o->entsize, i, k;
    if (!(s->o->flags & SHF_STRINGS))
        return e;
    if (e == 1)
        return strlen((const char *)s->data + at) + 1;
    for (i = at;; i += e) {
        for (k = 0; k < e && !s->data[i + k]; k++)
            ;
        if (k == e)
            return i + e - at;
    }
}

static void add_section(Ld *l, Pool *p, LdSec *s)
{
    uint64_t at, n;
    uint32_t count = 0;
    for (at = 0; at < s->size; at += element_size(s, at))
        count++;
    s->pieces = arena_alloc(l->a, count * sizeof(LdPiece));
    s->carrier = p->carrier;
    for (at = 0; at < s->size; at += n) {
        const char *key = (const char *)s->data + at;
        void **known;
        n = element_size(s, at);
        known = map_at(&p->seen, key, (size_t)n);
        if (!*known) {
            buf_align(&p->bytes, (size_t)p->align, 0);
            *known = (void *)(uintptr_t)(p->bytes.n + 1);
            buf_put(&p->bytes, key, (size_t)n);
        }
        s->pieces[s->npieces].in = at;
        s->pieces[s->npieces++].out = (uintptr_t)*known - 1;
    }
}

static Pool *find_pool(Ld *l, Map *pools, LdSec *s)
{
    uint64_t key[4];
    void **at;
    Pool *p;
    memset(key, 0, sizeof key);
    key[0] = s->out->order;
    key[1] = s->o->entsize;
    key[2] = s->align;
    key[3] = s->o->flags & SHF_STRINGS;
    at = map_at(pools, arena_strndup(l->a, (const char *)key, sizeof key), sizeof key);
    if (*at)
        return *at;
    p = arena_new(l->a, Pool);
    *at = p;
    p->out = s->out;
    p->entsize = s->o->entsize;
    p->align = s->align;
    p->carrier = s;
    map_init(&p->seen, l->a);
    buf_init(&p->bytes, l->a);
    return p;
}

void ld_merge(Ld *l)
{
    Map pools;
    uint32_t i, k;
    map_init(&pools, l->a);
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        for (k = 0; k < o->in.n; k++)
            if (o->in.p[k]->o && mergeable(o->in.p[k]))
                add_section(l, find_pool(l, &pools, o->in.p[k]), o->in.p[k]);
    }
    for (i = 0; i < pools.entries.n; i++) {
        Pool *p = pools.entries.p[i].val;
        p->carrier->data = p->bytes.p;
    }
    for (i = 0; i < l->outs.n; i++)
        for (k = 0; k < l->outs.p[i]->in.n; k++)
            if (l->outs.p[i]->in.p[k]->pieces)
                l->outs.p[i]->in.p[k]->size = 0;
    for (i = 0; i < pools.entries.n; i++) {
        Pool *p = pools.entries.p[i].val;
        p->carrier->size = p->bytes.n;
    }
}

uint64_t ld_piece_offset(const LdSec *s, uint64_t off)
{
    uint32_t lo = 0, hi = s->npieces;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->pieces[mid].in <= off)
            lo = mid;
        else
            hi = mid;
    }
    if (s->pieces[lo].out == PIECE_DROPPED)
        return PIECE_DROPPED;
    return s->pieces[lo].out + (off - s->pieces[lo].in);
}
