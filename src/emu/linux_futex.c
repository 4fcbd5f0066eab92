/* linux_futex: futexes. Threads of this guest that wait are queued by the word's address, and woken in that order. In memory that processes
 * share the host wakes too, and who waits there does so at the host; but with threads or handlers only for moments, between which a word
 * that has changed is as good as a wake. */
#include "emu/linux.h"

enum { WAIT, WAKE, REQUEUE = 3, CMP_REQUEUE, WAKE_OP, WAIT_BITSET = 9, WAKE_BITSET, PRIVATE = 128, REALTIME = 256, MONOTONIC = 1,
       OFTEN = 5000000 };
#define SECOND 1000000000

/* Up to n of those at address, moved to `to` instead of woken when it is not 0. */
static long wake(Emu *e, uint64_t address, uint32_t n, uint32_t bits, uint64_t to)
{
    EmuLinux *l = e->os_state;
    uint32_t done = 0;
    for (; done < n; done++) {
        EmuThread *first = NULL;
        for (uint32_t i = 0; i < l->threads.n; i++) {
            EmuThread *t = l->threads.p[i];
            if (t->wait.futex && t->wait.address == address && t->wait.bits & bits && (!first || t->wait.order < first->wait.order))
                first = t;
        }
        if (!first)
            break;
        if (to) {
            first->wait.address = to;
            first->wait.order = l->order++;
        } else {
            emu_thread_wake(e, first, 0);
        }
    }
    return (long)done;
}

/* The word for other processes; NULL: it is this one's alone. */
static uint8_t *shared_word(Emu *e, uint64_t address, uint64_t op)
{
    EmuPage *p = op & PRIVATE ? NULL : emu_mem_page(&e->mem, address);
    return p && p->prot & EMU_SHARED ? p->host + (address & (EMU_PAGE - 1)) : NULL;
}

/* Up to n that wait for it, here first. */
static long wake_all(Emu *e, uint64_t address, uint32_t n, uint32_t bits, uint64_t op)
{
    uint8_t *word = shared_word(e, address, op);
    long here = wake(e, address, n, bits, 0), r = 0;
    if (word && (uint32_t)here < n)
        r = emu_os(e, GUEST_futex, EMU_HOST(word), WAKE_BITSET, n - (uint32_t)here, 0, 0, bits);
    return here + (r > 0 ? r : 0);
}

void emu_futex_wake(Emu *e, uint64_t address, uint32_t n)
{
    wake_all(e, address, n, UINT32_MAX, 0);
}

static bool word_at(Emu *e, uint64_t address, uint32_t *v)
{
    uint8_t b[4];
    if (!emu_copy_out(e, b, address, 4))
        return false;
    *v = get_u32(b);
    return true;
}

/* FUTEX_WAKE_OP's change of the second word and test of what it was (futex(2)). */
static long wake_op(Emu *e, const uint64_t a[6])
{
    uint32_t how = (uint32_t)a[5], old, new;
    uint8_t b[4];
    int32_t operand = (int32_t)(how << 8) >> 20, than = (int32_t)(how << 20) >> 20;
    uint8_t *first = shared_word(e, a[0], a[1]), *second = shared_word(e, a[4], a[1]);
    if (first && second) {     /* other processes write there too */
        long r = emu_os(e, GUEST_futex, EMU_HOST(first), WAKE_OP, a[2], a[3], EMU_HOST(second), how);
        return r < 0 ? r : r + wake(e, a[0], (uint32_t)a[2], UINT32_MAX, 0) + wake(e, a[4], (uint32_t)a[3], UINT32_MAX, 0);
    }
    if (!word_at(e, a[4], &old))
        return -EMU_EFAULT;
    if (how >> 31)
        operand = (int32_t)(1u << (operand & 31));
    switch (how >> 28 & 7) {
    case 0: new = (uint32_t)operand; break;
    case 1: new = old + (uint32_t)operand; break;
    case 2: new = old | (uint32_t)operand; break;
    case 3: new = old & ~(uint32_t)operand; break;
    case 4: new = old ^ (uint32_t)operand; break;
    default: return -EMU_ENOSYS;
    }
    put_u32(b, new);
    if (!emu_copy_in(e, a[4], b, 4, false))
        return -EMU_EFAULT;
    long n = wake(e, a[0], (uint32_t)a[2], UINT32_MAX, 0);
    int32_t was = (int32_t)old;
    bool yes;
    switch (how >> 24 & 15) {
    case 0: yes = was == than; break;
    case 1: yes = was != than; break;
    case 2: yes = was < than; break;
    case 3: yes = was <= than; break;
    case 4: yes = was > than; break;
    case 5: yes = was >= than; break;
    default: return -EMU_ENOSYS;
    }
    return yes ? n + wake(e, a[4], (uint32_t)a[3], UINT32_MAX, 0) : n;
}

/* The host waits; false: not any longer, *r is what comes of it. Nobody else runs here meanwhile. */
static bool wait_at_host(Emu *e, uint8_t *word, uint32_t v, uint32_t bits, int64_t deadline, long *r)
{
    int64_t until = deadline, time[2];
    if (emu_careful(e)) {
        int64_t soon = emu_now(e) + OFTEN;
        until = soon < deadline ? soon : deadline;
    }
    time[0] = until / SECOND;
    time[1] = until % SECOND;
    *r = emu_os(e, GUEST_futex, EMU_HOST(word), WAIT_BITSET, v, until == INT64_MAX ? 0 : EMU_HOST(time), 0, bits);
    return *r == -EMU_ETIMEDOUT && until != deadline;
}

static long wait(Emu *e, const uint64_t a[6], uint32_t bits, bool absolute)
{
    EmuLinux *l = e->os_state;
    EmuWait *w = &l->thread->wait;
    int64_t time[2], deadline = w->again ? w->deadline : INT64_MAX;
    uint8_t *word = shared_word(e, a[0], a[1]);
    uint32_t v;
    long r;
    if (!bits)
        return -EMU_EINVAL;
    if (w->again && !word) {   /* its time is over, else it had been woken */
        if (emu_now(e) >= w->deadline)
            return -EMU_ETIMEDOUT;
        w->asleep = true;
        return EMU_BLOCKED;
    }
    if (!word_at(e, a[0], &v) || (a[3] && !emu_copy_out(e, time, a[3], sizeof time)))
        return -EMU_EFAULT;
    if (a[3] && (time[0] < 0 || time[1] < 0 || time[1] > 999999999))
        return -EMU_EINVAL;
    if (v != (uint32_t)a[2])
        return w->again ? 0 : -EMU_EAGAIN;
    if (a[3] && !w->again)
        deadline = emu_deadline(e, time, a[1] & REALTIME ? 0 : MONOTONIC, absolute);
    if (word && emu_now(e) >= deadline)
        return -EMU_ETIMEDOUT;
    if (word && l->threads.n == 1 && !wait_at_host(e, word, v, bits, deadline, &r))
        return r == -EMU_EAGAIN && w->again ? 0 : r;
    if (!w->again)
        w->order = l->order++;
    w->often = word != NULL;
    w->futex = true;
    w->address = a[0];
    w->bits = bits;
    return emu_block_until(e, deadline, !a[3]);
}

static long sys_futex(Emu *e, const uint64_t a[6])
{
    uint32_t v;
    if (a[0] & 3)
        return -EMU_EINVAL;
    switch ((uint32_t)a[1] & ~(uint32_t)(PRIVATE | REALTIME)) {
    case WAIT:
        return wait(e, a, UINT32_MAX, false);
    case WAIT_BITSET:
        return wait(e, a, (uint32_t)a[5], true);
    case WAKE:
        return wake_all(e, a[0], (int32_t)a[2] < 1 ? 1 : (uint32_t)a[2], UINT32_MAX, a[1]);
    case WAKE_BITSET:
        return !(uint32_t)a[5] ? -EMU_EINVAL : wake_all(e, a[0], (int32_t)a[2] < 1 ? 1 : (uint32_t)a[2], (uint32_t)a[5], a[1]);
    case CMP_REQUEUE:
        if (!word_at(e, a[0], &v))
            return -EMU_EFAULT;
        if (v != (uint32_t)a[5])
            return -EMU_EAGAIN;
        /* fall through */
    case REQUEUE: {
        if ((int32_t)a[2] < 0 || (int32_t)a[3] < 0 || a[4] & 3)
            return -EMU_EINVAL;
        if (shared_word(e, a[0], a[1])) /* those of other processes are woken all */
            return wake_all(e, a[0], (uint32_t)a[2] + (uint32_t)a[3], UINT32_MAX, a[1]);
        long n = wake(e, a[0], (uint32_t)a[2], UINT32_MAX, 0);
        return a[0] == a[4] ? n : n + wake(e, a[0], (uint32_t)a[3], UINT32_MAX, a[4]);
    }
    case WAKE_OP:
        return wake_op(e, a);
    default:
        return -EMU_ENOSYS;
    }
}

/* The kernel's Documentation/locking/robust-futexes.rst: what a dead thread still held is marked, and who waits for it is told. */
static void died(Emu *e, const EmuThread *t, uint64_t address)
{
    enum { OWNER = 0x3fffffff, DIED = 0x40000000 };
    uint32_t v, waiters = 0x80000000u;
    uint8_t b[4];
    if (!word_at(e, address, &v) || (v & OWNER) != (uint32_t)t->tid)
        return;
    put_u32(b, (v & waiters) | DIED);
    if (emu_copy_in(e, address, b, 4, false) && (v & waiters || shared_word(e, address, 0)))
        wake_all(e, address, 1, UINT32_MAX, 0);
}

void emu_robust_exit(Emu *e, EmuThread *t)
{
    enum { MOST = 2048 };
    uint64_t head[3], at;
    if (!t->robust || !emu_copy_out(e, head, t->robust, sizeof head))
        return;
    at = head[0] & ~(uint64_t)1;
    for (unsigned i = 0; i < MOST && at != t->robust; i++) {
        uint64_t next;
        if (!emu_copy_out(e, &next, at, 8))
            return;
        if (at != head[2])
            died(e, t, at + head[1]);
        at = next & ~(uint64_t)1;
    }
    if (head[2])
        died(e, t, (head[2] & ~(uint64_t)1) + head[1]);
}

void emu_robust_end(Emu *e)
{
    EmuLinux *l = e->os_state;
    for (uint32_t i = 0; l && e->mem.shares && i < l->threads.n; i++)
        emu_robust_exit(e, l->threads.p[i]);
}

static long sys_set_robust_list(Emu *e, const uint64_t a[6])
{
    if (a[1] != 24)
        return -EMU_EINVAL;
    e->os_state->thread->robust = a[0];
    return 0;
}

static long sys_get_robust_list(Emu *e, const uint64_t a[6])
{
    uint64_t size = 24;
    EmuLinux *l = e->os_state;
    for (uint32_t i = 0; i < l->threads.n; i++)
        if (a[0] == 0 ? l->threads.p[i] == l->thread : l->threads.p[i]->tid == (int32_t)a[0])
            return emu_copy_in(e, a[1], &l->threads.p[i]->robust, 8, false) && emu_copy_in(e, a[2], &size, 8, false) ? 0 : -EMU_EFAULT;
    return -EMU_ESRCH;
}

const EmuRow emu_futex_rows[] = {
    EMU_ROW(futex, "axiaai", sys_futex, 0),
    EMU_ROW(set_robust_list, "xi", sys_set_robust_list, 0),
    EMU_ROW(get_robust_list, "iaa", sys_get_robust_list, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
