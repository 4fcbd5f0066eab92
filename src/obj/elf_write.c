/* elf_write.c: an Obj as an ELF64 relocatable file (gABI chapter 4).
 * In: the object. Out: bytes appended to a Buf. Section headers come in this order: null; one SHT_GROUP for each COMDAT
 * signature (the gABI wants a group before its members); every section with its .rela behind it; .note.GNU-stack;
 * .symtab; .strtab; .shstrtab. File contents stand in the same order, the header table last. */
#include "obj/obj.h"

#include "arch/arch.h"
#include "obj/elf.h"

typedef struct Group {
    const char *name;
    uint32_t index;            /* its section number */
    uint32_t sym;              /* number in the written symbol table */
    uint32_t first, last;      /* members, chained through Writer.chain */
} Group;

typedef struct Writer {
    Obj *o;
    Buf *out;
    size_t start;              /* of this file in out */
    uint32_t *index;           /* ObjSecId -> section number */
    uint32_t *symno;           /* ObjSymId -> number in .symtab */
    uint32_t *chain;           /* ObjSecId -> next member of its group */
    VEC(Group) groups;
    Map group_map;
    Buf shdrs, symtab, strtab, shstrtab;
    uint32_t nsec, symtab_index, nlocals;
} Writer;

static int compare_offset(const void *a, const void *b, void *ctx)
{
    const ObjReloc *x = a, *y = b;
    (void)ctx;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void sort_relocs(Writer *w, ObjSec *s)
{
    uint32_t i;
    for (i = 1; i < s->relocs.n; i++)
        if (s->relocs.p[i].offset < s->relocs.p[i - 1].offset)
            break;
    if (i < s->relocs.n)
        rt_sort(s->relocs.p, s->relocs.n, sizeof(ObjReloc), arena_alloc(w->o->arena, s->relocs.n * sizeof(ObjReloc)),
                compare_offset, NULL);
}

static void header(Writer *w, uint32_t name, uint32_t type, uint64_t flags, uint64_t offset, uint64_t size,
                   uint32_t link, uint32_t info, uint64_t align, uint64_t entsize)
{
    Buf *b = &w->shdrs;
    buf_reserve(b, SHDR_SIZE);
    buf_u32(b, name);
    buf_u32(b, type);
    buf_u64(b, flags);
    buf_u64(b, 0);
    buf_u64(b, offset);
    buf_u64(b, size);
    buf_u32(b, link);
    buf_u32(b, info);
    buf_u64(b, align);
    buf_u64(b, entsize);
}

static uint32_t section_name(Writer *w, const char *prefix, const char *name)
{
    uint32_t at = (uint32_t)w->shstrtab.n;
    buf_str(&w->shstrtab, prefix);
    buf_str(&w->shstrtab, name);
    buf_u8(&w->shstrtab, 0);
    return at;
}

/* File offsets count from the object's first byte. */
static uint64_t begin(Writer *w, uint64_t align)
{
    uint64_t at = w->out->n - w->start;
    buf_zero(w->out, (size_t)(align_up(at, align) - at));
    return w->out->n - w->start;
}

static void number_sections(Writer *w)
{
    Obj *o = w->o;
    uint32_t i;
    w->index = arena_array(o->arena, uint32_t, o->secs.n);
    w->chain = arena_array(o->arena, uint32_t, o->secs.n);
    map_init(&w->group_map, o->arena);
    for (i = 1; i < o->secs.n; i++) {
        const char *name = o->secs.p[i]->group;
        void **at;
        Group *g;
        if (!name)
            continue;
        at = map_at(&w->group_map, name, strlen(name));
        if (!*at) {
            vec_reserve(o->arena, &w->groups, 1);
            g = &w->groups.p[w->groups.n++];
            memset(g, 0, sizeof *g);
            g->name = name;
            g->index = w->groups.n;
            g->first = i;
            *at = (void *)(uintptr_t)w->groups.n;
        } else {
            g = &w->groups.p[(uintptr_t)*at - 1];
            w->chain[g->last] = i;
        }
        w->groups.p[(uintptr_t)*at - 1].last = i;
    }
    w->nsec = 1 + w->groups.n;
    for (i = 1; i < o->secs.n; i++) {
        w->index[i] = w->nsec++;
        if (o->secs.p[i]->relocs.n)
            w->nsec++;
    }
    w->symtab_index = w->nsec + 1;
    w->nsec += 4;
}

static uint32_t put_symbol(Writer *w, const char *name, size_t n, unsigned info, unsigned other, unsigned shndx,
                           uint64_t value, uint64_t size)
{
    Buf *b = &w->symtab;
    uint32_t name_at = 0;
    if (n) {
        name_at = (uint32_t)w->strtab.n;
        buf_put(&w->strtab, name, n);
        buf_u8(&w->strtab, 0);
    }
    buf_reserve(b, SYM_SIZE);
    buf_u32(b, name_at);
    buf_u8(b, info);
    buf_u8(b, other);
    buf_u16(b, shndx);
    buf_u64(b, value);
    buf_u64(b, size);
    return (uint32_t)(b->n / SYM_SIZE) - 1;
}

static bool is_written(const ObjSym *s)
{
    if (s->bind == STB_LOCAL) {
        if (s->used || s->type == STT_FILE)
            return true;
        return s->sec && s->type != STT_SECTION && s->name_n && !(s->name_n > 1 && s->name[0] == '.' && s->name[1] == 'L');
    }
    return s->sec || s->used;
}

static void write_symbol(Writer *w, ObjSymId id)
{
    const ObjSym *s = &w->o->syms.p[id];
    unsigned shndx = s->sec >= SHN_LORESERVE || !s->sec ? s->sec : w->index[s->sec];
    unsigned type = s->sec == OBJ_SEC_COMMON && s->type == STT_NOTYPE ? STT_OBJECT : s->type;
    w->symno[id] = put_symbol(w, s->name, s->name_n, (unsigned)(s->bind << 4) | (type & 15), s->vis & 3, shndx, s->value,
                              s->size);
}

/* gABI ch. 4 "Symbol Table": local symbols precede the others, and sh_info counts them. */
static void number_symbols(Writer *w)
{
    Obj *o = w->o;
    uint32_t i;
    w->symno = arena_array(o->arena, uint32_t, o->syms.n);
    buf_reserve(&w->symtab, (o->syms.n + 1 + w->groups.n) * SYM_SIZE);
    buf_u8(&w->strtab, 0);
    put_symbol(w, "", 0, 0, 0, 0, 0, 0);
    if (o->file_sym)
        put_symbol(w, o->file_sym, strlen(o->file_sym), STT_FILE, 0, SHN_ABS, 0, 0);
    for (i = 1; i < o->syms.n; i++)
        if (o->syms.p[i].bind == STB_LOCAL && is_written(&o->syms.p[i]))
            write_symbol(w, i);
    for (i = 0; i < w->groups.n; i++) {        /* a signature that names no symbol of its own gets a local one */
        Group *g = &w->groups.p[i];
        ObjSymId id = obj_symbol_find(o, g->name, strlen(g->name));
        if (!id || !is_written(&o->syms.p[id]))
            g->sym = put_symbol(w, g->name, strlen(g->name), 0, 0, g->index, 0, 0);
    }
    w->nlocals = (uint32_t)(w->symtab.n / SYM_SIZE);
    for (i = 1; i < o->syms.n; i++)
        if (o->syms.p[i].bind != STB_LOCAL && is_written(&o->syms.p[i]))
            write_symbol(w, i);
    for (i = 0; i < w->groups.n; i++)
        if (!w->groups.p[i].sym)
            w->groups.p[i].sym = w->symno[obj_symbol_find(o, w->groups.p[i].name, strlen(w->groups.p[i].name))];
}

static void write_groups(Writer *w)
{
    uint32_t i, m, name = w->groups.n ? section_name(w, "", ".group") : 0;
    for (i = 0; i < w->groups.n; i++) {
        Group *g = &w->groups.p[i];
        uint64_t at = begin(w, 4);
        buf_u32(w->out, GRP_COMDAT);
        for (m = g->first; m; m = w->chain[m]) {
            buf_u32(w->out, w->index[m]);
            if (w->o->secs.p[m]->relocs.n)
                buf_u32(w->out, w->index[m] + 1);
        }
        header(w, name, SHT_GROUP, 0, at, w->out->n - w->start - at, w->symtab_index, g->sym, 4, 4);
    }
}

static void write_relocs(Writer *w, ObjSecId id, uint32_t name)
{
    ObjSec *s = w->o->secs.p[id];
    uint64_t at;
    uint32_t i;
    uint8_t *p;
    sort_relocs(w, s);
    at = begin(w, 8);
    buf_reserve(w->out, (size_t)s->relocs.n * RELA_SIZE);
    p = w->out->p + w->out->n;
    for (i = 0; i < s->relocs.n; i++, p += RELA_SIZE) {
        const ObjReloc *r = &s->relocs.p[i];
        put_u64(p, r->offset);
        put_u32(p + 8, r->type);
        put_u32(p + 12, w->symno[r->sym]);
        put_u64(p + 16, (uint64_t)r->addend);
    }
    w->out->n += (size_t)s->relocs.n * RELA_SIZE;
    header(w, name, SHT_RELA, SHF_INFO_LINK | (s->group ? SHF_GROUP : 0), at, (uint64_t)s->relocs.n * RELA_SIZE,
           w->symtab_index, w->index[id], 8, RELA_SIZE);
}

static void write_section(Writer *w, ObjSecId id)
{
    ObjSec *s = w->o->secs.p[id];
    uint32_t name = section_name(w, s->relocs.n ? ".rela" : "", s->name);
    uint64_t at = begin(w, s->type == SHT_NOBITS ? 1 : s->align), size = s->type == SHT_NOBITS ? s->nobits : s->data.n;
    uint64_t flags = (s->flags & ~(uint64_t)SHF_GROUP) | (s->group ? SHF_GROUP : 0);
    uint32_t link = 0;
    if (s->flags & SHF_LINK_ORDER && s->link && s->link < w->o->secs.n)
        link = w->index[s->link];
    if (s->type != SHT_NOBITS)
        buf_put(w->out, s->data.p, s->data.n);
    header(w, name + (s->relocs.n ? 5 : 0), s->type, flags, at, size, link, s->info, s->align, s->entsize);
    if (s->relocs.n)
        write_relocs(w, id, name);
}

static void write_ehdr(Writer *w, uint64_t shoff)
{
    uint8_t *h = w->out->p + w->start;
    memcpy(h, "\177ELF\2\1\1", 7);
    put_u16(h + EH_TYPE, ET_REL);
    put_u16(h + EH_MACHINE, w->o->target->e_machine);
    put_u32(h + EH_VERSION, 1);
    put_u64(h + EH_SHOFF, shoff);
    put_u32(h + EH_FLAGS, w->o->e_flags);
    put_u16(h + EH_EHSIZE, EHDR_SIZE);
    put_u16(h + EH_SHENTSIZE, SHDR_SIZE);
    put_u16(h + EH_SHNUM, w->nsec);
    put_u16(h + EH_SHSTRNDX, w->nsec - 1);
}

bool obj_write_elf(Obj *o, Buf *out)
{
    Writer w;
    uint64_t at, shoff;
    uint32_t i, name;
    memset(&w, 0, sizeof w);
    w.o = o;
    w.out = out;
    w.start = out->n;
    buf_init(&w.shdrs, o->arena);
    buf_init(&w.symtab, o->arena);
    buf_init(&w.strtab, o->arena);
    buf_init(&w.shstrtab, o->arena);
    number_sections(&w);
    if (w.nsec >= SHN_LORESERVE)
        return false;
    number_symbols(&w);
    buf_zero(out, EHDR_SIZE);
    buf_u8(&w.shstrtab, 0);
    buf_reserve(&w.shdrs, w.nsec * SHDR_SIZE);
    header(&w, 0, SHT_NULL, 0, 0, 0, 0, 0, 0, 0);
    write_groups(&w);
    for (i = 1; i < o->secs.n; i++)
        write_section(&w, i);
    name = section_name(&w, "", ".note.GNU-stack");
    header(&w, name, SHT_PROGBITS, o->exec_stack ? SHF_EXECINSTR : 0, begin(&w, 1), 0, 0, 0, 1, 0);
    at = begin(&w, 8);
    name = section_name(&w, "", ".symtab");
    buf_put(out, w.symtab.p, w.symtab.n);
    header(&w, name, SHT_SYMTAB, 0, at, w.symtab.n, w.symtab_index + 1, w.nlocals, 8, SYM_SIZE);
    at = begin(&w, 1);
    name = section_name(&w, "", ".strtab");
    buf_put(out, w.strtab.p, w.strtab.n);
    header(&w, name, SHT_STRTAB, 0, at, w.strtab.n, 0, 0, 1, 0);
    at = begin(&w, 1);
    name = section_name(&w, "", ".shstrtab");
    buf_put(out, w.shstrtab.p, w.shstrtab.n);
    header(&w, name, SHT_STRTAB, 0, at, w.shstrtab.n, 0, 0, 1, 0);
    shoff = begin(&w, 8);
    buf_put(out, w.shdrs.p, w.shdrs.n);
    write_ehdr(&w, shoff);
    return true;
}
