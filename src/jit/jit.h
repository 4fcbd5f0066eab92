/* jit: executable memory for code made at run time, shared by who makes some: guests' blocks now, C programs later. It is mapped twice,
 * once to be written and once to be executed, so no page is ever both (W^X); a fork does not inherit it. Where the host denies that,
 * or where a machine does not see what is written at another address, one mapping changes between the two. Code goes to the end and goes
 * away all at once. */
#ifndef JIT_H
#define JIT_H

#include "arch/arch.h"

typedef struct JitRange { uint64_t from, to; } JitRange;
typedef struct Jit {
    Host *host;
    void *ctx;
    long (*syscall)(void *ctx, long call, const long args[6]); /* numbers of the generic table (arch/rv64/sys.def); -errno */
    uint8_t *write;            /* the same bytes, to be written */
    uint64_t code;             /* and where they are executed; 0: no memory */
    size_t size, used;
    bool flips;                /* one mapping: its first `ready` bytes are to be executed, but for pages that are open to be written; its
                                * first `kept` always */
    size_t kept, ready;
    JitRange open[8];          /* offsets */
    unsigned nopen;
    Buf sync_code;
    uint64_t sync;             /* the target's code that makes instructions seen; 0: there is none */
    size_t first;              /* behind it */
    JitRange dirty[8];         /* addresses: written since it was called */
    unsigned ndirty;
    const Target *target;      /* this machine's */
    Obj *obj;                  /* where the lane puts a unit first */
} Jit;

/* size: whole pages; what it needs beside lives in a. The caller has set host, ctx, syscall and target. False: the host gives no
 * such memory. */
bool jit_open(Jit *j, Arena *a, size_t size);
void jit_close(Jit *j);
/* Behind a fork, in the child: memory of its own, empty. False as jit_open; the old one is gone either way. */
bool jit_after_fork(Jit *j);
/* n bytes of code, at a multiple of 16, which become the last; where they are executed. jit_room tells how many there is room for. */
static inline size_t jit_room(const Jit *j) { return j->size - j->used; }
uint64_t jit_put(Jit *j, const void *p, size_t n);
/* Where to write n bytes that are executed at `at`: until jit_ready. */
uint8_t *jit_at(Jit *j, uint64_t at, size_t n);
/* Before code runs: it sees what was written. */
void jit_ready(Jit *j);
/* What there is now is executable from now on, and is not written again: handlers of signals, which may run at any time. */
void jit_keep(Jit *j);
static inline bool jit_holds(const Jit *j, uint64_t at) { return at - j->code < j->used && j->code; }
/* Everything from `used` on goes. */
static inline void jit_cut(Jit *j, size_t used) { j->used = used > j->first ? used : j->first; }

/* ---- unit.c ---- */

typedef struct JitExit { uint64_t field, stub; } JitExit; /* a unit's patchable jump, and where it leads to unchained; 0: it has none */
typedef enum JitResult { JIT_DONE, JIT_REFUSED /* by the lane */, JIT_FULL } JitResult;
/* The unit f through the lane into memory; *at: where its code stands. Exit n leads to code that goes to `leave` with the number first + n,
 * and exits[n] tells of it. g (state_locs, relative to the code's start) lives in scratch. */
JitResult jit_unit(Jit *j, IrFn *f, Arena *scratch, uint64_t reserved, uint32_t first, uint64_t leave, GenJob *g, JitExit *exits,
                   uint64_t *at);
/* Exit x leads to `to`; 0: to its stub again. */
void jit_chain(Jit *j, const JitExit *x, uint64_t to);

#endif
