/* relax.c: the shorter forms that RISC-V's relocations with a R_RISCV_RELAX behind them may take (psABI, "Linker Relaxation").
 * In: one place and the addresses of a round of src/ld/relax.c. Out: how many bytes stay, and what instruction they hold. */
#include "arch/rv64/link.h"

enum { C_J = 0xa001, C_LUI = 0x6001, JAL = 0x6f, JALR = 0x67, NOP = 0x13, C_NOP = 1 };

RelaxKind rv64_relax_kind(uint32_t number)
{
    switch (number) {
    case R_RISCV_CALL: case R_RISCV_CALL_PLT:
        return RELAX_ALONE;
    case R_RISCV_HI20: case R_RISCV_LO12_I: case R_RISCV_LO12_S:
    case R_RISCV_TPREL_HI20: case R_RISCV_TPREL_ADD: case R_RISCV_TPREL_LO12_I: case R_RISCV_TPREL_LO12_S:
        return RELAX_SYMBOL;
    case R_RISCV_PCREL_HI20:
        return RELAX_UPPER;
    case R_RISCV_PCREL_LO12_I: case R_RISCV_PCREL_LO12_S:
        return RELAX_LOWER;
    default:
        return RELAX_NONE;
    }
}

static bool has_c(const LdRelax *x)
{
    return x->e_flags & 1;
}

static bool rewrite(LdRelax *x, unsigned keep, uint32_t word, uint32_t type)
{
    if (keep < x->least)
        return false;
    x->keep = x->len = keep;
    x->word = word;
    x->type = type;
    return true;
}

/* auipc rX; jalr rd, rX */
static bool relax_call(LdRelax *x)
{
    uint32_t auipc = get_u32(x->insn), jalr = get_u32(x->insn + 4), rd = jalr & 0xf80;
    int64_t d = (int64_t)(x->s - x->p);
    x->size = 8;
    if ((auipc & 0x7f) != 0x17 || (jalr & 0x707f) != JALR || (auipc >> 7 & 31) != (jalr >> 15 & 31))
        return false;
    if (!rd && has_c(x) && bits_fits_s(d, 12) && rewrite(x, 2, C_J, R_RISCV_RVC_JUMP))
        return true;
    if (bits_fits_s(d, 21))
        return rewrite(x, 4, JAL | rd, R_RISCV_JAL);
    return bits_fits_s((int64_t)x->s, 12) && rewrite(x, 4, JALR | rd, R_RISCV_LO12_I);
}

static bool near(const LdRelax *x, uint64_t base)
{
    return bits_fits_s((int64_t)(x->lo - base), 12) && bits_fits_s((int64_t)(x->hi - base), 12);
}

/* The register that reaches all that goes together here, or -1. */
static int base_register(const LdRelax *x)
{
    if (!x->together)
        return -1;
    return near(x, 0) ? RV64_ZERO : x->has_gp && near(x, x->gp) ? RV64_GP : -1;
}

static bool relax_upper(LdRelax *x)
{
    uint32_t lui = get_u32(x->insn), rd = lui >> 7 & 31;
    int64_t high = (int64_t)(x->s + 0x800) >> 12;
    if ((lui & 0x7f) != (x->number == R_RISCV_HI20 ? 0x37 : 0x17))
        return false;
    if (base_register(x) >= 0 && rewrite(x, 0, 0, R_RISCV_NONE))
        return true;
    return x->number == R_RISCV_HI20 && has_c(x) && rd != RV64_ZERO && rd != RV64_SP && high && bits_fits_s(high, 6) &&
           rewrite(x, 2, C_LUI | rd << 7, R_RISCV_RVC_LUI);
}

static bool relax_lower(LdRelax *x, int base, uint32_t type)
{
    if (base < 0 || (get_u32(x->insn) & 3) != 3)
        return false;
    return rewrite(x, 4, (get_u32(x->insn) & ~(uint32_t)0xf8000) | (uint32_t)base << 15, type);
}

bool rv64_relax(LdRelax *x)
{
    int base = base_register(x);
    bool tp = near(x, x->tls) && x->together;
    x->size = 4;
    switch (x->number) {
    case R_RISCV_CALL: case R_RISCV_CALL_PLT:
        return relax_call(x);
    case R_RISCV_HI20: case R_RISCV_PCREL_HI20:
        return relax_upper(x);
    case R_RISCV_LO12_I: case R_RISCV_PCREL_LO12_I:
        return relax_lower(x, base, base == RV64_GP ? R_RISCV_GPREL_I : R_RISCV_LO12_I);
    case R_RISCV_LO12_S: case R_RISCV_PCREL_LO12_S:
        return relax_lower(x, base, base == RV64_GP ? R_RISCV_GPREL_S : R_RISCV_LO12_S);
    case R_RISCV_TPREL_HI20: case R_RISCV_TPREL_ADD:
        return tp && rewrite(x, 0, 0, R_RISCV_NONE);
    case R_RISCV_TPREL_LO12_I:
        return relax_lower(x, tp ? RV64_TP : -1, R_RISCV_TPREL_I);
    case R_RISCV_TPREL_LO12_S:
        return relax_lower(x, tp ? RV64_TP : -1, R_RISCV_TPREL_S);
    default:
        return false;
    }
}

void rv64_align_nops(uint8_t *p, uint64_t n)
{
    if (n & 1)
        *p++ = 0;
    if (n & 2) {
        put_u16(p, C_NOP);
        p += 2;
    }
    for (n &= ~(uint64_t)3; n; n -= 4, p += 4)
        put_u32(p, NOP);
}
