/* jit: executable memory for code made at run time, shared by who makes some: guests' blocks now, C programs later. It is mapped twice,
 * once to be written and once to be executed, so no page is ever both (W^X); a fork does not inherit it. Where the host denies that,
 * there is none. Code goes to the end and goes away all at once. */
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
} Jit;

/* size: a multiple of 64 KiB. False: the host gives no such memory. */
bool jit_open(Jit *j, size_t size);
void jit_close(Jit *j);
/* Behind a fork, in the child: memory of its own, empty. False as jit_open; the old one is gone either way. */
bool jit_after_fork(Jit *j);
/* Room for n bytes (at most what is left: jit_room) at a multiple of 16; where they will be executed. */
static inline size_t jit_room(const Jit *j) { return j->size - j->used; }
uint64_t jit_take(Jit *j, size_t n);
/* Where to write what is executed at `at`. The host sees it at once: x64's caches are coherent (SDM vol. 3, 11.6). */
static inline uint8_t *jit_at(const Jit *j, uint64_t at) { return j->write + (at - j->code); }
static inline bool jit_holds(const Jit *j, uint64_t at) { return at - j->code < j->used && j->code; }
/* Everything from `used` on goes. */
static inline void jit_cut(Jit *j, size_t used) { j->used = used; }

#endif
