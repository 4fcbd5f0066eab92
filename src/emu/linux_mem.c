/* linux_mem: calls about the guest's memory, over mem.c's tables. A shared mapping is one of the host's; for a private one the file is
 * read into pages, so it does not follow the file. */
#include "emu/linux.h"

enum { MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_SHARED_VALIDATE = 3, MAP_TYPE = 15, MAP_FIXED = 16, MAP_ANONYMOUS = 32,
       MAP_FIXED_NOREPLACE = 0x100000, MREMAP_MAYMOVE = 1, MREMAP_FIXED = 2, PROT_ALL = 7,
       MADV_DONTNEED = 4, MADV_REMOVE = 9, LOWEST = 65536 };
#define SPACE ((uint64_t)1 << EMU_ADDRESS_BITS)
#define PAGES(n) align_up((n), EMU_PAGE)

static bool aligned(uint64_t v)
{
    return (v & (EMU_PAGE - 1)) == 0;
}

static long sys_brk(Emu *e, const uint64_t a[6])
{
    EmuMem *m = &e->mem;
    uint64_t old = PAGES(m->brk), new = PAGES(a[0]);
    if (a[0] < m->brk_start || a[0] > SPACE)
        return (long)m->brk;
    if (new > old && (!emu_mem_is_free(m, old, new - old) || !emu_mem_map(m, old, new - old, EMU_READ | EMU_WRITE)))
        return (long)m->brk;
    if (new < old)
        emu_mem_unmap(m, new, old - new);
    return (long)(m->brk = a[0]);
}

/* The file's bytes into the pages; what lies behind its end stays zero. */
static long read_file(Emu *e, uint64_t to, uint64_t n, uint64_t fd, uint64_t offset)
{
    while (n) {
        size_t room;
        uint8_t *p = emu_mem_at(&e->mem, to, 0, &room);
        if (!p)
            return -EMU_ENOMEM;
        room = room < n ? room : n;
        long r = emu_os(e, GUEST_pread64, fd, EMU_HOST(p), room, offset, 0, 0);
        if (r < 0)
            return r;
        if ((size_t)r < room)
            break;
        to += room;
        offset += room;
        n -= room;
    }
    return 0;
}

static long sys_mmap(Emu *e, const uint64_t a[6])
{
    EmuMem *m = &e->mem;
    uint64_t at = a[0], n = PAGES(a[1]), type = a[3] & MAP_TYPE;
    bool file = !(a[3] & MAP_ANONYMOUS), shared = type != MAP_PRIVATE, fixed = a[3] & (MAP_FIXED | MAP_FIXED_NOREPLACE);
    if (!a[1] || type < MAP_SHARED || type > MAP_SHARED_VALIDATE || !aligned(a[5]) || (fixed && !aligned(at)))
        return -EMU_EINVAL;
    if (!n || n > SPACE || (fixed && (at > SPACE || n > SPACE - at)))
        return -EMU_ENOMEM;
    if (fixed && at < LOWEST)
        return -EMU_EPERM;
    if (a[3] & MAP_FIXED_NOREPLACE && !emu_mem_is_free(m, at, n))
        return -EMU_EEXIST;
    if (!fixed) {
        at = PAGES(at);
        if (at < LOWEST || !emu_mem_is_free(m, at, n))
            at = emu_mem_gap(m, n);
    }
    if (shared) {
        long r = at ? emu_mem_share(m, at, n, (unsigned)(a[2] & PROT_ALL), file ? (int32_t)a[4] : -1, a[5]) : -EMU_ENOMEM;
        return r < 0 ? r : (long)at;
    }
    if (!at || !emu_mem_map(m, at, n, file ? EMU_READ | EMU_WRITE : (unsigned)(a[2] & PROT_ALL)))
        return -EMU_ENOMEM;
    long wrong = file ? read_file(e, at, n, a[4], a[5]) : 0;
    if (wrong)
        emu_mem_unmap(m, at, n);
    else if (file)
        emu_mem_protect(m, at, n, a[2] & PROT_ALL);
    return wrong ? wrong : (long)at;
}

static long sys_munmap(Emu *e, const uint64_t a[6])
{
    uint64_t n = PAGES(a[1]);
    if (!aligned(a[0]) || !n || a[0] > SPACE || n > SPACE - a[0])
        return -EMU_EINVAL;
    emu_mem_unmap(&e->mem, a[0], n);
    return 0;
}

static long sys_mprotect(Emu *e, const uint64_t a[6])
{
    if (!aligned(a[0]) || a[2] & ~(uint64_t)PROT_ALL)
        return -EMU_EINVAL;
    for (uint64_t i = 0; a[2] & EMU_WRITE && i < PAGES(a[1]); i += EMU_PAGE) {
        EmuPage *p = emu_mem_page(&e->mem, a[0] + i);
        if (!p)
            break;
        if (p->prot & EMU_NO_WRITE)
            return -EMU_EACCES;
    }
    return emu_mem_protect(&e->mem, a[0], PAGES(a[1]), (unsigned)a[2]) ? 0 : -EMU_ENOMEM;
}

static long sys_mremap(Emu *e, const uint64_t a[6])
{
    EmuMem *m = &e->mem;
    uint64_t from = a[0], old = PAGES(a[1]), new = PAGES(a[2]), to;
    if (!aligned(from) || !new || !old || a[3] & ~(uint64_t)(MREMAP_MAYMOVE | MREMAP_FIXED) ||
        (a[3] & MREMAP_FIXED && (!(a[3] & MREMAP_MAYMOVE) || !aligned(a[4]))))
        return -EMU_EINVAL;
    if (new > SPACE || old > SPACE)
        return -EMU_ENOMEM;
    EmuPage *p = emu_mem_page(m, from);
    if (!p)
        return -EMU_EFAULT;
    unsigned prot = p->prot & PROT_ALL;
    bool shared = p->prot & EMU_SHARED;
    if (!(a[3] & MREMAP_FIXED)) {
        if (new <= old) {
            emu_mem_unmap(m, from + new, old - new);
            return (long)from;
        }
        if (emu_mem_is_free(m, from + old, new - old) &&
            (shared ? emu_mem_grow_share(m, from, from, old, new) : emu_mem_map(m, from + old, new - old, prot)))
            return (long)from;
        if (!(a[3] & MREMAP_MAYMOVE) || !(to = emu_mem_gap(m, new)))
            return -EMU_ENOMEM;
    } else {
        to = a[4];
        if (to > SPACE - new || (to < from + old && from < to + new))
            return -EMU_EINVAL;
        emu_mem_unmap(m, to, new);
    }
    if (shared && new > old)
        return emu_mem_grow_share(m, from, to, old, new) ? (long)to : -EMU_ENOMEM;
    uint64_t keep = new < old ? new : old;
    if (!emu_mem_move(m, from, to, keep) || (new > old && !emu_mem_map(m, to + old, new - old, prot)))
        return -EMU_ENOMEM;
    if (old > keep)
        emu_mem_unmap(m, from + keep, old - keep);
    return (long)to;
}

/* Private pages that are not needed are zeros when they are touched again, what is shared stays; what takes away from a file the host does,
 * and other advice has no effect. */
static long sys_madvise(Emu *e, const uint64_t a[6])
{
    uint64_t n = PAGES(a[1]);
    if (!aligned(a[0]) || a[0] > SPACE || n > SPACE - a[0])
        return -EMU_EINVAL;
    for (uint64_t at = a[0]; (a[2] == MADV_DONTNEED || a[2] == MADV_REMOVE) && at < a[0] + n; at += EMU_PAGE) {
        EmuPage *p = emu_mem_page(&e->mem, at);
        if (!p)
            return -EMU_ENOMEM;
        if (a[2] == MADV_REMOVE) {
            long r = p->prot & EMU_SHARED ? emu_os3(e, GUEST_madvise, EMU_HOST(p->host), EMU_PAGE, MADV_REMOVE) : -EMU_EINVAL;
            if (r < 0)
                return r;
            emu_blocks_drop(e, at, EMU_PAGE);
        } else if (p->host && !(p->prot & EMU_SHARED)) {
            emu_mem_map(&e->mem, at, EMU_PAGE, p->prot & PROT_ALL);
        }
    }
    return 0;
}

static long sys_msync(Emu *e, const uint64_t a[6])
{
    enum { ASYNC = 1, INVALIDATE = 2, SYNC = 4 };
    uint64_t n = PAGES(a[1]);
    bool gap = false;
    if (!aligned(a[0]) || a[2] & ~(uint64_t)(ASYNC | INVALIDATE | SYNC) || (a[2] & ASYNC && a[2] & SYNC) || (a[1] && !n))
        return -EMU_EINVAL;
    uint64_t at = 0, end = 0;  /* a run of the host's */
    for (uint64_t i = 0; i <= n; i += EMU_PAGE) {
        EmuPage *p = i < n ? emu_mem_page(&e->mem, a[0] + i) : NULL;
        bool here = p && p->prot & EMU_SHARED;
        if (here && EMU_HOST(p->host) == end) {
            end += EMU_PAGE;
            continue;
        }
        long r = end > at ? emu_os3(e, GUEST_msync, at, end - at, a[2]) : 0;
        if (r < 0)
            return r;
        at = here ? EMU_HOST(p->host) : 0;
        end = here ? at + EMU_PAGE : 0;
        gap |= !p && i < n;
    }
    return gap ? -EMU_ENOMEM : 0;
}

static long sys_mincore(Emu *e, const uint64_t a[6])
{
    uint64_t n = PAGES(a[1]);
    if (!aligned(a[0]))
        return -EMU_EINVAL;
    if (a[0] > SPACE || n > SPACE - a[0])
        return -EMU_ENOMEM;
    for (uint64_t i = 0; i < n; i += EMU_PAGE) {
        EmuPage *p = emu_mem_page(&e->mem, a[0] + i);
        uint8_t in = p && p->host != NULL;
        if (!p || (in && emu_os3(e, GUEST_mincore, EMU_HOST(p->host), EMU_PAGE, EMU_HOST(&in)) < 0))
            return -EMU_ENOMEM;
        if (!emu_copy_in(e, a[2] + i / EMU_PAGE, &in, 1, false))
            return -EMU_EFAULT;
    }
    return 0;
}

static long sys_riscv_flush_icache(Emu *e, const uint64_t a[6])
{
    (void)a;
    emu_blocks_sync(e);        /* stores take effect at once, but for those elsewhere */
    return 0;
}

static long sys_nothing(Emu *e, const uint64_t a[6])
{
    (void)e;
    (void)a;
    return 0;
}

const EmuRow emu_memory_rows[] = {
    EMU_ROW(brk, "x", sys_brk, 0),
    EMU_ROW(mmap, "xixxii", sys_mmap, 0),
    EMU_ROW(munmap, "xi", sys_munmap, 0),
    EMU_ROW(mprotect, "xix", sys_mprotect, 0),
    EMU_ROW(mremap, "xiixx", sys_mremap, 0),
    EMU_ROW(madvise, "xii", sys_madvise, 0),
    EMU_ROW(msync, "xix", sys_msync, 0),
    EMU_ROW(mincore, "xia", sys_mincore, 0),
    EMU_ROW(mlock, "xi", sys_nothing, 0),
    EMU_ROW(munlock, "xi", sys_nothing, 0),
    EMU_ROW(mlock2, "xix", sys_nothing, 0),
    EMU_ROW(mlockall, "x", sys_nothing, 0),
    EMU_ROW(munlockall, "", sys_nothing, 0),
    EMU_ROW(riscv_flush_icache, "xxx", sys_riscv_flush_icache, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
