/* obj.c: the object in memory. Whoever makes code fills one: sections by name, symbols by name or nameless, relocations.
 * Names are found through maps and numbers are handed out in order of creation, so that what is written is a function
 * of the calls alone. */
#include "obj/obj.h"

Obj *obj_new(Arena *a, const struct Target *t, const char *name)
{
    Obj *o = arena_new(a, Obj);
    ObjSym *null;
    o->arena = a;
    o->target = t;
    o->name = name;
    map_init(&o->globals, a);
    map_init(&o->sections, a);
    vec_push(a, &o->secs, NULL);
    vec_reserve(a, &o->syms, 1);
    null = &o->syms.p[o->syms.n++];
    memset(null, 0, sizeof *null);
    null->name = "";
    return o;
}

ObjSecId obj_section_new(Obj *o, const char *name, uint32_t type, uint64_t flags, uint64_t align)
{
    ObjSec *s = arena_new(o->arena, ObjSec);
    size_t n = strlen(name);
    ObjSecId id = o->secs.n;
    void **at;
    s->name = arena_strndup(o->arena, name, n);
    s->type = type;
    s->flags = flags;
    s->align = align ? align : 1;
    buf_init(&s->data, o->arena);
    vec_push(o->arena, &o->secs, s);
    at = map_at(&o->sections, s->name, n);
    s->same_name = (ObjSecId)(uintptr_t)*at;
    *at = (void *)(uintptr_t)id;
    return id;
}

ObjSecId obj_section(Obj *o, const char *name, uint32_t type, uint64_t flags, uint64_t align)
{
    ObjSecId id = (ObjSecId)(uintptr_t)map_get(&o->sections, name, strlen(name));
    for (; id; id = o->secs.p[id]->same_name) {
        ObjSec *s = o->secs.p[id];
        if (s->flags == flags && s->type == type && !s->group) {
            if (s->align < align)
                s->align = align;
            return id;
        }
    }
    return obj_section_new(o, name, type, flags, align);
}

static ObjSymId add_symbol(Obj *o, const char *name, size_t n)
{
    ObjSym *s;
    vec_reserve(o->arena, &o->syms, 1);
    s = &o->syms.p[o->syms.n];
    memset(s, 0, sizeof *s);
    s->name = n ? arena_strndup(o->arena, name, n) : "";
    s->name_n = (uint32_t)n;
    return o->syms.n++;
}

ObjSymId obj_symbol_find(const Obj *o, const char *name, size_t n)
{
    return (ObjSymId)(uintptr_t)map_get(&o->globals, name, n);
}

ObjSymId obj_symbol(Obj *o, const char *name, size_t n)
{
    ObjSymId id = obj_symbol_find(o, name, n);
    if (id)
        return id;
    id = add_symbol(o, name, n);
    o->syms.p[id].bind = STB_GLOBAL;
    *map_at(&o->globals, o->syms.p[id].name, n) = (void *)(uintptr_t)id;
    return id;
}

ObjSymId obj_local(Obj *o, const char *name, size_t n, ObjSecId sec, uint64_t value)
{
    ObjSymId id = add_symbol(o, name, n);
    o->syms.p[id].sec = sec;
    o->syms.p[id].value = value;
    return id;
}

ObjSymId obj_section_symbol(Obj *o, ObjSecId sec)
{
    ObjSec *s = o->secs.p[sec];
    if (!s->sym) {
        s->sym = add_symbol(o, "", 0);
        o->syms.p[s->sym].sec = sec;
        o->syms.p[s->sym].type = STT_SECTION;
    }
    return s->sym;
}

void obj_reloc(Obj *o, ObjSecId sec, uint64_t offset, uint32_t type, ObjSymId sym, int64_t addend)
{
    ObjSec *s = o->secs.p[sec];
    ObjReloc *r;
    vec_reserve(o->arena, &s->relocs, 1);
    r = &s->relocs.p[s->relocs.n++];
    r->offset = offset;
    r->addend = addend;
    r->sym = sym;
    r->type = type;
    o->syms.p[sym].used = true;
}
