/* jit: two mappings of one memory file, or one that changes its rights. In: room asked for; out: the two addresses of each byte. */
#include "jit/jit.h"

enum { FTRUNCATE = 46, CLOSE = 57, MUNMAP = 215, MMAP = 222, MPROTECT = 226, MADVISE = 233, MEMFD_CREATE = 279 };
enum { PAGE = 4096, READ = 1, WRITE = 2, EXEC = 4, SHARED = 1, PRIVATE_ANONYMOUS_NORESERVE = 0x4022, CLOEXEC = 1, DONTFORK = 10 };

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

static uint64_t map(Jit *j, long fd, unsigned prot, unsigned flags)
{
    long p = call6(j, MMAP, 0, j->size, prot, flags, (uint64_t)fd);
    if (p < 0 && p > -4096)
        return 0;
    if (call6(j, MADVISE, (uint64_t)p, j->size, DONTFORK, 0, 0) < 0) {
        call6(j, MUNMAP, (uint64_t)p, j->size, 0, 0, 0);
        return 0;
    }
    return (uint64_t)p;
}

static bool two_mappings(Jit *j)
{
    static const char name[] = "idem code";
    uint64_t w = 0, x = 0;
    long fd = call6(j, MEMFD_CREATE, (uint64_t)(uintptr_t)name, CLOEXEC, 0, 0, 0);
    if (fd < 0)
        return false;
    if (call6(j, FTRUNCATE, (uint64_t)fd, j->size, 0, 0, 0) >= 0) {
        w = map(j, fd, READ | WRITE, SHARED);
        x = map(j, fd, READ | EXEC, SHARED);
    }
    call6(j, CLOSE, (uint64_t)fd, 0, 0, 0, 0);
    j->write = (uint8_t *)(uintptr_t)w;
    j->code = x;
    if (w && x)
        return true;
    jit_close(j);
    return false;
}

static long set_prot(Jit *j, size_t from, size_t to, unsigned prot)
{
    return to > from ? call6(j, MPROTECT, j->code + from, to - from, prot, 0, 0) : 0;
}

/* Memory of j->size bytes, empty; as j->flips has it, or where two mappings cannot be had, one. */
static bool map_memory(Jit *j)
{
    j->used = j->kept = j->ready = j->first = 0;
    j->sync = 0;
    j->ndirty = j->nopen = 0;
    j->write = NULL;
    j->code = 0;
    if (!j->flips && two_mappings(j))
        return true;
    j->flips = true;
    j->code = map(j, -1, READ | WRITE, PRIVATE_ANONYMOUS_NORESERVE);
    j->write = (uint8_t *)(uintptr_t)j->code;
    if (j->code && set_prot(j, 0, PAGE, READ | EXEC) >= 0 && set_prot(j, 0, PAGE, READ | WRITE) >= 0)
        return true;
    jit_close(j);              /* the host allows no code at all */
    return false;
}

static void change(Jit *j, size_t from, size_t to, unsigned prot)
{
    if (set_prot(j, from, to, prot) < 0)
        bug(j->host, "jit: the host takes memory for code back");
}

/* Another range. When there are too many to tell apart, the first takes in what lies between; false then. */
static bool add_range(JitRange list[8], unsigned *n, uint64_t from, uint64_t to)
{
    if (*n && list[*n - 1].to == from) {
        list[*n - 1].to = to;
        return true;
    }
    if (*n < 8) {
        list[*n].from = from;
        list[(*n)++].to = to;
        return true;
    }
    if (from < list[0].from)
        list[0].from = from;
    if (to > list[0].to)
        list[0].to = to;
    return false;
}

/* One mapping: the pages of n bytes at an offset can be written now. */
static void open_pages(Jit *j, size_t at, size_t n)
{
    size_t from = at & ~(size_t)(PAGE - 1), to = align_up(at + n, PAGE);
    to = to < j->ready ? to : j->ready;
    for (unsigned k = 0; k < j->nopen; k++)
        if (from >= j->open[k].from && to <= j->open[k].to)
            return;
    if (from >= to)
        return;
    if (add_range(j->open, &j->nopen, from, to))
        change(j, from, to, READ | WRITE);
    else
        change(j, j->open[0].from, j->open[0].to, READ | WRITE);
}

static void close_pages(Jit *j)
{
    size_t ready = align_up(j->used, PAGE);
    for (unsigned k = 0; k < j->nopen; k++)
        change(j, j->open[k].from, j->open[k].to, READ | EXEC);
    j->nopen = 0;
    if (ready > j->ready) {
        change(j, j->ready, ready, READ | EXEC);
        j->ready = ready;
    }
}

void jit_ready(Jit *j)
{
    if (j->flips)
        close_pages(j);
    for (unsigned k = 0; k < j->ndirty; k++) {
        void (*sync)(uint64_t, uint64_t) = (void (*)(uint64_t, uint64_t))(uintptr_t)j->sync;
        sync(j->dirty[k].from, j->dirty[k].to);
    }
    j->ndirty = 0;
}

void jit_keep(Jit *j)
{
    if (!j->flips)
        return;
    j->used = align_up(j->used, PAGE);
    jit_ready(j);
    j->kept = j->used;
}

void jit_close(Jit *j)
{
    if (j->write)
        call6(j, MUNMAP, (uint64_t)(uintptr_t)j->write, j->size, 0, 0, 0);
    if (j->code && !j->flips)
        call6(j, MUNMAP, j->code, j->size, 0, 0, 0);
    j->write = NULL;
    j->code = 0;
}

/* The code for jit_ready, in front: a kernel makes the caches agree on a page that becomes executable for the first time. */
static void put_sync(Jit *j)
{
    if (!j->sync_code.n)
        return;
    uint64_t at = jit_put(j, j->sync_code.p, j->sync_code.n);
    jit_keep(j);
    j->sync = at;
    j->first = j->used;
}

bool jit_open(Jit *j, Arena *a, size_t size)
{
    j->size = size;
    j->flips = j->target->jit->flips;
    j->obj = obj_new(a, j->target, "");
    buf_init(&j->sync_code, a);
    if (j->target->jit->sync)
        j->target->jit->sync(&j->sync_code);
    if (!map_memory(j))
        return false;
    put_sync(j);
    return true;
}

bool jit_after_fork(Jit *j)
{
    if (!map_memory(j))        /* nothing was inherited */
        return false;
    put_sync(j);
    return true;
}

uint8_t *jit_at(Jit *j, uint64_t at, size_t n)
{
    if (j->sync)
        add_range(j->dirty, &j->ndirty, at, at + n);
    if (j->flips)
        open_pages(j, (size_t)(at - j->code), n);
    return j->write + (at - j->code);
}

uint64_t jit_put(Jit *j, const void *p, size_t n)
{
    uint64_t at = j->code + j->used;
    size_t room = (n + 15) & ~(size_t)15;
    if (room > jit_room(j))
        bug(j->host, "jit: no room asked for");
    memcpy(jit_at(j, at, n), p, n);
    j->used += room;
    return at;
}
