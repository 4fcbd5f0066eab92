/* macro: definitions (C11 6.10.3p1 to p8). In: the rest of a #define or #undef line; out: Ident.macro.
 * One idea: the body is kept as tokens whose parameters are numbers and whose # and ## are marks on the tokens beside them,
 * so that expansion reads no operators. */
#include "pp/internal.h"

bool pp_is_macro(const Ident *id)
{
    const Macro *m = id->macro;
    return m && m->kind < MACRO_PRAGMA;
}

bool pp_macro_name(Pp *pp, Token *t, const char *directive)
{
    pp_lex(pp, t);
    if (t->kind == T_NEWLINE) {
        diag_error(pp->diag, t->loc, "no macro name given in #%s directive", directive);
    } else if (t->kind != T_IDENT) {
        diag_error(pp->diag, t->loc, "macro names must be identifiers");
    } else if (t->u.ident->pp == N_DEFINED) {
        diag_error(pp->diag, t->loc, "\"defined\" cannot be used as a macro name");
    } else if (t->u.ident->pp == N_VA_ARGS || t->u.ident->pp == N_VA_OPT) {
        diag_at(pp->diag, DIAG_PEDWARN, W_NONE, t->loc, 0, "%s can only appear in the expansion of a C99 variadic macro",
                t->u.ident->s);
        return true;
    } else {
        pp_bad_ident(pp, t);
        return !(t->u.ident->macro && ((Macro *)t->u.ident->macro)->kind == MACRO_POISON);
    }
    return false;
}

static const char *found(Pp *pp, const Token *t)
{
    pp->tmp.n = 0;
    pp_spell(&pp->tmp, t);
    return buf_cstr(&pp->tmp);
}

/* While a definition is read, its parameters' names carry these as their macros. */
typedef struct Param {
    Macro mark;
    void *saved;
} Param;
enum { MACRO_PARAM = 100, MAX_PARAMS = 65535 };

typedef struct Def {
    Pp *pp;
    Macro *m;
    VEC(Param *) params;
} Def;

static int param_of(const Token *t)
{
    const Macro *m = t->kind == T_IDENT ? t->u.ident->macro : NULL;
    return m && m->kind == MACRO_PARAM ? m->nparams : -1;
}

static bool add_param(Def *d, Ident *id, SrcLoc loc)
{
    const Macro *old = id->macro;
    if (old && old->kind == MACRO_PARAM) {
        diag_error(d->pp->diag, loc, "duplicate macro parameter \"%s\"", id->s);
        return false;
    }
    if (d->params.n == MAX_PARAMS) {
        diag_error(d->pp->diag, loc, "too many macro parameters");
        return false;
    }
    Param *p = arena_new(d->pp->unit, Param);
    p->mark.kind = MACRO_PARAM;
    p->mark.nparams = (uint16_t)d->params.n;
    p->mark.name = id;
    p->saved = id->macro;
    id->macro = &p->mark;
    vec_push(d->pp->unit, &d->params, p);
    return true;
}

/* After the (: identifier-list(opt) ) or with an ellipsis. */
static bool read_params(Def *d)
{
    Pp *pp = d->pp;
    Token t;
    bool want = false; /* a name must come: after a comma */
    for (;;) {
        pp_lex(pp, &t);
        if (t.kind == T_RPAREN && !want)
            return true;
        if (t.kind == T_IDENT) {
            if (t.u.ident->pp == N_VA_ARGS || t.u.ident->pp == N_VA_OPT)
                diag_at(pp->diag, DIAG_PEDWARN, W_NONE, t.loc, 0,
                        "%s can only appear in the expansion of a C99 variadic macro", t.u.ident->s);
            pp_bad_ident(pp, &t);
            if (!add_param(d, t.u.ident, t.loc))
                return false;
            pp_lex(pp, &t);
            if (t.kind == T_ELLIPSIS)
                d->m->variadic = d->m->named_rest = true;
        } else if (t.kind == T_ELLIPSIS) {
            d->m->variadic = true;
            if (!add_param(d, intern_n(pp->idents, "__VA_ARGS__", 11), t.loc))
                return false;
        } else {
            diag_error(pp->diag, t.loc, t.kind == T_NEWLINE ? "expected parameter name before end of line"
                       : "expected parameter name, found \"%s\"", found(pp, &t));
            return false;
        }
        if (d->m->variadic)
            pp_lex(pp, &t);
        if (t.kind == T_RPAREN)
            return true;
        if (t.kind != T_COMMA || d->m->variadic) {
            if (d->m->variadic)
                diag_error(pp->diag, t.loc, "expected ')' after \"...\"");
            else
                diag_error(pp->diag, t.loc, t.kind == T_NEWLINE ? "expected ')' before end of line"
                           : "expected ',' or ')', found \"%s\"", found(pp, &t));
            return false;
        }
        want = true;
    }
}

/* __VA_OPT__ was read in the body of a variadic macro: reads its ( and gives the opening mark in *t. */
static bool read_opt(Def *d, Token *t, int *depth)
{
    Token paren;
    if (*depth >= 0) {
        diag_error(d->pp->diag, t->loc, "__VA_OPT__ may not appear in a __VA_OPT__");
        return false;
    }
    pp_lex(d->pp, &paren);
    if (paren.kind != T_LPAREN) {
        diag_error(d->pp->diag, t->loc, "__VA_OPT__ must be followed by an open parenthesis");
        return false;
    }
    t->pad2 = BODY_OPT;
    *depth = 0;
    return true;
}

/* The tokens up to the end of the line, onto the scratch stack from `start`. */
static bool read_body(Def *d, Token *first, uint32_t start)
{
    Pp *pp = d->pp;
    Macro *m = d->m;
    Token t = *first;
    bool hash = false, hash_space = false, hash_flags = false, pasted = false;
    int opt_depth = -1;
    SrcLoc end = 0;
    for (; t.kind != T_NEWLINE; pp_lex(pp, &t)) {
        end = t.loc + t.n;
        t.flags &= (uint8_t)~TF_BOL;
        if (pp->scratch.n == start && !hash) {
            m->span = t.loc;
            t.flags &= (uint8_t)~TF_SPACE;
        }
        int param = param_of(&t);
        bool opt = t.kind == T_IDENT && t.u.ident->pp == N_VA_OPT && m->variadic;
        if (hash) { /* 6.10.3.2p1 */
            if (param < 0 && !opt) {
                if (!pp->opt.assembler) {
                    diag_error(pp->diag, t.loc, "'#' is not followed by a macro parameter");
                    return false;
                }
                Token h;
                memset(&h, 0, sizeof h);
                h.kind = T_HASH;
                h.n = 1;
                h.loc = t.loc;
                h.flags = hash_flags ? TF_SPACE : 0;
                vec_push(pp->unit, &pp->scratch, h);
            } else {
                hash_space = t.flags & TF_SPACE;
                t.flags = (uint8_t)((t.flags & ~TF_SPACE) | (hash_flags ? TF_SPACE : 0));
            }
        }
        if (t.kind == T_HASHHASH && !hash) { /* 6.10.3.3p1 */
            if (pp->scratch.n == start || vec_last(&pp->scratch).pad2 & BODY_OPT) {
                diag_error(pp->diag, t.loc, opt_depth < 0 ? "'##' cannot appear at either end of a macro expansion"
                           : "'##' cannot appear at either end of __VA_OPT__");
                return false;
            }
            if (pasted) /* ## ## pastes with a ## token; nobody does, so it is only kept valid */
                continue;
            vec_last(&pp->scratch).pad2 |= BODY_PASTE | (t.flags & TF_SPACE ? BODY_PASTE_SPACE : 0u);
            m->ops = true;
            pasted = true;
            continue;
        }
        if (t.kind == T_HASH && m->kind == MACRO_FUNC && !hash) {
            hash = true;
            hash_flags = (t.flags & TF_SPACE) != 0 && pp->scratch.n > start;
            continue;
        }
        if (t.kind == T_IDENT) {
            if ((t.u.ident->pp == N_VA_ARGS || t.u.ident->pp == N_VA_OPT) && param < 0 && !opt)
                diag_at(pp->diag, DIAG_PEDWARN, W_NONE, t.loc, 0,
                        "%s can only appear in the expansion of a C99 variadic macro", t.u.ident->s);
            else if (param < 0)
                pp_bad_ident(pp, &t);
        }
        if (opt) {
            if (!read_opt(d, &t, &opt_depth))
                return false;
            m->ops = true;
        } else if (param >= 0) {
            t.pad = (uint16_t)param;
            t.pad2 |= BODY_PARAM;
            m->ops = true;
        } else if (opt_depth >= 0 && t.kind == T_LPAREN) {
            opt_depth++;
        } else if (opt_depth >= 0 && t.kind == T_RPAREN && opt_depth-- == 0) {
            if (pasted) {
                diag_error(pp->diag, t.loc, "'##' cannot appear at either end of __VA_OPT__");
                return false;
            }
            t.pad2 |= BODY_OPT_END;
        }
        if (hash && (param >= 0 || opt))
            t.pad2 |= BODY_STR | (hash_space ? BODY_STR_SPACE : 0u);
        hash = pasted = false;
        vec_push(pp->unit, &pp->scratch, t);
    }
    if (hash && pp->opt.assembler) {
        Token h;
        memset(&h, 0, sizeof h);
        h.kind = T_HASH;
        h.n = 1;
        h.loc = t.loc;
        h.flags = hash_flags ? TF_SPACE : 0;
        vec_push(pp->unit, &pp->scratch, h);
    } else if (hash) {
        diag_error(pp->diag, t.loc, "'#' is not followed by a macro parameter");
        return false;
    }
    if (pasted) {
        diag_error(pp->diag, t.loc, "'##' cannot appear at either end of a macro expansion");
        return false;
    }
    if (opt_depth >= 0) {
        diag_error(pp->diag, t.loc, "unterminated __VA_OPT__");
        return false;
    }
    if (m->span)
        m->span_n = end - m->span;
    return true;
}

/* 6.10.3p1, p2: the same parameters and the same tokens with white space at the same places. */
static bool same(Pp *pp, const Macro *a, const Macro *b)
{
    if (a->kind != b->kind || a->n != b->n || a->nparams != b->nparams || a->variadic != b->variadic)
        return false;
    for (uint32_t i = 0; i < a->nparams; i++)
        if (a->params[i] != b->params[i])
            return false;
    for (uint32_t i = 0; i < a->n; i++) {
        const Token *x = &a->body[i], *y = &b->body[i];
        if (x->kind != y->kind || x->n != y->n || x->pad != y->pad || (i && (x->flags ^ y->flags) & TF_SPACE)
            || x->pad2 != y->pad2)
            return false;
        if (x->kind == T_IDENT ? x->u.ident != y->u.ident
            : x->kind <= T_OTHER && memcmp(x->u.text, y->u.text, x->n) != 0)
            return false;
    }
    (void)pp;
    return true;
}

static void install(Pp *pp, Macro *m)
{
    Macro *old = m->name->macro;
    if (old && old->kind > MACRO_FUNC) {
        diag_warn(pp->diag, W_BUILTIN_MACRO, m->loc, "\"%s\" redefined", m->name->s);
    } else if (old && !same(pp, old, m)) {
        diag_at(pp->diag, DIAG_PEDWARN, W_MACRO_REDEFINED, m->loc, m->loc + m->name->n, "\"%s\" redefined", m->name->s);
        if (old->loc)
            diag_note(pp->diag, old->loc, "this is the location of the previous definition");
    }
    m->name->macro = m;
    vec_push(pp->unit, &pp->macros, m);
}

void pp_define(Pp *pp)
{
    Def d;
    Token t;
    uint32_t start = pp->scratch.n;
    if (!pp_macro_name(pp, &t, "define"))
        return;
    Macro *m = arena_new(pp->unit, Macro);
    m->name = t.u.ident;
    m->loc = t.loc;
    m->kind = MACRO_OBJECT;
    memset(&d, 0, sizeof d);
    d.pp = pp;
    d.m = m;
    pp_lex(pp, &t);
    bool ok = true;
    if (t.kind == T_LPAREN && !(t.flags & TF_SPACE)) {
        m->kind = MACRO_FUNC;
        ok = read_params(&d);
        if (ok)
            pp_lex(pp, &t);
    } else if (t.kind != T_NEWLINE && !(t.flags & TF_SPACE)) {
        diag_at(pp->diag, pp->opt.std >= 1999 ? DIAG_PEDWARN : DIAG_WARNING, W_NONE, t.loc, 0,
                "ISO C99 requires whitespace after the macro name");
    }
    ok = ok && read_body(&d, &t, start);
    m->nparams = (uint16_t)d.params.n;
    m->params = m->nparams ? arena_alloc(pp->unit, m->nparams * sizeof *m->params) : NULL;
    for (uint32_t i = 0; i < d.params.n; i++) {
        m->params[i] = d.params.p[i]->mark.name;
        m->params[i]->macro = d.params.p[i]->saved;
    }
    if (ok) {
        m->n = pp->scratch.n - start;
        if (m->n) {
            Token *body = arena_alloc(pp->unit, m->n * sizeof *body);
            memcpy(body, pp->scratch.p + start, m->n * sizeof *body);
            m->body = body;
        }
        install(pp, m);
    }
    pp->scratch.n = start;
}

void pp_undef(Pp *pp)
{
    Token t;
    if (!pp_macro_name(pp, &t, "undef"))
        return;
    Macro *m = t.u.ident->macro;
    if (m && m->kind > MACRO_FUNC)
        diag_warn(pp->diag, W_BUILTIN_MACRO, t.loc, "undefining \"%s\"", m->name->s);
    t.u.ident->macro = NULL;
    pp_end_line(pp, "undef");
}

void pp_add_builtins(Pp *pp)
{
    static const struct { const char *name; uint8_t kind; } table[] = {
        { "__FILE__", MACRO_FILE }, { "__LINE__", MACRO_LINE }, { "__DATE__", MACRO_DATE }, { "__TIME__", MACRO_TIME },
        { "__TIMESTAMP__", MACRO_TIMESTAMP }, { "__COUNTER__", MACRO_COUNTER }, { "__INCLUDE_LEVEL__", MACRO_INCLUDE_LEVEL },
        { "__BASE_FILE__", MACRO_BASE_FILE }, { "__has_include", MACRO_HAS_INCLUDE },
        { "__has_include_next", MACRO_HAS_INCLUDE_NEXT }, { "__has_attribute", MACRO_HAS_ATTRIBUTE },
        { "__has_builtin", MACRO_HAS_BUILTIN }, { "__has_feature", MACRO_HAS_FEATURE },
        { "__has_extension", MACRO_HAS_FEATURE }, { "_Pragma", MACRO_PRAGMA } };
    for (uint32_t i = 0; i < countof(table); i++) {
        Macro *m = arena_new(pp->unit, Macro);
        m->name = intern_n(pp->idents, table[i].name, strlen(table[i].name));
        m->kind = table[i].kind;
        m->name->macro = m;
    }
}

void pp_print_macro(Buf *b, const Macro *m)
{
    buf_fmt(b, "#define %s", m->name->s);
    if (m->kind == MACRO_FUNC) {
        buf_u8(b, '(');
        for (uint32_t i = 0; i < m->nparams; i++) {
            bool rest = m->variadic && i + 1u == m->nparams;
            buf_fmt(b, "%s%s%s", i ? "," : "", rest && !m->named_rest ? "" : m->params[i]->s, rest ? "..." : "");
        }
        buf_u8(b, ')');
    }
    buf_u8(b, ' ');
    for (uint32_t i = 0; i < m->n; i++) {
        const Token *t = &m->body[i];
        if (i && t->flags & TF_SPACE)
            buf_u8(b, ' ');
        if (t->pad2 & BODY_STR)
            buf_str(b, t->pad2 & BODY_STR_SPACE ? "# " : "#");
        pp_spell(b, t);
        if (t->pad2 & BODY_OPT)
            buf_u8(b, '(');
        if (t->pad2 & BODY_PASTE) /* as gcc prints it, whatever stood before */
            buf_str(b, " ##");
    }
    buf_u8(b, '\n');
}
