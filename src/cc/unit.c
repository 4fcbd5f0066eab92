/* The order of a translation unit: functions are compiled as the parser hands them over; inline ones wait until
 * somebody needs them;
 * at the end come data, tentative definitions, aliases and the constructor tables. */
#include "cc/lower.h"

/* Inline functions wait (6.7.4p7: whether a definition is external is known only at the end of the unit). */
bool cc_lower_defers(Cc *cc, const CcSym *sym)
{
    (void)cc;
    return sym->inline_spec;
}

void lw_reference(Cc *cc, CcSym *s)
{
    if (s->referenced)
        return;
    s->referenced = true;
    vec_push(cc->unit, &cc->lower->deferred, s);
}

static ObjSecId text_section(Cc *cc, const CcSym *s)
{
    const char *name = ".text";
    if (s->section)
        name = s->section;
    else if (cc->opt.function_sections)
        name = arena_fmt(cc->unit, ".text.%s", s->name->s);
    return obj_section(cc->obj, name, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16);
}

static void emit_function(Cc *cc, CcFunc *fn)
{
    CcLower *lw = cc->lower;
    CcSym *s = fn->sym;
    GenJob job = {0};
    uint32_t waiting = lw->deferred.n;
    const char *bad;

    if (s->emitted || cc->diag->errors || cc->opt.syntax_only)
        return;
    s->emitted = true;
    lw->fn = fn;
    lw->text = text_section(cc, s);
    lw->break_to = lw->continue_to = 0;
    memset(&lw->ret, 0, sizeof lw->ret);
    memset(&lw->ret_addr, 0, sizeof lw->ret_addr);
    lw->f = ir_fn_new(cc->host, &cc->scratch, &cc->ir, lw_ir_sym(cc, s));
    lw->f->loc = s->loc;
    if (s->noreturn)
        lw->f->flags |= IR_FN_NORETURN;
    if (fn->calls_setjmp)
        lw->f->flags |= IR_FN_RETURNS_TWICE;
    ir_place(lw->f, ir_block(lw->f));
    lw_params(cc);
    lw_stmt(cc, fn->body);
    if (ir_open(lw->f)) {
        lw->f->loc = fn->end;
        if (strcmp(s->name->s, "main") == 0 && lw_type(s->type->base) == IR_I32 && s->type->base->kind == TY_INT) {
            IrRef zero = ir_int(lw->f, IR_I32, 0); /* 5.1.2.2.3 */
            ir_ret(lw->f, &zero, 1);
        } else
            lw_return(cc, NULL);
    }
    if (!cc->diag->errors)
        ir_finish(lw->f);      /* what nothing reaches names no symbol either */
    if (cc->opt.dump_ir)
        ir_print_fn(&cc->ir_text, lw->f);
    if (cc->opt.check_ir && (bad = ir_check(&cc->scratch, lw->f)) != NULL)
        bug(cc->host, arena_fmt(&cc->scratch, "%s: %s", s->name->s, bad));
    if (!cc->diag->errors) {
        job.host = cc->host;
        job.arena = &cc->scratch;
        job.obj = cc->obj;
        job.text = lw->text;
        job.rodata = lw->rodata;
        job.pic = cc->opt.pic;
        if (!gen_fast(&job, lw->f))
            diag_error(cc->diag, s->loc, "function '%s' cannot be compiled for this target", s->name->s);
        lw->rodata = job.rodata;
        ObjSym *sym = lw_symbol(cc, s);
        sym->sec = job.text;
        sym->value = job.start;
        sym->size = job.size;
        sym->type = STT_FUNC;
    }
    if (s->constructor || s->destructor)
        vec_push(cc->unit, &lw->ctors, s);
    /* Local static objects may hold addresses of labels, which end with the function. */
    for (uint32_t i = waiting; i < lw->deferred.n; i++) {
        CcSym *d = lw->deferred.p[i];
        if (d->kind == SYM_VAR && d->depth && !d->string_literal && d->linkage == LINK_NONE && d->is_static)
            lw_define_data(cc, d);
    }
    arena_reset(&cc->scratch);
}

void cc_lower_function(Cc *cc, CcFunc *fn)
{
    fn->sym->func = fn;
    fn->sym->body = fn->body;
    if (!cc_lower_defers(cc, fn->sym))
        emit_function(cc, fn);
}

/* ---- the end of the unit ---- */

static bool object_defined(const CcSym *s)
{
    return s->kind == SYM_VAR && s->is_static && !s->alias && (s->defined || s->tentative || s->string_literal);
}

static void emit_pending(Cc *cc, uint32_t *done)
{
    CcLower *lw = cc->lower;
    while (*done < lw->deferred.n && !cc->diag->stopped) {
        CcSym *s = lw->deferred.p[(*done)++];
        if (s->kind == SYM_FUNC && s->func && !s->emitted && s->linkage == LINK_INTERNAL) {
            emit_function(cc, s->func);
        } else if (object_defined(s)) {
            lw_define_data(cc, s);
            arena_reset(&cc->scratch);
        }
    }
}

static void emit_alias(Cc *cc, CcSym *s)
{
    ObjSymId to = obj_symbol_find(cc->obj, s->alias, strlen(s->alias)), id = lw_obj_sym(cc, s);
    if (!to) /* a static function or object of that name */
        for (ObjSymId i = 1; i < cc->obj->syms.n && !to; i++)
            if (cc->obj->syms.p[i].sec && strcmp(cc->obj->syms.p[i].name, s->alias) == 0)
                to = i;
    if (!to || !cc->obj->syms.p[to].sec) {
        diag_error(cc->diag, s->loc, "'%s' aliased to undefined symbol '%s'", s->name->s, s->alias);
        return;
    }
    ObjSym *a = &cc->obj->syms.p[id], *b = &cc->obj->syms.p[to];
    a->sec = b->sec;
    a->value = b->value;
    a->size = b->size;
    a->type = b->type;
}

static void emit_ctor(Cc *cc, CcSym *s, bool dtor)
{
    unsigned prio = dtor ? s->dtor_priority : s->ctor_priority;
    const char *base = dtor ? ".fini_array" : ".init_array";
    const char *name = prio == 65535 || prio == 0 ? base : arena_fmt(cc->unit, "%s.%05u", base, prio);
    ObjSecId sec = obj_section(cc->obj, name, dtor ? SHT_FINI_ARRAY : SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE, 8);
    ObjSec *o = cc->obj->secs.p[sec];
    o->entsize = 8;
    obj_reloc(cc->obj, sec, o->data.n, cc->target->reloc_abs64, lw_obj_sym(cc, s), 0);
    buf_zero(&o->data, 8);
}

void cc_lower_finish(Cc *cc)
{
    CcLower *lw = cc->lower;
    uint32_t done = 0;
    if (cc->diag->errors || cc->opt.syntax_only)
        return;
    for (CcSym *s = cc->file_syms; s; s = s->next) {
        if (s->kind == SYM_FUNC && s->func && !s->emitted) {
            bool external = s->linkage == LINK_EXTERNAL && !s->inline_only;
            if (external || s->attr_used || s->constructor || s->destructor)
                emit_function(cc, s->func);
        } else if (object_defined(s) && (s->linkage == LINK_EXTERNAL || s->attr_used)) {
            lw_define_data(cc, s);
            arena_reset(&cc->scratch);
        }
    }
    emit_pending(cc, &done);
    for (CcSym *s = cc->file_syms; s; s = s->next)
        if (s->alias && !s->emitted) {
            s->emitted = true;
            emit_alias(cc, s);
        } else if (s->weak && s->linkage == LINK_EXTERNAL && (s->emitted || s->referenced))
            lw_symbol(cc, s)->bind = STB_WEAK;
    for (uint32_t i = 0; i < lw->ctors.n; i++) {
        if (lw->ctors.p[i]->constructor)
            emit_ctor(cc, lw->ctors.p[i], false);
        if (lw->ctors.p[i]->destructor)
            emit_ctor(cc, lw->ctors.p[i], true);
    }
}

Cc *cc_begin(const CcInput *in)
{
    Cc *cc = arena_new(in->unit, Cc);
    cc->host = in->host;
    cc->unit = in->unit;
    cc->fn = in->fn;
    cc->node_arena = in->unit;
    arena_init(&cc->scratch, in->host);
    cc->pp = in->pp;
    cc->idents = in->idents;
    cc->sm = in->sm;
    cc->diag = in->diag;
    cc->target = in->target;
    cc->opt = in->opt;
    cc->obj = in->obj;
    cc->obj->file_sym = in->name;
    ir_unit_init(&cc->ir, in->unit);
    buf_init(&cc->ir_text, in->unit);
    cc->lower = arena_new(in->unit, CcLower);
    map_init(&cc->lower->helpers, in->unit);
    map_init(&cc->lower->strings, in->unit);
    cc->file_syms_end = &cc->file_syms;
    cc_parser_init(cc);
    return cc;
}

bool cc_step(Cc *cc)
{
    if (cc_parse_step(cc))
        return true;
    cc_lower_finish(cc);
    arena_free(&cc->scratch);
    return false;
}
