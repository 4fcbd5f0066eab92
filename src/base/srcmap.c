/* srcmap: numbers for places in source, and back. Files and macro expansions take disjoint ranges of one space of
 * numbers in the order they are entered, so both lists are ascending and a place is found by halving. */
#include "base/base.h"

void src_init(SrcMap *sm, Arena *a)
{
    memset(sm, 0, sizeof *sm);
    sm->arena = a;
    sm->next = 1;
}

/* Reserves n numbers; 0 when there are not that many left. */
static SrcLoc reserve(SrcMap *sm, uint64_t n)
{
    SrcLoc base = sm->next;
    if (n > (uint64_t)UINT32_MAX - base)
        return 0;
    sm->next = (SrcLoc)(base + n);
    return base;
}

SrcFile *src_add_file(SrcMap *sm, const char *name, const char *text, size_t n, SrcLoc included_at, bool system)
{
    SrcLoc base = reserve(sm, (uint64_t)n + 1);
    if (!base)
        return NULL;
    SrcFile *f = arena_new(sm->arena, SrcFile);
    f->name = name;
    f->text = text;
    f->n = (uint32_t)n;
    f->base = base;
    f->included_at = included_at;
    f->system = system;
    vec_push(sm->arena, &sm->files, f);
    return f;
}

SrcLoc src_add_expansion(SrcMap *sm, const Ident *macro, SrcLoc spelled, uint32_t n, SrcLoc at)
{
    SrcLoc base = n ? reserve(sm, n) : 0;
    if (!base)
        return 0;
    SrcExpansion e;
    e.base = base;
    e.n = n;
    e.spelled = spelled;
    e.at = at;
    e.macro = macro;
    vec_push(sm->arena, &sm->expansions, e);
    return base;
}

const SrcExpansion *src_expansion(const SrcMap *sm, SrcLoc loc)
{
    uint32_t lo = 0, hi = sm->expansions.n;
    while (lo < hi) { /* the last one with base <= loc is at lo - 1 */
        uint32_t mid = lo + (hi - lo) / 2;
        if (sm->expansions.p[mid].base <= loc)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (!lo)
        return NULL;
    const SrcExpansion *e = &sm->expansions.p[lo - 1];
    return loc - e->base < e->n ? e : NULL;
}

SrcLoc src_file_loc(const SrcMap *sm, SrcLoc loc)
{
    const SrcExpansion *e;
    while (loc && (e = src_expansion(sm, loc)) != NULL)
        loc = e->at < e->base ? e->at : 0;
    return loc;
}

SrcFile *src_file(const SrcMap *sm, SrcLoc loc)
{
    uint32_t lo = 0, hi = sm->files.n;
    loc = src_file_loc(sm, loc);
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (sm->files.p[mid]->base <= loc)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (!lo)
        return NULL;
    SrcFile *f = sm->files.p[lo - 1];
    return loc - f->base <= f->n ? f : NULL;
}

static void index_lines(const SrcMap *sm, SrcFile *f)
{
    uint32_t n = 1;
    for (uint32_t i = 0; i < f->n; i++)
        n += f->text[i] == '\n';
    f->lines = arena_alloc(sm->arena, n * sizeof *f->lines);
    f->lines[0] = 0;
    f->nlines = 1;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->text[i] == '\n')
            f->lines[f->nlines++] = i + 1;
}

/* The 0-based physical line that holds a byte. */
static uint32_t line_of(const SrcFile *f, uint32_t offset)
{
    uint32_t lo = 0, hi = f->nlines;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->lines[mid] <= offset)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

SrcPos src_pos(const SrcMap *sm, SrcLoc loc)
{
    SrcPos p;
    memset(&p, 0, sizeof p);
    loc = src_file_loc(sm, loc);
    SrcFile *f = src_file(sm, loc);
    if (!f)
        return p;
    if (!f->lines)
        index_lines(sm, f);
    uint32_t offset = loc - f->base;
    uint32_t line = line_of(f, offset);
    uint32_t end = line + 1 < f->nlines ? f->lines[line + 1] - 1 : f->n;
    p.file = f;
    p.name = f->name;
    p.line = line + 1;
    p.col = offset - f->lines[line] + 1;
    p.text = f->text + f->lines[line];
    p.text_n = end - f->lines[line];
    if (p.text_n && p.text[p.text_n - 1] == '\r')
        p.text_n--;

    uint32_t lo = 0, hi = f->marks.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->marks.p[mid].offset <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo) {
        p.line = f->marks.p[lo - 1].line + (line - line_of(f, f->marks.p[lo - 1].offset));
        while (lo && !f->marks.p[lo - 1].name)
            lo--;
        if (lo)
            p.name = f->marks.p[lo - 1].name;
    }
    return p;
}
