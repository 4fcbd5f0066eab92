/* linux: what linux*.c and signal.c share: the state a guest's kernel keeps, and the ways to the host. */
#ifndef EMU_LINUX_H
#define EMU_LINUX_H

#include "emu/emu.h"

#define SYS(name, number) GUEST_##name = number,
enum EmuCall {
#include "arch/rv64/sys.def"
    GUEST_END_OF_TABLE = -1
};
#undef SYS

enum { EMU_RA = 1, EMU_SP = 2, EMU_A0 = 10, EMU_A1, EMU_A2, EMU_A7 = 17, EMU_F0 = 32, EMU_RESERVED = 67 };
    /* states: x0..x31, f0..f31; whether the last lr still reserves */
enum { EMU_EPERM = 1, EMU_ENOENT = 2, EMU_ESRCH = 3, EMU_EINTR = 4, EMU_E2BIG = 7, EMU_ENOEXEC = 8, EMU_EAGAIN = 11, EMU_ENOMEM = 12,
       EMU_EACCES = 13, EMU_EFAULT = 14, EMU_EEXIST = 17, EMU_ENODEV = 19, EMU_EINVAL = 22, EMU_ENOTTY = 25, EMU_EPIPE = 32,
       EMU_ENAMETOOLONG = 36, EMU_ENOSYS = 38, EMU_ETIMEDOUT = 110 };
/* What a call answers that waits: its thread sleeps, and the call is done again when what it waits for may be there. */
enum { EMU_BLOCKED = -5000 };

typedef struct EmuAction {     /* the kernel's struct sigaction of riscv64: no restorer */
    uint64_t handler, flags, mask;
} EmuAction;

enum { EMU_INFO_SIZE = 128 };
typedef struct EmuInfo { uint64_t word[EMU_INFO_SIZE / 8]; } EmuInfo; /* siginfo, the same on all 64-bit Linux */

typedef struct EmuPoll {       /* struct pollfd */
    int32_t fd;
    int16_t events, revents;
} EmuPoll;

/* What a thread sleeps for. `asleep` alone: a signal, for ever. */
typedef struct EmuWait {
    bool asleep;
    bool again;                /* the call is being done once more: what it keeps here is that of before */
    bool restart;              /* a handler with SA_RESTART lets it start over; else it ends with EINTR */
    bool child;                /* for a child */
    bool often;                /* for what no descriptor tells: looked at every few milliseconds */
    bool ready;                /* seen: may be there now */
    bool futex;                /* queued at `address`; woken by another thread or never */
    uint64_t address;
    uint32_t bits;
    uint64_t order;            /* who queued first is woken first */
    int64_t deadline;          /* CLOCK_MONOTONIC, nanoseconds; INT64_MAX: none */
    uint64_t remain;           /* where nanosleep tells what was left; 0: nowhere */
    uint64_t signals;          /* rt_sigtimedwait's */
    uint64_t done;             /* bytes written so far */
    const struct EmuRow *row;
    uint64_t a[6];
    VEC(EmuPoll) fds;
} EmuWait;

/* What each thread has of its own. The current thread's registers, pc, frm and env are the Emu's; those here are stale. */
typedef struct EmuThread {
    uint64_t *states, pc;
    SfEnv env;
    uint8_t frm;
    int32_t tid;
    uint64_t blocked, pending;         /* bit signal - 1; pending: sent to this thread */
    uint64_t saved;                    /* blocked, before the call that changed it while it waits */
    bool has_saved;
    uint64_t alt_sp, alt_size;         /* the alternate stack; size 0: none */
    uint64_t clear_tid, robust;
    EmuWait wait;
    EmuInfo infos[EMU_SIGNALS + 1];    /* of what is pending */
} EmuThread;

typedef struct EmuLinux {
    EmuAction actions[EMU_SIGNALS + 1];
    EmuInfo infos[EMU_SIGNALS + 1];    /* of what is pending */
    uint64_t pending;                  /* sent to the process */
    uint64_t trampoline;               /* where handlers return to: rt_sigreturn */
    EmuThread *thread;                 /* the current one */
    VEC(EmuThread *) threads, freed;   /* alive, in the order they began; their memory for others */
    uint64_t slice_end, order;         /* instructions; of queues */
    int32_t last_tid;
    bool yields, forked;
    const Target *machine;             /* this one, when it was asked for */
    int64_t looked;                    /* when what waits `often` was looked at */
    /* signal.c, with EmuOptions.signals */
    uint64_t host_blocked, host_wanted; /* as they are at the host; those of them that some thread would take */
} EmuLinux;

#define EMU_SIGNAL_BIT(n) ((uint64_t)1 << ((n) - 1))

/* ---- linux.c ---- */
long emu_os(Emu *e, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t f, uint64_t g);
#define emu_os3(e, call, a, b, c) emu_os((e), (call), (uint64_t)(a), (uint64_t)(b), (uint64_t)(c), 0, 0, 0)
#define EMU_HOST(p) ((uint64_t)(uintptr_t)(p)) /* a host pointer as an argument */

typedef struct EmuRow {        /* a system call of the guest */
    uint16_t number;
    const char *name;
    /* A letter an argument. i: a number; x: one, told in hexadecimal; p: a path; R, W: a buffer that is filled or read, its length in the
     * next argument; o, b, u: a struct of size[] bytes that is filled, read, both; a: a guest address that fn looks at itself. */
    const char *args;
    long (*fn)(Emu *e, const uint64_t a[6]); /* NULL: the host does it, with the arguments moved by their letters */
    uint16_t size[6];
} EmuRow;
#define EMU_ROW(name, args, fn, ...) { GUEST_##name, #name, args, fn, { __VA_ARGS__ } }
extern const EmuRow emu_file_rows[], emu_path_rows[], emu_socket_rows[], emu_event_rows[]; /* each ends with a NULL name */
extern const EmuRow emu_memory_rows[], emu_process_rows[];
long emu_pass(Emu *e, const EmuRow *r, const uint64_t a[6]);

/* ---- linux_path.c ---- */
/* Which file an absolute name means: one below the sysroot, when it is there (in e->scratch), or itself. follow: a link is what it
 * leads to. */
const char *emu_below_sysroot(Emu *e, const char *path, bool follow);

/* ---- linux_trace.c ---- */
void emu_trace_call(Emu *e, const EmuRow *r, uint64_t call, const uint64_t a[6]);
void emu_trace_result(Emu *e, uint64_t result, bool none);

/* ---- thread.c ---- */
EmuThread *emu_thread_new(Emu *e);
void emu_thread_exit(Emu *e);  /* the current one ends; it is not the last */
void emu_threads_forked(Emu *e); /* in a child: the current one alone lives on */
/* Is a call that waits to be tested first, because others could run, or a handler could be entered? */
bool emu_careful(const Emu *e);
int64_t emu_now(Emu *e);       /* CLOCK_MONOTONIC */
/* The deadline of a timeout at `time` (struct timespec on our side), by `clock` when absolute. */
int64_t emu_deadline(Emu *e, const int64_t time[2], uint64_t clock, bool absolute);
/* The current thread's call waits: gives EMU_BLOCKED. */
long emu_block_until(Emu *e, int64_t deadline, bool restart);
void emu_wait_for(Emu *e, int fd, int events); /* and is looked at when this descriptor is ready */
/* In front of a call on fd that would wait for `events`: 0 when it would not, or there is no need to know; else EMU_BLOCKED. */
long emu_wait_fd(Emu *e, uint64_t fd, int events);
/* The call may wait until `time` from its start (NULL: for ever): true, and it does; false when that is over. */
bool emu_time_is_left(Emu *e, const int64_t *time);
/* ppoll's mask at address, 0: none: holds while the call waits. False: not readable. */
bool emu_copy_mask(Emu *e, uint64_t address, uint64_t *mask);
void emu_thread_wake(Emu *e, EmuThread *t, long result); /* its call ends */
void emu_trace_thread(Emu *e);

/* ---- linux_futex.c ---- */
void emu_futex_wake(Emu *e, uint64_t address, uint32_t n);
void emu_robust_exit(Emu *e, EmuThread *t);
extern const EmuRow emu_futex_rows[];

/* ---- linux_clone.c ---- */
extern const EmuRow emu_clone_rows[];

/* ---- signal.c ---- */
void emu_signal_send(Emu *e, EmuThread *t, int signal, int code); /* becomes pending; t NULL: of the process */
bool emu_signal_waiting(Emu *e, const EmuThread *t); /* has t a handler to enter, or to die? */
void emu_signals_init(Emu *e);
void emu_signals_sync(Emu *e); /* after a change of handlers or masks: the host's mask follows */
void emu_signals_poll(Emu *e); /* takes what the host has for us */
void emu_signals_restore(Emu *e, bool exec); /* around execve: as the next program wants them; back */
extern const EmuRow emu_signal_rows[];

#endif
