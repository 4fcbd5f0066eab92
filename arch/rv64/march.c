/* march.c: -march strings to sets of extensions and back, and what an object says of itself. Source: ISA naming
 * conventions (ISA 20191213, chapter 27), psABI 1.0, "File Header" and "Attributes". One idea: a table in
 * canonical order with what each implies. */
#include "arch/rv64/rv64.h"

typedef struct Ext {
    const char *name;
    uint32_t bit, implies;
    uint8_t major, minor;
} Ext;

/* Canonical order: single letters, then z by the category letter behind it, each category by alphabet. */
static const Ext exts[] = {
    { "i", RV64_X_I, 0, 2, 1 },
    { "m", RV64_X_M, RV64_X_ZMMUL, 2, 0 },
    { "a", RV64_X_A, 0, 2, 1 },
    { "f", RV64_X_F, RV64_X_ZICSR, 2, 2 },
    { "d", RV64_X_D, RV64_X_F | RV64_X_ZICSR, 2, 2 },
    { "c", RV64_X_C, 0, 2, 0 },
    { "zicond", RV64_X_ZICOND, 0, 1, 0 },
    { "zicsr", RV64_X_ZICSR, 0, 2, 0 },
    { "zifencei", RV64_X_ZIFENCEI, 0, 2, 0 },
    { "zihintpause", RV64_X_ZIHINTPAUSE, 0, 2, 0 },
    { "zmmul", RV64_X_ZMMUL, 0, 1, 0 },
    { "zba", RV64_X_ZBA, 0, 1, 0 },
    { "zbb", RV64_X_ZBB, 0, 1, 0 },
    { "zbc", RV64_X_ZBC, 0, 1, 0 },
    { "zbs", RV64_X_ZBS, 0, 1, 0 },
};
static const Ext groups[] = {
    { "g", RV64_X_G, 0, 2, 0 },
    { "b", RV64_X_ZBA | RV64_X_ZBB | RV64_X_ZBS, 0, 1, 0 },
};

static const Ext *find(const Ext *t, size_t count, const char *s, size_t n)
{
    size_t i;
    for (i = 0; i < count; i++)
        if (strlen(t[i].name) == n && memcmp(t[i].name, s, n) == 0)
            return &t[i];
    return NULL;
}

static bool unknown(const char *march, size_t mn, const char *s, size_t n, Buf *err)
{
    size_t i;
    buf_fmt(err, "unknown extension '%.*s' in '%.*s'; known are", (int)n, s, (int)mn, march);
    for (i = 0; i < countof(exts); i++)
        buf_fmt(err, " %s%s", exts[i].name, i + 1 < countof(exts) ? "," : "");
    buf_str(err, ", and g for imafd_zicsr_zifencei, b for zba_zbb_zbs");
    return false;
}

static bool digit(const char *s, const char *end)
{
    return s < end && *s >= '0' && *s <= '9';
}

/* Steps over a version "2" or "2p1"; what it says is not looked at. */
static const char *version(const char *s, const char *end)
{
    while (digit(s, end))
        s++;
    if (s < end && *s == 'p' && digit(s + 1, end))
        for (s++; digit(s, end); s++)
            ;
    return s;
}

static const char *digits_begin(const char *s, const char *end)
{
    while (end > s && digit(end - 1, end))
        end--;
    return end;
}

/* Where the version at the end of a long name begins; no name known here ends in a digit. */
static const char *without_version(const char *s, const char *end)
{
    const char *minor = digits_begin(s, end), *major;
    if (minor == end || minor == s || minor[-1] != 'p')
        return minor;
    major = digits_begin(s, minor - 1);
    return major < minor - 1 ? major : minor;
}

bool rv64_march_parse(const char *s, size_t n, uint32_t *ext, Buf *err)
{
    const char *p = s, *end = s + n;
    const Ext *e;
    uint32_t set = 0;
    size_t i;
    if (n < 5 || memcmp(s, "rv64", 4) != 0 || (s[4] != 'i' && s[4] != 'g')) {
        if (n >= 4 && memcmp(s, "rv32", 4) == 0)
            buf_fmt(err, "'%.*s' is a 32-bit architecture; this target begins with rv64i or rv64g", (int)n, s);
        else
            buf_fmt(err, "'%.*s' does not begin with rv64i or rv64g", (int)n, s);
        return false;
    }
    for (p += 4; p < end;) {
        const char *name = p;
        if (*p == '_') {
            if (++p == end || *p == '_') {
                buf_fmt(err, "no extension behind '_' in '%.*s'", (int)n, s);
                return false;
            }
            continue;
        }
        if (*p == 'z' || *p == 's' || *p == 'x') {
            const char *stop = p;
            while (stop < end && *stop != '_')
                stop++;
            p = without_version(name, stop);
            e = find(exts, countof(exts), name, (size_t)(p - name));
            if (!e)
                return unknown(s, n, name, (size_t)(p - name), err);
            p = stop;
        } else {
            e = find(exts, countof(exts), name, 1);
            if (!e)
                e = find(groups, countof(groups), name, 1);
            if (!e)
                return unknown(s, n, name, 1, err);
            p = version(p + 1, end);
        }
        set |= e->bit | e->implies;
    }
    for (i = 0; i < countof(exts); i++)
        if (set & exts[i].bit)
            set |= exts[i].implies;
    *ext = set;
    return true;
}

void rv64_march_text(uint32_t ext, Buf *out)
{
    size_t i;
    buf_str(out, "rv64");
    for (i = 0; i < countof(exts); i++)
        if (ext & exts[i].bit)
            buf_fmt(out, "%s%s%dp%d", i ? "_" : "", exts[i].name, exts[i].major, exts[i].minor);
}

void rv64_march_names(uint32_t ext, Buf *out)
{
    size_t i;
    const char *sep = "";
    for (i = 0; i < countof(exts); i++)
        if (ext & exts[i].bit) {
            buf_fmt(out, exts[i].bit == RV64_X_ZMMUL ? "%s'm' or '%s'" : "%s'%s'", sep, exts[i].name);
            sep = ", ";
        }
}

void rv64_march_predefine(uint32_t ext, Buf *out)
{
    size_t i;
    for (i = 0; i < countof(exts); i++)
        if (ext & exts[i].bit)
            buf_fmt(out, "#define __riscv_%s %d\n", exts[i].name, exts[i].major * 1000000 + exts[i].minor * 1000);
}

uint32_t rv64_march_without(uint32_t set, uint32_t without, size_t n, const char *name)
{
    const Ext *e = find(exts, countof(exts), name, n);
    size_t i;
    without = e ? e->bit : without;
    for (i = 0; i < countof(exts); i++)
        if (exts[i].implies & without)
            without |= exts[i].bit;
    return set & ~without;
}

uint32_t rv64_e_flags(uint32_t ext, unsigned float_abi)
{
    return (ext & RV64_X_C ? 1u : 0) | float_abi << 1;
}

static void put_uleb(Buf *b, uint64_t v)
{
    for (; v > 0x7f; v >>= 7)
        buf_u8(b, (v & 0x7f) | 0x80);
    buf_u8(b, (uint8_t)v);
}

/* 'A', then one vendor's part: size, "riscv", then the file's attributes (tag 1): size, pairs of tag and value. */
void rv64_attributes_all(Buf *out, uint32_t ext, const Rv64Attr *a, size_t n)
{
    Buf tags;
    size_t i;
    buf_init(&tags, out->arena);
    for (i = 0; i < n; i++) {
        put_uleb(&tags, a[i].tag);
        if (a[i].tag == RV64_TAG_ARCH && !a[i].text) {
            rv64_march_text(ext, &tags);
            buf_u8(&tags, 0);
        } else if (a[i].tag & 1) {
            buf_put(&tags, a[i].text, a[i].n);
            buf_u8(&tags, 0);
        } else {
            put_uleb(&tags, a[i].number);
        }
    }
    buf_u8(out, 'A');
    buf_u32(out, (uint32_t)(4 + 6 + 1 + 4 + tags.n));
    buf_put(out, "riscv", 6);
    buf_u8(out, 1);
    buf_u32(out, (uint32_t)(1 + 4 + tags.n));
    buf_put(out, tags.p, tags.n);
}

void rv64_attributes(Buf *out, uint32_t ext, unsigned stack_align)
{
    Rv64Attr a[2];
    memset(a, 0, sizeof a);
    a[0].tag = RV64_TAG_STACK_ALIGN;
    a[0].number = stack_align;
    a[1].tag = RV64_TAG_ARCH;
    rv64_attributes_all(out, ext, stack_align ? a : a + 1, stack_align ? 2 : 1);
}
