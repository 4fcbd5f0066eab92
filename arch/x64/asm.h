/* asm.h: what asm.c, asm_match.c and asm_reloc.c share: parsed operands, a matched row, kinds of fields. */
#ifndef X64_ASM_H
#define X64_ASM_H

#include "arch/x64/insn.h"
#include "as/as_target.h"

/* AsFix.hint, and the numbers of sym@modifier. */
enum { HINT_DATA, HINT_BRANCH, HINT_SIGNED, HINT_RELAX, HINT_RELAX_REX };
typedef enum Mod { M_NONE, M_PLT, M_GOTPCREL, M_GOTPCREL_NORELAX, M_GOTTPOFF, M_TPOFF, M_DTPOFF, M_TLSGD, M_TLSLD, M_GOT, M_GOTOFF,
                   M_SIZE, M_TLSDESC, M_PLTOFF, M_GOTPLT, M_COUNT } Mod;
typedef enum OpKind { OP_REG, OP_IMM, OP_MEM } OpKind;
typedef struct Op {
    uint8_t kind, class, num;  /* OP_REG */
    bool star, has_base;       /* has_base: parentheses were there; else an expression alone */
    bool dx;                   /* (%dx) */
    X64Mem mem;
    AsVal v;                   /* immediate, displacement */
    const char *at;
} Op;
enum { MAX_OPS = 4 };

typedef struct Match {
    X64Ins ins;
    const Op *imm, *mem;       /* operands whose value goes into the fields, or NULL */
    bool bound;                /* a register told the width */
    unsigned branch;           /* kind + 1 of a branch to be relaxed */
} Match;

/* asm_match.c: whether a row at a width takes the operands. */
bool x64_match(As *as, Match *m, unsigned row, unsigned w, const Op *o, unsigned n);
/* The width whose register class an operand has to have. */
unsigned x64_width_class(unsigned w);

/* asm_reloc.c: the members of x64_asm that are about fields and addresses. */
unsigned x64_asm_modifier(const char *name, size_t n);
bool x64_asm_is_tls(unsigned mod);
uint32_t x64_asm_reloc(const AsRelocQuery *q);
bool x64_asm_section_ok(const AsFix *f);
const AsBranchLevel *x64_asm_branch_level(unsigned kind, unsigned level);
void x64_asm_branch_put(unsigned kind, unsigned level, uint8_t *to);
void x64_asm_nops(uint8_t *to, size_t n);

#endif
