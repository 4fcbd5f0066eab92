/* attempt: what surrounds the forward pass in every target's compile: a function's place in the object, undone when the attempt
 * failed and finished when it did not; its read-only data; branches that dare to be short. One idea: a target starts with the
 * shortest forms and compiles again where one did not do, so an attempt must leave nothing behind. */
#include "gen/fast.h"

static void note_rodata(GenAttempt *a, const GenJob *job)
{
    const ObjSec *s = job->obj->secs.p[job->rodata];
    a->ro_relocs = s->relocs.n;
    a->ro_bytes = s->data.n;
}

void gen_attempt_begin(GenAttempt *a, GenJob *job, size_t align, uint8_t pad)
{
    ObjSec *sec = job->obj->secs.p[job->text];
    if (sec->align < align)
        sec->align = align;
    buf_align(&sec->data, align, pad);
    a->start = sec->data.n;
    a->relocs = sec->relocs.n;
    a->exits = job->exits.n;
    a->locs = job->state_locs.n;
    if (job->rodata)
        note_rodata(a, job);
}

void gen_attempt_undo(const GenAttempt *a, GenJob *job)
{
    ObjSec *sec = job->obj->secs.p[job->text];
    sec->data.n = a->start;
    sec->relocs.n = a->relocs;
    job->exits.n = a->exits;
    job->state_locs.n = a->locs;
    if (job->rodata) {
        job->obj->secs.p[job->rodata]->relocs.n = a->ro_relocs;
        job->obj->secs.p[job->rodata]->data.n = a->ro_bytes;
    }
}

/* The jump tables' addends: label numbers become offsets in text. */
static void finish_tables(Gen *g, const GenAttempt *a)
{
    GenJob *job = g->job;
    if (!job->rodata)
        return;
    ObjSec *s = job->obj->secs.p[job->rodata];
    ObjSymId text = obj_section_symbol(job->obj, job->text);
    for (uint32_t k = a->ro_relocs; k < s->relocs.n; k++) {
        ObjReloc *r = &s->relocs.p[k];
        uint32_t label = get_u32(s->data.p + r->offset);
        if (r->sym != text || !label)
            continue;
        r->addend += (int64_t)g->blocks.p[label - 1].offset;
        put_u32(s->data.p + r->offset, 0);
    }
}

void gen_attempt_done(Gen *g, const GenAttempt *a)
{
    GenJob *job = g->job;
    finish_tables(g, a);
    for (uint32_t k = 0; k < g->f->blocks.n; k++) {
        const IrBlock *b = &g->f->blocks.p[k];
        if (b->address_taken && b->sym) {
            ObjSym *s = &job->obj->syms.p[g->f->unit->syms.p[b->sym].obj];
            s->sec = job->text;
            s->value = g->blocks.p[k].offset;
        }
    }
    job->start = a->start;
    job->size = g->text->n - a->start;
}

/* ---- read-only data ---- */

ObjSecId gen_rodata_section(Gen *g)
{
    GenJob *job = g->job;
    if (!job->rodata) {
        job->rodata = obj_section(job->obj, ".rodata", SHT_PROGBITS, SHF_ALLOC, 16);
        note_rodata(g->attempt, job);
    }
    return job->rodata;
}

uint32_t gen_rodata(Gen *g, const void *p, size_t n, size_t align)
{
    ObjSec *s = g->job->obj->secs.p[gen_rodata_section(g)];
    if (s->align < align)
        s->align = align;
    buf_align(&s->data, align, 0);
    buf_put(&s->data, p, n);
    return (uint32_t)(s->data.n - n);
}

uint32_t gen_pool(Gen *g, IrRef c)
{
    const IrConst *k = ir_const(g->f, c);
    uint8_t bytes[8];
    unsigned w = ir_type_size((IrType)k->type);
    uint32_t id = ir_const_index(c);
    if (!g->pool)
        g->pool = arena_array(g->arena, uint32_t, g->f->consts.n);
    if (!g->pool[id]) {
        put_u64(bytes, (uint64_t)k->v);
        g->pool[id] = gen_rodata(g, bytes, w, w) + 1;
    }
    return g->pool[id] - 1;
}

uint32_t gen_table_at(Gen *g)
{
    ObjSec *s = g->job->obj->secs.p[gen_rodata_section(g)];
    buf_align(&s->data, 4, 0);
    return (uint32_t)s->data.n;
}

void gen_table(Gen *g, const uint32_t *labels, uint32_t n, uint32_t reloc)
{
    Obj *obj = g->job->obj;
    ObjSecId sec = gen_rodata_section(g);
    ObjSec *s = obj->secs.p[sec];
    uint64_t at = s->data.n;
    buf_zero(&s->data, 4 * (size_t)n);
    for (uint32_t k = 0; k < n; k++) {
        /* The label's offset is the addend once it is known; until then the entry holds the label. */
        uint64_t entry = at + 4 * (uint64_t)k;
        obj_reloc(obj, sec, entry, reloc, obj_section_symbol(obj, g->job->text), 4 * (int64_t)k);
        put_u32(s->data.p + entry, labels[k] + 1);
    }
}

/* ---- branches ---- */

uint32_t gen_ahead(const Gen *g, uint32_t label)
{
    const IrFn *f = g->f;
    return label < f->blocks.n && f->blocks.p[label].first >= g->end ? f->blocks.p[label].first - g->end : UINT32_MAX;
}

void gen_branch(Gen *g, const IrIns *in)
{
    uint32_t yes = gen_through(g->f, (uint32_t)in->b), no = gen_through(g->f, (uint32_t)in->c);
    if (yes == no) {
        gen_consume(g, in->a);
        gen_goto(g, yes);
        return;
    }
    uint32_t cond = g->t->condition(g, in->a);
    if (gen_has_phis(g, yes)) {
        uint32_t skip = gen_label(g);
        if (!gen_has_phis(g, no) && no != g->next) {
            g->t->jump_if(g, cond, false, no);
            gen_goto(g, yes);
            return;
        }
        g->t->jump_if(g, cond, false, skip);
        gen_side_edge(g, yes);
        gen_place(g, skip);
        gen_goto(g, no);
        return;
    }
    if (gen_has_phis(g, no) || yes != g->next) {
        g->t->jump_if(g, cond, true, yes);
        /* `yes` may be next and take over the registers. */
        if (no == g->next)
            gen_goto(g, no);
        else
            gen_side_edge(g, no);
        return;
    }
    g->t->jump_if(g, cond, false, no);
}

bool gen_dead_select(Gen *g, uint32_t i, const IrIns *in)
{
    if (!gen_dead(g, i))
        return false;
    if (gen_deferred(g, in->a))
        g->t->condition(g, in->a);
    else
        gen_consume(g, in->a);
    gen_consume(g, in->b);
    gen_consume(g, in->c);
    return true;
}

bool gen_defers_cmp(const Gen *g, uint32_t i)
{
    const GenVal *v = &g->vals[i];
    if (v->uses != 1 || (v->flags & GV_GLOBAL) || i + 1 >= g->end)
        return false;
    const IrIns *n = gen_ins(g, i + 1);
    if (n->aux & IR_HAS_STATE)
        return false;
    return (n->op == IR_BR || n->op == IR_SELECT) && n->a == (IrRef)i && (n->op == IR_BR || (n->b != (IrRef)i && n->c != (IrRef)i));
}

void gen_consume_operands(Gen *g, const IrIns *in)
{
    const int32_t refs[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < 3; k++)
        if (ir_ops[in->op].operands[k] != '.')
            gen_consume(g, refs[k]);
}

void gen_refuse_phis(Gen *g, const IrIns *in)
{
    for (int32_t k = 0; k < in->c; k++)
        if (gen_has_phis(g, (uint32_t)g->f->ops.p[in->b + k]))
            g->failed = true;
}
