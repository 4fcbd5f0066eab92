/* include: finding, entering and leaving files (C11 6.10.2). In: an #include line; out: the text to be lexed next.
 * One idea: every path is asked of the host once; a file whose whole text lies inside #ifndef X is not entered again while X
 * is defined, and neither is one with #pragma once or #import, by the file's identity. */
#include "pp/internal.h"

enum { MAX_INCLUDE = 200 };

PpFile *pp_file_at(Pp *pp, const char *path)
{
    size_t n = strlen(path);
    PpFile *f = map_get(&pp->files, path, n);
    if (f)
        return f;
    f = arena_new(pp->perm, PpFile);
    f->path = arena_strndup(pp->perm, path, n);
    *map_at(&pp->files, f->path, n) = f;
    f->exists = pp->host->read_file(pp->host->ctx, f->path, &f->text, &f->n, f->id) == 0 && f->text;
    return f;
}

bool pp_push_text(Pp *pp, const char *name, const char *text, size_t n, PpFile *file, int32_t dir, SrcLoc at, bool system)
{
    SrcFile *sf = src_add_file(pp->sm, name, text, n, at, system);
    if (!sf) {
        diag_error(pp->diag, at, "out of source locations: too much text included");
        pp_fatal(pp);
        return false;
    }
    if (pp->in.text) {
        pp->in.p = pp->p;
        vec_push(pp->unit, &pp->inputs, pp->in);
    }
    memset(&pp->in, 0, sizeof pp->in);
    pp->in.sf = sf;
    pp->in.file = file;
    pp->in.dir = dir;
    pp->in.conds = pp->conds.n;
    pp->in.text = pp->text = pp->p = (const uint8_t *)text;
    pp->in.end = pp->end = pp->text + n;
    pp->base = sf->base;
    pp->lexflags = TF_BOL;
    pp->in_directive = false;
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) /* byte order mark */
        pp->p += 3;
    if (file) {
        uint8_t quiet = pp->quiet;
        pp->quiet = QUIET_ALL;
        const uint8_t *p = pp_skip_blank(pp, pp->p, true);
        pp->quiet = quiet;
        pp->in.first_hash = *p == '#' ? p : NULL;
    }
    if (pp->printer)
        pp_print_enter(pp);
    return true;
}

void pp_pop_input(Pp *pp)
{
    pp->in = vec_last(&pp->inputs);
    pp->inputs.n--;
    pp->p = pp->in.p;
    pp->text = pp->in.text;
    pp->end = pp->in.end;
    pp->base = pp->in.sf->base;
    if (pp->printer)
        pp_print_leave(pp);
    if (!pp->inputs.n && pp->first_done < pp->first.n)
        pp_push_first(pp);
}

static void add_dep(Pp *pp, PpFile *f, bool system)
{
    if (f->dep)
        return;
    PpDep d;
    d.name = f->path;
    d.system = system;
    f->dep = true;
    vec_push(pp->perm, &pp->deps, d);
}

static const char *join(Pp *pp, const char *dir, size_t dir_n, const char *name, size_t n)
{
    pp->tmp.n = 0;
    buf_put(&pp->tmp, dir, dir_n);
    if (dir_n && dir[dir_n - 1] != '/')
        buf_u8(&pp->tmp, '/');
    buf_put(&pp->tmp, name, n);
    return buf_cstr(&pp->tmp);
}

/* 6.10.2p2, p3. *dir and *system tell where it was found. */
static PpFile *search(Pp *pp, const char *name, size_t n, bool quoted, bool next, int32_t *dir, bool *system)
{
    uint32_t i = 0;
    PpFile *f;
    *dir = -1;
    *system = pp->in.sf && pp->in.sf->system;
    if (!n || memchr(name, 0, n))
        return NULL;
    if (name[0] == '/') {
        f = pp_file_at(pp, join(pp, "", 0, name, n));
        return f->exists ? f : NULL;
    }
    next = next && pp->inputs.n; /* in the primary source file it is #include */
    if (next) {
        i = (uint32_t)(pp->in.dir + 1);
    } else if (quoted && pp->in.sf) {
        const char *cur = pp->in.file ? pp->in.file->path : pp->main_name ? pp->main_name : "";
        const char *slash = strrchr(cur, '/');
        f = pp_file_at(pp, join(pp, cur, slash ? (size_t)(slash + 1 - cur) : 0, name, n));
        if (f->exists)
            return f;
    }
    if (!quoted && i < pp->opt.nquote)
        i = pp->opt.nquote;
    for (; i < pp->opt.nquote + pp->opt.nangle; i++) {
        const PpPath *p = i < pp->opt.nquote ? &pp->opt.quote[i] : &pp->opt.angle[i - pp->opt.nquote];
        f = pp_file_at(pp, join(pp, p->dir, strlen(p->dir), name, n));
        if (f->exists) {
            *dir = (int32_t)i;
            *system = p->system;
            return f;
        }
    }
    return NULL;
}

/* Reads a header name, or tokens that expand to one (6.10.2p4): its text without the delimiters. */
static bool read_name(Pp *pp, const char *directive, const char **name, size_t *n, bool *quoted, SrcLoc *loc)
{
    Token t;
    const uint8_t *p = pp->nctx ? NULL : pp_skip_blank(pp, pp->p, false);
    if (p && (*p == '<' || *p == '"')) {
        pp_lex_header(pp, &t);
        *loc = t.loc;
        if (t.kind == T_HEADER) {
            *quoted = *t.u.text == '"';
            *name = t.u.text + 1;
            *n = t.n - 2;
            goto found;
        }
    } else {
        pp_next(pp, &t);
        *loc = t.loc;
    }
    if (t.kind == T_STRING && t.u.text[0] == '"' && t.n >= 2) {
        *quoted = true;
        *name = t.u.text + 1;
        *n = t.n - 2;
        goto found;
    }
    if (t.kind == T_LT) {
        Buf b;
        buf_init(&b, pp->unit);
        *quoted = false;
        for (pp_next(pp, &t); t.kind != T_GT && t.kind != T_NEWLINE && t.kind != T_EOF; pp_next(pp, &t)) {
            if (b.n && t.flags & TF_SPACE)
                buf_u8(&b, ' ');
            pp_spell(&b, &t);
        }
        if (t.kind != T_GT) {
            diag_error(pp->diag, *loc, "missing terminating > character");
            return false;
        }
        *name = buf_cstr(&b);
        *n = b.n;
        goto found;
    }
    if (*directive == '#')
        diag_error(pp->diag, *loc, "%s expects \"FILENAME\" or <FILENAME>", directive);
    else
        diag_error(pp->diag, *loc, "operator \"%s\" requires a header-name", directive);
    return false;
found:
    if (*n)
        return true;
    diag_error(pp->diag, *loc, "empty filename in %s", directive);
    return false;
}

/* Whether a file need not be entered. */
static bool is_done(Pp *pp, PpFile *f, bool import)
{
    if (f->guard && f->guard->macro && pp_is_macro(f->guard))
        return true;
    PpFile *same = map_get(&pp->once, (const char *)f->id, sizeof f->id);
    if (same)
        return true;
    if (import) {
        if (f->imported)
            return true;
        *map_at(&pp->once, (const char *)f->id, sizeof f->id) = f;
    }
    return false;
}

void pp_include(Pp *pp, enum PpName kind, SrcLoc at)
{
    static const char *const names[] = { "#include", "#include_next", "#import" };
    const char *name, *directive = names[kind - N_INCLUDE];
    size_t n;
    bool quoted, system;
    int32_t dir;
    SrcLoc loc;
    Token t;
    if (!read_name(pp, directive, &name, &n, &quoted, &loc)) {
        do
            pp_next_raw_token(pp, &t);
        while (t.kind != T_NEWLINE && t.kind != T_EOF);
        return;
    }
    bool extra = false;
    for (pp_next_raw_token(pp, &t); t.kind != T_NEWLINE && t.kind != T_EOF; pp_next_raw_token(pp, &t)) {
        if (!extra)
            diag_at(pp->diag, DIAG_PEDWARN, W_NONE, t.loc, 0, "extra tokens at end of %s directive", directive);
        extra = true;
    }
    pp_skip_line(pp);
    if (kind == N_INCLUDE_NEXT && !pp->inputs.n)
        diag_at(pp->diag, DIAG_WARNING, W_NONE, at, 0, "#include_next in primary source file");
    if (pp->inputs.n >= MAX_INCLUDE) {
        diag_error(pp->diag, loc, "#include nested depth %u exceeds maximum of %u", pp->inputs.n + 1, MAX_INCLUDE);
        pp_fatal(pp);
        return;
    }
    PpFile *f = search(pp, name, n, quoted, kind == N_INCLUDE_NEXT, &dir, &system);
    if (!f) {
        diag_error(pp->diag, loc, "%.*s: No such file or directory", (int)n, name);
        pp_fatal(pp);
        return;
    }
    add_dep(pp, f, system);
    if (!is_done(pp, f, kind == N_IMPORT))
        pp_push_text(pp, f->path, f->text, f->n, f, dir, at, system);
}

bool pp_has_include(Pp *pp, bool next)
{
    Token t;
    const char *name;
    size_t n;
    bool quoted, system;
    int32_t dir;
    SrcLoc loc;
    const char *what = next ? "__has_include_next" : "__has_include";
    pp_next_raw_token(pp, &t);
    if (t.kind != T_LPAREN) {
        diag_error(pp->diag, t.loc, "missing '(' before \"%s\" operand", what);
        return false;
    }
    if (!read_name(pp, what, &name, &n, &quoted, &loc))
        return false;
    pp_next_raw_token(pp, &t);
    if (t.kind != T_RPAREN) {
        diag_error(pp->diag, t.loc, "missing ')' after \"%s\" operand", what);
        return false;
    }
    return search(pp, name, n, quoted, next, &dir, &system) != NULL;
}

void pp_push_first(Pp *pp)
{
    const char *path = pp->first.p[pp->first_done++];
    int32_t dir = -1;
    bool system = false;
    PpFile *f = pp_file_at(pp, path);
    if (!f->exists)
        f = search(pp, path, strlen(path), true, false, &dir, &system);
    if (!f) {
        diag_file(pp->diag, DIAG_ERROR, "<command-line>", "%s: No such file or directory", path);
        pp_fatal(pp);
        return;
    }
    add_dep(pp, f, system);
    if (!is_done(pp, f, false))
        pp_push_text(pp, f->path, f->text, f->n, f, dir, 0, system);
    else if (pp->first_done < pp->first.n)
        pp_push_first(pp);
}
