/* fast_atomic: read-modify-write, compare-and-swap, fences. Locked instructions are sequentially consistent (SDM vol. 3, 9.2.3), so
 * every order is served by them; a sequentially consistent store is an xchg (fast_mem.c). */
#include "arch/x64/fast.h"

/* Result in reg: narrow ones extended as the operation says. */
static void define(X64Fast *x, uint32_t i, const IrIns *in, unsigned reg)
{
    unsigned size = 1u << (in->aux & IR_MEM_SIZE);
    if (size < ir_type_size(in->type) && !gen_dead(&x->g, i))
        x64_extend(x, reg, reg, size, (in->aux & IR_MEM_SIGNED) != 0, (IrType)in->type);
    gen_def(&x->g, i, reg, GV_CANON);
}

/* new = old `op` operand, by a cmpxchg loop. */
static void loop(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), w = size == 8 ? 8 : 4, rb, t;
    X64Addr a;
    gen_claim(g, RAX);
    rb = gen_in(g, in->b);
    t = gen_alloc(g, g->t->scratch[0]);
    x64_addr(x, in->a, 0, &a);
    if (size < 4)
        x64_rm(&x->o, size == 1 ? X64_I_MOVZX8_RM : X64_I_MOVZX16_RM, 4, RAX, &a.m);
    else
        x64_rm(&x->o, X64_I_MOV_RM, size, RAX, &a.m);
    uint32_t again = gen_label(g);
    gen_place(g, again);
    switch (in->c) {
    case IR_RMW_SMIN: case IR_RMW_SMAX: case IR_RMW_UMIN: case IR_RMW_UMAX: {
        static const uint8_t keep_old[] = { X64_LE, X64_GE, X64_BE, X64_AE };
        x64_mov(x, w, t, rb);
        x64_rr(&x->o, ALU(X64_I_CMP_MI8, MR), size, rb, RAX);
        x64_cmovcc(&x->o, keep_old[in->c - IR_RMW_SMIN], w, t, RAX);
        break;
    }
    default:
        x64_mov(x, w, t, RAX);
        x64_rr(&x->o, in->c == IR_RMW_OR ? ALU(X64_I_OR_MI8, MR) : in->c == IR_RMW_XOR ? ALU(X64_I_XOR_MI8, MR)
                                         : ALU(X64_I_AND_MI8, MR), w, rb, t);
        if (in->c == IR_RMW_NAND)
            x64_r(&x->o, X64_I_NOT_M, w, t);
        break;
    }
    x64_lock(&x->o);
    x64_rm(&x->o, X64_I_CMPXCHG_MR, size, t, &a.m);
    x64_jcc_to(x, X64_NE, again);
    x64_addr_done(x, &a);
    gen_free(g, t);
    gen_out(g, in->b, rb);
    define(x, i, in, RAX);
}

static void rmw(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), w = size == 8 ? 8 : 4, rb, t;
    bool unused = gen_dead(g, i);
    X64Addr a;
    if (in->c > IR_RMW_SUB && !(unused && in->c <= IR_RMW_XOR)) {
        loop(x, i, in);
        return;
    }
    rb = gen_in(g, in->b);
    t = gen_alloc(g, g->t->scratch[0]);
    x64_mov(x, w, t, rb);
    gen_out(g, in->b, rb);
    x64_addr(x, in->a, 0, &a);
    switch (in->c) {
    case IR_RMW_XCHG:
        x64_rm(&x->o, X64_I_XCHG_MR, size, t, &a.m);
        break;
    case IR_RMW_ADD: case IR_RMW_SUB:
        if (in->c == IR_RMW_SUB)
            x64_r(&x->o, X64_I_NEG_M, w, t);
        x64_lock(&x->o);
        x64_rm(&x->o, unused ? ALU(X64_I_ADD_MI8, MR) : X64_I_XADD_MR, size, t, &a.m);
        break;
    default:
        x64_lock(&x->o);
        x64_rm(&x->o, in->c == IR_RMW_AND ? ALU(X64_I_AND_MI8, MR) : in->c == IR_RMW_OR ? ALU(X64_I_OR_MI8, MR)
                                          : ALU(X64_I_XOR_MI8, MR), size, t, &a.m);
        break;
    }
    x64_addr_done(x, &a);
    define(x, i, in, t);
}

static void cas(X64Fast *x, uint32_t i, const IrIns *in)
{
    Gen *g = &x->g;
    unsigned size = 1u << (in->aux & IR_MEM_SIZE), rb, rc, bit = GEN_NOREG;
    uint32_t proj = 0;
    X64Addr a;
    if (i + 1 < g->end && gen_ins(g, i + 1)->op == IR_PROJ && gen_ins(g, i + 1)->a == (IrRef)i)
        proj = i + 1;
    gen_claim(g, RAX);
    rb = gen_in(g, in->b);
    x64_mov(x, 8, RAX, rb);
    gen_out(g, in->b, rb);
    rc = gen_in(g, in->c);
    x64_addr(x, in->a, 0, &a);
    x64_lock(&x->o);
    x64_rm(&x->o, X64_I_CMPXCHG_MR, size, rc, &a.m);
    if (proj && !gen_dead(g, proj)) {
        bit = gen_alloc(g, g->t->scratch[0]);
        x64_setcc(&x->o, X64_E, bit);
        x64_rr(&x->o, X64_I_MOVZX8_RM, 4, bit, bit);
    }
    x64_addr_done(x, &a);
    gen_out(g, in->c, rc);
    define(x, i, in, RAX);
    if (proj)
        gen_consume(g, (IrRef)i);
    if (bit != GEN_NOREG)
        gen_def(g, proj, bit, GV_CANON | GV_NONNEG);
}

void x64_atomic(Gen *g, uint32_t i, const IrIns *in)
{
    X64Fast *x = x64_of(g);
    if (in->op == IR_RMW)
        rmw(x, i, in);
    else if (in->op == IR_CAS)
        cas(x, i, in);
    else if ((in->aux >> IR_MEM_ORDER_SHIFT & 7) == IR_SEQ_CST)
        x64_0(&x->o, X64_I_MFENCE_ZO, 0);
}
