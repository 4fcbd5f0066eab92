/* block: the guest's code by address. In: a pc; out: a block: bytecode of a lifted unit, and where its exits go. Blocks lie in a hash by
 * pc and in the lists of the pages they were made of. A block that is dropped is out of both and no exit leads to it any more, but its
 * memory stays until all code goes at once, because it may be the one that runs. */
#include "emu/linux.h"

enum { WARM = 8 };             /* runs of a block by the interpreter before it is compiled */
enum { HASH_BITS = EMU_HASH_BITS, MAX_BYTES = LIFT_MAX_INS * 4, MAX_CODE = 64 << 20 };

static EmuBlock **head(const Emu *e, uint64_t pc)
{
    return &e->by_pc[(pc >> 1 ^ pc >> (HASH_BITS + 1)) & ((1u << HASH_BITS) - 1)];
}

EmuBlock *emu_block_find(const Emu *e, uint64_t pc)
{
    EmuBlock *b = *head(e, pc);
    while (b && b->pc != pc)
        b = b->next;
    return b;
}

/* Code at pc, up to two pages of it, into `to`. */
static size_t fetch(Emu *e, uint64_t pc, uint8_t to[MAX_BYTES], size_t max)
{
    size_t n = 0;
    while (n < max) {
        size_t room;
        const uint8_t *p = emu_mem_at(&e->mem, pc + n, EMU_EXEC, &room);
        if (!p)
            break;
        room = room < max - n ? room : max - n;
        memcpy(to + n, p, room);
        n += room;
    }
    return n;
}

void emu_block_lift(Emu *e, EmuBlock *b, LiftJob *j, const uint8_t *bytes, size_t n, uint32_t max_ins, const uint8_t *reg, uint32_t how)
{
    ir_unit_init(&e->unit, &e->scratch);
    memset(j, 0, offsetof(LiftJob, exits));
    j->host = e->host;
    j->context = e->lift_context;
    j->arena = &e->scratch;
    j->unit = &e->unit;
    j->code = bytes;
    j->n = n;
    j->pc = b->pc;
    j->features = e->features;
    j->how = how;
    if (b->compares) {
        size_t left = EMU_PAGE - (size_t)(b->pc & (EMU_PAGE - 1));
        j->how |= LIFT_COMPARES;
        j->n = n < left ? n : left;
        /* The interpreter's loads are the guest's, a host's those of the host. */
        j->code_at = how & LIFT_COPIES ? (uint64_t)(uintptr_t)emu_mem_page(&e->mem, b->pc)->host + (b->pc & (EMU_PAGE - 1)) : b->pc;
    }
    j->max_ins = max_ins;
    j->reg = reg;
    e->guest->lift->block(j);
    b->nins = j->nins;
    b->bytes = (uint32_t)j->size;
    b->cost = j->cost;
    b->nexits = j->nexits;
    b->exits = arena_alloc(&e->code, j->nexits * sizeof *b->exits);
    memcpy(b->exits, j->exits, j->nexits * sizeof *b->exits);
    e->code_bytes += b->nexits * sizeof *b->exits;
    /* A block that is lifted anew, to less than before, stays in the lists of all its pages. */
    if (b->size < j->size || !b->size)
        b->size = j->size < 4 ? 4 : j->size;
}

static void code_of(Emu *e, EmuBlock *b, const uint8_t *bytes, size_t n, uint32_t max_ins)
{
    uint8_t reg[LIFT_MAX_STATES];
    LiftJob *j = arena_alloc(&e->scratch, sizeof *j);
    const char *why = NULL;
    for (unsigned i = 0; i < LIFT_MAX_STATES; i++)
        reg[i] = (uint8_t)i;
    emu_block_lift(e, b, j, bytes, n, max_ins, reg, e->how & LIFT_NO_DYNAMIC);
    b->code = ir_code_new(&e->code, j->f, e->guest->lift->nstates, &why);
    if (!b->code)
        bug(e->host, why);
    ir_code_set_owner(b->code, b);
    ir_code_set_cost(b->code, b->cost);
    e->code_bytes += ir_code_size(b->code);
    arena_reset(&e->scratch);
}

/* Nanoseconds, where the caller asked for the time. */
static uint64_t clock(Emu *e)
{
    enum { MONOTONIC = 1 };
    int64_t t[2] = { 0, 0 };
    if (e->opt.stats)
        emu_os3(e, GUEST_clock_gettime, MONOTONIC, EMU_HOST(t), 0);
    return (uint64_t)t[0] * 1000000000u + (uint64_t)t[1];
}

static EmuBlock *new_block(Emu *e, uint64_t pc)
{
    EmuBlock *b = arena_new(&e->code, EmuBlock);
    const EmuPage *p = emu_mem_page(&e->mem, pc);
    b->pc = pc;
    b->compares = p && p->hits >= EMU_HOT && p->prot & EMU_READ && (pc & (EMU_PAGE - 1)) <= EMU_PAGE - 4;
    e->code_bytes += sizeof *b;
    return b;
}

/* NULL when there is nothing to execute at pc. step: it is for the interpreter, never compiled. */
static EmuBlock *make(Emu *e, uint64_t pc, uint32_t max_ins, bool step)
{
    uint8_t bytes[MAX_BYTES];
    size_t n = fetch(e, pc, bytes, MAX_BYTES);
    if (!n)
        return NULL;
    EmuBlock *b = new_block(e, pc);
    b->compares = b->compares && !step;
    if (step || e->opt.engine != EMU_JIT) {
        code_of(e, b, bytes, n, max_ins);
    } else if (!emu_jit_compile(e, b, bytes, n, max_ins)) {
        emu_blocks_forget(e);
        b = new_block(e, pc);
        if (!emu_jit_compile(e, b, bytes, n, max_ins))
            bug(e->host, "jit: a block that does not fit into empty memory");
    }
    e->translated += b->nins;
    return b;
}

void emu_block_warm(Emu *e, EmuBlock *b)
{
    uint8_t bytes[MAX_BYTES];
    if (++b->runs != WARM || !e->jit.code)
        return;
    size_t n = fetch(e, b->pc, bytes, MAX_BYTES);
    e->translation_ns -= clock(e);
    if (n && emu_jit_compile(e, b, bytes, n, b->cost)) {
        b->code = NULL;
        emu_trace_block(e, b);
    } else {
        e->forget = true;      /* no room: all goes before the next block */
    }
    e->translation_ns += clock(e);
}

EmuBlock *emu_block_step(Emu *e, uint64_t pc)
{
    EmuStep *s = &e->steps[pc >> 1 & (countof(e->steps) - 1)];
    uint8_t bytes[MAX_BYTES];
    size_t n = fetch(e, pc, bytes, 4);
    if (n < 4)
        return make(e, pc, 1, true);
    if (!s->block || s->pc != pc || s->bytes != get_u32(bytes)) {
        s->pc = pc;
        s->bytes = get_u32(bytes);
        s->block = make(e, pc, 1, true);
    }
    return s->block;
}

/* The page of the block's first byte (0) or last (1); NULL for the last when it is the same, or not there. */
static EmuPage *page_of(Emu *e, const EmuBlock *b, unsigned which)
{
    uint64_t last = b->pc + b->size - 1;
    if (which == 0)
        return emu_mem_page(&e->mem, b->pc);
    return last >> 12 == b->pc >> 12 ? NULL : emu_mem_page(&e->mem, last);
}

static unsigned which_page(const EmuBlock *b, uint64_t address)
{
    return b->pc >> 12 != address >> 12;
}

EmuBlock *emu_block(Emu *e, uint64_t pc)
{
    EmuBlock *b = emu_block_find(e, pc);
    if (b)
        return b;
    e->translation_ns -= clock(e);
    b = make(e, pc, e->opt.lines & EMU_LINES_INSN ? 1 : LIFT_MAX_INS, false);
    e->translation_ns += clock(e);
    if (!b)
        return NULL;
    b->next = *head(e, pc);
    *head(e, pc) = b;
    for (unsigned k = 0; k < 2; k++) {
        EmuPage *p = page_of(e, b, k);
        if (!p)
            continue;
        EmuBlock **list = b->compares ? &p->compared : &p->blocks;
        b->page_next[k] = *list;
        *list = b;
        if (b->compares)
            continue;
        emu_mem_settle(&e->mem, p, k ? b->pc + b->size - 1 : b->pc);
        uint64_t number = (k ? b->pc + b->size - 1 : b->pc) >> 12;
        if (e->mem.ir.write[number & 255].page == number)
            e->mem.ir.write[number & 255].page = IR_TLB_NONE;
    }
    e->nblocks++;
    emu_trace_block(e, b);
    return b;
}

void emu_block_chain(Emu *e, EmuBlock *from, uint32_t exit, EmuBlock *to)
{
    if (from->dropped || to->dropped || (from->host != 0) != (to->host != 0) || (e->jit.code && !from->host))
        return;
    if (from->code && ir_code_chained(from->code, exit))
        return;
    EmuLink *l = arena_new(&e->code, EmuLink);
    l->from = from;
    l->exit = exit;
    l->next = to->incoming;
    to->incoming = l;
    if (from->host)
        emu_jit_chain(e, from, exit, to);
    else
        ir_code_chain(from->code, exit, to->code);
    e->code_bytes += sizeof *l;
}

/* ---- the end of blocks ---- */

bool emu_blocks_hit(const EmuPage *page, uint64_t address, uint64_t size)
{
    for (const EmuBlock *b = page->blocks; b; b = b->page_next[which_page(b, address)])
        if (b->pc < address + size && address < b->pc + b->size)
            return true;
    return false;
}

static void drop(Emu *e, EmuBlock *b)
{
    EmuBlock **at = head(e, b->pc);
    while (*at != b)
        at = &(*at)->next;
    *at = b->next;
    for (unsigned k = 0; k < 2; k++) {
        EmuPage *p = page_of(e, b, k);
        uint64_t address = k ? b->pc + b->size - 1 : b->pc;
        if (!p)
            continue;
        for (at = b->compares ? &p->compared : &p->blocks; *at && *at != b; )
            at = &(*at)->page_next[which_page(*at, address)];
        if (*at)
            *at = b->page_next[k];
    }
    for (EmuLink *l = b->incoming; l; l = l->next) {
        if (l->from->dropped)
            continue;
        if (l->from->host)
            emu_jit_chain(e, l->from, l->exit, NULL);
        else if (ir_code_chained(l->from->code, l->exit) == b->code)
            ir_code_chain(l->from->code, l->exit, NULL);
    }
    /* Its own exits lead on to blocks that may go before it leaves. */
    for (uint32_t i = 0; i < b->nexits; i++) {
        if (b->host)
            emu_jit_chain(e, b, i, NULL);
        else if (ir_code_chained(b->code, i))
            ir_code_chain(b->code, i, NULL);
    }
    IrJump *jump = &e->machine.jumps[b->pc >> 1 & e->machine.jump_mask];
    if (jump->code && jump->code == b->code)
        jump->code = NULL;
    if (b->host)
        emu_jit_jump(e, b->pc, NULL);
    for (unsigned k = 0; k < 2; k++) {
        EmuPage *p = page_of(e, b, k);
        if (p && !p->blocks)
            emu_mem_settle(&e->mem, p, k ? b->pc + b->size - 1 : b->pc);
    }
    b->dropped = true;
    e->nblocks--;
    e->drops++;
}

void emu_block_stale(Emu *e, EmuBlock *b)
{
    if (!b->host)
        e->machine.units -= b->cost; /* it did not run */
    if (!b->dropped)
        drop(e, b);
    e->stale = true;
}

void emu_blocks_drop(Emu *e, uint64_t address, uint64_t size)
{
    if (!e->nblocks || !size)
        return;
    for (uint64_t a = address & ~(uint64_t)(EMU_PAGE - 1); a < address + size; a += EMU_PAGE) {
        EmuPage *p = emu_mem_page(&e->mem, a);
        for (unsigned k = 0; p && k < 2; k++) {
            EmuBlock *b = k ? p->compared : p->blocks;
            while (b) {
                EmuBlock *next = b->page_next[which_page(b, a)];
                if (b->pc < address + size && address < b->pc + b->size)
                    drop(e, b);
                b = next;
            }
        }
    }
}

void emu_blocks_sync(Emu *e)
{
    for (uint32_t i = 0; e->mem.shares && i < 1u << HASH_BITS; i++) {
        EmuBlock *next;
        for (EmuBlock *b = e->by_pc[i]; b; b = next) {
            const EmuPage *first = page_of(e, b, 0), *last = page_of(e, b, 1);
            next = b->next;
            if ((first && first->prot & EMU_SHARED) || (last && last->prot & EMU_SHARED))
                drop(e, b);
        }
    }
    if (e->mem.shares)
        memset(e->steps, 0, sizeof e->steps);
}

void emu_blocks_flush(Emu *e)
{
    if (e->code_bytes >= MAX_CODE || e->forget)
        emu_blocks_forget(e);
}

void emu_blocks_forget(Emu *e)
{
    e->forget = false;
    memset(e->steps, 0, sizeof e->steps);
    for (uint32_t i = 0; i < 1u << HASH_BITS; i++) {
        for (EmuBlock *b = e->by_pc[i]; b; b = b->next) {
            for (unsigned k = 0; k < 2; k++) {
                EmuPage *p = page_of(e, b, k);
                if (p) {
                    p->blocks = p->compared = NULL;
                    emu_mem_settle(&e->mem, p, k ? b->pc + b->size - 1 : b->pc);
                }
            }
        }
        e->by_pc[i] = NULL;
    }
    memset(e->machine.jumps, 0, sizeof *e->machine.jumps * ((size_t)e->machine.jump_mask + 1));
    emu_jit_flush(e);
    arena_reset(&e->code);
    e->drops += e->nblocks;
    e->nblocks = e->code_bytes = 0;
}

void emu_after_fork(Emu *e)
{
    if (e->jit.code && !emu_jit_after_fork(e))
        emu_fatal_signal(e, EMU_SIGKILL, 0, "no memory for code after a fork");
}
