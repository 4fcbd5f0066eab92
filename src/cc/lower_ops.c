/* Operators and conversions of scalars (C11 6.3, 6.5). Invariant: an i32 that stands for a narrow C type holds its
 * exact value. */
#include "cc/lower.h"

/* Brings an exact or wrapped i32 into the range of a type below 32 bits. */
static IrRef narrow(IrFn *f, IrRef v, const Type *to)
{
    if (to->size == 1)
        return ir_op1(f, to->is_unsigned ? IR_ZEXT8 : IR_SEXT8, IR_I32, v);
    if (to->size == 2)
        return ir_op1(f, to->is_unsigned ? IR_ZEXT16 : IR_SEXT16, IR_I32, v);
    return v;
}

static bool int_unsigned(const Type *t)
{
    return t->is_unsigned || t->kind == TY_PTR || t->kind == TY_BOOL;
}

IrRef lw_truth(Cc *cc, IrRef v, const Type *t)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    if (t->kind == TY_BOOL)
        return v;
    if (ir_is_float(it))
        return ir_op2(f, IR_FUNE, it, v, ir_flt(f, it, 0));
    if (t->soft)
        return lw_soft_truth(cc, t, v);
    return ir_op2(f, IR_NE, it, v, ir_int(f, it, 0));
}

static IrRef int_to_int(IrFn *f, IrRef v, const Type *from, const Type *to)
{
    bool from_unsigned = int_unsigned(from), to_unsigned = int_unsigned(to);
    if (to->size == 8) {
        if (from->size == 8)
            return v;
        return ir_op1(f, from_unsigned ? IR_ZEXT32 : IR_SEXT32, IR_I64, v);
    }
    if (from->size == 8) {
        v = ir_op1(f, IR_TRUNC, IR_I32, v);
        return narrow(f, v, to);
    }
    if (to->size >= 4)
        return v;
    if (from->size < to->size && (from_unsigned || !to_unsigned))
        return v;
    if (from->size == to->size && from_unsigned == to_unsigned)
        return v;
    return narrow(f, v, to);
}

IrRef lw_convert(Cc *cc, IrRef v, const Type *from, const Type *to)
{
    IrFn *f = cc->lower->f;
    IrType ft = lw_type(from), tt = lw_type(to);
    if (to->kind == TY_VOID)
        return IR_NONE;
    if (to->kind == TY_BOOL)
        return lw_truth(cc, v, from);
    if (from->soft || to->soft)
        return lw_soft_convert(cc, v, from, to);
    if (ir_is_float(ft)) {
        if (ir_is_float(tt))
            return ft == tt ? v : ir_op1(f, IR_FCVT, tt, v);
        if (tt == IR_I64)
            return ir_op1(f, int_unsigned(to) ? IR_F2UI : IR_F2SI, IR_I64, v);
        if (to->size == 4 && int_unsigned(to))
            return ir_op1(f, IR_TRUNC, IR_I32, ir_op1(f, IR_F2SI, IR_I64, v));
        return narrow(f, ir_op1(f, IR_F2SI, IR_I32, v), to);
    }
    if (ir_is_float(tt)) {
        bool u = int_unsigned(from) && from->size >= 4;
        return ir_op1(f, u ? IR_UI2F : IR_SI2F, tt, v);
    }
    return int_to_int(f, v, from, to);
}

IrRef lw_binary(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    bool u = int_unsigned(t);
    IrOp o;
    if (t->soft)
        return lw_soft_binary(cc, op, t, a, b);
    if (ir_is_float(it)) {
        switch (op) {
        case N_ADD: o = IR_FADD; break;
        case N_SUB: o = IR_FSUB; break;
        case N_MUL: o = IR_FMUL; break;
        case N_DIV: o = IR_FDIV; break;
        default: bug(cc->host, "lw_binary: float operator");
        }
        return ir_op2(f, o, it, a, b);
    }
    if ((cc->target->lacks & TARGET_NO_MUL) && (op == N_MUL || op == N_DIV || op == N_MOD))
        return lw_soft_muldiv(cc, op, u, it, a, b);
    switch (op) {
    case N_ADD: o = IR_ADD; break;
    case N_SUB: o = IR_SUB; break;
    case N_MUL: o = IR_MUL; break;
    case N_DIV: o = u ? IR_UDIV : IR_SDIV; break;
    case N_MOD: o = u ? IR_UREM : IR_SREM; break;
    case N_AND: o = IR_AND; break;
    case N_OR: o = IR_OR; break;
    case N_XOR: o = IR_XOR; break;
    default: bug(cc->host, "lw_binary: operator");
    }
    return ir_op2(f, o, it, a, b);
}

/* The count's type is independent of the value's (6.5.7p3); only its low bits matter. */
IrRef lw_shift(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b, const Type *bt)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t), ct = lw_type(bt);
    if (it == IR_I64 && ct == IR_I32)
        b = ir_op1(f, IR_ZEXT32, IR_I64, b);
    else if (it == IR_I32 && ct == IR_I64)
        b = ir_op1(f, IR_TRUNC, IR_I32, b);
    return ir_op2(f, op == N_SHL ? IR_SHL : int_unsigned(t) ? IR_LSHR : IR_ASHR, it, a, b);
}

IrRef lw_compare(Cc *cc, unsigned op, const Type *operands, IrRef a, IrRef b)
{
    static const uint8_t ops[6][3] = { /* signed, unsigned, float */
        { IR_EQ, IR_EQ, IR_FOEQ }, { IR_NE, IR_NE, IR_FUNE }, { IR_SLT, IR_ULT, IR_FOLT },
        { IR_SLE, IR_ULE, IR_FOLE }, { IR_SGT, IR_UGT, IR_FOGT }, { IR_SGE, IR_UGE, IR_FOGE },
    };
    IrType it = lw_type(operands);
    if (operands->soft)
        return lw_soft_compare(cc, op, operands, a, b);
    unsigned column = ir_is_float(it) ? 2 : int_unsigned(operands) ? 1 : 0;
    return ir_op2(cc->lower->f, (IrOp)ops[op - N_EQ][column], it, a, b);
}

IrRef lw_ptradd(Cc *cc, IrRef a, IrRef b, uint64_t scale)
{
    IrFn *f = cc->lower->f;
    int64_t k;
    if (ir_is_int(f, b, &k))
        return ir_add_imm(f, a, (int64_t)((uint64_t)k * scale));
    if (scale == 1)
        return ir_op2(f, IR_ADD, IR_I64, a, b);
    if (bits_fits_s((int64_t)scale, 32))
        return ir_ins(f, IR_INDEX, IR_I64, 0, a, b, (int32_t)scale);
    b = lw_binary(cc, N_MUL, ty_basic(cc, TY_LONG), b, ir_int(f, IR_I64, (int64_t)scale));
    return ir_op2(f, IR_ADD, IR_I64, a, b);
}
