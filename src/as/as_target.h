/* as_target: the contract between the assembler's core, the disassembler's users, and a target.
 * The core owns text, symbols, expressions, sections, directives and addresses; the target owns mnemonics, operands, encodings, the
 * ladder of sizes of a branch, and which relocation a place needs. */
#ifndef AS_TARGET_H
#define AS_TARGET_H

#include "obj/obj.h"

typedef struct As As;
typedef struct AsSym AsSym;
typedef struct AsExpr AsExpr;

/* ---- values: expr.c. add - sub + c, or a tree that only the end of the input can reduce to that. ---- */

typedef struct AsVal {
    AsSym *add, *sub;          /* NULL for none */
    int64_t c;
    const AsExpr *tree;        /* non-NULL: the three above mean nothing */
    uint16_t mod;              /* the target's number of sym@modifier, 0 for none */
    bool big;                  /* c is unsigned: a literal above INT64_MAX */
} AsVal;

static inline bool as_val_const(const AsVal *v)
{
    return !v->add && !v->sub && !v->tree && !v->mod;
}

/* ---- what the core offers a target while a statement is read. A statement's text is read with a cursor into the current
 * line; comments count as white space, and its end is what as_at_end says. ---- */

void as_skip(As *as, const char **p);                          /* white space and comments */
bool as_at_end(const As *as, const char *p);                   /* newline, ;, a comment or the end of the text */
bool as_is_name(char c, bool first);                           /* letter, _ . $, or digit when not first */
bool as_expr(As *as, const char **p, AsVal *out);              /* false after a message */
/* Behind an operand: steps over a ',' and gives 1 when another follows, 0 when none does, -1 after a message. */
int as_next_operand(As *as, const char **p);
/* Where the operand at p ends: one of stops outside parentheses, or the statement's end; *last: without white space behind it. */
const char *as_operand_end(As *as, const char *p, const char *stops, const char **last);
/* Behind the expression v of an operand that ends at end: reduces it; false after a message when more text stands there. */
bool as_operand_done(As *as, const char *p, const char *end, AsVal *v);
bool as_reduce(As *as, AsVal *v);                              /* tries to make v a constant now */
void as_error(As *as, const char *at, const char *fmt, ...);   /* caret at `at` */
void as_warn(As *as, const char *at, const char *fmt, ...);
AsSym *as_sym_here(As *as);                                    /* an unnamed label at the current place */
AsSym *as_sym_later(As *as);                                   /* one that as_sym_place will put at the place then current */
void as_sym_place(As *as, AsSym *s);
void as_mark_tls(As *as, AsSym *s);                            /* the symbol is thread-local */
bool as_sym_is(const AsSym *s, const char *name);
Arena *as_arena(As *as);                                       /* lives until the object is made */
const struct Target *as_target(const As *as);                  /* with what the options chose */
void *as_target_state(As *as);                                 /* what TargetAsm.begin gave */

/* ---- output into the current section ---- */

uint32_t as_here(const As *as);                                /* its number */
void as_go(As *as, uint32_t sec);                              /* another becomes current */
void as_pad(As *as, uint64_t align);                           /* zeros up to a multiple of align, a power of two */
void as_need_align(As *as, uint64_t align);                    /* of the section, at least */
uint64_t as_open_size(const As *as);                           /* bytes since the last alignment or other piece of open size */

void as_emit(As *as, const void *bytes, unsigned n);
typedef struct AsFix {
    uint8_t size;              /* bytes of the field: 1, 2, 4, 8 */
    bool pcrel;
    uint8_t pc_off;            /* pcrel: the place counts from field + pc_off */
    bool jump;                 /* pcrel: needs no relocation even where the symbol is global, if it is near and not weak */
    uint8_t hint;              /* the target's: what kind of field */
    AsVal v;
} AsFix;
/* A field `back` bytes before the section's current end. `at`: the statement's text, for messages. */
void as_fix(As *as, unsigned back, const AsFix *f, const char *at);
/* A branch whose size is settled when all addresses are. `kind` is the target's. */
void as_branch(As *as, unsigned kind, const AsVal *to, const char *at);

/* One size of a branch: the displacement stands at field_at, counts from field_at + pc_off, and fits in [lo, hi]. */
typedef struct AsBranchLevel {
    uint8_t size, field_at, field_n, pc_off;
    int64_t lo, hi;
} AsBranchLevel;

typedef struct AsRelocQuery {
    const AsFix *fix;          /* v.add NULL: the relocation names a section or nothing */
    bool branch;               /* the field of an as_branch */
} AsRelocQuery;

typedef struct AsRelocName { const char *name; uint32_t number; } AsRelocName;

struct TargetAsm {
    /* An option of the assembler's command line as it stands ("-fpic"): 1 taken, 0 not one of its own, -1 after appending to err why
     * not. The copy t alone changes. May be missing. */
    int (*option)(struct Target *t, const char *s, Buf *err);
    const char *line_comment;  /* bytes that make a whole line a comment when first on it */
    /* State for one assembly, in the arena. */
    void *(*begin)(As *as);
    /* A statement that begins with a word that is no directive (at): reads behind the word, emits. Gives the cursor where it stopped;
     * after a message that may be anywhere in the statement. */
    const char *(*insn)(As *as, const char *at, const char *p);
    /* Number of the modifier in sym@name; 0 when there is none such. */
    unsigned (*modifier)(const char *name, size_t n);
    /* ELF relocation number for a field; 0 when the object format has none for it. */
    uint32_t (*reloc)(const AsRelocQuery *q);
    /* Whether a relocation may name the section instead of a local symbol (GNU as does, except where a linker must see the symbol). */
    bool (*section_ok)(const AsFix *f);
    /* Whether a modifier makes its symbol a thread-local one. */
    bool (*is_tls)(unsigned mod);
    /* Size number `level` of a branch; NULL past the last. */
    const AsBranchLevel *(*branch_level)(unsigned kind, unsigned level);
    void (*branch_put)(unsigned kind, unsigned level, uint8_t *to); /* its bytes, displacement zero */
    uint8_t branch_hint;       /* AsFix.hint of a branch that keeps a relocation */
    void (*nops)(uint8_t *to, size_t n);               /* padding in code */
    uint8_t nop_fill;          /* a fill byte that asks for them too; 0: none does */
    const AsRelocName *relocs; /* the psABI's names, for .reloc */
    uint32_t nrelocs;
    /* The rest may be missing. */
    bool hash;                 /* # begins operands, and comments only where it is first on a line */
    void (*end)(As *as);       /* the text has ended: the last chance to emit */
    /* Writes v into a field whose hint is not 0 and that is no run of whole bytes; f->size bytes stand at `to`. 1: done, 0: v does
     * not fit, -1: only a linker can tell the value. */
    int (*put)(const AsFix *f, uint8_t *to, int64_t v);
    /* A directive (at, n) with the cursor behind its name, asked before the core's own: gives the cursor where it stopped, or NULL
     * when it is none of the target's; *same_as may then name the core's directive that means the same (.word on a target where it
     * has four bytes). */
    const char *(*directive)(As *as, const char *at, size_t n, const char *p, const char **same_as);
    void (*finish)(As *as, Obj *o);                    /* the object is complete: e_flags, sections of the target's own */
    /* Relocations that add and subtract a symbol in a field of `size` bytes; false when there are none. */
    bool (*difference)(unsigned size, uint32_t *add, uint32_t *sub);
    const char *label_name;    /* unnamed labels get this name where section_ok is false; NULL: section and offset always */
};

/* ---- bits in, text out ---- */

typedef struct DisField {      /* an operand that may be symbolic */
    uint64_t insn;             /* address of the instruction */
    uint8_t at, n;             /* the field in it; n 0 for none */
    bool pcrel, memory;        /* memory: part of an address operand, not a branch target or immediate; pcrel too: a remark */
    uint8_t pc_off;            /* pcrel: counted from the field's start */
    uint64_t value;            /* pcrel: the address it means; else the field's value */
} DisField;
typedef struct DisNames {
    void *ctx;
    bool whole;                /* a relocation stands in the instruction: no operand may be left out for being zero */
    /* Appends a symbolic expression for the field (a relocation's, or the name of the address). False: print the number. */
    bool (*name)(void *ctx, const DisField *f, Buf *out);
    /* The address of a symbol that registers point to (a global pointer); NULL: none is known. */
    bool (*symbol)(void *ctx, const char *name, uint64_t *value);
} DisNames;

typedef struct DisReloc {
    const char *before, *after; /* symbol and addend stand between: "%lo(" and ")", "" and "@plt" */
    bool pcrel;                /* the place is subtracted */
    bool insn;                 /* in instructions only, not after .long */
    uint8_t size;              /* bytes of the field */
} DisReloc;

struct TargetDis {
    /* State. options: what objdump -M takes, separated by commas, or NULL; the result is NULL when one is unknown. exact: forms that the
     * assembler would not choose are told by their own names, and no remarks are made. */
    void *(*begin)(Arena *a, const char *options, bool exact);
    unsigned min_len;          /* bytes to step over what cannot be decoded */
    bool words;                /* objdump shows an instruction's bytes as one number */
    bool tight;                /* and leaves one space behind it */
    const char *remark;        /* what stands between an instruction and an address told behind it */
    /* What objdump tells of bytes that cannot be decoded, as text, and of how many; missing: "(bad)", min_len. */
    unsigned (*unknown)(const uint8_t *p, size_t n, Buf *out);
    /* What objdump tells of data among code (behind a mapping symbol $d; n bytes up to the next), and of how many; may be missing. */
    unsigned (*data)(const uint8_t *p, size_t n, uint64_t pc, Buf *out);
    /* One instruction at p (n bytes are readable), standing at address pc. Appends "mnemonic operands" as GNU as reads it, without
     * a newline. Gives its length, 0 when it cannot be decoded (nothing is appended then). names may be NULL. */
    unsigned (*one)(void *state, const uint8_t *p, size_t n, uint64_t pc, const DisNames *names, Buf *out);
    /* For as_print, NULL where it cannot be done yet: how a relocation is told; false when only .reloc can. */
    bool (*reloc_text)(uint32_t type, DisReloc *r);
    /* Words that, before an instruction, choose another encoding of it; NULL-terminated; may be missing. */
    const char *const *prefer;
    /* The rest may be missing. */
    /* Statements of the target's that make the assembler keep instructions long, and that undo them; each NULL-terminated. */
    const char *const *lengthen, *const *relent;
    /* Statements that have to stand first in the object's text, a line each. */
    void (*head)(const Obj *o, Buf *out);
    /* Sections that these statements make. */
    bool (*made)(const ObjSec *s);
};

#endif
