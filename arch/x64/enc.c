/* enc.c: bits out. A row of insn.def and its operands in, bytes of one instruction out (SDM vol. 2, 2.1 and 2.2).
 * One idea: prefixes, REX, opcode bytes are one routine over the row's columns (put_head), ModRM with its address another
 * (put_mem); every entry point is those two and an immediate, written straight into reserved room. */
#include "arch/x64/insn.h"

#define ROW(id, mn, form, reg, rm, wsel, widths, pfx, map, op, digit, flags) \
    { mn, form, reg, rm, wsel, widths, pfx, map, op, digit, flags },
const X64Insn x64_insns[X64_ROWS] = {
#include "arch/x64/insn.def"
};
#undef ROW

enum { MAX_LEN = 24 };         /* room reserved for one instruction */

unsigned x64_imm_size(const X64Insn *in, unsigned w)
{
    switch (in->form) {
    case F_MI: case F_I: case F_RMI:
        return w > 4 ? 4 : w;
    case F_ID:
        return w == 2 ? 2 : 4;
    case F_D32:
        return 4;
    case F_OI:
        return w;
    case F_MI8: case F_MU8: case F_RMI8: case F_RMU8: case F_MRU8: case F_D8: case F_IB: case F_IBS: case F_IA: case F_AI:
        return 1;
    case F_IW:
        return 2;
    case F_IWB:
        return 3;
    case F_FD: case F_TD:
        return 8;
    default:
        return 0;
    }
}

static bool class_is_byte(unsigned class, unsigned w)
{
    return class == C_G1 || (class == C_G && w == 1);
}

/* REX.40 is needed to name spl bpl sil dil (SDM vol. 2, 2.2.1.2). */
static inline unsigned byte_rex(unsigned class, unsigned w, unsigned reg)
{
    return reg >= 4 && reg < 8 && class_is_byte(class, w) ? 0x40 : 0;
}

/* Everything before ModRM. rex: 0x40 when forced, and the bits R X B. lock: an F0 before REX, or 0. */
static inline uint8_t *put_head(uint8_t *p, const X64Insn *in, unsigned w, unsigned rex, unsigned op_reg, unsigned lock)
{
    unsigned op = in->op, pfx = in->pfx;
    bool p66 = false;
    switch (in->wsel) {
    case S_B:
        op |= w != 1;
        p66 = w == 2;
        rex |= w == 8 ? 8 : 0;
        break;
    case S_V:
        p66 = w == 2;
        rex |= w == 8 ? 8 : 0;
        break;
    case S_O:
        op |= w != 1 ? 8 : 0;
        p66 = w == 2;
        rex |= w == 8 ? 8 : 0;
        break;
    case S_64:
        p66 = w == 2;
        break;
    case S_F:
        pfx = w == 4 ? 0xf3 : 0xf2;
        break;
    case S_P:
        p66 = w == 8;
        break;
    default:
        break;
    }
    if (p66)
        *p++ = 0x66;
    if (pfx)
        *p++ = (uint8_t)pfx;
    if (lock)
        *p++ = (uint8_t)lock;
    if (rex)
        *p++ = (uint8_t)(0x40 | rex);
    if (in->map) {
        *p++ = 0x0f;
        if (in->map == 2)
            *p++ = 0x38;
        else if (in->map == 3)
            *p++ = 0x3a;
    }
    *p++ = (uint8_t)(op | (op_reg & 7));
    return p;
}

static inline unsigned mem_rex(const X64Mem *m)
{
    return (m->base < 16 ? m->base >> 3 : 0) | (m->index < 16 ? (m->index >> 3) << 1 : 0);
}

/* ModRM, SIB and displacement (SDM vol. 2, tables 2-2 and 2-3). *field: where the displacement stands, NULL when there is none. */
static inline uint8_t *put_mem(uint8_t *p, const X64Mem *m, unsigned reg, unsigned prefer, uint8_t **field)
{
    unsigned r = (reg & 7) << 3, base = m->base, mod;
    int32_t disp = m->disp;
    *field = NULL;
    if (base == X64_RIP) {
        *p++ = (uint8_t)(5 | r);
        *field = p;
        put_u32(p, (uint32_t)disp);
        return p + 4;
    }
    if (base == X64_NOREG) {
        *p++ = (uint8_t)(4 | r);
        *p++ = (uint8_t)(m->index == X64_NOREG ? 0x25 : 5 | (m->index & 7) << 3 | m->scale << 6);
        *field = p;
        put_u32(p, (uint32_t)disp);
        return p + 4;
    }
    if (m->reloc_kind || (prefer & X64_DISP32))
        mod = 0x80;
    else if (!disp && (base & 7) != X64_RBP && !(prefer & X64_DISP8))
        mod = 0;
    else
        mod = disp >= -128 && disp < 128 ? 0x40 : 0x80;
    if (m->index != X64_NOREG) {
        *p++ = (uint8_t)(mod | r | 4);
        *p++ = (uint8_t)((base & 7) | (m->index & 7) << 3 | m->scale << 6);
    } else {
        *p++ = (uint8_t)(mod | r | (base & 7));
        if ((base & 7) == X64_RSP)
            *p++ = 0x24;
    }
    if (mod) {
        *field = p;
        if (mod == 0x40) {
            *p++ = (uint8_t)disp;
        } else {
            put_u32(p, (uint32_t)disp);
            p += 4;
        }
    }
    return p;
}

static inline uint8_t *put_imm(uint8_t *p, int64_t imm, unsigned n)
{
    switch (n) {
    case 1: *p = (uint8_t)imm; break;
    case 2: put_u16(p, (unsigned)(imm & 0xffff)); break;
    case 4: put_u32(p, (uint32_t)imm); break;
    case 8: put_u64(p, (uint64_t)imm); break;
    default: break;
    }
    return p + n;
}

static inline uint8_t *room(X64Out *o)
{
    Buf *b = o->b;
    if (b->cap - b->n < MAX_LEN)
        buf_reserve(b, MAX_LEN);
    return b->p + b->n;
}

static inline void done(X64Out *o, const uint8_t *p)
{
    o->b->n = (size_t)(p - o->b->p);
}

static inline const X64Insn *row_of(X64Out *o, X64Row row, unsigned w)
{
    const X64Insn *in = &x64_insns[row];
    if ((unsigned)row >= X64_ROWS || (in->widths && !(in->widths & w)))
        bug(o->b->arena->host, "x64: row or width");
    return in;
}

static inline void check_reg(X64Out *o, unsigned class, unsigned reg)
{
    unsigned want = class == C_X ? 1 : 0;
    if (reg >> 4 != want || class == C_NO)
        bug(o->b->arena->host, "x64: register of another bank");
}

static bool opcode_reg(const X64Insn *in)
{
    return in->form == F_O || in->form == F_OI || in->form == F_OA;
}

/* ModRM.reg of a row with an opcode extension. */
static bool has_digit(const X64Insn *in)
{
    return in->reg == C_NO && in->rm != C_NO;
}

static void put_rm_reg(X64Out *o, const X64Insn *in, unsigned w, unsigned reg, unsigned rm, int64_t imm)
{
    uint8_t *p = room(o);
    unsigned rex = (reg & 8) >> 1 | (rm & 8) >> 3;
    if (reg >= 4 && reg < 8)
        rex |= byte_rex(in->reg, w, reg);
    rex |= byte_rex(in->rm, w, rm);
    p = put_head(p, in, w, rex, 0, 0);
    *p++ = (uint8_t)(0xc0 | (reg & 7) << 3 | (rm & 7));
    done(o, put_imm(p, imm, x64_imm_size(in, w)));
}

static void put_rm_mem(X64Out *o, const X64Insn *in, unsigned w, unsigned reg, const X64Mem *m, int64_t imm)
{
    uint8_t *p = room(o), *field;
    unsigned rex = (reg & 8) >> 1 | mem_rex(m) | byte_rex(in->reg, w, reg);
    if (in->flags & X_REG)
        bug(o->b->arena->host, "x64: row takes no memory");
    if (m->seg)
        *p++ = m->seg;
    if (m->addr32)
        *p++ = 0x67;
    p = put_head(p, in, w, rex, 0, 0);
    p = put_mem(p, m, reg, 0, &field);
    p = put_imm(p, imm, x64_imm_size(in, w));
    if (m->reloc_kind) {
        int64_t addend = m->disp;
        if (m->base == X64_RIP)
            addend -= p - field;
        put_u32(field, 0);
        obj_reloc(o->obj, o->sec, (uint64_t)(field - o->b->p), m->reloc_kind, m->sym, addend);
    }
    done(o, p);
}

void x64_r(X64Out *o, X64Row row, unsigned w, unsigned rm)
{
    const X64Insn *in = row_of(o, row, w);
    if (in->rm != C_T)
        check_reg(o, in->rm, rm);
    if (opcode_reg(in)) {
        uint8_t *p = room(o);
        done(o, put_head(p, in, w, (rm & 8) >> 3 | byte_rex(in->rm, w, rm), rm, 0));
        return;
    }
    if (!has_digit(in) || (in->flags & X_MEM))
        bug(o->b->arena->host, "x64: row takes another form");
    put_rm_reg(o, in, w, in->digit, rm, 0);
}

void x64_m(X64Out *o, X64Row row, unsigned w, const X64Mem *m)
{
    const X64Insn *in = row_of(o, row, w);
    if (!has_digit(in) || opcode_reg(in))
        bug(o->b->arena->host, "x64: row takes another form");
    put_rm_mem(o, in, w, in->digit, m, 0);
}

void x64_rr(X64Out *o, X64Row row, unsigned w, unsigned reg, unsigned rm)
{
    const X64Insn *in = row_of(o, row, w);
    check_reg(o, in->reg, reg);
    check_reg(o, in->rm, rm);
    if (in->flags & X_MEM)
        bug(o->b->arena->host, "x64: row takes memory only");
    put_rm_reg(o, in, w, reg, rm, 0);
}

void x64_rm(X64Out *o, X64Row row, unsigned w, unsigned reg, const X64Mem *m)
{
    const X64Insn *in = row_of(o, row, w);
    check_reg(o, in->reg, reg);
    put_rm_mem(o, in, w, reg, m, 0);
}

void x64_ri(X64Out *o, X64Row row, unsigned w, unsigned rm, int64_t imm)
{
    const X64Insn *in = row_of(o, row, w);
    if (in->form == F_I) {
        uint8_t *p = put_head(room(o), in, w, 0, 0, 0);
        if (rm != X64_RAX)
            bug(o->b->arena->host, "x64: accumulator form");
        done(o, put_imm(p, imm, x64_imm_size(in, w)));
        return;
    }
    check_reg(o, in->rm, rm);
    if (opcode_reg(in)) {
        uint8_t *p = put_head(room(o), in, w, (rm & 8) >> 3 | byte_rex(in->rm, w, rm), rm, 0);
        done(o, put_imm(p, imm, x64_imm_size(in, w)));
        return;
    }
    if (!has_digit(in))
        bug(o->b->arena->host, "x64: row takes another form");
    put_rm_reg(o, in, w, in->digit, rm, imm);
}

void x64_mi(X64Out *o, X64Row row, unsigned w, const X64Mem *m, int64_t imm)
{
    const X64Insn *in = row_of(o, row, w);
    if (!has_digit(in) || opcode_reg(in))
        bug(o->b->arena->host, "x64: row takes another form");
    put_rm_mem(o, in, w, in->digit, m, imm);
}

void x64_rri(X64Out *o, X64Row row, unsigned w, unsigned reg, unsigned rm, int64_t imm)
{
    const X64Insn *in = row_of(o, row, w);
    check_reg(o, in->reg, reg);
    check_reg(o, in->rm, rm);
    put_rm_reg(o, in, w, reg, rm, imm);
}

void x64_rmi(X64Out *o, X64Row row, unsigned w, unsigned reg, const X64Mem *m, int64_t imm)
{
    const X64Insn *in = row_of(o, row, w);
    check_reg(o, in->reg, reg);
    put_rm_mem(o, in, w, reg, m, imm);
}

void x64_0(X64Out *o, X64Row row, unsigned w)
{
    const X64Insn *in = row_of(o, row, w);
    uint8_t *p = put_head(room(o), in, w, 0, 0, 0);
    if (in->form == F_ZOM || in->form == F_AX)
        *p++ = in->digit;
    else if (in->form != F_ZO)
        bug(o->b->arena->host, "x64: row takes operands");
    done(o, p);
}

void x64_setcc(X64Out *o, unsigned cond, unsigned rm)
{
    x64_r(o, (X64Row)(X64_I_SETCC_M + (cond & 15)), 1, rm);
}

void x64_cmovcc(X64Out *o, unsigned cond, unsigned w, unsigned reg, unsigned rm)
{
    x64_rr(o, (X64Row)(X64_I_CMOVCC_RM + (cond & 15)), w, reg, rm);
}

void x64_lock(X64Out *o)
{
    buf_u8(o->b, 0xf0);
}

void x64_rep(X64Out *o)
{
    buf_u8(o->b, 0xf3);
}

/* ---- branches ---- */

uint64_t x64_jmp32(X64Out *o)
{
    uint8_t *p = room(o);
    *p = x64_insns[X64_I_JMP_D32].op;
    put_u32(p + 1, 0);
    o->b->n += 5;
    return o->b->n - 4;
}

uint64_t x64_jcc32(X64Out *o, unsigned cond)
{
    uint8_t *p = put_head(room(o), &x64_insns[X64_I_JCC_D32 + (cond & 15)], 0, 0, 0, 0);
    put_u32(p, 0);
    done(o, p + 4);
    return o->b->n - 4;
}

void x64_patch32(X64Out *o, uint64_t field, uint64_t target)
{
    int64_t d = (int64_t)(target - (field + 4));
    if (field + 4 > o->b->n || !bits_fits_s(d, 32))
        bug(o->b->arena->host, "x64: branch out of range");
    put_u32(o->b->p + field, (uint32_t)d);
}

void x64_jmp_back(X64Out *o, uint64_t target)
{
    int64_t d = (int64_t)(target - (o->b->n + 2));
    uint8_t *p = room(o);
    if (bits_fits_s(d, 8)) {
        p[0] = x64_insns[X64_I_JMP_D8].op;
        p[1] = (uint8_t)d;
        o->b->n += 2;
        return;
    }
    x64_patch32(o, x64_jmp32(o), target);
}

void x64_jcc_back(X64Out *o, unsigned cond, uint64_t target)
{
    int64_t d = (int64_t)(target - (o->b->n + 2));
    uint8_t *p = room(o);
    if (bits_fits_s(d, 8)) {
        p[0] = (uint8_t)x64_insns[X64_I_JCC_D8 + (cond & 15)].op;
        p[1] = (uint8_t)d;
        o->b->n += 2;
        return;
    }
    x64_patch32(o, x64_jcc32(o, cond), target);
}

void x64_call_sym(X64Out *o, ObjSymId sym, uint32_t reloc_kind)
{
    uint8_t *p = room(o);
    *p = x64_insns[X64_I_CALL_D32].op;
    put_u32(p + 1, 0);
    o->b->n += 5;
    obj_reloc(o->obj, o->sec, o->b->n - 4, reloc_kind, sym, -4);
}

/* SDM vol. 2, NOP, table 4-12; 10 and 11 bytes as GNU as pads code. */
static const uint8_t nops[11][11] = {
    { 0x90 },
    { 0x66, 0x90 },
    { 0x0f, 0x1f, 0x00 },
    { 0x0f, 0x1f, 0x40, 0x00 },
    { 0x0f, 0x1f, 0x44, 0x00, 0x00 },
    { 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00 },
    { 0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00 },
    { 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
    { 0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
    { 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
    { 0x66, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
};

void x64_put_nops(uint8_t *to, size_t n)
{
    while (n) {
        size_t k = n > 11 ? 11 : n;
        memcpy(to, nops[k - 1], k);
        to += k;
        n -= k;
    }
}

void x64_nops(X64Out *o, unsigned n)
{
    buf_reserve(o->b, n);
    x64_put_nops(o->b->p + o->b->n, n);
    o->b->n += n;
}

/* ---- any instruction ---- */

static bool fits_class(unsigned class, unsigned w, unsigned reg)
{
    if (reg >= X64_AH && reg <= X64_BH)
        return class_is_byte(class, w);
    switch (class) {
    case C_NO: return true;
    case C_X: return reg >> 4 == 1;
    case C_T: return reg < 8;
    case C_S: return reg < 6;
    default: return reg < 16;
    }
}

static bool mem_ok(const X64Mem *m)
{
    if (m->base != X64_NOREG && m->base != X64_RIP && m->base > 15)
        return false;
    if (m->index != X64_NOREG && (m->index > 15 || m->index == X64_RSP || m->base == X64_RIP))
        return false;
    return m->scale < 4;
}

bool x64_emit(uint8_t to[16], X64Ins *i)
{
    const X64Insn *in = &x64_insns[i->row];
    uint8_t buf[MAX_LEN + 8], *p = buf, *field = NULL;
    unsigned w = i->w, rex = 0, reg, n;
    if (i->row >= X64_ROWS || (in->widths ? !(in->widths & w) || (w & (w - 1)) : 0))
        return false;
    reg = has_digit(in) ? in->digit : i->reg;
    i->disp_at = i->imm_at = i->disp_n = i->imm_n = 0;
    if (in->reg != C_NO) {
        if (!fits_class(in->reg, w, reg))
            return false;
        rex |= (reg & 8) >> 1 | byte_rex(in->reg, w, reg);
    }
    if (in->rm != C_NO && !i->is_mem) {
        if (!fits_class(in->rm, w, i->rm) || (in->flags & X_MEM))
            return false;
        rex |= (i->rm & 8) >> 3 | byte_rex(in->rm, w, i->rm);
    }
    if (i->is_mem) {
        if (in->rm == C_NO || opcode_reg(in) || (in->flags & X_REG) || !mem_ok(&i->mem))
            return false;
        rex |= mem_rex(&i->mem);
    }
    if ((rex || (w == 8 && (in->wsel == S_V || in->wsel == S_B || in->wsel == S_O))) &&
        ((in->reg != C_NO && reg >= X64_AH && reg <= X64_BH) || (!i->is_mem && i->rm >= X64_AH && i->rm <= X64_BH)))
        return false; /* ah ch dh bh cannot be named beside REX (SDM vol. 2, 2.2.1.2) */
    if (i->pad66 > 6)
        return false;
    if (i->prefixes & X64_REX64)
        rex |= 8;
    memset(p, 0x66, i->pad66);
    p += i->pad66;
    if (i->mem.seg)
        *p++ = i->mem.seg;
    if ((i->prefixes & X64_NOTRACK))
        *p++ = 0x3e;
    if (i->mem.addr32)
        *p++ = 0x67;
    if (i->prefixes & (X64_REP | X64_REPNE | X64_BND)) {
        /* 66 stands before rep (the order GNU as has). */
        if (w == 2 && in->wsel != S_N)
            *p++ = 0x66;
        *p++ = i->prefixes & X64_REP ? 0xf3 : 0xf2;
        if (w == 2 && in->wsel != S_N) {
            uint8_t tmp[MAX_LEN], *q = put_head(tmp, in, w, rex, 0, 0);
            n = (unsigned)(q - tmp) - 1;
            memcpy(p, tmp + 1, n);
            p += n;
        } else {
            p = put_head(p, in, w, rex, opcode_reg(in) ? i->rm : 0, 0);
        }
    } else {
        p = put_head(p, in, w, rex, opcode_reg(in) ? i->rm : 0, i->prefixes & X64_LOCK ? 0xf0 : 0);
    }
    if (in->form == F_ZOM || in->form == F_AX) {
        *p++ = in->digit;
    } else if (in->rm != C_NO && !opcode_reg(in)) {
        if (i->is_mem)
            p = put_mem(p, &i->mem, reg, i->prefixes, &field);
        else
            *p++ = (uint8_t)(0xc0 | (reg & 7) << 3 | (i->rm & 7));
    }
    if (field) {
        i->disp_at = (uint8_t)(field - buf);
        i->disp_n = (uint8_t)(p - field);
    }
    n = x64_imm_size(in, w);
    if (n) {
        i->imm_at = (uint8_t)(p - buf);
        i->imm_n = (uint8_t)n;
        if (in->form == F_IWB) {
            p = put_imm(p, i->imm, 2);
            *p++ = i->imm2;
        } else {
            p = put_imm(p, i->imm, n);
        }
    }
    if (p - buf > 15)
        return false;
    i->len = (uint8_t)(p - buf);
    memcpy(to, buf, i->len);
    return true;
}
