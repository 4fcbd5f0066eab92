/* aa64: what the files of this folder share: registers, conditions, operands, and the emitter over insn.def. Source of everything
 * about instructions: Arm Architecture Reference Manual for A-profile (DDI 0487), part C; of relocations: "ELF for the Arm 64-bit
 * Architecture"; of registers' roles: "Procedure Call Standard for the Arm 64-bit Architecture". */
#ifndef AA64_H
#define AA64_H

#include "obj/obj.h"

/* Registers, one numbering for the lane: x0..x30 are 0..30, 31 is sp or zr, which of the two says the operand; v0..v31 are 32..63. */
enum Aa64Reg {
    AA64_X0, AA64_X8 = 8, AA64_X15 = 15, AA64_IP0 = 16, AA64_IP1 = 17, AA64_X18 = 18, AA64_X19 = 19, AA64_X28 = 28,
    AA64_FP = 29, AA64_LR = 30, AA64_SP = 31, AA64_ZR = 31,
    AA64_V0 = 32, AA64_V7 = 39, AA64_V8 = 40, AA64_V15 = 47, AA64_V16 = 48, AA64_V31 = 63,
    AA64_NOREG = 0xff
};

/* Conditions (C1.2.4): the opposite is ^ 1. */
typedef enum Aa64Cond {
    AA64_EQ, AA64_NE, AA64_HS, AA64_LO, AA64_MI, AA64_PL, AA64_VS, AA64_VC, AA64_HI, AA64_LS, AA64_GE, AA64_LT, AA64_GT, AA64_LE,
    AA64_AL, AA64_NV
} Aa64Cond;

/* Shifts of a register operand, in the order of the field; ROR for logical operations only. */
enum Aa64Shift { AA64_LSL, AA64_LSR, AA64_ASR, AA64_ROR };
/* Extensions of a register operand, in the order of the field. UXTX (lsl) is none. */
enum Aa64Extend { AA64_UXTB, AA64_UXTH, AA64_UXTW, AA64_UXTX, AA64_SXTB, AA64_SXTH, AA64_SXTW, AA64_SXTX };

/* Instructions beyond ARMv8.0-A's integer, floating-point and SIMD ones, by -march=. */
enum Aa64Feature { AA64_X_CRC = 1, AA64_X_LSE = 2, AA64_X_ALL = 3 };

/* ---- insn.def rows. Ids are AA64_I_<NAME>. A row holds for w and x registers, or s and d, where one bit of it tells; Aa64Ins.size
 * is that bit. ---- */
#define ROW(id, ...) AA64_I_##id,
#define ALIAS(...)
typedef enum Aa64Row {
#include "arch/aa64/insn.def"
    AA64_ROWS,
    AA64_I_NONE = 0
} Aa64Row;
#undef ROW
#undef ALIAS

/* Relocations by the ABI's names. */
#define RELOC(name, number, ...) name = number,
typedef enum Aa64Reloc {
#include "arch/aa64/reloc.def"
    AA64_RELOC_END = 2048
} Aa64Reloc;
#undef RELOC

/* One instruction as data: what dec gives, dis prints, asm parses and aa64_emit encodes. Operands a row does not have are zero.
 * Registers are fields' values, 0..31, general or not. */
typedef struct Aa64Ins {
    uint16_t row;
    uint8_t size;              /* w 0, x 1; s 0, d 1; of vectors: Q | log2 of an element's bytes << 1 */
    uint8_t rd, rn, rm, ra;    /* Rd or Rt; Rn; Rm or Rs; Ra or Rt2 */
    uint8_t ext, amount;       /* shift or extension of rm and by how much; bitfields and extr: immr and imms in amount and imm2 */
    uint8_t cond;
    uint8_t imm2;              /* nzcv; imms; the bit of tbz; what a form has beside imm */
    int64_t imm;               /* the value meant: bytes of an offset or displacement (from the instruction, adrp: of pages' addresses),
                                  the whole immediate of add and mov (shifted), the mask of logical operations, the bits of a double
                                  for fmov */
} Aa64Ins;

/* ---- enc.c: bits out ---- */

/* Any instruction at all into *word. False when row and operands do not belong together. */
bool aa64_emit(uint32_t *word, const Aa64Ins *i);
/* The operands of a word that matches the row. False where they are reserved or unallocated. */
bool aa64_unpack(Aa64Ins *i, unsigned row, uint32_t word);
/* Logical immediate (C3.4.2, "DecodeBitMasks"): fields N:immr:imms in 13 bits of v seen in 32 (size 0) or 64 bits; false: none. */
bool aa64_logical(uint64_t v, unsigned size, uint32_t *field);
uint64_t aa64_logical_value(uint32_t field, unsigned size); /* 0 when reserved */
/* imm8 of fmov that means the double with these bits; false: none. */
bool aa64_fp_imm(uint64_t bits, uint32_t *imm8);
/* Is v an operand of add and sub: 12 bits, or 12 bits shifted by 12? */
static inline bool aa64_add_fits(uint64_t v) { return v < 4096 || (!(v & 4095) && v >> 24 == 0); }

/* ---- emit.c: what the lanes call. Operands a row does not take, and rows outside features, are our own mistake (bug). Registers are
 * the lane's numbers, 0..63; size as in Aa64Ins. ---- */
typedef struct Aa64Out {
    Buf *b;                    /* the section's data */
    Obj *obj;
    ObjSecId sec;
    uint32_t features;
} Aa64Out;

void aa64_word(Aa64Out *o, uint32_t word);
void aa64_ins(Aa64Out *o, const Aa64Ins *i);
void aa64_0(Aa64Out *o, Aa64Row row);                                                     /* nop, isb ... */
void aa64_r(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm); /* shifted by nothing, too */
void aa64_r1(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn);           /* clz, rev, fneg, fcvtzs ... */
void aa64_r3(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned ra); /* madd, fmadd ... */
void aa64_shifted(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned shift, unsigned amount);
void aa64_extended(Aa64Out *o, Aa64Row row, unsigned rd, unsigned rn, unsigned rm, unsigned extend, unsigned amount); /* x; sp means sp */
void aa64_mov(Aa64Out *o, unsigned size, unsigned rd, unsigned rn);                       /* orr rd, zr, rn; 31 is zr */
void aa64_mov_sp(Aa64Out *o, unsigned rd, unsigned rn);                                   /* add rd, rn, #0; 31 is sp */
void aa64_addi(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, uint64_t imm); /* ADD_I ADDS_I SUB_I SUBS_I */
void aa64_logi(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, uint64_t imm); /* AND_I ORR_I EOR_I ANDS_I */
void aa64_bitfield(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned immr, unsigned imms);
void aa64_extr(Aa64Out *o, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned lsb);
void aa64_movw(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned imm16, unsigned shift);
void aa64_csel(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, Aa64Cond c); /* csinc, fcsel ... too */
void aa64_ccmp(Aa64Out *o, Aa64Row row, unsigned size, unsigned rn, unsigned rm_or_imm, unsigned nzcv, Aa64Cond c);
void aa64_cmp(Aa64Out *o, Aa64Row row, unsigned size, unsigned rn, unsigned rm);          /* fcmp; rm ignored by FCMP_Z */
void aa64_fmov_imm(Aa64Out *o, unsigned size, unsigned rd, unsigned imm8);
/* A constant in the fewest of movz, movn, movk and orr; how many instructions that is. */
void aa64_li(Aa64Out *o, unsigned size, unsigned rd, uint64_t v);
unsigned aa64_li_count(unsigned size, uint64_t v);
void aa64_nops(Aa64Out *o, unsigned n);
/* Loads and stores of one register: row is the scaled one (LDR_X ...). disp fits either it or the unscaled form, else false and nothing. */
bool aa64_mem_fits(Aa64Row row, int64_t disp);
bool aa64_mem(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp);
void aa64_mem_r(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, unsigned rm, unsigned extend, bool scaled); /* [rn, rm, ext #size] */
void aa64_mem_pre(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp);
void aa64_mem_post(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp);
unsigned aa64_mem_log2(Aa64Row row);                                                      /* of the bytes touched */
/* Pairs: row is STP_X LDP_X STP_D LDP_D ...; index 0 none, 1 pre, 2 post. */
bool aa64_pair_fits(Aa64Row row, int64_t disp);
void aa64_pair(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rt2, unsigned rn, int64_t disp, unsigned index);
/* LDXR_X, LDAXR_W, LDAR_B ... (rs unused), STXR_X with the status in rs, STLR_X; CAS, SWP, LDADD with rs the operand. */
void aa64_excl(Aa64Out *o, Aa64Row row, unsigned rs, unsigned rt, unsigned rn);

/* Branches to places not known yet, displacement zero; each gives the offset to hand to aa64_patch. */
uint64_t aa64_b(Aa64Out *o);                                                              /* 128 MiB */
uint64_t aa64_b_cond(Aa64Out *o, Aa64Cond c);                                             /* 1 MiB */
uint64_t aa64_cb(Aa64Out *o, Aa64Row row, unsigned size, unsigned rt);                    /* CBZ, CBNZ: 1 MiB */
uint64_t aa64_tb(Aa64Out *o, Aa64Row row, unsigned rt, unsigned bit);                     /* TBZ, TBNZ: 32 KiB */
bool aa64_reaches(const Aa64Out *o, uint64_t at, uint64_t target);
void aa64_patch(Aa64Out *o, uint64_t at, uint64_t target);                                /* bug when out of reach */
/* The displacement or immediate field of the word at p becomes v (as Aa64Ins.imm). False when it does not fit. */
bool aa64_put_imm(uint8_t *p, int64_t v);

/* adrp rd, sym + addend with R_AARCH64_ADR_PREL_PG_HI21 or another of its kind; then any row with an immediate (ADD_I, a load or store)
 * and the LO12 relocation that belongs to it: lo12 picks it by the row (ADD_ABS_LO12_NC, LDST64_ABS_LO12_NC ...). */
void aa64_page(Aa64Out *o, unsigned rd, unsigned reloc, ObjSymId sym, int64_t addend);
void aa64_lo12(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, ObjSymId sym, int64_t addend);
void aa64_with(Aa64Out *o, const Aa64Ins *i, unsigned reloc, ObjSymId sym, int64_t addend); /* any instruction and its relocation */
void aa64_call_sym(Aa64Out *o, ObjSymId sym, int64_t addend);                             /* bl: R_AARCH64_CALL26 */
void aa64_tail_sym(Aa64Out *o, ObjSymId sym, int64_t addend);                             /* b: R_AARCH64_JUMP26 */

/* ---- dec.c: bits in ---- */
typedef struct Aa64Dec Aa64Dec;                        /* index over insn.def, read-only once made */
Aa64Dec *aa64_dec_new(Arena *a);
bool aa64_decode(const Aa64Dec *d, uint32_t word, Aa64Ins *i); /* false: no row has these bits, or they are reserved */

/* ---- march.c ---- */
/* "armv8-a", "armv8.1-a", "armv8-a+crc+lse", "armv8.1-a+nolse": AA64_X_*. False after appending to err what is wrong. */
bool aa64_march_parse(const char *s, size_t n, uint32_t *features, Buf *err);

#endif
