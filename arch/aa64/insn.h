/* insn.h: the meaning of a row of insn.def. Read by enc, emit, dec, asm and dis only; the lanes need no more than the row's number.
 *
 * ROW(id, mnemonic, form, features, match, flags): match are the bits that are no operand, all others are fields of the form.
 * Encodings: DDI 0487, C4.1 (groups) and C6, C7 (instructions).
 *
 * Three tables, each in terms of the next: a form is where w/x or s/d stands and a list of operands as text has them; an operand is a kind
 * and, of a register, the place; a kind is a list of fields; a field is bits of the word that are a member of Aa64Ins. */
#ifndef AA64_INSN_H
#define AA64_INSN_H

#include "arch/aa64/aa64.h"

/* ---- fields: X(id, member, at, n, how, low): n bits at `at`; how they mean the member's value, whose `low` lowest bits are zero ---- */

enum Aa64Member { AM_NO, AM_SIZE, AM_RD, AM_RN, AM_RM, AM_RA, AM_EXT, AM_AMOUNT, AM_COND, AM_IMM2, AM_IMM };
enum Aa64How {
    AH_U, AH_S,                /* unsigned, signed */
    AH_UL, AH_SL,              /* the same in units of the bytes touched */
    AH_TWICE,                  /* at bit `low`, too */
    AH_TBIT, AH_ADR, AH_ADRP, AH_ADDIMM, AH_LOGIMM, AH_MOVW, AH_SYSREG, AH_PSTATE, AH_FIMM, AH_FBITS,
    AH_QS, AH_IMM5, AH_IMM5R, AH_IMM4, AH_IMMHR, AH_IMMHL, AH_MODIMM, AH_VFIMM, AH_ELEM, AH_ELEMH, AH_LANE
};

#define AA64_FIELDS(X) \
    X(FD_NO, AM_NO, 0, 0, AH_U, 0) \
    X(FD_RD, AM_RD, 0, 5, AH_U, 0) \
    X(FD_RN, AM_RN, 5, 5, AH_U, 0) \
    X(FD_RM, AM_RM, 16, 5, AH_U, 0) \
    X(FD_RA, AM_RA, 10, 5, AH_U, 0) \
    X(FD_SF, AM_SIZE, 31, 1, AH_U, 0) \
    X(FD_SFN, AM_SIZE, 31, 1, AH_TWICE, 22) \
    X(FD_SFREV, AM_SIZE, 31, 1, AH_TWICE, 10) \
    X(FD_FT, AM_SIZE, 22, 1, AH_U, 0) \
    X(FD_Q, AM_SIZE, 30, 1, AH_U, 0) \
    X(FD_QS, AM_SIZE, 22, 2, AH_QS, 0)       /* Q | size << 1 */ \
    X(FD_QF, AM_SIZE, 22, 1, AH_QS, 0)       /* Q | sz << 1 */ \
    X(FD_QL, AM_SIZE, 10, 2, AH_QS, 0)       /* Q | size << 1 of ld1 */ \
    X(FD_SIZE, AM_SIZE, 22, 2, AH_U, 0) \
    X(FD_SHIFT, AM_EXT, 22, 2, AH_U, 0) \
    X(FD_AMT6, AM_AMOUNT, 10, 6, AH_U, 0) \
    X(FD_OPTION, AM_EXT, 13, 3, AH_U, 0) \
    X(FD_AMT3, AM_AMOUNT, 10, 3, AH_U, 0) \
    X(FD_SCALED, AM_AMOUNT, 12, 1, AH_U, 0) \
    X(FD_IMMR, AM_AMOUNT, 16, 6, AH_U, 0) \
    X(FD_IMMS, AM_IMM2, 10, 6, AH_U, 0) \
    X(FD_COND, AM_COND, 12, 4, AH_U, 0) \
    X(FD_CONDB, AM_COND, 0, 4, AH_U, 0) \
    X(FD_NZCV, AM_IMM2, 0, 4, AH_U, 0) \
    X(FD_IMM5, AM_IMM, 16, 5, AH_U, 0) \
    X(FD_B26, AM_IMM, 0, 26, AH_S, 2) \
    X(FD_B19, AM_IMM, 5, 19, AH_S, 2) \
    X(FD_B14, AM_IMM, 5, 14, AH_S, 2) \
    X(FD_TBIT, AM_IMM2, 19, 5, AH_TBIT, 0) \
    X(FD_ADR, AM_IMM, 5, 19, AH_ADR, 0) \
    X(FD_ADRP, AM_IMM, 5, 19, AH_ADRP, 12) \
    X(FD_ADDIMM, AM_IMM, 10, 13, AH_ADDIMM, 0)  /* amount 12: shifted even if it need not be */ \
    X(FD_LOGIMM, AM_IMM, 10, 13, AH_LOGIMM, 0)  /* amount: bits of immr that mean nothing */ \
    X(FD_MOVW, AM_IMM, 5, 18, AH_MOVW, 0)       /* amount is the shift */ \
    X(FD_IMM16, AM_IMM, 5, 16, AH_U, 0) \
    X(FD_UDF, AM_IMM, 0, 16, AH_U, 0) \
    X(FD_HINT, AM_IMM, 5, 7, AH_U, 0) \
    X(FD_CRM, AM_IMM, 8, 4, AH_U, 0) \
    X(FD_SYSREG, AM_IMM, 5, 15, AH_SYSREG, 0)   /* op0:op1:CRn:CRm:op2, 16 bits */ \
    X(FD_PSTATE, AM_IMM, 5, 3, AH_PSTATE, 0)    /* op1:op2 */ \
    X(FD_CRM2, AM_IMM2, 8, 4, AH_U, 0) \
    X(FD_SYS, AM_IMM, 5, 14, AH_U, 0)           /* op1:CRn:CRm:op2 */ \
    X(FD_U12, AM_IMM, 10, 12, AH_UL, 0) \
    X(FD_S9, AM_IMM, 12, 9, AH_S, 0) \
    X(FD_S7, AM_IMM, 15, 7, AH_SL, 0) \
    X(FD_FIMM, AM_IMM, 13, 8, AH_FIMM, 0) \
    X(FD_FBITS, AM_IMM2, 10, 6, AH_FBITS, 0)

#define FIELD_ENUM(id, member, at, n, how, low) id,
enum Aa64FieldId { AA64_FIELDS(FIELD_ENUM) AA64_FIELD_COUNT };
#undef FIELD_ENUM
typedef struct Aa64Field { uint8_t member, at, n, how, low; } Aa64Field;

/* ---- kinds of operands: X(id, field, field, field). Registers have none: theirs is the place. ---- */

#define AA64_KINDS(X) \
    X(K_END, FD_NO, FD_NO, FD_NO) \
    X(K_R, FD_NO, FD_NO, FD_NO)      /* w or x by size; 31 is zr */ \
    X(K_RSP, FD_NO, FD_NO, FD_NO)    /* 31 is sp */ \
    X(K_W, FD_NO, FD_NO, FD_NO) \
    X(K_X, FD_NO, FD_NO, FD_NO) \
    X(K_XSP, FD_NO, FD_NO, FD_NO) \
    X(K_F, FD_NO, FD_NO, FD_NO)      /* s or d by size */ \
    X(K_FB, FD_NO, FD_NO, FD_NO) \
    X(K_FH, FD_NO, FD_NO, FD_NO) \
    X(K_FS, FD_NO, FD_NO, FD_NO) \
    X(K_FD, FD_NO, FD_NO, FD_NO) \
    X(K_FQ, FD_NO, FD_NO, FD_NO) \
    X(K_T, FD_NO, FD_NO, FD_NO)      /* what the row's flags say */ \
    X(K_PAIR, FD_NO, FD_NO, FD_NO)   /* an even one, by size, and the next as an operand of its own */ \
    X(K_PRFOP, FD_NO, FD_NO, FD_NO)  /* of prfm, in the place of rt */ \
    X(K_V1D, FD_NO, FD_NO, FD_NO)    /* v.d[1] */ \
    X(K_REGS, FD_NO, FD_NO, FD_NO)   /* ---- the rest are no registers ---- */ \
    X(K_SHIFT, FD_RM, FD_SHIFT, FD_AMT6) \
    X(K_SHIFTL, FD_RM, FD_SHIFT, FD_AMT6)  /* ror, too */ \
    X(K_EXT, FD_RM, FD_OPTION, FD_AMT3) \
    X(K_ADDIMM, FD_ADDIMM, FD_NO, FD_NO) \
    X(K_LOGIMM, FD_LOGIMM, FD_NO, FD_NO) \
    X(K_MOVW, FD_MOVW, FD_NO, FD_NO) \
    X(K_IMMR, FD_IMMR, FD_NO, FD_NO) \
    X(K_IMMS, FD_IMMS, FD_NO, FD_NO) \
    X(K_ADR, FD_ADR, FD_NO, FD_NO) \
    X(K_ADRP, FD_ADRP, FD_NO, FD_NO) \
    X(K_B26, FD_B26, FD_NO, FD_NO) \
    X(K_B19, FD_B19, FD_NO, FD_NO) \
    X(K_B14, FD_B14, FD_NO, FD_NO) \
    X(K_TBIT, FD_TBIT, FD_NO, FD_NO) \
    X(K_TREG, FD_RD, FD_NO, FD_NO)   /* of tbz: w below bit 32 */ \
    X(K_COND, FD_COND, FD_NO, FD_NO) \
    X(K_CONDB, FD_CONDB, FD_NO, FD_NO) /* in the mnemonic */ \
    X(K_NZCV, FD_NZCV, FD_NO, FD_NO) \
    X(K_IMM5, FD_IMM5, FD_NO, FD_NO) \
    X(K_IMM16, FD_IMM16, FD_NO, FD_NO) \
    X(K_DCPS, FD_IMM16, FD_NO, FD_NO)  /* left out when 0 */ \
    X(K_UDF, FD_UDF, FD_NO, FD_NO) \
    X(K_HINT, FD_HINT, FD_NO, FD_NO) \
    X(K_CRM, FD_CRM, FD_NO, FD_NO)   /* left out when 15 */ \
    X(K_BARRIER, FD_CRM, FD_NO, FD_NO) \
    X(K_ISB, FD_CRM, FD_NO, FD_NO)   /* left out when 15, sy */ \
    X(K_SYSREG, FD_SYSREG, FD_NO, FD_NO) \
    X(K_PSTATE, FD_PSTATE, FD_CRM2, FD_NO) \
    X(K_SYS, FD_SYS, FD_NO, FD_NO) \
    X(K_SYSRT, FD_RD, FD_NO, FD_NO)  /* x, left out when 31 */ \
    X(K_MEM, FD_RN, FD_NO, FD_NO) \
    X(K_MEM12, FD_RN, FD_U12, FD_NO) \
    X(K_MEM9, FD_RN, FD_S9, FD_NO) \
    X(K_PRE9, FD_RN, FD_S9, FD_NO) \
    X(K_POST9, FD_RN, FD_S9, FD_NO) \
    X(K_MEMR, FD_RN, FD_RM, FD_OPTION) \
    X(K_MEMRS, FD_SCALED, FD_NO, FD_NO) /* the rest of it, no text */ \
    X(K_MEM7, FD_RN, FD_S7, FD_NO) \
    X(K_PRE7, FD_RN, FD_S7, FD_NO) \
    X(K_POST7, FD_RN, FD_S7, FD_NO) \
    X(K_FIMM, FD_FIMM, FD_NO, FD_NO) \
    X(K_FZERO, FD_NO, FD_NO, FD_NO) \
    X(K_FBITS, FD_FBITS, FD_NO, FD_NO)

#define KIND_ENUM(id, a, b, c) id,
enum Aa64KindId { AA64_KINDS(KIND_ENUM) AA64_KIND_COUNT };
#undef KIND_ENUM
typedef struct Aa64Kind { uint8_t fields[3]; } Aa64Kind;

/* ---- forms: X(id, size's field, places of registers, operands in the order of text). An operand is a kind, and of a register its place:
 * D rd, N rn, M rm, A ra. ---- */

#define AP_D 0x1fu
#define AP_N (0x1fu << 5)
#define AP_M (0x1fu << 16)
#define AP_A (0x1fu << 10)
#define OD(kind) ((kind) << 2)
#define ON(kind) ((kind) << 2 | 1)
#define OM(kind) ((kind) << 2 | 2)
#define OA(kind) ((kind) << 2 | 3)
#define OI(kind) ((kind) << 2)
#define AA64_FORMS(X) \
    X(F_0, FD_NO, 0, 0) \
    X(F_ADDI, FD_SF, AP_D | AP_N, OD(K_RSP), ON(K_RSP), OI(K_ADDIMM)) \
    X(F_ADDSI, FD_SF, AP_D | AP_N, OD(K_R), ON(K_RSP), OI(K_ADDIMM)) \
    X(F_LOGI, FD_SF, AP_D | AP_N, OD(K_RSP), ON(K_R), OI(K_LOGIMM)) \
    X(F_LOGSI, FD_SF, AP_D | AP_N, OD(K_R), ON(K_R), OI(K_LOGIMM)) \
    X(F_MOVW, FD_SF, AP_D, OD(K_R), OI(K_MOVW)) \
    X(F_BF, FD_SFN, AP_D | AP_N, OD(K_R), ON(K_R), OI(K_IMMR), OI(K_IMMS)) \
    X(F_EXTR, FD_SFN, AP_D | AP_N | AP_M, OD(K_R), ON(K_R), OM(K_R), OI(K_IMMS)) \
    X(F_ADR, FD_NO, AP_D, OD(K_X), OI(K_ADR)) \
    X(F_ADRP, FD_NO, AP_D, OD(K_X), OI(K_ADRP)) \
    X(F_SHIFT, FD_SF, AP_D | AP_N | AP_M, OD(K_R), ON(K_R), OI(K_SHIFT)) \
    X(F_SHIFTL, FD_SF, AP_D | AP_N | AP_M, OD(K_R), ON(K_R), OI(K_SHIFTL)) \
    X(F_EXT, FD_SF, AP_D | AP_N | AP_M, OD(K_RSP), ON(K_RSP), OI(K_EXT)) \
    X(F_EXTS, FD_SF, AP_D | AP_N | AP_M, OD(K_R), ON(K_RSP), OI(K_EXT)) \
    X(F_R, FD_SF, AP_D | AP_N | AP_M, OD(K_R), ON(K_R), OM(K_R)) \
    X(F_CRC, FD_NO, AP_D | AP_N | AP_M, OD(K_W), ON(K_W), OM(K_W)) \
    X(F_CRCX, FD_NO, AP_D | AP_N | AP_M, OD(K_W), ON(K_W), OM(K_X)) \
    X(F_CSEL, FD_SF, AP_D | AP_N | AP_M, OD(K_R), ON(K_R), OM(K_R), OI(K_COND)) \
    X(F_CCMP, FD_SF, AP_N | AP_M, ON(K_R), OM(K_R), OI(K_NZCV), OI(K_COND)) \
    X(F_CCMPI, FD_SF, AP_N, ON(K_R), OI(K_IMM5), OI(K_NZCV), OI(K_COND)) \
    X(F_R1, FD_SF, AP_D | AP_N, OD(K_R), ON(K_R)) \
    X(F_REV, FD_SFREV, AP_D | AP_N, OD(K_R), ON(K_R)) \
    X(F_X1, FD_NO, AP_D | AP_N, OD(K_X), ON(K_X)) \
    X(F_R3, FD_SF, AP_D | AP_N | AP_M | AP_A, OD(K_R), ON(K_R), OM(K_R), OA(K_R)) \
    X(F_MADDL, FD_NO, AP_D | AP_N | AP_M | AP_A, OD(K_X), ON(K_W), OM(K_W), OA(K_X)) \
    X(F_MULH, FD_NO, AP_D | AP_N | AP_M, OD(K_X), ON(K_X), OM(K_X)) \
    X(F_B, FD_NO, 0, OI(K_B26)) \
    X(F_BCOND, FD_NO, 0, OI(K_CONDB), OI(K_B19)) \
    X(F_CB, FD_SF, AP_D, OD(K_R), OI(K_B19)) \
    X(F_TB, FD_NO, AP_D, OI(K_TREG), OI(K_TBIT), OI(K_B14)) \
    X(F_BR, FD_NO, AP_N, ON(K_X)) \
    X(F_IMM16, FD_NO, 0, OI(K_IMM16)) \
    X(F_DCPS, FD_NO, 0, OI(K_DCPS)) \
    X(F_UDF, FD_NO, 0, OI(K_UDF)) \
    X(F_HINT, FD_NO, 0, OI(K_HINT)) \
    X(F_CLREX, FD_NO, 0, OI(K_CRM)) \
    X(F_BARRIER, FD_NO, 0, OI(K_BARRIER)) \
    X(F_ISB, FD_NO, 0, OI(K_ISB)) \
    X(F_MRS, FD_NO, AP_D, OD(K_X), OI(K_SYSREG)) \
    X(F_MSR, FD_NO, AP_D, OI(K_SYSREG), OD(K_X)) \
    X(F_MSRI, FD_NO, 0, OI(K_PSTATE)) \
    X(F_SYS, FD_NO, AP_D, OI(K_SYS), OI(K_SYSRT)) \
    X(F_SYSL, FD_NO, AP_D, OD(K_X), OI(K_SYS)) \
    X(F_LS, FD_NO, AP_D | AP_N, OD(K_T), OI(K_MEM12)) \
    X(F_LS9, FD_NO, AP_D | AP_N, OD(K_T), OI(K_MEM9)) \
    X(F_LSPRE, FD_NO, AP_D | AP_N, OD(K_T), OI(K_PRE9)) \
    X(F_LSPOST, FD_NO, AP_D | AP_N, OD(K_T), OI(K_POST9)) \
    X(F_LSR, FD_NO, AP_D | AP_N | AP_M, OD(K_T), OI(K_MEMR), OI(K_MEMRS)) \
    X(F_LSLIT, FD_NO, AP_D, OD(K_T), OI(K_B19)) \
    X(F_LSP, FD_NO, AP_D | AP_N | AP_A, OD(K_T), OA(K_T), OI(K_MEM7)) \
    X(F_LSPPRE, FD_NO, AP_D | AP_N | AP_A, OD(K_T), OA(K_T), OI(K_PRE7)) \
    X(F_LSPPOST, FD_NO, AP_D | AP_N | AP_A, OD(K_T), OA(K_T), OI(K_POST7)) \
    X(F_EX, FD_NO, AP_D | AP_N, OD(K_T), OI(K_MEM))                     /* ldxr, ldar, stlr */ \
    X(F_EXS, FD_NO, AP_D | AP_N | AP_M, OM(K_W), OD(K_T), OI(K_MEM))     /* stxr */ \
    X(F_EXP, FD_NO, AP_D | AP_N | AP_A, OD(K_T), OA(K_T), OI(K_MEM)) \
    X(F_EXPS, FD_NO, AP_D | AP_N | AP_M | AP_A, OM(K_W), OD(K_T), OA(K_T), OI(K_MEM)) \
    X(F_LSE, FD_NO, AP_D | AP_N | AP_M, OM(K_T), OD(K_T), OI(K_MEM)) \
    X(F_CASP, FD_NO, AP_D | AP_N | AP_M, OM(K_PAIR), OD(K_PAIR), OI(K_MEM)) \
    X(F_F1, FD_FT, AP_D | AP_N, OD(K_F), ON(K_F)) \
    X(F_F2, FD_FT, AP_D | AP_N | AP_M, OD(K_F), ON(K_F), OM(K_F)) \
    X(F_F3, FD_FT, AP_D | AP_N | AP_M | AP_A, OD(K_F), ON(K_F), OM(K_F), OA(K_F)) \
    X(F_FCMP, FD_FT, AP_N | AP_M, ON(K_F), OM(K_F)) \
    X(F_FCMPZ, FD_FT, AP_N, ON(K_F), OI(K_FZERO)) \
    X(F_FCCMP, FD_FT, AP_N | AP_M, ON(K_F), OM(K_F), OI(K_NZCV), OI(K_COND)) \
    X(F_FCSEL, FD_FT, AP_D | AP_N | AP_M, OD(K_F), ON(K_F), OM(K_F), OI(K_COND)) \
    X(F_FMOVI, FD_FT, AP_D, OD(K_F), OI(K_FIMM)) \
    X(F_FSD, FD_NO, AP_D | AP_N, OD(K_FS), ON(K_FD)) \
    X(F_FDS, FD_NO, AP_D | AP_N, OD(K_FD), ON(K_FS)) \
    X(F_FSH, FD_NO, AP_D | AP_N, OD(K_FS), ON(K_FH)) \
    X(F_FHS, FD_NO, AP_D | AP_N, OD(K_FH), ON(K_FS)) \
    X(F_FDH, FD_NO, AP_D | AP_N, OD(K_FD), ON(K_FH)) \
    X(F_FHD, FD_NO, AP_D | AP_N, OD(K_FH), ON(K_FD)) \
    X(F_FSR, FD_SF, AP_D | AP_N, OD(K_FS), ON(K_R)) \
    X(F_FDR, FD_SF, AP_D | AP_N, OD(K_FD), ON(K_R)) \
    X(F_RFS, FD_SF, AP_D | AP_N, OD(K_R), ON(K_FS)) \
    X(F_RFD, FD_SF, AP_D | AP_N, OD(K_R), ON(K_FD)) \
    X(F_FSRF, FD_SF, AP_D | AP_N, OD(K_FS), ON(K_R), OI(K_FBITS)) \
    X(F_FDRF, FD_SF, AP_D | AP_N, OD(K_FD), ON(K_R), OI(K_FBITS)) \
    X(F_RFSF, FD_SF, AP_D | AP_N, OD(K_R), ON(K_FS), OI(K_FBITS)) \
    X(F_RFDF, FD_SF, AP_D | AP_N, OD(K_R), ON(K_FD), OI(K_FBITS)) \
    X(F_WS, FD_NO, AP_D | AP_N, OD(K_W), ON(K_FS)) \
    X(F_SW, FD_NO, AP_D | AP_N, OD(K_FS), ON(K_W)) \
    X(F_XD, FD_NO, AP_D | AP_N, OD(K_X), ON(K_FD)) \
    X(F_DX, FD_NO, AP_D | AP_N, OD(K_FD), ON(K_X)) \
    X(F_XD1, FD_NO, AP_D | AP_N, OD(K_X), ON(K_V1D)) \
    X(F_D1X, FD_NO, AP_D | AP_N, OD(K_V1D), ON(K_X))

#define FORM_ENUM(id, size, regs, ...) id,
enum Aa64FormId { AA64_FORMS(FORM_ENUM) AA64_FORM_COUNT };
#undef FORM_ENUM

enum { AA64_OPNDS = 5 };
typedef struct Aa64Form {
    uint8_t size;              /* the field */
    uint32_t regs;             /* AP_*: bits of the word */
    uint8_t opnds[AA64_OPNDS]; /* ended by 0 */
} Aa64Form;

/* flags: log2 of the bytes touched, and the kind K_T stands for. */
#define AT(kind, log2) ((unsigned)(kind) << 4 | (log2))
static inline unsigned aa64_log2(unsigned flags) { return flags & 15; }
static inline unsigned aa64_t_kind(unsigned flags) { return flags >> 4 & 63; }

typedef struct Aa64Insn {
    const char *mnem;
    uint8_t form, features;
    uint16_t flags;
    uint32_t match;
} Aa64Insn;

extern const Aa64Field aa64_fields[AA64_FIELD_COUNT];
extern const Aa64Kind aa64_kinds[AA64_KIND_COUNT];
extern const Aa64Form aa64_forms[AA64_FORM_COUNT];
extern const Aa64Insn aa64_insns[AA64_ROWS];

static inline unsigned aa64_kind(unsigned opnd) { return opnd >> 2; }
/* Fields of an operand: up to three, ended by FD_NO. */
void aa64_opnd_fields(unsigned opnd, uint8_t fields[4]);
uint32_t aa64_row_mask(unsigned row);                  /* the bits that are no operand */
/* The size as bits of the word. */
uint32_t aa64_size_bits(const Aa64Form *f, unsigned size);

#endif
