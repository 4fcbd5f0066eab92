/* enc.c: bits out. A row of insn.def and its operands in, 2 or 4 bytes out; and back from a word of a known row to
 * operands. One idea: forms name the slot of every operand and immediates are tables of moved bits (ISA 2.3,
 * 16.2), so that packing, unpacking, patching, expanding 16 bits to 32 and finding the 16-bit form are the same
 * few loops over data. */
#include "arch/rv64/insn.h"

#define FORM_ROW(id, bytes, rd, rs1, rs2, rs3, imm, extra, syntax) { bytes, rd, rs1, rs2, rs3, imm, extra, syntax },
const Rv64Form rv64_forms[RV64_FORM_COUNT] = { RV64_FORMS(FORM_ROW) };
#undef FORM_ROW

#define ROW(id, mnem, form, ext, match, mask, link, flags) { mnem, form, ext, match, mask, RV64_I_##link, flags },
#define ALIAS(...)
const Rv64Insn rv64_insns[RV64_ROWS] = {
#include "arch/rv64/insn.def"
};
#undef ROW
#undef ALIAS

#define ROW(...)
#define ALIAS(mnem, syntax, row, mask, value, flags) { mnem, syntax, RV64_I_##row, flags, mask, value },
const Rv64Alias rv64_aliases[] = {
#include "arch/rv64/insn.def"
};
#undef ROW
#undef ALIAS
const uint16_t rv64_alias_count = countof(rv64_aliases);

const Rv64Imm rv64_imms[IM_KINDS] = {
    /* IM_NO */ { 0, false, 0, 0, { { 0, 0, 0 } } },
    /* IM_I */ { 12, true, 0, 0, { { 20, 0, 12 } } },
    /* IM_S */ { 12, true, 0, 0, { { 7, 0, 5 }, { 25, 5, 7 } } },
    /* IM_B */ { 13, true, 0, 1, { { 8, 1, 4 }, { 25, 5, 6 }, { 7, 11, 1 }, { 31, 12, 1 } } },
    /* IM_U */ { 20, false, 0, 0, { { 12, 0, 20 } } },
    /* IM_J */ { 21, true, 0, 1, { { 21, 1, 10 }, { 20, 11, 1 }, { 12, 12, 8 }, { 31, 20, 1 } } },
    /* IM_SH6 */ { 6, false, 0, 0, { { 20, 0, 6 } } },
    /* IM_SH5 */ { 5, false, 0, 0, { { 20, 0, 5 } } },
    /* IM_Z */ { 5, false, 0, 0, { { 15, 0, 5 } } },
    /* IM_FENCE */ { 8, false, 0, 0, { { 20, 0, 8 } } },
    /* IM_CI */ { 6, true, 0, 0, { { 2, 0, 5 }, { 12, 5, 1 } } },
    /* IM_CSH */ { 6, false, 0, 0, { { 2, 0, 5 }, { 12, 5, 1 } } },
    /* IM_CLUI */ { 6, true, 20, 0, { { 2, 0, 5 }, { 12, 5, 1 } } },
    /* IM_C16SP */ { 10, true, 0, 4, { { 12, 9, 1 }, { 6, 4, 1 }, { 5, 6, 1 }, { 3, 7, 2 }, { 2, 5, 1 } } },
    /* IM_C4SPN */ { 10, false, 0, 2, { { 11, 4, 2 }, { 7, 6, 4 }, { 6, 2, 1 }, { 5, 3, 1 } } },
    /* IM_CLW */ { 7, false, 0, 2, { { 10, 3, 3 }, { 6, 2, 1 }, { 5, 6, 1 } } },
    /* IM_CLD */ { 8, false, 0, 3, { { 10, 3, 3 }, { 5, 6, 2 } } },
    /* IM_CLWSP */ { 8, false, 0, 2, { { 12, 5, 1 }, { 4, 2, 3 }, { 2, 6, 2 } } },
    /* IM_CLDSP */ { 9, false, 0, 3, { { 12, 5, 1 }, { 5, 3, 2 }, { 2, 6, 3 } } },
    /* IM_CSWSP */ { 8, false, 0, 2, { { 9, 2, 4 }, { 7, 6, 2 } } },
    /* IM_CSDSP */ { 9, false, 0, 3, { { 10, 3, 3 }, { 7, 6, 3 } } },
    /* IM_CB */ { 9, true, 0, 1, { { 12, 8, 1 }, { 10, 3, 2 }, { 5, 6, 2 }, { 3, 1, 2 }, { 2, 5, 1 } } },
    /* IM_CJ */ { 12, true, 0, 1, { { 12, 11, 1 }, { 11, 4, 1 }, { 9, 8, 2 }, { 8, 10, 1 }, { 7, 6, 1 }, { 6, 7, 1 },
                                    { 3, 1, 3 }, { 2, 5, 1 } } },
};

/* ---- immediates ---- */

bool rv64_imm_fits(unsigned kind, int64_t v)
{
    const Rv64Imm *m = &rv64_imms[kind];
    if (!m->bits)
        return v == 0;
    if (v & (((int64_t)1 << m->low) - 1))
        return false;
    if (m->wrap) {
        if (v < 0 || v >= (int64_t)1 << m->wrap)
            return false;
        v = bits_sext((uint64_t)v, m->wrap);
    }
    return m->is_signed ? bits_fits_s(v, m->bits) : bits_fits_u((uint64_t)v, m->bits);
}

static uint32_t put_imm(const Rv64Imm *m, int32_t v)
{
    const Rv64ImmPart *p = m->parts;
    uint32_t w = 0;
    unsigned k;
    for (k = 0; k < 8 && p[k].n; k++)
        w |= ((uint32_t)v >> p[k].from & ((1u << p[k].n) - 1)) << p[k].at;
    return w;
}

static uint32_t imm_mask(const Rv64Imm *m)
{
    return put_imm(m, -1);
}

static int32_t get_imm(const Rv64Imm *m, uint32_t w)
{
    const Rv64ImmPart *p = m->parts;
    uint32_t v = 0;
    unsigned k;
    for (k = 0; k < 8 && p[k].n; k++)
        v |= (w >> p[k].at & ((1u << p[k].n) - 1)) << p[k].from;
    if (m->is_signed)
        v = (uint32_t)bits_sext(v, m->bits);
    if (m->wrap)
        v &= (1u << m->wrap) - 1;
    return (int32_t)v;
}

bool rv64_put_imm(uint8_t *p, int64_t v)
{
    uint32_t w = get_u16(p), op = w & 3, f3 = w >> 13;
    unsigned kind = IM_NO;
    if (op == 3) {
        w = get_u32(p);
        switch (w & 0x7f) {
        case 0x03: case 0x07: case 0x13: case 0x1b: case 0x67: kind = IM_I; break;
        case 0x23: case 0x27: kind = IM_S; break;
        case 0x63: kind = IM_B; break;
        case 0x6f: kind = IM_J; break;
        case 0x17: case 0x37: kind = IM_U; break;
        default: break;
        }
    } else if (op == 1) {
        kind = f3 == 5 ? IM_CJ : f3 >= 6 ? IM_CB : f3 == 3 ? IM_CLUI : f3 == 4 ? IM_NO : IM_CI;
    }
    return kind != IM_NO && rv64_put_field(p, kind, v);
}

uint32_t rv64_field_mask(unsigned kind)
{
    return imm_mask(&rv64_imms[kind]);
}

bool rv64_put_field(uint8_t *p, unsigned kind, int64_t v)
{
    const Rv64Imm *m = &rv64_imms[kind];
    if (!rv64_imm_fits(kind, v))
        return false;
    if ((*p & 3) == 3)
        put_u32(p, (get_u32(p) & ~imm_mask(m)) | put_imm(m, (int32_t)v));
    else
        put_u16(p, (get_u16(p) & ~imm_mask(m)) | put_imm(m, (int32_t)v));
    return true;
}

/* ---- registers ---- */

static uint8_t get_reg(unsigned slot, uint32_t w, unsigned rd)
{
    unsigned f = slot & SL_F ? 32 : 0;
    switch (slot & ~(unsigned)SL_F) {
    case SL_7: return (uint8_t)((w >> 7 & 31) + f);
    case SL_15: return (uint8_t)((w >> 15 & 31) + f);
    case SL_20: return (uint8_t)((w >> 20 & 31) + f);
    case SL_27: return (uint8_t)((w >> 27 & 31) + f);
    case SL_2: return (uint8_t)((w >> 2 & 31) + f);
    case SL_P7: return (uint8_t)((w >> 7 & 7) + 8 + f);
    case SL_P2: return (uint8_t)((w >> 2 & 7) + 8 + f);
    case SL_X1: return 1;
    case SL_X2: return 2;
    case SL_RD: return (uint8_t)rd;
    default: return 0;
    }
}

/* Adds the register to the word; false when the slot cannot hold it. */
static bool put_reg(uint32_t *w, unsigned slot, unsigned reg, unsigned rd)
{
    if (slot & SL_F) {
        if (reg < 32 || reg > 63)
            return false;
        reg -= 32;
    } else if (reg > 31) {
        return false;
    }
    switch (slot & ~(unsigned)SL_F) {
    case SL_7: *w |= reg << 7; return true;
    case SL_15: *w |= reg << 15; return true;
    case SL_20: *w |= reg << 20; return true;
    case SL_27: *w |= reg << 27; return true;
    case SL_2: *w |= reg << 2; return true;
    case SL_P7: *w |= (reg & 7) << 7; return reg >= 8 && reg < 16;
    case SL_P2: *w |= (reg & 7) << 2; return reg >= 8 && reg < 16;
    case SL_X1: return reg == 1;
    case SL_X2: return reg == 2;
    case SL_RD: return reg == rd;
    default: return reg == 0;
    }
}

/* ---- whole instructions ---- */

bool rv64_valid(const Rv64Ins *i)
{
    const Rv64Insn *in = &rv64_insns[i->row];
    const Rv64Form *f = &rv64_forms[in->form];
    if (f->extra & FX_RM)
        return i->rm < 5 || i->rm == 7;
    if (in->flags & (RVF_RD_NZ | RVF_RD_N2 | RVF_RS2_NZ | RVF_IMM_NZ)) {
        if ((in->flags & RVF_RD_NZ) && (f->rd == SL_7 ? i->rd : i->rs1) == 0)
            return false;
        if ((in->flags & RVF_RD_N2) && i->rd == 2)
            return false;
        if ((in->flags & RVF_RS2_NZ) && (f->rs2 == SL_2 ? i->rs2 : i->rs1) == 0)
            return false;
        if ((in->flags & RVF_IMM_NZ) && i->imm == 0)
            return false;
    }
    return true;
}

static bool encode(const Rv64Ins *i, uint32_t *out)
{
    const Rv64Insn *in = &rv64_insns[i->row];
    const Rv64Form *f = &rv64_forms[in->form];
    uint32_t w = in->match;
    if (!put_reg(&w, f->rd, i->rd, 0) || !put_reg(&w, f->rs1, i->rs1, i->rd) || !put_reg(&w, f->rs2, i->rs2, i->rd) ||
        !put_reg(&w, f->rs3, i->rs3, 0) || !rv64_imm_fits(f->imm, i->imm) || !rv64_valid(i))
        return false;
    w |= put_imm(&rv64_imms[f->imm], i->imm);
    if (f->extra & FX_RM)
        w |= (uint32_t)i->rm << 12;
    else if (i->rm)
        return false;
    if (f->extra & FX_AQRL)
        w |= (uint32_t)(i->aqrl & 3) << 25;
    else if (i->aqrl)
        return false;
    if (f->extra & FX_CSR) {
        if (i->csr > 0xfff)
            return false;
        w |= (uint32_t)i->csr << 20;
    } else if (i->csr) {
        return false;
    }
    *out = w;
    return true;
}

bool rv64_emit(uint8_t to[4], Rv64Ins *i)
{
    uint32_t w;
    if (i->row >= RV64_ROWS || !encode(i, &w))
        return false;
    i->len = rv64_forms[rv64_insns[i->row].form].bytes;
    if (i->len == 2)
        put_u16(to, w);
    else
        put_u32(to, w);
    return true;
}

void rv64_unpack(Rv64Ins *i, unsigned row, uint32_t w)
{
    const Rv64Form *f = &rv64_forms[rv64_insns[row].form];
    i->row = (uint16_t)row;
    i->len = f->bytes;
    i->rd = get_reg(f->rd, w, 0);
    i->rs1 = get_reg(f->rs1, w, i->rd);
    i->rs2 = get_reg(f->rs2, w, i->rd);
    i->rs3 = get_reg(f->rs3, w, 0);
    i->imm = get_imm(&rv64_imms[f->imm], w);
    i->rm = (uint8_t)(f->extra & FX_RM ? w >> 12 & 7 : 0);
    i->aqrl = (uint8_t)(f->extra & FX_AQRL ? w >> 25 & 3 : 0);
    i->csr = (uint16_t)(f->extra & FX_CSR ? w >> 20 : 0);
}

void rv64_expand(Rv64Ins *i)
{
    const Rv64Insn *in = &rv64_insns[i->row];
    if (rv64_forms[in->form].bytes == 2 && in->link != i->row) {
        i->row = in->link;
        i->len = 4;
    }
}

/* ---- the 16-bit form (ISA 16.8) ---- */

/* x8..x15 or f8..f15: what three bits can name. */
static inline bool is_short(unsigned reg)
{
    return (reg & 0x58) == 8;
}

static inline bool in_steps(int32_t imm, int32_t end, int32_t step)
{
    return imm >= 0 && imm < end && !(imm & (step - 1));
}

static inline bool fits6(int32_t imm)
{
    return imm >= -32 && imm < 32;
}

/* Of a load or store relative to sp or a short register; 0 for none. */
static unsigned short_access(const Rv64Ins *i, unsigned reg, int32_t size, unsigned sp_row, unsigned row)
{
    if (i->rs1 == 2 && in_steps(i->imm, size * 64, size))
        return sp_row;
    return is_short(i->rs1) && is_short(reg) && in_steps(i->imm, size * 32, size) ? row : 0;
}

/* The row GNU as would take, or 0; what would be a HINT stays long. tests/insn-rv64 finds the same by trying all rows. */
static unsigned short_row(const Rv64Ins *i)
{
    bool same = i->rd == i->rs1;
    switch (i->row) {
    case RV64_I_ADDI:
        if (!i->rd)
            return i->rs1 || i->imm ? 0 : RV64_I_C_NOP;
        if (!i->rs1)
            return fits6(i->imm) ? RV64_I_C_LI : 0;
        if (!i->imm)
            return RV64_I_C_MV;
        if (same && fits6(i->imm))
            return RV64_I_C_ADDI;
        if (i->rs1 != 2)
            return 0;
        if (same)
            return i->imm >= -512 && i->imm < 512 && !(i->imm & 15) ? RV64_I_C_ADDI16SP : 0;
        return is_short(i->rd) && in_steps(i->imm, 1024, 4) ? RV64_I_C_ADDI4SPN : 0;
    case RV64_I_LUI:
        return i->rd && i->rd != 2 && i->imm && (i->imm < 32 || i->imm >= 0xfffe0) ? RV64_I_C_LUI : 0;
    case RV64_I_ADDIW: return same && i->rd && fits6(i->imm) ? RV64_I_C_ADDIW : 0;
    case RV64_I_ANDI: return same && is_short(i->rd) && fits6(i->imm) ? RV64_I_C_ANDI : 0;
    case RV64_I_SLLI: return same && i->rd && i->imm ? RV64_I_C_SLLI : 0;
    case RV64_I_SRLI: return same && is_short(i->rd) && i->imm ? RV64_I_C_SRLI : 0;
    case RV64_I_SRAI: return same && is_short(i->rd) && i->imm ? RV64_I_C_SRAI : 0;
    case RV64_I_ADD:
        if (!i->rd || !i->rs2)
            return 0;
        return same ? RV64_I_C_ADD : !i->rs1 ? RV64_I_C_MV : i->rd == i->rs2 ? RV64_I_C_ADD : 0;
    case RV64_I_SUB: return same && is_short(i->rd) && is_short(i->rs2) ? RV64_I_C_SUB : 0;
    case RV64_I_SUBW: return same && is_short(i->rd) && is_short(i->rs2) ? RV64_I_C_SUBW : 0;
    case RV64_I_XOR: case RV64_I_OR: case RV64_I_AND: case RV64_I_ADDW:
        if (!is_short(i->rs1) || !is_short(i->rs2) || (!same && i->rd != i->rs2))
            return 0;
        return rv64_insns[i->row].link;
    case RV64_I_JAL: return !i->rd && rv64_imm_fits(IM_CJ, i->imm) ? RV64_I_C_J : 0;
    case RV64_I_JALR:
        return i->imm || !i->rs1 ? 0 : !i->rd ? RV64_I_C_JR : i->rd == 1 ? RV64_I_C_JALR : 0;
    case RV64_I_BEQ: return !i->rs2 && is_short(i->rs1) && rv64_imm_fits(IM_CB, i->imm) ? RV64_I_C_BEQZ : 0;
    case RV64_I_BNE: return !i->rs2 && is_short(i->rs1) && rv64_imm_fits(IM_CB, i->imm) ? RV64_I_C_BNEZ : 0;
    case RV64_I_LW: return i->rd ? short_access(i, i->rd, 4, RV64_I_C_LWSP, RV64_I_C_LW) : 0;
    case RV64_I_LD: return i->rd ? short_access(i, i->rd, 8, RV64_I_C_LDSP, RV64_I_C_LD) : 0;
    case RV64_I_FLD: return short_access(i, i->rd, 8, RV64_I_C_FLDSP, RV64_I_C_FLD);
    case RV64_I_SW: return short_access(i, i->rs2, 4, RV64_I_C_SWSP, RV64_I_C_SW);
    case RV64_I_SD: return short_access(i, i->rs2, 8, RV64_I_C_SDSP, RV64_I_C_SD);
    case RV64_I_FSD: return short_access(i, i->rs2, 8, RV64_I_C_FSDSP, RV64_I_C_FSD);
    case RV64_I_EBREAK: return RV64_I_C_EBREAK;
    default: return 0;
    }
}

bool rv64_compress(Rv64Ins *i, uint32_t ext)
{
    unsigned row;
    if (!(ext & RV64_X_C) || !rv64_insns[i->row].link || !(row = short_row(i)))
        return false;
    if (i->row == RV64_I_ADD && row == RV64_I_C_MV) { /* which is linked to addi */
        i->rs1 = i->rs2;
        i->rs2 = 0;
    } else if ((rv64_insns[i->row].flags & RVF_COMM) && i->rd != i->rs1) {
        i->rs2 = i->rs1;
        i->rs1 = i->rd;
    }
    i->row = (uint16_t)row;
    i->len = 2;
    return true;
}

/* ---- constants ---- */

static void put(Rv64Ins *to, unsigned *n, unsigned row, unsigned rd, unsigned rs1, int64_t imm)
{
    Rv64Ins *i = &to[*n];
    memset(i, 0, sizeof *i);
    i->row = (uint16_t)row;
    i->rd = (uint8_t)rd;
    i->rs1 = (uint8_t)rs1;
    i->imm = (int32_t)imm;
    i->len = 4;
    ++*n;
}

/* The value is cut at its lower end: 12 signed bits for an addi, then a shift over them and the zeros above, until
 * what is left fits lui and addiw. */
unsigned rv64_li_gnu(Rv64Ins to[RV64_LI_MAX], unsigned rd, int64_t v)
{
    int64_t low[4];
    uint8_t shift[4];
    unsigned depth = 0, n = 0;
    int64_t upper;
    if (bits_fits_s(v, 12)) {
        put(to, &n, RV64_I_ADDI, rd, 0, v);
        return n;
    }
    while (!bits_fits_s(v, 32)) {
        unsigned s = 12;
        low[depth] = bits_sext((uint64_t)v, 12);
        upper = (int64_t)((uint64_t)v - (uint64_t)low[depth]);
        while (!(upper >> s & 1))
            s++;
        shift[depth++] = (uint8_t)s;
        v = upper >> s;
    }
    upper = v - bits_sext((uint64_t)v, 12);
    if (upper)
        put(to, &n, RV64_I_LUI, rd, 0, upper >> 12 & 0xfffff);
    if (v != upper || !upper)
        put(to, &n, RV64_I_ADDIW, rd, upper ? rd : 0, v - upper);
    while (depth--) {
        put(to, &n, RV64_I_SLLI, rd, rd, shift[depth]);
        if (low[depth])
            put(to, &n, RV64_I_ADDI, rd, rd, low[depth]);
    }
    return n;
}

unsigned rv64_li_best(Rv64Ins to[RV64_LI_MAX], unsigned rd, int64_t v, uint32_t ext)
{
    unsigned n = rv64_li_gnu(to, rd, v), k, j, z;
    Rv64Ins t[RV64_LI_MAX];
    uint64_t u = (uint64_t)v;
    if (n > 1 && to[0].row == RV64_I_ADDIW)
        to[0].row = RV64_I_ADDI; /* has a 16-bit form with x0 */
    if (n <= 1)
        return n;
    if ((ext & RV64_X_ZBS) && !(u & (u - 1))) {
        n = 0;
        put(to, &n, RV64_I_BSETI, rd, 0, bits_ctz64(u));
        return n;
    }
    if (n == 2)
        return n;
    if ((ext & RV64_X_ZBA) && !(u >> 32)) {
        n = rv64_li_gnu(to, rd, bits_sext(u, 32));
        put(to, &n, RV64_I_ADD_UW, rd, rd, 0);
        return n;
    }
    z = bits_ctz64(u);
    if (z) { /* shifted from something shorter */
        k = rv64_li_gnu(t, rd, v >> z);
        if (t[0].row == RV64_I_ADDIW && t[0].rs1 == 0)
            t[0].row = RV64_I_ADDI;
        if (k + 1 < n) {
            put(t, &k, RV64_I_SLLI, rd, rd, z);
            for (j = 0; j < k; j++)
                to[j] = t[j];
            n = k;
        }
    }
    z = bits_clz64(u);
    for (j = 0; z && j < 2; j++) { /* zeros at the top: shifted down with ones or zeros below */
        uint64_t x = u << z | (j ? 0 : ((uint64_t)1 << z) - 1);
        k = rv64_li_gnu(t, rd, (int64_t)x);
        if (t[0].row == RV64_I_ADDIW && t[0].rs1 == 0)
            t[0].row = RV64_I_ADDI;
        if (k + 1 < n) {
            unsigned q;
            put(t, &k, RV64_I_SRLI, rd, rd, z);
            for (q = 0; q < k; q++)
                to[q] = t[q];
            n = k;
        }
    }
    return n;
}
