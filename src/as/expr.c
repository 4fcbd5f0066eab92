/* expr.c: expressions, in text and as values.
 * In: a cursor. Out: AsVal, "add - sub + c" wherever that says it, else a tree. Two times matter: now (labels are known to be
 * apart only within one run of fixed bytes) and the end (every label has its address). One routine, combine, serves both.
 *
 * Precedence is GNU as's (as info, "Infix Operators"), which is not C's: * / % << >> before | & ^ !, before + -, before comparisons,
 * before &&, before ||. A comparison that holds gives -1. */
#include "as/as_core.h"

/* ---- symbols ---- */

AsSym *as_sym(As *as, const char *name, size_t n)
{
    Ident *id = intern_n(&as->names, name, n);
    AsSym *s = id->sym;
    if (!s) {
        s = arena_new(as->arena, AsSym);
        s->name = id->s;
        s->n = id->n;
        id->sym = s;
        vec_push(as->arena, &as->syms, s);
    }
    return s;
}

bool as_sym_is(const AsSym *s, const char *name)
{
    return s && s->name && strcmp(s->name, name) == 0;
}

static void place_here(As *as, AsSym *s)
{
    AsSec *sec = as->secs.p[as->cur];
    s->kind = ASY_LABEL;
    s->sec = as->cur;
    s->frag = sec->frags.n - 1;
    s->off = vec_last(&sec->frags).n;
}

AsSym *as_sym_here(As *as)
{
    AsSym *s = arena_new(as->arena, AsSym);
    place_here(as, s);
    return s;
}

AsSym *as_sym_later(As *as)
{
    return arena_new(as->arena, AsSym);
}

void as_sym_place(As *as, AsSym *s)
{
    place_here(as, s);
}

void as_define_label(As *as, AsSym *s, const char *at)
{
    if (s->kind != ASY_UNDEF) {
        as_error(as, at, "symbol '%s' is already defined", s->name);
        if (s->loc)
            diag_note(as->diag, s->loc, "the first definition is here");
        return;
    }
    s->loc = as_loc(as, at);
    place_here(as, s);
}

AsNumeric *as_numeric(As *as, uint64_t number)
{
    void **slot = map_at_int(&as->numeric, number);
    if (!*slot)
        *slot = arena_new(as->arena, AsNumeric);
    return *slot;
}

bool as_sym_addr(const As *as, const AsSym *s, uint64_t *off)
{
    if (s->kind != ASY_LABEL)
        return false;
    *off = as->secs.p[s->sec]->frags.p[s->frag].addr + s->off;
    return true;
}

/* The distance a - b when it is known now. */
static bool distance(const As *as, const AsSym *a, const AsSym *b, int64_t *d)
{
    uint64_t x, y;
    uint32_t lo, hi, i;
    const AsSec *sec;
    if (a == b) {
        *d = 0;
        return true;
    }
    if (a->kind != ASY_LABEL || b->kind != ASY_LABEL || a->sec != b->sec)
        return false;
    if (as->finishing) {
        as_sym_addr(as, a, &x);
        as_sym_addr(as, b, &y);
        *d = (int64_t)(x - y);
        return true;
    }
    sec = as->secs.p[a->sec];
    lo = a->frag < b->frag ? a->frag : b->frag;
    hi = a->frag < b->frag ? b->frag : a->frag;
    if (hi - lo > 16)
        return false;
    x = a->off;
    y = b->off;
    for (i = lo; i < hi; i++) {
        const AsFrag *f = &sec->frags.p[i];
        uint64_t n = f->n;
        if (f->kind == AFR_FILL && as_val_const(&f->v) && f->v.c >= 0)
            n += (uint64_t)f->v.c * f->fill_n;
        else if (f->kind != AFR_NONE)
            return false;
        if (a->frag > b->frag)
            x += n;
        else
            y += n;
    }
    *d = (int64_t)(x - y);
    return true;
}

/* ---- combining values ---- */

static int64_t wrap_mul(int64_t a, int64_t b) { return (int64_t)((uint64_t)a * (uint64_t)b); }

static bool fold(As *as, unsigned op, int64_t a, int64_t b, SrcLoc loc, int64_t *out)
{
    switch (op) {
    case AOP_MUL: *out = wrap_mul(a, b); break;
    case AOP_DIV: case AOP_MOD:
        if (!b) {
            as_error_loc(as, loc, "division by zero");
            *out = 0;
            return false;
        }
        if (b == -1)
            *out = op == AOP_DIV ? (int64_t)(0 - (uint64_t)a) : 0;
        else
            *out = op == AOP_DIV ? a / b : a % b;
        break;
    case AOP_SHL: *out = b < 0 || b > 63 ? 0 : (int64_t)((uint64_t)a << b); break;
    case AOP_SHR: *out = b < 0 || b > 63 ? 0 : (int64_t)((uint64_t)a >> b); break;
    case AOP_OR: *out = a | b; break;
    case AOP_AND: *out = a & b; break;
    case AOP_XOR: *out = a ^ b; break;
    case AOP_ORNOT: *out = a | ~b; break;
    case AOP_ADD: *out = (int64_t)((uint64_t)a + (uint64_t)b); break;
    case AOP_SUB: *out = (int64_t)((uint64_t)a - (uint64_t)b); break;
    case AOP_EQ: *out = a == b ? -1 : 0; break;
    case AOP_NE: *out = a != b ? -1 : 0; break;
    case AOP_LT: *out = a < b ? -1 : 0; break;
    case AOP_LE: *out = a <= b ? -1 : 0; break;
    case AOP_GT: *out = a > b ? -1 : 0; break;
    case AOP_GE: *out = a >= b ? -1 : 0; break;
    case AOP_LAND: *out = a && b; break;
    case AOP_LOR: *out = a || b; break;
    default: *out = 0; return false;
    }
    return true;
}

static void cancel(const As *as, AsSym **add, AsSym **sub, int64_t *c)
{
    int64_t d;
    if (*add && *sub && distance(as, *add, *sub, &d)) {
        *add = *sub = NULL;
        *c += d;
    }
}

/* l + r or l - r as add - sub + c. False when it takes more than one symbol on a side. */
static bool combine_linear(const As *as, const AsVal *l, const AsVal *r, bool minus, AsVal *out)
{
    AsSym *add[2], *sub[2];
    int64_t c = minus ? (int64_t)((uint64_t)l->c - (uint64_t)r->c) : (int64_t)((uint64_t)l->c + (uint64_t)r->c);
    unsigned i, j;
    if (l->tree || r->tree || (r->mod && (minus || l->mod)))
        return false;
    add[0] = l->add;
    add[1] = minus ? r->sub : r->add;
    sub[0] = l->sub;
    sub[1] = minus ? r->add : r->sub;
    if (!l->mod && !r->mod)
        for (i = 0; i < 2; i++)
            for (j = 0; j < 2; j++)
                cancel(as, &add[i], &sub[j], &c);
    if ((add[0] && add[1]) || (sub[0] && sub[1]))
        return false;
    memset(out, 0, sizeof *out);
    out->add = add[0] ? add[0] : add[1];
    out->sub = sub[0] ? sub[0] : sub[1];
    out->c = c;
    out->mod = l->mod ? l->mod : r->mod;
    return true;
}

static const AsExpr *node(As *as, unsigned op, const AsVal *l, const AsVal *r, SrcLoc loc)
{
    AsExpr *e = arena_new(as->arena, AsExpr), *side;
    e->op = (uint8_t)op;
    e->loc = loc;
    if (l->tree) {
        e->l = l->tree;
    } else {
        e->l = side = arena_new(as->arena, AsExpr);
        side->leaf = *l;
        side->loc = loc;
    }
    if (r && r->tree) {
        e->r = r->tree;
    } else if (r) {
        e->r = side = arena_new(as->arena, AsExpr);
        side->leaf = *r;
        side->loc = loc;
    }
    return e;
}

static bool combine(As *as, unsigned op, const AsVal *l, const AsVal *r, SrcLoc loc, AsVal *out)
{
    AsVal v;
    memset(&v, 0, sizeof v);
    if (op == AOP_NEG || op == AOP_NOT || op == AOP_LNOT) {
        if (as_val_const(l)) {
            v.c = op == AOP_NEG ? (int64_t)(0 - (uint64_t)l->c) : op == AOP_NOT ? ~l->c : !l->c;
            *out = v;
            return true;
        }
        if (op == AOP_NEG && !l->tree && !l->mod) {
            v.add = l->sub;
            v.sub = l->add;
            v.c = (int64_t)(0 - (uint64_t)l->c);
            *out = v;
            return true;
        }
    } else if (as_val_const(l) && as_val_const(r)) {
        if (!fold(as, op, l->c, r->c, loc, &v.c))
            return false;
        v.big = (l->big || r->big) && v.c < 0;
        *out = v;
        return true;
    } else if (op == AOP_ADD || op == AOP_SUB) {
        if (combine_linear(as, l, r, op == AOP_SUB, &v)) {
            *out = v;
            return true;
        }
    } else if (op >= AOP_EQ && op <= AOP_GE && combine_linear(as, l, r, true, &v) && as_val_const(&v)) {
        if (!fold(as, op, v.c, 0, loc, &v.c))
            return false;
        *out = v;
        return true;
    }
    if (as->finishing) {
        as_error_loc(as, loc, "the expression does not come to a symbol and a number");
        return false;
    }
    memset(&v, 0, sizeof v);
    v.tree = node(as, op, l, r, loc);
    *out = v;
    return true;
}

/* ---- evaluating again, when more is known ---- */

static bool again(As *as, const AsVal *v, AsVal *out, SrcLoc loc, unsigned depth);

static bool again_tree(As *as, const AsExpr *e, AsVal *out, unsigned depth)
{
    AsVal l, r;
    if (depth > AS_MAX_DEPTH) {
        as_error_loc(as, e->loc, "expression too deep");
        return false;
    }
    if (e->op == AOP_LEAF)
        return again(as, &e->leaf, out, e->loc, depth + 1);
    memset(&r, 0, sizeof r);
    if (!again_tree(as, e->l, &l, depth + 1) || (e->r && !again_tree(as, e->r, &r, depth + 1)))
        return false;
    return combine(as, e->op, &l, &r, e->loc, out);
}

static bool again_sym(As *as, AsSym *s, AsVal *out, SrcLoc loc, unsigned depth)
{
    bool ok;
    if (s->kind != ASY_EQU) {
        memset(out, 0, sizeof *out);
        out->add = s;
        return true;
    }
    if (s->resolving || depth > AS_MAX_DEPTH) {
        as_error_loc(as, loc, "symbol '%s' is defined by itself", s->name ? s->name : ".");
        return false;
    }
    s->resolving = true;
    ok = again(as, &s->equ, out, loc, depth + 1);
    s->resolving = false;
    return ok;
}

static bool again(As *as, const AsVal *v, AsVal *out, SrcLoc loc, unsigned depth)
{
    AsVal sum, t;
    if (v->tree)
        return again_tree(as, v->tree, out, depth + 1);
    memset(&sum, 0, sizeof sum);
    sum.c = v->c;
    sum.big = v->big;
    if (v->mod) {
        *out = *v;
        return true;
    }
    if (v->add) {
        if (!again_sym(as, v->add, &t, loc, depth + 1) || !combine(as, AOP_ADD, &t, &sum, loc, &sum))
            return false;
    }
    if (v->sub) {
        if (!again_sym(as, v->sub, &t, loc, depth + 1) || !combine(as, AOP_SUB, &sum, &t, loc, &sum))
            return false;
    }
    *out = sum;
    return true;
}

bool as_resolve(As *as, AsVal *v, SrcLoc loc)
{
    return again(as, v, v, loc, 0);
}

bool as_reduce(As *as, AsVal *v)
{
    AsVal out;
    if (as_val_const(v))
        return true;
    if (v->mod || !again(as, v, &out, 0, 0) || !as_val_const(&out))
        return false;
    *v = out;
    return true;
}

/* ---- text ---- */

static bool parse(As *as, const char **p, unsigned min, AsVal *out, unsigned depth);

static unsigned digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 10 : 99;
}

static bool number(As *as, const char **p, AsVal *out)
{
    const char *s = *p, *start = s;
    uint64_t v = 0;
    unsigned base = 10;
    bool over = false;
    const char *q = s;
    while (*q >= '0' && *q <= '9')
        q++;
    if ((*q == 'f' || *q == 'b') && !as_is_name(q[1], false) && q - s < 10) { /* 1f, 1b */
        AsNumeric *n;
        for (; s < q; s++)
            v = v * 10 + (unsigned)(*s - '0');
        n = as_numeric(as, v);
        if (*q == 'b') {
            if (!n->last) {
                as_error(as, start, "no label '%u:' stands before", (unsigned)v);
                return false;
            }
            out->add = n->last;
        } else {
            if (!n->next) {
                n->next = arena_new(as->arena, AsSym);
                n->next->loc = as_loc(as, start);
            }
            out->add = n->next;
        }
        *p = q + 1;
        return true;
    }
    if (*s == '0' && (s[1] | 0x20) == 'x') {
        base = 16;
        s += 2;
    } else if (*s == '0' && (s[1] | 0x20) == 'b') {
        base = 2;
        s += 2;
    } else if (*s == '0') {
        base = 8;
    }
    if (digit(*s) >= base) {
        as_error(as, start, "bad number");
        return false;
    }
    for (; digit(*s) < base; s++) {
        if (v > (UINT64_MAX - digit(*s)) / base)
            over = true;
        v = v * base + digit(*s);
    }
    while (*s == 'u' || *s == 'U' || *s == 'l' || *s == 'L')
        s++;
    if (as_is_name(*s, false)) {
        as_error(as, start, "bad number");
        return false;
    }
    if (over) {
        as_error(as, start, "number does not fit 64 bits");
        return false;
    }
    out->c = (int64_t)v;
    out->big = v > INT64_MAX;
    *p = s;
    return true;
}

static int char_escape(const char **p)
{
    const char *s = *p;
    int c = (uint8_t)*s++;
    if (c == '\\' && *s && *s != '\n') {
        c = (uint8_t)*s++;
        switch (c) {
        case 'n': c = '\n'; break;
        case 't': c = '\t'; break;
        case 'r': c = '\r'; break;
        case 'b': c = '\b'; break;
        case 'f': c = '\f'; break;
        case '0': c = 0; break;
        default: break;
        }
    }
    *p = s;
    return c;
}

void as_mark_tls(As *as, AsSym *s)
{
    (void)as;
    if (s->name)
        s->type = STT_TLS;
}

static bool modifier(As *as, const char **p, AsVal *out)
{
    const char *q = *p + 1, *start = q;
    unsigned m;
    while (as_is_name(*q, false))
        q++;
    m = as->ta->modifier(start, (size_t)(q - start));
    if (!m) {
        as_error(as, start, "no relocation modifier '%.*s'", (int)(q - start), start);
        return false;
    }
    if (!out->add || out->sub || out->tree || out->mod) {
        as_error(as, start, "'@%.*s' stands behind a symbol only", (int)(q - start), start);
        return false;
    }
    out->mod = (uint16_t)m;
    if (as->ta->is_tls(m))
        as_mark_tls(as, out->add);
    *p = q;
    return true;
}

static bool primary(As *as, const char **p, AsVal *out, unsigned depth)
{
    const char *s, *name;
    size_t n;
    SrcLoc loc;
    unsigned op = 0;
    as_skip(as, p);
    s = *p;
    loc = as_loc(as, s);
    memset(out, 0, sizeof *out);
    if (depth > AS_MAX_DEPTH) {
        as_error(as, s, "expression too deep");
        return false;
    }
    if (*s >= '0' && *s <= '9')
        return number(as, p, out);
    switch (*s) {
    case '-': op = AOP_NEG; break;
    case '~': op = AOP_NOT; break;
    case '!': op = AOP_LNOT; break;
    case '+':
        *p = s + 1;
        return primary(as, p, out, depth + 1);
    case '(':
        *p = s + 1;
        if (!parse(as, p, 0, out, depth + 1))
            return false;
        as_skip(as, p);
        if (**p != ')') {
            as_error(as, *p, "expected ')'");
            return false;
        }
        ++*p;
        if (**p == '@')
            return modifier(as, p, out);
        return true;
    case '\'':
        s++;
        if (as_at_end(as, s) && *s != ';' && *s != '#') {
            as_error(as, s, "expected a character");
            return false;
        }
        out->c = char_escape(&s);
        if (*s == '\'')
            s++;
        *p = s;
        return true;
    default:
        break;
    }
    if (op) {
        AsVal v;
        *p = s + 1;
        if (!primary(as, p, &v, depth + 1))
            return false;
        return combine(as, op, &v, NULL, loc, out);
    }
    if (*s == '.' && !as_is_name(s[1], false)) {
        out->add = as_sym_here(as);
        *p = s + 1;
        return true;
    }
    if (as_name(as, p, &name, &n)) {
        AsSym *sym = as_sym(as, name, n);
        sym->mentioned = true;
        if (sym->kind == ASY_EQU && as_val_const(&sym->equ) && **p != '@') {
            out->c = sym->equ.c;
            out->big = sym->equ.big;
        } else {
            out->add = sym;
        }
        if (**p == '@')
            return modifier(as, p, out);
        return true;
    }
    as_error(as, s, as_at_end(as, s) ? "expected an expression" : "bad expression");
    return false;
}

/* The infix operator at s: its rank (0: none) and length. */
static unsigned infix(const char *s, unsigned *op, unsigned *len)
{
    *len = 1;
    switch (*s) {
    case '*': *op = AOP_MUL; return 8;
    case '/': *op = AOP_DIV; return 8;
    case '%': *op = AOP_MOD; return 8;
    case '+': *op = AOP_ADD; return 5;
    case '-': *op = AOP_SUB; return 5;
    case '^': *op = AOP_XOR; return 7;
    case '|':
        *len = s[1] == '|' ? 2 : 1;
        *op = s[1] == '|' ? AOP_LOR : AOP_OR;
        return s[1] == '|' ? 2 : 7;
    case '&':
        *len = s[1] == '&' ? 2 : 1;
        *op = s[1] == '&' ? AOP_LAND : AOP_AND;
        return s[1] == '&' ? 3 : 7;
    case '!':
        *len = s[1] == '=' ? 2 : 1;
        *op = s[1] == '=' ? AOP_NE : AOP_ORNOT;
        return s[1] == '=' ? 4 : 7;
    case '=':
        if (s[1] != '=')
            return 0;
        *len = 2;
        *op = AOP_EQ;
        return 4;
    case '<':
        *len = 2;
        switch (s[1]) {
        case '<': *op = AOP_SHL; return 8;
        case '=': *op = AOP_LE; return 4;
        case '>': *op = AOP_NE; return 4;
        default: *len = 1; *op = AOP_LT; return 4;
        }
    case '>':
        *len = 2;
        switch (s[1]) {
        case '>': *op = AOP_SHR; return 8;
        case '=': *op = AOP_GE; return 4;
        default: *len = 1; *op = AOP_GT; return 4;
        }
    default:
        return 0;
    }
}

static bool parse(As *as, const char **p, unsigned min, AsVal *out, unsigned depth)
{
    if (!primary(as, p, out, depth))
        return false;
    for (;;) {
        unsigned op, len, rank;
        AsVal r;
        SrcLoc loc;
        as_skip(as, p);
        if (as_at_end(as, *p))
            return true;
        rank = infix(*p, &op, &len);
        if (!rank || rank <= min)
            return true;
        loc = as_loc(as, *p);
        *p += len;
        if (!parse(as, p, rank, &r, depth + 1) || !combine(as, op, out, &r, loc, out))
            return false;
    }
}

bool as_expr(As *as, const char **p, AsVal *out)
{
    return parse(as, p, 0, out, 0);
}

bool as_const(As *as, const char **p, int64_t *out)
{
    AsVal v;
    const char *at = *p;
    if (!as_expr(as, p, &v))
        return false;
    if (!as_reduce(as, &v)) {
        as_error(as, at, "expected a constant known here");
        return false;
    }
    *out = v.c;
    return true;
}
