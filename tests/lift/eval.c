/* eval.c: see eval.h. One switch over the operations; integers in 64 bits, floats by soft-float. */
#include "eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JUNK 0xa5c3f00d00000000u

static uint64_t value(const Eval *e, const IrFn *f, IrRef r)
{
    return r < 0 ? (uint64_t)ir_const(f, r)->v : e->v[r];
}

static uint8_t *at(Eval *e, uint64_t a, unsigned n)
{
    if (a - e->base < e->size && a - e->base + n <= e->size)
        return e->mem + (a - e->base);
    e->fault = a;
    return NULL;
}

static void take_map(Eval *e, const IrFn *f, IrRef ins)
{
    const IrStateMap *m = ir_state_of(f, ins);
    uint64_t now[LIFT_MAX_STATES];
    uint32_t k;
    for (k = 0; m && k < m->n; k++)
        now[k] = value(e, f, f->ops.p[m->first + 2 * k + 1]);
    for (k = 0; m && k < m->n; k++)
        e->state[f->ops.p[m->first + 2 * k]] = now[k];
}

static int64_t sx(uint64_t v, unsigned t) { return t == IR_I32 ? (int64_t)(int32_t)(uint32_t)v : (int64_t)v; }
static uint64_t zx(uint64_t v, unsigned t) { return t == IR_I32 ? (uint32_t)v : v; }

static uint64_t integer(const IrIns *i, uint64_t a, uint64_t b)
{
    unsigned t = i->type, w = t == IR_I32 ? 32 : 64, k = (unsigned)b & (w - 1);
    int64_t sa = sx(a, t), sb = sx(b, t);
    uint64_t ua = zx(a, t), ub = zx(b, t);
    switch (i->op) {
    case IR_ADD: return ua + ub;
    case IR_SUB: return ua - ub;
    case IR_MUL: return ua * ub;
    case IR_MULHS: return w == 64 ? (uint64_t)((__int128)sa * sb >> 64) : (uint64_t)(sa * sb) >> 32;
    case IR_MULHU: return w == 64 ? (uint64_t)((unsigned __int128)ua * ub >> 64) : ua * ub >> 32;
    case IR_SDIV: case IR_SREM:
        if (sb == 0 || (sb == -1 && sa == (w == 64 ? INT64_MIN : INT32_MIN))) {
            printf("not ok a division that traps was reached\n");
            exit(1);
        }
        return (uint64_t)(i->op == IR_SDIV ? sa / sb : sa % sb);
    case IR_UDIV: case IR_UREM:
        if (ub == 0) {
            printf("not ok a division by zero was reached\n");
            exit(1);
        }
        return i->op == IR_UDIV ? ua / ub : ua % ub;
    case IR_AND: return ua & ub;
    case IR_OR: return ua | ub;
    case IR_XOR: return ua ^ ub;
    case IR_SHL: return ua << k;
    case IR_LSHR: return ua >> k;
    case IR_ASHR: return (uint64_t)(sa >> k);
    case IR_ROTL: return k ? ua << k | ua >> (w - k) : ua;
    case IR_ROTR: return k ? ua >> k | ua << (w - k) : ua;
    case IR_NEG: return 0 - ua;
    case IR_NOT: return ~ua;
    case IR_CLZ: return ua ? (unsigned)__builtin_clzll(ua) - (64 - w) : w;
    case IR_CTZ: return ua ? (unsigned)__builtin_ctzll(ua) : w;
    case IR_POPCNT: return (unsigned)__builtin_popcountll(ua);
    case IR_BSWAP: return w == 64 ? __builtin_bswap64(ua) : __builtin_bswap32((uint32_t)ua);
    case IR_INDEX: return ua + ub * (uint64_t)(int64_t)i->c;
    case IR_SEXT8: return (uint64_t)(int8_t)a;
    case IR_SEXT16: return (uint64_t)(int16_t)a;
    case IR_ZEXT8: return (uint8_t)a;
    case IR_ZEXT16: return (uint16_t)a;
    case IR_SEXT32: return (uint64_t)(int32_t)a;
    case IR_ZEXT32: return (uint32_t)a;
    case IR_TRUNC: return a;
    case IR_EQ: return ua == ub;
    case IR_NE: return ua != ub;
    case IR_SLT: return sa < sb;
    case IR_SGE: return sa >= sb;
    case IR_SLE: return sa <= sb;
    case IR_SGT: return sa > sb;
    case IR_ULT: return ua < ub;
    case IR_UGE: return ua >= ub;
    case IR_ULE: return ua <= ub;
    case IR_UGT: return ua > ub;
    default: printf("not ok operation %s\n", ir_ops[i->op].name); exit(1);
    }
}

static uint64_t floating(Eval *e, const IrFn *f, const IrIns *i, uint64_t a, uint64_t b, uint64_t c)
{
    SfFormat k = i->type == IR_F32 ? SF_32 : SF_64;
    IrType from = i->a ? ir_ref_type(f, i->a) : IR_VOID;
    Sf x = { k == SF_32 ? (uint32_t)a : a, 0 }, y = { k == SF_32 ? (uint32_t)b : b, 0 }, z = { k == SF_32 ? (uint32_t)c : c, 0 };
    unsigned mode = i->aux & IR_FLT_ROUND, flags = e->env.flags, sign = k == SF_32 ? 31 : 63, kept = e->env.round;
    Sf r = { 0, 0 };
    if (mode && mode != IR_ROUND_DYNAMIC)
        e->env.round = (SfRound)(mode - 1);
    if (ir_ops[i->op].class == IRC_FCMP) {
        int q = (i->aux & IR_FLT_SAT ? sf_compare_signaling : sf_compare)(&e->env, k, x, y);
        switch (i->op) {
        case IR_FOEQ: r.lo = q == 0; break;
        case IR_FOLT: r.lo = q == -1; break;
        case IR_FOLE: r.lo = q == 0 || q == -1; break;
        case IR_FOGT: r.lo = q == 1; break;
        case IR_FUNO: r.lo = q == 2; break;
        default: printf("not ok operation %s\n", ir_ops[i->op].name); exit(1);
        }
    } else {
        switch (i->op) {
        case IR_FADD: r = sf_add(&e->env, k, x, y); break;
        case IR_FSUB: r = sf_sub(&e->env, k, x, y); break;
        case IR_FMUL: r = sf_mul(&e->env, k, x, y); break;
        case IR_FDIV: r = sf_div(&e->env, k, x, y); break;
        case IR_FSQRT: r = sf_sqrt(&e->env, k, x); break;
        case IR_FMA: r = sf_fma(&e->env, k, x, y, z); break;
        case IR_FNEG: r.lo = x.lo ^ (uint64_t)1 << sign; break;
        case IR_FABS: r.lo = x.lo & ~((uint64_t)1 << sign); break;
        case IR_FCOPYSIGN: r.lo = (x.lo & ~((uint64_t)1 << sign)) | (y.lo & (uint64_t)1 << sign); break;
        case IR_CANON: r.lo = !sf_is_nan(k, x) ? x.lo : k == SF_32 ? 0x7fc00000 : 0x7ff8000000000000; break;
        case IR_FCVT:
            x.lo = from == IR_F32 ? (uint32_t)a : a;
            r = sf_convert(&e->env, k, from == IR_F32 ? SF_32 : SF_64, x);
            break;
        case IR_SI2F: r = sf_from_i64(&e->env, k, sx(a, from)); break;
        case IR_UI2F: r = sf_from_u64(&e->env, k, zx(a, from)); break;
        case IR_F2SI: case IR_F2UI:
            if (!mode)
                e->env.round = SF_RTZ;
            x.lo = from == IR_F32 ? (uint32_t)a : a;
            r.lo = (uint64_t)sf_to_int(&e->env, from == IR_F32 ? SF_32 : SF_64, x, i->type == IR_I32 ? 32 : 64, i->op == IR_F2SI);
            break;
        default: printf("not ok operation %s\n", ir_ops[i->op].name); exit(1);
        }
    }
    e->env.round = (SfRound)kept;
    /* Arithmetic gives any quiet NaN; canon has to do the rest. */
    if ((i->op >= IR_FADD && i->op <= IR_FMA) || i->op == IR_FCVT)
        r.lo |= sf_is_nan(k, r) ? 0x55 | (uint64_t)1 << sign : 0;
    if (!(i->aux & IR_FLT_STRICT) && e->env.flags != flags) {
        printf("not ok %s raises flags and is not strict\n", ir_ops[i->op].name);
        exit(1);
    }
    return r.lo;
}

static uint64_t get_mem(const uint8_t *p, unsigned size, bool is_signed)
{
    uint64_t v = 0;
    memcpy(&v, p, (size_t)1 << size);
    return is_signed ? (uint64_t)bits_sext(v, 8u << size) : v;
}

static uint64_t changed(unsigned kind, uint64_t old, uint64_t v, unsigned size)
{
    unsigned w = 8u << size;
    int64_t so = bits_sext(old, w), sv = bits_sext(v, w);
    uint64_t m = w == 64 ? UINT64_MAX : ((uint64_t)1 << w) - 1, uo = old & m, uv = v & m;
    switch (kind) {
    case IR_RMW_XCHG: return v;
    case IR_RMW_ADD: return old + v;
    case IR_RMW_AND: return old & v;
    case IR_RMW_OR: return old | v;
    case IR_RMW_XOR: return old ^ v;
    case IR_RMW_SMIN: return so < sv ? old : v;
    case IR_RMW_SMAX: return so > sv ? old : v;
    case IR_RMW_UMIN: return uo < uv ? old : v;
    case IR_RMW_UMAX: return uo > uv ? old : v;
    default: printf("not ok rmw kind\n"); exit(1);
    }
}

/* One instruction that is no terminator; false: it faults. */
static bool step(Eval *e, const IrFn *f, uint32_t n, uint32_t from)
{
    const IrIns *i = &f->ins.p[n];
    const char *shape = ir_ops[i->op].operands;
    uint64_t x[3], r = 0;
    const int32_t ops[3] = { i->a, i->b, i->c };
    unsigned k, size = i->aux & IR_MEM_SIZE;
    uint8_t *p;
    for (k = 0; k < 3; k++)
        x[k] = ops[k] && strchr("tilvp", shape[k]) ? value(e, f, ops[k]) : 0;
    switch (i->op) {
    case IR_PHI:
        for (k = 0; k < (unsigned)i->b; k++)
            if ((uint32_t)f->ops.p[i->a + (int)(2 * k)] == from)
                r = value(e, f, f->ops.p[i->a + (int)(2 * k) + 1]);
        break;
    case IR_STATE_IN: r = e->state[i->a]; break;
    case IR_BITCAST: r = x[0]; break;
    case IR_SELECT: r = (uint32_t)x[0] ? x[1] : x[2]; break;
    case IR_FFLAGS_GET: r = e->env.flags; break;
    case IR_FFLAGS_SET: e->env.flags = (unsigned)x[0] & 31; break;
    case IR_FENCE: case IR_NOP: break;
    case IR_PROJ: r = e->v[i->a + 1]; break; /* room behind a cas is its proj's */
    case IR_LOAD:
        if (!(p = at(e, x[0] + (uint64_t)(int64_t)i->c, 1u << size)))
            return false;
        r = get_mem(p, size, (i->aux & IR_MEM_SIGNED) != 0);
        break;
    case IR_STORE:
        if (!(p = at(e, x[0] + (uint64_t)(int64_t)i->c, 1u << size)))
            return false;
        memcpy(p, &x[1], (size_t)1 << size);
        break;
    case IR_RMW:
        if (!(p = at(e, x[0], 1u << size)))
            return false;
        r = get_mem(p, size, false);
        x[1] = changed((unsigned)i->c, r, x[1], size);
        memcpy(p, &x[1], (size_t)1 << size);
        break;
    case IR_CAS:
        if (!(p = at(e, x[0], 1u << size)))
            return false;
        r = get_mem(p, size, false);
        e->v[n + 1] = memcmp(p, &x[1], (size_t)1 << size) == 0;
        if (e->v[n + 1])
            memcpy(p, &x[2], (size_t)1 << size);
        break;
    default:
        r = ir_ops[i->op].class == IRC_FLT || ir_ops[i->op].class == IRC_FCMP ? floating(e, f, i, x[0], x[1], x[2])
                                                                               : integer(i, x[0], x[1]);
        break;
    }
    if (ir_ops[i->op].result == 'i' || i->type == IR_I32 || i->type == IR_F32)
        r = (uint32_t)r | JUNK;
    e->v[n] = r;
    return true;
}

enum EvalEnd eval_unit(Eval *e, const IrFn *f, uint64_t *out)
{
    uint32_t b = 0, from = UINT32_MAX, n;
    if (e->nv < f->ins.n + 1) {
        e->nv = 2 * f->ins.n + 1;
        free(e->v);
        e->v = malloc(e->nv * sizeof *e->v);
    }
    for (;;) {
        const IrBlock *k = &f->blocks.p[b];
        for (n = k->first; n + 1 < k->first + k->n; n++) {
            e->steps++;
            if (!step(e, f, n, from)) {
                take_map(e, f, (IrRef)n);
                return EV_FAULT;
            }
        }
        const IrIns *t = &f->ins.p[n];
        from = b;
        switch (t->op) {
        case IR_JMP: b = (uint32_t)t->a; break;
        case IR_BR: b = (uint32_t)((uint32_t)value(e, f, t->a) ? t->b : t->c); break;
        case IR_EXIT:
            *out = (uint64_t)t->a;
            take_map(e, f, (IrRef)n);
            return EV_EXIT;
        case IR_EXIT_INDIRECT:
            *out = value(e, f, t->a);
            take_map(e, f, (IrRef)n);
            return EV_INDIRECT;
        default: return EV_BROKEN;
        }
    }
}
