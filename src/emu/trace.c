/* trace: the guest's code as lines: blocks when they are made, blocks when they are entered, instructions. In: a block; out: text through
 * the options' trace, kept until there is much of it, the guest calls its system, or the run ends. While addresses or instructions are
 * told no block is chained to another, so that each comes by here. */
#include "emu/linux.h"

#include "as/as_target.h"

enum { KEPT = 32 << 10, NAMES = 1024, SLOT = 16 };

typedef struct EmuName { uint64_t pc, offset; const char *symbol; } EmuName;

struct EmuTrace {
    void *dis;                 /* TargetDis's */
    EmuName names[NAMES];      /* emu_symbol's answers, by pc; pc 0: none (nothing is mapped there) */
    Buf text;
};

bool emu_trace_init(Emu *e)
{
    if (!e->opt.lines || !e->opt.trace)
        return true;
    struct EmuTrace *t = arena_new(&e->perm, struct EmuTrace);
    t->dis = e->guest->dis->begin(&e->perm, NULL, false);
    buf_init(&t->text, &e->perm);
    buf_reserve(&t->text, KEPT + 1024);
    e->trace = t;
    return t->dis != NULL;
}

void emu_trace_flush(Emu *e)
{
    if (!e->trace || !e->trace->text.n)
        return;
    e->opt.trace(e->opt.ctx, (const char *)e->trace->text.p, e->trace->text.n);
    e->trace->text.n = 0;
}

/* A line begins: whose it is, what it tells, where. */
static Buf *begin(Emu *e, const char *what, uint64_t pc)
{
    EmuLinux *l = e->os_state;
    Buf *b = &e->trace->text;
    if (b->n >= KEPT)
        emu_trace_flush(e);
    if (l && (l->threads.n > 1 || l->forked))
        buf_fmt(b, "[%d] ", l->thread->tid);
    buf_fmt(b, "%s 0x%llx", what, (unsigned long long)pc);
    return b;
}

void emu_trace_block(Emu *e, const EmuBlock *b)
{
    if (!e->trace || !(e->opt.lines & EMU_LINES_BLOCK))
        return;
    buf_fmt(begin(e, "block", b->pc), ": %u byte%s, %u instruction%s, %s\n", b->bytes, b->bytes == 1 ? "" : "s", b->nins,
            b->nins == 1 ? "" : "s", b->host ? "translated" : "lifted");
}

static void put_symbol(Emu *e, Buf *b, uint64_t pc)
{
    EmuName *n = &e->trace->names[pc >> 1 & (NAMES - 1)];
    if (n->pc != pc) {
        n->pc = pc;
        n->symbol = emu_symbol(e, pc, &n->offset);
    }
    if (n->symbol)
        buf_fmt(b, " (%s+0x%llx)", n->symbol, (unsigned long long)n->offset);
}

/* The instruction at pc, as it stands there now. */
static void put_instruction(Emu *e, Buf *b, uint64_t pc)
{
    const struct TargetDis *d = e->guest->dis;
    uint8_t bytes[SLOT];
    size_t n = 0;
    for (; n < 4; n++) {
        size_t room;
        const uint8_t *p = emu_mem_at(&e->mem, pc + n, EMU_EXEC, &room);
        if (!p)
            break;
        bytes[n] = *p;
    }
    if (!d->one(e->trace->dis, bytes, n, pc, NULL, b))
        d->unknown(bytes, n, b);
}

void emu_trace_enter(Emu *e, const EmuBlock *b)
{
    bool again = e->stale;     /* what was told of it did not run */
    e->stale = false;
    if (!e->trace || !(e->opt.lines & (EMU_LINES_PC | EMU_LINES_INSN)) || again)
        return;
    if (e->opt.lines & EMU_LINES_PC && e->rest != b->pc) {
        Buf *to = begin(e, "pc", b->pc);
        put_symbol(e, to, b->pc);
        buf_u8(to, '\n');
    }
    e->rest = 0;
    if (e->opt.lines & EMU_LINES_INSN && !(b->nins == 0 && b->exits[0].kind == LIFT_FETCH)) {
        Buf *to = begin(e, "insn", b->pc);
        buf_str(to, ": ");
        put_instruction(e, to, b->pc);
        buf_u8(to, '\n');
    }
}
