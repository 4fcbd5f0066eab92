/* type: C's types (6.2.5): made, qualified, compared, merged and named. Basic types are one object each; pointers and
 * qualified versions hang on the type they are made from, so that equal ones are mostly one object; the rest is
 * compared by structure. */
#include "cc/parse.h"

enum { MAX_COMPARE = 64 };     /* function types inside parameters inside …: deeper ones count as equal */

Type *ty_new(Cc *cc, TypeKind k)
{
    Type *t = arena_new(cc->unit, Type);
    t->kind = (uint8_t)k;
    t->align = 1;
    t->unq = t;
    return t;
}

Type *ty_clone(Cc *cc, const Type *t)
{
    Type *n = arena_alloc(cc->unit, sizeof *n);
    *n = *t;
    n->unq = n;
    n->ptr = n->quald = NULL;
    return n;
}

Type *ty_basic(Cc *cc, TypeKind k)
{
    return &cc->parser->basic[k];
}

static void basic(CcParser *p, TypeKind k, unsigned size, bool is_unsigned)
{
    Type *t = &p->basic[k];
    t->kind = (uint8_t)k;
    t->size = size;
    t->align = size ? size : 1;
    t->is_unsigned = is_unsigned;
    t->unq = t;
}

/* A struct of so many bytes for which there is no type of C. */
static Type *words_type(Cc *cc, const char *tag, uint32_t size, uint32_t align)
{
    Type *t = ty_new(cc, TY_STRUCT);
    CcMember *m = arena_new(cc->unit, CcMember);
    m->name = intern_n(cc->idents, "__words", 7);
    m->type = ty_array(cc, &cc->parser->basic[TY_ULONG], size / 8);
    t->u.rec = arena_new(cc->unit, CcRecord);
    t->u.rec->tag = tag ? intern_n(cc->idents, tag, strlen(tag)) : NULL;
    t->u.rec->members = m;
    t->u.rec->complete = true;
    t->size = size;
    t->align = align;
    return t;
}

void ty_types_init(Cc *cc)
{
    CcParser *p = cc->parser;
    const Target *g = cc->target;
    unsigned word = g->long_size;
    bool char_signed = cc->opt.signed_char_set ? cc->opt.signed_char : g->char_signed;
    basic(p, TY_VOID, 0, false);
    p->basic[TY_VOID].incomplete = true;
    basic(p, TY_BOOL, 1, true);
    basic(p, TY_CHAR, 1, !char_signed);
    basic(p, TY_SCHAR, 1, false);
    basic(p, TY_UCHAR, 1, true);
    basic(p, TY_SHORT, 2, false);
    basic(p, TY_USHORT, 2, true);
    basic(p, TY_INT, 4, false);
    basic(p, TY_UINT, 4, true);
    basic(p, TY_LONG, word, false);
    basic(p, TY_ULONG, word, true);
    basic(p, TY_LLONG, 8, false);
    basic(p, TY_ULLONG, 8, true);
    basic(p, TY_FLOAT, 4, false);
    basic(p, TY_DOUBLE, 8, false);
    p->basic[TY_FLOAT].soft = (g->lacks & TARGET_NO_F32) != 0;
    p->basic[TY_DOUBLE].soft = (g->lacks & TARGET_NO_F64) != 0;
    basic(p, TY_LDOUBLE, g->long_double_size, false);
    basic(p, TY_ERROR, 4, false);
    p->wchar = &p->basic[g->wchar_signed ? TY_INT : TY_UINT];
    p->char16 = &p->basic[TY_USHORT];
    p->char32 = &p->basic[TY_UINT];
    p->size = &p->basic[TY_ULONG];
    p->ptrdiff = &p->basic[TY_LONG];
    p->char_ptr = ty_ptr(cc, &p->basic[TY_CHAR]);
    p->const_char_ptr = ty_ptr(cc, ty_qualify(cc, &p->basic[TY_CHAR], Q_CONST));
    p->void_ptr = ty_ptr(cc, &p->basic[TY_VOID]);
    p->const_void_ptr = ty_ptr(cc, ty_qualify(cc, &p->basic[TY_VOID], Q_CONST));

    Type *wide = words_type(cc, NULL, 16, 16);
    wide->typedef_name = "__int128";
    wide->u.rec->opaque = true;
    wide->u.rec->members->name = intern_n(cc->idents, "<words>", 7);
    wide->u.rec->member_align = 16;
    cc->int128_type = wide;

    const TargetAbi *abi = g->abi;
    if (!abi->va_is_array && abi->va_size == g->pointer_size) {
        cc->va_list_type = p->void_ptr;
        return;
    }
    Type *t = words_type(cc, "__va_list_tag", abi->va_size, abi->va_align);
    cc->va_list_type = abi->va_is_array ? ty_array(cc, t, 1) : t;
}

Type *ty_ptr(Cc *cc, Type *to)
{
    if (!to->ptr) {
        Type *t = ty_new(cc, TY_PTR);
        t->base = to;
        t->size = t->align = cc->target->pointer_size;
        t->is_unsigned = true;
        to->ptr = t;
    }
    return to->ptr;
}

Type *ty_array(Cc *cc, Type *of, uint64_t len)
{
    Type *t = ty_new(cc, TY_ARRAY);
    t->base = of;
    t->u.len = len;
    t->align = of->align;
    t->incomplete = len == UINT64_MAX;
    t->size = t->incomplete ? 0 : of->size * len;
    return t;
}

Type *ty_func(Cc *cc, Type *result)
{
    Type *t = ty_new(cc, TY_FUNC);
    t->base = result;
    t->size = 0;
    return t;
}

Type *ty_qualify(Cc *cc, Type *t, unsigned quals)
{
    if (t->kind == TY_ARRAY) {
        Type *e = ty_qualify(cc, t->base, quals);
        if (e == t->base)
            return t;
        Type *n = ty_clone(cc, t);
        n->base = e;
        return n;
    }
    quals |= t->quals;
    if (quals == t->quals || t->kind == TY_FUNC || t->kind == TY_ERROR)
        return t;
    Type *u = t->unq;
    for (Type *v = u->quald; v; v = v->quald)
        if (v->quals == quals)
            return v;
    Type *n = ty_clone(cc, u);
    n->quals = (uint8_t)quals;
    n->unq = u;
    n->quald = u->quald;
    u->quald = n;
    return n;
}

Type *ty_unqual(Cc *cc, Type *t)
{
    if (t->kind != TY_ARRAY)
        return t->unq;
    Type *e = ty_unqual(cc, t->base);
    if (e == t->base)
        return t;
    Type *n = ty_clone(cc, t);
    n->base = e;
    return n;
}

Type *ty_unsigned(Cc *cc, Type *t)
{
    switch (t->kind) {
    case TY_CHAR:
    case TY_SCHAR:
        return ty_basic(cc, TY_UCHAR);
    case TY_SHORT:
    case TY_INT:
    case TY_LONG:
    case TY_LLONG:
        return ty_basic(cc, t->kind + 1);
    case TY_ENUM:
        return ty_unsigned(cc, t->base);
    default:
        return t->unq;
    }
}

bool ty_has_volatile(const Type *t)
{
    while (t->kind == TY_ARRAY)
        t = t->base;
    return (t->quals & Q_VOLATILE) != 0;
}

/* ---- compatibility (6.2.7, 6.7.2.2p4, 6.7.6.1p2, 6.7.6.2p6, 6.7.6.3p15) ---- */

static bool compatible(const Type *a, const Type *b, bool quals, unsigned depth);

/* A prototype against a declaration without one: no `...`, and no parameter that promotion would change. */
static bool promotes_to_itself(const Type *f)
{
    if (f->variadic)
        return false;
    for (uint32_t i = 0; i < f->u.fn.nparams; i++) {
        const Type *t = f->u.fn.params[i].type->unq;
        if (t->kind == TY_FLOAT || (t->kind >= TY_BOOL && t->kind < TY_INT))
            return false;
    }
    return true;
}

static bool compatible_params(const Type *a, const Type *b, unsigned depth)
{
    if (a->old_style || b->old_style) {
        if (a->old_style && b->old_style)
            return true;
        return promotes_to_itself(a->old_style ? b : a);
    }
    if (a->variadic != b->variadic || a->u.fn.nparams != b->u.fn.nparams)
        return false;
    for (uint32_t i = 0; i < a->u.fn.nparams; i++)
        if (!compatible(a->u.fn.params[i].type, b->u.fn.params[i].type, false, depth + 1))
            return false;
    return true;
}

static bool compatible(const Type *a, const Type *b, bool quals, unsigned depth)
{
    for (;; quals = true) {
        if (a == b || a->kind == TY_ERROR || b->kind == TY_ERROR || depth > MAX_COMPARE)
            return true;
        if (quals && a->quals != b->quals)
            return false;
        a = a->unq;
        b = b->unq;
        if (a == b)
            return true;
        if (a->kind != b->kind) {
            if (a->kind == TY_ENUM && a->base)
                return a->base->kind == b->kind;
            return b->kind == TY_ENUM && b->base && b->base->kind == a->kind;
        }
        switch (a->kind) {
        case TY_ARRAY:
            if (!a->incomplete && !b->incomplete && a->u.len != b->u.len)
                return false;
            break;
        case TY_FUNC:
            if (!compatible_params(a, b, depth))
                return false;
            break;
        case TY_PTR:
            break;
        case TY_STRUCT:
        case TY_UNION:
            return a->u.rec == b->u.rec;
        case TY_ENUM:
            return a->u.en == b->u.en;
        default:
            return true;
        }
        a = a->base;
        b = b->base;
    }
}

bool ty_compatible(const Type *a, const Type *b)
{
    return compatible(a, b, true, 0);
}

bool ty_same_unqual(const Type *a, const Type *b)
{
    return compatible(a, b, false, 0);
}

static Type *composite(Cc *cc, Type *a, Type *b, unsigned depth)
{
    if (a == b || depth > MAX_COMPARE)
        return a;
    if (a->kind == TY_ERROR)
        return b;
    if (b->kind == TY_ERROR || a->kind != b->kind)
        return a;
    switch (a->kind) {
    case TY_PTR: {
        Type *to = composite(cc, a->base, b->base, depth + 1);
        if (to == a->base)
            return a;
        return ty_qualify(cc, ty_ptr(cc, to), a->quals);
    }
    case TY_ARRAY: {
        Type *e = composite(cc, a->base, b->base, depth + 1);
        if (a->incomplete && !b->incomplete)
            return e == b->base ? b : ty_array(cc, e, b->u.len);
        return e == a->base ? a : ty_array(cc, e, a->u.len);
    }
    case TY_FUNC: {
        Type *r = composite(cc, a->base, b->base, depth + 1);
        Type *from = a->old_style ? b : a;
        bool same = r == from->base;
        CcParam *params = NULL;
        if (!a->old_style && !b->old_style && a->u.fn.nparams == b->u.fn.nparams) {
            for (uint32_t i = 0; i < a->u.fn.nparams; i++) {
                CcParam *x = &a->u.fn.params[i];
                Type *t = composite(cc, x->type, b->u.fn.params[i].type, depth + 1);
                if (t != x->type && !params) {
                    params = arena_array(cc->unit, CcParam, a->u.fn.nparams);
                    memcpy(params, a->u.fn.params, a->u.fn.nparams * sizeof *params);
                }
                if (params)
                    params[i].type = t;
            }
        }
        struct CcTypeAttr *attrs = a->attrs ? a->attrs : b->attrs;
        if (same && !params && attrs == from->attrs)
            return from;
        Type *n = ty_clone(cc, from);
        n->base = r;
        n->attrs = attrs;
        if (params)
            n->u.fn.params = params;
        return n;
    }
    default:
        return a;
    }
}

Type *ty_composite(Cc *cc, Type *a, Type *b)
{
    return composite(cc, a, b, 0);
}

/* ---- conversions ---- */

Type *ty_promote(Cc *cc, Type *t)
{
    if (t->kind == TY_ENUM)
        t = t->base ? t->base : ty_basic(cc, TY_INT);
    if (t->kind >= TY_BOOL && t->kind < TY_INT)
        return ty_basic(cc, TY_INT);
    return t->unq;
}

Type *ty_common(Cc *cc, Type *a, Type *b)
{
    if (a->kind == TY_ERROR || b->kind == TY_ERROR)
        return ty_basic(cc, TY_ERROR);
    if (ty_is_flt(a) || ty_is_flt(b)) {
        if (a->kind == TY_LDOUBLE || b->kind == TY_LDOUBLE)
            return ty_basic(cc, TY_LDOUBLE);
        if (a->kind == TY_DOUBLE || b->kind == TY_DOUBLE)
            return ty_basic(cc, TY_DOUBLE);
        return ty_basic(cc, TY_FLOAT);
    }
    a = ty_promote(cc, a);
    b = ty_promote(cc, b);
    if (a->kind == b->kind)
        return a;
    if (a->is_unsigned == b->is_unsigned)
        return a->kind > b->kind ? a : b;
    Type *u = a->is_unsigned ? a : b, *s = a->is_unsigned ? b : a;
    if (u->kind > s->kind)
        return u;
    return s->size > u->size ? s : ty_unsigned(cc, s);
}

/* ---- names for messages, in gcc's spelling ---- */

static const char *const basic_names[TY_KINDS] = {
    "void", "_Bool", "char", "signed char", "unsigned char", "short int", "short unsigned int", "int", "unsigned int",
    "long int", "long unsigned int", "long long int", "long long unsigned int",
    "float", "double", "long double",
    "enum", "*", "[]", "()", "struct", "union", "<error>",
};

static void put_quals(Buf *b, unsigned q)
{
    if (q & Q_CONST)
        buf_str(b, "const ");
    if (q & Q_VOLATILE)
        buf_str(b, "volatile ");
    if (q & Q_RESTRICT)
        buf_str(b, "restrict ");
    if (q & Q_ATOMIC)
        buf_str(b, "_Atomic ");
}

static void put_type(Cc *cc, Buf *out, const Type *t, unsigned depth);

static void put_params(Cc *cc, Buf *out, const Type *t, unsigned depth)
{
    buf_u8(out, '(');
    if (!t->old_style && !t->u.fn.nparams && !t->variadic)
        buf_str(out, "void");
    for (uint32_t i = 0; !t->old_style && i < t->u.fn.nparams; i++) {
        if (i)
            buf_str(out, ", ");
        if (i == 12 || out->n > 600) {
            buf_str(out, "...");
            break;
        }
        put_type(cc, out, t->u.fn.params[i].type->unq, depth + 1);
    }
    if (t->variadic)
        buf_str(out, t->u.fn.nparams ? ", ..." : "...");
    buf_u8(out, ')');
}

/* Derived parts are collected outside in: what stands left of the (absent) name, and what stands right of it. */
static void put_type(Cc *cc, Buf *out, const Type *t, unsigned depth)
{
    const char *left = "";
    Buf right;
    buf_init(&right, cc->unit);
    unsigned steps = 0;
    if (depth > 6) {
        buf_str(out, "...");
        return;
    }
    for (; t->kind == TY_PTR || t->kind == TY_ARRAY || t->kind == TY_FUNC; t = t->base) {
        if (++steps > 24) {
            left = arena_fmt(cc->unit, "...%s", left);
            break;
        }
        if (t->kind == TY_PTR) {
            Buf q;
            buf_init(&q, cc->unit);
            put_quals(&q, t->quals);
            if (q.n && *left != '*' && *left != '(' && !*left)
                q.n--;
            left = arena_fmt(cc->unit, "*%s%s%s", q.n ? " " : "", q.n ? buf_cstr(&q) : "", left);
            if (t->base->kind == TY_ARRAY || t->base->kind == TY_FUNC) {
                left = arena_fmt(cc->unit, "(%s", left);
                buf_u8(&right, ')');
            }
        } else if (t->kind == TY_ARRAY) {
            if (t->incomplete)
                buf_str(&right, "[]");
            else
                buf_fmt(&right, "[%llu]", (unsigned long long)t->u.len);
        } else {
            put_params(cc, &right, t, depth);
        }
    }
    put_quals(out, t->quals);
    switch (t->kind) {
    case TY_STRUCT:
    case TY_UNION:
        if (!t->u.rec->tag && t->unq->typedef_name)
            buf_str(out, t->unq->typedef_name);
        else
            buf_fmt(out, "%s %s", t->kind == TY_STRUCT ? "struct" : "union", t->u.rec->tag ? t->u.rec->tag->s
                    : "<anonymous>");
        break;
    case TY_ENUM:
        if (!t->u.en->tag && t->unq->typedef_name)
            buf_str(out, t->unq->typedef_name);
        else
            buf_fmt(out, "enum %s", t->u.en->tag ? t->u.en->tag->s : "<anonymous>");
        break;
    default:
        buf_str(out, basic_names[t->kind]);
    }
    if (*left)
        buf_u8(out, ' ');
    buf_str(out, left);
    buf_put(out, right.p, right.n);
}

const char *ty_name(Cc *cc, const Type *t)
{
    Buf b;
    buf_init(&b, cc->unit);
    put_type(cc, &b, t, 0);
    return buf_cstr(&b);
}
