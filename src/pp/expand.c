/* expand: macro expansion (C11 6.10.3). In: the text's tokens; out: tokens with every macro replaced.
 * One idea: a stack of runs of tokens is read before the text. Entering a macro pushes its body (the body itself when nothing
 * is substituted); the macro is disabled until its run is read to the end, and a name met while its macro is
 * disabled is painted for ever (6.10.3.4p2). Arguments and their expansions live on a scratch stack of tokens. */
#include "pp/internal.h"

enum { MAX_SPENT = 1 << 22,    /* tokens one outermost macro may expand to */
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

void pp_push_ctx(Pp *pp, const Token *p, uint32_t n, Macro *m, SrcLoc delta, unsigned first, PoolMark mark)
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
    c->first = (uint8_t)first;
    c->tail = 0;
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
    pp->carry |= c->tail;
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
    if (c->first) {
        t->flags = (uint8_t)((t->flags & ~(TF_BOL | TF_SPACE)) | (c->first & (TF_BOL | TF_SPACE)));
        c->first = 0;
    }
    return true;
}

/* Flags left by empty expansions go to the next token. */
static void take_carry(Pp *pp, Token *t)
{
    t->flags |= pp->carry;
    pp->carry = 0;
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
    if (pp->carry && t->kind != T_EOF)
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
            c->first = 0;
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
            t.flags = (uint8_t)((t.flags & ~TF_BOL) | TF_SPACE);
        vec_push(pp->unit, &pp->scratch, t);
    }
    pp->collecting = outer;
    pp->hold--;
    pp->carry = 0;
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
static void expand_arg(Pp *pp, uint32_t arg)
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
    pp->hold++;
    pp->depth++;
    PoolMark mark = pool_mark(pp);
    Token *copy = pool_alloc(pp, a->raw_n), t;
    uint8_t carry = pp->carry;
    memcpy(copy, pp->scratch.p + a->raw, a->raw_n * sizeof *copy);
    pp_push_ctx(pp, copy, a->raw_n, NULL, 0, 0, mark);
    pp->ctx[pp->nctx - 1].barrier = true;
    pp->carry = 0;
    uint32_t start = pp->scratch.n;
    for (;;) {
        pp_next(pp, &t);
        if (t.kind == T_EOF)
            break;
        vec_push(pp->unit, &pp->scratch, t);
    }
    a = &pp->args.p[arg];
    a->tail = pp->carry & TF_SPACE;
    pp->nctx--;
    pp->carry = carry;
    pp->depth--;
    pp->hold--;
    a->exp = start;
    a->exp_n = pp->scratch.n - start;
}

/* ---- # and ## ---- */

const char *pp_quote(Pp *pp, const char *s, size_t n, uint32_t *out_n)
{
    char *q = arena_alloc(pp->unit, n * 2 + 3), *p = q;
    *p++ = '"';
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\')
            *p++ = '\\';
        *p++ = s[i];
    }
    *p++ = '"';
    *p = 0;
    *out_n = (uint32_t)(p - q);
    return q;
}

/* 6.10.3.2 over n tokens of the scratch stack. */
static Token stringize(Pp *pp, uint32_t from, uint32_t n, SrcLoc loc)
{
    Buf *b = &pp->tmp;
    Token r;
    b->n = 0;
    buf_u8(b, '"');
    for (uint32_t i = 0; i < n; i++) {
        const Token *t = &pp->scratch.p[from + i];
        if (i && t->flags & (TF_SPACE | TF_BOL) && b->n > 1)
            buf_u8(b, ' ');
        if (t->kind == T_STRING || t->kind == T_CHAR || (t->kind == T_OTHER && t->n > 1)) {
            for (uint32_t k = 0; k < t->n; k++) {
                if (t->u.text[k] == '"' || t->u.text[k] == '\\')
                    buf_u8(b, '\\');
                buf_u8(b, (uint8_t)t->u.text[k]);
            }
        } else {
            pp_spell(b, t);
        }
    }
    uint32_t slashes = 0;
    while (slashes < b->n && b->p[b->n - 1 - slashes] == '\\')
        slashes++;
    if (slashes & 1) {
        diag_at(pp->diag, DIAG_WARNING, W_NONE, loc, 0, "invalid string literal, ignoring final '\\'");
        b->n--;
    }
    buf_u8(b, '"');
    memset(&r, 0, sizeof r);
    r.kind = T_STRING;
    r.flags = TF_EXPANDED;
    r.loc = loc;
    r.n = (uint32_t)b->n;
    r.u.text = arena_strndup(pp->unit, (const char *)b->p, b->n);
    return r;
}

/* 6.10.3.3: *left becomes left ## right. False when that is no token; then both stay. */
static bool paste(Pp *pp, Token *left, const Token *right, SrcLoc loc)
{
    if (right->kind == T_PLACEMARKER)
        return true;
    if (left->kind == T_PLACEMARKER) {
        uint8_t flags = left->flags;
        *left = *right;
        left->flags = (uint8_t)((right->flags & ~TF_SPACE) | (flags & TF_SPACE));
        return true;
    }
    Token t;
    pp->tmp.n = 0;
    pp_spell(&pp->tmp, left);
    pp_spell(&pp->tmp, right);
    size_t n = pp->tmp.n;
    bool slashes = left->kind == T_SLASH && (right->kind == T_SLASH || right->kind == T_STAR);
    char *s = arena_strndup(pp->unit, (const char *)pp->tmp.p, n);
    if (slashes || !pp_lex_whole(pp, s, n, loc, &t)) {
        if (!pp->opt.assembler) {
            Buf b;
            buf_init(&b, pp->unit);
            pp_spell(&b, left);
            uint32_t k = (uint32_t)b.n;
            pp_spell(&b, right);
            diag_error(pp->diag, loc, "pasting \"%.*s\" and \"%.*s\" does not give a valid preprocessing token", (int)k,
                       (const char *)b.p, (int)(b.n - k), (const char *)b.p + k);
        }
        return false;
    }
    t.flags = (uint8_t)((left->flags & TF_SPACE) | TF_EXPANDED);
    *left = t;
    return true;
}

/* ---- substitution ---- */

typedef struct Subst {
    Pp *pp;
    const Macro *m;
    uint32_t args, start;      /* argument lists; first token made */
    SrcLoc delta;
    bool pend;                 /* ## stands before what comes next */
    bool glue;                 /* the same, and still true where GNU's `, ## rest` does not paste */
    bool space;                /* white space of an empty argument goes to the next token */
    bool marks;                /* a placemarker was made */
    bool rest_omitted;
} Subst;

static void put(Subst *s, const Token *t, bool paste_it, SrcLoc loc)
{
    Pp *pp = s->pp;
    if (paste_it && pp->scratch.n > s->start && paste(pp, &vec_last(&pp->scratch), t, loc))
        return;
    Token c = *t;
    if (s->space)
        c.flags |= TF_SPACE;
    s->space = false;
    vec_push(pp->unit, &pp->scratch, c);
}

static void put_mark(Subst *s, bool paste_it, unsigned flags)
{
    Token t;
    memset(&t, 0, sizeof t);
    t.kind = T_PLACEMARKER;
    t.flags = (uint8_t)(flags & TF_SPACE);
    s->marks = true;
    put(s, &t, paste_it, 0);
}

/* A list of an argument's tokens; the first takes the parameter's white space. */
static void put_list(Subst *s, uint32_t from, uint32_t n, const Token *param, SrcLoc loc)
{
    for (uint32_t i = 0; i < n; i++) {
        Token t = s->pp->scratch.p[from + i];
        if (!i)
            t.flags = (uint8_t)((t.flags & ~TF_SPACE) | (s->glue ? 0 : param->flags & TF_SPACE));
        put(s, &t, !i && s->pend, loc);
    }
}

static void put_param(Subst *s, const Token *b)
{
    Pp *pp = s->pp;
    uint32_t arg = s->args + b->pad;
    SrcLoc loc = b->loc + s->delta;
    const Arg *a = &pp->args.p[arg];
    if (b->pad2 & BODY_STR) {
        Token t = stringize(pp, a->raw, a->raw_n, loc);
        t.flags |= b->flags & TF_SPACE;
        put(s, &t, s->pend, loc);
    } else if (s->pend || b->pad2 & BODY_PASTE) {
        /* GNU: `, ## rest` drops the comma when the rest was left out, and pastes nothing. */
        if (s->pend && s->m->variadic && b->pad + 1u == s->m->nparams && pp->scratch.n > s->start
            && vec_last(&pp->scratch).kind == T_COMMA) {
            if (s->rest_omitted) {
                pp->scratch.n--;
                if (b->pad2 & BODY_PASTE)
                    put_mark(s, false, 0);
                s->pend = false;
                return;
            }
            s->pend = false;
        }
        if (!a->raw_n)
            put_mark(s, s->pend, s->glue ? 0u : b->flags);
        else
            put_list(s, a->raw, a->raw_n, b, loc);
    } else {
        expand_arg(pp, arg);
        a = &pp->args.p[arg];
        if (a->exp_n)
            put_list(s, a->exp, a->exp_n, b, loc);
        else
            s->space |= (b->flags & TF_SPACE) != 0;
        s->space |= a->tail;
    }
}

/* The body with its parameters replaced, onto the scratch stack. */
static void substitute(Subst *s)
{
    Pp *pp = s->pp;
    const Macro *m = s->m;
    uint32_t opt_start = 0;
    const Token *opt = NULL;
    for (uint32_t i = 0; i < m->n; i++) {
        const Token *b = &m->body[i];
        s->glue = s->pend;
        if (b->pad2 & BODY_OPT) {
            uint32_t rest = s->args + m->nparams - 1;
            expand_arg(pp, rest);
            if (!pp->args.p[rest].exp_n) {
                while (!(m->body[i].pad2 & BODY_OPT_END))
                    i++;
                if (b->pad2 & BODY_STR) {
                    Token t = stringize(pp, pp->scratch.n, 0, b->loc + s->delta);
                    t.flags |= b->flags & TF_SPACE;
                    put(s, &t, s->pend, b->loc + s->delta);
                } else {
                    put_mark(s, s->pend, b->flags);
                }
                s->pend = (m->body[i].pad2 & BODY_PASTE) != 0;
                continue;
            }
            opt = b;
            if (b->pad2 & BODY_STR)
                put_mark(s, false, 0);
            opt_start = pp->scratch.n;
            continue;
        }
        if (b->pad2 & BODY_OPT_END) {
            if (opt->pad2 & BODY_STR) {
                Token t = stringize(pp, opt_start, pp->scratch.n - opt_start, b->loc + s->delta);
                t.flags |= opt->flags & TF_SPACE;
                pp->scratch.n = opt_start - 1;
                put(s, &t, false, t.loc);
            } else if (pp->scratch.n == opt_start) {
                put_mark(s, s->pend, opt->flags);
            } else if (opt_start >= s->start) {
                Token *t = &pp->scratch.p[opt_start];
                t->flags = (uint8_t)((t->flags & ~TF_SPACE) | (opt->flags & TF_SPACE));
            }
            s->pend = (b->pad2 & BODY_PASTE) != 0;
            continue;
        }
        if (b->pad2 & BODY_PARAM) {
            put_param(s, b);
        } else {
            Token t = *b;
            t.pad = 0;
            t.pad2 = 0;
            t.loc += s->delta;
            t.flags |= TF_EXPANDED;
            put(s, &t, s->pend, t.loc);
        }
        s->pend = (b->pad2 & BODY_PASTE) != 0;
    }
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

/* A macro's name is in *t: replaces it, or lets it stand. */
static enum Entered enter(Pp *pp, Token *t, Macro *m)
{
    if (!pp->nctx)
        pp->entered_at = t->loc;
    if (m->kind > MACRO_FUNC)
        return pp_enter_builtin(pp, t, m);
    unsigned flags = t->flags & (TF_BOL | TF_SPACE);
    PoolMark mark = pool_mark(pp);
    if (!pp->nctx && mark.block) {
        mark.block = NULL;
        pool_release(pp, mark);
        mark = pool_mark(pp);
    }
    if (m->kind == MACRO_OBJECT && !m->ops) {
        if (!spend(pp, t, m->n))
            return ENTER_NONE;
        if (!m->n) {
            pp->carry |= (uint8_t)flags;
            return ENTER_PUSHED;
        }
        SrcLoc delta = expansion_delta(pp, m, t->loc);
        if (m->n == 1 && !(m->body->kind == T_IDENT && m->body->u.ident->macro)) {
            *t = *m->body;
            t->loc += delta;
            t->flags = (uint8_t)(flags | TF_EXPANDED);
            return ENTER_TOKEN;
        }
        pp_push_ctx(pp, m->body, m->n, m, delta, flags | FIRST_SET, mark);
        return ENTER_PUSHED;
    }

    Subst s;
    memset(&s, 0, sizeof s);
    s.pp = pp;
    s.m = m;
    s.args = pp->args.n;
    uint32_t scratch = pp->scratch.n;
    SrcLoc at = t->loc;
    if (m->kind == MACRO_FUNC) {
        if (!pp->nctx)
            pp->spent = 0;
        if (!pp_paren_next(pp))
            return ENTER_NONE;
        if (!collect(pp, m, at, s.args, &s.rest_omitted)) {
            pp->args.n = s.args;
            pp->scratch.n = scratch;
            return ENTER_NONE;
        }
    }
    s.delta = m->n ? expansion_delta(pp, m, at) : 0;
    if (m->kind == MACRO_FUNC && !m->ops) {
        if (m->n)
            pp_push_ctx(pp, m->body, m->n, m, s.delta, flags | FIRST_SET, mark);
        else
            pp->carry |= (uint8_t)flags;
        pp->spent += m->n + 1;
    } else {
        for (uint32_t k = 0; k < m->n; k++) { /* expanded beforehand, so that what is built lies in one piece */
            const Token *b = &m->body[k];
            if (b->pad2 & BODY_OPT)
                expand_arg(pp, s.args + m->nparams - 1u);
            else if (b->pad2 & BODY_PARAM && !(b->pad2 & (BODY_STR | BODY_PASTE)) && !(k && m->body[k - 1].pad2 & BODY_PASTE))
                expand_arg(pp, s.args + b->pad);
        }
        s.start = pp->scratch.n;
        substitute(&s);
        uint32_t n = pp->scratch.n - s.start;
        Token *out = pool_alloc(pp, n);
        const Token *from = pp->scratch.p + s.start;
        if (s.marks) {
            uint32_t k = 0;
            bool space = false;
            for (uint32_t i = 0; i < n; i++) {
                if (from[i].kind == T_PLACEMARKER) {
                    space |= (from[i].flags & TF_SPACE) != 0;
                } else {
                    out[k] = from[i];
                    out[k++].flags |= space ? TF_SPACE : 0;
                    space = false;
                }
            }
            n = k;
            s.space |= space;
        } else {
            memcpy(out, from, n * sizeof *out);
        }
        if (!spend(pp, t, n)) {
            pp->args.n = s.args;
            pp->scratch.n = scratch;
            return ENTER_NONE;
        }
        if (n) {
            pp_push_ctx(pp, out, n, m, 0, flags | FIRST_SET, mark);
            pp->ctx[pp->nctx - 1].tail = s.space ? TF_SPACE : 0;
        } else {
            pp->carry |= (uint8_t)(flags | (s.space ? TF_SPACE : 0));
        }
    }
    pp->args.n = s.args;
    pp->scratch.n = scratch;
    return ENTER_PUSHED;
}

void pp_next(Pp *pp, Token *t)
{
    for (;;) {
        if (!pp->nctx)
            pp_lex(pp, t);
        else if (!ctx_next(pp, t))
            continue;
        if (pp->carry && t->kind != T_EOF)
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
