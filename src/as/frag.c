/* frag.c: bytes with addresses that are not known yet, and the object they become.
 * A section is one buffer of fixed bytes cut into fragments, each ended by a part whose size depends on addresses: a branch, an
 * alignment, a repeated fill, .org, a LEB128 number. as_finish settles the sizes and turns fields into bytes or relocations.
 *
 * Branches begin at their shortest and only grow, pass after pass in order of address, with GNU as's rule for a target not yet
 * reached in the pass (it moves with us unless an alignment lies between), so that the sizes are the same as GNU as's. */
#include "as/as_core.h"

uint32_t as_section(As *as, const char *name, uint32_t type, uint64_t flags, uint64_t entsize, const char *group)
{
    size_t n = strlen(name);
    void **slot = map_at(&as->sec_map, name, n);
    uint32_t i = (uint32_t)(uintptr_t)*slot;
    AsSec *s;
    for (; i; i = as->secs.p[i - 1]->next_same) {
        const char *g = as->secs.p[i - 1]->group;
        if ((!g && !group) || (g && group && strcmp(g, group) == 0))
            return i - 1;
    }
    s = arena_new(as->arena, AsSec);
    s->name = arena_strndup(as->arena, name, n);
    s->type = type;
    s->flags = flags;
    s->align = 1;
    s->entsize = entsize;
    s->group = group;
    buf_init(&s->data, as->arena);
    vec_reserve(as->arena, &s->frags, 1);
    memset(&s->frags.p[s->frags.n++], 0, sizeof(AsFrag));
    s->next_same = (uint32_t)(uintptr_t)*slot;
    vec_push(as->arena, &as->secs, s);
    slot = map_at(&as->sec_map, s->name, n);
    *slot = (void *)(uintptr_t)as->secs.n;
    return as->secs.n - 1;
}

void as_switch(As *as, uint32_t sec)
{
    as->prev = as->cur;
    as->cur = sec;
}

AsFrag *as_close_frag(As *as, AsFragKind kind)
{
    AsSec *s = as->secs.p[as->cur];
    AsFrag *f;
    vec_reserve(as->arena, &s->frags, 1);
    f = &s->frags.p[s->frags.n++];
    memset(f, 0, sizeof *f);
    f->start = s->data.n;
    f--;
    f->kind = (uint8_t)kind;
    f->loc = as_loc(as, as->stmt);
    return f;
}

void as_emit(As *as, const void *bytes, unsigned n)
{
    AsSec *s = as->secs.p[as->cur];
    if (s->type == SHT_NOBITS) {
        const uint8_t *b = bytes;
        unsigned i;
        AsFrag *f;
        for (i = 0; i < n; i++)
            if (b[i]) {
                as_error(as, as->stmt, "section '%s' holds zeros only", s->name);
                return;
            }
        f = as_close_frag(as, AFR_FILL);
        f->fill_n = 1;
        f->v.c = n;
        return;
    }
    buf_put(&s->data, bytes, n);
    vec_last(&s->frags).n += n;
}

void as_fix(As *as, unsigned back, const AsFix *f, const char *at)
{
    AsSec *s = as->secs.p[as->cur];
    AsFixup *x;
    if (s->type == SHT_NOBITS) {
        as_error(as, at, "section '%s' holds zeros only", s->name);
        return;
    }
    vec_reserve(as->arena, &s->fixups, 1);
    x = &s->fixups.p[s->fixups.n++];
    memset(x, 0, sizeof *x);
    x->frag = s->frags.n - 1;
    x->off = vec_last(&s->frags).n - back;
    x->f = *f;
    x->loc = as_loc(as, at);
}

void as_branch(As *as, unsigned kind, const AsVal *to, const char *at)
{
    AsFrag *f;
    if (as->secs.p[as->cur]->type == SHT_NOBITS) {
        as_error(as, at, "section '%s' holds zeros only", as->secs.p[as->cur]->name);
        return;
    }
    f = as_close_frag(as, AFR_BRANCH);
    f->branch = kind;
    f->v = *to;
    f->loc = as_loc(as, at);
}

/* ---- relaxation ---- */

static unsigned leb_size(uint64_t v, bool is_signed)
{
    unsigned n = 1;
    if (!is_signed) {
        for (; v > 0x7f; v >>= 7)
            n++;
        return n;
    }
    for (; (int64_t)v < -64 || (int64_t)v > 63; n++)
        v = (uint64_t)((int64_t)v < 0 ? ~(~v >> 7) : v >> 7);
    return n;
}

/* Settles what a branch can do: its target becomes label + constant in its section, or the branch is far. */
static void begin_branch(As *as, uint32_t sec, AsFrag *f)
{
    AsVal v = f->v;
    const AsSym *named = f->v.tree ? NULL : f->v.add;
    unsigned level = 0;
    bool ok = !v.mod && !(named && (named->bind == STB_WEAK || named->type == STT_GNU_IFUNC));
    if (ok && !as_resolve(as, &v, f->loc)) {
        v.c = 0;
        v.add = v.sub = NULL;
        v.tree = NULL;
        f->v = v;
        ok = false;
    }
    if (ok && v.add && !v.sub && v.add->kind == ASY_LABEL && v.add->sec == sec) {
        f->v = v;
    } else {
        f->far = true;
        while (as->ta->branch_level(f->branch, level + 1))
            level++;
    }
    f->level = (uint8_t)level;
    f->var = as->ta->branch_level(f->branch, level)->size;
}

static uint64_t late_count(As *as, AsFrag *f, const char *what)
{
    AsVal v = f->v;
    if (!as_resolve(as, &v, f->loc))
        v.c = 0;
    else if (!as_val_const(&v)) {
        as_error_loc(as, f->loc, "%s is not a constant", what);
        v.c = 0;
    } else if (v.c < 0 || v.c > AS_MAX_FILL) {
        as_error_loc(as, f->loc, "%s is out of range (%lld)", what, (long long)v.c);
        v.c = 0;
    } else {
        return (uint64_t)v.c;
    }
    memset(&f->v, 0, sizeof f->v); /* one message is enough */
    return 0;
}

/* One pass over a section. True when an address or size changed. */
static bool pass(As *as, AsSec *s, const uint32_t *region, bool first)
{
    bool changed = first;
    uint64_t addr = 0;
    uint32_t i;
    for (i = 0; i < s->frags.n; i++) {
        AsFrag *f = &s->frags.p[i];
        int64_t stretch = (int64_t)(addr - f->addr);
        uint64_t pos;
        if (stretch)
            changed = true;
        f->addr = addr;
        pos = addr + f->n;
        switch (f->kind) {
        case AFR_BRANCH: {
            const AsBranchLevel *l;
            int64_t d;
            if (f->far || first)
                break;
            d = (int64_t)(s->frags.p[f->v.add->frag].addr + f->v.add->off + (uint64_t)f->v.c - pos);
            if (stretch && f->v.add->frag > i) {
                if (stretch < 0 || region[f->v.add->frag] == region[i])
                    d += stretch;
                else if (d < 0)
                    break; /* it lies ahead: we have moved towards it further than it has moved yet */
            }
            while (l = as->ta->branch_level(f->branch, f->level),
                   (d - l->field_at - l->pc_off < l->lo || d - l->field_at - l->pc_off > l->hi) &&
                   as->ta->branch_level(f->branch, f->level + 1u)) {
                f->level++;
                changed = true;
            }
            f->var = as->ta->branch_level(f->branch, f->level)->size;
            break;
        }
        case AFR_ALIGN:
            f->var = align_up(pos, f->align) - pos;
            if (f->max && f->var > f->max)
                f->var = 0;
            break;
        case AFR_FILL:
            if (as_val_const(&f->v))
                f->var = (uint64_t)f->v.c * f->fill_n;
            else if (!first)
                f->var = late_count(as, f, "the count") * f->fill_n;
            break;
        case AFR_ORG: {
            AsVal v = f->v;
            uint64_t to = pos;
            if (first)
                break;
            if (!as_resolve(as, &v, f->loc)) {
                memset(&f->v, 0, sizeof f->v);
                f->kind = AFR_NONE;
            } else if (v.sub || (v.add && (!as_sym_addr(as, v.add, &to) || as->secs.p[v.add->sec] != s))) {
                as_error_loc(as, f->loc, ".org to another section");
                f->kind = AFR_NONE;
            } else {
                to = (v.add ? to : 0) + (uint64_t)v.c;
                f->var = to > pos && to - pos <= AS_MAX_FILL ? to - pos : 0;
            }
            break;
        }
        case AFR_LEB: {
            AsVal v = f->v;
            unsigned n;
            if (first)
                break;
            if (!as_resolve(as, &v, f->loc) || !as_val_const(&v)) {
                if (as_val_const(&f->v) || !v.tree)
                    as_error_loc(as, f->loc, "the number is not a constant");
                memset(&f->v, 0, sizeof f->v);
                v = f->v;
            }
            n = leb_size((uint64_t)v.c, f->sleb);
            if (n > f->var) {
                f->var = n;
                changed = true;
            }
            break;
        }
        default:
            break;
        }
        addr = pos + f->var;
    }
    if (s->size != addr)
        changed = true;
    s->size = addr;
    return changed;
}

static void relax(As *as)
{
    uint32_t **region = arena_array(as->arena, uint32_t *, as->secs.n), i, k;
    unsigned rounds = 0;
    bool changed = true;
    as->finishing = true;
    for (i = 0; i < as->secs.n; i++) {
        AsSec *s = as->secs.p[i];
        uint32_t r = 0;
        region[i] = arena_array(as->arena, uint32_t, s->frags.n);
        for (k = 0; k < s->frags.n; k++) {
            region[i][k] = r;
            r += s->frags.p[k].kind == AFR_ALIGN || s->frags.p[k].kind == AFR_ORG;
            if (s->frags.p[k].kind == AFR_BRANCH)
                begin_branch(as, i, &s->frags.p[k]);
        }
        pass(as, s, region[i], true);
    }
    while (changed) {
        changed = false;
        for (i = 0; i < as->secs.n; i++)
            if (pass(as, as->secs.p[i], region[i], false))
                changed = true;
        if (++rounds > 1000 && changed) {
            diag_error(as->diag, as->in.file ? as->in.file->base : 0, "sizes that depend on each other do not settle");
            break;
        }
    }
}

/* ---- the object ---- */

static void put_le(uint8_t *to, uint64_t v, unsigned n)
{
    for (; n; n--, v >>= 8)
        *to++ = (uint8_t)v;
}

static void put_fill(uint8_t *to, uint64_t n, uint64_t pattern, unsigned width)
{
    uint64_t i;
    uint8_t bytes[8];
    put_le(bytes, pattern, 8);
    for (i = 0; i < n; i++)
        to[i] = bytes[i % width];
}

static void write_frag(As *as, AsSec *s, ObjSec *o, AsFrag *f)
{
    Buf *b = &o->data;
    uint8_t *to;
    AsVal v;
    if (s->type == SHT_NOBITS)
        return;
    buf_reserve(b, f->n + f->var);
    memcpy(b->p + b->n, s->data.p + f->start, f->n);
    b->n += f->n;
    to = b->p + b->n;
    b->n += f->var;
    switch (f->kind) {
    case AFR_BRANCH:
        as->ta->branch_put(f->branch, f->level, to);
        break;
    case AFR_ALIGN:
        if (f->code)
            as->ta->nops(to, f->var);
        else {
            uint64_t odd = f->var % f->fill_n;
            memset(to, 0, odd);
            put_fill(to + odd, f->var - odd, f->fill, f->fill_n);
        }
        break;
    case AFR_FILL: case AFR_ORG:
        put_fill(to, f->var, f->fill, f->fill_n ? f->fill_n : 1);
        if (f->kind == AFR_ORG) {
            uint64_t at = 0;
            v = f->v;
            if (as_resolve(as, &v, f->loc) && ((v.add && as_sym_addr(as, v.add, &at)) || !v.add) &&
                at + (uint64_t)v.c != f->addr + f->n + f->var)
                as_error_loc(as, f->loc, ".org moves backwards");
        }
        break;
    case AFR_LEB: {
        uint64_t k, x;
        v = f->v;
        if (!as_resolve(as, &v, f->loc))
            v.c = 0;
        x = (uint64_t)v.c;
        for (k = 0; k < f->var; k++) {
            to[k] = (uint8_t)((x & 0x7f) | (k + 1 < f->var ? 0x80 : 0));
            x = f->sleb && (int64_t)x < 0 ? ~(~x >> 7) : x >> 7;
        }
        break;
    }
    default:
        break;
    }
}

static ObjSymId symbol_of(As *as, AsSym *s, SrcLoc loc)
{
    if (s->obj)
        return s->obj;
    if (s->kind == ASY_UNDEF) {
        if (!s->name) {
            as_error_loc(as, s->loc, "no label with this number follows");
            s->kind = ASY_LABEL;
            return 0;
        }
        if (s->n >= 2 && s->name[0] == '.' && s->name[1] == 'L' && !s->bind_told)
            as_error_loc(as, loc, "label '%s' is not defined", s->name);
        s->obj = obj_symbol(as->obj, s->name, s->n);
        as->obj->syms.p[s->obj].bind = s->bind == STB_WEAK ? STB_WEAK : STB_GLOBAL;
        as->obj->syms.p[s->obj].type = s->type;
        as->obj->syms.p[s->obj].vis = s->vis;
        return s->obj;
    }
    return 0;
}

/* Puts a symbol's definition into the object. */
static void define(As *as, AsSym *s)
{
    Obj *o = as->obj;
    ObjSym *y;
    ObjSecId sec = 0;
    uint64_t value = 0, size = 0;
    AsVal v;
    uint8_t type = s->type;
    const AsSym *from = s;
    if (!s->name)
        return; /* an earlier .set of a symbol set again */
    switch (s->kind) {
    case ASY_LABEL:
        as_sym_addr(as, s, &value);
        sec = as->secs.p[s->sec]->obj;
        if (!type && (as->secs.p[s->sec]->flags & SHF_TLS))
            type = STT_TLS;
        if (type == STT_OBJECT && (as->secs.p[s->sec]->flags & SHF_TLS))
            type = STT_TLS;
        break;
    case ASY_COMMON:
        sec = OBJ_SEC_COMMON;
        value = s->off ? s->off : 1;
        size = s->csize;
        type = type ? type : STT_OBJECT;
        break;
    case ASY_EQU:
        v = s->equ;
        if (!as_resolve(as, &v, s->loc))
            return;
        if (v.sub) {
            as_error_loc(as, s->loc, "'%s' is set to a difference of unrelated places", s->name);
            return;
        }
        sec = OBJ_SEC_ABS;
        value = (uint64_t)v.c;
        if (v.add && v.add->kind == ASY_LABEL) {
            as_sym_addr(as, v.add, &value);
            value += (uint64_t)v.c;
            sec = as->secs.p[v.add->sec]->obj;
            from = v.add;
            if (!s->equ.tree && s->equ.add && s->equ.add->kind == ASY_EQU && s->equ.add->type)
                type = type ? type : s->equ.add->type;
            type = type ? type : from->type;
            if (type == STT_OBJECT && (as->secs.p[v.add->sec]->flags & SHF_TLS))
                type = STT_TLS;
        } else if (v.add) {
            if (s->bind_told)
                as_error_loc(as, s->loc, "'%s' is set to the undefined symbol '%s'", s->name, v.add->name ? v.add->name : "");
            return;
        }
        break;
    default:
        return;
    }
    if (s->bind == STB_LOCAL && s->kind != ASY_COMMON) {
        s->obj = obj_local(o, s->name ? s->name : "", s->name ? s->n : 0, sec, value);
    } else {
        s->obj = obj_symbol(o, s->name, s->n);
        o->syms.p[s->obj].bind = s->bind == STB_LOCAL ? STB_GLOBAL : s->bind;
    }
    if (s->has_size || (from != s && from->has_size)) {
        v = s->has_size ? s->size : from->size;
        if (as_resolve(as, &v, s->loc)) {
            if (as_val_const(&v))
                size = (uint64_t)v.c;
            else
                as_error_loc(as, s->size_loc ? s->size_loc : s->loc, "the size of '%s' is not a constant", s->name);
        }
    }
    y = &o->syms.p[s->obj];
    y->sec = sec;
    y->value = value;
    y->size = size;
    y->type = type;
    y->vis = s->vis;
}

/* ---- fields ---- */

static bool fits(const AsFix *f, int64_t v, bool big)
{
    unsigned bits = f->size * 8u;
    if (bits == 64)
        return true;
    if (f->pcrel)
        return bits_fits_s(v, bits);
    return !big && v >= -((int64_t)1 << (bits - 1)) && v < ((int64_t)1 << bits);
}

/* Where a symbol stands that is a label or set to one plus a number. */
static bool place_of(As *as, AsSym *s, SrcLoc loc, uint32_t *sec, uint64_t *off)
{
    AsVal v;
    if (as_sym_addr(as, s, off)) {
        *sec = s->sec;
        return true;
    }
    if (s->kind != ASY_EQU || (!s->obj && s->name))
        return false;
    memset(&v, 0, sizeof v);
    v.add = s;
    if (!as_resolve(as, &v, loc) || v.sub || !v.add || !as_sym_addr(as, v.add, off))
        return false;
    *off += (uint64_t)v.c;
    *sec = v.add->sec;
    return true;
}

/* The target's own way to fill a field; -1 when it has none for this one, or only a linker can. */
static int put_field(As *as, const AsFix *f, uint8_t *to, int64_t v)
{
    return as->ta->put && f->hint ? as->ta->put(f, to, v) : -1;
}

/* An unnamed label a relocation has to name. */
static ObjSymId label_symbol(As *as, AsSym *s, ObjSecId sec, uint64_t at)
{
    if (!s->obj)
        s->obj = obj_local(as->obj, as->ta->label_name, strlen(as->ta->label_name), sec, at);
    return s->obj;
}

/* Symbol of one side of a difference; 0 after a message or when it has none. */
static ObjSymId side_symbol(As *as, AsSym *s, SrcLoc loc)
{
    uint64_t at;
    if (!s->name && as->ta->label_name && as_sym_addr(as, s, &at))
        return label_symbol(as, s, as->secs.p[s->sec]->obj, at);
    return s->obj ? s->obj : symbol_of(as, s, loc);
}

/* add - sub + c where no single relocation knows it: two that add and subtract in the field. */
static bool apply_difference(As *as, AsSec *s, uint64_t place, const AsFix *f, const AsVal *v, SrcLoc loc)
{
    uint32_t add, sub;
    ObjSymId a, b;
    if (f->pcrel || f->hint || v->mod || !v->add || !as->ta->difference || !as->ta->difference(f->size, &add, &sub))
        return false;
    a = side_symbol(as, v->add, loc);
    b = side_symbol(as, v->sub, loc);
    if (a && b) {
        obj_reloc(as->obj, s->obj, place, add, a, v->c);
        obj_reloc(as->obj, s->obj, place, sub, b, 0);
    }
    return true;
}

static void apply(As *as, uint32_t secno, AsFixup *x)
{
    AsSec *s = as->secs.p[secno];
    ObjSec *o = as->obj->secs.p[s->obj];
    AsFix *f = &x->f;
    AsVal v = f->v;
    uint64_t place = s->frags.p[x->frag].addr + x->off, at = 0;
    AsSym *sym;
    ObjSymId id = 0;
    AsRelocQuery q;
    uint32_t type, to = 0;
    bool placed = false;
    int done;
    if (!v.tree && v.add && !v.sub && place_of(as, v.add, x->loc, &to, &at)) {
        placed = true; /* the symbol itself counts, also one that .set made: it has its own binding */
    } else if (v.mod) {
        AsVal t = v;
        t.mod = 0;
        if (!as_resolve(as, &t, x->loc))
            return;
        t.mod = t.add ? v.mod : 0;
        v = t;
    } else if (!as_resolve(as, &v, x->loc)) {
        return;
    }
    if (v.sub) {
        uint64_t sub;
        if (!f->pcrel && !as->ta->difference && as_sym_addr(as, v.sub, &sub) && v.sub->sec == secno && !v.mod) {
            f->pcrel = true;
            f->pc_off = 0;
            v.c += (int64_t)(place - sub);
            v.sub = NULL;
        } else if (!apply_difference(as, s, place, f, &v, x->loc)) {
            as_error_loc(as, x->loc, "the difference of '%s' and '%s' is known to no relocation", v.add && v.add->name ? v.add->name : ".",
                         v.sub->name ? v.sub->name : ".");
            return;
        } else {
            return;
        }
    }
    sym = v.add;
    if (sym && !placed)
        placed = place_of(as, sym, x->loc, &to, &at);
    if (!x->raw && !sym && !f->pcrel && (done = put_field(as, f, o->data.p + place, v.c)) >= 0) {
        if (done)
            return;
        as_error_loc(as, x->loc, "value %lld does not fit the field", (long long)v.c);
        return;
    }
    if (!x->raw && !sym && !f->pcrel && !(as->ta->put && f->hint)) {
        if (!fits(f, v.c, v.big)) {
            as_error_loc(as, x->loc, "value %lld does not fit %u bytes", (long long)v.c, (unsigned)f->size);
            return;
        }
        put_le(o->data.p + place, (uint64_t)v.c, f->size);
        return;
    }
    if (placed && f->pcrel && !v.mod && to == secno && sym->type != STT_GNU_IFUNC && sym->bind != STB_WEAK &&
        (x->branch || f->jump || sym->bind == STB_LOCAL)) {
        int64_t d;
        d = (int64_t)(at + (uint64_t)v.c - place - f->pc_off);
        done = put_field(as, f, o->data.p + place, d);
        if (done > 0)
            return;
        if (done == 0 || !fits(f, d, false)) {
            as_error_loc(as, x->loc, "the target is too far away for %u bytes", (unsigned)f->size);
            return;
        }
        if (!(as->ta->put && f->hint)) {
            put_le(o->data.p + place, (uint64_t)d, f->size);
            return;
        }
    }
    if (placed && sym->bind == STB_LOCAL) {
        AsSec *ts = as->secs.p[to];
        if (!sym->name && as->ta->label_name && !as->ta->section_ok(f)) {
            id = label_symbol(as, sym, ts->obj, at);
        } else if (!sym->name || (as->ta->section_ok(f) && sym->type != STT_GNU_IFUNC && !(ts->flags & SHF_TLS) &&
                           !((ts->flags & SHF_MERGE) && (f->pcrel || v.c)))) {
            id = obj_section_symbol(as->obj, ts->obj);
            v.c += (int64_t)at;
        } else {
            id = sym->obj;
        }
    } else if (sym) {
        id = sym->obj ? sym->obj : symbol_of(as, sym, x->loc);
        if (!id)
            return;
    }
    q.branch = x->branch;
    {
        AsFix g = *f;
        g.v = v;
        if (sym && as->obj->syms.p[id].type == STT_SECTION)
            g.v.add = NULL; /* what stays is the section */
        q.fix = &g;
        type = x->raw ? x->raw - 1 : as->ta->reloc(&q);
    }
    if (!type && !x->raw) {
        as_error_loc(as, x->loc, "there is no relocation for this field of %u bytes", (unsigned)f->size);
        return;
    }
    obj_reloc(as->obj, s->obj, place, type, id, v.c - (f->pcrel ? f->pc_off : 0));
}

static void apply_branches(As *as, uint32_t secno)
{
    AsSec *s = as->secs.p[secno];
    uint32_t i;
    for (i = 0; i < s->frags.n; i++) {
        AsFrag *f = &s->frags.p[i];
        const AsBranchLevel *l;
        AsFixup x;
        if (f->kind != AFR_BRANCH)
            continue;
        l = as->ta->branch_level(f->branch, f->level);
        memset(&x, 0, sizeof x);
        x.frag = i;
        x.off = f->n + l->field_at;
        x.loc = f->loc;
        x.branch = true;
        x.f.size = l->field_n;
        x.f.pcrel = true;
        x.f.pc_off = l->pc_off;
        x.f.hint = as->ta->branch_hint;
        x.f.v = f->v;
        apply(as, secno, &x);
    }
}

void as_alloc_bss(As *as, AsSym *s)
{
    uint32_t cur = as->cur;
    uint64_t align = s->off ? s->off : 1;
    AsSec *sec;
    AsFrag *f;
    as->cur = as_section(as, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 0, NULL);
    sec = as->secs.p[as->cur];
    if (sec->align < align)
        sec->align = align;
    f = as_close_frag(as, AFR_ALIGN);
    f->align = align;
    f->fill_n = 1;
    s->kind = ASY_LABEL;
    s->sec = as->cur;
    s->frag = sec->frags.n - 1;
    s->off = 0;
    s->type = s->type ? s->type : STT_OBJECT;
    if (!s->has_size) {
        s->has_size = true;
        s->size.c = (int64_t)s->csize;
    }
    f = as_close_frag(as, AFR_FILL);
    f->fill_n = 1;
    f->v.c = (int64_t)s->csize;
    as->cur = cur;
}

Obj *as_finish(As *as, const char *name)
{
    Obj *o = obj_new(as->arena, as->t, name);
    uint32_t i, k;
    bool note = false;
    as->obj = o;
    o->e_flags = as->t->e_flags;
    o->file_sym = as->file_sym;
    for (i = 0; i < as->syms.n; i++) {
        AsSym *s = as->syms.p[i];
        if (s->kind == ASY_COMMON && s->bind == STB_LOCAL && s->bind_told)
            as_alloc_bss(as, s);
        if (s->weak_by_alias && s->kind == ASY_UNDEF && !s->mentioned && !s->bind_told)
            s->bind = STB_WEAK;
    }
    relax(as);
    if (as->diag->errors != as->errors)
        return o;
    for (i = 0; i < as->secs.n; i++) {
        AsSec *s = as->secs.p[i];
        ObjSec *t;
        if (s->exec_note) {
            note = true;
            if (s->flags & SHF_EXECINSTR)
                o->exec_stack = true;
            continue;
        }
        s->obj = obj_section_new(o, s->name, s->type, s->flags, s->align);
        t = o->secs.p[s->obj];
        t->entsize = s->entsize;
        t->group = s->group;
        if (s->type == SHT_NOBITS) {
            t->nobits = s->size;
            continue;
        }
        buf_reserve(&t->data, s->size);
        for (k = 0; k < s->frags.n; k++)
            write_frag(as, s, t, &s->frags.p[k]);
    }
    if (!note)
        o->exec_stack = true;
    for (i = 0; i < as->secs.n; i++) {
        AsSec *s = as->secs.p[i];
        if (s->link_name && s->obj) {
            AsSym *to = as_sym(as, s->link_name, strlen(s->link_name));
            if (to->kind == ASY_LABEL)
                o->secs.p[s->obj]->link = as->secs.p[to->sec]->obj;
            else if (map_get(&as->sec_map, s->link_name, strlen(s->link_name)))
                o->secs.p[s->obj]->link =
                    as->secs.p[(uintptr_t)map_get(&as->sec_map, s->link_name, strlen(s->link_name)) - 1]->obj;
        }
    }
    for (i = 0; i < as->syms.n; i++)
        define(as, as->syms.p[i]);
    for (i = 0; i < as->secs.n; i++) {
        AsSec *s = as->secs.p[i];
        if (s->exec_note || s->type == SHT_NOBITS)
            continue;
        for (k = 0; k < s->fixups.n; k++)
            apply(as, i, &s->fixups.p[k]);
        apply_branches(as, i);
    }
    for (i = 0; i < as->syms.n; i++) { /* symbols told global or weak stay as they were told */
        AsSym *s = as->syms.p[i];
        if (s->kind == ASY_UNDEF && s->bind == STB_WEAK && s->mentioned)
            symbol_of(as, s, s->loc);
    }
    if (as->ta->finish)
        as->ta->finish(as, o);
    return o;
}
