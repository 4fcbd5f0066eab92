/* guest.c: a static guest program in flat memory, run block by block: by eval.c, or by the interpreter, whose exits are chained. Of the
 * system calls it has write and exit; fcsr and frm are done here. */
#include "driver.h"
#include "arch/rv64/rv64.h"
#include "ir/interp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STACK = 1 << 20 };      /* bytes behind the program */

typedef struct Guest { uint8_t *mem; uint64_t base, size, entry, code, code_size; } Guest;

static bool load(Guest *g, const char *name)
{
    FILE *f = fopen(name, "rb");
    static uint8_t file[64 << 20];
    size_t n = f ? fread(file, 1, sizeof file, f) : 0;
    unsigned k, count = n > 64 ? get_u16(file + 56) : 0;
    if (f)
        fclose(f);
    memset(g, 0, sizeof *g);
    g->base = UINT64_MAX;
    for (k = 0; k < 2 * count; k++) { /* extent, then contents */
        const uint8_t *p = file + get_u64(file + 32) + 56 * (k % count);
        uint64_t at = get_u64(p + 16), end = at + get_u64(p + 40);
        if (get_u32(p) != 1)
            continue;
        if (k == count - 1 || (k < count && g->base > at))
            g->base = g->base < at ? g->base : at;
        if (k < count && g->size < end)
            g->size = end;
        if (k >= count) {
            if (!g->mem)
                g->mem = calloc(1, g->size - g->base + STACK);
            memcpy(g->mem + (at - g->base), file + get_u64(p + 8), get_u64(p + 32));
            if (get_u32(p + 4) & 1) {
                g->code = at;
                g->code_size = get_u64(p + 32);
            }
        }
    }
    if (!g->mem)
        return false;
    g->size += STACK - g->base;
    g->entry = get_u64(file + 24);
    return true;
}

typedef struct Block {
    LiftJob *j;
    IrCode *code;
    struct Block *next;
    uint64_t pc;
} Block;

static Block *block_at(Guest *g, Block **heads, uint64_t pc, bool interp)
{
    Block *b, **head = &heads[pc >> 1 & 0xffff];
    const char *why;
    for (b = *head; b; b = b->next)
        if (b->pc == pc)
            return b;
    b = arena_new(&perm, Block);
    b->pc = pc;
    b->j = lift_bytes(g->mem + (pc - g->base), g->size - (pc - g->base), pc, RV64_X_ALL);
    if (interp) {
        b->code = ir_code_new(&perm, b->j->f, lift->nstates, &why);
        if (!b->code) {
            printf("not ok no bytecode: %s\n", why);
            exit(1);
        }
        ir_code_set_owner(b->code, b);
    }
    b->next = *head;
    return *head = b;
}

static void *find(void *ctx, uint64_t address, unsigned size, bool write)
{
    Guest *g = ctx;
    (void)write;
    return address - g->base < g->size && address - g->base + size <= g->size ? g->mem + (address - g->base) : NULL;
}

/* An instruction with fcsr or frm. */
static bool special(Eval *e, const Guest *g, uint64_t pc)
{
    uint32_t w = get_u32(g->mem + (pc - g->base)), csr = w >> 20, f3 = w >> 12 & 7, rs1 = w >> 15 & 31, rd = w >> 7 & 31;
    uint32_t mask = csr == 2 ? 7 : 0xff, at = csr == 2 ? 5 : 0, all = e->env.flags | (uint32_t)e->env.round << 5, old = all >> at & mask;
    uint32_t v = (uint32_t)(f3 & 4 ? rs1 : rs1 ? e->state[rs1] : 0);
    if (csr != 2 && csr != 3)
        return false;
    v = ((f3 & 3) == 1 ? v : (f3 & 3) == 2 ? old | v : old & ~v) & mask;
    all = (all & ~(mask << at)) | v << at;
    e->env.flags = all & 31;
    e->env.round = (SfRound)(all >> 5);
    if (rd)
        e->state[rd] = old;
    return true;
}

/* Runs the block and, in the interpreter, those chained to it; *b is the one that was left. */
static enum EvalEnd engine(Eval *e, IrMachine *m, Block **b, uint64_t *n)
{
    IrLeave how;
    if (!m)
        return eval_unit(e, (*b)->j->f, n);
    memcpy(m->frame, e->state, sizeof e->state);
    m->env = e->env;
    m->budget = 1000;
    how = ir_run(m, (*b)->code);
    memcpy(e->state, m->frame, lift->nstates * sizeof *e->state);
    e->env = m->env;
    e->fault = m->address;
    *b = ir_code_owner(m->code);
    *n = how == IR_LEFT_INDIRECT ? m->address : m->id;
    return how == IR_LEFT_INDIRECT ? EV_INDIRECT : how == IR_LEFT_EXIT || how == IR_LEFT_BUDGET ? EV_EXIT : EV_FAULT;
}

int run(const char *name, bool interp)
{
    Guest g;
    Eval e;
    IrMachine *m = NULL;
    uint64_t pc, n = 0, blocks = 0;
    Block **heads = calloc(0x10000, sizeof *heads), *b, *from = NULL;
    if (!load(&g, name))
        return 1;
    memset(&e, 0, sizeof e);
    e.mem = g.mem;
    e.base = g.base;
    e.size = g.size;
    e.state[2] = g.base + g.size - 64;
    e.env.nan_canon = true;    /* invalid for infinity * 0 + NaN (F 11.6) */
    if (interp) {
        m = calloc(1, sizeof *m);
        m->mem = calloc(1, sizeof *m->mem);
        m->mem->find = find;
        m->mem->ctx = &g;
        for (n = 0; n < 256; n++)
            m->mem->read[n].page = m->mem->write[n].page = IR_TLB_NONE;
        m->arena = &perm;
        m->nstates = m->nframe = lift->nstates;
        m->frame = calloc(LIFT_MAX_STATES, sizeof *m->frame);
    }
    for (pc = g.entry;;) {
        const LiftExit *x;
        uint64_t exit_number = n;
        b = block_at(&g, heads, pc, interp);
        if (interp && from)
            ir_code_chain(from->code, (uint32_t)exit_number, b->code);
        from = NULL;
        blocks++;
        switch (engine(&e, m, &b, &n)) {
        case EV_INDIRECT: pc = n; continue;
        case EV_EXIT: break;
        default:
            fprintf(stderr, "fault at %llx of %llx\n", (unsigned long long)e.state[lift->pc_state], (unsigned long long)e.fault);
            return 1;
        }
        x = &b->j->exits[n];
        pc = x->pc;
        if (x->kind == LIFT_GOTO) {
            from = b;
        } else if (x->kind == LIFT_FLUSH) {
            continue;
        } else if (x->kind == LIFT_SPECIAL && special(&e, &g, pc)) {
            pc += 4;
        } else if (x->kind == LIFT_SYSCALL && e.state[17] == 64) {
            e.state[10] = fwrite(g.mem + (e.state[11] - g.base), 1, e.state[12], stdout);
        } else if (x->kind == LIFT_SYSCALL && e.state[17] == 93) {
            fprintf(stderr, "%llu times entered, %llu IR instructions evaluated\n", (unsigned long long)blocks,
                    (unsigned long long)e.steps);
            return (int)e.state[10] | (failures != 0);
        } else {
            fprintf(stderr, "exit %u at %llx\n", x->kind, (unsigned long long)pc);
            return 1;
        }
    }
}

int speed(const char *name)
{
    Guest g;
    uint64_t total = 0, insns = 0;
    clock_t start;
    if (!load(&g, name))
        return 1;
    start = clock();
    while (clock() - start < CLOCKS_PER_SEC) {
        uint64_t pc = g.code;
        while (pc < g.code + g.code_size) {
            LiftJob j;
            memset(&j, 0, offsetof(LiftJob, exits));
            j.host = &host;
            j.arena = &fn;
            j.context = context;
            j.unit = &unit;
            j.code = g.mem + (pc - g.base);
            j.n = g.code + g.code_size - pc;
            j.pc = pc;
            j.features = RV64_X_ALL;
            j.max_ins = LIFT_MAX_INS;
            j.reg = regs;
            arena_reset(&fn);
            lift->block(&j);
            pc += j.size ? j.size : 2;
            total += j.nins;
            insns += j.f->ins.n;
        }
    }
    printf("%.2f million guest instructions a second, %.2f IR instructions each\n", (double)total / 1e6, (double)insns / (double)total);
    return 0;
}
