/* lift.h: what the files of the lifter share: a block being lifted. lift.c: the block, control, system; lift_int.c: integers;
 * lift_mem.c: loads, stores, atomics; lift_flt.c: floats.
 *
 * States: 0..31 x0..x31 (x0 is a constant and never one), 32..63 f0..f31 as f64 (the register's 64 bits; no arithmetic is done on them
 * that would touch a NaN), 64 the pc, which stands in maps of what may fault only; 65 the address of the IrTlb (frm is the environment's);
 * 66 to 68 the reservation of lr: its address, whether there is one, the value loaded; 69 the instructions that are left. */
#ifndef RV64_LIFT_H
#define RV64_LIFT_H

#include "arch/arch.h"
#include "arch/rv64/insn.h"

enum { LIFT_F0 = 32, LIFT_PC = 64, LIFT_TLB, LIFT_RES_ADDR, LIFT_RES_VALID, LIFT_RES_VALUE, LIFT_BUDGET, LIFT_STATES };

/* A branch out, whose block is placed behind the others. */
typedef struct LiftSide {
    uint32_t block;
    LiftExit exit;
    IrRef *values;             /* of `list` at the branch: val, then single */
} LiftSide;

typedef struct Rv64Lift {
    LiftJob *job;
    IrFn *f;
    uint64_t pc, next;         /* of the instruction, of the one behind it */
    IrRef val[LIFT_STATES];    /* its value now; 0 for an f register of which only `single` is known yet */
    IrRef single[32];          /* f register: its value as a single, where that was computed; else 0 */
    bool boxed[32];            /* f register: `single` is what was written, not what a reader made of the 64 bits */
    bool dirty[LIFT_STATES];   /* changed in this block */
    bool unboxed;              /* some val is 0 */
    const uint8_t *list;       /* states of the contract, ascending */
    unsigned nlist;
    uint32_t first;            /* instructions of the IR from here on belong to the guest's at hand */
    IrRef given;               /* the last value that was given to a state */
    LiftSide sides[2 * LIFT_MAX_INS + 3];
    unsigned nsides;
} Rv64Lift;

/* ---- lift.c ---- */
IrRef rv64_lift_x(const Rv64Lift *l, unsigned reg);
void rv64_lift_set_x(Rv64Lift *l, unsigned reg, IrRef v);   /* i64; nothing for x0 */
IrRef rv64_lift_state(const Rv64Lift *l, unsigned state);
void rv64_lift_set_state(Rv64Lift *l, unsigned state, IrRef v);
/* The map of what may fault, to the instruction appended last: all that changed, and the pc. rv64_lift_settle comes before that. */
void rv64_lift_settle(Rv64Lift *l);
void rv64_lift_fault_map(Rv64Lift *l, IrRef ins);
/* Leaves by a side exit where the i32 is not 0; goes on in a new block. */
void rv64_lift_leave_if(Rv64Lift *l, IrRef cond, uint64_t pc, LiftKind kind);

/* ---- what a row means; rows are those of 32 bits. False: not a row of that file. ---- */
bool rv64_lift_int(Rv64Lift *l, const Rv64Ins *i);
bool rv64_lift_mem(Rv64Lift *l, const Rv64Ins *i);
bool rv64_lift_flt(Rv64Lift *l, const Rv64Ins *i);

/* ---- lift_flt.c: f registers, by their state ---- */
IrRef rv64_lift_double(Rv64Lift *l, unsigned reg);          /* the 64 bits as f64 */
IrRef rv64_lift_single(Rv64Lift *l, unsigned reg);          /* f32; the canonical NaN where it is not boxed */
void rv64_lift_set_double(Rv64Lift *l, unsigned reg, IrRef v);
void rv64_lift_set_single(Rv64Lift *l, unsigned reg, IrRef v);
IrRef rv64_lift_box(IrFn *f, IrRef single);                 /* f64 whose upper half is ones */

/* ---- shorthands ---- */
static inline IrRef lift_i64(Rv64Lift *l, uint64_t v) { return ir_int(l->f, IR_I64, (int64_t)v); }
static inline IrRef lift_i32(Rv64Lift *l, uint32_t v) { return ir_int(l->f, IR_I32, (int32_t)v); }
static inline IrRef lift_op2(Rv64Lift *l, IrOp op, IrRef a, IrRef b) { return ir_ins(l->f, op, IR_I64, 0, a, b, 0); }
static inline IrRef lift_low(Rv64Lift *l, IrRef v) { return ir_ins(l->f, IR_TRUNC, IR_I32, 0, v, 0, 0); }
static inline IrRef lift_sext(Rv64Lift *l, IrRef v) { return ir_ins(l->f, IR_SEXT32, IR_I64, 0, v, 0, 0); }
static inline IrRef lift_zext(Rv64Lift *l, IrRef v) { return ir_ins(l->f, IR_ZEXT32, IR_I64, 0, v, 0, 0); }
static inline IrRef lift_select(Rv64Lift *l, IrType t, IrRef c, IrRef a, IrRef b) { return ir_ins(l->f, IR_SELECT, t, 0, c, a, b); }

#endif
