/* fast_int: integer operations. What a single instruction soon behind takes with it (shifts, extensions, products, NOT, addresses) waits
 * without code; aa64_int decides that, emit makes code. */
#include "arch/aa64/fast.h"

unsigned aa64_in(Aa64Fast *x, IrRef r)
{
    int64_t v;
    if (r < 0 && ((ir_is_int(x->g.f, r, &v) && !v) ||
                  (ir_const(x->g.f, r)->kind == IR_C_UNDEF && !ir_is_float(ir_const(x->g.f, r)->type))))
        return ZR;
    return gen_in(&x->g, r);
}

unsigned aa64_dst(Aa64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned rb)
{
    Gen *g = &x->g;
    unsigned want = gen_want(g, i);
    if (want != GEN_NOREG)
        gen_unalias(g, want, a, b);
    if (a)
        gen_out(g, a, ra);
    if (b)
        gen_out(g, b, rb);
    if (want != GEN_NOREG)
        return want;
    return gen_alloc(g, gen_class(g, gen_type(g, (IrRef)i)));
}

bool aa64_imm(const Aa64Fast *x, IrRef r, IrType t, int64_t *v)
{
    if (r >= 0 || !ir_is_int(x->g.f, r, v))
        return false;
    if (t == IR_I32)
        *v = (int32_t)*v;
    return true;
}

uint32_t aa64_user(const Aa64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    if (v->uses != 1 || (v->flags & GV_GLOBAL) || v->pin != GEN_NOREG)
        return 0;
    for (uint32_t k = i + 1; k < g->end && k < i + 7; k++) {
        const IrIns *n = gen_ins(g, k);
        const char *letters = ir_ops[n->op].operands;
        if ((gen_is_value(letters[0]) && n->a == (IrRef)i) || (gen_is_value(letters[1]) && n->b == (IrRef)i) ||
            (gen_is_value(letters[2]) && n->c == (IrRef)i))
            return (n->aux & IR_HAS_STATE) || gen_dead(g, k) ? 0 : k;
    }
    return 0;
}

void aa64_extend(Aa64Fast *x, IrType t, unsigned dst, unsigned src, unsigned size, bool is_signed)
{
    if (size == 8)
        aa64_move(x, IR_I64, dst, src);
    else if (size == 4 && !(is_signed && t == IR_I64))
        aa64_move(x, IR_I32, dst, src);
    else
        aa64_bitfield(&x->o, is_signed ? AA64_I_SBFM : AA64_I_UBFM, is_signed && t == IR_I64, dst, src, 0, 8 * size - 1);
}

void aa64_shift_imm(Aa64Fast *x, unsigned op, unsigned size, unsigned dst, unsigned src, unsigned n)
{
    unsigned bits = size ? 64 : 32;
    if (op == IR_SHL)
        aa64_bitfield(&x->o, AA64_I_UBFM, size, dst, src, (bits - n) & (bits - 1), bits - 1 - n);
    else if (op == IR_ROTR)
        aa64_extr(&x->o, size, dst, src, src, n);
    else
        aa64_bitfield(&x->o, op == IR_LSHR ? AA64_I_UBFM : AA64_I_SBFM, size, dst, src, n, bits - 1);
}

/* ---- what waits ---- */

static bool commutes(unsigned op)
{
    return op == IR_ADD || op == IR_MUL || op == IR_AND || op == IR_OR || op == IR_XOR;
}

static bool low_mask(int64_t v)
{
    return v > 0 && !(v & (v + 1));
}

static bool is_int(const Aa64Fast *x, IrRef r)
{
    int64_t v;
    return r < 0 && ir_is_int(x->g.f, r, &v);
}

/* The operand of n beside i. */
static IrRef other(const IrIns *n, uint32_t i)
{
    return n->a == (IrRef)i ? n->b : n->a;
}

static bool shift_waits(const Aa64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    uint32_t k = aa64_user(x, i);
    int64_t v;
    if (!k || !is_int(x, in->b) || gen_ins(g, k)->type != in->type)
        return false;
    const IrIns *n = gen_ins(g, k);
    switch (n->op) {
    case IR_AND:
        if (in->op == IR_LSHR && n->a == (IrRef)i && aa64_imm(x, n->b, (IrType)n->type, &v))
            return low_mask(v);
        return !is_int(x, other(n, i));
    case IR_ADD: case IR_OR: case IR_XOR: return !is_int(x, other(n, i));
    case IR_SUB: return n->b == (IrRef)i && !is_int(x, n->a);
    case IR_LSHR: case IR_ASHR: return in->op == IR_SHL && n->a == (IrRef)i && is_int(x, n->b);
    default: return false;
    }
}

static bool extension_waits(const Aa64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    uint32_t k = aa64_user(x, i);
    int64_t v;
    if (!k)
        return false;
    const IrIns *n = gen_ins(g, k);
    switch (n->op) {
    case IR_INDEX: return n->b == (IrRef)i && n->c > 0;
    case IR_ADD: return !is_int(x, other(n, i)) && other(n, i) != 0;
    case IR_SUB: return n->b == (IrRef)i && !is_int(x, n->a);
    case IR_SHL: return n->a == (IrRef)i && aa64_imm(x, n->b, IR_I64, &v) && (v & 63) < 32;
    default: return ir_ops[n->op].class == IRC_CMP && !is_int(x, other(n, i));
    }
}

bool aa64_widened_next(const Aa64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    if (x->mode == FRAME_UNIT || v->uses != 1 || (v->flags & GV_GLOBAL) || v->pin != GEN_NOREG || i + 1 >= g->end)
        return false;
    const IrIns *n = gen_ins(g, i + 1);
    if (n->a != (IrRef)i || (n->aux & IR_HAS_STATE) || gen_dead(g, i + 1))
        return false;
    return n->op == IR_ZEXT32 || (n->op == IR_SEXT32 && !extension_waits(x, i + 1));
}

static bool product_waits(const Aa64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    uint32_t k = aa64_user(x, i);
    if (!k || gen_ins(g, k)->type != in->type)
        return false;
    const IrIns *n = gen_ins(g, k);
    return (n->op == IR_ADD && !is_int(x, other(n, i))) || (n->op == IR_SUB && n->b == (IrRef)i && !is_int(x, n->a));
}

static bool not_waits(const Aa64Fast *x, uint32_t i)
{
    uint32_t k = aa64_user(x, i);
    const IrIns *n = gen_ins(&x->g, k);
    return k && n->op >= IR_AND && n->op <= IR_XOR && !is_int(x, other(n, i));
}

/* Does the next instruction, its only user, ask whether i is zero? */
static bool asked_for_zero(const Aa64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    int64_t v;
    if (g->vals[i].uses != 1 || i + 1 >= g->end || (g->vals[i].flags & GV_GLOBAL) || g->vals[i].pin != GEN_NOREG)
        return false;
    const IrIns *n = gen_ins(g, i + 1);
    if (n->aux & IR_HAS_STATE)
        return false;
    if (n->op == IR_BR)
        return n->a == (IrRef)i;
    return (n->op == IR_EQ || n->op == IR_NE) && n->a == (IrRef)i && ir_is_int(g->f, n->b, &v) && !v && !gen_dead(g, i + 1);
}

/* ---- one instruction each ---- */

static void three(Aa64Fast *x, uint32_t i, Aa64Row row, unsigned size, IrRef a, IrRef b)
{
    unsigned ra = aa64_in(x, a), rb = aa64_in(x, b), dst = aa64_dst(x, i, a, ra, b, rb);
    aa64_r(&x->o, row, size, dst, ra, rb);
    gen_def(&x->g, i, dst, GV_CANON);
}

static void one(Aa64Fast *x, uint32_t i, Aa64Row row, unsigned size, IrRef a)
{
    unsigned ra = aa64_in(x, a), dst = aa64_dst(x, i, a, ra, 0, 0);
    aa64_r1(&x->o, row, size, dst, ra);
    gen_def(&x->g, i, dst, GV_CANON);
}

static const uint16_t rows[] = {
    [IR_ADD] = AA64_I_ADD, [IR_SUB] = AA64_I_SUB, [IR_AND] = AA64_I_AND, [IR_OR] = AA64_I_ORR, [IR_XOR] = AA64_I_EOR,
    [IR_SHL] = AA64_I_LSLV, [IR_LSHR] = AA64_I_LSRV, [IR_ASHR] = AA64_I_ASRV,
};

static void logical(Aa64Fast *x, uint32_t i, unsigned op, IrType t, IrRef a, int64_t v)
{
    Gen *g = &x->g;
    unsigned size = aa64_size(t), flags = GV_CANON, ra, dst;
    uint64_t u = size ? (uint64_t)v : (uint32_t)v;
    uint32_t field;
    int64_t n;
    if (op == IR_AND && v >= 0)
        flags |= GV_NONNEG;
    if (op == IR_AND && low_mask(v) && aa64_folds(x, a, IR_LSHR)) {
        const IrIns *s = aa64_fold(x, a);
        unsigned bits = size ? 64 : 32, width = gen_ctz((uint64_t)v + 1), from;
        aa64_imm(x, s->b, t, &n);
        from = (unsigned)n & (bits - 1);
        if (from + width > bits)
            width = bits - from;
        ra = gen_in(g, s->a);
        dst = aa64_dst(x, i, s->a, ra, 0, 0);
        aa64_bitfield(&x->o, AA64_I_UBFM, size, dst, ra, from, from + width - 1);
        gen_def(g, i, dst, flags);
        return;
    }
    ra = gen_in(g, a);
    dst = aa64_dst(x, i, a, ra, 0, 0);
    if (aa64_logical(u, size, &field)) {
        aa64_logi(&x->o, op == IR_AND ? AA64_I_AND_I : op == IR_OR ? AA64_I_ORR_I : AA64_I_EOR_I, size, dst, ra, u);
    } else {
        aa64_li(&x->o, size, X16, u);
        aa64_r(&x->o, (Aa64Row)rows[op], size, dst, ra, X16);
    }
    gen_def(g, i, dst, flags);
}

static bool folds(const Aa64Fast *x, unsigned op, IrRef r)
{
    if (!gen_deferred(&x->g, r))
        return false;
    switch (gen_ins(&x->g, (uint32_t)r)->op) {
    case IR_SHL: case IR_LSHR: case IR_ASHR: return true;
    case IR_NOT: return op >= IR_AND && op <= IR_XOR;
    case IR_MUL: case IR_SEXT32: case IR_ZEXT32: return op == IR_ADD || op == IR_SUB;
    default: return false;
    }
}

/* i = a op b, where b waits to be folded. */
static void folded(Aa64Fast *x, uint32_t i, unsigned op, unsigned size, IrRef a, IrRef b)
{
    static const uint16_t shift_of[] = { AA64_LSL, AA64_LSR, AA64_ASR };
    Gen *g = &x->g;
    const IrIns *in = aa64_fold(x, b);
    int64_t v = 0;
    if (in->op == IR_MUL) {
        unsigned rc = aa64_in(x, a), rn = aa64_in(x, in->a), rm = aa64_in(x, in->b), want = gen_want(g, i), dst = want;
        if (want != GEN_NOREG)
            gen_unalias(g, want, a, in->a);
        else
            dst = gen_alloc(g, g->t->scratch[0]);
        aa64_r3(&x->o, op == IR_ADD ? AA64_I_MADD : AA64_I_MSUB, size, dst, rn, rm, rc);
        gen_out(g, in->a, rn);
        gen_out(g, in->b, rm);
        gen_out(g, a, rc);
        gen_def(g, i, dst, GV_CANON);
        return;
    }
    bool extension = in->op == IR_SEXT32 || in->op == IR_ZEXT32;
    unsigned ra = extension ? gen_in(g, a) : aa64_in(x, a), rb = aa64_in(x, in->a), dst = aa64_dst(x, i, a, ra, in->a, rb);
    if (extension) {
        aa64_extended(&x->o, op == IR_ADD ? AA64_I_ADD_E : AA64_I_SUB_E, dst, ra, rb, in->op == IR_SEXT32 ? AA64_SXTW : AA64_UXTW, 0);
    } else if (in->op == IR_NOT) {
        aa64_r(&x->o, op == IR_AND ? AA64_I_BIC : op == IR_OR ? AA64_I_ORN : AA64_I_EON, size, dst, ra, rb);
    } else {
        aa64_imm(x, in->b, IR_I64, &v);
        aa64_shifted(&x->o, (Aa64Row)rows[op], size, dst, ra, rb, shift_of[in->op - IR_SHL], (unsigned)v & (size ? 63 : 31));
    }
    gen_def(g, i, dst, GV_CANON);
}

static void binary(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t);
    IrRef a = in->a, b = in->b;
    int64_t v;
    if (commutes(in->op) && is_int(x, a)) {
        IrRef s = a;
        a = b;
        b = s;
    }
    if (aa64_imm(x, b, t, &v)) {
        if (in->op != IR_ADD && in->op != IR_SUB) {
            logical(x, i, in->op, t, a, v);
            return;
        }
        unsigned ra = gen_in(g, a), dst = aa64_dst(x, i, a, ra, 0, 0);
        aa64_add_imm(x, size, dst, ra, in->op == IR_ADD ? v : (int64_t)(0 - (uint64_t)v));
        gen_def(g, i, dst, GV_CANON);
        return;
    }
    if (commutes(in->op) && folds(x, in->op, a) && !folds(x, in->op, b)) {
        IrRef s = a;
        a = b;
        b = s;
    }
    if (folds(x, in->op, b))
        folded(x, i, in->op, size, a, b);
    else
        three(x, i, (Aa64Row)rows[in->op], size, a, b);
}

static void shift(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), bits = size ? 64 : 32, ra, dst, n, s;
    IrRef a = in->a;
    int64_t v;
    if (!aa64_imm(x, in->b, t, &v)) {
        three(x, i, (Aa64Row)rows[in->op], size, a, in->b);
        return;
    }
    n = (unsigned)v & (bits - 1);
    if (in->op != IR_SHL && aa64_folds(x, a, IR_SHL)) {
        const IrIns *under = aa64_fold(x, a);
        aa64_imm(x, under->b, t, &v);
        s = (unsigned)v & (bits - 1);
        ra = gen_in(g, under->a);
        dst = aa64_dst(x, i, under->a, ra, 0, 0);
        aa64_bitfield(&x->o, in->op == IR_LSHR ? AA64_I_UBFM : AA64_I_SBFM, size, dst, ra, (n - s) & (bits - 1), bits - 1 - s);
    } else if (size && (aa64_folds(x, a, IR_SEXT32) || aa64_folds(x, a, IR_ZEXT32))) {
        const IrIns *under = aa64_fold(x, a);
        ra = gen_in(g, under->a);
        dst = aa64_dst(x, i, under->a, ra, 0, 0);
        aa64_bitfield(&x->o, under->op == IR_SEXT32 ? AA64_I_SBFM : AA64_I_UBFM, 1, dst, ra, (64 - n) & 63, 31);
    } else {
        ra = gen_in(g, a);
        dst = aa64_dst(x, i, a, ra, 0, 0);
        aa64_shift_imm(x, in->op, size, dst, ra, n);
    }
    gen_def(g, i, dst, in->op == IR_LSHR && n ? GV_CANON | GV_NONNEG : GV_CANON);
}

static void rotate(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = aa64_size((IrType)in->type), bits = size ? 64 : 32, ra, rb, dst;
    bool left = in->op == IR_ROTL;
    int64_t v;
    if (!left && !is_int(x, in->b)) {
        three(x, i, AA64_I_RORV, size, in->a, in->b);
        return;
    }
    ra = gen_in(g, in->a);
    if (aa64_imm(x, in->b, (IrType)in->type, &v)) {
        dst = aa64_dst(x, i, in->a, ra, 0, 0);
        aa64_shift_imm(x, IR_ROTR, size, dst, ra, (unsigned)(left ? 0 - (uint64_t)v : (uint64_t)v) & (bits - 1));
    } else {
        rb = gen_in(g, in->b);
        dst = aa64_dst(x, i, in->a, ra, in->b, rb);
        aa64_r(&x->o, AA64_I_SUB, 0, X16, ZR, rb);
        aa64_r(&x->o, AA64_I_RORV, size, dst, ra, X16);
    }
    gen_def(g, i, dst, GV_CANON);
}

static void multiply(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), ra, rb, dst;
    IrRef a = in->a, b = in->b;
    int64_t v;
    if (is_int(x, a)) {
        IrRef s = a;
        a = b;
        b = s;
    }
    if (!aa64_imm(x, b, t, &v)) {
        ra = aa64_in(x, a);
        rb = aa64_in(x, b);
        dst = aa64_dst(x, i, a, ra, b, rb);
        aa64_r3(&x->o, AA64_I_MADD, size, dst, ra, rb, ZR);
        gen_def(g, i, dst, GV_CANON);
        return;
    }
    uint64_t u = size ? (uint64_t)v : (uint32_t)v;
    ra = gen_in(g, a);
    dst = aa64_dst(x, i, a, ra, 0, 0);
    if (u && !(u & (u - 1))) {
        aa64_shift_imm(x, IR_SHL, size, dst, ra, gen_ctz(u));
    } else if (u > 1 && !((u - 1) & (u - 2))) {
        aa64_shifted(&x->o, AA64_I_ADD, size, dst, ra, ra, AA64_LSL, gen_ctz(u - 1));
    } else {
        aa64_li(&x->o, size, X16, u);
        aa64_r3(&x->o, AA64_I_MADD, size, dst, ra, X16, ZR);
    }
    gen_def(g, i, dst, GV_CANON);
}

static void high(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    bool is_signed = in->op == IR_MULHS;
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), dst = aa64_dst(x, i, in->a, ra, in->b, rb);
    if (in->type == IR_I64) {
        aa64_r(&x->o, is_signed ? AA64_I_SMULH : AA64_I_UMULH, 1, dst, ra, rb);
    } else {
        aa64_r3(&x->o, is_signed ? AA64_I_SMADDL : AA64_I_UMADDL, 1, dst, ra, rb, ZR);
        aa64_shift_imm(x, IR_LSHR, 1, dst, dst, 32);
    }
    gen_def(g, i, dst, GV_CANON);
}

static void count(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = aa64_size((IrType)in->type), ra = gen_in(g, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    if (in->op == IR_POPCNT) {
        aa64_move(x, size ? IR_F64 : IR_F32, V31, ra);
        aa64_word(&x->o, 0x0e205bff);  /* cnt v31.8b, v31.8b */
        aa64_word(&x->o, 0x0e31bbff);  /* addv b31, v31.8b */
        aa64_move(x, IR_F32, dst, V31);
    } else {
        if (in->op == IR_CTZ)
            aa64_r1(&x->o, AA64_I_RBIT, size, dst, ra);
        aa64_r1(&x->o, AA64_I_CLZ, size, dst, in->op == IR_CTZ ? dst : ra);
    }
    gen_def(g, i, dst, GV_CANON | GV_NONNEG);
}

/* ---- index ---- */

static void index_op(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    bool wide = aa64_folds(x, in->b, IR_SEXT32) || aa64_folds(x, in->b, IR_ZEXT32), is_signed = aa64_folds(x, in->b, IR_SEXT32);
    bool power = in->c > 0 && !(in->c & (in->c - 1));
    unsigned shift = power ? gen_ctz((uint64_t)in->c) : 0, ra, rb, dst;
    unsigned ext = !wide ? AA64_UXTX : is_signed ? AA64_SXTW : AA64_UXTW;
    IrRef b = wide ? aa64_fold(x, in->b)->a : in->b;
    int64_t off = 0;
    bool slot = power && shift <= 4 && in->a < 0 && ir_const(g->f, in->a)->kind == IR_C_SLOT;
    rb = aa64_in(x, b);
    if (slot) {
        off = gen_slot_off(g, ir_const(g->f, in->a)->id) + ir_const(g->f, in->a)->v;
        ra = x->frame_reg;
        dst = aa64_dst(x, i, b, rb, 0, 0);
    } else {
        ra = gen_in(g, in->a);
        dst = aa64_dst(x, i, in->a, ra, b, rb);
    }
    if (power && shift <= 4 && (wide || ra == SP)) {
        aa64_extended(&x->o, AA64_I_ADD_E, dst, ra, rb, ext, shift);
    } else if (power) {
        if (wide)
            aa64_bitfield(&x->o, is_signed ? AA64_I_SBFM : AA64_I_UBFM, 1, X17, rb, (64 - shift) & 63, shift > 32 ? 63 - shift : 31);
        aa64_shifted(&x->o, AA64_I_ADD, 1, dst, ra, wide ? X17 : rb, AA64_LSL, wide ? 0 : shift);
    } else {
        aa64_integer(x, IR_I64, X16, in->c);
        aa64_r3(&x->o, !wide ? AA64_I_MADD : is_signed ? AA64_I_SMADDL : AA64_I_UMADDL, 1, dst, rb, X16, ra);
    }
    if (off)
        aa64_add_imm(x, 1, dst, dst, off);
    gen_def(g, i, dst, 0);
}

/* ---- overflow arithmetic ---- */

static void overflow(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    Aa64Out *o = &x->o;
    unsigned size = aa64_size((IrType)in->type), ra = gen_in(g, in->a), rb = gen_in(g, in->b), dst = gen_alloc(g, g->t->scratch[0]);
    uint32_t proj = i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i ? i + 1 : 0;
    Aa64Cond c = AA64_NE;
    switch (in->op) {
    case IR_SADDO: case IR_UADDO:
        aa64_r(o, AA64_I_ADDS, size, dst, ra, rb);
        c = in->op == IR_SADDO ? AA64_VS : AA64_HS;
        break;
    case IR_SSUBO: case IR_USUBO:
        aa64_r(o, AA64_I_SUBS, size, dst, ra, rb);
        c = in->op == IR_SSUBO ? AA64_VS : AA64_LO;
        break;
    case IR_SMULO:
        if (size) {
            aa64_r(o, AA64_I_SMULH, 1, X16, ra, rb);
            aa64_r3(o, AA64_I_MADD, 1, dst, ra, rb, ZR);
            aa64_shifted(o, AA64_I_SUBS, 1, ZR, X16, dst, AA64_ASR, 63);
        } else {
            aa64_r3(o, AA64_I_SMADDL, 1, dst, ra, rb, ZR);
            aa64_extended(o, AA64_I_SUBS_E, ZR, dst, dst, AA64_SXTW, 0);
        }
        break;
    default:
        if (size) {
            aa64_r(o, AA64_I_UMULH, 1, X16, ra, rb);
            aa64_r3(o, AA64_I_MADD, 1, dst, ra, rb, ZR);
            aa64_addi(o, AA64_I_SUBS_I, 1, ZR, X16, 0);
        } else {
            aa64_r3(o, AA64_I_UMADDL, 1, dst, ra, rb, ZR);
            aa64_logi(o, AA64_I_ANDS_I, 1, ZR, dst, 0xffffffff00000000u);
        }
        break;
    }
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    unsigned bit = proj ? gen_alloc(g, g->t->scratch[0]) : GEN_NOREG;
    if (proj)
        aa64_cset(x, bit, c);
    gen_def(g, i, dst, in->op == IR_SMULO || in->op == IR_UMULO ? 0 : GV_CANON);
    if (proj) {
        gen_consume(g, (IrRef)i);
        gen_def(g, proj, bit, GV_CANON | GV_NONNEG);
    }
}

/* ---- extensions ---- */

/* i is the very content of a's register: no code where a dies or is an alias. */
static void pass(Aa64Fast *x, uint32_t i, IrRef a)
{
    Gen *g = &x->g;
    bool narrow = gen_type(g, a) == IR_I32;
    unsigned ra = gen_in(g, a), dst, flags = narrow && a > 0 ? g->vals[a].flags & (GV_CANON | GV_NONNEG) : 0;
    if (a > 0 && (g->vals[a].flags & (GV_ALIAS | GV_PINNED)) && g->vals[i].pin == GEN_NOREG) {
        gen_def_alias(g, i, ra, flags);
        gen_out(g, a, ra);
        return;
    }
    if (a > 0 && gen_want(g, i) == GEN_NOREG && gen_take(g, a, ra)) {
        gen_def(g, i, ra, flags);
        return;
    }
    dst = aa64_dst(x, i, a, ra, 0, 0);
    if (dst != ra)
        aa64_move(x, IR_I64, dst, ra);
    gen_def(g, i, dst, flags);
}

void aa64_bool(Aa64Fast *x, uint32_t i, IrRef a, bool invert)
{
    if (!invert) {
        pass(x, i, a);
        return;
    }
    unsigned ra = gen_in(&x->g, a), dst = aa64_dst(x, i, a, ra, 0, 0);
    aa64_logi(&x->o, AA64_I_EOR_I, 0, dst, ra, 1);
    gen_def(&x->g, i, dst, GV_CANON | GV_NONNEG);
}

static void extend(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    bool is_signed = in->op == IR_SEXT8 || in->op == IR_SEXT16 || in->op == IR_SEXT32;
    unsigned size = in->op == IR_SEXT8 || in->op == IR_ZEXT8 ? 1 : in->op == IR_SEXT16 || in->op == IR_ZEXT16 ? 2 : 4;
    unsigned flags = in->op == IR_ZEXT8 || in->op == IR_ZEXT16 ? GV_CANON | GV_NONNEG : GV_CANON;
    if (in->op == IR_TRUNC || (size < 4 && in->type == IR_I32 && gen_extended(&x->g, in->a, size, is_signed))) {
        pass(x, i, in->a);
        return;
    }
    unsigned ra = aa64_in(x, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    aa64_extend(x, (IrType)in->type, dst, ra, size, is_signed);
    gen_def(&x->g, i, dst, flags);
}

/* Does widening value a change nothing? */
static bool wide_already(const Aa64Fast *x, const IrIns *in)
{
    const GenVal *v = &x->g.vals[in->a];
    if (in->op == IR_SEXT32 && in->a > 0 && in->a == (IrRef)x->wide_load)
        return true;
    return in->a > 0 && !(v->flags & GV_DEFER) && (v->flags & (in->op == IR_SEXT32 ? GV_NONNEG : GV_CANON));
}

/* ---- the switch ---- */

static void emit(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    unsigned size = aa64_size((IrType)in->type);
    switch (in->op) {
    case IR_ADD: case IR_SUB: case IR_AND: case IR_OR: case IR_XOR: binary(x, i, in); return;
    case IR_MUL: multiply(x, i, in); return;
    case IR_MULHS: case IR_MULHU: high(x, i, in); return;
    case IR_SDIV: case IR_UDIV: case IR_SREM: case IR_UREM: aa64_div(x, i, in); return;
    case IR_SHL: case IR_LSHR: case IR_ASHR: shift(x, i, in); return;
    case IR_ROTL: case IR_ROTR: rotate(x, i, in); return;
    case IR_NEG: case IR_NOT: {
        unsigned ra = aa64_in(x, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
        aa64_r(&x->o, in->op == IR_NEG ? AA64_I_SUB : AA64_I_ORN, size, dst, ZR, ra);
        gen_def(&x->g, i, dst, GV_CANON);
        return;
    }
    case IR_CLZ: case IR_CTZ: case IR_POPCNT: count(x, i, in); return;
    case IR_BSWAP: one(x, i, AA64_I_REV, size, in->a); return;
    case IR_INDEX: index_op(x, i, in); return;
    case IR_SEXT32: case IR_ZEXT32:
        if (wide_already(x, in))
            pass(x, i, in->a);
        else
            extend(x, i, in);
        return;
    case IR_SEXT8: case IR_SEXT16: case IR_ZEXT8: case IR_ZEXT16: case IR_TRUNC: extend(x, i, in); return;
    default: overflow(x, i, in); return;
    }
}

void aa64_int_value(Aa64Fast *x, uint32_t i)
{
    x->g.vals[i].flags &= (uint16_t)~GV_DEFER;
    emit(x, i, gen_ins(&x->g, i));
}

static bool waits(const Aa64Fast *x, uint32_t i, const IrIns *in)
{
    if (in->op == IR_ADD || in->op == IR_INDEX)
        return aa64_address_waits(x, i, in);
    if (in->op == IR_NOT)
        return not_waits(x, i);
    if (in->op == IR_ZEXT32)
        return !wide_already(x, in) && extension_waits(x, i);
    /* In units, src/gen/unit.c knows what may wait. */
    if (x->mode == FRAME_UNIT)
        return false;
    switch (in->op) {
    case IR_SHL: case IR_LSHR: case IR_ASHR: return shift_waits(x, i, in);
    case IR_SEXT32: return !wide_already(x, in) && extension_waits(x, i);
    case IR_MUL: return product_waits(x, i, in);
    case IR_AND: return asked_for_zero(x, i);
    default: return false;
    }
}

void aa64_int(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    bool over = in->op >= IR_SADDO && in->op <= IR_UMULO;
    if (gen_dead(g, i) && !over) {
        gen_consume(g, in->a);
        if (gen_is_value(ir_ops[in->op].operands[1]))
            gen_consume(g, in->b);
        return;
    }
    if (waits(x, i, in))
        g->vals[i].flags |= GV_DEFER;
    else
        emit(x, i, in);
}
