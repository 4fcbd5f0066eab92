/* gen: what the code generators of all targets share. */
#ifndef GEN_H
#define GEN_H

#include "ir/ir.h"
#include "obj/obj.h"

/* The frame of a unit, above the stack pointer: the target's own words, the words of states, then what the unit needs; behind it a table
 * that exit_indirect asks: entry (address >> 1) & (GEN_UNIT_JUMPS - 1) is a guest address and where its code stands. */
enum { GEN_UNIT_STATES = 64, GEN_UNIT_HOMES = GEN_UNIT_STATES + 8 * 72, GEN_UNIT_FRAME = 4096, GEN_UNIT_JUMPS = 4096 };
enum { GEN_IN_FRAME, GEN_IN_REG, GEN_IS_CONST };   /* GenStateLoc.kind */

/* One function's way into an object. */
typedef struct GenJob {
    Host *host;
    Arena *arena;              /* scratch, reset by the caller after each function */
    Obj *obj;
    ObjSecId text;             /* code goes to the end of this section */
    ObjSecId rodata;           /* jump tables and float constants, 0: made on first need */
    bool pic;                  /* symbols not IR_SYM_LOCAL are reached through GOT and PLT */
    uint64_t reserved;         /* registers that units leave alone, beside those of their contract */
    bool junk;                 /* debug: fill unspecified upper bits with junk */
    /* result */
    uint64_t start, size;      /* in text */
    /* For units: where each exit's patchable jump stands, and by code offset what is not where the contract has it when that instruction
     * faults: `where` is a register, a frame offset or the value. */
    VEC(struct GenExit { uint32_t id; uint64_t offset; }) exits;
    VEC(struct GenStateLoc { uint64_t offset; uint32_t state; uint8_t kind; int64_t where; }) state_locs;
} GenJob;

/* Compiles one function through the fast lane of the object's target: aligns, emits code, relocations and jump
 * tables, sets the offsets of
 * address-taken blocks' symbols, and gives job->start and size; defines no function symbol. False only for what
 * the IR or the target
 * cannot do, after bug() has been ruled out by ir_check. */
bool gen_fast(GenJob *job, IrFn *f);

#endif
