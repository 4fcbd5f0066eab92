/* lit: constants and string literals (6.4.4, 6.4.5): pp-numbers get a type and value, adjacent strings are joined in
 * the widest of their encodings. */
#include "cc/parse.h"

/* ---- numbers ---- */

/* 6.4.4.1p5: the first type of the list that holds the value. */
static Type *int_const_type(CcParser *p, const PpInt *v)
{
    TypeKind k = v->longs == 2 ? TY_LLONG : v->longs == 1 ? TY_LONG : TY_INT;
    for (; k <= TY_LLONG; k += 2) {
        unsigned bits = (unsigned)p->basic[k].size * 8;
        if (!v->is_unsigned && v->v >> (bits - 1) == 0)
            return &p->basic[k];
        if ((v->is_unsigned || !v->decimal) && bits_fits_u(v->v, bits))
            return &p->basic[k + 1];
    }
    return NULL;
}

static Node *floating(CcParser *p)
{
    const char *s = p->tok.u.text;
    size_t n = p->tok.n;
    SfEnv env = {0};
    TypeKind k = TY_DOUBLE;
    Sf v;
    bool hex = n > 2 && s[0] == '0' && (s[1] | 32) == 'x';
    char last = n ? s[n - 1] : 0;
    bool suffix = false;
    if ((last | 32) == 'l') {
        k = TY_LDOUBLE;
        suffix = true;
    } else if ((last | 32) == 'f' && !hex) {
        k = TY_FLOAT;
        suffix = true;
    } else if ((last | 32) == 'f') { /* a digit unless an exponent came */
        for (size_t i = 2; i < n; i++)
            suffix |= (s[i] | 32) == 'p';
        if (suffix)
            k = TY_FLOAT;
    }
    size_t used = sf_parse(&env, cc_sf(p, &p->basic[k]), s, n - suffix, &v);
    if (used != n - suffix || !used) {
        if (used && used < n && ((s[n - 1] | 32) == 'i' || (s[n - 1] | 32) == 'j'))
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + p->tok.n,
                    "imaginary constants are not supported");
        else if (!used && n > 1 && ((s[n - 1] | 32) == 'e' || (s[n - 1] | 32) == 'p' || s[n - 1] == '+' || s[n - 1]
                                    == '-'))
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + p->tok.n, "exponent has no digits");
        else if (used)
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + p->tok.n,
                    "invalid suffix \"%s\" on floating constant",
                    arena_strndup(p->cc->unit, s + used, n - used));
        else
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + p->tok.n, "'%s' is not a valid number",
                    arena_strndup(p->cc->unit, s, n));
        v = sf_zero(cc_sf(p, &p->basic[k]), false);
    }
    if ((env.flags & SF_OVERFLOW) != 0)
        diag_at(p->diag, DIAG_WARNING, W_OVERFLOW, p->tok.loc, p->tok.loc + p->tok.n,
                "floating constant exceeds range of '%s'",
                ty_name(p->cc, &p->basic[k]));
    Node *r = cc_node(p, N_FLT, &p->basic[k], p->tok.loc);
    r->u.fval = v;
    r->flags = F_CONST_EXPR;
    return r;
}

static bool looks_floating(const char *s, size_t n)
{
    bool hex = n > 1 && s[0] == '0' && (s[1] | 32) == 'x';
    for (size_t i = 0; i < n; i++)
        if (s[i] == '.' || (hex ? (s[i] | 32) == 'p' : (s[i] | 32) == 'e'))
            return true;
    return false;
}

Node *cc_number(CcParser *p)
{
    const char *s = p->tok.u.text;
    uint32_t n = p->tok.n;
    Node *r;
    PpInt v;
    uint32_t i = 0, small = 0;
    if (n <= 9 && (n == 1 || s[0] != '0'))
        for (; i < n && s[i] >= '0' && s[i] <= '9'; i++)
            small = small * 10 + (uint32_t)(s[i] - '0');
    if (i == n) {
        r = cc_node(p, N_INT, &p->basic[TY_INT], p->tok.loc);
        r->u.ival = small;
        r->flags = F_CONST_EXPR;
    } else if (!looks_floating(s, n) && pp_parse_int(s, n, &v)) {
        Type *t = v.overflow ? NULL : int_const_type(p, &v);
        if (!t) {
            if (v.overflow)
                diag_at(p->diag, DIAG_WARNING, W_NONE, p->tok.loc, p->tok.loc + n,
                        "integer constant is too large for its type");
            else
                diag_at(p->diag, DIAG_WARNING, W_NONE, p->tok.loc, p->tok.loc + n,
                        "integer constant is so large that it is unsigned");
            t = &p->basic[TY_ULLONG];
        }
        r = cc_int_node(p, t, (int64_t)v.v, p->tok.loc);
    } else if (looks_floating(s, n)) {
        r = floating(p);
    } else {
        uint32_t d = 0;
        bool hex = n > 2 && s[0] == '0' && ((s[1] | 32) == 'x' || (s[1] | 32) == 'b');
        for (d = hex ? 2 : 0; d < n && ((s[d] >= '0' && s[d] <= '9')
                                        || (hex && (s[1] | 32) == 'x' && (s[d] | 32) >= 'a'
                                            && (s[d] | 32) <= 'f')); d++)
            ;
        if (d < n)
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + n,
                    "invalid suffix \"%s\" on integer constant",
                    arena_strndup(p->cc->unit, s + d, n - d));
        else
            diag_at(p->diag, DIAG_ERROR, W_NONE, p->tok.loc, p->tok.loc + n, "invalid digit in %s constant",
                    hex ? "binary" : "octal");
        r = cc_int_node(p, &p->basic[TY_INT], 0, p->tok.loc);
    }
    r->end = p->tok.loc + n;
    cc_next(p);
    return r;
}

/* ---- characters and strings ---- */

enum { ENC_PLAIN, ENC_UTF8, ENC_WIDE, ENC_16, ENC_32 };

/* The prefix of a literal's spelling; *s moves to the quote. */
static unsigned encoding(const char **s)
{
    unsigned e = ENC_PLAIN;
    if (**s == 'L') {
        e = ENC_WIDE;
        ++*s;
    } else if (**s == 'U') {
        e = ENC_32;
        ++*s;
    } else if (**s == 'u') {
        e = ENC_16;
        ++*s;
        if (**s == '8') {
            e = ENC_UTF8;
            ++*s;
        }
    }
    return e;
}

static Type *element(CcParser *p, unsigned enc)
{
    switch (enc) {
    case ENC_WIDE:
        return p->wchar;
    case ENC_16:
        return p->char16;
    case ENC_32:
        return p->char32;
    default:
        return &p->basic[TY_CHAR];
    }
}

static void tell_char(CcParser *p, const char *err, SrcLoc loc)
{
    bool harmless = strcmp(err, "unknown escape sequence") == 0;
    diag_at(p->diag, harmless ? DIAG_WARNING : DIAG_ERROR, W_NONE, loc, loc + 1, "%s", err);
}

Node *cc_char_const(CcParser *p)
{
    const char *s = p->tok.u.text, *end = s + p->tok.n, *err, *start = s;
    unsigned enc = encoding(&s);
    SrcLoc loc = p->tok.loc;
    uint64_t v = 0;
    unsigned count = 0;
    Type *t = enc == ENC_PLAIN ? &p->basic[TY_INT] : enc == ENC_UTF8 ? &p->basic[TY_UCHAR] : element(p, enc);
    s++;
    if (end > s && end[-1] == '\'')
        end--;
    else
        diag_error(p->diag, loc, "missing terminating ' character");
    while (s < end) {
        uint32_t c;
        bool is_byte;
        const char *at = s;
        bool ok = pp_parse_char(&s, end, &c, &is_byte, &err);
        if (err)
            tell_char(p, err, loc + (SrcLoc)(at - start));
        if (!ok && s == at)
            break;
        if (enc == ENC_PLAIN && !is_byte && c >= 0x80) {
            char bytes[4];
            unsigned n = utf8_encode(bytes, c);
            for (unsigned i = 0; i < n; i++, count++)
                v = v << 8 | (uint8_t)bytes[i];
            continue;
        }
        if (enc == ENC_PLAIN) {
            if (c > 0xff && is_byte)
                diag_warn(p->diag, W_NONE, loc, "hex escape sequence out of range");
            v = v << 8 | (c & 0xff);
        } else {
            v = c;
        }
        count++;
    }
    if (!count)
        diag_error(p->diag, loc, "empty character constant");
    int64_t r = (int64_t)v;
    if (enc == ENC_PLAIN) {
        if (count > 4)
            diag_warn(p->diag, W_NONE, loc, "character constant too long for its type");
        else if (count > 1)
            diag_warn(p->diag, W_MULTICHAR, loc, "multi-character character constant");
        r = count == 1 ? cc_wrap(&p->basic[TY_CHAR], (int64_t)v) : (int32_t)v;
    } else if (count > 1) {
        diag_warn(p->diag, W_NONE, loc, "character constant too long for its type");
    }
    Node *n = cc_int_node(p, t, r, loc);
    n->end = loc + p->tok.n;
    cc_next(p);
    return n;
}

static void put_unit(Buf *b, unsigned size, uint32_t c)
{
    if (size == 1)
        buf_u8(b, c & 0xff);
    else if (size == 2)
        buf_u16(b, c & 0xffff);
    else
        buf_u32(b, c);
}

/* The inside of one literal in units of `size` bytes. */
static void put_literal(CcParser *p, Buf *b, unsigned size, const Token *t)
{
    const char *s = t->u.text, *end = s + t->n, *err, *start = s;
    encoding(&s);
    s++;
    if (end > s && end[-1] == '"')
        end--;
    else
        diag_error(p->diag, t->loc, "missing terminating \" character");
    if (size == 1) { /* runs without escapes go over as they are */
        buf_reserve(b, (size_t)(end - s));
        while (s < end) {
            const char *run = s;
            while (s < end && *s != '\\')
                s++;
            buf_put(b, run, (size_t)(s - run));
            if (s == end)
                return;
            uint32_t c;
            bool is_byte;
            const char *at = s;
            bool ok = pp_parse_char(&s, end, &c, &is_byte, &err);
            if (err)
                tell_char(p, err, t->loc + (SrcLoc)(at - start));
            if (!ok && s == at)
                return;
            if (is_byte || c < 0x80) {
                if (c > 0xff)
                    diag_warn(p->diag, W_NONE, t->loc + (SrcLoc)(at - start), "escape sequence out of range");
                buf_u8(b, c & 0xff);
            } else {
                char bytes[4];
                buf_put(b, bytes, utf8_encode(bytes, c));
            }
        }
        return;
    }
    while (s < end) {
        uint32_t c;
        bool is_byte;
        const char *at = s;
        bool ok = pp_parse_char(&s, end, &c, &is_byte, &err);
        if (err)
            tell_char(p, err, t->loc + (SrcLoc)(at - start));
        if (!ok && s == at)
            return;
        if (size == 2 && !is_byte && c >= 0x10000) {
            put_unit(b, 2, 0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        put_unit(b, size, c);
    }
}

Type *cc_strings(CcParser *p, const uint8_t **bytes)
{
    Token first = p->tok;
    const char *s = first.u.text;
    unsigned enc = encoding(&s);
    Buf b;
    buf_init(&b, p->cc->unit);
    cc_next(p);
    if (p->tok.kind != T_STRING) {
        Type *e = element(p, enc);
        put_literal(p, &b, (unsigned)e->size, &first);
        put_unit(&b, (unsigned)e->size, 0);
        *bytes = b.p;
        return ty_array(p->cc, e, b.n / e->size);
    }
    VEC(Token) all = {0};
    vec_push(p->cc->unit, &all, first);
    while (p->tok.kind == T_STRING) {
        s = p->tok.u.text;
        unsigned e = encoding(&s);
        if (e != ENC_PLAIN && enc != ENC_PLAIN && e != enc)
            diag_error(p->diag, p->tok.loc, "unsupported non-standard concatenation of string literals");
        else if (e != ENC_PLAIN)
            enc = e;
        vec_push(p->cc->unit, &all, p->tok);
        cc_next(p);
    }
    Type *e = element(p, enc);
    for (uint32_t i = 0; i < all.n; i++)
        put_literal(p, &b, (unsigned)e->size, &all.p[i]);
    put_unit(&b, (unsigned)e->size, 0);
    *bytes = b.p;
    return ty_array(p->cc, e, b.n / e->size);
}

Node *cc_string(CcParser *p)
{
    const uint8_t *bytes;
    SrcLoc loc = p->tok.loc;
    Type *t = cc_strings(p, &bytes);
    Node *n = cc_node(p, N_VAR, t, loc);
    n->u.sym = cc_static_literal(p, t, bytes);
    n->u.sym->loc = loc;
    n->end = p->prev_end;
    return n;
}

const char *cc_plain_string(CcParser *p, uint32_t *n)
{
    const uint8_t *bytes;
    SrcLoc loc = p->tok.loc;
    Type *t = cc_strings(p, &bytes);
    if (t->base->size != 1) {
        diag_error(p->diag, loc, "a plain string literal is wanted here");
        return "";
    }
    if (n)
        *n = (uint32_t)t->u.len - 1;
    return (const char *)bytes;
}

/* __func__ and its GNU kin (6.4.2.2) */
Node *cc_func_name(CcParser *p)
{
    SrcLoc loc = p->tok.loc;
    if (!p->fn)
        diag_warn(p->diag, W_NONE, loc, "'%s' is not defined outside of function scope", p->tok.u.ident->s);
    if (!p->func_name || !p->fn) {
        const char *s = p->fn ? p->fn->sym->name->s : "";
        size_t len = strlen(s) + 1;
        Type *t = ty_array(p->cc, ty_qualify(p->cc, &p->basic[TY_CHAR], Q_CONST), len);
        p->func_name = cc_static_literal(p, t, (const uint8_t *)s);
    }
    Node *n = cc_node(p, N_VAR, p->func_name->type, loc);
    n->u.sym = p->func_name;
    cc_next(p);
    n->end = p->prev_end;
    return n;
}
