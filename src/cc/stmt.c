/* stmt: statements (6.8). While they are read, `live` says whether control reaches the place, which is all
 * that the warning for a missing return needs. */
#include "cc/parse.h"

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

Node *cc_stmt_node(CcParser *p, NodeOp op, SrcLoc loc)
{
    Node *n = cc_node(p, op, NULL, loc);
    return n;
}

void cc_grow(Node *n, const Node *part)
{
    if (part && part->height >= n->height)
        n->height = (uint16_t)(part->height < CC_MAX_HEIGHT ? part->height + 1 : CC_MAX_HEIGHT);
}

static Node *expression_statement(CcParser *p)
{
    Node *s = cc_stmt_node(p, N_EXPR, p->tok.loc);
    SrcLoc at = p->tok.loc;
    Node *e = cc_rvalue(p, cc_expr(p));
    s->a = e;
    cc_grow(s, e);
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

Node *cc_body(CcParser *p)
{
    if (p->tok.kind == T_LBRACE)
        return cc_block(p, false);
    CcMark m = cc_scope_enter(p);
    Node *s = cc_statement(p);
    cc_scope_leave(p, m);
    return s;
}

/* Chains of else-if go round, not down. */
static Node *if_statement(CcParser *p)
{
    Node *first = NULL, *last = NULL;
    bool live_after = false;
    for (;;) {
        Node *n = cc_stmt_node(p, N_IF, p->tok.loc);
        bool v = false;
        cc_next(p);
        n->a = condition(p);
        bool known = cc_truth(n->a, &v), live = p->live;
        SrcLoc empty = p->tok.kind == T_SEMI ? p->tok.loc : 0;
        p->live = live && !(known && !v);
        n->b = cc_body(p);
        cc_grow(n, n->a);
        cc_grow(n, n->b);
        if (empty && cc_kw(p) != KW_ELSE)
            diag_warn(p->diag, W_EMPTY_BODY, empty, "suggest braces around empty body in an 'if' statement");
        live_after |= p->live;
        p->live = live && !(known && v);
        if (last) {
            last->u.ctl.otherwise = n;
            cc_grow(first, n);
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
        last->u.ctl.otherwise = cc_body(p);
        cc_grow(first, last->u.ctl.otherwise);
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
    Node *s = cc_body(p);
    p->loops--;
    p->in_switch = in_switch;
    return s;
}

static Node *while_statement(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_WHILE, p->tok.loc);
    bool v = false, broke = p->broke;
    cc_next(p);
    n->a = condition(p);
    bool known = cc_truth(n->a, &v), live = p->live;
    p->broke = false;
    n->b = loop_body(p);
    cc_grow(n, n->a);
    cc_grow(n, n->b);
    p->live = (live && !(known && v)) || p->broke;
    p->broke = broke;
    return n;
}

static Node *do_statement(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_DO, p->tok.loc);
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
    cc_grow(n, n->a);
    cc_grow(n, n->b);
    bool known = cc_truth(n->a, &v);
    p->live = ((p->live || p->continued) && !(known && v)) || p->broke;
    p->broke = broke;
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

static Node *for_statement(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_FOR, p->tok.loc), *last;
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
        Node *s = cc_stmt_node(p, N_EXPR, p->tok.loc);
        s->a = cc_rvalue(p, cc_expr(p));
        cc_grow(s, s->a);
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
        cc_grow(n, c);
    }
    cc_expect(p, T_SEMI);
    if (p->tok.kind != T_RPAREN) {
        Node *s = cc_rvalue(p, cc_expr(p));
        cc_check_unused(p, s, false);
        n->u.ctl.step = s;
        cc_grow(n, s);
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_LBRACE);
        cc_accept(p, T_RPAREN);
    }
    bool live = p->live;
    p->broke = false;
    n->b = loop_body(p);
    cc_grow(n, n->b);
    for (const Node *s = n->u.ctl.init; s; s = s->next)
        cc_grow(n, s);
    p->live = (live && !(known && v)) || p->broke;
    p->broke = broke;
    cc_scope_leave(p, m);
    return n;
}

/* ---- jumps (6.8.6) ---- */

static Node *return_statement(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_RETURN, p->tok.loc);
    cc_next(p);
    bool is_void = p->result->kind == TY_VOID;
    if (p->tok.kind != T_SEMI) {
        Node *v = cc_rvalue(p, cc_expr(p));
        if (is_void) {
            if (v->type->kind != TY_VOID && !ty_is_error(v->type))
                cc_warn_at(p, W_RETURN_TYPE_ON, v, "'return' with a value, in function returning void");
            Node *s = cc_stmt_node(p, N_EXPR, n->loc);
            s->a = v;
            cc_grow(s, v);
            n->next = NULL;
            Node *b = cc_stmt_node(p, N_BLOCK, n->loc);
            b->u.list.first = s;
            s->next = n;
            b->u.list.last = n;
            cc_grow(b, s);
            n = b;
        } else if (!ty_is_error(p->result)) {
            const Node *root = v->op == N_ADDR ? v->a : NULL;
            while (root && root->op == N_MEMBER)
                root = root->a;
            if (root && root->op == N_VAR && !root->u.sym->is_static && root->u.sym->kind == SYM_VAR
                && root->u.sym->name)
                cc_warn_at(p, W_RETURN_LOCAL_ADDR, v, "function returns address of local variable");
            n->a = cc_assign_convert(p, v, p->result, WHY_RETURN, NULL);
            cc_grow(n, n->a);
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
        n = cc_stmt_node(p, N_GOTO_IND, loc);
        n->a = cc_rvalue(p, cc_expr(p));
        if (ty_is_int(n->a->type) || n->a->type->kind == TY_PTR)
            n->a = cc_convert(p, n->a, p->void_ptr);
        else if (!ty_is_error(n->a->type))
            cc_error_at(p, n->a, "pointer wanted by computed goto");
        cc_grow(n, n->a);
    } else if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw) {
        n = cc_stmt_node(p, N_GOTO, loc);
        n->u.label.label = cc_label_find(p, p->tok.u.ident, p->tok.loc);
        n->u.label.label->used = true;
        cc_next(p);
    } else {
        cc_syntax_error(p, "identifier or '*'");
        cc_skip_statement(p);
        return cc_stmt_node(p, N_BLOCK, loc);
    }
    p->live = false;
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
    return n;
}

static Node *jump(CcParser *p, NodeOp op)
{
    Node *n = cc_stmt_node(p, op, p->tok.loc);
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

/* asm("text"); what it says is refused where it is lowered: an inline function of a header that nobody calls may have it. */
static Node *asm_statement(CcParser *p)
{
    Node *n = cc_stmt_node(p, N_ASM, p->tok.loc);
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
        n->u.str.operands = true;
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
        cc_grow(block, first);
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
    Node *b = cc_stmt_node(p, N_BLOCK, p->tok.loc), *last;
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
        Node *s = cc_statement(p);
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
        return cc_switch(p);
    case KW_CASE:
    case KW_DEFAULT:
        return cc_label_run(p);
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
        return cc_statement(p);
    case KW_ATTRIBUTE: {
        CcAttrs a = {0};
        cc_attributes(p, &a);
        return cc_statement(p);
    }
    default:
        return expression_statement(p);
    }
}

Node *cc_statement(CcParser *p)
{
    Node *s;
    if (!cc_enter(p))
        return cc_stmt_node(p, N_BLOCK, p->tok.loc);
    switch (p->tok.kind) {
    case T_LBRACE:
        s = cc_block(p, false);
        break;
    case T_SEMI:
        s = cc_stmt_node(p, N_BLOCK, p->tok.loc);
        cc_next(p);
        break;
    case T_IDENT: {
        unsigned kw = p->tok.u.ident->kw;
        if (!kw) {
            if (cc_peek(p)->kind == T_COLON) {
                s = cc_label_run(p);
                break;
            }
            if (cc_is_decl_ident(p->tok.u.ident)) {
                Node *last;
                diag_error(p->diag, p->tok.loc, "expected expression before '%s'", p->tok.u.ident->s);
                cc_local_declaration(p, &last);
                s = cc_stmt_node(p, N_BLOCK, p->tok.loc);
                break;
            }
            s = expression_statement(p);
            break;
        }
        if (kw <= KW_DECL_LAST && kw != KW_ATTRIBUTE) {
            Node *last;
            cc_syntax_error(p, "expression");
            cc_local_declaration(p, &last);
            s = cc_stmt_node(p, N_BLOCK, p->tok.loc);
            break;
        }
        s = word_statement(p, kw);
        break;
    }
    case T_RBRACE:
    case T_EOF:
        cc_syntax_error(p, "statement");
        s = cc_stmt_node(p, N_BLOCK, p->tok.loc);
        break;
    default:
        s = expression_statement(p);
    }
    cc_leave(p);
    return s;
}
