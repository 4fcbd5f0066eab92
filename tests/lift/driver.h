/* driver.h: what the files of the lifter's driver share: driver.c, gen.c, guest.c. */
#ifndef LIFT_DRIVER_H
#define LIFT_DRIVER_H

#include "eval.h"

extern Host host;
extern Arena perm, fn;         /* the process; one block */
extern const TargetLift *lift;
extern void *context;
extern uint8_t regs[LIFT_MAX_STATES];
extern IrUnit unit;
extern unsigned failures;

/* The block of these bytes, checked; the first failures are told. */
LiftJob *lift_bytes(const uint8_t *code, size_t n, uint64_t pc, uint32_t features);
/* The k-th edge value that an immediate of this kind can have. */
bool imm_edge(unsigned kind, unsigned k, int64_t *v);
uint32_t random32(void);
int gen(const char *map_name);
int run(const char *name, bool interp);
int speed(const char *name);

#endif
