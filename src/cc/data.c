/* Symbols of the unit and initialised objects: which section, which bytes, which relocations (C11 6.7.9; psABI 3.4). */
#include "cc/lower.h"

typedef struct DataReloc { uint64_t off; CcConst c; } DataReloc;

ObjSymId lw_obj_sym(Cc *cc, CcSym *s)
{
    uint32_t id = lw_ir_sym(cc, s);
    return cc->ir.syms.p[id].obj;
}

ObjSym *lw_symbol(Cc *cc, CcSym *s)
{
    ObjSymId id = lw_obj_sym(cc, s);
    return &cc->obj->syms.p[id];
}

uint32_t lw_ir_sym(Cc *cc, CcSym *s)
{
    const char *name = s->asm_name ? s->asm_name : s->name ? s->name->s : NULL;
    uint32_t flags = 0, obj;
    if (s->ir_sym)
        return s->ir_sym;
    if (!name) {
        name = arena_fmt(cc->unit, ".LC%u", cc->anon++);
        obj = obj_local(cc->obj, name, strlen(name), 0, 0);
    } else if (s->linkage == LINK_EXTERNAL) {
        obj = obj_symbol(cc->obj, name, strlen(name));
        if (s->visibility)
            cc->obj->syms.p[obj].vis = s->visibility;
    } else {
        if (s->depth && s->kind == SYM_VAR)
            name = arena_fmt(cc->unit, "%s.%u", name, cc->anon++);
        obj = obj_local(cc->obj, name, strlen(name), 0, 0);
    }
    if (s->kind == SYM_FUNC)
        flags |= IR_SYM_FUNC;
    if (s->weak) {
        flags |= IR_SYM_WEAK;
        cc->obj->syms.p[obj].bind = STB_WEAK;
    }
    /* An executable's own view: data is reached directly, also when another module defines it (copy relocation, as
     * gcc -fPIE does);
     * functions through the PLT form of a call. For shared code everything that may be interposed goes through
     * the GOT. */
    if (s->linkage != LINK_EXTERNAL || s->visibility == STV_HIDDEN || s->visibility == STV_INTERNAL
        || (s->kind == SYM_VAR && !cc->opt.pic_shared && !s->weak))
        flags |= IR_SYM_LOCAL;
    s->ir_sym = ir_unit_sym(&cc->ir, name, flags, obj);
    return s->ir_sym;
}

IrRef lw_sym_addr(Cc *cc, CcSym *s)
{
    uint32_t id = lw_ir_sym(cc, s);
    lw_reference(cc, s);
    return ir_sym(cc->lower->f, id, 0);
}

/* ---- bytes of an initializer ---- */

static void put_bits(uint8_t *p, unsigned shift, unsigned width, uint64_t v)
{
    for (unsigned i = 0; i < width; i++) {
        unsigned at = shift + i;
        if (v >> i & 1)
            p[at / 8] |= (uint8_t)(1u << at % 8);
        else
            p[at / 8] &= (uint8_t)~(1u << at % 8);
    }
}

static void put_int(uint8_t *p, uint64_t size, uint64_t v)
{
    for (uint64_t i = 0; i < size; i++)
        p[i] = i < 8 ? (uint8_t)(v >> i * 8) : (uint8_t)((int64_t)v < 0 ? 0xff : 0);
}

static uint64_t object_size(const CcSym *s)
{
    uint64_t size = s->type->incomplete ? 0 : s->type->size;
    for (uint32_t i = 0; i < s->ninit; i++) /* a flexible array member grows its object */
        if (!s->init[i].bits && s->init[i].offset + s->init[i].type->size > size)
            size = s->init[i].offset + s->init[i].type->size;
    if (s->type->kind == TY_ARRAY && s->type->incomplete && s->tentative)
        size = s->type->base->size; /* 6.9.2p5 */
    return size;
}

typedef struct DataBytes {
    Arena *arena;
    uint8_t *p;                /* NULL while all is zero */
    uint64_t size;
    VEC(DataReloc) relocs;
} DataBytes;

static void fill_object(Cc *cc, DataBytes *d, CcInit *inits, uint32_t n, uint64_t base)
{
    for (uint32_t i = 0; i < n; i++) {
        CcInit *in = &inits[i];
        uint64_t at = base + in->offset;
        Node *v = in->value;
        CcConst c;
        if (at > d->size || (!in->bits && in->type->size > d->size - at))
            continue;
        if (in->type->kind == TY_ARRAY) {
            CcSym *lit = v->op == N_VAR ? v->u.sym : v->a->u.sym;
            memcpy(d->p + at, lit->str, (size_t)(lit->type->size < in->type->size ? lit->type->size : in->type->size));
            continue;
        }
        if (ty_is_record(in->type)) { /* a compound literal as initializer of a static object (GNU) */
            Node *l = v->op == N_LOAD ? v->a : v;
            if (l->op == N_COMPOUND)
                fill_object(cc, d, l->u.init.inits, l->u.init.n, at);
            else if (l->op == N_VAR && l->u.sym->is_static)
                fill_object(cc, d, l->u.sym->init, l->u.sym->ninit, at);
            else
                diag_error(cc->diag, v->loc, "initializer element is not constant");
            continue;
        }
        if (!cc_const(cc, v, &c)) {
            diag_error(cc->diag, v->loc, "initializer element is not constant");
            continue;
        }
        if (c.minus && c.label) {
            const ObjSym *syms = cc->obj->syms.p;
            const CcLabel *l[2] = { c.label, c.minus };
            uint64_t offset[2];
            for (int k = 0; k < 2; k++)
                offset[k] = l[k]->ir_sym ? syms[cc->ir.syms.p[l[k]->ir_sym].obj].value : 0;
            put_int(d->p + at, in->type->size, offset[0] - offset[1] + (uint64_t)c.i);
        } else if (in->bits) {
            put_bits(d->p + at, in->bits->bit_off, in->bits->bit_width, (uint64_t)c.i);
        } else if (c.kind == CONST_ADDR && (c.sym || c.label)) {
            DataReloc r;
            if (in->type->size != 8) {
                diag_error(cc->diag, v->loc, "initializer element is not computable at load time");
                continue;
            }
            r.off = at;
            r.c = c;
            vec_push(d->arena, &d->relocs, r);
        } else if (c.kind == CONST_FLT) {
            put_int(d->p + at, in->type->size > 8 ? 8 : in->type->size, c.f.lo);
            if (in->type->size > 8)
                put_int(d->p + at + 8, 8, c.f.hi);
        } else
            put_int(d->p + at, in->type->size, (uint64_t)c.i);
    }
}

/* ---- sections ---- */

static bool is_const_object(const Type *t)
{
    while (t->kind == TY_ARRAY)
        t = t->base;
    return (t->quals & Q_CONST) && !(t->quals & Q_VOLATILE);
}

static ObjSecId data_section(Cc *cc, CcSym *s, bool zero, bool relocs, uint32_t align)
{
    bool ro = is_const_object(s->type);
    const char *name = ro ? relocs ? ".data.rel.ro" : ".rodata" : zero ? ".bss" : ".data";
    if (s->section) {
        bool bss = strncmp(s->section, ".bss", 4) == 0;
        return obj_section(cc->obj, s->section, bss && zero ? SHT_NOBITS : SHT_PROGBITS,
                           SHF_ALLOC | (ro && !relocs ? 0 : SHF_WRITE), align);
    }
    if (cc->opt.data_sections && s->name)
        name = arena_fmt(cc->unit, "%s.%s", name, s->name->s);
    return obj_section(cc->obj, name, zero && !ro ? SHT_NOBITS : SHT_PROGBITS,
                       SHF_ALLOC | (ro && !relocs ? 0 : SHF_WRITE), align);
}

/* A string literal: merged with equal ones of the unit; the linker merges across units what holds one terminator
 * only. */
static void define_string(Cc *cc, CcSym *s)
{
    CcLower *lw = cc->lower;
    unsigned esize = (unsigned)s->type->base->size;
    uint64_t n = s->type->size;
    bool merge = n >= esize;
    ObjSecId sec;
    char *key = arena_alloc(cc->unit, (size_t)n + 1);
    key[0] = (char)esize;
    memcpy(key + 1, s->str, (size_t)n);
    void **seen = map_at(&lw->strings, key, (size_t)n + 1);
    ObjSym *sym = lw_symbol(cc, s);
    if (*seen) {
        CcSym *first = *seen;
        ObjSym *fs = lw_symbol(cc, first);
        sym->sec = fs->sec;
        sym->value = fs->value;
        sym->type = STT_OBJECT;
        sym->size = n;
        return;
    }
    *seen = s;
    for (uint64_t i = 0; merge && i < n; i += esize) {
        bool nul = true;
        for (unsigned k = 0; k < esize; k++)
            nul = nul && s->str[i + k] == 0;
        if (nul != (i + esize == n))
            merge = false;
    }
    if (merge) {
        sec = obj_section(cc->obj, esize == 1 ? ".rodata.str1.1" : esize == 2 ? ".rodata.str2.2" : ".rodata.str4.4", SHT_PROGBITS,
                          SHF_ALLOC | SHF_MERGE | SHF_STRINGS, esize);
        cc->obj->secs.p[sec]->entsize = esize;
    } else
        sec = obj_section(cc->obj, ".rodata", SHT_PROGBITS, SHF_ALLOC, esize);
    ObjSec *o = cc->obj->secs.p[sec];
    buf_align(&o->data, esize, 0);
    sym = lw_symbol(cc, s);
    sym->sec = sec;
    sym->value = o->data.n;
    sym->size = n;
    sym->type = STT_OBJECT;
    buf_put(&o->data, s->str, (size_t)n);
}

void lw_define_data(Cc *cc, CcSym *s)
{
    DataBytes d = {0};
    ObjSymId id;
    ObjSym *sym;
    uint32_t align = s->type->align > s->align ? s->type->align : s->align;
    if (s->emitted)
        return;
    s->emitted = true;
    if (s->string_literal) {
        define_string(cc, s);
        return;
    }
    id = lw_obj_sym(cc, s);
    d.arena = &cc->scratch;
    d.size = object_size(s);
    if (!align)
        align = 1;
    if (s->type->kind == TY_ARRAY && d.size >= 16 && align < 16)
        align = 16; /* psABI 3.1.2 */
    if (d.size > (uint64_t)1 << 31 && s->ninit) {
        diag_error(cc->diag, s->loc, "initialized object of %llu bytes is too large", (unsigned long long)d.size);
        return;
    }
    if (s->ninit || s->str) {
        d.p = arena_zalloc(&cc->scratch, (size_t)d.size + 1);
        if (s->str)
            memcpy(d.p, s->str, (size_t)d.size);
        fill_object(cc, &d, s->init, s->ninit, 0);
        bool zero = d.relocs.n == 0;
        for (uint64_t i = 0; zero && i < d.size; i++)
            zero = d.p[i] == 0;
        if (zero)
            d.p = NULL;
    }
    sym = &cc->obj->syms.p[id];
    sym->type = STT_OBJECT;
    sym->size = d.size;
    if (s->tentative && cc->opt.common && s->linkage == LINK_EXTERNAL && !s->section && !d.p && !s->weak) {
        sym->sec = OBJ_SEC_COMMON;
        sym->value = align;
        return;
    }
    ObjSecId sec = data_section(cc, s, !d.p, d.relocs.n != 0, align);
    ObjSec *o = cc->obj->secs.p[sec];
    uint64_t at;
    if (o->align < align)
        o->align = align;
    if (o->type == SHT_NOBITS) {
        at = align_up(o->nobits, align);
        o->nobits = at + d.size;
    } else {
        buf_align(&o->data, align, 0);
        at = o->data.n;
        if (d.p)
            buf_put(&o->data, d.p, (size_t)d.size);
        else
            buf_zero(&o->data, (size_t)d.size);
    }
    sym = &cc->obj->syms.p[id];
    sym->sec = sec;
    sym->value = at;
    for (uint32_t i = 0; i < d.relocs.n; i++) {
        CcConst *c = &d.relocs.p[i].c;
        ObjSymId to;
        if (c->label)
            to = c->label->ir_sym ? cc->ir.syms.p[c->label->ir_sym].obj : 0;
        else {
            to = lw_obj_sym(cc, c->sym);
            lw_reference(cc, c->sym);
        }
        obj_reloc(cc->obj, sec, at + d.relocs.p[i].off, cc->target->reloc_abs64, to, c->i);
    }
}
