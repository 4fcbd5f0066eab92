/* idem objdump: what is in ELF64 objects, executables and archives, in GNU objdump's format: section headers, symbols,
 * relocations, contents, and code disassembled through the target's instruction table. Foreign bytes: every offset is
 * checked before it is used. */
#include "arch/arch.h"
#include "as/as.h"
#include "as/as_target.h"
#include "ld/ld_target.h"
#include "obj/elf.h"
#include "obj/obj.h"
#include "tool/tool.h"

typedef struct Sec {
    const char *name;
    uint32_t type, link, info;
    uint64_t flags, addr, off, size, align, entsize;
    uint32_t rela;             /* section with its relocations, 0 for none */
} Sec;

typedef struct Sym {
    const char *name;
    uint64_t value, size;
    uint32_t sec;              /* section number; SHN_ABS, SHN_COMMON */
    uint8_t bind, type, vis;
} Sym;

typedef struct Dump {
    ToolCtx *t;
    Arena arena;               /* of one file */
    const char *file;
    const uint8_t *p;
    uint64_t n;
    bool rel;                  /* ET_REL: addresses count from the section */
    const Target *target;
    VEC(Sec) secs;
    VEC(Sym) syms;
    Sym **by_addr;             /* those with a name in a section, ascending */
    Sym **marks;               /* mapping symbols, ascending */
    uint32_t nby, nmarks;
    void *dis;
    Buf out;
    /* Options */
    bool assembly, d, all_code, r, h, syms_too, contents, raw, zeroes, file_header;
    const char *only, *options; /* options: of the disassembler */
    /* The instruction being printed */
    uint32_t cur;
    uint64_t comment;          /* address to tell behind it */
    bool has_comment;
} Dump;

static const char help_text[] =
    "usage: idem objdump -d|-D|-h|-t|-r|-s|-f|-x [OPTION...] [FILE...]\n"
    "  -d  disassemble code        -D  disassemble every section\n"
    "  -r  relocations (with -d: beside the instructions)\n"
    "  -h  section headers   -t  symbols   -s  contents   -f  file header   -x  -f -h -t -r\n"
    "  --assembly  the whole object as text that `idem as` makes the same object of\n"
    "  -M OPTION,...  of the disassembler (RISC-V: no-aliases, numeric)\n"
    "  -M OPTION,...  of the disassembler (RISC-V: no-aliases, numeric)\n"
    "  -j NAME  this section only      -z  zeros too      --no-show-raw-insn\n";

/* ---- reading ---- */

static bool inside(const Dump *u, uint64_t off, uint64_t n)
{
    return off <= u->n && n <= u->n - off;
}

/* A string of a string table; "" when the table or offset is wrong. */
static const char *string_at(const Dump *u, uint64_t tab, uint64_t at)
{
    const Sec *s;
    if (tab >= u->secs.n)
        return "";
    s = &u->secs.p[tab];
    if (!s->size || !inside(u, s->off, s->size) || at >= s->size || u->p[s->off + s->size - 1])
        return "";
    return (const char *)u->p + s->off + at;
}

static int compare_syms(const void *a, const void *b, void *ctx)
{
    const Sym *x = *(Sym *const *)a, *y = *(Sym *const *)b;
    (void)ctx;
    if (x->sec != y->sec)
        return x->sec < y->sec ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    if ((x->type == STT_FUNC) != (y->type == STT_FUNC))
        return x->type == STT_FUNC ? 1 : -1;
    if ((x->bind == STB_LOCAL) != (y->bind == STB_LOCAL))
        return x->bind == STB_LOCAL ? -1 : 1;
    return 0;
}

/* Mapping symbols (psABI: where code and where data begins) and what assemblers call unnamed labels are no names of places. */
static bool is_marker(const Dump *u, const Sym *s)
{
    const char *unnamed = u->target ? u->target->as->label_name : NULL;
    return s->bind == STB_LOCAL && s->type == STT_NOTYPE && ((s->name[0] == '$' && (s->name[1] == 'x' || s->name[1] == 'd')) ||
                                                             (unnamed && strcmp(s->name, unnamed) == 0));
}

/* NULL, or what is wrong with the file. */
static const char *read_elf(Dump *u)
{
    uint64_t shoff, nsec, strndx, i, k;
    const uint8_t *p = u->p;
    if (!obj_is_elf((const char *)p, (size_t)u->n))
        return "file format not recognized";
    if (u->n < EHDR_SIZE || p[EI_CLASS] != 2 || p[EI_DATA] != 1)
        return "not a 64-bit little-endian ELF file";
    u->rel = get_u16(p + EH_TYPE) == ET_REL;
    u->target = target_by_machine(get_u16(p + EH_MACHINE));
    shoff = get_u64(p + EH_SHOFF);
    nsec = get_u16(p + EH_SHNUM);
    strndx = get_u16(p + EH_SHSTRNDX);
    if (!shoff)
        return NULL;
    if (!inside(u, shoff, SHDR_SIZE) || get_u16(p + EH_SHENTSIZE) != SHDR_SIZE)
        return "section headers lie outside of the file";
    if (!nsec)
        nsec = get_u64(p + shoff + SH_SIZE);
    if (strndx == SHN_XINDEX)
        strndx = get_u32(p + shoff + SH_LINK);
    if (nsec > (u->n - shoff) / SHDR_SIZE)
        return "section headers lie outside of the file";
    vec_reserve(&u->arena, &u->secs, nsec + 1);
    for (i = 0; i < nsec; i++) {
        const uint8_t *h = p + shoff + i * SHDR_SIZE;
        Sec *s = &u->secs.p[u->secs.n++];
        memset(s, 0, sizeof *s);
        s->type = get_u32(h + SH_TYPE);
        s->flags = get_u64(h + SH_FLAGS);
        s->addr = get_u64(h + SH_ADDR);
        s->off = get_u64(h + SH_OFFSET);
        s->size = get_u64(h + SH_SIZE);
        s->link = get_u32(h + SH_LINK);
        s->info = get_u32(h + SH_INFO);
        s->align = get_u64(h + SH_ADDRALIGN);
        s->entsize = get_u64(h + SH_ENTSIZE);
        if (s->type != SHT_NOBITS && i && !inside(u, s->off, s->size))
            return "a section lies outside of the file";
    }
    for (i = 0; i < nsec; i++) {
        Sec *s = &u->secs.p[i];
        s->name = string_at(u, strndx, get_u32(p + shoff + i * SHDR_SIZE + SH_NAME));
        if (s->type == SHT_RELA && s->info && s->info < nsec && u->rel)
            u->secs.p[s->info].rela = (uint32_t)i;
        if (s->type != SHT_SYMTAB)
            continue;
        for (k = 0; k < s->size / SYM_SIZE; k++) {
            const uint8_t *y = p + s->off + k * SYM_SIZE;
            Sym *m;
            vec_reserve(&u->arena, &u->syms, 1);
            m = &u->syms.p[u->syms.n++];
            m->name = string_at(u, s->link, get_u32(y + ST_NAME));
            m->bind = y[ST_INFO] >> 4;
            m->type = y[ST_INFO] & 15;
            m->vis = y[ST_OTHER] & 3;
            m->sec = get_u16(y + ST_SHNDX);
            m->value = get_u64(y + ST_VALUE);
            m->size = get_u64(y + ST_SIZE);
        }
    }
    u->by_addr = arena_array(&u->arena, Sym *, u->syms.n + 1);
    for (i = 0; i < u->syms.n; i++) {
        Sym *m = &u->syms.p[i];
        if (m->type == STT_SECTION && m->sec < nsec)
            m->name = u->secs.p[m->sec].name;
        else if (m->name[0] && m->sec && m->sec < nsec && m->type != STT_FILE && m->type != STT_TLS && !is_marker(u, m))
            u->by_addr[u->nby++] = m;
    }
    rt_sort(u->by_addr, u->nby, sizeof(Sym *), arena_alloc(&u->arena, (u->nby + 1) * sizeof(Sym *)), compare_syms, NULL);
    u->marks = arena_array(&u->arena, Sym *, u->syms.n + 1);
    for (i = 0; i < u->syms.n; i++)
        if (u->syms.p[i].sec < nsec && u->syms.p[i].name[0] == '$' && is_marker(u, &u->syms.p[i]))
            u->marks[u->nmarks++] = &u->syms.p[i];
    rt_sort(u->marks, u->nmarks, sizeof(Sym *), arena_alloc(&u->arena, (u->nmarks + 1) * sizeof(Sym *)), compare_syms, NULL);
    return NULL;
}

/* ---- disassembly ---- */

/* The last symbol at or before an address of a section. */
static const Sym *symbol_before(const Dump *u, uint32_t sec, uint64_t at)
{
    uint32_t lo = 0, hi = u->nby;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        const Sym *s = u->by_addr[mid];
        if (s->sec < sec || (s->sec == sec && s->value <= at))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo && u->by_addr[lo - 1]->sec == sec ? u->by_addr[lo - 1] : NULL;
}

static void put_place(Dump *u, uint64_t at, Buf *b)
{
    uint32_t sec = u->cur, i;
    const Sym *s;
    buf_fmt(b, "%llx", (unsigned long long)at);
    if (!u->rel)
        for (i = 1; i < u->secs.n; i++)
            if ((u->secs.p[i].flags & SHF_ALLOC) && !(u->secs.p[i].flags & SHF_TLS) && at - u->secs.p[i].addr < u->secs.p[i].size)
                sec = i;
    s = symbol_before(u, sec, at);
    if (s && at == s->value)
        buf_fmt(b, " <%s>", s->name);
    else if (s)
        buf_fmt(b, " <%s+0x%llx>", s->name, (unsigned long long)(at - s->value));
    else if (at == (u->rel ? 0 : u->secs.p[sec].addr))
        buf_fmt(b, " <%s>", u->secs.p[sec].name);
    else
        buf_fmt(b, " <%s+0x%llx>", u->secs.p[sec].name, (unsigned long long)(at - (u->rel ? 0 : u->secs.p[sec].addr)));
}

static int compare_offsets(const void *a, const void *b, void *ctx)
{
    uint64_t x = get_u64(a), y = get_u64(b);
    (void)ctx;
    return x < y ? -1 : x > y;
}

/* A section's relocations by offset; in files they may stand in any order. */
static const uint8_t *sorted_relocs(Dump *u, const Sec *s, const uint8_t **end)
{
    const Sec *r = &u->secs.p[s->rela];
    size_t n = (size_t)(r->size / RELA_SIZE);
    uint8_t *p = arena_alloc(&u->arena, n * RELA_SIZE + 1);
    memcpy(p, u->p + r->off, n * RELA_SIZE);
    rt_sort(p, n, RELA_SIZE, arena_alloc(&u->arena, n * RELA_SIZE + 1), compare_offsets, NULL);
    *end = p + n * RELA_SIZE;
    return p;
}

static bool name_field(void *ctx, const DisField *f, Buf *out)
{
    Dump *u = ctx;
    if (!f->pcrel)
        return false;
    if (f->memory) {
        u->comment = f->value;
        u->has_comment = true;
        return false;
    }
    put_place(u, f->value, out);
    return true;
}

static bool symbol_value(void *ctx, const char *name, uint64_t *value)
{
    const Dump *u = ctx;
    uint32_t i;
    for (i = 0; i < u->syms.n && strcmp(u->syms.p[i].name, name) != 0; i++)
        ;
    if (i == u->syms.n || !u->syms.p[i].sec)
        return false;
    *value = u->syms.p[i].value;
    return true;
}

static const char *reloc_name(const Dump *u, uint32_t type)
{
    const TargetLink *l = u->target ? u->target->link : NULL;
    if (l && type < l->nrelocs && l->relocs[type].name)
        return l->relocs[type].name;
    return "*unknown*";
}

static void put_reloc_symbol(Dump *u, const uint8_t *r, int digits)
{
    uint32_t sym = get_u32(r + 12);
    int64_t addend = (int64_t)get_u64(r + 16);
    buf_str(&u->out, sym && sym < u->syms.n ? u->syms.p[sym].name : "*ABS*");
    if (addend)
        buf_fmt(&u->out, "%c0x%0*llx", addend < 0 ? '-' : '+', digits,
                (unsigned long long)(addend < 0 ? 0 - (uint64_t)addend : (uint64_t)addend));
}

/* Columns of an address, in fours, with one to spare, as GNU objdump has them. */
static unsigned digits_for(uint64_t last)
{
    unsigned n = 4;
    while (n < 16 && last >> (4 * n - 4))
        n += 4;
    return n;
}

static void put_padded(Buf *b, uint64_t v, unsigned width)
{
    char s[24];
    size_t n = rt_snfmt(s, sizeof s, "%llx", (unsigned long long)v);
    for (; n < width; width--)
        buf_u8(b, ' ');
    buf_str(b, s);
}

static void flush(Dump *u)
{
    rt_file_write(u->t->out, (const char *)u->out.p, u->out.n);
    u->out.n = 0;
}

static void put_insn(Dump *u, const uint8_t *p, unsigned len, uint64_t at, unsigned width, const Buf *text)
{
    unsigned k, line = u->target->dis->words ? len : 7;
    put_padded(&u->out, at, width);
    buf_str(&u->out, ":\t");
    if (u->raw && u->target->dis->words) {
        for (k = len; k-- > 0;)
            buf_fmt(&u->out, "%02x", p[k]);
        for (k = 2 * len; k < (u->target->dis->tight ? (len == 4 ? 9u : len == 2 ? 10u : 12u) : len < 4 ? 20u : 18u); k++)
            buf_u8(&u->out, ' ');
        buf_u8(&u->out, '\t');
    } else if (u->raw) {
        for (k = 0; k < line; k++)
            if (k < len)
                buf_fmt(&u->out, "%02x ", p[k]);
            else
                buf_str(&u->out, "   ");
        buf_u8(&u->out, '\t');
    }
    buf_put(&u->out, text->p, text->n);
    if (u->has_comment) {
        buf_str(&u->out, u->target->dis->remark);
        put_place(u, u->comment, &u->out);
    }
    buf_u8(&u->out, '\n');
    if (u->raw)
        for (; line < len; line += 7) {
            put_padded(&u->out, at + line, width);
            buf_str(&u->out, ":\t");
            for (k = line; k < line + 7 && k < len; k++)
                buf_fmt(&u->out, "%02x ", p[k]);
            buf_u8(&u->out, '\n');
        }
}

static void disassemble(Dump *u, uint32_t no)
{
    const Sec *s = &u->secs.p[no];
    const uint8_t *p = u->p + s->off, *rel = NULL, *rel_end = NULL;
    uint64_t at = 0, base = u->rel ? 0 : s->addr;
    unsigned width = digits_for(base + s->size);
    uint32_t k = 0, m = 0;
    bool data = false;
    Buf text;
    DisNames names;
    names.ctx = u;
    names.name = name_field;
    names.whole = false;
    names.symbol = symbol_value;
    u->cur = no;
    buf_init(&text, &u->arena);
    buf_fmt(&u->out, "\nDisassembly of section %s:\n", s->name);
    if (u->r && s->rela && u->secs.p[s->rela].size)
        rel = sorted_relocs(u, s, &rel_end);
    while (k < u->nby && u->by_addr[k]->sec < no)
        k++;
    while (m < u->nmarks && u->marks[m]->sec < no)
        m++;
    if (!(k < u->nby && u->by_addr[k]->sec == no && u->by_addr[k]->value == base))
        buf_fmt(&u->out, "\n%016llx <%s>:\n", (unsigned long long)base, s->name);
    while (at < s->size) {
        uint64_t stop = s->size, zeros;
        unsigned len;
        const Sym *label = NULL;
        for (; k < u->nby && u->by_addr[k]->sec == no && u->by_addr[k]->value - base <= at; k++)
            if (u->by_addr[k]->value - base == at)
                label = u->by_addr[k];
        if (label)
            buf_fmt(&u->out, "\n%016llx <%s>:\n", (unsigned long long)(base + at), label->name);
        if (k < u->nby && u->by_addr[k]->sec == no && u->by_addr[k]->value - base < stop)
            stop = u->by_addr[k]->value - base;
        for (zeros = 0; at + zeros < stop && !p[at + zeros]; zeros++)
            if (rel && rel < rel_end && get_u64(rel) <= at + zeros)
                break;
        if (!u->zeroes && (zeros >= 8 || (zeros && zeros < 3 && at + zeros == stop))) {
            if (at + zeros < stop)
                zeros &= ~(uint64_t)3;
            buf_str(&u->out, "\t...\n");
            at += zeros;
            continue;
        }
        text.n = 0;
        u->has_comment = false;
        for (; m < u->nmarks && u->marks[m]->sec == no && u->marks[m]->value - base <= at; m++)
            data = u->marks[m]->name[1] == 'd' && u->target->dis->data && !u->all_code;
        if (data && m < u->nmarks && u->marks[m]->sec == no && u->marks[m]->value - base < stop)
            stop = u->marks[m]->value - base;
        if (data)
            len = u->target->dis->data(p + at, (size_t)(stop - at), base + at, &text);
        else
            len = u->target->dis->one(u->dis, p + at, (size_t)(stop - at), base + at, &names, &text);
        if (!len && u->target->dis->unknown) {
            len = u->target->dis->unknown(p + at, (size_t)(stop - at), &text);
        } else if (!len) {
            len = u->target->dis->min_len;
            if (len > stop - at)
                len = (unsigned)(stop - at);
            buf_str(&text, "(bad)");
        }
        put_insn(u, p + at, len, base + at, width, &text);
        for (; rel && rel < rel_end && get_u64(rel) < at + len; rel += RELA_SIZE) {
            buf_fmt(&u->out, "\t\t\t%llx: %s\t", (unsigned long long)(base + get_u64(rel)), reloc_name(u, get_u32(rel + 8)));
            put_reloc_symbol(u, rel, 1);
            buf_u8(&u->out, '\n');
        }
        at += len;
        if (u->out.n > 60000)
            flush(u);
    }
}

/* ---- tables ---- */

/* Of the file as a whole, in the words of binutils. */
static void file_header(Dump *u)
{
    static const struct { uint32_t bit; const char *name; } names[] = {
        { 1, "HAS_RELOC" }, { 2, "EXEC_P" }, { 0x10, "HAS_SYMS" }, { 0x100, "D_PAGED" },
    };
    uint32_t i, flags = get_u16(u->p + EH_TYPE) == ET_EXEC ? 0x102 : 0;
    const char *sep = "";
    for (i = 1; i < u->secs.n; i++)
        flags |= u->secs.p[i].type == SHT_SYMTAB ? 0x10 : u->rel && u->secs.p[i].rela ? 1 : 0;
    buf_fmt(&u->out, "architecture: %s, flags 0x%08x:\n", u->target ? u->target->link->machine : "UNKNOWN!", (unsigned)flags);
    for (i = 0; i < countof(names); i++)
        if (flags & names[i].bit) {
            buf_fmt(&u->out, "%s%s", sep, names[i].name);
            sep = ", ";
        }
    buf_fmt(&u->out, "\nstart address 0x%016llx\n\n", (unsigned long long)get_u64(u->p + EH_ENTRY));
}

static bool is_debug(const char *name)
{
    return strncmp(name, ".debug", 6) == 0 || strncmp(name, ".gnu.debug", 10) == 0 || strncmp(name, ".stab", 5) == 0 ||
           strncmp(name, ".zdebug", 7) == 0 || strcmp(name, ".line") == 0;
}

static void section_flags(Dump *u, const Sec *s)
{
    const char *sep = "";
    static const struct { uint64_t flag; bool set; const char *name; } names[] = {
        { SHF_ALLOC, true, "ALLOC" }, { SHF_WRITE, false, "READONLY" }, { SHF_EXECINSTR, true, "CODE" },
    };
    size_t i;
    if (s->type != SHT_NOBITS) {
        buf_str(&u->out, "CONTENTS");
        sep = ", ";
        if (!(s->flags & SHF_ALLOC) && s->rela)
            buf_str(&u->out, ", RELOC");
    }
    for (i = 0; i < countof(names); i++) {
        if (((s->flags & names[i].flag) != 0) != names[i].set)
            continue;
        buf_fmt(&u->out, "%s%s", sep, names[i].name);
        sep = ", ";
        if (names[i].flag == SHF_ALLOC && s->type != SHT_NOBITS)
            buf_str(&u->out, ", LOAD");
        if (names[i].flag == SHF_ALLOC && s->rela)
            buf_str(&u->out, ", RELOC");
    }
    if ((s->flags & SHF_ALLOC) && !(s->flags & SHF_EXECINSTR) && s->type != SHT_NOBITS)
        buf_fmt(&u->out, "%sDATA", sep);
    if (s->flags & SHF_TLS)
        buf_fmt(&u->out, "%sTHREAD_LOCAL", sep);
    if (!(s->flags & SHF_ALLOC) && is_debug(s->name))
        buf_fmt(&u->out, "%sDEBUGGING, OCTETS", sep);
    buf_u8(&u->out, '\n');
}

static bool shown(const Dump *u, const Sec *s)
{
    return s->type != SHT_NULL && s->type != SHT_SYMTAB && s->type != SHT_STRTAB && !(s->type == SHT_RELA && u->rel) &&
           (!u->only || strcmp(u->only, s->name) == 0);
}

static void section_headers(Dump *u)
{
    uint32_t i, no = 0;
    buf_str(&u->out, "\nSections:\nIdx Name          Size      VMA               LMA               File off  Algn\n");
    for (i = 1; i < u->secs.n; i++) {
        const Sec *s = &u->secs.p[i];
        if (!shown(u, s))
            continue;
        buf_fmt(&u->out, "%3u %-13s %08llx  %016llx  %016llx  %08llx  2**%u\n                  ", no++, s->name,
                (unsigned long long)s->size, (unsigned long long)s->addr, (unsigned long long)s->addr, (unsigned long long)s->off,
                s->align ? bits_ctz64(s->align) : 0);
        section_flags(u, s);
    }
}

static void symbols(Dump *u)
{
    uint32_t i;
    buf_str(&u->out, "\nSYMBOL TABLE:\n");
    if (u->syms.n < 2)
        buf_str(&u->out, "no symbols\n");
    for (i = 1; i < u->syms.n; i++) {
        const Sym *s = &u->syms.p[i];
        const char *sec = s->sec == SHN_ABS ? "*ABS*" : s->sec == SHN_COMMON ? "*COM*" : s->sec && s->sec < u->secs.n
                              ? u->secs.p[s->sec].name : "*UND*";
        char bind = s->bind == STB_LOCAL ? 'l' : !s->sec ? ' ' : s->bind == STB_GLOBAL ? 'g' : s->bind == STB_GNU_UNIQUE ? 'u' : ' ';
        char type = s->type == STT_FUNC ? 'F' : s->type == STT_FILE ? 'f' : s->type == STT_OBJECT || s->type == STT_TLS ||
                                                                                      s->sec == SHN_COMMON ? 'O' : ' ';
        if (u->only && strcmp(sec, u->only) != 0)
            continue;
        buf_fmt(&u->out, "%016llx %c%c   %c%c %s\t%016llx %s%s\n",
                (unsigned long long)(s->sec == SHN_COMMON ? s->size : s->value), bind, s->bind == STB_WEAK ? 'w' : ' ',
                s->type == STT_GNU_IFUNC ? 'i' : s->type == STT_SECTION || s->type == STT_FILE ? 'd' : ' ', type, sec,
                (unsigned long long)(s->sec == SHN_COMMON ? s->value : s->size),
                s->vis == STV_HIDDEN ? ".hidden " : s->vis == STV_PROTECTED ? ".protected " : s->vis == STV_INTERNAL ? ".internal " : "",
                s->name);
        if (u->out.n > 60000)
            flush(u);
    }
}

static void relocations(Dump *u)
{
    uint32_t i;
    uint64_t k;
    for (i = 1; i < u->secs.n; i++) {
        const Sec *s = &u->secs.p[i], *r = &u->secs.p[s->rela];
        if (!s->rela || (u->only && strcmp(u->only, s->name) != 0))
            continue;
        buf_fmt(&u->out, "\nRELOCATION RECORDS FOR [%s]:\nOFFSET           TYPE              VALUE\n", s->name);
        for (k = 0; k < r->size / RELA_SIZE; k++) {
            const uint8_t *e = u->p + r->off + k * RELA_SIZE;
            buf_fmt(&u->out, "%016llx %-16s  ", (unsigned long long)get_u64(e), reloc_name(u, get_u32(e + 8)));
            put_reloc_symbol(u, e, 16);
            buf_u8(&u->out, '\n');
        }
        flush(u);
    }
    buf_u8(&u->out, '\n');
}

static void contents(Dump *u, const Sec *s)
{
    const uint8_t *p = u->p + s->off;
    uint64_t at, k;
    unsigned width = 4;
    while (width < 16 && (s->addr + s->size) >> (4 * width))
        width++;
    if (s->type == SHT_NOBITS || !s->size)
        return;
    buf_fmt(&u->out, "Contents of section %s:\n", s->name);
    for (at = 0; at < s->size; at += 16) {
        buf_fmt(&u->out, " %0*llx ", (int)width, (unsigned long long)(s->addr + at));
        for (k = 0; k < 16; k++) {
            if (at + k < s->size)
                buf_fmt(&u->out, "%02x", p[at + k]);
            else
                buf_str(&u->out, "  ");
            if ((k & 3) == 3)
                buf_u8(&u->out, ' ');
        }
        buf_u8(&u->out, ' ');
        for (k = 0; k < 16; k++)
            buf_u8(&u->out, at + k >= s->size ? ' ' : p[at + k] >= 32 && p[at + k] < 127 ? p[at + k] : '.');
        buf_u8(&u->out, '\n');
        if (u->out.n > 60000)
            flush(u);
    }
}

static int dump(Dump *u, const char *name, const char *data, size_t n)
{
    const char *wrong;
    uint32_t i;
    arena_reset(&u->arena);
    memset(&u->secs, 0, sizeof u->secs);
    memset(&u->syms, 0, sizeof u->syms);
    u->nby = u->nmarks = 0;
    u->file = name;
    u->p = (const uint8_t *)data;
    u->n = n;
    buf_init(&u->out, &u->arena);
    wrong = read_elf(u);
    if (wrong)
        return tool_error(u->t, "%s: %s", name, wrong);
    buf_fmt(&u->out, "\n%s:     file format %s\n", name, u->target ? u->target->elf_format : "elf64-little");
    if (u->file_header)
        file_header(u);
    if (u->h)
        section_headers(u);
    if (u->syms_too)
        symbols(u);
    if (u->r && !u->d)
        relocations(u);
    if (u->contents) {
        buf_u8(&u->out, '\n');
        for (i = 1; i < u->secs.n; i++)
            if (shown(u, &u->secs.p[i]))
                contents(u, &u->secs.p[i]);
    }
    if (u->d) {
        if (!u->target || !u->target->dis) {
            flush(u);
            return tool_error(u->t, "%s: no disassembler for machine %u", name, get_u16(u->p + EH_MACHINE));
        }
        u->dis = u->target->dis->begin(&u->arena, u->options, false);
        if (!u->dis) {
            flush(u);
            return tool_error(u->t, "%s: unknown option in '-M %s'", name, u->options);
        }
        buf_u8(&u->out, '\n');
        for (i = 1; i < u->secs.n; i++) {
            const Sec *s = &u->secs.p[i];
            if (shown(u, s) && s->size && s->type != SHT_NOBITS && (u->all_code || (s->flags & SHF_EXECINSTR)))
                disassemble(u, i);
        }
    }
    flush(u);
    return 0;
}

int tool_assembly(ToolCtx *t, const char *name, const void *object, size_t n, Buf *text)
{
    SrcMap sm;
    Diag diag;
    Obj *o;
    src_init(&sm, t->perm);
    diag_init(&diag, &sm, t->perm, tool_diag_sink, t);
    o = obj_read_elf(t->perm, &diag, name, object, n);
    if (!o)
        return 1;
    if (!as_print(t->host, t->perm, o, text))
        return tool_error(t, "%s: text of assembly is not supported for this target yet", name);
    return 0;
}

static int assembly(Dump *u, const char *path, const char *data, size_t n)
{
    Buf text;
    buf_init(&text, u->t->perm);
    if (tool_assembly(u->t, path, data, n, &text))
        return 1;
    rt_file_write(u->t->out, (const char *)text.p, text.n);
    return 0;
}

static int dump_file(Dump *u, const char *path)
{
    const char *data;
    size_t n;
    uint64_t id[2];
    uint32_t i;
    int err = u->t->host->read_file(u->t->host->ctx, path, &data, &n, id), status = 0;
    SrcMap sm;
    Diag diag;
    Archive *ar;
    if (err < 0)
        return tool_error(u->t, "'%s': %s", path, rt_strerror(-err));
    if (u->assembly)
        return assembly(u, path, data, n);
    if (!ar_is(data, n))
        return dump(u, path, data, n);
    src_init(&sm, u->t->perm);
    diag_init(&diag, &sm, u->t->perm, tool_diag_sink, u->t);
    ar = ar_read(u->t->perm, &diag, path, data, n);
    if (!ar)
        return 1;
    rt_file_fmt(u->t->out, "In archive %s:\n", path);
    for (i = 0; i < ar->members.n; i++)
        status |= dump(u, ar->members.p[i].name, ar->members.p[i].data, ar->members.p[i].n);
    return status;
}

/* Letters behind one '-'. False for an unknown one. */
static bool letters(Dump *u, const char *s)
{
    for (; *s; s++)
        switch (*s) {
        case 'd': u->d = true; break;
        case 'D': u->d = u->all_code = true; break;
        case 'r': u->r = true; break;
        case 'h': u->h = true; break;
        case 't': u->syms_too = true; break;
        case 's': u->contents = true; break;
        case 'f': u->file_header = true; break;
        case 'x': u->file_header = u->h = u->syms_too = u->r = true; break;
        case 'z': u->zeroes = true; break;
        case 'w': break;
        default: return false;
        }
    return true;
}

int tool_objdump(ToolCtx *t, int argc, char **argv)
{
    Dump *u = arena_new(t->perm, Dump);
    int i, files = 0, status = 0;
    u->t = t;
    u->raw = true;
    arena_init(&u->arena, t->host);
    for (i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (strcmp(a, "--help") == 0) {
            rt_file_write(t->out, help_text, sizeof help_text - 1);
            return 0;
        }
        if (strcmp(a, "-M") == 0 && i + 1 < argc)
            u->options = argv[++i];
        else if (strncmp(a, "-M", 2) == 0 && a[2])
            u->options = a + 2;
        else if (strncmp(a, "--disassembler-options=", 23) == 0)
            u->options = a + 23;
        else if (strcmp(a, "-j") == 0 && i + 1 < argc)
            u->only = argv[++i];
        else if (strcmp(a, "--no-show-raw-insn") == 0)
            u->raw = false;
        else if (strcmp(a, "--assembly") == 0)
            u->assembly = true;
        else if (strcmp(a, "--disassemble") == 0)
            u->d = true;
        else if (a[0] != '-' || !a[1])
            argv[1 + files++] = argv[i];
        else if (a[1] == '-' || !letters(u, a + 1)) {
            tool_error(t, "unknown option '%s'", a);
            return 2;
        }
    }
    if (!(u->assembly || u->d || u->h || u->syms_too || u->r || u->contents || u->file_header)) {
        rt_file_write(t->err, help_text, sizeof help_text - 1);
        return 2;
    }
    if (!files)
        return dump_file(u, "a.out");
    for (i = 0; i < files; i++)
        status |= dump_file(u, argv[1 + i]);
    arena_free(&u->arena);
    return status;
}
