/* insn.h: the meaning of a row of insn.def. Read by enc, dec, asm and dis only; the lanes need no more than the row's
 * number.
 *
 * ROW(id, mnemonic, form, extensions, match, mask, link, flags): the bits under mask are match, the others are the
 * operands of the form. Formats and immediates: Unprivileged ISA 20191213, 2.2, 2.3 and (C) 16.2.
 * ALIAS(mnemonic, syntax, row, mask, value, flags): another spelling of a row whose further bits under mask are
 * value. */
#ifndef RV64_INSN_H
#define RV64_INSN_H

#include "arch/rv64/rv64.h"

/* Where a register operand stands: its lowest bit where it has five, P and that for three that mean x8..x15, or
 * implied. */
enum Rv64Slot { SL_NO, SL_7, SL_15, SL_20, SL_27, SL_2, SL_P7, SL_P2, SL_X0, SL_X1, SL_X2, SL_RD, SL_F = 0x80 };

enum Rv64ImmKind {
    IM_NO, IM_I, IM_S, IM_B, IM_U, IM_J, IM_SH6, IM_SH5, IM_Z, IM_FENCE, IM_CI, IM_CSH, IM_CLUI, IM_C16SP, IM_C4SPN,
    IM_CLW, IM_CLD, IM_CLWSP, IM_CLDSP, IM_CSWSP, IM_CSDSP, IM_CB, IM_CJ, IM_KINDS
};
typedef struct Rv64ImmPart { uint8_t at, from, n; } Rv64ImmPart; /* n bits of the value from `from` stand at `at` */
typedef struct Rv64Imm {
    uint8_t bits;              /* of the value */
    bool is_signed;
    uint8_t wrap;              /* not 0: a negative value is told modulo 1 << wrap (c.lui) */
    uint8_t low;               /* lowest bits that are zero */
    Rv64ImmPart parts[8];      /* ended by n 0 */
} Rv64Imm;

/* Forms: X(id, bytes, rd, rs1, rs2, rs3, imm, extra, syntax). Syntax, a letter an operand:
 *  d s t r  rd rs1 rs2 rs3         e  one register for rs1 and rs2
 *  i  immediate                    m  imm(rs1)           a  (rs1)
 *  h  shift amount                 u  20 bits            b  branch target
 *  c  csr                          z  five bits          f g  fence sets
 *  R  rounding mode, left out when dynamic */
#define RV64_FORMS(X) \
    X(F_N, 4, SL_NO, SL_NO, SL_NO, SL_NO, IM_NO, 0, "") \
    X(F_R, 4, SL_7, SL_15, SL_20, SL_NO, IM_NO, 0, "dst") \
    X(F_R1, 4, SL_7, SL_15, SL_NO, SL_NO, IM_NO, 0, "ds") \
    X(F_I, 4, SL_7, SL_15, SL_NO, SL_NO, IM_I, 0, "dsi") \
    X(F_SH6, 4, SL_7, SL_15, SL_NO, SL_NO, IM_SH6, 0, "dsh") \
    X(F_SH5, 4, SL_7, SL_15, SL_NO, SL_NO, IM_SH5, 0, "dsh") \
    X(F_L, 4, SL_7, SL_15, SL_NO, SL_NO, IM_I, 0, "dm") \
    X(F_S, 4, SL_NO, SL_15, SL_20, SL_NO, IM_S, 0, "tm") \
    X(F_B, 4, SL_NO, SL_15, SL_20, SL_NO, IM_B, 0, "stb") \
    X(F_U, 4, SL_7, SL_NO, SL_NO, SL_NO, IM_U, 0, "du") \
    X(F_J, 4, SL_7, SL_NO, SL_NO, SL_NO, IM_J, 0, "db") \
    X(F_FENCE, 4, SL_NO, SL_NO, SL_NO, SL_NO, IM_FENCE, 0, "fg") \
    X(F_SFENCE, 4, SL_NO, SL_15, SL_20, SL_NO, IM_NO, 0, "st") \
    X(F_CSR, 4, SL_7, SL_15, SL_NO, SL_NO, IM_NO, FX_CSR, "dcs") \
    X(F_CSRI, 4, SL_7, SL_NO, SL_NO, SL_NO, IM_Z, FX_CSR, "dcz") \
    X(F_LR, 4, SL_7, SL_15, SL_NO, SL_NO, IM_NO, FX_AQRL, "da") \
    X(F_AMO, 4, SL_7, SL_15, SL_20, SL_NO, IM_NO, FX_AQRL, "dta") \
    X(F_FL, 4, SL_7 | SL_F, SL_15, SL_NO, SL_NO, IM_I, 0, "dm") \
    X(F_FS, 4, SL_NO, SL_15, SL_20 | SL_F, SL_NO, IM_S, 0, "tm") \
    X(F_FR4, 4, SL_7 | SL_F, SL_15 | SL_F, SL_20 | SL_F, SL_27 | SL_F, IM_NO, FX_RM, "dstrR") \
    X(F_FR, 4, SL_7 | SL_F, SL_15 | SL_F, SL_20 | SL_F, SL_NO, IM_NO, FX_RM, "dstR") \
    X(F_FR1, 4, SL_7 | SL_F, SL_15 | SL_F, SL_NO, SL_NO, IM_NO, FX_RM, "dsR") \
    X(F_FRN, 4, SL_7 | SL_F, SL_15 | SL_F, SL_20 | SL_F, SL_NO, IM_NO, 0, "dst") \
    X(F_FCMP, 4, SL_7, SL_15 | SL_F, SL_20 | SL_F, SL_NO, IM_NO, 0, "dst") \
    X(F_FXF, 4, SL_7, SL_15 | SL_F, SL_NO, SL_NO, IM_NO, FX_RM, "dsR") \
    X(F_FFX, 4, SL_7 | SL_F, SL_15, SL_NO, SL_NO, IM_NO, FX_RM, "dsR") \
    X(F_FXFN, 4, SL_7, SL_15 | SL_F, SL_NO, SL_NO, IM_NO, 0, "ds") \
    X(F_FFXN, 4, SL_7 | SL_F, SL_15, SL_NO, SL_NO, IM_NO, 0, "ds") \
    X(F_CNOP, 2, SL_X0, SL_X0, SL_NO, SL_NO, IM_CI, 0, "") \
    X(F_CI, 2, SL_7, SL_RD, SL_NO, SL_NO, IM_CI, 0, "di") \
    X(F_CLI, 2, SL_7, SL_X0, SL_NO, SL_NO, IM_CI, 0, "di") \
    X(F_CLUI, 2, SL_7, SL_NO, SL_NO, SL_NO, IM_CLUI, 0, "du") \
    X(F_CSLLI, 2, SL_7, SL_RD, SL_NO, SL_NO, IM_CSH, 0, "dh") \
    X(F_C16SP, 2, SL_X2, SL_RD, SL_NO, SL_NO, IM_C16SP, 0, "di") \
    X(F_C4SPN, 2, SL_P2, SL_X2, SL_NO, SL_NO, IM_C4SPN, 0, "dsi") \
    X(F_CSRLI, 2, SL_P7, SL_RD, SL_NO, SL_NO, IM_CSH, 0, "dh") \
    X(F_CANDI, 2, SL_P7, SL_RD, SL_NO, SL_NO, IM_CI, 0, "di") \
    X(F_CA, 2, SL_P7, SL_RD, SL_P2, SL_NO, IM_NO, 0, "dt") \
    X(F_CMV, 2, SL_7, SL_2, SL_NO, SL_NO, IM_NO, 0, "ds") \
    X(F_CADD, 2, SL_7, SL_RD, SL_2, SL_NO, IM_NO, 0, "dt") \
    X(F_CJ, 2, SL_X0, SL_NO, SL_NO, SL_NO, IM_CJ, 0, "b") \
    X(F_CB, 2, SL_NO, SL_P7, SL_X0, SL_NO, IM_CB, 0, "sb") \
    X(F_CJR, 2, SL_X0, SL_7, SL_NO, SL_NO, IM_NO, 0, "s") \
    X(F_CJALR, 2, SL_X1, SL_7, SL_NO, SL_NO, IM_NO, 0, "s") \
    X(F_CLW, 2, SL_P2, SL_P7, SL_NO, SL_NO, IM_CLW, 0, "dm") \
    X(F_CLD, 2, SL_P2, SL_P7, SL_NO, SL_NO, IM_CLD, 0, "dm") \
    X(F_CFLD, 2, SL_P2 | SL_F, SL_P7, SL_NO, SL_NO, IM_CLD, 0, "dm") \
    X(F_CSW, 2, SL_NO, SL_P7, SL_P2, SL_NO, IM_CLW, 0, "tm") \
    X(F_CSD, 2, SL_NO, SL_P7, SL_P2, SL_NO, IM_CLD, 0, "tm") \
    X(F_CFSD, 2, SL_NO, SL_P7, SL_P2 | SL_F, SL_NO, IM_CLD, 0, "tm") \
    X(F_CLWSP, 2, SL_7, SL_X2, SL_NO, SL_NO, IM_CLWSP, 0, "dm") \
    X(F_CLDSP, 2, SL_7, SL_X2, SL_NO, SL_NO, IM_CLDSP, 0, "dm") \
    X(F_CFLDSP, 2, SL_7 | SL_F, SL_X2, SL_NO, SL_NO, IM_CLDSP, 0, "dm") \
    X(F_CSWSP, 2, SL_NO, SL_X2, SL_2, SL_NO, IM_CSWSP, 0, "tm") \
    X(F_CSDSP, 2, SL_NO, SL_X2, SL_2, SL_NO, IM_CSDSP, 0, "tm") \
    X(F_CFSDSP, 2, SL_NO, SL_X2, SL_2 | SL_F, SL_NO, IM_CSDSP, 0, "tm") \
    X(F_CN, 2, SL_NO, SL_NO, SL_NO, SL_NO, IM_NO, 0, "")

enum Rv64FormExtra { FX_CSR = 1, FX_AQRL = 2, FX_RM = 4 };

#define FORM_ENUM(id, bytes, rd, rs1, rs2, rs3, imm, extra, syntax) id,
enum Rv64FormId { RV64_FORMS(FORM_ENUM) RV64_FORM_COUNT };
#undef FORM_ENUM

typedef struct Rv64Form {
    uint8_t bytes, rd, rs1, rs2, rs3, imm, extra;
    const char *syntax;
} Rv64Form;

enum Rv64InsnFlags {
    RVF_SIZE = 3,              /* log2 of the bytes a load, store or atomic touches */
    RVF_LOAD = 4, RVF_STORE = 8,
    RVF_ZEXT = 0x10,           /* the load zero-extends */
    RVF_ATOMIC = 0x20,
    RVF_BRANCH = 0x40,         /* conditional, relative to pc */
    RVF_JUMP = 0x80,           /* jal, jalr and their short forms */
    RVF_TRAP = 0x100,          /* ecall, ebreak, xret, wfi: leaves the straight line */
    RVF_FP = 0x200,            /* touches the float registers or fcsr */
    RVF_COMM = 0x400,          /* rs1 and rs2 may change places */
    RVF_RM0 = 0x800,           /* exact whatever the rounding mode: written 0 when not told */
    RVF_RD_NZ = 0x1000,        /* rd (or rs1 in its place) must not be x0 */
    RVF_RD_N2 = 0x2000,        /* rd must not be x2 */
    RVF_RS2_NZ = 0x4000,       /* the register at bit 2 must not be x0 */
    RVF_IMM_NZ = 0x8000        /* the immediate must not be 0 */
};
#define RVF_W 2u
#define RVF_D 3u

typedef struct Rv64Insn {
    const char *mnem;
    uint8_t form;
    uint16_t ext;              /* all of them are needed */
    uint32_t match, mask;
    uint16_t link;             /* 16 bits: the row it expands to; 32 bits: the first of its 16-bit rows, 0 for none */
    uint16_t flags;
} Rv64Insn;

enum Rv64AliasFlags {
    AL_ASM = 1,                /* read, never printed */
    AL_C = 2,                  /* means a row of 16 bits; read only with C */
    AL_DIS = 4                 /* printed, never read */
};
typedef struct Rv64Alias {
    const char *mnem, *syntax;
    uint16_t row;
    uint8_t flags;
    uint32_t mask, value;
} Rv64Alias;

extern const Rv64Form rv64_forms[RV64_FORM_COUNT];
extern const Rv64Imm rv64_imms[IM_KINDS];
extern const Rv64Insn rv64_insns[RV64_ROWS];
extern const Rv64Alias rv64_aliases[];
extern const uint16_t rv64_alias_count;

/* Whether v can be the immediate of that kind. */
bool rv64_imm_fits(unsigned kind, int64_t v);
uint32_t rv64_field_mask(unsigned kind);               /* the bits it stands in */
/* Writes the immediate of that kind into the 2 or 4 bytes (told by the lowest bits) at p; false when it does not fit. */
bool rv64_put_field(uint8_t *p, unsigned kind, int64_t v);

#endif
