/* mem: the guest's memory. In: maps, protections and accesses by guest address; out: bytes of the host. Two levels of tables by page; a
 * page gets bytes when it is touched first. Nothing of the guest is ever looked for at the host's address of the same number: what is not
 * in the tables is not there. The interpreter's cache (IrTlb) is filled here and cleared here, and never lets a store pass to a page that
 * blocks were made of. */
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

enum { MUNMAP = 215, MMAP = 222, MPROTECT = 226, PRIVATE_ANONYMOUS_NORESERVE = 0x4022, FIXED_NOREPLACE = 0x100000 };

static long os(EmuMem *m, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    const Emu *e = m->ir.ctx;
    long args[6] = { 0 };
    args[0] = (long)a;
    args[1] = (long)b;
    args[2] = (long)c;
    args[3] = (long)d;
    args[4] = -1;
    return e->os.syscall(e->os.ctx, call, args);
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
    for (uint64_t a = 0; m->fast && a < SPACE; a += EMU_PAGE) {
        if (!m->dirs[a >> (12 + DIR_BITS)])
            a |= ((uint64_t)DIR_PAGES << 12) - EMU_PAGE;
        else if (entry(m, a)->prot & EMU_MAPPED)
            unmap_run(m, &run, a, EMU_PAGE);
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
    if (p->blocks || (before && before->blocks))
        emu_blocks_drop(m->ir.ctx, address ? address - 4 : 0, address ? EMU_PAGE + 4 : EMU_PAGE);
}

/* ---- maps ---- */

static bool in_space(uint64_t address, uint64_t size)
{
    return !BELOW(address) && !BELOW(size) && address <= SPACE && size <= SPACE - address;
}

bool emu_mem_map(EmuMem *m, uint64_t address, uint64_t size, unsigned prot)
{
    if (!in_space(address, size))
        return false;
    emu_mem_unmap(m, address, size);
    if (m->limit && size > m->limit - m->mapped)
        return false;
    if (m->fast && size) {
        uint64_t at = (uint64_t)os(m, MMAP, address, size, prot & 7 ? EMU_READ | (prot & EMU_WRITE) : 0,
                                   PRIVATE_ANONYMOUS_NORESERVE | FIXED_NOREPLACE);
        if (at != address) {
            if (at < (uint64_t)-4096)
                os(m, MUNMAP, at, size, 0, 0);
            return false;
        }
    }
    if (prot & EMU_WRITE)
        prot |= EMU_READ;
    for (uint64_t a = address; a < address + size; a += EMU_PAGE) {
        EmuPage **dir = &m->dirs[a >> (12 + DIR_BITS)];
        if (!*dir)
            *dir = arena_array(&m->arena, EmuPage, DIR_PAGES);
        EmuPage *p = &(*dir)[a >> 12 & (DIR_PAGES - 1)];
        drop_code(m, p, a);
        p->prot = (uint8_t)(prot | EMU_MAPPED);
        if (m->fast) {
            p->host = (uint8_t *)(uintptr_t)a;
            p->host_prot = (uint8_t)(prot & 7 ? EMU_READ | (prot & EMU_WRITE) : 0);
        }
    }
    m->mapped += size;
    return true;
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
        if (m->fast)
            unmap_run(m, &run, a, EMU_PAGE);
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
        p->prot = (uint8_t)(prot | EMU_MAPPED);
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
        EmuPage *p = emu_mem_page(m, from + i), old = *p;
        if (m->fast) {
            if (!emu_mem_map(m, to + i, EMU_PAGE, EMU_READ | EMU_WRITE))
                return false;
            if (old.host_prot & EMU_READ || !os(m, MPROTECT, from + i, EMU_PAGE, EMU_READ, 0))
                memcpy(emu_mem_page(m, to + i)->host, old.host, EMU_PAGE);
            emu_mem_protect(m, to + i, EMU_PAGE, old.prot & 7);
            emu_mem_unmap(m, from + i, EMU_PAGE);
            continue;
        }
        p->host = NULL;        /* the bytes are taken along */
        emu_mem_unmap(m, from + i, EMU_PAGE);
        if (!emu_mem_map(m, to + i, EMU_PAGE, old.prot & (EMU_READ | EMU_WRITE | EMU_EXEC)))
            return false;
        emu_mem_page(m, to + i)->host = old.host;
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
    if (!p || (p->prot & prot) != prot || !bytes_of(m, p))
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
    if (!bytes_of(m, p)) {
        e->no_gap = true;
        return NULL;
    }
    if (write && p->blocks && (m->fast || emu_blocks_hit(p, address, size))) { /* fast: the whole page's go, the running one too */
        if (!e->stepping) {
            e->hit_code = true;
            return NULL;
        }
        emu_blocks_drop(e, address, size);
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
