/* thread: the guest's threads. In: threads that run or sleep; out: the one whose registers the machine holds. All run in the one host
 * thread, a slice of instructions each; a call that would wait puts its thread to sleep and is done again when what it waits for may be
 * there. When all sleep, the host waits: for descriptors, a deadline or a signal. */
#include "emu/linux.h"

enum { SLICE = 20000, SIGNAL_SLICE = 100000, OFTEN = 5000000, MONOTONIC = 1, SIGCHLD_BIT = 1 << 16 };
#define SECOND 1000000000

int64_t emu_now(Emu *e)
{
    int64_t t[2] = { 0, 0 };
    emu_os3(e, GUEST_clock_gettime, MONOTONIC, EMU_HOST(t), 0);
    return t[0] * SECOND + t[1];
}

int64_t emu_deadline(Emu *e, const int64_t time[2], uint64_t clock, bool absolute)
{
    int64_t t[2] = { 0, 0 }, now = emu_now(e), span;
    if (time[0] > INT64_MAX / 4 / SECOND)
        return INT64_MAX;
    span = time[0] * SECOND + time[1];
    if (absolute && clock != MONOTONIC) {
        emu_os3(e, GUEST_clock_gettime, clock, EMU_HOST(t), 0);
        return now + (span - (t[0] * SECOND + t[1]));
    }
    return absolute ? span : now + span;
}

/* ---- which there are ---- */

EmuThread *emu_thread_new(Emu *e)
{
    EmuLinux *l = e->os_state;
    EmuThread *t = l->freed.n ? l->freed.p[--l->freed.n] : NULL;
    uint64_t *states;
    if (!t) {
        t = arena_new(&e->perm, EmuThread);
        t->states = arena_array(&e->perm, uint64_t, e->machine.nstates);
    }
    states = t->states;
    EmuPoll *fds = t->wait.fds.p;
    uint32_t cap = t->wait.fds.cap;
    memset(t, 0, sizeof *t);
    t->states = states;
    t->wait.fds.p = fds;
    t->wait.fds.cap = cap;
    t->env = e->machine.env;
    vec_push(&e->perm, &l->threads, t);
    e->attend = 0;
    return t;
}

static void remove_thread(Emu *e, EmuThread *t)
{
    EmuLinux *l = e->os_state;
    uint32_t i = 0;
    while (l->threads.p[i] != t)
        i++;
    memmove(&l->threads.p[i], &l->threads.p[i + 1], (l->threads.n - i - 1) * sizeof *l->threads.p);
    l->threads.n--;
    vec_push(&e->perm, &l->freed, t);
}

static void switch_to(Emu *e, EmuThread *t)
{
    EmuLinux *l = e->os_state;
    EmuThread *old = l->thread;
    size_t n = e->machine.nstates * sizeof *t->states;
    if (old == t)
        return;
    if (old) {
        memcpy(old->states, e->machine.frame, n);
        old->pc = e->pc;
        old->env = e->machine.env;
        old->frm = e->frm;
    }
    memcpy(e->machine.frame, t->states, n);
    e->pc = t->pc;
    e->machine.env = t->env;
    emu_set_frm(e, t->frm);
    l->thread = t;
    emu_set_reg(e, EMU_RESERVED, 0);
}

void emu_thread_exit(Emu *e)
{
    EmuLinux *l = e->os_state;
    EmuThread *t = l->thread;
    static const uint8_t zero[4] = { 0 };
    emu_robust_exit(e, t);
    if (t->clear_tid && emu_copy_in(e, t->clear_tid, zero, 4, false))
        emu_futex_wake(e, t->clear_tid, 1);
    remove_thread(e, t);
    l->thread = NULL;
    switch_to(e, l->threads.p[0]);
    l->yields = true;
    e->attend = 0;
    emu_signals_sync(e);
}

void emu_threads_forked(Emu *e)
{
    EmuLinux *l = e->os_state;
    for (uint32_t i = 0; i < l->threads.n; i++)
        if (l->threads.p[i] != l->thread)
            vec_push(&e->perm, &l->freed, l->threads.p[i]);
    l->threads.n = 0;
    vec_push(&e->perm, &l->threads, l->thread);
    l->thread->tid = (int32_t)emu_os3(e, GUEST_getpid, 0, 0, 0);
    l->thread->pending = l->pending = 0;
    l->thread->robust = l->thread->clear_tid = 0;
    l->forked = true;
    emu_after_fork(e);
    emu_signals_sync(e);
    e->attend = 0;
}

/* ---- calls that wait ---- */

bool emu_careful(const Emu *e)
{
    return e->os_state->threads.n > 1 || e->os_state->host_wanted || e->os_state->thread->has_saved;
}

long emu_block_until(Emu *e, int64_t deadline, bool restart)
{
    EmuWait *w = &e->os_state->thread->wait;
    w->asleep = true;
    w->restart = restart;
    w->deadline = deadline;
    return EMU_BLOCKED;
}

void emu_wait_for(Emu *e, int fd, int events)
{
    EmuWait *w = &e->os_state->thread->wait;
    EmuPoll p = { fd, (int16_t)events, 0 };
    vec_push(&e->perm, &w->fds, p);
}

long emu_wait_fd(Emu *e, uint64_t fd, int events)
{
    enum { F_GETFL = 3, NONBLOCK = 0x800 };
    EmuPoll p = { (int32_t)fd, (int16_t)events, 0 };
    int64_t zero[2] = { 0, 0 };
    if (!emu_careful(e) || emu_os(e, GUEST_ppoll, EMU_HOST(&p), 1, EMU_HOST(zero), 0, 0, 0) != 0)
        return 0;
    long flags = emu_os3(e, GUEST_fcntl, fd, F_GETFL, 0);
    if (flags < 0 || flags & NONBLOCK)
        return 0;
    emu_wait_for(e, (int)fd, events);
    return emu_block_until(e, INT64_MAX, true);
}

bool emu_time_is_left(Emu *e, const int64_t *time)
{
    EmuWait *w = &e->os_state->thread->wait;
    int64_t deadline = w->again ? w->deadline : time ? emu_deadline(e, time, MONOTONIC, false) : INT64_MAX;
    emu_block_until(e, deadline, false);
    return w->asleep = deadline == INT64_MAX || emu_now(e) < deadline;
}

bool emu_copy_mask(Emu *e, uint64_t address, uint64_t *mask)
{
    EmuThread *t = e->os_state->thread;
    if (!address || t->wait.again)
        return true;
    if (!emu_copy_out(e, mask, address, sizeof *mask))
        return false;
    t->saved = t->blocked;
    t->has_saved = true;
    t->blocked = *mask & ~(EMU_SIGNAL_BIT(EMU_SIGKILL) | EMU_SIGNAL_BIT(EMU_SIGSTOP));
    emu_signals_sync(e);
    return true;
}

static void wake(EmuThread *t)
{
    EmuWait *w = &t->wait;
    w->asleep = w->again = w->child = w->often = w->ready = w->futex = false;
    w->signals = w->done = w->remain = 0;
    w->fds.n = 0;
}

void emu_thread_wake(Emu *e, EmuThread *t, long result)
{
    wake(t);
    if (t->has_saved) {
        t->has_saved = false;
        t->blocked = t->saved;
        emu_signals_sync(e);
    }
    if (t == e->os_state->thread)
        emu_set_reg(e, EMU_A0, (uint64_t)result);
    else
        t->states[EMU_A0] = (uint64_t)result;
}

/* A handler is entered, or t dies: its call ends with EINTR, or stands again behind the handler. */
static void interrupt(Emu *e, EmuThread *t)
{
    EmuLinux *l = e->os_state;
    EmuWait *w = &t->wait;
    enum { SA_RESTART = 0x10000000 };
    switch_to(e, t);
    uint64_t ready = (t->pending | l->pending) & ~t->blocked;
    int signal = (int)bits_ctz64(ready) + 1;
    if (w->remain) {
        int64_t left = w->deadline - emu_now(e), time[2];
        left = left < 0 ? 0 : left;
        time[0] = left / SECOND;
        time[1] = left % SECOND;
        emu_copy_in(e, w->remain, time, sizeof time, false);
    }
    if (w->done)
        emu_set_reg(e, EMU_A0, w->done);
    else if (w->restart && l->actions[signal].flags & SA_RESTART)
        e->pc -= 4;            /* the ecall; a0 is as it was */
    else
        emu_set_reg(e, EMU_A0, (uint64_t)-EMU_EINTR);
    wake(t);
    emu_signals_deliver(e);
}

static void try_again(Emu *e, EmuThread *t)
{
    EmuWait *w = &t->wait;
    switch_to(e, t);
    w->asleep = w->ready = false;
    w->again = true;
    w->fds.n = 0;
    long r = w->row->fn(e, w->a);
    arena_reset(&e->scratch);
    if (r == EMU_BLOCKED)
        return;
    if (e->opt.strace) {
        char s[80];
        emu_trace_thread(e);
        size_t n = rt_snfmt(s, sizeof s, "<... %s resumed>", w->row->name);
        if (e->opt.trace)
            e->opt.trace(e->opt.ctx, s, n);
        emu_trace_result(e, (uint64_t)r, false);
    }
    emu_thread_wake(e, t, r);
}

/* ---- who goes on ---- */

/* Marks those whose descriptors are ready, or whose time is over. timeout: how long the host may wait for that, 0: not; < 0: for ever. */
static void look(Emu *e, int64_t timeout)
{
    enum { CLOEXEC = 02000000 };
    EmuLinux *l = e->os_state;
    EmuPoll *p = NULL;
    uint32_t n = 0, at = 0;
    uint64_t signals = l->host_wanted, pending = 0;
    bool child = false;
    for (uint32_t i = 0; i < l->threads.n; i++) {
        EmuWait *w = &l->threads.p[i]->wait;
        n += w->asleep ? w->fds.n : 0;
        child |= w->asleep && w->child;
        signals |= w->asleep ? w->signals : 0;
    }
    if (!n && !timeout)
        return;
    p = arena_array(&e->scratch, EmuPoll, n + 1);
    for (uint32_t i = 0; i < l->threads.n; i++) {
        EmuWait *w = &l->threads.p[i]->wait;
        for (uint32_t k = 0; w->asleep && k < w->fds.n; k++)
            p[at++] = w->fds.p[k];
    }
    int fd = -1;
    if (timeout && e->opt.signals) {
        if (child) {
            emu_os(e, GUEST_rt_sigpending, EMU_HOST(&pending), 8, 0, 0, 0, 0);
            signals |= l->host_blocked & SIGCHLD_BIT & ~pending;
        }
        if (signals)
            fd = (int)emu_os(e, GUEST_signalfd4, (uint64_t)-1, EMU_HOST(&signals), 8, CLOEXEC, 0, 0);
        if (signals && fd < 0 && (timeout < 0 || timeout > 2 * OFTEN))
            timeout = 2 * OFTEN;
        p[n] = (EmuPoll){ fd, 1, 0 };
    }
    int64_t time[2] = { timeout / SECOND, timeout % SECOND };
    long r = emu_os(e, GUEST_ppoll, EMU_HOST(p), n + (fd >= 0), timeout < 0 ? 0 : EMU_HOST(time), 0, 0, 0);
    if (fd >= 0)
        emu_os3(e, GUEST_close, fd, 0, 0);
    at = 0;
    for (uint32_t i = 0; i < l->threads.n; i++) {
        EmuWait *w = &l->threads.p[i]->wait;
        for (uint32_t k = 0; w->asleep && k < w->fds.n; k++)
            w->ready |= r > 0 && p[at++].revents != 0;
    }
    arena_reset(&e->scratch);
}

/* Until some thread can run. */
static void wake_some(Emu *e)
{
    EmuLinux *l = e->os_state;
    bool looked = false;
    for (;;) {
        int64_t now = 0, first = INT64_MAX;
        bool runs = false, sleeps = false;
        if (l->host_wanted)
            emu_signals_poll(e);
        for (uint32_t i = 0; i < l->threads.n && e->stop == EMU_RUNNING; i++)
            if (l->threads.p[i]->wait.asleep && emu_signal_waiting(e, l->threads.p[i]))
                interrupt(e, l->threads.p[i]);
        for (uint32_t i = 0; i < l->threads.n; i++) {
            runs |= !l->threads.p[i]->wait.asleep;
            sleeps |= l->threads.p[i]->wait.asleep;
        }
        if (!sleeps || e->stop != EMU_RUNNING || (runs && looked))
            return;
        now = emu_now(e);
        bool often = now - l->looked >= OFTEN || !runs;
        if (often)
            l->looked = now;
        look(e, 0);
        for (uint32_t i = 0; i < l->threads.n && e->stop == EMU_RUNNING; i++) {
            EmuThread *t = l->threads.p[i];
            EmuWait *w = &t->wait;
            if (!w->asleep)
                continue;
            if (w->ready || w->deadline <= now || ((w->child || w->often || w->signals) && often))
                try_again(e, t);
            if (!w->asleep) {
                runs = true;
                continue;
            }
            first = w->deadline < first ? w->deadline : first;
            if ((w->child || w->often || w->signals) && first > now + OFTEN)
                first = now + OFTEN;
        }
        if (runs || e->stop != EMU_RUNNING)
            return;
        looked = true;
        if (first > now)
            look(e, first == INT64_MAX ? -1 : first - now);
    }
}

bool emu_attend(Emu *e)
{
    EmuLinux *l = e->os_state;
    EmuThread *before = l->thread;
    uint64_t pc = e->pc;
    bool over = l->yields || e->machine.units >= l->slice_end;
    wake_some(e);
    if (e->stop != EMU_RUNNING)
        return true;
    EmuThread *t = l->threads.p[0];
    uint32_t at = 0;
    while (at < l->threads.n && l->threads.p[at] != before)
        at++;
    if (at < l->threads.n && !before->wait.asleep && !over) {
        t = before;
    } else {
        for (uint32_t i = 1; i <= l->threads.n; i++) {
            t = l->threads.p[(at + i) % l->threads.n];
            if (!t->wait.asleep)
                break;
        }
    }
    switch_to(e, t);
    if (t != before || over)
        l->slice_end = e->machine.units + SLICE;
    l->yields = false;
    if ((t->pending | l->pending) & ~t->blocked) {
        emu_signals_deliver(e);
        return true;           /* and there may be more */
    }
    e->attend = l->threads.n > 1 ? l->slice_end : l->host_wanted ? e->machine.units + SIGNAL_SLICE : UINT64_MAX;
    return t != before || pc != e->pc;
}
