/* ir: the reader of the text form (doc/ir.md, "Text").
 * Input: any bytes. Output: a unit and its functions, instruction for instruction as written (nothing is folded), with every number in
 * range, so that ir_check can say the rest; or messages with places. The one idea: an error makes the rest of the line look empty, so
 * every rule below just goes on and ends; the next line starts afresh. */
#include "ir/text.h"
#include "base/softfloat.h"

enum { T_EOF, T_NL, T_WORD, T_NUM, T_SYM, T_ARROW, T_RANGE, T_BAD }; /* others: the character itself, above 31 */

typedef struct Fixup {         /* a value used before its line */
    uint32_t label;
    SrcLoc loc;
    uint8_t field;             /* 0, 1, 2: of instruction `at`; 3: ops[at] */
    uint32_t at;
} Fixup;

typedef struct Reader {
    Host *host;
    Arena *arena;
    Diag *diag;
    SrcLoc base;
    const char *text;
    size_t n, at;              /* at: behind the current token */
    int tok;
    size_t start;              /* of the current token */
    uint32_t sym;              /* of a T_SYM, 0: no such symbol */
    const char *name;          /* of a T_SYM */
    uint32_t name_n;
    int64_t sym_number;        /* behind its #, or -1 */
    bool bad, failed;          /* this line; anything */
    Map ops;                   /* name -> number + 1 */
    IrUnit *unit;
    IrFn *f;                   /* NULL outside functions */
    SrcLoc fn_loc;
    bool any_block;
    Map vals;                  /* number in the text -> reference */
    Map blocks;                /* number in the text -> block + 1 */
    VEC(SrcLoc) block_locs;    /* by block: first mention */
    VEC(Fixup) fixups;
} Reader;

/* ---- messages and tokens ---- */

static void fail(Reader *r, size_t at, const char *fmt, ...)
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

static int peek(const Reader *r, size_t k)
{
    return k < r->n ? (uint8_t)r->text[k] : 0;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_char(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static void lex_number(Reader *r)
{
    bool hex = peek(r, r->at) == '0' && (peek(r, r->at + 1) | 32) == 'x';
    for (;;) {
        int c = peek(r, r->at), last = r->at ? peek(r, r->at - 1) | 32 : 0;
        if (is_word_char(c) || (c == '.' && peek(r, r->at + 1) != '.') || ((c == '+' || c == '-') && last == (hex ? 'p' : 'e')))
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
static const char *lex_quoted(Reader *r)
{
    Buf b;
    buf_init(&b, r->arena);
    for (r->at++; peek(r, r->at) != '"'; r->at++) {
        int c = peek(r, r->at);
        if (c == 0 || c == '\n') {
            fail(r, r->start, "the name has no end");
            return NULL;
        }
        if (c == '\\') {
            unsigned hi = hex_digit(peek(r, r->at + 1)), lo = hi < 16 ? hex_digit(peek(r, r->at + 2)) : 16;
            if (lo > 15 || hi * 16 + lo == 0) {
                fail(r, r->at, "a \\ in a name is followed by two hexadecimal digits");
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

static void lex_symbol(Reader *r)
{
    size_t from = ++r->at;
    r->tok = T_SYM;
    if (peek(r, r->at) == '"') {
        r->name = lex_quoted(r);
        if (!r->name)
            return;
    } else {
        while (is_word_char(peek(r, r->at)) || peek(r, r->at) == '.' || peek(r, r->at) == '$')
            r->at++;
        r->name = arena_strndup(r->arena, r->text + from, r->at - from);
        r->name_n = (uint32_t)(r->at - from);
    }
    r->sym_number = -1;
    r->sym = ir_sym_named(r->unit, r->name, r->name_n);
    if (peek(r, r->at) == '#') {
        int64_t v = 0;
        for (r->at++; is_digit(peek(r, r->at)) && v < UINT32_MAX; r->at++)
            v = v * 10 + (peek(r, r->at) - '0');
        r->sym_number = v;
        r->sym = 0;
        if (v > 0 && v < r->unit->syms.n) {
            const char *s = r->unit->syms.p[v].name;
            if (strcmp(s ? s : "", r->name) == 0)
                r->sym = (uint32_t)v;
        }
    }
}

static void next(Reader *r)
{
    if (r->bad) {
        r->tok = T_NL;
        return;
    }
    while (peek(r, r->at) == ' ' || peek(r, r->at) == '\t' || peek(r, r->at) == '\r')
        r->at++;
    if (peek(r, r->at) == '/' && peek(r, r->at + 1) == '/')
        while (r->at < r->n && r->text[r->at] != '\n')
            r->at++;
    r->start = r->at;
    if (r->at >= r->n) {
        r->tok = T_EOF;
        return;
    }
    int c = peek(r, r->at);
    if (c == '\n') {
        r->tok = T_NL;          /* stays: end_line steps over it */
    } else if (is_digit(c)) {
        lex_number(r);
    } else if (is_word_char(c)) {
        while (is_word_char(peek(r, r->at)))
            r->at++;
        r->tok = T_WORD;
    } else if (c == '@') {
        lex_symbol(r);
    } else if ((c == '-' && peek(r, r->at + 1) == '>') || (c == '.' && peek(r, r->at + 1) == '.')) {
        r->at += 2;
        r->tok = c == '-' ? T_ARROW : T_RANGE;
    } else {
        r->at++;
        r->tok = c > ' ' && c < 127 ? c : T_BAD;
    }
}

static bool ended(const Reader *r)
{
    return r->tok == T_NL || r->tok == T_EOF;
}

static void unexpected(Reader *r, const char *wanted)
{
    if (ended(r))
        fail(r, r->start, "expected %s at the end of the line", wanted);
    else if (r->tok == T_BAD)
        fail(r, r->start, "no text form has the byte 0x%02x here", (unsigned)peek(r, r->start));
    else
        fail(r, r->start, "expected %s, not '%.*s'", wanted, (int)(r->at - r->start < 40 ? r->at - r->start : 40),
             r->text + r->start);
}

static bool take(Reader *r, int tok)
{
    if (r->tok != tok || r->bad)
        return false;
    next(r);
    return true;
}

static void expect(Reader *r, int tok, const char *wanted)
{
    if (!take(r, tok))
        unexpected(r, wanted);
}

static bool at_word(const Reader *r, const char *w)
{
    size_t n = strlen(w);
    return r->tok == T_WORD && !r->bad && r->at - r->start == n && memcmp(r->text + r->start, w, n) == 0;
}

static bool take_word(Reader *r, const char *w)
{
    if (!at_word(r, w))
        return false;
    next(r);
    return true;
}

/* The current word's place in a list, or -1. Empty entries match nothing. */
static int word_in(const Reader *r, const char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (*words[i] && at_word(r, words[i]))
            return (int)i;
    return -1;
}

/* Decimal or 0x digits of text[from .. to) as a number; false when it is none or does not fit 64 bits. */
static bool digits(const Reader *r, size_t from, size_t to, uint64_t *v)
{
    bool hex = to - from > 2 && peek(r, from) == '0' && peek(r, from + 1) == 'x';
    uint64_t base = hex ? 16 : 10;
    *v = 0;
    if (hex)
        from += 2;
    if (from >= to)
        return false;
    for (; from < to; from++) {
        unsigned d = hex_digit(peek(r, from));
        if (d >= base || *v > (UINT64_MAX - d) / base)
            return false;
        *v = *v * base + d;
    }
    return true;
}

/* A word that is `prefix` and a decimal number below 2^31: v12, b3, slot0. Does not advance. */
static bool at_numbered(const Reader *r, const char *prefix, uint32_t *v)
{
    size_t n = strlen(prefix);
    uint64_t w;
    if (r->tok != T_WORD || r->bad || r->at - r->start <= n || memcmp(r->text + r->start, prefix, n) != 0)
        return false;
    if (peek(r, r->start + n) == '0' && r->at - r->start > n + 1)
        return false;
    if (!digits(r, r->start + n, r->at, &w) || w > INT32_MAX)
        return false;
    *v = (uint32_t)w;
    return true;
}

/* A number from 0 to max. */
static uint64_t number(Reader *r, uint64_t max, const char *what)
{
    uint64_t v = 0;
    if (r->tok != T_NUM)
        unexpected(r, what);
    else if (!digits(r, r->start, r->at, &v) || v > max)
        fail(r, r->start, "'%.*s' is out of range for %s", (int)(r->at - r->start < 40 ? r->at - r->start : 40),
             r->text + r->start, what);
    else
        next(r);
    return r->bad ? 0 : v;
}

/* A number with an optional sign, from min to max (max is taken as unsigned, so that 0xffffffff is an i32). */
static int64_t signed_number(Reader *r, int64_t min, uint64_t max, const char *what)
{
    if (take(r, '-'))
        return (int64_t)(0 - number(r, (uint64_t)0 - (uint64_t)min, what));
    return (int64_t)number(r, max, what);
}

static int32_t immediate(Reader *r)
{
    return (int32_t)signed_number(r, INT32_MIN, INT32_MAX, "a number");
}

static unsigned power_of_two(Reader *r, unsigned max_log2)
{
    size_t at = r->start;
    uint64_t v = number(r, (uint64_t)1 << max_log2, "an alignment");
    if (!r->bad && (v == 0 || (v & (v - 1)) != 0))
        fail(r, at, "an alignment is a power of two");
    return r->bad ? 0 : bits_ctz64(v);
}

static IrType type_word(Reader *r)
{
    int t = word_in(r, ir_type_words, IR_TYPES);
    if (t <= IR_VOID) {
        unexpected(r, "a type");
        return IR_I32;
    }
    next(r);
    return (IrType)t;
}

static unsigned flag_words(Reader *r, const char *const *words, unsigned n)
{
    unsigned flags = 0;
    int k;
    while ((k = word_in(r, words, n)) >= 0) {
        flags |= 1u << k;
        next(r);
    }
    return flags;
}

/* ---- operands ---- */

static IrRef float_const(Reader *r, IrType t, size_t from)
{
    SfEnv e;
    Sf v;
    size_t end = from, n;
    memset(&e, 0, sizeof e);
    while (end < r->n && r->text[end] != '\n' && end - from < 4096)
        end++;
    n = sf_parse(&e, t == IR_F32 ? SF_32 : SF_64, r->text + from, end - from, &v);
    if (n == 0 || is_word_char(peek(r, from + n))) {
        fail(r, from, "expected a floating constant");
        return IR_NONE;
    }
    r->at = from + n;
    next(r);
    return ir_flt(r->f, t, v.lo);
}

/* An address constant's offset, if there is one. */
static int64_t offset(Reader *r)
{
    if (take(r, '+'))
        return (int64_t)number(r, INT64_MAX, "an offset");
    return r->tok == '-' ? signed_number(r, INT64_MIN, 0, "an offset") : 0;
}

static IrRef symbol_const(Reader *r)
{
    uint32_t sym = r->sym;
    if (!sym) {
        fail(r, r->start, "no symbol '%.*s' is declared", (int)(r->at - r->start < 200 ? r->at - r->start : 200),
             r->text + r->start);
        return IR_NONE;
    }
    next(r);
    return ir_sym(r->f, sym, offset(r));
}

static IrRef value_ref(Reader *r, uint32_t label, unsigned field, uint32_t at)
{
    IrRef v = (IrRef)(intptr_t)map_get_int(&r->vals, label);
    if (v == 0) {
        Fixup x;
        x.label = label;
        x.loc = r->base + (SrcLoc)r->start;
        x.field = (uint8_t)field;
        x.at = at;
        vec_push(r->arena, &r->fixups, x);
    }
    next(r);
    return v;
}

/* A value: vN, a constant of type `want` or one that says its type, or none. field and at: where the reference goes. */
static IrRef value(Reader *r, IrType want, unsigned field, uint32_t at)
{
    uint32_t k;
    size_t from;
    int t;
    if (at_numbered(r, "v", &k))
        return value_ref(r, k, field, at);
    if (take_word(r, "none"))
        return IR_NONE;
    t = word_in(r, ir_type_words, IR_TYPES);
    if (t > IR_VOID) {
        next(r);
        expect(r, ':', "':' behind the type of a constant");
        want = (IrType)t;
    }
    from = r->start;
    if (r->tok == T_SYM)
        return symbol_const(r);
    if (take_word(r, "inarg"))
        return ir_inarg_addr(r->f, offset(r));
    if (at_numbered(r, "slot", &k)) {
        if (k >= r->f->slots.n)
            fail(r, from, "slot%u is not declared", (unsigned)k);
        next(r);
        int64_t off = offset(r);
        return r->bad ? IR_NONE : ir_slot_addr(r->f, k, off);
    }
    if (r->tok != T_NUM && r->tok != '-' && !at_word(r, "undef") && !at_word(r, "nan") && !at_word(r, "inf")) {
        unexpected(r, "a value");
        return IR_NONE;
    }
    if (want == IR_VOID) {
        fail(r, from, "a constant needs its type here, as in i32:0");
        return IR_NONE;
    }
    if (take_word(r, "undef"))
        return ir_undef(r->f, want);
    if (ir_is_float(want))
        return float_const(r, want, from);
    return ir_int(r->f, want, want == IR_I32 ? signed_number(r, INT32_MIN, UINT32_MAX, "an i32")
                                             : signed_number(r, INT64_MIN, UINT64_MAX, "an i64"));
}

static void push_op(Reader *r, int32_t v)
{
    vec_push(r->arena, &r->f->ops, v);
}

static void push_value(Reader *r, IrType want)
{
    uint32_t at = r->f->ops.n;
    push_op(r, 0);
    IrRef v = value(r, want, 3, at);
    r->f->ops.p[at] = v;
}

static uint32_t block_ref(Reader *r)
{
    uint32_t label, b;
    if (!at_numbered(r, "b", &label)) {
        unexpected(r, "a block");
        return 0;
    }
    void **at = map_at_int(&r->blocks, label);
    if (*at) {
        b = (uint32_t)(uintptr_t)*at - 1;
    } else {
        b = ir_block(r->f);
        *at = (void *)((uintptr_t)b + 1);
        vec_push(r->arena, &r->block_locs, r->base + (SrcLoc)r->start);
    }
    next(r);
    return b;
}

/* [value], [value+off] behind vN, [constant, off]. */
static IrRef address(Reader *r, unsigned field, int32_t *off)
{
    bool is_const;
    uint32_t k;
    expect(r, '[', "'['");
    is_const = !at_numbered(r, "v", &k);
    IrRef v = value(r, IR_I64, field, r->f->ins.n);
    if (off && is_const && take(r, ','))
        *off = immediate(r);
    else if (off && !is_const && take(r, '+'))
        *off = (int32_t)number(r, INT32_MAX, "an offset");
    else if (off && !is_const && r->tok == '-')
        *off = immediate(r);
    expect(r, ']', "']'");
    return v;
}

/* A dotted word of a piece: `name` and digits, as in size24. */
static bool dotted(Reader *r, const char *name, uint32_t *v)
{
    if (!at_numbered(r, name, v))
        return false;
    next(r);
    return true;
}

static IrPiece piece(Reader *r)
{
    IrPiece p;
    uint32_t k = 0, v;
    int ext;
    memset(&p, 0, sizeof p);
    p.type = IR_I32;
    while (k < countof(ir_place_words) && !at_numbered(r, ir_place_words[k], &p.index) && !at_word(r, ir_place_words[k]))
        k++;
    if (k == countof(ir_place_words) || (k != IR_PLACE_SRET && at_word(r, ir_place_words[k]))) {
        unexpected(r, "a piece, as in int0.i64,");
        return p;
    }
    p.place = (uint8_t)k;
    next(r);
    expect(r, '.', "'.' and a type");
    p.type = (uint8_t)type_word(r);
    p.size = ir_type_size(p.type);
    while (take(r, '.')) {
        if ((ext = word_in(r, ir_ext_words, countof(ir_ext_words))) > 0) {
            p.ext = (uint8_t)ext;
            next(r);
        } else if (dotted(r, "size", &p.size)) {
            continue;
        } else if (at_numbered(r, "align", &v) && v && (v & (v - 1)) == 0) {
            p.align_log2 = (uint8_t)bits_ctz64(v);
            next(r);
        } else {
            unexpected(r, "an extension, size or align");
        }
    }
    return p;
}

static void piece_list(Reader *r, uint32_t *first, uint32_t *n)
{
    *first = r->f->pieces.n;
    if (!take(r, T_ARROW))
        return;
    do {
        IrPiece p = piece(r);
        vec_push(r->arena, &r->f->pieces, p);
        ++*n;
    } while (take(r, ','));
}

/* ---- instructions ---- */

static void read_call(Reader *r, IrIns *i)
{
    IrFn *f = r->f;
    IrCall c;
    VEC(IrPiece) args = {0};
    memset(&c, 0, sizeof c);
    i->a = value(r, IR_I64, 0, f->ins.n);
    c.first_arg = f->ops.n;
    expect(r, '(', "'('");
    if (r->tok != ')')
        do {
            IrPiece p = piece(r);
            vec_push(r->arena, &args, p);
            push_value(r, (IrType)p.type);
        } while (take(r, ','));
    expect(r, ')', "')'");
    c.nargs = args.n;
    c.first_piece = ir_add_pieces(f, args.p, args.n);
    piece_list(r, &c.first_result, &c.nresults);
    if (take_word(r, "stack"))
        c.stack_size = (uint32_t)number(r, INT32_MAX, "a size");
    c.flags = flag_words(r, ir_call_words, countof(ir_call_words));
    i->b = (int32_t)f->calls.n;
    vec_push(r->arena, &f->calls, c);
}

static void read_switch(Reader *r, IrIns *i)
{
    IrFn *f = r->f;
    IrSwitch s;
    i->a = value(r, (IrType)i->type, 0, f->ins.n);
    s.first_case = f->cases.n;
    s.ncases = 0;
    expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            IrCase c;
            c.lo = c.hi = signed_number(r, INT64_MIN, UINT64_MAX, "a case");
            if (take(r, T_RANGE))
                c.hi = signed_number(r, INT64_MIN, UINT64_MAX, "a case");
            expect(r, ':', "':'");
            c.block = block_ref(r);
            vec_push(r->arena, &f->cases, c);
            s.ncases++;
        } while (take(r, ','));
    expect(r, ']', "']'");
    if (!take_word(r, "else"))
        unexpected(r, "'else'");
    s.otherwise = block_ref(r);
    i->b = (int32_t)f->switches.n;
    vec_push(r->arena, &f->switches, s);
}

static void read_phi(Reader *r, IrIns *i)
{
    i->a = (int32_t)r->f->ops.n;
    expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)block_ref(r));
            expect(r, ':', "':'");
            push_value(r, (IrType)i->type);
            i->b++;
        } while (take(r, ','));
    expect(r, ']', "']'");
}

static void read_jmp_ind(Reader *r, IrIns *i)
{
    i->a = value(r, IR_I64, 0, r->f->ins.n);
    i->b = (int32_t)r->f->ops.n;
    expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)block_ref(r));
            i->c++;
        } while (take(r, ','));
    expect(r, ']', "']'");
}

static void read_ret(Reader *r, IrIns *i)
{
    IrFn *f = r->f;
    i->a = (int32_t)f->ops.n;
    if (ended(r))
        return;
    do {
        push_value(r, (uint32_t)i->b < f->nresults ? (IrType)f->pieces.p[f->first_result + (uint32_t)i->b].type : IR_VOID);
        i->b++;
    } while (take(r, ','));
}

static void read_memory(Reader *r, IrIns *i)
{
    uint32_t at = r->f->ins.n;
    IrType t = (IrType)i->type;
    bool plain = i->op == IR_COPY || i->op == IR_FILL;
    int k;
    if (i->op == IR_RMW) {
        k = word_in(r, ir_rmw_words, IR_RMWS);
        if (k < 0)
            unexpected(r, "what to do with memory");
        next(r);
        i->c = k < 0 ? 0 : k;
    }
    if (!plain) {
        k = word_in(r, ir_size_words, countof(ir_size_words));
        if (k >= 0)
            next(r);
        i->aux = (uint16_t)(k >= 0 ? k : t == IR_VOID ? 0 : ir_type_size(t) == 8 ? 3 : 2);
    }
    i->a = address(r, 0, i->op == IR_LOAD || i->op == IR_STORE ? &i->c : NULL);
    if (i->op == IR_LOAD)
        return;
    expect(r, ',', "','");
    if (i->op == IR_COPY)
        i->b = address(r, 1, NULL);
    else
        i->b = value(r, i->op == IR_FILL ? IR_I32 : t, 1, at);
    if (plain || i->op == IR_CAS) {
        expect(r, ',', "','");
        i->c = plain ? immediate(r) : value(r, t, 2, at);
    }
}

static int32_t operand(Reader *r, char letter, IrType t, unsigned field)
{
    uint32_t at = r->f->ins.n;
    switch (letter) {
    case 't': return value(r, t, field, at);
    case 'i': return value(r, IR_I32, field, at);
    case 'l': case 'p': return value(r, IR_I64, field, at);
    case 'v': return value(r, IR_VOID, field, at);
    case 'b': return (int32_t)block_ref(r);
    default: return immediate(r);
    }
}

static void read_operands(Reader *r, IrIns *i)
{
    const char *letter = ir_ops[i->op].operands;
    int32_t v[3] = {0, 0, 0};
    for (unsigned k = 0; k < 3; k++) {
        if (letter[k] == '.')
            continue;
        if (k)
            expect(r, ',', "','");
        v[k] = operand(r, letter[k], (IrType)i->type, k);
    }
    i->a = v[0], i->b = v[1], i->c = v[2];
}

static bool memory_word(Reader *r, IrIns *i)
{
    int k = word_in(r, ir_order_words, countof(ir_order_words));
    if (k > 0) {
        next(r);
        i->aux = (uint16_t)((i->aux & ~(7u << IR_MEM_ORDER_SHIFT)) | (unsigned)k << IR_MEM_ORDER_SHIFT);
    } else if (take_word(r, "align")) {
        k = (int)power_of_two(r, 15);
        i->aux = (uint16_t)((i->aux & ~(15u << IR_MEM_ALIGN_SHIFT)) | (unsigned)k << IR_MEM_ALIGN_SHIFT);
    } else if (take_word(r, "volatile")) {
        i->aux |= IR_MEM_VOLATILE;
    } else if (take_word(r, "traps")) {
        i->aux |= IR_MEM_TRAPS;
    } else {
        return false;
    }
    return true;
}

static bool float_word(Reader *r, IrIns *i)
{
    int k = word_in(r, ir_round_words, countof(ir_round_words));
    if (k > 0) {
        next(r);
        i->aux = (uint16_t)((i->aux & ~(unsigned)IR_FLT_ROUND) | (unsigned)k);
    } else if (take_word(r, "strict")) {
        i->aux |= IR_FLT_STRICT;
    } else if (take_word(r, ir_ops[i->op].class == IRC_FCMP ? "signaling" : "sat")) {
        i->aux |= IR_FLT_SAT;
    } else {
        return false;
    }
    return true;
}

static void read_state(Reader *r)
{
    IrFn *f = r->f;
    IrStateMap m;
    m.ins = f->ins.n;
    m.first = f->ops.n;
    m.n = 0;
    expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)number(r, INT32_MAX, "a state"));
            expect(r, ':', "':'");
            push_value(r, IR_VOID);
            m.n++;
        } while (take(r, ','));
    expect(r, ']', "']'");
    if (!r->bad)
        vec_push(r->arena, &f->states, m);
}

/* What follows the operands. */
static void read_aux(Reader *r, IrIns *i)
{
    while (!ended(r)) {
        unsigned class = ir_ops[i->op].class;
        if (take_word(r, "aux")) {
            i->aux |= (uint16_t)number(r, 0x7fff, "aux");
        } else if (at_word(r, "state") && !(i->aux & IR_HAS_STATE)) {
            next(r);
            i->aux |= IR_HAS_STATE;
            read_state(r);
        } else if (i->op == IR_ALLOCA && take_word(r, "align")) {
            i->aux = (uint16_t)((i->aux & IR_HAS_STATE) | power_of_two(r, 31));
        } else if (!((class == IRC_LOAD || class == IRC_STORE || class == IRC_ATOMIC) && memory_word(r, i)) &&
                   !((class == IRC_FLT || class == IRC_FCMP) && float_word(r, i))) {
            unexpected(r, "the end of the line");
        }
    }
}

static void define_value(Reader *r, uint32_t label, size_t at)
{
    void **v = map_at_int(&r->vals, label);
    if (*v)
        fail(r, at, "v%u is defined twice", (unsigned)label);
    else
        *v = (void *)(intptr_t)r->f->ins.n;
}

static void read_ins(Reader *r)
{
    IrFn *f = r->f;
    IrIns i;
    uint32_t label = 0, fixups = r->fixups.n, states = f->states.n;
    size_t at = r->start, op_at;
    bool named = at_numbered(r, "v", &label);
    uintptr_t op = 0;
    memset(&i, 0, sizeof i);
    if (named) {
        next(r);
        expect(r, '=', "'='");
    }
    op_at = r->start;
    if (r->tok == T_WORD)
        op = (uintptr_t)map_get(&r->ops, r->text + r->start, r->at - r->start);
    if (!op) {
        unexpected(r, "an operation");
    } else {
        i.op = (uint8_t)(op - 1);
        next(r);
        if (take(r, '.'))
            i.type = (uint8_t)type_word(r);
        if (!r->any_block)
            fail(r, op_at, "an instruction stands in a block");
        switch (i.op) {
        case IR_LOAD: case IR_STORE: case IR_COPY: case IR_FILL: case IR_RMW: case IR_CAS: read_memory(r, &i); break;
        case IR_PHI: read_phi(r, &i); break;
        case IR_CALL: read_call(r, &i); break;
        case IR_SWITCH: read_switch(r, &i); break;
        case IR_JMP_IND: read_jmp_ind(r, &i); break;
        case IR_RET: read_ret(r, &i); break;
        default: read_operands(r, &i); break;
        }
        read_aux(r, &i);
        if (named && !r->bad && (ir_ops[i.op].result == '.' || (i.op == IR_CALL && i.type == IR_VOID)))
            fail(r, at, "'%s' gives no value", ir_ops[i.op].name);
    }
    if (named)
        define_value(r, label, at);
    if (r->bad) {               /* keeps the numbers of what follows */
        r->fixups.n = fixups;
        f->states.n = states;
        memset(&i, 0, sizeof i);
    }
    ir_append(f, (IrOp)i.op, (IrType)i.type, i.aux, i.a, i.b, i.c);
}

/* ---- functions ---- */

static void close_block(IrFn *f)
{
    if (f->cur != UINT32_MAX)
        f->blocks.p[f->cur].n = f->ins.n - f->blocks.p[f->cur].first;
    f->cur = UINT32_MAX;
}

static void read_block(Reader *r)
{
    IrFn *f = r->f;
    size_t at = r->start;
    uint32_t b;
    if (!r->any_block) {        /* the entry is there already */
        uint32_t label = 0;
        at_numbered(r, "b", &label);
        *map_at_int(&r->blocks, label) = (void *)(uintptr_t)1;
        vec_push(r->arena, &r->block_locs, 0);
        r->any_block = true;
        f->blocks.p[0].placed = false;
        f->order.n = 0;
        f->cur = UINT32_MAX;
    }
    b = block_ref(r);
    close_block(f);
    if (f->blocks.p[b].placed) {
        fail(r, at, "the block is defined twice");
        b = ir_block(f);        /* takes the instructions that follow */
        vec_push(r->arena, &r->block_locs, 0);
    }
    IrBlock *k = &f->blocks.p[b];
    k->placed = true;
    k->reach = IR_NAMED;
    k->first = f->ins.n;
    f->cur = b;
    vec_push(r->arena, &f->order, b);
    expect(r, ':', "':'");
    if (take_word(r, "depth"))
        k->loop_depth = (uint8_t)number(r, 255, "a loop depth");
    k->address_taken = take_word(r, "taken");
    if (r->tok == T_SYM && !r->sym)
        fail(r, r->start, "no such symbol is declared");
    if (r->tok == T_SYM) {
        k->sym = r->sym;
        next(r);
    }
}

static void read_slot(Reader *r, uint32_t k)
{
    uint64_t size;
    unsigned flags, log2 = 0;
    IrType t = IR_VOID;
    if (k != r->f->slots.n)
        fail(r, r->start, "the next slot is slot%u", (unsigned)r->f->slots.n);
    if (r->any_block)
        fail(r, r->start, "slots stand before the first block");
    next(r);
    expect(r, ':', "':'");
    size = number(r, INT64_MAX, "a size");
    if (take_word(r, "align"))
        log2 = power_of_two(r, 31);
    if (word_in(r, ir_type_words, IR_TYPES) >= 0)
        t = type_word(r);
    flags = flag_words(r, ir_slot_words, countof(ir_slot_words));
    if (!r->bad)
        ir_slot(r->f, size, (uint32_t)1 << log2, flags, t);
}

static void read_contract(Reader *r)
{
    IrContract c;
    if (r->any_block)
        fail(r, r->start, "a contract stands before the first block");
    next(r);
    c.id = (uint32_t)number(r, INT32_MAX, "a state");
    expect(r, ':', "':'");
    c.type = (uint8_t)type_word(r);
    if (!take_word(r, "reg"))
        unexpected(r, "'reg'");
    c.reg = (uint8_t)number(r, 255, "a register");
    if (!r->bad)
        vec_push(r->arena, &r->f->contract, c);
}

/* sym @name flags */
static void read_sym(Reader *r)
{
    next(r);
    if (r->tok != T_SYM) {
        unexpected(r, "a symbol");
        return;
    }
    if (r->sym_number >= 0 ? r->sym_number != r->unit->syms.n : r->sym != 0)
        fail(r, r->start, r->sym_number >= 0 ? "the next symbol is number %u" : "the symbol is declared already",
             (unsigned)r->unit->syms.n);
    const char *name = r->name;
    next(r);
    unsigned flags = flag_words(r, ir_sym_words, countof(ir_sym_words));
    if (!r->bad)
        ir_unit_sym(r->unit, name, flags, 0);
}

/* func @name(pieces) -> pieces flags inargs N { */
static void read_header(Reader *r)
{
    IrFn *f;
    uint32_t sym;
    r->fn_loc = r->base + (SrcLoc)r->start;
    next(r);
    if (r->tok != T_SYM || (r->sym_number >= 0 && !r->sym)) {
        unexpected(r, "a declared symbol");
        return;
    }
    sym = r->sym ? r->sym : ir_unit_sym(r->unit, r->name, IR_SYM_FUNC, 0);
    next(r);
    f = r->f = ir_fn_new(r->host, r->arena, r->unit, sym);
    r->any_block = false;
    map_init(&r->vals, r->arena);
    map_init(&r->blocks, r->arena);
    r->block_locs.n = r->fixups.n = 0;
    f->cur = UINT32_MAX;
    expect(r, '(', "'('");
    f->first_param = f->pieces.n;
    if (r->tok != ')')
        do {
            IrPiece p = piece(r);
            vec_push(r->arena, &f->pieces, p);
            f->nparams++;
        } while (take(r, ','));
    expect(r, ')', "')'");
    piece_list(r, &f->first_result, &f->nresults);
    f->flags = flag_words(r, ir_fn_words, countof(ir_fn_words));
    if (take_word(r, "inargs"))
        f->inarg_size = (uint32_t)number(r, INT32_MAX, "a size");
    expect(r, '{', "'{'");
}

/* Values used before their lines get their references; every block and value named must be there. */
static void end_function(Reader *r, IrText *out)
{
    IrFn *f = r->f;
    uint32_t i;
    close_block(f);
    for (i = 0; i < r->fixups.n; i++) {
        const Fixup *x = &r->fixups.p[i];
        IrRef v = (IrRef)(intptr_t)map_get_int(&r->vals, x->label);
        if (!v) {
            fail(r, x->loc - r->base, "v%u is not defined", (unsigned)x->label);
            r->bad = false;
            continue;
        }
        IrIns *ins = &f->ins.p[x->field < 3 ? x->at : 0];
        *(x->field == 0 ? &ins->a : x->field == 1 ? &ins->b : x->field == 2 ? &ins->c : &f->ops.p[x->at]) = v;
    }
    for (i = 0; i < f->blocks.n && r->any_block; i++)
        if (!f->blocks.p[i].placed) {
            fail(r, r->block_locs.p[i] - r->base, "the block is not defined");
            r->bad = false;
        }
    if (!r->any_block)
        fail(r, r->fn_loc - r->base, "the function has no block");
    vec_push(r->arena, &out->fns, f);
    r->f = NULL;
}

static void end_line(Reader *r)
{
    if (!ended(r))
        unexpected(r, "the end of the line");
    while (r->at < r->n && r->text[r->at] != '\n')
        r->at++;
    if (r->at < r->n)
        r->at++;
    r->bad = false;
    next(r);
}

static void read_line(Reader *r, IrText *out)
{
    uint32_t k;
    if (ended(r))
        return;
    if (!r->f) {
        if (at_word(r, "sym"))
            read_sym(r);
        else if (at_word(r, "func"))
            read_header(r);
        else
            unexpected(r, "'sym' or 'func'");
        return;
    }
    if (take(r, '}'))
        end_function(r, out);
    else if (at_numbered(r, "b", &k))
        read_block(r);
    else if (at_numbered(r, "slot", &k))
        read_slot(r, k);
    else if (at_word(r, "contract"))
        read_contract(r);
    else
        read_ins(r);
}

bool ir_read(Host *host, Arena *a, Diag *d, SrcMap *sm, const char *name, const char *text, size_t n, IrText *out)
{
    Reader r;
    memset(out, 0, sizeof *out);
    out->unit = arena_new(a, IrUnit);
    ir_unit_init(out->unit, a);
    const SrcFile *file = src_add_file(sm, name, text, n, 0, false);
    if (!file) {
        diag_file(d, DIAG_ERROR, name, "the file is too long");
        return false;
    }
    memset(&r, 0, sizeof r);
    r.host = host;
    r.arena = a;
    r.diag = d;
    r.base = file->base;
    r.text = text;
    r.n = n;
    r.unit = out->unit;
    map_init(&r.ops, a);
    for (unsigned i = 0; i < IR_OPS; i++)
        *map_at(&r.ops, ir_ops[i].name, strlen(ir_ops[i].name)) = (void *)((uintptr_t)i + 1);
    next(&r);
    while (r.tok != T_EOF && !d->stopped) {
        read_line(&r, out);
        end_line(&r);
    }
    if (r.f && !d->stopped)
        fail(&r, r.fn_loc - r.base, "the function has no '}'");
    return !r.failed;
}
