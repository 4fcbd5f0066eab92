/* builtin: __builtin_* functions, and library functions that the compiler knows by name. The first are rows of
 * CC_BUILTINS with a signature here; those with odd arguments (types, designators) are read by hand. */
#include "cc/parse.h"

enum { KW_OVERFLOWS = 1024 };  /* + 18 names: __builtin_{s,u}{add,sub,mul}{,l,ll}_overflow */

#define BI(id, name) name,
static const char *const bi_names[] = { CC_BUILTINS(BI) };
#undef BI

/* Result and parameters, one letter each: v void, i int, u unsigned, l long, m unsigned long, L long long, M unsigned
 * long long, h unsigned short, z size_t, p void *, P const void *, s char *, S const char *, d double, f float, D long
 * double, V va_list, . any more. */
static const struct { uint8_t id; const char *sig; } signatures[] = {
    { BI_UNREACHABLE, "v" }, { BI_TRAP, "v" }, { BI_CLZ, "iu" }, { BI_CLZL, "im" }, { BI_CLZLL, "iM" },
    { BI_CTZ, "iu" }, { BI_CTZL, "im" }, { BI_CTZLL, "iM" }, { BI_POPCOUNT, "iu" }, { BI_POPCOUNTL, "im" },
    { BI_POPCOUNTLL, "iM" }, { BI_PARITY, "iu" }, { BI_PARITYL, "im" }, { BI_PARITYLL, "iM" }, { BI_FFS, "ii" },
    { BI_FFSL, "il" }, { BI_FFSLL, "iL" }, { BI_CLRSB, "ii" }, { BI_CLRSBL, "il" }, { BI_CLRSBLL, "iL" },
    { BI_BSWAP16, "hh" }, { BI_BSWAP32, "uu" }, { BI_BSWAP64, "mm" }, { BI_INF, "d" }, { BI_INFF, "f" },
    { BI_INFL, "D" }, { BI_HUGE_VAL, "d" }, { BI_HUGE_VALF, "f" }, { BI_HUGE_VALL, "D" }, { BI_NAN, "dS" },
    { BI_NANF, "fS" }, { BI_NANL, "DS" }, { BI_FABS, "dd" }, { BI_FABSF, "ff" }, { BI_SQRT, "dd" }, { BI_SQRTF, "ff" },
    { BI_COPYSIGN, "ddd" }, { BI_COPYSIGNF, "fff" }, { BI_FRAME_ADDRESS, "pu" }, { BI_RETURN_ADDRESS, "pu" },
    { BI_PREFETCH, "vP." }, { BI_OBJECT_SIZE, "zPi" }, { BI_ALLOCA, "pz" }, { BI_ALLOCA_ALIGN, "pzz" },
    { BI_ASSUME_ALIGNED, "pPz." }, { BI_ABS, "ii" }, { BI_LABS, "ll" }, { BI_LLABS, "LL" }, { BI_EXPECT, "lll" },
};

enum { K_NORETURN = 1, K_TWICE = 2, K_BUILTIN = 4 };

/* Functions known by name: what they are when nobody has declared them, and what is true of them anyway. K_BUILTIN:
 * there is a __builtin_ form, which is a plain call. */
static const struct { const char *name, *sig; uint8_t flags, format, arg, first; } library[] = {
    { "memcpy", "ppPz", K_BUILTIN, 0, 0, 0 }, { "memmove", "ppPz", K_BUILTIN, 0, 0, 0 },
    { "memset", "ppiz", K_BUILTIN, 0, 0, 0 }, { "memcmp", "iPPz", K_BUILTIN, 0, 0, 0 },
    { "memchr", "pPiz", K_BUILTIN, 0, 0, 0 }, { "mempcpy", "ppPz", K_BUILTIN, 0, 0, 0 },
    { "bcmp", "iPPz", K_BUILTIN, 0, 0, 0 }, { "bzero", "vpz", K_BUILTIN, 0, 0, 0 },
    { "bcopy", "vPpz", K_BUILTIN, 0, 0, 0 }, { "strlen", "zS", K_BUILTIN, 0, 0, 0 },
    { "strcpy", "ssS", K_BUILTIN, 0, 0, 0 }, { "strncpy", "ssSz", K_BUILTIN, 0, 0, 0 },
    { "strcat", "ssS", K_BUILTIN, 0, 0, 0 }, { "strncat", "ssSz", K_BUILTIN, 0, 0, 0 },
    { "strcmp", "iSS", K_BUILTIN, 0, 0, 0 }, { "strncmp", "iSSz", K_BUILTIN, 0, 0, 0 },
    { "strchr", "sSi", K_BUILTIN, 0, 0, 0 }, { "strrchr", "sSi", K_BUILTIN, 0, 0, 0 },
    { "strstr", "sSS", K_BUILTIN, 0, 0, 0 }, { "strspn", "zSS", K_BUILTIN, 0, 0, 0 },
    { "strcspn", "zSS", K_BUILTIN, 0, 0, 0 }, { "strpbrk", "sSS", K_BUILTIN, 0, 0, 0 },
    { "strdup", "sS", K_BUILTIN, 0, 0, 0 }, { "strndup", "sSz", K_BUILTIN, 0, 0, 0 },
    { "stpcpy", "ssS", K_BUILTIN, 0, 0, 0 }, { "index", "sSi", K_BUILTIN, 0, 0, 0 },
    { "rindex", "sSi", K_BUILTIN, 0, 0, 0 }, { "malloc", "pz", K_BUILTIN, 0, 0, 0 },
    { "calloc", "pzz", K_BUILTIN, 0, 0, 0 }, { "realloc", "ppz", K_BUILTIN, 0, 0, 0 },
    { "free", "vp", K_BUILTIN, 0, 0, 0 }, { "abort", "v", K_BUILTIN | K_NORETURN, 0, 0, 0 },
    { "exit", "vi", K_BUILTIN | K_NORETURN, 0, 0, 0 }, { "_exit", "vi", K_BUILTIN | K_NORETURN, 0, 0, 0 },
    { "_Exit", "vi", K_BUILTIN | K_NORETURN, 0, 0, 0 }, { "puts", "iS", K_BUILTIN, 0, 0, 0 },
    { "putchar", "ii", K_BUILTIN, 0, 0, 0 }, { "printf", "iS.", K_BUILTIN, FORMAT_PRINTF, 1, 2 },
    { "fprintf", NULL, 0, FORMAT_PRINTF, 2, 3 }, { "sprintf", "isS.", K_BUILTIN, FORMAT_PRINTF, 2, 3 },
    { "snprintf", "iszS.", K_BUILTIN, FORMAT_PRINTF, 3, 4 }, { "dprintf", "iiS.", 0, FORMAT_PRINTF, 2, 3 },
    { "vprintf", NULL, 0, FORMAT_PRINTF, 1, 0 }, { "vfprintf", NULL, 0, FORMAT_PRINTF, 2, 0 },
    { "vsprintf", NULL, 0, FORMAT_PRINTF, 2, 0 }, { "vsnprintf", NULL, 0, FORMAT_PRINTF, 3, 0 },
    { "scanf", "iS.", 0, FORMAT_SCANF, 1, 2 }, { "fscanf", NULL, 0, FORMAT_SCANF, 2, 3 },
    { "sscanf", "iSS.", 0, FORMAT_SCANF, 2, 3 }, { "vscanf", NULL, 0, FORMAT_SCANF, 1, 0 },
    { "vfscanf", NULL, 0, FORMAT_SCANF, 2, 0 }, { "vsscanf", NULL, 0, FORMAT_SCANF, 2, 0 },
    { "setjmp", NULL, K_TWICE, 0, 0, 0 }, { "_setjmp", NULL, K_TWICE, 0, 0, 0 },
    { "sigsetjmp", NULL, K_TWICE, 0, 0, 0 }, { "__sigsetjmp", NULL, K_TWICE, 0, 0, 0 },
    { "vfork", NULL, K_TWICE, 0, 0, 0 }, { "getcontext", NULL, K_TWICE, 0, 0, 0 },
    { "longjmp", NULL, K_NORETURN, 0, 0, 0 }, { "_longjmp", NULL, K_NORETURN, 0, 0, 0 },
    { "siglongjmp", NULL, K_NORETURN, 0, 0, 0 }, { "floor", "dd", K_BUILTIN, 0, 0, 0 },
    { "ceil", "dd", K_BUILTIN, 0, 0, 0 }, { "trunc", "dd", K_BUILTIN, 0, 0, 0 }, { "round", "dd", K_BUILTIN, 0, 0, 0 },
    { "rint", "dd", K_BUILTIN, 0, 0, 0 }, { "sin", "dd", K_BUILTIN, 0, 0, 0 }, { "cos", "dd", K_BUILTIN, 0, 0, 0 },
    { "tan", "dd", K_BUILTIN, 0, 0, 0 }, { "exp", "dd", K_BUILTIN, 0, 0, 0 }, { "log", "dd", K_BUILTIN, 0, 0, 0 },
    { "log2", "dd", K_BUILTIN, 0, 0, 0 }, { "log10", "dd", K_BUILTIN, 0, 0, 0 }, { "pow", "ddd", K_BUILTIN, 0, 0, 0 },
    { "fmod", "ddd", K_BUILTIN, 0, 0, 0 }, { "fmin", "ddd", K_BUILTIN, 0, 0, 0 }, { "fmax", "ddd", K_BUILTIN, 0, 0, 0 },
    { "floorf", "ff", K_BUILTIN, 0, 0, 0 }, { "ceilf", "ff", K_BUILTIN, 0, 0, 0 }, { "isalpha", "ii", 0, 0, 0, 0 },
    { "isdigit", "ii", 0, 0, 0, 0 }, { "isspace", "ii", 0, 0, 0, 0 }, { "toupper", "ii", 0, 0, 0, 0 },
    { "tolower", "ii", 0, 0, 0, 0 },
    /* What glibc's _FORTIFY_SOURCE makes of them: the last size is the object's, where that is known. */
    { "__memcpy_chk", "ppPzz", K_BUILTIN, 0, 0, 0 }, { "__memmove_chk", "ppPzz", K_BUILTIN, 0, 0, 0 },
    { "__memset_chk", "ppizz", K_BUILTIN, 0, 0, 0 }, { "__mempcpy_chk", "ppPzz", K_BUILTIN, 0, 0, 0 },
    { "__strcpy_chk", "ssSz", K_BUILTIN, 0, 0, 0 }, { "__stpcpy_chk", "ssSz", K_BUILTIN, 0, 0, 0 },
    { "__strncpy_chk", "ssSzz", K_BUILTIN, 0, 0, 0 }, { "__stpncpy_chk", "ssSzz", K_BUILTIN, 0, 0, 0 },
    { "__strcat_chk", "ssSz", K_BUILTIN, 0, 0, 0 }, { "__strncat_chk", "ssSzz", K_BUILTIN, 0, 0, 0 },
    { "__sprintf_chk", "isizS.", K_BUILTIN, FORMAT_PRINTF, 4, 5 }, { "__snprintf_chk", "iszizS.", K_BUILTIN, FORMAT_PRINTF, 5, 6 },
    { "__vsprintf_chk", "isizSV", K_BUILTIN, FORMAT_PRINTF, 4, 0 }, { "__vsnprintf_chk", "iszizSV", K_BUILTIN, FORMAT_PRINTF, 5, 0 },
};

static const char *const overflow_ops[] = { "add", "sub", "mul" };

void cc_builtins_init(CcParser *p)
{
    Intern *in = p->cc->idents;
    char name[64];
    for (uint32_t i = 0; i < BI_COUNT; i++)
        intern_n(in, bi_names[i], strlen(bi_names[i]))->kw = (uint16_t)(KW_BUILTIN + i);
    for (uint32_t i = 0; i < countof(library); i++) {
        Ident *id = intern_n(in, library[i].name, strlen(library[i].name));
        *map_at_int(&p->library, (uint64_t)(uintptr_t)id) = (void *)(uintptr_t)(i + 1);
        if (library[i].flags & K_BUILTIN) {
            size_t n = rt_snfmt(name, sizeof name, "__builtin_%s", library[i].name);
            intern_n(in, name, n)->kw = (uint16_t)(KW_LIBRARY + i);
        }
    }
    for (uint32_t i = 0; i < 18; i++) {
        size_t n = rt_snfmt(name, sizeof name, "__builtin_%s%s%s_overflow", i < 9 ? "s" : "u", overflow_ops[i / 3 % 3],
                            i % 3 == 0 ? "" : i % 3 == 1 ? "l" : "ll");
        intern_n(in, name, n)->kw = (uint16_t)(KW_OVERFLOWS + i);
    }
}

static bool spells(const char *row, const char *s, size_t n)
{
    return strlen(row) == n && memcmp(row, s, n) == 0;
}

bool cc_has_builtin(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    if (n < 10 || memcmp(s, "__builtin_", 10) != 0)
        return false;
    for (uint32_t i = 0; i < BI_COUNT; i++)
        if (spells(bi_names[i], s, n))
            return true;
    for (uint32_t i = 0; i < countof(library); i++)
        if ((library[i].flags & K_BUILTIN) && spells(library[i].name, s + 10, n - 10))
            return true;
    return n > 19 && (s[10] == 's' || s[10] == 'u') && memcmp(s + n - 9, "_overflow", 9) == 0;
}

/* ---- signatures ---- */

static Type *letter(CcParser *p, char c)
{
    switch (c) {
    case 'v':
        return &p->basic[TY_VOID];
    case 'i':
        return &p->basic[TY_INT];
    case 'u':
        return &p->basic[TY_UINT];
    case 'l':
        return &p->basic[TY_LONG];
    case 'm':
        return &p->basic[TY_ULONG];
    case 'L':
        return &p->basic[TY_LLONG];
    case 'M':
        return &p->basic[TY_ULLONG];
    case 'h':
        return &p->basic[TY_USHORT];
    case 'z':
        return p->size;
    case 'p':
        return p->void_ptr;
    case 'P':
        return p->const_void_ptr;
    case 's':
        return p->char_ptr;
    case 'S':
        return p->const_char_ptr;
    case 'f':
        return &p->basic[TY_FLOAT];
    case 'D':
        return &p->basic[TY_LDOUBLE];
    case 'V': {
        Type *v = p->cc->va_list_type;
        return v->kind == TY_ARRAY ? ty_ptr(p->cc, v->base) : v;
    }
    default:
        return &p->basic[TY_DOUBLE];
    }
}

static Type *signature_type(CcParser *p, const char *sig)
{
    Type *f = ty_func(p->cc, letter(p, *sig++));
    size_t n = strlen(sig);
    if (n && sig[n - 1] == '.') {
        f->variadic = true;
        n--;
    }
    f->u.fn.params = arena_array(p->cc->unit, CcParam, n);
    f->u.fn.nparams = (uint32_t)n;
    for (size_t i = 0; i < n; i++)
        f->u.fn.params[i].type = letter(p, sig[i]);
    return f;
}

static uint32_t row_of(CcParser *p, Ident *name)
{
    return (uint32_t)(uintptr_t)map_get_int(&p->library, (uint64_t)(uintptr_t)name);
}

Type *cc_known_type(CcParser *p, Ident *name)
{
    uint32_t row = row_of(p, name);
    if (!row || !library[row - 1].sig || !p->cc->opt.hosted)
        return NULL;
    return signature_type(p, library[row - 1].sig);
}

void cc_known_function(CcParser *p, CcSym *s)
{
    uint32_t row = row_of(p, s->name);
    if (!row || s->linkage != LINK_EXTERNAL)
        return;
    row--;
    if (library[row].flags & K_TWICE)
        s->returns_twice = true;
    if (!p->cc->opt.hosted)
        return;
    if (library[row].flags & K_NORETURN)
        s->noreturn = true;
    if (library[row].format && !(s->type->attrs && s->type->attrs->format)) {
        CcAttrs a = {0};
        a.format = library[row].format;
        a.format_arg = library[row].arg;
        a.first_arg = library[row].first;
        s->type = cc_attrs_to_type(p, s->type, &a);
    }
}

/* The function a __builtin_ form calls, declared by its signature when the source has not. */
CcSym *cc_library(CcParser *p, unsigned row)
{
    Ident *name = intern_n(p->cc->idents, library[row].name, strlen(library[row].name));
    CcSym *s = name->sym;
    for (uint32_t i = p->binds.n; s && s->depth && i-- > 0;)
        if (p->binds.p[i].name == name && p->binds.p[i].sym->depth == 0)
            s = p->binds.p[i].sym;
    if (s && s->depth == 0 && s->kind == SYM_FUNC)
        return s;
    s = map_get_int(&p->hidden, (uint64_t)(uintptr_t)name);
    if (s)
        return s;
    s = cc_sym_new(p, p->cc->unit, SYM_FUNC, name, signature_type(p, library[row].sig), 0);
    s->depth = 0;
    s->linkage = LINK_EXTERNAL;
    s->is_static = true;
    s->implicit = true;
    cc_sym_to_unit(p, s);
    cc_known_function(p, s);
    *map_at_int(&p->hidden, (uint64_t)(uintptr_t)name) = s;
    return s;
}

/* ---- arguments ---- */

typedef struct Args { Node *v[8]; uint32_t n; bool bad; } Args;

/* ( expr, … ), each a value */
static void arguments(CcParser *p, Args *a)
{
    memset(a, 0, sizeof *a);
    if (!cc_expect(p, T_LPAREN)) {
        a->bad = true;
        return;
    }
    while (p->tok.kind != T_RPAREN && p->tok.kind != T_EOF) {
        Node *n = cc_rvalue(p, cc_assign_expr(p));
        if (ty_is_error(n->type))
            a->bad = true;
        if (a->n < countof(a->v))
            a->v[a->n++] = n;
        if (!cc_accept(p, T_COMMA))
            break;
        if (p->tok.kind == T_RPAREN)
            cc_syntax_error(p, "expression");
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
        a->bad = true;
    }
}

static bool count_is(CcParser *p, Args *a, uint32_t want, SrcLoc loc, const char *name)
{
    if (a->bad)
        return false;
    if (a->n == want)
        return true;
    diag_error(p->diag, loc, "too %s arguments to function '%s'", a->n < want ? "few" : "many", name);
    return false;
}

static Node *make(CcParser *p, unsigned id, Type *t, const Args *a, SrcLoc loc)
{
    Node *n = cc_node(p, N_BUILTIN, t, loc);
    uint32_t high = 0;
    n->u.bi.id = id;
    n->u.bi.nargs = a->n;
    for (uint32_t i = a->n; i-- > 0;) {
        a->v[i]->next = n->u.bi.args;
        n->u.bi.args = a->v[i];
        if (a->v[i]->height > high)
            high = a->v[i]->height;
    }
    n->height = (uint16_t)(high < CC_MAX_HEIGHT ? high + 1 : high);
    return cc_range(n, loc, p->prev_end);
}

/* ---- constants ---- */

/* Value of a bit operation on a constant. */
static bool fold_bits(unsigned id, const Type *t, int64_t arg, int64_t *v)
{
    unsigned bits = ty_bits(t);
    uint64_t u = bits < 64 ? (uint64_t)arg & (((uint64_t)1 << bits) - 1) : (uint64_t)arg;
    switch (id) {
    case BI_CLZ:
    case BI_CLZL:
    case BI_CLZLL:
        *v = u ? bits_clz64(u) - (64 - bits) : 0;
        return u != 0;
    case BI_CTZ:
    case BI_CTZL:
    case BI_CTZLL:
        *v = u ? bits_ctz64(u) : 0;
        return u != 0;
    case BI_POPCOUNT:
    case BI_POPCOUNTL:
    case BI_POPCOUNTLL:
        *v = bits_popcount64(u);
        return true;
    case BI_PARITY:
    case BI_PARITYL:
    case BI_PARITYLL:
        *v = bits_popcount64(u) & 1;
        return true;
    case BI_FFS:
    case BI_FFSL:
    case BI_FFSLL:
        *v = u ? bits_ctz64(u) + 1 : 0;
        return true;
    case BI_CLRSB:
    case BI_CLRSBL:
    case BI_CLRSBLL: {
        uint64_t x = arg < 0 ? ~(uint64_t)arg : (uint64_t)arg;
        *v = (x ? bits_clz64(x) : 64) - (64 - bits) - 1;
        return true;
    }
    case BI_BSWAP16:
        *v = (int64_t)((u >> 8 | u << 8) & 0xffff);
        return true;
    case BI_BSWAP32:
    case BI_BSWAP64: {
        uint64_t r = 0;
        for (unsigned i = 0; i < bits; i += 8)
            r = r << 8 | (u >> i & 0xff);
        *v = (int64_t)r;
        return true;
    }
    case BI_ABS:
    case BI_LABS:
    case BI_LLABS:
        *v = arg < 0 ? (int64_t)(0 - (uint64_t)arg) : arg;
        return true;
    default:
        return false;
    }
}

static Node *flt_const(CcParser *p, Type *t, Sf v, SrcLoc loc)
{
    Node *n = cc_node(p, N_FLT, t, loc);
    n->u.fval = v;
    n->flags = F_CONST_EXPR;
    return cc_range(n, loc, p->prev_end);
}

/* __builtin_nan("payload") */
static Node *nan_const(CcParser *p, Type *t, const Node *arg, SrcLoc loc)
{
    SfEnv env = {0};
    Sf v;
    char text[80];
    const char *s = "";
    SfFormat f = cc_sf(p, t);
    while (arg->op == N_CAST)
        arg = arg->a;
    if (arg->op == N_ADDR && arg->a->op == N_VAR && arg->a->u.sym->string_literal)
        s = (const char *)arg->a->u.sym->str;
    PpInt k;
    v = sf_nan(&env, f);
    if (*s && pp_parse_int(s, strlen(s), &k)) {
        size_t n = rt_snfmt(text, sizeof text, "nan:0x%llx", (unsigned long long)k.v
                            | (f == SF_32 ? 0x400000ull : f == SF_64 ? 1ull << 51 : 1ull << 62));
        sf_parse(&env, f, text, n, &v);
    }
    return flt_const(p, t, v, loc);
}

/* ---- those with a signature ---- */

static Node *plain(CcParser *p, unsigned id, const char *sig, SrcLoc loc)
{
    Args a;
    const char *name = bi_names[id];
    size_t want = strlen(sig + 1);
    arguments(p, &a);
    bool more = want && sig[want] == '.';
    if (more)
        want--;
    if (more && a.n > want)
        want = a.n;
    if (!count_is(p, &a, (uint32_t)want, loc, name))
        return cc_error_node(p, loc);
    Type *t = letter(p, sig[0]);
    for (uint32_t i = 0; i < a.n && i < strlen(sig + 1) - more; i++) {
        CcArgOf of;
        of.name = name;
        of.number = i + 1;
        of.param = 0;
        a.v[i] = cc_assign_convert(p, a.v[i], letter(p, sig[i + 1]), WHY_ARG, &of);
        if (ty_is_error(a.v[i]->type))
            return a.v[i];
    }
    int64_t v;
    if (a.n == 1 && a.v[0]->op == N_INT && fold_bits(id, a.v[0]->type, a.v[0]->u.ival, &v)) {
        Node *n = cc_int_node(p, t, v, loc);
        n->flags = a.v[0]->flags & F_CONST_EXPR;
        return cc_range(n, loc, p->prev_end);
    }
    switch (id) {
    case BI_INF:
    case BI_INFF:
    case BI_INFL:
    case BI_HUGE_VAL:
    case BI_HUGE_VALF:
    case BI_HUGE_VALL:
        return flt_const(p, t, sf_inf(cc_sf(p, t), false), loc);
    case BI_NAN:
    case BI_NANF:
    case BI_NANL:
        return nan_const(p, t, a.v[0], loc);
    case BI_FABS:
    case BI_FABSF:
        if (a.v[0]->op == N_FLT)
            return flt_const(p, t, sf_abs(cc_sf(p, t), a.v[0]->u.fval), loc);
        break;
    case BI_COPYSIGN:
    case BI_COPYSIGNF:
        if (a.v[0]->op == N_FLT && a.v[1]->op == N_FLT) {
            SfFormat f = cc_sf(p, t);
            Sf m = sf_abs(f, a.v[0]->u.fval);
            return flt_const(p, t, sf_sign(f, a.v[1]->u.fval) ? sf_neg(f, m) : m, loc);
        }
        break;
    case BI_EXPECT:
        return cc_range(a.v[0], loc, p->prev_end);
    case BI_OBJECT_SIZE:
        if (!cc_const_int(p->cc, a.v[1], &v) || v < 0 || v > 3) {
            diag_error(p->diag, loc, "last argument of '%s' is not integer constant between 0 and 3", name);
            v = 0;
        }
        return cc_range(cc_int_node(p, p->size, v & 2 ? 0 : -1, loc), loc, p->prev_end);
    case BI_ASSUME_ALIGNED:
        return cc_convert(p, a.v[0], p->void_ptr);
    case BI_ALLOCA:
    case BI_ALLOCA_ALIGN:
        if (p->fn)
            p->fn->uses_alloca = true;
        break;
    case BI_FRAME_ADDRESS:
    case BI_RETURN_ADDRESS:
        if (a.v[0]->op != N_INT || a.v[0]->u.ival > 64) {
            diag_error(p->diag, loc, "invalid argument to '%s'", name);
            return cc_error_node(p, loc);
        }
        if (p->fn)
            p->fn->uses_frame = true;
        break;
    default:
        break;
    }
    return make(p, id, t, &a, loc);
}

/* ---- those read by hand ---- */

/* The address of a va_list operand: itself when it is a pointer already (an array has decayed). */
static Node *va_address(CcParser *p, Node *n)
{
    Type *v = p->cc->va_list_type;
    if (ty_is_error(n->type))
        return n;
    if (v->kind == TY_ARRAY) {
        n = cc_rvalue(p, n);
        if (n->type->kind == TY_PTR && ty_same_unqual(n->type->base, v->base))
            return n;
    } else if (cc_is_lvalue(n) && ty_same_unqual(n->type, v)) {
        return cc_addr(p, n, ty_ptr(p->cc, n->type), n->loc);
    }
    cc_error_at(p, n, "operand of va_arg and its kin is not of type 'va_list'");
    return cc_error_node(p, n->loc);
}

Node *cc_va_arg(CcParser *p, SrcLoc loc)
{
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    Node *ap = va_address(p, cc_assign_expr(p));
    if (!cc_expect(p, T_COMMA)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
        return cc_error_node(p, loc);
    }
    SrcLoc at = p->tok.loc;
    Type *t = cc_type_name(p);
    cc_expect(p, T_RPAREN);
    if (ty_is_error(ap->type) || ty_is_error(t))
        return cc_error_node(p, loc);
    if (t->incomplete || t->kind == TY_FUNC || t->kind == TY_ARRAY) {
        diag_error(p->diag, at, "second argument to 'va_arg' is of %s type '%s'", t->incomplete ? "incomplete"
                   : "array or function",
                   ty_name(p->cc, t));
        return cc_error_node(p, loc);
    }
    if (t->kind == TY_FLOAT || (ty_is_int(t) && ty_promote(p->cc, t)->kind != t->kind && t->kind != TY_ENUM))
        diag_warn(p->diag, W_NONE, at, "'%s' is promoted to '%s' when passed through '...'", ty_name(p->cc, t),
                  t->kind == TY_FLOAT ? "double" : "int");
    Node *n = cc_node1(p, N_VA_ARG, t->unq, loc, ap);
    return cc_range(n, loc, p->prev_end);
}

/* __builtin_offsetof(type, member.designator[s]) */
static Node *offset_of(CcParser *p, SrcLoc loc)
{
    uint64_t off = 0;
    bool ok = true;
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    Type *t = cc_type_name(p);
    ok = cc_expect(p, T_COMMA);
    for (bool first = true; ok; first = false) {
        if (first || p->tok.kind == T_DOT || p->tok.kind == T_ARROW) {
            if (!first)
                cc_next(p);
            if (p->tok.kind != T_IDENT) {
                cc_syntax_error(p, "identifier");
                ok = false;
                break;
            }
            Ident *name = p->tok.u.ident;
            if (!ty_is_record(t)) {
                if (!ty_is_error(t))
                    diag_error(p->diag, p->tok.loc, "request for member '%s' in something not a structure or union",
                               name->s);
                ok = false;
                break;
            }
            for (;;) {
                CcMember *m = t->incomplete ? NULL : cc_member_find(t, name);
                if (!m) {
                    diag_error(p->diag, p->tok.loc, t->incomplete ? "invalid use of undefined type '%s'"
                               : "'%s' has no member named '%s'",
                               ty_name(p->cc, t), name->s);
                    ok = false;
                    break;
                }
                if (m->bit_field) {
                    diag_error(p->diag, p->tok.loc, "attempt to take address of bit-field structure member '%s'",
                               name->s);
                    ok = false;
                }
                off += m->offset;
                t = m->type;
                if (m->name == name)
                    break;
            }
            cc_next(p);
        } else if (p->tok.kind == T_LBRACKET) {
            int64_t i;
            cc_next(p);
            ok = cc_const_expr(p, "offsetof index", &i, NULL) && cc_expect(p, T_RBRACKET);
            if (t->kind != TY_ARRAY) {
                diag_error(p->diag, loc, "subscripted value is neither array nor pointer nor vector");
                ok = false;
                break;
            }
            t = t->base;
            off += (uint64_t)i * t->size;
        } else {
            break;
        }
    }
    if (!ok) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
        return cc_error_node(p, loc);
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
    }
    return cc_range(cc_int_node(p, p->size, (int64_t)off, loc), loc, p->prev_end);
}

static Node *types_compatible(CcParser *p, SrcLoc loc)
{
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    Type *a = cc_type_name(p), *b = NULL;
    if (cc_expect(p, T_COMMA))
        b = cc_type_name(p);
    cc_expect(p, T_RPAREN);
    bool same = b && ty_same_unqual(a, b) && (a->kind == TY_ENUM) == (b->kind == TY_ENUM);
    return cc_range(cc_int_node(p, &p->basic[TY_INT], same, loc), loc, p->prev_end);
}

static Node *choose_expr(CcParser *p, SrcLoc loc)
{
    int64_t v;
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    bool ok = cc_const_expr(p, "first argument to '__builtin_choose_expr'", &v, NULL);
    cc_expect(p, T_COMMA);
    p->noeval += !v;
    Node *a = cc_assign_expr(p);
    p->noeval -= !v;
    cc_expect(p, T_COMMA);
    p->noeval += v != 0;
    Node *b = cc_assign_expr(p);
    p->noeval -= v != 0;
    cc_expect(p, T_RPAREN);
    if (!ok)
        return cc_error_node(p, loc);
    return cc_range(v ? a : b, loc, p->prev_end);
}

static Node *constant_p(CcParser *p, SrcLoc loc)
{
    Args a;
    p->noeval++;
    arguments(p, &a);
    p->noeval--;
    if (!count_is(p, &a, 1, loc, "__builtin_constant_p"))
        return cc_error_node(p, loc);
    const Node *n = a.v[0];
    bool yes = (n->op == N_INT && n->type->kind != TY_PTR) || n->op == N_FLT
               || (n->op == N_ADDR && n->a->op == N_VAR && n->a->u.sym->string_literal);
    return cc_range(cc_int_node(p, &p->basic[TY_INT], yes, loc), loc, p->prev_end);
}

static Node *va_start_or_copy(CcParser *p, unsigned id, SrcLoc loc)
{
    Args a;
    bool bad = false;
    memset(&a, 0, sizeof a);
    if (!cc_expect(p, T_LPAREN))
        return cc_error_node(p, loc);
    a.v[0] = va_address(p, cc_assign_expr(p));
    bad = ty_is_error(a.v[0]->type);
    a.n = 1;
    if (p->tok.kind == T_COMMA) {
        cc_next(p);
        Node *b = cc_assign_expr(p);
        if (id == BI_VA_COPY) {
            a.v[1] = va_address(p, b);
            bad |= ty_is_error(a.v[1]->type);
            a.n = 2;
        }
    } else if (id == BI_VA_COPY || id == BI_VA_START) {
        if (!bad)
            diag_error(p->diag, loc, "too few arguments to function '%s'", bi_names[id]);
        bad = true;
    }
    if (!cc_expect(p, T_RPAREN)) {
        cc_skip_to(p, T_RPAREN, T_RPAREN);
        cc_accept(p, T_RPAREN);
    }
    if (id == BI_VA_START && !bad && (!p->fn || !p->fn->sym->type->variadic)) {
        diag_error(p->diag, loc, "'va_start' used in function with fixed arguments");
        bad = true;
    }
    if (bad)
        return cc_error_node(p, loc);
    if (id == BI_VA_END)
        return cc_range(cc_node1(p, N_CAST, &p->basic[TY_VOID], loc, a.v[0]), loc, p->prev_end);
    return make(p, id, &p->basic[TY_VOID], &a, loc);
}

/* __builtin_add_overflow(a, b, &r), and the forms with fixed types (t not NULL) */
static Node *overflow(CcParser *p, unsigned id, Type *t, SrcLoc loc)
{
    Args a;
    arguments(p, &a);
    if (!count_is(p, &a, 3, loc, bi_names[id]))
        return cc_error_node(p, loc);
    Type *r = a.v[2]->type->kind == TY_PTR ? a.v[2]->type->base : NULL;
    if (!r || !ty_is_int(r) || r->kind == TY_BOOL || r->kind == TY_ENUM || (r->quals & Q_CONST)) {
        diag_error(p->diag, loc, "argument 3 in call to function '%s' is not a pointer to an integer", bi_names[id]);
        return cc_error_node(p, loc);
    }
    for (int i = 0; i < 2; i++) {
        if (!ty_is_int(a.v[i]->type)) {
            diag_error(p->diag, loc, "argument %d in call to function '%s' is not an integer", i + 1, bi_names[id]);
            return cc_error_node(p, loc);
        }
        a.v[i] = t ? cc_convert(p, a.v[i], t) : cc_promote(p, a.v[i]);
    }
    Node *n = make(p, id, &p->basic[TY_BOOL], &a, loc);
    n->u.bi.targ = r;
    return n;
}

/* What isnan and its kin say of a constant. */
static int64_t fold_class(unsigned id, SfFormat f, Sf v, const Args *a)
{
    static const uint8_t kinds[] = { 1, 2, 3, 4, 4, 3, 2, 1, 0, 0 }; /* of sf_class's: NaN, infinite, normal, subnormal, zero */
    unsigned kind = kinds[sf_class(f, v)];
    switch (id) {
    case BI_ISNAN:
        return kind == 0;
    case BI_ISINF:
        return kind == 1;
    case BI_ISFINITE:
        return kind > 1;
    case BI_ISNORMAL:
        return kind == 2;
    case BI_ISINF_SIGN:
        return kind != 1 ? 0 : sf_sign(f, v) ? -1 : 1;
    case BI_FPCLASSIFY:
        return a->v[1 + kind]->u.ival;
    default:
        return sf_sign(f, v);
    }
}

/* isnan, isinf …: on the argument's own floating type, or the one in the name. __builtin_fpclassify(nan, infinite, normal, subnormal,
 * zero, x) has x first in the node. */
static Node *classify(CcParser *p, unsigned id, SrcLoc loc)
{
    Args a;
    arguments(p, &a);
    uint32_t compared = id >= BI_ISUNORDERED && id <= BI_ISLESSGREATER ? 2 : 1;
    if (!count_is(p, &a, id == BI_FPCLASSIFY ? 6 : compared, loc, bi_names[id]))
        return cc_error_node(p, loc);
    bool folds = true;
    if (id == BI_FPCLASSIFY) {
        Node *x = a.v[5];
        for (uint32_t i = 5; i > 0; i--) {
            if (!ty_is_int(a.v[i - 1]->type)) {
                diag_error(p->diag, loc, "non-integer argument %u in call to function '%s'", i, bi_names[id]);
                return cc_error_node(p, loc);
            }
            a.v[i] = cc_convert(p, a.v[i - 1], &p->basic[TY_INT]);
            folds &= a.v[i]->op == N_INT;
        }
        a.v[0] = x;
    }
    bool named = id == BI_SIGNBITF || id == BI_SIGNBITL;
    for (uint32_t i = 0; i < compared; i++) {
        if (!ty_is_arith(a.v[i]->type) || (compared == 1 && !named && !ty_is_flt(a.v[i]->type))) {
            diag_error(p->diag, loc, "non-floating-point argument in call to function '%s'", bi_names[id]);
            return cc_error_node(p, loc);
        }
    }
    Type *t = compared == 1 ? a.v[0]->type : ty_common(p->cc, a.v[0]->type, a.v[1]->type);
    if (named)
        t = &p->basic[id == BI_SIGNBITF ? TY_FLOAT : TY_LDOUBLE];
    else if (ty_is_int(t))
        t = &p->basic[TY_DOUBLE];
    for (uint32_t i = 0; i < compared; i++)
        a.v[i] = cc_convert(p, a.v[i], t);
    if (compared == 1 && a.v[0]->op == N_FLT && folds) {
        int64_t r = fold_class(id, cc_sf(p, t), a.v[0]->u.fval, &a);
        return cc_range(cc_int_node(p, &p->basic[TY_INT], r, loc), loc, p->prev_end);
    }
    return make(p, id, &p->basic[TY_INT], &a, loc);
}

Node *cc_builtin(CcParser *p)
{
    unsigned kw = p->tok.u.ident->kw, id;
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    if (kw >= KW_OVERFLOWS) {
        id = kw - KW_OVERFLOWS;
        TypeKind k = (id % 3 == 0 ? TY_INT : id % 3 == 1 ? TY_LONG : TY_LLONG) + (id >= 9 ? 1 : 0);
        return overflow(p, BI_ADD_OVERFLOW + id / 3 % 3, &p->basic[k], loc);
    }
    if (kw >= KW_LIBRARY) {
        CcSym *s = cc_library(p, kw - KW_LIBRARY);
        Node *n = cc_node(p, N_VAR, s->type, loc);
        n->u.sym = s;
        if (!p->noeval)
            s->used = true;
        return cc_range(n, loc, p->prev_end);
    }
    id = kw - KW_BUILTIN;
    switch (id) {
    case BI_CONSTANT_P:
        return constant_p(p, loc);
    case BI_TYPES_COMPATIBLE:
        return types_compatible(p, loc);
    case BI_CHOOSE_EXPR:
        return choose_expr(p, loc);
    case BI_OFFSETOF:
        return offset_of(p, loc);
    case BI_VA_ARG:
        return cc_va_arg(p, loc);
    case BI_VA_START:
    case BI_VA_COPY:
    case BI_VA_END:
        return va_start_or_copy(p, id, loc);
    case BI_ADD_OVERFLOW:
    case BI_SUB_OVERFLOW:
    case BI_MUL_OVERFLOW:
        return overflow(p, id, NULL, loc);
    case BI_ISNAN:
    case BI_ISINF:
    case BI_ISFINITE:
    case BI_SIGNBIT:
    case BI_SIGNBITF:
    case BI_SIGNBITL:
    case BI_ISNORMAL:
    case BI_ISINF_SIGN:
    case BI_FPCLASSIFY:
    case BI_ISUNORDERED:
    case BI_ISGREATER:
    case BI_ISGREATEREQUAL:
    case BI_ISLESS:
    case BI_ISLESSEQUAL:
    case BI_ISLESSGREATER:
        return classify(p, id, loc);
    default:
        for (uint32_t i = 0; i < countof(signatures); i++)
            if (signatures[i].id == id)
                return plain(p, id, signatures[i].sig, loc);
        bug(p->cc->host, "a builtin without a signature");
    }
}
