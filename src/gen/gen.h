/* gen: what the code generators of all targets share. */
#ifndef GEN_H
#define GEN_H

#include "ir/ir.h"
#include "obj/obj.h"

/* One function's way into an object. */
typedef struct GenJob {
    Host *host;
    Arena *arena;              /* scratch, reset by the caller after each function */
    Obj *obj;
    ObjSecId text;             /* code goes to the end of this section */
    ObjSecId rodata;           /* jump tables and float constants, 0: made on first need */
    bool pic;                  /* symbols not IR_SYM_LOCAL are reached through GOT and PLT */
    bool junk;                 /* debug: fill unspecified upper bits with junk */
    /* result */
    uint64_t start, size;      /* in text */
    /* for units: where each exit's patchable jump stands, and state maps by code offset */
    VEC(struct GenExit { uint32_t id; uint64_t offset; }) exits;
    VEC(struct GenStateLoc { uint64_t offset; uint32_t state; uint8_t in_reg; int32_t where; }) state_locs; /* register, or frame offset */
} GenJob;

/* Compiles one function through the fast lane of the object's target: aligns, emits code, relocations and jump
 * tables, sets the offsets of
 * address-taken blocks' symbols, and gives job->start and size; defines no function symbol. False only for what
 * the IR or the target
 * cannot do, after bug() has been ruled out by ir_check. */
bool gen_fast(GenJob *job, IrFn *f);

#endif
