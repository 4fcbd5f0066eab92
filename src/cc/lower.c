/* Typed tree to IR: values, places, conditions. A scalar becomes one IR value whose narrow C type is always exactly
 * extended to i32;
 * a record is represented by the address where it stands; an lvalue by a Place. Locals live in slots, the lane may
 * keep them in registers. */
#include "cc/lower.h"

IrType lw_type(const Type *t)
{
    switch (t->kind) {
    case TY_FLOAT:
        return t->soft ? IR_I32 : IR_F32;
    case TY_DOUBLE:
        return t->soft ? IR_I64 : IR_F64;
    case TY_LDOUBLE:
    case TY_VOID:
    case TY_STRUCT:
    case TY_UNION:
    case TY_ARRAY:
    case TY_FUNC:
        return IR_I64;
    default:
        return t->size == 8 ? IR_I64 : IR_I32;
    }
}

static unsigned log2_of(uint64_t v)
{
    return v <= 1 ? 0 : 63 - bits_clz64(v);
}

unsigned lw_mem(const Type *t, bool vol, uint32_t align)
{
    unsigned m = log2_of(t->size) & IR_MEM_SIZE;
    if (t->size < 4 && ty_is_int(t) && !t->is_unsigned && t->kind != TY_BOOL)
        m |= IR_MEM_SIGNED;
    if (vol)
        m |= IR_MEM_VOLATILE;
    if (align > 16)
        align = 16;
    return m | log2_of(align) << IR_MEM_ALIGN_SHIFT;
}

uint32_t lw_temp(Cc *cc, Type *t)
{
    return ir_slot(cc->lower->f, t->size, t->align ? t->align : 1, 0, IR_VOID);
}

/* An address and offset that fit the 32-bit offset of a memory operation. */
static void fit_offset(Cc *cc, IrRef *addr, int64_t *off)
{
    if (ir_is_const(*addr) || !bits_fits_s(*off, 31)) {
        *addr = ir_add_imm(cc->lower->f, *addr, *off);
        *off = 0;
    }
}

IrRef lw_place_addr(Cc *cc, Place p)
{
    return ir_add_imm(cc->lower->f, p.addr, p.off);
}

static Place place_of(IrRef addr, const Type *t, bool vol)
{
    Place p = {0};
    p.addr = addr;
    p.vol = vol;
    p.align = t->align ? t->align : 1;
    return p;
}

static IrRef auto_addr(Cc *cc, CcSym *s)
{
    CcLower *lw = cc->lower;
    if (s->addr)
        return s->addr;
    if (!s->slot) {
        bool scalar = ty_is_scalar(s->type) && !s->address_taken && !(s->type->quals & Q_VOLATILE) && !s->is_volatile
                      && s->type->kind != TY_LDOUBLE;
        uint32_t align = s->align > s->type->align ? s->align : s->type->align;
        s->slot = 1 + ir_slot(lw->f, s->type->size, align ? align : 1, (scalar ? IR_SLOT_SCALAR : 0) | (s->is_param ? IR_SLOT_PARAM : 0),
                              scalar ? lw_type(s->type) : IR_VOID);
    }
    return ir_slot_addr(lw->f, s->slot - 1, 0);
}

/* The lvalue *n; also any expression of record type, which stands somewhere too. */
Place lw_place(Cc *cc, Node *n)
{
    bool vol = (n->flags & F_VOLATILE) || (n->type->quals & Q_VOLATILE);
    switch (n->op) {
    case N_VAR: {
        CcSym *s = n->u.sym;
        Place p;
        if (s->kind == SYM_FUNC || s->is_static)
            p = place_of(lw_sym_addr(cc, s), n->type, vol);
        else
            p = place_of(auto_addr(cc, s), n->type, vol);
        if (s->align > p.align)
            p.align = s->align;
        return p;
    }
    case N_DEREF: {
        Node *a = n->a;
        int64_t k;
        Place p;
        if (a->op == N_ADDR && !(a->a->op == N_MEMBER && a->a->u.member->bit_field)) {
            p = lw_place(cc, a->a);
            p.align = n->type->align ? n->type->align : 1;
            p.vol = vol;
            return p;
        }
        if (a->op == N_PTRADD && a->b->op == N_INT) {
            k = a->b->u.ival * (int64_t)a->u.scale;
            if (a->a->op == N_ADDR) {
                p = lw_place(cc, a->a->a);
                p.align = n->type->align ? n->type->align : 1;
                p.vol = vol;
            } else
                p = place_of(lw_value(cc, a->a), n->type, vol);
            p.off += k;
            return p;
        }
        return place_of(lw_value(cc, a), n->type, vol);
    }
    case N_MEMBER: {
        Place p = lw_place(cc, n->a);
        CcMember *m = n->u.member;
        p.off += (int64_t)m->offset;
        p.vol |= vol;
        p.bits = m->bit_field ? m : NULL;
        if (m->bit_field)
            p.unit_ok = m->bit_off + m->bit_width <= m->type->size * 8 && m->offset % m->type->size == 0
                        && n->a->type->align >= m->type->align && m->offset + m->type->size <= n->a->type->size;
        uint32_t low = (uint32_t)(m->offset & (0 - m->offset));
        if (low && low < p.align)
            p.align = low;
        return p;
    }
    case N_COMPOUND: {
        Place p = place_of(auto_addr(cc, n->u.init.sym), n->type, vol);
        lw_inits(cc, p, n->u.init.sym->type->size, n->u.init.inits, n->u.init.n, n->u.init.zero);
        return p;
    }
    case N_COMMA:
        lw_effects(cc, n->a);
        return lw_place(cc, n->b);
    case N_LOAD:
        return lw_place(cc, n->a);
    default:
        return place_of(lw_value(cc, n), n->type, false);
    }
}

/* Bytes of a bit-field that has no storage unit of its own: assembled little-endian. */
static IrRef load_bytes(Cc *cc, IrRef addr, int64_t off, unsigned n, bool vol)
{
    IrFn *f = cc->lower->f;
    IrRef v = IR_NONE;
    unsigned at = 0;
    while (at < n) {
        unsigned step = n - at >= 8 ? 8 : n - at >= 4 ? 4 : n - at >= 2 ? 2 : 1;
        IrRef part = ir_load(f, IR_I64, log2_of(step) | (vol ? IR_MEM_VOLATILE : 0), addr, (int32_t)(off + at));
        if (at)
            part = ir_op2(f, IR_SHL, IR_I64, part, ir_int(f, IR_I64, at * 8));
        v = v ? ir_op2(f, IR_OR, IR_I64, v, part) : part;
        at += step;
    }
    return v;
}

static void store_bytes(Cc *cc, IrRef addr, int64_t off, unsigned n, IrRef v, bool vol)
{
    IrFn *f = cc->lower->f;
    unsigned at = 0;
    while (at < n) {
        unsigned step = n - at >= 8 ? 8 : n - at >= 4 ? 4 : n - at >= 2 ? 2 : 1;
        IrRef part = at ? ir_op2(f, IR_LSHR, IR_I64, v, ir_int(f, IR_I64, at * 8)) : v;
        ir_store(f, IR_I64, log2_of(step) | (vol ? IR_MEM_VOLATILE : 0), addr, part, (int32_t)(off + at));
        at += step;
    }
}

/* The bits of a bit-field as the i64 that holds them, and where in it they stand. A field of up to 64 bits that
 * straddles nine bytes
 * (packed) is taken in two halves by its caller. */
typedef struct BitUnit { int64_t off; unsigned bytes, shift; } BitUnit;

static BitUnit bit_unit(const Place *p)
{
    CcMember *m = p->bits;
    BitUnit u;
    if (p->unit_ok) {
        u.off = p->off;
        u.bytes = (unsigned)m->type->size;
        u.shift = m->bit_off;
        return u;
    }
    u.off = p->off + m->bit_off / 8;
    u.shift = m->bit_off % 8;
    u.bytes = (u.shift + m->bit_width + 7) / 8;
    return u;
}

static IrRef load_bits(Cc *cc, Place p)
{
    IrFn *f = cc->lower->f;
    CcMember *m = p.bits;
    BitUnit u = bit_unit(&p);
    unsigned w = m->bit_width;
    bool sign = !m->type->is_unsigned && m->type->kind != TY_BOOL;
    IrRef v;
    if (u.bytes > 8) {
        IrRef lo = load_bytes(cc, p.addr, u.off, 8, p.vol), hi = load_bytes(cc, p.addr, u.off + 8, 1, p.vol);
        lo = ir_op2(f, IR_LSHR, IR_I64, lo, ir_int(f, IR_I64, u.shift));
        hi = ir_op2(f, IR_SHL, IR_I64, hi, ir_int(f, IR_I64, 64 - u.shift));
        v = ir_op2(f, IR_OR, IR_I64, lo, hi);
        u.shift = 0;
    } else if (p.unit_ok && u.bytes <= 4) {
        IrType t = IR_I32;
        v = ir_load(f, t, log2_of(u.bytes) | (p.vol ? IR_MEM_VOLATILE : 0), p.addr, (int32_t)u.off);
        if (sign) {
            v = ir_op2(f, IR_SHL, t, v, ir_int(f, t, 32 - w - u.shift));
            v = ir_op2(f, IR_ASHR, t, v, ir_int(f, t, 32 - w));
        } else {
            v = ir_op2(f, IR_LSHR, t, v, ir_int(f, t, u.shift));
            if (w < 32)
                v = ir_op2(f, IR_AND, t, v, ir_int(f, t, (int64_t)(((uint64_t)1 << w) - 1)));
        }
        return m->type->size == 8 ? ir_op1(f, sign ? IR_SEXT32 : IR_ZEXT32, IR_I64, v) : v;
    } else
        v = load_bytes(cc, p.addr, u.off, u.bytes, p.vol);
    if (sign) {
        v = ir_op2(f, IR_SHL, IR_I64, v, ir_int(f, IR_I64, 64 - w - u.shift));
        v = ir_op2(f, IR_ASHR, IR_I64, v, ir_int(f, IR_I64, 64 - w));
    } else {
        v = ir_op2(f, IR_LSHR, IR_I64, v, ir_int(f, IR_I64, u.shift));
        if (w < 64)
            v = ir_op2(f, IR_AND, IR_I64, v, ir_int(f, IR_I64, (int64_t)(((uint64_t)1 << w) - 1)));
    }
    return m->type->size == 8 ? v : ir_op1(f, IR_TRUNC, IR_I32, v);
}

static void store_bits(Cc *cc, Place p, IrRef v)
{
    IrFn *f = cc->lower->f;
    CcMember *m = p.bits;
    BitUnit u = bit_unit(&p);
    unsigned w = m->bit_width;
    uint64_t mask = w >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << w) - 1;
    if (p.unit_ok && u.bytes <= 4) {
        unsigned mem = log2_of(u.bytes) | (p.vol ? IR_MEM_VOLATILE : 0);
        if (m->type->size == 8)
            v = ir_op1(f, IR_TRUNC, IR_I32, v);
        if (w < u.bytes * 8) {
            IrRef old = ir_load(f, IR_I32, mem, p.addr, (int32_t)u.off);
            v = ir_op2(f, IR_AND, IR_I32, v, ir_int(f, IR_I32, (int64_t)mask));
            v = ir_op2(f, IR_SHL, IR_I32, v, ir_int(f, IR_I32, u.shift));
            old = ir_op2(f, IR_AND, IR_I32, old, ir_int(f, IR_I32, (int32_t)~(uint32_t)(mask << u.shift)));
            v = ir_op2(f, IR_OR, IR_I32, old, v);
        }
        ir_store(f, IR_I32, mem, p.addr, v, (int32_t)u.off);
        return;
    }
    if (m->type->size != 8)
        v = ir_op1(f, IR_ZEXT32, IR_I64, v);
    v = ir_op2(f, IR_AND, IR_I64, v, ir_int(f, IR_I64, (int64_t)mask));
    if (u.bytes > 8) {
        IrRef lo = load_bytes(cc, p.addr, u.off, 8, p.vol), hi = load_bytes(cc, p.addr, u.off + 8, 1, p.vol);
        uint64_t himask = mask >> (64 - u.shift);
        lo = ir_op2(f, IR_AND, IR_I64, lo, ir_int(f, IR_I64, (int64_t)~(mask << u.shift)));
        lo = ir_op2(f, IR_OR, IR_I64, lo, ir_op2(f, IR_SHL, IR_I64, v, ir_int(f, IR_I64, u.shift)));
        hi = ir_op2(f, IR_AND, IR_I64, hi, ir_int(f, IR_I64, (int64_t)~himask));
        hi = ir_op2(f, IR_OR, IR_I64, hi, ir_op2(f, IR_LSHR, IR_I64, v, ir_int(f, IR_I64, 64 - u.shift)));
        store_bytes(cc, p.addr, u.off, 8, lo, p.vol);
        store_bytes(cc, p.addr, u.off + 8, 1, hi, p.vol);
        return;
    }
    if (w < u.bytes * 8) {
        IrRef old = load_bytes(cc, p.addr, u.off, u.bytes, p.vol);
        v = ir_op2(f, IR_SHL, IR_I64, v, ir_int(f, IR_I64, u.shift));
        old = ir_op2(f, IR_AND, IR_I64, old, ir_int(f, IR_I64, (int64_t)~(mask << u.shift)));
        v = ir_op2(f, IR_OR, IR_I64, old, v);
    }
    store_bytes(cc, p.addr, u.off, u.bytes, v, p.vol);
}

IrRef lw_load(Cc *cc, Place p, Type *t)
{
    fit_offset(cc, &p.addr, &p.off);
    if (p.bits)
        return load_bits(cc, p);
    return ir_load(cc->lower->f, lw_type(t), lw_mem(t, p.vol, p.align), p.addr, (int32_t)p.off);
}

void lw_store(Cc *cc, Place p, Type *t, IrRef v)
{
    fit_offset(cc, &p.addr, &p.off);
    if (p.bits)
        store_bits(cc, p, v);
    else
        ir_store(cc->lower->f, lw_type(t), lw_mem(t, p.vol, p.align) & ~(unsigned)IR_MEM_SIGNED, p.addr, v, (int32_t)p.off);
}

void lw_copy(Cc *cc, IrRef dst, int64_t dst_off, IrRef src, int64_t src_off, uint64_t size, uint32_t align, bool vol)
{
    IrFn *f = cc->lower->f;
    dst = ir_add_imm(f, dst, dst_off);
    src = ir_add_imm(f, src, src_off);
    if (size && bits_fits_s((int64_t)size, 32))
        ir_ins(f, IR_COPY, IR_VOID, log2_of(align > 16 ? 16 : align) << IR_MEM_ALIGN_SHIFT | (vol ? IR_MEM_VOLATILE : 0), dst, src,
               (int32_t)size);
    else if (size)
        diag_error(cc->diag, f->loc, "object of %llu bytes is too large to be copied", (unsigned long long)size);
}

static void fill_zero(Cc *cc, Place p, uint64_t size)
{
    IrFn *f = cc->lower->f;
    if (!size)
        return;
    if (!bits_fits_s((int64_t)size, 32)) {
        diag_error(cc->diag, f->loc, "automatic object of %llu bytes is too large", (unsigned long long)size);
        return;
    }
    ir_ins(f, IR_FILL, IR_VOID, log2_of(p.align > 16 ? 16 : p.align) << IR_MEM_ALIGN_SHIFT, lw_place_addr(cc, p), ir_int(f, IR_I32, 0),
           (int32_t)size);
}

/* An automatic object's initializer (6.7.9). */
void lw_inits(Cc *cc, Place base, uint64_t size, CcInit *inits, uint32_t n, bool zero)
{
    CcLower *lw = cc->lower;
    if (zero)
        fill_zero(cc, base, size);
    for (uint32_t i = 0; i < n; i++) {
        CcInit *in = &inits[i];
        Place p = base;
        p.off += (int64_t)in->offset;
        p.bits = in->bits;
        p.unit_ok = false;
        p.vol = false;
        if (zero && in->value->op == N_INT && in->value->u.ival == 0)
            continue;
        lw->f->loc = in->value->loc;
        uint32_t low = (uint32_t)(in->offset & (0 - in->offset));
        if (low && low < p.align)
            p.align = low;
        if (in->type->kind == TY_ARRAY) {
            CcSym *lit = in->value->op == N_VAR ? in->value->u.sym : in->value->a->u.sym;
            uint64_t len = lit->type->size < in->type->size ? lit->type->size : in->type->size;
            lw_copy(cc, p.addr, p.off, lw_sym_addr(cc, lit), 0, len, 1, false);
            if (!zero && len < in->type->size) {
                p.off += (int64_t)len;
                p.align = 1;
                fill_zero(cc, p, in->type->size - len);
            }
        } else if (ty_is_record(in->type)) {
            lw_record_to(cc, in->value, p.addr, p.off);
        } else {
            lw_store(cc, p, in->type, lw_value(cc, in->value));
        }
    }
}

void lw_record_to(Cc *cc, Node *n, IrRef addr, int64_t off)
{
    if (n->op == N_CALL) {
        lw_call(cc, n, addr, off);
        return;
    }
    if (n->op == N_LOAD && n->a->op == N_COMPOUND && n->a->u.init.zero) {
        Place p = place_of(addr, n->type, false);
        p.off = off;
        lw_inits(cc, p, n->type->size, n->a->u.init.inits, n->a->u.init.n, true);
        return;
    }
    Place src = lw_place(cc, n);
    lw_copy(cc, addr, off, src.addr, src.off, n->type->size, n->type->align, src.vol);
}

/* a ? b : c and a && b and the like meet in a slot: the one form that every lane keeps in a register when it can. */
static uint32_t meet_slot(Cc *cc, const Type *t)
{
    return ir_slot(cc->lower->f, ir_type_size(lw_type(t)), ir_type_size(lw_type(t)), IR_SLOT_SCALAR, lw_type(t));
}

static unsigned meet_mem(IrType t)
{
    return (ir_type_size(t) == 8 ? 3u : 2u) | (ir_type_size(t) == 8 ? 3u : 2u) << IR_MEM_ALIGN_SHIFT;
}

static IrRef lower_cond_value(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    Type *t = n->type;
    bool is_void = t->kind == TY_VOID, record = ty_is_record(t);
    uint32_t yes = ir_block(f), no = ir_block(f), end = ir_block(f);
    if (n->op == N_COND_ELVIS) {
        IrRef v = lw_value(cc, n->a);
        uint32_t slot = meet_slot(cc, t), keep = meet_slot(cc, n->a->type);
        IrType vt = lw_type(n->a->type);
        ir_store(f, vt, meet_mem(vt), ir_slot_addr(f, keep, 0), v, 0);
        ir_br(f, lw_truth(cc, v, n->a->type), yes, no);
        ir_place(f, yes);
        v = lw_convert(cc, ir_load(f, vt, meet_mem(vt), ir_slot_addr(f, keep, 0), 0), n->a->type, t);
        ir_store(f, lw_type(t), meet_mem(lw_type(t)), ir_slot_addr(f, slot, 0), v, 0);
        ir_jmp(f, end);
        ir_place(f, no);
        v = lw_value(cc, n->u.c);
        ir_store(f, lw_type(t), meet_mem(lw_type(t)), ir_slot_addr(f, slot, 0), v, 0);
        ir_place(f, end);
        return ir_load(f, lw_type(t), meet_mem(lw_type(t)), ir_slot_addr(f, slot, 0), 0);
    }
    uint32_t slot = is_void ? 0 : record ? meet_slot(cc, ty_basic(cc, TY_ULONG)) : meet_slot(cc, t);
    IrType mt = record ? IR_I64 : lw_type(t);
    lw_cond(cc, n->a, yes, no);
    for (int side = 0; side < 2; side++) {
        ir_place(f, side ? no : yes);
        Node *e = side ? n->u.c : n->b;
        if (is_void)
            lw_effects(cc, e);
        else {
            IrRef v = lw_value(cc, e);
            ir_store(f, mt, meet_mem(mt), ir_slot_addr(f, slot, 0), v, 0);
        }
        if (!side)
            ir_jmp(f, end);
    }
    ir_place(f, end);
    return is_void ? IR_NONE : ir_load(f, mt, meet_mem(mt), ir_slot_addr(f, slot, 0), 0);
}

static IrRef lower_logic(Cc *cc, Node *n)
{
    IrFn *f = cc->lower->f;
    uint32_t yes = ir_block(f), no = ir_block(f), end = ir_block(f);
    uint32_t slot = meet_slot(cc, n->type);
    unsigned mem = meet_mem(IR_I32);
    lw_cond(cc, n, yes, no);
    ir_place(f, yes);
    ir_store(f, IR_I32, mem, ir_slot_addr(f, slot, 0), ir_int(f, IR_I32, 1), 0);
    ir_jmp(f, end);
    ir_place(f, no);
    ir_store(f, IR_I32, mem, ir_slot_addr(f, slot, 0), ir_int(f, IR_I32, 0), 0);
    ir_place(f, end);
    return ir_load(f, IR_I32, mem, ir_slot_addr(f, slot, 0), 0);
}

void lw_cond(Cc *cc, Node *n, uint32_t yes, uint32_t no)
{
    IrFn *f = cc->lower->f;
    f->loc = n->loc;
    switch (n->op) {
    case N_NOT:
        lw_cond(cc, n->a, no, yes);
        return;
    case N_LAND: {
        uint32_t mid = ir_block(f);
        lw_cond(cc, n->a, mid, no);
        ir_place(f, mid);
        lw_cond(cc, n->b, yes, no);
        return;
    }
    case N_LOR: {
        uint32_t mid = ir_block(f);
        lw_cond(cc, n->a, yes, mid);
        ir_place(f, mid);
        lw_cond(cc, n->b, yes, no);
        return;
    }
    case N_COMMA:
        lw_effects(cc, n->a);
        lw_cond(cc, n->b, yes, no);
        return;
    case N_CAST:
        if (n->type->kind == TY_BOOL || (ty_is_int(n->type) && ty_is_int(n->a->type) && n->type->size >= n->a->type->size)) {
            lw_cond(cc, n->a, yes, no);
            return;
        }
        break;
    default:
        break;
    }
    IrRef v = lw_value(cc, n);
    if (lw_type(n->type) != IR_I32 || n->type->soft)
        v = lw_truth(cc, v, n->type);
    ir_br(f, v, yes, no);
}

/* The operand of a store of `size` bytes: conversions that only change bits above them are not computed. */
static Node *strip_narrowing(Node *n, uint64_t size)
{
    while (n->op == N_CAST && ty_is_int(n->type) && n->type->kind != TY_BOOL && ty_is_int(n->a->type) && n->type->size >= size
           && n->a->type->size >= size && n->a->type->size <= 4 && n->type->size <= 4)
        n = n->a;
    return n;
}

static IrRef lower_assign(Cc *cc, Node *n, bool want)
{
    IrFn *f = cc->lower->f;
    Type *t = n->a->type;
    if (ty_is_record(t)) {
        Place dst, src = lw_place(cc, n->b);
        dst = lw_place(cc, n->a);
        lw_copy(cc, dst.addr, dst.off, src.addr, src.off, t->size, t->align, dst.vol || src.vol);
        return want ? lw_place_addr(cc, dst) : IR_NONE;
    }
    IrRef v = lw_value(cc, want ? n->b : strip_narrowing(n->b, t->size));
    Place p = lw_place(cc, n->a);
    f->loc = n->loc;
    lw_store(cc, p, t, v);
    if (!want)
        return IR_NONE;
    if (p.bits && p.bits->type->kind != TY_BOOL) { /* the value is that of the field after the store (6.5.16p3) */
        unsigned w = p.bits->bit_width;
        IrType it = lw_type(t);
        unsigned all = it == IR_I64 ? 64 : 32;
        if (w < all) {
            if (t->is_unsigned)
                v = ir_op2(f, IR_AND, it, v, ir_int(f, it, (int64_t)(((uint64_t)1 << w) - 1)));
            else {
                v = ir_op2(f, IR_SHL, it, v, ir_int(f, it, all - w));
                v = ir_op2(f, IR_ASHR, it, v, ir_int(f, it, all - w));
            }
        }
    }
    return v;
}

static IrRef lower_opassign(Cc *cc, Node *n, bool want)
{
    IrFn *f = cc->lower->f;
    Type *t = n->a->type, *ct = n->u.op.ctype;
    IrRef b = lw_value(cc, n->b);
    Place p = lw_place(cc, n->a);
    if (!ir_is_const(p.addr) && (p.bits || p.off)) {
        fit_offset(cc, &p.addr, &p.off);
    }
    IrRef old = lw_load(cc, p, t);
    IrRef a = n->sub == N_PTRADD ? old : lw_convert(cc, old, t, ct);
    IrRef v;
    f->loc = n->loc;
    if (n->sub == N_PTRADD)
        v = lw_ptradd(cc, a, b, n->u.op.scale);
    else if (n->sub == N_SHL || n->sub == N_SHR)
        v = lw_shift(cc, n->sub, ct, a, b, n->b->type);
    else
        v = lw_binary(cc, n->sub, ct, a, b);
    if (n->sub != N_PTRADD && (want || t->kind == TY_BOOL || t->size > 2 || ty_is_flt(ct) || lw_type(ct) != lw_type(t)))
        v = lw_convert(cc, v, ct, t);
    lw_store(cc, p, t, v);
    if (!want)
        return IR_NONE;
    if (n->flags & F_POST)
        return old;
    return p.bits ? lw_load(cc, p, t) : v;
}

bool lw_refused(Cc *cc, const Type *t, SrcLoc loc)
{
    bool ldouble = t->kind == TY_LDOUBLE;
    if (!ldouble && !(t->soft && cc->target->no_float))
        return false;
    if (ir_open(cc->lower->f) && cc->lower->refused_at != loc) {
        if (ldouble)
            diag_error(cc->diag, loc, "arithmetic on 'long double' is not supported");
        else
            diag_error(cc->diag, loc, "a value of type '%s' is not possible: %s", ty_name(cc, t), cc->target->no_float);
    }
    cc->lower->refused_at = loc;
    return true;
}

IrRef lw_value(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    f->loc = n->loc;
    if (lw_refused(cc, n->type, n->loc))
        return ir_undef(f, lw_type(n->type));
    switch (n->op) {
    case N_INT:
        return ir_int(f, lw_type(n->type), n->u.ival);
    case N_FLT:
        if (n->type->soft)
            return ir_int(f, lw_type(n->type), n->type->size == 8 ? (int64_t)n->u.fval.lo : (int32_t)n->u.fval.lo);
        return ir_flt(f, lw_type(n->type), n->u.fval.lo);
    case N_LOAD:
        if (ty_is_record(n->type))
            return lw_place_addr(cc, lw_place(cc, n->a));
        return lw_load(cc, lw_place(cc, n->a), n->a->type);
    case N_VAR:
    case N_DEREF:
    case N_MEMBER:
    case N_COMPOUND:
        return lw_place_addr(cc, lw_place(cc, n));
    case N_ADDR:
        return lw_place_addr(cc, lw_place(cc, n->a));
    case N_LABEL_ADDR:
        lw_label(cc, n->u.label.label);
        return ir_sym(f, n->u.label.label->ir_sym, 0);
    case N_CAST:
        if (n->type->kind == TY_VOID) {
            lw_effects(cc, n->a);
            return IR_NONE;
        }
        if (ty_is_record(n->type))
            return lw_value(cc, n->a);
        return lw_convert(cc, lw_value(cc, n->a), n->a->type, n->type);
    case N_NEG: {
        IrRef v = lw_value(cc, n->a);
        if (n->type->soft)
            return lw_soft_negate(cc, n->type, v);
        return ir_op1(f, ty_is_flt(n->type) ? IR_FNEG : IR_NEG, lw_type(n->type), v);
    }
    case N_BITNOT:
        return ir_op1(f, IR_NOT, lw_type(n->type), lw_value(cc, n->a));
    case N_NOT: {
        IrRef v = lw_value(cc, n->a);
        IrType t = lw_type(n->a->type);
        if (ir_is_float(t))
            return ir_op2(f, IR_FOEQ, t, v, ir_flt(f, t, 0));
        if (n->a->type->soft)
            v = lw_soft_magnitude(cc, n->a->type, v);
        return ir_op2(f, IR_EQ, t, v, ir_int(f, t, 0));
    }
    case N_ADD:
    case N_SUB:
    case N_MUL:
    case N_DIV:
    case N_MOD:
    case N_AND:
    case N_OR:
    case N_XOR: {
        IrRef a = lw_value(cc, n->a), b = lw_value(cc, n->b);
        f->loc = n->loc;
        return lw_binary(cc, n->op, n->type, a, b);
    }
    case N_SHL:
    case N_SHR: {
        IrRef a = lw_value(cc, n->a), b = lw_value(cc, n->b);
        f->loc = n->loc;
        return lw_shift(cc, n->op, n->type, a, b, n->b->type);
    }
    case N_PTRADD: {
        if (n->a->op == N_ADDR && n->b->op == N_INT) {
            Place p = lw_place(cc, n->a->a);
            p.off += n->b->u.ival * (int64_t)n->u.scale;
            return lw_place_addr(cc, p);
        }
        IrRef a = lw_value(cc, n->a), b = lw_value(cc, n->b);
        f->loc = n->loc;
        return lw_ptradd(cc, a, b, n->u.scale);
    }
    case N_PTRDIFF: {
        IrRef a = lw_value(cc, n->a), b = lw_value(cc, n->b);
        IrRef d = ir_op2(f, IR_SUB, IR_I64, a, b);
        uint64_t s = n->u.scale ? n->u.scale : 1;
        if (s == 1)
            return d;
        if ((s & (s - 1)) == 0)
            return ir_op2(f, IR_ASHR, IR_I64, d, ir_int(f, IR_I64, log2_of(s)));
        return lw_binary(cc, N_DIV, n->type, d, ir_int(f, IR_I64, (int64_t)s));
    }
    case N_EQ:
    case N_NE:
    case N_LT:
    case N_LE:
    case N_GT:
    case N_GE: {
        IrRef a = lw_value(cc, n->a), b = lw_value(cc, n->b);
        f->loc = n->loc;
        return lw_compare(cc, n->op, n->a->type, a, b);
    }
    case N_LAND:
    case N_LOR:
        return lower_logic(cc, n);
    case N_COND:
    case N_COND_ELVIS:
        return lower_cond_value(cc, n);
    case N_COMMA:
        lw_effects(cc, n->a);
        return lw_value(cc, n->b);
    case N_ASSIGN:
        return lower_assign(cc, n, true);
    case N_OPASSIGN:
        return lower_opassign(cc, n, true);
    case N_CALL:
        return lw_call(cc, n, IR_NONE, 0);
    case N_STMT_EXPR: {
        Node *s = n->a ? n->a->u.list.first : n->u.list.first;
        for (; s; s = s->next) {
            Node *e = s;
            if (s->next || n->type->kind == TY_VOID) {
                lw_stmt(cc, s);
                continue;
            }
            while (e->op == N_LABEL && e->b) { /* a label before the last expression */
                uint32_t block = lw_label(cc, e->u.label.label);
                ir_place(f, block);
                e = e->b;
            }
            if (e->op == N_EXPR)
                return lw_value(cc, e->a);
            lw_stmt(cc, e);
        }
        return n->type->kind == TY_VOID ? IR_NONE : ir_undef(f, lw_type(n->type));
    }
    case N_BUILTIN:
        return lw_builtin(cc, n);
    case N_VA_ARG:
        return lw_va_arg(cc, n);
    default:
        bug(cc->host, "lw_value: node is no expression");
    }
}

void lw_effects(Cc *cc, Node *n)
{
    cc->lower->f->loc = n->loc;
    switch (n->op) {
    case N_ASSIGN:
        lower_assign(cc, n, false);
        return;
    case N_OPASSIGN:
        lower_opassign(cc, n, false);
        return;
    case N_INT:
    case N_FLT:
        return;
    case N_CAST:
    case N_NEG:
    case N_BITNOT:
    case N_NOT:
        lw_effects(cc, n->a);
        return;
    case N_COMMA:
        lw_effects(cc, n->a);
        lw_effects(cc, n->b);
        return;
    case N_VAR:
    case N_MEMBER:
    case N_DEREF:
    case N_COMPOUND:
        (void)lw_place(cc, n);
        return;
    case N_LOAD:
        if (!ty_is_record(n->type) && n->type->kind != TY_VOID)
            lw_value(cc, n);
        else
            (void)lw_place(cc, n->a);
        return;
    case N_LAND:
    case N_LOR: {
        IrFn *f = cc->lower->f;
        uint32_t more = ir_block(f), end = ir_block(f);
        if (n->op == N_LAND)
            lw_cond(cc, n->a, more, end);
        else
            lw_cond(cc, n->a, end, more);
        ir_place(f, more);
        lw_effects(cc, n->b);
        ir_place(f, end);
        return;
    }
    default:
        lw_value(cc, n);
    }
}
