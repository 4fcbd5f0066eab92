/* idem emu: runs a guest's program in this process. In: an ELF file and its arguments; out: what it does, and its exit status, or its death
 * by a signal, after a line that says where and why. A guest's execve starts idem again. */
#include "emu/emu.h"
#include "tool/tool.h"

enum { BAD_GUEST = 126, NO_GUEST = 127 };

typedef struct EmuArgs {
    const char *guest, *argv0, *sysroot;
    EmuEngine kind;
    bool strace, checked, stats;
    uint8_t lines;
    uint64_t max_instructions;
    VEC(const char *) envp, options;
    const char **argv;
} EmuArgs;

static int usage(RtFile *f, int status)
{
    rt_file_fmt(f, "usage: idem emu [OPTION]... GUEST [ARGUMENT]...\n\n"
                   "Runs GUEST, a Linux program for 64-bit RISC-V. Its exit status is the result; a signal that ends it ends idem\n"
                   "too, so a shell tells 128 and its number; 126 when it cannot be run, 127 when it is not there.\n\n"
                   "  --auto            interpret first, compile what repeats (the default)\n"
                   "  --interp          interpret only\n"
                   "  --jit             compile everything at first touch\n"
                   "  --checked         look every access up in software: the guest reaches its own memory alone\n"
                   "  -L SYSROOT        absolute paths that are there below SYSROOT are those (default: /usr/riscv64-linux-gnu)\n"
                   "  -E VAR=VALUE      set an environment variable of the guest\n"
                   "  -U VAR            unset one\n"
                   "  --argv0 NAME      the guest's own name\n"
                   "  --stats           tell at the end how much was translated, and how fast\n"
                   "  --strace          tell the system calls on standard error\n"
                   "  --trace=WHAT,...  and the code: block (one is made), pc (one is entered), insn (each instruction)\n"
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

/* --trace's words. */
static bool parse_lines(ToolCtx *t, const char *s, uint8_t *lines)
{
    static const struct { const char *name; uint8_t bit; } words[] = {
        { "block", EMU_LINES_BLOCK }, { "pc", EMU_LINES_PC }, { "insn", EMU_LINES_INSN },
    };
    for (const char *end; ; s = end + 1) {
        unsigned k = 0;
        for (end = s; *end && *end != ','; end++)
            ;
        while (k < countof(words) && (strlen(words[k].name) != (size_t)(end - s) || memcmp(words[k].name, s, (size_t)(end - s)) != 0))
            k++;
        if (k == countof(words)) {
            tool_error(t, "'--trace=' knows block, pc and insn, not '%.*s'", (int)(end - s), s);
            return false;
        }
        *lines |= words[k].bit;
        if (!*end)
            return true;
    }
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
        if (strcmp(a, "-E") != 0 && strcmp(a, "-U") != 0 && strcmp(a, "--argv0") != 0) {
            vec_push(t->perm, &o->options, a);
            if (value)
                vec_push(t->perm, &o->options, value);
        }
        if (strcmp(a, "--jit") == 0)
            o->kind = EMU_JIT;
        else if (strcmp(a, "--interp") == 0)
            o->kind = EMU_INTERP;
        else if (strcmp(a, "--auto") == 0)
            o->kind = EMU_AUTO;
        else if (strcmp(a, "--checked") == 0)
            o->checked = true;
        else if (strcmp(a, "--stats") == 0)
            o->stats = true;
        else if (strcmp(a, "--strace") == 0)
            o->strace = true;
        else if (strncmp(a, "--trace=", 8) == 0) {
            if (!parse_lines(t, a + 8, &o->lines))
                return 2;
        } else if (strcmp(a, "-L") == 0)
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
    vec_push(t->perm, &o->options, (const char *)NULL);
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

/* ---- a guest's execve ---- */

typedef struct EmuSelf {       /* EmuHost.ctx */
    ToolCtx *t;
    const char *guest;
    const char *sysroot;
    const char **options;      /* as we got them, without those about the environment and the name; ends with NULL */
} EmuSelf;

/* The first bytes of a file; -errno. */
static long head_of(const char *path, char *to, size_t n)
{
    int fd = rt_open(path, RT_RDONLY | RT_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    long r = rt_read(fd, to, n);
    rt_close(fd);
    return r;
}

static bool is_guest(const char *head, long n)
{
    enum { MACHINE = 18 };
    return n >= 64 && memcmp(head, "\177ELF\2\1", 6) == 0 && (uint8_t)head[MACHINE] == 243 && !head[MACHINE + 1];
}

/* The interpreter and the one argument (or NULL) of a script; false: head is none. */
static bool script(char *head, long n, char **interpreter, char **argument)
{
    char *at = head + 2, *end;
    if (n < 3 || head[0] != '#' || head[1] != '!')
        return false;
    head[n] = 0;
    end = strchr(at, '\n');
    if (end)
        *end = 0;
    for (end = at + strlen(at); end > at && (end[-1] == ' ' || end[-1] == '\t'); )
        *--end = 0;
    while (*at == ' ' || *at == '\t')
        at++;
    *interpreter = at;
    while (*at && *at != ' ' && *at != '\t')
        at++;
    *argument = NULL;
    if (*at) {
        for (*at++ = 0; *at == ' ' || *at == '\t'; at++)
            ;
        *argument = at;
    }
    return **interpreter != 0;
}

/* A guest's program, or a script for one, runs under idem again; what else there is, the host runs. The environment is the guest's as it
 * stands, so no -E or -U is passed on. */
static long host_exec(void *ctx, const char *path, char *const *argv, char *const *envp)
{
    enum { EXECVE = 221, FACCESSAT = 48, AT_FDCWD = -100, X_OK = 1, DEPTH = 5, HEAD = 256, MAX = 4096 };
    EmuSelf *self = ctx;
    Arena *a = self->t->perm;
    VEC(const char *) args = { NULL, 0, 0 }, front = { NULL, 0, 0 };
    const char *program = path, *name = argv[0] ? argv[0] : "";
    char *exe = arena_alloc(a, MAX + 1);
    long call[6] = { (long)(uintptr_t)path, (long)(uintptr_t)argv, (long)(uintptr_t)envp, 0, 0, 0 };
    bool ours = false;
    for (int depth = 0; depth < DEPTH && !ours; depth++) {
        char *head = arena_alloc(a, HEAD + 1), *interpreter, *argument;
        long n = head_of(program, head, HEAD);
        long access[6] = { AT_FDCWD, (long)(uintptr_t)program, X_OK, 0, 0, 0 };
        if (n < 0 || host_syscall(NULL, FACCESSAT, access) < 0)
            break;
        ours = is_guest(head, n);
        if (ours || !script(head, n, &interpreter, &argument))
            break;
        /* interpreter [argument] script: the innermost last */
        if (depth == 0)
            argv += argv[0] != NULL;
        uint32_t more = 1 + (argument != NULL);
        vec_reserve(a, &front, more);
        memmove(front.p + more, front.p, front.n * sizeof *front.p);
        front.n += more;
        if (argument)
            front.p[0] = argument;
        front.p[more - 1] = program;
        name = interpreter;
        program = arena_fmt(a, "%s%s", self->sysroot, interpreter);
        long below[6] = { AT_FDCWD, (long)(uintptr_t)program, X_OK, 0, 0, 0 };
        if (interpreter[0] != '/' || host_syscall(NULL, FACCESSAT, below) < 0)
            program = interpreter;
    }
    if (!ours)
        return host_syscall(NULL, EXECVE, call);
    long n = rt_readlink("/proc/self/exe", exe, MAX);
    exe[n < 0 ? 0 : n] = 0;
    vec_push(a, &args, "idem");
    vec_push(a, &args, "emu");
    for (const char **o = self->options; *o; o++)
        vec_push(a, &args, *o);
    vec_push(a, &args, "--argv0");
    vec_push(a, &args, name);
    vec_push(a, &args, "--");
    vec_push(a, &args, program);
    for (uint32_t i = 0; i < front.n; i++)
        vec_push(a, &args, front.p[i]);
    for (uint32_t i = front.n ? 0 : argv[0] != NULL; argv[i]; i++)
        vec_push(a, &args, (const char *)argv[i]);
    vec_push(a, &args, (const char *)NULL);
    call[0] = (long)(uintptr_t)(exe[0] ? exe : "/proc/self/exe");
    call[1] = (long)(uintptr_t)args.p;
    return host_syscall(NULL, EXECVE, call);
}

/* Dies of the signal that ended the guest, so that who waits for us sees it; comes back when that cannot be. */
static void die_of(int signal)
{
    enum { RT_SIGACTION = 134, RT_SIGPROCMASK = 135, KILL = 129, PRLIMIT = 261, CORE = 4, UNBLOCK = 1 };
    uint64_t action[4] = { 0, 0, 0, 0 }, set = (uint64_t)1 << (signal - 1), none[2] = { 0, 0 };
    long core[6] = { 0, CORE, (long)(uintptr_t)none, 0, 0, 0 }, act[6] = { signal, (long)(uintptr_t)action, 0, 8, 0, 0 };
    long mask[6] = { UNBLOCK, (long)(uintptr_t)&set, 0, 8, 0, 0 }, send[6] = { rt_getpid(), signal, 0, 0, 0, 0 };
    host_syscall(NULL, PRLIMIT, core);
    host_syscall(NULL, RT_SIGACTION, act);
    host_syscall(NULL, RT_SIGPROCMASK, mask);
    host_syscall(NULL, KILL, send);
}

/* What is told of a guest that has stopped; the status for it. */
static int told(ToolCtx *t, Emu *e, EmuStop stop, const char *guest)
{
    switch (stop) {
    case EMU_RUNNING:
        tool_error(t, "%s: stopped after %llu instructions", guest, (unsigned long long)emu_instructions(e));
        return 125;
    case EMU_EXITED:
        return emu_status(e);
    case EMU_SIGNAL:
        rt_file_fmt(t->err, "idem emu: %s\n", emu_message(e));
        rt_file_flush(t->err);
        die_of(emu_status(e) - 128);
        return emu_status(e);
    case EMU_FAILED:
        tool_error(t, "%s", emu_message(e));
        break;
    }
    return BAD_GUEST;
}

static long host_vfork(void *ctx, long flags, void *stack, void (*child)(void *arg), void *arg)
{
    (void)ctx;
    return rt_vfork(flags, stack, child, arg);
}

static void host_end(void *ctx, Emu *e, EmuStop stop)
{
    EmuSelf *self = ctx;
    int status = told(self->t, e, stop, self->guest);
    rt_file_flush(self->t->err);
    rt_exit(status);
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

int tool_emu(ToolCtx *t, int argc, char **argv)
{
    EmuArgs a;
    EmuHost host;
    EmuSelf self;
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
    host.exec = host_exec;
    host.vfork = host_vfork;
    host.end = host_end;
    self.t = t;
    self.guest = a.guest;
    self.options = a.options.p;
    self.sysroot = a.sysroot ? a.sysroot : "/usr/riscv64-linux-gnu";
    host.ctx = &self;
    memset(&o, 0, sizeof o);
    o.name = a.guest;
    o.argv = a.argv;
    o.envp = a.envp.p;
    o.sysroot = self.sysroot;
    o.exe = absolute(t, a.guest);
    o.strace = a.strace;
    o.lines = a.lines;
    o.stats = a.stats;
    o.engine = a.kind;
    o.fast = !a.checked;
    o.signals = true;
    o.trace = trace;
    o.ctx = t;
    rt_file_flush(t->out);
    int file = rt_open(a.guest, RT_RDONLY, 0);
    o.file = file >= 0 ? (unsigned)file + 1 : 0;
    Emu *e = emu_new(&host, &o, data, n);
    if (file >= 0)
        rt_close(file);
    status = told(t, e, emu_run(e, a.max_instructions), a.guest);
    if (a.stats) {
        uint64_t ns, n = emu_translation(e, &ns);
        rt_file_fmt(t->err, "idem emu: %llu instructions translated in %llu us\n", (unsigned long long)n, (unsigned long long)(ns / 1000));
    }
    return status;             /* the process ends: what the guest has is not taken down one by one */
}
