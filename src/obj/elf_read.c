/* elf_read.c: an ELF64 relocatable file as an Obj.
 * In: any bytes. Out: an Obj whose every index is in range, or one message. The one idea: sizes and offsets are checked
 * where they are read, once, so that nobody behind has to doubt them. Symbols keep their numbers. Section numbers change:
 * symbol and string tables, relocations, groups and .note.GNU-stack become fields of the Obj. */
#include "obj/obj.h"

#include "arch/arch.h"
#include "obj/elf.h"

typedef struct Shdr {
    uint32_t name, type, link, info;
    uint64_t flags, offset, size, align, entsize;
} Shdr;

typedef struct Reader {
    Obj *o;
    Diag *d;
    const char *data;
    size_t n;
    const uint8_t *shdrs;
    uint32_t nsec;
    const char *shstrtab;
    uint64_t shstrtab_n;
    ObjSecId *map;             /* section number -> ObjSecId, 0 for what is not kept */
    uint32_t symtab;           /* section numbers, 0 for none */
    const uint8_t *shndx;      /* SHT_SYMTAB_SHNDX entries, as many as symbols */
} Reader;

bool obj_is_elf(const char *data, size_t n)
{
    return n >= 4 && memcmp(data, "\177ELF", 4) == 0;
}

static bool fail(Reader *r, const char *what)
{
    diag_file(r->d, DIAG_ERROR, r->o->name, "%s", what);
    return false;
}

static Shdr get_shdr(const Reader *r, uint32_t i)
{
    const uint8_t *p = r->shdrs + (size_t)i * SHDR_SIZE;
    Shdr s;
    s.name = get_u32(p + SH_NAME);
    s.type = get_u32(p + SH_TYPE);
    s.flags = get_u64(p + SH_FLAGS);
    s.offset = get_u64(p + SH_OFFSET);
    s.size = get_u64(p + SH_SIZE);
    s.link = get_u32(p + SH_LINK);
    s.info = get_u32(p + SH_INFO);
    s.align = get_u64(p + SH_ADDRALIGN);
    s.entsize = get_u64(p + SH_ENTSIZE);
    return s;
}

static bool in_file(const Reader *r, uint64_t offset, uint64_t size)
{
    return offset <= r->n && size <= r->n - offset;
}

static bool check_header(Reader *r)
{
    const uint8_t *h = (const uint8_t *)r->data;
    unsigned type, machine;
    if (!obj_is_elf(r->data, r->n))
        return fail(r, "not an ELF file");
    if (r->n < EHDR_SIZE)
        return fail(r, "ELF header is cut off");
    if (h[EI_CLASS] != 2)
        return fail(r, "wrong class: a 32-bit ELF file, 64-bit is needed");
    if (h[EI_DATA] != 1)
        return fail(r, "wrong byte order: a big-endian ELF file, little-endian is needed");
    if (h[EI_VERSION] != 1)
        return fail(r, "unknown ELF version");
    machine = get_u16(h + EH_MACHINE);
    r->o->target = target_by_machine((uint16_t)machine);
    if (!r->o->target) {
        diag_file(r->d, DIAG_ERROR, r->o->name, "wrong machine: ELF machine number %u is none of the targets", machine);
        return false;
    }
    type = get_u16(h + EH_TYPE);
    if (type == ET_DYN)
        return fail(r, "is a shared library or position-independent executable; only relocatable objects can be linked");
    if (type != ET_REL)
        return fail(r, "is not a relocatable object");
    r->o->e_flags = get_u32(h + EH_FLAGS);
    return true;
}

static bool find_sections(Reader *r)
{
    const uint8_t *h = (const uint8_t *)r->data;
    uint64_t shoff = get_u64(h + EH_SHOFF), num = get_u16(h + EH_SHNUM);
    uint32_t strndx = get_u16(h + EH_SHSTRNDX);
    Shdr s;
    if (shoff == 0) {
        r->nsec = 0;
        return true;
    }
    if (get_u16(h + EH_SHENTSIZE) != SHDR_SIZE)
        return fail(r, "section headers have an unknown size");
    if (!in_file(r, shoff, SHDR_SIZE))
        return fail(r, "section headers lie outside of the file");
    r->shdrs = h + shoff;
    s = get_shdr(r, 0);
    if (num == 0)                          /* gABI ch. 4: extended numbering in section 0 */
        num = s.size;
    if (strndx == SHN_XINDEX)
        strndx = s.link;
    if (num == 0 || num > (r->n - shoff) / SHDR_SIZE)
        return fail(r, "section headers lie outside of the file");
    if (num > UINT32_MAX)
        return fail(r, "section headers lie outside of the file");
    r->nsec = (uint32_t)num;
    if (strndx >= r->nsec)
        return fail(r, "section name table has a bad number");
    s = get_shdr(r, strndx);
    if (strndx == 0 || s.type != SHT_STRTAB || !in_file(r, s.offset, s.size) || s.size == 0 ||
        r->data[s.offset + s.size - 1] != 0)
        return fail(r, "section name table is damaged");
    r->shstrtab = r->data + s.offset;
    r->shstrtab_n = s.size;
    return true;
}

static bool is_content(const Shdr *s)
{
    switch (s->type) {
    case SHT_NULL: case SHT_SYMTAB: case SHT_STRTAB: case SHT_RELA: case SHT_REL: case SHT_GROUP: case SHT_SYMTAB_SHNDX:
        return false;
    }
    return s->type < SHT_LOOS || s->type == SHT_X86_64_UNWIND || s->type == SHT_ATTRIBUTES || s->flags & SHF_ALLOC;
}

static bool add_section(Reader *r, uint32_t i, const Shdr *s)
{
    const char *name = r->shstrtab + s->name;
    ObjSec *sec;
    if (s->type == SHT_PROGBITS && strcmp(name, ".note.GNU-stack") == 0) {
        r->o->exec_stack = (s->flags & SHF_EXECINSTR) != 0;
        return true;
    }
    if (s->align & (s->align - 1) || s->align > (uint64_t)1 << 40) {
        diag_file(r->d, DIAG_ERROR, r->o->name, "section %s: bad alignment", name);
        return false;
    }
    if (s->type == SHT_NOBITS ? s->size > (uint64_t)1 << 46 : !in_file(r, s->offset, s->size)) {
        diag_file(r->d, DIAG_ERROR, r->o->name, "section %s lies outside of the file", name);
        return false;
    }
    if (s->type == SHT_DYNAMIC || s->type == SHT_HASH || s->type == 11) {
        diag_file(r->d, DIAG_ERROR, r->o->name, "section %s is of a dynamic linker", name);
        return false;
    }
    if (r->o->secs.n >= SHN_LORESERVE) {    /* where an ObjSecId would be taken for OBJ_SEC_ABS */
        diag_file(r->d, DIAG_ERROR, r->o->name, "too many sections");
        return false;
    }
    sec = arena_new(r->o->arena, ObjSec);
    sec->name = name;
    sec->type = s->type;
    sec->flags = s->flags;
    sec->align = s->align ? s->align : 1;
    sec->entsize = s->entsize;
    sec->info = s->flags & SHF_INFO_LINK ? 0 : s->info;
    sec->link = s->link;                   /* still the file's number: map_links follows */
    buf_init(&sec->data, r->o->arena);
    if (s->type == SHT_NOBITS) {
        sec->nobits = s->size;
    } else {
        sec->data.p = (uint8_t *)(uintptr_t)(r->data + s->offset);
        sec->data.n = sec->data.cap = (size_t)s->size;
    }
    r->map[i] = r->o->secs.n;
    vec_push(r->o->arena, &r->o->secs, sec);
    return true;
}

static bool read_sections(Reader *r)
{
    uint32_t i;
    r->map = arena_array(r->o->arena, ObjSecId, r->nsec + 1);
    vec_reserve(r->o->arena, &r->o->secs, r->nsec);
    for (i = 1; i < r->nsec; i++) {
        Shdr s = get_shdr(r, i);
        if (s.name >= r->shstrtab_n)
            return fail(r, "a section's name lies outside of the name table");
        if (s.type == SHT_SYMTAB) {
            if (r->symtab)
                return fail(r, "more than one symbol table");
            r->symtab = i;
        } else if (is_content(&s) && !add_section(r, i, &s)) {
            return false;
        }
    }
    for (i = 1; i < r->o->secs.n; i++) {
        ObjSec *sec = r->o->secs.p[i];
        sec->link = sec->flags & SHF_LINK_ORDER && sec->link < r->nsec ? r->map[sec->link] : 0;
    }
    return true;
}

static bool read_symbol(Reader *r, uint32_t i, const uint8_t *p, const char *strtab, uint64_t strtab_n, uint32_t nlocals)
{
    Obj *o = r->o;
    ObjSym *s = &o->syms.p[o->syms.n++];
    uint32_t name = get_u32(p + ST_NAME), shndx = get_u16(p + ST_SHNDX);
    memset(s, 0, sizeof *s);
    s->name = "";
    if (name >= strtab_n && name)
        return fail(r, "a symbol's name lies outside of the string table");
    if (name) {
        s->name = strtab + name;
        s->name_n = (uint32_t)strlen(s->name);
    }
    s->bind = p[ST_INFO] >> 4;
    s->type = p[ST_INFO] & 15;
    s->vis = p[ST_OTHER] & 3;
    s->value = get_u64(p + ST_VALUE);
    s->size = get_u64(p + ST_SIZE);
    if (i == 0) {
        memset(s, 0, sizeof *s);
        s->name = "";
        return true;
    }
    if ((s->bind == STB_LOCAL) != (i < nlocals))
        return fail(r, i < nlocals ? "a global symbol stands among the local ones"
                                   : "a local symbol stands among the global ones");
    if (s->bind > STB_WEAK && s->bind != STB_GNU_UNIQUE) {
        diag_file(r->d, DIAG_ERROR, o->name, "symbol %s: unknown binding %u", s->name, (unsigned)s->bind);
        return false;
    }
    if (shndx == SHN_ABS || shndx == SHN_COMMON) {
        s->sec = shndx;
    } else {
        if (shndx == SHN_XINDEX) {
            if (!r->shndx)
                return fail(r, "extended section numbers without their table");
            shndx = get_u32(r->shndx + (size_t)i * 4);
        } else if (shndx >= SHN_LORESERVE) {
            diag_file(r->d, DIAG_ERROR, o->name, "symbol %s: unknown special section number 0x%x", s->name, shndx);
            return false;
        }
        if (shndx >= r->nsec && shndx) {
            diag_file(r->d, DIAG_ERROR, o->name, "symbol %s: section number out of range", s->name);
            return false;
        }
        s->sec = r->map[shndx];
        if (shndx && !s->sec && s->bind != STB_LOCAL) {
            diag_file(r->d, DIAG_ERROR, o->name, "symbol %s is defined in a section without contents", s->name);
            return false;
        }
    }
    if (s->sec == OBJ_SEC_COMMON && (s->value & (s->value - 1) || s->value > (uint64_t)1 << 40 || s->bind == STB_LOCAL)) {
        diag_file(r->d, DIAG_ERROR, o->name, "common symbol %s: bad alignment or binding", s->name);
        return false;
    }
    s->used = s->sec == 0;
    if (s->type == STT_SECTION && s->sec && s->sec < o->secs.n && s->bind == STB_LOCAL && !o->secs.p[s->sec]->sym)
        o->secs.p[s->sec]->sym = i;
    if (s->bind != STB_LOCAL) {
        void **at = map_at(&o->globals, s->name, s->name_n);
        if (!*at)
            *at = (void *)(uintptr_t)i;
    }
    return true;
}

static bool read_symbols(Reader *r)
{
    Shdr s, str;
    uint64_t count;
    uint32_t i;
    if (!r->symtab)
        return true;
    s = get_shdr(r, r->symtab);
    if (!in_file(r, s.offset, s.size) || s.entsize != SYM_SIZE || s.size % SYM_SIZE || s.size / SYM_SIZE > 0x7fffffff)
        return fail(r, "symbol table is damaged");
    count = s.size / SYM_SIZE;
    if (s.link >= r->nsec)
        return fail(r, "symbol table names a bad string table");
    str = get_shdr(r, s.link);
    if (str.type != SHT_STRTAB || !in_file(r, str.offset, str.size) || (str.size && r->data[str.offset + str.size - 1] != 0))
        return fail(r, "string table is damaged");
    if (s.info > count)
        return fail(r, "symbol table counts more local symbols than symbols");
    for (i = 1; i < r->nsec; i++) {
        Shdr x = get_shdr(r, i);
        if (x.type != SHT_SYMTAB_SHNDX || x.link != r->symtab)
            continue;
        if (!in_file(r, x.offset, x.size) || x.size / 4 < count)
            return fail(r, "table of extended section numbers is damaged");
        r->shndx = (const uint8_t *)r->data + x.offset;
    }
    r->o->syms.n = 0;
    vec_reserve(r->o->arena, &r->o->syms, count + 1);
    for (i = 0; i < count; i++)
        if (!read_symbol(r, i, (const uint8_t *)r->data + s.offset + (size_t)i * SYM_SIZE, r->data + str.offset, str.size,
                         s.info))
            return false;
    if (count == 0) {
        memset(&r->o->syms.p[0], 0, sizeof(ObjSym));
        r->o->syms.p[0].name = "";
        r->o->syms.n = 1;
    }
    return true;
}

static bool read_relocs(Reader *r, const Shdr *s)
{
    const uint8_t *p;
    uint64_t i, count = s->size / RELA_SIZE, limit;
    ObjSec *sec;
    if (s->info >= r->nsec)
        return fail(r, "relocations name a bad section");
    if (!r->map[s->info])
        return true;                       /* of a section that is not kept */
    sec = r->o->secs.p[r->map[s->info]];
    if (!in_file(r, s->offset, s->size) || s->entsize != RELA_SIZE || s->size % RELA_SIZE || s->link != r->symtab ||
        sec->type == SHT_NOBITS) {
        diag_file(r->d, DIAG_ERROR, r->o->name, "relocations of section %s are damaged", sec->name);
        return false;
    }
    p = (const uint8_t *)r->data + s->offset;
    limit = sec->data.n;
    vec_reserve(r->o->arena, &sec->relocs, count);
    for (i = 0; i < count; i++, p += RELA_SIZE) {
        ObjReloc *x = &sec->relocs.p[sec->relocs.n];
        x->offset = get_u64(p);
        x->type = get_u32(p + 8);
        x->sym = get_u32(p + 12);
        x->addend = (int64_t)get_u64(p + 16);
        if (x->sym >= r->o->syms.n || x->offset > limit) {
            diag_file(r->d, DIAG_ERROR, r->o->name, "section %s: relocation %u is out of range", sec->name, (unsigned)i);
            return false;
        }
        r->o->syms.p[x->sym].used = true;
        sec->relocs.n++;
    }
    return true;
}

/* gABI ch. 4 "Section Groups". Groups without GRP_COMDAT only tie sections together for removal: nothing to keep. */
static bool read_group(Reader *r, const Shdr *s)
{
    const uint8_t *p;
    const ObjSym *sym;
    const char *name;
    uint64_t i;
    if (!in_file(r, s->offset, s->size) || s->size < 4 || s->size % 4 || s->link != r->symtab || s->info >= r->o->syms.n)
        return fail(r, "a section group is damaged");
    p = (const uint8_t *)r->data + s->offset;
    if (!(get_u32(p) & GRP_COMDAT))
        return true;
    sym = &r->o->syms.p[s->info];
    name = sym->name;
    if (sym->type == STT_SECTION && sym->sec && sym->sec < r->o->secs.n)
        name = r->o->secs.p[sym->sec]->name;
    for (i = 4; i < s->size; i += 4) {
        uint32_t member = get_u32(p + i);
        if (member == 0 || member >= r->nsec)
            return fail(r, "a section group names a bad section");
        if (r->map[member])
            r->o->secs.p[r->map[member]]->group = name;
    }
    return true;
}

static bool read_tables(Reader *r)
{
    uint32_t i;
    for (i = 1; i < r->nsec; i++) {
        Shdr s = get_shdr(r, i);
        if (s.type == SHT_REL && s.size)
            return fail(r, "relocations without addends (SHT_REL) are not of this target");
        if (s.type == SHT_RELA && !read_relocs(r, &s))
            return false;
        if (s.type == SHT_GROUP && !read_group(r, &s))
            return false;
    }
    return true;
}

Obj *obj_read_elf(Arena *a, Diag *d, const char *name, const char *data, size_t n)
{
    Reader r;
    memset(&r, 0, sizeof r);
    r.o = obj_new(a, NULL, name);
    r.d = d;
    r.data = data;
    r.n = n;
    if (!check_header(&r) || !find_sections(&r) || !read_sections(&r) || !read_symbols(&r) || !read_tables(&r))
        return NULL;
    return r.o;
}
