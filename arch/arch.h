/* arch: the contract between the house and a target. struct Target is data plus tables of functions, one group a file
 * of arch/<t>/; targets[] lists them. Every room may ask it; none names a target. doc/port.md goes through it line by line.
 *
 * A row of targets[] is the target as it is without options. A context that takes -m options has a copy of its own, which
 * target->option changes, so that what an option chose reaches every room with the target itself. */
#ifndef ARCH_H
#define ARCH_H

#include "base/softfloat.h"
#include "gen/gen.h"
#include "ir/ir.h"
#include "obj/obj.h"

/* ---- abi.c: C values to pieces. Types come flattened, so the target sees no C. ---- */

typedef enum AbiKind { ABI_INT, ABI_FLT, ABI_LDBL, ABI_PTR, ABI_PAD /* an unnamed bit-field */ } AbiKind;
/* A bit-field counts as the INT bytes it touches; more: a further byte of the bit-field before. */
typedef struct AbiField { uint32_t offset; uint8_t kind, size, more; } AbiField;
typedef struct AbiType {
    uint64_t size;             /* 0 for void and empty structs */
    uint32_t align;
    bool aggregate;            /* struct, union (arrays never pass) */
    bool is_signed;            /* of an INT scalar */
    bool unaligned;            /* has a packed, misaligned field */
    bool opaque;               /* is or contains a union that has a size, or an array of unknown length */
    bool hollow;               /* contains an array or a union of no size */
    bool flexible;             /* has an array of unknown length, or of length 0 */
    uint32_t natural;          /* alignment of a scalar, or greatest one of the members, whatever the record's own attribute asks */
    const AbiField *fields;    /* scalars in order; a scalar type has one. NULL where there are more than 64. */
    uint32_t nfields;
} AbiType;

/* What becomes of the bits above a scalar of less than four bytes. */
static inline IrExt abi_ext(const AbiType *t)
{
    if (t->aggregate || (t->size != 1 && t->size != 2))
        return IR_EXT_NONE;
    if (t->size == 1)
        return t->is_signed ? IR_EXT_S8 : IR_EXT_U8;
    return t->is_signed ? IR_EXT_S16 : IR_EXT_U16;
}

enum { ABI_MAX_PIECES = 8 };
typedef struct AbiLoc {
    uint8_t n;                 /* pieces; 0: nothing is passed */
    bool indirect;             /* pieces[0] carries an address: of a copy the caller made (argument), of where to put
                                  it (result) */
    IrPiece pieces[ABI_MAX_PIECES];
    uint32_t offsets[ABI_MAX_PIECES]; /* of the piece in the aggregate */
} AbiLoc;
static inline void abi_piece(AbiLoc *out, IrType t, IrPlace place, uint32_t index, uint32_t size, uint32_t offset)
{
    IrPiece *p = &out->pieces[out->n];
    memset(p, 0, sizeof *p);
    p->type = (uint8_t)t;
    p->place = (uint8_t)place;
    p->index = index;
    p->size = size;
    out->offsets[out->n++] = offset;
}
typedef struct AbiState {      /* one walk over a signature */
    uint32_t nint, nfp, stack;
    bool variadic;
} AbiState;

typedef struct TargetAbi {
    /* Starts a signature. *ret: where the result arrives; when ret->indirect, `ret->pieces[0]` is the argument that
     * carries the address
     * (to be passed first), and *ret_addr (n 0 or 1) the result piece in which the callee gives the address back. */
    void (*begin)(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr);
    /* The next argument; named: stands in the prototype. */
    void (*arg)(AbiState *s, const AbiType *t, bool named, AbiLoc *out);
    /* Bytes of stack arguments, rounded as a call needs. */
    uint32_t (*end)(AbiState *s);
    /* va_list: struct of va_size bytes; is it an array type of one (decays when passed)? */
    uint32_t va_size, va_align;
    bool va_is_array;
    /* Emits the fetch of the next variable argument of type t from the va_list at address ap; gives the address where
     * it stands. */
    IrRef (*va_arg)(IrFn *f, IrRef ap, const AbiType *t);
    /* Whether t is passed in registers that no piece can name: the front end refuses it. May be missing. */
    bool (*refuses)(const AbiType *t);
} TargetAbi;

/* ---- fast.c: the fast lane ---- */
typedef struct TargetFast {
    /* Compiles f at the end of job->text; see gen_fast in gen.h. */
    bool (*compile)(GenJob *job, IrFn *f);
} TargetFast;

/* ---- jit.c: units run in this process; NULL where the target cannot ---- */

enum { JIT_LEFT_INDIRECT = -1, JIT_LEFT_FAULT = -2 }; /* results of enter that are no exit's number */
enum { JIT_ADDRESS = 16, JIT_FAULT_PC = 32 };
    /* words of the frame: where exit_indirect went or what faulted, and the host's pc then */
typedef struct JitEntry { uint64_t enter, leave, indirect; } JitEntry; /* offsets */
typedef struct TargetJit {
    const uint8_t *pins[2];    /* registers that units can spare for states: general, floating; ended by 0xff */
    /* uint64_t enter(void *frame, uint64_t code): states with a register in reg come from their words, the unit at code runs, and what
     * leaves goes to `leave` with the result in its register, the states back in their words; the frame's first word is to have
     * `indirect`. */
    void (*entry)(Buf *b, const uint8_t *reg, unsigned nstates, JitEntry *e);
    void (*stub)(Buf *b, uint64_t at, uint32_t number, uint64_t leave); /* of stub_size bytes: leaves with number */
    void (*jump)(uint8_t *field, uint64_t at, uint64_t to);             /* an exit's jump: the field stands at `at` */
    bool (*reloc)(uint8_t *p, uint64_t at, uint32_t kind, uint64_t value); /* symbol plus addend */
    void (*set_env)(uint8_t *frame, const SfEnv *env);
    void (*get_env)(const uint8_t *frame, SfEnv *env);
    void (*restorer)(Buf *b);  /* code behind a signal handler of the host; NULL: the kernel has its own */
    void (*handler)(Buf *b, uint64_t to, uint64_t argument); /* a handler that calls `to` with a fourth argument */
    void (*probe)(Buf *b);     /* uint64_t probe(void): LIFT_* that this machine's code has to do without; NULL: nothing */
    void (*sync)(Buf *b);      /* void sync(uint64_t from, uint64_t to): instructions written there are seen; NULL: they are anyway */
    uint16_t context_pc, context_sp, context_result; /* offsets in the ucontext_t a handler gets */
    uint8_t stub_size;
    bool constants;            /* reloc can reach what a unit has in memory */
    bool flips;                /* what is written at another address may not be seen: memory changes between written and executed */
    uint32_t how;              /* LIFT_*: what its lane cannot do, nor the machine (LIFT_CHECKED: all addresses fault that must) */
} TargetJit;

/* ---- lift.c: guest instructions to the IR; NULL where the target is no guest ---- */

/* Why a unit is left by `exit n`. pc is the guest address where the guest goes on: of the next instruction for GOTO and what is done by
 * the emulator, of the instruction itself for what may fault. */
typedef enum LiftKind {
    LIFT_GOTO,                 /* another block */
    LIFT_SYSCALL,              /* behind a system call instruction, which the emulator has to do */
    LIFT_BREAK,                /* at a breakpoint instruction */
    LIFT_ILLEGAL,              /* at bytes that are no instruction, or one that is not in `features` */
    LIFT_FETCH,                /* at an address where fewer bytes are readable than its instruction has */
    LIFT_FLUSH,                /* behind an instruction that makes stores to code visible (fence.i) */
    LIFT_SPECIAL,              /* at an instruction that the emulator interprets alone: counters, rounding mode */
    LIFT_STEP,                 /* at an instruction that the interpreter does alone; what follows it is another block */
    LIFT_SPENT,                /* at the block's start, with its budget below 0 */
    LIFT_STALE,                /* at the block's start: other bytes stand there now */
    LIFT_MISALIGNED            /* at an atomic access whose address is not aligned, or a jump to an address that code cannot have */
} LiftKind;
typedef struct LiftExit { uint64_t pc; uint8_t kind; } LiftExit;

enum { LIFT_MAX_INS = 64, LIFT_MAX_EXITS = 2 * LIFT_MAX_INS + 5, LIFT_MAX_STATES = 72 };
/* LiftJob.how: what code for a host wants, beside what the interpreter does. */
enum {
    LIFT_COPIES = 1,           /* states have values of their own, so that each can be made in its place */
    LIFT_CHECKED = 2,          /* accesses ask the IrTlb at the address in tlb_state, and are a LIFT_STEP where it does not answer */
    LIFT_COUNTED = 4,          /* budget_state loses the block's instructions, and the block is left by LIFT_SPENT where too few are left */
    LIFT_HOST_FLOATS = 8,      /* a host's arithmetic: no mode to the nearest with ties away, and conversions to signed integers only */
    LIFT_NO_FMA = 16,          /* fused multiplication is a LIFT_STEP */
    LIFT_STEP_DYNAMIC = 32,    /* so is what rounds by the environment's mode */
    LIFT_NO_DYNAMIC = 64,      /* and that is illegal: the mode is none */
    LIFT_COMPARES = 128        /* the block compares its bytes first, and ends behind a store: nobody watches them */
};
typedef struct LiftJob {
    Host *host;
    Arena *arena;              /* the unit's and everything's; the caller resets it */
    const void *context;       /* of TargetLift.context; NULL: made anew for the block, which is slow */
    IrUnit *unit;              /* all blocks are its symbol 1, made when there is none */
    const uint8_t *code;       /* the bytes at pc, n of them: readable and executable guest memory in one piece */
    size_t n;
    uint64_t pc;
    uint32_t features;         /* Target.features: instructions the guest has */
    uint32_t max_ins;          /* at most LIFT_MAX_INS */
    uint32_t how;              /* LIFT_COPIES ... */
    uint64_t code_at;          /* LIFT_COMPARES: the address at which the unit's loads find the bytes */
    /* Register contract: reg[state] is the host register in which it arrives and leaves, or IR_IN_FRAME. */
    const uint8_t *reg;
    /* result */
    IrFn *f;
    uint64_t size;             /* bytes of guest code it stands for */
    uint32_t nins;             /* guest instructions */
    uint32_t cost;             /* what it counts for: those up to where it was planned to end, at least 1 */
    LiftExit exits[LIFT_MAX_EXITS];
    uint32_t nexits;
} LiftJob;

typedef struct TargetLift {
    uint32_t nstates;          /* states 0 .. nstates - 1 */
    uint32_t tlb_state, budget_state; /* for LIFT_CHECKED and LIFT_COUNTED */
    uint32_t pc_state;         /* stands in the maps of what may fault: the instruction's address */
    /* General and floating states by how often compilers use them: what is to have a register first. Ended by 0xff. */
    const uint8_t *favourites[2];
    /* Tables that every block needs, in an arena that lives as long as the guest. */
    void *(*context)(Arena *a);
    /* A block from pc: up to a jump, a special instruction, max_ins or the end of the bytes. Always gives a unit (perhaps one whose
     * only exit is LIFT_ILLEGAL). */
    void (*block)(LiftJob *j);
} TargetLift;

struct TargetAsm;  /* as/as_target.h: instructions and operands in text */
struct TargetDis;  /* as/as_target.h: bits in, text out */
struct TargetLink; /* ld/ld_target.h: relocations, PLT, relaxation */

/* What the instructions that the options allow cannot do: the front end calls helpers for it (libgcc's names; rt has them). */
enum { TARGET_NO_MUL = 1, TARGET_NO_F32 = 2, TARGET_NO_F64 = 4 };

typedef struct Target Target;
struct Target {
    const char *name;              /* folder of arch/: "x64" */
    const char *const *triples;    /* accepted by -target, first one canonical; NULL-terminated */
    /* C's data model */
    uint8_t pointer_size, long_size, max_align;
    bool char_signed, wchar_signed;
    bool unnamed_aligns;           /* unnamed bit-fields count for a record's alignment */
    SfFormat long_double;
    uint8_t long_double_size;      /* in memory */
    bool packed_epoll;             /* Linux: no gap in struct epoll_event */
    /* ELF */
    const char *elf_format;        /* as objdump spells it: "elf64-x86-64" */
    uint16_t e_machine;
    uint32_t e_flags;
    uint32_t reloc_abs64, reloc_abs32, reloc_pc32; /* for data */
    const TargetAbi *abi;
    const TargetFast *fast;
    const struct TargetAsm *as;
    const struct TargetDis *dis;
    const struct TargetLink *link;
    const TargetLift *lift;        /* NULL: no guest */
    const TargetJit *jit;          /* NULL: no code for this process */
    /* One option behind -m ("arch=rv64gc", "64"): 1 taken, 0 unknown, -1 after appending to err what is wrong, in the words of a
     * message. The copy t alone changes; s must live as long. */
    int (*option)(Target *t, const char *s, Buf *err);
    void (*predefine)(const Target *t, Buf *out);  /* the #define lines of the architecture */
    /* What an object made by the compiler says of itself beyond e_flags, as sections of its own; NULL: nothing. */
    void (*describe)(const Target *t, Obj *o);
    /* What the options chose. */
    const char *runtime;           /* folder of librt.a below lib/ that suits */
    uint32_t features;             /* bits of the target's own: instructions that may be used */
    bool absolute;                 /* code model that names absolute addresses: not position-independent unless asked for */
    uint8_t lacks;                 /* TARGET_NO_* */
    const char *no_float;          /* why a value of a type that is lacking cannot be passed, hence not used at all; or NULL */
};

extern const Target *const targets[];          /* NULL-terminated, arch/targets.c */
const Target *target_find(const char *triple); /* by triple, canonical name, or folder; NULL when unknown */
const Target *target_by_machine(uint16_t e_machine);
/* targets[0], what the tools take when nothing names one. */
const Target *target_default(void);

#endif
