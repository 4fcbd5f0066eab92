/* align.c: alignment that an assembler left to the linker (R_RISCV_ALIGN, psABI 8.5). It wrote the most padding there could be, since
 * a linker may shorten code; this one does not, but the surplus has to go all the same. In: an object as read. Out: bytes, places
 * and symbols of its sections without the surplus. What the section's own alignment cannot promise stays as it is. */
#include "ld/ld_int.h"

typedef struct Cut { uint64_t at, total; } Cut; /* from offset `at` on, `total` bytes in front are gone */
typedef VEC(Cut) Cuts;

static uint64_t moved(const Cuts *c, uint64_t off)
{
    uint32_t lo = 0, hi = c->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->p[mid].at <= off)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? off - c->p[lo - 1].total : off;
}

static void pad_with_nops(uint8_t *p, uint64_t n, uint32_t fill)
{
    uint64_t k;
    for (k = 0; k < n; k++)
        p[k] = (uint8_t)(fill >> 8 * (k & 3));
}

static void trim(Ld *l, Obj *o, ObjSecId id)
{
    ObjSec *s = o->secs.p[id];
    Cuts cuts;
    uint64_t total = 0, from = 0, to = 0;
    uint8_t *data;
    uint32_t i;
    memset(&cuts, 0, sizeof cuts);
    data = arena_alloc(l->a, s->data.n + 1);
    for (i = 0; i < s->relocs.n; i++) {
        ObjReloc *r = &s->relocs.p[i];
        uint64_t n = (uint64_t)r->addend, align = 1, pad, at;
        if (r->type != l->tl->align_reloc)
            continue;
        r->type = 0;
        while (align <= n)
            align *= 2;
        if (r->offset < from || n > s->data.n || r->offset > s->data.n - n || align > s->align)
            continue;
        at = r->offset - total;
        pad = align_up(at, align) - at;
        if (pad > n)
            continue;
        memcpy(data + to, s->data.p + from, (size_t)(r->offset - from));
        to += r->offset - from;
        pad_with_nops(data + to, pad, l->tl->code_fill);
        to += pad;
        from = r->offset + n;
        if (pad < n) {
            Cut c;
            total += n - pad;
            c.at = from;
            c.total = total;
            vec_push(l->a, &cuts, c);
        }
    }
    if (!total)
        return;
    memcpy(data + to, s->data.p + from, (size_t)(s->data.n - from));
    s->data.p = data;
    s->data.n -= total;
    s->data.cap = s->data.n;
    for (i = 0; i < s->relocs.n; i++)
        s->relocs.p[i].offset = moved(&cuts, s->relocs.p[i].offset);
    for (i = 1; i < o->syms.n; i++) {
        ObjSym *y = &o->syms.p[i];
        if (y->sec != id || y->type == STT_SECTION)
            continue;
        uint64_t end = moved(&cuts, y->value + y->size);
        y->value = moved(&cuts, y->value);
        y->size = end - y->value;
    }
}

void ld_trim_padding(Ld *l, Obj *o)
{
    uint32_t i, k;
    if (!l->tl->align_reloc)
        return;
    for (i = 1; i < o->secs.n; i++)
        for (k = 0; k < o->secs.p[i]->relocs.n; k++)
            if (o->secs.p[i]->relocs.p[k].type == l->tl->align_reloc) {
                trim(l, o, i);
                break;
            }
}
