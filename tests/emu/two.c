/* The emulator as a library: two guests in one process, a slice of each in turn; a hook; a limit of memory; what a failed load says.
 * Steps by blocks, and what was translated, by each engine. two THREE LOOP CSRS MANY SHRINKS */
#include "emu/emu.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t held;

static void *pages(void *ctx, size_t n)
{
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)ctx;
    held += n;
    return p == MAP_FAILED ? NULL : p;
}

static void unpages(void *ctx, void *p, size_t n)
{
    (void)ctx;
    held -= n;
    munmap(p, n);
}

static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    printf("not ok two-guests: %s\n", msg);
    exit(1);
}

static int no_code;            /* 1: the host gives no executable memory; 2: not through two mappings */

static long call(void *ctx, long number, const long a[6])
{
    enum { MMAP = 222, MPROTECT = 226, MEMFD = 279, EXEC = 4 };
    if ((no_code && number == MEMFD) || (no_code == 1 && (number == MMAP || number == MPROTECT) && a[2] & EXEC))
        return -13;
    long n = emu_host_call(number);
    (void)ctx;
    return n < 0 ? -38 : rt_syscall(n, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static long hooked;

/* exit_group(42) becomes the number of the hook's context. */
static bool hook(void *ctx, Emu *e, long number, const uint64_t args[6], uint64_t *result)
{
    hooked++;
    if (number != 94 || args[0] != 42)
        return false;
    *result = 5;
    emu_set_reg(e, 10, 5);
    return *(int *)ctx;
}

static void say(const char *name, int ok)
{
    printf(ok ? "ok %s\n" : "not ok %s\n", name);
}

static char *slurp(const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    char *p = malloc(1 << 20);
    *n = fread(p, 1, 1 << 20, f);
    fclose(f);
    return p;
}

/* mem.c by itself: maps, rights, gaps, moves, ends of pages and of the space. */
static int memory(Emu *e)
{
    enum { P = EMU_PAGE, RW = EMU_READ | EMU_WRITE };
    EmuMem *m = &e->mem;
    const uint64_t top = (uint64_t)1 << EMU_ADDRESS_BITS, a = 0x100000000, far = 0x2000000000 - 2 * P;
    char in[3 * P], out[3 * P];
    size_t n;
    int ok = 1;
    for (int i = 0; i < 3 * P; i++)
        in[i] = (char)(i * 7);
    ok &= !emu_mem_map(m, top, P, RW) && !emu_mem_map(m, top - P, 2 * P, RW) && !emu_mem_map(m, a + 1, P, RW);
    ok &= !emu_mem_map(m, 0, UINT64_MAX - P + 1, RW) && emu_mem_is_free(m, a, 100 * P) && !emu_mem_page(m, top) && !emu_mem_page(m, UINT64_MAX);
    ok &= emu_mem_map(m, a, 3 * P, RW) && !emu_mem_is_free(m, a - P, 2 * P) && emu_mem_is_free(m, a + 3 * P, P);
    ok &= emu_copy_in(e, a + 5, in, 2 * P, false) && emu_copy_out(e, out, a + 5, 2 * P) && !memcmp(in, out, 2 * P);
    ok &= !emu_copy_in(e, a + 5, in, 3 * P, false) && !emu_copy_out(e, out, a - 1, 2);
    ok &= emu_mem_protect(m, a + P, P, EMU_READ) && !emu_mem_protect(m, a + 2 * P, 2 * P, EMU_READ);
    ok &= !emu_copy_in(e, a + P, in, 1, false) && emu_copy_in(e, a + P, in, 1, true) && emu_copy_out(e, out, a, 3 * P);
    ok &= m->ir.find(e, a + P, 8, true) == NULL && m->ir.find(e, a + P, 8, false) != NULL && m->ir.find(e, a, 4, true) != NULL;
    ok &= m->ir.read[(a + P) >> 12 & 255].page == (a + P) >> 12 && m->ir.write[a >> 12 & 255].page == a >> 12;
    ok &= emu_mem_move(m, a, far, 3 * P) && emu_mem_is_free(m, a, 3 * P) && emu_copy_out(e, in, far, 3 * P) && !memcmp(in, out, 3 * P);
    ok &= m->ir.read[(a + P) >> 12 & 255].page == IR_TLB_NONE && m->ir.find(e, a, 4, true) == NULL;
    ok &= !emu_copy_in(e, far + P, in, 1, false) && !emu_mem_move(m, far + P, a, 3 * P);
    ok &= emu_mem_at(m, far + 10, EMU_WRITE, &n) && n == P - 10 && !emu_mem_at(m, far + P, EMU_WRITE, &n) && n == 0;
    emu_mem_unmap(m, far, P);
    ok &= emu_mem_map(m, far, P, EMU_WRITE) && emu_copy_out(e, out, far, P) && !out[0] && !out[P - 1]; /* zeros again; writable is readable */
    memcpy(out, "abc", 4);
    ok &= emu_copy_in(e, far + P - 2, out, 2, false) && !emu_copy_string(e, far + P - 2, out, 2);
    uint64_t g = emu_mem_gap(m, 16 * P), h;
    ok &= g && emu_mem_is_free(m, g, 16 * P) && emu_mem_map(m, g, 16 * P, RW);
    h = emu_mem_gap(m, P);
    ok &= h && h + P <= g && emu_mem_map(m, h, P, 0) && !emu_mem_at(m, h, EMU_READ, &n);
    emu_mem_unmap(m, g + 4 * P, P);
    ok &= emu_mem_gap(m, P) == g + 4 * P && emu_mem_gap(m, top) == 0 && emu_mem_gap(m, 0) == 0;
    return ok;
}

/* Shared pages: beside others, moved, grown, with rights. */
static int shared(Emu *e)
{
    enum { P = EMU_PAGE, RW = EMU_READ | EMU_WRITE };
    EmuMem *m = &e->mem;
    const uint64_t a = 0x180000000, far = 0x190000000;
    char in[2 * P], out[2 * P];
    int ok = 1;
    for (int i = 0; i < 2 * P; i++)
        in[i] = (char)(i * 5 + 1);
    ok &= emu_mem_share(m, a + 1, P, RW, -1, 0) < 0 && emu_mem_share(m, a, 0, RW, -1, 0) < 0 && emu_mem_share(m, a, P, RW, 12345, 0) < 0;
    ok &= emu_mem_share(m, a, 2 * P, RW, -1, 0) == 0 && emu_copy_in(e, a, in, 2 * P, false) && emu_copy_out(e, out, a, 2 * P);
    ok &= !memcmp(in, out, 2 * P) && emu_mem_protect(m, a + P, P, EMU_READ) && !emu_copy_in(e, a + P, in, 1, false);
    ok &= !emu_mem_grow_share(m, a, a, 2 * P, 3 * P) && emu_mem_protect(m, a, 2 * P, RW); /* rights differ */
    ok &= emu_mem_move(m, a, far, 2 * P) && emu_mem_is_free(m, a, 2 * P) && emu_copy_out(e, out, far, 2 * P) && !memcmp(in, out, 2 * P);
    ok &= emu_mem_page(m, far)->prot == (EMU_MAPPED | EMU_SHARED | RW) && emu_mem_share(m, far, P, EMU_READ, 12345, 0) < 0;
    ok &= emu_copy_out(e, out, far, P) && !memcmp(in, out, P);  /* what was refused took nothing away */
    ok &= emu_mem_share(m, far, P, EMU_READ, -1, 0) == 0 && emu_copy_out(e, out, far, P) && !out[0] && !emu_copy_in(e, far, in, 1, false);
    emu_mem_unmap(m, far + P, P);
    return ok && emu_mem_is_free(m, far + P, P);
}

/* Without executable memory --auto interprets, --jit says so; with one mapping only there is code. */
static int denied(const EmuHost *os, const void *csrs, size_t n)
{
    const char *args[] = { "guest", NULL };
    EmuOptions o = { .name = "guest", .argv = args };
    int ok = 1;
    for (no_code = 1; no_code <= 2; no_code++)
        for (int engine = EMU_INTERP; engine <= EMU_JIT; engine++) {
            o.engine = (EmuEngine)engine;
            Emu *e = emu_new(os, &o, csrs, n);
            EmuStop stop = emu_run(e, 0);
            if (no_code == 1 && engine == EMU_JIT)
                ok &= stop == EMU_FAILED && strstr(emu_message(e), "no memory for code") != NULL;
            else
                ok &= stop == EMU_EXITED && emu_status(e) == 0 && !emu_message(e)[0] && (e->jit.code != 0) == (no_code == 2 && engine);
            emu_free(e);
        }
    no_code = 0;
    return ok;
}

/* A block that is made anew to less, again and again; stores to what it was made of. */
static int shrinks(const EmuHost *os, const void *elf, size_t n)
{
    const char *args[] = { "guest", NULL };
    EmuOptions o = { .name = "guest", .argv = args, .code_limit = 1 };
    int ok = 1;
    for (int engine = EMU_INTERP; engine <= EMU_JIT; engine++)
        for (int steps = 0; steps < 2; steps++) {
            o.engine = (EmuEngine)engine;
            Emu *e = emu_new(os, &o, elf, n);
            EmuTranslation t;
            uint64_t entry = 0, offset;
            unsigned longest = 0, shortest = 64;
            EmuStop stop = EMU_RUNNING;
            while (stop == EMU_RUNNING) {
                uint64_t pc = emu_reg(e, 64);
                stop = steps ? emu_step(e, 1) : emu_run(e, 100);
                const char *name = emu_symbol(e, pc, &offset);
                if (name && !strcmp(name, "block") && !offset && emu_translated(e, pc, &t)) {
                    entry = pc;
                    longest = t.instructions > longest ? t.instructions : longest;
                    shortest = t.instructions < shortest ? t.instructions : shortest;
                }
            }
            ok &= stop == EMU_EXITED && emu_status(e) == 0;
            ok &= !steps || engine == EMU_INTERP || (entry && shortest < 40);
            ok &= !steps || engine == EMU_JIT || longest == 62;
            emu_free(e);
        }
    return ok;
}

/* By blocks of one: the guest gets on, and each has been translated; a loop is done after as many as were asked for. */
static int steps(const EmuHost *os, const void *three, size_t n3, const void *loop, size_t nl, const void *csrs, size_t nc,
                 const void *many, size_t nm)
{
    const char *args[] = { "guest", NULL };
    EmuOptions o = { .name = "guest", .argv = args };
    int ok = 1;
    for (int engine = EMU_INTERP; engine <= EMU_JIT; engine++) {
        const void *files[] = { three, csrs };
        size_t sizes[] = { n3, nc };
        o.engine = (EmuEngine)engine;
        for (int k = 0; k < 2; k++) {
            EmuTranslation t;
            Emu *e = emu_new(os, &o, files[k], sizes[k]);
            EmuStop stop = EMU_RUNNING;
            unsigned done = 0;
            uint64_t pc = emu_reg(e, 64);
            ok &= !emu_translated(e, pc, &t);
            for (; done < 1000 && stop == EMU_RUNNING; done++) {
                stop = emu_step(e, 1);
                if (stop == EMU_RUNNING && !done)
                    ok &= emu_translated(e, pc, &t) && t.pc == pc && t.size >= 4 && t.instructions <= 64 && (t.host != 0) == (engine == EMU_JIT);
            }
            ok &= stop == EMU_EXITED && emu_status(e) == (k ? 0 : 42) && done < 1000;
            emu_free(e);
        }
        o.code_limit = 1;      /* the least there is: all code goes again and again */
        Emu *e = emu_new(os, &o, many, nm);
        ok &= emu_run(e, 0) == EMU_EXITED && emu_status(e) == 32 && (engine != EMU_JIT || e->drops > 400);
        emu_free(e);
        o.code_limit = 0;
        e = emu_new(os, &o, loop, nl);
        uint64_t before = emu_instructions(e);
        ok &= emu_step(e, 20) == EMU_RUNNING && emu_instructions(e) >= before + 20 && emu_instructions(e) < before + 20 * 64;
        ok &= emu_step(e, 0) == EMU_RUNNING && emu_run(e, 5000) == EMU_RUNNING && emu_instructions(e) >= 5000;
        emu_free(e);
    }
    return ok;
}

int main(int argc, char **argv, char **envp)
{
    Host host = { NULL, pages, unpages, NULL, fatal };
    EmuHost os = { NULL, &host, call };
    const char *args[] = { "guest", "x", NULL };
    EmuOptions o = { .name = "guest", .argv = args };
    size_t n3, nl, nc, nm, ns;
    char *shrink = slurp(argv[5], &ns);
    char *three = slurp(argv[1], &n3), *loop = slurp(argv[2], &nl), *csrs = slurp(argv[3], &nc), *many = slurp(argv[4], &nm);
    (void)argc;
    (void)envp;
    Emu *a = emu_new(&os, &o, three, n3), *b = emu_new(&os, &o, loop, nl), *c = emu_new(&os, &o, loop, nl);
    int ok = 1;
    for (int i = 0; i < 50; i++) {
        ok &= emu_run(b, 1000 + (uint64_t)i) == EMU_RUNNING;
        ok &= emu_run(c, 10) == EMU_RUNNING;
        if (i == 25)
            ok &= emu_run(a, 0) == EMU_EXITED && emu_status(a) == 42;
    }
    ok &= emu_instructions(b) >= 50000 && emu_instructions(c) >= 500 && emu_instructions(c) < 1000;
    say("two-guests-in-turns", ok);
    say("memory", memory(b));
    say("shared-memory", shared(b));
    emu_free(a);
    emu_free(b);
    ok = emu_run(c, 100) == EMU_RUNNING;
    emu_free(c);
    say("two-guests-one-ends-first", ok);

    int yes = 0;
    o.hook = hook;
    o.ctx = &yes;
    a = emu_new(&os, &o, three, n3);
    ok = emu_run(a, 0) == EMU_EXITED && emu_status(a) == 42 && hooked == 1;
    emu_free(a);
    yes = 1;                   /* the call is answered, so the guest runs off its end */
    a = emu_new(&os, &o, three, n3);
    ok &= emu_run(a, 0) == EMU_SIGNAL && emu_reg(a, 10) == 5 && hooked == 2;
    emu_free(a);
    say("hook-answers-a-call", ok);

    o.hook = NULL;
    o.memory_limit = 4096;
    a = emu_new(&os, &o, three, n3);
    ok = emu_run(a, 0) == EMU_FAILED && strstr(emu_message(a), "out of memory");
    emu_free(a);
    o.memory_limit = 16 << 20;
    a = emu_new(&os, &o, three, n3);
    ok &= emu_run(a, 0) == EMU_EXITED;
    emu_free(a);
    a = emu_new(&os, &o, three, 70);
    ok &= emu_run(a, 0) == EMU_FAILED && emu_message(a)[0];
    emu_free(a);
    say("limit-of-memory", ok);
    say("steps-by-blocks", steps(&os, three, n3, loop, nl, csrs, nc, many, nm));
    say("no-memory-for-code", denied(&os, csrs, nc));
    say("a-block-shrinks", shrinks(&os, shrink, ns));
    say("all-memory-goes-back", held == 0);
    return 0;
}
