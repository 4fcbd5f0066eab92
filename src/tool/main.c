/* main: which command runs. Input: argv; `idem cc ...`, or a link to idem named `cc`, `idem-cc` or `riscv64-linux-gnu-cc`. */
#include "arch/arch.h"
#include "tool/tool.h"

const ToolCommand tool_commands[] = {
    { "cc", tool_cc, "compile and link C: a compiler driver with gcc's options", true },
    { "as", tool_as, "assemble GNU-syntax text into an object", true },
    { "objdump", tool_objdump, "disassemble and show what is in objects, executables and archives", false },
    { "sha256", tool_sha256, "print SHA-256 sums of files", false },
    { "cmp", tool_cmp, "compare two files; tell the first difference by section and symbol", false },
    { "emu", tool_emu, "run a Linux program made for 64-bit RISC-V", false },
    { "ir", tool_ir, "read, check, print or compile the text form of the IR", false },
    { "ld", tool_ld, "link objects and archives into a static executable", false },
    { "ar", tool_ar, "make, change and read archives", false },
    { "ranlib", tool_ranlib, "write the symbol index of archives", false },
    { "nm", tool_nm, "list the symbols of objects, archives and executables", false },
    { NULL, NULL, NULL, false },
};

int tool_error(ToolCtx *t, const char *fmt, ...)
{
    Buf b;
    va_list ap;
    buf_init(&b, t->perm);
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    rt_file_flush(t->out);
    rt_file_fmt(t->err, "idem%s%s: error: %s\n", t->command[0] ? " " : "", t->command, buf_cstr(&b));
    rt_file_flush(t->err);
    return 1;
}

const char *tool_getenv(const ToolCtx *t, const char *name)
{
    size_t n = strlen(name);
    for (char **e = t->envp; *e; e++)
        if (strncmp(*e, name, n) == 0 && (*e)[n] == '=')
            return *e + n + 1;
    return NULL;
}

void tool_diag_sink(void *ctx, const char *s, size_t n)
{
    ToolCtx *t = ctx;
    rt_file_flush(t->out);
    rt_file_write(t->err, s, n);
    rt_file_flush(t->err);
}

bool tool_wants_color(const ToolCtx *t)
{
    const char *term = tool_getenv(t, "TERM"), *no = tool_getenv(t, "NO_COLOR");
    return term && strcmp(term, "dumb") != 0 && !(no && *no) && rt_isatty(2);
}

const char *tool_self_dir(ToolCtx *t)
{
    char path[4096];
    long n = rt_readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return ".";
    path[n] = 0;
    char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return arena_strndup(t->perm, path, (size_t)(slash - path));
}

static const ToolCommand *find_command(const char *name)
{
    for (const ToolCommand *c = tool_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* The command that the name of the executable stands for: "cc", "idem-cc", "/usr/bin/riscv64-linux-gnu-cc" with *triple; NULL for
 * "idem" and all else. */
static const ToolCommand *command_of_link(ToolCtx *t, const char *argv0, const char **triple)
{
    const char *slash = strrchr(argv0, '/');
    const char *name = slash ? slash + 1 : argv0;
    const char *dash = strrchr(name, '-');
    *triple = NULL;
    if (!dash)
        return find_command(name);
    if ((size_t)(dash - name) != 4 || memcmp(name, "idem", 4) != 0) {
        *triple = arena_strndup(t->perm, name, (size_t)(dash - name));
        if (!target_find(*triple))
            return NULL;
    }
    return find_command(dash + 1);
}

static int help(RtFile *f, int status)
{
    rt_file_fmt(f, "usage: idem COMMAND [ARGUMENT...]\n\ncommands:\n");
    for (const ToolCommand *c = tool_commands; c->name; c++)
        rt_file_fmt(f, "  %-8s %s\n", c->name, c->help);
    rt_file_fmt(f,
                "\n`idem COMMAND --help` tells more. A link to idem named COMMAND or idem-COMMAND is that command, and one named\n"
                "TRIPLE-COMMAND is it for that target.\n");
    return status;
}

static int dispatch(ToolCtx *t, int argc, char **argv)
{
    const char *triple;
    const ToolCommand *c = argc > 0 ? command_of_link(t, argv[0], &triple) : NULL;
    if (!c) {
        if (argc < 2)
            return help(t->err, 2);
        if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
            return help(t->out, 0);
        if (strcmp(argv[1], "--version") == 0) {
            rt_file_fmt(t->out, "idem %s\n", TOOL_VERSION);
            return 0;
        }
        c = find_command(argv[1]);
        if (!c) {
            tool_error(t, "no command '%s'; see 'idem --help'", argv[1]);
            return 2;
        }
        argc--;
        argv++;
    } else if (triple && c->targets) {
        char **more = arena_array(t->perm, char *, (size_t)argc + 3);
        more[0] = argv[0];
        more[1] = arena_strndup(t->perm, "-target", 7);
        more[2] = arena_strndup(t->perm, triple, strlen(triple));
        for (int i = 1; i < argc; i++)
            more[i + 2] = argv[i];
        argc += 2;
        argv = more;
    }
    t->command = c->name;
    return c->run(t, argc, argv);
}

int main(int argc, char **argv, char **envp)
{
    RtFile out, err;
    Arena perm;
    ToolCtx t;
    rt_file_init(&out, 1);
    rt_file_init(&err, 2);
    t.host = tool_host();
    arena_init(&perm, t.host);
    t.perm = &perm;
    t.command = "";
    t.envp = envp;
    t.out = &out;
    t.err = &err;
    int status = dispatch(&t, argc, argv);
    int e = rt_file_flush(&out);
    if (e < 0) {
        tool_error(&t, "cannot write standard output: %s", rt_strerror(-e));
        if (!status)
            status = 1;
    }
    rt_file_flush(&err);
    return status;
}
