/* cc: the compiler driver, with the options of gcc. Input: C, preprocessed C, assembly, objects and archives; output:
 * what -E, -c or a
 * link asks for. Options that concern a unit go to the library (idem_option), those of the link to `idem ld`. */
#include "arch/arch.h"
#include "idem.h"
#include "pp/pp.h"
#include "tool/tool.h"

typedef enum Stage { STAGE_PREPROCESS, STAGE_OBJECT, STAGE_LINK } Stage;

typedef struct Input {
    const char *name;
    int lang;                  /* IdemLang, or -1: for the linker */
} Input;

typedef struct CcArgs {
    ToolCtx *t;
    Arena *a;
    VEC(const char *) args;    /* after @file, options only */
    VEC(const char *) unit;    /* options of the compilation */
    VEC(Input) inputs;         /* sources, and what the linker gets, in order */
    VEC(const char *) libdirs, ld;
    Stage stage;
    const char *output, *triple, *sysroot, *print;
    const char *dep_file;
    Buf dep_target;
    bool deps, deps_only, deps_system, deps_phony;
    bool macros, plain, verbose, dry, ir, assembly;
    bool nostdlib, nostartfiles, nodefaultlibs, nostdinc;
    int forced_lang;           /* -x; -2: by suffix */
    const Target *target;
    IdemHost host;
    const char *runtime;       /* folder of librt.a below lib/ */
    bool bad;
} CcArgs;

static const char help[] =
    "usage: idem cc [options] file...\n"
    "  -c              compile and assemble, do not link\n"
    "  -E              preprocess only (with -P: no line markers; -dM: the macros)\n"
    "  -o FILE         where the result goes (- is standard output)\n"
    "  -x LANG         the following files are c, cpp-output, assembler, assembler-with-cpp or none\n"
    "  -std=STD        c89 c99 c11 c17, gnu89 gnu99 gnu11 gnu17 (default)\n"
    "  -D -U -I -iquote -isystem -idirafter -include -nostdinc -M -MM -MD -MMD -MP -MF -MT -MQ\n"
    "  -W... -w -pedantic -Werror -fmax-errors=N -fsyntax-only\n"
    "  -f... -m... -O  as gcc knows them; levels above -O0 compile as -O0\n"
    "  -L -l -static -s -nostdlib -nostartfiles -nodefaultlibs -Wl,OPTION -e SYMBOL -u SYMBOL\n"
    "  -target TRIPLE  x86_64-linux-musl (default), x86_64-linux-gnu, riscv64-linux-gnu\n"
    "  -march= -mabi= -mcmodel=  what the target has of them (riscv64: rv64gc and the like, lp64d lp64, medany medlow)\n"
    "  -v -### --version -dumpmachine -dumpversion -print-file-name= -print-search-dirs -print-prog-name=\n"
    "  @FILE           more options from FILE\n";

static bool starts(const char *s, const char *prefix, const char **rest)
{
    size_t n = strlen(prefix);
    if (strncmp(s, prefix, n) != 0)
        return false;
    *rest = s + n;
    return true;
}

/* ---- @file: words separated by white space, quotes and backslashes as gcc has them ---- */

static void add_response(CcArgs *c, const char *arg, int depth)
{
    const char *p, *end;
    size_t n;
    if (arg[0] != '@' || depth > 10 || c->t->host->read_file(c->t->host->ctx, arg + 1, &p, &n, NULL) < 0) {
        vec_push(c->a, &c->args, arg);
        return;
    }
    end = p + n;
    while (p < end) {
        Buf w;
        char quote = 0;
        while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
            p++;
        if (p == end)
            break;
        buf_init(&w, c->a);
        for (; p < end && (quote || !(*p == ' ' || (*p >= '\t' && *p <= '\r'))); p++) {
            if (*p == '\\' && p + 1 < end)
                buf_u8(&w, (uint8_t)*++p);
            else if (quote ? *p == quote : *p == '"' || *p == '\'')
                quote = quote ? 0 : *p;
            else
                buf_u8(&w, (uint8_t)*p);
        }
        add_response(c, buf_cstr(&w), depth + 1);
    }
}

/* ---- where headers, libraries and start files lie ---- */

/* "musl" or "gnu": the environment named last in the triple. */
static bool is_musl(const CcArgs *c)
{
    size_t n = strlen(c->triple);
    return !(n >= 3 && strcmp(c->triple + n - 3, "gnu") == 0);
}

static const char *multiarch(const CcArgs *c)
{
    const char *canon = c->target->triples[0], *dash = strchr(canon, '-');
    return arena_fmt(c->a, "%.*s-linux-%s", (int)(dash - canon), canon, is_musl(c) ? "musl" : "gnu");
}

static void standard_places(CcArgs *c, Idem *im, bool show)
{
    const char *root = c->sysroot ? c->sysroot : "", *self = tool_self_dir(c->t), *m = multiarch(c);
    const char *inc[4] = { arena_fmt(c->a, "%s/include", self), arena_fmt(c->a, "%s/usr/include/%s", root, m),
                           arena_fmt(c->a, "%s/usr/%s/include", root, m), is_musl(c) ? NULL : arena_fmt(c->a, "%s/usr/include", root) };
    if (im)
        for (int i = 0; i < 4 && inc[i]; i++)
            idem_add_system_include(im, inc[i]);
    if (show)
        rt_file_fmt(c->t->out, "install: %s/\nprograms: =%s/\nlibraries: =%s/lib/%s/:%s/usr/lib/%s/\n", self, self, self,
                    c->target->name, root, m);
}

static const char *find_library_file(CcArgs *c, const char *name)
{
    const char *root = c->sysroot ? c->sysroot : "";
    const char *places[] = { arena_fmt(c->a, "%s/lib/%s/%s", tool_self_dir(c->t), c->runtime, name),
                             arena_fmt(c->a, "%s/usr/lib/%s/%s", root, multiarch(c), name),
                             arena_fmt(c->a, "%s/usr/%s/lib/%s", root, multiarch(c), name) }; /* Debian's cross packages */
    if (strcmp(name, "include") == 0)
        return arena_fmt(c->a, "%s/include", tool_self_dir(c->t));
    for (uint32_t i = 0; i < c->libdirs.n; i++) {
        const char *path = arena_fmt(c->a, "%s/%s", c->libdirs.p[i], name);
        if (c->t->host->read_file(c->t->host->ctx, path, NULL, NULL, NULL) == 0)
            return path;
    }
    for (size_t i = 0; i < countof(places); i++)
        if (c->t->host->read_file(c->t->host->ctx, places[i], NULL, NULL, NULL) == 0)
            return places[i];
    return name;
}

/* ---- options ---- */

static const struct { const char *name; int lang; } languages[] = {
    { "c", IDEM_C }, { "c-header", IDEM_C }, { "cpp-output", IDEM_C_PREPROCESSED }, { "assembler", IDEM_ASM },
    { "assembler-with-cpp", IDEM_ASM_CPP }, { "none", -2 },
};

static int lang_of(const CcArgs *c, const char *name)
{
    const char *dot = strrchr(name, '.');
    if (c->forced_lang != -2)
        return c->forced_lang;
    if (!dot || strchr(dot, '/'))
        return -1;
    if (strcmp(dot, ".c") == 0 || strcmp(dot, ".h") == 0)
        return IDEM_C;
    if (strcmp(dot, ".i") == 0)
        return IDEM_C_PREPROCESSED;
    if (strcmp(dot, ".s") == 0)
        return IDEM_ASM;
    return strcmp(dot, ".S") == 0 || strcmp(dot, ".sx") == 0 ? IDEM_ASM_CPP : -1;
}

static void add_input(CcArgs *c, const char *name, int lang)
{
    Input in;
    in.name = name;
    in.lang = lang;
    vec_push(c->a, &c->inputs, in);
}

static void refuse(CcArgs *c, const char *fmt, const char *what)
{
    tool_error(c->t, fmt, what);
    c->bad = true;
}

/* The value of an option, joined or the next word. */
static const char *value(CcArgs *c, uint32_t *i, const char *rest)
{
    if (*rest)
        return rest;
    if (*i + 1 >= c->args.n) {
        refuse(c, "missing argument to '%s'", c->args.p[*i]);
        return "";
    }
    return c->args.p[++*i];
}

static void add_dep_target(CcArgs *c, const char *s, bool quote)
{
    if (c->dep_target.n)
        buf_u8(&c->dep_target, ' ');
    if (quote)
        pp_make_quote(&c->dep_target, s);
    else
        buf_str(&c->dep_target, s);
}

static bool option_depend(CcArgs *c, uint32_t *i)
{
    const char *s = c->args.p[*i], *v;
    if (strcmp(s, "-M") == 0 || strcmp(s, "-MM") == 0) {
        c->deps = c->deps_only = true;
        c->deps_system = s[2] == 0;
        c->stage = STAGE_PREPROCESS;
    } else if (strcmp(s, "-MD") == 0 || strcmp(s, "-MMD") == 0) {
        c->deps = true;
        c->deps_system = s[2] == 'D';
    } else if (strcmp(s, "-MP") == 0)
        c->deps_phony = true;
    else if (starts(s, "-MF", &v))
        c->dep_file = value(c, i, v);
    else if (starts(s, "-MT", &v))
        add_dep_target(c, value(c, i, v), false);
    else if (starts(s, "-MQ", &v))
        add_dep_target(c, value(c, i, v), true);
    else
        return false;
    return true;
}

/* What asks for a line of information. */
static bool option_query(CcArgs *c, const char *s)
{
    const char *v;
    if (strcmp(s, "-dumpmachine") == 0 || strcmp(s, "-dumpversion") == 0 || strcmp(s, "-dumpfullversion") == 0
        || strcmp(s, "-print-search-dirs") == 0 || strcmp(s, "-print-libgcc-file-name") == 0 || strcmp(s, "-print-multiarch") == 0
        || strcmp(s, "-print-sysroot") == 0 || starts(s, "-print-file-name=", &v) || starts(s, "-print-prog-name=", &v))
        c->print = s;
    else
        return false;
    return true;
}

/* Several linker options separated by commas. */
static void split_commas(CcArgs *c, const char *s)
{
    while (*s) {
        const char *comma = strchr(s, ',');
        size_t n = comma ? (size_t)(comma - s) : strlen(s);
        add_input(c, arena_strndup(c->a, s, n), -1);
        s += n + (comma != NULL);
    }
}

static bool option_link(CcArgs *c, uint32_t *i)
{
    const char *s = c->args.p[*i], *v;
    static const char *const ignored[] = { "-static", "-no-pie", "-nopie", "-rdynamic", "-static-libgcc", "-pthread" };
    for (size_t k = 0; k < countof(ignored); k++)
        if (strcmp(s, ignored[k]) == 0)
            return true;
    if (starts(s, "-Wl,", &v))
        split_commas(c, v);
    else if (strcmp(s, "-Xlinker") == 0)
        add_input(c, value(c, i, ""), -1);
    else if (starts(s, "-l", &v))
        add_input(c, arena_fmt(c->a, "-l%s", value(c, i, v)), -1);
    else if (starts(s, "-L", &v)) {
        v = value(c, i, v);
        vec_push(c->a, &c->libdirs, v);
    } else if (strcmp(s, "-nostdlib") == 0)
        c->nostdlib = true;
    else if (strcmp(s, "-nostartfiles") == 0)
        c->nostartfiles = true;
    else if (strcmp(s, "-nodefaultlibs") == 0 || strcmp(s, "-nolibc") == 0)
        c->nodefaultlibs = true;
    else if (strcmp(s, "-s") == 0 || strcmp(s, "-r") == 0)
        vec_push(c->a, &c->ld, s);
    else if (strcmp(s, "-e") == 0 || strcmp(s, "-u") == 0 || strcmp(s, "-z") == 0) {
        vec_push(c->a, &c->ld, s);
        v = value(c, i, "");
        vec_push(c->a, &c->ld, v);
    } else if (strcmp(s, "-shared") == 0 || strcmp(s, "-pie") == 0 || strcmp(s, "-static-pie") == 0)
        refuse(c, "'%s' is not supported yet: only static executables are linked", s);
    else
        return false;
    return true;
}

static bool option_driver(CcArgs *c, uint32_t *i)
{
    const char *s = c->args.p[*i], *v;
    if (strcmp(s, "-c") == 0)
        c->stage = c->stage < STAGE_OBJECT ? c->stage : STAGE_OBJECT;
    else if (strcmp(s, "-E") == 0)
        c->stage = STAGE_PREPROCESS;
    else if (strcmp(s, "-S") == 0) {
        c->stage = c->stage < STAGE_OBJECT ? c->stage : STAGE_OBJECT;
        c->assembly = true;
    }
    else if (strcmp(s, "-P") == 0)
        c->plain = true;
    else if (strcmp(s, "-dM") == 0)
        c->macros = true;
    else if (strcmp(s, "-pipe") == 0 || strcmp(s, "-g0") == 0 || strcmp(s, "-no-canonical-prefixes") == 0)
        ;
    else if (strcmp(s, "-v") == 0)
        c->verbose = true;
    else if (strcmp(s, "-###") == 0)
        c->verbose = c->dry = true;
    else if (starts(s, "-g", &v) && (!*v || strchr("0123dgs", *v)))
        refuse(c, "'%s' is not supported yet: no debug information is written", s);
    else if (starts(s, "-o", &v))
        c->output = value(c, i, v);
    else if (starts(s, "-x", &v)) {
        v = value(c, i, v);
        for (size_t k = 0; k < countof(languages); k++)
            if (strcmp(v, languages[k].name) == 0) {
                c->forced_lang = languages[k].lang;
                return true;
            }
        refuse(c, "language %s not recognized", v);
    } else if (strcmp(s, "-target") == 0)
        c->triple = value(c, i, "");
    else if (starts(s, "--target=", &v))
        c->triple = v;
    else if (starts(s, "--sysroot=", &v))
        c->sysroot = v;
    else if (strcmp(s, "--sysroot") == 0 || strcmp(s, "-isysroot") == 0)
        c->sysroot = value(c, i, "");
    else if (starts(s, "-B", &v)) {
        v = value(c, i, v);
        vec_push(c->a, &c->libdirs, v);
    } else if (starts(s, "-Wp,", &v) || starts(s, "-Wa,", &v))
        refuse(c, "'%s' is not supported", s);
    else
        return option_depend(c, i) || option_query(c, s) || option_link(c, i);
    return true;
}

/* First pass: what the driver itself needs; the rest is kept for the library. */
static void read_options(CcArgs *c)
{
    for (uint32_t i = 0; i < c->args.n && !c->bad; i++) {
        const char *s = c->args.p[i];
        if (s[0] != '-' || s[1] == 0)
            add_input(c, s, lang_of(c, s));
        else if (strcmp(s, "--") == 0) {
            while (++i < c->args.n)
                add_input(c, c->args.p[i], lang_of(c, c->args.p[i]));
        } else if (!option_driver(c, &i)) {
            static const char *const with_value[] = { "-D", "-U", "-I", "-include", "-isystem", "-iquote", "-idirafter" };
            vec_push(c->a, &c->unit, s);
            for (size_t k = 0; k < countof(with_value); k++)
                if (strcmp(s, with_value[k]) == 0) {
                    s = value(c, &i, "");
                    vec_push(c->a, &c->unit, s);
                }
        }
    }
}

/* ---- compiling ---- */

static void outside_message(void *ctx, const char *s, size_t n)
{
    tool_diag_sink(((CcArgs *)ctx)->t, s, n);
}

static void *outside_pages(void *ctx, size_t n)
{
    Host *h = ((CcArgs *)ctx)->t->host;
    return h->pages(h->ctx, n);
}

static void outside_unpages(void *ctx, void *p, size_t n)
{
    Host *h = ((CcArgs *)ctx)->t->host;
    h->unpages(h->ctx, p, n);
}

static int outside_read_file(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2])
{
    Host *h = ((CcArgs *)ctx)->t->host;
    return h->read_file(h->ctx, path, data, n, id);
}

static void outside_fatal(void *ctx, const char *msg)
{
    Host *h = ((CcArgs *)ctx)->t->host;
    h->fatal(h->ctx, msg);
}

static Idem *new_context(CcArgs *c)
{
    const char *epoch = tool_getenv(c->t, "SOURCE_DATE_EPOCH");
    Idem *im;
    uint32_t i = 0;
    c->host.ctx = c;
    c->host.pages = outside_pages;
    c->host.unpages = outside_unpages;
    c->host.read_file = outside_read_file;
    c->host.fatal = outside_fatal;
    c->host.message = outside_message;
    im = idem_new(&c->host, c->target->name);
    idem_set_color(im, tool_wants_color(c->t));
    if (epoch) {
        int64_t s = 0;
        for (; *epoch >= '0' && *epoch <= '9' && s < (int64_t)1 << 48; epoch++)
            s = s * 10 + (*epoch - '0');
        if (*epoch)
            refuse(c, "%s is not a number of seconds", "SOURCE_DATE_EPOCH");
        idem_set_source_date(im, s);
    }
    while (i < c->unit.n) {
        int used = idem_option(im, (int)(c->unit.n - i), c->unit.p + i);
        if (used == 0) {
            refuse(c, "unrecognized command-line option '%s'", c->unit.p[i]);
            used = 1;
        } else if (used < 0) {
            c->bad = true;
            used = 1;
        }
        i += (uint32_t)used;
    }
    standard_places(c, im, false);
    c->runtime = idem_runtime(im);
    return im;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* name with its suffix replaced */
static const char *with_suffix(CcArgs *c, const char *name, const char *suffix)
{
    const char *dot = strrchr(name, '.');
    size_t n = dot && !strchr(dot, '/') ? (size_t)(dot - name) : strlen(name);
    return arena_fmt(c->a, "%.*s%s", (int)n, name, suffix);
}

static int write_deps(CcArgs *c, IdemUnit *u, const char *name, const char *object)
{
    size_t n;
    const char *text, *file = c->dep_file;
    Buf target = c->dep_target;
    if (!target.n) {
        buf_init(&target, c->a);
        pp_make_quote(&target, c->stage == STAGE_OBJECT && c->output ? object : with_suffix(c, base_name(name), ".o"));
    }
    text = idem_dependencies(u, buf_cstr(&target), c->deps_system, c->deps_phony, &n);
    if (!file)
        file = c->deps_only ? (c->output ? c->output : "-")
                            : with_suffix(c, c->output && c->stage != STAGE_LINK ? c->output : base_name(name), ".d");
    return tool_write_output(c->t, file, text, n, 0666);
}

static int cannot_read(CcArgs *c, const char *name, int err)
{
    return tool_error(c->t, "%s: %s", name, rt_strerror(-err));
}

static int preprocess(CcArgs *c, Idem *im, const Input *in, Buf *out)
{
    const char *text, *p;
    size_t n, len;
    int r = c->t->host->read_file(c->t->host->ctx, in->name, &text, &n, NULL), status = 0;
    if (r < 0)
        return cannot_read(c, in->name, r);
    if (in->lang == IDEM_ASM || in->lang < 0)
        return 0;
    IdemUnit *u = idem_begin(im, (IdemLang)in->lang, strcmp(in->name, "-") == 0 ? "<stdin>" : in->name, text, n);
    p = idem_preprocess(u, c->macros, c->plain, &len);
    if (idem_failed(u))
        status = 1;
    if (!c->deps_only)
        buf_put(out, p, len);
    if (c->deps && !status)
        status = write_deps(c, u, in->name, with_suffix(c, base_name(in->name), ".o"));
    idem_end(u);
    return status;
}

/* One source to an object: written, or entered as a file in memory for the linker (the unit then lives on). */
static int compile(CcArgs *c, Idem *im, Input *in)
{
    const char *text, *suffix = c->assembly ? ".s" : ".o";
    const char *object = c->output && c->stage == STAGE_OBJECT ? c->output : with_suffix(c, base_name(in->name), suffix);
    size_t n, len;
    int r = c->t->host->read_file(c->t->host->ctx, in->name, &text, &n, NULL), status = 0;
    const void *elf;
    if (r < 0)
        return cannot_read(c, in->name, r);
    IdemUnit *u = idem_begin(im, (IdemLang)in->lang, strcmp(in->name, "-") == 0 ? "<stdin>" : in->name, text, n);
    while (idem_step(u))
        ;
    text = idem_ir_text(u, &len);
    rt_file_write(c->t->out, text, len);
    elf = idem_object(u, &n);
    if (idem_failed(u)) {
        idem_end(u);
        return 1;
    }
    if (c->deps)
        status = write_deps(c, u, in->name, object);
    if (!elf || c->ir) {
        idem_end(u);
        return status;
    }
    if (c->stage == STAGE_OBJECT) {
        Buf asm_text;
        buf_init(&asm_text, c->a);
        if (c->assembly) {
            if (tool_assembly(c->t, object, elf, n, &asm_text)) {
                idem_end(u);
                return 1;
            }
            elf = asm_text.p;
            n = asm_text.n;
        }
        status |= tool_write_output(c->t, object, elf, n, 0666);
        idem_end(u);
    } else {
        in->name = arena_fmt(c->a, "%s(object)", strcmp(in->name, "-") == 0 ? "<stdin>" : in->name);
        in->lang = -1;
        tool_host_add_file(in->name, elf, n);
    }
    return status;
}

/* ---- linking ---- */

/* Where the compiler that a C library was built with keeps the helpers it calls (glibc; musl has none). NULL: nowhere. */
static const char *gcc_dir(const CcArgs *c)
{
    static const char *const kinds[] = { "gcc", "gcc-cross" };
    for (int version = 30; version >= 9; version--)
        for (size_t i = 0; i < countof(kinds); i++) {
            const char *dir = arena_fmt(c->a, "%s/usr/lib/%s/%s/%d", c->sysroot ? c->sysroot : "", kinds[i], multiarch(c), version);
            if (c->t->host->read_file(c->t->host->ctx, arena_fmt(c->a, "%s/libgcc_eh.a", dir), NULL, NULL, NULL) == 0)
                return dir;
        }
    return NULL;
}

static int link_all(CcArgs *c)
{
    VEC(const char *) v = {0};
    const char *root = c->sysroot ? c->sysroot : "";
    const char *gcc = gcc_dir(c);
    bool start = !c->nostdlib && !c->nostartfiles, libs = !c->nostdlib && !c->nodefaultlibs;
#define ADD(s) do { const char *word_ = (s); vec_push(c->a, &v, word_); } while (0)
    ADD("ld");
    ADD("-static");
    ADD("-o");
    ADD(c->output ? c->output : "a.out");
    for (uint32_t i = 0; i < c->ld.n; i++)
        ADD(c->ld.p[i]);
    for (uint32_t i = 0; i < c->libdirs.n; i++)
        ADD(arena_fmt(c->a, "-L%s", c->libdirs.p[i]));
    ADD(arena_fmt(c->a, "-L%s/lib/%s", tool_self_dir(c->t), c->runtime));
    ADD(arena_fmt(c->a, "-L%s/usr/lib/%s", root, multiarch(c)));
    ADD(arena_fmt(c->a, "-L%s/usr/%s/lib", root, multiarch(c)));
    if (start) {
        ADD(find_library_file(c, "crt1.o"));
        ADD(find_library_file(c, "crti.o"));
        if (gcc)
            ADD(arena_fmt(c->a, "%s/crtbeginT.o", gcc));
    }
    for (uint32_t i = 0; i < c->inputs.n; i++)
        ADD(c->inputs.p[i].name);
    if (libs) {
        ADD("--start-group");
        ADD("-lc");
        ADD("-lrt");
        if (gcc) {
            ADD(arena_fmt(c->a, "%s/libgcc.a", gcc));
            ADD(arena_fmt(c->a, "%s/libgcc_eh.a", gcc));
        }
        ADD("--end-group");
    }
    if (start && gcc)
        ADD(arena_fmt(c->a, "%s/crtend.o", gcc));
    if (start)
        ADD(find_library_file(c, "crtn.o"));
    if (c->verbose) {
        rt_file_fmt(c->t->err, "idem");
        for (uint32_t i = 0; i < v.n; i++)
            rt_file_fmt(c->t->err, " %s", v.p[i]);
        rt_file_fmt(c->t->err, "\n");
    }
    if (c->dry)
        return 0;
    uint32_t argc = v.n;
    ADD(NULL);
#undef ADD
    return tool_ld(c->t, (int)argc, (char **)v.p);
}

/* ---- the command ---- */

static int print_query(CcArgs *c)
{
    const char *v;
    RtFile *out = c->t->out;
    if (strcmp(c->print, "-dumpmachine") == 0 || strcmp(c->print, "-print-multiarch") == 0)
        rt_file_fmt(out, "%s\n", multiarch(c));
    else if (starts(c->print, "-dump", &v))
        rt_file_fmt(out, "%s\n", TOOL_VERSION);
    else if (strcmp(c->print, "-print-search-dirs") == 0)
        standard_places(c, NULL, true);
    else if (strcmp(c->print, "-print-sysroot") == 0)
        rt_file_fmt(out, "%s\n", c->sysroot ? c->sysroot : "");
    else if (strcmp(c->print, "-print-libgcc-file-name") == 0)
        rt_file_fmt(out, "%s\n", find_library_file(c, "librt.a"));
    else if (starts(c->print, "-print-file-name=", &v))
        rt_file_fmt(out, "%s\n", find_library_file(c, v));
    else if (starts(c->print, "-print-prog-name=", &v))
        rt_file_fmt(out, "%s\n", v);
    return 0;
}

int tool_cc(ToolCtx *t, int argc, char **argv)
{
    CcArgs args = {0}, *c = &args;
    Buf out;
    int status = 0;
    uint32_t sources = 0;
    c->t = t;
    c->a = t->perm;
    c->stage = STAGE_LINK;
    c->forced_lang = -2;
    c->triple = target_default()->triples[0];
    buf_init(&c->dep_target, c->a);
    buf_init(&out, c->a);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            rt_file_write(t->out, help, sizeof help - 1);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            rt_file_fmt(t->out, "idem cc %s\n", TOOL_VERSION);
            return 0;
        }
        add_response(c, argv[i], 0);
    }
    read_options(c);
    if (c->bad)
        return 1;
    c->target = target_find(c->triple);
    if (!c->target)
        return tool_error(t, "unknown target '%s'", c->triple);
    if (c->verbose)
        rt_file_fmt(t->err, "idem cc %s\nTarget: %s\n", TOOL_VERSION, multiarch(c));
    if (c->print || c->inputs.n == 0) {
        new_context(c);        /* for what the options mean */
        if (c->bad)
            return 1;
    }
    if (c->print)
        return print_query(c);
    if (c->inputs.n == 0)
        return c->verbose ? 0 : tool_error(t, "no input files");
    for (uint32_t i = 0; i < c->unit.n; i++)
        if (strcmp(c->unit.p[i], "-fsyntax-only") == 0 || strcmp(c->unit.p[i], "-fdump-ir") == 0) {
            c->stage = c->stage < STAGE_OBJECT ? c->stage : STAGE_OBJECT;
            c->ir = true;
        }
    for (uint32_t i = 0; i < c->inputs.n; i++) {
        if (c->inputs.p[i].lang >= 0)
            sources++;
        else if (strcmp(c->inputs.p[i].name, "-") == 0 && c->stage != STAGE_PREPROCESS)
            return tool_error(t, "-E or -x required when input is from standard input");
        else if (strcmp(c->inputs.p[i].name, "-") == 0)
            c->inputs.p[i].lang = IDEM_C;
    }
    if (c->output && c->stage == STAGE_OBJECT && sources > 1)
        return tool_error(t, "cannot specify '-o' with '-c' and several files");
    Idem *im = new_context(c);
    if (c->bad)
        return 1;
    for (uint32_t i = 0; i < c->inputs.n && !c->dry; i++) {
        if (c->stage == STAGE_PREPROCESS)
            status |= preprocess(c, im, &c->inputs.p[i], &out);
        else if (c->inputs.p[i].lang >= 0)
            status |= compile(c, im, &c->inputs.p[i]);
    }
    /* As gcc: to standard output the text goes with errors too. */
    if (c->stage == STAGE_PREPROCESS && !c->deps_only && !c->dry && (!status || !c->output))
        return status | tool_write_output(t, c->output ? c->output : "-", out.p, out.n, 0666);
    if (status)
        return status;
    if (c->stage == STAGE_LINK)
        return link_all(c);
    return 0;
}
