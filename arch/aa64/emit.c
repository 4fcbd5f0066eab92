/* emit.c: what the lanes call. Operands in, a word at the end of a section out. One idea: a row's match has all that is no operand, so a
 * short function ors the operands it was given into it; what they must be is the form's `regs` and size. The rest goes through
 * aa64_emit. */
#include "arch/aa64/insn.h"

static _Noreturn void oops(Aa64Out *o, const char *what)
{
    bug(o->b->arena->host, what);
}

void aa64_word(Aa64Out *o, uint32_t word)
{
    Buf *b = o->b;
    if (b->cap - b->n < 4)
        buf_reserve(b, 4);
    put_u32(b->p + b->n, word);
    b->n += 4;
}

static const Aa64Insn *row_of(Aa64Out *o, unsigned row)
{
    if (row >= AA64_ROWS || (aa64_insns[row].features & ~o->features))
        oops(o, "aa64: instruction of an extension that is off");
    return &aa64_insns[row];
}

/* match, size and registers of a row that has exactly the registers `regs`. */
static uint32_t head(Aa64Out *o, unsigned row, unsigned size, uint32_t regs, uint32_t w)
{
    const Aa64Insn *in = row_of(o, row);
    const Aa64Form *f = &aa64_forms[in->form];
    if (f->regs != regs)
        oops(o, "aa64: operands do not belong to the row");
    return in->match | aa64_size_bits(f, size) | w;
}

#define BITS_D(r) ((uint32_t)(r) & 31)
#define BITS_N(r) (((uint32_t)(r) & 31) << 5)
#define BITS_M(r) (((uint32_t)(r) & 31) << 16)
#define BITS_A(r) (((uint32_t)(r) & 31) << 10)

void aa64_ins(Aa64Out *o, const Aa64Ins *i)
{
    uint32_t w;
    row_of(o, i->row);
    if (!aa64_emit(&w, i))
        oops(o, "aa64: operands do not belong to the row");
    aa64_word(o, w);
}

void aa64_0(Aa64Out *o, Aa64Row row)
{
    uint32_t w = head(o, row, 0, 0, 0);
    if (row == AA64_I_CLREX || row == AA64_I_ISB)
        w |= 0xf00;
    else if (row == AA64_I_DMB || row == AA64_I_DSB)
        w |= 0xb00; /* ish */
    aa64_word(o, w);
}

void aa64_r(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm)
{
    aa64_word(o, head(o, row, size, AP_D | AP_N | AP_M, BITS_D(rd) | BITS_N(rn) | BITS_M(rm)));
}

void aa64_r1(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn)
{
    const Aa64Form *f = &aa64_forms[row_of(o, row)->form];
    uint32_t w = BITS_D(rd) | BITS_N(rn);
    if (f->regs == AP_N) /* br, blr, ret */
        w &= AP_N;
    aa64_word(o, head(o, row, size, f->regs == AP_N ? AP_N : AP_D | AP_N, w));
}

void aa64_r3(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned ra)
{
    aa64_word(o, head(o, row, size, AP_D | AP_N | AP_M | AP_A, BITS_D(rd) | BITS_N(rn) | BITS_M(rm) | BITS_A(ra)));
}

void aa64_shifted(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned shift, unsigned amount)
{
    unsigned form = row_of(o, row)->form;
    if ((form != F_SHIFT && form != F_SHIFTL) || shift > (form == F_SHIFT ? AA64_ASR : AA64_ROR) || amount > (size ? 63u : 31u))
        oops(o, "aa64: shift out of range");
    aa64_word(o, head(o, row, size, AP_D | AP_N | AP_M, BITS_D(rd) | BITS_N(rn) | BITS_M(rm) | shift << 22 | amount << 10));
}

void aa64_extended(Aa64Out *o, Aa64Row row, unsigned rd, unsigned rn, unsigned rm, unsigned extend, unsigned amount)
{
    unsigned form = row_of(o, row)->form;
    if ((form != F_EXT && form != F_EXTS) || extend > 7 || amount > 4)
        oops(o, "aa64: extension out of range");
    aa64_word(o, head(o, row, 1, AP_D | AP_N | AP_M, BITS_D(rd) | BITS_N(rn) | BITS_M(rm) | extend << 13 | amount << 10));
}

void aa64_mov(Aa64Out *o, unsigned size, unsigned rd, unsigned rn)
{
    aa64_word(o, 0x2a0003e0u | (uint32_t)(size & 1) << 31 | BITS_D(rd) | BITS_M(rn));
}

void aa64_mov_sp(Aa64Out *o, unsigned rd, unsigned rn)
{
    aa64_word(o, 0x91000000u | BITS_D(rd) | BITS_N(rn));
}

void aa64_addi(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, uint64_t imm)
{
    uint32_t w = head(o, row, size, AP_D | AP_N, BITS_D(rd) | BITS_N(rn));
    if (!aa64_add_fits(imm))
        oops(o, "aa64: immediate out of range");
    aa64_word(o, w | (imm > 4095 ? (uint32_t)imm >> 12 << 10 | 1u << 22 : (uint32_t)imm << 10));
}

void aa64_logi(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, uint64_t imm)
{
    uint32_t field, w = head(o, row, size, AP_D | AP_N, BITS_D(rd) | BITS_N(rn));
    if (!aa64_logical(imm, size, &field))
        oops(o, "aa64: immediate out of range");
    aa64_word(o, w | field << 10);
}

void aa64_bitfield(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned immr, unsigned imms)
{
    if ((immr | imms) > (size ? 63u : 31u))
        oops(o, "aa64: bit number out of range");
    aa64_word(o, head(o, row, size, AP_D | AP_N, BITS_D(rd) | BITS_N(rn) | immr << 16 | imms << 10));
}

void aa64_extr(Aa64Out *o, unsigned size, unsigned rd, unsigned rn, unsigned rm, unsigned lsb)
{
    if (lsb > (size ? 63u : 31u))
        oops(o, "aa64: bit number out of range");
    aa64_word(o, head(o, AA64_I_EXTR, size, AP_D | AP_N | AP_M, BITS_D(rd) | BITS_N(rn) | BITS_M(rm) | lsb << 10));
}

void aa64_movw(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned imm16, unsigned shift)
{
    if (imm16 > 0xffff || (shift & 15) || shift > (size ? 48u : 16u))
        oops(o, "aa64: immediate out of range");
    aa64_word(o, head(o, row, size, AP_D, BITS_D(rd) | imm16 << 5 | shift / 16 << 21));
}

void aa64_csel(Aa64Out *o, Aa64Row row, unsigned size, unsigned rd, unsigned rn, unsigned rm, Aa64Cond c)
{
    aa64_word(o, head(o, row, size, AP_D | AP_N | AP_M, BITS_D(rd) | BITS_N(rn) | BITS_M(rm) | (uint32_t)c << 12));
}

void aa64_ccmp(Aa64Out *o, Aa64Row row, unsigned size, unsigned rn, unsigned rm_or_imm, unsigned nzcv, Aa64Cond c)
{
    uint32_t w = BITS_N(rn) | BITS_M(rm_or_imm) | (nzcv & 15) | (uint32_t)c << 12;
    bool imm = row == AA64_I_CCMP_I || row == AA64_I_CCMN_I;
    if (imm && rm_or_imm > 31)
        oops(o, "aa64: immediate out of range");
    aa64_word(o, head(o, row, size, imm ? AP_N : AP_N | AP_M, w));
}

void aa64_cmp(Aa64Out *o, Aa64Row row, unsigned size, unsigned rn, unsigned rm)
{
    bool zero = row == AA64_I_FCMP_Z || row == AA64_I_FCMPE_Z;
    aa64_word(o, head(o, row, size, zero ? AP_N : AP_N | AP_M, BITS_N(rn) | (zero ? 0 : BITS_M(rm))));
}

void aa64_fmov_imm(Aa64Out *o, unsigned size, unsigned rd, unsigned imm8)
{
    aa64_word(o, head(o, AA64_I_FMOV_I, size, AP_D, BITS_D(rd) | (imm8 & 0xff) << 13));
}

/* ---- constants ---- */

/* Halfwords of v that are not `filler`. */
static unsigned halves_unlike(uint64_t v, unsigned filler)
{
    return ((v & 0xffff) != filler) + ((v >> 16 & 0xffff) != filler) + ((v >> 32 & 0xffff) != filler) + (v >> 48 != filler);
}

/* orr, then movk for the halves of v that are no part of the pattern: tries to make v a mask by changing up to two of its halves to
 * another of them, zeros or ones. Gives the number of instructions, 0 when there is no such mask; the mask into *base. */
static unsigned mask_and_movk(uint64_t v, uint64_t *base)
{
    unsigned j, k, h;
    uint32_t field;
    if (aa64_logical(v, 1, &field)) {
        *base = v;
        return 1;
    }
    for (j = 0; j < 64; j += 16) {
        uint64_t rest = v & ~((uint64_t)0xffff << j);
        for (h = 0; h < 6; h++) {
            uint64_t half = h < 4 ? v >> h * 16 & 0xffff : h == 4 ? 0 : 0xffff;
            if (aa64_logical(rest | half << j, 1, &field)) {
                *base = rest | half << j;
                return 2;
            }
        }
    }
    for (j = 0; j < 64; j += 16) {
        for (k = j + 16; k < 64; k += 16) {
            uint64_t rest = v & ~((uint64_t)0xffff << j) & ~((uint64_t)0xffff << k);
            for (h = 0; h < 36; h++) {
                uint64_t a = h % 6 < 4 ? v >> h % 6 * 16 & 0xffff : h % 6 == 4 ? 0 : 0xffff;
                uint64_t b = h / 6 < 4 ? v >> h / 6 * 16 & 0xffff : h / 6 == 4 ? 0 : 0xffff;
                if (aa64_logical(rest | a << j | b << k, 1, &field)) {
                    *base = rest | a << j | b << k;
                    return 3;
                }
            }
        }
    }
    return 0;
}

/* The words of a constant without the register; how many. */
static unsigned li_words(uint32_t to[4], unsigned size, uint64_t v)
{
    uint32_t x = (uint32_t)(size & 1) << 31, field;
    unsigned n = 0, k, plain, inverted, masked = 0;
    uint64_t base, filler;
    if (!size)
        v &= 0xffffffff;
    if (v < 0x10000) {
        to[0] = 0x52800000u | (uint32_t)v << 5 | x;
        return 1;
    }
    if (v >> 32 == 0) { /* a w register's upper half becomes zero */
        plain = ((v & 0xffff) != 0) + 1;
        inverted = ((v & 0xffff) != 0xffff) + (v >> 16 != 0xffff);
        if (inverted == 0)
            inverted = 1;
        if (plain > 1 && inverted > 1 && aa64_logical(v, 0, &field)) {
            to[0] = 0x320003e0u | field << 10;
            return 1;
        }
        if (inverted == 1 && plain > 1) {
            k = (v & 0xffff) == 0xffff ? 16 : 0;
            to[0] = 0x12800000u | (uint32_t)(~v >> k & 0xffff) << 5 | k / 16 << 21;
            return 1;
        }
        if (plain > 1 && size && aa64_logical(v, 1, &field)) {
            to[0] = 0xb20003e0u | field << 10;
            return 1;
        }
        if (v & 0xffff)
            to[n++] = 0x52800000u | (uint32_t)(v & 0xffff) << 5 | x;
        to[n] = (n ? 0x72a00000u : 0x52a00000u) | (uint32_t)(v >> 16) << 5 | x;
        return n + 1;
    }
    plain = halves_unlike(v, 0);
    inverted = halves_unlike(v, 0xffff);
    if (inverted == 0)
        inverted = 1;
    n = plain < inverted ? plain : inverted;
    if (n > 1 && aa64_logical(v, 1, &field)) {
        to[0] = 0xb20003e0u | field << 10;
        return 1;
    }
    if (n > 2)
        masked = mask_and_movk(v, &base);
    if (masked && masked < n) {
        if (!aa64_logical(base, 1, &field))
            return 0;
        to[0] = 0xb20003e0u | field << 10;
        for (n = 1, k = 0; k < 4; k++) {
            if ((v ^ base) >> k * 16 & 0xffff)
                to[n++] = 0xf2800000u | (uint32_t)(v >> k * 16 & 0xffff) << 5 | k << 21;
        }
        return n;
    }
    filler = plain <= inverted ? 0 : 0xffff;
    for (n = 0, k = 0; k < 4; k++) {
        uint32_t half = (uint32_t)(v >> k * 16 & 0xffff);
        if (half == filler && (n || k < 3 || filler == 0))
            continue;
        if (n)
            to[n++] = 0xf2800000u | half << 5 | k << 21;
        else if (filler)
            to[n++] = 0x92800000u | (~half & 0xffff) << 5 | k << 21;
        else
            to[n++] = 0xd2800000u | half << 5 | k << 21;
    }
    return n;
}

void aa64_li(Aa64Out *o, unsigned size, unsigned rd, uint64_t v)
{
    uint32_t w[4];
    unsigned n = li_words(w, size, v), k;
    for (k = 0; k < n; k++)
        aa64_word(o, w[k] | BITS_D(rd));
}

unsigned aa64_li_count(unsigned size, uint64_t v)
{
    uint32_t w[4];
    return li_words(w, size, v);
}

void aa64_nops(Aa64Out *o, unsigned n)
{
    if (n & 3)
        oops(o, "aa64: padding of an odd size");
    for (; n; n -= 4)
        aa64_word(o, 0xd503201f);
}

/* ---- loads and stores ---- */

unsigned aa64_mem_log2(Aa64Row row)
{
    return aa64_log2(aa64_insns[row].flags);
}

bool aa64_mem_fits(Aa64Row row, int64_t disp)
{
    unsigned log2 = aa64_mem_log2(row);
    return (disp >= 0 && !(disp & ((1 << log2) - 1)) && disp >> log2 < 4096) || bits_fits_s(disp, 9);
}

bool aa64_mem(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp)
{
    const Aa64Insn *in = row_of(o, row);
    unsigned log2 = aa64_log2(in->flags);
    uint32_t w = BITS_D(rt) | BITS_N(rn);
    if (in->form != F_LS)
        oops(o, "aa64: not the scaled row of a load or store");
    if (disp >= 0 && !(disp & ((1 << log2) - 1)) && disp >> log2 < 4096)
        aa64_word(o, in->match | w | (uint32_t)(disp >> log2) << 10);
    else if (bits_fits_s(disp, 9))
        aa64_word(o, aa64_insns[row + 1].match | w | ((uint32_t)disp & 511) << 12);
    else
        return false;
    return true;
}

void aa64_mem_r(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, unsigned rm, unsigned extend, bool scaled)
{
    unsigned r = row == AA64_I_PRFM ? AA64_I_PRFM_R : row + 4;
    if (row_of(o, row)->form != F_LS || !(extend & 2))
        oops(o, "aa64: operands do not belong to the row");
    aa64_word(o, aa64_insns[r].match | BITS_D(rt) | BITS_N(rn) | BITS_M(rm) | (extend & 7) << 13 | (uint32_t)scaled << 12);
}

/* Row number `step` behind a scaled one. */
static void mem_index(Aa64Out *o, Aa64Row row, unsigned step, unsigned rt, unsigned rn, int64_t disp)
{
    if (row_of(o, row)->form != F_LS || row == AA64_I_PRFM || !bits_fits_s(disp, 9))
        oops(o, "aa64: operands do not belong to the row");
    aa64_word(o, aa64_insns[row + step].match | BITS_D(rt) | BITS_N(rn) | ((uint32_t)disp & 511) << 12);
}

void aa64_mem_pre(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp)
{
    mem_index(o, row, 2, rt, rn, disp);
}

void aa64_mem_post(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, int64_t disp)
{
    mem_index(o, row, 3, rt, rn, disp);
}

bool aa64_pair_fits(Aa64Row row, int64_t disp)
{
    unsigned log2 = aa64_mem_log2(row);
    return !(disp & ((1 << log2) - 1)) && bits_fits_s(disp >> log2, 7);
}

void aa64_pair(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rt2, unsigned rn, int64_t disp, unsigned index)
{
    unsigned log2 = aa64_log2(row_of(o, row)->flags);
    if (aa64_insns[row].form != F_LSP || index > 2 || !aa64_pair_fits(row, disp))
        oops(o, "aa64: operands do not belong to the row");
    aa64_word(o, head(o, row + index, 0, AP_D | AP_N | AP_A,
                      BITS_D(rt) | BITS_N(rn) | BITS_A(rt2) | ((uint32_t)(disp >> log2) & 127) << 15));
}

void aa64_excl(Aa64Out *o, Aa64Row row, unsigned rs, unsigned rt, unsigned rn)
{
    if (aa64_forms[row_of(o, row)->form].regs & AP_M)
        aa64_word(o, head(o, row, 0, AP_D | AP_N | AP_M, BITS_D(rt) | BITS_N(rn) | BITS_M(rs)));
    else
        aa64_word(o, head(o, row, 0, AP_D | AP_N, BITS_D(rt) | BITS_N(rn)));
}

/* ---- branches ---- */

static uint64_t put_at(Aa64Out *o, uint32_t word)
{
    uint64_t at = o->b->n;
    aa64_word(o, word);
    return at;
}

uint64_t aa64_b(Aa64Out *o)
{
    return put_at(o, 0x14000000);
}

uint64_t aa64_b_cond(Aa64Out *o, Aa64Cond c)
{
    return put_at(o, 0x54000000u | ((uint32_t)c & 15));
}

uint64_t aa64_cb(Aa64Out *o, Aa64Row row, unsigned size, unsigned rt)
{
    return put_at(o, head(o, row, size, AP_D, BITS_D(rt)));
}

uint64_t aa64_tb(Aa64Out *o, Aa64Row row, unsigned rt, unsigned bit)
{
    if (bit > 63)
        oops(o, "aa64: bit number out of range");
    return put_at(o, head(o, row, 0, AP_D, BITS_D(rt) | (uint32_t)(bit & 31) << 19 | (uint32_t)(bit & 32) << 26));
}

bool aa64_reaches(const Aa64Out *o, uint64_t at, uint64_t target)
{
    uint8_t t[4];
    memcpy(t, o->b->p + at, 4);
    return aa64_put_imm(t, (int64_t)(target - at));
}

void aa64_patch(Aa64Out *o, uint64_t at, uint64_t target)
{
    if (at + 4 > o->b->n || !aa64_put_imm(o->b->p + at, (int64_t)(target - at)))
        oops(o, "aa64: branch out of range");
}

/* ---- symbols ---- */

void aa64_with(Aa64Out *o, const Aa64Ins *i, unsigned reloc, ObjSymId sym, int64_t addend)
{
    uint64_t at = o->b->n;
    aa64_ins(o, i);
    obj_reloc(o->obj, o->sec, at, reloc, sym, addend);
}

void aa64_page(Aa64Out *o, unsigned rd, unsigned reloc, ObjSymId sym, int64_t addend)
{
    obj_reloc(o->obj, o->sec, o->b->n, reloc, sym, addend);
    aa64_word(o, 0x90000000u | BITS_D(rd));
}

void aa64_lo12(Aa64Out *o, Aa64Row row, unsigned rt, unsigned rn, ObjSymId sym, int64_t addend)
{
    static const uint16_t by_log2[5] = {
        R_AARCH64_LDST8_ABS_LO12_NC, R_AARCH64_LDST16_ABS_LO12_NC, R_AARCH64_LDST32_ABS_LO12_NC, R_AARCH64_LDST64_ABS_LO12_NC,
        R_AARCH64_LDST128_ABS_LO12_NC
    };
    const Aa64Insn *in = row_of(o, row);
    unsigned reloc = in->form == F_LS ? by_log2[aa64_log2(in->flags)] : R_AARCH64_ADD_ABS_LO12_NC;
    if (in->form != F_LS && in->form != F_ADDI)
        oops(o, "aa64: operands do not belong to the row");
    obj_reloc(o->obj, o->sec, o->b->n, reloc, sym, addend);
    aa64_word(o, head(o, row, 1, AP_D | AP_N, BITS_D(rt) | BITS_N(rn)));
}

void aa64_call_sym(Aa64Out *o, ObjSymId sym, int64_t addend)
{
    obj_reloc(o->obj, o->sec, o->b->n, R_AARCH64_CALL26, sym, addend);
    aa64_word(o, 0x94000000);
}

void aa64_tail_sym(Aa64Out *o, ObjSymId sym, int64_t addend)
{
    obj_reloc(o->obj, o->sec, o->b->n, R_AARCH64_JUMP26, sym, addend);
    aa64_word(o, 0x14000000);
}
