/* asm_pool.c: what the assembler knows beyond single instructions: pools of `ldr rt, =expression`, fields whose values come late, and
 * directives. A pool is a section's; .ltorg, or the end of the text, puts it where the section then ends, values of four bytes first, then
 * of 8 and 16, each once, as GNU as does. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

AsSym *aa64_literal(As *as, Aa64Asm *a, unsigned size, const AsVal *v)
{
    unsigned which = size == 16 ? 2 : size == 8 ? 1 : 0;
    uint32_t k;
    Aa64Pool *p = NULL;
    Aa64Literal l;
    for (k = 0; k < a->pools.n && !p; k++)
        if (a->pools.p[k].sec == as_here(as))
            p = &a->pools.p[k];
    if (!p) {
        Aa64Pool fresh;
        memset(&fresh, 0, sizeof fresh);
        fresh.sec = as_here(as);
        vec_push(as_arena(as), &a->pools, fresh);
        p = &vec_last(&a->pools);
    }
    for (k = 0; k < p->sizes[which].n; k++) {
        const AsVal *o = &p->sizes[which].p[k].v;
        if (!v->tree && !o->tree && v->add == o->add && v->sub == o->sub && v->c == o->c && v->mod == o->mod)
            return p->sizes[which].p[k].label;
    }
    l.v = *v;
    l.label = as_sym_later(as);
    vec_push(as_arena(as), &p->sizes[which], l);
    return l.label;
}

static void dump(As *as, Aa64Pool *p)
{
    static const uint8_t none[16];
    unsigned which, size;
    uint32_t k;
    for (which = 0; which < 3; which++) {
        size = 4u << which;
        if (!p->sizes[which].n)
            continue;
        as_pad(as, size);
        for (k = 0; k < p->sizes[which].n; k++) {
            const Aa64Literal *l = &p->sizes[which].p[k];
            AsFix f;
            as_sym_place(as, l->label);
            if (as_val_const(&l->v)) { /* of a number what has room */
                uint8_t b[16];
                memset(b, l->v.c < 0 && !l->v.big ? 0xff : 0, 16);
                put_u64(b, (uint64_t)l->v.c);
                as_emit(as, b, size);
                continue;
            }
            as_emit(as, none, size);
            memset(&f, 0, sizeof f);
            f.size = (uint8_t)(size > 8 ? 8 : size);
            f.v = l->v;
            as_fix(as, size, &f, NULL);
        }
        p->sizes[which].n = 0;
    }
}

void aa64_pool_dump(As *as, Aa64Asm *a)
{
    uint32_t k;
    for (k = 0; k < a->pools.n; k++)
        if (a->pools.p[k].sec == as_here(as))
            dump(as, &a->pools.p[k]);
}

void aa64_asm_end(As *as)
{
    Aa64Asm *a = as_target_state(as);
    uint32_t k, was = as_here(as);
    for (k = 0; k < a->pools.n; k++) {
        as_go(as, a->pools.p[k].sec);
        dump(as, &a->pools.p[k]);
    }
    as_go(as, was);
}

void aa64_emit_word(As *as, Aa64Asm *a, uint32_t w)
{
    uint8_t b[4];
    if (as_open_size(as) & 3) /* behind data */
        as_pad(as, 4);
    as_need_align(as, 4);
    put_u32(b, w);
    as_emit(as, b, 4);
    if (a->has_desc_call) {
        AsFix f;
        memset(&f, 0, sizeof f);
        f.size = 4;
        f.hint = AHI_TLSDESC_CALL;
        f.v = a->desc_call;
        a->has_desc_call = false;
        as_fix(as, 4, &f, NULL);
    }
}

/* ---- fields ---- */

/* mov with a number that was not known: movz stands there. */
static int put_mov(uint8_t *to, int64_t v)
{
    uint32_t w = get_u32(to), field;
    unsigned size = w >> 31, k;
    uint64_t mask = size ? ~(uint64_t)0 : 0xffffffff, u = (uint64_t)v & mask;
    if (!size && !bits_fits_s(v, 33))
        return 0;
    for (k = 0; k < (size ? 64u : 32u); k += 16) {
        if (!(u & ~((uint64_t)0xffff << k))) {
            put_u32(to, w | (uint32_t)(u >> k) << 5 | k / 16 << 21);
            return 1;
        }
    }
    for (k = 0; k < (size ? 64u : 32u); k += 16) {
        if (!(~u & mask & ~((uint64_t)0xffff << k))) {
            put_u32(to, (w & ~0x40000000u) | (uint32_t)((~u & mask) >> k) << 5 | k / 16 << 21);
            return 1;
        }
    }
    if (!aa64_logical(u, size, &field))
        return 0;
    put_u32(to, 0x320003e0u | (w & 0x8000001f) | field << 10);
    return 1;
}

static int put_load(uint8_t *to, int64_t v)
{
    uint32_t w = get_u32(to);
    if (aa64_put_imm(to, v))
        return 1;
    put_u32(to, w & ~0x01000000u); /* unscaled */
    if (aa64_put_imm(to, v))
        return 1;
    put_u32(to, w);
    return 0;
}

int aa64_put(const AsFix *f, uint8_t *to, int64_t v)
{
    uint32_t w = get_u32(to), reloc;
    int shift;
    switch (f->hint) {
    case AHI_B26: case AHI_CALL: case AHI_B19: case AHI_B14: case AHI_LD19: case AHI_ADR:
        return f->pcrel ? aa64_put_imm(to, v) : -1;
    case AHI_ADDIMM:
        if (w >> 22 & 1)
            return bits_fits_u((uint64_t)v, 12) ? aa64_put_imm(to, v << 12) : 0;
        if (v < 0) {
            put_u32(to, w ^ 0x40000000u);
            v = (int64_t)(0 - (uint64_t)v);
        }
        return aa64_put_imm(to, v);
    case AHI_MOV: return put_mov(to, v);
    case AHI_LDIMM: return put_load(to, v);
    case AHI_IMM16:
        if (!bits_fits_u((uint64_t)v, 16))
            return 0;
        put_u32(to, w | (uint32_t)v << 5);
        return 1;
    default: break;
    }
    reloc = aa64_hint_reloc(f->hint);
    if (f->v.add || f->v.sub || f->v.tree || aa64_hint_tls(f->hint) || f->pcrel)
        return -1;
    shift = aa64_hint_shift(f->hint);
    if (shift >= 0 && reloc >= R_AARCH64_MOVW_UABS_G0 && reloc <= R_AARCH64_MOVW_UABS_G3) {
        bool checked = reloc == R_AARCH64_MOVW_UABS_G0 || reloc == R_AARCH64_MOVW_UABS_G1 || reloc == R_AARCH64_MOVW_UABS_G2;
        uint64_t u = (uint64_t)v >> shift;
        if (checked && u > 0xffff)
            return 0;
        put_u32(to, w | (uint32_t)(u & 0xffff) << 5);
        return 1;
    }
    return -1;
}

/* ---- directives ---- */

static bool is(const char *at, size_t n, const char *s)
{
    return strlen(s) == n && memcmp(at, s, n) == 0;
}

static const char *words(As *as, Aa64Asm *a, const char *p)
{
    int more = 1;
    as_skip(as, &p);
    while (more > 0) {
        AsVal v;
        if (!as_expr(as, &p, &v))
            return p;
        as_reduce(as, &v);
        if (!as_val_const(&v)) {
            as_error(as, p, "expected a constant");
            return p;
        }
        aa64_emit_word(as, a, (uint32_t)v.c);
        more = as_next_operand(as, &p);
    }
    return p;
}

/* A word of letters, digits, + - . _ up to white space. */
static const char *march_word(As *as, const char **pp, size_t *n)
{
    const char *s;
    as_skip(as, pp);
    for (s = *pp; !as_at_end(as, *pp) && **pp != ' ' && **pp != '\t' && **pp != '\r'; ++*pp)
        ;
    *n = (size_t)(*pp - s);
    return s;
}

static const char *arch(As *as, Aa64Asm *a, const char *p, const char *before)
{
    Buf text, err;
    size_t n;
    const char *s = march_word(as, &p, &n);
    uint32_t features = a->features;
    buf_init(&text, as_arena(as));
    buf_init(&err, as_arena(as));
    buf_str(&text, before);
    buf_put(&text, s, n);
    if (*before == '+') { /* .arch_extension */
        bool no = n > 2 && memcmp(s, "no", 2) == 0;
        uint32_t one = 0;
        Buf base;
        buf_init(&base, as_arena(as));
        buf_str(&base, "armv8-a+");
        buf_put(&base, no ? s + 2 : s, no ? n - 2 : n);
        if (!aa64_march_parse((const char *)base.p, base.n, &one, &err))
            as_error(as, s, "%s", buf_cstr(&err));
        a->features = no ? features & ~one : features | one;
        return p;
    }
    if (!aa64_march_parse((const char *)text.p, text.n, &features, &err))
        as_error(as, s, "%s", buf_cstr(&err));
    a->features = features;
    return p;
}

/* .cpu name+extensions: what a processor has is not kept here; the extensions count, upon all there is. */
static const char *cpu(As *as, Aa64Asm *a, const char *p)
{
    size_t n, k;
    const char *s = march_word(as, &p, &n);
    for (k = 0; k < n && s[k] != '+'; k++)
        ;
    if (!k)
        as_error(as, s, "expected a processor");
    a->features = k == 7 && memcmp(s, "generic", 7) == 0 ? 0 : AA64_X_ALL;
    if (k < n) {
        Buf text, err;
        uint32_t features = 0;
        buf_init(&text, as_arena(as));
        buf_init(&err, as_arena(as));
        buf_str(&text, a->features ? "armv8.1-a" : "armv8-a");
        buf_put(&text, s + k, n - k);
        if (!aa64_march_parse((const char *)text.p, text.n, &features, &err))
            as_error(as, s, "%s", buf_cstr(&err));
        a->features = features;
    }
    return p;
}

const char *aa64_directive(As *as, const char *at, size_t n, const char *p, const char **same_as)
{
    static const struct { const char *ours, *core; } same[] = {
        { ".hword", ".short" }, { ".word", ".long" }, { ".xword", ".quad" }, { ".dword", ".quad" }, { ".align", ".p2align" },
    };
    Aa64Asm *a = as_target_state(as);
    size_t k;
    if (is(at, n, ".inst"))
        return words(as, a, p);
    if (is(at, n, ".ltorg") || is(at, n, ".pool")) {
        aa64_pool_dump(as, a);
        return p;
    }
    if (is(at, n, ".arch"))
        return arch(as, a, p, "");
    if (is(at, n, ".arch_extension"))
        return arch(as, a, p, "+");
    if (is(at, n, ".cpu"))
        return cpu(as, a, p);
    if (is(at, n, ".tlsdesccall")) {
        if (!as_expr(as, &p, &a->desc_call))
            return p;
        if (!a->desc_call.add || a->desc_call.sub || a->desc_call.tree)
            as_error(as, at, "expected a symbol");
        else
            as_mark_tls(as, a->desc_call.add);
        a->has_desc_call = a->desc_call.add != NULL;
        return p;
    }
    if (is(at, n, ".unreq")) {
        const char *s;
        as_skip(as, &p);
        for (s = p; as_is_name(*p, false); p++)
            ;
        intern_n(&a->reqs, s, (size_t)(p - s))->sym = NULL;
        return p;
    }
    for (k = 0; k < countof(same); k++)
        if (is(at, n, same[k].ours))
            *same_as = same[k].core;
    return NULL;
}

int aa64_asm_option(Target *t, const char *s, Buf *err)
{
    if (strcmp(s, "-EL") == 0 || strcmp(s, "-mabi=lp64") == 0 || strcmp(s, "-mlittle-endian") == 0 || strncmp(s, "-mtune=", 7) == 0)
        return 1;
    if (strncmp(s, "-march=", 7) == 0) {
        uint32_t features = 0, keep = t->features & ~(uint32_t)AA64_X_ALL;
        if (!aa64_march_parse(s + 7, strlen(s + 7), &features, err))
            return -1;
        t->features = keep | features;
        return 1;
    }
    if (strncmp(s, "-mcpu=", 6) == 0) {
        t->features |= AA64_X_ALL;
        return 1;
    }
    return 0;
}
