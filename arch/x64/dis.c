/* dis.c: an instruction as AT&T text, the inverse of asm.c. Rows in (dec.c), text out in objdump's spelling: operands lower case,
 * numbers hexadecimal, a suffix only where no register tells the width. What it prints assembles to the same meaning, and to the
 * same bytes when those are the ones x64_emit would choose. */
#include "arch/x64/insn.h"
#include "as/as_target.h"

typedef struct RegName { const char *name; uint8_t class, num; } RegName;
#define REG(name, class, num) { name, class, num },
static const RegName regs[] = {
#include "arch/x64/reg.def"
};
#undef REG

typedef struct X64Dis {
    X64Dec *dec;
    const char *names[16][48]; /* [class][number] */
} X64Dis;

typedef struct Out {           /* one instruction being printed */
    const X64Dis *d;
    Buf *b;
    const X64Ins *i;
    const X64Insn *in;
    uint64_t pc;
    const DisNames *names;
} Out;

static void *begin(Arena *a, const char *options, bool exact)
{
    X64Dis *d = arena_new(a, X64Dis);
    size_t i = countof(regs);
    (void)exact; /* what the text cannot tell is refused by the decoder */
    if (options && strcmp(options, "att") != 0 && strcmp(options, "x86-64") != 0)
        return NULL;
    d->dec = x64_dec_new(a);
    while (i--)
        d->names[regs[i].class][regs[i].num] = regs[i].name;
    return d;
}

static void put_reg(Out *o, unsigned class, unsigned num)
{
    const char *s;
    if (class == C_T) {
        buf_fmt(o->b, "%%st(%u)", num);
        return;
    }
    if (class == C_G)
        class = o->i->w == 1 ? C_G1 : o->i->w == 2 ? C_G2 : o->i->w == 4 ? C_G4 : C_G8;
    s = class < 16 && num < 48 ? o->d->names[class][num] : NULL;
    buf_u8(o->b, '%');
    buf_str(o->b, s ? s : "?");
}

static void put_signed(Buf *b, int64_t v)
{
    if (v < 0)
        buf_fmt(b, "-0x%llx", 0 - (unsigned long long)v);
    else
        buf_fmt(b, "0x%llx", (unsigned long long)v);
}

static bool symbolic(Out *o, unsigned at, unsigned n, bool pcrel, bool memory, uint64_t value)
{
    DisField f;
    if (!o->names || !n)
        return false;
    memset(&f, 0, sizeof f);
    f.insn = o->pc;
    f.at = (uint8_t)at;
    f.n = (uint8_t)n;
    f.pcrel = pcrel;
    f.memory = memory;
    f.pc_off = pcrel ? (uint8_t)(o->i->len - at) : 0;
    f.value = value;
    return o->names->name(o->names->ctx, &f, o->b);
}

static bool shown_segment(unsigned seg)
{
    return seg == X64_FS || seg == X64_GS;
}

static void put_mem(Out *o)
{
    const X64Ins *i = o->i;
    const X64Mem *m = &i->mem;
    Buf *b = o->b;
    unsigned class = m->addr32 ? C_G4 : C_G8;
    bool alone = m->base == X64_NOREG && m->index == X64_NOREG;
    if (shown_segment(m->seg))
        buf_str(b, m->seg == X64_FS ? "%fs:" : "%gs:");
    if (m->base == X64_RIP) {
        if (!symbolic(o, i->disp_at, i->disp_n, true, true, o->pc + i->len + (uint64_t)(int64_t)m->disp))
            put_signed(b, m->disp);
        buf_str(b, m->addr32 ? "(%eip)" : "(%rip)");
        return;
    }
    if (i->disp_n && !symbolic(o, i->disp_at, i->disp_n, false, true, (uint64_t)(int64_t)m->disp)) {
        if (alone)
            buf_fmt(b, "0x%llx", (unsigned long long)(m->addr32 ? (uint32_t)m->disp : (uint64_t)(int64_t)m->disp));
        else
            put_signed(b, m->disp);
    }
    if (alone)
        return;
    buf_u8(b, '(');
    if (m->base != X64_NOREG)
        put_reg(o, class, m->base);
    if (m->index != X64_NOREG) {
        buf_u8(b, ',');
        put_reg(o, class, m->index);
        buf_fmt(b, ",%u", 1u << m->scale);
    }
    buf_u8(b, ')');
}

static void put_rm(Out *o)
{
    if (o->in->flags & X_STAR)
        buf_u8(o->b, '*');
    if (o->i->is_mem)
        put_mem(o);
    else
        put_reg(o, o->in->rm, o->i->rm);
}

/* The immediate as an operand of w bytes. */
static void put_imm(Out *o, unsigned w)
{
    uint64_t v = (uint64_t)o->i->imm;
    buf_u8(o->b, '$');
    if (symbolic(o, o->i->imm_at, o->i->imm_n, false, false, v))
        return;
    if (w < 8)
        v &= ((uint64_t)1 << (8 * w)) - 1;
    buf_fmt(o->b, "0x%llx", (unsigned long long)v);
}

static void put_acc(Out *o)
{
    put_reg(o, C_G, X64_RAX);
}

static void comma(Out *o)
{
    buf_u8(o->b, ',');
}

static char suffix(unsigned w)
{
    return w == 1 ? 'b' : w == 2 ? 'w' : w == 4 ? 'l' : 'q';
}

/* Whether a printed register shows the width. */
static bool width_shown(const X64Ins *i, const X64Insn *in)
{
    if ((in->flags & X_SUFA) && in->form != F_ZO)
        return false;
    if (in->flags & X_DEF4)
        return i->w == 4;
    if (in->wsel == S_64)
        return i->w == 8 || in->form == F_O || (in->form == F_M && !i->is_mem);
    switch (in->form) {
    case F_I: case F_O: case F_OA: case F_OI: case F_FD: case F_TD: case F_IA: case F_AI: case F_DXA: case F_ADX:
        return true;
    case F_ZO: /* the accumulator shows it in stos, lods and scas */
        return i->row >= X64_I_STRSTOS_ZO && i->row <= X64_I_STRSCAS_ZO;
    case F_ID: case F_IBS:
        return false;
    default:
        return (in->reg == C_G) || (in->rm == C_G && !i->is_mem);
    }
}

static const char *const predicates[] = { "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord" };

static bool has_predicate(const X64Ins *i)
{
    return (i->row == X64_I_CMPS_RMI8 || i->row == X64_I_CMPPS_RMI8) && i->imm < 8;
}

static void put_mnemonic(Out *o)
{
    const X64Ins *i = o->i;
    const X64Insn *in = o->in;
    Buf *b = o->b;
    size_t at = b->n, k;
    for (k = 0; k < i->pad66; k++)
        buf_str(b, "data16 ");
    if (i->prefixes & X64_REX64)
        buf_str(b, "rex.W ");
    if (i->prefixes & X64_LOCK)
        buf_str(b, "lock ");
    if (i->prefixes & X64_REP)
        buf_str(b, in->flags & X_REPZ || !(in->flags & X_SUF) || in->form != F_ZO || in->wsel == S_64 ? "repz " : "rep ");
    if (i->prefixes & X64_REPNE)
        buf_str(b, "repnz ");
    if (i->prefixes & X64_NOTRACK)
        buf_str(b, "notrack ");
    if (i->prefixes & X64_BND)
        buf_str(b, "bnd ");
    if (i->is_mem && i->mem.seg && !shown_segment(i->mem.seg))
        buf_str(b, i->mem.seg == 0x2e ? "cs " : i->mem.seg == 0x26 ? "es " : i->mem.seg == 0x36 ? "ss " : "ds ");
    if (has_predicate(i)) {
        buf_fmt(b, "cmp%s%c%c", predicates[i->imm], i->row == X64_I_CMPS_RMI8 ? 's' : 'p', i->w == 4 ? 's' : 'd');
    } else {
        buf_str(b, in->form == F_OI && i->w == 8 ? "movabs" : in->mnem);
        if (in->flags & X_SD)
            buf_u8(b, i->w == 4 ? 's' : 'd');
        else if (in->flags & X_DQ)
            buf_u8(b, i->w == 4 ? 'd' : 'q');
        else if ((in->flags & X_SUF) && !width_shown(i, in))
            buf_u8(b, (uint8_t)suffix(i->w));
    }
    for (k = b->n - at; k < 6; k++)
        buf_u8(b, ' ');
    buf_u8(b, ' ');
}

static void put_target(Out *o)
{
    uint64_t to = o->pc + o->i->len + (uint64_t)o->i->imm;
    if (!symbolic(o, o->i->imm_at, o->i->imm_n, true, false, to))
        buf_fmt(o->b, "0x%llx", (unsigned long long)to);
}

static void string_operands(Out *o)
{
    switch (o->i->row) {
    case X64_I_STRMOVS_ZO: buf_str(o->b, "%ds:(%rsi),%es:(%rdi)"); break;
    case X64_I_STRCMPS_ZO: buf_str(o->b, "%es:(%rdi),%ds:(%rsi)"); break;
    case X64_I_STRSTOS_ZO: put_acc(o); buf_str(o->b, ",%es:(%rdi)"); break;
    case X64_I_STRLODS_ZO: buf_str(o->b, "%ds:(%rsi),"); put_acc(o); break;
    case X64_I_STRSCAS_ZO: buf_str(o->b, "%es:(%rdi),"); put_acc(o); break;
    case X64_I_XLAT_ZO: buf_str(o->b, "%ds:(%rbx)"); break;
    default: break;
    }
}

static void put_operands(Out *o)
{
    const X64Ins *i = o->i;
    const X64Insn *in = o->in;
    unsigned w = i->w ? i->w : 8;
    switch (in->form) {
    case F_ZO: string_operands(o); break;
    case F_ZOM: break;
    case F_SEG: put_reg(o, C_S, in->digit); break;
    case F_AX: buf_str(o->b, "%ax"); break;
    case F_M: case F_M1: put_rm(o); break;
    case F_MC: buf_str(o->b, "%cl,"); put_rm(o); break;
    case F_MR: put_reg(o, in->reg, i->reg); comma(o); put_rm(o); break;
    case F_RM: put_rm(o); comma(o); put_reg(o, in->reg, i->reg); break;
    case F_MRX: buf_str(o->b, "%xmm0,"); put_rm(o); comma(o); put_reg(o, in->reg, i->reg); break;
    case F_MI: case F_MI8: put_imm(o, w); comma(o); put_rm(o); break;
    case F_MU8: put_imm(o, 1); comma(o); put_rm(o); break;
    case F_I: put_imm(o, w); comma(o); put_acc(o); break;
    case F_O: put_rm(o); break;
    case F_OA: put_acc(o); comma(o); put_rm(o); break;
    case F_OI: put_imm(o, w); comma(o); put_rm(o); break;
    case F_RMI: case F_RMI8: put_imm(o, w); comma(o); put_rm(o); comma(o); put_reg(o, in->reg, i->reg); break;
    case F_RMU8:
        if (!has_predicate(i)) {
            put_imm(o, 1);
            comma(o);
        }
        put_rm(o);
        comma(o);
        put_reg(o, in->reg, i->reg);
        break;
    case F_MRU8: put_imm(o, 1); comma(o); put_reg(o, in->reg, i->reg); comma(o); put_rm(o); break;
    case F_MRC: buf_str(o->b, "%cl,"); put_reg(o, in->reg, i->reg); comma(o); put_rm(o); break;
    case F_D8: case F_D32: put_target(o); break;
    case F_IB: put_imm(o, 1); break;
    case F_IBS: case F_ID: put_imm(o, w); break;
    case F_IW: put_imm(o, 2); break;
    case F_IWB: put_imm(o, 2); buf_fmt(o->b, ",$0x%x", i->imm2); break;
    case F_FD: case F_TD:
        if (in->form == F_TD) {
            put_acc(o);
            comma(o);
        }
        if (shown_segment(i->mem.seg))
            buf_str(o->b, i->mem.seg == X64_FS ? "%fs:" : "%gs:");
        if (!symbolic(o, i->imm_at, i->imm_n, false, true, (uint64_t)i->imm))
            buf_fmt(o->b, "0x%llx", (unsigned long long)i->imm);
        if (in->form == F_FD) {
            comma(o);
            put_acc(o);
        }
        break;
    case F_FS: put_rm(o); buf_str(o->b, ",%st"); break;
    case F_FT: buf_str(o->b, "%st,"); put_rm(o); break;
    case F_IA: put_imm(o, 1); comma(o); put_acc(o); break;
    case F_AI: put_acc(o); comma(o); put_imm(o, 1); break;
    case F_DXA: buf_str(o->b, "(%dx),"); put_acc(o); break;
    case F_ADX: put_acc(o); buf_str(o->b, ",(%dx)"); break;
    default: break;
    }
}

void x64_print(const void *d, const X64Ins *i, uint64_t pc, const struct DisNames *names, Buf *out)
{
    Out o;
    o.d = d;
    o.b = out;
    o.i = i;
    o.in = &x64_insns[i->row];
    o.pc = pc;
    o.names = names;
    put_mnemonic(&o);
    put_operands(&o);
    while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
}

static unsigned one(void *state, const uint8_t *p, size_t n, uint64_t pc, const DisNames *names, Buf *out)
{
    X64Dis *d = state;
    X64Ins i;
    if (!x64_decode(d->dec, p, n, &i))
        return 0;
    x64_print(d, &i, pc, names, out);
    return i.len;
}

#define RELOC(name, number, class, size, check) name = number,
enum {
#include "arch/x64/reloc.def"
    RELOC_END
};
#undef RELOC

static bool reloc_text(uint32_t type, DisReloc *r)
{
    static const struct { uint16_t type; uint8_t size, pcrel; const char *text; } table[] = {
        { R_X86_64_64, 8, 0, "" }, { R_X86_64_32, 4, 0, "" }, { R_X86_64_32S, 4, 0, "" }, { R_X86_64_16, 2, 0, "" },
        { R_X86_64_8, 1, 0, "" }, { R_X86_64_PC64, 8, 1, "" }, { R_X86_64_PC32, 4, 1, "" }, { R_X86_64_PC16, 2, 1, "" },
        { R_X86_64_PC8, 1, 1, "" }, { R_X86_64_PLT32, 4, 1, "@PLT" }, { R_X86_64_GOTPCREL, 4, 1, "@GOTPCREL" },
        { R_X86_64_GOTPCRELX, 4, 1, "@GOTPCREL" }, { R_X86_64_REX_GOTPCRELX, 4, 1, "@GOTPCREL" },
        { R_X86_64_GOTTPOFF, 4, 1, "@gottpoff" }, { R_X86_64_TPOFF32, 4, 0, "@tpoff" }, { R_X86_64_TPOFF64, 8, 0, "@tpoff" },
        { R_X86_64_DTPOFF32, 4, 0, "@dtpoff" }, { R_X86_64_DTPOFF64, 8, 0, "@dtpoff" }, { R_X86_64_TLSGD, 4, 1, "@tlsgd" },
        { R_X86_64_TLSLD, 4, 1, "@tlsld" },
    };
    size_t i;
    for (i = 0; i < countof(table); i++)
        if (table[i].type == type) {
            r->before = "";
            r->after = table[i].text;
            r->pcrel = table[i].pcrel != 0;
            r->insn = false;
            r->size = table[i].size;
            return true;
        }
    return false;
}

static const char *const prefer[] = { "{disp32} ", "{disp8} ", "{load} ", "{store} ", NULL };

const struct TargetDis x64_dis = {
    .begin = begin, .min_len = 1, .remark = "        # ", .one = one, .reloc_text = reloc_text, .prefer = prefer,
};
