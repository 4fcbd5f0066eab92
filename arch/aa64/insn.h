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
    /* of vectors: sizes are Q | log2 of an element's bytes << 1 */
    AH_QS, AH_ES,              /* the element's in the field, `low` more; AH_ES: no Q */
    AH_IMM5, AH_IMMH,          /* size and imm in one; low & 1: Q, too; low & 2: a shift to the left */
    AH_STEPS,                  /* units of eight bits */
    AH_MSL, AH_MODIMM, AH_MI64, AH_MIF, AH_ELEM, AH_LANE
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
    X(FD_QS, AM_SIZE, 22, 2, AH_QS, 0) \
    X(FD_QF, AM_SIZE, 22, 1, AH_QS, 2) \
    X(FD_QF1, AM_SIZE, 22, 1, AH_QS, 1) \
    X(FD_QL, AM_SIZE, 10, 2, AH_QS, 0) \
    X(FD_ES, AM_SIZE, 22, 2, AH_ES, 0) \
    X(FD_ESF, AM_SIZE, 22, 1, AH_ES, 2) \
    X(FD_IMM5Q, AM_SIZE, 16, 5, AH_IMM5, 1) \
    X(FD_IMM5E, AM_SIZE, 16, 5, AH_IMM5, 0) \
    X(FD_SHRQ, AM_SIZE, 16, 7, AH_IMMH, 1) \
    X(FD_SHLQ, AM_SIZE, 16, 7, AH_IMMH, 3) \
    X(FD_SHRE, AM_SIZE, 16, 7, AH_IMMH, 0) \
    X(FD_SHLE, AM_SIZE, 16, 7, AH_IMMH, 2) \
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
    X(FD_FBITS, AM_IMM2, 10, 6, AH_FBITS, 0) \
    X(FD_IMM4, AM_IMM2, 11, 4, AH_U, 0)         /* an element's number times its bytes */ \
    X(FD_EXTN, AM_IMM, 11, 4, AH_U, 0) \
    X(FD_LEN, AM_IMM2, 13, 2, AH_U, 0) \
    X(FD_SH2, AM_AMOUNT, 13, 2, AH_STEPS, 0) \
    X(FD_SH1, AM_AMOUNT, 13, 1, AH_STEPS, 0) \
    X(FD_MSL, AM_AMOUNT, 12, 1, AH_MSL, 0) \
    X(FD_MODIMM, AM_IMM, 5, 5, AH_MODIMM, 0) \
    X(FD_MI64, AM_IMM, 5, 5, AH_MI64, 0) \
    X(FD_MIF, AM_IMM, 5, 5, AH_MIF, 0) \
    X(FD_ELEM, AM_IMM2, 16, 4, AH_ELEM, 0)      /* and rm */ \
    X(FD_LANEB, AM_IMM2, 10, 3, AH_LANE, 0) \
    X(FD_LANEH, AM_IMM2, 11, 2, AH_LANE, 1) \
    X(FD_LANES, AM_IMM2, 12, 1, AH_LANE, 2) \
    X(FD_LANED, AM_IMM2, 30, 1, AH_U, 0)

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
    X(K_V, FD_NO, FD_NO, FD_NO)      /* ---- vectors; the shape is size ---- */ \
    X(K_VW, FD_NO, FD_NO, FD_NO)     /* 16 bytes of elements twice as wide */ \
    X(K_VP, FD_NO, FD_NO, FD_NO)     /* half as many elements twice as wide */ \
    X(K_VS, FD_NO, FD_NO, FD_NO)     /* one element: b, h, s, d */ \
    X(K_VSW, FD_NO, FD_NO, FD_NO)    /* one twice as wide */ \
    X(K_V4S, FD_NO, FD_NO, FD_NO) \
    X(K_V2, FD_NO, FD_NO, FD_NO)     /* two of them */ \
    X(K_VE, FD_NO, FD_NO, FD_NO)     /* element number imm */ \
    X(K_VE2, FD_NO, FD_NO, FD_NO)    /* element of imm2 */ \
    X(K_RE, FD_NO, FD_NO, FD_NO)     /* x for elements of eight bytes, else w */ \
    X(K_RQ, FD_NO, FD_NO, FD_NO)     /* x or w by Q */ \
    X(K_L, FD_NO, FD_NO, FD_NO)      /* as many vectors in braces as the row's flags say */ \
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
    X(K_RET, FD_RN, FD_NO, FD_NO)    /* x, left out when 30 */ \
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
    X(K_FBITS, FD_FBITS, FD_NO, FD_NO) \
    X(K_SHI, FD_NO, FD_NO, FD_NO)    /* imm, which size's field has */ \
    X(K_ZERO, FD_NO, FD_NO, FD_NO) \
    X(K_SHLL, FD_NO, FD_NO, FD_NO)   /* bits of an element */ \
    X(K_EXTN, FD_EXTN, FD_NO, FD_NO) \
    X(K_IMM4, FD_IMM4, FD_NO, FD_NO) /* no text: K_VE2's */ \
    X(K_TBL, FD_RN, FD_LEN, FD_NO) \
    X(K_VEM, FD_ELEM, FD_NO, FD_NO) \
    X(K_LANEB, FD_RD, FD_LANEB, FD_NO) \
    X(K_LANEH, FD_RD, FD_LANEH, FD_NO) \
    X(K_LANES, FD_RD, FD_LANES, FD_NO) \
    X(K_LANED, FD_RD, FD_LANED, FD_NO) \
    X(K_POSTV, FD_RN, FD_RM, FD_NO)  /* rm 31: by as much as was touched */ \
    X(K_MI, FD_MODIMM, FD_NO, FD_NO) \
    X(K_MISH2, FD_MODIMM, FD_SH2, FD_NO) \
    X(K_MISH1, FD_MODIMM, FD_SH1, FD_NO) \
    X(K_MIMSL, FD_MODIMM, FD_MSL, FD_NO) \
    X(K_MI64, FD_MI64, FD_NO, FD_NO) \
    X(K_MIF, FD_MIF, FD_NO, FD_NO) \
    X(K_ALIASES, FD_NO, FD_NO, FD_NO) /* ---- of aliases only: what they mean, not where they stand ---- */ \
    X(K_MOVZI, FD_NO, FD_NO, FD_NO)  /* a number by movz, movn, orr */ \
    X(K_MOVNI, FD_NO, FD_NO, FD_NO) \
    X(K_ORRI, FD_NO, FD_NO, FD_NO) \
    X(K_LOGINV, FD_NO, FD_NO, FD_NO) /* the mask's complement */ \
    X(K_CONDI, FD_NO, FD_NO, FD_NO)  /* the opposite condition */ \
    X(K_LSL, FD_NO, FD_NO, FD_NO)    /* of immr and imms: a shift to the left, */ \
    X(K_LSR, FD_NO, FD_NO, FD_NO)    /* to the right, */ \
    X(K_INLSB, FD_NO, FD_NO, FD_NO)  /* where a field is put, */ \
    X(K_INWIDTH, FD_NO, FD_NO, FD_NO) /* its width, */ \
    X(K_EXWIDTH, FD_NO, FD_NO, FD_NO) /* that of one taken from immr */ \
    X(K_IC, FD_NO, FD_NO, FD_NO) \
    X(K_DC, FD_NO, FD_NO, FD_NO) \
    X(K_AT, FD_NO, FD_NO, FD_NO) \
    X(K_TLBI, FD_NO, FD_NO, FD_NO)

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
    X(F_RET, FD_NO, AP_N, OI(K_RET)) \
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
    X(F_CASP, FD_Q, AP_D | AP_N | AP_M, OM(K_PAIR), OD(K_PAIR), OI(K_MEM)) \
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
    X(F_D1X, FD_NO, AP_D | AP_N, OD(K_V1D), ON(K_X)) \
    X(F_V1, FD_QS, AP_D | AP_N, OD(K_V), ON(K_V)) \
    X(F_V1Q, FD_Q, AP_D | AP_N, OD(K_V), ON(K_V)) \
    X(F_V1F, FD_QF, AP_D | AP_N, OD(K_V), ON(K_V)) \
    X(F_V1Z, FD_QS, AP_D | AP_N, OD(K_V), ON(K_V), OI(K_ZERO)) \
    X(F_V1FZ, FD_QF, AP_D | AP_N, OD(K_V), ON(K_V), OI(K_FZERO)) \
    X(F_V1P, FD_QS, AP_D | AP_N, OD(K_VP), ON(K_V)) \
    X(F_VNW, FD_QS, AP_D | AP_N, OD(K_V), ON(K_VW)) \
    X(F_VNWF, FD_QF1, AP_D | AP_N, OD(K_V), ON(K_VW)) \
    X(F_VWNF, FD_QF1, AP_D | AP_N, OD(K_VW), ON(K_V)) \
    X(F_SHLL, FD_QS, AP_D | AP_N, OD(K_VW), ON(K_V), OI(K_SHLL)) \
    X(F_V3, FD_QS, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OM(K_V)) \
    X(F_V3Q, FD_Q, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OM(K_V)) \
    X(F_V3F, FD_QF, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OM(K_V)) \
    X(F_VWVV, FD_QS, AP_D | AP_N | AP_M, OD(K_VW), ON(K_V), OM(K_V)) \
    X(F_VWWV, FD_QS, AP_D | AP_N | AP_M, OD(K_VW), ON(K_VW), OM(K_V)) \
    X(F_VVWW, FD_QS, AP_D | AP_N | AP_M, OD(K_V), ON(K_VW), OM(K_VW)) \
    X(F_S1, FD_ES, AP_D | AP_N, OD(K_VS), ON(K_VS)) \
    X(F_S1Z, FD_ES, AP_D | AP_N, OD(K_VS), ON(K_VS), OI(K_ZERO)) \
    X(F_S1F, FD_ESF, AP_D | AP_N, OD(K_VS), ON(K_VS)) \
    X(F_S1FZ, FD_ESF, AP_D | AP_N, OD(K_VS), ON(K_VS), OI(K_FZERO)) \
    X(F_SNW, FD_ES, AP_D | AP_N, OD(K_VS), ON(K_VSW)) \
    X(F_S3, FD_ES, AP_D | AP_N | AP_M, OD(K_VS), ON(K_VS), OM(K_VS)) \
    X(F_S3F, FD_ESF, AP_D | AP_N | AP_M, OD(K_VS), ON(K_VS), OM(K_VS)) \
    X(F_SWSS, FD_ES, AP_D | AP_N | AP_M, OD(K_VSW), ON(K_VS), OM(K_VS)) \
    X(F_ACROSS, FD_QS, AP_D | AP_N, OD(K_VS), ON(K_V)) \
    X(F_ACROSSW, FD_QS, AP_D | AP_N, OD(K_VSW), ON(K_V)) \
    X(F_ACROSSF, FD_NO, AP_D | AP_N, OD(K_FS), ON(K_V4S)) \
    X(F_PAIR, FD_ES, AP_D | AP_N, OD(K_VS), ON(K_V2)) \
    X(F_PAIRF, FD_ESF, AP_D | AP_N, OD(K_VS), ON(K_V2)) \
    X(F_SHR, FD_SHRQ, AP_D | AP_N, OD(K_V), ON(K_V), OI(K_SHI)) \
    X(F_SHL, FD_SHLQ, AP_D | AP_N, OD(K_V), ON(K_V), OI(K_SHI)) \
    X(F_SHRN, FD_SHRQ, AP_D | AP_N, OD(K_V), ON(K_VW), OI(K_SHI)) \
    X(F_SHLW, FD_SHLQ, AP_D | AP_N, OD(K_VW), ON(K_V), OI(K_SHI)) \
    X(F_SHRS, FD_SHRE, AP_D | AP_N, OD(K_VS), ON(K_VS), OI(K_SHI)) \
    X(F_SHLS, FD_SHLE, AP_D | AP_N, OD(K_VS), ON(K_VS), OI(K_SHI)) \
    X(F_SHRNS, FD_SHRE, AP_D | AP_N, OD(K_VS), ON(K_VSW), OI(K_SHI)) \
    X(F_VEL, FD_QS, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OI(K_VEM)) \
    X(F_VELF, FD_QF, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OI(K_VEM)) \
    X(F_VELW, FD_QS, AP_D | AP_N | AP_M, OD(K_VW), ON(K_V), OI(K_VEM)) \
    X(F_SEL, FD_ES, AP_D | AP_N | AP_M, OD(K_VS), ON(K_VS), OI(K_VEM)) \
    X(F_SELF, FD_ESF, AP_D | AP_N | AP_M, OD(K_VS), ON(K_VS), OI(K_VEM)) \
    X(F_SELW, FD_ES, AP_D | AP_N | AP_M, OD(K_VSW), ON(K_VS), OI(K_VEM)) \
    X(F_DUPE, FD_IMM5Q, AP_D | AP_N, OD(K_V), ON(K_VE)) \
    X(F_DUPG, FD_IMM5Q, AP_D | AP_N, OD(K_V), ON(K_RE)) \
    X(F_DUPS, FD_IMM5E, AP_D | AP_N, OD(K_VS), ON(K_VE)) \
    X(F_INSG, FD_IMM5E, AP_D | AP_N, OD(K_VE), ON(K_RE)) \
    X(F_INSE, FD_IMM5E, AP_D | AP_N, OD(K_VE), ON(K_VE2), OI(K_IMM4)) \
    X(F_UMOV, FD_IMM5Q, AP_D | AP_N, OD(K_RE), ON(K_VE)) \
    X(F_SMOV, FD_IMM5Q, AP_D | AP_N, OD(K_RQ), ON(K_VE)) \
    X(F_EXTV, FD_Q, AP_D | AP_N | AP_M, OD(K_V), ON(K_V), OM(K_V), OI(K_EXTN)) \
    X(F_TBL, FD_Q, AP_D | AP_N | AP_M, OD(K_V), OI(K_TBL), OM(K_V)) \
    X(F_MIB, FD_Q, AP_D, OD(K_V), OI(K_MI)) \
    X(F_MIS, FD_Q, AP_D, OD(K_V), OI(K_MISH2)) \
    X(F_MIH, FD_Q, AP_D, OD(K_V), OI(K_MISH1)) \
    X(F_MIM, FD_Q, AP_D, OD(K_V), OI(K_MIMSL)) \
    X(F_MID, FD_NO, AP_D, OD(K_FD), OI(K_MI64)) \
    X(F_MI2D, FD_NO, AP_D, OD(K_V), OI(K_MI64)) \
    X(F_MIF, FD_Q, AP_D, OD(K_V), OI(K_MIF)) \
    X(F_MIF2D, FD_NO, AP_D, OD(K_V), OI(K_MIF)) \
    X(F_LDL, FD_QL, AP_D | AP_N, OD(K_L), OI(K_MEM)) \
    X(F_LDLPOST, FD_QL, AP_D | AP_N | AP_M, OD(K_L), OI(K_POSTV)) \
    X(F_LANEB, FD_NO, AP_D | AP_N, OI(K_LANEB), OI(K_MEM)) \
    X(F_LANEPOSTB, FD_NO, AP_D | AP_N | AP_M, OI(K_LANEB), OI(K_POSTV)) \
    X(F_LANEH, FD_NO, AP_D | AP_N, OI(K_LANEH), OI(K_MEM)) \
    X(F_LANEPOSTH, FD_NO, AP_D | AP_N | AP_M, OI(K_LANEH), OI(K_POSTV)) \
    X(F_LANES, FD_NO, AP_D | AP_N, OI(K_LANES), OI(K_MEM)) \
    X(F_LANEPOSTS, FD_NO, AP_D | AP_N | AP_M, OI(K_LANES), OI(K_POSTV)) \
    X(F_LANED, FD_NO, AP_D | AP_N, OI(K_LANED), OI(K_MEM)) \
    X(F_LANEPOSTD, FD_NO, AP_D | AP_N | AP_M, OI(K_LANED), OI(K_POSTV))

#define FORM_ENUM(id, size, regs, ...) id,
enum Aa64FormId { AA64_FORMS(FORM_ENUM) AA64_FORM_COUNT };
#undef FORM_ENUM

enum { AA64_OPNDS = 5 };
typedef struct Aa64Form {
    uint8_t size;              /* the field */
    uint32_t regs;             /* AP_*: bits of the word */
    uint16_t opnds[AA64_OPNDS]; /* ended by 0 */
} Aa64Form;

/* flags of a load or store: log2 of the bytes touched, and the kind K_T stands for. */
#define AT(kind, log2) ((unsigned)(kind) << 4 | (log2))
/* flags of a vector row: the shapes it has (AV_*, bits by Aa64Ins.size; of one element b h s d stand for 8b 4h 2s 1d); AV_2: the mnemonic
 * has a 2 behind it where Q is set; AV_ES: size has no element's size, which is this; AV_N: registers in braces. */
enum {
    AV_8B = 1, AV_16B = 2, AV_4H = 4, AV_8H = 8, AV_2S = 16, AV_4S = 32, AV_1D = 64, AV_2D = 128,
    AV_B = AV_8B | AV_16B, AV_H = AV_4H | AV_8H, AV_S = AV_2S | AV_4S, AV_BHS = AV_B | AV_H | AV_S, AV_HS = AV_H | AV_S,
    AV_V = AV_BHS | AV_2D, AV_F = AV_S | AV_2D, AV_LINE = AV_B | AV_H | AV_4S, AV_SCALAR = AV_8B | AV_4H | AV_2S | AV_1D,
    AV_2 = 0x100
};
#define AV_N(n) (((unsigned)(n) - 1) << 9)
#define AV_ES(es) ((unsigned)(es) << 11)
static inline unsigned aa64_list_count(unsigned flags) { return (flags >> 9 & 3) + 1; }
static inline unsigned aa64_row_es(unsigned flags) { return flags >> 11 & 3; }
static inline unsigned aa64_log2(unsigned flags) { return flags & 15; }
static inline unsigned aa64_t_kind(unsigned flags) { return flags >> 4 & 63; }

typedef struct Aa64Insn {
    const char *mnem;
    uint8_t form, features;
    uint16_t flags;
    uint32_t match;
} Aa64Insn;

/* ALIAS(mnemonic, row, tests, value, operands ...): another spelling of the row where the tests hold. A word behind a space in the
 * mnemonic is the operand. */
enum Aa64AliasTests {
    AL_RD = 1, AL_RN = 2, AL_RM = 4, AL_RA = 8,   /* the register is 31 */
    AL_SAME = 0x10,            /* rn and rm are one */
    AL_PLAIN = 0x20,           /* rm is not shifted */
    AL_IMM = 0x40,             /* imm is the value */
    AL_BF = 0x80,              /* immr is 0, imms the value */
    AL_W = 0x100, AL_X = 0x200, /* size */
    AL_SHAPES = 0x400,         /* of a vector: in the value */
    AL_SP = 0x800,             /* rd or rn is 31 */
    AL_RN30 = 0x1000,
    AL_SWAP = 0x2000,          /* rn and rm change places */
    AL_ASM = 0x4000            /* read, never printed */
};
typedef struct Aa64Alias {
    const char *mnem;
    uint16_t row, tests;
    uint8_t value;
    uint16_t opnds[AA64_OPNDS];
} Aa64Alias;
extern const Aa64Alias aa64_aliases[];
extern const uint16_t aa64_alias_count;

extern const Aa64Field aa64_fields[AA64_FIELD_COUNT];
extern const Aa64Kind aa64_kinds[AA64_KIND_COUNT];
extern const Aa64Form aa64_forms[AA64_FORM_COUNT];
extern const Aa64Insn aa64_insns[AA64_ROWS];

/* Names of reg.def. */
typedef struct Aa64SysReg { uint16_t n; const char *name; } Aa64SysReg;
typedef struct Aa64Pstate { uint8_t n, max; const char *name; } Aa64Pstate;
typedef struct Aa64SysOp { uint16_t kind, n; uint8_t reg; const char *name; } Aa64SysOp;
extern const Aa64SysReg aa64_sysregs[];
extern const Aa64Pstate aa64_pstates[];
extern const Aa64SysOp aa64_sysops[];
extern const uint16_t aa64_sysreg_count, aa64_pstate_count, aa64_sysop_count;
extern const char *const aa64_cond_names[16], *const aa64_barriers[16], *const aa64_shifts[4], *const aa64_extends[8];
/* shape.c: whether an alias stands for the instruction; what its operands then mean. */
bool aa64_alias_holds(const Aa64Alias *al, const Aa64Ins *i);
/* Log2 of the bytes of an element, and whether a vector has 16 of them. */
unsigned aa64_es(const Aa64Ins *i);
bool aa64_q(const Aa64Ins *i);

static inline unsigned aa64_kind(unsigned opnd) { return opnd >> 2; }
/* Fields of an operand: up to three, ended by FD_NO. */
void aa64_opnd_fields(unsigned opnd, uint8_t fields[4]);
uint32_t aa64_row_mask(unsigned row);                  /* the bits that are no operand */
bool aa64_shaped(const Aa64Form *f);                   /* size is a vector's shape, of those in the row's flags */
/* The size as bits of the word, where it has bits of its own. */
uint32_t aa64_size_bits(const Aa64Form *f, unsigned size);

#endif
