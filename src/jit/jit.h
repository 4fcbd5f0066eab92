/* jit: executable memory for code made at run time, shared by who makes some: guests' blocks now, C programs later. It is mapped twice,
 * once to be written and once to be executed, so no page is ever both (W^X); a fork does not inherit it. Where the host denies that,
 * or where a machine does not see what is written at another address, one mapping changes between the two. Code goes to the end and goes
 * away all at once. */
#ifndef JIT_H
#define JIT_H

#include "base/base.h"

typedef struct Jit {
    Host *host;
    void *ctx;
    long (*syscall)(void *ctx, long call, const long args[6]); /* numbers of the generic table (arch/rv64/sys.def); -errno */
    uint8_t *write;            /* the same bytes, to be written */
    uint64_t code;             /* and where they are executed; 0: no memory */
    size_t size, used;
    bool flips, open;          /* one mapping, which is open to be written now */
} Jit;

/* size: a multiple of 64 KiB; flips: one mapping, even where two can be had. False: the host gives no such memory. */
bool jit_open(Jit *j, size_t size, bool flips);
void jit_close(Jit *j);
/* Behind a fork, in the child: memory of its own, empty. False as jit_open; the old one is gone either way. */
bool jit_after_fork(Jit *j);
/* Room for n bytes (at most what is left: jit_room) at a multiple of 16; where they will be executed. */
static inline size_t jit_room(const Jit *j) { return j->size - j->used; }
uint64_t jit_take(Jit *j, size_t n);
/* Where to write what is executed at `at`: until jit_ready. */
uint8_t *jit_at(Jit *j, uint64_t at);
/* Before code runs: it sees what was written. */
void jit_ready(Jit *j);
static inline bool jit_holds(const Jit *j, uint64_t at) { return at - j->code < j->used && j->code; }
/* Everything from `used` on goes. */
static inline void jit_cut(Jit *j, size_t used) { j->used = used; }

#endif
