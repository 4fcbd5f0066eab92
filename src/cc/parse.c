/* parse: the parser's hold on the token stream: taking, peeking, recovering, the compiler's pragmas and keywords, and
 * the walk over a translation unit (6.9). */
#include "cc/parse.h"

enum { KWF_GNU = 1,            /* only in the GNU dialects, plain identifier in -std=cNN */
       KWF_C99 = 2 };          /* not in -std=c89 */

static const struct { const char *s; uint8_t kw, flags; } keywords[] = {
    { "auto", KW_AUTO, 0 }, { "break", KW_BREAK, 0 }, { "case", KW_CASE, 0 }, { "char", KW_CHAR, 0 },
    { "const", KW_CONST, 0 }, { "continue", KW_CONTINUE, 0 }, { "default", KW_DEFAULT, 0 }, { "do", KW_DO, 0 },
    { "double", KW_DOUBLE, 0 }, { "else", KW_ELSE, 0 }, { "enum", KW_ENUM, 0 }, { "extern", KW_EXTERN, 0 },
    { "float", KW_FLOAT, 0 }, { "for", KW_FOR, 0 }, { "goto", KW_GOTO, 0 }, { "if", KW_IF, 0 },
    { "inline", KW_INLINE, KWF_C99 }, { "int", KW_INT, 0 }, { "long", KW_LONG, 0 }, { "register", KW_REGISTER, 0 },
    { "restrict", KW_RESTRICT, KWF_C99 | KWF_GNU }, { "return", KW_RETURN, 0 }, { "short", KW_SHORT, 0 },
    { "signed", KW_SIGNED, 0 }, { "sizeof", KW_SIZEOF, 0 }, { "static", KW_STATIC, 0 }, { "struct", KW_STRUCT, 0 },
    { "switch", KW_SWITCH, 0 }, { "typedef", KW_TYPEDEF, 0 }, { "union", KW_UNION, 0 }, { "unsigned", KW_UNSIGNED, 0 },
    { "void", KW_VOID, 0 }, { "volatile", KW_VOLATILE, 0 }, { "while", KW_WHILE, 0 }, { "_Alignas", KW_ALIGNAS, 0 },
    { "_Alignof", KW_ALIGNOF, 0 }, { "_Atomic", KW_ATOMIC, 0 }, { "_Bool", KW_BOOL, 0 }, { "_Complex", KW_COMPLEX, 0 },
    { "_Generic", KW_GENERIC, 0 }, { "_Noreturn", KW_NORETURN, 0 }, { "_Static_assert", KW_STATIC_ASSERT, 0 },
    { "_Thread_local", KW_THREAD, 0 }, { "__alignof", KW_ALIGNOF, 0 }, { "__alignof__", KW_ALIGNOF, 0 },
    { "__asm", KW_ASM, 0 }, { "__asm__", KW_ASM, 0 }, { "__attribute", KW_ATTRIBUTE, 0 },
    { "__attribute__", KW_ATTRIBUTE, 0 }, { "__auto_type", KW_AUTO_TYPE, 0 }, { "__complex", KW_COMPLEX, 0 },
    { "__complex__", KW_COMPLEX, 0 }, { "__const", KW_CONST, 0 }, { "__const__", KW_CONST, 0 },
    { "__extension__", KW_EXTENSION, 0 }, { "__inline", KW_INLINE, 0 }, { "__inline__", KW_INLINE, 0 },
    { "__int128", KW_INT128, 0 }, { "__int128_t", KW_INT128, 0 }, { "__uint128_t", KW_INT128, 0 },
    { "__float128", KW_FLOAT128, 0 }, { "_Float128", KW_FLOAT128, 0 }, { "__label__", KW_LABEL, 0 },
    { "__restrict", KW_RESTRICT, 0 }, { "__restrict__", KW_RESTRICT, 0 }, { "__signed", KW_SIGNED, 0 },
    { "__signed__", KW_SIGNED, 0 }, { "__thread", KW_THREAD, 0 }, { "__typeof", KW_TYPEOF, 0 },
    { "__typeof__", KW_TYPEOF, 0 }, { "__volatile", KW_VOLATILE, 0 }, { "__volatile__", KW_VOLATILE, 0 },
    { "__real__", KW_REAL, 0 }, { "__imag__", KW_IMAG, 0 }, { "__real", KW_REAL, 0 }, { "__imag", KW_IMAG, 0 },
    { "__builtin_va_list", KW_VA_LIST, 0 }, { "asm", KW_ASM, KWF_GNU }, { "typeof", KW_TYPEOF, KWF_GNU },
    { "__func__", KW_FUNC_NAME, 0 }, { "__FUNCTION__", KW_FUNC_NAME, 0 }, { "__PRETTY_FUNCTION__", KW_FUNC_NAME, 0 },
};

void cc_parser_init(Cc *cc)
{
    CcParser *p = arena_new(cc->unit, CcParser);
    p->cc = cc;
    p->pp = cc->pp;
    p->diag = cc->diag;
    cc->parser = p;
    for (uint32_t i = 0; i < countof(keywords); i++) {
        unsigned f = keywords[i].flags;
        Ident *id = intern_n(cc->idents, keywords[i].s, strlen(keywords[i].s));
        bool on = !f || ((f & KWF_C99) && cc->opt.std >= 1999) || ((f & KWF_GNU) && cc->opt.gnu && keywords[i].kw
                                                                   != KW_RESTRICT)
                  || (keywords[i].kw == KW_INLINE && cc->opt.gnu);
        /* Where long double is that format, headers may name it so. */
        if (keywords[i].kw == KW_FLOAT128 && cc->target->long_double == SF_128)
            on = false;
        id->kw = on ? keywords[i].kw : 0;
    }
    map_init(&p->hidden, cc->unit);
    map_init(&p->weak, cc->unit);
    map_init(&p->library, cc->unit);
    map_init(&p->attr_names, cc->unit);
    p->visibility = cc->opt.visibility;
    p->id_alloca = intern_n(cc->idents, "alloca", 6);
    p->id_strlen = intern_n(cc->idents, "strlen", 6);
    p->id_main = intern_n(cc->idents, "main", 4);
    ty_types_init(cc);
    cc_builtins_init(p);
    cc->file_syms = NULL;
    cc->file_syms_end = &cc->file_syms;
}

/* ---- messages ---- */

void cc_error_at(CcParser *p, const Node *n, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(p->diag, DIAG_ERROR, W_NONE, n->begin ? n->begin : n->loc, n->end, fmt, ap);
    va_end(ap);
}

void cc_warn_at(CcParser *p, DiagWarning w, const Node *n, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(p->diag, DIAG_WARNING, w, n->begin ? n->begin : n->loc, n->end, fmt, ap);
    va_end(ap);
}

bool cc_unsupported(CcParser *p, SrcLoc loc, const char *what)
{
    diag_error(p->diag, loc, "%s not supported", what);
    return false;
}

/* The token in hand as gcc tells it. */
static const char *token_text(CcParser *p)
{
    Buf b;
    switch (p->tok.kind) {
    case T_EOF:
        return "at end of input";
    case T_IDENT:
        return arena_fmt(p->cc->unit, "before '%s'", p->tok.u.ident->s);
    case T_NUMBER:
        return "before numeric constant";
    case T_STRING:
        return "before string constant";
    case T_CHAR:
        return "before character constant";
    default:
        buf_init(&b, p->cc->unit);
        pp_spell(&b, &p->tok);
        return arena_fmt(p->cc->unit, "before '%s' token", buf_cstr(&b));
    }
}

void cc_syntax_error(CcParser *p, const char *expected)
{
    SrcLoc at = p->tok.loc;
    if (p->syntax_at == at && at)
        return;
    p->syntax_at = at;
    if (p->tok.kind == T_OTHER) {
        Buf b;
        buf_init(&b, p->cc->unit);
        pp_spell(&b, &p->tok);
        diag_error(p->diag, at, "stray '%s' in program", buf_cstr(&b));
        return;
    }
    /* What is missing belongs behind the token taken last. */
    if (p->prev_end && (!strcmp(expected, "';'") || !strcmp(expected, "')'") || p->tok.kind == T_EOF))
        at = p->prev_end;
    diag_error(p->diag, at, "expected %s %s", expected, token_text(p));
}

bool cc_expect(CcParser *p, TokenKind k)
{
    if (p->tok.kind == k) {
        cc_next(p);
        return true;
    }
    char name[16];
    rt_snfmt(name, sizeof name, "'%s'", pp_punct_name(k));
    cc_syntax_error(p, name);
    return false;
}

bool cc_enter(CcParser *p)
{
    if (++p->depth <= CC_MAX_DEPTH)
        return true;
    if (p->depth == CC_MAX_DEPTH + 1 && !p->diag->stopped) {
        diag_error(p->diag, p->tok.loc, "nesting too deep (more than %d levels)", (int)CC_MAX_DEPTH);
        p->diag->stopped = true;
        p->tok.kind = T_EOF;
        p->has_ahead = false;
    }
    return false;
}

/* ---- recovery ---- */

static void skip_over(CcParser *p, TokenKind a, TokenKind b)
{
    uint32_t round = 0, square = 0, curly = 0;
    for (;;) {
        TokenKind k = p->tok.kind;
        if (k == T_EOF)
            return;
        if (!round && !square && !curly && (k == a || k == b || k == T_SEMI || k == T_RBRACE))
            return;
        switch (k) {
        case T_LPAREN:
            round++;
            break;
        case T_RPAREN:
            round -= round > 0;
            break;
        case T_LBRACKET:
            square++;
            break;
        case T_RBRACKET:
            square -= square > 0;
            break;
        case T_LBRACE:
            curly++;
            break;
        case T_RBRACE:
            if (!curly)
                return;
            curly--;
            round = square = 0;
            if (!curly && a == T_SEMI) { /* a whole block went by: what follows is the next statement */
                cc_next(p);
                return;
            }
            break;
        case T_SEMI: /* an unclosed parenthesis ends here */
            if (!curly)
                return;
            break;
        default:
            break;
        }
        cc_next(p);
    }
}

void cc_skip_to(CcParser *p, TokenKind a, TokenKind b)
{
    skip_over(p, a, b);
}

void cc_skip_braces(CcParser *p)
{
    uint32_t depth = 0;
    while (p->tok.kind != T_EOF) {
        depth += p->tok.kind == T_LBRACE;
        depth -= p->tok.kind == T_RBRACE;
        cc_next(p);
        if (!depth)
            return;
    }
}

void cc_skip_statement(CcParser *p)
{
    skip_over(p, T_SEMI, T_SEMI);
    if (p->tok.kind == T_SEMI)
        cc_next(p);
}

/* ---- pragmas ---- */

static bool word(const Token *t, const char *s)
{
    return t->kind == T_IDENT && strcmp(t->u.ident->s, s) == 0;
}

/* #pragma pack(), pack(n), pack(push[, name][, n]), pack(pop[, name]) */
static void pragma_pack(CcParser *p, const PpPragma *g, SrcLoc loc)
{
    const Token *t = g->toks, *end = t + g->n;
    int64_t n = -1;
    bool push = false, pop = false;
    Ident *name = NULL;
    if (t == end || t->kind != T_LPAREN) {
        diag_warn(p->diag, W_UNKNOWN_PRAGMAS, loc, "missing '(' after '#pragma pack' - ignored");
        return;
    }
    for (t++; t < end && t->kind != T_RPAREN; t++) {
        PpInt v;
        if (word(t, "push"))
            push = true;
        else if (word(t, "pop"))
            pop = true;
        else if (t->kind == T_IDENT)
            name = t->u.ident;
        else if (t->kind == T_NUMBER && pp_parse_int(t->u.text, t->n, &v))
            n = (int64_t)v.v;
    }
    if (n > 16 || (n > 0 && (n & (n - 1)))) {
        diag_warn(p->diag, W_NONE, loc, "alignment must be a small power of two, not %lld", (long long)n);
        return;
    }
    if (push) {
        struct CcPack k;
        k.pack = p->pack;
        k.name = name;
        vec_push(p->cc->unit, &p->packs, k);
    }
    if (pop) {
        uint32_t to = p->packs.n;
        while (name && to && p->packs.p[to - 1].name != name)
            to--;
        if (!to) {
            diag_warn(p->diag, W_NONE, loc, "#pragma pack (pop) encountered without matching #pragma pack (push)");
        } else {
            p->packs.n = to - 1;
            p->pack = p->packs.p[to - 1].pack;
        }
    }
    if (n >= 0)
        p->pack = (uint32_t)n;
    else if (!push && !pop)
        p->pack = 0;
}

/* #pragma weak name, #pragma weak name = target */
static void pragma_weak(CcParser *p, const PpPragma *g)
{
    const Token *t = g->toks;
    if (!g->n || t[0].kind != T_IDENT)
        return;
    Ident *name = t[0].u.ident, *alias = g->n >= 3 && t[1].kind == T_ASSIGN && t[2].kind == T_IDENT ? t[2].u.ident
        : name;
    CcSym *s = name->sym;
    if (s && s->depth == 0) {
        s->weak = true;
        if (alias != name)
            s->alias = alias->s;
    }
    *map_at_int(&p->weak, (uint64_t)(uintptr_t)name) = alias;
}

static void pragma_visibility(CcParser *p, const PpPragma *g)
{
    static const char *const names[] = { "default", "internal", "hidden", "protected" };
    uint32_t i = 0;
    if (i < g->n && word(&g->toks[i], "visibility"))
        i++;
    if (i < g->n && word(&g->toks[i], "pop")) {
        if (p->visibilities.n)
            p->visibility = p->visibilities.p[--p->visibilities.n];
        return;
    }
    if (i >= g->n || !word(&g->toks[i], "push"))
        return;
    vec_push(p->cc->unit, &p->visibilities, p->visibility);
    for (; i < g->n; i++)
        for (uint8_t v = 0; v < 4; v++)
            if (word(&g->toks[i], names[v]))
                p->visibility = v;
}

/* #pragma GCC diagnostic push | pop | ignored "-Wname" | warning "-Wname" | error "-Wname" */
static void pragma_diag(CcParser *p, const PpPragma *g)
{
    const Token *t = g->toks, *end = t + g->n;
    if (t < end && word(t, "diagnostic"))
        t++;
    if (t == end)
        return;
    if (word(t, "push")) {
        uint8_t *on = arena_alloc(p->cc->unit, sizeof p->diag->on);
        memcpy(on, p->diag->on, sizeof p->diag->on);
        vec_push(p->cc->unit, &p->diags, on);
    } else if (word(t, "pop")) {
        if (p->diags.n)
            memcpy(p->diag->on, p->diags.p[--p->diags.n], sizeof p->diag->on);
    } else if (t + 1 < end && t[1].kind == T_STRING && t[1].n > 4 && memcmp(t[1].u.text, "\"-W", 3) == 0) {
        const char *name = arena_strndup(p->cc->unit, t[1].u.text + 3, t[1].n - 4);
        const char *how = word(t, "ignored") ? "no-" : word(t, "error") ? "error=" : word(t, "warning") ? "" : NULL;
        if (how)
            diag_option(p->diag, arena_fmt(p->cc->unit, "%s%s", how, name));
    }
}

static void pragma(CcParser *p, const PpPragma *g, SrcLoc loc)
{
    switch (g->kind) {
    case PRAGMA_PACK:
        pragma_pack(p, g, loc);
        break;
    case PRAGMA_WEAK:
        pragma_weak(p, g);
        break;
    case PRAGMA_VISIBILITY:
        pragma_visibility(p, g);
        break;
    case PRAGMA_DIAG:
        pragma_diag(p, g);
        break;
    case PRAGMA_REDEFINE_EXTNAME:
        if (g->n >= 2 && g->toks[0].kind == T_IDENT && g->toks[1].kind == T_IDENT && g->toks[0].u.ident->sym)
            ((CcSym *)g->toks[0].u.ident->sym)->asm_name = g->toks[1].u.ident->s;
        break;
    default:
        break;
    }
}

void cc_next_slow(CcParser *p)
{
    while (p->tok.kind == T_PRAGMA) {
        pragma(p, p->tok.u.pragma, p->tok.loc);
        pp_next(p->pp, &p->tok);
    }
}

const Token *cc_peek(CcParser *p)
{
    if (!p->has_ahead) {
        Token now = p->tok;
        pp_next(p->pp, &p->tok);
        if (p->tok.kind == T_PRAGMA)
            cc_next_slow(p);
        p->ahead = p->tok;
        p->tok = now;
        p->has_ahead = true;
    }
    return &p->ahead;
}

bool cc_starts_type(CcParser *p)
{
    while (cc_kw(p) == KW_EXTENSION) {
        const Token *t = cc_peek(p);
        if (t->kind != T_IDENT || !(cc_is_type_ident(t->u.ident) || t->u.ident->kw == KW_EXTENSION))
            return false;
        cc_next(p);
    }
    return p->tok.kind == T_IDENT && cc_is_type_ident(p->tok.u.ident);
}

/* What only the end of the unit shows about its file-scope names (6.9.2p2, 6.9p3). */
static void finish_names(CcParser *p)
{
    for (CcSym *s = p->cc->file_syms; s; s = s->next) {
        if (!s->name)
            continue;
        if (s->kind == SYM_VAR && s->tentative && s->type->incomplete && !ty_is_error(s->type)) {
            if (s->type->kind == TY_ARRAY) {
                diag_at(p->diag, DIAG_WARNING, W_NONE, s->loc, s->loc + s->name->n,
                        "array '%s' assumed to have one element", s->name->s);
                s->type = ty_array(p->cc, s->type->base, 1);
            } else {
                diag_at(p->diag, DIAG_ERROR, W_NONE, s->loc, s->loc + s->name->n, "storage size of '%s' isn't known",
                        s->name->s);
            }
        }
        if (s->linkage != LINK_INTERNAL || s->alias || s->attr_unused || s->attr_used)
            continue;
        if (s->kind == SYM_FUNC && !s->defined && s->used)
            diag_at(p->diag, DIAG_WARNING, W_NONE, s->loc, s->loc + s->name->n, "'%s' used but never defined",
                    s->name->s);
        else if (s->kind == SYM_FUNC && !s->defined)
            diag_at(p->diag, DIAG_WARNING, W_UNUSED_FUNCTION, s->loc, s->loc + s->name->n,
                    "'%s' declared 'static' but never defined",
                    s->name->s);
        else if (s->kind == SYM_FUNC && !s->used && !s->inline_spec && !s->constructor && !s->destructor)
            diag_at(p->diag, DIAG_WARNING, W_UNUSED_FUNCTION, s->loc, s->loc + s->name->n, "'%s' defined but not used",
                    s->name->s);
        else if (s->kind == SYM_VAR && s->depth == 0 && !s->used && !(s->type->quals & Q_CONST)
                 && !(s->type->kind == TY_ARRAY && (s->type->base->quals & Q_CONST)))
            diag_at(p->diag, DIAG_WARNING, W_UNUSED_VARIABLE, s->loc, s->loc + s->name->n, "'%s' defined but not used",
                    s->name->s);
    }
}

bool cc_parse_step(Cc *cc)
{
    CcParser *p = cc->parser;
    cc->node_arena = cc->fn;
    if (!p->started) {
        p->started = true;
        cc_next(p);
    }
    if (p->tok.kind != T_EOF) {
        cc_external_declaration(p);
        arena_reset(cc->fn);
        return true;
    }
    finish_names(p);
    /* Names may outlive this unit: leave nothing hanging on them. */
    for (uint32_t i = p->binds.n; i-- > 0;)
        p->binds.p[i].name->sym = p->binds.p[i].outer;
    for (uint32_t i = p->tags.n; i-- > 0;)
        p->tags.p[i].name->tag = p->tags.p[i].outer;
    p->binds.n = p->tags.n = 0;
    return false;
}
