/* ir: the checker (doc/ir.md, "What the checker holds"). Input: any function whose side records are in range, such as
 * the reader and the builder give. Output: NULL, or the first rule that is broken and where. The one idea: what later
 * questions rely on comes first: layout, then terminators, then dominance (flow.c); the last walk holds each
 * instruction against its row of ops.def. */
#include "ir/text.h"
#include "base/softfloat.h"

#define NOWHERE UINT32_MAX

typedef struct Checker {
    Arena *arena;
    const IrFn *f;
    const char *message;
    uint32_t *pos;             /* position of a block number in the layout, NOWHERE when not placed */
    uint32_t *home;            /* position of the block an instruction stands in, NOWHERE for none */
    IrFlow *flow;
    uint32_t *mark, stamp;     /* by block: last question that met it */
    uint32_t block, ins;       /* where the walk is; ins 0: at the function */
} Checker;

/* Keeps the first message. Always false. */
static bool broken(Checker *c, const char *fmt, ...)
{
    Buf b;
    va_list ap;
    if (c->message)
        return false;
    buf_init(&b, c->arena);
    if (c->ins) {
        IrNumbers n = ir_numbers(c->arena, c->f);
        buf_fmt(&b, "b%u, instruction %u (%s): ", (unsigned)c->block, (unsigned)n.ins[c->ins],
                ir_ops[c->f->ins.p[c->ins].op].name);
    } else if (c->block != NOWHERE) {
        buf_fmt(&b, "b%u: ", (unsigned)c->block);
    }
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    c->message = buf_cstr(&b);
    return false;
}

/* ---- shape: blocks, terminators, edges ---- */

static bool check_layout(Checker *c)
{
    const IrFn *f = c->f;
    uint32_t i, k;
    if (!f->order.n || f->order.p[0] != 0)
        return broken(c, "the entry is not the first block");
    c->pos = arena_alloc(c->arena, f->blocks.n * sizeof *c->pos);
    c->home = arena_alloc(c->arena, f->ins.n * sizeof *c->home);
    memset(c->pos, 0xff, f->blocks.n * sizeof *c->pos);
    memset(c->home, 0xff, f->ins.n * sizeof *c->home);
    for (i = 0; i < f->order.n; i++) {
        uint32_t number = f->order.p[i];
        c->block = i;
        if (number >= f->blocks.n || c->pos[number] != NOWHERE)
            return broken(c, "the layout names a block twice or one that is not there");
        const IrBlock *b = &f->blocks.p[number];
        c->pos[number] = i;
        if (!b->n)
            return broken(c, "the block is empty");
        if (b->first < 1 || b->first >= f->ins.n || b->n > f->ins.n - b->first)
            return broken(c, "the block's instructions are out of range");
        for (k = b->first; k < b->first + b->n; k++) {
            c->ins = k;
            if (f->ins.p[k].op >= IR_OPS || c->home[k] != NOWHERE)
                return broken(c, "no such operation, or in two blocks");
            c->home[k] = i;
            if ((ir_ops[f->ins.p[k].op].class == IRC_TERM) != (k == b->first + b->n - 1))
                return broken(c, ir_ops[f->ins.p[k].op].class == IRC_TERM ? "a terminator inside a block"
                                                                          : "the block does not end with a terminator");
        }
        c->ins = 0;
    }
    return true;
}

static bool check_records(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    uint32_t a = (uint32_t)i->a, b = (uint32_t)i->b, n = (uint32_t)i->c;
    switch (i->op) {
    case IR_SWITCH:
        return (b < f->switches.n && f->switches.p[b].first_case <= f->cases.n &&
                f->switches.p[b].ncases <= f->cases.n - f->switches.p[b].first_case) ||
               broken(c, "no such switch record");
    case IR_JMP_IND:
        return (b <= f->ops.n && n <= f->ops.n - b) || broken(c, "the list of blocks is out of range");
    case IR_RET:
        return (a <= f->ops.n && b <= f->ops.n - a) || broken(c, "the list of values is out of range");
    case IR_PHI:
        return (a <= f->ops.n && b <= (f->ops.n - a) / 2) || broken(c, "the list of pairs is out of range");
    case IR_CALL:
        return b < f->calls.n || broken(c, "no such call record");
    default:
        return true;
    }
}

static void check_target(void *ctx, uint32_t block)
{
    Checker *c = ctx;
    if (block >= c->f->blocks.n || c->pos[block] == NOWHERE)
        broken(c, "goes to a block that is not placed");
    else if (block == 0)
        broken(c, "goes to the entry");
}

/* Terminators name placed blocks, so that flow and dominance can be asked. */
static bool check_edges(Checker *c)
{
    const IrFn *f = c->f;
    for (c->block = 0; c->block < f->order.n; c->block++) {
        const IrBlock *b = &f->blocks.p[f->order.p[c->block]];
        c->ins = b->first + b->n - 1;
        if (!check_records(c, &f->ins.p[c->ins]))
            return false;
        ir_successors(f, &f->ins.p[c->ins], check_target, c);
        if (c->message)
            return false;
    }
    c->ins = 0;
    c->flow = ir_flow(c->arena, f);
    c->mark = arena_array(c->arena, uint32_t, f->order.n);
    return true;
}

/* ---- uses ---- */

static bool check_const(Checker *c, const IrConst *k)
{
    bool flt = ir_is_float(k->type), ok = k->type > IR_VOID && k->type < IR_TYPES;
    switch (k->kind) {
    case IR_C_INT: ok &= !flt && (k->type == IR_I64 || k->v == (int32_t)k->v); break;
    case IR_C_FLT: ok &= flt && (k->type == IR_F64 || (uint64_t)k->v <= UINT32_MAX); break;
    case IR_C_SYM: ok &= k->type == IR_I64 && k->id > 0 && k->id < c->f->unit->syms.n; break;
    case IR_C_SLOT: ok &= k->type == IR_I64 && k->id < c->f->slots.n; break;
    case IR_C_INARG: ok &= k->type == IR_I64; break;
    case IR_C_UNDEF: break;
    default: ok = false; break;
    }
    return ok || broken(c, "an operand is a malformed constant");
}

/* A use at the end of block `at` (phis), or before instruction `before` in it. */
static bool check_use(Checker *c, IrRef r, uint32_t at, uint32_t before)
{
    if (r == IR_NONE)
        return broken(c, "an operand is missing");
    if (ir_is_const(r))
        return ir_const_index(r) < c->f->consts.n ? check_const(c, ir_const(c->f, r)) : broken(c, "no such constant");
    if ((uint32_t)r >= c->f->ins.n || c->home[r] == NOWHERE)
        return broken(c, "an operand stands in no block");
    if (ir_ref_type(c->f, r) == IR_VOID)
        return broken(c, "an operand gives no value");
    if (c->home[r] == at)
        return (uint32_t)r < before || broken(c, "a value is used before its definition");
    if (c->flow->rpo[at] == NOWHERE)
        return true;            /* nothing runs here */
    return (c->flow->rpo[c->home[r]] != NOWHERE && ir_dominates(c->flow, c->home[r], at)) ||
           broken(c, "a value does not dominate its use");
}

/* SCALAR slots may stand as addresses of whole, plain loads and stores only. */
static bool check_slot_use(Checker *c, IrRef r, bool whole)
{
    const IrConst *k;
    const IrSlot *s;
    const IrIns *i = &c->f->ins.p[c->ins];
    if (!ir_is_const(r) || ir_const(c->f, r)->kind != IR_C_SLOT)
        return true;
    k = ir_const(c->f, r);
    s = &c->f->slots.p[k->id];
    if (!(s->flags & IR_SLOT_SCALAR))
        return true;
    if (!whole)
        return broken(c, "the address of a scalar slot is used as a value");
    if (k->v != 0 || i->c != 0 || i->type != s->type || (uint64_t)1 << (i->aux & IR_MEM_SIZE) != s->size ||
        i->aux & (IR_MEM_VOLATILE | IR_MEM_TRAPS) || i->aux >> IR_MEM_ORDER_SHIFT & 7)
        return broken(c, "a scalar slot is accessed otherwise than whole");
    return true;
}

static bool check_value(Checker *c, IrRef r, IrType want)
{
    if (!check_use(c, r, c->block, c->ins))
        return false;
    if (want != IR_VOID && ir_ref_type(c->f, r) != want)
        return broken(c, "an operand is %s and should be %s", ir_type_words[ir_ref_type(c->f, r)], ir_type_words[want]);
    const IrIns *i = &c->f->ins.p[c->ins];
    return check_slot_use(c, r, r == i->a && (i->op == IR_LOAD || (i->op == IR_STORE && r != i->b)));
}

/* ---- pieces, calls, lists ---- */

static bool check_pieces(Checker *c, uint32_t first, uint32_t n, bool result)
{
    uint32_t i;
    if (first > c->f->pieces.n || n > c->f->pieces.n - first)
        return broken(c, "pieces are out of range");
    for (i = first; i < first + n; i++) {
        const IrPiece *p = &c->f->pieces.p[i];
        if (p->type <= IR_VOID || p->type >= IR_TYPES || p->place > IR_PLACE_SRET || p->ext > IR_EXT_U32 ||
            p->align_log2 > 15)
            return broken(c, "a piece is malformed");
        if (p->place == IR_PLACE_COPY ? p->type != IR_I64
                                      : p->align_log2 || p->size < 1 || p->size > ir_type_size(p->type))
            return broken(c, "a piece has a size its type cannot have");
        if (p->ext && ir_is_float(p->type))
            return broken(c, "a floating piece has an extension");
        if (result && p->place != IR_PLACE_INT && p->place != IR_PLACE_FP)
            return broken(c, "a result stands in a register");
    }
    return true;
}

static bool check_call(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    const IrCall *k = &f->calls.p[i->b];
    uint32_t a;
    if (!check_value(c, i->a, IR_I64) || !check_pieces(c, k->first_piece, k->nargs, false) ||
        !check_pieces(c, k->first_result, k->nresults, true))
        return false;
    if (k->first_arg > f->ops.n || k->nargs > f->ops.n - k->first_arg)
        return broken(c, "arguments are out of range");
    for (a = 0; a < k->nargs; a++)
        if (!check_value(c, f->ops.p[k->first_arg + a], (IrType)f->pieces.p[k->first_piece + a].type))
            return false;
    if (i->type != (k->nresults ? f->pieces.p[k->first_result].type : IR_VOID))
        return broken(c, "the type is not that of the first result");
    if (k->flags & IR_CALL_RETURNS_TWICE && !(f->flags & IR_FN_RETURNS_TWICE))
        return broken(c, "a call that returns twice in a function not marked so");
    return true;
}

static bool check_phi(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    const IrBlock *b = &f->blocks.p[f->order.p[c->block]];
    uint32_t k, n = (uint32_t)i->b;
    if (c->ins != b->first && f->ins.p[c->ins - 1].op != IR_PHI)
        return broken(c, "a phi stands behind other instructions");
    if (n != c->flow->npreds[c->block])
        return broken(c, "%u pairs for %u predecessors", (unsigned)n, (unsigned)c->flow->npreds[c->block]);
    c->stamp += 2;              /* odd: a predecessor; even: one with its pair */
    for (k = 0; k < n; k++)
        c->mark[c->flow->preds[c->flow->first_pred[c->block] + k]] = c->stamp - 1;
    for (k = 0; k < n; k++) {
        const int32_t *pair = &f->ops.p[(uint32_t)i->a + 2 * k];
        uint32_t at = (uint32_t)pair[0] < f->blocks.n ? c->pos[pair[0]] : NOWHERE;
        IrRef v = pair[1];
        if (at == NOWHERE || c->mark[at] != c->stamp - 1)
            return broken(c, "a pair names a block that is no predecessor, or one twice");
        c->mark[at] = c->stamp;
        if (!check_use(c, v, at, NOWHERE) || !check_slot_use(c, v, false))
            return false;
        if (ir_ref_type(f, v) != (IrType)i->type)
            return broken(c, "a pair's value is %s", ir_type_words[ir_ref_type(f, v)]);
    }
    return true;
}

static bool check_switch(Checker *c, const IrIns *i)
{
    const IrSwitch *s = &c->f->switches.p[i->b];
    uint32_t k;
    for (k = 0; k < s->ncases; k++) {
        const IrCase *x = &c->f->cases.p[s->first_case + k];
        if (x->lo > x->hi || (k && x[-1].hi >= x->lo))
            return broken(c, "cases are not ascending and disjoint");
        if (i->type == IR_I32 && (x->lo < INT32_MIN || x->hi > INT32_MAX))
            return broken(c, "a case is no i32");
    }
    return check_value(c, i->a, (IrType)i->type);
}

static bool check_ret(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    if (f->flags & IR_FN_UNIT)
        return broken(c, "a unit is left by exits");
    if ((uint32_t)i->b != f->nresults)
        return broken(c, "%d values for %u result pieces", (int)i->b, (unsigned)f->nresults);
    for (int32_t k = 0; k < i->b; k++)
        if (!check_value(c, f->ops.p[i->a + k], (IrType)f->pieces.p[f->first_result + (uint32_t)k].type))
            return false;
    return true;
}

/* Whether everything before this instruction in the entry is of the same sort. */
static bool at_entry_head(const Checker *c)
{
    if (c->block != 0)
        return false;
    uint32_t before = c->ins == c->f->blocks.p[0].first ? IR_PARAM : c->f->ins.p[c->ins - 1].op;
    return before == IR_PARAM || before == IR_STATE_IN;
}

static const IrContract *contract_of(const IrFn *f, uint32_t id)
{
    uint32_t lo = 0, hi = f->contract.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->contract.p[mid].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < f->contract.n && f->contract.p[lo].id == id ? &f->contract.p[lo] : NULL;
}

static bool check_head_value(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    if (!at_entry_head(c))
        return broken(c, "stands at the head of the entry only");
    if (i->op == IR_PARAM)
        return ((uint32_t)i->a < f->nparams && f->pieces.p[f->first_param + (uint32_t)i->a].type == i->type) ||
               broken(c, "no parameter piece of that number and type");
    const IrContract *k = contract_of(f, (uint32_t)i->a);
    return (k && k->type == i->type) || broken(c, "no contract state of that number and type");
}

static bool check_proj(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    const IrIns *of;
    uint32_t k;
    if (!check_use(c, i->a, c->block, c->ins) || i->a <= 0)
        return broken(c, "the operand is no instruction");
    of = &f->ins.p[i->a];
    if (c->home[i->a] != c->block)
        return broken(c, "stands in another block than its operand");
    for (k = (uint32_t)i->a + 1; k < c->ins; k++)
        if (f->ins.p[k].op != IR_PROJ || f->ins.p[k].b >= i->b)
            return broken(c, "does not stand directly behind its operand, ascending");
    if (of->op == IR_CALL) {
        const IrCall *call = &f->calls.p[of->b];
        return (i->b > 0 && (uint32_t)i->b < call->nresults &&
                f->pieces.p[call->first_result + (uint32_t)i->b].type == i->type) ||
               broken(c, "the call has no result of that number and type");
    }
    if ((of->op >= IR_SADDO && of->op <= IR_UMULO) || of->op == IR_CAS)
        return (i->b == 1 && i->type == IR_I32) || broken(c, "the only further result is number 1, an i32");
    return broken(c, "the operand has one result");
}

/* ---- types and aux ---- */

static bool check_memory_aux(Checker *c, const IrIns *i)
{
    unsigned size = i->aux & IR_MEM_SIZE, order = i->aux >> IR_MEM_ORDER_SHIFT & 7, class = ir_ops[i->op].class;
    unsigned bytes = 1u << size;
    if (order > IR_SEQ_CST)
        return broken(c, "no such memory order");
    if (i->aux & 0x7000)
        return broken(c, "aux bits without a meaning");
    if (i->op == IR_FENCE)
        return (order && !(i->aux & 0x1ff)) || broken(c, "a fence has a memory order and nothing else");
    if (i->op == IR_COPY || i->op == IR_FILL) {
        if (i->c < 0 || order || i->aux & (IR_MEM_SIZE | IR_MEM_SIGNED))
            return broken(c, "a negative length, or aux bits without a meaning");
        return true;
    }
    if (bytes > ir_type_size(i->type) || (ir_is_float(i->type) && bytes != ir_type_size(i->type)))
        return broken(c, "a type of %u bytes cannot have %u bytes in memory", ir_type_size(i->type), bytes);
    if (i->aux & IR_MEM_SIGNED && (class == IRC_STORE || bytes == ir_type_size(i->type)))
        return broken(c, "signed is for narrow loads");
    if (class == IRC_ATOMIC && !order)
        return broken(c, "an atomic operation has a memory order");
    if ((i->op == IR_LOAD && (order == IR_RELEASE || order == IR_ACQ_REL)) ||
        (i->op == IR_STORE && (order == IR_ACQUIRE || order == IR_ACQ_REL)))
        return broken(c, "the memory order does not suit");
    if (i->op == IR_RMW && (uint32_t)i->c >= IR_RMWS)
        return broken(c, "no such read-modify-write");
    return true;
}

static bool is_int_type(unsigned t)
{
    return t == IR_I32 || t == IR_I64;
}

static bool check_float_op(Checker *c, const IrIns *i)
{
    IrType from = i->a ? ir_ref_type(c->f, i->a) : IR_VOID;
    unsigned round;
    bool ok, to_int;
    switch (i->op) {
    case IR_FCVT: ok = (i->type == IR_F32 && from == IR_F64) || (i->type == IR_F64 && from == IR_F32); break;
    case IR_SI2F: case IR_UI2F: ok = ir_is_float(i->type) && is_int_type(from); break;
    case IR_F2SI: case IR_F2UI: ok = is_int_type(i->type) && ir_is_float(from); break;
    default: ok = ir_is_float(i->type); break;
    }
    if (!ok)
        return broken(c, "the types do not suit");
    to_int = i->op == IR_F2SI || i->op == IR_F2UI;
    round = i->aux & IR_FLT_ROUND;
    if ((round > 1 + SF_RMM && !(round == IR_ROUND_DYNAMIC && to_int)) || i->aux & 0x7fe0 ||
        (i->aux & IR_FLT_SAT && ir_ops[i->op].class == IRC_FLT && !to_int))
        return broken(c, "aux bits without a meaning");
    return true;
}

/* The type a row's operations may have: by result letter and class. */
static bool check_type(Checker *c, const IrIns *i)
{
    unsigned t = i->type, aux = i->aux & 0x7fffu;
    bool ok;
    switch (ir_ops[i->op].class) {
    case IRC_LOAD: case IRC_STORE: case IRC_ATOMIC:
        if (i->op == IR_COPY || i->op == IR_FILL || i->op == IR_FENCE)
            ok = t == IR_VOID;
        else
            ok = t != IR_VOID && (ir_ops[i->op].class != IRC_ATOMIC || is_int_type(t));
        return ok ? check_memory_aux(c, i) : broken(c, "the type does not suit");
    case IRC_FLT:
        return check_float_op(c, i);
    case IRC_FCMP:
        return ir_is_float(t) ? check_float_op(c, i) : broken(c, "the type does not suit");
    case IRC_INT:
        if (i->op == IR_INDEX || i->op == IR_SEXT32 || i->op == IR_ZEXT32)
            ok = t == IR_I64;
        else
            ok = is_int_type(t) && (i->op != IR_TRUNC || t == IR_I32);
        break;
    case IRC_CMP:
        ok = is_int_type(t);
        break;
    case IRC_EFFECT:
        ok = t == (ir_ops[i->op].result == '.' ? IR_VOID : i->op == IR_FFLAGS_GET ? IR_I32 : IR_I64);
        if (i->op == IR_ALLOCA && aux < 32)
            aux = 0;
        break;
    case IRC_TERM:
        ok = i->op == IR_SWITCH ? is_int_type(t) : t == IR_VOID;
        break;
    case IRC_CALL:
        ok = true;
        break;
    default:
        ok = (t == IR_VOID) == (i->op == IR_NOP);
        if (i->op == IR_BITCAST && i->a) {
            IrType from = ir_ref_type(c->f, i->a);
            ok = from != IR_VOID && ir_is_float(from) != ir_is_float(t) && ir_type_size(from) == ir_type_size(t);
        }
        break;
    }
    if (!ok)
        return broken(c, "the type does not suit");
    return aux == 0 || broken(c, "aux bits without a meaning");
}

/* Only functions that say so contain what frames and units must know of. */
static bool check_flags(Checker *c, const IrIns *i)
{
    unsigned flags = c->f->flags;
    switch (i->op) {
    case IR_ALLOCA:
        return flags & IR_FN_ALLOCA || broken(c, "the function is not marked alloca");
    case IR_VA_START:
        return flags & IR_FN_VARIADIC || broken(c, "the function is not variadic");
    case IR_EXIT: case IR_EXIT_INDIRECT: case IR_STATE_IN:
        return flags & IR_FN_UNIT || broken(c, "the function is no unit");
    default:
        return true;
    }
}

/* ---- state maps ---- */

/* An exit's map gives states of the contract new values, and nothing else. */
static bool check_exit_map(Checker *c, const IrStateMap *m)
{
    const IrFn *f = c->f;
    for (uint32_t k = 0; m && k < m->n; k++) {
        uint32_t id = (uint32_t)f->ops.p[m->first + 2 * k];
        const IrContract *want = contract_of(f, id);
        if (!want)
            return broken(c, "state %u of an exit's map is not in the contract", (unsigned)id);
        if (ir_ref_type(f, f->ops.p[m->first + 2 * k + 1]) != (IrType)want->type)
            return broken(c, "state %u should be %s", (unsigned)want->id, ir_type_words[want->type]);
    }
    return true;
}

static bool check_state(Checker *c, const IrIns *i)
{
    const IrFn *f = c->f;
    const IrStateMap *m = ir_state_of(f, (IrRef)c->ins);
    uint32_t k;
    if ((m != NULL) != ((i->aux & IR_HAS_STATE) != 0))
        return broken(c, "the mark for a state map and the map disagree");
    if (m && (m->first > f->ops.n || m->n > (f->ops.n - m->first) / 2))
        return broken(c, "the state map is out of range");
    for (k = 0; m && k < m->n; k++) {
        const int32_t *pair = &f->ops.p[m->first + 2 * k];
        if (k && (uint32_t)pair[-2] >= (uint32_t)pair[0])
            return broken(c, "the states of a map ascend");
        if (!check_use(c, pair[1], c->block, c->ins) || !check_slot_use(c, pair[1], false))
            return false;
    }
    return (i->op != IR_EXIT && i->op != IR_EXIT_INDIRECT) || check_exit_map(c, m);
}

/* ---- the walk ---- */

static bool check_operands(Checker *c, const IrIns *i)
{
    const char *letter = ir_ops[i->op].operands;
    int32_t v[3];
    v[0] = i->a, v[1] = i->b, v[2] = i->c;
    for (int k = 0; k < 3; k++) {
        bool ok = true;
        switch (letter[k]) {
        case 't': ok = check_value(c, v[k], (IrType)i->type); break;
        case 'i': ok = check_value(c, v[k], IR_I32); break;
        case 'l': case 'p': ok = check_value(c, v[k], IR_I64); break;
        case 'v': ok = check_value(c, v[k], IR_VOID); break;
        case '.': ok = v[k] == 0 || broken(c, "an operand that the operation does not have"); break;
        default: break;
        }
        if (!ok)
            return false;
    }
    return true;
}

static bool check_ins(Checker *c)
{
    const IrIns *i = &c->f->ins.p[c->ins];
    bool ok;
    if (i->type >= IR_TYPES)
        return broken(c, "no such type");
    if (!check_records(c, i))
        return false;
    switch (i->op) {
    case IR_PHI: ok = check_phi(c, i); break;
    case IR_CALL: ok = check_call(c, i); break;
    case IR_SWITCH: ok = check_switch(c, i); break;
    case IR_RET: ok = check_ret(c, i); break;
    case IR_JMP_IND: ok = check_value(c, i->a, IR_I64); break;
    case IR_PROJ: ok = check_proj(c, i); break;
    case IR_PARAM: case IR_STATE_IN: ok = check_head_value(c, i); break;
    default: ok = check_operands(c, i); break;
    }
    return ok && check_type(c, i) && check_flags(c, i) && check_state(c, i);
}

static bool check_function(Checker *c)
{
    const IrFn *f = c->f;
    uint32_t i;
    if (!f->sym || f->sym >= f->unit->syms.n)
        return broken(c, "the function has no symbol");
    if (!check_pieces(c, f->first_param, f->nparams, false) || !check_pieces(c, f->first_result, f->nresults, true))
        return false;
    for (i = 0; i < f->slots.n; i++) {
        const IrSlot *s = &f->slots.p[i];
        if (!s->align || (s->align & (s->align - 1)) || s->type >= IR_TYPES)
            return broken(c, "slot%u is malformed", (unsigned)i);
        if (s->flags & IR_SLOT_SCALAR && (s->type == IR_VOID || !s->size || s->size > ir_type_size(s->type)))
            return broken(c, "slot%u is scalar and has no type of its size", (unsigned)i);
    }
    if (f->contract.n && !(f->flags & IR_FN_UNIT))
        return broken(c, "a contract in a function that is no unit");
    if (f->flags & IR_FN_UNIT && (f->nparams || f->nresults))
        return broken(c, "a unit has parameters or results");
    for (i = 0; i < f->contract.n; i++) {
        const IrContract *k = &f->contract.p[i];
        if (k->type == IR_VOID || k->type >= IR_TYPES || (i && k[-1].id >= k->id))
            return broken(c, "the states of the contract ascend and have types");
        for (uint32_t j = 0; j < i && i < 256; j++)
            if (k->reg != IR_IN_FRAME && f->contract.p[j].reg == k->reg && ir_is_float(f->contract.p[j].type) == ir_is_float(k->type))
                return broken(c, "two states in register %u", (unsigned)k->reg);
    }
    for (i = 1; i < f->states.n; i++)
        if (f->states.p[i].ins <= f->states.p[i - 1].ins)
            return broken(c, "state maps do not ascend by instruction");
    return true;
}

const char *ir_check(Arena *a, const IrFn *f)
{
    Checker c;
    memset(&c, 0, sizeof c);
    c.arena = a;
    c.f = f;
    c.block = NOWHERE;
    if (!check_function(&c) || !check_layout(&c) || !check_edges(&c))
        return c.message;
    for (c.block = 0; c.block < f->order.n; c.block++) {
        const IrBlock *b = &f->blocks.p[f->order.p[c.block]];
        for (c.ins = b->first; c.ins < b->first + b->n; c.ins++)
            if (!check_ins(&c))
                return c.message;
        c.ins = 0;
        if (b->sym >= f->unit->syms.n) {
            broken(&c, "no such symbol");
            return c.message;
        }
    }
    return NULL;
}
