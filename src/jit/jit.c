/* jit: two mappings of one memory file. In: room asked for; out: the two addresses of each byte. */
#include "jit/jit.h"

enum { FTRUNCATE = 46, CLOSE = 57, MUNMAP = 215, MMAP = 222, MADVISE = 233, MEMFD_CREATE = 279 };
enum { READ = 1, WRITE = 2, EXEC = 4, SHARED = 1, CLOEXEC = 1, DONTFORK = 10 };

static long call6(Jit *j, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e)
{
    long args[6] = { 0 };
    args[0] = (long)a;
    args[1] = (long)b;
    args[2] = (long)c;
    args[3] = (long)d;
    args[4] = (long)e;
    return j->syscall(j->ctx, call, args);
}

static uint64_t map(Jit *j, long fd, unsigned prot)
{
    long p = call6(j, MMAP, 0, j->size, prot, SHARED, (uint64_t)fd);
    if (p < 0 && p > -4096)
        return 0;
    if (call6(j, MADVISE, (uint64_t)p, j->size, DONTFORK, 0, 0) < 0) {
        call6(j, MUNMAP, (uint64_t)p, j->size, 0, 0, 0);
        return 0;
    }
    return (uint64_t)p;
}

bool jit_open(Jit *j, size_t size)
{
    static const char name[] = "idem code";
    j->size = size;
    j->used = 0;
    j->write = NULL;
    j->code = 0;
    long fd = call6(j, MEMFD_CREATE, (uint64_t)(uintptr_t)name, CLOEXEC, 0, 0, 0);
    if (fd < 0)
        return false;
    uint64_t w = 0, x = 0;
    if (call6(j, FTRUNCATE, (uint64_t)fd, size, 0, 0, 0) >= 0) {
        w = map(j, fd, READ | WRITE);
        x = map(j, fd, READ | EXEC);
    }
    call6(j, CLOSE, (uint64_t)fd, 0, 0, 0, 0);
    j->write = (uint8_t *)(uintptr_t)w;
    j->code = x;
    if (w && x)
        return true;
    jit_close(j);
    return false;
}

void jit_close(Jit *j)
{
    if (j->write)
        call6(j, MUNMAP, (uint64_t)(uintptr_t)j->write, j->size, 0, 0, 0);
    if (j->code)
        call6(j, MUNMAP, j->code, j->size, 0, 0, 0);
    j->write = NULL;
    j->code = 0;
}

bool jit_after_fork(Jit *j)
{
    return jit_open(j, j->size); /* nothing was inherited */
}

uint64_t jit_take(Jit *j, size_t n)
{
    uint64_t at = j->code + j->used;
    n = (n + 15) & ~(size_t)15;
    if (n > jit_room(j))
        bug(j->host, "jit: no room asked for");
    j->used += n;
    return at;
}
