/* traits.c: do the files go together, and what is the whole? ELF has two places for what a file says of its code: e_flags and a section
 * of attributes (gABI leaves both to the processor). In: the files that take part. Out: e_flags and attributes of the output; an error
 * that names both files where they disagree. What the bits mean is the target's. */
#include "ld/ld_int.h"

static bool has_code(const Obj *o)
{
    const uint64_t code = SHF_ALLOC | SHF_EXECINSTR;
    uint32_t i;
    for (i = 1; i < o->secs.n; i++)
        if ((o->secs.p[i]->flags & code) == code && o->secs.p[i]->data.n)
            return true;
    return false;
}

static bool add_file(const Ld *l, void *state, const Obj *o)
{
    LdTraits t;
    uint32_t i;
    bool ok;
    memset(&t, 0, sizeof t);
    t.name = o->name;
    t.e_flags = o->e_flags;
    t.has_code = has_code(o);
    ok = l->tl->traits_add(state, &t);
    for (i = 1; i < o->secs.n && ok; i++) {
        if (o->secs.p[i]->type != SHT_ATTRIBUTES)
            continue;
        t.attributes = o->secs.p[i]->data.p;
        t.n = o->secs.p[i]->data.n;
        ok = l->tl->traits_add(state, &t);
    }
    return ok;
}

bool ld_join_traits(Ld *l)
{
    void *state;
    uint32_t i;
    bool ok = true;
    buf_init(&l->attributes, l->a);
    l->e_flags = l->target->e_flags;
    if (!l->tl->attributes)
        return true;
    state = l->tl->traits_new(l->a, l->d);
    for (i = 0; i < l->files.n && !l->d->stopped; i++)
        ok &= add_file(l, state, l->files.p[i]->obj);
    l->e_flags = l->tl->traits_end(state, l->e_flags, &l->attributes);
    return ok;
}
