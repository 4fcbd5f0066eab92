/* ir: the tokens of the text form. Input: any bytes. Output: one token after the other; messages with places. */
#include "ir/lex.h"

void ir_lex_fail(IrReader *r, size_t at, const char *fmt, ...)
{
    va_list ap;
    if (r->bad)
        return;
    va_start(ap, fmt);
    diag_vat(r->diag, DIAG_ERROR, W_NONE, r->base + (SrcLoc)at, 0, fmt, ap);
    va_end(ap);
    r->bad = r->failed = true;
    r->tok = T_NL;
}

int ir_lex_peek(const IrReader *r, size_t k)
{
    return k < r->n ? (uint8_t)r->text[k] : 0;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

bool ir_lex_is_word_char(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static void lex_number(IrReader *r)
{
    bool hex = ir_lex_peek(r, r->at) == '0' && (ir_lex_peek(r, r->at + 1) | 32) == 'x';
    for (;;) {
        int c = ir_lex_peek(r, r->at), last = r->at ? ir_lex_peek(r, r->at - 1) | 32 : 0;
        bool exponent = (c == '+' || c == '-') && last == (hex ? 'p' : 'e');
        if (ir_lex_is_word_char(c) || (c == '.' && ir_lex_peek(r, r->at + 1) != '.') || exponent)
            r->at++;
        else
            break;
    }
    r->tok = T_NUM;
}

static unsigned hex_digit(int c)
{
    return is_digit(c) ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* "..." behind an @, with \xx for bytes; gives the name or NULL after a message. */
static const char *lex_quoted(IrReader *r)
{
    Buf b;
    buf_init(&b, r->arena);
    for (r->at++; ir_lex_peek(r, r->at) != '"'; r->at++) {
        int c = ir_lex_peek(r, r->at);
        if (c == 0 || c == '\n') {
            ir_lex_fail(r, r->start, "the name has no end");
            return NULL;
        }
        if (c == '\\') {
            unsigned hi = hex_digit(ir_lex_peek(r, r->at + 1));
            unsigned lo = hi < 16 ? hex_digit(ir_lex_peek(r, r->at + 2)) : 16;
            if (lo > 15 || hi * 16 + lo == 0) {
                ir_lex_fail(r, r->at, "a \\ in a name is followed by two hexadecimal digits");
                return NULL;
            }
            c = (int)(hi * 16 + lo);
            r->at += 2;
        }
        buf_u8(&b, (unsigned)c);
    }
    r->at++;
    r->name_n = (uint32_t)b.n;
    return buf_cstr(&b);
}

static void lex_symbol(IrReader *r)
{
    size_t from = ++r->at;
    r->tok = T_SYM;
    if (ir_lex_peek(r, r->at) == '"') {
        r->name = lex_quoted(r);
        if (!r->name)
            return;
    } else {
        int c;
        while (c = ir_lex_peek(r, r->at), ir_lex_is_word_char(c) || c == '.' || c == '$')
            r->at++;
        r->name = arena_strndup(r->arena, r->text + from, r->at - from);
        r->name_n = (uint32_t)(r->at - from);
    }
    r->sym_number = -1;
    r->sym = ir_sym_named(r->unit, r->name, r->name_n);
    if (ir_lex_peek(r, r->at) == '#') {
        int64_t v = 0;
        for (r->at++; is_digit(ir_lex_peek(r, r->at)) && v < UINT32_MAX; r->at++)
            v = v * 10 + (ir_lex_peek(r, r->at) - '0');
        r->sym_number = v;
        r->sym = 0;
        if (v > 0 && v < r->unit->syms.n) {
            const char *s = r->unit->syms.p[v].name;
            if (strcmp(s ? s : "", r->name) == 0)
                r->sym = (uint32_t)v;
        }
    }
}

void ir_lex_next(IrReader *r)
{
    if (r->bad) {
        r->tok = T_NL;
        return;
    }
    while (ir_lex_peek(r, r->at) == ' ' || ir_lex_peek(r, r->at) == '\t' || ir_lex_peek(r, r->at) == '\r')
        r->at++;
    if (ir_lex_peek(r, r->at) == '#' || (ir_lex_peek(r, r->at) == '/' && ir_lex_peek(r, r->at + 1) == '/'))
        while (r->at < r->n && r->text[r->at] != '\n')
            r->at++;
    r->start = r->at;
    if (r->at >= r->n) {
        r->tok = T_EOF;
        return;
    }
    int c = ir_lex_peek(r, r->at);
    if (c == '\n') {
        r->tok = T_NL;          /* stays: end_line steps over it */
    } else if (is_digit(c)) {
        lex_number(r);
    } else if (ir_lex_is_word_char(c)) {
        while (ir_lex_is_word_char(ir_lex_peek(r, r->at)))
            r->at++;
        r->tok = T_WORD;
    } else if (c == '@') {
        lex_symbol(r);
    } else if ((c == '-' && ir_lex_peek(r, r->at + 1) == '>') || (c == '.' && ir_lex_peek(r, r->at + 1) == '.')) {
        r->at += 2;
        r->tok = c == '-' ? T_ARROW : T_RANGE;
    } else {
        r->at++;
        r->tok = c > ' ' && c < 127 ? c : T_BAD;
    }
}

bool ir_lex_ended(const IrReader *r)
{
    return r->tok == T_NL || r->tok == T_EOF;
}

/* Bytes of the current token that a message quotes. */
static int shown(const IrReader *r)
{
    return (int)(r->at - r->start < 40 ? r->at - r->start : 40);
}

void ir_lex_unexpected(IrReader *r, const char *wanted)
{
    if (ir_lex_ended(r))
        ir_lex_fail(r, r->start, "expected %s at the end of the line", wanted);
    else if (r->tok == T_BAD)
        ir_lex_fail(r, r->start, "no text form has the byte 0x%02x here", (unsigned)ir_lex_peek(r, r->start));
    else
        ir_lex_fail(r, r->start, "expected %s, not '%.*s'", wanted, shown(r), r->text + r->start);
}

bool ir_lex_take(IrReader *r, int tok)
{
    if (r->tok != tok || r->bad)
        return false;
    ir_lex_next(r);
    return true;
}

void ir_lex_expect(IrReader *r, int tok, const char *wanted)
{
    if (!ir_lex_take(r, tok))
        ir_lex_unexpected(r, wanted);
}

bool ir_lex_at_word(const IrReader *r, const char *w)
{
    size_t n = strlen(w);
    return r->tok == T_WORD && !r->bad && r->at - r->start == n && memcmp(r->text + r->start, w, n) == 0;
}

bool ir_lex_take_word(IrReader *r, const char *w)
{
    if (!ir_lex_at_word(r, w))
        return false;
    ir_lex_next(r);
    return true;
}

int ir_lex_word_in(const IrReader *r, const char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (*words[i] && ir_lex_at_word(r, words[i]))
            return (int)i;
    return -1;
}

/* Decimal or 0x digits of text[from .. to) as a number; false when it is none or does not fit 64 bits. */
static bool digits(const IrReader *r, size_t from, size_t to, uint64_t *v)
{
    bool hex = to - from > 2 && ir_lex_peek(r, from) == '0' && ir_lex_peek(r, from + 1) == 'x';
    uint64_t base = hex ? 16 : 10;
    *v = 0;
    if (hex)
        from += 2;
    if (from >= to)
        return false;
    for (; from < to; from++) {
        unsigned d = hex_digit(ir_lex_peek(r, from));
        if (d >= base || *v > (UINT64_MAX - d) / base)
            return false;
        *v = *v * base + d;
    }
    return true;
}

bool ir_lex_at_numbered(const IrReader *r, const char *prefix, uint32_t *v)
{
    size_t n = strlen(prefix);
    uint64_t w;
    if (r->tok != T_WORD || r->bad || r->at - r->start <= n || memcmp(r->text + r->start, prefix, n) != 0)
        return false;
    if (ir_lex_peek(r, r->start + n) == '0' && r->at - r->start > n + 1)
        return false;
    if (!digits(r, r->start + n, r->at, &w) || w > INT32_MAX)
        return false;
    *v = (uint32_t)w;
    return true;
}

uint64_t ir_lex_number(IrReader *r, uint64_t max, const char *what)
{
    uint64_t v = 0;
    if (r->tok != T_NUM)
        ir_lex_unexpected(r, what);
    else if (!digits(r, r->start, r->at, &v) || v > max)
        ir_lex_fail(r, r->start, "'%.*s' is no number, or out of range for %s", shown(r), r->text + r->start, what);
    else
        ir_lex_next(r);
    return r->bad ? 0 : v;
}

int64_t ir_lex_signed_number(IrReader *r, int64_t min, uint64_t max, const char *what)
{
    if (ir_lex_take(r, '-'))
        return (int64_t)(0 - ir_lex_number(r, (uint64_t)0 - (uint64_t)min, what));
    return (int64_t)ir_lex_number(r, max, what);
}

unsigned ir_lex_power_of_two(IrReader *r, unsigned max_log2)
{
    size_t at = r->start;
    uint64_t v = ir_lex_number(r, (uint64_t)1 << max_log2, "an alignment");
    if (!r->bad && (v == 0 || (v & (v - 1)) != 0))
        ir_lex_fail(r, at, "an alignment is a power of two");
    return r->bad ? 0 : bits_ctz64(v);
}

unsigned ir_lex_flag_words(IrReader *r, const char *const *words, unsigned n)
{
    unsigned flags = 0;
    int k;
    while ((k = ir_lex_word_in(r, words, n)) >= 0) {
        flags |= 1u << k;
        ir_lex_next(r);
    }
    return flags;
}
