/* ir: the builder, the side of the IR that producers see. Input: calls in the order of the code. Output: an IrFn
 * whose instructions stand in that order. The one idea: an instruction is a push to two vectors. Constants are
 * interned by a small hash, so an operand's number says everything about it, and folding (fold.c) is asked only when
 * an operand is a constant. */
#include "ir/ir.h"

/* ---- units and functions ---- */

void ir_unit_init(IrUnit *u, Arena *a)
{
    IrSym none = {NULL, 0, 0};
    memset(u, 0, sizeof *u);
    u->arena = a;
    map_init(&u->by_name, a);
    u->named = 1;
    vec_push(a, &u->syms, none);
}

uint32_t ir_unit_sym(IrUnit *u, const char *name, uint32_t flags, uint32_t obj)
{
    IrSym s;
    s.name = name;
    s.flags = flags;
    s.obj = obj;
    vec_push(u->arena, &u->syms, s);
    return u->syms.n - 1;
}

enum { CONSTS = 64 };          /* first size of the hash, twice the constants it holds */

IrFn *ir_fn_new(Host *host, Arena *a, IrUnit *u, uint32_t sym)
{
    IrFn *f = arena_new(a, IrFn);
    IrIns nop;
    memset(&nop, 0, sizeof nop);
    f->arena = a;
    f->host = host;
    f->unit = u;
    f->sym = sym;
    vec_reserve(a, &f->ins, 128);
    vec_reserve(a, &f->locs, 128);
    vec_reserve(a, &f->blocks, 16);
    vec_reserve(a, &f->order, 16);
    vec_reserve(a, &f->consts, CONSTS / 2);
    vec_push(a, &f->ins, nop);
    vec_push(a, &f->locs, 0);
    f->const_index = arena_array(a, uint32_t, CONSTS);
    f->const_mask = CONSTS - 1;
    f->cur = UINT32_MAX;
    return f;
}

/* ---- constants ---- */

static uint32_t const_hash(unsigned kind, unsigned t, uint32_t id, int64_t v)
{
    uint64_t h = ((uint64_t)v ^ ((uint64_t)id << 32 | kind << 8 | t)) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32);
}

static void const_rehash(IrFn *f)
{
    uint32_t size = (f->const_mask + 1) * 2, i, at;
    f->const_index = arena_array(f->arena, uint32_t, size);
    f->const_mask = size - 1;
    for (i = 0; i < f->consts.n; i++) {
        const IrConst *c = &f->consts.p[i];
        for (at = const_hash(c->kind, c->type, c->id, c->v); f->const_index[at & f->const_mask]; at++)
            continue;
        f->const_index[at & f->const_mask] = i + 1;
    }
}

static IrRef intern(IrFn *f, unsigned kind, unsigned t, uint32_t id, int64_t v)
{
    uint32_t at = const_hash(kind, t, id, v), n;
    while ((n = f->const_index[at & f->const_mask]) != 0) {
        const IrConst *c = &f->consts.p[n - 1];
        if (c->v == v && c->id == id && c->kind == kind && c->type == t)
            return -(int32_t)n;
        at++;
    }
    IrConst c;
    c.kind = (uint8_t)kind;
    c.type = (uint8_t)t;
    c.id = id;
    c.v = v;
    vec_push(f->arena, &f->consts, c);
    n = f->consts.n;
    f->const_index[at & f->const_mask] = n;
    if (n * 2 > f->const_mask)
        const_rehash(f);
    return -(int32_t)n;
}

IrRef ir_int(IrFn *f, IrType t, int64_t v)
{
    return intern(f, IR_C_INT, t, 0, t == IR_I32 ? (int32_t)v : v);
}

IrRef ir_flt(IrFn *f, IrType t, uint64_t bits)
{
    return intern(f, IR_C_FLT, t, 0, (int64_t)(t == IR_F32 ? (uint32_t)bits : bits));
}

IrRef ir_sym(IrFn *f, uint32_t sym, int64_t addend)
{
    return intern(f, IR_C_SYM, IR_I64, sym, addend);
}

IrRef ir_slot_addr(IrFn *f, uint32_t slot, int64_t offset)
{
    return intern(f, IR_C_SLOT, IR_I64, slot, offset);
}

IrRef ir_inarg_addr(IrFn *f, int64_t offset)
{
    return intern(f, IR_C_INARG, IR_I64, 0, offset);
}

IrRef ir_undef(IrFn *f, IrType t)
{
    return intern(f, IR_C_UNDEF, t, 0, 0);
}

uint32_t ir_slot(IrFn *f, uint64_t size, uint32_t align, unsigned flags, IrType type)
{
    IrSlot s;
    s.size = size;
    s.align = align ? align : 1;
    s.flags = (uint8_t)flags;
    s.type = (uint8_t)type;
    vec_push(f->arena, &f->slots, s);
    return f->slots.n - 1;
}

IrType ir_ref_type(const IrFn *f, IrRef r)
{
    if (r == IR_NONE)
        return IR_VOID;
    if (ir_is_const(r))
        return (IrType)ir_const(f, r)->type;
    const IrIns *i = &f->ins.p[r];
    char result = ir_ops[i->op].result;
    return result == 't' ? (IrType)i->type : result == 'i' ? IR_I32 : IR_VOID;
}

bool ir_is_int(const IrFn *f, IrRef r, int64_t *v)
{
    if (!ir_is_const(r))
        return false;
    const IrConst *c = ir_const(f, r);
    *v = c->v;
    return c->kind == IR_C_INT;
}

/* ---- instructions ---- */

static IrRef append(IrFn *f, unsigned op, unsigned t, unsigned aux, int32_t a, int32_t b, int32_t c)
{
    vec_reserve(f->arena, &f->ins, 1);
    vec_push(f->arena, &f->locs, f->loc);
    IrIns *i = &f->ins.p[f->ins.n];
    i->op = (uint8_t)op;
    i->type = (uint8_t)t;
    i->aux = (uint16_t)aux;
    i->a = a;
    i->b = b;
    i->c = c;
    return (IrRef)f->ins.n++;
}

IrRef ir_append(IrFn *f, IrOp op, IrType t, unsigned aux, int32_t a, int32_t b, int32_t c)
{
    return append(f, op, t, aux, a, b, c);
}

/* A terminator; the block is complete. */
static IrRef terminate(IrFn *f, unsigned op, unsigned t, int32_t a, int32_t b, int32_t c)
{
    IrRef r = append(f, op, t, 0, a, b, c);
    IrBlock *k = &f->blocks.p[f->cur];
    k->n = f->ins.n - k->first;
    f->cur = UINT32_MAX;
    return r;
}

IrRef ir_ins(IrFn *f, IrOp op, IrType t, unsigned aux, int32_t a, int32_t b, int32_t c)
{
    if (f->cur == UINT32_MAX) {
        char result = ir_ops[op].result;
        return result == '.' ? IR_NONE : ir_undef(f, result == 'i' ? IR_I32 : t);
    }
    if (ir_ops[op].class == IRC_TERM)
        return terminate(f, op, t, a, b, c);
    if ((a | b | c) < 0 || a == b || op == IR_TRUNC) {
        IrIns i;
        i.op = (uint8_t)op;
        i.type = (uint8_t)t;
        i.aux = (uint16_t)aux;
        i.a = a;
        i.b = b;
        i.c = c;
        IrRef r = ir_fold(f, &i);
        return r ? r : append(f, i.op, i.type, i.aux, i.a, i.b, i.c);
    }
    return append(f, op, t, aux, a, b, c);
}

IrRef ir_add_imm(IrFn *f, IrRef base, int64_t v)
{
    if (v == 0)
        return base;
    if (ir_is_const(base)) {
        const IrConst *c = ir_const(f, base);
        int64_t sum = (int64_t)((uint64_t)c->v + (uint64_t)v);
        switch (c->kind) {
        case IR_C_INT: return ir_int(f, IR_I64, sum);
        case IR_C_SLOT: return ir_slot_addr(f, c->id, sum);
        case IR_C_INARG: return ir_inarg_addr(f, sum);
        case IR_C_SYM:
            if (bits_fits_s(sum, 31))   /* what a relocation's addend holds beside the symbol's distance */
                return ir_sym(f, c->id, sum);
            break;
        default: return base;
        }
    }
    if (f->cur == UINT32_MAX)
        return ir_undef(f, IR_I64);
    return append(f, IR_ADD, IR_I64, 0, base, ir_int(f, IR_I64, v), 0);
}

IrRef ir_load(IrFn *f, IrType t, unsigned mem, IrRef addr, int32_t off)
{
    return f->cur == UINT32_MAX ? ir_undef(f, t) : append(f, IR_LOAD, t, mem, addr, 0, off);
}

void ir_store(IrFn *f, IrType t, unsigned mem, IrRef addr, IrRef v, int32_t off)
{
    if (f->cur != UINT32_MAX)
        append(f, IR_STORE, t, mem, addr, v, off);
}

IrRef ir_proj(IrFn *f, IrRef of, IrType t, uint32_t k)
{
    if (f->cur == UINT32_MAX || of <= 0)
        return ir_undef(f, t);
    return append(f, IR_PROJ, t, 0, of, (int32_t)k, 0);
}

/* ---- blocks ---- */

uint32_t ir_block(IrFn *f)
{
    IrBlock b;
    memset(&b, 0, sizeof b);
    b.loop_depth = f->loop_depth;
    vec_push(f->arena, &f->blocks, b);
    return f->blocks.n - 1;
}

bool ir_open(const IrFn *f)
{
    return f->cur != UINT32_MAX;
}

static void name_block(IrFn *f, uint32_t block)
{
    IrBlock *b = &f->blocks.p[block];
    if (b->reach == IR_DROPPED)
        bug(f->host, "ir: jump to a block that was dropped as unreachable");
    b->reach = IR_NAMED;
}

static void cut_block(IrFn *f, uint32_t block)
{
    if (f->blocks.p[block].reach == IR_UNNAMED)
        f->blocks.p[block].reach = IR_CUT;
}

void ir_place(IrFn *f, uint32_t block)
{
    if (f->cur != UINT32_MAX)
        ir_jmp(f, block);
    IrBlock *b = &f->blocks.p[block];
    if (b->placed)
        bug(f->host, "ir: block placed twice");
    if (b->reach == IR_CUT && !b->address_taken) {
        b->reach = IR_DROPPED;
        return;
    }
    b->placed = true;
    b->first = f->ins.n;
    vec_push(f->arena, &f->order, block);
    f->cur = block;
}

void ir_jmp(IrFn *f, uint32_t block)
{
    if (f->cur == UINT32_MAX)
        return;
    name_block(f, block);
    terminate(f, IR_JMP, IR_VOID, (int32_t)block, 0, 0);
}

void ir_br(IrFn *f, IrRef cond, uint32_t yes, uint32_t no)
{
    int64_t v;
    if (f->cur == UINT32_MAX)
        return;
    if (yes == no) {
        ir_jmp(f, yes);
    } else if (ir_is_int(f, cond, &v)) {
        ir_jmp(f, v ? yes : no);
        cut_block(f, v ? no : yes);
    } else {
        name_block(f, yes);
        name_block(f, no);
        terminate(f, IR_BR, IR_VOID, cond, (int32_t)yes, (int32_t)no);
    }
}

static int case_order(const void *a, const void *b, void *ctx)
{
    const IrCase *x = a, *y = b;
    (void)ctx;
    return x->lo < y->lo ? -1 : x->lo > y->lo;
}

void ir_switch(IrFn *f, IrType t, IrRef v, const IrCase *cases, uint32_t n, uint32_t otherwise)
{
    IrSwitch s;
    IrCase *p;
    uint32_t i, hit = otherwise;
    int64_t k;
    if (f->cur == UINT32_MAX)
        return;
    s.first_case = f->cases.n;
    s.ncases = n;
    s.otherwise = otherwise;
    vec_reserve(f->arena, &f->cases, n);
    p = f->cases.p + f->cases.n;
    for (i = 0; i < n; i++)
        p[i] = cases[i];
    for (i = 1; i < n && p[i - 1].lo <= p[i].lo; i++)
        continue;
    if (i < n)
        rt_sort(p, n, sizeof *p, arena_alloc(f->arena, n * sizeof *p), case_order, NULL);
    for (i = 0; i < n; i++)
        if (p[i].lo > p[i].hi || (i && p[i - 1].hi >= p[i].lo))
            bug(f->host, "ir: switch cases overlap");
    if (n == 0 || ir_is_int(f, v, &k)) {
        for (i = 0; i < n; i++)
            if (p[i].lo <= k && k <= p[i].hi)
                hit = p[i].block;
        ir_jmp(f, hit);
        for (i = 0; i < n; i++)
            cut_block(f, p[i].block);
        cut_block(f, otherwise);
        return;
    }
    for (i = 0; i < n; i++)
        name_block(f, p[i].block);
    name_block(f, otherwise);
    f->cases.n += n;
    vec_push(f->arena, &f->switches, s);
    terminate(f, IR_SWITCH, t, v, (int32_t)(f->switches.n - 1), 0);
}

static uint32_t push_ops(IrFn *f, const int32_t *v, uint32_t n)
{
    uint32_t first = f->ops.n, i;
    vec_reserve(f->arena, &f->ops, n);
    for (i = 0; i < n; i++)
        f->ops.p[first + i] = v[i];
    f->ops.n += n;
    return first;
}

void ir_jmp_ind(IrFn *f, IrRef addr, const uint32_t *blocks, uint32_t n)
{
    uint32_t first = f->ops.n, i;
    if (f->cur == UINT32_MAX)
        return;
    for (i = 0; i < n; i++) {
        name_block(f, blocks[i]);
        vec_push(f->arena, &f->ops, (int32_t)blocks[i]);
    }
    terminate(f, IR_JMP_IND, IR_VOID, addr, (int32_t)first, (int32_t)n);
}

void ir_ret(IrFn *f, const IrRef *vals, uint32_t n)
{
    if (f->cur != UINT32_MAX)
        terminate(f, IR_RET, IR_VOID, (int32_t)push_ops(f, vals, n), (int32_t)n, 0);
}

void ir_successors(const IrFn *f, const IrIns *t, void (*see)(void *ctx, uint32_t block), void *ctx)
{
    uint32_t i;
    switch (t->op) {
    case IR_JMP:
        see(ctx, (uint32_t)t->a);
        break;
    case IR_BR:
        see(ctx, (uint32_t)t->b);
        see(ctx, (uint32_t)t->c);
        break;
    case IR_SWITCH: {
        const IrSwitch *s = &f->switches.p[t->b];
        for (i = 0; i < s->ncases; i++)
            see(ctx, f->cases.p[s->first_case + i].block);
        see(ctx, s->otherwise);
        break;
    }
    case IR_JMP_IND:
        for (i = 0; i < (uint32_t)t->c; i++)
            see(ctx, (uint32_t)f->ops.p[t->b + (int32_t)i]);
        break;
    default:
        break;
    }
}

/* ---- phis ---- */

typedef struct Find { uint32_t block; bool found; } Find;

static void find_block(void *ctx, uint32_t block)
{
    Find *x = ctx;
    x->found |= block == x->block;
}

/* Can control come from block `from` to the current one, as far as is known? */
static bool jumps_here(const IrFn *f, uint32_t from)
{
    if (from == UINT32_MAX)
        return false;
    const IrBlock *b = &f->blocks.p[from];
    if (!b->placed)
        return b->reach != IR_DROPPED;
    if (b->n == 0)
        return true;                    /* still open */
    Find x;
    x.block = f->cur;
    x.found = false;
    ir_successors(f, &f->ins.p[b->first + b->n - 1], find_block, &x);
    return x.found;
}

IrRef ir_phi(IrFn *f, IrType t, const int32_t *pairs, uint32_t n)
{
    uint32_t first = f->ops.n, i, kept = 0;
    bool same = true;
    if (f->cur == UINT32_MAX)
        return ir_undef(f, t);
    for (i = 0; i < n; i++) {
        if (!jumps_here(f, (uint32_t)pairs[2 * i]))
            continue;
        vec_push(f->arena, &f->ops, pairs[2 * i]);
        vec_push(f->arena, &f->ops, pairs[2 * i + 1]);
        same &= pairs[2 * i + 1] == f->ops.p[first + 1];
        kept++;
    }
    if (same) {
        IrRef v = kept ? f->ops.p[first + 1] : ir_undef(f, t);
        f->ops.n = first;
        return v;
    }
    if (f->ins.n > f->blocks.p[f->cur].first && f->ins.p[f->ins.n - 1].op != IR_PHI)
        bug(f->host, "ir: phi behind other instructions");
    return append(f, IR_PHI, t, 0, (int32_t)first, (int32_t)kept, 0);
}

IrRef ir_phi2(IrFn *f, IrType t, uint32_t b0, IrRef v0, uint32_t b1, IrRef v1)
{
    int32_t pairs[4];
    pairs[0] = (int32_t)b0;
    pairs[1] = v0;
    pairs[2] = (int32_t)b1;
    pairs[3] = v1;
    return ir_phi(f, t, pairs, 2);
}

/* ---- calls and states ---- */

uint32_t ir_add_pieces(IrFn *f, const IrPiece *p, uint32_t n)
{
    uint32_t first = f->pieces.n, i;
    vec_reserve(f->arena, &f->pieces, n);
    for (i = 0; i < n; i++)
        f->pieces.p[first + i] = p[i];
    f->pieces.n += n;
    return first;
}

IrRef ir_call(IrFn *f, IrRef callee, const IrRef *args, const IrPiece *arg_pieces, uint32_t nargs,
              const IrPiece *results, uint32_t nresults, uint32_t stack_size, uint32_t flags)
{
    IrType t = nresults ? (IrType)results[0].type : IR_VOID;
    IrCall c;
    IrRef r;
    if (f->cur == UINT32_MAX)
        return nresults ? ir_undef(f, t) : IR_NONE;
    c.first_arg = push_ops(f, args, nargs);
    c.nargs = nargs;
    c.first_piece = ir_add_pieces(f, arg_pieces, nargs);
    c.first_result = ir_add_pieces(f, results, nresults);
    c.nresults = nresults;
    c.stack_size = stack_size;
    c.flags = flags;
    vec_push(f->arena, &f->calls, c);
    if (flags & IR_CALL_RETURNS_TWICE)
        f->flags |= IR_FN_RETURNS_TWICE;
    r = append(f, IR_CALL, t, 0, callee, (int32_t)(f->calls.n - 1), 0);
    if (flags & IR_CALL_NORETURN) {
        terminate(f, IR_UNREACHABLE, IR_VOID, 0, 0, 0);
        return nresults ? ir_undef(f, t) : IR_NONE;
    }
    return nresults ? r : IR_NONE;
}

void ir_state(IrFn *f, IrRef ins, const int32_t *pairs, uint32_t n)
{
    IrStateMap m;
    if (ins <= 0)
        return;
    if (f->states.n && vec_last(&f->states).ins >= (uint32_t)ins)
        bug(f->host, "ir: state maps out of order");
    m.ins = (uint32_t)ins;
    m.first = push_ops(f, pairs, 2 * n);
    m.n = n;
    vec_push(f->arena, &f->states, m);
    f->ins.p[ins].aux |= IR_HAS_STATE;
}

const IrStateMap *ir_state_of(const IrFn *f, IrRef ins)
{
    uint32_t lo = 0, hi = f->states.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->states.p[mid].ins < (uint32_t)ins)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < f->states.n && f->states.p[lo].ins == (uint32_t)ins ? &f->states.p[lo] : NULL;
}

/* ---- the end ---- */

typedef struct Walk {
    IrFn *f;
    uint8_t *seen;
    uint32_t *stack, n;
} Walk;

static void reach(void *ctx, uint32_t block)
{
    Walk *w = ctx;
    if (w->seen[block])
        return;
    if (!w->f->blocks.p[block].placed)
        bug(w->f->host, "ir: jump to a block that was never placed");
    w->seen[block] = 1;
    w->stack[w->n++] = block;
}

/* Takes the pairs of unreached predecessors out of the phis of block b. */
static void trim_phis(IrFn *f, const IrBlock *b, const uint8_t *seen)
{
    uint32_t i, k, to;
    for (i = b->first; f->ins.p[i].op == IR_PHI; i++) {
        IrIns *phi = &f->ins.p[i];
        int32_t *p = f->ops.p + phi->a;
        for (k = to = 0; k < (uint32_t)phi->b; k++) {
            if (!seen[p[2 * k]])
                continue;
            p[2 * to] = p[2 * k];
            p[2 * to++ + 1] = p[2 * k + 1];
        }
        phi->b = (int32_t)to;
    }
}

void ir_finish(IrFn *f)
{
    uint32_t i, to;
    Walk w;
    ir_ins(f, IR_UNREACHABLE, IR_VOID, 0, 0, 0, 0);
    w.f = f;
    w.seen = arena_zalloc(f->arena, f->blocks.n);
    w.stack = arena_alloc(f->arena, f->blocks.n * sizeof *w.stack);
    w.n = 0;
    reach(&w, 0);
    for (i = 0; i < f->blocks.n; i++)
        if (f->blocks.p[i].address_taken)
            reach(&w, i);
    while (w.n) {
        const IrBlock *b = &f->blocks.p[w.stack[--w.n]];
        ir_successors(f, &f->ins.p[b->first + b->n - 1], reach, &w);
    }
    for (i = to = 0; i < f->order.n; i++)
        if (w.seen[f->order.p[i]])
            f->order.p[to++] = f->order.p[i];
    if (to == f->order.n)
        return;
    f->order.n = to;
    for (i = 0; i < to; i++)
        trim_phis(f, &f->blocks.p[f->order.p[i]], w.seen);
}
