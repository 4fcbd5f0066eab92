/* init: initializers (6.7.9). The text is walked together with the type of the object; what comes out is a flat list of
 * (offset, type, value), one for each scalar, string or whole record, sorted by offset, where later designators have
 * overridden earlier ones. */
#include "cc/parse.h"

typedef struct Init {
    CcParser *p;
    bool is_static;
    bool unsorted;             /* offsets did not only ascend */
    Node *pending;             /* an expression read before it was known which subobject it is for */
    uint64_t last, end;        /* offset of the last item; first byte behind all */
    uint32_t first;            /* of our items in p->inits */
    Ident *name;
} Init;

static void init_any(Init *c, Type *t, uint64_t off, CcMember *bits);
static void init_elided(Init *c, Type *t, uint64_t off, CcMember *bits);
static uint64_t init_braced(Init *c, Type *t, uint64_t off);

/* ---- items ---- */

static void add(Init *c, uint64_t off, Type *t, CcMember *bits, Node *v)
{
    CcParser *p = c->p;
    CcInit in;
    in.offset = off;
    in.type = t;
    in.bits = bits;
    in.value = v;
    const CcInit *before = p->inits.n > c->first ? &vec_last(&p->inits) : NULL;
    bool same_unit = before && off == c->last && bits && before->bits && bits->bit_off > before->bits->bit_off;
    if (before && off <= c->last && !same_unit)
        c->unsorted = true;
    c->last = off;
    uint64_t end = off + (bits ? (uint64_t)(bits->bit_off + bits->bit_width + 7) / 8 : t->size);
    if (end > c->end)
        c->end = end;
    vec_push(p->cc->unit, &p->inits, in);
}

/* The object a compound literal makes, when n is (the value of) one. */
static bool literal_inits(const Node *n, const CcInit **in, uint32_t *count)
{
    if (n->op == N_LOAD)
        n = n->a;
    if (n->op == N_COMPOUND) {
        *in = n->u.init.inits;
        *count = n->u.init.n;
        return true;
    }
    if (n->op == N_VAR && !n->u.sym->name && n->u.sym->is_static && !n->u.sym->string_literal) {
        *in = n->u.sym->init;
        *count = n->u.sym->ninit;
        return true;
    }
    return false;
}

static void check_constant(Init *c, Node **v)
{
    CcConst k;
    Node *n = *v;
    if (n->op == N_INT || n->op == N_FLT || ty_is_error(n->type))
        return;
    if (!cc_const(c->p->cc, n, &k)) {
        cc_error_at(c->p, n, "initializer element is not constant");
        return;
    }
    if (k.kind == CONST_INT && (ty_is_int(n->type) || n->type->kind == TY_PTR))
        *v = cc_range(cc_int_node(c->p, n->type, k.i, n->loc), n->begin, n->end);
}

static void add_value(Init *c, uint64_t off, Type *t, CcMember *bits, Node *n)
{
    CcParser *p = c->p;
    const CcInit *in;
    uint32_t count;
    n = cc_assign_convert(p, n, t, WHY_INIT, NULL);
    if (c->is_static && ty_is_record(n->type)) {
        if (!literal_inits(n, &in, &count)) {
            cc_error_at(p, n, "initializer element is not constant");
            return;
        }
        for (uint32_t i = 0; i < count; i++) {
            Node *v = in[i].value;
            check_constant(c, &v);
            add(c, off + in[i].offset, in[i].type, in[i].bits, v);
        }
        return;
    }
    if (c->is_static)
        check_constant(c, &n);
    add(c, off, t->unq, bits, n);
}

/* ---- strings (6.7.9p14, p15) ---- */

static bool is_char_array(const Type *t)
{
    if (t->kind != TY_ARRAY)
        return false;
    switch (t->base->kind) {
    case TY_CHAR:
    case TY_SCHAR:
    case TY_UCHAR:
    case TY_USHORT:
    case TY_SHORT:
    case TY_INT:
    case TY_UINT:
    case TY_LONG:
        return true;
    default:
        return false;
    }
}

static bool is_string(const Node *n)
{
    return n->op == N_VAR && n->u.sym->string_literal;
}

static uint64_t add_string(Init *c, Type *t, uint64_t off, Node *n)
{
    CcParser *p = c->p;
    Type *st = n->type;
    bool narrow = st->base->size == 1;
    if (narrow ? t->base->size != 1 : (t->base->size != st->base->size || t->base->size == 1)) {
        cc_error_at(p, n, "cannot initialize array of '%s' from a string literal with type array of '%s'",
                    ty_name(p->cc, t->base->unq), ty_name(p->cc, st->base));
        return st->u.len;
    }
    uint64_t len = t->incomplete ? st->u.len : t->u.len;
    if (st->u.len - 1 > len)
        cc_warn_at(p, W_NONE, n, "initializer-string for array of '%s' is too long", ty_name(p->cc, t->base));
    if (len)
        add(c, off, t->incomplete ? ty_array(p->cc, t->base, len) : t, NULL, n);
    return len;
}

/* ---- walking ---- */

typedef struct Cursor { uint64_t index; CcMember *m; } Cursor;

static CcMember *skip_unnamed(CcMember *m)
{
    while (m && !m->name && m->bit_field)
        m = m->next;
    return m;
}

static Cursor begin(const Type *t)
{
    Cursor at;
    at.index = 0;
    at.m = ty_is_record(t) ? skip_unnamed(t->u.rec->members) : NULL;
    return at;
}

static bool at_end(const Type *t, const Cursor *at)
{
    return t->kind == TY_ARRAY ? at->index >= t->u.len : !at->m;
}

static void step(const Type *t, Cursor *at)
{
    at->index++;
    if (at->m)
        at->m = t->kind == TY_UNION ? NULL : skip_unnamed(at->m->next);
}

typedef struct Sub { Type *t; uint64_t off; CcMember *bits; } Sub;

static Sub sub(const Type *t, uint64_t off, const Cursor *at)
{
    Sub s;
    s.bits = NULL;
    if (t->kind == TY_ARRAY) {
        s.t = t->base;
        s.off = off + at->index * t->base->size;
    } else {
        s.t = at->m->type;
        s.off = off + at->m->offset;
        s.bits = at->m->bit_field ? at->m : NULL;
    }
    return s;
}

/* A comma with another undesignated initializer behind it. */
static bool more_follow(CcParser *p)
{
    if (p->tok.kind != T_COMMA)
        return false;
    const Token *t = cc_peek(p);
    return t->kind != T_RBRACE && t->kind != T_DOT && t->kind != T_LBRACKET;
}

static void continue_list(Init *c, Type *t, uint64_t off, Cursor at)
{
    while (!at_end(t, &at) && more_follow(c->p)) {
        cc_next(c->p);
        Sub s = sub(t, off, &at);
        init_any(c, s.t, s.off, s.bits);
        step(t, &at);
    }
}

/* Initializes an aggregate from a list that is not its own: brace elision (6.7.9p20). */
static void refuse_opaque(Init *c, const Type *t)
{
    if (ty_is_record(t) && t->u.rec->opaque)
        cc_unsupported(c->p, c->p->tok.loc, "an initializer of '__int128' is");
}

static void fill_list(Init *c, Type *t, uint64_t off)
{
    refuse_opaque(c, t);
    CcParser *p = c->p;
    Cursor at = begin(t);
    if (at_end(t, &at)) {
        if (c->pending)
            cc_warn_at(p, W_EXCESS_INIT, c->pending, "excess elements in %s initializer", t->kind == TY_ARRAY ? "array"
                       : "struct");
        c->pending = NULL;
        return;
    }
    if (!cc_enter(p)) {
        c->pending = NULL;
        return;
    }
    Sub s = sub(t, off, &at);
    init_any(c, s.t, s.off, s.bits);
    step(t, &at);
    continue_list(c, t, off, at);
    cc_leave(p);
}

static void init_elided(Init *c, Type *t, uint64_t off, CcMember *bits)
{
    CcParser *p = c->p;
    const CcInit *in;
    uint32_t count;
    if (!c->pending) {
        if (p->tok.kind == T_STRING && t->kind == TY_ARRAY && is_char_array(t)) {
            Node *s = cc_string(p);
            add_string(c, t, off, s);
            return;
        }
        if ((t->kind == TY_ARRAY || ty_is_record(t)) && p->tok.kind == T_STRING) {
            fill_list(c, t, off);
            return;
        }
        Node *n = cc_assign_expr(p);
        if (is_char_array(t) && is_string(n)) {
            add_string(c, t, off, n);
            return;
        }
        if (t->kind == TY_ARRAY && n->type->kind == TY_ARRAY && ty_same_unqual(ty_unqual(p->cc, t),
                                                                               ty_unqual(p->cc, n->type))
            && literal_inits(n, &in, &count)) {
            for (uint32_t i = 0; i < count; i++) {
                Node *v = in[i].value;
                if (c->is_static)
                    check_constant(c, &v);
                add(c, off + in[i].offset, in[i].type, in[i].bits, v);
            }
            if (off + n->type->size > c->end)
                c->end = off + n->type->size;
            return;
        }
        c->pending = cc_rvalue(p, n);
    }
    Node *n = c->pending;
    if (ty_is_error(n->type) || ty_is_error(t)) {
        c->pending = NULL;
        return;
    }
    if ((t->kind == TY_ARRAY || ty_is_record(t)) && !(ty_is_record(t) && ty_same_unqual(t, n->type))) {
        fill_list(c, t, off);
        return;
    }
    c->pending = NULL;
    add_value(c, off, t, bits, n);
}

static bool at_designator(CcParser *p)
{
    return p->tok.kind == T_DOT || p->tok.kind == T_LBRACKET;
}

static void init_any(Init *c, Type *t, uint64_t off, CcMember *bits)
{
    CcParser *p = c->p;
    if (c->pending || p->tok.kind != T_LBRACE) {
        init_elided(c, t, off, bits);
        return;
    }
    if (!cc_enter(p))
        return;
    if (t->kind == TY_ARRAY || ty_is_record(t)) {
        init_braced(c, t, off);
        cc_leave(p);
        return;
    }
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    if (at_designator(p)) {
        diag_error(p->diag, p->tok.loc, p->tok.kind == T_DOT ? "field name not in record or union initializer"
                   : "array index in non-array initializer");
        cc_skip_to(p, T_RBRACE, T_RBRACE);
    } else if (p->tok.kind == T_RBRACE) {
        if (p->cc->opt.std < 2023)
            diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, loc, 0, "empty scalar initializer");
        if (!ty_is_error(t))
            add_value(c, off, t, bits, cc_int_node(p, &p->basic[TY_INT], 0, loc));
    } else {
        if (p->tok.kind == T_LBRACE)
            diag_warn(p->diag, W_NONE, p->tok.loc, "braces around scalar initializer");
        init_any(c, t, off, bits);
    }
    if (p->tok.kind == T_COMMA && cc_peek(p)->kind != T_RBRACE) {
        diag_warn(p->diag, W_EXCESS_INIT, cc_peek(p)->loc, "excess elements in scalar initializer");
        while (cc_accept(p, T_COMMA) && p->tok.kind != T_RBRACE)
            cc_skip_to(p, T_COMMA, T_RBRACE);
    } else {
        cc_accept(p, T_COMMA);
    }
    if (!cc_expect(p, T_RBRACE)) {
        cc_skip_to(p, T_RBRACE, T_RBRACE);
        cc_accept(p, T_RBRACE);
    }
    cc_leave(p);
}

/* ---- designators (6.7.9p6, p7) ---- */

/* One designator for a subobject of t. *extra: how many elements behind it a range takes in. */
static bool designator(Init *c, Type **pt, uint64_t *off, Cursor *at, uint64_t *extra)
{
    CcParser *p = c->p;
    Type *t = *pt;
    *extra = 0;
    if (p->tok.kind == T_LBRACKET) {
        int64_t lo, hi;
        SrcLoc loc = p->tok.loc;
        cc_next(p);
        bool ok = cc_const_expr(p, "array index in initializer", &lo, NULL);
        hi = lo;
        if (cc_accept(p, T_ELLIPSIS))
            ok = cc_const_expr(p, "array index in initializer", &hi, NULL) && ok;
        cc_expect(p, T_RBRACKET);
        if (!ok)
            return false;
        if (t->kind != TY_ARRAY) {
            diag_error(p->diag, loc, "array index in non-array initializer");
            return false;
        }
        if (lo < 0 || hi < 0 || (uint64_t)lo >= (t->incomplete ? CC_MAX_SIZE : t->u.len)
            || (uint64_t)hi >= (t->incomplete ? CC_MAX_SIZE : t->u.len)) {
            diag_error(p->diag, loc, "array index in initializer exceeds array bounds");
            return false;
        }
        if (hi < lo) {
            diag_error(p->diag, loc, "empty index range in initializer");
            return false;
        }
        at->index = (uint64_t)lo;
        *extra = (uint64_t)(hi - lo);
        return true;
    }
    SrcLoc loc = p->tok.loc;
    if (p->tok.kind == T_DOT)
        cc_next(p);
    if (p->tok.kind != T_IDENT) {
        cc_syntax_error(p, "identifier");
        return false;
    }
    Ident *name = p->tok.u.ident;
    if (!ty_is_record(t)) {
        diag_error(p->diag, loc, "field name not in record or union initializer");
        cc_next(p);
        return false;
    }
    CcMember *m = cc_member_find(t, name);
    if (!m) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + name->n, "'%s' has no member named '%s'%s",
                ty_name(p->cc, t), name->s, cc_suggest_member(p, name, t));
        cc_next(p);
        return false;
    }
    at->m = m;
    if (m->name == name)
        cc_next(p);
    (void)off;
    return true;
}

/* Copies of the items from `mark` on for the other elements of a range. */
static void replicate(Init *c, uint32_t mark, uint64_t extra, uint64_t size)
{
    CcParser *p = c->p;
    uint32_t n = p->inits.n - mark;
    if (extra > 50000000 || (uint64_t)n * extra > 50000000) {
        diag_error(p->diag, p->tok.loc, "range in initializer is too large");
        return;
    }
    for (uint64_t k = 1; k <= extra; k++)
        for (uint32_t i = 0; i < n; i++) {
            CcInit in = p->inits.p[mark + i];
            add(c, in.offset + k * size, in.type, in.bits, in.value);
        }
}

/* At a designator in t's list: initializes what it names; *at gets what follows it in t. */
static bool designated(Init *c, Type *t, uint64_t off, Cursor *at)
{
    CcParser *p = c->p;
    uint64_t extra;
    bool anonymous = false;
    Type *st = t;
    if (!cc_enter(p))
        return false;
    bool ok = designator(c, &st, &off, at, &extra);
    if (!ok) {
        cc_skip_to(p, T_COMMA, T_RBRACE);
        cc_leave(p);
        return false;
    }
    Sub s = sub(t, off, at);
    anonymous = at->m && !at->m->name && ty_is_record(t);
    uint32_t mark = p->inits.n;
    if (t->kind == TY_UNION && c->end > off && p->inits.n > c->first)
        add(c, off, t, NULL, NULL); /* whatever another member was given is gone */
    if (anonymous || at_designator(p)) {
        Cursor in = begin(s.t);
        if (!anonymous && s.t->kind != TY_ARRAY && !ty_is_record(s.t)) {
            diag_error(p->diag, p->tok.loc, "designator in initializer for scalar type");
            cc_skip_to(p, T_COMMA, T_RBRACE);
        } else if (designated(c, s.t, s.off, &in)) {
            if (!extra)
                continue_list(c, s.t, s.off, in);
        }
    } else {
        if (!cc_accept(p, T_ASSIGN) && !cc_accept(p, T_COLON) && t->kind != TY_ARRAY)
            cc_syntax_error(p, "'='");
        init_any(c, s.t, s.off, s.bits);
    }
    if (extra) {
        replicate(c, mark, extra, s.t->size);
        at->index += extra;
    }
    step(t, at);
    cc_leave(p);
    return true;
}

/* GNU's old form `name: value`. */
static bool old_designator(CcParser *p, const Type *t)
{
    return ty_is_record(t) && p->tok.kind == T_IDENT && !p->tok.u.ident->kw && cc_peek(p)->kind == T_COLON;
}

/* { list } for an aggregate. Gives the number of elements an array got. */
static uint64_t init_braced(Init *c, Type *t, uint64_t off)
{
    refuse_opaque(c, t);
    CcParser *p = c->p;
    Cursor at = begin(t);
    uint64_t max = 0;
    bool told = false, named = false;
    cc_next(p);
    if (p->tok.kind == T_STRING && is_char_array(t)) {
        Node *s = cc_string(p);
        if (p->tok.kind == T_RBRACE || p->tok.kind == T_COMMA) {
            max = add_string(c, t, off, s);
            cc_accept(p, T_COMMA);
            if (!cc_accept(p, T_RBRACE)) {
                diag_warn(p->diag, W_EXCESS_INIT, p->tok.loc, "excess elements in '%s' array initializer",
                          ty_name(p->cc, t->base));
                cc_skip_to(p, T_RBRACE, T_RBRACE);
                cc_expect(p, T_RBRACE);
            }
            return max;
        }
        cc_syntax_error(p, "',' or '}'");
    }
    while (p->tok.kind != T_RBRACE && p->tok.kind != T_EOF) {
        if (at_designator(p) || old_designator(p, t)) {
            designated(c, t, off, &at);
            named = true;
        } else if (at_end(t, &at)) {
            SrcLoc from = p->tok.loc;
            p->noeval++;
            if (p->tok.kind == T_LBRACE) {
                cc_next(p);
                cc_skip_to(p, T_RBRACE, T_RBRACE);
                cc_accept(p, T_RBRACE);
            } else {
                cc_assign_expr(p);
            }
            p->noeval--;
            if (!told)
                diag_at(p->diag, DIAG_WARNING, W_EXCESS_INIT, from, p->prev_end, "excess elements in %s initializer",
                        t->kind == TY_ARRAY ? "array" : t->kind == TY_UNION ? "union" : "struct");
            told = true;
        } else {
            Sub s = sub(t, off, &at);
            init_any(c, s.t, s.off, s.bits);
            step(t, &at);
        }
        if (at.index > max)
            max = at.index;
        if (p->tok.kind == T_COMMA) {
            cc_next(p);
            continue;
        }
        if (p->tok.kind != T_RBRACE) {
            cc_syntax_error(p, "'}'");
            cc_skip_to(p, T_RBRACE, T_RBRACE);
            break;
        }
    }
    bool zero = at.index == 1 && p->inits.n > c->first && vec_last(&p->inits).value && vec_last(&p->inits).value->op
        == N_INT
                && !vec_last(&p->inits).value->u.ival; /* { 0 } */
    if (t->kind == TY_STRUCT && at.m && at.index && !told && !zero && !named && at.m != skip_unnamed(t->u.rec->members)
        && at.m->name)
        diag_warn(p->diag, W_MISSING_FIELD_INIT, p->tok.loc, "missing initializer for field '%s' of '%s'",
                  at.m->name->s, ty_name(p->cc, t));
    if (!cc_expect(p, T_RBRACE))
        cc_accept(p, T_RBRACE);
    return max;
}

/* ---- order and override (6.7.9p19) ---- */

typedef struct Item { CcInit in; uint32_t order; uint64_t from, to; /* bits */ } Item;

static int compare(const void *a, const void *b, void *ctx)
{
    const Item *x = a, *y = b;
    (void)ctx;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int compare_offset(const void *a, const void *b, void *ctx)
{
    const CcInit *x = a, *y = b;
    (void)ctx;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* Sorts, and drops what a later item covers. Values NULL only cover. Gives the number left. */
static uint32_t settle(Init *c, CcInit *p, uint32_t n)
{
    Arena *a = c->p->cc->unit;
    Item *items = arena_array(a, Item, n), *tmp = arena_array(a, Item, n);
    uint32_t *open = arena_array(a, uint32_t, n + 1);
    uint32_t nopen = 0, out = 0;
    for (uint32_t i = 0; i < n; i++) {
        Item *it = &items[i];
        it->in = p[i];
        it->order = i;
        it->from = p[i].offset * 8 + (p[i].bits ? p[i].bits->bit_off : 0);
        it->to = it->from + (p[i].bits ? p[i].bits->bit_width : p[i].type->size * 8);
    }
    rt_sort(items, n, sizeof *items, tmp, compare, NULL);
    /* tmp[0..out) is what stays; `open` the ones of it that reach over the place we are at, widest first */
    for (uint32_t i = 0; i < n; i++) {
        Item *it = &items[i];
        bool covered = false;
        while (nopen && tmp[open[nopen - 1]].to <= it->from)
            nopen--;
        for (uint32_t k = 0; k < nopen && !covered; k++)
            covered = tmp[open[k]].to >= it->to && tmp[open[k]].order > it->order;
        if (covered)
            continue;
        while (out && tmp[out - 1].from >= it->from && tmp[out - 1].to <= it->to && tmp[out - 1].order < it->order) {
            out--;
            if (nopen && open[nopen - 1] == out)
                nopen--;
        }
        tmp[out] = *it;
        open[nopen++] = out++;
    }
    n = 0;
    for (uint32_t i = 0; i < out; i++)
        if (tmp[i].in.value)
            p[n++] = tmp[i].in;
    rt_sort(p, n, sizeof *p, items, compare_offset, NULL);
    return n;
}

/* ---- the whole ---- */

static void scalar(Init *c, Type *t)
{
    init_any(c, t, 0, NULL);
}

void cc_initializer(CcParser *p, Type *t, bool is_static, Ident *name, CcInitList *out)
{
    Init c;
    memset(&c, 0, sizeof c);
    memset(out, 0, sizeof *out);
    c.p = p;
    c.is_static = is_static;
    c.name = name;
    c.first = p->inits.n;
    out->type = t;
    SrcLoc loc = p->tok.loc;
    uint64_t len = 0;
    if (t->kind == TY_ARRAY && t->base->incomplete) {
        cc_skip_to(p, T_COMMA, T_COMMA);
        return;
    }
    if (p->tok.kind == T_LBRACE && t->kind == TY_ARRAY) {
        len = init_braced(&c, t, 0);
    } else if (t->kind == TY_ARRAY && p->tok.kind != T_LBRACE) {
        if (p->tok.kind == T_STRING && is_char_array(t)) {
            init_elided(&c, t, 0, NULL);
        } else {
            Node *n = cc_assign_expr(p);
            const CcInit *in;
            uint32_t count;
            if (is_char_array(t) && is_string(n)) {
                add_string(&c, t, 0, n);
            } else if (n->type->kind == TY_ARRAY && literal_inits(n, &in, &count)
                       && ty_same_unqual(ty_unqual(p->cc, t->base), ty_unqual(p->cc, n->type->base))) {
                for (uint32_t i = 0; i < count; i++) {
                    Node *v = in[i].value;
                    if (is_static)
                        check_constant(&c, &v);
                    add(&c, in[i].offset, in[i].type, in[i].bits, v);
                }
                c.end = n->type->size;
            } else if (!ty_is_error(n->type)) {
                cc_error_at(p, n, "invalid initializer");
            }
        }
        len = t->base->size ? (c.end + t->base->size - 1) / t->base->size : 0;
    } else if (ty_is_record(t) && p->tok.kind != T_LBRACE) {
        Node *n = cc_rvalue(p, cc_assign_expr(p));
        if (!ty_is_error(n->type))
            add_value(&c, 0, t, NULL, n);
    } else {
        scalar(&c, t);
    }
    if (t->kind == TY_ARRAY && t->incomplete) {
        if (t->base->size && len > CC_MAX_SIZE / t->base->size) {
            diag_error(p->diag, loc, "size of array is too large");
            len = 1;
        }
        t = ty_array(p->cc, t->base, len);
    }
    CcInit *items = p->inits.p + c.first;
    uint32_t n = p->inits.n - c.first;
    if (c.unsorted)
        n = settle(&c, items, n);
    out->type = t;
    out->n = n;
    if (c.end > t->size) {
        if (is_static)
            out->extra = c.end - t->size;
        else if (ty_is_record(t) && t->u.rec->flexible)
            diag_error(p->diag, loc, "initialization of flexible array member in an automatic object");
    }
    uint64_t covered = 0;
    for (uint32_t i = 0; i < n; i++)
        covered += items[i].bits ? 0 : items[i].type->size;
    out->zero = !is_static && (t->kind == TY_ARRAY || ty_is_record(t)) && covered < t->size;
    if (n) {
        out->p = arena_alloc(p->cc->node_arena, n * sizeof *items);
        memcpy(out->p, items, n * sizeof *items);
    }
    p->inits.n = c.first;
}
