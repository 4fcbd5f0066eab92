/* asm_match.c: whether a row of insn.def takes the operands that were written, and which goes where. One case a form. */
#include "arch/x64/asm.h"

unsigned x64_width_class(unsigned w)
{
    return w == 1 ? C_G1 : w == 2 ? C_G2 : w == 4 ? C_G4 : C_G8;
}

static bool is_reg(const Op *o, unsigned class, unsigned num)
{
    return o->kind == OP_REG && o->class == class && o->num == num && !o->star;
}

static bool is_acc(Match *m, const Op *o, unsigned w)
{
    if (!is_reg(o, x64_width_class(w), X64_RAX))
        return false;
    m->bound = true;
    return true;
}

static bool take_reg(Match *m, const X64Insn *in, const Op *o, unsigned w)
{
    unsigned class = in->reg == C_G ? x64_width_class(w) : in->reg;
    if (o->kind != OP_REG || o->class != class || o->star)
        return false;
    if (in->reg == C_G)
        m->bound = true;
    m->ins.reg = o->num;
    return true;
}

static bool take_rm(Match *m, const X64Insn *in, const Op *o, unsigned w)
{
    unsigned class = in->rm == C_G ? x64_width_class(w) : in->rm;
    if (o->kind == OP_MEM) {
        if ((in->flags & X_REG) || o->star != ((in->flags & X_STAR) != 0) || in->rm == C_T || o->dx)
            return false;
        m->ins.is_mem = true;
        m->ins.mem = o->mem;
        m->mem = o;
        return true;
    }
    if (o->kind != OP_REG || o->class != class || (in->flags & X_MEM) || o->star != ((in->flags & X_STAR) != 0))
        return false;
    if (in->rm == C_G)
        m->bound = true;
    m->ins.rm = o->num;
    return true;
}

/* An immediate of w bytes of which min(w, 4) are stored. */
static bool take_imm(Match *m, const Op *o, unsigned w)
{
    int64_t c = o->v.c;
    if (o->kind != OP_IMM || o->star)
        return false;
    m->imm = o;
    if (!as_val_const(&o->v))
        return true;
    if (w >= 8)
        return bits_fits_s(c, 32);
    return !o->v.big && c >= -((int64_t)1 << (8 * w - 1)) && c < (int64_t)1 << (8 * w);
}

/* One that a sign-extended byte stands for in an operation of w bytes. */
static bool take_imm8(Match *m, const Op *o, unsigned w)
{
    int64_t c = o->v.c;
    if (!take_imm(m, o, w) || !as_val_const(&o->v))
        return false;
    if (w < 8)
        c = bits_sext((uint64_t)c, 8 * w);
    return bits_fits_s(c, 8);
}

static bool take_byte(Match *m, const Op *o)
{
    if (o->kind != OP_IMM || o->star)
        return false;
    m->imm = o;
    return !as_val_const(&o->v) || (o->v.c >= -128 && o->v.c < 256);
}

static bool take_target(Match *m, const Op *o)
{
    if (o->kind != OP_MEM || o->star || o->has_base || o->mem.seg)
        return false;
    m->imm = o;
    return true;
}

static bool string_operands(Match *m, const Op *o, unsigned n, unsigned w)
{
    unsigned i, mems = 0;
    for (i = 0; i < n; i++) {
        if (o[i].kind == OP_MEM && o[i].has_base && (o[i].mem.base == X64_RDI || o[i].mem.base == X64_RSI) && as_val_const(&o[i].v) &&
            !o[i].v.c && o[i].mem.index == X64_NOREG && !o[i].mem.addr32)
            mems++;
        else if (!is_acc(m, &o[i], w))
            return false;
    }
    return mems > 0;
}

bool x64_match(As *as, Match *m, unsigned row, unsigned w, const Op *o, unsigned n)
{
    const X64Insn *in = &x64_insns[row];
    (void)as;
    memset(m, 0, sizeof *m);
    m->ins.row = (uint16_t)row;
    m->ins.w = (uint8_t)w;
    switch (in->form) {
    case F_ZO:
        if (n && row >= X64_I_STRMOVS_ZO && row <= X64_I_STRSCAS_ZO)
            return n <= 2 && string_operands(m, o, n, w);
        if (n == 1 && row == X64_I_XLAT_ZO)
            return o[0].kind == OP_MEM && o[0].mem.base == X64_RBX;
        return n == 0;
    case F_ZOM:
        return n == 0;
    case F_AX:
        return n == 0 || (n == 1 && is_reg(&o[0], C_G2, X64_RAX));
    case F_M:
        if (in->rm == C_T && n == 0 && row != X64_I_FFREE_T && row != X64_I_FLD_T && row != X64_I_FST_T &&
            row != X64_I_FSTP_T) {
            m->ins.rm = 1;
            return true;
        }
        return n == 1 && take_rm(m, in, &o[0], w);
    case F_M1:
        if (n == 2 && o[0].kind == OP_IMM && as_val_const(&o[0].v) && o[0].v.c == 1)
            return take_rm(m, in, &o[1], w);
        return n == 1 && take_rm(m, in, &o[0], w);
    case F_MC:
        return n == 2 && is_reg(&o[0], C_G1, X64_RCX) && take_rm(m, in, &o[1], w);
    case F_MR:
        if (n != 2)
            return false;
        if ((row == X64_I_TEST_MR || row == X64_I_XCHG_MR) && o[0].kind == OP_MEM)
            return take_rm(m, in, &o[0], w) && take_reg(m, in, &o[1], w);
        return take_reg(m, in, &o[0], w) && take_rm(m, in, &o[1], w);
    case F_RM:
        return n == 2 && take_rm(m, in, &o[0], w) && take_reg(m, in, &o[1], w);
    case F_MRX:
        if (n == 3 && is_reg(&o[0], C_X, X64_XMM0)) {
            o++;
            n--;
        }
        return n == 2 && take_rm(m, in, &o[0], w) && take_reg(m, in, &o[1], w);
    case F_MI:
        return n == 2 && take_imm(m, &o[0], w) && take_rm(m, in, &o[1], w);
    case F_MI8:
        return n == 2 && take_imm8(m, &o[0], w) && take_rm(m, in, &o[1], w);
    case F_MU8:
        return n == 2 && take_byte(m, &o[0]) && take_rm(m, in, &o[1], w);
    case F_I:
        return n == 2 && take_imm(m, &o[0], w) && is_acc(m, &o[1], w);
    case F_O:
        return n == 1 && take_rm(m, in, &o[0], w) && !m->ins.is_mem;
    case F_OA:
        if (n != 2)
            return false;
        if (is_acc(m, &o[1], w) && take_rm(m, in, &o[0], w) && !m->ins.is_mem) {
            if (w == 8 && m->ins.rm == X64_RAX) { /* nothing to exchange, nothing to extend */
                m->ins.row = X64_I_NOP_ZO;
                m->ins.w = 0;
            }
            return !(w == 4 && m->ins.rm == X64_RAX);
        }
        return is_acc(m, &o[0], w) && take_rm(m, in, &o[1], w) && !m->ins.is_mem;
    case F_OI:
        if (n != 2 || o[0].kind != OP_IMM || !take_rm(m, in, &o[1], w) || m->ins.is_mem)
            return false;
        m->imm = &o[0];
        if (w < 8)
            return take_imm(m, &o[0], w);
        return row == X64_I_MOVABS_OI || (as_val_const(&o[0].v) && !bits_fits_s(o[0].v.c, 32));
    case F_RMI: case F_RMI8:
        if (n == 2 && o[1].kind == OP_REG)
            return (in->form == F_RMI ? take_imm(m, &o[0], w) : take_imm8(m, &o[0], w)) && take_rm(m, in, &o[1], w) &&
                   take_reg(m, in, &o[1], w);
        return n == 3 && (in->form == F_RMI ? take_imm(m, &o[0], w) : take_imm8(m, &o[0], w)) && take_rm(m, in, &o[1], w) &&
               take_reg(m, in, &o[2], w);
    case F_RMU8:
        return n == 3 && take_byte(m, &o[0]) && take_rm(m, in, &o[1], w) && take_reg(m, in, &o[2], w);
    case F_MRU8:
        return n == 3 && take_byte(m, &o[0]) && take_reg(m, in, &o[1], w) && take_rm(m, in, &o[2], w);
    case F_MRC:
        if (n == 3 && is_reg(&o[0], C_G1, X64_RCX)) {
            o++;
            n--;
        }
        return n == 2 && take_reg(m, in, &o[0], w) && take_rm(m, in, &o[1], w);
    case F_D8:
        if (n != 1 || !take_target(m, &o[0]))
            return false;
        if (row == X64_I_JMP_D8)
            m->branch = 1;
        else if (row >= X64_I_JCC_D8 && row < X64_I_JCC_D8 + 16)
            m->branch = 2 + row - X64_I_JCC_D8;
        else
            m->branch = 18 + (row == X64_I_JRCXZ_D8 ? 0 : row == X64_I_LOOPNE_D8 ? 1 : row == X64_I_LOOPE_D8 ? 2 : 3);
        return true;
    case F_D32:
        return n == 1 && row == X64_I_CALL_D32 && take_target(m, &o[0]);
    case F_IB:
        return n == 1 && take_byte(m, &o[0]);
    case F_IBS:
        return n == 1 && take_imm8(m, &o[0], w);
    case F_ID:
        return n == 1 && take_imm(m, &o[0], w);
    case F_IW:
        return n == 1 && take_imm(m, &o[0], 2);
    case F_IWB:
        if (n != 2 || !take_byte(m, &o[1]) || !as_val_const(&o[1].v) || !take_imm(m, &o[0], 2) || !as_val_const(&o[0].v))
            return false;
        m->ins.imm2 = (uint8_t)o[1].v.c;
        return true;
    case F_FD: case F_TD: {
        const Op *mem = in->form == F_FD ? &o[0] : &o[1], *acc = in->form == F_FD ? &o[1] : &o[0];
        if (n != 2 || mem->kind != OP_MEM || mem->has_base || mem->star || !is_acc(m, acc, w))
            return false;
        m->ins.mem.seg = mem->mem.seg;
        m->imm = mem;
        return true;
    }
    case F_FS:
        if (n == 0 && row >= X64_I_FUCOMI_FS && row <= X64_I_FCOMIP_FS) {
            m->ins.rm = 1;
            return true;
        }
        if (n == 2 && !is_reg(&o[1], C_T, 0))
            return false;
        return n >= 1 && n <= 2 && take_rm(m, in, &o[0], w);
    case F_SEG:
        return n == 1 && is_reg(&o[0], C_S, in->digit);
    case F_FT:
        if (n == 0 && in->op == 0xdc) { /* fadd alone pops */
            m->ins.row = (uint16_t)(row + 1);
            m->ins.rm = 1;
            return true;
        }
        if (n == 0 && in->op == 0xde) {
            m->ins.rm = 1;
            return true;
        }
        if (n == 1)
            return in->op == 0xde && take_rm(m, in, &o[0], w);
        return n == 2 && is_reg(&o[0], C_T, 0) && take_rm(m, in, &o[1], w);
    case F_IA:
        return n == 2 && take_byte(m, &o[0]) && is_acc(m, &o[1], w);
    case F_AI:
        return n == 2 && is_acc(m, &o[0], w) && take_byte(m, &o[1]);
    case F_DXA:
        return n == 2 && (o[0].dx || is_reg(&o[0], C_G2, X64_RDX)) && is_acc(m, &o[1], w);
    case F_ADX:
        return n == 2 && is_acc(m, &o[0], w) && (o[1].dx || is_reg(&o[1], C_G2, X64_RDX));
    default:
        return false;
    }
}
