/* input.c: which files take part. Objects do; members of archives when they define something wanted.
 * The order of members is GNU ld's: it walks an archive's index again and again and takes the member of each symbol that is
 * undefined at that moment. Here only the wanted symbols are looked up: a heap keyed by their place in the index gives the
 * same order without the walk. */
#include "ld/ld_int.h"

typedef struct Heap {
    VEC(uint32_t) at;          /* places in the archive's index, smallest first */
} Heap;

static void heap_push(Arena *a, Heap *h, uint32_t v)
{
    uint32_t i;
    vec_push(a, &h->at, v);
    for (i = h->at.n - 1; i > 0 && h->at.p[(i - 1) / 2] > v; i = (i - 1) / 2)
        h->at.p[i] = h->at.p[(i - 1) / 2];
    h->at.p[i] = v;
}

static uint32_t heap_pop(Heap *h)
{
    uint32_t top = h->at.p[0], v = h->at.p[--h->at.n], n = h->at.n, i = 0, child;
    while ((child = 2 * i + 1) < n) {
        if (child + 1 < n && h->at.p[child + 1] < h->at.p[child])
            child++;
        if (h->at.p[child] >= v)
            break;
        h->at.p[i] = h->at.p[child];
        i = child;
    }
    h->at.p[i] = v;
    return top;
}

static bool add_object(Ld *l, const char *path, const char *member, Obj *o, LdFile **made)
{
    LdFile *f = arena_new(l->a, LdFile);
    f->path = path;
    f->member = member;
    f->name = o->name;
    f->obj = o;
    if (made)
        *made = f;
    return ld_add_file(l, f);
}

/* ---- archives ---- */

static LdArchive *open_archive(Ld *l, const LdInput *in)
{
    void **at = map_at_int(&l->archives, (uint64_t)(uintptr_t)in->data);
    LdArchive *ar;
    if (*at)
        return *at;
    ar = arena_new(l->a, LdArchive);
    *at = ar;
    ar->ar = ar_read(l->a, l->d, in->name, in->data, in->n);
    if (!ar->ar)
        return NULL;
    ar->files = arena_array(l->a, LdFile *, ar->ar->members.n);
    ar->objs = arena_array(l->a, Obj *, ar->ar->members.n);
    return ar;
}

static Obj *read_member(Ld *l, LdArchive *ar, uint32_t i)
{
    const ArMember *m = &ar->ar->members.p[i];
    if (!ar->objs[i])
        ar->objs[i] = obj_read_elf(l->a, l->d, arena_fmt(l->a, "%s(%s)", ar->ar->name, m->name), m->data, (size_t)m->n);
    return ar->objs[i];
}

static bool take_member(Ld *l, LdArchive *ar, uint32_t i, LdSym *why)
{
    LdFile *f, *in = why ? why->file : NULL;
    Obj *o = read_member(l, ar, i);
    bool ok;
    if (!o)
        return false;
    ok = add_object(l, ar->ar->name, ar->ar->members.p[i].name, o, &f);
    ar->files[i] = f;
    f->wanted_by = why;
    f->wanted_in = in;
    return ok;
}

/* ld takes a member for a common symbol only when it defines it otherwise than as a common. */
static bool is_wanted(Ld *l, LdArchive *ar, const LdSym *s, uint32_t member)
{
    if (s->state == LDSYM_UNDEF)
        return !s->weak;
    if (s->state == LDSYM_COMMON) {
        Obj *o = read_member(l, ar, member);
        ObjSymId id = o ? obj_symbol_find(o, s->name, s->name_n) : 0;
        return id && o->syms.p[id].sec && o->syms.p[id].sec != OBJ_SEC_COMMON;
    }
    return false;
}

/* Looks up the symbols that have become wanted since the last time here. */
static void feed(Ld *l, LdArchive *ar, uint32_t at, Heap *now, Heap *later)
{
    while (ar->fed < l->wanted.n) {
        LdSym *s = l->wanted.p[ar->fed++];
        uint32_t place = (uint32_t)(uintptr_t)map_get(&ar->ar->symbols, s->name, s->name_n);
        if (place && s->state != LDSYM_DEFINED)
            heap_push(l->a, place > at ? now : later, place);
    }
}

static bool search_archive(Ld *l, LdArchive *ar)
{
    Heap now, later, swap;
    memset(&now, 0, sizeof now);
    memset(&later, 0, sizeof later);
    feed(l, ar, 0, &now, &later);
    while (now.at.n || later.at.n) {
        const ArSymbol *as;
        uint32_t place;
        LdSym *s;
        if (!now.at.n) {
            swap = now;
            now = later;
            later = swap;
        }
        place = heap_pop(&now);
        as = &ar->ar->index.p[place - 1];
        s = map_get(&l->symtab, as->name, as->name_n);
        if (!s || !is_wanted(l, ar, s, as->member) || ar->files[as->member])
            continue;
        if (!take_member(l, ar, as->member, s))
            return false;
        feed(l, ar, place, &now, &later);
    }
    return true;
}

static bool take_all(Ld *l, LdArchive *ar)
{
    uint32_t i;
    for (i = 0; i < ar->ar->members.n; i++)
        if (!ar->files[i] && !take_member(l, ar, i, NULL))
            return false;
    return true;
}

/* ---- the command line ---- */

static bool load_one(Ld *l, const LdInput *in)
{
    if (obj_is_elf(in->data, in->n)) {
        Obj *o = obj_read_elf(l->a, l->d, in->name, in->data, in->n);
        return o && add_object(l, in->name, NULL, o, NULL);
    }
    if (ar_is(in->data, in->n) || ar_is_thin(in->data, in->n)) {
        LdArchive *ar = open_archive(l, in);
        if (!ar || !ar->ar)
            return false;
        return in->whole_archive ? take_all(l, ar) : search_archive(l, ar);
    }
    diag_file(l->d, DIAG_ERROR, in->name, "file format not recognized: neither an ELF object nor an archive");
    return false;
}

/* The archives of a group are searched until a round takes nothing. */
static bool load_group(Ld *l, const LdInput *in, uint32_t n)
{
    uint32_t i, before;
    bool first = true;
    do {
        before = l->files.n;
        for (i = 0; i < n; i++)
            if ((first || ar_is(in[i].data, in[i].n)) && !load_one(l, &in[i]))
                return false;
        first = false;
    } while (l->files.n != before);
    return true;
}

bool ld_load(Ld *l, const LdInput *in, uint32_t n)
{
    uint32_t i, end;
    bool ok = true;
    for (i = 0; i < n && !l->d->stopped; i++) {
        if (in[i].data) {
            ok &= load_one(l, &in[i]);
        } else if (in[i].group > 0) {
            for (end = i + 1; end < n && in[end].data; end++)
                ;
            ok &= load_group(l, in + i + 1, end - i - 1);
            i = end;
        }
    }
    return ok && !l->d->stopped;
}
