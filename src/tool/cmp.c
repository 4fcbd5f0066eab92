/* idem cmp: whether two files are the same bytes; if not, where they first differ in terms of what they are. ELF files
 * are compared section by section, so that the place told is the cause and not the header that counts it; archives
 * member by member. Foreign bytes: every offset is checked before it is used. */
#include "tool/tool.h"

typedef struct Bytes {
    const char *p;
    uint64_t n;
} Bytes;

typedef struct Elf {           /* the parts of an ELF64 file that name a place in it (gABI 4) */
    Bytes all;
    uint64_t shoff;
    uint32_t shnum, shstrndx;
    bool rel;                  /* ET_REL: symbol values are section offsets */
} Elf;

typedef struct Sec {
    const char *name;
    uint32_t type, link, info;
    uint64_t flags, addr, offset, size, entsize;
} Sec;

enum { EHDR = 64, SHDR = 64, SYM = 24, RELA = 24, SHT_SYMTAB = 2, SHT_STRTAB = 3, SHT_RELA = 4, SHT_NOBITS = 8,
       SHF_ALLOC = 2, ET_REL = 1, STT_SECTION = 3 };

static bool inside(uint64_t whole, uint64_t at, uint64_t n)
{
    return at <= whole && n <= whole - at;
}

static uint64_t first_difference(Bytes a, Bytes b)
{
    uint64_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (n - i >= 4096 && memcmp(a.p + i, b.p + i, 4096) == 0)
        i += 4096;
    while (i < n && a.p[i] == b.p[i])
        i++;
    return i;
}

static bool same_bytes(Bytes a, Bytes b)
{
    return a.n == b.n && memcmp(a.p, b.p, (size_t)a.n) == 0;
}

static bool elf_open(Elf *e, Bytes b)
{
    memset(e, 0, sizeof *e);
    e->all = b;
    if (b.n < EHDR || memcmp(b.p, "\177ELF\2\1", 6) != 0)
        return false;
    e->rel = get_u16(b.p + 16) == ET_REL;
    e->shoff = get_u64(b.p + 40);
    e->shnum = get_u16(b.p + 60);
    e->shstrndx = get_u16(b.p + 62);
    return get_u16(b.p + 58) == SHDR && inside(b.n, e->shoff, (uint64_t)e->shnum * SHDR);
}

static bool raw_section(const Elf *e, uint32_t i, Sec *s)
{
    if (i >= e->shnum)
        return false;
    const char *h = e->all.p + e->shoff + (uint64_t)i * SHDR;
    s->name = "";
    s->type = get_u32(h + 4);
    s->flags = get_u64(h + 8);
    s->addr = get_u64(h + 16);
    s->offset = get_u64(h + 24);
    s->size = get_u64(h + 32);
    s->link = get_u32(h + 40);
    s->info = get_u32(h + 44);
    s->entsize = get_u64(h + 56);
    if (s->type != SHT_NOBITS && !inside(e->all.n, s->offset, s->size))
        s->size = 0;
    return true;
}

/* A string of a string table, "" where there is none. */
static const char *string_at(const Elf *e, uint32_t table, uint64_t at)
{
    Sec s;
    if (!raw_section(e, table, &s) || s.type != SHT_STRTAB || at >= s.size)
        return "";
    const char *p = e->all.p + s.offset + at;
    return memchr(p, 0, (size_t)(s.size - at)) ? p : "";
}

static bool section(const Elf *e, uint32_t i, Sec *s)
{
    if (!raw_section(e, i, s))
        return false;
    s->name = string_at(e, e->shstrndx, get_u32(e->all.p + e->shoff + (uint64_t)i * SHDR));
    return true;
}

static Bytes contents(const Elf *e, const Sec *s)
{
    Bytes b;
    b.p = e->all.p + (s->type == SHT_NOBITS ? 0 : s->offset);
    b.n = s->type == SHT_NOBITS ? 0 : s->size;
    return b;
}

/* The symbol that covers a byte of a section: the nearest one at or below it. NULL for none. */
static const char *symbol_at(const Elf *e, uint32_t index, uint64_t at, uint64_t *distance)
{
    const char *best = NULL;
    Sec home, s;
    if (!section(e, index, &home))
        return NULL;
    for (uint32_t i = 0; i < e->shnum; i++) {
        if (!raw_section(e, i, &s) || s.type != SHT_SYMTAB)
            continue;
        for (uint64_t k = 0; k + SYM <= s.size; k += SYM) {
            const char *y = e->all.p + s.offset + k;
            uint64_t value = get_u64(y + 8) - (e->rel ? 0 : home.addr);
            if (get_u16(y + 6) != index || (y[4] & 15) >= STT_SECTION || value > at)
                continue;
            const char *name = string_at(e, s.link, get_u32(y));
            if (name[0] && (!best || at - value < *distance)) {
                best = name;
                *distance = at - value;
            }
        }
    }
    return best;
}

static void tell_symbol(ToolCtx *t, const Elf *e, uint32_t index, uint64_t at)
{
    uint64_t distance = 0;
    const char *name = symbol_at(e, index, at, &distance);
    if (name)
        rt_file_fmt(t->out, ", symbol %s+0x%llx", name, (unsigned long long)distance);
}

static void tell_values(ToolCtx *t, Bytes a, Bytes b, uint64_t at)
{
    if (at >= a.n || at >= b.n)
        rt_file_fmt(t->out, ": %llu and %llu bytes\n", (unsigned long long)a.n, (unsigned long long)b.n);
    else
        rt_file_fmt(t->out, ": 0x%02x and 0x%02x\n", (uint8_t)a.p[at], (uint8_t)b.p[at]);
}

static bool tell_section(ToolCtx *t, const char *what, const Elf *ea, const Elf *eb, uint32_t i, const Sec *sb)
{
    Sec sa;
    if (!section(ea, i, &sa))
        return false;
    Bytes a = contents(ea, &sa), b = contents(eb, sb);
    uint64_t at = first_difference(a, b);
    rt_file_fmt(t->out, "%s: section %s", what, sa.name);
    if (sa.type == SHT_RELA && at / RELA * RELA + RELA <= a.n) {
        uint64_t place = get_u64(a.p + at / RELA * RELA);
        Sec target;
        rt_file_fmt(t->out, ", relocation %llu", (unsigned long long)(at / RELA));
        if (raw_section(ea, sa.info, &target))
            tell_symbol(t, ea, sa.info, ea->rel ? place : place - target.addr);
    } else if (sa.type == SHT_SYMTAB && at / SYM * SYM + SYM <= a.n) {
        rt_file_fmt(t->out, ", entry %llu (%s)", (unsigned long long)(at / SYM),
                    string_at(ea, sa.link, get_u32(a.p + at / SYM * SYM)));
    } else {
        tell_symbol(t, ea, i, at);
    }
    rt_file_fmt(t->out, ", section offset 0x%llx", (unsigned long long)at);
    tell_values(t, a, b, at);
    return true;
}

/* Compares the sections of two ELF files by index; loaded ones first, as the others follow from them. */
static bool tell_elf(ToolCtx *t, const char *what, Bytes a, Bytes b)
{
    Elf ea, eb;
    Sec sa, sb;
    if (!elf_open(&ea, a) || !elf_open(&eb, b))
        return false;
    uint32_t n = ea.shnum < eb.shnum ? ea.shnum : eb.shnum;
    for (uint32_t i = 0; i < n; i++) {
        if (section(&ea, i, &sa) && section(&eb, i, &sb) && strcmp(sa.name, sb.name) != 0) {
            rt_file_fmt(t->out, "%s: section %u is %s in one and %s in the other\n", what, i, sa.name, sb.name);
            return true;
        }
    }
    if (ea.shnum != eb.shnum) {
        rt_file_fmt(t->out, "%s: %u and %u sections\n", what, ea.shnum, eb.shnum);
        return true;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            if (!section(&ea, i, &sa) || !section(&eb, i, &sb) || ((sa.flags & SHF_ALLOC) == 0) != (pass == 1))
                continue;
            if (!same_bytes(contents(&ea, &sa), contents(&eb, &sb)))
                return tell_section(t, what, &ea, &eb, i, &sb);
        }
    }
    return false;
}

/* ar(5): the member behind *at; its name without padding. False at the end or where it is malformed. */
static bool next_member(Bytes ar, uint64_t *at, Bytes *member, char name[17])
{
    uint64_t n = 0;
    if (!inside(ar.n, *at, 60))
        return false;
    const char *h = ar.p + *at;
    for (unsigned i = 48; i < 58 && h[i] >= '0' && h[i] <= '9'; i++)
        n = n * 10 + (uint64_t)(h[i] - '0');
    if (!inside(ar.n, *at + 60, n))
        return false;
    memcpy(name, h, 16);
    name[16] = 0;
    for (unsigned i = 16; i-- > 0 && (name[i] == ' ' || name[i] == '/');)
        name[i] = 0;
    member->p = h + 60;
    member->n = n;
    *at += 60 + n + (n & 1);
    return true;
}

static bool tell_archive(ToolCtx *t, const char *what, Bytes a, Bytes b)
{
    uint64_t at_a = 8, at_b = 8;
    Bytes ma, mb;
    char na[17], nb[17];
    if (a.n < 8 || b.n < 8 || memcmp(a.p, "!<arch>\n", 8) != 0 || memcmp(b.p, "!<arch>\n", 8) != 0)
        return false;
    while (next_member(a, &at_a, &ma, na) && next_member(b, &at_b, &mb, nb)) {
        if (strcmp(na, nb) != 0) {
            rt_file_fmt(t->out, "%s: member %s in one is %s in the other\n", what, na, nb);
            return true;
        }
        if (na[0] && !same_bytes(ma, mb)) { /* the symbol index and name table follow from the rest */
            const char *name = arena_fmt(t->perm, "%s: member %s", what, na);
            if (tell_elf(t, name, ma, mb))
                return true;
            uint64_t at = first_difference(ma, mb);
            rt_file_fmt(t->out, "%s: offset 0x%llx", name, (unsigned long long)at);
            tell_values(t, ma, mb, at);
            return true;
        }
    }
    return false;
}

int tool_cmp(ToolCtx *t, int argc, char **argv)
{
    Bytes b[2];
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        rt_file_fmt(t->out, "usage: idem cmp FILE1 FILE2\n"
                            "Silent and 0 when both are the same bytes; else 1 and the first difference: section,\n"
                            "symbol and offset in ELF files, member in archives, offset otherwise. 2: one cannot be read.\n");
        return 0;
    }
    if (argc != 3) {
        tool_error(t, "two files are wanted");
        return 2;
    }
    for (int i = 0; i < 2; i++) {
        size_t n = 0;
        int r = t->host->read_file(t->host->ctx, argv[i + 1], &b[i].p, &n, NULL);
        b[i].n = n;
        if (r < 0) {
            tool_error(t, "cannot read '%s': %s", argv[i + 1], rt_strerror(-r));
            return 2;
        }
    }
    if (same_bytes(b[0], b[1]))
        return 0;
    const char *what = arena_fmt(t->perm, "%s %s differ", argv[1], argv[2]);
    if (!tell_elf(t, what, b[0], b[1]) && !tell_archive(t, what, b[0], b[1])) {
        uint64_t at = first_difference(b[0], b[1]);
        rt_file_fmt(t->out, "%s: offset 0x%llx", what, (unsigned long long)at);
        tell_values(t, b[0], b[1], at);
    }
    return 1;
}
