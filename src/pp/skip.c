/* skip: what lies between tokens: splices and trigraphs (C11 5.1.1.2 phases 1 and 2), white space, comments, and
 * whole lines of groups that are skipped. In: a place in the current text; out: the place behind. */
#include "pp/internal.h"

SrcLoc pp_here(const Pp *pp)
{
    return pp_loc_of(pp, pp->p);
}

/* 5.2.1.1; 0 when ??c is no trigraph. */
unsigned pp_trigraph(unsigned c)
{
    static const char from[] = "=/'()!<>-", to[] = "#\\^[]|{}~";
    for (int i = 0; from[i]; i++)
        if (from[i] == (int)c)
            return (uint8_t)to[i];
    return 0;
}

/* One character after phases 1 and 2, and past it. At the end of text: 0, and *at is the end. */
unsigned pp_get(const Pp *pp, const uint8_t **at)
{
    const uint8_t *p = *at;
    for (;;) {
        unsigned c = *p, w = 1;
        if (p >= pp->end) {
            *at = pp->end;
            return 0;
        }
        if (c == '?' && pp->tab == &pp->full && p[1] == '?' && pp_trigraph(p[2])) {
            c = pp_trigraph(p[2]);
            w = 3;
        }
        if (c == '\\') {
            const uint8_t *q = p + w;
            while (pp->tab->cls[*q] & K_BLANK)
                q++;
            if (*q == '\n') {
                p = q + 1;
                continue;
            }
        }
        *at = p + w;
        return c;
    }
}

const uint8_t *pp_splice_end(const Pp *pp, const uint8_t *p)
{
    const uint8_t *q = p + (*p == '?' ? 3 : 1);
    while (pp->tab->cls[*q] & K_BLANK)
        q++;
    return *q == '\n' ? q + 1 : NULL;
}

/* ---- comments and white space ---- */

static const uint8_t *skip_block(Pp *pp, const uint8_t *p, const uint8_t *start)
{
    const uint8_t *from = p;
    for (;;) {
        while (*p != '*' && *p)
            p++;
        if (!*p) {
            if (p < pp->end) {
                p++;
                continue;
            }
            if (pp->quiet != QUIET_ALL)
                diag_error(pp->diag, pp_loc_of(pp, start), "unterminated comment");
            return p;
        }
        p++;
        if (*p == '/')
            break;
        if (*p == '\\' || *p == '?') {
            const uint8_t *q = p;
            if (pp_get(pp, &q) == '/') {
                p = q - 1;
                break;
            }
        }
    }
    if (pp->diag->on[W_COMMENT] && !pp->quiet)
        for (const uint8_t *q = from; q + 1 < p; q++)
            if (q[0] == '/' && q[1] == '*' && q + 2 < p)
                diag_warn(pp->diag, W_COMMENT, pp_loc_of(pp, q), "\"/*\" within comment");
    return p + 1;
}

static const uint8_t *skip_line_comment(Pp *pp, const uint8_t *p, const uint8_t *start)
{
    for (;;) {
        while (*p != '\n' && *p)
            p++;
        if (!*p && p < pp->end) {
            p++;
            continue;
        }
        if (p >= pp->end)
            return pp->end;
        const uint8_t *q = p - 1;
        while (q > start && pp->tab->cls[*q] & K_BLANK)
            q--;
        if (*q != '\\' && !(*q == '/' && pp->tab == &pp->full && q - 2 > start && q[-1] == '?' && q[-2] == '?'))
            return p;
        if (!pp->quiet)
            diag_warn(pp->diag, W_COMMENT, pp_loc_of(pp, start), "multi-line comment");
        p++;
    }
}

/* At a slash: past the comment it opens, or NULL. */
const uint8_t *pp_comment(Pp *pp, const uint8_t *p)
{
    const uint8_t *q = p + 1;
    unsigned c = *q;
    if (c == '\\' || c == '?')
        c = pp_get(pp, &q);
    else
        q++;
    if (c == '*')
        return skip_block(pp, q, p);
    if (c == '/' && (pp->opt.std != 1989 || pp->opt.gnu || pp->opt.assembler))
        return skip_line_comment(pp, q, p);
    return NULL;
}

const uint8_t *pp_skip_blank(Pp *pp, const uint8_t *p, bool lines)
{
    for (;;) {
        const uint8_t *q;
        switch (pp->tab->first[*p]) {
        case L_BLANK:
            p++;
            break;
        case L_NEWLINE:
            if (!lines)
                return p;
            p++;
            break;
        case L_NUL:
            if (p >= pp->end)
                return pp->end;
            p++;
            break;
        case L_SLASH:
            q = pp_comment(pp, p);
            if (!q)
                return p;
            p = q;
            break;
        case L_QUESTION:
            if (p[1] != '?' || p[2] != '/')
                return p; /* fall through */
        case L_BACKSLASH:
            q = pp_splice_end(pp, p);
            if (!q)
                return p;
            p = q;
            break;
        default:
            return p;
        }
    }
}

bool pp_rest_blank(Pp *pp, const uint8_t *p)
{
    uint8_t quiet = pp->quiet;
    pp->quiet = QUIET_ALL;
    p = pp_skip_blank(pp, p, true);
    pp->quiet = quiet;
    return p >= pp->end;
}

bool pp_paren_follows(Pp *pp)
{
    const uint8_t *p = pp->p;
    if (*p != '(') {
        uint8_t quiet = pp->quiet;
        pp->quiet = QUIET_ALL;
        p = pp_skip_blank(pp, p, !pp->in_directive);
        pp->quiet = quiet;
        if (*p != '(')
            return false;
    }
    pp->p = p + 1;
    pp->lexflags = 0;
    return true;
}

/* ---- skipped groups (6.10.1p6) ---- */

const uint8_t *pp_skip_to_eol(Pp *pp, const uint8_t *p)
{
    const LexTab *tab = pp->tab;
    for (;;) {
        const uint8_t *q;
        while (!(tab->cls[*p] & K_SKIP))
            p++;
        switch (*p) {
        case '\n':
            return p;
        case 0:
            if (p >= pp->end)
                return pp->end;
            p++;
            break;
        case '/':
            q = pp_comment(pp, p);
            p = q ? q : p + 1;
            break;
        case '"': case '\'':
            for (q = p + 1; *q != *p && *q != '\n' && (*q || q < pp->end); q++) {
                if (*q == '\\' || (*q == '?' && tab == &pp->full && q[1] == '?' && q[2] == '/')) {
                    const uint8_t *end = pp_splice_end(pp, q);
                    q = end ? end - 1 : q[1] && q[1] != '\n' ? q + 1 : q;
                }
            }
            p = *q == *p ? q + 1 : q;
            break;
        case '\\':
            q = pp_splice_end(pp, p);
            p = q ? q : p + 1;
            break;
        default: /* ? */
            q = p[1] == '?' && p[2] == '/' ? pp_splice_end(pp, p) : NULL;
            p = q ? q : p + 1;
            break;
        }
    }
}

/* Starts at the end of a directive's line. */
bool pp_skip_group(Pp *pp, Token *name)
{
    const uint8_t *p = pp->p;
    bool found = false;
    pp->quiet = QUIET_SKIP;
    for (;;) {
        p = pp_skip_to_eol(pp, p);
        if (p >= pp->end)
            break;
        p = pp_skip_blank(pp, p + 1, true);
        if (*p == '#')
            p++;
        else if (*p == '%' && p[1] == ':')
            p += 2;
        else if (*p == '?' && pp->tab == &pp->full && p[1] == '?' && p[2] == '=')
            p += 3;
        else
            continue;
        p = pp_skip_blank(pp, p, false);
        if (pp->tab->first[*p] != L_ID && *p != '\\')
            continue;
        pp->p = p;
        pp_lex(pp, name);
        p = pp->p;
        if (name->kind == T_IDENT && name->u.ident->pp >= N_IF && name->u.ident->pp <= N_ENDIF) {
            found = true;
            break;
        }
    }
    pp->p = p;
    pp->quiet = 0;
    return found;
}
