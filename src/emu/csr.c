/* csr: the CSR instructions of a user (RISC-V Zicsr, F 11.2, Zicntr), which blocks leave to the emulator. In: the instruction at pc,
 * decoded through insn.def; out: rd, the float environment of the machine. */
#include "arch/rv64/rv64.h"
#include "emu/linux.h"

enum { CSR_FFLAGS = 1, CSR_FRM, CSR_FCSR, CSR_CYCLE = 0xc00, CSR_TIME, CSR_INSTRET, CLOCK_MONOTONIC = 1 };

/* Modes 5 to 7 stay readable; what rounds dynamically under them is illegal. */
void emu_set_frm(Emu *e, unsigned v)
{
    static const SfRound modes[8] = { SF_RNE, SF_RTZ, SF_RDN, SF_RUP, SF_RMM, SF_RNE, SF_RNE, SF_RNE };
    uint32_t how = e->how & ~(uint32_t)(LIFT_STEP_DYNAMIC | LIFT_NO_DYNAMIC);
    e->frm = v & 7;
    e->machine.env.round = modes[e->frm];
    if (e->frm > SF_RMM)
        how |= LIFT_NO_DYNAMIC;
    else if (e->frm == SF_RMM && e->jit.code)
        how |= LIFT_STEP_DYNAMIC;
    if (how != e->how) {       /* blocks are made for a mode */
        e->how = how;
        e->forget = true;
    }
}

uint64_t emu_fcsr(const Emu *e)
{
    return (uint64_t)e->frm << 5 | (e->machine.env.flags & 31);
}

void emu_set_fcsr(Emu *e, uint64_t v)
{
    e->machine.env.flags = v & 31;
    emu_set_frm(e, v >> 5 & 7);
}

/* A nanosecond a tick, as the device tree of an emulator would tell. */
static uint64_t now(Emu *e)
{
    int64_t t[2] = { 0, 0 };
    emu_os3(e, GUEST_clock_gettime, CLOCK_MONOTONIC, EMU_HOST(t), 0);
    return (uint64_t)t[0] * 1000000000u + (uint64_t)t[1];
}

static bool read_csr(Emu *e, unsigned csr, uint64_t *v)
{
    switch (csr) {
    case CSR_FFLAGS:
        *v = e->machine.env.flags & 31;
        return true;
    case CSR_FRM:
        *v = e->frm;
        return true;
    case CSR_FCSR:
        *v = emu_fcsr(e);
        return true;
    case CSR_CYCLE:
    case CSR_INSTRET:
        *v = emu_instructions(e);
        return true;
    case CSR_TIME:
        *v = now(e);
        return true;
    default:
        return false;
    }
}

/* What has no such CSR to write is told by read_csr before. */
static bool write_csr(Emu *e, unsigned csr, uint64_t v)
{
    if (csr > CSR_FCSR)
        return false;
    if (csr == CSR_FRM)
        emu_set_frm(e, v & 7);
    else if (csr == CSR_FCSR)
        emu_set_fcsr(e, v);
    else
        e->machine.env.flags = v & 31;
    return true;
}

bool emu_special(Emu *e)
{
    uint8_t bytes[4];
    Rv64Ins i;
    uint64_t old, v;
    size_t n;
    const uint8_t *p;
    bool ok = true;
    for (unsigned k = 0; k < 4 && ok; k++) {
        p = emu_mem_at(&e->mem, e->pc + k, EMU_EXEC, &n);
        ok = p != NULL;
        bytes[k] = ok ? *p : 0;
    }
    if (!e->decoder)
        e->decoder = rv64_dec_new(&e->perm);
    ok = ok && rv64_decode_word(e->decoder, get_u32(bytes), &i);
    if (!ok)
        return false;
    bool immediate = i.row == RV64_I_CSRRWI || i.row == RV64_I_CSRRSI || i.row == RV64_I_CSRRCI;
    bool set = i.row == RV64_I_CSRRS || i.row == RV64_I_CSRRSI, clear = i.row == RV64_I_CSRRC || i.row == RV64_I_CSRRCI;
    if (!set && !clear && i.row != RV64_I_CSRRW && i.row != RV64_I_CSRRWI)
        return false;
    v = immediate ? (uint64_t)i.imm & 31 : emu_reg(e, i.rs1);
    bool none = immediate ? v == 0 : i.rs1 == 0;
    if (!read_csr(e, i.csr, &old))
        return false;
    /* Set and clear of nothing do not write (Zicsr, table 7): they tell by the operand's number, not its value. */
    if (!((set || clear) && none) && !write_csr(e, i.csr, set ? old | v : clear ? old & ~v : v))
        return false;
    emu_set_reg(e, i.rd, old);
    e->pc += 4;
    return true;
}
