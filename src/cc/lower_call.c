/* Calls, parameters and results: C values cut into the target's pieces (TargetAbi), and back. */
#include "cc/lower.h"

/* ---- types flattened for the ABI ---- */

typedef struct Flat { Arena *arena; VEC(AbiField) v; bool opaque, hollow, flexible, many; } Flat;

static void flat_add(Flat *fl, uint64_t off, AbiKind kind, uint64_t size)
{
    AbiField f;
    f.offset = (uint32_t)off;
    f.kind = (uint8_t)kind;
    f.size = (uint8_t)size;
    f.more = 0;
    vec_push(fl->arena, &fl->v, f);
}

/* Gives up at more scalars than any convention takes apart (`many`). */
static void flatten(Flat *fl, const Type *t, uint64_t off)
{
    if (fl->many || fl->v.n > 64) {
        fl->many = true;
        return;
    }
    switch (t->kind) {
    case TY_STRUCT:
    case TY_UNION:
        fl->opaque |= t->kind == TY_UNION && t->size;
        fl->hollow |= t->kind == TY_UNION && !t->size;
        for (CcMember *m = t->u.rec->members; m; m = m->next) {
            if (!m->bit_field) {
                flatten(fl, m->type, off + m->offset);
            } else if (m->bit_width && (m->name || t->kind == TY_STRUCT)) {
                uint64_t first = off + m->offset + m->bit_off / 8;
                uint64_t last = off + m->offset + (uint64_t)(m->bit_off + m->bit_width - 1) / 8;
                uint64_t bytes = m->bit_width / 8u;
                if (t->kind == TY_UNION) { /* to gcc an integer of the next size; what holds the union may misalign it */
                    flat_add(fl, off, ABI_INT, m->bit_width <= 8 ? 1 : m->bit_width <= 16 ? 2 : m->bit_width <= 32 ? 4 : 8);
                    continue;
                }
                /* One that fills an integer in its place is that integer to gcc, and counts as misaligned where that is. */
                if (m->name && m->bit_width % 8 == 0 && (bytes & (bytes - 1)) == 0 && (m->offset + m->bit_off / 8u) % bytes == 0
                    && m->bit_off % 8 == 0 && t->align >= bytes) {
                    flat_add(fl, first, ABI_INT, bytes);
                    continue;
                }
                for (uint64_t b = first; b <= last; b++) {
                    flat_add(fl, b, m->name ? ABI_INT : ABI_PAD, 1);
                    fl->v.p[fl->v.n - 1].more = b > first;
                }
            }
        }
        return;
    case TY_ARRAY:
        fl->opaque |= t->incomplete;
        fl->flexible |= t->incomplete || !t->u.len;
        fl->hollow |= !t->incomplete && !t->size;
        for (uint64_t i = 0; i < t->u.len && t->base->size && !fl->many; i++) {
            uint32_t before = fl->v.n;
            flatten(fl, t->base, off + i * t->base->size);
            if (fl->v.n == before) /* elements of padding only */
                break;
        }
        return;
    default:
        flat_add(fl, off, t->kind == TY_LDOUBLE ? ABI_LDBL : ty_is_flt(t) ? ABI_FLT : t->kind == TY_PTR ? ABI_PTR : ABI_INT, t->size);
    }
}

/* Scalars that lie at odds with their natural alignment make the record a memory one (psABI 3.2.3). */
static bool misaligned(const AbiField *f, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (f[i].kind != ABI_LDBL && f[i].size && f[i].offset % f[i].size != 0)
            return true;
    return false;
}

const AbiType *cc_abi_type(Cc *cc, Type *t)
{
    AbiType *at;
    Flat fl = {0};
    if (ty_is_record(t) && t->u.rec->abi)
        return t->u.rec->abi;
    at = arena_new(cc->unit, AbiType);
    fl.arena = cc->unit;
    at->size = t->kind == TY_VOID ? 0 : t->size;
    at->align = t->align ? t->align : 1;
    if (ty_is_record(t)) {
        at->aggregate = true;
        flatten(&fl, t, 0);
        at->opaque = fl.opaque;
        at->hollow = fl.hollow;
        at->flexible = fl.flexible;
        at->natural = t->u.rec->member_align;
        at->unaligned = misaligned(fl.v.p, fl.v.n);
        t->u.rec->abi = at;
    } else if (t->kind != TY_VOID) {
        at->align = at->natural = (uint32_t)t->size; /* a typedef's aligned attribute is for objects */
        at->is_signed = ty_is_int(t) && !t->is_unsigned && t->kind != TY_BOOL;
        flatten(&fl, t, 0);
    }
    at->fields = fl.many ? NULL : fl.v.p;
    at->nfields = fl.many ? 0 : fl.v.n;
    return at;
}

/* ---- pieces of a record in memory ---- */

static IrRef load_piece(Cc *cc, IrRef addr, int64_t off, const IrPiece *p, uint32_t align)
{
    IrFn *f = cc->lower->f;
    IrRef v = IR_NONE;
    unsigned at = 0;
    (void)align;
    addr = ir_add_imm(f, addr, off);
    if (ir_is_float((IrType)p->type))
        return ir_load(f, (IrType)p->type, p->type == IR_F64 ? 3 : 2, addr, 0);
    if (p->type == IR_I32 && (p->size == 4 || p->size == 2 || p->size == 1))
        return ir_load(f, IR_I32, p->size == 4 ? 2 : p->size == 2 ? 1 : 0, addr, 0);
    while (at < p->size) { /* never past the object: a tail of 3, 5, 6 or 7 bytes is put together */
        unsigned left = p->size - at, step = left >= 8 ? 3 : left >= 4 ? 2 : left >= 2 ? 1 : 0;
        IrRef part = ir_load(f, IR_I64, step, addr, (int32_t)at);
        if (at)
            part = ir_op2(f, IR_SHL, IR_I64, part, ir_int(f, IR_I64, at * 8));
        v = v ? ir_op2(f, IR_OR, IR_I64, v, part) : part;
        at += 1u << step;
    }
    return p->type == IR_I32 ? ir_op1(f, IR_TRUNC, IR_I32, v) : v;
}

static void store_piece(Cc *cc, IrRef addr, int64_t off, const IrPiece *p, IrRef v)
{
    IrFn *f = cc->lower->f;
    unsigned at = 0;
    addr = ir_add_imm(f, addr, off);
    if (ir_is_float((IrType)p->type)) {
        ir_store(f, (IrType)p->type, p->type == IR_F64 ? 3 : 2, addr, v, 0);
        return;
    }
    if (p->type == IR_I32 && (p->size == 4 || p->size == 2 || p->size == 1)) {
        ir_store(f, IR_I32, p->size == 4 ? 2 : p->size == 2 ? 1 : 0, addr, v, 0);
        return;
    }
    if (p->type == IR_I32)
        v = ir_op1(f, IR_ZEXT32, IR_I64, v);
    while (at < p->size) {
        unsigned left = p->size - at, step = left >= 8 ? 3 : left >= 4 ? 2 : left >= 2 ? 1 : 0;
        IrRef part = at ? ir_op2(f, IR_LSHR, IR_I64, v, ir_int(f, IR_I64, at * 8)) : v;
        ir_store(f, IR_I64, step, addr, part, (int32_t)at);
        at += 1u << step;
    }
}

/* ---- calls ---- */

static void soften(Cc *cc, AbiLoc *loc)
{
    for (unsigned k = 0; k < loc->n; k++) {
        IrPiece *p = &loc->pieces[k];
        if (p->type == IR_F32 && (cc->target->lacks & TARGET_NO_F32))
            p->type = IR_I32;
        else if (p->type == IR_F64 && (cc->target->lacks & TARGET_NO_F64))
            p->type = IR_I64;
    }
}

void lw_abi_begin(Cc *cc, AbiState *st, Type *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr)
{
    memset(ret, 0, sizeof *ret);
    cc->target->abi->begin(st, cc_abi_type(cc, result), variadic, ret, ret_addr);
    soften(cc, ret);
}

void lw_abi_arg(Cc *cc, AbiState *st, Type *t, bool named, AbiLoc *loc)
{
    memset(loc, 0, sizeof *loc);
    cc->target->abi->arg(st, cc_abi_type(cc, t), named, loc);
    soften(cc, loc);
}

static bool quad_registers(Cc *cc, const AbiType *t)
{
    return cc->target->abi->refuses && (cc->target->abi->refuses)(t);
}

/* A record with a part that no register can take. */
static bool refused(Cc *cc, Type *t, SrcLoc loc)
{
    const AbiType *at;
    if (!ty_is_record(t))
        return lw_refused(cc, t, loc);
    at = cc_abi_type(cc, t);
    if (quad_registers(cc, at))
        return lw_refused(cc, ty_basic(cc, TY_LDOUBLE), loc);
    if (!cc->target->no_float)
        return lw_refused(cc, t, loc);
    for (uint32_t i = 0; i < at->nfields && at->size <= 16; i++)
        if (at->fields[i].kind == ABI_FLT && lw_refused(cc, ty_basic(cc, at->fields[i].size == 4 ? TY_FLOAT : TY_DOUBLE), loc))
            return true;
    return false;
}

/* A result that would come back in an x87 register or the like (psABI 3.2.3, class X87). */
static bool ldouble_result(const AbiType *t)
{
    for (uint32_t i = 0; i < t->nfields; i++)
        if (t->fields[i].kind == ABI_LDBL && (!t->aggregate || t->size <= 16))
            return true;
    return false;
}

typedef struct ArgList {
    VEC(IrRef) vals;
    VEC(IrPiece) pieces;
} ArgList;

static void push_arg(Arena *a, ArgList *l, IrRef v, IrPiece p)
{
    vec_push(a, &l->vals, v);
    vec_push(a, &l->pieces, p);
}

static void push_value(Cc *cc, ArgList *l, Type *t, IrRef v, const AbiLoc *loc)
{
    Arena *a = cc->lower->f->arena;
    if (ty_is_record(t)) {
        if (loc->indirect) {
            uint32_t slot = lw_temp(cc, t);
            IrRef copy = ir_slot_addr(cc->lower->f, slot, 0);
            lw_copy(cc, copy, 0, v, 0, t->size, t->align, false);
            push_arg(a, l, copy, loc->pieces[0]);
            return;
        }
        for (unsigned i = 0; i < loc->n; i++) {
            IrPiece p = loc->pieces[i];
            if (p.place == IR_PLACE_COPY && t->align > 16) /* a slot for its alignment only: the stack pointer gets it too */
                ir_slot(cc->lower->f, 1, t->align, 0, IR_VOID);
            push_arg(a, l, p.place == IR_PLACE_COPY ? v : load_piece(cc, v, loc->offsets[i], &p, t->align), p);
        }
        return;
    }
    if (loc->n)
        push_arg(a, l, v, loc->pieces[0]);
}

IrRef lw_call(Cc *cc, Node *n, IrRef into, int64_t into_off)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    Type *ft = n->a->type->base, *rt = n->type;
    AbiState st = {0};
    AbiLoc ret = {0}, ret_addr = {0}, loc;
    ArgList args = {0};
    VEC(IrRef) vals = {0};
    uint32_t i = 0, nparams = ft->old_style ? UINT32_MAX : ft->u.fn.nparams, flags = 0, stack;
    CcSym *direct = n->a->op == N_ADDR && n->a->a->op == N_VAR && n->a->a->u.sym->kind == SYM_FUNC ? n->a->a->u.sym : NULL;
    IrRef dest = IR_NONE, callee = IR_NONE, v;

    if (ldouble_result(cc_abi_type(cc, rt)))
        lw_refused(cc, ty_basic(cc, TY_LDOUBLE), n->loc);
    refused(cc, rt, n->loc);
    if (!direct)
        callee = lw_value(cc, n->a);
    for (Node *e = n->u.call.args; e; e = e->next) {
        v = lw_value(cc, e);
        vec_push(f->arena, &vals, v);
    }
    f->loc = n->loc;
    if (direct)
        callee = lw_sym_addr(cc, direct);
    /* An unprototyped call may reach a variadic function (6.5.2.2p6): it sets up what a variadic one needs. */
    bool variadic = ft->variadic || ft->old_style;
    lw_abi_begin(cc, &st, rt, variadic, &ret, &ret_addr);
    if (ty_is_record(rt))
        dest = into ? ir_add_imm(f, into, into_off) : ir_slot_addr(f, lw_temp(cc, rt), 0);
    if (ret.indirect)
        push_arg(f->arena, &args, dest, ret.pieces[0]);
    for (Node *e = n->u.call.args; e; e = e->next, i++) {
        refused(cc, e->type, e->loc);
        lw_abi_arg(cc, &st, e->type, i < nparams, &loc);
        push_value(cc, &args, e->type, vals.p[i], &loc);
    }
    stack = cc->target->abi->end(&st);
    if (variadic)
        flags |= IR_CALL_VARIADIC;
    if (direct && direct->noreturn)
        flags |= IR_CALL_NORETURN;
    if (direct && direct->returns_twice) {
        flags |= IR_CALL_RETURNS_TWICE;
        f->flags |= IR_FN_RETURNS_TWICE;
    }
    const AbiLoc *out = ret.indirect ? &ret_addr : &ret;
    v = ir_call(f, callee, args.vals.p, args.pieces.p, args.vals.n, out->pieces, out->n, stack, flags);
    IrRef got[ABI_MAX_PIECES];
    for (i = 0; i < out->n; i++)
        got[i] = i ? ir_proj(f, v, (IrType)out->pieces[i].type, i) : v;
    if (flags & IR_CALL_NORETURN) {
        if (ir_open(f))
            ir_ins(f, IR_UNREACHABLE, IR_VOID, 0, 0, 0, 0);
        return rt->kind == TY_VOID ? IR_NONE : ir_undef(f, lw_type(rt));
    }
    if (ret.indirect)
        return dest;
    if (ty_is_record(rt)) {
        for (i = 0; i < ret.n; i++)
            store_piece(cc, dest, ret.offsets[i], &ret.pieces[i], got[i]);
        return dest;
    }
    if (rt->kind == TY_VOID)
        return IR_NONE;
    if (ty_is_int(rt) && rt->size < 4) { /* the callee promises nothing above the type's bits */
        if (rt->kind == TY_BOOL) /* but for this one, whose byte is 0 or 1 */
            return ir_op2(f, IR_AND, IR_I32, v, ir_int(f, IR_I32, 1));
        if (rt->size == 1)
            return ir_op1(f, rt->is_unsigned ? IR_ZEXT8 : IR_SEXT8, IR_I32, v);
        return ir_op1(f, rt->is_unsigned ? IR_ZEXT16 : IR_SEXT16, IR_I32, v);
    }
    return v;
}

IrRef lw_va_arg(Cc *cc, Node *n)
{
    IrFn *f = cc->lower->f;
    Type *t = n->type;
    IrRef ap = lw_value(cc, n->a), at = (cc->target->abi->va_arg)(f, ap, cc_abi_type(cc, t));
    if (ty_is_record(t)) {
        if (quad_registers(cc, cc_abi_type(cc, t)))
            lw_refused(cc, ty_basic(cc, TY_LDOUBLE), n->loc);
        return at;
    }
    lw_refused(cc, t, n->loc);
    return ir_load(f, lw_type(t), lw_mem(t, false, t->align), at, 0);
}

/* ---- the function's own side ---- */

/* Where an argument that did not fit took the registers that were left with it, pieces do not tell. */
static uint32_t spent(const AbiState *st, const IrPiece *p, uint32_t n)
{
    uint32_t nint = 0, nfp = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (p[i].place == IR_PLACE_INT && p[i].index >= nint)
            nint = p[i].index + 1;
        else if (p[i].place == IR_PLACE_FP && p[i].index >= nfp)
            nfp = p[i].index + 1;
    }
    return (st->nint > nint ? IR_FN_INTS_SPENT : 0u) | (st->nfp > nfp ? IR_FN_FLOATS_SPENT : 0u);
}

void lw_params(Cc *cc)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    CcFunc *fn = lw->fn;
    Type *ft = fn->sym->type;
    AbiState st = {0};
    AbiLoc *locs = arena_array(f->arena, AbiLoc, fn->nparams + 1);
    VEC(IrPiece) pieces = {0};
    VEC(IrRef) vals = {0};
    uint32_t k = 0;

    if (ldouble_result(cc_abi_type(cc, ft->base)))
        lw_refused(cc, ty_basic(cc, TY_LDOUBLE), fn->sym->loc);
    refused(cc, ft->base, fn->sym->loc);
    lw_abi_begin(cc, &st, ft->base, ft->variadic, &lw->ret, &lw->ret_addr);
    if (lw->ret.indirect)
        vec_push(f->arena, &pieces, lw->ret.pieces[0]);
    for (uint32_t i = 0; i < fn->nparams; i++) {
        lw_abi_arg(cc, &st, fn->params[i]->type, true, &locs[i]);
        for (unsigned j = 0; j < locs[i].n; j++)
            if (locs[i].pieces[j].place != IR_PLACE_COPY)
                vec_push(f->arena, &pieces, locs[i].pieces[j]);
    }
    f->inarg_size = st.stack;
    f->nparams = pieces.n;
    f->first_param = ir_add_pieces(f, pieces.p, pieces.n);
    const AbiLoc *out = lw->ret.indirect ? &lw->ret_addr : &lw->ret;
    f->nresults = out->n;
    f->first_result = ir_add_pieces(f, out->pieces, out->n);
    if (ft->variadic)
        f->flags |= IR_FN_VARIADIC | spent(&st, pieces.p, pieces.n);
    for (uint32_t i = 0; i < pieces.n; i++) {
        IrRef v = ir_ins(f, IR_PARAM, (IrType)pieces.p[i].type, 0, (int32_t)i, 0, 0);
        vec_push(f->arena, &vals, v);
    }
    lw->sret = IR_NONE;
    if (lw->ret.indirect) {
        uint32_t slot = ir_slot(f, 8, 8, IR_SLOT_SCALAR, IR_I64);
        lw->sret = ir_slot_addr(f, slot, 0);
        ir_store(f, IR_I64, 3 | 3 << IR_MEM_ALIGN_SHIFT, lw->sret, vals.p[k++], 0);
    }
    for (uint32_t i = 0; i < fn->nparams; i++) {
        CcSym *s = fn->params[i];
        AbiLoc *loc = &locs[i];
        refused(cc, s->type, s->loc);
        s->slot = 0;
        s->addr = IR_NONE;
        if (loc->n == 0)
            continue;
        if (loc->indirect)
            s->addr = vals.p[k++];
        else if (loc->pieces[0].place == IR_PLACE_COPY)
            s->addr = ir_inarg_addr(f, loc->pieces[0].index);
        else if (ty_is_record(s->type)) {
            s->slot = 1 + ir_slot(f, s->type->size, s->type->align, IR_SLOT_PARAM, IR_VOID);
            for (unsigned j = 0; j < loc->n; j++)
                store_piece(cc, ir_slot_addr(f, s->slot - 1, 0), loc->offsets[j], &loc->pieces[j], vals.p[k++]);
        } else {
            Node var = {0};
            var.op = N_VAR;
            var.type = s->type;
            var.u.sym = s;
            Place p = lw_place(cc, &var);
            p.vol = false;
            lw_store(cc, p, s->type, vals.p[k++]);
        }
    }
}

void lw_return(Cc *cc, Node *value)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    Type *rt = lw->fn->sym->type->base;
    IrRef vals[ABI_MAX_PIECES];
    unsigned mem = 3 | 3 << IR_MEM_ALIGN_SHIFT;
    if (!value || rt->kind == TY_VOID) {
        if (value)
            lw_effects(cc, value);
        const AbiLoc *out = lw->ret.indirect ? &lw->ret_addr : &lw->ret;
        for (unsigned i = 0; i < out->n; i++)
            vals[i] = ir_undef(f, (IrType)out->pieces[i].type);
        ir_ret(f, vals, out->n);
        return;
    }
    if (lw->ret.indirect) {
        /* Every caller passes memory that nothing else refers to, so the value may be made in place. */
        lw_record_to(cc, value, ir_load(f, IR_I64, mem, lw->sret, 0), 0);
        if (lw->ret_addr.n)
            vals[0] = ir_load(f, IR_I64, mem, lw->sret, 0);
        ir_ret(f, vals, lw->ret_addr.n);
        return;
    }
    IrRef v = lw_value(cc, value);
    f->loc = value->loc;
    if (ty_is_record(rt)) {
        for (unsigned i = 0; i < lw->ret.n; i++)
            vals[i] = load_piece(cc, v, lw->ret.offsets[i], &lw->ret.pieces[i], rt->align);
    } else
        vals[0] = v;
    ir_ret(f, vals, lw->ret.n);
}
