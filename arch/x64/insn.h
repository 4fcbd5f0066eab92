/* insn.h: the meaning of a row of insn.def. Read by enc, dec, asm and dis only; the lanes need no more than the row's number.
 *
 * A row is one opcode with one operand form. It holds for a set of operand widths (`widths`, a mask of 1 2 4 8), and `wsel` says how
 * the width gets into the bits. ROW(id, mnemonic, form, reg class, rm class, wsel, widths, prefix, map, opcode, digit, flags). */
#ifndef X64_INSN_H
#define X64_INSN_H

#include "arch/x64/x64.h"

/* Operand forms: SDM vol. 2, 3.1.1.4, with letters for the rest. AT&T order is the reverse of the SDM's. */
enum X64Form {
    F_ZO,    /* none */
    F_ZOM,   /* none; `digit` is a whole second opcode byte */
    F_M,     /* rm */
    F_M1,    /* rm, shifted by one */
    F_MC,    /* %cl, rm */
    F_MR,    /* reg, rm */
    F_RM,    /* rm, reg */
    F_MI,    /* $imm of min(w, 4) bytes, rm */
    F_MI8,   /* $sign-extended imm8, rm */
    F_MU8,   /* $unsigned imm8 (shift counts, bt), rm */
    F_I,     /* $imm, accumulator */
    F_O,     /* register in the opcode */
    F_OA,    /* register in the opcode, accumulator (xchg) */
    F_OI,    /* $imm of w bytes, register in the opcode */
    F_RMI,   /* $imm of min(w, 4) bytes, rm, reg */
    F_RMI8,  /* $sign-extended imm8, rm, reg */
    F_RMU8,  /* $unsigned imm8, rm, reg */
    F_MRU8,  /* $unsigned imm8, reg, rm */
    F_MRC,   /* %cl, reg, rm */
    F_MRX,   /* %xmm0, rm, reg (blendv) */
    F_D8,    /* relative byte */
    F_D32,   /* relative long */
    F_IB,    /* $imm8 alone */
    F_IBS,   /* $sign-extended imm8 alone (push) */
    F_IW,    /* $imm16 alone */
    F_IWB,   /* $imm16, $imm8 (enter) */
    F_ID,    /* $imm32 alone (push); imm16 when w is 2 */
    F_FD,    /* moffs64, accumulator */
    F_TD,    /* accumulator, moffs64 */
    F_FS,    /* %st(rm), %st */
    F_FT,    /* %st, %st(rm) */
    F_IA,    /* $imm8, accumulator of w (in) */
    F_AI,    /* accumulator of w, $imm8 (out) */
    F_DXA,   /* (%dx), accumulator */
    F_ADX,   /* accumulator, (%dx) */
    F_AX,    /* %ax (fstsw) */
    F_SEG    /* segment register number `digit` (push, pop) */
};

/* Operand classes of ModRM.reg and ModRM.rm. */
enum X64Class {
    C_NO,    /* no operand there */
    C_G,     /* general register of the row's width */
    C_G1, C_G2, C_G4, C_G8, /* general register of a fixed width */
    C_X,     /* xmm */
    C_T,     /* x87 stack */
    C_S,     /* segment register */
    C_C,     /* control register */
    C_D      /* debug register */
};

/* How the width gets into the bits. */
enum X64Wsel {
    S_N,     /* not at all */
    S_V,     /* 2: 66, 8: REX.W */
    S_B,     /* and 1 clears, others set, opcode bit 0 */
    S_O,     /* the same with opcode bit 3 (mov imm to register) */
    S_64,    /* 2: 66, 8: nothing (SDM vol. 1, 3.6.1: default operand size 64) */
    S_F,     /* scalar: 4: F3, 8: F2 */
    S_P      /* packed: 4: nothing, 8: 66 */
};

enum X64InsnFlags {
    X_SUF = 1,      /* mnemonic takes b w l q; printed where no register shows the width */
    X_SUFA = 2,     /* and always printed (movzbl) */
    X_SD = 4,       /* mnemonic ends in s or d by width 4 or 8 */
    X_DQ = 8,       /* mnemonic ends in d or q by width 4 or 8 */
    X_LOCK = 16,    /* may be locked (SDM LOCK) when rm is memory */
    X_REP = 32,     /* rep */
    X_REPZ = 64,    /* repz and repnz */
    X_MEM = 128,    /* rm is memory */
    X_REG = 256,    /* rm is a register */
    X_STAR = 512,   /* rm is an indirect branch target: * in text */
    X_NODIS = 1024, /* assembles, never decoded: another row means the same bits */
    X_NOASM = 2048, /* decodes, assembled only by the encoder's users */
    X_DEF4 = 8192,  /* without a suffix the width is 4 */
    X_BR = 4096     /* may carry notrack or bnd */
};

typedef struct X64Insn {
    const char *mnem;
    uint8_t form, reg, rm, wsel, widths, pfx, map, op, digit;
    uint16_t flags;
} X64Insn;

extern const X64Insn x64_insns[X64_ROWS];

/* Bytes of immediate that follow, for an instruction of that row at that width. */
unsigned x64_imm_size(const X64Insn *in, unsigned w);

#endif
