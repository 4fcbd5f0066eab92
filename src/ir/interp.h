/* interp: the IR run as bytecode. code.c turns a function into an IrCode, interp.c runs it. One interpreter for guests now, for C and
 * wasm later; a guest block, a C function and a wasm function differ in what IrMachine offers them, not here.
 *
 * A code's operands are words of the frame: first the states (contract states by id; functions that are no units have none), then one
 * word for each value of the function that needs one. A value that came by state_in is its state's word, and one that a map gives to a
 * state is written straight there when nothing asks for the state's former value any more; so a state map is a short list of moves,
 * done only at a fault, and an exit moves what is not in its place yet. Of an i32 or f32 state the low half counts. */
#ifndef IR_INTERP_H
#define IR_INTERP_H

#include "base/softfloat.h"
#include "ir/ir.h"

typedef struct IrCode IrCode;
typedef struct IrMachine IrMachine;

/* How a run ended. */
typedef enum IrLeave {
    IR_LEFT_EXIT,              /* by exit `id` of `code` */
    IR_LEFT_INDIRECT,          /* exit_indirect to `address` */
    IR_LEFT_TRAP,              /* trap `id` */
    IR_LEFT_FAULT,             /* a memory access: `address`, `write`; the states are those of the instruction's map */
    IR_LEFT_BUDGET             /* as IR_LEFT_EXIT, to another unit that was not entered any more */
} IrLeave;

/* Guest memory. `find` gives the host's place of `size` bytes (1, 2, 4, 8) at address for reading or writing, or NULL: a fault. It may be
 * asked again for the same place at any time; what it gave for a read stays readable, for a write writable, until the next call of
 * `find` or the end of the run. An access across a page edge is done by bytes. */
typedef struct IrMemory {
    void *(*find)(void *ctx, uint64_t address, unsigned size, bool write);
    void *ctx;
    /* Cache before `find`: entry (address >> 12) & 255 answers for reads when read[].page == address >> 12, for writes likewise; the
     * place is host + (address & 4095). The owner fills it in `find` and clears it when a page changes. */
    struct IrTlb { uint64_t page; uint8_t *host; } read[256], write[256];
} IrMemory;
#define IR_TLB_NONE UINT64_MAX /* no page has this number; `host` is a multiple of 8 */

/* The owner fills an entry when exit_indirect was left by it, and clears those whose code is gone. */
typedef struct IrJump { uint64_t address; IrCode *code; } IrJump; /* code NULL: empty */

struct IrMachine {
    uint64_t *frame;           /* states first; ir_run grows it from the arena */
    uint32_t nframe, nstates;
    Arena *arena;              /* for the frame */
    IrMemory *mem;
    SfEnv env;                 /* rounding mode of the environment, sticky flags; nan_* say what NaNs arithmetic makes */
    uint64_t budget;           /* cost of units that may still be entered by chained exits; too little: IR_LEFT_BUDGET. `find` may
                                * lower it: the next exit then leaves */
    uint64_t units;            /* cost of the units entered so far, by ir_run too */
    IrJump *jumps;             /* where exit_indirect goes without leaving: entry (address >> 1) & jump_mask; NULL: nowhere */
    uint32_t jump_mask;        /* entries - 1, a power of two less one */
    /* how it ended */
    const IrCode *code;        /* the unit that was left */
    uint32_t id;
    uint64_t address;
    bool write;
};

/* Bytecode of a checked function, in a; nstates: words of the frame that are states. Scratch comes from f's arena.
 * NULL, and *why a message, for what the interpreter does not run (yet: calls, slots, alloca, parameters; addresses of symbols). */
IrCode *ir_code_new(Arena *a, const IrFn *f, uint32_t nstates, const char **why);
void ir_code_set_cost(IrCode *c, uint32_t cost); /* what entering it costs of the budget; 1 unless set */
/* Exits that are chained run on in `to` without leaving; NULL undoes it. */
void ir_code_chain(IrCode *from, uint32_t exit, IrCode *to);
IrCode *ir_code_chained(const IrCode *from, uint32_t exit);
/* What the owner wants to find again from m->code: a guest block. */
void ir_code_set_owner(IrCode *c, void *owner);
void *ir_code_owner(const IrCode *c);
size_t ir_code_size(const IrCode *c); /* bytes */
IrLeave ir_run(IrMachine *m, IrCode *c);

#endif
