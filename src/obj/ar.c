/* ar.c: archives in the System V/GNU layout. In: any bytes, or a list of members. Out: an Archive, or the file.
 * A file is "!<arch>\n" and members at even offsets, each behind a 60-byte header of text fields. Member "/" is the symbol
 * index (big-endian offsets, then names), "/SYM64/" the same with 64-bit offsets, "//" holds names that are too long for the
 * header ("/12" is the one at 12). The 4.4BSD form of long names ("#1/20") is read, never written. */
#include "obj/obj.h"

#include "obj/elf.h"

enum { AR_MAGIC = 8, AR_HEADER = 60, AR_NAME = 16 };

bool ar_is(const char *data, size_t n)
{
    return n >= AR_MAGIC && memcmp(data, "!<arch>\n", AR_MAGIC) == 0;
}

bool ar_is_thin(const char *data, size_t n)
{
    return n >= AR_MAGIC && memcmp(data, "!<thin>\n", AR_MAGIC) == 0;
}

static uint64_t be(const char *p, unsigned n)
{
    uint64_t v = 0;
    unsigned i;
    for (i = 0; i < n; i++)
        v = v << 8 | (uint8_t)p[i];
    return v;
}

/* A number padded with spaces; false when there is anything else in the field. */
static bool number(const char *p, unsigned n, unsigned base, uint64_t *v)
{
    unsigned i = 0, digits = 0;
    *v = 0;
    while (i < n && p[i] == ' ')
        i++;
    for (; i < n && p[i] >= '0' && p[i] < (char)('0' + base); i++, digits++)
        *v = *v * base + (uint64_t)(p[i] - '0');
    while (i < n && p[i] == ' ')
        i++;
    return i == n && digits <= 19;
}

/* ---- the symbols an index holds ---- */

typedef void SymbolSink(void *ctx, const char *name, size_t n);

/* Calls f for each defined or common symbol of global scope in a 64-bit little-endian ELF file; nothing for other or damaged bytes. */
static void scan_elf(const char *data, size_t n, SymbolSink *f, void *ctx)
{
    const uint8_t *h = (const uint8_t *)data, *s, *str, *p;
    uint64_t shoff, num, i, off, size, str_off, str_n;
    if (n < EHDR_SIZE || !obj_is_elf(data, n) || h[EI_CLASS] != 2 || h[EI_DATA] != 1 || get_u16(h + EH_SHENTSIZE) != SHDR_SIZE)
        return;
    shoff = get_u64(h + EH_SHOFF);
    num = get_u16(h + EH_SHNUM);
    if (shoff == 0 || shoff > n || n - shoff < SHDR_SIZE)
        return;
    if (num == 0)
        num = get_u64(h + shoff + SH_SIZE);
    if (num > (n - shoff) / SHDR_SIZE)
        return;
    for (i = 1; i < num; i++)
        if (get_u32(h + shoff + i * SHDR_SIZE + SH_TYPE) == SHT_SYMTAB)
            break;
    if (i >= num)
        return;
    s = h + shoff + i * SHDR_SIZE;
    off = get_u64(s + SH_OFFSET);
    size = get_u64(s + SH_SIZE);
    if (off > n || size > n - off || get_u32(s + SH_LINK) >= num)
        return;
    str = h + shoff + (uint64_t)get_u32(s + SH_LINK) * SHDR_SIZE;
    str_off = get_u64(str + SH_OFFSET);
    str_n = get_u64(str + SH_SIZE);
    if (str_off > n || str_n > n - str_off || str_n == 0 || data[str_off + str_n - 1] != 0)
        return;
    for (p = h + off, i = size / SYM_SIZE; i > 0; i--, p += SYM_SIZE) {
        unsigned bind = p[ST_INFO] >> 4;
        uint32_t name = get_u32(p + ST_NAME);
        if (get_u16(p + ST_SHNDX) == SHN_UNDEF || name == 0 || name >= str_n)
            continue;
        if (bind == STB_GLOBAL || bind == STB_WEAK || bind == STB_GNU_UNIQUE)
            f(ctx, data + str_off + name, strlen(data + str_off + name));
    }
}

/* ---- reading ---- */

typedef struct ArReader {
    Arena *arena;
    Archive *ar;
    Diag *d;
    const char *data;
    size_t n;
    const char *index, *names; /* contents of "/" and "//" */
    uint64_t index_n, names_n;
    unsigned index_width;      /* bytes of an offset */
    uint32_t member;           /* being scanned for an index that the file lacks */
} ArReader;

static bool damaged(ArReader *r, uint64_t at, const char *what)
{
    diag_file(r->d, DIAG_ERROR, r->ar->name, "damaged archive: %s (at byte %llu)", what, (unsigned long long)at);
    return false;
}

static bool member_name(ArReader *r, uint64_t at, const char *h, ArMember *m)
{
    size_t n = AR_NAME;
    uint64_t v;
    if (h[0] == '/') {
        const char *end;
        if (!number(h + 1, AR_NAME - 1, 10, &v) || v >= r->names_n)
            return damaged(r, at, "a member's name lies outside of the name table");
        end = memchr(r->names + v, '\n', (size_t)(r->names_n - v));
        n = end ? (size_t)(end - (r->names + v)) : (size_t)(r->names_n - v);
        h = r->names + v;
        if (n && h[n - 1] == '/')
            n--;
    } else if (memcmp(h, "#1/", 3) == 0 && number(h + 3, AR_NAME - 3, 10, &v)) {
        if (v > m->n)
            return damaged(r, at, "a member's name is longer than the member");
        h = m->data;
        n = (size_t)v;
        m->data += v;
        m->n -= v;
        while (n && h[n - 1] == 0)
            n--;
    } else {
        while (n && h[n - 1] == ' ')
            n--;
        if (n && h[n - 1] == '/')
            n--;
    }
    m->name = arena_strndup(r->arena, h, n);
    return true;
}

static bool read_members(ArReader *r)
{
    uint64_t at = AR_MAGIC, v;
    while (at < r->n) {
        const char *h = r->data + at;
        ArMember m;
        memset(&m, 0, sizeof m);
        if (r->n - at < AR_HEADER)
            return damaged(r, at, "a member's header is cut off");
        if (h[58] != '`' || h[59] != '\n' || !number(h + 48, 10, 10, &m.n))
            return damaged(r, at, "not a member's header");
        if (m.n > r->n - at - AR_HEADER)
            return damaged(r, at, "a member is cut off");
        m.offset = at;
        m.data = h + AR_HEADER;
        v = 0;
        number(h + 16, 12, 10, &m.mtime);
        number(h + 28, 6, 10, &v);
        m.uid = (uint32_t)v;
        number(h + 34, 6, 10, &v);
        m.gid = (uint32_t)v;
        number(h + 40, 8, 8, &v);
        m.mode = (uint32_t)v;
        at = align_up(at + AR_HEADER + m.n, 2);
        if (memcmp(h, "/               ", AR_NAME) == 0 || memcmp(h, "/SYM64/         ", AR_NAME) == 0) {
            r->index = m.data;
            r->index_n = m.n;
            r->index_width = h[1] == ' ' ? 4 : 8;
        } else if (memcmp(h, "//              ", AR_NAME) == 0) {
            r->names = m.data;
            r->names_n = m.n;
        } else if (memcmp(h, "__.SYMDEF", 9) != 0) {
            if (!member_name(r, m.offset, h, &m))
                return false;
            vec_push(r->arena, &r->ar->members, m);
        }
    }
    return true;
}

static void add_symbol(ArReader *r, const char *name, size_t n, uint32_t member)
{
    void **at = map_at(&r->ar->symbols, name, n);
    ArSymbol *s;
    vec_reserve(r->arena, &r->ar->index, 1);
    s = &r->ar->index.p[r->ar->index.n++];
    s->name = name;
    s->name_n = (uint32_t)n;
    s->member = member;
    if (!*at)
        *at = (void *)(uintptr_t)r->ar->index.n;
}

static void add_scanned(void *ctx, const char *name, size_t n)
{
    ArReader *r = ctx;
    add_symbol(r, name, n, r->member);
}

static bool find_member(const Archive *ar, uint64_t offset, uint32_t *at)
{
    uint32_t lo = 0, hi = ar->members.n;
    if (*at < hi && ar->members.p[*at].offset == offset)
        return true;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (ar->members.p[mid].offset < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    *at = lo;
    return lo < ar->members.n && ar->members.p[lo].offset == offset;
}

static bool read_index(ArReader *r)
{
    const char *p = r->index, *end = p + r->index_n, *name;
    unsigned w = r->index_width;
    uint64_t count, i;
    uint32_t member = 0;
    if (r->index_n < w)
        return damaged(r, AR_MAGIC, "the symbol index is cut off");
    count = be(p, w);
    if (count > (r->index_n - w) / w)
        return damaged(r, AR_MAGIC, "the symbol index is cut off");
    name = p + w + count * w;
    vec_reserve(r->arena, &r->ar->index, count);
    for (i = 0; i < count; i++) {
        const char *nul = memchr(name, 0, (size_t)(end - name));
        if (!nul)
            return damaged(r, AR_MAGIC, "the symbol index is cut off");
        if (!find_member(r->ar, be(p + w + i * w, w), &member))
            return damaged(r, AR_MAGIC, "the symbol index names a member that is not there");
        add_symbol(r, name, (size_t)(nul - name), member);
        name = nul + 1;
    }
    return true;
}

Archive *ar_read(Arena *a, Diag *d, const char *name, const char *data, size_t n)
{
    ArReader r;
    memset(&r, 0, sizeof r);
    r.arena = a;
    r.ar = arena_new(a, Archive);
    r.ar->name = name;
    r.d = d;
    r.data = data;
    r.n = n;
    map_init(&r.ar->symbols, a);
    if (ar_is_thin(data, n)) {
        diag_file(d, DIAG_ERROR, name, "a thin archive holds no members, only their names; it is not supported");
        return NULL;
    }
    if (!ar_is(data, n)) {
        diag_file(d, DIAG_ERROR, name, "not an archive");
        return NULL;
    }
    if (!read_members(&r))
        return NULL;
    r.ar->has_index = r.index != NULL;
    if (r.index)
        return read_index(&r) ? r.ar : NULL;
    for (r.member = 0; r.member < r.ar->members.n; r.member++)
        scan_elf(r.ar->members.p[r.member].data, (size_t)r.ar->members.p[r.member].n, add_scanned, &r);
    return r.ar;
}

/* ---- writing ---- */

typedef struct IndexBuilder {
    Buf names;
    Buf members;               /* u32 each: which member defines the name */
    uint32_t member;
} IndexBuilder;

static void add_indexed(void *ctx, const char *name, size_t n)
{
    IndexBuilder *b = ctx;
    buf_put(&b->names, name, n);
    buf_u8(&b->names, 0);
    buf_u32(&b->members, b->member);
}

static void put_header(Buf *out, const char *name, const char *owner, const char *mode, uint64_t n)
{
    buf_fmt(out, "%-16s%-12s%-6s%-6s%-8s%-10llu`\n", name, owner, owner, owner, mode, (unsigned long long)n);
}

static void put_be32(Buf *out, uint64_t v)
{
    buf_u8(out, (unsigned)(v >> 24) & 255);
    buf_u8(out, (unsigned)(v >> 16) & 255);
    buf_u8(out, (unsigned)(v >> 8) & 255);
    buf_u8(out, (unsigned)v & 255);
}

void ar_write(Arena *a, Diag *d, Buf *out, const ArMember *members, uint32_t n, bool index)
{
    IndexBuilder b;
    Buf names;
    uint64_t *offsets = arena_array(a, uint64_t, n + 1), *long_at = arena_array(a, uint64_t, n + 1);
    uint64_t at, index_n, count;
    uint32_t i;
    bool objects = false;
    buf_init(&b.names, a);
    buf_init(&b.members, a);
    buf_init(&names, a);
    for (i = 0; i < n; i++) {
        b.member = i;
        objects |= obj_is_elf(members[i].data, (size_t)members[i].n);
        scan_elf(members[i].data, (size_t)members[i].n, add_indexed, &b);
        if (strlen(members[i].name) >= AR_NAME) {
            long_at[i] = names.n + 1;
            buf_fmt(&names, "%s/\n", members[i].name);
        }
    }
    buf_align(&names, 2, '\n');
    count = b.members.n / 4;
    index_n = align_up(4 + count * 4 + b.names.n, 2);
    index = index && objects;
    at = AR_MAGIC + (index ? AR_HEADER + index_n : 0) + (names.n ? AR_HEADER + names.n : 0);
    for (i = 0; i < n; i++) {
        offsets[i] = at;
        at = align_up(at + AR_HEADER + members[i].n, 2);
    }
    if (at > UINT32_MAX || count > UINT32_MAX / 4) {
        diag_file(d, DIAG_ERROR, "archive", "members of more than 4 GiB together are not supported");
        return;
    }
    buf_reserve(out, (size_t)at);
    buf_str(out, "!<arch>\n");
    if (index) {
        put_header(out, "/", "0", "0", index_n);
        put_be32(out, count);
        for (i = 0; i < count; i++)
            put_be32(out, offsets[get_u32(b.members.p + (size_t)i * 4)]);
        buf_put(out, b.names.p, b.names.n);
        buf_zero(out, (size_t)(index_n - (4 + count * 4 + b.names.n)));
    }
    if (names.n) {
        put_header(out, "//", "", "", names.n);
        buf_put(out, names.p, names.n);
    }
    for (i = 0; i < n; i++) {
        char name[AR_NAME + 8];
        if (long_at[i])
            rt_snfmt(name, sizeof name, "/%llu", (unsigned long long)(long_at[i] - 1));
        else
            rt_snfmt(name, sizeof name, "%s/", members[i].name);
        put_header(out, name, "0", "644", members[i].n);
        buf_put(out, members[i].data, (size_t)members[i].n);
        buf_zero(out, members[i].n & 1);
        if (members[i].n & 1)
            out->p[out->n - 1] = '\n';
    }
}
