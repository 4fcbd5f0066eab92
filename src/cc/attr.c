/* attr: GNU attributes. A table of names; what an attribute says is collected in CcAttrs and applied where its place
 * decides what it is about: an object, a type, a member. Names that no compiler acts on at -O0 are accepted in silence;
 * unknown ones warn. */
#include "cc/parse.h"

typedef enum AttrId {
    A_NONE, A_IGNORED, A_PACKED, A_ALIGNED, A_SECTION, A_WEAK, A_ALIAS, A_WEAKREF, A_VISIBILITY, A_USED, A_UNUSED,
    A_NORETURN, A_CONSTRUCTOR, A_DESTRUCTOR, A_NOINLINE, A_ALWAYS_INLINE, A_GNU_INLINE, A_RETURNS_TWICE, A_FORMAT,
    A_TRANSPARENT, A_WARN_UNUSED, A_DEPRECATED, A_FALLTHROUGH, A_MODE, A_REFUSED
} AttrId;

static const struct { const char *s; uint8_t id; } rows[] = {
    { "packed", A_PACKED }, { "aligned", A_ALIGNED }, { "section", A_SECTION }, { "weak", A_WEAK },
    { "alias", A_ALIAS }, { "weakref", A_WEAKREF }, { "visibility", A_VISIBILITY }, { "used", A_USED },
    { "unused", A_UNUSED }, { "noreturn", A_NORETURN }, { "constructor", A_CONSTRUCTOR },
    { "destructor", A_DESTRUCTOR }, { "noinline", A_NOINLINE }, { "always_inline", A_ALWAYS_INLINE },
    { "gnu_inline", A_GNU_INLINE }, { "returns_twice", A_RETURNS_TWICE }, { "format", A_FORMAT },
    { "transparent_union", A_TRANSPARENT }, { "warn_unused_result", A_WARN_UNUSED }, { "deprecated", A_DEPRECATED },
    { "unavailable", A_DEPRECATED }, { "fallthrough", A_FALLTHROUGH }, { "mode", A_MODE }, { "vector_size", A_REFUSED },
    { "cleanup", A_REFUSED }, { "ms_struct", A_REFUSED }, { "ifunc", A_REFUSED }, { "scalar_storage_order", A_REFUSED },
    { "ms_abi", A_REFUSED }, { "naked", A_REFUSED }, { "nothrow", A_IGNORED }, { "leaf", A_IGNORED },
    { "pure", A_IGNORED }, { "const", A_IGNORED }, { "malloc", A_IGNORED }, { "nonnull", A_IGNORED },
    { "returns_nonnull", A_IGNORED }, { "format_arg", A_IGNORED }, { "alloc_size", A_IGNORED },
    { "alloc_align", A_IGNORED }, { "assume_aligned", A_IGNORED }, { "access", A_IGNORED }, { "cold", A_IGNORED },
    { "hot", A_IGNORED }, { "artificial", A_IGNORED }, { "flatten", A_IGNORED }, { "noclone", A_IGNORED },
    { "noipa", A_IGNORED }, { "sentinel", A_IGNORED }, { "may_alias", A_IGNORED }, { "nonstring", A_IGNORED },
    { "no_instrument_function", A_IGNORED }, { "optimize", A_IGNORED }, { "no_sanitize", A_IGNORED },
    { "no_sanitize_address", A_IGNORED }, { "no_stack_protector", A_IGNORED }, { "error", A_IGNORED },
    { "warning", A_IGNORED }, { "nocommon", A_IGNORED }, { "common", A_IGNORED }, { "externally_visible", A_IGNORED },
    { "designated_init", A_IGNORED }, { "fd_arg", A_IGNORED }, { "fd_arg_read", A_IGNORED },
    { "fd_arg_write", A_IGNORED }, { "copy", A_IGNORED }, { "symver", A_IGNORED }, { "retain", A_IGNORED },
    { "tls_model", A_IGNORED }, { "sysv_abi", A_IGNORED }, { "cdecl", A_IGNORED }, { "no_reorder", A_IGNORED },
    { "no_split_stack", A_IGNORED }, { "no_icf", A_IGNORED }, { "null_terminated_string_arg", A_IGNORED },
    { "bounded", A_NONE },
};

enum { MODE_NONE, MODE_QI, MODE_HI, MODE_SI, MODE_DI, MODE_WORD, MODE_SF, MODE_DF };

/* Names may be wrapped in __ on both sides. */
static AttrId find(const char *s, size_t n)
{
    if (n > 4 && memcmp(s, "__", 2) == 0 && memcmp(s + n - 2, "__", 2) == 0) {
        s += 2;
        n -= 4;
    }
    for (uint32_t i = 0; i < countof(rows); i++)
        if (rows[i].s[0] == *s && strlen(rows[i].s) == n && memcmp(rows[i].s, s, n) == 0)
            return rows[i].id;
    return A_NONE;
}

bool cc_has_attribute(void *cc, const char *s, size_t n)
{
    (void)cc;
    AttrId id = find(s, n);
    return id != A_NONE && id != A_REFUSED;
}

static bool is_name(const char *s, size_t n, const char *want)
{
    if (n > 4 && memcmp(s, "__", 2) == 0 && memcmp(s + n - 2, "__", 2) == 0) {
        s += 2;
        n -= 4;
    }
    return strlen(want) == n && memcmp(s, want, n) == 0;
}

static void skip_arguments(CcParser *p)
{
    uint32_t depth = 0;
    if (p->tok.kind != T_LPAREN)
        return;
    do {
        if (p->tok.kind == T_LPAREN)
            depth++;
        else if (p->tok.kind == T_RPAREN)
            depth--;
        cc_next(p);
    } while (depth && p->tok.kind != T_EOF);
}

static bool number(CcParser *p, int64_t *v)
{
    return cc_const_expr(p, "attribute argument", v, NULL);
}

/* ("text") */
static const char *text_argument(CcParser *p, const char *attr)
{
    const char *s = NULL;
    if (!cc_expect(p, T_LPAREN))
        return NULL;
    if (p->tok.kind == T_STRING)
        s = cc_plain_string(p, NULL);
    else
        diag_error(p->diag, p->tok.loc, "attribute '%s' wants a string", attr);
    cc_skip_to(p, T_RPAREN, T_RPAREN);
    cc_expect(p, T_RPAREN);
    return s;
}

static uint16_t priority_argument(CcParser *p)
{
    int64_t v = 65535;
    if (cc_accept(p, T_LPAREN)) {
        SrcLoc loc = p->tok.loc;
        if (number(p, &v) && (v < 0 || v > 65535)) {
            diag_error(p->diag, loc, "priority must be an integer from 0 to 65535");
            v = 65535;
        }
        cc_expect(p, T_RPAREN);
    }
    return (uint16_t)v;
}

static void aligned(CcParser *p, CcAttrs *a)
{
    int64_t v = p->cc->target->max_align;
    if (cc_accept(p, T_LPAREN)) {
        SrcLoc loc = p->tok.loc;
        if (number(p, &v) && (v <= 0 || (v & (v - 1)) || v > (1 << 28))) {
            diag_error(p->diag, loc, "requested alignment '%lld' is not a positive power of 2", (long long)v);
            v = 0;
        }
        cc_expect(p, T_RPAREN);
    }
    if ((uint64_t)v > a->align)
        a->align = (uint32_t)v;
}

/* format(printf, 1, 2) */
static void format(CcParser *p, CcAttrs *a)
{
    int64_t arg = 0, first = 0;
    if (!cc_expect(p, T_LPAREN))
        return;
    if (p->tok.kind == T_IDENT) {
        const Ident *id = p->tok.u.ident;
        if (is_name(id->s, id->n, "printf") || is_name(id->s, id->n, "gnu_printf"))
            a->format = FORMAT_PRINTF;
        else if (is_name(id->s, id->n, "scanf") || is_name(id->s, id->n, "gnu_scanf"))
            a->format = FORMAT_SCANF;
        else if (is_name(id->s, id->n, "strftime"))
            a->format = FORMAT_STRFTIME;
        cc_next(p);
    }
    if (cc_accept(p, T_COMMA) && number(p, &arg) && cc_accept(p, T_COMMA))
        number(p, &first);
    cc_skip_to(p, T_RPAREN, T_RPAREN);
    cc_expect(p, T_RPAREN);
    if (arg < 1 || arg > 1000 || first < 0 || first > 1000)
        a->format = FORMAT_NONE;
    a->format_arg = (uint16_t)arg;
    a->first_arg = (uint16_t)first;
}

static void visibility(CcParser *p, CcAttrs *a)
{
    static const char *const names[] = { "default", "internal", "hidden", "protected" };
    SrcLoc loc = p->tok.loc;
    const char *s = text_argument(p, "visibility");
    for (uint8_t i = 0; s && i < 4; i++)
        if (strcmp(s, names[i]) == 0) {
            a->visibility = i;
            a->has_visibility = true;
            return;
        }
    if (s)
        diag_error(p->diag, loc, "attribute 'visibility' argument must be one of 'default', 'hidden', 'protected', "
                   "or 'internal'");
}

static void mode(CcParser *p, CcAttrs *a)
{
    static const struct { const char *s; uint8_t m; } modes[] = {
        { "QI", MODE_QI }, { "byte", MODE_QI }, { "HI", MODE_HI }, { "SI", MODE_SI }, { "DI", MODE_DI },
        { "word", MODE_WORD }, { "pointer", MODE_WORD }, { "unwind_word", MODE_WORD }, { "SF", MODE_SF },
        { "DF", MODE_DF },
    };
    if (!cc_expect(p, T_LPAREN))
        return;
    if (p->tok.kind == T_IDENT) {
        const Ident *id = p->tok.u.ident;
        for (uint32_t i = 0; i < countof(modes); i++)
            if (is_name(id->s, id->n, modes[i].s))
                a->mode = modes[i].m;
        if (!a->mode)
            diag_error(p->diag, p->tok.loc, "machine mode '%s' is not supported", id->s);
        cc_next(p);
    }
    cc_expect(p, T_RPAREN);
}

static void attribute(CcParser *p, CcAttrs *a)
{
    Ident *name = p->tok.u.ident;
    SrcLoc loc = p->tok.loc;
    void **cached = map_at_int(&p->attr_names, (uint64_t)(uintptr_t)name);
    if (!*cached)
        *cached = (void *)(uintptr_t)(find(name->s, name->n) + 1);
    AttrId id = (AttrId)((uintptr_t)*cached - 1);
    cc_next(p);
    if (id != A_IGNORED)
        a->any = true;
    switch (id) {
    case A_NONE:
        diag_at(p->diag, DIAG_WARNING, W_ATTRIBUTES, loc, loc + name->n, "'%s' attribute directive ignored", name->s);
        break;
    case A_REFUSED:
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "attribute '%s' is not supported", name->s);
        break;
    case A_IGNORED:
        break;
    case A_PACKED:
        a->packed = true;
        break;
    case A_ALIGNED:
        aligned(p, a);
        break;
    case A_SECTION:
        a->section = text_argument(p, "section");
        break;
    case A_WEAK:
        a->weak = true;
        break;
    case A_ALIAS:
        a->alias = text_argument(p, "alias");
        break;
    case A_WEAKREF:
        a->weak = true;
        if (p->tok.kind == T_LPAREN)
            a->alias = text_argument(p, "weakref");
        break;
    case A_VISIBILITY:
        visibility(p, a);
        break;
    case A_USED:
        a->used = true;
        break;
    case A_UNUSED:
        a->unused = true;
        break;
    case A_NORETURN:
        a->noreturn = true;
        break;
    case A_CONSTRUCTOR:
        a->constructor = true;
        a->ctor_priority = priority_argument(p);
        break;
    case A_DESTRUCTOR:
        a->destructor = true;
        a->dtor_priority = priority_argument(p);
        break;
    case A_NOINLINE:
        a->noinline = true;
        break;
    case A_ALWAYS_INLINE:
        a->always_inline = true;
        break;
    case A_GNU_INLINE:
        a->gnu_inline = true;
        break;
    case A_RETURNS_TWICE:
        a->returns_twice = true;
        break;
    case A_FORMAT:
        format(p, a);
        break;
    case A_TRANSPARENT:
        a->transparent = true;
        break;
    case A_WARN_UNUSED:
        a->warn_unused = true;
        break;
    case A_DEPRECATED:
        a->deprecated = true;
        break;
    case A_FALLTHROUGH:
        a->fallthrough = true;
        break;
    case A_MODE:
        mode(p, a);
        break;
    }
    skip_arguments(p);
}

/* __attribute__ (( name (args), … )) */
void cc_attributes(CcParser *p, CcAttrs *a)
{
    while (cc_kw(p) == KW_ATTRIBUTE) {
        cc_next(p);
        if (!cc_expect(p, T_LPAREN))
            return;
        if (!cc_expect(p, T_LPAREN))
            return;
        while (p->tok.kind != T_RPAREN && p->tok.kind != T_EOF) {
            if (p->tok.kind == T_IDENT) {
                attribute(p, a);
            } else if (p->tok.kind != T_COMMA) {
                cc_syntax_error(p, "attribute name");
                cc_skip_to(p, T_RPAREN, T_RPAREN);
                break;
            }
            if (!cc_accept(p, T_COMMA) && p->tok.kind != T_RPAREN) {
                cc_syntax_error(p, "')'");
                cc_skip_to(p, T_RPAREN, T_RPAREN);
            }
        }
        cc_expect(p, T_RPAREN);
        cc_expect(p, T_RPAREN);
    }
}

void cc_attrs_to_sym(CcParser *p, CcSym *s, const CcAttrs *a)
{
    (void)p;
    s->attr_used |= a->used;
    s->attr_unused |= a->unused;
    s->weak |= a->weak;
    s->constructor |= a->constructor;
    s->destructor |= a->destructor;
    s->noinline |= a->noinline;
    s->always_inline |= a->always_inline;
    s->deprecated |= a->deprecated;
    if (s->kind == SYM_FUNC) {
        s->noreturn |= a->noreturn;
        s->returns_twice |= a->returns_twice;
    }
    if (a->constructor)
        s->ctor_priority = a->ctor_priority;
    if (a->destructor)
        s->dtor_priority = a->dtor_priority;
    if (a->section)
        s->section = a->section;
    if (a->alias) {
        s->alias = a->alias;
        s->is_extern = false;
        s->tentative = false;
        s->defined = true;
    }
    if (a->has_visibility) {
        s->visibility = a->visibility;
        s->vis_set = true;
    }
    if (a->align > s->align)
        s->align = a->align;
}

static Type *of_mode(CcParser *p, Type *t, unsigned m)
{
    uint64_t size = m == MODE_QI ? 1 : m == MODE_HI ? 2 : m == MODE_SI ? 4 : 8;
    if (m == MODE_SF)
        return &p->basic[TY_FLOAT];
    if (m == MODE_DF)
        return &p->basic[TY_DOUBLE];
    if (!ty_is_int(t))
        return t;
    return ty_qualify(p->cc, cc_int_type(p, size, t->is_unsigned), t->quals);
}

Type *cc_attrs_to_type(CcParser *p, Type *t, const CcAttrs *a)
{
    if (a->mode)
        t = of_mode(p, t, a->mode);
    Type *f = t->kind == TY_PTR && t->base->kind == TY_FUNC ? t->base : t;
    if (f->kind == TY_FUNC && (a->noreturn || a->format || a->warn_unused || a->deprecated || a->returns_twice)) {
        struct CcTypeAttr *x = arena_new(p->cc->unit, struct CcTypeAttr);
        if (f->attrs)
            *x = *f->attrs;
        x->noreturn |= a->noreturn;
        x->warn_unused |= a->warn_unused;
        x->deprecated |= a->deprecated;
        x->returns_twice |= a->returns_twice;
        if (a->format) {
            x->format = a->format;
            x->format_arg = a->format_arg;
            x->first_arg = a->first_arg;
        }
        Type *n = ty_clone(p->cc, f);
        n->attrs = x;
        t = f == t ? n : ty_qualify(p->cc, ty_ptr(p->cc, n), t->quals);
    }
    return t;
}
