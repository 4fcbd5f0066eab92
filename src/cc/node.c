/* node: makes tree nodes, and every conversion C does unasked (6.3, 6.5.16.1), each as a node of its own. */
#include "cc/parse.h"

/* Most nodes use no more of the union than one word. */
static size_t size_of(NodeOp op)
{
    switch (op) {
    case N_COMPOUND:
    case N_FLT:
    case N_OPASSIGN:
    case N_CALL:
    case N_STMT_EXPR:
    case N_BUILTIN:
    case N_BLOCK:
    case N_DECL:
    case N_IF:
    case N_WHILE:
    case N_DO:
    case N_FOR:
    case N_SWITCH:
    case N_CASE:
    case N_ASM:
        return sizeof(Node);
    default:
        return offsetof(Node, u) + sizeof(uint64_t);
    }
}

Node *cc_node(CcParser *p, NodeOp op, Type *t, SrcLoc loc)
{
    size_t size = size_of(op);
    Node *n = arena_alloc(p->cc->node_arena, size);
    memset(n, 0, size);
    n->op = (uint8_t)op;
    n->type = t;
    n->loc = n->begin = loc;
    n->end = loc + 1;
    return n;
}

static void set_height(CcParser *p, Node *n, uint32_t below)
{
    if (below >= CC_MAX_HEIGHT) {
        if (!p->diag->stopped)
            diag_error(p->diag, n->loc, "expression too deeply nested (more than %d operators)", (int)CC_MAX_HEIGHT);
        p->diag->stopped = true;
        below = 0;
    }
    n->height = (uint16_t)(below + 1);
}

Node *cc_node1(CcParser *p, NodeOp op, Type *t, SrcLoc loc, Node *a)
{
    Node *n = cc_node(p, op, t, loc);
    n->a = a;
    n->begin = a->begin;
    n->end = a->end;
    set_height(p, n, a->height);
    return n;
}

Node *cc_node2(CcParser *p, NodeOp op, Type *t, SrcLoc loc, Node *a, Node *b)
{
    Node *n = cc_node(p, op, t, loc);
    n->a = a;
    n->b = b;
    n->begin = a->begin;
    n->end = b->end;
    set_height(p, n, a->height > b->height ? a->height : b->height);
    return n;
}

Node *cc_int_node(CcParser *p, Type *t, int64_t v, SrcLoc loc)
{
    Node *n = cc_node(p, N_INT, t, loc);
    n->flags = F_CONST_EXPR;
    n->u.ival = cc_wrap(t, v);
    return n;
}

Node *cc_error_node(CcParser *p, SrcLoc loc)
{
    return cc_node(p, N_INT, &p->basic[TY_ERROR], loc);
}

Type *cc_int_type(CcParser *p, uint64_t size, bool is_unsigned)
{
    TypeKind k = size == 1 ? TY_SCHAR : size == 2 ? TY_SHORT : size == 4 ? TY_INT : TY_LONG;
    return &p->basic[k + (is_unsigned ? 1 : 0)];
}

bool cc_is_lvalue(const Node *n)
{
    switch (n->op) {
    case N_VAR:
        return n->type->kind != TY_FUNC;
    case N_DEREF:
        return n->type->kind != TY_FUNC;
    case N_COMPOUND:
        return true;
    case N_MEMBER:
        return (n->flags & F_LVALUE) != 0;
    default:
        return false;
    }
}

CcMember *cc_bit_field(const Node *n)
{
    if (n->op == N_LOAD)
        n = n->a;
    return n->op == N_MEMBER && n->u.member->bit_field ? n->u.member : NULL;
}

void cc_mark_address(Node *n)
{
    while (n->op == N_MEMBER)
        n = n->a;
    if (n->op == N_VAR)
        n->u.sym->address_taken = true;
}

/* The address an lvalue has when it hangs on a constant pointer: &((T *)0)->m. */
static bool constant_address(const Node *n, int64_t *v)
{
    int64_t off = 0;
    for (; n->op == N_MEMBER && !n->u.member->bit_field; n = n->a)
        off += (int64_t)n->u.member->offset;
    if (n->op != N_DEREF || n->a->op != N_INT)
        return false;
    *v = n->a->u.ival + off;
    return true;
}

Node *cc_addr(CcParser *p, Node *l, Type *t, SrcLoc loc)
{
    int64_t v;
    if (l->op == N_DEREF)
        return cc_range(cc_convert(p, l->a, t), l->begin, l->end);
    if (constant_address(l, &v))
        return cc_range(cc_int_node(p, t, v, loc), l->begin, l->end);
    if (!p->noeval)
        cc_mark_address(l);
    return cc_node1(p, N_ADDR, t, loc, l);
}

Node *cc_rvalue(CcParser *p, Node *n)
{
    Type *t = n->type;
    switch (n->op) {
    case N_VAR:
    case N_DEREF:
    case N_COMPOUND:
    case N_MEMBER:
        break;
    default:
        return n;
    }
    if (t->kind == TY_FUNC || t->kind == TY_ARRAY) {
        Node *a = cc_addr(p, n, ty_ptr(p->cc, t->kind == TY_FUNC ? t : t->base), n->loc);
        a->flags |= F_IMPLICIT;
        return a;
    }
    if (t->kind == TY_VOID) {
        if (n->op != N_DEREF)
            return cc_error_node(p, n->loc);
        return cc_node1(p, N_CAST, t->unq, n->loc, n->a);
    }
    if (t->kind == TY_ERROR)
        return n;
    if (t->incomplete) {
        cc_error_at(p, n, "invalid use of incomplete type '%s'", ty_name(p->cc, t));
        return cc_error_node(p, n->loc);
    }
    Node *l = cc_node1(p, N_LOAD, t->unq, n->loc, n);
    if (t->quals & Q_VOLATILE)
        l->flags |= F_VOLATILE;
    return l;
}

Node *cc_convert(CcParser *p, Node *n, Type *to)
{
    to = to->unq;
    if (n->type == to)
        return n;
    if (n->op == N_INT || n->op == N_FLT) {
        Node *f = cc_fold_cast(p, n, to);
        if (f)
            return f;
    }
    if (n->type->kind == TY_ERROR || to->kind == TY_ERROR)
        return n;
    if (ty_is_record(to) && ty_is_record(n->type))
        return n;
    Node *c = cc_node1(p, N_CAST, to, n->loc, n);
    c->flags |= F_IMPLICIT;
    return c;
}

/* A bit-field narrower than int promotes to int whatever its type (6.3.1.1p2). */
Node *cc_promote(CcParser *p, Node *n)
{
    Type *t = n->type;
    CcMember *m = cc_bit_field(n);
    if (m && ty_is_int(t)) {
        unsigned w = m->bit_width;
        if (w < 32 || (w == 32 && !t->is_unsigned))
            return cc_convert(p, n, &p->basic[TY_INT]);
        if (w == 32)
            return cc_convert(p, n, &p->basic[TY_UINT]);
    }
    if (!ty_is_int(t))
        return n;
    return cc_convert(p, n, ty_promote(p->cc, t));
}

Node *cc_default_promote(CcParser *p, Node *n)
{
    if (n->type->kind == TY_FLOAT)
        return cc_convert(p, n, &p->basic[TY_DOUBLE]);
    return cc_promote(p, n);
}

Node *cc_scalar(CcParser *p, Node *n, const char *what)
{
    n = cc_rvalue(p, n);
    if (ty_is_scalar(n->type) || ty_is_error(n->type))
        return n;
    (void)what;
    if (n->type->kind == TY_VOID)
        cc_error_at(p, n, "void value not ignored as it ought to be");
    else
        cc_error_at(p, n, "used %s type value where scalar is required", n->type->kind == TY_UNION ? "union"
                    : "struct");
    return cc_error_node(p, n->loc);
}

/* 6.3.2.3p3: an integer constant expression 0, or such one cast to void *. */
bool cc_is_null_const(const Node *n)
{
    if (n->op != N_INT || n->u.ival || !(n->flags & F_CONST_EXPR))
        return false;
    return ty_is_int(n->type) || (n->type->kind == TY_PTR && n->type->base->kind == TY_VOID && !n->type->base->quals);
}

/* ---- simple assignment (6.5.16.1), and its kin: initialization, arguments, return ---- */

typedef struct Why { CcAssignWhy why; const CcArgOf *arg; Node *n; Type *to; } Why;

static void note_param(CcParser *p, const Why *w)
{
    if (w->why == WHY_ARG && w->arg->param)
        diag_note(p->diag, w->arg->param, "expected '%s' but argument is of type '%s'", ty_name(p->cc, w->to),
                  ty_name(p->cc, w->n->type));
}

static const char *arg_of(CcParser *p, const Why *w)
{
    if (!w->arg->name)
        return arena_fmt(p->cc->unit, "argument %u", w->arg->number);
    return arena_fmt(p->cc->unit, "argument %u of '%s'", w->arg->number, w->arg->name);
}

/* "pointer from integer" and the reverse. */
static void warn_int_ptr(CcParser *p, const Why *w, const char *what)
{
    const char *to = ty_name(p->cc, w->to), *from = ty_name(p->cc, w->n->type);
    switch (w->why) {
    case WHY_ASSIGN:
        cc_warn_at(p, W_INT_CONVERSION, w->n, "assignment to '%s' from '%s' makes %s without a cast", to, from, what);
        break;
    case WHY_INIT:
        cc_warn_at(p, W_INT_CONVERSION, w->n, "initialization of '%s' from '%s' makes %s without a cast", to, from,
                   what);
        break;
    case WHY_ARG:
        cc_warn_at(p, W_INT_CONVERSION, w->n, "passing %s makes %s without a cast", arg_of(p, w), what);
        note_param(p, w);
        break;
    case WHY_RETURN:
        cc_warn_at(p, W_INT_CONVERSION, w->n,
                   "returning '%s' from a function with return type '%s' makes %s without a cast", from, to,
                   what);
        break;
    }
}

static void warn_incompatible(CcParser *p, const Why *w)
{
    const char *to = ty_name(p->cc, w->to), *from = ty_name(p->cc, w->n->type);
    switch (w->why) {
    case WHY_ASSIGN:
        cc_warn_at(p, W_INCOMPATIBLE_PTR, w->n, "assignment to '%s' from incompatible pointer type '%s'", to, from);
        break;
    case WHY_INIT:
        cc_warn_at(p, W_INCOMPATIBLE_PTR, w->n, "initialization of '%s' from incompatible pointer type '%s'", to, from);
        break;
    case WHY_ARG:
        cc_warn_at(p, W_INCOMPATIBLE_PTR, w->n, "passing %s from incompatible pointer type", arg_of(p, w));
        note_param(p, w);
        break;
    case WHY_RETURN:
        cc_warn_at(p, W_INCOMPATIBLE_PTR, w->n, "returning '%s' from a function with incompatible return type '%s'",
                   from, to);
        break;
    }
}

static void warn_sign(CcParser *p, const Why *w)
{
    const char *to = ty_name(p->cc, w->to), *from = ty_name(p->cc, w->n->type);
    switch (w->why) {
    case WHY_ASSIGN:
        cc_warn_at(p, W_POINTER_SIGN, w->n, "pointer targets in assignment from '%s' to '%s' differ in signedness",
                   from, to);
        break;
    case WHY_INIT:
        cc_warn_at(p, W_POINTER_SIGN, w->n, "pointer targets in initialization of '%s' from '%s' differ in signedness",
                   to, from);
        break;
    case WHY_ARG:
        cc_warn_at(p, W_POINTER_SIGN, w->n, "pointer targets in passing %s differ in signedness", arg_of(p, w));
        note_param(p, w);
        break;
    case WHY_RETURN:
        cc_warn_at(p, W_POINTER_SIGN, w->n,
                   "pointer targets in returning '%s' from a function with return type '%s' differ in signedness",
                   from, to);
        break;
    }
}

static void warn_quals(CcParser *p, const Why *w, unsigned lost)
{
    const char *q = lost & Q_CONST ? "const" : lost & Q_VOLATILE ? "volatile" : "restrict";
    switch (w->why) {
    case WHY_ASSIGN:
        cc_warn_at(p, W_DISCARDED_QUALS, w->n, "assignment discards '%s' qualifier from pointer target type", q);
        break;
    case WHY_INIT:
        cc_warn_at(p, W_DISCARDED_QUALS, w->n, "initialization discards '%s' qualifier from pointer target type", q);
        break;
    case WHY_ARG:
        cc_warn_at(p, W_DISCARDED_QUALS, w->n, "passing %s discards '%s' qualifier from pointer target type",
                   arg_of(p, w), q);
        note_param(p, w);
        break;
    case WHY_RETURN:
        cc_warn_at(p, W_DISCARDED_QUALS, w->n, "return discards '%s' qualifier from pointer target type", q);
        break;
    }
}

static void check_pointers(CcParser *p, const Why *w)
{
    const Type *a = w->to->base, *b = w->n->type->base;
    if (a == b)
        return;
    while (a->kind == TY_ARRAY && b->kind == TY_ARRAY && (a->incomplete || b->incomplete || a->u.len == b->u.len)) {
        a = a->base;
        b = b->base;
    }
    const Type *eb = b, *ea = a;
    while (eb->kind == TY_ARRAY)
        eb = eb->base;
    while (ea->kind == TY_ARRAY)
        ea = ea->base;
    unsigned lost = eb->quals & ~ea->quals & (Q_CONST | Q_VOLATILE);
    if (a->kind == TY_VOID || b->kind == TY_VOID || ty_same_unqual(a, b)) {
        if (lost && a->kind != TY_FUNC && b->kind != TY_FUNC)
            warn_quals(p, w, lost);
        return;
    }
    if (ty_is_int(a) && ty_is_int(b) && a->kind != TY_BOOL && b->kind != TY_BOOL && a->size == b->size
        && ty_unsigned(p->cc, a->unq)->kind == ty_unsigned(p->cc, b->unq)->kind) {
        warn_sign(p, w);
        return;
    }
    warn_incompatible(p, w);
}

static void tell_mismatch(CcParser *p, const Why *w)
{
    const char *to = ty_name(p->cc, w->to), *from = ty_name(p->cc, w->n->type);
    switch (w->why) {
    case WHY_ASSIGN:
        cc_error_at(p, w->n, "incompatible types when assigning to type '%s' from type '%s'", to, from);
        break;
    case WHY_INIT:
        if (ty_is_record(w->to) || w->to->kind == TY_ARRAY)
            cc_error_at(p, w->n, "invalid initializer");
        else
            cc_error_at(p, w->n, "incompatible types when initializing type '%s' using type '%s'", to, from);
        break;
    case WHY_ARG:
        cc_error_at(p, w->n, "incompatible type for %s", arg_of(p, w));
        note_param(p, w);
        break;
    case WHY_RETURN:
        cc_error_at(p, w->n, "incompatible types when returning type '%s' but '%s' was expected", from, to);
        break;
    }
}

/* An integer constant that the type cannot hold in either signedness (-Woverflow). */
static void check_overflow(CcParser *p, const Node *n, const Type *t)
{
    unsigned bits = ty_bits(t);
    if (n->op != N_INT || bits >= 64 || t->kind == TY_BOOL || !ty_is_int(n->type) || !ty_is_int(t) || p->noeval)
        return;
    int64_t v = n->u.ival;
    bool fits = n->type->is_unsigned ? bits_fits_u((uint64_t)v, bits) : bits_fits_s(v, bits)
        || (v >= 0 && bits_fits_u((uint64_t)v, bits));
    if (fits || ((n->flags & F_CONST_EXPR) == 0))
        return;
    const char *fmt = n->type->is_unsigned ? "%llu" : "%lld";
    char was[24], is[24];
    rt_snfmt(was, sizeof was, fmt, (long long)v);
    rt_snfmt(is, sizeof is, t->is_unsigned ? "%llu" : "%lld", (long long)cc_wrap(t, v));
    cc_warn_at(p, W_OVERFLOW, n, "%sconversion from '%s' to '%s' changes value from '%s' to '%s'",
               !t->is_unsigned ? "overflow in " : n->type->is_unsigned ? "" : "unsigned ", ty_name(p->cc, n->type),
               ty_name(p->cc, t), was, is);
}

static Node *transparent(CcParser *p, Node *n, Type *t)
{
    for (CcMember *m = t->u.rec->members; m; m = m->next) {
        bool same = ty_same_unqual(m->type, n->type)
                    || (m->type->kind == TY_PTR && n->type->kind == TY_PTR
                        && (m->type->base->kind == TY_VOID || ty_same_unqual(m->type->base, n->type->base)))
                    || (m->type->kind == TY_PTR && cc_is_null_const(n));
        if (!same)
            continue;
        CcSym *s = cc_sym_new(p, p->cc->node_arena, SYM_VAR, NULL, t->unq, n->loc);
        s->depth = p->scope;
        s->address_taken = true;
        Node *c = cc_node(p, N_COMPOUND, t->unq, n->loc);
        c->u.init.sym = s;
        c->u.init.inits = arena_new(p->cc->node_arena, CcInit);
        c->u.init.inits->type = m->type->unq;
        c->u.init.inits->value = cc_convert(p, n, m->type);
        c->u.init.n = 1;
        c->u.init.zero = m->type->size < t->size;
        return cc_range(cc_rvalue(p, c), n->begin, n->end);
    }
    return NULL;
}

Node *cc_assign_convert(CcParser *p, Node *n, Type *t, CcAssignWhy why, const CcArgOf *arg)
{
    Type *from = n->type;
    t = t->unq;
    if (from == t)
        return n;
    if (from->kind == TY_ERROR || t->kind == TY_ERROR)
        return n;
    Why w;
    w.why = why;
    w.arg = arg;
    w.n = n;
    w.to = t;
    if (from->kind == TY_VOID) {
        cc_error_at(p, n, "void value not ignored as it ought to be");
        return cc_error_node(p, n->loc);
    }
    if (ty_is_arith(t) && ty_is_arith(from)) {
        if (n->op == N_INT)
            check_overflow(p, n, t);
        return cc_convert(p, n, t);
    }
    if (t->kind == TY_PTR) {
        if (from->kind == TY_PTR) {
            if (!cc_is_null_const(n))
                check_pointers(p, &w);
            return cc_convert(p, n, t);
        }
        if (ty_is_int(from)) {
            if (!cc_is_null_const(n))
                warn_int_ptr(p, &w, "pointer from integer");
            return cc_convert(p, n, t);
        }
    }
    if (from->kind == TY_PTR && ty_is_int(t)) {
        if (t->kind != TY_BOOL)
            warn_int_ptr(p, &w, "integer from pointer");
        return cc_convert(p, n, t);
    }
    if (ty_is_record(t) && ty_same_unqual(t, from))
        return n;
    if (t->kind == TY_UNION && t->u.rec->transparent && why == WHY_ARG) {
        Node *c = transparent(p, n, t);
        if (c)
            return c;
    }
    tell_mismatch(p, &w);
    return cc_error_node(p, n->loc);
}

/* ---- members (6.5.2.3) ---- */

Node *cc_member(CcParser *p, Node *rec, Ident *name, SrcLoc loc)
{
    for (;;) {
        Type *t = rec->type;
        CcMember *m = cc_member_find(t, name);
        if (!m) {
            cc_error_at(p, rec, "'%s' has no member named '%s'", ty_name(p->cc, t->unq), name->s);
            return cc_error_node(p, loc);
        }
        bool lvalue = cc_is_lvalue(rec);
        Type *mt = t->quals ? ty_qualify(p->cc, m->type, t->quals & (Q_CONST | Q_VOLATILE)) : m->type;
        Node *n = cc_node1(p, N_MEMBER, mt, loc, rec);
        n->u.member = m;
        if (lvalue) {
            n->flags |= F_LVALUE;
            if (rec->op == N_VAR)
                rec->u.sym->address_taken = true;
        }
        n->end = p->prev_end;
        if (m->name == name)
            return n;
        rec = n;
    }
}
