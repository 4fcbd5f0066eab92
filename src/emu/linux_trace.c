/* linux_trace: --strace: a system call as a line, `name(arguments) = result`, in the manner of strace. In: a row and registers; out: text
 * through the options' trace. */
#include "emu/linux.h"

enum { SHOWN = 32, MAX_PATH = 4096 };

#define ERRORS(X) X(EPERM, 1) X(ENOENT, 2) X(ESRCH, 3) X(EINTR, 4) X(EIO, 5) X(ENXIO, 6) X(E2BIG, 7) X(ENOEXEC, 8) X(EBADF, 9) \
    X(ECHILD, 10) X(EAGAIN, 11) X(ENOMEM, 12) X(EACCES, 13) X(EFAULT, 14) X(EBUSY, 16) X(EEXIST, 17) X(EXDEV, 18) X(ENODEV, 19) \
    X(ENOTDIR, 20) X(EISDIR, 21) X(EINVAL, 22) X(ENFILE, 23) X(EMFILE, 24) X(ENOTTY, 25) X(ETXTBSY, 26) X(EFBIG, 27) \
    X(ENOSPC, 28) X(ESPIPE, 29) X(EROFS, 30) X(EMLINK, 31) X(EPIPE, 32) X(EDOM, 33) X(ERANGE, 34) X(ENAMETOOLONG, 36) \
    X(ENOLCK, 37) X(ENOSYS, 38) X(ENOTEMPTY, 39) X(ELOOP, 40) X(EOVERFLOW, 75) X(EOPNOTSUPP, 95) X(ETIMEDOUT, 110)
#define ERROR(name, number) { number, #name },

static const char *error_name(long number)
{
    static const struct { int number; const char *name; } names[] = { ERRORS(ERROR) };
    for (unsigned i = 0; i < countof(names); i++)
        if (names[i].number == number)
            return names[i].name;
    return "E?";
}

static const char *call_name(uint64_t call)
{
    switch (call) {
#define SYS(name, number) case number: return #name;
#include "arch/rv64/sys.def"
#undef SYS
    default:
        return NULL;
    }
}

static void put_quoted(Buf *b, const char *s, size_t n, bool more)
{
    buf_u8(b, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n')
            buf_str(b, "\\n");
        else if (s[i] == '"' || s[i] == '\\')
            buf_fmt(b, "\\%c", s[i]);
        else if (s[i] < ' ' || s[i] > '~')
            buf_fmt(b, "\\%o", (unsigned)(uint8_t)s[i]);
        else
            buf_u8(b, (uint8_t)s[i]);
    }
    buf_str(b, more ? "\"..." : "\"");
}

static void put_argument(Emu *e, Buf *b, const EmuRow *r, const uint64_t a[6], unsigned i)
{
    char letter = r->args[i], s[MAX_PATH];
    if (letter == 'i') {
        buf_fmt(b, "%lld", (long long)((int64_t)(int32_t)a[i] < 0 && a[i] >> 32 == 0 ? (int32_t)a[i] : (int64_t)a[i]));
    } else if (letter == 'p' && emu_copy_string(e, a[i], s, sizeof s)) {
        put_quoted(b, s, strlen(s), false);
    } else if (r->number == GUEST_write && i == 1) {
        size_t n = a[2] < SHOWN ? a[2] : SHOWN;
        if (emu_copy_out(e, s, a[1], n))
            put_quoted(b, s, n, a[2] > SHOWN);
        else
            buf_fmt(b, "0x%llx", (unsigned long long)a[1]);
    } else if (a[i] || letter == 'x') {
        buf_fmt(b, a[i] ? "0x%llx" : "%llu", (unsigned long long)a[i]);
    } else {
        buf_str(b, "NULL");
    }
}

void emu_trace_call(Emu *e, const EmuRow *r, uint64_t call, const uint64_t a[6])
{
    Buf b;
    const char *name = r ? r->name : call_name(call);
    if (!e->opt.trace)
        return;
    buf_init(&b, &e->scratch);
    if (name)
        buf_fmt(&b, "%s(", name);
    else
        buf_fmt(&b, "syscall_%llu(", (unsigned long long)call);
    for (unsigned i = 0; i < 6 && (!r || r->args[i]); i++) {
        if (i)
            buf_str(&b, ", ");
        if (r)
            put_argument(e, &b, r, a, i);
        else
            buf_fmt(&b, "0x%llx", (unsigned long long)a[i]);
    }
    buf_str(&b, ")");
    e->opt.trace(e->opt.ctx, (char *)b.p, b.n);
}

void emu_trace_result(Emu *e, uint64_t result, bool none)
{
    Buf b;
    int64_t v = (int64_t)result;
    if (!e->opt.trace)
        return;
    buf_init(&b, &e->scratch);
    if (none)
        buf_str(&b, " = ?\n");
    else if (v < 0 && v >= -4095)
        buf_fmt(&b, " = -1 %s (%s)\n", error_name((long)-v), rt_strerror((int)-v));
    else
        buf_fmt(&b, v > 0xfffff ? " = 0x%llx\n" : " = %lld\n", (long long)v);
    e->opt.trace(e->opt.ctx, (char *)b.p, b.n);
}

/* Whose line it is, once there is more than one. */
void emu_trace_thread(Emu *e)
{
    EmuLinux *l = e->os_state;
    char s[32];
    if (e->opt.trace && (l->threads.n > 1 || l->forked))
        e->opt.trace(e->opt.ctx, s, rt_snfmt(s, sizeof s, "[%d] ", l->thread->tid));
}
