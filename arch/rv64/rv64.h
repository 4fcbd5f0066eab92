/* rv64: what the files of this folder share: registers, extensions, operands, and the emitter over insn.def. */
#ifndef RV64_H
#define RV64_H

#include "obj/obj.h"

/* Registers, one numbering (psABI, DWARF): x0..x31 are 0..31, f0..f31 are 32..63. */
enum Rv64Reg {
    RV64_ZERO, RV64_RA, RV64_SP, RV64_GP, RV64_TP, RV64_T0, RV64_T1, RV64_T2, RV64_S0, RV64_S1,
    RV64_A0, RV64_A1, RV64_A2, RV64_A3, RV64_A4, RV64_A5, RV64_A6, RV64_A7,
    RV64_S2, RV64_S3, RV64_S4, RV64_S5, RV64_S6, RV64_S7, RV64_S8, RV64_S9, RV64_S10, RV64_S11,
    RV64_T3, RV64_T4, RV64_T5, RV64_T6,
    RV64_F0, RV64_FS0 = 40, RV64_FS1, RV64_FA0, RV64_FA7 = 49, RV64_FS2, RV64_FS11 = 59, RV64_FT8, RV64_F31 = 63,
    RV64_NOREG = 0xff
};

/* Rounding modes (F, 11.2); 5 and 6 are reserved. */
enum Rv64Rm { RV64_RNE, RV64_RTZ, RV64_RDN, RV64_RUP, RV64_RMM, RV64_DYN = 7 };
enum { RV64_RL = 1, RV64_AQ = 2 };                     /* Rv64Ins.aqrl */

/* ---- march.c: extensions as a set ---- */

enum Rv64Ext { RV64_X_I = 1, RV64_X_M = 2, RV64_X_A = 4, RV64_X_F = 8, RV64_X_D = 16, RV64_X_C = 32, RV64_X_ZICSR = 64,
               RV64_X_ZIFENCEI = 128, RV64_X_ZICOND = 256, RV64_X_ZBA = 512, RV64_X_ZBB = 1024, RV64_X_ZBC = 2048,
               RV64_X_ZBS = 4096, RV64_X_ZMMUL = 8192, RV64_X_ZIHINTPAUSE = 16384, RV64_X_ALL = 32767,
               /* for the assembler alone: la asks the GOT; no .riscv.attributes */
               RV64_X_PIC = 0x40000000, RV64_X_NO_ATTRIBUTES = 0x20000000,
               RV64_X_G = 1 | 2 | 4 | 8 | 16 | 64 | 128 | 8192, RV64_X_GC = RV64_X_G | RV64_X_C };
/* Reads "rv64gc", "rv64imac_zicsr_zba", "rv64i2p1_m2p0" ... into a set closed under what each extension implies;
 * names may stand in any order behind the base. False after appending to err what is wrong, in the words of a
 * message without its end. */
bool rv64_march_parse(const char *s, size_t n, uint32_t *ext, Buf *err);
/* The set in canonical order with versions, as .riscv.attributes has it: "rv64i2p1_m2p0_...". */
void rv64_march_text(uint32_t ext, Buf *out);
/* The set without versions and base, for messages: "zba, zbb". */
void rv64_march_names(uint32_t ext, Buf *out);
/* One #define a line for each: "__riscv_zba 1000000". */
void rv64_march_predefine(uint32_t ext, Buf *out);
/* set without the extension called name and all that imply it; without: its bits as rv64_march_parse tells them. */
uint32_t rv64_march_without(uint32_t set, uint32_t without, size_t n, const char *name);
/* e_flags of an object (psABI, "File Header"): RVC, and the float ABI (0 soft, 1 single, 2 double). */
uint32_t rv64_e_flags(uint32_t ext, unsigned float_abi);
enum { SHT_RISCV_ATTRIBUTES = 0x70000003 };
/* The section .riscv.attributes (psABI, "Attributes"): Tag_RISCV_stack_align unless 0, and the arch string. */
void rv64_attributes(Buf *out, uint32_t ext, unsigned stack_align);
enum { RV64_TAG_STACK_ALIGN = 4, RV64_TAG_ARCH = 5, RV64_TAG_UNALIGNED_ACCESS = 6, RV64_TAG_PRIV_SPEC = 8,
       RV64_TAG_PRIV_SPEC_MINOR = 10, RV64_TAG_PRIV_SPEC_REVISION = 12 };
typedef struct Rv64Attr {      /* even tags carry a number, odd ones a string */
    uint64_t tag, number;
    const char *text;
    size_t n;                  /* of text */
} Rv64Attr;
/* The same from any attributes, ascending by tag; an arch string without text tells ext. */
void rv64_attributes_all(Buf *out, uint32_t ext, const Rv64Attr *a, size_t n);

/* ---- insn.def rows. Ids are RV64_I_<NAME>; 16-bit ones RV64_I_C_<NAME>. ---- */
#define ROW(id, ...) RV64_I_##id,
#define ALIAS(...)
typedef enum Rv64Row {
#include "arch/rv64/insn.def"
    RV64_ROWS,
    RV64_I_NONE = 0
} Rv64Row;
#undef ROW
#undef ALIAS

/* Relocations by the psABI's names. */
#define RELOC(name, number, ...) name = number,
typedef enum Rv64Reloc {
#include "arch/rv64/reloc.def"
    RV64_RELOC_END = 256
} Rv64Reloc;
#undef RELOC

/* One instruction as data: what dec gives, dis prints, asm parses and rv64_emit encodes. Operands a row does not
 * have are zero. Rows of 16 bits have all operands of the row they expand to, also those their bits leave out
 * (c.addi: rs1 = rd; c.li: rs1 = 0). */
typedef struct Rv64Ins {
    uint16_t row;
    uint8_t rd, rs1, rs2, rs3;
    uint8_t rm;                /* rounding mode */
    uint8_t aqrl;              /* RV64_AQ | RV64_RL */
    uint16_t csr;
    uint8_t len;               /* out: 2 or 4 */
    int32_t imm;               /* lui, auipc: 0..0xfffff; branches: from the instruction's start; fence: pred << 4 |
                                  succ */
} Rv64Ins;

/* ---- enc.c: bits out ---- */

/* Any instruction at all: into `to`. False when row and operands do not belong together. */
bool rv64_emit(uint8_t to[4], Rv64Ins *i);
/* The operands of a word that matches the row (unchecked). */
void rv64_unpack(Rv64Ins *i, unsigned row, uint32_t word);
/* A 16-bit row turned into the 32-bit row that means the same. */
void rv64_expand(Rv64Ins *i);
/* Turns i into the 16-bit row GNU as would choose for it; false (and untouched) when there is none. ext: with
 * RV64_X_C. */
bool rv64_compress(Rv64Ins *i, uint32_t ext);
/* Constraints beyond mask that decoding checks too: reserved rounding modes, registers and immediates that must
 * not be zero. */
bool rv64_valid(const Rv64Ins *i);
/* The displacement or immediate field of the instruction at p (2 or 4 bytes, told by its lowest bits) becomes v,
 * which must be even where the row's is. False when it does not fit or the instruction has none. */
bool rv64_put_imm(uint8_t *p, int64_t v);

/* Instructions that put a 64-bit constant into a register. rs1 is rd or zero. At most 8. */
enum { RV64_LI_MAX = 8 };
unsigned rv64_li_gnu(Rv64Ins to[RV64_LI_MAX], unsigned rd, int64_t v);                /* as GNU as expands li */
unsigned rv64_li_best(Rv64Ins to[RV64_LI_MAX], unsigned rd, int64_t v, uint32_t ext); /* never longer, often shorter */

/* ---- emit.c: what the lanes call. Where C is in ext, the 16-bit form is taken if there is one and the operands
 * are final. Registers and immediates a row does not take, and rows outside ext, are our own mistake (bug). ---- */
typedef struct Rv64Out {
    Buf *b;                    /* the section's data */
    Obj *obj;
    ObjSecId sec;
    uint32_t ext;
} Rv64Out;

void rv64_ins(Rv64Out *o, const Rv64Ins *i);
void rv64_0(Rv64Out *o, Rv64Row row);                                                   /* ecall, ebreak ... */
void rv64_r(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2);
void rv64_r1(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1);                       /* clz, sext.b, rev8 ... */
void rv64_i(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, int64_t imm);           /* also loads, shifts, jalr */
void rv64_s(Rv64Out *o, Rv64Row row, unsigned rs2, unsigned rs1, int64_t imm);          /* stores */
void rv64_u(Rv64Out *o, Rv64Row row, unsigned rd, uint32_t imm20);
void rv64_amo(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs2, unsigned rs1, unsigned aqrl); /* rs2 0 for lr */
void rv64_fp(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2, unsigned rm);
void rv64_fp4(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2, unsigned rs3, unsigned rm);
void rv64_csr(Rv64Out *o, Rv64Row row, unsigned rd, unsigned csr, unsigned src); /* src: register, or 0..31 of csrr?i */
void rv64_fence(Rv64Out *o, unsigned pred, unsigned succ);                              /* bits i 8, o 4, r 2, w 1 */
void rv64_li(Rv64Out *o, unsigned rd, int64_t v);
void rv64_nops(Rv64Out *o, unsigned n);

/* Branches to places not known yet: four bytes (jal, b) or eight (far b: the opposite branch over a jal),
 * displacement zero; each gives the offset to hand to rv64_patch. */
uint64_t rv64_b(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2);
uint64_t rv64_b_far(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2);
uint64_t rv64_jal(Rv64Out *o, unsigned rd);
/* The same in two bytes: c.beqz and c.bnez where rv64_b_shortens, c.j where C is in ext. */
bool rv64_b_shortens(const Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2);
uint64_t rv64_b_short(Rv64Out *o, Rv64Row row, unsigned rs1);
uint64_t rv64_j_short(Rv64Out *o);
void rv64_patch(Rv64Out *o, uint64_t at, uint64_t target);    /* bug when out of reach: ask rv64_reaches */
bool rv64_reaches(const Rv64Out *o, uint64_t at, uint64_t target);
/* To places behind us: the shortest form that reaches. */
void rv64_b_back(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2, uint64_t target);
void rv64_j_back(Rv64Out *o, uint64_t target);

/* auipc base with `hi` (R_RISCV_PCREL_HI20, GOT_HI20, TLS_GOT_HI20, TLS_GD_HI20) against sym + addend, then `row`
 * (addi, a load or a store) with the PCREL_LO12 that belongs to it; reg is rd, or rs2 of a store. */
void rv64_pcrel(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, unsigned hi, ObjSymId sym, int64_t addend);
/* The same in two steps: high gives the label that low parts, one or more, name. */
ObjSymId rv64_pcrel_high(Rv64Out *o, unsigned base, unsigned hi, ObjSymId sym, int64_t addend);
void rv64_pcrel_low(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, ObjSymId label);
/* lui base, %hi or %tprel_hi (hi R_RISCV_HI20 or R_RISCV_TPREL_HI20; the latter adds tp), then `row` with the low
 * part. */
void rv64_absolute(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, unsigned hi, ObjSymId sym, int64_t addend);
void rv64_call_sym(Rv64Out *o, ObjSymId sym, int64_t addend);             /* auipc ra; jalr ra: R_RISCV_CALL_PLT */
void rv64_tail_sym(Rv64Out *o, unsigned scratch, ObjSymId sym, int64_t addend);

/* ---- dec.c: bits in ---- */
typedef struct Rv64Dec Rv64Dec;                        /* index over insn.def, read-only once made */
Rv64Dec *rv64_dec_new(Arena *a);
/* Decodes one instruction of at most n bytes at p. False when no row has these bits, they are reserved, or end too
 * early. */
bool rv64_decode(const Rv64Dec *d, const uint8_t *p, size_t n, Rv64Ins *i);
/* The same for a word (its upper half is not looked at when the lowest bits say 16). */
bool rv64_decode_word(const Rv64Dec *d, uint32_t word, Rv64Ins *i);

/* ---- dis.c: text out ---- */
enum { RV64_DIS_NO_ALIASES = 1, /* rows' own mnemonics and operands, as objdump -M no-aliases */
       RV64_DIS_NUMERIC = 2,    /* x10, f10: objdump -M numeric */
       RV64_DIS_EXACT = 4 };    /* what the assembler would write otherwise by its own name; no remarks */
void *rv64_dis_begin(Arena *a, unsigned options);      /* a state for rv64_dis.one */
const char *rv64_csr_name(unsigned csr);               /* NULL when it has none */
const char *rv64_reg_name(unsigned reg);               /* psABI name of 0..63 */

#endif
