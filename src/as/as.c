/* as.c: the assembler's reader. In: GNU-syntax text. Out: an Obj (frag.c makes it). One idea: text is never copied or scrubbed;
 * a cursor walks over it, comments count as white space, and every message points at the byte that caused it. */
#include "as/as_core.h"

/* ---- the cursor ---- */

bool as_is_name(char c, bool first)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$' || (uint8_t)c >= 0x80)
        return true;
    return !first && c >= '0' && c <= '9';
}

void as_skip(As *as, const char **p)
{
    const char *s = *p;
    for (;;) {
        if (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\f') {
            s++;
        } else if (*s == '/' && s[1] == '*') {
            const char *at = s;
            for (s += 2; s < as->in.end && !(*s == '*' && s[1] == '/'); s++)
                ;
            if (s >= as->in.end) {
                as_error(as, at, "unfinished comment");
                s = as->in.end;
                break;
            }
            s += 2;
        } else {
            break;
        }
    }
    *p = s;
}

bool as_at_end(const As *as, const char *p)
{
    return *p == '\n' || *p == ';' || (*p == '#' && !as->ta->hash) || *p == 0 || (*p == '/' && p[1] == '/');
}

void as_skip_line(As *as, const char **p)
{
    const char *s = *p;
    while (as_skip(as, &s), !as_at_end(as, s)) {
        if (*s == '"') {
            for (s++; *s && *s != '"' && *s != '\n'; s++)
                if (*s == '\\' && s[1] && s[1] != '\n')
                    s++;
            if (*s == '"')
                s++;
        } else if (*s == '\'' && s[1] && s[1] != '\n') {
            s += s[1] == '\\' && s[2] && s[2] != '\n' ? 3 : 2;
        } else {
            s++;
        }
    }
    *p = s;
}

bool as_name(As *as, const char **p, const char **name, size_t *n)
{
    const char *s = *p;
    if (*s == '"') {
        Buf b;
        buf_init(&b, as->arena);
        if (!as_string(as, p, &b))
            return false;
        *name = (char *)b.p;
        *n = b.n;
        return b.n != 0;
    }
    if (!as_is_name(*s, true))
        return false;
    *name = s;
    while (as_is_name(*s, false))
        s++;
    *n = (size_t)(s - *name);
    *p = s;
    return true;
}

static unsigned hex(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

bool as_string(As *as, const char **p, Buf *out)
{
    const char *s = *p;
    if (*s != '"') {
        as_error(as, s, "expected a string");
        return false;
    }
    s++;
    while (*s != '"') {
        unsigned c = (uint8_t)*s, k;
        if (s >= as->in.end || c == '\n') {
            as_error(as, *p, "unfinished string");
            *p = s;
            return false;
        }
        s++;
        if (c == '\\') {
            c = (uint8_t)*s;
            if (s >= as->in.end || c == '\n')
                continue;
            s++;
            switch (c) {
            case 'n': c = '\n'; break;
            case 't': c = '\t'; break;
            case 'r': c = '\r'; break;
            case 'b': c = '\b'; break;
            case 'f': c = '\f'; break;
            case 'v': c = '\v'; break;
            case 'x': case 'X':
                for (c = 0; hex(*s) < 16; s++)
                    c = (c << 4 | hex(*s)) & 0xff;
                break;
            default:
                if (c >= '0' && c <= '9') { /* GNU as takes 8 and 9 for digits here too */
                    c -= '0';
                    for (k = 0; k < 2 && *s >= '0' && *s <= '9'; k++, s++)
                        c = c * 8 + (unsigned)(*s - '0');
                }
                break;
            }
        }
        buf_u8(out, c & 0xff);
    }
    *p = s + 1;
    return true;
}

bool as_comma(As *as, const char **p)
{
    as_skip(as, p);
    if (**p != ',')
        return false;
    ++*p;
    as_skip(as, p);
    return true;
}

/* ---- messages ---- */

SrcLoc as_loc(const As *as, const char *at)
{
    const SrcFile *f = as->in.file;
    if (!f || !at || at < f->text || at > f->text + f->n)
        return 0;
    return f->base + (SrcLoc)(at - f->text);
}

void as_error_loc(As *as, SrcLoc loc, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(as->diag, DIAG_ERROR, W_NONE, loc, 0, fmt, ap);
    va_end(ap);
}

void as_error(As *as, const char *at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(as->diag, DIAG_ERROR, W_NONE, as_loc(as, at), 0, fmt, ap);
    va_end(ap);
}

void as_warn(As *as, const char *at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_vat(as->diag, DIAG_WARNING, W_NONE, as_loc(as, at), 0, fmt, ap);
    va_end(ap);
}

Arena *as_arena(As *as) { return as->arena; }
int as_next_operand(As *as, const char **p)
{
    as_skip(as, p);
    if (**p != ',')
        return 0;
    ++*p;
    as_skip(as, p);
    if (!as_at_end(as, *p))
        return 1;
    as_error(as, *p, "expected an operand");
    return -1;
}

const char *as_operand_end(As *as, const char *p, const char *stops, const char **last)
{
    unsigned depth = 0;
    for (*last = p;;) {
        as_skip(as, &p);
        if (as_at_end(as, p) || (!depth && strchr(stops, *p)))
            return p;
        if (*p == '(')
            depth++;
        else if (*p == ')' && depth)
            depth--;
        else if (*p == '\'' && p[1] && p[1] != '\n') {
            p += p[1] == '\\' && p[2] && p[2] != '\n' ? 3 : 2;
            if (*p == '\'')
                p++;
            *last = p;
            continue;
        } else if (*p == '"') {
            for (p++; *p && *p != '"' && *p != '\n'; p++)
                if (*p == '\\' && p[1] && p[1] != '\n')
                    p++;
            if (*p != '"')
                return p;
        }
        *last = ++p;
    }
}

bool as_operand_done(As *as, const char *p, const char *end, AsVal *v)
{
    as_skip(as, &p);
    as_skip(as, &end);
    if (p != end) {
        as_error(as, p, "unexpected text in the operand");
        return false;
    }
    as_reduce(as, v);
    return true;
}

const Target *as_target(const As *as) { return as->t; }
uint32_t as_here(const As *as) { return as->cur; }
void as_go(As *as, uint32_t sec) { as_switch(as, sec); }

void as_need_align(As *as, uint64_t align)
{
    AsSec *s = as->secs.p[as->cur];
    if (s->align < align)
        s->align = align;
}

void as_pad(As *as, uint64_t align)
{
    AsFrag *f = as_close_frag(as, AFR_ALIGN);
    as_need_align(as, align);
    f->align = align;
    f->fill_n = 1;
}

uint64_t as_open_size(const As *as)
{
    const AsSec *s = as->secs.p[as->cur];
    return s->data.n - s->frags.p[s->frags.n - 1].start;
}

void *as_target_state(As *as) { return as->state; }

/* ---- inputs ---- */

void as_push_input(As *as, const char *name, const char *text, size_t n, const char *at)
{
    SrcFile *f;
    as->expanded += n + 64;
    if (as->inputs.n >= AS_MAX_INPUTS || as->expanded > (256u << 20)) {
        if (!as->done)
            as_error(as, at, "too many nested expansions");
        as->done = true;
        return;
    }
    f = src_add_file(as->sm, name, text, n, as_loc(as, at), false);
    if (!f) {
        as_error(as, at, "too much text");
        as->done = true;
        return;
    }
    vec_push(as->arena, &as->inputs, as->in);
    as->in.file = f;
    as->in.p = text;
    as->in.end = text + n;
    as->in.conds = as->conds.n;
}

static bool pop_input(As *as)
{
    if (as->conds.n > as->in.conds) {
        as_error_loc(as, vec_last(&as->conds).loc, "this .if has no .endif");
        as->conds.n = as->in.conds;
    }
    if (!as->inputs.n)
        return false;
    as->in = vec_last(&as->inputs);
    as->inputs.n--;
    return true;
}

/* `# 12 "file" flags` or `#line 12 "file"`: where the following lines come from. */
static void line_marker(As *as, const char *p)
{
    struct SrcLineMark m;
    uint32_t line = 0;
    const char *s = p + 1;
    SrcFile *f = (SrcFile *)as->in.file;
    Buf name;
    while (*s == ' ' || *s == '\t')
        s++;
    if (strncmp(s, "line", 4) == 0)
        s += 4;
    while (*s == ' ' || *s == '\t')
        s++;
    if (*s < '0' || *s > '9')
        return;
    for (; *s >= '0' && *s <= '9'; s++)
        line = line * 10 + (uint32_t)(*s - '0');
    while (*s == ' ' || *s == '\t')
        s++;
    memset(&m, 0, sizeof m);
    buf_init(&name, as->arena);
    if (*s == '"') {
        const char *e = s;
        while (e < as->in.end && *e != '\n' && *e != '"')
            e++;
        for (e = s + 1; e < as->in.end && *e != '\n' && *e != '"'; e++)
            buf_u8(&name, (uint8_t)*e);
        if (*e != '"')
            return;
        m.name = buf_cstr(&name);
    } else if (*s != '\n') {
        return;
    }
    while (s < as->in.end && *s != '\n')
        s++;
    m.offset = (uint32_t)(s - f->text) + 1;
    m.line = line;
    vec_push(as->sm->arena, &f->marks, m);
}

/* ---- statements ---- */

static bool live(const As *as)
{
    return !as->conds.n || (vec_last(&as->conds).live && vec_last(&as->conds).outer);
}

static void numeric_label(As *as, uint64_t number)
{
    AsNumeric *n = as_numeric(as, number);
    AsSym *s = n->next ? n->next : arena_new(as->arena, AsSym);
    as_define_label(as, s, as->stmt);
    n->last = s;
    n->next = NULL;
}

static void assign(As *as, const char *name, size_t n, const char **p, const char *at)
{
    AsVal v;
    if (!as_expr(as, p, &v))
        return;
    if (n == 1 && name[0] == '.') {
        AsFrag *f = as_close_frag(as, AFR_ORG);
        f->v = v;
        f->fill_n = 1;
        return;
    }
    as_set(as, name, n, &v, at, true);
}

/* One statement beginning at *p; leaves *p at its end. */
static void statement(As *as, const char **pp, bool line_start)
{
    const char *p = *pp, *at, *name, *q;
    size_t n;
    for (;;) {
        as_skip(as, &p);
        at = as->stmt = p;
        if (as_at_end(as, p)) {
            *pp = p;
            return;
        }
        if (line_start && strchr(as->ta->line_comment, *p)) {
            while (p < as->in.end && *p != '\n')
                p++;
            *pp = p;
            return;
        }
        if (*p >= '0' && *p <= '9') {
            uint64_t number = 0;
            for (q = p; *q >= '0' && *q <= '9'; q++)
                number = (number * 10 + (unsigned)(*q - '0')) & 0xffffffff;
            if (*q != ':') {
                if (live(as))
                    as_error(as, p, "expected a label, a directive or an instruction");
                goto skip;
            }
            if (live(as))
                numeric_label(as, number);
            p = q + 1;
            continue;
        }
        q = p;
        if (*p == '{') { /* the target's preferences stand before an instruction */
            name = p;
            n = 1;
            break;
        }
        if (*p == '\\' || !as_name(as, &q, &name, &n)) {
            if (live(as))
                as_error(as, p, "expected a label, a directive or an instruction");
            goto skip;
        }
        p = q;
        if (*p == ' ' || *p == '\t')
            as_skip(as, &p);
        if (*p == ':') {
            p++;
            if (live(as))
                as_define_label(as, as_sym(as, name, n), at);
            line_start = false;
            continue;
        }
        break;
    }
    if (as_conditional(as, at, n, p, &q)) {
        p = q;
        goto skip;
    }
    if (!live(as))
        goto skip;
    if (*p == '=' ) {
        bool twice = p[1] == '=';
        p += twice ? 2 : 1;
        assign(as, name, n, &p, at);
    } else {
        AsMacro *m = NULL;
        Ident *id = NULL;
        if (at[0] != '"') {
            id = intern_n(&as->names, name, n);
            m = id->macro;
        }
        if (m && !m->gone) {
            if (!as_expand_macro(as, m, at, p, pp))
                *pp = p;
            return;
        }
        if (as_macro_directive(as, at, n, p, pp))
            return;
        if (at[0] == '.' && as_directive(as, at, n, p, &q)) {
            p = q;
        } else if (at[0] == '.') {
            as_error(as, at, "unknown directive '%.*s'", (int)n, at);
            goto skip;
        } else {
            uint32_t errors = as->diag->errors;
            p = as->ta->insn(as, at, p);
            if (as->diag->errors != errors)
                goto skip;
        }
    }
    as_skip(as, &p);
    if (as_at_end(as, p)) {
        *pp = p;
        return;
    }
    as_error(as, p, "unexpected text behind the statement");
skip:
    as_skip_line(as, &p);
    *pp = p;
}

static void read_all(As *as)
{
    bool line_start = true;
    while (!as->done && !as->diag->stopped) {
        const char *p = as->in.p;
        if (p >= as->in.end) {
            if (!pop_input(as))
                return;
            line_start = false;
            continue;
        }
        switch (*p) {
        case '\n':
            as->in.p = p + 1;
            line_start = true;
            continue;
        case ';':
            as->in.p = p + 1;
            line_start = false;
            continue;
        case '#':
            if (line_start)
                line_marker(as, p);
            else if (as->ta->hash)
                break;
            while (p < as->in.end && *p != '\n')
                p++;
            as->in.p = p;
            continue;
        case 0:
            as_error(as, p, "the text contains a NUL byte");
            return;
        default:
            break;
        }
        if (*p == '/' && p[1] == '/') {
            while (p < as->in.end && *p != '\n')
                p++;
            as->in.p = p;
            continue;
        }
        {
            uint32_t depth = as->inputs.n;
            statement(as, &p, line_start);
            if (as->inputs.n == depth) {
                as->in.p = p;
                line_start = false;
            } else if (as->inputs.n > depth) { /* an expansion was entered: go on behind the call afterwards */
                as->inputs.p[depth].p = p;
                line_start = true;
            }
        }
    }
}

Obj *as_assemble(Host *host, Arena *a, Diag *d, SrcMap *sm, Intern *idents, const struct Target *t, const char *name, const char *text,
                 size_t n)
{
    As *as = arena_new(a, As);
    uint32_t errors = d->errors;
    Obj *o;
    (void)idents;
    as->host = host;
    as->arena = a;
    as->diag = d;
    as->sm = sm;
    as->t = t;
    as->ta = t->as;
    as->errors = errors;
    intern_init(&as->names, a);
    map_init(&as->sec_map, a);
    map_init(&as->numeric, a);
    if (n > UINT32_MAX / 2) {
        diag_file(d, DIAG_ERROR, name, "too large");
        return NULL;
    }
    if (!n || text[n - 1] != '\n' || text[n] != 0) { /* every line ends, and a NUL stops every scan */
        char *copy = arena_alloc(a, n + 2);
        memcpy(copy, text, n);
        copy[n] = '\n';
        copy[n + 1] = 0;
        text = copy;
        n++;
    }
    as->in.file = src_add_file(sm, name, text, n, 0, false);
    if (!as->in.file) {
        diag_file(d, DIAG_ERROR, name, "too large");
        return NULL;
    }
    as->in.p = as->stmt = text;
    as->in.end = text + n;
    as_dir_init(as);
    as->state = as->ta->begin(as);
    as_section(as, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 0, NULL);
    as_section(as, ".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, 0, NULL);
    as_section(as, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 0, NULL);
    read_all(as);
    if (as->ta->end)
        as->ta->end(as);
    if (d->errors != errors)
        return NULL;
    o = as_finish(as, name);
    return d->errors == errors ? o : NULL;
}
