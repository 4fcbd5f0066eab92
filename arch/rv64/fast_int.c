/* fast_int: integer operations. What an address or the next instruction takes with it (displacements, indexes, NOT, zext32) waits
 * without code. */
#include "arch/rv64/fast.h"

unsigned rv64_in(Rv64Fast *x, IrRef r)
{
    int64_t v;
    if (r < 0 && ((ir_is_int(x->g.f, r, &v) && !v) ||
                  (ir_const(x->g.f, r)->kind == IR_C_UNDEF && !ir_is_float(ir_const(x->g.f, r)->type))))
        return ZERO;
    return gen_in(&x->g, r);
}

unsigned rv64_dst(Rv64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned rb)
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
    /* Short forms overwrite their first operand, where that is free now. */
    uint64_t all = gen_class(g, gen_type(g, (IrRef)i)), same = a ? (uint64_t)1 << ra & g->free & all : 0;
    return gen_alloc(g, same && !(g->free & all & g->prefer) ? same : all);
}

void rv64_extend(Rv64Fast *x, unsigned dst, unsigned src, unsigned size, bool is_signed)
{
    unsigned n = 64 - 8 * size;
    if (size == 8) {
        rv64_mov(x, IR_I64, dst, src);
    } else if (size == 1 && !is_signed) {
        rv64_i(&x->o, RV64_I_ANDI, dst, src, 255);
    } else if (size == 4 && is_signed) {
        rv64_i(&x->o, RV64_I_ADDIW, dst, src, 0);
    } else if (size == 4 && (x->o.ext & RV64_X_ZBA)) {
        rv64_r(&x->o, RV64_I_ADD_UW, dst, src, ZERO);
    } else if (size < 4 && (x->o.ext & RV64_X_ZBB)) {
        rv64_r1(&x->o, size == 1 ? RV64_I_SEXT_B : is_signed ? RV64_I_SEXT_H : RV64_I_ZEXT_H, dst, src);
    } else {
        rv64_i(&x->o, RV64_I_SLLI, dst, src, n);
        rv64_i(&x->o, is_signed ? RV64_I_SRAI : RV64_I_SRLI, dst, dst, n);
    }
}

bool rv64_imm12(const Rv64Fast *x, IrRef r, int64_t *v)
{
    return r < 0 && ir_is_int(x->g.f, r, v) && bits_fits_s(*v, 12);
}

/* ---- one instruction each ---- */

static void three(Rv64Fast *x, uint32_t i, Rv64Row row, IrRef a, IrRef b)
{
    unsigned ra = rv64_in(x, a), rb = rv64_in(x, b), dst = rv64_dst(x, i, a, ra, b, rb);
    rv64_r(&x->o, row, dst, ra, rb);
    gen_def(&x->g, i, dst, 0);
}

static void one(Rv64Fast *x, uint32_t i, Rv64Row row, IrRef a)
{
    unsigned ra = rv64_in(x, a), dst = rv64_dst(x, i, a, ra, 0, 0);
    rv64_r1(&x->o, row, dst, ra);
    gen_def(&x->g, i, dst, 0);
}

static void with_imm(Rv64Fast *x, uint32_t i, Rv64Row row, IrRef a, int64_t v)
{
    unsigned ra = rv64_in(x, a), dst = rv64_dst(x, i, a, ra, 0, 0);
    rv64_i(&x->o, row, dst, ra, v);
    gen_def(&x->g, i, dst, 0);
}

typedef struct Alu { uint16_t r64, r32, i64, i32; } Alu;
static const Alu alu[] = {
    [IR_ADD] = { RV64_I_ADD, RV64_I_ADDW, RV64_I_ADDI, RV64_I_ADDIW },
    [IR_SUB] = { RV64_I_SUB, RV64_I_SUBW, 0, 0 },
    [IR_MUL] = { RV64_I_MUL, RV64_I_MULW, 0, 0 },
    [IR_SDIV] = { RV64_I_DIV, RV64_I_DIVW, 0, 0 },
    [IR_UDIV] = { RV64_I_DIVU, RV64_I_DIVUW, 0, 0 },
    [IR_SREM] = { RV64_I_REM, RV64_I_REMW, 0, 0 },
    [IR_UREM] = { RV64_I_REMU, RV64_I_REMUW, 0, 0 },
    [IR_AND] = { RV64_I_AND, RV64_I_AND, RV64_I_ANDI, RV64_I_ANDI },
    [IR_OR] = { RV64_I_OR, RV64_I_OR, RV64_I_ORI, RV64_I_ORI },
    [IR_XOR] = { RV64_I_XOR, RV64_I_XOR, RV64_I_XORI, RV64_I_XORI },
    [IR_SHL] = { RV64_I_SLL, RV64_I_SLLW, RV64_I_SLLI, RV64_I_SLLIW },
    [IR_LSHR] = { RV64_I_SRL, RV64_I_SRLW, RV64_I_SRLI, RV64_I_SRLIW },
    [IR_ASHR] = { RV64_I_SRA, RV64_I_SRAW, RV64_I_SRAI, RV64_I_SRAIW },
};

/* Is constant b for `op` one bit that Zbs names? Bit 31 of an i32 would have to be repeated above. */
static bool single_bit(const Rv64Fast *x, unsigned op, IrRef b, bool w32, int64_t *bit)
{
    int64_t v;
    if (op < IR_AND || op > IR_XOR || b >= 0 || !ir_is_int(x->g.f, b, &v))
        return false;
    uint64_t u = op == IR_AND ? ~(uint64_t)v : (uint64_t)v;
    if (w32)
        u &= 0xffffffffu;
    if (!u || (u & (u - 1)) || (w32 && u >> 31))
        return false;
    *bit = (int64_t)gen_ctz(u);
    return true;
}

/* A NOT that waits for and, or, xor behind it (Zbb). */
static bool inverted(const Rv64Fast *x, IrRef r)
{
    return gen_deferred(&x->g, r) && gen_is(&x->g, r, IR_NOT);
}

static bool not_waits(const Rv64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    const IrIns *n = gen_ins(g, i + 1);
    int64_t v;
    if (!(x->o.ext & RV64_X_ZBB) || g->vals[i].uses != 1 || (g->vals[i].flags & GV_GLOBAL) || i + 1 >= g->end)
        return false;
    return n->op >= IR_AND && n->op <= IR_XOR && (n->a == (IrRef)i) != (n->b == (IrRef)i) && !(n->aux & IR_HAS_STATE) &&
           !gen_dead(g, i + 1) && !ir_is_int(g->f, n->a == (IrRef)i ? n->b : n->a, &v);
}

static void plain(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    const Alu *u = &alu[in->op];
    bool w32 = in->type == IR_I32, shift = in->op >= IR_SHL && in->op <= IR_ASHR;
    int64_t v;
    IrRef a = in->a, b = in->b;
    if (u->i64 && !shift && rv64_imm12(x, a, &v)) {
        IrRef t = a;
        a = b;
        b = t;
    }
    if (in->op == IR_SUB && b < 0 && ir_is_int(x->g.f, b, &v) && bits_fits_s(-v, 12) && v != INT64_MIN) {
        with_imm(x, i, w32 ? RV64_I_ADDIW : RV64_I_ADDI, a, -v);
    } else if (shift && b < 0 && ir_is_int(x->g.f, b, &v)) {
        with_imm(x, i, (Rv64Row)(w32 ? u->i32 : u->i64), a, v & (w32 ? 31 : 63));
    } else if (u->i64 && rv64_imm12(x, b, &v)) {
        with_imm(x, i, (Rv64Row)(w32 ? u->i32 : u->i64), a, v);
    } else if ((x->o.ext & RV64_X_ZBS) && single_bit(x, in->op, b, w32, &v)) {
        with_imm(x, i, in->op == IR_OR ? RV64_I_BSETI : in->op == IR_XOR ? RV64_I_BINVI : RV64_I_BCLRI, a, v);
    } else if (inverted(x, a) || inverted(x, b)) {
        IrRef t = inverted(x, b) ? b : a;
        IrRef other = t == b ? a : b, under = gen_ins(&x->g, (uint32_t)t)->a;
        x->g.vals[t].flags &= (uint16_t)~GV_DEFER;
        x->g.vals[t].uses = 0;
        three(x, i, in->op == IR_AND ? RV64_I_ANDN : in->op == IR_OR ? RV64_I_ORN : RV64_I_XNOR, other, under);
    } else {
        three(x, i, (Rv64Row)(w32 ? u->r32 : u->r64), a, b);
    }
}

static void zero_extend(Rv64Fast *x, unsigned dst, unsigned src)
{
    rv64_extend(x, dst, src, 4, false);
}

/* ---- several instructions: results go to a register apart from the operands ---- */

static void high(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    bool is_signed = in->op == IR_MULHS;
    if (in->type == IR_I64) {
        three(x, i, is_signed ? RV64_I_MULH : RV64_I_MULHU, in->a, in->b);
        return;
    }
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), dst = gen_alloc(g, g->t->scratch[0]);
    if (is_signed) {
        rv64_r(&x->o, RV64_I_MUL, dst, ra, rb);
        rv64_i(&x->o, RV64_I_SRAI, dst, dst, 32);
    } else {
        rv64_i(&x->o, RV64_I_SLLI, T6, ra, 32);
        rv64_i(&x->o, RV64_I_SLLI, T5, rb, 32);
        rv64_r(&x->o, RV64_I_MULHU, dst, T6, T5);
        rv64_i(&x->o, RV64_I_SRAI, dst, dst, 32);
    }
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    gen_def(g, i, dst, 0);
}

static void rotate(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    bool w = in->type == IR_I32, left = in->op == IR_ROTL;
    unsigned ra, rb = GEN_NOREG, dst, bits = w ? 32 : 64;
    int64_t v;
    if (x->o.ext & RV64_X_ZBB) {
        if (ir_is_int(g->f, in->b, &v))
            with_imm(x, i, w ? RV64_I_RORIW : RV64_I_RORI, in->a, (int64_t)((left ? 0 - (uint64_t)v : (uint64_t)v) & (bits - 1)));
        else
            three(x, i, w ? (left ? RV64_I_ROLW : RV64_I_RORW) : left ? RV64_I_ROL : RV64_I_ROR, in->a, in->b);
        return;
    }
    ra = gen_in(g, in->a);
    dst = gen_alloc(g, g->t->scratch[0]);
    Rv64Row shl = w ? RV64_I_SLLW : RV64_I_SLL, shr = w ? RV64_I_SRLW : RV64_I_SRL;
    if (ir_is_int(g->f, in->b, &v)) {
        unsigned n = (unsigned)v & (bits - 1);
        if (!left)
            n = (bits - n) & (bits - 1);
        rv64_i(&x->o, w ? RV64_I_SLLIW : RV64_I_SLLI, dst, ra, n);
        rv64_i(&x->o, w ? RV64_I_SRLIW : RV64_I_SRLI, T6, ra, (bits - n) & (bits - 1));
    } else {
        rb = gen_in(g, in->b);
        rv64_r(&x->o, RV64_I_SUB, T6, ZERO, rb);
        rv64_r(&x->o, left ? shl : shr, dst, ra, rb);
        rv64_r(&x->o, left ? shr : shl, T6, ra, T6);
    }
    rv64_r(&x->o, RV64_I_OR, dst, dst, T6);
    gen_out(g, in->a, ra);
    if (rb != GEN_NOREG)
        gen_out(g, in->b, rb);
    gen_def(g, i, dst, 0);
}

/* dst = number of ones in dst; t5, t6 change (Warren, Hacker's Delight, 5-1). */
static void count_ones(Rv64Fast *x, unsigned dst)
{
    Rv64Out *o = &x->o;
    rv64_li(o, T6, 0x5555555555555555);
    rv64_i(o, RV64_I_SRLI, T5, dst, 1);
    rv64_r(o, RV64_I_AND, T5, T5, T6);
    rv64_r(o, RV64_I_SUB, dst, dst, T5);
    rv64_li(o, T6, 0x3333333333333333);
    rv64_r(o, RV64_I_AND, T5, dst, T6);
    rv64_i(o, RV64_I_SRLI, dst, dst, 2);
    rv64_r(o, RV64_I_AND, dst, dst, T6);
    rv64_r(o, RV64_I_ADD, dst, dst, T5);
    rv64_i(o, RV64_I_SRLI, T5, dst, 4);
    rv64_r(o, RV64_I_ADD, dst, dst, T5);
    rv64_li(o, T6, 0x0f0f0f0f0f0f0f0f);
    rv64_r(o, RV64_I_AND, dst, dst, T6);
    if (o->ext & RV64_X_M) {
        rv64_li(o, T6, 0x0101010101010101);
        rv64_r(o, RV64_I_MUL, dst, dst, T6);
        rv64_i(o, RV64_I_SRLI, dst, dst, 56);
        return;
    }
    for (unsigned k = 8; k < 64; k *= 2) {
        rv64_i(o, RV64_I_SRLI, T5, dst, k);
        rv64_r(o, RV64_I_ADD, dst, dst, T5);
    }
    rv64_i(o, RV64_I_ANDI, dst, dst, 127);
}

static void count(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    Rv64Out *o = &x->o;
    bool w = in->type == IR_I32;
    if (o->ext & RV64_X_ZBB) {
        static const uint16_t rows[2][3] = { { RV64_I_CLZ, RV64_I_CTZ, RV64_I_CPOP }, { RV64_I_CLZW, RV64_I_CTZW, RV64_I_CPOPW } };
        one(x, i, (Rv64Row)rows[w][in->op == IR_CLZ ? 0 : in->op == IR_CTZ ? 1 : 2], in->a);
        return;
    }
    unsigned ra = gen_in(g, in->a), dst = gen_alloc(g, g->t->scratch[0]);
    if (in->op == IR_CTZ) {
        rv64_i(o, RV64_I_ADDI, T6, ra, -1);
        rv64_i(o, RV64_I_XORI, dst, ra, -1);
        rv64_r(o, RV64_I_AND, dst, dst, T6);
        if (w)
            zero_extend(x, dst, dst);
    } else if (w) {
        zero_extend(x, dst, ra);
    } else {
        rv64_mov(x, IR_I64, dst, ra);
    }
    if (in->op == IR_CLZ)
        for (unsigned k = 1; k < (w ? 32 : 64); k *= 2) {
            rv64_i(o, RV64_I_SRLI, T6, dst, k);
            rv64_r(o, RV64_I_OR, dst, dst, T6);
        }
    count_ones(x, dst);
    if (in->op == IR_CLZ) {
        rv64_i(o, RV64_I_ADDI, dst, dst, w ? -32 : -64);
        rv64_r(o, RV64_I_SUB, dst, ZERO, dst);
    }
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

static void byte_swap(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    Rv64Out *o = &x->o;
    static const int64_t masks[2] = { 0x00ff00ff00ff00ff, 0x0000ffff0000ffff };
    if (o->ext & RV64_X_ZBB) {
        unsigned from = rv64_in(x, in->a), to = rv64_dst(x, i, in->a, from, 0, 0);
        rv64_r1(o, RV64_I_REV8, to, from);
        if (in->type == IR_I32)
            rv64_i(o, RV64_I_SRAI, to, to, 32);
        gen_def(g, i, to, 0);
        return;
    }
    unsigned ra = gen_in(g, in->a), dst = gen_alloc(g, g->t->scratch[0]), t = gen_alloc(g, g->t->scratch[0]);
    rv64_mov(x, IR_I64, dst, ra);
    for (unsigned k = 0; k < 2; k++) {
        unsigned n = 8u << k;
        rv64_li(o, T6, masks[k]);
        rv64_r(o, RV64_I_AND, t, dst, T6);
        rv64_i(o, RV64_I_SLLI, t, t, n);
        rv64_i(o, RV64_I_SRLI, dst, dst, n);
        rv64_r(o, RV64_I_AND, dst, dst, T6);
        rv64_r(o, RV64_I_OR, dst, dst, t);
    }
    if (in->type == IR_I32) {
        rv64_extend(x, dst, dst, 4, true);
    } else {
        rv64_i(o, RV64_I_SLLI, t, dst, 32);
        rv64_i(o, RV64_I_SRLI, dst, dst, 32);
        rv64_r(o, RV64_I_OR, dst, dst, t);
    }
    gen_free(g, t);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

/* The zext32 that a waits behind index i, its only user, as its counter: one pair of shifts does both. */
static bool zext_waits(const Rv64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    if (g->vals[i].uses != 1 || (g->vals[i].flags & GV_GLOBAL) || i + 1 >= g->end)
        return false;
    const IrIns *n = gen_ins(g, i + 1);
    return n->op == IR_INDEX && n->b == (IrRef)i && n->a != (IrRef)i && n->c > 0 && n->c <= 1 << 20 && !(n->c & (n->c - 1)) &&
           !(n->aux & IR_HAS_STATE) && !gen_dead(g, i + 1);
}

/* t6 = rb * c, with nothing but shifts and additions; rb stays. */
static void times(Rv64Fast *x, unsigned rb, uint64_t c)
{
    Rv64Out *o = &x->o;
    bool negative = (int64_t)c < 0;
    uint64_t m = negative ? 0 - c : c;
    unsigned top = 63 - bits_clz64(m);
    rv64_mov(x, IR_I64, T6, rb);
    for (unsigned k = top, run = 0; k-- > 0;) {
        run++;
        if (!(m >> k & 1) && k)
            continue;
        rv64_i(o, RV64_I_SLLI, T6, T6, run);
        run = 0;
        if (m >> k & 1)
            rv64_r(o, RV64_I_ADD, T6, T6, rb);
    }
    if (negative)
        rv64_r(o, RV64_I_SUB, T6, ZERO, T6);
}

/* dst = base + rb * c; wide: rb counts as a word without sign. base may be dst; t6 changes. */
static void indexed(Rv64Fast *x, unsigned dst, unsigned base, unsigned rb, int64_t c, bool wide)
{
    Rv64Out *o = &x->o;
    bool power = c > 0 && !(c & (c - 1));
    unsigned from = T6, shift = power ? gen_ctz((uint64_t)c) : 0;
    if (power && shift <= 3 && (o->ext & RV64_X_ZBA) && (shift || wide)) {
        static const uint16_t rows[2][4] = { { RV64_I_ADD, RV64_I_SH1ADD, RV64_I_SH2ADD, RV64_I_SH3ADD },
                                             { RV64_I_ADD_UW, RV64_I_SH1ADD_UW, RV64_I_SH2ADD_UW, RV64_I_SH3ADD_UW } };
        rv64_r(o, (Rv64Row)rows[wide][shift], dst, rb, base);
        return;
    }
    if (wide) {
        rv64_i(o, RV64_I_SLLI, T6, rb, 32);
        rv64_i(o, RV64_I_SRLI, T6, T6, 32 - shift);
    } else if (c == 1) {
        from = rb;
    } else if (power) {
        rv64_i(o, RV64_I_SLLI, T6, rb, shift);
    } else if (o->ext & RV64_X_M) {
        rv64_li(o, T6, c);
        rv64_r(o, RV64_I_MUL, T6, rb, T6);
    } else {
        times(x, rb, (uint64_t)c);
    }
    rv64_r(o, RV64_I_ADD, dst, base, from);
}

/* The counter of an index: the operand of a zext32 that waited for it. */
static IrRef counter(Rv64Fast *x, IrRef b, bool *wide)
{
    Gen *g = &x->g;
    *wide = gen_deferred(g, b) && gen_is(g, b, IR_ZEXT32);
    if (!*wide)
        return b;
    g->vals[b].flags &= (uint16_t)~GV_DEFER;
    g->vals[b].uses = 0;
    return gen_ins(g, (uint32_t)b)->a;
}

static void index_op(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    bool wide;
    IrRef b = counter(x, in->b, &wide);
    unsigned ra = rv64_in(x, in->a), rb = rv64_in(x, b);
    /* First of all: making room may need t6. */
    unsigned dst = rv64_dst(x, i, in->a, ra, b, rb);
    indexed(x, dst, ra, rb, in->c, wide);
    gen_def(&x->g, i, dst, 0);
}

unsigned rv64_indexed(Rv64Fast *x, const IrIns *in, unsigned base)
{
    Gen *g = &x->g;
    bool wide;
    IrRef b = counter(x, in->b, &wide);
    unsigned rb = rv64_in(x, b), t = gen_alloc(g, g->t->scratch[0]);
    indexed(x, t, base, rb, in->c, wide);
    gen_out(g, b, rb);
    return t;
}

static void overflow(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    Rv64Out *o = &x->o;
    bool w = in->type == IR_I32;
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), dst = gen_alloc(g, g->t->scratch[0]), ov = gen_alloc(g, g->t->scratch[0]);
    uint32_t proj = i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i ? i + 1 : 0;
    bool differ = false;           /* ov = t6 != dst */
    switch (in->op) {
    case IR_SADDO: case IR_SSUBO: {
        bool add = in->op == IR_SADDO;
        if (w) {
            rv64_r(o, add ? RV64_I_ADD : RV64_I_SUB, T6, ra, rb);
            rv64_r(o, add ? RV64_I_ADDW : RV64_I_SUBW, dst, ra, rb);
            differ = true;
        } else {
            rv64_r(o, add ? RV64_I_ADD : RV64_I_SUB, dst, ra, rb);
            rv64_r(o, RV64_I_SLT, T6, add ? dst : ra, add ? ra : dst);
            rv64_i(o, RV64_I_SLTI, T5, rb, 0);
            rv64_r(o, RV64_I_XOR, ov, T5, T6);
        }
        break;
    }
    case IR_UADDO:
        rv64_r(o, w ? RV64_I_ADDW : RV64_I_ADD, dst, ra, rb);
        rv64_r(o, RV64_I_SLTU, ov, dst, ra);
        break;
    case IR_USUBO:
        rv64_r(o, w ? RV64_I_SUBW : RV64_I_SUB, dst, ra, rb);
        rv64_r(o, RV64_I_SLTU, ov, ra, rb);
        break;
    case IR_SMULO:
        if (w) {
            rv64_r(o, RV64_I_MUL, T6, ra, rb);
            rv64_r(o, RV64_I_MULW, dst, ra, rb);
            differ = true;
        } else {
            rv64_r(o, RV64_I_MULH, T6, ra, rb);
            rv64_r(o, RV64_I_MUL, dst, ra, rb);
            rv64_i(o, RV64_I_SRAI, T5, dst, 63);
            rv64_r(o, RV64_I_XOR, ov, T5, T6);
            rv64_r(o, RV64_I_SLTU, ov, ZERO, ov);
        }
        break;
    default:
        if (w) {
            rv64_i(o, RV64_I_SLLI, T6, ra, 32);
            rv64_i(o, RV64_I_SLLI, T5, rb, 32);
            rv64_r(o, RV64_I_MULHU, T6, T6, T5);
            rv64_r(o, RV64_I_MULW, dst, ra, rb);
            rv64_i(o, RV64_I_SRLI, ov, T6, 32);
        } else {
            rv64_r(o, RV64_I_MULHU, ov, ra, rb);
            rv64_r(o, RV64_I_MUL, dst, ra, rb);
        }
        rv64_r(o, RV64_I_SLTU, ov, ZERO, ov);
        break;
    }
    if (differ) {
        rv64_r(o, RV64_I_XOR, ov, T6, dst);
        rv64_r(o, RV64_I_SLTU, ov, ZERO, ov);
    }
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    gen_def(g, i, dst, 0);
    if (proj) {
        gen_consume(g, (IrRef)i);
        gen_def(g, proj, ov, 0);
    } else {
        gen_free(g, ov);
    }
}

/* ---- deferred additions ---- */

/* Is add i wanted as the address of memory operations of its block only? */
static bool is_address(const Rv64Fast *x, uint32_t i, const IrIns *in)
{
    const GenVal *v = &x->g.vals[i];
    int64_t c;
    return in->op == IR_ADD && in->type == IR_I64 && in->a > 0 && v->uses && !(v->flags & (GV_GLOBAL | GV_OTHER | GV_BASE)) &&
           rv64_imm12(x, in->b, &c);
}

static void extend(Rv64Fast *x, uint32_t i, const IrIns *in);

/* Is add i a displacement in front of an index that comes soon, its only user? It waits to be part of the address. */
static bool is_base(const Rv64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    int64_t c;
    if (in->op != IR_ADD || in->type != IR_I64 || in->a <= 0 || v->uses != 1 || (v->flags & (GV_GLOBAL | GV_OTHER)) ||
        !(v->flags & GV_BASE) || gen_deferred(g, in->a) || !rv64_imm12(x, in->b, &c))
        return false;
    for (uint32_t k = i + 1; k < g->end && k < i + 9; k++)
        if (gen_ins(g, k)->op == IR_INDEX && gen_ins(g, k)->a == (IrRef)i)
            return true;
    return false;
}

/* Does index i wait for the one memory operation that it is for, so that the displacement before it goes there? */
static bool index_waits(const Rv64Fast *x, uint32_t i, const IrIns *in)
{
    const Gen *g = &x->g;
    const GenVal *v = &g->vals[i];
    bool slot = in->a < 0 && ir_const(g->f, in->a)->kind == IR_C_SLOT;
    if (v->uses != 1 || (v->flags & (GV_GLOBAL | GV_OTHER)) || !(slot || (gen_deferred(g, in->a) && gen_is(g, in->a, IR_ADD))))
        return false;
    if (!(v->flags & GV_BASE))
        return true;
    const IrIns *n = gen_ins(g, i + 1);
    return i + 1 < g->end && n->a == (IrRef)i && g->vals[i + 1].uses == 1 && is_address(x, i + 1, n);
}

void rv64_int_value(Rv64Fast *x, uint32_t i)
{
    const IrIns *in = gen_ins(&x->g, i);
    x->g.vals[i].flags &= (uint16_t)~GV_DEFER;
    if (in->op == IR_NOT)
        with_imm(x, i, RV64_I_XORI, in->a, -1);
    else if (in->op == IR_ZEXT32)
        extend(x, i, in);
    else if (in->op == IR_INDEX)
        index_op(x, i, in);
    else
        plain(x, i, in);
}

/* Is bit 31 of i32 value r known to be 0? */
static bool nonneg(const Rv64Fast *x, IrRef r)
{
    const Gen *g = &x->g;
    int64_t v;
    if (r <= 0)
        return false;
    const IrIns *in = gen_ins(g, (uint32_t)r);
    switch (in->op) {
    case IR_LOAD: return (in->aux & IR_MEM_SIZE) < 2 && !(in->aux & IR_MEM_SIGNED);
    case IR_ZEXT8: case IR_ZEXT16: return true;
    case IR_AND: return ir_is_int(g->f, in->b, &v) && (int32_t)v >= 0;
    case IR_LSHR: return ir_is_int(g->f, in->b, &v) && (v & 31);
    default: return ir_ops[in->op].class == IRC_CMP || ir_ops[in->op].class == IRC_FCMP;
    }
}

/* i is the very content of a's register: no code where a dies or is an alias. */
static void pass(Rv64Fast *x, uint32_t i, IrRef a)
{
    Gen *g = &x->g;
    unsigned ra = rv64_in(x, a), dst;
    if (a > 0 && (g->vals[a].flags & (GV_ALIAS | GV_PINNED)) && g->vals[i].pin == GEN_NOREG) {
        gen_def_alias(g, i, ra, 0);
        gen_out(g, a, ra);
        return;
    }
    if (a > 0 && gen_want(g, i) == GEN_NOREG && gen_take(g, a, ra)) {
        gen_def(g, i, ra, 0);
        return;
    }
    dst = rv64_dst(x, i, a, ra, 0, 0);
    rv64_mov(x, IR_I64, dst, ra);
    gen_def(g, i, dst, 0);
}

static void extend(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    unsigned size = in->op == IR_SEXT8 || in->op == IR_ZEXT8 ? 1 : in->op == IR_SEXT16 || in->op == IR_ZEXT16 ? 2 : 4;
    unsigned ra = rv64_in(x, in->a), dst = rv64_dst(x, i, in->a, ra, 0, 0);
    rv64_extend(x, dst, ra, size, in->op == IR_SEXT8 || in->op == IR_SEXT16 || in->op == IR_TRUNC);
    gen_def(&x->g, i, dst, 0);
}

void rv64_int(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    bool over = in->op >= IR_SADDO && in->op <= IR_UMULO;
    if (gen_dead(g, i) && !over) {
        gen_consume(g, in->a);
        if (ir_ops[in->op].operands[1] != '.')
            gen_consume(g, in->b);
        return;
    }
    if (is_address(x, i, in) || is_base(x, i, in) || (in->op == IR_INDEX && index_waits(x, i, in))) {
        g->vals[i].flags |= GV_DEFER;
        return;
    }
    switch (in->op) {
    case IR_MULHS: case IR_MULHU: high(x, i, in); return;
    case IR_ROTL: case IR_ROTR: rotate(x, i, in); return;
    case IR_NEG: {
        unsigned ra = rv64_in(x, in->a), dst = rv64_dst(x, i, in->a, ra, 0, 0);
        rv64_r(&x->o, in->type == IR_I32 ? RV64_I_SUBW : RV64_I_SUB, dst, ZERO, ra);
        gen_def(g, i, dst, 0);
        return;
    }
    case IR_NOT:
        if (not_waits(x, i))
            g->vals[i].flags |= GV_DEFER;
        else
            with_imm(x, i, RV64_I_XORI, in->a, -1);
        return;
    case IR_CLZ: case IR_CTZ: case IR_POPCNT: count(x, i, in); return;
    case IR_BSWAP: byte_swap(x, i, in); return;
    case IR_INDEX: index_op(x, i, in); return;
    case IR_ZEXT32:
        if (nonneg(x, in->a)) {
            pass(x, i, in->a);
            return;
        }
        if (zext_waits(x, i)) {
            g->vals[i].flags |= GV_DEFER;
            return;
        }
        extend(x, i, in);
        return;
    case IR_SEXT8: case IR_SEXT16: case IR_ZEXT8: case IR_ZEXT16:
        if (in->type == IR_I32 && gen_extended(g, in->a, in->op == IR_SEXT8 || in->op == IR_ZEXT8 ? 1 : 2,
                                               in->op == IR_SEXT8 || in->op == IR_SEXT16))
            pass(x, i, in->a);
        else
            extend(x, i, in);
        return;
    case IR_SEXT32: pass(x, i, in->a); return;
    case IR_TRUNC: extend(x, i, in); return;
    case IR_SDIV: case IR_UDIV: case IR_SREM: case IR_UREM:
        if (!rv64_div(x, i, in))
            plain(x, i, in);
        return;
    default:
        if (over)
            overflow(x, i, in);
        else
            plain(x, i, in);
        return;
    }
}
