/* driver.c: rv64's encoder, decoder, disassembler and assembler as commands for suite.sh.
 *   self            checks that need no oracle; prints ok and not ok lines
 *   enum            every row at its edge operands: "hex<TAB>row<TAB>text" with the rows' own names
 *   dis [naref]     hex words a line from standard input: text, or "-" where refused; n no aliases, r numeric
 *   as IN OUT.o     assembles
 *   march STRING    canonical string, or the message
 *   li N            instructions of rv64_li_best for numbers from standard input: "number<TAB>hex..." */
#include "arch/arch.h"
#include "arch/rv64/insn.h"
#include "as/as.h"
#include "as/as_target.h"

#include <stdio.h>
#include <stdlib.h>

extern const struct TargetAsm rv64_asm;
extern const struct TargetDis rv64_dis;
extern const Target target_rv64;
const Target *const targets[] = { &target_rv64, NULL };
const Target *target_find(const char *triple) { (void)triple; return targets[0]; }
const Target *target_by_machine(uint16_t m) { return m == 243 ? targets[0] : NULL; }

static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    fprintf(stderr, "fatal: %s\n", msg);
    exit(3);
}
static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }
static Host host = { NULL, pages, unpages, NULL, fatal };

static void sink(void *ctx, const char *s, size_t n) { (void)ctx; fwrite(s, 1, n, stderr); }

static bool same(const Rv64Ins *a, const Rv64Ins *b)
{
    return a->row == b->row && a->rd == b->rd && a->rs1 == b->rs1 && a->rs2 == b->rs2 && a->rs3 == b->rs3 && a->rm == b->rm &&
           a->aqrl == b->aqrl && a->csr == b->csr && a->imm == b->imm;
}

/* ---- enumeration: a cross of edge values a slot ---- */

typedef void Visit(const Rv64Ins *i, void *ctx);

static unsigned regs_of(unsigned slot, uint8_t *to)
{
    static const uint8_t full[] = { 0, 1, 2, 8, 10, 15, 31 }, few[] = { 8, 9, 15 };
    unsigned f = slot & SL_F ? 32 : 0, k;
    switch (slot & ~(unsigned)SL_F) {
    case SL_7: case SL_15: case SL_20: case SL_27: case SL_2:
        for (k = 0; k < sizeof full; k++)
            to[k] = (uint8_t)(full[k] + f);
        return sizeof full;
    case SL_P7: case SL_P2:
        for (k = 0; k < sizeof few; k++)
            to[k] = (uint8_t)(few[k] + f);
        return sizeof few;
    case SL_X1: to[0] = 1; return 1;
    case SL_X2: to[0] = 2; return 1;
    case SL_RD: to[0] = 0xff; return 1;
    default: to[0] = 0; return 1;
    }
}

static unsigned imms_of(unsigned kind, int64_t *to)
{
    const Rv64Imm *m = &rv64_imms[kind];
    static const int64_t try[] = { 0, 1, 2, 4, 8, 16, 0x1f, 0x20, -1, -2, -16, 42, 0x3f, 0x40, -0x20, -0x21, 0xff, 252, 248, 504, 508,
                                   -256, 254, 0x1f0, -512, 1020, 1016, 2046, 2047, -2048, 4094, -4096, 0x7ffff, 0x80000, 0xfffff, 0xfffe0,
                                   1048574, -1048576, 124, 0x33, 0xf0, 0x0f };
    unsigned k, n = 0;
    if (!m->bits) {
        to[0] = 0;
        return 1;
    }
    for (k = 0; k < countof(try); k++)
        if (rv64_imm_fits(kind, try[k]))
            to[n++] = try[k];
    return n;
}

static void each(Visit *visit, void *ctx)
{
    unsigned row;
    for (row = 0; row < RV64_ROWS; row++) {
        const Rv64Insn *in = &rv64_insns[row];
        const Rv64Form *f = &rv64_forms[in->form];
        uint8_t d[8], s[8], t[8], r[8], b[4];
        int64_t v[64];
        unsigned nd = regs_of(f->rd, d), ns = regs_of(f->rs1, s), nt = regs_of(f->rs2, t), nr = regs_of(f->rs3, r);
        unsigned nv = imms_of(f->imm, v), nx = f->extra & FX_RM ? 8 : f->extra & FX_AQRL ? 4 : f->extra & FX_CSR ? 6 : 1;
        unsigned a1, a2, a3, a4, a5, x;
        static const uint16_t csrs[6] = { 0, 3, 0x300, 0x7c0, 0xc00, 0xfff };
        unsigned wide = nd * ns * nt * nr * nv * nx > 800;
        for (a1 = 0; a1 < nd; a1++)
        for (a2 = 0; a2 < ns; a2++)
        for (a3 = 0; a3 < nt; a3++)
        for (a4 = 0; a4 < nr; a4++)
        for (a5 = 0; a5 < nv; a5++)
        for (x = 0; x < nx; x++) {
            Rv64Ins i;
            /* Where the cross is large, only one operand leaves the middle value at a time, or all go together. */
            unsigned off = (a1 != nd / 2) + (a2 != ns / 2) + (a3 != nt / 2) + (a4 != nr / 2) + (a5 != nv / 2) + (x != nx / 2);
            if (wide && off > 1 && !(a1 % ns == a2 && (nt == 1 || a3 == a2) && (nv == 1 || a5 % 7 == a2) && a4 * x == 0))
                continue;
            memset(&i, 0, sizeof i);
            i.row = (uint16_t)row;
            i.rd = d[a1];
            i.rs1 = s[a2] == 0xff ? i.rd : s[a2];
            i.rs2 = t[a3] == 0xff ? i.rd : t[a3];
            i.rs3 = r[a4];
            i.imm = (int32_t)v[a5];
            if (f->extra & FX_RM)
                i.rm = (uint8_t)x;
            if (f->extra & FX_AQRL)
                i.aqrl = (uint8_t)x;
            if (f->extra & FX_CSR)
                i.csr = csrs[x];
            if (rv64_emit(b, &i))
                visit(&i, ctx);
        }
    }
}

/* ---- self ---- */

typedef struct Self { Rv64Dec *dec; unsigned n, bad; uint8_t seen[RV64_ROWS]; } Self;

/* The short row found by trying all that expand to the row, as rv64_compress decides it. */
static bool by_trial(const Rv64Ins *i, uint8_t to[4])
{
    unsigned k, turn;
    Rv64Ins t = *i;
    bool hint = (i->row == RV64_I_ADDI && i->rd == 0 && (i->rs1 || i->imm)) || ((i->row == RV64_I_LUI || i->row == RV64_I_ADD) && i->rd == 0) ||
                ((i->row == RV64_I_SLLI || i->row == RV64_I_SRLI || i->row == RV64_I_SRAI) && (i->rd == 0 || i->imm == 0));
    if (!rv64_insns[i->row].link || hint)
        return false;
    if (i->row == RV64_I_ADD && i->rs1 == 0 && i->rs2) {
        t.row = RV64_I_C_MV;
        t.rs1 = t.rs2;
        t.rs2 = 0;
        return rv64_emit(to, &t);
    }
    for (turn = 0; turn < (rv64_insns[i->row].flags & RVF_COMM ? 2u : 1u); turn++) {
        for (k = rv64_insns[i->row].link; k < RV64_ROWS && rv64_insns[k].link == i->row; k++) {
            t.row = (uint16_t)k;
            if (rv64_emit(to, &t))
                return true;
        }
        t.rs1 = i->rs2;
        t.rs2 = i->rs1;
    }
    return false;
}

static void self_one(const Rv64Ins *i, void *ctx)
{
    Self *s = ctx;
    Rv64Ins e = *i, d, x;
    uint8_t b[4], b2[4];
    x = *i;
    if (rv64_forms[rv64_insns[i->row].form].bytes == 4) {
        bool trial = by_trial(i, b), have = rv64_compress(&x, RV64_X_ALL);
        if (trial != have || (have && (!rv64_emit(b2, &x) || get_u16(b) != get_u16(b2)))) {
            if (s->bad++ < 10)
                printf("  %s: short by trial %d, else %d\n", rv64_insns[i->row].mnem, trial, have);
        }
    }
    s->n++;
    s->seen[i->row] = 1;
    rv64_emit(b, &e);
    if (!rv64_decode(s->dec, b, e.len, &d) || !same(&d, &e) || d.len != e.len) {
        if (s->bad++ < 10)
            printf("  %s does not come back\n", rv64_insns[i->row].mnem);
        return;
    }
    x = d;
    rv64_expand(&x);
    if (d.len == 2 && d.row != RV64_I_C_UNIMP) { /* what it expands to means the same operands */
        Rv64Ins y, back;
        if (x.row == RV64_I_ADDI && d.row == RV64_I_C_MV)
            x.imm = 0;
        if (!rv64_emit(b2, &x) || !rv64_decode(s->dec, b2, 4, &y) || !same(&x, &y)) {
            if (s->bad++ < 10)
                printf("  %s does not expand\n", rv64_insns[i->row].mnem);
            return;
        }
        back = y;
        if (rv64_compress(&back, RV64_X_ALL)) {
            Rv64Ins z = back;
            rv64_expand(&z);
            if (z.row != y.row || z.rd != y.rd || z.imm != y.imm) {
                if (s->bad++ < 10)
                    printf("  %s comes back as %s\n", rv64_insns[i->row].mnem, rv64_insns[back.row].mnem);
            }
        }
    } else if (rv64_compress(&x, RV64_X_ALL)) {
        rv64_expand(&x);
        if (d.row == RV64_I_ADD && d.rs1 == 0 && x.row == RV64_I_ADDI && x.imm == 0)
            x.row = d.row;
        if (x.row != d.row || x.rd != d.rd || x.imm != d.imm || x.rs1 + x.rs2 != d.rs1 + d.rs2) {
            if (s->bad++ < 10)
                printf("  %s is compressed to something else\n", rv64_insns[i->row].mnem);
        }
    }
}

static uint32_t fields_of(const Rv64Form *f)
{
    Rv64Ins i;
    uint32_t w = 0;
    unsigned k;
    const uint8_t slots[4] = { f->rd, f->rs1, f->rs2, f->rs3 };
    (void)i;
    for (k = 0; k < 4; k++)
        switch (slots[k] & ~SL_F) {
        case SL_7: w |= 31u << 7; break;
        case SL_15: w |= 31u << 15; break;
        case SL_20: w |= 31u << 20; break;
        case SL_27: w |= 31u << 27; break;
        case SL_2: w |= 31u << 2; break;
        case SL_P7: w |= 7u << 7; break;
        case SL_P2: w |= 7u << 2; break;
        default: break;
        }
    for (k = 0; k < 8 && rv64_imms[f->imm].parts[k].n; k++)
        w |= ((1u << rv64_imms[f->imm].parts[k].n) - 1) << rv64_imms[f->imm].parts[k].at;
    if (f->extra & FX_CSR)
        w |= 0xfffu << 20;
    if (f->extra & FX_AQRL)
        w |= 3u << 25;
    if (f->extra & FX_RM)
        w |= 7u << 12;
    return w;
}

static int self(Arena *a)
{
    Self s;
    unsigned i, j, bad = 0, w;
    memset(&s, 0, sizeof s);
    s.dec = rv64_dec_new(a);
    each(self_one, &s);
    for (i = 0; i < RV64_ROWS; i++)
        if (!s.seen[i]) {
            printf("  %s was not tried\n", rv64_insns[i].mnem);
            s.bad++;
        }
    printf("%s every-row-comes-back (%u instructions of %u rows)\n", s.bad ? "not ok" : "ok", s.n, (unsigned)RV64_ROWS);
    for (i = 0; i < RV64_ROWS; i++) {
        const Rv64Insn *p = &rv64_insns[i];
        const Rv64Form *f = &rv64_forms[p->form];
        uint32_t all = f->bytes == 2 ? 0xffff : 0xffffffff;
        if ((p->match & ~p->mask) || (p->mask ^ all) != fields_of(f)) {
            printf("  %s: mask %x and fields %x\n", p->mnem, p->mask, fields_of(f));
            bad++;
        }
        if (p->link && f->bytes == 4 && rv64_insns[p->link].link != i)
            printf("  %s: its first short row is another's\n", p->mnem), bad++;
        if (i >= RV64_I_BEQ && i <= RV64_I_BGEU && (p->match ^ rv64_insns[RV64_I_BEQ + ((i - RV64_I_BEQ) ^ 1)].match) != 1u << 12)
            printf("  %s: no pair\n", p->mnem), bad++;
        for (j = 0; f->bytes == 4 && j < i; j++)
            if (rv64_forms[rv64_insns[j].form].bytes == 4 && !((p->match ^ rv64_insns[j].match) & p->mask & rv64_insns[j].mask))
                printf("  %s and %s overlap\n", p->mnem, rv64_insns[j].mnem), bad++;
    }
    for (w = 0; w < 0x10000; w++) {
        unsigned hits = 0;
        Rv64Ins t;
        uint8_t b[4];
        if ((w & 3) == 3)
            continue;
        for (i = 0; i < RV64_ROWS; i++) {
            const Rv64Insn *p = &rv64_insns[i];
            if (rv64_forms[p->form].bytes != 2 || (w & p->mask) != p->match)
                continue;
            rv64_unpack(&t, i, w);
            if (!rv64_valid(&t))
                continue;
            hits++;
            if (!rv64_emit(b, &t) || get_u16(b) != w)
                printf("  %04x: %s does not come back\n", w, p->mnem), bad++;
        }
        if (hits > 1)
            printf("  %04x: %u rows\n", w, hits), bad++;
        if (hits != (unsigned)rv64_decode_word(s.dec, w, &t))
            printf("  %04x: the index misses it\n", w), bad++;
    }
    printf("%s table-is-sound\n", bad ? "not ok" : "ok");
    return 0;
}

/* ---- what the lanes call ---- */

static int lane(Arena *a)
{
    static const char *const want[] = {
        "c.addi a0,1", "addi a0,a1,1", "c.mv a0,a1", "c.addi4spn a0,sp,16", "c.addi16sp sp,-512", "c.ldsp ra,8(sp)", "c.sd a0,8(a1)",
        "sd a0,-8(a1)", "c.add a0,a1", "c.add a0,a1", "c.sub s0,s1", "sub t0,t1,t2", "c.li a0,-1", "c.lui a0,0x10", "lui a0,0x12345",
        "addiw a0,a0,1656", "bseti a0,zero,0x28", "amoadd.w.aqrl a0,a1,(a2)", "lr.d.aq a0,(a2)", "fadd.d fa0,fa1,fa2",
        "fmadd.s fa0,fa1,fa2,fa3,rtz", "fcvt.w.d a0,fa0,rtz", "c.fld fa0,8(a0)", "csrrs a0,fcsr,zero", "csrrwi zero,frm,1",
        "fence rw,w", "clz a0,a1", "c.jr ra", "ecall", "beq a0,a1,0x7e", "c.nop", "beq a2,a3,0x68", "jal zero,0x7e", "jal ra,0x5a", "c.nop",
        "c.bnez a0,0x6c", "bne a0,a1,0x6c", "c.j 0x6c", "addi zero,zero,0", "addi zero,zero,0", "auipc a0,0x0", "addi a0,a0,0",
        "auipc t0,0x0", "sw a0,0(t0)", "lui a0,0x0", "addi a0,a0,0", "lui a0,0x0", "add a0,a0,tp", "lw a0,0(a0)", "auipc ra,0x0",
        "jalr ra,0(ra)", "auipc t1,0x0", "jalr zero,0(t1)",
    };
    static const uint16_t relocs[] = { R_RISCV_PCREL_HI20, R_RISCV_PCREL_LO12_I, R_RISCV_GOT_HI20, R_RISCV_PCREL_LO12_S, R_RISCV_HI20,
                                       R_RISCV_LO12_I, R_RISCV_TPREL_HI20, R_RISCV_TPREL_ADD, R_RISCV_TPREL_LO12_I, R_RISCV_CALL_PLT,
                                       R_RISCV_CALL_PLT };
    Obj *obj = obj_new(a, targets[0], "lane");
    ObjSecId sec = obj_section(obj, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 2);
    ObjSymId s = obj_symbol(obj, "x", 1);
    Rv64Out o;
    uint64_t at, far, jal, here, back;
    unsigned k, bad = 0;
    Buf text;
    void *dis = rv64_dis_begin(a, RV64_DIS_NO_ALIASES);
    o.b = &obj->secs.p[sec]->data;
    o.obj = obj;
    o.sec = sec;
    o.ext = RV64_X_ALL;
    rv64_i(&o, RV64_I_ADDI, 10, 10, 1);
    rv64_i(&o, RV64_I_ADDI, 10, 11, 1);
    rv64_i(&o, RV64_I_ADDI, 10, 11, 0);
    rv64_i(&o, RV64_I_ADDI, 10, 2, 16);
    rv64_i(&o, RV64_I_ADDI, 2, 2, -512);
    rv64_i(&o, RV64_I_LD, 1, 2, 8);
    rv64_s(&o, RV64_I_SD, 10, 11, 8);
    rv64_s(&o, RV64_I_SD, 10, 11, -8);
    rv64_r(&o, RV64_I_ADD, 10, 10, 11);
    rv64_r(&o, RV64_I_ADD, 10, 11, 10);
    rv64_r(&o, RV64_I_SUB, 8, 8, 9);
    rv64_r(&o, RV64_I_SUB, 5, 6, 7);
    rv64_li(&o, 10, -1);
    rv64_u(&o, RV64_I_LUI, 10, 16);
    rv64_li(&o, 10, 0x12345678);
    rv64_li(&o, 10, (int64_t)1 << 40);
    rv64_amo(&o, RV64_I_AMOADD_W, 10, 11, 12, RV64_AQ | RV64_RL);
    rv64_amo(&o, RV64_I_LR_D, 10, 0, 12, RV64_AQ);
    rv64_fp(&o, RV64_I_FADD_D, 42, 43, 44, RV64_DYN);
    rv64_fp4(&o, RV64_I_FMADD_S, 42, 43, 44, 45, RV64_RTZ);
    rv64_fp(&o, RV64_I_FCVT_W_D, 10, 42, 0, RV64_RTZ);
    rv64_i(&o, RV64_I_FLD, 42, 10, 8);
    rv64_csr(&o, RV64_I_CSRRS, 10, 3, 0);
    rv64_csr(&o, RV64_I_CSRRWI, 0, 2, 1);
    rv64_fence(&o, 3, 1);
    rv64_r1(&o, RV64_I_CLZ, 10, 11);
    rv64_i(&o, RV64_I_JALR, 0, 1, 0);
    rv64_0(&o, RV64_I_ECALL);
    back = o.b->n;
    at = rv64_b(&o, RV64_I_BEQ, 10, 11);
    rv64_nops(&o, 2);
    far = rv64_b_far(&o, RV64_I_BNE, 12, 13);
    jal = rv64_jal(&o, 1);
    here = o.b->n;
    rv64_nops(&o, 2);
    rv64_b_back(&o, RV64_I_BNE, 10, 0, here);
    rv64_b_back(&o, RV64_I_BNE, 10, 11, here);
    rv64_j_back(&o, here);
    if (!rv64_reaches(&o, at, at + 4094) || rv64_reaches(&o, at, at + 4096) || !rv64_reaches(&o, jal, jal - 1048576) ||
        rv64_reaches(&o, jal, jal + 1048576))
        printf("  reach\n"), bad++;
    rv64_patch(&o, at, o.b->n + 8);
    rv64_patch(&o, far, o.b->n + 8);
    rv64_patch(&o, jal, back);
    rv64_nops(&o, 8);
    rv64_pcrel(&o, RV64_I_ADDI, 10, 10, R_RISCV_PCREL_HI20, s, 4);
    rv64_pcrel(&o, RV64_I_SW, 10, 5, R_RISCV_GOT_HI20, s, 0);
    rv64_absolute(&o, RV64_I_ADDI, 10, 10, R_RISCV_HI20, s, 0);
    rv64_absolute(&o, RV64_I_LW, 10, 10, R_RISCV_TPREL_HI20, s, 0);
    rv64_call_sym(&o, s, 0);
    rv64_tail_sym(&o, 6, s, 0);
    buf_init(&text, a);
    for (k = 0, at = 0; at < o.b->n; k++) {
        unsigned n;
        char *p;
        text.n = 0;
        n = rv64_dis.one(dis, o.b->p + at, o.b->n - at, at, NULL, &text);
        p = buf_cstr(&text);
        if (strchr(p, '\t'))
            *strchr(p, '\t') = ' ';
        if (k >= countof(want) || strcmp(p, want[k]) != 0)
            printf("  %llx: '%s', not '%s'\n", (unsigned long long)at, p, k < countof(want) ? want[k] : ""), bad++;
        if (!n)
            break;
        at += n;
    }
    if (k != countof(want) || obj->secs.p[sec]->relocs.n != countof(relocs))
        printf("  %u instructions, %u relocations\n", k, obj->secs.p[sec]->relocs.n), bad++;
    for (k = 0; !bad && k < countof(relocs); k++)
        if (obj->secs.p[sec]->relocs.p[k].type != relocs[k])
            printf("  relocation %u is %u\n", k, obj->secs.p[sec]->relocs.p[k].type), bad++;
    printf("%s lane-emitter\n", bad ? "not ok" : "ok");
    return 0;
}

typedef struct Enum { void *dis; Buf out; } Enum;
static void enum_one(const Rv64Ins *i, void *ctx)
{
    Enum *e = ctx;
    Rv64Ins t = *i;
    uint8_t b[4];
    rv64_emit(b, &t);
    e->out.n = 0;
    rv64_dis.one(e->dis, b, t.len, 0, NULL, &e->out);
    printf("%0*x\t%s\t%s\n", t.len * 2, t.len == 2 ? get_u16(b) : get_u32(b), rv64_insns[i->row].mnem, buf_cstr(&e->out));
}

static char *read_all(FILE *f, size_t *n)
{
    size_t cap = 1 << 16;
    char *p = malloc(cap + 1);
    *n = 0;
    for (;;) {
        size_t k = fread(p + *n, 1, cap - *n, f);
        *n += k;
        if (!k)
            break;
        if (*n == cap)
            p = realloc(p, (cap *= 2) + 1);
    }
    p[*n] = 0;
    return p;
}

int main(int argc, char **argv, char **envp)
{
    Arena a;
    Buf out;
    (void)envp;
    arena_init(&a, &host);
    buf_init(&out, &a);
    if (argc >= 2 && strcmp(argv[1], "self") == 0)
        return self(&a) + lane(&a);
    if (argc >= 2 && strcmp(argv[1], "enum") == 0) {
        Enum e;
        e.dis = rv64_dis_begin(&a, RV64_DIS_NO_ALIASES);
        buf_init(&e.out, &a);
        each(enum_one, &e);
        return 0;
    }
    if (argc >= 2 && strcmp(argv[1], "dis") == 0) {
        unsigned options = 0;
        char line[64];
        void *d;
        if (argc > 2 && strchr(argv[2], 'n'))
            options |= RV64_DIS_NO_ALIASES;
        if (argc > 2 && strchr(argv[2], 'r'))
            options |= RV64_DIS_NUMERIC;
        if (argc > 2 && strchr(argv[2], 'e'))
            options |= RV64_DIS_EXACT;
        d = rv64_dis_begin(&a, options);
        while (fgets(line, sizeof line, stdin)) {
            uint32_t w = (uint32_t)strtoul(line, NULL, 16);
            uint8_t b[4];
            put_u32(b, w);
            out.n = 0;
            if (rv64_dis.one(d, b, (w & 3) == 3 ? 4 : 2, 0, NULL, &out)) {
                fwrite(out.p, 1, out.n, stdout);
                putchar('\n');
            } else {
                puts("-");
            }
        }
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "march") == 0) {
        uint32_t ext;
        if (rv64_march_parse(argv[2], strlen(argv[2]), &ext, &out))
            rv64_march_text(ext, &out);
        puts(buf_cstr(&out));
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "li") == 0) {
        long long v;
        while (scanf("%lli", &v) == 1) {
            Rv64Ins t[RV64_LI_MAX];
            unsigned n = rv64_li_best(t, 10, v, RV64_X_ALL), k;
            printf("%lld\t", v);
            for (k = 0; k < n; k++) {
                uint8_t b[4];
                rv64_emit(b, &t[k]);
                printf(" %08x", get_u32(b));
            }
            putchar('\n');
        }
        return 0;
    }
    if (argc == 4 && strcmp(argv[1], "as") == 0) {
        FILE *f = fopen(argv[2], "rb");
        size_t n;
        char *text;
        SrcMap sm;
        Diag d;
        Intern names;
        Obj *o;
        if (!f)
            return 2;
        text = read_all(f, &n);
        src_init(&sm, &a);
        diag_init(&d, &sm, &a, sink, NULL);
        intern_init(&names, &a);
        o = as_assemble(&host, &a, &d, &sm, &names, targets[0], argv[2], text, n);
        if (!o || !obj_write_elf(o, &out))
            return 1;
        f = fopen(argv[3], "wb");
        fwrite(out.p, 1, out.n, f);
        fclose(f);
        return 0;
    }
    fprintf(stderr, "driver: see the top of driver.c\n");
    return 2;
}
