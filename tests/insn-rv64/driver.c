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
static const char *const triples[] = { "riscv64-linux-gnu", NULL };
static const Target target_rv64_here = {
    .name = "rv64", .triples = triples, .pointer_size = 8, .long_size = 8, .max_align = 16, .e_machine = 243, .e_flags = 5,
    .reloc_abs64 = R_RISCV_64, .reloc_abs32 = R_RISCV_32, .reloc_pc32 = R_RISCV_32_PCREL, .as = &rv64_asm, .dis = &rv64_dis,
};
const Target *const targets[] = { &target_rv64_here, NULL };
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

static void self_one(const Rv64Ins *i, void *ctx)
{
    Self *s = ctx;
    Rv64Ins e = *i, d, x;
    uint8_t b[4], b2[4];
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
        return self(&a);
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
