/* unit: a unit's way from the lane into executable memory: code, constants behind it, and a stub for each exit. In: a checked unit; out:
 * where it stands, its exits and state maps. */
#include "jit/jit.h"

static void begin(Jit *j, GenJob *g, Arena *scratch, uint64_t reserved)
{
    memset(g, 0, sizeof *g);
    g->host = j->host;
    g->arena = scratch;
    g->obj = j->obj;
    g->text = obj_section(j->obj, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16);
    g->rodata = obj_section(j->obj, ".rodata", SHT_PROGBITS, SHF_ALLOC, 16);
    g->reserved = reserved;
    for (unsigned k = 0; k < 2; k++) {
        ObjSec *s = j->obj->secs.p[k ? g->rodata : g->text];
        s->data.n = 0;
        s->relocs.n = 0;
    }
}

void jit_chain(Jit *j, const JitExit *x, uint64_t to)
{
    if (x->field)
        j->target->jit->jump(jit_at(j, x->field, 8), x->field, to ? to : x->stub);
}

JitResult jit_unit(Jit *j, IrFn *f, Arena *scratch, uint64_t reserved, uint32_t first, uint64_t leave, GenJob *g, JitExit *exits,
                   uint64_t *at)
{
    const TargetJit *t = j->target->jit;
    Buf *text, *ro;
    begin(j, g, scratch, reserved);
    if (!gen_fast(g, f) || (!t->constants && j->obj->secs.p[g->text]->relocs.n))
        return JIT_REFUSED;
    text = &j->obj->secs.p[g->text]->data;
    ro = &j->obj->secs.p[g->rodata]->data;
    buf_align(text, 16, 0);
    size_t ro_at = text->n, stubs = align_up(ro_at + ro->n, 16);
    if (align_up(stubs + t->stub_size * g->exits.n, 16) > jit_room(j))
        return JIT_FULL;
    uint64_t code = j->code + j->used;
    buf_put(text, ro->p, ro->n);
    buf_align(text, 16, 0);
    for (uint32_t k = 0; k < g->exits.n; k++) {
        JitExit *x = &exits[g->exits.p[k].id];
        x->field = code + g->exits.p[k].offset;
        x->stub = code + text->n;
        t->stub(text, x->stub, first + g->exits.p[k].id, leave);
        t->jump(text->p + g->exits.p[k].offset, x->field, x->stub);
    }
    const ObjSec *s = j->obj->secs.p[g->text];
    for (uint32_t k = 0; k < s->relocs.n; k++) {
        const ObjReloc *r = &s->relocs.p[k];
        if (j->obj->syms.p[r->sym].sec != g->rodata ||
            !t->reloc(text->p + r->offset, code + r->offset, r->type, code + ro_at + (uint64_t)r->addend))
            bug(j->host, "jit: a relocation that units do not have");
    }
    *at = jit_put(j, text->p, text->n);
    return JIT_DONE;
}
