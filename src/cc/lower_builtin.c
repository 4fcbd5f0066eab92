/* Builtin functions that become operations (N_BUILTIN; what each brings along stands at CC_BUILTINS in cc.h). */
#include "cc/lower.h"

static IrRef arg(Cc *cc, Node *n, unsigned i)
{
    Node *a = n->u.bi.args;
    while (i--)
        a = a->next;
    return lw_value(cc, a);
}

static IrRef to_int(Cc *cc, IrRef v, IrType from)
{
    return from == IR_I64 ? ir_op1(cc->lower->f, IR_TRUNC, IR_I32, v) : v;
}

/* All of it is known from the operation's infinitely precise result (GCC manual, "Built-in Functions to Perform
 * Arithmetic with Overflow
 * Checking"). Operands of up to 32 bits and 64-bit operands that agree with the result's type take the direct
 * ways; the mixed 64-bit cases are
 * worked out as sign and magnitude of 65 bits. */
static IrRef overflow(Cc *cc, Node *n)
{
    IrFn *f = cc->lower->f;
    Node *na = n->u.bi.args, *nb = na->next, *np = nb->next;
    Type *rt = n->u.bi.targ;
    Type *l = ty_basic(cc, TY_LONG);
    IrRef a = lw_value(cc, na), b = lw_value(cc, nb), p = lw_value(cc, np);
    bool au = na->type->is_unsigned || na->type->kind == TY_BOOL, bu = nb->type->is_unsigned || nb->type->kind == TY_BOOL;
    unsigned id = n->u.bi.id;
    IrRef r, o, back;
    unsigned mem = lw_mem(rt, false, rt->align) & ~(unsigned)IR_MEM_SIGNED;

    if (na->type->size == rt->size && nb->type->size == rt->size && rt->size >= 4 && au == bu && au == rt->is_unsigned) {
        static const uint8_t ops[3][2] = { { IR_SADDO, IR_UADDO }, { IR_SSUBO, IR_USUBO }, { IR_SMULO, IR_UMULO } };
        r = ir_op2(f, (IrOp)ops[id - BI_ADD_OVERFLOW][au], lw_type(rt), a, b);
        o = ir_proj(f, r, IR_I32, 1);
        ir_store(f, lw_type(rt), mem, p, r, 0);
        return o;
    }
    a = lw_convert(cc, a, na->type, l);
    b = lw_convert(cc, b, nb->type, l);
    /* 128-bit two's complement: high words from the operands' signs, then the operation on pairs. */
    IrRef zero = ir_int(f, IR_I64, 0), c63 = ir_int(f, IR_I64, 63);
    IrRef ah = au ? zero : ir_op2(f, IR_ASHR, IR_I64, a, c63), bh = bu ? zero : ir_op2(f, IR_ASHR, IR_I64, b, c63), rh;
    if (id == BI_ADD_OVERFLOW) {
        r = ir_op2(f, IR_ADD, IR_I64, a, b);
        rh = ir_op2(f, IR_ADD, IR_I64, ah, bh);
        rh = ir_op2(f, IR_ADD, IR_I64, rh, ir_op1(f, IR_ZEXT32, IR_I64, ir_op2(f, IR_ULT, IR_I64, r, a)));
    } else if (id == BI_SUB_OVERFLOW) {
        r = ir_op2(f, IR_SUB, IR_I64, a, b);
        rh = ir_op2(f, IR_SUB, IR_I64, ah, bh);
        rh = ir_op2(f, IR_SUB, IR_I64, rh, ir_op1(f, IR_ZEXT32, IR_I64, ir_op2(f, IR_ULT, IR_I64, a, b)));
    } else { /* the low 128 bits of the product are exact: |a|, |b| < 2^64 */
        r = ir_op2(f, IR_MUL, IR_I64, a, b);
        rh = ir_op2(f, IR_MULHU, IR_I64, a, b);
        rh = ir_op2(f, IR_ADD, IR_I64, rh, ir_op2(f, IR_MUL, IR_I64, ah, b));
        rh = ir_op2(f, IR_ADD, IR_I64, rh, ir_op2(f, IR_MUL, IR_I64, bh, a));
    }
    /* Fits when widening the narrowed result gives the same 128 bits back. An unsigned product of two 64-bit operands
     * can reach past 2^127
     * only when both are unsigned; its high word is then compared as it is. */
    IrRef narrow = lw_convert(cc, r, l, rt);
    back = lw_convert(cc, narrow, rt, l);
    IrRef back_h = rt->is_unsigned || rt->kind == TY_BOOL ? zero : ir_op2(f, IR_ASHR, IR_I64, back, c63);
    IrRef low = ir_op2(f, IR_XOR, IR_I64, back, r), high = ir_op2(f, IR_XOR, IR_I64, back_h, rh);
    IrRef d = ir_op2(f, IR_OR, IR_I64, low, high);
    o = ir_op2(f, IR_NE, IR_I64, d, zero);
    ir_store(f, lw_type(rt), mem, p, narrow, 0);
    return o;
}

/* isinf and the like by the encoding: no exception is raised for signaling NaNs. */
static IrRef classify(Cc *cc, Node *n)
{
    IrFn *f = cc->lower->f;
    const Type *t = n->u.bi.args->type;
    IrType it = t->size == 8 ? IR_I64 : IR_I32;
    int64_t inf = it == IR_I64 ? (int64_t)0x7ff << 52 : (int64_t)0xff << 23, least = it == IR_I64 ? (int64_t)1 << 52 : (int64_t)1 << 23;
    int64_t mag = it == IR_I64 ? INT64_MAX : INT32_MAX;
    unsigned id = n->u.bi.id;
    IrRef v = arg(cc, n, 0), bits, is, kind[5];
    if (t->kind == TY_LDOUBLE) /* refused */
        return ir_undef(f, IR_I32);
    if (id == BI_ISNAN && !t->soft)
        return ir_op2(f, IR_FUNO, lw_type(t), v, v);
    if (id == BI_FPCLASSIFY)
        for (unsigned i = 0; i < 5; i++)
            kind[i] = arg(cc, n, i + 1);
    bits = t->soft ? v : ir_op1(f, IR_BITCAST, it, v);
    if (id == BI_SIGNBIT || id == BI_SIGNBITF)
        return ir_op2(f, IR_SLT, it, bits, ir_int(f, it, 0));
    v = ir_op2(f, IR_AND, it, bits, ir_int(f, it, mag));
    if (id == BI_ISNAN)
        return ir_op2(f, IR_UGT, it, v, ir_int(f, it, inf));
    if (id == BI_ISNORMAL)
        return ir_op2(f, IR_ULT, it, ir_op2(f, IR_SUB, it, v, ir_int(f, it, least)), ir_int(f, it, inf - least));
    if (id == BI_FPCLASSIFY) {
        is = ir_ins(f, IR_SELECT, IR_I32, 0, ir_op2(f, IR_EQ, it, v, ir_int(f, it, 0)), kind[4], kind[3]);
        is = ir_ins(f, IR_SELECT, IR_I32, 0, ir_op2(f, IR_UGE, it, v, ir_int(f, it, least)), kind[2], is);
        is = ir_ins(f, IR_SELECT, IR_I32, 0, ir_op2(f, IR_EQ, it, v, ir_int(f, it, inf)), kind[1], is);
        return ir_ins(f, IR_SELECT, IR_I32, 0, ir_op2(f, IR_UGT, it, v, ir_int(f, it, inf)), kind[0], is);
    }
    is = ir_op2(f, id == BI_ISFINITE ? IR_ULT : IR_EQ, it, v, ir_int(f, it, inf));
    if (id != BI_ISINF_SIGN)
        return is;
    v = to_int(cc, ir_op2(f, IR_ASHR, it, bits, ir_int(f, it, it == IR_I64 ? 63 : 31)), it); /* 0 or -1 */
    return ir_op2(f, IR_SUB, IR_I32, ir_op2(f, IR_XOR, IR_I32, is, v), v);
}

/* 7.12.14 of a soft type: unordered, greater, greater or equal, less, less or equal, less or greater. */
static IrRef relation(Cc *cc, unsigned id, const Type *t, IrRef a, IrRef b)
{
    static const uint8_t ops[] = { 0, N_GT, N_GE, N_LT, N_LE };
    IrFn *f = cc->lower->f;
    if (id == BI_ISUNORDERED)
        return lw_soft_unordered(cc, t, a, b);
    if (id != BI_ISLESSGREATER)
        return lw_soft_compare(cc, ops[id - BI_ISUNORDERED], t, a, b);
    IrRef less = lw_soft_compare(cc, N_LT, t, a, b), greater = lw_soft_compare(cc, N_GT, t, a, b);
    return ir_op2(f, IR_OR, IR_I32, less, greater);
}

IrRef lw_builtin(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    Type *at = n->u.bi.nargs ? n->u.bi.args->type : NULL;
    IrType t = at && ty_is_scalar(at) ? lw_type(at) : IR_I32, rt = n->type->kind == TY_VOID ? IR_VOID : lw_type(n->type);
    IrRef v;
    int64_t k;
    switch (n->u.bi.id) {
    case BI_VA_START:
        ir_ins(f, IR_VA_START, IR_VOID, 0, arg(cc, n, 0), 0, 0);
        return IR_NONE;
    case BI_VA_COPY: {
        IrRef d = arg(cc, n, 0), s = arg(cc, n, 1);
        lw_copy(cc, d, 0, s, 0, cc->target->abi->va_size, cc->target->abi->va_align, false);
        return IR_NONE;
    }
    case BI_VA_END:
    case BI_PREFETCH:
        for (Node *a = n->u.bi.args; a; a = a->next)
            lw_effects(cc, a);
        return IR_NONE;
    case BI_UNREACHABLE:
        if (ir_open(f))
            ir_ins(f, IR_UNREACHABLE, IR_VOID, 0, 0, 0, 0);
        return IR_NONE;
    case BI_TRAP:
        if (ir_open(f))
            ir_ins(f, IR_TRAP, IR_VOID, 0, 0, 0, 0);
        return IR_NONE;
    case BI_CLZ: case BI_CLZL: case BI_CLZLL:
        return to_int(cc, ir_op1(f, IR_CLZ, t, arg(cc, n, 0)), t);
    case BI_CTZ: case BI_CTZL: case BI_CTZLL:
        return to_int(cc, ir_op1(f, IR_CTZ, t, arg(cc, n, 0)), t);
    case BI_POPCOUNT: case BI_POPCOUNTL: case BI_POPCOUNTLL:
        return to_int(cc, ir_op1(f, IR_POPCNT, t, arg(cc, n, 0)), t);
    case BI_PARITY: case BI_PARITYL: case BI_PARITYLL:
        v = to_int(cc, ir_op1(f, IR_POPCNT, t, arg(cc, n, 0)), t);
        return ir_op2(f, IR_AND, IR_I32, v, ir_int(f, IR_I32, 1));
    case BI_FFS: case BI_FFSL: case BI_FFSLL: {
        /* ctz(0) is the width: 1 + ctz, cleared when the argument is 0. */
        IrRef x = arg(cc, n, 0);
        v = ir_op2(f, IR_ADD, IR_I32, to_int(cc, ir_op1(f, IR_CTZ, t, x), t), ir_int(f, IR_I32, 1));
        return ir_ins(f, IR_SELECT, IR_I32, 0, ir_op2(f, IR_NE, t, x, ir_int(f, t, 0)), v, ir_int(f, IR_I32, 0));
    }
    case BI_CLRSB: case BI_CLRSBL: case BI_CLRSBLL: {
        /* x ^ (x >> 1) has its highest bit where the sign ends; the sign bit itself is clear, so at least one is
         * counted. */
        IrRef x = arg(cc, n, 0);
        v = ir_op2(f, IR_XOR, t, x, ir_op2(f, IR_ASHR, t, x, ir_int(f, t, 1)));
        v = ir_op2(f, IR_AND, t, v, ir_int(f, t, t == IR_I64 ? INT64_MAX : INT32_MAX));
        v = to_int(cc, ir_op1(f, IR_CLZ, t, v), t);
        return ir_op2(f, IR_SUB, IR_I32, v, ir_int(f, IR_I32, 1));
    }
    case BI_BSWAP16:
        v = ir_op1(f, IR_BSWAP, IR_I32, arg(cc, n, 0));
        return ir_op2(f, IR_LSHR, IR_I32, v, ir_int(f, IR_I32, 16));
    case BI_BSWAP32: case BI_BSWAP64:
        return ir_op1(f, IR_BSWAP, t, arg(cc, n, 0));
    case BI_ADD_OVERFLOW: case BI_SUB_OVERFLOW: case BI_MUL_OVERFLOW:
        return overflow(cc, n);
    case BI_FABS: case BI_FABSF:
        return at->soft ? lw_soft_magnitude(cc, at, arg(cc, n, 0)) : ir_op1(f, IR_FABS, t, arg(cc, n, 0));
    case BI_SQRT: case BI_SQRTF:
        if (at->soft)
            return lw_soft_function(cc, t == IR_I64 ? "sqrt" : "sqrtf", at, arg(cc, n, 0));
        return ir_op1(f, IR_FSQRT, t, arg(cc, n, 0));
    case BI_COPYSIGN: case BI_COPYSIGNF: {
        IrRef a = arg(cc, n, 0), b = arg(cc, n, 1);
        if (at->soft) {
            a = lw_soft_magnitude(cc, at, a);
            b = lw_soft_sign(cc, at, b);
            return ir_op2(f, IR_OR, t, a, b);
        }
        return ir_op2(f, IR_FCOPYSIGN, t, a, b);
    }
    case BI_ISNAN: case BI_ISINF: case BI_ISFINITE: case BI_SIGNBIT: case BI_SIGNBITF: case BI_SIGNBITL: case BI_ISNORMAL:
    case BI_ISINF_SIGN: case BI_FPCLASSIFY:
        return classify(cc, n);
    case BI_ISUNORDERED: case BI_ISGREATER: case BI_ISGREATEREQUAL: case BI_ISLESS: case BI_ISLESSEQUAL: case BI_ISLESSGREATER: {
        static const uint8_t ops[] = { IR_FUNO, IR_FOGT, IR_FOGE, IR_FOLT, IR_FOLE, IR_FONE };
        IrRef a = arg(cc, n, 0), b = arg(cc, n, 1);
        if (at->soft)
            return relation(cc, n->u.bi.id, at, a, b);
        return ir_op2(f, (IrOp)ops[n->u.bi.id - BI_ISUNORDERED], t, a, b);
    }
    case BI_FRAME_ADDRESS: case BI_RETURN_ADDRESS:
        k = n->u.bi.args->u.ival;
        return ir_ins(f, n->u.bi.id == BI_FRAME_ADDRESS ? IR_FRAME_ADDR : IR_RET_ADDR, IR_I64, 0, (int32_t)k, 0, 0);
    case BI_ALLOCA: case BI_ALLOCA_ALIGN: {
        unsigned log2 = 4;
        v = arg(cc, n, 0);
        if (n->u.bi.id == BI_ALLOCA_ALIGN) { /* the alignment is in bits */
            k = n->u.bi.args->next->u.ival / 8;
            for (log2 = 0; log2 < 16 && (int64_t)1 << log2 < k; log2++)
                ;
        }
        f->flags |= IR_FN_ALLOCA;
        return ir_ins(f, IR_ALLOCA, IR_I64, log2, v, 0, 0);
    }
    case BI_ABS: case BI_LABS: case BI_LLABS: {
        IrRef x = arg(cc, n, 0);
        v = ir_op2(f, IR_ASHR, rt, x, ir_int(f, rt, rt == IR_I64 ? 63 : 31));
        return ir_op2(f, IR_SUB, rt, ir_op2(f, IR_XOR, rt, x, v), v);
    }
    default:
        bug(cc->host, "lw_builtin: builtin has no lowering");
    }
}
