/* linux_event: what tells of events: epoll, timers that are descriptors or signals, signalfd, inotify. The host's all; a wait is tested
 * first, for an epoll is a descriptor that can be waited for as any other. */
#include "emu/linux.h"

enum { EVENT_SIZE = 16, MAX_EVENTS = 65536, POLL_IN = 1, SIGEV_SIZE = 64, SIGEV_SIGNAL = 0, SIGEV_NONE = 1, SIGEV_THREAD_ID = 4 };

/* ---- epoll: struct epoll_event is packed on one kind of host ---- */

static bool is_packed(Emu *e)
{
    EmuLinux *l = e->os_state;
    if (!l->machine)
        l->machine = emu_this_machine(e);
    return l->machine && l->machine->packed_epoll;
}

static long sys_epoll_ctl(Emu *e, const uint64_t a[6])
{
    enum { DATA = 8, PACKED_DATA = 4 };
    uint8_t event[EVENT_SIZE];
    if (!a[3])
        return emu_os(e, GUEST_epoll_ctl, a[0], a[1], a[2], 0, 0, 0);
    if (!emu_copy_out(e, event, a[3], sizeof event))
        return -EMU_EFAULT;
    if (is_packed(e))
        memmove(event + PACKED_DATA, event + DATA, 8);
    return emu_os(e, GUEST_epoll_ctl, a[0], a[1], a[2], EMU_HOST(event), 0, 0);
}

/* time: NULL for ever. */
static long epoll_wait(Emu *e, const uint64_t a[6], const int64_t *time, int64_t ms, uint64_t mask_at)
{
    enum { PACKED_SIZE = 12, PACKED_DATA = 4, DATA = 8 };
    uint64_t n = (uint32_t)a[2], mask;
    if ((int32_t)a[2] <= 0 || n > MAX_EVENTS)
        return -EMU_EINVAL;
    if (!emu_copy_mask(e, mask_at, &mask))
        return -EMU_EFAULT;
    bool careful = emu_careful(e), packed = is_packed(e);
    uint8_t *events = arena_alloc(&e->scratch, n * EVENT_SIZE);
    long r = emu_os(e, GUEST_epoll_pwait, a[0], EMU_HOST(events), n, careful ? 0 : (uint64_t)ms, 0, 8);
    if (r == 0 && careful && emu_time_is_left(e, time)) {
        emu_wait_for(e, (int)a[0], POLL_IN);
        return EMU_BLOCKED;
    }
    if (r == -EMU_EINTR)
        e->attend = 0;
    for (long i = 0; i < r; i++) {
        uint8_t event[EVENT_SIZE];
        const uint8_t *from = events + i * (packed ? PACKED_SIZE : EVENT_SIZE);
        memset(event, 0, sizeof event);
        memcpy(event, from, 4);
        memcpy(event + DATA, from + (packed ? PACKED_DATA : DATA), 8);
        if (!emu_copy_in(e, a[1] + (uint64_t)i * EVENT_SIZE, event, sizeof event, false))
            return -EMU_EFAULT;
    }
    return r;
}

static long sys_epoll_pwait(Emu *e, const uint64_t a[6])
{
    int64_t ms = (int32_t)a[3], time[2] = { ms / 1000, ms % 1000 * 1000000 };
    return epoll_wait(e, a, ms < 0 ? NULL : time, ms, a[4]);
}

static long sys_epoll_pwait2(Emu *e, const uint64_t a[6])
{
    enum { LONGEST = 1000000 };
    int64_t time[2] = { 0, 0 };
    if (a[3] && !emu_copy_out(e, time, a[3], sizeof time))
        return -EMU_EFAULT;
    if (time[0] < 0 || time[1] < 0 || time[1] > 999999999)
        return -EMU_EINVAL;
    int64_t seconds = time[0] < LONGEST ? time[0] : LONGEST;
    return epoll_wait(e, a, a[3] ? time : NULL, a[3] ? seconds * 1000 + (time[1] + 999999) / 1000000 : -1, a[4]);
}

/* ---- timers that send signals: to the process, also those for one thread, which alone waits for that signal ---- */

static long sys_timer_create(Emu *e, const uint64_t a[6])
{
    uint8_t event[SIGEV_SIZE];
    int32_t id = 0;
    if (!e->opt.signals)
        return -EMU_ENOSYS;
    if (a[1] && !emu_copy_out(e, event, a[1], sizeof event))
        return -EMU_EFAULT;
    uint32_t notify = a[1] ? get_u32(event + 12) : SIGEV_SIGNAL;
    if (notify == SIGEV_THREAD_ID)
        put_u32(event + 12, SIGEV_SIGNAL);
    else if (notify != SIGEV_SIGNAL && notify != SIGEV_NONE)
        return -EMU_EINVAL;
    long r = emu_os3(e, GUEST_timer_create, a[0], a[1] ? EMU_HOST(event) : 0, EMU_HOST(&id));
    return r < 0 ? r : emu_copy_in(e, a[2], &id, 4, false) ? 0 : -EMU_EFAULT;
}

static long sys_signalfd4(Emu *e, const uint64_t a[6])
{
    uint64_t mask;
    if (a[2] != 8)
        return -EMU_EINVAL;
    if (!e->opt.signals)
        return -EMU_ENOSYS;
    if (!emu_copy_out(e, &mask, a[1], 8))
        return -EMU_EFAULT;
    return emu_os(e, GUEST_signalfd4, (uint64_t)(int32_t)a[0], EMU_HOST(&mask), 8, a[3], 0, 0);
}

const EmuRow emu_event_rows[] = {
    EMU_ROW(epoll_create1, "x", NULL, 0),
    EMU_ROW(epoll_ctl, "iiia", sys_epoll_ctl, 0),
    EMU_ROW(epoll_pwait, "iaiiai", sys_epoll_pwait, 0),
    EMU_ROW(epoll_pwait2, "iaiaai", sys_epoll_pwait2, 0),
    EMU_ROW(timerfd_create, "ix", NULL, 0),
    EMU_ROW(timerfd_settime, "ixbo", NULL, 0, 0, 32, 32),
    EMU_ROW(timerfd_gettime, "io", NULL, 0, 32),
    EMU_ROW(timer_create, "iaa", sys_timer_create, 0),
    EMU_ROW(timer_settime, "ixbo", NULL, 0, 0, 32, 32),
    EMU_ROW(timer_gettime, "io", NULL, 0, 32),
    EMU_ROW(timer_getoverrun, "i", NULL, 0),
    EMU_ROW(timer_delete, "i", NULL, 0),
    EMU_ROW(signalfd4, "iaix", sys_signalfd4, 0),
    EMU_ROW(inotify_init1, "x", NULL, 0),
    EMU_ROW(inotify_add_watch, "ipx", NULL, 0),
    EMU_ROW(inotify_rm_watch, "ii", NULL, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
