/* declarator: declaration specifiers (6.7.1 to 6.7.5), declarators (6.7.6) and type names (6.7.7). A declarator in
 * parentheses is read against a placeholder type, which is then filled with what stands around the parentheses. */
#include "cc/parse.h"

/* ---- specifiers ---- */

enum { M_VOID = 1, M_BOOL = 2, M_CHAR = 4, M_SHORT = 8, M_INT = 16, M_LONG = 32, M_LLONG = 64, M_SIGNED = 128,
      M_UNSIGNED = 256,
       M_FLOAT = 512, M_DOUBLE = 1024, M_OTHER = 2048 };

static void storage(CcParser *p, CcSpec *ds, CcStorage s)
{
    if (ds->storage != SC_NONE)
        diag_error(p->diag, p->tok.loc, ds->storage == s ? "duplicate '%s'"
                   : "multiple storage classes in declaration specifiers",
                   p->tok.u.ident->s);
    ds->storage = (uint8_t)s;
    ds->storage_loc = p->tok.loc;
    cc_next(p);
}

/* _Alignas(type or constant), 6.7.5 */
static void alignas_specifier(CcParser *p, CcSpec *ds)
{
    int64_t v = 0;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN))
        return;
    SrcLoc loc = p->tok.loc;
    if (cc_starts_type(p)) {
        Type *t = cc_type_name(p);
        v = t->align;
    } else if (cc_const_expr(p, "requested alignment", &v, NULL) && (v < 0 || (v & (v - 1)) || v > (1 << 28))) {
        diag_error(p->diag, loc, "requested alignment '%lld' is not a positive power of 2", (long long)v);
        v = 0;
    }
    cc_expect(p, T_RPAREN);
    if ((uint64_t)v > ds->align)
        ds->align = (uint32_t)v;
}

static Type *typeof_specifier(CcParser *p)
{
    Type *t;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN))
        return &p->basic[TY_ERROR];
    if (cc_starts_type(p)) {
        t = cc_type_name(p);
    } else {
        p->noeval++;
        Node *n = cc_expr(p);
        p->noeval--;
        t = n->type;
        if (cc_bit_field(n))
            cc_error_at(p, n, "'typeof' applied to a bit-field");
    }
    cc_expect(p, T_RPAREN);
    return t;
}

static bool both(unsigned m, unsigned a, unsigned b)
{
    return (m & a) && (m & b);
}

/* The words seen so far and one more: may they stand together? */
static bool add_word(CcParser *p, unsigned *mask, unsigned w)
{
    unsigned m = *mask;
    if (w == M_LONG && (m & M_LONG)) {
        if (m & M_LLONG) {
            diag_error(p->diag, p->tok.loc, "'long long long' is too long");
            return false;
        }
        w = M_LLONG;
    } else if (m & w) {
        diag_error(p->diag, p->tok.loc, "duplicate '%s'", p->tok.u.ident->s);
        return false;
    }
    m |= w;
    unsigned alone = m & (M_VOID | M_BOOL | M_FLOAT | M_OTHER); /* stand with no other word */
    bool base = alone && (m & (m - 1));
    if (both(m, M_SIGNED, M_UNSIGNED) || both(m, M_SHORT, M_LONG) || both(m, M_CHAR, M_SHORT | M_INT | M_LONG
                                                                          | M_DOUBLE)
        || both(m, M_DOUBLE, M_SHORT | M_INT | M_LLONG | M_SIGNED | M_UNSIGNED) || base) {
        if (both(m, M_SIGNED, M_UNSIGNED))
            diag_error(p->diag, p->tok.loc, "both 'signed' and 'unsigned' in declaration specifiers");
        else
            diag_error(p->diag, p->tok.loc, "two or more data types in declaration specifiers");
        return false;
    }
    *mask = m;
    return true;
}

static Type *resolve(CcParser *p, unsigned m)
{
    bool u = (m & M_UNSIGNED) != 0;
    TypeKind k;
    if (m & M_VOID)
        k = TY_VOID;
    else if (m & M_BOOL)
        k = TY_BOOL;
    else if (m & M_CHAR)
        k = u ? TY_UCHAR : m & M_SIGNED ? TY_SCHAR : TY_CHAR;
    else if (m & M_FLOAT)
        k = TY_FLOAT;
    else if (m & M_DOUBLE)
        k = m & M_LONG ? TY_LDOUBLE : TY_DOUBLE;
    else if (m & M_SHORT)
        k = u ? TY_USHORT : TY_SHORT;
    else if (m & M_LLONG)
        k = u ? TY_ULLONG : TY_LLONG;
    else if (m & M_LONG)
        k = u ? TY_ULONG : TY_LONG;
    else
        k = u ? TY_UINT : TY_INT;
    return &p->basic[k];
}

/* A plain identifier where a type was expected: does it look like the name of a type nobody declared? */
static bool looks_like_type(CcParser *p)
{
    const Token *t = cc_peek(p);
    if (t->kind == T_STAR)
        return true;
    return t->kind == T_IDENT && (!t->u.ident->kw || t->u.ident->kw == KW_CONST);
}

void cc_specifiers(CcParser *p, CcSpec *ds)
{
    unsigned mask = 0, quals = 0;
    memset(ds, 0, sizeof *ds);
    ds->loc = p->tok.loc;
    ds->attrs = p->leading;
    memset(&p->leading, 0, sizeof p->leading);
    Type *t = NULL;
    while (p->tok.kind == T_IDENT) {
        Ident *id = p->tok.u.ident;
        unsigned w = 0;
        switch (id->kw) {
        case KW_NONE: {
            CcSym *s = id->sym;
            if (mask)
                goto done;
            if (!s || s->kind != SYM_TYPEDEF) {
                if ((s && p->scope) || !looks_like_type(p))
                    goto done;
                diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + id->n, "unknown type name '%s'%s",
                        id->s, cc_suggest(p, id, 1u << SYM_TYPEDEF));
                t = &p->basic[TY_ERROR];
            } else {
                t = s->type;
                s->used = true;
            }
            mask = M_OTHER;
            cc_next(p);
            continue;
        }
        case KW_TYPEDEF:
            storage(p, ds, SC_TYPEDEF);
            continue;
        case KW_EXTERN:
            storage(p, ds, SC_EXTERN);
            continue;
        case KW_STATIC:
            storage(p, ds, SC_STATIC);
            continue;
        case KW_AUTO:
            if (p->scope == 0)
                diag_error(p->diag, p->tok.loc, "file-scope declaration specifies 'auto'");
            storage(p, ds, SC_AUTO);
            continue;
        case KW_REGISTER:
            storage(p, ds, SC_REGISTER);
            continue;
        case KW_THREAD:
            cc_unsupported(p, p->tok.loc, "thread-local storage is");
            cc_next(p);
            continue;
        case KW_INLINE:
            ds->is_inline = true;
            cc_next(p);
            continue;
        case KW_NORETURN:
            ds->noreturn = true;
            ds->attrs.noreturn = ds->attrs.any = true;
            cc_next(p);
            continue;
        case KW_ALIGNAS:
            alignas_specifier(p, ds);
            continue;
        case KW_CONST:
            quals |= Q_CONST;
            cc_next(p);
            continue;
        case KW_VOLATILE:
            quals |= Q_VOLATILE;
            cc_next(p);
            continue;
        case KW_RESTRICT:
            quals |= Q_RESTRICT;
            cc_next(p);
            continue;
        case KW_ATOMIC:
            cc_unsupported(p, p->tok.loc, "'_Atomic' is");
            cc_next(p);
            if (!mask && p->tok.kind == T_LPAREN) {
                cc_next(p);
                t = cc_type_name(p);
                cc_expect(p, T_RPAREN);
                mask = M_OTHER;
            }
            continue;
        case KW_EXTENSION:
            cc_next(p);
            continue;
        case KW_ATTRIBUTE:
            cc_attributes(p, &ds->attrs);
            continue;
        case KW_VOID:
            w = M_VOID;
            break;
        case KW_BOOL:
            w = M_BOOL;
            break;
        case KW_CHAR:
            w = M_CHAR;
            break;
        case KW_SHORT:
            w = M_SHORT;
            break;
        case KW_INT:
            w = M_INT;
            break;
        case KW_LONG:
            w = M_LONG;
            break;
        case KW_SIGNED:
            w = M_SIGNED;
            break;
        case KW_UNSIGNED:
            w = M_UNSIGNED;
            break;
        case KW_FLOAT:
            w = M_FLOAT;
            break;
        case KW_DOUBLE:
            w = M_DOUBLE;
            break;
        case KW_COMPLEX:
            cc_unsupported(p, p->tok.loc, "'_Complex' is");
            cc_next(p);
            continue;
        case KW_INT128:
            cc_next(p);
            t = p->cc->int128_type;
            mask = M_OTHER;
            continue;
        case KW_FLOAT128:
            diag_error(p->diag, p->tok.loc, "'%s' is not supported", id->s);
            cc_next(p);
            t = &p->basic[TY_ERROR];
            mask = M_OTHER;
            continue;
        case KW_VA_LIST:
        case KW_STRUCT:
        case KW_UNION:
        case KW_ENUM:
        case KW_TYPEOF:
        case KW_AUTO_TYPE:
            if (mask) {
                diag_error(p->diag, p->tok.loc, "two or more data types in declaration specifiers");
                mask = 0;
            }
            mask = M_OTHER;
            if (id->kw == KW_STRUCT || id->kw == KW_UNION) {
                t = cc_record_specifier(p, ds);
            } else if (id->kw == KW_ENUM) {
                t = cc_enum_specifier(p, ds);
            } else if (id->kw == KW_TYPEOF) {
                t = typeof_specifier(p);
            } else if (id->kw == KW_VA_LIST) {
                t = p->cc->va_list_type;
                cc_next(p);
            } else {
                ds->auto_type = true;
                t = &p->basic[TY_INT];
                cc_next(p);
            }
            continue;
        default:
            goto done;
        }
        add_word(p, &mask, w);
        cc_next(p);
    }
done:
    if (!t) {
        ds->implicit_int = mask == 0;
        t = resolve(p, mask);
    }
    if (ds->attrs.mode) {
        t = cc_attrs_to_type(p, t, &ds->attrs);
        ds->attrs.mode = 0;
    }
    if ((quals & Q_RESTRICT) && !ty_is_error(t) && !(t->kind == TY_PTR && t->base->kind != TY_FUNC))
        diag_error(p->diag, ds->loc, "invalid use of 'restrict'");
    ds->type = quals ? ty_qualify(p->cc, t, quals) : t;
}

/* ---- derived types, checked ---- */

static bool is_hole(const CcParser *p, const Type *t)
{
    return t->kind == TY_ERROR && t != &p->basic[TY_ERROR];
}

static const char *name_of(const CcDeclarator *d)
{
    return d && d->name ? d->name->s : "type name";
}

static Type *make_array(CcParser *p, Type *of, uint64_t len, const CcDeclarator *d, SrcLoc loc)
{
    if (!is_hole(p, of)) {
        if (of->kind == TY_FUNC) {
            diag_error(p->diag, loc, "declaration of '%s' as array of functions", name_of(d));
            of = &p->basic[TY_ERROR];
        } else if (of->kind == TY_VOID) {
            diag_error(p->diag, loc, "declaration of '%s' as array of voids", name_of(d));
            of = &p->basic[TY_ERROR];
        } else if (of->incomplete) {
            if (p->vla)
                cc_unsupported(p, loc, "a variable length array is");
            else
                diag_error(p->diag, loc, "array type has incomplete element type '%s'", ty_name(p->cc, of));
            of = &p->basic[TY_ERROR];
        } else if (len != UINT64_MAX && of->size && len > CC_MAX_SIZE / of->size) {
            diag_error(p->diag, loc, "size of array '%s' is too large", name_of(d));
            len = 1;
        }
    }
    return ty_array(p->cc, of, len);
}

static Type *check_result(CcParser *p, Type *r, const CcDeclarator *d, SrcLoc loc)
{
    if (r->kind == TY_ARRAY) {
        diag_error(p->diag, loc, "'%s' declared as function returning an array", name_of(d));
        return &p->basic[TY_ERROR];
    }
    if (r->kind == TY_FUNC) {
        diag_error(p->diag, loc, "'%s' declared as function returning a function", name_of(d));
        return &p->basic[TY_ERROR];
    }
    return r->kind == TY_VOID || is_hole(p, r) ? r : r->unq;
}

/* t with the placeholder in it replaced. */
static Type *fill(CcParser *p, Type *t, const Type *hole, Type *by, const CcDeclarator *d)
{
    Type *in;
    if (t == hole)
        return by;
    switch (t->kind) {
    case TY_PTR:
        in = fill(p, t->base, hole, by, d);
        return ty_qualify(p->cc, ty_ptr(p->cc, in), t->quals);
    case TY_ARRAY:
        in = fill(p, t->base, hole, by, d);
        return make_array(p, in, t->u.len, d, d->loc);
    case TY_FUNC: {
        in = fill(p, t->base, hole, by, d);
        Type *f = ty_clone(p->cc, t);
        f->base = check_result(p, in, d, d->loc);
        if (p->kr_type == t)
            p->kr_type = f;
        if (p->proto_type == t)
            p->proto_type = f;
        return f;
    }
    default:
        return t;
    }
}

/* ---- parameters (6.7.6.3) ---- */

/* Parameters read so far become visible to the array lengths and typeofs of the next ones. */
static void bind_params(CcParser *p)
{
    for (; p->proto_bound < p->params.n; p->proto_bound++) {
        const CcParam *q = &p->params.p[p->proto_bound];
        if (!q->name)
            continue;
        CcSym *s = cc_sym_new(p, p->cc->unit, SYM_VAR, q->name, q->type, q->loc);
        s->is_param = s->used = true;
        cc_bind(p, q->name, s);
    }
}

static void identifier_list(CcParser *p, Type *f)
{
    f->old_style = true;
    p->kr.n = 0;
    p->kr_type = f;
    do {
        CcParam q = {0};
        if (p->tok.kind != T_IDENT || p->tok.u.ident->kw) {
            cc_syntax_error(p, "identifier");
            break;
        }
        q.name = p->tok.u.ident;
        q.loc = p->tok.loc;
        vec_push(p->cc->unit, &p->kr, q);
        cc_next(p);
    } while (cc_accept(p, T_COMMA));
}

static void parameter(CcParser *p, uint32_t number, bool *is_void)
{
    CcSpec ds;
    CcDeclarator d;
    CcParam q = {0};
    *is_void = false;
    cc_specifiers(p, &ds);
    if (ds.storage != SC_NONE && ds.storage != SC_REGISTER)
        diag_error(p->diag, ds.storage_loc, "storage class specified for parameter");
    if (ds.implicit_int && p->tok.loc == ds.loc) {
        if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw)
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + p->tok.n, "unknown type name '%s'%s",
                    p->tok.u.ident->s, cc_suggest(p, p->tok.u.ident, 1u << SYM_TYPEDEF));
        else
            cc_syntax_error(p, "declaration specifiers or '...'");
        cc_skip_to(p, T_COMMA, T_RPAREN);
        return;
    }
    cc_declarator(p, ds.type, &d, DECL_NAMED | DECL_ABSTRACT);
    cc_attributes(p, &d.attrs);
    if (d.attrs.any && d.attrs.mode)
        d.type = cc_attrs_to_type(p, d.type, &d.attrs);
    Type *t = d.type;
    if (t->kind == TY_ARRAY) {
        t = ty_ptr(p->cc, t->base);
    } else if (t->kind == TY_FUNC) {
        t = ty_ptr(p->cc, t);
    } else if (t->kind == TY_VOID) {
        if (!d.name && number == 1 && p->tok.kind == T_RPAREN && !t->quals) {
            *is_void = true;
            return;
        }
        if (!d.name) { /* with a name it only hurts a definition */
            diag_error(p->diag, d.loc, "'void' must be the only parameter");
            t = &p->basic[TY_ERROR];
        }
    }
    q.type = t;
    q.name = d.name;
    q.loc = d.loc;
    q.attr_unused = ds.attrs.unused || d.attrs.unused;
    q.is_register = ds.storage == SC_REGISTER;
    vec_push(p->cc->unit, &p->params, q);
    if (d.name && d.name->sym && ((CcSym *)d.name->sym)->kind == SYM_TYPEDEF)
        bind_params(p); /* it hides the type */
}

/* Behind the (: everything up to and with the ). */
static void parameters(CcParser *p, Type *f)
{
    uint32_t first = p->params.n, outer_first = p->proto_first, outer_bound = p->proto_bound;
    if (p->tok.kind == T_RPAREN) {
        f->old_style = true;
        cc_next(p);
        return;
    }
    if (p->tok.kind == T_IDENT && !cc_is_decl_ident(p->tok.u.ident) && p->tok.u.ident->kw != KW_EXTENSION) {
        const Token *t = cc_peek(p);
        if (t->kind == T_COMMA || t->kind == T_RPAREN) {
            identifier_list(p, f);
            if (p->tok.kind != T_RPAREN) {
                cc_syntax_error(p, "')'");
                cc_skip_to(p, T_RPAREN, T_RPAREN);
            }
            cc_expect(p, T_RPAREN);
            return;
        }
    }
    p->protos++;
    p->proto_first = p->proto_bound = first;
    CcMark m = cc_scope_enter(p);
    uint32_t number = 1;
    for (;; number++) {
        bool is_void;
        if (p->tok.kind == T_ELLIPSIS) {
            if (number == 1)
                diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, p->tok.loc, 0,
                        "ISO C requires a named argument before '...'");
            f->variadic = true;
            cc_next(p);
            break;
        }
        parameter(p, number, &is_void);
        if (is_void || !cc_accept(p, T_COMMA))
            break;
    }
    p->protos--;
    p->proto_tags.n = 0;
    for (uint32_t i = m.tags; i < p->tags.n; i++)
        vec_push(p->cc->unit, &p->proto_tags, p->tags.p[i]);
    p->proto_type = f;
    cc_scope_leave(p, m);
    f->u.fn.nparams = p->params.n - first;
    if (f->u.fn.nparams) {
        f->u.fn.params = arena_alloc(p->cc->unit, f->u.fn.nparams * sizeof(CcParam));
        memcpy(f->u.fn.params, p->params.p + first, f->u.fn.nparams * sizeof(CcParam));
    }
    p->params.n = first;
    p->proto_first = outer_first;
    p->proto_bound = outer_bound;
    if (p->tok.kind != T_RPAREN) {
        cc_syntax_error(p, f->variadic ? "')'" : "';', ',' or ')'");
        cc_skip_to(p, T_RPAREN, T_RPAREN);
    }
    if (p->tok.kind == T_RPAREN)
        cc_next(p);
}

/* ---- declarators ---- */

/* The length between [ and ]: UINT64_MAX when there is none. */
static uint64_t array_length(CcParser *p, const CcDeclarator *d)
{
    bool told = false;
    while (p->tok.kind == T_IDENT
           && (cc_kw(p) == KW_STATIC || cc_kw(p) == KW_CONST || cc_kw(p) == KW_VOLATILE || cc_kw(p) == KW_RESTRICT)) {
        if (!p->protos && !told)
            diag_error(p->diag, p->tok.loc, "static or type qualifiers in non-parameter array declarator");
        told = true;
        cc_next(p);
    }
    if (p->tok.kind == T_RBRACKET)
        return UINT64_MAX;
    if (p->tok.kind == T_STAR && cc_peek(p)->kind == T_RBRACKET) {
        cc_next(p);
        p->vla = true;
        return UINT64_MAX;
    }
    if (p->protos && p->tok.kind != T_NUMBER)
        bind_params(p);
    Node *n = cc_rvalue(p, cc_assign_expr(p));
    int64_t v = 0;
    if (ty_is_error(n->type))
        return 1;
    if (!ty_is_int(n->type)) {
        diag_error(p->diag, d->loc, "size of array '%s' has non-integer type", name_of(d));
        return 1;
    }
    if (n->op == N_INT) {
        v = n->u.ival;
    } else if (!cc_const_int(p->cc, n, &v)) {
        if (p->protos) {
            p->vla = true;
            return UINT64_MAX;
        }
        if (p->scope == 0)
            diag_error(p->diag, d->loc, "variably modified '%s' at file scope", name_of(d));
        else
            cc_unsupported(p, n->begin, "a variable length array is");
        return 1;
    }
    if (v < 0 && !n->type->is_unsigned) {
        diag_error(p->diag, n->begin, "size of array '%s' is negative", name_of(d));
        return 1;
    }
    if ((uint64_t)v > CC_MAX_SIZE) {
        diag_error(p->diag, n->begin, "size of array '%s' is too large", name_of(d));
        return 1;
    }
    return (uint64_t)v;
}

/* [..] and (..) behind the name, from left to right; the types they make nest from right to left. */
static Type *suffixes(CcParser *p, Type *base, CcDeclarator *d)
{
    if (p->tok.kind == T_LBRACKET) {
        SrcLoc loc = d->name ? d->loc : p->tok.loc;
        if (!cc_enter(p))
            return base;
        cc_next(p);
        uint64_t len = array_length(p, d);
        if (!cc_expect(p, T_RBRACKET))
            cc_skip_to(p, T_RBRACKET, T_RPAREN);
        Type *of = suffixes(p, base, d);
        cc_leave(p);
        return make_array(p, of, len, d, loc);
    }
    if (p->tok.kind == T_LPAREN) {
        SrcLoc loc = d->loc;
        if (!cc_enter(p))
            return base;
        cc_next(p);
        Type *f = ty_func(p->cc, NULL);
        parameters(p, f);
        Type *kr_type = p->kr_type, *proto_type = p->proto_type;
        f->base = check_result(p, suffixes(p, base, d), d, loc);
        p->kr_type = kr_type;
        p->proto_type = proto_type;
        cc_leave(p);
        return f;
    }
    return base;
}

static Type *pointers(CcParser *p, Type *t, CcDeclarator *d)
{
    while (p->tok.kind == T_STAR) {
        unsigned quals = 0;
        cc_next(p);
        for (;;) {
            unsigned kw = cc_kw(p);
            if (kw == KW_CONST)
                quals |= Q_CONST;
            else if (kw == KW_VOLATILE)
                quals |= Q_VOLATILE;
            else if (kw == KW_RESTRICT)
                quals |= Q_RESTRICT;
            else if (kw == KW_ATOMIC)
                cc_unsupported(p, p->tok.loc, "'_Atomic' is");
            else if (kw != KW_ATTRIBUTE)
                break;
            if (kw == KW_ATTRIBUTE)
                cc_attributes(p, &d->attrs);
            else
                cc_next(p);
        }
        t = ty_ptr(p->cc, t);
        if (quals)
            t = ty_qualify(p->cc, t, quals);
    }
    return t;
}

/* At a (: does it enclose a declarator (not parameters)? */
static bool encloses(CcParser *p, unsigned how)
{
    if (!(how & DECL_ABSTRACT))
        return true;
    const Token *t = cc_peek(p);
    if (t->kind == T_IDENT)
        return t->u.ident->kw == KW_ATTRIBUTE || ((how & DECL_NAMED) && !cc_is_decl_ident(t->u.ident));
    return t->kind == T_STAR || t->kind == T_LPAREN || t->kind == T_LBRACKET;
}

static void declarator(CcParser *p, Type *base, CcDeclarator *d, unsigned how)
{
    base = pointers(p, base, d);
    if (cc_kw(p) == KW_ATTRIBUTE)
        cc_attributes(p, &d->attrs);
    d->loc = p->tok.loc;
    if (p->tok.kind == T_LPAREN && encloses(p, how)) {
        Type *hole = ty_new(p->cc, TY_ERROR);
        if (!cc_enter(p))
            return;
        cc_next(p);
        declarator(p, hole, d, how);
        cc_leave(p);
        cc_expect(p, T_RPAREN);
        Type *kr_type = p->kr_type;
        Type *inner = d->type;
        if (!inner)
            return;
        base = suffixes(p, base, d);
        if (kr_type && inner->kind == TY_FUNC)
            p->kr_type = kr_type;
        d->type = fill(p, inner, hole, base, d);
        return;
    }
    if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw && (how & DECL_NAMED)) {
        d->name = p->tok.u.ident;
        cc_next(p);
    } else if (!(how & DECL_ABSTRACT)) {
        cc_syntax_error(p, "identifier or '('");
        d->type = &p->basic[TY_ERROR];
        return;
    }
    d->type = suffixes(p, base, d);
}

void cc_declarator(CcParser *p, Type *base, CcDeclarator *d, unsigned how)
{
    memset(d, 0, sizeof *d);
    d->type = &p->basic[TY_ERROR];
    p->vla = false;
    declarator(p, base, d, how);
}

Type *cc_type_name(CcParser *p)
{
    CcSpec ds;
    CcDeclarator d;
    cc_specifiers(p, &ds);
    if (ds.storage != SC_NONE)
        diag_error(p->diag, ds.storage_loc, "storage class in a type name");
    if (ds.implicit_int && p->tok.loc == ds.loc)
        cc_syntax_error(p, "type name");
    else if (ds.implicit_int)
        diag_warn(p->diag, W_IMPLICIT_INT, ds.loc, "type defaults to 'int' in type name");
    cc_declarator(p, ds.type, &d, DECL_ABSTRACT);
    if (ds.attrs.align || d.attrs.align) {
        d.type = ty_clone(p->cc, d.type);
        d.type->align = ds.attrs.align > d.attrs.align ? ds.attrs.align : d.attrs.align;
    }
    return d.type;
}
