/* driver.c: aa64's encoder, decoder, disassembler and assembler as commands for suite.sh.
 *   self            checks that need no oracle; prints ok and not ok lines
 *   enum            every row at its edge operands: "hex<TAB>row<TAB>text" with the rows' own names
 *   dis [n]         hex words a line from standard input: text, or "-" where refused; n no aliases, e exact
 *   as IN OUT.o     assembles
 *   march STRING    the features as a number, or the message */
#include "arch/arch.h"
#include "arch/aa64/insn.h"
#include "as/as.h"
#include "as/as_target.h"

#include <stdio.h>
#include <stdlib.h>

extern const struct TargetAsm aa64_asm;
extern const struct TargetDis aa64_dis;
static const char *const triples[] = { "aarch64-linux-gnu", NULL };
static Target target = {
    .name = "aa64", .triples = triples, .pointer_size = 8, .long_size = 8, .max_align = 16, .elf_format = "elf64-littleaarch64",
    .e_machine = 183, .reloc_abs64 = R_AARCH64_ABS64, .reloc_abs32 = R_AARCH64_ABS32, .reloc_pc32 = R_AARCH64_PREL32,
    .as = &aa64_asm, .dis = &aa64_dis, .features = AA64_X_ALL,
};
const Target *const targets[] = { &target, NULL };
const Target *target_find(const char *triple) { (void)triple; return targets[0]; }
const Target *target_by_machine(uint16_t m) { return m == 183 ? targets[0] : NULL; }

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

/* ---- enumeration: a row's fields at their edges ---- */

typedef void Visit(unsigned row, uint32_t word, void *ctx);

/* Runs of bits that are operands. */
static unsigned runs(unsigned row, uint8_t at[32], uint8_t n[32])
{
    const Aa64Form *f = &aa64_forms[aa64_insns[row].form];
    uint32_t left = ~aa64_row_mask(row);
    const uint16_t *o;
    unsigned k, c = 0;
    for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
        uint8_t fields[4];
        aa64_opnd_fields(*o, fields);
        for (k = 0; fields[k]; k++) {
            const Aa64Field *fd = &aa64_fields[fields[k]];
            uint32_t m = (0xffffffffu >> (32 - fd->n)) << fd->at;
            if ((left & m) != m)
                continue;
            left &= ~m;
            at[c] = fd->at;
            n[c++] = fd->n;
        }
    }
    for (k = 0; k < 32; k++) /* sizes and split fields, bit by bit */
        if (left >> k & 1) {
            at[c] = (uint8_t)k;
            n[c++] = 1;
        }
    return c;
}

static uint32_t edge(unsigned n, unsigned k)
{
    uint32_t max = 0xffffffffu >> (32 - n);
    switch (k) {
    case 0: return 0;
    case 1: return 1;
    case 2: return max >> 1;
    case 3: return (max >> 1) + 1;
    case 4: return max - 1;
    default: return max;
    }
}

static uint32_t next_random(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

static void each(Visit *visit, void *ctx)
{
    unsigned row, a, b, k, j;
    uint32_t seed = 20480;
    for (row = 0; row < AA64_ROWS; row++) {
        uint8_t at[32], n[32];
        unsigned c = runs(row, at, n);
        uint32_t match = aa64_insns[row].match, w;
        Aa64Ins i;
        if (!c)
            visit(row, match, ctx);
        for (k = 0; k < 24 && c; k++) { /* random ones */
            w = match | (next_random(&seed) & ~aa64_row_mask(row));
            if (aa64_unpack(&i, row, w))
                visit(row, w, ctx);
        }
        for (a = 0; a < c; a++)
            for (k = 0; k < (n[a] == 1 ? 2u : 6u); k++) /* one field at each edge, the others all at one or at random */
                for (b = 0; b < 4; b++) {
                    w = match;
                    for (j = 0; j < c; j++) {
                        uint32_t v = j == a ? edge(n[j], n[j] == 1 ? k * 5 : k) : b == 0 ? 2 : b == 1 ? edge(n[j], 5) : next_random(&seed);
                        w |= (v & (0xffffffffu >> (32 - n[j]))) << at[j];
                    }
                    if (aa64_unpack(&i, row, w))
                        visit(row, w, ctx);
                }
    }
}

/* ---- self ---- */

typedef struct Self { Aa64Dec *dec; unsigned n, bad; uint8_t seen[AA64_ROWS]; } Self;

static void self_one(unsigned row, uint32_t word, void *ctx)
{
    Self *s = ctx;
    Aa64Ins i, j;
    uint32_t w = 0;
    s->n++;
    s->seen[row] = 1;
    if (!aa64_decode(s->dec, word, &i) || i.row != row) {
        printf("  %08x: %s decodes as another row\n", word, aa64_insns[row].mnem);
        s->bad++;
        return;
    }
    if (!aa64_emit(&w, &i) || w != word || !aa64_decode(s->dec, w, &j) || memcmp(&i, &j, sizeof i) != 0) {
        printf("  %08x: %s encodes as %08x\n", word, aa64_insns[row].mnem, w);
        s->bad++;
    }
}

static void logical(void)
{
    unsigned size, e, ones, rot, n = 0, bad = 0;
    for (size = 0; size < 2; size++)
        for (e = 2; e <= (size ? 64u : 32u); e *= 2)
            for (ones = 1; ones < e; ones++)
                for (rot = 0; rot < e; rot++) {
                    uint64_t m = e == 64 ? ~(uint64_t)0 : ((uint64_t)1 << e) - 1, v = ((uint64_t)1 << ones) - 1;
                    unsigned k;
                    uint32_t f;
                    v = rot ? (v >> rot | v << (e - rot)) & m : v;
                    for (k = e; k < 64; k *= 2)
                        v |= v << k;
                    if (!size)
                        v &= 0xffffffff;
                    n++;
                    if (!aa64_logical(v, size, &f) || aa64_logical_value(f, size) != v)
                        bad++;
                }
    for (e = 0, n = 0; e < 1 << 13; e++) {
        uint64_t v = aa64_logical_value(e, 1);
        uint32_t f;
        n += v != 0;
        if (v && (!aa64_logical(v, 1, &f) || aa64_logical_value(f, 1) != v))
            bad++;
    }
    printf("%s logical-immediates\n", bad ? "not ok" : "ok");
}

static void bad_words(Aa64Dec *dec)
{
    uint32_t seed = 77, k, n = 0, bad = 0;
    for (k = 0; k < 2000000; k++) {
        uint32_t w = next_random(&seed), back;
        Aa64Ins i;
        if (!aa64_decode(dec, w, &i))
            continue;
        n++;
        if (!aa64_emit(&back, &i) || back != w) {
            if (bad++ < 5)
                printf("  %08x: %s\n", w, aa64_insns[i.row].mnem);
        }
    }
    printf("%s random-words-back\n", bad ? "not ok" : "ok");
}

/* What the lane's functions put out, against aa64_emit of the same as data. */
static void emitter(Arena *a)
{
    uint32_t seed = 4711, k, j, n = 0, bad = 0;
    Buf b;
    Aa64Out o;
    buf_init(&b, a);
    memset(&o, 0, sizeof o);
    o.b = &b;
    o.features = AA64_X_ALL;
    for (k = 0; k < 20000; k++) { /* constants: run what was put out */
        uint64_t v = 0, r = 0;
        unsigned size = k & 1;
        for (j = 0; j < 4; j++) {
            uint32_t x = next_random(&seed);
            v = v << 16 | (x % 5 == 0 ? 0 : x % 5 == 1 ? 0xffff : x % 5 == 2 ? x >> 16 : x % 5 == 3 ? 0x1111 * (x >> 8 & 15) : 1u << (x >> 8 & 15));
        }
        v = next_random(&seed) % 4 ? v : v >> (v & 63);
        v = size ? v : v & 0xffffffff;
        b.n = 0;
        aa64_li(&o, size, 7, v);
        n += aa64_li_count(size, v) != b.n / 4;
        for (j = 0; j < b.n; j += 4) {
            uint32_t w = get_u32(b.p + j);
            Aa64Ins i;
            unsigned row = (w & 0x7f800000) == 0x52800000 ? AA64_I_MOVZ : (w & 0x7f800000) == 0x12800000 ? AA64_I_MOVN :
                           (w & 0x7f800000) == 0x72800000 ? AA64_I_MOVK : AA64_I_ORR_I;
            if (!aa64_unpack(&i, row, w) || i.rd != 7 || (row == AA64_I_ORR_I && i.rn != 31) || (row == AA64_I_MOVK) != (j > 0))
                bad++;
            r = row == AA64_I_MOVZ || row == AA64_I_ORR_I ? (uint64_t)i.imm : row == AA64_I_MOVN ? ~(uint64_t)i.imm :
                (r & ~((uint64_t)0xffff << i.amount)) | (uint64_t)i.imm;
            r = i.size ? r : r & 0xffffffff;
        }
        bad += r != v;
    }
    printf("%s constants\n", bad || n ? "not ok" : "ok");
    bad = 0;
    for (k = 0; k < AA64_ROWS; k++) { /* loads and stores at the ends of their reach */
        static const int64_t disp[] = { 0, 1, -1, 255, 256, -256, -257, 4095, 4096, 8190, 16380, 32760, 32768, 65520, 504, -512, 1008 };
        const Aa64Insn *in = &aa64_insns[k];
        Aa64Ins i;
        uint32_t w;
        for (j = 0; j < countof(disp); j++) {
            bool fits;
            memset(&i, 0, sizeof i);
            i.row = (uint16_t)k;
            i.rd = 3;
            i.rn = 31;
            i.imm = disp[j];
            b.n = 0;
            if (in->form == F_LS) {
                fits = aa64_emit(&w, &i);
                i.row++;
                fits = fits || aa64_emit(&w, &i);
                if (aa64_mem_fits((Aa64Row)k, disp[j]) != fits || aa64_mem(&o, (Aa64Row)k, 3, 31, disp[j]) != fits ||
                    (fits && get_u32(b.p) != w))
                    bad++;
            } else if (in->form == F_LSP && k != AA64_I_LDPSW) {
                i.ra = 4;
                fits = aa64_emit(&w, &i);
                if (aa64_pair_fits((Aa64Row)k, disp[j]) != fits)
                    bad++;
                if (fits)
                    aa64_pair(&o, (Aa64Row)k, 3, 4, 31, disp[j], 0);
                if (fits && get_u32(b.p) != w)
                    bad++;
            }
        }
        if (in->form == F_R || in->form == F_SHIFT || in->form == F_SHIFTL || in->form == F_F2) {
            memset(&i, 0, sizeof i);
            i.row = (uint16_t)k;
            i.size = 1;
            i.rd = 1;
            i.rn = 2;
            i.rm = 3;
            b.n = 0;
            aa64_r(&o, (Aa64Row)k, 1, 1, 2, 3);
            bad += !aa64_emit(&w, &i) || get_u32(b.p) != w;
        }
    }
    printf("%s emitter\n", bad ? "not ok" : "ok");
}

static int self(Arena *a)
{
    Self s;
    unsigned r, q, bad = 0;
    memset(&s, 0, sizeof s);
    s.dec = aa64_dec_new(a);
    for (r = 0; r < AA64_ROWS; r++) {
        uint32_t m = aa64_row_mask(r), regs = 0;
        const Aa64Form *f = &aa64_forms[aa64_insns[r].form];
        const uint16_t *o;
        if (aa64_insns[r].match & ~m) {
            printf("  %s: match has bits of operands\n", aa64_insns[r].mnem);
            bad++;
        }
        for (o = f->opnds; o < f->opnds + AA64_OPNDS && *o; o++) {
            uint8_t fields[4];
            aa64_opnd_fields(*o, fields);
            for (q = 0; fields[q]; q++)
                regs |= fields[q] == FD_RD ? AP_D : fields[q] == FD_RN ? AP_N : fields[q] == FD_RM || fields[q] == FD_ELEM ? AP_M :
                        fields[q] == FD_RA ? AP_A : 0;
        }
        if (regs != f->regs) {
            printf("  %s: the form's registers are not those of its operands\n", aa64_insns[r].mnem);
            bad++;
        }
    }
    printf("%s rows\n", bad ? "not ok" : "ok");
    each(self_one, &s);
    for (r = 0; r < AA64_ROWS; r++)
        if (!s.seen[r]) {
            printf("  %s has no valid operands\n", aa64_insns[r].mnem);
            s.bad++;
        }
    printf("%s edges-back (%u words)\n", s.bad ? "not ok" : "ok", s.n);
    logical();
    bad_words(s.dec);
    emitter(a);
    return 0;
}

typedef struct Enum { void *dis; Buf out; } Enum;

static void enum_one(unsigned row, uint32_t word, void *ctx)
{
    Enum *e = ctx;
    uint8_t b[4];
    put_u32(b, word);
    e->out.n = 0;
    aa64_dis.one(e->dis, b, 4, 0, NULL, &e->out);
    printf("%08x\t%s\t%s\n", word, aa64_insns[row].mnem, buf_cstr(&e->out));
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
        e.dis = aa64_dis.begin(&a, "no-aliases", false);
        buf_init(&e.out, &a);
        each(enum_one, &e);
        return 0;
    }
    if (argc >= 2 && strcmp(argv[1], "dis") == 0) {
        char line[64];
        bool no = argc > 2 && strchr(argv[2], 'n'), exact = argc > 2 && strchr(argv[2], 'e');
        void *d = aa64_dis.begin(&a, no ? "no-aliases" : NULL, exact);
        uint64_t pc = 0;
        while (fgets(line, sizeof line, stdin)) {
            uint8_t b[4];
            put_u32(b, (uint32_t)strtoul(line, NULL, 16));
            out.n = 0;
            if (aa64_dis.one(d, b, 4, pc, NULL, &out)) {
                fwrite(out.p, 1, out.n, stdout);
                putchar('\n');
            } else {
                puts("-");
            }
            pc += 4;
        }
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "march") == 0) {
        uint32_t f;
        if (aa64_march_parse(argv[2], strlen(argv[2]), &f, &out))
            printf("%u\n", f);
        else
            puts(buf_cstr(&out));
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
