/* asm_raw.c: the directive .insn: an instruction no row of insn.def has, told by its format and the numbers in its fields, or by
 * its bits. In: sorted operands (asm.c). Out: bytes and fields. Source: formats of ISA 2.2 and (C) 16.2; names of opcodes of chapter
 * 24, table 24.1. One idea: a format is a string, a letter a field. */
#include "arch/rv64/asm.h"

/* Letters, one an operand:
 *  O  opcode, 7 bits             o  opcode, 2 bits
 *  3 2 7  funct3, funct2, funct7 c 4 6 p  funct3, funct4, funct6 and funct2 (bit 5) of 16 bits
 *  d s t r  rd rs1 rs2 rs3       T  rs2 of 16 bits; D E  three-bit registers at bit 7 and bit 2
 *  i  12 bits    u  20 bits      m M  12 bits (rs1) of a load, of a store
 *  I  6 signed bits at 12 and 2  W C  8 bits at bit 5, 6 bits at bit 7     l  5 bits (rs1) at 12..10 and 6..5
 *  b j B J  targets of a branch, a jump, and those of 16 bits */
typedef struct Format { const char *name; uint8_t bytes; const char *letters; } Format;
static const Format formats[] = {
    { "r", 4, "O37dst" }, { "r", 4, "O32dstr" }, { "r4", 4, "O32dstr" }, { "i", 4, "O3dsi" }, { "i", 4, "O3dm" },
    { "s", 4, "O3tM" }, { "sb", 4, "O3stb" }, { "b", 4, "O3stb" }, { "u", 4, "Odu" }, { "uj", 4, "Odj" }, { "j", 4, "Odj" },
    { "cr", 2, "o4dT" }, { "ci", 2, "ocdI" }, { "ciw", 2, "ocEW" }, { "css", 2, "ocTC" }, { "cl", 2, "ocEl" }, { "cs", 2, "ocEl" },
    { "ca", 2, "o6pDE" }, { "cb", 2, "ocDB" }, { "cj", 2, "ocJ" },
};

typedef struct Opcode { const char *name; uint8_t bits; } Opcode;
static const Opcode opcodes[] = {
    { "LOAD", 0x03 }, { "LOAD_FP", 0x07 }, { "CUSTOM_0", 0x0b }, { "MISC_MEM", 0x0f }, { "OP_IMM", 0x13 }, { "AUIPC", 0x17 },
    { "OP_IMM_32", 0x1b }, { "STORE", 0x23 }, { "STORE_FP", 0x27 }, { "CUSTOM_1", 0x2b }, { "AMO", 0x2f }, { "OP", 0x33 },
    { "LUI", 0x37 }, { "OP_32", 0x3b }, { "MADD", 0x43 }, { "MSUB", 0x47 }, { "NMSUB", 0x4b }, { "NMADD", 0x4f }, { "OP_FP", 0x53 },
    { "OP_V", 0x57 }, { "CUSTOM_2", 0x5b }, { "BRANCH", 0x63 }, { "JALR", 0x67 }, { "JAL", 0x6f }, { "SYSTEM", 0x73 },
    { "CUSTOM_3", 0x7b }, { "C0", 0 }, { "C1", 1 }, { "C2", 2 },
};

static bool opcode(As *as, const Rv64Op *op, bool two_bits, int64_t *v)
{
    size_t k, n = (size_t)(op->end - op->p);
    for (k = 0; k < countof(opcodes); k++)
        if (strlen(opcodes[k].name) == n && memcmp(opcodes[k].name, op->p, n) == 0)
            break;
    if (k < countof(opcodes))
        *v = opcodes[k].bits;
    else if (!rv64_constant(as, op, v))
        return false;
    if (*v < 0 || *v > (two_bits ? 2 : 127) || (!two_bits && (*v & 3) != 3)) {
        as_error(as, op->p, two_bits ? "the opcode of 16 bits is C0, C1 or C2" : "the opcode of 32 bits is a name or a number of 7 bits"
                                                                                " that ends in 11");
        return false;
    }
    return true;
}

/* A constant of n bits at `at`. */
static bool bits(As *as, const Rv64Op *op, unsigned n, unsigned at, uint32_t *w)
{
    int64_t v;
    if (!rv64_constant(as, op, &v))
        return false;
    if (v < 0 || v >> n) {
        as_error(as, op->p, "%lld is not in 0 to %d", (long long)v, (1 << n) - 1);
        return false;
    }
    *w |= (uint32_t)v << at;
    return true;
}

static bool short_reg(As *as, const Rv64Op *op, unsigned at, uint32_t *w)
{
    unsigned r = op->reg & 31;
    if (r < 8 || r > 15) {
        as_error(as, op->p, "three bits can only tell the registers 8 to 15");
        return false;
    }
    *w |= (uint32_t)(r - 8) << at;
    return true;
}

static bool shapes_fit(const char *letters, const Rv64Ops *o)
{
    unsigned k;
    for (k = 0; letters[k]; k++) {
        unsigned kind = strchr("dstrTDE", letters[k]) ? RV64_OP_REG : strchr("mMl", letters[k]) ? RV64_OP_MEM : RV64_OP_EXPR;
        if (k == o->n || o->op[k].kind != kind)
            return false;
    }
    return k == o->n;
}

/* A value for the field of kind im, as a constant into *w or later through a fix of that hint. */
static bool field(As *as, const Rv64Op *op, unsigned im, uint32_t *w, AsVal *v, unsigned *hint)
{
    uint8_t b[4];
    unsigned low = im == IM_S ? RV64_H_LO_S : RV64_H_LO_I;
    if (!rv64_value(as, op, v, hint))
        return false;
    if (*hint) {
        bool lower = *hint == RV64_H_LO_I || *hint == RV64_H_PCREL_LO_I || *hint == RV64_H_TPREL_LO_I;
        if (lower == (im == IM_U) || *hint == RV64_H_TPREL_ADD) {
            as_error(as, op->p, "this operator does not belong to the format");
            return false;
        }
        if (lower)
            *hint += low - RV64_H_LO_I;
        return true;
    }
    if (!as_val_const(v)) {
        as_error(as, op->p, "expected a constant");
        return false;
    }
    put_u32(b, *w);
    if (!rv64_put_field(b, im, v->c)) {
        as_error(as, op->p, im == IM_U ? "%lld is not in 0 to 1048575" : "%lld is not in -2048 to 2047", (long long)v->c);
        return false;
    }
    *w = get_u32(b);
    return true;
}

/* Branches and jumps that have a ladder of sizes get it (as GNU as gives it to them); true when this is one. */
static bool branch(As *as, Rv64Asm *a, uint32_t w, char letter, const AsVal *v, const char *at)
{
    unsigned f3 = w >> 12 & 7;
    bool c = (a->now.ext & RV64_X_C) != 0;
    Rv64Ins i;
    memset(&i, 0, sizeof i);
    if (letter == 'b' && (w & 0x7f) == 0x63 && f3 != 2 && f3 != 3) {
        i.row = (uint16_t)(RV64_I_BEQ + (f3 < 2 ? f3 : f3 - 2));
        i.rs1 = w >> 15 & 31;
        i.rs2 = w >> 20 & 31;
        c = false;
    } else if (letter == 'B' && (w & 0xc003) == 0xc001) {
        i.row = (uint16_t)(RV64_I_BEQ + (w >> 13 & 1));
        i.rs1 = (uint8_t)((w >> 7 & 7) + 8);
    } else if (letter == 'J' && (w & 0xe003) == 0xa001) {
        i.row = RV64_I_JAL;
    } else {
        return false;
    }
    as_branch(as, rv64_branch_kind(&i, c), v, at);
    return true;
}

static void fields(As *as, Rv64Asm *a, const Format *f, const Rv64Ops *o)
{
    static const struct { char letter; uint8_t n, at; } plain[] = {
        { '3', 3, 12 }, { '2', 2, 25 }, { '7', 7, 25 }, { 'c', 3, 13 }, { '4', 4, 12 }, { '6', 6, 10 }, { 'p', 2, 5 },
        { 'W', 8, 5 }, { 'C', 6, 7 },
    };
    static const struct { char letter; uint8_t at; } regs[] = { { 'd', 7 }, { 's', 15 }, { 't', 20 }, { 'r', 27 }, { 'T', 2 } };
    uint32_t w = 0, imm = 0;
    unsigned k, j, hint = 0;
    uint8_t b[4];
    const char *at = o->at;
    AsVal v;
    int64_t c;
    for (k = 0; k < o->n; k++) {
        const Rv64Op *op = &o->op[k];
        char l = f->letters[k];
        for (j = 0; j < countof(plain); j++)
            if (plain[j].letter == l && !bits(as, op, plain[j].n, plain[j].at, &w))
                return;
        for (j = 0; j < countof(regs); j++)
            if (regs[j].letter == l)
                w |= (uint32_t)(op->reg & 31) << regs[j].at;
        switch (l) {
        case 'O': case 'o':
            if (!opcode(as, op, l == 'o', &c))
                return;
            w |= (uint32_t)c;
            break;
        case 'D': case 'E':
            if (!short_reg(as, op, l == 'D' ? 7 : 2, &w))
                return;
            break;
        case 'I':
            if (!rv64_constant(as, op, &c))
                return;
            if (c < -32 || c > 31) {
                as_error(as, op->p, "%lld is not in -32 to 31", (long long)c);
                return;
            }
            w |= (uint32_t)(c & 31) << 2 | (uint32_t)(c >> 5 & 1) << 12;
            break;
        case 'l':
            if (!short_reg(as, op, 7, &w) || (op->p != op->end && !bits(as, op, 5, 0, &imm)))
                return;
            w |= imm >> 2 << 10 | (imm & 3) << 5;
            break;
        case 'i': case 'm': case 'M': case 'u':
            if (l != 'i' && l != 'u')
                w |= (uint32_t)op->reg << 15;
            at = op->p;
            if (!field(as, op, l == 'u' ? IM_U : l == 'M' ? IM_S : IM_I, &w, &v, &hint))
                return;
            break;
        case 'b': case 'j': case 'B': case 'J':
            at = op->p;
            if (!rv64_value(as, op, &v, &hint))
                return;
            if (hint) {
                as_error(as, op->p, "an operator cannot stand here");
                return;
            }
            if (branch(as, a, w, l, &v, at))
                return;
            hint = l == 'b' ? RV64_H_B : l == 'j' ? RV64_H_J : l == 'B' ? RV64_H_CB : RV64_H_CJ;
            break;
        default:
            break;
        }
    }
    put_u32(b, w);
    as_emit(as, b, f->bytes);
    if (hint) {
        AsFix x;
        memset(&x, 0, sizeof x);
        x.size = f->bytes;
        x.hint = (uint8_t)hint;
        x.pcrel = x.jump = hint >= RV64_H_B && hint <= RV64_H_CJ;
        x.v = v;
        as_fix(as, f->bytes, &x, at);
    }
}

/* Bytes of an instruction by its lowest bits (ISA 1.5). */
static unsigned length_of(uint64_t w)
{
    return (w & 3) != 3 ? 2 : (w & 0x1f) != 0x1f ? 4 : (w & 0x3f) != 0x3f ? 6 : (w & 0x7f) != 0x7f ? 8 : 10 + 2 * (unsigned)(w >> 12 & 7);
}

/* .insn [length,] bits */
static void word(As *as, const Rv64Ops *o)
{
    int64_t n = 0, v;
    const Rv64Op *op = &o->op[o->n - 1];
    uint8_t b[8];
    unsigned len, k;
    if (o->n > 2 || (o->n == 2 && !rv64_constant(as, &o->op[0], &n)) || !rv64_constant(as, op, &v)) {
        if (o->n > 2)
            as_error(as, o->at, "expected a format, or a length and the bits");
        return;
    }
    len = length_of((uint64_t)v);
    if (len > 8) {
        as_error(as, op->p, "instructions of more than 8 bytes are not supported");
        return;
    }
    if (o->n == 2 && n != (int64_t)len) {
        as_error(as, o->at, "the lowest bits of %#llx say %u bytes", (unsigned long long)v, len);
        return;
    }
    if (len < 8 && (v < 0 || v >> 8 * len)) {
        as_error(as, op->p, "%#llx does not fit the %u bytes that its lowest bits say", (unsigned long long)v, len);
        return;
    }
    for (k = 0; k < 8; k++)
        b[k] = (uint8_t)((uint64_t)v >> 8 * k);
    as_emit(as, b, len);
}

const char *rv64_insn_directive(As *as, Rv64Asm *a, const char *p)
{
    const char *name, *end, *q;
    size_t n, k;
    bool known = false;
    Rv64Ops o;
    as_skip(as, &p);
    name = end = p;
    while (as_is_name(*end, end == name))
        end++;
    n = (size_t)(end - name);
    q = end;
    as_skip(as, &q);
    if (!n || *q == ',' || as_at_end(as, q)) {
        if (rv64_operands(as, a, &p, &o)) {
            if (o.n)
                word(as, &o);
            else
                as_error(as, p, "expected a format or the bits");
        }
        return p;
    }
    if (!rv64_operands(as, a, &q, &o))
        return q;
    for (k = 0; k < countof(formats); k++) {
        if (strlen(formats[k].name) != n || memcmp(formats[k].name, name, n) != 0)
            continue;
        known = true;
        if (!shapes_fit(formats[k].letters, &o))
            continue;
        if (formats[k].bytes == 2 && !(a->now.ext & RV64_X_C))
            as_error(as, name, "a format of 16 bits needs extension 'c'");
        else
            fields(as, a, &formats[k], &o);
        return q;
    }
    if (known)
        as_error(as, o.n ? o.at : name, "operands do not belong to the format '%.*s'", (int)n, name);
    else
        as_error(as, name, "unknown format '%.*s'; known are r, r4, i, s, b, u, j, cr, ci, ciw, css, cl, cs, ca, cb and cj", (int)n, name);
    return q;
}
