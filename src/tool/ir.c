/* idem ir: the text form of the IR on the command line.
 * Reads a .ir file, checks it, prints it in canonical form, or compiles it through the fast lane into an object. */
#include "arch/arch.h"
#include "ir/ir.h"
#include "tool/tool.h"

typedef struct IrOptions {
    const char *file, *output, *target;
    bool check, compile, pic, junk;
    VEC(const char *) machine; /* what stood behind -m */
} IrOptions;

static int usage(RtFile *f, int status)
{
    rt_file_fmt(f, "usage: idem ir [--check] [-o FILE] FILE.ir\n"
                   "       idem ir --compile [-target NAME] [-mOPTION]... [-fpic] [--junk] -o FILE.o FILE.ir\n\n"
                   "Reads the text form (doc/ir.md), checks it, and prints it in canonical form; with --check it\n"
                   "prints only what is wrong, with --compile it writes an object made by the fast lane.\n");
    return status;
}

static bool parse_options(ToolCtx *t, int argc, char **argv, IrOptions *o)
{
    memset(o, 0, sizeof *o);
    o->target = target_default()->name;
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (strcmp(a, "--check") == 0) {
            o->check = true;
        } else if (strcmp(a, "--compile") == 0) {
            o->compile = true;
        } else if (strcmp(a, "-fpic") == 0) {
            o->pic = true;
        } else if (a[0] == '-' && a[1] == 'm') {
            vec_push(t->perm, &o->machine, a + 2);
        } else if (strcmp(a, "--junk") == 0) {
            o->junk = true;
        } else if ((strcmp(a, "-o") == 0 || strcmp(a, "-target") == 0) && i + 1 < argc) {
            *(a[1] == 'o' ? &o->output : &o->target) = argv[++i];
        } else if ((a[0] == '-' && a[1]) || o->file) {
            tool_error(t, "unexpected argument '%s'", a);
            return false;
        } else {
            o->file = a;
        }
    }
    if (!o->file || (o->compile && !o->output)) {
        tool_error(t, o->file ? "--compile needs -o FILE" : "no input file");
        return false;
    }
    return true;
}

/* Object symbols for the unit's: those the text defines get code later, the rest stay undefined. */
static void name_symbols(Obj *o, IrUnit *u, const IrText *text)
{
    bool *defined = arena_array(o->arena, bool, u->syms.n);
    for (uint32_t i = 0; i < text->fns.n; i++)
        defined[text->fns.p[i]->sym] = true;
    for (uint32_t i = 1; i < u->syms.n; i++) {
        IrSym *s = &u->syms.p[i];
        bool private = defined[i] && s->flags & IR_SYM_LOCAL && !*s->name;
        s->obj = private ? obj_local(o, s->name, 0, 0, 0) : obj_symbol(o, s->name, strlen(s->name));
        ObjSym *k = &o->syms.p[s->obj];
        k->type = s->flags & IR_SYM_TLS ? STT_TLS : s->flags & IR_SYM_FUNC && defined[i] ? STT_FUNC : STT_NOTYPE;
        if (s->flags & IR_SYM_WEAK)
            k->bind = STB_WEAK;
    }
}

static void label(ToolCtx *t, Obj *o, const char *fn, const char *what, unsigned n, ObjSecId sec, uint64_t value)
{
    const char *name = arena_fmt(t->perm, n == UINT32_MAX ? "%s.%s" : "%s.%s%u", fn, what, n);
    ObjSymId id = obj_symbol(o, name, strlen(name));
    o->syms.p[id].sec = sec;
    o->syms.p[id].value = value;
}

/* For who runs a unit: name.exit<number>, the displacement field of that jump; name.states and name.states_end, rows of
 * five words: code offset in the unit, state, 0 frame offset, 1 register or 2 constant, and which, in two halves. */
static void tell_unit(ToolCtx *t, Obj *o, ObjSecId text, const char *fn, const GenJob *job)
{
    for (uint32_t k = 0; k < job->exits.n; k++)
        label(t, o, fn, "exit", job->exits.p[k].id, text, job->exits.p[k].offset);
    if (!job->state_locs.n)
        return;
    ObjSecId sec = obj_section(o, ".idem.states", SHT_PROGBITS, SHF_ALLOC, 4);
    Buf *b = &o->secs.p[sec]->data;
    label(t, o, fn, "states", UINT32_MAX, sec, b->n);
    for (uint32_t k = 0; k < job->state_locs.n; k++) {
        buf_u32(b, (uint32_t)(job->state_locs.p[k].offset - job->start));
        buf_u32(b, job->state_locs.p[k].state);
        buf_u32(b, job->state_locs.p[k].kind);
        buf_u64(b, (uint64_t)job->state_locs.p[k].where);
    }
    label(t, o, fn, "states_end", UINT32_MAX, sec, b->n);
}

static int compile(ToolCtx *t, const IrOptions *opt, IrText *text)
{
    const Target *target = target_find(opt->target);
    Buf out;
    Arena scratch;
    Target *chosen = arena_alloc(t->perm, sizeof *chosen);
    if (!target || !target->fast)
        return tool_error(t, target ? "target '%s' has no fast lane" : "unknown target '%s'", opt->target);
    *chosen = *target;
    target = chosen;
    for (uint32_t i = 0; i < opt->machine.n; i++) {
        Buf err;
        buf_init(&err, t->perm);
        if (!target->option || target->option(chosen, opt->machine.p[i], &err) != 1)
            return tool_error(t, "-m%s: %s", opt->machine.p[i], err.n ? buf_cstr(&err) : "unknown option");
    }
    Obj *o = obj_new(t->perm, target, opt->output);
    o->e_flags = target->e_flags;
    ObjSecId sec = obj_section(o, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16);
    name_symbols(o, text->unit, text);
    arena_init(&scratch, t->host);
    for (uint32_t i = 0; i < text->fns.n; i++) {
        IrFn *f = text->fns.p[i];
        GenJob job;
        memset(&job, 0, sizeof job);
        job.host = t->host;
        job.arena = &scratch;
        job.obj = o;
        job.text = sec;
        job.pic = opt->pic;
        job.junk = opt->junk;
        const char *name = text->unit->syms.p[f->sym].name;
        if (!gen_fast(&job, f)) {
            arena_free(&scratch);
            return tool_error(t, "%s: the fast lane of %s cannot compile '%s'", opt->file, target->name, name);
        }
        ObjSym *s = &o->syms.p[text->unit->syms.p[f->sym].obj];
        s->sec = sec;
        s->value = job.start;
        s->size = job.size;
        tell_unit(t, o, sec, name, &job);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    if (target->describe)
        target->describe(target, o);
    buf_init(&out, t->perm);
    if (!obj_write_elf(o, &out))
        return tool_error(t, "%s: too many sections", opt->output);
    return tool_write_output(t, opt->output, out.p, out.n, 0666);
}

static int print(ToolCtx *t, const IrOptions *opt, const IrText *text)
{
    Buf out;
    buf_init(&out, t->perm);
    ir_print_unit_syms(&out, text->unit);
    for (uint32_t i = 0; i < text->fns.n; i++) {
        if (out.n)
            buf_u8(&out, '\n');
        ir_print_fn(&out, text->fns.p[i]);
    }
    return tool_write_output(t, opt->output ? opt->output : "-", out.p, out.n, 0666);
}

int tool_ir(ToolCtx *t, int argc, char **argv)
{
    IrOptions opt;
    SrcMap sm;
    Diag diag;
    IrText text;
    const char *data;
    size_t n;
    uint64_t id[2];
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(t->out, 0);
    if (!parse_options(t, argc, argv, &opt))
        return usage(t->err, 2);
    int e = t->host->read_file(t->host->ctx, opt.file, &data, &n, id);
    if (e < 0)
        return tool_error(t, "cannot read '%s': %s", opt.file, rt_strerror(-e));
    src_init(&sm, t->perm);
    diag_init(&diag, &sm, t->perm, tool_diag_sink, t);
    diag.color = tool_wants_color(t);
    if (!ir_read(t->host, t->perm, &diag, &sm, opt.file, data, n, &text))
        return 1;
    for (uint32_t i = 0; i < text.fns.n; i++) {
        const char *wrong = ir_check(t->perm, text.fns.p[i]);
        if (wrong) {
            diag_file(&diag, DIAG_ERROR, opt.file, "%s: %s", text.unit->syms.p[text.fns.p[i]->sym].name, wrong);
            return 1;
        }
    }
    return opt.compile ? compile(t, &opt, &text) : opt.check ? 0 : print(t, &opt, &text);
}
