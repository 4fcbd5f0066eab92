/* linux_clone: threads and processes: clone and its end, execve, waiting for children. A thread is an EmuThread (thread.c); a process is
 * one of the host, in which the calling thread lives on alone; a program that is executed is the host's matter (EmuHost.exec). */
#include "emu/linux.h"

enum { CSIGNAL = 255, CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_VFORK = 0x4000,
       CLONE_THREAD = 0x10000, CLONE_SYSVSEM = 0x40000, CLONE_SETTLS = 0x80000, CLONE_PARENT_SETTID = 0x100000,
       CLONE_CHILD_CLEARTID = 0x200000, CLONE_DETACHED = 0x400000, CLONE_CHILD_SETTID = 0x1000000, TP = 4, VFORK_STACK = 1 << 20,
       FIRST_TID = 1 << 22, LAST_TID = 1 << 29, MOST_THREADS = 10000, MAX_STRING = 128 << 10, MAX_STRINGS = 2 << 20,
       MAX_PATH = 4096, WNOHANG = 1 };

#define CLONE_CLEAR_SIGHAND ((uint64_t)1 << 32)

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

/* What a child has of its own from the start. */
static void begin_child(Emu *e, const Clone *c)
{
    EmuLinux *l = e->os_state;
    for (unsigned i = 1; c->flags & CLONE_CLEAR_SIGHAND && i <= EMU_SIGNALS; i++)
        if (l->actions[i].handler > 1)
            memset(&l->actions[i], 0, sizeof l->actions[i]);
    if (c->stack)
        emu_set_reg(e, EMU_SP, c->stack);
    if (c->flags & CLONE_SETTLS)
        emu_set_reg(e, TP, c->tls);
    if (c->flags & CLONE_CHILD_CLEARTID)
        l->thread->clear_tid = c->child_tid;
    if (c->flags & CLONE_CHILD_SETTID)
        put_tid(e, c->child_tid, l->thread->tid);
    emu_signals_sync(e);
}

/* ---- vfork: a process of the host in the same memory, ours too, while its parent waits ---- */

/* What is the parent's and has to be so again. */
typedef struct Kept {
    EmuLinux process;
    EmuThread thread;
    uint64_t states[LIFT_MAX_STATES], pc, end;
    SfEnv env;
    uint8_t frm;
} Kept;

typedef struct Child {
    Emu *e;
    const Clone *clone;
    EmuThread *threads[8];     /* it has one */
} Child;

static void keep(Emu *e, Kept *k)
{
    k->process = *e->os_state;
    k->thread = *e->os_state->thread;
    memcpy(k->states, e->machine.frame, e->machine.nstates * sizeof *k->states);
    k->pc = e->pc;
    k->end = e->end;
    k->env = e->machine.env;
    k->frm = e->frm;
}

static void give_back(Emu *e, const Kept *k)
{
    *e->os_state = k->process;
    *e->os_state->thread = k->thread;
    memcpy(e->machine.frame, k->states, e->machine.nstates * sizeof *k->states);
    e->pc = k->pc;
    e->end = k->end;
    emu_set_frm(e, k->frm);
    e->machine.env = k->env;
    e->stop = EMU_RUNNING;
    e->message[0] = 0;
    e->stepping = e->hit_code = e->step = e->no_gap = false;
    e->attend = 0;
}

/* In the child, on its own stack. */
static void run_child(void *arg)
{
    static const uint8_t zero[4] = { 0 };
    Child *child = arg;
    Emu *e = child->e;
    EmuLinux *l = e->os_state;
    child->threads[0] = l->thread;
    l->threads.p = child->threads;
    l->threads.n = 1;
    l->threads.cap = countof(child->threads);
    memset(&l->freed, 0, sizeof l->freed);
    l->thread->tid = (int32_t)emu_os3(e, GUEST_getpid, 0, 0, 0);
    l->thread->pending = l->pending = l->thread->robust = l->thread->clear_tid = 0;
    l->forked = true;
    begin_child(e, child->clone);
    emu_set_reg(e, EMU_A0, 0);
    e->attend = 0;
    EmuStop stop = emu_run(e, e->end == UINT64_MAX ? 0 : e->end > e->machine.units ? e->end - e->machine.units : 1);
    if (l->thread->clear_tid && emu_copy_in(e, l->thread->clear_tid, zero, 4, false))
        emu_futex_wake(e, l->thread->clear_tid, 1);
    e->os.end(e->os.ctx, e, stop);
}

static long in_same_memory(Emu *e, const Clone *c)
{
    Kept kept;
    Child child;
    uint8_t *stack = e->host->pages(e->host->ctx, VFORK_STACK);
    if (!stack)
        return -EMU_ENOMEM;
    keep(e, &kept);
    child.e = e;
    child.clone = c;
    if (e->opt.strace && e->opt.trace)
        e->opt.trace(e->opt.ctx, " ...\n", 5);
    long pid = e->os.vfork(e->os.ctx, (long)(c->signal | CLONE_VM | CLONE_VFORK), stack + VFORK_STACK, run_child, &child);
    give_back(e, &kept);
    e->host->unpages(e->host->ctx, stack, VFORK_STACK);
    if (pid > 0 && c->flags & CLONE_PARENT_SETTID)
        put_tid(e, c->parent_tid, (int32_t)pid);
    return pid;
}

static long process(Emu *e, const Clone *c)
{
    if (c->flags & CLONE_VM && e->os.vfork && e->os.end)
        return in_same_memory(e, c);
    long pid = emu_os(e, GUEST_clone, c->signal | (c->flags & CLONE_VFORK), 0, 0, 0, 0, 0);
    if (pid < 0)
        return pid;
    if (pid) {
        if (c->flags & CLONE_PARENT_SETTID)
            put_tid(e, c->parent_tid, (int32_t)pid);
        return pid;
    }
    emu_threads_forked(e);
    begin_child(e, c);
    return 0;
}

static long clone(Emu *e, const Clone *c)
{
    const uint64_t ids = CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID;
    const uint64_t all = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    if ((c->flags & all) == all && !(c->flags & ~(all | ids | CLONE_SYSVSEM | CLONE_DETACHED)))
        return thread(e, c);
    const uint64_t flags = c->flags & ~(ids | CLONE_CLEAR_SIGHAND);
    if (flags == 0 || flags == (CLONE_VM | CLONE_VFORK) || flags == CLONE_VFORK)
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

static long execute(Emu *e, char *path, uint64_t argv_at, uint64_t envp_at)
{
    size_t left = MAX_STRINGS;
    long wrong = 0;
    char **argv = strings(e, argv_at, &left, &wrong);
    char **envp = argv ? strings(e, envp_at, &left, &wrong) : NULL;
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

static long sys_execve(Emu *e, const uint64_t a[6])
{
    char *path = arena_alloc(&e->scratch, MAX_PATH);
    if (!e->os.exec)
        return -EMU_ENOSYS;
    return emu_copy_string(e, a[0], path, MAX_PATH) ? execute(e, path, a[1], a[2]) : -EMU_EFAULT;
}

/* By the file's name, as idem opens it once more: a descriptor that closes then would lead nowhere. */
static long sys_execveat(Emu *e, const uint64_t a[6])
{
    enum { AT_FDCWD = -100, NOFOLLOW = 0x100, EMPTY_PATH = 0x1000, S_IFLNK = 0120000, STATX_SIZE = 256, TYPE = 1, MODE = 28, ELOOP = 40 };
    char *path = arena_alloc(&e->scratch, MAX_PATH), *folder = arena_alloc(&e->scratch, MAX_PATH), link[64];
    uint8_t sx[STATX_SIZE];
    if (!e->os.exec)
        return -EMU_ENOSYS;
    if (a[4] & ~(uint64_t)(NOFOLLOW | EMPTY_PATH))
        return -EMU_EINVAL;
    if (!emu_copy_string(e, a[1], path, MAX_PATH))
        return -EMU_EFAULT;
    if (!path[0] && !(a[4] & EMPTY_PATH))
        return -EMU_ENOENT;
    memset(sx, 0, sizeof sx);
    long r = emu_os(e, GUEST_statx, a[0], EMU_HOST(path), a[4], TYPE, EMU_HOST(sx), 0);
    if (r < 0 && path[0] != '/')
        return r;
    if (a[4] & NOFOLLOW && (get_u16(sx + MODE) & RT_S_IFMT) == S_IFLNK)
        return -ELOOP;
    if (path[0] != '/' && (int32_t)a[0] != AT_FDCWD) {
        rt_snfmt(link, sizeof link, "/proc/self/fd/%d", (int)(int32_t)a[0]);
        long n = emu_os(e, GUEST_readlinkat, (uint64_t)AT_FDCWD, EMU_HOST(link), EMU_HOST(folder), MAX_PATH - 1, 0, 0);
        if (n < 0)
            return n;
        folder[n] = 0;
        bool there = emu_os(e, GUEST_faccessat, (uint64_t)AT_FDCWD, EMU_HOST(folder), 0, 0, 0, 0) >= 0;
        path = arena_fmt(&e->scratch, "%s%s%s", there ? folder : link, path[0] ? "/" : "", path);
    }
    return execute(e, path, a[2], a[3]);
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
    EMU_ROW(execveat, "ipaax", sys_execveat, 0),
    EMU_ROW(wait4, "iaxa", sys_wait4, 0),
    EMU_ROW(waitid, "iiaxa", sys_waitid, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
