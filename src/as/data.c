/* data.c: directives that put bytes: numbers, strings, fills, alignment, .org, other files. Each reads behind its name and gives the
 * cursor where it stopped; arg comes from the table in dir.c. */
#include "as/as_core.h"

#include "base/softfloat.h"

static AsSec *cur(As *as) { return as->secs.p[as->cur]; }

static void put_const(As *as, uint64_t v, unsigned n)
{
    uint8_t b[8];
    put_u64(b, v);
    as_emit(as, b, n);
}

const char *as_dir_data(As *as, const char *at, const char *p, int size)
{
    static const uint8_t zero[8];
    (void)at;
    as_skip(as, &p);
    if (as_at_end(as, p))
        return p;
    do {
        AsVal v;
        const char *start;
        as_skip(as, &p);
        start = p;
        if (!as_expr(as, &p, &v))
            return p;
        if (as_val_const(&v)) {
            unsigned bits = (unsigned)size * 8;
            if (bits < 64 && (v.big || v.c < -((int64_t)1 << (bits - 1)) || v.c >= (int64_t)1 << bits))
                as_warn(as, start, "value 0x%llx truncated to %d bytes", (unsigned long long)v.c, size);
            put_const(as, (uint64_t)v.c, (unsigned)size);
        } else {
            AsFix f;
            memset(&f, 0, sizeof f);
            f.size = (uint8_t)size;
            f.v = v;
            as_emit(as, zero, (unsigned)size);
            as_fix(as, (unsigned)size, &f, start);
        }
    } while (as_comma(as, &p));
    return p;
}

/* .octa: a 128-bit number, hexadecimal or decimal. */
const char *as_dir_octa(As *as, const char *at, const char *p, int arg)
{
    (void)at;
    (void)arg;
    do {
        uint64_t w[4] = { 0, 0, 0, 0 };
        bool neg = false;
        unsigned base = 10, i;
        uint8_t out[16];
        as_skip(as, &p);
        if (*p == '-') {
            neg = true;
            p++;
        }
        if (*p == '0' && (p[1] | 0x20) == 'x') {
            base = 16;
            p += 2;
        }
        if (!as_is_name(*p, false)) {
            as_error(as, p, "expected a number");
            return p;
        }
        for (; as_is_name(*p, false); p++) {
            unsigned d = *p >= '0' && *p <= '9' ? (unsigned)(*p - '0') : ((unsigned)*p | 0x20) - 'a' + 10;
            uint64_t carry = d;
            if (d >= base) {
                as_error(as, p, "bad digit");
                return p;
            }
            for (i = 0; i < 4; i++) {
                carry += w[i] * base;
                w[i] = carry & 0xffffffff;
                carry >>= 32;
            }
            if (carry) {
                as_error(as, p, "number does not fit 128 bits");
                return p;
            }
        }
        if (neg) {
            uint64_t carry = 1;
            for (i = 0; i < 4; i++) {
                carry += w[i] ^ 0xffffffff;
                w[i] = carry & 0xffffffff;
                carry >>= 32;
            }
        }
        for (i = 0; i < 4; i++)
            put_u32(out + 4 * i, (uint32_t)w[i]);
        as_emit(as, out, 16);
    } while (as_comma(as, &p));
    return p;
}

const char *as_dir_float(As *as, const char *at, const char *p, int format)
{
    (void)at;
    do {
        SfEnv e;
        Sf v;
        const char *q;
        size_t n;
        uint8_t out[16];
        memset(&e, 0, sizeof e);
        e.nan_neg = false;
        as_skip(as, &p);
        if (*p == '0' && (p[1] | 0x20) != 'x' && ((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z')) && (p[1] | 0x20) != 'e')
            p += 2; /* 0f1.5, 0d1.5: GNU as's flonum prefix */
        for (q = p; *q && !as_at_end(as, q) && *q != ',' && *q != ' ' && *q != '\t'; q++)
            ;
        n = sf_parse(&e, (SfFormat)format, p, (size_t)(q - p), &v);
        if (!n || n != (size_t)(q - p)) {
            as_error(as, p, "bad floating-point number");
            return p;
        }
        p = q;
        put_u64(out, v.lo);
        put_u64(out + 8, v.hi);
        as_emit(as, out, format == SF_32 ? 4 : format == SF_64 ? 8 : format == SF_X80 ? 10 : 16);
    } while (as_comma(as, &p));
    return p;
}

const char *as_dir_string(As *as, const char *at, const char *p, int zero)
{
    Buf b;
    (void)at;
    as_skip(as, &p);
    if (as_at_end(as, p) && *p != '"')
        return p;
    do {
        as_skip(as, &p);
        buf_init(&b, as->arena);
        if (!as_string(as, &p, &b))
            return p;
        for (as_skip(as, &p); *p == '"'; as_skip(as, &p)) /* "a" "b" is one string */
            if (!as_string(as, &p, &b))
                return p;
        if (zero)
            buf_u8(&b, 0);
        if (b.n)
            as_emit(as, b.p, (unsigned)b.n);
    } while (as_comma(as, &p));
    return p;
}

const char *as_dir_leb(As *as, const char *at, const char *p, int is_signed)
{
    (void)at;
    do {
        AsVal v;
        AsFrag *f;
        as_skip(as, &p);
        as->stmt = p;
        if (!as_expr(as, &p, &v))
            return p;
        if (as_reduce(as, &v)) {
            uint8_t b[10];
            unsigned n = 0;
            uint64_t x = (uint64_t)v.c;
            for (;;) {
                unsigned c = x & 0x7f;
                bool last;
                x = is_signed && (int64_t)x < 0 ? ~(~x >> 7) : x >> 7;
                last = is_signed ? (x == 0 && !(c & 0x40)) || (x == UINT64_MAX && (c & 0x40)) : x == 0;
                b[n++] = (uint8_t)(c | (last ? 0 : 0x80));
                if (last)
                    break;
            }
            as_emit(as, b, n);
            continue;
        }
        f = as_close_frag(as, AFR_LEB);
        f->v = v;
        f->sleb = is_signed != 0;
        f->var = 1;
    } while (as_comma(as, &p));
    return p;
}

/* count copies of a pattern of n bytes, the count known now or later. */
static void fill(As *as, const AsVal *count, unsigned n, uint64_t pattern)
{
    AsVal v = *count;
    AsFrag *f;
    if (as_reduce(as, &v)) {
        if (v.c < 0 || v.c > AS_MAX_FILL / 8) {
            as_error(as, as->stmt, "count out of range (%lld)", (long long)v.c);
            return;
        }
        if (!v.c || !n)
            return;
    } else if (!n) {
        return;
    }
    f = as_close_frag(as, AFR_FILL);
    f->v = v;
    f->fill_n = (uint8_t)n;
    f->fill = pattern;
    if (pattern && cur(as)->type == SHT_NOBITS)
        as_error(as, as->stmt, "section '%s' holds zeros only", cur(as)->name);
}

const char *as_dir_skip(As *as, const char *at, const char *p, int arg)
{
    AsVal n;
    int64_t v = 0;
    (void)at;
    (void)arg;
    if (!as_expr(as, &p, &n))
        return p;
    if (as_comma(as, &p) && !as_const(as, &p, &v))
        return p;
    fill(as, &n, 1, (uint64_t)v & 0xff);
    return p;
}

const char *as_dir_fill(As *as, const char *at, const char *p, int arg)
{
    AsVal n;
    int64_t size = 1, v = 0;
    (void)at;
    (void)arg;
    if (!as_expr(as, &p, &n))
        return p;
    if (as_comma(as, &p)) {
        if (!as_const(as, &p, &size))
            return p;
        if (as_comma(as, &p) && !as_const(as, &p, &v))
            return p;
    }
    if (size < 0 || size > 8) {
        as_error(as, at, "size of .fill is 0 to 8");
        return p;
    }
    fill(as, &n, (unsigned)size, (uint64_t)v & 0xffffffff);
    return p;
}

/* arg: 0 .align and .balign (bytes), 1 .p2align (power of two); | 2, 4 << 1 ...: width of the pattern. */
const char *as_dir_align(As *as, const char *at, const char *p, int arg)
{
    int64_t align, v = 0, max = 0;
    bool has_fill = false;
    unsigned width = arg >> 1 ? (unsigned)arg >> 1 : 1;
    AsFrag *f;
    as_skip(as, &p);
    if (as_at_end(as, p)) {
        align = 0;
    } else if (!as_const(as, &p, &align)) {
        return p;
    }
    if (as_comma(as, &p)) {
        if (*p != ',') {
            if (!as_const(as, &p, &v))
                return p;
            has_fill = true;
        }
        if (as_comma(as, &p) && !as_const(as, &p, &max))
            return p;
    }
    if (arg & 1)
        align = align < 0 || align > 31 ? -1 : (int64_t)1 << align;
    else if (align == 0)
        align = 1;
    if (align < 0 || (align & (align - 1)) || align > ((int64_t)1 << 31)) {
        as_error(as, at, "alignment is no power of two");
        return p;
    }
    if (align == 1)
        return p;
    if (has_fill && v && cur(as)->type == SHT_NOBITS) {
        as_error(as, at, "section '%s' holds zeros only", cur(as)->name);
        return p;
    }
    if (cur(as)->align < (uint64_t)align)
        cur(as)->align = (uint64_t)align;
    f = as_close_frag(as, AFR_ALIGN);
    f->align = (uint64_t)align;
    f->max = max > 0 ? (uint64_t)max : 0;
    f->fill = (uint64_t)v;
    f->fill_n = (uint8_t)width;
    f->code = (cur(as)->flags & SHF_EXECINSTR) && (!has_fill || (v && (v & 0xff) == as->ta->nop_fill && width == 1));
    return p;
}

const char *as_dir_org(As *as, const char *at, const char *p, int arg)
{
    AsVal to;
    int64_t v = 0;
    AsFrag *f;
    (void)at;
    (void)arg;
    if (!as_expr(as, &p, &to))
        return p;
    if (as_comma(as, &p) && !as_const(as, &p, &v))
        return p;
    f = as_close_frag(as, AFR_ORG);
    f->v = to;
    f->fill = (uint64_t)v & 0xff;
    f->fill_n = 1;
    return p;
}

const char *as_dir_incbin(As *as, const char *at, const char *p, int arg)
{
    Buf name;
    int64_t skip = 0, count = INT64_MAX;
    const char *data;
    size_t n;
    uint64_t id[2];
    int err;
    (void)arg;
    buf_init(&name, as->arena);
    as_skip(as, &p);
    if (!as_string(as, &p, &name))
        return p;
    if (as_comma(as, &p)) {
        if (*p != ',' && !as_const(as, &p, &skip))
            return p;
        if (as_comma(as, &p) && !as_const(as, &p, &count))
            return p;
    }
    err = as->host->read_file(as->host->ctx, buf_cstr(&name), &data, &n, id);
    if (err < 0) {
        as_error(as, at, "cannot read '%s': %s", buf_cstr(&name), rt_strerror(-err));
        return p;
    }
    if (skip < 0 || count < 0 || (uint64_t)skip > n) {
        as_error(as, at, "skip or count out of range");
        return p;
    }
    n -= (size_t)skip;
    if ((uint64_t)count < n)
        n = (size_t)count;
    if (n > AS_MAX_FILL)
        as_error(as, at, "file too large");
    else
        as_emit(as, data + skip, (unsigned)n);
    return p;
}

const char *as_dir_include(As *as, const char *at, const char *p, int arg)
{
    Buf name;
    const char *data;
    char *copy;
    size_t n;
    uint64_t id[2];
    int err;
    (void)arg;
    buf_init(&name, as->arena);
    as_skip(as, &p);
    if (!as_string(as, &p, &name))
        return p;
    err = as->host->read_file(as->host->ctx, buf_cstr(&name), &data, &n, id);
    if (err < 0) {
        as_error(as, at, "cannot read '%s': %s", buf_cstr(&name), rt_strerror(-err));
        return p;
    }
    if (n > AS_MAX_FILL) {
        as_error(as, at, "file too large");
        return p;
    }
    copy = arena_alloc(as->arena, n + 2);
    memcpy(copy, data, n);
    copy[n] = '\n';
    copy[n + 1] = 0;
    as_push_input(as, buf_cstr(&name), copy, n + 1, at);
    return p;
}
