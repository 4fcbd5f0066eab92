/* print: text made of tokens: -E with its line marks, -dM, and make rules of the files met. In: a preprocessor that has entered
 * its main file; out: bytes. The one rule: what is printed lexes again to the same tokens. */
#include "pp/internal.h"

typedef struct Printer {
    Buf *out;
    bool no_lines;
    bool mid_line;             /* something stands on the current line */
    uint32_t line;             /* number of the current line of output in the source */
    const char *name;          /* file it belongs to */
} Printer;

enum { MAX_BLANK = 8 };        /* more lines to pass than that: a line mark */

static void end_line(Printer *pr)
{
    if (!pr->mid_line)
        return;
    buf_u8(pr->out, '\n');
    pr->mid_line = false;
    pr->line++;
}

static void mark(Pp *pp, Printer *pr, uint32_t line, const char *name, const char *flags)
{
    end_line(pr);
    pr->line = line;
    pr->name = name;
    if (pr->no_lines)
        return;
    uint32_t n;
    const char *q = pp_quote(pp, name, strlen(name), &n);
    buf_fmt(pr->out, "# %u %s%s%s\n", line, q, flags, pp->in.sf->system ? " 3 4" : "");
}

void pp_print_enter(Pp *pp)
{
    mark(pp, pp->printer, 1, pp->in.sf->name, " 1");
}

void pp_print_leave(Pp *pp)
{
    SrcPos pos = src_pos(pp->sm, pp_here(pp));
    mark(pp, pp->printer, pos.line + 1, pos.name, " 2");
}

/* To the line of a token that begins one. Gives its column. */
static uint32_t go_to(Pp *pp, Printer *pr, SrcLoc loc)
{
    SrcPos pos = src_pos(pp->sm, loc);
    end_line(pr);
    if (!pos.file)
        return 1;
    if (pr->no_lines) {
        pr->line = pos.line;
        return pos.col;
    }
    if (pos.name != pr->name || pos.line < pr->line || pos.line - pr->line >= MAX_BLANK)
        mark(pp, pr, pos.line, pos.name, "");
    for (; pr->line < pos.line; pr->line++)
        buf_u8(pr->out, '\n');
    return pos.col;
}

/* Whether two tokens without space between would lex as something else (cf. cpp_avoid_paste). */
static bool pastes(const Token *a, const Token *b)
{
    if (!((a->flags | b->flags) & TF_EXPANDED) && a->loc + a->n == b->loc)
        return false;
    unsigned k = a->kind, c = 0;
    bool word = b->kind == T_IDENT || b->kind == T_NUMBER;
    if (b->kind > T_PLACEMARKER)
        c = (uint8_t)pp_punct_name((TokenKind)b->kind)[0];
    if (b->kind == T_NUMBER && b->u.text[0] == '.')
        c = '.';
    switch (k) {
    case T_IDENT:
        return word || (b->kind <= T_STRING && b->kind >= T_CHAR)
            || (b->kind == T_CHAR || b->kind == T_STRING);
    case T_NUMBER:
        return word || c == '.' || c == '+' || c == '-' || b->kind == T_CHAR;
    case T_OTHER:
        return a->u.text[0] == '\\' || word;
    case T_GT: case T_SHR: return c == '>' || c == '=';
    case T_LT: case T_SHL: return c == '<' || c == '=' || c == '%' || c == ':';
    case T_PLUS: return c == '+' || c == '=';
    case T_MINUS: return c == '-' || c == '=' || c == '>';
    case T_SLASH: return c == '/' || c == '*' || c == '=';
    case T_AMP: return c == '&' || c == '=';
    case T_PIPE: return c == '|' || c == '=';
    case T_PERCENT: return c == ':' || c == '=' || c == '>' || c == '%';
    case T_COLON: return c == ':' || c == '>';
    case T_DOT: return c == '.' || c == '%' || b->kind == T_NUMBER;
    case T_HASH: return c == '#' || c == '%';
    case T_ASSIGN: case T_BANG: case T_STAR: case T_CARET: return c == '=';
    default: return false;
    }
}

static void print_pragma(Pp *pp, Printer *pr, const Token *t)
{
    const PpPragma *p = t->u.pragma;
    go_to(pp, pr, t->loc);
    buf_str(pr->out, "#pragma");
    for (uint32_t i = 0; i < p->n; i++) {
        if (!i || p->toks[i].flags & TF_SPACE || pastes(&p->toks[i - 1], &p->toks[i]))
            buf_u8(pr->out, ' ');
        pp_spell(pr->out, &p->toks[i]);
    }
    pr->mid_line = true;
    end_line(pr);
}

void pp_print_all(Pp *pp, Buf *out, bool no_lines)
{
    Printer pr;
    Token t, prev;
    memset(&pr, 0, sizeof pr);
    pr.out = out;
    pr.no_lines = no_lines;
    pp->printer = &pr;
    prev.kind = T_EOF;
    if (pp->inputs.n)
        mark(pp, &pr, 1, pp->main_name, "");
    mark(pp, &pr, 1, pp->in.sf->name, pp->inputs.n ? " 1" : "");
    for (pp_next(pp, &t); t.kind != T_EOF; pp_next(pp, &t)) {
        if (t.kind == T_PRAGMA) {
            print_pragma(pp, &pr, &t);
            prev.kind = T_EOF;
            continue;
        }
        if (t.flags & TF_BOL || prev.kind == T_EOF) {
            for (uint32_t col = go_to(pp, &pr, t.flags & TF_EXPANDED ? pp->entered_at : t.loc); col > 1; col--)
                buf_u8(out, ' ');
            if (t.kind == T_HASH && t.flags & TF_EXPANDED && !pp->opt.assembler)
                buf_u8(out, ' '); /* no directive */
        } else if (!no_lines && prev.flags & ~t.flags & TF_EXPANDED && t.kind != T_HASH
                   && src_pos(pp->sm, t.loc).line != pr.line) { /* behind a macro call of several lines */
            for (uint32_t col = go_to(pp, &pr, t.loc); col > 1; col--)
                buf_u8(out, ' ');
        } else if (t.flags & TF_SPACE || pastes(&prev, &t)) {
            buf_u8(out, ' ');
        }
        pp_spell(out, &t);
        pr.mid_line = true;
        prev = t;
    }
    end_line(&pr);
    pp->printer = NULL;
}

void pp_print_macros(Pp *pp, Buf *out)
{
    for (uint32_t i = 0; i < pp->macros.n; i++)
        if (pp->macros.p[i]->name->macro == pp->macros.p[i])
            pp_print_macro(out, pp->macros.p[i]);
}

/* ---- make rules ---- */

void pp_make_quote(Buf *b, const char *name)
{
    for (const char *p = name; *p; p++) {
        if (*p == ' ' || *p == '\t') { /* make halves the backslashes before white space */
            for (const char *q = p; q > name && q[-1] == '\\'; q--)
                buf_u8(b, '\\');
            buf_u8(b, '\\');
        } else if (*p == '$') {
            buf_u8(b, '$');
        } else if (*p == '#') {
            buf_u8(b, '\\');
        }
        buf_u8(b, (uint8_t)*p);
    }
}

void pp_print_deps(const Pp *pp, Buf *out, const char *target, bool with_system, bool phony)
{
    enum { WIDTH = 72 };
    Buf name;
    size_t col = strlen(target) + 1;
    buf_init(&name, pp->unit);
    buf_fmt(out, "%s:", target);
    for (uint32_t i = 0; i < pp->deps.n; i++) {
        if (pp->deps.p[i].system && !with_system)
            continue;
        name.n = 0;
        pp_make_quote(&name, pp->deps.p[i].name);
        if (col + name.n > WIDTH) {
            buf_str(out, " \\\n");
            col = 0;
        }
        buf_u8(out, ' ');
        buf_put(out, name.p, name.n);
        col += name.n + 1;
    }
    buf_u8(out, '\n');
    for (uint32_t i = 1; phony && i < pp->deps.n; i++) {
        if (pp->deps.p[i].system && !with_system)
            continue;
        pp_make_quote(out, pp->deps.p[i].name);
        buf_str(out, ":\n");
    }
}
