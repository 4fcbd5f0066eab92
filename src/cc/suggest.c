/* suggest: the declared name that a misspelt one may have meant, by edit distance (insertions, deletions, substitutions
 * and swaps of neighbours), near enough by gcc's measure. Called for errors only, so it looks at everything. */
#include "cc/parse.h"

enum { MAX_NAME = 64,
       MAX_ASKED = 64 };       /* a unit with more mistakes than that has other worries */

typedef struct Best {
    const Ident *wrong, *name;
    uint32_t distance;
} Best;

/* How far apart two spellings may be to be thought of as one. */
static uint32_t cutoff(uint32_t a, uint32_t b)
{
    uint32_t most = a > b ? a : b, least = a > b ? b : a;
    if (most <= 1)
        return 0;
    if (most - least <= 1)
        return most / 3 > 1 ? most / 3 : 1;
    return (most + 2) / 3;
}

static uint32_t min3(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t m = a < b ? a : b;
    return m < c ? m : c;
}

static uint32_t distance(const Ident *a, const Ident *b)
{
    uint32_t rows[3][MAX_NAME + 1];
    for (uint32_t j = 0; j <= b->n; j++)
        rows[0][j] = j;
    for (uint32_t i = 1; i <= a->n; i++) {
        uint32_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (uint32_t j = 1; j <= b->n; j++) {
            bool same = a->s[i - 1] == b->s[j - 1];
            now[j] = min3(now[j - 1] + 1, last[j] + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && a->s[i - 1] == b->s[j - 2] && a->s[i - 2] == b->s[j - 1]
                && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
    }
    return rows[a->n % 3][b->n];
}

static void consider(Best *best, const Ident *name)
{
    const Ident *w = best->wrong;
    uint32_t most = cutoff(w->n, name->n), apart = w->n > name->n ? w->n - name->n : name->n - w->n;
    if (name == w || name->n > MAX_NAME || apart > most || apart >= best->distance)
        return;
    if (name->s[0] == '_' && w->s[0] != '_') /* nobody means a reserved name */
        return;
    uint32_t d = distance(w, name);
    if (d <= most && d < best->distance) {
        best->distance = d;
        best->name = name;
    }
}

static const char *told(CcParser *p, const Best *best)
{
    return best->name ? arena_fmt(p->cc->unit, "; did you mean '%s'?", best->name->s) : "";
}

const char *cc_suggest(CcParser *p, const Ident *wrong, unsigned kinds)
{
    Best best;
    best.wrong = wrong;
    best.name = NULL;
    best.distance = UINT32_MAX;
    if (wrong->n > MAX_NAME || p->suggested++ >= MAX_ASKED)
        return "";
    for (uint32_t i = p->binds.n; i-- > 0;) {
        const CcBinding *b = &p->binds.p[i];
        if (b->name->sym == b->sym && (1u << b->sym->kind & kinds) && !ty_is_error(b->sym->type) && !b->sym->implicit)
            consider(&best, b->name);
    }
    return told(p, &best);
}

static void members(Best *best, const CcRecord *r)
{
    for (const CcMember *m = r->members; m; m = m->next) {
        if (m->name)
            consider(best, m->name);
        else if (ty_is_record(m->type))
            members(best, m->type->u.rec);
    }
}

const char *cc_suggest_member(CcParser *p, const Ident *wrong, const Type *record)
{
    Best best;
    best.wrong = wrong;
    best.name = NULL;
    best.distance = UINT32_MAX;
    if (wrong->n <= MAX_NAME && p->suggested++ < MAX_ASKED)
        members(&best, record->u.rec);
    return told(p, &best);
}
