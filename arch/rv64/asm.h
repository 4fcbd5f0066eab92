/* asm.h: what asm.c (one instruction a statement), asm_raw.c (.insn) and pseudo.c (several instructions, directives, what the
 * object says of itself) share. */
#ifndef RV64_ASM_H
#define RV64_ASM_H

#include "arch/rv64/insn.h"

#include "as/as_target.h"

/* AsFix.hint: whose field it is. The S form of a low part is its I form plus one; from TLS_IE on the symbol is
 * thread-local. */
enum Rv64Hint {
    RV64_H_DATA, RV64_H_BRANCH, RV64_H_CALL, RV64_H_HI, RV64_H_LO_I, RV64_H_LO_S, RV64_H_PCREL_HI, RV64_H_PCREL_LO_I,
    RV64_H_PCREL_LO_S, RV64_H_B, RV64_H_J, RV64_H_CB, RV64_H_CJ, RV64_H_GOT_HI,
    RV64_H_TLS_IE_HI, RV64_H_TLS_GD_HI, RV64_H_TPREL_HI, RV64_H_TPREL_LO_I,
    RV64_H_TPREL_LO_S, RV64_H_TPREL_ADD, RV64_H_DTPREL, RV64_H_COUNT
};

enum { RV64_OP_REG, RV64_OP_MEM, RV64_OP_EXPR };
typedef struct Rv64Op {
    const char *p, *end;       /* its text; of RV64_OP_MEM the offset's, perhaps empty */
    uint8_t kind, reg;         /* register, or base */
} Rv64Op;
typedef struct Rv64Ops {
    const char *at;            /* of the first */
    unsigned n;
    Rv64Op op[7];
} Rv64Ops;

typedef struct Rv64Option { uint32_t ext; bool pic; } Rv64Option; /* what .option push saves */
typedef struct Rv64Asm {
    Intern names;              /* mnemonics. Ident.sym: candidates; Ident.pp: pseudo-instruction + 1 */
    Intern regs;               /* Ident.kw: register + 1; Ident.pp: CSR + 1 */
    Rv64Option now;
    VEC(Rv64Option) saved;
    VEC(Rv64Attr) attrs;       /* what .attribute said, ascending by tag */
    bool rvc;                  /* 16-bit instructions may be in it */
    bool privileged;           /* a control register or an instruction of volume II has been named */
    bool no_attrs;             /* unless .attribute asks for them */
    bool begun;                /* an instruction has been read */
} Rv64Asm;

/* asm.c. False after a message. */
bool rv64_operands(As *as, Rv64Asm *a, const char **p, Rv64Ops *o);  /* sorts what stands up to the statement's end */
bool rv64_value(As *as, const Rv64Op *op, AsVal *v, unsigned *hint); /* an expression, perhaps in an operator */
bool rv64_constant(As *as, const Rv64Op *op, int64_t *c);
void rv64_emit_ins(As *as, Rv64Asm *a, Rv64Ins *i, bool whole);      /* whole: never in 16 bits */
void rv64_emit_fix(As *as, Rv64Asm *a, Rv64Ins *i, unsigned hint, const AsVal *v, const char *at);
void rv64_name_missing(As *as, const char *at, const char *mnem, size_t n, uint32_t ext); /* "needs extension ..." */
/* The kind of as_branch: which of beq..bgeu or jal, its registers, and whether 16 bits are allowed. */
unsigned rv64_branch_kind(const Rv64Ins *i, bool c);

/* asm_raw.c: the operands of .insn behind the cursor. */
const char *rv64_insn_directive(As *as, Rv64Asm *a, const char *p);

/* pseudo.c */
void rv64_pseudo_init(Rv64Asm *a);
/* False: not with these operands. */
bool rv64_pseudo(As *as, Rv64Asm *a, unsigned number, const Rv64Ops *o);
/* Loads and stores of a symbol: lw rd, sym; sw rs, sym, rt. False: not of this shape. */
bool rv64_symbol_access(As *as, Rv64Asm *a, unsigned row, const Rv64Ops *o, const char *at);
int rv64_asm_option(struct Target *t, const char *s, Buf *err);
const char *rv64_directive(As *as, const char *at, size_t n, const char *p, const char **same_as);
void rv64_finish(As *as, Obj *o);

#endif
