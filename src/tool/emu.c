/* idem emu: runs a guest's program in this process. In: an ELF file and its arguments; out: what it does, and its exit status; 128 and the
 * signal's number when one ended it, after a line that says where and why. */
#include "emu/emu.h"
#include "tool/tool.h"

enum { BAD_GUEST = 126, NO_GUEST = 127 };

typedef struct EmuArgs {
    const char *guest, *argv0, *sysroot;
    EmuEngine kind;
    bool strace, checked;
    uint64_t max_instructions;
    VEC(const char *) envp;
    const char **argv;
} EmuArgs;

static int usage(RtFile *f, int status)
{
    rt_file_fmt(f, "usage: idem emu [OPTION]... GUEST [ARGUMENT]...\n\n"
                   "Runs GUEST, a Linux program for 64-bit RISC-V (rv64gc). Its exit status is the result; 128 and the signal's\n"
                   "number when a signal ended it; 126 when it cannot be run, 127 when it is not there.\n\n"
                   "  --auto            interpret first, compile what repeats (the default)\n"
                   "  --interp          interpret only\n"
                   "  --jit             compile everything at first touch\n"
                   "  --checked         look every access up in software: the guest reaches its own memory alone\n"
                   "  -L SYSROOT        where the interpreter of a dynamic guest lies (default: /usr/riscv64-linux-gnu)\n"
                   "  -E VAR=VALUE      set an environment variable of the guest\n"
                   "  -U VAR            unset one\n"
                   "  --argv0 NAME      the guest's own name\n"
                   "  --strace          tell the system calls on standard error\n"
                   "  --max-insns N     stop after about N instructions, with status 125\n");
    return status;
}

static uint32_t find_variable(const EmuArgs *o, const char *s, size_t n)
{
    uint32_t i = 0;
    while (i < o->envp.n && !(strncmp(o->envp.p[i], s, n) == 0 && o->envp.p[i][n] == '='))
        i++;
    return i;
}

static void set_variable(ToolCtx *t, EmuArgs *o, const char *s)
{
    const char *equal = strchr(s, '=');
    uint32_t i = find_variable(o, s, equal ? (size_t)(equal - s) : strlen(s));
    if (!equal)
        s = arena_fmt(t->perm, "%s=", s);
    if (i < o->envp.n)
        o->envp.p[i] = s;
    else
        vec_push(t->perm, &o->envp, s);
}

static void unset_variable(EmuArgs *o, const char *s)
{
    uint32_t i = find_variable(o, s, strlen(s));
    if (i < o->envp.n) {
        memmove(&o->envp.p[i], &o->envp.p[i + 1], (o->envp.n - i - 1) * sizeof *o->envp.p);
        o->envp.n--;
    }
}

static bool parse_number(const char *s, uint64_t *v)
{
    *v = 0;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (*v > (UINT64_MAX - 9) / 10)
            return false;
        *v = *v * 10 + (uint64_t)(*s - '0');
    }
    return !*s;
}

/* 0, or a status to end with. */
static int parse(ToolCtx *t, int argc, char **argv, EmuArgs *o)
{
    static const char *const with_value[] = { "-L", "-E", "-U", "--argv0", "--max-insns" };
    int i = 1;
    memset(o, 0, sizeof *o);
    o->kind = EMU_AUTO;
    for (char **v = t->envp; *v; v++)
        vec_push(t->perm, &o->envp, (const char *)*v);
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        const char *a = argv[i], *value = NULL;
        if (strcmp(a, "--") == 0) {
            i++;
            break;
        }
        for (unsigned k = 0; k < countof(with_value); k++)
            if (strcmp(a, with_value[k]) == 0)
                value = i + 1 < argc ? argv[++i] : "";
        if (value && !*value && strcmp(a, "--argv0") != 0) {
            tool_error(t, "'%s' needs a value", a);
            return 2;
        }
        if (strcmp(a, "--jit") == 0)
            o->kind = EMU_JIT;
        else if (strcmp(a, "--interp") == 0)
            o->kind = EMU_INTERP;
        else if (strcmp(a, "--auto") == 0)
            o->kind = EMU_AUTO;
        else if (strcmp(a, "--checked") == 0)
            o->checked = true;
        else if (strcmp(a, "--strace") == 0)
            o->strace = true;
        else if (strcmp(a, "-L") == 0)
            o->sysroot = value;
        else if (strcmp(a, "-E") == 0)
            set_variable(t, o, value);
        else if (strcmp(a, "-U") == 0)
            unset_variable(o, value);
        else if (strcmp(a, "--argv0") == 0)
            o->argv0 = value;
        else if (strcmp(a, "--max-insns") == 0) {
            if (!parse_number(value, &o->max_instructions))
                return tool_error(t, "'--max-insns' needs a number, not '%s'", value), 2;
        } else {
            tool_error(t, "unknown option '%s'; see 'idem emu --help'", a);
            return 2;
        }
    }
    if (i >= argc) {
        tool_error(t, "no guest");
        return usage(t->err, 2);
    }
    vec_push(t->perm, &o->envp, (const char *)NULL);
    o->guest = argv[i];
    o->argv = arena_array(t->perm, const char *, argc - i + 1);
    for (int k = i; k < argc; k++)
        o->argv[k - i] = argv[k];
    if (o->argv0)
        o->argv[0] = o->argv0;
    return 0;
}

static long host_syscall(void *ctx, long call, const long a[6])
{
    enum { ENOSYS = 38 };
    long number = emu_host_call(call);
    (void)ctx;
    return number < 0 ? -ENOSYS : rt_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void trace(void *ctx, const char *s, size_t n)
{
    ToolCtx *t = ctx;
    rt_file_write(t->err, s, n);
    rt_file_flush(t->err);
}

/* Where the guest's file lies: from the root, as the kernel tells a process. */
static const char *absolute(ToolCtx *t, const char *path)
{
    enum { GETCWD = 17, MAX = 4096 };
    char cwd[MAX];
    long args[6] = { 0, sizeof cwd, 0, 0, 0, 0 };
    args[0] = (long)(uintptr_t)cwd;
    if (path[0] == '/' || host_syscall(NULL, GETCWD, args) <= 0)
        return path;
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    return arena_fmt(t->perm, "%s/%s", cwd, path);
}

/* A write to a broken pipe has to end the guest, or enter its handler, not end us: struct sigaction with SIG_IGN and nothing else. */
static void ignore_broken_pipes(void)
{
    enum { RT_SIGACTION = 134, SIG_IGN = 1 };
    uint64_t action[4] = { SIG_IGN, 0, 0, 0 };
    long args[6] = { EMU_SIGPIPE, 0, 0, 8, 0, 0 };
    args[1] = (long)(uintptr_t)action;
    host_syscall(NULL, RT_SIGACTION, args);
}

int tool_emu(ToolCtx *t, int argc, char **argv)
{
    EmuArgs a;
    EmuHost host;
    EmuOptions o;
    const char *data;
    size_t n;
    uint64_t id[2];
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(t->out, 0);
    int status = parse(t, argc, argv, &a);
    if (status)
        return status;
    int r = t->host->read_file(t->host->ctx, a.guest, &data, &n, id);
    if (r < 0) {
        tool_error(t, "cannot read '%s': %s", a.guest, rt_strerror(-r));
        return r == -RT_ENOENT ? NO_GUEST : BAD_GUEST;
    }
    memset(&host, 0, sizeof host);
    host.host = t->host;
    host.syscall = host_syscall;
    memset(&o, 0, sizeof o);
    o.name = a.guest;
    o.argv = a.argv;
    o.envp = a.envp.p;
    o.sysroot = a.sysroot ? a.sysroot : "/usr/riscv64-linux-gnu";
    o.exe = absolute(t, a.guest);
    o.strace = a.strace;
    o.engine = a.kind;
    o.fast = !a.checked;
    o.trace = trace;
    o.ctx = t;
    ignore_broken_pipes();
    rt_file_flush(t->out);
    Emu *e = emu_new(&host, &o, data, n);
    switch (emu_run(e, a.max_instructions)) {
    case EMU_RUNNING:
        tool_error(t, "%s: stopped after %llu instructions", a.guest, (unsigned long long)emu_instructions(e));
        status = 125;
        break;
    case EMU_EXITED:
        status = emu_status(e);
        break;
    case EMU_SIGNAL:
        rt_file_fmt(t->err, "idem emu: %s\n", emu_message(e));
        status = emu_status(e);
        break;
    case EMU_FAILED:
        tool_error(t, "%s", emu_message(e));
        status = BAD_GUEST;
        break;
    }
    emu_free(e);
    return status;
}
