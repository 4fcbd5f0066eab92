/* fast: what the files of aa64's fast lane share (fast.c: frame, hooks, driver; fast_int.c, fast_div.c, fast_cmp.c, fast_mem.c,
 * fast_flt.c, fast_call.c, fast_atomic.c: selection by class). The shared half and the vocabulary are in src/gen/fast.h.
 *
 * An i32 in a register: what stands above bit 31 is unspecified (AAPCS64 6.8.2), and its users take W forms. All W instructions clear
 * the upper half, so most values are known to be zero-extended (GV_CANON); zext32 of those costs nothing. What is pinned for an i32 slot
 * is always zero-extended.
 *
 * x16 and x17 belong to no value. x16 may change whenever a value is brought up, spilled or made of a constant; x17 only where the
 * selecting code says so. v31 is the same for floats: blocks of bytes and exchanges. x18 is the platform's: never touched. Nothing but
 * compares, tests, overflow arithmetic and the loops of copies and atomics changes the flags. */
#ifndef AA64_FAST_H
#define AA64_FAST_H

#include "arch/arch.h"
#include "arch/aa64/aa64.h"
#include "gen/fast.h"

enum { X16 = AA64_IP0, X17 = AA64_IP1, X19 = AA64_X19, FP = AA64_FP, LR = AA64_LR, SP = AA64_SP, ZR = AA64_ZR, V0 = AA64_V0,
       V31 = AA64_V31 };

typedef enum FrameMode {
    FRAME_NONE,                /* sp is not moved: a leaf that needs no memory */
    FRAME_SP,                  /* slots above sp, the outgoing arguments, the record of x29 and x30 where calls are made, and registers */
    FRAME_FP,                  /* x29 is a known distance below the incoming arguments: record, saved registers, varargs; slots above sp */
    FRAME_ALIGNED,             /* the same with an sp aligned beyond 16 */
    FRAME_UNIT                 /* slots in the frame the trampoline gave */
} FrameMode;

/* A unit (IR_FN_UNIT) is entered by a jump. Its trampoline (jit.c) has saved what the C convention wants saved, put the contract's states
 * into their registers, and left sp 16-aligned at the unit's frame (gen.h). The lane keeps for itself x16, x17, x18 (untouched), sp and
 * v31, which no contract may name; of x0 to x15 and of v0 to v7, v16 to v30 it wants six each that are nobody's. All others may hold
 * states, x29 and x30 too. exit_indirect asks the table behind the frame and jumps to what that says, else to the address at sp, with the
 * guest address in x16 (x17 is changed). `exit` jumps by a `b` whose place is given in job->exits. FPCR.DN is set while units run: NaNs
 * that arithmetic makes are what `canon` would make of them. */

/* What an adjustment of sp takes: part of stp and ldp (496 bytes), one instruction (4 KiB), or three. */
typedef enum FrameSize { FRAME_SHORT, FRAME_NEAR, FRAME_BIG } FrameSize;
/* Which forward branches dare to be direct: all; tbz where the code in between is known to be short; none that are conditional. */
typedef enum FarCode { CODE_NEAR, CODE_FAR, CODE_HUGE } FarCode;

/* The page of an address, or the whole of it, in a register that is free otherwise; valid as long as g.touched has not the register. */
enum { UPPERS = 4 };
typedef struct Upper { ObjSymId sym; bool whole; int64_t addend; } Upper;

/* The load or store that stands at the end of the code, if one behind it may become a pair with it. */
typedef struct Aa64Last {
    uint64_t end;              /* offset behind it, 0: none */
    int64_t disp;
    uint32_t block;
    uint16_t row;
    uint8_t reg, base;
} Aa64Last;

typedef struct Aa64Fast {
    Gen g;                     /* first: hooks cast back */
    Aa64Out o;
    GenJob *job;
    FrameMode mode;
    FrameSize size;
    FarCode far;
    bool need_far;             /* a branch did not reach */
    bool record;               /* x29 and x30 are saved */
    bool pre;                  /* by the instruction that moves sp */
    uint8_t frame_reg;         /* base of slots and homes */
    uint8_t nsave;
    uint8_t save[24];          /* further registers saved, in the order of the frame */
    uint32_t top;              /* FRAME_FP, FRAME_ALIGNED: from x29 to the incoming arguments */
    VEC(uint64_t) adjusts;     /* offsets of the adjustments of sp: the first goes down, the others up */
    Upper uppers[UPPERS];
    uint8_t turn;              /* which of them goes next */
    Aa64Last last;              /* see fast_mem.c */
    uint64_t out;              /* offset of an epilogue that others may jump to, 0 for none */
    uint32_t wide_load;        /* an i32 that was loaded sign-extended to 64 bits, for the sext32 behind it */
    uint8_t nint, nfp;         /* argument registers the named parameters use */
} Aa64Fast;

static inline Aa64Fast *aa64_of(Gen *g) { return (Aa64Fast *)g; }
static inline unsigned aa64_size(IrType t) { return ir_type_size(t) == 8; } /* as Aa64Ins.size */

/* An address in use: sym + disp, base + disp, or base + disp + index. aa64_addr consumes one use of r; the registers stay locked until
 * aa64_addr_done. */
typedef struct Aa64Addr {
    ObjSymId sym;              /* 0: none */
    int64_t disp;
    uint8_t base, index;       /* GEN_NOREG: none */
    uint8_t extend, shift;     /* of index */
    uint8_t align;             /* log2 of what the address is known to be a multiple of */
    bool alone;                /* volatile, or may trap: no part of a pair */
    GenHeld held;
} Aa64Addr;
void aa64_addr(Aa64Fast *x, IrRef r, int64_t off, Aa64Addr *a);
void aa64_addr_done(Aa64Fast *x, Aa64Addr *a);
void aa64_load_from(Aa64Fast *x, Aa64Row row, unsigned dst, const Aa64Addr *a); /* may change x16 */
void aa64_store_to(Aa64Fast *x, Aa64Row row, unsigned src, const Aa64Addr *a);  /* may change x16 */
static inline Aa64Addr aa64_at(unsigned base, int64_t disp)
{
    Aa64Addr a = { 0, disp, (uint8_t)base, GEN_NOREG, AA64_UXTX, 0, 0, false, { { 0, 0, 0 }, { 0, 0, 0 }, 0 } };
    return a;
}
void aa64_lea(Aa64Fast *x, unsigned dst, const Aa64Addr *a);
/* The same address as base + disp, from which n bytes are in reach of pairs: perhaps through t. */
void aa64_near(Aa64Fast *x, Aa64Addr *a, unsigned t, uint64_t n);
Aa64Row aa64_load_row(IrType t, unsigned log2, bool is_signed);
Aa64Row aa64_store_row(bool is_float, unsigned log2);

/* ---- fast.c ---- */
void aa64_move(Aa64Fast *x, IrType t, unsigned dst, unsigned src); /* of an i32: clears the upper half */
/* The address of a symbol known at link time: a page in base, or in a free register that keeps it for the next who asks, then row with
 * the low part; reg as in aa64_lo12. */
void aa64_address(Aa64Fast *x, Aa64Row row, unsigned reg, unsigned base, ObjSymId sym, int64_t addend, unsigned align);
/* 31 is sp. x16 may change; x17 when it is added to x16 and v is large. */
void aa64_add_imm(Aa64Fast *x, unsigned size, unsigned dst, unsigned src, int64_t v);
void aa64_integer(Aa64Fast *x, IrType t, unsigned dst, int64_t v);
void aa64_jump_to(Aa64Fast *x, uint32_t label);
void aa64_by_reg(Aa64Fast *x, Aa64Row row, unsigned reg); /* BR BLR RET */
typedef enum Aa64Sysreg { AA64_FPCR, AA64_FPSR, AA64_TPIDR } Aa64Sysreg;
void aa64_mrs(Aa64Fast *x, unsigned dst, Aa64Sysreg r);
void aa64_msr(Aa64Fast *x, Aa64Sysreg r, unsigned src);

/* ---- fast_cmp.c ---- */
/* A condition: flags, or a register that is (not) zero, or a bit of one. */
typedef enum Aa64CcKind { CC_FLAGS, CC_ZERO, CC_BIT } Aa64CcKind;
typedef struct Aa64Cc {
    uint8_t kind;
    uint8_t cond;              /* EQ or NE where kind is not CC_FLAGS */
    uint8_t reg;               /* CC_FLAGS: a second condition that does as well, AA64_NV for none */
    uint8_t arg;               /* CC_ZERO: size; CC_BIT: the bit */
} Aa64Cc;
Aa64Cc aa64_condition(Aa64Fast *x, IrRef cond);            /* consumes the use; registers stay as they are until code follows */
void aa64_branch_if(Aa64Fast *x, Aa64Cc c, bool holds, uint32_t label);
void aa64_cond_near(Aa64Fast *x, Aa64Cond c, uint32_t label); /* b.cond to a label of the instruction being selected */
void aa64_cmp_value(Gen *g, uint32_t i, const IrIns *in);
void aa64_select(Gen *g, uint32_t i, const IrIns *in);
void aa64_cset(Aa64Fast *x, unsigned dst, Aa64Cond c);

/* ---- fast_int.c ---- */
void aa64_int(Gen *g, uint32_t i, const IrIns *in);
void aa64_int_value(Aa64Fast *x, uint32_t i);              /* a deferred operation in a register */
void aa64_bool(Aa64Fast *x, uint32_t i, IrRef a, bool invert); /* i = a, which is 0 or 1, or its opposite */
void aa64_extend(Aa64Fast *x, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed);
unsigned aa64_in(Aa64Fast *x, IrRef r);                    /* gen_in, but 0 is zr */
/* One instruction's result register, once the operands a and b (registers ra, rb) are read by it; consumes them. */
unsigned aa64_dst(Aa64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned rb);
/* The value of integer constant r as an operand of t; false: it is none. */
bool aa64_imm(const Aa64Fast *x, IrRef r, IrType t, int64_t *v);
/* The one instruction behind i, in its block and soon, that uses i, which has no other use; 0: none such. */
uint32_t aa64_user(const Aa64Fast *x, uint32_t i);
/* Is the next instruction a zext32, or a sext32 that has code of its own, of i, which has no other use? */
bool aa64_widened_next(const Aa64Fast *x, uint32_t i);
/* Deferred r goes into the instruction that uses it. */
static inline const IrIns *aa64_fold(Aa64Fast *x, IrRef r)
{
    x->g.vals[r].flags &= (uint16_t)~GV_DEFER;
    x->g.vals[r].uses = 0;
    return gen_ins(&x->g, (uint32_t)r);
}
static inline bool aa64_folds(const Aa64Fast *x, IrRef r, IrOp op) { return gen_deferred(&x->g, r) && gen_is(&x->g, r, op); }
void aa64_shift_imm(Aa64Fast *x, unsigned op, unsigned size, unsigned dst, unsigned src, unsigned n); /* IR_SHL LSHR ASHR ROTR */

/* ---- fast_div.c ---- */
void aa64_div(Aa64Fast *x, uint32_t i, const IrIns *in);

/* ---- fast_mem.c, fast_atomic.c ---- */
/* Does add or index i wait to be part of the addresses of memory operations, its only users? */
bool aa64_address_waits(const Aa64Fast *x, uint32_t i, const IrIns *in);
void aa64_load(Gen *g, uint32_t i, const IrIns *in);
void aa64_store(Gen *g, uint32_t i, const IrIns *in);
void aa64_copy(Gen *g, uint32_t i, const IrIns *in);
void aa64_fill(Gen *g, uint32_t i, const IrIns *in);
void aa64_copy_block(Aa64Fast *x, Aa64Addr dst, Aa64Addr src, uint64_t n); /* changes x16, x17, v31, flags */
void aa64_atomic(Gen *g, uint32_t i, const IrIns *in);
/* ---- fast_flt.c ---- */
void aa64_flt(Gen *g, uint32_t i, const IrIns *in);
Aa64Cc aa64_fcmp(Aa64Fast *x, const IrIns *in);             /* compares; consumes both operands */
void aa64_bitcast(Gen *g, uint32_t i, const IrIns *in);
void aa64_fflags(Gen *g, uint32_t i, const IrIns *in);
void aa64_float_constant(Aa64Fast *x, unsigned reg, IrRef c);
/* ---- fast_call.c ---- */
unsigned aa64_piece_reg(const IrPiece *p, bool result);
void aa64_call(Gen *g, uint32_t i, const IrIns *in);
void aa64_param(Gen *g, uint32_t i, const IrIns *in);
void aa64_va_start(Gen *g, uint32_t i, const IrIns *in);

#endif
