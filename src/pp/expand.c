/* expand: macro expansion (C11 6.10.3). In: the text's tokens; out: tokens with every macro replaced.
 * One idea: a stack of runs of tokens is read before the text. Entering a macro pushes its body (the body itself when nothing
 * is substituted); the macro is disabled until its run is read to the end, and a name met while its macro is
 * disabled is painted for ever (6.10.3.4p2). Arguments and their expansions live on a scratch stack of tokens. */
#include "pp/internal.h"

enum { MAX_SPENT = 1 << 22,    /* tokens one outermost macro may expand to, arguments included */
       MAX_DEPTH = 800,        /* arguments expanded within arguments */
       POOL_BLOCK = 1024 };

void pp_fatal(Pp *pp)
{
    pp->diag->stopped = true;
    pp->inputs.n = 0;
    pp->conds.n = 0;
    pp->first_done = pp->first.n;
    pp->p = pp->end;
    for (uint32_t i = 0; i < pp->nctx; i++)
        pp->ctx[i].p = pp->ctx[i].end;
}

/* ---- runs of tokens ---- */

static PoolMark pool_mark(const Pp *pp)
{
    PoolMark m;
    m.block = pp->pool;
    m.used = pp->pool ? pp->pool->used : 0;
    return m;
}

static Token *pool_alloc(Pp *pp, uint32_t n)
{
    PoolBlock *b = pp->pool;
    if (!b || b->cap - b->used < n) {
        PoolBlock *next = b ? b->next : NULL;
        if (!next || next->cap < n) {
            PoolBlock *fresh = arena_new(pp->unit, PoolBlock);
            fresh->cap = n > POOL_BLOCK ? n : POOL_BLOCK;
            fresh->toks = arena_alloc(pp->unit, sizeof(Token) * fresh->cap);
            fresh->prev = b;
            fresh->next = next;
            if (next)
                next->prev = fresh;
            if (b)
                b->next = fresh;
            next = fresh;
        }
        next->used = 0;
        pp->pool = b = next;
    }
    b->used += n;
    return b->toks + (b->used - n);
}

static void pool_release(Pp *pp, PoolMark m)
{
    if (pp->hold)
        return;
    if (m.block) {
        pp->pool = m.block;
        m.block->used = m.used;
        return;
    }
    while (pp->pool && pp->pool->prev)
        pp->pool = pp->pool->prev;
    if (pp->pool)
        pp->pool->used = 0;
}

void pp_push_ctx(Pp *pp, const Token *p, uint32_t n, Macro *m, SrcLoc delta, unsigned tail, PoolMark mark)
{
    if (pp->nctx == pp->ctx_cap) {
        uint32_t cap = pp->ctx_cap ? pp->ctx_cap * 2 : 64;
        Ctx *ctx = arena_alloc(pp->unit, cap * sizeof *ctx);
        if (pp->nctx)
            memcpy(ctx, pp->ctx, pp->nctx * sizeof *ctx);
        pp->ctx = ctx;
        pp->ctx_cap = cap;
    }
    Ctx *c = &pp->ctx[pp->nctx++];
    c->p = p;
    c->end = p + n;
    c->macro = m;
    c->delta = delta;
    c->tail = (uint8_t)tail;
    c->barrier = false;
    c->mark = mark;
    if (m)
        m->disabled = true;
}

static void pop_ctx(Pp *pp)
{
    Ctx *c = &pp->ctx[--pp->nctx];
    if (c->macro)
        c->macro->disabled = false;
    pp->pads = (uint8_t)pp_pad_then(pp_pad_then(pp->pads, c->tail), PAD_END);
    pool_release(pp, c->mark);
}

/* The next token of the innermost run. False when the run is over and gone; at a barrier T_EOF. */
static bool ctx_next(Pp *pp, Token *t)
{
    Ctx *c = &pp->ctx[pp->nctx - 1];
    if (c->p == c->end) {
        if (!c->barrier) {
            pop_ctx(pp);
            return false;
        }
        memset(t, 0, sizeof *t);
        return true;
    }
    *t = *c->p++;
    t->pad = 0;
    t->pad2 = 0;
    if (t->loc)
        t->loc += c->delta;
    t->flags |= TF_EXPANDED;
    return true;
}

/* What lies before a token since the last one: line starts and pads of expansions that are over. */
static void take_carry(Pp *pp, Token *t)
{
    t->flags |= pp->carry;
    pp->carry = 0;
    pp_pad_token(pp->pads, t);
    pp->pads = 0;
}

void pp_next_raw_token(Pp *pp, Token *t)
{
    for (;;) {
        if (!pp->nctx) {
            pp_lex(pp, t);
            break;
        }
        if (ctx_next(pp, t))
            break;
    }
    if (pp->carry | pp->pads && t->kind != T_EOF)
        take_carry(pp, t);
    if (t->kind == T_IDENT && t->u.ident->macro && ((Macro *)t->u.ident->macro)->disabled)
        t->flags |= TF_NOEXPAND;
}

/* Runs that are over are left, as reading a token would. */
bool pp_paren_next(Pp *pp)
{
    while (pp->nctx) {
        Ctx *c = &pp->ctx[pp->nctx - 1];
        if (c->p < c->end) {
            if (c->p->kind != T_LPAREN)
                return false;
            c->p++;
            return true;
        }
        if (c->barrier)
            return false;
        pop_ctx(pp);
    }
    return pp_paren_follows(pp);
}

/* ---- arguments ---- */

static bool count_ok(Pp *pp, const Macro *m, SrcLoc at, uint32_t *argc, uint32_t args)
{
    if (*argc == m->nparams)
        return true;
    if (*argc == 1 && !m->nparams && !pp->args.p[args].raw_n) {
        *argc = 0;
        return true;
    }
    if (*argc < m->nparams) {
        if (m->variadic && *argc + 1u == m->nparams) {
            if (pp->diag->on[W_PEDANTIC])
                diag_at(pp->diag, DIAG_PEDWARN, W_PEDANTIC, at, 0,
                        "ISO C99 requires at least one argument for the \"...\" in a variadic macro");
            return true;
        }
        if (m->variadic)
            diag_error(pp->diag, at, "macro \"%s\" requires at least %u argument%s, but only %u given", m->name->s,
                       m->nparams - 1, m->nparams == 2 ? "" : "s", *argc);
        else
            diag_error(pp->diag, at, "macro \"%s\" requires %u argument%s, but only %u given", m->name->s, m->nparams,
                       m->nparams == 1 ? "" : "s", *argc);
    } else {
        diag_error(pp->diag, at, "macro \"%s\" passed %u argument%s, but takes just %u", m->name->s, *argc,
                   *argc == 1 ? "" : "s", m->nparams);
    }
    if (m->loc)
        diag_note(pp->diag, m->loc, "macro \"%s\" defined here", m->name->s);
    return false;
}

/* Reads the arguments of m up to its ). False after a message. The lists lie on pp->args from `args` on, nparams of them. */
static bool collect(Pp *pp, const Macro *m, SrcLoc at, uint32_t args, bool *rest_omitted)
{
    bool outer = pp->collecting;
    uint32_t depth = 0, argc = 1;
    Token t;
    Arg a;
    memset(&a, 0, sizeof a);
    a.raw = pp->scratch.n;
    pp->collecting = true;
    pp->hold++;
    for (;;) {
        pp_next_raw_token(pp, &t);
        if (t.kind == T_EOF || t.kind == T_NEWLINE)
            break;
        if (t.kind == T_LPAREN) {
            depth++;
        } else if (t.kind == T_RPAREN) {
            if (!depth)
                break;
            depth--;
        } else if (t.kind == T_COMMA && !depth && !(m->variadic && argc == m->nparams)) {
            a.raw_n = pp->scratch.n - a.raw;
            vec_push(pp->unit, &pp->args, a);
            a.raw = pp->scratch.n;
            argc++;
            continue;
        }
        if (t.flags & TF_BOL)
            t.flags = (uint8_t)((t.flags & ~TF_BOL) | TF_SPACE | (t.flags & TF_PADDED ? TF_OWN : 0));
        if (pp->scratch.n == a.raw && t.flags & TF_PADDED) /* pads before an argument do not belong to it */
            t.flags = (uint8_t)((t.flags & ~(TF_PADDED | TF_OWN | TF_NEAR | TF_SPACE)) | (t.flags & TF_OWN ? TF_SPACE : 0));
        vec_push(pp->unit, &pp->scratch, t);
    }
    pp->collecting = outer;
    pp->hold--;
    pp->carry = 0;
    pp->pads = 0;
    if (t.kind != T_RPAREN) {
        if (!pp->diag->stopped)
            diag_error(pp->diag, at, "unterminated argument list invoking macro \"%s\"", m->name->s);
        return false;
    }
    a.raw_n = pp->scratch.n - a.raw;
    vec_push(pp->unit, &pp->args, a);
    if (!count_ok(pp, m, at, &argc, args))
        return false;
    *rest_omitted = m->variadic
        && (argc < m->nparams || (argc == 1 && !pp->args.p[args].raw_n && (pp->opt.gnu || pp->opt.assembler)));
    memset(&a, 0, sizeof a);
    while (pp->args.n < args + m->nparams)
        vec_push(pp->unit, &pp->args, a);
    return true;
}

static bool may_expand(const Token *t, uint32_t n)
{
    for (; n--; t++)
        if (t->kind == T_IDENT && t->u.ident->macro && !(t->flags & TF_NOEXPAND))
            return true;
    return false;
}

/* 6.10.3.1: the argument as if it formed the rest of the file. */
void pp_expand_arg(Pp *pp, uint32_t arg)
{
    Arg *a = &pp->args.p[arg];
    if (a->expanded)
        return;
    a->expanded = true;
    a->exp = a->raw;
    a->exp_n = a->raw_n;
    if (!may_expand(pp->scratch.p + a->raw, a->raw_n))
        return;
    if (pp->depth >= MAX_DEPTH) {
        diag_error(pp->diag, pp->scratch.p[a->raw].loc, "macro arguments nested too deeply");
        pp_fatal(pp);
        return;
    }
    pp->spent += a->raw_n; /* each level of nesting copies what is inside */
    if (pp->spent > MAX_SPENT) {
        diag_error(pp->diag, pp->scratch.p[a->raw].loc, "macro arguments take too many tokens");
        pp_fatal(pp);
        return;
    }
    pp->hold++;
    pp->depth++;
    PoolMark mark = pool_mark(pp);
    Token *copy = pool_alloc(pp, a->raw_n), t;
    uint8_t carry = pp->carry, pads = pp->pads;
    memcpy(copy, pp->scratch.p + a->raw, a->raw_n * sizeof *copy);
    pp_push_ctx(pp, copy, a->raw_n, NULL, 0, 0, mark);
    pp->ctx[pp->nctx - 1].barrier = true;
    pp->carry = 0;
    pp->pads = 0;
    uint32_t start = pp->scratch.n;
    for (;;) {
        pp_next(pp, &t);
        if (t.kind == T_EOF)
            break;
        vec_push(pp->unit, &pp->scratch, t);
    }
    a = &pp->args.p[arg];
    a->tail = pp->pads;
    pp->nctx--;
    pp->carry = carry;
    pp->pads = pads;
    pp->depth--;
    pp->hold--;
    a->exp = start;
    a->exp_n = pp->scratch.n - start;
}

/* ---- entering a macro ---- */

static bool spend(Pp *pp, const Token *t, uint32_t n)
{
    if (!pp->nctx)
        pp->spent = 0;
    pp->spent += n + 1;
    if (pp->spent <= MAX_SPENT)
        return true;
    diag_error(pp->diag, t->loc, "macro \"%s\" expands to too many tokens", t->u.ident->s);
    pp_fatal(pp);
    return false;
}

static SrcLoc expansion_delta(Pp *pp, const Macro *m, SrcLoc at)
{
    SrcLoc base = src_add_expansion(pp->sm, m->name, m->span, m->span_n, at);
    return base ? base - m->span : 0;
}

/* The name in *t is replaced: what it began and the white space before it go to what comes instead. */
static void carry_name(Pp *pp, const Token *t)
{
    pp->carry = t->flags & TF_BOL;
    pp->pads = (uint8_t)pp_pad_name(t);
}

static enum Entered push_body(Pp *pp, Macro *m, const Token *name, PoolMark mark)
{
    carry_name(pp, name);
    if (m->n)
        pp_push_ctx(pp, m->body, m->n, m, expansion_delta(pp, m, name->loc), 0, mark);
    else
        pp->pads = (uint8_t)pp_pad_then(pp->pads, PAD_END);
    return ENTER_PUSHED;
}

/* A macro's name is in *t: replaces it, or lets it stand. */
static enum Entered enter(Pp *pp, Token *t, Macro *m)
{
    if (!pp->nctx)
        pp->entered_at = t->loc;
    if (m->kind > MACRO_FUNC) {
        enum Entered r = pp_enter_builtin(pp, t, m);
        if (r == ENTER_TOKEN && t->kind != T_PRAGMA)
            pp->pads = PAD_END;
        return r;
    }
    PoolMark mark = pool_mark(pp);
    if (!pp->nctx && mark.block) {
        mark.block = NULL;
        pool_release(pp, mark);
        mark = pool_mark(pp);
    }
    if (m->kind == MACRO_OBJECT && !m->ops) {
        if (!spend(pp, t, m->n))
            return ENTER_NONE;
        if (m->n != 1 || (m->body->kind == T_IDENT && m->body->u.ident->macro))
            return push_body(pp, m, t, mark);
        unsigned flags = t->flags & (TF_BOL | TF_SPACE | TF_NEAR);
        SrcLoc delta = expansion_delta(pp, m, t->loc);
        *t = *m->body;
        t->loc += delta;
        t->flags = (uint8_t)(flags | TF_EXPANDED | TF_PADDED);
        pp->pads = PAD_END;
        return ENTER_TOKEN;
    }

    uint32_t args = pp->args.n, scratch = pp->scratch.n;
    bool rest_omitted = false;
    enum Entered result = ENTER_NONE;
    if (m->kind == MACRO_FUNC) {
        if (!pp->nctx)
            pp->spent = 0;
        if (!pp_paren_next(pp))
            return ENTER_NONE;
        pp->pads = 0;
        if (!collect(pp, m, t->loc, args, &rest_omitted))
            goto out;
    }
    if (m->kind == MACRO_FUNC && !m->ops) {
        pp->spent += m->n + 1;
        result = push_body(pp, m, t, mark);
        goto out;
    }
    unsigned tail;
    uint32_t start = pp_substitute(pp, m, args, m->n ? expansion_delta(pp, m, t->loc) : 0, rest_omitted, &tail);
    uint32_t n = pp->scratch.n - start;
    if (!spend(pp, t, n))
        goto out;
    Token *body = pool_alloc(pp, n);
    memcpy(body, pp->scratch.p + start, n * sizeof *body);
    carry_name(pp, t);
    if (n)
        pp_push_ctx(pp, body, n, m, 0, tail, mark);
    else
        pp->pads = (uint8_t)pp_pad_then(pp_pad_then(pp->pads, tail), PAD_END);
    result = ENTER_PUSHED;
out:
    pp->args.n = args;
    pp->scratch.n = scratch;
    return result;
}

void pp_next(Pp *pp, Token *t)
{
    for (;;) {
        if (!pp->nctx)
            pp_lex(pp, t);
        else if (!ctx_next(pp, t))
            continue;
        if (pp->carry | pp->pads && t->kind != T_EOF)
            take_carry(pp, t);
        if (t->kind != T_IDENT)
            return;
        Macro *m = t->u.ident->macro;
        if (!m || t->flags & TF_NOEXPAND)
            return;
        if (m->disabled) {
            t->flags |= TF_NOEXPAND;
            return;
        }
        if (enter(pp, t, m) != ENTER_PUSHED)
            return;
    }
}

void pp_next_raw(Pp *pp, Token *t)
{
    if (pp->held) {
        *t = pp->held_token;
        pp->held = false;
        return;
    }
    pp_next(pp, t);
    bool first = !pp->raw_begun;
    pp->raw_begun = true;
    if (first || !(t->flags & TF_BOL || t->kind == T_EOF) || pp->raw_ended)
        return;
    pp->raw_ended = t->kind == T_EOF;
    pp->held_token = *t;
    pp->held = true;
    memset(t, 0, sizeof *t);
    t->kind = T_NEWLINE;
    t->loc = pp->held_token.loc;
}
