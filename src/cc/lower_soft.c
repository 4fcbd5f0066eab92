/* Arithmetic that the target's instructions cannot do (Target.lacks), as calls of helpers by the names of libgcc (GCC Internals,
 * "The GCC low-level runtime library"); rt has them. A floating value that is soft (Type.soft) is an integer of its bits, so loads,
 * stores, calls and `?:` need not know. */
#include "cc/lower.h"

/* ---- calls ---- */

static IrRef helper_sym(Cc *cc, const char *name)
{
    CcLower *lw = cc->lower;
    size_t n = strlen(name);
    void **id = map_at(&lw->helpers, name, n);
    if (!*id)
        *id = (void *)(uintptr_t)ir_unit_sym(&cc->ir, arena_strndup(cc->unit, name, n), IR_SYM_FUNC, obj_symbol(cc->obj, name, n));
    return ir_sym(lw->f, (uint32_t)(uintptr_t)*id, 0);
}

/* name(a, b) with the types at, giving rt; one argument when nargs is 1. */
static IrRef call(Cc *cc, const char *name, Type *rt, Type *at, IrRef a, IrRef b, unsigned nargs)
{
    IrFn *f = cc->lower->f;
    AbiState st;
    AbiLoc ret, ret_addr, loc;
    IrRef args[2];
    IrPiece pieces[2];
    unsigned k;
    args[0] = a;
    args[1] = b;
    lw_abi_begin(cc, &st, rt, false, &ret, &ret_addr);
    for (k = 0; k < nargs; k++) {
        lw_abi_arg(cc, &st, at, true, &loc);
        pieces[k] = loc.pieces[0];
    }
    return ir_call(f, helper_sym(cc, name), args, pieces, nargs, ret.pieces, ret.n, cc->target->abi->end(&st), 0);
}

static const char *float_name(Cc *cc, const char *before, const Type *t, const char *behind)
{
    return arena_fmt(cc->unit, "__%s%s%s", before, t->kind == TY_FLOAT ? "sf" : "df", behind);
}

/* ---- floating point ---- */

IrRef lw_soft_binary(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b)
{
    const char *name = op == N_ADD ? "add" : op == N_SUB ? "sub" : op == N_MUL ? "mul" : "div";
    Type *ft = ty_basic(cc, (TypeKind)t->kind);
    return call(cc, float_name(cc, name, t, "3"), ft, ft, a, b, 2);
}

/* Each relation has a helper whose result stands to 0 as a to b, and that answers NaN so that the relation fails. */
IrRef lw_soft_compare(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b)
{
    static const struct { const char *name; uint8_t op; } rows[6] = {
        { "eq", IR_EQ }, { "ne", IR_NE }, { "lt", IR_SLT }, { "le", IR_SLE }, { "gt", IR_SGT }, { "ge", IR_SGE },
    };
    IrFn *f = cc->lower->f;
    Type *ft = ty_basic(cc, (TypeKind)t->kind);
    IrRef r = call(cc, float_name(cc, rows[op - N_EQ].name, t, "2"), ty_basic(cc, TY_LONG), ft, a, b, 2);
    return ir_op2(f, (IrOp)rows[op - N_EQ].op, IR_I64, r, ir_int(f, IR_I64, 0));
}

IrRef lw_soft_unordered(Cc *cc, const Type *t, IrRef a, IrRef b)
{
    IrFn *f = cc->lower->f;
    Type *ft = ty_basic(cc, (TypeKind)t->kind);
    IrRef r = call(cc, float_name(cc, "unord", t, "2"), ty_basic(cc, TY_LONG), ft, a, b, 2);
    return ir_op2(f, IR_NE, IR_I64, r, ir_int(f, IR_I64, 0));
}

IrRef lw_soft_magnitude(Cc *cc, const Type *t, IrRef v)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    return ir_op2(f, IR_AND, it, v, ir_int(f, it, it == IR_I64 ? INT64_MAX : INT32_MAX));
}

IrRef lw_soft_sign(Cc *cc, const Type *t, IrRef v)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    return ir_op2(f, IR_AND, it, v, ir_int(f, it, it == IR_I64 ? INT64_MIN : INT32_MIN));
}

IrRef lw_soft_negate(Cc *cc, const Type *t, IrRef v)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    return ir_op2(f, IR_XOR, it, v, ir_int(f, it, it == IR_I64 ? INT64_MIN : INT32_MIN));
}

IrRef lw_soft_truth(Cc *cc, const Type *t, IrRef v)
{
    IrFn *f = cc->lower->f;
    IrType it = lw_type(t);
    return ir_op2(f, IR_NE, it, lw_soft_magnitude(cc, t, v), ir_int(f, it, 0));
}

IrRef lw_soft_function(Cc *cc, const char *name, const Type *t, IrRef v)
{
    Type *ft = ty_basic(cc, (TypeKind)t->kind);
    return call(cc, name, ft, ft, v, IR_NONE, 1);
}

/* One of the two types is soft; neither is bool or void. */
IrRef lw_soft_convert(Cc *cc, IrRef v, const Type *from, const Type *to)
{
    IrFn *f = cc->lower->f;
    if (ty_is_flt(from) && ty_is_flt(to)) {
        if (from->kind == to->kind)
            return v;
        return call(cc, to->kind == TY_FLOAT ? "__truncdfsf2" : "__extendsfdf2", ty_basic(cc, (TypeKind)to->kind),
                    ty_basic(cc, (TypeKind)from->kind), v, IR_NONE, 1);
    }
    if (ty_is_flt(from)) {
        bool wide = to->size == 8, uns = to->is_unsigned || to->kind == TY_PTR;
        if (wide)
            return call(cc, float_name(cc, uns ? "fixuns" : "fix", from, "di"), ty_basic(cc, TY_LONG), ty_basic(cc, (TypeKind)from->kind),
                        v, IR_NONE, 1);
        /* By the wider one, as where there are instructions. */
        v = call(cc, float_name(cc, "fix", from, "di"), ty_basic(cc, TY_LONG), ty_basic(cc, (TypeKind)from->kind), v, IR_NONE, 1);
        return lw_convert(cc, ir_op1(f, IR_TRUNC, IR_I32, v), ty_basic(cc, TY_INT), to);
    }
    bool wide = from->size == 8, uns = (from->is_unsigned && from->size >= 4) || from->kind == TY_PTR;
    const char *name = arena_fmt(cc->unit, "__float%s%s%s", uns ? "un" : "", wide ? "di" : "si", to->kind == TY_FLOAT ? "sf" : "df");
    return call(cc, name, ty_basic(cc, (TypeKind)to->kind), ty_basic(cc, wide ? TY_LONG : TY_INT), v, IR_NONE, 1);
}

/* ---- integers: TARGET_NO_MUL ---- */

IrRef lw_soft_muldiv(Cc *cc, unsigned op, bool uns, IrType it, IrRef a, IrRef b)
{
    IrFn *f = cc->lower->f;
    Type *l = ty_basic(cc, TY_LONG);
    const char *name = op == N_MUL ? "__muldi3" : op == N_DIV ? (uns ? "__udivdi3" : "__divdi3") : uns ? "__umoddi3" : "__moddi3";
    int64_t k;
    if (op == N_MUL && (ir_is_int(f, b, &k) || ir_is_int(f, a, &k)) && k > 0 && (k & (k - 1)) == 0)
        return ir_op2(f, IR_MUL, it, a, b); /* the builder makes a shift of it */
    if (it == IR_I64)
        return call(cc, name, l, l, a, b, 2);
    a = ir_op1(f, uns ? IR_ZEXT32 : IR_SEXT32, IR_I64, a);
    b = ir_op1(f, uns ? IR_ZEXT32 : IR_SEXT32, IR_I64, b);
    return ir_op1(f, IR_TRUNC, IR_I32, call(cc, name, l, l, a, b, 2));
}
