/* asm_match.c: the operands of one candidate. The list of kinds (insn.h) that prints an instruction reads it here. A candidate is tried
 * twice: first by shapes, which decides between candidates, then with the values of its expressions, whose errors are final. Out: the
 * instruction as data, and the operand that stays a field. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

static uint8_t *place_of(Aa64Match *m, unsigned opnd)
{
    switch (opnd & 3) {
    case 0: return &m->i.rd;
    case 1: return &m->i.rn;
    case 2: return &m->i.rm;
    default: return &m->i.ra;
    }
}

static int scalar_reg(Aa64Match *m, const Aa64Op *op, int es)
{
    (void)m;
    return op->kind == AO_FLT && op->es == es;
}

static int vector_reg(const Aa64Op *op)
{
    return op->kind == AO_VEC && op->es >= 0 && op->bytes;
}

static int prfop(Aa64Match *m, Aa64Op *op)
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
    if (m->fill && aa64_op_constant(m, op, 0, 31, &c) < 0)
        return -1;
    if (m->fill)
        m->i.rd = (uint8_t)c;
    return 1;
}

/* One register operand: 1 taken, 0 of another shape. */
static int reg_operand(Aa64Match *m, unsigned opnd)
{
    unsigned kind = aa64_kind(opnd);
    Aa64Op *op = aa64_op_here(m), *next;
    int ok = 0;
    if (!op)
        return 0;
    if (kind == K_T)
        kind = aa64_t_kind(m->in->flags);
    switch (kind) {
    case K_R: ok = op->kind == AO_REG && !op->sp && aa64_op_set(&m->size, op->x); break;
    case K_RSP: ok = op->kind == AO_REG && (op->reg != 31 || op->sp) && aa64_op_set(&m->size, op->x); break;
    case K_W: case K_X: ok = op->kind == AO_REG && !op->sp && op->x == (kind == K_X); break;
    case K_XSP: ok = op->kind == AO_REG && (op->reg != 31 || op->sp) && op->x; break;
    case K_F: ok = op->kind == AO_FLT && (op->es == 2 || op->es == 3) && aa64_op_set(&m->size, op->es - 2); break;
    case K_FB: ok = scalar_reg(m, op, 0); break;
    case K_FH: ok = scalar_reg(m, op, 1); break;
    case K_FS: ok = scalar_reg(m, op, 2); break;
    case K_FD: ok = scalar_reg(m, op, 3); break;
    case K_FQ: ok = scalar_reg(m, op, 4); break;
    case K_PAIR:
        next = m->at + 1 < m->o->n ? op + 1 : NULL;
        ok = op->kind == AO_REG && !op->sp && aa64_op_set(&m->size, op->x) && !(op->reg & 1) && next && next->kind == AO_REG && !next->sp &&
             next->x == op->x && next->reg == op->reg + 1;
        m->at += ok != 0;
        break;
    case K_PRFOP:
        ok = prfop(m, op);
        m->at += ok > 0;
        return ok;
    case K_V1D: ok = op->kind == AO_ELEM && op->es == 3 && op->lane == 1; break;
    case K_V:
        ok = vector_reg(op) && aa64_op_set(&m->es, op->es) && (op->bytes == 8 || op->bytes == 16) && aa64_op_set(&m->q, op->bytes == 16);
        break;
    case K_VW: ok = vector_reg(op) && op->bytes == 16 && aa64_op_set(&m->es, op->es - 1); break;
    case K_VP: ok = vector_reg(op) && op->bytes >= 8 && aa64_op_set(&m->es, op->es - 1) && aa64_op_set(&m->q, op->bytes == 16); break;
    case K_VS: ok = op->kind == AO_FLT && op->es < 4 && aa64_op_set(&m->es, op->es); break;
    case K_VSW: ok = op->kind == AO_FLT && op->es < 4 && op->es > 0 && aa64_op_set(&m->es, op->es - 1); break;
    case K_V4S: ok = vector_reg(op) && op->es == 2 && op->bytes == 16; break;
    case K_V2: ok = vector_reg(op) && op->bytes == 2 << op->es && aa64_op_set(&m->es, op->es); break;
    case K_VE:
        ok = op->kind == AO_ELEM && aa64_op_set(&m->es, op->es) && op->lane < 16 >> op->es;
        m->i.imm = op->lane;
        break;
    case K_VE2:
        ok = op->kind == AO_ELEM && aa64_op_set(&m->es, op->es) && op->lane < 16 >> op->es;
        m->i.imm2 = ok ? (uint8_t)(op->lane << op->es) : 0;
        break;
    case K_RE: ok = op->kind == AO_REG && !op->sp && aa64_op_set(&m->re, op->x); break;
    case K_RQ: ok = op->kind == AO_REG && !op->sp && aa64_op_set(&m->q, op->x); break;
    case K_L:
        ok = op->kind == AO_LIST && op->lane < 0 && op->count == aa64_list_count(m->in->flags) && op->bytes &&
             aa64_op_set(&m->es, op->es) && aa64_op_set(&m->q, op->bytes == 16);
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

static int shifted(Aa64Match *m, bool ror)
{
    Aa64Op *op = aa64_op_here(m);
    int64_t c;
    if (!op || op->kind != AO_REG || op->sp || !aa64_op_set(&m->size, op->x))
        return 0;
    m->i.rm = op->reg;
    m->at++;
    if (!(op = aa64_op_shift_here(m)))
        return 1;
    if (op->ext > (ror ? AA64_ROR : AA64_ASR) || !op->amount)
        return 0;
    m->i.ext = op->ext;
    m->at++;
    if (!m->fill)
        return 1;
    if (aa64_op_constant(m, op, 0, m->size ? 63 : 31, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)c;
    return 1;
}

static int extended(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
    int64_t c;
    bool x;
    if (!op || op->kind != AO_REG || op->sp)
        return 0;
    x = op->x;
    m->i.rm = op->reg;
    m->at++;
    if (!(op = aa64_op_shift_here(m))) {
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
    if (aa64_op_constant(m, op, 0, 4, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)c;
    return 1;
}

static int lanes(Aa64Match *m, unsigned es)
{
    Aa64Op *op = aa64_op_here(m);
    if (!op || op->kind != AO_LIST || op->lane < 0 || op->bytes || op->es != (int)es || op->count != aa64_list_count(m->in->flags) ||
        op->lane >= 16 >> es)
        return 0;
    m->i.rd = op->reg;
    m->i.imm2 = (uint8_t)op->lane;
    m->at++;
    return 1;
}

/* One operand: 1 taken, 0 of another shape, -1 after a message. */
static int operand(Aa64Match *m, unsigned opnd)
{
    unsigned kind = aa64_kind(opnd), top = m->size > 0 ? 63 : 31;
    Aa64Op *op = aa64_op_here(m);
    int ok;
    if (kind < K_REGS)
        return reg_operand(m, opnd);
    switch (kind) {
    case K_SHIFT: return shifted(m, false);
    case K_SHIFTL: return shifted(m, true);
    case K_EXT: return extended(m);
    case K_ADDIMM: return aa64_take_add_immediate(m);
    case K_LOGIMM: return aa64_take_logical_immediate(m, false);
    case K_LOGINV: return aa64_take_logical_immediate(m, true);
    case K_MOVW: return aa64_take_mov_wide(m);
    case K_MOVZI: case K_MOVNI: case K_ORRI: return aa64_take_mov_immediate(m, kind);
    case K_IMMR: return aa64_take_plain(m, 2, 0, top);
    case K_IMMS: return aa64_take_plain(m, 1, 0, top);
    case K_ADR: case K_ADRP: case K_B26: case K_B19: case K_B14: return aa64_take_target(m, kind);
    case K_TBIT: return aa64_take_plain(m, 1, 0, m->tw ? 31 : 63);
    case K_TREG:
        if (!op || op->kind != AO_REG || op->sp)
            return 0;
        m->i.rd = op->reg;
        m->tw = !op->x;
        m->at++;
        return 1;
    case K_COND: return aa64_take_condition(m, false);
    case K_CONDI: return aa64_take_condition(m, true);
    case K_CONDB:
        m->i.cond = m->c->cond;
        return 1;
    case K_NZCV: return aa64_take_plain(m, 1, 0, 15);
    case K_IMM5: return aa64_take_plain(m, 0, 0, 31);
    case K_DCPS: return op ? aa64_take_plain(m, 0, 0, 65535) : 1;
    case K_IMM16: case K_UDF: return aa64_take_plain(m, 0, 0, 65535);
    case K_HINT: return aa64_take_plain(m, 0, 0, 127);
    case K_CRM: case K_BARRIER: case K_ISB: return aa64_take_barrier(m, kind);
    case K_SYSREG: return aa64_take_sysreg(m);
    case K_PSTATE: return aa64_take_pstate(m);
    case K_SYS: return aa64_take_sys(m);
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
    case K_MEM: case K_MEM12: case K_MEM9: case K_PRE9: case K_POST9: case K_MEM7: case K_PRE7: case K_POST7:
        return aa64_take_address(m, kind);
    case K_MEMR: return aa64_take_indexed(m);
    case K_MEMRS: case K_IMM4: return 1;
    case K_FIMM: case K_MIF: return aa64_take_fp_immediate(m);
    case K_FZERO: return aa64_take_zero(m, true);
    case K_ZERO: return aa64_take_zero(m, false);
    case K_FBITS: return aa64_take_plain(m, 1, 1, top + 1);
    case K_SHI:
        if (m->es < 0)
            return 0;
        /* A shift to the left starts at 0, one to the right at 1. */
        ok = aa64_fields[aa64_forms[m->in->form].size].low & 2;
        return aa64_take_plain(m, 0, ok ? 0 : 1, (8 << m->es) - (ok ? 1 : 0));
    case K_SHLL: return aa64_take_plain(m, 0, 8 << (m->es < 0 ? 0 : m->es), 8 << (m->es < 0 ? 0 : m->es));
    case K_EXTN: return aa64_take_plain(m, 0, 0, m->q > 0 ? 15 : 7);
    case K_TBL:
        if (!op || op->kind != AO_LIST || op->lane >= 0 || op->es || op->bytes != 16)
            return 0;
        m->i.rn = op->reg;
        m->i.imm2 = op->count - 1u;
        m->at++;
        return 1;
    case K_VEM:
        if (!op || op->kind != AO_ELEM || !aa64_op_set(&m->es, op->es) || op->lane >= 16 >> op->es || (op->es == 1 && op->reg > 15))
            return 0;
        m->i.rm = op->reg;
        m->i.imm2 = (uint8_t)op->lane;
        m->at++;
        return 1;
    case K_LANEB: return lanes(m, 0);
    case K_LANEH: return lanes(m, 1);
    case K_LANES: return lanes(m, 2);
    case K_LANED: return lanes(m, 3);
    case K_POSTV: return aa64_take_post_vector(m);
    case K_MI: case K_MISH2: case K_MISH1: case K_MIMSL: case K_MI64: return aa64_take_modified(m, kind);
    case K_LSL:
        ok = aa64_take_plain(m, 0, 0, top);
        if (m->fill && ok > 0) {
            m->i.amount = (uint8_t)((0 - (uint64_t)m->i.imm) & top);
            m->i.imm2 = (uint8_t)(top - (unsigned)m->i.imm);
            m->i.imm = 0;
        }
        return ok;
    case K_LSR:
        m->i.imm2 = (uint8_t)top;
        return aa64_take_plain(m, 2, 0, top);
    case K_INLSB:
        ok = aa64_take_plain(m, 0, 0, top);
        m->lsb = m->i.imm;
        m->i.amount = (uint8_t)((0 - (uint64_t)m->lsb) & top);
        m->i.imm = 0;
        return ok;
    case K_INWIDTH: case K_EXWIDTH:
        if (kind == K_EXWIDTH)
            m->lsb = m->i.amount;
        ok = aa64_take_plain(m, 0, 1, (int64_t)top + 1 - m->lsb);
        m->i.imm2 = (uint8_t)(m->i.imm - 1 + (kind == K_EXWIDTH ? m->lsb : 0));
        m->i.imm = 0;
        return ok;
    case K_IC: case K_DC: case K_AT: case K_TLBI: return aa64_take_sysop(m, kind);
    default: return 0;
    }
}

/* The whole candidate; the shape of vectors and what the alias says are settled behind the last operand. */
int aa64_candidate(Aa64Match *m, bool fill)
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
