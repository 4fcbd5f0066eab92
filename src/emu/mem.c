/* mem: the guest's memory. In: maps, protections and accesses by guest address; out: bytes of the host. Two levels of tables by page; a
 * page gets bytes when it is touched first. Nothing of the guest is ever looked for at the host's address of the same number: what is not
 * in the tables is not there. A shared mapping is the host's: in fast memory at the same address, else somewhere, and its pages' bytes are
 * there. The interpreter's cache (IrTlb) is filled here and cleared here, and never lets a store pass to a page that blocks were made
 * of. */
#include "emu/emu.h"

enum { DIR_BITS = 13, DIR_PAGES = 1 << DIR_BITS, DIRS = 1 << (EMU_ADDRESS_BITS - 12 - DIR_BITS), STEP = 1 << 20, FIRST_STEP = 64 << 10 };
#define SPACE ((uint64_t)1 << EMU_ADDRESS_BITS)
#define BELOW(a) ((a) & (EMU_PAGE - 1))

static void *find(void *ctx, uint64_t address, unsigned size, bool write);

void emu_mem_init(EmuMem *m, Emu *e, Host *host)
{
    memset(m, 0, sizeof *m);
    m->host = host;
    arena_init(&m->arena, host);
    m->dirs = arena_array(&m->arena, EmuPage *, DIRS);
    m->ir.ctx = e;
    m->ir.find = find;
    for (unsigned i = 0; i < countof(m->ir.read); i++)
        m->ir.read[i].page = m->ir.write[i].page = IR_TLB_NONE;
    m->mmap_top = m->mmap_next = SPACE - ((uint64_t)1 << 30);
}

/* ---- fast: the host's pages ---- */

enum { RT_SIGPROCMASK = 135, MUNMAP = 215, MREMAP = 216, MMAP = 222, MPROTECT = 226 };
enum { SHARED = 1, ANONYMOUS = 32, PRIVATE_ANONYMOUS_NORESERVE = 0x4022, FIXED_NOREPLACE = 0x100000, MAYMOVE = 1, MOVE_FIXED = 2 };
#define RIGHTS (EMU_READ | EMU_WRITE | EMU_EXEC)

static long os6(EmuMem *m, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t f, uint64_t g)
{
    const Emu *e = m->ir.ctx;
    long args[6] = { 0 };
    args[0] = (long)a;
    args[1] = (long)b;
    args[2] = (long)c;
    args[3] = (long)d;
    args[4] = (long)f;
    args[5] = (long)g;
    return e->os.syscall(e->os.ctx, call, args);
}

static long os(EmuMem *m, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    return os6(m, call, a, b, c, d, (uint64_t)-1, 0);
}

/* What the host's page allows. A guest may only execute what can be read here too; what blocks were made of is not written. */
static unsigned host_prot(const EmuPage *p)
{
    unsigned prot = p->prot & (EMU_READ | EMU_EXEC) ? EMU_READ : 0;
    return p->prot & EMU_WRITE && !p->blocks ? prot | EMU_READ | EMU_WRITE : prot;
}

void emu_mem_settle(EmuMem *m, EmuPage *p, uint64_t address)
{
    unsigned prot = host_prot(p);
    if (!m->fast || p->host_prot == prot)
        return;
    p->host_prot = (uint8_t)prot;
    os(m, MPROTECT, address & ~(uint64_t)(EMU_PAGE - 1), EMU_PAGE, prot, 0);
}

/* emu_mem_settle for a run of pages at once. */
static void settle_all(EmuMem *m, uint64_t address, uint64_t size)
{
    uint64_t from = 0, to = 0;
    unsigned prot = 0;
    for (uint64_t a = address; m->fast && a <= address + size; a += EMU_PAGE) {
        EmuPage *p = a < address + size ? emu_mem_page(m, a) : NULL;
        bool changes = p && p->host_prot != host_prot(p);
        if (to != from && (!changes || host_prot(p) != prot || a != to)) {
            os(m, MPROTECT, from, to - from, prot, 0);
            from = to = 0;
        }
        if (!changes)
            continue;
        prot = host_prot(p);
        p->host_prot = (uint8_t)prot;
        if (to == from)
            from = a;
        to = a + EMU_PAGE;
    }
}

/* Gives pages back to the host, a run of them at once: call it page by page, and with size 0 at the end. */
typedef struct Run { uint64_t from, to; } Run;

static void unmap_run(EmuMem *m, Run *r, uint64_t address, uint64_t size)
{
    if (r->to != r->from && (!size || address != r->to)) {
        os(m, MUNMAP, r->from, r->to - r->from, 0, 0);
        r->to = r->from;
    }
    if (r->to == r->from)
        r->from = address;
    r->to = address + size;
}

/* The emulator is about to write: no blocks are made of the page any more. */
static void open_page(EmuMem *m, EmuPage *p, uint64_t address)
{
    if (!m->fast)
        return;
    if (p->blocks)
        emu_blocks_drop(m->ir.ctx, address & ~(uint64_t)(EMU_PAGE - 1), EMU_PAGE);
    if (!(p->host_prot & EMU_WRITE)) {
        p->host_prot = EMU_READ | EMU_WRITE;
        os(m, MPROTECT, address & ~(uint64_t)(EMU_PAGE - 1), EMU_PAGE, EMU_READ | EMU_WRITE, 0);
    }
}

/* ---- bytes of pages ---- */

/* A page of zeros, or NULL. */
static uint8_t *new_page(EmuMem *m)
{
    if (m->freed.n)
        return memset(m->freed.p[--m->freed.n], 0, EMU_PAGE);
    if (m->spare == m->spare_end) {
        size_t n = m->steps.n ? STEP : FIRST_STEP;
        uint8_t *p = m->host->pages(m->host->ctx, n);
        if (!p)
            return NULL;
        vec_push(&m->arena, &m->steps, p);
        m->spare = p;
        m->spare_end = p + n;
    }
    uint8_t *p = m->spare;
    m->spare += EMU_PAGE;
    return p;
}

static EmuPage *entry(const EmuMem *m, uint64_t address)
{
    if (address >= SPACE)
        return NULL;
    EmuPage *dir = m->dirs[address >> (12 + DIR_BITS)];
    return dir ? &dir[address >> 12 & (DIR_PAGES - 1)] : NULL;
}

void emu_mem_free(EmuMem *m)
{
    Run run = { 0, 0 };
    for (uint64_t a = 0; (m->fast || m->shares) && a < SPACE; a += EMU_PAGE) {
        if (!m->dirs[a >> (12 + DIR_BITS)])
            a |= ((uint64_t)DIR_PAGES << 12) - EMU_PAGE;
        else if (entry(m, a)->prot & (m->fast ? EMU_MAPPED : EMU_SHARED))
            unmap_run(m, &run, (uint64_t)(uintptr_t)entry(m, a)->host, EMU_PAGE);
    }
    unmap_run(m, &run, 0, 0);
    for (uint32_t i = 0; i < m->steps.n; i++)
        m->host->unpages(m->host->ctx, m->steps.p[i], i ? STEP : FIRST_STEP);
    arena_free(&m->arena);
}

EmuPage *emu_mem_page(EmuMem *m, uint64_t address)
{
    EmuPage *p = entry(m, address);
    return p && p->prot & EMU_MAPPED ? p : NULL;
}

static uint8_t *bytes_of(EmuMem *m, EmuPage *p)
{
    if (!p->host)
        p->host = new_page(m);
    return p->host;
}

static void forget(EmuMem *m, uint64_t number)
{
    struct IrTlb *r = &m->ir.read[number & 255], *w = &m->ir.write[number & 255];
    if (r->page == number)
        r->page = IR_TLB_NONE;
    if (w->page == number)
        w->page = IR_TLB_NONE;
}

/* Before a page changes as a whole: nothing was ever made of it. The bytes before it count, for a block may have ended there because
 * the page had no code. */
static void drop_code(EmuMem *m, EmuPage *p, uint64_t address)
{
    EmuPage *before = address ? entry(m, address - EMU_PAGE) : NULL;
    if (p->blocks || p->compared || (before && (before->blocks || before->compared)))
        emu_blocks_drop(m->ir.ctx, address ? address - 4 : 0, address ? EMU_PAGE + 4 : EMU_PAGE);
}

/* ---- maps ---- */

static bool in_space(uint64_t address, uint64_t size)
{
    return !BELOW(address) && !BELOW(size) && address <= SPACE && size <= SPACE - address;
}

/* The entries of pages that are mapped at the host already: checked, those that share. */
static void enter(EmuMem *m, uint64_t address, uint64_t size, unsigned prot, unsigned host_prot, uint64_t host)
{
    if (prot & EMU_WRITE)
        prot |= EMU_READ;
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        EmuPage **dir = &m->dirs[a >> (12 + DIR_BITS)];
        if (!*dir)
            *dir = arena_array(&m->arena, EmuPage, DIR_PAGES);
        EmuPage *p = &(*dir)[a >> 12 & (DIR_PAGES - 1)];
        drop_code(m, p, a);
        p->prot = (uint8_t)(prot | EMU_MAPPED);
        p->host = host ? (uint8_t *)(uintptr_t)(host + (a - address)) : NULL;
        p->host_prot = (uint8_t)host_prot;
        p->hits = 0;
    }
    m->mapped += size;
}

/* Pages of the host at address. False: they are taken. */
static bool host_map(EmuMem *m, uint64_t address, uint64_t size, unsigned prot)
{
    uint64_t at = (uint64_t)os(m, MMAP, address, size, prot, PRIVATE_ANONYMOUS_NORESERVE | FIXED_NOREPLACE);
    if (at == address)
        return true;
    if (at < (uint64_t)-4096)
        os(m, MUNMAP, at, size, 0, 0);
    return false;
}

bool emu_mem_map(EmuMem *m, uint64_t address, uint64_t size, unsigned prot)
{
    unsigned host = prot & RIGHTS ? EMU_READ | (prot & EMU_WRITE) : 0;
    if (!in_space(address, size))
        return false;
    emu_mem_unmap(m, address, size);
    if ((m->limit && size > m->limit - m->mapped) || (m->fast && size && !host_map(m, address, size, host)))
        return false;
    enter(m, address, size, prot, host, m->fast ? address : 0);
    return true;
}

/* ---- mappings that are shared: the host's, in checked memory somewhere ---- */

/* With the right to write where the file has it, for a later mprotect; *prot tells. */
static long map_share(EmuMem *m, uint64_t address, uint64_t size, unsigned *prot, int fd, uint64_t offset)
{
    unsigned how = SHARED | (fd < 0 ? ANONYMOUS : 0) | (address ? FIXED_NOREPLACE : 0);
    bool needed = *prot & EMU_WRITE;
    *prot = EMU_READ | EMU_WRITE;
    long at = os6(m, MMAP, address, size, *prot, how, (uint64_t)(int64_t)fd, offset);
    if (at < 0 && at > -4096 && !needed) {
        *prot = EMU_READ;
        at = os6(m, MMAP, address, size, *prot, how, (uint64_t)(int64_t)fd, offset);
    }
    return at;
}

long emu_mem_share(EmuMem *m, uint64_t address, uint64_t size, unsigned prot, int fd, uint64_t offset)
{
    enum { ENOMEM = 12, PROBE = EMU_PAGE };
    unsigned host = prot;
    long at;
    if (!in_space(address, size) || !size || (m->limit && size > m->limit - m->mapped))
        return -ENOMEM;
    if (m->fast && !emu_mem_is_free(m, address, size)) { /* what is there goes when it is known to be for something */
        at = map_share(m, 0, PROBE, &host, fd, offset);
        if (at < 0 && at > -4096)
            return at;
        os(m, MUNMAP, (uint64_t)at, PROBE, 0, 0);
        emu_mem_unmap(m, address, size);
        host = prot;
    }
    at = map_share(m, m->fast ? address : 0, size, &host, fd, offset);
    if (at < 0 && at > -4096)
        return at == -17 ? -ENOMEM : at; /* EEXIST: taken by the host */
    if (m->fast && (uint64_t)at != address) {
        os(m, MUNMAP, (uint64_t)at, size, 0, 0);
        return -ENOMEM;
    }
    if (!m->fast)
        emu_mem_unmap(m, address, size);
    m->shares = true;
    prot = (prot & RIGHTS) | EMU_SHARED | (fd < 0 ? 0 : EMU_FILE) | (host & EMU_WRITE ? 0 : EMU_NO_WRITE);
    enter(m, address, size, prot, host, (uint64_t)at);
    settle_all(m, address, size);
    return 0;
}

/* The pages that are no longer the guest's, whose bytes went elsewhere. */
static void leave(EmuMem *m, uint64_t address, uint64_t size)
{
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        EmuPage *p = entry(m, a);
        drop_code(m, p, a);
        forget(m, a >> 12);
        p->host = NULL;
        p->prot = 0;
    }
    m->mapped -= size;
}

bool emu_mem_grow_share(EmuMem *m, uint64_t from, uint64_t to, uint64_t old, uint64_t new)
{
    EmuPage *p = emu_mem_page(m, from);
    uint8_t prot = p ? p->prot : 0, host_prot = p ? p->host_prot : 0;
    uint64_t host = p ? (uint64_t)(uintptr_t)p->host : 0, how = m->fast && to == from ? 0 : MAYMOVE;
    if (!in_space(from, old) || !in_space(to, new) || (m->limit && new - old > m->limit - m->mapped))
        return false;
    for (uint64_t i = 0; i < old; i += EMU_PAGE) {
        p = emu_mem_page(m, from + i);
        if (!p || !(p->prot & EMU_SHARED) || (uint64_t)(uintptr_t)p->host != host + i || p->prot != prot)
            return false;
        drop_code(m, p, from + i);
    }
    if (m->fast && to != from) {       /* nothing of the host's own is there */
        if (!host_map(m, to, new, 0))
            return false;
        how = MAYMOVE | MOVE_FIXED;
    }
    long at = os6(m, MREMAP, host, old, new, how, to, 0);
    if (at < 0 && at > -4096) {
        if (how & MOVE_FIXED)
            os(m, MUNMAP, to, new, 0, 0);
        return false;
    }
    leave(m, from, old);
    enter(m, to, new, prot, host_prot, (uint64_t)at);
    settle_all(m, to, new);
    return true;
}

void emu_mem_forget_shares(EmuMem *m)
{
    for (unsigned i = 0; m->shares && i < countof(m->ir.read); i++)
        m->ir.read[i].page = m->ir.write[i].page = IR_TLB_NONE;
}

/* Does a file have bytes for the page? The kernel looks at a mask before at what is to be done with it. */
static bool is_present(EmuMem *m, const EmuPage *p)
{
    enum { NOTHING = 99, EFAULT = 14 };
    return !(p->prot & EMU_FILE) || os(m, RT_SIGPROCMASK, NOTHING, (uint64_t)(uintptr_t)p->host, 0, 8) != -EFAULT;
}

void emu_mem_unmap(EmuMem *m, uint64_t address, uint64_t size)
{
    Run run = { 0, 0 };
    if (!in_space(address, size))
        return;
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        if (!m->dirs[a >> (12 + DIR_BITS)]) {
            a |= ((uint64_t)DIR_PAGES << 12) - EMU_PAGE;
            continue;
        }
        EmuPage *p = emu_mem_page(m, a);
        if (!p)
            continue;
        drop_code(m, p, a);
        forget(m, a >> 12);
        if (m->fast || p->prot & EMU_SHARED)
            unmap_run(m, &run, (uint64_t)(uintptr_t)p->host, EMU_PAGE);
        else if (p->host)
            vec_push(&m->arena, &m->freed, p->host);
        p->host = NULL;
        p->prot = 0;
        m->mapped -= EMU_PAGE;
    }
    unmap_run(m, &run, 0, 0);
    if (address + size <= m->mmap_top && address + size > m->mmap_next)
        m->mmap_next = address + size;
}

bool emu_mem_protect(EmuMem *m, uint64_t address, uint64_t size, unsigned prot)
{
    if (!in_space(address, size))
        return false;
    if (prot & EMU_WRITE)
        prot |= EMU_READ;
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        EmuPage *p = emu_mem_page(m, a);
        if (!p)
            return false;
        drop_code(m, p, a);
        forget(m, a >> 12);
        p->prot = (uint8_t)((p->prot & ~RIGHTS) | prot);
    }
    settle_all(m, address, size);
    return true;
}

bool emu_mem_move(EmuMem *m, uint64_t from, uint64_t to, uint64_t size)
{
    if (!in_space(from, size) || !in_space(to, size))
        return false;
    for (uint64_t i = 0; i < size; i += EMU_PAGE)
        if (!emu_mem_page(m, from + i))
            return false;
    for (uint64_t i = 0; i < size; i += EMU_PAGE) {
        EmuPage old = *emu_mem_page(m, from + i);
        if (m->fast && old.prot & EMU_SHARED) {
            if (!emu_mem_map(m, to + i, EMU_PAGE, 0) ||
                os6(m, MREMAP, from + i, EMU_PAGE, EMU_PAGE, MAYMOVE | MOVE_FIXED, to + i, 0) != (long)(to + i))
                return false;
            leave(m, to + i, EMU_PAGE);
            leave(m, from + i, EMU_PAGE);
            enter(m, to + i, EMU_PAGE, old.prot, old.host_prot, to + i);
            continue;
        }
        if (m->fast) {
            if (!emu_mem_map(m, to + i, EMU_PAGE, EMU_READ | EMU_WRITE))
                return false;
            if (old.host_prot & EMU_READ || !os(m, MPROTECT, from + i, EMU_PAGE, EMU_READ, 0))
                memcpy(emu_mem_page(m, to + i)->host, old.host, EMU_PAGE);
            emu_mem_protect(m, to + i, EMU_PAGE, old.prot & RIGHTS);
            emu_mem_unmap(m, from + i, EMU_PAGE);
            continue;
        }
        leave(m, from + i, EMU_PAGE); /* the bytes are taken along */
        enter(m, to + i, EMU_PAGE, old.prot, 0, (uint64_t)(uintptr_t)old.host);
    }
    return true;
}

bool emu_mem_is_free(const EmuMem *m, uint64_t address, uint64_t size)
{
    if (!in_space(address, size))
        return false;
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        if (!m->dirs[a >> (12 + DIR_BITS)])
            a |= ((uint64_t)DIR_PAGES << 12) - EMU_PAGE;
        else if (entry(m, a)->prot & EMU_MAPPED)
            return false;
    }
    return true;
}

/* From mmap_next down, the highest. */
uint64_t emu_mem_gap(EmuMem *m, uint64_t size)
{
    uint64_t end = m->mmap_next, low = m->brk_start + ((uint64_t)1 << 26);
    uint64_t a = end;
    if (!size || size > SPACE)
        return 0;
    while (end >= low + size) {
        while (a > end - size && !(entry(m, a - EMU_PAGE) && entry(m, a - EMU_PAGE)->prot & EMU_MAPPED))
            a -= EMU_PAGE;
        if (a == end - size) {
            if (end == m->mmap_next)
                m->mmap_next = a;
            return a;
        }
        end = a -= EMU_PAGE;
    }
    return 0;
}

/* ---- accesses ---- */

uint8_t *emu_mem_at(EmuMem *m, uint64_t address, unsigned prot, size_t *n)
{
    EmuPage *p = emu_mem_page(m, address);
    *n = 0;
    if (!p || (p->prot & prot) != prot || !bytes_of(m, p) || !is_present(m, p))
        return NULL;
    if (prot & EMU_WRITE)
        open_page(m, p, address);
    *n = EMU_PAGE - BELOW(address);
    return p->host + BELOW(address);
}

/* A store to bytes that a block is made of is a fault, unless one instruction is stepped: then the blocks go. */
static void *find(void *ctx, uint64_t address, unsigned size, bool write)
{
    Emu *e = ctx;
    EmuMem *m = &e->mem;
    EmuPage *p = emu_mem_page(m, address);
    unsigned want = write ? EMU_WRITE : EMU_READ;
    if (!p || (p->prot & want) != want)
        return NULL;
    if (!bytes_of(m, p) || !is_present(m, p)) {
        e->no_gap = true;
        return NULL;
    }
    if (write && p->blocks && (m->fast || emu_blocks_hit(p, address, size))) { /* fast: the whole page's go, the running one too */
        if (!e->stepping) {
            e->hit_code = true;
            return NULL;
        }
        p->hits += p->hits < EMU_HOT;
        if (p->hits == EMU_HOT) { /* from now on its blocks look for themselves */
            emu_blocks_drop(e, address - BELOW(address), EMU_PAGE);
        } else {
            emu_blocks_drop(e, address, size);
        }
    }
    if (write)
        open_page(m, p, address);
    if (!write || !p->blocks) {
        struct IrTlb *t = write ? &m->ir.write[address >> 12 & 255] : &m->ir.read[address >> 12 & 255];
        t->page = address >> 12;
        t->host = p->host;
    }
    return p->host + BELOW(address);
}

bool emu_copy_in(Emu *e, uint64_t to, const void *from, size_t n, bool force)
{
    const char *s = from;
    while (n) {
        size_t room;
        uint8_t *p = emu_mem_at(&e->mem, to, force ? 0 : EMU_WRITE, &room);
        if (!p)
            return false;
        room = room < n ? room : n;
        emu_blocks_drop(e, to, room);
        if (force)
            open_page(&e->mem, emu_mem_page(&e->mem, to), to);
        memcpy(p, s, room);
        if (force)
            emu_mem_settle(&e->mem, emu_mem_page(&e->mem, to), to);
        s += room;
        to += room;
        n -= room;
    }
    return true;
}

bool emu_copy_out(Emu *e, void *to, uint64_t from, size_t n)
{
    char *d = to;
    while (n) {
        size_t room;
        uint8_t *p = emu_mem_at(&e->mem, from, EMU_READ, &room);
        if (!p)
            return false;
        room = room < n ? room : n;
        memcpy(d, p, room);
        d += room;
        from += room;
        n -= room;
    }
    return true;
}

bool emu_copy_string(Emu *e, uint64_t from, char *to, size_t cap)
{
    while (cap) {
        size_t room;
        uint8_t *p = emu_mem_at(&e->mem, from, EMU_READ, &room);
        if (!p)
            return false;
        room = room < cap ? room : cap;
        const uint8_t *end = memchr(p, 0, room);
        if (end)
            room = (size_t)(end - p) + 1;
        memcpy(to, p, room);
        if (end)
            return true;
        to += room;
        from += room;
        cap -= room;
    }
    return false;
}
