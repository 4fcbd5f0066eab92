/* abi: how C values cross calls in the RISC-V psABI (1.0, chapter 2), LP64D and LP64. In: flattened types. Out: pieces of at most
 * XLEN bits. LP64 is LP64D with all floating-point registers taken. A float that goes in an integer register keeps its type in the
 * piece; the place tells. */
#include "arch/arch.h"

enum { NINT = 8, NFP = 8 };

static bool in_fp(const AbiField *f)
{
    return f->kind == ABI_FLT && f->size <= 8;
}

/* 2.2 "Hardware Floating-point Calling Convention": one or two floats, or a float and an integer, each in its register, however far
 * apart alignment puts them. The fields, bit-fields put together, come to `two`; 0: not of that kind. To gcc, an array or union of no
 * size keeps a record from being taken apart, but not one that is all the same a single float of its size. */
static unsigned float_fields(const AbiType *t, AbiField two[2], unsigned *nint, unsigned *nfp)
{
    unsigned n = 0;
    *nint = *nfp = 0;
    if (t->opaque || !t->fields)
        return 0;
    if (t->hollow && (t->nfields != 1 || t->fields[0].size != t->size || t->align < t->size))
        return 0;
    for (uint32_t k = 0; k < t->nfields; k++) {
        const AbiField *f = &t->fields[k];
        if (f->more && n) {
            two[n - 1].size++;
            continue;
        }
        /* gcc and clang count no pointer as an integer here. */
        if (n == 2 || f->kind == ABI_LDBL || f->kind == ABI_PTR || f->size > 8)
            return 0;
        two[n++] = *f;
        *(in_fp(f) ? nfp : nint) += 1;
    }
    if (n == 2 && two[1].offset < two[0].offset + two[0].size)
        return 0;
    return *nfp ? n : 0;
}

static IrType scalar_type(const AbiType *t)
{
    if (t->nfields && t->fields[0].kind == ABI_FLT)
        return t->size == 8 ? IR_F64 : IR_F32;
    return t->size <= 4 ? IR_I32 : IR_I64;
}

static void one(AbiState *s, AbiLoc *out, IrType t, uint32_t size, uint32_t offset)
{
    if (s->nint < NINT) {
        abi_piece(out, t, IR_PLACE_INT, s->nint++, size, offset);
    } else {
        abi_piece(out, t, IR_PLACE_STACK, s->stack, size, offset);
        s->stack += 8;
    }
}

static void place(AbiState *s, const AbiType *t, bool named, AbiLoc *out)
{
    unsigned nint, nfp, n;
    AbiField two[2];
    memset(out, 0, sizeof *out);
    if (!t->size)
        return;
    if (named && (n = float_fields(t, two, &nint, &nfp)) != 0 && s->nint + nint <= NINT && s->nfp + nfp <= NFP) {
        for (unsigned k = 0; k < n; k++) {
            const AbiField *f = &two[k];
            if (in_fp(f))
                abi_piece(out, f->size == 8 ? IR_F64 : IR_F32, IR_PLACE_FP, s->nfp++, f->size, f->offset);
            else
                abi_piece(out, IR_I64, IR_PLACE_INT, s->nint++, f->size, f->offset);
        }
        return;
    }
    if (t->size > 16) {
        one(s, out, IR_I64, 8, 0);
        out->indirect = true;
        return;
    }
    if (t->size <= 8) {
        one(s, out, t->aggregate ? IR_I64 : scalar_type(t), (uint32_t)t->size, 0);
        out->pieces[0].ext = (uint8_t)abi_ext(t);
        return;
    }
    /* 2.1: two words; aligned ones among the variable arguments begin with an even register, on the stack at their alignment. */
    if (t->align > 8 && !named)
        s->nint = (s->nint + 1) & ~1u;
    if (t->align > 8 && s->nint >= NINT)
        s->stack = (uint32_t)align_up(s->stack, 16);
    one(s, out, IR_I64, 8, 0);
    one(s, out, IR_I64, (uint32_t)t->size - 8, 8);
}

static void start(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr, uint32_t nfp)
{
    AbiState r;
    memset(s, 0, sizeof *s);
    memset(&r, 0, sizeof r);
    memset(ret_addr, 0, sizeof *ret_addr);
    s->variadic = variadic;
    s->nfp = r.nfp = nfp;
    place(&r, result, true, ret);
    if (ret->indirect)
        s->nint = 1;
}

static void begin_lp64d(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr)
{
    start(s, result, variadic, ret, ret_addr, 0);
}

static void begin_lp64(AbiState *s, const AbiType *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr)
{
    start(s, result, variadic, ret, ret_addr, NFP);
}

static uint32_t end(AbiState *s)
{
    return (uint32_t)align_up(s->stack, 16);
}

/* 2.1: variable arguments stand one behind the other in memory; what is larger than two words, by its address. */
static IrRef va_arg_rv64(IrFn *f, IrRef ap, const AbiType *t)
{
    IrRef p = ir_load(f, IR_I64, 3, ap, 0);
    uint64_t size = t->size > 16 ? 8 : align_up(t->size, 8);
    if (t->align > 8 && t->size <= 16)
        p = ir_op2(f, IR_AND, IR_I64, ir_add_imm(f, p, 15), ir_int(f, IR_I64, -16));
    ir_store(f, IR_I64, 3, ap, ir_add_imm(f, p, (int64_t)size), 0);
    return t->size > 16 ? ir_load(f, IR_I64, 3, p, 0) : p;
}

const TargetAbi rv64_abi_lp64d = { begin_lp64d, place, end, 8, 8, false, va_arg_rv64, NULL };
const TargetAbi rv64_abi_lp64 = { begin_lp64, place, end, 8, 8, false, va_arg_rv64, NULL };
