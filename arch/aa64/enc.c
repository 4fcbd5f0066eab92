/* enc.c: bits out. A row of insn.def and its operands in, a word out; and back from a word of a known row to operands. One idea: a
 * form is a list of fields (insn.h), so that packing and unpacking are one loop each over data; the few fields that are more than a run
 * of bits have a case of their own, once in each direction. */
#include "arch/aa64/insn.h"

#define FIELD_ROW(id, member, at, n, how, low) { member, at, n, how, low },
const Aa64Field aa64_fields[AA64_FIELD_COUNT] = { AA64_FIELDS(FIELD_ROW) };
#undef FIELD_ROW

#define KIND_ROW(id, a, b, c) { { a, b, c } },
const Aa64Kind aa64_kinds[AA64_KIND_COUNT] = { AA64_KINDS(KIND_ROW) };
#undef KIND_ROW

#define FORM_ROW(id, size, regs, ...) { size, regs, { __VA_ARGS__ } },
const Aa64Form aa64_forms[AA64_FORM_COUNT] = { AA64_FORMS(FORM_ROW) };
#undef FORM_ROW

#define ROW(id, mnem, form, features, match, flags) { mnem, form, features, flags, match },
#define ALIAS(...)
const Aa64Insn aa64_insns[AA64_ROWS] = {
#include "arch/aa64/insn.def"
};
#undef ROW
#undef ALIAS

#define ROW(...)
#define ALIAS(mnem, row, tests, value, ...) { mnem, AA64_I_##row, tests, value, { __VA_ARGS__ } },
const Aa64Alias aa64_aliases[] = {
#include "arch/aa64/insn.def"
};
#undef ROW
#undef ALIAS
const uint16_t aa64_alias_count = countof(aa64_aliases);

/* ---- logical immediates (C3.4.2; DecodeBitMasks in J1): an element of 2, 4 ... 64 bits that is a rotated run of ones, repeated ---- */

bool aa64_logical(uint64_t v, unsigned size, uint32_t *field)
{
    unsigned width = 64, ones, rot;
    uint64_t mask;
    if (!size) {
        if (v >> 32)
            return false;
        v |= v << 32;
    }
    if (v == 0 || v == ~(uint64_t)0)
        return false;
    while (width > 2) {
        mask = ((uint64_t)1 << width / 2) - 1;
        if ((v & mask) != (v >> width / 2 & mask))
            break;
        width /= 2;
    }
    mask = width == 64 ? ~(uint64_t)0 : ((uint64_t)1 << width) - 1;
    v &= mask;
    /* Rotate right until a run of ones stands at bit 0: immr is what turns it back. */
    if (v & 1) {
        unsigned low = bits_ctz64(~v);
        uint64_t rest = v >> low;
        if (!rest) {
            rot = 0;
        } else { /* the run wraps */
            rot = width - bits_ctz64(rest) - low;
            v = (v << rot | v >> (width - rot)) & mask;
        }
    } else {
        unsigned low = bits_ctz64(v);
        rot = width - low;
        v >>= low;
    }
    if (v & (v + 1))
        return false;
    ones = v == ~(uint64_t)0 ? 64 : bits_ctz64(~v);
    *field = (uint32_t)(width == 64) << 12 | (rot & (width - 1)) << 6 | ((~(width * 2 - 1) & 63) | (ones - 1));
    return true;
}

uint64_t aa64_logical_value(uint32_t field, unsigned size)
{
    unsigned n = field >> 12 & 1, immr = field >> 6 & 63, imms = field & 63, width = 64, k;
    uint64_t v, mask;
    if (!n) {
        unsigned x = ~imms & 63;
        if (x < 2)
            return 0;
        width = 1u << (63 - bits_clz64(x));
    } else if (!size) {
        return 0;
    }
    imms &= width - 1;
    immr &= width - 1;
    if (imms == width - 1)
        return 0;
    mask = width == 64 ? ~(uint64_t)0 : ((uint64_t)1 << width) - 1;
    v = ((uint64_t)1 << (imms + 1)) - 1;
    if (immr)
        v = (v >> immr | v << (width - immr)) & mask;
    for (k = width; k < 64; k *= 2)
        v |= v << k;
    return size ? v : v & 0xffffffff;
}

/* The bits of immr that the width of the element leaves without meaning. */
static uint32_t ignored_immr(uint32_t field)
{
    uint32_t mask = 32, bit;
    if (field >> 12)
        return 0;
    for (bit = 32; field & bit; bit >>= 1)
        mask |= bit >> 1;
    return mask;
}

/* ---- imm8 of fmov (C2.2.3): sign, three bits of exponent, four of fraction ---- */

bool aa64_fp_imm(uint64_t bits, uint32_t *imm8)
{
    uint32_t exp = (uint32_t)(bits >> 52) & 0x7ff;
    if ((bits & 0xffffffffffff) || exp < 1020 || exp > 1027)
        return false;
    *imm8 = (uint32_t)(bits >> 63) << 7 | ((exp - 1020) ^ 4) << 4 | ((uint32_t)(bits >> 48) & 15);
    return true;
}

static uint64_t fp_value(uint32_t imm8)
{
    uint64_t exp = ((imm8 >> 4 & 7) ^ 4) + 1020;
    return (uint64_t)(imm8 >> 7 & 1) << 63 | exp << 52 | (uint64_t)(imm8 & 15) << 48;
}

/* ---- fields ---- */

static uint8_t *member(Aa64Ins *i, unsigned m)
{
    switch (m) {
    case AM_SIZE: return &i->size;
    case AM_RD: return &i->rd;
    case AM_RN: return &i->rn;
    case AM_RM: return &i->rm;
    case AM_RA: return &i->ra;
    case AM_EXT: return &i->ext;
    case AM_AMOUNT: return &i->amount;
    case AM_COND: return &i->cond;
    default: return &i->imm2;
    }
}

static int64_t value_of(const Aa64Ins *i, unsigned m)
{
    return m == AM_IMM ? i->imm : *member((Aa64Ins *)i, m);
}

/* Bit k becomes byte k of ones. */
static uint64_t spread(uint8_t bits)
{
    uint64_t v = 0;
    unsigned k;
    for (k = 0; k < 8; k++)
        if (bits >> k & 1)
            v |= (uint64_t)0xff << k * 8;
    return v;
}

/* rm and the number of its element share H (bit 11), L (21), M (20) and four bits, by the element's size ("by element" in C7.2). */
static bool pack_element(const Aa64Ins *i, uint32_t *w)
{
    unsigned es = i->size >> 1, n = i->imm2;
    if (es < 1 || es > 3 || i->rm > (es == 1 ? 15 : 31) || n >= 16u >> es)
        return false;
    *w |= (uint32_t)i->rm << 16;
    n <<= es - 1;
    *w |= (n & 4) << 9 | (n & 2) << 20 | (n & 1) << 20;
    return true;
}

static bool unpack_element(Aa64Ins *i, uint32_t w)
{
    unsigned es = i->size >> 1, n = (w >> 9 & 4) | (w >> 20 & 2) | (w >> 20 & 1);
    if (es < 1 || es > 3 || (es == 3 && (n & 2)))
        return false;
    i->rm = (uint8_t)(w >> 16 & (es == 1 ? 15 : 31));
    i->imm2 = (uint8_t)(n >> (es - 1));
    return true;
}

/* The bits of v in field f; false when it does not fit. i tells what else a field's meaning asks for. */
static bool pack(const Aa64Field *f, const Aa64Ins *i, int64_t v, unsigned log2, uint32_t *w)
{
    uint32_t x;
    unsigned low = f->low;
    switch (f->how) {
    case AH_UL: case AH_SL:
        low = log2;
        break;
    case AH_TWICE:
        *w |= (uint32_t)(v & 1) << f->at | (uint32_t)(v & 1) << f->low;
        return v >> 1 == 0;
    case AH_TBIT:
        *w |= (uint32_t)(v & 31) << 19 | (uint32_t)(v & 32) << 26;
        return v >> 6 == 0;
    case AH_ADR: case AH_ADRP:
        if ((v & (((int64_t)1 << low) - 1)) || !bits_fits_s(v >> low, 21))
            return false;
        x = (uint32_t)(v >> low);
        *w |= (x & 3) << 29 | (x >> 2 & 0x7ffff) << 5;
        return true;
    case AH_ADDIMM:
        if (!aa64_add_fits((uint64_t)v) || (i->amount && (i->amount != 12 || (v & 4095))))
            return false;
        *w |= v > 4095 || i->amount ? (uint32_t)v >> 12 << 10 | 1u << 22 : (uint32_t)v << 10;
        return true;
    case AH_LOGIMM:
        if (!aa64_logical((uint64_t)v, i->size, &x) || (i->amount & ~ignored_immr(x)))
            return false;
        *w |= x << 10 | (uint32_t)i->amount << 16;
        return true;
    case AH_MOVW:
        if ((i->amount & 15) || i->amount > (i->size ? 48 : 16) || ((uint64_t)v & ~((uint64_t)0xffff << i->amount)))
            return false;
        *w |= (uint32_t)((uint64_t)v >> i->amount) << 5 | (uint32_t)i->amount / 16 << 21;
        return true;
    case AH_SYSREG:
        *w |= (uint32_t)(v & 0x7fff) << 5;
        return v >> 15 == 1;
    case AH_PSTATE:
        *w |= (uint32_t)(v & 7) << 5 | (uint32_t)(v >> 3 & 7) << 16;
        return v >> 6 == 0;
    case AH_FIMM:
        if (!aa64_fp_imm((uint64_t)v, &x))
            return false;
        *w |= x << 13;
        return true;
    case AH_QS:
        *w |= (uint32_t)(v & 1) << 30 | (uint32_t)((v >> 1) - low) << f->at;
        return (uint64_t)((v >> 1) - low) < 1u << f->n;
    case AH_ES:
        *w |= (uint32_t)((v >> 1) - low) << f->at;
        return !(v & 1) && (uint64_t)((v >> 1) - low) < 1u << f->n;
    case AH_IMM5:
        if (low & 1)
            *w |= (uint32_t)(v & 1) << 30;
        else if (v & 1)
            return false;
        v >>= 1;
        *w |= (1u << v | ((uint32_t)i->imm & 31) << (v + 1)) << 16;
        return v < 4 && (uint64_t)i->imm < 16u >> v;
    case AH_IMMH:
        if (low & 1)
            *w |= (uint32_t)(v & 1) << 30;
        else if (v & 1)
            return false;
        x = 8u << (v >> 1); /* bits of an element */
        if (v > 7 || (low & 2 ? (uint64_t)i->imm >= x : i->imm < 1 || i->imm > (int64_t)x))
            return false;
        *w |= (low & 2 ? x + (uint32_t)i->imm : 2 * x - (uint32_t)i->imm) << 16;
        return true;
    case AH_STEPS:
        low = 3;
        break;
    case AH_MSL:
        *w |= (uint32_t)(v == 16) << 12;
        return v == 8 || v == 16;
    case AH_MI64:
        for (x = 0, low = 0; low < 8; low++)
            x |= (uint32_t)((uint64_t)v >> low * 8 & 1) << low;
        if (spread((uint8_t)x) != (uint64_t)v)
            return false;
        *w |= (x & 31) << 5 | (x >> 5) << 16;
        return true;
    case AH_MIF:
        if (!aa64_fp_imm((uint64_t)v, &x))
            return false;
        *w |= (x & 31) << 5 | (x >> 5) << 16;
        return true;
    case AH_MODIMM:
        *w |= (uint32_t)(v & 31) << 5 | (uint32_t)(v >> 5 & 7) << 16;
        return v >> 8 == 0;
    case AH_ELEM:
        return pack_element(i, w);
    case AH_LANE:
        *w |= (uint32_t)((uint64_t)v >> (f->n + 0) & 1) << 30 | ((uint32_t)v & ((1u << f->n) - 1)) << f->at;
        return (uint64_t)v < 2u << f->n;
    case AH_FBITS:
        *w |= (uint32_t)(64 - v) << 10;
        return v >= 1 && v <= (i->size ? 64 : 32);
    default:
        break;
    }
    if (v & (((int64_t)1 << low) - 1))
        return false;
    v >>= low;
    if (f->how == AH_S || f->how == AH_SL ? !bits_fits_s(v, f->n) : !bits_fits_u((uint64_t)v, f->n))
        return false;
    *w |= ((uint32_t)v & (0xffffffffu >> (32 - f->n))) << f->at;
    return true;
}

static bool unpack(const Aa64Field *f, Aa64Ins *i, uint32_t w, unsigned log2)
{
    uint32_t x = w >> f->at & (0xffffffffu >> (32 - f->n));
    int64_t v = x;
    unsigned low = f->low;
    switch (f->how) {
    case AH_S:
        v = (int64_t)((uint64_t)bits_sext(x, f->n) << low);
        break;
    case AH_SL:
        v = (int64_t)((uint64_t)bits_sext(x, f->n) << log2);
        break;
    case AH_UL:
        v = (int64_t)x << log2;
        break;
    case AH_TWICE:
        if ((w >> f->low & 1) != x)
            return false;
        break;
    case AH_TBIT:
        v = x | (w >> 26 & 32);
        break;
    case AH_ADR: case AH_ADRP:
        v = (int64_t)((uint64_t)bits_sext(x << 2 | (w >> 29 & 3), 21) << low);
        break;
    case AH_ADDIMM:
        v = w >> 10 & 4095;
        if (w >> 22 & 1) {
            v <<= 12;
            i->amount = 12;
        }
        break;
    case AH_LOGIMM:
        v = (int64_t)aa64_logical_value(x, i->size);
        if (!v)
            return false;
        i->amount = (uint8_t)(x >> 6 & ignored_immr(x));
        break;
    case AH_MOVW:
        i->amount = (uint8_t)((x >> 16) * 16);
        if (i->amount > 16 && !i->size)
            return false;
        v = (int64_t)((uint64_t)(x & 0xffff) << i->amount);
        break;
    case AH_SYSREG:
        v |= 0x8000;
        break;
    case AH_PSTATE:
        v = x | (w >> 13 & 0x38);
        break;
    case AH_FIMM:
        v = (int64_t)fp_value(x);
        break;
    case AH_QS:
        v = (w >> 30 & 1) | (x + low) << 1;
        break;
    case AH_ES:
        v = (x + low) << 1;
        break;
    case AH_IMM5:
        if (!(x & 15))
            return false;
        v = bits_ctz64(x);
        i->imm = x >> (v + 1);
        v = v << 1 | (low & 1 ? w >> 30 & 1 : 0);
        break;
    case AH_IMMH:
        if (x < 8)
            return false;
        v = 63 - bits_clz64(x >> 3);
        i->imm = low & 2 ? (int64_t)x - (8 << v) : (16 << v) - (int64_t)x;
        v = v << 1 | (low & 1 ? w >> 30 & 1 : 0);
        break;
    case AH_STEPS:
        v = x * 8;
        break;
    case AH_MSL:
        v = x ? 16 : 8;
        break;
    case AH_MODIMM: case AH_MI64: case AH_MIF:
        x |= w >> 11 & 0xe0;
        v = f->how == AH_MODIMM ? (int64_t)x : f->how == AH_MIF ? (int64_t)fp_value(x) : (int64_t)spread((uint8_t)x);
        break;
    case AH_ELEM:
        return unpack_element(i, w);
    case AH_LANE:
        v = x | (w >> 30 & 1) << f->n;
        break;
    case AH_FBITS:
        v = 64 - x;
        if (v > 32 && !i->size)
            return false;
        break;
    default:
        break;
    }
    if (f->member == AM_IMM)
        i->imm = v;
    else
        *member(i, f->member) = (uint8_t)v;
    return true;
}

static const uint8_t places[4] = { FD_RD, FD_RN, FD_RM, FD_RA };

void aa64_opnd_fields(unsigned opnd, uint8_t fields[4])
{
    const Aa64Kind *k = &aa64_kinds[aa64_kind(opnd)];
    fields[0] = aa64_kind(opnd) < K_REGS ? places[opnd & 3] : k->fields[0];
    fields[1] = k->fields[1];
    fields[2] = k->fields[2];
    fields[3] = FD_NO;
}

/* ---- whole instructions ---- */

bool aa64_shaped(const Aa64Form *f)
{
    return aa64_fields[f->size].how >= AH_QS;
}

/* What the manual reserves beyond single fields. */
static bool valid(const Aa64Ins *i, const Aa64Form *f)
{
    const uint16_t *o;
    unsigned k;
    if (i->row >= AA64_I_LDPSW && i->row <= AA64_I_LDPSW_POST &&
        (i->rd == i->ra || (i->row != AA64_I_LDPSW && i->rn != 31 && (i->rn == i->rd || i->rn == i->ra))))
        return false; /* unpredictable, and the only such pair that GNU's tools refuse, too */
    if (aa64_shaped(f) && !(aa64_insns[i->row].flags >> i->size & 1))
        return false;
    for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
        switch (aa64_kind(*o)) {
        case K_SHIFT:
            if (i->ext > AA64_ASR)
                return false;
            /* fallthrough */
        case K_SHIFTL:
            if (!i->size && i->amount > 31)
                return false;
            break;
        case K_EXT:
            if (i->amount > 4)
                return false;
            break;
        case K_IMMR:
            if (!i->size && i->amount > 31)
                return false;
            break;
        case K_IMMS:
            if (!i->size && i->imm2 > 31)
                return false;
            break;
        case K_MEMR:
            if (!(i->ext & 2))
                return false;
            break;
        case K_EXTN:
            if (!i->size && i->imm > 7)
                return false;
            break;
        case K_PSTATE:
            for (k = 0; k < aa64_pstate_count && aa64_pstates[k].n != i->imm; k++)
                ;
            if (k == aa64_pstate_count || i->imm2 > aa64_pstates[k].max)
                return false;
            break;
        case K_PAIR:
            if ((i->rd | i->rm) & 1)
                return false;
            break;
        default:
            break;
        }
    }
    return true;
}

bool aa64_emit(uint32_t *word, const Aa64Ins *i)
{
    const Aa64Insn *in;
    const Aa64Form *f;
    unsigned log2, k;
    uint32_t w;
    const uint16_t *o;
    if (i->row >= AA64_ROWS)
        return false;
    in = &aa64_insns[i->row];
    f = &aa64_forms[in->form];
    log2 = aa64_log2(in->flags);
    w = in->match;
    if (f->size && !pack(&aa64_fields[f->size], i, i->size, log2, &w))
        return false;
    for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
        uint8_t fields[4];
        aa64_opnd_fields(*o, fields);
        for (k = 0; fields[k]; k++) {
            const Aa64Field *fd = &aa64_fields[fields[k]];
            if (!pack(fd, i, value_of(i, fd->member), log2, &w))
                return false;
        }
    }
    if (!valid(i, f))
        return false;
    *word = w;
    return true;
}

bool aa64_unpack(Aa64Ins *i, unsigned row, uint32_t word)
{
    const Aa64Insn *in = &aa64_insns[row];
    const Aa64Form *f = &aa64_forms[in->form];
    unsigned log2 = aa64_log2(in->flags), k;
    const uint16_t *o;
    memset(i, 0, sizeof *i);
    i->row = (uint16_t)row;
    if (f->size && !unpack(&aa64_fields[f->size], i, word, log2))
        return false;
    for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
        uint8_t fields[4];
        aa64_opnd_fields(*o, fields);
        for (k = 0; fields[k]; k++) {
            if (!unpack(&aa64_fields[fields[k]], i, word, log2))
                return false;
        }
    }
    return valid(i, f);
}

static uint32_t field_bits(unsigned field)
{
    const Aa64Field *f = &aa64_fields[field];
    uint32_t w;
    if (!field)
        return 0;
    w = (0xffffffffu >> (32 - f->n)) << f->at;
    switch (f->how) {
    case AH_TWICE: return w | 1u << f->low;
    case AH_TBIT: return w | 1u << 31;
    case AH_ADR: case AH_ADRP: return w | 3u << 29;
    case AH_PSTATE: return w | 7u << 16;
    case AH_QS: case AH_LANE: return w | 1u << 30;
    case AH_IMM5: case AH_IMMH: return w | (uint32_t)(f->low & 1) << 30;
    case AH_MODIMM: case AH_MI64: case AH_MIF: return w | 7u << 16;
    case AH_ELEM: return w | 3u << 20 | 1u << 11;
    default: return w;
    }
}

uint32_t aa64_row_mask(unsigned row)
{
    const Aa64Form *f = &aa64_forms[aa64_insns[row].form];
    uint32_t w = field_bits(f->size);
    const uint16_t *o;
    unsigned k;
    for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
        uint8_t fields[4];
        aa64_opnd_fields(*o, fields);
        for (k = 0; fields[k]; k++)
            w |= field_bits(fields[k]);
    }
    return ~w;
}

uint32_t aa64_size_bits(const Aa64Form *f, unsigned size)
{
    switch (f->size) {
    case FD_NO: return 0;
    case FD_SF: return (uint32_t)(size & 1) << 31;
    case FD_FT: return (uint32_t)(size & 1) << 22;
    case FD_SFN: return (uint32_t)(size & 1) * (1u << 31 | 1u << 22);
    case FD_SFREV: return (uint32_t)(size & 1) * (1u << 31 | 1u << 10);
    case FD_Q: return (uint32_t)(size & 1) << 30;
    case FD_QS: return (uint32_t)(size & 1) << 30 | (uint32_t)(size >> 1 & 3) << 22;
    case FD_QF: return (uint32_t)(size & 1) << 30 | (uint32_t)(size >> 1 & 1) << 22;
    case FD_QF1: return (uint32_t)(size & 1) << 30 | (uint32_t)((size >> 1) - 1) << 22;
    case FD_QL: return (uint32_t)(size & 1) << 30 | (uint32_t)(size >> 1 & 3) << 10;
    case FD_ES: return (uint32_t)(size >> 1 & 3) << 22;
    case FD_ESF: return (uint32_t)(size >> 1 & 1) << 22;
    default: return 0;
    }
}

/* ---- fields of a word whose row need not be known: the groups of C4.1 that have immediates ---- */

static unsigned imm_field(uint32_t w, unsigned *log2)
{
    *log2 = 0;
    if ((w & 0x7c000000) == 0x14000000)
        return FD_B26;
    if ((w & 0xff000010) == 0x54000000 || (w & 0x7e000000) == 0x34000000 || (w & 0x3b000000) == 0x18000000)
        return FD_B19;
    if ((w & 0x7e000000) == 0x36000000)
        return FD_B14;
    if ((w & 0x1f000000) == 0x10000000)
        return w >> 31 ? FD_ADRP : FD_ADR;
    if ((w & 0x1f800000) == 0x11000000)
        return FD_ADDIMM;
    if ((w & 0x1f800000) == 0x12000000)
        return FD_LOGIMM;
    if ((w & 0x1f800000) == 0x12800000)
        return FD_MOVW;
    if ((w & 0x3b000000) == 0x39000000) {
        *log2 = (w & 0x04800000) == 0x04800000 ? 4 : w >> 30;
        return FD_U12;
    }
    if ((w & 0x3b200000) == 0x38000000)
        return FD_S9;
    if ((w & 0x3a000000) == 0x28000000) {
        *log2 = w & 1u << 26 ? 2 + (w >> 30) : 2 + (w >> 31);
        return FD_S7;
    }
    return FD_NO;
}

bool aa64_put_imm(uint8_t *p, int64_t v)
{
    uint32_t w = get_u32(p), bits = 0;
    unsigned log2, field = imm_field(w, &log2);
    Aa64Ins i;
    if (!field)
        return false;
    memset(&i, 0, sizeof i);
    i.size = (uint8_t)(w >> 31);
    if (field == FD_MOVW)
        i.amount = (uint8_t)((w >> 21 & 3) * 16);
    if (!pack(&aa64_fields[field], &i, v, log2, &bits))
        return false;
    put_u32(p, (w & ~field_bits(field)) | bits);
    return true;
}
