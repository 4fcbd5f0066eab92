/* link.c: what the linker asks of x86-64: fields, the rewriting of GOT loads (psABI B.2) and of the TLS models to
 * local exec (psABI B.3 and "ELF Handling For Thread-Local Storage" 5), entries for ifuncs.
 * A static image holds every definition, so each rewriting is taken whenever the bytes allow; needs() and apply() decide
 * through the same functions. */
#include "ld/ld_target.h"

#define RELOC(name, number, cls, size, check) [number] = { #name, number, REL_##cls, size, RELCHK_##check },
static const RelocInfo relocs[] = {
#include "arch/x64/reloc.def"
};
#undef RELOC
#define RELOC(name, number, cls, size, check) name = number,
enum {
#include "arch/x64/reloc.def"
};
#undef RELOC

static const char overflow[] = "relocation truncated to fit";

static const char *put_field(const LdPlace *pl, uint64_t v)
{
    uint8_t *p = pl->sec + pl->offset;
    unsigned bits = pl->r->size * 8u;
    bool fits = true;
    if (pl->r->check == RELCHK_SIGNED)
        fits = bits_fits_s((int64_t)v, bits);
    else if (pl->r->check == RELCHK_UNSIGNED)
        fits = bits_fits_u(v, bits);
    else if (pl->r->check == RELCHK_EITHER)
        fits = bits_fits_s((int64_t)v, bits) || bits_fits_u(v, bits);
    if (pl->r->size == 1)
        *p = (uint8_t)v;
    else if (pl->r->size == 2)
        put_u16(p, v & 0xffff);
    else if (pl->r->size == 4)
        put_u32(p, (uint32_t)v);
    else if (pl->r->size == 8)
        put_u64(p, v);
    return fits || pl->undef_weak ? NULL : overflow;
}

/* ---- GOT loads ---- */

typedef enum GotForm { GOT_KEEP, GOT_LEA, GOT_CALL, GOT_JMP } GotForm;

/* psABI B.2: mov foo@GOTPCREL(%rip), %reg; call *foo@GOTPCREL(%rip); jmp *foo@GOTPCREL(%rip). */
static GotForm got_form(const LdPlace *pl)
{
    const uint8_t *p = pl->sec + pl->offset;
    if (!pl->movable || pl->a != -4 || pl->offset < (pl->r->number == R_X86_64_REX_GOTPCRELX ? 3u : 2u))
        return GOT_KEEP;
    if (p[-2] == 0x8b && (p[-1] & 0xc7) == 0x05)
        return GOT_LEA;
    if (pl->r->number == R_X86_64_GOTPCRELX && p[-2] == 0xff && p[-1] == 0x15)
        return GOT_CALL;
    if (pl->r->number == R_X86_64_GOTPCRELX && p[-2] == 0xff && p[-1] == 0x25)
        return GOT_JMP;
    return GOT_KEEP;
}

static const char *apply_got_relax(const LdPlace *pl)
{
    uint8_t *p = pl->sec + pl->offset;
    uint64_t v = pl->s + (uint64_t)pl->a - pl->p;
    switch (got_form(pl)) {
    case GOT_LEA:
        p[-2] = 0x8d;
        break;
    case GOT_CALL:                          /* addr32 call foo */
        p[-2] = 0x67;
        p[-1] = 0xe8;
        break;
    case GOT_JMP:                           /* jmp foo; nop: the field moves one byte down */
        v++;
        if (!bits_fits_s((int64_t)v, 32))
            return overflow;
        p[-2] = 0xe9;
        put_u32(p - 1, (uint32_t)v);
        p[3] = 0x90;
        return NULL;
    case GOT_KEEP:
        v = pl->slot + (uint64_t)pl->a - pl->p;
        break;
    }
    return put_field(pl, v);
}

/* ---- thread-local storage ---- */

/* The shapes of a GD or LD sequence, by what follows its lea. */
typedef enum TlsCall { TLS_BAD, TLS_SHORT, TLS_LONG, TLS_LARGE } TlsCall;

/* movabs $__tls_get_addr@pltoff, %rax; add %rbx or %r15, %rax; call *%rax: the large model */
static bool is_large_call(const LdPlace *pl, const uint8_t *p)
{
    return pl->offset >= 3 && pl->n - pl->offset >= 19 && memcmp(p - 3, "\x48\x8d\x3d", 3) == 0 && p[4] == 0x48 && p[5] == 0xb8 &&
           (memcmp(p + 14, "\x48\x01\xd8", 3) == 0 || memcmp(p + 14, "\x4c\x01\xf8", 3) == 0) && p[17] == 0xff && p[18] == 0xd0 &&
           pl->next_offset == pl->offset + 6;
}

static TlsCall tls_call(const LdPlace *pl)
{
    const uint8_t *p = pl->sec + pl->offset;
    uint64_t left = pl->n - pl->offset;
    bool gd = pl->r->cls == REL_TLS_GD;
    if (!pl->next)
        return TLS_BAD;
    if (is_large_call(pl, p))
        return TLS_LARGE;
    if (gd) {                              /* .byte 0x66; lea x@tlsgd(%rip), %rdi; .word 0x6666; rex64; call */
        if (pl->offset < 4 || left < 12 || memcmp(p - 4, "\x66\x48\x8d\x3d", 4) != 0 || pl->next_offset != pl->offset + 8)
            return TLS_BAD;
        if (memcmp(p + 4, "\x66\x66\x48\xe8", 4) == 0 || memcmp(p + 4, "\x66\x48\xff\x15", 4) == 0 ||
            memcmp(p + 4, "\x66\x48\x67\xe8", 4) == 0)
            return TLS_SHORT;
        return TLS_BAD;
    }
    if (pl->offset < 3 || left < 9 || memcmp(p - 3, "\x48\x8d\x3d", 3) != 0)
        return TLS_BAD;
    if (p[4] == 0xe8)
        return pl->next_offset == pl->offset + 5 ? TLS_SHORT : TLS_BAD;
    if (left >= 10 && ((p[4] == 0xff && p[5] == 0x15) || (p[4] == 0x67 && p[5] == 0xe8)))
        return pl->next_offset == pl->offset + 6 ? TLS_LONG : TLS_BAD;
    return TLS_BAD;
}

static const char *apply_tls_call(const LdPlace *pl)
{
    uint8_t *p = pl->sec + pl->offset;
    TlsCall form = tls_call(pl);
    uint64_t v = pl->s + (uint64_t)pl->a + 4 - pl->tp;
    if (form == TLS_BAD)
        return "not a sequence of the psABI";
    if (pl->r->cls == REL_TLS_GD) {        /* mov %fs:0, %rax; lea x@tpoff(%rax), %rax */
        uint8_t *q = p - (form == TLS_LARGE ? 3 : 4);
        memcpy(q, "\x64\x48\x8b\x04\x25\0\0\0\0\x48\x8d\x80", 12);
        put_u32(q + 12, (uint32_t)v);
        if (form == TLS_LARGE)
            memcpy(q + 16, "\x66\x0f\x1f\x44\0\0", 6);
        return bits_fits_s((int64_t)v, 32) ? NULL : overflow;
    }
    if (form == TLS_SHORT)                 /* .word 0x6666; .byte 0x66; mov %fs:0, %rax */
        memcpy(p - 3, "\x66\x66\x66\x64\x48\x8b\x04\x25\0\0\0\0", 12);
    else if (form == TLS_LONG)
        memcpy(p - 3, "\x66\x66\x66\x66\x64\x48\x8b\x04\x25\0\0\0\0", 13);
    else
        memcpy(p - 3, "\x66\x66\x66\x66\x2e\x0f\x1f\x84\0\0\0\0\0\x64\x48\x8b\x04\x25\0\0\0\0", 22);
    return NULL;
}

/* mov or add x@gottpoff(%rip), %reg with REX.W: can become an immediate. */
static bool ie_relaxes(const LdPlace *pl)
{
    const uint8_t *p = pl->sec + pl->offset;
    return pl->r->number == R_X86_64_GOTTPOFF && pl->a == -4 && pl->offset >= 3 && (p[-1] & 0xc7) == 0x05 &&
           (p[-3] & 0xfb) == 0x48 && (p[-2] == 0x8b || p[-2] == 0x03);
}

static const char *apply_tls_ie(const LdPlace *pl)
{
    uint8_t *p = pl->sec + pl->offset;
    uint64_t v = pl->s + (uint64_t)pl->a + 4 - pl->tp;
    unsigned reg;
    if (!ie_relaxes(pl))
        return put_field(pl, pl->slot + (uint64_t)pl->a - pl->p);
    reg = p[-1] >> 3 & 7;
    p[-3] = p[-3] & 4 ? 0x49 : 0x48;       /* the register moves from ModRM.reg to ModRM.rm: REX.R to REX.B */
    p[-2] = p[-2] == 0x8b ? 0xc7 : 0x81;   /* mov $imm32, %reg; add $imm32, %reg */
    p[-1] = (uint8_t)(0xc0 | reg);
    return put_field(pl, v);
}

static const char *apply_tls_desc(const LdPlace *pl)
{
    uint8_t *p = pl->sec + pl->offset;
    if (pl->r->cls == REL_TLS_DESC_CALL) { /* call *x@tlscall(%rax) becomes a two-byte nop */
        if (pl->n - pl->offset < 2 || p[0] != 0xff || p[1] != 0x10)
            return "not a sequence of the psABI";
        p[0] = 0x66;
        p[1] = 0x90;
        return NULL;
    }
    if (pl->offset < 3 || (p[-3] & 0xfb) != 0x48 || p[-2] != 0x8d || (p[-1] & 0xc7) != 0x05)
        return "not a sequence of the psABI";
    p[-3] = p[-3] & 4 ? 0x49 : 0x48;       /* lea x@tlsdesc(%rip), %reg becomes mov $x@tpoff, %reg */
    p[-2] = 0xc7;
    p[-1] = (uint8_t)(0xc0 | (p[-1] >> 3 & 7));
    return put_field(pl, pl->s + (uint64_t)pl->a + 4 - pl->tp);
}

/* ---- the two questions ---- */

static unsigned x64_needs(const LdPlace *pl)
{
    switch (pl->r->cls) {
    case REL_GOT:
    case REL_GOT_PC:
        return LD_NEED_GOT;
    case REL_GOT_RELAX:
        return got_form(pl) == GOT_KEEP ? LD_NEED_GOT : 0;
    case REL_GOT_OFF:
    case REL_GOT_BASE_PC:
    case REL_PLT_OFF:
        return LD_NEED_GOTBASE;
    case REL_TLS_GD:
    case REL_TLS_LD:
        return tls_call(pl) != TLS_BAD ? LD_NEED_SKIP_NEXT : LD_NEED_BAD;
    case REL_TLS_IE:
        return ie_relaxes(pl) ? 0 : LD_NEED_TPSLOT;
    default:
        return 0;
    }
}

static const char *x64_apply(const LdPlace *pl)
{
    uint64_t sa = pl->s + (uint64_t)pl->a;
    switch (pl->r->cls) {
    case REL_NONE:
    case REL_HINT:
        return NULL;
    case REL_ABS:
        return put_field(pl, sa);
    case REL_PC:
    case REL_PLT:
        return put_field(pl, sa - pl->p);
    case REL_GOT:
        return put_field(pl, pl->slot + (uint64_t)pl->a - pl->got);
    case REL_GOT_PC:
        return put_field(pl, pl->slot + (uint64_t)pl->a - pl->p);
    case REL_GOT_RELAX:
        return apply_got_relax(pl);
    case REL_GOT_OFF:
    case REL_PLT_OFF:
        return put_field(pl, sa - pl->got);
    case REL_GOT_BASE_PC:
        return put_field(pl, pl->got + (uint64_t)pl->a - pl->p);
    case REL_SIZE:
        return put_field(pl, pl->size + (uint64_t)pl->a);
    case REL_TPOFF:
        return put_field(pl, sa - pl->tp);
    case REL_DTPOFF:                       /* in code the LD sequence before it has become local exec; debug data keeps it */
        return put_field(pl, sa - (pl->alloc ? pl->tp : pl->tls));
    case REL_TLS_GD:
    case REL_TLS_LD:
        return apply_tls_call(pl);
    case REL_TLS_IE:
        return apply_tls_ie(pl);
    case REL_TLS_DESC:
    case REL_TLS_DESC_CALL:
        return apply_tls_desc(pl);
    default:
        return "relocation for a dynamic linker";
    }
}

/* endbr64; jmp *slot(%rip); nopw: 16 bytes, as lazy binding needs none. */
static void x64_plt_entry(uint8_t *p, uint64_t at, uint64_t slot)
{
    memcpy(p, "\xf3\x0f\x1e\xfa\xff\x25\0\0\0\0\x66\x0f\x1f\x44\0\0", 16);
    put_u32(p + 6, (uint32_t)(slot - (at + 10)));
}

extern const TargetLink x64_link;
const TargetLink x64_link = {
    .name = "elf_x86_64",
    .machine = "i386:x86-64",
    .default_base = 0x400000,
    .page_size = 4096,
    .relocs = relocs,
    .nrelocs = countof(relocs),
    .irelative = R_X86_64_IRELATIVE,
    .plt_size = 16,
    .code_fill = 0x90909090,
    .got_header = 0,
    .tls_get_addr = "__tls_get_addr",
    .needs = x64_needs,
    .apply = x64_apply,
    .plt_entry = x64_plt_entry,
};
