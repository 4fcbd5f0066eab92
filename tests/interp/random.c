/* Random units, run by the interpreter and by an evaluator that walks the IR value by value. Forward ones are lifted code's like: straight
 * lines with side exits, joins, and accesses that fault, with maps that name what a state is just then. The others have loops. */
#include "test.h"

enum { STATES = 6, MAX_VALS = 600, MAX_STEPS = 3000 };

static IrFn *f;
static IrRef state[STATES];        /* what each state is at this place; state id is 10 + 3 * k */
static IrRef vals[MAX_VALS];       /* i64 values that dominate this place */
static IrRef lows[MAX_VALS];       /* i32 */
static uint32_t nvals, nlows, nexits;

static uint32_t id_of(int k) { return 10u + 3u * (uint32_t)k; }

static IrRef pick(void)
{
    static const int64_t k[] = { 0, 1, -1, 8, 255, 0x10000, 0x7fffffff, -0x80000000LL, 0x123456789abcdef };
    if (rnd() % 5 == 0)
        return ir_int(f, IR_I64, k[rnd() % countof(k)]);
    return rnd() % 2 ? state[rnd() % STATES] : vals[rnd() % nvals];
}

static IrRef pick_low(void)
{
    if (!nlows || rnd() % 5 == 0)
        return ir_int(f, IR_I32, (int32_t)(rnd() >> rnd() % 63));
    return lows[rnd() % nlows];
}

static void keep(IrRef v)
{
    if (nvals < MAX_VALS)
        vals[nvals++] = v;
    if (rnd() % 2)
        state[rnd() % STATES] = v;
}

static void keep_low(IrRef v)
{
    if (nlows < MAX_VALS)
        lows[nlows++] = v;
}

/* The states of the moment, some left out unless all: then a state is what it was on entry. */
static void map(IrRef at, bool all)
{
    int32_t pairs[2 * STATES + 2];
    uint32_t n = 0;
    for (int k = 0; k < STATES; k++)
        if (all || rnd() % 8) {
            pairs[2 * n] = (int32_t)id_of(k);
            pairs[2 * n++ + 1] = state[k];
        }
    if (!all) {
        pairs[2 * n] = 64;
        pairs[2 * n++ + 1] = ir_int(f, IR_I64, at);
    }
    ir_state(f, at, pairs, n);
}

static void leave(void)
{
    if (rnd() % 6 == 0) {
        IrRef a = pick();
        map(ir_ins(f, IR_EXIT_INDIRECT, IR_VOID, 0, a, 0, 0), true);
    } else if (rnd() % 12 == 0) {
        map(ir_ins(f, IR_TRAP, IR_VOID, 0, (int32_t)(rnd() % 9), 0, 0), false);
    } else {
        map(ir_ins(f, IR_EXIT, IR_VOID, 0, (int32_t)nexits++, 0, 0), true);
    }
}

/* No constant, so that both ways stay open. */
static IrRef condition(void)
{
    IrOp op = (IrOp)(IR_EQ + rnd() % 10);
    IrRef v = ir_int(f, IR_I32, 0);
    switch (rnd() % 4) {
    case 0: return ir_append(f, op, IR_I32, 0, pick_low(), pick_low(), 0);
    case 1:
        if (nlows)
            v = lows[rnd() % nlows];
        if (!ir_is_const(v))
            return v;
        break;
    default: break;
    }
    return ir_append(f, op, IR_I64, 0, pick(), pick(), 0);
}

/* An address that is mostly good. */
static IrRef address(void)
{
    IrRef a = ir_op2(f, IR_AND, IR_I64, pick(), ir_int(f, IR_I64, rnd() % 3 ? 0xff8 : 0x1fff));
    if (rnd() % 15 == 0)
        return pick();
    return ir_op2(f, IR_ADD, IR_I64, a, ir_int(f, IR_I64, rnd() % 5 ? 0x20000 : 0x10000));
}

static void one_op(void)
{
    static const IrOp two[] = { IR_ADD, IR_SUB, IR_MUL, IR_MULHS, IR_MULHU, IR_SDIV, IR_UDIV, IR_SREM, IR_UREM, IR_AND, IR_OR, IR_XOR,
                                IR_SHL, IR_LSHR, IR_ASHR, IR_ROTL, IR_ROTR };
    static const IrOp one[] = { IR_NEG, IR_NOT, IR_CLZ, IR_CTZ, IR_POPCNT, IR_BSWAP, IR_SEXT8, IR_SEXT16, IR_ZEXT8, IR_ZEXT16 };
    IrRef v, a;
    unsigned size = (unsigned)(rnd() % 4);
    switch (rnd() % 16) {
    case 0: case 1: case 2: case 3:
        keep(ir_op2(f, two[rnd() % countof(two)], IR_I64, pick(), pick()));
        break;
    case 4: case 5:
        keep_low(ir_op2(f, two[rnd() % countof(two)], IR_I32, pick_low(), pick_low()));
        break;
    case 6:
        if (rnd() % 2)
            keep(ir_op1(f, one[rnd() % countof(one)], IR_I64, pick()));
        else
            keep_low(ir_op1(f, one[rnd() % countof(one)], IR_I32, pick_low()));
        break;
    case 7:
        keep(ir_op1(f, rnd() % 2 ? IR_SEXT32 : IR_ZEXT32, IR_I64, pick_low()));
        break;
    case 8:
        if (rnd() % 4 == 0)
            keep(ir_append(f, IR_MOVE, IR_I64, 0, pick(), 0, 0));
        else if (rnd() % 4 == 0)
            keep_low(ir_append(f, IR_MOVE, IR_I32, 0, pick_low(), 0, 0));
        else
            keep_low(ir_op1(f, IR_TRUNC, IR_I32, pick()));
        break;
    case 9:
        keep_low(condition());
        break;
    case 10:
        if (rnd() % 2)
            keep(ir_ins(f, IR_SELECT, IR_I64, 0, pick_low(), pick(), pick()));
        else
            keep_low(ir_ins(f, IR_SELECT, IR_I32, 0, pick_low(), pick_low(), pick_low()));
        break;
    case 11:
        a = address();
        v = ir_append(f, IR_LOAD, IR_I64, size | (size < 3 && rnd() % 2 ? IR_MEM_SIGNED : 0) | IR_MEM_TRAPS, a, 0, (int32_t)(rnd() % 16) - 8);
        map(v, false);
        keep(v);
        if (rnd() % 3 == 0) {
            a = address();
            v = ir_append(f, IR_LOAD, IR_I32, (unsigned)(rnd() % 3) | IR_MEM_TRAPS, a, 0, 0);
            map(v, rnd() % 2);
            keep_low(v);
        }
        break;
    case 12:
        a = address();
        if (rnd() % 2)
            v = ir_append(f, IR_STORE, IR_I64, size | IR_MEM_TRAPS, a, pick(), (int32_t)(rnd() % 16) - 8);
        else
            v = ir_append(f, IR_STORE, IR_I32, size % 3 | IR_MEM_TRAPS, a, pick_low(), 0);
        map(v, rnd() % 2);
        break;
    case 13:
        a = address();
        v = ir_append(f, IR_RMW, IR_I64, size | IR_RELAXED << IR_MEM_ORDER_SHIFT | IR_MEM_TRAPS, a, pick(), (int32_t)(rnd() % IR_RMWS));
        map(v, false);
        keep(v);
        break;
    case 14: {
        IrOp op = (IrOp)(IR_SADDO + rnd() % 6);
        if (rnd() % 2) {
            v = ir_append(f, op, IR_I64, 0, pick(), pick(), 0);
            a = rnd() % 4 ? ir_append(f, IR_PROJ, IR_I32, 0, v, 1, 0) : 0;
            if (rnd() % 4)
                keep(v);
        } else {
            v = ir_append(f, op, IR_I32, 0, pick_low(), pick_low(), 0);
            a = rnd() % 4 ? ir_append(f, IR_PROJ, IR_I32, 0, v, 1, 0) : 0;
            keep_low(v);
        }
        if (a)
            keep_low(a);
        break;
    }
    default:                             /* a register copied */
        state[rnd() % STATES] = state[rnd() % STATES];
        break;
    }
}

static void some_ops(unsigned n)
{
    while (n--)
        one_op();
}

/* A branch out, the block for which stands here or behind everything. */
static struct { uint32_t block; IrRef state[STATES]; } sides[40];
static uint32_t nsides;

static void put_side(uint32_t block)
{
    IrRef kept[STATES];
    uint32_t v = nvals, l = nlows;
    memcpy(kept, state, sizeof kept);
    ir_place(f, block);
    if (ir_open(f)) {
        some_ops((unsigned)(rnd() % 3));
        leave();
    }
    memcpy(state, kept, sizeof kept);
    nvals = v;
    nlows = l;
}

static void side_exit(void)
{
    uint32_t on = ir_block(f), side = ir_block(f);
    if (nsides == countof(sides))
        return;
    bool swap = rnd() % 2;
    IrRef c = condition();
    ir_br(f, c, swap ? on : side, swap ? side : on);
    if (rnd() % 2) {
        put_side(side);
    } else {
        sides[nsides].block = side;
        memcpy(sides[nsides++].state, state, sizeof state);
    }
    ir_place(f, on);
}

/* Two or three arms and a join, where states become phis. */
static void join(int depth)
{
    uint32_t arms = 2 + (uint32_t)(rnd() % 2), block[3], from[3], end = ir_block(f), n = 0, v = nvals, l = nlows;
    IrRef kept[STATES], after[3][STATES];
    memcpy(kept, state, sizeof kept);
    for (uint32_t k = 0; k < arms; k++)
        block[k] = ir_block(f);
    if (arms == 2) {
        IrRef c = condition();
        ir_br(f, c, block[0], block[1]);
    } else {
        IrCase cases[] = { { -5, 3, block[0] }, { 4, 4, block[1] }, { 100, 0x20000, block[0] }, { 0x20001, INT64_MAX, block[2] } };
        IrRef a = pick();
        if (ir_is_const(a))
            a = vals[0];
        ir_switch(f, IR_I64, a, cases, 4, block[1]);
    }
    for (uint32_t k = 0; k < arms; k++) {
        ir_place(f, block[k]);
        if (!ir_open(f))
            continue;
        memcpy(state, kept, sizeof kept);
        some_ops((unsigned)(rnd() % 6));
        if (depth < 2 && rnd() % 4 == 0)
            join(depth + 1);
        if (!ir_open(f))
            continue;
        if (rnd() % 8 == 0 && n) {
            leave();
        } else {
            memcpy(after[n], state, sizeof state);
            from[n++] = f->cur;
            ir_jmp(f, end);
        }
        nvals = v;
        nlows = l;
    }
    nvals = v;
    nlows = l;
    ir_place(f, end);
    if (!ir_open(f))
        return;
    for (int k = 0; k < STATES; k++) {
        int32_t pairs[6];
        bool same = true;
        for (uint32_t j = 0; j < n; j++) {
            pairs[2 * j] = (int32_t)from[j];
            pairs[2 * j + 1] = after[j][k];
            same &= after[j][k] == after[0][k];
        }
        state[k] = same ? after[0][k] : ir_phi(f, IR_I64, pairs, n);
        if (nvals < MAX_VALS)
            vals[nvals++] = state[k];
    }
}

/* A loop over phis of all states, with a counter so that it ends. */
static void loop(int depth)
{
    uint32_t head = ir_block(f), out = ir_block(f), from = f->cur;
    IrRef phi[STATES + 1], entry[STATES];
    memcpy(entry, state, sizeof entry);
    ir_jmp(f, head);
    ir_place(f, head);
    /* the second pair is known later: it is written into the list then */
    for (int k = 0; k <= STATES; k++) {
        IrRef first = k < STATES ? entry[k] : ir_int(f, IR_I64, (int64_t)(rnd() % 5) + 1);
        int32_t pairs[] = { (int32_t)from, first, (int32_t)head, first };
        vec_reserve(f->arena, &f->ops, 4);
        memcpy(f->ops.p + f->ops.n, pairs, sizeof pairs);
        phi[k] = ir_append(f, IR_PHI, IR_I64, 0, (int32_t)f->ops.n, 2, 0);
        f->ops.n += 4;
    }
    memcpy(state, phi, sizeof state);
    for (int k = 0; k <= STATES; k++)
        if (nvals < MAX_VALS)
            vals[nvals++] = phi[k];
    some_ops((unsigned)(rnd() % 5));
    if (rnd() % 3 == 0)
        side_exit();
    if (rnd() % 3 == 0)
        join(1);
    if (depth < 2 && rnd() % 3 == 0)
        loop(depth + 1);
    some_ops((unsigned)(rnd() % 5));
    if (rnd() % 2)                       /* phis that swap */
        for (int k = 0; k < STATES; k++)
            if (rnd() % 2)
                state[k] = phi[rnd() % STATES];
    IrRef left = ir_append(f, IR_ADD, IR_I64, 0, phi[STATES], ir_int(f, IR_I64, -1), 0);
    IrRef c = ir_append(f, IR_NE, IR_I64, 0, left, ir_int(f, IR_I64, 0), 0);
    for (int k = 0; k <= STATES; k++) {
        int32_t *pair = f->ops.p + f->ins.p[phi[k]].a;
        pair[2] = (int32_t)f->cur;
        pair[3] = k < STATES ? state[k] : left;
    }
    ir_br(f, c, head, out);
    ir_place(f, out);
}

static void make(bool loops)
{
    ir_unit_init(&unit, &arena);
    f = ir_fn_new(&host, &arena, &unit, ir_unit_sym(&unit, "f", IR_SYM_FUNC, 0));
    f->flags |= IR_FN_UNIT;
    nvals = nlows = nexits = nsides = 0;
    for (int k = 0; k < STATES; k++) {
        IrContract c = { id_of(k), IR_I64, (uint8_t)k };
        vec_push(&arena, &f->contract, c);
    }
    ir_place(f, ir_block(f));
    for (int k = 0; k < STATES; k++)
        vals[nvals++] = state[k] = ir_append(f, IR_STATE_IN, IR_I64, 0, (int32_t)id_of(k), 0, 0);
    for (unsigned parts = 1 + (unsigned)(rnd() % 4); parts-- && ir_open(f);) {
        some_ops((unsigned)(rnd() % 12));
        if (rnd() % 2)
            side_exit();
        if (rnd() % 3 == 0)
            join(0);
        if (loops && ir_open(f) && rnd() % 2)
            loop(0);
    }
    leave();
    for (uint32_t k = 0; k < nsides; k++) {
        memcpy(state, sides[k].state, sizeof state);
        nvals = STATES;
        nlows = 0;
        put_side(sides[k].block);
    }
}

/* ---- the evaluator ---- */

typedef struct Result {
    IrLeave how;
    uint32_t id;
    uint64_t address;
    bool write, endless;
    uint64_t states[NSTATES];
} Result;

static int64_t value[20000];
static int64_t second[20000];      /* proj 1 */

static int64_t get(IrRef r)
{
    int64_t v = 0;
    if (!ir_is_const(r))
        return value[r];
    ir_is_int(f, r, &v);
    return v;
}

static void take_map(Result *r, IrRef at)
{
    const IrStateMap *m = ir_state_of(f, at);
    for (uint32_t k = 0; m && k < m->n; k++)
        r->states[f->ops.p[m->first + 2 * k]] = (uint64_t)get(f->ops.p[m->first + 2 * k + 1]);
}

static bool access(Result *r, IrRef at, uint64_t address, unsigned size, bool write)
{
    for (unsigned k = 0; k < size; k++)
        if (!guest_byte(address + k, write)) {
            take_map(r, at);
            r->how = IR_LEFT_FAULT;
            r->address = address + k;
            r->write = write;
            return false;
        }
    return true;
}

static uint64_t read(uint64_t at, unsigned size)
{
    uint64_t v = 0;
    for (unsigned k = 0; k < size; k++)
        v |= (uint64_t)*guest_byte(at + k, false) << 8 * k;
    return v;
}

static void write(uint64_t at, unsigned size, uint64_t v)
{
    for (unsigned k = 0; k < size; k++)
        *guest_byte(at + k, true) = (uint8_t)(v >> 8 * k);
}

/* False: left. */
static bool step(Result *r, IrRef n)
{
    const IrIns *i = &f->ins.p[n];
    unsigned size = 1u << (i->aux & IR_MEM_SIZE);
    int64_t v = 0;
    uint64_t a;
    switch (i->op) {
    case IR_STATE_IN: v = (int64_t)r->states[i->a]; break;
    case IR_NOP: break;
    case IR_SEXT32: v = (int32_t)get(i->a); break;
    case IR_ZEXT32: v = (uint32_t)get(i->a); break;
    case IR_MOVE: v = get(i->a); break;
    case IR_TRUNC: v = (int32_t)get(i->a); break;
    case IR_SELECT: v = (int32_t)get(i->a) ? get(i->b) : get(i->c); break;
    case IR_PROJ: v = second[i->a]; break;
    case IR_LOAD:
        a = (uint64_t)get(i->a) + (uint64_t)(int64_t)i->c;
        if (!access(r, n, a, size, false))
            return false;
        v = (int64_t)read(a, size);
        if (i->aux & IR_MEM_SIGNED)
            v = (int64_t)((uint64_t)v << (64 - 8 * size)) >> (64 - 8 * size);
        v = cut((IrType)i->type, (uint64_t)v);
        break;
    case IR_STORE:
        a = (uint64_t)get(i->a) + (uint64_t)(int64_t)i->c;
        if (!access(r, n, a, size, true))
            return false;
        write(a, size, (uint64_t)get(i->b));
        break;
    case IR_RMW:
        a = (uint64_t)get(i->a);
        if (!access(r, n, a, size, true))
            return false;
        v = (int64_t)read(a, size);
        write(a, size, reference_rmw((IrRmw)i->c, (uint64_t)v, (uint64_t)get(i->b), 8 * size));
        break;
    default:
        if (i->op >= IR_SADDO && i->op <= IR_UMULO)
            second[n] = reference_overflow((IrOp)i->op, (IrType)i->type, get(i->a), get(i->b), &v);
        else
            v = reference((IrOp)i->op, (IrType)i->type, get(i->a), ir_ops[i->op].operands[1] == 't' ? get(i->b) : 0);
        break;
    }
    value[n] = v;
    return true;
}

static uint32_t target(const IrIns *t)
{
    if (t->op == IR_JMP)
        return (uint32_t)t->a;
    if (t->op == IR_BR)
        return (uint32_t)((int32_t)get(t->a) ? t->b : t->c);
    const IrSwitch *s = &f->switches.p[t->b];
    for (uint32_t k = 0; k < s->ncases; k++) {
        const IrCase *c = &f->cases.p[s->first_case + k];
        if (get(t->a) >= c->lo && get(t->a) <= c->hi)
            return c->block;
    }
    return s->otherwise;
}

static void evaluate(Result *r)
{
    uint32_t block = 0, from = UINT32_MAX;
    for (unsigned steps = 0; steps < MAX_STEPS; steps++) {
        const IrBlock *b = &f->blocks.p[block];
        int64_t phis[MAX_VALS];
        uint32_t k, n = b->first, end = b->first + b->n - 1;
        for (; f->ins.p[n].op == IR_PHI; n++)
            for (k = 0; k < (uint32_t)f->ins.p[n].b; k++)
                if ((uint32_t)f->ops.p[(uint32_t)f->ins.p[n].a + 2 * k] == from)
                    phis[n - b->first] = get(f->ops.p[(uint32_t)f->ins.p[n].a + 2 * k + 1]);
        for (k = b->first; k < n; k++)
            value[k] = phis[k - b->first];
        for (; n < end; n++)
            if (!step(r, (IrRef)n))
                return;
        const IrIns *t = &f->ins.p[end];
        if (t->op == IR_EXIT || t->op == IR_TRAP || t->op == IR_EXIT_INDIRECT || t->op == IR_UNREACHABLE) {
            r->how = t->op == IR_EXIT ? IR_LEFT_EXIT : t->op == IR_EXIT_INDIRECT ? IR_LEFT_INDIRECT : IR_LEFT_TRAP;
            r->id = t->op == IR_UNREACHABLE ? 0 : (uint32_t)t->a;
            r->address = t->op == IR_EXIT_INDIRECT ? (uint64_t)get(t->a) : 0;
            take_map(r, (IrRef)end);
            return;
        }
        from = block;
        block = target(t);
    }
    r->endless = true;
}

static bool same(const Result *r, IrLeave how)
{
    if (how != r->how || memcmp(machine.frame, r->states, sizeof r->states) != 0)
        return false;
    switch (how) {
    case IR_LEFT_EXIT: case IR_LEFT_TRAP: return machine.id == r->id;
    case IR_LEFT_INDIRECT: return machine.address == r->address;
    default: return machine.address == r->address && machine.write == r->write;
    }
}

static void one(bool loops, unsigned round)
{
    static uint8_t before[PAGES][4096], after[PAGES][4096];
    static const uint64_t v[] = { 0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff, 0x20000, 0x10ffc, 0x8000000000000000, UINT64_MAX };
    make(loops);
    IrCode *c = code_of(f);
    for (int k = 0; k < 12; k++) {
        Result r;
        memset(&r, 0, sizeof r);
        for (int s = 0; s < NSTATES; s++)
            r.states[s] = rnd() % 2 ? v[rnd() % countof(v)] : rnd();
        memcpy(machine.frame, r.states, sizeof r.states);
        for (uint32_t w = NSTATES; w < machine.nframe; w++)
            machine.frame[w] = rnd();
        memcpy(before, pages_of_guest, sizeof before);
        evaluate(&r);
        if (r.endless)
            return;
        memcpy(after, pages_of_guest, sizeof after);
        memcpy(pages_of_guest, before, sizeof before);
        IrLeave how = ir_run(&machine, c);
        bool ok = same(&r, how) && memcmp(after, pages_of_guest, sizeof after) == 0;
        CHECK(ok);
        if (!ok) {
            Buf b;
            buf_init(&b, &arena);
            ir_print_fn(&b, f);
            if (bad == 1) {
                printf("round %u: left %d, not %d, exit %u, not %u, address %llx, not %llx%s\n%s\n", round, how, r.how, (unsigned)machine.id,
                       (unsigned)r.id, (unsigned long long)machine.address, (unsigned long long)r.address,
                       memcmp(after, pages_of_guest, sizeof after) ? ", memory" : "", buf_cstr(&b));
                for (int s = 0; s < NSTATES; s++)
                    if (machine.frame[s] != r.states[s])
                        printf("  state %d: %llx, not %llx\n", s, (unsigned long long)machine.frame[s], (unsigned long long)r.states[s]);
            }
            return;
        }
    }
}

static void many(bool loops, unsigned n)
{
    fill_guest();
    for (unsigned k = 0; k < n && !bad; k++) {
        arena_reset(&arena);
        one(loops, k);
    }
}

void test_random_forward(void) { many(false, 4000); }
void test_random_loops(void) { many(true, 3000); }
