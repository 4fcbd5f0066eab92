/* harness: insn.def by enumeration, for suite.py. Hosted C.
 *   harness list      every row x width x edge operands: "row<TAB>hex<TAB>text"; decoding is checked here
 *   harness decode    lines of hex on standard input: "length<TAB>text" (0 when refused)
 *   harness again     the same, then encoded again: "hex of the encoding" or "-" */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch/x64/insn.h"
#include "as/as_target.h"

extern const struct TargetDis x64_dis;

static void *pages(void *ctx, size_t n) { (void)ctx; return calloc(1, n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; (void)n; free(p); }
static void fatal(void *ctx, const char *msg) { (void)ctx; fprintf(stderr, "fatal: %s\n", msg); exit(70); }
static Host host = { 0, pages, unpages, 0, fatal };
void rt_exit(int s) { exit(s); }

#define ROW(id, ...) #id,
static const char *const names[] = {
#include "arch/x64/insn.def"
};

static Arena arena, scratch;
static void *dis;
static X64Dec *dec;
static unsigned long count, bad;

static int same(const X64Ins *a, const X64Ins *b)
{
    const X64Insn *in = &x64_insns[a->row];
    int op_reg = in->form == F_O || in->form == F_OI || in->form == F_OA;
    if (a->row != b->row || a->w != b->w || a->is_mem != b->is_mem || a->imm != b->imm || a->imm2 != b->imm2 || a->len != b->len)
        return 0;
    if (in->reg != C_NO && a->reg != b->reg)
        return 0;
    if ((a->prefixes ^ b->prefixes) & ~(X64_DISP32 | X64_DISP8))
        return 0;
    if (!a->is_mem)
        return (in->rm == C_NO && !op_reg) || a->rm == b->rm;
    return a->mem.base == b->mem.base && a->mem.index == b->mem.index && a->mem.disp == b->mem.disp && a->mem.seg == b->mem.seg &&
           (a->mem.index == X64_NOREG || a->mem.scale == b->mem.scale) && a->mem.addr32 == b->mem.addr32;
}

static void show(X64Ins *i)
{
    uint8_t bytes[16];
    X64Ins j;
    Buf b;
    unsigned k;
    if (!x64_emit(bytes, i))
        return;
    count++;
    arena_reset(&scratch);
    buf_init(&b, &scratch);
    x64_print(dis, i, 0, NULL, &b);
    printf("%s\t", names[i->row]);
    for (k = 0; k < i->len; k++)
        printf("%02x", bytes[k]);
    printf("\t%s\n", buf_cstr(&b));
    if (!x64_decode(dec, bytes, i->len, &j) || !same(i, &j)) {
        const X64Insn *in = &x64_insns[i->row];
        if (in->flags & X_NODIS)
            return;
        if (i->row == X64_I_XCHG_OA && i->rm == X64_RAX && i->w != 2)
            return;
        bad++;
        fprintf(stderr, "not decoded back: %s w%u %s\n", names[i->row], i->w, buf_cstr(&b));
    }
    for (k = 0; k < i->len; k++)
        if (x64_decode(dec, bytes, k, &j)) {
            bad++;
            fprintf(stderr, "a prefix decodes: %s\n", buf_cstr(&b));
        }
}

static const int64_t imms[] = { 0, 1, 7, 127, 128, -1, -128, -129, 255, 256, 32767, -32768, 65535, 0x7fffffff, -0x7fffffffLL - 1, 0xffffffffLL,
                                0x123456789abcdefLL };

static int fits(const X64Insn *in, unsigned w, int64_t v)
{
    unsigned n = x64_imm_size(in, w);
    switch (in->form) {
    case F_MU8: case F_RMU8: case F_MRU8: case F_IB: case F_IA: case F_AI: return v >= 0 && v < 256;
    case F_IW: case F_IWB: return v >= 0 && v < 65536;
    case F_FD: case F_TD: return 1;
    default: return n >= 8 || bits_fits_s(v, n * 8);
    }
}

static void with_imm(X64Ins *i)
{
    const X64Insn *in = &x64_insns[i->row];
    unsigned k;
    if (!x64_imm_size(in, i->w)) {
        show(i);
        return;
    }
    for (k = 0; k < sizeof imms / sizeof *imms; k++)
        if (fits(in, i->w, imms[k])) {
            i->imm = imms[k];
            if (in->form == F_IWB)
                i->imm2 = (uint8_t)k;
            show(i);
        }
    i->imm = 0;
}

static unsigned edge_regs(unsigned class, unsigned w, uint8_t *out)
{
    static const uint8_t gs[] = { 0, 1, 4, 5, 7, 8, 12, 13, 15 }, bs[] = { 0, 3, 4, 7, 8, 13, 15, X64_AH, X64_BH },
                         xs[] = { 16, 17, 23, 24, 29, 31 }, ts[] = { 0, 1, 7 }, ss[] = { 0, 2, 3, 4, 5 }, cs[] = { 0, 2, 3, 4, 8 }, ds[] = { 0, 7 };
    const uint8_t *s = gs;
    unsigned n = sizeof gs;
    if (class == C_G1 || (class == C_G && w == 1)) { s = bs; n = sizeof bs; }
    if (class == C_X) { s = xs; n = sizeof xs; }
    if (class == C_T) { s = ts; n = sizeof ts; }
    if (class == C_S) { s = ss; n = sizeof ss; }
    if (class == C_C) { s = cs; n = sizeof cs; }
    if (class == C_D) { s = ds; n = sizeof ds; }
    if (class == C_NO) { out[0] = 0; return 1; }
    memcpy(out, s, n);
    return n;
}

static void memories(X64Ins *i, int all)
{
    static const uint8_t bases[] = { 0, 4, 5, 8, 12, 13, X64_RIP, X64_NOREG }, indexes[] = { X64_NOREG, 0, 5, 12, 13, 15 };
    static const int32_t disps[] = { 0, 1, 127, 128, -128, -129, 0x12345678, -0x7fffffff - 1 };
    unsigned b, x, d, s;
    i->is_mem = true;
    i->rm = 0;
    for (b = 0; b < sizeof bases; b++)
        for (x = 0; x < sizeof indexes; x++)
            for (d = 0; d < 8; d++) {
                if (!all && d != 0 && !(d == 3 && x == 0))
                    continue;
                for (s = 0; s < 4; s++) {
                    if (indexes[x] == X64_NOREG && s)
                        continue;
                    if (!all && s != 3 && s != 0)
                        continue;
                    memset(&i->mem, 0, sizeof i->mem);
                    i->mem.base = bases[b];
                    i->mem.index = indexes[x];
                    i->mem.scale = (uint8_t)s;
                    i->mem.disp = disps[d];
                    if (i->mem.base == X64_RIP && i->mem.index != X64_NOREG)
                        continue;
                    with_imm(i);
                    if (all && d == 1 && s == 0) {
                        i->mem.seg = X64_FS;
                        with_imm(i);
                        i->mem.seg = 0;
                        if (bases[b] != X64_NOREG || indexes[x] != X64_NOREG) {
                            i->mem.addr32 = 1;
                            with_imm(i);
                        }
                    }
                }
            }
    i->is_mem = false;
    memset(&i->mem, 0, sizeof i->mem);
}

static void list_row(unsigned row)
{
    const X64Insn *in = &x64_insns[row];
    unsigned w, wi, nr, nm, a, b;
    uint8_t r[16], m[16];
    X64Ins i;
    for (wi = 0; wi < 4; wi++) {
        w = 1u << wi;
        if (in->widths ? !(in->widths & w) : wi)
            continue;
        if (!in->widths)
            w = 0;
        memset(&i, 0, sizeof i);
        i.row = (uint16_t)row;
        i.w = (uint8_t)w;
        nr = edge_regs(in->reg, w, r);
        nm = edge_regs(in->rm, w, m);
        for (a = 0; a < nr; a++)
            for (b = 0; b < nm; b++) {
                if (in->flags & X_MEM)
                    break;
                if (in->reg == C_S && (row == X64_I_MOV_SM || row == X64_I_MOV_SM16) && r[a] == 1)
                    continue;
                i.reg = r[a];
                i.rm = m[b];
                with_imm(&i);
            }
        if (in->rm == C_NO || in->rm == C_T || in->form == F_O || in->form == F_OA || in->form == F_OI || (in->flags & X_REG))
            continue;
        i.reg = r[nr - 1 > 5 ? 5 : nr - 1];
        memories(&i, row == X64_I_MOV_RM || row == X64_I_ADD_MI8 || row == X64_I_MOVAPS_RM);
        if (in->flags & X_LOCK) {
            i.prefixes = X64_LOCK;
            memories(&i, 0);
        }
    }
    if (in->flags & (X_REP | X_REPZ))
        for (w = 1; w <= 8; w <<= 1) {
            if (!(in->widths & w))
                continue;
            memset(&i, 0, sizeof i);
            i.row = (uint16_t)row;
            i.w = (uint8_t)w;
            i.prefixes = X64_REP;
            show(&i);
            i.prefixes = X64_REPNE;
            if (in->flags & X_REPZ)
                show(&i);
        }
}

static int nibble(int c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

int main(int argc, char **argv, char **envp)
{
    char line[256];
    unsigned row;
    (void)envp;
    arena_init(&arena, &host);
    arena_init(&scratch, &host);
    dis = x64_dis.begin(&arena, NULL, true);
    dec = x64_dec_new(&arena);
    if (argc > 1 && strcmp(argv[1], "list") == 0) {
        for (row = 0; row < X64_ROWS; row++)
            list_row(row);
        fprintf(stderr, "%u rows, %lu instructions, %lu bad\n", (unsigned)X64_ROWS, count, bad);
        return bad != 0;
    }
    while (fgets(line, sizeof line, stdin)) {
        uint8_t p[64], again[16];
        size_t n = 0, k;
        unsigned len;
        Buf b;
        X64Ins i;
        for (k = 0; line[k] > ' ' && line[k + 1] > ' ' && n < sizeof p; k += 2)
            p[n++] = (uint8_t)(nibble(line[k]) << 4 | nibble(line[k + 1]));
        arena_reset(&scratch);
        buf_init(&b, &scratch);
        if (argc > 1 && strcmp(argv[1], "again") == 0) {
            if (!x64_decode(dec, p, n, &i) || !x64_emit(again, &i)) {
                puts("-");
                continue;
            }
            for (k = 0; k < i.len; k++)
                printf("%02x", again[k]);
            putchar('\n');
            continue;
        }
        len = x64_dis.one(dis, p, n, 0, NULL, &b);
        printf("%u\t%s\n", len, buf_cstr(&b));
    }
    return 0;
}
