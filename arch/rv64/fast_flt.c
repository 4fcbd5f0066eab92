/* fast_flt: floating point (F, D): arithmetic, conversions, compares, the environment's flags. Static rounding modes stand in the
 * instruction; sticky flags have the order of SF_*. */
#include "arch/rv64/fast.h"

static unsigned mode_of(const IrIns *in)
{
    unsigned r = in->aux & IR_FLT_ROUND;
    if (!r)
        return in->op == IR_F2SI || in->op == IR_F2UI ? RV64_RTZ : RV64_DYN;
    return r == IR_ROUND_DYNAMIC ? RV64_DYN : r - 1;
}

static void binary(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    static const uint16_t rows[2][4] = { { RV64_I_FADD_S, RV64_I_FSUB_S, RV64_I_FMUL_S, RV64_I_FDIV_S },
                                         { RV64_I_FADD_D, RV64_I_FSUB_D, RV64_I_FMUL_D, RV64_I_FDIV_D } };
    unsigned ra = gen_in(&x->g, in->a), rb = gen_in(&x->g, in->b), dst = rv64_dst(x, i, in->a, ra, in->b, rb);
    rv64_fp(&x->o, (Rv64Row)rows[in->type == IR_F64][in->op - IR_FADD], dst, ra, rb, mode_of(in));
    gen_def(&x->g, i, dst, 0);
}

static void multiply_add(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), rc = gen_in(g, in->c), dst = gen_alloc(g, g->t->scratch[1]);
    rv64_fp4(&x->o, in->type == IR_F64 ? RV64_I_FMADD_D : RV64_I_FMADD_S, dst, ra, rb, rc, mode_of(in));
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    gen_out(g, in->c, rc);
    gen_def(g, i, dst, 0);
}

static void sign_op(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    bool d = in->type == IR_F64;
    unsigned ra = gen_in(&x->g, in->a), rb = ra, dst;
    Rv64Row row = in->op == IR_FNEG ? (d ? RV64_I_FSGNJN_D : RV64_I_FSGNJN_S) : in->op == IR_FABS ? (d ? RV64_I_FSGNJX_D : RV64_I_FSGNJX_S)
                : in->op == IR_CANON ? (d ? RV64_I_FMAX_D : RV64_I_FMAX_S) : d ? RV64_I_FSGNJ_D : RV64_I_FSGNJ_S;
    if (in->op == IR_FCOPYSIGN) {
        rb = gen_in(&x->g, in->b);
        dst = rv64_dst(x, i, in->a, ra, in->b, rb);
    } else {
        dst = rv64_dst(x, i, in->a, ra, 0, 0);
    }
    rv64_r(&x->o, row, dst, ra, rb);
    gen_def(&x->g, i, dst, 0);
}

static void unary(Rv64Fast *x, uint32_t i, const IrIns *in, Rv64Row row, unsigned rm)
{
    unsigned ra = gen_in(&x->g, in->a), dst = rv64_dst(x, i, in->a, ra, 0, 0);
    rv64_fp(&x->o, row, dst, ra, 0, rm);
    gen_def(&x->g, i, dst, 0);
}

static void convert_int(Rv64Fast *x, uint32_t i, const IrIns *in)
{
    /* [to integer][f64][i64][unsigned] */
    static const uint16_t rows[2][2][2][2] = {
        { { { RV64_I_FCVT_S_W, RV64_I_FCVT_S_WU }, { RV64_I_FCVT_S_L, RV64_I_FCVT_S_LU } },
          { { RV64_I_FCVT_D_W, RV64_I_FCVT_D_WU }, { RV64_I_FCVT_D_L, RV64_I_FCVT_D_LU } } },
        { { { RV64_I_FCVT_W_S, RV64_I_FCVT_WU_S }, { RV64_I_FCVT_L_S, RV64_I_FCVT_LU_S } },
          { { RV64_I_FCVT_W_D, RV64_I_FCVT_WU_D }, { RV64_I_FCVT_L_D, RV64_I_FCVT_LU_D } } },
    };
    bool to = in->op == IR_F2SI || in->op == IR_F2UI, uns = in->op == IR_UI2F || in->op == IR_F2UI;
    IrType from = gen_type(&x->g, in->a), flt = to ? from : (IrType)in->type, num = to ? (IrType)in->type : from;
    bool exact = !to && flt == IR_F64 && num == IR_I32;
    unary(x, i, in, (Rv64Row)rows[to][flt == IR_F64][num == IR_I64][uns], exact ? 0 : mode_of(in));
}

void rv64_bitcast(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    IrType t = (IrType)in->type;
    unsigned ra = gen_in(g, in->a), dst;
    if (ir_is_float(t) == (ra >= F0))
        dst = gen_alloc(g, gen_class(g, t)), gen_out(g, in->a, ra);
    else
        dst = rv64_dst(x, i, in->a, ra, 0, 0);
    rv64_mov(x, t, dst, ra);
    gen_def(g, i, dst, 0);
}

void rv64_fflags(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    if (in->op == IR_FFLAGS_GET) {
        unsigned dst = gen_alloc(g, g->t->scratch[0]);
        rv64_csr(&x->o, RV64_I_CSRRS, dst, 1, ZERO);
        gen_def(g, i, dst, 0);
        return;
    }
    unsigned r = rv64_in(x, in->a);
    rv64_csr(&x->o, RV64_I_CSRRW, ZERO, 1, r);
    gen_out(g, in->a, r);
}

/* dst = the relation, or its negation (true is returned), by the instructions at hand; t a temporary. */
static bool relation(Rv64Fast *x, const IrIns *in, unsigned dst, unsigned t, unsigned ra, unsigned rb)
{
    Rv64Out *o = &x->o;
    bool d = in->type == IR_F64;
    Rv64Row eq = d ? RV64_I_FEQ_D : RV64_I_FEQ_S, lt = d ? RV64_I_FLT_D : RV64_I_FLT_S, le = d ? RV64_I_FLE_D : RV64_I_FLE_S;
    switch (in->op) {
    case IR_FUNE: rv64_r(o, eq, dst, ra, rb); return true;
    case IR_FOEQ: rv64_r(o, eq, dst, ra, rb); return false;
    case IR_FUGE: rv64_r(o, lt, dst, ra, rb); return true;
    case IR_FOLT: rv64_r(o, lt, dst, ra, rb); return false;
    case IR_FUGT: rv64_r(o, le, dst, ra, rb); return true;
    case IR_FOLE: rv64_r(o, le, dst, ra, rb); return false;
    case IR_FULE: rv64_r(o, lt, dst, rb, ra); return true;
    case IR_FOGT: rv64_r(o, lt, dst, rb, ra); return false;
    case IR_FULT: rv64_r(o, le, dst, rb, ra); return true;
    case IR_FOGE: rv64_r(o, le, dst, rb, ra); return false;
    case IR_FUEQ: case IR_FONE:
        rv64_r(o, lt, dst, ra, rb);
        rv64_r(o, lt, t, rb, ra);
        rv64_r(o, RV64_I_OR, dst, dst, t);
        return in->op == IR_FUEQ;
    default:
        rv64_r(o, eq, dst, ra, ra);
        rv64_r(o, eq, t, rb, rb);
        rv64_r(o, RV64_I_AND, dst, dst, t);
        return in->op == IR_FUNO;
    }
}

/* F 11.8: flt and fle raise invalid for any NaN, feq for a signaling one. Where flags are observed, a quiet relation made of flt and
 * fle puts them back, and an feq raises what a signaling NaN asks for; a signaling one made of feq has an flt beside it. */
bool rv64_fcmp(Rv64Fast *x, const IrIns *in, unsigned dst, unsigned t)
{
    Gen *g = &x->g;
    bool d = in->type == IR_F64, strict = (in->aux & IR_FLT_STRICT) != 0, signaling = (in->aux & IR_FLT_SAT) != 0;
    bool quiet_code = in->op == IR_FOEQ || in->op == IR_FUNE || in->op == IR_FORD || in->op == IR_FUNO;
    bool restore = strict && !signaling && !quiet_code;
    unsigned ra = gen_in(g, in->a), rb = gen_in(g, in->b), flags = restore ? gen_alloc(g, g->t->scratch[0]) : ZERO;
    if (restore)
        rv64_csr(&x->o, RV64_I_CSRRS, flags, 1, ZERO);
    bool invert = relation(x, in, dst, t, ra, rb);
    if (restore) {
        rv64_csr(&x->o, RV64_I_CSRRW, ZERO, 1, flags);
        rv64_r(&x->o, d ? RV64_I_FEQ_D : RV64_I_FEQ_S, t, ra, rb);
        gen_free(g, flags);
    } else if (strict && signaling && quiet_code) {
        rv64_r(&x->o, d ? RV64_I_FLT_D : RV64_I_FLT_S, t, ra, rb);
    }
    gen_out(g, in->a, ra);
    gen_out(g, in->b, rb);
    return invert;
}

void rv64_flt(Gen *g, uint32_t i, const IrIns *in)
{
    Rv64Fast *x = rv64_of(g);
    bool d = in->type == IR_F64;
    if (gen_dead(g, i) && !(in->aux & IR_FLT_STRICT)) {
        gen_consume_operands(g, in);
        return;
    }
    switch (in->op) {
    case IR_FADD: case IR_FSUB: case IR_FMUL: case IR_FDIV: binary(x, i, in); return;
    case IR_FSQRT: unary(x, i, in, d ? RV64_I_FSQRT_D : RV64_I_FSQRT_S, mode_of(in)); return;
    case IR_FMA: multiply_add(x, i, in); return;
    case IR_FNEG: case IR_FABS: case IR_FCOPYSIGN: case IR_CANON: sign_op(x, i, in); return;
    case IR_FCVT: unary(x, i, in, d ? RV64_I_FCVT_D_S : RV64_I_FCVT_S_D, d ? 0 : mode_of(in)); return;
    default: convert_int(x, i, in); return;
    }
}
