/* unary: primary, postfix, unary and cast expressions (6.5.1 to 6.5.4), compound literals, _Generic. */
#include "cc/parse.h"

/* ---- primary (6.5.1) ---- */

static Node *undeclared(CcParser *p, Ident *name, SrcLoc loc)
{
    if (p->fn)
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "'%s' undeclared (first use in this function)%s",
                name->s, cc_suggest(p, name, CC_OBJECTS));
    else
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "'%s' undeclared here (not in a function)%s",
                name->s, cc_suggest(p, name, CC_OBJECTS));
    CcSym *s = cc_sym_new(p, p->cc->unit, SYM_VAR, name, &p->basic[TY_ERROR], loc);
    s->used = s->is_static = true;
    cc_bind(p, name, s); /* told once */
    return cc_error_node(p, loc);
}

static void deprecated(CcParser *p, const CcSym *s, SrcLoc loc)
{
    diag_at(p->diag, DIAG_WARNING, W_DEPRECATED, loc, loc + s->name->n, "'%s' is deprecated", s->name->s);
    diag_note(p->diag, s->loc, "declared here");
}

static Node *identifier(CcParser *p)
{
    Ident *name = p->tok.u.ident;
    CcSym *s = name->sym;
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    if (!s) {
        if (p->tok.kind != T_LPAREN)
            return undeclared(p, name, loc);
        s = cc_implicit_function(p, name, loc);
    }
    Node *n;
    switch (s->kind) {
    case SYM_ENUM_CONST:
        n = cc_int_node(p, s->type, s->value, loc);
        break;
    case SYM_TYPEDEF:
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "expected expression before '%s'", name->s);
        return cc_error_node(p, loc);
    default:
        if (ty_is_error(s->type)) {
            n = cc_error_node(p, loc);
            break;
        }
        n = cc_node(p, N_VAR, s->type, loc);
        n->u.sym = s;
        if (!s->used && !p->noeval) {
            s->used = true;
            n->sub = 1; /* an assignment takes this back */
        } else if (s->depth) {
            s->used = s->used || p->noeval;
        }
        if (s->deprecated && !(p->fn && p->fn->sym->deprecated))
            deprecated(p, s, loc);
    }
    n->end = loc + name->n;
    return n;
}

/* _Generic (6.5.1.1) */
static Node *generic(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    Node *chosen = NULL, *otherwise = NULL;
    Type *match = NULL;
    bool has_default = false;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    p->noeval++;
    Node *c = cc_rvalue(p, cc_assign_expr(p));
    p->noeval--;
    Type *t = c->type->unq;
    while (cc_accept(p, T_COMMA)) {
        SrcLoc at = p->tok.loc;
        bool take = false, fallback = false;
        if (cc_kw(p) == KW_DEFAULT) {
            cc_next(p);
            if (has_default)
                diag_error(p->diag, at, "duplicate 'default' case in '_Generic'");
            has_default = fallback = true;
        } else {
            Type *a = cc_type_name(p);
            if (a->kind == TY_FUNC)
                diag_error(p->diag, at, "'_Generic' association has function type");
            else if (a->incomplete && !ty_is_error(a))
                diag_error(p->diag, at, "'_Generic' association has incomplete type");
            if (ty_compatible(t, a) && !ty_is_error(t)) {
                if (match)
                    diag_error(p->diag, at, "'_Generic' selector matches multiple associations");
                match = a;
                take = true;
            }
        }
        cc_expect(p, T_COLON);
        bool dead = !take && !(fallback && !chosen);
        p->noeval += dead;
        Node *v = cc_assign_expr(p);
        p->noeval -= dead;
        if (take)
            chosen = v;
        else if (fallback)
            otherwise = v;
    }
    cc_expect(p, T_RPAREN);
    if (!chosen)
        chosen = otherwise;
    if (!chosen) {
        if (!ty_is_error(t))
            diag_error(p->diag, loc, "'_Generic' selector of type '%s' is not compatible with any association",
                       ty_name(p->cc, t));
        return cc_error_node(p, loc);
    }
    return cc_range(chosen, loc, p->prev_end);
}

Node *cc_compound_literal(CcParser *p, Type *t, SrcLoc loc)
{
    CcInitList l;
    bool is_static = p->scope == 0;
    if (t->kind == TY_FUNC || t->kind == TY_VOID || (t->incomplete && t->kind != TY_ARRAY)) {
        if (t->kind == TY_FUNC)
            diag_error(p->diag, loc, "compound literal has function type");
        else
            diag_error(p->diag, loc, "invalid use of incomplete type '%s'", ty_name(p->cc, t));
        t = &p->basic[TY_ERROR];
    }
    Arena *old = p->cc->node_arena;
    if (is_static)
        p->cc->node_arena = p->cc->unit;
    cc_initializer(p, t, is_static, NULL, &l);
    p->cc->node_arena = old;
    if (ty_is_error(t))
        return cc_error_node(p, loc);
    if (is_static) {
        CcSym *s = cc_static_literal(p, l.type, NULL);
        s->init = l.p;
        s->ninit = l.n;
        s->extra_size = l.extra;
        Node *n = cc_node(p, N_VAR, l.type, loc);
        n->u.sym = s;
        return cc_range(n, loc, p->prev_end);
    }
    CcSym *s = cc_sym_new(p, p->cc->node_arena, SYM_VAR, NULL, l.type, loc);
    s->address_taken = true;
    s->is_volatile = ty_has_volatile(l.type);
    Node *n = cc_node(p, N_COMPOUND, l.type, loc);
    n->u.init.sym = s;
    n->u.init.inits = l.p;
    n->u.init.n = l.n;
    n->u.init.zero = l.zero;
    uint32_t high = 0;
    for (uint32_t i = 0; i < l.n; i++)
        if (l.p[i].value->height > high)
            high = l.p[i].value->height;
    n->height = (uint16_t)(high < CC_MAX_HEIGHT ? high + 1 : high);
    return cc_range(n, loc, p->prev_end);
}

/* ---- postfix (6.5.2) ---- */

Node *cc_deref(CcParser *p, Node *a, SrcLoc loc)
{
    if (ty_is_error(a->type))
        return a;
    if (a->type->kind != TY_PTR) {
        cc_error_at(p, a, "invalid type argument of unary '*' (have '%s')", ty_name(p->cc, a->type));
        return cc_error_node(p, loc);
    }
    Type *t = a->type->base;
    if (a->op == N_ADDR && a->a->type == t) /* *&x */
        return a->a;
    if (t->kind == TY_VOID && !p->noeval)
        diag_warn(p->diag, W_NONE, loc, "dereferencing 'void *' pointer");
    return cc_node1(p, N_DEREF, t, loc, a);
}

static Node *subscript(CcParser *p, Node *a)
{
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    Node *i = cc_rvalue(p, cc_expr(p));
    a = cc_rvalue(p, a);
    if (!cc_expect(p, T_RBRACKET))
        cc_skip_to(p, T_RBRACKET, T_RPAREN);
    if (ty_is_error(a->type) || ty_is_error(i->type))
        return cc_error_node(p, loc);
    SrcLoc begin = a->begin;
    if (a->type->kind != TY_PTR && i->type->kind == TY_PTR) {
        Node *swap = a;
        a = i;
        i = swap;
    }
    if (a->type->kind != TY_PTR) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, 0, "subscripted value is neither array nor pointer nor vector");
        return cc_error_node(p, loc);
    }
    if (!ty_is_int(i->type)) {
        cc_error_at(p, i, "array subscript is not an integer");
        return cc_error_node(p, loc);
    }
    if (a->type->base->kind == TY_FUNC) {
        cc_error_at(p, a, "subscripted value is pointer to function");
        return cc_error_node(p, loc);
    }
    Node *n = cc_deref(p, cc_binary(p, N_ADD, a, i, loc), loc);
    return cc_range(n, begin, p->prev_end);
}

static Node *member_access(CcParser *p, Node *a, bool arrow)
{
    SrcLoc loc = p->tok.loc, begin = a->begin;
    cc_next(p);
    if (arrow)
        a = cc_rvalue(p, a);
    if (p->tok.kind != T_IDENT) {
        cc_syntax_error(p, "identifier");
        return cc_error_node(p, loc);
    }
    Ident *name = p->tok.u.ident;
    SrcLoc at = p->tok.loc;
    cc_next(p);
    Type *t = a->type;
    if (ty_is_error(t))
        return a;
    if (arrow) {
        if (t->kind != TY_PTR) {
            diag_error(p->diag, loc, "invalid type argument of '->' (have '%s')", ty_name(p->cc, t));
            return cc_error_node(p, loc);
        }
        t = t->base;
    }
    if (!ty_is_record(t)) {
        if (!arrow && t->kind == TY_PTR && ty_is_record(t->base))
            diag_error(p->diag, loc, "'%s' is a pointer; did you mean to use '->'?",
                       a->op == N_VAR && a->u.sym->name ? a->u.sym->name->s : ty_name(p->cc, t));
        else if (!ty_is_error(t))
            diag_error(p->diag, loc, "request for member '%s' in something not a structure or union", name->s);
        return cc_error_node(p, loc);
    }
    if (t->incomplete) {
        diag_error(p->diag, loc, "invalid use of undefined type '%s'", ty_name(p->cc, t->unq));
        return cc_error_node(p, loc);
    }
    if (arrow)
        a = cc_deref(p, a, loc);
    if (!cc_member_find(a->type, name)) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, at, at + name->n, "'%s' has no member named '%s'%s",
                ty_name(p->cc, a->type->unq), name->s, cc_suggest_member(p, name, a->type));
        return cc_error_node(p, loc);
    }
    Node *n = cc_member(p, a, name, at);
    return cc_range(n, begin, p->prev_end);
}

static Node *postfix(CcParser *p, Node *n)
{
    for (;;) {
        switch (p->tok.kind) {
        case T_LBRACKET:
            n = subscript(p, n);
            break;
        case T_LPAREN:
            n = cc_call(p, n);
            break;
        case T_DOT:
            n = member_access(p, n, false);
            break;
        case T_ARROW:
            n = member_access(p, n, true);
            break;
        case T_INC:
        case T_DEC: {
            SrcLoc loc = p->tok.loc, begin = n->begin;
            bool minus = p->tok.kind == T_DEC;
            cc_next(p);
            n = cc_range(cc_increment(p, n, minus, true, loc), begin, p->prev_end);
            break;
        }
        default:
            return n;
        }
        if (n->height >= CC_MAX_HEIGHT - 8 && !p->diag->stopped) {
            diag_error(p->diag, n->loc, "expression too deeply nested (more than %d operators)", (int)CC_MAX_HEIGHT);
            p->diag->stopped = true;
            return cc_error_node(p, n->loc);
        }
    }
}

/* ---- casts (6.5.4) ---- */

Node *cc_cast(CcParser *p, Type *to, Node *n, SrcLoc loc, SrcLoc begin)
{
    n = cc_rvalue(p, n);
    Type *from = n->type;
    Node *r;
    to = to->unq;
    if (ty_is_error(to) || ty_is_error(from))
        return cc_error_node(p, loc);
    if (to->kind == TY_VOID) {
        r = from->kind == TY_VOID ? n : cc_node1(p, N_CAST, to, loc, n);
        return cc_range(r, begin, n->end);
    }
    if (from->kind == TY_VOID) {
        cc_error_at(p, n, "void value not ignored as it ought to be");
        return cc_error_node(p, loc);
    }
    if (ty_is_record(to) && ty_same_unqual(to, from))
        return n;
    if (to->kind == TY_UNION && !to->incomplete) { /* GNU: cast to a union type */
        for (CcMember *m = to->u.rec->members; m; m = m->next)
            if (!m->bit_field && ty_same_unqual(m->type, from) && p->fn) {
                CcSym *s = cc_sym_new(p, p->cc->node_arena, SYM_VAR, NULL, to, loc);
                s->address_taken = true;
                r = cc_node(p, N_COMPOUND, to, loc);
                r->u.init.sym = s;
                r->u.init.inits = arena_new(p->cc->node_arena, CcInit);
                r->u.init.inits->type = m->type->unq;
                r->u.init.inits->value = n;
                r->u.init.n = 1;
                r->u.init.zero = m->type->size < to->size;
                r->height = n->height;
                return cc_range(cc_rvalue(p, r), begin, n->end);
            }
    }
    if (to->kind == TY_FUNC || to->kind == TY_ARRAY) {
        diag_error(p->diag, loc, to->kind == TY_FUNC ? "cast specifies function type" : "cast specifies array type");
        return cc_error_node(p, loc);
    }
    if (!ty_is_scalar(to) || !ty_is_scalar(from)) {
        if (ty_is_scalar(from) || ty_is_record(to))
            diag_error(p->diag, loc, "conversion to non-scalar type requested");
        else
            cc_error_at(p, n, "aggregate value used where %s was expected", to->kind == TY_PTR ? "a pointer"
                        : ty_is_flt(to) ? "a float"
                        : "an integer");
        return cc_error_node(p, loc);
    }
    if ((to->kind == TY_PTR && ty_is_flt(from)) || (from->kind == TY_PTR && ty_is_flt(to))) {
        cc_error_at(p, n, to->kind == TY_PTR ? "cannot convert to a pointer type"
                    : "pointer value used where a floating-point was expected");
        return cc_error_node(p, loc);
    }
    if (from == to) {
        if (n->op == N_INT || n->op == N_FLT)
            return cc_range(n, begin, n->end);
        if (cc_bit_field(n)) /* the result is no bit-field: it promotes by its type alone */
            return cc_range(cc_node1(p, N_CAST, to, loc, n), begin, n->end);
        return n;
    }
    if (n->op == N_INT && to->kind == TY_PTR && !(to->base->kind == TY_VOID && ty_is_int(from))) {
        r = cc_convert(p, n, to);
        return cc_range(r, begin, n->end);
    }
    p->noeval++; /* an explicit cast may overflow in silence */
    r = cc_convert(p, n, to);
    p->noeval--;
    r->flags &= (uint8_t)~F_IMPLICIT;
    return cc_range(r, begin, n->end);
}

/* At ( : a parenthesized expression, a statement expression, a cast or a compound literal. */
static Node *paren(CcParser *p, bool *primary)
{
    SrcLoc loc = p->tok.loc;
    *primary = true;
    cc_next(p);
    if (p->tok.kind == T_LBRACE)
        return cc_stmt_expr(p, loc);
    if (p->tok.kind == T_IDENT && cc_starts_type(p)) {
        Type *t = cc_type_name(p);
        if (!cc_expect(p, T_RPAREN)) {
            cc_skip_to(p, T_RPAREN, T_RPAREN);
            cc_accept(p, T_RPAREN);
            return cc_error_node(p, loc);
        }
        if (p->tok.kind == T_LBRACE)
            return cc_compound_literal(p, t, loc);
        *primary = false;
        return cc_cast(p, t, cc_cast_expr(p), loc, loc);
    }
    Node *n = cc_expr(p);
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
    }
    n->flags |= F_PAREN;
    if (n->op == N_VAR) /* may be a shared node of _Generic or *& */
        return n;
    return cc_range(n, loc, p->prev_end);
}

/* ---- sizeof, _Alignof (6.5.3.4) ---- */

static Node *sizeof_or_alignof(CcParser *p, bool size)
{
    SrcLoc loc = p->tok.loc;
    const char *what = size ? "sizeof" : "_Alignof";
    Type *t;
    uint32_t align = 0;
    bool is_type = false;
    cc_next(p);
    if (p->tok.kind == T_LPAREN) {
        const Token *a = cc_peek(p);
        is_type = a->kind == T_IDENT && (cc_is_type_ident(a->u.ident) || a->u.ident->kw == KW_EXTENSION);
    }
    Node *n = NULL;
    if (is_type) {
        SrcLoc begin = p->tok.loc;
        cc_next(p);
        if (cc_starts_type(p)) {
            t = cc_type_name(p);
            cc_expect(p, T_RPAREN);
            if (p->tok.kind == T_LBRACE) {
                p->noeval++;
                n = postfix(p, cc_compound_literal(p, t, begin));
                p->noeval--;
                t = n->type;
            }
        } else { /* (__extension__ expression) */
            p->noeval++;
            n = cc_expr(p);
            cc_expect(p, T_RPAREN);
            n = postfix(p, n);
            p->noeval--;
            t = n->type;
        }
    } else {
        p->noeval++;
        n = cc_cast_expr(p);
        p->noeval--;
        t = n->type;
    }
    if (n && cc_bit_field(n) && n->op == N_MEMBER)
        cc_error_at(p, n, "'%s' applied to a bit-field", what);
    if (n && n->op == N_VAR)
        align = n->u.sym->align;
    if (ty_is_error(t))
        return cc_error_node(p, loc);
    uint64_t v = size ? t->size : align > t->align ? align : t->align;
    if (t->kind == TY_VOID || t->kind == TY_FUNC) {
        diag_at(p->diag, DIAG_PEDWARN, W_POINTER_ARITH, loc, 0, "invalid application of '%s' to a %s type", what,
                t->kind == TY_VOID ? "void" : "function");
        v = 1;
    } else if (t->incomplete && !(t->kind == TY_ARRAY && !size)) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, p->prev_end, "invalid application of '%s' to incomplete type '%s'",
                what, ty_name(p->cc, t));
        return cc_error_node(p, loc);
    }
    Node *r = cc_int_node(p, p->size, (int64_t)v, loc);
    return cc_range(r, loc, p->prev_end);
}

/* ---- unary operators (6.5.3) ---- */

static Node *address(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    Node *a = cc_cast_expr(p);
    SrcLoc end = a->end;
    if (ty_is_error(a->type))
        return a;
    if (a->type->kind == TY_FUNC && (a->op == N_VAR || a->op == N_DEREF))
        return cc_range(cc_addr(p, a, ty_ptr(p->cc, a->type), loc), loc, end);
    if (a->op == N_DEREF && a->type->kind == TY_VOID)
        return a->a;
    if (!cc_is_lvalue(a) && !(a->op == N_MEMBER && a->type->kind == TY_ARRAY)) {
        diag_error(p->diag, loc, "lvalue required as unary '&' operand");
        return cc_error_node(p, loc);
    }
    if (cc_bit_field(a)) {
        diag_error(p->diag, loc, "cannot take address of bit-field '%s'", a->u.member->name ? a->u.member->name->s
                   : "");
        return cc_error_node(p, loc);
    }
    const Node *root = a;
    while (root->op == N_MEMBER)
        root = root->a;
    if (root->op == N_VAR && root->u.sym->is_register)
        diag_error(p->diag, loc, "address of register variable '%s' requested", root->u.sym->name
                   ? root->u.sym->name->s : "");
    return cc_range(cc_addr(p, a, ty_ptr(p->cc, a->type), loc), loc, end);
}

static Node *arithmetic(CcParser *p, NodeOp op)
{
    SrcLoc loc = p->tok.loc;
    TokenKind k = p->tok.kind;
    cc_next(p);
    Node *a = cc_rvalue(p, cc_cast_expr(p));
    SrcLoc end = a->end;
    if (ty_is_error(a->type))
        return a;
    if (op == N_BITNOT ? !ty_is_int(a->type) : !ty_is_arith(a->type)) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, a->end, "wrong type argument to %s",
                op == N_BITNOT ? "bit-complement" : k == T_PLUS ? "unary plus" : "unary minus");
        return cc_error_node(p, loc);
    }
    a = cc_promote(p, a);
    if (k == T_PLUS) {
        if (cc_is_lvalue(a) || a->op == N_INT || a->op == N_FLT)
            return cc_range(a, loc, end);
        return a;
    }
    Node *n = cc_fold1(p, op, a->type, a, loc);
    if (!n)
        n = cc_node1(p, op, a->type, loc, a);
    return cc_range(n, loc, end);
}

static Node *not(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    Node *a = cc_rvalue(p, cc_cast_expr(p));
    if (!ty_is_scalar(a->type) && !ty_is_error(a->type)) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, a->end, "wrong type argument to unary exclamation mark");
        return cc_error_node(p, loc);
    }
    SrcLoc end = a->end;
    if (ty_is_error(a->type))
        return a;
    cc_warn_cond(p, a);
    Node *n = cc_fold1(p, N_NOT, &p->basic[TY_INT], a, loc);
    if (!n)
        n = cc_node1(p, N_NOT, &p->basic[TY_INT], loc, a);
    return cc_range(n, loc, end);
}

static Node *label_address(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    if (p->tok.kind != T_IDENT) {
        cc_syntax_error(p, "identifier");
        return cc_error_node(p, loc);
    }
    if (!p->fn) {
        diag_error(p->diag, loc, "label '%s' referenced outside of any function", p->tok.u.ident->s);
        cc_next(p);
        return cc_error_node(p, loc);
    }
    CcLabel *l = cc_label_find(p, p->tok.u.ident, p->tok.loc);
    l->used = l->address_taken = true;
    cc_next(p);
    Node *n = cc_node(p, N_LABEL_ADDR, p->void_ptr, loc);
    n->u.label.label = l;
    return cc_range(n, loc, p->prev_end);
}

static Node *word_expr(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    unsigned kw = p->tok.u.ident->kw;
    if (kw >= KW_BUILTIN)
        return cc_builtin(p);
    switch (kw) {
    case KW_SIZEOF:
        return sizeof_or_alignof(p, true);
    case KW_ALIGNOF:
        return sizeof_or_alignof(p, false);
    case KW_GENERIC:
        return generic(p);
    case KW_FUNC_NAME:
        return cc_func_name(p);
    case KW_EXTENSION:
        cc_next(p);
        return cc_cast_expr(p);
    case KW_REAL:
    case KW_IMAG:
        cc_unsupported(p, loc, "'_Complex' is");
        cc_next(p);
        cc_cast_expr(p);
        return cc_error_node(p, loc);
    default:
        cc_syntax_error(p, "expression");
        if (kw <= KW_DECL_LAST && kw != KW_NONE)
            cc_next(p);
        return cc_error_node(p, loc);
    }
}

/* primary with its postfixes, or a unary operator */
static Node *unary(CcParser *p)
{
    bool primary;
    Node *n;
    switch (p->tok.kind) {
    case T_IDENT: {
        unsigned kw = p->tok.u.ident->kw;
        if (!kw)
            return postfix(p, identifier(p));
        n = word_expr(p);
        return kw == KW_SIZEOF || kw == KW_ALIGNOF || kw == KW_EXTENSION ? n : postfix(p, n);
    }
    case T_NUMBER:
        n = cc_number(p);
        return p->tok.kind == T_LBRACKET ? postfix(p, n) : n;
    case T_CHAR:
        return postfix(p, cc_char_const(p));
    case T_STRING:
        return postfix(p, cc_string(p));
    case T_LPAREN:
        n = paren(p, &primary);
        return primary ? postfix(p, n) : n;
    case T_AMP:
        return address(p);
    case T_ANDAND:
        return label_address(p);
    case T_STAR: {
        SrcLoc loc = p->tok.loc;
        cc_next(p);
        n = cc_rvalue(p, cc_cast_expr(p));
        SrcLoc end = n->end;
        n = cc_deref(p, n, loc);
        return n->op == N_DEREF ? cc_range(n, loc, end) : n;
    }
    case T_PLUS:
    case T_MINUS:
        return arithmetic(p, N_NEG);
    case T_TILDE:
        return arithmetic(p, N_BITNOT);
    case T_BANG:
        return not(p);
    case T_INC:
    case T_DEC: {
        SrcLoc loc = p->tok.loc;
        bool minus = p->tok.kind == T_DEC;
        cc_next(p);
        n = cc_cast_expr(p);
        SrcLoc end = n->end;
        return cc_range(cc_increment(p, n, minus, false, loc), loc, end);
    }
    default:
        cc_syntax_error(p, "expression");
        if (p->tok.kind == T_OTHER)
            cc_next(p);
        return cc_error_node(p, p->tok.loc);
    }
}

Node *cc_cast_expr(CcParser *p)
{
    if (!cc_enter(p))
        return cc_error_node(p, p->tok.loc);
    Node *n = unary(p);
    p->depth--;
    return n;
}
