/* driver.c: the lifter of rv64 as commands for suite.sh.
 *   self            every row at its edge operands, alone and in sequences: lifted, checked, through the text and back; a few definitions
 *   fuzz N SEED     N pieces of random bytes: always a sound unit
 *   gen MAP SEED    assembly of the guest that gen.c describes; what stands in its output, an entry a line, into MAP
 *   run ELF         runs it by lifting and evaluating (eval.c)
 *   interp ELF      runs it by lifting and the interpreter of src/ir
 *   where MAP A B NAME   the first cases in which two outputs differ
 *   speed ELF       instructions lifted a second, of its code */
#include "driver.h"
#include "arch/rv64/insn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const Target target_rv64;
const Target *const targets[] = { &target_rv64, NULL };
const Target *target_find(const char *triple) { (void)triple; return targets[0]; }
const Target *target_by_machine(uint16_t m) { return m == 243 ? targets[0] : NULL; }

static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    fprintf(stderr, "fatal: %s\n", msg);
    exit(3);
}
static void sink(void *ctx, const char *s, size_t n) { (void)ctx; fwrite(s, 1, n, stdout); }
static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }
Host host = { NULL, pages, unpages, NULL, fatal };
Arena perm, fn;
const TargetLift *lift;
void *context;
uint8_t regs[LIFT_MAX_STATES];
IrUnit unit;

unsigned failures;
LiftJob *lift_bytes(const uint8_t *code, size_t n, uint64_t pc, uint32_t features)
{
    LiftJob *j = arena_new(&fn, LiftJob);
    const char *why;
    j->host = &host;
    j->arena = &fn;
    j->context = context;
    j->unit = &unit;
    j->code = code;
    j->n = n;
    j->pc = pc;
    j->features = features;
    j->max_ins = LIFT_MAX_INS;
    j->reg = regs;
    lift->block(j);
    why = ir_check(&fn, j->f);
    if (!why && (j->size > n || j->nins > j->max_ins || j->nexits > countof(j->exits)))
        why = "size, nins or nexits";
    if (why && failures++ < 10) {
        Buf b = { &fn };
        ir_print_fn(&b, j->f);
        printf("not ok check: %s\n%.*s\n", why, (int)b.n, (const char *)b.p);
    }
    return j;
}

/* ---- every row ---- */

/* The k-th edge value that an immediate of this kind can have. */
bool imm_edge(unsigned kind, unsigned k, int64_t *v)
{
    static const int64_t try[] = { 8, 0, 1, 2, 4, 16, 31, 32, -1, -2, -4, -8, -16, 42, 63, 12, 24, 0x7f, 254, -256, 504, 0x1f0, -512, 1020,
                                   2047, -2048, 4094, -4096, 0x7ffff, 0x80000, 0xfffff, 0xfffe0, 1048574, -1048576 };
    unsigned n;
    if (!rv64_imms[kind].bits) {
        *v = 0;
        return k == 0;
    }
    for (n = 0; n < countof(try); n++)
        if (rv64_imm_fits(kind, try[n]) && k-- == 0) {
            *v = try[n];
            return true;
        }
    return false;
}

static uint64_t seed = 1;
uint32_t random32(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 32);
}

/* A row with random operands that suit it, encoded. */
static unsigned random_ins(uint8_t to[4], unsigned row)
{
    const Rv64Insn *in = &rv64_insns[row];
    const Rv64Form *f = &rv64_forms[in->form];
    unsigned turn;
    for (turn = 0; turn < 1000; turn++) {
        Rv64Ins i;
        uint32_t w = (random32() & ~in->mask) | in->match;
        rv64_unpack(&i, row, w);
        if (f->extra & FX_CSR && turn < 500)
            i.csr = 1;
        if (rv64_emit(to, &i))
            return i.len;
    }
    printf("not ok %s has no random operands\n", in->mnem);
    failures++;
    return 0;
}

static void through_text(const LiftJob *j)
{
    Buf a = { &fn }, b = { &fn };
    SrcMap sm;
    Diag d;
    IrText t;
    ir_print_unit_syms(&a, &unit);
    ir_print_fn(&a, j->f);
    memset(&t, 0, sizeof t);
    src_init(&sm, &fn);
    diag_init(&d, &sm, &fn, sink, NULL);
    if (!ir_read(&host, &fn, &d, &sm, "text", (const char *)a.p, a.n, &t) || t.fns.n != 1) {
        if (failures++ < 10)
            printf("not ok the text is not read:\n%.*s\n", (int)a.n, (const char *)a.p);
        return;
    }
    ir_print_unit_syms(&b, t.unit);
    ir_print_fn(&b, t.fns.p[0]);
    if ((a.n != b.n || memcmp(a.p, b.p, a.n) != 0) && failures++ < 10)
        printf("not ok the text comes back changed:\n%.*s\n", (int)a.n, (const char *)a.p);
}

static unsigned rows_alone(void)
{
    unsigned row, turn, n, count = 0;
    uint8_t b[4];
    for (row = 0; row < RV64_ROWS; row++)
        for (turn = 0; turn < 200; turn++) {
            arena_reset(&fn);
            if (!(n = random_ins(b, row)))
                break;
            LiftJob *j = lift_bytes(b, n, 0x10000, RV64_X_ALL);
            count++;
            if (j->size != n) {
                printf("not ok %s alone has size %u\n", rv64_insns[row].mnem, (unsigned)j->size);
                failures++;
            }
            if (turn < 5)
                through_text(j);
            /* Without what it needs it is no instruction. */
            if (rv64_insns[row].ext == RV64_X_I)
                continue;
            j = lift_bytes(b, n, 0x10000, RV64_X_ALL & ~rv64_insns[row].ext);
            if (j->nexits != 1 || j->exits[0].kind != LIFT_ILLEGAL || j->exits[0].pc != 0x10000) {
                printf("not ok %s without its extension is lifted\n", rv64_insns[row].mnem);
                failures++;
            }
        }
    return count;
}

static unsigned sequences(unsigned turns)
{
    uint8_t b[4 * 80];
    unsigned turn, k, n, count = 0;
    for (turn = 0; turn < turns; turn++) {
        unsigned want = turn % 8 ? 20 : 75;
        arena_reset(&fn);
        for (k = n = 0; k < want; k++) {
            unsigned row;
            do
                row = random32() % RV64_ROWS;
            while (rv64_insns[row].flags & (RVF_TRAP | RVF_JUMP) || row == RV64_I_FENCE_I || row == RV64_I_SFENCE_VMA);
            n += random_ins(b + n, row);
        }
        LiftJob *j = lift_bytes(b, n, 0x10000, RV64_X_ALL);
        count += j->nins;
        if (turn % 16 == 0)
            through_text(j);
    }
    return count;
}

/* ---- definitions that no oracle at hand knows, and what only the exits tell ---- */

static uint64_t one(uint32_t w, uint64_t a0, uint64_t a1)
{
    Eval e;
    uint64_t n;
    uint8_t b[4];
    memset(&e, 0, sizeof e);
    put_u32(b, w);
    arena_reset(&fn);
    e.state[10] = a0;
    e.state[11] = a1;
    e.state[12] = 0x1234;
    eval_unit(&e, lift_bytes(b, 4, 0x10000, RV64_X_ALL)->f, &n);
    free(e.v);
    return e.state[12];
}

static bool zicond(void)
{
    static const uint64_t v[] = { 0, 1, UINT64_MAX, (uint64_t)1 << 63, 0x100000000 };
    unsigned a, b, bad = 0;
    for (a = 0; a < countof(v); a++)
        for (b = 0; b < countof(v); b++) {
            bad += one(0x0eb55633, v[a], v[b]) != (v[b] ? v[a] : 0);  /* czero.eqz a2, a0, a1 */
            bad += one(0x0eb57633, v[a], v[b]) != (v[b] ? 0 : v[a]);
        }
    return bad == 0;
}

static bool exit_is(const uint32_t *words, unsigned n, uint32_t features, unsigned kind, uint64_t pc, unsigned nins, uint64_t size)
{
    uint8_t b[64];
    unsigned k;
    for (k = 0; k < n; k++)
        put_u32(b + 4 * k, words[k]);
    arena_reset(&fn);
    LiftJob *j = lift_bytes(b, 4 * n, 0x10000, features);
    bool ok = j->nexits >= 1 && j->exits[0].kind == kind && j->exits[0].pc == pc && j->nins == nins && j->size == size;
    if (!ok)
        printf("  %x: exit %u at %llx, %u instructions, %u bytes\n", words[0], j->exits[0].kind, (unsigned long long)j->exits[0].pc,
               j->nins, (unsigned)j->size);
    return ok;
}

#define EXIT(kind, pc, nins, size, ...) \
    exit_is((const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4, RV64_X_ALL, kind, pc, nins, size)
static bool exits(void)
{
    bool ok = true;
    uint8_t b[8];
    ok &= EXIT(LIFT_GOTO, 0x10004, 1, 4, 0x00150513);
    ok &= EXIT(LIFT_SYSCALL, 0x10008, 2, 8, 0x00150513, 0x00000073, 0x00150513);
    ok &= EXIT(LIFT_BREAK, 0x10004, 1, 8, 0x00150513, 0x00100073);
    ok &= EXIT(LIFT_FLUSH, 0x10004, 1, 4, 0x0000100f, 0x00150513);
    ok &= EXIT(LIFT_ILLEGAL, 0x10004, 1, 8, 0x00150513, 0xffffffff);
    ok &= EXIT(LIFT_ILLEGAL, 0x10000, 0, 4, 0x10500073);
    ok &= EXIT(LIFT_SPECIAL, 0x10000, 0, 4, 0xc0002573);      /* rdcycle a0 */
    ok &= EXIT(LIFT_ILLEGAL, 0x10000, 0, 4, 0xc0051573);      /* csrrw a0, cycle, a0 */
    ok &= EXIT(LIFT_SPECIAL, 0x10000, 0, 4, 0x00302573);      /* frcsr */
    ok &= EXIT(LIFT_ILLEGAL, 0x10000, 0, 4, 0x30002573);      /* mstatus */
    ok &= EXIT(LIFT_GOTO, 0x0ff00, 1, 4, 0xf01ff0ef);         /* jal -256 */
    ok &= EXIT(LIFT_GOTO, 0x10004, 1, 4, 0xfe000fe3 ^ 0x1000, 0x00150513); /* bne x0, x0, back */
    ok &= exit_is((const uint32_t[]){ 0x0020006f }, 1, RV64_X_G, LIFT_MISALIGNED, 0x10000, 1, 4); /* j .+2 without C */
    /* Bytes that end inside an instruction. */
    arena_reset(&fn);
    put_u32(b, 0x00150513);
    put_u32(b + 4, 0x00150513);
    LiftJob *j = lift_bytes(b, 6, 0x10000, RV64_X_ALL);
    ok &= j->nexits == 1 && j->exits[0].kind == LIFT_GOTO && j->exits[0].pc == 0x10004 && j->nins == 1;
    j = lift_bytes(b, 2, 0x10000, RV64_X_ALL);
    ok &= j->nexits == 1 && j->exits[0].kind == LIFT_FETCH && j->exits[0].pc == 0x10000 && j->nins == 0;
    j = lift_bytes(b, 0, 0x10000, RV64_X_ALL);
    ok &= j->nexits == 1 && j->exits[0].kind == LIFT_FETCH && j->exits[0].pc == 0x10000 && j->nins == 0;
    return ok;
}

/* Fault in a block: what changed before it, and its pc; nothing that comes behind. */
static bool faults(void)
{
    /* addi a0, a0, 1; fcvt.s.w fa0, a1; ld a2, 0(a1); addi a0, a0, 1 */
    static const uint32_t words[] = { 0x00150513, 0xd0058553, 0x0005b603, 0x00150513 };
    uint8_t b[16];
    Eval e;
    uint64_t n = 0;
    unsigned k;
    memset(&e, 0, sizeof e);
    for (k = 0; k < 4; k++)
        put_u32(b + 4 * k, words[k]);
    arena_reset(&fn);
    e.state[10] = 5;
    e.state[11] = 1;
    e.state[12] = 77;
    LiftJob *j = lift_bytes(b, 16, 0x10000, RV64_X_ALL);
    bool ok = eval_unit(&e, j->f, &n) == EV_FAULT && e.fault == 1 && e.state[10] == 6 && e.state[12] == 77 &&
              e.state[42] == 0xffffffff3f800000u && e.state[64] == 0x10008;
    free(e.v);
    return ok;
}

static int self(void)
{
    unsigned n = rows_alone();
    printf("%s every-row-alone (%u instructions of %u rows)\n", failures ? "not ok" : "ok", n, (unsigned)RV64_ROWS);
    failures = 0;
    n = sequences(3000);
    printf("%s sequences (%u instructions)\n", failures ? "not ok" : "ok", n);
    printf("%s zicond\n", zicond() ? "ok" : "not ok");
    printf("%s exits\n", exits() ? "ok" : "not ok");
    printf("%s faults\n", faults() ? "ok" : "not ok");
    return 0;
}

static int fuzz(unsigned turns)
{
    uint8_t b[256];
    unsigned turn, n, count = 0;
    for (turn = 0; turn < turns; turn++) {
        uint8_t *exact;
        for (n = 0; n + 4 < turn % sizeof b;) { /* rows, some of them spoilt; in every fourth turn bytes alone */
            unsigned len = random_ins(b + n, random32() % RV64_ROWS);
            if (turn % 4 == 0 || random32() % 16 == 0)
                for (len = 0; len < 4; len++)
                    b[n + len] = (uint8_t)(random32() >> 8);
            n += len;
        }
        if (n)
            n -= random32() % 2; /* may end inside one */
        exact = malloc(n + 1);
        memcpy(exact + 1, b, n);
        arena_reset(&fn);
        count += lift_bytes(exact + 1, n, random32() & ~1u, turn % 3 ? RV64_X_ALL : random32())->nins;
        free(exact);
    }
    printf("%s random-words (%u instructions)\n", failures ? "not ok" : "ok", count);
    return 0;
}

/* Lines of map: name, table, its rows, modes; A and B are records of 24 bytes. */
static int where(const char *map, const char *an, const char *bn, const char *how)
{
    FILE *m = fopen(map, "r"), *a = fopen(an, "rb"), *b = fopen(bn, "rb");
    char line[256], table[32], name[200];
    unsigned modes, rows, told = 0;
    unsigned long long total = 0;
    if (!m || !a || !b)
        return 1;
    while (fgets(line, sizeof line, m) && told < 20) {
        unsigned n;
        bool bad = false;
        if (sscanf(line, "%199[^\t]\t%31s %u %u", name, table, &rows, &modes) != 4)
            return 1;
        for (n = 0; n < rows * modes; n++, total++) {
            uint64_t x[3], y[3];
            if (fread(x, 24, 1, a) != 1 || fread(y, 24, 1, b) != 1) {
                printf("  outputs end early at %s\n", name);
                return 1;
            }
            if (memcmp(x, y, 24) && !bad) {
                bad = true;
                told++;
                printf("  %s: operands %u of %s, mode %u: %llx %llx %llx, expected %llx %llx %llx\n", name, n % rows, table, n / rows,
                       (unsigned long long)x[0], (unsigned long long)x[1], (unsigned long long)x[2], (unsigned long long)y[0],
                       (unsigned long long)y[1], (unsigned long long)y[2]);
            }
        }
    }
    printf("%s %s-every-row-computes-as-qemu (%llu cases)\n",
           told || fgetc(a) != EOF || fgetc(b) != EOF || !total ? "not ok" : "ok", how, total);
    return 0;
}

int main(int argc, char **argv, char **envp)
{
    unsigned k;
    (void)envp;
    arena_init(&perm, &host);
    arena_init(&fn, &host);
    lift = target_rv64.lift;
    context = lift->context(&perm);
    ir_unit_init(&unit, &perm);
    for (k = 0; k < LIFT_MAX_STATES; k++)
        regs[k] = (uint8_t)k;
    if (argc > 1 && strcmp(argv[1], "self") == 0)
        return self();
    if (argc > 2 && strcmp(argv[1], "fuzz") == 0) {
        seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 1;
        return fuzz((unsigned)atoi(argv[2]));
    }
    if (argc > 3 && strcmp(argv[1], "gen") == 0)
        seed = strtoull(argv[3], NULL, 0);
    if (argc > 2 && strcmp(argv[1], "gen") == 0)
        return gen(argv[2]);
    if (argc > 2 && strcmp(argv[1], "run") == 0)
        return run(argv[2], false);
    if (argc > 2 && strcmp(argv[1], "interp") == 0)
        return run(argv[2], true);
    if (argc > 5 && strcmp(argv[1], "where") == 0)
        return where(argv[2], argv[3], argv[4], argv[5]);
    if (argc > 2 && strcmp(argv[1], "speed") == 0)
        return speed(argv[2]);
    return 2;
}
