/* Tests of the interpreter, by hand-made units. Hosted: the references may use what the dialect of src/ may not. */
#include "test.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

int bad;
_Noreturn void rt_exit(int status) { exit(status); }
static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }
static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    printf("fatal: %s\n", msg);
    exit(99);
}
Host host = { NULL, pages, unpages, NULL, fatal };
Arena arena;
IrUnit unit;
IrMachine machine;
IrMemory memory;
static Arena frames;

static uint64_t seed = 88172645463325252u;
uint64_t rnd(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

/* ---- guest ---- */

_Alignas(16) uint8_t pages_of_guest[PAGES][4096];
static const uint64_t page_numbers[PAGES] = { 16, 17, 18, 32, 33, UINT64_MAX >> 12 };

uint8_t *guest_byte(uint64_t at, bool write)
{
    for (int k = 0; k < PAGES; k++)
        if (page_numbers[k] == at >> 12 && !(write && k == 1))
            return &pages_of_guest[k][at & 4095];
    return NULL;
}

static unsigned finds;
static bool use_cache = true;

static void *find(void *ctx, uint64_t at, unsigned size, bool write)
{
    uint8_t *p = guest_byte(at, write);
    CHECK(ctx == &memory);
    CHECK((at & 4095) + size <= 4096);
    finds++;
    if (p && use_cache) {
        struct IrTlb *e = write ? &memory.write[at >> 12 & 255] : &memory.read[at >> 12 & 255];
        e->page = at >> 12;
        e->host = p - (at & 4095);
    }
    return p;
}

void fill_guest(void)
{
    uint8_t *p = (uint8_t *)pages_of_guest;
    for (unsigned k = 0; k < sizeof pages_of_guest; k++)
        p[k] = (uint8_t)(k * 167 + k / 4096 * 13);
}

static void clear_cache(void)
{
    for (int k = 0; k < 256; k++)
        memory.read[k].page = memory.write[k].page = IR_TLB_NONE;
}

void reset_machine(void)
{
    memset(&machine, 0, sizeof machine);
    machine.arena = &frames;
    machine.nstates = NSTATES;
    machine.frame = arena_array(&frames, uint64_t, NSTATES);
    machine.nframe = NSTATES;
    machine.mem = &memory;
    machine.budget = 1000;
    memory.find = find;
    memory.ctx = &memory;
    clear_cache();
    finds = 0;
}

/* ---- references ---- */

static const int64_t edges[] = { 0, 1, 2, 3, 5, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
                                 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
                                 INT64_MAX - 1, INT64_MAX, INT64_MIN,
                                 INT64_MIN + 1, -1, -2, -3, -8, -128, -129, -32768, -65536, INT32_MIN, INT32_MIN + 1 };

int64_t cut(IrType t, uint64_t v) { return t == IR_I32 ? (int32_t)v : (int64_t)v; }

int64_t reference(IrOp op, IrType t, int64_t x, int64_t y)
{
    x = cut(t, (uint64_t)x), y = cut(t, (uint64_t)y);
    unsigned w = t == IR_I64 ? 64 : 32;
    uint64_t ux = w == 64 ? (uint64_t)x : (uint32_t)x, uy = w == 64 ? (uint64_t)y : (uint32_t)y;
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
    case IR_SDIV: r = (uint64_t)(y ? sx / sy : -1); break;
    case IR_SREM: r = (uint64_t)(y ? sx % sy : sx); break;
    case IR_UDIV: r = uy ? ux / uy : UINT64_MAX; break;
    case IR_UREM: r = uy ? ux % uy : ux; break;
    case IR_AND: r = ux & uy; break;
    case IR_OR: r = ux | uy; break;
    case IR_XOR: r = ux ^ uy; break;
    case IR_SHL: r = ux << k; break;
    case IR_LSHR: r = ux >> k; break;
    case IR_ASHR: r = (uint64_t)(x >> k); break;
    case IR_ROTL: r = ux << k | ux >> ((w - k) % w); break;
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
    case IR_CLZ: r = ux == 0 ? w : w == 64 ? (unsigned)__builtin_clzll(ux) : (unsigned)__builtin_clz((uint32_t)ux); break;
    case IR_CTZ: r = ux == 0 ? w : (unsigned)__builtin_ctzll(ux); break;
    case IR_POPCNT: r = (unsigned)__builtin_popcountll(ux); break;
    case IR_BSWAP: r = w == 64 ? __builtin_bswap64(ux) : __builtin_bswap32((uint32_t)ux); break;
    case IR_SEXT8: r = (uint64_t)(int8_t)ux; break;
    case IR_SEXT16: r = (uint64_t)(int16_t)ux; break;
    case IR_ZEXT8: r = (uint8_t)ux; break;
    case IR_ZEXT16: r = (uint16_t)ux; break;
    default: abort();
    }
    return cut(ir_ops[op].result == 'i' ? IR_I32 : t, r);
}

bool reference_overflow(IrOp op, IrType t, int64_t x, int64_t y, int64_t *wrapped)
{
    int32_t s = 0;
    int64_t l = 0;
    uint32_t u = 0;
    uint64_t ul = 0;
    bool wide = t == IR_I64, over;
    switch (op) {
    case IR_SADDO: over = wide ? __builtin_add_overflow(x, y, &l) : __builtin_add_overflow((int32_t)x, (int32_t)y, &s); break;
    case IR_UADDO: over = wide ? __builtin_add_overflow((uint64_t)x, (uint64_t)y, &ul) : __builtin_add_overflow((uint32_t)x, (uint32_t)y, &u); break;
    case IR_SSUBO: over = wide ? __builtin_sub_overflow(x, y, &l) : __builtin_sub_overflow((int32_t)x, (int32_t)y, &s); break;
    case IR_USUBO: over = wide ? __builtin_sub_overflow((uint64_t)x, (uint64_t)y, &ul) : __builtin_sub_overflow((uint32_t)x, (uint32_t)y, &u); break;
    case IR_SMULO: over = wide ? __builtin_mul_overflow(x, y, &l) : __builtin_mul_overflow((int32_t)x, (int32_t)y, &s); break;
    default: over = wide ? __builtin_mul_overflow((uint64_t)x, (uint64_t)y, &ul) : __builtin_mul_overflow((uint32_t)x, (uint32_t)y, &u); break;
    }
    bool sign = op == IR_SADDO || op == IR_SSUBO || op == IR_SMULO;
    *wrapped = wide ? (sign ? l : (int64_t)ul) : (sign ? s : (int32_t)u);
    return over;
}

uint64_t reference_rmw(IrRmw kind, uint64_t old, uint64_t v, unsigned bits)
{
    uint64_t m = bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1, r;
    old &= m, v &= m;
    int64_t so = (int64_t)(old << (64 - bits)), sv = (int64_t)(v << (64 - bits));
    switch (kind) {
    case IR_RMW_XCHG: r = v; break;
    case IR_RMW_ADD: r = old + v; break;
    case IR_RMW_SUB: r = old - v; break;
    case IR_RMW_AND: r = old & v; break;
    case IR_RMW_OR: r = old | v; break;
    case IR_RMW_XOR: r = old ^ v; break;
    case IR_RMW_NAND: r = ~(old & v); break;
    case IR_RMW_SMIN: r = so < sv ? old : v; break;
    case IR_RMW_SMAX: r = so > sv ? old : v; break;
    case IR_RMW_UMIN: r = old < v ? old : v; break;
    default: r = old > v ? old : v; break;
    }
    return r & m;
}

/* ---- units made by hand: states 1, 2 come in, 3 goes out, all i64 ---- */

static IrFn *u;
static IrRef in1, in2, in3;

static IrFn *begin(void)
{
    u = ir_fn_new(&host, &arena, &unit, ir_unit_sym(&unit, "u", IR_SYM_FUNC, 0));
    u->flags |= IR_FN_UNIT;
    for (uint32_t id = 1; id <= 3; id++) {
        IrContract k = { id, IR_I64, (uint8_t)id };
        vec_push(&arena, &u->contract, k);
    }
    ir_place(u, ir_block(u));
    in1 = ir_append(u, IR_STATE_IN, IR_I64, 0, 1, 0, 0);
    in2 = ir_append(u, IR_STATE_IN, IR_I64, 0, 2, 0, 0);
    in3 = ir_append(u, IR_STATE_IN, IR_I64, 0, 3, 0, 0);
    return u;
}

static void end(int id, IrRef s1, IrRef s2, IrRef s3)
{
    int32_t pairs[] = { 1, s1, 2, s2, 3, s3 };
    ir_state(u, ir_ins(u, IR_EXIT, IR_VOID, 0, id, 0, 0), pairs, 3);
}

static IrRef map(IrRef at, IrRef s1, IrRef s2, IrRef s3, int64_t pc)
{
    int32_t pairs[] = { 1, s1, 2, s2, 3, s3, 64, ir_int(u, IR_I64, pc) };
    ir_state(u, at, pairs, 4);
    return at;
}

IrCode *code_of(IrFn *f)
{
    const char *why = NULL, *wrong;
    ir_finish(f);
    wrong = ir_check(&arena, f);
    if (wrong) {
        Buf b;
        buf_init(&b, &arena);
        ir_print_fn(&b, f);
        printf("  %s\n%s\n", wrong, buf_cstr(&b));
        exit(1);
    }
    IrCode *c = ir_code_new(&arena, f, NSTATES, &why);
    if (!c) {
        printf("  refused: %s\n", why);
        exit(1);
    }
    return c;
}

static IrLeave run(IrCode *c, uint64_t a, uint64_t b)
{
    machine.frame[1] = a;
    machine.frame[2] = b;
    machine.frame[3] = 0x3333;
    return ir_run(&machine, c);
}
#define OUT (machine.frame[3])

/* A state as a value of type t with anything above the low half. */
static IrRef as(IrType t, IrRef s)
{
    if (t == IR_I32)
        return ir_append(u, IR_TRUNC, IR_I32, 0, s, 0, 0);
    if (t == IR_F64)
        return ir_append(u, IR_BITCAST, IR_F64, 0, s, 0, 0);
    if (t == IR_F32)
        return ir_append(u, IR_BITCAST, IR_F32, 0, ir_append(u, IR_TRUNC, IR_I32, 0, s, 0, 0), 0, 0);
    return s;
}

static IrRef wide(IrRef v)
{
    switch (ir_ref_type(u, v)) {
    case IR_I32: return ir_append(u, IR_SEXT32, IR_I64, 0, v, 0, 0);
    case IR_F32: return ir_append(u, IR_ZEXT32, IR_I64, 0, ir_append(u, IR_BITCAST, IR_I32, 0, v, 0, 0), 0, 0);
    case IR_F64: return ir_append(u, IR_BITCAST, IR_I64, 0, v, 0, 0);
    default: return v;
    }
}

/* A constant operand, or the state. */
static IrRef arg(IrType t, int64_t v, bool constant, IrRef state)
{
    return constant ? ir_int(u, t, v) : as(t, state);
}

/* form 0: both come in; 1: the second, 2: the first is a constant, 3: both; + 4: the result is asked for by a branch */
static void one_int(IrOp op, IrType t, int64_t x, int64_t y, int form)
{
    bool two = ir_ops[op].operands[1] == 't', cmp = ir_ops[op].result == 'i';
    begin();
    IrRef a = arg(t, x, form & 2, in1), b = two ? arg(t, y, form & 1, in2) : 0;
    IrRef r = ir_append(u, op, t, 0, a, b, 0);
    if (form & 4) {
        uint32_t yes = ir_block(u), no = ir_block(u);
        if (!cmp)
            r = ir_append(u, IR_AND, IR_I32, 0, t == IR_I64 ? ir_append(u, IR_TRUNC, IR_I32, 0, r, 0, 0) : r, ir_int(u, IR_I32, -1), 0);
        ir_br(u, r, yes, no);
            u->blocks.p[yes].reach = u->blocks.p[no].reach = IR_NAMED;
        ir_place(u, form & 1 ? yes : no);
        end(form & 1, in1, in2, in1);
        ir_place(u, form & 1 ? no : yes);
        end(!(form & 1), in1, in2, in1);
    } else {
        end(0, in1, in2, wide(r));
    }
    int64_t want = reference(op, t, x, y);
    IrLeave how = run(code_of(u), (uint64_t)x, (uint64_t)y);
    if (form & 4)
        CHECK(how == IR_LEFT_EXIT && machine.id == ((int32_t)want != 0));
    else
        CHECK(how == IR_LEFT_EXIT && machine.id == 0 && OUT == (uint64_t)want);
    if (bad == 1)
        printf("  %s type %d: %lld, %lld form %d: %lld, not %lld\n", ir_ops[op].name, t, (long long)x, (long long)y, form, (long long)OUT, (long long)want);
}

static void test_int(void)
{
    for (int op = IR_ADD; op <= IR_UGT; op++) {
        if (op == IR_INDEX || (op >= IR_SEXT32 && op <= IR_UMULO))
            continue;
        bool two = ir_ops[op].operands[1] == 't';
        for (IrType t = IR_I32; t <= IR_I64; t++) {
            for (unsigned i = 0; i < countof(edges) && bad < 5; i++) {
                for (unsigned j = 0; j < (two ? countof(edges) : 1); j++)
                    for (int form = 0; form < 8; form++)
                        if (form == 0 || (i + j + (unsigned)form) % 3 == 0)
                            one_int(op, t, edges[i], edges[j], two ? form : form & 6);
                arena_reset(&arena);
                ir_unit_init(&unit, &arena);
            }
        }
    }
}

static void test_overflow(void)
{
    for (int op = IR_SADDO; op <= IR_UMULO; op++)
        for (IrType t = IR_I32; t <= IR_I64; t++)
            for (unsigned constant = 0; constant < 2; constant++)
                for (unsigned i = 0; i < countof(edges); i++)
                    for (unsigned j = 0; j < countof(edges); j++) {
                        int64_t r;
                        bool over = reference_overflow(op, t, edges[i], edges[j], &r);
                        arena_reset(&arena);
                        ir_unit_init(&unit, &arena);
                        begin();
                        IrRef v = ir_append(u, op, t, 0, as(t, in1), arg(t, edges[j], constant, in2), 0);
                        IrRef p = ir_append(u, IR_PROJ, IR_I32, 0, v, 1, 0);
                        end(0, in1, ir_append(u, IR_ZEXT32, IR_I64, 0, p, 0, 0), wide(v));
                        CHECK(run(code_of(u), (uint64_t)edges[i], (uint64_t)edges[j]) == IR_LEFT_EXIT);
                        CHECK(OUT == (uint64_t)r && machine.frame[2] == over);
                    }
}

static void test_width(void)
{
    for (unsigned i = 0; i < countof(edges); i++)
        for (unsigned j = 0; j < countof(edges); j++) {
            uint64_t x = (uint64_t)edges[i], y = (uint64_t)edges[j];
            begin();
            IrRef t = as(IR_I32, in1), s = ir_append(u, IR_XOR, IR_I32, 0, t, as(IR_I32, in2), 0);
            end(0, ir_append(u, IR_SEXT32, IR_I64, 0, t, 0, 0), ir_append(u, IR_ZEXT32, IR_I64, 0, s, 0, 0),
                ir_append(u, IR_INDEX, IR_I64, 0, in1, in2, -24));
            run(code_of(u), x, y);
            CHECK(machine.frame[1] == (uint64_t)(int32_t)x && machine.frame[2] == (uint32_t)(x ^ y) && OUT == x - y * 24);
            begin();
            IrRef c = ir_append(u, IR_ULT, IR_I64, 0, in1, in2, 0);
            IrRef sel = ir_append(u, IR_SELECT, IR_I64, 0, c, in2, in1);
            IrRef low = ir_append(u, IR_SELECT, IR_I32, 0, as(IR_I32, in2), as(IR_I32, in1), ir_int(u, IR_I32, -7));
            end(0, ir_append(u, IR_ZEXT32, IR_I64, 0, c, 0, 0), sel, ir_append(u, IR_SEXT32, IR_I64, 0, low, 0, 0));
            run(code_of(u), x, y);
            CHECK(machine.frame[1] == (x < y) && machine.frame[2] == (x < y ? y : x));
            CHECK(OUT == ((uint32_t)y ? (uint64_t)(int32_t)x : (uint64_t)-7));
            arena_reset(&arena);
            ir_unit_init(&unit, &arena);
        }
}

/* ---- floats: the machine is the reference ---- */

static unsigned host_flags(void)
{
    int f = fetestexcept(FE_ALL_EXCEPT);
    return (f & FE_INEXACT ? 1u : 0) | (f & FE_UNDERFLOW ? 2u : 0) | (f & FE_OVERFLOW ? 4u : 0) | (f & FE_DIVBYZERO ? 8u : 0) |
           (f & FE_INVALID ? 16u : 0);
}
static uint64_t bits64(double d) { uint64_t v; memcpy(&v, &d, 8); return v; }
static uint64_t bits32(float d) { uint32_t v; memcpy(&v, &d, 4); return v; }

static uint64_t host_op(int op, IrType t, double a, double b, double c)
{
    volatile double x = a, y = b, z = c, r;
    volatile float fx = (float)a, fy = (float)b, fz = (float)c, fr;
    feclearexcept(FE_ALL_EXCEPT);
    switch (op) {
    case IR_FADD: r = x + y, feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? fx + fy : 0; break;
    case IR_FSUB: r = x - y, feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? fx - fy : 0; break;
    case IR_FMUL: r = x * y, feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? fx * fy : 0; break;
    case IR_FDIV: r = x / y, feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? fx / fy : 0; break;
    case IR_FSQRT: r = sqrt(x), feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? sqrtf(fx) : 0; break;
    default: r = fma(x, y, z), feclearexcept(t == IR_F32 ? FE_ALL_EXCEPT : 0), fr = t == IR_F32 ? fmaf(fx, fy, fz) : 0; break;
    }
    if (t == IR_F32)
        return fr != fr ? 0x7fc00000u : bits32(fr);
    return r != r ? (uint64_t)0x7ff8 << 48 : bits64(r);
}

static const double floats[] = { 0, -0.0, 1, -1, 0.1, 3, 1e30, -1e30, 1e308, 5e-324, 1e-40, 2147483647.0, 2147483648.0, -2147483648.5,
                                 4294967295.5, 9223372036854775808.0, 1.5, -2.5, INFINITY, -INFINITY, NAN, 123456789.125, -0.75 };

static void test_float(void)
{
    static const int modes[4] = { FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD };
    for (int op = IR_FADD; op <= IR_FMA; op++)
        for (IrType t = IR_F32; t <= IR_F64; t++)
            for (int m = 0; m < 8; m++) {
                /* m < 4: the mode stands in the instruction and another one in the environment */
                arena_reset(&arena);
                ir_unit_init(&unit, &arena);
                begin();
                IrRef a = as(t, in1), b = as(t, in2), c = as(t, in3);
                IrRef r = ir_append(u, op, t, IR_FLT_STRICT | (m < 4 ? 1u + (unsigned)m : 0), a, op == IR_FSQRT ? 0 : b, op == IR_FMA ? c : 0);
                r = ir_append(u, IR_CANON, t, 0, r, 0, 0);
                IrRef f = ir_append(u, IR_FFLAGS_GET, IR_I32, 0, 0, 0, 0);
                end(0, in1, ir_append(u, IR_ZEXT32, IR_I64, 0, f, 0, 0), wide(r));
                IrCode *code = code_of(u);
                for (unsigned i = 0; i < countof(floats); i++)
                    for (unsigned j = 0; j < countof(floats); j++) {
                        double x = floats[i], y = floats[j], z = floats[(i * 7 + j) % countof(floats)];
                        float fx = (float)x, fy = (float)y, fz = (float)z;
                        fesetround(modes[m & 3]);
                        uint64_t want = t == IR_F32 ? host_op(op, t, fx, fy, fz) : host_op(op, t, x, y, z);
                        unsigned flags = host_flags();
                        fesetround(FE_TONEAREST);
                        machine.env.round = (SfRound)(m < 4 ? (m + 1) % 4 : m - 4);
                        machine.env.flags = 0;
                        machine.frame[1] = t == IR_F32 ? bits32(fx) | (uint64_t)0x1234 << 32 : bits64(x);
                        machine.frame[2] = t == IR_F32 ? bits32(fy) | (uint64_t)0x4321 << 32 : bits64(y);
                        machine.frame[3] = t == IR_F32 ? bits32(fz) : bits64(z);
                        CHECK(ir_run(&machine, code) == IR_LEFT_EXIT);
                        if (OUT != want && bad < 3)
                            printf("  %s type %d mode %d: %a %a %a: %llx not %llx\n", ir_ops[op].name, t, m, x, y, z, (unsigned long long)OUT,
                                   (unsigned long long)want);
                        CHECK(OUT == want);
                        CHECK(machine.frame[2] == flags && machine.env.flags == flags);
                    }
            }
}

static void test_float_compare(void)
{
    for (int op = IR_FOEQ; op <= IR_FUNO; op++)
        for (unsigned s = 0; s < 2; s++) {
            arena_reset(&arena);
            ir_unit_init(&unit, &arena);
            begin();
            IrRef r = ir_append(u, op, IR_F64, s ? IR_FLT_SAT | IR_FLT_STRICT : 0, as(IR_F64, in1), as(IR_F64, in2), 0);
            end(0, in1, in2, wide(r));
            IrCode *code = code_of(u);
            for (unsigned i = 0; i < countof(floats); i++)
                for (unsigned j = 0; j < countof(floats); j++) {
                    double x = floats[i], y = floats[j];
                    bool un = x != x || y != y;
                    bool want[14] = { x == y, !un && x != y, x < y, x <= y, x > y, x >= y, !un,
                                      un || x == y, x != y, un || x < y, un || x <= y, un || x > y, un || x >= y, un };
                    machine.env.flags = 0;
                    run(code, bits64(x), bits64(y));
                    CHECK(OUT == want[op - IR_FOEQ] && machine.env.flags == (un && s ? 16u : 0u));
                }
        }
}

static void test_float_convert(void)
{
    for (unsigned i = 0; i < countof(floats); i++) {
        double x = floats[i];
        float fx = (float)x;
        for (unsigned mode = 0; mode < 6; mode++)
            for (int k = 0; k < 4; k++) {
                static const unsigned rounds[6] = { 0, 1 + SF_RNE, 1 + SF_RTZ, 1 + SF_RDN, 1 + SF_RUP, IR_ROUND_DYNAMIC };
                static const int hosts[6] = { FE_TOWARDZERO, FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD, FE_UPWARD };
                IrType t = k & 1 ? IR_I64 : IR_I32;
                bool sign = k & 2;
                arena_reset(&arena);
                ir_unit_init(&unit, &arena);
                begin();
                IrRef r = ir_append(u, sign ? IR_F2SI : IR_F2UI, t, rounds[mode] | IR_FLT_SAT | IR_FLT_STRICT, as(IR_F64, in1), 0, 0);
                IrRef g = ir_append(u, IR_FCVT, IR_F32, 0, as(IR_F64, in1), 0, 0);
                IrRef d = ir_append(u, IR_FCVT, IR_F64, 0, as(IR_F32, in2), 0, 0);
                end(0, wide(g), wide(d), wide(r));
                machine.env.round = SF_RUP;
                machine.env.flags = 0;
                run(code_of(u), bits64(x), bits32(fx));
                fesetround(hosts[mode]);
                volatile double q = rint(x), lo = sign ? (t == IR_I64 ? -0x1p63 : -0x1p31) : 0, hi = ldexp(1, (t == IR_I64 ? 64 : 32) - sign);
                uint64_t want;
                if (x != x || q >= hi)
                    want = sign ? (t == IR_I64 ? INT64_MAX : INT32_MAX) : UINT64_MAX;
                else if (q < lo)
                    want = sign ? (t == IR_I64 ? (uint64_t)INT64_MIN : (uint64_t)INT32_MIN) : 0;
                else
                    want = sign ? (uint64_t)(int64_t)q : (uint64_t)q;
                CHECK(OUT == (uint64_t)cut(t, want));
                bool out = x != x || q >= hi || q < lo;
                CHECK(out ? machine.env.flags & 16 : !(machine.env.flags & 16));
                fesetround(FE_UPWARD);
                volatile double source = x;
                volatile float down = (float)source;
                fesetround(FE_TONEAREST);
                volatile double up = fx;
                CHECK(x != x || (machine.frame[1] == bits32(down) && machine.frame[2] == bits64(up)));
            }
    }
    for (unsigned i = 0; i < countof(edges); i++)
        for (int k = 0; k < 8; k++) {
            IrType t = k & 1 ? IR_F64 : IR_F32, from = k & 2 ? IR_I64 : IR_I32;
            int64_t v = edges[i];
            begin();
            IrRef r = ir_append(u, k & 4 ? IR_SI2F : IR_UI2F, t, 0, as(from, in1), 0, 0);
            end(0, in1, in2, wide(r));
            machine.env.round = SF_RNE;
            run(code_of(u), (uint64_t)v, 0);
            double d;
            float f;
            if (from == IR_I64)
                d = k & 4 ? (double)v : (double)(uint64_t)v, f = k & 4 ? (float)v : (float)(uint64_t)v;
            else
                d = k & 4 ? (double)(int32_t)v : (double)(uint32_t)v, f = k & 4 ? (float)(int32_t)v : (float)(uint32_t)v;
            CHECK(OUT == (t == IR_F64 ? bits64(d) : bits32(f)));
        }
    begin();
    IrRef n = ir_append(u, IR_FNEG, IR_F64, 0, as(IR_F64, in1), 0, 0), a = ir_append(u, IR_FABS, IR_F32, 0, as(IR_F32, in1), 0, 0);
    IrRef cs = ir_append(u, IR_FCOPYSIGN, IR_F64, 0, as(IR_F64, in1), as(IR_F64, in2), 0);
    end(0, wide(n), wide(a), wide(cs));
    machine.env.flags = 3;
    run(code_of(u), 0x7ff0000087654321, (uint64_t)1 << 63);
    CHECK(machine.frame[1] == 0xfff0000087654321 && machine.frame[2] == 0x07654321 && OUT == 0xfff0000087654321 && machine.env.flags == 3);
    begin();
    ir_append(u, IR_FFLAGS_SET, IR_VOID, 0, as(IR_I32, in1), 0, 0);
    end(0, in1, in2, in3);
    run(code_of(u), 0xabc00000015, 0);
    CHECK(machine.env.flags == 0x15);
}

/* ---- memory ---- */

static uint64_t guest_read(uint64_t at, unsigned size, bool *ok)
{
    uint64_t v = 0;
    *ok = true;
    for (unsigned k = 0; k < size; k++) {
        uint8_t *p = guest_byte(at + k, false);
        *ok &= p != NULL;
        v |= p ? (uint64_t)*p << 8 * k : 0;
    }
    return v;
}

static const uint64_t places[] = { 0x10000, 0x10001, 0x10ff8, 0x10ff9, 0x10ffc, 0x10ffd, 0x10ffe, 0x10fff, 0x11000, 0x11004, 0x11fff, 0x12000, 0x12007,
                                   0x12ffb, 0x12fff, 0x13000, 0, 0xfffc, 0xffff, 0x20ffd, UINT64_MAX, UINT64_MAX - 7, UINT64_MAX - 3 };

static void test_load(void)
{
    for (unsigned size = 0; size < 4; size++)
        for (int k = 0; k < 4; k++) {
            IrType t = k & 1 ? IR_I64 : IR_I32;
            bool sign = k & 2;
            unsigned bytes = 1u << size;
            if (bytes > ir_type_size(t) || (sign && bytes == ir_type_size(t)))
                continue;
            begin();
            IrRef r = ir_append(u, IR_LOAD, t, size | (sign ? IR_MEM_SIGNED : 0) | IR_MEM_TRAPS, in1, 0, 5);
            map(r, in2, in1, in3, 0x1234);
            end(0, in1, in2, wide(r));
            IrCode *code = code_of(u);
            for (unsigned i = 0; i < 3 * countof(places); i++) {
                uint64_t at = places[i / 3];
                bool ok;
                uint64_t v = guest_read(at, bytes, &ok), n = 64 - 8 * bytes;
                use_cache = i % 3;
                if (i % 3 < 2)
                    clear_cache();
                machine.frame[64] = 9;
                IrLeave how = run(code, at - 5, 77);
                CHECK(how == (ok ? IR_LEFT_EXIT : IR_LEFT_FAULT));
                v = sign ? (uint64_t)((int64_t)(v << n) >> n) : v;
                if (ok) {
                    CHECK(OUT == (uint64_t)cut(t, v) && machine.frame[1] == at - 5 && machine.frame[2] == 77 && machine.frame[64] == 9);
                } else {
                    CHECK(OUT == 0x3333 && machine.frame[1] == 77 && machine.frame[2] == at - 5 && machine.frame[64] == 0x1234);
                    CHECK(machine.address - at < bytes && !guest_byte(machine.address, false) && !machine.write);
                }
            }
        }
}

static void test_store(void)
{
    static uint8_t before[PAGES][4096];
    for (unsigned size = 0; size < 4; size++)
        for (int k = 0; k < 6; k++) {
            IrType t = k & 1 ? IR_I64 : IR_I32;
            unsigned bytes = 1u << size;
            if (bytes > ir_type_size(t))
                continue;
            int64_t constant = k / 2 == 1 ? -2 : 0x123456789abcdef0;
            begin();
            IrRef v = k / 2 ? ir_int(u, t, constant) : as(t, in2);
            IrRef r = ir_append(u, IR_STORE, t, size | IR_MEM_TRAPS, in1, v, -9);
            map(r, in1, in1, in3, 0x1234);
            end(0, in1, in2, in2);
            IrCode *code = code_of(u);
            for (unsigned i = 0; i < 3 * countof(places); i++) {
                uint64_t at = places[i / 3], value = 0x1122334455667788;
                bool ok = true;
                use_cache = i % 3;
                if (i % 3 < 2)
                    clear_cache();
                for (unsigned j = 0; j < bytes; j++)
                    ok &= guest_byte(at + j, true) != NULL;
                fill_guest();
                memcpy(before, pages_of_guest, sizeof before);
                IrLeave how = run(code, at + 9, value);
                CHECK(how == (ok ? IR_LEFT_EXIT : IR_LEFT_FAULT));
                if (ok) {
                    uint64_t want = k / 2 ? (uint64_t)constant : value;
                    CHECK(OUT == value);
                    for (unsigned j = 0; j < bytes; j++) {
                        uint8_t *p = guest_byte(at + j, true);
                        CHECK(*p == (uint8_t)(want >> 8 * j));
                        *p = ((uint8_t *)before)[p - (uint8_t *)pages_of_guest];
                    }
                } else {
                    CHECK(OUT == 0x3333 && machine.frame[2] == at + 9 && machine.frame[64] == 0x1234 && machine.write);
                    CHECK(!guest_byte(machine.address, true));
                }
                CHECK(memcmp(before, pages_of_guest, sizeof before) == 0);
            }
        }
}

static void test_atomics(void)
{
    static const uint64_t olds[] = { 0, 1, 0x7f, 0x80, 0xff, 0x7fffffffffffffff, 0x8000000000000000, 0x80000000, 0xfedcba9876543210, UINT64_MAX };
    for (unsigned size = 0; size < 4; size++)
        for (int t = IR_I32; t <= IR_I64; t++)
            for (int kind = 0; kind <= IR_RMWS; kind++) {
                unsigned bytes = 1u << size;
                uint64_t mask = bytes == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * bytes) - 1;
                if (bytes > ir_type_size((IrType)t))
                    continue;
                begin();
                IrRef a = ir_append(u, IR_ADD, IR_I64, 0, in1, ir_int(u, IR_I64, 3), 0), r, p = IR_NONE;
                unsigned aux = size | IR_SEQ_CST << IR_MEM_ORDER_SHIFT | IR_MEM_TRAPS;
                if (kind < IR_RMWS) {
                    r = ir_append(u, IR_RMW, (IrType)t, aux, a, as((IrType)t, in2), kind);
                } else {
                    IrRef e = as((IrType)t, in2);
                    r = ir_append(u, IR_CAS, (IrType)t, aux, a, e, ir_int(u, (IrType)t, 0x55));
                    p = ir_append(u, IR_PROJ, IR_I32, 0, r, 1, 0);
                }
                map(r, in1, in2, in3, 1);
                ir_append(u, IR_FENCE, IR_VOID, IR_SEQ_CST << IR_MEM_ORDER_SHIFT, 0, 0, 0);
                end(0, in1, p ? ir_append(u, IR_ZEXT32, IR_I64, 0, p, 0, 0) : in2, wide(r));
                IrCode *code = code_of(u);
                for (unsigned i = 0; i < countof(olds); i++)
                    for (unsigned j = 0; j < countof(olds); j++) {
                        uint64_t now, want;
                        for (unsigned b = 0; b < 8; b++)
                            *guest_byte(0x12008 + b, true) = (uint8_t)(olds[i] >> 8 * b);
                        CHECK(run(code, 0x12005, olds[j]) == IR_LEFT_EXIT);
                        bool same = ((olds[i] ^ olds[j]) & mask) == 0, ok;
                        want = kind < IR_RMWS ? reference_rmw((IrRmw)kind, olds[i], olds[j], 8 * bytes) : same ? 0x55 : olds[i] & mask;
                        now = guest_read(0x12008, 8, &ok);
                        CHECK(now == ((olds[i] & ~mask) | want) && OUT == (uint64_t)cut((IrType)t, olds[i] & mask));
                        CHECK(kind < IR_RMWS || machine.frame[2] == same);
                    }
                CHECK(run(code, 0x11005, 5) == IR_LEFT_FAULT && machine.write && machine.address == 0x11008 && machine.frame[64] == 1);
                CHECK(machine.frame[1] == 0x11005 && machine.frame[2] == 5 && OUT == 0x3333);
            }
}

static void test_copy_fill(void)
{
    static const int sizes[] = { 0, 1, 7, 8, 9, 100, 5000 };
    static uint8_t before[PAGES][4096];
    for (unsigned k = 0; k < countof(sizes); k++)
        for (int fill = 0; fill < 2; fill++) {
            begin();
            IrRef r = ir_append(u, fill ? IR_FILL : IR_COPY, IR_VOID, 0, in1, fill ? as(IR_I32, in2) : in2, sizes[k]);
            map(r, in1, in2, in3, 8);
            end(0, in1, in2, in1);
            IrCode *code = code_of(u);
            fill_guest();
            memcpy(before, pages_of_guest, sizeof before);
            CHECK(run(code, 0x20123, 0x10077) == IR_LEFT_EXIT && OUT == 0x20123);
            for (int j = 0; j < sizes[k]; j++)
                before[3 + (0x123 + j) / 4096][(0x123 + j) % 4096] = fill ? 0x77 : before[(0x77 + j) / 4096][(0x77 + j) % 4096];
            CHECK(memcmp(before, pages_of_guest, sizeof before) == 0);
            if (sizes[k] > 4096) {
                CHECK(run(code, 0x10ff0, 0x20077) == IR_LEFT_FAULT && machine.write && machine.address == 0x11000);
                CHECK(run(code, 0x21000, 0x20077) == IR_LEFT_FAULT && machine.write && machine.address == 0x22000);
                CHECK(fill || (run(code, 0x20000, 0x12010) == IR_LEFT_FAULT && !machine.write && machine.address == 0x13000));
                CHECK(memcmp(before, pages_of_guest, sizeof before) == 0);
            }
        }
}

/* ---- states, exits ---- */

/* The value of a state is written early only where no map asks for the former one. */
static void test_fault_maps(void)
{
    begin();
    IrRef a = ir_append(u, IR_ADD, IR_I64, 0, in1, ir_int(u, IR_I64, 1), 0);
    IrRef l1 = map(ir_append(u, IR_LOAD, IR_I64, 3 | IR_MEM_TRAPS, in2, 0, 0), in1, in2, a, 100);    /* 1 still in1, 3 already a */
    IrRef l2 = map(ir_append(u, IR_LOAD, IR_I64, 3 | IR_MEM_TRAPS, l1, 0, 0), a, l1, in1, 104);      /* rotated */
    IrRef l3 = map(ir_append(u, IR_LOAD, IR_I64, 3 | IR_MEM_TRAPS, l2, 0, 0), l2, l1, a, 108);
    end(7, l3, a, l2);
    IrCode *code = code_of(u);
    fill_guest();
    uint64_t *w = (uint64_t *)pages_of_guest[0];
    w[0] = 0x10008, w[1] = 0x10010, w[2] = 99;
    machine.frame[64] = 5;
    CHECK(run(code, 10, 0x10000) == IR_LEFT_EXIT && machine.id == 7);
    CHECK(machine.frame[1] == 99 && machine.frame[2] == 11 && OUT == 0x10010 && machine.frame[64] == 5);
    CHECK(run(code, 10, 0) == IR_LEFT_FAULT && machine.address == 0);
    CHECK(machine.frame[1] == 10 && machine.frame[2] == 0 && OUT == 11 && machine.frame[64] == 100);
    w[0] = 1;
    CHECK(run(code, 10, 0x10000) == IR_LEFT_FAULT && machine.address == 1);
    CHECK(machine.frame[1] == 11 && machine.frame[2] == 1 && OUT == 10 && machine.frame[64] == 104);
    w[0] = 0x10008, w[1] = 2;
    CHECK(run(code, 10, 0x10000) == IR_LEFT_FAULT && machine.address == 2);
    CHECK(machine.frame[1] == 2 && machine.frame[2] == 0x10008 && OUT == 11 && machine.frame[64] == 108);
    /* a map that does not name a state, and none at all: unchanged */
    for (int k = 0; k < 2; k++) {
        begin();
        IrRef b = ir_append(u, IR_ADD, IR_I64, 0, in1, ir_int(u, IR_I64, 1), 0);
        IrRef l = ir_append(u, IR_LOAD, IR_I64, 3 | IR_MEM_TRAPS, in2, 0, 0);
        int32_t pairs[] = { 2, b };
        ir_state(u, l, pairs, (uint32_t)k);
        end(0, b, l, b);
        code = code_of(u);
        CHECK(run(code, 10, 0) == IR_LEFT_FAULT && machine.frame[1] == 10 && machine.frame[2] == (k ? 11 : 0) && OUT == 0x3333);
        CHECK(run(code, 10, 0x10010) == IR_LEFT_EXIT && machine.frame[1] == 11 && machine.frame[2] == 99 && OUT == 11);
    }
    begin();
    IrRef b = ir_append(u, IR_ADD, IR_I64, 0, in1, in2, 0);
    map(ir_ins(u, IR_TRAP, IR_VOID, 0, 42, 0, 0), b, in1, ir_int(u, IR_I64, 6), 8);
    CHECK(run(code_of(u), 1, 2) == IR_LEFT_TRAP && machine.id == 42);
    CHECK(machine.frame[1] == 3 && machine.frame[2] == 1 && OUT == 6 && machine.frame[64] == 8);
}

static void test_exits(void)
{
    begin();
    end(3, in2, in3, in1);                              /* a cycle of three */
    CHECK(run(code_of(u), 1, 2) == IR_LEFT_EXIT && machine.id == 3);
    CHECK(machine.frame[1] == 2 && machine.frame[2] == 0x3333 && OUT == 1);
    for (int k = 0; k < 2; k++) {                       /* the address is a state that changes */
        begin();
        IrRef to = k ? ir_int(u, IR_I64, 0x4444) : in1;
        int32_t pairs[] = { 1, in2, 2, in1, 3, ir_int(u, IR_I64, 8) };
        ir_state(u, ir_ins(u, IR_EXIT_INDIRECT, IR_VOID, 0, to, 0, 0), pairs, 3);
            CHECK(run(code_of(u), 0x5554, 2) == IR_LEFT_INDIRECT && machine.address == (k ? 0x4444 : 0x5554));
        CHECK(machine.frame[1] == 2 && machine.frame[2] == 0x5554 && OUT == 8);
    }
}

static IrCode *code_of_text(const char *text);

static IrCode *counter(int64_t step, unsigned junk)
{
    begin();
    IrRef v = in1;
    for (unsigned k = 0; k < junk; k++)
        v = ir_append(u, IR_XOR, IR_I64, 0, v, ir_append(u, IR_AND, IR_I64, 0, in2, ir_int(u, IR_I64, 0), 0), 0);
    end(0, ir_append(u, IR_ADD, IR_I64, 0, v, ir_int(u, IR_I64, step), 0), in2, in3);
    return code_of(u);
}

static void test_chains(void)
{
    int owner;
    reset_machine();
    IrCode *a = counter(1, 0), *b = counter(100, 3000);  /* b needs a larger frame */
    ir_code_set_owner(b, &owner);
    CHECK(ir_code_owner(b) == &owner && !ir_code_owner(a) && ir_code_size(a) < ir_code_size(b));
    CHECK(run(a, 0, 0) == IR_LEFT_EXIT && machine.code == a && machine.units == 1 && machine.frame[1] == 1 && machine.budget == 1000);
    ir_code_chain(a, 0, b);
    CHECK(ir_code_chained(a, 0) == b && !ir_code_chained(b, 0) && !ir_code_chained(b, 99));
    ir_code_chain(a, 99, b);
    CHECK(run(a, 0, 0) == IR_LEFT_EXIT && machine.code == b && machine.units == 3 && machine.frame[1] == 101 && machine.budget == 999);
    ir_code_chain(b, 0, a);
    CHECK(run(a, 0, 0) == IR_LEFT_BUDGET && machine.code == b && machine.units == 1003 && machine.budget == 0);
    CHECK(machine.frame[1] == 500 * 101 && machine.id == 0);
    ir_code_set_cost(a, 7);
    machine.units = 0;
    machine.budget = 25;                                 /* a (b 1 a 7) (b 1 a 7) (b 1 a 7) b leaves */
    CHECK(run(a, 0, 0) == IR_LEFT_BUDGET && machine.code == b && machine.units == 32 && machine.budget == 0);
    machine.budget = 22;
    machine.units = 0;
    CHECK(run(a, 0, 0) == IR_LEFT_BUDGET && machine.code == b && machine.units == 7 + 17 && machine.budget == 5);
    ir_code_chain(a, 0, NULL);
    CHECK(run(a, 0, 0) == IR_LEFT_EXIT && machine.code == a);
    /* one exit in several places, as part of a branch and by itself */
    IrCode *two = code_of_text("func @f() unit {\n contract 1: i64 reg 1\n contract 2: i64 reg 2\n contract 3: i64 reg 3\n"
                               "b0:\n v1 = state_in.i64 1\n v2 = state_in.i64 2\n v3 = state_in.i64 3\n v4 = slt.i64 v2, 100\n"
                               " br v4, b1, b2\nb1:\n exit 5 state [1: v1, 2: v2, 3: v3]\n"
                               "b2:\n v7 = slt.i64 v2, 0x7fffffff\n br v7, b3, b4\nb3:\n exit 5 state [1: v1, 2: v2, 3: v3]\n"
                               "b4:\n exit 5 state [1: v2, 2: v2, 3: v3]\n}\n");
    CHECK(two && !ir_code_chained(two, 5) && run(two, 10, 0) == IR_LEFT_EXIT && machine.id == 5 && machine.frame[1] == 10);
    ir_code_chain(two, 5, a);
    machine.budget = 1000;
    CHECK(ir_code_chained(two, 5) == a && run(two, 10, 0) == IR_LEFT_EXIT && machine.code == a && machine.frame[1] == 11);
    CHECK(run(two, 20, 1000) == IR_LEFT_EXIT && machine.code == a && machine.frame[1] == 21);
    CHECK(run(two, 10, 0x80000000) == IR_LEFT_EXIT && machine.code == a && machine.frame[1] == 0x80000001);
    ir_code_chain(two, 5, NULL);
    CHECK(run(two, 10, 0x80000000) == IR_LEFT_EXIT && machine.code == two && machine.id == 5);
    /* computed exits go through the machine's table */
    IrJump jumps[4] = { { 0, NULL } };
    begin();
    int32_t pairs[] = { 1, in1, 2, in2, 3, in3 };
    ir_state(u, ir_ins(u, IR_EXIT_INDIRECT, IR_VOID, 0, in2, 0, 0), pairs, 3);
    IrCode *j = code_of(u);
    machine.jumps = jumps;
    machine.jump_mask = 3;
    machine.budget = 50;
    CHECK(run(j, 0, 0) == IR_LEFT_INDIRECT && machine.address == 0);
    jumps[1].address = 0x1002;
    jumps[1].code = a;
    CHECK(run(j, 0, 0x1002) == IR_LEFT_EXIT && machine.code == a && machine.frame[1] == 1 && machine.budget == 43);
    CHECK(run(j, 0, 0x100a) == IR_LEFT_INDIRECT && machine.address == 0x100a && machine.code == j);
    machine.budget = 6;
    CHECK(run(j, 0, 0x1002) == IR_LEFT_INDIRECT && machine.address == 0x1002);
    reset_machine();
}

static void *no_more(void *ctx, uint64_t at, unsigned size, bool write)
{
    (void)size;
    (void)ctx;
    machine.budget = 0;
    return guest_byte(at, write);
}

/* find may end the run at the next exit; units stay right. */
static void test_find_ends_the_run(void)
{
    reset_machine();
    begin();
    IrRef l = map(ir_append(u, IR_LOAD, IR_I64, 3 | IR_MEM_TRAPS, in2, 0, 0), in1, in2, in3, 100);
    end(0, ir_append(u, IR_ADD, IR_I64, 0, in1, ir_int(u, IR_I64, 1), 0), in2, l);
    IrCode *c = code_of(u), *a = counter(1, 0);
    ir_code_chain(a, 0, c);
    ir_code_chain(c, 0, a);
    memory.find = no_more;
    CHECK(run(a, 0, 0x10000) == IR_LEFT_BUDGET && machine.code == c && machine.frame[1] == 2 && machine.units == 2 && machine.budget == 0);
    reset_machine();
}

/* ---- control inside a unit ---- */

static IrCode *code_of_text(const char *text)
{
    SrcMap sm;
    Diag d;
    IrText t;
    src_init(&sm, &arena);
    diag_init(&d, &sm, &arena, NULL, NULL);
    if (!ir_read(&host, &arena, &d, &sm, "x", text, strlen(text), &t) || t.fns.n != 1) {
        printf("  cannot read %.200s\n", text);
        exit(1);
    }
    const char *why = ir_check(&arena, t.fns.p[0]);
    IrCode *c = why ? NULL : ir_code_new(&arena, t.fns.p[0], NSTATES, &why);
    if (!c)
        printf("  %s\n", why);
    return c;
}

static void test_phis(void)
{
    IrCode *c = code_of_text("func @f() unit {\n contract 1: i64 reg 1\n contract 2: i64 reg 2\n contract 3: i64 reg 3\n"
                             "b0:\n v1 = state_in.i64 1\n v2 = state_in.i64 2\n v3 = state_in.i64 3\n jmp b1\n"
                             "b1:\n v5 = phi.i64 [b0: v1, b2: v6]\n v6 = phi.i64 [b0: v2, b2: v5]\n v7 = phi.i64 [b0: 5, b2: v8]\n"
                             " v8 = add.i64 v7, -1\n v9 = eq.i64 v8, 0\n br v9, b3, b2\n"
                             "b2:\n jmp b1\n"
                             "b3:\n exit 0 state [1: v5, 2: v6, 3: v7]\n}\n");
    CHECK(c && run(c, 10, 20) == IR_LEFT_EXIT && machine.frame[1] == 10 && machine.frame[2] == 20 && OUT == 1);
    c = code_of_text("func @f() unit {\n contract 1: i64 reg 1\n contract 2: i64 reg 2\n contract 3: i64 reg 3\n"
                     "b0:\n v1 = state_in.i64 1\n v2 = state_in.i64 2\n v3 = state_in.i64 3\n jmp b1\n"
                     "b1:\n v5 = phi.i64 [b0: v1, b1: v6]\n v6 = phi.i64 [b0: v2, b1: v7]\n v7 = phi.i64 [b0: 7, b1: v5]\n"
                     " v8 = phi.i64 [b0: v3, b1: v9]\n v9 = add.i64 v8, -1\n v10 = ne.i64 v9, 0\n br v10, b1, b3\n"
                     "b3:\n exit 0 state [1: v5, 2: v6, 3: v7]\n}\n");
    for (uint64_t n = 1; c && n < 7; n++) {
        uint64_t v[3] = { 10, 20, 7 };
        machine.frame[1] = 10, machine.frame[2] = 20, machine.frame[3] = n;
        CHECK(ir_run(&machine, c) == IR_LEFT_EXIT);
        CHECK(machine.frame[1] == v[(n - 1) % 3] && machine.frame[2] == v[n % 3] && OUT == v[(n + 1) % 3]);
    }
}

static void test_switch(void)
{
    for (int k = 0; k < 2; k++) {
        IrCode *c = code_of_text(arena_fmt(&arena, "func @f() unit {\n contract 1: i64 reg 1\n contract 2: i64 reg 2\n contract 3: i64 reg 3\n"
                                 "b0:\n v1 = state_in.i64 1\n v2 = state_in.i64 2\n v3 = state_in.i64 3\n%s"
                                 "b1:\n v6 = phi.i64 [b0: 11, b2: 12, b3: 13]\n exit 0 state [1: v1, 2: v2, 3: v6]\n"
                                 "b2:\n jmp b1\nb3:\n jmp b1\nb4:\n exit 4 state [1: v1, 2: v2, 3: v3]\n}\n",
                                 k ? " v4 = trunc.i32 v1\n switch.i32 v4 [-100..-3: b1, -1: b2, 0..5: b3, 7: b4] else b4\n"
                                   : " switch.i64 v1 [-100..-3: b1, -1: b2, 0..5: b3, 0x7fffffffffffffff: b2] else b4\n"));
        for (unsigned j = 0; c && j < countof(edges) + 300; j++) {
            int64_t v = j < countof(edges) ? edges[j] : (int64_t)j - 200, w = k ? (int32_t)v : v;
            uint64_t want = w >= -100 && w <= -3 ? 11 : w == -1 ? 12 : w >= 0 && w <= 5 ? 13 : w == INT64_MAX && !k ? 12 : 0;
            CHECK(run(c, (uint64_t)v, 0) == IR_LEFT_EXIT && machine.id == (want ? 0 : 4) && OUT == (want ? want : 0x3333));
        }
    }
}

/* ---- the lifted blocks of doc/ir.md ---- */

static IrCode *lifted(const char *name)
{
    static char text[65536];
    FILE *f = fopen(arena_fmt(&arena, "tests/ir/lifted-%s.ir", name), "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = 0;
    if (f)
        fclose(f);
    return code_of_text(text);
}

static void test_lifted(void)
{
    IrCode *add = lifted("add"), *load = lifted("load"), *store = lifted("store"), *branch = lifted("branch"), *flt = lifted("float");
    uint64_t *r = machine.frame;
    for (unsigned i = 0; i < countof(edges); i++)
        for (unsigned j = 0; j < countof(edges); j++) {
            uint64_t x = (uint64_t)edges[i], y = (uint64_t)edges[j], a0 = x + y, a3 = (uint64_t)(int64_t)(int32_t)(a0 - 1);
            r[11] = x, r[12] = y, r[10] = r[13] = 77;
            CHECK(ir_run(&machine, add) == IR_LEFT_EXIT && machine.id == 0);
            r = machine.frame;
            CHECK(r[10] == a0 && r[11] == x && r[13] == a3 && r[12] == (a3 < x));
        }
    fill_guest();
    uint64_t p = 0x10100, q = 0x10200;
    memcpy(&pages_of_guest[0][0x108], &q, 8);
    memcpy(&pages_of_guest[0][0x1fe], "\x01\x02\xf3\x84", 4);
    r[11] = p, r[10] = r[12] = r[13] = 5, r[64] = 3;
    CHECK(ir_run(&machine, load) == IR_LEFT_EXIT && r[10] == q && r[11] == p && r[12] == 0xf3 && r[13] == 0xffffffff84f30201 && r[64] == 3);
    r[10] = 1, r[11] = 16, r[12] = 3, r[13] = 4;
    CHECK(ir_run(&machine, load) == IR_LEFT_FAULT && r[10] == 1 && r[11] == 16 && r[12] == 3 && r[13] == 4 && r[64] == 0x10000);
    CHECK(machine.address == 24 && !machine.write);
    q = 24;
    memcpy(&pages_of_guest[0][0x108], &q, 8);
    r[10] = 1, r[11] = p, r[12] = 3, r[13] = 4;
    CHECK(ir_run(&machine, load) == IR_LEFT_FAULT && r[10] == 24 && r[11] == p && r[12] == 3 && r[13] == 4 && r[64] == 0x10004);
    q = 0x10000;                                        /* the byte can be read, the word across the page before it cannot */
    memcpy(&pages_of_guest[0][0x108], &q, 8);
    pages_of_guest[0][0] = 9;
    r[10] = 1, r[11] = p, r[12] = 3, r[13] = 4;
    CHECK(ir_run(&machine, load) == IR_LEFT_FAULT && r[10] == q && r[12] == 9 && r[13] == 4 && r[64] == 0x10008);
    memset(pages_of_guest[2], 0xee, 64);
    r[10] = 0x1122334455667788, r[11] = 0x12008;
    CHECK(ir_run(&machine, store) == IR_LEFT_EXIT && r[11] == 0x12018 && r[10] == 0x1122334455667788);
    CHECK(memcmp(&pages_of_guest[2][4], "\xee\xee\x88\x77\x88\x77\x66\x55\x44\x33\x22\x11\x88\xee", 14) == 0);
    r[11] = 0x11000;
    CHECK(ir_run(&machine, store) == IR_LEFT_FAULT && machine.write && r[11] == 0x11000 && r[64] == 0x10000 && machine.address == 0x11000);
    for (uint64_t n = 0; n < 6; n++)
        for (uint64_t sum = 0; sum < 20; sum += 7) {
            uint64_t a0 = n, a1 = sum, a2 = 12;
            bool indirect = false;
            while (a0 && !indirect) {
                a1 += a0--;
                indirect = a1 >= a2;
            }
            r[1] = 0x12345, r[10] = n, r[11] = sum, r[12] = a2;
            IrLeave how = ir_run(&machine, branch);
            CHECK(how == (indirect ? IR_LEFT_INDIRECT : IR_LEFT_EXIT) && r[10] == a0 && r[11] == a1 && r[12] == a2 && r[1] == 0x12345);
            CHECK(indirect ? machine.address == 0x12344 : machine.id == 1);
        }
    machine.env.round = SF_RUP;
    machine.env.flags = 0;
    r[43] = bits64(1), r[44] = bits64(3), r[42] = r[45] = 0;
    CHECK(ir_run(&machine, flt) == IR_LEFT_EXIT && r[42] == bits64(4) && r[45] == 0x3fd5555555555555 && r[10] == 0 && r[11] == 1);
    r[43] = bits64(1), r[44] = bits64(0);
    CHECK(ir_run(&machine, flt) == IR_LEFT_EXIT && r[45] == bits64(INFINITY) && r[10] == INT32_MAX && r[11] == (1 | 8 | 16));
    r[43] = (uint64_t)0xfff8123 << 36, r[44] = bits64(0);
    machine.env.flags = 0;
    CHECK(ir_run(&machine, flt) == IR_LEFT_EXIT && r[42] == (uint64_t)0x7ff8 << 48 && r[45] == (uint64_t)0x7ff8 << 48 && r[10] == INT32_MAX);
    CHECK(r[11] == 16);
}

/* What is not run yet is told, by the files that have every operation. */
static void test_refused(void)
{
    static const char *const texts[] = {
        "func @f(int0.i64) -> int0.i64 {\nb0:\n v1 = param.i64 0\n ret v1\n}\n",
        "func @f() {\nb0:\n ret\n}\n",
        "sym @g func\nfunc @f() unit {\nb0:\n call @g()\n exit 0\n}\n",
        "sym @g func\nfunc @f() unit {\nb0:\n v1 = load.i64 [@g] align 8\n exit 0\n}\n",
        "func @f() unit {\n slot0: 8 align 8\nb0:\n v1 = load.i64 [slot0] align 8\n exit 0\n}\n",
        "func @f() unit alloca {\nb0:\n v1 = alloca.i64 16\n exit 0\n}\n",
        "func @f() unit {\nb0:\n exit 123456789\n}\n",
        "func @f() unit {\n contract 65: i64 reg 3\nb0:\n exit 0 state [65: i64:3]\n}\n",
        "func @f() unit {\nb0:\n v1 = load.i64 [8] traps state [1000000: i64:4]\n exit 0\n}\n",
    };
    for (unsigned k = 0; k < countof(texts); k++) {
        SrcMap sm;
        Diag d;
        IrText t;
        const char *why = NULL;
        src_init(&sm, &arena);
        diag_init(&d, &sm, &arena, NULL, NULL);
        bool ok = ir_read(&host, &arena, &d, &sm, "x", texts[k], strlen(texts[k]), &t) && t.fns.n == 1 && !ir_check(&arena, t.fns.p[0]);
        CHECK(ok);
        CHECK(ok && !ir_code_new(&arena, t.fns.p[0], NSTATES, &why) && why && *why);
    }
}

/* ---- speed; run by hand: unit bench ---- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void bench_one(const char *name, const char *text, unsigned ops)
{
    IrCode *c = code_of_text(text);
    reset_machine();
    fill_guest();
    ir_code_chain(c, 0, c);
    machine.budget = 20000000;
    machine.frame[1] = 1, machine.frame[2] = 0x10000, machine.frame[3] = 3;
    double t = seconds();
    IrLeave how = ir_run(&machine, c);
    t = seconds() - t;
    printf("%-14s %u guest instructions a unit, %zu bytes: %.2f ns a unit, %.2f ns an instruction%s\n", name, ops, ir_code_size(c),
           t * 1e9 / 2e7, t * 1e9 / 2e7 / ops, how == IR_LEFT_BUDGET ? "" : " (left early)");
}

static void bench_compile(const char *name)
{
    static char text[65536];
    FILE *f = fopen(arena_fmt(&arena, "tests/ir/lifted-%s.ir", name), "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    SrcMap sm;
    Diag d;
    IrText t;
    const char *why;
    text[n] = 0;
    fclose(f);
    src_init(&sm, &arena);
    diag_init(&d, &sm, &arena, NULL, NULL);
    ir_read(&host, &arena, &d, &sm, "x", text, n, &t);
    Arena scratch;
    arena_init(&scratch, &host);
    IrFn *fn = t.fns.p[0];
    fn->arena = &scratch;
    double s = seconds();
    for (int k = 0; k < 200000; k++) {
        ir_code_new(&scratch, fn, NSTATES, &why);
        arena_reset(&scratch);
    }
    s = seconds() - s;
    printf("code of %-6s %u IR instructions: %.0f ns, %.1f ns each\n", name, (unsigned)fn->ins.n - 1, s * 1e9 / 2e5, s * 1e9 / 2e5 / (fn->ins.n - 1));
}

static void bench(void)
{
#define HEAD3 "func @f() unit {\n contract 1: i64 reg 1\n contract 2: i64 reg 2\n contract 3: i64 reg 3\nb0:\n" \
              " v1 = state_in.i64 1\n v2 = state_in.i64 2\n v3 = state_in.i64 3\n"
    bench_one("alu", HEAD3 " v4 = add.i64 v1, v3\n v5 = xor.i64 v4, v2\n v6 = shl.i64 v5, 3\n v7 = add.i64 v6, -7\n v8 = and.i64 v7, v4\n"
              " v9 = trunc.i32 v8\n v10 = add.i32 v9, 5\n v11 = sext32.i64 v10\n v12 = or.i64 v11, 1\n v13 = sub.i64 v3, v12\n"
              " exit 0 state [1: v12, 2: v2, 3: v13]\n}\n", 8);
    bench_one("loop", HEAD3 " v4 = add.i64 v1, v3\n v5 = add.i64 v3, 1\n v6 = ne.i64 v5, 0\n br v6, b1, b2\n"
              "b1:\n exit 0 state [1: v4, 2: v2, 3: v5]\nb2:\n exit 1 state [1: v4, 2: v2, 3: v5]\n}\n", 3);
    bench_one("memory", HEAD3 " v4 = load.i64 [v2+8] traps state [1: v1, 2: v2, 3: v3, 64: i64:65536]\n"
              " v5 = add.i64 v4, v3\n store.i64 [v2+16], v5 traps state [1: v1, 2: v2, 3: v5, 64: i64:65540]\n"
              " v7 = load.i64 u8 [v2+3] traps state [1: v1, 2: v2, 3: v5, 64: i64:65544]\n v8 = add.i64 v7, v1\n"
              " v9 = ult.i64 v8, v8\n br v9, b1, b2\n"
              "b1:\n exit 1 state [1: v8, 2: v2, 3: v5]\nb2:\n exit 0 state [1: v8, 2: v2, 3: v5]\n}\n", 6);
    bench_one("float", HEAD3 " v4 = bitcast.f64 v1\n v5 = bitcast.f64 v3\n v6 = fadd.f64 v4, v5\n v7 = bitcast.i64 v6\n"
              " exit 0 state [1: v7, 2: v2, 3: v3]\n}\n", 1);
    volatile uint64_t n = 100000000;
    uint64_t a = 0, i = 0;
    double t = seconds();
    for (; i != n; i++) {
        a += i;
        __asm__ volatile("" : "+r"(a), "+r"(i));
    }
    t = seconds() - t;
    printf("native add, add, branch: %.2f ns a round\n", t * 10);
    bench_compile("add");
    bench_compile("load");
    bench_compile("branch");
}

int main(int argc, char **argv, char **envp)
{
    static const struct { const char *name; void (*run)(void); } tests[] = {
        { "integers", test_int }, { "overflow", test_overflow }, { "widths", test_width }, { "floats", test_float },
        { "float-compare", test_float_compare }, { "float-convert", test_float_convert }, { "loads", test_load }, { "stores", test_store },
        { "atomics", test_atomics }, { "copy-fill", test_copy_fill }, { "fault-maps", test_fault_maps }, { "exits", test_exits },
        { "chains", test_chains }, { "find-ends-the-run", test_find_ends_the_run }, { "phis", test_phis }, { "switch", test_switch },
        { "lifted-blocks", test_lifted }, { "refused", test_refused }, { "random-forward", test_random_forward },
        { "random-loops", test_random_loops },
    };
    int failed = 0;
    (void)envp;
    arena_init(&arena, &host);
    arena_init(&frames, &host);
    ir_unit_init(&unit, &arena);
    fill_guest();
    reset_machine();
    if (argc > 1 && strcmp(argv[1], "bench") == 0) {
        bench();
        return 0;
    }
    for (unsigned i = 0; i < countof(tests); i++) {
        arena_reset(&arena);
        ir_unit_init(&unit, &arena);
        bad = 0;
        use_cache = true;
        reset_machine();
        tests[i].run();
        printf("%s %s\n", bad ? "not ok" : "ok", tests[i].name);
        fflush(stdout);
        failed += bad != 0;
    }
    return failed != 0;
}
