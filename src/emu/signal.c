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

static bool on_alternate(const EmuThread *l, uint64_t sp)
{
    return sp > l->alt_sp && sp - l->alt_sp <= l->alt_size;
}

static void put_stack(const EmuThread *l, uint64_t sp, uint8_t to[STACK_SIZE])
{
    put_u64(to, l->alt_sp);
    put_u64(to + 8, !l->alt_size ? SS_DISABLE : on_alternate(l, sp) ? SS_ONSTACK : 0);
    put_u64(to + 16, l->alt_size);
}

static bool enter(Emu *e, int signal, const EmuInfo *info)
{
    EmuLinux *l = e->os_state;
    EmuThread *t = l->thread;
    EmuAction *a = &l->actions[signal];
    uint8_t f[FRAME_SIZE];
    uint64_t old = emu_reg(e, EMU_SP), sp = old, handler = a->handler;
    if (a->flags & SA_ONSTACK && t->alt_size && !on_alternate(t, sp))
        sp = t->alt_sp + t->alt_size;
    sp = (sp - FRAME_SIZE) & ~(uint64_t)15;
    memset(f, 0, sizeof f);
    memcpy(f, info, sizeof *info);
    put_stack(t, old, f + UC_STACK);
    put_u64(f + UC_SIGMASK, t->has_saved ? t->saved : t->blocked);
    put_u64(f + UC_REGS, e->pc);
    for (unsigned i = 1; i < 32; i++)
        put_u64(f + UC_REGS + 8 * i, emu_reg(e, i));
    for (unsigned i = 0; i < 32; i++)
        put_u64(f + UC_FPREGS + 8 * i, emu_reg(e, EMU_F0 + i));
    put_u32(f + UC_FCSR, (uint32_t)emu_fcsr(e));
    if (!emu_copy_in(e, sp, f, sizeof f, false))
        return false;
    t->has_saved = false;
    t->blocked |= a->mask & ~NEVER_BLOCKED;
    if (!(a->flags & SA_NODEFER))
        t->blocked |= EMU_SIGNAL_BIT(signal);
    if (a->flags & SA_RESETHAND)
        a->handler = SIG_DFL;
    emu_signals_sync(e);
    emu_set_reg(e, EMU_RESERVED, 0);
    emu_set_reg(e, EMU_RA, l->trampoline);
    emu_set_reg(e, EMU_SP, sp);
    emu_set_reg(e, EMU_A0, (uint64_t)signal);
    emu_set_reg(e, EMU_A1, sp);
    emu_set_reg(e, EMU_A2, sp + UC);
    e->pc = handler & ~(uint64_t)1;
    return true;
}

static void fill(Emu *e, EmuInfo *info, int signal, int code, uint64_t address)
{
    uint8_t *f = (uint8_t *)info;
    memset(info, 0, sizeof *info);
    put_u32(f, (uint32_t)signal);
    put_u32(f + 8, (uint32_t)code);
    if (code <= 0) {
        put_u32(f + 16, (uint32_t)emu_os3(e, GUEST_getpid, 0, 0, 0));
        put_u32(f + 20, (uint32_t)emu_os3(e, GUEST_getuid, 0, 0, 0));
    } else {
        put_u64(f + 16, address);
    }
}

void emu_trap(Emu *e, int signal, int code, uint64_t address)
{
    EmuLinux *l = e->os_state;
    EmuInfo info;
    fill(e, &info, signal, code, address);
    if (l->actions[signal].handler <= SIG_IGN || l->thread->blocked & EMU_SIGNAL_BIT(signal) || !enter(e, signal, &info))
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

/* Does signal do nothing at all? */
static bool no_effect(const EmuLinux *l, int signal)
{
    uint64_t handler = l->actions[signal].handler;
    return handler == SIG_IGN || (handler == SIG_DFL && ignored(signal));
}

void emu_signals_deliver(Emu *e)
{
    EmuLinux *l = e->os_state;
    EmuThread *t = l->thread;
    uint64_t ready = (t->pending | l->pending) & ~t->blocked;
    if (!ready)
        return;
    int signal = (int)bits_ctz64(ready) + 1;
    uint64_t handler = l->actions[signal].handler;
    bool own = t->pending & EMU_SIGNAL_BIT(signal);
    EmuInfo info = own ? t->infos[signal] : l->infos[signal];
    *(own ? &t->pending : &l->pending) &= ~EMU_SIGNAL_BIT(signal);
    e->attend = 0;
    if (no_effect(l, signal))
        return;
    if (handler == SIG_DFL && stops(signal))
        emu_os3(e, GUEST_kill, emu_os3(e, GUEST_getpid, 0, 0, 0), signal, 0);
    else if (handler == SIG_DFL)
        emu_fatal_signal(e, signal, 0, NULL);
    else if (!enter(e, signal, &info))
        emu_fatal_signal(e, EMU_SIGSEGV, emu_reg(e, EMU_SP), NULL);
}

void emu_signal_send(Emu *e, EmuThread *t, int signal, int code)
{
    EmuLinux *l = e->os_state;
    uint64_t *pending = t ? &t->pending : &l->pending;
    if (!(*pending & EMU_SIGNAL_BIT(signal)))
        fill(e, t ? &t->infos[signal] : &l->infos[signal], signal, code, 0);
    *pending |= EMU_SIGNAL_BIT(signal);
    e->attend = 0;
}

bool emu_signal_waiting(Emu *e, const EmuThread *t)
{
    EmuLinux *l = e->os_state;
    uint64_t ready = (t->pending | l->pending) & ~t->blocked & ~t->wait.signals;
    for (; ready; ready &= ready - 1)
        if (!no_effect(l, (int)bits_ctz64(ready) + 1))
            return true;
    return false;
}

/* ---- the host's side: signals of the process ----
 * What the guest has a handler for, and what all its threads block, is blocked at the host and taken from there between slices, by
 * rt_sigtimedwait: no handler of ours, nothing shared with one, and a wait of the host's on descriptors and a signalfd has no gap. The
 * rest acts as the kernel has it. Signals of instructions stay as they are: a fault of ours must end us. */

#define SYNCHRONOUS (EMU_SIGNAL_BIT(EMU_SIGILL) | EMU_SIGNAL_BIT(EMU_SIGTRAP) | EMU_SIGNAL_BIT(EMU_SIGBUS) | EMU_SIGNAL_BIT(EMU_SIGFPE) | \
    EMU_SIGNAL_BIT(EMU_SIGSEGV))

static void host_mask(Emu *e, uint64_t mask)
{
    enum { SETMASK = 2 };
    emu_os(e, GUEST_rt_sigprocmask, SETMASK, EMU_HOST(&mask), 0, 8, 0, 0);
}

/* Without a handler: of a kernel's struct sigaction the flags that matter are those about children. */
static void host_action(Emu *e, int signal)
{
    enum { NOCLDSTOP = 1, NOCLDWAIT = 2 };
    const EmuAction *a = &e->os_state->actions[signal];
    uint64_t action[4] = { a->handler == SIG_IGN, a->flags & (NOCLDSTOP | NOCLDWAIT), 0, 0 };
    if (e->opt.signals && signal != EMU_SIGPIPE && !((SYNCHRONOUS | NEVER_BLOCKED) & EMU_SIGNAL_BIT(signal)))
        emu_os(e, GUEST_rt_sigaction, (uint64_t)signal, EMU_HOST(action), 0, 8, 0, 0);
}

void emu_signals_sync(Emu *e)
{
    EmuLinux *l = e->os_state;
    uint64_t handled = 0, all = UINT64_MAX, waits = 0;
    if (!e->opt.signals)
        return;
    for (int i = 1; i <= EMU_SIGNALS; i++)
        handled |= l->actions[i].handler > SIG_IGN ? EMU_SIGNAL_BIT(i) : 0;
    for (uint32_t i = 0; i < l->threads.n; i++) {
        all &= l->threads.p[i]->blocked;
        waits |= l->threads.p[i]->wait.signals;
    }
    uint64_t mask = (handled | all | waits) & ~(SYNCHRONOUS | NEVER_BLOCKED), wanted = handled & mask & ~all;
    if (wanted & ~l->host_wanted || e->attend > e->machine.units + 100000)
        e->attend = 0;
    l->host_wanted = wanted;
    if (mask != l->host_blocked)
        host_mask(e, l->host_blocked = mask);
}

void emu_signals_poll(Emu *e)
{
    EmuLinux *l = e->os_state;
    static const int64_t zero[2] = { 0, 0 };
    for (;;) {
        EmuInfo info;
        uint64_t set = l->host_wanted & ~l->pending;
        long n = set ? emu_os(e, GUEST_rt_sigtimedwait, EMU_HOST(&set), EMU_HOST(&info), EMU_HOST(zero), 8, 0, 0) : -EMU_EAGAIN;
        if (n <= 0 || n > EMU_SIGNALS)
            return;
        l->infos[n] = info;
        l->pending |= EMU_SIGNAL_BIT(n);
    }
}

void emu_signals_init(Emu *e)
{
    EmuLinux *l = e->os_state;
    uint64_t action[4] = { 0, 0, 0, 0 }, ignore[4] = { SIG_IGN, 0, 0, 0 };
    if (!e->opt.signals)
        return;
    for (int i = 1; i <= EMU_SIGNALS; i++)
        if (emu_os(e, GUEST_rt_sigaction, (uint64_t)i, 0, EMU_HOST(action), 8, 0, 0) == 0 && action[0] == SIG_IGN)
            l->actions[i].handler = SIG_IGN;
    emu_os(e, GUEST_rt_sigprocmask, 0, 0, EMU_HOST(&l->thread->blocked), 8, 0, 0);
    l->host_blocked = l->thread->blocked;
    /* A write to a broken pipe has to enter the guest's handler, not end us. */
    emu_os(e, GUEST_rt_sigaction, EMU_SIGPIPE, EMU_HOST(ignore), 0, 8, 0, 0);
    emu_signals_sync(e);
}

void emu_signals_restore(Emu *e, bool exec)
{
    EmuLinux *l = e->os_state;
    uint64_t action[4] = { !exec || l->actions[EMU_SIGPIPE].handler == SIG_IGN, 0, 0, 0 };
    if (!e->opt.signals)
        return;
    emu_os(e, GUEST_rt_sigaction, EMU_SIGPIPE, EMU_HOST(action), 0, 8, 0, 0);
    host_mask(e, exec ? l->thread->blocked : l->host_blocked);
}

/* ---- the calls ---- */

static long sys_rt_sigreturn(Emu *e, const uint64_t a[6])
{
    uint8_t f[FRAME_SIZE];
    (void)a;
    if (!emu_copy_out(e, f, emu_reg(e, EMU_SP), sizeof f)) {
        emu_fatal_signal(e, EMU_SIGSEGV, emu_reg(e, EMU_SP), NULL);
        return 0;
    }
    e->os_state->thread->blocked = get_u64(f + UC_SIGMASK) & ~NEVER_BLOCKED;
    emu_signals_sync(e);
    e->attend = 0;
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
        host_action(e, (int)a[0]);
        emu_signals_sync(e);
    }
    put_u64(b, old.handler);
    put_u64(b + 8, old.flags);
    put_u64(b + 16, old.mask);
    return a[2] && !emu_copy_in(e, a[2], b, sizeof b, false) ? -EMU_EFAULT : 0;
}

static long sys_rt_sigprocmask(Emu *e, const uint64_t a[6])
{
    enum { BLOCK, UNBLOCK, SETMASK };
    EmuThread *l = e->os_state->thread;
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
        emu_signals_sync(e);
        e->attend = 0;
    }
    put_u64(b, old);
    return a[2] && !emu_copy_in(e, a[2], b, 8, false) ? -EMU_EFAULT : 0;
}

static long sys_rt_sigpending(Emu *e, const uint64_t a[6])
{
    uint8_t b[8];
    uint64_t host = 0;
    if (e->opt.signals)
        emu_os(e, GUEST_rt_sigpending, EMU_HOST(&host), 8, 0, 0, 0, 0);
    put_u64(b, (host | e->os_state->pending | e->os_state->thread->pending) & e->os_state->thread->blocked);
    return a[1] != 8 ? -EMU_EINVAL : !emu_copy_in(e, a[0], b, 8, false) ? -EMU_EFAULT : 0;
}

static long sys_sigaltstack(Emu *e, const uint64_t a[6])
{
    EmuThread *l = e->os_state->thread;
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

/* To the guest itself, when it is the end, or without EmuOptions.signals: its own signals. Else the host's matter. */
static long sys_kill(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    bool self = (int32_t)a[0] == emu_os3(e, GUEST_getpid, 0, 0, 0);
    if (a[1] > EMU_SIGNALS)
        return -EMU_EINVAL;
    e->attend = 0;
    if (self && a[1] && (!e->opt.signals || !(l->host_blocked & EMU_SIGNAL_BIT(a[1])))) {
        emu_signal_send(e, NULL, (int)a[1], SI_USER);
        return 0;
    }
    return emu_os3(e, GUEST_kill, (int32_t)a[0], a[1], 0);
}

static long to_thread(Emu *e, int32_t tid, uint64_t signal)
{
    EmuLinux *l = e->os_state;
    if (signal > EMU_SIGNALS || tid <= 0)
        return -EMU_EINVAL;
    for (uint32_t i = 0; i < l->threads.n; i++) {
        if (l->threads.p[i]->tid != tid)
            continue;
        if (signal)
            emu_signal_send(e, l->threads.p[i], (int)signal, SI_TKILL);
        return 0;
    }
    return -EMU_ESRCH;
}

static long sys_tkill(Emu *e, const uint64_t a[6])
{
    return to_thread(e, (int32_t)a[0], a[1]);
}

static long sys_tgkill(Emu *e, const uint64_t a[6])
{
    if ((int32_t)a[0] != emu_os3(e, GUEST_getpid, 0, 0, 0))
        return emu_os3(e, GUEST_tgkill, (int32_t)a[0], (int32_t)a[1], a[2]);
    return to_thread(e, (int32_t)a[1], a[2]);
}

static long sys_rt_sigsuspend(Emu *e, const uint64_t a[6])
{
    EmuThread *t = e->os_state->thread;
    uint64_t set;
    if (a[1] != 8)
        return -EMU_EINVAL;
    if (!t->wait.again) {
        if (!emu_copy_out(e, &set, a[0], 8))
            return -EMU_EFAULT;
        t->saved = t->blocked;
        t->has_saved = true;
        t->blocked = set & ~NEVER_BLOCKED;
        emu_signals_sync(e);
    }
    e->attend = 0;
    return emu_block_until(e, INT64_MAX, false);
}

static long sys_rt_sigtimedwait(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    EmuThread *t = l->thread;
    static const int64_t zero[2] = { 0, 0 };
    int64_t time[2], deadline = t->wait.deadline;
    uint64_t set;
    EmuInfo info;
    if (a[3] != 8)
        return -EMU_EINVAL;
    if (!emu_copy_out(e, &set, a[0], 8) || (a[2] && !emu_copy_out(e, time, a[2], sizeof time)))
        return -EMU_EFAULT;
    set &= ~NEVER_BLOCKED;
    t->wait.signals = set;
    emu_signals_sync(e);
    uint64_t here = (t->pending | l->pending) & set;
    long n = here ? (long)bits_ctz64(here) + 1 : 0;
    if (n) {
        bool own = t->pending & EMU_SIGNAL_BIT(n);
        info = own ? t->infos[n] : l->infos[n];
        *(own ? &t->pending : &l->pending) &= ~EMU_SIGNAL_BIT(n);
    } else if (e->opt.signals) {
        n = emu_os(e, GUEST_rt_sigtimedwait, EMU_HOST(&set), EMU_HOST(&info), EMU_HOST(zero), 8, 0, 0);
    }
    if (n <= 0) {
        if (!t->wait.again)
            deadline = a[2] ? emu_deadline(e, time, 1, false) : INT64_MAX;
        if (emu_now(e) < deadline)
            return emu_block_until(e, deadline, false);
        n = -EMU_EAGAIN;
    }
    t->wait.signals = 0;
    emu_signals_sync(e);
    return n > 0 && a[1] && !emu_copy_in(e, a[1], &info, sizeof info, false) ? -EMU_EFAULT : n;
}

const EmuRow emu_signal_rows[] = {
    EMU_ROW(rt_sigaction, "iaai", sys_rt_sigaction, 0),
    EMU_ROW(rt_sigprocmask, "iaai", sys_rt_sigprocmask, 0),
    EMU_ROW(rt_sigreturn, "", sys_rt_sigreturn, 0),
    EMU_ROW(rt_sigpending, "ai", sys_rt_sigpending, 0),
    EMU_ROW(rt_sigsuspend, "ai", sys_rt_sigsuspend, 0),
    EMU_ROW(rt_sigtimedwait, "aaai", sys_rt_sigtimedwait, 0),
    EMU_ROW(sigaltstack, "aa", sys_sigaltstack, 0),
    EMU_ROW(kill, "ii", sys_kill, 0),
    EMU_ROW(tkill, "ii", sys_tkill, 0),
    EMU_ROW(tgkill, "iii", sys_tgkill, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
