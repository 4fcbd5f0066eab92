/* rt: the runtime that idem itself and the freestanding programs it compiles link.
 * No libc: the entry point, raw system calls, memory and string primitives, formatting, sorting.
 * Everything a target must provide stands in arch/<t>/start.S (entry, rt_syscall) and arch/<t>/mem.S. */
#ifndef RT_H
#define RT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- start.S, start.c: entry. The program defines main; its result is the exit status. ---- */

int main(int argc, char **argv, char **envp);
_Noreturn void rt_exit(int status);

/* ---- start.S: one raw Linux system call; the result is the kernel's (-errno on failure). ---- */

long rt_syscall(long nr, long a, long b, long c, long d, long e, long f);
/* clone with flags; the child runs child(arg), which must not return, on the stack that ends at `stack`, a multiple of 16. */
long rt_vfork(long flags, void *stack, void (*child)(void *), void *arg);

/* ---- mem.S: what stood at p, which becomes `new` when that was `old`, as one access for everybody; p is aligned. ---- */

uint32_t rt_cas32(void *p, uint32_t old, uint32_t new);
uint64_t rt_cas64(void *p, uint64_t old, uint64_t new);

/* ---- mem.S, str.c: the primitives a C compiler may call on its own, and the usual few more (C11 7.24). ---- */

void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int byte, size_t n);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *sub);

/* ---- sort.c: a stable merge sort, so equal keys keep their order on every host.
 * `tmp` holds n * size bytes; size is at most 64. ---- */

typedef int RtCompare(const void *a, const void *b, void *ctx);
void rt_sort(void *base, size_t n, size_t size, void *tmp, RtCompare *cmp, void *ctx);

/* ---- fmt.c: formatting. Knows %d %i %u %x %X %o %c %s %p %% with flags - 0 + space #, width, precision (both also *)
 * and h hh l ll z j t. No floating point. Calls `put` with runs of bytes. Result: the bytes produced. ---- */

typedef void RtPut(void *ctx, const char *s, size_t n);
size_t rt_vfmt(RtPut *put, void *ctx, const char *fmt, va_list ap);
/* As snprintf: always terminates when n > 0; the result is the length the whole would have. */
size_t rt_snfmt(char *dst, size_t n, const char *fmt, ...);

/* ---- sys.c: Linux, by the names of its calls. Paths are NUL-terminated. Results: value or -errno. ---- */

enum { RT_RDONLY = 0, RT_WRONLY = 1, RT_RDWR = 2, RT_CREAT = 0100, RT_EXCL = 0200, RT_TRUNC = 01000, RT_APPEND = 02000,
       RT_CLOEXEC = 02000000 };
enum { RT_ENOENT = 2, RT_EINTR = 4, RT_EIO = 5, RT_ENOMEM = 12, RT_EACCES = 13, RT_EEXIST = 17, RT_ENOTDIR = 20,
       RT_EISDIR = 21, RT_EINVAL = 22, RT_ENOSPC = 28, RT_EPIPE = 32, RT_ELOOP = 40 };

typedef struct RtStat {
    uint64_t dev, ino, size, rdev;
    uint32_t mode;             /* as st_mode: RT_S_IFMT and permissions */
} RtStat;
enum { RT_S_IFMT = 0170000, RT_S_IFREG = 0100000, RT_S_IFDIR = 0040000, RT_S_IFCHR = 0020000, RT_S_IFIFO = 0010000 };

int rt_open(const char *path, int flags, int mode);
int rt_close(int fd);
long rt_read(int fd, void *dst, size_t n);         /* one read, restarted on EINTR */
long rt_write(int fd, const void *src, size_t n);  /* all of it, or -errno */
int rt_stat(const char *path, RtStat *st);         /* follows links */
int rt_lstat(const char *path, RtStat *st);
int rt_fstat(int fd, RtStat *st);
int rt_rename(const char *from, const char *to);
int rt_unlink(const char *path);
int rt_chmod(const char *path, int mode);
int rt_fchmod(int fd, int mode);
int rt_umask(int mask);                            /* sets the mask, gives the old one */
int rt_getpid(void);
int rt_isatty(int fd);                             /* 1 or 0 */
long rt_readlink(const char *path, char *dst, size_t n);
int64_t rt_now_ns(void);                           /* CLOCK_MONOTONIC */
void *rt_pages(size_t n);                          /* zeroed, page-aligned, NULL when refused */
void rt_unpages(void *p, size_t n);
const char *rt_map_file(int fd, size_t n);         /* the file's first n bytes, read-only; NULL when refused */
const char *rt_strerror(int err);                  /* err positive */

/* ---- file.c: a buffered writer on a descriptor. The first error stays in `err`. ---- */

typedef struct RtFile {
    int fd, err;
    size_t n;
    char buf[4096];
} RtFile;
void rt_file_init(RtFile *f, int fd);
void rt_file_write(RtFile *f, const char *s, size_t n);
void rt_file_fmt(RtFile *f, const char *fmt, ...);
int rt_file_flush(RtFile *f);                      /* 0 or -errno */

#endif
