/* partial.c: -r: the inputs as one relocatable object. Sections of one name and kind are appended to each other, members of COMDAT
 * groups stay apart, symbols keep their names, and relocations against section symbols take the shift into their addend. */
#include "ld/ld_int.h"

#define SECTION_LIMIT ((uint64_t)1 << 30)

typedef struct Partial {
    Ld *l;
    Obj *o;
} Partial;

/* LdSec.priority holds the ObjSecId it went to, LdSec.off where in it. */
static bool add_section(Partial *p, LdSec *s)
{
    uint64_t flags = s->o->flags & ~(uint64_t)(SHF_GROUP | SHF_LINK_ORDER);
    ObjSecId id;
    ObjSec *to;
    if (s->o->group || s->o->flags & SHF_LINK_ORDER) {
        id = obj_section_new(p->o, s->o->name, s->o->type, s->o->flags, s->align);
        p->o->secs.p[id]->group = s->o->group;
    } else {
        id = obj_section(p->o, s->o->name, s->o->type, flags, s->align);
        if (p->o->secs.p[id]->data.n + p->o->secs.p[id]->nobits && p->o->secs.p[id]->entsize != s->o->entsize)
            id = obj_section_new(p->o, s->o->name, s->o->type, flags, s->align);
    }
    to = p->o->secs.p[id];
    to->entsize = s->o->entsize;
    s->priority = id;
    if (s->o->type == SHT_NOBITS) {
        s->off = align_up(to->nobits, s->align);
        to->nobits = s->off + s->size;
        return true;
    }
    if (align_up(to->data.n, s->align) + s->size > SECTION_LIMIT) {
        diag_file(p->l->d, DIAG_ERROR, s->file->name, "section %s is too large", s->o->name);
        return false;
    }
    buf_align(&to->data, (size_t)s->align, s->o->flags & SHF_EXECINSTR ? (uint8_t)p->l->tl->code_fill : 0);
    s->off = to->data.n;
    buf_put(&to->data, s->data, (size_t)s->size);
    return true;
}

static void place(Partial *p, ObjSymId id, const LdSym *s)
{
    ObjSym *to = &p->o->syms.p[id];
    to->type = s->type;
    to->vis = s->local ? 0 : s->vis;
    to->size = s->size;
    if (s->state == LDSYM_COMMON) {
        to->sec = OBJ_SEC_COMMON;
        to->value = s->value;
    } else if (s->state == LDSYM_DEFINED) {
        to->sec = s->sec ? s->sec->priority : OBJ_SEC_ABS;
        to->value = s->value + (s->sec ? s->sec->off : 0);
    }
}

static void add_symbols(Partial *p, LdFile *f)
{
    uint32_t i;
    for (i = 1; i < f->obj->syms.n; i++) {
        LdSym *s = f->syms[i];
        if (s->out_index || (s->sec && s->sec->discarded))
            continue;
        if (s->type == STT_SECTION && s->local) {
            s->out_index = s->sec ? obj_section_symbol(p->o, s->sec->priority) : 0;
        } else if (s->local) {
            if (s->state == LDSYM_UNDEF || (!s->sec && f->obj->syms.p[i].sec != OBJ_SEC_ABS))
                continue;
            s->out_index = obj_local(p->o, s->name, s->name_n, 0, 0);
            place(p, s->out_index, s);
        } else {
            s->out_index = obj_symbol(p->o, s->name, s->name_n);
            p->o->syms.p[s->out_index].bind = s->weak ? STB_WEAK : STB_GLOBAL;
            p->o->syms.p[s->out_index].used = true;
            place(p, s->out_index, s);
        }
    }
}

static void add_relocs(Partial *p, LdFile *f, LdSec *s)
{
    uint32_t i;
    for (i = 0; i < s->o->relocs.n; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const LdSym *sym = f->syms[r->sym];
        bool moved = sym->type == STT_SECTION && sym->local && sym->sec && sym->out_index;
        obj_reloc(p->o, s->priority, s->off + r->offset, r->type, sym->out_index, r->addend + (moved ? (int64_t)sym->sec->off : 0));
    }
}

bool ld_partial(Ld *l)
{
    Partial p;
    uint32_t i, k;
    p.l = l;
    p.o = obj_new(l->a, l->target, "ld -r");
    p.o->exec_stack = l->exec_stack;
    p.o->e_flags = l->e_flags;
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++)
            if (!l->files.p[i]->secs[k].discarded && !add_section(&p, &l->files.p[i]->secs[k]))
                return false;
    if (l->attributes.n) {
        ObjSecId id = obj_section(p.o, l->tl->attributes, SHT_ATTRIBUTES, 0, 1);
        buf_put(&p.o->secs.p[id]->data, l->attributes.p, l->attributes.n);
    }
    for (i = 0; i < l->files.n; i++) {
        LdFile *f = l->files.p[i];
        add_symbols(&p, f);
        for (k = 1; k < f->obj->secs.n; k++) {
            LdSec *s = &f->secs[k];
            if (!s->discarded && s->o->flags & SHF_LINK_ORDER && s->o->link)
                p.o->secs.p[s->priority]->link = f->secs[s->o->link].priority;
            if (!s->discarded)
                add_relocs(&p, f, s);
        }
    }
    if (obj_write_elf(p.o, l->out))
        return true;
    diag_file(l->d, DIAG_ERROR, "ld", "too many sections");
    return false;
}
