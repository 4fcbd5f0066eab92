/* idem nm: the symbols of ELF64 objects, archives and executables, in GNU nm's formats. Foreign bytes: every offset is
 * checked before it is used. */
#include "arch/arch.h"
#include "ld/ld_target.h"
#include "obj/elf.h"
#include "obj/obj.h"
#include "tool/tool.h"

typedef enum Format { FORMAT_BSD, FORMAT_POSIX, FORMAT_NAMES } Format;

typedef struct Nm {
    ToolCtx *t;
    SrcMap sm;
    Diag d;
    Format format;
    bool numeric, by_size, reverse, unsorted, undefined_only, defined_only, global_only, no_weak, file_names, sizes, all, quiet,
         armap, special;
    char radix;                /* x, d, o */
    bool several;              /* files: headers are printed */
} Nm;

typedef struct Row {
    const char *name;
    uint64_t value, size;
    char letter;
    bool undefined;
    const Nm *nm;
} Row;

typedef struct Elf {           /* what a file shows of itself */
    const uint8_t *p;
    uint64_t n;
    const uint8_t *shdrs, *symtab, *shndx;
    uint64_t nsec, nsym;
    const char *str, *shstr;
    uint64_t str_n, shstr_n;
} Elf;

static const char help_text[] =
    "usage: idem nm [OPTION...] [FILE...]\n"
    "Lists the symbols of objects, archives and executables (a.out).\n\n"
    "  -g  external symbols only        -u  undefined only       --defined-only, -U\n"
    "  -n  by value   -p  unsorted   -r  reversed   --size-sort\n"
    "  -A  file name on each line       -S  sizes                -a  also section and file symbols\n"
    "  -P  portable format (-f posix)   -j  names only           -s  index of archives\n"
    "  -t d|o|x  radix                  -W  no weak symbols      --quiet\n";

/* ---- reading ---- */

static bool inside(const Elf *e, uint64_t off, uint64_t n)
{
    return off <= e->n && n <= e->n - off;
}

static const uint8_t *shdr(const Elf *e, uint64_t i)
{
    return e->shdrs + i * SHDR_SIZE;
}

static bool strings(const Elf *e, uint64_t i, const char **s, uint64_t *n)
{
    uint64_t off;
    if (i >= e->nsec)
        return false;
    off = get_u64(shdr(e, i) + SH_OFFSET);
    *n = get_u64(shdr(e, i) + SH_SIZE);
    if (!inside(e, off, *n) || *n == 0 || e->p[off + *n - 1] != 0)
        return false;
    *s = (const char *)e->p + off;
    return true;
}

/* NULL, or what is wrong. */
static const char *open_elf(Elf *e, const char *data, uint64_t n)
{
    uint64_t shoff, i, strndx;
    memset(e, 0, sizeof *e);
    e->p = (const uint8_t *)data;
    e->n = n;
    if (!obj_is_elf(data, (size_t)n))
        return "file format not recognized";
    if (n < EHDR_SIZE || e->p[EI_CLASS] != 2 || e->p[EI_DATA] != 1)
        return "not a 64-bit little-endian ELF file";
    shoff = get_u64(e->p + EH_SHOFF);
    if (shoff == 0)
        return NULL;
    if (!inside(e, shoff, SHDR_SIZE) || get_u16(e->p + EH_SHENTSIZE) != SHDR_SIZE)
        return "section headers lie outside of the file";
    e->shdrs = e->p + shoff;
    e->nsec = get_u16(e->p + EH_SHNUM);
    if (e->nsec == 0)
        e->nsec = get_u64(e->shdrs + SH_SIZE);
    if (e->nsec > (n - shoff) / SHDR_SIZE)
        return "section headers lie outside of the file";
    strndx = get_u16(e->p + EH_SHSTRNDX);
    if (strndx == SHN_XINDEX)
        strndx = get_u32(e->shdrs + SH_LINK);
    if (!strings(e, strndx, &e->shstr, &e->shstr_n))
        return "section names are damaged";
    for (i = 1; i < e->nsec; i++) {
        const uint8_t *s = shdr(e, i);
        uint64_t off = get_u64(s + SH_OFFSET), size = get_u64(s + SH_SIZE);
        if (get_u32(s + SH_TYPE) == SHT_SYMTAB) {
            if (!inside(e, off, size) || !strings(e, get_u32(s + SH_LINK), &e->str, &e->str_n))
                return "the symbol table is damaged";
            e->symtab = e->p + off;
            e->nsym = size / SYM_SIZE;
        } else if (get_u32(s + SH_TYPE) == SHT_SYMTAB_SHNDX && inside(e, off, size) && size / 4 >= e->nsym) {
            e->shndx = e->p + off;
        }
    }
    return NULL;
}

/* Section names that tell by themselves, as GNU nm has them. */
static char letter_of_name(const char *name)
{
    static const struct { const char *name; char letter; } known[] = {
        { ".bss", 'b' }, { ".data", 'd' }, { ".debug", 'N' }, { ".fini", 't' }, { ".init", 't' }, { ".rdata", 'r' },
        { ".rodata", 'r' }, { ".text", 't' },
    };
    for (size_t i = 0; i < countof(known); i++) {
        size_t n = strlen(known[i].name);
        if (strncmp(name, known[i].name, n) == 0 && (!name[n] || strchr(".$0123456789", name[n])))
            return known[i].letter;
    }
    return 0;
}

static char letter_of_section(const Elf *e, uint64_t i)
{
    const uint8_t *s = shdr(e, i);
    uint64_t flags = get_u64(s + SH_FLAGS);
    uint32_t name = get_u32(s + SH_NAME);
    const char *text = name < e->shstr_n ? e->shstr + name : "";
    char c = letter_of_name(text);
    if (c)
        return c;
    if (flags & SHF_ALLOC) {
        if (flags & SHF_EXECINSTR)
            return 't';
        if (get_u32(s + SH_TYPE) == SHT_NOBITS)
            return 'b';
        return flags & SHF_WRITE ? 'd' : 'r';
    }
    if (strncmp(text, ".debug", 6) == 0 || strncmp(text, ".gnu.debug", 10) == 0 || strncmp(text, ".stab", 5) == 0 ||
        strncmp(text, ".line", 5) == 0 || strncmp(text, ".gdb_index", 10) == 0)
        return 'N';
    return get_u32(s + SH_TYPE) == SHT_NOBITS ? '?' : flags & SHF_WRITE ? '?' : 'n';
}

static char letter_of(const Elf *e, const uint8_t *p, uint64_t shndx)
{
    unsigned bind = p[ST_INFO] >> 4, type = p[ST_INFO] & 15;
    char c;
    if (shndx == SHN_COMMON)
        return 'C';
    if (shndx == SHN_UNDEF)
        return bind == STB_WEAK ? type == STT_OBJECT ? 'v' : 'w' : 'U';
    if (type == STT_GNU_IFUNC)
        return 'i';
    if (bind == STB_WEAK)
        return type == STT_OBJECT ? 'V' : 'W';
    if (bind == STB_GNU_UNIQUE)
        return 'u';
    c = shndx == SHN_ABS ? 'a' : shndx < e->nsec ? letter_of_section(e, shndx) : '?';
    return bind == STB_LOCAL || c == '?' || c == 'N' ? c : (char)(c - 32);
}

/* ---- order ---- */

static int compare_rows(const void *a, const void *b, void *ctx)
{
    const Row *x = a, *y = b;
    const Nm *nm = x->nm;
    int c = 0;
    (void)ctx;
    if (nm->by_size && x->size != y->size)
        c = x->size < y->size ? -1 : 1;
    else if (nm->numeric && !nm->by_size && x->undefined != y->undefined)
        c = x->undefined ? -1 : 1;
    else if (nm->numeric && !nm->by_size && !x->undefined && x->value != y->value)
        c = x->value < y->value ? -1 : 1;
    else
        c = strcmp(x->name, y->name);
    if (c == 0 && nm->by_size && x->value != y->value)
        c = x->value < y->value ? -1 : 1;
    return nm->reverse ? -c : c;            /* equal ones keep the file's order either way */
}

/* ---- output ---- */

static void put_number(const Nm *nm, uint64_t v)
{
    int width = nm->format == FORMAT_POSIX ? 1 : 16;
    if (nm->radix == 'd')
        rt_file_fmt(nm->t->out, "%0*llu", width, (unsigned long long)v);
    else
        rt_file_fmt(nm->t->out, nm->radix == 'o' ? "%0*llo" : "%0*llx", width, (unsigned long long)v);
}

static void put_row(const Nm *nm, const Row *r, const char *file, const char *member)
{
    RtFile *f = nm->t->out;
    if (nm->file_names) {
        if (nm->format == FORMAT_POSIX)
            rt_file_fmt(f, member ? "%s[%s]: " : "%s: ", file, member);
        else
            rt_file_fmt(f, member ? "%s:%s:" : "%s:", file, member);
    }
    if (nm->format == FORMAT_NAMES) {
        rt_file_fmt(f, "%s\n", r->name);
    } else if (nm->format == FORMAT_POSIX) {
        rt_file_fmt(f, "%s %c ", r->name, r->letter);
        if (r->undefined) {
            rt_file_fmt(f, "        ");
        } else {
            put_number(nm, r->value);
            rt_file_fmt(f, " ");
            if (r->size)
                put_number(nm, r->size);
        }
        rt_file_fmt(f, "\n");
    } else {
        if (nm->by_size && !nm->sizes) {
            put_number(nm, r->size);
        } else if (r->undefined) {
            rt_file_fmt(f, "%16s", "");
        } else {
            put_number(nm, r->value);
            if (nm->sizes && r->size) {
                rt_file_fmt(f, " ");
                put_number(nm, r->size);
            }
        }
        rt_file_fmt(f, " %c %s\n", r->letter, r->name);
    }
}

static bool wanted(const Nm *nm, const Row *r, unsigned bind, unsigned type)
{
    if ((type == STT_SECTION || type == STT_FILE) && !nm->all)
        return false;
    if (nm->undefined_only && !r->undefined)
        return false;
    if (nm->defined_only && r->undefined)
        return false;
    if (nm->global_only && bind == STB_LOCAL)
        return false;
    if (nm->no_weak && bind == STB_WEAK)
        return false;
    return !nm->by_size || (r->size && !r->undefined);
}

/* Where a linker may shorten code, assemblers mark every place with a label; they tell people nothing. */
static bool is_marker(const Nm *nm, const Elf *e, const char *name, unsigned bind)
{
    const Target *t = target_by_machine((uint16_t)get_u16(e->p + EH_MACHINE));
    return bind == STB_LOCAL && !nm->special && t && t->link->relax_reloc &&
           (!name[0] || strncmp(name, ".L", 2) == 0 || strncmp(name, "$x", 2) == 0 || strncmp(name, "$d", 2) == 0);
}

static int list_file(Nm *nm, const char *file, const char *member, const char *data, uint64_t n)
{
    Elf e;
    const char *wrong = open_elf(&e, data, n);
    VEC(Row) rows;
    uint64_t i;
    if (wrong)
        return tool_error(nm->t, member ? "%s(%s): %s" : "%s%.0s: %s", file, member ? member : "", wrong);
    memset(&rows, 0, sizeof rows);
    for (i = 1; i < e.nsym; i++) {
        const uint8_t *p = e.symtab + i * SYM_SIZE;
        uint32_t name = get_u32(p + ST_NAME);
        uint64_t shndx = get_u16(p + ST_SHNDX);
        unsigned bind = p[ST_INFO] >> 4, type = p[ST_INFO] & 15;
        Row r;
        memset(&r, 0, sizeof r);
        if (shndx == SHN_XINDEX && e.shndx)
            shndx = get_u32(e.shndx + i * 4);
        r.nm = nm;
        r.name = name < e.str_n ? e.str + name : "<damaged>";
        if (type == STT_SECTION && !*r.name && shndx < e.nsec && get_u32(shdr(&e, shndx) + SH_NAME) < e.shstr_n)
            r.name = e.shstr + get_u32(shdr(&e, shndx) + SH_NAME);
        r.value = get_u64(p + ST_VALUE);
        r.size = get_u64(p + ST_SIZE);
        r.undefined = shndx == SHN_UNDEF;
        if (shndx == SHN_COMMON)
            r.value = r.size;
        r.letter = letter_of(&e, p, shndx);
        if (wanted(nm, &r, bind, type) && !is_marker(nm, &e, r.name, bind))
            vec_push(nm->t->perm, &rows, r);
    }
    if (nm->several && !nm->file_names && nm->format != FORMAT_NAMES) {
        if (nm->format == FORMAT_POSIX)
            rt_file_fmt(nm->t->out, member ? "%s[%s]:\n" : "%s:\n", file, member);
        else
            rt_file_fmt(nm->t->out, "\n%s:\n", member ? member : file);
    }
    if (e.nsym <= 1 && !nm->quiet) {
        rt_file_flush(nm->t->out);
        rt_file_fmt(nm->t->err, "idem nm: %s: no symbols\n", member ? member : file);
        rt_file_flush(nm->t->err);
    }
    if (!nm->unsorted)
        rt_sort(rows.p, rows.n, sizeof(Row), arena_alloc(nm->t->perm, (rows.n + 1) * sizeof(Row)), compare_rows, NULL);
    for (i = 0; i < rows.n; i++)
        put_row(nm, &rows.p[i], file, member);
    return 0;
}

static int list_archive(Nm *nm, const char *file, const char *data, size_t n)
{
    Archive *ar = ar_read(nm->t->perm, &nm->d, file, data, n);
    bool several = nm->several;
    int status = 0;
    uint32_t i;
    if (!ar)
        return 1;
    if (nm->armap && ar->has_index) {
        rt_file_fmt(nm->t->out, "\nArchive index:\n");
        for (i = 0; i < ar->index.n; i++)
            rt_file_fmt(nm->t->out, "%.*s in %s\n", (int)ar->index.p[i].name_n, ar->index.p[i].name,
                        ar->members.p[ar->index.p[i].member].name);
    }
    nm->several = true;
    if (several && !nm->file_names && nm->format == FORMAT_BSD)
        rt_file_fmt(nm->t->out, "\n%s:\n", file);
    for (i = 0; i < ar->members.n; i++)
        status |= list_file(nm, file, ar->members.p[i].name, ar->members.p[i].data, ar->members.p[i].n);
    nm->several = several;
    return status;
}

static int list_any(Nm *nm, const char *file)
{
    const char *data;
    size_t n;
    int r = nm->t->host->read_file(nm->t->host->ctx, file, &data, &n, NULL);
    if (r < 0)
        return tool_error(nm->t, "cannot read %s: %s", file, rt_strerror(-r));
    if (ar_is(data, n) || ar_is_thin(data, n))
        return list_archive(nm, file, data, n);
    return list_file(nm, file, NULL, data, n);
}

/* ---- the command line ---- */

static bool set_format(Nm *nm, const char *s)
{
    if (s[0] == 'b' || s[0] == 'B')
        nm->format = FORMAT_BSD;
    else if (s[0] == 'p' || s[0] == 'P')
        nm->format = FORMAT_POSIX;
    else if (s[0] == 'j')
        nm->format = FORMAT_NAMES;
    else
        return false;
    return true;
}

static bool long_option(Nm *nm, const char *s)
{
    if (strcmp(s, "extern-only") == 0) nm->global_only = true;
    else if (strcmp(s, "undefined-only") == 0) nm->undefined_only = true;
    else if (strcmp(s, "defined-only") == 0) nm->defined_only = true;
    else if (strcmp(s, "numeric-sort") == 0) nm->numeric = true;
    else if (strcmp(s, "no-sort") == 0) nm->unsorted = true;
    else if (strcmp(s, "reverse-sort") == 0) nm->reverse = true;
    else if (strcmp(s, "size-sort") == 0) nm->by_size = true;
    else if (strcmp(s, "print-file-name") == 0) nm->file_names = true;
    else if (strcmp(s, "print-size") == 0) nm->sizes = true;
    else if (strcmp(s, "print-armap") == 0) nm->armap = true;
    else if (strcmp(s, "debug-syms") == 0) nm->all = true;
    else if (strcmp(s, "special-syms") == 0) nm->special = true;
    else if (strcmp(s, "no-weak") == 0) nm->no_weak = true;
    else if (strcmp(s, "quiet") == 0) nm->quiet = true;
    else if (strcmp(s, "portability") == 0) nm->format = FORMAT_POSIX;
    else if (strcmp(s, "just-symbols") == 0) nm->format = FORMAT_NAMES;
    else if (strncmp(s, "format=", 7) == 0) return set_format(nm, s + 7);
    else if (strncmp(s, "radix=", 6) == 0 && strchr("dox", s[6])) nm->radix = s[6];
    else return strcmp(s, "no-demangle") == 0 || strcmp(s, "without-symbol-versions") == 0;
    return true;
}

/* Letters of one word; the argument of f and t is the rest or the next word. False for an unknown letter. */
static bool short_options(Nm *nm, const char *s, int argc, char **argv, int *i)
{
    for (; *s; s++) {
        switch (*s) {
        case 'g': nm->global_only = true; break;
        case 'u': nm->undefined_only = true; break;
        case 'U': nm->defined_only = true; break;
        case 'n': case 'v': nm->numeric = true; break;
        case 'p': nm->unsorted = true; break;
        case 'r': nm->reverse = true; break;
        case 'A': case 'o': nm->file_names = true; break;
        case 'S': nm->sizes = true; break;
        case 's': nm->armap = true; break;
        case 'a': nm->all = true; break;
        case 'W': nm->no_weak = true; break;
        case 'P': nm->format = FORMAT_POSIX; break;
        case 'B': nm->format = FORMAT_BSD; break;
        case 'j': nm->format = FORMAT_NAMES; break;
        case 'C': break;
        case 'f': case 't': {
            const char *arg = s[1] ? s + 1 : *i + 1 < argc ? argv[++*i] : "";
            if (*s == 'f')
                return set_format(nm, arg);
            nm->radix = arg[0];
            return arg[0] && strchr("dox", arg[0]);
        }
        default:
            return false;
        }
    }
    return true;
}

int tool_nm(ToolCtx *t, int argc, char **argv)
{
    Nm *nm = arena_new(t->perm, Nm);
    VEC(const char *) files;
    int status = 0, i;
    bool options = true;
    memset(&files, 0, sizeof files);
    nm->t = t;
    nm->radix = 'x';
    src_init(&nm->sm, t->perm);
    diag_init(&nm->d, &nm->sm, t->perm, tool_diag_sink, t);
    for (i = 1; i < argc; i++) {
        const char *a = argv[i];
        bool ok = true;
        if (!options || a[0] != '-' || !a[1]) {
            vec_push(t->perm, &files, a);
        } else if (strcmp(a, "--") == 0) {
            options = false;
        } else if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
            rt_file_fmt(t->out, "%s", help_text);
            return 0;
        } else if (strcmp(a, "--version") == 0 || strcmp(a, "-V") == 0) {
            rt_file_fmt(t->out, "idem nm %s (takes GNU nm's options)\n", TOOL_VERSION);
            return 0;
        } else if (strcmp(a, "-D") == 0 || strcmp(a, "--dynamic") == 0) {
            tool_error(t, "%s: dynamic symbols are not supported", a);
            return 2;
        } else {
            ok = a[1] == '-' ? long_option(nm, a + 2) : short_options(nm, a + 1, argc, argv, &i);
        }
        if (!ok) {
            tool_error(t, "unknown option '%s'; see 'idem nm --help'", a);
            return 2;
        }
    }
    if (!files.n)
        vec_push(t->perm, &files, "a.out");
    nm->several = files.n > 1;
    for (i = 0; i < (int)files.n; i++)
        status |= list_any(nm, files.p[i]);
    return status;
}
