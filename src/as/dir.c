/* dir.c: directives (as info, "Pseudo Ops"). One function each, found through the interned name; conditionals first, since they
 * are read even where nothing else is. What is not done is refused by name, never skipped; the exceptions, which carry nothing
 * into the object, are listed in dir_ignore and doc/as.md. */
#include "as/as_core.h"

#include "base/softfloat.h"

/* A directive reads behind its name and gives the cursor where it stopped. arg: from the table. */
typedef const char *Directive(As *as, const char *at, const char *p, int arg);

static AsSec *cur(As *as) { return as->secs.p[as->cur]; }

/* ---- sections ---- */

typedef struct Default { const char *prefix; uint32_t type; uint64_t flags; } Default;

static const Default defaults[] = { /* gABI ch. 4 "Special Sections" */
    { ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR },
    { ".init_array", SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE },
    { ".fini_array", SHT_FINI_ARRAY, SHF_ALLOC | SHF_WRITE },
    { ".preinit_array", SHT_PREINIT_ARRAY, SHF_ALLOC | SHF_WRITE },
    { ".init", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR },
    { ".fini", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR },
    { ".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE },
    { ".data1", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE },
    { ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE },
    { ".rodata", SHT_PROGBITS, SHF_ALLOC },
    { ".rodata1", SHT_PROGBITS, SHF_ALLOC },
    { ".tdata", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS },
    { ".tbss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE | SHF_TLS },
    { ".note", SHT_NOTE, 0 },
    { ".eh_frame", SHT_PROGBITS, SHF_ALLOC },
    { ".gnu.linkonce.t", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR },
};

static void section_defaults(const char *name, uint32_t *type, uint64_t *flags)
{
    size_t i;
    *type = SHT_PROGBITS;
    *flags = 0;
    if (strcmp(name, ".note.GNU-stack") == 0)
        return;
    for (i = 0; i < countof(defaults); i++) {
        size_t n = strlen(defaults[i].prefix);
        if (strncmp(name, defaults[i].prefix, n) == 0 && (!name[n] || name[n] == '.')) {
            *type = defaults[i].type;
            *flags = defaults[i].flags;
            return;
        }
    }
}

typedef struct TypeName { const char *name; uint32_t v; } TypeName;

static bool find_type(const TypeName *t, size_t count, const char *s, size_t n, uint32_t *out)
{
    size_t i;
    for (i = 0; i < count; i++)
        if (strlen(t[i].name) == n && memcmp(t[i].name, s, n) == 0) {
            *out = t[i].v;
            return true;
        }
    return false;
}

static const TypeName section_types[] = {
    { "progbits", SHT_PROGBITS }, { "nobits", SHT_NOBITS }, { "note", SHT_NOTE }, { "init_array", SHT_INIT_ARRAY },
    { "fini_array", SHT_FINI_ARRAY }, { "preinit_array", SHT_PREINIT_ARRAY }, { "unwind", SHT_X86_64_UNWIND },
};

/* A word or a string, into the arena. */
static char *word(As *as, const char **p)
{
    Buf b;
    const char *s = *p, *start = s;
    if (*s == '"') {
        buf_init(&b, as->arena);
        if (!as_string(as, p, &b))
            return NULL;
        return buf_cstr(&b);
    }
    while (as_is_name(*s, false) || *s == '-' || *s == '+' || *s == '/' || *s == '*' || *s == '@' || *s == '<' || *s == '>' || *s == '!') {
        if (*s == '/' && (s[1] == '/' || s[1] == '*'))
            break;
        s++;
    }
    if (s == start) {
        as_error(as, s, "expected a name");
        return NULL;
    }
    *p = s;
    return arena_strndup(as->arena, start, (size_t)(s - start));
}

/* "awxMSGTo" and numbers. */
static bool section_flags(As *as, const char *s, const char *at, uint64_t *flags, bool *same_group)
{
    for (; *s; s++)
        switch (*s) {
        case 'a': *flags |= SHF_ALLOC; break;
        case 'w': *flags |= SHF_WRITE; break;
        case 'x': *flags |= SHF_EXECINSTR; break;
        case 'M': *flags |= SHF_MERGE; break;
        case 'S': *flags |= SHF_STRINGS; break;
        case 'G': *flags |= SHF_GROUP; break;
        case 'T': *flags |= SHF_TLS; break;
        case 'o': *flags |= SHF_LINK_ORDER; break;
        case 'e': *flags |= 0x80000000u; break;
        case 'R': *flags |= 0x200000; break;
        case 'l': *flags |= 0x10000000; break;
        case '?': *same_group = true; break;
        default:
            as_error(as, at, "unknown section flag '%c'", *s);
            return false;
        }
    return true;
}

static const char *dir_section(As *as, const char *at, const char *p, int push)
{
    char *name, *group = NULL, *link = NULL;
    uint32_t type, told = 0, sec;
    uint64_t flags, def;
    int64_t entsize = 0;
    bool has_flags = false, same_group = false;
    const char *w, *fl;
    AsSec *s;
    as_skip(as, &p);
    name = word(as, &p);
    if (!name)
        return p;
    section_defaults(name, &type, &def);
    flags = 0;
    if (as_comma(as, &p)) {
        if (*p >= '0' && *p <= '9') {
            int64_t sub;
            if (!as_const(as, &p, &sub))
                return p;
            if (sub) {
                as_error(as, at, "subsections are not supported");
                return p;
            }
            goto done;
        }
        fl = p;
        w = word(as, &p);
        if (!w || !section_flags(as, w, fl, &flags, &same_group))
            return p;
        has_flags = true;
        if (as_comma(as, &p)) {
            if (*p == '@' || *p == '%' || *p == '"') {
                const char *start;
                size_t n;
                if (*p == '"') {
                    w = word(as, &p);
                    if (!w)
                        return p;
                    start = w;
                    n = strlen(w);
                } else {
                    start = ++p;
                    while (as_is_name(*p, false))
                        p++;
                    n = (size_t)(p - start);
                }
                if (n && start[0] >= '0' && start[0] <= '9') {
                    const char *digits = start;
                    int64_t v;
                    if (!as_const(as, &digits, &v))
                        return p;
                    told = (uint32_t)v;
                } else if (!find_type(section_types, countof(section_types), start, n, &told)) {
                    as_error(as, p, "unknown section type '%.*s'", (int)n, start);
                    return p;
                }
            }
            if ((flags & SHF_MERGE)) {
                if (!as_comma(as, &p) || !as_const(as, &p, &entsize)) {
                    as_error(as, p, "a mergeable section needs an entry size");
                    return p;
                }
            }
            if (flags & SHF_LINK_ORDER) {
                if (!as_comma(as, &p) || !(link = word(as, &p))) {
                    as_error(as, p, "expected the section this one belongs to");
                    return p;
                }
            }
            if (flags & SHF_GROUP) {
                if (!as_comma(as, &p) || !(group = word(as, &p))) {
                    as_error(as, p, "expected the group's name");
                    return p;
                }
                if (as_comma(as, &p)) {
                    w = word(as, &p);
                    if (!w || strcmp(w, "comdat") != 0) {
                        as_error(as, p, "expected 'comdat'");
                        return p;
                    }
                }
            }
        } else if (flags & (SHF_MERGE | SHF_GROUP)) {
            as_error(as, p, "expected a section type");
            return p;
        }
    }
done:
    if (same_group)
        group = (char *)cur(as)->group;
    if (push) {
        vec_push(as->arena, &as->stack, as->cur);
        vec_push(as->arena, &as->stack, as->prev);
    }
    sec = as_section(as, name, told ? told : type, has_flags ? flags & ~(uint64_t)SHF_GROUP : def, (uint64_t)entsize, group);
    s = as->secs.p[sec];
    if (!told && has_flags && type == SHT_NOBITS)
        told = SHT_NOBITS;
    if (strcmp(name, ".note.GNU-stack") == 0)
        s->exec_note = true;
    if (s->type >= SHT_INIT_ARRAY && s->type <= SHT_PREINIT_ARRAY)
        s->entsize = 8;
    if (link)
        s->link_name = link;
    if (has_flags && (s->flags != (flags & ~(uint64_t)SHF_GROUP) || (told && told != s->type)) && s->frags.n == 1 && !s->data.n &&
        sec > 2) {
        s->flags = flags & ~(uint64_t)SHF_GROUP;
        s->type = told ? told : s->type;
    } else if (has_flags && s->flags != (flags & ~(uint64_t)SHF_GROUP)) {
        as_warn(as, at, "section '%s' keeps the attributes it was given first", name);
    }
    as_switch(as, sec);
    return p;
}

static const char *dir_plain_section(As *as, const char *at, const char *p, int which)
{
    int64_t sub = 0;
    as_skip(as, &p);
    if (!as_at_end(as, p) && !as_const(as, &p, &sub))
        return p;
    if (sub)
        as_error(as, at, "subsections are not supported");
    else
        as_switch(as, (uint32_t)which);
    return p;
}

static const char *dir_popsection(As *as, const char *at, const char *p, int arg)
{
    (void)arg;
    if (as->stack.n < 2) {
        as_error(as, at, ".popsection without .pushsection");
        return p;
    }
    as->prev = vec_last(&as->stack);
    as->cur = as->stack.p[as->stack.n - 2];
    as->stack.n -= 2;
    return p;
}

static const char *dir_previous(As *as, const char *at, const char *p, int arg)
{
    (void)at;
    (void)arg;
    as_switch(as, as->prev);
    return p;
}

/* ---- symbols ---- */

void as_set(As *as, const char *name, size_t n, const AsVal *v, const char *at, bool again)
{
    AsSym *s = as_sym(as, name, n);
    AsVal r = *v;
    if (s->kind == ASY_LABEL || s->kind == ASY_COMMON || (s->kind == ASY_EQU && !again)) {
        as_error(as, at, "symbol '%s' is already defined", s->name);
        return;
    }
    as_reduce(as, &r);
    if (s->kind == ASY_EQU && !as_val_const(&s->equ)) { /* what was said of the old value stays with it */
        AsSym *fresh = arena_new(as->arena, AsSym);
        *fresh = *s;
        intern_n(&as->names, name, n)->sym = fresh;
        vec_push(as->arena, &as->syms, fresh);
        s->name = NULL;
        s = fresh;
    }
    s->kind = ASY_EQU;
    s->equ = r;
    s->loc = as_loc(as, at);
}

static bool symbol_name(As *as, const char **p, const char **name, size_t *n)
{
    as_skip(as, p);
    if (as_name(as, p, name, n))
        return true;
    as_error(as, *p, "expected a symbol");
    return false;
}

/* A name and the ',' behind it. False after a message. */
static bool symbol_and_comma(As *as, const char **p, const char **name, size_t *n)
{
    if (!symbol_name(as, p, name, n))
        return false;
    if (as_comma(as, p))
        return true;
    as_error(as, *p, "expected ','");
    return false;
}

static const char *dir_set(As *as, const char *at, const char *p, int again)
{
    const char *name;
    size_t n;
    AsVal v;
    if (!symbol_and_comma(as, &p, &name, &n))
        return p;
    if (as_expr(as, &p, &v))
        as_set(as, name, n, &v, at, again != 0);
    return p;
}

/* .weakref alias, target: alias means target, and target is weak when nothing else names it. */
static const char *dir_weakref(As *as, const char *at, const char *p, int arg)
{
    const char *name, *target;
    size_t n, target_n;
    AsVal v;
    (void)arg;
    if (!symbol_and_comma(as, &p, &name, &n))
        return p;
    if (!symbol_name(as, &p, &target, &target_n))
        return p;
    memset(&v, 0, sizeof v);
    v.add = as_sym(as, target, target_n);
    v.add->weak_by_alias = true;
    as_set(as, name, n, &v, at, true);
    return p;
}

enum { SYM_GLOBAL, SYM_WEAK, SYM_LOCAL, SYM_HIDDEN, SYM_PROTECTED, SYM_INTERNAL };

static const char *dir_symbols(As *as, const char *at, const char *p, int what)
{
    (void)at;
    do {
        const char *name;
        size_t n;
        AsSym *s;
        if (!symbol_name(as, &p, &name, &n))
            return p;
        s = as_sym(as, name, n);
        switch (what) {
        case SYM_GLOBAL:
            if (s->bind == STB_LOCAL)
                s->bind = STB_GLOBAL;
            s->bind_told = true;
            break;
        case SYM_WEAK: s->bind = STB_WEAK; s->bind_told = true; break;
        case SYM_LOCAL: s->bind = STB_LOCAL; s->bind_told = true; break;
        case SYM_HIDDEN: s->vis = STV_HIDDEN; break;
        case SYM_PROTECTED: s->vis = STV_PROTECTED; break;
        default: s->vis = STV_INTERNAL; break;
        }
    } while (as_comma(as, &p));
    return p;
}

static const TypeName symbol_types[] = {
    { "function", STT_FUNC }, { "object", STT_OBJECT }, { "tls_object", STT_TLS }, { "common", STT_OBJECT }, { "notype", STT_NOTYPE },
    { "gnu_indirect_function", STT_GNU_IFUNC }, { "STT_FUNC", STT_FUNC }, { "STT_OBJECT", STT_OBJECT }, { "STT_TLS", STT_TLS },
    { "STT_NOTYPE", STT_NOTYPE }, { "STT_COMMON", STT_OBJECT }, { "STT_GNU_IFUNC", STT_GNU_IFUNC },
};

static const char *dir_type(As *as, const char *at, const char *p, int arg)
{
    const char *name, *w;
    size_t n;
    AsSym *s;
    uint32_t type;
    (void)at;
    (void)arg;
    if (!symbol_name(as, &p, &name, &n))
        return p;
    s = as_sym(as, name, n);
    as_comma(as, &p);
    if (*p == '@' || *p == '%' || *p == '#')
        p++;
    w = word(as, &p);
    if (!w)
        return p;
    if (!find_type(symbol_types, countof(symbol_types), w, strlen(w), &type))
        as_error(as, p, "unknown symbol type '%s'", w);
    else
        s->type = (uint8_t)type;
    return p;
}

static const char *dir_size(As *as, const char *at, const char *p, int arg)
{
    const char *name;
    size_t n;
    AsSym *s;
    AsVal v;
    (void)arg;
    if (!symbol_and_comma(as, &p, &name, &n))
        return p;
    if (!as_expr(as, &p, &v))
        return p;
    s = as_sym(as, name, n);
    s->size = v;
    s->has_size = true;
    s->size_loc = as_loc(as, at);
    return p;
}

static const char *dir_comm(As *as, const char *at, const char *p, int local)
{
    const char *name;
    size_t n;
    AsSym *s;
    int64_t size, align = 0;
    if (!symbol_and_comma(as, &p, &name, &n))
        return p;
    if (!as_const(as, &p, &size))
        return p;
    if (as_comma(as, &p) && !as_const(as, &p, &align))
        return p;
    s = as_sym(as, name, n);
    if (size < 0 || align < 0 || (align & (align - 1)) || align > ((int64_t)1 << 31) || (local && size > AS_MAX_FILL)) {
        as_error(as, at, "size or alignment out of range");
        return p;
    }
    if (s->kind != ASY_UNDEF && s->kind != ASY_COMMON) {
        as_error(as, at, "symbol '%s' is already defined", s->name);
        return p;
    }
    s->kind = ASY_COMMON;
    s->loc = as_loc(as, at);
    if ((uint64_t)size > s->csize)
        s->csize = (uint64_t)size;
    if (!align)
        align = size >= 16 && !local ? 16 : size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
    if ((uint64_t)align > s->off)
        s->off = (uint64_t)align;
    s->bind_told |= local != 0;
    if (local && s->bind != STB_LOCAL) {
        as_alloc_bss(as, s);
    } else if (s->bind == STB_LOCAL && s->bind_told) { /* gets its place at the end of the input, as GNU as has it */
        if (size > AS_MAX_FILL)
            as_error(as, at, "size out of range");
    } else if (s->bind == STB_LOCAL) {
        s->bind = STB_GLOBAL;
    }
    return p;
}

static const char *dir_ident(As *as, const char *at, const char *p, int arg)
{
    uint32_t keep = as->cur, sec;
    Buf b;
    (void)at;
    (void)arg;
    buf_init(&b, as->arena);
    as_skip(as, &p);
    if (!as_string(as, &p, &b))
        return p;
    buf_u8(&b, 0);
    sec = as_section(as, ".comment", SHT_PROGBITS, SHF_MERGE | SHF_STRINGS, 1, NULL);
    as->cur = sec;
    if (!cur(as)->data.n)
        as_emit(as, "", 1);
    as_emit(as, b.p, (unsigned)b.n);
    as->cur = keep;
    return p;
}

/* .file "name" names the source; .file 1 "name" belongs to line tables, which are not made. */
static const char *dir_file(As *as, const char *at, const char *p, int arg)
{
    Buf b;
    (void)at;
    (void)arg;
    as_skip(as, &p);
    if (*p != '"') {
        as_skip_line(as, &p);
        return p;
    }
    buf_init(&b, as->arena);
    if (as_string(as, &p, &b))
        as->file_sym = buf_cstr(&b);
    as_skip(as, &p);
    return p;
}

static const char *dir_ignore(As *as, const char *at, const char *p, int arg)
{
    (void)at;
    (void)arg;
    as_skip_line(as, &p);
    return p;
}

static const char *dir_refuse(As *as, const char *at, const char *p, int arg)
{
    const char *e = at;
    (void)arg;
    while (as_is_name(*e, false))
        e++;
    as_error(as, at, "%.*s is not supported", (int)(e - at), at);
    as_skip_line(as, &p);
    return p;
}

static const char *dir_message(As *as, const char *at, const char *p, int error)
{
    Buf b;
    buf_init(&b, as->arena);
    as_skip(as, &p);
    if (!as_at_end(as, p) && !as_string(as, &p, &b))
        return p;
    if (!b.n)
        buf_str(&b, error ? ".error directive" : ".warning directive");
    if (error)
        as_error(as, at, "%s", buf_cstr(&b));
    else
        as_warn(as, at, "%s", buf_cstr(&b));
    return p;
}

static const char *dir_end(As *as, const char *at, const char *p, int arg)
{
    (void)at;
    (void)arg;
    as->done = true;
    as_skip_line(as, &p);
    return p;
}

/* The relocation of a name or a number. False after a message. */
static bool reloc_type(As *as, const char **p, int64_t *type)
{
    const char *at, *e;
    uint32_t k;
    as_skip(as, p);
    for (at = e = *p; as_is_name(*e, e == at); e++)
        ;
    for (k = 0; k < as->ta->nrelocs; k++) {
        const AsRelocName *r = &as->ta->relocs[k];
        if (strlen(r->name) == (size_t)(e - at) && memcmp(r->name, at, (size_t)(e - at)) == 0) {
            *p = e;
            *type = r->number;
            return true;
        }
    }
    if (e > at) {
        as_error(as, at, "unknown relocation '%.*s'", (int)(e - at), at);
        return false;
    }
    if (!as_const(as, p, type))
        return false;
    if (*type < 0 || *type >= UINT32_MAX) {
        as_error(as, at, "expected the name or number of a relocation");
        return false;
    }
    return true;
}

/* .reloc place, name or number [, symbol + addend]: a relocation as it stands. A place that is a number counts from the section's
 * start. */
static const char *dir_reloc(As *as, const char *at, const char *p, int arg)
{
    AsVal place;
    AsFix f;
    int64_t type;
    uint32_t n = cur(as)->fixups.n;
    bool start;
    (void)arg;
    memset(&f, 0, sizeof f);
    if (!as_expr(as, &p, &place) || !as_comma(as, &p) || !reloc_type(as, &p, &type))
        return p;
    as_skip(as, &p);
    if (*p == ',' && (p++, !as_expr(as, &p, &f.v)))
        return p;
    start = as_val_const(&place) && place.c >= 0;
    if (!start && (place.tree || place.sub || place.mod || !place.add || place.add->kind != ASY_LABEL || place.add->sec != as->cur)) {
        as_error(as, at, "expected a place in this section");
        return p;
    }
    as_fix(as, 0, &f, at);
    if (cur(as)->fixups.n > n) {
        AsFixup *x = &cur(as)->fixups.p[n];
        x->frag = start ? 0 : place.add->frag;
        x->off = start ? (uint64_t)place.c : place.add->off + (uint64_t)place.c;
        x->raw = (uint32_t)type + 1;
    }
    return p;
}

typedef struct Entry { const char *name; Directive *run; int arg; } Entry;

static const Entry directives[] = {
    { ".byte", as_dir_data, 1 }, { ".short", as_dir_data, 2 }, { ".word", as_dir_data, 2 },
    { ".value", as_dir_data, 2 }, { ".hword", as_dir_data, 2 }, { ".2byte", as_dir_data, 2 },
    { ".long", as_dir_data, 4 }, { ".int", as_dir_data, 4 }, { ".4byte", as_dir_data, 4 },
    { ".quad", as_dir_data, 8 }, { ".8byte", as_dir_data, 8 }, { ".octa", as_dir_octa, 0 },
    { ".float", as_dir_float, SF_32 }, { ".single", as_dir_float, SF_32 }, { ".double", as_dir_float, SF_64 },
    { ".tfloat", as_dir_float, SF_X80 }, { ".ascii", as_dir_string, 0 }, { ".asciz", as_dir_string, 1 },
    { ".string", as_dir_string, 1 }, { ".uleb128", as_dir_leb, 0 }, { ".sleb128", as_dir_leb, 1 },
    { ".zero", as_dir_skip, 0 }, { ".skip", as_dir_skip, 0 }, { ".space", as_dir_skip, 0 },
    { ".fill", as_dir_fill, 0 }, { ".align", as_dir_align, 0 }, { ".balign", as_dir_align, 0 },
    { ".balignw", as_dir_align, 4 }, { ".balignl", as_dir_align, 8 }, { ".p2align", as_dir_align, 1 },
    { ".p2alignw", as_dir_align, 5 }, { ".p2alignl", as_dir_align, 9 }, { ".org", as_dir_org, 0 },
    { ".incbin", as_dir_incbin, 0 }, { ".include", as_dir_include, 0 }, { ".section", dir_section, 0 },
    { ".pushsection", dir_section, 1 }, { ".popsection", dir_popsection, 0 }, { ".previous", dir_previous, 0 },
    { ".text", dir_plain_section, 0 }, { ".data", dir_plain_section, 1 }, { ".bss", dir_plain_section, 2 },
    { ".subsection", dir_refuse, 0 }, { ".set", dir_set, 1 }, { ".equ", dir_set, 1 }, { ".equiv", dir_set, 0 },
    { ".globl", dir_symbols, SYM_GLOBAL }, { ".global", dir_symbols, SYM_GLOBAL }, { ".weak", dir_symbols, SYM_WEAK },
    { ".local", dir_symbols, SYM_LOCAL }, { ".hidden", dir_symbols, SYM_HIDDEN },
    { ".protected", dir_symbols, SYM_PROTECTED }, { ".internal", dir_symbols, SYM_INTERNAL },
    { ".type", dir_type, 0 }, { ".size", dir_size, 0 }, { ".comm", dir_comm, 0 }, { ".lcomm", dir_comm, 1 },
    { ".ident", dir_ident, 0 }, { ".file", dir_file, 0 }, { ".error", dir_message, 1 }, { ".err", dir_message, 1 },
    { ".abort", dir_message, 1 }, { ".warning", dir_message, 0 }, { ".end", dir_end, 0 },
    { ".att_syntax", dir_ignore, 0 }, { ".code64", dir_ignore, 0 }, { ".extern", dir_ignore, 0 },
    { ".title", dir_ignore, 0 }, { ".sbttl", dir_ignore, 0 }, { ".list", dir_ignore, 0 },
    { ".nolist", dir_ignore, 0 }, { ".psize", dir_ignore, 0 }, { ".eject", dir_ignore, 0 }, { ".ln", dir_ignore, 0 },
    { ".loc", dir_ignore, 0 }, { ".loc_mark_labels", dir_ignore, 0 }, { ".cfi_sections", dir_ignore, 0 },
    { ".cfi_startproc", dir_ignore, 0 }, { ".cfi_endproc", dir_ignore, 0 }, { ".cfi_personality", dir_ignore, 0 },
    { ".cfi_lsda", dir_ignore, 0 }, { ".cfi_def_cfa", dir_ignore, 0 }, { ".cfi_def_cfa_register", dir_ignore, 0 },
    { ".cfi_def_cfa_offset", dir_ignore, 0 }, { ".cfi_adjust_cfa_offset", dir_ignore, 0 },
    { ".cfi_offset", dir_ignore, 0 }, { ".cfi_val_offset", dir_ignore, 0 }, { ".cfi_rel_offset", dir_ignore, 0 },
    { ".cfi_register", dir_ignore, 0 }, { ".cfi_restore", dir_ignore, 0 }, { ".cfi_undefined", dir_ignore, 0 },
    { ".cfi_same_value", dir_ignore, 0 }, { ".cfi_remember_state", dir_ignore, 0 },
    { ".cfi_restore_state", dir_ignore, 0 }, { ".cfi_return_column", dir_ignore, 0 },
    { ".cfi_signal_frame", dir_ignore, 0 }, { ".cfi_window_save", dir_ignore, 0 }, { ".cfi_escape", dir_ignore, 0 },
    { ".cfi_val_encoded_addr", dir_ignore, 0 }, { ".cfi_negate_ra_state", dir_ignore, 0 },
    { ".intel_syntax", dir_refuse, 0 }, { ".code32", dir_refuse, 0 }, { ".code16", dir_refuse, 0 },
    { ".code16gcc", dir_refuse, 0 }, { ".symver", dir_refuse, 0 }, { ".weakref", dir_weakref, 0 },
    { ".reloc", dir_reloc, 0 }, { ".subsection", dir_refuse, 0 }, { ".struct", dir_refuse, 0 },
    { ".offset", dir_refuse, 0 }, { ".nops", dir_refuse, 0 }, { ".altmacro", dir_refuse, 0 },
    { ".noaltmacro", dir_ignore, 0 }, { ".arch", dir_ignore, 0 }, { ".addrsig", dir_ignore, 0 },
    { ".addrsig_sym", dir_ignore, 0 },
};

void as_dir_init(As *as)
{
    size_t i;
    for (i = 0; i < countof(directives); i++)
        intern_n(&as->names, directives[i].name, strlen(directives[i].name))->pp = (uint16_t)(i + 1);
}

bool as_directive(As *as, const char *at, size_t n, const char *p, const char **end)
{
    unsigned k = intern_n(&as->names, at, n)->pp;
    if (as->ta->directive) {
        const char *same_as = NULL, *q = as->ta->directive(as, at, n, p, &same_as);
        if (q) {
            *end = q;
            return true;
        }
        if (same_as)
            k = intern_n(&as->names, same_as, strlen(same_as))->pp;
    }
    if (!k)
        return false;
    *end = directives[k - 1].run(as, at, p, directives[k - 1].arg);
    return true;
}
