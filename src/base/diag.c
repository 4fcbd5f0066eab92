/* diag: messages for people about their input. Takes a place, a kind and a text; decides whether it is shown (options,
 * system headers, limits) and renders it whole before the sink sees it:
 *   In file included from a.c:1:
 *   x.h:3:9: error: text [-Wname]
 *    line of source
 *            ^~~~
 * and, when the place lies in macros, one note a level from the outermost inwards. */
#include "base/base.h"

enum { WINDOW = 160, BEFORE = 60, MAX_LEVELS = 8 };

#define NAME_ROW(id, name, def, all, extra) name,
static const char *const names[] = { DIAG_WARNINGS(NAME_ROW) };
#define FLAG_ROW(id, name, def, all, extra) { def, all, extra },
static const struct { uint8_t def, all, extra; } flags[] = { DIAG_WARNINGS(FLAG_ROW) };

/* gcc's names of warnings that idem never gives: known, without effect. */
static const char *const unused_names[] = {
    "abi", "aggregate-return", "alloca", "array-bounds", "bad-function-cast", "c++-compat", "c90-c99-compat",
    "c99-c11-compat", "cast-align", "cast-function-type", "cast-qual", "char-subscripts", "clobbered", "conversion",
    "dangling-else", "date-time", "disabled-optimization", "double-promotion", "duplicate-decl-specifier",
    "duplicated-branches", "duplicated-cond", "float-conversion", "float-equal", "format-nonliteral", "format-overflow",
    "format-security", "format-signedness", "format-truncation", "format-y2k", "frame-larger-than",
    "ignored-qualifiers",
    "init-self", "inline", "int-to-pointer-cast", "invalid-pch", "jump-misses-init", "larger-than", "logical-op",
    "long-long", "maybe-uninitialized", "misleading-indentation", "missing-braces", "missing-declarations",
    "missing-include-dirs", "missing-noreturn", "multistatement-macros", "nested-externs", "nonnull", "nonnull-compare",
    "null-dereference", "old-style-declaration", "old-style-definition", "overlength-strings", "packed", "padded",
    "pointer-to-int-cast", "psabi", "redundant-decls", "restrict", "sequence-point", "stack-protector",
    "stack-usage", "strict-aliasing", "strict-overflow", "stringop-overflow", "stringop-truncation",
    "suggest-attribute", "switch-bool", "switch-default", "sync-nand", "system-headers", "traditional",
    "traditional-conversion", "trampolines", "type-limits", "typedef-redefinition", "unsafe-loop-optimizations",
    "unsuffixed-float-constants", "unused", "unused-const-variable", "unused-local-typedefs", "unused-macros",
    "variadic-macros", "vector-operation-performance", "volatile-register-var", "write-strings",
    "zero-as-null-pointer-constant", "zero-length-bounds",
};

void diag_init(Diag *d, SrcMap *sm, Arena *a, DiagSink *sink, void *ctx)
{
    memset(d, 0, sizeof *d);
    d->sm = sm;
    d->arena = a;
    d->sink = sink;
    d->sink_ctx = ctx;
    d->max_errors = 20;
    for (unsigned i = 0; i < W_COUNT; i++)
        d->on[i] = flags[i].def;
    buf_init(&d->text, a);
}

static bool same_name(const char *name, const char *s, size_t n)
{
    return strlen(name) == n && memcmp(name, s, n) == 0;
}

static void set_group(Diag *d, bool extra, uint8_t on)
{
    for (unsigned i = 1; i < W_COUNT; i++)
        if ((extra ? flags[i].extra : flags[i].all) && !flags[i].def && !d->named[i])
            d->on[i] = on;
}

/* Switches what -W names: on 0, 1, 2 or 3 as in Diag.on. */
static bool set_name(Diag *d, const char *w, uint8_t on)
{
    const char *level = strchr(w, '=');
    size_t n = level ? (size_t)(level - w) : strlen(w);
    bool found = false;
    if (same_name("all", w, n) || same_name("extra", w, n)) {
        set_group(d, w[0] == 'e', on);
        return true;
    }
    if (same_name("system-headers", w, n)) {
        d->system_warnings = on != 0;
        return true;
    }
    for (unsigned i = 1; i < W_COUNT; i++) {
        bool group = same_name("unused", w, n) && strncmp(names[i], "unused-", 7) == 0 && flags[i].all && !flags[i].def;
        if (!group && !same_name(names[i], w, n))
            continue;
        found = true;
        if (level && on == 1 && same_name("0", level + 1, strlen(level + 1)))
            d->on[i] = 0;
        else
            d->on[i] = on;
        d->named[i] = !group || d->named[i];
    }
    for (unsigned i = 0; i < countof(unused_names) && !found; i++)
        found = same_name(unused_names[i], w, n);
    return found;
}

bool diag_option(Diag *d, const char *w)
{
    bool no = strncmp(w, "no-", 3) == 0;
    const char *name = no ? w + 3 : w;
    if (strcmp(name, "error") == 0) {
        d->werror = !no;
        return true;
    }
    if (strcmp(name, "fatal-errors") == 0) {
        d->max_errors = no ? 20 : 1;
        return true;
    }
    if (strncmp(name, "error=", 6) == 0)
        return set_name(d, name + 6, no ? 3 : 2);
    return set_name(d, name, !no);
}

/* ---- rendering ---- */

static const char *const red = "\033[1;31m", *const magenta = "\033[1;35m", *const cyan = "\033[1;36m",
                  *const bold = "\033[1m", *const green = "\033[1;32m", *const plain = "\033[0m";

static void paint(Diag *d, const char *sgr)
{
    if (d->color)
        buf_str(&d->text, sgr);
}

/* Tells the chain of #includes that leads to f, once until another file speaks. */
static void put_include_stack(Diag *d, const SrcFile *f)
{
    if (f->included_at == d->last_include)
        return;
    d->last_include = f->included_at;
    unsigned depth = 0;
    for (SrcLoc at = f->included_at; at;) {
        SrcPos p = src_pos(d->sm, at);
        if (!p.file)
            break;
        if (depth == 200) {
            buf_str(&d->text, ",\n                 from ...");
            break;
        }
        buf_str(&d->text, depth++ ? ",\n                 from " : "In file included from ");
        paint(d, bold);
        buf_fmt(&d->text, "%s:%u", p.name, p.line);
        paint(d, plain);
        at = p.file->included_at;
    }
    if (depth)
        buf_str(&d->text, ":\n");
}

/* One step through a source line: the bytes taken, and whether they are something a terminal must not see. */
static unsigned step(const char *s, size_t n, bool *bad)
{
    uint32_t c;
    unsigned k = utf8_decode(s, n, &c);
    *bad = k == 0 || (c < 0x20 && c != '\t') || c == 0x7f || (c >= 0x80 && c < 0xa0);
    return k ? k : 1;
}

static bool inside_char(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* The line of source and the marks under bytes [from, to) of it, 0-based; long lines are cut to a window around. */
static void put_snippet(Diag *d, const SrcPos *p, uint32_t from, uint32_t to)
{
    Buf *b = &d->text;
    uint32_t lo = 0, hi = p->text_n;
    if (p->text_n > WINDOW) {
        lo = from > BEFORE ? from - BEFORE : 0;
        if (lo + WINDOW > p->text_n)
            lo = p->text_n - WINDOW;
        hi = lo + WINDOW;
        while (lo > 0 && inside_char((uint8_t)p->text[lo]))
            lo--;
        while (hi < p->text_n && inside_char((uint8_t)p->text[hi]))
            hi++;
    }
    if (to > hi)
        to = hi;
    buf_u8(b, ' ');
    if (lo)
        buf_str(b, "...");
    for (uint32_t i = lo; i < hi;) {
        bool bad;
        unsigned k = step(p->text + i, hi - i, &bad);
        if (bad)
            buf_u8(b, '?');
        else
            buf_put(b, p->text + i, k);
        i += k;
    }
    buf_str(b, hi < p->text_n ? "...\n" : "\n");

    buf_str(b, lo ? "    " : " ");
    for (uint32_t i = lo; i < from && i < hi;) {
        bool bad;
        unsigned k = step(p->text + i, hi - i, &bad);
        buf_u8(b, p->text[i] == '\t' ? '\t' : ' ');
        i += k;
    }
    paint(d, green);
    buf_u8(b, '^');
    for (uint32_t i = from + 1; i < to; i++)
        if (!inside_char((uint8_t)p->text[i]))
            buf_u8(b, '~');
    paint(d, plain);
    buf_u8(b, '\n');
}

/* "name:line:col: kind: " and the text formatted by the caller behind it. */
static void put_head(Diag *d, const char *name, const SrcPos *p, const char *sgr, const char *kind)
{
    paint(d, bold);
    if (p)
        buf_fmt(&d->text, "%s:%u:%u: ", name, p->line, p->col);
    else
        buf_fmt(&d->text, "%s: ", name);
    paint(d, plain);
    paint(d, sgr);
    buf_fmt(&d->text, "%s: ", kind);
    paint(d, plain);
}

/* The length of the word at the place of a message that has no range, at least 1. */
static uint32_t word_at(const SrcPos *p, uint32_t from, uint32_t n)
{
    return from < p->text_n && n > p->text_n - from ? p->text_n - from : n;
}

/* The bytes of p's line to mark: [loc, end) where both stand in one file. */
static void put_range(Diag *d, const SrcPos *p, SrcLoc loc, SrcLoc end)
{
    SrcLoc at = src_file_loc(d->sm, loc);
    uint32_t from = p->col - 1, len = 1;
    SrcLoc last = end > 0 ? src_file_loc(d->sm, end - 1) : 0;
    if (end && last > at && last - p->file->base <= p->file->n) {
        len = last - at + 1;
    } else if (at != loc) { /* all of it inside one macro: mark the name */
        SrcLoc outer = loc;
        const SrcExpansion *e = src_expansion(d->sm, loc), *top = e;
        while (e) {
            top = e;
            outer = e->at;
            e = src_expansion(d->sm, outer);
        }
        if (top && top->macro)
            len = top->macro->n;
    }
    put_snippet(d, p, from, from + word_at(p, from, len));
}

static void flush(Diag *d)
{
    d->sink(d->sink_ctx, (const char *)d->text.p, d->text.n);
    d->text.n = 0;
}

/* One note a macro that `loc` lies in, from the outermost inwards, at the place in its body. */
static void put_expansions(Diag *d, SrcLoc loc)
{
    unsigned levels = 0, level = 0;
    const SrcExpansion *e;
    for (SrcLoc at = loc; at && (e = src_expansion(d->sm, at)) != NULL; at = e->at)
        levels++;
    for (level = levels; level-- > 0;) {
        if (levels > MAX_LEVELS && level < levels - MAX_LEVELS / 2 && level >= MAX_LEVELS / 2) {
            if (level == MAX_LEVELS / 2) {
                paint(d, cyan);
                buf_str(&d->text, "note: ");
                paint(d, plain);
                buf_fmt(&d->text, "(%u expansions not shown)\n", levels - MAX_LEVELS);
            }
            continue;
        }
        SrcLoc at = loc;
        unsigned i = 0;
        for (e = src_expansion(d->sm, at); i < level; i++) {
            at = e->at;
            e = src_expansion(d->sm, at);
        }
        if (!e->spelled)
            continue;
        SrcPos p = src_pos(d->sm, e->spelled + (at - e->base));
        if (!p.file)
            continue;
        put_include_stack(d, p.file);
        put_head(d, p.name, &p, cyan, "note");
        buf_fmt(&d->text, "in expansion of macro '%s'\n", e->macro ? e->macro->s : "?");
        put_snippet(d, &p, p.col - 1, p.col);
    }
}

/* ---- policy ---- */

static bool in_system(const Diag *d, SrcLoc loc)
{
    if (!d->sm) /* before there is any source: options */
        return false;
    const SrcFile *f = src_file(d->sm, loc);
    if (f && f->system)
        return true;
    const SrcExpansion *e = src_expansion(d->sm, loc);
    if (!e || !e->spelled)
        return false;
    f = src_file(d->sm, e->spelled);
    return f && f->system;
}

/* Whether a message is shown, and as what: kind becomes DIAG_ERROR where options make it one. */
static bool decide(Diag *d, DiagKind *kind, DiagWarning w, SrcLoc loc)
{
    if (d->stopped)
        return false;
    if (*kind == DIAG_NOTE)
        return d->last_shown;
    if (*kind == DIAG_ERROR)
        return true;
    if (!d->on[w])
        return false;
    if (*kind == DIAG_PEDWARN && d->pedantic_errors && d->on[w] != 3) {
        *kind = DIAG_ERROR;
        return d->system_warnings || !in_system(d, loc);
    }
    *kind = DIAG_WARNING;
    if (d->quiet_warnings || (!d->system_warnings && in_system(d, loc)))
        return false;
    if (d->on[w] == 2 || (d->werror && d->on[w] != 3))
        *kind = DIAG_ERROR;
    return true;
}

static void count(Diag *d, DiagKind kind)
{
    if (kind == DIAG_WARNING)
        d->warnings++;
    if (kind != DIAG_ERROR)
        return;
    d->errors++;
    if (d->max_errors && d->errors >= d->max_errors) {
        d->stopped = true;
        buf_fmt(&d->text, "compilation stopped after %u error%s (-fmax-errors=%u)\n", d->errors,
                d->errors == 1 ? "" : "s", d->max_errors);
    }
}

static void put_tail(Diag *d, DiagKind kind, DiagKind asked, DiagWarning w)
{
    if (w != W_NONE && asked != DIAG_NOTE && asked != DIAG_ERROR) {
        const char *how = kind == DIAG_ERROR ? d->pedantic_errors && asked == DIAG_PEDWARN ? "-W" : "-Werror=" : "-W";
        buf_str(&d->text, " [");
        paint(d, kind == DIAG_ERROR ? red : magenta);
        buf_fmt(&d->text, "%s%s", how, names[w]);
        paint(d, plain);
        buf_u8(&d->text, ']');
    } else if (w == W_NONE && kind == DIAG_ERROR && asked == DIAG_WARNING) {
        buf_str(&d->text, " [-Werror]");
    }
    buf_u8(&d->text, '\n');
}

void diag_vat(Diag *d, DiagKind asked, DiagWarning w, SrcLoc loc, SrcLoc end, const char *fmt, va_list ap)
{
    static const char *const words[] = { "note", "warning", "warning", "error" };
    DiagKind kind = asked;
    bool shown = decide(d, &kind, w, loc);
    if (asked != DIAG_NOTE)
        d->last_shown = shown;
    if (!shown)
        return;
    SrcPos p = src_pos(d->sm, loc);
    const char *sgr = kind == DIAG_ERROR ? red : kind == DIAG_NOTE ? cyan : magenta;
    if (p.file)
        put_include_stack(d, p.file);
    put_head(d, p.file ? p.name : "idem", p.file ? &p : NULL, sgr, words[kind]);
    paint(d, bold);
    buf_vfmt(&d->text, fmt, ap);
    paint(d, plain);
    put_tail(d, kind, asked, w);
    if (p.file) {
        put_range(d, &p, loc, end);
        put_expansions(d, loc);
    }
    count(d, kind);
    flush(d);
}

void diag_at(Diag *d, DiagKind kind, DiagWarning w, SrcLoc loc, SrcLoc end, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(d, kind, w, loc, end, fmt, ap);
    va_end(ap);
}

void diag_error(Diag *d, SrcLoc loc, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(d, DIAG_ERROR, W_NONE, loc, 0, fmt, ap);
    va_end(ap);
}

void diag_warn(Diag *d, DiagWarning w, SrcLoc loc, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(d, DIAG_WARNING, w, loc, 0, fmt, ap);
    va_end(ap);
}

void diag_note(Diag *d, SrcLoc loc, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(d, DIAG_NOTE, W_NONE, loc, 0, fmt, ap);
    va_end(ap);
}

void diag_file(Diag *d, DiagKind asked, const char *name, const char *fmt, ...)
{
    static const char *const words[] = { "note", "warning", "warning", "error" };
    DiagKind kind = asked;
    bool shown = decide(d, &kind, W_NONE, 0);
    if (asked != DIAG_NOTE)
        d->last_shown = shown;
    if (!shown)
        return;
    va_list ap;
    va_start(ap, fmt);
    put_head(d, name, NULL, kind == DIAG_ERROR ? red : kind == DIAG_NOTE ? cyan : magenta, words[kind]);
    buf_vfmt(&d->text, fmt, ap);
    va_end(ap);
    put_tail(d, kind, asked, W_NONE);
    count(d, kind);
    flush(d);
}
