/* ir: the one intermediate form. C, the guest lifter and wasm produce it; the fast lane, the optimizing lane, the
 * interpreter and the text form consume it. doc/ir.md is its definition; the text form is normative:
 * read(print(x)) == x.
 *
 * CFG + SSA with phis at block heads. An instruction is 16 bytes in one linear array; an operand is a 32-bit reference:
 * positive, the number of the instruction that makes the value; negative, an interned constant; 0, none. */
#ifndef IR_H
#define IR_H

#include "base/base.h"

typedef int32_t IrRef;
#define IR_NONE 0
#define ir_is_const(r) ((r) < 0)
#define ir_const_index(r) ((uint32_t)(-1 - (r)))

typedef enum IrType { IR_VOID, IR_I32, IR_I64, IR_F32, IR_F64, IR_TYPES } IrType;
#define ir_is_float(t) ((t) >= IR_F32)
#define ir_type_size(t) ((t) == IR_I64 || (t) == IR_F64 ? 8u : 4u)

#define OP(id, name, class, operands, result) IR_##id,
typedef enum IrOp {
#include "ir/ops.def"
    IR_OPS
} IrOp;
#undef OP

typedef enum IrClass {
    IRC_MISC, IRC_INT, IRC_CMP, IRC_FCMP, IRC_FLT, IRC_LOAD, IRC_STORE, IRC_ATOMIC, IRC_EFFECT, IRC_PHI, IRC_CALL, IRC_TERM
} IrClass;
typedef struct IrOpInfo {
    const char *name;
    uint8_t class;             /* IrClass */
    char operands[4];
    char result;
} IrOpInfo;
extern const IrOpInfo ir_ops[IR_OPS];

typedef struct IrIns {
    uint8_t op, type;
    uint16_t aux;              /* by class, below */
    int32_t a, b, c;
} IrIns;

/* aux of LOAD, STORE and ATOMIC classes */
enum {
    IR_MEM_SIZE = 3,           /* log2 of bytes: 0..3 (LOAD, STORE, RMW, CAS) */
    IR_MEM_SIGNED = 4,         /* a narrow load sign-extends to the type, else zero-extends */
    IR_MEM_VOLATILE = 8,
    IR_MEM_TRAPS = 16,         /* may trap and must: never deleted, merged, widened, or moved across another */
    IR_MEM_ALIGN_SHIFT = 5,    /* 4 bits: log2 of the known alignment */
    IR_MEM_ORDER_SHIFT = 9     /* 3 bits: IrOrder */
};
typedef enum IrOrder { IR_NOT_ATOMIC, IR_RELAXED, IR_ACQUIRE, IR_RELEASE, IR_ACQ_REL, IR_SEQ_CST } IrOrder;
typedef enum IrRmw { IR_RMW_XCHG, IR_RMW_ADD, IR_RMW_SUB, IR_RMW_AND, IR_RMW_OR, IR_RMW_XOR, IR_RMW_NAND, IR_RMW_SMIN,
                     IR_RMW_SMAX, IR_RMW_UMIN, IR_RMW_UMAX, IR_RMWS } IrRmw;
/* aux of FLT and FCMP */
enum {
    IR_FLT_ROUND = 7,          /* 0: dynamic (the environment's), but F2SI and F2UI truncate; 1 + SfRound: static; 7:
                                  dynamic, F2SI and F2UI */
    IR_ROUND_DYNAMIC = 7,
    IR_FLT_STRICT = 8,         /* flags are observed: no folding, no merging, no motion across flag accesses */
    IR_FLT_SAT = 16,           /* F2SI, F2UI: saturate as RISC-V; FCMP: signaling */
};
/* aux of any instruction */
enum { IR_HAS_STATE = 0x8000 }; /* states holds a map for it */

/* ---- constants: interned a function ---- */
typedef enum IrConstKind {
    IR_C_INT,                  /* v; i32 is kept sign-extended */
    IR_C_FLT,                  /* v: the bits; f32 in the low half */
    IR_C_SYM,                  /* address of unit symbol `id` plus v */
    IR_C_SLOT,                 /* address of stack slot `id` plus v */
    IR_C_INARG,                /* address v bytes into the incoming stack arguments */
    IR_C_UNDEF                 /* any value */
} IrConstKind;
typedef struct IrConst {
    uint8_t kind, type;
    uint32_t id;
    int64_t v;
} IrConst;

/* ---- stack slots ---- */
enum { IR_SLOT_SCALAR = 1,     /* only whole LOADs and STOREs of one size at offset 0, address taken by nothing else,
                                  not volatile:
                                  a lane may keep it in a register */
       IR_SLOT_PARAM = 2 };    /* initialised from a parameter (a hint) */
typedef struct IrSlot {
    uint64_t size;
    uint32_t align;            /* power of two */
    uint8_t flags;
    uint8_t type;              /* IrType of its LOADs and STOREs when SCALAR */
} IrSlot;

/* ---- pieces: how one value crosses a call (abi_classify of the target cuts C types into them) ---- */
typedef enum IrPlace {
    IR_PLACE_INT,              /* integer argument (or result) register number `index` */
    IR_PLACE_FP,               /* floating register number `index` */
    IR_PLACE_STACK,            /* in memory, `index` bytes into the stack arguments */
    IR_PLACE_COPY,             /* the operand is an address: `size` bytes are copied to `index` bytes into the stack
                                  arguments */
    IR_PLACE_SRET              /* the register for the address of a memory result, where that is not an argument
                                  register */
} IrPlace;
typedef enum IrExt { IR_EXT_NONE, IR_EXT_S8, IR_EXT_U8, IR_EXT_S16, IR_EXT_U16, IR_EXT_S32, IR_EXT_U32 } IrExt;
typedef struct IrPiece {
    uint8_t type;              /* IrType in registers */
    uint8_t ext;               /* what the caller (for results: the callee) makes of the bits above the C type */
    uint8_t place;             /* IrPlace */
    uint8_t align_log2;        /* COPY */
    uint32_t index;
    uint32_t size;             /* bytes of the C piece (a 3-byte tail of a struct is an I64 of size 3) */
} IrPiece;

static inline bool ir_on_stack(const IrPiece *p) { return p->place == IR_PLACE_STACK || p->place == IR_PLACE_COPY; }

enum { IR_CALL_VARIADIC = 1,   /* the callee is variadic: some conventions tell it more */
       IR_CALL_NORETURN = 2, IR_CALL_RETURNS_TWICE = 4 };
typedef struct IrCall {
    uint32_t first_arg, nargs;     /* ops[first_arg + i] goes to arg_pieces[first_piece + i] */
    uint32_t first_piece;          /* into fn->pieces */
    uint32_t first_result, nresults; /* into fn->pieces */
    uint32_t stack_size;           /* bytes of stack arguments, rounded by the target's rule */
    uint32_t flags;
} IrCall;

typedef struct IrCase { int64_t lo, hi; uint32_t block; } IrCase;  /* lo <= hi, signed; sorted, disjoint */
typedef struct IrSwitch { uint32_t first_case, ncases, otherwise; } IrSwitch;

/* ---- state maps: (state, value) pairs an instruction may leave the unit with ---- */
typedef struct IrStateMap { uint32_t ins, first, n; } IrStateMap;     /* ascending by ins; pairs in ops: state, value */
/* Register contract of a unit: state `id` arrives and leaves in the host register; reg is the target's number, float
 * by type; or in the frame's word for it (gen.h: GEN_UNIT_STATES), IR_IN_FRAME. */
enum { IR_IN_FRAME = 0xff };
typedef struct IrContract { uint32_t id; uint8_t type; uint8_t reg; } IrContract;

/* What the builder knows of a block's being reached: nothing yet; a terminator names it; only a folded branch named
 * it. A CUT block
 * that is placed while no code is open is DROPPED: it stays closed, and no terminator may name it any more. */
typedef enum IrReach { IR_UNNAMED, IR_NAMED, IR_CUT, IR_DROPPED } IrReach;
typedef struct IrBlock {
    uint32_t first, n;         /* its instructions, contiguous; the last is the only terminator */
    uint8_t loop_depth;        /* hint from the producer */
    bool placed;
    bool address_taken;
    uint8_t reach;             /* build.c: IrReach */
    uint32_t sym;              /* unit symbol that names it when address_taken, else 0 */
} IrBlock;

enum { IR_FN_VARIADIC = 1, IR_FN_NORETURN = 2, IR_FN_RETURNS_TWICE = 4 /* calls one */,
       IR_FN_UNIT = 8 /* has a contract */, IR_FN_ALLOCA = 16,
       IR_FN_INTS_SPENT = 32, IR_FN_FLOATS_SPENT = 64 /* variable arguments find no register left, whatever the pieces use */ };

/* ---- symbols of a unit: what code and data refer to by name ---- */
enum { IR_SYM_FUNC = 1, IR_SYM_LOCAL = 2 /* bound inside the unit or hidden: no GOT or PLT */, IR_SYM_TLS = 4,
       IR_SYM_WEAK = 8 /* may be 0 at run time */ };
typedef struct IrSym {
    const char *name;
    uint32_t flags;
    uint32_t obj;              /* ObjSymId of the object being written */
} IrSym;
typedef struct IrUnit {
    Arena *arena;
    VEC(IrSym) syms;           /* [0] unused */
    Map by_name;               /* text form only: name -> first symbol of that name, of syms before `named` */
    uint32_t named;
} IrUnit;

typedef struct IrFn {
    Arena *arena;              /* everything below lives here and dies together */
    Host *host;
    IrUnit *unit;
    uint32_t sym;              /* the function's own symbol */
    uint32_t flags;
    VEC(IrIns) ins;            /* [0] is a NOP, so that reference 0 is none */
    VEC(SrcLoc) locs;          /* parallel to ins */
    VEC(IrBlock) blocks;       /* by number; 0 is the entry */
    VEC(uint32_t) order;       /* block numbers as laid out; order[0] is 0 */
    VEC(IrConst) consts;
    uint32_t *const_index;     /* hash, open addressing */
    uint32_t const_mask;
    VEC(IrSlot) slots;
    VEC(int32_t) ops;          /* operand lists */
    VEC(IrPiece) pieces;
    VEC(IrCall) calls;
    VEC(IrSwitch) switches;
    VEC(IrCase) cases;
    VEC(IrStateMap) states;
    VEC(IrContract) contract;
    uint32_t first_param, nparams;   /* into pieces */
    uint32_t first_result, nresults;
    uint32_t inarg_size;       /* bytes of named incoming stack arguments */
    /* builder */
    uint32_t cur;              /* block being filled, UINT32_MAX for none (code is unreachable and dropped) */
    SrcLoc loc;                /* given to new instructions */
    uint8_t loop_depth;        /* given to new blocks */
} IrFn;

/* ---- build.c: the producer's side. Order of blocks = order of ir_place. While no block is open instructions are
 * dropped and
 * IR_NONE-safe values come back (a UNDEF constant). Trivial folding of constant operands is done here, so
 * producers need none.
 * A call with IR_CALL_NORETURN closes its block. ---- */
void ir_unit_init(IrUnit *u, Arena *a);
uint32_t ir_unit_sym(IrUnit *u, const char *name, uint32_t flags, uint32_t obj);
IrFn *ir_fn_new(Host *host, Arena *a, IrUnit *u, uint32_t sym); /* without blocks: the first ir_block, placed first,
                                                                   is the entry */
uint32_t ir_block(IrFn *f);                       /* a new block, not yet placed */
void ir_place(IrFn *f, uint32_t block);           /* opens it; an open unterminated block jumps to it first */
bool ir_open(const IrFn *f);                      /* is code reachable here? */
uint32_t ir_slot(IrFn *f, uint64_t size, uint32_t align, unsigned flags, IrType type);
IrRef ir_int(IrFn *f, IrType t, int64_t v);
IrRef ir_flt(IrFn *f, IrType t, uint64_t bits);
IrRef ir_sym(IrFn *f, uint32_t sym, int64_t addend);
IrRef ir_slot_addr(IrFn *f, uint32_t slot, int64_t offset);
IrRef ir_inarg_addr(IrFn *f, int64_t offset);
IrRef ir_undef(IrFn *f, IrType t);
/* Folds constants, may give one. An operation without a result gives its number, good for ir_state only (IR_NONE when
 * dropped). */
IrRef ir_ins(IrFn *f, IrOp op, IrType t, unsigned aux, int32_t a, int32_t b, int32_t c);
/* As it stands, into the open block. */
IrRef ir_append(IrFn *f, IrOp op, IrType t, unsigned aux, int32_t a, int32_t b, int32_t c);
#define ir_op1(f, op, t, a) ir_ins((f), (op), (t), 0, (a), 0, 0)
#define ir_op2(f, op, t, a, b) ir_ins((f), (op), (t), 0, (a), (b), 0)
IrRef ir_add_imm(IrFn *f, IrRef base, int64_t v); /* i64; folds into address constants */
IrRef ir_load(IrFn *f, IrType t, unsigned mem, IrRef addr, int32_t off);
void ir_store(IrFn *f, IrType t, unsigned mem, IrRef addr, IrRef v, int32_t off);
void ir_jmp(IrFn *f, uint32_t block);
void ir_br(IrFn *f, IrRef cond, uint32_t yes, uint32_t no); /* a constant condition becomes a jump */
/* Pairs whose block cannot jump here (UINT32_MAX, or a terminator that names other blocks) are left out; what is left
 * with one
 * value is that value. */
IrRef ir_phi2(IrFn *f, IrType t, uint32_t b0, IrRef v0, uint32_t b1, IrRef v1);
IrRef ir_phi(IrFn *f, IrType t, const int32_t *pairs, uint32_t n); /* block, value, ...; only at a block's head */
void ir_switch(IrFn *f, IrType t, IrRef v, const IrCase *cases, uint32_t n, uint32_t otherwise); /* sorts */
void ir_ret(IrFn *f, const IrRef *vals, uint32_t n);
uint32_t ir_add_pieces(IrFn *f, const IrPiece *p, uint32_t n);     /* gives first */
/* `call` has flags and stack_size; pieces of arguments and results are given as arrays. Result: value of piece 0, or
 * IR_NONE. */
IrRef ir_call(IrFn *f, IrRef callee, const IrRef *args, const IrPiece *arg_pieces, uint32_t nargs,
              const IrPiece *results, uint32_t nresults, uint32_t stack_size, uint32_t flags);
IrRef ir_proj(IrFn *f, IrRef of, IrType t, uint32_t k);
void ir_jmp_ind(IrFn *f, IrRef addr, const uint32_t *blocks, uint32_t n);
void ir_state(IrFn *f, IrRef ins, const int32_t *pairs, uint32_t n); /* n pairs (state, value); ins ascends from call
                                                                        to call; 0: nothing */
const IrStateMap *ir_state_of(const IrFn *f, IrRef ins); /* the map of an instruction, NULL for none; O(log n) */
/* Ends building. An open block gets an `unreachable`; what no path from the entry (or an address taken) reaches
 * leaves `order`,
 * and phis lose the pairs of such blocks; unplaced blocks that are named are a bug. */
void ir_finish(IrFn *f);
IrType ir_ref_type(const IrFn *f, IrRef r);
static inline const IrConst *ir_const(const IrFn *f, IrRef r) { return &f->consts.p[ir_const_index(r)]; }
/* Value of an integer constant; false for everything else. */
bool ir_is_int(const IrFn *f, IrRef r, int64_t *v);

/* ---- fold.c: the value of an instruction about to be appended, or IR_NONE and *i perhaps rewritten into a cheaper
 * one. ---- */
IrRef ir_fold(IrFn *f, IrIns *i);
/* Does the float comparison hold for the order r that sf_compare gives (-1, 0, 1, 2 unordered)? */
bool ir_float_predicate(IrOp op, int r);

/* The blocks a terminator names: calls see(ctx, block) for each, in order, with repetition. */
void ir_successors(const IrFn *f, const IrIns *term, void (*see)(void *ctx, uint32_t block), void *ctx);

/* ---- flow.c: predecessors and dominators, by position in `order`; goes stale when blocks or terminators change.
 * ---- */
typedef struct IrFlow {
    uint32_t n;                /* blocks of the layout */
    uint32_t *pos;             /* position of a block number, UINT32_MAX when not placed */
    uint32_t *first_pred, *npreds, *preds; /* distinct predecessors of p: preds[first_pred[p] ..], ascending */
    uint32_t *rpo;             /* number in reverse postorder; UINT32_MAX: not reachable from the entry */
    uint32_t *idom;            /* immediate dominator; the entry's is itself; UINT32_MAX: not reachable */
    uint32_t *pre, *size;      /* dominator tree: preorder number, blocks in the subtree */
} IrFlow;
IrFlow *ir_flow(Arena *a, const IrFn *f); /* every placed block ends in a terminator that names placed blocks */
static inline bool ir_dominates(const IrFlow *w, uint32_t a, uint32_t b) /* positions of reachable blocks; a block
                                                                            dominates itself */
{
    return w->pre[b] - w->pre[a] < w->size[a];
}

/* ---- print.c, read.c: the text form ---- */
void ir_print_fn(Buf *out, const IrFn *f);
void ir_print_unit_syms(Buf *out, const IrUnit *u);
/* Reads a whole text (symbol declarations and functions); functions come back in order, each in `a`. Messages with
 * places go to d. */
typedef struct IrText { IrUnit *unit; VEC(IrFn *) fns; } IrText;
bool ir_read(Host *host, Arena *a, Diag *d, SrcMap *sm, const char *name, const char *text, size_t n, IrText *out);

/* ---- check.c: well-formedness (doc/ir.md, "What the checker holds"). NULL when sound, else a message in `a` that
 * names block and instruction. ---- */
const char *ir_check(Arena *a, const IrFn *f);

#endif
