/* asm.c: AT&T operand syntax in, instructions out (through x64_emit), for src/as.
 * One idea: a mnemonic leads to a list of (row, width) in the table's order, and the first whose form takes the operands is the
 * encoding; insn.def is ordered so that this is GNU as's choice. A field whose value is not known yet becomes a fix-up. */
#include "arch/x64/asm.h"

/* ---- names ---- */

typedef struct RegName { const char *name; uint8_t class, num; } RegName;
#define REG(name, class, num) { name, class, num },
static const RegName regs[] = {
#include "arch/x64/reg.def"
};
#undef REG
enum { C_RIP = 0x40, C_EIP };  /* classes beyond insn.h's: only in addresses */

typedef struct Entry {         /* one way a mnemonic can be meant */
    uint16_t row;
    uint8_t w;                 /* 0: from the operands */
    struct Entry *next;
} Entry;

typedef struct Mnemonic { Entry *first, *last; const struct Special *special; } Mnemonic;

typedef struct X64Asm {
    Intern names;              /* Ident.sym: Mnemonic, Ident.tag: RegName */
} X64Asm;

typedef struct Alias { const char *name, *real; } Alias;
static const Alias aliases[] = {
    { "sal", "shl" }, { "salb", "shlb" }, { "salw", "shlw" }, { "sall", "shll" }, { "salq", "shlq" },
    { "cbw", "cbtw" }, { "cwde", "cwtl" }, { "cdqe", "cltq" }, { "cwd", "cwtd" }, { "cdq", "cltd" }, { "cqo", "cqto" },
    { "wait", "fwait" }, { "ud2a", "ud2" }, { "xlatb", "xlat" }, { "loopz", "loope" }, { "loopnz", "loopne" },
    { "fildq", "fildll" }, { "fistpq", "fistpll" }, { "fisttpq", "fisttpll" }, { "movsxd", "movsl" },
    { "fucompi", "fucomip" }, { "fcompi", "fcomip" }, { "icebp", "int1" },
};
/* Conditions by other names (SDM vol. 1, appendix B). */
static const Alias conditions[] = {
    { "c", "b" }, { "nae", "b" }, { "nc", "ae" }, { "nb", "ae" }, { "z", "e" }, { "nz", "ne" }, { "na", "be" }, { "nbe", "a" },
    { "pe", "p" }, { "po", "np" }, { "nge", "l" }, { "nl", "ge" }, { "ng", "le" }, { "nle", "g" },
};
typedef struct Extra { const char *name; uint16_t row; uint8_t w; } Extra;
static const Extra extras[] = {
    { "movzx", X64_I_MOVZX8_RM, 0 }, { "movzx", X64_I_MOVZX16_RM, 0 }, { "movsx", X64_I_MOVSX8_RM, 0 }, { "movsx", X64_I_MOVSX16_RM, 0 },
    { "movsx", X64_I_MOVSXD_RM, 0 }, { "movsd", X64_I_STRMOVS_ZO, 4 }, { "cmpsd", X64_I_STRCMPS_ZO, 4 }, { "stosd", X64_I_STRSTOS_ZO, 4 },
    { "lodsd", X64_I_STRLODS_ZO, 4 }, { "scasd", X64_I_STRSCAS_ZO, 4 }, { "movd", X64_I_MOVD_RM, 8 }, { "movd", X64_I_MOVD_MR, 8 },
    { "crc32", X64_I_CRC32_RM1, 0 }, { "crc32", X64_I_CRC32Q_RM, 8 },
};

/* What is more than a row: prefixes, and instructions GNU as spells with an fwait before. */
enum { SP_PREFIX_FLAG, SP_PREFIX_BYTE, SP_FWAIT };
typedef struct Special { const char *name; uint8_t kind, v; const char *real; } Special;
static const Special specials[] = {
    { "lock", SP_PREFIX_FLAG, X64_LOCK, NULL }, { "rep", SP_PREFIX_FLAG, X64_REP, NULL }, { "repe", SP_PREFIX_FLAG, X64_REP, NULL },
    { "repz", SP_PREFIX_FLAG, X64_REP, NULL }, { "repne", SP_PREFIX_FLAG, X64_REPNE, NULL }, { "repnz", SP_PREFIX_FLAG, X64_REPNE, NULL },
    { "bnd", SP_PREFIX_FLAG, X64_BND, NULL }, { "notrack", SP_PREFIX_FLAG, X64_NOTRACK, NULL },
    { "data16", SP_PREFIX_BYTE, 0x66, NULL }, { "addr32", SP_PREFIX_BYTE, 0x67, NULL }, { "rex64", SP_PREFIX_BYTE, 0x48, NULL },
    { "rex.w", SP_PREFIX_BYTE, 0x48, NULL }, { "rex", SP_PREFIX_BYTE, 0x40, NULL }, { "cs", SP_PREFIX_BYTE, 0x2e, NULL },
    { "ds", SP_PREFIX_BYTE, 0x3e, NULL }, { "es", SP_PREFIX_BYTE, 0x26, NULL }, { "ss", SP_PREFIX_BYTE, 0x36, NULL },
    { "fs", SP_PREFIX_BYTE, 0x64, NULL }, { "gs", SP_PREFIX_BYTE, 0x65, NULL },
    { "fstsw", SP_FWAIT, 0, "fnstsw" }, { "fstcw", SP_FWAIT, 0, "fnstcw" }, { "fstenv", SP_FWAIT, 0, "fnstenv" },
    { "fsave", SP_FWAIT, 0, "fnsave" }, { "finit", SP_FWAIT, 0, "fninit" }, { "fclex", SP_FWAIT, 0, "fnclex" },
};

/* ---- the table of mnemonics ---- */

static Mnemonic *mnemonic(As *as, X64Asm *x, const char *s, size_t n)
{
    Ident *id = intern_n(&x->names, s, n);
    if (!id->sym)
        id->sym = arena_new(as_arena(as), Mnemonic);
    return id->sym;
}

static void add(As *as, X64Asm *x, const char *s, size_t n, unsigned row, unsigned w)
{
    Mnemonic *m = mnemonic(as, x, s, n);
    Entry *e = arena_new(as_arena(as), Entry);
    e->row = (uint16_t)row;
    e->w = (uint8_t)w;
    if (m->last)
        m->last->next = e;
    else
        m->first = e;
    m->last = e;
}

static void add_suffix(As *as, X64Asm *x, const char *s, char c, unsigned row, unsigned w)
{
    char name[32];
    size_t n = strlen(s);
    memcpy(name, s, n);
    name[n++] = c;
    add(as, x, name, n, row, w);
}

static void copy_mnemonic(As *as, X64Asm *x, const char *to, const char *from)
{
    Mnemonic *f = mnemonic(as, x, from, strlen(from));
    const Entry *e;
    for (e = f->first; e; e = e->next)
        add(as, x, to, strlen(to), e->row, e->w);
}

static void *begin(As *as)
{
    static const char suffixes[] = { 'b', 'w', 0, 'l', 0, 0, 0, 'q' };
    static const char *const families[] = { "j", "set", "cmov" };
    X64Asm *x = arena_new(as_arena(as), X64Asm);
    unsigned row, w;
    size_t i, k;
    intern_init(&x->names, as_arena(as));
    for (i = 0; i < countof(regs); i++)
        intern_n(&x->names, regs[i].name, strlen(regs[i].name))->tag = (void *)&regs[i];
    for (row = 0; row < X64_ROWS; row++) {
        const X64Insn *in = &x64_insns[row];
        if (in->flags & X_NOASM)
            continue;
        if (in->flags & X_SD) {
            add_suffix(as, x, in->mnem, 's', row, 4);
            add_suffix(as, x, in->mnem, 'd', row, 8);
            continue;
        }
        if (in->flags & X_DQ) {
            add_suffix(as, x, in->mnem, 'd', row, 4);
            add_suffix(as, x, in->mnem, 'q', row, 8);
            continue;
        }
        add(as, x, in->mnem, strlen(in->mnem), row, 0);
        if (in->flags & X_SUF)
            for (w = 1; w <= 8; w <<= 1)
                if (in->widths & w)
                    add_suffix(as, x, in->mnem, suffixes[w - 1], row, w);
    }
    for (i = 0; i < countof(extras); i++)
        add(as, x, extras[i].name, strlen(extras[i].name), extras[i].row, extras[i].w);
    for (i = 0; i < countof(aliases); i++)
        copy_mnemonic(as, x, aliases[i].name, aliases[i].real);
    for (k = 0; k < countof(families); k++)
        for (i = 0; i < countof(conditions); i++) {
            char to[16], from[16];
            rt_snfmt(to, sizeof to, "%s%s", families[k], conditions[i].name);
            rt_snfmt(from, sizeof from, "%s%s", families[k], conditions[i].real);
            copy_mnemonic(as, x, to, from);
            if (k == 2) {
                size_t n = strlen(to), m = strlen(from);
                static const char suf[] = "wlq";
                unsigned s;
                for (s = 0; s < 3; s++) {
                    to[n] = from[m] = suf[s];
                    to[n + 1] = from[m + 1] = 0;
                    copy_mnemonic(as, x, to, from);
                }
            }
        }
    for (i = 0; i < countof(specials); i++)
        mnemonic(as, x, specials[i].name, strlen(specials[i].name))->special = &specials[i];
    return x;
}

/* ---- operands ---- */

static bool get_reg(As *as, const char **p, uint8_t *class, uint8_t *num)
{
    X64Asm *x = as_target_state(as);
    char name[16];
    const char *s = *p + 1;
    size_t n = 0;
    const RegName *r;
    Ident *id;
    while (*s == ' ')
        s++;
    while (as_is_name(*s, false) && n < sizeof name - 1) {
        name[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s | 0x20 : *s);
        s++;
    }
    name[n] = 0;
    if (strcmp(name, "st") == 0) {
        const char *q = s;
        *class = C_T;
        *num = 0;
        as_skip(as, &q);
        if (*q == '(') {
            q++;
            as_skip(as, &q);
            if (*q < '0' || *q > '7') {
                as_error(as, q, "bad x87 register");
                return false;
            }
            *num = (uint8_t)(*q - '0');
            q++;
            as_skip(as, &q);
            if (*q != ')') {
                as_error(as, q, "expected ')'");
                return false;
            }
            s = q + 1;
        }
        *p = s;
        return true;
    }
    if (strcmp(name, "rip") == 0 || strcmp(name, "eip") == 0) {
        *class = name[0] == 'r' ? C_RIP : C_EIP;
        *num = X64_RIP;
        *p = s;
        return true;
    }
    id = intern_n(&x->names, name, n);
    r = id->tag;
    if (!r) {
        if (strncmp(name, "mm", 2) == 0 && n == 3)
            as_error(as, *p, "MMX is not supported");
        else if (strncmp(name, "ymm", 3) == 0 || strncmp(name, "zmm", 3) == 0 || (name[0] == 'k' && n == 2) ||
                 strncmp(name, "xmm", 3) == 0)
            as_error(as, *p, "AVX is not supported");
        else
            as_error(as, *p, "no register '%%%s'", name);
        return false;
    }
    *class = r->class;
    *num = r->num;
    *p = s;
    return true;
}

/* (base, index, scale) */
static bool get_address(As *as, const char **p, Op *o)
{
    const char *s = *p + 1;
    uint8_t class, num, size = 0;
    X64Mem *m = &o->mem;
    o->has_base = true;
    as_skip(as, &s);
    if (*s == '%') {
        const char *at = s;
        if (!get_reg(as, &s, &class, &num))
            return false;
        if (class == C_G2 && num == X64_RDX) {
            o->dx = true;
        } else if (class != C_G8 && class != C_G4 && class != C_RIP && class != C_EIP) {
            as_error(as, at, "not a base register");
            return false;
        }
        m->base = num;
        size = class == C_G4 || class == C_EIP ? 4 : 8;
        as_skip(as, &s);
    }
    if (*s == ',') {
        const char *at;
        s++;
        as_skip(as, &s);
        at = s;
        if (*s == '%') {
            if (!get_reg(as, &s, &class, &num))
                return false;
            if ((class != C_G8 && class != C_G4) || (size && size != (class == C_G4 ? 4 : 8))) {
                as_error(as, at, "not an index register here");
                return false;
            }
            size = class == C_G4 ? 4 : 8;
            m->index = num;
            as_skip(as, &s);
        }
        if (*s == ',') {
            AsVal v;
            s++;
            as_skip(as, &s);
            at = s;
            if (*s != ')') {
                if (!as_expr(as, &s, &v))
                    return false;
                if (!as_reduce(as, &v) || (v.c != 1 && v.c != 2 && v.c != 4 && v.c != 8)) {
                    as_error(as, at, "scale is 1, 2, 4 or 8");
                    return false;
                }
                m->scale = v.c == 8 ? 3 : v.c == 4 ? 2 : v.c == 2 ? 1 : 0;
                as_skip(as, &s);
            }
            if (m->index == X64_NOREG)
                m->scale = 0;
        }
        if (m->index == X64_RSP) { /* only a base can be rsp */
            if (m->scale || m->base == X64_RSP || m->base == X64_NOREG) {
                as_error(as, at, "rsp is no index register");
                return false;
            }
            m->index = m->base;
            m->base = X64_RSP;
        }
        if (m->base == X64_RIP && m->index != X64_NOREG) {
            as_error(as, at, "rip takes no index");
            return false;
        }
    }
    if (*s != ')') {
        as_error(as, s, "expected ')'");
        return false;
    }
    m->addr32 = size == 4;
    *p = s + 1;
    return true;
}

static bool opens_address(As *as, const char *s)
{
    s++;
    as_skip(as, &s);
    return *s == '%' || *s == ',';
}

static bool get_memory(As *as, const char **p, Op *o)
{
    o->kind = OP_MEM;
    as_skip(as, p);
    if (**p != '(' || !opens_address(as, *p)) {
        if (!as_expr(as, p, &o->v))
            return false;
        as_reduce(as, &o->v);
        as_skip(as, p);
    }
    if (**p == '(')
        return get_address(as, p, o);
    return true;
}

static bool get_operand(As *as, const char **p, Op *o)
{
    static const uint8_t prefixes[] = { 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 };
    memset(o, 0, sizeof *o);
    o->mem.base = o->mem.index = X64_NOREG;
    as_skip(as, p);
    o->at = *p;
    if (**p == '*') {
        o->star = true;
        ++*p;
        as_skip(as, p);
    }
    if (**p == '$') {
        o->kind = OP_IMM;
        ++*p;
        if (!as_expr(as, p, &o->v))
            return false;
        as_reduce(as, &o->v);
        return true;
    }
    if (**p == '%') {
        if (!get_reg(as, p, &o->class, &o->num))
            return false;
        o->kind = OP_REG;
        as_skip(as, p);
        if (**p == ':' && o->class == C_S) {
            ++*p;
            o->mem.seg = prefixes[o->num];
            return get_memory(as, p, o);
        }
        if (o->class == C_RIP || o->class == C_EIP) {
            as_error(as, o->at, "rip stands in addresses only");
            return false;
        }
        return true;
    }
    return get_memory(as, p, o);
}

/* Tries an entry of a mnemonic, over the row's widths when the mnemonic does not tell. 1: matched, 2: the width is not told, 0: no. */
static int try_entry(As *as, Match *m, const Entry *e, const Op *o, unsigned n)
{
    const X64Insn *in = &x64_insns[e->row];
    unsigned w;
    int unsure = 0;
    if (!e->w && (in->flags & X_DEF4))
        return x64_match(as, m, e->row, 4, o, n);
    if (e->w || !in->widths)
        return x64_match(as, m, e->row, e->w, o, n);
    if (in->wsel == S_64 && (in->widths & 8) && x64_match(as, m, e->row, 8, o, n))
        return 1;
    for (w = 1; w <= 8; w <<= 1) {
        if (!(in->widths & w) || !x64_match(as, m, e->row, w, o, n))
            continue;
        if (m->bound || (in->widths & (in->widths - 1)) == 0 || in->reg == C_X)
            return 1;
        unsure = 2;
    }
    return unsure;
}

/* ---- emitting ---- */

/* The relaxable uses of a GOT slot (psABI, "Optimize GOTPCRELX Relocations"). */
static unsigned got_hint(const X64Ins *i, const uint8_t *bytes)
{
    const X64Insn *in = &x64_insns[i->row];
    unsigned k;
    bool rex = false, ok;
    if (i->mem.base != X64_RIP && i->mem.base != X64_NOREG)
        return HINT_SIGNED;
    ok = i->row == X64_I_MOV_RM || i->row == X64_I_TEST_MR || i->row == X64_I_CALL_M || i->row == X64_I_JMP_M ||
         (in->form == F_RM && !in->map && (in->op & 0xc7) == 0x02);
    if (!ok || i->w < 4)
        return HINT_SIGNED;
    for (k = 0; k < i->len; k++)
        if ((bytes[k] & 0xf0) == 0x40) {
            rex = true;
            break;
        } else if (bytes[k] != 0x66 && bytes[k] != 0x67 && bytes[k] != 0xf2 && bytes[k] != 0xf3 && bytes[k] != 0x64 && bytes[k] != 0x65 &&
                   bytes[k] != 0x3e) {
            break;
        }
    return rex ? HINT_RELAX_REX : HINT_RELAX;
}

static void emit(As *as, Match *m, unsigned prefixes, const char *at)
{
    X64Ins *i = &m->ins;
    const X64Insn *in = &x64_insns[i->row];
    uint8_t bytes[16];
    AsFix f;
    bool pcrel_imm = in->form == F_D32, jump = false;
    if (m->branch && (prefixes & X64_DISP32) && m->branch <= 17) {
        memset(i, 0, sizeof *i);
        i->row = m->branch == 1 ? X64_I_JMP_D32 : (uint16_t)(X64_I_JCC_D32 + m->branch - 2);
        in = &x64_insns[i->row];
        m->branch = 0;
        pcrel_imm = jump = true;
        prefixes &= X64_BND;
    }
    if (m->branch) {
        if (prefixes & X64_BND)
            as_emit(as, "\xf2", 1);
        as_branch(as, m->branch - 1, &m->imm->v, m->imm->at);
        return;
    }
    i->prefixes = (uint8_t)prefixes;
    if ((prefixes & X64_LOCK) && (!(in->flags & X_LOCK) || !i->is_mem)) {
        as_error(as, at, "lock stands before an instruction that changes memory");
        return;
    }
    if (m->mem) {
        if (!as_val_const(&m->mem->v)) {
            i->mem.reloc_kind = 1;
        } else {
            int64_t c = m->mem->v.c;
            if (!bits_fits_s(c, 32)) {
                if (!(i->mem.addr32 && bits_fits_u((uint64_t)c, 32))) {
                    as_error(as, m->mem->at, "displacement does not fit 32 bits");
                    return;
                }
                c = bits_sext((uint64_t)c, 32);
            }
            i->mem.disp = (int32_t)c;
        }
    }
    if (m->imm && as_val_const(&m->imm->v) && !pcrel_imm) {
        i->imm = m->imm->v.c;
    }
    if (!x64_emit(bytes, i)) {
        as_error(as, at, "these operands cannot be encoded together");
        return;
    }
    as_emit(as, bytes, i->len);
    if (m->mem && !as_val_const(&m->mem->v)) {
        memset(&f, 0, sizeof f);
        f.size = i->disp_n;
        f.v = m->mem->v;
        f.hint = HINT_SIGNED;
        if (f.v.mod == M_GOTPCREL)
            f.hint = (uint8_t)got_hint(i, bytes);
        if (i->mem.base == X64_RIP) {
            f.pcrel = true;
            f.pc_off = (uint8_t)(i->len - i->disp_at);
        }
        as_fix(as, (unsigned)i->len - i->disp_at, &f, m->mem->at);
    }
    if (m->imm && (pcrel_imm || !as_val_const(&m->imm->v))) {
        memset(&f, 0, sizeof f);
        f.size = i->imm_n;
        f.v = m->imm->v;
        if (pcrel_imm) {
            f.pcrel = true;
            f.pc_off = 4;
            f.jump = jump;
            f.hint = HINT_BRANCH;
        } else {
            f.hint = i->imm_n == 4 && i->w == 8 ? HINT_SIGNED : HINT_DATA;
        }
        as_fix(as, (unsigned)i->len - i->imm_at, &f, m->imm->at);
    }
}

/* cmpltsd and its kin: a predicate in the name (SDM vol. 2, CMPSD table 3-9). */
static bool compare_predicate(const char *name, size_t n, unsigned *row, unsigned *w, unsigned *pred)
{
    static const char *const preds[] = { "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord" };
    unsigned k;
    if (n < 7 || memcmp(name, "cmp", 3) != 0 || (name[n - 2] != 's' && name[n - 2] != 'p') || (name[n - 1] != 's' && name[n - 1] != 'd'))
        return false;
    for (k = 0; k < 8; k++)
        if (strlen(preds[k]) == n - 5 && memcmp(preds[k], name + 3, n - 5) == 0) {
            *row = name[n - 2] == 's' ? X64_I_CMPS_RMI8 : X64_I_CMPPS_RMI8;
            *w = name[n - 1] == 's' ? 4 : 8;
            *pred = k;
            return true;
        }
    return false;
}

static size_t lower_word(const char *at, const char **end, char *name, size_t cap)
{
    size_t n = 0;
    while (as_is_name(*at, false)) {
        if (n < cap - 1)
            name[n++] = (char)(*at >= 'A' && *at <= 'Z' ? *at | 0x20 : *at);
        at++;
    }
    name[n] = 0;
    *end = at;
    return n;
}

/* {disp8} {disp32} {load} {store} before an instruction: which of several encodings is wanted, as GNU as has them. */
static const char *preferences(As *as, const char *p, unsigned *prefixes, unsigned *skip)
{
    static const struct { const char *name; uint8_t prefix, skip; } known[] = {
        { "disp8", X64_DISP8, 0 }, { "disp32", X64_DISP32, 0 }, { "load", 0, F_MR }, { "store", 0, F_RM },
    };
    while (*p == '{') {
        const char *e = ++p;
        size_t k;
        while (as_is_name(*e, false))
            e++;
        for (k = 0; k < countof(known); k++)
            if (strlen(known[k].name) == (size_t)(e - p) && memcmp(known[k].name, p, (size_t)(e - p)) == 0)
                break;
        if (k == countof(known) || *e != '}') {
            as_error(as, p, "expected {disp8}, {disp32}, {load} or {store}");
            return NULL;
        }
        *prefixes |= known[k].prefix;
        if (known[k].skip)
            *skip = known[k].skip;
        p = e + 1;
        as_skip(as, &p);
    }
    return p;
}

static const char *insn(As *as, const char *at, const char *p)
{
    X64Asm *x = as_target_state(as);
    char name[24];
    size_t n;
    unsigned nops = 0, prefixes = 0, skip = F_ZO, row, w, pred;
    Op ops[MAX_OPS + 1];
    Match m;
    Mnemonic *mn;
    const Entry *e;
    bool unsure = false;
    int more;
    if (*at == '{') {
        p = preferences(as, at, &prefixes, &skip);
        if (!p)
            return at;
        at = p;
    }
    n = lower_word(at, &p, name, sizeof name);
    mn = intern_n(&x->names, name, n)->sym;
    while (mn && mn->special) {
        const Special *s = mn->special;
        if (s->kind == SP_FWAIT) {
            as_emit(as, "\x9b", 1);
            mn = intern_n(&x->names, s->real, strlen(s->real))->sym;
            break;
        }
        as_skip(as, &p);
        if (s->kind == SP_PREFIX_BYTE || as_at_end(as, p)) {
            uint8_t b = s->v;
            if (s->kind == SP_PREFIX_FLAG)
                b = s->v == X64_LOCK ? 0xf0 : s->v == X64_REP ? 0xf3 : s->v == X64_NOTRACK ? 0x3e : 0xf2;
            as_emit(as, &b, 1);
        } else {
            prefixes |= s->v;
        }
        if (as_at_end(as, p))
            return p;
        at = p;
        n = lower_word(at, &p, name, sizeof name);
        mn = intern_n(&x->names, name, n)->sym;
    }
    as_skip(as, &p);
    for (more = !as_at_end(as, p); more > 0;) {
        if (nops == MAX_OPS) {
            as_error(as, p, "too many operands");
            return p;
        }
        if (!get_operand(as, &p, &ops[nops]))
            return p;
        nops++;
        more = as_next_operand(as, &p);
    }
    if (more < 0)
        return p;
    if (!mn && compare_predicate(name, n, &row, &w, &pred)) {
        Op with[MAX_OPS];
        if (nops == 2) {
            memset(&with[0], 0, sizeof with[0]);
            with[0].kind = OP_IMM;
            with[0].v.c = pred;
            with[1] = ops[0];
            with[2] = ops[1];
            if (x64_match(as, &m, row, w, with, 3)) {
                emit(as, &m, prefixes, at);
                return p;
            }
        }
        as_error(as, at, "'%s' does not take these operands", name);
        return p;
    }
    if (!mn) {
        if (name[0] == 'v' && n > 3)
            as_error(as, at, "no instruction '%s' (AVX is not supported)", name);
        else
            as_error(as, at, "no instruction '%s'", name);
        return p;
    }
again:
    for (e = mn->first; e; e = e->next) {
        int r;
        if (skip != F_ZO && x64_insns[e->row].form == skip && nops == 2 && ops[0].kind == OP_REG && ops[1].kind == OP_REG)
            continue;
        r = try_entry(as, &m, e, ops, nops);
        if (r == 1) {
            emit(as, &m, prefixes, at);
            return p;
        }
        if (r == 2)
            unsure = true;
    }
    if (skip != F_ZO) { /* there is one encoding only */
        skip = F_ZO;
        goto again;
    }
    if (unsure)
        as_error(as, at, "the size of the operation is not told: give '%s' a suffix", name);
    else if (nops == 0)
        as_error(as, at, "'%s' needs operands", name);
    else
        as_error(as, ops[0].at, "'%s' does not take these operands", name);
    return p;
}

#define RELOC(name, number, ...) { #name, number },
static const AsRelocName reloc_names[] = {
#include "arch/x64/reloc.def"
};
#undef RELOC

extern const struct TargetAsm x64_asm;
const struct TargetAsm x64_asm = {
    .line_comment = "/",
    .begin = begin, .insn = insn, .modifier = x64_asm_modifier, .reloc = x64_asm_reloc, .section_ok = x64_asm_section_ok,
    .is_tls = x64_asm_is_tls, .branch_level = x64_asm_branch_level, .branch_put = x64_asm_branch_put, .branch_hint = HINT_BRANCH,
    .nops = x64_asm_nops, .nop_fill = 0x90, .relocs = reloc_names, .nrelocs = countof(reloc_names),
};
