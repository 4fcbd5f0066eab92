/* pp: a preprocessor's life: made over a context's shared parts, given predefinitions, then the main file. */
#include "pp/internal.h"

Pp *pp_new(Host *host, Arena *perm, Arena *unit, Intern *idents, SrcMap *sm, Diag *diag, const PpOptions *opt)
{
    static const struct { const char *s; uint16_t name; } names[] = {
#define PP_NAME_ROW(id, s) { s, N_##id },
        PP_NAMES(PP_NAME_ROW)
    };
    Pp *pp = arena_new(unit, Pp);
    pp->host = host;
    pp->perm = perm;
    pp->unit = unit;
    pp->idents = idents;
    pp->sm = sm;
    pp->diag = diag;
    pp->opt = *opt;
    pp->p = pp->text = pp->end = (const uint8_t *)"";
    map_init(&pp->files, perm);
    map_init(&pp->once, perm);
    map_init(&pp->pushed, unit);
    buf_init(&pp->tmp, unit);
    buf_init(&pp->clean, unit);
    for (uint32_t i = 0; i <= idents->mask; i++) /* a context's earlier unit may have left its macros */
        for (Ident *id = idents->table[i]; id; id = id->next)
            id->macro = NULL;
    for (uint32_t i = 0; i < countof(names); i++)
        intern_n(idents, names[i].s, strlen(names[i].s))->pp = names[i].name;
    pp_make_tables(pp);
    pp_add_builtins(pp);
    return pp;
}

void pp_set_has(Pp *pp, PpHas *attribute, PpHas *builtin, void *ctx)
{
    pp->has_attribute = attribute;
    pp->has_builtin = builtin;
    pp->has_ctx = ctx;
}

void pp_predefine(Pp *pp, const char *name, const char *text, size_t n)
{
    Token t;
    struct Printer *printer = pp->printer;
    pp->printer = NULL;
    if (pp_push_text(pp, name, text, n, NULL, -1, 0, false)) {
        do
            pp_next(pp, &t);
        while (t.kind != T_EOF);
        memset(&pp->in, 0, sizeof pp->in);
    }
    pp->printer = printer;
}

void pp_include_first(Pp *pp, const char *path)
{
    vec_push(pp->unit, &pp->first, path);
}

bool pp_enter_main(Pp *pp, const char *name, const char *text, size_t n)
{
    PpFile *f = arena_new(pp->perm, PpFile);
    PpDep d;
    f->path = name;
    f->text = text;
    f->n = n;
    f->exists = f->dep = true;
    pp->main_name = name;
    pp->main_file = f;
    d.name = name;
    d.system = false;
    vec_push(pp->perm, &pp->deps, d);
    if (!pp_push_text(pp, name, text, n, f, -1, 0, false))
        return false;
    pp->entered_main = true;
    if (pp->first.n)
        pp_push_first(pp);
    return true;
}

const char *pp_punct_name(TokenKind k)
{
    static const char *const names[] = {
#define PP_PUNCT_ROW(id, s) s,
        PP_PUNCTUATORS(PP_PUNCT_ROW)
    };
    return k > T_PLACEMARKER && k < T_COUNT ? names[k - T_PLACEMARKER - 1] : "";
}

/* 6.4.6p3: the other spellings of six punctuators. */
static const char *digraph(unsigned kind, uint32_t n)
{
    switch (kind) {
    case T_LBRACKET: return "<:";
    case T_RBRACKET: return ":>";
    case T_LBRACE: return "<%";
    case T_RBRACE: return "%>";
    case T_HASH: return "%:";
    default: return n == 4 ? "%:%:" : "##";
    }
}

void pp_spell(Buf *b, const Token *t)
{
    switch (t->kind) {
    case T_IDENT:
        buf_put(b, t->u.ident->s, t->u.ident->n);
        break;
    case T_NUMBER: case T_CHAR: case T_STRING: case T_HEADER: case T_OTHER:
        buf_put(b, t->u.text, t->n);
        break;
    default: {
        const char *s = pp_punct_name((TokenKind)t->kind);
        size_t n = strlen(s);
        bool has_digraph = t->kind == T_LBRACKET || t->kind == T_RBRACKET || t->kind == T_LBRACE || t->kind == T_RBRACE
            || t->kind == T_HASH || t->kind == T_HASHHASH;
        if (has_digraph && t->n > n) {
            s = digraph(t->kind, t->n);
            n = strlen(s);
        }
        buf_put(b, s, n);
        break;
    }
    }
}

const PpDep *pp_deps(const Pp *pp, uint32_t *n)
{
    *n = pp->deps.n;
    return pp->deps.p;
}
