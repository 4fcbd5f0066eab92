/* decl: declarations (6.7) and external definitions (6.9): what follows the specifiers is declared, initialised, or is
 * a function whose body is parsed and handed to the lower side. */
#include "cc/parse.h"

const char *cc_asm_label(CcParser *p)
{
    const char *s = NULL;
    if (cc_kw(p) != KW_ASM)
        return NULL;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN))
        return NULL;
    if (p->tok.kind == T_STRING)
        s = cc_plain_string(p, NULL);
    else
        cc_syntax_error(p, "string literal");
    cc_expect(p, T_RPAREN);
    return s;
}

/* _Static_assert(expr, "text"); the text may be missing (C23) */
void cc_static_assert(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    int64_t v;
    const char *text = NULL;
    cc_next(p);
    if (!cc_expect(p, T_LPAREN)) {
        cc_skip_statement(p);
        return;
    }
    bool ok = cc_const_expr(p, "expression in static assertion", &v, NULL);
    if (cc_accept(p, T_COMMA)) {
        if (p->tok.kind == T_STRING)
            text = cc_plain_string(p, NULL);
        else
            cc_syntax_error(p, "string literal");
    }
    if (ok && !v) {
        if (text)
            diag_error(p->diag, loc, "static assertion failed: \"%s\"", text);
        else
            diag_error(p->diag, loc, "static assertion failed");
    }
    cc_expect(p, T_RPAREN);
    if (!cc_expect(p, T_SEMI))
        cc_skip_statement(p);
}

/* The declared thing must be an object of known, bearable size. Gives a type that is. */
bool cc_size_ok(CcParser *p, SrcLoc loc, Type *t, Ident *name)
{
    const char *s = name ? name->s : "object";
    if (t->kind == TY_ERROR)
        return true;
    if (t->kind == TY_VOID) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + (name ? name->n : 1), "variable or field '%s' declared void",
                s);
        return false;
    }
    if (t->incomplete) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + (name ? name->n : 1),
                t->kind == TY_ARRAY ? "array size missing in '%s'" : "storage size of '%s' isn't known", s);
        return false;
    }
    return true;
}

/* ---- objects ---- */

static void automatic_init(CcParser *p, CcSym *s, Node *n)
{
    CcInitList l;
    cc_initializer(p, s->type, false, s->name, &l);
    s->type = l.type;
    n->u.init.inits = l.p;
    n->u.init.n = l.n;
    n->u.init.zero = l.zero;
}

static void static_init(CcParser *p, CcSym *s)
{
    CcInitList l;
    Arena *old = p->cc->node_arena;
    p->cc->node_arena = p->cc->unit;
    cc_initializer(p, s->type, true, s->name, &l);
    p->cc->node_arena = old;
    s->type = l.type;
    s->init = l.p;
    s->ninit = l.n;
    s->extra_size = l.extra;
}

/* __auto_type x = value */
static Node *auto_init(CcParser *p, CcSpec *ds, CcDeclarator *d)
{
    if (p->tok.kind != T_ASSIGN) {
        diag_error(p->diag, d->loc, "'__auto_type' requires an initialized data declaration");
        d->type = &p->basic[TY_ERROR];
        return NULL;
    }
    cc_next(p);
    Node *v = cc_rvalue(p, cc_assign_expr(p));
    d->type = ty_qualify(p->cc, v->type, ds->type->quals);
    return v;
}

static bool check_init(CcParser *p, const CcSpec *ds, const CcDeclarator *d)
{
    if (ds->storage == SC_TYPEDEF)
        diag_error(p->diag, d->loc, "typedef '%s' is initialized (use '__typeof__' instead)", d->name->s);
    else if (d->type->kind == TY_FUNC)
        diag_error(p->diag, d->loc, "function '%s' is initialized like a variable", d->name->s);
    else
        return true;
    return false;
}

/* One init-declarator. Gives the N_DECL of an automatic object, else NULL. */
static Node *init_declarator(CcParser *p, CcSpec *ds, CcDeclarator *d)
{
    Node *value = NULL;
    if (ds->auto_type)
        value = auto_init(p, ds, d);
    bool has_init = p->tok.kind == T_ASSIGN || value;
    if (ds->attrs.any)
        d->type = cc_attrs_to_type(p, d->type, &ds->attrs);
    if (d->attrs.any)
        d->type = cc_attrs_to_type(p, d->type, &d->attrs);
    if (ds->storage == SC_TYPEDEF && (ds->attrs.align || d->attrs.align) && d->type->kind != TY_FUNC) {
        d->type = ty_clone(p->cc, d->type);
        d->type->align = ds->attrs.align > d->attrs.align ? ds->attrs.align : d->attrs.align;
    }
    if (has_init && !value && !check_init(p, ds, d)) {
        cc_next(p);
        cc_skip_to(p, T_COMMA, T_COMMA);
        has_init = false;
    }
    if (has_init && ds->storage == SC_EXTERN) {
        if (p->scope)
            diag_error(p->diag, d->loc, "'%s' has both 'extern' and initializer", d->name->s);
        else
            diag_warn(p->diag, W_NONE, d->loc, "'%s' initialized and declared 'extern'", d->name->s);
    }
    if (ds->is_inline && d->type->kind != TY_FUNC)
        diag_warn(p->diag, W_NONE, d->loc, "variable '%s' declared 'inline'", d->name->s);
    if (p->scope && ds->storage == SC_STATIC && d->type->kind == TY_FUNC)
        diag_error(p->diag, d->loc, "invalid storage class for function '%s'", d->name->s);
    if (p->scope == 0 && ds->storage == SC_REGISTER)
        diag_error(p->diag, d->loc, "register name not specified for '%s'", d->name->s);
    if (d->type->kind == TY_FUNC && d->type->old_style)
        diag_at(p->diag, DIAG_WARNING, W_STRICT_PROTOTYPES, d->loc, d->loc + d->name->n,
                "function declaration isn't a prototype");
    CcSym *s = cc_declare(p, ds, d, has_init);
    if (ds->storage == SC_TYPEDEF || d->type->kind == TY_FUNC)
        return NULL;
    bool automatic = !s->is_static;
    if (s->kind != SYM_VAR)
        automatic = false;
    Node *n = NULL;
    if (automatic) {
        n = cc_node(p, N_DECL, NULL, d->loc);
        n->u.init.sym = s;
    }
    if (value) {
        if (automatic) {
            n->u.init.inits = arena_new(p->cc->node_arena, CcInit);
            n->u.init.inits->type = s->type->unq;
            n->u.init.inits->value = value;
            n->u.init.n = 1;
        } else {
            s->init = arena_new(p->cc->unit, CcInit);
            s->init->type = s->type->unq;
            s->init->value = value;
            s->ninit = 1;
        }
    } else if (has_init) {
        cc_next(p);
        if (s->type->kind != TY_ARRAY && s->type->incomplete) {
            if (s->type->kind == TY_VOID)
                diag_at(p->diag, DIAG_ERROR, W_NONE, d->loc, d->loc + d->name->n,
                        "variable or field '%s' declared void", d->name->s);
            else
                diag_at(p->diag, DIAG_ERROR, W_NONE, d->loc, d->loc + d->name->n,
                        "variable '%s' has initializer but incomplete type", d->name->s);
            s->type = &p->basic[TY_ERROR];
        }
        if (automatic)
            automatic_init(p, s, n);
        else
            static_init(p, s);
    }
    if (s->is_extern)
        return NULL;
    if (p->scope || has_init || (s->type->kind == TY_VOID) || ds->storage == SC_STATIC) {
        bool later = p->scope == 0 && !has_init && s->type->kind == TY_ARRAY;
        if (!later && !cc_size_ok(p, d->loc, s->type, d->name))
            s->type = &p->basic[TY_ERROR];
    }
    if (automatic)
    if (s->is_register && s->type->kind == TY_ARRAY)
        s->address_taken = true;
    return n;
}

/* ---- function definitions (6.9.1) ---- */

/* Declarations between the ) and the { of a K&R definition. */
static void kr_declarations(CcParser *p, uint32_t first)
{
    while (p->tok.kind != T_LBRACE && p->tok.kind != T_EOF) {
        CcSpec ds;
        CcDeclarator d;
        SrcLoc at = p->tok.loc;
        cc_specifiers(p, &ds);
        for (;;) {
            if (p->tok.kind == T_SEMI)
                break;
            cc_declarator(p, ds.type, &d, DECL_NAMED);
            if (!d.name)
                break;
            cc_attributes(p, &d.attrs);
            bool found = false;
            for (uint32_t i = first; i < p->kr.n; i++) {
                CcParam *q = &p->kr.p[i];
                if (q->name != d.name)
                    continue;
                found = true;
                if (q->type)
                    diag_error(p->diag, d.loc, "redeclaration of parameter '%s'", d.name->s);
                q->type = d.type->kind == TY_ARRAY ? ty_ptr(p->cc, d.type->base) : d.type->kind == TY_FUNC
                    ? ty_ptr(p->cc, d.type) : d.type;
                q->loc = d.loc;
                q->is_register = ds.storage == SC_REGISTER;
                q->attr_unused = ds.attrs.unused || d.attrs.unused;
            }
            if (!found)
                diag_error(p->diag, d.loc, "declaration for parameter '%s' but no such parameter", d.name->s);
            if (!cc_accept(p, T_COMMA))
                break;
        }
        if (!cc_expect(p, T_SEMI)) {
            cc_skip_statement(p);
            if (p->tok.loc == at)
                break;
        }
    }
    for (uint32_t i = first; i < p->kr.n; i++) {
        CcParam *q = &p->kr.p[i];
        if (q->type)
            continue;
        q->type = &p->basic[TY_INT];
        diag_at(p->diag, DIAG_WARNING, W_IMPLICIT_INT, q->loc, q->loc + q->name->n, "type of '%s' defaults to 'int'",
                q->name->s);
    }
}

static CcSym *bind_param(CcParser *p, const CcParam *q, uint32_t number)
{
    CcSym *s = cc_sym_new(p, p->cc->node_arena, SYM_VAR, q->name, q->type, q->loc);
    s->is_param = true;
    s->is_register = q->is_register;
    s->attr_unused = q->attr_unused;
    s->is_volatile = ty_has_volatile(q->type);
    if (!q->name) {
        diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, q->loc, 0, "parameter name omitted");
    } else {
        CcSym *old = q->name->sym;
        if (old && old->depth == p->scope && p->scope)
            diag_at(p->diag, DIAG_ERROR, W_NONE, q->loc, q->loc + q->name->n, "redefinition of parameter '%s'",
                    q->name->s);
        cc_bind(p, q->name, s);
    }
    if (q->type->incomplete && !ty_is_error(q->type)) {
        diag_at(p->diag, DIAG_ERROR, W_NONE, q->loc, 0, "parameter %u ('%s') has %s type", number,
                q->name ? q->name->s : "", q->type->kind == TY_VOID ? "void" : "incomplete");
        s->type = &p->basic[TY_ERROR];
    }
    return s;
}

/* A K&R parameter arrives promoted (6.5.2.2p6); a float is narrowed into an object of its own. */
static Node *narrow_float(CcParser *p, CcSym **param)
{
    CcSym *in = *param, *s = cc_sym_new(p, p->cc->node_arena, SYM_VAR, NULL, &p->basic[TY_DOUBLE], in->loc);
    s->is_param = true;
    s->depth = in->depth;
    *param = s;
    in->is_param = false;
    Node *var = cc_node(p, N_VAR, s->type, in->loc);
    var->u.sym = s;
    Node *n = cc_node(p, N_DECL, NULL, in->loc);
    n->u.init.sym = in;
    n->u.init.inits = arena_new(p->cc->node_arena, CcInit);
    n->u.init.inits->type = in->type->unq;
    n->u.init.inits->value = cc_convert(p, cc_rvalue(p, var), in->type);
    n->u.init.n = 1;
    return n;
}

static void check_definition(CcParser *p, const CcSpec *ds, CcDeclarator *d)
{
    Type *r = d->type->base;
    if (ds->storage == SC_TYPEDEF || ds->storage == SC_AUTO || ds->storage == SC_REGISTER)
        diag_error(p->diag, ds->storage_loc, "function definition declared '%s'",
                   ds->storage == SC_TYPEDEF ? "typedef" : ds->storage == SC_AUTO ? "auto" : "register");
    if (r->kind != TY_VOID && r->incomplete && !ty_is_error(r)) {
        diag_error(p->diag, d->loc, "return type is an incomplete type");
        d->type = ty_clone(p->cc, d->type);
        d->type->base = &p->basic[TY_ERROR];
    }
    if (d->name == p->id_main && p->cc->opt.hosted && r->kind != TY_INT && ds->storage != SC_STATIC)
        diag_warn(p->diag, W_MAIN, d->loc, "return type of 'main' is not 'int'");
}

static void function_definition(CcParser *p, CcSpec *ds, CcDeclarator *d)
{
    Cc *cc = p->cc;
    bool kr = p->kr_type == d->type && p->kr.n && d->type->old_style;
    CcSpec fs = *ds;
    if (ds->attrs.any)
        d->type = cc_attrs_to_type(p, d->type, &ds->attrs);
    if (d->attrs.any)
        d->type = cc_attrs_to_type(p, d->type, &d->attrs);
    check_definition(p, ds, d);
    if (fs.storage == SC_TYPEDEF || fs.storage == SC_AUTO || fs.storage == SC_REGISTER)
        fs.storage = SC_NONE;
    uint32_t ntags = p->proto_type == d->type ? p->proto_tags.n : 0;
    CcTagBinding *tags = NULL;
    if (ntags) {
        tags = arena_array(cc->unit, CcTagBinding, ntags);
        memcpy(tags, p->proto_tags.p, ntags * sizeof *tags);
    }
    if (!ds->is_inline && ds->storage != SC_STATIC && d->name != p->id_main) {
        CcSym *old = d->name->sym;
        if (!old || old->kind != SYM_FUNC)
            diag_at(p->diag, DIAG_WARNING, W_MISSING_PROTOTYPES, d->loc, d->loc + d->name->n,
                    "no previous prototype for '%s'", d->name->s);
    }
    if (d->type->old_style && !kr)
        diag_at(p->diag, DIAG_WARNING, W_STRICT_PROTOTYPES, d->loc, d->loc + d->name->n,
                "function declaration isn't a prototype");
    if (kr)
        kr_declarations(p, 0);
    CcSym *s = cc_declare(p, &fs, d, true);
    cc->node_arena = cc_lower_defers(cc, s) ? cc->unit : cc->fn;
    CcFunc *fn = arena_new(cc->node_arena, CcFunc);
    fn->sym = s;
    p->fn = fn;
    p->result = d->type->base->unq;
    p->func_name = NULL;
    p->last_label = NULL;
    p->loops = 0;
    p->sw = NULL;
    p->live = true;
    map_init(&p->labels, cc->node_arena);
    CcMark m = cc_scope_enter(p);
    for (uint32_t i = 0; i < ntags; i++) {
        CcTagBinding *b = &tags[i];
        CcTag *t = cc_tag_bind(p, b->name, b->tag->type, b->tag->loc);
        t->type = b->tag->type;
    }
    Node *first = NULL, *last = NULL;
    uint32_t n = kr ? p->kr.n : d->type->u.fn.nparams;
    CcParam *params = kr ? p->kr.p : d->type->u.fn.params;
    fn->nparams = n;
    fn->params = arena_array(cc->node_arena, CcSym *, n);
    for (uint32_t i = 0; i < n; i++)
        fn->params[i] = bind_param(p, &params[i], i + 1);
    for (uint32_t i = 0; kr && i < n; i++) {
        if (fn->params[i]->type->kind != TY_FLOAT)
            continue;
        Node *decl = narrow_float(p, &fn->params[i]);
        if (last)
            last->next = decl;
        else
            first = decl;
        last = decl;
    }
    p->kr.n = 0;
    p->kr_type = NULL;
    uint32_t loops = p->diag->errors;
    Node *body = cc_block(p, true);
    if (first) {
        last->next = body->u.list.first;
        body->u.list.first = first;
        if (!last->next)
            body->u.list.last = last;
    }
    fn->body = body;
    fn->end = p->prev_end ? p->prev_end - 1 : 0;
    cc_function_labels(p);
    if (p->live && p->result->kind != TY_VOID && !ty_is_error(p->result) && loops == p->diag->errors) {
        if (d->name == p->id_main && p->result->kind == TY_INT) {
            Node *r = cc_node(p, N_RETURN, NULL, fn->end);
            r->a = cc_int_node(p, p->result, 0, fn->end);
            r->flags = F_IMPLICIT;
            if (body->u.list.last)
                body->u.list.last->next = r;
            else
                body->u.list.first = r;
            body->u.list.last = r;
        } else {
            diag_warn(p->diag, W_RETURN_TYPE, fn->end, "control reaches end of non-void function");
        }
    }
    cc_scope_leave(p, m);
    p->fn = NULL;
    if (!p->diag->errors)
        cc_lower_function(cc, fn);
    cc->node_arena = cc->fn;
}

/* ---- declarations ---- */

/* Behind a declarator: asm label and attributes, in either order. */
static void behind_declarator(CcParser *p, CcDeclarator *d)
{
    cc_attributes(p, &d->attrs);
    if (cc_kw(p) == KW_ASM) {
        d->asm_name = cc_asm_label(p);
        cc_attributes(p, &d->attrs);
    }
}

static void warn_implicit_int(CcParser *p, const CcSpec *ds, const CcDeclarator *d)
{
    if (!ds->implicit_int || !d->name)
        return;
    if (d->type->kind == TY_FUNC)
        diag_at(p->diag, DIAG_WARNING, W_IMPLICIT_INT, d->loc, d->loc + d->name->n, "return type defaults to 'int'");
    else
        diag_at(p->diag, DIAG_WARNING, W_IMPLICIT_INT, d->loc, d->loc + d->name->n,
                "type defaults to 'int' in declaration of '%s'", d->name->s);
}

static void empty_declaration(CcParser *p, const CcSpec *ds)
{
    if (!ds->tag_only && ds->implicit_int)
        diag_warn(p->diag, W_NONE, ds->loc, "empty declaration");
    else if (!ds->tag_only)
        diag_warn(p->diag, W_NONE, ds->loc, "useless type name in empty declaration");
    else if (ty_is_record(ds->type) && !ds->type->u.rec->tag)
        diag_warn(p->diag, W_NONE, ds->loc, "unnamed struct/union that defines no instances");
}

void cc_external_declaration(CcParser *p)
{
    CcSpec ds;
    CcDeclarator d;
    SrcLoc start = p->tok.loc;
    while (cc_kw(p) == KW_EXTENSION)
        cc_next(p);
    if (p->tok.kind == T_SEMI) {
        diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, p->tok.loc, 0,
                "ISO C does not allow extra ';' outside of a function");
        cc_next(p);
        return;
    }
    if (cc_kw(p) == KW_STATIC_ASSERT) {
        cc_static_assert(p);
        return;
    }
    if (cc_kw(p) == KW_ASM) {
        cc_unsupported(p, p->tok.loc, "asm outside of a function is");
        cc_skip_statement(p);
        return;
    }
    cc_specifiers(p, &ds);
    if (p->tok.kind == T_SEMI) {
        empty_declaration(p, &ds);
        cc_next(p);
        return;
    }
    for (bool one = true;; one = false) {
        cc_declarator(p, ds.type, &d, DECL_NAMED);
        if (!d.name) {
            cc_skip_statement(p);
            if (p->tok.kind == T_RBRACE && p->scope == 0) {
                if (p->tok.loc == start)
                    diag_error(p->diag, start, "extraneous closing brace");
                cc_next(p);
            }
            return;
        }
        warn_implicit_int(p, &ds, &d);
        if (one && d.type->kind == TY_FUNC && p->tok.kind != T_COMMA && p->tok.kind != T_SEMI && p->tok.kind
            != T_ASSIGN) {
            behind_declarator(p, &d);
            bool kr = p->kr_type == d.type && p->kr.n && p->tok.kind == T_IDENT && cc_is_decl_ident(p->tok.u.ident);
            if (p->tok.kind == T_LBRACE || kr) {
                function_definition(p, &ds, &d);
                return;
            }
        } else {
            behind_declarator(p, &d);
        }
        if (p->kr_type == d.type && p->kr.n) {
            diag_warn(p->diag, W_NONE, d.loc, "parameter names (without types) in function declaration");
            p->kr.n = 0;
        }
        init_declarator(p, &ds, &d);
        if (!cc_accept(p, T_COMMA))
            break;
        cc_attributes(p, &ds.attrs);
    }
    if (!cc_expect(p, T_SEMI)) {
        if (p->tok.kind == T_IDENT && cc_is_decl_ident(p->tok.u.ident))
            return; /* a forgotten semicolon */
        cc_skip_statement(p);
        if (p->tok.kind == T_RBRACE && p->scope == 0)
            cc_next(p);
    }
}

Node *cc_local_declaration(CcParser *p, Node **last)
{
    CcSpec ds;
    CcDeclarator d;
    Node *first = NULL;
    *last = NULL;
    cc_specifiers(p, &ds);
    if (p->tok.kind == T_SEMI) {
        empty_declaration(p, &ds);
        cc_next(p);
        return NULL;
    }
    for (;;) {
        cc_declarator(p, ds.type, &d, DECL_NAMED);
        if (!d.name) {
            cc_skip_statement(p);
            return first;
        }
        warn_implicit_int(p, &ds, &d);
        behind_declarator(p, &d);
        if (d.type->kind == TY_FUNC && p->tok.kind == T_LBRACE) {
            cc_unsupported(p, d.loc, "a nested function is");
            cc_skip_statement(p);
            return first;
        }
        Node *n = init_declarator(p, &ds, &d);
        if (n) {
            if (*last)
                (*last)->next = n;
            else
                first = n;
            *last = n;
        }
        if (!cc_accept(p, T_COMMA))
            break;
        cc_attributes(p, &ds.attrs);
    }
    if (!cc_expect(p, T_SEMI)) {
        if (!(p->tok.kind == T_IDENT && cc_is_decl_ident(p->tok.u.ident)))
            cc_skip_statement(p);
    }
    return first;
}
