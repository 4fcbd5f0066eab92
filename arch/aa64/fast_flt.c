/* fast_flt: floating point: arithmetic, conversions, compares, the environment's flags. Static rounding modes of arithmetic are set in
 * FPCR around the instruction; conversions to integers have an instruction for each. */
#include "arch/aa64/fast.h"

/* ---- constants ---- */

/* The double that an f32 means, by bits; what is no normal number is no immediate anyway. */
static uint64_t as_double(uint32_t f)
{
    uint64_t exp = f >> 23 & 255;
    if (!exp || exp == 255)
        return 0;
    return (uint64_t)(f >> 31) << 63 | (exp + 896) << 52 | (uint64_t)(f & 0x7fffff) << 29;
}

void aa64_float_constant(Aa64Fast *x, unsigned reg, IrRef c)
{
    const IrConst *k = ir_const(x->g.f, c);
    bool d = k->type == IR_F64;
    uint64_t v = d ? (uint64_t)k->v : (uint32_t)k->v;
    uint32_t imm8;
    if (reg < V0) {
        aa64_li(&x->o, d, reg, v);
    } else if (!v) {
        aa64_move(x, (IrType)k->type, reg, ZR);
    } else if (aa64_fp_imm(d ? v : as_double((uint32_t)v), &imm8)) {
        aa64_fmov_imm(&x->o, d, reg, imm8);
    } else if (x->mode == FRAME_UNIT || aa64_li_count(d, v) == 1) {
        aa64_li(&x->o, d, X16, v);
        aa64_move(x, (IrType)k->type, reg, X16);
    } else {
        uint32_t at = gen_pool(&x->g, c);
        aa64_address(x, d ? AA64_I_LDR_FD : AA64_I_LDR_FS, reg, X16, obj_section_symbol(x->job->obj, gen_rodata_section(&x->g)), at,
                    d ? 3 : 2);
    }
}

/* ---- FPCR and FPSR (C5.2.8, C5.2.10) ---- */

/* x16 keeps what was there until reset_round; x17 changes. False: no mode is to be set. */
static bool set_round(Aa64Fast *x, const IrIns *in)
{
    static const uint8_t modes[] = { 0, 3, 2, 1 }; /* RNE RTZ RDN RUP */
    unsigned r = in->aux & IR_FLT_ROUND;
    if (!r || r == IR_ROUND_DYNAMIC)
        return false;
    if (r - 1 == SF_RMM) {
        x->g.failed = true;        /* there is no such mode */
        return false;
    }
    aa64_mrs(x, X16, AA64_FPCR);
    aa64_logi(&x->o, AA64_I_AND_I, 1, X17, X16, ~((uint64_t)3 << 22));
    if (modes[r - 1])
        aa64_logi(&x->o, AA64_I_ORR_I, 1, X17, X17, (uint64_t)modes[r - 1] << 22);
    aa64_msr(x, AA64_FPCR, X17);
    return true;
}

static void reset_round(Aa64Fast *x, bool set)
{
    if (set)
        aa64_msr(x, AA64_FPCR, X16);
}

/* SF_* have the order of FPSR's IOC to IXC reversed. */
void aa64_fflags(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    if (in->op == IR_FFLAGS_GET) {
        unsigned dst = gen_alloc(g, g->t->scratch[0]);
        aa64_mrs(x, dst, AA64_FPSR);
        aa64_r1(&x->o, AA64_I_RBIT, 0, dst, dst);
        aa64_shift_imm(x, IR_LSHR, 0, dst, dst, 27);
        gen_def(g, i, dst, GV_CANON | GV_NONNEG);
        return;
    }
    unsigned r = aa64_in(x, in->a);
    aa64_r1(&x->o, AA64_I_RBIT, 0, X16, r);
    aa64_shift_imm(x, IR_LSHR, 0, X16, X16, 27);
    aa64_mrs(x, X17, AA64_FPSR);
    aa64_bitfield(&x->o, AA64_I_BFM, 1, X17, X16, 0, 4);
    aa64_msr(x, AA64_FPSR, X17);
    gen_out(g, in->a, r);
}

/* ---- arithmetic ---- */

static void binary(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    static const uint16_t rows[] = { AA64_I_FADD, AA64_I_FSUB, AA64_I_FMUL, AA64_I_FDIV };
    unsigned ra = gen_in(&x->g, in->a), rb = gen_in(&x->g, in->b), dst = aa64_dst(x, i, in->a, ra, in->b, rb);
    bool set = set_round(x, in);
    aa64_r(&x->o, (Aa64Row)rows[in->op - IR_FADD], in->type == IR_F64, dst, ra, rb);
    reset_round(x, set);
    gen_def(&x->g, i, dst, 0);
}

static void multiply_add(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), rc = gen_in(g, in->c), dst = gen_alloc(g, g->t->scratch[1]);
    bool set = set_round(x, in);
    aa64_r3(&x->o, AA64_I_FMADD, in->type == IR_F64, dst, ra, rb, rc);
    reset_round(x, set);
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, 0);
}

static void unary(Aa64Fast *x, uint32_t i, const IrIns *in, Aa64Row row, unsigned size)
{
    unsigned ra = gen_in(&x->g, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    bool set = set_round(x, in);
    aa64_r1(&x->o, row, size, dst, ra);
    reset_round(x, set);
    gen_def(&x->g, i, dst, 0);
}

static void copy_sign(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), ra = gen_in(&x->g, in->a), rb = gen_in(&x->g, in->b), dst = aa64_dst(x, i, in->a, ra, in->b, rb);
    aa64_move(x, t, X16, ra);
    aa64_move(x, t, X17, rb);
    aa64_bitfield(&x->o, AA64_I_BFM, size, X17, X16, 0, size ? 62 : 30);
    aa64_move(x, t, dst, X17);
    gen_def(&x->g, i, dst, 0);
}

/* In a unit arithmetic gives the canonical NaN by itself (fast.h). */
static bool canonical(const Aa64Fast *x, IrRef r)
{
    if (x->mode != FRAME_UNIT || r <= 0)
        return false;
    unsigned op = gen_ins(&x->g, (uint32_t)r)->op;
    return (op >= IR_FADD && op <= IR_FMA) || op == IR_FCVT;
}

static void canon(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    IrType t = (IrType)in->type;
    unsigned size = aa64_size(t), ra = gen_in(&x->g, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    if (canonical(x, in->a)) {
        aa64_move(x, t, dst, ra);
    } else {
        aa64_li(&x->o, size, X16, size ? 0x7ff8000000000000u : 0x7fc00000u);
        aa64_move(x, t, V31, X16);
        aa64_cmp(&x->o, AA64_I_FCMP, size, ra, ra);
        aa64_csel(&x->o, AA64_I_FCSEL, size, dst, ra, V31, AA64_VC);
    }
    gen_def(&x->g, i, dst, 0);
}

/* ---- conversions ---- */

static void from_int(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    bool d = in->type == IR_F64, s = in->op == IR_SI2F;
    IrType from = gen_type(&x->g, in->a);
    Aa64Row row = d ? (s ? AA64_I_SCVTF_D : AA64_I_UCVTF_D) : s ? AA64_I_SCVTF_S : AA64_I_UCVTF_S;
    unsigned ra = aa64_in(x, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    bool set = !(d && from == IR_I32) && set_round(x, in);
    aa64_r1(&x->o, row, aa64_size(from), dst, ra);
    reset_round(x, set);
    gen_def(&x->g, i, dst, 0);
}

/* [mode: RNE RTZ RDN RUP RMM][unsigned][double] */
static const uint16_t to_int_rows[5][2][2] = {
    { { AA64_I_FCVTNS_S, AA64_I_FCVTNS_D }, { AA64_I_FCVTNU_S, AA64_I_FCVTNU_D } },
    { { AA64_I_FCVTZS_S, AA64_I_FCVTZS_D }, { AA64_I_FCVTZU_S, AA64_I_FCVTZU_D } },
    { { AA64_I_FCVTMS_S, AA64_I_FCVTMS_D }, { AA64_I_FCVTMU_S, AA64_I_FCVTMU_D } },
    { { AA64_I_FCVTPS_S, AA64_I_FCVTPS_D }, { AA64_I_FCVTPU_S, AA64_I_FCVTPU_D } },
    { { AA64_I_FCVTAS_S, AA64_I_FCVTAS_D }, { AA64_I_FCVTAU_S, AA64_I_FCVTAU_D } },
};

/* By FPCR's mode: one of four instructions, each of which raises what it should. */
static void to_int_dynamic(Aa64Fast *x, unsigned size, unsigned dst, unsigned ra, bool uns, bool d)
{
    static const uint8_t by_field[4] = { SF_RNE, SF_RUP, SF_RDN, SF_RTZ };
    Gen *g = &x->g;
    uint32_t done = gen_label(g);
    aa64_mrs(x, X16, AA64_FPCR);
    aa64_bitfield(&x->o, AA64_I_UBFM, 1, X16, X16, 22, 23);
    for (unsigned k = 0; k < 4; k++) {
        uint32_t next = gen_label(g);
        if (k < 3) {
            aa64_addi(&x->o, AA64_I_SUBS_I, 0, ZR, X16, k);
            aa64_cond_near(x, AA64_NE, next);
        }
        aa64_r1(&x->o, (Aa64Row)to_int_rows[by_field[k]][uns][d], size, dst, ra);
        if (k < 3)
            aa64_jump_to(x, done);
        gen_place(g, next);
    }
    gen_place(g, done);
}

static void to_int(Aa64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned mode = in->aux & IR_FLT_ROUND, size = aa64_size((IrType)in->type), ra = gen_in(g, in->a);
    unsigned dst = gen_alloc(g, g->t->scratch[0]);
    bool uns = in->op == IR_F2UI, d = gen_type(g, in->a) == IR_F64;
    if (mode == IR_ROUND_DYNAMIC)
        to_int_dynamic(x, size, dst, ra, uns, d);
    else
        aa64_r1(&x->o, (Aa64Row)to_int_rows[mode ? mode - 1 : SF_RTZ][uns][d], size, dst, ra);
    if (in->aux & IR_FLT_SAT) {
        /* Out of range gives the nearer end, as RISC-V has it; but a NaN gives 0, not the greatest. */
        aa64_cmp(&x->o, AA64_I_FCMP, d, ra, ra);
        if (uns) {
            aa64_csel(&x->o, AA64_I_CSINV, size, dst, dst, ZR, AA64_VC);
        } else {
            aa64_li(&x->o, size, X16, size ? INT64_MAX : INT32_MAX);
            aa64_csel(&x->o, AA64_I_CSEL, size, dst, dst, X16, AA64_VC);
        }
    }
    gen_out(g, in->a, ra);
    gen_def(g, i, dst, GV_CANON);
}

void aa64_bitcast(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    IrType t = (IrType)in->type;
    unsigned ra = gen_in(g, in->a), dst = aa64_dst(x, i, in->a, ra, 0, 0);
    aa64_move(x, t, dst, ra);
    gen_def(g, i, dst, GV_CANON);
}

/* ---- compares: less sets N, equal Z and C, greater C, unordered C and V (D1-like table of FCMP, C7.2) ---- */

Aa64Cc aa64_fcmp(Aa64Fast *x, const IrIns *in)
{
    static const uint8_t cc[] = { AA64_EQ, AA64_MI, AA64_MI, AA64_LS, AA64_GT, AA64_GE, AA64_VC,   /* foeq fone folt fole fogt foge ford */
                                  AA64_EQ, AA64_NE, AA64_LT, AA64_LE, AA64_HI, AA64_PL, AA64_VS }; /* fueq fune fult fule fugt fuge funo */
    Gen *g = &x->g;
    Aa64Cc c = { CC_FLAGS, cc[in->op - IR_FOEQ], AA64_NV, 0 };
    bool e = (in->aux & IR_FLT_SAT) != 0;
    unsigned size = in->type == IR_F64, ra = gen_in(g, in->a);
    const IrConst *k = in->b < 0 ? ir_const(g->f, in->b) : NULL;
    if (in->op == IR_FONE)
        c.reg = AA64_GT;
    else if (in->op == IR_FUEQ)
        c.reg = AA64_VS;
    if (k && k->kind == IR_C_FLT && !k->v) {
        aa64_cmp(&x->o, e ? AA64_I_FCMPE_Z : AA64_I_FCMP_Z, size, ra, 0);
    } else {
        unsigned rb = gen_in(g, in->b);
        aa64_cmp(&x->o, e ? AA64_I_FCMPE : AA64_I_FCMP, size, ra, rb);
        gen_out(g, in->b, rb);
    }
    gen_out(g, in->a, ra);
    return c;
}

void aa64_flt(Gen *g, uint32_t i, const IrIns *in)
{
    Aa64Fast *x = aa64_of(g);
    bool d = in->type == IR_F64;
    if (gen_dead(g, i) && !(in->aux & IR_FLT_STRICT)) {
        gen_consume_operands(g, in);
        return;
    }
    switch (in->op) {
    case IR_FADD: case IR_FSUB: case IR_FMUL: case IR_FDIV: binary(x, i, in); return;
    case IR_FSQRT: unary(x, i, in, AA64_I_FSQRT, d); return;
    case IR_FMA: multiply_add(x, i, in); return;
    case IR_FNEG: unary(x, i, in, AA64_I_FNEG, d); return;
    case IR_FABS: unary(x, i, in, AA64_I_FABS, d); return;
    case IR_FCOPYSIGN: copy_sign(x, i, in); return;
    case IR_CANON: canon(x, i, in); return;
    case IR_FCVT: unary(x, i, in, d ? AA64_I_FCVT_DS : AA64_I_FCVT_SD, 0); return;
    case IR_SI2F: case IR_UI2F: from_int(x, i, in); return;
    default: to_int(x, i, in); return;
    }
}
