/* lift_flt.c: float instructions to the IR: F and D. Arithmetic is strict (fflags is observed), rounds by the instruction's mode or by the
 * environment's, and gives the canonical NaN.
 *
 * An f register is an f64 whose bits are the register's. A single stands in it below 32 ones; what stands there otherwise is read as the
 * canonical NaN (D, 12.2), except by what moves bits (fmv.x.w, fsw). What was written as a single in the block is known to be boxed. */
#include "arch/rv64/lift.h"

#define BOX 0xffffffff00000000u
#define NAN32 0x7fc00000u

IrRef rv64_lift_box(IrFn *f, IrRef single)
{
    IrRef bits = ir_op1(f, IR_ZEXT32, IR_I64, ir_op1(f, IR_BITCAST, IR_I32, single));
    return ir_op1(f, IR_BITCAST, IR_F64, ir_op2(f, IR_OR, IR_I64, bits, ir_int(f, IR_I64, (int64_t)BOX)));
}

IrRef rv64_lift_double(Rv64Lift *l, unsigned reg)
{
    if (!l->val[reg])
        l->val[reg] = rv64_lift_box(l->f, l->single[reg - LIFT_F0]);
    return l->val[reg];
}

IrRef rv64_lift_single(Rv64Lift *l, unsigned reg)
{
    IrRef *s = &l->single[reg - LIFT_F0];
    if (!*s) {
        IrRef bits = ir_op1(l->f, IR_BITCAST, IR_I64, l->val[reg]);
        IrRef boxed = lift_op2(l, IR_UGE, bits, lift_i64(l, BOX));
        *s = ir_op1(l->f, IR_BITCAST, IR_F32, lift_select(l, IR_I32, boxed, lift_low(l, bits), lift_i32(l, NAN32)));
    }
    return *s;
}

void rv64_lift_set_double(Rv64Lift *l, unsigned reg, IrRef v)
{
    rv64_lift_set_state(l, reg, v);
    l->single[reg - LIFT_F0] = IR_NONE;
    l->boxed[reg - LIFT_F0] = false;
}

void rv64_lift_set_single(Rv64Lift *l, unsigned reg, IrRef v)
{
    rv64_lift_set_state(l, reg, IR_NONE);
    l->unboxed = true;
    l->single[reg - LIFT_F0] = v;
    l->boxed[reg - LIFT_F0] = true;
}

/* ---- by format ---- */

static IrRef get(Rv64Lift *l, IrType t, unsigned reg)
{
    return t == IR_F32 ? rv64_lift_single(l, reg) : rv64_lift_double(l, reg);
}

static void set(Rv64Lift *l, IrType t, unsigned reg, IrRef v)
{
    if (t == IR_F32)
        rv64_lift_set_single(l, reg, v);
    else
        rv64_lift_set_double(l, reg, v);
}

static IrType int_of(IrType t)
{
    return t == IR_F32 ? IR_I32 : IR_I64;
}

static IrRef bits_of(Rv64Lift *l, IrType t, IrRef v)
{
    return ir_op1(l->f, IR_BITCAST, int_of(t), v);
}

static unsigned round_of(const Rv64Ins *i)
{
    return i->rm == RV64_DYN ? 0 : 1u + i->rm;
}

static void arith(Rv64Lift *l, const Rv64Ins *i, IrType t, IrOp op, IrRef a, IrRef b, IrRef c)
{
    IrRef v = ir_ins(l->f, op, t, IR_FLT_STRICT | round_of(i), a, b, c);
    set(l, t, i->rd, ir_op1(l->f, IR_CANON, t, v));
}

/* F 11.6: the product is negated by its first factor. */
static void fused(Rv64Lift *l, const Rv64Ins *i, IrType t, bool neg_product, bool neg_addend)
{
    IrRef a = get(l, t, i->rs1), b = get(l, t, i->rs2), c = get(l, t, i->rs3);
    if (neg_product)
        a = ir_op1(l->f, IR_FNEG, t, a);
    if (neg_addend)
        c = ir_op1(l->f, IR_FNEG, t, c);
    if (l->job->how & LIFT_HOST_FLOATS) {
        /* Infinity times zero plus a quiet NaN is invalid here (F, 11.6), elsewhere perhaps not: what gives a NaN is interpreted. */
        IrRef v = ir_ins(l->f, IR_FMA, t, IR_FLT_STRICT | round_of(i), a, b, c);
        rv64_lift_settle(l);
        rv64_lift_leave_if(l, ir_ins(l->f, IR_FUNO, t, IR_FLT_STRICT, v, v, 0), l->pc, LIFT_STEP);
        /* A double is made anew behind the branch, in rd's place: where the block is left, rd still has what it had. */
        set(l, t, i->rd, t == IR_F64 && ir_open(l->f) ? ir_append(l->f, IR_MOVE, t, 0, v, 0, 0) : v);
        return;
    }
    arith(l, i, t, IR_FMA, a, b, c);
}

static IrRef compare(Rv64Lift *l, IrType t, IrOp op, unsigned aux, IrRef a, IrRef b)
{
    return ir_ins(l->f, op, t, IR_FLT_STRICT | aux, a, b, 0);
}

/* F 11.6: -0 is less than +0; of a NaN and a number the number; only a signaling NaN raises invalid. */
static void min_max(Rv64Lift *l, const Rv64Ins *i, IrType t, bool max)
{
    IrFn *f = l->f;
    IrType n = int_of(t);
    IrRef a = get(l, t, i->rs1), b = get(l, t, i->rs2), x = bits_of(l, t, a), y = bits_of(l, t, b);
    IrRef first = ir_op2(f, IR_OR, IR_I32, compare(l, t, max ? IR_FOGT : IR_FOLT, 0, a, b), compare(l, t, IR_FUNO, 0, b, b));
    IrRef v = lift_select(l, n, first, x, y);
    IrRef zeros = ir_op2(f, max ? IR_AND : IR_OR, n, x, y); /* equal: the same, or zeros of two signs */
    v = lift_select(l, n, compare(l, t, IR_FOEQ, 0, a, b), zeros, v);
    set(l, t, i->rd, ir_op1(f, IR_CANON, t, ir_op1(f, IR_BITCAST, t, v)));
}

enum { SGNJ, SGNJN, SGNJX };
static void sign(Rv64Lift *l, const Rv64Ins *i, IrType t, unsigned how)
{
    IrFn *f = l->f;
    IrRef a = get(l, t, i->rs1), b = get(l, t, i->rs2), v;
    if (i->rs1 == i->rs2) {
        v = how == SGNJ ? a : ir_op1(f, how == SGNJN ? IR_FNEG : IR_FABS, t, a);
    } else if (how == SGNJX) {
        IrType n = int_of(t);
        IrRef s = ir_op2(f, IR_AND, n, bits_of(l, t, b), ir_int(f, n, t == IR_F32 ? INT32_MIN : INT64_MIN));
        v = ir_op1(f, IR_BITCAST, t, ir_op2(f, IR_XOR, n, bits_of(l, t, a), s));
    } else {
        v = ir_op2(f, IR_FCOPYSIGN, t, a, how == SGNJN ? ir_op1(f, IR_FNEG, t, b) : b);
    }
    set(l, t, i->rd, v);
}

/* F 11.9. The class of a number without its sign is the count of bounds that its magnitude reaches; the sign mirrors it. */
static IrRef class_of(Rv64Lift *l, IrType t, IrRef v)
{
    IrFn *f = l->f;
    IrType n = int_of(t);
    int64_t normal = t == IR_F32 ? 1 << 23 : (int64_t)1 << 52, inf = t == IR_F32 ? 0x7f800000 : 0x7ff0000000000000;
    int64_t quiet = inf + normal / 2;
    IrRef bits = bits_of(l, t, v);
    IrRef mag = ir_op2(f, IR_AND, n, bits, ir_int(f, n, t == IR_F32 ? INT32_MAX : INT64_MAX));
    IrRef neg = ir_op2(f, IR_SLT, n, bits, ir_int(f, n, 0));
    IrRef k = ir_op2(f, IR_ADD, IR_I32, ir_op2(f, IR_UGE, n, mag, ir_int(f, n, 1)), ir_op2(f, IR_UGE, n, mag, ir_int(f, n, normal)));
    k = ir_op2(f, IR_ADD, IR_I32, k, ir_op2(f, IR_UGE, n, mag, ir_int(f, n, inf)));
    k = ir_op2(f, IR_ADD, IR_I32, k, lift_i32(l, 4));
    k = ir_op2(f, IR_XOR, IR_I32, k, lift_select(l, IR_I32, neg, lift_i32(l, 7), lift_i32(l, 0)));
    k = lift_select(l, IR_I32, ir_op2(f, IR_UGT, n, mag, ir_int(f, n, inf)), lift_i32(l, 8), k);
    k = lift_select(l, IR_I32, ir_op2(f, IR_UGE, n, mag, ir_int(f, n, quiet)), lift_i32(l, 9), k);
    return lift_zext(l, ir_op2(f, IR_SHL, IR_I32, lift_i32(l, 1), k));
}

/* To an unsigned number by a host that has signed ones: what is in both ranges; the rest is the interpreter's. */
static void to_unsigned(Rv64Lift *l, const Rv64Ins *i, IrType from, IrType to, unsigned round)
{
    static const uint64_t most[2][2] = { { 0x4f7fffff, 0x5effffff }, { 0x41efffffff000000u, 0x43dfffffffffffffu } }; /* to 32, to 64 bits */
    IrRef a = get(l, from, i->rs1), v;
    IrRef low = ir_flt(l->f, from, 0), high = ir_flt(l->f, from, most[from == IR_F64][to == IR_I64]);
    IrRef fits = compare(l, from, IR_FOGE, 0, a, low);
    fits = ir_op2(l->f, IR_AND, IR_I32, fits, compare(l, from, IR_FOLE, 0, a, high));
    rv64_lift_settle(l);
    rv64_lift_leave_if(l, ir_op2(l->f, IR_EQ, IR_I32, fits, lift_i32(l, 0)), l->pc, LIFT_STEP);
    if (!ir_open(l->f))
        return;
    v = ir_ins(l->f, IR_F2SI, IR_I64, IR_FLT_STRICT | IR_FLT_SAT | round, a, 0, 0);
    rv64_lift_set_x(l, i->rd, to == IR_I32 ? lift_sext(l, lift_low(l, v)) : v);
}

static void to_int(Rv64Lift *l, const Rv64Ins *i, IrType from, IrOp op, IrType to)
{
    unsigned round = i->rm == RV64_DYN ? IR_ROUND_DYNAMIC : 1u + i->rm;
    if (op == IR_F2UI && l->job->how & LIFT_HOST_FLOATS) {
        to_unsigned(l, i, from, to, round);
        return;
    }
    IrRef v = ir_ins(l->f, op, to, IR_FLT_STRICT | IR_FLT_SAT | round, get(l, from, i->rs1), 0, 0);
    rv64_lift_set_x(l, i->rd, to == IR_I32 ? lift_sext(l, v) : v);
}

static void from_int(Rv64Lift *l, const Rv64Ins *i, IrType to, IrOp op, IrType from)
{
    IrRef v = rv64_lift_x(l, i->rs1);
    bool exact = from == IR_I32 && to == IR_F64;
    if (from == IR_I32)
        v = lift_low(l, v);
    set(l, to, i->rd, ir_ins(l->f, op, to, exact ? 0 : IR_FLT_STRICT | round_of(i), v, 0, 0));
}

/* The rows that exist for both formats, as those of singles. */
static bool both(Rv64Lift *l, const Rv64Ins *i, IrType t, unsigned row)
{
    switch (row) {
    case RV64_I_FMADD_S: fused(l, i, t, false, false); break;
    case RV64_I_FMSUB_S: fused(l, i, t, false, true); break;
    case RV64_I_FNMSUB_S: fused(l, i, t, true, false); break;
    case RV64_I_FNMADD_S: fused(l, i, t, true, true); break;
    case RV64_I_FADD_S: arith(l, i, t, IR_FADD, get(l, t, i->rs1), get(l, t, i->rs2), IR_NONE); break;
    case RV64_I_FSUB_S: arith(l, i, t, IR_FSUB, get(l, t, i->rs1), get(l, t, i->rs2), IR_NONE); break;
    case RV64_I_FMUL_S: arith(l, i, t, IR_FMUL, get(l, t, i->rs1), get(l, t, i->rs2), IR_NONE); break;
    case RV64_I_FDIV_S: arith(l, i, t, IR_FDIV, get(l, t, i->rs1), get(l, t, i->rs2), IR_NONE); break;
    case RV64_I_FSQRT_S: arith(l, i, t, IR_FSQRT, get(l, t, i->rs1), IR_NONE, IR_NONE); break;
    case RV64_I_FSGNJ_S: sign(l, i, t, SGNJ); break;
    case RV64_I_FSGNJN_S: sign(l, i, t, SGNJN); break;
    case RV64_I_FSGNJX_S: sign(l, i, t, SGNJX); break;
    case RV64_I_FMIN_S: min_max(l, i, t, false); break;
    case RV64_I_FMAX_S: min_max(l, i, t, true); break;
    case RV64_I_FLE_S: case RV64_I_FLT_S: case RV64_I_FEQ_S: {
        IrOp op = row == RV64_I_FLE_S ? IR_FOLE : row == RV64_I_FLT_S ? IR_FOLT : IR_FOEQ;
        IrRef c = compare(l, t, op, op == IR_FOEQ ? 0 : IR_FLT_SAT, get(l, t, i->rs1), get(l, t, i->rs2));
        rv64_lift_set_x(l, i->rd, lift_zext(l, c));
        break;
    }
    case RV64_I_FCLASS_S: rv64_lift_set_x(l, i->rd, class_of(l, t, get(l, t, i->rs1))); break;
    case RV64_I_FCVT_W_S: to_int(l, i, t, IR_F2SI, IR_I32); break;
    case RV64_I_FCVT_WU_S: to_int(l, i, t, IR_F2UI, IR_I32); break;
    case RV64_I_FCVT_L_S: to_int(l, i, t, IR_F2SI, IR_I64); break;
    case RV64_I_FCVT_LU_S: to_int(l, i, t, IR_F2UI, IR_I64); break;
    case RV64_I_FCVT_S_W: from_int(l, i, t, IR_SI2F, IR_I32); break;
    case RV64_I_FCVT_S_WU: from_int(l, i, t, IR_UI2F, IR_I32); break;
    case RV64_I_FCVT_S_L: from_int(l, i, t, IR_SI2F, IR_I64); break;
    case RV64_I_FCVT_S_LU: from_int(l, i, t, IR_UI2F, IR_I64); break;
    default: return false;
    }
    return true;
}

bool rv64_lift_flt(Rv64Lift *l, const Rv64Ins *i)
{
    IrFn *f = l->f;
    IrRef v;
    switch (i->row) {
    case RV64_I_FCVT_S_D:
        v = ir_ins(f, IR_FCVT, IR_F32, IR_FLT_STRICT | round_of(i), rv64_lift_double(l, i->rs1), 0, 0);
        rv64_lift_set_single(l, i->rd, ir_op1(f, IR_CANON, IR_F32, v));
        return true;
    case RV64_I_FCVT_D_S:      /* exact: no mode */
        v = ir_ins(f, IR_FCVT, IR_F64, IR_FLT_STRICT, rv64_lift_single(l, i->rs1), 0, 0);
        rv64_lift_set_double(l, i->rd, ir_op1(f, IR_CANON, IR_F64, v));
        return true;
    case RV64_I_FMV_X_W:
        if (l->boxed[i->rs1 - LIFT_F0])
            v = ir_op1(f, IR_BITCAST, IR_I32, l->single[i->rs1 - LIFT_F0]);
        else
            v = lift_low(l, ir_op1(f, IR_BITCAST, IR_I64, l->val[i->rs1]));
        rv64_lift_set_x(l, i->rd, lift_sext(l, v));
        return true;
    case RV64_I_FMV_W_X:
        rv64_lift_set_single(l, i->rd, ir_op1(f, IR_BITCAST, IR_F32, lift_low(l, rv64_lift_x(l, i->rs1))));
        return true;
    case RV64_I_FMV_X_D: rv64_lift_set_x(l, i->rd, ir_op1(f, IR_BITCAST, IR_I64, rv64_lift_double(l, i->rs1))); return true;
    case RV64_I_FMV_D_X: rv64_lift_set_double(l, i->rd, ir_op1(f, IR_BITCAST, IR_F64, rv64_lift_x(l, i->rs1))); return true;
    default: break;
    }
    if (i->row >= RV64_I_FMADD_D)
        return both(l, i, IR_F64, i->row - (RV64_I_FMADD_D - RV64_I_FMADD_S));
    return both(l, i, IR_F32, i->row);
}
