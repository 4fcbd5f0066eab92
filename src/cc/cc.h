/* cc: C11 and the GNU extensions real code uses: tokens in, a typed tree per function, IR and data out.
 *
 * parse side: parse.c (tokens, pragmas, the unit) type.c scope.c decl.c declarator.c record.c attr.c init.c node.c expr.c
 * unary.c call.c stmt.c switch.c lit.c const.c builtin.c format.c suggest.c predef.c (parser and semantics together: a node is typed,
 * converted and checked when it is made; every implicit conversion of C is an explicit node).
 * lower side: unit.c (order of a translation unit), lower*.c (tree to IR), data.c (initialised objects).
 *
 * The parser hands over each function as soon as its body ends; the tree of a function dies with it. */
#ifndef CC_H
#define CC_H

#include "arch/arch.h"
#include "pp/pp.h"

typedef struct Cc Cc;
typedef struct Type Type;
typedef struct CcSym CcSym;
typedef struct Node Node;
typedef struct CcLabel CcLabel;
typedef struct CcMember CcMember;
typedef struct CcInit CcInit;

/* ---- types (C11 6.2.5): type.c ---- */

typedef enum TypeKind {
    TY_VOID, TY_BOOL, TY_CHAR, TY_SCHAR, TY_UCHAR, TY_SHORT, TY_USHORT, TY_INT, TY_UINT, TY_LONG, TY_ULONG, TY_LLONG, TY_ULLONG,
    TY_FLOAT, TY_DOUBLE, TY_LDOUBLE,
    TY_ENUM, TY_PTR, TY_ARRAY, TY_FUNC, TY_STRUCT, TY_UNION,
    TY_ERROR,                  /* after a message: goes with everything, says nothing more */
    TY_KINDS
} TypeKind;
enum { Q_CONST = 1, Q_VOLATILE = 2, Q_RESTRICT = 4, Q_ATOMIC = 8 };

typedef struct CcParam { Type *type; Ident *name; SrcLoc loc; bool attr_unused, is_register; } CcParam;
struct CcMember {
    Ident *name;               /* NULL for unnamed (anonymous record or padding bit-field) */
    Type *type;
    SrcLoc loc;
    uint64_t offset;           /* bytes; of the storage unit for a bit-field */
    uint8_t bit_off, bit_width; /* inside the storage unit of type->size bytes; */
    bool bit_field;
    CcMember *next;
};
typedef struct CcRecord {
    Ident *tag;
    CcMember *members;         /* in order */
    Map *by_name;              /* for large records: name -> member; anonymous ones are searched through */
    bool packed, flexible, complete;
    bool has_const;            /* some member is const: not assignable */
    bool transparent;
    bool opaque;               /* stands for a type without arithmetic: no braces initialize it */
    uint32_t min_align;        /* aligned attribute */
    uint32_t member_align;     /* greatest of the members' */
    uint32_t id;
    AbiType *abi;              /* cache of cc_abi_type */
} CcRecord;
struct Type {
    uint8_t kind, quals;
    bool is_unsigned;          /* integers (plain char by target) */
    bool variadic, old_style;  /* TY_FUNC: `...`; no prototype */
    bool soft;                 /* TY_FLOAT, TY_DOUBLE: no instructions for it; values are integers of their bits */
    bool incomplete;           /* void, unfinished records and enums, arrays of unknown length */
    uint32_t align;
    uint64_t size;
    Type *unq;                 /* the same type without qualifiers (itself when it has none) */
    Type *base;                /* pointee, element, result, enum's integer type */
    Type *ptr;                 /* cache: pointer to this */
    Type *quald;               /* chain of qualified versions, on the unqualified one */
    union {
        uint64_t len;          /* array */
        struct { CcParam *params; uint32_t nparams; } fn;
        CcRecord *rec;         /* shared by all qualified versions */
        struct CcEnum *en;
    } u;
    const char *typedef_name;  /* for messages: as the user wrote it, or NULL */
    struct CcTypeAttr *attrs;  /* noreturn, format … of a function type, or NULL */
};
static inline bool ty_is_int(const Type *t) { return (t->kind >= TY_BOOL && t->kind <= TY_ULLONG) || t->kind == TY_ENUM; }
static inline bool ty_is_flt(const Type *t) { return t->kind >= TY_FLOAT && t->kind <= TY_LDOUBLE; }
static inline bool ty_is_arith(const Type *t) { return (t->kind >= TY_BOOL && t->kind <= TY_LDOUBLE) || t->kind == TY_ENUM; }
static inline bool ty_is_scalar(const Type *t) { return ty_is_arith(t) || t->kind == TY_PTR; }
static inline bool ty_is_record(const Type *t) { return t->kind == TY_STRUCT || t->kind == TY_UNION; }

Type *ty_basic(Cc *cc, TypeKind k);                      /* unqualified */
Type *ty_ptr(Cc *cc, Type *to);
Type *ty_array(Cc *cc, Type *of, uint64_t len);          /* len UINT64_MAX: unknown */
Type *ty_qualify(Cc *cc, Type *t, unsigned quals);       /* adds quals (to the element of an array) */
bool ty_compatible(const Type *a, const Type *b);        /* 6.2.7, with top qualifiers */
Type *ty_composite(Cc *cc, Type *a, Type *b);
Type *ty_promote(Cc *cc, Type *t);                       /* 6.3.1.1p2 */
Type *ty_common(Cc *cc, Type *a, Type *b);               /* usual arithmetic conversions, 6.3.1.8 */
const char *ty_name(Cc *cc, const Type *t);              /* for messages, "const char *(*)(int)" */

/* ---- names (6.2.1, 6.2.2): scope.c ---- */

typedef enum CcSymKind { SYM_VAR, SYM_FUNC, SYM_TYPEDEF, SYM_ENUM_CONST, SYM_BUILTIN } CcSymKind;
typedef enum CcLinkage { LINK_NONE, LINK_INTERNAL, LINK_EXTERNAL } CcLinkage;
struct CcSym {
    uint8_t kind;
    uint8_t linkage;
    uint8_t visibility;        /* STV_*; set by attribute, pragma or -fvisibility */
    bool is_static;            /* variable of static storage duration (all file-scope ones, local `static`, literals) */
    bool defined;              /* function body or initialised/tentative-made-real object seen */
    bool tentative;            /* 6.9.2p2; emitted as zeros at the end of the unit */
    bool is_extern;            /* declared with extern and no initializer so far */
    bool address_taken;        /* & or decay or member access of a record: has to live in memory */
    bool is_volatile;          /* any volatile access possible (type or member) */
    bool is_param, is_register;
    bool used;                 /* named in an evaluated place (for warnings) */
    bool attr_used, attr_unused, weak, noreturn, constructor, destructor, always_inline, noinline, returns_twice;
    bool inline_spec;          /* some declaration said inline */
    bool inline_only;          /* C99 inline definition without extern: body is never emitted (6.7.4p7) */
    bool gnu_inline;
    bool string_literal;       /* read-only bytes that may be merged */
    bool implicit;             /* declared by being called only */
    bool ext_inline;           /* some file-scope declaration of an inline function lacks inline or says extern */
    bool vis_set;              /* visibility was written, not inherited from options */
    bool was_set;              /* assigned to, for -Wunused-but-set-variable */
    bool deprecated;
    uint16_t ctor_priority, dtor_priority; /* 65535 default */
    uint32_t align;            /* from _Alignas/aligned, 0: the type's */
    uint32_t depth;            /* scope depth: 0 file */
    Ident *name;               /* NULL for literals and compound literals */
    Type *type;
    SrcLoc loc;
    const char *asm_name;      /* asm label, else NULL */
    const char *section;       /* attribute, else NULL */
    const char *alias;         /* attribute, else NULL */
    int64_t value;             /* enum constant; builtin number */
    CcInit *init;              /* static object's initializer, sorted by offset; lives in the unit arena */
    uint32_t ninit;
    uint64_t extra_size;       /* bytes behind type->size that an initialized flexible array member takes */
    const uint8_t *str;        /* string literal's bytes (type->size of them, terminator included) */
    CcSym *shadowed;           /* outer declaration of the name */
    CcSym *next;               /* chain of the scope / of the unit's file-scope symbols */
    /* lower side */
    uint32_t ir_sym;           /* unit symbol, 0 until referenced or defined */
    uint32_t slot;             /* 1 + stack slot of an automatic object in the function being lowered */
    IrRef addr;                /* automatic object that lives at an address (parameter in memory) */
    Node *body;                /* deferred inline function, in the unit arena */
    struct CcFunc *func;
    bool referenced;           /* code or data refers to it: a deferred body has to be emitted */
    bool emitted;
};

struct CcLabel {
    Ident *name;
    SrcLoc loc;
    bool defined, used, address_taken;
    uint32_t block;            /* 1 + IR block, lower side */
    uint32_t ir_sym;           /* when address_taken: unit symbol of the block */
    CcLabel *next;
};

/* ---- the typed tree ---- */

typedef enum NodeOp {
    /* lvalues and designators */
    N_VAR,          /* sym: object or function */
    N_DEREF,        /* *a */
    N_MEMBER,       /* a.member; an lvalue when a is one */
    N_COMPOUND,     /* compound literal with automatic storage: sym, initialised by inits each time it is reached; an
                       lvalue */
    /* values */
    N_INT,          /* u.ival (sign- or zero-extended per type); integer or pointer type */
    N_FLT,          /* u.fval in the type's format */
    N_LOAD,         /* lvalue conversion (6.3.2.1p2) of a: scalar or record; type is unqualified. Bit-fields promoted
                       by an outer CAST */
    N_ADDR,         /* address of lvalue a; also array and function decay (type tells) */
    N_LABEL_ADDR,   /* &&label */
    N_CAST,         /* a converted to type: arithmetic, pointer, _Bool (!= 0), or void */
    N_NEG, N_BITNOT,
    N_NOT,          /* !a, a scalar; type int */
    N_ADD, N_SUB, N_MUL, N_DIV, N_MOD, N_AND, N_OR, N_XOR,   /* both operands have the node's type */
    N_SHL, N_SHR,   /* a has the node's type, b any promoted integer type */
    N_PTRADD,       /* a pointer, b integer of type long; scale: element size; subtraction has b negated */
    N_PTRDIFF,      /* (a - b) / scale, type long */
    N_EQ, N_NE, N_LT, N_LE, N_GT, N_GE,   /* operands alike (arithmetic common type or pointers); type int */
    N_LAND, N_LOR,  /* type int */
    N_COND,         /* a ? b : c; b and c have the node's type (scalar, record or void) */
    N_COND_ELVIS,   /* a ?: c; a evaluated once, then converted to type */
    N_COMMA,        /* a, b */
    N_ASSIGN,       /* a = b; b already has a's unqualified type; value is a's new value */
    N_OPASSIGN,     /* a op= b: sub is the N_ADD.. or N_PTRADD; computed in ctype (a is converted to it, b has it, or
                       for shifts and PTRADD its own), converted back;
                       with F_POST the value is a's old one (x++ and x-- are OPASSIGN by 1 with F_POST) */
    N_CALL,         /* a: pointer to function; list u.call.args, converted by the prototype or promoted; type record,
                       scalar or void */
    N_STMT_EXPR,    /* ({ ... }): body a BLOCK; value is that of its last expression statement (u.list last) or void */
    N_BUILTIN,      /* u.bi.id with args: see CcBuiltin */
    N_VA_ARG,       /* a: address of the va_list object; fetches type */
    N_INIT_LIST,    /* only while parsing initializers */
    /* statements; type NULL */
    N_BLOCK,        /* list of statements */
    N_EXPR,         /* a; */
    N_DECL,         /* automatic object sym comes to life, initialised by u.init (n may be 0) */
    N_IF, N_WHILE, N_DO, N_FOR,  /* u.ctl: cond, then/body, otherwise, init, step */
    N_SWITCH,       /* a (promoted), body, cases chain */
    N_CASE,         /* u.cas: lo..hi or default, then statement */
    N_LABEL, N_GOTO, /* u.label, stmt */
    N_GOTO_IND,     /* goto *a */
    N_BREAK, N_CONTINUE,
    N_RETURN,       /* a or NULL; converted to the function's type */
    N_ASM,          /* basic asm, no operands: text in u.str */
    N_OPS
} NodeOp;

enum { F_POST = 1,             /* N_OPASSIGN */
       F_VOLATILE = 2,         /* access to an lvalue of volatile type */
       F_PAREN = 4,            /* was written in parentheses (warnings; string initializers) */
       F_CONST_EXPR = 8,       /* N_INT, N_FLT: is what 6.6 calls a constant expression (not only folded) */
       F_NULL_CONST = 16,      /* null pointer constant, 6.3.2.3p3 */
       F_LVALUE = 32,          /* N_MEMBER: designates an object */
       F_IMPLICIT = 64 };      /* made by the compiler, not written */

struct CcInit {                /* one scalar, string or whole-record initializer at an offset of an object */
    uint64_t offset;
    Type *type;
    CcMember *bits;            /* bit-field or NULL */
    Node *value;               /* converted to type; an array type with an N_VAR of a string literal is a copy of
                                  type->size bytes, zero-filled */
};

struct Node {
    uint8_t op, flags, sub;
    uint8_t pad;
    uint16_t height;           /* of the tree below, for the limit on nesting */
    uint16_t pad2;
    SrcLoc loc;                /* the operator, or first token */
    SrcLoc begin, end;         /* range of the whole, for carets (end: one past its last byte) */
    Type *type;
    Node *next;                /* in lists: arguments, statements */
    Node *a, *b;
    union {
        int64_t ival;
        Sf fval;
        Node *c;               /* N_COND, N_COND_ELVIS */
        uint64_t scale;        /* N_PTRADD, N_PTRDIFF */
        CcSym *sym;            /* N_VAR */
        CcMember *member;
        struct { Type *ctype; uint64_t scale; } op;             /* N_OPASSIGN */
        struct { Node *args; uint32_t nargs; } call;
        struct { uint32_t id, nargs; Node *args; Type *targ; } bi;
        struct { CcSym *sym; CcInit *inits; uint32_t n; bool zero; } init; /* N_DECL, N_COMPOUND: zero: clear the
                                                                              object first */
        struct { Node *first, *last; } list;                    /* N_BLOCK, N_STMT_EXPR */
        struct { Node *otherwise, *init, *step; } ctl;          /* a: condition (NULL: true), b: body or then; */
        struct { Node *cases; bool has_default; } sw;           /* N_SWITCH: a value, b body; N_CASE/default chain by
                                                                   u.cas.chain */
        struct { int64_t lo, hi; Node *chain; bool is_default; uint32_t block; } cas; /* b: statement; block: lower side, 1 +
                                                                                         */
        struct { CcLabel *label; } label;                       /* N_LABEL (b: statement), N_GOTO, N_LABEL_ADDR */
        struct { const char *p; uint32_t n; bool operands; } str;
    } u;
};

/* A function under way (parse side fills, lower side reads). */
typedef struct CcFunc {
    CcSym *sym;
    CcSym **params;            /* in order */
    uint32_t nparams;
    CcLabel *labels;
    Node *body;                /* N_BLOCK */
    SrcLoc end;                /* the closing brace */
    bool uses_alloca, calls_setjmp, uses_frame;
} CcFunc;

/* ---- builtins: builtin.c. BI(id, name, signature-or-"" when special) ---- */
#define CC_BUILTINS(BI) \
    BI(EXPECT, "__builtin_expect") BI(CONSTANT_P, "__builtin_constant_p") BI(TYPES_COMPATIBLE, "__builtin_types_compatible_p") \
    BI(CHOOSE_EXPR, "__builtin_choose_expr") BI(OFFSETOF, "__builtin_offsetof") \
    BI(VA_START, "__builtin_va_start") BI(VA_END, "__builtin_va_end") BI(VA_COPY, "__builtin_va_copy") BI(VA_ARG, "__builtin_va_arg") \
    BI(UNREACHABLE, "__builtin_unreachable") BI(TRAP, "__builtin_trap") \
    BI(CLZ, "__builtin_clz") BI(CLZL, "__builtin_clzl") BI(CLZLL, "__builtin_clzll") \
    BI(CTZ, "__builtin_ctz") BI(CTZL, "__builtin_ctzl") BI(CTZLL, "__builtin_ctzll") \
    BI(POPCOUNT, "__builtin_popcount") BI(POPCOUNTL, "__builtin_popcountl") BI(POPCOUNTLL, "__builtin_popcountll") \
    BI(PARITY, "__builtin_parity") BI(PARITYL, "__builtin_parityl") BI(PARITYLL, "__builtin_parityll") \
    BI(FFS, "__builtin_ffs") BI(FFSL, "__builtin_ffsl") BI(FFSLL, "__builtin_ffsll") \
    BI(CLRSB, "__builtin_clrsb") BI(CLRSBL, "__builtin_clrsbl") BI(CLRSBLL, "__builtin_clrsbll") \
    BI(BSWAP16, "__builtin_bswap16") BI(BSWAP32, "__builtin_bswap32") BI(BSWAP64, "__builtin_bswap64") \
    BI(ADD_OVERFLOW, "__builtin_add_overflow") BI(SUB_OVERFLOW, "__builtin_sub_overflow") BI(MUL_OVERFLOW, "__builtin_mul_overflow") \
    BI(INF, "__builtin_inf") BI(INFF, "__builtin_inff") BI(INFL, "__builtin_infl") \
    BI(HUGE_VAL, "__builtin_huge_val") BI(HUGE_VALF, "__builtin_huge_valf") BI(HUGE_VALL, "__builtin_huge_vall") \
    BI(NAN, "__builtin_nan") BI(NANF, "__builtin_nanf") BI(NANL, "__builtin_nanl") \
    BI(FABS, "__builtin_fabs") BI(FABSF, "__builtin_fabsf") BI(SQRT, "__builtin_sqrt") BI(SQRTF, "__builtin_sqrtf") \
    BI(COPYSIGN, "__builtin_copysign") BI(COPYSIGNF, "__builtin_copysignf") \
    BI(ISNAN, "__builtin_isnan") BI(ISINF, "__builtin_isinf") BI(ISFINITE, "__builtin_isfinite") BI(SIGNBIT, "__builtin_signbit") \
    BI(SIGNBITF, "__builtin_signbitf") BI(SIGNBITL, "__builtin_signbitl") BI(ISNORMAL, "__builtin_isnormal") \
    BI(ISINF_SIGN, "__builtin_isinf_sign") BI(FPCLASSIFY, "__builtin_fpclassify") \
    BI(ISUNORDERED, "__builtin_isunordered") BI(ISGREATER, "__builtin_isgreater") BI(ISGREATEREQUAL, "__builtin_isgreaterequal") \
    BI(ISLESS, "__builtin_isless") BI(ISLESSEQUAL, "__builtin_islessequal") BI(ISLESSGREATER, "__builtin_islessgreater") \
    BI(FRAME_ADDRESS, "__builtin_frame_address") BI(RETURN_ADDRESS, "__builtin_return_address") \
    BI(PREFETCH, "__builtin_prefetch") BI(OBJECT_SIZE, "__builtin_object_size") BI(ALLOCA, "__builtin_alloca") \
    BI(ALLOCA_ALIGN, "__builtin_alloca_with_align") BI(ASSUME_ALIGNED, "__builtin_assume_aligned") \
    BI(ABS, "__builtin_abs") BI(LABS, "__builtin_labs") BI(LLABS, "__builtin_llabs")
/* The mem and str forms (__builtin_memcpy …) are plain calls of the function without the prefix and need no number. */
#define BI(id, name) BI_##id,
typedef enum CcBuiltin { CC_BUILTINS(BI) BI_COUNT } CcBuiltin;
#undef BI
/* What reaches the lower side as N_BUILTIN (arguments converted): VA_START (arg 0: address of the va_list), VA_COPY
 * (two addresses), UNREACHABLE, TRAP,
 * CLZ.. CTZ.. POPCOUNT.. PARITY.. FFS.. CLRSB.. BSWAP.. (argument of the builtin's own type; result type in node),
 * the OVERFLOW family (args 0 and 1 of their
 * own integer types, arg 2 pointer to the result type u.bi.targ), FABS SQRT COPYSIGN (and F), ISNAN ISINF ISFINITE
 * SIGNBIT, the unordered comparisons,
 * FRAME_ADDRESS RETURN_ADDRESS (u.ival level in the argument, N_INT), ALLOCA (bytes as unsigned long)
 * ALLOCA_ALIGN, PREFETCH (arguments evaluated), ABS LABS LLABS.
 * All others are resolved by the parser. */

/* ---- constants: const.c ---- */
typedef struct CcConst {       /* an arithmetic or address constant (6.6p7..9) */
    enum { CONST_INT, CONST_FLT, CONST_ADDR } kind;
    int64_t i;                 /* value, or addend of an address */
    Sf f;
    CcSym *sym;                /* CONST_ADDR: object or function, or NULL (absolute) */
    CcLabel *label;            /* or a label's address */
    CcLabel *minus;            /* … less that of another label of the function: a plain number once it is emitted */
} CcConst;
/* Evaluates without a message; false when n is no constant. */
bool cc_const(Cc *cc, const Node *n, CcConst *out);
bool cc_const_int(Cc *cc, const Node *n, int64_t *v);

/* ---- the compilation of one unit ---- */
typedef struct CcOptions {
    unsigned std;              /* 1989, 1999, 2011, 2017 */
    bool gnu;                  /* -std=gnuNN */
    bool pic;                  /* default true: an executable at any address (gcc -fPIE) */
    bool pic_shared;           /* -fPIC: what other modules may interpose goes through the GOT */
    bool hosted;               /* not -ffreestanding */
    bool gnu89_inline, signed_char_set, signed_char, common, short_enums;
    bool function_sections, data_sections;
    bool wrapv, strict_flex;
    bool pedantic;
    uint8_t visibility;        /* -fvisibility= */
    bool check_ir;             /* run ir_check on every function */
    bool dump_ir;              /* print IR into ir_text */
    bool syntax_only;
} CcOptions;

typedef struct CcScope { CcSym *syms; struct CcTag *tags; struct CcScope *up; uint32_t depth; } CcScope;

struct Cc {
    Host *host;
    Arena *unit, *fn;          /* lifetimes; node_arena points at one of them */
    Arena *node_arena;         /* trees of the function under way: fn, or unit for a deferred inline body and file
                                  scope */
    Arena scratch;             /* reset after each lowered function */
    Pp *pp;
    Intern *idents;
    SrcMap *sm;
    Diag *diag;
    const Target *target;
    CcOptions opt;
    struct CcParser *parser;   /* parse side's own state */
    struct CcLower *lower;     /* lower side's own state */
    Obj *obj;
    IrUnit ir;
    Buf ir_text;
    CcSym *file_syms, **file_syms_end; /* every file-scope and static symbol, in order of declaration (literals too) */
    uint32_t anon;             /* numbers unnamed static objects */
    Type *int128_type;         /* __int128: 16 bytes that can be declared and copied */
    Type *va_list_type;
};

/* parse side: reads one external declaration (6.9), or at the end of the unit what is checked there: false then. Calls
 * cc_lower_function at a body's end, and nothing else of the lower side. */
bool cc_parse_step(Cc *cc);
/* Keywords and builtin declarations into the intern table; answers for pp's __has_attribute and __has_builtin. */
void cc_parser_init(Cc *cc);
bool cc_has_attribute(void *cc, const char *s, size_t n);
bool cc_has_builtin(void *cc, const char *s, size_t n);
/* #defines that depend on options and target: sizes, limits, __STDC_*, __GNUC__, __idem__ (predef.c). */
void cc_predefs(Buf *out, const Target *t, const CcOptions *o, unsigned opt_level);

/* lower side */
/* A function's body has ended. Emits it now, or keeps it (fn->body in the unit arena) when it is an inline or
 * static-inline function nobody has used yet. */
void cc_lower_function(Cc *cc, CcFunc *fn);
/* Should this function's tree live in the unit arena? Asked by the parser before the body is parsed. */
bool cc_lower_defers(Cc *cc, const CcSym *sym);
/* End of unit: deferred functions that are referenced, data, tentative definitions, aliases, constructors. */
void cc_lower_finish(Cc *cc);
/* Types for the ABI, cached on records. */
const AbiType *cc_abi_type(Cc *cc, Type *t);

/* Whole thing: tokens from pp into obj, one external declaration a step. */
typedef struct CcInput {
    Host *host;
    Arena *unit, *fn;          /* the unit's lifetime; one function's */
    Intern *idents;
    SrcMap *sm;
    Diag *diag;
    Pp *pp;
    const Target *target;
    CcOptions opt;
    const char *name;          /* STT_FILE */
    Obj *obj;
} CcInput;
Cc *cc_begin(const CcInput *in);
bool cc_step(Cc *cc);          /* false: the unit is at its end, and finished */

#endif
