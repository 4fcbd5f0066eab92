/* linux_clone: threads and processes: clone and its end, execve, waiting for children. A thread is an EmuThread (thread.c); a process is
 * one of the host, in which the calling thread lives on alone; a program that is executed is the host's matter (EmuHost.exec). */
#include "emu/linux.h"

enum { CSIGNAL = 255, CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_VFORK = 0x4000,
       CLONE_THREAD = 0x10000, CLONE_SYSVSEM = 0x40000, CLONE_SETTLS = 0x80000, CLONE_PARENT_SETTID = 0x100000,
       CLONE_CHILD_CLEARTID = 0x200000, CLONE_DETACHED = 0x400000, CLONE_CHILD_SETTID = 0x1000000, TP = 4, FIRST_TID = 1 << 22,
       LAST_TID = 1 << 29, MOST_THREADS = 10000, MAX_STRING = 128 << 10, MAX_STRINGS = 2 << 20, MAX_PATH = 4096, WNOHANG = 1 };

typedef struct Clone {
    uint64_t flags, signal, stack, parent_tid, child_tid, tls;
} Clone;

static bool put_tid(Emu *e, uint64_t address, int32_t tid)
{
    uint8_t b[4];
    put_u32(b, (uint32_t)tid);
    return emu_copy_in(e, address, b, 4, false);
}

static long thread(Emu *e, const Clone *c)
{
    EmuLinux *l = e->os_state;
    EmuThread *old = l->thread;
    if (l->threads.n >= MOST_THREADS)
        return -EMU_EAGAIN;
    l->last_tid = l->last_tid < FIRST_TID || l->last_tid >= LAST_TID ? FIRST_TID : l->last_tid + 1;
    EmuThread *t = emu_thread_new(e);
    memcpy(t->states, e->machine.frame, e->machine.nstates * sizeof *t->states);
    t->pc = e->pc;
    t->frm = e->frm;
    t->tid = l->last_tid;
    t->blocked = old->blocked;
    t->states[EMU_A0] = 0;
    if (c->stack)
        t->states[EMU_SP] = c->stack;
    if (c->flags & CLONE_SETTLS)
        t->states[TP] = c->tls;
    if (c->flags & CLONE_CHILD_CLEARTID)
        t->clear_tid = c->child_tid;
    if (c->flags & CLONE_PARENT_SETTID)
        put_tid(e, c->parent_tid, t->tid);
    if (c->flags & CLONE_CHILD_SETTID)
        put_tid(e, c->child_tid, t->tid);
    emu_signals_sync(e);
    e->attend = 0;
    return t->tid;
}

/* vfork waits at the host, but its child has memory of its own. */
static long process(Emu *e, const Clone *c)
{
    EmuLinux *l = e->os_state;
    long pid = emu_os(e, GUEST_clone, c->signal | (c->flags & CLONE_VFORK), 0, 0, 0, 0, 0);
    if (pid < 0)
        return pid;
    if (pid) {
        if (c->flags & CLONE_PARENT_SETTID)
            put_tid(e, c->parent_tid, (int32_t)pid);
        return pid;
    }
    emu_threads_forked(e);
    if (c->stack)
        emu_set_reg(e, EMU_SP, c->stack);
    if (c->flags & CLONE_SETTLS)
        emu_set_reg(e, TP, c->tls);
    if (c->flags & CLONE_CHILD_CLEARTID)
        l->thread->clear_tid = c->child_tid;
    if (c->flags & CLONE_CHILD_SETTID)
        put_tid(e, c->child_tid, l->thread->tid);
    return 0;
}

static long clone(Emu *e, const Clone *c)
{
    const uint64_t ids = CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID;
    const uint64_t all = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    if ((c->flags & all) == all && !(c->flags & ~(all | ids | CLONE_SYSVSEM | CLONE_DETACHED)))
        return thread(e, c);
    if ((c->flags & ~ids) == 0 || (c->flags & ~ids) == (CLONE_VM | CLONE_VFORK) || (c->flags & ~ids) == CLONE_VFORK)
        return process(e, c);
    return -EMU_EINVAL;
}

static long sys_clone(Emu *e, const uint64_t a[6])
{
    Clone c = { a[0] & ~(uint64_t)CSIGNAL, a[0] & CSIGNAL, a[1], a[2], a[4], a[3] };
    return clone(e, &c);
}

static long sys_clone3(Emu *e, const uint64_t a[6])
{
    enum { FLAGS, PIDFD, CHILD_TID, PARENT_TID, EXIT_SIGNAL, STACK, STACK_SIZE, TLS, SET_TID, SET_TID_SIZE, CGROUP, WORDS };
    uint64_t v[WORDS];
    memset(v, 0, sizeof v);
    if (a[1] < 64)
        return -EMU_EINVAL;
    if (a[1] > sizeof v)
        return -EMU_E2BIG;
    if (!emu_copy_out(e, v, a[0], a[1]))
        return -EMU_EFAULT;
    if (v[SET_TID_SIZE] || v[EXIT_SIGNAL] > EMU_SIGNALS || v[FLAGS] & CSIGNAL)
        return -EMU_EINVAL;
    Clone c = { v[FLAGS], v[EXIT_SIGNAL], v[STACK] ? v[STACK] + v[STACK_SIZE] : 0, v[PARENT_TID], v[CHILD_TID], v[TLS] };
    return clone(e, &c);
}

static long sys_exit(Emu *e, const uint64_t a[6])
{
    EmuLinux *l = e->os_state;
    if (l->threads.n > 1) {
        emu_thread_exit(e);
        return 0;
    }
    e->stop = EMU_EXITED;
    e->status = (int)(a[0] & 255);
    return 0;
}

static long sys_gettid(Emu *e, const uint64_t a[6])
{
    (void)a;
    return e->os_state->thread->tid;
}

static long sys_set_tid_address(Emu *e, const uint64_t a[6])
{
    e->os_state->thread->clear_tid = a[0];
    return e->os_state->thread->tid;
}

static long sys_sched_yield(Emu *e, const uint64_t a[6])
{
    (void)a;
    e->os_state->yields = true;
    e->attend = 0;
    return 0;
}

/* ---- execve ---- */

/* A vector of strings on our side; NULL, and *wrong. */
static char **strings(Emu *e, uint64_t at, size_t *left, long *wrong)
{
    VEC(char *) v = { NULL, 0, 0 };
    char *big = arena_alloc(&e->scratch, MAX_STRING);
    for (; at; at += 8) {
        uint64_t s;
        *wrong = -EMU_EFAULT;
        if (!emu_copy_out(e, &s, at, 8))
            return NULL;
        if (!s)
            break;
        if (!emu_copy_string(e, s, big, MAX_STRING))
            return NULL;
        size_t n = strlen(big) + 1;
        *wrong = -EMU_E2BIG;
        if (n + 8 > *left)
            return NULL;
        *left -= n + 8;
        char *copy = arena_alloc(&e->scratch, n);
        memcpy(copy, big, n);
        vec_push(&e->scratch, &v, copy);
    }
    vec_push(&e->scratch, &v, (char *)NULL);
    return v.p;
}

static long sys_execve(Emu *e, const uint64_t a[6])
{
    char *path = arena_alloc(&e->scratch, MAX_PATH);
    size_t left = MAX_STRINGS;
    long wrong = 0;
    if (!e->os.exec)
        return -EMU_ENOSYS;
    if (!emu_copy_string(e, a[0], path, MAX_PATH))
        return -EMU_EFAULT;
    char **argv = strings(e, a[1], &left, &wrong);
    char **envp = argv ? strings(e, a[2], &left, &wrong) : NULL;
    if (!argv || !envp)
        return wrong;
    if (e->opt.exe && strcmp(path, "/proc/self/exe") == 0)
        rt_snfmt(path, MAX_PATH, "%s", e->opt.exe);
    const char *program = emu_below_sysroot(e, path, true);
    emu_signals_restore(e, true);
    long r = e->os.exec(e->os.ctx, program, argv, envp);
    emu_signals_restore(e, false);
    return r;
}

/* ---- children ---- */

static long sys_wait4(Emu *e, const uint64_t a[6])
{
    uint8_t status[4] = { 0 }, usage[144];
    bool careful = emu_careful(e);
    long r = emu_os(e, GUEST_wait4, (uint64_t)(int32_t)a[0], EMU_HOST(status), a[2] | (careful ? WNOHANG : 0), EMU_HOST(usage), 0, 0);
    if (r == 0 && careful && !(a[2] & WNOHANG)) {
        e->os_state->thread->wait.child = true;
        return emu_block_until(e, INT64_MAX, true);
    }
    if (r > 0 && ((a[1] && !emu_copy_in(e, a[1], status, 4, false)) || (a[3] && !emu_copy_in(e, a[3], usage, sizeof usage, false))))
        return -EMU_EFAULT;
    return r;
}

static long sys_waitid(Emu *e, const uint64_t a[6])
{
    EmuInfo info;
    uint8_t usage[144];
    bool careful = emu_careful(e);
    memset(&info, 0, sizeof info);
    memset(usage, 0, sizeof usage);
    long r = emu_os(e, GUEST_waitid, a[0], (uint64_t)(int32_t)a[1], EMU_HOST(&info), a[3] | (careful ? WNOHANG : 0), EMU_HOST(usage), 0);
    if (r == 0 && careful && !(a[3] & WNOHANG) && !info.word[0]) {
        e->os_state->thread->wait.child = true;
        return emu_block_until(e, INT64_MAX, true);
    }
    if (r >= 0 && ((a[2] && !emu_copy_in(e, a[2], &info, sizeof info, false)) ||
                   (a[4] && !emu_copy_in(e, a[4], usage, sizeof usage, false))))
        return -EMU_EFAULT;
    return r;
}

const EmuRow emu_clone_rows[] = {
    EMU_ROW(clone, "xxxxx", sys_clone, 0),
    EMU_ROW(clone3, "xi", sys_clone3, 0),
    EMU_ROW(exit, "i", sys_exit, 0),
    EMU_ROW(gettid, "", sys_gettid, 0),
    EMU_ROW(set_tid_address, "x", sys_set_tid_address, 0),
    EMU_ROW(sched_yield, "", sys_sched_yield, 0),
    EMU_ROW(execve, "paa", sys_execve, 0),
    EMU_ROW(wait4, "iaxa", sys_wait4, 0),
    EMU_ROW(waitid, "iiaxa", sys_waitid, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
