/* layout.c: input sections to output sections, output sections to addresses and segments (gABI ch. 5 "Program Header").
 * Three loaded segments, so that nothing is both writable and executable: R (headers, notes, constants, unwind tables),
 * RX (code), RW (thread-local block, arrays, data, zeros). A segment starts on a fresh page of memory at the same offset in its page
 * as in the file, so the file needs no padding. Ranks give the order; equal ranks keep the order of first sight. */
#include "ld/ld_int.h"

enum { RANK_NOTE = 0, RANK_CONST = 10, RANK_CODE = 40, RANK_DATA = 60, RANK_ZERO = 80, RANK_WX = 90, RANK_OTHER = 100 };
#define ADDRESS_LIMIT ((uint64_t)1 << 47)
#define FILE_LIMIT ((uint64_t)1 << 30)

static const struct { const char *name; uint8_t rank; } ranks[] = {
    { ".rela.plt", 5 },
    { ".rodata", 10 }, { ".eh_frame_hdr", 20 }, { ".eh_frame", 21 }, { ".gcc_except_table", 22 },
    { ".init", 40 }, { ".plt", 41 }, { ".text", 42 }, { ".fini", 50 },
    { ".tdata", 60 }, { ".tbss", 61 }, { ".preinit_array", 62 }, { ".init_array", 63 }, { ".fini_array", 64 },
    { ".ctors", 65 }, { ".dtors", 66 }, { ".data.rel.ro", 67 }, { ".got", 68 }, { ".data", 69 },
    { ".bss", 80 },
};

/* Input names that end in .something and where they go; the longer prefix first. */
static const struct { const char *prefix, *out; } renames[] = {
    { ".text.", ".text" }, { ".rodata.", ".rodata" }, { ".data.rel.ro.", ".data.rel.ro" }, { ".data.", ".data" },
    { ".bss.", ".bss" }, { ".sdata.", ".sdata" }, { ".sbss.", ".sbss" }, { ".srodata.", ".sdata" },
    { ".tdata.", ".tdata" }, { ".tbss.", ".tbss" }, { ".init_array.", ".init_array" },
    { ".fini_array.", ".fini_array" }, { ".ctors.", ".init_array" }, { ".dtors.", ".fini_array" },
    { ".gcc_except_table.", ".gcc_except_table" }, { ".eh_frame.", ".eh_frame" },
    { ".gnu.linkonce.t.", ".text" }, { ".gnu.linkonce.r.", ".rodata" }, { ".gnu.linkonce.d.rel.ro.", ".data.rel.ro" },
    { ".gnu.linkonce.d.", ".data" }, { ".gnu.linkonce.b.", ".bss" }, { ".gnu.linkonce.td.", ".tdata" },
    { ".gnu.linkonce.tb.", ".tbss" }, { ".gnu.linkonce.wi.", ".debug_info" },
};

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* crtbegin and crtend bracket .ctors themselves; everybody else's go into the arrays. */
static bool is_bracket(const LdSec *s)
{
    const char *name, *slash;
    if (!s->file)
        return false;
    name = s->file->member ? s->file->member : s->file->path;
    slash = strrchr(name, '/');
    name = slash ? slash + 1 : name;
    return starts(name, "crtbegin") || starts(name, "crtend");
}

const char *ld_out_name(const Ld *l, const LdSec *s)
{
    const char *name = s->o->name;
    uint32_t i;
    (void)l;
    if (name[0] != '.')
        return strcmp(name, "COMMON") == 0 ? s->o->flags & SHF_TLS ? ".tbss" : ".bss" : name;
    if (strcmp(name, ".srodata") == 0)      /* where the global pointer reaches, as GNU ld has it */
        return ".sdata";
    if (strcmp(name, ".ctors") == 0)
        return is_bracket(s) ? name : ".init_array";
    if (strcmp(name, ".dtors") == 0)
        return is_bracket(s) ? name : ".fini_array";
    for (i = 0; i < countof(renames); i++)
        if (name[1] == renames[i].prefix[1] && starts(name, renames[i].prefix))
            return renames[i].out;
    return name;
}

OutSec *ld_out_find(const Ld *l, const char *name)
{
    return map_get(&l->out_map, name, strlen(name));
}

OutSec *ld_out_section(Ld *l, const char *name, uint32_t type, uint64_t flags)
{
    const uint64_t keep = SHF_WRITE | SHF_ALLOC | SHF_EXECINSTR | SHF_TLS, merge = SHF_MERGE | SHF_STRINGS;
    void **at = map_at(&l->out_map, name, strlen(name));
    OutSec *o = *at;
    if (!o) {
        o = arena_new(l->a, OutSec);
        o->name = name;
        o->type = type == SHT_X86_64_UNWIND ? SHT_PROGBITS : type;
        o->flags = flags & (keep | merge);
        o->align = 1;
        o->order = l->outs.n;
        *at = o;
        vec_push(l->a, &l->outs, o);
        return o;
    }
    if ((o->flags ^ flags) & merge)
        o->mixed = true;
    o->flags |= flags & keep;
    if (o->type == SHT_NOBITS && type != SHT_NOBITS)
        o->type = type;
    return o;
}

static void append(Ld *l, OutSec *o, LdSec *s)
{
    if (o->in.n == 0)
        o->entsize = s->o->entsize;
    else if (o->entsize != s->o->entsize)
        o->mixed = true;
    s->out = o;
    vec_push(l->a, &o->in, s);
}

LdSec *ld_make_section(Ld *l, const char *name, uint32_t type, uint64_t flags, uint64_t align)
{
    LdSec *s = arena_new(l->a, LdSec);
    s->o = arena_new(l->a, ObjSec);
    s->o->name = name;
    s->o->type = type;
    s->o->flags = flags;
    s->align = align;
    s->live = true;
    append(l, ld_out_section(l, name, type, flags), s);
    return s;
}

/* .init_array.N runs in ascending N, before those without; .ctors.N counts the other way (gABI ch. 5 "Initialization and
 * Termination Functions" leaves it to names, GNU's script has this order). */
static uint32_t array_priority(const char *name)
{
    const char *dot = name[0] == '.' ? strchr(name + 1, '.') : NULL;
    uint32_t v = 0;
    if (!dot || !dot[1])
        return 65536;
    for (dot++; *dot >= '0' && *dot <= '9' && v < 65536; dot++)
        v = v * 10 + (uint32_t)(*dot - '0');
    if (*dot || v > 65535)
        return 65536;
    return starts(name, ".ctors") || starts(name, ".dtors") ? 65535 - v : v;
}

static void assign(Ld *l, LdSec *s)
{
    OutSec *o;
    const char *name;
    if (s->discarded || !s->live)
        return;
    name = ld_out_name(l, s);
    o = ld_out_section(l, name, s->o->type, s->o->flags | (strcmp(name, ".sdata") == 0 ? SHF_WRITE : 0));
    s->priority = 65536;
    if (o->type == SHT_INIT_ARRAY || o->type == SHT_FINI_ARRAY || strcmp(o->name, ".init_array") == 0 ||
        strcmp(o->name, ".fini_array") == 0) {
        s->priority = array_priority(s->o->name);
        s->reversed = starts(s->o->name, ".ctors") || starts(s->o->name, ".dtors");
        if (o->type == SHT_PROGBITS)
            o->type = o->name[1] == 'i' ? SHT_INIT_ARRAY : SHT_FINI_ARRAY;
    }
    append(l, o, s);
}

void ld_assign(Ld *l)
{
    uint32_t i, k;
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++)
            assign(l, &l->files.p[i]->secs[k]);
    for (i = 0; i < l->commons.n; i++)
        assign(l, l->commons.p[i]);
}

/* ---- order ---- */

static uint32_t rank_of(const OutSec *o)
{
    uint32_t i;
    bool exec = (o->flags & SHF_EXECINSTR) != 0, write = (o->flags & SHF_WRITE) != 0;
    if (!(o->flags & SHF_ALLOC))
        return RANK_OTHER;
    if (exec && write)
        return RANK_WX;
    if (o->type == SHT_NOTE && !write && !exec)
        return RANK_NOTE;
    if (o->flags & SHF_TLS)
        return o->type == SHT_NOBITS ? 61 : 60;
    if (write && o->type == SHT_NOBITS)
        return strcmp(o->name, ".sbss") == 0 ? RANK_ZERO : RANK_ZERO + 1;
    if (write && strcmp(o->name, ".sdata") == 0)
        return RANK_ZERO - 1;               /* small data ends the bytes and begins the zeros: the global pointer stands between */
    for (i = 0; i < countof(ranks); i++)
        if (strcmp(ranks[i].name, o->name) == 0) {
            uint32_t lo = exec ? RANK_CODE : write ? RANK_DATA : 0, hi = exec ? RANK_DATA : write ? RANK_ZERO : RANK_CODE;
            if (ranks[i].rank >= lo && ranks[i].rank < hi)
                return ranks[i].rank;
        }
    return exec ? 49 : write ? 78 : 19;
}

static int compare_rank(const void *a, const void *b, void *ctx)
{
    const OutSec *x = *(OutSec *const *)a, *y = *(OutSec *const *)b;
    (void)ctx;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int compare_priority(const void *a, const void *b, void *ctx)
{
    const LdSec *x = *(LdSec *const *)a, *y = *(LdSec *const *)b;
    (void)ctx;
    return x->priority < y->priority ? -1 : x->priority > y->priority;
}

static bool place_inputs(Ld *l, OutSec *o)
{
    uint32_t i;
    bool sorted = true;
    o->size = 0;
    for (i = 1; i < o->in.n; i++)
        sorted &= o->in.p[i - 1]->priority <= o->in.p[i]->priority;
    if (!sorted)
        rt_sort(o->in.p, o->in.n, sizeof(LdSec *), arena_alloc(l->a, o->in.n * sizeof(LdSec *)), compare_priority, NULL);
    for (i = 0; i < o->in.n; i++) {
        LdSec *s = o->in.p[i];
        if (!s->size && s->pieces) {
            s->off = o->size;
            continue;
        }
        if (s->align > o->align)
            o->align = s->align;
        s->off = align_up(o->size, s->align);
        o->size = s->off + s->size;
        if (o->size >= ADDRESS_LIMIT) {
            diag_file(l->d, DIAG_ERROR, s->file ? s->file->name : o->name, "section %s does not fit into the address space",
                      s->o->name);
            return false;
        }
    }
    if (o->mixed) {
        o->flags &= ~(uint64_t)(SHF_MERGE | SHF_STRINGS);
        o->entsize = 0;
    }
    return true;
}

static unsigned permissions(const OutSec *o)
{
    return PF_R | (o->flags & SHF_WRITE ? PF_W : 0) | (o->flags & SHF_EXECINSTR ? PF_X : 0);
}

static bool order_sections(Ld *l)
{
    uint32_t i, n = 0;
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if (!place_inputs(l, o))
            return false;
        if (o->type == SHT_NOBITS && !(o->flags & SHF_WRITE))
            o->type = SHT_PROGBITS;         /* zeros that nobody writes: only RW ends in memory without file */
        o->rank = rank_of(o);
    }
    rt_sort(l->outs.p, l->outs.n, sizeof(OutSec *), arena_alloc(l->a, l->outs.n * sizeof(OutSec *)), compare_rank, NULL);
    for (i = 0; i < l->outs.n; i++)
        if (l->outs.p[i]->size || l->outs.p[i]->keep)
            l->outs.p[i]->index = ++n;
    l->nsecs = n + 1;
    return true;
}

/* ---- addresses ---- */

static LdSegment *add_segment(Ld *l, uint32_t type, uint32_t flags, uint64_t off, uint64_t addr, uint64_t align)
{
    LdSegment *s;
    vec_reserve(l->a, &l->segs, 1);
    s = &l->segs.p[l->segs.n++];
    memset(s, 0, sizeof *s);
    s->type = type;
    s->flags = flags;
    s->off = off;
    s->addr = addr;
    s->align = align;
    return s;
}

static bool note_run(const OutSec *a, const OutSec *b)
{
    return a && a->type == SHT_NOTE && b->type == SHT_NOTE && a->align == b->align;
}

static uint32_t count_segments(const Ld *l)
{
    uint32_t i, n = 2 + (l->attr != NULL);  /* the first PT_LOAD and PT_GNU_STACK */
    unsigned perm = PF_R;
    bool tls = false, zeros = false;
    const OutSec *prev = NULL;
    for (i = 0; i < l->outs.n; i++) {
        const OutSec *o = l->outs.p[i];
        if (!(o->flags & SHF_ALLOC) || !o->index)
            continue;
        if (permissions(o) != perm || (zeros && o->type != SHT_NOBITS)) {
            perm = permissions(o);
            n++;
            zeros = false;
        }
        zeros |= o->type == SHT_NOBITS && !(o->flags & SHF_TLS);
        if (o->flags & SHF_TLS && !tls) {
            tls = true;
            n++;
        }
        if (o->type == SHT_NOTE && !note_run(prev, o))
            n++;
        if (l->hdr && o == l->hdr->out)
            n++;
        prev = o;
    }
    return n;
}

typedef struct Cursor {
    uint64_t addr, off;
    uint64_t tls_at;           /* end of the last thread-local section */
    LdSegment *load;
    bool zeros;                /* the segment has come to its part without file */
} Cursor;

static void place_section(Ld *l, Cursor *c, OutSec *o)
{
    uint64_t align = o->align, delta;
    if (!o->index) {
        o->addr = c->addr;
        o->off = c->off;
        return;
    }
    if (o->flags & SHF_TLS && align < l->tls_align)
        align = c->tls_at ? align : l->tls_align;   /* the block starts where all of it is aligned */
    if (o->flags & SHF_TLS && o->type == SHT_NOBITS) {
        o->addr = align_up(c->tls_at ? c->tls_at : c->addr, align);
        o->off = c->off;
        c->tls_at = o->addr + o->size;
        return;
    }
    delta = align_up(c->addr, align) - c->addr;
    c->addr += delta;
    o->addr = c->addr;
    c->addr += o->size;
    if (o->type == SHT_NOBITS) {
        c->zeros = true;
        o->off = c->off;
    } else {
        c->off += delta;
        o->off = c->off;
        c->off += o->size;
        c->load->filesz = c->off - c->load->off;
    }
    c->load->memsz = c->addr - c->load->addr;
    if (o->flags & SHF_TLS)
        c->tls_at = c->addr;
}

static void place_tls(Ld *l)
{
    OutSec *first = NULL;
    uint64_t file_end = 0, end = 0;
    LdSegment *s;
    uint32_t i;
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if (!(o->flags & SHF_TLS) || !o->index)
            continue;
        if (!first) {
            first = o;
            file_end = o->addr;
        }
        end = o->addr + o->size;
        if (o->type != SHT_NOBITS)
            file_end = end;
    }
    if (!first)
        return;
    s = add_segment(l, PT_TLS, PF_R, first->off, first->addr, l->tls_align);
    s->filesz = file_end - first->addr;
    s->memsz = end - first->addr;
    l->tls = first->addr;
    l->tp = l->tl->tp_at_start ? l->tls - align_up(l->tl->tcb_size, l->tls_align) : align_up(end, l->tls_align);
}

static void place_notes(Ld *l)
{
    const OutSec *prev = NULL;
    LdSegment *s = NULL;
    uint32_t i;
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if (!(o->flags & SHF_ALLOC) || !o->index)
            continue;
        if (o->type == SHT_NOTE) {
            if (!note_run(prev, o))
                s = add_segment(l, PT_NOTE, PF_R, o->off, o->addr, o->align);
            s->memsz = s->filesz = o->addr + o->size - s->addr;
        }
        prev = o;
    }
}

static void warn_writable_code(Ld *l, const OutSec *o)
{
    diag_file(l->d, DIAG_WARNING, "ld", "section %s is both writable and executable", o->name);
}

static bool place_all(Ld *l)
{
    Cursor c;
    uint32_t i, nload = 1;
    LdSegment *seg;
    memset(&c, 0, sizeof c);
    l->segs.n = 0;
    vec_reserve(l->a, &l->segs, count_segments(l));
    l->headers = EHDR_SIZE + (uint64_t)count_segments(l) * PHDR_SIZE;
    c.load = add_segment(l, PT_LOAD, PF_R, 0, l->base, l->page);
    c.addr = l->base + l->headers;
    c.off = l->headers;
    c.load->filesz = c.load->memsz = l->headers;
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if (!(o->flags & SHF_ALLOC))
            break;
        if (o->index && (permissions(o) != c.load->flags || (c.zeros && o->type != SHT_NOBITS))) {
            c.addr = align_up(c.addr, l->page) + (c.off & (l->page - 1));
            c.load = add_segment(l, PT_LOAD, permissions(o), c.off, c.addr, l->page);
            c.zeros = false;
            nload++;
            if (permissions(o) == (PF_R | PF_W | PF_X))
                warn_writable_code(l, o);
        }
        place_section(l, &c, o);
        if (c.addr >= ADDRESS_LIMIT || c.off >= FILE_LIMIT) {
            diag_file(l->d, DIAG_ERROR, "ld", "the image is too large (at section %s)", o->name);
            return false;
        }
    }
    l->image_end = c.addr;
    place_notes(l);
    place_tls(l);
    if (l->hdr && l->hdr->out->index) {
        seg = add_segment(l, PT_GNU_EH_FRAME, PF_R, l->hdr->out->off, l->hdr->out->addr, 4);
        seg->filesz = seg->memsz = l->hdr->out->size;
    }
    add_segment(l, PT_GNU_STACK, PF_R | PF_W | (l->exec_stack ? PF_X : 0), 0, 0, 16);
    for (; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if (o->type == SHT_NOBITS)
            o->type = SHT_PROGBITS;
        c.off = align_up(c.off, o->align);
        o->off = c.off;
        c.off += o->size;
        if (c.off >= FILE_LIMIT) {
            diag_file(l->d, DIAG_ERROR, "ld", "the output is too large (at section %s)", o->name);
            return false;
        }
    }
    if (l->attr) {
        seg = add_segment(l, l->tl->attributes_segment, PF_R, l->attr->out->off, 0, 1);
        seg->filesz = l->attr->out->size;
    }
    l->symtab_off = align_up(c.off, 8);
    return true;
}

bool ld_layout(Ld *l)
{
    uint32_t i;
    if (!order_sections(l))
        return false;
    l->tls_align = 1;
    for (i = 0; i < l->outs.n; i++)
        if (l->outs.p[i]->flags & SHF_TLS && l->outs.p[i]->index && l->outs.p[i]->align > l->tls_align)
            l->tls_align = l->outs.p[i]->align;
    return place_all(l);
}
