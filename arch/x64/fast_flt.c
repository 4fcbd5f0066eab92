/* fast_flt: SSE2 floating point: arithmetic, conversions, compares, sign operations, the environment's flags. */
#include "arch/x64/fast.h"

static bool mem_operand(const X64Fast *x, IrRef r)
{
    return gen_deferred(&x->g, r) && gen_is(&x->g, r, IR_LOAD) &&
           (1u << (gen_ins(&x->g, r)->aux & IR_MEM_SIZE)) == ir_type_size(gen_ins(&x->g, r)->type);
}

static bool pool_operand(const X64Fast *x, IrRef r)
{
    return r < 0 && ir_const(x->g.f, r)->kind == IR_C_FLT && ir_const(x->g.f, r)->v;
}

static bool in_memory(const X64Fast *x, IrRef r)
{
    return mem_operand(x, r) || pool_operand(x, r);
}

/* The memory operand of in_memory(r); consumes r. */
static void operand(X64Fast *x, IrRef r, X64Addr *a)
{
    if (r < 0) {
        a->held.n = 0;
        a->m = x64_pool(x, r);
        return;
    }
    const IrIns *in = gen_ins(&x->g, (uint32_t)r);
    x->g.vals[r].uses--;
    x64_addr(x, in->a, in->c, a);
}

/* ---- rounding and flags: MXCSR (SDM vol. 1, 10.2.3) ---- */

enum { RC_MASK = 0x6000, EXCEPTIONS = 0x3f };
static const uint16_t rc_of[] = { 0x0000, 0x6000, 0x2000, 0x4000 }; /* RNE RTZ RDN RUP */

typedef struct Rounding { bool on; unsigned old; int32_t word; } Rounding;

static void set_round(X64Fast *x, unsigned round, Rounding *r)
{
    Gen *g = &x->g;
    memset(r, 0, sizeof *r);
    if (!round || round == 7)
        return;
    if (round - 1 == SF_RMM) {
        g->failed = true;          /* x86 has no such mode */
        return;
    }
    r->on = true;
    r->word = gen_frame(g, 8, 8);
    r->old = gen_alloc(g, g->t->scratch[0]);
    X64Mem m = x64_mem(x->frame_reg, r->word);
    x64_m(&x->o, X64_I_STMXCSR_M, 0, &m);
    x64_rm(&x->o, X64_I_MOV_RM, 4, r->old, &m);
    x64_mi(&x->o, ALU(X64_I_AND_MI8, MI), 4, &m, ~RC_MASK);
    x64_mi(&x->o, ALU(X64_I_OR_MI8, MI), 4, &m, rc_of[round - 1]);
    x64_m(&x->o, X64_I_LDMXCSR_M, 0, &m);
    x64_alu_ri(x, X64_I_AND_MI8, 4, r->old, RC_MASK);
}

static void reset_round(X64Fast *x, Rounding *r)
{
    if (!r->on)
        return;
    X64Mem m = x64_mem(x->frame_reg, r->word);
    x64_m(&x->o, X64_I_STMXCSR_M, 0, &m);
    x64_mi(&x->o, ALU(X64_I_AND_MI8, MI), 4, &m, ~RC_MASK);
    x64_rm(&x->o, ALU(X64_I_OR_MI8, MR), 4, r->old, &m);
    x64_m(&x->o, X64_I_LDMXCSR_M, 0, &m);
    gen_free(&x->g, r->old);
}

/* SF_* flags stand in the reverse order of MXCSR's, without the denormal one: bit 4 - k against {5, 4, 3, 2, 0}. */
static void move_bits(X64Fast *x, unsigned dst, unsigned src, unsigned t, bool to_mxcsr)
{
    static const uint8_t host[5] = { 5, 4, 3, 2, 0 };
    x64_mov_imm(x, dst, 0);
    for (unsigned k = 0; k < 5; k++) {
        unsigned from = to_mxcsr ? k : host[k], to = to_mxcsr ? host[k] : k;
        x64_mov(x, 4, t, src);
        if (from)
            x64_ri(&x->o, X64_I_SHR_MI8, 4, t, from);
        x64_alu_ri(x, X64_I_AND_MI8, 4, t, 1);
        if (to)
            x64_ri(&x->o, X64_I_SHL_MI8, 4, t, to);
        x64_rr(&x->o, ALU(X64_I_OR_MI8, MR), 4, t, dst);
    }
}

void x64_fflags(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    X64Mem m = x64_mem(x->frame_reg, gen_frame(g, 8, 8)); /* no free home: what is evicted below may take that */
    unsigned a = gen_alloc(g, g->t->scratch[0]), b = gen_alloc(g, g->t->scratch[0]), c = gen_alloc(g, g->t->scratch[0]);
    x64_m(&x->o, X64_I_STMXCSR_M, 0, &m);
    if (in->op == IR_FFLAGS_GET) {
        x64_rm(&x->o, X64_I_MOV_RM, 4, a, &m);
        move_bits(x, b, a, c, false);
        gen_free(g, a);
        gen_free(g, c);
        gen_def(g, i, b, GV_CANON | GV_NONNEG);
        return;
    }
    unsigned r = gen_in(g, in->a);
    move_bits(x, b, r, c, true);
    gen_out(g, in->a, r);
    x64_mi(&x->o, ALU(X64_I_AND_MI8, MI), 4, &m, ~EXCEPTIONS);
    x64_rm(&x->o, ALU(X64_I_OR_MI8, MR), 4, b, &m);
    x64_m(&x->o, X64_I_LDMXCSR_M, 0, &m);
    gen_free(g, a);
    gen_free(g, b);
    gen_free(g, c);
}

/* ---- arithmetic ---- */

static void binary(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrRef a = in->a, b = in->b;
    unsigned w = x64_width((IrType)in->type), ra, rb, dst;
    bool commutes = in->op == IR_FADD || in->op == IR_FMUL, taken;
    X64Row row = in->op == IR_FADD ? X64_I_ADDS_RM : in->op == IR_FSUB ? X64_I_SUBS_RM
               : in->op == IR_FMUL ? X64_I_MULS_RM : X64_I_DIVS_RM;
    Rounding round;
    /* x86 gives the first operand's NaN; which one is not specified here. */
    if (commutes && in_memory(x, a) && !in_memory(x, b)) {
        IrRef t = a;
        a = b;
        b = t;
    }
    ra = gen_in(g, a);
    if (in_memory(x, b)) {
        X64Addr m;
        operand(x, b, &m);
        dst = x64_two_address(x, i, a, ra, 0, GEN_NOREG, &taken);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rm(&x->o, row, w, dst, &m.m);
        reset_round(x, &round);
        x64_addr_done(x, &m);
    } else {
        rb = gen_in(g, b);
        if (commutes) {
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
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rr(&x->o, row, w, dst, rb);
        reset_round(x, &round);
        gen_out(g, b, rb);
    }
    if (!taken)
        gen_out(g, a, ra);
    gen_def(g, i, dst, 0);
}

/* A register for a result that does not overwrite its operands: pinned or new. */
static unsigned fresh(X64Fast *x, uint32_t i)
{
    Gen *g = &x->g;
    unsigned want = gen_want(g, i);
    if (want != GEN_NOREG) {
        gen_unalias(g, want, 0, 0);
        return want;
    }
    return gen_alloc(g, gen_class(g, gen_type(g, (IrRef)i)));
}

static void square_root(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra, dst;
    Rounding round;
    if (in_memory(x, in->a)) {
        X64Addr m;
        operand(x, in->a, &m);
        dst = fresh(x, i);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rm(&x->o, X64_I_SQRTS_RM, w, dst, &m.m);
        reset_round(x, &round);
        x64_addr_done(x, &m);
    } else {
        ra = gen_in(g, in->a);
        dst = fresh(x, i);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rr(&x->o, X64_I_SQRTS_RM, w, dst, ra);
        reset_round(x, &round);
        gen_out(g, in->a, ra);
    }
    gen_def(g, i, dst, 0);
}

/* Sixteen bytes of sign bits (index 0, 1) or of everything else (2, 3) for f32, f64. */
static X64Mem mask(X64Fast *x, unsigned w, bool sign)
{
    unsigned k = (sign ? 0 : 2) + (w == 8);
    if (!x->masks[k]) {
        uint8_t bytes[16];
        for (unsigned n = 0; n < 16; n++)
            bytes[n] = (uint8_t)(n % w == w - 1 ? (sign ? 0x80 : 0x7f) : (sign ? 0 : 0xff));
        x->masks[k] = gen_rodata(&x->g, bytes, 16, 16) + 1;
    }
    return x64_rodata_mem(x, x->masks[k] - 1);
}

static void sign_op(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra = gen_in(g, in->a), dst;
    X64Mem m;
    bool taken;
    if (in->op == IR_FCOPYSIGN) {
        unsigned rb = gen_in(g, in->b), t = gen_alloc(g, g->t->scratch[1]);
        x64_mov(x, w, t, rb);
        gen_out(g, in->b, rb);
        m = mask(x, w, true);
        x64_rm(&x->o, X64_I_ANDPS_RM, 4, t, &m);
        dst = gen_alloc(g, g->t->scratch[1]);
        x64_mov(x, w, dst, ra);
        gen_out(g, in->a, ra);
        m = mask(x, w, false);
        x64_rm(&x->o, X64_I_ANDPS_RM, 4, dst, &m);
        x64_rr(&x->o, X64_I_ORPS_RM, 4, dst, t);
        gen_free(g, t);
        gen_def(g, i, dst, 0);
        return;
    }
    dst = x64_two_address(x, i, in->a, ra, 0, GEN_NOREG, &taken);
    m = mask(x, w, in->op == IR_FNEG);
    x64_rm(&x->o, in->op == IR_FNEG ? X64_I_XORPS_RM : X64_I_ANDPS_RM, 4, dst, &m);
    if (!taken)
        gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

static void canon(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra = gen_in(g, in->a), dst;
    uint32_t fine = gen_label(g);
    bool taken;
    dst = x64_two_address(x, i, in->a, ra, 0, GEN_NOREG, &taken);
    /* cmpord leaves the flags of the environment alone for quiet NaNs; a signaling one was signaled by who made it. */
    x64_rr(&x->o, X64_I_UCOMIS_RM, w, dst, dst);
    x64_jcc_to(x, X64_NP, fine);
    x64_pool_bits(x, dst, w, w == 8 ? 0x7ff8000000000000u : 0x7fc00000u);
    gen_place(g, fine);
    if (!taken)
        gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

/* vfmadd213sd (ss) dst, b, c: dst = b * dst + c (SDM vol. 2, VFMADD213SD). Written here by hand: nothing else is VEX. */
static void put_fma(X64Fast *x, unsigned w, unsigned dst, unsigned b, unsigned c)
{
    unsigned d = dst - XMM0, v = b - XMM0, m = c - XMM0;
    buf_u8(x->o.b, 0xc4);
    buf_u8(x->o.b, (d < 8 ? 0x80 : 0) | 0x40 | (m < 8 ? 0x20 : 0) | 2);
    buf_u8(x->o.b, (w == 8 ? 0x80 : 0) | (~v & 15) << 3 | 1);
    buf_u8(x->o.b, 0xa9);
    buf_u8(x->o.b, 0xc0 | (d & 7) << 3 | (m & 7));
}

/* In a unit: its maker has seen to it that the machine has the instruction. */
static void fused(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned w = x64_width((IrType)in->type), ra = gen_in(g, in->a), rb = gen_in(g, in->b), rc = gen_in(g, in->c);
    unsigned dst = gen_alloc(g, g->t->scratch[1]);
    Rounding round;
    x64_mov(x, w, dst, ra);
    set_round(x, in->aux & IR_FLT_ROUND, &round);
    put_fma(x, w, dst, rb, rc);
    reset_round(x, &round);
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, 0);
}

/* ---- conversions ---- */

static void convert(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned ra, dst;
    X64Row row = in->type == IR_F64 ? X64_I_CVTSS2SD_RM : X64_I_CVTSD2SS_RM;
    Rounding round;
    if (in_memory(x, in->a)) {
        X64Addr m;
        operand(x, in->a, &m);
        dst = fresh(x, i);
        x64_rr(&x->o, X64_I_XORPS_RM, 4, dst, dst);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rm(&x->o, row, 0, dst, &m.m);
        reset_round(x, &round);
        x64_addr_done(x, &m);
    } else {
        ra = gen_in(g, in->a);
        dst = fresh(x, i);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rr(&x->o, row, 0, dst, ra);
        reset_round(x, &round);
        gen_out(g, in->a, ra);
    }
    gen_def(g, i, dst, 0);
}

static void from_int(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    IrType from = gen_type(g, in->a);
    unsigned w = x64_width(from), fw = x64_width((IrType)in->type), ra, dst;
    X64Row row = in->type == IR_F64 ? X64_I_CVTSI2SD_RM : X64_I_CVTSI2SS_RM;
    Rounding round;
    if (in->op == IR_SI2F && mem_operand(x, in->a)) {
        X64Addr m;
        operand(x, in->a, &m);
        dst = fresh(x, i);
        x64_rr(&x->o, X64_I_XORPS_RM, 4, dst, dst);
        set_round(x, in->aux & IR_FLT_ROUND, &round);
        x64_rm(&x->o, row, w, dst, &m.m);
        reset_round(x, &round);
        x64_addr_done(x, &m);
        gen_def(g, i, dst, 0);
        return;
    }
    ra = gen_in(g, in->a);
    dst = fresh(x, i);
    /* The conversion keeps the upper bits of its destination: cut the dependency on what was there. */
    x64_rr(&x->o, X64_I_XORPS_RM, 4, dst, dst);
    set_round(x, in->aux & IR_FLT_ROUND, &round);
    if (in->op == IR_SI2F) {
        x64_rr(&x->o, row, w, dst, ra);
    } else if (w == 4) {
        unsigned t = gen_alloc(g, g->t->scratch[0]);
        x64_mov(x, 4, t, ra);
        x64_rr(&x->o, row, 8, dst, t);
        gen_free(g, t);
    } else {
        uint32_t big = gen_label(g), done = gen_label(g);
        unsigned t = gen_alloc(g, g->t->scratch[0]), u = gen_alloc(g, g->t->scratch[0]);
        x64_rr(&x->o, X64_I_TEST_MR, 8, ra, ra);
        x64_jcc_to(x, X64_S, big);
        x64_rr(&x->o, row, 8, dst, ra);
        x64_jump_to(x, done);
        gen_place(g, big);
        /* Halved with the lost bit kept, so that rounding comes out the same. */
        x64_mov(x, 8, t, ra);
        x64_mov(x, 4, u, ra);
        x64_ri(&x->o, X64_I_SHR_MI8, 8, t, 1);
        x64_alu_ri(x, X64_I_AND_MI8, 4, u, 1);
        x64_rr(&x->o, ALU(X64_I_OR_MI8, MR), 8, u, t);
        x64_rr(&x->o, row, 8, dst, t);
        x64_rr(&x->o, X64_I_ADDS_RM, fw, dst, dst);
        gen_place(g, done);
        gen_free(g, t);
        gen_free(g, u);
    }
    reset_round(x, &round);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, 0);
}

static X64Row cvt_row(unsigned fw, bool truncate)
{
    if (fw == 8)
        return truncate ? X64_I_CVTTSD2SI_RM : X64_I_CVTSD2SI_RM;
    return truncate ? X64_I_CVTTSS2SI_RM : X64_I_CVTSS2SI_RM;
}

/* ucomis of ra with 0: P for NaN, B for below. t is a float temporary. */
static void against_zero(X64Fast *x, unsigned fw, unsigned ra, unsigned t)
{
    x64_rr(&x->o, X64_I_XORPS_RM, 4, t, t);
    x64_rr(&x->o, X64_I_UCOMIS_RM, fw, ra, t);
}

/* RISC-V's answer for NaN and what is out of range (unprivileged ISA, 11.7): NaN as the largest, else the nearer bound. */
static void saturate(X64Fast *x, unsigned fw, unsigned ra, unsigned t, unsigned dst, int64_t most, int64_t least, uint32_t done)
{
    Gen *g = &x->g;
    uint32_t up = gen_label(g);
    against_zero(x, fw, ra, t);
    x64_jcc_to(x, X64_P, up);
    x64_jcc_to(x, X64_AE, up);
    x64_mov_imm(x, dst, least);
    x64_jump_to(x, done);
    gen_place(g, up);
    x64_mov_imm(x, dst, most);
}

static void to_unsigned64(X64Fast *x, unsigned fw, unsigned ra, unsigned t, unsigned dst, X64Row row, bool sat)
{
    Gen *g = &x->g;
    unsigned c = gen_alloc(g, g->t->scratch[1]), k = gen_alloc(g, g->t->scratch[0]);
    uint32_t big = gen_label(g), done = gen_label(g), out = gen_label(g);
    x64_pool_bits(x, c, fw, fw == 8 ? 0x43e0000000000000u : 0x5f000000u); /* 2^63 */
    x64_rr(&x->o, X64_I_UCOMIS_RM, fw, ra, c);
    x64_jcc_to(x, X64_AE, big);
    x64_rr(&x->o, row, 8, dst, ra);
    if (sat) {
        x64_rr(&x->o, X64_I_TEST_MR, 8, dst, dst);
        x64_jcc_to(x, X64_S, out);
    }
    x64_jump_to(x, done);
    gen_place(g, big);
    /* c = ra - 2^63, as 2^63 - ra negated would round; subtract into a copy. */
    x64_mov(x, fw, t, ra);
    x64_rr(&x->o, X64_I_SUBS_RM, fw, t, c);
    x64_rr(&x->o, row, 8, dst, t);
    x64_mov_imm(x, k, INT64_MIN);
    if (sat) {
        x64_rr(&x->o, X64_I_TEST_MR, 8, dst, dst);
        x64_jcc_to(x, X64_S, out);
    }
    x64_rr(&x->o, X64_I_XOR_MR, 8, k, dst);
    x64_jump_to(x, done);
    gen_place(g, out);
    gen_free(g, c);
    gen_free(g, k);
    if (sat)
        saturate(x, fw, ra, t, dst, -1, 0, done);
    gen_place(g, done);
}

static void to_int(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned fw = x64_width(gen_type(g, in->a)), w = x64_width((IrType)in->type), ra = gen_in(g, in->a), dst;
    unsigned mode = in->aux & IR_FLT_ROUND;
    bool sat = (in->aux & IR_FLT_SAT) != 0, is_signed = in->op == IR_F2SI;
    X64Row row = cvt_row(fw, !mode || mode == 1 + SF_RTZ);
    uint32_t done = gen_label(g);
    Rounding round;
    dst = gen_alloc(g, g->t->scratch[0]);
    /* All temporaries before the first branch: nothing may be evicted on one way only. */
    unsigned t = gen_alloc(g, g->t->scratch[1]), high = gen_alloc(g, g->t->scratch[0]);
    set_round(x, mode == 1 + SF_RTZ ? 0 : mode, &round);
    if (is_signed) {
        x64_rr(&x->o, row, w, dst, ra);
        if (sat) {
            /* 0x80...0 stands for all that went wrong, and for itself. */
            x64_alu_ri(x, X64_I_CMP_MI8, w, dst, 1);
            x64_jcc_to(x, X64_NO, done);
            saturate(x, fw, ra, t, dst, w == 4 ? INT32_MAX : INT64_MAX, w == 4 ? (int64_t)0x80000000 : INT64_MIN, done);
        }
    } else if (w == 4) {
        x64_rr(&x->o, row, 8, dst, ra);
        if (sat) {
            x64_mov(x, 8, high, dst);
            x64_ri(&x->o, X64_I_SHR_MI8, 8, high, 32);
            x64_jcc_to(x, X64_E, done);
            saturate(x, fw, ra, t, dst, UINT32_MAX, 0, done);
        }
    } else {
        to_unsigned64(x, fw, ra, t, dst, row, sat);
    }
    gen_place(g, done);
    reset_round(x, &round);
    gen_free(g, t);
    gen_free(g, high);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, is_signed || sat ? GV_CANON : 0);
}

void x64_bitcast(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    IrType t = (IrType)in->type;
    unsigned ra = gen_in(g, in->a), dst;
    if (ir_is_float(t) == (ra >= XMM0)) {
        dst = gen_alloc(g, gen_class(g, t));
    } else {
        unsigned want = gen_want(g, i);
        if (want != GEN_NOREG)
            gen_unalias(g, dst = want, 0, 0);
        else
            dst = gen_alloc(g, gen_class(g, t));
    }
    x64_mov(x, x64_width(t), dst, ra);
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, GV_CANON);
}

/* ---- compares ---- */

X64Cc x64_fcmp(X64Fast *x, const IrIns *in)
{
    Gen *g = &x->g;
    /* ucomis: unordered sets Z, P and C; below sets C; equal sets Z (SDM vol. 2, UCOMISD). */
    static const struct { uint8_t cc, parity, swap; } how[] = {
        { X64_E, CC_AND_NP, 0 }, /* foeq */
        { X64_NE, CC_PLAIN, 0 }, /* fone */
        { X64_A, CC_PLAIN, 1 },  /* folt */
        { X64_AE, CC_PLAIN, 1 }, /* fole */
        { X64_A, CC_PLAIN, 0 },  /* fogt */
        { X64_AE, CC_PLAIN, 0 }, /* foge */
        { X64_NP, CC_PLAIN, 0 }, /* ford */
        { X64_E, CC_PLAIN, 0 },  /* fueq */
        { X64_NE, CC_OR_P, 0 },  /* fune */
        { X64_B, CC_PLAIN, 0 },  /* fult */
        { X64_BE, CC_PLAIN, 0 }, /* fule */
        { X64_B, CC_PLAIN, 1 },  /* fugt */
        { X64_BE, CC_PLAIN, 1 }, /* fuge */
        { X64_P, CC_PLAIN, 0 },  /* funo */
    };
    unsigned k = in->op - IR_FOEQ, w = x64_width((IrType)in->type), ra, rb;
    IrRef a = how[k].swap ? in->b : in->a, b = how[k].swap ? in->a : in->b;
    X64Row row = in->aux & IR_FLT_SAT ? X64_I_COMIS_RM : X64_I_UCOMIS_RM;
    X64Cc cc;
    cc.cc = how[k].cc;
    cc.parity = how[k].parity;
    ra = gen_in(g, a);
    if (in_memory(x, b)) {
        X64Addr m;
        operand(x, b, &m);
        x64_rm(&x->o, row, w, ra, &m.m);
        x64_addr_done(x, &m);
    } else {
        rb = gen_in(g, b);
        x64_rr(&x->o, row, w, ra, rb);
        gen_out(g, b, rb);
    }
    gen_out(g, a, ra);
    return cc;
}

void x64_flt(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    IrRef args[3];
    if (gen_dead(g, i) && !(in->aux & IR_FLT_STRICT)) {
        gen_consume_operands(g, in);
        return;
    }
    switch (in->op) {
    case IR_FADD: case IR_FSUB: case IR_FMUL: case IR_FDIV: binary(x, i, in); return;
    case IR_FSQRT: square_root(x, i, in); return;
    case IR_FMA:
        if (x->mode == FRAME_UNIT) {
            fused(x, i, in);
            return;
        }
        args[0] = in->a;
        args[1] = in->b;
        args[2] = in->c;
        x64_call_helper(x, i, in->type == IR_F64 ? "fma" : "fmaf", args, 3);
        return;
    case IR_FNEG: case IR_FABS: case IR_FCOPYSIGN: sign_op(x, i, in); return;
    case IR_CANON: canon(x, i, in); return;
    case IR_FCVT: convert(x, i, in); return;
    case IR_SI2F: case IR_UI2F: from_int(x, i, in); return;
    default: to_int(x, i, in); return;
    }
}
