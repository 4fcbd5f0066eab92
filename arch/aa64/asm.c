/* asm.c: GNU syntax in, instructions out, for src/as. One idea: a mnemonic has candidates, rows and aliases of insn.def in order; the list
 * of kinds (insn.h) that prints an instruction reads it, too. A candidate is tried twice: first by shapes, which decides, then with the
 * values of its expressions, whose errors are final. Nothing here relaxes: a target out of reach is an error, as GNU as has it. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

struct Aa64Cand {              /* one way a mnemonic can be meant */
    uint16_t row, alias;       /* alias: number + 1; 0: the row's own operands */
    int8_t q;                  /* of a mnemonic with and without a 2 behind it; -1 for others */
    uint8_t cond;              /* of b.cond */
    const char *literal;       /* the word that is the operand, or NULL */
    Aa64Cand *next;
};

static void add_cand(As *as, Aa64Asm *a, const char *name, size_t n, unsigned row, unsigned alias, int q, unsigned cond, const char *lit)
{
    Ident *id = intern_n(&a->names, name, n);
    Aa64Cand *c = arena_new(as_arena(as), Aa64Cand), *at = id->sym;
    c->row = (uint16_t)row;
    c->alias = (uint16_t)alias;
    c->q = (int8_t)q;
    c->cond = (uint8_t)cond;
    c->literal = lit;
    if (!at) {
        id->sym = c;
        return;
    }
    while (at->next)
        at = at->next;
    at->next = c;
}

/* A mnemonic, with 2 behind it, too, where the row has that. */
static void add_name(As *as, Aa64Asm *a, const char *mnem, unsigned row, unsigned alias)
{
    const Aa64Insn *in = &aa64_insns[row];
    const char *space = strchr(mnem, ' ');
    char two[16];
    size_t n = space ? (size_t)(space - mnem) : strlen(mnem);
    if (!aa64_shaped(&aa64_forms[in->form]) || !(in->flags & AV_2)) {
        add_cand(as, a, mnem, n, row, alias, -1, 0, space ? space + 1 : NULL);
        return;
    }
    add_cand(as, a, mnem, n, row, alias, 0, 0, NULL);
    memcpy(two, mnem, n);
    two[n] = '2';
    add_cand(as, a, two, n + 1, row, alias, 1, 0, NULL);
}

static const struct { const char *name; uint8_t cond; } cond_words[] = {
    { "eq", 0 }, { "ne", 1 }, { "cs", 2 }, { "hs", 2 }, { "cc", 3 }, { "lo", 3 }, { "mi", 4 }, { "pl", 5 }, { "vs", 6 }, { "vc", 7 },
    { "hi", 8 }, { "ls", 9 }, { "ge", 10 }, { "lt", 11 }, { "gt", 12 }, { "le", 13 }, { "al", 14 }, { "nv", 15 }, { "none", 0 },
    { "any", 1 }, { "nlast", 2 }, { "ul", 3 }, { "last", 3 }, { "first", 4 }, { "nfrst", 5 }, { "pmore", 8 }, { "plast", 9 },
    { "tcont", 10 }, { "tstop", 11 },
};

static void *begin(As *as)
{
    Aa64Asm *a = arena_new(as_arena(as), Aa64Asm);
    char name[16];
    unsigned k;
    size_t n;
    intern_init(&a->names, as_arena(as));
    intern_init(&a->reqs, as_arena(as));
    intern_init(&a->words, as_arena(as));
    for (k = 0; k < aa64_alias_count; k++)
        add_name(as, a, aa64_aliases[k].mnem, aa64_aliases[k].row, k + 1);
    for (k = 0; k < AA64_ROWS; k++)
        if (k != AA64_I_B_COND)
            add_name(as, a, aa64_insns[k].mnem, k, 0);
    for (k = 0; k < countof(cond_words); k++) {
        n = strlen(cond_words[k].name);
        memcpy(name, "b.", 2);
        memcpy(name + 2, cond_words[k].name, n);
        add_cand(as, a, name, n + 2, AA64_I_B_COND, 0, -1, cond_words[k].cond, NULL);
        if (k >= 16)
            continue;
        memcpy(name + 1, cond_words[k].name, n);
        add_cand(as, a, name, n + 1, AA64_I_B_COND, 0, -1, cond_words[k].cond, NULL);
    }
    for (k = 0; k < aa64_sysreg_count; k++)
        intern_n(&a->words, aa64_sysregs[k].name, strlen(aa64_sysregs[k].name))->kw = aa64_sysregs[k].n;
    intern_n(&a->words, "dbgdtrtx_el0", 12)->kw = 0x9828;
    a->features = as_target(as)->features & AA64_X_ALL;
    return a;
}

/* ---- reading one candidate ---- */

typedef struct Match {
    As *as;
    Aa64Asm *a;
    const Aa64Cand *c;
    const Aa64Insn *in;
    Aa64Ops *o;
    unsigned at;               /* the operand to read next */
    bool fill;                 /* second turn */
    Aa64Ins i;
    int size, es, q;           /* -1: not told yet */
    int re;                    /* of K_RE: 1 x, 0 w */
    bool tw;                   /* K_TREG is w */
    int64_t lsb;
    Aa64Op *fix;               /* the operand that stays a field, and how */
    unsigned hint;
    bool pcrel;
} Match;

static bool set(int *to, int v)
{
    if (*to < 0)
        *to = v;
    return *to == v;
}

static Aa64Op *here(Match *m)
{
    return m->at < m->o->n ? &m->o->op[m->at] : NULL;
}

static uint8_t *place_of(Match *m, unsigned opnd)
{
    switch (opnd & 3) {
    case 0: return &m->i.rd;
    case 1: return &m->i.rn;
    case 2: return &m->i.rm;
    default: return &m->i.ra;
    }
}

/* A constant from lo to hi. 1, or -1 after a message. */
static int constant(Match *m, Aa64Op *op, int64_t lo, int64_t hi, int64_t *to)
{
    if (!aa64_op_value(m->as, op))
        return -1;
    if (op->op || !as_val_const(&op->v)) {
        as_error(m->as, op->p, "expected a constant");
        return -1;
    }
    if (op->v.c < lo || op->v.c > hi || (op->v.big && hi != INT64_MAX)) {
        as_error(m->as, op->p, "immediate value out of range %lld to %lld", (long long)lo, (long long)hi);
        return -1;
    }
    *to = op->v.c;
    return 1;
}

static int scalar_reg(Match *m, const Aa64Op *op, int es)
{
    (void)m;
    return op->kind == AO_FLT && op->es == es;
}

static int vector_reg(const Aa64Op *op)
{
    return op->kind == AO_VEC && op->es >= 0 && op->bytes;
}

static int prfop(Match *m, Aa64Op *op)
{
    static const char *const what[3] = { "pld", "pli", "pst" };
    unsigned k, l, s;
    int64_t c;
    if (op->kind != AO_EXPR)
        return 0;
    for (k = 0; k < 3; k++)
        for (l = 0; l < 3; l++)
            for (s = 0; s < 2; s++) {
                char name[16];
                rt_snfmt(name, sizeof name, "%sl%u%s", what[k], l + 1, s ? "strm" : "keep");
                if (aa64_word_is(op, name)) {
                    m->i.rd = (uint8_t)(k << 3 | l << 1 | s);
                    return 1;
                }
            }
    if (m->fill && constant(m, op, 0, 31, &c) < 0)
        return -1;
    if (m->fill)
        m->i.rd = (uint8_t)c;
    return 1;
}

/* One register operand: 1 taken, 0 of another shape. */
static int reg_operand(Match *m, unsigned opnd)
{
    unsigned kind = aa64_kind(opnd);
    Aa64Op *op = here(m), *next;
    int ok = 0;
    if (!op)
        return 0;
    if (kind == K_T)
        kind = aa64_t_kind(m->in->flags);
    switch (kind) {
    case K_R: ok = op->kind == AO_REG && !op->sp && set(&m->size, op->x); break;
    case K_RSP: ok = op->kind == AO_REG && (op->reg != 31 || op->sp) && set(&m->size, op->x); break;
    case K_W: case K_X: ok = op->kind == AO_REG && !op->sp && op->x == (kind == K_X); break;
    case K_XSP: ok = op->kind == AO_REG && (op->reg != 31 || op->sp) && op->x; break;
    case K_F: ok = op->kind == AO_FLT && (op->es == 2 || op->es == 3) && set(&m->size, op->es - 2); break;
    case K_FB: ok = scalar_reg(m, op, 0); break;
    case K_FH: ok = scalar_reg(m, op, 1); break;
    case K_FS: ok = scalar_reg(m, op, 2); break;
    case K_FD: ok = scalar_reg(m, op, 3); break;
    case K_FQ: ok = scalar_reg(m, op, 4); break;
    case K_PAIR:
        next = m->at + 1 < m->o->n ? op + 1 : NULL;
        ok = op->kind == AO_REG && !op->sp && set(&m->size, op->x) && !(op->reg & 1) && next && next->kind == AO_REG && !next->sp &&
             next->x == op->x && next->reg == op->reg + 1;
        m->at += ok != 0;
        break;
    case K_PRFOP:
        ok = prfop(m, op);
        m->at += ok > 0;
        return ok;
    case K_V1D: ok = op->kind == AO_ELEM && op->es == 3 && op->lane == 1; break;
    case K_V: ok = vector_reg(op) && set(&m->es, op->es) && (op->bytes == 8 || op->bytes == 16) && set(&m->q, op->bytes == 16); break;
    case K_VW: ok = vector_reg(op) && op->bytes == 16 && set(&m->es, op->es - 1); break;
    case K_VP: ok = vector_reg(op) && op->bytes >= 8 && set(&m->es, op->es - 1) && set(&m->q, op->bytes == 16); break;
    case K_VS: ok = op->kind == AO_FLT && op->es < 4 && set(&m->es, op->es); break;
    case K_VSW: ok = op->kind == AO_FLT && op->es < 4 && op->es > 0 && set(&m->es, op->es - 1); break;
    case K_V4S: ok = vector_reg(op) && op->es == 2 && op->bytes == 16; break;
    case K_V2: ok = vector_reg(op) && op->bytes == 2 << op->es && set(&m->es, op->es); break;
    case K_VE:
        ok = op->kind == AO_ELEM && set(&m->es, op->es) && op->lane < 16 >> op->es;
        m->i.imm = op->lane;
        break;
    case K_VE2:
        ok = op->kind == AO_ELEM && set(&m->es, op->es) && op->lane < 16 >> op->es;
        m->i.imm2 = ok ? (uint8_t)(op->lane << op->es) : 0;
        break;
    case K_RE: ok = op->kind == AO_REG && !op->sp && set(&m->re, op->x); break;
    case K_RQ: ok = op->kind == AO_REG && !op->sp && set(&m->q, op->x); break;
    case K_L:
        ok = op->kind == AO_LIST && op->lane < 0 && op->count == aa64_list_count(m->in->flags) && op->bytes && set(&m->es, op->es) &&
             set(&m->q, op->bytes == 16);
        break;
    default: break;
    }
    if (ok) {
        *place_of(m, opnd) = op->reg;
        m->at++;
        if (kind == K_PAIR)
            *place_of(m, opnd) = (uint8_t)(op->reg);
    }
    return ok;
}

/* A shift operand behind a register or number, if one stands there: NULL where none does. */
static Aa64Op *shift_here(Match *m)
{
    Aa64Op *op = here(m);
    return op && op->kind == AO_SHIFT ? op : NULL;
}

static int shifted(Match *m, bool ror)
{
    Aa64Op *op = here(m);
    int64_t c;
    if (!op || op->kind != AO_REG || op->sp || !set(&m->size, op->x))
        return 0;
    m->i.rm = op->reg;
    m->at++;
    if (!(op = shift_here(m)))
        return 1;
    if (op->ext > (ror ? AA64_ROR : AA64_ASR) || !op->amount)
        return 0;
    m->i.ext = op->ext;
    m->at++;
    if (!m->fill)
        return 1;
    if (constant(m, op, 0, m->size ? 63 : 31, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)c;
    return 1;
}

static int extended(Match *m)
{
    Aa64Op *op = here(m);
    int64_t c;
    bool x;
    if (!op || op->kind != AO_REG || op->sp)
        return 0;
    x = op->x;
    m->i.rm = op->reg;
    m->at++;
    if (!(op = shift_here(m))) {
        m->i.ext = m->size > 0 ? AA64_UXTX : AA64_UXTW;
        return x == (m->size > 0);
    }
    if (op->ext == AA64_LSL) {
        m->i.ext = m->size > 0 ? AA64_UXTX : AA64_UXTW;
        if (x != (m->size > 0) || !op->amount)
            return 0;
    } else if (op->ext < 4 || op->ext > 11) {
        return 0;
    } else {
        m->i.ext = op->ext - 4;
        if (x != (m->size > 0 && (m->i.ext & 3) == 3))
            return 0;
    }
    m->at++;
    if (!m->fill || !op->amount)
        return 1;
    if (constant(m, op, 0, 4, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)c;
    return 1;
}

/* The operand stays a field. */
static int later(Match *m, Aa64Op *op, unsigned hint, bool pcrel)
{
    if (!hint) {
        as_error(m->as, op->p, "this operator does not belong to '%s'", m->in->mnem);
        return -1;
    }
    m->fix = op;
    m->hint = hint;
    m->pcrel = pcrel;
    m->i.imm = 0;
    return 1;
}

static bool is_constant(const Aa64Op *op)
{
    return !op->op && as_val_const(&op->v);
}

/* lsl #amount behind a number; false: another shift stands there. */
static int lsl_here(Match *m, Aa64Op **to, unsigned kind)
{
    *to = shift_here(m);
    if (!*to)
        return 1;
    if ((*to)->ext != kind || !(*to)->amount)
        return 0;
    m->at++;
    return 1;
}

static int add_immediate(Match *m)
{
    Aa64Op *op = here(m), *s;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    ok = lsl_here(m, &s, AA64_LSL);
    if (ok <= 0 || !m->fill)
        return ok;
    if (!aa64_op_value(m->as, op) || (s && constant(m, s, 0, 12, &by) < 0))
        return -1;
    if (by && by != 12) {
        as_error(m->as, s->p, "the shift is 0 or 12");
        return -1;
    }
    if (!is_constant(op)) {
        unsigned hint = op->op ? aa64_op_hint(op->op, K_ADDIMM, 0) : AHI_ADDIMM;
        m->i.amount = by || aa64_hint_hi12(hint) ? 12 : 0;
        return later(m, op, hint, false);
    }
    c = op->v.c;
    if (c < 0) { /* by the opposite instruction */
        c = (int64_t)(0 - (uint64_t)c);
        m->i.row = (uint16_t)(AA64_I_ADD_I + ((m->i.row - AA64_I_ADD_I) ^ 2));
    }
    if (by ? c > 4095 : !aa64_add_fits((uint64_t)c)) {
        as_error(m->as, op->p, "immediate out of range");
        return -1;
    }
    m->i.imm = c << by;
    m->i.amount = (uint8_t)by;
    return 1;
}

/* A number of the register's width. */
static bool narrowed(const Match *m, int64_t c, uint64_t *v)
{
    *v = (uint64_t)c;
    if (m->size > 0)
        return true;
    if (c < -((int64_t)1 << 32) || (c > 0 && c >> 32))
        return false;
    *v &= 0xffffffff;
    return true;
}

static int logical_immediate(Match *m, bool inverted)
{
    Aa64Op *op = here(m);
    int64_t c;
    uint64_t v;
    uint32_t field;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
        return -1;
    if (!narrowed(m, inverted ? ~c : c, &v) || !aa64_logical(v, m->size > 0, &field)) {
        as_error(m->as, op->p, "immediate out of range");
        return -1;
    }
    m->i.imm = (int64_t)v;
    return 1;
}

static int mov_wide(Match *m)
{
    Aa64Op *op = here(m), *s;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    ok = lsl_here(m, &s, AA64_LSL);
    if (ok <= 0 || !m->fill)
        return ok;
    if (!aa64_op_value(m->as, op) || (s && constant(m, s, 0, m->size > 0 ? 48 : 16, &by) < 0))
        return -1;
    if (by & 15) {
        as_error(m->as, s->p, "the shift is a multiple of 16");
        return -1;
    }
    if (!is_constant(op)) {
        unsigned hint = op->op ? aa64_op_hint(op->op, K_MOVW, 0) : AHI_IMM16;
        int group = hint ? aa64_hint_shift(hint) : -1;
        if (group > (m->size > 0 ? 48 : 16) || (group >= 0 && s)) {
            as_error(m->as, op->p, "the operator tells another shift");
            return -1;
        }
        m->i.amount = (uint8_t)(group < 0 ? by : group);
        return later(m, op, hint, false);
    }
    if (constant(m, op, 0, 65535, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)by;
    m->i.imm = (int64_t)((uint64_t)c << by);
    return 1;
}

/* mov of a number: whether movz, movn or orr is it. */
static int mov_immediate(Match *m, unsigned kind)
{
    Aa64Op *op = here(m);
    uint64_t v, mask = m->size > 0 ? ~(uint64_t)0 : 0xffffffff;
    uint32_t field;
    unsigned k;
    if (!op || op->kind != AO_EXPR || op->op)
        return 0;
    if (!aa64_op_value(m->as, op))
        return -1;
    m->at++;
    if (!is_constant(op))
        return kind != K_MOVZI ? 0 : m->fill ? later(m, op, AHI_MOV, false) : 1;
    if (!narrowed(m, op->v.c, &v))
        return 0;
    if (kind == K_ORRI) {
        m->i.imm = (int64_t)v;
        return aa64_logical(v, m->size > 0, &field);
    }
    if (kind == K_MOVNI)
        v = ~v & mask;
    for (k = 0; k < (m->size > 0 ? 64u : 32u); k += 16)
        if (!(v & ~((uint64_t)0xffff << k))) {
            m->i.imm = (int64_t)v;
            m->i.amount = (uint8_t)k;
            return 1;
        }
    return 0;
}

/* ---- addresses ---- */

static int address(Match *m, unsigned kind)
{
    Aa64Op *op = here(m);
    bool pre = kind == K_PRE9 || kind == K_PRE7, post = kind == K_POST9 || kind == K_POST7, pair = kind >= K_MEM7 && kind <= K_POST7;
    unsigned log2 = aa64_log2(m->in->flags);
    if (!op || op->kind != AO_MEM || op->has_index || op->pre != pre || (post && op->has_off) || (pre && !op->has_off))
        return 0;
    m->i.rn = op->reg;
    m->at++;
    if (post) {
        op = here(m);
        if (!op || op->kind != AO_EXPR)
            return 0;
        m->at++;
    } else if (m->at != m->o->n) {
        return 0;
    }
    if (!m->fill || (!post && !op->has_off))
        return 1;
    if (!aa64_op_value(m->as, op))
        return -1;
    if (!is_constant(op)) {
        if (kind == K_MEM12)
            return later(m, op, op->op ? aa64_op_hint(op->op, K_MEM12, log2) : AHI_LDIMM, false);
        as_error(m->as, op->p, "expected a constant");
        return -1;
    }
    m->i.imm = op->v.c;
    if (kind == K_MEM) {
        if (op->v.c) {
            as_error(m->as, op->p, "the address has no offset here");
            return -1;
        }
        m->i.imm = 0;
    } else if (pair ? !aa64_pair_fits((Aa64Row)m->i.row, op->v.c) : kind == K_MEM12 ? !aa64_mem_fits((Aa64Row)m->i.row, op->v.c) :
               !bits_fits_s(op->v.c, 9)) {
        if (pair)
            as_error(m->as, op->p, "the offset is a multiple of %d from %d to %d", 1 << log2, -(64 << log2), 63 << log2);
        else if (kind == K_MEM12)
            as_error(m->as, op->p, "the offset is from -256 to 255, or a multiple of %d from 0 to %d", 1 << log2, 4095 << log2);
        else
            as_error(m->as, op->p, "the offset is from -256 to 255");
        return -1;
    }
    if (kind == K_MEM12 && (op->v.c < 0 || (op->v.c & ((1 << log2) - 1)) || op->v.c >> log2 > 4095))
        m->i.row++; /* the unscaled form */
    return 1;
}

static int indexed(Match *m)
{
    Aa64Op *op = here(m);
    unsigned log2 = aa64_log2(m->in->flags);
    int64_t c = 0;
    if (!op || op->kind != AO_MEM || !op->has_index || op->pre)
        return 0;
    m->at++;
    m->i.rn = op->reg;
    m->i.rm = op->index;
    if (!m->fill)
        return 1;
    m->i.ext = op->ext == 0xff || op->ext == AA64_LSL ? AA64_UXTX : op->ext - 4;
    if (op->ext != 0xff && op->ext != AA64_LSL && m->i.ext != AA64_UXTW && m->i.ext != AA64_SXTW && m->i.ext != AA64_SXTX) {
        as_error(m->as, op->p, "an index is extended by lsl, uxtw, sxtw or sxtx");
        return -1;
    }
    if (op->index_x != (m->i.ext & 1)) {
        as_error(m->as, op->p, op->index_x ? "a 64-bit index goes with lsl or sxtx" : "a 32-bit index goes with uxtw or sxtw");
        return -1;
    }
    if (op->ext == 0xff)
        return 1;
    if (op->ext == AA64_LSL && !op->amount) {
        as_error(m->as, op->p, "expected the shift's amount");
        return -1;
    }
    if (op->amount && constant(m, op, 0, 4, &c) < 0)
        return -1;
    if (c && c != (int64_t)log2) {
        as_error(m->as, op->p, "the index is shifted by 0 or %u here", log2);
        return -1;
    }
    m->i.amount = op->amount && c == (int64_t)log2;
    return 1;
}

/* Behind a list: [rn], rm or the bytes touched. */
static int post_vector(Match *m)
{
    Aa64Op *op = here(m);
    unsigned count = aa64_list_count(m->in->flags), n;
    bool lists = m->in->form == F_LDLPOST, all = lists && m->in->mnem[3] != 'r';
    int64_t c;
    if (!op || op->kind != AO_MEM || op->has_index || op->has_off || op->pre)
        return 0;
    m->i.rn = op->reg;
    m->at++;
    op = here(m);
    if (!op || (op->kind != AO_EXPR && (op->kind != AO_REG || !op->x || op->reg == 31)))
        return 0;
    m->at++;
    if (op->kind == AO_REG) {
        m->i.rm = op->reg;
        return 1;
    }
    m->i.rm = 31;
    if (!m->fill)
        return 1;
    n = count * (all ? m->q > 0 ? 16 : 8 : 1u << (m->es < 0 ? 0 : m->es));
    if (constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
        return -1;
    if (c != (int64_t)n) {
        as_error(m->as, op->p, "the address moves on by %u here", n);
        return -1;
    }
    return 1;
}

/* ---- words ---- */

static int condition(Match *m, bool inverted)
{
    Aa64Op *op = here(m);
    unsigned k;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    for (k = 0; k < countof(cond_words); k++)
        if (aa64_word_is(op, cond_words[k].name)) {
            if (inverted && cond_words[k].cond >= AA64_AL)
                break;
            m->i.cond = cond_words[k].cond ^ inverted;
            return 1;
        }
    if (!m->fill)
        return 1;
    as_error(m->as, op->p, "expected a condition");
    return -1;
}

/* s3_0_c4_c2_1 */
static bool generic_sysreg(const char *s, size_t n, unsigned *to)
{
    static const struct { const char *before; uint8_t max, at; } parts[] = {
        { "s", 3, 14 }, { "_", 7, 11 }, { "_c", 15, 7 }, { "_c", 15, 3 }, { "_", 7, 0 },
    };
    size_t k, j, l;
    unsigned v;
    *to = 0;
    for (k = 0, j = 0; k < countof(parts); k++) {
        l = strlen(parts[k].before);
        if (n - j < l + 1 || memcmp(s + j, parts[k].before, l) != 0)
            return false;
        j += l;
        for (v = 0, l = j; j < n && s[j] >= '0' && s[j] <= '9' && j < l + 2; j++)
            v = v * 10 + (unsigned)(s[j] - '0');
        if (j == l || v > parts[k].max)
            return false;
        *to |= v << parts[k].at;
    }
    return j == n && (*to >> 14) >= 2;
}

static int sysreg(Match *m)
{
    Aa64Op *op = here(m);
    char low[32];
    size_t n, k;
    unsigned v;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    n = (size_t)(op->end - op->p);
    if (n < sizeof low) {
        for (k = 0; k < n; k++)
            low[k] = (char)(op->p[k] >= 'A' && op->p[k] <= 'Z' ? op->p[k] | 0x20 : op->p[k]);
        v = intern_n(&m->a->words, low, n)->kw;
        if (v || generic_sysreg(low, n, &v)) {
            m->i.imm = v;
            return 1;
        }
    }
    if (!m->fill)
        return 1;
    as_error(m->as, op->p, "unknown system register '%.*s'", (int)n, op->p);
    return -1;
}

static int pstate(Match *m)
{
    Aa64Op *op = here(m);
    unsigned k;
    int64_t c;
    if (!op || op->kind != AO_EXPR || m->at + 2 != m->o->n || op[1].kind != AO_EXPR)
        return 0;
    m->at += 2;
    for (k = 0; k < aa64_pstate_count && !aa64_word_is(op, aa64_pstates[k].name); k++)
        ;
    if (!m->fill)
        return 1;
    if (k == aa64_pstate_count) {
        as_error(m->as, op->p, "unknown field of PSTATE");
        return -1;
    }
    m->i.imm = aa64_pstates[k].n;
    if (constant(m, op + 1, 0, aa64_pstates[k].max, &c) < 0)
        return -1;
    m->i.imm2 = (uint8_t)c;
    return 1;
}

static int sysop(Match *m, unsigned kind)
{
    Aa64Op *op = here(m);
    unsigned k;
    if (!op || op->kind != AO_EXPR)
        return 0;
    for (k = 0; k < aa64_sysop_count; k++)
        if (aa64_sysops[k].kind == kind && aa64_word_is(op, aa64_sysops[k].name))
            break;
    m->at++;
    if (k == aa64_sysop_count) {
        if (!m->fill)
            return 1;
        as_error(m->as, op->p, "unknown operation '%.*s'", (int)(op->end - op->p), op->p);
        return -1;
    }
    m->i.imm = aa64_sysops[k].n;
    m->i.rd = 31;
    op = here(m);
    if (aa64_sysops[k].reg != (op != NULL)) {
        if (!m->fill)
            return m->at = m->o->n, 1;
        as_error(m->as, m->o->at, aa64_sysops[k].reg ? "this operation takes a register" : "this operation takes no register");
        return -1;
    }
    if (op) {
        if (op->kind != AO_REG || !op->x || op->sp)
            return 0;
        m->i.rd = op->reg;
        m->at++;
    }
    return 1;
}

/* #op1, Cn, Cm, #op2 */
static int sys(Match *m)
{
    static const uint8_t at[4] = { 11, 7, 3, 0 };
    unsigned k;
    int64_t c;
    m->i.imm = 0;
    for (k = 0; k < 4; k++) {
        Aa64Op *op = here(m);
        if (!op || op->kind != AO_EXPR)
            return 0;
        m->at++;
        if (!m->fill)
            continue;
        if (k == 1 || k == 2) {
            if ((*op->p | 0x20) != 'c') {
                as_error(m->as, op->p, "expected C0 to C15");
                return -1;
            }
            if (!op->known)
                op->p++;
        }
        if (constant(m, op, 0, k == 1 || k == 2 ? 15 : 7, &c) < 0)
            return -1;
        m->i.imm |= c << at[k];
    }
    return 1;
}

static int barrier(Match *m, unsigned kind)
{
    Aa64Op *op = here(m);
    unsigned k;
    int64_t c;
    if (!op) {
        m->i.imm = 15;
        return kind != K_BARRIER;
    }
    if (op->kind != AO_EXPR)
        return 0;
    m->at++;
    for (k = 0; k < 16 && kind != K_CRM; k++)
        if (aa64_barriers[k] && aa64_word_is(op, aa64_barriers[k]) && (kind == K_BARRIER || k == 15)) {
            m->i.imm = k;
            return 1;
        }
    if (!m->fill)
        return 1;
    if (constant(m, op, 0, 15, &c) < 0)
        return -1;
    m->i.imm = c;
    return 1;
}

/* ---- numbers ---- */

/* A plain number into imm (to 0), imm2 (1) or amount (2). */
static int plain(Match *m, unsigned to, int64_t lo, int64_t hi)
{
    Aa64Op *op = here(m);
    int64_t c;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (constant(m, op, lo, hi, &c) < 0)
        return -1;
    if (to == 0)
        m->i.imm = c;
    else if (to == 1)
        m->i.imm2 = (uint8_t)c;
    else
        m->i.amount = (uint8_t)c;
    return 1;
}

static int zero(Match *m, bool is_float)
{
    Aa64Op *op = here(m);
    uint64_t bits;
    int64_t c;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (is_float && aa64_op_float(op, &bits)) {
        if (bits == 0)
            return 1;
        as_error(m->as, op->p, "expected 0.0");
        return -1;
    }
    return constant(m, op, 0, 0, &c);
}

static int fp_immediate(Match *m)
{
    Aa64Op *op = here(m);
    uint64_t bits;
    uint32_t imm8;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (!aa64_op_float(op, &bits) || !aa64_fp_imm(bits, &imm8)) {
        as_error(m->as, op->p, "expected a floating-point number of eight bits: n / 16 * 2^r, n from 16 to 31, r from -3 to 4");
        return -1;
    }
    m->i.imm = (int64_t)bits;
    return 1;
}

static int modified(Match *m, unsigned kind)
{
    Aa64Op *op = here(m), *s;
    unsigned ext = kind == K_MIMSL ? AO_MSL : AA64_LSL;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (kind == K_MI || kind == K_MI64) {
        if ((s = shift_here(m)) != NULL && kind == K_MI && s->ext == AA64_LSL && m->at + 1 == m->o->n) { /* lsl #0 */
            m->at++;
            if (m->fill && constant(m, s, 0, 0, &c) < 0)
                return -1;
        }
    } else {
        ok = lsl_here(m, &s, ext);
        if (ok <= 0 || (kind == K_MIMSL && !s))
            return 0;
        if (m->fill && s && constant(m, s, 0, kind == K_MISH2 ? 24 : kind == K_MISH1 ? 8 : 16, &by) < 0)
            return -1;
    }
    if (!m->fill)
        return 1;
    if (kind == K_MI64) {
        if (constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
            return -1;
    } else if (constant(m, op, kind == K_MI ? -128 : 0, 255, &c) < 0) {
        return -1;
    }
    m->i.imm = kind == K_MI64 ? c : c & 255;
    m->i.amount = (uint8_t)by;
    return 1;
}

/* Branch targets, addresses, literals. */
static int target(Match *m, unsigned kind)
{
    Aa64Op *op = here(m);
    unsigned hint;
    if (!op || (op->kind != AO_EXPR && (op->kind != AO_LIT || m->in->form != F_LSLIT || m->in->mnem[0] == 'p')))
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (!aa64_op_value(m->as, op))
        return -1;
    if (op->kind == AO_LIT) {
        AsVal v = op->v;
        if (op->op) {
            as_error(m->as, op->p, "an operator cannot stand here");
            return -1;
        }
        memset(&op->v, 0, sizeof op->v);
        op->v.add = aa64_literal(m->as, m->a, 1u << aa64_log2(m->in->flags), &v);
        return later(m, op, AHI_LD19, true);
    }
    hint = kind == K_B26 ? (m->i.row == AA64_I_BL ? AHI_CALL : AHI_B26) : kind == K_B14 ? AHI_B14 : kind == K_ADR ? AHI_ADR :
           kind == K_ADRP ? AHI_ADRP : m->in->form == F_LSLIT ? AHI_LD19 : AHI_B19;
    if (op->op)
        hint = kind == K_B19 && m->in->form != F_LSLIT ? 0 : aa64_op_hint(op->op, kind, 0);
    return later(m, op, hint, kind != K_ADRP); /* a page is a linker's matter */
}

static int lanes(Match *m, unsigned es)
{
    Aa64Op *op = here(m);
    if (!op || op->kind != AO_LIST || op->lane < 0 || op->bytes || op->es != (int)es || op->count != aa64_list_count(m->in->flags) ||
        op->lane >= 16 >> es)
        return 0;
    m->i.rd = op->reg;
    m->i.imm2 = (uint8_t)op->lane;
    m->at++;
    return 1;
}

/* One operand: 1 taken, 0 of another shape, -1 after a message. */
static int operand(Match *m, unsigned opnd)
{
    unsigned kind = aa64_kind(opnd), top = m->size > 0 ? 63 : 31;
    Aa64Op *op = here(m);
    int ok;
    if (kind < K_REGS)
        return reg_operand(m, opnd);
    switch (kind) {
    case K_SHIFT: return shifted(m, false);
    case K_SHIFTL: return shifted(m, true);
    case K_EXT: return extended(m);
    case K_ADDIMM: return add_immediate(m);
    case K_LOGIMM: return logical_immediate(m, false);
    case K_LOGINV: return logical_immediate(m, true);
    case K_MOVW: return mov_wide(m);
    case K_MOVZI: case K_MOVNI: case K_ORRI: return mov_immediate(m, kind);
    case K_IMMR: return plain(m, 2, 0, top);
    case K_IMMS: return plain(m, 1, 0, top);
    case K_ADR: case K_ADRP: case K_B26: case K_B19: case K_B14: return target(m, kind);
    case K_TBIT: return plain(m, 1, 0, m->tw ? 31 : 63);
    case K_TREG:
        if (!op || op->kind != AO_REG || op->sp)
            return 0;
        m->i.rd = op->reg;
        m->tw = !op->x;
        m->at++;
        return 1;
    case K_COND: return condition(m, false);
    case K_CONDI: return condition(m, true);
    case K_CONDB:
        m->i.cond = m->c->cond;
        return 1;
    case K_NZCV: return plain(m, 1, 0, 15);
    case K_IMM5: return plain(m, 0, 0, 31);
    case K_DCPS: return op ? plain(m, 0, 0, 65535) : 1;
    case K_IMM16: case K_UDF: return plain(m, 0, 0, 65535);
    case K_HINT: return plain(m, 0, 0, 127);
    case K_CRM: case K_BARRIER: case K_ISB: return barrier(m, kind);
    case K_SYSREG: return sysreg(m);
    case K_PSTATE: return pstate(m);
    case K_SYS: return sys(m);
    case K_SYSRT: case K_RET:
        m->i.rd = kind == K_SYSRT ? 31 : 0;
        m->i.rn = kind == K_RET ? 30 : 0;
        if (!op)
            return 1;
        if (op->kind != AO_REG || !op->x || op->sp)
            return 0;
        *(kind == K_SYSRT ? &m->i.rd : &m->i.rn) = op->reg;
        m->at++;
        return 1;
    case K_MEM: case K_MEM12: case K_MEM9: case K_PRE9: case K_POST9: case K_MEM7: case K_PRE7: case K_POST7: return address(m, kind);
    case K_MEMR: return indexed(m);
    case K_MEMRS: case K_IMM4: return 1;
    case K_FIMM: case K_MIF: return fp_immediate(m);
    case K_FZERO: return zero(m, true);
    case K_ZERO: return zero(m, false);
    case K_FBITS: return plain(m, 1, 1, top + 1);
    case K_SHI:
        if (m->es < 0)
            return 0;
        /* A shift to the left starts at 0, one to the right at 1. */
        ok = aa64_fields[aa64_forms[m->in->form].size].low & 2;
        return plain(m, 0, ok ? 0 : 1, (8 << m->es) - (ok ? 1 : 0));
    case K_SHLL: return plain(m, 0, 8 << (m->es < 0 ? 0 : m->es), 8 << (m->es < 0 ? 0 : m->es));
    case K_EXTN: return plain(m, 0, 0, m->q > 0 ? 15 : 7);
    case K_TBL:
        if (!op || op->kind != AO_LIST || op->lane >= 0 || op->es || op->bytes != 16)
            return 0;
        m->i.rn = op->reg;
        m->i.imm2 = op->count - 1u;
        m->at++;
        return 1;
    case K_VEM:
        if (!op || op->kind != AO_ELEM || !set(&m->es, op->es) || op->lane >= 16 >> op->es || (op->es == 1 && op->reg > 15))
            return 0;
        m->i.rm = op->reg;
        m->i.imm2 = (uint8_t)op->lane;
        m->at++;
        return 1;
    case K_LANEB: return lanes(m, 0);
    case K_LANEH: return lanes(m, 1);
    case K_LANES: return lanes(m, 2);
    case K_LANED: return lanes(m, 3);
    case K_POSTV: return post_vector(m);
    case K_MI: case K_MISH2: case K_MISH1: case K_MIMSL: case K_MI64: return modified(m, kind);
    case K_LSL:
        ok = plain(m, 0, 0, top);
        if (m->fill && ok > 0) {
            m->i.amount = (uint8_t)((0 - (uint64_t)m->i.imm) & top);
            m->i.imm2 = (uint8_t)(top - (unsigned)m->i.imm);
            m->i.imm = 0;
        }
        return ok;
    case K_LSR:
        m->i.imm2 = (uint8_t)top;
        return plain(m, 2, 0, top);
    case K_INLSB:
        ok = plain(m, 0, 0, top);
        m->lsb = m->i.imm;
        m->i.amount = (uint8_t)((0 - (uint64_t)m->lsb) & top);
        m->i.imm = 0;
        return ok;
    case K_INWIDTH: case K_EXWIDTH:
        if (kind == K_EXWIDTH)
            m->lsb = m->i.amount;
        ok = plain(m, 0, 1, (int64_t)top + 1 - m->lsb);
        m->i.imm2 = (uint8_t)(m->i.imm - 1 + (kind == K_EXWIDTH ? m->lsb : 0));
        m->i.imm = 0;
        return ok;
    case K_IC: case K_DC: case K_AT: case K_TLBI: return sysop(m, kind);
    default: return 0;
    }
}

/* The whole candidate; the shape of vectors and what the alias says are settled behind the last operand. */
static int candidate(Match *m, bool fill)
{
    const Aa64Alias *al = m->c->alias ? &aa64_aliases[m->c->alias - 1] : NULL;
    const Aa64Form *f;
    const uint16_t *o;
    unsigned k;
    int ok;
    m->in = &aa64_insns[m->c->row];
    f = &aa64_forms[m->in->form];
    o = al ? al->opnds : f->opnds;
    memset(&m->i, 0, sizeof m->i);
    m->i.row = m->c->row;
    m->at = 0;
    m->fill = fill;
    m->size = m->re = -1;
    m->es = aa64_shaped(f) ? -1 : (int)aa64_row_es(m->in->flags);
    m->q = m->c->q >= 0 ? m->c->q : f->size == FD_NO ? 1 : -1;
    m->fix = NULL;
    if (m->c->literal) {
        if (m->o->n != 1 || m->o->op[0].kind != AO_EXPR || !aa64_word_is(&m->o->op[0], m->c->literal))
            return 0;
        m->at = 1;
    }
    for (k = 0; k < AA64_OPNDS && o[k]; k++) {
        ok = operand(m, o[k]);
        if (ok <= 0)
            return ok;
    }
    if (m->at != m->o->n || (m->re >= 0 && m->re != (m->es == 3)))
        return 0;
    if (m->in->form == F_UMOV)
        m->q = m->es == 3;
    if (aa64_shaped(f))
        m->i.size = (uint8_t)((m->es < 0 ? 0 : m->es) << 1 | (m->q > 0 && aa64_fields[f->size].how != AH_ES &&
                              f->size != FD_IMM5E && f->size != FD_SHRE && f->size != FD_SHLE));
    else
        m->i.size = m->in->form == F_CASP ? m->size > 0 : f->size == FD_Q ? m->q > 0 : f->size ? m->size > 0 : 0;
    if (aa64_shaped(f) && !(m->in->flags >> m->i.size & 1))
        return 0;
    if (!al)
        return 1;
    if (((al->tests & AL_W) && m->i.size) || ((al->tests & AL_X) && !m->i.size) || ((al->tests & AL_SHAPES) &&
        !(al->value >> m->i.size & 1)) || ((al->tests & AL_SP) && m->i.rd != 31 && m->i.rn != 31))
        return 0;
    if (al->tests & AL_RD)
        m->i.rd = 31;
    if (al->tests & AL_RN)
        m->i.rn = 31;
    if (al->tests & AL_RM)
        m->i.rm = 31;
    if (al->tests & AL_RA)
        m->i.ra = 31;
    if (al->tests & AL_RN30)
        m->i.rn = 30;
    if (al->tests & AL_SAME)
        m->i.rm = m->i.rn;
    if (al->tests & AL_IMM)
        m->i.imm = al->value;
    if (al->tests & AL_BF) {
        m->i.amount = 0;
        m->i.imm2 = al->value;
    }
    if (al->tests & AL_SWAP) {
        uint8_t t = m->i.rn;
        m->i.rn = m->i.rm;
        m->i.rm = t;
    }
    return 1;
}

static void emit(Match *m, const char *at)
{
    AsFix f;
    uint32_t w;
    if (!aa64_emit(&w, &m->i)) {
        as_error(m->as, m->o->n ? m->o->at : at, "these operands have no encoding in '%s'", m->in->mnem);
        return;
    }
    if (m->hint && m->fix && aa64_hint_tls(m->hint) && m->fix->v.add)
        as_mark_tls(m->as, m->fix->v.add);
    aa64_emit_word(m->as, m->a, w);
    if (!m->fix)
        return;
    memset(&f, 0, sizeof f);
    f.size = 4;
    f.hint = (uint8_t)m->hint;
    f.pcrel = m->pcrel;
    f.v = m->fix->v;
    as_fix(m->as, 4, &f, m->fix->p);
}

static const char *skip_name(const char *p)
{
    while (as_is_name(*p, false))
        p++;
    return p;
}

/* name .req register */
static bool requires(As *as, Aa64Asm *a, const char *at, const char **pp)
{
    const char *p = *pp, *e;
    Aa64Op op;
    as_skip(as, &p);
    if (memcmp(p, ".req", 4) != 0 || as_is_name(p[4], false))
        return false;
    p += 4;
    as_skip(as, &p);
    e = skip_name(p);
    memset(&op, 0, sizeof op);
    if (e == p || !aa64_parse_reg(a, p, (size_t)(e - p), &op))
        as_error(as, p, "expected a register");
    else
        intern_n(&a->reqs, at, (size_t)(skip_name(at) - at))->sym = arena_strndup(as_arena(as), p, (size_t)(e - p));
    *pp = e;
    return true;
}

static const char *insn(As *as, const char *at, const char *p)
{
    Aa64Asm *a = as_target_state(as);
    const char *e = skip_name(at);
    size_t n = (size_t)(e - at), k;
    char low[24];
    Aa64Ops o;
    Match m;
    unsigned far = 0;
    uint32_t missing = 0;
    const Aa64Cand *c;
    if (requires(as, a, at, &p))
        return p;
    c = NULL;
    if (n < sizeof low) {
        for (k = 0; k < n; k++)
            low[k] = (char)(at[k] >= 'A' && at[k] <= 'Z' ? at[k] | 0x20 : at[k]);
        c = intern_n(&a->names, low, n)->sym;
    }
    if (!c) {
        as_error(as, at, "unknown instruction '%.*s'", (int)n, at);
        return p;
    }
    if (!aa64_operands(as, a, &p, &o))
        return p;
    memset(&m, 0, sizeof m);
    m.as = as;
    m.a = a;
    m.o = &o;
    for (; c; c = c->next) {
        int ok;
        m.c = c;
        ok = candidate(&m, false);
        far = m.at > far ? m.at : far;
        if (ok < 0)
            return p;
        if (!ok)
            continue;
        if (m.in->features & ~a->features) {
            missing = m.in->features & ~a->features;
            continue;
        }
        ok = candidate(&m, true);
        if (ok > 0)
            emit(&m, at);
        else if (!ok)
            as_error(as, o.n ? o.at : at, "operands do not belong to '%.*s'", (int)n, at);
        return p;
    }
    if (missing)
        as_error(as, at, "'%.*s' needs +%s", (int)n, at, missing & AA64_X_CRC ? "crc" : "lse");
    else if (n == 3 && memcmp(low, "mov", 3) == 0 && o.n == 2 && o.op[1].kind == AO_EXPR)
        as_error(as, o.op[1].p, "no single instruction moves this immediate");
    else if (far < o.n)
        as_error(as, o.op[far].p ? o.op[far].p : o.at, "operand %u does not belong to '%.*s'", far + 1, (int)n, at);
    else
        as_error(as, o.n ? o.at : at, "operands do not belong to '%.*s'", (int)n, at);
    return p;
}

/* ---- what the core asks ---- */

static unsigned modifier(const char *name, size_t n)
{
    (void)name;
    (void)n;
    return 0;
}

static bool is_tls(unsigned mod)
{
    (void)mod;
    return false;
}

static uint32_t reloc(const AsRelocQuery *q)
{
    const AsFix *f = q->fix;
    if (f->hint)
        return aa64_hint_reloc(f->hint);
    if (f->size == 8)
        return f->pcrel ? R_AARCH64_PREL64 : R_AARCH64_ABS64;
    if (f->size == 4)
        return f->pcrel ? R_AARCH64_PREL32 : R_AARCH64_ABS32;
    return f->size == 2 ? (f->pcrel ? R_AARCH64_PREL16 : R_AARCH64_ABS16) : 0;
}

static bool section_ok(const AsFix *f)
{
    (void)f;
    return true;
}

static const AsBranchLevel *branch_level(unsigned kind, unsigned level)
{
    (void)kind;
    (void)level;
    return NULL;
}

static void nops(uint8_t *to, size_t n)
{
    for (; n & 3; n--)
        *to++ = 0;
    for (; n; n -= 4, to += 4)
        put_u32(to, 0xd503201f);
}

#define RELOC(name, number, ...) { #name, number },
static const AsRelocName reloc_names[] = {
#include "arch/aa64/reloc.def"
};
#undef RELOC

/* Code stands where it can run. */
static void finish(As *as, Obj *o)
{
    uint32_t k;
    (void)as;
    for (k = 1; k < o->secs.n; k++)
        if ((o->secs.p[k]->flags & SHF_EXECINSTR) && o->secs.p[k]->data.n && o->secs.p[k]->align < 4)
            o->secs.p[k]->align = 4;
}

extern const struct TargetAsm aa64_asm;
const struct TargetAsm aa64_asm = {
    .line_comment = "#", .hash = true, .option = aa64_asm_option,
    .begin = begin, .insn = insn, .modifier = modifier, .reloc = reloc, .section_ok = section_ok, .is_tls = is_tls,
    .branch_level = branch_level, .nops = nops, .relocs = reloc_names, .nrelocs = countof(reloc_names),
    .put = aa64_put, .directive = aa64_directive, .finish = finish, .end = aa64_asm_end,
};
