/* sys: Linux by the names of its calls. Only the calls that every target's kernel has (the generic table:
 * openat, statx, renameat2, ...), so that this file is the same for all of them. Results are the kernel's: a value or
 * -errno. */
#include "rt/rt.h"

#define SYS(name, number) SYS_##name = number,
enum {
#include "sys.def"
    SYS_END_OF_TABLE = -1
};
#undef SYS

enum { AT_FDCWD = -100, AT_SYMLINK_NOFOLLOW = 0x100, AT_EMPTY_PATH = 0x1000 };

static long call(long nr, long a, long b, long c, long d, long e)
{
    return rt_syscall(nr, a, b, c, d, e, 0);
}

int rt_open(const char *path, int flags, int mode)
{
    long r;
    do
        r = call(SYS_openat, AT_FDCWD, (long)path, flags, mode, 0);
    while (r == -RT_EINTR);
    return (int)r;
}

int rt_close(int fd)
{
    return (int)call(SYS_close, fd, 0, 0, 0, 0);
}

long rt_read(int fd, void *dst, size_t n)
{
    long r;
    do
        r = call(SYS_read, fd, (long)dst, (long)n, 0, 0);
    while (r == -RT_EINTR);
    return r;
}

long rt_write(int fd, const void *src, size_t n)
{
    const char *p = src;
    size_t left = n;
    while (left) {
        long r = call(SYS_write, fd, (long)p, (long)left, 0, 0);
        if (r == -RT_EINTR)
            continue;
        if (r < 0)
            return r;
        if (r == 0)
            return -RT_EIO;
        p += r;
        left -= (size_t)r;
    }
    return (long)n;
}

/* The kernel's struct statx (linux/stat.h): the same bytes on every target. */
typedef struct Statx {
    uint32_t mask, blksize;
    uint64_t attributes;
    uint32_t nlink, uid, gid;
    uint16_t mode, pad;
    uint64_t ino, size, blocks, attributes_mask;
    uint64_t times[8];
    uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
    uint64_t spare[14];
} Statx;

static int stat_at(int fd, const char *path, int flags, RtStat *st)
{
    enum { STATX_BASIC_STATS = 0x7ff };
    Statx sx;
    memset(&sx, 0, sizeof sx);
    memset(st, 0, sizeof *st);
    long r = call(SYS_statx, fd, (long)path, flags, STATX_BASIC_STATS, (long)&sx);
    if (r < 0)
        return (int)r;
    st->dev = (uint64_t)sx.dev_major << 32 | sx.dev_minor;
    st->rdev = (uint64_t)sx.rdev_major << 32 | sx.rdev_minor;
    st->ino = sx.ino;
    st->size = sx.size;
    st->mode = sx.mode;
    return 0;
}

int rt_stat(const char *path, RtStat *st)
{
    return stat_at(AT_FDCWD, path, 0, st);
}

int rt_lstat(const char *path, RtStat *st)
{
    return stat_at(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, st);
}

int rt_fstat(int fd, RtStat *st)
{
    return stat_at(fd, "", AT_EMPTY_PATH, st);
}

int rt_rename(const char *from, const char *to)
{
    return (int)call(SYS_renameat2, AT_FDCWD, (long)from, AT_FDCWD, (long)to, 0);
}

int rt_unlink(const char *path)
{
    return (int)call(SYS_unlinkat, AT_FDCWD, (long)path, 0, 0, 0);
}

int rt_chmod(const char *path, int mode)
{
    return (int)call(SYS_fchmodat, AT_FDCWD, (long)path, mode, 0, 0);
}

int rt_fchmod(int fd, int mode)
{
    return (int)call(SYS_fchmod, fd, mode, 0, 0, 0);
}

int rt_umask(int mask)
{
    return (int)call(SYS_umask, mask, 0, 0, 0, 0);
}

int rt_getpid(void)
{
    return (int)call(SYS_getpid, 0, 0, 0, 0, 0);
}

int rt_isatty(int fd)
{
    enum { TCGETS = 0x5401 };
    char termios[256];
    return call(SYS_ioctl, fd, TCGETS, (long)termios, 0, 0) == 0;
}

long rt_readlink(const char *path, char *dst, size_t n)
{
    return call(SYS_readlinkat, AT_FDCWD, (long)path, (long)dst, (long)n, 0);
}

int64_t rt_now_ns(void)
{
    enum { CLOCK_MONOTONIC = 1 };
    int64_t t[2];
    t[0] = t[1] = 0;
    call(SYS_clock_gettime, CLOCK_MONOTONIC, (long)t, 0, 0, 0);
    return t[0] * 1000000000 + t[1];
}

void *rt_pages(size_t n)
{
    enum { PROT_READ_WRITE = 3, MAP_PRIVATE_ANONYMOUS = 0x22 };
    long r = rt_syscall(SYS_mmap, 0, (long)n, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    return r < 0 && r > -4096 ? NULL : (void *)r;
}

void rt_unpages(void *p, size_t n)
{
    if (p)
        call(SYS_munmap, (long)p, (long)n, 0, 0, 0);
}

const char *rt_map_file(int fd, size_t n)
{
    enum { PROT_READ = 1, MAP_PRIVATE = 2 };
    long r = rt_syscall(SYS_mmap, 0, (long)n, PROT_READ, MAP_PRIVATE, fd, 0);
    return r < 0 && r > -4096 ? NULL : (const char *)r;
}

const char *rt_strerror(int err)
{
    static const struct { int err; const char *text; } table[] = {
        { 1, "Operation not permitted" }, { 2, "No such file or directory" }, { 4, "Interrupted system call" },
        { 5, "Input/output error" }, { 6, "No such device or address" }, { 7, "Argument list too long" },
        { 8, "Exec format error" }, { 9, "Bad file descriptor" }, { 10, "No child processes" },
        { 11, "Resource temporarily unavailable" }, { 12, "Cannot allocate memory" }, { 13, "Permission denied" },
        { 14, "Bad address" }, { 16, "Device or resource busy" }, { 17, "File exists" },
        { 18, "Invalid cross-device link" }, { 19, "No such device" }, { 20, "Not a directory" },
        { 21, "Is a directory" }, { 22, "Invalid argument" }, { 23, "Too many open files in system" },
        { 24, "Too many open files" }, { 25, "Inappropriate ioctl for device" }, { 26, "Text file busy" },
        { 27, "File too large" }, { 28, "No space left on device" }, { 29, "Illegal seek" },
        { 30, "Read-only file system" }, { 31, "Too many links" }, { 32, "Broken pipe" },
        { 36, "File name too long" }, { 38, "Function not implemented" }, { 39, "Directory not empty" },
        { 40, "Too many levels of symbolic links" }, { 75, "Value too large for defined data type" },
        { 95, "Operation not supported" }, { 110, "Connection timed out" }, { 116, "Stale file handle" },
        { 122, "Disk quota exceeded" },
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].err == err)
            return table[i].text;
    return "Unknown error";
}
