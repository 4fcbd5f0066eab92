/* fast: what the files of x64's fast lane share (fast.c: frame, hooks, driver; fast_int.c, fast_mem.c, fast_flt.c, fast_call.c:
 * selection by class). The shared half and the vocabulary are in src/gen/fast.h. */
#ifndef X64_FAST_H
#define X64_FAST_H

#include "arch/arch.h"
#include "arch/x64/x64.h"
#include "gen/fast.h"

enum { RAX = X64_RAX, RCX = X64_RCX, RDX = X64_RDX, RBX = X64_RBX, RSP = X64_RSP, RBP = X64_RBP, RSI = X64_RSI, RDI = X64_RDI,
       R8 = X64_R8, R9 = X64_R9, R10 = X64_R10, R11 = X64_R11, XMM0 = X64_XMM0 };
enum { R_PC32 = 2, R_PLT32 = 4, R_GOTTPOFF = 22, R_TPOFF32 = 23, R_GOTPCRELX = 41, R_REX_GOTPCRELX = 42 };
/* Rows of one ALU operation follow each other: from its MI8 row. */
enum { ALU_MI8, ALU_I, ALU_MI, ALU_MR, ALU_RM };
#define ALU(fam, form) ((X64Row)((fam) + ALU_##form))

typedef enum FrameMode {
    FRAME_RED,                 /* no frame: slots below rsp in the red zone (psABI 3.2.2) */
    FRAME_RSP,                 /* slots above rsp and the outgoing arguments */
    FRAME_RBP,                 /* slots below rbp */
    FRAME_ALIGNED,             /* slots above an rsp aligned beyond 16; rbp leads back */
    FRAME_UNIT                 /* slots in the frame the trampoline gave */
} FrameMode;

/* A unit (IR_FN_UNIT) is entered by a jump. Its trampoline (jit.c) has saved what the C convention wants saved, put the contract's states
 * into their registers, and left rsp 16-aligned at the unit's frame (gen.h). exit_indirect jumps to where the table behind the frame
 * says, else to the address at rsp, with the guest address in rax. `exit` jumps by a rel32 field given in job->exits. */

typedef struct X64Fast {
    Gen g;                     /* first: hooks cast back */
    X64Out o;
    GenJob *job;
    FrameMode mode;
    uint8_t frame_reg;         /* base of slots and homes */
    uint8_t npush;             /* callee-saved registers pushed, without rbp as frame pointer */
    uint8_t push[6];
    uint64_t sub_at;           /* offset of the imm32 of `sub rsp`, 0 for none */
    VEC(uint64_t) adds;        /* and of each `add rsp` */
    uint32_t masks[4];         /* offset + 1 in rodata of sign and magnitude masks, f32 and f64 */
    int32_t reg_save;          /* variadic: frame offset of the register save area */
    uint8_t nint, nfp;         /* argument registers the named parameters use */
} X64Fast;

static inline X64Fast *x64_of(Gen *g) { return (X64Fast *)g; }
static inline unsigned x64_width(IrType t) { return ir_type_size(t); }

/* An address in use. x64_addr consumes one use of r; the registers stay locked until x64_addr_done. */
typedef struct X64Addr {
    X64Mem m;
    GenHeld held;
} X64Addr;
void x64_addr(X64Fast *x, IrRef r, int64_t off, X64Addr *a);
void x64_addr_done(X64Fast *x, X64Addr *a);
bool x64_addr_reads(const X64Addr *a, unsigned reg);
static inline X64Mem x64_mem(unsigned base, int32_t disp)
{
    X64Mem m = { 0 };
    m.base = (uint8_t)base;
    m.index = X64_NOREG;
    m.disp = disp;
    return m;
}

/* ---- fast.c ---- */
void x64_mov(X64Fast *x, unsigned w, unsigned dst, unsigned src);
void x64_mov_imm(X64Fast *x, unsigned dst, int64_t v);
void x64_alu_ri(X64Fast *x, X64Row fam, unsigned w, unsigned reg, int64_t imm);
void x64_jump_to(X64Fast *x, uint32_t label);
void x64_jcc_to(X64Fast *x, unsigned cc, uint32_t label);
X64Mem x64_rodata_mem(X64Fast *x, uint32_t offset);
X64Mem x64_pool(X64Fast *x, IrRef c);                  /* a float constant in memory */
void x64_pool_bits(X64Fast *x, unsigned xmm, unsigned w, uint64_t bits); /* loads it */

/* ---- fast_int.c ---- */
/* How a condition came out: jump on cc; X64_CC_AND_NP: only when P is clear as well; X64_CC_OR_P: also when P is set. */
typedef struct X64Cc { uint8_t cc; uint8_t parity; } X64Cc;
enum { CC_PLAIN, CC_AND_NP, CC_OR_P };
X64Cc x64_flags(X64Fast *x, IrRef cond);               /* sets flags for cond != 0; consumes the use */
bool x64_asked_for_zero(const X64Fast *x, uint32_t i);  /* does the next instruction, the only user, ask whether i is zero? */
void x64_int(Gen *g, uint32_t i, const IrIns *in);
void x64_cmp_value(Gen *g, uint32_t i, const IrIns *in);            /* a compare's 0 or 1 in a register */
void x64_select_op(Gen *g, uint32_t i, const IrIns *in);
void x64_lea_value(X64Fast *x, uint32_t i);            /* a deferred ADD or INDEX in a register */
/* Result register for an operation that overwrites its operand ra (value a, gen_in done): a's own register when a dies, else a copy.
 * other: further register that must not be the result (GEN_NOREG: none). *taken tells whether a is consumed. */
unsigned x64_two_address(X64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned other, bool *taken);

/* ---- fast_div.c ---- */
void x64_div(X64Fast *x, uint32_t i, const IrIns *in);
void x64_mulh(X64Fast *x, uint32_t i, const IrIns *in);
/* ---- fast_mem.c ---- */
void x64_load(Gen *g, uint32_t i, const IrIns *in);
void x64_load_value(X64Fast *x, uint32_t i);           /* a deferred load in a register */
void x64_store(Gen *g, uint32_t i, const IrIns *in);
void x64_copy(Gen *g, uint32_t i, const IrIns *in);
void x64_fill(Gen *g, uint32_t i, const IrIns *in);
void x64_copy_block(X64Fast *x, X64Mem dst, X64Mem src, uint64_t n); /* up to COPY_INLINE bytes through temporaries */
enum { COPY_INLINE = 128 };
void x64_copy_to_stack(X64Fast *x, IrRef from, int32_t at, uint64_t n);
/* ---- fast_atomic.c ---- */
void x64_atomic(Gen *g, uint32_t i, const IrIns *in);
void x64_extend(X64Fast *x, unsigned dst, unsigned src, unsigned size, bool is_signed, IrType t);
/* ---- fast_flt.c ---- */
void x64_flt(Gen *g, uint32_t i, const IrIns *in);
X64Cc x64_fcmp(X64Fast *x, const IrIns *in);           /* compares; consumes both operands */
void x64_bitcast(Gen *g, uint32_t i, const IrIns *in);
void x64_fflags(Gen *g, uint32_t i, const IrIns *in);
/* ---- fast_call.c ---- */
extern const uint8_t x64_int_args[6];
unsigned x64_piece_reg(const IrPiece *p, bool result);
void x64_call(Gen *g, uint32_t i, const IrIns *in);
void x64_call_helper(X64Fast *x, uint32_t i, const char *name, const IrRef *args, unsigned n); /* float arguments and result */
void x64_params(Gen *g);
void x64_param(Gen *g, uint32_t i, const IrIns *in);
void x64_va_start(Gen *g, uint32_t i, const IrIns *in);

#endif
