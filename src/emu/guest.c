/* guest: a guest's life. In: an ELF file's bytes, a host, options; out: why it stopped. The loop finds the block at pc, runs it and what is
 * chained to it, and acts on how it was left: goes on, does a system call, tells the guest of a trap, or steps over a store into code. */
#include "arch/rv64/rv64.h"
#include "emu/linux.h"

enum { SEGV_MAPERR = 1, SEGV_ACCERR = 2, ILL_ILLOPC = 1, TRAP_BRKPT = 1, BUS_ADRALN = 1 };
enum { FRAME = 1024, TABLE = 1 << EMU_HASH_BITS, JUMPS = 4096 };

Emu *emu_new(const EmuHost *host, const EmuOptions *o, const void *elf, size_t n)
{
    Arena perm;
    arena_init(&perm, host->host);
    Emu *e = arena_new(&perm, Emu);
    e->perm = perm;
    e->os = *host;
    e->opt = *o;
    e->host = host->host;
    arena_init(&e->code, e->host);
    arena_init(&e->scratch, e->host);
    emu_mem_init(&e->mem, e, e->host);
    e->mem.limit = o->memory_limit;
    if (o->fast && o->engine != EMU_INTERP) {
        const Target *t = emu_this_machine(e);
        e->mem.fast = t && t->jit && !(t->jit->how & LIFT_CHECKED);
    }
    e->by_pc = arena_array(&e->perm, EmuBlock *, TABLE);
    e->guest = target_find("rv64");
    if (!e->guest || !e->guest->lift) {
        rt_snfmt(e->message, sizeof e->message, "no lifter for the guest");
        e->stop = EMU_FAILED;
        return e;
    }
    e->features = RV64_X_ALL;   /* every extension that is lifted */
    IrMachine *m = &e->machine;
    m->nstates = e->guest->lift->nstates;
    m->nframe = FRAME;
    m->frame = arena_array(&e->perm, uint64_t, FRAME);
    m->arena = &e->perm;
    m->mem = &e->mem.ir;
    m->env.nan_canon = true;
    m->jumps = arena_array(&e->perm, IrJump, JUMPS);
    m->jump_mask = JUMPS - 1;
    e->lift_context = e->guest->lift->context ? e->guest->lift->context(&e->perm) : NULL;
    bool loaded = emu_load(e, elf, n);
    if (!loaded && e->mem.fast) {      /* the addresses may be taken */
        emu_mem_free(&e->mem);
        emu_mem_init(&e->mem, e, e->host);
        e->mem.limit = o->memory_limit;
        loaded = emu_load(e, elf, n);
    }
    if (!emu_trace_init(e))
        loaded = false;
    if (!loaded)
        e->stop = EMU_FAILED;
    else
        emu_linux_init(e);
    if (loaded && o->engine != EMU_INTERP && !emu_jit_start(e)) {
        if (o->engine == EMU_JIT)
            e->stop = EMU_FAILED;
        else
            e->message[0] = 0; /* the interpreter does it alone */
    }
    return e;
}

void emu_free(Emu *e)
{
    emu_jit_stop(e);
    emu_mem_free(&e->mem);
    Arena perm = e->perm;
    arena_free(&e->code);
    arena_free(&e->scratch);
    arena_free(&perm);
}

uint64_t emu_reg(const Emu *e, unsigned state)
{
    return state == e->guest->lift->pc_state ? e->pc : e->machine.frame[state];
}

void emu_set_reg(Emu *e, unsigned state, uint64_t v)
{
    if (state == e->guest->lift->pc_state)
        e->pc = v;
    else if (state)
        e->machine.frame[state] = v;
}

int emu_status(const Emu *e)
{
    return e->status;
}

const char *emu_message(const Emu *e)
{
    return e->message;
}

int emu_signal(const Emu *e)
{
    return e->signal;
}

uint64_t emu_fault(const Emu *e)
{
    return e->fault;
}

uint64_t emu_translation(const Emu *e, uint64_t *ns)
{
    *ns = e->translation_ns;
    return e->translated;
}

bool emu_translated(const Emu *e, uint64_t pc, EmuTranslation *t)
{
    const EmuBlock *b = emu_block_find(e, pc);
    if (!b)
        return false;
    t->pc = pc;
    t->size = b->size;
    t->instructions = b->nins;
    t->host = b->host;
    return true;
}

uint64_t emu_instructions(const Emu *e)
{
    return e->machine.units;
}

/* ---- how blocks are left ---- */

static void access_trap(Emu *e, uint64_t address)
{
    emu_trap(e, e->no_gap ? EMU_SIGBUS : EMU_SIGSEGV, emu_mem_page(&e->mem, address) ? SEGV_ACCERR : SEGV_MAPERR, address);
    e->no_gap = false;
}

static void leave_exit(Emu *e, const LiftExit *x)
{
    e->pc = x->pc;
    switch ((LiftKind)x->kind) {
    case LIFT_GOTO: case LIFT_SPENT: case LIFT_STALE:
        break;
    case LIFT_SYSCALL:
        emu_syscall(e);
        break;
    case LIFT_BREAK:
        emu_trap(e, EMU_SIGTRAP, TRAP_BRKPT, e->pc);
        break;
    case LIFT_ILLEGAL:
        emu_trap(e, EMU_SIGILL, ILL_ILLOPC, e->pc);
        break;
    case LIFT_FETCH:           /* its first half is there, else there were no block */
        access_trap(e, (e->pc | (EMU_PAGE - 1)) + 1);
        break;
    case LIFT_FLUSH:           /* stores take effect at once, but for those elsewhere */
        emu_blocks_sync(e);
        break;
    case LIFT_STEP:
        e->step = true;
        break;
    case LIFT_SPECIAL:
        if (!emu_special(e))
            emu_trap(e, EMU_SIGILL, ILL_ILLOPC, e->pc);
        break;
    case LIFT_MISALIGNED:
        emu_trap(e, EMU_SIGBUS, BUS_ADRALN, e->pc);
        break;
    }
}

/* Runs b and what is chained to it; the result is the block that was left by a goto, with *exit, or NULL, with *exit 1 when it was an
 * indirect jump and 0 else. */
static EmuBlock *run(Emu *e, EmuBlock *b, uint32_t *exit)
{
    IrMachine *m = &e->machine;
    EmuBlock *from = NULL;
    LiftExit left;
    IrLeave how = b->host ? emu_jit_run(e, b, &from) : ir_run(m, b->code);
    *exit = 0;
    switch (how) {
    case IR_LEFT_EXIT:
    case IR_LEFT_BUDGET:
        from = from ? from : ir_code_owner(m->code);
        left = from->exits[m->id]; /* what is done next may drop all blocks */
        if (left.kind == LIFT_STALE)
            emu_block_stale(e, from);
        leave_exit(e, &left);
        if (left.kind != LIFT_GOTO)
            return NULL;
        *exit = m->id;
        return from;
    case IR_LEFT_INDIRECT:
        e->pc = m->address;
        *exit = 1;
        break;
    case IR_LEFT_TRAP:
        emu_trap(e, EMU_SIGILL, ILL_ILLOPC, e->pc);
        break;
    case IR_LEFT_FAULT:
        e->pc = m->frame[e->guest->lift->pc_state];
        if (b->host) {
            EmuPage *p = emu_mem_page(&e->mem, m->address);
            e->hit_code = p && p->blocks && p->prot & EMU_WRITE;
            e->no_gap = !e->hit_code && p && p->prot & EMU_FILE && e->bus;
            e->bus = false;
        }
        if (!e->hit_code)
            access_trap(e, m->address);
        break;
    }
    return NULL;
}

/* A store into code: the blocks go, and the instruction is done alone. What it changes is seen by the next one. */
static void step(Emu *e)
{
    uint32_t exit;
    e->hit_code = e->step = false;
    EmuBlock *b = emu_block_step(e, e->pc);
    if (!b) {
        access_trap(e, e->pc);
        return;
    }
    b->dropped = true;         /* never chained */
    e->stepping = true;
    e->machine.budget = 1;
    uint64_t at = e->pc;
    run(e, b, &exit);
    e->stepping = false;
    if (e->pc != at && e->pc - at <= 4 && !(e->opt.lines & EMU_LINES_INSN))
        e->rest = e->pc;
}

static EmuStop go(Emu *e, uint64_t max_instructions, uint64_t max_blocks)
{
    IrMachine *m = &e->machine;
    uint64_t end = max_instructions ? m->units + max_instructions : UINT64_MAX, drops = 0;
    EmuBlock *from = NULL;
    uint32_t exit = 0;
    uint64_t blocks = 0;
    e->end = end;
    bool single = max_blocks < UINT64_MAX, traced = e->trace && e->opt.lines & (EMU_LINES_PC | EMU_LINES_INSN);
    while (e->stop == EMU_RUNNING && m->units < end && blocks < max_blocks) {
        if (m->units >= e->attend) {
            if (emu_attend(e)) {
                from = NULL;
                exit = 0;
            }
            continue;
        }
        if (e->jit.code && !(e->how & LIFT_COUNTED) && (end < UINT64_MAX || single || e->attend < UINT64_MAX)) {
            e->how |= LIFT_COUNTED; /* for good: who counts once mostly counts on */
            e->forget = true;
        }
        if (e->forget)
            from = NULL;
        emu_blocks_flush(e);
        EmuBlock *b = emu_block(e, e->pc);
        if (!b) {
            access_trap(e, e->pc);
            from = NULL;
            exit = 0;
            continue;
        }
        if (traced) {
            emu_trace_enter(e, b); /* nothing leads past it */
        } else if (from && drops == e->drops) {
            emu_block_chain(e, from, exit, b);
        } else if (!from && exit) {
            IrJump *j = &m->jumps[b->pc >> 1 & m->jump_mask];
            if (b->host)
                emu_jit_jump(e, b->pc, b);
            else if (!e->jit.code) {
                j->address = b->pc;
                j->code = b->code;
            }
        }
        if (e->opt.engine == EMU_AUTO && !b->host)
            emu_block_warm(e, b);
        m->budget = (end < e->attend ? end : e->attend) - m->units;
        if (m->budget < b->cost || single)
            m->budget = b->cost;
        drops = e->drops;
        from = run(e, b, &exit);
        if (e->hit_code || e->step)
            step(e);       /* and exit is 0 */
        blocks++;
    }
    emu_trace_flush(e);
    if (e->stop == EMU_EXITED || e->stop == EMU_SIGNAL)
        emu_robust_end(e);
    return e->stop;
}

EmuStop emu_run(Emu *e, uint64_t max_instructions)
{
    return go(e, max_instructions, UINT64_MAX);
}

EmuStop emu_step(Emu *e, uint64_t max_blocks)
{
    return go(e, 0, max_blocks);
}
