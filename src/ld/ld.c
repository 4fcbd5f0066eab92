/* ld.c: the linker as a list of passes. In: files in memory. Out: a static executable (or, -r, an object).
 * Everything is decided by the order of the inputs and by names; no pass depends on an address of this process. */
#include "ld/ld_int.h"

static void init(Ld *l, Host *host, Arena *a, Diag *d, const struct Target *t, const LdOptions *opt, Buf *out)
{
    memset(l, 0, sizeof *l);
    l->host = host;
    l->a = a;
    l->d = d;
    l->target = t;
    l->tl = t->link;
    l->opt = opt;
    l->out = out;
    l->page = opt->page_size ? opt->page_size : l->tl->page_size;
    l->base = opt->base ? opt->base : l->tl->default_base;
    map_init(&l->symtab, a);
    map_init(&l->archives, a);
    map_init(&l->comdats, a);
    map_init(&l->out_map, a);
}

/* What the command line wants of the archives. */
static bool add_roots(Ld *l)
{
    const char *entry = l->opt->entry ? l->opt->entry : "_start";
    uint32_t i;
    if (!l->opt->relocatable) {
        l->entry = ld_symbol(l, entry, strlen(entry));
        ld_want(l, l->entry);
        l->entry->weak = false;
    }
    for (i = 0; i < l->opt->nundefs; i++)
        ld_want(l, ld_symbol(l, l->opt->undefs[i], strlen(l->opt->undefs[i])));
    return ld_add_defsyms(l);
}

static bool check_options(Ld *l)
{
    if (l->page & (l->page - 1) || l->page < 4096 || l->page > 1 << 30) {
        diag_file(l->d, DIAG_ERROR, "ld", "the page size is not a power of two between 4096 and 2^30");
        return false;
    }
    if (l->base & (l->page - 1) || l->base >= (uint64_t)1 << 46) {
        diag_file(l->d, DIAG_ERROR, "ld", "the image's base address is not a multiple of the page size, or too high");
        return false;
    }
    return true;
}

static void make_sections(Ld *l)
{
    if (l->opt->build_id) {
        l->build_id = ld_make_section(l, ".note.gnu.build-id", SHT_NOTE, SHF_ALLOC, 4);
        l->build_id->size = 36;
    }
    ld_assign(l);
    if (l->attributes.n) {
        l->attr = ld_make_section(l, l->tl->attributes, SHT_ATTRIBUTES, 0, 1);
        l->attr->data = l->attributes.p;
        l->attr->size = l->attributes.n;
    }
    ld_merge(l);
    ld_edit_eh_frame(l);
}

static void settle_stack(Ld *l)
{
    if (l->opt->exec_stack)
        l->exec_stack = l->opt->exec_stack > 0;
    else if (l->exec_stack)
        diag_file(l->d, DIAG_WARNING, "ld", "an object asks for an executable stack");
}

bool ld_link(Host *host, Arena *a, Diag *d, const struct Target *t, const LdInput *in, uint32_t nin, const LdOptions *opt,
             Buf *out, Buf *map_text)
{
    uint32_t errors = d->errors;
    Ld *l = arena_alloc(a, sizeof *l);
    init(l, host, a, d, t, opt, out);
    if (!check_options(l) || !add_roots(l) || !ld_load(l, in, nin) || d->errors != errors)
        return false;
    if (!ld_join_traits(l))
        return false;
    if (opt->relocatable)
        return ld_partial(l) && d->errors == errors;
    ld_allocate_commons(l);
    if (opt->gc_sections)
        ld_collect(l);
    make_sections(l);
    ld_provide_symbols(l);
    ld_scan(l);
    settle_stack(l);
    if (d->errors != errors || !ld_layout(l))
        return false;
    ld_settle_provided(l);
    if (!ld_relax(l) || !ld_make_veneers(l))
        return false;
    ld_write(l);
    if (opt->map && map_text)
        ld_write_map(l, map_text);
    return d->errors == errors;
}
