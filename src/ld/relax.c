/* relax.c: shorter code by deletion (RISC-V psABI, "Linker Relaxation"). A compiler writes the longest form and a hint; the target says
 * what shorter form reaches. Also alignment that the assembler left to the linker: it wrote the most padding there could be.
 * In: a layout. Out: another one, cuts and new instructions on input sections, which stay as read; every offset of an input goes through
 * ld_cut_offset. Rounds of measuring and laying out, until nothing changes: forms get shorter, and one that stops to reach goes back for
 * good, so the rounds end, and the last one saw the final addresses. */
#include "ld/ld_int.h"

/* All upper and lower parts of one file against one symbol. A compiler may take the upper part for one address and the lower for another
 * nearby, so all of them go or none. */
typedef struct Group {
    int64_t lo, hi;            /* addends */
    bool any, fixed;           /* fixed: one of them must stay */
} Group;

typedef struct Part {
    LdSec *s;
    Group *groups;             /* by symbol of the file */
} Part;

typedef struct Relax {
    Ld *l;
    VEC(Part) parts;
} Relax;

uint64_t ld_cut_offset(const LdSec *s, uint64_t off)
{
    uint32_t lo = 0, hi = s->ncuts;
    uint64_t gone;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->cuts[mid].end <= off)
            lo = mid + 1;
        else
            hi = mid;
    }
    gone = lo ? s->cuts[lo - 1].total : 0;
    return (lo < s->ncuts && s->cuts[lo].at < off ? s->cuts[lo].at : off) - gone;
}

/* ---- what may be rewritten ---- */

static bool is_hinted(const Ld *l, const ObjSec *o, uint32_t i)
{
    return i + 1 < o->relocs.n && o->relocs.p[i + 1].type == l->tl->relax_reloc && o->relocs.p[i + 1].offset == o->relocs.p[i].offset;
}

static bool is_part(const Ld *l, const LdSec *s)
{
    uint32_t i;
    if (!s->out || s->pieces || !s->data || s->o->type == SHT_NOBITS)
        return false;
    for (i = 0; i < s->o->relocs.n; i++)
        if (s->o->relocs.p[i].type == l->tl->align_reloc || (s->o->relocs.p[i].type == l->tl->relax_reloc && !l->opt->no_relax))
            return true;
    return false;
}

static int compare_offset(const void *a, const void *b, void *ctx)
{
    const ObjReloc *x = a, *y = b;
    (void)ctx;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void sort_relocs(Ld *l, ObjSec *o)
{
    uint32_t i;
    for (i = 1; i < o->relocs.n; i++)
        if (o->relocs.p[i].offset < o->relocs.p[i - 1].offset)
            break;
    if (i < o->relocs.n)
        rt_sort(o->relocs.p, o->relocs.n, sizeof(ObjReloc), arena_alloc(l->a, o->relocs.n * sizeof(ObjReloc)), compare_offset, NULL);
}

/* The relocation that a lower part's label stands at, + 1. */
static uint32_t find_upper(const Ld *l, const LdSec *s, const LdSym *label)
{
    const ObjReloc *p = s->o->relocs.p;
    uint32_t lo = 0, hi = s->o->relocs.n;
    if (label->sec != s)
        return 0;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p[mid].offset < label->value)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->o->relocs.n && p[lo].offset == label->value; lo++)
        if (l->tl->relax_kind(p[lo].type) == RELAX_UPPER)
            return lo + 1;
    return 0;
}

static bool check_padding(Ld *l, Part *part, const ObjReloc *r, uint64_t from)
{
    LdSec *s = part->s;
    uint64_t n = (uint64_t)r->addend, align = 1;
    if (n > s->o->data.n || r->offset > s->o->data.n - n || r->offset < from) {
        diag_file(l->d, DIAG_ERROR, s->file->name, "section %s: padding for alignment at 0x%llx lies outside", s->o->name,
                  (unsigned long long)r->offset);
        return false;
    }
    while (align <= n)
        align *= 2;
    if (s->align < align)
        s->align = align;                   /* else the padding could not be told from the offset alone */
    return true;
}

static bool note_kinds(Ld *l, Part *part)
{
    LdSec *s = part->s;
    uint64_t from = 0;                      /* end of what is spoken for */
    uint32_t i;
    s->fixes = arena_array(l->a, LdFix, s->o->relocs.n);
    for (i = 0; i < s->o->relocs.n; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const RelocInfo *info = reloc_info(l->tl, r->type);
        if (r->type == l->tl->align_reloc) {
            if (!check_padding(l, part, r, from))
                return false;
            from = r->offset + (uint64_t)r->addend;
        } else if (info && !l->opt->no_relax && is_hinted(l, s->o, i) && r->offset >= from) {
            s->fixes[i].kind = (uint8_t)l->tl->relax_kind(r->type);
            if (s->fixes[i].kind != RELAX_NONE)
                from = r->offset + info->size;
        }
    }
    return true;
}

/* Lower parts find their upper ones; both kinds of company are complete only once every section was seen. */
static void note_company(Ld *l, LdSec *s, Group *groups)
{
    uint32_t i;
    for (i = 0; i < s->o->relocs.n; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const LdSym *sym = s->file->syms[r->sym];
        RelaxKind kind = l->tl->relax_kind(r->type);
        bool free = s->fixes && s->fixes[i].kind == kind;
        if (kind == RELAX_SYMBOL) {
            Group *g = &groups[r->sym];
            g->lo = g->any && g->lo < r->addend ? g->lo : r->addend;
            g->hi = g->any && g->hi > r->addend ? g->hi : r->addend;
            g->any = true;
            g->fixed |= !free || sym->type == STT_SECTION;
        } else if (kind == RELAX_LOWER && s->fixes) {
            uint32_t upper = find_upper(l, s, sym);
            s->fixes[i].upper = upper;
            if (!upper)
                s->fixes[i].kind = RELAX_NONE;  /* of another kind of upper part, or none at all */
            else if (!free || r->addend)
                s->fixes[upper - 1].alone = true;
        }
    }
}

static bool add_file(Relax *x, LdFile *f)
{
    Ld *l = x->l;
    uint32_t i, first = x->parts.n;
    Group *groups = NULL;
    for (i = 1; i < f->obj->secs.n; i++) {
        Part part;
        part.s = &f->secs[i];
        if (!is_part(l, part.s))
            continue;
        if (!groups)
            groups = arena_array(l->a, Group, f->obj->syms.n);
        part.groups = groups;
        sort_relocs(l, part.s->o);
        if (!note_kinds(l, &part))
            return false;
        vec_push(l->a, &x->parts, part);
    }
    for (i = 1; i < f->obj->secs.n && x->parts.n > first; i++)
        if (f->secs[i].out && !f->secs[i].pieces)
            note_company(l, &f->secs[i], groups);
    return true;
}

/* ---- a round ---- */

static void ask(const Relax *x, const Part *part, uint32_t i, LdRelax *q)
{
    const Ld *l = x->l;
    const LdSec *s = part->s;
    const ObjReloc *r = &s->o->relocs.p[i], *to = r;
    const LdFix *f = &s->fixes[i];
    memset(q, 0, sizeof *q);
    q->number = r->type;
    q->insn = s->o->data.p + r->offset;
    q->p = ld_place(s, r->offset);
    q->together = true;
    if (f->kind == RELAX_LOWER) {
        to = &s->o->relocs.p[f->upper - 1];
        q->together = s->fixes[f->upper - 1].kind == RELAX_UPPER && !s->fixes[f->upper - 1].alone;
    } else if (f->kind == RELAX_UPPER) {
        q->together = !f->alone;
    }
    q->s = q->lo = q->hi = ld_target_address(l, s, to, to->addend);
    if (f->kind == RELAX_SYMBOL) {
        const Group *g = &part->groups[r->sym];
        q->together = !g->fixed;
        q->lo = ld_target_address(l, s, to, g->lo);
        q->hi = ld_target_address(l, s, to, g->hi);
    }
    q->e_flags = s->file->obj->e_flags;
    q->has_gp = l->gp && !l->opt->no_relax_gp;
    q->gp = l->gp ? ld_definition(l, l->gp) : 0;
    q->tls = l->tls;
    q->least = f->least;
}

/* True when the place takes another number of bytes than before. */
static bool decide(const Relax *x, const Part *part, uint32_t i)
{
    LdFix *f = &part->s->fixes[i];
    uint32_t before = f->cut;
    LdRelax q;
    ask(x, part, i, &q);
    if (x->l->tl->relax(&q)) {
        f->type = q.type;
        f->word = q.word;
        f->len = (uint8_t)q.len;
        f->keep = q.keep;
        f->cut = q.size - q.keep;
        f->rewritten = true;
    } else {
        f->cut = 0;
        f->rewritten = false;
    }
    if (f->cut < before)
        f->least = (uint8_t)(f->rewritten ? f->keep : 8);
    return f->cut != before;
}

static bool pad(Ld *l, LdSec *s, uint32_t i, uint64_t at, bool *ok)
{
    LdFix *f = &s->fixes[i];
    uint64_t n = (uint64_t)s->o->relocs.p[i].addend, align = 1, need;
    uint32_t before = f->cut;
    while (align <= n)
        align *= 2;
    need = align_up(at, align) - at;
    if (need > n) {
        diag_file(l->d, DIAG_ERROR, s->file->name, "section %s+0x%llx: alignment to %llu takes %llu bytes of padding, but %llu are there",
                  s->o->name, (unsigned long long)s->o->relocs.p[i].offset, (unsigned long long)align, (unsigned long long)need,
                  (unsigned long long)n);
        *ok = false;
        return false;
    }
    f->keep = (uint32_t)need;
    f->cut = (uint32_t)(n - need);
    return f->cut != before;
}

/* Decides on all places of a section; the cuts are those of the last round meanwhile. */
static bool measure(const Relax *x, Part *part, bool *ok)
{
    LdSec *s = part->s;
    uint64_t gone = 0;
    uint32_t i;
    bool changed = false;
    for (i = 0; i < s->o->relocs.n; i++) {
        if (s->o->relocs.p[i].type == x->l->tl->align_reloc)
            changed |= pad(x->l, s, i, s->o->relocs.p[i].offset - gone, ok);
        else if (s->fixes[i].kind != RELAX_NONE)
            changed |= decide(x, part, i);
        gone += s->fixes[i].cut;
    }
    return changed;
}

static void cut(Ld *l, LdSec *s)
{
    uint64_t total = 0;
    uint32_t i, n = 0;
    if (!s->cuts)
        s->cuts = arena_array(l->a, LdCut, s->o->relocs.n);
    for (i = 0; i < s->o->relocs.n; i++) {
        const LdFix *f = &s->fixes[i];
        if (!f->cut)
            continue;
        total += f->cut;
        s->cuts[n].at = s->o->relocs.p[i].offset + f->keep;
        s->cuts[n].end = s->cuts[n].at + f->cut;
        s->cuts[n++].total = total;
    }
    s->ncuts = n;
    s->size = s->o->data.n - total;
}

/* ---- the new contents ---- */

static void rewrite(Ld *l, LdSec *s)
{
    const uint8_t *old = s->o->data.p;
    uint64_t from = 0, to = 0;
    uint32_t i, k;
    s->data = arena_alloc(l->a, (size_t)s->o->data.n + 1);
    for (i = 0; i < s->o->relocs.n; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const LdFix *f = &s->fixes[i];
        bool align = r->type == l->tl->align_reloc;
        if (!align && !f->rewritten)
            continue;
        memcpy(s->data + to, old + from, (size_t)(r->offset - from));
        to += r->offset - from;
        for (k = 0; k < f->len; k++)
            s->data[to + k] = (uint8_t)(f->word >> 8 * k);
        if (align)
            l->tl->nops(s->data + to, f->keep);
        to += f->keep;
        from = r->offset + f->keep + f->cut;
    }
    memcpy(s->data + to, old + from, (size_t)(s->o->data.n - from));
}

bool ld_relax(Ld *l)
{
    Relax x;
    bool changed = true, ok = true;
    uint32_t i, rounds;
    memset(&x, 0, sizeof x);
    x.l = l;
    if (!l->tl->align_reloc)
        return true;
    for (i = 0; i < l->files.n; i++)
        if (!add_file(&x, l->files.p[i]))
            return false;
    /* The first round may have raised alignments. */
    for (rounds = 0; (changed || rounds < 2) && x.parts.n; rounds++) {
        changed = false;
        for (i = 0; i < x.parts.n; i++)
            changed |= measure(&x, &x.parts.p[i], &ok);
        if (!ok)
            return false;
        for (i = 0; i < x.parts.n; i++)
            cut(l, x.parts.p[i].s);
        if (!ld_layout(l))
            return false;
        ld_settle_provided(l);
    }
    for (i = 0; i < x.parts.n; i++)
        rewrite(l, x.parts.p[i].s);
    return true;
}
