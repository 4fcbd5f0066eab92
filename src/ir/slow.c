/* slow: what the interpreter does outside its loop: integer operations that are rare, floats, and memory beyond the cache of pages. In:
 * one instruction and the frame; out: the frame, and whether it was done. The one idea: nothing is written before everything that can
 * fault was asked, so an access is done whole or not at all. */
#include "ir/code.h"

/* ---- integers: operands as they come, of an i32 the low half; results as code.h has them ---- */

static uint64_t multiply_high(uint64_t a, uint64_t b)
{
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t mid = ah * bl + (al * bl >> 32), mid2 = al * bh + (uint32_t)mid;
    return ah * bh + (mid >> 32) + (mid2 >> 32);
}

static uint64_t multiply_high_signed(uint64_t a, uint64_t b)
{
    return multiply_high(a, b) - (a >> 63 ? b : 0) - (b >> 63 ? a : 0);
}

/* RISC-V M 7.2: nothing traps. */
static uint64_t divide_signed(uint64_t a, uint64_t b, bool remainder)
{
    if (b == 0)
        return remainder ? a : UINT64_MAX;
    if (b == UINT64_MAX)
        return remainder ? 0 : 0 - a;
    return (uint64_t)(remainder ? (int64_t)a % (int64_t)b : (int64_t)a / (int64_t)b);
}

static uint64_t divide(uint64_t a, uint64_t b, bool remainder)
{
    if (b == 0)
        return remainder ? a : UINT64_MAX;
    return remainder ? a % b : a / b;
}

static uint64_t int64_op(unsigned op, uint64_t a, uint64_t b)
{
    unsigned k = (unsigned)b & 63;
    uint64_t r = 0;
    switch (op) {
    case IR_MULHS: return multiply_high_signed(a, b);
    case IR_MULHU: return multiply_high(a, b);
    case IR_SDIV: case IR_SREM: return divide_signed(a, b, op == IR_SREM);
    case IR_UDIV: case IR_UREM: return divide(a, b, op == IR_UREM);
    case IR_ROTL: return k ? a << k | a >> (64 - k) : a;
    case IR_ROTR: return k ? a >> k | a << (64 - k) : a;
    case IR_CLZ: return a ? bits_clz64(a) : 64;
    case IR_CTZ: return a ? bits_ctz64(a) : 64;
    case IR_POPCNT: return bits_popcount64(a);
    default:
        for (k = 0; k < 64; k += 8)
            r = r << 8 | (a >> k & 255);
        return r;
    }
}

static uint32_t int32_op(unsigned op, uint32_t a, uint32_t b)
{
    unsigned k = b & 31;
    switch (op) {
    case IR_MULHS: return (uint32_t)((uint64_t)((int64_t)(int32_t)a * (int32_t)b) >> 32);
    case IR_MULHU: return (uint32_t)((uint64_t)a * b >> 32);
    case IR_SDIV: case IR_SREM:
        return (uint32_t)divide_signed((uint64_t)(int64_t)(int32_t)a, (uint64_t)(int64_t)(int32_t)b, op == IR_SREM);
    case IR_UDIV: case IR_UREM: return (uint32_t)divide(a, b, op == IR_UREM);
    case IR_ROTL: return k ? a << k | a >> (32 - k) : a;
    case IR_ROTR: return k ? a >> k | a << (32 - k) : a;
    case IR_CLZ: return a ? bits_clz64(a) - 32 : 32;
    case IR_CTZ: return a ? bits_ctz64(a) : 32;
    case IR_POPCNT: return bits_popcount64(a);
    default: return a << 24 | (a >> 8 & 255) << 16 | (a >> 16 & 255) << 8 | a >> 24;
    }
}

/* Whether the exact result of overflow arithmetic does not fit; *r the wrapped one. */
static bool overflows(unsigned op, bool wide, uint64_t a, uint64_t b, uint64_t *r)
{
    bool sign = op == IR_SADDO || op == IR_SSUBO || op == IR_SMULO;
    if (!wide) {
        a = sign ? (uint64_t)(int64_t)(int32_t)a : (uint32_t)a;
        b = sign ? (uint64_t)(int64_t)(int32_t)b : (uint32_t)b;
    }
    *r = op == IR_SADDO || op == IR_UADDO ? a + b : op == IR_SSUBO || op == IR_USUBO ? a - b : a * b;
    if (!wide) {
        uint64_t exact = *r;
        *r = (uint64_t)(int64_t)(int32_t)exact;
        return exact != (sign ? *r : (uint32_t)exact);
    }
    switch (op) {
    case IR_SADDO: return (~(a ^ b) & (a ^ *r)) >> 63;
    case IR_UADDO: return *r < a;
    case IR_SSUBO: return ((a ^ b) & (a ^ *r)) >> 63;
    case IR_USUBO: return a < b;
    case IR_SMULO: return multiply_high_signed(a, b) != (*r >> 63 ? UINT64_MAX : 0);
    default: return multiply_high(a, b) != 0;
    }
}

/* ---- floats ---- */

static SfFormat format_of(unsigned t)
{
    return t == IR_F32 || t == IR_I32 ? SF_32 : SF_64;
}

static Sf sf_of(unsigned t, uint64_t word)
{
    Sf r;
    r.lo = t == IR_F32 ? (uint32_t)word : word;
    r.hi = 0;
    return r;
}

/* An operation that rounds, in e's mode. */
static uint64_t rounding_op(SfEnv *e, unsigned op, unsigned t, unsigned from, Sf a, Sf b, Sf c)
{
    SfFormat f = format_of(t);
    switch (op) {
    case IR_FADD: return sf_add(e, f, a, b).lo;
    case IR_FSUB: return sf_sub(e, f, a, b).lo;
    case IR_FMUL: return sf_mul(e, f, a, b).lo;
    case IR_FDIV: return sf_div(e, f, a, b).lo;
    case IR_FSQRT: return sf_sqrt(e, f, a).lo;
    case IR_FMA: return sf_fma(e, f, a, b, c).lo;
    case IR_FCVT: return sf_convert(e, f, format_of(from), a).lo;
    case IR_SI2F: return sf_from_i64(e, f, from == IR_I32 ? (int32_t)a.lo : (int64_t)a.lo).lo;
    case IR_UI2F: return sf_from_u64(e, f, from == IR_I32 ? (uint32_t)a.lo : a.lo).lo;
    default: {
        int64_t v = sf_to_int(e, format_of(from), a, t == IR_I32 ? 32 : 64, op == IR_F2SI);
        return t == IR_I32 ? (uint64_t)(int64_t)(int32_t)v : (uint64_t)v;
    }
    }
}

static uint64_t float_op(SfEnv *e, int32_t y, uint64_t wa, uint64_t wb, uint64_t wc)
{
    unsigned op = (unsigned)y & 255, t = (unsigned)y >> 8 & 15, from = (unsigned)y >> 12 & 15, aux = (unsigned)y >> 16;
    unsigned round = aux & IR_FLT_ROUND;
    uint64_t sign = (uint64_t)1 << (t == IR_F32 ? 31 : 63);
    Sf a = sf_of(from, wa), b = sf_of(t, wb), c = sf_of(t, wc);
    switch (op) {
    case IR_FNEG: return a.lo ^ sign;
    case IR_FABS: return a.lo & ~sign;
    case IR_FCOPYSIGN: return (a.lo & ~sign) | (b.lo & sign);
    case IR_CANON:
        if (sf_is_nan(format_of(t), a))
            return t == IR_F32 ? 0x7fc00000u : (uint64_t)0x7ff8 << 48;
        return a.lo;
    default:
        break;
    }
    if (ir_ops[op].class == IRC_FCMP)
        return ir_float_predicate(op, aux & IR_FLT_SAT ? sf_compare_signaling(e, format_of(t), a, b) : sf_compare(e, format_of(t), a, b));
    SfRound kept = e->round;
    if (round && round != IR_ROUND_DYNAMIC)
        e->round = (SfRound)(round - 1);
    else if (!round && (op == IR_F2SI || op == IR_F2UI))
        e->round = SF_RTZ;
    uint64_t r = rounding_op(e, op, t, from, a, b, c);
    e->round = kept;
    return r;
}

/* ---- memory ---- */

/* The place of size bytes that do not cross a page's edge; NULL: a fault, told in m. */
static uint8_t *place(IrMachine *m, uint64_t at, unsigned size, bool write)
{
    struct IrTlb *e = write ? &m->mem->write[at >> 12 & 255] : &m->mem->read[at >> 12 & 255];
    if (e->page == at >> 12)
        return e->host + (at & 4095);
    uint8_t *p = m->mem->find(m->mem->ctx, at, size, write);
    if (!p) {
        m->address = at;
        m->write = write;
    }
    return p;
}

static bool crosses(uint64_t at, unsigned size)
{
    return (at & 4095) + size > 4096;
}

/* What is aligned goes in one piece: other processes may look. */
static uint64_t get(const uint8_t *p, unsigned size)
{
    if (size == 4 && ((uintptr_t)p & 3) == 0)
        return *(const uint32_t *)p;
    if (size == 8 && ((uintptr_t)p & 7) == 0)
        return *(const uint64_t *)p;
    return size == 1 ? *p : size == 2 ? get_u16(p) : size == 4 ? get_u32(p) : get_u64(p);
}

static void put(uint8_t *p, unsigned size, uint64_t v)
{
    if (size == 4 && ((uintptr_t)p & 3) == 0)
        *(uint32_t *)p = (uint32_t)v;
    else if (size == 8 && ((uintptr_t)p & 7) == 0)
        *(uint64_t *)p = v;
    else if (size == 1)
        *p = (uint8_t)v;
    else if (size == 2)
        put_u16(p, (unsigned)(v & 0xffff));
    else if (size == 4)
        put_u32(p, (uint32_t)v);
    else
        put_u64(p, v);
}

/* Zero-extended. */
static bool load(IrMachine *m, uint64_t at, unsigned size, uint64_t *out)
{
    const uint8_t *p;
    uint64_t v = 0;
    if (!crosses(at, size)) {
        if (!(p = place(m, at, size, false)))
            return false;
        *out = get(p, size);
        return true;
    }
    for (unsigned k = 0; k < size; k++) {
        if (!(p = place(m, at + k, 1, false)))
            return false;
        v |= (uint64_t)*p << 8 * k;
    }
    *out = v;
    return true;
}

/* Whether [at, at + size) can be written, size > 0; else the fault is told. */
static bool writable(IrMachine *m, uint64_t at, uint64_t size)
{
    uint64_t pages = ((at & 4095) + size - 1) >> 12;
    if (!place(m, at, 1, true))
        return false;
    for (uint64_t k = 1; k <= pages; k++)
        if (!place(m, (at & ~(uint64_t)4095) + (k << 12), 1, true))
            return false;
    return true;
}

static bool readable(IrMachine *m, uint64_t at, uint64_t size)
{
    uint64_t pages = ((at & 4095) + size - 1) >> 12;
    if (!place(m, at, 1, false))
        return false;
    for (uint64_t k = 1; k <= pages; k++)
        if (!place(m, (at & ~(uint64_t)4095) + (k << 12), 1, false))
            return false;
    return true;
}

static bool store(IrMachine *m, uint64_t at, unsigned size, uint64_t v)
{
    uint8_t *p;
    if (!crosses(at, size)) {
        if (!(p = place(m, at, size, true)))
            return false;
        put(p, size, v);
        return true;
    }
    if (!writable(m, at, size))
        return false;
    for (unsigned k = 0; k < size; k++) {
        if (!(p = place(m, at + k, 1, true)))
            return false;
        *p = (uint8_t)(v >> 8 * k);
    }
    return true;
}

static uint64_t modified(IrRmw kind, uint64_t old, uint64_t v, unsigned bits)
{
    int64_t so = bits_sext(old, bits), sv = bits_sext(v, bits);
    uint64_t uo = bits == 64 ? old : old & (((uint64_t)1 << bits) - 1), uv = bits == 64 ? v : v & (((uint64_t)1 << bits) - 1);
    switch (kind) {
    case IR_RMW_XCHG: return v;
    case IR_RMW_ADD: return old + v;
    case IR_RMW_SUB: return old - v;
    case IR_RMW_AND: return old & v;
    case IR_RMW_OR: return old | v;
    case IR_RMW_XOR: return old ^ v;
    case IR_RMW_NAND: return ~(old & v);
    case IR_RMW_SMIN: return so < sv ? old : v;
    case IR_RMW_SMAX: return so > sv ? old : v;
    case IR_RMW_UMIN: return uo < uv ? old : v;
    default: return uo > uv ? old : v;
    }
}

/* What stands at p, which becomes `new` when that is `old`. Other processes may write there; bytes and halves they do not share. */
static uint64_t exchange(uint8_t *p, unsigned size, uint64_t old, uint64_t new)
{
    if (size == 8)
        return rt_cas64(p, old, new);
    if (size == 4)
        return rt_cas32(p, (uint32_t)old, (uint32_t)new);
    uint64_t was = get(p, size);
    if (was == old)
        put(p, size, new);
    return was;
}

/* RMW, CAS. The right to write is asked even of a CAS that stores nothing. Not aligned: not in one piece. */
static bool atomic(IrMachine *m, const IrBc *i, uint64_t *frame)
{
    unsigned log2 = (unsigned)i->u.n.y & 3, size = 1u << log2;
    uint64_t at = frame[i->a], old, new, mask = size == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * size) - 1;
    bool sign = (unsigned)i->u.n.y >> 2 & 1, aligned = (at & (size - 1)) == 0, same;
    if (!writable(m, at, size) || !load(m, at, size, &old))
        return false;
    uint8_t *p = aligned ? place(m, at, size, true) : NULL;
    if (aligned && !p)
        return false;
    for (;;) {
        same = i->op == BC_RMW || ((old ^ frame[i->b]) & mask) == 0;
        new = i->op == BC_RMW ? modified((IrRmw)i->u.n.x, old, frame[i->b], 8 * size) : frame[(uint16_t)i->u.n.x];
        if (!same)
            break;
        uint64_t was = p ? exchange(p, size, old & mask, new & mask) & mask : old & mask;
        if (!p && !store(m, at, size, new))
            return false;
        if (was == (old & mask))
            break;
        old = was;
    }
    if (i->op != BC_RMW)
        frame[(uint32_t)i->u.n.y >> 3] = same;
    frame[i->d] = sign ? (uint64_t)(int64_t)(int32_t)old : old;
    return true;
}

/* COPY, FILL */
static bool block(IrMachine *m, const IrBc *i, uint64_t *frame)
{
    uint64_t to = frame[i->a], from = frame[i->b], n = (uint64_t)i->u.imm, v = (from & 255) * 0x0101010101010101u, k;
    bool copies = i->op == BC_COPY;
    if (!n)
        return true;
    if (!writable(m, to, n) || (copies && !readable(m, from, n)))
        return false;
    for (k = 0; k < n;) {
        unsigned size = n - k >= 8 ? 8 : 1;
        if ((copies && !load(m, from + k, size, &v)) || !store(m, to + k, size, v))
            return false;
        k += size;
    }
    return true;
}

/* ---- one instruction ---- */

static bool load_ext(IrMachine *m, const IrBc *i, uint64_t *frame, unsigned size, bool sign)
{
    uint64_t v;
    if (!load(m, frame[i->a] + (uint64_t)i->u.imm, size, &v))
        return false;
    frame[i->d] = sign ? (uint64_t)bits_sext(v, 8 * size) : v;
    return true;
}

bool ir_bc_slow(IrMachine *m, const IrBc *i, uint64_t *frame)
{
    uint64_t v;
    unsigned y = (unsigned)i->u.n.y;
    bool over;
    switch (i->op) {
    case BC_LD8U: return load_ext(m, i, frame, 1, false);
    case BC_LD8S: return load_ext(m, i, frame, 1, true);
    case BC_LD16U: return load_ext(m, i, frame, 2, false);
    case BC_LD16S: return load_ext(m, i, frame, 2, true);
    case BC_LD32U: return load_ext(m, i, frame, 4, false);
    case BC_LD32S: return load_ext(m, i, frame, 4, true);
    case BC_LD64: return load_ext(m, i, frame, 8, false);
    case BC_ST8: case BC_ST16: case BC_ST32: case BC_ST64:
        return store(m, frame[i->a] + (uint64_t)i->u.imm, 1u << (i->op - BC_ST8), frame[i->b]);
    case BC_ST8I: case BC_ST16I: case BC_ST32I: case BC_ST64I:
        return store(m, frame[i->a] + (uint64_t)(int64_t)i->u.n.x, 1u << (i->op - BC_ST8I), (uint64_t)(int64_t)i->u.n.y);
    case BC_INT:
        frame[i->d] = y & 256 ? int64_op(y & 255, frame[i->a], frame[i->b])
                              : (uint64_t)(int64_t)(int32_t)int32_op(y & 255, (uint32_t)frame[i->a], (uint32_t)frame[i->b]);
        return true;
    case BC_OVER:
        over = overflows(y & 255, y & 256, frame[i->a], frame[i->b], &v);
        frame[i->d] = v;
        frame[(uint16_t)i->u.n.x] = over;
        return true;
    case BC_FLT:
        frame[i->d] = float_op(&m->env, i->u.n.y, frame[i->a], frame[i->b], frame[(uint16_t)i->u.n.x]);
        return true;
    case BC_FLAGS_GET:
        frame[i->d] = m->env.flags;
        return true;
    case BC_FLAGS_SET:
        m->env.flags = (unsigned)frame[i->a] & 31;
        return true;
    case BC_RMW: case BC_CAS:
        return atomic(m, i, frame);
    default:
        return block(m, i, frame);
    }
}
