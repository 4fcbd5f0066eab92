/* asm.c: GNU syntax in, instructions out (through rv64_emit), for src/as. One idea: operands are sorted by shape
 * first (register, offset(register), expression), so that a mnemonic's rows and aliases can be matched against
 * their syntax letters (insn.h) without reading an expression twice; the first that matches is meant. What is more
 * than one instruction or needs a relocation by itself is in pseudo.c.
 *
 * Our own objects never ask the linker to relax (.option relax is read and without effect): every local distance
 * is final here. */
#include "arch/arch.h"
#include "arch/rv64/asm.h"

/* ---- names ---- */

typedef struct Cand {          /* one way a mnemonic can be meant */
    uint16_t row;
    uint16_t alias;            /* number + 1; 0: the row's own syntax */
    struct Cand *next;
} Cand;

typedef struct RegName { const char *isa, *abi; uint8_t n; } RegName;
static const RegName regs[] = {
#define REG(n, isa, abi) { isa, abi, n },
#define CSR(n, name)
#define CSR_TOO(n, name)
#include "arch/rv64/reg.def"
#undef REG
#undef CSR
#undef CSR_TOO
};
typedef struct CsrName { const char *name; uint16_t n; } CsrName;
static const CsrName csrs[] = {
#define REG(n, isa, abi)
#define CSR(n, name) { name, n },
#define CSR_TOO(n, name) { name, n },
#include "arch/rv64/reg.def"
#undef REG
#undef CSR
#undef CSR_TOO
};

static void add_cand(As *as, Rv64Asm *a, const char *name, unsigned row, unsigned alias)
{
    Ident *id = intern_n(&a->names, name, strlen(name));
    Cand *c = arena_new(as_arena(as), Cand), *at = id->sym;
    c->row = (uint16_t)row;
    c->alias = (uint16_t)alias;
    if (!at) {
        id->sym = c;
        return;
    }
    while (at->next)
        at = at->next;
    at->next = c;
}

static void *begin(As *as)
{
    Rv64Asm *a = arena_new(as_arena(as), Rv64Asm);
    unsigned k;
    intern_init(&a->names, as_arena(as));
    intern_init(&a->regs, as_arena(as));
    for (k = 0; k < rv64_alias_count; k++)
        if (!(rv64_aliases[k].flags & AL_DIS))
            add_cand(as, a, rv64_aliases[k].mnem, rv64_aliases[k].row, k + 1);
    for (k = 0; k < RV64_ROWS; k++)
        add_cand(as, a, rv64_insns[k].mnem, k, 0);
    rv64_pseudo_init(a);
    for (k = 0; k < countof(regs); k++) {
        intern_n(&a->regs, regs[k].isa, strlen(regs[k].isa))->kw = (uint16_t)(regs[k].n + 1);
        intern_n(&a->regs, regs[k].abi, strlen(regs[k].abi))->kw = (uint16_t)(regs[k].n + 1);
    }
    intern_n(&a->regs, "fp", 2)->kw = RV64_S0 + 1;
    for (k = 0; k < countof(csrs); k++)
        intern_n(&a->regs, csrs[k].name, strlen(csrs[k].name))->pp = (uint16_t)(csrs[k].n + 1);
    a->now.ext = as_target(as)->features & RV64_X_ALL;
    a->now.pic = (as_target(as)->features & RV64_X_PIC) != 0;
    a->no_attrs = (as_target(as)->features & RV64_X_NO_ATTRIBUTES) != 0;
    a->rvc = (a->now.ext & RV64_X_C) != 0;
    return a;
}

static unsigned reg_number(Rv64Asm *a, const char *s, size_t n)
{
    unsigned k = n && n <= 5 ? intern_n(&a->regs, s, n)->kw : 0;
    return k ? k - 1 : RV64_NOREG;
}

/* ---- operands ---- */

static const char *word_end(const char *p)
{
    while (as_is_name(*p, false))
        p++;
    return p;
}

/* "(reg)" at the end of [p, e): its opening parenthesis. */
static const char *base_at(Rv64Asm *a, const char *p, const char *e, unsigned *reg)
{
    const char *open, *s;
    if (e == p || e[-1] != ')')
        return NULL;
    for (open = e - 1; open > p && *open != '('; open--)
        ;
    if (*open != '(')
        return NULL;
    for (s = open + 1; *s == ' ' || *s == '\t'; s++)
        ;
    for (e--; e > s && (e[-1] == ' ' || e[-1] == '\t'); e--)
        ;
    if (e <= s || word_end(s) != e)
        return NULL;
    *reg = reg_number(a, s, (size_t)(e - s));
    if (*reg > 31)
        return NULL;
    for (s = open; s > p && (s[-1] == ' ' || s[-1] == '\t'); s--)
        ;
    if (*p == '%' && word_end(p + 1) == s) /* %lo(a0): a symbol that is called like a register */
        return NULL;
    return open;
}

bool rv64_operands(As *as, Rv64Asm *a, const char **pp, Rv64Ops *o)
{
    const char *p = *pp;
    int more;
    o->n = 0;
    as_skip(as, &p);
    o->at = p;
    more = !as_at_end(as, p);
    while (more > 0) {
        Rv64Op *op = &o->op[o->n];
        const char *t, *e = as_operand_end(as, p, ",", &t);
        if (o->n == countof(o->op)) {
            as_error(as, p, "too many operands");
            return false;
        }
        o->n++;
        op->p = p;
        op->end = t;
        op->kind = RV64_OP_EXPR;
        op->reg = RV64_NOREG;
        if (t == p) {
            as_error(as, p, "expected an operand");
            return false;
        }
        if (word_end(p) == t && reg_number(a, p, (size_t)(t - p)) != RV64_NOREG) {
            op->kind = RV64_OP_REG;
            op->reg = (uint8_t)reg_number(a, p, (size_t)(t - p));
        } else {
            unsigned reg;
            const char *open = base_at(a, p, t, &reg);
            if (open) {
                op->kind = RV64_OP_MEM;
                op->reg = (uint8_t)reg;
                for (op->end = open; op->end > p && (op->end[-1] == ' ' || op->end[-1] == '\t'); op->end--)
                    ;
            }
        }
        p = e;
        more = as_next_operand(as, &p);
    }
    if (more < 0)
        return false;
    *pp = p;
    return true;
}

typedef struct Operator { const char *name; uint8_t hint; } Operator;
static const Operator operators[] = {
    { "hi", RV64_H_HI }, { "lo", RV64_H_LO_I }, { "pcrel_hi", RV64_H_PCREL_HI }, { "pcrel_lo", RV64_H_PCREL_LO_I },
    { "got_pcrel_hi", RV64_H_GOT_HI }, { "tls_ie_pcrel_hi", RV64_H_TLS_IE_HI }, { "tls_gd_pcrel_hi", RV64_H_TLS_GD_HI },
    { "tprel_hi", RV64_H_TPREL_HI }, { "tprel_lo", RV64_H_TPREL_LO_I }, { "tprel_add", RV64_H_TPREL_ADD },
};

bool rv64_value(As *as, const Rv64Op *op, AsVal *v, unsigned *hint)
{
    const char *p = op->p, *end = op->end;
    *hint = 0;
    if (op->p == op->end) {
        memset(v, 0, sizeof *v);
        return true;
    }
    if (*p == '%') {
        const char *name = p + 1, *e = word_end(name);
        size_t k, n = (size_t)(e - name);
        for (k = 0; k < countof(operators); k++)
            if (strlen(operators[k].name) == n && memcmp(operators[k].name, name, n) == 0)
                *hint = operators[k].hint;
        if (!*hint) {
            as_error(as, p, "unknown operator '%%%.*s'", (int)n, name);
            return false;
        }
        p = e;
        as_skip(as, &p);
        if (*p != '(') {
            as_error(as, p, "expected '('");
            return false;
        }
        p++;
        if (!as_expr(as, &p, v))
            return false;
        as_skip(as, &p);
        if (*p != ')') {
            as_error(as, p, "expected ')'");
            return false;
        }
        p++;
        as_skip(as, &p);
        if (p < end && (*p == '+' || *p == '-')) {
            AsVal more;
            if (!as_expr(as, &p, &more))
                return false;
            if (!as_val_const(&more) || v->tree) {
                as_error(as, p, "expected a number behind the operator");
                return false;
            }
            v->c = (int64_t)((uint64_t)v->c + (uint64_t)more.c);
        }
        if (*hint >= RV64_H_TLS_IE_HI && v->add)
            as_mark_tls(as, v->add);
    } else if (!as_expr(as, &p, v)) {
        return false;
    }
    if (!as_operand_done(as, p, end, v))
        return false;
    if (as_val_const(v) && (*hint == RV64_H_HI || *hint == RV64_H_LO_I)) {
        if (!bits_fits_s(v->c, 32) && !bits_fits_u((uint64_t)v->c, 32)) {
            as_error(as, op->p, "%lld does not fit 32 bits", (long long)v->c);
            return false;
        }
        v->c = *hint == RV64_H_HI ? (v->c + 0x800) >> 12 & 0xfffff : bits_sext((uint64_t)v->c, 12);
        *hint = 0;
    }
    return true;
}

bool rv64_constant(As *as, const Rv64Op *op, int64_t *c)
{
    AsVal v;
    unsigned hint;
    if (!rv64_value(as, op, &v, &hint))
        return false;
    if (hint || !as_val_const(&v)) {
        as_error(as, op->p, "expected a constant");
        return false;
    }
    *c = v.c;
    return true;
}

/* ---- matching ---- */

static bool is_f(unsigned slot) { return (slot & SL_F) != 0; }

static bool takes_reg(const Rv64Op *op, bool f)
{
    return op->kind == RV64_OP_REG && (op->reg >= 32) == f;
}

static bool shape_fits(const Rv64Form *f, const char *syntax, const Rv64Ops *o)
{
    unsigned k;
    for (k = 0; syntax[k]; k++) {
        const Rv64Op *op = &o->op[k];
        if (k == o->n)
            return syntax[k] == 'R';
        switch (syntax[k]) {
        case 'd': if (!takes_reg(op, is_f(f->rd))) return false; break;
        case 's': case 'e': if (!takes_reg(op, is_f(f->rs1))) return false; break;
        case 't': if (!takes_reg(op, is_f(f->rs2))) return false; break;
        case 'r': if (!takes_reg(op, is_f(f->rs3))) return false; break;
        case 'm': case 'a': if (op->kind != RV64_OP_MEM) return false; break;
        default: if (op->kind != RV64_OP_EXPR) return false; break;
        }
    }
    return k == o->n;
}

static bool word_is(const Rv64Op *op, const char *s)
{
    size_t n = strlen(s);
    return (size_t)(op->end - op->p) == n && memcmp(op->p, s, n) == 0;
}

static bool get_fence(As *as, const Rv64Op *op, unsigned *set)
{
    static const char letters[] = "iorw";
    const char *p, *l = letters;
    *set = 0;
    if (word_is(op, "0"))
        return true;
    for (p = op->p; p < op->end; p++) {
        while (*l && *l != *p)
            l++;
        if (!*l) {
            as_error(as, op->p, "expected letters of iorw in this order");
            return false;
        }
        *set |= 8u >> (l++ - letters);
    }
    return true;
}

static bool get_rm(As *as, const Rv64Op *op, uint8_t *rm)
{
    static const char *const modes[8] = { "rne", "rtz", "rdn", "rup", "rmm", NULL, NULL, "dyn" };
    unsigned k;
    for (k = 0; k < 8; k++)
        if (modes[k] && word_is(op, modes[k])) {
            *rm = (uint8_t)k;
            return true;
        }
    as_error(as, op->p, "expected a rounding mode: rne, rtz, rdn, rup, rmm or dyn");
    return false;
}

static bool get_csr(As *as, Rv64Asm *a, const Rv64Op *op, uint16_t *csr)
{
    unsigned k = word_end(op->p) == op->end ? intern_n(&a->regs, op->p, (size_t)(op->end - op->p))->pp : 0;
    int64_t c;
    a->privileged = true;
    if (k) {
        *csr = (uint16_t)(k - 1);
        return true;
    }
    if (*op->p < '0' || *op->p > '9') {
        if (as_is_name(*op->p, true)) {
            as_error(as, op->p, "unknown control register '%.*s'", (int)(op->end - op->p), op->p);
            return false;
        }
    }
    if (!rv64_constant(as, op, &c))
        return false;
    if (c < 0 || c > 4095) {
        as_error(as, op->p, "control registers have numbers 0 to 4095");
        return false;
    }
    *csr = (uint16_t)c;
    return true;
}

/* Registers the row implies and the syntax does not name. */
static void fill_implied(Rv64Ins *i, const Rv64Form *f, const char *syntax)
{
    static const uint8_t implied[3] = { 0, 1, 2 };
    if (f->rd >= SL_X0 && f->rd <= SL_X2 && !strchr(syntax, 'd'))
        i->rd = implied[f->rd - SL_X0];
    if (f->rs1 >= SL_X0 && f->rs1 <= SL_X2 && !strchr(syntax, 's') && !strchr(syntax, 'm'))
        i->rs1 = implied[f->rs1 - SL_X0];
    if (f->rs1 == SL_RD && !strchr(syntax, 's'))
        i->rs1 = i->rd;
}

/* The relocation of an operator in a store is another one than elsewhere. */
static unsigned hint_of(unsigned hint, const Rv64Form *f, unsigned row)
{
    bool store = f->imm == IM_S;
    switch (hint) {
    case RV64_H_LO_I: case RV64_H_PCREL_LO_I: case RV64_H_TPREL_LO_I:
        return f->imm == IM_S ? hint + 1 : f->imm == IM_I ? hint : 0;
    case RV64_H_HI: case RV64_H_TPREL_HI:
        return f->imm == IM_U && (row == RV64_I_LUI || hint == RV64_H_HI) ? hint : 0;
    case RV64_H_TPREL_ADD:
        return 0;
    default:
        return f->imm == IM_U && row == RV64_I_AUIPC && !store ? hint : 0;
    }
}

void rv64_emit_ins(As *as, Rv64Asm *a, Rv64Ins *i, bool whole)
{
    uint8_t b[4];
    if (!whole)
        rv64_compress(i, a->now.ext);
    if (!rv64_emit(b, i))
        bug(as_arena(as)->host, "rv64: asm");
    as_emit(as, b, i->len);
}

void rv64_emit_fix(As *as, Rv64Asm *a, Rv64Ins *i, unsigned hint, const AsVal *v, const char *at)
{
    AsFix f;
    rv64_emit_ins(as, a, i, true);
    memset(&f, 0, sizeof f);
    f.size = 4;
    f.hint = (uint8_t)hint;
    f.v = *v;
    as_fix(as, 4, &f, at);
}

/* 0..5 for beq..bgeu or 6 for jal, rs1 or rd, rs2, and whether 16 bits are allowed. */
unsigned rv64_branch_kind(const Rv64Ins *i, bool c)
{
    unsigned op = i->row == RV64_I_JAL ? 6 : i->row - RV64_I_BEQ;
    return op | (unsigned)(op == 6 ? i->rd : i->rs1) << 3 | (unsigned)i->rs2 << 8 | (c ? 0x2000u : 0);
}

static void range_error(As *as, const Rv64Op *op, unsigned kind, int64_t c)
{
    const Rv64Imm *m = &rv64_imms[kind];
    int64_t top = (int64_t)1 << (m->is_signed ? m->bits - 1 : m->bits), low = m->is_signed ? -top : 0;
    if (m->wrap)
        as_error(as, op->p, "%lld is not in 1 to 31 or 0xfffe0 to 0xfffff", (long long)c);
    else if (c & (((int64_t)1 << m->low) - 1))
        as_error(as, op->p, "%lld is not a multiple of %d", (long long)c, 1 << m->low);
    else
        as_error(as, op->p, "%lld is not in %lld to %lld", (long long)c, (long long)low,
                 (long long)(top - ((int64_t)1 << m->low)));
}

/* Reads the operands by the syntax and emits. False after a message. */
static bool assemble(As *as, Rv64Asm *a, const Cand *c, const Rv64Ops *o, unsigned aqrl)
{
    const Rv64Insn *in = &rv64_insns[c->row];
    const Rv64Form *f = &rv64_forms[in->form];
    const Rv64Alias *al = c->alias ? &rv64_aliases[c->alias - 1] : NULL;
    const char *syntax = al ? al->syntax : f->syntax;
    const Rv64Op *imm = NULL;
    unsigned k, hint = 0, set;
    Rv64Ins i;
    AsVal v;
    uint8_t b[4];
    memset(&i, 0, sizeof i);
    memset(&v, 0, sizeof v);
    i.row = c->row;
    i.aqrl = (uint8_t)aqrl;
    if (f->extra & FX_RM)
        i.rm = in->flags & RVF_RM0 ? RV64_RNE : RV64_DYN;
    for (k = 0; k < o->n; k++) {
        const Rv64Op *op = &o->op[k];
        switch (syntax[k]) {
        case 'd': i.rd = op->reg; break;
        case 's': i.rs1 = op->reg; break;
        case 'e': i.rs1 = i.rs2 = op->reg; break;
        case 't': i.rs2 = op->reg; break;
        case 'r': i.rs3 = op->reg; break;
        case 'a':
            i.rs1 = op->reg;
            if (op->p != op->end && !word_is(op, "0")) {
                as_error(as, op->p, "the address has no offset here");
                return false;
            }
            break;
        case 'm':
            i.rs1 = op->reg;
            imm = op;
            break;
        case 'c': if (!get_csr(as, a, op, &i.csr)) return false; break;
        case 'f': case 'g':
            if (!get_fence(as, op, &set))
                return false;
            i.imm |= (int32_t)(syntax[k] == 'f' ? set << 4 : set);
            break;
        case 'R': if (!get_rm(as, op, &i.rm)) return false; break;
        default: imm = op; break;
        }
        if (imm == op && !rv64_value(as, op, &v, &hint))
            return false;
    }
    a->privileged |= i.row >= RV64_I_SRET && i.row <= RV64_I_SFENCE_VMA;
    fill_implied(&i, f, syntax);
    if (f->imm == IM_B || f->imm == IM_J || f->imm == IM_CB || f->imm == IM_CJ) {
        /* c.beqz and its like grow too, as GNU as lets them. */
        bool short_ok = f->bytes == 2 || (a->now.ext & RV64_X_C);
        if (hint) {
            as_error(as, imm->p, "an operator cannot stand here");
            return false;
        }
        rv64_expand(&i);
        if (al)
            i.rd |= al->value >> 7 & 31 & (f->rd == SL_7 ? 31u : 0u);
        as_branch(as, rv64_branch_kind(&i, short_ok), &v, imm->p);
        return true;
    }
    if (hint) {
        unsigned h = hint_of(hint, f, i.row);
        if (!h) {
            as_error(as, imm->p, "this operator does not belong to '%s'", in->mnem);
            return false;
        }
        if (al) {
            rv64_emit(b, &i);
            rv64_unpack(&i, c->row, get_u32(b) | al->value);
        }
        rv64_emit_fix(as, a, &i, h, &v, imm->p);
        return true;
    }
    if (imm) {
        if (!as_val_const(&v)) {
            as_error(as, imm->p, "expected a constant");
            return false;
        }
        if (!rv64_imm_fits(f->imm, v.c)) {
            range_error(as, imm, f->imm, v.c);
            return false;
        }
        i.imm = (int32_t)v.c;
    }
    if (!rv64_emit(b, &i)) {
        as_error(as, o->at, "these operands have no encoding in '%s'", in->mnem);
        return false;
    }
    if (al)
        rv64_unpack(&i, c->row, (f->bytes == 2 ? get_u16(b) : get_u32(b)) | al->value);
    /* GNU as shortens jalr only where it is written with a register alone, and does not take `mv rd, zero` for c.li. */
    rv64_emit_ins(as, a, &i, f->bytes == 2 || (i.row == RV64_I_JALR && strlen(syntax) > 1) ||
                                 (al && i.row == RV64_I_ADDI && !i.rs1 && strcmp(syntax, "ds") == 0));
    return true;
}

void rv64_name_missing(As *as, const char *at, const char *mnem, size_t n, uint32_t ext)
{
    Buf b;
    buf_init(&b, as_arena(as));
    rv64_march_names(ext, &b);
    as_error(as, at, "'%.*s' needs extension %s", (int)n, mnem, buf_cstr(&b));
}

static const char *insn(As *as, const char *at, const char *p)
{
    static const struct { const char *s; unsigned n, bits; } orders[] = {
        { ".aqrl", 5, RV64_AQ | RV64_RL }, { ".aq", 3, RV64_AQ }, { ".rl", 3, RV64_RL },
    };
    Rv64Asm *a = as_target_state(as);
    const char *e = word_end(at);
    size_t n = (size_t)(e - at), k;
    char low[24];
    Ident *id;
    Rv64Ops o;
    Cand *c, *fits = NULL;
    unsigned aqrl = 0;
    if (n >= sizeof low) {
        as_error(as, at, "unknown instruction '%.*s'", (int)n, at);
        return p;
    }
    for (k = 0; k < n; k++)
        low[k] = (char)(at[k] >= 'A' && at[k] <= 'Z' ? at[k] | 0x20 : at[k]);
    id = intern_n(&a->names, low, n);
    for (k = 0; !id->sym && !id->pp && k < countof(orders); k++)
        if (n > orders[k].n && memcmp(low + n - orders[k].n, orders[k].s, orders[k].n) == 0) {
            Ident *base = intern_n(&a->names, low, n - orders[k].n);
            c = base->sym;
            if (c && (rv64_forms[rv64_insns[c->row].form].extra & FX_AQRL)) {
                id = base;
                aqrl = orders[k].bits;
            }
            break;
        }
    if (!id->sym && !id->pp) {
        as_error(as, at, "unknown instruction '%.*s'", (int)n, at);
        return p;
    }
    a->begun = true;
    if (!rv64_operands(as, a, &p, &o))
        return p;
    for (c = id->sym; c; c = c->next) {
        const Rv64Alias *al = c->alias ? &rv64_aliases[c->alias - 1] : NULL;
        const Rv64Form *f = &rv64_forms[rv64_insns[c->row].form];
        if (!shape_fits(f, al ? al->syntax : f->syntax, &o))
            continue;
        fits = fits ? fits : c;
        if (!(rv64_insns[c->row].ext & ~a->now.ext)) {
            assemble(as, a, c, &o, aqrl);
            return p;
        }
        if (!al || !(al->flags & AL_C))
            fits = c;
    }
    if (id->pp && rv64_pseudo(as, a, id->pp - 1u, &o))
        return p;
    if (fits)
        rv64_name_missing(as, at, at, n, rv64_insns[fits->row].ext & ~a->now.ext);
    else if (!rv64_symbol_access(as, a, id->sym ? ((Cand *)id->sym)->row : RV64_ROWS, &o, at))
        as_error(as, o.n ? o.at : at, "operands do not belong to '%.*s'", (int)n, at);
    return p;
}

/* ---- what the core asks ---- */

/* sym@plt means sym: CALL_PLT is what every call asks for. */
static unsigned modifier(const char *name, size_t n)
{
    return n == 3 && (name[0] | 0x20) == 'p' && (name[1] | 0x20) == 'l' && (name[2] | 0x20) == 't';
}

static bool is_tls(unsigned mod)
{
    (void)mod;
    return false;
}

static uint32_t reloc(const AsRelocQuery *q)
{
    static const uint8_t types[RV64_H_COUNT] = {
        0, R_RISCV_JAL, R_RISCV_CALL_PLT, R_RISCV_HI20, R_RISCV_LO12_I, R_RISCV_LO12_S,
        R_RISCV_PCREL_HI20, R_RISCV_PCREL_LO12_I, R_RISCV_PCREL_LO12_S, R_RISCV_BRANCH, R_RISCV_JAL, R_RISCV_RVC_BRANCH,
        R_RISCV_RVC_JUMP, R_RISCV_GOT_HI20, R_RISCV_TLS_GOT_HI20, R_RISCV_TLS_GD_HI20,
        R_RISCV_TPREL_HI20, R_RISCV_TPREL_LO12_I, R_RISCV_TPREL_LO12_S, R_RISCV_TPREL_ADD, R_RISCV_TLS_DTPREL64,
    };
    const AsFix *f = q->fix;
    if (f->hint)
        return f->hint == RV64_H_DTPREL && f->size == 4 ? R_RISCV_TLS_DTPREL32 : types[f->hint];
    if (f->size == 4)
        return f->pcrel ? R_RISCV_32_PCREL : R_RISCV_32;
    return f->size == 8 && !f->pcrel ? R_RISCV_64 : 0;
}

/* Relocations name their symbols: a linker that relaxes must see them (and binutils does so). */
static bool section_ok(const AsFix *f)
{
    (void)f;
    return false;
}

static bool difference(unsigned size, uint32_t *add, uint32_t *sub)
{
    unsigned k = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3;
    *add = R_RISCV_ADD8 + k;
    *sub = R_RISCV_SUB8 + k;
    return true;
}

static int put(const AsFix *f, uint8_t *to, int64_t v)
{
    static const uint8_t kinds[4] = { IM_B, IM_J, IM_CB, IM_CJ };
    switch (f->hint) {
    case RV64_H_BRANCH:
        return rv64_put_imm(to, v);
    case RV64_H_B: case RV64_H_J: case RV64_H_CB: case RV64_H_CJ:
        return f->pcrel && rv64_put_field(to, kinds[f->hint - RV64_H_B], v);
    case RV64_H_HI:
        return bits_fits_s(v, 32) && rv64_put_field(to, IM_U, (v + 0x800) >> 12 & 0xfffff);
    case RV64_H_LO_I: case RV64_H_LO_S:
        return rv64_put_field(to, f->hint == RV64_H_LO_I ? IM_I : IM_S, bits_sext((uint64_t)v, 12));
    default:
        return -1;
    }
}

enum { JMIN = -1048576, JMAX = 1048574 };
static const AsBranchLevel jal_levels[] = { { 2, 0, 2, 0, -2048, 2046 }, { 4, 0, 4, 0, JMIN, JMAX } };
static const AsBranchLevel b_levels[] = {
    { 2, 0, 2, 0, -256, 254 }, { 4, 0, 4, 0, -4096, 4094 }, { 6, 2, 4, 0, JMIN, JMAX }, { 8, 4, 4, 0, JMIN, JMAX },
};

/* Level numbers of a kind are those of the tables without what it cannot be: c.j is jal x0, c.beqz and c.bnez
 * compare x8..x15 to x0. */
static int real_level(unsigned kind, unsigned level)
{
    unsigned op = kind & 7, r = kind >> 3 & 31, rs2 = kind >> 8 & 31;
    bool c = (kind & 0x2000) != 0;
    if (op == 6)
        level += !(c && r == 0);
    else if (!(c && op < 2 && r >= 8 && r < 16 && rs2 == 0))
        level = level == 0 ? 1 : level == 1 ? 3 : 4;
    return level < (op == 6 ? countof(jal_levels) : countof(b_levels)) ? (int)level : -1;
}

static const AsBranchLevel *branch_level(unsigned kind, unsigned level)
{
    int k = real_level(kind, level);
    return k < 0 ? NULL : (kind & 7) == 6 ? &jal_levels[k] : &b_levels[k];
}

/* Too far for a branch: the opposite one over a jal (c.beqz 6, beq 8). */
static void branch_put(unsigned kind, unsigned level, uint8_t *to)
{
    unsigned op = kind & 7, size = branch_level(kind, level)->size;
    Rv64Ins i, j;
    memset(&i, 0, sizeof i);
    memset(&j, 0, sizeof j);
    j.row = RV64_I_JAL;
    if (op == 6) {
        j.rd = kind >> 3 & 31;
        if (size == 2)
            rv64_compress(&j, RV64_X_C);
        rv64_emit(to, &j);
        return;
    }
    i.row = (uint16_t)(RV64_I_BEQ + (size > 4 ? op ^ 1 : op));
    i.rs1 = kind >> 3 & 31;
    i.rs2 = kind >> 8 & 31;
    i.imm = size > 4 ? (int32_t)size : 0;
    if (size == 2 || size == 6)
        rv64_compress(&i, RV64_X_C);
    rv64_emit(to, &i);
    if (size > 4)
        rv64_emit(to + size - 4, &j);
}

static void nops(uint8_t *to, size_t n)
{
    size_t odd = n & 1;
    if (odd)
        *to++ = 0;
    n -= odd;
    if (n & 2) {
        put_u16(to, rv64_insns[RV64_I_C_NOP].match);
        to += 2;
        n -= 2;
    }
    for (; n; n -= 4, to += 4)
        put_u32(to, rv64_insns[RV64_I_ADDI].match);
}

#define RELOC(name, number, ...) { #name, number },
static const AsRelocName reloc_names[] = {
#include "arch/rv64/reloc.def"
};
#undef RELOC

extern const struct TargetAsm rv64_asm;
const struct TargetAsm rv64_asm = {
    .line_comment = "#", .option = rv64_asm_option,
    .begin = begin, .insn = insn, .modifier = modifier, .reloc = reloc, .section_ok = section_ok, .is_tls = is_tls,
    .branch_level = branch_level, .branch_put = branch_put, .branch_hint = RV64_H_BRANCH, .nops = nops,
    .relocs = reloc_names, .nrelocs = countof(reloc_names),
    .put = put, .directive = rv64_directive, .finish = rv64_finish, .difference = difference, .label_name = ".L0 ",
};
