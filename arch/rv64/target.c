/* The rv64 target: RISC-V psABI, LP64D, Linux. */
#include "arch/arch.h"
#include "arch/rv64/rv64.h"

extern const TargetAbi rv64_abi;
extern const TargetFast rv64_fast;
extern const struct TargetAsm rv64_asm;
extern const struct TargetDis rv64_dis;
extern const struct TargetLink rv64_link;

static const char *const triples[] = {
    "riscv64-linux-musl", "riscv64-linux-gnu", "riscv64-linux", "riscv64-unknown-linux-gnu", "riscv64-unknown-linux-musl",
    "riscv64", NULL,
};

static const char predefs[] =
    "#define __riscv 1\n#define __riscv_xlen 64\n#define __riscv_flen 64\n#define __riscv_float_abi_double 1\n"
    "#define __riscv_cmodel_medany 1\n#define __riscv_compressed 1\n#define __riscv_atomic 1\n#define __riscv_mul 1\n"
    "#define __riscv_div 1\n#define __riscv_muldiv 1\n#define __riscv_fdiv 1\n#define __riscv_fsqrt 1\n"
    "#define __riscv_arch_test 1\n#define __riscv_i 2001000\n#define __riscv_m 2000000\n#define __riscv_a 2001000\n"
    "#define __riscv_f 2002000\n#define __riscv_d 2002000\n#define __riscv_c 2000000\n#define __riscv_zicsr 2000000\n"
    "#define __riscv_zifencei 2000000\n";

const Target target_rv64 = {
    .name = "rv64",
    .triples = triples,
    .pointer_size = 8, .long_size = 8, .max_align = 16,
    .char_signed = false, .wchar_signed = true, .big_int_align16 = true,
    .long_double = SF_128, .long_double_size = 16,
    .predefs = predefs,
    .e_machine = 243, .e_flags = 5,
    .reloc_abs64 = R_RISCV_64, .reloc_abs32 = R_RISCV_32, .reloc_pc32 = R_RISCV_32_PCREL,
    .abi = &rv64_abi, .fast = &rv64_fast, .as = &rv64_asm, .dis = &rv64_dis, .link = &rv64_link,
};
