/* write.c: the executable's bytes: headers, relocated contents, symbol and section tables (gABI ch. 4 and 5).
 * In: everything placed. The file is zeroed first, so gaps are zero; gaps between pieces of code are no-operations. */
#include "ld/ld_int.h"

/* ---- the symbol table ---- */

static bool in_image(const LdSym *s)
{
    const LdSec *home;
    if (!s->sec)
        return true;
    home = s->sec->pieces ? s->sec->carrier : s->sec;
    return home->out != NULL && !s->sec->discarded;
}

static uint32_t section_of(const LdSym *s)
{
    const OutSec *o;
    if (s->state != LDSYM_DEFINED)
        return SHN_UNDEF;
    if (s->sec)
        o = s->sec->pieces ? s->sec->carrier->out : s->sec->out;
    else
        o = s->near;
    return o && o->index ? o->index : SHN_ABS;
}

static void put_symbol(Ld *l, const LdSym *s, unsigned bind)
{
    Buf *b = &l->symtab_bytes;
    uint64_t v = ld_definition(l, s), size = s->size;
    uint32_t name = (uint32_t)l->strtab_bytes.n;
    uint8_t *p;
    if (s->name_n) {
        buf_put(&l->strtab_bytes, s->name, s->name_n);
        buf_u8(&l->strtab_bytes, 0);
    }
    if (s->sec && s->sec->cuts)
        size = ld_cut_offset(s->sec, s->value + size) - ld_cut_offset(s->sec, s->value);
    if (s->type == STT_TLS && s->state == LDSYM_DEFINED)
        v -= l->tls;                        /* gABI ch. 4: an offset in the thread-local template */
    buf_reserve(b, SYM_SIZE);
    p = b->p + b->n;
    b->n += SYM_SIZE;
    put_u32(p + ST_NAME, s->name_n ? name : 0);
    p[ST_INFO] = (uint8_t)(bind << 4 | (s->type == STT_COMMON ? STT_OBJECT : s->type));
    p[ST_OTHER] = s->local ? 0 : s->vis;
    put_u16(p + ST_SHNDX, section_of(s));
    put_u64(p + ST_VALUE, v);
    put_u64(p + ST_SIZE, s->state == LDSYM_DEFINED ? size : 0);
}

static void put_file_symbol(Ld *l, const LdSym *s)
{
    put_symbol(l, s, STB_LOCAL);
    put_u16(l->symtab_bytes.p + l->symtab_bytes.n - SYM_SIZE + ST_SHNDX, SHN_ABS);
}

static bool is_hidden(const LdSym *s)
{
    return s->vis == STV_HIDDEN || s->vis == STV_INTERNAL;
}

static void put_locals(Ld *l, const LdFile *f)
{
    uint32_t i;
    for (i = 1; i < f->obj->syms.n; i++) {
        const LdSym *s = f->syms[i];
        if (!s->local)
            continue;
        if (s->type == STT_FILE)
            put_file_symbol(l, s);
        else if (s->state == LDSYM_DEFINED && s->type != STT_SECTION && s->name_n && in_image(s) &&
                 !(s->name[0] == '.' && s->name_n > 1 && s->name[1] == 'L') && (s->sec || f->obj->syms.p[i].sec == OBJ_SEC_ABS))
            put_symbol(l, s, STB_LOCAL);
    }
}

static void build_symtab(Ld *l)
{
    uint32_t i;
    buf_init(&l->symtab_bytes, l->a);
    buf_init(&l->strtab_bytes, l->a);
    buf_zero(&l->symtab_bytes, SYM_SIZE);
    buf_u8(&l->strtab_bytes, 0);
    for (i = 0; i < l->files.n && !l->opt->discard_locals; i++)
        put_locals(l, l->files.p[i]);
    for (i = 0; i < l->syms.n; i++)
        if (l->syms.p[i]->state == LDSYM_DEFINED && is_hidden(l->syms.p[i]) && in_image(l->syms.p[i]))
            put_symbol(l, l->syms.p[i], STB_LOCAL);
    l->nlocals = (uint32_t)(l->symtab_bytes.n / SYM_SIZE);
    for (i = 0; i < l->syms.n; i++) {
        const LdSym *s = l->syms.p[i];
        if (s->state == LDSYM_DEFINED ? is_hidden(s) || !in_image(s) : !s->referenced)
            continue;
        put_symbol(l, s, s->weak ? STB_WEAK : STB_GLOBAL);
    }
}

/* ---- section headers ---- */

static void put_header(uint8_t *p, uint32_t name, const OutSec *o)
{
    put_u32(p + SH_NAME, name);
    put_u32(p + SH_TYPE, o->type);
    put_u64(p + SH_FLAGS, o->flags);
    put_u64(p + SH_ADDR, o->flags & SHF_ALLOC ? o->addr : 0);
    put_u64(p + SH_OFFSET, o->off);
    put_u64(p + SH_SIZE, o->size);
    put_u32(p + SH_LINK, o->link);
    put_u32(p + SH_INFO, o->info);
    put_u64(p + SH_ADDRALIGN, o->align);
    put_u64(p + SH_ENTSIZE, o->entsize);
}

static uint32_t add_name(Ld *l, const char *name)
{
    uint32_t at = (uint32_t)l->shstrtab_bytes.n;
    buf_str(&l->shstrtab_bytes, name);
    buf_u8(&l->shstrtab_bytes, 0);
    return at;
}

static void table(OutSec *o, uint32_t type, uint64_t off, uint64_t size, uint64_t align, uint64_t entsize)
{
    memset(o, 0, sizeof *o);
    o->type = type;
    o->off = off;
    o->size = size;
    o->align = align;
    o->entsize = entsize;
}

/* Names and headers of all sections into `headers`; the tables' own places follow the loaded contents. */
static uint64_t build_headers(Ld *l, Buf *headers)
{
    OutSec t;
    uint64_t at = l->symtab_off;
    uint32_t i, n = 0, total = l->nsecs + (l->opt->strip ? 1 : 3);
    buf_init(headers, l->a);
    buf_zero(headers, (size_t)total * SHDR_SIZE);
    buf_init(&l->shstrtab_bytes, l->a);
    buf_u8(&l->shstrtab_bytes, 0);
    for (i = 0; i < l->outs.n; i++)
        if (l->outs.p[i]->index) {
            n = l->outs.p[i]->index;
            put_header(headers->p + (size_t)n * SHDR_SIZE, add_name(l, l->outs.p[i]->name), l->outs.p[i]);
        }
    n = l->nsecs;
    if (!l->opt->strip) {
        table(&t, SHT_SYMTAB, at, l->symtab_bytes.n, 8, SYM_SIZE);
        t.link = n + 1;
        t.info = l->nlocals;
        put_header(headers->p + (size_t)n++ * SHDR_SIZE, add_name(l, ".symtab"), &t);
        at += t.size;
        table(&t, SHT_STRTAB, at, l->strtab_bytes.n, 1, 0);
        put_header(headers->p + (size_t)n++ * SHDR_SIZE, add_name(l, ".strtab"), &t);
        l->strtab_off = at;
        at += t.size;
    }
    i = add_name(l, ".shstrtab");
    table(&t, SHT_STRTAB, at, l->shstrtab_bytes.n, 1, 0);
    put_header(headers->p + (size_t)n++ * SHDR_SIZE, i, &t);
    l->shstrtab_off = at;
    l->nsecs = n;
    return align_up(at + l->shstrtab_bytes.n, 8);
}

/* ---- contents ---- */

static void fill_code(Ld *l, uint8_t *p, uint64_t from, uint64_t to)
{
    for (; from < to; from++)
        p[from] = (uint8_t)(l->tl->code_fill >> 8 * (from & 3));
}

static void write_section(Ld *l, OutSec *o)
{
    uint8_t *base = l->out->p + o->off;
    uint64_t end = 0;
    uint32_t i;
    if (o->type == SHT_NOBITS || !o->index)
        return;
    for (i = 0; i < o->in.n; i++) {
        LdSec *s = o->in.p[i];
        if (o->flags & SHF_EXECINSTR && s->off > end)
            fill_code(l, base, end, s->off);
        if (s->data && s->size)
            memcpy(base + s->off, s->data, (size_t)s->size);
        if (s->off + s->size > end)
            end = s->off + s->size;
    }
}

static void reverse(LdSec *s, uint8_t *p)
{
    uint64_t i, n = s->size / 8;
    for (i = 0; i < n / 2; i++) {
        uint64_t a = get_u64(p + 8 * i), b = get_u64(p + 8 * (n - 1 - i));
        put_u64(p + 8 * i, b);
        put_u64(p + 8 * (n - 1 - i), a);
    }
}

static void relocate_section(Ld *l, OutSec *o)
{
    uint32_t i;
    if (o->type == SHT_NOBITS)
        return;
    for (i = 0; i < o->in.n; i++) {
        LdSec *s = o->in.p[i];
        if (s->file && s->o->relocs.n && s->data)
            ld_relocate(l, s, ld_out_bytes(l, s->pieces ? s->carrier : s));
        if (s->reversed)
            reverse(s, ld_out_bytes(l, s));
    }
}

static void write_ehdr(Ld *l)
{
    uint8_t *h = l->out->p, *p;
    uint64_t entry = 0;
    uint32_t i;
    if (l->entry && l->entry->state == LDSYM_DEFINED) {
        entry = ld_address(l, l->entry);
    } else {
        OutSec *text = ld_out_find(l, ".text");
        entry = text && text->index ? text->addr : 0;
        diag_file(l->d, DIAG_WARNING, "ld", "cannot find entry symbol %s; defaulting to %016llx",
                  l->opt->entry ? l->opt->entry : "_start", (unsigned long long)entry);
    }
    memcpy(h, "\177ELF\2\1\1", 7);
    put_u16(h + EH_TYPE, ET_EXEC);
    put_u16(h + EH_MACHINE, l->target->e_machine);
    put_u32(h + EH_VERSION, 1);
    put_u64(h + EH_ENTRY, entry);
    put_u64(h + EH_PHOFF, EHDR_SIZE);
    put_u64(h + EH_SHOFF, l->shoff);
    put_u32(h + EH_FLAGS, l->e_flags);
    put_u16(h + EH_EHSIZE, EHDR_SIZE);
    put_u16(h + EH_PHENTSIZE, PHDR_SIZE);
    put_u16(h + EH_PHNUM, l->segs.n);
    put_u16(h + EH_SHENTSIZE, SHDR_SIZE);
    put_u16(h + EH_SHNUM, l->nsecs);
    put_u16(h + EH_SHSTRNDX, l->nsecs - 1);
    p = h + EHDR_SIZE;
    for (i = 0; i < l->segs.n; i++, p += PHDR_SIZE) {
        const LdSegment *s = &l->segs.p[i];
        put_u32(p, s->type);
        put_u32(p + 4, s->flags);
        put_u64(p + 8, s->off);
        put_u64(p + 16, s->addr);
        put_u64(p + 24, s->addr);
        put_u64(p + 32, s->filesz);
        put_u64(p + 40, s->memsz);
        put_u64(p + 48, s->align);
    }
}

/* NT_GNU_BUILD_ID: the first 20 bytes of the image's SHA-256, taken with the field zero. */
static void write_build_id(Ld *l)
{
    uint8_t *p = ld_out_bytes(l, l->build_id), sum[32];
    Sha256 sha;
    put_u32(p, 4);
    put_u32(p + 4, 20);
    put_u32(p + 8, 3);
    memcpy(p + 12, "GNU", 4);
    sha256_init(&sha);
    sha256_add(&sha, l->out->p, l->out->n);
    sha256_done(&sha, sum);
    memcpy(p + 16, sum, 20);
}

void ld_write(Ld *l)
{
    Buf headers;
    uint32_t i;
    if (!l->opt->strip)
        build_symtab(l);
    if (l->nsecs + 3 >= SHN_LORESERVE || EHDR_SIZE + l->segs.n * PHDR_SIZE > l->headers) {
        diag_file(l->d, DIAG_ERROR, "ld", "too many output sections");
        return;
    }
    l->shoff = build_headers(l, &headers);
    buf_zero(l->out, (size_t)(l->shoff + headers.n));
    for (i = 0; i < l->outs.n; i++)
        write_section(l, l->outs.p[i]);
    for (i = 0; i < l->outs.n && !l->d->stopped; i++)
        relocate_section(l, l->outs.p[i]);
    ld_fill_tables(l);
    ld_fill_veneers(l);
    ld_fill_eh_frame_hdr(l);
    if (!l->opt->strip) {
        memcpy(l->out->p + l->symtab_off, l->symtab_bytes.p, l->symtab_bytes.n);
        memcpy(l->out->p + l->strtab_off, l->strtab_bytes.p, l->strtab_bytes.n);
    }
    memcpy(l->out->p + l->shstrtab_off, l->shstrtab_bytes.p, l->shstrtab_bytes.n);
    memcpy(l->out->p + l->shoff, headers.p, headers.n);
    write_ehdr(l);
    if (l->build_id)
        write_build_id(l);
}
