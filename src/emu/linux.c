/* linux: system calls of rv64 Linux: which there are, how arguments get to the host and results back. In: registers a7, a0..a5; out: a0.
 * A call is a row: a letter an argument says what it is, so that most need no code (linux.h, EmuRow). The rows with code of their own
 * stand in linux_file.c, linux_path.c, linux_mem.c, linux_proc.c and signal.c. What has no row is ENOSYS. */
#include "emu/linux.h"

enum { MAX_PATH = 4096, MAX_BUFFER = 1 << 20 };

static const EmuRow *const tables[] = { emu_file_rows, emu_path_rows, emu_socket_rows, emu_event_rows, emu_memory_rows, emu_process_rows,
                                       emu_signal_rows, emu_futex_rows, emu_clone_rows };

static const EmuRow *row_of(uint64_t call)
{
    for (unsigned t = 0; t < countof(tables); t++)
        for (const EmuRow *r = tables[t]; r->name; r++)
            if (r->number == call)
                return r;
    return NULL;
}

long emu_os(Emu *e, long call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t f, uint64_t g)
{
    long args[6] = { (long)a, (long)b, (long)c, (long)d, (long)f, (long)g };
    return e->os.syscall(e->os.ctx, call, args);
}

/* A guest's structure or buffer on the host's side. */
typedef struct Moved {
    void *host;
    uint64_t guest, n;
    bool out, in;
} Moved;

static long move_in(Emu *e, const EmuRow *r, const uint64_t a[6], unsigned i, Moved *m)
{
    char letter = r->args[i];
    m->out = letter == 'R' || letter == 'o' || letter == 'u';
    m->in = letter == 'W' || letter == 'b' || letter == 'u';
    m->guest = a[i];
    if (!a[i] || (!m->in && !m->out && letter != 'p')) {
        m->host = (void *)(uintptr_t)a[i];
        m->in = m->out = false;
        return 0;
    }
    m->n = letter == 'p' ? MAX_PATH : letter == 'R' || letter == 'W' ? a[i + 1] : r->size[i];
    if (m->n > MAX_BUFFER)
        m->n = MAX_BUFFER;
    m->host = arena_alloc(&e->scratch, m->n ? m->n : 1);
    if (letter == 'p')
        return emu_copy_string(e, a[i], m->host, MAX_PATH) ? 0 : -EMU_EFAULT;
    if (m->in)
        return emu_copy_out(e, m->host, a[i], m->n) ? 0 : -EMU_EFAULT;
    memset(m->host, 0, m->n);
    return 0;
}

long emu_pass(Emu *e, const EmuRow *r, const uint64_t a[6])
{
    Moved m[6];
    long args[6] = { 0, 0, 0, 0, 0, 0 };
    unsigned n = 0;
    memset(m, 0, sizeof m);
    for (; r->args[n]; n++) {
        long wrong = move_in(e, r, a, n, &m[n]);
        if (wrong)
            return wrong;
        args[n] = (long)(uintptr_t)m[n].host;
        if (n && (r->args[n - 1] == 'R' || r->args[n - 1] == 'W') && a[n] > MAX_BUFFER)
            args[n] = MAX_BUFFER;
    }
    long result = e->os.syscall(e->os.ctx, r->number, args);
    for (unsigned i = 0; i < n; i++) {
        uint64_t size = r->args[i] == 'R' ? (uint64_t)result : m[i].n;
        if (m[i].out && (result >= 0 || r->args[i] != 'R') && !emu_copy_in(e, m[i].guest, m[i].host, size < m[i].n ? size : m[i].n, false))
            return -EMU_EFAULT;
    }
    return result;
}

static uint64_t answer(Emu *e, const EmuRow *r, uint64_t call, const uint64_t a[6])
{
    uint64_t result;
    if (e->opt.hook && e->opt.hook(e->opt.ctx, e, (long)call, a, &result))
        return result;
    return (uint64_t)(!r ? -EMU_ENOSYS : r->fn ? r->fn(e, a) : emu_pass(e, r, a));
}

/* May a file have become shorter? */
static bool shortens(uint64_t call)
{
    return call == GUEST_ftruncate || call == GUEST_truncate || call == GUEST_openat || call == GUEST_fallocate;
}

void emu_syscall(Emu *e)
{
    uint64_t a[6], call = emu_reg(e, EMU_A7);
    const EmuRow *r = row_of(call);
    for (unsigned i = 0; i < 6; i++)
        a[i] = emu_reg(e, EMU_A0 + i);
    emu_trace_flush(e);        /* in the order of what is printed */
    if (e->opt.strace)
        emu_trace_thread(e);
    if (e->opt.strace)
        emu_trace_call(e, r, call, a);
    EmuThread *t = e->os_state->thread;
    uint64_t result = answer(e, r, call, a);
    if (e->mem.shares && shortens(call))
        emu_mem_forget_shares(&e->mem);
    if ((int64_t)result == EMU_BLOCKED) {
        t->wait.row = r;
        memcpy(t->wait.a, a, sizeof a);
        e->attend = 0;
        if (e->opt.strace && e->opt.trace)
            e->opt.trace(e->opt.ctx, " <unfinished ...>\n", 18);
        arena_reset(&e->scratch);
        return;
    }
    if (e->os_state->host_wanted)
        e->attend = 0;
    if (t == e->os_state->thread && t->has_saved && call != GUEST_rt_sigreturn) {
        t->has_saved = false;
        t->blocked = t->saved;
        emu_signals_sync(e);
    }
    if (e->opt.strace)
        emu_trace_result(e, result, e->stop != EMU_RUNNING);
    arena_reset(&e->scratch);
    if (e->stop == EMU_RUNNING && t == e->os_state->thread)
        emu_set_reg(e, EMU_A0, result);
}

/* Handlers return to a page of their own: li a7, rt_sigreturn; ecall. */
void emu_linux_init(Emu *e)
{
    uint8_t code[8];
    EmuLinux *l = arena_new(&e->perm, EmuLinux);
    e->os_state = l;
    l->trampoline = ((uint64_t)1 << EMU_ADDRESS_BITS) - EMU_PAGE;
    put_u32(code, 0x00000893u | (uint32_t)GUEST_rt_sigreturn << 20);
    put_u32(code + 4, 0x00000073);
    if (emu_mem_map(&e->mem, l->trampoline, EMU_PAGE, EMU_READ | EMU_EXEC))
        emu_copy_in(e, l->trampoline, code, sizeof code, true);
    l->thread = emu_thread_new(e);
    l->thread->tid = (int32_t)emu_os3(e, GUEST_getpid, 0, 0, 0);
    emu_signals_init(e);
}
