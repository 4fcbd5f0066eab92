/* macro.c: conditional assembly, macros and repetition (as info: "If", "Macro", "Rept", "Irp", "Irpc").
 * In: a cursor behind a directive's name. Out: a new input of expanded text on the reader's stack. A body is a slice of the text it
 * was read from; expanding copies it with \name, \@ and \() replaced. */
#include "as/as_core.h"

/* ---- conditionals ---- */

static bool is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

static bool dead(const As *as)
{
    return as->conds.n && !(vec_last(&as->conds).live && vec_last(&as->conds).outer);
}

/* The text up to a comma or the statement's end, without white space around it. */
static void raw_argument(As *as, const char **p, const char **s, size_t *n)
{
    const char *e;
    as_skip(as, p);
    *s = *p;
    while (!as_at_end(as, *p) && **p != ',')
        ++*p;
    for (e = *p; e > *s && (e[-1] == ' ' || e[-1] == '\t'); e--)
        ;
    *n = (size_t)(e - *s);
}

static bool compare_strings(As *as, const char **p, bool quoted)
{
    const char *a, *b;
    size_t an, bn;
    Buf x, y;
    if (!quoted) {
        raw_argument(as, p, &a, &an);
        as_comma(as, p);
        raw_argument(as, p, &b, &bn);
        return an == bn && memcmp(a, b, an) == 0;
    }
    buf_init(&x, as->arena);
    buf_init(&y, as->arena);
    as_skip(as, p);
    if (!as_string(as, p, &x))
        return false;
    as_comma(as, p);
    if (!as_string(as, p, &y))
        return false;
    return x.n == y.n && memcmp(x.p ? x.p : (uint8_t *)"", y.p ? y.p : (uint8_t *)"", x.n) == 0;
}

/* The test of .if and its kin. name: behind ".if". */
static bool test(As *as, const char *name, size_t n, const char **p)
{
    const char *s;
    size_t len;
    int64_t v;
    if (is(name, n, "def") || is(name, n, "ndef") || is(name, n, "notdef")) {
        const Ident *id;
        const AsSym *y;
        as_skip(as, p);
        if (!as_name(as, p, &s, &len)) {
            as_error(as, *p, "expected a symbol");
            return false;
        }
        id = intern_n(&as->names, s, len);
        y = id->sym;
        return (y && y->kind != ASY_UNDEF) == is(name, n, "def");
    }
    if (is(name, n, "b") || is(name, n, "nb")) {
        as_skip(as, p);
        return as_at_end(as, *p) == is(name, n, "b");
    }
    if (is(name, n, "c") || is(name, n, "nc"))
        return compare_strings(as, p, false) == is(name, n, "c");
    if (is(name, n, "eqs") || is(name, n, "nes"))
        return compare_strings(as, p, true) == is(name, n, "eqs");
    if (!as_const(as, p, &v))
        return false;
    if (!n || is(name, n, "ne"))
        return v != 0;
    if (is(name, n, "eq"))
        return v == 0;
    if (is(name, n, "ge"))
        return v >= 0;
    if (is(name, n, "gt"))
        return v > 0;
    if (is(name, n, "le"))
        return v <= 0;
    return v < 0;
}

bool as_conditional(As *as, const char *at, size_t n, const char *p, const char **end)
{
    static const char *const tests[] = { "", "def", "ndef", "notdef", "b", "nb", "c", "nc", "eqs",
                                         "nes", "ne", "eq", "ge", "gt", "le", "lt" };
    size_t i;
    *end = p;
    if (n < 3 || at[0] != '.')
        return false;
    if (at[1] == 'i' && at[2] == 'f') {
        AsCond c;
        for (i = 0; i < countof(tests); i++)
            if (is(at + 3, n - 3, tests[i]))
                break;
        if (i == countof(tests))
            return false;
        memset(&c, 0, sizeof c);
        c.loc = as_loc(as, at);
        c.outer = !dead(as);
        c.live = c.outer && test(as, at + 3, n - 3, end);
        c.taken = c.live;
        if (as->conds.n > 1000) {
            as_error(as, at, ".if nested too deep");
            as->done = true;
        }
        vec_push(as->arena, &as->conds, c);
        return true;
    }
    if (is(at, n, ".else") || is(at, n, ".elseif") || is(at, n, ".elsec")) {
        AsCond *c;
        if (as->conds.n <= as->in.conds || vec_last(&as->conds).in_else) {
            as_error(as, at, "%.*s without .if", (int)n, at);
            return true;
        }
        c = &vec_last(&as->conds);
        if (is(at, n, ".else")) {
            c->in_else = true;
            c->live = !c->taken;
            c->taken = true;
        } else if (c->taken || !c->outer) {
            c->live = false;
        } else {
            bool v = test(as, "", 0, end);
            c = &vec_last(&as->conds);
            c->live = c->taken = v;
        }
        return true;
    }
    if (is(at, n, ".endif")) {
        if (as->conds.n <= as->in.conds)
            as_error(as, at, ".endif without .if");
        else
            as->conds.n--;
        return true;
    }
    return false;
}

/* ---- bodies ---- */

/* From the line behind p to the line whose first word ends the body. *end: behind that line's word. False after a message. */
static bool read_body(As *as, const char *at, const char *p, bool macro, const char **body, size_t *n, const char **end)
{
    const char *limit = as->in.end;
    unsigned depth = 1;
    while (p < limit && *p != '\n')
        p++;
    p = p < limit ? p + 1 : p;
    *body = p;
    while (p < limit) {
        const char *line = p, *w;
        while (*p == ' ' || *p == '\t')
            p++;
        w = p;
        while (as_is_name(*p, false))
            p++;
        if (*p == ':' && p > w) { /* a label before it */
            p++;
            while (*p == ' ' || *p == '\t')
                p++;
            w = p;
            while (as_is_name(*p, false))
                p++;
        }
        if (*w == '.') {
            size_t k = (size_t)(p - w);
            if (macro ? is(w, k, ".macro") : is(w, k, ".rept") || is(w, k, ".irp") || is(w, k, ".irpc")) {
                depth++;
            } else if (macro ? is(w, k, ".endm") || is(w, k, ".endmacro") : is(w, k, ".endr")) {
                if (!--depth) {
                    *n = (size_t)(line - *body);
                    *end = p;
                    return true;
                }
            }
        }
        while (p < limit && *p != '\n')
            p++;
        p++;
    }
    as_error(as, at, macro ? ".macro without .endm" : "repetition without .endr");
    *end = limit;
    return false;
}

typedef struct Arg { const char *name, *v; uint32_t n, vn; } Arg;

static void expand(As *as, const char *body, size_t n, const Arg *args, uint32_t nargs, Buf *out)
{
    const char *p = body, *end = body + n;
    while (p < end) {
        const char *s = p;
        uint32_t i;
        while (p < end && *p != '\\')
            p++;
        buf_put(out, s, (size_t)(p - s));
        if (p == end)
            return;
        p++;
        if (p < end && *p == '@') {
            buf_fmt(out, "%u", as->macro_count);
            p++;
            continue;
        }
        if (p + 1 < end && *p == '(' && p[1] == ')') {
            p += 2;
            continue;
        }
        s = p;
        while (p < end && as_is_name(*p, p == s) && *p != '.')
            p++;
        for (i = 0; i < nargs; i++)
            if (args[i].n == (size_t)(p - s) && memcmp(args[i].name, s, args[i].n) == 0)
                break;
        if (p > s && i < nargs) {
            buf_put(out, args[i].v, args[i].vn);
        } else {
            buf_u8(out, '\\');
            if (p == s && p < end)
                p++;
            buf_put(out, s, (size_t)(p - s));
        }
    }
}

static bool too_much(As *as, const Buf *b, const char *at)
{
    if (b->n <= 64u << 20)
        return false;
    as_error(as, at, "the expansion is too large");
    as->done = true;
    return true;
}

static void enter(As *as, const char *name, Buf *text, const char *at)
{
    if (text->n && text->p[text->n - 1] != '\n')
        buf_u8(text, '\n');
    buf_cstr(text);
    as_push_input(as, name, (const char *)text->p, text->n, at);
}

static bool is_operator(char c)
{
    return c && strchr("+-*/%|&^!<>=~,", c) != NULL;
}

/* One argument of a macro call: a string without its quotes, or text up to a comma or to white space that stands at no operator. */
static void call_argument(As *as, const char **p, bool rest, const char **v, uint32_t *n)
{
    const char *s;
    Buf b;
    unsigned depth = 0;
    as_skip(as, p);
    s = *p;
    buf_init(&b, as->arena);
    if (*s == '"' && !rest) {
        const char *e = s + 1;
        while (*e && *e != '"' && *e != '\n')
            e += *e == '\\' && e[1] && e[1] != '\n' ? 2 : 1;
        *v = s + 1;
        *n = (uint32_t)(e - s - 1);
        *p = *e == '"' ? e + 1 : e;
        return;
    }
    while (!as_at_end(as, s)) {
        if (*s == '"') {
            const char *e = s + 1;
            while (*e && *e != '"' && *e != '\n')
                e += *e == '\\' && e[1] && e[1] != '\n' ? 2 : 1;
            if (*e == '"')
                e++;
            buf_put(&b, s, (size_t)(e - s));
            s = e;
            continue;
        }
        if (*s == '(' || *s == '[')
            depth++;
        else if ((*s == ')' || *s == ']') && depth)
            depth--;
        if (*s == ',' && !depth && !rest)
            break;
        if (*s == ' ' || *s == '\t' || *s == '\r' || (*s == '/' && s[1] == '*')) {
            const char *e = s;
            as_skip(as, &e);
            if (!rest && !depth && !as_at_end(as, e) && !is_operator(*e) && b.n && !is_operator((char)b.p[b.n - 1]))
                break;
            if (!as_at_end(as, e) && (rest || depth))
                buf_u8(&b, ' ');
            s = e;
            continue;
        }
        buf_u8(&b, (uint8_t)*s++);
    }
    *p = s;
    *v = buf_cstr(&b);
    *n = (uint32_t)b.n;
}

static void define_macro(As *as, const char *at, const char *p, const char **end)
{
    AsMacro *m = arena_new(as->arena, AsMacro);
    const char *name;
    size_t n;
    as_skip(as, &p);
    *end = p;
    if (!as_name(as, &p, &name, &n)) {
        as_error(as, p, "expected the macro's name");
        read_body(as, at, p, true, &m->body, &m->body_n, end);
        return;
    }
    m->name = name;
    m->n = (uint32_t)n;
    as_comma(as, &p);
    while (as_skip(as, &p), !as_at_end(as, p)) {
        AsMacroArg a;
        memset(&a, 0, sizeof a);
        if (!as_name(as, &p, &a.name, &n)) {
            as_error(as, p, "expected a parameter's name");
            break;
        }
        a.n = (uint32_t)n;
        as_skip(as, &p);
        if (*p == ':') {
            const char *w = ++p;
            while (as_is_name(*p, false))
                p++;
            if (is(w, (size_t)(p - w), "req"))
                a.req = true;
            else if (is(w, (size_t)(p - w), "vararg"))
                a.vararg = true;
            else
                as_error(as, w, "expected 'req' or 'vararg'");
            as_skip(as, &p);
        }
        if (*p == '=') {
            p++;
            call_argument(as, &p, false, &a.def, &a.def_n);
        }
        vec_push(as->arena, &m->args, a);
        as_comma(as, &p);
    }
    if (!read_body(as, at, p, true, &m->body, &m->body_n, end))
        return;
    {
        Ident *id = intern_n(&as->names, m->name, m->n);
        if (id->macro && !((AsMacro *)id->macro)->gone)
            as_error(as, at, "macro '%s' is already defined", id->s);
        m->name = id->s;
        id->macro = m;
    }
}

bool as_expand_macro(As *as, AsMacro *m, const char *at, const char *p, const char **end)
{
    Arg *args = arena_array(as->arena, Arg, m->args.n + 1);
    uint32_t next = 0, i;
    Buf out;
    for (i = 0; i < m->args.n; i++) {
        args[i].name = m->args.p[i].name;
        args[i].n = m->args.p[i].n;
        args[i].v = m->args.p[i].def;
        args[i].vn = m->args.p[i].def_n;
    }
    while (as_skip(as, &p), !as_at_end(as, p)) {
        const char *q = p, *name, *v;
        size_t n;
        uint32_t vn;
        uint32_t which = next;
        if (as_is_name(*q, true) && as_name(as, &q, &name, &n) && *q == '=' && q[1] != '=') {
            for (i = 0; i < m->args.n; i++)
                if (m->args.p[i].n == n && memcmp(m->args.p[i].name, name, n) == 0)
                    break;
            if (i < m->args.n) {
                which = i;
                p = q + 1;
            } else {
                as_error(as, p, "macro '%s' has no parameter '%.*s'", m->name, (int)n, name);
                return false;
            }
        }
        if (which >= m->args.n) {
            as_error(as, p, "too many arguments for macro '%s'", m->name);
            return false;
        }
        call_argument(as, &p, m->args.p[which].vararg, &v, &vn);
        if (vn || !m->args.p[which].def) {
            args[which].v = v;
            args[which].vn = vn;
        }
        next = which + 1;
        as_comma(as, &p);
    }
    for (i = 0; i < m->args.n; i++)
        if (m->args.p[i].req && !args[i].vn) {
            as_error(as, at, "macro '%s' needs a value for '%.*s'", m->name, (int)args[i].n, args[i].name);
            return false;
        }
    buf_init(&out, as->arena);
    expand(as, m->body, m->body_n, args, m->args.n, &out);
    as->macro_count++;
    *end = p;
    if (!too_much(as, &out, at))
        enter(as, m->name, &out, at);
    return true;
}

static void repeat(As *as, const char *at, size_t n, const char *p, const char **end)
{
    const char *body, *name = "", *q = p;
    size_t body_n, name_n = 0;
    int64_t count = 0, i;
    Buf out;
    Arg a;
    buf_init(&out, as->arena);
    if (is(at, n, ".rept")) {
        bool ok = as_const(as, &q, &count);
        if (!read_body(as, at, q, false, &body, &body_n, end) || !ok)
            return;
        if (count < 0 || (body_n && (uint64_t)count > (64u << 20) / body_n)) {
            as_error(as, at, "repetition out of range");
            return;
        }
        for (i = 0; i < count; i++)
            buf_put(&out, body, body_n);
    } else {
        as_skip(as, &q);
        if (!as_name(as, &q, &name, &name_n))
            as_error(as, q, "expected a parameter's name");
        as_comma(as, &q);
        if (!read_body(as, at, q, false, &body, &body_n, end) || !name_n)
            return;
        a.name = name;
        a.n = (uint32_t)name_n;
        if (is(at, n, ".irpc")) {
            as_skip(as, &q);
            if (*q == '"')
                q++;
            for (; !as_at_end(as, q) && *q != '"' && *q != ' ' && *q != '\t'; q++) {
                a.v = q;
                a.vn = 1;
                expand(as, body, body_n, &a, 1, &out);
                if (too_much(as, &out, at))
                    return;
            }
        } else {
            as_skip(as, &q);
            do {
                call_argument(as, &q, false, &a.v, &a.vn);
                expand(as, body, body_n, &a, 1, &out);
                if (too_much(as, &out, at))
                    return;
                as_comma(as, &q);
            } while (!as_at_end(as, q));
        }
    }
    if (out.n)
        enter(as, "repetition", &out, at);
}

bool as_macro_directive(As *as, const char *at, size_t n, const char *p, const char **end)
{
    if (at[0] != '.')
        return false;
    switch (at[1]) {
    case 'm':
        if (!is(at, n, ".macro"))
            return false;
        define_macro(as, at, p, end);
        return true;
    case 'r':
        if (!is(at, n, ".rept"))
            return false;
        repeat(as, at, n, p, end);
        return true;
    case 'i':
        if (!is(at, n, ".irp") && !is(at, n, ".irpc"))
            return false;
        repeat(as, at, n, p, end);
        return true;
    case 'e':
        if (is(at, n, ".exitm")) {
            as->conds.n = as->in.conds;
            *end = as->in.end;
            return true;
        }
        if (is(at, n, ".endm") || is(at, n, ".endr")) {
            as_error(as, at, "%.*s without its beginning", (int)n, at);
            *end = p;
            return true;
        }
        return false;
    case 'p':
        if (is(at, n, ".purgem")) {
            const char *name;
            size_t k;
            as_skip(as, &p);
            if (as_name(as, &p, &name, &k)) {
                AsMacro *m = intern_n(&as->names, name, k)->macro;
                if (m)
                    m->gone = true;
            }
            *end = p;
            return true;
        }
        return false;
    default:
        return false;
    }
}
