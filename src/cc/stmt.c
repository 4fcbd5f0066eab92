/* stmt: statements (6.8) and labels. While they are read, `live` says whether control reaches the place, which is all
 * that the warning for a missing return needs. */
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

/* ---- expression statements ---- */

static bool has_effect(const Node *n)
{
    switch (n->op) {
    case N_ASSIGN:
    case N_OPASSIGN:
    case N_CALL:
    case N_STMT_EXPR:
    case N_BUILTIN:
    case N_VA_ARG:
        return true;
    case N_CAST:
        return n->type->kind == TY_VOID || !(n->flags & F_IMPLICIT) ? n->type->kind == TY_VOID || has_effect(n->a)
            : has_effect(n->a);
    case N_LOAD:
        return (n->flags & F_VOLATILE) != 0;
    case N_COMMA:
        return has_effect(n->b);
    case N_LAND:
    case N_LOR:
        return has_effect(n->b);
    case N_COND:
        return has_effect(n->b) || has_effect(n->u.c);
    case N_COND_ELVIS:
        return has_effect(n->u.c);
    default:
        return n->type->kind == TY_VOID;
    }
}

void cc_check_unused(CcParser *p, const Node *n, bool left)
{
    if (ty_is_error(n->type) || p->noeval)
        return;
    if (n->op == N_CALL) {
        const Type *ft = n->a->type->base;
        if (ft->attrs && ft->attrs->warn_unused)
            cc_warn_at(p, W_UNUSED_RESULT, n,
                       "ignoring return value of function declared with attribute 'warn_unused_result'");
        return;
    }
    if (!has_effect(n))
        cc_warn_at(p, W_UNUSED_VALUE, n, left ? "left-hand operand of comma expression has no effect" : n->op
                   == N_COMMA ? "right-hand operand of comma expression has no effect"
                   : n->op >= N_EQ && n->op <= N_GE ? "value computed is not used" : "statement with no effect");
}

static bool never_returns(const Node *n)
{
    while (n->op == N_CAST || n->op == N_COMMA)
        n = n->op == N_CAST ? n->a : n->b;
    if (n->op == N_BUILTIN)
        return n->u.bi.id == BI_UNREACHABLE || n->u.bi.id == BI_TRAP;
    if (n->op != N_CALL)
        return false;
    if (n->a->op == N_ADDR && n->a->a->op == N_VAR)
        return n->a->a->u.sym->noreturn;
    const Type *ft = n->a->type->base;
    return ft->attrs && ft->attrs->noreturn;
}

static Node *stmt_node(CcParser *p, NodeOp op, SrcLoc loc)
{
    Node *n = cc_node(p, op, NULL, loc);
    return n;
}

static Node *statement(CcParser *p);

/* Height of a statement: the limit on it bounds the lower side's recursion. */
static void grow(Node *n, const Node *part)
{
    if (part && part->height >= n->height)
        n->height = (uint16_t)(part->height < CC_MAX_HEIGHT ? part->height + 1 : CC_MAX_HEIGHT);
}

static Node *expression_statement(CcParser *p)
{
    Node *s = stmt_node(p, N_EXPR, p->tok.loc);
    SrcLoc at = p->tok.loc;
    Node *e = cc_rvalue(p, cc_expr(p));
    s->a = e;
    grow(s, e);
    s->loc = e->loc ? e->loc : s->loc;
    bool last = p->tok.kind == T_SEMI && cc_peek(p)->kind == T_RBRACE; /* perhaps the value of ({ }) */
    if (!last || !p->noeval)
        if (!(last && cc_peek(p)->kind == T_RBRACE && p->in_stmt_expr))
            cc_check_unused(p, e, false);
    if (never_returns(e))
        p->live = false;
    if (!cc_expect(p, T_SEMI)) {
        if (p->tok.loc == at || !(p->tok.kind == T_IDENT || p->tok.kind == T_RBRACE))
            cc_skip_statement(p);
        else if (p->tok.kind == T_IDENT && p->tok.u.ident->kw == KW_NONE)
            cc_skip_statement(p);
    }
    return s;
}

static Node *condition(CcParser *p)
{
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, p->tok.loc);
    Node *c = cc_rvalue(p, cc_expr(p));
    cc_warn_cond(p, c);
    c = cc_scalar(p, c, "condition");
    if (c->op == N_FLT)
        c = cc_convert(p, c, &p->basic[TY_BOOL]);
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_LBRACE);
        cc_accept(p, T_RPAREN);
    }
    return c;
}

/* A body that is its own scope (6.8.4p3). */
static Node *body(CcParser *p)
{
    if (p->tok.kind == T_LBRACE)
        return cc_block(p, false);
    CcMark m = cc_scope_enter(p);
    Node *s = statement(p);
    cc_scope_leave(p, m);
    return s;
}

/* Chains of else-if go round, not down. */
static Node *if_statement(CcParser *p)
{
    Node *first = NULL, *last = NULL;
    bool live_after = false;
    for (;;) {
        Node *n = stmt_node(p, N_IF, p->tok.loc);
        bool v = false;
        cc_next(p);
        n->a = condition(p);
        bool known = cc_truth(n->a, &v), live = p->live;
        SrcLoc empty = p->tok.kind == T_SEMI ? p->tok.loc : 0;
        p->live = live && !(known && !v);
        n->b = body(p);
        grow(n, n->a);
        grow(n, n->b);
        if (empty && cc_kw(p) != KW_ELSE)
            diag_warn(p->diag, W_EMPTY_BODY, empty, "suggest braces around empty body in an 'if' statement");
        live_after |= p->live;
        p->live = live && !(known && v);
        if (last) {
            last->u.ctl.otherwise = n;
            grow(first, n);
        } else {
            first = n;
        }
        last = n;
        if (cc_kw(p) != KW_ELSE)
            break;
        cc_next(p);
        if (cc_kw(p) == KW_IF)
            continue;
        if (p->tok.kind == T_SEMI)
            diag_warn(p->diag, W_EMPTY_BODY, p->tok.loc, "suggest braces around empty body in an 'else' statement");
        last->u.ctl.otherwise = body(p);
        grow(first, last->u.ctl.otherwise);
        break;
    }
    p->live |= live_after;
    return first;
}

static Node *loop_body(CcParser *p)
{
    bool in_switch = p->in_switch;
    p->in_switch = false;
    p->loops++;
    Node *s = body(p);
    p->loops--;
    p->in_switch = in_switch;
    return s;
}

static Node *while_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_WHILE, p->tok.loc);
    bool v = false, broke = p->broke;
    cc_next(p);
    n->a = condition(p);
    bool known = cc_truth(n->a, &v), live = p->live;
    p->broke = false;
    n->b = loop_body(p);
    grow(n, n->a);
    grow(n, n->b);
    p->live = (live && !(known && v)) || p->broke;
    p->broke = broke;
    return n;
}

static Node *do_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_DO, p->tok.loc);
    bool v = false, broke = p->broke;
    cc_next(p);
    p->broke = p->continued = false;
    n->b = loop_body(p);
    if (cc_kw(p) != KW_WHILE) {
        cc_syntax_error(p, "'while'");
        cc_skip_statement(p);
        n->a = cc_int_node(p, &p->basic[TY_INT], 0, n->loc);
        return n;
    }
    cc_next(p);
    n->a = condition(p);
    grow(n, n->a);
    grow(n, n->b);
    bool known = cc_truth(n->a, &v);
    p->live = ((p->live || p->continued) && !(known && v)) || p->broke;
    p->broke = broke;
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

static Node *for_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_FOR, p->tok.loc), *last;
    bool v = true, known = true, broke = p->broke;
    cc_next(p);
    CcMark m = cc_scope_enter(p);
    if (!cc_expect(p, T_LPAREN)) {
        cc_skip_statement(p);
        cc_scope_leave(p, m);
        return n;
    }
    if (p->tok.kind == T_IDENT && (cc_is_decl_ident(p->tok.u.ident) || p->tok.u.ident->kw == KW_STATIC_ASSERT)) {
        if (cc_kw(p) == KW_STATIC_ASSERT)
            cc_static_assert(p);
        else
            n->u.ctl.init = cc_local_declaration(p, &last);
    } else if (p->tok.kind != T_SEMI) {
        Node *s = stmt_node(p, N_EXPR, p->tok.loc);
        s->a = cc_rvalue(p, cc_expr(p));
        grow(s, s->a);
        cc_check_unused(p, s->a, false);
        n->u.ctl.init = s;
        cc_expect(p, T_SEMI);
    } else {
        cc_next(p);
    }
    if (p->tok.kind != T_SEMI) {
        Node *c = cc_rvalue(p, cc_expr(p));
        cc_warn_cond(p, c);
        c = cc_scalar(p, c, "condition");
        if (c->op == N_FLT)
            c = cc_convert(p, c, &p->basic[TY_BOOL]);
        n->a = c;
        known = cc_truth(c, &v);
        grow(n, c);
    }
    cc_expect(p, T_SEMI);
    if (p->tok.kind != T_RPAREN) {
        Node *s = cc_rvalue(p, cc_expr(p));
        cc_check_unused(p, s, false);
        n->u.ctl.step = s;
        grow(n, s);
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_LBRACE);
        cc_accept(p, T_RPAREN);
    }
    bool live = p->live;
    p->broke = false;
    n->b = loop_body(p);
    grow(n, n->b);
    for (const Node *s = n->u.ctl.init; s; s = s->next)
        grow(n, s);
    p->live = (live && !(known && v)) || p->broke;
    p->broke = broke;
    cc_scope_leave(p, m);
    return n;
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

static Node *switch_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_SWITCH, p->tok.loc);
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
    n->b = body(p);
    p->in_switch = in_switch;
    p->sw = sw.up;
    grow(n, n->a);
    grow(n, n->b);
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
    return statement(p);
}

/* Labels and cases in a row are read in a loop: generated code has thousands on end. */
static Node *label_run(CcParser *p)
{
    Node *first = NULL, *last = NULL;
    uint32_t run = 0;
    for (;;) {
        Node *n;
        SrcLoc loc = p->tok.loc;
        unsigned kw = cc_kw(p);
        if (kw == KW_CASE) {
            n = stmt_node(p, N_CASE, loc);
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
            n = stmt_node(p, N_CASE, loc);
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
            n = stmt_node(p, N_LABEL, loc);
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
        return p->tok.kind == T_RBRACE ? stmt_node(p, N_BLOCK, p->tok.loc) : statement(p);
    if (run % 500 != 0 || p->tok.kind == T_RBRACE)
        last->b = labelled(p);
    uint32_t h = last->b ? last->b->height : 0;
    first->height = (uint16_t)(h + run < CC_MAX_HEIGHT ? h + run : CC_MAX_HEIGHT);
    return first;
}

/* ---- jumps (6.8.6) ---- */

static Node *return_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_RETURN, p->tok.loc);
    cc_next(p);
    bool is_void = p->result->kind == TY_VOID;
    if (p->tok.kind != T_SEMI) {
        Node *v = cc_rvalue(p, cc_expr(p));
        if (is_void) {
            if (v->type->kind != TY_VOID && !ty_is_error(v->type))
                cc_warn_at(p, W_RETURN_TYPE_ON, v, "'return' with a value, in function returning void");
            Node *s = stmt_node(p, N_EXPR, n->loc);
            s->a = v;
            grow(s, v);
            n->next = NULL;
            Node *b = stmt_node(p, N_BLOCK, n->loc);
            b->u.list.first = s;
            s->next = n;
            b->u.list.last = n;
            grow(b, s);
            n = b;
        } else if (!ty_is_error(p->result)) {
            const Node *root = v->op == N_ADDR ? v->a : NULL;
            while (root && root->op == N_MEMBER)
                root = root->a;
            if (root && root->op == N_VAR && !root->u.sym->is_static && root->u.sym->kind == SYM_VAR
                && root->u.sym->name)
                cc_warn_at(p, W_RETURN_LOCAL_ADDR, v, "function returns address of local variable");
            n->a = cc_assign_convert(p, v, p->result, WHY_RETURN, NULL);
            grow(n, n->a);
        }
    } else if (!is_void && !ty_is_error(p->result)) {
        diag_warn(p->diag, p->cc->opt.std >= 1999 ? W_RETURN_TYPE_ON : W_RETURN_TYPE, n->loc,
                  "'return' with no value, in function returning non-void");
    }
    p->live = false;
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

static Node *goto_statement(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    Node *n;
    cc_next(p);
    if (cc_accept(p, T_STAR)) {
        n = stmt_node(p, N_GOTO_IND, loc);
        n->a = cc_rvalue(p, cc_expr(p));
        if (ty_is_int(n->a->type) || n->a->type->kind == TY_PTR)
            n->a = cc_convert(p, n->a, p->void_ptr);
        else if (!ty_is_error(n->a->type))
            cc_error_at(p, n->a, "pointer wanted by computed goto");
        grow(n, n->a);
    } else if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw) {
        n = stmt_node(p, N_GOTO, loc);
        n->u.label.label = cc_label_find(p, p->tok.u.ident, p->tok.loc);
        n->u.label.label->used = true;
        cc_next(p);
    } else {
        cc_syntax_error(p, "identifier or '*'");
        cc_skip_statement(p);
        return stmt_node(p, N_BLOCK, loc);
    }
    p->live = false;
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

static Node *jump(CcParser *p, NodeOp op)
{
    Node *n = stmt_node(p, op, p->tok.loc);
    if (op == N_BREAK && !p->loops && !p->in_switch)
        diag_error(p->diag, n->loc, "break statement not within loop or switch");
    else if (op == N_CONTINUE && !p->loops)
        diag_error(p->diag, n->loc, "continue statement not within a loop");
    if (op == N_BREAK)
        p->broke |= p->live;
    else
        p->continued = true;
    p->live = false;
    cc_next(p);
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

/* asm("text"); with operands it is refused */
static Node *asm_statement(CcParser *p)
{
    Node *n = stmt_node(p, N_ASM, p->tok.loc);
    cc_next(p);
    while (cc_kw(p) == KW_VOLATILE || cc_kw(p) == KW_INLINE || cc_kw(p) == KW_GOTO)
        cc_next(p);
    if (!cc_expect(p, T_LPAREN)) {
        cc_skip_statement(p);
        return n;
    }
    if (p->tok.kind == T_STRING)
        n->u.str.p = cc_plain_string(p, &n->u.str.n);
    else
        cc_syntax_error(p, "string literal");
    if (p->tok.kind == T_COLON) {
        cc_unsupported(p, n->loc, "asm with operands is");
        cc_skip_to(p, T_RPAREN, T_RPAREN);
    }
    cc_expect(p, T_RPAREN);
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

/* ---- blocks ---- */

static void append(Node *block, Node *first, Node *last)
{
    if (!first)
        return;
    if (block->u.list.last)
        block->u.list.last->next = first;
    else
        block->u.list.first = first;
    block->u.list.last = last;
    for (; first; first = first->next)
        grow(block, first);
}

/* __label__ a, b; declares labels of this block: they hide the function's until it ends. */
typedef struct LocalLabel { Ident *name; void *outer; struct LocalLabel *next; } LocalLabel;

static LocalLabel *label_declaration(CcParser *p, LocalLabel *list)
{
    cc_next(p);
    while (p->tok.kind == T_IDENT) {
        LocalLabel *l = arena_new(p->cc->node_arena, LocalLabel);
        void **at = map_at_int(&p->labels, (uint64_t)(uintptr_t)p->tok.u.ident);
        l->name = p->tok.u.ident;
        l->outer = *at;
        l->next = list;
        *at = NULL;
        list = l;
        cc_next(p);
        if (!cc_accept(p, T_COMMA))
            break;
    }
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return list;
}

static bool unknown_type(CcParser *p)
{
    const Ident *id = p->tok.u.ident;
    if (id->sym)
        return false;
    const Token *t = cc_peek(p);
    return t->kind == T_IDENT && !t->u.ident->kw;
}

Node *cc_block(CcParser *p, bool function_body)
{
    Node *b = stmt_node(p, N_BLOCK, p->tok.loc), *last;
    CcMark m = {0};
    LocalLabel *labels = NULL;
    bool in_stmt_expr = p->in_stmt_expr;
    if (!function_body)
        m = cc_scope_enter(p);
    if (!p->opening_stmt_expr)
        p->in_stmt_expr = false;
    p->opening_stmt_expr = false;
    if (!cc_enter(p)) {
        if (!function_body)
            cc_scope_leave(p, m);
        return b;
    }
    cc_expect(p, T_LBRACE);
    while (p->tok.kind != T_RBRACE && p->tok.kind != T_EOF) {
        if (p->tok.kind == T_IDENT) {
            unsigned kw = p->tok.u.ident->kw;
            bool decl = cc_is_decl_ident(p->tok.u.ident);
            if (kw == KW_EXTENSION) {
                const Token *t = cc_peek(p);
                decl = t->kind == T_IDENT && cc_is_decl_ident(t->u.ident);
            } else if (decl && !kw) { /* a typedef's name may be a label's too */
                decl = cc_peek(p)->kind != T_COLON;
            } else if (!kw && unknown_type(p)) {
                decl = true;
            } else if (kw == KW_ATTRIBUTE) {
                CcAttrs a = {0};
                cc_attributes(p, &a);
                decl = p->tok.kind == T_IDENT && cc_is_decl_ident(p->tok.u.ident);
                if (decl)
                    p->leading = a;
                if (p->tok.kind == T_SEMI) {
                    cc_next(p);
                    continue;
                }
            }
            if (decl) {
                Node *first = cc_local_declaration(p, &last);
                append(b, first, last);
                continue;
            }
            if (kw == KW_STATIC_ASSERT) {
                cc_static_assert(p);
                continue;
            }
            if (kw == KW_LABEL) {
                labels = label_declaration(p, labels);
                continue;
            }
        }
        Node *s = statement(p);
        append(b, s, s);
    }
    cc_leave(p);
    for (; labels; labels = labels->next)
        *map_at_int(&p->labels, (uint64_t)(uintptr_t)labels->name) = labels->outer;
    if (!function_body)
        cc_scope_leave(p, m);
    p->in_stmt_expr = in_stmt_expr;
    if (p->tok.kind == T_EOF)
        cc_syntax_error(p, "declaration or statement");
    else
        cc_next(p);
    return b;
}

/* ({ … }): at the { */
Node *cc_stmt_expr(CcParser *p, SrcLoc begin)
{
    if (!p->fn) {
        diag_error(p->diag, begin, "braced-group within expression allowed only inside a function");
        cc_skip_braces(p);
        cc_accept(p, T_RPAREN);
        return cc_error_node(p, begin);
    }
    Node *n = cc_node(p, N_STMT_EXPR, &p->basic[TY_VOID], begin);
    bool outer = p->in_stmt_expr;
    p->in_stmt_expr = p->opening_stmt_expr = true;
    n->a = cc_block(p, false);
    p->in_stmt_expr = outer;
    p->nlabels++; /* its declarations and statements are never dropped halfway */
    n->u.list.first = n->a->u.list.first;
    n->u.list.last = n->a->u.list.last;
    const Node *e = n->u.list.last;
    while (e && e->op == N_LABEL && e->b)
        e = e->b;
    if (e && e->op == N_EXPR && e->a)
        n->type = e->a->type->unq;
    n->height = n->a->height < CC_MAX_HEIGHT ? (uint16_t)(n->a->height + 1) : CC_MAX_HEIGHT;
    if (n->height >= CC_MAX_HEIGHT && !p->diag->stopped) {
        diag_error(p->diag, begin, "nesting too deep");
        p->diag->stopped = true;
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
    }
    return cc_range(n, begin, p->prev_end);
}

static Node *word_statement(CcParser *p, unsigned kw)
{
    switch (kw) {
    case KW_IF:
        return if_statement(p);
    case KW_WHILE:
        return while_statement(p);
    case KW_DO:
        return do_statement(p);
    case KW_FOR:
        return for_statement(p);
    case KW_SWITCH:
        return switch_statement(p);
    case KW_CASE:
    case KW_DEFAULT:
        return label_run(p);
    case KW_RETURN:
        return return_statement(p);
    case KW_GOTO:
        return goto_statement(p);
    case KW_BREAK:
        return jump(p, N_BREAK);
    case KW_CONTINUE:
        return jump(p, N_CONTINUE);
    case KW_ASM:
        return asm_statement(p);
    case KW_ELSE:
        diag_error(p->diag, p->tok.loc, "'else' without a previous 'if'");
        cc_next(p);
        return statement(p);
    case KW_ATTRIBUTE: {
        CcAttrs a = {0};
        cc_attributes(p, &a);
        return statement(p);
    }
    default:
        return expression_statement(p);
    }
}

static Node *statement(CcParser *p)
{
    Node *s;
    if (!cc_enter(p))
        return stmt_node(p, N_BLOCK, p->tok.loc);
    switch (p->tok.kind) {
    case T_LBRACE:
        s = cc_block(p, false);
        break;
    case T_SEMI:
        s = stmt_node(p, N_BLOCK, p->tok.loc);
        cc_next(p);
        break;
    case T_IDENT: {
        unsigned kw = p->tok.u.ident->kw;
        if (!kw) {
            if (cc_peek(p)->kind == T_COLON) {
                s = label_run(p);
                break;
            }
            if (cc_is_decl_ident(p->tok.u.ident)) {
                Node *last;
                diag_error(p->diag, p->tok.loc, "expected expression before '%s'", p->tok.u.ident->s);
                cc_local_declaration(p, &last);
                s = stmt_node(p, N_BLOCK, p->tok.loc);
                break;
            }
            s = expression_statement(p);
            break;
        }
        if (kw <= KW_DECL_LAST && kw != KW_ATTRIBUTE) {
            Node *last;
            cc_syntax_error(p, "expression");
            cc_local_declaration(p, &last);
            s = stmt_node(p, N_BLOCK, p->tok.loc);
            break;
        }
        s = word_statement(p, kw);
        break;
    }
    case T_RBRACE:
    case T_EOF:
        cc_syntax_error(p, "statement");
        s = stmt_node(p, N_BLOCK, p->tok.loc);
        break;
    default:
        s = expression_statement(p);
    }
    cc_leave(p);
    return s;
}
