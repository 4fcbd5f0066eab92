/* abi: how C values cross calls in AAPCS64 (2023Q3, chapter 6 and appendix B), Linux's variant. In: flattened types. Out: pieces of at
 * most 8 bytes. A record that takes quadword registers (members of long double) has no pieces: `refuses` tells the front end. What
 * stands above a value of less than four bytes is nobody's promise (6.8.2), so no piece has an extension. */
#include "arch/arch.h"

enum { NINT = 8, NFP = 8 };

/* 5.9.5.1, homogeneous floating-point aggregates: how many members, all floats of *size bytes; 0: it is none. Members of a union share
 * places; what gcc does not count are padding and arrays of unknown length or of none. */
static unsigned homogeneous(const AbiType *t, unsigned *size)
{
    if (!t->aggregate || !t->size || !t->nfields || t->flexible)
        return 0;
    *size = t->fields[0].size;
    if (t->size % *size || t->size / *size > 4)
        return 0;
    for (uint32_t k = 0; k < t->nfields; k++) {
        const AbiField *f = &t->fields[k];
        if ((f->kind != ABI_FLT && f->kind != ABI_LDBL) || f->size != *size || f->offset % *size)
            return 0;
    }
    /* No hole: every place is a member's. */
    for (uint32_t at = 0; at < t->size; at += *size) {
        uint32_t k = 0;
        while (k < t->nfields && t->fields[k].offset != at)
            k++;
        if (k == t->nfields)
            return 0;
    }
    return (unsigned)(t->size / *size);
}

static bool refuses(const AbiType *t)
{
    unsigned size;
    return homogeneous(t, &size) && size > 8;
}

static bool is_float(const AbiType *t)
{
    return !t->aggregate && t->nfields && t->fields[0].kind == ABI_FLT;
}

/* 6.8.2, stage C, last: on the stack, at the type's natural alignment, eight bytes at least. */
static void on_stack(AbiState *s, const AbiType *t, AbiLoc *out)
{
    if (t->natural > 8)
        s->stack = (uint32_t)align_up(s->stack, 16);
    if (t->aggregate) {
        abi_piece(out, IR_I64, IR_PLACE_COPY, s->stack, (uint32_t)t->size, 0);
        out->pieces[0].align_log2 = t->natural > 8 ? 4 : 3;
    } else if (is_float(t)) {
        abi_piece(out, t->size == 8 ? IR_F64 : IR_F32, IR_PLACE_STACK, s->stack, (uint32_t)t->size, 0);
    } else {
        abi_piece(out, t->size == 8 ? IR_I64 : IR_I32, IR_PLACE_STACK, s->stack, (uint32_t)t->size, 0);
    }
    s->stack += (uint32_t)align_up(t->size, 8);
}

static void in_floats(AbiState *s, const AbiType *t, unsigned n, unsigned size, AbiLoc *out)
{
    if (s->nfp + n > NFP) {
        s->nfp = NFP;
        on_stack(s, t, out);
        return;
    }
    for (unsigned k = 0; k < n; k++)
        abi_piece(out, size == 8 ? IR_F64 : IR_F32, IR_PLACE_FP, s->nfp++, size, k * size);
}

static void place(AbiState *s, const AbiType *t, bool named, AbiLoc *out)
{
    unsigned n, size;
    (void)named;
    memset(out, 0, sizeof *out);
    if (!t->size)
        return;
    if (is_float(t)) {
        in_floats(s, t, 1, (unsigned)t->size, out);
        return;
    }
    if ((n = homogeneous(t, &size)) != 0 && size <= 8) {
        in_floats(s, t, n, size, out);
        return;
    }
    if (t->size > 16) {
        AbiType address;
        memset(&address, 0, sizeof address);
        address.size = address.natural = 8;
        place(s, &address, named, out);
        out->indirect = true;
        return;
    }
    if (t->natural > 8)
        s->nint = (s->nint + 1) & ~1u;
    if (s->nint + (t->size + 7) / 8 > NINT) {
        s->nint = NINT;
        on_stack(s, t, out);
        return;
    }
    for (uint32_t at = 0; at < t->size; at += 8) {
        uint32_t left = (uint32_t)t->size - at;
        abi_piece(out, t->aggregate || t->size > 4 ? IR_I64 : IR_I32, IR_PLACE_INT, s->nint++, left < 8 ? left : 8, at);
    }
}

/* 6.9: as the first argument would be passed; in memory, whose address the caller has in x8. */
static void begin(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr)
{
    memset(s, 0, sizeof *s);
    memset(ret_addr, 0, sizeof *ret_addr);
    place(s, result, true, ret);
    memset(s, 0, sizeof *s);
    s->variadic = variadic;
    if (ret->indirect)
        ret->pieces[0].place = IR_PLACE_SRET;
}

static uint32_t end(AbiState *s)
{
    return (uint32_t)align_up(s->stack, 16);
}

/* ---- va_arg: appendix B.4 ---- */

enum { STACK = 0, GR_TOP = 8, VR_TOP = 16, GR_OFFS = 24, VR_OFFS = 28, VA_SIZE = 32 };
enum { I32_MEM = 2, I64_MEM = 3 };

static IrRef align16(IrFn *f, IrRef p)
{
    return ir_op2(f, IR_AND, IR_I64, ir_add_imm(f, p, 15), ir_int(f, IR_I64, -16));
}

/* The members of a homogeneous aggregate stand 16 bytes apart in the save area: they come together in a slot. */
static IrRef gathered(IrFn *f, IrRef from, unsigned n, unsigned size)
{
    IrType t = size == 8 ? IR_F64 : IR_F32;
    uint32_t slot = ir_slot(f, (uint64_t)n * size, size, 0, IR_VOID);
    for (unsigned k = 0; k < n; k++)
        ir_store(f, t, size == 8 ? I64_MEM : I32_MEM, ir_slot_addr(f, slot, (int64_t)k * size),
                 ir_load(f, t, size == 8 ? I64_MEM : I32_MEM, from, (int32_t)(16 * k)), 0);
    return ir_slot_addr(f, slot, 0);
}

static IrRef va_arg_aa64(IrFn *f, IrRef ap, const AbiType *t)
{
    unsigned size = 0, n = is_float(t) ? 1 : homogeneous(t, &size);
    bool floats = n != 0, indirect = !floats && t->size > 16;
    uint64_t bytes = indirect ? 8 : t->size;
    uint32_t natural = indirect ? 8 : t->natural;
    int32_t offs_at = floats ? VR_OFFS : GR_OFFS;
    uint32_t maybe = ir_block(f), regs = ir_block(f), memory = ir_block(f), done = ir_block(f), from_regs, from_memory;
    IrRef offs = ir_load(f, IR_I32, I32_MEM, ap, offs_at), next, in_regs, in_memory, p;
    ir_br(f, ir_op2(f, IR_SGE, IR_I32, offs, ir_int(f, IR_I32, 0)), memory, maybe);
    ir_place(f, maybe);
    if (!floats && natural > 8)
        offs = ir_op2(f, IR_AND, IR_I32, ir_op2(f, IR_ADD, IR_I32, offs, ir_int(f, IR_I32, 15)), ir_int(f, IR_I32, -16));
    next = ir_op2(f, IR_ADD, IR_I32, offs, ir_int(f, IR_I32, floats ? 16 * (int64_t)n : (int64_t)align_up(bytes, 8)));
    ir_store(f, IR_I32, I32_MEM, ap, next, offs_at);
    ir_br(f, ir_op2(f, IR_SGT, IR_I32, next, ir_int(f, IR_I32, 0)), memory, regs);
    ir_place(f, regs);
    in_regs = ir_op2(f, IR_ADD, IR_I64, ir_load(f, IR_I64, I64_MEM, ap, floats ? VR_TOP : GR_TOP), ir_op1(f, IR_SEXT32, IR_I64, offs));
    if (n > 1)
        in_regs = gathered(f, in_regs, n, size);
    from_regs = f->cur;
    ir_jmp(f, done);
    ir_place(f, memory);
    in_memory = ir_load(f, IR_I64, I64_MEM, ap, STACK);
    if (natural > 8)
        in_memory = align16(f, in_memory);
    ir_store(f, IR_I64, I64_MEM, ap, ir_add_imm(f, in_memory, (int64_t)align_up(bytes, 8)), STACK);
    from_memory = f->cur;
    ir_jmp(f, done);
    ir_place(f, done);
    p = ir_phi2(f, IR_I64, from_regs, in_regs, from_memory, in_memory);
    return indirect ? ir_load(f, IR_I64, I64_MEM, p, 0) : p;
}

const TargetAbi aa64_abi = { begin, place, end, VA_SIZE, 8, false, va_arg_aa64, refuses };
