/* dec.c: bits in. Bytes in, a row of insn.def with its operands out; the inverse of enc.c over the same table.
 * One idea: an index from (opcode map, opcode byte) to the rows that can begin there, built from the table once a context; a row
 * is then chosen by what prefixes, REX.W and ModRM say.
 *
 * Strict in what changes nothing: a 66, F2, F3 or REX.W that the instruction does not use is refused, so that what was decoded can be
 * told in text. Lenient in order of prefixes, unneeded REX bits and longer displacements: the bytes then differ from what x64_emit
 * gives, and the caller can see that by comparing. */
#include "arch/x64/insn.h"

struct X64Dec {
    Lists rows;                /* by opcode map << 8 | opcode byte */
};

static void add(X64Dec *d, unsigned row, unsigned op)
{
    lists_add(&d->rows, (unsigned)x64_insns[row].map << 8 | (op & 0xff), row);
}

X64Dec *x64_dec_new(Arena *a)
{
    X64Dec *d = arena_new(a, X64Dec);
    unsigned row, k;
    lists_init(&d->rows, a, 4 * 256, X64_ROWS * 8);
    for (row = 0; row < X64_ROWS; row++) {
        const X64Insn *in = &x64_insns[row];
        if (in->flags & X_NODIS)
            continue;
        switch (in->form) {
        case F_O: case F_OA: case F_OI:
            for (k = 0; k < 8; k++) {
                if (in->wsel != S_O || (in->widths & 1))
                    add(d, row, in->op + k);
                if (in->wsel == S_O && (in->widths & ~1u))
                    add(d, row, in->op + 8 + k);
            }
            break;
        default:
            if (in->wsel != S_B || (in->widths & 1))
                add(d, row, in->op);
            if (in->wsel == S_B && (in->widths & ~1u))
                add(d, row, in->op | 1u);
            break;
        }
    }
    return d;
}

typedef struct Bytes {         /* what was read before ModRM */
    const uint8_t *p, *end;    /* behind the opcode */
    uint8_t op, rex, n66, rep, lock, seg, addr32;
} Bytes;

static bool opcode_reg(const X64Insn *in)
{
    return in->form == F_O || in->form == F_OI || in->form == F_OA;
}

static bool has_modrm(const X64Insn *in)
{
    return in->form == F_ZOM || in->form == F_AX || ((in->rm != C_NO || in->reg != C_NO) && !opcode_reg(in));
}

/* The width the prefixes give; 0xff when they do not belong to the row. Sets how many 66 and whether a rep prefix were used. */
static unsigned width(const X64Insn *in, const Bytes *b, unsigned *used66, bool *used_rep)
{
    bool rexw = (b->rex & 8) != 0, wide = true;
    unsigned w;
    *used66 = 0;
    *used_rep = false;
    if (in->wsel == S_F) {
        *used_rep = true;
        return rexw || !b->rep ? 0xff : b->rep == 0xf3 ? 4 : 8;
    }
    if (in->pfx == 0x66) {
        if (!b->n66 || b->rep)
            return 0xff;
        *used66 = 1;
    } else if (in->pfx) {
        if (b->rep != in->pfx)
            return 0xff;
        *used_rep = true;
    }
    switch (in->wsel) {
    case S_B:
        wide = b->op & 1;
        break;
    case S_O:
        wide = (b->op & 8) != 0;
        break;
    case S_64:
        if (rexw)
            return in->form == F_D32 ? 8 : 0xff;
        w = b->n66 ? 2 : 8;
        *used66 = b->n66 ? 1 : 0;
        return w & in->widths ? w : 0xff;
    case S_P:
        if (rexw)
            return 0xff;
        *used66 = b->n66 ? 1 : 0;
        return b->n66 ? 8 : 4;
    case S_N:
        return rexw ? 0xff : 0;
    default:
        break;
    }
    if (!wide)
        return rexw ? 0xff : 1;
    if (rexw)
        w = 8;
    else if (b->n66 > *used66 && in->pfx != 0x66) {
        w = 2;
        *used66 = 1;
    } else
        w = 4;
    return w & in->widths ? w : 0xff;
}

/* Register number of our numbering; 0xff when there is none. */
static unsigned reg_of(unsigned class, unsigned w, unsigned bits, unsigned ext, unsigned rex)
{
    switch (class) {
    case C_X:
        return X64_XMM0 + (bits | ext << 3);
    case C_T:
        return bits;
    case C_S:
        return bits < 6 ? bits : 0xff;
    case C_C:
        bits |= ext << 3;
        return bits == 0 || (bits >= 2 && bits <= 4) || bits == 8 ? bits : 0xff;
    case C_D:
        return ext ? 0xff : bits;
    case C_G1:
        w = 1;
        break;
    case C_G:
        break;
    default:
        w = 4;
        break;
    }
    if (w == 1 && !rex && bits >= 4)
        return X64_AH + bits - 4;
    return bits | ext << 3;
}

/* SIB and displacement behind ModRM. */
static const uint8_t *get_mem(const Bytes *b, const uint8_t *p, unsigned modrm, X64Ins *i)
{
    unsigned mod = modrm >> 6, rm = modrm & 7, bx = b->rex & 1, xx = b->rex >> 1 & 1;
    X64Mem *m = &i->mem;
    unsigned dn = mod == 1 ? 1 : mod == 2 ? 4 : 0;
    i->is_mem = true;
    m->index = X64_NOREG;
    m->base = (uint8_t)(rm | bx << 3);
    m->seg = b->seg;
    m->addr32 = b->addr32;
    if (rm == 4) {
        unsigned sib;
        if (p == b->end)
            return NULL;
        sib = *p++;
        m->scale = (uint8_t)(sib >> 6);
        m->index = (uint8_t)((sib >> 3 & 7) | xx << 3);
        if (m->index == X64_RSP) {
            m->index = X64_NOREG;
            m->scale = 0;
            if (sib >> 6)
                return NULL;
        }
        m->base = (uint8_t)((sib & 7) | bx << 3);
        if ((sib & 7) == 5 && mod == 0) {
            m->base = X64_NOREG;
            dn = 4;
        }
    } else if (rm == 5 && mod == 0) {
        m->base = X64_RIP;
        dn = 4;
    }
    if ((size_t)(b->end - p) < dn)
        return NULL;
    if (dn) {
        i->disp_n = (uint8_t)dn;
        m->disp = dn == 1 ? (int8_t)*p : (int32_t)get_u32(p);
        if (dn == 4 && mod == 2 && ((m->disp >= -128 && m->disp < 128)))
            i->prefixes |= X64_DISP32;
        if (dn == 1 && !m->disp && (m->base & 7) != X64_RBP)
            i->prefixes |= X64_DISP8;
    }
    return p + dn;
}

static void get_imm(const X64Insn *in, const uint8_t *p, X64Ins *i)
{
    unsigned n = x64_imm_size(in, i->w);
    switch (n) {
    case 1: i->imm = (int8_t)*p; break;
    case 2: i->imm = (int16_t)get_u16(p); break;
    case 3: i->imm = get_u16(p); i->imm2 = p[2]; break;
    case 4: i->imm = (int32_t)get_u32(p); break;
    case 8: i->imm = (int64_t)get_u64(p); break;
    default: break;
    }
    switch (in->form) {
    case F_MU8: case F_RMU8: case F_MRU8: case F_IB: case F_IA: case F_AI:
        i->imm &= 0xff;
        break;
    case F_IW:
        i->imm &= 0xffff;
        break;
    default:
        break;
    }
}

static bool match(unsigned row, const Bytes *b, const uint8_t *start, X64Ins *i)
{
    const X64Insn *in = &x64_insns[row];
    const uint8_t *p = b->p;
    unsigned used66, w, n;
    bool used_rep;
    w = width(in, b, &used66, &used_rep);
    if (w == 0xff)
        return false;
    memset(i, 0, sizeof *i);
    i->row = (uint16_t)row;
    i->w = (uint8_t)w;
    i->pad66 = (uint8_t)(b->n66 - used66);
    if (i->pad66 && row != X64_I_NOP_M && !(row == X64_I_LEA_RM && used66 == 0 && w == 8) &&
        !(row == X64_I_CALL_D32 && (b->rex & 8)))
        return false;
    if (in->wsel == S_64 && (b->rex & 8))
        i->prefixes |= X64_REX64;
    if (b->rep && !used_rep) {
        if (in->flags & X_REPZ)
            i->prefixes |= b->rep == 0xf3 ? X64_REP : X64_REPNE;
        else if ((in->flags & X_REP) && b->rep == 0xf3)
            i->prefixes |= X64_REP;
        else if ((in->flags & X_BR) && b->rep == 0xf2 && in->form != F_D8)
            i->prefixes |= X64_BND;
        else
            return false;
    }
    if (has_modrm(in)) {
        unsigned modrm, reg, rm;
        if (p == b->end)
            return false;
        modrm = *p++;
        if (in->form == F_ZOM || in->form == F_AX) {
            if (modrm != in->digit)
                return false;
        } else {
            reg = modrm >> 3 & 7;
            rm = modrm & 7;
            if (in->reg == C_NO) {
                if (reg != in->digit)
                    return false;
            } else {
                reg = reg_of(in->reg, w, reg, b->rex >> 2 & 1, b->rex);
                if (reg == 0xff || (in->reg == C_S && row != X64_I_MOV_MS && row != X64_I_MOV_MS16 && reg == 1))
                    return false;
                i->reg = (uint8_t)reg;
            }
            if (modrm >> 6 == 3) {
                if (in->flags & X_MEM)
                    return false;
                rm = reg_of(in->rm, w, rm, b->rex & 1, b->rex);
                if (rm == 0xff)
                    return false;
                i->rm = (uint8_t)rm;
            } else {
                if (in->flags & X_REG)
                    return false;
                p = get_mem(b, p, modrm, i);
                if (!p)
                    return false;
                i->disp_at = i->disp_n ? (uint8_t)(p - i->disp_n - start) : 0;
            }
        }
    } else if (opcode_reg(in)) {
        i->rm = (uint8_t)reg_of(in->rm, w, b->op & 7, b->rex & 1, b->rex);
        if (in->form == F_OA && i->rm == X64_RAX && w != 2)
            return false; /* 90 is nop (SDM vol. 2, NOP) */
    }
    if (!i->is_mem) {
        if (b->seg == 0x3e && (in->flags & X_STAR))
            i->prefixes |= X64_NOTRACK;
        else if (b->seg)
            return false;
        if (b->addr32)
            return false;
    } else if (b->seg == 0x3e && (in->flags & X_STAR)) {
        i->mem.seg = 0;
        i->prefixes |= X64_NOTRACK;
    }
    if (b->lock) {
        if (!(in->flags & X_LOCK) || !i->is_mem)
            return false;
        i->prefixes |= X64_LOCK;
    }
    n = x64_imm_size(in, w);
    if ((size_t)(b->end - p) < n)
        return false;
    if (n) {
        i->imm_at = (uint8_t)(p - start);
        i->imm_n = (uint8_t)n;
        get_imm(in, p, i);
        p += n;
    }
    i->len = (uint8_t)(p - start);
    return true;
}

bool x64_decode(const X64Dec *d, const uint8_t *start, size_t n, X64Ins *i)
{
    Bytes b;
    const uint8_t *p = start;
    unsigned map = 0, at;
    memset(&b, 0, sizeof b);
    if (n > 15)
        n = 15;
    b.end = start + n;
    for (; p < b.end; p++) {
        uint8_t *slot = NULL;
        switch (*p) {
        case 0x66: b.n66++; continue;
        case 0xf2: case 0xf3: slot = &b.rep; break;
        case 0xf0: slot = &b.lock; break;
        case 0x26: case 0x2e: case 0x36: case 0x3e: case 0x64: case 0x65: slot = &b.seg; break;
        case 0x67: slot = &b.addr32; break;
        default: break;
        }
        if (!slot)
            break;
        if (*slot)
            return false;
        *slot = slot == &b.addr32 ? 1 : *p;
    }
    if (p < b.end && (*p & 0xf0) == 0x40)
        b.rex = *p++;
    if (p < b.end && *p == 0x0f) {
        p++;
        map = 1;
        if (p < b.end && (*p == 0x38 || *p == 0x3a))
            map = *p++ == 0x38 ? 2 : 3;
    }
    if (p == b.end)
        return false;
    b.op = *p++;
    b.p = p;
    for (at = d->rows.head[map << 8 | b.op]; at; at = d->rows.nodes[at].next)
        if (match(d->rows.nodes[at].number, &b, start, i))
            return true;
    return false;
}
