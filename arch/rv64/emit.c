/* emit.c: what the lanes call. Operands in, bytes at the end of a section out, in 16 bits where that means the
 * same and nothing is left to patch. One idea: every entry point fills an Rv64Ins; rv64_ins does the rest through
 * insn.def. */
#include "arch/rv64/insn.h"

static _Noreturn void oops(Rv64Out *o, const char *what)
{
    bug(o->b->arena->host, what);
}

static void check_ext(Rv64Out *o, unsigned row)
{
    if (row >= RV64_ROWS || (rv64_insns[row].ext & ~o->ext))
        oops(o, "rv64: instruction of an extension that is off");
}

static void put_ins(Rv64Out *o, const Rv64Ins *i, bool whole)
{
    Rv64Ins t = *i;
    Buf *b = o->b;
    check_ext(o, t.row);
    if (!whole)
        rv64_compress(&t, o->ext);
    if (b->cap - b->n < 4)
        buf_reserve(b, 4);
    if (!rv64_emit(b->p + b->n, &t))
        oops(o, "rv64: operands do not belong to the row");
    b->n += t.len;
}

static void fill(Rv64Ins *i, unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int64_t imm)
{
    memset(i, 0, sizeof *i);
    i->row = (uint16_t)row;
    i->rd = (uint8_t)rd;
    i->rs1 = (uint8_t)rs1;
    i->rs2 = (uint8_t)rs2;
    i->imm = (int32_t)imm;
}

void rv64_ins(Rv64Out *o, const Rv64Ins *i)
{
    put_ins(o, i, false);
}

void rv64_0(Rv64Out *o, Rv64Row row)
{
    rv64_r(o, row, 0, 0, 0);
}

void rv64_r(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2)
{
    Rv64Ins i;
    fill(&i, row, rd, rs1, rs2, 0);
    put_ins(o, &i, false);
}

void rv64_r1(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1)
{
    rv64_r(o, row, rd, rs1, 0);
}

void rv64_i(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, int64_t imm)
{
    Rv64Ins i;
    if (!bits_fits_s(imm, 12))
        oops(o, "rv64: immediate out of range");
    fill(&i, row, rd, rs1, 0, imm);
    put_ins(o, &i, false);
}

void rv64_s(Rv64Out *o, Rv64Row row, unsigned rs2, unsigned rs1, int64_t imm)
{
    Rv64Ins i;
    if (!bits_fits_s(imm, 12))
        oops(o, "rv64: immediate out of range");
    fill(&i, row, 0, rs1, rs2, imm);
    put_ins(o, &i, false);
}

void rv64_u(Rv64Out *o, Rv64Row row, unsigned rd, uint32_t imm20)
{
    Rv64Ins i;
    fill(&i, row, rd, 0, 0, imm20);
    put_ins(o, &i, false);
}

void rv64_amo(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs2, unsigned rs1, unsigned aqrl)
{
    Rv64Ins i;
    fill(&i, row, rd, rs1, rs2, 0);
    i.aqrl = (uint8_t)aqrl;
    put_ins(o, &i, true);
}

void rv64_fp(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2, unsigned rm)
{
    rv64_fp4(o, row, rd, rs1, rs2, 0, rm);
}

void rv64_fp4(Rv64Out *o, Rv64Row row, unsigned rd, unsigned rs1, unsigned rs2, unsigned rs3, unsigned rm)
{
    Rv64Ins i;
    fill(&i, row, rd, rs1, rs2, 0);
    i.rs3 = (uint8_t)rs3;
    i.rm = (uint8_t)rm;
    put_ins(o, &i, true);
}

void rv64_csr(Rv64Out *o, Rv64Row row, unsigned rd, unsigned csr, unsigned src)
{
    Rv64Ins i;
    bool imm = row < RV64_ROWS && rv64_insns[row].form == F_CSRI;
    fill(&i, row, rd, imm ? 0 : src, 0, imm ? src : 0);
    i.csr = (uint16_t)csr;
    put_ins(o, &i, true);
}

void rv64_fence(Rv64Out *o, unsigned pred, unsigned succ)
{
    Rv64Ins i;
    fill(&i, RV64_I_FENCE, 0, 0, 0, (int64_t)(pred << 4 | succ));
    put_ins(o, &i, true);
}

void rv64_li(Rv64Out *o, unsigned rd, int64_t v)
{
    Rv64Ins t[RV64_LI_MAX];
    unsigned n = rv64_li_best(t, rd, v, o->ext), k;
    for (k = 0; k < n; k++)
        put_ins(o, &t[k], false);
}

void rv64_nops(Rv64Out *o, unsigned n)
{
    Rv64Ins i;
    fill(&i, RV64_I_ADDI, 0, 0, 0, 0);
    if ((n & 1) || ((n & 2) && !(o->ext & RV64_X_C)))
        oops(o, "rv64: padding of an odd size");
    if (n & 2)
        put_ins(o, &i, false);
    for (n &= ~3u; n; n -= 4)
        put_ins(o, &i, true);
}

/* ---- branches ---- */

static uint64_t put_branch(Rv64Out *o, unsigned row, unsigned rs1, unsigned rs2, int64_t disp)
{
    Rv64Ins i;
    fill(&i, row, 0, rs1, rs2, disp);
    if (row >= RV64_ROWS || rv64_insns[row].form != F_B)
        oops(o, "rv64: no branch");
    put_ins(o, &i, true);
    return o->b->n - 4;
}

uint64_t rv64_b(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2)
{
    return put_branch(o, row, rs1, rs2, 0);
}

/* Opposite conditions stand in pairs (insn.def, requirement 4). */
static unsigned opposite(unsigned row)
{
    return RV64_I_BEQ + ((row - RV64_I_BEQ) ^ 1);
}

uint64_t rv64_b_far(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2)
{
    put_branch(o, opposite(row), rs1, rs2, 8);
    return rv64_jal(o, RV64_ZERO);
}

uint64_t rv64_jal(Rv64Out *o, unsigned rd)
{
    Rv64Ins i;
    fill(&i, RV64_I_JAL, rd, 0, 0, 0);
    put_ins(o, &i, true);
    return o->b->n - 4;
}

bool rv64_b_shortens(const Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2)
{
    return (o->ext & RV64_X_C) && !rs2 && rs1 >= 8 && rs1 < 16 && (row == RV64_I_BEQ || row == RV64_I_BNE);
}

uint64_t rv64_b_short(Rv64Out *o, Rv64Row row, unsigned rs1)
{
    rv64_ins(o, &(Rv64Ins){ .row = (uint16_t)row, .rs1 = (uint8_t)rs1 });
    return o->b->n - 2;
}

uint64_t rv64_j_short(Rv64Out *o)
{
    rv64_ins(o, &(Rv64Ins){ .row = RV64_I_JAL });
    return o->b->n - 2;
}

bool rv64_reaches(const Rv64Out *o, uint64_t at, uint64_t target)
{
    unsigned op = get_u32(o->b->p + at) & 0x7f;
    return rv64_imm_fits(op == 0x6f ? IM_J : IM_B, (int64_t)(target - at));
}

void rv64_patch(Rv64Out *o, uint64_t at, uint64_t target)
{
    if (at + 4 > o->b->n || !rv64_put_imm(o->b->p + at, (int64_t)(target - at)))
        oops(o, "rv64: branch out of range");
}

void rv64_b_back(Rv64Out *o, Rv64Row row, unsigned rs1, unsigned rs2, uint64_t target)
{
    int64_t d = (int64_t)(target - o->b->n);
    Rv64Ins i;
    if (rv64_imm_fits(IM_B, d)) {
        fill(&i, row, 0, rs1, rs2, d);
        put_ins(o, &i, false);
        return;
    }
    fill(&i, opposite(row), 0, rs1, rs2, 8);
    if ((o->ext & RV64_X_C) && rs2 == 0 && rs1 >= 8 && rs1 < 16 && row <= RV64_I_BNE)
        i.imm = 6;
    put_ins(o, &i, i.imm == 8);
    rv64_patch(o, rv64_jal(o, RV64_ZERO), target);
}

void rv64_j_back(Rv64Out *o, uint64_t target)
{
    Rv64Ins i;
    fill(&i, RV64_I_JAL, RV64_ZERO, 0, 0, (int64_t)(target - o->b->n));
    put_ins(o, &i, false);
}

/* ---- symbols ---- */

static bool is_store(const Rv64Insn *in)
{
    return (in->flags & RVF_STORE) != 0;
}

static void put_low(Rv64Out *o, unsigned row, unsigned reg, unsigned base)
{
    Rv64Ins i;
    if (row < RV64_ROWS && is_store(&rv64_insns[row]))
        fill(&i, row, 0, base, reg, 0);
    else
        fill(&i, row, reg, base, 0, 0);
    put_ins(o, &i, true);
}

ObjSymId rv64_pcrel_high(Rv64Out *o, unsigned base, unsigned hi, ObjSymId sym, int64_t addend)
{
    uint64_t at = o->b->n;
    ObjSymId label = obj_local(o->obj, ".L0 ", 4, o->sec, at);
    Rv64Ins i;
    fill(&i, RV64_I_AUIPC, base, 0, 0, 0);
    put_ins(o, &i, true);
    obj_reloc(o->obj, o->sec, at, hi, sym, addend);
    return label;
}

void rv64_pcrel_low(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, ObjSymId label)
{
    uint64_t at = o->b->n;
    put_low(o, row, reg, base);
    obj_reloc(o->obj, o->sec, at, is_store(&rv64_insns[row]) ? R_RISCV_PCREL_LO12_S : R_RISCV_PCREL_LO12_I, label, 0);
}

void rv64_pcrel(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, unsigned hi, ObjSymId sym, int64_t addend)
{
    rv64_pcrel_low(o, row, reg, base, rv64_pcrel_high(o, base, hi, sym, addend));
}

void rv64_absolute(Rv64Out *o, Rv64Row row, unsigned reg, unsigned base, unsigned hi, ObjSymId sym, int64_t addend)
{
    bool tls = hi == R_RISCV_TPREL_HI20, store = row < RV64_ROWS && is_store(&rv64_insns[row]);
    unsigned lo = tls ? R_RISCV_TPREL_LO12_I : R_RISCV_LO12_I; /* the S form is the next number */
    uint64_t at = o->b->n;
    Rv64Ins i;
    fill(&i, RV64_I_LUI, base, 0, 0, 0);
    put_ins(o, &i, true);
    obj_reloc(o->obj, o->sec, at, hi, sym, addend);
    at += 4;
    if (tls) {
        fill(&i, RV64_I_ADD, base, base, RV64_TP, 0);
        put_ins(o, &i, true);
        obj_reloc(o->obj, o->sec, at, R_RISCV_TPREL_ADD, sym, addend);
        at += 4;
    }
    put_low(o, row, reg, base);
    obj_reloc(o->obj, o->sec, at, store ? lo + 1 : lo, sym, addend);
}

static void put_call(Rv64Out *o, unsigned link, unsigned scratch, ObjSymId sym, int64_t addend)
{
    uint64_t at = o->b->n;
    Rv64Ins i;
    fill(&i, RV64_I_AUIPC, scratch, 0, 0, 0);
    put_ins(o, &i, true);
    fill(&i, RV64_I_JALR, link, scratch, 0, 0);
    put_ins(o, &i, true);
    obj_reloc(o->obj, o->sec, at, R_RISCV_CALL_PLT, sym, addend);
}

void rv64_call_sym(Rv64Out *o, ObjSymId sym, int64_t addend)
{
    put_call(o, RV64_RA, RV64_RA, sym, addend);
}

void rv64_tail_sym(Rv64Out *o, unsigned scratch, ObjSymId sym, int64_t addend)
{
    put_call(o, RV64_ZERO, scratch, sym, addend);
}
