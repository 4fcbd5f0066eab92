/* x64: what the files of this folder share: registers, operands, and the emitter over insn.def. */
#ifndef X64_H
#define X64_H

#include "obj/obj.h"

/* Registers, one numbering: 0..15 general by encoding, 16..31 xmm. */
enum X64Reg {
    X64_RAX, X64_RCX, X64_RDX, X64_RBX, X64_RSP, X64_RBP, X64_RSI, X64_RDI,
    X64_R8, X64_R9, X64_R10, X64_R11, X64_R12, X64_R13, X64_R14, X64_R15,
    X64_XMM0, X64_XMM15 = 31,
    X64_AH = 36, X64_CH, X64_DH, X64_BH, /* asm and dis only: encoded 4..7 without REX */
    X64_RIP = 0x40, X64_NOREG = 0xff
};

/* Conditions by encoding (SDM vol. 1, B.1). */
enum X64Cond { X64_O, X64_NO, X64_B, X64_AE, X64_E, X64_NE, X64_BE, X64_A, X64_S, X64_NS, X64_P, X64_NP, X64_L, X64_GE, X64_LE, X64_G };

typedef struct X64Mem {
    uint8_t base;              /* register, X64_RIP, or X64_NOREG */
    uint8_t index;             /* register but rsp, or X64_NOREG */
    uint8_t scale;             /* log2 */
    uint8_t reloc_kind;        /* ELF relocation number put on the displacement, 0 for none */
    int32_t disp;              /* offset from the symbol when a relocation is put; for base X64_RIP the encoder itself
                                  subtracts the distance from the field to the instruction's end */
    ObjSymId sym;
    uint8_t seg;               /* segment override prefix: X64_FS, X64_GS, 0 for none */
    uint8_t addr32;            /* 1: address-size prefix 67, registers are 32 bits */
} X64Mem;
enum { X64_FS = 0x64, X64_GS = 0x65 };

/* Where instructions go. */
typedef struct X64Out {
    Buf *b;                    /* the section's data */
    Obj *obj;
    ObjSecId sec;
} X64Out;

/* ---- insn.def rows. One row per opcode and operand form; widths are a set. Ids are X64_I_<NAME>. ---- */
#define ROW(id, ...) X64_I_##id,
typedef enum X64Row {
#include "arch/x64/insn.def"
    X64_ROWS
} X64Row;
#undef ROW
/* Families indexed by a condition: add an X64Cond. */
enum { X64_I_SETCC_M = X64_I_SETO_M, X64_I_CMOVCC_RM = X64_I_CMOVO_RM, X64_I_JCC_D8 = X64_I_JO_D8, X64_I_JCC_D32 = X64_I_JO_D32 };

/* One instruction as data: what dec gives, dis prints, asm parses and x64_emit encodes. */
enum { X64_LOCK = 1, X64_REP = 2, X64_REPNE = 4, X64_NOTRACK = 8, X64_BND = 16,
       X64_REX64 = 64,         /* a REX.W without effect (the psABI's call of __tls_get_addr) */
       X64_DISP32 = 32,        /* displacement in four bytes even where one would do */
       X64_DISP8 = 128 };      /* in one byte even where none would do */
typedef struct X64Ins {
    uint16_t row;
    uint8_t w;                 /* 0 where the row has no widths */
    uint8_t reg, rm;           /* registers; rm also for the register in the opcode; x87 stack, segment, control: the
                                  number */
    bool is_mem;               /* mem instead of rm */
    uint8_t prefixes;          /* X64_LOCK ... */
    uint8_t imm2;              /* second immediate of enter */
    uint8_t pad66;             /* 66 prefixes without effect, first of all */
    X64Mem mem;
    int64_t imm;               /* immediate, or displacement of a relative branch from the instruction's end */
    uint8_t len;               /* out: bytes of the instruction */
    uint8_t disp_at, imm_at;   /* out: offset of the displacement and immediate fields in it, 0 for none */
    uint8_t disp_n, imm_n;     /* out: their bytes */
} X64Ins;

/* ---- enc.c: bits out. w is the operand width in bytes (1, 2, 4, 8; 4 or 8 for scalar single and double where a row
 * has both widths through
 * its prefix). The encoder adds REX, 66, VEX-less prefixes, ModRM, SIB, the shortest displacement, and the
 * relocation. Registers and widths a
 * row does not take are our own mistake (bug). The row decides which operand is ModRM.reg and which is ModRM.rm.
 * ---- */
void x64_r(X64Out *o, X64Row row, unsigned w, unsigned rm);                             /* neg, mul, push, jmp *r ... */
void x64_m(X64Out *o, X64Row row, unsigned w, const X64Mem *m);
void x64_rr(X64Out *o, X64Row row, unsigned w, unsigned reg, unsigned rm);              /* reg: ModRM.reg, rm: ModRM.rm */
void x64_rm(X64Out *o, X64Row row, unsigned w, unsigned reg, const X64Mem *m);
void x64_ri(X64Out *o, X64Row row, unsigned w, unsigned rm, int64_t imm);
void x64_mi(X64Out *o, X64Row row, unsigned w, const X64Mem *m, int64_t imm);
void x64_rri(X64Out *o, X64Row row, unsigned w, unsigned reg, unsigned rm, int64_t imm); /* imul, shld ... */
void x64_rmi(X64Out *o, X64Row row, unsigned w, unsigned reg, const X64Mem *m, int64_t imm);
void x64_0(X64Out *o, X64Row row, unsigned w);                                          /* ret, cqo, ud2 ... */
/* Branches: rel32 forms with the displacement field's offset given back for patching; short form where disp is known
 * to fit. */
uint64_t x64_jmp32(X64Out *o);                        /* jmp rel32; gives the offset of the field */
uint64_t x64_jcc32(X64Out *o, unsigned cond);
void x64_patch32(X64Out *o, uint64_t field, uint64_t target); /* writes target - (field + 4) */
void x64_jmp_back(X64Out *o, uint64_t target);        /* short or near, target already behind us */
void x64_jcc_back(X64Out *o, unsigned cond, uint64_t target);
void x64_call_sym(X64Out *o, ObjSymId sym, uint32_t reloc_kind); /* call rel32 with relocation, addend -4 */
void x64_nops(X64Out *o, unsigned n);                 /* the recommended multi-byte nops (SDM NOP) */
void x64_put_nops(uint8_t *to, size_t n);             /* the same into given room */
void x64_setcc(X64Out *o, unsigned cond, unsigned rm);
void x64_cmovcc(X64Out *o, unsigned cond, unsigned w, unsigned reg, unsigned rm);
void x64_lock(X64Out *o);                             /* prefix of the next instruction */
void x64_rep(X64Out *o);                              /* likewise: rep movs, rep stos */
/* Any instruction at all (asm, tests): into `to`, at most 16 bytes; fills the out fields of i. Puts no relocation:
 * mem.reloc_kind
 * only forces the long displacement. False when row, width and operands do not belong together. */
bool x64_emit(uint8_t to[16], X64Ins *i);

/* ---- dec.c: bits in ---- */
typedef struct X64Dec X64Dec;                          /* index over insn.def, read-only once made */
X64Dec *x64_dec_new(Arena *a);
/* Decodes one instruction of at most n bytes at p. False when the bytes are none that insn.def knows, or end too
 * early. */
bool x64_decode(const X64Dec *d, const uint8_t *p, size_t n, X64Ins *i);

/* ---- dis.c: text out. d: what x64_dis.begin gave. ---- */
struct DisNames;
void x64_print(const void *d, const X64Ins *i, uint64_t pc, const struct DisNames *names, Buf *out);

#endif
