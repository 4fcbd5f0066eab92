/* link.c: what the linker asks of RISC-V (psABI 8.4): fields, pairs of an upper and a lower part, arithmetic on data, entries for
 * ifuncs. Shorter forms are in relax.c. */
#include "arch/rv64/link.h"

#define RELOC(name, number, cls, size, check) [number] = { #name, number, REL_##cls, size, RELCHK_##check },
static const RelocInfo relocs[] = {
#include "arch/rv64/reloc.def"
};
#undef RELOC

extern const TargetLink rv64_link;

static const char overflow[] = "relocation truncated to fit";

static const char *put_imm(const LdPlace *pl, int64_t v)
{
    uint8_t *p = pl->sec + pl->offset, copy[4];
    bool is_short = (p[0] & 3) != 3;
    memset(copy, 0, sizeof copy);
    memcpy(copy, p, is_short ? 2 : 4);
    if (is_short != (pl->r->size == 2) || !rv64_put_imm(copy, is_short && copy[1] >> 5 == 3 ? 1 : 0))
        return "no instruction with such a field";
    if (v & 1 && (pl->r->cls == REL_PC || pl->r->cls == REL_PLT) && pl->r->number != R_RISCV_PCREL_HI20 && pl->r->size != 8)
        return "the target's address is odd";
    return rv64_put_imm(p, v) ? NULL : overflow;
}

static const char *put_high(const LdPlace *pl, uint64_t v)
{
    if (!bits_fits_s((int64_t)(v + 0x800), 32))
        return overflow;
    return put_imm(pl, (int64_t)((v + 0x800) >> 12 & 0xfffff));
}

static const char *put_low(const LdPlace *pl, uint64_t v)
{
    return put_imm(pl, bits_sext(v & 0xfff, 12));
}

/* The address of what nobody defines is 0, however far: auipc becomes lui (psABI, "Program Linkage"). */
static uint64_t from_here(const LdPlace *pl, uint64_t sa)
{
    uint8_t *p = pl->sec + pl->offset;
    if (!pl->undef_weak || (*p & 0x7f) != 0x17)
        return sa - pl->p;
    *p = (uint8_t)((*p & 0x80) | 0x37);
    return sa;
}

static const char *put_call(const LdPlace *pl, uint64_t v)
{
    LdPlace jalr = *pl;
    const char *wrong = put_high(pl, v);
    jalr.offset += 4;
    return wrong ? wrong : put_low(&jalr, v);
}

static uint64_t get_field(const uint8_t *p, unsigned size)
{
    uint64_t v = 0;
    while (size--)
        v = v << 8 | p[size];
    return v;
}

static const char *put_field(const LdPlace *pl, uint64_t v)
{
    uint8_t *p = pl->sec + pl->offset;
    unsigned bits = pl->r->size * 8u, k;
    bool fits = true;
    if (pl->r->check == RELCHK_SIGNED)
        fits = bits_fits_s((int64_t)v, bits);
    else if (pl->r->check == RELCHK_EITHER)
        fits = bits_fits_s((int64_t)v, bits) || bits_fits_u(v, bits);
    for (k = 0; k < pl->r->size; k++)
        p[k] = (uint8_t)(v >> 8 * k);
    return fits || pl->undef_weak ? NULL : overflow;
}

/* The low six bits of a byte: DW_CFA_advance_loc. */
static const char *put_six(const LdPlace *pl, uint64_t v)
{
    uint8_t *p = pl->sec + pl->offset;
    *p = (uint8_t)((*p & 0xc0) | (v & 0x3f));
    return NULL;
}

/* psABI, "SET_ULEB128, SUB_ULEB128": the number keeps its length; the bytes behind the last that is needed are 0 with more to come. */
static const char *put_leb(const LdPlace *pl, uint64_t subtract)
{
    uint8_t *p = pl->sec + pl->offset;
    uint64_t left = pl->n - pl->offset, n = 0, v = 0, k;
    do {
        if (n == left || n == 10)
            return "no LEB128 number";
        v |= n < 9 || p[n] < 2 ? (uint64_t)(p[n] & 0x7f) << 7 * n : 0;
    } while (p[n++] & 0x80);
    v = pl->r->number == R_RISCV_SET_ULEB128 ? pl->s + (uint64_t)pl->a : v - subtract;
    for (k = 0; k < n; k++, v >>= 7)
        p[k] = (uint8_t)((v & 0x7f) | (k + 1 < n ? 0x80 : 0));
    return NULL;
}

/* psABI, "TLS Descriptors -> Local Exec": auipc and ld become no-operations, addi a0 becomes lui a0, jalr becomes addi a0, a0. */
static const char *put_descriptor(const LdPlace *pl, uint64_t tp)
{
    uint32_t word = 0x00000013u;
    if (!bits_fits_s((int64_t)(tp + 0x800), 32))
        return overflow;
    if (pl->r->number == R_RISCV_TLSDESC_ADD_LO12)
        word = 0x00000537u | ((uint32_t)(tp + 0x800) & 0xfffff000u);
    else if (pl->r->number == R_RISCV_TLSDESC_CALL)
        word = 0x00050513u | (uint32_t)(tp & 0xfff) << 20;
    put_u32(pl->sec + pl->offset, word);
    return NULL;
}

static unsigned rv64_needs(const LdPlace *pl)
{
    switch (pl->r->cls) {
    case REL_GOT_PC: return LD_NEED_GOT;
    case REL_TLS_IE: return LD_NEED_TPSLOT;
    case REL_TLS_GD: return LD_NEED_TLSPAIR;
    default: return 0;
    }
}

static const char *rv64_apply(const LdPlace *pl)
{
    uint64_t sa = pl->s + (uint64_t)pl->a, old = get_field(pl->sec + pl->offset, pl->r->size), tp = sa - pl->tp;
    switch (pl->r->number) {
    case R_RISCV_32: case R_RISCV_64:
        return put_field(pl, sa);
    case R_RISCV_32_PCREL: case R_RISCV_PLT32:
        return put_field(pl, sa - pl->p);
    case R_RISCV_GOT32_PCREL:
        return put_field(pl, pl->slot + (uint64_t)pl->a - pl->p);
    case R_RISCV_BRANCH: case R_RISCV_JAL: case R_RISCV_RVC_BRANCH: case R_RISCV_RVC_JUMP:
        return put_imm(pl, (int64_t)(sa - pl->p));
    case R_RISCV_CALL: case R_RISCV_CALL_PLT:
        return put_call(pl, from_here(pl, sa));
    case R_RISCV_PCREL_HI20:
        return put_high(pl, from_here(pl, sa));
    case R_RISCV_GOT_HI20: case R_RISCV_TLS_GOT_HI20: case R_RISCV_TLS_GD_HI20:
        return put_high(pl, pl->slot + (uint64_t)pl->a - pl->p);
    case R_RISCV_HI20:
        return put_high(pl, sa);
    case R_RISCV_LO12_I: case R_RISCV_LO12_S:
        return put_low(pl, sa);
    case R_RISCV_PCREL_LO12_I: case R_RISCV_PCREL_LO12_S:  /* s is what the upper part's place computed */
        return (sa + 0x800) >> 12 == (pl->s + 0x800) >> 12 ? put_low(pl, sa) : "the addend leads out of the upper part's reach";
    case R_RISCV_TPREL_HI20:
        return put_high(pl, tp);
    case R_RISCV_TPREL_LO12_I: case R_RISCV_TPREL_LO12_S:
        return put_low(pl, tp);
    case R_RISCV_TLSDESC_HI20: case R_RISCV_TLSDESC_LOAD_LO12: case R_RISCV_TLSDESC_ADD_LO12: case R_RISCV_TLSDESC_CALL:
        return put_descriptor(pl, tp);
    case R_RISCV_TPREL_I: case R_RISCV_TPREL_S:
        return put_imm(pl, (int64_t)tp);
    case R_RISCV_GPREL_I: case R_RISCV_GPREL_S:
        return pl->gp ? put_imm(pl, (int64_t)(sa - pl->gp)) : "without __global_pointer$";
    case R_RISCV_RVC_LUI:
        return put_imm(pl, (int64_t)((sa + 0x800) >> 12 & 0xfffff));
    case R_RISCV_TLS_TPREL32: case R_RISCV_TLS_TPREL64:
        return put_field(pl, tp);
    case R_RISCV_TLS_DTPREL32: case R_RISCV_TLS_DTPREL64:
        return put_field(pl, tp - rv64_link.dtp_offset);      /* psABI 8.4.5: the block's pointer is 0x800 into it */
    case R_RISCV_ADD8: case R_RISCV_ADD16: case R_RISCV_ADD32: case R_RISCV_ADD64:
        return put_field(pl, old + sa);
    case R_RISCV_SUB8: case R_RISCV_SUB16: case R_RISCV_SUB32: case R_RISCV_SUB64:
        return put_field(pl, old - sa);
    case R_RISCV_SET8: case R_RISCV_SET16: case R_RISCV_SET32:
        return put_field(pl, sa);
    case R_RISCV_SET6:
        return put_six(pl, sa);
    case R_RISCV_SUB6:
        return put_six(pl, old - sa);
    case R_RISCV_SET_ULEB128: case R_RISCV_SUB_ULEB128:
        return put_leb(pl, sa);
    default:
        return "relocation that this linker does not know";
    }
}

/* auipc t3, slot; ld t3, slot(t3); jr t3; nop */
static void rv64_plt_entry(uint8_t *p, uint64_t at, uint64_t slot)
{
    uint64_t v = slot - at;
    put_u32(p, 0x00000e17u | ((uint32_t)(v + 0x800) & 0xfffff000u));
    put_u32(p + 4, 0x000e3e03u | (uint32_t)(v & 0xfff) << 20);
    put_u32(p + 8, 0x000e0067u);
    put_u32(p + 12, 0x00000013u);
}

const TargetLink rv64_link = {
    .name = "elf64lriscv",
    .also = "elf64lriscv_lp64f elf64lriscv_lp64",
    .machine = "riscv:rv64",
    .default_base = 0x10000,
    .page_size = 4096,
    .relocs = relocs,
    .nrelocs = countof(relocs),
    .irelative = R_RISCV_IRELATIVE,
    .plt_size = 16,
    .code_fill = 0x00010001,
    .got_header = 0,
    .tls_get_addr = "__tls_get_addr",
    .needs = rv64_needs,
    .apply = rv64_apply,
    .plt_entry = rv64_plt_entry,
    .tp_at_start = true,
    .dtp_offset = 0x800,
    .align_reloc = R_RISCV_ALIGN,
    .relax_reloc = R_RISCV_RELAX,
    .relax_kind = rv64_relax_kind,
    .relax = rv64_relax,
    .nops = rv64_align_nops,
    .attributes = ".riscv.attributes",
    .attributes_segment = 0x70000003,       /* PT_RISCV_ATTRIBUTES */
    .traits_new = rv64_traits_new,
    .traits_add = rv64_traits_add,
    .traits_end = rv64_traits_end,
};
