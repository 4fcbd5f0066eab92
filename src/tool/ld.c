/* idem ld: GNU ld's command line for static linking of x86-64 and whatever else is a target. The files are read here;
 * src/ld does the rest. What only makes sense for dynamic linking is refused by name, what cannot matter is ignored. */
#include "arch/arch.h"
#include "ld/ld.h"
#include "ld/ld_target.h"
#include "tool/tool.h"

typedef struct Item {
    const char *name;          /* NULL for a group mark */
    bool lib, whole;
    int8_t group;
} Item;

typedef struct Cmd {
    ToolCtx *t;
    SrcMap sm;
    Diag d;
    LdOptions opt;
    const Target *target;
    const char *output, *map_file;
    bool map_stdout, trace, whole, in_group, no_warnings, fatal_warnings;
    VEC(Item) items;
    VEC(const char *) dirs, undefs, defsyms;
    VEC(LdInput) inputs;
    int depth;                 /* of linker scripts */
} Cmd;

static const char help_text[] =
    "usage: idem ld [OPTION...] FILE...\n"
    "Links objects and archives into a static executable.\n\n"
    "  -o FILE              write to FILE (a.out)\n"
    "  -L DIR, -l NAME      search DIR; link libNAME.a (-l :FILE takes the name as it is)\n"
    "  -e SYMBOL            start there (_start)\n"
    "  -u SYMBOL            take it out of archives even when nothing asks for it\n"
    "  --defsym NAME=VALUE  define a symbol: number or SYMBOL[+NUMBER]\n"
    "  --start-group FILE... --end-group, -( FILE... -)\n"
    "  --whole-archive, --no-whole-archive\n"
    "  --gc-sections        leave out what nothing reaches\n"
    "  -r                   one relocatable object instead of an executable\n"
    "  -s, -S, -x           strip all symbols; debug sections; local symbols\n"
    "  -M, -Map=FILE        tell where everything went\n"
    "  -Ttext-segment=ADDR  lowest address of the image\n"
    "  --eh-frame-hdr       make a search table for unwinders\n"
    "  --build-id           add a note with a hash of the image\n"
    "  --no-relax           leave code as long as it is (rv64)\n"
    "  -z max-page-size=N, execstack, noexecstack; -m EMULATION\n"
    "  --unresolved-symbols=ignore-all, --warn-unresolved-symbols\n"
    "Ignored: -static -nostdlib --as-needed --hash-style= -O -plugin --no-undefined -z relro|now|...\n";

/* ---- options ---- */

static int usage(Cmd *c, const char *fmt, const char *arg)
{
    tool_error(c->t, fmt, arg);
    return 2;
}

static void add_item(Cmd *c, const char *name, bool lib, int group)
{
    Item it;
    it.name = name;
    it.lib = lib;
    it.whole = c->whole;
    it.group = (int8_t)group;
    vec_push(c->t->perm, &c->items, it);
}

static bool parse_u64(const char *s, uint64_t *v)
{
    unsigned base = 10;
    *v = 0;
    if (s[0] == '0' && (s[1] | 32) == 'x') {
        base = 16;
        s += 2;
    }
    if (!*s)
        return false;
    for (; *s; s++) {
        unsigned d = *s >= '0' && *s <= '9' ? (unsigned)(*s - '0') : (*s | 32) >= 'a' && (*s | 32) <= 'f'
                                                                   ? (unsigned)((*s | 32) - 'a') + 10 : 99;
        if (d >= base || *v >> 60)
            return false;
        *v = *v * base + d;
    }
    return true;
}

typedef enum OptId {
    O_IGNORE, O_REFUSE, O_OUTPUT, O_LIBDIR, O_LIB, O_ENTRY, O_UNDEF, O_DEFSYM, O_GROUP, O_END_GROUP, O_WHOLE, O_NO_WHOLE, O_GC,
    O_NO_GC, O_PARTIAL, O_STRIP, O_STRIP_DEBUG, O_DISCARD, O_MAP_STDOUT, O_MAP, O_BASE, O_EH_HDR, O_NO_EH_HDR, O_BUILD_ID,
    O_Z, O_EMULATION, O_UNRESOLVED, O_WARN_UNRESOLVED, O_TRACE, O_VERSION, O_HELP, O_NO_WARN, O_FATAL_WARN, O_COLOR, O_RELAX, O_NO_RELAX,
    O_RELAX_GP, O_NO_RELAX_GP
} OptId;

/* How the argument comes. */
enum { NONE, NEXT, EQUALS, EITHER, OPTIONAL }; /* --x; --x A; --x=A; --x A or --x=A; --x or --x=A */

static const struct { const char *name; uint8_t id, arg; } long_options[] = {
    { "output", O_OUTPUT, EITHER }, { "library-path", O_LIBDIR, EITHER }, { "library", O_LIB, EITHER },
    { "entry", O_ENTRY, EITHER }, { "undefined", O_UNDEF, EITHER }, { "require-defined", O_UNDEF, EITHER },
    { "defsym", O_DEFSYM, EITHER }, { "start-group", O_GROUP, NONE }, { "(", O_GROUP, NONE },
    { "end-group", O_END_GROUP, NONE }, { ")", O_END_GROUP, NONE }, { "whole-archive", O_WHOLE, NONE },
    { "no-whole-archive", O_NO_WHOLE, NONE }, { "gc-sections", O_GC, NONE }, { "no-gc-sections", O_NO_GC, NONE },
    { "relocatable", O_PARTIAL, NONE }, { "strip-all", O_STRIP, NONE }, { "strip-debug", O_STRIP_DEBUG, NONE },
    { "discard-all", O_DISCARD, NONE }, { "print-map", O_MAP_STDOUT, NONE }, { "Map", O_MAP, EITHER },
    { "Ttext-segment", O_BASE, EITHER }, { "image-base", O_BASE, EITHER }, { "eh-frame-hdr", O_EH_HDR, NONE },
    { "no-eh-frame-hdr", O_NO_EH_HDR, NONE }, { "build-id", O_BUILD_ID, OPTIONAL },
    { "unresolved-symbols", O_UNRESOLVED, EQUALS }, { "warn-unresolved-symbols", O_WARN_UNRESOLVED, NONE },
    { "trace", O_TRACE, NONE }, { "version", O_VERSION, NONE }, { "help", O_HELP, NONE }, { "no-warnings", O_NO_WARN, NONE },
    { "fatal-warnings", O_FATAL_WARN, NONE }, { "color-diagnostics", O_COLOR, OPTIONAL },
    { "static", O_IGNORE, NONE }, { "Bstatic", O_IGNORE, NONE }, { "dn", O_IGNORE, NONE }, { "non_shared", O_IGNORE, NONE },
    { "Bdynamic", O_IGNORE, NONE }, { "dy", O_IGNORE, NONE }, { "call_shared", O_IGNORE, NONE },
    { "nostdlib", O_IGNORE, NONE }, { "no-undefined", O_IGNORE, NONE }, { "error-unresolved-symbols", O_IGNORE, NONE },
    { "as-needed", O_IGNORE, NONE }, { "no-as-needed", O_IGNORE, NONE }, { "push-state", O_IGNORE, NONE },
    { "pop-state", O_IGNORE, NONE }, { "hash-style", O_IGNORE, EITHER }, { "no-dynamic-linker", O_IGNORE, NONE },
    { "plugin", O_IGNORE, NEXT }, { "plugin-opt", O_IGNORE, EQUALS }, { "sysroot", O_IGNORE, EQUALS },
    { "no-export-dynamic", O_IGNORE, NONE }, { "no-allow-shlib-undefined", O_IGNORE, NONE }, { "rpath", O_IGNORE, EITHER },
    { "rpath-link", O_IGNORE, EITHER }, { "enable-new-dtags", O_IGNORE, NONE }, { "disable-new-dtags", O_IGNORE, NONE },
    { "no-fatal-warnings", O_IGNORE, NONE }, { "warn-common", O_IGNORE, NONE }, { "no-print-gc-sections", O_IGNORE, NONE },
    { "print-gc-sections", O_IGNORE, NONE }, { "no-relax", O_NO_RELAX, NONE }, { "relax", O_RELAX, NONE },
    { "no-relax-gp", O_NO_RELAX_GP, NONE }, { "relax-gp", O_RELAX_GP, NONE },
    { "sort-common", O_IGNORE, OPTIONAL }, { "no-warn-rwx-segments", O_IGNORE, NONE }, { "no-warn-execstack", O_IGNORE, NONE },
    { "discard-locals", O_IGNORE, NONE }, { "discard-none", O_IGNORE, NONE }, { "verbose", O_IGNORE, NONE },
    { "no-pie", O_IGNORE, NONE }, { "no-demangle", O_IGNORE, NONE }, { "demangle", O_IGNORE, OPTIONAL },
    { "no-ld-generated-unwind-info", O_IGNORE, NONE }, { "no-omagic", O_IGNORE, NONE }, { "EL", O_IGNORE, NONE },
    { "shared", O_REFUSE, NONE }, { "Bshareable", O_REFUSE, NONE }, { "pie", O_REFUSE, NONE },
    { "pic-executable", O_REFUSE, NONE }, { "static-pie", O_REFUSE, NONE }, { "dynamic-linker", O_REFUSE, EITHER },
    { "export-dynamic", O_REFUSE, NONE }, { "soname", O_REFUSE, EITHER }, { "script", O_REFUSE, EITHER },
    { "dynamic-list", O_REFUSE, EQUALS }, { "version-script", O_REFUSE, EITHER }, { "omagic", O_REFUSE, NONE },
    { "nmagic", O_REFUSE, NONE }, { "Ttext", O_REFUSE, EITHER }, { "Tdata", O_REFUSE, EITHER }, { "Tbss", O_REFUSE, EITHER },
    { "section-start", O_REFUSE, EITHER }, { "oformat", O_REFUSE, EITHER }, { "wrap", O_REFUSE, EITHER }, { "EB", O_REFUSE, NONE },
    { "emit-relocs", O_REFUSE, NONE }, { "just-symbols", O_REFUSE, EITHER },
};

/* One letter; the argument follows at once or is the next word. */
static const struct { char name; uint8_t id, arg; } short_options[] = {
    { 'o', O_OUTPUT, NEXT }, { 'L', O_LIBDIR, NEXT }, { 'l', O_LIB, NEXT }, { 'e', O_ENTRY, NEXT }, { 'u', O_UNDEF, NEXT },
    { 'm', O_EMULATION, NEXT }, { 'z', O_Z, NEXT }, { 's', O_STRIP, NONE }, { 'S', O_STRIP_DEBUG, NONE },
    { 'x', O_DISCARD, NONE }, { 'X', O_IGNORE, NONE }, { 'M', O_MAP_STDOUT, NONE }, { 'r', O_PARTIAL, NONE },
    { 'i', O_PARTIAL, NONE }, { 't', O_TRACE, NONE }, { 'w', O_NO_WARN, NONE }, { 'v', O_VERSION, NONE }, { 'V', O_VERSION, NONE },
    { 'O', O_IGNORE, NEXT }, { 'R', O_IGNORE, NEXT }, { 'd', O_IGNORE, NONE },
    { 'T', O_REFUSE, NEXT }, { 'I', O_REFUSE, NEXT }, { 'E', O_REFUSE, NONE }, { 'N', O_REFUSE, NONE }, { 'n', O_REFUSE, NONE },
    { 'h', O_REFUSE, NEXT }, { 'q', O_REFUSE, NONE },
};

static int option_z(Cmd *c, const char *arg)
{
    uint64_t v;
    if (strcmp(arg, "execstack") == 0) {
        c->opt.exec_stack = 1;
    } else if (strcmp(arg, "noexecstack") == 0) {
        c->opt.exec_stack = -1;
    } else if (strncmp(arg, "max-page-size=", 14) == 0) {
        if (!parse_u64(arg + 14, &v) || !v)
            return usage(c, "-z %s: not a size", arg);
        c->opt.page_size = v;
    }
    return 0;                              /* relro, now, separate-code, ...: nothing to do in a static image of three segments */
}

static bool is_word_of(const char *list, const char *word)
{
    const char *p = list;
    size_t n = strlen(word);
    while (p && n && (p = strchr(p, *word)) != NULL)
        if (strncmp(p, word, n) == 0 && (p == list || p[-1] == ' ') && (!p[n] || p[n] == ' '))
            return true;
        else
            p++;
    return false;
}

static int option(Cmd *c, unsigned id, const char *word, const char *arg)
{
    switch (id) {
    case O_IGNORE: break;
    case O_REFUSE: return usage(c, "%s is not supported: idem ld links static executables at fixed addresses", word);
    case O_OUTPUT: c->output = arg; break;
    case O_LIBDIR: vec_push(c->t->perm, &c->dirs, arg); break;
    case O_LIB: add_item(c, arg, true, 0); break;
    case O_ENTRY: c->opt.entry = arg; break;
    case O_UNDEF: vec_push(c->t->perm, &c->undefs, arg); break;
    case O_DEFSYM: vec_push(c->t->perm, &c->defsyms, arg); break;
    case O_GROUP:
        if (c->in_group)
            return usage(c, "%s: groups do not nest", word);
        c->in_group = true;
        add_item(c, NULL, false, 1);
        break;
    case O_END_GROUP:
        if (!c->in_group)
            return usage(c, "%s without a start of the group", word);
        c->in_group = false;
        add_item(c, NULL, false, -1);
        break;
    case O_WHOLE: c->whole = true; break;
    case O_NO_WHOLE: c->whole = false; break;
    case O_GC: c->opt.gc_sections = true; break;
    case O_NO_GC: c->opt.gc_sections = false; break;
    case O_RELAX: c->opt.no_relax = false; break;
    case O_NO_RELAX: c->opt.no_relax = true; break;
    case O_RELAX_GP: c->opt.no_relax_gp = false; break;
    case O_NO_RELAX_GP: c->opt.no_relax_gp = true; break;
    case O_PARTIAL: c->opt.relocatable = true; break;
    case O_STRIP: c->opt.strip = true; break;
    case O_STRIP_DEBUG: c->opt.strip_debug = true; break;
    case O_DISCARD: c->opt.discard_locals = true; break;
    case O_MAP_STDOUT: c->opt.map = c->map_stdout = true; break;
    case O_MAP: c->opt.map = true; c->map_file = arg; break;
    case O_BASE:
        if (!parse_u64(arg, &c->opt.base))
            return usage(c, "%s: not an address", word);
        break;
    case O_EH_HDR: c->opt.eh_frame_hdr = true; break;
    case O_NO_EH_HDR: c->opt.eh_frame_hdr = false; break;
    case O_BUILD_ID: c->opt.build_id = !arg || strcmp(arg, "none") != 0; break;
    case O_Z: return option_z(c, arg);
    case O_EMULATION:
        c->target = NULL;
        for (size_t i = 0; targets[i]; i++)
            if (strcmp(targets[i]->link->name, arg) == 0 || is_word_of(targets[i]->link->also, arg))
                c->target = targets[i];
        return c->target ? 0 : usage(c, "-m %s: no such emulation", arg);
    case O_UNRESOLVED: c->opt.allow_undefined = strncmp(arg, "ignore-", 7) == 0; break;
    case O_WARN_UNRESOLVED: c->opt.allow_undefined = true; break;
    case O_TRACE: c->trace = true; break;
    case O_NO_WARN: c->no_warnings = true; break;
    case O_FATAL_WARN: c->fatal_warnings = true; break;
    }
    return 0;
}

static bool is_long(const char *word, const char *name, unsigned arg, const char **value)
{
    size_t n = strlen(name);
    *value = NULL;
    if (strncmp(word, name, n) != 0)
        return false;
    if (word[n] == '=' && arg != NONE && arg != NEXT) {
        *value = word + n + 1;
        return true;
    }
    return word[n] == 0 && arg != EQUALS;
}

/* GNU ld takes long options with one dash or two, except that one dash and an o is always -o. */
static int parse_option(Cmd *c, int argc, char **argv, int *i)
{
    const char *word = argv[*i], *name = word[1] == '-' ? word + 2 : word + 1, *arg = NULL;
    size_t k;
    for (k = 0; k < countof(long_options) && !(word[1] == 'o' && word[2]); k++) {
        if (!is_long(name, long_options[k].name, long_options[k].arg, &arg))
            continue;
        if (!arg && (long_options[k].arg == NEXT || long_options[k].arg == EITHER)) {
            if (*i + 1 >= argc)
                return usage(c, "%s needs an argument", word);
            arg = argv[++*i];
        }
        return option(c, long_options[k].id, word, arg);
    }
    for (k = 0; k < countof(short_options) && word[1] != '-'; k++) {
        if (word[1] != short_options[k].name || (word[2] && short_options[k].arg == NONE))
            continue;
        if (short_options[k].arg == NEXT) {
            arg = word + 2;
            if (!*arg && short_options[k].id != O_IGNORE) {
                if (*i + 1 >= argc)
                    return usage(c, "%s needs an argument", word);
                arg = argv[++*i];
            }
        }
        return option(c, short_options[k].id, word, arg);
    }
    return usage(c, "unknown option '%s'", word);
}

/* ---- files ---- */

static void push_input(Cmd *c, const char *name, const char *data, size_t n, bool whole, int group)
{
    LdInput in;
    memset(&in, 0, sizeof in);
    in.name = name;
    in.data = data;
    in.n = n;
    in.whole_archive = whole;
    in.group = (int8_t)group;
    vec_push(c->t->perm, &c->inputs, in);
}

static int add_file(Cmd *c, const char *name, bool whole, bool grouped);

static const char *find_library(Cmd *c, const char *name)
{
    for (uint32_t i = 0; i < c->dirs.n; i++) {
        const char *path = name[0] == ':' ? arena_fmt(c->t->perm, "%s/%s", c->dirs.p[i], name + 1)
                                          : arena_fmt(c->t->perm, "%s/lib%s.a", c->dirs.p[i], name);
        if (c->t->host->read_file(c->t->host->ctx, path, NULL, NULL, NULL) == 0)
            return path;
    }
    return NULL;
}

static int add_library(Cmd *c, const char *name, bool whole, bool grouped)
{
    const char *path = find_library(c, name);
    if (!path)
        return tool_error(c->t, "cannot find -l%s (as lib%s.a in %u folders)", name, name, (unsigned)c->dirs.n);
    return add_file(c, path, whole, grouped);
}

/* The text files that stand for libraries (libm.a of glibc): INPUT ( a b -lc ), GROUP ( a b AS_NEEDED ( c ) ). */
typedef struct Script { const char *p, *end; } Script;

static const char *script_word(Cmd *c, Script *s)
{
    const char *start;
    while (s->p < s->end) {
        if (strchr(" \t\r\n,;", *s->p)) {
            s->p++;
        } else if (s->end - s->p > 1 && s->p[0] == '/' && s->p[1] == '*') {
            for (s->p += 2; s->end - s->p > 1 && !(s->p[0] == '*' && s->p[1] == '/'); s->p++)
                ;
            s->p = s->end - s->p > 1 ? s->p + 2 : s->end;
        } else {
            break;
        }
    }
    if (s->p >= s->end)
        return NULL;
    start = s->p++;
    if (*start == '(' || *start == ')')
        return arena_strndup(c->t->perm, start, 1);
    while (s->p < s->end && *s->p && !strchr(" \t\r\n,;()", *s->p))
        s->p++;
    return arena_strndup(c->t->perm, start, (size_t)(s->p - start));
}

static int script_list(Cmd *c, const char *name, Script *s, bool grouped)
{
    int depth = 0, status = 0;
    const char *w;
    while ((w = script_word(c, s)) != NULL && status == 0) {
        if (strcmp(w, "(") == 0)
            depth++;
        else if (strcmp(w, ")") == 0 && --depth <= 0)
            return 0;
        else if (strncmp(w, "-l", 2) == 0)
            status = add_library(c, w + 2, false, grouped);
        else if (strcmp(w, ")") != 0 && strcmp(w, "AS_NEEDED") != 0)
            status = add_file(c, w, false, grouped);
    }
    return status ? status : tool_error(c->t, "%s: a list of files does not end", name);
}

static int add_script(Cmd *c, const char *name, const char *data, size_t n, bool grouped)
{
    Script s;
    const char *w;
    int status = 0, depth;
    s.p = data;
    s.end = data + n;
    if (c->depth > 8)
        return tool_error(c->t, "%s: linker scripts name each other too deeply", name);
    c->depth++;
    while (status == 0 && (w = script_word(c, &s)) != NULL) {
        if (strcmp(w, "GROUP") == 0 || strcmp(w, "INPUT") == 0) {
            bool mark = w[0] == 'G' && !grouped;
            if (mark)
                push_input(c, NULL, NULL, 0, false, 1);
            status = script_list(c, name, &s, grouped || mark);
            if (mark)
                push_input(c, NULL, NULL, 0, false, -1);
        } else if (strcmp(w, "OUTPUT_FORMAT") == 0 || strcmp(w, "OUTPUT_ARCH") == 0) {
            depth = 0;
            while ((w = script_word(c, &s)) != NULL && !(strcmp(w, ")") == 0 && --depth <= 0))
                depth += strcmp(w, "(") == 0;
        } else {
            status = tool_error(c->t, "%s: neither an object, nor an archive, nor a script of GROUP and INPUT", name);
        }
    }
    c->depth--;
    return status;
}

static bool is_text(const char *data, size_t n)
{
    for (size_t i = 0; i < n && i < 256; i++)
        if ((uint8_t)data[i] < 32 && !strchr("\t\r\n", data[i]))
            return false;
    return n > 0 && memchr(data, 0, n < 4096 ? n : 4096) == NULL;
}

static int add_file(Cmd *c, const char *name, bool whole, bool grouped)
{
    const char *data;
    size_t n;
    int r = c->t->host->read_file(c->t->host->ctx, name, &data, &n, NULL);
    if (r < 0)
        return tool_error(c->t, "cannot read %s: %s", name, rt_strerror(-r));
    if (c->trace)
        rt_file_fmt(c->t->out, "%s\n", name);
    if (!obj_is_elf(data, n) && !ar_is(data, n) && !ar_is_thin(data, n) && is_text(data, n))
        return add_script(c, name, data, n, grouped);
    push_input(c, name, data, n, whole, 0);
    return 0;
}

static int read_inputs(Cmd *c)
{
    bool grouped = false;
    int status = 0;
    for (uint32_t i = 0; i < c->items.n; i++) {
        const Item *it = &c->items.p[i];
        if (!it->name) {
            grouped = it->group > 0;
            push_input(c, NULL, NULL, 0, false, it->group);
        } else if (it->lib) {
            status |= add_library(c, it->name, it->whole, grouped);
        } else {
            status |= add_file(c, it->name, it->whole, grouped);
        }
    }
    return status;
}

static const Target *target_of(const char *data, size_t n)
{
    return n >= 64 && obj_is_elf(data, n) ? target_by_machine((uint16_t)get_u16((const uint8_t *)data + 18)) : NULL;
}

/* Without -m the first object decides, or the first member of an archive. */
static const Target *guess_target(Cmd *c)
{
    for (uint32_t i = 0; i < c->inputs.n; i++) {
        const LdInput *in = &c->inputs.p[i];
        const Target *t = in->data ? target_of(in->data, in->n) : NULL;
        if (!t && in->data && ar_is(in->data, in->n)) {
            const Archive *ar = ar_read(c->t->perm, &c->d, in->name, in->data, in->n);
            for (uint32_t k = 0; ar && k < ar->members.n && !t; k++)
                t = target_of(ar->members.p[k].data, (size_t)ar->members.p[k].n);
        }
        if (t)
            return t;
    }
    return targets[0];
}

static int link_all(Cmd *c)
{
    Buf out, map;
    int status = 0;
    buf_init(&out, c->t->perm);
    buf_init(&map, c->t->perm);
    c->opt.undefs = c->undefs.p;
    c->opt.nundefs = c->undefs.n;
    c->opt.defsyms = c->defsyms.p;
    c->opt.ndefsyms = c->defsyms.n;
    if (!c->target)
        c->target = guess_target(c);
    c->d.quiet_warnings = c->no_warnings;
    if (!ld_link(c->t->host, c->t->perm, &c->d, c->target, c->inputs.p, c->inputs.n, &c->opt, &out, &map))
        return 1;
    if (c->fatal_warnings && c->d.warnings)
        return tool_error(c->t, "warnings are errors (--fatal-warnings)");
    if (c->map_stdout)
        rt_file_write(c->t->out, (const char *)map.p, map.n);
    if (c->map_file)
        status = tool_write_output(c->t, c->map_file, map.p, map.n, 0666);
    return status | tool_write_output(c->t, c->output, out.p, out.n, c->opt.relocatable ? 0666 : 0777);
}

/* @FILE on the command line stands for the words in FILE, quoted by ' or \" or \\. */
typedef VEC(char *) Words;

static bool expand_file(ToolCtx *t, const char *name, Words *words)
{
    const char *data, *end;
    size_t n;
    if (t->host->read_file(t->host->ctx, name, &data, &n, NULL) < 0)
        return false;
    for (end = data + n; data < end;) {
        Buf b;
        char quote = 0;
        while (data < end && strchr(" \t\r\n\f\v", *data))
            data++;
        if (data == end)
            break;
        buf_init(&b, t->perm);
        for (; data < end && (quote || !strchr(" \t\r\n\f\v", *data)); data++) {
            if (*data == quote)
                quote = 0;
            else if (!quote && (*data == '\'' || *data == '"'))
                quote = *data;
            else if (*data == '\\' && data + 1 < end)
                buf_u8(&b, (uint8_t)*++data);
            else
                buf_u8(&b, (uint8_t)*data);
        }
        vec_push(t->perm, words, buf_cstr(&b));
    }
    return true;
}

int tool_ld(ToolCtx *t, int argc, char **argv)
{
    Cmd *c = arena_new(t->perm, Cmd);
    Words words;
    int status = 0, i;
    memset(&words, 0, sizeof words);
    for (i = 0; i < argc; i++)
        if (argv[i][0] != '@' || !expand_file(t, argv[i] + 1, &words))
            vec_push(t->perm, &words, argv[i]);
    argc = (int)words.n;
    argv = words.p;
    c->t = t;
    c->output = "a.out";
    src_init(&c->sm, t->perm);
    diag_init(&c->d, &c->sm, t->perm, tool_diag_sink, t);
    c->d.color = tool_wants_color(t);
    c->d.max_errors = 0;                   /* undefined references come in droves, and each may be news */
    for (i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            rt_file_fmt(t->out, "%s", help_text);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0 || (strcmp(argv[i], "-v") == 0 && argc == 2)) {
            rt_file_fmt(t->out, "idem ld %s (takes GNU ld's options)\n", TOOL_VERSION);
            return 0;
        }
        if (argv[i][0] != '-' || !argv[i][1])
            add_item(c, argv[i], false, 0);
        else if ((status = parse_option(c, argc, argv, &i)) != 0)
            return status;
    }
    if (c->in_group)
        add_item(c, NULL, false, -1);
    if (c->items.n == 0)
        return usage(c, "no input files; see 'idem ld %s'", "--help");
    if ((status = read_inputs(c)) != 0)
        return status;
    return link_all(c);
}
