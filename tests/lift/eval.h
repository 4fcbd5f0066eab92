/* eval.h: an evaluator of lifted units for driver.c, straight from the IR: slow, plain, and nothing of it shared with the interpreter.
 * Memory is one flat piece of the guest's addresses. The upper half of every i32 and f32 is filled with junk. */
#ifndef LIFT_EVAL_H
#define LIFT_EVAL_H

#include "arch/arch.h"

typedef struct Eval {
    uint64_t state[LIFT_MAX_STATES];
    SfEnv env;
    uint8_t *mem;
    uint64_t base, size;
    uint64_t *v;               /* values, by number */
    uint32_t nv;
    uint64_t steps;
    uint64_t fault;            /* address */
} Eval;
enum EvalEnd { EV_EXIT, EV_INDIRECT, EV_FAULT, EV_BROKEN };

/* Runs a unit; *n: number of the exit, or the address. States become those of the exit's map or the fault's. */
enum EvalEnd eval_unit(Eval *e, const IrFn *f, uint64_t *n);

#endif
