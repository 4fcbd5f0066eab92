/* abi: how C values cross calls in the System V psABI for AMD64 (version 1.0, section 3.2.3 and 3.5.7). In: flattened types. Out: pieces,
 * at most one an eightbyte. Long double as a result would need x87 and is treated like an aggregate of class MEMORY; the front end
 * refuses it before. */
#include "arch/arch.h"

enum { NINT = 6, NFP = 8 };
typedef enum Class { NO_CLASS, INTEGER, SSE, MEMORY } Class;

typedef struct Eightbytes {
    Class class[2];
    bool f64[2];               /* SSE: carried as f64 (8 bytes), else f32 */
    unsigned n;
    unsigned nint, nfp;
} Eightbytes;

/* psABI 3.2.3, "Classification". False: MEMORY. */
static bool classify(const AbiType *t, Eightbytes *e)
{
    memset(e, 0, sizeof *e);
    if (t->size > 16 || t->unaligned || (t->size && !t->fields))
        return false;
    e->n = (unsigned)((t->size + 7) / 8);
    for (uint32_t k = 0; k < t->nfields; k++) {
        const AbiField *f = &t->fields[k];
        if (f->kind == ABI_PAD)
            continue;
        uint32_t first = f->offset / 8, last = f->size ? (f->offset + f->size - 1) / 8 : first;
        if (f->kind == ABI_LDBL || last > 1)
            return false;
        for (uint32_t b = first; b <= last; b++) {
            Class c = f->kind == ABI_FLT ? SSE : INTEGER;
            if (e->class[b] == NO_CLASS || c == INTEGER)
                e->class[b] = c;
        }
    }
    for (unsigned b = 0; b < e->n; b++) {
        /* An eightbyte without fields is padding: NO_CLASS, and takes no register. */
        e->f64[b] = t->size - 8 * b > 4;
        e->nint += e->class[b] == INTEGER;
        e->nfp += e->class[b] == SSE;
    }
    return true;
}

/* Pieces behind n mean nothing. */
static void empty(AbiLoc *l)
{
    l->n = 0;
    l->indirect = false;
}

/* The pieces of a classified value; next_int and next_fp count registers. */
static void in_registers(const AbiType *t, const Eightbytes *e, uint32_t *next_int, uint32_t *next_fp, AbiLoc *out)
{
    for (unsigned b = 0; b < e->n; b++) {
        uint32_t size = t->size - 8 * b > 8 ? 8 : (uint32_t)(t->size - 8 * b);
        if (e->class[b] == NO_CLASS)
            continue;
        if (e->class[b] == INTEGER)
            abi_piece(out, !t->aggregate && size <= 4 ? IR_I32 : IR_I64, IR_PLACE_INT, (*next_int)++, size, 8 * b);
        else
            abi_piece(out, e->f64[b] ? IR_F64 : IR_F32, IR_PLACE_FP, (*next_fp)++, size, 8 * b);
        out->pieces[out->n - 1].ext = (uint8_t)abi_ext(t);
    }
}

static void on_stack(AbiState *s, const AbiType *t, AbiLoc *out)
{
    uint32_t align = t->align > 8 ? t->align : 8; /* above 16, the caller aligns its stack pointer to it as well */
    s->stack = (uint32_t)align_up(s->stack, align);
    if (t->aggregate || t->size > 8) {
        abi_piece(out, IR_I64, IR_PLACE_COPY, s->stack, (uint32_t)t->size, 0);
        out->pieces[0].align_log2 = (uint8_t)(align < 1u << 15 ? bits_ctz64(align) : 15);
    } else {
        bool flt = t->nfields && t->fields[0].kind == ABI_FLT;
        IrType type = flt ? (t->size == 8 ? IR_F64 : IR_F32) : t->size == 8 ? IR_I64 : IR_I32;
        abi_piece(out, type, IR_PLACE_STACK, s->stack, (uint32_t)t->size, 0);
        out->pieces[0].ext = (uint8_t)abi_ext(t);
    }
    s->stack += (uint32_t)align_up(t->size, 8);
}

static void begin(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr)
{
    Eightbytes e;
    uint32_t nint = 0, nfp = 0;
    memset(s, 0, sizeof *s);
    empty(ret);
    empty(ret_addr);
    s->variadic = variadic;
    if (!result->size)
        return;
    if (classify(result, &e)) {
        in_registers(result, &e, &nint, &nfp, ret);
        return;
    }
    ret->indirect = true;
    abi_piece(ret, IR_I64, IR_PLACE_INT, s->nint++, 8, 0);
    abi_piece(ret_addr, IR_I64, IR_PLACE_INT, 0, 8, 0);
}

static void arg(AbiState *s, const AbiType *t, bool named, AbiLoc *out)
{
    Eightbytes e;
    (void)named;
    empty(out);
    if (!t->size)
        return;
    if (classify(t, &e) && s->nint + e.nint <= NINT && s->nfp + e.nfp <= NFP)
        in_registers(t, &e, &s->nint, &s->nfp, out);
    else
        on_stack(s, t, out);
}

static uint32_t end(AbiState *s)
{
    return (uint32_t)align_up(s->stack, 16);
}

/* ---- va_arg: psABI 3.5.7, figure 3.34 and the steps above it ---- */

enum { GP_OFFSET = 0, FP_OFFSET = 4, OVERFLOW_AREA = 8, SAVE_AREA = 16 };
enum { I32_MEM = 2, I64_MEM = 3 };

static IrRef from_overflow(IrFn *f, IrRef ap, const AbiType *t)
{
    IrRef p = ir_load(f, IR_I64, I64_MEM, ap, OVERFLOW_AREA);
    if (t->align > 8)
        p = ir_op2(f, IR_AND, IR_I64, ir_add_imm(f, p, (int64_t)t->align - 1), ir_int(f, IR_I64, -(int64_t)t->align));
    ir_store(f, IR_I64, I64_MEM, ap, ir_add_imm(f, p, (int64_t)align_up(t->size, 8)), OVERFLOW_AREA);
    return p;
}

static IrRef saved(IrFn *f, IrRef area, IrRef offset)
{
    return ir_op2(f, IR_ADD, IR_I64, area, ir_op1(f, IR_ZEXT32, IR_I64, offset));
}

static IrRef va_arg_x64(IrFn *f, IrRef ap, const AbiType *t)
{
    Eightbytes e;
    IrRef gp = IR_NONE, fp = IR_NONE, cond = IR_NONE, area, in_save, in_overflow;
    if (!classify(t, &e) || !e.n)
        return from_overflow(f, ap, t);
    uint32_t regs = ir_block(f), memory = ir_block(f), done = ir_block(f), from_regs, from_memory;
    if (e.nint) {
        gp = ir_load(f, IR_I32, I32_MEM, ap, GP_OFFSET);
        cond = ir_op2(f, IR_ULE, IR_I32, gp, ir_int(f, IR_I32, (int64_t)(8 * (NINT - e.nint))));
    }
    if (e.nfp) {
        IrRef fits;
        fp = ir_load(f, IR_I32, I32_MEM, ap, FP_OFFSET);
        fits = ir_op2(f, IR_ULE, IR_I32, fp, ir_int(f, IR_I32, (int64_t)(8 * NINT + 16 * (NFP - e.nfp))));
        cond = e.nint ? ir_op2(f, IR_AND, IR_I32, cond, fits) : fits;
    }
    ir_br(f, cond, regs, memory);
    ir_place(f, regs);
    area = ir_load(f, IR_I64, I64_MEM, ap, SAVE_AREA);
    if (!e.nfp && e.class[0]) {
        in_save = saved(f, area, gp);
    } else if (!e.nint && e.nfp == 1 && e.class[0]) {
        in_save = saved(f, area, fp);
    } else {
        /* Eightbytes that do not stand side by side in the save area come together in a slot. */
        uint32_t slot = ir_slot(f, 16, 16, 0, IR_I64), ni = 0, nf = 0;
        in_save = ir_slot_addr(f, slot, 0);
        for (unsigned b = 0; b < e.n; b++) {
            bool is_int = e.class[b] == INTEGER;
            if (e.class[b] == NO_CLASS)
                continue;
            IrRef from = is_int ? saved(f, area, gp) : saved(f, area, fp);
            IrRef v = ir_load(f, IR_I64, I64_MEM, from, is_int ? (int32_t)(8 * ni++) : (int32_t)(16 * nf++));
            ir_store(f, IR_I64, I64_MEM, ir_slot_addr(f, slot, 8 * (int64_t)b), v, 0);
        }
    }
    if (e.nint)
        ir_store(f, IR_I32, I32_MEM, ap, ir_op2(f, IR_ADD, IR_I32, gp, ir_int(f, IR_I32, (int64_t)(8 * e.nint))), GP_OFFSET);
    if (e.nfp)
        ir_store(f, IR_I32, I32_MEM, ap, ir_op2(f, IR_ADD, IR_I32, fp, ir_int(f, IR_I32, (int64_t)(16 * e.nfp))), FP_OFFSET);
    from_regs = f->cur;
    ir_jmp(f, done);
    ir_place(f, memory);
    in_overflow = from_overflow(f, ap, t);
    from_memory = f->cur;
    ir_jmp(f, done);
    ir_place(f, done);
    return ir_phi2(f, IR_I64, from_regs, in_save, from_memory, in_overflow);
}

const TargetAbi x64_abi = { begin, arg, end, 24, 8, true, va_arg_x64, NULL };
