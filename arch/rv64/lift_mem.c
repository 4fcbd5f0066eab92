/* lift_mem.c: loads, stores and atomics to the IR. Every access may trap and carries its map. Ordinary accesses may have any address;
 * an atomic one that is not aligned is left to the emulator (LIFT_MISALIGNED), which raises what the machine raises.
 *
 * lr remembers address and value, sc is a compare-exchange against that value: what another hart wrote in between is seen unless it
 * wrote the same bytes, which no program can tell from nothing in the sequences that the manual guarantees (8.3). */
#include "arch/rv64/lift.h"
#include "ir/interp.h"

static unsigned order_of(IrOrder o)
{
    return (unsigned)o << IR_MEM_ORDER_SHIFT;
}

static IrRef address(Rv64Lift *l, const Rv64Ins *i, int32_t *offset)
{
    IrRef a = rv64_lift_x(l, i->rs1);
    *offset = i->imm;
    if (!ir_is_const(a))
        return a;
    *offset = 0;
    return ir_add_imm(l->f, a, i->imm);
}

/* Where the access of 1 << size bytes at a is at the host, by the cache of pages; the emulator does it where that has no answer, or the
 * address is not aligned. */
static IrRef looked_up(Rv64Lift *l, IrRef a, unsigned size, bool write)
{
    IrRef page = lift_op2(l, IR_LSHR, a, lift_i64(l, 12)), entry, other, host;
    int32_t at = write ? (int32_t)offsetof(IrMemory, write) - (int32_t)offsetof(IrMemory, read) : 0;
    entry = ir_ins(l->f, IR_INDEX, IR_I64, 0, l->val[LIFT_TLB], lift_op2(l, IR_AND, page, lift_i64(l, 255)), (int32_t)sizeof(struct IrTlb));
    other = lift_op2(l, IR_XOR, page, ir_load(l->f, IR_I64, 3, entry, at + (int32_t)offsetof(struct IrTlb, page)));
    if (size)
        other = lift_op2(l, IR_OR, other, lift_op2(l, IR_AND, a, lift_i64(l, (1u << size) - 1)));
    rv64_lift_leave_if(l, lift_op2(l, IR_NE, other, lift_i64(l, 0)), l->pc, LIFT_STEP);
    if (!ir_open(l->f))
        return IR_NONE;
    host = ir_load(l->f, IR_I64, 3, entry, at + (int32_t)offsetof(struct IrTlb, host));
    return lift_op2(l, IR_ADD, host, lift_op2(l, IR_AND, a, lift_i64(l, 4095)));
}

/* Turns the address of an access into the host's. False: nothing goes on behind it. */
static bool at_host(Rv64Lift *l, IrRef *a, int32_t *offset, unsigned size, bool write)
{
    if (!(l->job->how & LIFT_CHECKED))
        return true;
    *a = looked_up(l, ir_add_imm(l->f, *a, *offset), size, write);
    *offset = 0;
    return *a != IR_NONE;
}

static void load(Rv64Lift *l, const Rv64Ins *i, unsigned flags)
{
    unsigned size = flags & RVF_SIZE, aux = size | IR_MEM_TRAPS;
    bool fp = (flags & RVF_FP) != 0;
    int32_t offset;
    IrRef a, v;
    rv64_lift_settle(l);
    a = address(l, i, &offset);
    if (!at_host(l, &a, &offset, size, false))
        return;
    if (!fp && size < 3 && !(flags & RVF_ZEXT))
        aux |= IR_MEM_SIGNED;
    v = ir_load(l->f, !fp ? IR_I64 : size == 3 ? IR_F64 : IR_F32, aux, a, offset);
    rv64_lift_fault_map(l, v);
    if (!fp)
        rv64_lift_set_x(l, i->rd, v);
    else if (size == 3)
        rv64_lift_set_double(l, i->rd, v);
    else
        rv64_lift_set_single(l, i->rd, v);
}

static void store(Rv64Lift *l, const Rv64Ins *i, unsigned flags)
{
    unsigned size = flags & RVF_SIZE;
    bool fp = (flags & RVF_FP) != 0;
    IrType t = IR_I64;
    int32_t offset;
    IrRef a, v;
    rv64_lift_settle(l);
    a = address(l, i, &offset);
    if (!at_host(l, &a, &offset, size, true))
        return;
    if (!fp) {
        v = rv64_lift_x(l, i->rs2);
    } else if (size == 3) {
        v = rv64_lift_double(l, i->rs2);
        t = IR_F64;
    } else if (l->boxed[i->rs2 - LIFT_F0]) {
        v = l->single[i->rs2 - LIFT_F0];
        t = IR_F32;
    } else {                   /* the low half, boxed or not */
        v = ir_op1(l->f, IR_BITCAST, IR_I64, rv64_lift_double(l, i->rs2));
    }
    rv64_lift_fault_map(l, ir_append(l->f, IR_STORE, t, size | IR_MEM_TRAPS, a, v, offset));
}

/* The address of an atomic access, aligned: the block is left where it is not. */
static IrRef aligned(Rv64Lift *l, const Rv64Ins *i, unsigned size, bool write, IrRef *guest)
{
    IrRef a;
    int32_t offset = 0;
    rv64_lift_settle(l);
    a = rv64_lift_x(l, i->rs1);
    rv64_lift_leave_if(l, lift_low(l, lift_op2(l, IR_AND, a, lift_i64(l, (1u << size) - 1))), l->pc, LIFT_MISALIGNED);
    if (guest)
        *guest = a;
    return ir_open(l->f) && at_host(l, &a, &offset, size, write) ? a : IR_NONE;
}

static unsigned atomic_aux(unsigned size, IrOrder o)
{
    return size | IR_MEM_TRAPS | size << IR_MEM_ALIGN_SHIFT | order_of(o);
}

static void load_reserved(Rv64Lift *l, const Rv64Ins *i, unsigned size)
{
    IrRef guest, a = aligned(l, i, size, false, &guest), v;
    IrOrder o = i->aqrl & RV64_RL ? IR_SEQ_CST : i->aqrl ? IR_ACQUIRE : IR_RELAXED;
    if (!a)
        return;
    v = ir_load(l->f, IR_I64, atomic_aux(size, o) | (size < 3 ? IR_MEM_SIGNED : 0), a, 0);
    rv64_lift_fault_map(l, v);
    rv64_lift_set_state(l, LIFT_RES_ADDR, guest);
    rv64_lift_set_state(l, LIFT_RES_VALID, lift_i64(l, 1));
    rv64_lift_set_state(l, LIFT_RES_VALUE, v);
    rv64_lift_set_x(l, i->rd, v);
}

static void store_conditional(Rv64Lift *l, const Rv64Ins *i, unsigned size)
{
    IrType t = size == 3 ? IR_I64 : IR_I32;
    IrRef guest, a = aligned(l, i, size, true, &guest), hit, old, v, stored = IR_NONE;
    uint32_t from, try, join;
    if (!a)
        return;
    hit = ir_ins(l->f, IR_NE, IR_I64, 0, rv64_lift_state(l, LIFT_RES_VALID), lift_i64(l, 0), 0);
    hit = ir_op2(l->f, IR_AND, IR_I32, hit, lift_op2(l, IR_EQ, rv64_lift_state(l, LIFT_RES_ADDR), guest));
    old = rv64_lift_state(l, LIFT_RES_VALUE);
    v = rv64_lift_x(l, i->rs2);
    if (size < 3) {
        old = lift_low(l, old);
        v = lift_low(l, v);
    }
    from = l->f->cur;
    try = ir_block(l->f);
    join = ir_block(l->f);
    ir_br(l->f, hit, try, join);
    ir_place(l->f, try);
    if (ir_open(l->f)) {
        IrRef c = ir_append(l->f, IR_CAS, t, atomic_aux(size, IR_SEQ_CST), a, old, v);
        rv64_lift_fault_map(l, c);
        stored = ir_proj(l->f, c, IR_I32, 1);
        ir_jmp(l->f, join);
    }
    ir_place(l->f, join);
    stored = stored ? ir_phi2(l->f, IR_I32, from, lift_i32(l, 0), try, stored) : lift_i32(l, 0);
    rv64_lift_set_state(l, LIFT_RES_VALID, lift_i64(l, 0));
    rv64_lift_set_x(l, i->rd, lift_zext(l, ir_op2(l->f, IR_XOR, IR_I32, stored, lift_i32(l, 1))));
}

static void amo(Rv64Lift *l, const Rv64Ins *i, unsigned size, IrRmw kind)
{
    IrRef a = aligned(l, i, size, true, NULL), v = rv64_lift_x(l, i->rs2);
    if (!a)
        return;
    if (size < 3)
        v = lift_low(l, v);
    v = ir_append(l->f, IR_RMW, size == 3 ? IR_I64 : IR_I32, atomic_aux(size, IR_SEQ_CST), a, v, (int32_t)kind);
    rv64_lift_fault_map(l, v);
    rv64_lift_set_x(l, i->rd, size < 3 ? lift_sext(l, v) : v);
}

bool rv64_lift_mem(Rv64Lift *l, const Rv64Ins *i)
{
    unsigned flags = rv64_insns[i->row].flags, size = flags & RVF_SIZE;
    if (flags & RVF_LOAD) {
        load(l, i, flags);
        return true;
    }
    if (flags & RVF_STORE) {
        store(l, i, flags);
        return true;
    }
    if (!(flags & RVF_ATOMIC))
        return false;
    switch (i->row) {
    case RV64_I_LR_W: case RV64_I_LR_D: load_reserved(l, i, size); break;
    case RV64_I_SC_W: case RV64_I_SC_D: store_conditional(l, i, size); break;
    case RV64_I_AMOSWAP_W: case RV64_I_AMOSWAP_D: amo(l, i, size, IR_RMW_XCHG); break;
    case RV64_I_AMOADD_W: case RV64_I_AMOADD_D: amo(l, i, size, IR_RMW_ADD); break;
    case RV64_I_AMOXOR_W: case RV64_I_AMOXOR_D: amo(l, i, size, IR_RMW_XOR); break;
    case RV64_I_AMOAND_W: case RV64_I_AMOAND_D: amo(l, i, size, IR_RMW_AND); break;
    case RV64_I_AMOOR_W: case RV64_I_AMOOR_D: amo(l, i, size, IR_RMW_OR); break;
    case RV64_I_AMOMIN_W: case RV64_I_AMOMIN_D: amo(l, i, size, IR_RMW_SMIN); break;
    case RV64_I_AMOMAX_W: case RV64_I_AMOMAX_D: amo(l, i, size, IR_RMW_SMAX); break;
    case RV64_I_AMOMINU_W: case RV64_I_AMOMINU_D: amo(l, i, size, IR_RMW_UMIN); break;
    case RV64_I_AMOMAXU_W: case RV64_I_AMOMAXU_D: amo(l, i, size, IR_RMW_UMAX); break;
    default: return false;
    }
    return true;
}
