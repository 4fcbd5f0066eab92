/* gc.c: --gc-sections. What the entry, the start-up arrays and notes reach through relocations is live, nothing else of what would
 * be loaded. Sections that are not loaded stay. Unwind records keep what they name besides their function (personality,
 * language data); records of dead functions are dropped later by ehframe.c. */
#include "ld/ld_int.h"

typedef struct Marker {
    Ld *l;
    VEC(LdSec *) todo;
    Map by_name;               /* names whose sections are marked already */
    VEC(LdSec *) named;        /* all sections with such names */
} Marker;

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

static void mark(Marker *m, LdSec *s)
{
    if (!s || s->live || s->discarded)
        return;
    s->live = true;
    vec_push(m->l->a, &m->todo, s);
}

/* __start_NAME keeps every section NAME. */
static void mark_named(Marker *m, const char *name)
{
    uint32_t i;
    void **at = map_at(&m->by_name, name, strlen(name));
    if (*at)
        return;
    *at = m;
    for (i = 0; i < m->named.n; i++)
        if (strcmp(m->named.p[i]->o->name, name) == 0)
            mark(m, m->named.p[i]);
}

static void mark_symbol(Marker *m, const LdSym *s)
{
    if (s->sec)
        mark(m, s->sec);
    else if (s->state == LDSYM_UNDEF && starts(s->name, "__start_"))
        mark_named(m, s->name + 8);
    else if (s->state == LDSYM_UNDEF && starts(s->name, "__stop_"))
        mark_named(m, s->name + 7);
}

static bool is_root(const ObjSec *o)
{
    static const char *const kept[] = { ".init", ".fini", ".init_array", ".fini_array", ".preinit_array", ".ctors", ".dtors",
                                        ".jcr" };
    uint32_t i;
    size_t n;
    if (o->flags & SHF_GNU_RETAIN || (o->type == SHT_NOTE && o->flags & SHF_ALLOC) || o->type == SHT_INIT_ARRAY ||
        o->type == SHT_FINI_ARRAY || o->type == SHT_PREINIT_ARRAY)
        return true;
    for (i = 0; i < countof(kept); i++) {
        n = strlen(kept[i]);
        if (strncmp(o->name, kept[i], n) == 0 && (!o->name[n] || o->name[n] == '.'))
            return true;
    }
    return false;
}

static bool is_unwind(const ObjSec *o)
{
    return strcmp(o->name, ".eh_frame") == 0;
}

static void mark_unwind(Marker *m, LdSec *s)
{
    uint64_t at = 0, end;
    uint32_t i = 0;
    s->live = true;
    if (!s->data)
        return;
    for (; at + 8 <= s->size; at = end) {
        bool fde = get_u32(s->data + at + 4) != 0;
        end = at + 4 + (uint64_t)get_u32(s->data + at);
        for (; i < s->o->relocs.n && s->o->relocs.p[i].offset < end; i++)
            if (!fde || s->o->relocs.p[i].offset != at + 8)
                mark_symbol(m, s->file->syms[s->o->relocs.p[i].sym]);
    }
}

static void mark_roots(Marker *m)
{
    Ld *l = m->l;
    uint32_t i, k;
    if (l->entry)
        mark_symbol(m, l->entry);
    for (i = 0; i < l->opt->nundefs; i++)
        mark_symbol(m, ld_symbol_find(l, l->opt->undefs[i]));
    for (i = 0; i < l->provided.n; i++)
        if (l->provided.p[i].target)
            mark_symbol(m, l->provided.p[i].target);
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++) {
            LdSec *s = &l->files.p[i]->secs[k];
            if (s->discarded)
                continue;
            if (!(s->o->flags & SHF_ALLOC))
                s->live = true;
            else if (is_unwind(s->o))
                mark_unwind(m, s);
            else if (is_root(s->o))
                mark(m, s);
        }
}

/* gABI ch. 4: a section with SHF_LINK_ORDER goes with the one it is linked to. */
static bool mark_linked(Marker *m)
{
    Ld *l = m->l;
    bool any = false;
    uint32_t i, k;
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++) {
            LdSec *s = &l->files.p[i]->secs[k];
            if (!s->live && !s->discarded && s->o->flags & SHF_LINK_ORDER && s->o->link && s->file->secs[s->o->link].live) {
                mark(m, s);
                any = true;
            }
        }
    return any;
}

void ld_collect(Ld *l)
{
    Marker m;
    uint32_t i, k;
    memset(&m, 0, sizeof m);
    m.l = l;
    map_init(&m.by_name, l->a);
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++)
            if (l->files.p[i]->secs[k].o->name[0] != '.' && l->files.p[i]->secs[k].o->flags & SHF_ALLOC)
                vec_push(l->a, &m.named, &l->files.p[i]->secs[k]);
    mark_roots(&m);
    do {
        while (m.todo.n) {
            LdSec *s = m.todo.p[--m.todo.n];
            for (i = 0; s->o && i < s->o->relocs.n; i++)
                mark_symbol(&m, s->file->syms[s->o->relocs.p[i].sym]);
        }
    } while (mark_linked(&m));
}
