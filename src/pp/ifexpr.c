/* ifexpr: the constant expressions of #if and #elif (C11 6.10.1). In: the rest of the directive's line, expanded token by
 * token; out: true or false. Precedence climbing over intmax_t and uintmax_t; an operand that is not evaluated is parsed
 * with `dead` set, and then nothing in it is an error of value. */
#include "pp/internal.h"

enum { MAX_NEST = 1024 };

typedef struct Val { uint64_t v; bool u; } Val;
typedef struct If {
    Pp *pp;
    const char *directive;
    Token t;                   /* not yet used */
    uint32_t dead, nest;
    bool failed;
} If;

static void advance(If *e)
{
    pp_next(e->pp, &e->t);
}

/* One message an expression; then it is false. */
static void fail(If *e, SrcLoc loc, const char *fmt, const char *arg)
{
    if (!e->failed)
        diag_error(e->pp->diag, loc, fmt, arg);
    e->failed = true;
}

static const char *spelled(If *e)
{
    e->pp->tmp.n = 0;
    pp_spell(&e->pp->tmp, &e->t);
    return buf_cstr(&e->pp->tmp);
}

static Val value(uint64_t v, bool u)
{
    Val r;
    r.v = v;
    r.u = u;
    return r;
}

/* 6.10.1p1: defined identifier, defined ( identifier ); the operand is not expanded. */
static Val parse_defined(If *e)
{
    Token t;
    bool paren;
    pp_next_raw_token(e->pp, &t);
    paren = t.kind == T_LPAREN;
    if (paren)
        pp_next_raw_token(e->pp, &t);
    if (t.kind != T_IDENT) {
        fail(e, t.loc, "operator \"defined\" requires an identifier", NULL);
        e->t = t;
        return value(0, false);
    }
    pp_bad_ident(e->pp, &t);
    bool is = pp_is_macro(t.u.ident);
    if (paren) {
        pp_next_raw_token(e->pp, &t);
        if (t.kind != T_RPAREN) {
            fail(e, t.loc, "missing ')' after \"defined\"", NULL);
            e->t = t;
            return value(is, false);
        }
    }
    advance(e);
    return value(is, false);
}

/* What is wrong with an integer constant, in gcc's words. */
static void bad_number(If *e)
{
    const char *s = spelled(e);
    bool hex = s[0] == '0' && (s[1] | 32) == 'x', binary = s[0] == '0' && (s[1] | 32) == 'b', octal = s[0] == '0';
    uint32_t i = hex || binary ? 2 : 0;
    int last = binary ? '1' : octal && !hex ? '7' : '9';
    while ((s[i] >= '0' && s[i] <= last) || (hex && (s[i] | 32) >= 'a' && (s[i] | 32) <= 'f'))
        i++;
    if ((hex || binary) && i == 2)
        i = 1;
    char digit[2] = { s[i], 0 };
    if (s[i] >= '0' && s[i] <= '9')
        fail(e, e->t.loc, binary ? "invalid digit \"%s\" in binary constant" : "invalid digit \"%s\" in octal constant",
             digit);
    else
        fail(e, e->t.loc, "invalid suffix \"%s\" on integer constant", s + i);
}

static Val parse_number(If *e)
{
    PpInt n;
    if (!pp_parse_int(e->t.u.text, e->t.n, &n)) {
        bool hex = e->t.n > 1 && (e->t.u.text[1] | 32) == 'x', floating = false;
        for (uint32_t i = 0; i < e->t.n; i++)
            floating |= e->t.u.text[i] == '.' || (e->t.u.text[i] | 32) == (hex ? 'p' : 'e');
        if (floating)
            fail(e, e->t.loc, "floating constant in preprocessor expression", NULL);
        else
            bad_number(e);
        advance(e);
        return value(0, false);
    }
    if (n.overflow)
        diag_at(e->pp->diag, DIAG_PEDWARN, W_NONE, e->t.loc, 0, "integer constant is too large for its type");
    bool u = n.is_unsigned || n.v >> 63;
    if (n.v >> 63 && !n.is_unsigned && n.decimal && !n.overflow)
        diag_at(e->pp->diag, DIAG_WARNING, W_NONE, e->t.loc, 0, "integer constant is so large that it is unsigned");
    advance(e);
    return value(n.v, u);
}

/* 6.10.1p4: the value of a character constant, as the compiler has it: int, or the wide type. */
static Val parse_char(If *e)
{
    const char *p = e->t.u.text, *end = p + e->t.n - 1, *err;
    unsigned wide = *p == '\'' ? 0 : (uint8_t)*p, count = 0;
    uint64_t v = 0;
    uint32_t c;
    bool byte;
    while (*p++ != '\'')
        ;
    if (p >= end)
        fail(e, e->t.loc, "empty character constant", NULL);
    while (p < end) {
        bool ok = pp_parse_char(&p, end, &c, &byte, &err);
        if (err)
            diag_at(e->pp->diag, ok ? DIAG_PEDWARN : DIAG_ERROR, W_NONE, e->t.loc, 0, "%s", err);
        if (wide) {
            v = c;
            count++;
        } else if (byte || c < 0x80) {
            v = v << 8 | (c & 0xff);
            count++;
        } else {
            char utf8[4];
            unsigned n = utf8_encode(utf8, c);
            for (unsigned i = 0; i < n; i++, count++)
                v = v << 8 | (uint8_t)utf8[i];
        }
    }
    if (count > 1)
        diag_warn(e->pp->diag, W_MULTICHAR, e->t.loc, wide || count > 4 ? "character constant too long for its type"
                  : "multi-character character constant");
    advance(e);
    if (wide == 'u')
        return value(v & 0xffff, true);
    if (wide == 'U')
        return value(v & 0xffffffff, true);
    return value((uint64_t)bits_sext(v, !wide && count == 1 ? 8 : 32), false);
}

static Val parse_conditional(If *e);

static Val parse_primary(If *e)
{
    Val v;
    SrcLoc loc = e->t.loc;
    switch (e->t.kind) {
    case T_NUMBER:
        return parse_number(e);
    case T_CHAR:
        return parse_char(e);
    case T_IDENT:
        if (e->t.u.ident->pp == N_DEFINED)
            return parse_defined(e);
        if (!e->dead)
            diag_warn(e->pp->diag, W_UNDEF, loc, "\"%s\" is not defined, evaluates to 0", e->t.u.ident->s);
        advance(e);
        if (e->t.kind == T_LPAREN && !e->failed) {
            /* gcc's words for the commonest mistake: a function-like macro that does not exist */
            fail(e, e->t.loc, "missing binary operator before token \"(\"", NULL);
        }
        return value(0, false);
    case T_LPAREN:
        advance(e);
        if (e->t.kind == T_RPAREN) {
            fail(e, e->t.loc, "missing expression between '(' and ')'", NULL);
            return value(0, false);
        }
        v = parse_conditional(e);
        if (e->t.kind == T_COMMA && !e->failed) {
            if (!e->dead && e->pp->diag->on[W_PEDANTIC])
                diag_at(e->pp->diag, DIAG_PEDWARN, W_PEDANTIC, e->t.loc, 0, "comma operator in operand of #if");
            while (e->t.kind == T_COMMA && !e->failed) {
                advance(e);
                v = parse_conditional(e);
            }
        }
        if (e->t.kind != T_RPAREN)
            fail(e, loc, "missing ')' in expression", NULL);
        else
            advance(e);
        return v;
    case T_NEWLINE: case T_EOF:
        fail(e, loc, "#%s with no expression", e->directive);
        return value(0, false);
    case T_STRING: case T_OTHER: case T_HASH: case T_HASHHASH: case T_ASSIGN: case T_SEMI: case T_LBRACE: case T_RBRACE:
    case T_LBRACKET: case T_RBRACKET: case T_DOT: case T_ARROW: case T_INC: case T_DEC: case T_ELLIPSIS: case T_PRAGMA:
        fail(e, loc, "token \"%s\" is not valid in preprocessor expressions", spelled(e));
        return value(0, false);
    case T_RPAREN:
        fail(e, loc, "missing '(' in expression", NULL);
        return value(0, false);
    default:
        fail(e, loc, "operator '%s' has no left operand", spelled(e));
        return value(0, false);
    }
}

static Val parse_unary(If *e)
{
    unsigned op = e->t.kind;
    SrcLoc loc = e->t.loc;
    Val v;
    if (e->failed || e->nest >= MAX_NEST) {
        fail(e, loc, "preprocessor expression nested too deeply", NULL);
        return value(0, false);
    }
    if (op != T_PLUS && op != T_MINUS && op != T_TILDE && op != T_BANG) {
        e->nest++;
        v = parse_primary(e);
        e->nest--;
        return v;
    }
    e->nest++;
    advance(e);
    if (e->t.kind == T_NEWLINE)
        fail(e, loc, "operator '%s' has no right operand", pp_punct_name((TokenKind)op));
    v = parse_unary(e);
    e->nest--;
    switch (op) {
    case T_MINUS: v.v = 0 - v.v; return v;
    case T_TILDE: v.v = ~v.v; return v;
    case T_BANG: return value(!v.v, false);
    default: return v;
    }
}

static unsigned precedence(unsigned kind)
{
    switch (kind) {
    case T_STAR: case T_SLASH: case T_PERCENT: return 11;
    case T_PLUS: case T_MINUS: return 10;
    case T_SHL: case T_SHR: return 9;
    case T_LT: case T_GT: case T_LE: case T_GE: return 8;
    case T_EQ: case T_NE: return 7;
    case T_AMP: return 6;
    case T_CARET: return 5;
    case T_PIPE: return 4;
    case T_ANDAND: return 3;
    case T_OROR: return 2;
    default: return 0;
    }
}

static uint64_t shift(uint64_t a, bool u, uint64_t n, bool left)
{
    if (left)
        return n > 63 ? 0 : a << n;
    if (u || !(a >> 63))
        return n > 63 ? 0 : a >> n;
    return n > 63 ? ~(uint64_t)0 : ~(~a >> n);
}

static Val apply(If *e, unsigned op, SrcLoc loc, Val a, Val b)
{
    bool u = a.u || b.u;
    int64_t x = (int64_t)a.v, y = (int64_t)b.v;
    switch (op) {
    case T_STAR: return value(a.v * b.v, u);
    case T_SLASH: case T_PERCENT:
        if (!b.v) {
            if (!e->dead)
                fail(e, loc, "division by zero in #%s", e->directive);
            return value(0, u);
        }
        if (u)
            return value(op == T_SLASH ? a.v / b.v : a.v % b.v, u);
        if (y == -1)
            return value(op == T_SLASH ? 0 - a.v : 0, u);
        return value((uint64_t)(op == T_SLASH ? x / y : x % y), u);
    case T_PLUS: return value(a.v + b.v, u);
    case T_MINUS: return value(a.v - b.v, u);
    case T_SHL: case T_SHR:
        if (!b.u && y < 0)
            return value(shift(a.v, a.u, 0 - b.v, op == T_SHR), a.u);
        return value(shift(a.v, a.u, b.v, op == T_SHL), a.u);
    case T_LT: return value(u ? a.v < b.v : x < y, false);
    case T_GT: return value(u ? a.v > b.v : x > y, false);
    case T_LE: return value(u ? a.v <= b.v : x <= y, false);
    case T_GE: return value(u ? a.v >= b.v : x >= y, false);
    case T_EQ: return value(a.v == b.v, false);
    case T_NE: return value(a.v != b.v, false);
    case T_AMP: return value(a.v & b.v, u);
    case T_CARET: return value(a.v ^ b.v, u);
    case T_PIPE: return value(a.v | b.v, u);
    case T_ANDAND: return value(a.v && b.v, false);
    default: return value(a.v || b.v, false);
    }
}

static Val parse_binary(If *e, unsigned min)
{
    Val a = parse_unary(e);
    for (;;) {
        unsigned op = e->t.kind, prec = precedence(op);
        SrcLoc loc = e->t.loc;
        if (prec < min || !prec || e->failed)
            return a;
        advance(e);
        if (e->t.kind == T_NEWLINE)
            fail(e, loc, "operator '%s' has no right operand", pp_punct_name((TokenKind)op));
        bool skip = (op == T_ANDAND && !a.v) || (op == T_OROR && a.v); /* 6.5.13p4, 6.5.14p4 */
        e->dead += skip;
        Val b = parse_binary(e, prec + 1);
        e->dead -= skip;
        a = apply(e, op, loc, a, b);
    }
}

static Val parse_conditional(If *e)
{
    if (e->nest >= MAX_NEST) {
        fail(e, e->t.loc, "preprocessor expression nested too deeply", NULL);
        return value(0, false);
    }
    e->nest++;
    Val c = parse_binary(e, 1), a, b;
    if (e->t.kind == T_QUESTION && !e->failed) {
        SrcLoc loc = e->t.loc;
        advance(e);
        e->dead += !c.v;
        a = parse_conditional(e);
        e->dead -= !c.v;
        if (e->t.kind != T_COLON) {
            fail(e, loc, "'?' without following ':'", NULL);
        } else {
            advance(e);
            e->dead += c.v != 0;
            b = parse_conditional(e);
            e->dead -= c.v != 0;
            c = value(c.v ? a.v : b.v, a.u || b.u);
        }
    }
    e->nest--;
    return c;
}

bool pp_if(Pp *pp, const char *directive)
{
    If e;
    bool outer = pp->in_if;
    memset(&e, 0, sizeof e);
    e.pp = pp;
    e.directive = directive;
    pp->in_if = true;
    advance(&e);
    Val v = parse_conditional(&e);
    if (!e.failed && e.t.kind != T_NEWLINE && e.t.kind != T_EOF) {
        if (e.t.kind == T_RPAREN)
            fail(&e, e.t.loc, "missing '(' in expression", NULL);
        else if (e.t.kind == T_COLON)
            fail(&e, e.t.loc, "':' without preceding '?'", NULL);
        else if (e.t.kind == T_COMMA)
            fail(&e, e.t.loc, "comma operator in operand of #%s", directive);
        else
            fail(&e, e.t.loc, "missing binary operator before token \"%s\"", spelled(&e));
    }
    pp->in_if = outer;
    while (e.t.kind != T_NEWLINE && e.t.kind != T_EOF) /* runs of tokens that are left would follow the line */
        pp_next_raw_token(pp, &e.t);
    return !e.failed && v.v;
}
