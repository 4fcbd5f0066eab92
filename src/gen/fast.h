/* fast: the fast lane's shared half. One analysis pass counts uses, finds what lives across blocks and how often code runs;
 * pin.c then keeps the hottest scalar slots, phis and cross-block values in registers, block by block of their life; one
 * forward pass selects, allocates and encodes at once (run.c), asking a target through struct GenTarget.
 *
 * Where a value is. Constants are nowhere. A value made here has `reg`, a home in the frame, or both. A load of a pinned slot is an
 * alias of the slot's register until the slot is stored to (gen_unalias). A deferred value has no code yet: its consumer folds it
 * (addresses, loads, compares). A value used outside its block is GLOBAL: it is written to its home, or to the register
 * pinned for it, where it is made; registers are forgotten at block boundaries, but for a block whose only
 * predecessor stands right in front of it. */
#ifndef GEN_FAST_H
#define GEN_FAST_H

#include "gen/gen.h"

enum { GEN_NOREG = 0xff, GEN_REGS = 64, GEN_MAX_MOVES = 48 };
#define GEN_UNSET INT32_MIN    /* frame offset not given yet */
#define GEN_NOWHERE UINT64_MAX /* code offset not known yet */

enum {                         /* GenVal.flags */
    GV_GLOBAL = 1,             /* used outside its block */
    GV_HOME = 2,               /* the home holds the value */
    GV_DEFER = 4,              /* no code yet */
    GV_FOLD = 8,               /* a load whose last seen user may take it as a memory operand */
    GV_ALIAS = 16,             /* reg is pinned for something else */
    GV_PINNED = 32,            /* reg is pinned for this value */
    GV_CANON = 64,             /* i32 in a register: upper half known to be as the target's canonical form */
    GV_NONNEG = 128,           /* i32: bit 31 is 0 as well */
    GV_OTHER = 256,            /* has a use that is no address of a memory operation in its block */
    GV_BASE = 512,             /* has a use as the base of an address computation in its block */
    GV_LIVE = 1024             /* GLOBAL: has a use at all, maybe one that the layout put first */
};
typedef struct GenVal {
    uint32_t uses;             /* not yet consumed, as a static count */
    uint32_t link;             /* analysis: its GenEnt; later: next alias of the same register; phi: where the operand search goes on */
    int32_t home;              /* frame offset or GEN_UNSET */
    uint16_t flags;
    uint8_t reg;
    uint8_t pin;               /* register pinned for it, or GEN_NOREG */
} GenVal;

typedef struct GenSlot {
    int32_t off;               /* frame offset or GEN_UNSET */
    uint32_t ent;
    uint16_t mem;              /* SIZE and SIGNED bits of its loads */
    bool loaded, mixed;        /* was loaded; loads disagree about extension */
    uint8_t pin;
    uint8_t own;               /* one of the target's pin_own that it is stored from, a parameter's, or GEN_NOREG */
} GenSlot;

/* Something that wants a register: scalar slot (id), or value (id | GEN_ENT_VALUE). */
#define GEN_ENT_VALUE 0x80000000u
typedef struct GenEnt {
    uint32_t id;
    uint32_t events;           /* list, newest first */
    uint32_t weight;           /* uses and definitions, by how often their blocks run */
    bool is_float;
} GenEnt;
enum { GEN_EV_USE = 1, GEN_EV_DEF = 2, GEN_EV_EDGE = 4 };
typedef struct GenEvent {
    uint32_t block, next, count, how;
    uint32_t lo, hi;           /* calls of the block in front of the first and the last of them */
} GenEvent;

typedef struct GenBlock {
    uint64_t offset;           /* of its code, GEN_NOWHERE before */
    uint64_t pins;             /* registers pinned somewhere in it */
    uint64_t kept;             /* those of them that calls change and that live across a call of it */
    uint32_t fixups;           /* chain of branch fields to patch: index + 1 into g->fixups */
    uint32_t pos, preds, pred; /* place in the layout; number of edges in; where the last came from */
    uint32_t calls;
    uint32_t loop_end;         /* head of a loop: largest pos that jumps back here, + 1 */
    uint8_t depth;
} GenBlock;

typedef struct GenFixup { uint64_t at; uint32_t next; } GenFixup;
typedef struct GenMove { uint8_t dst, src, type; } GenMove;

typedef struct Gen Gen;

/* The code of one instruction, i, which is in: by its class, or its operation where that is told. */
typedef void GenIns(Gen *g, uint32_t i, const IrIns *in);
typedef struct GenSelect {
    GenIns *integer, *compare /* a value is wanted */, *floating, *load, *store, *copy, *fill, *atomic, *call;
    GenIns *bitcast, *choose /* SELECT */, *param, *alloc, *varargs /* VA_START */, *frame_up /* FRAME_ADDR, RET_ADDR */, *fflags;
    GenIns *leave_unit;
    void (*epilogue)(Gen *g);
    void (*jump_reg)(Gen *g, unsigned reg);
    void (*trap)(Gen *g);
    void (*stack_pointer)(Gen *g, unsigned reg, bool get); /* to reg, or from it */
    void (*junk)(Gen *g, unsigned reg);                    /* sets a bit above the low half; NULL: the upper half is never free */
} GenSelect;

typedef struct GenTarget {
    uint64_t scratch[2];       /* allocatable inside a block: general, floating; all caller-saved */
    uint64_t pin_saved[2];     /* callee-saved, only for pins */
    uint64_t pin_free[2];      /* the part of scratch that pins may take as well */
    uint64_t pin_own;          /* argument registers, a part of scratch, where a parameter's slot may stay */
    uint8_t order[2][24];      /* of scratch, best first, ended by GEN_NOREG */
    bool folds_loads;          /* ALU operations take memory operands */
    unsigned (*piece_reg)(const IrPiece *p, bool result);  /* where a piece in a register stands */
    void (*move)(Gen *g, IrType t, unsigned dst, unsigned src);
    void (*swap)(Gen *g, IrType t, unsigned a, unsigned b);
    void (*spill)(Gen *g, IrType t, unsigned reg, int32_t off);
    void (*reload)(Gen *g, IrType t, unsigned reg, int32_t off);
    void (*constant)(Gen *g, unsigned reg, IrRef c);       /* any constant into a register; no other register changes */
    void (*integer)(Gen *g, IrType t, unsigned reg, int64_t v);
    /* dst = the low `size` bytes of src, extended to t */
    void (*extend)(Gen *g, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed);
    void (*materialize)(Gen *g, uint32_t v);               /* a deferred value is wanted in a register: its code and gen_def */
    const GenSelect *select;                               /* the code of one instruction that is no phi: gen_select asks it */
    uint32_t (*condition)(Gen *g, IrRef cond);             /* computes it for jump_if, consumes the use; what to hand to jump_if */
    void (*jump_if)(Gen *g, uint32_t condition, bool holds, uint32_t label); /* scratch registers stay as they are */
    void (*jump)(Gen *g, uint32_t label);
    void (*patch)(Gen *g, uint64_t at, uint64_t target);   /* a branch field recorded by gen_branch_to */
    void (*align_loop)(Gen *g);
    /* switch, each with at most two temporaries of its own: jump to label when reg (as a signed value of type t) `cond` v */
    void (*switch_cmp)(Gen *g, IrType t, unsigned reg, IrOp cond, int64_t v, uint32_t label);
    /* Jump through a table of n labels by reg - lo; checked: reg may be outside, then to otherwise */
    void (*switch_table)(Gen *g, IrType t, unsigned reg, int64_t lo, const uint32_t *labels, uint32_t n, bool checked,
                         uint32_t otherwise);
    /* A function's two ends, in the order in which gen_try asks: where slots and homes are, and what pins may take; the code in front;
     * parameters where they arrive (gen_params); sizes that are known at last. */
    void (*choose_frame)(Gen *g);
    void (*prologue)(Gen *g);
    void (*params)(Gen *g);
    void (*patch_frame)(Gen *g);
} GenTarget;

/* Where an attempt at a function began; undone, nothing of it is left. */
typedef struct GenAttempt {
    uint64_t start;            /* in text */
    uint32_t relocs, exits, locs, ro_relocs;
    size_t ro_bytes;
} GenAttempt;

struct Gen {
    GenJob *job;
    GenAttempt *attempt;
    IrFn *f;
    Host *host;
    Arena *arena;
    const GenTarget *t;
    Buf *text;
    GenVal *vals;
    uint8_t *hints;            /* by value: the register a call or return will want it in, or GEN_NOREG */
    GenSlot *slots;
    VEC(GenBlock) blocks;      /* by number; labels of our own follow the function's blocks */
    VEC(GenFixup) fixups;
    VEC(GenEnt) ents;          /* [0] unused */
    VEC(GenEvent) events;      /* [0] unused */
    /* what analysis learns */
    uint32_t out_size;         /* bytes of outgoing stack arguments */
    bool calls, inargs, dynamic, big_align; /* makes calls; reads incoming stack arguments; moves the stack pointer; slot align > 16 */
    uint64_t pin_saved[2], pin_free[2]; /* as the target's, less what this function needs otherwise: the target sets them */
    uint64_t saved_used;       /* callee-saved registers taken by pins */
    int32_t save_home[GEN_REGS]; /* where a caller-saved pinned register waits during calls */
    /* forward pass */
    uint32_t block, next, at;  /* current; the one behind it (UINT32_MAX: none); current instruction */
    uint32_t prev;             /* the one whose code stands in front */
    uint32_t skip;             /* an instruction that is part of one before it; 0: none */
    uint32_t first, end;       /* instructions of the current block */
    uint64_t scratch;          /* allocatable in this block */
    uint64_t free;             /* of those, the free ones */
    uint64_t aliased;          /* registers that have aliases */
    uint64_t prefer;           /* allocated first: the hint of the current instruction */
    uint64_t touched;          /* may have changed since the target took the bit away: what it knows of a free register is void */
    uint32_t owner[GEN_REGS];  /* value in an allocated scratch register, 0: a temporary */
    uint32_t alias[GEN_REGS];  /* list of values that alias a pinned register */
    uint8_t lock[GEN_REGS];
    uint32_t turn;             /* eviction takes turns */
    /* frame: offsets from the target's frame register; growing down (down) or up */
    bool down;
    int32_t frame_at, frame_limit;
    bool failed;               /* beyond the limit, or impossible */
    VEC(int32_t) homes;        /* free ones */
    uint32_t *pool;            /* offset + 1 in rodata of each constant */
    uint32_t state;            /* next entry of f->states */
    uint8_t *entries;          /* units: by state, the entry of the contract + 1 */
    uint32_t nentries;
    bool straight;             /* a unit without loops: nothing is pinned by how often it is used */
    uint8_t *placed;           /* units: by value, the entry of the contract + 1 whose place it is made in; 0: none */
    bool long_jumps;           /* no forward branch dares to be short: one did not reach */
    bool too_far;              /* it was in this attempt */
};

/* ---- select.c ---- */
void gen_select(Gen *g, uint32_t i);

/* ---- run.c: the driver ---- */
/* One attempt at f; g starts afresh. False when it failed: the target undoes it (gen_attempt_undo) and may try again, otherwise. */
bool gen_try(Gen *g, GenJob *job, IrFn *f, const GenTarget *t, GenAttempt *attempt, bool long_jumps);
uint32_t gen_label(Gen *g);    /* a new label */
void gen_place(Gen *g, uint32_t label);
/* A branch field at offset `at` goes to label: patched now or when the label is placed. */
void gen_branch_to(Gen *g, uint64_t at, uint32_t label);
static inline bool gen_placed(const Gen *g, uint32_t label) { return g->blocks.p[label].offset != GEN_NOWHERE; }

/* ---- analyze.c ---- */
void gen_analyze(Gen *g);
/* ---- pin.c: wants pin_saved, pin_free; fills the pins of slots, values and blocks, and saved_used ---- */
void gen_pin(Gen *g);
/* Where a jump to `block` ends up: blocks that only jump on are passed over. They get no code when nothing else enters them. */
uint32_t gen_through(const IrFn *f, uint32_t block);
/* Successor k of a block, UINT32_MAX behind the last. */
uint32_t gen_succ(const Gen *g, uint32_t block, uint32_t k);

/* ---- regs.c ---- */
unsigned gen_ctz(uint64_t m);  /* m != 0 */
/* A register of allow & scratch as a temporary, locked; evicts when none is free. */
unsigned gen_alloc(Gen *g, uint64_t allow);
/* That register as a temporary: its owner moves away. */
void gen_claim(Gen *g, unsigned reg);
void gen_free(Gen *g, unsigned reg);                 /* a temporary goes */
unsigned gen_in(Gen *g, IrRef r);                    /* the register that holds r, locked; a constant comes as a temporary */
unsigned gen_in_mask(Gen *g, IrRef r, uint64_t allow); /* the same when r must be brought first into one of allow */
void gen_out(Gen *g, IrRef r, unsigned reg);         /* one use is over; undoes gen_in */
/* Instead of gen_out, when r dies and reg belongs to it alone: the register is the caller's temporary now. */
bool gen_take(Gen *g, IrRef r, unsigned reg);
bool gen_takable(const Gen *g, IrRef r);             /* would gen_take succeed? */
/* The registers that an address in use holds. */
typedef struct GenHeld { IrRef refs[3]; uint8_t regs[3], n; } GenHeld;
void gen_hold(Gen *g, GenHeld *h, IrRef r, unsigned reg, bool consume); /* after gen_in; consume: one use of r is over */
void gen_held_out(Gen *g, GenHeld *h);
void gen_consume(Gen *g, IrRef r);                   /* a use is over that never had a register */
void gen_unlock(Gen *g, unsigned reg);               /* undoes gen_in without a use being over */
void gen_release(Gen *g, uint32_t v);                /* v has no uses left: register and home are free */
/* v is in reg, a temporary or the pinned register of v, or of the slot it is stored to next. */
void gen_def(Gen *g, uint32_t v, unsigned reg, unsigned flags);
void gen_def_alias(Gen *g, uint32_t v, unsigned reg, unsigned flags); /* v equals what stands in a pinned register */
/* Live aliases of reg, apart from the uses that a and b (0: none) have in the current instruction, get registers of their own. */
void gen_unalias(Gen *g, unsigned reg, IrRef a, IrRef b);
void gen_evict(Gen *g, unsigned reg);
void gen_save_all(Gen *g);                           /* before a call: values in registers it changes, with uses left, get valid homes */
void gen_forget(Gen *g);                             /* no scratch register holds anything any more */
void gen_start_block(Gen *g, bool keep);
/* Code beside the main path (an edge's moves): what it did to registers is undone for those who jumped over it. */
typedef struct GenSnapshot { uint64_t free; uint32_t owner[GEN_REGS]; uint16_t flags[GEN_REGS]; } GenSnapshot;
void gen_snapshot(Gen *g, GenSnapshot *s);
void gen_back_to(Gen *g, const GenSnapshot *s);
int32_t gen_frame(Gen *g, uint64_t size, uint32_t align);
int32_t gen_home(Gen *g, uint32_t v);                /* v's home, made when missing */
int32_t gen_slot_off(Gen *g, uint32_t slot);

/* The register pinned for v, or for the slot that the next instruction stores v to; GEN_NOREG when there is none. */
unsigned gen_want(Gen *g, uint32_t v);

/* Letters of ops.def that are values: t i l v p; the others (n b x .) differ in their low five bits. */
#define GEN_VALUE_LETTERS (1u << ('t' & 31) | 1u << ('i' & 31) | 1u << ('l' & 31) | 1u << ('v' & 31) | 1u << ('p' & 31))
#define gen_is_value(letter) (GEN_VALUE_LETTERS >> ((letter) & 31) & 1)
static inline IrIns *gen_ins(const Gen *g, uint32_t i) { return &g->f->ins.p[i]; }
static inline IrType gen_type(const Gen *g, IrRef r)
{
    const IrFn *f = g->f;
    if (r < 0)
        return (IrType)f->consts.p[ir_const_index(r)].type;
    const IrIns *in = &f->ins.p[r];
    return ir_ops[in->op].result == 'i' ? IR_I32 : (IrType)in->type;
}
static inline uint64_t gen_class(const Gen *g, IrType t) { return g->t->scratch[ir_is_float(t)]; }
static inline GenVal *gen_val(const Gen *g, IrRef r) { return &g->vals[r]; }
static inline bool gen_deferred(const Gen *g, IrRef r) { return r > 0 && (g->vals[r].flags & GV_DEFER); }
/* Does nobody need v? Only before the first use of what its definition makes. */
static inline bool gen_dead(const Gen *g, uint32_t v)
{
    return !g->vals[v].uses && !(g->vals[v].flags & GV_LIVE);
}
/* Is r an instruction of this op? */
static inline bool gen_is(const Gen *g, IrRef r, IrOp op) { return r > 0 && g->f->ins.p[r].op == op; }
/* Slot number + 1 when address r is the start of a slot, else 0. */
static inline uint32_t gen_whole_slot(const Gen *g, IrRef r, int32_t off)
{
    const IrConst *c;
    if (r >= 0)
        return 0;
    c = ir_const(g->f, r);
    return c->kind == IR_C_SLOT && c->v + off == 0 ? c->id + 1 : 0;
}

/* ---- moves.c ---- */
/* All moves at once: no destination is overwritten before it is read as a source. */
void gen_parallel(Gen *g, GenMove *m, unsigned n);
bool gen_has_phis(const Gen *g, uint32_t block);
/* The phis of `to` get their values for the edge from the current block. */
void gen_edge(Gen *g, uint32_t to);
/* gen_edge and a jump on a side path. */
void gen_side_edge(Gen *g, uint32_t to);
/* gen_edge and a jump, none when `to` is next. */
void gen_goto(Gen *g, uint32_t to);

/* ---- attempt.c ---- */
void gen_attempt_begin(GenAttempt *a, GenJob *job, size_t align, uint8_t pad); /* once, before the first */
void gen_attempt_undo(const GenAttempt *a, GenJob *job);
void gen_attempt_done(Gen *g, const GenAttempt *a);  /* jump tables, address-taken blocks, the job's start and size */
ObjSecId gen_rodata_section(Gen *g);
uint32_t gen_rodata(Gen *g, const void *p, size_t n, size_t align); /* offset */
uint32_t gen_pool(Gen *g, IrRef c);                  /* offset of a float constant */
uint32_t gen_table_at(Gen *g);                       /* offset where the next jump table will stand */
void gen_table(Gen *g, const uint32_t *labels, uint32_t n, uint32_t reloc); /* 32-bit distances from the table, by reloc */
/* How many instructions lie between the current block and a block that is still to come; UINT32_MAX: nobody knows. */
uint32_t gen_ahead(const Gen *g, uint32_t label);
void gen_branch(Gen *g, const IrIns *in);            /* IR_BR */
/* A compare whose only user, a branch or select, stands right behind it needs no code of its own. */
bool gen_defers_cmp(const Gen *g, uint32_t i);
void gen_consume_operands(Gen *g, const IrIns *in);  /* of an instruction without side records that nobody needs */
void gen_refuse_phis(Gen *g, const IrIns *in);       /* jmp_ind: no moves can be made on its edges */
bool gen_dead_select(Gen *g, uint32_t i, const IrIns *in); /* is nobody asking for select i? Then it is consumed */

/* ---- call.c ---- */
/* Values to fixed registers, all at once, in three steps: uses are over; registers and homes are still intact, so moves; release. */
void gen_spend(Gen *g, const IrRef *refs, unsigned n);
void gen_put(Gen *g, const IrRef *refs, const uint8_t *dst, unsigned n);
void gen_spent(Gen *g, const IrRef *refs, unsigned n);
/* All three. Nothing else in scratch registers survives. */
void gen_set_regs(Gen *g, const IrRef *refs, const uint8_t *dst, unsigned n);
/* Is i32 value r known to be the extension of its low `size` bytes? */
bool gen_extended(const Gen *g, IrRef r, unsigned size, bool is_signed);
void gen_extend_piece(Gen *g, const IrPiece *p, IrRef r, unsigned reg);
void gen_around(Gen *g, bool save);                  /* pinned caller-saved registers around a call */
void gen_results(Gen *g, uint32_t i, const IrCall *c); /* of call i: its own value and the projections behind it */
const IrSym *gen_callee(const Gen *g, const IrIns *in); /* of a direct call, else NULL */
const IrPiece *gen_param_piece(const Gen *g, const IrIns *in);
/* Parameters in registers are values from the very beginning, so nothing else can take their registers. */
void gen_params(Gen *g);
void gen_ret(Gen *g, const IrIns *in);               /* the values of IR_RET in place */
unsigned gen_pinned_slot(const Gen *g, IrRef addr, int32_t off, GenSlot **slot); /* its register, or GEN_NOREG */
void gen_store_pinned(Gen *g, const IrIns *in, unsigned pin, const GenSlot *s);

/* ---- unit.c ---- */
enum { GEN_MAX_LEAVE = 40 };
/* Instead of gen_pin: the contract's registers are nobody else's, values are made where the contract wants them. */
void gen_unit(Gen *g);
void gen_record_state(Gen *g, uint32_t i);           /* where the state stands while i can leave the unit in the middle */
void gen_consume_state(Gen *g, uint32_t i);          /* behind i */
/* What exit i wants where and is not there yet: words of the frame are written, registers told; there is room for one more. */
unsigned gen_leave(Gen *g, uint32_t i, IrRef refs[GEN_MAX_LEAVE], uint8_t dst[GEN_MAX_LEAVE]);
bool gen_is_straight(const IrFn *f);                 /* jumps lead forward only */
void gen_move(Gen *g, uint32_t i);                   /* IR_MOVE */
void gen_exit_here(Gen *g, uint32_t id, uint64_t offset);

/* ---- switch.c ---- */
void gen_switch(Gen *g, uint32_t i);

/* ---- divide.c: division by constants (Warren, Hacker's Delight, ch. 10) ---- */
typedef struct GenMagic { uint64_t m; uint8_t shift; bool add; } GenMagic;
GenMagic gen_magic_u(uint64_t d, unsigned bits);     /* d >= 2, no power of two */
GenMagic gen_magic_s(int64_t d, unsigned bits);      /* |d| >= 3, |d| no power of two; m is signed of that width */

#endif
