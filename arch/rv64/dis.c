/* dis.c: text out. Bytes in, "mnemonic operands" in GNU as's syntax out, as objdump prints it (newer ones: addi
 * keeps its i). One idea: 16-bit rows are expanded, then the first alias of insn.def that holds gives mnemonic and
 * syntax, else the row does; a syntax is printed letter by letter (insn.h).
 *
 * An operand that a relocation or a name may stand for is offered to DisNames.name: immediates with n the bytes of
 * the instruction; auipc with the jalr behind it with n 8 first: when that is taken, both are printed as one call
 * or tail. */
#include "arch/rv64/insn.h"

#include "as/as_target.h"

typedef struct Dis {
    Rv64Dec *dec;
    unsigned options;
    uint16_t first_alias[RV64_ROWS]; /* number + 1 */
    uint16_t *next_alias;      /* the same row's */
    const char *csr[4096];
    uint64_t high[32];         /* what lui or auipc put into a register last ... */
    bool has_high[32];         /* ... until an instruction has used it */
    bool asked_gp, has_gp;     /* __global_pointer$ (psABI, "Global-pointer Relaxation") */
    uint64_t gp;
} Dis;

static const char *const x_names[2][64] = {
    {
#define REG(n, isa, abi) abi,
#define CSR(n, name)
#define CSR_TOO(n, name)
#include "arch/rv64/reg.def"
#undef REG
    },
    {
#define REG(n, isa, abi) isa,
#include "arch/rv64/reg.def"
#undef REG
#undef CSR
    },
};

typedef struct CsrName { uint16_t n; const char *name; } CsrName;
static const CsrName csrs[] = {
#define REG(n, isa, abi)
#define CSR(n, name) { n, name },
#include "arch/rv64/reg.def"
#undef REG
#undef CSR
#undef CSR_TOO
};

const char *rv64_reg_name(unsigned reg)
{
    return reg < 64 ? x_names[0][reg] : NULL;
}

const char *rv64_csr_name(unsigned csr)
{
    unsigned lo = 0, hi = countof(csrs);
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (csrs[mid].n < csr)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < countof(csrs) && csrs[lo].n == csr ? csrs[lo].name : NULL;
}

void *rv64_dis_begin(Arena *a, unsigned options)
{
    Dis *d = arena_new(a, Dis);
    unsigned k;
    d->dec = rv64_dec_new(a);
    d->options = options;
    d->next_alias = arena_array(a, uint16_t, rv64_alias_count);
    for (k = rv64_alias_count; k-- > 0;) {
        d->next_alias[k] = d->first_alias[rv64_aliases[k].row];
        d->first_alias[rv64_aliases[k].row] = (uint16_t)(k + 1);
    }
    for (k = 0; k < countof(csrs); k++)
        d->csr[csrs[k].n] = csrs[k].name;
    return d;
}

static void *begin(Arena *a, const char *options, bool exact)
{
    static const struct { const char *name; unsigned bit; } known[] = {
        { "no-aliases", RV64_DIS_NO_ALIASES }, { "numeric", RV64_DIS_NUMERIC },
    };
    unsigned set = exact ? RV64_DIS_EXACT : 0, k;
    const char *p, *e;
    for (p = options; p && *p; p = *e ? e + 1 : e) {
        for (e = p; *e && *e != ','; e++)
            ;
        for (k = 0; k < countof(known); k++)
            if (strlen(known[k].name) == (size_t)(e - p) && memcmp(known[k].name, p, (size_t)(e - p)) == 0)
                break;
        if (k == countof(known))
            return NULL;
        set |= known[k].bit;
    }
    return rv64_dis_begin(a, set);
}

typedef struct Text {
    const Dis *d;
    const DisNames *names;
    Buf *out;
    uint64_t pc;
    const Rv64Ins *i;
    unsigned len;              /* bytes of the instruction as it stands */
} Text;

static void reg(const Text *t, unsigned r)
{
    buf_str(t->out, x_names[t->d->options & RV64_DIS_NUMERIC ? 1 : 0][r & 63]);
}

static bool symbolic(const Text *t, unsigned n, bool pcrel, bool memory, uint64_t value)
{
    DisField f;
    if (!t->names || !t->names->name)
        return false;
    memset(&f, 0, sizeof f);
    f.insn = t->pc;
    f.n = (uint8_t)n;
    f.pcrel = pcrel;
    f.memory = memory;
    f.value = value;
    return t->names->name(t->names->ctx, &f, t->out);
}

static void fence_set(const Text *t, unsigned bits)
{
    static const char letters[4] = { 'i', 'o', 'r', 'w' };
    unsigned k;
    if (!bits)
        buf_u8(t->out, '0');
    for (k = 0; k < 4; k++)
        if (bits & 8u >> k)
            buf_u8(t->out, (uint8_t)letters[k]);
}

static void operand(const Text *t, char c)
{
    static const char *const modes[8] = { "rne", "rtz", "rdn", "rup", "rmm", "rm5", "rm6", "dyn" };
    const Rv64Ins *i = t->i;
    uint64_t to;
    switch (c) {
    case 'd': reg(t, i->rd); break;
    case 's': case 'e': reg(t, i->rs1); break;
    case 't': reg(t, i->rs2); break;
    case 'r': reg(t, i->rs3); break;
    case 'i':
        if (!symbolic(t, t->len, false, false, (uint64_t)i->imm))
            buf_fmt(t->out, "%d", (int)i->imm);
        break;
    case 'm':
        if (!symbolic(t, t->len, false, true, (uint64_t)i->imm))
            buf_fmt(t->out, "%d", (int)i->imm);
        buf_u8(t->out, '(');
        reg(t, i->rs1);
        buf_u8(t->out, ')');
        break;
    case 'a':
        buf_u8(t->out, '(');
        reg(t, i->rs1);
        buf_u8(t->out, ')');
        break;
    case 'h':
        buf_fmt(t->out, "0x%x", (unsigned)i->imm);
        break;
    case 'u':
        if (!symbolic(t, t->len, false, false, (uint64_t)i->imm))
            buf_fmt(t->out, "0x%x", (unsigned)i->imm);
        break;
    case 'b':
        to = t->pc + (uint64_t)(int64_t)i->imm;
        if (!symbolic(t, t->len, true, false, to))
            buf_fmt(t->out, "0x%llx", (unsigned long long)to);
        break;
    case 'c':
        if (t->d->csr[i->csr])
            buf_str(t->out, t->d->csr[i->csr]);
        else
            buf_fmt(t->out, "0x%x", (unsigned)i->csr);
        break;
    case 'z': buf_fmt(t->out, "%u", (unsigned)i->imm); break;
    case 'f': fence_set(t, (unsigned)i->imm >> 4); break;
    case 'g': fence_set(t, (unsigned)i->imm & 15); break;
    case 'R': buf_str(t->out, modes[i->rm & 7]); break;
    default: break;
    }
}

/* keep: bits the alias must not imply. */
static const Rv64Alias *alias(const Dis *d, const Rv64Ins *i, uint32_t w, uint32_t keep)
{
    unsigned k = d->first_alias[i->row];
    for (; k; k = d->next_alias[k - 1]) {
        const Rv64Alias *al = &rv64_aliases[k - 1];
        if ((al->flags & (AL_ASM | AL_C)) || (w & al->mask) != al->value || (al->mask & keep))
            continue;
        if (strchr(al->syntax, 'e') && i->rs1 != i->rs2)
            continue;
        return al;
    }
    return NULL;
}

static void print(const Text *t, const char *mnem, const char *syntax)
{
    static const char *const order[4] = { "", ".rl", ".aq", ".aqrl" };
    const Rv64Insn *in = &rv64_insns[t->i->row];
    char sep = '\t';
    buf_str(t->out, mnem);
    buf_str(t->out, order[t->i->aqrl & 3]);
    for (; *syntax; syntax++) {
        if (*syntax == 'R' && t->i->rm == (in->flags & RVF_RM0 ? RV64_RNE : RV64_DYN))
            continue;
        buf_u8(t->out, (uint8_t)sep);
        operand(t, *syntax);
        sep = ',';
    }
}

/* auipc t, 0; jalr d, 0(t): the pair a CALL relocation names (psABI 8.4.2). */
static bool call_pair(const Text *t, const uint8_t *p, size_t n)
{
    Rv64Ins j;
    size_t keep = t->out->n;
    unsigned scratch = t->i->rd;
    if (!t->names || n < 8 || t->i->row != RV64_I_AUIPC || t->i->imm || !rv64_decode(t->d->dec, p + 4, 4, &j))
        return false;
    if (j.row != RV64_I_JALR || j.imm || j.rs1 != scratch || scratch != (j.rd == RV64_RA ? RV64_RA : RV64_T1))
        return false;
    buf_str(t->out, j.rd == RV64_ZERO ? "tail\t" : "call\t");
    if (j.rd != RV64_ZERO && j.rd != RV64_RA) {
        reg(t, j.rd);
        buf_u8(t->out, ',');
    }
    if (symbolic(t, 8, true, false, t->pc))
        return true;
    t->out->n = keep;
    return false;
}

/* What a register is known to hold; zero and tp count as 0, gp as what the linker makes it. */
static bool base(Dis *d, const Text *t, unsigned r, uint64_t *v)
{
    if (r && d->has_high[r]) {
        d->has_high[r] = false;
        *v = d->high[r];
        return true;
    }
    if (r == RV64_GP && !d->asked_gp) {
        d->asked_gp = true;
        d->has_gp = t->names->symbol && t->names->symbol(t->names->ctx, "__global_pointer$", &d->gp);
    }
    *v = r == RV64_GP ? d->gp : 0;
    return r == RV64_ZERO || r == RV64_TP || (r == RV64_GP && d->has_gp);
}

/* The address that a lower part, added to what is known of its base, makes: told behind the instruction, once. i as it stands, m in 32
 * bits; syntax: what was printed. */
static void remark(Dis *d, const Text *t, const Rv64Ins *i, const Rv64Ins *m, const char *syntax)
{
    const Rv64Insn *in = &rv64_insns[m->row];
    bool access = i->len == 4 && (in->flags & (RVF_LOAD | RVF_STORE)) && !(in->flags & RVF_ATOMIC);
    bool jump = i->len == 4 && m->row == RV64_I_JALR && (strchr(syntax, 's') || strchr(syntax, 'm'));
    bool add = (i->row == RV64_I_ADDI || i->row == RV64_I_ADDIW || i->row == RV64_I_C_ADDI || i->row == RV64_I_C_ADDIW) && m->rs1 &&
               strchr(syntax, 'i');
    uint64_t from;
    DisField f;
    if (m->row == RV64_I_LUI || m->row == RV64_I_AUIPC) {
        d->high[m->rd] = (uint64_t)bits_sext((uint64_t)m->imm << 12, 32) + (m->row == RV64_I_AUIPC ? t->pc : 0);
        d->has_high[m->rd] = true;
    }
    if (!(access || jump || add) || !base(d, t, m->rs1, &from))
        return;
    memset(&f, 0, sizeof f);
    f.insn = t->pc;
    f.pcrel = f.memory = true;
    f.value = from + (uint64_t)(int64_t)m->imm;
    if (m->row == RV64_I_ADDIW)
        f.value = (uint64_t)bits_sext(f.value, 32);
    t->names->name(t->names->ctx, &f, t->out);
}

static unsigned one(void *state, const uint8_t *p, size_t n, uint64_t pc, const DisNames *names, Buf *out)
{
    Dis *d = state;
    const Rv64Insn *in;
    const Rv64Alias *al = NULL;
    const char *syntax;
    Rv64Ins i, whole, is;
    Text t;
    bool own;
    uint8_t b[4];
    if (!rv64_decode(d->dec, p, n, &i))
        return 0;
    is = whole = i;
    rv64_expand(&whole);
    t.d = d;
    t.names = names;
    t.out = out;
    t.pc = pc;
    t.i = &i;
    t.len = i.len;
    if ((d->options & RV64_DIS_EXACT) && call_pair(&t, p, n))
        return 8;
    own = d->options & RV64_DIS_NO_ALIASES;
    if (i.len == 2 && !own) { /* HINTs, and what GNU as would write otherwise, by their own names */
        Rv64Ins back = whole;
        own = i.row != RV64_I_C_UNIMP && (!rv64_compress(&back, RV64_X_ALL) || back.row != i.row) &&
              ((d->options & RV64_DIS_EXACT) || i.row != RV64_I_C_ADDI16SP);
    }
    if (!own) {
        i = whole;
        if (i.row == RV64_I_C_UNIMP) {
            buf_str(out, "unimp");
            return t.len;
        }
        if (rv64_emit(b, &i))
            al = alias(d, &i, get_u32(b), names && names->whole ? rv64_field_mask(rv64_forms[rv64_insns[i.row].form].imm) : 0);
    }
    in = &rv64_insns[i.row];
    syntax = al ? al->syntax : i.row == RV64_I_C_NOP && i.imm ? "i" : rv64_forms[in->form].syntax;
    if (i.row == RV64_I_C_ADDI16SP) {
        buf_fmt(out, "%s\t", in->mnem);
        reg(&t, RV64_SP);
        buf_fmt(out, ",%d", (int)i.imm);
    } else {
        print(&t, al ? al->mnem : in->mnem, syntax);
    }
    if (i.row == RV64_I_ADD && i.rs2 == RV64_TP && t.len == 4 && names && names->whole) { /* %tprel_add */
        size_t keep = out->n;
        buf_u8(out, ',');
        if (!symbolic(&t, 4, false, false, 0))
            out->n = keep;
    }
    if (names && names->name && !(d->options & RV64_DIS_EXACT))
        remark(d, &t, &is, &whole, syntax);
    return t.len;
}

/* Two or four bytes as their lowest bits say. */
static unsigned unknown(const uint8_t *p, size_t n, Buf *out)
{
    if (n < 2) {
        buf_fmt(out, ".byte\t0x%x", *p);
        return 1;
    }
    if ((*p & 3) != 3 || n < 4) {
        buf_fmt(out, ".2byte\t0x%x", get_u16(p));
        return 2;
    }
    buf_fmt(out, ".4byte\t0x%x", get_u32(p));
    return 4;
}

/* ---- for as_print ---- */

static bool reloc_text(uint32_t type, DisReloc *r)
{
    static const struct { uint16_t type; uint8_t size; bool pcrel, insn; const char *before; } table[] = {
        { R_RISCV_64, 8, false, false, "" }, { R_RISCV_32, 4, false, false, "" }, { R_RISCV_32_PCREL, 4, true, false, "" },
        { R_RISCV_CALL_PLT, 8, true, true, "" }, { R_RISCV_JAL, 4, true, true, "" },
        { R_RISCV_HI20, 4, false, true, "%hi(" }, { R_RISCV_LO12_I, 4, false, true, "%lo(" },
        { R_RISCV_LO12_S, 4, false, true, "%lo(" }, { R_RISCV_PCREL_HI20, 4, false, true, "%pcrel_hi(" },
        { R_RISCV_PCREL_LO12_I, 4, false, true, "%pcrel_lo(" }, { R_RISCV_PCREL_LO12_S, 4, false, true, "%pcrel_lo(" },
        { R_RISCV_GOT_HI20, 4, false, true, "%got_pcrel_hi(" }, { R_RISCV_TLS_GOT_HI20, 4, false, true, "%tls_ie_pcrel_hi(" },
        { R_RISCV_TLS_GD_HI20, 4, false, true, "%tls_gd_pcrel_hi(" }, { R_RISCV_TPREL_HI20, 4, false, true, "%tprel_hi(" },
        { R_RISCV_TPREL_LO12_I, 4, false, true, "%tprel_lo(" }, { R_RISCV_TPREL_LO12_S, 4, false, true, "%tprel_lo(" },
        { R_RISCV_TPREL_ADD, 4, false, true, "%tprel_add(" },
    };
    size_t i;
    for (i = 0; i < countof(table); i++)
        if (table[i].type == type) {
            r->before = table[i].before;
            r->after = *table[i].before ? ")" : "";
            r->pcrel = table[i].pcrel;
            r->insn = table[i].insn;
            r->size = table[i].size;
            return true;
        }
    return false;
}

static bool is_attributes(const ObjSec *s)
{
    return s->type == SHT_RISCV_ATTRIBUTES;
}

/* A number of at most nine bytes; *p is the end after a wrong one. */
static uint64_t get_uleb(const uint8_t **p, const uint8_t *end)
{
    uint64_t v = 0;
    unsigned shift;
    for (shift = 0; *p < end && shift < 63; shift += 7) {
        uint8_t b = *(*p)++;
        v |= (uint64_t)(b & 0x7f) << shift;
        if (b < 0x80)
            return v;
    }
    *p = end;
    return 0;
}

/* .attribute lines of the file's own attributes (march.c writes them); what is not of that form is left. */
static void attributes(const ObjSec *s, Buf *out)
{
    const uint8_t *p = s->data.p, *end = p + s->data.n, *e;
    if (s->data.n < 16 || p[0] != 'A' || memcmp(p + 5, "riscv", 6) != 0 || p[11] != 1)
        return;
    for (p += 16; p < end;) {
        uint64_t tag = get_uleb(&p, end);
        if (!(tag & 1)) {
            uint64_t v = get_uleb(&p, end);
            if (tag >= RV64_TAG_STACK_ALIGN && tag != 32 && tag <= UINT32_MAX)
                buf_fmt(out, "\t.attribute\t%u, %llu\n", (unsigned)tag, (unsigned long long)v);
            continue;
        }
        for (e = p; e < end && *e && *e != '"' && *e >= ' '; e++)
            ;
        if (e == end || *e)
            return;
        if (tag >= RV64_TAG_STACK_ALIGN && tag <= UINT32_MAX)
            buf_fmt(out, "\t.attribute\t%u, \"%s\"\n", (unsigned)tag, (const char *)p);
        p = e + 1;
    }
}

static void head(const Obj *o, Buf *out)
{
    uint32_t i;
    buf_str(out, "\t.option\tnorelax\n");
    for (i = 1; i < o->secs.n; i++)
        if (is_attributes(o->secs.p[i]))
            attributes(o->secs.p[i], out);
}

static const char *const lengthen[] = { ".option\tpush", ".option\tnorvc", NULL };
static const char *const relent[] = { ".option\tpop", NULL };

extern const struct TargetDis rv64_dis;
const struct TargetDis rv64_dis = {
    .begin = begin, .min_len = 2, .words = true, .remark = " # ", .unknown = unknown, .one = one,
    .reloc_text = reloc_text, .lengthen = lengthen, .relent = relent, .head = head,
    .made = is_attributes,
};
