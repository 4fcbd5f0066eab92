/* Unit tests of the IR's builder. Hosted: the references may use what the dialect of src/ may not. */
#include "base/softfloat.h"
#include "ir/ir.h"

#include <math.h>
#include <stdlib.h>

int printf(const char *fmt, ...);

static int bad;
#define CHECK(c) \
    do { \
        if (!(c) && ++bad < 20) \
            printf("  %s:%d: %s\n", __FILE__, __LINE__, #c); \
    } while (0)

_Noreturn void rt_exit(int status) { exit(status); }
static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }
static const char *last_fatal;
static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    last_fatal = msg;
    printf("fatal: %s\n", msg);
    exit(99);
}
static Host host = { NULL, pages, unpages, NULL, fatal };

static uint64_t seed = 88172645463325252u;
static uint64_t rnd(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static const int64_t edges[] = { 0, 1, 2, 3, 5, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
                                 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
                                 INT64_MAX - 1, INT64_MAX, INT64_MIN,
                                 INT64_MIN + 1, -1, -2, -3, -8, -128, -129, -32768, -65536, INT32_MIN, INT32_MIN + 1 };

/* ---- a reference of the integer operations ---- */

static int64_t cut(IrType t, uint64_t v) { return t == IR_I32 ? (int32_t)v : (int64_t)v; }

/* False where the host traps. */
static bool reference(IrOp op, IrType t, int64_t x, int64_t y, int64_t *out)
{
    unsigned w = t == IR_I64 ? 64 : 32;
    uint64_t ux = w == 64 ? (uint64_t)x : (uint32_t)x, uy = w == 64 ? (uint64_t)y : (uint32_t)y;
    uint64_t m = w == 64 ? UINT64_MAX : UINT32_MAX;
    __int128 sx = x, sy = y;
    unsigned __int128 vx = ux, vy = uy;
    unsigned k = uy % w;
    uint64_t r = 0;
    switch (op) {
    case IR_ADD: r = ux + uy; break;
    case IR_SUB: r = ux - uy; break;
    case IR_MUL: r = ux * uy; break;
    case IR_MULHS: r = (uint64_t)((sx * sy) >> w); break;
    case IR_MULHU: r = (uint64_t)((vx * vy) >> w); break;
    case IR_SDIV: case IR_SREM:
        if (y == 0 || (sx / sy) != cut(t, (uint64_t)(sx / sy)))
            return false;
        r = (uint64_t)(op == IR_SDIV ? sx / sy : sx % sy);
        break;
    case IR_UDIV: case IR_UREM:
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
    case IR_ROTL: r = ux << k | (ux & m) >> ((w - k) % w); break;
    case IR_ROTR: r = ux >> k | ux << ((w - k) % w); break;
    case IR_EQ: r = x == y; break;
    case IR_NE: r = x != y; break;
    case IR_SLT: r = x < y; break;
    case IR_SGE: r = x >= y; break;
    case IR_SLE: r = x <= y; break;
    case IR_SGT: r = x > y; break;
    case IR_ULT: r = ux < uy; break;
    case IR_UGE: r = ux >= uy; break;
    case IR_ULE: r = ux <= uy; break;
    case IR_UGT: r = ux > uy; break;
    case IR_NEG: r = 0 - ux; break;
    case IR_NOT: r = ~ux; break;
    case IR_CLZ: r = ux == 0 ? w : w == 64 ? __builtin_clzll(ux) : __builtin_clz((uint32_t)ux); break;
    case IR_CTZ: r = ux == 0 ? w : __builtin_ctzll(ux); break;
    case IR_POPCNT: r = __builtin_popcountll(ux); break;
    case IR_BSWAP: r = w == 64 ? __builtin_bswap64(ux) : __builtin_bswap32((uint32_t)ux); break;
    case IR_SEXT8: r = (uint64_t)(int8_t)ux; break;
    case IR_SEXT16: r = (uint64_t)(int16_t)ux; break;
    case IR_ZEXT8: r = (uint8_t)ux; break;
    case IR_ZEXT16: r = (uint16_t)ux; break;
    default: abort();
    }
    *out = cut(ir_ops[op].result == 'i' ? IR_I32 : t, r);
    return true;
}

/* Value of a reference when PARAM 0 is x. */
static int64_t evaluate(const IrFn *f, IrRef r, int64_t x)
{
    int64_t v;
    if (ir_is_const(r)) {
        if (!ir_is_int(f, r, &v))
            abort();
        return v;
    }
    const IrIns *i = &f->ins.p[r];
    if (i->op == IR_PARAM)
        return cut(i->type, (uint64_t)x);
    int64_t a = evaluate(f, i->a, x), b = ir_ops[i->op].operands[1] == 't' ? evaluate(f, i->b, x) : 0;
    if (!reference(i->op, i->type, a, b, &v))
        abort();
    return v;
}

static Arena arena;
static IrUnit unit;
static IrFn *new_fn(void)
{
    IrFn *f = ir_fn_new(&host, &arena, &unit, ir_unit_sym(&unit, "f", IR_SYM_FUNC, 0));
    ir_place(f, ir_block(f));
    return f;
}

static bool two_operands(IrOp op) { return ir_ops[op].operands[1] == 't'; }

static void test_fold_int(void)
{
    for (int op = IR_ADD; op <= IR_UGT; op++) {
        if (op == IR_INDEX || (op >= IR_SEXT32 && op <= IR_UMULO))
            continue;
        IrFn *f = new_fn();
        for (IrType t = IR_I32; t <= IR_I64; t++) {
            uint32_t made = f->ins.n;
            for (unsigned i = 0; i < countof(edges); i++)
                for (unsigned j = 0; j < (two_operands(op) ? countof(edges) : 1); j++) {
                    int64_t x = cut(t, edges[i]), y = cut(t, edges[j]), want, got;
                    IrRef r = ir_op2(f, op, t, ir_int(f, t, x), two_operands(op) ? ir_int(f, t, y) : 0);
                    bool folded = ir_is_int(f, r, &got), defined = reference(op, t, x, y, &want);
                    CHECK(folded == defined);
                    CHECK(!folded || got == want);
                    CHECK(!folded || ir_ref_type(f, r) == (ir_ops[op].result == 'i' ? IR_I32 : t));
                    made += !folded;
                }
            CHECK(f->ins.n == made);
        }
    }
}

static void test_fold_one_constant(void)
{
    for (int op = IR_ADD; op <= IR_UGT; op++) {
        if (op == IR_INDEX || (op >= IR_SEXT32 && op <= IR_UMULO) || !two_operands(op))
            continue;
        for (IrType t = IR_I32; t <= IR_I64; t++) {
            IrFn *f = new_fn();
            IrRef p = ir_ins(f, IR_PARAM, t, 0, 0, 0, 0);
            for (unsigned i = 0; i < countof(edges) * 2 + 1; i++) {
                IrRef k = i == countof(edges) * 2 ? p : ir_int(f, t, edges[i / 2]);
                IrRef r = i & 1 ? ir_op2(f, op, t, p, k) : ir_op2(f, op, t, k, p);
                CHECK(ir_ref_type(f, r) == (ir_ops[op].result == 'i' ? IR_I32 : t));
                for (unsigned n = 0; n < countof(edges) + 20; n++) {
                    int64_t x = cut(t, n < countof(edges) ? (uint64_t)edges[n] : rnd() >> rnd() % 64), want;
                    int64_t kv = k == p ? x : cut(t, (uint64_t)edges[i / 2]);
                    if (reference(op, t, i & 1 ? x : kv, i & 1 ? kv : x, &want)) {
                        int64_t got = evaluate(f, r, x);
                        if (got != want && bad < 20)
                            printf("  %s type %d constant %lld x %lld\n",
                                   ir_ops[op].name, t, (long long)kv, (long long)x);
                        CHECK(got == want);
                    }
                }
            }
        }
    }
}

static double to_double(uint64_t b) { double d; memcpy(&d, &b, 8); return d; }
static uint64_t from_double(double d) { uint64_t b; memcpy(&b, &d, 8); return b; }

static void test_fold_float(void)
{
    static const double v[] = { 0, -0.0, 1, -1, 0.1, 3, 1e308, -1e308, 5e-324, 2147483647.0, 2147483648.0,
                                9223372036854775808.0,
                                18446744073709551615.0, 1.5, -2.5, INFINITY, -INFINITY, NAN, 1e-310, 123456789.125 };
    IrFn *f = new_fn();
    for (unsigned i = 0; i < countof(v); i++)
        for (unsigned j = 0; j < countof(v); j++) {
            IrRef a = ir_flt(f, IR_F64, from_double(v[i])), b = ir_flt(f, IR_F64, from_double(v[j])), r;
            volatile double x = v[i], y = v[j];
            double want[4] = { x + y, x - y, x * y, x / y };
            for (int k = 0; k < 4; k++) {
                r = ir_op2(f, IR_FADD + k, IR_F64, a, b);
                CHECK(ir_is_const(r) == (want[k] == want[k]));
                CHECK(!ir_is_const(r) || (uint64_t)ir_const(f, r)->v == from_double(want[k]));
                r = ir_ins(f, IR_FADD + k, IR_F64, IR_FLT_STRICT, a, b, 0);
                CHECK(!ir_is_const(r));
            }
            bool un = x != x || y != y;
            bool cmp[14] = { x == y, !un && x != y, x < y, x <= y, x > y, x >= y, !un,
                             un || x == y, x != y, un || x < y, un || x <= y, un || x > y, un || x >= y, un };
            for (int k = 0; k < 14; k++) {
                int64_t got = -1;
                CHECK(ir_is_int(f, ir_op2(f, IR_FOEQ + k, IR_F64, a, b), &got) && got == cmp[k]);
            }
            r = ir_op2(f, IR_FCOPYSIGN, IR_F64, a, b);
            CHECK(ir_is_const(r) && (uint64_t)ir_const(f, r)->v == from_double(copysign(x, y)));
        }
    for (unsigned i = 0; i < countof(v); i++) {
        int64_t got;
        double x = v[i];
        IrRef a = ir_flt(f, IR_F64, from_double(x));
        bool fits = x > -2147483649.0 && x < 2147483648.0;
        IrRef r = ir_op1(f, IR_F2SI, IR_I32, a);
        CHECK(ir_is_int(f, r, &got) == fits && (!fits || got == (int32_t)x));
        fits = x > -1 && x < 18446744073709551616.0;
        r = ir_op1(f, IR_F2UI, IR_I64, a);
        CHECK(ir_is_int(f, r, &got) == fits && (!fits || (uint64_t)got == (uint64_t)x));
        r = ir_ins(f, IR_F2SI, IR_I32, IR_FLT_SAT, a, 0, 0);
        CHECK(ir_is_int(f, r, &got));
        CHECK(!(x != x) || got == INT32_MAX);
        r = ir_op1(f, IR_FCVT, IR_F32, a);
        float y = (float)x;
        uint32_t yb;
        memcpy(&yb, &y, 4);
        CHECK(ir_is_const(r) == (x == x) && (x != x || (uint64_t)ir_const(f, r)->v == yb));
        r = ir_op1(f, IR_FSQRT, IR_F64, a);
        CHECK(ir_is_const(r) == (sqrt(x) == sqrt(x)));
        CHECK(!ir_is_const(r) || to_double((uint64_t)ir_const(f, r)->v) == sqrt(x));
        r = ir_op1(f, IR_BITCAST, IR_I64, a);
        CHECK(ir_is_int(f, r, &got) && (uint64_t)got == from_double(x));
    }
    for (unsigned i = 0; i < countof(edges); i++) {
        IrRef r = ir_op1(f, IR_SI2F, IR_F64, ir_int(f, IR_I64, edges[i]));
        CHECK(ir_is_const(r) && to_double((uint64_t)ir_const(f, r)->v) == (double)edges[i]);
        r = ir_op1(f, IR_UI2F, IR_F64, ir_int(f, IR_I64, edges[i]));
        CHECK(ir_is_const(r) && to_double((uint64_t)ir_const(f, r)->v) == (double)(uint64_t)edges[i]);
        r = ir_op1(f, IR_UI2F, IR_F64, ir_int(f, IR_I32, edges[i]));
        CHECK(ir_is_const(r) && to_double((uint64_t)ir_const(f, r)->v) == (double)(uint32_t)edges[i]);
    }
}

static void test_addresses(void)
{
    IrFn *f = new_fn();
    int64_t v;
    uint32_t s = ir_slot(f, 16, 8, 0, IR_VOID);
    IrRef a = ir_slot_addr(f, s, 4), g = ir_sym(f, 1, 0);
    CHECK(ir_add_imm(f, a, 4) == ir_slot_addr(f, s, 8));
    CHECK(ir_op2(f, IR_ADD, IR_I64, ir_int(f, IR_I64, 8), g) == ir_sym(f, 1, 8));
    CHECK(ir_op2(f, IR_SUB, IR_I64, g, ir_int(f, IR_I64, 8)) == ir_sym(f, 1, -8));
    CHECK(ir_is_int(f, ir_op2(f, IR_SUB, IR_I64, ir_slot_addr(f, s, 12), a), &v) && v == 8);
    CHECK(ir_is_int(f, ir_op2(f, IR_EQ, IR_I64, a, ir_int(f, IR_I64, 0)), &v) && v == 0);
    CHECK(!ir_is_const(ir_op2(f, IR_EQ, IR_I64, g, ir_int(f, IR_I64, 0))));
    CHECK(!ir_is_const(ir_add_imm(f, g, (int64_t)1 << 40)));
    CHECK(ir_ins(f, IR_INDEX, IR_I64, 0, a, ir_int(f, IR_I64, 3), 4) == ir_slot_addr(f, s, 16));
    CHECK(ir_ins(f, IR_INDEX, IR_I64, 0, ir_int(f, IR_I64, 100), ir_int(f, IR_I64, -3), 4) == ir_int(f, IR_I64, 88));
}

static void test_constants(void)
{
    IrFn *f = new_fn();
    IrRef refs[3000];
    for (int i = 0; i < 3000; i++)
        refs[i] = ir_int(f, i & 1 ? IR_I32 : IR_I64, i / 2 * 65537);
    for (int i = 0; i < 3000; i++) {
        int64_t v;
        CHECK(refs[i] == ir_int(f, i & 1 ? IR_I32 : IR_I64, i / 2 * 65537));
        CHECK(ir_is_int(f, refs[i], &v) && v == i / 2 * 65537);
    }
    CHECK(f->consts.n == 3000);
    CHECK(ir_int(f, IR_I32, 0xffffffff) == ir_int(f, IR_I32, -1));
    CHECK(ir_flt(f, IR_F64, 0) != ir_flt(f, IR_F64, (uint64_t)1 << 63));
    CHECK(ir_flt(f, IR_F64, 0) != ir_int(f, IR_I64, 0));
}

/* ---- control ---- */

static void expect_text(IrFn *f, const char *want)
{
    Buf b;
    buf_init(&b, &arena);
    ir_finish(f);
    const char *wrong = ir_check(&arena, f);
    if (wrong)
        printf("  %s\n", wrong);
    CHECK(!wrong);
    ir_print_fn(&b, f);
    const char *got = strchr(buf_cstr(&b), '\n') + 1;
    if (strcmp(got, want) != 0 && ++bad < 20)
        printf("  got:\n%s", got);
}

static void test_branches(void)
{
    IrFn *f = new_fn();
    IrRef p = ir_ins(f, IR_PARAM, IR_I32, 0, 0, 0, 0);
    IrPiece piece = { IR_I32, 0, IR_PLACE_INT, 0, 0, 4 };
    f->first_param = f->first_result = ir_add_pieces(f, &piece, 1);
    f->nparams = f->nresults = 1;
    uint32_t yes = ir_block(f), no = ir_block(f), end = ir_block(f);
    ir_br(f, ir_int(f, IR_I32, 0), yes, no);
    ir_place(f, yes);
    CHECK(!ir_open(f));
    uint32_t from_yes = f->cur;
    IrRef dropped = ir_op2(f, IR_ADD, IR_I32, p, p);
    CHECK(ir_is_const(dropped) && ir_ref_type(f, dropped) == IR_I32);
    ir_jmp(f, end);
    ir_place(f, no);
    CHECK(ir_open(f));
    IrRef v = ir_op2(f, IR_MUL, IR_I32, p, ir_int(f, IR_I32, 3));
    uint32_t from_no = f->cur;
    ir_place(f, end);
    IrRef r = ir_phi2(f, IR_I32, from_yes, dropped, from_no, v);
    CHECK(r == v);
    ir_ret(f, &r, 1);
    CHECK(!ir_open(f));
    ir_ret(f, &r, 1);
    expect_text(f, "b0:\n  v1 = param.i32 0\n  jmp b1\nb1:\n  v3 = mul.i32 v1, 3\n  jmp b2\nb2:\n  ret v3\n}\n");
}

static void test_loop_never_left(void)
{
    IrFn *f = new_fn();
    uint32_t body = ir_block(f), exit = ir_block(f), lost = ir_block(f);
    ir_br(f, ir_int(f, IR_I32, 1), body, exit);
    ir_place(f, body);
    ir_br(f, ir_int(f, IR_I32, 1), body, exit);
    ir_place(f, exit);
    CHECK(!ir_open(f));
    ir_place(f, lost);                  /* a label: may be named later, so it opens */
    CHECK(ir_open(f));
    ir_jmp(f, lost);
    expect_text(f, "b0:\n  jmp b1\nb1:\n  jmp b1\n}\n");
}

static void test_finish_trims_phis(void)
{
    IrFn *f = new_fn();
    IrRef p = ir_ins(f, IR_PARAM, IR_I32, 0, 0, 0, 0);
    IrPiece piece = { IR_I32, 0, IR_PLACE_INT, 0, 0, 4 };
    f->first_param = f->first_result = ir_add_pieces(f, &piece, 1);
    f->nparams = f->nresults = 1;
    uint32_t a = ir_block(f), label = ir_block(f), end = ir_block(f);
    uint32_t from0 = f->cur;
    ir_br(f, p, a, end);
    ir_place(f, a);
    uint32_t froma = f->cur;
    ir_jmp(f, end);
    ir_place(f, label);                 /* nobody goes there */
    IrRef x = ir_op2(f, IR_ADD, IR_I32, p, ir_int(f, IR_I32, 1));
    uint32_t froml = f->cur;
    ir_place(f, end);
    int32_t pairs[] = { (int32_t)from0, p, (int32_t)froma, ir_int(f, IR_I32, 5), (int32_t)froml, x };
    IrRef r = ir_phi(f, IR_I32, pairs, 3);
    ir_ret(f, &r, 1);
    expect_text(f, "b0:\n  v1 = param.i32 0\n  br v1, b1, b2\nb1:\n  jmp b2\n"
                   "b2:\n  v4 = phi.i32 [b0: v1, b1: 5]\n  ret v4\n}\n");
}

static void test_switch(void)
{
    IrFn *f = new_fn();
    IrRef p = ir_ins(f, IR_PARAM, IR_I32, 0, 0, 0, 0);
    IrPiece piece = { IR_I32, 0, IR_PLACE_INT, 0, 0, 4 };
    f->first_param = ir_add_pieces(f, &piece, 1);
    f->nparams = 1;
    uint32_t a = ir_block(f), b = ir_block(f);
    IrCase cases[] = { { 9, 9, a }, { -3, -1, b }, { 4, 7, a } };
    ir_switch(f, IR_I32, p, cases, 3, b);
    ir_place(f, a);
    ir_switch(f, IR_I32, ir_int(f, IR_I32, -2), cases, 3, a);
    ir_place(f, b);
    ir_ret(f, NULL, 0);
    expect_text(f, "b0:\n  v1 = param.i32 0\n  switch.i32 v1 [-3..-1: b2, 4..7: b1, 9: b1] else b2\n"
                   "b1:\n  jmp b2\nb2:\n  ret\n}\n");
}

static void test_calls_and_states(void)
{
    IrFn *f = new_fn();
    uint32_t g = ir_unit_sym(&unit, "g", IR_SYM_FUNC, 0);
    IrPiece i0 = { IR_I64, 0, IR_PLACE_INT, 0, 0, 8 }, f0 = { IR_F64, 0, IR_PLACE_FP, 0, 0, 8 };
    IrPiece results[2] = { i0, f0 };
    IrRef arg = ir_int(f, IR_I64, 7);
    IrRef r = ir_call(f, ir_sym(f, g, 0), &arg, &i0, 1, results, 2, 0, 0);
    IrRef d = ir_proj(f, r, IR_F64, 1);
    CHECK(ir_ref_type(f, r) == IR_I64 && ir_ref_type(f, d) == IR_F64);
    int32_t pairs[] = { 3, r };
    IrRef store = ir_ins(f, IR_STORE, IR_I64, 3 | IR_MEM_TRAPS, r, arg, 0);
    ir_state(f, store, pairs, 1);
    CHECK(ir_state_of(f, store) && !ir_state_of(f, r));
    CHECK(ir_call(f, ir_sym(f, g, 0), NULL, NULL, 0, NULL, 0, 0, IR_CALL_NORETURN) == IR_NONE);
    CHECK(!ir_open(f));
    CHECK(ir_ins(f, IR_STORE, IR_I64, 3, arg, arg, 0) == IR_NONE);
    ir_state(f, IR_NONE, pairs, 1);
    expect_text(f, "b0:\n  v1 = call.i64 @g(int0.i64 7) -> int0.i64, fp0.f64\n  v2 = proj.f64 v1, 1\n"
                   "  store.i64 [v1], 7 traps state [3: v1]\n  call @g() noreturn\n  unreachable\n}\n");
}

/* ---- random functions: the checker holds for what the builder gives, and the text brings it back ---- */

static IrFn *random_fn(void)
{
    IrFn *f = new_fn();
    IrRef vals[400];
    uint32_t open_blocks[8], nopen = 0, n = 0;
    IrPiece piece = { IR_I64, 0, IR_PLACE_INT, 0, 0, 8 };
    uint32_t slot = ir_slot(f, 8, 8, IR_SLOT_SCALAR, IR_I64);
    f->first_param = f->first_result = ir_add_pieces(f, &piece, 1);
    f->nparams = f->nresults = 1;
    vals[n++] = ir_ins(f, IR_PARAM, IR_I64, 0, 0, 0, 0);
    uint32_t entry_vals = n;
    for (int k = 0; k < 120; k++) {
        IrRef a = vals[rnd() % n], b = rnd() % 3 ? vals[rnd() % n] : ir_int(f, IR_I64, (int64_t)(rnd() % 5) - 2);
        uint32_t x, y;
        switch (rnd() % 12) {
        case 0:
            ir_store(f, IR_I64, 3, ir_slot_addr(f, slot, 0), a, 0);
            break;
        case 1:
            vals[n++] = ir_load(f, IR_I64, 3, ir_slot_addr(f, slot, 0), 0);
            break;
        case 2:                          /* an if without else around what follows */
            if (nopen < countof(open_blocks)) {
                x = ir_block(f);
                y = ir_block(f);
                ir_br(f, ir_op2(f, IR_SLT, IR_I64, a, b), x, y);
                ir_place(f, x);
                open_blocks[nopen++] = y;
            }
            break;
        case 3:
            if (nopen) {
                ir_place(f, open_blocks[--nopen]);
                n = entry_vals;
            }
            break;
        case 4: {                        /* both arms and a phi */
            uint32_t yes = ir_block(f), no = ir_block(f), end = ir_block(f), b0, b1;
            ir_br(f, ir_op2(f, IR_ULT, IR_I64, a, b), yes, no);
            ir_place(f, yes);
            IrRef v = ir_op2(f, IR_ADD, IR_I64, a, b), w;
            if (rnd() % 4 == 0)
                ir_ret(f, &v, 1);
            b0 = f->cur;
            ir_jmp(f, end);
            ir_place(f, no);
            w = ir_op2(f, IR_MUL, IR_I64, a, b);
            if (rnd() % 4 == 0)
                ir_ret(f, &w, 1);
            b1 = f->cur;
            ir_place(f, end);
            vals[n++] = ir_phi2(f, IR_I64, b0, v, b1, w);
            break;
        }
        case 5:
            if (rnd() % 4 == 0)
                ir_ret(f, &a, 1);
            break;
        case 6:
            x = ir_block(f);
            ir_place(f, x);
            break;
        default:
            vals[n++] = ir_op2(f, IR_ADD + rnd() % (IR_ROTR - IR_ADD + 1), IR_I64, a, b);
            break;
        }
        if (n > 390)
            n = entry_vals;
    }
    while (nopen) {
        ir_place(f, open_blocks[--nopen]);
        n = entry_vals;
    }
    ir_ret(f, vals, 1);
    ir_finish(f);
    return f;
}

static void test_random(void)
{
    for (int k = 0; k < 400; k++) {
        arena_reset(&arena);
        ir_unit_init(&unit, &arena);
        IrFn *f = random_fn();
        const char *wrong = ir_check(&arena, f);
        Buf a, b;
        SrcMap sm;
        Diag d;
        IrText text;
        buf_init(&a, &arena);
        buf_init(&b, &arena);
        ir_print_fn(&a, f);
        if (wrong && bad < 2)
            printf("%s\n%s", wrong, buf_cstr(&a));
        CHECK(!wrong);
        src_init(&sm, &arena);
        diag_init(&d, &sm, &arena, NULL, NULL);
        bool ok = ir_read(&host, &arena, &d, &sm, "x", buf_cstr(&a), a.n, &text);
        CHECK(ok && text.fns.n == 1);
        if (ok) {
            CHECK(!ir_check(&arena, text.fns.p[0]));
            ir_print_fn(&b, text.fns.p[0]);
            CHECK(a.n == b.n && memcmp(a.p, b.p, a.n) == 0);
        }
    }
}

int main(int argc, char **argv, char **envp)
{
    static const struct { const char *name; void (*run)(void); } tests[] = {
        { "fold-int", test_fold_int }, { "fold-one-constant", test_fold_one_constant },
        { "fold-float", test_fold_float },
        { "addresses", test_addresses }, { "constants", test_constants }, { "branches", test_branches },
        { "loop-never-left", test_loop_never_left }, { "finish-trims-phis", test_finish_trims_phis },
        { "switch", test_switch },
        { "calls-and-states", test_calls_and_states }, { "random-functions", test_random },
    };
    int failed = 0;
    (void)argc, (void)argv, (void)envp;
    arena_init(&arena, &host);
    for (unsigned i = 0; i < countof(tests); i++) {
        ir_unit_init(&unit, &arena);
        bad = 0;
        tests[i].run();
        printf("%s %s\n", bad ? "not ok" : "ok", tests[i].name);
        failed += bad != 0;
    }
    return failed != 0;
}
