/* ehframe.c: unwind tables (LSB "Exception Frames", DWARF 4 6.4.1). All .eh_frame inputs become one run of records: equal
 * CIEs are shared, FDEs of code that is not in the image go, one terminator ends it. Inputs whose records make no sense are kept as
 * they stand. .eh_frame_hdr, when asked for, is a table of the FDEs sorted by address.
 * A record: u32 length, u32 id (0: CIE; else FDE: distance from here back to its CIE), contents. */
#include "ld/ld_int.h"

enum { PE_ABSPTR = 0, PE_UDATA4 = 3, PE_UDATA8 = 4, PE_SDATA4 = 11, PE_SDATA8 = 12, PE_PCREL = 0x10, PE_OMIT = 0xff };
enum { HDR_FIXED = 12 };       /* version, three encodings, address of .eh_frame, count */

typedef struct Editor {
    Ld *l;
    Buf out;
    Map cies;                  /* bytes of a CIE without relocations -> (void *)(uintptr_t)(offset + 1) */
    uint32_t nfde;
    bool opaque;               /* some input could not be parsed */
    bool terminated;
} Editor;

static bool is_gone(const LdSym *sym)
{
    return sym->sec && !sym->sec->out;
}

/* Lengths fill the section, FDEs name CIEs before them, relocations ascend. */
static bool is_sound(const LdSec *s, uint32_t *records)
{
    uint64_t at = 0, n = s->size;
    uint32_t i;
    *records = 0;
    for (i = 1; i < s->o->relocs.n; i++)
        if (s->o->relocs.p[i].offset < s->o->relocs.p[i - 1].offset)
            return false;
    while (at < n) {
        uint64_t len;
        if (n - at < 4)
            return false;
        len = get_u32(s->data + at);
        ++*records;
        if (len == 0) {
            at += 4;
            continue;
        }
        if (len < 4 || len >= 0xfffffff0u || len > n - at - 4)
            return false;
        if (get_u32(s->data + at + 4) > at + 4)
            return false;
        at += 4 + len;
    }
    return true;
}

static uint64_t add_cie(Editor *e, const LdSec *s, uint64_t at, uint64_t n, bool relocated)
{
    void **known = NULL;
    if (!relocated) {
        known = map_at(&e->cies, (const char *)s->data + at, (size_t)n);
        if (*known)
            return (uintptr_t)*known - 1;
        *known = (void *)(uintptr_t)(e->out.n + 1);
    }
    buf_put(&e->out, s->data + at, (size_t)n);
    return e->out.n - n;
}

static bool fde_is_live(const LdSec *s, const ObjReloc *r, const ObjReloc *end, uint64_t at)
{
    for (; r < end && r->offset <= at + 8; r++)
        if (r->offset == at + 8)
            return !is_gone(s->file->syms[r->sym]);
    return true;
}

static void edit_section(Editor *e, LdSec *s, LdSec *carrier)
{
    const ObjReloc *r = s->o->relocs.p, *end = r + s->o->relocs.n;
    uint64_t at, n;
    uint32_t records;
    bool sound = is_sound(s, &records);
    s->carrier = carrier;
    s->pieces = arena_array(e->l->a, LdPiece, records + 1);
    if (!sound || records == 0) {
        s->pieces[s->npieces++].out = e->out.n;
        buf_put(&e->out, s->data, (size_t)s->size);
        e->opaque |= !sound;
        return;
    }
    for (at = 0; at < s->size; at += n) {
        LdPiece *p = &s->pieces[s->npieces++];
        n = 4 + (uint64_t)get_u32(s->data + at);
        p->in = at;
        while (r < end && r->offset < at)
            r++;
        if (n == 4) {
            e->terminated = true;
            p->out = e->out.n;
        } else if (get_u32(s->data + at + 4) == 0) {
            p->out = add_cie(e, s, at, n, r < end && r->offset < at + n);
        } else if (!fde_is_live(s, r, end, at)) {
            p->out = PIECE_DROPPED;
        } else {
            uint64_t cie = ld_piece_offset(s, at + 4 - get_u32(s->data + at + 4));
            p->out = e->out.n;
            buf_put(&e->out, s->data + at, (size_t)n);
            put_u32(e->out.p + p->out + 4, (uint32_t)(p->out + 4 - cie));
            e->nfde++;
        }
    }
}

void ld_edit_eh_frame(Ld *l)
{
    OutSec *o = ld_out_find(l, ".eh_frame");
    Editor e;
    uint32_t i;
    if (!o || !o->in.n || !(o->flags & SHF_ALLOC))
        return;
    for (i = 0; i < o->in.n; i++)
        if (!o->in.p[i]->data && o->in.p[i]->size)
            return;                         /* NOBITS under this name: nothing to understand */
    memset(&e, 0, sizeof e);
    e.l = l;
    buf_init(&e.out, l->a);
    map_init(&e.cies, l->a);
    for (i = 0; i < o->in.n; i++)
        edit_section(&e, o->in.p[i], o->in.p[0]);
    if (e.terminated)
        buf_zero(&e.out, 4);
    for (i = 0; i < o->in.n; i++)
        o->in.p[i]->size = 0;
    l->eh_carrier = o->in.p[0];
    l->eh_carrier->data = e.out.p;
    l->eh_carrier->size = e.out.n;
    if (l->opt->eh_frame_hdr && e.out.n) {
        l->hdr = ld_make_section(l, ".eh_frame_hdr", SHT_PROGBITS, SHF_ALLOC, 4);
        l->hdr->size = e.opaque ? 8 : HDR_FIXED + (uint64_t)e.nfde * 8;
    }
}

/* ---- the search table ---- */

typedef struct FdeEntry { uint64_t pc, fde; } FdeEntry;

static int compare_pc(const void *a, const void *b, void *ctx)
{
    const FdeEntry *x = a, *y = b;
    (void)ctx;
    return x->pc < y->pc ? -1 : x->pc > y->pc;
}

/* The encoding of addresses in a CIE's FDEs: letter R of its augmentation; PE_OMIT when it cannot be told. */
static unsigned fde_encoding(const uint8_t *p, const uint8_t *end)
{
    const char *aug = (const char *)p + 9;
    const uint8_t *nul, *q;
    unsigned skip;
    if (end - p < 10)
        return PE_OMIT;
    nul = memchr(aug, 0, (size_t)(end - (const uint8_t *)aug));
    if (!nul || aug[0] != 'z')
        return nul && !aug[0] ? PE_ABSPTR : PE_OMIT;
    q = nul + 1;
    for (skip = 0; skip < 4; skip++) {      /* code and data alignment, return register, augmentation length: LEB128 */
        while (q < end && *q & 0x80)
            q++;
        q++;
    }
    for (aug++; *aug && q < end; aug++) {
        if (*aug == 'R')
            return *q;
        if (*aug == 'L') {
            q++;
        } else if (*aug == 'P') {
            unsigned size = (*q & 7) == 3 ? 4 : (*q & 7) == 2 ? 2 : 8;
            q += 1 + size;
        } else if (*aug != 'S' && *aug != 'B') {
            return PE_OMIT;
        }
    }
    return PE_ABSPTR;
}

static bool read_pc(const uint8_t *p, const uint8_t *end, uint64_t address, unsigned enc, uint64_t *pc)
{
    unsigned form = enc & 15;
    if ((enc & 0xf0) != 0 && (enc & 0xf0) != PE_PCREL)
        return false;
    if (end - p < 8)
        return false;
    if (form == PE_SDATA4)
        *pc = (uint64_t)(int64_t)(int32_t)get_u32(p);
    else if (form == PE_UDATA4)
        *pc = get_u32(p);
    else if (form == PE_ABSPTR || form == PE_UDATA8 || form == PE_SDATA8)
        *pc = get_u64(p);
    else
        return false;
    if (enc & PE_PCREL)
        *pc += address;
    return true;
}

static bool collect(const uint8_t *p, uint64_t n, uint64_t address, FdeEntry *table, uint64_t room, uint64_t *count)
{
    uint64_t at = 0, len;
    *count = 0;
    for (; n - at >= 4 && (len = get_u32(p + at)) != 0; at += 4 + len) {
        uint32_t id;
        uint64_t cie;
        unsigned enc;
        if (len < 4 || len > n - at - 4)
            return false;
        id = get_u32(p + at + 4);
        if (id == 0)
            continue;
        if (id > at + 4 || *count == room)
            return false;
        cie = at + 4 - id;
        enc = fde_encoding(p + cie, p + cie + 4 + get_u32(p + cie));
        if (enc == PE_OMIT || !read_pc(p + at + 8, p + at + 4 + len, address + at + 8, enc, &table[*count].pc))
            return false;
        table[(*count)++].fde = address + at;
    }
    return true;
}

void ld_fill_eh_frame_hdr(Ld *l)
{
    uint64_t at, frame, count = 0, i, room;
    uint8_t *p;
    FdeEntry *table;
    if (!l->hdr)
        return;
    p = ld_out_bytes(l, l->hdr);
    at = l->hdr->out->addr + l->hdr->off;
    frame = l->eh_carrier->out->addr + l->eh_carrier->off;
    room = l->hdr->size < HDR_FIXED ? 0 : (l->hdr->size - HDR_FIXED) / 8;
    p[0] = 1;
    p[1] = PE_PCREL | PE_SDATA4;
    p[2] = p[3] = PE_OMIT;
    put_u32(p + 4, (uint32_t)(frame - (at + 4)));
    if (l->hdr->size < HDR_FIXED)
        return;
    table = arena_array(l->a, FdeEntry, room + 1);
    if (!collect(ld_out_bytes(l, l->eh_carrier), l->eh_carrier->size, frame, table, room, &count))
        return;
    rt_sort(table, (size_t)count, sizeof *table, arena_alloc(l->a, (size_t)(count + 1) * sizeof *table), compare_pc, NULL);
    p[2] = PE_UDATA4;
    p[3] = 0x30 | PE_SDATA4;                /* relative to the start of this section */
    put_u32(p + 8, (uint32_t)count);
    for (i = 0; i < count; i++) {
        put_u32(p + HDR_FIXED + i * 8, (uint32_t)(table[i].pc - at));
        put_u32(p + HDR_FIXED + i * 8 + 4, (uint32_t)(table[i].fde - at));
    }
}
