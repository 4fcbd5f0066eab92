/* as_core: what the files of src/as share: symbols, sections as lists of fragments, the reader's state. */
#ifndef AS_CORE_H
#define AS_CORE_H

#include "as/as.h"
#include "as/as_target.h"

#include "arch/arch.h"

enum { AS_MAX_DEPTH = 200,     /* of expressions */
       AS_MAX_INPUTS = 100,    /* of nested macro expansions and repetitions */
       AS_MAX_FILL = 1 << 30 };/* bytes one directive may ask for */

/* ---- symbols ---- */

typedef enum AsSymKind { ASY_UNDEF, ASY_LABEL, ASY_EQU, ASY_COMMON } AsSymKind;

struct AsSym {
    const char *name;          /* NULL for the places `.` stood at and numeric labels */
    uint32_t n;
    uint8_t kind;              /* AsSymKind */
    uint8_t bind;              /* STB_* as told; local until .globl, .weak or being left undefined */
    uint8_t vis, type;
    bool bind_told;            /* .globl, .weak or .local was seen */
    bool resolving;            /* inside its own evaluation */
    bool used;                 /* by a relocation */
    bool mentioned;            /* in an expression */
    bool weak_by_alias;        /* target of .weakref */
    uint32_t sec;              /* ASY_LABEL: section number in As.secs */
    uint32_t frag;             /* and fragment */
    uint64_t off;              /* offset in the fragment; ASY_COMMON: alignment */
    uint64_t csize;            /* ASY_COMMON */
    AsVal equ;
    AsVal size;                /* of .size */
    bool has_size;
    SrcLoc size_loc;
    SrcLoc loc;                /* of the definition */
    ObjSymId obj;              /* 0 until the object has it */
    ObjSymId obj_global;
};

struct AsExpr {
    uint8_t op;                /* AsOp; 0: leaf */
    AsVal leaf;
    const AsExpr *l, *r;
    SrcLoc loc;
};
enum AsOp { AOP_LEAF, AOP_NEG, AOP_NOT, AOP_LNOT, AOP_MUL, AOP_DIV, AOP_MOD, AOP_SHL, AOP_SHR, AOP_OR, AOP_AND, AOP_XOR, AOP_ORNOT, AOP_ADD,
            AOP_SUB, AOP_EQ, AOP_NE, AOP_LT, AOP_LE, AOP_GT, AOP_GE, AOP_LAND, AOP_LOR };

/* ---- sections: fixed bytes, each run ended by something whose size is known late ---- */

typedef enum AsFragKind { AFR_NONE, AFR_BRANCH, AFR_ALIGN, AFR_FILL, AFR_ORG, AFR_LEB } AsFragKind;

typedef struct AsFrag {
    uint8_t kind;              /* what stands behind the fixed bytes */
    uint8_t level;             /* branch: size number; leb: bytes */
    uint32_t branch;           /* the target's kind */
    bool far;                  /* branch: keeps its relocation */
    bool code;                 /* align: filled with no-operations */
    bool sleb;
    uint8_t fill_n;            /* fill, align: bytes of the pattern */
    size_t start;              /* of the fixed bytes in AsSec.data */
    size_t n;                  /* fixed bytes */
    uint64_t addr;             /* offset in the section, kept by relaxation */
    uint64_t var;              /* size of the variable part */
    uint64_t fill;             /* pattern */
    uint64_t align, max;       /* align: power of two; most bytes to skip, 0 for any */
    AsVal v;                   /* branch target, fill count, org target, leb value */
    SrcLoc loc;
} AsFrag;

typedef struct AsFixup {
    uint32_t frag;
    bool branch;
    SrcLoc loc;
    uint32_t raw;              /* .reloc: the relocation's number + 1; no field is written */
    uint64_t off;              /* in the fragment */
    AsFix f;
} AsFixup;

typedef struct AsSec {
    const char *name;
    const char *group;
    uint32_t type;
    uint64_t flags, align, entsize;
    Buf data;                  /* fixed bytes of all fragments */
    VEC(AsFrag) frags;         /* the last one is open */
    VEC(AsFixup) fixups;
    uint64_t size;             /* after relaxation */
    uint32_t next_same;        /* of this name + 1 */
    struct AsSec *link;        /* SHF_LINK_ORDER */
    const char *link_name;
    ObjSecId obj;
    bool exec_note;            /* .note.GNU-stack: told to the Obj, not written */
} AsSec;

/* ---- the reader ---- */

typedef struct AsInput {       /* a text being read: the file, a macro's expansion, a repetition */
    const SrcFile *file;
    const char *p, *end;
    uint32_t conds;            /* depth of .if at its start */
} AsInput;

typedef struct AsCond {
    bool taken;                /* some branch was */
    bool live;                 /* this branch is */
    bool outer;                /* what is around it is */
    bool in_else;
    SrcLoc loc;
} AsCond;

typedef struct AsMacroArg {
    const char *name, *def;    /* default value, NULL for none */
    uint32_t n, def_n;
    bool req, vararg;
} AsMacroArg;
typedef struct AsMacro {
    const char *name;
    uint32_t n;
    VEC(AsMacroArg) args;
    const char *body;
    size_t body_n;
    bool gone;                 /* .purgem */
} AsMacro;

struct As {
    Host *host;
    Arena *arena;
    Diag *diag;
    SrcMap *sm;
    const struct Target *t;
    const struct TargetAsm *ta;
    void *state;
    Intern names;              /* Ident.sym: AsSym; Ident.macro: AsMacro; Ident.pp: directive + 1 */
    VEC(AsSym *) syms;         /* named ones, in order of first mention */
    VEC(AsSec *) secs;
    Map sec_map;               /* name -> number + 1 of the newest */
    uint32_t cur, prev;
    VEC(uint32_t) stack;       /* .pushsection: current and previous, in pairs */
    Map numeric;               /* label number -> struct AsNumeric */
    VEC(AsInput) inputs;
    AsInput in;                /* the innermost */
    const char *stmt;          /* the statement being read */
    VEC(AsCond) conds;
    uint32_t macro_count;      /* \@ */
    uint64_t expanded;         /* bytes of expansions so far */
    const char *file_sym;
    Obj *obj;
    bool done;                 /* .end, or too much went wrong */
    bool finishing;            /* addresses are known */
    uint32_t errors;           /* that were told before this assembly */
    bool cfi_open;
};

typedef struct AsNumeric { AsSym *last, *next; } AsNumeric;

/* as.c */
SrcLoc as_loc(const As *as, const char *at);
void as_error_loc(As *as, SrcLoc loc, const char *fmt, ...);
bool as_name(As *as, const char **p, const char **name, size_t *n); /* a symbol's name, quoted or not; no message */
void as_push_input(As *as, const char *name, const char *text, size_t n, const char *at);
void as_skip_line(As *as, const char **p);                          /* to the statement's end */
bool as_string(As *as, const char **p, Buf *out);                   /* a string literal's bytes; false after a message */
bool as_comma(As *as, const char **p);                              /* takes one if there */

/* expr.c */
AsSym *as_sym(As *as, const char *name, size_t n);
void as_define_label(As *as, AsSym *s, const char *at);
AsNumeric *as_numeric(As *as, uint64_t number);
bool as_const(As *as, const char **p, int64_t *out);                 /* an expression that is a constant now; false after a message */
/* At the end: v as add + c, or with `sub` in another section than its add as it stands. False after a message. */
bool as_resolve(As *as, AsVal *v, SrcLoc loc);
bool as_sym_addr(const As *as, const AsSym *s, uint64_t *off);       /* offset in its section: frag's address + offset */

/* frag.c */
uint32_t as_section(As *as, const char *name, uint32_t type, uint64_t flags, uint64_t entsize, const char *group);
void as_switch(As *as, uint32_t sec);
AsFrag *as_close_frag(As *as, AsFragKind kind);                      /* ends the open fragment with a variable part */
Obj *as_finish(As *as, const char *name);

/* dir.c */
void as_dir_init(As *as);
void as_set(As *as, const char *name, size_t n, const AsVal *v, const char *at, bool again); /* .set; again: may be defined already */
bool as_directive(As *as, const char *at, size_t n, const char *p, const char **end); /* false: no directive of that name */
bool as_conditional(As *as, const char *at, size_t n, const char *p, const char **end); /* .if family; true when it was one */
void as_alloc_bss(As *as, AsSym *s);                                    /* a local common symbol becomes a piece of .bss */

/* data.c: members of the table in dir.c */
const char *as_dir_data(As *as, const char *at, const char *p, int arg);
const char *as_dir_octa(As *as, const char *at, const char *p, int arg);
const char *as_dir_float(As *as, const char *at, const char *p, int arg);
const char *as_dir_string(As *as, const char *at, const char *p, int arg);
const char *as_dir_leb(As *as, const char *at, const char *p, int arg);
const char *as_dir_skip(As *as, const char *at, const char *p, int arg);
const char *as_dir_fill(As *as, const char *at, const char *p, int arg);
const char *as_dir_align(As *as, const char *at, const char *p, int arg);
const char *as_dir_org(As *as, const char *at, const char *p, int arg);
const char *as_dir_incbin(As *as, const char *at, const char *p, int arg);
const char *as_dir_include(As *as, const char *at, const char *p, int arg);

/* macro.c */
bool as_macro_directive(As *as, const char *at, size_t n, const char *p, const char **end);
bool as_expand_macro(As *as, AsMacro *m, const char *at, const char *p, const char **end);

/* ---- again.c: one instruction at a time ---- */

typedef struct AsAgain {
    As *as;
    SrcFile file;              /* the line being read */
    const char *const *prefer; /* TargetDis.prefer */
} AsAgain;

void as_again_init(AsAgain *g, Host *host, Arena *a, const struct Target *t);
/* Statements of the target's, a line each: they hold for what follows. */
void as_again_run(AsAgain *g, const char *text, size_t n);
/* The word ("" or one of prefer) with which the text gives the len bytes at p, fields with symbols apart; NULL when none does.
 * distance: to the label that a branch names, from the instruction's start; NULL when it names none. */
const char *as_again_word(AsAgain *g, const uint8_t *p, unsigned len, const Buf *text, const int64_t *distance);

#endif
