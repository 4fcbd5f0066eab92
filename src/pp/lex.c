/* lex: phases 1 to 3 (C11 5.1.1.2). In: the bytes of the current text; out: one token a call, directives done on the way.
 * One idea: the fast path looks at no byte twice and knows neither trigraphs nor line splices; a token that meets one is
 * lexed again from a cleaned copy of its line, and so is whatever else is rare. */
#include "pp/internal.h"

void pp_make_tables(Pp *pp)
{
    static const char single[] = "[](){}~;,", multi[] = "-+&*!%<>=^|:";
    LexTab *tab = &pp->plain;
    memset(tab, 0, sizeof *tab);
    for (int c = 0; c < 256; c++) {
        int letter = (c | 32) >= 'a' && (c | 32) <= 'z', digit = c >= '0' && c <= '9';
        int dollar = c == '$' && !pp->opt.assembler;
        if (letter || c == '_' || dollar)
            tab->first[c] = L_ID;
        else if (digit)
            tab->first[c] = L_DIGIT;
        else if (c >= 0x80)
            tab->first[c] = L_HIGH;
        if (letter || digit || c == '_' || dollar)
            tab->cls[c] |= K_ID | K_NUM;
        if (c >= 0x80)
            tab->cls[c] |= K_STOP;
    }
    for (int i = 0; single[i]; i++)
        tab->first[(uint8_t)single[i]] = L_SINGLE;
    for (int i = 0; multi[i]; i++)
        tab->first[(uint8_t)multi[i]] = L_MULTI;
    tab->first[' '] = tab->first['\t'] = tab->first['\v'] = tab->first['\f'] = tab->first['\r'] = L_BLANK;
    tab->cls[' '] = tab->cls['\t'] = tab->cls['\v'] = tab->cls['\f'] = tab->cls['\r'] = K_BLANK;
    tab->first['\n'] = L_NEWLINE;
    tab->first[0] = L_NUL;
    tab->first['"'] = tab->first['\''] = L_QUOTE;
    tab->first['.'] = L_DOT;
    tab->first['/'] = L_SLASH;
    tab->first['#'] = L_HASH;
    tab->first['\\'] = L_BACKSLASH;
    tab->first['?'] = L_SINGLE;
    tab->cls['.'] |= K_NUM;
    tab->cls['"'] |= K_STOP | K_STR | K_SKIP;
    tab->cls['\''] |= K_STOP | K_STR | K_SKIP;
    tab->cls['\\'] |= K_STOP | K_STR | K_SKIP;
    tab->cls['\n'] |= K_STR | K_SKIP;
    tab->cls[0] |= K_STR | K_SKIP;
    tab->cls['/'] |= K_SKIP;
    pp->full = pp->plain;
    pp->full.first['?'] = L_QUESTION;
    pp->full.cls['?'] |= K_STOP | K_STR | K_SKIP;
    pp->tab = pp->opt.trigraphs ? &pp->full : &pp->plain;
}

/* Whether p, a backslash or question mark, is a splice or trigraph behind which the token may go on. */
static bool goes_on(const Pp *pp, const uint8_t *p)
{
    const uint8_t *q = p;
    unsigned c = pp_get(pp, &q);
    if (q <= p + 1)
        return false;
    return c && !(pp->tab->cls[c] & K_BLANK) && c != '\n';
}

/* ---- the rare tokens ---- */

/* C11 D.1: characters allowed in identifiers; D.2: not initially. */
static bool id_char(uint32_t c, bool initially)
{
    static const uint32_t ranges[][2] = {
        { 0xA8, 0xA8 }, { 0xAA, 0xAA }, { 0xAD, 0xAD }, { 0xAF, 0xAF }, { 0xB2, 0xB5 }, { 0xB7, 0xBA }, { 0xBC, 0xBE },
        { 0xC0, 0xD6 }, { 0xD8, 0xF6 }, { 0xF8, 0xFF }, { 0x100, 0x167F }, { 0x1681, 0x180D }, { 0x180F, 0x1FFF },
        { 0x200B, 0x200D }, { 0x202A, 0x202E }, { 0x203F, 0x2040 }, { 0x2054, 0x2054 }, { 0x2060, 0x206F },
        { 0x2070, 0x218F }, { 0x2460, 0x24FF }, { 0x2776, 0x2793 }, { 0x2C00, 0x2DFF }, { 0x2E80, 0x2FFF },
        { 0x3004, 0x3007 }, { 0x3021, 0x302F }, { 0x3031, 0x303F }, { 0x3040, 0xD7FF }, { 0xF900, 0xFD3D },
        { 0xFD40, 0xFDCF }, { 0xFDF0, 0xFE44 }, { 0xFE47, 0xFFFD } };
    if (initially && ((c >= 0x300 && c <= 0x36F) || (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF)
                      || (c >= 0xFE20 && c <= 0xFE2F)))
        return false;
    if (c >= 0x10000)
        return c <= 0xEFFFD && (c & 0xFFFF) <= 0xFFFD;
    for (size_t i = 0; i < countof(ranges); i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

/* A UCN or a UTF-8 character that may stand in an identifier: its bytes, or 0. */
static unsigned extended(Pp *pp, const uint8_t *p, bool initially, uint32_t *c)
{
    if (*p >= 0x80) {
        unsigned n = utf8_decode((const char *)p, (size_t)(pp->end - p), c);
        return n && id_char(*c, initially) ? n : 0;
    }
    if (*p != '\\' || (p[1] != 'u' && p[1] != 'U'))
        return 0;
    unsigned want = p[1] == 'u' ? 4 : 8, n = 2;
    for (*c = 0; n < want + 2; n++) {
        unsigned d = p[n], v = d - '0' < 10 ? d - '0' : (d | 32) - 'a' < 6 ? (d | 32) - 'a' + 10 : 99;
        if (v > 15) {
            if (!pp->quiet)
                diag_error(pp->diag, pp_loc_of(pp, p), "incomplete universal character name %.*s", (int)n, (const char *)p);
            return 0;
        }
        *c = *c << 4 | v;
    }
    if (*c == '$' || id_char(*c, initially))
        return n;
    if (!pp->quiet && (*c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff)))
        diag_error(pp->diag, pp_loc_of(pp, p), "%.*s is not a valid universal character", (int)n, (const char *)p);
    else if (!pp->quiet)
        diag_error(pp->diag, pp_loc_of(pp, p), id_char(*c, false)
                   ? "universal character %.*s is not valid at the start of an identifier"
                   : "universal character %.*s is not valid in an identifier", (int)n, (const char *)p);
    return n;
}

/* An identifier with universal character names or UTF-8, from s; it is interned in UTF-8. */
static const uint8_t *extended_ident(Pp *pp, Token *t, const uint8_t *s)
{
    const uint8_t *p = s;
    uint32_t c;
    unsigned n;
    char utf8[4];
    pp->tmp.n = 0;
    for (;;) {
        if (pp->tab->cls[*p] & K_ID) {
            buf_u8(&pp->tmp, *p++);
        } else if ((n = extended(pp, p, p == s, &c)) != 0) {
            buf_put(&pp->tmp, utf8, utf8_encode(utf8, c));
            p += n;
        } else {
            break;
        }
    }
    t->u.ident = intern_n(pp->idents, (const char *)pp->tmp.p, pp->tmp.n);
    t->kind = T_IDENT;
    t->n = (uint32_t)(p - s);
    return p;
}

/* Lexes the token at s from a copy of its logical line without splices and trigraphs. The copy grows until the token ends
 * inside, so that a long line is not copied for each of its tokens. */
static const uint8_t *lex_cleaned(Pp *pp, Token *t, const uint8_t *s)
{
    const uint8_t *p = pp->p, *text = pp->text, *end = pp->end, *q;
    const LexTab *tab = pp->tab;
    SrcLoc base = pp->base;
    uint8_t quiet = pp->quiet;
    bool lexing_text = pp->lexing_text, in_directive = pp->in_directive, whole = false;
    size_t used;
    for (size_t limit = 64;; limit *= 4) {
        pp->clean.n = 0;
        for (q = s; pp->clean.n < limit;) {
            const uint8_t *next = q;
            unsigned c = pp_get(pp, &next);
            whole = c == '\n' || (!c && next >= pp->end);
            if (whole)
                break;
            buf_u8(&pp->clean, c);
            q = next;
        }
        pp->p = pp->text = (const uint8_t *)buf_cstr(&pp->clean);
        pp->end = pp->text + pp->clean.n;
        pp->base = base + (SrcLoc)(s - text);
        pp->tab = &pp->plain;
        pp->quiet = whole ? quiet : QUIET_ALL;
        pp->lexing_text = true;
        pp->in_directive = in_directive;
        pp_lex(pp, t);
        used = (size_t)(pp->p - pp->text);
        bool inside = pp->p < pp->end;
        if (t->kind >= T_NUMBER && t->kind <= T_OTHER)
            t->u.text = arena_strndup(pp->unit, t->u.text, t->n);
        pp->p = p;
        pp->text = text;
        pp->end = end;
        pp->base = base;
        pp->tab = tab;
        pp->quiet = quiet;
        pp->lexing_text = lexing_text;
        if (whole || inside)
            break;
    }
    for (q = s; used; used--)
        pp_get(pp, &q);
    return q;
}

/* The string or character constant whose quote stands at p and whose prefix starts at s. */
static const uint8_t *lex_quoted(Pp *pp, Token *t, const uint8_t *s, const uint8_t *p)
{
    const LexTab *tab = pp->tab;
    unsigned quote = *p++;
    for (;;) {
        while (!(tab->cls[*p] & K_STR))
            p++;
        if (*p == quote) {
            p++;
            break;
        }
        if (*p == '\n' || (!*p && p >= pp->end)) {
            t->kind = T_OTHER;
            t->n = (uint32_t)(p - s);
            t->u.text = (const char *)s;
            if (pp->quiet || pp->opt.assembler)
                return p;
            if (pp->printer || pp->in_directive) {
                diag_at(pp->diag, DIAG_PEDWARN, W_NONE, pp_loc_of(pp, s), 0, "missing terminating %c character", (int)quote);
                return p;
            }
            diag_error(pp->diag, pp_loc_of(pp, s), "missing terminating %c character", (int)quote);
            t->u.text = arena_fmt(pp->unit, "%.*s%c", (int)t->n, (const char *)s, (int)quote);
            t->n++;
            t->kind = quote == '"' ? T_STRING : T_CHAR;
            return p;
        }
        if (*p == '\\') {
            if (pp_splice_end(pp, p))
                return lex_cleaned(pp, t, s);
            if (tab == &pp->full && p[1] == '?' && p[2] == '?')
                return lex_cleaned(pp, t, s);
            p += p[1] && p[1] != '\n' ? 2 : 1;
            continue;
        }
        if (*p == '?' && p[1] == '?' && pp_trigraph(p[2]))
            return lex_cleaned(pp, t, s);
        p++;
    }
    t->kind = quote == '"' ? T_STRING : T_CHAR;
    t->n = (uint32_t)(p - s);
    t->u.text = (const char *)s;
    return p;
}

/* Whether the n letters at s are an encoding prefix (6.4.5, 6.4.4.4) before this quote. */
static bool is_prefix(const Pp *pp, const uint8_t *s, uint32_t n, unsigned quote)
{
    if (n == 1 && *s == 'L')
        return true;
    if (pp->opt.assembler || (pp->opt.std < 2011 && (!pp->opt.gnu || pp->opt.std < 1999)))
        return false;
    return (n == 1 && (*s == 'u' || *s == 'U')) || (n == 2 && s[0] == 'u' && s[1] == '8' && quote == '"');
}

/* The punctuator at p, longest match: its kind and bytes; 0 bytes: lex it from a cleaned line. */
static unsigned punctuator(const Pp *pp, const uint8_t *p, uint8_t *kind)
{
    unsigned c = *p, d = p[1];
    if (pp->tab->cls[d] & K_STOP && (d == '\\' || d == '?') && goes_on(pp, p + 1))
        return 0;
#define IF2(ch, k) if (d == (ch)) return *kind = (k), 2
#define ONE(k) return *kind = (k), 1
    switch (c) {
    case '-': IF2('>', T_ARROW); IF2('-', T_DEC); IF2('=', T_MINUS_ASSIGN); ONE(T_MINUS);
    case '+': IF2('+', T_INC); IF2('=', T_PLUS_ASSIGN); ONE(T_PLUS);
    case '&': IF2('&', T_ANDAND); IF2('=', T_AMP_ASSIGN); ONE(T_AMP);
    case '|': IF2('|', T_OROR); IF2('=', T_PIPE_ASSIGN); ONE(T_PIPE);
    case '*': IF2('=', T_STAR_ASSIGN); ONE(T_STAR);
    case '!': IF2('=', T_NE); ONE(T_BANG);
    case '=': IF2('=', T_EQ); ONE(T_ASSIGN);
    case '^': IF2('=', T_CARET_ASSIGN); ONE(T_CARET);
    case '/': IF2('=', T_SLASH_ASSIGN); ONE(T_SLASH);
    case ':': IF2('>', T_RBRACKET); ONE(T_COLON);
    case '#': IF2('#', T_HASHHASH); ONE(T_HASH);
    case '%':
        if (d == ':') {
            if ((p[2] == '\\' || p[2] == '?' || (p[2] == '%' && (p[3] == '\\' || p[3] == '?')))
                && goes_on(pp, p + (p[2] == '%' ? 3 : 2)))
                return 0;
            if (p[2] == '%' && p[3] == ':')
                return *kind = T_HASHHASH, 4;
            return *kind = T_HASH, 2;
        }
        IF2('=', T_PERCENT_ASSIGN); IF2('>', T_RBRACE); ONE(T_PERCENT);
    case '<': case '>':
        if (d == c) {
            if ((p[2] == '\\' || p[2] == '?') && goes_on(pp, p + 2))
                return 0;
            if (p[2] == '=')
                return *kind = c == '<' ? T_SHL_ASSIGN : T_SHR_ASSIGN, 3;
            return *kind = c == '<' ? T_SHL : T_SHR, 2;
        }
        IF2('=', c == '<' ? T_LE : T_GE);
        if (c == '>')
            ONE(T_GT);
        IF2(':', T_LBRACKET); IF2('%', T_LBRACE); ONE(T_LT);
    default: /* . */
        if (d == '.') {
            if ((p[2] == '\\' || p[2] == '?') && goes_on(pp, p + 2))
                return 0;
            if (p[2] == '.')
                return *kind = T_ELLIPSIS, 3;
        }
        ONE(T_DOT);
    }
#undef IF2
#undef ONE
}

static uint8_t single_kind(unsigned c)
{
    switch (c) {
    case '[': return T_LBRACKET;
    case ']': return T_RBRACKET;
    case '(': return T_LPAREN;
    case ')': return T_RPAREN;
    case '{': return T_LBRACE;
    case '}': return T_RBRACE;
    case '~': return T_TILDE;
    case ';': return T_SEMI;
    case ',': return T_COMMA;
    default: return T_QUESTION;
    }
}

/* ---- the lexer ---- */

void pp_lex(Pp *pp, Token *t)
{
    const LexTab *tab = pp->tab;
    const uint8_t *p = pp->p, *s;
    unsigned flags = pp->lexflags;
    pp->lexflags = 0;
again:
    s = p;
    switch (tab->first[*p]) {
    case L_BLANK:
        do
            p++;
        while (tab->cls[*p] & K_BLANK);
        flags |= TF_SPACE;
        goto again;

    case L_NEWLINE:
        if (pp->in_directive)
            goto newline;
        p++;
        flags = TF_BOL;
        if (pp->diag->stopped) {
            pp_fatal(pp);
            p = pp->p;
        }
        goto again;

    case L_NUL:
        if (p < pp->end) {
            if (!pp->quiet)
                diag_at(pp->diag, DIAG_WARNING, W_NONE, pp_loc_of(pp, p), 0, "null character(s) ignored");
            while (!*p && p < pp->end)
                p++;
            flags |= TF_SPACE;
            goto again;
        }
        if (pp->in_directive)
            goto newline;
        pp->p = p;
        if (!pp->lexing_text && !pp->collecting && (pp->inputs.n || !pp->entered_main || pp->conds.n)) {
            pp_end_conds(pp);
            if (pp->inputs.n) {
                pp_pop_input(pp);
                p = pp->p;
                tab = pp->tab;
                flags = TF_BOL;
                goto again;
            }
        }
        t->kind = T_EOF;
        t->n = 0;
        t->loc = pp_loc_of(pp, p);
        t->flags = (uint8_t)flags;
        t->pad = 0;
        t->pad2 = 0;
        return;

    case L_ID: {
        uint32_t h = INTERN_SEED, n;
        do
            h = intern_step(h, *p++);
        while (tab->cls[*p] & K_ID);
        n = (uint32_t)(p - s);
        if (tab->cls[*p] & K_STOP) {
            if (*p == '"' || *p == '\'') {
                if (is_prefix(pp, s, n, *p)) {
                    p = lex_quoted(pp, t, s, p);
                    goto done;
                }
            } else if (goes_on(pp, p)) {
                goto clean;
            } else if (*p != '?') {
                p = extended_ident(pp, t, s);
                goto done;
            }
        }
        Ident *id = pp->idents->table[h & pp->idents->mask];
        while (id && (id->hash != h || id->n != n || memcmp(id->s, s, n) != 0))
            id = id->next;
        t->u.ident = id ? id : intern_hashed(pp->idents, (const char *)s, n, h);
        t->kind = T_IDENT;
        t->n = n;
        goto done;
    }

    case L_DOT:
        if ((unsigned)p[1] - '0' >= 10)
            goto multi;
        p++; /* fall through */
    case L_DIGIT:
        for (;;) {
            while (tab->cls[*p] & K_NUM) {
                unsigned c = *p++ | 32;
                if ((c == 'e' || (c == 'p' && (pp->opt.std >= 1999 || pp->opt.gnu))) && (*p == '+' || *p == '-'))
                    p++;
            }
            if (!(tab->cls[*p] & K_STOP) || *p == '"' || *p == '\'')
                break;
            uint32_t c;
            if (goes_on(pp, p))
                goto clean;
            unsigned n = *p == '?' ? 0 : extended(pp, p, false, &c);
            if (!n)
                break;
            p += n;
        }
        t->kind = T_NUMBER;
        t->n = (uint32_t)(p - s);
        t->u.text = (const char *)s;
        goto done;

    case L_QUOTE:
        p = lex_quoted(pp, t, s, p);
        goto done;

    case L_SLASH: {
        if (p[1] == '*' || p[1] == '/' || p[1] == '\\' || p[1] == '?') {
            const uint8_t *q = pp_comment(pp, p);
            if (q) {
                p = q;
                flags |= TF_SPACE;
                goto again;
            }
        }
        goto multi;
    }

    case L_SINGLE:
        t->kind = single_kind(*p++);
        t->n = 1;
        goto done;

    case L_HASH: case L_MULTI: multi: {
        unsigned n = punctuator(pp, p, &t->kind);
        if (!n)
            goto clean;
        p += n;
        t->n = n;
        goto done;
    }

    case L_BACKSLASH: case L_QUESTION: {
        const uint8_t *q;
        if (*p == '?') {
            if (p[1] != '?' || !pp_trigraph(p[2])) {
                t->kind = T_QUESTION;
                t->n = 1;
                p++;
                goto done;
            }
            if (p[2] != '/' || !pp_splice_end(pp, p))
                goto clean;
        }
        q = pp_splice_end(pp, p);
        if (q) {
            if (q >= pp->end && !pp->quiet)
                diag_at(pp->diag, DIAG_WARNING, W_NONE, pp_loc_of(pp, p), 0, "backslash-newline at end of file");
            p = q;
            goto again;
        }
        if (p[1] != 'u' && p[1] != 'U')
            goto other;
    } /* fall through */
    case L_HIGH: {
        uint32_t c;
        uint8_t quiet = pp->quiet;
        pp->quiet = QUIET_ALL;
        unsigned n = extended(pp, p, true, &c);
        pp->quiet = quiet;
        if (n) {
            p = extended_ident(pp, t, s);
            goto done;
        }
        if (*p == '\\')
            extended(pp, p, true, &c); /* for its message */
    } /* fall through */
    default: other:
        t->kind = T_OTHER;
        t->n = 1;
        t->u.text = (const char *)p;
        p++;
        goto done;
    }

clean:
    pp->p = p;
    p = lex_cleaned(pp, t, s);
done:
    if (t->kind == T_HASH && flags & TF_BOL && !pp->in_directive && !pp->lexing_text) {
        uint32_t n = t->n;
        pp->p = p;
        if (pp_directive(pp, pp_loc_of(pp, s))) {
            if (pp->pragma_ready) {
                *t = pp->pragma;
                pp->pragma_ready = false;
                return;
            }
            p = pp->p;
            tab = pp->tab;
            flags = pp->lexflags;
            pp->lexflags = 0;
            goto again;
        }
        t->kind = T_HASH;
        t->n = n;
    }
    pp->p = p;
    t->flags = (uint8_t)flags;
    t->pad = 0;
    t->pad2 = 0;
    t->loc = pp_loc_of(pp, s);
    return;

newline:
    pp->p = p;
    t->kind = T_NEWLINE;
    t->flags = (uint8_t)flags;
    t->pad = 0;
    t->pad2 = 0;
    t->n = 0;
    t->loc = pp_loc_of(pp, p);
}

void pp_lex_header(Pp *pp, Token *t)
{
    const uint8_t *s = pp_skip_blank(pp, pp->p, false), *p = s + 1;
    unsigned close = *s == '<' ? '>' : '"';
    pp->p = s;
    if (*s == '<' || *s == '"') {
        while (*p != close && *p != '\n' && p < pp->end)
            p++;
        if (*p == close) {
            memset(t, 0, sizeof *t);
            t->kind = T_HEADER;
            t->loc = pp_loc_of(pp, s);
            t->u.text = (const char *)s;
            t->n = (uint32_t)(p + 1 - s);
            pp->p = p + 1;
            return;
        }
    }
    pp_lex(pp, t);
}

/* Lexes the terminated text s: its first token to *t, or all to the scratch stack. True when there is just one. */
static bool lex_text(Pp *pp, const char *s, size_t n, SrcLoc loc, Token *t, bool all)
{
    const uint8_t *p = pp->p, *text = pp->text, *end = pp->end;
    const LexTab *tab = pp->tab;
    SrcLoc base = pp->base;
    uint8_t lexflags = pp->lexflags, quiet = pp->quiet;
    bool lexing_text = pp->lexing_text, in_directive = pp->in_directive, whole;
    pp->p = pp->text = (const uint8_t *)s;
    pp->end = pp->text + n;
    pp->tab = &pp->plain;
    pp->lexflags = 0;
    pp->quiet = QUIET_ALL;
    pp->lexing_text = true;
    pp->in_directive = false;
    pp_lex(pp, t);
    whole = pp->p == pp->end && t->kind != T_EOF && !(t->flags & TF_SPACE);
    for (; all && t->kind != T_EOF; pp_lex(pp, t)) {
        t->loc = loc;
        vec_push(pp->unit, &pp->scratch, *t);
    }
    pp->p = p;
    pp->text = text;
    pp->end = end;
    pp->tab = tab;
    pp->base = base;
    pp->lexflags = lexflags;
    pp->quiet = quiet;
    pp->lexing_text = lexing_text;
    pp->in_directive = in_directive;
    t->loc = loc;
    return whole;
}

bool pp_lex_whole(Pp *pp, const char *s, size_t n, SrcLoc loc, Token *t)
{
    return lex_text(pp, s, n, loc, t, false);
}

void pp_lex_all(Pp *pp, const char *s, size_t n, SrcLoc loc)
{
    Token t;
    lex_text(pp, s, n, loc, &t, true);
}
