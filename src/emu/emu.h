/* emu: guest programs of another machine, run in this process. guest.c: a guest's life; block.c: its code as units, found by address;
 * mem.c: its memory; load.c: ELF into it, first stack; trace.c: its code as lines; linux*.c: the system calls
 * of rv64 Linux; csr.c: the CSR instructions.
 *
 * Nothing is process-wide: two guests can live at once. The OS is reached through EmuHost alone. */
#ifndef EMU_H
#define EMU_H

#include "arch/arch.h"
#include "ir/interp.h"
#include "jit/jit.h"

typedef struct Emu Emu;

/* ---- mem.c: guest memory, page by page in software: every access is looked up, so a guest reaches what it mapped and nothing else ---- */

enum { EMU_PAGE = 4096, EMU_ADDRESS_BITS = 38 };       /* Sv39's user half */
enum { EMU_READ = 1, EMU_WRITE = 2, EMU_EXEC = 4,      /* as PROT_* */
       EMU_MAPPED = 8,
       EMU_SHARED = 16,        /* its bytes are a shared mapping of the host's: EmuPage.host is never NULL */
       EMU_FILE = 32,          /* of a file, which may end before it */
       EMU_NO_WRITE = 64 };    /* and may not be written: no mprotect makes it so */

enum { EMU_HOT = 24 };

typedef struct EmuPage {
    uint8_t *host;             /* its bytes; NULL: not touched yet, they are zeros */
    struct EmuBlock *blocks;   /* made of it: a store drops those it hits first */
    struct EmuBlock *compared; /* made of it since it is hot: they compare their bytes, and stores pass */
    uint8_t prot;              /* EMU_READ ... EMU_NO_WRITE */
    uint8_t host_prot;         /* fast: what the host's page has */
    uint8_t hits;              /* stores that dropped blocks, so far; from EMU_HOT on it is hot */
} EmuPage;

typedef struct EmuMem {
    Host *host;
    bool fast;                 /* pages stand at the host's address of the same number */
    EmuPage **dirs;            /* by address >> 25: 8192 tables of 8192 pages */
    uint8_t *spare;            /* pages not handed out yet, and those given back */
    uint8_t *spare_end;
    VEC(uint8_t *) freed;
    VEC(uint8_t *) steps;      /* what came from the host, EMU_STEP each */
    Arena arena;
    uint64_t brk, brk_start;
    uint64_t mmap_top, mmap_next; /* gaps are looked for from mmap_next down; it rises again when something below mmap_top goes */
    IrMemory ir;               /* what the interpreter asks; ctx is the Emu */
    uint64_t mapped;           /* bytes */
    bool shares;               /* some page is, or was, EMU_SHARED */
    uint64_t limit;            /* of them; 0: none */
} EmuMem;

void emu_mem_init(EmuMem *m, Emu *e, Host *host);
void emu_mem_free(EmuMem *m);
/* Pages [address, address + size), both multiples of EMU_PAGE, become zeros with prot; what was there goes. False: beyond the address
 * space or the limit. */
bool emu_mem_map(EmuMem *m, uint64_t address, uint64_t size, unsigned prot);
/* The same pages become a shared mapping: of the file fd from offset on, or, fd < 0, of memory that forked processes share. 0 or -errno,
 * and then what was there stays, but for want of memory. */
long emu_mem_share(EmuMem *m, uint64_t address, uint64_t size, unsigned prot, int fd, uint64_t offset);
void emu_mem_unmap(EmuMem *m, uint64_t address, uint64_t size);
/* False when a page is not mapped. */
bool emu_mem_protect(EmuMem *m, uint64_t address, uint64_t size, unsigned prot);
bool emu_mem_is_free(const EmuMem *m, uint64_t address, uint64_t size);
/* A gap of size bytes for mmap without an address; 0 when there is none. */
uint64_t emu_mem_gap(EmuMem *m, uint64_t size);
/* fast: the host's page gets the rights that the guest's has now; none to write where blocks were made of it. */
void emu_mem_settle(EmuMem *m, EmuPage *p, uint64_t address);
EmuPage *emu_mem_page(EmuMem *m, uint64_t address);    /* NULL when not mapped */
/* The bytes at address, n of them in one piece up to the page's end, with all of prot; NULL and *n 0 otherwise. */
uint8_t *emu_mem_at(EmuMem *m, uint64_t address, unsigned prot, size_t *n);
/* Moves whole pages to a place that is free, with their rights (mremap). False: a page is not mapped, or out of memory. */
bool emu_mem_move(EmuMem *m, uint64_t from, uint64_t to, uint64_t size);
/* A shared mapping of old bytes becomes one of new, more than old, at `to`, which is free beyond what it has. False: nothing changed. */
bool emu_mem_grow_share(EmuMem *m, uint64_t from, uint64_t to, uint64_t old, uint64_t new);
/* Files may be shorter than they were: nothing is known of shared pages. */
void emu_mem_forget_shares(EmuMem *m);
/* Copies between guest and host, over page edges. False (perhaps after a part) when some byte has not the rights. force: rights are not
 * asked (loading). A copy in drops the blocks made of what it overwrites. */
bool emu_copy_in(Emu *e, uint64_t to, const void *from, size_t n, bool force);
bool emu_copy_out(Emu *e, void *to, uint64_t from, size_t n);
bool emu_copy_string(Emu *e, uint64_t from, char *to, size_t cap); /* with its NUL; false when it does not fit or is not readable */

/* ---- block.c: code by address ---- */

enum { EMU_HASH_BITS = 14 };

typedef struct EmuLink {       /* an exit that is chained to a block */
    struct EmuBlock *from;
    uint32_t exit;
    struct EmuLink *next;
} EmuLink;

typedef struct EmuFault { uint32_t at; uint8_t state, kind; int64_t where; } EmuFault; /* as GenStateLoc; at: from the code */

typedef struct EmuBlock {
    uint64_t pc, size;         /* bytes of code it stands for, at least 4: those of an instruction that is none, too */
    uint32_t bytes;            /* of its instructions, as lifted last */
    uint32_t nins, cost, nexits; /* cost: as LiftJob.cost */
    LiftExit *exits;
    IrCode *code;
    EmuLink *incoming;
    struct EmuBlock *next;     /* of the same hash */
    struct EmuBlock *page_next[2]; /* of its first page and of its last, when they are two */
    uint32_t runs;             /* by the interpreter, under EMU_AUTO */
    uint64_t host;             /* its code for the host; 0: none */
    uint32_t first_exit;       /* of e->jit_exits */
    EmuFault *faults;
    uint32_t nfaults;
    bool compares;             /* LIFT_COMPARES: it is in EmuPage.compared */
    bool dropped;              /* its memory stays until all code goes (emu_blocks_flush) */
} EmuBlock;

EmuBlock *emu_block(Emu *e, uint64_t pc);              /* found or made; NULL when there is no code to execute at pc */
EmuBlock *emu_block_find(const Emu *e, uint64_t pc);   /* NULL when there is none */
/* The instruction at pc alone, known to nobody. */
EmuBlock *emu_block_step(Emu *e, uint64_t pc);
/* Lifts n bytes at b->pc, with registers and LIFT_* as given, into e->scratch; b learns size, instructions and exits. */
void emu_block_lift(Emu *e, EmuBlock *b, LiftJob *j, const uint8_t *bytes, size_t n, uint32_t max_ins, const uint8_t *reg, uint32_t how);
typedef struct EmuStep { uint64_t pc; uint32_t bytes; EmuBlock *block; } EmuStep;
/* Chains exit `exit` of from, which is one of LIFT_GOTO, to `to`. */
void emu_block_chain(Emu *e, EmuBlock *from, uint32_t exit, EmuBlock *to);
void emu_block_stale(Emu *e, EmuBlock *b);             /* b was left by LIFT_STALE */
void emu_blocks_drop(Emu *e, uint64_t address, uint64_t size); /* all made of bytes there */
void emu_blocks_sync(Emu *e);  /* fence.i: all made of shared pages, which may have been written elsewhere */
bool emu_blocks_hit(const EmuPage *page, uint64_t address, uint64_t size); /* is one made of them? */
/* Drops everything when there is much of it; or at once. Between runs only. */
void emu_blocks_flush(Emu *e);
void emu_blocks_forget(Emu *e);
void emu_block_warm(Emu *e, EmuBlock *b);              /* EMU_AUTO: it is about to be interpreted; often enough, it is compiled */

/* ---- guest.c ---- */

typedef enum EmuStop {
    EMU_RUNNING,               /* the limit of emu_run was reached */
    EMU_EXITED,                /* exit_group: status */
    EMU_SIGNAL,                /* a fatal signal: signal, pc, address */
    EMU_FAILED                 /* not started, or out of memory: message */
} EmuStop;

/* What the guest's kernel is made of. */
typedef struct EmuHost {
    void *ctx;
    Host *host;                /* memory, files, fatal */
    /* The host's Linux: `call` is the number of arch/rv64/sys.def (the generic table, in which rv64's and the hosts' calls of the same
     * name agree), arguments with host pointers; -errno. */
    long (*syscall)(void *ctx, long call, const long args[6]);
    /* execve of a guest: -errno, or it does not return. NULL: the guest's execve is ENOSYS. */
    long (*exec)(void *ctx, const char *path, char *const *argv, char *const *envp);
    /* A process in the same memory, on the stack that ends at `stack`; the caller waits until it has executed a program or ended: clone
     * with these flags. The child runs child(arg), which does not return. NULL: vfork is fork. */
    long (*vfork)(void *ctx, long flags, void *stack, void (*child)(void *arg), void *arg);
    /* The end of such a child: what emu_run's caller does behind it, and the end of the process. */
    void (*end)(void *ctx, Emu *e, EmuStop stop);
} EmuHost;

typedef enum EmuEngine { EMU_INTERP, EMU_AUTO, EMU_JIT } EmuEngine;

/* The code as lines through EmuOptions.trace (trace.c). */
enum { EMU_LINES_BLOCK = 1,    /* a block was made */
       EMU_LINES_PC = 2,       /* one is entered; the rest of one, behind an instruction done alone, is not told */
       EMU_LINES_INSN = 4 };   /* an instruction is about to be executed; blocks are of one instruction then */

typedef struct EmuOptions {
    EmuEngine engine;
    bool fast;                 /* guest memory at the host's own addresses, where they are free; only where the caller has nothing to
                                * lose: a guest that computes the address of something else in this process reaches it */
    unsigned file;             /* a descriptor of the file that has the guest's bytes, + 1, open during emu_new; 0: none */
    const char *name;          /* argv[0], unless argv has one; messages */
    const char *const *argv;   /* NULL-terminated */
    const char *const *envp;
    const char *sysroot;       /* -L: absolute paths of the interpreter, and of what the guest opens, are tried below it first; "" */
    const char *exe;           /* what /proc/self/exe is */
    bool signals;              /* the process is the guest's alone: its signal mask and dispositions follow the guest's */
    bool stats;                /* measure the time that translation takes (emu_translation) */
    bool strace;               /* each system call is told through `trace` */
    uint8_t lines;             /* EMU_LINES_*: what else is */
    uint64_t memory_limit;     /* bytes, 0: none */
    uint64_t code_limit;       /* bytes of executable memory, 8 KiB to 64 MiB, which is 0 as well */
    /* Asked before the emulator does a system call itself: true when *result is its answer. May be NULL. */
    bool (*hook)(void *ctx, Emu *e, long call, const uint64_t args[6], uint64_t *result);
    void (*trace)(void *ctx, const char *s, size_t n);
    void *ctx;
} EmuOptions;

/* A guest from the bytes of an ELF file (they stay until emu_free: its symbols are read when one is asked for).
 * Never NULL; when it could not be loaded, emu_run says EMU_FAILED. */
Emu *emu_new(const EmuHost *host, const EmuOptions *o, const void *elf, size_t n);
/* Runs about max_instructions, by whole blocks (0: no limit). */
EmuStop emu_run(Emu *e, uint64_t max_instructions);
void emu_free(Emu *e);
uint64_t emu_reg(const Emu *e, unsigned state);        /* a state of the guest; TargetLift.pc_state is the pc */
void emu_set_reg(Emu *e, unsigned state, uint64_t v);
int emu_status(const Emu *e);
const char *emu_message(const Emu *e);                 /* of EMU_FAILED, and of EMU_SIGNAL: one line */
/* As emu_run, for so many blocks at most: a guest that never ends is done after them. */
EmuStop emu_step(Emu *e, uint64_t max_blocks);
/* What was made of the code at pc: false when nothing was yet. host: the address of its code; 0: bytecode. */
typedef struct EmuTranslation { uint64_t pc, size; uint32_t instructions; uint64_t host; } EmuTranslation;
bool emu_translated(const Emu *e, uint64_t pc, EmuTranslation *t);
int emu_signal(const Emu *e);                          /* of EMU_SIGNAL: which; */
uint64_t emu_fault(const Emu *e);                      /* and the address it was about */
uint64_t emu_translation(const Emu *e, uint64_t *ns);  /* guest instructions translated so far; nanoseconds, where asked for */
uint64_t emu_instructions(const Emu *e);               /* executed so far, by whole blocks */

typedef struct EmuExit { EmuBlock *block; uint32_t exit; JitExit jump; } EmuExit;

struct Emu {
    EmuHost os;
    EmuOptions opt;
    Host *host;
    Arena perm, code, scratch; /* the guest's; blocks and bytecode; one block's lifting, one system call's buffers */
    const Target *guest;
    const void *lift_context;  /* TargetLift.context */
    const struct Rv64Dec *decoder; /* csr.c's, when it was needed */
    uint32_t features;         /* of guest: the instructions there are */
    IrUnit unit;
    EmuMem mem;
    IrMachine machine;         /* its frame's states are the guest's registers */
    uint64_t pc;               /* between blocks */
    uint64_t end;              /* of machine.units: where emu_run stops */
    EmuBlock **by_pc;          /* hash, 2^EMU_HASH_BITS heads */
    uint64_t nblocks, translated; /* alive; instructions lifted so far */
    uint64_t translation_ns;
    uint64_t drops;            /* blocks dropped so far */
    uint64_t code_bytes;       /* of blocks, dropped ones too, since all were dropped */
    Jit jit;                   /* closed: the interpreter alone */
    VEC(EmuExit) jit_exits;    /* by number */
    VEC(EmuBlock *) compiled;  /* ascending by address */
    JitEntry entry;            /* addresses */
    size_t jit_start;          /* bytes of jit that stay */
    uint8_t *frame;            /* of units (gen.h), with room below it for a signal handler of the host */
    uint8_t reg[LIFT_MAX_STATES];
    uint64_t pins;             /* host registers in reg */
    uint32_t how;              /* LIFT_* that blocks are made with */
    EmuStep steps[64];         /* emu_block_step's, by pc; block NULL: none */
    bool forget;               /* all blocks go before the next runs */
    bool step;                 /* the instruction at pc is done alone */
    uint64_t handler;          /* of the host's SIGSEGV; 0: not installed */
    uint8_t *alt_stack;        /* where it runs */
    uint64_t old_stack[3];
    uint64_t old_action[2][4]; /* what SIGSEGV and SIGBUS had */
    struct EmuTrace *trace;    /* trace.c; NULL: no lines */
    uint64_t rest;             /* where a block goes on behind an instruction done alone; 0: nowhere */
    bool stale;                /* the last block was left by LIFT_STALE */
    bool stepping;             /* a store may hit code: it drops the blocks itself */
    bool hit_code;             /* the fault was a store to code */
    bool no_gap;               /* the fault was the limit of memory, or the end of a mapped file */
    bool bus;                  /* the host's fault was a SIGBUS */
    uint8_t frm;               /* as written: 5 to 7 are no rounding mode */
    uint64_t attend;           /* of machine.units: from there on emu_attend is asked before a block is entered */
    EmuStop stop;
    int status, signal;
    uint64_t fault;            /* address */
    char message[512];
    struct EmuLinux *os_state; /* linux.c: files, signals, clocks */
    uint64_t load_bias;        /* of the symbols below */
    const uint8_t *symbols;    /* .symtab, for messages */
    size_t nsymbols;
    const char *strings;       /* ends with a NUL */
    size_t nstrings;
};

/* ---- jit.c: blocks as code of the host ---- */
const Target *emu_this_machine(Emu *e); /* what this runs on, as the host's kernel names it; NULL: none there is */
bool emu_jit_start(Emu *e);                            /* false: there is none, e->message says why */
void emu_jit_stop(Emu *e);
/* Makes b->host of the bytes at b->pc. False: no room. */
bool emu_jit_compile(Emu *e, EmuBlock *b, const uint8_t *bytes, size_t n, uint32_t max_ins);
/* Runs b->host and what is chained to it. Result as ir_run, with m->id and *from of IR_LEFT_EXIT, m->address, and the states and pc of a
 * fault. */
IrLeave emu_jit_run(Emu *e, EmuBlock *b, EmuBlock **from);
void emu_jit_chain(Emu *e, EmuBlock *from, uint32_t exit, EmuBlock *to); /* NULL: undoes it */
void emu_jit_jump(Emu *e, uint64_t pc, const EmuBlock *to);              /* where exit_indirect finds pc; NULL: nowhere */
bool emu_jit_after_fork(Emu *e);                       /* in the child: memory of its own; false: there is none */
void emu_jit_flush(Emu *e);                            /* all code goes */
bool emu_jit_signals(Emu *e, bool on);                 /* installs or removes the host's handler for faults of guests */

/* ---- trace.c ---- */
bool emu_trace_init(Emu *e);
void emu_trace_block(Emu *e, const EmuBlock *b);       /* it was made */
void emu_trace_enter(Emu *e, const EmuBlock *b);       /* it is run next */
void emu_trace_flush(Emu *e);                          /* what was kept is told */

/* csr.c: does the CSR instruction at e->pc and steps over it. False: it is none, or not for a user. */
bool emu_special(Emu *e);
void emu_set_frm(Emu *e, unsigned v);                  /* blocks go where they are made for another mode */
uint64_t emu_fcsr(const Emu *e);
void emu_set_fcsr(Emu *e, uint64_t v);
/* linux.c: does what a7 and a0.. ask, puts the result into a0. */
void emu_syscall(Emu *e);
void emu_linux_init(Emu *e);
/* linux_futex.c: the guest ends: what its threads held in memory that others share is marked. */
void emu_robust_end(Emu *e);
/* thread.c: between blocks: signals, other threads, calls that waited. True when the guest goes on somewhere else than it was. */
bool emu_attend(Emu *e);
/* block.c: in a process made by fork, before anything runs. */
void emu_after_fork(Emu *e);
/* load.c: maps the file, builds the first stack, sets pc and sp. False: e->message says why. */
bool emu_load(Emu *e, const void *elf, size_t n);
/* Tells e->stop and e->message of a signal that has no handler. */
void emu_fatal_signal(Emu *e, int signal, uint64_t address, const char *what);

/* load.c: the function that pc lies in and how far; NULL when no symbol tells. */
const char *emu_symbol(const Emu *e, uint64_t pc, uint64_t *offset);

/* linux_host.c: the number at the host this is compiled for of a call of the generic table; -1 when the emulator never asks for it. For
 * who writes EmuHost.syscall. */
long emu_host_call(long call);

/* ---- signal.c ---- */

enum { EMU_SIGILL = 4, EMU_SIGTRAP = 5, EMU_SIGABRT = 6, EMU_SIGBUS = 7, EMU_SIGFPE = 8, EMU_SIGKILL = 9, EMU_SIGSEGV = 11,
       EMU_SIGPIPE = 13, EMU_SIGSTOP = 19, EMU_SIGNALS = 64 };
/* A trap of the instruction at e->pc: to the guest's handler, or the end. code: si_code. */
void emu_trap(Emu *e, int signal, int code, uint64_t address);
/* What was sent and is not blocked: handlers are entered, or the guest ends. Between blocks. */
void emu_signals_deliver(Emu *e);

#endif
