/* linux_path: names of files that are looked at: open, stat, access, readlink. Two kinds are not what the host has by that name: the
 * guest's own, for the guest is not the process, and absolute ones that are there below the sysroot. */
#include "emu/linux.h"

enum { AT_FDCWD = -100, NOFOLLOW = 0x100, AT_EMPTY_PATH = 0x1000, STATX_TYPE = 1, STATX_BASIC = 0x7ff, STATX_SIZE = 256, STATX_MODE = 28,
       STAT_SIZE = 128, MAX_PATH = 4096, MAX_LINKS = 40, S_IFLNK = 0120000 };

/* ---- which file a name means ---- */

/* S_IFMT of the mode; 0: it is not there. */
static unsigned type_of(Emu *e, const char *path, unsigned flags)
{
    uint8_t sx[STATX_SIZE];
    memset(sx, 0, sizeof sx);
    long r = emu_os(e, GUEST_statx, (uint64_t)AT_FDCWD, EMU_HOST(path), flags, STATX_TYPE, EMU_HOST(sx), 0);
    return r < 0 ? 0 : get_u16(sx + STATX_MODE) & RT_S_IFMT;
}

static bool is_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || !path[n]);
}

/* Links there stay there. A folder that the host has too is the host's: /, /tmp, /home. */
const char *emu_below_sysroot(Emu *e, const char *path, bool follow)
{
    const char *root = e->opt.sysroot, *at;
    if (!root || !root[0] || !root[1] || path[0] != '/' || is_in(path, "/proc") || is_in(path, "/dev") || is_in(path, "/sys"))
        return path;
    at = arena_fmt(&e->scratch, "%s%s", root, path);
    for (unsigned links = 0; links < MAX_LINKS; links++) {
        unsigned type = type_of(e, at, NOFOLLOW);
        if (type == RT_S_IFDIR)
            return type_of(e, path, follow ? 0 : NOFOLLOW) ? path : at;
        if (type != S_IFLNK || !follow)
            return type ? at : path;
        char *to = arena_alloc(&e->scratch, MAX_PATH);
        long n = emu_os(e, GUEST_readlinkat, (uint64_t)AT_FDCWD, EMU_HOST(at), EMU_HOST(to), MAX_PATH - 1, 0, 0);
        if (n <= 0)
            return path;
        to[n] = 0;
        size_t folder = strlen(at);
        while (folder && at[folder - 1] != '/')
            folder--;
        at = to[0] == '/' ? arena_fmt(&e->scratch, "%s%s", root, to) : arena_fmt(&e->scratch, "%.*s%s", (int)folder, at, to);
    }
    return path;
}

/* /proc/self/exe and /proc/PID/exe of the guest; its path, or NULL. */
static const char *own_name(Emu *e, const char *path)
{
    char pid[32];
    rt_snfmt(pid, sizeof pid, "/proc/%ld/exe", emu_os3(e, GUEST_getpid, 0, 0, 0));
    return e->opt.exe && (strcmp(path, "/proc/self/exe") == 0 || strcmp(path, pid) == 0) ? e->opt.exe : NULL;
}

/* The host's name of the file; NULL: the guest's is not readable. */
static const char *path_in(Emu *e, uint64_t address, bool follow)
{
    char *s = arena_alloc(&e->scratch, MAX_PATH);
    if (!emu_copy_string(e, address, s, MAX_PATH))
        return NULL;
    const char *own = follow ? own_name(e, s) : NULL;
    return own ? own : emu_below_sysroot(e, s, follow);
}

/* ---- stat: asm-generic/stat.h from the host's statx, which is the same everywhere ---- */

static uint64_t device(const uint8_t *sx, unsigned at)
{
    uint32_t major = get_u32(sx + at), minor = get_u32(sx + at + 4);
    return (minor & 0xff) | (uint64_t)(major & 0xfff) << 8 | (uint64_t)(minor & ~0xffu) << 12 | (uint64_t)(major & ~0xfffu) << 32;
}

static long stat_into(Emu *e, uint64_t fd, const char *path, uint64_t flags, uint64_t to)
{
    static const struct { uint8_t from, to; } times[] = { { 64, 72 }, { 112, 88 }, { 96, 104 } }; /* atime, mtime, ctime */
    uint8_t sx[STATX_SIZE], st[STAT_SIZE];
    memset(sx, 0, sizeof sx);
    memset(st, 0, sizeof st);
    long r = emu_os(e, GUEST_statx, fd, EMU_HOST(path), flags, STATX_BASIC, EMU_HOST(sx), 0);
    if (r < 0)
        return r;
    put_u64(st, device(sx, 136));
    put_u64(st + 8, get_u64(sx + 32));
    put_u32(st + 16, get_u16(sx + 28));
    put_u32(st + 20, get_u32(sx + 16));
    put_u32(st + 24, get_u32(sx + 20));
    put_u32(st + 28, get_u32(sx + 24));
    put_u64(st + 32, device(sx, 128));
    put_u64(st + 48, get_u64(sx + 40));
    put_u32(st + 56, get_u32(sx + 4));
    put_u64(st + 64, get_u64(sx + 48));
    for (unsigned i = 0; i < countof(times); i++) {
        put_u64(st + times[i].to, get_u64(sx + times[i].from));
        put_u64(st + times[i].to + 8, get_u32(sx + times[i].from + 8));
    }
    return emu_copy_in(e, to, st, sizeof st, false) ? 0 : -EMU_EFAULT;
}

static long sys_fstat(Emu *e, const uint64_t a[6])
{
    return stat_into(e, a[0], "", AT_EMPTY_PATH, a[1]);
}

static long sys_newfstatat(Emu *e, const uint64_t a[6])
{
    const char *path = path_in(e, a[1], !(a[3] & NOFOLLOW));
    return path ? stat_into(e, a[0], path, a[3], a[2]) : -EMU_EFAULT;
}

static long sys_statx(Emu *e, const uint64_t a[6])
{
    uint8_t sx[STATX_SIZE];
    const char *path = path_in(e, a[1], !(a[2] & NOFOLLOW));
    memset(sx, 0, sizeof sx);
    long r = path ? emu_os(e, GUEST_statx, a[0], EMU_HOST(path), a[2], a[3], EMU_HOST(sx), 0) : -EMU_EFAULT;
    return r < 0 ? r : emu_copy_in(e, a[4], sx, sizeof sx, false) ? 0 : -EMU_EFAULT;
}

/* ---- the other calls ---- */

static long sys_statfs(Emu *e, const uint64_t a[6])
{
    uint8_t sf[120];
    const char *path = path_in(e, a[0], true);
    memset(sf, 0, sizeof sf);
    long r = path ? emu_os3(e, GUEST_statfs, EMU_HOST(path), EMU_HOST(sf), 0) : -EMU_EFAULT;
    return r < 0 ? r : emu_copy_in(e, a[1], sf, sizeof sf, false) ? 0 : -EMU_EFAULT;
}

static long sys_openat(Emu *e, const uint64_t a[6])
{
    enum { O_NOFOLLOW = 0x20000 };
    const char *path = path_in(e, a[1], !(a[2] & O_NOFOLLOW));
    return path ? emu_os(e, GUEST_openat, a[0], EMU_HOST(path), a[2], a[3], 0, 0) : -EMU_EFAULT;
}

static long sys_faccessat(Emu *e, const uint64_t a[6])
{
    const char *path = path_in(e, a[1], true);
    return path ? emu_os3(e, GUEST_faccessat, a[0], EMU_HOST(path), a[2]) : -EMU_EFAULT;
}

static long sys_faccessat2(Emu *e, const uint64_t a[6])
{
    const char *path = path_in(e, a[1], !(a[3] & NOFOLLOW));
    return path ? emu_os(e, GUEST_faccessat2, a[0], EMU_HOST(path), a[2], a[3], 0, 0) : -EMU_EFAULT;
}

static long sys_readlinkat(Emu *e, const uint64_t a[6])
{
    char to[MAX_PATH], *name = arena_alloc(&e->scratch, MAX_PATH);
    int64_t size = (int32_t)a[3] < MAX_PATH ? (int32_t)a[3] : MAX_PATH;
    if (!emu_copy_string(e, a[1], name, MAX_PATH))
        return -EMU_EFAULT;
    if (size <= 0)
        return -EMU_EINVAL;
    const char *own = own_name(e, name), *path = own ? own : emu_below_sysroot(e, name, false);
    long n = own ? (long)strlen(own) : emu_os(e, GUEST_readlinkat, a[0], EMU_HOST(path), EMU_HOST(to), (uint64_t)size, 0, 0);
    if (n > size)
        n = size;
    if (n > 0 && !emu_copy_in(e, a[2], own ? own : to, (size_t)n, false))
        return -EMU_EFAULT;
    return n;
}

const EmuRow emu_path_rows[] = {
    EMU_ROW(openat, "ipxx", sys_openat, 0),
    EMU_ROW(fstat, "ia", sys_fstat, 0),
    EMU_ROW(newfstatat, "ipax", sys_newfstatat, 0),
    EMU_ROW(statx, "ipxxa", sys_statx, 0),
    EMU_ROW(statfs, "pa", sys_statfs, 0),
    EMU_ROW(readlinkat, "ipai", sys_readlinkat, 0),
    EMU_ROW(faccessat, "ipx", sys_faccessat, 0),
    EMU_ROW(faccessat2, "ipxx", sys_faccessat2, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
