/* Feeds damaged objects and archives to the readers, the writer and the linker, in one process under the sanitizers.
 * usage: fuzz SEED ROUNDS FILE...   each round damages one of the files; the round's number is told on a crash. */
#include "arch/arch.h"
#include "ld/ld.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

extern const struct TargetLink x64_link;
static const Target target = { .name = "x64", .e_machine = 62, .link = &x64_link };
const Target *const targets[] = { &target, NULL };   /* in place of arch/targets.c: the linker's part of a target is enough */

const Target *target_by_machine(uint16_t machine)
{
    return machine == target.e_machine ? &target : NULL;
}

static jmp_buf out_of_memory;
static size_t in_use;
static uint64_t state;
static unsigned long round_number;

static void *pages(void *ctx, size_t n)
{
    (void)ctx;
    if (in_use + n > (size_t)256 << 20)
        return NULL;
    in_use += n;
    return calloc(1, n);
}

static void unpages(void *ctx, void *p, size_t n)
{
    (void)ctx;
    in_use -= n;
    free(p);
}

static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    if (strstr(msg, "internal error"))
        abort();
    longjmp(out_of_memory, 1);
}

static Host host = { NULL, pages, unpages, NULL, fatal };

_Noreturn void rt_exit(int status)
{
    exit(status);
}

static void swallow(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    if (n && s[n - 1] != '\n')
        abort();
}

static uint32_t rnd(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static void damage(char *p, size_t *n)
{
    static const uint64_t odd[] = { 0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0xfff1, 0xfff2, 0xff00, 0x7fffffff,
                                    0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff };
    unsigned k = 1 + rnd() % 6;
    while (k-- && *n) {
        size_t at = rnd() % *n;
        switch (rnd() % 8) {
        case 0: p[at] ^= (char)(1 << rnd() % 8); break;
        case 1: p[at] = (char)rnd(); break;
        case 2: p[at] = (char)odd[rnd() % countof(odd)]; break;
        case 3: case 4: {
            unsigned size = 1u << rnd() % 4;
            uint64_t v = rnd() % 3 ? odd[rnd() % countof(odd)] : rnd() % (2 * *n);
            at &= ~(size_t)(size - 1);
            for (unsigned i = 0; i < size && at + i < *n; i++)
                p[at + i] = (char)(v >> 8 * i);
            break;
        }
        case 5: {                              /* in the header tables: fields matter more than contents */
            size_t shoff = *n > 64 ? get_u32(p + 40) : 0;
            if (shoff < *n) {
                size_t field = shoff + (rnd() % 40) * 64 + (rnd() % 16) * 4;
                if (field + 4 <= *n)
                    put_u32(p + field, rnd() % 2 ? (uint32_t)odd[rnd() % countof(odd)] : rnd() % (uint32_t)(2 * *n));
            }
            break;
        }
        case 6: {
            size_t from = rnd() % *n, len = rnd() % 32;
            for (size_t i = 0; i < len && at + i < *n && from + i < *n; i++)
                p[at + i] = p[from + i];
            break;
        }
        default:
            if (rnd() % 8 == 0)
                *n = at;
        }
    }
}

static void exercise(const char *data, size_t n)
{
    Arena a;
    SrcMap sm;
    Diag d;
    Buf out, map;
    LdInput in;
    LdOptions opt;
    arena_init(&a, &host);
    if (setjmp(out_of_memory) == 0) {
        src_init(&sm, &a);
        diag_init(&d, &sm, &a, swallow, NULL);
        buf_init(&out, &a);
        buf_init(&map, &a);
        memset(&in, 0, sizeof in);
        memset(&opt, 0, sizeof opt);
        in.name = "seed";
        in.data = data;
        in.n = n;
        in.whole_archive = true;
        opt.map = rnd() % 4 == 0;
        opt.gc_sections = rnd() % 2;
        opt.eh_frame_hdr = rnd() % 2;
        opt.build_id = rnd() % 2;
        opt.relocatable = rnd() % 4 == 0;
        opt.allow_undefined = true;
        opt.entry = "main";
        if (obj_is_elf(data, n)) {
            Obj *o = obj_read_elf(&a, &d, "seed", data, n);
            if (o && obj_write_elf(o, &out)) {
                uint32_t errors = d.errors;
                Obj *again = obj_read_elf(&a, &d, "again", (const char *)out.p, out.n);
                if (!again && d.errors == errors)
                    abort();
            }
        }
        out.n = 0;
        ld_link(&host, &a, &d, targets[0], &in, 1, &opt, &out, &map);
    }
    arena_free(&a);
    in_use = 0;
}

static char *load(const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    char *p;
    if (!f)
        exit(2);
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    p = malloc(*n + 1);
    if (fread(p, 1, *n, f) != *n)
        exit(2);
    fclose(f);
    return p;
}

int main(int argc, char **argv, char **envp)
{
    unsigned long rounds, seed;
    (void)envp;
    if (argc < 4)
        return 2;
    seed = strtoul(argv[1], NULL, 10);
    rounds = strtoul(argv[2], NULL, 10);
    for (int i = 3; i < argc && rounds == 0; i++) {    /* the files as they are: crashers kept */
        size_t n;
        char *p = load(argv[i], &n);
        exercise(p, n);
        free(p);
    }
    for (round_number = 0; round_number < rounds; round_number++) {
        size_t n;
        char *p, *exact;
        state = (seed << 32) + round_number;
        rnd();
        p = load(argv[3 + rnd() % (unsigned)(argc - 3)], &n);
        damage(p, &n);
        exact = malloc(n + 1);                         /* hosts put a NUL behind a file */
        memcpy(exact, p, n);
        exact[n] = 0;
        free(p);
        if (getenv("FUZZ_KEEP")) {
            FILE *f = fopen(getenv("FUZZ_KEEP"), "wb");
            fwrite(exact, 1, n, f);
            fclose(f);
        }
        exercise(exact, n);
        free(exact);
    }
    return 0;
}
