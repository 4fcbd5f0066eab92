/* The rv64 target: RISC-V psABI, Linux; LP64D on RV64GC unless -march= and -mabi= say otherwise. */
#include "arch/arch.h"
#include "arch/rv64/rv64.h"

extern const TargetAbi rv64_abi_lp64d, rv64_abi_lp64;
extern const TargetFast rv64_fast;
extern const struct TargetAsm rv64_asm;
extern const struct TargetDis rv64_dis;
extern const struct TargetLink rv64_link;
extern const TargetLift rv64_lift;
extern const TargetJit rv64_jit;

static const char *const triples[] = {
    "riscv64-linux-musl", "riscv64-linux-gnu", "riscv64-linux", "riscv64-unknown-linux-gnu", "riscv64-unknown-linux-musl",
    "riscv64", NULL,
};

static unsigned float_abi(const Target *t)
{
    return t->abi == &rv64_abi_lp64d ? 2 : 0;
}

/* What follows from the extensions and the ABI. */
static void settle(Target *t)
{
    uint32_t x = t->features;
    t->e_flags = rv64_e_flags(x, float_abi(t));
    t->lacks = (uint8_t)((x & RV64_X_M ? 0 : TARGET_NO_MUL) | (x & RV64_X_F ? 0 : TARGET_NO_F32) | (x & RV64_X_D ? 0 : TARGET_NO_F64));
    t->no_float = float_abi(t) ? "-mabi=lp64d passes it in a register that -march= without the D extension does not have" : NULL;
    t->runtime = float_abi(t) ? "rv64" : "rv64-lp64";
}

static int option(Target *t, const char *s, Buf *err)
{
    if (strncmp(s, "arch=", 5) == 0) {
        uint32_t ext;
        if (!rv64_march_parse(s + 5, strlen(s + 5), &ext, err))
            return -1;
        t->features = ext;
    } else if (strcmp(s, "abi=lp64d") == 0) {
        t->abi = &rv64_abi_lp64d;
    } else if (strcmp(s, "abi=lp64") == 0) {
        t->abi = &rv64_abi_lp64;
    } else if (strncmp(s, "abi=", 4) == 0) {
        buf_fmt(err, "unknown ABI '%s'; known are lp64d and lp64", s + 4);
        return -1;
    } else if (strcmp(s, "cmodel=medany") == 0 || strcmp(s, "cmodel=medlow") == 0) {
        t->absolute = s[10] == 'l';
    } else if (strncmp(s, "cmodel=", 7) == 0) {
        buf_fmt(err, "unknown code model '%s'; known are medany and medlow", s + 7);
        return -1;
    } else {
        /* Misaligned accesses are never made, relaxation never asked for (doc/decisions.md). */
        return strncmp(s, "tune=", 5) == 0 || strcmp(s, "no-relax") == 0 || strcmp(s, "strict-align") == 0;
    }
    settle(t);
    return 1;
}

/* The C API of RISC-V ("riscv-c-api", preprocessor definitions). */
static void predefine(const Target *t, Buf *out)
{
    uint32_t x = t->features;
    buf_str(out, "#define __riscv 1\n#define __riscv_xlen 64\n#define __riscv_arch_test 1\n");
    if (x & RV64_X_F)
        buf_fmt(out, "#define __riscv_flen %d\n#define __riscv_fdiv 1\n#define __riscv_fsqrt 1\n", x & RV64_X_D ? 64 : 32);
    buf_fmt(out, "#define __riscv_float_abi_%s 1\n#define __riscv_cmodel_%s 1\n", float_abi(t) ? "double" : "soft",
            t->absolute ? "medlow" : "medany");
    if (x & RV64_X_C)
        buf_str(out, "#define __riscv_compressed 1\n");
    if (x & RV64_X_A)
        buf_str(out, "#define __riscv_atomic 1\n");
    if (x & RV64_X_M)
        buf_str(out, "#define __riscv_mul 1\n#define __riscv_div 1\n#define __riscv_muldiv 1\n");
    rv64_march_predefine(x, out);
}

/* psABI, "Attributes": as GNU as writes it. */
static void describe(const Target *t, Obj *o)
{
    ObjSecId sec = obj_section(o, ".riscv.attributes", SHT_RISCV_ATTRIBUTES, 0, 1);
    rv64_attributes(&o->secs.p[sec]->data, t->features, 16);
}

const Target target_rv64 = {
    .name = "rv64",
    .triples = triples,
    .pointer_size = 8, .long_size = 8, .max_align = 16,
    .char_signed = false, .wchar_signed = true,
    .long_double = SF_128, .long_double_size = 16,
    .elf_format = "elf64-littleriscv", .e_machine = 243, .e_flags = 5,
    .reloc_abs64 = R_RISCV_64, .reloc_abs32 = R_RISCV_32, .reloc_pc32 = R_RISCV_32_PCREL,
    .option = option, .predefine = predefine, .describe = describe, .runtime = "rv64", .features = RV64_X_GC,
    .abi = &rv64_abi_lp64d, .fast = &rv64_fast, .as = &rv64_asm, .dis = &rv64_dis, .link = &rv64_link, .lift = &rv64_lift,
    .jit = &rv64_jit,
};
