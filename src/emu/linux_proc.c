/* linux_proc: calls about the guest as a process, its clocks, limits and the machine it is told it runs on. Threads and
 * processes: linux_clone.c. */
#include "emu/linux.h"

static long sys_exit(Emu *e, const uint64_t a[6])
{
    e->stop = EMU_EXITED;
    e->status = (int)(a[0] & 255);
    return 0;
}

static long sys_getgroups(Emu *e, const uint64_t a[6])
{
    enum { MOST = 65536 };
    uint32_t *list = arena_array(&e->scratch, uint32_t, MOST);
    long n = emu_os3(e, GUEST_getgroups, a[0] > MOST ? MOST : a[0], EMU_HOST(list), 0);
    return n > 0 && a[0] && !emu_copy_in(e, a[1], list, (size_t)n * 4, false) ? -EMU_EFAULT : n;
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

static long nanosleep(Emu *e, uint64_t request, uint64_t remain, uint64_t clock, bool absolute)
{
    int64_t time[2];
    EmuWait *w = &e->os_state->thread->wait;
    int64_t deadline = w->deadline;
    if (!emu_copy_out(e, time, request, sizeof time))
        return -EMU_EFAULT;
    if (time[0] < 0 || time[1] < 0 || time[1] > 999999999 || clock > 11)
        return -EMU_EINVAL;
    if (!w->again)
        deadline = emu_deadline(e, time, clock, absolute);
    if (emu_now(e) >= deadline)
        return 0;
    w->remain = absolute ? 0 : remain;
    return emu_block_until(e, deadline, false);
}

static long sys_nanosleep(Emu *e, const uint64_t a[6])
{
    return nanosleep(e, a[0], a[1], 1, false);
}

static long sys_clock_nanosleep(Emu *e, const uint64_t a[6])
{
    return nanosleep(e, a[2], a[3], (uint32_t)a[0], a[1] & 1);
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

enum { RISCV_HWPROBE = 258 };  /* younger than the kernel of sys.def */

/* Documentation/riscv/hwprobe.rst. A key nobody knows becomes -1. */
static long sys_riscv_hwprobe(Emu *e, const uint64_t a[6])
{
    enum { BASE = 3, EXTENSIONS = 4, SPEED = 5, IMA = 1, FD = 1, C = 2, ZBA = 8, ZBB = 16, ZBS = 32, FAST = 3, MOST = 4096 };
    const uint64_t zicond = (uint64_t)1 << 35;
    if (a[1] > MOST || a[4])
        return -EMU_EINVAL;
    for (uint64_t i = 0; i < a[1]; i++) {
        uint64_t pair[2];
        if (!emu_copy_out(e, pair, a[0] + i * 16, sizeof pair))
            return -EMU_EFAULT;
        int64_t key = (int64_t)pair[0];
        pair[1] = key == BASE ? IMA : key == EXTENSIONS ? (FD | C | ZBA | ZBB | ZBS | zicond) : key == SPEED ? FAST : 0;
        if (key < 0 || key > SPEED)
            pair[0] = UINT64_MAX;
        if (!emu_copy_in(e, a[0] + i * 16, pair, sizeof pair, false))
            return -EMU_EFAULT;
    }
    return 0;
}

/* The length comes before the mask. */
static long sys_sched_setaffinity(Emu *e, const uint64_t a[6])
{
    enum { MAX = 1024 };
    uint8_t mask[MAX];
    uint64_t n = a[1] < MAX ? a[1] : MAX;
    return emu_copy_out(e, mask, a[2], n) ? emu_os3(e, GUEST_sched_setaffinity, a[0], n, EMU_HOST(mask)) : -EMU_EFAULT;
}

/* What has no address in it, and the name of the thread. */
static long sys_prctl(Emu *e, const uint64_t a[6])
{
    enum { SET_PDEATHSIG = 1, GET_DUMPABLE = 3, SET_DUMPABLE = 4, SET_NAME = 15, GET_NAME = 16, CAPBSET_READ = 23, SET_SUBREAPER = 36,
           SET_NO_NEW_PRIVS = 38, GET_NO_NEW_PRIVS = 39, NAME = 16 };
    char name[NAME];
    long r;
    memset(name, 0, sizeof name);
    switch (a[0]) {
    case SET_PDEATHSIG: case GET_DUMPABLE: case SET_DUMPABLE: case CAPBSET_READ: case SET_SUBREAPER: case SET_NO_NEW_PRIVS:
    case GET_NO_NEW_PRIVS:
        return emu_os(e, GUEST_prctl, a[0], a[1], a[2], a[3], a[4], 0);
    case SET_NAME:
        for (unsigned i = 0; i < NAME - 1 && (!i || name[i - 1]); i++)
            if (!emu_copy_out(e, name + i, a[1] + i, 1))
                return -EMU_EFAULT;
        return emu_os3(e, GUEST_prctl, SET_NAME, EMU_HOST(name), 0);
    case GET_NAME:
        r = emu_os3(e, GUEST_prctl, GET_NAME, EMU_HOST(name), 0);
        return r < 0 ? r : emu_copy_in(e, a[1], name, sizeof name, false) ? r : -EMU_EFAULT;
    default:
        return -EMU_EINVAL;
    }
}

const EmuRow emu_process_rows[] = {
    EMU_ROW(prctl, "ixxxx", sys_prctl, 0),
    EMU_ROW(personality, "x", NULL, 0),
    EMU_ROW(pidfd_open, "ix", NULL, 0),
    EMU_ROW(pidfd_send_signal, "iibx", NULL, 0, 0, EMU_INFO_SIZE),
    EMU_ROW(sched_setaffinity, "iia", sys_sched_setaffinity, 0),
    EMU_ROW(sched_getscheduler, "i", NULL, 0),
    EMU_ROW(sched_setscheduler, "iib", NULL, 0, 0, 4),
    EMU_ROW(sched_getparam, "io", NULL, 0, 4),
    EMU_ROW(sched_setparam, "ib", NULL, 0, 4),
    EMU_ROW(sched_get_priority_max, "i", NULL, 0),
    EMU_ROW(sched_get_priority_min, "i", NULL, 0),
    EMU_ROW(setuid, "i", NULL, 0),
    EMU_ROW(setgid, "i", NULL, 0),
    EMU_ROW(setreuid, "ii", NULL, 0),
    EMU_ROW(setregid, "ii", NULL, 0),
    EMU_ROW(setresuid, "iii", NULL, 0),
    EMU_ROW(setresgid, "iii", NULL, 0),
    EMU_ROW(setfsuid, "i", NULL, 0),
    EMU_ROW(setfsgid, "i", NULL, 0),
    { RISCV_HWPROBE, "riscv_hwprobe", "aiiax", sys_riscv_hwprobe, { 0 } },
    EMU_ROW(exit_group, "i", sys_exit, 0),
    EMU_ROW(getpid, "", NULL, 0),
    EMU_ROW(getppid, "", NULL, 0),
    EMU_ROW(getuid, "", NULL, 0),
    EMU_ROW(geteuid, "", NULL, 0),
    EMU_ROW(getgid, "", NULL, 0),
    EMU_ROW(getegid, "", NULL, 0),
    EMU_ROW(getpgid, "i", NULL, 0),
    EMU_ROW(getsid, "i", NULL, 0),
    EMU_ROW(setpgid, "ii", NULL, 0),
    EMU_ROW(setsid, "", NULL, 0),
    EMU_ROW(getgroups, "ia", sys_getgroups, 0),
    EMU_ROW(setpriority, "iii", NULL, 0),
    EMU_ROW(getitimer, "io", NULL, 0, 32),
    EMU_ROW(setitimer, "ibo", NULL, 0, 32, 32),
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
    EMU_ROW(clock_nanosleep, "ixaa", sys_clock_nanosleep, 0),
    EMU_ROW(nanosleep, "aa", sys_nanosleep, 0),
    EMU_ROW(getrandom, "Rix", NULL, 0),
    EMU_ROW(membarrier, "iii", sys_membarrier, 0),
    EMU_ROW(sched_getaffinity, "iia", sys_sched_getaffinity, 0),
    EMU_ROW(getcpu, "aai", sys_getcpu, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
