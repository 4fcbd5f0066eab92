/* attr.c: what RISC-V objects say of themselves, joined into what the linked whole says (psABI, "File Header", "Attributes").
 * In: e_flags and the bytes of .riscv.attributes of each file. Out: e_flags and one such section, or an error that names both files
 * that do not go together. One idea: an arch string is a list of names with versions; names need not be known here, a foreign object
 * may have any, so they are kept and only put in order. */
#include "arch/rv64/link.h"

enum { EF_RVC = 1, EF_FLOAT = 6, EF_RVE = 8, EF_TSO = 16 };
enum { TAG_STACK_ALIGN = RV64_TAG_STACK_ALIGN, TAG_ARCH = RV64_TAG_ARCH, TAG_UNALIGNED = RV64_TAG_UNALIGNED_ACCESS,
       TAG_PRIV = RV64_TAG_PRIV_SPEC, TAG_PRIV_REVISION = RV64_TAG_PRIV_SPEC_REVISION, TAG_ATOMIC_ABI = 14, TAG_X3_USE = 16, TAGS = 18 };
enum { MAX_NAMES = 512 };      /* extensions of the whole; far beyond what exists */

typedef struct Name {
    const char *s;
    uint32_t n;
    uint32_t major, minor;
    bool versioned;
} Name;

typedef struct Value {
    uint64_t v;
    const char *file;          /* that said so; NULL: nobody did */
} Value;

typedef struct Traits {
    Arena *a;
    Diag *d;
    uint32_t e_flags;
    const char *e_file;        /* that has code first */
    VEC(Name) names;
    Value values[TAGS];
    bool priv_differs;
} Traits;

typedef struct Reader {
    Traits *t;
    const char *file;
    const uint8_t *p, *end;
    Value seen[TAGS];          /* of this file */
} Reader;

static bool malformed(Reader *r, const char *what)
{
    diag_file(r->t->d, DIAG_ERROR, r->file, "section .riscv.attributes is damaged: %s", what);
    return false;
}

/* ---- arch strings ---- */

static const char singles[] = "iemafdqlcbkjtpvnh";

static int letter_rank(char c)
{
    const char *at = c ? strchr(singles, c) : NULL;
    return at ? (int)(at - singles) : 32 + c;
}

/* Canonical order: single letters; z by the letter behind it, then by name; s; x (ISA manual, "ISA Extension Naming Conventions"). */
static int compare_names(const void *a, const void *b, void *ctx)
{
    const Name *x = a, *y = b;
    int kx = x->n == 1 ? 0 : x->s[0] == 'z' ? 1 : x->s[0] == 's' ? 2 : 3, ky = y->n == 1 ? 0 : y->s[0] == 'z' ? 1 : y->s[0] == 's' ? 2 : 3;
    uint32_t i;
    (void)ctx;
    if (kx != ky)
        return kx - ky;
    if (kx < 2 && letter_rank(x->s[kx]) != letter_rank(y->s[ky]))
        return letter_rank(x->s[kx]) - letter_rank(y->s[ky]);
    for (i = 0; i < x->n && i < y->n; i++)
        if (x->s[i] != y->s[i])
            return (uint8_t)x->s[i] - (uint8_t)y->s[i];
    return (int)x->n - (int)y->n;
}

static bool add_name(Reader *r, const char *s, size_t n, bool versioned, uint32_t major, uint32_t minor)
{
    Traits *t = r->t;
    Name *to = NULL;
    uint32_t i;
    for (i = 0; i < t->names.n && !to; i++)
        if (t->names.p[i].n == n && memcmp(t->names.p[i].s, s, n) == 0)
            to = &t->names.p[i];
    if (!to) {
        if (t->names.n == MAX_NAMES)
            return malformed(r, "too many extensions");
        vec_reserve(t->a, &t->names, 1);
        to = &t->names.p[t->names.n++];
        memset(to, 0, sizeof *to);
        to->s = s;
        to->n = (uint32_t)n;
    }
    if (versioned && (!to->versioned || major > to->major || (major == to->major && minor > to->minor))) {
        to->versioned = true;
        to->major = major;
        to->minor = minor;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool number(const char **p, const char *end, uint32_t *v)
{
    const char *start = *p;
    for (*v = 0; *p < end && is_digit(**p); ++*p) {
        if (*v > 99999)
            return false;
        *v = *v * 10 + (uint32_t)(**p - '0');
    }
    return *p > start;
}

/* The version at [p, end): nothing, "2" or "2p1". */
static bool version(const char *p, const char *end, bool *versioned, uint32_t *major, uint32_t *minor)
{
    *major = *minor = 0;
    *versioned = p < end;
    if (!*versioned)
        return true;
    if (!number(&p, end, major))
        return false;
    if (p == end)
        return true;
    return *p++ == 'p' && number(&p, end, minor) && p == end;
}

static bool arch_name(Reader *r, const char *s, const char *name_end, const char *end)
{
    static const char *const g[] = { "i", "m", "a", "f", "d", "zicsr", "zifencei" };
    uint32_t major, minor, i;
    bool versioned;
    if (!version(name_end, end, &versioned, &major, &minor))
        return malformed(r, "a version in the architecture is not NpM");
    if (name_end - s > 1 || *s != 'g')
        return add_name(r, s, (size_t)(name_end - s), versioned, major, minor);
    for (i = 0; i < countof(g); i++)
        if (!add_name(r, g[i], strlen(g[i]), false, 0, 0))
            return false;
    return true;
}

static const char *digits_before(const char *s, const char *end)
{
    while (end > s && is_digit(end[-1]))
        end--;
    return end;
}

/* Where the version at the end of a long name begins. */
static const char *long_name_end(const char *s, const char *end)
{
    const char *minor = digits_before(s, end), *major;
    if (minor == end || minor == s || minor[-1] != 'p')
        return minor;
    major = digits_before(s, minor - 1);
    return major < minor - 1 ? major : minor;
}

static bool read_arch(Reader *r, const char *s, size_t n)
{
    const char *p = s, *end = s + n, *stop;
    if (n < 5 || memcmp(s, "rv64", 4) != 0 || !strchr("ieg", s[4])) {
        diag_file(r->t->d, DIAG_ERROR, r->file,
                  "architecture '%.*s' of section .riscv.attributes is not rv64i, rv64e or rv64g with extensions", n > 60 ? 60 : (int)n, s);
        return false;
    }
    for (p += 4; p < end; p = stop) {
        if (*p == '_') {
            stop = p + 1;
            continue;
        }
        if (*p < 'a' || *p > 'z')
            return malformed(r, "the architecture has something else than names");
        if (strchr("zsx", *p)) {
            for (stop = p + 1; stop < end && *stop != '_'; stop++)
                if (!is_digit(*stop) && (*stop < 'a' || *stop > 'z'))
                    return malformed(r, "the architecture has something else than names");
            if (long_name_end(p, stop) - p < 2)
                return malformed(r, "the architecture has a name of one letter that needs more");
            if (!arch_name(r, p, long_name_end(p, stop), stop))
                return false;
            continue;
        }
        for (stop = p + 1; stop < end && is_digit(*stop); stop++)
            ;
        if (stop > p + 1 && stop + 1 < end && *stop == 'p' && is_digit(stop[1]))
            for (stop++; stop < end && is_digit(*stop); stop++)
                ;
        if (!arch_name(r, p, p + 1, stop))
            return false;
    }
    return true;
}

/* ---- the section ---- */

static bool read_uleb(Reader *r, uint64_t *v)
{
    unsigned shift;
    *v = 0;
    for (shift = 0; r->p < r->end; shift += 7) {
        uint8_t b = *r->p++;
        if (shift > 56 && b > 1)
            return malformed(r, "a number is too large");
        *v |= (uint64_t)(b & 0x7f) << shift;
        if (!(b & 0x80))
            return true;
        if (shift > 56)
            return malformed(r, "a number is too large");
    }
    return malformed(r, "a number is cut off");
}

static bool read_string(Reader *r, const char **s, size_t *n)
{
    const uint8_t *zero = memchr(r->p, 0, (size_t)(r->end - r->p));
    if (!zero)
        return malformed(r, "a string does not end");
    *s = (const char *)r->p;
    *n = (size_t)(zero - r->p);
    r->p = zero + 1;
    return true;
}

/* A part that begins with its size, which counts `before` bytes in front; leaves r at its contents, *stop behind it. */
static bool open_part(Reader *r, size_t before, const uint8_t **stop)
{
    uint32_t n;
    if (r->end - r->p < 4)
        return malformed(r, "a size is cut off");
    n = get_u32(r->p);
    if (n < before + 4 || n - before > (size_t)(r->end - r->p))
        return malformed(r, "a size is wrong");
    *stop = r->p + (n - before);
    r->p += 4;
    return true;
}

/* Even tags have a number, odd ones a string; those whose low seven bits are below 64 must be understood (psABI). */
static bool read_tag(Reader *r)
{
    uint64_t tag, v;
    const char *s;
    size_t n;
    if (!read_uleb(r, &tag))
        return false;
    if (tag & 1) {
        if (!read_string(r, &s, &n))
            return false;
        if (tag == TAG_ARCH)
            return read_arch(r, s, n);
    } else {
        if (!read_uleb(r, &v))
            return false;
        if (tag >= TAG_STACK_ALIGN && tag < TAGS) {
            r->seen[tag].v = v;
            r->seen[tag].file = r->file;
            return true;
        }
    }
    if ((tag & 127) < 64) {
        diag_file(r->t->d, DIAG_ERROR, r->file, "section .riscv.attributes: tag %llu is unknown and must be understood",
                  (unsigned long long)tag);
        return false;
    }
    return true;
}

static bool read_section(Reader *r, const uint8_t *p, size_t n)
{
    const uint8_t *all = p + n, *vendor_end, *file_end;
    const char *vendor;
    uint64_t scope;
    size_t vn;
    r->p = p;
    r->end = all;
    if (n == 0)
        return true;
    if (*r->p++ != 'A')
        return malformed(r, "unknown format");
    while (r->p < all) {
        if (!open_part(r, 0, &vendor_end))
            return false;
        r->end = vendor_end;
        if (!read_string(r, &vendor, &vn))
            return false;
        while (strcmp(vendor, "riscv") == 0 && r->p < vendor_end) {
            const uint8_t *start = r->p;
            if (!read_uleb(r, &scope) || !open_part(r, (size_t)(r->p - start), &file_end))
                return false;
            r->end = file_end;
            while (scope == 1 && r->p < file_end)   /* of the file; 2 and 3, of sections and symbols, nobody writes */
                if (!read_tag(r))
                    return false;
            r->p = file_end;
            r->end = vendor_end;
        }
        r->p = vendor_end;
        r->end = all;
    }
    return true;
}

/* ---- joining ---- */

static bool disagree(Traits *t, const char *what, const Value *old, const Value *new)
{
    diag_file(t->d, DIAG_ERROR, new->file, "%s %llu, but %s has %llu", what, (unsigned long long)new->v, old->file,
              (unsigned long long)old->v);
    return false;
}

/* psABI, "Tag_RISCV_atomic_abi": 1 A6C, 2 A6S, 3 A7; A6S goes with each, the others do not go together. */
static bool join_atomic(Traits *t, Value *old, const Value *new)
{
    if (old->v == 0 || old->v == 2)
        *old = *new;
    else if (new->v != 0 && new->v != 2 && new->v != old->v)
        return disagree(t, "atomic ABI", old, new);
    return true;
}

static bool join_values(Traits *t, const Value *seen)
{
    unsigned i;
    for (i = TAG_STACK_ALIGN; i < TAGS; i += 2) {
        Value *old = &t->values[i];
        if (!seen[i].file)
            continue;
        if (!old->file)
            *old = seen[i];
        else if (i == TAG_UNALIGNED)
            old->v |= seen[i].v;
        else if (i == TAG_ATOMIC_ABI && !join_atomic(t, old, &seen[i]))
            return false;
        else if (i == TAG_STACK_ALIGN && old->v != seen[i].v)
            return disagree(t, "stack alignment", old, &seen[i]);
        else if (i == TAG_X3_USE && old->v && seen[i].v && old->v != seen[i].v)
            return disagree(t, "use of register x3", old, &seen[i]);
        else if (i >= TAG_PRIV && i <= TAG_PRIV_REVISION && old->v != seen[i].v)
            t->priv_differs = true;
        else if (i == TAG_X3_USE && !old->v)
            *old = seen[i];
    }
    return true;
}

static const char *float_abi(uint32_t e_flags)
{
    static const char *const names[] = { "lp64 (soft)", "lp64f", "lp64d", "lp64q" };
    return names[(e_flags & EF_FLOAT) >> 1];
}

static bool join_flags(Traits *t, const LdTraits *f)
{
    if (f->e_flags & ~(uint32_t)(EF_RVC | EF_FLOAT | EF_RVE | EF_TSO)) {
        diag_file(t->d, DIAG_ERROR, f->name, "unknown bits in e_flags 0x%x", (unsigned)f->e_flags);
        return false;
    }
    if (!f->has_code)                       /* data wrapped by a tool that knows no ABI */
        return true;
    if (!t->e_file) {
        t->e_file = f->name;
        t->e_flags = f->e_flags;
        return true;
    }
    if ((t->e_flags ^ f->e_flags) & EF_FLOAT) {
        diag_file(t->d, DIAG_ERROR, f->name, "float ABI %s, but %s has %s", float_abi(f->e_flags), t->e_file, float_abi(t->e_flags));
        return false;
    }
    if ((t->e_flags ^ f->e_flags) & EF_RVE) {
        diag_file(t->d, DIAG_ERROR, f->name, "%s registers, but %s has %s", f->e_flags & EF_RVE ? "16 (rve)" : "32", t->e_file,
                  t->e_flags & EF_RVE ? "16 (rve)" : "32");
        return false;
    }
    t->e_flags |= f->e_flags & (EF_RVC | EF_TSO);
    return true;
}

void *rv64_traits_new(Arena *a, Diag *d)
{
    Traits *t = arena_new(a, Traits);
    t->a = a;
    t->d = d;
    return t;
}

bool rv64_traits_add(void *state, const LdTraits *f)
{
    Traits *t = state;
    Reader r;
    if (!f->attributes)
        return join_flags(t, f);
    memset(&r, 0, sizeof r);
    r.t = t;
    r.file = f->name;
    return read_section(&r, f->attributes, f->n) && join_values(t, r.seen);
}

static const char *arch_text(Traits *t, size_t *n)
{
    Buf b;
    uint32_t i;
    buf_init(&b, t->a);
    rt_sort(t->names.p, t->names.n, sizeof(Name), arena_alloc(t->a, (t->names.n + 1) * sizeof(Name)), compare_names, NULL);
    for (i = 0; i < t->names.n; i++) {
        const Name *e = &t->names.p[i];
        buf_fmt(&b, "%s%.*s", i ? "_" : "rv64", (int)e->n, e->s);
        if (e->versioned)
            buf_fmt(&b, "%up%u", (unsigned)e->major, (unsigned)e->minor);
    }
    *n = b.n;
    return buf_cstr(&b);
}

uint32_t rv64_traits_end(void *state, uint32_t e_flags, Buf *out)
{
    Traits *t = state;
    Rv64Attr all[TAGS];
    size_t n = 0;
    unsigned i;
    memset(all, 0, sizeof all);
    for (i = TAG_STACK_ALIGN; i < TAGS; i++) {
        bool dropped = t->priv_differs && i >= TAG_PRIV && i <= TAG_PRIV_REVISION;
        if (i == TAG_ARCH && t->names.n)
            all[n].text = arch_text(t, &all[n].n);
        else if (t->values[i].file && t->values[i].v && !dropped)
            all[n].number = t->values[i].v;
        else
            continue;
        all[n++].tag = i;
    }
    if (n)
        rv64_attributes_all(out, 0, all, n);
    return t->e_file ? t->e_flags : e_flags;
}
