/* scope: names (6.2.1 to 6.2.3). An identifier carries its innermost declaration, so lookup costs nothing; a stack of
 * bindings puts the outer one back when a scope ends. cc_declare holds the rules of redeclaration, linkage and inline.
 * */
#include "cc/parse.h"

CcMark cc_scope_enter(CcParser *p)
{
    CcMark m;
    m.binds = p->binds.n;
    m.tags = p->tags.n;
    p->scope++;
    return m;
}

static void check_unused_var(CcParser *p, const CcSym *s)
{
    if (s->kind != SYM_VAR || s->used || s->attr_unused || s->depth == 0 || !s->name || p->diag->errors)
        return;
    if (s->is_param) {
        if (!s->was_set)
            diag_at(p->diag, DIAG_WARNING, W_UNUSED_PARAMETER, s->loc, s->loc + s->name->n, "unused parameter '%s'",
                    s->name->s);
    } else if (s->was_set) {
        diag_at(p->diag, DIAG_WARNING, W_UNUSED_BUT_SET, s->loc, s->loc + s->name->n, "variable '%s' set but not used",
                s->name->s);
    } else {
        diag_at(p->diag, DIAG_WARNING, W_UNUSED_VARIABLE, s->loc, s->loc + s->name->n, "unused variable '%s'",
                s->name->s);
    }
}

void cc_scope_leave(CcParser *p, CcMark m)
{
    for (uint32_t i = m.binds; i < p->binds.n; i++)
        check_unused_var(p, p->binds.p[i].sym);
    while (p->binds.n > m.binds) {
        CcBinding *b = &p->binds.p[--p->binds.n];
        b->name->sym = b->outer;
    }
    while (p->tags.n > m.tags) {
        CcTagBinding *b = &p->tags.p[--p->tags.n];
        b->name->tag = b->outer;
    }
    p->scope--;
}

void cc_bind(CcParser *p, Ident *name, CcSym *s)
{
    CcBinding b;
    CcSym *outer = name->sym;
    if (outer && p->scope && s->kind == SYM_VAR && outer->depth < p->scope && outer->kind == SYM_VAR && s->depth) {
        diag_at(p->diag, DIAG_WARNING, W_SHADOW, s->loc, s->loc + name->n, outer->is_param
                ? "declaration of '%s' shadows a parameter"
                : outer->depth ? "declaration of '%s' shadows a previous local"
                : "declaration of '%s' shadows a global declaration", name->s);
        diag_note(p->diag, outer->loc, "shadowed declaration is here");
    }
    b.name = name;
    b.sym = s;
    b.outer = outer;
    vec_push(p->cc->unit, &p->binds, b);
    name->sym = s;
}

CcTag *cc_tag_bind(CcParser *p, Ident *name, Type *t, SrcLoc loc)
{
    CcTagBinding b;
    CcTag *tag = arena_new(p->cc->unit, CcTag);
    tag->name = name;
    tag->type = t;
    tag->loc = loc;
    tag->depth = p->scope;
    b.name = name;
    b.tag = tag;
    b.outer = name->tag;
    vec_push(p->cc->unit, &p->tags, b);
    name->tag = tag;
    return tag;
}

CcSym *cc_sym_new(CcParser *p, Arena *a, CcSymKind k, Ident *name, Type *t, SrcLoc loc)
{
    CcSym *s = arena_new(a, CcSym);
    s->kind = (uint8_t)k;
    s->name = name;
    s->type = t;
    s->loc = loc;
    s->depth = p->scope;
    s->ctor_priority = s->dtor_priority = 65535;
    return s;
}

void cc_sym_to_unit(CcParser *p, CcSym *s)
{
    *p->cc->file_syms_end = s;
    p->cc->file_syms_end = &s->next;
}

CcSym *cc_static_literal(CcParser *p, Type *t, const uint8_t *bytes)
{
    CcSym *s = cc_sym_new(p, p->cc->unit, SYM_VAR, NULL, t, p->tok.loc);
    s->linkage = LINK_INTERNAL;
    s->is_static = true;
    s->defined = true;
    s->string_literal = bytes != NULL;
    s->str = bytes;
    cc_sym_to_unit(p, s);
    return s;
}

/* ---- redeclaration ---- */

static void note_previous(CcParser *p, const CcSym *old)
{
    if (!old->loc)
        return;
    if (old->kind == SYM_TYPEDEF || old->kind == SYM_ENUM_CONST)
        diag_note(p->diag, old->loc, "previous %s of '%s' was here", old->kind == SYM_TYPEDEF ? "declaration"
                  : "definition", old->name->s);
    else
        diag_note(p->diag, old->loc, "previous %s of '%s' with type '%s'", old->implicit ? "implicit declaration"
                  : old->defined
                  && old->kind != SYM_TYPEDEF ? "definition" : "declaration", old->name->s, ty_name(p->cc, old->type));
}

static void error_previous(CcParser *p, const CcDeclarator *d, const CcSym *old, const char *fmt)
{
    diag_at(p->diag, DIAG_ERROR, W_NONE, d->loc, d->loc + d->name->n, fmt, d->name->s);
    note_previous(p, old);
}

static bool same_kind(CcParser *p, const CcDeclarator *d, const CcSym *old, CcSymKind k)
{
    if (old->kind == k)
        return true;
    error_previous(p, d, old, "'%s' redeclared as different kind of symbol");
    return false;
}

/* Types of two declarations of one entity (6.7p4): the composite, or the new one after a message. */
static void merge_types(CcParser *p, CcSym *old, CcDeclarator *d)
{
    if (ty_compatible(old->type, d->type)) {
        old->type = ty_composite(p->cc, old->type, d->type);
        return;
    }
    const char *fmt = "conflicting types for '%s'; have '%s'";
    diag_at(p->diag, old->implicit ? DIAG_WARNING : DIAG_ERROR, W_NONE, d->loc, d->loc + d->name->n, fmt, d->name->s,
            ty_name(p->cc, d->type));
    note_previous(p, old);
    old->type = d->type;
}

static CcSym *declare_typedef(CcParser *p, CcDeclarator *d, CcSym *old)
{
    if (old && old->depth == p->scope) {
        if (!same_kind(p, d, old, SYM_TYPEDEF))
            return old;
        if (!ty_compatible(old->type, d->type))
            merge_types(p, old, d);
        return old;
    }
    CcSym *s = cc_sym_new(p, p->scope ? p->cc->node_arena : p->cc->unit, SYM_TYPEDEF, d->name, d->type, d->loc);
    Type *u = d->type->unq;
    if (!u->typedef_name && ((ty_is_record(u) && !u->u.rec->tag) || (u->kind == TY_ENUM && !u->u.en->tag)))
        u->typedef_name = d->name->s;
    cc_bind(p, d->name, s);
    return s;
}

/* The entity with linkage that an extern or function declaration in a block, or one at file scope, means. */
static CcSym *find_linked(CcParser *p, Ident *name, bool *visible)
{
    CcSym *s = name->sym;
    *visible = true;
    if (s && s->depth == 0)
        return s;
    *visible = false;
    if (s) {
        for (uint32_t i = p->binds.n; i-- > 0;)
            if (p->binds.p[i].name == name && p->binds.p[i].sym->depth == 0)
                return p->binds.p[i].sym;
    }
    return map_get_int(&p->hidden, (uint64_t)(uintptr_t)name);
}

static void check_linkage(CcParser *p, CcSym *old, const CcSpec *ds, const CcDeclarator *d, bool func)
{
    if (ds->storage == SC_STATIC && old->linkage == LINK_EXTERNAL) {
        if (old->implicit)
            old->linkage = LINK_INTERNAL;
        diag_at(p->diag, old->implicit ? DIAG_WARNING : DIAG_ERROR, W_NONE, d->loc, d->loc + d->name->n,
                "static declaration of '%s' follows non-static declaration", d->name->s);
        note_previous(p, old);
    } else if (ds->storage == SC_NONE && !func && old->linkage == LINK_INTERNAL) {
        error_previous(p, d, old, "non-static declaration of '%s' follows static declaration");
    }
}

/* 6.7.4p7 and GNU's older meaning. */
static void apply_inline(CcParser *p, CcSym *s, const CcSpec *ds, bool defines)
{
    bool gnu = s->gnu_inline || ds->attrs.gnu_inline || p->cc->opt.gnu89_inline;
    if (ds->attrs.gnu_inline)
        s->gnu_inline = true;
    if (ds->is_inline)
        s->inline_spec = true;
    if (s->linkage != LINK_EXTERNAL)
        return;
    if (gnu) {
        if (defines)
            s->inline_only = ds->is_inline && ds->storage == SC_EXTERN;
        return;
    }
    if (p->scope == 0 && (!ds->is_inline || ds->storage == SC_EXTERN))
        s->ext_inline = true;
    if (defines && s->inline_spec)
        s->inline_only = true;
    if (s->ext_inline)
        s->inline_only = false;
}

static void apply_pragmas(CcParser *p, CcSym *s)
{
    if (p->weak.entries.n) {
        Ident *alias = map_get_int(&p->weak, (uint64_t)(uintptr_t)s->name);
        if (alias) {
            s->weak = true;
            if (alias != s->name)
                s->alias = alias->s;
        }
    }
}

static CcSym *declare_linked(CcParser *p, const CcSpec *ds, CcDeclarator *d, bool defines)
{
    bool func = d->type->kind == TY_FUNC, visible;
    CcSymKind kind = func ? SYM_FUNC : SYM_VAR;
    CcSym *s = find_linked(p, d->name, &visible);
    if (s && (s->kind == SYM_TYPEDEF || s->kind == SYM_ENUM_CONST) && p->scope)
        s = NULL;
    if (s && !same_kind(p, d, s, kind))
        s = NULL, visible = false;
    bool is_new = !s;
    if (is_new) {
        s = cc_sym_new(p, p->cc->unit, kind, d->name, d->type, d->loc);
        s->depth = 0;
        s->linkage = ds->storage == SC_STATIC ? LINK_INTERNAL : LINK_EXTERNAL;
        s->is_static = true;
        if (p->visibilities.n) {
            s->visibility = p->visibility;
            s->vis_set = true;
        }
        cc_sym_to_unit(p, s);
        apply_pragmas(p, s);
        if (p->scope)
            *map_at_int(&p->hidden, (uint64_t)(uintptr_t)d->name) = s;
        if (func)
            cc_known_function(p, s);
    } else {
        if (p->scope == 0 || ds->storage == SC_STATIC)
            check_linkage(p, s, ds, d, func);
        bool again = defines && s->defined;
        if (again && func && s->inline_only && (s->gnu_inline || p->cc->opt.gnu89_inline)) {
            s->inline_only = s->inline_spec = false;
            again = false;
        }
        if (again) {
            error_previous(p, d, s, "redefinition of '%s'");
            s->type = d->type;
        } else {
            merge_types(p, s, d);
        }
        s->implicit = false;
    }
    if (is_new || !visible)
        cc_bind(p, d->name, s);
    if (defines || (is_new && !s->defined))
        s->loc = d->loc;
    if (func) {
        if (ds->noreturn || (d->type->attrs && d->type->attrs->noreturn))
            s->noreturn = true;
        if (d->type->attrs && d->type->attrs->returns_twice)
            s->returns_twice = true;
        if (d->type->attrs && d->type->attrs->deprecated)
            s->deprecated = true;
        apply_inline(p, s, ds, defines);
        s->defined |= defines;
    } else if (defines) {
        s->defined = true;
        s->tentative = s->is_extern = false;
    } else if (p->scope == 0 && ds->storage != SC_EXTERN) {
        s->tentative = !s->defined;
        s->is_extern = false;
    } else if (!s->defined && !s->tentative) {
        s->is_extern = true;
    }
    if (!s->vis_set && (s->defined || s->tentative))
        s->visibility = p->cc->opt.visibility;
    return s;
}

static CcSym *declare_local(CcParser *p, const CcSpec *ds, CcDeclarator *d, bool defines)
{
    CcSym *old = d->name->sym;
    if (old && old->depth == p->scope && p->scope) {
        if (old->kind != SYM_VAR || old->is_param)
            error_previous(p, d, old, "'%s' redeclared as different kind of symbol");
        else
            error_previous(p, d, old, "redeclaration of '%s' with no linkage");
    }
    bool is_static = ds->storage == SC_STATIC;
    CcSym *s = cc_sym_new(p, is_static ? p->cc->unit : p->cc->node_arena, SYM_VAR, d->name, d->type, d->loc);
    s->is_static = is_static;
    s->is_register = ds->storage == SC_REGISTER;
    if (is_static) {
        s->linkage = LINK_NONE;
        s->defined = defines;
        s->tentative = !defines;
        cc_sym_to_unit(p, s);
    }
    cc_bind(p, d->name, s);
    return s;
}

CcSym *cc_declare(CcParser *p, const CcSpec *ds, CcDeclarator *d, bool defines)
{
    CcSym *s;
    if (ds->storage == SC_TYPEDEF)
        return declare_typedef(p, d, d->name->sym);
    if (p->scope == 0 || ds->storage == SC_EXTERN || d->type->kind == TY_FUNC)
        s = declare_linked(p, ds, d, defines);
    else
        s = declare_local(p, ds, d, defines);
    if (ds->align > s->align)
        s->align = ds->align;
    if (ds->attrs.any)
        cc_attrs_to_sym(p, s, &ds->attrs);
    if (d->attrs.any)
        cc_attrs_to_sym(p, s, &d->attrs);
    if (d->asm_name)
        s->asm_name = d->asm_name;
    s->is_volatile |= ty_has_volatile(s->type);
    return s;
}

/* 6.5.2.2 in C90, an error by C99 that every compiler lets pass: extern int name(); */
CcSym *cc_implicit_function(CcParser *p, Ident *name, SrcLoc loc)
{
    Type *known = cc_known_type(p, name);
    Type *t = known;
    if (!t) {
        t = ty_func(p->cc, &p->basic[TY_INT]);
        t->old_style = true;
    }
    CcSym *s = map_get_int(&p->hidden, (uint64_t)(uintptr_t)name);
    if (s) {
        cc_bind(p, name, s);
        return s;
    }
    /* Names of builtins that are not there yet: told here, not by the linker. */
    if (strncmp(name->s, "__builtin_", 10) == 0 || strncmp(name->s, "__atomic_", 9) == 0
        || strncmp(name->s, "__sync_", 7) == 0) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + name->n, "builtin function '%s' is not supported", name->s);
        s = cc_sym_new(p, p->cc->unit, SYM_VAR, name, &p->basic[TY_ERROR], loc);
        s->used = s->is_static = true;
        cc_bind(p, name, s);
        return s;
    }
    diag_at(p->diag, DIAG_WARNING, W_IMPLICIT_DECL, loc, loc + name->n, "implicit declaration of function '%s'%s",
            name->s, cc_suggest(p, name, 1u << SYM_FUNC));
    s = cc_sym_new(p, p->cc->unit, SYM_FUNC, name, t, loc);
    s->depth = 0;
    s->linkage = LINK_EXTERNAL;
    s->is_static = true;
    s->implicit = true;
    cc_sym_to_unit(p, s);
    cc_known_function(p, s);
    *map_at_int(&p->hidden, (uint64_t)(uintptr_t)name) = s;
    cc_bind(p, name, s);
    return s;
}
