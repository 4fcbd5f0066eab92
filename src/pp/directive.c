/* directive: the lines that start with # (C11 6.10.1 to 6.10.7). In: the text behind a #; out: conditional groups passed
 * or skipped, definitions made, files entered, messages. A directive leaves the text at the newline that ends it. */
#include "pp/internal.h"

void pp_skip_line(Pp *pp)
{
    pp->p = pp_skip_to_eol(pp, pp->p);
}

void pp_end_line(Pp *pp, const char *name)
{
    Token t;
    uint8_t quiet = pp->quiet;
    pp->quiet = QUIET_SKIP;
    pp_lex(pp, &t);
    pp->quiet = quiet;
    if (t.kind == T_NEWLINE)
        return;
    bool label = !strcmp(name, "else") || !strcmp(name, "endif");
    diag_at(pp->diag, DIAG_PEDWARN, label ? W_ENDIF_LABELS : W_NONE, t.loc, 0, "extra tokens at end of #%s directive", name);
    pp_skip_line(pp);
}

void pp_bad_ident(Pp *pp, const Token *t)
{
    const Macro *m = t->u.ident->macro;
    if (m && m->kind == MACRO_POISON)
        diag_error(pp->diag, t->loc, "attempt to use poisoned \"%s\"", t->u.ident->s);
}

static const char *cond_name(unsigned name)
{
    static const char *const names[] = { "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else" };
    return names[name - N_IF];
}

void pp_end_conds(Pp *pp)
{
    while (pp->conds.n > pp->in.conds) {
        const Cond *c = &vec_last(&pp->conds);
        diag_error(pp->diag, c->loc, "unterminated #%s", c->was_else ? "else" : cond_name(c->opened));
        pp->conds.n--;
    }
}

/* The condition of a directive of the #if family, read to the end of its line. */
static bool condition(Pp *pp, unsigned name)
{
    Token t;
    if (name == N_IF || name == N_ELIF)
        return pp_if(pp, cond_name(name));
    if (!pp_macro_name(pp, &t, cond_name(name))) {
        pp_skip_line(pp);
        return false;
    }
    bool is = pp_is_macro(t.u.ident);
    pp_end_line(pp, cond_name(name));
    return (name == N_IFDEF || name == N_ELIFDEF) == is;
}

/* Goes to the group that is to be processed next, or past the #endif. */
static void skip_groups(Pp *pp)
{
    Token t;
    uint32_t depth = 0;
    while (pp_skip_group(pp, &t)) {
        unsigned name = t.u.ident->pp;
        Cond *c = &vec_last(&pp->conds);
        if (name <= N_IFNDEF) {
            depth++;
            continue;
        }
        if (name == N_ENDIF && depth--) {
            continue;
        } else if (name == N_ENDIF) {
            pp->conds.n--;
            pp_end_line(pp, "endif");
            return;
        }
        if (depth)
            continue;
        if (c->was_else) {
            diag_error(pp->diag, t.loc, "#%s after #else", cond_name(name));
            diag_note(pp->diag, c->loc, "the conditional began here");
        }
        c->outermost_guard = false;
        if (name == N_ELSE) {
            c->was_else = true;
            if (!c->taken) {
                c->taken = true;
                pp_end_line(pp, "else");
                return;
            }
        } else if (!c->taken && !c->was_else && condition(pp, name)) {
            vec_last(&pp->conds).taken = true;
            return;
        }
    }
}

/* After #if at the very start of a text: the X of `!defined X`, or NULL; the text stays where it is. */
static Ident *guard_of_if(Pp *pp)
{
    const uint8_t *p = pp->p;
    uint8_t quiet = pp->quiet;
    bool paren;
    Token t;
    Ident *id = NULL;
    pp->quiet = QUIET_ALL;
    pp_lex(pp, &t);
    if (t.kind == T_BANG) {
        pp_lex(pp, &t);
        if (t.kind == T_IDENT && t.u.ident->pp == N_DEFINED) {
            pp_lex(pp, &t);
            paren = t.kind == T_LPAREN;
            if (paren)
                pp_lex(pp, &t);
            id = t.kind == T_IDENT ? t.u.ident : NULL;
            pp_lex(pp, &t);
            if (paren && t.kind == T_RPAREN)
                pp_lex(pp, &t);
            if (t.kind != T_NEWLINE)
                id = NULL;
        }
    }
    pp->quiet = quiet;
    pp->p = p;
    return id;
}

static void open_cond(Pp *pp, unsigned name, SrcLoc hash)
{
    Cond c;
    memset(&c, 0, sizeof c);
    c.loc = hash;
    c.opened = (uint8_t)name;
    if (pp->in.first_hash && pp->text + (hash - pp->base) == pp->in.first_hash) {
        Ident *id = NULL;
        if (name == N_IF) {
            id = guard_of_if(pp);
        } else if (name == N_IFNDEF) {
            const uint8_t *p = pp->p;
            Token t;
            pp_lex(pp, &t);
            id = t.kind == T_IDENT ? t.u.ident : NULL;
            pp->p = p;
        }
        pp->in.guard = id;
        c.outermost_guard = id != NULL;
    }
    c.taken = condition(pp, name);
    vec_push(pp->unit, &pp->conds, c);
    if (!c.taken)
        skip_groups(pp);
}

/* #else, #elif and #endif met in a group that is processed. */
static void end_group(Pp *pp, unsigned name, SrcLoc loc)
{
    if (pp->conds.n <= pp->in.conds) {
        diag_error(pp->diag, loc, "#%s without #if", name == N_ENDIF ? "endif" : cond_name(name));
        return;
    }
    Cond *c = &vec_last(&pp->conds);
    if (name == N_ENDIF) {
        bool guard = c->outermost_guard;
        pp->conds.n--;
        pp_end_line(pp, "endif");
        if (guard && pp->in.file && pp_rest_blank(pp, pp->p))
            pp->in.file->guard = pp->in.guard;
        return;
    }
    if (c->was_else) {
        diag_error(pp->diag, loc, "#%s after #else", cond_name(name));
        diag_note(pp->diag, c->loc, "the conditional began here");
    }
    c->outermost_guard = false;
    if (name == N_ELSE) {
        c->was_else = true;
        pp_end_line(pp, "else");
    }
    skip_groups(pp);
}

/* #error, #warning: the line's tokens as they are spelled. */
static void message(Pp *pp, SrcLoc at, bool error)
{
    Buf b;
    Token t;
    uint8_t quiet = pp->quiet;
    buf_init(&b, pp->unit);
    pp->quiet = QUIET_SKIP;
    for (pp_lex(pp, &t); t.kind != T_NEWLINE; pp_lex(pp, &t)) {
        if (b.n && t.flags & TF_SPACE)
            buf_u8(&b, ' ');
        pp_spell(&b, &t);
    }
    pp->quiet = quiet;
    if (error)
        diag_error(pp->diag, at, "#error %s", buf_cstr(&b));
    else
        diag_warn(pp->diag, W_CPP, at, "#warning %s", buf_cstr(&b));
}

/* #line digits "file" (6.10.4), and the marks `# digits "file" flags` that a preprocessor leaves. */
static void line(Pp *pp, Token *t, bool marker)
{
    PpInt n;
    const char *name = NULL, *err;
    uint32_t flags = 0, value = 0;
    bool ok = t->kind == T_NUMBER;
    for (uint32_t i = 0; ok && i < t->n; i++)
        ok = t->u.text[i] >= '0' && t->u.text[i] <= '9';
    if (!ok) {
        Buf b;
        buf_init(&b, pp->unit);
        pp_spell(&b, t);
        if (t->kind == T_NEWLINE)
            diag_error(pp->diag, t->loc, "unexpected end of file after #line");
        else
            diag_error(pp->diag, t->loc, "\"%s\" after #line is not a positive integer", buf_cstr(&b));
        return;
    }
    for (uint32_t i = 0; i < t->n; i++)
        value = value * 10 + (uint32_t)(t->u.text[i] - '0');
    n.v = value;
    if (!marker && (!n.v || n.v > 2147483647) && pp->diag->on[W_PEDANTIC])
        diag_at(pp->diag, DIAG_PEDWARN, W_PEDANTIC, t->loc, 0, "line number out of range");
    pp_next(pp, t);
    if (t->kind == T_STRING && t->u.text[0] == '"') {
        Buf b;
        buf_init(&b, pp->perm);
        const char *s = t->u.text + 1, *end = t->u.text + t->n - 1;
        while (s < end) {
            uint32_t c;
            bool byte;
            char utf8[4];
            pp_parse_char(&s, end, &c, &byte, &err);
            if (byte)
                buf_u8(&b, c);
            else
                buf_put(&b, utf8, utf8_encode(utf8, c));
        }
        name = buf_cstr(&b);
        pp_next(pp, t);
        while (marker && t->kind == T_NUMBER) {
            if (t->n == 1 && *t->u.text >= '1' && *t->u.text <= '4')
                flags |= 1u << (*t->u.text - '0');
            pp_next(pp, t);
        }
    } else if (t->kind != T_NEWLINE) {
        Buf b;
        buf_init(&b, pp->unit);
        pp_spell(&b, t);
        diag_error(pp->diag, t->loc, "\"%s\" is not a valid filename", buf_cstr(&b));
        return;
    }
    if (t->kind != T_NEWLINE) {
        diag_at(pp->diag, DIAG_PEDWARN, W_NONE, t->loc, 0, "extra tokens at end of #line directive");
        while (t->kind != T_NEWLINE)
            pp_next_raw_token(pp, t);
    }
    pp_skip_line(pp);
    if (marker)
        pp->in.sf->system = (flags & 8) != 0;
    struct SrcLineMark mark;
    mark.offset = (uint32_t)(pp->p - pp->text) + 1;
    mark.line = (uint32_t)n.v;
    mark.name = name;
    if (mark.offset <= (uint32_t)(pp->end - pp->text))
        vec_push(pp->sm->arena, &pp->in.sf->marks, mark);
}

static bool dispatch(Pp *pp, Token *t, SrcLoc hash)
{
    unsigned name = t->kind == T_IDENT ? t->u.ident->pp : N_NONE;
    switch (name) {
    case N_DEFINE:
        pp_define(pp);
        break;
    case N_UNDEF:
        pp_undef(pp);
        break;
    case N_INCLUDE: case N_INCLUDE_NEXT: case N_IMPORT:
        pp_include(pp, (enum PpName)name, hash);
        return true;
    case N_IF: case N_IFDEF: case N_IFNDEF:
        open_cond(pp, name, hash);
        break;
    case N_ELIF: case N_ELIFDEF: case N_ELIFNDEF: case N_ELSE: case N_ENDIF:
        end_group(pp, name, t->loc);
        break;
    case N_LINE:
        pp_next(pp, t);
        line(pp, t, false);
        break;
    case N_ERROR: case N_WARNING:
        message(pp, t->loc, name == N_ERROR);
        break;
    case N_PRAGMA:
        pp_pragma(pp, t->loc);
        break;
    case N_IDENT: case N_SCCS:
        pp_lex(pp, t);
        if (t->kind != T_STRING)
            diag_error(pp->diag, t->loc, "invalid #%s directive", name == N_IDENT ? "ident" : "sccs");
        break;
    case N_ASSERT: case N_UNASSERT:
        diag_error(pp->diag, t->loc, "#%s is not supported", name == N_ASSERT ? "assert" : "unassert");
        break;
    default:
        if (t->kind == T_NEWLINE)
            break;
        if (t->kind == T_NUMBER && !pp->lexing_text) {
            line(pp, t, true);
            break;
        }
        if (pp->opt.assembler)
            return false;
        Buf b;
        buf_init(&b, pp->unit);
        pp_spell(&b, t);
        diag_error(pp->diag, t->loc, "invalid preprocessing directive #%s", buf_cstr(&b));
        break;
    }
    return true;
}

bool pp_directive(Pp *pp, SrcLoc hash)
{
    const uint8_t *p = pp->p;
    bool collecting = pp->collecting;
    uint8_t carry = pp->carry, pads = pp->pads;
    Token t;
    pp->in_directive = true;
    pp->collecting = false;
    pp->carry = 0;
    pp->pads = 0;
    pp_lex(pp, &t);
    bool done = dispatch(pp, &t, hash);
    if (!done)
        pp->p = p;
    else if (pp->in_directive)
        pp_skip_line(pp);
    pp->in_directive = false;
    pp->collecting = collecting;
    pp->carry = carry;
    pp->pads = pads;
    return done;
}
