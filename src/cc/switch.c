/* switch: labels of every kind: what goto names, the cases of a switch (6.8.1, 6.8.4.2), and runs of both in front of a
 * statement. */
#include "cc/parse.h"

/* ---- labels ---- */

CcLabel *cc_label_find(CcParser *p, Ident *name, SrcLoc loc)
{
    void **at = map_at_int(&p->labels, (uint64_t)(uintptr_t)name);
    if (*at)
        return *at;
    CcLabel *l = arena_new(p->cc->node_arena, CcLabel);
    l->name = name;
    l->loc = loc;
    *at = l;
    if (p->last_label)
        p->last_label->next = l;
    else
        p->fn->labels = l;
    p->last_label = l;
    return l;
}

void cc_function_labels(CcParser *p)
{
    for (CcLabel *l = p->fn->labels; l; l = l->next) {
        if (!l->defined)
            diag_at(p->diag, DIAG_ERROR, W_NONE, l->loc, l->loc + l->name->n, "label '%s' used but not defined",
                    l->name->s);
        else if (!l->used)
            diag_at(p->diag, DIAG_WARNING, W_UNUSED_LABEL, l->loc, l->loc + l->name->n,
                    "label '%s' defined but not used", l->name->s);
    }
}

/* ---- switch (6.8.4.2) ---- */

static int compare_cases(const void *a, const void *b, void *ctx)
{
    const Node *x = *(Node *const *)a, *y = *(Node *const *)b;
    (void)ctx;
    if (x->u.cas.lo != y->u.cas.lo)
        return x->u.cas.lo < y->u.cas.lo ? -1 : 1;
    return x->loc < y->loc ? -1 : x->loc > y->loc;
}

static void check_enum(CcParser *p, const Type *t, Node *const *cases, uint32_t n, SrcLoc loc)
{
    for (const CcSym *s = t->u.en->consts; s; s = s->next) {
        uint32_t lo = 0, hi = n;
        while (lo < hi) {
            uint32_t mid = (lo + hi) / 2;
            if (cases[mid]->u.cas.hi < s->value)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == n || cases[lo]->u.cas.lo > s->value)
            diag_warn(p->diag, W_SWITCH_ENUM, loc, "enumeration value '%s' not handled in switch", s->name->s);
    }
}

static void check_cases(CcParser *p, CcSwitch *sw, const Type *written, SrcLoc loc)
{
    Node **v = arena_array(p->cc->node_arena, Node *, sw->n * 2);
    uint32_t n = 0;
    for (Node *c = sw->first; c; c = c->u.cas.chain)
        if (!c->u.cas.is_default)
            v[n++] = c;
    rt_sort(v, n, sizeof *v, v + sw->n, compare_cases, NULL);
    for (uint32_t i = 1; i < n; i++)
        if (v[i]->u.cas.lo <= v[i - 1]->u.cas.hi) {
            diag_error(p->diag, v[i]->loc, "duplicate case value");
            diag_note(p->diag, v[i - 1]->loc, "previously used here");
        }
    if (written->kind == TY_ENUM && !sw->has_default && p->diag->on[W_SWITCH_ENUM])
        check_enum(p, written, v, n, loc);
}

Node *cc_switch(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_SWITCH, p->tok.loc);
    CcSwitch sw = {0};
    bool broke = p->broke, in_switch = p->in_switch;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN)) {
        cc_skip_statement(p);
        return n;
    }
    Node *v = cc_rvalue(p, cc_expr(p));
    Type *written = v->type;
    while (v->op == N_CAST && (v->flags & F_IMPLICIT) && v->a->type->kind == TY_ENUM)
        written = v->a->type, v = v->a;
    if (!ty_is_int(v->type) && !ty_is_error(v->type)) {
        cc_error_at(p, v, "switch quantity not an integer");
        v = cc_error_node(p, v->loc);
    }
    n->a = ty_is_error(v->type) ? v : cc_promote(p, v);
    cc_expect(p, T_RPAREN);
    sw.type = n->a->type;
    sw.up = p->sw;
    p->sw = &sw;
    p->in_switch = true;
    bool live = p->live;
    p->live = false;
    p->broke = false;
    n->b = cc_body(p);
    p->in_switch = in_switch;
    p->sw = sw.up;
    cc_grow(n, n->a);
    cc_grow(n, n->b);
    n->u.sw.cases = sw.first;
    n->u.sw.has_default = sw.has_default;
    p->live = p->live || p->broke || (live && !sw.has_default);
    p->broke = broke;
    if (sw.n)
        check_cases(p, &sw, written, n->loc);
    return n;
}

static void add_case(CcParser *p, Node *c)
{
    CcSwitch *sw = p->sw;
    if (sw->last)
        sw->last->u.cas.chain = c;
    else
        sw->first = c;
    sw->last = c;
    sw->n++;
    p->nlabels++;
    p->live = true;
}

static bool case_value(CcParser *p, int64_t *v)
{
    Type *t;
    SrcLoc at = p->tok.loc;
    if (!cc_const_expr(p, NULL, v, &t))
        return false;
    if (p->sw && !ty_is_error(p->sw->type)) {
        int64_t w = cc_wrap(p->sw->type, *v);
        if (w != *v && !(t->is_unsigned && t->size == p->sw->type->size))
            diag_warn(p->diag, W_OVERFLOW, at, "case value changes from '%lld' to '%lld' in the type of the switch",
                      (long long)*v, (long long)w);
        *v = w;
    }
    return true;
}

/* What is labelled; a declaration or nothing behind a label counts as an empty statement here. */
static Node *labelled(CcParser *p)
{
    if (p->tok.kind == T_RBRACE) {
        diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, p->tok.loc, 0, "label at end of compound statement");
        return NULL;
    }
    if (p->tok.kind == T_IDENT && cc_is_decl_ident(p->tok.u.ident) && cc_peek(p)->kind != T_COLON) {
        diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, p->tok.loc, 0,
                "a label can only be part of a statement and a declaration is not a statement");
        return NULL;
    }
    return cc_statement(p);
}

Node *cc_label_run(CcParser *p)
{
    Node *first = NULL, *last = NULL;
    uint32_t run = 0;
    for (;;) {
        Node *n;
        SrcLoc loc = p->tok.loc;
        unsigned kw = cc_kw(p);
        if (kw == KW_CASE) {
            n = cc_stmt_node(p, N_CASE, loc);
            cc_next(p);
            bool ok = case_value(p, &n->u.cas.lo);
            n->u.cas.hi = n->u.cas.lo;
            if (cc_accept(p, T_ELLIPSIS)) {
                ok = case_value(p, &n->u.cas.hi) && ok;
                if (ok && (p->sw && p->sw->type->is_unsigned ? (uint64_t)n->u.cas.hi < (uint64_t)n->u.cas.lo
                           : n->u.cas.hi < n->u.cas.lo)) {
                    diag_warn(p->diag, W_NONE, loc, "empty range specified");
                    ok = false;
                }
            }
            cc_expect(p, T_COLON);
            if (!p->sw)
                diag_error(p->diag, loc, "case label not within a switch statement");
            else if (ok)
                add_case(p, n);
            else
                p->live = true;
            if (!ok || !p->sw)
                n->op = N_BLOCK, n->u.list.first = n->u.list.last = NULL;
        } else if (kw == KW_DEFAULT) {
            n = cc_stmt_node(p, N_CASE, loc);
            n->u.cas.is_default = true;
            cc_next(p);
            cc_expect(p, T_COLON);
            if (!p->sw) {
                diag_error(p->diag, loc, "'default' label not within a switch statement");
            } else if (p->sw->has_default) {
                diag_error(p->diag, loc, "multiple default labels in one switch");
                for (const Node *c = p->sw->first; c; c = c->u.cas.chain)
                    if (c->u.cas.is_default)
                        diag_note(p->diag, c->loc, "this is the first default label");
            } else {
                p->sw->has_default = true;
                add_case(p, n);
            }
        } else if (!kw && p->tok.kind == T_IDENT && cc_peek(p)->kind == T_COLON) {
            n = cc_stmt_node(p, N_LABEL, loc);
            CcLabel *l = cc_label_find(p, p->tok.u.ident, loc);
            CcAttrs a = {0};
            if (l->defined) {
                diag_error(p->diag, loc, "duplicate label '%s'", l->name->s);
                diag_note(p->diag, l->loc, "previous definition of '%s' was here", l->name->s);
            }
            l->defined = true;
            l->loc = loc;
            n->u.label.label = l;
            p->nlabels++;
            p->live = true;
            cc_next(p);
            cc_next(p);
            cc_attributes(p, &a);
            if (a.unused)
                l->used = true;
        } else {
            break;
        }
        if (n->op == N_BLOCK) { /* a case that cannot be: only its statement stays */
            continue;
        }
        if (last)
            last->b = n;
        else
            first = n;
        last = n;
        if (++run % 500 == 0) { /* a new list, so that the tree stays low */
            break;
        }
    }
    if (!last)
        return p->tok.kind == T_RBRACE ? cc_stmt_node(p, N_BLOCK, p->tok.loc) : cc_statement(p);
    if (run % 500 != 0 || p->tok.kind == T_RBRACE)
        last->b = labelled(p);
    uint32_t h = last->b ? last->b->height : 0;
    first->height = (uint16_t)(h + run < CC_MAX_HEIGHT ? h + run : CC_MAX_HEIGHT);
    return first;
}
