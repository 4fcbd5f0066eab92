/* dis.c: text out. A word in, "mnemonic operands" in GNU as's syntax out, as objdump prints it. One idea: the first alias of insn.def that
 * holds, else the row, gives mnemonic and list of operands; each operand is printed by its kind (insn.h).
 *
 * What a relocation or a name may stand for is offered to DisNames.name with n 4: branch targets and addresses with pcrel, immediates
 * without. */
#include "arch/aa64/insn.h"

#include "as/as_target.h"

enum { NO_ALIASES = 1, EXACT = 2 };

typedef struct Dis {
    Aa64Dec *dec;
    unsigned options;
    uint16_t first_alias[AA64_ROWS]; /* number + 1 */
    uint16_t *next_alias;      /* the same row's */
} Dis;

static void *begin(Arena *a, const char *options, bool exact)
{
    Dis *d = arena_new(a, Dis);
    const char *p, *e;
    unsigned k;
    d->options = exact ? EXACT : 0;
    for (p = options; p && *p; p = *e ? e + 1 : e) {
        for (e = p; *e && *e != ','; e++)
            ;
        if (e - p == 10 && memcmp(p, "no-aliases", 10) == 0)
            d->options |= NO_ALIASES;
        else if (!(e - p == 7 && memcmp(p, "aliases", 7) == 0) && !(e - p == 8 && memcmp(p, "no-notes", 8) == 0))
            return NULL;
    }
    d->dec = aa64_dec_new(a);
    d->next_alias = arena_array(a, uint16_t, aa64_alias_count);
    for (k = aa64_alias_count; k-- > 0;) {
        d->next_alias[k] = d->first_alias[aa64_aliases[k].row];
        d->first_alias[aa64_aliases[k].row] = (uint16_t)(k + 1);
    }
    return d;
}

typedef struct Text {
    const Dis *d;
    const Aa64Ins *i;
    const Aa64Insn *in;
    uint64_t pc;
    const DisNames *names;
    Buf *out;
    bool whole;                /* a relocation stands here */
    int remark;                /* the condition to tell, or -1 */
} Text;

/* ---- registers ---- */

static void general(const Text *t, unsigned r, bool x, bool sp)
{
    if (r < 31)
        buf_fmt(t->out, "%c%u", x ? 'x' : 'w', r);
    else
        buf_str(t->out, sp ? (x ? "sp" : "wsp") : x ? "xzr" : "wzr");
}

static void scalar(const Text *t, char letter, unsigned r)
{
    buf_fmt(t->out, "%c%u", letter, r);
}

static const char letters[] = "bhsd";

/* v3.4s of so many bytes with elements of 1 << es. */
static void vector(const Text *t, unsigned r, unsigned es, unsigned bytes)
{
    buf_fmt(t->out, "v%u.%u%c", r, bytes >> es, letters[es & 3]);
}

static void element(const Text *t, unsigned r, unsigned es, unsigned n)
{
    buf_fmt(t->out, "v%u.%c[%u]", r, letters[es & 3], n);
}

/* {v1.16b, v2.16b}; of more than two that do not wrap {v1.16b-v4.16b}; lane -1: whole vectors */
static void list(const Text *t, unsigned r, unsigned count, unsigned es, unsigned bytes, int lane)
{
    unsigned k;
    bool range = count > 2 && r + count <= 32;
    buf_u8(t->out, '{');
    for (k = 0; k < count; k++) {
        if (range && k && k + 1 < count)
            continue;
        if (k)
            buf_str(t->out, range ? "-" : ", ");
        if (lane < 0)
            vector(t, (r + k) & 31, es, bytes);
        else
            buf_fmt(t->out, "v%u.%c", (r + k) & 31, letters[es & 3]);
    }
    buf_u8(t->out, '}');
    if (lane >= 0)
        buf_fmt(t->out, "[%d]", lane);
}

static void prfop(const Text *t, unsigned v)
{
    static const char *const what[4] = { "pld", "pli", "pst", NULL };
    if (v >> 3 == 3 || (v >> 1 & 3) == 3)
        buf_fmt(t->out, "#0x%02x", v);
    else
        buf_fmt(t->out, "%sl%u%s", what[v >> 3], (v >> 1 & 3) + 1, v & 1 ? "strm" : "keep");
}

static void reg_operand(const Text *t, unsigned opnd)
{
    const Aa64Ins *i = t->i;
    unsigned r, kind = aa64_kind(opnd), place = opnd & 3, es = aa64_es(i), bytes = aa64_q(i) ? 16 : 8;
    r = place == 0 ? i->rd : place == 1 ? i->rn : place == 2 ? i->rm : i->ra;
    if (kind == K_T)
        kind = aa64_t_kind(t->in->flags);
    switch (kind) {
    case K_R: general(t, r, i->size != 0, false); break;
    case K_RSP: general(t, r, i->size != 0, true); break;
    case K_W: general(t, r, false, false); break;
    case K_X: general(t, r, true, false); break;
    case K_XSP: general(t, r, true, true); break;
    case K_F: scalar(t, i->size ? 'd' : 's', r); break;
    case K_FB: scalar(t, 'b', r); break;
    case K_FH: scalar(t, 'h', r); break;
    case K_FS: scalar(t, 's', r); break;
    case K_FD: scalar(t, 'd', r); break;
    case K_FQ: scalar(t, 'q', r); break;
    case K_PAIR:
        general(t, r, i->size != 0, false);
        buf_str(t->out, ", ");
        general(t, r + 1, i->size != 0, false);
        break;
    case K_PRFOP: prfop(t, r); break;
    case K_V1D: element(t, r, 3, 1); break;
    case K_V: vector(t, r, es, bytes); break;
    case K_VW: vector(t, r, es + 1, 16); break;
    case K_VP: vector(t, r, es + 1, bytes); break;
    case K_VS: scalar(t, letters[es & 3], r); break;
    case K_VSW: scalar(t, letters[(es + 1) & 3], r); break;
    case K_V4S: vector(t, r, 2, 16); break;
    case K_V2: vector(t, r, es, 2u << es); break;
    case K_VE: element(t, r, es, (unsigned)i->imm); break;
    case K_VE2: element(t, r, es, (unsigned)i->imm2 >> es); break;
    case K_RE: general(t, r, es == 3, false); break;
    case K_RQ: general(t, r, i->size & 1, false); break;
    default: list(t, r, aa64_list_count(t->in->flags), es, bytes, -1); break; /* K_L */
    }
}

/* ---- numbers ---- */

static bool symbolic(const Text *t, bool pcrel, bool memory, uint64_t value)
{
    DisField f;
    if (!t->names || !t->names->name)
        return false;
    memset(&f, 0, sizeof f);
    f.insn = t->pc;
    f.n = 4;
    f.pcrel = pcrel;
    f.memory = memory;
    f.value = value;
    return t->names->name(t->names->ctx, &f, t->out);
}

static void hex(const Text *t, uint64_t v)
{
    buf_fmt(t->out, "#0x%llx", (unsigned long long)v);
}

static void decimal(const Text *t, int64_t v)
{
    buf_fmt(t->out, "#%lld", (long long)v);
}

static void target(const Text *t, uint64_t to)
{
    if (!symbolic(t, true, false, to))
        buf_fmt(t->out, "0x%llx", (unsigned long long)to);
}

/* The number of an immediate moved; objdump tells it in decimal, too. */
static void moved(const Text *t, uint64_t v)
{
    char s[24];
    size_t n;
    if (!t->i->size)
        v &= 0xffffffff;
    if (t->d->options & EXACT) {
        hex(t, v);
        return;
    }
    rt_snfmt(s, sizeof s, "%llx", (unsigned long long)v);
    buf_fmt(t->out, "#0x%s", s);
    for (n = strlen(s); n < 20; n++)
        buf_u8(t->out, ' ');
    buf_fmt(t->out, "\t// #%lld", t->i->size ? (long long)v : (long long)(int32_t)v);
}

/* A double of four bits of fraction and an exponent from -3 to 4, as %.18e prints it: m / 2^k is m * 5^k / 10^k. */
static void fp_number(const Text *t, uint64_t bits)
{
    unsigned k = 1027 - ((unsigned)(bits >> 52) & 0x7ff), m = 16 + ((unsigned)(bits >> 48) & 15), j, n;
    int exp;
    char s[16];
    for (j = 0; j < k; j++)
        m *= 5;
    n = (unsigned)rt_snfmt(s, sizeof s, "%u", m);
    exp = (int)n - 1 - (int)k;
    buf_fmt(t->out, "#%s%c.", bits >> 63 ? "-" : "", s[0]);
    for (j = 1; j < 19; j++)
        buf_u8(t->out, j < n ? (uint8_t)s[j] : '0');
    buf_fmt(t->out, "e%c%02d", exp < 0 ? '-' : '+', exp < 0 ? -exp : exp);
}

/* ---- the rest ---- */

static void shifted(const Text *t)
{
    const Aa64Ins *i = t->i;
    general(t, i->rm, i->size != 0, false);
    if (i->ext || i->amount)
        buf_fmt(t->out, ", %s #%u", aa64_shifts[i->ext & 3], i->amount);
}

/* With sp, the extension that extends nothing is called lsl (C6.2, "ADD (extended register)"). */
static void extended(const Text *t)
{
    const Aa64Ins *i = t->i;
    bool d = i->row == AA64_I_ADD_E || i->row == AA64_I_SUB_E;
    general(t, i->rm, i->size && (i->ext & 3) == 3, false);
    if (((d && i->rd == 31) || i->rn == 31) && i->ext == (i->size ? AA64_UXTX : AA64_UXTW)) {
        if (i->amount)
            buf_fmt(t->out, ", lsl #%u", i->amount);
        return;
    }
    buf_fmt(t->out, ", %s", aa64_extends[i->ext & 7]);
    if (i->amount)
        buf_fmt(t->out, " #%u", i->amount);
}

static void base(const Text *t)
{
    buf_u8(t->out, '[');
    general(t, t->i->rn, true, true);
}

/* [rn, #imm] with what ends it; the number is left out where it is 0 and may be. */
static void memory(const Text *t, bool always, const char *end)
{
    base(t);
    if (t->whole) {
        size_t keep = t->out->n;
        buf_str(t->out, ", ");
        if (symbolic(t, false, true, (uint64_t)t->i->imm)) {
            buf_str(t->out, end);
            return;
        }
        t->out->n = keep;
    }
    if (t->i->imm || always)
        buf_fmt(t->out, ", #%lld", (long long)t->i->imm);
    buf_str(t->out, end);
}

static void post(const Text *t)
{
    base(t);
    buf_fmt(t->out, "], #%lld", (long long)t->i->imm);
}

static void indexed(const Text *t)
{
    const Aa64Ins *i = t->i;
    base(t);
    buf_str(t->out, ", ");
    general(t, i->rm, i->ext & 1, false);
    if (i->ext != AA64_UXTX)
        buf_fmt(t->out, ", %s", aa64_extends[i->ext & 7]);
    else if (i->amount)
        buf_str(t->out, ", lsl");
    if (i->amount)
        buf_fmt(t->out, " #%u", aa64_log2(t->in->flags));
    buf_u8(t->out, ']');
}

/* Bytes that a structure load or store touches. */
static unsigned touched(const Text *t)
{
    unsigned count = aa64_list_count(t->in->flags), form = t->in->form;
    if (form != F_LDLPOST)
        return count << aa64_es(t->i);
    return t->i->row == AA64_I_LD1R_POST || t->i->row == AA64_I_LD2R_POST || t->i->row == AA64_I_LD3R_POST ||
           t->i->row == AA64_I_LD4R_POST ? count << aa64_es(t->i) : count * (aa64_q(t->i) ? 16 : 8);
}

static void sysreg(const Text *t, unsigned n)
{
    unsigned lo = 0, hi = aa64_sysreg_count;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (aa64_sysregs[mid].n < n)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < aa64_sysreg_count && aa64_sysregs[lo].n == n)
        buf_str(t->out, n == 0x9828 && t->i->row == AA64_I_MSR ? "dbgdtrtx_el0" : aa64_sysregs[lo].name);
    else
        buf_fmt(t->out, "s%u_%u_c%u_c%u_%u", n >> 14, n >> 11 & 7, n >> 7 & 15, n >> 3 & 15, n & 7);
}

static void sysop(const Text *t, unsigned kind)
{
    unsigned k;
    for (k = 0; k < aa64_sysop_count; k++) {
        if (aa64_sysops[k].kind != kind || aa64_sysops[k].n != t->i->imm)
            continue;
        buf_str(t->out, aa64_sysops[k].name);
        if (aa64_sysops[k].reg) {
            buf_str(t->out, ", ");
            general(t, t->i->rd, true, false);
        }
        return;
    }
}

static void cond(Text *t, unsigned c)
{
    buf_str(t->out, aa64_cond_names[c & 15]);
    t->remark = (int)(c & 15);
}

static void operand(Text *t, unsigned opnd)
{
    const Aa64Ins *i = t->i;
    unsigned kind = aa64_kind(opnd), top = i->size ? 63 : 31, k;
    if (kind < K_REGS) {
        reg_operand(t, opnd);
        return;
    }
    switch (kind) {
    case K_SHIFT: case K_SHIFTL: shifted(t); break;
    case K_EXT: extended(t); break;
    case K_ADDIMM:
        if (!t->whole || !symbolic(t, false, false, (uint64_t)i->imm))
            hex(t, (uint64_t)i->imm >> (i->amount ? 12 : 0));
        if (i->amount)
            buf_str(t->out, ", lsl #12");
        break;
    case K_LOGIMM: hex(t, (uint64_t)i->imm); break;
    case K_MOVW:
        if (t->whole) {
            buf_u8(t->out, '#');
            if (symbolic(t, false, false, (uint64_t)i->imm))
                break;
            t->out->n--;
        }
        hex(t, (uint64_t)i->imm >> i->amount);
        if (i->amount)
            buf_fmt(t->out, ", lsl #%u", i->amount);
        break;
    case K_MOVZI: case K_ORRI: moved(t, (uint64_t)i->imm); break;
    case K_MOVNI: moved(t, ~(uint64_t)i->imm); break;
    case K_IMMR: decimal(t, i->amount); break;
    case K_IMMS: decimal(t, i->imm2); break;
    case K_ADR: case K_B26: case K_B19: case K_B14: target(t, t->pc + (uint64_t)i->imm); break;
    case K_ADRP: target(t, (t->pc & ~(uint64_t)4095) + (uint64_t)i->imm); break;
    case K_TBIT: case K_FBITS: decimal(t, i->imm2); break;
    case K_TREG: general(t, i->rd, i->imm2 > 31, false); break;
    case K_COND: cond(t, i->cond); break;
    case K_CONDI: cond(t, i->cond ^ 1u); break;
    case K_NZCV: hex(t, i->imm2); break;
    case K_UDF: case K_SHI: case K_EXTN: decimal(t, i->imm); break;
    case K_IMM5: case K_IMM16: case K_DCPS: case K_HINT: case K_CRM: case K_ISB: case K_MI: case K_MI64: hex(t, (uint64_t)i->imm); break;
    case K_BARRIER:
        if (aa64_barriers[i->imm & 15])
            buf_str(t->out, aa64_barriers[i->imm & 15]);
        else
            buf_fmt(t->out, "#0x%02x", (unsigned)i->imm);
        break;
    case K_SYSREG: sysreg(t, (unsigned)i->imm); break;
    case K_PSTATE:
        for (k = 0; k < aa64_pstate_count && aa64_pstates[k].n != i->imm; k++)
            ;
        buf_fmt(t->out, "%s, #0x%x", k < aa64_pstate_count ? aa64_pstates[k].name : "?", i->imm2);
        break;
    case K_SYS:
        k = (unsigned)i->imm;
        buf_fmt(t->out, "#%u, C%u, C%u, #%u", k >> 11 & 7, k >> 7 & 15, k >> 3 & 15, k & 7);
        break;
    case K_SYSRT: general(t, i->rd, true, false); break;
    case K_RET: general(t, i->rn, true, false); break;
    case K_MEM: memory(t, false, "]"); break;
    case K_MEM12: case K_MEM9: case K_MEM7: memory(t, false, "]"); break;
    case K_PRE9: case K_PRE7: memory(t, true, "]!"); break;
    case K_POST9: case K_POST7: post(t); break;
    case K_MEMR: indexed(t); break;
    case K_FIMM: case K_MIF: fp_number(t, (uint64_t)i->imm); break;
    case K_FZERO: buf_str(t->out, "#0.0"); break;
    case K_ZERO: buf_str(t->out, "#0"); break;
    case K_SHLL: decimal(t, 8 << aa64_es(i)); break;
    case K_TBL: list(t, i->rn, i->imm2 + 1u, 0, 16, -1); break;
    case K_VEM: element(t, i->rm, aa64_es(i), i->imm2); break;
    case K_LANEB: case K_LANEH: case K_LANES: case K_LANED:
        list(t, i->rd, aa64_list_count(t->in->flags), aa64_es(i), 16, i->imm2);
        break;
    case K_POSTV:
        base(t);
        buf_str(t->out, "], ");
        if (i->rm == 31)
            decimal(t, touched(t));
        else
            general(t, i->rm, true, false);
        break;
    case K_MISH2: case K_MISH1:
        hex(t, (uint64_t)i->imm);
        if (i->amount)
            buf_fmt(t->out, ", lsl #%u", i->amount);
        break;
    case K_MIMSL: buf_fmt(t->out, "#0x%x, msl #%u", (unsigned)i->imm, i->amount); break;
    case K_LSL: decimal(t, top - i->imm2); break;
    case K_LSR: decimal(t, i->amount); break;
    case K_INLSB: decimal(t, top + 1 - i->amount); break;
    case K_INWIDTH: decimal(t, i->imm2 + 1); break;
    case K_EXWIDTH: decimal(t, i->imm2 - i->amount + 1); break;
    case K_IC: case K_DC: case K_AT: case K_TLBI: sysop(t, kind); break;
    default: break;
    }
}

/* Operands that have no text, or none where they are what one expects. */
static bool silent(const Aa64Ins *i, unsigned kind)
{
    switch (kind) {
    case K_CONDB: case K_MEMRS: case K_IMM4: return true;
    case K_DCPS: return i->imm == 0;
    case K_CRM: case K_ISB: return i->imm == 15;
    case K_SYSRT: return i->rd == 31;
    case K_RET: return i->rn == 30;
    default: return false;
    }
}

static void remark(const Text *t)
{
    static const char *const other[16] = {
        "none", "any", "hs\0nlast", "lo\0ul\0last", "first", "nfrst", NULL, NULL, "pmore", "plast", "tcont", "tstop", NULL, NULL, NULL, NULL
    };
    static const uint8_t count[16] = { 1, 1, 2, 3, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0 };
    const char *s;
    unsigned k, c = (unsigned)t->remark;
    bool branch = t->in->form == F_BCOND;
    if (t->remark < 0 || !other[c] || (t->d->options & EXACT))
        return;
    if (branch)
        buf_str(t->out, "  // ");
    else
        buf_fmt(t->out, "\t// %s = ", aa64_cond_names[c]);
    for (k = 0, s = other[c]; k < count[c]; k++, s += strlen(s) + 1)
        buf_fmt(t->out, "%s%s%s", k ? ", " : "", branch ? "b." : "", s);
}

static const Aa64Alias *alias(const Dis *d, const Aa64Ins *i, bool whole)
{
    unsigned k = d->options & NO_ALIASES ? 0 : d->first_alias[i->row], j;
    for (; k; k = d->next_alias[k - 1]) {
        const Aa64Alias *al = &aa64_aliases[k - 1];
        bool hides = (al->tests & AL_IMM) != 0;
        for (j = 0; j < AA64_OPNDS && al->opnds[j]; j++)
            hides = hides || aa64_kind(al->opnds[j]) == K_MOVZI || aa64_kind(al->opnds[j]) == K_MOVNI;
        if (!(al->tests & AL_ASM) && !(whole && hides) && aa64_alias_holds(al, i))
            return al;
    }
    return NULL;
}

static unsigned one(void *state, const uint8_t *p, size_t n, uint64_t pc, const DisNames *names, Buf *out)
{
    Dis *d = state;
    const Aa64Alias *al;
    const uint16_t *o;
    const char *s;
    Aa64Ins i;
    Text t;
    char sep = '\t';
    unsigned k;
    if (n < 4 || !aa64_decode(d->dec, get_u32(p), &i))
        return 0;
    t.d = d;
    t.names = names;
    t.out = out;
    t.pc = pc;
    t.i = &i;
    t.in = &aa64_insns[i.row];
    t.whole = names && names->whole;
    t.remark = -1;
    al = alias(d, &i, t.whole);
    for (s = al ? al->mnem : t.in->mnem; *s; s++)
        buf_u8(out, *s == ' ' ? '\t' : (uint8_t)*s);
    if (t.in->form == F_BCOND) {
        buf_str(out, aa64_cond_names[i.cond & 15]);
        t.remark = i.cond;
    }
    if (aa64_shaped(&aa64_forms[t.in->form]) && (t.in->flags & AV_2) && (i.size & 1))
        buf_u8(out, '2');
    o = al ? al->opnds : aa64_forms[t.in->form].opnds;
    for (k = 0; k < AA64_OPNDS && o[k]; k++) {
        if (silent(&i, aa64_kind(o[k])))
            continue;
        buf_u8(out, (uint8_t)sep);
        if (sep == ',')
            buf_u8(out, ' ');
        operand(&t, o[k]);
        sep = ',';
    }
    remark(&t);
    return 4;
}

static unsigned unknown(const uint8_t *p, size_t n, Buf *out)
{
    if (n < 4) {
        buf_fmt(out, ".byte\t0x%02x", *p);
        return 1;
    }
    buf_fmt(out, ".inst\t0x%08x ; undefined", get_u32(p));
    return 4;
}

static unsigned data(const uint8_t *p, size_t n, uint64_t pc, Buf *out)
{
    if (n >= 4 && !(pc & 3)) {
        buf_fmt(out, ".word\t0x%08x", get_u32(p));
        return 4;
    }
    if (n >= 2 && !(pc & 1)) {
        buf_fmt(out, ".short\t0x%04x", get_u16(p));
        return 2;
    }
    buf_fmt(out, ".byte\t0x%02x", *p);
    return 1;
}

/* ---- for as_print ---- */

static bool reloc_text(uint32_t type, DisReloc *r)
{
    static const struct { uint16_t type; uint8_t size; bool pcrel, insn; const char *before; } table[] = {
        { R_AARCH64_ABS64, 8, false, false, "" }, { R_AARCH64_ABS32, 4, false, false, "" }, { R_AARCH64_PREL32, 4, true, false, "" },
        { R_AARCH64_PREL64, 8, true, false, "" },
        { R_AARCH64_CALL26, 4, true, true, "" }, { R_AARCH64_JUMP26, 4, true, true, "" }, { R_AARCH64_CONDBR19, 4, true, true, "" },
        { R_AARCH64_TSTBR14, 4, true, true, "" }, { R_AARCH64_LD_PREL_LO19, 4, true, true, "" },
        { R_AARCH64_ADR_PREL_LO21, 4, true, true, "" }, { R_AARCH64_ADR_PREL_PG_HI21, 4, true, true, "" },
        { R_AARCH64_ADD_ABS_LO12_NC, 4, false, true, ":lo12:" }, { R_AARCH64_LDST8_ABS_LO12_NC, 4, false, true, ":lo12:" },
        { R_AARCH64_LDST16_ABS_LO12_NC, 4, false, true, ":lo12:" }, { R_AARCH64_LDST32_ABS_LO12_NC, 4, false, true, ":lo12:" },
        { R_AARCH64_LDST64_ABS_LO12_NC, 4, false, true, ":lo12:" }, { R_AARCH64_LDST128_ABS_LO12_NC, 4, false, true, ":lo12:" },
        { R_AARCH64_ADR_GOT_PAGE, 4, true, true, ":got:" }, { R_AARCH64_LD64_GOT_LO12_NC, 4, false, true, ":got_lo12:" },
        { R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21, 4, true, true, ":gottprel:" },
        { R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC, 4, false, true, ":gottprel_lo12:" },
        { R_AARCH64_TLSLE_ADD_TPREL_HI12, 4, false, true, ":tprel_hi12:" },
        { R_AARCH64_TLSLE_ADD_TPREL_LO12, 4, false, true, ":tprel_lo12:" },
        { R_AARCH64_TLSLE_ADD_TPREL_LO12_NC, 4, false, true, ":tprel_lo12_nc:" },
        { R_AARCH64_TLSGD_ADR_PAGE21, 4, true, true, ":tlsgd:" }, { R_AARCH64_TLSGD_ADD_LO12_NC, 4, false, true, ":tlsgd_lo12:" },
        { R_AARCH64_TLSDESC_ADR_PAGE21, 4, true, true, ":tlsdesc:" }, { R_AARCH64_TLSDESC_LD64_LO12, 4, false, true, ":tlsdesc_lo12:" },
        { R_AARCH64_TLSDESC_ADD_LO12, 4, false, true, ":tlsdesc_lo12:" },
        { R_AARCH64_MOVW_UABS_G0, 4, false, true, ":abs_g0:" }, { R_AARCH64_MOVW_UABS_G0_NC, 4, false, true, ":abs_g0_nc:" },
        { R_AARCH64_MOVW_UABS_G1, 4, false, true, ":abs_g1:" }, { R_AARCH64_MOVW_UABS_G1_NC, 4, false, true, ":abs_g1_nc:" },
        { R_AARCH64_MOVW_UABS_G2, 4, false, true, ":abs_g2:" }, { R_AARCH64_MOVW_UABS_G2_NC, 4, false, true, ":abs_g2_nc:" },
        { R_AARCH64_MOVW_UABS_G3, 4, false, true, ":abs_g3:" },
    };
    size_t i;
    for (i = 0; i < countof(table); i++)
        if (table[i].type == type) {
            r->before = table[i].before;
            r->after = "";
            r->pcrel = table[i].pcrel;
            r->insn = table[i].insn;
            r->size = table[i].size;
            return true;
        }
    return false;
}

extern const struct TargetDis aa64_dis;
const struct TargetDis aa64_dis = {
    .begin = begin, .min_len = 4, .words = true, .tight = true, .unknown = unknown, .data = data, .one = one, .reloc_text = reloc_text,
};
