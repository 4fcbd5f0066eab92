/* gen.c: random programs for rv64, a seed each, for guest.S.
 *   gen [-b ROW=ROW] batch FILE      makes FILE of the programs on standard input, a line each: SEED [TOKEN]...
 *   gen [-b ROW=ROW] list SEED [TOKEN]...   the program as assembly that is linked with guest.S (-DLINKED)
 *   gen units SEED                   tokens that can be given, a line
 *   gen stat N                       instructions by row over N programs
 * Tokens make a program smaller: uN leaves out its unit N (an instruction, or what belongs together: a loop's counter, a function's frame
 * and all its calls), xN fN c d zero a register, fcsr, the data. -b stands one row in another's place: an engine that is wrong.
 *
 * A program always ends: branches go forward, loops and recursion count in registers that nothing else writes, functions call those made
 * before them. Registers that keep it so (struct Prog, roles) are chosen anew for each program. Code that changes is followed by
 * fence.i, but where the seed is a multiple of 8 not always. */
#include "arch/rv64/insn.h"
#include "as/as_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct TargetDis rv64_dis;

#define MIDDLE 0x50001000
#define SAVE 0x50010000
#define BLOB 0x40000000u
enum { RECORD = 1600, DATA_AT = 576, CAP = 16 << 20, PAGE = 4096, REACH = 512, SLOTS = 0x240, STACK_AT = 0xd00 };
enum { MAX_ITEMS = 4000, MAX_FUNCTIONS = 6, OWNERS = 5 };
enum { FD_READ = 100, FD_WRITE = 101, FD_ZERO = 102 };

typedef enum Kind { INS, LABEL, TO, HI, LO, WORD, DIFF, PAD } Kind; /* TO: a branch to label; LO: the low part of item `ref`'s label */
typedef struct Item {
    uint8_t kind;
    bool half;                     /* WORD of two bytes */
    uint16_t owner[OWNERS];        /* units: without one of them there is no item */
    int label, ref;
    uint32_t word;                 /* of WORD; PAD: to this offset in a page */
    Rv64Ins i;
    uint32_t at;                   /* out */
} Item;

typedef struct Code { Item *p; unsigned n; } Code;
typedef struct Function {
    Code code;
    uint16_t unit;
    int start, middle, patch;      /* labels; -1: none */
    unsigned link, skip, clobbers; /* it returns to link + skip; links it and what it calls write */
    uint64_t cost;
    bool counts;                   /* recursive: its count is set first */
} Function;

typedef struct Prog {
    uint64_t seed, rng;
    uint64_t x[32], f[32], fcsr, data[128];
    /* roles */
    unsigned temp, base[3], nbase, counter[4], link[3], stack, bad;
    int off[3];                    /* base[k] is the middle and so many bytes */
    uint32_t writable, reserved;
    bool changes, unfenced, floats, calls, system, lasting, traps;
    uint64_t cost, most;
    unsigned ntraps, npads, inside; /* a branch that reaches no page far */
    Function fn[MAX_FUNCTIONS];
    unsigned nfn;
    int nlabels;
    uint16_t nunits;
    Code main, tail, *to;
    uint16_t owner[OWNERS];
    Item items[MAX_ITEMS];
    unsigned nitems;
    int32_t label_at[MAX_ITEMS];
    uint32_t size;
} Prog;

static Prog P;
static unsigned break_from, break_to;

static uint64_t rnd(void)
{
    uint64_t z = P.rng += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
static unsigned below(unsigned n) { return (unsigned)(rnd() >> 33) % n; }
static bool chance(unsigned percent) { return below(100) < percent; }

/* ---- values ---- */

static uint64_t integer(void)
{
    static const uint64_t edge[] = { 0, 1, 2, 3, 31, 32, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
        0xffffffff, 0x100000000, 0xffffffff80000000u, 0xffffffff7fffffff, UINT64_MAX, UINT64_MAX - 1, (uint64_t)1 << 63, INT64_MAX,
        0x00ff010080007f00, 0xaaaaaaaa55555555, 0x0123456789abcdef };
    return chance(45) ? edge[below(countof(edge))] : chance(30) ? (uint64_t)(int64_t)(int32_t)rnd() : rnd() >> below(64);
}
static uint64_t real(void)
{
    static const uint64_t d[] = { 0, (uint64_t)1 << 63, 0x3ff0000000000000, 0xbff0000000000000, 0x3ff8000000000000, 1, 0x800fffffffffffff,
        0x0010000000000000, 0x7fefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000, 0xfff8000000001234,
        0x7ff0000000000001, 0xfff4000000000000, 0x41dfffffffc00000, 0x41e0000000000000, 0xc1e0000000100000, 0x43e0000000000000,
        0xc3e0000000000000, 0x43f0000000000000, 0x3fe0000000000000, 0xc004000000000000, 0x3fd5555555555555, 0x36a0000000000000,
        0x47efffffe0000001, 0x3810000000000000, 0x3fb999999999999a, 0x4008000000000000, 0x4059000000000000 };
    static const uint32_t s[] = { 0, 0x80000000, 0x3f800000, 0xbf800000, 0x3fc00000, 1, 0x807fffff, 0x00800000, 0x7f7fffff, 0x7f800000,
        0xff800000, 0x7fc00000, 0xffc01234, 0x7f800001, 0xffa00000, 0x4effffff, 0x4f000000, 0xcf000001, 0x5f000000, 0xdf000000,
        0x3f000000, 0xc0200000, 0x3eaaaaab, 0x33800001, 0xbf7fffff, 0x3dcccccd, 0x42c80000 };
    switch (below(8)) {
    case 0: case 1: return d[below(countof(d))];
    case 2: case 3: return s[below(countof(s))] | 0xffffffff00000000u;
    case 4: return s[below(countof(s))] | rnd() << 32;     /* no NaN box around it */
    case 5: return (rnd() & 0x800fffffffffffff) | (uint64_t)(1023 - 30 + below(60)) << 52;
    case 6: return 0xffffffff00000000u | (rnd() & 0x807fffff) | (uint64_t)(127 - 15 + below(30)) << 23;
    default: return rnd();
    }
}

/* ---- items ---- */

static uint16_t unit(void) { return ++P.nunits; }
static int label(void) { return P.nlabels++; }

static Item *put(Kind kind)
{
    Item *t;
    if (!P.to->p)
        P.to->p = calloc(MAX_ITEMS, sizeof *t);
    if (P.to->n >= MAX_ITEMS) {
        fprintf(stderr, "seed %llu is too long\n", (unsigned long long)P.seed);
        exit(1);
    }
    t = &P.to->p[P.to->n++];
    memset(t, 0, sizeof *t);
    t->kind = (uint8_t)kind;
    memcpy(t->owner, P.owner, sizeof t->owner);
    t->label = t->ref = -1;
    return t;
}
static void own(unsigned k, unsigned u) { P.owner[k] = (uint16_t)u; }
static void place(int l)
{
    Item *t = put(LABEL);
    memset(t->owner, 0, sizeof t->owner);
    t->label = l;
}
static Rv64Ins ins(unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int64_t imm)
{
    Rv64Ins i;
    memset(&i, 0, sizeof i);
    i.row = (uint16_t)row;
    i.rd = (uint8_t)rd;
    i.rs1 = (uint8_t)rs1;
    i.rs2 = (uint8_t)rs2;
    i.imm = (int32_t)imm;
    return i;
}
static void put_ins(Rv64Ins i)
{
    uint8_t b[4];
    if (!rv64_emit(b, &i)) {
        fprintf(stderr, "seed %llu: %s %u,%u,%u,%d is none\n", (unsigned long long)P.seed, rv64_insns[i.row].mnem, i.rd, i.rs1, i.rs2,
                (int)i.imm);
        exit(1);
    }
    put(INS)->i = i;
    P.cost += P.most;
}
/* As short as it can be, most times. */
static void op(unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int64_t imm)
{
    Rv64Ins i = ins(row, rd, rs1, rs2, imm);
    if (chance(60))
        rv64_compress(&i, RV64_X_ALL);
    put_ins(i);
}
static void to(unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int l)
{
    Item *t = put(TO);
    t->i = ins(row, rd, rs1, rs2, 0);
    t->label = l;
    P.cost += P.most;
}
static int high(unsigned rd, int l)
{
    Item *t = put(HI);
    t->i = ins(RV64_I_AUIPC, rd, 0, 0, 0);
    t->label = l;
    P.cost += P.most;
    return (int)(P.to->n - 1);
}
static void low(unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int ref)
{
    Item *t = put(LO);
    t->i = ins(row, rd, rs1, rs2, 0);
    t->ref = ref;
    P.cost += P.most;
}
static void address(unsigned rd, int l) { low(RV64_I_ADDI, rd, rd, 0, high(rd, l)); }

/* ---- registers ---- */

static unsigned writable(uint32_t not)
{
    for (;;) {
        unsigned r = 1 + below(31);
        if ((P.writable & ~not) >> r & 1)
            return r;
    }
}
static unsigned readable(void)
{
    return chance(6) ? 0 : chance(88) ? writable(0) : below(32);
}
static unsigned choose(unsigned slot, bool write)
{
    unsigned k = slot & ~(unsigned)SL_F;
    if (k == SL_NO || k == SL_X0)
        return 0;
    if (k == SL_X1 || k == SL_X2)
        return k == SL_X1 ? 1 : 2;
    if (slot & SL_F)
        return 32 + (k == SL_P7 || k == SL_P2 ? 8 + below(8) : chance(60) ? 8 + below(6) : below(32));
    if (k == SL_P7 || k == SL_P2)
        return 8 + below(8);
    return write ? (chance(4) ? 0 : writable(0)) : readable();
}

/* ---- straight instructions ---- */

static int64_t immediate(unsigned kind)
{
    static const int16_t few[] = { 0, 1, 2, 4, 7, 8, 15, 16, 24, 31, 32, 33, 48, 63, 64, -1, -2, -16, -32, 255, 2047, -2048, 496, -512 };
    unsigned n;
    for (n = 0; n < 200; n++) {
        int64_t v = chance(50) ? few[below(countof(few))] : (int64_t)(rnd() & 0xfffff) >> below(16);
        v = chance(25) ? -v : v;
        if (kind == IM_U && chance(50))
            v = (int64_t)(rnd() & 0xfffff);
        if (rv64_imm_fits(kind, v))
            return v;
    }
    return 8;
}

static bool is_memory(const Rv64Insn *in) { return in->flags & (RVF_LOAD | RVF_STORE); }

/* A row that computes in registers, or with memory, or either. */
static Rv64Ins straight(bool memory, bool wide)
{
    static const uint8_t modes[] = { 0, 1, 2, 3, 4, 7, 7, 7 };
    for (;;) {
        unsigned row = below(RV64_ROWS), k;
        const Rv64Insn *in = &rv64_insns[row];
        const Rv64Form *f = &rv64_forms[in->form];
        Rv64Ins i;
        uint8_t b[4];
        if (in->flags & (RVF_BRANCH | RVF_JUMP | RVF_TRAP | RVF_ATOMIC) || f->extra & FX_CSR || in->ext & RV64_X_ZICOND ||
            row == RV64_I_SFENCE_VMA || row == RV64_I_CTZW || is_memory(in) != memory || (wide && f->bytes != 4))
            continue;              /* qemu 7.2 has no Zicond and another ctzw: see counted() */
        if (in->flags & RVF_FP && (!P.floats || chance(memory ? 30 : 40)))
            continue;
        if ((row == RV64_I_FENCE_I || row == RV64_I_FENCE || row == RV64_I_FENCE_TSO) && chance(80))
            continue;
        i = ins(row, choose(f->rd, true), 0, choose(f->rs2, false), 0);
        i.rs1 = (uint8_t)(f->rs1 == SL_RD ? i.rd : choose(f->rs1, false));
        i.rs3 = (uint8_t)choose(f->rs3, false);
        i.rm = f->extra & FX_RM ? modes[below(countof(modes))] : 0;
        if ((f->rd & ~(unsigned)SL_F) != SL_NO && i.rd < 32 && i.rd && !(P.writable >> i.rd & 1))
            continue;
        if (!memory) {
            i.imm = (int32_t)immediate(f->imm);
        } else {
            unsigned n, size = 1u << (in->flags & RVF_SIZE);
            for (k = 0; k < P.nbase && P.base[k] != i.rs1; k++)
                ;
            if (k == P.nbase) {
                k = below(P.nbase);
                i.rs1 = (uint8_t)P.base[k];
            }
            for (n = 0; n < 20; n++) { /* often over the edge of two pages */
                i.imm = (chance(25) ? (int)below(16) - 12 : (int)below(2 * REACH) - REACH) - P.off[k];
                if (chance(70) || f->bytes == 2)
                    i.imm &= -(int32_t)size;
                if (P.off[k] + i.imm >= -REACH && P.off[k] + i.imm + (int)size <= REACH && rv64_imm_fits(f->imm, i.imm))
                    break;
            }
            if (n == 20)
                continue;
        }
        if (rv64_emit(b, &i))
            return i;
    }
}

static void begin(void)
{
    own(0, unit());
}

static void compute(void)
{
    begin();
    put_ins(straight(false, false));
}
/* As compute, but it may stand in for another of the same size: four bytes, and nothing but registers. */
static Rv64Ins plain(unsigned bytes)
{
    Rv64Ins i;
    do
        i = straight(false, bytes == 4);
    while (rv64_forms[rv64_insns[i.row].form].bytes != bytes);
    return i;
}
static uint32_t bits(Rv64Ins i)
{
    uint8_t b[4] = { 0 };
    rv64_emit(b, &i);
    return get_u32(b);
}

static void counted(void)
{
    unsigned d = writable(0);
    begin();
    op(RV64_I_ADDIW, d, readable(), 0, 0);
    put_ins(ins(RV64_I_CTZW, d, d, 0, 0));
}

/* An address that is computed: a byte, or one that is a multiple. */
static unsigned reach(bool aligned)
{
    unsigned d = writable(0), mask = aligned ? 0x78u : 0x7fu;
    op(RV64_I_ANDI, d, readable(), 0, mask);
    if (P.off[0] & 7 && aligned)
        op(RV64_I_ADDI, d, d, 0, -P.off[0]);
    op(RV64_I_ADD, d, d, P.base[0], 0);
    return d;
}
static void computed_access(void)
{
    static const uint8_t rows[] = { RV64_I_LB, RV64_I_LH, RV64_I_LW, RV64_I_LD, RV64_I_LBU, RV64_I_LHU, RV64_I_LWU };
    static const uint8_t stores[] = { RV64_I_SB, RV64_I_SH, RV64_I_SW, RV64_I_SD };
    unsigned d;
    begin();
    d = reach(false);
    if (chance(50))
        op(rows[below(countof(rows))], writable(0), d, 0, (int)below(256) - 128);
    else
        op(stores[below(countof(stores))], 0, d, readable(), (int)below(256) - 128);
}

static unsigned atomic_row(bool doubles)
{
    for (;;) {
        unsigned row = below(RV64_ROWS);
        const Rv64Insn *in = &rv64_insns[row];
        if (in->flags & RVF_ATOMIC && row != RV64_I_LR_W && row != RV64_I_LR_D && row != RV64_I_SC_W && row != RV64_I_SC_D &&
            ((in->flags & RVF_SIZE) == RVF_D) == doubles)
            return row;
    }
}
static Rv64Ins ordered(Rv64Ins i)
{
    i.aqrl = (uint8_t)below(4);
    return i;
}
static void atomic(void)
{
    bool doubles = chance(50);
    unsigned d, v;
    begin();
    d = reach(true);
    if (!doubles && chance(50))
        op(RV64_I_ADDI, d, d, 0, 4);
    if (chance(60)) {
        put_ins(ordered(ins(atomic_row(doubles), chance(10) ? 0 : writable(0), d, readable(), 0)));
        return;
    }
    v = writable((uint32_t)1 << d);
    put_ins(ordered(ins(doubles ? RV64_I_LR_D : RV64_I_LR_W, v, d, 0, 0)));
    if (chance(50))
        op(RV64_I_ADDI, v, v, 0, (int)below(5));
    if (chance(20))
        op(RV64_I_SD, 0, d, readable(), 0);
    if (chance(15))
        op(RV64_I_ADDI, d, d, 0, 8);
    put_ins(ordered(ins(doubles ? RV64_I_SC_D : RV64_I_SC_W, writable((uint32_t)1 << d), d, v, 0)));
    if (chance(30))
        put_ins(ins(doubles ? RV64_I_SC_D : RV64_I_SC_W, writable(0), d, v, 0));
}

/* fflags, frm and fcsr; the rounding mode stays one that there is. */
static void csr(void)
{
    static const uint8_t rows[] = { RV64_I_CSRRW, RV64_I_CSRRS, RV64_I_CSRRC };
    static const uint8_t now[] = { RV64_I_CSRRWI, RV64_I_CSRRSI, RV64_I_CSRRCI };
    Rv64Ins i;
    begin();
    unsigned d = writable(0), rd = chance(30) ? 0 : writable(0);
    switch (below(7)) {
    case 0: i = ins(rows[below(3)], rd, readable(), 0, 0); i.csr = 1; break;
    case 1: i = ins(now[below(3)], rd, 0, 0, below(32)); i.csr = 1; break;
    case 2: i = ins(RV64_I_CSRRS, rd, 0, 0, 0); i.csr = (uint16_t)(1 + below(3)); break;
    case 3: i = ins(RV64_I_CSRRWI, rd, 0, 0, below(5)); i.csr = 2; break;
    case 4: i = ins(RV64_I_CSRRCI, rd, 0, 0, below(8)); i.csr = 2; break;
    case 5: op(RV64_I_ANDI, d, readable(), 0, 0x7f); i = ins(RV64_I_CSRRW, rd, d, 0, 0); i.csr = 3; break;
    default: i = ins(now[below(2)], rd, 0, 0, below(32)); i.csr = 3; break;
    }
    put_ins(i);
}

/* ---- control ---- */

static void sequence(unsigned n, unsigned depth, Function *of, bool branches);

static void condition(int l)
{
    static const uint8_t rows[] = { RV64_I_BEQ, RV64_I_BNE, RV64_I_BLT, RV64_I_BGE, RV64_I_BLTU, RV64_I_BGEU };
    if (chance(25))
        to(chance(50) ? RV64_I_C_BEQZ : RV64_I_C_BNEZ, 0, 8 + below(8), 0, l);
    else
        to(rows[below(countof(rows))], 0, readable(), chance(20) ? 0 : readable(), l);
}
static void jump(int l) { to(chance(50) ? RV64_I_C_J : RV64_I_JAL, 0, 0, 0, l); }

static void skip(unsigned depth, Function *of)
{
    int l = label(), m = label();
    uint16_t u = unit();
    own(0, u);
    condition(l);
    P.inside++;
    sequence(1 + below(5), depth, of, true);
    own(0, u);
    if (chance(30)) {
        jump(m);
        place(l);
        sequence(1 + below(4), depth, of, true);
    } else {
        place(l);
    }
    P.inside--;
    place(m);
}

static void loop(unsigned depth, Function *of, unsigned rounds)
{
    unsigned c = P.counter[of ? 3 : depth];
    uint64_t most = P.most;
    uint16_t u = unit();
    int top = label(), out = label();
    own(0, u);
    if (rounds >= 4096)
        op(RV64_I_LUI, c, 0, 0, rounds / 4096);
    else
        op(RV64_I_ADDI, c, 0, 0, rounds);
    place(top);
    P.most *= rounds;
    sequence(P.most > 1000 ? 3 + below(8) : 1 + below(8), depth + 1, of, true);
    own(0, u);
    if (chance(20)) {              /* left in its middle */
        condition(out);
        sequence(1 + below(3), depth + 1, of, false);
        own(0, u);
    }
    op(RV64_I_ADDI, c, c, 0, -1);
    if (chance(30))
        to(RV64_I_BLT, 0, 0, c, top);
    else
        to(c >= 8 && c < 16 && chance(70) ? RV64_I_C_BNEZ : RV64_I_BNE, 0, c, 0, top);
    P.most = most;
    place(out);
}

static void jump_table(unsigned depth, Function *of)
{
    uint16_t u = unit();
    int base = label(), l[4], end = label(), k;
    unsigned d = writable(0), e = writable((uint32_t)1 << d);
    own(0, u);
    for (k = 0; k < 4; k++)
        l[k] = label();
    op(RV64_I_ANDI, d, readable(), 0, 12);
    if (chance(50)) {
        int h = high(e, base);
        op(RV64_I_ADD, e, e, d, 0);
        low(RV64_I_JALR, 0, e, 0, h);
        place(base);
        for (k = 0; k < 4; k++)
            to(RV64_I_JAL, 0, 0, 0, l[k]);
    } else {
        address(e, base);
        op(RV64_I_ADD, d, d, e, 0);
        op(RV64_I_LW, d, d, 0, 0);
        op(RV64_I_ADD, e, e, d, 0);
        op(RV64_I_JALR, 0, e, 0, 0);
        Code *was = P.to;
        P.to = &P.tail;
        place(base);
        for (k = 0; k < 4; k++) {
            Item *t = put(DIFF);
            t->label = l[k];
            t->ref = base;
        }
        P.to = was;
    }
    for (k = 0; k < 4; k++) {
        place(l[k]);
        sequence(1 + below(2), depth, of, false);
        own(0, u);
        if (chance(70))
            jump(end);
    }
    place(end);
}

/* A call of what was made before; `of` is who calls. */
static void call(Function *of)
{
    Function *f;
    unsigned n = P.nfn, d;
    int where;
    if (!n)
        return;
    f = &P.fn[below(n)];
    if (P.cost + f->cost * P.most > (P.lasting ? 150000 : 4000) || (of && f->counts))
        return;
    begin();
    own(1, f->unit);
    where = f->middle >= 0 && chance(30) ? f->middle : f->start;
    d = writable(0);
    if (f->counts)
        op(RV64_I_ADDI, P.counter[2], 0, 0, 1 + below(20));
    switch (below(6)) {
    case 0: case 1:
        to(RV64_I_JAL, f->link, 0, 0, where);
        break;
    case 2:
        low(RV64_I_JALR, f->link, f->link, 0, high(f->link, where));
        break;
    case 3:
        low(RV64_I_JALR, f->link, d, 0, high(d, where));
        break;
    case 4:
        address(d, where);
        op(RV64_I_JALR, f->link, d, 0, 0);
        break;
    default: {                     /* one of several, by a table */
        unsigned e = writable((uint32_t)1 << d), k, owners = 1;
        int base = label();
        Function *like[4];
        for (k = 0; k < 4; k++) {
            like[k] = &P.fn[below(n)];
            if (like[k]->link != f->link || like[k]->skip != f->skip || like[k]->counts || f->counts || like[k]->cost > f->cost)
                like[k] = f;
            if (like[k] != f && owners + 1 < OWNERS)
                own(++owners, like[k]->unit);
            else
                like[k] = f;
        }
        op(RV64_I_ANDI, e, readable(), 0, 12);
        address(d, base);
        op(RV64_I_ADD, e, e, d, 0);
        op(RV64_I_LW, e, e, 0, 0);
        op(RV64_I_ADD, d, d, e, 0);
        op(RV64_I_JALR, f->link, d, 0, 0);
        Code *was = P.to;
        P.to = &P.tail;
        place(base);
        for (k = 0; k < 4; k++) {
            Item *t = put(DIFF);
            t->label = like[k]->start;
            t->ref = base;
            if (of)
                of->clobbers |= like[k]->clobbers;
        }
        P.to = was;
    } }
    if (f->skip)
        put_ins(plain(f->skip));
    P.cost += f->cost * P.most;
    if (of)
        of->clobbers |= f->clobbers;
    for (d = 1; d < OWNERS; d++)
        own(d, 0);
}

/* The address of the next instruction by a call that nobody returns from; perhaps a return to somewhere else. */
static void here(Function *of)
{
    unsigned l = P.link[below(3)];
    int next = label(), end = label();
    if (of)
        return;
    begin();
    to(RV64_I_JAL, l, 0, 0, next);
    place(next);
    if (chance(50)) {
        int h = high(l, end);
        low(RV64_I_ADDI, l, l, 0, h);
        put_ins(ins(RV64_I_JALR, 0, l, 0, 0));
        put_ins(plain(4));
    }
    place(end);
}

/* ---- code that changes ---- */

static void change(Function *of)
{
    unsigned d = writable(0), e = writable((uint32_t)1 << d), v = writable((uint32_t)1 << d | (uint32_t)1 << e);
    unsigned w = writable((uint32_t)1 << d | (uint32_t)1 << e | (uint32_t)1 << v), k, n;
    unsigned bytes = chance(25) ? 2 : chance(20) ? 8 : 4;
    unsigned load = bytes == 2 ? RV64_I_LHU : bytes == 4 ? RV64_I_LW : RV64_I_LD;
    unsigned store = bytes == 2 ? RV64_I_SH : bytes == 4 ? RV64_I_SW : RV64_I_SD;
    int literal = label(), target = label(), h, g;
    uint16_t u = unit();
    Function *f = NULL;
    own(0, u);
    if (bytes == 4 && P.nfn && chance(50))
        f = &P.fn[below(P.nfn)];
    if (f && f->patch < 0)
        f = NULL;
    if (f) {
        target = f->patch;
        own(1, f->unit);
    }
    if (P.system && P.most == 1 && bytes == 4 && !of && chance(30)) { /* by a system call */
        op(RV64_I_ADDI, 10, 0, 0, FD_WRITE);
        address(11, literal);
        op(RV64_I_ADDI, 12, 0, 0, 4);
        op(RV64_I_ADDI, 17, 0, 0, 64);
        put_ins(ins(RV64_I_ECALL, 0, 0, 0, 0));
        op(RV64_I_ADDI, 10, 0, 0, FD_READ);
        address(11, target);
        op(RV64_I_ADDI, 17, 0, 0, 63);
        put_ins(ins(RV64_I_ECALL, 0, 0, 0, 0));
        P.cost += 1000;
    } else {
        h = high(d, literal);
        low(load, v, d, 0, h);
        g = high(e, target);
        if (chance(60)) {          /* there and back */
            low(load, w, e, 0, g);
            low(store, 0, d, w, h);
        }
        low(store, 0, e, v, g);
        P.cost += 100 * P.most;
    }
    if (!P.unfenced || chance(25))
        put_ins(ins(RV64_I_FENCE_I, 0, 0, 0, 0));
    own(1, 0);
    if (f) {
        own(0, u);
    } else {
        for (k = 0, n = below(4); k < n; k++)
            compute();
        own(0, u);
        place(target);
        put_ins(plain(bytes == 2 ? 2 : 4));
        if (bytes == 8)
            put_ins(plain(4));
    }
    Code *was = P.to;
    P.to = &P.tail;
    place(literal);
    for (k = 0; k < (bytes == 8 ? 2 : 1); k++) {
        uint32_t word = bits(plain(bytes == 2 ? 2 : 4));
        Item *t = put(WORD);
        t->word = word;
        t->half = bytes == 2;
    }
    P.to = was;
}

/* ---- traps, system calls, edges ---- */

static void trap(Function *of)
{
    Rv64Ins i;
    if (P.most > 4 || P.ntraps >= 12)
        return;
    P.ntraps += (unsigned)P.most;
    P.cost += 500 * P.most;
    begin();
    switch (below(10)) {
    case 0: put(WORD)->word = 0xffffffff; break;
    case 1: put_ins(ins(RV64_I_C_UNIMP, 0, 0, 0, 0)); break;
    case 2: put_ins(ins(chance(50) ? RV64_I_EBREAK : RV64_I_C_EBREAK, 0, 0, 0, 0)); break;
    case 3: put(WORD)->word = chance(50) ? 0x30002573 : 0xc0001073; break; /* csrr a0, mstatus; unimp */
    case 4:
        if (!of && P.calls) {      /* to where there is no code; the handler returns */
            put_ins(ins(RV64_I_JALR, 1, chance(50) ? P.bad : P.base[0], 0, 0));
            break;
        }
        /* fall through */
    case 5:
        if (!(P.x[P.bad] & 7)) {
            put_ins(ordered(ins(atomic_row(chance(50)), writable(0), P.bad, readable(), 0)));
            break;
        }
        /* fall through */
    default:
        i = straight(true, true);
        i.rs1 = (uint8_t)P.bad;
        i.imm = P.x[P.bad] == MIDDLE + PAGE - 4 ? 0 : (int)below(4);
        put_ins(i);
    }
}

static void system_call(void)
{
    int at = (int)(below(900) & ~7u) - REACH - P.off[0];
    if (P.most > 4)
        return;
    begin();
    P.cost += 50 * P.most;
    switch (below(5)) {
    case 0:                        /* zeros */
        op(RV64_I_ADDI, 10, 0, 0, chance(80) ? FD_ZERO : 77);
        if (chance(85))
            op(RV64_I_ADDI, 11, P.base[0], 0, at);
        else
            op(RV64_I_ADDI, 11, 0, 0, 16);
        op(RV64_I_ADDI, 12, 0, 0, below(100));
        op(RV64_I_ADDI, 17, 0, 0, 63);
        break;
    case 1: case 2: {              /* through a pipe */
        unsigned n = 1 + below(64);
        op(RV64_I_ADDI, 10, 0, 0, FD_WRITE);
        op(RV64_I_ADDI, 11, P.base[0], 0, at);
        op(RV64_I_ADDI, 12, 0, 0, n);
        op(RV64_I_ADDI, 17, 0, 0, 64);
        put_ins(ins(RV64_I_ECALL, 0, 0, 0, 0));
        op(RV64_I_ADDI, 10, 0, 0, FD_READ);
        op(RV64_I_ADDI, 11, 11, 0, at + (int)n + 64 > REACH - P.off[0] ? -(int)below(32) : (int)below(32));
        op(RV64_I_ADDI, 17, 0, 0, 63);
        break; }
    case 3:
        op(RV64_I_ADDI, 17, 0, 0, 1234);
        break;
    default:                       /* the signals that are blocked */
        op(RV64_I_ADDI, 10, 0, 0, below(3));
        op(RV64_I_ADDI, 11, 0, 0, 0);
        op(RV64_I_ADDI, 12, P.base[0], 0, at);
        op(RV64_I_ADDI, 13, 0, 0, 8);
        op(RV64_I_ADDI, 17, 0, 0, 135);
    }
    put_ins(ins(RV64_I_ECALL, 0, 0, 0, 0));
}

/* An instruction over the edge of two pages. */
static void over_edge(void)
{
    int l = label();
    if (P.npads >= 2)
        return;
    P.npads++;
    begin();
    to(RV64_I_JAL, 0, 0, 0, l);
    put(PAD)->word = PAGE - (chance(80) ? 2 : 4);
    place(l);
    put_ins(plain(4));
}

/* branches: whatever there is; otherwise straight instructions. */
static void sequence(unsigned n, unsigned depth, Function *of, bool branches)
{
    uint64_t limit = P.lasting ? 200000 : 5000;
    while (n-- > 0 && P.cost < limit) {
        unsigned k = below(100);
        own(1, 0);
        if (k < 40 || (!branches && k < 70)) {
            compute();
        } else if (k < 58) {
            begin();
            put_ins(straight(true, false));
        } else if (k < 61) {
            computed_access();
        } else if (k < 64) {
            atomic();
        } else if (k < 68) {
            if (P.floats)
                csr();
            else
                counted();
        } else if (k < 70) {
            if (P.traps)
                trap(of);
        } else if (!branches) {
            compute();
        } else if (k < 78) {
            if (depth < 5)
                skip(depth + (depth >= 2), of);
        } else if (k < 83) {
            if (depth < (of ? 1 : 2))
                loop(depth, of, 1 + below(12));
        } else if (k < 88) {
            if (P.calls && (!of || depth == 0)) /* all functions count their loops in one register */
                call(of);
        } else if (k < 90) {
            jump_table(depth, of);
        } else if (k < 91) {
            if (P.calls)
                here(of);
        } else if (k < 95) {
            if (P.changes && P.most < 20)
                change(of);
        } else if (k < 97) {
            if (P.system && !of)
                system_call();
        } else if (k < 98) {
            if (P.npads == 0 && !of && depth == 0 && !P.inside && chance(60))
                over_edge();
        } else {
            compute();
        }
    }
}

/* ---- a program ---- */

static void function(void)
{
    Function *f = &P.fn[P.nfn];
    uint64_t before = P.cost;
    int start = label(), twice = -1, l;
    unsigned k, slot = P.nfn, other = 0;
    memset(f, 0, sizeof *f);
    f->unit = unit();
    f->start = start;
    f->middle = f->patch = -1;
    f->link = P.link[below(3)];
    f->skip = chance(15) ? chance(50) ? 4 : 2 : 0;
    P.most = 1;
    P.to = &f->code;
    own(0, f->unit);
    own(1, 0);
    if (chance(20)) {              /* one that calls itself */
        l = label();
        f->counts = true;
        place(start);
        op(RV64_I_ADDI, P.stack, P.stack, 0, -16);
        op(RV64_I_SD, 0, P.stack, f->link, 8);
        P.most = 20;
        sequence(1 + below(3), 9, f, false);
        own(0, f->unit);
        op(RV64_I_ADDI, P.counter[2], P.counter[2], 0, -1);
        to(RV64_I_BGE, 0, 0, P.counter[2], l);
        to(RV64_I_JAL, f->link, 0, 0, start);
        if (f->skip)
            put_ins(plain(f->skip));
        place(l);
        sequence(1 + below(3), 9, f, false);
        own(0, f->unit);
        op(RV64_I_LD, f->link, P.stack, 0, 8);
        op(RV64_I_ADDI, P.stack, P.stack, 0, 16);
        P.most = 1;
    } else {
        /* The frame is known when the body is: it goes to a place kept for it. */
        int entry;
        place(start);
        entry = (int)P.to->n;
        put_ins(ins(RV64_I_SD, 0, P.base[0], f->link, SLOTS + 8 * (int)slot - P.off[0]));
        if (P.changes) {
            f->patch = label();
            place(f->patch);
            put_ins(plain(4));
        }
        sequence(1 + below(8), 0, f, true);
        if (chance(40)) {
            f->middle = label();
            place(f->middle);
        }
        sequence(1 + below(5), 0, f, true);
        if (chance(15) && !(f->clobbers >> f->link & 1)) {  /* calls one that may return to our caller */
            other = P.link[below(3)];
            if (other != f->link) {
                twice = label();
                own(0, f->unit);
                to(RV64_I_JAL, other, 0, 0, twice);
                f->clobbers |= 1u << other;
                sequence(1 + below(3), 9, f, false);
            }
        }
        own(0, f->unit);
        own(1, 0);
        if (f->clobbers >> f->link & 1) {
            put_ins(ins(RV64_I_LD, f->link, P.base[0], 0, SLOTS + 8 * (int)slot - P.off[0]));
            f->middle = -1;        /* what jumps there would not have stored it: nobody has yet */
        } else {
            P.to->p[entry].i = ins(RV64_I_ADDI, 0, 0, 0, 0);
        }
        /* The end of another that returns as we do. */
        if (P.nfn && chance(20)) {
            Function *g = &P.fn[below(P.nfn)];
            if (g->link == f->link && g->skip == f->skip && !g->counts) {
                jump(g->start);
                f->clobbers |= g->clobbers;
                for (k = 0; k < P.to->n; k++)
                    for (l = 0; l < OWNERS; l++)
                        if (P.to->p[k].owner[l] == f->unit)
                            P.to->p[k].owner[l] = g->unit;
                f->unit = g->unit;
                P.cost += g->cost;
            }
        }
    }
    own(0, f->unit);
    op(RV64_I_JALR, 0, f->link, 0, f->skip);
    if (twice >= 0) {
        l = label();
        place(twice);
        sequence(1 + below(3), 9, f, false);
        own(0, f->unit);
        condition(l);
        put_ins(ins(RV64_I_JALR, 0, f->link, 0, f->skip));
        place(l);
        put_ins(ins(RV64_I_JALR, 0, other, 0, 0));
    }
    f->clobbers |= 1u << f->link;
    f->cost = P.cost - before;
    P.cost = before;
    P.nfn++;
}

static unsigned role(uint32_t allowed)
{
    for (;;) {
        unsigned r = 1 + below(31);
        if ((allowed & ~P.reserved) >> r & 1) {
            P.reserved |= (uint32_t)1 << r;
            return r;
        }
    }
}

static void append(const Code *c)
{
    int base = (int)P.nitems;
    unsigned k;
    for (k = 0; k < c->n; k++) {
        Item *t = &P.items[P.nitems++];
        if (P.nitems >= MAX_ITEMS) {
            fprintf(stderr, "seed %llu is too long\n", (unsigned long long)P.seed);
            exit(1);
        }
        *t = c->p[k];
        if (t->kind == LO)
            t->ref += base;
    }
}

static void make(uint64_t seed)
{
    static const uint64_t bad[] = { 0, 16, (uint64_t)-8, MIDDLE - PAGE - 16, MIDDLE + PAGE, MIDDLE + PAGE - 4, MIDDLE + 2 * PAGE,
                                    (uint64_t)1 << 38, (uint64_t)1 << 62, (uint64_t)1 << 63, 0x7ffffffff000 };
    uint32_t any = ~(uint32_t)1;
    unsigned k;
    for (k = 0; k < P.nfn; k++)
        free(P.fn[k].code.p);
    free(P.main.p);
    free(P.tail.p);
    memset(&P, 0, sizeof P);
    P.seed = P.rng = seed;
    rnd();
    P.changes = chance(20);
    P.unfenced = seed % 8 == 0;
    P.floats = chance(60);
    P.calls = chance(70);
    P.system = chance(25);
    P.lasting = chance(2);
    P.traps = chance(35);
    P.most = 1;
    if (P.system)
        any &= ~((uint32_t)0xf << 10 | (uint32_t)1 << 17);
    if (P.calls) {
        P.reserved |= 1u << 1 | 1u << 5;
        P.link[0] = 1;
        P.link[1] = 5;
        P.link[2] = role(any);
    }
    P.base[1] = role(any & 0xff00);
    P.base[0] = role(any);
    P.nbase = 2;
    if (!(P.reserved >> 2 & 1) && chance(60)) {
        P.base[P.nbase++] = 2;
        P.reserved |= 1u << 2;
    }
    P.temp = role(any & ~(uint32_t)0x60);
    for (k = 0; k < 4; k++)
        P.counter[k] = role(any);
    P.stack = role(any);
    P.bad = role(any);
    P.writable = ~P.reserved & ~(uint32_t)1;
    for (k = 1; k < 32; k++)
        P.x[k] = integer();
    for (k = 0; k < 32; k++)
        P.f[k] = real();
    for (k = 0; k < 128; k++)
        P.data[k] = chance(50) ? integer() : real();
    P.fcsr = rnd() & 0x1f;
    P.fcsr |= (uint64_t)below(5) << 5;
    for (k = 0; k < P.nbase; k++) {
        P.off[k] = chance(60) ? 8 * ((int)below(32) - 16) : (int)below(128) - 64;
        P.x[P.base[k]] = (uint64_t)(MIDDLE + P.off[k]);
    }
    if (P.nbase == 3) {
        P.off[2] = -(8 * (int)below(32));
        P.x[2] = (uint64_t)(MIDDLE + P.off[2]);
    }
    P.x[P.stack] = MIDDLE + STACK_AT;
    P.x[P.bad] = bad[below(countof(bad))];
    P.x[P.temp] = 0;               /* the record, when that has its place */
    if (P.calls)
        for (k = 1 + below(MAX_FUNCTIONS); k-- > 0;)
            function();
    P.to = &P.main;
    memset(P.owner, 0, sizeof P.owner);
    put_ins(ins(RV64_I_LD, 5, P.temp, 0, 40));
    if (P.lasting)
        loop(0, NULL, 4096 * (1 + below(2)));
    sequence(10 + below(60), 0, NULL, true);
    memset(P.owner, 0, sizeof P.owner);
    put_ins(ins(RV64_I_LUI, P.temp, 0, 0, SAVE >> 12));
    put_ins(ins(RV64_I_SD, 0, P.temp, 5, 40));
    put_ins(ins(RV64_I_SD, 0, P.temp, 6, 48));
    put_ins(ins(RV64_I_LD, 5, P.temp, 0, 536));
    put_ins(ins(RV64_I_JALR, 0, 5, 0, 0));
    append(&P.main);
    for (k = 0; k < P.nfn; k++) {
        if (P.changes && chance(40)) {
            Item *t = &P.items[P.nitems++];
            memset(t, 0, sizeof *t);
            t->kind = PAD;
            t->word = 8 * below(8);
            P.npads++;
        }
        append(&P.fn[k].code);
    }
    append(&P.tail);
}

/* ---- bytes ---- */

static bool dead[65536];

static bool gone(const Item *t)
{
    unsigned k;
    for (k = 0; k < OWNERS; k++)
        if (dead[t->owner[k]])
            return true;
    return false;
}

static unsigned length(const Item *t, uint32_t at)
{
    switch (t->kind) {
    case LABEL: return 0;
    case WORD: case DIFF: return t->half ? 2 : 4;
    case PAD: return (t->word - at) & (PAGE - 1);
    default: return rv64_forms[rv64_insns[t->i.row].form].bytes;
    }
}

/* Offsets from the program's start, which has the place `origin` in its page. */
static void lay_out(uint32_t origin)
{
    bool again;
    unsigned k;
    do {
        uint32_t at = 0;
        again = false;
        for (k = 0; k < P.nitems; k++) {
            Item *t = &P.items[k];
            t->at = at;
            if (t->kind == LABEL)
                P.label_at[t->label] = (int32_t)at;
            if (!gone(t))
                at += length(t, at + origin);
        }
        P.size = at;
        for (k = 0; k < P.nitems; k++) {
            Item *t = &P.items[k];
            if (t->kind == TO && !gone(t) && rv64_forms[rv64_insns[t->i.row].form].bytes == 2 &&
                !rv64_imm_fits(rv64_forms[rv64_insns[t->i.row].form].imm, P.label_at[t->label] - (int32_t)t->at)) {
                rv64_expand(&t->i);
                again = true;
            }
        }
    } while (again);
}

static Rv64Ins final(const Item *t)
{
    Rv64Ins i = t->i;
    int32_t v;
    if (t->kind == TO)
        i.imm = P.label_at[t->label] - (int32_t)t->at;
    if (t->kind == HI || t->kind == LO) {
        const Item *h = t->kind == HI ? t : &P.items[t->ref];
        v = P.label_at[h->label] - (int32_t)h->at;
        i.imm = t->kind == HI ? (int32_t)((uint32_t)(v + 0x800) >> 12 & 0xfffff) : v - (int32_t)((uint32_t)(v + 0x800) & ~0xfffu);
    }
    if (break_from && i.row == break_from)
        i.row = (uint16_t)break_to;
    return i;
}

static void write_code(uint8_t *p)
{
    unsigned k;
    for (k = 0; k < P.nitems; k++) {
        const Item *t = &P.items[k];
        Rv64Ins i;
        uint8_t b[4];
        if (gone(t) || t->kind == LABEL || t->kind == PAD)
            continue;
        if (t->kind == WORD || t->kind == DIFF) {
            uint32_t w = t->kind == WORD ? t->word : (uint32_t)(P.label_at[t->label] - P.label_at[t->ref]);
            if (length(t, 0) == 2)
                put_u16(p + t->at, w);
            else
                put_u32(p + t->at, w);
            continue;
        }
        i = final(t);
        if (!rv64_emit(b, &i)) {
            fprintf(stderr, "seed %llu: %s at %u: %d does not fit\n", (unsigned long long)P.seed, rv64_insns[i.row].mnem, t->at, (int)i.imm);
            exit(1);
        }
        memcpy(p + t->at, b, i.len);
    }
}

static bool is_role(unsigned r)
{
    return P.reserved >> r & 1;
}

/* The program of a line. */
static bool read_spec(char *line)
{
    char *s = strtok(line, " \n");
    memset(dead, 0, sizeof dead);
    if (!s)
        return false;
    make(strtoull(s, NULL, 0));
    while ((s = strtok(NULL, " \n"))) {
        unsigned n = (unsigned)atoi(s + 1), k;
        switch (*s) {
        case 'u': dead[n & 0xffff] = n != 0; break;
        case 'x': if (n < 32 && !is_role(n)) P.x[n] = 0; break;
        case 'f': if (n < 32) P.f[n] = 0; break;
        case 'c': P.fcsr = 0; break;
        case 'd': for (k = 0; k < 128; k++) P.data[k] = 0; break;
        default: return false;
        }
    }
    return true;
}

static void write_record(uint8_t *r, uint64_t address, uint64_t entry)
{
    unsigned k;
    put_u64(r, entry);
    for (k = 1; k < 32; k++)
        put_u64(r + 8 * k, k == P.temp ? address : P.x[k]);
    for (k = 0; k < 32; k++)
        put_u64(r + 256 + 8 * k, P.f[k]);
    put_u64(r + 512, P.fcsr);
    for (k = 0; k < 128; k++)
        put_u64(r + DATA_AT + 8 * k, P.data[k]);
}

static int batch(const char *name)
{
    enum { MAX = 4096 };
    static char line[1 << 20], *lines[MAX];
    uint8_t *blob = calloc(1, CAP), *records;
    unsigned n = 0, k, pass;
    uint32_t at, start[2], end[2];
    FILE *f;
    while (n < MAX && fgets(line, sizeof line, stdin))
        lines[n++] = strdup(line);
    at = (64 + 8 * n + PAGE - 1) & ~(uint32_t)(PAGE - 1);
    records = blob + at;
    at = (at + RECORD * n + PAGE - 1) & ~(uint32_t)(PAGE - 1);
    for (pass = 0; pass < 2; pass++) {
        start[pass] = at;
        for (k = 0; k < n; k++) {
            strcpy(line, lines[k]);
            if (!read_spec(line)) {
                fprintf(stderr, "line %u is none: %s\n", k, lines[k]);
                return 1;
            }
            if (P.changes != (pass == 1))
                continue;
            at = P.npads || P.changes ? (at + PAGE - 1) & ~(uint32_t)(PAGE - 1) : (at + 3) & ~3u;
            lay_out(at);
            if (at + P.size + PAGE > CAP) {
                fprintf(stderr, "too many programs\n");
                return 1;
            }
            write_code(blob + at);
            write_record(records + RECORD * k, BLOB + (uint64_t)(records - blob) + RECORD * k, BLOB + (uint64_t)at);
            put_u64(blob + 64 + 8 * k, BLOB + (uint64_t)(records - blob) + RECORD * k);
            at += P.size;
        }
        at = (at + PAGE - 1) & ~(uint32_t)(PAGE - 1);
        end[pass] = at;
    }
    put_u64(blob, n);
    for (pass = 0; pass < 2; pass++) {
        put_u64(blob + 8 + 16 * pass, BLOB + (uint64_t)start[pass]);
        put_u64(blob + 16 + 16 * pass, end[pass] - start[pass]);
    }
    f = fopen(name, "wb");
    if (!f || fwrite(blob, 1, at, f) != at || fclose(f))
        return 1;
    return 0;
}

/* ---- as text ---- */

void rt_exit(int status) { exit(status); }     /* rt, without its system calls */

static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    fprintf(stderr, "fatal: %s\n", msg);
    exit(3);
}
static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }

static void quads(const char *what, const uint64_t *v, unsigned n)
{
    unsigned k, m;
    for (k = 0; k < n; k += m) {
        for (m = 1; k + m < n && !v[k] == !v[k + m] && m < (v[k] ? 4u : n); m++)
            ;
        if (!v[k]) {
            printf("    .zero %u\n", 8 * m);
            continue;
        }
        printf("    .quad ");
        for (unsigned j = 0; j < m; j++)
            printf("%s0x%llx", j ? ", " : "", (unsigned long long)v[k + j]);
        printf("  # %s%u\n", what, k);
    }
}

static void list(void)
{
    Host host = { NULL, pages, unpages, NULL, fatal };
    Arena a;
    void *dis;
    bool *used = calloc(MAX_ITEMS, 1);
    unsigned k;
    memset(&a, 0, sizeof a);
    arena_init(&a, &host);
    dis = rv64_dis_begin(&a, RV64_DIS_NO_ALIASES);
    lay_out(0);
    for (k = 0; k < P.nitems; k++)
        if (!gone(&P.items[k]) && P.items[k].kind != LABEL) {
            if (P.items[k].label >= 0)
                used[P.items[k].label] = true;
            if (P.items[k].kind == DIFF)
                used[P.items[k].ref] = true;
        }
    printf("    .option norelax\n    .section .program, \"%s\", @progbits\n    .balign 4096\nstart:\n", P.changes ? "awx" : "ax");
    for (k = 0; k < P.nitems; k++) {
        const Item *t = &P.items[k];
        uint8_t b[4];
        Buf text = { .arena = &a };
        Rv64Ins i;
        if (t->kind == LABEL && used[t->label])
            printf("l%d:\n", t->label);
        if (t->kind == LABEL || gone(t))
            continue;
        if (t->kind == PAD) {
            printf("    .zero (%u - (. - start)) & 4095\n", (unsigned)t->word);
            continue;
        }
        if (t->kind == WORD || t->kind == DIFF) {
            if (t->kind == DIFF)
                printf("    .word l%d - l%d\n", t->label, t->ref);
            else
                printf("    .%s 0x%x\n", length(t, 0) == 2 ? "half" : "word", t->word);
            continue;
        }
        i = final(t);
        rv64_emit(b, &i);
        if (t->kind == TO) {
            const char *syntax = rv64_forms[rv64_insns[i.row].form].syntax, *s;
            printf("    .option %s\n    %s ", i.len == 2 ? "rvc" : "norvc", rv64_insns[i.row].mnem);
            for (s = syntax; *s; s++)
                printf("%s%s", s > syntax ? "," : "", *s == 'd' ? rv64_reg_name(i.rd) : *s == 's' ? rv64_reg_name(i.rs1) :
                       *s == 't' ? rv64_reg_name(i.rs2) : "");
            printf("l%d\n", t->label);
            continue;
        }
        if (t->kind == HI) {
            printf("h%u: auipc %s,%%pcrel_hi(l%d)\n", k, rv64_reg_name(i.rd), t->label);
            continue;
        }
        if (t->kind == LO) {
            if (rv64_forms[rv64_insns[i.row].form].imm == IM_S)
                printf("    .option norvc\n    %s %s,%%pcrel_lo(h%d)(%s)\n", rv64_insns[i.row].mnem, rv64_reg_name(i.rs2), t->ref, rv64_reg_name(i.rs1));
            else if (i.row == RV64_I_ADDI)
                printf("    .option norvc\n    addi %s,%s,%%pcrel_lo(h%d)\n", rv64_reg_name(i.rd), rv64_reg_name(i.rs1), t->ref);
            else
                printf("    .option norvc\n    %s %s,%%pcrel_lo(h%d)(%s)\n", rv64_insns[i.row].mnem, rv64_reg_name(i.rd), t->ref, rv64_reg_name(i.rs1));
            continue;
        }
        if (rv64_dis.one(dis, b, i.len, 0, NULL, &text) && i.row != RV64_I_C_NOP)
            printf("    .option %s\n    %.*s\n", i.len == 2 ? "rvc" : "norvc", (int)text.n, (const char *)text.p);
        else
            printf(i.len == 2 ? "    .half 0x%x\n" : "    .word 0x%x\n", i.len == 2 ? get_u16(b) : get_u32(b));
    }
    P.x[0] = 1;
    printf("    .data\n    .balign 16\n    .globl program\nprogram:\n    .quad start\n");
    quads("x1 + ", P.x + 1, P.temp - 1);
    printf("    .quad program  # %s\n", rv64_reg_name(P.temp));
    {
        char what[16];
        snprintf(what, sizeof what, "x%u + ", P.temp + 1);
        quads(what, P.x + P.temp + 1, 31 - P.temp);
    }
    quads("f", P.f, 32);
    printf("    .quad 0x%llx  # fcsr\n    .zero 56\n", (unsigned long long)P.fcsr);
    quads("data ", P.data, 128);
    free(used);
}

/* What still stands that could be left out. */
static void units(void)
{
    unsigned k;
    bool *some = calloc(65536, 1);
    for (k = 0; k < P.nitems; k++)
        if (P.items[k].kind != LABEL && !gone(&P.items[k]))
            some[P.items[k].owner[0]] = true;
    for (k = 1; k <= P.nunits; k++)
        if (some[k])
            printf("u%u\n", k);
    for (k = 1; k < 32; k++)
        if (!is_role(k) && P.x[k])
            printf("x%u\n", k);
    for (k = 0; k < 32; k++)
        if (P.f[k])
            printf("f%u\n", k);
    printf("c\nd\n");
    free(some);
}

static void stat(unsigned n)
{
    static unsigned counts[RV64_ROWS];
    unsigned k, s;
    unsigned long long total = 0, cost = 0, size = 0;
    memset(dead, 0, sizeof dead);
    for (s = 0; s < n; s++) {
        make(s);
        lay_out(0);
        cost += P.cost;
        size += P.size;
        for (k = 0; k < P.nitems; k++)
            if (P.items[k].kind == INS || P.items[k].kind == TO || P.items[k].kind == HI || P.items[k].kind == LO) {
                counts[P.items[k].i.row]++;
                total++;
            }
    }
    for (k = 0; k < RV64_ROWS; k++)
        printf("%8u %s\n", counts[k], rv64_insns[k].mnem);
    printf("%llu instructions, %llu bytes, about %llu executed, a program\n", total / n, size / n, cost / n);
}

static unsigned row_of(const char *s, size_t n)
{
    unsigned k;
    for (k = 0; k < RV64_ROWS; k++)
        if (strlen(rv64_insns[k].mnem) == n && memcmp(rv64_insns[k].mnem, s, n) == 0)
            return k;
    fprintf(stderr, "no row %s\n", s);
    exit(1);
}

int main(int argc, char **argv, char **envp)
{
    static char line[1 << 20];
    int k;
    (void)envp;
    if (argc > 2 && strcmp(argv[1], "-b") == 0) {
        const char *equal = strchr(argv[2], '=');
        break_from = row_of(argv[2], equal ? (size_t)(equal - argv[2]) : strlen(argv[2]));
        break_to = equal ? row_of(equal + 1, strlen(equal + 1)) : break_from;
        argc -= 2;
        argv += 2;
    }
    if (argc < 3)
        return 2;
    if (strcmp(argv[1], "batch") == 0)
        return batch(argv[2]);
    if (strcmp(argv[1], "stat") == 0)
        return stat((unsigned)atoi(argv[2])), 0;
    for (k = 2; k < argc; k++)
        strcat(strcat(line, argv[k]), " ");
    if (!read_spec(line))
        return 2;
    if (strcmp(argv[1], "units") == 0)
        units();
    else
        list();
    return 0;
}
