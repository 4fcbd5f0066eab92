/* The x64 target: System V psABI for AMD64, Linux. */
#include "arch/arch.h"
#include "arch/x64/x64.h"

extern const TargetAbi x64_abi;
extern const TargetJit x64_jit;
extern const TargetFast x64_fast;
extern const struct TargetAsm x64_asm;
extern const struct TargetDis x64_dis;
extern const struct TargetLink x64_link;

static const char *const triples[] = {
    "x86_64-linux-musl", "x86_64-linux-gnu", "x86_64-linux", "x86_64-unknown-linux-gnu", "x86_64-pc-linux-gnu",
    "x86_64-unknown-linux-musl", "x86_64-pc-linux-musl", "x86_64", "amd64", NULL,
};

static void predefine(const Target *t, Buf *out)
{
    (void)t;
    buf_str(out, "#define __x86_64__ 1\n#define __x86_64 1\n#define __amd64__ 1\n#define __amd64 1\n"
                 "#define __SSE__ 1\n#define __SSE2__ 1\n#define __SSE_MATH__ 1\n#define __SSE2_MATH__ 1\n"
                 "#define __k8 1\n#define __k8__ 1\n#define __code_model_small__ 1\n");
}

/* Options that ask for what is always so here. */
static int option(Target *t, const char *s, Buf *err)
{
    static const char *const always[] = {
        "64", "arch=x86-64", "cmodel=small", "red-zone", "no-red-zone", "no-avx", "no-avx2", "no-omit-leaf-frame-pointer",
        "omit-leaf-frame-pointer", "fpmath=sse", "sse", "sse2", "no-sse3", "no-avx512f", "no-mmx", "no-3dnow", "hard-float",
    };
    (void)t;
    (void)err;
    for (size_t i = 0; i < countof(always); i++)
        if (strcmp(s, always[i]) == 0)
            return 1;
    return strncmp(s, "tune=", 5) == 0;
}

const Target target_x64 = {
    .name = "x64",
    .triples = triples,
    .pointer_size = 8, .long_size = 8, .max_align = 16,
    .char_signed = true, .wchar_signed = true,
    .long_double = SF_X80, .long_double_size = 16, .packed_epoll = true,
    .elf_format = "elf64-x86-64", .e_machine = 62, .e_flags = 0,
    .reloc_abs64 = 1, .reloc_abs32 = 10, .reloc_pc32 = 2,
    .option = option, .predefine = predefine, .runtime = "x64",
    .abi = &x64_abi, .fast = &x64_fast, .as = &x64_asm, .dis = &x64_dis, .link = &x64_link, .jit = &x64_jit,
};
