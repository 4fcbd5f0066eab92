/* lift_int.c: integer instructions to the IR: I, M, Zba, Zbb, Zbc, Zbs, Zicond. One case a row. The *W forms work on i32 and sign-extend;
 * shifts need no masking, for the IR's counts are taken modulo the width as RISC-V's are.
 *
 * Division never meets the operands that trap on a host: a divisor of 0, or of -1 below the least dividend, is replaced by 1 first, and
 * the result selected (M, 7.2). */
#include "arch/rv64/lift.h"

static IrRef narrow(Rv64Lift *l, IrOp op, IrRef a, IrRef b)
{
    return lift_sext(l, ir_ins(l->f, op, IR_I32, 0, lift_low(l, a), lift_low(l, b), 0));
}

static IrRef compare(Rv64Lift *l, IrOp op, IrRef a, IrRef b)
{
    return lift_zext(l, lift_op2(l, op, a, b));
}

static IrRef choose(Rv64Lift *l, IrOp op, IrRef a, IrRef b) /* the one for which op holds */
{
    return lift_select(l, IR_I64, lift_op2(l, op, a, b), a, b);
}

static IrRef zext_low(Rv64Lift *l, IrRef v)
{
    return lift_zext(l, lift_low(l, v));
}

static IrRef divide(Rv64Lift *l, IrOp op, IrType t, IrRef a, IrRef b)
{
    IrFn *f = l->f;
    IrRef one = ir_int(f, t, 1), minus = ir_int(f, t, -1), zero, bad, q;
    if (t == IR_I32) {
        a = lift_low(l, a);
        b = lift_low(l, b);
    }
    bad = zero = ir_op2(f, IR_EQ, t, b, ir_int(f, t, 0));
    if (op == IR_SREM) {       /* by -1 leaves what dividing by 1 leaves */
        bad = ir_op2(f, IR_ULE, t, ir_op2(f, IR_ADD, t, b, one), one);
    } else if (op == IR_SDIV) {
        IrRef least = ir_op2(f, IR_EQ, t, a, ir_int(f, t, t == IR_I64 ? INT64_MIN : INT32_MIN));
        bad = ir_op2(f, IR_OR, IR_I32, zero, ir_op2(f, IR_AND, IR_I32, least, ir_op2(f, IR_EQ, t, b, minus)));
    }
    q = ir_op2(f, op, t, a, lift_select(l, t, bad, one, b));
    q = lift_select(l, t, zero, op == IR_SDIV || op == IR_UDIV ? minus : a, q);
    return t == IR_I32 ? lift_sext(l, q) : q;
}

static IrRef mulhsu(Rv64Lift *l, IrRef a, IrRef b)
{
    IrRef sign = lift_op2(l, IR_ASHR, a, lift_i64(l, 63));
    return lift_op2(l, IR_SUB, lift_op2(l, IR_MULHU, a, b), lift_op2(l, IR_AND, sign, b));
}

/* rs2 + (rs1 << n) */
static IrRef shift_add(Rv64Lift *l, IrRef a, IrRef b, int n)
{
    return ir_ins(l->f, IR_INDEX, IR_I64, 0, b, a, 1 << n);
}

/* ff for each byte that is not 0: the byte's highest bit first, then down from it. */
static IrRef orc_b(Rv64Lift *l, IrRef v)
{
    IrRef low = lift_i64(l, 0x7f7f7f7f7f7f7f7fu), m;
    m = lift_op2(l, IR_ADD, lift_op2(l, IR_AND, v, low), low);
    m = lift_op2(l, IR_AND, lift_op2(l, IR_OR, m, v), lift_i64(l, 0x8080808080808080u));
    return lift_op2(l, IR_OR, m, lift_op2(l, IR_SUB, m, lift_op2(l, IR_LSHR, m, lift_i64(l, 7))));
}

/* The low half of the carry-less product, by multiplications of numbers that have a bit in every fourth place: a column's sum is at most
 * 16 and reaches 16 only in the highest, so no carry comes into the next column's lowest bit. */
static IrRef clmul(Rv64Lift *l, IrRef a, IrRef b)
{
    IrRef x[4], y[4], r = IR_NONE;
    unsigned i, j;
    for (i = 0; i < 4; i++) {
        IrRef mask = lift_i64(l, (uint64_t)0x1111111111111111u << i);
        x[i] = lift_op2(l, IR_AND, a, mask);
        y[i] = lift_op2(l, IR_AND, b, mask);
    }
    for (i = 0; i < 4; i++) {  /* columns 4k + i */
        IrRef z = lift_op2(l, IR_MUL, x[0], y[i]);
        for (j = 1; j < 4; j++)
            z = lift_op2(l, IR_XOR, z, lift_op2(l, IR_MUL, x[j], y[(i - j) & 3]));
        z = lift_op2(l, IR_AND, z, lift_i64(l, (uint64_t)0x1111111111111111u << i));
        r = r ? lift_op2(l, IR_OR, r, z) : z;
    }
    return r;
}

/* The bits in opposite order. */
static IrRef reverse(Rv64Lift *l, IrRef v)
{
    static const uint64_t masks[] = { 0x5555555555555555u, 0x3333333333333333u, 0x0f0f0f0f0f0f0f0fu };
    unsigned k;
    for (k = 0; k < 3; k++) {
        IrRef n = lift_i64(l, 1u << k), m = lift_i64(l, masks[k]);
        v = lift_op2(l, IR_OR, lift_op2(l, IR_SHL, lift_op2(l, IR_AND, v, m), n), lift_op2(l, IR_AND, lift_op2(l, IR_LSHR, v, n), m));
    }
    return ir_op1(l->f, IR_BSWAP, IR_I64, v);
}

static IrRef clmulr(Rv64Lift *l, IrRef a, IrRef b)
{
    return reverse(l, clmul(l, reverse(l, a), reverse(l, b)));
}

/* czero.eqz and .nez: 0 where op holds of b and 0 (Zicond 2). */
static IrRef czero(Rv64Lift *l, IrOp op, IrRef a, IrRef b)
{
    return lift_select(l, IR_I64, lift_op2(l, op, b, lift_i64(l, 0)), lift_i64(l, 0), a);
}

static IrRef bit(Rv64Lift *l, IrRef b)
{
    return lift_op2(l, IR_SHL, lift_i64(l, 1), b);
}

/* I and M with a register or an immediate as b. */
static IrRef base(Rv64Lift *l, unsigned row, IrRef a, IrRef b)
{
    switch (row) {
    case RV64_I_ADD: case RV64_I_ADDI: return lift_op2(l, IR_ADD, a, b);
    case RV64_I_SUB: return lift_op2(l, IR_SUB, a, b);
    case RV64_I_SLL: case RV64_I_SLLI: return lift_op2(l, IR_SHL, a, b);
    case RV64_I_SRL: case RV64_I_SRLI: return lift_op2(l, IR_LSHR, a, b);
    case RV64_I_SRA: case RV64_I_SRAI: return lift_op2(l, IR_ASHR, a, b);
    case RV64_I_SLT: case RV64_I_SLTI: return compare(l, IR_SLT, a, b);
    case RV64_I_SLTU: case RV64_I_SLTIU: return compare(l, IR_ULT, a, b);
    case RV64_I_XOR: case RV64_I_XORI: return lift_op2(l, IR_XOR, a, b);
    case RV64_I_OR: case RV64_I_ORI: return lift_op2(l, IR_OR, a, b);
    case RV64_I_AND: case RV64_I_ANDI: return lift_op2(l, IR_AND, a, b);
    case RV64_I_ADDW: case RV64_I_ADDIW: return narrow(l, IR_ADD, a, b);
    case RV64_I_SUBW: return narrow(l, IR_SUB, a, b);
    case RV64_I_SLLW: case RV64_I_SLLIW: return narrow(l, IR_SHL, a, b);
    case RV64_I_SRLW: case RV64_I_SRLIW: return narrow(l, IR_LSHR, a, b);
    case RV64_I_SRAW: case RV64_I_SRAIW: return narrow(l, IR_ASHR, a, b);
    case RV64_I_MUL: return lift_op2(l, IR_MUL, a, b);
    case RV64_I_MULH: return lift_op2(l, IR_MULHS, a, b);
    case RV64_I_MULHU: return lift_op2(l, IR_MULHU, a, b);
    case RV64_I_MULHSU: return mulhsu(l, a, b);
    case RV64_I_MULW: return narrow(l, IR_MUL, a, b);
    case RV64_I_DIV: return divide(l, IR_SDIV, IR_I64, a, b);
    case RV64_I_DIVU: return divide(l, IR_UDIV, IR_I64, a, b);
    case RV64_I_REM: return divide(l, IR_SREM, IR_I64, a, b);
    case RV64_I_REMU: return divide(l, IR_UREM, IR_I64, a, b);
    case RV64_I_DIVW: return divide(l, IR_SDIV, IR_I32, a, b);
    case RV64_I_DIVUW: return divide(l, IR_UDIV, IR_I32, a, b);
    case RV64_I_REMW: return divide(l, IR_SREM, IR_I32, a, b);
    case RV64_I_REMUW: return divide(l, IR_UREM, IR_I32, a, b);
    default: return IR_NONE;
    }
}

static IrRef bits_of(Rv64Lift *l, unsigned row, IrRef a, IrRef b)
{
    IrFn *f = l->f;
    switch (row) {
    case RV64_I_ADD_UW: return lift_op2(l, IR_ADD, zext_low(l, a), b);
    case RV64_I_SH1ADD: return shift_add(l, a, b, 1);
    case RV64_I_SH2ADD: return shift_add(l, a, b, 2);
    case RV64_I_SH3ADD: return shift_add(l, a, b, 3);
    case RV64_I_SH1ADD_UW: return shift_add(l, zext_low(l, a), b, 1);
    case RV64_I_SH2ADD_UW: return shift_add(l, zext_low(l, a), b, 2);
    case RV64_I_SH3ADD_UW: return shift_add(l, zext_low(l, a), b, 3);
    case RV64_I_SLLI_UW: return lift_op2(l, IR_SHL, zext_low(l, a), b);
    case RV64_I_ANDN: return lift_op2(l, IR_AND, a, ir_op1(f, IR_NOT, IR_I64, b));
    case RV64_I_ORN: return lift_op2(l, IR_OR, a, ir_op1(f, IR_NOT, IR_I64, b));
    case RV64_I_XNOR: return ir_op1(f, IR_NOT, IR_I64, lift_op2(l, IR_XOR, a, b));
    case RV64_I_CLZ: return ir_op1(f, IR_CLZ, IR_I64, a);
    case RV64_I_CTZ: return ir_op1(f, IR_CTZ, IR_I64, a);
    case RV64_I_CPOP: return ir_op1(f, IR_POPCNT, IR_I64, a);
    case RV64_I_CLZW: return lift_zext(l, ir_op1(f, IR_CLZ, IR_I32, lift_low(l, a)));
    case RV64_I_CTZW: return lift_zext(l, ir_op1(f, IR_CTZ, IR_I32, lift_low(l, a)));
    case RV64_I_CPOPW: return lift_zext(l, ir_op1(f, IR_POPCNT, IR_I32, lift_low(l, a)));
    case RV64_I_SEXT_B: return ir_op1(f, IR_SEXT8, IR_I64, a);
    case RV64_I_SEXT_H: return ir_op1(f, IR_SEXT16, IR_I64, a);
    case RV64_I_ZEXT_H: return ir_op1(f, IR_ZEXT16, IR_I64, a);
    case RV64_I_MAX: return choose(l, IR_SGT, a, b);
    case RV64_I_MAXU: return choose(l, IR_UGT, a, b);
    case RV64_I_MIN: return choose(l, IR_SLT, a, b);
    case RV64_I_MINU: return choose(l, IR_ULT, a, b);
    case RV64_I_ROL: return lift_op2(l, IR_ROTL, a, b);
    case RV64_I_ROR: case RV64_I_RORI: return lift_op2(l, IR_ROTR, a, b);
    case RV64_I_ROLW: return narrow(l, IR_ROTL, a, b);
    case RV64_I_RORW: case RV64_I_RORIW: return narrow(l, IR_ROTR, a, b);
    case RV64_I_ORC_B: return orc_b(l, a);
    case RV64_I_REV8: return ir_op1(f, IR_BSWAP, IR_I64, a);
    case RV64_I_CLMUL: return clmul(l, a, b);
    case RV64_I_CLMULR: return clmulr(l, a, b);
    case RV64_I_CLMULH: return lift_op2(l, IR_LSHR, clmulr(l, a, b), lift_i64(l, 1)); /* the product's highest bit is 0 */
    case RV64_I_BCLR: case RV64_I_BCLRI: return lift_op2(l, IR_AND, a, ir_op1(f, IR_NOT, IR_I64, bit(l, b)));
    case RV64_I_BEXT: case RV64_I_BEXTI: return lift_op2(l, IR_AND, lift_op2(l, IR_LSHR, a, b), lift_i64(l, 1));
    case RV64_I_BINV: case RV64_I_BINVI: return lift_op2(l, IR_XOR, a, bit(l, b));
    case RV64_I_BSET: case RV64_I_BSETI: return lift_op2(l, IR_OR, a, bit(l, b));
    case RV64_I_CZERO_EQZ: return czero(l, IR_EQ, a, b);
    case RV64_I_CZERO_NEZ: return czero(l, IR_NE, a, b);
    default: return IR_NONE;
    }
}

bool rv64_lift_int(Rv64Lift *l, const Rv64Ins *i)
{
    const Rv64Form *f = &rv64_forms[rv64_insns[i->row].form];
    uint64_t upper = (uint64_t)(int64_t)(int32_t)((uint32_t)i->imm << 12);
    IrRef v;
    if (i->row == RV64_I_LUI) {
        v = lift_i64(l, upper);
    } else if (i->row == RV64_I_AUIPC) {
        v = lift_i64(l, l->pc + upper);
    } else if (!i->rd) {       /* nothing but a HINT */
        return true;
    } else {
        IrRef a = rv64_lift_x(l, i->rs1), b = f->imm ? lift_i64(l, (uint64_t)(int64_t)i->imm) : rv64_lift_x(l, i->rs2);
        v = base(l, i->row, a, b);
        if (!v)
            v = bits_of(l, i->row, a, b);
    }
    rv64_lift_set_x(l, i->rd, v);
    return v != IR_NONE;
}
