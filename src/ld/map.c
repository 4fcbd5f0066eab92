/* map.c: -Map: why each member was taken, and where every section and symbol went. */
#include "ld/ld_int.h"

static void write_members(Ld *l, Buf *b)
{
    uint32_t i;
    bool any = false;
    for (i = 0; i < l->files.n; i++) {
        const LdFile *f = l->files.p[i];
        if (!f->member)
            continue;
        if (!any)
            buf_str(b, "Archive members included to satisfy references\n\n");
        any = true;
        if (f->wanted_by)
            buf_fmt(b, "%s\n        %s (%s)\n", f->name, f->wanted_in ? f->wanted_in->name : "command line", f->wanted_by->name);
        else
            buf_fmt(b, "%s\n        (--whole-archive)\n", f->name);
    }
    if (any)
        buf_str(b, "\n");
}

static void write_discarded(Ld *l, Buf *b)
{
    uint32_t i, k;
    bool any = false;
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++) {
            const LdSec *s = &l->files.p[i]->secs[k];
            if ((!s->discarded && s->live) || !s->o->name[0])
                continue;
            if (!any)
                buf_str(b, "Discarded input sections\n\n");
            any = true;
            buf_fmt(b, " %-15s 0x%08llx %s\n", s->o->name, (unsigned long long)(s->o->type == SHT_NOBITS ? s->o->nobits
                                                                              : s->o->data.n), s->file->name);
        }
    if (any)
        buf_str(b, "\n");
}

typedef struct Row { uint64_t sec, value; const LdSym *sym; } Row; /* sec: number of the input section */

static int compare_row(const void *a, const void *b, void *ctx)
{
    const Row *x = a, *y = b;
    (void)ctx;
    if (x->sec != y->sec)
        return x->sec < y->sec ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

void ld_write_map(Ld *l, Buf *b)
{
    Map number;
    VEC(Row) rows;
    uint32_t i, k, at = 0;
    memset(&rows, 0, sizeof rows);
    map_init(&number, l->a);
    write_members(l, b);
    write_discarded(l, b);
    for (i = 0; i < l->outs.n; i++)         /* input sections in the order printed */
        for (k = 0; k < l->outs.p[i]->in.n; k++) {
            void **n = map_at_int(&number, (uint64_t)(uintptr_t)l->outs.p[i]->in.p[k]);
            *n = (void *)(uintptr_t)number.entries.n;
        }
    for (i = 0; i < l->syms.n; i++) {
        const LdSym *s = l->syms.p[i];
        Row r;
        if (s->state != LDSYM_DEFINED || !s->sec || !s->sec->out)
            continue;
        r.sec = (uint64_t)(uintptr_t)map_get_int(&number, (uint64_t)(uintptr_t)s->sec);
        r.value = ld_definition(l, s);
        r.sym = s;
        vec_push(l->a, &rows, r);
    }
    rt_sort(rows.p, rows.n, sizeof(Row), arena_alloc(l->a, (rows.n + 1) * sizeof(Row)), compare_row, NULL);
    buf_str(b, "Memory map\n\n");
    for (i = 0; i < l->outs.n; i++) {
        const OutSec *o = l->outs.p[i];
        if (o->index)
            buf_fmt(b, "%-16s0x%016llx %10s\n", o->name, (unsigned long long)o->addr,
                    arena_fmt(l->a, "0x%llx", (unsigned long long)o->size));
        for (k = 0; k < o->in.n; k++) {
            const LdSec *s = o->in.p[k];
            uint64_t n = (uint64_t)(uintptr_t)map_get_int(&number, (uint64_t)(uintptr_t)s);
            if (o->index && (s->size || s->pieces))
                buf_fmt(b, " %-15s0x%016llx %10s %s\n", s->o->name, (unsigned long long)(o->addr + s->off),
                        arena_fmt(l->a, "0x%llx", (unsigned long long)s->size), s->file ? s->file->name : "linker");
            for (; at < rows.n && rows.p[at].sec == n; at++)
                if (o->index)
                    buf_fmt(b, "                0x%016llx                %s\n", (unsigned long long)rows.p[at].value,
                            rows.p[at].sym->name);
        }
    }
    for (i = 0; i < l->provided.n; i++)
        buf_fmt(b, "                0x%016llx                %s\n", (unsigned long long)l->provided.p[i].sym->value,
                l->provided.p[i].sym->name);
}
