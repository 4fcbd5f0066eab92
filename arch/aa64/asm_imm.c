/* asm_imm.c: the operands of a candidate that are numbers, addresses or branch targets. Each gives 1 when taken, 0 when the text has
 * another shape, -1 after a message; values are read in the second turn only (Aa64Match.fill). */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

/* A constant from lo to hi. 1, or -1 after a message. */
int aa64_op_constant(Aa64Match *m, Aa64Op *op, int64_t lo, int64_t hi, int64_t *to)
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

/* A shift operand behind a register or number, if one stands there: NULL where none does. */
Aa64Op *aa64_op_shift_here(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
    return op && op->kind == AO_SHIFT ? op : NULL;
}

/* The operand stays a field. */
static int later(Aa64Match *m, Aa64Op *op, unsigned hint, bool pcrel)
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
static int lsl_here(Aa64Match *m, Aa64Op **to, unsigned kind)
{
    *to = aa64_op_shift_here(m);
    if (!*to)
        return 1;
    if ((*to)->ext != kind || !(*to)->amount)
        return 0;
    m->at++;
    return 1;
}

int aa64_take_add_immediate(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m), *s;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    ok = lsl_here(m, &s, AA64_LSL);
    if (ok <= 0 || !m->fill)
        return ok;
    if (!aa64_op_value(m->as, op) || (s && aa64_op_constant(m, s, 0, 12, &by) < 0))
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
static bool narrowed(const Aa64Match *m, int64_t c, uint64_t *v)
{
    *v = (uint64_t)c;
    if (m->size > 0)
        return true;
    if (c < -((int64_t)1 << 32) || (c > 0 && c >> 32))
        return false;
    *v &= 0xffffffff;
    return true;
}

int aa64_take_logical_immediate(Aa64Match *m, bool inverted)
{
    Aa64Op *op = aa64_op_here(m);
    int64_t c;
    uint64_t v;
    uint32_t field;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (aa64_op_constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
        return -1;
    if (!narrowed(m, inverted ? ~c : c, &v) || !aa64_logical(v, m->size > 0, &field)) {
        as_error(m->as, op->p, "immediate out of range");
        return -1;
    }
    m->i.imm = (int64_t)v;
    return 1;
}

int aa64_take_mov_wide(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m), *s;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    ok = lsl_here(m, &s, AA64_LSL);
    if (ok <= 0 || !m->fill)
        return ok;
    if (!aa64_op_value(m->as, op) || (s && aa64_op_constant(m, s, 0, m->size > 0 ? 48 : 16, &by) < 0))
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
    if (aa64_op_constant(m, op, 0, 65535, &c) < 0)
        return -1;
    m->i.amount = (uint8_t)by;
    m->i.imm = (int64_t)((uint64_t)c << by);
    return 1;
}

/* mov of a number: whether movz, movn or orr is it. */
int aa64_take_mov_immediate(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m);
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

int aa64_take_address(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m);
    bool pre = kind == K_PRE9 || kind == K_PRE7, post = kind == K_POST9 || kind == K_POST7, pair = kind >= K_MEM7 && kind <= K_POST7;
    unsigned log2 = aa64_log2(m->in->flags);
    if (!op || op->kind != AO_MEM || op->has_index || op->pre != pre || (post && op->has_off) || (pre && !op->has_off))
        return 0;
    m->i.rn = op->reg;
    m->at++;
    if (post) {
        op = aa64_op_here(m);
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

int aa64_take_indexed(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
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
    if (op->amount && aa64_op_constant(m, op, 0, 4, &c) < 0)
        return -1;
    if (c && c != (int64_t)log2) {
        as_error(m->as, op->p, "the index is shifted by 0 or %u here", log2);
        return -1;
    }
    m->i.amount = op->amount && c == (int64_t)log2;
    return 1;
}

/* Behind a list: [rn], rm or the bytes touched. */
int aa64_take_post_vector(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned count = aa64_list_count(m->in->flags), n;
    bool lists = m->in->form == F_LDLPOST, all = lists && m->in->mnem[3] != 'r';
    int64_t c;
    if (!op || op->kind != AO_MEM || op->has_index || op->has_off || op->pre)
        return 0;
    m->i.rn = op->reg;
    m->at++;
    op = aa64_op_here(m);
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
    if (aa64_op_constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
        return -1;
    if (c != (int64_t)n) {
        as_error(m->as, op->p, "the address moves on by %u here", n);
        return -1;
    }
    return 1;
}

/* ---- numbers ---- */

/* A plain number into imm (to 0), imm2 (1) or amount (2). */
int aa64_take_plain(Aa64Match *m, unsigned to, int64_t lo, int64_t hi)
{
    Aa64Op *op = aa64_op_here(m);
    int64_t c;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (!m->fill)
        return 1;
    if (aa64_op_constant(m, op, lo, hi, &c) < 0)
        return -1;
    if (to == 0)
        m->i.imm = c;
    else if (to == 1)
        m->i.imm2 = (uint8_t)c;
    else
        m->i.amount = (uint8_t)c;
    return 1;
}

int aa64_take_zero(Aa64Match *m, bool is_float)
{
    Aa64Op *op = aa64_op_here(m);
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
    return aa64_op_constant(m, op, 0, 0, &c);
}

int aa64_take_fp_immediate(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
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

int aa64_take_modified(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m), *s;
    unsigned ext = kind == K_MIMSL ? AO_MSL : AA64_LSL;
    int64_t c, by = 0;
    int ok;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    if (kind == K_MI || kind == K_MI64) {
        if ((s = aa64_op_shift_here(m)) != NULL && kind == K_MI && s->ext == AA64_LSL && m->at + 1 == m->o->n) { /* lsl #0 */
            m->at++;
            if (m->fill && aa64_op_constant(m, s, 0, 0, &c) < 0)
                return -1;
        }
    } else {
        ok = lsl_here(m, &s, ext);
        if (ok <= 0 || (kind == K_MIMSL && !s))
            return 0;
        if (m->fill && s && aa64_op_constant(m, s, 0, kind == K_MISH2 ? 24 : kind == K_MISH1 ? 8 : 16, &by) < 0)
            return -1;
    }
    if (!m->fill)
        return 1;
    if (kind == K_MI64) {
        if (aa64_op_constant(m, op, INT64_MIN, INT64_MAX, &c) < 0)
            return -1;
    } else if (aa64_op_constant(m, op, kind == K_MI ? -128 : 0, 255, &c) < 0) {
        return -1;
    }
    m->i.imm = kind == K_MI64 ? c : c & 255;
    m->i.amount = (uint8_t)by;
    return 1;
}

/* Branch targets, addresses, literals. */
int aa64_take_target(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned hint;
    if (!op || !(op->kind == AO_EXPR || op->kind == AO_REG || op->kind == AO_FLT || op->kind == AO_VEC || /* symbols of such names */
                 (op->kind == AO_SHIFT && !op->amount) || (op->kind == AO_LIT && m->in->form == F_LSLIT && m->in->mnem[0] != 'p')))
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
    if (kind != K_ADRP && is_constant(op)) { /* a number is the distance itself */
        unsigned bits = kind == K_B26 ? 28 : kind == K_B14 ? 16 : 21;
        if ((kind != K_ADR && (op->v.c & 3)) || !bits_fits_s(op->v.c, bits)) {
            as_error(m->as, op->p, kind != K_ADR && (op->v.c & 3) ? "the distance is a multiple of 4" : "the target is too far away");
            return -1;
        }
        m->i.imm = op->v.c;
        return 1;
    }
    hint = kind == K_B26 ? (m->i.row == AA64_I_BL ? AHI_CALL : AHI_B26) : kind == K_B14 ? AHI_B14 : kind == K_ADR ? AHI_ADR :
           kind == K_ADRP ? AHI_ADRP : m->in->form == F_LSLIT ? AHI_LD19 : AHI_B19;
    if (op->op)
        hint = kind == K_B19 && m->in->form != F_LSLIT ? 0 : aa64_op_hint(op->op, kind, 0);
    return later(m, op, hint, kind != K_ADRP); /* a page is a linker's matter */
}
