/* parse: what the files of cc's parse side share. Recursive descent over pp_next with one token in hand and one ahead;
 * a node is typed and folded when it is made. One section a file. */
#ifndef CC_PARSE_H
#define CC_PARSE_H

#include "cc/cc.h"

typedef struct CcParser CcParser;

enum {
    CC_MAX_DEPTH = 1000,       /* nested parentheses, blocks, declarators, braces (5.2.4.1 asks for 127) */
    CC_MAX_HEIGHT = 4000       /* of a tree: bounds every later recursion over it */
};
#define CC_MAX_SIZE ((uint64_t)1 << 47) /* bytes of an object */

/* ---- keywords (6.4.1). Up to KW_DECL_LAST: begin a declaration; KW_TYPE_FIRST..KW_DECL_LAST: begin a type name. ----
 * */
typedef enum CcKw {
    KW_NONE,
    KW_TYPEDEF, KW_EXTERN, KW_STATIC, KW_AUTO, KW_REGISTER, KW_THREAD, KW_INLINE, KW_NORETURN, KW_TYPE_FIRST,
    KW_ALIGNAS = KW_TYPE_FIRST, KW_CONST, KW_VOLATILE, KW_RESTRICT, KW_ATOMIC, KW_VOID, KW_BOOL, KW_CHAR, KW_SHORT,
    KW_INT, KW_LONG, KW_SIGNED, KW_UNSIGNED, KW_FLOAT, KW_DOUBLE, KW_COMPLEX, KW_INT128, KW_FLOAT128, KW_STRUCT,
    KW_UNION, KW_ENUM, KW_TYPEOF, KW_AUTO_TYPE, KW_ATTRIBUTE, KW_VA_LIST, KW_DECL_LAST = KW_VA_LIST, KW_STATIC_ASSERT,
    KW_EXTENSION, KW_BREAK, KW_CASE, KW_CONTINUE, KW_DEFAULT, KW_DO, KW_ELSE, KW_FOR, KW_GOTO, KW_IF, KW_RETURN,
    KW_SWITCH, KW_WHILE, KW_ASM, KW_LABEL, KW_SIZEOF, KW_ALIGNOF, KW_GENERIC, KW_FUNC_NAME, KW_REAL, KW_IMAG, KW_COUNT,
    KW_BUILTIN = 256,
             /* + CcBuiltin */ KW_LIBRARY = 512           /* + row of builtin.c's library functions: __builtin_memcpy …
              * */
} CcKw;

/* ---- attributes: attr.c ---- */

typedef enum CcFormatKind { FORMAT_NONE, FORMAT_PRINTF, FORMAT_SCANF, FORMAT_STRFTIME } CcFormatKind;
struct CcTypeAttr {            /* of a function type */
    bool noreturn, warn_unused, deprecated, returns_twice;
    uint8_t format;            /* CcFormatKind */
    uint16_t format_arg, first_arg; /* 1-based; first_arg 0: a va_list follows */
};
typedef struct CcAttrs {
    bool any, packed, used, unused, weak, noreturn, constructor, destructor, always_inline, noinline, returns_twice,
        gnu_inline,
        transparent, warn_unused, deprecated, has_visibility, fallthrough;
    uint8_t visibility, mode, format;
    uint16_t format_arg, first_arg, ctor_priority, dtor_priority;
    uint32_t align;
    const char *section, *alias;
    Ident *weakref;
} CcAttrs;

/* Reads any number of __attribute__((...)) into a (which the caller cleared). */
void cc_attributes(CcParser *p, CcAttrs *a);
void cc_attrs_to_sym(CcParser *p, CcSym *s, const CcAttrs *a);
Type *cc_attrs_to_type(CcParser *p, Type *t, const CcAttrs *a);   /* mode, noreturn, format … */

/* ---- declarations ---- */

typedef enum CcStorage { SC_NONE, SC_TYPEDEF, SC_EXTERN, SC_STATIC, SC_AUTO, SC_REGISTER } CcStorage;
typedef struct CcSpec {        /* declaration specifiers, 6.7 */
    Type *type;
    uint8_t storage;
    bool is_inline, noreturn, auto_type;
    bool tag_only;             /* names or defines a tag: may stand without a declarator */
    bool implicit_int;
    uint32_t align;
    SrcLoc loc, storage_loc;
    CcAttrs attrs;
} CcSpec;
typedef struct CcDeclarator {
    Type *type;
    Ident *name;
    SrcLoc loc;                /* of the name, or where it would stand */
    const char *asm_name;
    CcAttrs attrs;
} CcDeclarator;
enum { DECL_NAMED = 1, DECL_ABSTRACT = 2 };

struct CcTag { Ident *name; Type *type; SrcLoc loc; uint32_t depth; };
typedef struct CcTag CcTag;
typedef struct CcEnum {
    Ident *tag;
    CcSym *consts;             /* in order, by `next` */
    bool complete;
} CcEnum;

typedef struct CcBinding { Ident *name; CcSym *sym, *outer; } CcBinding;
typedef struct CcTagBinding { Ident *name; CcTag *tag, *outer; } CcTagBinding;

/* A member before its record is laid out. */
struct CcField { CcMember *m; uint32_t align; bool packed; SrcLoc width_loc; };

typedef struct CcSwitch {      /* innermost switch being read */
    struct CcSwitch *up;
    Type *type;                /* promoted */
    Node *first, *last;        /* cases */
    bool has_default;
    uint32_t n;
} CcSwitch;

struct CcParser {
    bool started;              /* the first token is in hand */
    Cc *cc;
    Pp *pp;
    Diag *diag;
    Token tok;                 /* in hand */
    Token ahead;
    bool has_ahead;
    SrcLoc prev_end;           /* one past the last token taken */
    SrcLoc syntax_at;          /* token of the last syntax error: the next there is not told */
    uint32_t depth;
    uint32_t noeval;           /* > 0: operands that are not evaluated */
    uint32_t scope;            /* 0: file scope */
    uint32_t nlabels;          /* labels and cases met: an operand that has some is never folded away */
    VEC(CcBinding) binds;
    VEC(CcTagBinding) tags;
    VEC(CcTagBinding) proto_tags; /* of the parameter list read last: visible in the body */
    Type *proto_type;
    VEC(CcParam) params;       /* of the parameter lists being read, inner ones behind */
    uint32_t proto_first;      /* where the innermost list starts in params */
    uint32_t protos;           /* parameter lists being read */
    uint32_t proto_bound;      /* its parameters up to here are bound to their names */
    CcAttrs leading;           /* attributes in front of the declaration in a block that is about to be read */
    bool vla;                  /* a parameter's array length was no constant */
    VEC(CcParam) kr;           /* identifier list of a K&R definition, and the function type it belongs to */
    Type *kr_type;
    VEC(struct CcField) fields; /* of the records being read, inner ones behind */
    Map attr_names;            /* Ident -> row + 1 */
    VEC(CcInit) inits;         /* of the initializers being read, inner ones behind */
    Map hidden;                /* externs declared in blocks only: by Ident */
    Map weak;                  /* #pragma weak before the declaration: Ident -> Ident of alias or itself */
    Map library;               /* functions the compiler knows: Ident -> row + 1 */
    /* function under way */
    CcFunc *fn;
    Type *result;
    Map labels;                /* Ident -> CcLabel */
    CcLabel *last_label;
    CcSym *func_name;
    CcSwitch *sw;
    uint32_t loops;            /* enclosing loops; breakable: loops or sw */
    bool broke;                /* a break of the innermost loop or switch was met */
    bool continued;            /* a continue was met */
    /* the innermost breakable statement is a switch, or one is around with no loop between */
    bool in_switch;
    bool live;                 /* control reaches this statement */
    bool in_stmt_expr, opening_stmt_expr; /* right inside ({ }): the last statement is a value */
    uint32_t records;          /* numbers records */
    uint32_t suggested;        /* names that were looked for near misspelt ones */
    /* pragmas */
    uint32_t pack;             /* 0: natural */
    VEC(struct CcPack { uint32_t pack; Ident *name; }) packs;
    uint8_t visibility;
    VEC(uint8_t) visibilities;
    VEC(uint8_t *) diags;      /* saved Diag.on */
    /* types */
    Type basic[TY_KINDS];
    Type *wchar, *char16, *char32, *size, *ptrdiff, *char_ptr, *const_char_ptr, *void_ptr, *const_void_ptr;
    Ident *id_alloca, *id_main, *id_strlen;
};

/* ---- parse.c: tokens, recovery, pragmas ---- */

void cc_next_slow(CcParser *p);
static inline void cc_next(CcParser *p)
{
    p->prev_end = p->tok.loc + p->tok.n;
    if (p->has_ahead) {
        p->tok = p->ahead;
        p->has_ahead = false;
        return;
    }
    pp_next(p->pp, &p->tok);
    if (p->tok.kind == T_PRAGMA)
        cc_next_slow(p);
}
const Token *cc_peek(CcParser *p);
static inline bool cc_accept(CcParser *p, TokenKind k)
{
    if (p->tok.kind != k)
        return false;
    cc_next(p);
    return true;
}
static inline unsigned cc_kw(const CcParser *p)
{
    return p->tok.kind == T_IDENT ? p->tok.u.ident->kw : KW_NONE;
}
bool cc_expect(CcParser *p, TokenKind k);                /* takes it, or tells "expected 'k' before …" */
void cc_syntax_error(CcParser *p, const char *expected); /* "expected %s before 'tok'" */
/* after an error: behind the next ; or before the next } of this level */
void cc_skip_statement(CcParser *p);
void cc_skip_to(CcParser *p, TokenKind a, TokenKind b);  /* before the next a or b of this level, or ; or } */
void cc_skip_braces(CcParser *p);                        /* at {: behind its } */
bool cc_enter(CcParser *p);                              /* one level deeper; false after a message */
static inline void cc_leave(CcParser *p) { p->depth--; }
void cc_error_at(CcParser *p, const Node *n, const char *fmt, ...);                   /* over the range of n */
void cc_warn_at(CcParser *p, DiagWarning w, const Node *n, const char *fmt, ...);
bool cc_unsupported(CcParser *p, SrcLoc loc, const char *what);                       /* "%s not supported"; false */
static inline bool cc_is_type_ident(const Ident *id)
{
    return id->kw ? id->kw >= KW_TYPE_FIRST && id->kw <= KW_DECL_LAST : id->sym && ((CcSym *)id->sym)->kind
        == SYM_TYPEDEF;
}
static inline bool cc_is_decl_ident(const Ident *id)
{
    return id->kw ? id->kw <= KW_DECL_LAST : id->sym && ((CcSym *)id->sym)->kind == SYM_TYPEDEF;
}
/* the token in hand begins a type name (skips __extension__) */
bool cc_starts_type(CcParser *p);

/* ---- type.c ---- */

Type *ty_new(Cc *cc, TypeKind k);
Type *ty_clone(Cc *cc, const Type *t);                   /* a separate type with fresh caches */
Type *ty_func(Cc *cc, Type *result);
Type *ty_unqual(Cc *cc, Type *t);                        /* arrays too */
bool ty_same_unqual(const Type *a, const Type *b);       /* compatible without top qualifiers */
void ty_types_init(Cc *cc);
static inline bool ty_is_error(const Type *t) { return t->kind == TY_ERROR; }
static inline bool ty_is_object_ptr(const Type *t) { return t->kind == TY_PTR && t->base->kind != TY_FUNC; }
static inline unsigned ty_bits(const Type *t) { return t->kind == TY_BOOL ? 1 : (unsigned)t->size * 8; }
Type *ty_unsigned(Cc *cc, Type *t);                      /* integer of the same size */
bool ty_has_volatile(const Type *t);

/* ---- scope.c ---- */

typedef struct CcMark { uint32_t binds, tags; } CcMark;
CcMark cc_scope_enter(CcParser *p);
void cc_scope_leave(CcParser *p, CcMark m);
void cc_bind(CcParser *p, Ident *name, CcSym *s);
CcTag *cc_tag_bind(CcParser *p, Ident *name, Type *t, SrcLoc loc);
CcSym *cc_sym_new(CcParser *p, Arena *a, CcSymKind k, Ident *name, Type *t, SrcLoc loc);
void cc_sym_to_unit(CcParser *p, CcSym *s);              /* into the chain of file-scope and static symbols */
/* Enters a declared name with all rules of redeclaration (6.2.2, 6.7p3, 6.9.2). `defines`: a body or an initializer
 * follows. */
CcSym *cc_declare(CcParser *p, const CcSpec *ds, CcDeclarator *d, bool defines);
CcSym *cc_implicit_function(CcParser *p, Ident *name, SrcLoc loc);
CcSym *cc_static_literal(CcParser *p, Type *t, const uint8_t *bytes); /* string literal's object */

/* ---- record.c ---- */

Type *cc_record_specifier(CcParser *p, CcSpec *ds);      /* at struct or union */
Type *cc_enum_specifier(CcParser *p, CcSpec *ds);
/* Finds a member, walking into anonymous ones; *offset gets what those add; path calls for each step when given. */
CcMember *cc_member_find(Type *rec, Ident *name);        /* direct or the anonymous one that has it */

/* ---- decl.c ---- */

void cc_specifiers(CcParser *p, CcSpec *ds);             /* declaration-specifiers or specifier-qualifier-list */
void cc_declarator(CcParser *p, Type *base, CcDeclarator *d, unsigned how);
Type *cc_type_name(CcParser *p);
void cc_external_declaration(CcParser *p);
/* A declaration in a block: its N_DECL nodes, linked; *last gets the last. NULL when none. */
Node *cc_local_declaration(CcParser *p, Node **last);
void cc_static_assert(CcParser *p);
const char *cc_asm_label(CcParser *p);                   /* asm("name") behind a declarator, else NULL */
bool cc_size_ok(CcParser *p, SrcLoc loc, Type *t, Ident *name);

/* ---- init.c ---- */

typedef struct CcInitList { CcInit *p; uint32_t n; bool zero; uint64_t extra; Type *type; } CcInitList;
/* Reads an initializer for an object of type t; the list's type is t completed. is_static: constants are required and
 * everything lives in the unit arena. */
void cc_initializer(CcParser *p, Type *t, bool is_static, Ident *name, CcInitList *out);

/* ---- node.c: nodes and conversions ---- */

Node *cc_node(CcParser *p, NodeOp op, Type *t, SrcLoc loc);
Node *cc_node1(CcParser *p, NodeOp op, Type *t, SrcLoc loc, Node *a);
Node *cc_node2(CcParser *p, NodeOp op, Type *t, SrcLoc loc, Node *a, Node *b);
Node *cc_int_node(CcParser *p, Type *t, int64_t v, SrcLoc loc);   /* normalised; F_CONST_EXPR */
Node *cc_error_node(CcParser *p, SrcLoc loc);
static inline Node *cc_range(Node *n, SrcLoc begin, SrcLoc end)
{
    n->begin = begin;
    n->end = end;
    return n;
}
bool cc_is_lvalue(const Node *n);
Node *cc_rvalue(CcParser *p, Node *n);                   /* 6.3.2.1 */
Node *cc_convert(CcParser *p, Node *n, Type *to);        /* n a value; no checks */
Node *cc_promote(CcParser *p, Node *n);                  /* integer promotions, bit-fields too */
Node *cc_default_promote(CcParser *p, Node *n);          /* 6.5.2.2p6 */
Node *cc_scalar(CcParser *p, Node *n, const char *what); /* value,
    required scalar: "used %s where scalar is required" */
bool cc_is_null_const(const Node *n);
void cc_mark_address(Node *lvalue);
Node *cc_addr(CcParser *p, Node *lvalue, Type *t, SrcLoc loc);    /* N_ADDR or a constant */
typedef enum CcAssignWhy { WHY_ASSIGN, WHY_INIT, WHY_ARG, WHY_RETURN } CcAssignWhy;
typedef struct CcArgOf { const char *name; uint32_t number; SrcLoc param; } CcArgOf;
/* n as if assigned to type t (6.5.16.1), with its messages. */
Node *cc_assign_convert(CcParser *p, Node *n, Type *t, CcAssignWhy why, const CcArgOf *arg);
Node *cc_member(CcParser *p, Node *rec, Ident *name, SrcLoc loc);
CcMember *cc_bit_field(const Node *n);                   /* n loads or designates one, else NULL */
Type *cc_int_type(CcParser *p, uint64_t size, bool is_unsigned);

/* ---- const.c: folding ---- */

int64_t cc_wrap(const Type *t, int64_t v);               /* to the range of an integer or pointer type */
Node *cc_fold1(CcParser *p, NodeOp op, Type *t, Node *a, SrcLoc loc);             /* NULL: not folded */
Node *cc_fold2(CcParser *p, NodeOp op, Type *t, Node *a, Node *b, SrcLoc loc);
Node *cc_fold_cast(CcParser *p, Node *n, Type *to);
SfFormat cc_sf(const CcParser *p, const Type *t);
bool cc_truth(const Node *n, bool *v);                   /* of a folded constant */
/* conditional-expression that has to be an integer constant expression (6.6p6) */
bool cc_const_expr(CcParser *p, const char *what, int64_t *v, Type **type);

/* ---- expr.c, unary.c ---- */

Node *cc_expr(CcParser *p);                              /* with commas; may be an lvalue */
Node *cc_assign_expr(CcParser *p);                       /* may be an lvalue */
Node *cc_cond_expr(CcParser *p);
Node *cc_cast_expr(CcParser *p);
Node *cc_binary(CcParser *p, NodeOp op, Node *a, Node *b, SrcLoc loc);
Node *cc_cast(CcParser *p, Type *to, Node *n, SrcLoc loc, SrcLoc begin); /* explicit */
Node *cc_deref(CcParser *p, Node *a, SrcLoc loc);
Node *cc_compound_literal(CcParser *p, Type *t, SrcLoc loc);
Node *cc_call(CcParser *p, Node *fn);                    /* at ( */
/* the plain string literal a pointer value points to, or NULL */
const CcSym *cc_literal(const Node *n);
void cc_check_unused(CcParser *p, const Node *n, bool left);        /* value of an expression statement */
void cc_warn_cond(CcParser *p, const Node *n);           /* assignment as truth value */
Node *cc_increment(CcParser *p, Node *a, bool minus, bool post, SrcLoc loc);

/* ---- stmt.c ---- */

Node *cc_block(CcParser *p, bool function_body);         /* at {, new scope unless function_body */
Node *cc_stmt_expr(CcParser *p, SrcLoc begin);           /* at the { of ({ */
Node *cc_statement(CcParser *p);
Node *cc_body(CcParser *p);                              /* a statement that is its own scope (6.8.4p3) */
Node *cc_stmt_node(CcParser *p, NodeOp op, SrcLoc loc);
/* Height of a statement takes in a part: the limit on it bounds the lower side's recursion. */
void cc_grow(Node *n, const Node *part);

/* ---- switch.c ---- */

CcLabel *cc_label_find(CcParser *p, Ident *name, SrcLoc loc);
void cc_function_labels(CcParser *p);                    /* at the end of a function: undefined, unused */
Node *cc_switch(CcParser *p);                            /* at switch */
/* At a label, case or default: labels in a row are read in a loop (generated code has thousands on end), then the
 * statement. */
Node *cc_label_run(CcParser *p);

/* ---- lit.c ---- */

Node *cc_number(CcParser *p);
Node *cc_char_const(CcParser *p);
/* Joins adjacent string literals: an array type and its bytes (with terminator), in the unit arena. */
Type *cc_strings(CcParser *p, const uint8_t **bytes);
Node *cc_string(CcParser *p);
/* A plain string's text for asm labels, attributes and the like; NULL after a message. */
const char *cc_plain_string(CcParser *p, uint32_t *n);
Node *cc_func_name(CcParser *p);

/* ---- suggest.c: "; did you mean 'name'?" or "". kinds: bits 1 << CcSymKind ---- */

#define CC_OBJECTS (1u << SYM_VAR | 1u << SYM_FUNC | 1u << SYM_ENUM_CONST)
const char *cc_suggest(CcParser *p, const Ident *wrong, unsigned kinds);
const char *cc_suggest_member(CcParser *p, const Ident *wrong, const Type *record);

/* ---- builtin.c, format.c ---- */

void cc_builtins_init(CcParser *p);
Node *cc_builtin(CcParser *p);                           /* at a name with kw >= KW_BUILTIN */
CcSym *cc_library(CcParser *p, unsigned row);
/* A function the compiler knows by name was declared: attributes it has anyway. */
void cc_known_function(CcParser *p, CcSym *s);
Type *cc_known_type(CcParser *p, Ident *name);           /* NULL when unknown */
Node *cc_va_arg(CcParser *p, SrcLoc loc);
void cc_check_format(CcParser *p, const struct CcTypeAttr *fmt, const Node *call, const char *name);

#endif
