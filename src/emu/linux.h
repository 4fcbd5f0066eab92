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
enum { EMU_EPERM = 1, EMU_ENOENT = 2, EMU_ESRCH = 3, EMU_EINTR = 4, EMU_EAGAIN = 11, EMU_ENOMEM = 12, EMU_EFAULT = 14, EMU_EEXIST = 17,
       EMU_ENODEV = 19, EMU_EINVAL = 22, EMU_ENOTTY = 25, EMU_EPIPE = 32, EMU_ENOSYS = 38, EMU_ETIMEDOUT = 110 };

typedef struct EmuAction {     /* the kernel's struct sigaction of riscv64: no restorer */
    uint64_t handler, flags, mask;
} EmuAction;

typedef struct EmuLinux {
    EmuAction actions[EMU_SIGNALS + 1];
    int32_t codes[EMU_SIGNALS + 1];    /* si_code of what is pending */
    uint64_t blocked, pending;         /* bit signal - 1 */
    uint64_t alt_sp, alt_size;         /* the alternate stack; size 0: none */
    uint64_t trampoline;               /* where handlers return to: rt_sigreturn */
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
extern const EmuRow emu_file_rows[], emu_memory_rows[], emu_process_rows[]; /* each ends with a NULL name */
long emu_pass(Emu *e, const EmuRow *r, const uint64_t a[6]);

/* ---- linux_trace.c ---- */
void emu_trace_call(Emu *e, const EmuRow *r, uint64_t call, const uint64_t a[6]);
void emu_trace_result(Emu *e, uint64_t result, bool none);

/* ---- signal.c ---- */
void emu_signal_send(Emu *e, int signal, int code);    /* becomes pending */
extern const EmuRow emu_signal_rows[];

#endif
