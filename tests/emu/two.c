/* The emulator as a library: two guests in one process, a slice of each in turn; a hook; a limit of memory; what a failed load says.
 * two THREE LOOP */
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

static long call(void *ctx, long number, const long a[6])
{
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

int main(int argc, char **argv, char **envp)
{
    Host host = { NULL, pages, unpages, NULL, fatal };
    EmuHost os = { NULL, &host, call };
    const char *args[] = { "guest", "x", NULL };
    EmuOptions o = { .name = "guest", .argv = args };
    size_t n3, nl;
    char *three = slurp(argv[1], &n3), *loop = slurp(argv[2], &nl);
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
    say("all-memory-goes-back", held == 0);
    return 0;
}
