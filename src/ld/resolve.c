/* resolve.c: the symbol table of a link (gABI ch. 4 "Symbol Table": binding; ch. 5 "Link Editor").
 * A file comes in with ld_add_file: duplicates of COMDAT groups drop out first, then each global symbol meets the one of
 * that name. Definition beats common beats undefined; strong beats weak; two strong definitions are an error. What the
 * linker defines on its own (end, __init_array_start, __start_NAME) is provided only when somebody asks for it. */
#include "ld/ld_int.h"

LdSym *ld_symbol(Ld *l, const char *name, size_t n)
{
    void **at = map_at(&l->symtab, name, n);
    LdSym *s = *at;
    if (s)
        return s;
    s = arena_new(l->a, LdSym);
    s->name = name;
    s->name_n = (uint32_t)n;
    s->weak = true;
    *at = s;
    vec_push(l->a, &l->syms, s);
    return s;
}

LdSym *ld_symbol_find(const Ld *l, const char *name)
{
    return map_get(&l->symtab, name, strlen(name));
}

void ld_want(Ld *l, LdSym *s)
{
    if (s->state == LDSYM_UNDEF && s->weak) {
        s->weak = false;
        vec_push(l->a, &l->wanted, s);
    }
}

/* ---- where a symbol is ---- */

uint64_t ld_place(const LdSec *s, uint64_t off)
{
    if (s->pieces) {
        uint64_t to = ld_piece_offset(s, off);
        if (to == PIECE_DROPPED || !s->carrier->out)
            return 0;
        return s->carrier->out->addr + s->carrier->off + to;
    }
    return s->out ? s->out->addr + s->off + (s->cuts ? ld_cut_offset(s, off) : off) : 0;
}

uint64_t ld_definition(const Ld *l, const LdSym *s)
{
    (void)l;
    return s->sec ? ld_place(s->sec, s->value) : s->state == LDSYM_DEFINED ? s->value : 0;
}

uint64_t ld_address(const Ld *l, const LdSym *s)
{
    if (s->plt)
        return l->plt->out->addr + l->plt->off + (uint64_t)(s->plt - 1) * l->tl->plt_size;
    return ld_definition(l, s);
}

/* ---- files ---- */

static const char *place_name(Ld *l, const LdSym *s)
{
    if (!s->file)
        return "command line";
    if (!s->sec || !s->sec->o)
        return s->file->name;
    return arena_fmt(l->a, "%s:(%s+0x%llx)", s->file->name, s->sec->o->name, (unsigned long long)s->value);
}

static void duplicate(Ld *l, LdSym *s, LdFile *f, const ObjSym *o)
{
    LdSym other = *s;
    other.file = f;
    other.value = o->value;
    other.sec = o->sec && o->sec < OBJ_SEC_ABS ? &f->secs[o->sec] : NULL;
    diag_file(l->d, DIAG_ERROR, place_name(l, &other), "multiple definition of `%s'; first defined at %s", s->name,
              place_name(l, s));
}

/* gABI: the most constraining visibility seen wins; INTERNAL < HIDDEN < PROTECTED, DEFAULT constrains nothing. */
static void merge_visibility(LdSym *s, uint8_t vis)
{
    if (vis && (!s->vis || vis < s->vis))
        s->vis = vis;
}

static void define(LdSym *s, LdFile *f, const ObjSym *o, bool weak)
{
    s->state = LDSYM_DEFINED;
    s->weak = weak;
    s->file = f;
    s->type = o->type;
    s->sec = o->sec == OBJ_SEC_ABS ? NULL : &f->secs[o->sec];
    s->value = o->value;
    s->size = o->size;
}

static void add_common(Ld *l, LdSym *s, LdFile *f, const ObjSym *o)
{
    uint64_t align = o->value ? o->value : 1;
    if (s->state == LDSYM_DEFINED && !s->weak)
        return;
    if (s->state == LDSYM_COMMON) {
        if (s->value < align)
            s->value = align;
        if (s->size < o->size) {
            s->size = o->size;
            s->file = f;
        }
        return;
    }
    if (s->state == LDSYM_UNDEF && s->weak)
        vec_push(l->a, &l->wanted, s);      /* an archive may still define it (ld does so) */
    s->state = LDSYM_COMMON;
    s->weak = false;
    s->file = f;
    s->type = o->type == STT_TLS ? STT_TLS : STT_OBJECT;
    s->sec = NULL;
    s->value = align;
    s->size = o->size;
}

static bool tls_mismatch(const LdSym *s, const ObjSym *o)
{
    return s->type != STT_NOTYPE && o->type != STT_NOTYPE && (s->type == STT_TLS) != (o->type == STT_TLS);
}

static void add_global(Ld *l, LdFile *f, ObjSymId id)
{
    const ObjSym *o = &f->obj->syms.p[id];
    LdSym *s = ld_symbol(l, o->name, o->name_n);
    bool defined = o->sec != 0;
    f->syms[id] = s;
    merge_visibility(s, o->vis);
    if (defined && o->sec < OBJ_SEC_ABS && f->secs[o->sec].discarded)
        defined = false;                    /* its copy in the group that was taken counts */
    if (tls_mismatch(s, o) && (defined || s->state != LDSYM_UNDEF) && !(defined && s->state == LDSYM_UNDEF && !s->file))
        diag_file(l->d, DIAG_ERROR, f->name, "`%s' is thread-local here or in %s, but not in both", s->name,
                  s->file ? s->file->name : "the linker");
    if (!defined) {
        if (!s->file)
            s->file = f;
        if (s->type == STT_NOTYPE)
            s->type = o->type;
        if (o->bind != STB_WEAK && s->state == LDSYM_UNDEF && s->weak) {
            s->file = f;
            ld_want(l, s);
        }
    } else if (o->sec == OBJ_SEC_COMMON) {
        add_common(l, s, f, o);
    } else if (o->bind == STB_WEAK) {
        if (s->state == LDSYM_UNDEF)
            define(s, f, o, true);
    } else if (s->state != LDSYM_DEFINED || s->weak) {
        define(s, f, o, false);
    } else {
        duplicate(l, s, f, o);
    }
}

static void add_local(Ld *l, LdFile *f, ObjSymId id, LdSym *s)
{
    const ObjSym *o = &f->obj->syms.p[id];
    (void)l;
    f->syms[id] = s;
    s->name = o->name;
    s->name_n = o->name_n;
    s->local = true;
    s->type = o->type;
    s->file = f;
    s->state = o->sec || o->type == STT_SECTION || id == 0 ? LDSYM_DEFINED : LDSYM_UNDEF;
    s->weak = s->state == LDSYM_UNDEF;
    s->sec = o->sec && o->sec < OBJ_SEC_ABS ? &f->secs[o->sec] : NULL;
    s->value = o->value;
    s->size = o->size;
}

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* gABI ch. 4 "Section Groups": of groups with one signature the first is taken. .gnu.linkonce.* is the older way. */
static bool lost_group(Ld *l, LdFile *f, const ObjSec *o)
{
    const char *signature = o->group;
    void **at;
    if (!signature && starts(o->name, ".gnu.linkonce."))
        signature = o->name;
    if (!signature)
        return false;
    at = map_at(&l->comdats, signature, strlen(signature));
    if (!*at)
        *at = f;
    return *at != f;
}

static bool is_debug(const ObjSec *o)
{
    return !(o->flags & SHF_ALLOC) && (starts(o->name, ".debug") || starts(o->name, ".zdebug") || starts(o->name, ".stab") ||
                                       starts(o->name, ".gnu.debug") || strcmp(o->name, ".line") == 0);
}

/* .gnu.warning.NAME holds what to tell whoever references NAME; such sections never reach the image. */
static bool add_warning(Ld *l, const ObjSec *o)
{
    LdSym *s;
    if (!starts(o->name, ".gnu.warning"))
        return false;
    if (o->name[12] == '.' && o->name[13] && o->type == SHT_PROGBITS) {
        s = ld_symbol(l, o->name + 13, strlen(o->name + 13));
        s->warning = arena_strndup(l->a, (const char *)o->data.p, o->data.n);
    }
    return true;
}

static void add_section(Ld *l, LdFile *f, LdSec *s, ObjSec *o)
{
    s->file = f;
    s->o = o;
    s->size = o->type == SHT_NOBITS ? o->nobits : o->data.n;
    s->data = o->type == SHT_NOBITS ? NULL : o->data.p;
    s->align = o->align;
    s->live = !l->opt->gc_sections;
    s->discarded = lost_group(l, f, o) || o->type == SHT_ATTRIBUTES; /* traits.c joins those */
    if (l->opt->relocatable)
        return;
    if (add_warning(l, o) || o->flags & SHF_EXCLUDE || strcmp(o->name, ".note.gnu.property") == 0 ||
        ((l->opt->strip || l->opt->strip_debug) && is_debug(o)))
        s->discarded = true;
    if (o->flags & SHF_COMPRESSED && !s->discarded) {
        diag_file(l->d, DIAG_WARNING, f->name, "compressed section %s is left out", o->name);
        s->discarded = true;
    }
}

bool ld_add_file(Ld *l, LdFile *f)
{
    Obj *o = f->obj;
    LdSym *locals;
    uint32_t i, nlocal = 0;
    if (o->target != l->target) {
        diag_file(l->d, DIAG_ERROR, f->name, "wrong machine: for %s, %s is needed", o->target->name, l->target->name);
        return false;
    }
    if (obj_symbol_find(o, "__gnu_lto_slim", 14)) {
        diag_file(l->d, DIAG_ERROR, f->name, "holds no code, only a compiler's intermediate form (-flto)");
        return false;
    }
    vec_push(l->a, &l->files, f);
    l->exec_stack |= o->exec_stack;
    f->secs = arena_array(l->a, LdSec, o->secs.n);
    f->syms = arena_array(l->a, LdSym *, o->syms.n);
    for (i = 1; i < o->secs.n; i++)
        add_section(l, f, &f->secs[i], o->secs.p[i]);
    for (i = 0; i < o->syms.n; i++)
        nlocal += o->syms.p[i].bind == STB_LOCAL;
    locals = arena_array(l->a, LdSym, nlocal);
    for (i = 0; i < o->syms.n; i++) {
        if (o->syms.p[i].bind == STB_LOCAL)
            add_local(l, f, i, locals++);
        else
            add_global(l, f, i);
    }
    return !l->d->stopped;
}

void ld_allocate_commons(Ld *l)
{
    uint32_t i;
    for (i = 0; i < l->syms.n; i++) {
        LdSym *s = l->syms.p[i];
        LdSec *sec;
        ObjSec *o;
        if (s->state != LDSYM_COMMON)
            continue;
        sec = arena_new(l->a, LdSec);
        o = arena_new(l->a, ObjSec);
        o->name = "COMMON";
        o->type = SHT_NOBITS;
        o->flags = SHF_ALLOC | SHF_WRITE | (s->type == STT_TLS ? SHF_TLS : 0);
        o->align = s->value;
        o->nobits = s->size;
        sec->file = s->file;
        sec->o = o;
        sec->size = s->size;
        sec->align = s->value;
        sec->live = !l->opt->gc_sections;
        s->state = LDSYM_DEFINED;
        s->sec = sec;
        s->value = 0;
        vec_push(l->a, &l->commons, sec);
    }
}

/* ---- symbols of the linker ---- */

enum { PROVIDE_START, PROVIDE_END, PROVIDE_BASE, PROVIDE_ETEXT, PROVIDE_EDATA, PROVIDE_BSS, PROVIDE_IMAGE_END, PROVIDE_GOT,
       PROVIDE_TLS, PROVIDE_GP, PROVIDE_DEFSYM };

static const struct { const char *name; uint8_t kind; const char *section; } provided_table[] = {
    { "__preinit_array_start", PROVIDE_START, ".preinit_array" },
    { "__preinit_array_end", PROVIDE_END, ".preinit_array" },
    { "__init_array_start", PROVIDE_START, ".init_array" },
    { "__init_array_end", PROVIDE_END, ".init_array" },
    { "__fini_array_start", PROVIDE_START, ".fini_array" },
    { "__fini_array_end", PROVIDE_END, ".fini_array" },
    { "__rela_iplt_start", PROVIDE_START, ".rela.plt" },
    { "__rela_iplt_end", PROVIDE_END, ".rela.plt" },
    { "__GNU_EH_FRAME_HDR", PROVIDE_START, ".eh_frame_hdr" },
    { "__ehdr_start", PROVIDE_BASE, NULL },
    { "__executable_start", PROVIDE_BASE, NULL },
    { "__dso_handle", PROVIDE_BASE, NULL },
    { "etext", PROVIDE_ETEXT, NULL },
    { "_etext", PROVIDE_ETEXT, NULL },
    { "__etext", PROVIDE_ETEXT, NULL },
    { "edata", PROVIDE_EDATA, NULL },
    { "_edata", PROVIDE_EDATA, NULL },
    { "__bss_start", PROVIDE_BSS, NULL },
    { "__global_pointer$", PROVIDE_GP, NULL },
    { "end", PROVIDE_IMAGE_END, NULL },
    { "_end", PROVIDE_IMAGE_END, NULL },
    { "_GLOBAL_OFFSET_TABLE_", PROVIDE_GOT, NULL },
    { "_TLS_MODULE_BASE_", PROVIDE_TLS, NULL },
};

static LdProvided *provide(Ld *l, LdSym *s, unsigned kind, OutSec *out)
{
    LdProvided *p;
    s->state = LDSYM_DEFINED;
    s->weak = false;
    s->provided = true;
    s->file = NULL;
    vec_reserve(l->a, &l->provided, 1);
    p = &l->provided.p[l->provided.n++];
    memset(p, 0, sizeof *p);
    p->sym = s;
    p->out = out;
    p->kind = (uint8_t)kind;
    return p;
}

/* __start_NAME and __stop_NAME of a section whose name is a C identifier. */
static void provide_bounds(Ld *l, LdSym *s)
{
    unsigned kind = starts(s->name, "__start_") ? PROVIDE_START : PROVIDE_END;
    OutSec *out;
    if (kind == PROVIDE_END && !starts(s->name, "__stop_"))
        return;
    out = ld_out_find(l, s->name + (kind == PROVIDE_START ? 8 : 7));
    if (!out || !(out->flags & SHF_ALLOC))
        return;
    out->keep = true;
    merge_visibility(s, STV_PROTECTED);
    provide(l, s, kind, out);
}

void ld_provide_symbols(Ld *l)
{
    uint32_t i;
    for (i = 0; i < countof(provided_table); i++) {
        LdSym *s = ld_symbol_find(l, provided_table[i].name);
        if (!s || s->state != LDSYM_UNDEF)
            continue;
        provide(l, s, provided_table[i].kind, NULL);
        if (provided_table[i].section)
            merge_visibility(s, STV_HIDDEN);
        if (provided_table[i].kind == PROVIDE_GOT)
            l->got_symbol = s;
        if (provided_table[i].kind == PROVIDE_TLS)
            s->type = STT_TLS;
    }
    l->gp = ld_symbol_find(l, "__global_pointer$");
    if (l->gp && l->gp->state != LDSYM_DEFINED)
        l->gp = NULL;
    for (i = 0; i < l->syms.n; i++)
        if (l->syms.p[i]->state == LDSYM_UNDEF && starts(l->syms.p[i]->name, "__st"))
            provide_bounds(l, l->syms.p[i]);
}

static const char *provided_section(const LdSym *s)
{
    uint32_t i;
    for (i = 0; i < countof(provided_table); i++)
        if (strcmp(provided_table[i].name, s->name) == 0)
            return provided_table[i].section;
    return NULL;
}

static OutSec *last_with(const Ld *l, uint64_t mask, uint64_t flags, bool bits)
{
    OutSec *found = NULL;
    uint32_t i;
    for (i = 0; i < l->outs.n; i++) {
        OutSec *o = l->outs.p[i];
        if ((o->flags & mask) == flags && !(bits && o->type == SHT_NOBITS))
            found = o;
    }
    return found;
}

static uint64_t start_of(const Ld *l, const char *name, uint64_t otherwise)
{
    const OutSec *o = ld_out_find(l, name);
    return o && o->index ? o->addr : otherwise;
}

/* Where 2 KiB to both sides hold most: small data, else the end of the zeros as far as the data's start stays in reach (GNU ld's rule). */
static uint64_t global_pointer(const Ld *l)
{
    const OutSec *last = last_with(l, SHF_ALLOC | SHF_TLS | SHF_WRITE, SHF_ALLOC | SHF_WRITE, true);
    uint64_t end = last ? last->addr + last->size : l->image_end;
    uint64_t small = start_of(l, ".sdata", end) + 0x800, data = start_of(l, ".data", end) + 0x800, zeros = l->image_end - 0x800;
    uint64_t high = data > zeros ? data : zeros;
    return small < high ? small : high;
}

static void settle(Ld *l, LdProvided *p)
{
    LdSym *s = p->sym;
    OutSec *o = p->out;
    uint64_t alloc = SHF_ALLOC | SHF_TLS;
    s->value = l->base;
    switch (p->kind) {
    case PROVIDE_START:
    case PROVIDE_END:
        if (!o && provided_section(s))
            o = ld_out_find(l, provided_section(s));
        if (o && o->index)
            s->value = o->addr + (p->kind == PROVIDE_END ? o->size : 0);
        break;
    case PROVIDE_BASE:
        break;
    case PROVIDE_ETEXT:
        o = last_with(l, SHF_ALLOC | SHF_EXECINSTR, SHF_ALLOC | SHF_EXECINSTR, true);
        if (o)
            s->value = o->addr + o->size;
        break;
    case PROVIDE_EDATA:
    case PROVIDE_BSS:
        o = last_with(l, alloc | SHF_WRITE, SHF_ALLOC | SHF_WRITE, true);
        if (!o)
            o = last_with(l, alloc, SHF_ALLOC, true);
        s->value = o ? o->addr + o->size : l->image_end;
        if (p->kind == PROVIDE_BSS && ld_out_find(l, ".bss") && ld_out_find(l, ".bss")->index) {
            o = ld_out_find(l, ".bss");
            s->value = o->addr;
        }
        break;
    case PROVIDE_IMAGE_END:
        o = last_with(l, alloc, SHF_ALLOC, false);
        if (last_with(l, alloc | SHF_WRITE, SHF_ALLOC | SHF_WRITE, false))
            o = last_with(l, alloc | SHF_WRITE, SHF_ALLOC | SHF_WRITE, false);
        s->value = l->image_end;
        break;
    case PROVIDE_GOT:
        o = l->got ? l->got->out : NULL;
        if (o)
            s->value = o->addr;
        else
            s->state = LDSYM_UNDEF;         /* assemblers name it with every use of a slot, relaxed or not */
        break;
    case PROVIDE_TLS:
        o = last_with(l, SHF_TLS, SHF_TLS, false);
        /* Where local-dynamic code is rewritten, offsets count from the thread pointer from then on. */
        s->value = l->tl->tp_at_start ? l->tls : l->tp;
        break;
    case PROVIDE_GP:
        o = last_with(l, SHF_ALLOC | SHF_TLS | SHF_WRITE, SHF_ALLOC | SHF_WRITE, true);
        s->value = global_pointer(l);
        break;
    case PROVIDE_DEFSYM:
        s->value = p->value + (p->target ? ld_address(l, p->target) : 0);
        if (p->target)
            o = p->target->sec ? p->target->sec->out : p->target->near;
        break;
    }
    s->near = o && o->index ? o : NULL;
}

void ld_settle_provided(Ld *l)
{
    uint32_t i;
    for (i = 0; i < l->provided.n; i++)
        if (l->provided.p[i].kind != PROVIDE_DEFSYM)
            settle(l, &l->provided.p[i]);
    for (i = 0; i < l->provided.n; i++)     /* may name the others and those before */
        if (l->provided.p[i].kind == PROVIDE_DEFSYM)
            settle(l, &l->provided.p[i]);
}

static bool digit_value(char c, unsigned base, unsigned *v)
{
    if (c >= '0' && c <= '9')
        *v = (unsigned)(c - '0');
    else if ((c | 32) >= 'a' && (c | 32) <= 'f')
        *v = (unsigned)((c | 32) - 'a' + 10);
    else
        return false;
    return *v < base;
}

static bool parse_number(const char *s, uint64_t *v)
{
    unsigned base = 10, d;
    *v = 0;
    if (s[0] == '0' && (s[1] | 32) == 'x') {
        base = 16;
        s += 2;
    } else if (s[0] == '0') {
        base = 8;
    }
    if (!*s)
        return false;
    for (; digit_value(*s, base, &d); s++)
        *v = *v * base + d;
    return *s == 0;
}

/* --defsym NAME=NUMBER, NAME=SYMBOL, NAME=SYMBOL+NUMBER, NAME=SYMBOL-NUMBER */
static bool add_defsym(Ld *l, const char *text)
{
    const char *eq = strchr(text, '='), *rhs, *op;
    LdProvided *p;
    LdSym *s, *target = NULL;
    uint64_t v = 0;
    if (!eq || eq == text)
        return false;
    rhs = eq + 1;
    if (*rhs >= '0' && *rhs <= '9') {
        if (!parse_number(rhs, &v))
            return false;
    } else {
        op = strchr(rhs, '+');
        if (!op)
            op = strchr(rhs, '-');
        if (op == rhs || !*rhs || (op && !parse_number(op + 1, &v)))
            return false;
        if (op && *op == '-')
            v = 0 - v;
        target = ld_symbol(l, arena_strndup(l->a, rhs, op ? (size_t)(op - rhs) : strlen(rhs)),
                           op ? (size_t)(op - rhs) : strlen(rhs));
        ld_want(l, target);
    }
    s = ld_symbol(l, arena_strndup(l->a, text, (size_t)(eq - text)), (size_t)(eq - text));
    p = provide(l, s, PROVIDE_DEFSYM, NULL);
    s->provided = target != NULL;
    p->target = target;
    p->value = v;
    return true;
}

bool ld_add_defsyms(Ld *l)
{
    uint32_t i;
    for (i = 0; i < l->opt->ndefsyms; i++)
        if (!add_defsym(l, l->opt->defsyms[i])) {
            diag_file(l->d, DIAG_ERROR, "--defsym", "'%s' is not NAME=NUMBER or NAME=SYMBOL[+NUMBER]", l->opt->defsyms[i]);
            return false;
        }
    return true;
}
