/* code: a function becomes bytecode. In: what ir_check accepts; out: an IrCode, or why not. Two passes: backward, who is used and how
 * long (liveness), and forward, instructions.
 *
 * The one idea: in a function whose jumps all go forward in the layout the life of a value is the stretch from its definition to its
 * last use. There a value that a map or exit gives to a contract state is written into the state's word at once, when the word's former
 * value has no use behind that point, maps included, nor does a map that does not name the state; such a state needs no move at exits
 * and faults. In other functions (with loops) every value has a word of its own.
 *
 * Requirements for one who adds an operation: (1) in `liveness`, which of its operands are asked for above the low half of an i32;
 * (2) in `code_ins`, instructions that read every operand before they write a result; (3) an i32 result is sign-extended, or `lazy`
 * holds for it. */
#include "ir/code.h"

/* Words behind the states: three for constants of operands, one for cycles of moves, one for results of no use. */
enum { TEMP = 0, TEMP_CYCLE = 3, TEMP_TRASH = 4, TEMPS = 5 };
enum { MAX_WORDS = IR_BC_IMM, MAX_EXITS = 65536 };

typedef struct Val {
    uint32_t last;             /* position of the last use (the number of an instruction) */
    uint32_t home;             /* its word + 1; 0: none yet */
    uint32_t want;             /* a contract state it becomes, + 1; 0: none */
    uint8_t uses;              /* 0, 1, 2: several */
    bool whole;                /* i32: somebody looks above the low half */
} Val;

typedef struct State {
    bool contract;
    uint32_t busy;             /* last position at which the word's content is asked for */
    uint32_t named;            /* the last instruction seen whose map names it */
} State;

typedef struct Fix { uint32_t at, block; } Fix;        /* a branch (or, UINT32_MAX - k, case k) and where it goes */
typedef struct Edge { uint32_t at, from, to; } Edge;   /* the same with moves on the way, code for which is still to come */

typedef struct Coder {
    const IrFn *f;
    Arena *scratch;
    const char *why;           /* the first thing that cannot be run */
    uint32_t nstates, nwords;
    bool forward;              /* every jump goes forward in the layout, and instructions are numbered in its order */
    Val *val;                  /* by instruction */
    State *state;
    uint32_t *open, nopen;     /* contract states whose `busy` is not settled yet */
    uint32_t map;              /* number of the map asked for last */
    uint32_t *pos;             /* of a block in the layout */
    uint32_t *start;           /* by block: index of its code */
    uint32_t *npreds;          /* by position: predecessors, */
    uint32_t *pred;            /* and the terminator of the last one */
    bool *inlined;             /* by position: part of the branch that goes there */
    uint32_t at;               /* block being coded: position */
    uint32_t side;             /* not 0: the block at hand is a side exit, of the branch that has this number */
    /* parallel moves, by word */
    uint16_t *source, *readers;
    bool *pending;
    uint16_t *ready;
    VEC(IrBcMove) todo;
    VEC(IrBc) code;
    VEC(Fix) fixes;
    VEC(Edge) edges;
    VEC(IrBcMap) maps;
    VEC(IrBcMove) moves;
    VEC(IrBcCase) cases;
    uint32_t longest_map;
} Coder;

static void refuse(Coder *c, const char *why)
{
    if (!c->why)
        c->why = why;
}

/* ---- what operations are ---- */

static bool is_pure(const IrIns *i)
{
    switch (ir_ops[i->op].class) {
    case IRC_INT: case IRC_CMP: case IRC_FCMP: case IRC_FLT: case IRC_PHI:
        return true;            /* a float operation nobody uses raises flags only when strict */
    case IRC_MISC:
        return i->op != IR_PARAM;
    default:
        return false;
    }
}

static bool is_dead(const Coder *c, uint32_t v)
{
    const IrIns *i = &c->f->ins.p[v];
    bool flags = (ir_ops[i->op].class == IRC_FLT || ir_ops[i->op].class == IRC_FCMP) && i->aux & IR_FLT_STRICT;
    return !c->val[v].uses && is_pure(i) && !flags;
}

/* Instructions that may leave the function in the middle, with the states of their map. */
static bool may_leave(unsigned op)
{
    return (ir_ops[op].class == IRC_LOAD || ir_ops[op].class == IRC_STORE || ir_ops[op].class == IRC_ATOMIC || op == IR_TRAP ||
            op == IR_UNREACHABLE) && op != IR_FENCE;
}

/* An i32 that is never negative, so that its sign-extended form is the zero-extended one. */
static bool is_natural(const IrFn *f, IrRef r)
{
    const IrIns *i = &f->ins.p[r];
    switch (ir_ops[i->op].class) {
    case IRC_CMP: case IRC_FCMP: return true;
    case IRC_LOAD: return (i->aux & IR_MEM_SIZE) < 2 && !(i->aux & IR_MEM_SIGNED);
    default: return i->op == IR_ZEXT8 || i->op == IR_ZEXT16 || i->op == IR_PROJ || i->op == IR_FFLAGS_GET;
    }
}

/* The i32 operations whose result has above the low half what the operands had there. */
static bool is_lazy(const IrIns *i)
{
    return i->type == IR_I32 && (i->op == IR_AND || i->op == IR_OR || i->op == IR_XOR || i->op == IR_NOT || i->op == IR_SELECT ||
                                 i->op == IR_MOVE);
}

/* Whether v stands in its operand's word. Asked when everything about v's uses is known. */
static bool is_alias(const Coder *c, uint32_t v)
{
    const IrIns *i = &c->f->ins.p[v];
    if (ir_is_const(i->a))
        return false;
    switch (i->op) {
    case IR_SEXT32: case IR_MOVE: return true;
    case IR_ZEXT32: return is_natural(c->f, i->a);
    case IR_TRUNC: return !c->val[v].whole;
    case IR_BITCAST: return i->type != IR_I32 || !c->val[v].whole;
    default: return false;
    }
}

/* The comparison v is made by the branch at the end of its block, which alone uses it. */
static bool is_fused(const Coder *c, const IrBlock *b, uint32_t v)
{
    const IrIns *i = &c->f->ins.p[v], *t = &c->f->ins.p[b->first + b->n - 1];
    return ir_ops[i->op].class == IRC_CMP && t->op == IR_BR && t->a == (IrRef)v && v - b->first < b->n && c->val[v].uses == 1;
}

/* ---- backward: uses ---- */

/* A block that one branch goes to and that leaves the function. */
static bool is_leaf(const Coder *c, uint32_t p)
{
    const IrBlock *b = &c->f->blocks.p[c->f->order.p[p]];
    unsigned op = c->f->ins.p[b->first + b->n - 1].op;
    return c->npreds[p] == 1 && (op == IR_EXIT || op == IR_EXIT_INDIRECT || op == IR_TRAP || op == IR_UNREACHABLE);
}

/* A side exit: a leaf apart from its branch. What it uses, it uses as if at the branch, wherever it stands; in return its own values are
 * in no state's word. (A leaf behind its branch may be the way straight on.) */
static bool is_side(const Coder *c, uint32_t p)
{
    if (!p || !is_leaf(c, p))
        return false;
    const IrBlock *before = &c->f->blocks.p[c->f->order.p[p - 1]];
    return c->pred[p] != before->first + before->n - 1;
}

/* r is used at a position; whole: also above the low half. */
static void use(Coder *c, IrRef r, uint32_t at, bool whole)
{
    if (r <= 0)
        return;
    Val *v = &c->val[r];
    if (c->side)
        at = c->side;
    if (at > v->last)
        v->last = at;
    v->uses += v->uses < 2;
    v->whole |= whole;
}

/* The map of instruction v, or NULL: near the one asked for last, as a rule. */
static const IrStateMap *map_of(Coder *c, uint32_t v)
{
    const IrFn *f = c->f;
    const IrStateMap *m;
    if (!(f->ins.p[v].aux & IR_HAS_STATE))
        return NULL;
    for (uint32_t k = c->map + 2; k-- > (c->map ? c->map - 1 : 0);)
        if (k < f->states.n && f->states.p[k].ins == v) {
            c->map = k;
            return &f->states.p[k];
        }
    m = ir_state_of(f, (IrRef)v);
    if (m)
        c->map = (uint32_t)(m - f->states.p);
    return m;
}

/* The map of an instruction that can leave: uses, and wishes. A contract state that is not named keeps what it had on entry. Positions
 * fall from call to call, but for side exits: the first that finds a state not named settles when its word is busy last. */
static void use_map(Coder *c, uint32_t at)
{
    const IrFn *f = c->f;
    const IrStateMap *m = map_of(c, at);
    uint32_t k, n = m ? m->n : 0, position = c->side ? c->side : at;
    for (k = 0; k < n; k++) {
        uint32_t id = (uint32_t)f->ops.p[m->first + 2 * k];
        IrRef r = f->ops.p[m->first + 2 * k + 1];
        if (id >= c->nstates) {
            refuse(c, "a state map names a state that is not in the frame");
            return;
        }
        c->state[id].named = at;
        use(c, r, position, true);
        if (r > 0 && !c->val[r].want && c->state[id].contract)
            c->val[r].want = id + 1;
    }
    for (k = 0; k < (c->side ? f->contract.n : c->nopen); k++) {
        State *s = &c->state[c->side ? f->contract.p[k].id : c->open[k]];
        if (s->named == at)
            continue;
        if (position > s->busy)
            s->busy = position;
        if (!c->side)
            c->open[k--] = c->open[--c->nopen];
    }
}

static void use_operands(Coder *c, const IrBlock *b, uint32_t v)
{
    const IrFn *f = c->f;
    const IrIns *i = &f->ins.p[v];
    const char *letter = ir_ops[i->op].operands;
    bool whole;
    uint32_t k, at = v;
    int32_t r[3];
    switch (i->op) {
    case IR_PHI:
        for (k = 0; k < (uint32_t)i->b; k++) {
            const IrBlock *from = &f->blocks.p[f->ops.p[(uint32_t)i->a + 2 * k]];
            use(c, f->ops.p[(uint32_t)i->a + 2 * k + 1], from->first + from->n - 1, true);
        }
        return;
    case IR_SEXT32: case IR_SWITCH: case IR_EXIT_INDIRECT: whole = true; break;
    case IR_BR:
        use(c, i->a, at, true);
        return;
    case IR_SELECT:
        use(c, i->a, at, true);
        whole = !c->forward || c->val[v].whole;
        use(c, i->b, at, whole);
        use(c, i->c, at, whole);
        return;
    case IR_ZEXT32: whole = i->a > 0 && is_natural(f, i->a); break;
    default:
        whole = ir_ops[i->op].class == IRC_CMP || (is_lazy(i) && (!c->forward || c->val[v].whole));
        break;
    }
    if (is_fused(c, b, v))
        at = b->first + b->n - 1;
    r[0] = i->a, r[1] = i->b, r[2] = i->c;
    for (k = 0; k < 3; k++)
        if (letter[k] == 't' || letter[k] == 'i' || letter[k] == 'l' || letter[k] == 'p' || letter[k] == 'v')
            use(c, r[k], at, whole);
    if (is_alias(c, v) && i->a > 0) {
        Val *a = &c->val[i->a];
        if (c->val[v].last > a->last)
            a->last = c->val[v].last;
        if (!a->want)
            a->want = c->val[v].want;
    }
}

static void liveness(Coder *c)
{
    const IrFn *f = c->f;
    for (uint32_t p = f->order.n; p-- > 0;) {
        const IrBlock *b = &f->blocks.p[f->order.p[p]];
        c->side = is_side(c, p) ? c->pred[p] : 0;
        for (uint32_t v = b->first + b->n; v-- > b->first;) {
            const IrIns *i = &f->ins.p[v];
            if (c->forward && is_dead(c, v))
                continue;
            if (may_leave(i->op) || i->op == IR_EXIT || i->op == IR_EXIT_INDIRECT)
                use_map(c, v);
            use_operands(c, b, v);
        }
    }
}

static void see_target(void *ctx, uint32_t block)
{
    Coder *c = ctx;
    uint32_t p = c->pos[block];
    const IrBlock *b = &c->f->blocks.p[c->f->order.p[c->at]];
    if (p <= c->at)
        c->forward = false;
    c->npreds[p]++;
    c->pred[p] = b->first + b->n - 1;
}

static void find_order(Coder *c)
{
    const IrFn *f = c->f;
    uint32_t p;
    for (p = 0; p < f->order.n; p++)
        c->pos[f->order.p[p]] = p;
    c->forward = true;
    for (c->at = 0; c->at < f->order.n; c->at++) {
        const IrBlock *b = &f->blocks.p[f->order.p[c->at]];
        if (c->at && f->blocks.p[f->order.p[c->at - 1]].first >= b->first)
            c->forward = false;
        ir_successors(f, &f->ins.p[b->first + b->n - 1], see_target, c);
    }
}

/* ---- forward: words ---- */

static uint32_t new_word(Coder *c)
{
    if (c->nwords >= MAX_WORDS) {
        refuse(c, "too many values");
        return c->nstates + TEMP_TRASH;
    }
    return c->nwords++;
}

/* The word of a value; one is found for what comes later in the layout. */
static uint16_t home(Coder *c, IrRef r)
{
    if (!c->val[r].home)
        c->val[r].home = new_word(c) + 1;
    return (uint16_t)(c->val[r].home - 1);
}

/* Where the instruction at a position writes v. */
static uint16_t result(Coder *c, uint32_t v, uint32_t at)
{
    Val *x = &c->val[v];
    if (!x->uses)
        return (uint16_t)(c->nstates + TEMP_TRASH);
    if (c->forward && !c->side && !x->home && x->want && c->state[x->want - 1].busy <= at) {
        c->state[x->want - 1].busy = x->last;
        x->home = x->want;
    }
    return home(c, (IrRef)v);
}

static IrBc *emit(Coder *c, IrBcOp op, uint32_t d, uint32_t a, uint32_t b, int64_t imm)
{
    IrBc i;
    i.op = (uint16_t)op;
    i.d = (uint16_t)d;
    i.a = (uint16_t)a;
    i.b = (uint16_t)b;
    i.u.imm = imm;
    vec_push(c->scratch, &c->code, i);
    return &vec_last(&c->code);
}

static void emit_xy(Coder *c, IrBcOp op, uint32_t d, uint32_t a, uint32_t b, int32_t x, int32_t y)
{
    IrBc *i = emit(c, op, d, a, b, 0);
    i->u.n.x = x;
    i->u.n.y = y;
}

static int64_t constant(Coder *c, IrRef r)
{
    const IrConst *k = ir_const(c->f, r);
    switch (k->kind) {
    case IR_C_INT: case IR_C_FLT: return k->v;
    case IR_C_UNDEF: return 0;
    case IR_C_SLOT: refuse(c, "stack slots"); return 0;
    default: refuse(c, "addresses of symbols and arguments"); return 0;
    }
}

static bool fits_x(int64_t v) { return v == (int32_t)v; }

/* The word an operand is read from; a constant comes into temporary k first. */
static uint16_t operand(Coder *c, IrRef r, unsigned k)
{
    if (!ir_is_const(r))
        return home(c, r);
    emit(c, BC_LDI, c->nstates + TEMP + k, 0, 0, constant(c, r));
    return (uint16_t)(c->nstates + TEMP + k);
}

/* ---- parallel moves ---- */

static void want_move(Coder *c, uint32_t to, IrRef r)
{
    IrBcMove m;
    m.to = (uint16_t)to;
    m.from = IR_BC_IMM;
    m.imm = 0;
    if (ir_is_const(r))
        m.imm = constant(c, r);
    else
        m.from = home(c, r);
    if (m.from != m.to)
        vec_push(c->scratch, &c->todo, m);
}

static void move_now(Coder *c, uint16_t to, uint16_t from, uint32_t *nready)
{
    emit(c, BC_MOV, to, from, 0, 0);
    c->pending[to] = false;
    if (--c->readers[from] == 0 && c->pending[from])
        c->ready[(*nready)++] = from;
}

/* Does c->todo, all at once: first what no other move reads, then cycles through a temporary, constants last. */
static void do_moves(Coder *c)
{
    uint32_t k, nready = 0;
    uint16_t tmp = (uint16_t)(c->nstates + TEMP_CYCLE);
    for (k = 0; k < c->todo.n; k++) {
        const IrBcMove *m = &c->todo.p[k];
        if (m->from == IR_BC_IMM)
            continue;
        c->source[m->to] = m->from;
        c->pending[m->to] = true;
        c->readers[m->from]++;
    }
    for (k = 0; k < c->todo.n; k++)
        if (c->todo.p[k].from != IR_BC_IMM && !c->readers[c->todo.p[k].to])
            c->ready[nready++] = c->todo.p[k].to;
    while (nready) {
        uint16_t to = c->ready[--nready];
        move_now(c, to, c->source[to], &nready);
    }
    for (k = 0; k < c->todo.n; k++) {
        uint16_t first = c->todo.p[k].to, to = first;
        if (c->todo.p[k].from == IR_BC_IMM || !c->pending[first])
            continue;
        emit(c, BC_MOV, tmp, first, 0, 0);
        for (; c->source[to] != first; to = c->source[to])
            move_now(c, to, c->source[to], &nready);
        emit(c, BC_MOV, to, tmp, 0, 0);
        c->pending[to] = false;
        c->readers[first]--;
        nready = 0;
    }
    for (k = 0; k < c->todo.n; k++)
        if (c->todo.p[k].from == IR_BC_IMM)
            emit(c, BC_LDI, c->todo.p[k].to, 0, 0, c->todo.p[k].imm);
    c->todo.n = 0;
}

/* The phis of a block as block number `from` leaves them, into c->todo. */
static void want_phis(Coder *c, uint32_t from, uint32_t to)
{
    const IrFn *f = c->f;
    const IrBlock *b = &f->blocks.p[to];
    for (uint32_t v = b->first; f->ins.p[v].op == IR_PHI; v++) {
        const IrIns *i = &f->ins.p[v];
        if (!c->val[v].uses)
            continue;
        for (uint32_t k = 0; k < (uint32_t)i->b; k++)
            if ((uint32_t)f->ops.p[(uint32_t)i->a + 2 * k] == from) {
                want_move(c, home(c, (IrRef)v), f->ops.p[(uint32_t)i->a + 2 * k + 1]);
                break;
            }
    }
}

/* The state map of the instruction just coded, as what a fault has to move. */
static void keep_map(Coder *c, uint32_t v)
{
    const IrFn *f = c->f;
    const IrStateMap *m = map_of(c, v);
    IrBcMap map;
    if (!m || c->why)
        return;
    map.at = c->code.n - 1;
    map.first = c->moves.n;
    for (uint32_t k = 0; k < m->n; k++) {
        uint32_t before = c->todo.n;
        want_move(c, (uint32_t)f->ops.p[m->first + 2 * k], f->ops.p[m->first + 2 * k + 1]);
        if (c->todo.n > before)
            vec_push(c->scratch, &c->moves, c->todo.p[before]);
        c->todo.n = before;
    }
    map.n = c->moves.n - map.first;
    if (map.n)
        vec_push(c->scratch, &c->maps, map);
    if (map.n > c->longest_map)
        c->longest_map = map.n;
}

/* ---- operations ---- */

/* Bytecode of an integer operation by the kind of its operands; MOV: none. */
typedef struct Row { uint8_t rr, ri, rrw, riw; } Row;
static Row row_of(unsigned op)
{
    static const Row none = { BC_MOV, BC_MOV, BC_MOV, BC_MOV };
    static const Row rows[] = {
        { BC_ADD, BC_ADDI, BC_ADDW, BC_ADDWI }, { BC_SUB, BC_MOV, BC_SUBW, BC_MOV }, { BC_MUL, BC_MULI, BC_MULW, BC_MULWI },
        { BC_AND, BC_ANDI, BC_AND, BC_ANDI }, { BC_OR, BC_ORI, BC_OR, BC_ORI }, { BC_XOR, BC_XORI, BC_XOR, BC_XORI },
        { BC_SHL, BC_SHLI, BC_SHLW, BC_SHLWI }, { BC_LSHR, BC_LSHRI, BC_LSHRW, BC_LSHRWI }, { BC_ASHR, BC_ASHRI, BC_ASHRW, BC_ASHRWI },
    };
    switch (op) {
    case IR_ADD: return rows[0];
    case IR_SUB: return rows[1];
    case IR_MUL: return rows[2];
    case IR_AND: return rows[3];
    case IR_OR: return rows[4];
    case IR_XOR: return rows[5];
    case IR_SHL: return rows[6];
    case IR_LSHR: return rows[7];
    case IR_ASHR: return rows[8];
    default: return none;
    }
}

static void code_int2(Coder *c, uint32_t v, const IrIns *i)
{
    Row row = row_of(i->op);
    bool w = i->type == IR_I32, shift = i->op == IR_SHL || i->op == IR_LSHR || i->op == IR_ASHR;
    IrRef a = i->a, b = i->b;
    if (ir_is_const(a) && !ir_is_const(b) && !shift && i->op != IR_SUB) {
        a = i->b;
        b = i->a;
    }
    uint16_t wa = operand(c, a, 0), wb;
    IrBcOp ri = w ? row.riw : row.ri;
    if (ir_is_const(b) && ri != BC_MOV) {
        int64_t k = constant(c, b);
        emit(c, ri, result(c, v, v), wa, 0, shift ? k & (w ? 31 : 63) : k);
        return;
    }
    wb = operand(c, b, 1);
    emit(c, w ? row.rrw : row.rr, result(c, v, v), wa, wb, 0);
}

/* Order of comparisons (ops.def): EQ NE SLT SGE SLE SGT ULT UGE ULE UGT. */
static unsigned mirrored(unsigned k)
{
    static const uint8_t to[10] = { 0, 1, 5, 4, 3, 2, 9, 8, 7, 6 };
    return to[k];
}

/* A comparison's operands, a constant second; gives its number, *b and *imm. */
static unsigned comparison(const IrIns *i, IrRef *a, IrRef *b)
{
    bool swap = ir_is_const(i->a) && !ir_is_const(i->b);
    *a = swap ? i->b : i->a;
    *b = swap ? i->a : i->b;
    return swap ? mirrored(i->op - IR_EQ) : (unsigned)i->op - IR_EQ;
}

static void code_compare(Coder *c, uint32_t v, const IrIns *i)
{
    IrRef a, b;
    unsigned k = comparison(i, &a, &b);
    uint16_t wa = operand(c, a, 0);
    if (ir_is_const(b)) {
        int64_t imm = constant(c, b);
        emit(c, (IrBcOp)(BC_EQI + k), result(c, v, v), wa, 0, imm);
        return;
    }
    uint16_t wb = operand(c, b, 1);
    emit(c, (IrBcOp)(BC_EQ + k), result(c, v, v), wa, wb, 0);
}

static void code_one(Coder *c, uint32_t v, const IrIns *i, IrBcOp op)
{
    uint16_t a = operand(c, i->a, 0);
    emit(c, op, result(c, v, v), a, 0, 0);
}

/* The word of `proj 1` of v. */
static uint16_t second_result(Coder *c, uint32_t v)
{
    const IrIns *next = &c->f->ins.p[v + 1];
    return next->op == IR_PROJ && next->a == (IrRef)v ? result(c, v + 1, v) : (uint16_t)(c->nstates + TEMP_TRASH);
}

static void code_int(Coder *c, uint32_t v, const IrIns *i)
{
    bool two = ir_ops[i->op].operands[1] == 't', wide = i->type == IR_I64;
    uint16_t a = operand(c, i->a, 0), b = two ? operand(c, i->b, 1) : 0, d = result(c, v, v);
    int32_t y = (int32_t)i->op | (wide ? 256 : 0);
    if (i->op >= IR_SADDO && i->op <= IR_UMULO)
        emit_xy(c, BC_OVER, d, a, b, second_result(c, v), y);
    else
        emit_xy(c, BC_INT, d, a, b, 0, y);
}

static void code_float(Coder *c, uint32_t v, const IrIns *i)
{
    const char *letter = ir_ops[i->op].operands;
    uint16_t a = operand(c, i->a, 0), b = letter[1] == 't' ? operand(c, i->b, 1) : a, x = letter[2] == 't' ? operand(c, i->c, 2) : a;
    emit_xy(c, BC_FLT, result(c, v, v), a, b, x, IR_BC_FLT(i->op, i->type, ir_ref_type(c->f, i->a), i->aux & 31));
}

static void code_load(Coder *c, uint32_t v, const IrIns *i)
{
    static const uint8_t ops[4][2] = { { BC_LD8U, BC_LD8S }, { BC_LD16U, BC_LD16S }, { BC_LD32U, BC_LD32S }, { BC_LD64, BC_LD64 } };
    uint16_t a = operand(c, i->a, 0);
    unsigned size = i->aux & IR_MEM_SIZE;
    bool sign = i->aux & IR_MEM_SIGNED || (size == 2 && i->type == IR_I32);
    emit(c, (IrBcOp)ops[size][sign], result(c, v, v), a, 0, i->c);
    keep_map(c, v);
}

static void code_store(Coder *c, uint32_t v, const IrIns *i)
{
    unsigned size = i->aux & IR_MEM_SIZE;
    uint16_t a = operand(c, i->a, 0);
    int64_t k = ir_is_const(i->b) ? constant(c, i->b) : 0;
    if (ir_is_const(i->b) && fits_x(k))
        emit_xy(c, (IrBcOp)(BC_ST8I + size), 0, a, 0, i->c, (int32_t)k);
    else
        emit(c, (IrBcOp)(BC_ST8 + size), 0, a, operand(c, i->b, 1), i->c);
    keep_map(c, v);
}

static void code_atomic(Coder *c, uint32_t v, const IrIns *i)
{
    uint16_t a, b, x, d;
    unsigned size = i->aux & IR_MEM_SIZE;
    bool sign = size == 2 && i->type == IR_I32;
    if (i->op == IR_FENCE)
        return;
    a = operand(c, i->a, 0);
    b = operand(c, i->b, 1);
    x = i->op == IR_CAS ? operand(c, i->c, 2) : 0;
    d = result(c, v, v);
    if (i->op == IR_CAS)
        emit_xy(c, BC_CAS, d, a, b, x, IR_BC_ATOMIC(size, sign, second_result(c, v)));
    else
        emit_xy(c, BC_RMW, d, a, b, i->c, IR_BC_ATOMIC(size, sign, 0));
    keep_map(c, v);
}

/* The moves that an exit's map asks for, into c->todo. */
static void want_map(Coder *c, uint32_t v)
{
    const IrFn *f = c->f;
    const IrStateMap *m = map_of(c, v);
    for (uint32_t k = 0; m && k < m->n; k++)
        want_move(c, (uint32_t)f->ops.p[m->first + 2 * k], f->ops.p[m->first + 2 * k + 1]);
}

/* The map of an exit as moves; indirect: the guest's address, in *word, is not to be lost by them. */
static void code_exit_moves(Coder *c, uint32_t v, IrRef indirect, uint16_t *word)
{
    want_map(c, v);
    if (indirect && !ir_is_const(indirect)) {
        *word = home(c, indirect);
        for (uint32_t k = 0; k < c->todo.n; k++)
            if (c->todo.p[k].to == *word) {
                want_move(c, c->nstates + TEMP, indirect);
                *word = (uint16_t)(c->nstates + TEMP);
                break;
            }
    }
    do_moves(c);
    if (indirect && ir_is_const(indirect))
        *word = operand(c, indirect, 0);
}

static uint16_t exit_number(Coder *c, const IrIns *i)
{
    if (i->a < 0 || i->a >= MAX_EXITS)
        refuse(c, "the number of an exit");
    return (uint16_t)i->a;
}

static void emit_exit(Coder *c, IrBcOp op, uint32_t exit, uint32_t a, uint32_t b)
{
    emit(c, op, exit, a, b, 0)->u.to = NULL;
}

static void code_exit(Coder *c, uint32_t v, const IrIns *i)
{
    uint16_t word = 0;
    if (i->op == IR_EXIT_INDIRECT) {
        code_exit_moves(c, v, i->a, &word);
        emit(c, BC_EXIT_INDIRECT, 0, word, 0, 0);
        return;
    }
    code_exit_moves(c, v, IR_NONE, NULL);
    emit_exit(c, BC_EXIT, exit_number(c, i), 0, 0);
}

/* ---- branches ---- */

/* The branch just coded goes from the block at hand to `to`; moves on the way are coded later, beside the path. */
static void go(Coder *c, uint32_t at, uint32_t to)
{
    uint32_t from = c->f->order.p[c->at];
    want_phis(c, from, to);
    if (c->todo.n) {
        Edge e = { at, from, to };
        vec_push(c->scratch, &c->edges, e);
    } else {
        Fix x = { at, to };
        vec_push(c->scratch, &c->fixes, x);
    }
    c->todo.n = 0;
}

/* The block whose code comes next. */
static uint32_t next_block(const Coder *c)
{
    uint32_t p = c->at + 1;
    while (p < c->f->order.n && c->inlined[p])
        p++;
    return p < c->f->order.n ? c->f->order.p[p] : UINT32_MAX;
}

/* The end of a path: moves, then the jump, unless the target comes next. */
static void code_jump(Coder *c, uint32_t from, uint32_t to, bool falls)
{
    want_phis(c, from, to);
    do_moves(c);
    if (falls && next_block(c) == to)
        return;
    emit(c, BC_JMP, 0, 0, 0, 0);
    Fix x = { c->code.n - 1, to };
    vec_push(c->scratch, &c->fixes, x);
}

/* A side exit whose states are all in their places is part of the branch to it. */
static const IrIns *bare_exit(Coder *c, uint32_t block)
{
    const IrFn *f = c->f;
    const IrBlock *b = &f->blocks.p[block];
    const IrIns *i = &f->ins.p[b->first];
    uint32_t p = c->pos[block], moves;
    if (!c->forward || b->n != 1 || i->op != IR_EXIT || !is_leaf(c, p))
        return NULL;
    want_map(c, b->first);
    moves = c->todo.n;
    c->todo.n = 0;
    if (moves)
        return NULL;
    c->inlined[p] = true;
    return i;
}

static void code_branch(Coder *c, const IrIns *i)
{
    const IrFn *f = c->f;
    const IrBlock *b = &f->blocks.p[f->order.p[c->at]];
    uint32_t yes = (uint32_t)i->b, no = (uint32_t)i->c, next = next_block(c);
    IrRef l = i->a, r = IR_NONE;
    unsigned k = 1;             /* NE 0 */
    if (!ir_is_const(i->a) && is_fused(c, b, (uint32_t)i->a))
        k = comparison(&f->ins.p[i->a], &l, &r);
    if (yes == next) {
        k ^= 1;
        yes = no;
        no = next;
    }
    const IrIns *out = bare_exit(c, yes);
    if (!out && (out = bare_exit(c, no)) != NULL) {
        k ^= 1;
        no = yes;
    }
    int64_t imm = ir_is_const(r) ? constant(c, r) : 0;
    bool immediate = r == IR_NONE || (ir_is_const(r) && (out ? imm == (int16_t)imm : fits_x(imm)));
    uint16_t a = operand(c, l, 0), b2 = immediate ? 0 : operand(c, r, 1);
    if (out)
        emit_exit(c, (IrBcOp)((immediate ? BC_XEQI : BC_XEQ) + k), exit_number(c, out), a, immediate ? (uint16_t)imm : b2);
    else
        emit_xy(c, (IrBcOp)((immediate ? BC_JEQI : BC_JEQ) + k), 0, a, b2, (int32_t)imm, 0);
    if (!out)
        go(c, c->code.n - 1, yes);
    code_jump(c, f->order.p[c->at], no, true);
}

static void code_switch(Coder *c, const IrIns *i)
{
    const IrSwitch *s = &c->f->switches.p[i->b];
    uint16_t a = operand(c, i->a, 0);
    uint32_t first = c->cases.n, k;
    for (k = 0; k <= s->ncases; k++) {
        const IrCase *from = &c->f->cases.p[s->first_case + k];
        IrBcCase x = { 0, 0, (int32_t)c->code.n };     /* so that patching makes it a distance from the SWITCH */
        if (k < s->ncases) {
            x.lo = from->lo;
            x.hi = from->hi;
        }
        vec_push(c->scratch, &c->cases, x);
        go(c, UINT32_MAX - first - k, k < s->ncases ? from->block : s->otherwise);
    }
    emit_xy(c, BC_SWITCH, 0, a, 0, (int32_t)first, (int32_t)s->ncases);
}

static void patch(Coder *c, uint32_t at, uint32_t target)
{
    if (at >= UINT32_MAX - c->cases.n) {
        IrBcCase *k = &c->cases.p[UINT32_MAX - at];
        k->y = (int32_t)(target - (uint32_t)k->y);
    } else {
        c->code.p[at].u.n.y = (int32_t)(target - at);
    }
}

static void finish_branches(Coder *c)
{
    uint32_t k;
    for (k = 0; k < c->edges.n; k++) {
        Edge e = c->edges.p[k];
        patch(c, e.at, c->code.n);
        code_jump(c, e.from, e.to, false);
    }
    for (k = 0; k < c->fixes.n; k++)
        patch(c, c->fixes.p[k].at, c->start[c->fixes.p[k].block]);
}

/* ---- the walk ---- */

static void code_misc(Coder *c, uint32_t v, const IrIns *i)
{
    uint16_t a, b, x;
    switch (i->op) {
    case IR_NOP: case IR_PHI: case IR_PROJ: return;
    case IR_MOVE: code_one(c, v, i, BC_MOV); return;
    case IR_BITCAST: code_one(c, v, i, i->type == IR_I32 ? BC_SEXT32 : BC_MOV); return;
    case IR_SELECT:
        a = operand(c, i->a, 0);
        b = operand(c, i->b, 1);
        x = operand(c, i->c, 2);
        emit_xy(c, BC_SELECT, result(c, v, v), a, b, x, 0);
        return;
    case IR_STATE_IN:
        if ((uint32_t)i->a >= c->nstates) {
            refuse(c, "the contract names a state that is not in the frame");
            return;
        }
        c->val[v].home = (uint32_t)i->a + 1;
        if (c->val[v].last > c->state[i->a].busy)
            c->state[i->a].busy = c->val[v].last;
        return;
    case IR_COPY: case IR_FILL:
        a = operand(c, i->a, 0);
        emit(c, i->op == IR_COPY ? BC_COPY : BC_FILL, 0, a, operand(c, i->b, 1), i->c);
        keep_map(c, v);
        return;
    case IR_FFLAGS_GET: emit(c, BC_FLAGS_GET, result(c, v, v), 0, 0, 0); return;
    case IR_FFLAGS_SET: emit(c, BC_FLAGS_SET, 0, operand(c, i->a, 0), 0, 0); return;
    case IR_PARAM: refuse(c, "parameters"); return;
    case IR_CALL: refuse(c, "calls"); return;
    case IR_RET: refuse(c, "functions that return"); return;
    case IR_VA_START: refuse(c, "variadic functions"); return;
    case IR_JMP_IND: refuse(c, "computed jumps"); return;
    default: refuse(c, "alloca and the stack"); return;
    }
}

static void code_int1(Coder *c, uint32_t v, const IrIns *i)
{
    uint16_t a, b;
    switch (i->op) {
    case IR_NEG: code_one(c, v, i, i->type == IR_I64 ? BC_NEG : BC_NEGW); return;
    case IR_NOT: code_one(c, v, i, BC_NOT); return;
    case IR_SEXT8: code_one(c, v, i, BC_SEXT8); return;
    case IR_SEXT16: code_one(c, v, i, BC_SEXT16); return;
    case IR_ZEXT8: code_one(c, v, i, BC_ZEXT8); return;
    case IR_ZEXT16: code_one(c, v, i, BC_ZEXT16); return;
    case IR_SEXT32: case IR_TRUNC: code_one(c, v, i, BC_SEXT32); return;
    case IR_ZEXT32: code_one(c, v, i, BC_ZEXT32); return;
    case IR_INDEX:
        a = operand(c, i->a, 0);
        b = operand(c, i->b, 1);
        emit(c, BC_INDEX, result(c, v, v), a, b, i->c);
        return;
    default:
        if (row_of(i->op).rr != BC_MOV)
            code_int2(c, v, i);
        else
            code_int(c, v, i);
        return;
    }
}

static void code_ins(Coder *c, const IrBlock *b, uint32_t v)
{
    const IrIns *i = &c->f->ins.p[v];
    if (is_dead(c, v))
        return;
    if (is_alias(c, v)) {
        c->val[v].home = home(c, i->a) + 1u;
        return;
    }
    switch (ir_ops[i->op].class) {
    case IRC_INT: code_int1(c, v, i); return;
    case IRC_CMP:
        if (!is_fused(c, b, v))
            code_compare(c, v, i);
        return;
    case IRC_FCMP: case IRC_FLT: code_float(c, v, i); return;
    case IRC_LOAD: code_load(c, v, i); return;
    case IRC_ATOMIC: code_atomic(c, v, i); return;
    default: break;
    }
    switch (i->op) {
    case IR_STORE: code_store(c, v, i); return;
    case IR_JMP: code_jump(c, c->f->order.p[c->at], (uint32_t)i->a, true); return;
    case IR_BR: code_branch(c, i); return;
    case IR_SWITCH: code_switch(c, i); return;
    case IR_EXIT: case IR_EXIT_INDIRECT: code_exit(c, v, i); return;
    case IR_TRAP: case IR_UNREACHABLE:
        emit_xy(c, BC_TRAP, 0, 0, 0, i->op == IR_TRAP ? i->a : 0, 0);
        keep_map(c, v);
        return;
    default: code_misc(c, v, i); return;
    }
}

static bool prepare(Coder *c)
{
    const IrFn *f = c->f;
    uint32_t k, words = c->nstates + TEMPS + f->ins.n;
    if (c->nstates >= MAX_WORDS / 2) {
        refuse(c, "too many states");
        return false;
    }
    c->val = arena_array(c->scratch, Val, f->ins.n);
    c->state = arena_array(c->scratch, State, c->nstates + 1);
    c->open = arena_array(c->scratch, uint32_t, f->contract.n + 1);
    c->pos = arena_array(c->scratch, uint32_t, f->blocks.n);
    c->start = arena_array(c->scratch, uint32_t, f->blocks.n);
    c->npreds = arena_array(c->scratch, uint32_t, f->order.n);
    c->pred = arena_array(c->scratch, uint32_t, f->order.n);
    c->inlined = arena_array(c->scratch, bool, f->order.n);
    c->source = arena_array(c->scratch, uint16_t, words);
    c->readers = arena_array(c->scratch, uint16_t, words);
    c->pending = arena_array(c->scratch, bool, words);
    c->ready = arena_array(c->scratch, uint16_t, words);
    c->nwords = c->nstates + TEMPS;
    vec_reserve(c->scratch, &c->code, f->ins.n + 16);
    for (k = 0; k < f->contract.n; k++) {
        if (f->contract.p[k].id >= c->nstates) {
            refuse(c, "the contract names a state that is not in the frame");
            return false;
        }
        c->state[f->contract.p[k].id].contract = true;
        c->open[c->nopen++] = f->contract.p[k].id;
    }
    return true;
}

static void *kept(Arena *a, const void *p, size_t n, size_t *size)
{
    void *q = arena_alloc(a, n + 1);
    if (n)
        memcpy(q, p, n);
    *size += n;
    return q;
}

static IrCode *finish(const Coder *c, Arena *a)
{
    size_t n = sizeof(IrCode) + c->code.n * sizeof(IrBc);
    IrCode *k = arena_alloc(a, n);
    memset(k, 0, sizeof *k);
    memcpy(k->code, c->code.p, c->code.n * sizeof(IrBc));
    k->size = n;
    k->ncode = c->code.n;
    k->maps = kept(a, c->maps.p, c->maps.n * sizeof *k->maps, &k->size);
    k->nmaps = c->maps.n;
    k->moves = kept(a, c->moves.p, c->moves.n * sizeof *k->moves, &k->size);
    k->cases = kept(a, c->cases.p, c->cases.n * sizeof *k->cases, &k->size);
    k->spare = c->nwords;
    k->nwords = c->nwords + c->longest_map;
    k->cost = 1;
    return k;
}

IrCode *ir_code_new(Arena *a, const IrFn *f, uint32_t nstates, const char **why)
{
    Coder c;
    memset(&c, 0, sizeof c);
    c.f = f;
    c.scratch = f->arena;
    c.nstates = nstates;
    if (prepare(&c)) {
        find_order(&c);
        liveness(&c);
    }
    for (c.at = 0; c.at < f->order.n && !c.why; c.at++) {
        const IrBlock *b = &f->blocks.p[f->order.p[c.at]];
        c.start[f->order.p[c.at]] = c.code.n;
        c.side = is_side(&c, c.at) ? c.pred[c.at] : 0;
        for (uint32_t v = b->first; v < b->first + b->n && !c.why && !c.inlined[c.at]; v++)
            code_ins(&c, b, v);
    }
    if (!c.why)
        finish_branches(&c);
    if (c.why) {
        *why = c.why;
        return NULL;
    }
    return finish(&c, a);
}
