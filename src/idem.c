/* idem as a library (idem.h): a context holds what units share, a unit runs one text through the rooms. Options of
 * `idem cc` that concern
 * the compilation are understood here, so that the command and an embedder cannot differ. */
#include "idem.h"

#include "as/as.h"
#include "cc/cc.h"

struct Idem {
    IdemHost outside;
    Host host;
    Target target;             /* a copy that -m options change */
    Arena perm;
    Diag diag;                 /* options of -W; units have copies */
    CcOptions opt;
    bool pic_set;              /* -fpic, -fno-pie and the like were given */
    Buf defines;               /* directives from -D and -U */
    VEC(const char *) includes;                     /* -include */
    VEC(PpPath) quote, angle, system, after, standard;
    unsigned opt_level;
    bool nostdinc, trigraphs, undef_all;
    int64_t source_date;
};

STATIC_ASSERT(sizeof(struct Idem) <= 65536, idem_fits);

struct IdemUnit {
    Idem *im;
    IdemLang lang;
    const char *name, *text;
    size_t n;
    Arena perm, unit, fn;
    SrcMap sm;
    Diag diag;
    Intern idents;
    Pp *pp;
    Cc *cc;
    Obj *obj;
    Buf out, deps, elf;
    bool done;
};

static void *host_pages(void *ctx, size_t n)
{
    Idem *im = ctx;
    return im->outside.pages(im->outside.ctx, n);
}

static void host_unpages(void *ctx, void *p, size_t n)
{
    Idem *im = ctx;
    im->outside.unpages(im->outside.ctx, p, n);
}

static int host_read_file(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2])
{
    Idem *im = ctx;
    return im->outside.read_file(im->outside.ctx, path, data, n, id);
}

static void host_fatal(void *ctx, const char *msg)
{
    Idem *im = ctx;
    im->outside.fatal(im->outside.ctx, msg);
}

static void sink(void *ctx, const char *s, size_t n)
{
    Idem *im = ctx;
    im->outside.message(im->outside.ctx, s, n);
}

Idem *idem_new(const IdemHost *host, const char *target)
{
    const Target *t = target_find(target);
    Idem *im;
    if (!t)
        return NULL;
    im = host->pages(host->ctx, 65536);
    if (!im) {
        host->fatal(host->ctx, "out of memory");
        return NULL;
    }
    im->outside = *host;
    im->host.ctx = im;
    im->host.pages = host_pages;
    im->host.unpages = host_unpages;
    im->host.read_file = host_read_file;
    im->host.fatal = host_fatal;
    im->target = *t;
    arena_init(&im->perm, &im->host);
    diag_init(&im->diag, NULL, &im->perm, sink, im);
    buf_init(&im->defines, &im->perm);
    im->opt.std = 2017;
    im->opt.gnu = true;
    im->opt.pic = true;
    im->opt.hosted = true;
    return im;
}

void idem_free(Idem *im)
{
    IdemHost host = im->outside;
    arena_free(&im->perm);
    host.unpages(host.ctx, im, 65536);
}

void idem_set_source_date(Idem *im, int64_t seconds)
{
    im->source_date = seconds;
}

void idem_set_color(Idem *im, bool on)
{
    im->diag.color = on;
}

const char *idem_runtime(const Idem *im)
{
    return im->target.runtime;
}

void idem_add_system_include(Idem *im, const char *dir)
{
    PpPath p;
    p.dir = arena_strndup(&im->perm, dir, strlen(dir));
    p.system = true;
    vec_push(&im->perm, &im->standard, p);
}

/* ---- options ---- */

static bool starts(const char *s, const char *prefix, const char **rest)
{
    size_t n = strlen(prefix);
    if (strncmp(s, prefix, n) != 0)
        return false;
    *rest = s + n;
    return true;
}

static int complain(Idem *im, const char *fmt, const char *what)
{
    diag_file(&im->diag, DIAG_ERROR, "idem cc", fmt, what);
    return -1;
}

/* -D name[=value] as a directive: the first `=` becomes a space. */
static void define(Idem *im, const char *s)
{
    const char *eq = strchr(s, '=');
    if (eq)
        buf_fmt(&im->defines, "#define %.*s %s\n", (int)(eq - s), s, eq + 1);
    else
        buf_fmt(&im->defines, "#define %s 1\n", s);
}

static const struct { const char *name; unsigned std; bool gnu; } standards[] = {
    { "c89", 1989, false }, { "c90", 1989, false }, { "ansi", 1989, false }, { "iso9899:1990", 1989, false },
    { "gnu89", 1989, true }, { "gnu90", 1989, true },
    { "c99", 1999, false }, { "c9x", 1999, false }, { "iso9899:1999", 1999, false }, { "gnu99", 1999, true }, { "gnu9x", 1999, true },
    { "c11", 2011, false }, { "c1x", 2011, false }, { "iso9899:2011", 2011, false }, { "gnu11", 2011, true }, { "gnu1x", 2011, true },
    { "c17", 2017, false }, { "c18", 2017, false }, { "iso9899:2017", 2017, false }, { "iso9899:2018", 2017, false },
    { "gnu17", 2017, true }, { "gnu18", 2017, true },
};

static int set_standard(Idem *im, const char *s)
{
    for (size_t i = 0; i < countof(standards); i++)
        if (strcmp(s, standards[i].name) == 0) {
            im->opt.std = standards[i].std;
            im->opt.gnu = standards[i].gnu;
            im->opt.gnu89_inline = standards[i].std == 1989;
            im->trigraphs = !standards[i].gnu;
            return 1;
        }
    return complain(im, "unrecognized language standard '-std=%s'", s);
}

/* -f options: those with a meaning set one field; the others ask for what is always so (signed overflow wraps, no
 * aliasing by type, null checks
 * stay), or for optimizations that a compiler may leave out. */
static const char *const f_always[] = {
    "wrapv", "no-strict-aliasing", "no-strict-overflow", "no-delete-null-pointer-checks", "no-builtin",
    "builtin", "omit-frame-pointer", "no-omit-frame-pointer", "no-stack-protector",
    "no-asynchronous-unwind-tables", "no-unwind-tables", "no-exceptions", "no-inline", "inline",
    "inline-functions", "no-inline-functions", "no-inline-small-functions", "no-ident", "no-math-errno",
    "math-errno", "no-trapping-math", "trapping-math", "no-fast-math", "strict-aliasing", "no-lto", "no-plt",
    "verbose-asm", "no-verbose-asm", "excess-precision=standard", "excess-precision=fast",
    "no-unsafe-math-optimizations", "fp-contract=off", "fp-contract=on", "fp-contract=fast", "ffp-contract=off",
    "strict-overflow", "no-gcse", "no-reorder-functions", "no-toplevel-reorder", "unit-at-a-time",
    "no-unit-at-a-time", "no-keep-static-functions", "no-stack-clash-protection", "cf-protection=none",
    "no-semantic-interposition", "semantic-interposition", "no-zero-initialized-in-bss",
    "zero-initialized-in-bss", "no-jump-tables", "jump-tables", "no-merge-constants", "merge-constants",
    "no-diagnostics-show-caret", "diagnostics-show-caret", "diagnostics-show-option", "no-peephole",
    "no-optimize-sibling-calls", "optimize-sibling-calls", "no-rounding-math", "no-signaling-nans",
    "no-split-wide-types", "tree-vectorize", "no-tree-vectorize", "no-vectorize", "unroll-loops",
    "no-unroll-loops", "no-align-functions", "no-align-loops", "no-align-jumps", "no-sanitize=all",
    "no-short-enums", "no-pack-struct", "no-leading-underscore", "no-debug-types-section",
    "no-var-tracking-assignments",
};

static bool no_tree_pass(const char *s)
{
    const char *rest;
    return starts(s, "no-tree-", &rest) || starts(s, "no-ipa-", &rest);
}

static int option_f(Idem *im, const char *s)
{
    CcOptions *o = &im->opt;
    const char *v;
    bool on = true;
    for (size_t i = 0; i < countof(f_always); i++)
        if (strcmp(s, f_always[i]) == 0)
            return 1;
    if (no_tree_pass(s))
        return 1;
    if (starts(s, "visibility=", &v)) {
        static const char *const names[] = { "default", "internal", "hidden", "protected" };
        for (unsigned i = 0; i < 4; i++)
            if (strcmp(v, names[i]) == 0) {
                o->visibility = (uint8_t)i;
                return 1;
            }
        return complain(im, "unrecognized visibility value '%s'", v);
    }
    if (starts(s, "max-errors=", &v)) {
        uint32_t n = 0;
        for (; *v >= '0' && *v <= '9' && n < 100000000; v++)
            n = n * 10 + (uint32_t)(*v - '0');
        if (*v)
            return complain(im, "argument to '-fmax-errors=' should be a non-negative integer, not '%s'", v);
        im->diag.max_errors = n;
        return 1;
    }
    if (starts(s, "diagnostics-color", &v)) {
        if (strcmp(v, "=always") == 0 || strcmp(v, "") == 0)
            im->diag.color = true;
        else if (strcmp(v, "=never") == 0)
            im->diag.color = false;
        else if (strcmp(v, "=auto") != 0)
            return complain(im, "unrecognized argument in option '-f%s'", s);
        return 1;
    }
    if (strcmp(s, "no-diagnostics-color") == 0) {
        im->diag.color = false;
        return 1;
    }
    v = s;
    if (starts(s, "no-", &v))
        on = false;
    if (strcmp(v, "pic") == 0 || strcmp(v, "PIC") == 0) {
        o->pic = o->pic_shared = im->pic_set = on;
    } else if (strcmp(v, "pie") == 0 || strcmp(v, "PIE") == 0) {
        o->pic = im->pic_set = on;
        o->pic_shared = false;
    } else if (strcmp(v, "freestanding") == 0 || strcmp(v, "hosted") == 0) {
        o->hosted = on == (v[0] == 'h');
    } else if (strcmp(v, "signed-char") == 0 || strcmp(v, "unsigned-char") == 0) {
        o->signed_char_set = true;
        o->signed_char = on == (v[0] == 's');
    } else if (strcmp(v, "common") == 0) {
        o->common = on;
    } else if (strcmp(v, "function-sections") == 0) {
        o->function_sections = on;
    } else if (strcmp(v, "data-sections") == 0) {
        o->data_sections = on;
    } else if (strcmp(v, "gnu89-inline") == 0) {
        o->gnu89_inline = on;
    } else if (strcmp(v, "syntax-only") == 0) {
        o->syntax_only = on;
    } else if (strcmp(v, "short-enums") == 0) {
        o->short_enums = on;
    } else if (strcmp(v, "dump-ir") == 0) {
        o->dump_ir = on;
    } else if (strcmp(v, "check-ir") == 0) {
        o->check_ir = on;
    } else
        return complain(im, "unrecognized command-line option '-f%s'", s);
    return 1;
}

/* -m options are the target's. */
static int option_m(Idem *im, const char *s)
{
    Buf err;
    int taken;
    buf_init(&err, &im->perm);
    taken = im->target.option(&im->target, arena_strndup(&im->perm, s, strlen(s)), &err);
    if (taken < 0)
        diag_file(&im->diag, DIAG_ERROR, "idem cc", "-m%s: %s", s, buf_cstr(&err));
    else if (!taken)
        return complain(im, "unrecognized command-line option '-m%s'", s);
    else if (im->target.absolute && !im->pic_set)
        im->opt.pic = im->opt.pic_shared = false;
    return taken;
}

static int option_w(Idem *im, const char *s)
{
    if (!diag_option(&im->diag, s))
        diag_file(&im->diag, DIAG_WARNING, "idem cc", "unknown warning option '-W%s'", s);
    return 1;
}

/* Options that carry a value, joined or as the next word. */
static int option_value(Idem *im, int argc, const char *const *argv)
{
    static const struct { const char *name; int what; } rows[] = {
        { "-D", 'D' }, { "-U", 'U' }, { "-include", 'i' }, { "-isystem", 's' }, { "-iquote", 'q' }, { "-idirafter", 'a' }, { "-I", 'I' },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        const char *v;
        int used = 1;
        PpPath p;
        if (!starts(argv[0], rows[i].name, &v))
            continue;
        if (!*v) {
            if (argc < 2)
                return complain(im, "missing argument to '%s'", argv[0]);
            v = argv[1];
            used = 2;
        }
        v = arena_strndup(&im->perm, v, strlen(v));
        p.dir = v;
        p.system = rows[i].what == 's' || rows[i].what == 'a';
        switch (rows[i].what) {
        case 'D': define(im, v); break;
        case 'U': buf_fmt(&im->defines, "#undef %s\n", v); break;
        case 'i': vec_push(&im->perm, &im->includes, v); break;
        case 'I': vec_push(&im->perm, &im->angle, p); break;
        case 's': vec_push(&im->perm, &im->system, p); break;
        case 'q': vec_push(&im->perm, &im->quote, p); break;
        default: vec_push(&im->perm, &im->after, p); break;
        }
        return used;
    }
    return 0;
}

int idem_option(Idem *im, int argc, const char *const *argv)
{
    const char *s = argv[0], *v;
    int used;
    if (strcmp(s, "-ansi") == 0)
        return set_standard(im, "ansi");
    if (starts(s, "-std=", &v) || starts(s, "--std=", &v))
        return set_standard(im, v);
    if (starts(s, "-O", &v)) {
        if (!*v || strcmp(v, "s") == 0 || strcmp(v, "g") == 0 || strcmp(v, "z") == 0 || strcmp(v, "fast") == 0)
            im->opt_level = *v ? 2 : 1;
        else if (v[0] >= '0' && v[0] <= '9' && !v[1])
            im->opt_level = (unsigned)(v[0] - '0');
        else
            return complain(im, "argument to '-O' should be a non-negative integer, 'g', 's', 'z' or 'fast', not '%s'", v);
        return 1;
    }
    if (strcmp(s, "-nostdinc") == 0) {
        im->nostdinc = true;
        return 1;
    }
    if (strcmp(s, "-trigraphs") == 0) {
        im->trigraphs = true;
        return 1;
    }
    if (strcmp(s, "-undef") == 0) {
        im->undef_all = true;
        return 1;
    }
    if (strcmp(s, "-w") == 0) {
        im->diag.quiet_warnings = true;
        return 1;
    }
    if (strcmp(s, "-pedantic") == 0 || strcmp(s, "-pedantic-errors") == 0 || strcmp(s, "--pedantic") == 0) {
        im->opt.pedantic = true;
        im->diag.pedantic_errors = strcmp(s, "-pedantic-errors") == 0;
        return option_w(im, "pedantic");
    }
    used = option_value(im, argc, argv);
    if (used)
        return used;
    if (starts(s, "-f", &v) && *v)
        return option_f(im, v);
    if (starts(s, "-m", &v) && *v)
        return option_m(im, v);
    if (starts(s, "-W", &v) && v[0] && !(v[1] == ',' && strchr("lap", v[0])))
        return option_w(im, v);
    return 0;
}

/* ---- units ---- */

static void paths(IdemUnit *u, PpOptions *po)
{
    Idem *im = u->im;
    VEC(PpPath) all = {0};
    for (uint32_t i = 0; i < im->angle.n; i++)
        vec_push(&u->perm, &all, im->angle.p[i]);
    for (uint32_t i = 0; i < im->system.n; i++)
        vec_push(&u->perm, &all, im->system.p[i]);
    for (uint32_t i = 0; i < im->standard.n && !im->nostdinc; i++)
        vec_push(&u->perm, &all, im->standard.p[i]);
    for (uint32_t i = 0; i < im->after.n; i++)
        vec_push(&u->perm, &all, im->after.p[i]);
    po->quote = im->quote.p;
    po->nquote = im->quote.n;
    po->angle = all.p;
    po->nangle = all.n;
}

static void start_pp(IdemUnit *u)
{
    Idem *im = u->im;
    PpOptions po = {0};
    Buf pre;
    paths(u, &po);
    po.source_date = im->source_date;
    po.trigraphs = im->trigraphs;
    po.gnu = im->opt.gnu;
    po.std = im->opt.std;
    po.assembler = u->lang == IDEM_ASM_CPP;
    u->pp = pp_new(&im->host, &u->perm, &u->unit, &u->idents, &u->sm, &u->diag, &po);
    pp_set_has(u->pp, cc_has_attribute, cc_has_builtin, NULL);
    if (u->lang != IDEM_C_PREPROCESSED) {
        buf_init(&pre, &u->perm);
        if (!im->undef_all)
            cc_predefs(&pre, &im->target, &im->opt, im->opt_level);
        if (po.assembler)
            buf_str(&pre, "#define __ASSEMBLER__ 1\n");
        pp_predefine(u->pp, "<built-in>", buf_cstr(&pre), pre.n);
        if (im->defines.n)
            pp_predefine(u->pp, "<command-line>", buf_cstr(&im->defines), im->defines.n);
        for (uint32_t i = 0; i < im->includes.n; i++)
            pp_include_first(u->pp, im->includes.p[i]);
    }
    pp_enter_main(u->pp, u->name, u->text, u->n);
}

IdemUnit *idem_begin(Idem *im, IdemLang lang, const char *name, const char *text, size_t n)
{
    IdemUnit *u = arena_new(&im->perm, IdemUnit);
    u->im = im;
    u->lang = lang;
    u->name = arena_strndup(&im->perm, name, strlen(name));
    u->text = text;
    u->n = n;
    arena_init(&u->perm, &im->host);
    arena_init(&u->unit, &im->host);
    arena_init(&u->fn, &im->host);
    src_init(&u->sm, &u->perm);
    u->diag = im->diag;
    u->diag.sm = &u->sm;
    u->diag.arena = &u->perm;
    u->diag.errors = u->diag.warnings = 0;
    intern_init(&u->idents, &u->perm);
    buf_init(&u->out, &u->perm);
    buf_init(&u->deps, &u->perm);
    buf_init(&u->elf, &u->perm);
    if (lang != IDEM_ASM)
        start_pp(u);
    return u;
}

void idem_end(IdemUnit *u)
{
    if (u->cc && !u->done)
        arena_free(&u->cc->scratch);
    arena_free(&u->fn);
    arena_free(&u->unit);
    arena_free(&u->perm);
}

bool idem_failed(const IdemUnit *u)
{
    return u->diag.errors != 0;
}

static void assemble(IdemUnit *u)
{
    const char *text = u->text;
    size_t n = u->n;
    if (u->lang == IDEM_ASM_CPP) {
        pp_print_all(u->pp, &u->out, false);
        text = buf_cstr(&u->out);
        n = u->out.n;
    }
    if (!u->diag.errors)
        u->obj = as_assemble(&u->im->host, &u->unit, &u->diag, &u->sm, &u->idents, &u->im->target, u->name, text, n);
}

int idem_step(IdemUnit *u)
{
    Idem *im = u->im;
    if (u->done)
        return 0;
    if (u->lang == IDEM_ASM || u->lang == IDEM_ASM_CPP) {
        assemble(u);
        u->done = true;
        return 0;
    }
    if (!u->cc) {
        CcInput in = {0};
        u->obj = obj_new(&u->unit, &im->target, u->name);
        u->obj->e_flags = im->target.e_flags;
        in.host = &im->host;
        in.unit = &u->unit;
        in.fn = &u->fn;
        in.idents = &u->idents;
        in.sm = &u->sm;
        in.diag = &u->diag;
        in.pp = u->pp;
        in.target = &im->target;
        in.opt = im->opt;
        in.name = u->name;
        for (const char *s = u->name; *s; s++)
            if (*s == '/')
                in.name = s + 1;
        in.obj = u->obj;
        u->cc = cc_begin(&in);
    }
    if (cc_step(u->cc))
        return 1;
    if (im->target.describe)
        im->target.describe(&im->target, u->obj);
    u->done = true;
    return 0;
}

const void *idem_object(IdemUnit *u, size_t *n)
{
    if (!u->done || u->diag.errors || !u->obj)
        return NULL;
    if (!u->elf.n)
        obj_write_elf(u->obj, &u->elf);
    *n = u->elf.n;
    return u->elf.p;
}

const char *idem_preprocess(IdemUnit *u, bool macros, bool plain, size_t *n)
{
    if (!u->pp)
        start_pp(u);
    if (macros) {
        Token t;
        do
            pp_next(u->pp, &t);
        while (t.kind != T_EOF);
        pp_print_macros(u->pp, &u->out);
    } else
        pp_print_all(u->pp, &u->out, plain);
    *n = u->out.n;
    return buf_cstr(&u->out);
}

const char *idem_ir_text(IdemUnit *u, size_t *n)
{
    Buf b;
    *n = 0;
    if (!u->cc || !u->cc->ir_text.n)
        return "";
    buf_init(&b, u->cc->ir_text.arena);
    ir_print_unit_syms(&b, &u->cc->ir);     /* with these it is what `idem ir` reads */
    buf_put(&b, u->cc->ir_text.p, u->cc->ir_text.n);
    *n = b.n;
    return buf_cstr(&b);
}

const char *idem_dependencies(IdemUnit *u, const char *target, bool system_headers, bool phony, size_t *n)
{
    if (!u->pp) {
        *n = 0;
        return "";
    }
    u->deps.n = 0;
    pp_print_deps(u->pp, &u->deps, target, system_headers, phony);
    *n = u->deps.n;
    return buf_cstr(&u->deps);
}
