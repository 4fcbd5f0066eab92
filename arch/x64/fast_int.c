/* fast_int: integer operations, compares and select. One idea: x86's two-address form. x64_two_address finds the register an
 * operation may overwrite: the pinned register the result is wanted in, the dying operand's own, or a copy. */
#include "arch/x64/fast.h"

typedef struct Imm { bool is; int64_t v; } Imm;

/* b as an immediate of a width-w operation. */
static Imm immediate(const X64Fast *x, IrRef b, unsigned w)
{
    Imm m = { false, 0 };
    const IrConst *k;
    if (b >= 0)
        return m;
    k = ir_const(x->g.f, b);
    if (k->kind == IR_C_UNDEF) {
        m.is = true;
        return m;
    }
    if (k->kind != IR_C_INT)
        return m;
    m.v = w == 4 ? (int32_t)k->v : k->v;
    m.is = bits_fits_s(m.v, 32);
    return m;
}

static bool commutes(unsigned op)
{
    return op == IR_ADD || op == IR_MUL || op == IR_AND || op == IR_OR || op == IR_XOR;
}

/* A deferred load of the whole of type t. */
static bool mem_operand(const X64Fast *x, IrRef r)
{
    return gen_deferred(&x->g, r) && gen_is(&x->g, r, IR_LOAD) &&
           (1u << (gen_ins(&x->g, r)->aux & IR_MEM_SIZE)) == ir_type_size(gen_ins(&x->g, r)->type);
}

/* The address of deferred load r, whose only use this is. */
static void load_addr(X64Fast *x, IrRef r, X64Addr *a)
{
    const IrIns *in = gen_ins(&x->g, (uint32_t)r);
    x->g.vals[r].uses--;
    x64_addr(x, in->a, in->c, a);
}

unsigned x64_two_address(X64Fast *x, uint32_t i, IrRef a, unsigned ra, IrRef b, unsigned other, bool *taken)
{
    Gen *g = &x->g;
    IrType t = gen_type(g, a);
    unsigned want = gen_want(g, i), dst;
    *taken = false;
    if (want != GEN_NOREG && (want == ra || want != other)) {
        gen_unalias(g, want, a, b);
        if (want != ra)
            x64_mov(x, x64_width(t), want, ra);
        return want;
    }
    if (ra != other && gen_take(g, a, ra)) {
        *taken = true;
        return ra;
    }
    dst = gen_alloc(g, gen_class(g, t));
    x64_mov(x, x64_width(t), dst, ra);
    return dst;
}

static X64Row alu_row(unsigned op)
{
    switch (op) {
    case IR_ADD: return X64_I_ADD_MI8;
    case IR_SUB: return X64_I_SUB_MI8;
    case IR_AND: return X64_I_AND_MI8;
    case IR_OR: return X64_I_OR_MI8;
    default: return X64_I_XOR_MI8;
    }
}

/* op [m], b for a load, an operation and a store of the same place that directly follow each other. */
static bool read_modify_write(X64Fast *x, uint32_t i, const IrIns *in, IrRef a, IrRef b)
{
    Gen *g = &x->g;
    if (g->vals[i].uses != 1 || (g->vals[i].flags & GV_GLOBAL) || i + 1 >= g->end || !gen_deferred(g, a) || !gen_is(g, a, IR_LOAD)
        || gen_deferred(g, b))
        return false;
    const IrIns *st = gen_ins(g, i + 1), *ld = gen_ins(g, (uint32_t)a);
    unsigned size = 1u << (ld->aux & IR_MEM_SIZE);
    if (st->op != IR_STORE || st->b != (IrRef)i || st->a != ld->a || st->c != ld->c || ((st->aux ^ ld->aux) & IR_MEM_SIZE) ||
        (st->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS | IR_HAS_STATE)) || (st->aux >> IR_MEM_ORDER_SHIFT & 7) > IR_RELAXED)
        return false;
    X64Addr m, m2;
    X64Row fam = alu_row(in->op);
    Imm imm = immediate(x, b, size == 8 ? 8 : 4);
    unsigned rb = 0;
    if (!imm.is)
        rb = gen_in(g, b);
    load_addr(x, a, &m);
    x64_addr(x, st->a, st->c, &m2);
    if (imm.is) {
        int64_t v = size == 1 ? (int8_t)imm.v : size == 2 ? (int16_t)imm.v : imm.v;
        x64_mi(&x->o, size != 1 && bits_fits_s(v, 8) ? ALU(fam, MI8) : ALU(fam, MI), size, &m.m, v);
    } else {
        x64_rm(&x->o, ALU(fam, MR), size, rb, &m.m);
        gen_out(g, b, rb);
    }
    x64_addr_done(x, &m2);
    x64_addr_done(x, &m);
    g->vals[i].uses = 0;
    g->skip = i + 1;
    return true;
}

static bool can_rmw(unsigned op)
{
    return op == IR_ADD || op == IR_SUB || op == IR_AND || op == IR_OR || op == IR_XOR;
}

/* add by lea where it saves the copy; false when a two-address add is as good. */
static bool add_lea(X64Fast *x, uint32_t i, const IrIns *in, IrRef a, unsigned ra, IrRef b, unsigned rb, Imm imm)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), want = gen_want(g, i), dst;
    X64Mem m = x64_mem(ra, (int32_t)imm.v);
    if (want == GEN_NOREG ? gen_takable(g, a) || (b > 0 && gen_takable(g, b)) : want == ra || (!imm.is && want == rb))
        return false;
    if (!imm.is)
        m.index = (uint8_t)rb, m.disp = 0;
    if (want != GEN_NOREG)
        gen_unalias(g, dst = want, a, b);
    else
        dst = gen_alloc(g, g->t->scratch[0]);
    if (m.index == RSP)
        bug(g->host, "fast lane: rsp is no index");
    x64_rm(&x->o, X64_I_LEA_RM, w, dst, &m);
    gen_out(g, a, ra);
    if (!imm.is)
        gen_out(g, b, rb);
    else
        gen_consume(g, b);
    gen_def(g, i, dst, GV_CANON);
    return true;
}

static void alu(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a, b = in->b;
    unsigned w = x64_width((IrType)in->type), flags = GV_CANON, ra, rb = GEN_NOREG, dst;
    X64Row fam = alu_row(in->op);
    X64Addr m;
    bool taken, mem = false;
    if (ir_is_const(a) && commutes(in->op) && !(ir_is_const(b) && ir_const(g->f, b)->kind == IR_C_INT)) {
        IrRef t = a;
        a = b;
        b = t;
    }
    if (can_rmw(in->op) && (read_modify_write(x, i, in, a, b) || (commutes(in->op) && read_modify_write(x, i, in, b, a))))
        return;
    Imm imm = immediate(x, b, w);
    if (!imm.is && mem_operand(x, a) && !mem_operand(x, b) && commutes(in->op)) {
        IrRef t = a;
        a = b;
        b = t;
    }
    if (in->op == IR_AND && b < 0 && ir_const(g->f, b)->kind == IR_C_INT) {
        /* A mask of low bits needs no 64-bit operation. */
        int64_t v = ir_const(g->f, b)->v;
        if (w == 8 && bits_fits_u((uint64_t)v, 32)) {
            w = 4;
            imm = immediate(x, b, 4);
        }
        if (bits_fits_u((uint64_t)v, 31))
            flags |= GV_NONNEG;
    }
    ra = gen_in(g, a);
    if (imm.is) {
        if (in->op == IR_SUB && imm.v != INT32_MIN) {
            Imm neg = { true, -imm.v };
            if (add_lea(x, i, in, a, ra, b, GEN_NOREG, neg))
                return;
        } else if (in->op == IR_ADD && add_lea(x, i, in, a, ra, b, GEN_NOREG, imm)) {
            return;
        }
        dst = x64_two_address(x, i, a, ra, b, GEN_NOREG, &taken);
        if (imm.v == -1 && in->op == IR_XOR)
            x64_r(&x->o, X64_I_NOT_M, w, dst);
        else if (imm.v == -1 && in->op == IR_AND && w == 4)
            x64_mov(x, 4, dst, dst);
        else if (imm.v == 128 && (in->op == IR_ADD || in->op == IR_SUB))
            x64_alu_ri(x, in->op == IR_ADD ? X64_I_SUB_MI8 : X64_I_ADD_MI8, w, dst, -128);
        else
            x64_alu_ri(x, fam, w, dst, imm.v);
    } else if (mem_operand(x, b)) {
        unsigned want = gen_want(g, i);
        mem = true;
        load_addr(x, b, &m);
        /* The address is read before the result is written only when no copy of a comes between. */
        if (want != GEN_NOREG && want != ra && x64_addr_reads(&m, want)) {
            dst = gen_alloc(g, g->t->scratch[0]);
            x64_mov(x, w, dst, ra);
            taken = false;
        } else {
            dst = x64_two_address(x, i, a, ra, 0, GEN_NOREG, &taken);
        }
        x64_rm(&x->o, ALU(fam, RM), w, dst, &m.m);
    } else {
        rb = gen_in(g, b);
        if (in->op == IR_ADD && add_lea(x, i, in, a, ra, b, rb, imm))
            return;
        if (commutes(in->op)) {
            unsigned want = gen_want(g, i);
            if (want != GEN_NOREG ? rb == want && ra != want : !gen_takable(g, a) && gen_takable(g, b)) {
                IrRef t = a;
                unsigned rt = ra;
                a = b;
                b = t;
                ra = rb;
                rb = rt;
            }
        }
        dst = x64_two_address(x, i, a, ra, b, rb, &taken);
        x64_rr(&x->o, ALU(fam, MR), w, rb, dst);
    }
    if (!taken)
        gen_out(g, a, ra);
    if (mem)
        x64_addr_done(x, &m);
    else if (rb != GEN_NOREG)
        gen_out(g, b, rb);
    gen_def(g, i, dst, flags);
}

/* ---- shifts ---- */

static X64Row shift_row(unsigned op)
{
    switch (op) {
    case IR_SHL: return X64_I_SHL_M1;
    case IR_LSHR: return X64_I_SHR_M1;
    case IR_ASHR: return X64_I_SAR_M1;
    case IR_ROTL: return X64_I_ROL_M1;
    default: return X64_I_ROR_M1;
    }
}

static void shift_imm(X64Fast *x, X64Row m1, unsigned w, unsigned reg, unsigned n)
{
    if (n == 1)
        x64_r(&x->o, m1, w, reg);
    else if (n)
        x64_ri(&x->o, (X64Row)(m1 + 2), w, reg, n);
}

static void shift(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra, rb, dst;
    X64Row row = shift_row(in->op);
    bool taken = false;
    int64_t n;
    if (in->b < 0) {
        n = ir_const(g->f, in->b)->kind == IR_C_INT ? ir_const(g->f, in->b)->v & (int64_t)(8 * w - 1) : 0;
        ra = gen_in(g, in->a);
        dst = x64_two_address(x, i, in->a, ra, 0, GEN_NOREG, &taken);
        shift_imm(x, row, w, dst, (unsigned)n);
        if (!taken)
            gen_out(g, in->a, ra);
        gen_def(g, i, dst, GV_CANON | (in->op == IR_LSHR && n ? GV_NONNEG : 0));
        return;
    }
    bool in_cl = !gen_deferred(g, in->b) && g->vals[in->b].reg == RCX;
    if (!in_cl) {
        gen_claim(g, RCX);
        rb = gen_in(g, in->b);
        x64_mov(x, 4, RCX, rb);
    } else {
        rb = gen_in(g, in->b);
    }
    ra = gen_in(g, in->a);
    dst = x64_two_address(x, i, in->a, ra, in->b, in_cl ? RCX : GEN_NOREG, &taken);
    x64_r(&x->o, (X64Row)(row + 1), w, dst);
    if (!taken)
        gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    if (!in_cl)
        gen_free(g, RCX);
    gen_def(g, i, dst, GV_CANON);
}

/* ---- multiplication ---- */

static void lea_scaled(X64Fast *x, unsigned w, unsigned dst, unsigned src, unsigned scale)
{
    X64Mem m = x64_mem(src, 0);
    m.index = (uint8_t)src;
    m.scale = (uint8_t)scale;
    x64_rm(&x->o, X64_I_LEA_RM, w, dst, &m);
}

/* dst = src * v for the cheap v: 2^k * {1, 3, 5, 9}. */
static bool mul_cheap(uint64_t v, unsigned *scale, unsigned *shift)
{
    *scale = 0;
    if (!v)
        return false;
    *shift = gen_ctz(v);
    v >>= *shift;
    if (v == 1)
        return true;
    *scale = v == 3 ? 1 : v == 5 ? 2 : v == 9 ? 3 : 0;
    return *scale != 0;
}

/* dst = src * v; dst may be src. */
static void mul_imm(X64Fast *x, unsigned w, unsigned dst, unsigned src, int64_t v)
{
    unsigned scale, shift;
    if (mul_cheap(w == 4 ? (uint32_t)v : (uint64_t)v, &scale, &shift)) {
        if (scale)
            lea_scaled(x, w, dst, src, scale);
        else if (dst != src)
            x64_mov(x, w, dst, src);
        shift_imm(x, X64_I_SHL_M1, w, dst, shift);
    } else {
        x64_rri(&x->o, bits_fits_s(v, 8) ? X64_I_IMUL_RMI8 : X64_I_IMUL_RMI, w, dst, src, v);
    }
}

static void mul(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a, b = in->b;
    unsigned w = x64_width((IrType)in->type), ra, rb, dst;
    bool taken = false;
    if (ir_is_const(a) || (mem_operand(x, a) && !mem_operand(x, b) && !ir_is_const(b))) {
        IrRef t = a;
        a = b;
        b = t;
    }
    Imm imm = immediate(x, b, w);
    ra = gen_in(g, a);
    if (imm.is) {
        unsigned want = gen_want(g, i);
        if (want != GEN_NOREG)
            gen_unalias(g, dst = want, a, 0);
        else if ((taken = gen_take(g, a, ra)) != false)
            dst = ra;
        else
            dst = gen_alloc(g, g->t->scratch[0]);
        mul_imm(x, w, dst, ra, imm.v);
        if (want != GEN_NOREG || !taken)
            gen_out(g, a, ra);
        gen_def(g, i, dst, GV_CANON);
        return;
    }
    if (mem_operand(x, b)) {
        X64Addr m;
        unsigned want = gen_want(g, i);
        load_addr(x, b, &m);
        if (want != GEN_NOREG && want != ra && x64_addr_reads(&m, want)) {
            dst = gen_alloc(g, g->t->scratch[0]);
            x64_mov(x, w, dst, ra);
            taken = false;
        } else {
            dst = x64_two_address(x, i, a, ra, 0, GEN_NOREG, &taken);
        }
        x64_rm(&x->o, X64_I_IMUL_RM, w, dst, &m.m);
        x64_addr_done(x, &m);
    } else {
        rb = gen_in(g, b);
        unsigned want = gen_want(g, i);
        if (want != GEN_NOREG ? rb == want && ra != want : !gen_takable(g, a) && gen_takable(g, b)) {
            IrRef t = a;
            unsigned rt = ra;
            a = b;
            b = t;
            ra = rb;
            rb = rt;
        }
        dst = x64_two_address(x, i, a, ra, b, rb, &taken);
        x64_rr(&x->o, X64_I_IMUL_RM, w, dst, rb);
        gen_out(g, b, rb);
    }
    if (!taken)
        gen_out(g, a, ra);
    gen_def(g, i, dst, GV_CANON);
}

/* ---- one operand ---- */

static void unary(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra = gen_in(g, in->a), dst;
    bool taken = false;
    dst = x64_two_address(x, i, in->a, ra, 0, GEN_NOREG, &taken);
    if (in->op == IR_BSWAP)
        x64_r(&x->o, X64_I_BSWAP_O, w, dst);
    else
        x64_r(&x->o, in->op == IR_NEG ? X64_I_NEG_M : X64_I_NOT_M, w, dst);
    if (!taken)
        gen_out(g, in->a, ra);
    gen_def(g, i, dst, GV_CANON);
}

/* A register for a result computed from ra in one instruction that reads before it writes. Consumes a. */
static unsigned result(X64Fast *x, uint32_t i, IrRef a, unsigned ra)
{
    Gen *g = &x->g;
    unsigned want = gen_want(g, i), dst;
    if (want != GEN_NOREG) {
        gen_unalias(g, want, a, 0);
        gen_out(g, a, ra);
        return want;
    }
    if (ra < XMM0 && gen_take(g, a, ra))
        return ra;
    dst = gen_alloc(g, g->t->scratch[0]);
    gen_out(g, a, ra);
    return dst;
}

void x64_extend(X64Fast *x, unsigned dst, unsigned src, unsigned size, bool is_signed, IrType t)
{
    unsigned w = t == IR_I64 && is_signed ? 8 : 4;
    if (size == 1)
        x64_rr(&x->o, is_signed ? X64_I_MOVSX8_RM : X64_I_MOVZX8_RM, w, dst, src);
    else if (size == 2)
        x64_rr(&x->o, is_signed ? X64_I_MOVSX16_RM : X64_I_MOVZX16_RM, w, dst, src);
    else if (size == 4 && is_signed && w == 8)
        x64_rr(&x->o, X64_I_MOVSXD_RM, 8, dst, src);
    else
        x64_mov(x, size == 8 ? 8 : 4, dst, src);
}

/* See fast.h. */
/* A load that sinks into i must not be carried beyond i by i's own deferral: stores may follow. */
static void settle_load(X64Fast *x, IrRef r)
{
    Gen *g = &x->g;
    if (gen_deferred(g, r) && gen_is(g, r, IR_LOAD))
        gen_unlock(g, gen_in(g, r));
}

/* i gets the very register of a: no code where a dies or is an alias. */
static void pass(X64Fast *x, uint32_t i, IrRef a, unsigned ra, unsigned flags)
{
    Gen *g = &x->g;
    if (a > 0 && (g->vals[a].flags & (GV_ALIAS | GV_PINNED)) && g->vals[i].pin == GEN_NOREG) {
        gen_def_alias(g, i, ra, flags);
        gen_out(g, a, ra);
        return;
    }
    if (gen_take(g, a, ra)) {
        gen_def(g, i, ra, flags);
        return;
    }
    unsigned dst = result(x, i, a, ra);
    x64_mov(x, flags & GV_CANON ? 8 : 4, dst, ra);
    gen_def(g, i, dst, flags | GV_CANON);
}

bool x64_asked_for_zero(const X64Fast *x, uint32_t i)
{
    const Gen *g = &x->g;
    int64_t v;
    if (g->vals[i].uses != 1 || i + 1 >= g->end || (g->vals[i].flags & GV_GLOBAL))
        return false;
    const IrIns *n = gen_ins(g, i + 1);
    if (n->op == IR_BR)
        return n->a == (IrRef)i;
    /* The compare comes next, whether by itself or with the branch behind it. */
    return (n->op == IR_EQ || n->op == IR_NE) && n->a == (IrRef)i && ir_is_int(g->f, n->b, &v) && !v && !gen_dead(g, i + 1);
}

static void narrow(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    if (x64_asked_for_zero(x, i)) {
        g->vals[i].flags |= GV_DEFER;
        return;
    }
    bool is_signed = in->op == IR_SEXT8 || in->op == IR_SEXT16;
    unsigned size = in->op == IR_SEXT8 || in->op == IR_ZEXT8 ? 1 : 2, ra = gen_in(g, in->a), dst;
    if (in->type == IR_I32 && gen_extended(&x->g, in->a, size, is_signed)) {
        pass(x, i, in->a, ra, GV_CANON | (is_signed ? 0 : GV_NONNEG));
        return;
    }
    dst = result(x, i, in->a, ra);
    x64_extend(x, dst, ra, size, is_signed, (IrType)in->type);
    gen_def(g, i, dst, is_signed ? GV_CANON : GV_CANON | GV_NONNEG);
}

static void widen(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a;
    unsigned ra, dst, flags = a > 0 ? g->vals[a].flags : 0;
    bool is_signed = in->op == IR_SEXT32;
    if (mem_operand(x, a)) {
        X64Addr m;
        load_addr(x, a, &m);
        unsigned want = gen_want(g, i);
        if (want != GEN_NOREG)
            gen_unalias(g, want, 0, 0);
        x64_addr_done(x, &m);
        dst = want != GEN_NOREG ? want : gen_alloc(g, g->t->scratch[0]);
        x64_rm(&x->o, is_signed ? X64_I_MOVSXD_RM : X64_I_MOV_RM, is_signed ? 8 : 4, dst, &m.m);
        gen_def(g, i, dst, 0);
        return;
    }
    ra = gen_in(g, a);
    flags = a > 0 ? g->vals[a].flags : 0;
    if (is_signed ? flags & GV_NONNEG : flags & GV_CANON) {
        pass(x, i, a, ra, GV_CANON);
        return;
    }
    dst = result(x, i, a, ra);
    x64_extend(x, dst, ra, 4, is_signed, IR_I64);
    gen_def(g, i, dst, 0);
}

static void count_bits(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), bits = 8 * w, ra = gen_in(g, in->a);
    unsigned dst = gen_alloc(g, g->t->scratch[0]), tmp = gen_alloc(g, g->t->scratch[0]);
    /* bsf and bsr leave the destination undefined for 0 (SDM vol. 2): cmov brings the width. */
    if (in->op == IR_CTZ) {
        x64_ri(&x->o, X64_I_MOV_OI, 4, tmp, bits);
        x64_rr(&x->o, X64_I_BSF_RM, w, dst, ra);
        x64_cmovcc(&x->o, X64_E, 4, dst, tmp);
    } else {
        x64_ri(&x->o, X64_I_MOV_OI, 4, tmp, 2 * bits - 1);
        x64_rr(&x->o, X64_I_BSR_RM, w, dst, ra);
        x64_cmovcc(&x->o, X64_E, 4, dst, tmp);
        x64_alu_ri(x, X64_I_XOR_MI8, 4, dst, bits - 1);
    }
    gen_free(g, tmp);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, GV_CANON | GV_NONNEG);
}

/* Warren, Hacker's Delight, 5-2. */
static void popcount(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra = gen_in(g, in->a);
    unsigned v = gen_alloc(g, g->t->scratch[0]), t = gen_alloc(g, g->t->scratch[0]), k = gen_alloc(g, g->t->scratch[0]);
    uint64_t cut = w == 4 ? UINT32_MAX : UINT64_MAX;
    X64Row and_mr = ALU(X64_I_AND_MI8, MR), add_mr = ALU(X64_I_ADD_MI8, MR);
    x64_mov(x, w, v, ra);
    x64_mov(x, w, t, ra);
    gen_out(g, in->a, ra);
    shift_imm(x, X64_I_SHR_M1, w, t, 1);
    x64_mov_imm(x, k, (int64_t)(0x5555555555555555u & cut));
    x64_rr(&x->o, and_mr, w, k, t);
    x64_rr(&x->o, ALU(X64_I_SUB_MI8, MR), w, t, v);
    x64_mov_imm(x, k, (int64_t)(0x3333333333333333u & cut));
    x64_mov(x, w, t, v);
    x64_rr(&x->o, and_mr, w, k, v);
    shift_imm(x, X64_I_SHR_M1, w, t, 2);
    x64_rr(&x->o, and_mr, w, k, t);
    x64_rr(&x->o, add_mr, w, t, v);
    x64_mov(x, w, t, v);
    shift_imm(x, X64_I_SHR_M1, w, t, 4);
    x64_rr(&x->o, add_mr, w, t, v);
    x64_mov_imm(x, k, (int64_t)(0x0f0f0f0f0f0f0f0fu & cut));
    x64_rr(&x->o, and_mr, w, k, v);
    x64_mov_imm(x, k, (int64_t)(0x0101010101010101u & cut));
    x64_rr(&x->o, X64_I_IMUL_RM, w, v, k);
    shift_imm(x, X64_I_SHR_M1, w, v, 8 * w - 8);
    gen_free(g, t);
    gen_free(g, k);
    gen_def(g, i, v, GV_CANON | GV_NONNEG);
}

/* ---- index ---- */

static int log2_scale(int64_t c)
{
    return c == 1 ? 0 : c == 2 ? 1 : c == 4 ? 2 : c == 8 ? 3 : -1;
}

static bool only_addresses(const X64Fast *x, uint32_t i)
{
    const GenVal *v = &x->g.vals[i];
    if (v->flags & GV_GLOBAL || v->pin != GEN_NOREG)
        return false;
    return !(v->flags & (GV_OTHER | GV_BASE)) || (!(v->flags & GV_OTHER) && v->uses == 1);
}

/* An address has one index: of a sum that waits to be one, the base is no sum with an index that waits itself. So addresses are made from
 * a bounded number of registers, however long the chain of sums. */
static void settle_sum(X64Fast *x, IrRef base, IrRef index)
{
    Gen *g = &x->g;
    IrRef r = base;
    settle_load(x, base);
    settle_load(x, index);
    if (gen_deferred(g, index))
        g->t->materialize(g, (uint32_t)index);
    while (gen_deferred(g, r) && gen_is(g, r, IR_ADD) && gen_ins(g, (uint32_t)r)->b < 0
           && ir_const(g->f, gen_ins(g, (uint32_t)r)->b)->kind == IR_C_INT)
        r = gen_ins(g, (uint32_t)r)->a;
    if (gen_deferred(g, r))
        g->t->materialize(g, (uint32_t)base);
}

void x64_lea_value(X64Fast *x, uint32_t i)
{
    Gen *g = &x->g;
    X64Addr a;
    uint32_t uses = g->vals[i].uses;
    unsigned dst;
    /* All of its uses go to the register from here on, so its operands are consumed now. */
    g->vals[i].uses = 1;
    x64_addr(x, (IrRef)i, 0, &a);
    g->vals[i].uses = uses;
    unsigned want = gen_want(g, i);
    if (want != GEN_NOREG)
        gen_unalias(g, want, 0, 0);
    x64_addr_done(x, &a);
    dst = want != GEN_NOREG ? want : gen_alloc(g, g->t->scratch[0]);
    x64_rm(&x->o, X64_I_LEA_RM, 8, dst, &a.m);
    g->vals[i].flags &= (uint16_t)~GV_DEFER;
    gen_def(g, i, dst, 0);
}

static void index_op(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned scale, shift, rb, dst, ra;
    if (in->b > 0 && log2_scale(in->c) >= 0) {
        settle_sum(x, in->a, in->b);
        g->vals[i].flags |= GV_DEFER;
        if (!only_addresses(x, i))
            x64_lea_value(x, i);
        return;
    }
    rb = gen_in(g, in->b);
    if (rb < XMM0 && gen_take(g, in->b, rb)) {
        dst = rb;
    } else {
        dst = gen_alloc(g, g->t->scratch[0]);
        gen_out(g, in->b, rb);
    }
    /* All but the last factor of up to 8 by lea, shl or imul; that one in the sum's own lea. */
    X64Mem m = x64_mem(RAX, 0);
    if (in->c == 0) {
        x64_mov_imm(x, dst, 0);
    } else if (mul_cheap((uint64_t)(int64_t)in->c, &scale, &shift)) {
        m.scale = (uint8_t)(shift > 3 ? 3 : shift);
        if (scale)
            lea_scaled(x, 8, dst, rb, scale);
        else if (dst != rb)
            x64_mov(x, 8, dst, rb);
        shift_imm(x, X64_I_SHL_M1, 8, dst, shift - m.scale);
    } else {
        mul_imm(x, 8, dst, rb, in->c);
    }
    ra = gen_in(g, in->a);
    m.base = (uint8_t)ra;
    m.index = (uint8_t)dst;
    unsigned want = gen_want(g, i);
    if (want != GEN_NOREG) {
        gen_unalias(g, want, in->a, 0);
        x64_rm(&x->o, X64_I_LEA_RM, 8, want, &m);
        gen_free(g, dst);
        dst = want;
    } else {
        x64_rm(&x->o, X64_I_LEA_RM, 8, dst, &m);
    }
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

/* ---- overflow arithmetic ---- */

static void overflow(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra, rb, dst, cc, bit;
    uint32_t proj = 0;
    if (i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i)
        proj = i + 1;
    if (in->op == IR_UMULO) {
        gen_claim(g, RAX);
        gen_claim(g, RDX);
        rb = gen_in(g, in->b);
        ra = gen_in(g, in->a);
        x64_mov(x, w, RAX, ra);
        x64_r(&x->o, X64_I_MUL_M, w, rb);
        gen_out(g, in->a, ra);
        gen_out(g, in->b, rb);
        gen_free(g, RDX);
        dst = RAX;
        cc = X64_O;
    } else {
        ra = gen_in(g, in->a);
        rb = gen_in(g, in->b);
        dst = gen_alloc(g, g->t->scratch[0]);
        x64_mov(x, w, dst, ra);
        cc = in->op == IR_UADDO || in->op == IR_USUBO ? X64_B : X64_O;
        if (in->op == IR_SMULO)
            x64_rr(&x->o, X64_I_IMUL_RM, w, dst, rb);
        else
            x64_rr(&x->o, in->op == IR_SADDO || in->op == IR_UADDO ? ALU(X64_I_ADD_MI8, MR) : ALU(X64_I_SUB_MI8, MR), w, rb, dst);
    }
    bit = GEN_NOREG;
    if (proj && !gen_dead(g, proj)) {
        bit = gen_alloc(g, g->t->scratch[0]);
        x64_setcc(&x->o, cc, bit);
        x64_rr(&x->o, X64_I_MOVZX8_RM, 4, bit, bit);
    }
    if (in->op != IR_UMULO) {
        gen_out(g, in->a, ra);
        gen_out(g, in->b, rb);
    }
    gen_def(g, i, dst, GV_CANON);
    if (bit != GEN_NOREG) {
        gen_consume(g, (IrRef)i);
        gen_def(g, proj, bit, GV_CANON | GV_NONNEG);
    } else if (proj) {
        gen_consume(g, (IrRef)i);
    }
}

/* ---- the switch ---- */

void x64_int(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    IrRef a = in->a;
    if (gen_dead(g, i) && in->op < IR_SADDO && !(in->op >= IR_SDIV && in->op <= IR_UREM)) {
        gen_consume(g, a);
        if (in->op <= IR_ROTR || in->op == IR_INDEX)
            gen_consume(g, in->b);
        return;
    }
    switch (in->op) {
    case IR_ADD:
        if (in->type == IR_I64 && a > 0 && in->b < 0 && immediate(x, in->b, 8).is &&
            bits_fits_s(immediate(x, in->b, 8).v, 30) && only_addresses(x, i)) {
            settle_load(x, a);
            g->vals[i].flags |= GV_DEFER;
            return;
        }
        if (in->type == IR_I64 && a > 0 && (in->b > 0 || ir_const(g->f, in->b)->kind == IR_C_SLOT) && only_addresses(x, i)) {
            settle_sum(x, a, in->b);
            g->vals[i].flags |= GV_DEFER;
            return;
        }
        alu(x, i, in);
        return;
    case IR_AND:
        if (x64_asked_for_zero(x, i)) {
            g->vals[i].flags |= GV_DEFER;
            return;
        }
        alu(x, i, in);
        return;
    case IR_SUB: case IR_OR: case IR_XOR: alu(x, i, in); return;
    case IR_MUL: mul(x, i, in); return;
    case IR_MULHS: case IR_MULHU: x64_mulh(x, i, in); return;
    case IR_SDIV: case IR_UDIV: case IR_SREM: case IR_UREM: x64_div(x, i, in); return;
    case IR_SHL: case IR_LSHR: case IR_ASHR: case IR_ROTL: case IR_ROTR: shift(x, i, in); return;
    case IR_NEG: case IR_NOT: case IR_BSWAP: unary(x, i, in); return;
    case IR_CLZ: case IR_CTZ: count_bits(x, i, in); return;
    case IR_POPCNT: popcount(x, i, in); return;
    case IR_INDEX: index_op(x, i, in); return;
    case IR_SEXT8: case IR_SEXT16: case IR_ZEXT8: case IR_ZEXT16: narrow(x, i, in); return;
    case IR_SEXT32: case IR_ZEXT32: widen(x, i, in); return;
    case IR_TRUNC: {
        unsigned ra = gen_in(g, a);
        pass(x, i, a, ra, 0);
        return;
    }
    default: overflow(x, i, in); return;
    }
}
