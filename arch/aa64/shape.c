/* shape.c: what dis and asm share: names of reg.def and of operands' words, and the conditions under which an alias stands for its row
 * (C6.2 and C7.2, "Alias conditions"). */
#include "arch/aa64/insn.h"

#define SYSREG(n, name) { n, name },
#define PSTATE(n, name, max)
#define SYSOP(kind, n, name, reg)
const Aa64SysReg aa64_sysregs[] = {
#include "arch/aa64/reg.def"
};
#undef SYSREG
#undef PSTATE
#define SYSREG(n, name)
#define PSTATE(n, name, max) { n, max, name },
const Aa64Pstate aa64_pstates[] = {
#include "arch/aa64/reg.def"
};
#undef PSTATE
#undef SYSOP
#define PSTATE(n, name, max)
#define SYSOP(kind, n, name, reg) { kind, n, reg, name },
const Aa64SysOp aa64_sysops[] = {
#include "arch/aa64/reg.def"
};
#undef SYSREG
#undef PSTATE
#undef SYSOP
const uint16_t aa64_sysreg_count = countof(aa64_sysregs), aa64_pstate_count = countof(aa64_pstates),
               aa64_sysop_count = countof(aa64_sysops);

const char *const aa64_cond_names[16] = {
    "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"
};
const char *const aa64_barriers[16] = {
    NULL, "oshld", "oshst", "osh", NULL, "nshld", "nshst", "nsh", NULL, "ishld", "ishst", "ish", NULL, "ld", "st", "sy"
};
const char *const aa64_shifts[4] = { "lsl", "lsr", "asr", "ror" };
const char *const aa64_extends[8] = { "uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx" };

unsigned aa64_es(const Aa64Ins *i)
{
    const Aa64Insn *in = &aa64_insns[i->row];
    return aa64_shaped(&aa64_forms[in->form]) ? i->size >> 1 : aa64_row_es(in->flags);
}

bool aa64_q(const Aa64Ins *i)
{
    return aa64_forms[aa64_insns[i->row].form].size == FD_NO || (i->size & 1);
}

/* A number mov would rather have from movz or movn ("MoveWidePreferred" in J1). */
static bool wide(const Aa64Ins *i)
{
    uint64_t mask = i->size ? ~(uint64_t)0 : 0xffffffff, v = (uint64_t)i->imm & mask;
    unsigned k;
    for (k = 0; k < (i->size ? 64u : 32u); k += 16)
        if (!(v & ~((uint64_t)0xffff << k)) || !(~v & mask & ~((uint64_t)0xffff << k)))
            return true;
    return false;
}

static bool operand_holds(const Aa64Ins *i, unsigned kind)
{
    unsigned top = i->size ? 63 : 31, k;
    switch (kind) {
    case K_MOVZI: return i->imm || !i->amount;
    case K_MOVNI: return (i->imm || !i->amount) && (i->size || (i->imm >> i->amount) != 0xffff);
    case K_ORRI: return i->rd == 31 || !wide(i); /* movz cannot write sp */
    case K_CONDI: return i->cond < AA64_AL;
    case K_LSL: return i->imm2 != top && i->imm2 + 1 == i->amount;
    case K_LSR: return i->imm2 == top;
    case K_INLSB: return i->imm2 < i->amount;
    case K_EXWIDTH: return i->imm2 >= i->amount;
    case K_IC: case K_DC: case K_AT: case K_TLBI:
        for (k = 0; k < aa64_sysop_count; k++)
            if (aa64_sysops[k].kind == kind && aa64_sysops[k].n == i->imm)
                return true;
        return false;
    default: return true;
    }
}

bool aa64_alias_holds(const Aa64Alias *al, const Aa64Ins *i)
{
    unsigned k, t = al->tests;
    if (((t & AL_RD) && i->rd != 31) || ((t & AL_RN) && i->rn != 31) || ((t & AL_RM) && i->rm != 31) || ((t & AL_RA) && i->ra != 31) ||
        ((t & AL_SAME) && i->rn != i->rm) || ((t & AL_PLAIN) && (i->ext || i->amount)) || ((t & AL_IMM) && i->imm != al->value) ||
        ((t & AL_BF) && (i->amount || i->imm2 != al->value)) || ((t & AL_W) && i->size) || ((t & AL_X) && !i->size) ||
        ((t & AL_SHAPES) && !(al->value >> i->size & 1)) || ((t & AL_SP) && i->rd != 31 && i->rn != 31) ||
        ((t & AL_RN30) && i->rn != 30))
        return false;
    if ((t & AL_IMM) && i->row == AA64_I_ADD_I && i->amount)
        return false;
    if ((t & AL_SAME) && i->row == AA64_I_CSINC && i->rn == 31)
        return false;
    if ((t & AL_SAME) && i->row == AA64_I_CSINV && i->rn == 31)
        return false;
    for (k = 0; k < AA64_OPNDS && al->opnds[k]; k++)
        if (!operand_holds(i, aa64_kind(al->opnds[k])))
            return false;
    return true;
}
