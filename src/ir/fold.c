/* ir: folding of one instruction at the moment it is built. Input: an instruction not yet in the function. Output: a
 * reference that already has its value, or the instruction itself, perhaps in a cheaper shape: the constant operand
 * second, x - c as x + -c, powers of two as shifts. The one idea: only what looks at the instruction and at most at
 * the maker of one operand, so the cost is constant. */
#include "ir/ir.h"
#include "base/softfloat.h"

static unsigned width(IrType t)
{
    return t == IR_I64 ? 64 : 32;
}

static uint64_t low(IrType t, int64_t v)
{
    return t == IR_I64 ? (uint64_t)v : (uint32_t)v;
}

static uint64_t mul_high(uint64_t a, uint64_t b)
{
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t mid = ah * bl + (al * bl >> 32), mid2 = al * bh + (uint32_t)mid;
    return ah * bh + (mid >> 32) + (mid2 >> 32);
}

/* 0 or 1 for an integer comparison of two constants. */
static int64_t compare(IrOp op, int64_t x, int64_t y)
{
    /* i32 constants are sign-extended, which keeps the unsigned order among them too */
    uint64_t ux = (uint64_t)x, uy = (uint64_t)y;
    switch (op) {
    case IR_EQ: return x == y;
    case IR_NE: return x != y;
    case IR_SLT: return x < y;
    case IR_SGE: return x >= y;
    case IR_SLE: return x <= y;
    case IR_SGT: return x > y;
    case IR_ULT: return ux < uy;
    case IR_UGE: return ux >= uy;
    case IR_ULE: return ux <= uy;
    default: return ux > uy;
    }
}

/* Both operands known. False where the operation traps or is not an integer one. */
static bool eval2(IrOp op, IrType t, int64_t x, int64_t y, int64_t *out)
{
    unsigned w = width(t), k = (unsigned)y & (w - 1);
    uint64_t ux = low(t, x), uy = low(t, y), r;
    int64_t min = (int64_t)((uint64_t)1 << 63) >> (64 - w);
    switch (op) {
    case IR_ADD: r = ux + uy; break;
    case IR_SUB: r = ux - uy; break;
    case IR_MUL: r = ux * uy; break;
    case IR_MULHU: r = w == 64 ? mul_high(ux, uy) : ux * uy >> 32; break;
    case IR_MULHS:
        if (w == 64)
            r = mul_high(ux, uy) - (x < 0 ? uy : 0) - (y < 0 ? ux : 0);
        else
            r = (uint64_t)(x * y) >> 32;
        break;
    case IR_SDIV:
    case IR_SREM:
        if (y == 0 || (x == min && y == -1))
            return false;
        r = (uint64_t)(op == IR_SDIV ? x / y : x % y);
        break;
    case IR_UDIV:
    case IR_UREM:
        if (uy == 0)
            return false;
        r = op == IR_UDIV ? ux / uy : ux % uy;
        break;
    case IR_AND: r = ux & uy; break;
    case IR_OR: r = ux | uy; break;
    case IR_XOR: r = ux ^ uy; break;
    case IR_SHL: r = ux << k; break;
    case IR_LSHR: r = ux >> k; break;
    case IR_ASHR: r = (uint64_t)(x >> k); break;
    case IR_ROTL: r = k ? ux << k | ux >> (w - k) : ux; break;
    case IR_ROTR: r = k ? ux >> k | ux << (w - k) : ux; break;
    default: return false;
    }
    *out = bits_sext(r, w);
    return true;
}

static bool eval1(IrOp op, IrType t, int64_t x, int64_t *out)
{
    unsigned w = width(t), i;
    uint64_t ux = low(t, x), r = 0;
    switch (op) {
    case IR_NEG: r = 0 - ux; break;
    case IR_NOT: r = ~ux; break;
    case IR_CLZ: r = ux ? bits_clz64(ux) - (64 - w) : w; break;
    case IR_CTZ: r = ux ? bits_ctz64(ux) : w; break;
    case IR_POPCNT: r = bits_popcount64(ux); break;
    case IR_BSWAP:
        for (i = 0; i < w; i += 8)
            r = r << 8 | (ux >> i & 255);
        break;
    case IR_SEXT8: r = (uint64_t)bits_sext(ux, 8); break;
    case IR_SEXT16: r = (uint64_t)bits_sext(ux, 16); break;
    case IR_ZEXT8: r = ux & 0xff; break;
    case IR_ZEXT16: r = ux & 0xffff; break;
    case IR_SEXT32: r = (uint64_t)bits_sext(ux, 32); break;
    case IR_ZEXT32: r = (uint32_t)ux; break;
    case IR_TRUNC: r = ux; break;
    default: return false;
    }
    *out = bits_sext(r, w);
    return true;
}

static bool commutes(IrOp op)
{
    switch (op) {
    case IR_ADD: case IR_MUL: case IR_MULHS: case IR_MULHU: case IR_AND: case IR_OR: case IR_XOR:
    case IR_EQ: case IR_NE:
    case IR_SADDO: case IR_UADDO: case IR_SMULO: case IR_UMULO:
        return true;
    default:
        return false;
    }
}

/* The comparison with its operands exchanged. */
static IrOp mirrored(IrOp op)
{
    switch (op) {
    case IR_SLT: return IR_SGT;
    case IR_SGT: return IR_SLT;
    case IR_SLE: return IR_SGE;
    case IR_SGE: return IR_SLE;
    case IR_ULT: return IR_UGT;
    case IR_UGT: return IR_ULT;
    case IR_ULE: return IR_UGE;
    case IR_UGE: return IR_ULE;
    default: return op;
    }
}

static bool is_address(const IrConst *c)
{
    return c->kind == IR_C_SYM || c->kind == IR_C_SLOT || c->kind == IR_C_INARG;
}

static IrRef rebuild(IrFn *f, IrIns *i, IrOp op, int64_t imm)
{
    i->op = (uint8_t)op;
    i->b = ir_int(f, i->type, imm);
    return IR_NONE;
}

/* Second operand the constant y, first one not. */
static IrRef fold_right(IrFn *f, IrIns *i, int64_t y)
{
    IrType t = i->type;
    unsigned w = width(t);
    uint64_t uy = low(t, y);
    bool pow2 = uy != 0 && (uy & (uy - 1)) == 0;
    switch (i->op) {
    case IR_ADD:
        if (y == 0)
            return i->a;
        if (ir_is_const(i->a) && is_address(ir_const(f, i->a)))
            return ir_add_imm(f, i->a, y);
        return IR_NONE;
    case IR_SUB:
        if (y == 0)
            return i->a;
        y = bits_sext(0 - uy, w);
        if (ir_is_const(i->a) && is_address(ir_const(f, i->a)))
            return ir_add_imm(f, i->a, y);
        return rebuild(f, i, IR_ADD, y);
    case IR_MUL:
        if (y == 0)
            return i->b;
        if (y == 1)
            return i->a;
        if (y == -1) {
            i->op = IR_NEG;
            i->b = 0;
            return IR_NONE;
        }
        return pow2 ? rebuild(f, i, IR_SHL, bits_ctz64(uy)) : IR_NONE;
    case IR_UDIV:
        if (y == 1)
            return i->a;
        return pow2 ? rebuild(f, i, IR_LSHR, bits_ctz64(uy)) : IR_NONE;
    case IR_UREM:
        if (y == 1)
            return ir_int(f, t, 0);
        return pow2 ? rebuild(f, i, IR_AND, bits_sext(uy - 1, w)) : IR_NONE;
    case IR_SDIV:
        return y == 1 ? i->a : IR_NONE;
    case IR_SREM:
        return y == 1 ? ir_int(f, t, 0) : IR_NONE;
    case IR_AND:
        return y == 0 ? i->b : y == -1 ? i->a : IR_NONE;
    case IR_OR:
        return y == -1 ? i->b : y == 0 ? i->a : IR_NONE;
    case IR_XOR:
        if (y == 0)
            return i->a;
        if (y == -1) {
            i->op = IR_NOT;
            i->b = 0;
        }
        return IR_NONE;
    case IR_SHL: case IR_LSHR: case IR_ASHR: case IR_ROTL: case IR_ROTR:
        if (((unsigned)y & (w - 1)) == 0)
            return i->a;
        return y < 0 || y >= w ? rebuild(f, i, i->op, y & (int64_t)(w - 1)) : IR_NONE;
    default:
        return IR_NONE;
    }
}

/* A comparison with the constant y on the right: of what is 0 or 1 already, of a slot's address, and at the low end of
 * the unsigned range. */
static IrRef fold_compare_right(IrFn *f, IrIns *i, int64_t y)
{
    if (y == 0 && (i->op == IR_ULT || i->op == IR_UGE))
        return ir_int(f, IR_I32, i->op == IR_UGE);
    if (y != 0 || (i->op != IR_EQ && i->op != IR_NE))
        return IR_NONE;
    if (ir_is_const(i->a)) {
        const IrConst *c = ir_const(f, i->a);
        return c->kind == IR_C_SLOT || c->kind == IR_C_INARG ? ir_int(f, IR_I32, i->op == IR_NE) : IR_NONE;
    }
    const IrIns *m = &f->ins.p[i->a];
    if (i->type != IR_I32 || (ir_ops[m->op].class != IRC_CMP && ir_ops[m->op].class != IRC_FCMP))
        return IR_NONE;
    if (i->op == IR_NE)
        return i->a;
    if (ir_ops[m->op].class == IRC_FCMP)
        return IR_NONE;
    *i = *m;                    /* the complement stands beside it in the table */
    i->aux = 0;
    i->op = (uint8_t)(((m->op - IR_EQ) ^ 1) + IR_EQ);
    return IR_NONE;
}

/* Both operands the same value. */
static IrRef fold_same(IrFn *f, const IrIns *i)
{
    switch (i->op) {
    case IR_AND: case IR_OR:
        return i->a;
    case IR_SUB: case IR_XOR:
        return ir_int(f, i->type, 0);
    case IR_EQ: case IR_SGE: case IR_SLE: case IR_UGE: case IR_ULE:
        return ir_int(f, IR_I32, 1);
    case IR_NE: case IR_SLT: case IR_SGT: case IR_ULT: case IR_UGT:
        return ir_int(f, IR_I32, 0);
    default:
        return IR_NONE;
    }
}

/* ---- floats ---- */

static SfFormat format_of(IrType t)
{
    return t == IR_F32 ? SF_32 : SF_64;
}

static Sf sf_of(const IrConst *c)
{
    Sf r;
    r.lo = (uint64_t)c->v;
    r.hi = 0;
    return r;
}

bool ir_float_predicate(IrOp op, int r)
{
    bool lt = r == -1, eq = r == 0, gt = r == 1, un = r == 2;
    switch (op) {
    case IR_FOEQ: return eq;
    case IR_FONE: return lt || gt;
    case IR_FOLT: return lt;
    case IR_FOLE: return lt || eq;
    case IR_FOGT: return gt;
    case IR_FOGE: return gt || eq;
    case IR_FORD: return !un;
    case IR_FUEQ: return un || eq;
    case IR_FUNE: return !eq;
    case IR_FULT: return un || lt;
    case IR_FULE: return un || lt || eq;
    case IR_FUGT: return un || gt;
    case IR_FUGE: return un || gt || eq;
    default: return un;
    }
}

/* Operations on the bits: exact for every operand, raise no flag. */
static IrRef fold_float_bits(IrFn *f, const IrIns *i, const IrConst *a)
{
    IrType t = i->type;
    uint64_t sign = (uint64_t)1 << (t == IR_F32 ? 31 : 63), v = (uint64_t)a->v;
    switch (i->op) {
    case IR_FNEG: return ir_flt(f, t, v ^ sign);
    case IR_FABS: return ir_flt(f, t, v & ~sign);
    case IR_FCOPYSIGN:
        if (!ir_is_const(i->b) || ir_const(f, i->b)->kind != IR_C_FLT)
            return IR_NONE;
        return ir_flt(f, t, (v & ~sign) | ((uint64_t)ir_const(f, i->b)->v & sign));
    case IR_CANON:
        if (sf_is_nan(format_of(t), sf_of(a)))
            v = t == IR_F32 ? 0x7fc00000u : (uint64_t)0x7ff8 << 48;
        return ir_flt(f, t, v);
    default: return IR_NONE;
    }
}

/* The SfRound an instruction computes with when its environment may not be asked: dynamic means to nearest. */
static void environment(SfEnv *e, unsigned aux)
{
    unsigned r = aux & IR_FLT_ROUND;
    memset(e, 0, sizeof *e);
    e->round = r && r != IR_ROUND_DYNAMIC ? (SfRound)(r - 1) : SF_RNE;
}

static IrRef fold_to_int(IrFn *f, const IrIns *i, const IrConst *a)
{
    SfEnv e;
    environment(&e, i->aux);
    if (!(i->aux & IR_FLT_ROUND))
        e.round = SF_RTZ;
    int64_t v = sf_to_int(&e, format_of(a->type), sf_of(a), width(i->type), i->op == IR_F2SI);
    if (e.flags & SF_INVALID && !(i->aux & IR_FLT_SAT))
        return IR_NONE;         /* what the host's instruction gives */
    if (e.flags & SF_INEXACT && (i->aux & IR_FLT_ROUND) == IR_ROUND_DYNAMIC)
        return IR_NONE;         /* a fraction: the environment decides the integer */
    return ir_int(f, i->type, v);
}

static IrRef fold_float(IrFn *f, const IrIns *i)
{
    const IrConst *k[3];
    int32_t refs[3];
    unsigned n = 0;
    refs[0] = i->a, refs[1] = i->b, refs[2] = i->c;
    for (; n < 3 && ir_ops[i->op].operands[n] != '.'; n++) {
        if (!ir_is_const(refs[n]))
            return IR_NONE;
        k[n] = ir_const(f, refs[n]);
        if (k[n]->kind != IR_C_FLT && k[n]->kind != IR_C_INT)
            return IR_NONE;
    }
    IrRef r = fold_float_bits(f, i, k[0]);
    if (r || i->aux & IR_FLT_STRICT)
        return r;
    IrType t = i->type;
    SfFormat fmt = format_of(t);
    SfEnv e;
    Sf v;
    environment(&e, i->aux);
    if (ir_ops[i->op].class == IRC_FCMP)
        return ir_int(f, IR_I32, ir_float_predicate(i->op, sf_compare(&e, fmt, sf_of(k[0]), sf_of(k[1]))));
    switch (i->op) {
    case IR_FADD: v = sf_add(&e, fmt, sf_of(k[0]), sf_of(k[1])); break;
    case IR_FSUB: v = sf_sub(&e, fmt, sf_of(k[0]), sf_of(k[1])); break;
    case IR_FMUL: v = sf_mul(&e, fmt, sf_of(k[0]), sf_of(k[1])); break;
    case IR_FDIV: v = sf_div(&e, fmt, sf_of(k[0]), sf_of(k[1])); break;
    case IR_FSQRT: v = sf_sqrt(&e, fmt, sf_of(k[0])); break;
    case IR_FMA: v = sf_fma(&e, fmt, sf_of(k[0]), sf_of(k[1]), sf_of(k[2])); break;
    case IR_FCVT: v = sf_convert(&e, fmt, format_of(k[0]->type), sf_of(k[0])); break;
    case IR_SI2F: v = sf_from_i64(&e, fmt, k[0]->v); break;
    case IR_UI2F: v = sf_from_u64(&e, fmt, low(k[0]->type, k[0]->v)); break;
    case IR_F2SI: case IR_F2UI: return fold_to_int(f, i, k[0]);
    default: return IR_NONE;
    }
    if (sf_is_nan(fmt, v))
        return IR_NONE;         /* sign and payload are the host's */
    return ir_flt(f, t, v.lo);
}

static IrRef fold_bitcast(IrFn *f, const IrIns *i)
{
    if (!ir_is_const(i->a))
        return IR_NONE;
    const IrConst *k = ir_const(f, i->a);
    if (k->kind == IR_C_UNDEF)
        return ir_undef(f, i->type);
    if (k->kind == IR_C_INT && ir_is_float(i->type))
        return ir_flt(f, i->type, low(k->type, k->v));
    if (k->kind == IR_C_FLT && !ir_is_float(i->type))
        return ir_int(f, i->type, k->v);
    return IR_NONE;
}

static IrRef fold_index(IrFn *f, IrIns *i)
{
    int64_t v;
    if (i->c == 0)
        return i->a;
    if (ir_is_int(f, i->b, &v))
        return ir_add_imm(f, i->a, (int64_t)((uint64_t)v * (uint64_t)(int64_t)i->c));
    return IR_NONE;
}

static IrRef fold_integer(IrFn *f, IrIns *i)
{
    int64_t x, y, r;
    bool cmp = ir_ops[i->op].class == IRC_CMP;
    if (ir_ops[i->op].operands[1] == '.') {
        if (ir_is_int(f, i->a, &x) && eval1(i->op, i->type, x, &r))
            return ir_int(f, i->type, r);
        return IR_NONE;
    }
    bool kx = ir_is_int(f, i->a, &x), ky = ir_is_int(f, i->b, &y);
    if (kx && ky) {
        if (cmp)
            return ir_int(f, IR_I32, compare(i->op, x, y));
        return eval2(i->op, i->type, x, y, &r) ? ir_int(f, i->type, r) : IR_NONE;
    }
    if (kx && (cmp || commutes(i->op))) {
        int32_t s = i->a;
        i->a = i->b;
        i->b = s;
        i->op = (uint8_t)mirrored(i->op);
        y = x;
        ky = true;
    }
    if (ky)
        return cmp ? fold_compare_right(f, i, y) : fold_right(f, i, y);
    if (i->a == i->b)
        return fold_same(f, i);
    /* &a[5] - &a[2] */
    if (i->op == IR_SUB && ir_is_const(i->a) && ir_is_const(i->b)) {
        const IrConst *p = ir_const(f, i->a), *q = ir_const(f, i->b);
        if (is_address(p) && p->kind == q->kind && p->id == q->id)
            return ir_int(f, i->type, (int64_t)((uint64_t)p->v - (uint64_t)q->v));
    }
    return IR_NONE;
}

IrRef ir_fold(IrFn *f, IrIns *i)
{
    switch (ir_ops[i->op].class) {
    case IRC_INT:
        if (i->op == IR_INDEX)
            return fold_index(f, i);
        if (i->op == IR_TRUNC && i->a > 0 && (f->ins.p[i->a].op == IR_SEXT32 || f->ins.p[i->a].op == IR_ZEXT32))
            return f->ins.p[i->a].a;
        return fold_integer(f, i);
    case IRC_CMP:
        return fold_integer(f, i);
    case IRC_FLT:
    case IRC_FCMP:
        return fold_float(f, i);
    case IRC_MISC:
        if (i->op == IR_BITCAST)
            return fold_bitcast(f, i);
        if (i->op == IR_SELECT) {
            int64_t v;
            return i->b == i->c ? i->b : ir_is_int(f, i->a, &v) ? (v ? i->b : i->c) : IR_NONE;
        }
        return IR_NONE;
    default:
        return IR_NONE;
    }
}
