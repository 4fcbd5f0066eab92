/* signal: signals of the guest, as rv64 Linux delivers them: at block boundaries, so that a handler sees whole registers. In: traps of
 * instructions, signals the guest sends itself; out: a frame on the guest's stack and its handler, or the end with one line that says
 * where and why. */
#include "emu/linux.h"

/* struct rt_sigframe: siginfo, then ucontext (arch/riscv/include/uapi/asm/ucontext.h, sigcontext.h, ptrace.h). */
enum { INFO_SIZE = 128, UC = INFO_SIZE, UC_STACK = UC + 16, UC_SIGMASK = UC + 40, UC_REGS = UC + 176, UC_FPREGS = UC_REGS + 256,
       UC_FCSR = UC_FPREGS + 256, FRAME_SIZE = UC_FPREGS + 528 };
enum { SIG_DFL, SIG_IGN };
enum { SA_ONSTACK = 0x08000000, SA_NODEFER = 0x40000000 };
#define SA_RESETHAND 0x80000000u
enum { SI_USER = 0, SI_TKILL = -6, SI_KERNEL = 128 };
enum { SS_ONSTACK = 1, SS_DISABLE = 2, ACTION_SIZE = 24, STACK_SIZE = 24, MIN_STACK = 2048 };
#define NEVER_BLOCKED (EMU_SIGNAL_BIT(EMU_SIGKILL) | EMU_SIGNAL_BIT(EMU_SIGSTOP))

static const char *name_of(int signal)
{
    static const struct { int signal; const char *name; } names[] = {
        { 1, "hangup" }, { 2, "interrupt" }, { 3, "quit" }, { EMU_SIGILL, "illegal instruction" }, { EMU_SIGTRAP, "breakpoint" },
        { EMU_SIGABRT, "aborted" }, { EMU_SIGBUS, "bus error" }, { EMU_SIGFPE, "arithmetic exception" }, { EMU_SIGKILL, "killed" },
        { EMU_SIGSEGV, "segmentation fault" }, { EMU_SIGPIPE, "broken pipe" }, { 14, "alarm" }, { 15, "terminated" },
        { 31, "bad system call" },
    };
    for (unsigned i = 0; i < countof(names); i++)
        if (names[i].signal == signal)
            return names[i].name;
    return NULL;
}

void emu_fatal_signal(Emu *e, int signal, uint64_t address, const char *what)
{
    char where[256], number[32];
    uint64_t offset;
    const char *s = emu_symbol(e, e->pc, &offset);
    rt_snfmt(number, sizeof number, "signal %d", signal);
    what = what ? what : name_of(signal) ? name_of(signal) : number;
    where[0] = 0;
    if (s)
        rt_snfmt(where, sizeof where, " (%s+0x%llx)", s, (unsigned long long)offset);
    size_t n = rt_snfmt(e->message, sizeof e->message, "%.160s: %s at pc 0x%llx%s", e->opt.name ? e->opt.name : "guest", what,
                        (unsigned long long)e->pc, where);
    if ((signal == EMU_SIGSEGV || signal == EMU_SIGBUS) && n < sizeof e->message)
        rt_snfmt(e->message + n, sizeof e->message - n, ", address 0x%llx", (unsigned long long)address);
    e->stop = EMU_SIGNAL;
    e->signal = signal;
    e->status = 128 + signal;
    e->fault = address;
}

/* ---- into a handler, and back ---- */

static bool on_alternate(const EmuLinux *l, uint64_t sp)
{
    return sp > l->alt_sp && sp - l->alt_sp <= l->alt_size;
}

static void put_stack(const EmuLinux *l, uint64_t sp, uint8_t to[STACK_SIZE])
{
    put_u64(to, l->alt_sp);
    put_u64(to + 8, !l->alt_size ? SS_DISABLE : on_alternate(l, sp) ? SS_ONSTACK : 0);
    put_u64(to + 16, l->alt_size);
}

static bool enter(Emu *e, int signal, int code, uint64_t address)
{
    EmuLinux *l = e->os_state;
    EmuAction *a = &l->actions[signal];
    uint8_t f[FRAME_SIZE];
    uint64_t old = emu_reg(e, EMU_SP), sp = old, handler = a->handler;
    if (a->flags & SA_ONSTACK && l->alt_size && !on_alternate(l, sp))
        sp = l->alt_sp + l->alt_size;
    sp = (sp - FRAME_SIZE) & ~(uint64_t)15;
    memset(f, 0, sizeof f);
    put_u32(f, (uint32_t)signal);
    put_u32(f + 8, (uint32_t)code);
    if (code <= 0) {
        put_u32(f + 16, (uint32_t)emu_os3(e, GUEST_getpid, 0, 0, 0));
        put_u32(f + 20, (uint32_t)emu_os3(e, GUEST_getuid, 0, 0, 0));
    } else {
        put_u64(f + 16, address);
    }
    put_stack(l, old, f + UC_STACK);
    put_u64(f + UC_SIGMASK, l->blocked);
    put_u64(f + UC_REGS, e->pc);
    for (unsigned i = 1; i < 32; i++)
        put_u64(f + UC_REGS + 8 * i, emu_reg(e, i));
    for (unsigned i = 0; i < 32; i++)
        put_u64(f + UC_FPREGS + 8 * i, emu_reg(e, EMU_F0 + i));
    put_u32(f + UC_FCSR, (uint32_t)emu_fcsr(e));
    if (!emu_copy_in(e, sp, f, sizeof f, false))
        return false;
    l->blocked |= a->mask & ~NEVER_BLOCKED;
    if (!(a->flags & SA_NODEFER))
        l->blocked |= EMU_SIGNAL_BIT(signal);
    if (a->flags & SA_RESETHAND)
        a->handler = SIG_DFL;
    emu_set_reg(e, EMU_RESERVED, 0);
    emu_set_reg(e, EMU_RA, l->trampoline);
    emu_set_reg(e, EMU_SP, sp);
    emu_set_reg(e, EMU_A0, (uint64_t)signal);
    emu_set_reg(e, EMU_A1, sp);
    emu_set_reg(e, EMU_A2, sp + UC);
    e->pc = handler & ~(uint64_t)1;
    return true;
}

void emu_trap(Emu *e, int signal, int code, uint64_t address)
{
    EmuLinux *l = e->os_state;
    if (l->actions[signal].handler <= SIG_IGN || l->blocked & EMU_SIGNAL_BIT(signal) || !enter(e, signal, code, address))
        emu_fatal_signal(e, signal, address, NULL);
}

/* What the kernel does with a signal nobody asked for (signal(7)). */
static bool ignored(int signal)
{
    return signal == 17 || signal == 18 || signal == 23 || signal == 28;
}

static bool stops(int signal)
{
    return signal >= EMU_SIGSTOP && signal <= 22;
}

void emu_signals_deliver(Emu *e)
{
    EmuLinux *l = e->os_state;
    uint64_t ready = l->pending & ~l->blocked;
    if (!ready)
        return;
    int signal = (int)bits_ctz64(ready) + 1;
    uint64_t handler = l->actions[signal].handler;
    l->pending &= ~EMU_SIGNAL_BIT(signal);
    if (handler == SIG_IGN || (handler == SIG_DFL && ignored(signal)))
        return;
    if (handler == SIG_DFL && stops(signal))
        emu_os3(e, GUEST_kill, emu_os3(e, GUEST_getpid, 0, 0, 0), signal, 0);
    else if (handler == SIG_DFL)
        emu_fatal_signal(e, signal, 0, NULL);
    else if (!enter(e, signal, l->codes[signal], 0))
        emu_fatal_signal(e, EMU_SIGSEGV, emu_reg(e, EMU_SP), NULL);
}

void emu_signal_send(Emu *e, int signal, int code)
{
    EmuLinux *l = e->os_state;
    if (!(l->pending & EMU_SIGNAL_BIT(signal)))
        l->codes[signal] = code;
    l->pending |= EMU_SIGNAL_BIT(signal);
}

/* ---- the calls ---- */

static long sys_rt_sigreturn(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    uint8_t f[FRAME_SIZE];
    (void)a;
    if (!emu_copy_out(e, f, emu_reg(e, EMU_SP), sizeof f)) {
        emu_fatal_signal(e, EMU_SIGSEGV, emu_reg(e, EMU_SP), NULL);
        return 0;
    }
    l->blocked = get_u64(f + UC_SIGMASK) & ~NEVER_BLOCKED;
    e->pc = get_u64(f + UC_REGS) & ~(uint64_t)1;
    for (unsigned i = 1; i < 32; i++)
        emu_set_reg(e, i, get_u64(f + UC_REGS + 8 * i));
    for (unsigned i = 0; i < 32; i++)
        emu_set_reg(e, EMU_F0 + i, get_u64(f + UC_FPREGS + 8 * i));
    emu_set_fcsr(e, get_u32(f + UC_FCSR));
    return (long)emu_reg(e, EMU_A0);   /* as it was */
}

static long sys_rt_sigaction(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    uint8_t b[ACTION_SIZE];
    if (a[3] != 8 || a[0] < 1 || a[0] > EMU_SIGNALS || (a[1] && (a[0] == EMU_SIGKILL || a[0] == EMU_SIGSTOP)))
        return -EMU_EINVAL;
    EmuAction *at = &l->actions[a[0]], old = *at;
    if (a[1]) {
        if (!emu_copy_out(e, b, a[1], sizeof b))
            return -EMU_EFAULT;
        at->handler = get_u64(b);
        at->flags = get_u64(b + 8);
        at->mask = get_u64(b + 16);
        if (at->handler == SIG_IGN)
            l->pending &= ~EMU_SIGNAL_BIT(a[0]);
    }
    put_u64(b, old.handler);
    put_u64(b + 8, old.flags);
    put_u64(b + 16, old.mask);
    return a[2] && !emu_copy_in(e, a[2], b, sizeof b, false) ? -EMU_EFAULT : 0;
}

static long sys_rt_sigprocmask(Emu *e, const uint64_t a[6])
{
    enum { BLOCK, UNBLOCK, SETMASK };
    EmuLinux *l = e->os_state;
    uint8_t b[8];
    uint64_t old = l->blocked, set;
    if (a[3] != 8)
        return -EMU_EINVAL;
    if (a[1]) {
        if (!emu_copy_out(e, b, a[1], 8))
            return -EMU_EFAULT;
        set = get_u64(b) & ~NEVER_BLOCKED;
        if (a[0] > SETMASK)
            return -EMU_EINVAL;
        l->blocked = a[0] == BLOCK ? old | set : a[0] == UNBLOCK ? old & ~set : set;
    }
    put_u64(b, old);
    return a[2] && !emu_copy_in(e, a[2], b, 8, false) ? -EMU_EFAULT : 0;
}

static long sys_rt_sigpending(Emu *e, const uint64_t a[6])
{
    uint8_t b[8];
    put_u64(b, e->os_state->pending & e->os_state->blocked);
    return a[1] != 8 ? -EMU_EINVAL : !emu_copy_in(e, a[0], b, 8, false) ? -EMU_EFAULT : 0;
}

static long sys_sigaltstack(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    uint8_t new[STACK_SIZE], old[STACK_SIZE];
    put_stack(l, emu_reg(e, EMU_SP), old);
    if (a[0]) {
        if (!emu_copy_out(e, new, a[0], sizeof new))
            return -EMU_EFAULT;
        uint32_t flags = get_u32(new + 8);
        if (on_alternate(l, emu_reg(e, EMU_SP)))
            return -EMU_EPERM;
        if (flags & ~(uint32_t)(SS_DISABLE | SS_ONSTACK))
            return -EMU_EINVAL;
        if (!(flags & SS_DISABLE) && get_u64(new + 16) < MIN_STACK)
            return -EMU_ENOMEM;
        l->alt_sp = flags & SS_DISABLE ? 0 : get_u64(new);
        l->alt_size = flags & SS_DISABLE ? 0 : get_u64(new + 16);
    }
    return a[1] && !emu_copy_in(e, a[1], old, sizeof old, false) ? -EMU_EFAULT : 0;
}

/* To the guest itself: its own signals. To others: the host's matter. */
static long send(Emu *e, int64_t to, uint64_t signal, int code)
{
    if (signal > EMU_SIGNALS)
        return -EMU_EINVAL;
    if (to != emu_os3(e, GUEST_getpid, 0, 0, 0))
        return code == SI_USER ? emu_os3(e, GUEST_kill, to, signal, 0) : -EMU_ESRCH;
    if (signal)
        emu_signal_send(e, (int)signal, code);
    return 0;
}

static long sys_kill(Emu *e, const uint64_t a[6])
{
    return send(e, (int32_t)a[0], a[1], SI_USER);
}

static long sys_tkill(Emu *e, const uint64_t a[6])
{
    return send(e, (int32_t)a[0], a[1], SI_TKILL);
}

static long sys_tgkill(Emu *e, const uint64_t a[6])
{
    return (int32_t)a[0] != (int32_t)a[1] ? -EMU_ESRCH : send(e, (int32_t)a[1], a[2], SI_TKILL);
}

const EmuRow emu_signal_rows[] = {
    EMU_ROW(rt_sigaction, "iaai", sys_rt_sigaction, 0),
    EMU_ROW(rt_sigprocmask, "iaai", sys_rt_sigprocmask, 0),
    EMU_ROW(rt_sigreturn, "", sys_rt_sigreturn, 0),
    EMU_ROW(rt_sigpending, "ai", sys_rt_sigpending, 0),
    EMU_ROW(sigaltstack, "aa", sys_sigaltstack, 0),
    EMU_ROW(kill, "ii", sys_kill, 0),
    EMU_ROW(tkill, "ii", sys_tkill, 0),
    EMU_ROW(tgkill, "iii", sys_tgkill, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
