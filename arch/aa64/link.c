/* link.c: what the linker asks of AArch64 ("ELF for the Arm 64-bit Architecture", 5.7): fields of instructions, slots by page and offset,
 * TLS descriptors rewritten to local exec, entries for ifuncs, veneers for calls that do not reach. */
#include "arch/aa64/aa64.h"
#include "ld/ld_target.h"

#define RELOC(name, number, cls, size, check) [number] = { #name, number, REL_##cls, size, RELCHK_##check },
static const RelocInfo relocs[] = {
#include "arch/aa64/reloc.def"
};
#undef RELOC

static const char overflow[] = "relocation truncated to fit";
static const char misaligned[] = "the address is not aligned for the access";
#define NOP 0xd503201fu

static uint64_t page(uint64_t v)
{
    return v & ~(uint64_t)0xfff;
}

/* ---- fields ---- */

static void put_bits(const LdPlace *pl, unsigned at, unsigned n, uint64_t v)
{
    uint8_t *p = pl->sec + pl->offset;
    uint32_t mask = (uint32_t)((((uint64_t)1 << n) - 1) << at);
    put_u32(p, (get_u32(p) & ~mask) | ((uint32_t)(v << at) & mask));
}

/* n signed bits at `at`, of v in words. */
static const char *put_words(const LdPlace *pl, unsigned at, unsigned n, uint64_t v)
{
    if (v & 3)
        return "the target's address is no multiple of 4";
    if (!bits_fits_s((int64_t)v, n + 2))
        return overflow;
    put_bits(pl, at, n, v >> 2);
    return NULL;
}

/* adr, adrp: 21 bits in two pieces. */
static const char *put_adr(const LdPlace *pl, uint64_t v)
{
    if (pl->r->check == RELCHK_SIGNED && !bits_fits_s((int64_t)v, 21))
        return overflow;
    put_bits(pl, 29, 2, v);
    put_bits(pl, 5, 19, v >> 2);
    return NULL;
}

static const char *put_page(const LdPlace *pl, uint64_t v)
{
    return put_adr(pl, (uint64_t)((int64_t)(page(v) - page(pl->p)) >> 12));
}

/* The 12 bits of add, and of a load or store of 1 << log2 bytes. */
static const char *put_low(const LdPlace *pl, unsigned log2, uint64_t v)
{
    if (v & (((uint64_t)1 << log2) - 1))
        return misaligned;
    put_bits(pl, 10, 12, (v & 0xfff) >> log2);
    return NULL;
}

static const char *put_data(const LdPlace *pl, uint64_t v)
{
    uint8_t *p = pl->sec + pl->offset;
    unsigned bits = pl->r->size * 8u, k;
    bool fits = pl->r->check == RELCHK_NONE || bits_fits_s((int64_t)v, bits) || (pl->r->check == RELCHK_EITHER && bits_fits_u(v, bits));
    for (k = 0; k < pl->r->size; k++)
        p[k] = (uint8_t)(v >> 8 * k);
    return fits || pl->undef_weak ? NULL : overflow;
}

/* movz, movk: 16 bits of v from bit 16 * g. A signed one becomes movz or movn as v asks (5.7.5). */
static const char *put_movw(const LdPlace *pl, unsigned g, uint64_t v)
{
    bool negative = (int64_t)v < 0;
    if (pl->r->check == RELCHK_UNSIGNED && g < 3 && v >> (16 * g + 16))
        return overflow;
    if (pl->r->check == RELCHK_SIGNED) {
        if (!bits_fits_s((int64_t)v, 16 * g + 17))
            return overflow;
        put_bits(pl, 29, 2, negative ? 0 : 2);
        if (negative)
            v = ~v;
    }
    put_bits(pl, 5, 16, v >> 16 * g);
    return NULL;
}

/* ---- branches ---- */

enum { BRANCH_REACH = 1 << 27 };

static const char *put_branch(const LdPlace *pl, uint64_t v)
{
    if (pl->undef_weak)
        v = 4;                 /* a call of what nobody defines goes on behind it (5.7.9) */
    return put_words(pl, 0, 26, v);
}

static bool in_reach(uint64_t p, uint64_t s)
{
    return bits_fits_s((int64_t)(s - p), 28);
}

/* adrp x16, to; add x16, x16, :lo12:to; br x16 */
static void veneer(uint8_t *p, uint64_t at, uint64_t to)
{
    uint64_t v = (uint64_t)((int64_t)(page(to) - page(at)) >> 12);
    put_u32(p, 0x90000010u | (uint32_t)(v & 3) << 29 | (uint32_t)(v >> 2 & 0x7ffff) << 5);
    put_u32(p + 4, 0x91000210u | (uint32_t)(to & 0xfff) << 10);
    put_u32(p + 8, 0xd61f0200u);
}

/* adrp x16, slot; ldr x17, [x16, :lo12:slot]; add x16, x16, :lo12:slot; br x17 */
static void plt_entry(uint8_t *p, uint64_t at, uint64_t slot)
{
    uint64_t v = (uint64_t)((int64_t)(page(slot) - page(at)) >> 12);
    put_u32(p, 0x90000010u | (uint32_t)(v & 3) << 29 | (uint32_t)(v >> 2 & 0x7ffff) << 5);
    put_u32(p + 4, 0xf9400211u | (uint32_t)(slot >> 3 & 0x1ff) << 10);
    put_u32(p + 8, 0x91000210u | (uint32_t)(slot & 0xfff) << 10);
    put_u32(p + 12, 0xd61f0220u);
}

/* ---- TLS ---- */

/* TLS descriptors become local exec (5.7.11): adrp is movz with the upper half of the offset, ldr is movk with the lower, the rest goes. */
static const char *put_descriptor(const LdPlace *pl, uint64_t tp)
{
    uint32_t word = NOP;
    if (tp >> 32)
        return overflow;
    if (pl->r->number == R_AARCH64_TLSDESC_ADR_PAGE21)
        word = 0xd2a00000u | (uint32_t)(tp >> 16) << 5;
    else if (pl->r->number == R_AARCH64_TLSDESC_LD64_LO12)
        word = 0xf2800000u | (uint32_t)(tp & 0xffff) << 5;
    put_u32(pl->sec + pl->offset, word);
    return NULL;
}

/* The parts of an offset from the thread pointer (base 0) or in the block, by how far the number lies behind the first of its kind. */
static const char *put_offset(const LdPlace *pl, unsigned kind, uint64_t v)
{
    static const uint8_t group[5] = { 2, 1, 1, 0, 0 };
    bool checked = pl->r->check != RELCHK_NONE;
    if (kind < 5)
        return put_movw(pl, group[kind], v);
    if (kind == 5) {           /* HI12 */
        if (v >> 24)
            return overflow;
        put_bits(pl, 10, 12, v >> 12);
        return NULL;
    }
    if (checked && v >> 12)
        return overflow;
    return put_low(pl, kind < 8 ? 0 : (kind - 8) / 2, v);
}

static unsigned aa64_needs(const LdPlace *pl)
{
    switch (pl->r->cls) {
    case REL_GOT_PC: return pl->r->number == R_AARCH64_LD64_GOTPAGE_LO15 || pl->r->number == R_AARCH64_LD64_GOTOFF_LO15
                                ? LD_NEED_GOT | LD_NEED_GOTBASE : LD_NEED_GOT;
    case REL_GOT_OFF: return LD_NEED_GOTBASE;
    case REL_TLS_IE: return LD_NEED_TPSLOT;
    case REL_TLS_GD: return LD_NEED_TLSPAIR;
    default: return 0;
    }
}

static const char *aa64_apply(const LdPlace *pl)
{
    uint64_t sa = pl->s + (uint64_t)pl->a, tp = sa - pl->tp, slot = pl->slot + (uint64_t)pl->a;
    unsigned n = pl->r->number;
    if (pl->r->size == 4 && pl->offset & 3 && n != R_AARCH64_ABS32 && n != R_AARCH64_PREL32 && n != R_AARCH64_GOTREL32)
        return "no instruction stands at such a place";
    switch (n) {
    case R_AARCH64_ABS64: case R_AARCH64_ABS32: case R_AARCH64_ABS16:
        return put_data(pl, sa);
    case R_AARCH64_PREL64: case R_AARCH64_PREL32: case R_AARCH64_PREL16:
        return put_data(pl, sa - pl->p);
    case R_AARCH64_GOTREL64: case R_AARCH64_GOTREL32:
        return put_data(pl, sa - pl->got);
    case R_AARCH64_MOVW_UABS_G0: case R_AARCH64_MOVW_UABS_G0_NC: case R_AARCH64_MOVW_UABS_G1: case R_AARCH64_MOVW_UABS_G1_NC:
    case R_AARCH64_MOVW_UABS_G2: case R_AARCH64_MOVW_UABS_G2_NC: case R_AARCH64_MOVW_UABS_G3:
        return put_movw(pl, (n - R_AARCH64_MOVW_UABS_G0) / 2, sa);
    case R_AARCH64_MOVW_SABS_G0: case R_AARCH64_MOVW_SABS_G1: case R_AARCH64_MOVW_SABS_G2:
        return put_movw(pl, n - R_AARCH64_MOVW_SABS_G0, sa);
    case R_AARCH64_MOVW_PREL_G0: case R_AARCH64_MOVW_PREL_G0_NC: case R_AARCH64_MOVW_PREL_G1: case R_AARCH64_MOVW_PREL_G1_NC:
    case R_AARCH64_MOVW_PREL_G2: case R_AARCH64_MOVW_PREL_G2_NC: case R_AARCH64_MOVW_PREL_G3:
        return put_movw(pl, (n - R_AARCH64_MOVW_PREL_G0) / 2, sa - pl->p);
    case R_AARCH64_LD_PREL_LO19: case R_AARCH64_CONDBR19:
        return put_words(pl, 5, 19, sa - pl->p);
    case R_AARCH64_TSTBR14:
        return put_words(pl, 5, 14, sa - pl->p);
    case R_AARCH64_JUMP26: case R_AARCH64_CALL26:
        return put_branch(pl, sa - pl->p);
    case R_AARCH64_ADR_PREL_LO21:
        return put_adr(pl, sa - pl->p);
    case R_AARCH64_ADR_PREL_PG_HI21: case R_AARCH64_ADR_PREL_PG_HI21_NC:
        return put_page(pl, sa);
    case R_AARCH64_ADD_ABS_LO12_NC: case R_AARCH64_LDST8_ABS_LO12_NC:
        return put_low(pl, 0, sa);
    case R_AARCH64_LDST16_ABS_LO12_NC: case R_AARCH64_LDST32_ABS_LO12_NC: case R_AARCH64_LDST64_ABS_LO12_NC:
        return put_low(pl, n - R_AARCH64_LDST16_ABS_LO12_NC + 1, sa);
    case R_AARCH64_LDST128_ABS_LO12_NC:
        return put_low(pl, 4, sa);
    case R_AARCH64_GOT_LD_PREL19: case R_AARCH64_TLSIE_LD_GOTTPREL_PREL19:
        return put_words(pl, 5, 19, slot - pl->p);
    case R_AARCH64_ADR_GOT_PAGE: case R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21: case R_AARCH64_TLSGD_ADR_PAGE21:
        return put_page(pl, slot);
    case R_AARCH64_LD64_GOT_LO12_NC: case R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC:
        return put_low(pl, 3, slot);
    case R_AARCH64_LD64_GOTOFF_LO15: case R_AARCH64_LD64_GOTPAGE_LO15:
        slot -= n == R_AARCH64_LD64_GOTOFF_LO15 ? pl->got : page(pl->got);
        return slot >> 15 ? overflow : slot & 7 ? misaligned : (put_bits(pl, 10, 12, slot >> 3), (const char *)NULL);
    case R_AARCH64_TLSGD_ADR_PREL21:
        return put_adr(pl, slot - pl->p);
    case R_AARCH64_TLSGD_ADD_LO12_NC:
        return put_low(pl, 0, slot);
    case R_AARCH64_TLSDESC_ADR_PAGE21: case R_AARCH64_TLSDESC_LD64_LO12: case R_AARCH64_TLSDESC_ADD_LO12: case R_AARCH64_TLSDESC_CALL:
    case R_AARCH64_TLSDESC_LDR: case R_AARCH64_TLSDESC_ADD:
        return put_descriptor(pl, tp);
    case R_AARCH64_TLSLE_LDST128_TPREL_LO12: case R_AARCH64_TLSLE_LDST128_TPREL_LO12_NC:
        return put_offset(pl, 16, tp);
    case R_AARCH64_TLSLD_LDST128_DTPREL_LO12: case R_AARCH64_TLSLD_LDST128_DTPREL_LO12_NC:
        return put_offset(pl, 16, sa - pl->tls);
    default:
        if (n >= R_AARCH64_TLSLE_MOVW_TPREL_G2 && n <= R_AARCH64_TLSLE_LDST64_TPREL_LO12_NC)
            return put_offset(pl, n - R_AARCH64_TLSLE_MOVW_TPREL_G2, tp);
        if (n >= R_AARCH64_TLSLD_MOVW_DTPREL_G2 && n <= R_AARCH64_TLSLD_LDST64_DTPREL_LO12_NC)
            return put_offset(pl, n - R_AARCH64_TLSLD_MOVW_DTPREL_G2, sa - pl->tls);
        return "relocation that this linker does not know";
    }
}

const TargetLink aa64_link = {
    .name = "aarch64linux",
    .also = "aarch64elf",
    .machine = "aarch64",
    .default_base = 0x400000,
    .page_size = 0x10000,
    .relocs = relocs,
    .nrelocs = countof(relocs),
    .irelative = R_AARCH64_IRELATIVE,
    .plt_size = 16,
    .code_fill = NOP,
    .got_header = 0,
    .tls_get_addr = "__tls_get_addr",
    .needs = aa64_needs,
    .apply = aa64_apply,
    .plt_entry = plt_entry,
    .tp_at_start = true,
    .tcb_size = 16,
    .veneer_size = 12,
    .veneer_span = BRANCH_REACH,
    .in_reach = in_reach,
    .veneer = veneer,
};
