/* asm.h: what asm.c (mnemonics), asm_match.c, asm_imm.c, asm_word.c (operands by kind), asm_ops.c (operands' text) and asm_pool.c (literal
 * pools, fields that are known late, directives) share. */
#ifndef AA64_ASM_H
#define AA64_ASM_H

#include "arch/aa64/insn.h"

#include "as/as_target.h"

/* ---- operands sorted by shape, before it is known what the mnemonic wants ---- */

enum Aa64OpKind {
    AO_REG,                    /* general: w or x, sp or zr */
    AO_FLT,                    /* b h s d q */
    AO_VEC,                    /* v0.4s; es -1: without a shape */
    AO_ELEM,                   /* v0.s[1] */
    AO_LIST,                   /* {v0.4s, v1.4s}, perhaps with [1] */
    AO_SHIFT,                  /* lsl #3, uxtw, msl #8 */
    AO_MEM,
    AO_LIT,                    /* =expression */
    AO_EXPR                    /* the rest, words among it */
};
enum { AO_MSL = 12 };          /* AO_SHIFT.ext: 0..3 shifts, 4..11 extensions */

typedef struct Aa64Op {
    const char *p, *end;       /* its text; of AO_EXPR and AO_LIT the expression, without # and operator */
    uint8_t kind;
    uint8_t reg, count;
    bool x, sp;                /* AO_REG; 31 is zr where sp is false */
    int8_t es;                 /* log2 of an element's bytes; of AO_FLT the register's */
    uint8_t bytes;             /* AO_VEC, AO_LIST: 8, 16, or of one element pair less; 0: none told */
    int16_t lane;              /* -1: none */
    uint8_t ext;
    bool amount;               /* AO_SHIFT: a number follows: p..end */
    /* AO_MEM: [reg], [reg, off], [reg, index], [reg, index, ext] */
    bool pre, has_off, has_index, index_x;
    uint8_t index, op;         /* op: operator number + 1 of an expression */
    bool known;                /* v has been read */
    AsVal v;
} Aa64Op;

enum { AA64_MAX_OPS = 7 };
typedef struct Aa64Ops {
    const char *at;
    unsigned n;
    Aa64Op op[AA64_MAX_OPS];
} Aa64Ops;

/* AsFix.hint. What follows AH_OPS is AH_OPS + operator's number * 16 + its variety. */
enum Aa64Hint {
    AHI_DATA, AHI_B26, AHI_CALL, AHI_B19, AHI_B14, AHI_LD19, AHI_ADR, AHI_ADRP, AHI_ADDIMM, AHI_MOV, AHI_LDIMM, AHI_IMM16,
    AHI_TLSDESC_CALL, AHI_OPS
};

typedef struct Aa64Literal { AsVal v; AsSym *label; } Aa64Literal;
typedef VEC(Aa64Literal) Aa64Literals;
typedef struct Aa64Pool { uint32_t sec; Aa64Literals sizes[3]; } Aa64Pool; /* of 4, 8, 16 bytes */

typedef struct Aa64Asm {
    Intern names;              /* Ident.sym: candidates */
    Intern reqs;               /* .req: Ident.sym: the register's text */
    Intern words;              /* Ident.kw: number + 1 of a system register */
    uint32_t features;
    VEC(Aa64Pool) pools;
    AsVal desc_call;           /* .tlsdesccall that waits for its instruction */
    bool has_desc_call;
} Aa64Asm;

typedef struct Aa64Cand Aa64Cand;
struct Aa64Cand {              /* one way a mnemonic can be meant */
    uint16_t row, alias;       /* alias: number + 1; 0: the row's own operands */
    int8_t q;                  /* of a mnemonic with and without a 2 behind it; -1 for others */
    uint8_t cond;              /* of b.cond */
    const char *literal;       /* the word that is the operand, or NULL */
    Aa64Cand *next;
};

typedef struct Aa64Match {
    As *as;
    Aa64Asm *a;
    const Aa64Cand *c;
    const Aa64Insn *in;
    Aa64Ops *o;
    unsigned at;               /* the operand to read next */
    bool fill;                 /* second turn */
    Aa64Ins i;
    int size, es, q;           /* -1: not told yet */
    int re;                    /* of K_RE: 1 x, 0 w */
    bool tw;                   /* K_TREG is w */
    int64_t lsb;
    Aa64Op *fix;               /* the operand that stays a field, and how */
    unsigned hint;
    bool pcrel;
} Aa64Match;

/* asm_word.c */
typedef struct Aa64CondWord { const char *name; uint8_t cond; } Aa64CondWord;
extern const Aa64CondWord aa64_cond_words[];
extern const unsigned aa64_cond_word_count;

/* asm_match.c */
/* 1: m->i is the candidate's instruction; 0: its operands are others; -1 after a message. fill: with values. */
int aa64_candidate(Aa64Match *m, bool fill);

static inline bool aa64_op_set(int *to, int v)            /* what was not told yet; whether it is v then */
{
    if (*to < 0)
        *to = v;
    return *to == v;
}

static inline Aa64Op *aa64_op_here(Aa64Match *m)          /* the operand to read next, or NULL */
{
    return m->at < m->o->n ? &m->o->op[m->at] : NULL;
}

/* asm_imm.c */
int aa64_op_constant(Aa64Match *m, Aa64Op *op, int64_t lo, int64_t hi, int64_t *to);
Aa64Op *aa64_op_shift_here(Aa64Match *m);                 /* NULL: none stands there */
int aa64_take_add_immediate(Aa64Match *m);
int aa64_take_logical_immediate(Aa64Match *m, bool inverted);
int aa64_take_mov_wide(Aa64Match *m);
int aa64_take_mov_immediate(Aa64Match *m, unsigned kind);   /* K_MOVZI, K_MOVNI, K_ORRI */
int aa64_take_address(Aa64Match *m, unsigned kind);
int aa64_take_indexed(Aa64Match *m);
int aa64_take_post_vector(Aa64Match *m);
int aa64_take_plain(Aa64Match *m, unsigned to, int64_t lo, int64_t hi); /* into imm (to 0), imm2 (1) or amount (2) */
int aa64_take_zero(Aa64Match *m, bool is_float);
int aa64_take_fp_immediate(Aa64Match *m);
int aa64_take_modified(Aa64Match *m, unsigned kind);        /* K_MI* */
int aa64_take_target(Aa64Match *m, unsigned kind);

/* asm_word.c */
int aa64_take_condition(Aa64Match *m, bool inverted);
int aa64_take_sysreg(Aa64Match *m);
int aa64_take_pstate(Aa64Match *m);
int aa64_take_sysop(Aa64Match *m, unsigned kind);           /* K_AT ... */
int aa64_take_sys(Aa64Match *m);
int aa64_take_barrier(Aa64Match *m, unsigned kind);         /* K_CRM, K_BARRIER, K_ISB */

/* asm_ops.c */
bool aa64_operands(As *as, Aa64Asm *a, const char **p, Aa64Ops *o);    /* what stands up to the statement's end */
bool aa64_word_is(const Aa64Op *op, const char *word);                 /* without case */
bool aa64_op_value(As *as, Aa64Op *op);                                /* reads the expression into v; false after a message */
bool aa64_op_float(const Aa64Op *op, uint64_t *bits);                  /* a floating-point number */
bool aa64_parse_reg(Aa64Asm *a, const char *s, size_t n, Aa64Op *op);
/* The operator's relocation for a field of the kind; 0: it does not belong there. */
unsigned aa64_op_hint(unsigned op, unsigned kind, unsigned log2);
uint32_t aa64_hint_reloc(unsigned hint);
bool aa64_hint_tls(unsigned hint);
/* The shift of a movz, movn or movk with this hint; -1: none is meant. */
int aa64_hint_shift(unsigned hint);
bool aa64_hint_hi12(unsigned hint);                                    /* goes with lsl #12 */

/* asm_pool.c */
AsSym *aa64_literal(As *as, Aa64Asm *a, unsigned size, const AsVal *v);
void aa64_pool_dump(As *as, Aa64Asm *a);                               /* of the current section */
void aa64_asm_end(As *as);
int aa64_put(const AsFix *f, uint8_t *to, int64_t v);
const char *aa64_directive(As *as, const char *at, size_t n, const char *p, const char **same_as);
int aa64_asm_option(struct Target *t, const char *s, Buf *err);
void aa64_emit_word(As *as, Aa64Asm *a, uint32_t w);

#endif
