/* print.c: an object as text. In: an Obj, as the lanes or the C data emitter filled it. Out: GNU-syntax text that as_assemble
 * turns back into the same bytes, and into relocations of the same meaning.
 *
 * One idea: nothing is trusted. Every instruction that was disassembled is assembled again by itself, with each of the
 * target's preferences ({disp32} ..., .option norvc) until the bytes are the same; where none gives them, the bytes are written as bytes,
 * with the text beside them as a remark. Places that have no name but are referred to get labels (.L<section>_<offset>), in
 * code only where an instruction begins. Three walks over the sections: where instructions begin; which labels are needed
 * (twice, for tables of distances are told from the labels they begin at); the text. */
#include "as/as_core.h"

typedef struct Place {         /* offsets of a section that need a label, ascending once collected */
    VEC(uint64_t) at;
    bool sorted;
} Place;

typedef struct Printer {
    const Obj *o;
    Arena *arena;
    Buf *out;
    const struct TargetDis *td;
    const struct TargetAsm *ta;
    void *dis;
    Place *places;             /* by section */
    ObjSymId *order;           /* defined symbols by section and value */
    uint32_t norder, *first;   /* first[sec]: where a section's begin in order */
    const char **names;        /* by symbol, unique */
    AsAgain again;
    enum { MARK, COLLECT, PRINT } walk;
    uint8_t **starts;          /* by section: of code, 1 where an instruction begins */
    VEC(uint32_t) imms;        /* immediates told by a symbol (see code) */
    bool longs;                /* the text is behind TargetDis.lengthen */
    bool symbolic_imm;
    bool quote;                /* names in operands stand in quotation marks, for they may be called like registers */
    /* The instruction at hand */
    ObjSecId sec;
    uint64_t off;
    const ObjReloc *rel, *rel_end; /* the relocations from off on */
    uint32_t used;             /* of them told by the text */
    bool cannot, label_target;
    int64_t distance;          /* to the label, from the instruction */
} Printer;

/* ---- labels ---- */

static int compare_u64(const void *a, const void *b, void *ctx)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    (void)ctx;
    return x < y ? -1 : x > y;
}

static void add_place(Printer *pr, ObjSecId sec, uint64_t at)
{
    Place *p = &pr->places[sec];
    if (p->at.n && vec_last(&p->at) == at)
        return;
    vec_push(pr->arena, &p->at, at);
    p->sorted = false;
}

/* Number of the first label at or behind `at`. */
static uint32_t place_from(Printer *pr, ObjSecId sec, uint64_t at)
{
    Place *p = &pr->places[sec];
    uint32_t lo = 0, hi, i;
    if (!p->sorted) {
        if (p->at.n)
            rt_sort(p->at.p, p->at.n, sizeof(uint64_t), arena_alloc(pr->arena, p->at.n * sizeof(uint64_t)), compare_u64, NULL);
        for (i = 0; i < p->at.n; i++)
            if (!i || p->at.p[i] != p->at.p[lo - 1])
                p->at.p[lo++] = p->at.p[i];
        p->at.n = lo;
        p->sorted = true;
        lo = 0;
    }
    hi = p->at.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->at.p[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint64_t size_of(const ObjSec *s)
{
    return s->type == SHT_NOBITS ? s->nobits : s->data.n;
}

/* Number in `order` of the section's first symbol at or behind `at`. */
static uint32_t symbol_from(const Printer *pr, ObjSecId sec, uint64_t at)
{
    uint32_t lo = pr->first[sec], hi = pr->first[sec + 1];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (pr->o->syms.p[pr->order[mid]].value < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The next offset behind `at` where a symbol or a label stands. */
static uint64_t boundary(Printer *pr, ObjSecId sec, uint64_t at)
{
    uint64_t next = size_of(pr->o->secs.p[sec]);
    uint32_t lo = symbol_from(pr, sec, at + 1), i;
    if (lo < pr->first[sec + 1] && pr->o->syms.p[pr->order[lo]].value < next)
        next = pr->o->syms.p[pr->order[lo]].value;
    if (pr->walk == PRINT) {
        i = place_from(pr, sec, at + 1);
        if (i < pr->places[sec].at.n && pr->places[sec].at.p[i] < next)
            next = pr->places[sec].at.p[i];
    }
    return next;
}

static void put_label(Buf *b, ObjSecId sec, uint64_t at)
{
    buf_fmt(b, ".L%u_%llx", (unsigned)sec, (unsigned long long)at);
}

static void put_name_as(Buf *b, const char *s, bool quote)
{
    const char *p;
    for (p = s; as_is_name(*p, p == s); p++)
        ;
    if (!*p && p > s && !quote) {
        buf_str(b, s);
        return;
    }
    buf_u8(b, '"');
    for (p = s; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_u8(b, '\\');
        buf_u8(b, (uint8_t)*p);
    }
    buf_u8(b, '"');
}

static void put_name(Buf *b, const char *s)
{
    put_name_as(b, s, false);
}

static void put_offset(Buf *b, int64_t v)
{
    if (v)
        buf_fmt(b, v < 0 ? "-%llu" : "+%llu", (unsigned long long)(v < 0 ? 0 - (uint64_t)v : (uint64_t)v));
}

static bool nameless(const Printer *pr, const ObjSym *s)
{
    const char *label = pr->o->target->as->label_name;
    return s->type == STT_SECTION ||
           (s->bind == STB_LOCAL && (!s->name_n || (label && strlen(label) == s->name_n && memcmp(label, s->name, s->name_n) == 0)));
}

/* Tells a place by its label; false when it cannot have one. */
static bool put_place(Printer *pr, ObjSecId sec, uint64_t at, Buf *b)
{
    const ObjSec *s = pr->o->secs.p[sec];
    if (at > size_of(s) || (pr->starts[sec] && at < size_of(s) && !pr->starts[sec][at]))
        return false;
    if (pr->walk == COLLECT) {
        add_place(pr, sec, at);
    } else if (pr->walk == PRINT) {
        uint32_t i = place_from(pr, sec, at);
        if (i == pr->places[sec].at.n || pr->places[sec].at.p[i] != at)
            return false;
    }
    put_label(b, sec, at);
    return true;
}

/* A relocation's symbol + addend in its words; r NULL: in none. */
static void put_target(Printer *pr, ObjSymId id, const DisReloc *r, int64_t addend, Buf *b)
{
    const ObjSym *s = &pr->o->syms.p[id];
    buf_str(b, r ? r->before : "");
    if (!id) {
        buf_fmt(b, "%lld%s", (long long)addend, r ? r->after : "");
        return;
    }
    if (nameless(pr, s) && s->sec && s->sec < pr->o->secs.n) {
        if (put_place(pr, s->sec, s->value + (uint64_t)addend, b))
            addend = 0;
        else if (!put_place(pr, s->sec, s->value, b))
            pr->cannot = true;
    } else {
        put_name_as(b, pr->names[id], pr->quote);
    }
    if (r && !*r->before)
        buf_str(b, r->after);
    put_offset(b, addend);
    if (r && *r->before)
        buf_str(b, r->after);
}

static bool name_field(void *ctx, const DisField *f, Buf *out)
{
    Printer *pr = ctx;
    const ObjReloc *r;
    for (r = pr->rel; r < pr->rel_end && r->offset < pr->off + f->at; r++)
        ;
    if (r < pr->rel_end && r->offset == pr->off + f->at) {
        DisReloc t;
        if (!pr->td->reloc_text(r->type, &t) || t.size != f->n || t.pcrel != f->pcrel) {
            pr->cannot = true;
            return false;
        }
        pr->used++;
        put_target(pr, r->sym, &t, r->addend + (t.pcrel ? f->pc_off : 0), out);
        return true;
    }
    if (!f->pcrel) {
        if (!pr->symbolic_imm || f->memory || (f->n != 4 && f->n != 1))
            return false;
        vec_push(pr->arena, &pr->imms, (uint32_t)f->value);
        buf_fmt(out, ".Limm_%x", (unsigned)(uint32_t)f->value);
        return true;
    }
    pr->label_target = true;
    pr->distance = (int64_t)(f->value - pr->off);
    if (!put_place(pr, pr->sec, f->value, out)) {
        pr->cannot = true;
        return false;
    }
    return true;
}

/* ---- instructions ---- */

/* Enters or leaves the mode in which instructions stay long; the text goes to b. */
static void set_longs(Printer *pr, bool on, Buf *b)
{
    const char *const *s = on ? pr->td->lengthen : pr->td->relent;
    Buf text;
    buf_init(&text, pr->arena);
    for (; *s; s++)
        buf_fmt(&text, "\t%s\n", *s);
    as_again_run(&pr->again, buf_cstr(&text), text.n);
    buf_put(b, text.p, text.n);
    pr->longs = on;
}

static void put_bytes(Buf *b, const uint8_t *p, uint64_t n)
{
    uint64_t k;
    buf_str(b, "\t.byte\t");
    for (k = 0; k < n; k++)
        buf_fmt(b, k ? ",%u" : "%u", p[k]);
}

static void put_reloc_type(Printer *pr, uint32_t type)
{
    uint32_t k;
    for (k = 0; k < pr->ta->nrelocs; k++)
        if (pr->ta->relocs[k].number == type) {
            buf_fmt(pr->out, "%s, ", pr->ta->relocs[k].name);
            return;
        }
    buf_fmt(pr->out, "%u, ", (unsigned)type);
}

/* Bytes as they stand, with whatever relocations lie in them. */
static void put_raw(Printer *pr, const uint8_t *p, uint64_t n, const char *remark)
{
    const ObjReloc *r;
    for (r = pr->rel; r < pr->rel_end && r->offset < pr->off + n; r++) {
        buf_fmt(pr->out, "\t.reloc\t.+%u, ", (unsigned)(r->offset - pr->off));
        put_reloc_type(pr, r->type);
        put_target(pr, r->sym, NULL, r->addend, pr->out);
        buf_u8(pr->out, '\n');
    }
    put_bytes(pr->out, p, n);
    if (remark)
        buf_fmt(pr->out, "\t%s %s", pr->ta->hash ? "//" : "#", remark);
    buf_u8(pr->out, '\n');
}

static bool is_prefix(const char *s, size_t n)
{
    static const char *const words[] = { "lock", "rep", "repz", "repnz", "data16", "notrack", "bnd", "rex.W", "cs", "ds", "es", "ss" };
    size_t i;
    for (i = 0; i < countof(words); i++)
        if (strlen(words[i]) == n && memcmp(words[i], s, n) == 0)
            return true;
    return false;
}

/* "mov    %rax,%rbx" with one tab, an instruction in one line. */
static void put_insn_text(Buf *b, const char *prefer, const char *s, size_t n)
{
    size_t k = 0, word;
    buf_fmt(b, "\t%s", prefer);
    while (k < n && s[k] != ' ' && s[k] != '\t')
        k++;
    word = k;
    buf_put(b, s, k);
    if (k < n) {
        while (k < n && (s[k] == ' ' || s[k] == '\t'))
            k++;
        buf_u8(b, is_prefix(s, word) ? ' ' : '\t');
        buf_put(b, s + k, n - k);
    }
    buf_u8(b, '\n');
}

/* Prints the text so that it gives the bytes, in the other mode if need be. False when that cannot be. */
static bool told(Printer *pr, const uint8_t *p, unsigned len, const Buf *text)
{
    const char *word = as_again_word(&pr->again, p, len, text, pr->label_target ? &pr->distance : NULL);
    if (!word && pr->td->lengthen) {
        bool was = pr->longs;
        size_t keep = pr->out->n;
        set_longs(pr, !was, pr->out);
        word = as_again_word(&pr->again, p, len, text, pr->label_target ? &pr->distance : NULL);
        if (!word) {
            set_longs(pr, was, pr->out);
            pr->out->n = keep;
        }
    }
    if (word)
        put_insn_text(pr->out, word, (const char *)text->p, text->n);
    return word != NULL;
}

/* The no-operations an alignment in code would put up to `stop`: told as that alignment. */
static bool padding(Printer *pr, const ObjSec *s, uint64_t stop)
{
    uint8_t fill[16];
    uint64_t n = stop - pr->off, align = 16;
    if (n >= 16 || n < 2 || (pr->rel < pr->rel_end && pr->rel->offset < stop) || stop == s->data.n)
        return false;
    while (align > n && stop % align)
        align /= 2;
    if (align <= n || s->align < align)
        return false;
    pr->ta->nops(fill, (size_t)n);
    if (memcmp(fill, s->data.p + pr->off, (size_t)n) != 0)
        return false;
    buf_fmt(pr->out, "\t.balign\t%u\n", (unsigned)align);
    pr->off = stop;
    return true;
}

static void code(Printer *pr, const ObjSec *s, uint64_t stop)
{
    const uint8_t *p = s->data.p + pr->off;
    DisNames names;
    Buf text, again;
    unsigned len;
    uint32_t inside = 0, imms = pr->imms.n;
    const ObjReloc *r;
    names.ctx = pr;
    names.name = name_field;
    names.symbol = NULL;
    names.whole = pr->rel < pr->rel_end && pr->rel->offset == pr->off;
    buf_init(&text, pr->arena);
    pr->used = 0;
    pr->cannot = pr->label_target = false;
    len = pr->td->one(pr->dis, p, (size_t)(stop - pr->off), pr->off, &names, &text);
    if (pr->walk == MARK)
        pr->starts[pr->sec][pr->off] = 1;
    if (!len) {
        len = pr->td->min_len;
        if (len > stop - pr->off)
            len = (unsigned)(stop - pr->off);
        if (pr->walk == PRINT)
            put_raw(pr, p, len, "no instruction");
        pr->off += len;
        return;
    }
    for (inside = 0, r = pr->rel; r < pr->rel_end && r->offset < pr->off + len; r++)
        inside++;
    if (pr->walk != PRINT) {
        pr->off += len;
        return;
    }
    if (!pr->cannot && inside == pr->used && told(pr, p, len, &text)) {
        pr->off += len;
        return;
    }
    buf_init(&again, pr->arena);
    if (!pr->cannot) { /* a name like a register's; or an immediate longer than need be: a symbol known only later keeps it so */
        bool *other = inside ? &pr->quote : &pr->symbolic_imm;
        pr->used = 0;
        *other = true;
        pr->td->one(pr->dis, p, len, pr->off, &names, &again);
        *other = false;
        if (inside == pr->used && told(pr, p, len, &again)) {
            pr->off += len;
            return;
        }
        pr->imms.n = imms;
    }
    put_raw(pr, p, len, buf_cstr(&text));
    pr->off += len;
}

/* ---- data ---- */

static bool printable(unsigned c)
{
    return (c >= 32 && c < 127) || c == '\n' || c == '\t';
}

static void put_quoted(Buf *b, const uint8_t *p, uint64_t n)
{
    uint64_t k;
    buf_u8(b, '"');
    for (k = 0; k < n; k++) {
        unsigned c = p[k];
        if (c == '"' || c == '\\')
            buf_fmt(b, "\\%c", c);
        else if (c == '\n')
            buf_str(b, "\\n");
        else if (c == '\t')
            buf_str(b, "\\t");
        else if (c < 32 || c >= 127)
            buf_fmt(b, "\\%03o", c);
        else
            buf_u8(b, c);
    }
    buf_str(b, "\"\n");
}

static void put_string(Buf *b, const uint8_t *p, uint64_t n)
{
    bool zero = n && !p[n - 1];
    buf_str(b, zero ? "\t.string\t" : "\t.ascii\t");
    put_quoted(b, p, n - zero);
}

/* A distance from the label before it to a nameless place, as in tables of jump targets: "label - table". */
static bool table_entry(Printer *pr, const ObjReloc *r)
{
    const ObjSym *s = &pr->o->syms.p[r->sym];
    uint32_t i = place_from(pr, pr->sec, pr->off + 1);
    uint64_t base;
    if (!r->sym || !nameless(pr, s) || !s->sec || s->sec >= pr->o->secs.n || s->sec == pr->sec || !i)
        return false;
    base = pr->places[pr->sec].at.p[i - 1];
    if (!put_place(pr, s->sec, s->value + (uint64_t)r->addend - (pr->off - base), pr->out))
        return false;
    buf_u8(pr->out, '-');
    put_label(pr->out, pr->sec, base);
    return true;
}

/* Bytes of a difference that two relocations at r make; 0 when they do not. */
static unsigned pair_size(const Printer *pr, const ObjReloc *r)
{
    const struct TargetAsm *ta = pr->ta;
    uint32_t add, sub;
    unsigned n;
    for (n = 8; n && ta->difference && pr->rel_end - r >= 2 && r[1].offset == r->offset; n /= 2)
        if (ta->difference(n, &add, &sub) && r->type == add && r[1].type == sub && r->sym && r[1].sym)
            return n;
    return 0;
}

static const char *data_word(unsigned size)
{
    return size == 8 ? "\t.quad\t" : size == 4 ? "\t.long\t" : size == 2 ? "\t.short\t" : "\t.byte\t";
}

static void data(Printer *pr, const ObjSec *s, uint64_t stop)
{
    const uint8_t *p = s->data.p + pr->off;
    const ObjReloc *r = pr->rel < pr->rel_end ? pr->rel : NULL;
    uint64_t n, k;
    if (r && r->offset < stop)
        stop = r->offset;
    if (r && r->offset == pr->off) {
        DisReloc t;
        bool zero = true, known = pr->td->reloc_text(r->type, &t);
        unsigned pair = pair_size(pr, r), size = pair ? pair : known ? t.size : 0;
        n = boundary(pr, pr->sec, pr->off) - pr->off;
        for (k = 0; k < size && k < n; k++)
            zero &= !p[k];
        if (pair && pair <= n && zero) {
            buf_str(pr->out, data_word(pair));
            put_target(pr, r->sym, NULL, r->addend, pr->out);
            buf_u8(pr->out, '-');
            put_target(pr, r[1].sym, NULL, 0, pr->out);
            put_offset(pr->out, (int64_t)(0 - (uint64_t)r[1].addend));
            buf_u8(pr->out, '\n');
            pr->off += pair;
            return;
        }
        if (!known || t.insn || size > n || !zero || *t.before || (t.pcrel && *t.after)) {
            n = size && size <= n ? size : 1;
            if (pr->walk == PRINT)
                put_raw(pr, p, n, NULL);
            pr->off += n;
            return;
        }
        buf_str(pr->out, data_word(size));
        if (!t.pcrel || !table_entry(pr, r)) {
            put_target(pr, r->sym, &t, r->addend, pr->out);
            buf_str(pr->out, t.pcrel ? "-." : "");
        }
        buf_u8(pr->out, '\n');
        pr->off += size;
        return;
    }
    if (pr->walk != PRINT) {
        pr->off = stop;
        return;
    }
    for (n = 0; pr->off + n < stop && !p[n]; n++)
        ;
    if (n >= 8 || (n && pr->off + n == stop)) {
        buf_fmt(pr->out, "\t.zero\t%llu\n", (unsigned long long)n);
        pr->off += n;
        return;
    }
    for (n = 0; pr->off + n < stop && printable(p[n]) && n < 256; n++)
        ;
    if (n >= 3 && pr->off + n < stop && !p[n])
        n++;
    if (n >= 4 || (s->flags & SHF_STRINGS && s->entsize == 1 && n)) {
        put_string(pr->out, p, n);
        pr->off += n;
        return;
    }
    n = stop - pr->off;
    if (n >= 8 && !(pr->off & 7)) {
        buf_fmt(pr->out, "\t.quad\t0x%llx\n", (unsigned long long)get_u64(p));
        pr->off += 8;
        return;
    }
    if (n >= 4 && !(pr->off & 3)) {
        buf_fmt(pr->out, "\t.long\t0x%x\n", (unsigned)get_u32(p));
        pr->off += 4;
        return;
    }
    if (n > 4 - (pr->off & 3))
        n = 4 - (pr->off & 3);
    put_bytes(pr->out, p, n);
    buf_u8(pr->out, '\n');
    pr->off += n;
}

/* ---- symbols and sections ---- */

static const char *type_name(unsigned type)
{
    return type == STT_FUNC ? "@function" : type == STT_OBJECT ? "@object" : type == STT_TLS ? "@tls_object" :
           type == STT_GNU_IFUNC ? "@gnu_indirect_function" : NULL;
}

static void attributes(Printer *pr, ObjSymId id)
{
    const ObjSym *s = &pr->o->syms.p[id];
    static const char *const vis[] = { NULL, ".internal", ".hidden", ".protected" };
    const char *name = pr->names[id];
    if (s->bind != STB_LOCAL) {
        buf_str(pr->out, s->bind == STB_WEAK ? "\t.weak\t" : "\t.globl\t");
        put_name(pr->out, name);
        buf_u8(pr->out, '\n');
    }
    if (vis[s->vis & 3]) {
        buf_fmt(pr->out, "\t%s\t", vis[s->vis & 3]);
        put_name(pr->out, name);
        buf_u8(pr->out, '\n');
    }
    if (type_name(s->type) && s->sec) {
        buf_str(pr->out, "\t.type\t");
        put_name(pr->out, name);
        buf_fmt(pr->out, ", %s\n", type_name(s->type));
    }
    if (s->size && s->sec != OBJ_SEC_COMMON) {
        buf_str(pr->out, "\t.size\t");
        put_name(pr->out, name);
        buf_fmt(pr->out, ", %llu\n", (unsigned long long)s->size);
    }
}

static void labels_at(Printer *pr, ObjSecId sec, uint64_t at)
{
    uint32_t i, k;
    for (i = symbol_from(pr, sec, at); i < pr->first[sec + 1]; i++) {
        ObjSymId id = pr->order[i];
        if (pr->o->syms.p[id].value != at)
            break;
        attributes(pr, id);
        put_name(pr->out, pr->names[id]);
        buf_str(pr->out, ":\n");
    }
    k = place_from(pr, sec, at);
    if (k < pr->places[sec].at.n && pr->places[sec].at.p[k] == at) {
        put_label(pr->out, sec, at);
        buf_str(pr->out, ":\n");
    }
}

static void section_header(Printer *pr, ObjSecId id)
{
    static const struct { uint64_t flag; char c; } letters[] = {
        { SHF_ALLOC, 'a' }, { SHF_WRITE, 'w' }, { SHF_EXECINSTR, 'x' }, { SHF_MERGE, 'M' }, { SHF_STRINGS, 'S' },
        { SHF_TLS, 'T' }, { SHF_LINK_ORDER, 'o' }, { 0x200000, 'R' }, { 0x80000000u, 'e' },
    };
    const ObjSec *s = pr->o->secs.p[id];
    size_t i;
    Buf *b = pr->out;
    buf_str(b, "\t.section\t");
    put_name(b, s->name);
    buf_str(b, ", \"");
    for (i = 0; i < countof(letters); i++)
        if (s->flags & letters[i].flag)
            buf_u8(b, (uint8_t)letters[i].c);
    if (s->group)
        buf_u8(b, 'G');
    buf_str(b, "\", ");
    switch (s->type) {
    case SHT_PROGBITS: buf_str(b, "@progbits"); break;
    case SHT_NOBITS: buf_str(b, "@nobits"); break;
    case SHT_NOTE: buf_str(b, "@note"); break;
    case SHT_INIT_ARRAY: buf_str(b, "@init_array"); break;
    case SHT_FINI_ARRAY: buf_str(b, "@fini_array"); break;
    case SHT_PREINIT_ARRAY: buf_str(b, "@preinit_array"); break;
    default: buf_fmt(b, "@0x%x", (unsigned)s->type); break;
    }
    if (s->flags & SHF_MERGE)
        buf_fmt(b, ", %llu", (unsigned long long)s->entsize);
    if ((s->flags & SHF_LINK_ORDER) && s->link) {
        buf_str(b, ", ");
        put_name(b, pr->o->secs.p[s->link]->name);
    }
    if (s->group) {
        buf_str(b, ", ");
        put_name(b, s->group);
        buf_str(b, ", comdat");
    }
    buf_u8(b, '\n');
    if (s->align > 1)
        buf_fmt(b, "\t.balign\t%llu\n", (unsigned long long)s->align);
}

static int compare_reloc(const void *a, const void *b, void *ctx)
{
    const ObjReloc *x = a, *y = b;
    (void)ctx;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void section(Printer *pr, ObjSecId id)
{
    const ObjSec *s = pr->o->secs.p[id];
    uint64_t size = size_of(s);
    bool is_code = (s->flags & SHF_EXECINSTR) != 0;
    ObjReloc *r = arena_array(pr->arena, ObjReloc, s->relocs.n + 1);
    if (s->relocs.n)
        memcpy(r, s->relocs.p, s->relocs.n * sizeof *r);
    rt_sort(r, s->relocs.n, sizeof *r, arena_array(pr->arena, ObjReloc, s->relocs.n + 1), compare_reloc, NULL);
    pr->sec = id;
    pr->off = 0;
    pr->rel = r;
    pr->rel_end = r + s->relocs.n;
    if (pr->walk == PRINT)
        section_header(pr, id);
    while (pr->off < size) {
        uint64_t stop = boundary(pr, id, pr->off);
        if (pr->walk == PRINT)
            labels_at(pr, id, pr->off);
        while (pr->off < stop) {
            while (pr->rel < pr->rel_end && pr->rel->offset < pr->off)
                pr->rel++;
            if (s->type == SHT_NOBITS) {
                if (pr->walk == PRINT)
                    buf_fmt(pr->out, "\t.zero\t%llu\n", (unsigned long long)(stop - pr->off));
                pr->off = stop;
            } else if (is_code && pr->walk == PRINT && padding(pr, s, stop)) {
                continue;
            } else if (is_code) {
                code(pr, s, stop);
            } else {
                data(pr, s, stop);
            }
        }
    }
    if (pr->walk == PRINT)
        labels_at(pr, id, size);
}

static void name_symbols(Printer *pr)
{
    const Obj *o = pr->o;
    Map seen;
    uint32_t i;
    map_init(&seen, pr->arena);
    pr->names = arena_array(pr->arena, const char *, o->syms.n);
    for (i = 1; i < o->syms.n; i++)
        if (o->syms.p[i].bind != STB_LOCAL)
            *map_at(&seen, o->syms.p[i].name, o->syms.p[i].name_n) = pr;
    for (i = 1; i < o->syms.n; i++) {
        const ObjSym *s = &o->syms.p[i];
        const char *name = arena_strndup(pr->arena, s->name, s->name_n);
        if (s->bind == STB_LOCAL && s->name_n && s->type != STT_SECTION) {
            while (map_get(&seen, name, strlen(name)))
                name = arena_fmt(pr->arena, "%s.%u", name, (unsigned)i);
            *map_at(&seen, name, strlen(name)) = pr;
        }
        pr->names[i] = name;
    }
}

typedef struct Key { uint64_t value; ObjSecId sec; ObjSymId id; } Key;

static int compare_key(const void *a, const void *b, void *ctx)
{
    const Key *x = a, *y = b;
    (void)ctx;
    if (x->sec != y->sec)
        return x->sec < y->sec ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static void order_symbols(Printer *pr)
{
    const Obj *o = pr->o;
    Key *k = arena_array(pr->arena, Key, o->syms.n + 1);
    uint32_t i, n = 0, sec = 0;
    for (i = 1; i < o->syms.n; i++) {
        const ObjSym *s = &o->syms.p[i];
        if (!s->sec || s->sec >= o->secs.n || nameless(pr, s) || s->type == STT_FILE)
            continue;
        k[n].value = s->value;
        k[n].sec = s->sec;
        k[n++].id = i;
    }
    rt_sort(k, n, sizeof *k, arena_array(pr->arena, Key, n + 1), compare_key, NULL);
    pr->order = arena_array(pr->arena, ObjSymId, n + 1);
    pr->first = arena_array(pr->arena, uint32_t, o->secs.n + 2);
    for (i = 0; i < n; i++) {
        pr->order[i] = k[i].id;
        while (sec < k[i].sec)
            pr->first[++sec] = i;
    }
    while (sec < o->secs.n + 1)
        pr->first[++sec] = n;
    pr->norder = n;
}

static void loose_symbols(Printer *pr)
{
    uint32_t i;
    for (i = 1; i < pr->o->syms.n; i++) {
        const ObjSym *s = &pr->o->syms.p[i];
        if (s->type == STT_FILE || nameless(pr, s) || (s->sec && s->sec < pr->o->secs.n))
            continue;
        if (s->sec == OBJ_SEC_COMMON) {
            attributes(pr, i);
            buf_str(pr->out, "\t.comm\t");
            put_name(pr->out, pr->names[i]);
            buf_fmt(pr->out, ", %llu, %llu\n", (unsigned long long)s->size, (unsigned long long)s->value);
        } else if (s->sec == OBJ_SEC_ABS) {
            attributes(pr, i);
            buf_str(pr->out, "\t.set\t");
            put_name(pr->out, pr->names[i]);
            buf_fmt(pr->out, ", 0x%llx\n", (unsigned long long)s->value);
        } else if (s->used && (s->bind == STB_WEAK || s->vis)) {
            attributes(pr, i);
        }
    }
}

static bool printed(const Printer *pr, ObjSecId id)
{
    return !pr->td->made || !pr->td->made(pr->o->secs.p[id]);
}

bool as_print(Host *host, Arena *a, const Obj *o, Buf *out)
{
    Printer *pr = arena_new(a, Printer);
    uint32_t i, k, round;
    size_t start = out->n;
    pr->o = o;
    pr->arena = a;
    pr->out = out;
    pr->td = o->target->dis;
    if (!pr->td || !pr->td->reloc_text)
        return false;
    pr->dis = pr->td->begin(a, NULL, true);
    pr->places = arena_array(a, Place, o->secs.n + 1);
    as_again_init(&pr->again, host, a, o->target);
    pr->ta = o->target->as;
    name_symbols(pr);
    order_symbols(pr);
    pr->starts = arena_array(a, uint8_t *, o->secs.n + 1);
    for (i = 1; i < o->secs.n; i++)
        if ((o->secs.p[i]->flags & SHF_EXECINSTR) && o->secs.p[i]->type != SHT_NOBITS)
            pr->starts[i] = arena_array(a, uint8_t, o->secs.p[i]->data.n + 1);
    for (round = 0; round < 3; round++) {
        pr->walk = round ? COLLECT : MARK;
        for (i = 1; i < o->secs.n; i++)
            if (round ? printed(pr, i) : pr->starts[i] != NULL)
                section(pr, i);
    }
    pr->walk = PRINT;
    out->n = start;
    if (pr->td->head) {
        pr->td->head(o, out);
        as_again_run(&pr->again, arena_strndup(a, (const char *)out->p + start, out->n - start), out->n - start);
    }
    if (o->file_sym) {
        buf_str(out, "\t.file\t");
        put_quoted(out, (const uint8_t *)o->file_sym, strlen(o->file_sym));
    }
    for (i = 1; i < o->secs.n; i++)
        if (printed(pr, i))
            section(pr, i);
    if (pr->longs)
        set_longs(pr, false, out);
    loose_symbols(pr);
    for (i = 0; i < pr->imms.n; i++) {
        for (k = 0; k < i && pr->imms.p[k] != pr->imms.p[i]; k++)
            ;
        if (k == i)
            buf_fmt(out, "\t.set\t.Limm_%x, %d\n", (unsigned)pr->imms.p[i], (int)(int32_t)pr->imms.p[i]);
    }
    if (!o->exec_stack)
        buf_str(out, "\t.section\t.note.GNU-stack, \"\", @progbits\n");
    return true;
}
