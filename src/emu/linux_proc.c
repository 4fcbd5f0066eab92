/* linux_proc: calls about the guest as a process, its clocks, limits and the machine it is told it runs on. A guest is one thread; it
 * starts no other and no process yet: clone, execve and wait are ENOSYS. */
#include "emu/linux.h"

static long sys_exit(Emu *e, const uint64_t a[6])
{
    e->stop = EMU_EXITED;
    e->status = (int)(a[0] & 255);
    return 0;
}

static long sys_gettid(Emu *e, const uint64_t a[6])
{
    (void)a;
    return emu_os3(e, GUEST_getpid, 0, 0, 0);
}

static long sys_nothing(Emu *e, const uint64_t a[6])
{
    (void)e;
    (void)a;
    return 0;
}

static long sys_uname(Emu *e, const uint64_t a[6])
{
    enum { FIELD = 65, MACHINE = 4 * FIELD, SIZE = 6 * FIELD };
    char u[SIZE];
    memset(u, 0, sizeof u);
    long r = emu_os3(e, GUEST_uname, EMU_HOST(u), 0, 0);
    memset(u + MACHINE, 0, FIELD);
    memcpy(u + MACHINE, "riscv64", 7);
    return r < 0 ? r : emu_copy_in(e, a[0], u, sizeof u, false) ? 0 : -EMU_EFAULT;
}

/* The address space and stack are the emulator's: their limits are told, and cannot be set. */
static long limits(Emu *e, uint64_t pid, uint64_t which, uint64_t new, uint64_t old)
{
    enum { DATA = 2, STACK = 3, MEMLOCK = 8, AS = 9, LIMITS = 16, DEFAULT_STACK = 8 << 20 };
    uint64_t in[2], out[2] = { UINT64_MAX, UINT64_MAX };
    bool own = which == DATA || which == STACK || which == AS || which == MEMLOCK;
    long r = 0;
    if (which >= LIMITS)
        return -EMU_EINVAL;
    if (new && !emu_copy_out(e, in, new, sizeof in))
        return -EMU_EFAULT;
    if (own)
        out[0] = which == STACK ? DEFAULT_STACK : UINT64_MAX;
    else
        r = emu_os(e, GUEST_prlimit64, pid, which, new ? EMU_HOST(in) : 0, EMU_HOST(out), 0, 0);
    return r < 0 ? r : old && !emu_copy_in(e, old, out, sizeof out, false) ? -EMU_EFAULT : 0;
}

static long sys_prlimit64(Emu *e, const uint64_t a[6])
{
    return limits(e, a[0], a[1], a[2], a[3]);
}

static long sys_getrlimit(Emu *e, const uint64_t a[6])
{
    return limits(e, 0, a[0], 0, a[1]);
}

static long sys_setrlimit(Emu *e, const uint64_t a[6])
{
    return limits(e, 0, a[0], a[1], 0);
}

/* With no other thread nobody wakes: a wait ends by its timeout or a signal, and a wake finds no one. */
static long sys_futex(Emu *e, const uint64_t a[6])
{
    enum { WAIT, WAKE, WAIT_BITSET = 9, WAKE_BITSET, FLAGS = 128 | 256, REALTIME = 256, MONOTONIC = 1, TIMER_ABSTIME = 1 };
    unsigned op = (unsigned)a[1] & ~(unsigned)FLAGS;
    int64_t time[2];
    uint8_t word[4];
    if (op == WAKE || op == WAKE_BITSET)
        return 0;
    if (op != WAIT && op != WAIT_BITSET)
        return -EMU_ENOSYS;
    if (!emu_copy_out(e, word, a[0], 4) || (a[3] && !emu_copy_out(e, time, a[3], sizeof time)))
        return -EMU_EFAULT;
    if (get_u32(word) != (uint32_t)a[2])
        return -EMU_EAGAIN;
    if (!a[3]) {
        long r = emu_os(e, GUEST_ppoll, 0, 0, 0, 0, 0, 0);
        return r < 0 ? r : -EMU_EINTR;
    }
    long r = emu_os(e, GUEST_clock_nanosleep, a[1] & REALTIME ? 0 : MONOTONIC, op == WAIT_BITSET ? TIMER_ABSTIME : 0, EMU_HOST(time), 0,
                    0, 0);
    return r < 0 ? r : -EMU_ETIMEDOUT;
}

static long sys_membarrier(Emu *e, const uint64_t a[6])
{
    (void)e;
    return a[0] == 0 ? 0 : -EMU_EINVAL;    /* MEMBARRIER_CMD_QUERY: none is supported */
}

static long sys_getcpu(Emu *e, const uint64_t a[6])
{
    static const uint8_t zero[4] = { 0 };
    return (a[0] && !emu_copy_in(e, a[0], zero, 4, false)) || (a[1] && !emu_copy_in(e, a[1], zero, 4, false)) ? -EMU_EFAULT : 0;
}

/* The length comes before the mask. */
static long sys_sched_getaffinity(Emu *e, const uint64_t a[6])
{
    enum { MAX = 1024 };
    uint8_t mask[MAX];
    uint64_t n = a[1] < MAX ? a[1] : MAX;
    long r = emu_os3(e, GUEST_sched_getaffinity, a[0], n, EMU_HOST(mask));
    return r > 0 && !emu_copy_in(e, a[2], mask, (uint64_t)r < n ? (size_t)r : n, false) ? -EMU_EFAULT : r;
}

const EmuRow emu_process_rows[] = {
    EMU_ROW(exit, "i", sys_exit, 0),
    EMU_ROW(exit_group, "i", sys_exit, 0),
    EMU_ROW(set_tid_address, "x", sys_gettid, 0),
    EMU_ROW(gettid, "", sys_gettid, 0),
    EMU_ROW(set_robust_list, "xi", sys_nothing, 0),
    EMU_ROW(getpid, "", NULL, 0),
    EMU_ROW(getppid, "", NULL, 0),
    EMU_ROW(getuid, "", NULL, 0),
    EMU_ROW(geteuid, "", NULL, 0),
    EMU_ROW(getgid, "", NULL, 0),
    EMU_ROW(getegid, "", NULL, 0),
    EMU_ROW(getpgid, "i", NULL, 0),
    EMU_ROW(getsid, "i", NULL, 0),
    EMU_ROW(setpgid, "ii", NULL, 0),
    EMU_ROW(getresuid, "ooo", NULL, 4, 4, 4),
    EMU_ROW(getresgid, "ooo", NULL, 4, 4, 4),
    EMU_ROW(getpriority, "ii", NULL, 0),
    EMU_ROW(uname, "a", sys_uname, 0),
    EMU_ROW(sysinfo, "o", NULL, 112),
    EMU_ROW(prlimit64, "iiaa", sys_prlimit64, 0),
    EMU_ROW(getrlimit, "ia", sys_getrlimit, 0),
    EMU_ROW(setrlimit, "ia", sys_setrlimit, 0),
    EMU_ROW(getrusage, "io", NULL, 0, 144),
    EMU_ROW(times, "o", NULL, 32),
    EMU_ROW(gettimeofday, "oo", NULL, 16, 8),
    EMU_ROW(clock_gettime, "io", NULL, 0, 16),
    EMU_ROW(clock_getres, "io", NULL, 0, 16),
    EMU_ROW(clock_nanosleep, "ixbo", NULL, 0, 0, 16, 16),
    EMU_ROW(nanosleep, "bo", NULL, 16, 16),
    EMU_ROW(getrandom, "Rix", NULL, 0),
    EMU_ROW(futex, "axiaai", sys_futex, 0),
    EMU_ROW(membarrier, "iii", sys_membarrier, 0),
    EMU_ROW(sched_yield, "", NULL, 0),
    EMU_ROW(sched_getaffinity, "iia", sys_sched_getaffinity, 0),
    EMU_ROW(getcpu, "aai", sys_getcpu, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
