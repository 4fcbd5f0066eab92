/* code: the bytecode between code.c, which writes it, and interp.c and slow.c, which run it. An instruction is 16 bytes: an operation,
 * three words of the frame, and 64 bits that are an immediate or two numbers.
 *
 * What a word holds: an i64 or f64 whole; an i32 sign-extended, save where code.c knows that nobody looks above the low half; an f32 in
 * its low half, with anything above it. */
#ifndef IR_CODE_H
#define IR_CODE_H

#include "ir/interp.h"

typedef struct IrBc {
    uint16_t op;               /* IrBcOp */
    uint16_t d, a, b;          /* words */
    union {
        int64_t imm;
        struct { int32_t x, y; } n; /* y: of a branch, the distance to its target in instructions */
        IrCode *to;            /* of an exit: what it is chained to, or NULL */
    } u;
} IrBc;

/* d, a, b, imm, x, y: the fields; [w] a word. The groups of ten comparisons are in the order of ops.def. */
typedef enum IrBcOp {
    BC_MOV, BC_LDI,                                            /* [d] = [a]; = imm */
    BC_ADD, BC_SUB, BC_MUL, BC_AND, BC_OR, BC_XOR, BC_SHL, BC_LSHR, BC_ASHR,            /* [d] = [a] op [b], 64 bits */
    BC_ADDI, BC_MULI, BC_ANDI, BC_ORI, BC_XORI, BC_SHLI, BC_LSHRI, BC_ASHRI,            /* [d] = [a] op imm */
    BC_ADDW, BC_SUBW, BC_MULW, BC_SHLW, BC_LSHRW, BC_ASHRW,                             /* low halves; the result sign-extended */
    BC_ADDWI, BC_MULWI, BC_SHLWI, BC_LSHRWI, BC_ASHRWI,
    BC_NEG, BC_NEGW, BC_NOT, BC_SEXT8, BC_SEXT16, BC_SEXT32, BC_ZEXT8, BC_ZEXT16, BC_ZEXT32, /* [d] = op [a] */
    BC_INDEX,                                                  /* [d] = [a] + [b] * imm */
    BC_SELECT,                                                 /* [d] = [a] ? [b] : [x] */
    BC_EQ, BC_NE, BC_SLT, BC_SGE, BC_SLE, BC_SGT, BC_ULT, BC_UGE, BC_ULE, BC_UGT,       /* [d] = [a] op [b] */
    BC_EQI, BC_NEI, BC_SLTI, BC_SGEI, BC_SLEI, BC_SGTI, BC_ULTI, BC_UGEI, BC_ULEI, BC_UGTI, /* [d] = [a] op imm */
    BC_JEQ, BC_JNE, BC_JSLT, BC_JSGE, BC_JSLE, BC_JSGT, BC_JULT, BC_JUGE, BC_JULE, BC_JUGT, /* [a] op [b]: by y */
    BC_JEQI, BC_JNEI, BC_JSLTI, BC_JSGEI, BC_JSLEI, BC_JSGTI, BC_JULTI, BC_JUGEI, BC_JULEI, BC_JUGTI, /* [a] op x: by y */
    BC_XEQ, BC_XNE, BC_XSLT, BC_XSGE, BC_XSLE, BC_XSGT, BC_XULT, BC_XUGE, BC_XULE, BC_XUGT, /* [a] op [b]: leave by exit d */
    BC_XEQI, BC_XNEI, BC_XSLTI, BC_XSGEI, BC_XSLEI, BC_XSGTI, BC_XULTI, BC_XUGEI, BC_XULEI, BC_XUGTI, /* [a] op b, signed */
    BC_JMP,                                                    /* by y */
    BC_EXIT,                                                   /* by exit d */
    BC_EXIT_INDIRECT,                                          /* to the guest's address [a] */
    BC_LD8U, BC_LD8S, BC_LD16U, BC_LD16S, BC_LD32U, BC_LD32S, BC_LD64,                  /* [d] = memory at [a] + imm */
    BC_ST8, BC_ST16, BC_ST32, BC_ST64,                         /* memory at [a] + imm = [b] */
    BC_ST8I, BC_ST16I, BC_ST32I, BC_ST64I,                     /* memory at [a] + x = y */
    BC_HOT,                                                    /* those below are slow.c's */
    BC_SWITCH = BC_HOT,                                        /* by the distance of the case of [a] among y cases from x; interp.c */
    BC_TRAP,                                                   /* trap x; interp.c */
    BC_INT,                                                    /* [d] = [a] op [b]; y: IrOp, + 256 for i64 */
    BC_OVER,                                                   /* the same; [x] is 1 when it did not fit */
    BC_FLT,                                                    /* [d] = op [a] [b] [x]; y: IR_BC_FLT */
    BC_FLAGS_GET, BC_FLAGS_SET,                                /* [d] = flags; flags = [a] */
    BC_RMW,                                                    /* [d] = memory at [a] before it changes by [b]; x: IrRmw, y: IR_BC_ATOMIC */
    BC_CAS,                                                    /* [d] = memory at [a], which becomes [x] if it was [b]; y: IR_BC_ATOMIC */
    BC_COPY, BC_FILL                                           /* imm bytes at [a] from [b], of the low byte of [b] */
} IrBcOp;

/* An atomic's y: log2 of its bytes; whether 4 bytes are sign-extended; the word that is 1 when BC_CAS has stored. */
#define IR_BC_ATOMIC(log2, sign, stored) ((int32_t)((uint32_t)(log2) | (uint32_t)(sign) << 2 | (uint32_t)(stored) << 3))
/* BC_FLT's y: IrOp, the instruction's type, that of its operand, aux */
#define IR_BC_FLT(op, type, from, aux) ((int32_t)((uint32_t)(op) | (uint32_t)(type) << 8 | (uint32_t)(from) << 12 | (uint32_t)(aux) << 16))

/* A move of a state map or an edge: word `to` becomes word `from`, or imm. */
enum { IR_BC_IMM = 0xffff };   /* `from` of a constant; no word has this number */
typedef struct IrBcMove {
    uint16_t to, from;
    int64_t imm;
} IrBcMove;
typedef struct IrBcMap { uint32_t at, first, n; } IrBcMap;     /* instruction, moves; ascending by instruction */
typedef struct IrBcCase { int64_t lo, hi; int32_t y; } IrBcCase; /* y of the last one: of no case */

struct IrCode {
    uint32_t ncode, nwords;    /* words: states, temporaries, values, and room for the longest map */
    uint32_t spare;            /* first word of that room */
    uint32_t cost;
    IrBcMap *maps;
    uint32_t nmaps;
    IrBcMove *moves;
    IrBcCase *cases;
    void *owner;
    size_t size;
    IrBc code[];               /* here, so that a chained exit is one load away from its target */
};

/* slow.c: does instruction i, one of those that interp.c's loop does not: what is rare, or missed the memory cache. False: a fault;
 * m->address and m->write are set and nothing is done. */
bool ir_bc_slow(IrMachine *m, const IrBc *i, uint64_t *frame);

#endif
