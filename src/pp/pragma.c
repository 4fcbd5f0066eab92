/* pragma: #pragma and _Pragma (C11 6.10.6, 6.10.9). In: the tokens behind #pragma, from the text or, for _Pragma, from a run
 * of tokens; out: what concerns the preprocessor is done, what concerns the compiler becomes a T_PRAGMA token. */
#include "pp/internal.h"

static bool ends(const Token *t)
{
    return t->kind == T_NEWLINE || t->kind == T_EOF;
}

/* Gives out a T_PRAGMA with the tokens from *t to the end of the line; `expand` for those not read yet. */
static void give(Pp *pp, SrcLoc at, PpPragmaKind kind, Token *t, bool expand)
{
    uint32_t start = pp->scratch.n;
    while (!ends(t)) {
        vec_push(pp->unit, &pp->scratch, *t);
        if (expand)
            pp_next(pp, t);
        else
            pp_next_raw_token(pp, t);
    }
    PpPragma *p = arena_new(pp->unit, PpPragma);
    p->kind = kind;
    p->n = pp->scratch.n - start;
    Token *toks = arena_alloc(pp->unit, (p->n + 1) * sizeof *toks);
    if (p->n)
        memcpy(toks, pp->scratch.p + start, p->n * sizeof *toks);
    p->toks = toks;
    pp->scratch.n = start;
    memset(&pp->pragma, 0, sizeof pp->pragma);
    pp->pragma.kind = T_PRAGMA;
    pp->pragma.flags = TF_BOL;
    pp->pragma.loc = at;
    pp->pragma.u.pragma = p;
    pp->pragma_ready = true;
}

/* ( "name" ) of push_macro and pop_macro: the name, or NULL after a message. */
static Ident *macro_operand(Pp *pp, const char *what)
{
    Token t, name;
    pp_next_raw_token(pp, &t);
    if (t.kind == T_LPAREN) {
        pp_next_raw_token(pp, &name);
        pp_next_raw_token(pp, &t);
        if (name.kind == T_STRING && name.n > 2 && name.u.text[0] == '"' && t.kind == T_RPAREN)
            return intern_n(pp->idents, name.u.text + 1, name.n - 2);
    }
    diag_at(pp->diag, DIAG_WARNING, W_NONE, t.loc, 0, "invalid #pragma %s directive", what);
    return NULL;
}

static void push_macro(Pp *pp)
{
    Ident *id = macro_operand(pp, "push_macro");
    if (!id)
        return;
    void **top = map_at_int(&pp->pushed, (uint64_t)(uintptr_t)id);
    PushedMacro *m = arena_new(pp->unit, PushedMacro);
    m->macro = id->macro;
    m->next = *top;
    *top = m;
}

static void pop_macro(Pp *pp)
{
    Ident *id = macro_operand(pp, "pop_macro");
    if (!id)
        return;
    void **top = map_at_int(&pp->pushed, (uint64_t)(uintptr_t)id);
    PushedMacro *m = *top;
    if (m) {
        id->macro = m->macro;
        *top = m->next;
    }
}

static void poison(Pp *pp)
{
    Token t;
    for (pp_next_raw_token(pp, &t); !ends(&t); pp_next_raw_token(pp, &t)) {
        if (t.kind != T_IDENT) {
            diag_error(pp->diag, t.loc, "invalid #pragma GCC poison directive");
            return;
        }
        Macro *m = t.u.ident->macro;
        if (m && m->kind == MACRO_POISON)
            continue;
        if (m)
            diag_at(pp->diag, DIAG_WARNING, W_NONE, t.loc, 0, "poisoning existing macro \"%s\"", t.u.ident->s);
        m = arena_new(pp->unit, Macro);
        m->name = t.u.ident;
        m->kind = MACRO_POISON;
        t.u.ident->macro = m;
    }
}

static void message(Pp *pp, SrcLoc at, bool error)
{
    Token t;
    Buf b;
    buf_init(&b, pp->unit);
    pp_next_raw_token(pp, &t);
    bool paren = t.kind == T_LPAREN;
    if (paren)
        pp_next_raw_token(pp, &t);
    while (t.kind == T_STRING) {
        buf_put(&b, t.u.text + 1, t.n - 2);
        pp_next_raw_token(pp, &t);
    }
    if (!b.n || (paren && t.kind != T_RPAREN)) {
        diag_error(pp->diag, at, "invalid \"#pragma GCC %s\" directive", error ? "error" : "warning");
        return;
    }
    if (error)
        diag_error(pp->diag, at, "%s", buf_cstr(&b));
    else
        diag_warn(pp->diag, W_CPP, at, "%s", buf_cstr(&b));
}

static void unknown(Pp *pp, SrcLoc at, const Token *first, const Token *second)
{
    Buf b;
    buf_init(&b, pp->unit);
    pp_spell(&b, first);
    if (second && !ends(second)) {
        buf_u8(&b, ' ');
        pp_spell(&b, second);
    }
    diag_warn(pp->diag, W_UNKNOWN_PRAGMAS, at, "ignoring '#pragma %s'", buf_cstr(&b));
}

/* In -E everything that is the compiler's is printed as it stands. */
static void print_rest(Pp *pp, SrcLoc at, const Token *first, Token *t)
{
    give(pp, at, PRAGMA_TEXT, t, false);
    PpPragma *p = pp->pragma.u.pragma;
    if (!first)
        return;
    Token *toks = arena_alloc(pp->unit, (p->n + 1) * sizeof *toks);
    toks[0] = *first;
    if (p->n)
        memcpy(toks + 1, p->toks, p->n * sizeof *toks);
    p->toks = toks;
    p->n++;
}

static void gcc_pragma(Pp *pp, SrcLoc at, const Token *first)
{
    Token t;
    pp_next_raw_token(pp, &t);
    unsigned name = t.kind == T_IDENT ? t.u.ident->pp : N_NONE;
    switch (name) {
    case N_POISON:
        poison(pp);
        return;
    case N_SYSTEM_HEADER:
        if (!pp->inputs.n) {
            diag_at(pp->diag, DIAG_WARNING, W_NONE, t.loc, 0, "#pragma system_header ignored outside include file");
            return;
        }
        pp->in.sf->system = true;
        return;
    case N_WARNING: case N_ERROR:
        message(pp, t.loc, name == N_ERROR);
        return;
    case N_DEPENDENCY:
        return;
    default:
        break;
    }
    if (pp->printer) {
        print_rest(pp, at, first, &t);
    } else if (name == N_DIAGNOSTIC || name == N_VISIBILITY) {
        pp_next_raw_token(pp, &t);
        give(pp, at, name == N_DIAGNOSTIC ? PRAGMA_DIAG : PRAGMA_VISIBILITY, &t, false);
    } else {
        unknown(pp, at, first, &t);
    }
}

void pp_pragma(Pp *pp, SrcLoc at)
{
    Token t, second;
    pp_next_raw_token(pp, &t);
    unsigned name = t.kind == T_IDENT ? t.u.ident->pp : N_NONE;
    switch (name) {
    case N_ONCE:
        if (!pp->inputs.n || !pp->in.file) {
            diag_at(pp->diag, DIAG_WARNING, W_NONE, t.loc, 0, "#pragma once in main file");
            return;
        }
        pp->in.file->once = true;
        *map_at(&pp->once, (const char *)pp->in.file->id, sizeof pp->in.file->id) = pp->in.file;
        return;
    case N_PUSH_MACRO:
        push_macro(pp);
        return;
    case N_POP_MACRO:
        pop_macro(pp);
        return;
    case N_POISON:
        poison(pp);
        return;
    case N_GCC:
        gcc_pragma(pp, at, &t);
        return;
    default:
        break;
    }
    if (pp->printer) {
        print_rest(pp, at, NULL, &t);
        return;
    }
    switch (name) {
    case N_PACK: case N_REDEFINE_EXTNAME:
        pp_next(pp, &second);
        give(pp, at, name == N_PACK ? PRAGMA_PACK : PRAGMA_REDEFINE_EXTNAME, &second, true);
        return;
    case N_WEAK:
        pp_next_raw_token(pp, &second);
        give(pp, at, PRAGMA_WEAK, &second, false);
        return;
    case N_STDC:
        pp_next_raw_token(pp, &second);
        if (second.kind == T_IDENT && second.u.ident->pp == N_FP_CONTRACT) {
            pp_next_raw_token(pp, &second);
            give(pp, at, PRAGMA_STDC_FP_CONTRACT, &second, false);
            return;
        }
        unknown(pp, at, &t, &second);
        return;
    default:
        if (ends(&t))
            return;
        pp_next_raw_token(pp, &second);
        unknown(pp, at, &t, &second);
        return;
    }
}

bool pp_pragma_op(Pp *pp, const Token *op)
{
    Token t, s;
    bool collecting = pp->collecting, in_directive = pp->in_directive, ok;
    pp->collecting = true;
    pp_next_raw_token(pp, &t);
    ok = t.kind == T_LPAREN;
    if (ok) {
        pp_next_raw_token(pp, &s);
        pp_next_raw_token(pp, &t);
        ok = s.kind == T_STRING && t.kind == T_RPAREN;
    }
    pp->collecting = collecting;
    if (!ok) {
        diag_error(pp->diag, op->loc, "_Pragma takes a parenthesized string literal");
        return false;
    }
    const char *from = s.u.text, *end = s.u.text + s.n - 1;
    char *text = arena_alloc(pp->unit, s.n + 1), *p = text;
    while (*from++ != '"')
        ;
    while (from < end) { /* 6.10.9p1: \" and \\ lose their backslash */
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\'))
            from++;
        *p++ = *from++;
    }
    *p = 0;
    uint32_t start = pp->scratch.n;
    pp_lex_all(pp, text, (size_t)(p - text), op->loc);
    uint32_t n = pp->scratch.n - start;
    Token *toks = arena_alloc(pp->unit, (n + 1) * sizeof *toks);
    if (n)
        memcpy(toks, pp->scratch.p + start, n * sizeof *toks);
    pp->scratch.n = start;
    uint8_t carry = pp->carry, pads = pp->pads;
    PoolMark none;
    none.block = NULL;
    none.used = 0;
    pp->carry = 0;
    pp->pads = 0;
    pp->hold++;
    pp_push_ctx(pp, toks, n, NULL, 0, 0, none);
    pp->ctx[pp->nctx - 1].barrier = true;
    uint32_t height = pp->nctx;
    pp_pragma(pp, op->loc);
    while (pp->nctx > height || pp->ctx[height - 1].p < pp->ctx[height - 1].end)
        pp_next_raw_token(pp, &t);
    pp->nctx--;
    pp->hold--;
    pp->in_directive = in_directive;
    pp->carry = carry;
    pp->pads = pads;
    return pp->pragma_ready;
}
