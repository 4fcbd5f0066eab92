/* call: function calls (6.5.2.2). Arguments are converted by the prototype or promoted while they are read. */
#include "cc/parse.h"

const CcSym *cc_literal(const Node *n)
{
    while (n->op == N_CAST && n->type->kind == TY_PTR)
        n = n->a;
    if (n->op == N_ADDR && n->a->op == N_VAR && n->a->u.sym->string_literal && n->a->type->base->size == 1)
        return n->a->u.sym;
    return NULL;
}

static const CcSym *called(const Node *fn)
{
    return fn->op == N_ADDR && fn->a->op == N_VAR ? fn->a->u.sym : NULL;
}

static Node *argument(CcParser *p, const Type *ft, const CcSym *s, uint32_t i, Node *n)
{
    CcArgOf of;
    if (!ft->old_style && i < ft->u.fn.nparams) {
        const CcParam *q = &ft->u.fn.params[i];
        of.name = s && s->name ? s->name->s : NULL;
        of.number = i + 1;
        of.param = q->loc;
        if (q->type->incomplete && !ty_is_error(q->type)) {
            cc_error_at(p, n, "type of formal parameter %u is incomplete", i + 1);
            return n;
        }
        n = cc_assign_convert(p, n, q->type, WHY_ARG, &of);
    } else {
        n = cc_default_promote(p, n);
        if (n->type->kind == TY_VOID) {
            cc_error_at(p, n, "invalid use of void expression");
            return cc_error_node(p, n->loc);
        }
    }
    return n;
}

Node *cc_call(CcParser *p, Node *fn)
{
    SrcLoc loc = p->tok.loc;
    Node *first = NULL, *last = NULL;
    uint32_t n = 0, high = 0;
    fn = cc_rvalue(p, fn);
    const CcSym *s = called(fn);
    bool bad = ty_is_error(fn->type);
    Type *ft = fn->type->kind == TY_PTR ? fn->type->base : NULL;
    if (!bad && (!ft || ft->kind != TY_FUNC)) {
        if (fn->op == N_LOAD && fn->a->op == N_VAR && fn->a->u.sym->name) {
            cc_error_at(p, fn, "called object '%s' is not a function or function pointer", fn->a->u.sym->name->s);
            diag_note(p->diag, fn->a->u.sym->loc, "declared here");
        } else
            cc_error_at(p, fn, "called object is not a function or function pointer");
        bad = true;
    }
    cc_next(p);
    while (p->tok.kind != T_RPAREN && p->tok.kind != T_EOF) {
        Node *a = cc_rvalue(p, cc_assign_expr(p));
        if (!bad && !ty_is_error(a->type)) {
            if (!ft->old_style && !ft->variadic && n == ft->u.fn.nparams) {
                cc_error_at(p, a, "too many arguments to function%s%s%s", s && s->name ? " '" : "", s && s->name
                            ? s->name->s : "",
                            s && s->name ? "'" : "");
                if (s && s->loc)
                    diag_note(p->diag, s->loc, "declared here");
            }
            a = argument(p, ft, s, n, a);
        }
        if (ty_is_error(a->type))
            bad = true, ft = ft && ft->kind == TY_FUNC && !ty_is_error(fn->type) ? ft : NULL;
        n++;
        if (last)
            last->next = a;
        else
            first = a;
        last = a;
        if (a->height > high)
            high = a->height;
        if (!cc_accept(p, T_COMMA))
            break;
        if (p->tok.kind == T_RPAREN)
            cc_syntax_error(p, "expression");
    }
    SrcLoc end = p->tok.loc;
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
        return cc_error_node(p, loc);
    }
    if (ft && ft->kind == TY_FUNC && !ft->old_style && n < ft->u.fn.nparams) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, fn->begin, fn->end, "too few arguments to function%s%s%s", s && s->name
                ? " '" : "",
                s && s->name ? s->name->s : "", s && s->name ? "'" : "");
        if (s && s->loc)
            diag_note(p->diag, s->loc, "declared here");
        bad = true;
    }
    if (bad) {
        Node *e = cc_error_node(p, loc);
        if (ft && ft->kind == TY_FUNC && !ft->base->incomplete)
            e->type = &p->basic[TY_ERROR];
        return e;
    }
    Type *r = ft->base->unq;
    if (r->incomplete && r->kind != TY_VOID) {
        cc_error_at(p, fn, "invalid use of incomplete type '%s'", ty_name(p->cc, r));
        return cc_error_node(p, loc);
    }
    if (s && s->name == p->id_alloca && !s->defined && n == 1 && p->cc->opt.hosted) {
        Node *b = cc_node1(p, N_BUILTIN, p->void_ptr, loc, first);
        b->a = NULL;
        b->u.bi.id = BI_ALLOCA;
        b->u.bi.args = cc_convert(p, first, p->size);
        b->u.bi.nargs = 1;
        if (p->fn)
            p->fn->uses_alloca = true;
        return cc_range(b, fn->begin, end + 1);
    }
    if (s && s->name == p->id_strlen && s->linkage == LINK_EXTERNAL && !s->defined && n == 1 && p->cc->opt.hosted) {
        const CcSym *lit = cc_literal(first);
        if (lit) {
            Node *v = cc_int_node(p, r, (int64_t)strlen((const char *)lit->str), loc);
            v->flags = 0;
            return cc_range(v, fn->begin, end + 1);
        }
    }
    Node *call = cc_node1(p, N_CALL, r, loc, fn);
    if (high >= call->height)
        call->height = (uint16_t)(high < CC_MAX_HEIGHT ? high + 1 : high);
    call->u.call.args = first;
    call->u.call.nargs = n;
    call->loc = fn->begin;
    cc_range(call, fn->begin, end + 1);
    if (s && s->returns_twice && p->fn && !p->noeval)
        p->fn->calls_setjmp = true;
    if (ft->attrs && ft->attrs->format)
        cc_check_format(p, ft->attrs, call, s && s->name ? s->name->s : NULL);
    return call;
}
