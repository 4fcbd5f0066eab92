/* fast: what the files of rv64's fast lane share (fast.c: frame, hooks, driver; fast_int.c, fast_div.c, fast_cmp.c, fast_mem.c,
 * fast_flt.c, fast_call.c, fast_atomic.c: selection by class). One idea: every i32 in a register is sign-extended at all times, which
 * is what the W instructions give and what the psABI wants of arguments; so nothing has to be tracked. t5 and t6 belong to no value. */
#ifndef RV64_FAST_H
#define RV64_FAST_H

#include "arch/arch.h"
#include "arch/rv64/insn.h"
#include "gen/fast.h"

enum { ZERO = RV64_ZERO, RA = RV64_RA, SP = RV64_SP, TP = RV64_TP, S0 = RV64_S0, S1 = RV64_S1, A0 = RV64_A0, T5 = RV64_T5, T6 = RV64_T6,
       F0 = RV64_F0, FA0 = RV64_FA0, FT11 = RV64_F31 };

typedef enum FrameMode {
    FRAME_NONE,                /* sp is not moved: a leaf that needs no memory */
    FRAME_SP,                  /* slots above sp, the outgoing arguments and the saved registers */
    FRAME_FP,                  /* slots below s0, which is where sp was (less the varargs' save area) */
    FRAME_ALIGNED,             /* slots above an sp aligned beyond 16; s0 leads back */
    FRAME_UNIT                 /* slots in the frame the trampoline gave */
} FrameMode;

/* A unit (IR_FN_UNIT) is entered by a jump. Its trampoline (jit.c) has saved what the C convention wants saved, put the contract's
 * states into their registers (none of them sp, gp, tp, t5, t6), and left sp 16-aligned at the unit's frame (gen.h). exit_indirect jumps
 * to the address at sp, with the guest address in t5. `exit` jumps by auipc t6 and jalr, whose place is given in job->exits. */

/* What an adjustment of sp takes: 2 bytes, 4, or three instructions. */
typedef enum FrameSize { FRAME_SHORT, FRAME_NEAR, FRAME_BIG } FrameSize;
/* What forward branches take where nothing is known of the distance: b and jal (4 KiB, 1 MiB); b over jal; b over auipc and jalr. */
typedef enum FarCode { CODE_NEAR, CODE_FAR, CODE_HUGE } FarCode;

/* The upper part of an address in a register that is free otherwise; valid as long as g.touched has not the register. */
enum { UPPERS = 5 };
typedef struct Upper { ObjSymId sym, label; int64_t addend; } Upper;

typedef struct Rv64Fast {
    Gen g;                     /* first: hooks cast back */
    Rv64Out o;
    GenJob *job;
    FrameMode mode;
    FrameSize size;
    FarCode far;
    FarCode need_far;          /* why it failed, when it is more than far */
    uint8_t frame_reg;         /* base of slots and homes */
    uint8_t nsave;
    uint8_t save[32];          /* registers saved, in the order of the frame */
    uint32_t va;               /* bytes of the varargs' save area */
    uint32_t top;              /* bytes of FRAME_FP's fixed part */
    VEC(uint64_t) adjusts;     /* offsets of the adjustments of sp */
    Upper uppers[UPPERS];
    uint8_t turn;              /* which of them goes next */
    uint64_t out;              /* offset of an epilogue that others may jump to, 0 for none */
    uint8_t nint;              /* argument registers the named parameters use */
} Rv64Fast;

static inline Rv64Fast *rv64_of(Gen *g) { return (Rv64Fast *)g; }

/* An address in use: sym + disp, or base + disp. rv64_addr consumes one use of r; the registers stay locked until rv64_addr_done. */
typedef struct RvAddr {
    ObjSymId sym;              /* 0: none */
    int64_t disp;
    IrRef ref;
    uint8_t base, reg;         /* reg: locked for ref, GEN_NOREG: none */
} RvAddr;
void rv64_addr(Rv64Fast *x, IrRef r, int64_t off, RvAddr *a);
void rv64_addr_done(Rv64Fast *x, RvAddr *a);
void rv64_load_from(Rv64Fast *x, Rv64Row row, unsigned dst, const RvAddr *a);   /* may change t6 */
void rv64_store_to(Rv64Fast *x, Rv64Row row, unsigned src, const RvAddr *a);    /* changes t6 */
static inline RvAddr rv64_at(unsigned base, int64_t disp)
{
    RvAddr a = { 0, disp, 0, (uint8_t)base, GEN_NOREG };
    return a;
}
void rv64_lea(Rv64Fast *x, unsigned dst, const RvAddr *a);
/* The same address with a base register and small offsets: perhaps through t. */
void rv64_near(Rv64Fast *x, RvAddr *a, unsigned t, uint64_t n);

/* ---- fast.c ---- */
void rv64_mov(Rv64Fast *x, IrType t, unsigned dst, unsigned src);
/* A symbol known at link time, by the code model: lui or auipc to base, or to a free register that keeps it for the next who asks,
 * then row with the low part; reg as in rv64_pcrel. */
void rv64_address(Rv64Fast *x, Rv64Row row, unsigned reg, unsigned base, ObjSymId sym, int64_t addend);
void rv64_add_imm(Rv64Fast *x, unsigned dst, unsigned src, int64_t v);          /* may change t6 */
void rv64_jump_to(Rv64Fast *x, uint32_t label);
void rv64_branch_to(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2, uint32_t label); /* changes t6 where it jumps far */
/* To a label of the instruction being selected, less than 4 KiB from here. Only rs1, rs2 are read and nothing changes. */
void rv64_branch_near(Rv64Fast *x, Rv64Row row, unsigned rs1, unsigned rs2, uint32_t label);

/* ---- fast_cmp.c ---- */
/* A condition as a branch. */
typedef struct RvCc { Rv64Row row; uint8_t rs1, rs2; } RvCc;
RvCc rv64_condition(Rv64Fast *x, IrRef cond);            /* consumes the use; registers stay as they are until code follows */
static inline RvCc rv64_inverse(RvCc c)
{
    c.row = (Rv64Row)(RV64_I_BEQ + ((c.row - RV64_I_BEQ) ^ 1));
    return c;
}
void rv64_cmp_value(Gen *g, uint32_t i, const IrIns *in);
void rv64_select(Gen *g, uint32_t i, const IrIns *in);
/* ---- fast_int.c ---- */
void rv64_int(Gen *g, uint32_t i, const IrIns *in);
void rv64_int_value(Rv64Fast *x, uint32_t i);            /* a deferred ADD, INDEX, NOT or ZEXT32 in a register */
/* A deferred INDEX above a base already in a register: a temporary; consumes the counter only. */
unsigned rv64_indexed(Rv64Fast *x, const IrIns *in, unsigned base);
void rv64_extend(Rv64Fast *x, unsigned dst, unsigned src, unsigned size, bool is_signed);
bool rv64_imm12(const Rv64Fast *x, IrRef r, int64_t *v); /* is r a constant that fits an immediate? */
unsigned rv64_in(Rv64Fast *x, IrRef r);                  /* gen_in, but 0 is x0 */
/* One instruction's result register, once the operands a and b (registers ra, rb) are read by it; consumes them. */
unsigned rv64_dst(Rv64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned rb);
/* ---- fast_div.c ---- */
bool rv64_div(Rv64Fast *x, uint32_t i, const IrIns *in); /* by a constant; false: not done */

/* ---- fast_mem.c, fast_atomic.c ---- */
void rv64_load(Gen *g, uint32_t i, const IrIns *in);
void rv64_store(Gen *g, uint32_t i, const IrIns *in);
void rv64_copy(Gen *g, uint32_t i, const IrIns *in);
void rv64_fill(Gen *g, uint32_t i, const IrIns *in);
void rv64_copy_block(Rv64Fast *x, RvAddr dst, RvAddr src, uint64_t n, unsigned align_log2);
void rv64_atomic(Gen *g, uint32_t i, const IrIns *in);
/* ---- fast_flt.c ---- */
void rv64_flt(Gen *g, uint32_t i, const IrIns *in);
bool rv64_fcmp(Rv64Fast *x, const IrIns *in, unsigned dst, unsigned t); /* 0 or 1 in dst; true: to be inverted; t a temporary */
void rv64_bitcast(Gen *g, uint32_t i, const IrIns *in);
void rv64_fflags(Gen *g, uint32_t i, const IrIns *in);
/* ---- fast_call.c ---- */
unsigned rv64_piece_reg(const IrPiece *p, bool result);
void rv64_call(Gen *g, uint32_t i, const IrIns *in);
void rv64_param(Gen *g, uint32_t i, const IrIns *in);
void rv64_va_start(Gen *g, uint32_t i, const IrIns *in);

#endif
