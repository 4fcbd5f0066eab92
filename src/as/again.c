/* again.c: one instruction assembled again, for print.c, which trusts no text before it has given the bytes it was made from. In: a
 * line of text. Out: the word in front of it with which it gives the bytes. The assembler behind it is one that lives as long as the
 * printer; nothing it makes is kept. */
#include "as/as_core.h"

#include "arch/arch.h"

static void no_sink(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    (void)s;
    (void)n;
}

void as_again_init(AsAgain *g, Host *host, Arena *a, const struct Target *t)
{
    As *as = g->as = arena_new(a, As);
    g->prefer = t->dis->prefer;
    as->host = host;
    as->arena = a;
    as->sm = arena_new(a, SrcMap);
    src_init(as->sm, a);
    as->diag = arena_new(a, Diag);
    diag_init(as->diag, as->sm, a, no_sink, NULL);
    as->diag->max_errors = 0;
    as->t = t;
    as->ta = t->as;
    intern_init(&as->names, a);
    map_init(&as->sec_map, a);
    map_init(&as->numeric, a);
    as->state = as->ta->begin(as);
    as->in.file = &g->file;
    as_section(as, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 0, NULL);
}

void as_again_run(AsAgain *g, const char *text, size_t n)
{
    As *as = g->as;
    const char *end = text + n, *q, *same = NULL;
    g->file.text = text;
    g->file.n = (uint32_t)n;
    while (text < end) {
        while (*text == '\t')
            text++;
        as->in.p = as->stmt = text;
        as->in.end = end;
        for (q = text; as_is_name(*q, q == text); q++)
            ;
        if (as->ta->directive)
            as->ta->directive(as, text, (size_t)(q - text), q, &same);
        while (text < end && *text++ != '\n')
            ;
    }
}

/* The size a branch to a label gets. Where it is near the end of a level's reach, others may shrink and bring it in: then this is
 * the smaller one, so that the instruction has to be told in another way. */
static unsigned size_to_label(const As *as, unsigned kind, int64_t distance)
{
    unsigned level = 0;
    const AsBranchLevel *l = as->ta->branch_level(kind, 0), *next;
    while ((distance / 2 < l->lo || distance / 2 > l->hi) && (next = as->ta->branch_level(kind, ++level)) != NULL)
        l = next;
    return l->size;
}

/* Whether the text gives these bytes, fields with symbols apart. */
static bool gives(AsAgain *g, const char *text, size_t n, const uint8_t *p, unsigned len, const int64_t *distance)
{
    As *as = g->as;
    AsSec *s = as->secs.p[0];
    const char *q = text, *end;
    uint32_t i, errors = as->diag->errors;
    unsigned k;
    s->data.n = 0;
    s->fixups.n = 0;
    s->frags.n = 1;
    memset(&s->frags.p[0], 0, sizeof(AsFrag));
    as->in.p = as->stmt = text;
    as->in.end = text + n;
    while (as_is_name(*q, q == text))
        q++;
    end = as->ta->insn(as, text, q);
    if (as->diag->errors != errors || s->frags.n > 2)
        return false;
    as_skip(as, &end);
    if (!as_at_end(as, end))
        return false;
    if (s->frags.n == 2) {
        const AsFrag *f = &s->frags.p[0];
        unsigned level = 0;
        if (f->kind != AFR_BRANCH || f->n)
            return false;
        if (distance)
            return size_to_label(as, f->branch, *distance) == len;
        while (as->ta->branch_level(f->branch, level + 1)) /* what keeps its relocation has the greatest size */
            level++;
        return as->ta->branch_level(f->branch, level)->size == len;
    }
    if (s->data.n != len)
        return false;
    if (distance && s->fixups.n == 1 && s->fixups.p[0].f.pcrel && s->fixups.p[0].f.hint && as->ta->put &&
        as->ta->put(&s->fixups.p[0].f, s->data.p + s->fixups.p[0].off, *distance) > 0)
        s->fixups.n = 0;
    for (k = 0; k < len; k++) {
        bool field = false;
        for (i = 0; i < s->fixups.n; i++)
            field |= k >= s->fixups.p[i].off && k < s->fixups.p[i].off + s->fixups.p[i].f.size;
        if (s->data.p[k] != p[k] && !(field && !s->data.p[k])) /* a field is zero, as far as it is whole bytes */
            return false;
    }
    return true;
}

const char *as_again_word(AsAgain *g, const uint8_t *p, unsigned len, const Buf *text, const int64_t *distance)
{
    static const char *const none[] = { NULL };
    const char *const *prefer = g->prefer ? g->prefer : none;
    const char *word = "";
    Buf line;
    buf_init(&line, g->as->arena);
    for (;;) {
        line.n = 0;
        buf_str(&line, word);
        buf_put(&line, text->p, text->n);
        buf_str(&line, "\n");
        g->file.text = buf_cstr(&line);
        g->file.n = (uint32_t)line.n;
        if (gives(g, g->file.text, line.n, p, len, distance))
            return word;
        if (!*prefer)
            return NULL;
        word = *prefer++;
    }
}
