/* jit: blocks as code of the host. In: a block of the guest; out: its unit compiled by the host's lane into executable memory, chained to
 * others by patched jumps. The guest's hottest registers stand in host registers from block to block, the others in the frame (gen.h);
 * the interpreter's frame is brought up to date when the code is left. */
#include "emu/linux.h"

enum { JIT_SIZE = 64 << 20, LEAST_SIZE = 8 << 10 };
enum { BELOW_FRAME = 64 << 10, FRAME_PAGES = BELOW_FRAME + GEN_UNIT_FRAME + 16 * GEN_UNIT_JUMPS };
#define FRAME_ALLOC align_up(FRAME_PAGES, 65536)
#define NO_ADDRESS 1           /* of an entry of the jump table: odd, so no instruction's */

static void choose_registers(Emu *e)
{
    memset(e->reg, IR_IN_FRAME, sizeof e->reg);
    for (unsigned c = 0; c < 2; c++) {
        const uint8_t *pins = e->jit.target->jit->pins[c], *states = e->guest->lift->favourites[c];
        for (unsigned k = 0; pins[k] != 0xff && states[k] != 0xff; k++) {
            e->reg[states[k]] = pins[k];
            e->pins |= (uint64_t)1 << pins[k];
        }
    }
}

static void clear_jumps(Emu *e)
{
    for (uint32_t i = 0; i < GEN_UNIT_JUMPS; i++)
        put_u64(e->frame + GEN_UNIT_FRAME + 16 * i, NO_ADDRESS);
}

/* ---- the host's faults ---- */

enum { SA_SIGINFO = 4, SA_RESTORER = 0x04000000, SA_ONSTACK = 0x08000000, SA_NODEFER = 0x40000000, INFO_ADDRESS = 16 };
static const int faults[2] = { EMU_SIGSEGV, EMU_SIGBUS };
enum { ALT_SIZE = 64 << 10 };

static long os(Emu *e, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    return emu_os(e, call, a, b, c, d, 0, 0);
}

/* A fault of this thread. In a unit the stack pointer is the guest's frame: then the unit is left, else the fault is somebody else's. */
static void on_fault(int signal, void *info, void *context, Emu *e)
{
    const TargetJit *t = e->jit.target->jit;
    uint8_t *u = context;
    uint64_t pc = get_u64(u + t->context_pc);
    unsigned which = signal == EMU_SIGBUS;
    if (get_u64(u + t->context_sp) == (uint64_t)(uintptr_t)e->frame && jit_holds(&e->jit, pc)) {
        e->bus = signal == EMU_SIGBUS;
        put_u64(e->frame + JIT_FAULT_PC, pc);
        put_u64(e->frame + JIT_ADDRESS, get_u64((const uint8_t *)info + INFO_ADDRESS));
        put_u64(u + t->context_pc, e->entry.leave);
        put_u64(u + t->context_result, (uint64_t)(int64_t)JIT_LEFT_FAULT);
        return;
    }
    uint64_t old = e->old_action[which][0];
    if (old > 1 && e->old_action[which][1] & SA_SIGINFO) {
        ((void (*)(int, void *, void *))(uintptr_t)old)(signal, info, context);
    } else if (old > 1) {
        ((void (*)(int))(uintptr_t)old)(signal);
    } else {
        uint64_t none[4] = { 0 };  /* it comes again, and ends the process */
        os(e, GUEST_rt_sigaction, (uint64_t)signal, EMU_HOST(none), 0, 8);
    }
}

/* The handler's code, and the host told of it; old: what it had. */
static bool put_handler(Emu *e, uint64_t (*old)[4])
{
    const TargetJit *t = e->jit.target->jit;
    bool ok = true;
    Buf b;
    buf_init(&b, &e->scratch);
    if (t->restorer)
        t->restorer(&b);
    buf_align(&b, 16, 0);
    size_t at = b.n;
    t->handler(&b, (uint64_t)(uintptr_t)on_fault, EMU_HOST(e));
    uint64_t code = jit_put(&e->jit, b.p, b.n);
    arena_reset(&e->scratch);
    jit_keep(&e->jit);
    e->jit_start = e->jit.used;
    e->handler = code + at;
    for (unsigned k = 0; k < 2 && ok; k++) {
        uint64_t action[4] = { 0 };
        action[0] = e->handler;
        action[1] = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | (t->restorer ? SA_RESTORER : 0);
        action[2] = t->restorer ? code : 0; /* the mask, empty, follows; without a restorer it stands here */
        ok = os(e, GUEST_rt_sigaction, (uint64_t)faults[k], EMU_HOST(action), old ? EMU_HOST(old[k]) : 0, 8) >= 0;
    }
    return ok;
}

bool emu_jit_signals(Emu *e, bool on)
{
    uint64_t stack[3] = { 0, 0, ALT_SIZE };
    if (!on) {
        for (unsigned k = 0; k < 2 && e->handler; k++)
            os(e, GUEST_rt_sigaction, (uint64_t)faults[k], EMU_HOST(e->old_action[k]), 0, 8);
        if (e->handler) {
            os(e, GUEST_sigaltstack, EMU_HOST(e->old_stack), 0, 0, 0);
            e->host->unpages(e->host->ctx, e->alt_stack, ALT_SIZE);
        }
        e->handler = 0;
        return true;
    }
    e->alt_stack = e->host->pages(e->host->ctx, ALT_SIZE);
    if (!e->alt_stack)
        return false;
    stack[0] = EMU_HOST(e->alt_stack);
    return os(e, GUEST_sigaltstack, EMU_HOST(stack), EMU_HOST(e->old_stack), 0, 0) >= 0 && put_handler(e, e->old_action);
}

/* ---- start and end ---- */

/* What stands in front of all blocks. */
static void put_entry(Emu *e)
{
    Buf b;
    buf_init(&b, &e->scratch);
    e->jit.target->jit->entry(&b, e->reg, e->guest->lift->nstates, &e->entry);
    uint64_t at = jit_put(&e->jit, b.p, b.n);
    e->entry.enter += at;
    e->entry.leave += at;
    e->entry.indirect += at;
    put_u64(e->frame, e->entry.indirect);
    arena_reset(&e->scratch);
    e->jit_start = e->jit.used;
}

/* What the target's code has to do without on this very machine. */
static uint32_t probe(Emu *e)
{
    Buf b;
    if (!e->jit.target->jit->probe)
        return 0;
    buf_init(&b, &e->scratch);
    e->jit.target->jit->probe(&b);
    uint64_t at = jit_put(&e->jit, b.p, b.n);
    arena_reset(&e->scratch);
    jit_ready(&e->jit);
    uint64_t (*ask)(void) = (uint64_t (*)(void))(uintptr_t)at;
    uint32_t lacks = (uint32_t)ask();
    jit_cut(&e->jit, 0);
    return lacks;
}

const Target *emu_this_machine(Emu *e)
{
    enum { FIELD = 65, MACHINE = 4 * FIELD, SIZE = 6 * FIELD };
    char u[SIZE];
    memset(u, 0, sizeof u);
    if (emu_os(e, GUEST_uname, EMU_HOST(u), 0, 0, 0, 0, 0) < 0)
        return NULL;
    size_t n = strlen(u + MACHINE);
    for (unsigned k = 0; targets[k]; k++)
        if (strncmp(targets[k]->triples[0], u + MACHINE, n) == 0 && targets[k]->triples[0][n] == '-')
            return targets[k];
    return NULL;
}

static bool start(Emu *e)
{
    uint64_t size = e->opt.code_limit ? align_up(e->opt.code_limit, EMU_PAGE) : JIT_SIZE;
    if (size < LEAST_SIZE || size > JIT_SIZE)
        size = size < LEAST_SIZE ? LEAST_SIZE : JIT_SIZE;
    e->jit.target = emu_this_machine(e);
    if (!e->jit.target || !e->jit.target->jit || !e->jit.target->fast) {
        rt_snfmt(e->message, sizeof e->message, "no code can be made for this host: use --interp");
        return false;
    }
    e->jit.host = e->host;
    e->jit.ctx = e->os.ctx;
    e->jit.syscall = e->os.syscall;
    if (!jit_open(&e->jit, &e->perm, size)) {
        rt_snfmt(e->message, sizeof e->message, "the host gives no memory for code: use --interp");
        return false;
    }
    uint8_t *p = e->host->pages(e->host->ctx, FRAME_ALLOC);
    if (!p) {
        rt_snfmt(e->message, sizeof e->message, "out of memory");
        jit_close(&e->jit);
        return false;
    }
    e->frame = p + BELOW_FRAME;
    clear_jumps(e);
    choose_registers(e);
    uint32_t lacks = probe(e);
    put_entry(e);
    vec_reserve(&e->perm, &e->jit_exits, 1 << 15);
    vec_reserve(&e->perm, &e->compiled, 1 << 13);
    e->how |= LIFT_COPIES | lacks | e->jit.target->jit->how | (e->mem.fast ? 0 : LIFT_CHECKED);
    return true;
}

bool emu_jit_start(Emu *e)
{
    if (!start(e))
        return false;
    if (!e->mem.fast || emu_jit_signals(e, true))
        return true;
    rt_snfmt(e->message, sizeof e->message, "the host takes no handler for faults: use --checked");
    emu_jit_stop(e);
    return false;
}

bool emu_jit_after_fork(Emu *e)
{
    bool signals = e->handler != 0;
    emu_blocks_forget(e);
    if (!jit_after_fork(&e->jit))
        return false;
    put_entry(e);
    return !signals || put_handler(e, NULL);
}

void emu_jit_stop(Emu *e)
{
    if (!e->jit.code)
        return;
    emu_jit_signals(e, false);
    jit_close(&e->jit);
    e->how = 0;
    e->host->unpages(e->host->ctx, e->frame - BELOW_FRAME, FRAME_ALLOC);
}

void emu_jit_flush(Emu *e)
{
    if (!e->jit.code)
        return;
    jit_cut(&e->jit, e->jit_start);
    e->jit_exits.n = 0;
    e->compiled.n = 0;
    clear_jumps(e);
}

/* ---- compiling ---- */

static void put_faults(Emu *e, EmuBlock *b, const GenJob *g)
{
    b->nfaults = g->state_locs.n;
    b->faults = arena_alloc(&e->code, g->state_locs.n * sizeof *b->faults + 1);
    for (uint32_t k = 0; k < g->state_locs.n; k++) {
        EmuFault *f = &b->faults[k];
        f->at = (uint32_t)g->state_locs.p[k].offset;
        f->state = (uint8_t)g->state_locs.p[k].state;
        f->kind = g->state_locs.p[k].kind;
        f->where = g->state_locs.p[k].where;
    }
    e->code_bytes += b->nfaults * sizeof *b->faults;
}

bool emu_jit_compile(Emu *e, EmuBlock *b, const uint8_t *bytes, size_t n, uint32_t max_ins)
{
    LiftJob *j = arena_alloc(&e->scratch, sizeof *j);
    JitExit jumps[LIFT_MAX_EXITS];
    JitResult r;
    GenJob g;
    do {                       /* a unit too large for its frame or all memory, or that needs constants where the target has none */
        emu_block_lift(e, b, j, bytes, n, max_ins, e->reg, e->how);
        memset(jumps, 0, b->nexits * sizeof *jumps);
        r = jit_unit(&e->jit, j->f, &e->scratch, e->pins, e->jit_exits.n, e->entry.leave, &g, jumps, &b->host);
        max_ins /= 2;
    } while ((r == JIT_REFUSED || (r == JIT_FULL && e->jit.used == e->jit_start)) && max_ins);
    if (r == JIT_REFUSED)
        bug(e->host, "jit: the lane does not compile an instruction");
    if (r == JIT_DONE) {
        b->first_exit = e->jit_exits.n;
        for (uint32_t k = 0; k < b->nexits; k++) {
            EmuExit x = { b, k, jumps[k] };
            vec_push(&e->perm, &e->jit_exits, x);
        }
        put_faults(e, b, &g);
        vec_push(&e->perm, &e->compiled, b);
    }
    arena_reset(&e->scratch);
    return r == JIT_DONE;
}

/* ---- chains ---- */

void emu_jit_chain(Emu *e, EmuBlock *from, uint32_t exit, EmuBlock *to)
{
    jit_chain(&e->jit, &e->jit_exits.p[from->first_exit + exit].jump, to ? to->host : 0);
}

void emu_jit_jump(Emu *e, uint64_t pc, const EmuBlock *to)
{
    uint8_t *p = e->frame + GEN_UNIT_FRAME + 16 * (pc >> 1 & (GEN_UNIT_JUMPS - 1));
    if (to) {
        put_u64(p, pc);
        put_u64(p + 8, to->host);
    } else if (get_u64(p) == pc) {
        put_u64(p, NO_ADDRESS);
    }
}

/* ---- running ---- */

static EmuBlock *block_at(Emu *e, uint64_t host_pc)
{
    uint32_t lo = 0, hi = e->compiled.n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (e->compiled.p[mid]->host <= host_pc)
            lo = mid;
        else
            hi = mid;
    }
    return e->compiled.p[lo];
}

/* The states that were not in their places when the instruction at host_pc faulted. */
static void restore(Emu *e, uint64_t host_pc)
{
    const EmuBlock *b = block_at(e, host_pc);
    uint32_t at = (uint32_t)(host_pc - b->host), best = 0, k;
    uint64_t value[LIFT_MAX_STATES];
    for (k = 0; k < b->nfaults && b->faults[k].at <= at; k++)
        best = b->faults[k].at;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (k = 0; k < b->nfaults; k++) {
            const EmuFault *f = &b->faults[k];
            if (f->at != best)
                continue;
            if (pass) {
                e->machine.frame[f->state] = value[f->state];
                continue;
            }
            value[f->state] = (uint64_t)f->where;
            for (unsigned s = 0; f->kind == GEN_IN_REG && s < e->guest->lift->nstates; s++)
                if (e->reg[s] == f->where)
                    value[f->state] = e->machine.frame[s];
            if (f->kind == GEN_IN_FRAME)
                value[f->state] = get_u64(e->frame + f->where);
        }
    }
}

IrLeave emu_jit_run(Emu *e, EmuBlock *b, EmuBlock **from)
{
    const TargetLift *lift = e->guest->lift;
    const TargetJit *t = e->jit.target->jit;
    IrMachine *m = &e->machine;
    uint64_t (*enter)(void *, uint64_t) = (uint64_t (*)(void *, uint64_t))(uintptr_t)e->entry.enter;
    uint8_t *words = e->frame + GEN_UNIT_STATES;
    bool counted = (e->how & LIFT_COUNTED) != 0;
    uint64_t budget = m->budget > INT64_MAX ? INT64_MAX : m->budget;
    m->frame[lift->tlb_state] = (uint64_t)(uintptr_t)e->mem.ir.read;
    m->frame[lift->budget_state] = budget;
    memcpy(words, m->frame, lift->nstates * sizeof *m->frame);
    t->set_env(e->frame, &m->env);
    jit_ready(&e->jit);
    int64_t left = (int64_t)enter(e->frame, b->host);
    t->get_env(e->frame, &m->env);
    memcpy(m->frame, words, lift->nstates * sizeof *m->frame);
    if (left == JIT_LEFT_FAULT)
        restore(e, get_u64(e->frame + JIT_FAULT_PC));
    m->units += counted ? budget - m->frame[lift->budget_state] : 1;
    if (left == JIT_LEFT_INDIRECT) {
        m->address = get_u64(e->frame + JIT_ADDRESS);
        return IR_LEFT_INDIRECT;
    }
    if (left == JIT_LEFT_FAULT) {
        m->address = get_u64(e->frame + JIT_ADDRESS);
        return IR_LEFT_FAULT;
    }
    const EmuExit *x = &e->jit_exits.p[left];
    *from = x->block;
    m->id = x->exit;
    if (counted && x->block->exits[x->exit].kind == LIFT_SPENT)
        m->units -= x->block->cost; /* of a block that did not run */
    return IR_LEFT_EXIT;
}
