/* format: checks printf and scanf formats against the arguments of a call (-Wformat; 7.21.6.1, 7.21.6.2). The format is
 * looked at when it is a string literal; argument nodes are already promoted. */
#include "cc/parse.h"

typedef enum Length { LEN_NONE, LEN_HH, LEN_H, LEN_L, LEN_LL, LEN_Z, LEN_T, LEN_J, LEN_LDBL } Length;

typedef struct Check {
    CcParser *p;
    const char *s, *end, *at;  /* text, where we are in it */
    const CcSym *lit;
    SrcLoc loc;                /* of the literal's first character; 0 when it was pieced together */
    const Node *next;          /* argument for the next conversion */
    uint32_t number;           /* of it, from 1 */
    const Node *whole;         /* the format argument */
    bool list;                 /* arguments come in a va_list */
    bool scan;
} Check;

static SrcLoc place(const Check *c, const char *at)
{
    return c->loc ? c->loc + (SrcLoc)(at - c->s) : 0;
}

static bool int_like(const Type *t, const Type *want)
{
    if (!ty_is_int(t))
        return false;
    if (t->kind == TY_ENUM)
        t = t->base;
    if (want->kind == TY_ENUM)
        want = want->base;
    if (t->size != want->size)
        return false;
    bool long_a = t->kind == TY_LLONG || t->kind == TY_ULLONG, long_b = want->kind == TY_LLONG || want->kind
        == TY_ULLONG;
    return long_a == long_b; /* long and long long differ, signedness does not matter */
}

static void mismatch(const Check *c, const char *spec, const char *spec_end, const Type *want, const Node *arg)
{
    char text[32];
    size_t n = (size_t)(spec_end - spec);
    CcParser *p = c->p;
    if (n >= sizeof text)
        n = sizeof text - 1;
    memcpy(text, spec, n);
    text[n] = 0;
    SrcLoc at = place(c, spec);
    diag_at(p->diag, DIAG_WARNING, W_FORMAT, at ? at : arg->begin, at ? place(c, spec_end) : arg->end,
            "format '%s' expects argument of type '%s', but argument %u has type '%s'", text, ty_name(p->cc, want),
                c->number,
            ty_name(p->cc, arg->type));
}

static const Node *take(Check *c, const char *spec, const char *spec_end, const Type *want)
{
    const Node *n = c->next;
    char text[32];
    size_t k = (size_t)(spec_end - spec);
    if (c->list)
        return NULL;
    if (!n) {
        if (k >= sizeof text)
            k = sizeof text - 1;
        memcpy(text, spec, k);
        text[k] = 0;
        SrcLoc at = place(c, spec);
        diag_at(c->p->diag, DIAG_WARNING, W_FORMAT, at ? at : c->whole->begin, at ? place(c, spec_end) : c->whole->end,
                "format '%s' expects a matching '%s' argument", text, ty_name(c->p->cc, want));
        c->list = true; /* once is enough */
        return NULL;
    }
    return n;
}

static void used(Check *c)
{
    c->next = c->next->next;
    c->number++;
}

static Type *integer(CcParser *p, Length len, bool is_unsigned)
{
    TypeKind k = len == LEN_HH ? TY_SCHAR : len == LEN_H ? TY_SHORT : len == LEN_LL || len == LEN_LDBL ? TY_LLONG
               : len == LEN_NONE ? TY_INT : TY_LONG;
    return &p->basic[k + (is_unsigned ? 1 : 0)];
}

static Length read_length(Check *c)
{
    Length len = LEN_NONE;
    if (c->at == c->end)
        return len;
    switch (*c->at) {
    case 'h':
        len = LEN_H;
        break;
    case 'l':
        len = LEN_L;
        break;
    case 'q':
        len = LEN_LL;
        break;
    case 'L':
        len = LEN_LDBL;
        break;
    case 'z':
    case 'Z':
        len = LEN_Z;
        break;
    case 't':
        len = LEN_T;
        break;
    case 'j':
        len = LEN_J;
        break;
    default:
        return len;
    }
    c->at++;
    if ((len == LEN_H || len == LEN_L) && c->at < c->end && *c->at == c->at[-1]) {
        c->at++;
        len = len == LEN_H ? LEN_HH : LEN_LL;
    }
    return len;
}

/* What a pointer argument has to point to. */
static bool points_to(const Type *t, const Type *want, bool scan)
{
    if (t->kind != TY_PTR)
        return false;
    const Type *b = t->base->unq;
    if (scan && (t->base->quals & Q_CONST))
        return false;
    if (want->kind == TY_VOID)
        return true;
    if (want->kind == TY_CHAR)
        return b->kind == TY_CHAR || b->kind == TY_SCHAR || b->kind == TY_UCHAR;
    if (ty_is_flt(want))
        return b->kind == want->kind;
    return int_like(b, want) && (b->kind != TY_BOOL);
}

static void star(Check *c, const char *spec)
{
    const Node *n = take(c, spec, c->at, &c->p->basic[TY_INT]);
    if (!n)
        return;
    if (!int_like(n->type, &c->p->basic[TY_INT])) {
        SrcLoc at = place(c, spec);
        diag_at(c->p->diag, DIAG_WARNING, W_FORMAT, at ? at : n->begin, at ? place(c, c->at) : n->end,
                "field width specifier '*' expects argument of type 'int', but argument %u has type '%s'", c->number,
                ty_name(c->p->cc, n->type));
    }
    used(c);
}

static void skip_digits(Check *c)
{
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
        c->at++;
}

static bool is_one_of(char ch, const char *set)
{
    return ch && strchr(set, ch) != NULL;
}

static void bad_conversion(Check *c, const char *spec)
{
    char ch = c->at < c->end ? *c->at : 0;
    SrcLoc at = place(c, c->at < c->end ? c->at : spec);
    if (!at)
        at = c->whole->begin;
    if (!ch)
        diag_warn(c->p->diag, W_FORMAT, at, "spurious trailing '%%' in format");
    else
        diag_warn(c->p->diag, W_FORMAT, at, "unknown conversion type character '%c' in format", ch);
    c->list = true; /* what follows is guesswork */
}

/* The argument a conversion of printf wants. */
static Type *print_type(CcParser *p, char ch, Length len)
{
    bool wide = ch == 'S' || ch == 'C' || len == LEN_L;
    switch (ch) {
    case 'd':
    case 'i':
        return integer(p, len, false);
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        return integer(p, len, true);
    case 'c':
    case 'C':
        return &p->basic[wide ? TY_UINT : TY_INT];
    case 's':
    case 'S':
        return wide ? ty_ptr(p->cc, p->wchar) : p->char_ptr;
    case 'p':
        return p->void_ptr;
    case 'n':
        return ty_ptr(p->cc, integer(p, len, false));
    default:
        return &p->basic[len == LEN_LDBL ? TY_LDOUBLE : TY_DOUBLE];
    }
}

/* Behind a %: one conversion of printf. False when the rest makes no sense. */
static bool print_conversion(Check *c, const char *spec)
{
    CcParser *p = c->p;
    while (c->at < c->end && is_one_of(*c->at, "-+ #0'I"))
        c->at++;
    for (int part = 0; part < 2; part++) {
        if (part == 1) {
            if (c->at == c->end || *c->at != '.')
                break;
            c->at++;
        }
        if (c->at < c->end && *c->at == '*') {
            c->at++;
            star(c, spec);
        } else {
            skip_digits(c);
            if (part == 0 && c->at < c->end && *c->at == '$')
                return false;
        }
    }
    Length len = read_length(c);
    char ch = c->at < c->end ? *c->at : 0;
    const char *last = c->at + 1;
    const Type *want;
    bool ok;
    if (ch == '%' || ch == 'm') {
        c->at++;
        return true;
    }
    if (!is_one_of(ch, "diouxXeEfFgGaAcspnCS")) {
        bad_conversion(c, spec);
        return false;
    }
    c->at++;
    const Node *n = take(c, spec, last, print_type(p, ch, len));
    if (!n)
        return !c->list;
    const Type *t = n->type;
    want = print_type(p, ch, len);
    if (is_one_of(ch, "dioux") || ch == 'X') {
        ok = int_like(t, len == LEN_HH || len == LEN_H ? &p->basic[TY_INT] : want);
    } else if (is_one_of(ch, "eEfFgGaA")) {
        ok = t->kind == want->kind;
    } else if (ch == 'c' || ch == 'C') {
        ok = int_like(t, want);
    } else if (ch == 'p') {
        ok = t->kind == TY_PTR;
    } else {
        ok = points_to(t, want->base, ch == 'n');
    }
    if (!ok)
        mismatch(c, spec, last, want, n);
    used(c);
    return true;
}

static bool scan_conversion(Check *c, const char *spec)
{
    CcParser *p = c->p;
    bool suppress = false, allocate = false;
    if (c->at < c->end && *c->at == '*') {
        suppress = true;
        c->at++;
    }
    skip_digits(c);
    if (c->at < c->end && *c->at == '$')
        return false;
    if (c->at < c->end && *c->at == 'm') {
        allocate = true;
        c->at++;
    }
    Length len = read_length(c);
    char ch = c->at < c->end ? *c->at : 0;
    if (ch == '%') {
        c->at++;
        return true;
    }
    if (!is_one_of(ch, "diouxXeEfFgGaAcsp[nCS")) {
        bad_conversion(c, spec);
        return false;
    }
    c->at++;
    if (ch == '[') {
        if (c->at < c->end && *c->at == '^')
            c->at++;
        if (c->at < c->end && *c->at == ']')
            c->at++;
        while (c->at < c->end && *c->at != ']')
            c->at++;
        if (c->at == c->end) {
            diag_warn(p->diag, W_FORMAT, c->whole->begin, "no closing ']' for '%%[' format");
            return false;
        }
        c->at++;
    }
    if (suppress)
        return true;
    Type *e;
    if (is_one_of(ch, "dinoux") || ch == 'X')
        e = integer(p, len, is_one_of(ch, "ouxX"));
    else if (is_one_of(ch, "eEfFgGaA"))
        e = &p->basic[len == LEN_LDBL ? TY_LDOUBLE : len == LEN_L ? TY_DOUBLE : TY_FLOAT];
    else if (ch == 'p')
        e = p->void_ptr;
    else
        e = len == LEN_L || ch == 'C' || ch == 'S' ? p->wchar : &p->basic[TY_CHAR];
    const Node *n = take(c, spec, c->at, ty_ptr(p->cc, allocate ? ty_ptr(p->cc, e) : e));
    if (!n)
        return !c->list;
    bool ok;
    if (allocate || ch == 'p')
        ok = n->type->kind == TY_PTR && n->type->base->kind == TY_PTR;
    else
        ok = points_to(n->type, e, true);
    if (!ok)
        mismatch(c, spec, c->at, ty_ptr(p->cc, allocate ? ty_ptr(p->cc, e) : e), n);
    used(c);
    return true;
}

void cc_check_format(CcParser *p, const struct CcTypeAttr *fmt, const Node *call, const char *name)
{
    const Node *n = call->u.call.args;
    Check c;
    (void)name;
    if ((!p->diag->on[W_FORMAT] && !p->diag->on[W_FORMAT_EXTRA]) || fmt->format == FORMAT_STRFTIME || p->noeval)
        return;
    for (uint32_t i = 1; n && i < fmt->format_arg; i++)
        n = n->next;
    if (!n)
        return;
    const CcSym *lit = cc_literal(n);
    if (!lit) /* one of several literals is left to itself */
        return;
    memset(&c, 0, sizeof c);
    c.p = p;
    c.lit = lit;
    c.s = c.at = (const char *)lit->str;
    c.end = c.s + lit->type->size - 1;
    /* columns inside the literal are exact when it is one piece without escapes */
    bool exact = n->begin && n->end - n->begin == lit->type->size + 1;
    c.loc = exact ? n->begin + 1 : 0;
    c.scan = fmt->format == FORMAT_SCANF;
    c.list = fmt->first_arg == 0;
    c.number = 1;
    if (!c.list) {
        c.next = call->u.call.args;
        for (; c.next && c.number < fmt->first_arg; c.number++)
            c.next = c.next->next;
    }
    c.whole = n;
    if (c.s == c.end && !c.scan) {
        diag_at(p->diag, DIAG_WARNING, W_FORMAT, n->begin, n->end, "zero-length printf format string");
        return;
    }
    while (c.at < c.end) {
        if (*c.at++ != '%')
            continue;
        const char *spec = c.at - 1;
        if (!(c.scan ? scan_conversion(&c, spec) : print_conversion(&c, spec)))
            return;
    }
    if (!c.list && c.next)
        diag_at(p->diag, DIAG_WARNING, W_FORMAT_EXTRA, n->begin, n->end, "too many arguments for format");
}
