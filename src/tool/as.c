/* idem as: GNU-syntax assembly to an ELF object. No preprocessing: `idem cc -c file.S` does that. */
#include "tool/tool.h"

#include "arch/arch.h"
#include "as/as.h"
#include "as/as_target.h"

static const char usage[] =
    "usage: idem as [-o FILE] [-target TRIPLE] [FILE.s|-]...\n"
    "Assembles GNU-syntax (AT&T) text into an object, a.out when -o is not given; '-' or no FILE is standard input.\n"
    "  -o FILE           the object\n"
    "  -target TRIPLE    x86_64-linux (the default), riscv64-linux-gnu and the like\n"
    "  -defsym SYM=NUM   as .set SYM, NUM (also --defsym)\n"
    "  -W, --no-warn     no warnings; --fatal-warnings: warnings are errors\n"
    "  --64              x86-64\n"
    "  -march=ISA -mabi=lp64d|lp64       RISC-V: what instructions there are, how floats are passed\n"
    "  -fpic -fno-pic    RISC-V: la takes addresses from the global offset table, or not\n"
    "  -mno-arch-attr    RISC-V: no .riscv.attributes\n"
    "Accepted without effect: -I DIR -D -g -Q -L --warn -mtune= --noexecstack -mno-relax; -march= for x86-64\n";

static int read_input(ToolCtx *t, Buf *text, const char *name)
{
    const char *data;
    size_t n;
    uint64_t id[2];
    int err = t->host->read_file(t->host->ctx, name, &data, &n, id);
    if (err < 0)
        return tool_error(t, "cannot read '%s': %s", name, rt_strerror(-err));
    if (text->n) { /* something stands in front, that is not of this file */
        buf_fmt(text, "\n# 1 \"%s\"\n", name);
    }
    buf_put(text, data, n);
    if (n && data[n - 1] != '\n')
        buf_u8(text, '\n');
    return 0;
}

/* One option of the target: 0, or 2 after a message. */
static int target_option(ToolCtx *t, Target *target, const char *a)
{
    Buf err;
    int taken = 0;
    buf_init(&err, t->perm);
    if (target->as->option)
        taken = target->as->option(target, a, &err);
    if (!taken && a[1] == 'm')
        taken = target->option(target, a + 2, &err) || strncmp(a, "-march=", 7) == 0;
    if (taken < 0 || err.n)
        tool_error(t, "%s: %s", a, buf_cstr(&err));
    else if (!taken)
        tool_error(t, "unknown option '%s'", a);
    return taken > 0 && !err.n ? 0 : 2;
}

int tool_as(ToolCtx *t, int argc, char **argv)
{
    const char *out = "a.out", *name = NULL, *triple = NULL;
    const Target *found;
    Target target;             /* with the options */
    VEC(const char *) chosen = {0};
    Arena unit;
    Buf text, elf;
    SrcMap sm;
    Diag diag;
    Intern idents;
    Obj *o;
    int i, files = 0, status;
    bool quiet = false, fatal = false;
    buf_init(&text, t->perm);
    for (i = 1; i < argc; i++) {
        const char *a = argv[i];
        bool takes = strcmp(a, "-o") == 0 || strcmp(a, "-I") == 0 || strcmp(a, "-target") == 0 || strcmp(a, "-defsym") == 0 ||
                     strcmp(a, "--defsym") == 0;
        if (takes && i + 1 == argc) {
            tool_error(t, "%s needs an argument", a);
            return 2;
        }
        if (strcmp(a, "--help") == 0) {
            rt_file_write(t->out, usage, sizeof usage - 1);
            return 0;
        }
        if (strcmp(a, "-o") == 0) {
            out = argv[++i];
        } else if (strncmp(a, "-o", 2) == 0) {
            out = a + 2;
        } else if (strcmp(a, "-target") == 0) {
            triple = argv[++i];
        } else if (strncmp(a, "--target=", 9) == 0) {
            triple = a + 9;
        } else if (strcmp(a, "-defsym") == 0 || strcmp(a, "--defsym") == 0) {
            const char *eq = strchr(argv[++i], '=');
            if (!eq) {
                tool_error(t, "%s needs SYM=NUM", a);
                return 2;
            }
            buf_fmt(&text, ".set %.*s,%s;", (int)(eq - argv[i]), argv[i], eq + 1);
        } else if (strcmp(a, "-I") == 0) {
            i++;
        } else if (strcmp(a, "-W") == 0 || strcmp(a, "--no-warn") == 0) {
            quiet = true;
        } else if (strcmp(a, "--fatal-warnings") == 0) {
            fatal = true;
        } else if (strncmp(a, "-m", 2) == 0 || strncmp(a, "-f", 2) == 0 || strcmp(a, "--64") == 0) {
            vec_push(t->perm, &chosen, strcmp(a, "--64") == 0 ? "-m64" : a);
        } else if (strcmp(a, "--warn") == 0 || strcmp(a, "-g") == 0 || strcmp(a, "-Q") == 0 ||
                   strcmp(a, "-L") == 0 || strcmp(a, "--noexecstack") == 0 || strncmp(a, "-I", 2) == 0 || strncmp(a, "-D", 2) == 0) {
            continue;
        } else if (a[0] == '-' && a[1]) {
            tool_error(t, "unknown option '%s'", a);
            return 2;
        } else {
            if (!files++)
                name = a;
            if (read_input(t, &text, a))
                return 1;
        }
    }
    if (!files) {
        name = "-";
        if (read_input(t, &text, "-"))
            return 1;
    }
    if (strcmp(name, "-") == 0)
        name = "<stdin>";
    found = triple ? target_find(triple) : target_default();
    if (!found) {
        tool_error(t, "unknown target '%s'", triple);
        return 2;
    }
    target = *found;
    for (uint32_t k = 0; k < chosen.n; k++)
        if (target_option(t, &target, chosen.p[k]))
            return 2;
    arena_init(&unit, t->host);
    src_init(&sm, t->perm);
    diag_init(&diag, &sm, t->perm, tool_diag_sink, t);
    diag.color = tool_wants_color(t);
    diag.quiet_warnings = quiet;
    diag.werror = fatal;
    intern_init(&idents, t->perm);
    buf_cstr(&text);
    o = as_assemble(t->host, &unit, &diag, &sm, &idents, &target, name, (const char *)text.p, text.n);
    if (!o) {
        arena_free(&unit);
        return 1;
    }
    buf_init(&elf, &unit);
    if (!obj_write_elf(o, &elf))
        return tool_error(t, "'%s': too many sections", out);
    status = tool_write_output(t, out, elf.p, elf.n, 0666);
    arena_free(&unit);
    return status;
}
