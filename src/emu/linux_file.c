/* linux_file: calls about files. Descriptors, offsets, flags and structures are the host's: open flags and ioctl and fcntl numbers of the
 * generic table are those of every 64-bit host but one kind, for which EmuHost.syscall changes them. Own code: reads and writes, which go
 * straight to the guest's pages. Names of files to be read: linux_path.c. */
#include "emu/linux.h"

enum { AT_EMPTY_PATH = 0x1000, STATX_BASIC = 0x7ff, STATX_SIZE = 256, STAT_SIZE = 128, MAX_PIECES = 512, MAX_PATH = 4096,
       MAX_VECTORS = 1024, POLL_IN = 1, POLL_OUT = 4 };

/* ---- reads and writes: the guest's pages as vectors of the host ---- */

typedef struct Piece {         /* struct iovec */
    uint64_t at, n;
} Piece;

/* The bytes [address, address + n) as pieces behind p[used]; the count of all, -EFAULT when the first byte of all has not the rights,
 * fewer bytes when a later one has not. *got: bytes that the pieces cover. */
static long add_pieces(Emu *e, Piece *p, uint32_t used, uint64_t address, uint64_t n, unsigned prot, uint64_t *got)
{
    while (n) {
        size_t room;
        uint8_t *at = emu_mem_at(&e->mem, address, prot, &room);
        if (!at)
            return *got ? (long)used : -EMU_EFAULT;
        room = room < n ? room : n;
        if (prot == EMU_WRITE)
            emu_blocks_drop(e, address, room);
        if (used && p[used - 1].at + p[used - 1].n == EMU_HOST(at))
            p[used - 1].n += room;
        else if (used == MAX_PIECES)
            break;
        else
            p[used++] = (Piece){ EMU_HOST(at), room };
        *got += room;
        address += room;
        n -= room;
    }
    return (long)used;
}

/* Would a write of all these not wait, once there is room for a page? Else it goes page by page: the reader may be another thread. */
static bool at_once(Emu *e, uint64_t fd, const Piece *vectors, uint64_t n)
{
    uint8_t sx[STATX_SIZE];
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += vectors[i].n;
    if (sum <= EMU_PAGE)
        return true;
    memset(sx, 0, sizeof sx);
    long r = emu_os(e, GUEST_statx, fd, EMU_HOST(""), AT_EMPTY_PATH, STATX_BASIC, EMU_HOST(sx), 0);
    unsigned type = get_u16(sx + 28) & RT_S_IFMT;
    return r < 0 || type == RT_S_IFREG || type == RT_S_IFDIR;
}

/* One vector after another until all is done or a call does less. call: readv, writev, preadv or pwritev; offset: of the latter two. */
static long transfer(Emu *e, long call, uint64_t fd, const Piece *vectors, uint64_t nvectors, int64_t offset)
{
    Piece *p = arena_array(&e->scratch, Piece, MAX_PIECES);
    unsigned prot = call == GUEST_readv || call == GUEST_preadv ? EMU_WRITE : EMU_READ;
    bool at = call == GUEST_preadv || call == GUEST_pwritev;
    EmuWait *w = &e->os_state->thread->wait;
    bool write = prot == EMU_READ, chunks = !at && write && emu_careful(e) && !at_once(e, fd, vectors, nvectors);
    long done = (long)w->done;
    uint64_t i = 0, skip = 0, most = chunks ? EMU_PAGE : UINT64_MAX;
    do {
        if (chunks) {          /* from where the last write ended */
            skip = (uint64_t)done;
            for (i = 0; i < nvectors && skip >= vectors[i].n; i++)
                skip -= vectors[i].n;
            if (done && i == nvectors)
                break;
        }
        long wrong = at ? 0 : emu_wait_fd(e, fd, write ? POLL_OUT : POLL_IN);
        if (wrong) {
            if (!write && done) {
                w->asleep = false;
                w->fds.n = 0;
                return done;
            }
            w->done = (uint64_t)done;
            return wrong;
        }
        uint64_t want = 0;
        long used = 0;
        while (i < nvectors && used < MAX_PIECES) {
            uint64_t before = want;
            uint64_t n = vectors[i].n - skip < most - want ? vectors[i].n - skip : most - want;
            used = add_pieces(e, p, (uint32_t)used, vectors[i].at + skip, n, prot, &want);
            if (used < 0)
                return done ? done : used;
            skip += want - before;
            if (skip < vectors[i].n || want == most)
                break;
            i++;
            skip = 0;
        }
        long r = emu_os(e, call, fd, EMU_HOST(p), (uint64_t)used, at ? (uint64_t)offset : 0, 0, 0);
        if (r == -EMU_EPIPE && prot == EMU_READ)
            emu_signal_send(e, e->os_state->thread, EMU_SIGPIPE, 0);
        if (r < 0)
            return done ? done : r;
        done += r;
        offset += r;
        if (!r || (!chunks && ((uint64_t)r < want || !want)))
            break;
    } while (i < nvectors);
    return done;
}

static long one(Emu *e, long call, const uint64_t a[6])
{
    Piece v = { a[1], a[2] };
    if (a[2] > INT64_MAX)
        return -EMU_EINVAL;
    if (v.n > 0x7ffff000)      /* MAX_RW_COUNT */
        v.n = 0x7ffff000;
    if ((call == GUEST_preadv || call == GUEST_pwritev) && (int64_t)a[3] < 0)
        return -EMU_EINVAL;
    return transfer(e, call, a[0], &v, 1, (int64_t)a[3]);
}

static long sys_read(Emu *e, const uint64_t a[6]) { return one(e, GUEST_readv, a); }
static long sys_write(Emu *e, const uint64_t a[6]) { return one(e, GUEST_writev, a); }
static long sys_pread64(Emu *e, const uint64_t a[6]) { return one(e, GUEST_preadv, a); }
static long sys_pwrite64(Emu *e, const uint64_t a[6]) { return one(e, GUEST_pwritev, a); }

static long many(Emu *e, long call, const uint64_t a[6])
{
    if (a[2] > MAX_VECTORS)
        return -EMU_EINVAL;
    Piece *v = arena_array(&e->scratch, Piece, a[2] + 1);
    if (!emu_copy_out(e, v, a[1], a[2] * sizeof *v))
        return -EMU_EFAULT;
    uint64_t sum = 0;
    for (uint64_t i = 0; i < a[2]; i++) {
        if (v[i].n > INT64_MAX || (sum += v[i].n) > INT64_MAX)
            return -EMU_EINVAL;
    }
    return transfer(e, call, a[0], v, a[2], (int64_t)a[3]);
}

static long sys_readv(Emu *e, const uint64_t a[6]) { return many(e, GUEST_readv, a); }
static long sys_writev(Emu *e, const uint64_t a[6]) { return many(e, GUEST_writev, a); }
static long sys_preadv(Emu *e, const uint64_t a[6]) { return many(e, GUEST_preadv, a); }
static long sys_pwritev(Emu *e, const uint64_t a[6]) { return many(e, GUEST_pwritev, a); }

/* ---- ioctl and fcntl: by what the third argument is ---- */

static const struct { uint32_t request; char letter; uint16_t size; } ioctls[] = {
    { 0x5401, 'o', 36 }, { 0x5402, 'b', 36 }, { 0x5403, 'b', 36 }, { 0x5404, 'b', 36 },  /* TCGETS, TCSETS, TCSETSW, TCSETSF */
    { 0x5409, 'i', 0 }, { 0x540b, 'i', 0 },                                              /* TCSBRK, TCFLSH */
    { 0x540f, 'o', 4 }, { 0x5410, 'b', 4 },                                              /* TIOCGPGRP, TIOCSPGRP */
    { 0x5413, 'o', 8 }, { 0x5414, 'b', 8 },                                              /* TIOCGWINSZ, TIOCSWINSZ */
    { 0x541b, 'o', 4 }, { 0x5421, 'b', 4 }, { 0x5450, 'i', 0 }, { 0x5451, 'i', 0 },      /* FIONREAD, FIONBIO, FIONCLEX, FIOCLEX */
};

static long by_letter(Emu *e, long call, const uint64_t a[6], char letter, unsigned size)
{
    char letters[] = { 'i', 'x', letter, 0 };
    EmuRow r = { 0, "", NULL, NULL, { 0 } };
    r.number = (uint16_t)call;
    r.args = letters;
    r.size[2] = (uint16_t)size;
    return emu_pass(e, &r, a);
}

static long sys_ioctl(Emu *e, const uint64_t a[6])
{
    for (unsigned i = 0; i < countof(ioctls); i++)
        if (ioctls[i].request == (uint32_t)a[1])
            return by_letter(e, GUEST_ioctl, a, ioctls[i].letter, ioctls[i].size);
    return -EMU_ENOTTY;
}

static long sys_fcntl(Emu *e, const uint64_t a[6])
{
    enum { GETLK = 5, SETLKW = 7, OFD_GETLK = 36, OFD_SETLKW = 38, FLOCK_SIZE = 32 };
    bool lock = (a[1] >= GETLK && a[1] <= SETLKW) || (a[1] >= OFD_GETLK && a[1] <= OFD_SETLKW);
    return by_letter(e, GUEST_fcntl, a, lock ? 'u' : 'i', FLOCK_SIZE);
}

/* ---- waiting for descriptors ---- */

static long sys_ppoll(Emu *e, const uint64_t a[6])
{
    enum { POLLFD = 8, MAX_FDS = 4096 };
    static const int64_t zero[2] = { 0, 0 };
    uint64_t n = (uint32_t)a[1];
    int64_t time[2];
    if (n > MAX_FDS)
        return -EMU_EINVAL;
    void *fds = arena_alloc(&e->scratch, n * POLLFD + 1);
    if (!emu_copy_out(e, fds, a[0], n * POLLFD) || (a[2] && !emu_copy_out(e, time, a[2], sizeof time)))
        return -EMU_EFAULT;
    const EmuPoll *p = fds;
    uint64_t mask = a[3];
    if (!emu_copy_mask(e, a[3], &mask))
        return -EMU_EFAULT;
    bool careful = emu_careful(e);
    long r = emu_os(e, GUEST_ppoll, EMU_HOST(fds), n, careful ? EMU_HOST(zero) : a[2] ? EMU_HOST(time) : 0, 0, 0, 0);
    if (r == 0 && careful && emu_time_is_left(e, a[2] ? time : NULL)) {
        for (uint64_t i = 0; i < n; i++)
            emu_wait_for(e, p[i].fd, p[i].events);
        return EMU_BLOCKED;
    }
    if (r == -EMU_EINTR)
        e->attend = 0;
    return r >= 0 && !emu_copy_in(e, a[0], fds, n * POLLFD, false) ? -EMU_EFAULT : r;
}

static long sys_pselect6(Emu *e, const uint64_t a[6])
{
    enum { MAX_FDS = 1024 };
    static const int64_t zero[2] = { 0, 0 };
    uint64_t sets[3][MAX_FDS / 64], want[3][MAX_FDS / 64], n = (uint32_t)a[0], bytes = (n + 63) / 64 * 8;
    int64_t time[2];
    if (n > MAX_FDS)
        return -EMU_EINVAL;
    memset(sets, 0, sizeof sets);
    for (unsigned i = 0; i < 3; i++)
        if (a[1 + i] && !emu_copy_out(e, sets[i], a[1 + i], bytes))
            return -EMU_EFAULT;
    if (a[4] && !emu_copy_out(e, time, a[4], sizeof time))
        return -EMU_EFAULT;
    uint64_t mask[2] = { 0, 0 };
    if ((a[5] && !emu_copy_out(e, mask, a[5], sizeof mask)) || !emu_copy_mask(e, mask[0], &mask[1]))
        return -EMU_EFAULT;
    bool careful = emu_careful(e);
    memcpy(want, sets, sizeof want);
    long r = emu_os(e, GUEST_pselect6, n, a[1] ? EMU_HOST(sets[0]) : 0, a[2] ? EMU_HOST(sets[1]) : 0, a[3] ? EMU_HOST(sets[2]) : 0,
                    careful ? EMU_HOST(zero) : a[4] ? EMU_HOST(time) : 0, 0);
    if (r == 0 && careful && emu_time_is_left(e, a[4] ? time : NULL)) {
        for (uint64_t i = 0; i < n; i++) {
            int events = 0;
            for (unsigned k = 0; k < 3; k++)
                events |= a[1 + k] && want[k][i / 64] >> (i % 64) & 1 ? (k == 0 ? POLL_IN : k == 1 ? POLL_OUT : 2) : 0;
            if (events)
                emu_wait_for(e, (int)i, events);
        }
        return EMU_BLOCKED;
    }
    for (unsigned i = 0; i < 3 && r >= 0; i++)
        if (a[1 + i] && !emu_copy_in(e, a[1 + i], sets[i], bytes, false))
            return -EMU_EFAULT;
    return r;
}

const EmuRow emu_file_rows[] = {
    EMU_ROW(read, "iai", sys_read, 0),
    EMU_ROW(write, "iai", sys_write, 0),
    EMU_ROW(readv, "iai", sys_readv, 0),
    EMU_ROW(writev, "iai", sys_writev, 0),
    EMU_ROW(pread64, "iaii", sys_pread64, 0),
    EMU_ROW(pwrite64, "iaii", sys_pwrite64, 0),
    EMU_ROW(preadv, "iaii", sys_preadv, 0),
    EMU_ROW(pwritev, "iaii", sys_pwritev, 0),
    EMU_ROW(close, "i", NULL, 0),
    EMU_ROW(lseek, "iii", NULL, 0),
    EMU_ROW(fstatfs, "io", NULL, 0, 120),
    EMU_ROW(getcwd, "Ri", NULL, 0),
    EMU_ROW(chdir, "p", NULL, 0),
    EMU_ROW(fchdir, "i", NULL, 0),
    EMU_ROW(mkdirat, "ipx", NULL, 0),
    EMU_ROW(mknodat, "ipxx", NULL, 0),
    EMU_ROW(unlinkat, "ipx", NULL, 0),
    EMU_ROW(renameat2, "ipipx", NULL, 0),
    EMU_ROW(linkat, "ipipx", NULL, 0),
    EMU_ROW(symlinkat, "pip", NULL, 0),
    EMU_ROW(truncate, "pi", NULL, 0),
    EMU_ROW(ftruncate, "ii", NULL, 0),
    EMU_ROW(fallocate, "ixii", NULL, 0),
    EMU_ROW(fadvise64, "iiii", NULL, 0),
    EMU_ROW(fchmod, "ix", NULL, 0),
    EMU_ROW(fchmodat, "ipx", NULL, 0),
    EMU_ROW(fchownat, "ipiix", NULL, 0),
    EMU_ROW(fchown, "iii", NULL, 0),
    EMU_ROW(utimensat, "ipbx", NULL, 0, 0, 32),
    EMU_ROW(getdents64, "iRi", NULL, 0),
    EMU_ROW(ioctl, "ixx", sys_ioctl, 0),
    EMU_ROW(fcntl, "iix", sys_fcntl, 0),
    EMU_ROW(dup, "i", NULL, 0),
    EMU_ROW(dup3, "iix", NULL, 0),
    EMU_ROW(pipe2, "ox", NULL, 8),
    EMU_ROW(ppoll, "aiaa", sys_ppoll, 0),
    EMU_ROW(pselect6, "iaaaaa", sys_pselect6, 0),
    EMU_ROW(sendfile, "iiui", NULL, 0, 0, 8),
    EMU_ROW(sync, "", NULL, 0),
    EMU_ROW(fsync, "i", NULL, 0),
    EMU_ROW(fdatasync, "i", NULL, 0),
    EMU_ROW(flock, "ii", NULL, 0),
    EMU_ROW(umask, "x", NULL, 0),
    EMU_ROW(memfd_create, "px", NULL, 0),
    EMU_ROW(eventfd2, "ix", NULL, 0),
    EMU_ROW(close_range, "iix", NULL, 0),
    EMU_ROW(copy_file_range, "iuiuix", NULL, 0, 8, 0, 8),
    EMU_ROW(splice, "iuiuix", NULL, 0, 8, 0, 8),
    EMU_ROW(tee, "iiix", NULL, 0),
    EMU_ROW(syncfs, "i", NULL, 0),
    EMU_ROW(readahead, "iii", NULL, 0),
    EMU_ROW(chroot, "p", NULL, 0),
    EMU_ROW(setxattr, "ppWix", NULL, 0),
    EMU_ROW(lsetxattr, "ppWix", NULL, 0),
    EMU_ROW(fsetxattr, "ipWix", NULL, 0),
    EMU_ROW(getxattr, "ppRi", NULL, 0),
    EMU_ROW(lgetxattr, "ppRi", NULL, 0),
    EMU_ROW(fgetxattr, "ipRi", NULL, 0),
    EMU_ROW(listxattr, "pRi", NULL, 0),
    EMU_ROW(llistxattr, "pRi", NULL, 0),
    EMU_ROW(flistxattr, "iRi", NULL, 0),
    EMU_ROW(removexattr, "pp", NULL, 0),
    EMU_ROW(lremovexattr, "pp", NULL, 0),
    EMU_ROW(fremovexattr, "ip", NULL, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
