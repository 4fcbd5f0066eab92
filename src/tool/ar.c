/* idem ar, idem ranlib: GNU ar's command line over src/obj/ar.c. What is written is a function of the members' names and
 * bytes alone (GNU's D mode): times, owners and modes of the files do not get in. */
#include "obj/obj.h"
#include "tool/tool.h"

typedef struct ArCmd {
    ToolCtx *t;
    SrcMap sm;
    Diag d;
    char op;                   /* one of dmpqrstx */
    bool create, index, no_index, verbose, newer;
    const char *path;
    bool exists;
    VEC(ArMember) members;
    char **names;              /* arguments behind the archive */
    int n;
    bool *found;               /* per argument */
} ArCmd;

static const char help_text[] =
    "usage: idem ar OPERATION[MODIFIER...] ARCHIVE [FILE...]\n"
    "       idem ranlib ARCHIVE...\n\n"
    "operations:\n"
    "  r  put files in, replacing members of the same name     q  append files\n"
    "  d  delete members          t  list members              p  print members' contents\n"
    "  x  extract members         m  move members to the end   s  write the symbol index\n"
    "modifiers:\n"
    "  c  do not tell that the archive is new    s  write the index (default)    S  do not\n"
    "  v  tell what is done    D  deterministic (always)    u o U  accepted, without effect\n";

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int read_archive(ArCmd *c)
{
    const char *data;
    size_t n;
    Archive *ar;
    int r = c->t->host->read_file(c->t->host->ctx, c->path, &data, &n, NULL);
    if (r == -RT_ENOENT && (c->op == 'r' || c->op == 'q')) {
        if (!c->create) {
            rt_file_fmt(c->t->err, "idem ar: creating %s\n", c->path);
            rt_file_flush(c->t->err);
        }
        return 0;
    }
    if (r < 0)
        return tool_error(c->t, "cannot read %s: %s", c->path, rt_strerror(-r));
    c->exists = true;
    ar = ar_read(c->t->perm, &c->d, c->path, data, n);
    if (!ar)
        return 1;
    for (uint32_t i = 0; i < ar->members.n; i++)
        vec_push(c->t->perm, &c->members, ar->members.p[i]);
    return 0;
}

static int write_archive(ArCmd *c)
{
    Buf out;
    uint32_t errors = c->d.errors;
    buf_init(&out, c->t->perm);
    ar_write(c->t->perm, &c->d, &out, c->members.p, c->members.n, !c->no_index);
    if (c->d.errors != errors)
        return 1;
    return tool_write_output(c->t, c->path, out.p, out.n, 0666);
}

/* ---- changing ---- */

static void tell(ArCmd *c, char what, const char *name)
{
    if (c->verbose)
        rt_file_fmt(c->t->out, "%c - %s\n", what, name);
}

static int load_member(ArCmd *c, const char *path, ArMember *m)
{
    size_t n;
    int r = c->t->host->read_file(c->t->host->ctx, path, &m->data, &n, NULL);
    if (r < 0)
        return tool_error(c->t, "cannot read %s: %s", path, rt_strerror(-r));
    m->n = n;
    m->name = base_name(path);
    return 0;
}

static int replace(ArCmd *c)
{
    Map first;
    int status = 0;
    map_init(&first, c->t->perm);
    for (uint32_t i = c->members.n; i-- > 0;)
        *map_at(&first, c->members.p[i].name, strlen(c->members.p[i].name)) = (void *)(uintptr_t)(i + 1);
    if (c->newer) {
        rt_file_fmt(c->t->err, "idem ar: `u' has no effect: members carry no times\n");
        rt_file_flush(c->t->err);
    }
    for (int i = 0; i < c->n; i++) {
        ArMember m;
        void **at;
        memset(&m, 0, sizeof m);
        if (load_member(c, c->names[i], &m)) {
            status = 1;
            continue;
        }
        at = map_at(&first, m.name, strlen(m.name));
        tell(c, *at && c->op == 'r' ? 'r' : 'a', c->names[i]);
        if (*at && c->op == 'r') {
            c->members.p[(uintptr_t)*at - 1] = m;
        } else {
            vec_push(c->t->perm, &c->members, m);
            if (!*at)
                *at = (void *)(uintptr_t)c->members.n;
        }
    }
    return status ? status : write_archive(c);
}

/* Whether an argument names the member; each argument takes the first of its name. */
static bool is_named(ArCmd *c, const ArMember *m)
{
    for (int i = 0; i < c->n; i++)
        if (!c->found[i] && strcmp(base_name(c->names[i]), m->name) == 0) {
            c->found[i] = true;
            return true;
        }
    return false;
}

static int tell_missing(ArCmd *c)
{
    int status = 0;
    for (int i = 0; i < c->n; i++)
        if (!c->found[i])
            status = tool_error(c->t, "no member %s in %s", c->names[i], c->path);
    return status;
}

static int delete_or_move(ArCmd *c)
{
    VEC(ArMember) moved;
    uint32_t keep = 0;
    memset(&moved, 0, sizeof moved);
    for (uint32_t i = 0; i < c->members.n; i++) {
        ArMember m = c->members.p[i];
        if (!is_named(c, &m)) {
            c->members.p[keep++] = m;
        } else {
            tell(c, c->op, m.name);
            if (c->op == 'm')
                vec_push(c->t->perm, &moved, m);
        }
    }
    c->members.n = keep;
    for (uint32_t i = 0; i < moved.n; i++)
        vec_push(c->t->perm, &c->members, moved.p[i]);
    int status = write_archive(c);
    return tell_missing(c) | status;
}

/* ---- looking ---- */

/* Days since 1970 to a date (proleptic Gregorian), as GNU ar -tv prints it, in UTC. */
static void tell_date(RtFile *f, uint64_t t)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    uint64_t days = t / 86400 + 719468, era = days / 146097, doe = days % 146097;
    uint64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    uint64_t mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    rt_file_fmt(f, "%.3s %2u %02u:%02u %u", months + (month - 1) * 3, (unsigned)day, (unsigned)(t / 3600 % 24),
                (unsigned)(t / 60 % 60), (unsigned)(yoe + era * 400 + (month <= 2)));
}

static void list_member(ArCmd *c, const ArMember *m)
{
    RtFile *f = c->t->out;
    if (c->verbose) {
        for (int i = 8; i >= 0; i--)
            rt_file_fmt(f, "%c", m->mode >> i & 1 ? "xwr"[i % 3] : '-');
        rt_file_fmt(f, " %u/%u %6llu ", (unsigned)m->uid, (unsigned)m->gid, (unsigned long long)m->n);
        tell_date(f, m->mtime);
        rt_file_fmt(f, " ");
    }
    rt_file_fmt(f, "%s\n", m->name);
}

static int extract_member(ArCmd *c, const ArMember *m)
{
    if (strchr(m->name, '/') || strcmp(m->name, "..") == 0 || strcmp(m->name, ".") == 0 || !m->name[0])
        return tool_error(c->t, "member '%s' does not name a file here", m->name);
    tell(c, 'x', m->name);
    return tool_write_output(c->t, m->name, m->data, (size_t)m->n, 0666);
}

static int show(ArCmd *c, const ArMember *m)
{
    if (c->op == 't')
        list_member(c, m);
    else if (c->op == 'x')
        return extract_member(c, m);
    else {
        if (c->verbose)
            rt_file_fmt(c->t->out, "\n<%s>\n\n", m->name);
        rt_file_write(c->t->out, m->data, (size_t)m->n);
    }
    return 0;
}

/* All members, or those named in the order of the arguments, the first of each name. */
static int look(ArCmd *c)
{
    Map first;
    int status = 0;
    map_init(&first, c->t->perm);
    for (uint32_t i = c->members.n; i-- > 0;) {
        void **at = map_at(&first, c->members.p[i].name, strlen(c->members.p[i].name));
        *at = &c->members.p[i];
    }
    for (uint32_t i = 0; i < c->members.n && !c->n; i++)
        status |= show(c, &c->members.p[i]);
    for (int i = 0; i < c->n; i++) {
        const char *name = base_name(c->names[i]);
        const ArMember *m = map_get(&first, name, strlen(name));
        c->found[i] = m != NULL;
        if (m)
            status |= show(c, m);
    }
    return tell_missing(c) | status;
}

/* ---- the command line ---- */

static int run(ArCmd *c)
{
    int status;
    c->found = arena_array(c->t->perm, bool, c->n + 1);
    status = read_archive(c);
    if (status)
        return status;
    switch (c->op) {
    case 'r': case 'q': return replace(c);
    case 'd': case 'm': return delete_or_move(c);
    case 's': return write_archive(c);
    default: return look(c);
    }
}

static void init(ArCmd *c, ToolCtx *t)
{
    c->t = t;
    src_init(&c->sm, t->perm);
    diag_init(&c->d, &c->sm, t->perm, tool_diag_sink, t);
    c->d.color = tool_wants_color(t);
}

static int parse_letters(ArCmd *c, const char *s)
{
    for (; *s; s++) {
        if (strchr("dmpqrtx", *s)) {
            if (c->op && c->op != *s) {
                tool_error(c->t, "two operations, %c and %c", c->op, *s);
                return 2;
            }
            c->op = *s;
        } else if (*s == 's') {
            c->index = true;
        } else if (*s == 'S') {
            c->no_index = true;
        } else if (*s == 'c') {
            c->create = true;
        } else if (*s == 'v') {
            c->verbose = true;
        } else if (*s == 'u') {
            c->newer = true;
        } else if (*s == 'T') {
            tool_error(c->t, "T: thin archives are not supported");
            return 2;
        } else if (!strchr("DUofPl", *s)) {
            tool_error(c->t, "unknown letter '%c'; see 'idem ar --help'", *s);
            return 2;
        }
    }
    return 0;
}

int tool_ar(ToolCtx *t, int argc, char **argv)
{
    ArCmd *c = arena_new(t->perm, ArCmd);
    int i, status;
    init(c, t);
    for (i = 1; i < argc && (i == 1 || argv[i][0] == '-'); i++) {
        if (strcmp(argv[i], "--help") == 0) {
            rt_file_fmt(t->out, "%s", help_text);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0 || strcmp(argv[i], "-V") == 0) {
            rt_file_fmt(t->out, "idem ar %s (takes GNU ar's options)\n", TOOL_VERSION);
            return 0;
        }
        if (strcmp(argv[i], "--plugin") == 0 || strcmp(argv[i], "--target") == 0) {
            i++;
            continue;
        }
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][2]) {
            tool_error(t, "unknown option '%s'; see 'idem ar --help'", argv[i]);
            return 2;
        }
        if ((status = parse_letters(c, argv[i][0] == '-' ? argv[i] + 1 : argv[i])) != 0)
            return status;
    }
    if (!c->op && c->index)
        c->op = 's';
    if (!c->op || i >= argc) {
        rt_file_fmt(t->err, "%s", help_text);
        return 2;
    }
    c->path = argv[i++];
    c->names = argv + i;
    c->n = argc - i;
    return run(c);
}

int tool_ranlib(ToolCtx *t, int argc, char **argv)
{
    int status = 0, n = 0;
    for (int i = 1; i < argc; i++) {
        ArCmd *c = arena_new(t->perm, ArCmd);
        if (strcmp(argv[i], "--help") == 0) {
            rt_file_fmt(t->out, "usage: idem ranlib ARCHIVE...\nWrites the symbol index of each archive.\n");
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            rt_file_fmt(t->out, "idem ranlib %s\n", TOOL_VERSION);
            return 0;
        }
        if (strcmp(argv[i], "-D") == 0 || strcmp(argv[i], "-U") == 0 || strcmp(argv[i], "-t") == 0)
            continue;
        if (argv[i][0] == '-') {
            tool_error(t, "unknown option '%s'", argv[i]);
            return 2;
        }
        init(c, t);
        c->op = 's';
        c->path = argv[i];
        status |= run(c);
        n++;
    }
    if (!n) {
        tool_error(t, "no archive; see 'idem ranlib --help'");
        return 2;
    }
    return status;
}
