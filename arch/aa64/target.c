/* The aa64 target: AAPCS64, Linux, ARMv8.0-A unless -march= says more. */
#include "arch/arch.h"
#include "arch/aa64/aa64.h"

extern const TargetAbi aa64_abi;
extern const TargetFast aa64_fast;
extern const struct TargetAsm aa64_asm;
extern const struct TargetDis aa64_dis;
extern const struct TargetLink aa64_link;
extern const TargetJit aa64_jit;

static const char *const triples[] = {
    "aarch64-linux-musl", "aarch64-linux-gnu", "aarch64-linux", "aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl", "aarch64", NULL,
};

static int option(Target *t, const char *s, Buf *err)
{
    if (strncmp(s, "arch=", 5) == 0)
        return aa64_march_parse(s + 5, strlen(s + 5), &t->features, err) ? 1 : -1;
    if (strncmp(s, "abi=", 4) == 0 && strcmp(s + 4, "lp64") != 0) {
        buf_fmt(err, "unknown ABI '%s'; known is lp64", s + 4);
        return -1;
    }
    if (strncmp(s, "cmodel=", 7) == 0 && strcmp(s + 7, "small") != 0) {
        buf_fmt(err, "unknown code model '%s'; known is small", s + 7);
        return -1;
    }
    if (strcmp(s, "strict-align") == 0) {
        buf_str(err, "accesses that are not aligned are made as they are");
        return -1;
    }
    /* Outline atomics need a library's help and are never made. */
    return strcmp(s, "abi=lp64") == 0 || strcmp(s, "cmodel=small") == 0 || strcmp(s, "little-endian") == 0 ||
           strncmp(s, "tune=", 5) == 0 || strcmp(s, "no-outline-atomics") == 0 || strcmp(s, "no-strict-align") == 0;
}

/* Arm C Language Extensions, "Feature test macros"; the values that gcc has. */
static void predefine(const Target *t, Buf *out)
{
    buf_str(out, "#define __aarch64__ 1\n#define __AARCH64EL__ 1\n#define __AARCH64_CMODEL_SMALL__ 1\n#define __ARM_64BIT_STATE 1\n"
                 "#define __ARM_ALIGN_MAX_PWR 28\n#define __ARM_ALIGN_MAX_STACK_PWR 16\n#define __ARM_ARCH 8\n#define __ARM_ARCH_8A 1\n"
                 "#define __ARM_ARCH_ISA_A64 1\n#define __ARM_ARCH_PROFILE 65\n#define __ARM_FEATURE_CLZ 1\n#define __ARM_FEATURE_FMA 1\n"
                 "#define __ARM_FEATURE_IDIV 1\n#define __ARM_FEATURE_NUMERIC_MAXMIN 1\n#define __ARM_FEATURE_UNALIGNED 1\n"
                 "#define __ARM_FP 14\n#define __ARM_FP_FENV_ROUNDING 1\n#define __ARM_PCS_AAPCS64 1\n"
                 "#define __ARM_SIZEOF_MINIMAL_ENUM 4\n#define __ARM_SIZEOF_WCHAR_T 4\n");
    if (t->features & AA64_X_CRC)
        buf_str(out, "#define __ARM_FEATURE_CRC32 1\n");
    if (t->features & AA64_X_LSE)
        buf_str(out, "#define __ARM_FEATURE_ATOMICS 1\n");
}

const Target target_aa64 = {
    .name = "aa64",
    .triples = triples,
    .pointer_size = 8, .long_size = 8, .max_align = 16,
    .char_signed = false, .wchar_signed = false, .unnamed_aligns = true,
    .long_double = SF_128, .long_double_size = 16,
    .elf_format = "elf64-littleaarch64", .e_machine = 183,
    .reloc_abs64 = R_AARCH64_ABS64, .reloc_abs32 = R_AARCH64_ABS32, .reloc_pc32 = R_AARCH64_PREL32,
    .option = option, .predefine = predefine, .runtime = "aa64",
    .abi = &aa64_abi, .fast = &aa64_fast, .as = &aa64_asm, .dis = &aa64_dis, .link = &aa64_link, .jit = &aa64_jit,
};
