/* asm_reloc.c: fields and addresses for the assembler: which relocation a field needs (psABI 4.4), how long a branch is, padding. */
#include "arch/x64/asm.h"

static const char *const mod_names[M_COUNT] = {
    "", "plt", "gotpcrel", "gotpcrel_norelax", "gottpoff", "tpoff", "dtpoff", "tlsgd", "tlsld", "got", "gotoff", "size", "tlsdesc",
    "pltoff", "gotplt",
};
#define RELOC(name, number, class, size, check) name = number,
enum {
#include "arch/x64/reloc.def"
    RELOC_END
};
#undef RELOC

unsigned x64_asm_modifier(const char *name, size_t n)
{
    unsigned m;
    size_t i;
    for (m = 1; m < M_COUNT; m++) {
        if (strlen(mod_names[m]) != n)
            continue;
        for (i = 0; i < n && ((uint8_t)name[i] | (name[i] >= 'A' && name[i] <= 'Z' ? 0x20 : 0)) == (uint8_t)mod_names[m][i]; i++)
            ;
        if (i == n)
            return m;
    }
    return 0;
}

bool x64_asm_is_tls(unsigned m)
{
    return m == M_GOTTPOFF || m == M_TPOFF || m == M_DTPOFF || m == M_TLSGD || m == M_TLSLD || m == M_TLSDESC;
}

uint32_t x64_asm_reloc(const AsRelocQuery *q)
{
    const AsFix *f = q->fix;
    unsigned n = f->size;
    switch (f->v.mod) {
    case M_NONE:
        if (f->pcrel && n >= 4 && as_sym_is(f->v.add, "_GLOBAL_OFFSET_TABLE_"))
            return n == 4 ? R_X86_64_GOTPC32 : R_X86_64_GOTPC64;
        if (f->pcrel) {
            if (n == 4)
                return f->hint == HINT_BRANCH && f->v.add && !f->v.c ? R_X86_64_PLT32 : R_X86_64_PC32;
            return n == 8 ? R_X86_64_PC64 : n == 2 ? R_X86_64_PC16 : n == 1 ? R_X86_64_PC8 : 0;
        }
        if (n == 4)
            return f->hint == HINT_SIGNED || f->hint == HINT_RELAX || f->hint == HINT_RELAX_REX ? R_X86_64_32S : R_X86_64_32;
        return n == 8 ? R_X86_64_64 : n == 2 ? R_X86_64_16 : n == 1 ? R_X86_64_8 : 0;
    case M_PLT: return n == 4 ? R_X86_64_PLT32 : 0;
    case M_GOTPCREL:
        if (n == 8)
            return R_X86_64_GOTPCREL64;
        if (n != 4)
            return 0;
        return f->hint == HINT_RELAX ? R_X86_64_GOTPCRELX : f->hint == HINT_RELAX_REX ? R_X86_64_REX_GOTPCRELX : R_X86_64_GOTPCREL;
    case M_GOTPCREL_NORELAX: return n == 4 ? R_X86_64_GOTPCREL : 0;
    case M_GOTTPOFF: return n == 4 ? R_X86_64_GOTTPOFF : 0;
    case M_TPOFF: return n == 4 ? R_X86_64_TPOFF32 : n == 8 ? R_X86_64_TPOFF64 : 0;
    case M_DTPOFF: return n == 4 ? R_X86_64_DTPOFF32 : n == 8 ? R_X86_64_DTPOFF64 : 0;
    case M_TLSGD: return n == 4 ? R_X86_64_TLSGD : 0;
    case M_TLSLD: return n == 4 ? R_X86_64_TLSLD : 0;
    case M_GOT: return n == 4 ? R_X86_64_GOT32 : n == 8 ? R_X86_64_GOT64 : 0;
    case M_GOTOFF: return n == 8 ? R_X86_64_GOTOFF64 : 0;
    case M_SIZE: return n == 4 ? R_X86_64_SIZE32 : n == 8 ? R_X86_64_SIZE64 : 0;
    case M_TLSDESC: return n == 4 ? R_X86_64_GOTPC32_TLSDESC : 0;
    case M_PLTOFF: return n == 8 ? R_X86_64_PLTOFF64 : 0;
    case M_GOTPLT: return n == 8 ? R_X86_64_GOTPLT64 : 0;
    default: return 0;
    }
}

bool x64_asm_section_ok(const AsFix *f)
{
    return f->v.mod == M_NONE;
}

/* ---- branches: kind 0 jmp, 1 + cond jcc, 17.. those with a byte only ---- */

static const AsBranchLevel jmp_levels[] = { { 2, 1, 1, 1, -128, 127 }, { 5, 1, 4, 4, INT32_MIN, INT32_MAX } };
static const AsBranchLevel jcc_levels[] = { { 2, 1, 1, 1, -128, 127 }, { 6, 2, 4, 4, INT32_MIN, INT32_MAX } };
static const uint16_t short_rows[] = { X64_I_JRCXZ_D8, X64_I_LOOPNE_D8, X64_I_LOOPE_D8, X64_I_LOOP_D8 };

const AsBranchLevel *x64_asm_branch_level(unsigned kind, unsigned level)
{
    if (level > 1 || (kind > 16 && level))
        return NULL;
    return kind == 0 ? &jmp_levels[level] : &jcc_levels[level];
}

void x64_asm_branch_put(unsigned kind, unsigned level, uint8_t *to)
{
    X64Ins i;
    uint8_t bytes[16];
    memset(&i, 0, sizeof i);
    if (kind > 16)
        i.row = short_rows[kind - 17];
    else if (kind == 0)
        i.row = level ? X64_I_JMP_D32 : X64_I_JMP_D8;
    else
        i.row = (uint16_t)((level ? X64_I_JCC_D32 : X64_I_JCC_D8) + kind - 1);
    if (x64_emit(bytes, &i))
        memcpy(to, bytes, i.len);
}

/* As GNU as pads: the longest no-operations first; over a long stretch, a jump. */
void x64_asm_nops(uint8_t *to, size_t n)
{
    if (n / 11 > 7) {
        if (n - 2 < 128) {
            n -= 2;
            to[0] = 0xeb;
            to[1] = (uint8_t)n;
            to += 2;
        } else {
            n -= 5;
            to[0] = 0xe9;
            put_u32(to + 1, (uint32_t)n);
            to += 5;
        }
    }
    x64_put_nops(to, n);
}
