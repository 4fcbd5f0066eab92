/* record: struct, union and enum specifiers (6.7.2.1, 6.7.2.2) and the layout of records by the System V psABI (3.1.2,
 * "Aggregates and Unions" and "Bit-Fields"), with GNU's packed, aligned and #pragma pack. */
#include "cc/parse.h"

enum { MAP_FROM = 12 };        /* members from which on a map finds them */

/* ---- members by name ---- */

static CcMember *find_inside(CcRecord *r, Ident *name)
{
    for (CcMember *m = r->members; m; m = m->next) {
        if (m->name == name)
            return m;
        if (!m->name && ty_is_record(m->type) && find_inside(m->type->u.rec, name))
            return m;
    }
    return NULL;
}

CcMember *cc_member_find(Type *t, Ident *name)
{
    CcRecord *r = t->u.rec;
    if (r->by_name)
        return map_get_int(r->by_name, (uint64_t)(uintptr_t)name);
    return find_inside(r, name);
}

static void enter_names(Map *map, CcRecord *r, CcMember *top)
{
    for (CcMember *m = r->members; m; m = m->next) {
        CcMember *t = top ? top : m;
        if (m->name)
            *map_at_int(map, (uint64_t)(uintptr_t)m->name) = t;
        else if (ty_is_record(m->type))
            enter_names(map, m->type->u.rec, t);
    }
}

/* ---- layout ---- */

typedef struct Layout {
    uint64_t bits;             /* first free bit */
    uint64_t size;             /* bytes so far */
    uint32_t align;
    uint32_t pack;             /* 0: natural */
    bool packed, is_union;
    bool unnamed;              /* the target's unnamed_aligns */
} Layout;

static void place_bit_field(Layout *l, struct CcField *f)
{
    CcMember *m = f->m;
    uint64_t unit = m->type->size * 8, natural = m->type->align;
    bool packed = l->packed || f->packed;
    if (l->pack && natural > l->pack)
        natural = l->pack;
    if (l->is_union)
        l->bits = 0;
    if (m->bit_width == 0) { /* aligns what follows, and the whole where the target says so, packed or not */
        if (l->unnamed && natural > l->align)
            l->align = (uint32_t)natural;
        l->bits = align_up(l->bits, natural * 8);
        m->offset = l->bits / 8;
        return;
    }
    if (m->type->align > m->type->size && f->align < m->type->align)
        f->align = m->type->align; /* a typedef with an aligned attribute */
    if (f->align) {
        l->bits = align_up(l->bits, (uint64_t)f->align * 8);
        if (f->align > l->align)
            l->align = f->align;
    } else if (!packed && !l->pack && l->bits / unit != (l->bits + m->bit_width - 1) / unit) {
        l->bits = align_up(l->bits, natural * 8);
    }
    m->offset = l->bits / unit * m->type->size;
    m->bit_off = (uint8_t)(l->bits - m->offset * 8);
    if ((m->name || l->unnamed) && !packed && natural > l->align)
        l->align = (uint32_t)natural;
    l->bits += m->bit_width;
}

static void place(Layout *l, struct CcField *f)
{
    CcMember *m = f->m;
    if (m->bit_field) {
        place_bit_field(l, f);
    } else {
        uint32_t align = l->packed || f->packed ? 1 : m->type->align;
        if (l->pack && align > l->pack)
            align = l->pack;
        if (f->align > align)
            align = f->align;
        if (l->is_union)
            l->bits = 0;
        l->bits = align_up(l->bits, (uint64_t)align * 8);
        m->offset = l->bits / 8;
        if (align > l->align)
            l->align = align;
        l->bits += m->type->size * 8;
    }
    if ((l->bits + 7) / 8 > l->size)
        l->size = (l->bits + 7) / 8;
}

/* Size, alignment and completeness belong to every qualified version. */
static void complete(Type *t, uint64_t size, uint32_t align)
{
    for (Type *v = t; v; v = v == t ? t->quald : v->quald) {
        v->size = size;
        v->align = align;
        v->incomplete = false;
        v->is_unsigned = t->is_unsigned;
        v->base = t->base;
    }
}

static void lay_out(CcParser *p, Type *t, uint32_t first, const CcAttrs *a, uint32_t pack, SrcLoc loc)
{
    CcRecord *r = t->u.rec;
    Layout l = {0};
    l.align = 1;
    l.pack = pack;
    l.packed = a->packed;
    l.unnamed = p->cc->target->unnamed_aligns;
    l.is_union = t->kind == TY_UNION;
    CcMember **tail = &r->members;
    uint32_t named = 0;
    bool told = false;
    for (uint32_t i = first; i < p->fields.n; i++) {
        struct CcField *f = &p->fields.p[i];
        place(&l, f);
        if (l.size > CC_MAX_SIZE) {
            if (!told)
                diag_error(p->diag, loc, "size of '%s' is too large", ty_name(p->cc, t));
            told = true;
            l.size = 1;
            l.bits = 8;
        }
        Type *e = f->m->type;
        while (e->kind == TY_ARRAY)
            e = e->base;
        if ((e->quals & Q_CONST) || (ty_is_record(e) && e->u.rec->has_const))
            r->has_const = true;
        if (f->m->type->kind == TY_ARRAY && f->m->type->incomplete)
            r->flexible = true;
        named += f->m->name || !f->m->bit_field;
        *tail = f->m;
        tail = &f->m->next;
    }
    p->fields.n = first;
    r->member_align = l.align;
    if (a->align > l.align)
        l.align = a->align;
    r->packed = l.packed;
    r->min_align = a->align;
    r->complete = true;
    r->transparent = a->transparent;
    complete(t, align_up(l.size, l.align), l.align);
    if (named >= MAP_FROM) {
        r->by_name = arena_new(p->cc->unit, Map);
        map_init(r->by_name, p->cc->unit);
        enter_names(r->by_name, r, NULL);
    }
}

/* ---- member declarations ---- */

static bool bit_width(CcParser *p, CcMember *m)
{
    int64_t w;
    SrcLoc loc = p->tok.loc;
    const char *name = m->name ? m->name->s : "<anonymous>";
    Type *t = m->type;
    m->bit_field = true;
    m->bit_width = 1;
    if (!cc_const_expr(p, "bit-field width", &w, NULL))
        return false;
    if (ty_is_error(t)) {
        return false;
    } else if (!ty_is_int(t) || t->size > 8) {
        diag_error(p->diag, m->loc, "bit-field '%s' has invalid type", name);
        m->type = &p->basic[TY_INT];
    } else if (t->incomplete) {
        diag_error(p->diag, m->loc, "field '%s' has incomplete type", name);
        m->type = &p->basic[TY_INT];
    } else if (w < 0) {
        diag_error(p->diag, loc, "negative width in bit-field '%s'", name);
    } else if ((uint64_t)w > ty_bits(t)) {
        diag_error(p->diag, loc, "width of '%s' exceeds its type", name);
    } else if (w == 0 && m->name) {
        diag_error(p->diag, loc, "zero width for bit-field '%s'", name);
    } else {
        m->bit_width = (uint8_t)w;
        return true;
    }
    return false;
}

static bool has_name(CcParser *p, uint32_t first, Ident *name, CcMember **found)
{
    for (uint32_t i = first; i < p->fields.n; i++) {
        CcMember *m = p->fields.p[i].m;
        if (m->name == name || (!m->name && ty_is_record(m->type) && cc_member_find(m->type, name))) {
            *found = m;
            return true;
        }
    }
    return false;
}

static void check_member(CcParser *p, CcMember *m, Type *rec)
{
    const char *name = m->name ? m->name->s : "<anonymous>";
    Type *t = m->type;
    if (t->kind == TY_FUNC) {
        diag_error(p->diag, m->loc, "field '%s' declared as a function", name);
        m->type = ty_ptr(p->cc, t);
    } else if (t->kind == TY_VOID) {
        diag_error(p->diag, m->loc, "variable or field '%s' declared void", name);
        m->type = &p->basic[TY_INT];
    } else if (t->incomplete && !(t->kind == TY_ARRAY && rec->kind == TY_STRUCT)) {
        if (t->kind == TY_ARRAY)
            diag_error(p->diag, m->loc, "flexible array member in union");
        else
            diag_error(p->diag, m->loc, "field '%s' has incomplete type", name);
        m->type = &p->basic[TY_INT];
    }
}

static void add_member(CcParser *p, Type *rec, uint32_t first, Map *seen, const CcSpec *ds, CcDeclarator *d)
{
    CcMember *m = arena_new(p->cc->unit, CcMember);
    struct CcField f = {0};
    m->name = d->name;
    m->type = d->type;
    m->loc = d->loc;
    if (cc_accept(p, T_COLON))
        bit_width(p, m);
    cc_attributes(p, &d->attrs);
    if (d->attrs.mode)
        m->type = cc_attrs_to_type(p, m->type, &d->attrs);
    if (!m->bit_field)
        check_member(p, m, rec);
    f.m = m;
    f.align = ds->align > ds->attrs.align ? ds->align : ds->attrs.align;
    if (d->attrs.align > f.align)
        f.align = d->attrs.align;
    f.packed = ds->attrs.packed || d->attrs.packed;
    CcMember *old = NULL;
    if (m->name && p->fields.n - first < MAP_FROM) {
        has_name(p, first, m->name, &old);
    } else if (m->name) {
        if (!seen->entries.n)
            for (uint32_t i = first; i < p->fields.n; i++)
                if (p->fields.p[i].m->name)
                    *map_at_int(seen, (uint64_t)(uintptr_t)p->fields.p[i].m->name) = p->fields.p[i].m;
        old = map_get_int(seen, (uint64_t)(uintptr_t)m->name);
        *map_at_int(seen, (uint64_t)(uintptr_t)m->name) = m;
    }
    if (old) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, m->loc, m->loc + m->name->n, "duplicate member '%s'", m->name->s);
        diag_note(p->diag, old->loc, "previous declaration is here");
    }
    vec_push(p->cc->unit, &p->fields, f);
}

static const char *storage_name(unsigned s)
{
    static const char *const names[] = { "", "typedef", "extern", "static", "auto", "register" };
    return names[s];
}

static void member_declaration(CcParser *p, Type *rec, uint32_t first, Map *seen)
{
    CcSpec ds;
    CcDeclarator d;
    while (cc_kw(p) == KW_EXTENSION)
        cc_next(p);
    if (cc_kw(p) == KW_STATIC_ASSERT) {
        cc_static_assert(p);
        return;
    }
    SrcLoc loc = p->tok.loc;
    cc_specifiers(p, &ds);
    if (ds.storage != SC_NONE)
        diag_error(p->diag, ds.storage_loc, "expected specifier-qualifier-list before '%s'", storage_name(ds.storage));
    if (ds.is_inline)
        diag_error(p->diag, ds.loc, "expected specifier-qualifier-list before 'inline'");
    if (ds.implicit_int && p->tok.loc == loc) {
        cc_syntax_error(p, "specifier-qualifier-list");
        cc_skip_statement(p);
        return;
    }
    if (p->tok.kind == T_SEMI) {
        if (ty_is_record(ds.type) && !ds.type->u.rec->tag) {
            memset(&d, 0, sizeof d);
            d.type = ds.type;
            d.loc = loc;
            if (ds.type->incomplete)
                diag_error(p->diag, loc, "field has incomplete type '%s'", ty_name(p->cc, ds.type));
            else
                add_member(p, rec, first, seen, &ds, &d);
        } else {
            diag_warn(p->diag, W_NONE, loc, "declaration does not declare anything");
        }
        cc_next(p);
        return;
    }
    for (;;) {
        if (p->tok.kind == T_COLON) {
            memset(&d, 0, sizeof d);
            d.type = ds.type;
            d.loc = p->tok.loc;
        } else {
            cc_declarator(p, ds.type, &d, DECL_NAMED);
            if (!d.name) {
                cc_skip_statement(p);
                return;
            }
            cc_attributes(p, &d.attrs);
        }
        add_member(p, rec, first, seen, &ds, &d);
        if (!cc_accept(p, T_COMMA))
            break;
        cc_attributes(p, &d.attrs);
    }
    if (p->tok.kind == T_RBRACE) {
        diag_warn(p->diag, W_NONE, p->prev_end, "no semicolon at end of struct or union");
        return;
    }
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
}

static void check_flexible(CcParser *p, Type *t, uint32_t first)
{
    for (uint32_t i = first; i < p->fields.n; i++) {
        CcMember *m = p->fields.p[i].m;
        if (m->type->kind != TY_ARRAY || !m->type->incomplete)
            continue;
        if (i + 1 < p->fields.n) {
            diag_error(p->diag, m->loc, "flexible array member not at end of struct");
            m->type = ty_array(p->cc, m->type->base, 0);
        } else if (i == first) {
            diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, m->loc, 0,
                    "flexible array member in a struct with no named members");
        }
    }
    (void)t;
}

static void member_list(CcParser *p, Type *t, CcAttrs *a)
{
    uint32_t first = p->fields.n, pack = p->pack;
    SrcLoc loc = p->tok.loc;
    Map seen;
    map_init(&seen, p->cc->unit);
    cc_next(p);
    if (!cc_enter(p))
        return;
    while (p->tok.kind != T_RBRACE && p->tok.kind != T_EOF) {
        if (p->tok.kind == T_SEMI) {
            diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, p->tok.loc, 0, "extra semicolon in struct or union specified");
            cc_next(p);
            continue;
        }
        member_declaration(p, t, first, &seen);
    }
    cc_leave(p);
    cc_expect(p, T_RBRACE);
    cc_attributes(p, a);
    check_flexible(p, t, first);
    lay_out(p, t, first, a, pack, loc);
}

/* ---- tags (6.7.2.3) ---- */

static const char *const kind_names[] = { "struct", "union", "enum" };

static const char *kind_name(TypeKind k)
{
    return kind_names[k == TY_STRUCT ? 0 : k == TY_UNION ? 1 : 2];
}

static Type *new_tagged(CcParser *p, TypeKind k, Ident *name, SrcLoc loc)
{
    Type *t = ty_new(p->cc, k);
    t->incomplete = true;
    if (k == TY_ENUM) {
        t->u.en = arena_new(p->cc->unit, CcEnum);
        t->u.en->tag = name;
        t->base = &p->basic[TY_UINT];
        t->is_unsigned = true;
        t->size = t->align = 4;
    } else {
        t->u.rec = arena_new(p->cc->unit, CcRecord);
        t->u.rec->tag = name;
        t->u.rec->id = ++p->records;
    }
    if (name) {
        if (p->protos)
            diag_warn(p->diag, W_NONE, loc,
                      "'%s %s' declared inside parameter list will not be visible "
                      "outside of this definition or declaration",
                      kind_name(k), name->s);
        cc_tag_bind(p, name, t, loc);
    }
    return t;
}

/* The type a tag means here; with `define`, an unfinished one of this scope. */
static Type *tagged(CcParser *p, TypeKind k, Ident *name, SrcLoc loc, bool define)
{
    CcTag *tag = name ? name->tag : NULL;
    bool here = tag && tag->depth == p->scope;
    if (tag && (here || !define) && tag->type->kind != k) {
        if (here || p->tok.kind != T_SEMI) {
            diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "'%s' defined as wrong kind of tag", name->s);
            diag_note(p->diag, tag->loc, "previous definition of '%s' was here", name->s);
            return new_tagged(p, k, NULL, loc);
        }
    } else if (tag && here) {
        if (!define || tag->type->incomplete)
            return tag->type;
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, k == TY_ENUM ? "redeclaration of '%s %s'"
                : "redefinition of '%s %s'", kind_name(k), name->s);
        diag_note(p->diag, tag->loc, "originally defined here");
        return new_tagged(p, k, NULL, loc);
    } else if (tag && !define && (p->tok.kind != T_SEMI || k == TY_ENUM)) {
        return tag->type;
    }
    return new_tagged(p, k, name, loc);
}

Type *cc_record_specifier(CcParser *p, CcSpec *ds)
{
    TypeKind k = cc_kw(p) == KW_STRUCT ? TY_STRUCT : TY_UNION;
    CcAttrs a = {0};
    Ident *name = NULL;
    cc_next(p);
    cc_attributes(p, &a);
    SrcLoc loc = p->tok.loc;
    if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw) {
        name = p->tok.u.ident;
        cc_next(p);
    }
    ds->tag_only = true;
    if (p->tok.kind != T_LBRACE) {
        if (!name) {
            cc_syntax_error(p, "'{' or identifier");
            return &p->basic[TY_ERROR];
        }
        return tagged(p, k, name, loc, false);
    }
    Type *t = tagged(p, k, name, loc, true);
    if (t->u.rec->members) { /* defined inside itself */
        diag_error(p->diag, loc, "nested redefinition of '%s'", ty_name(p->cc, t));
        t = new_tagged(p, k, NULL, loc);
    }
    if (name && name->tag)
        ((CcTag *)name->tag)->loc = loc;
    member_list(p, t, &a);
    return t;
}

/* ---- enumerations ---- */

static Type *enum_base(CcParser *p, int64_t min, uint64_t max, bool negative, bool small)
{
    unsigned least = small ? 1 : 4;
    for (unsigned size = least; size < 8; size *= 2) {
        unsigned bits = size * 8;
        if (negative ? bits_fits_s(min, bits) && max <= (uint64_t)INT64_MAX && bits_fits_s((int64_t)max, bits)
            : bits_fits_u(max, bits))
            return cc_int_type(p, size, !negative);
    }
    return cc_int_type(p, 8, !negative);
}

static void enumerators(CcParser *p, Type *t, CcAttrs *a)
{
    CcEnum *en = t->u.en;
    CcSym **tail = &en->consts;
    int64_t next = 0, min = 0;
    uint64_t max = 0;
    bool negative = false, next_unsigned = false, wide = false;
    cc_next(p);
    if (p->tok.kind == T_RBRACE)
        diag_error(p->diag, p->tok.loc, "empty enum is invalid");
    while (p->tok.kind != T_RBRACE && p->tok.kind != T_EOF) {
        if (p->tok.kind != T_IDENT || p->tok.u.ident->kw) {
            cc_syntax_error(p, "identifier");
            cc_skip_to(p, T_RBRACE, T_RBRACE);
            break;
        }
        CcDeclarator d;
        memset(&d, 0, sizeof d);
        d.name = p->tok.u.ident;
        d.loc = p->tok.loc;
        cc_next(p);
        cc_attributes(p, &d.attrs);
        Type *vt = NULL;
        SrcLoc value_loc = d.loc;
        if (cc_accept(p, T_ASSIGN)) {
            int64_t v;
            value_loc = p->tok.loc;
            if (cc_const_expr(p, "enumerator value", &v, &vt)) {
                next = v;
                next_unsigned = v < 0 && vt->is_unsigned;
            }
        }
        CcSym *old = d.name->sym;
        if (old && old->depth == p->scope) {
            diag_at(p->diag, DIAG_ERROR, W_NONE, d.loc, d.loc + d.name->n, old->kind == SYM_ENUM_CONST
                    ? "redeclaration of enumerator '%s'"
                    : "'%s' redeclared as different kind of symbol", d.name->s);
            diag_note(p->diag, old->loc, "previous definition of '%s' was here", d.name->s);
        }
        bool fits = !next_unsigned && bits_fits_s(next, 32);
        CcSym *s = cc_sym_new(p, p->cc->unit, SYM_ENUM_CONST, d.name, &p->basic[TY_INT], d.loc);
        s->value = next;
        if (!fits) {
            wide = true;
            s->type = next_unsigned ? &p->basic[TY_ULONG] : bits_fits_u((uint64_t)next, 32) ? &p->basic[TY_UINT]
                : &p->basic[TY_LONG];
            diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, value_loc, 0,
                    "ISO C restricts enumerator values to range of 'int'");
        }
        cc_bind(p, d.name, s);
        *tail = s;
        tail = &s->next;
        if (next < 0 && !next_unsigned) {
            negative = true;
            if (next < min)
                min = next;
        } else if ((uint64_t)next > max) {
            max = (uint64_t)next;
        }
        next_unsigned = next_unsigned || (next == INT64_MAX);
        next = (int64_t)((uint64_t)next + 1);
        if (!cc_accept(p, T_COMMA))
            break;
    }
    if (p->tok.kind != T_RBRACE) {
        cc_syntax_error(p, "',' or '}'");
        cc_skip_to(p, T_RBRACE, T_RBRACE);
    }
    cc_expect(p, T_RBRACE);
    cc_attributes(p, a);
    t->base = enum_base(p, min, max, negative, a->packed || p->cc->opt.short_enums);
    t->is_unsigned = t->base->is_unsigned;
    if (wide && t->base->size > 4)
        for (CcSym *s = en->consts; s; s = s->next)
            s->type = t->base;
    en->complete = true;
    complete(t, t->base->size, t->base->align);
}

Type *cc_enum_specifier(CcParser *p, CcSpec *ds)
{
    CcAttrs a = {0};
    Ident *name = NULL;
    cc_next(p);
    cc_attributes(p, &a);
    SrcLoc loc = p->tok.loc;
    if (p->tok.kind == T_IDENT && !p->tok.u.ident->kw) {
        name = p->tok.u.ident;
        cc_next(p);
    }
    ds->tag_only = true;
    if (p->tok.kind != T_LBRACE) {
        if (!name) {
            cc_syntax_error(p, "'{' or identifier");
            return &p->basic[TY_ERROR];
        }
        return tagged(p, TY_ENUM, name, loc, false);
    }
    Type *t = tagged(p, TY_ENUM, name, loc, true);
    enumerators(p, t, &a);
    return t;
}
