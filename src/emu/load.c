/* load: an ELF executable into the guest's memory, and its first stack. In: the file's bytes, which may be anything; out: pages, pc, sp,
 * and the symbols for messages. Static executables, position-independent ones without an interpreter too, and dynamic ones with their
 * interpreter from the sysroot (gABI chapter 5; stack: Linux's binfmt_elf). */
#include "emu/linux.h"
#include "obj/elf.h"

enum { PH_TYPE = 0, PH_FLAGS = 4, PH_OFFSET = 8, PH_VADDR = 16, PH_FILESZ = 32, PH_MEMSZ = 40, PT_INTERP = 3, PT_PHDR = 6, EM_RV64 = 243,
       MAX_PHDRS = 1024, SHT_SYM = 2, STT_FUNCTION = 2, MAX_NAME = 4096 };
enum { AT_NULL, AT_PHDR = 3, AT_PHENT, AT_PHNUM, AT_PAGESZ, AT_BASE, AT_FLAGS, AT_ENTRY, AT_UID = 11, AT_EUID, AT_GID, AT_EGID,
       AT_HWCAP = 16, AT_CLKTCK = 17, AT_SECURE = 23, AT_RANDOM = 25, AT_EXECFN = 31, CLOCK_TICKS = 100 };
#define SPACE ((uint64_t)1 << EMU_ADDRESS_BITS)
#define STACK_TOP (SPACE - ((uint64_t)1 << 20))
#define STACK_BYTES ((uint64_t)8 << 20)
#define MAX_SEGMENT ((uint64_t)1 << 32)
#define PIE_BASE ((uint64_t)0x2000000000 / 3 * 2 / 0x1000 * 0x1000) /* two thirds up, as Linux */
#define MAX_STRINGS (STACK_BYTES / 4)                    /* of arguments and environment */

typedef struct Image {
    const uint8_t *p;
    size_t n;
    const char *name;
    const uint8_t *phdrs;
    unsigned nphdrs;
    bool dyn;
    uint64_t bias, entry, phdr_at, end;
    const char *interp;
    unsigned file;             /* EmuOptions.file, when it is the file of p */
} Image;

static bool fail(Emu *e, const char *name, const char *why)
{
    rt_snfmt(e->message, sizeof e->message, "%.300s: %s", name ? name : "guest", why);
    return false;
}

static const uint8_t *phdr(const Image *g, unsigned i)
{
    return g->phdrs + (size_t)i * PHDR_SIZE;
}

static bool inside(const Image *g, uint64_t offset, uint64_t n)
{
    return offset <= g->n && n <= g->n - offset;
}

static bool read_header(Emu *e, Image *g)
{
    const uint8_t *p = g->p;
    if (g->n < EHDR_SIZE || memcmp(p, "\177ELF", 4) != 0)
        return fail(e, g->name, "not an ELF file");
    if (p[EI_CLASS] != 2 || p[EI_DATA] != 1 || get_u16(p + EH_MACHINE) != EM_RV64)
        return fail(e, g->name, "not for 64-bit RISC-V");
    unsigned type = get_u16(p + EH_TYPE);
    if (type != ET_EXEC && type != ET_DYN)
        return fail(e, g->name, type == ET_REL ? "an object that was not linked" : "not an executable");
    g->dyn = type == ET_DYN;
    g->nphdrs = get_u16(p + EH_PHNUM);
    if (!g->nphdrs || g->nphdrs > MAX_PHDRS || get_u16(p + EH_PHENTSIZE) != PHDR_SIZE ||
        !inside(g, get_u64(p + EH_PHOFF), (uint64_t)g->nphdrs * PHDR_SIZE))
        return fail(e, g->name, "damaged: its program headers are not in the file");
    g->phdrs = p + get_u64(p + EH_PHOFF);
    return true;
}

/* Every PT_LOAD lies in file and address space; [*lo, *hi) of all. */
static bool check_segments(Emu *e, Image *g, uint64_t *lo, uint64_t *hi)
{
    *lo = UINT64_MAX;
    *hi = 0;
    for (unsigned i = 0; i < g->nphdrs; i++) {
        const uint8_t *h = phdr(g, i);
        uint64_t offset = get_u64(h + PH_OFFSET), at = get_u64(h + PH_VADDR), file = get_u64(h + PH_FILESZ), mem = get_u64(h + PH_MEMSZ);
        uint32_t type = get_u32(h + PH_TYPE);
        if (type == PT_INTERP) {
            if (!inside(g, offset, file) || !file || file > MAX_NAME || g->p[offset + file - 1])
                return fail(e, g->name, "damaged: the interpreter's name is not in the file");
            g->interp = (const char *)g->p + offset;
        }
        if (type != PT_LOAD || !mem)
            continue;
        if (!inside(g, offset, file) || file > mem)
            return fail(e, g->name, "damaged: a segment is not in the file");
        if (at >= SPACE || mem > MAX_SEGMENT || mem > SPACE - at || (at ^ offset) & (EMU_PAGE - 1))
            return fail(e, g->name, "damaged: a segment's address is not possible");
        *lo = at < *lo ? at : *lo;
        *hi = at + mem > *hi ? at + mem : *hi;
    }
    if (!*hi)
        return fail(e, g->name, "it has nothing to load");
    *lo &= ~(uint64_t)(EMU_PAGE - 1);
    *hi = align_up(*hi, EMU_PAGE);
    return true;
}

/* Fast memory has a segment's file pages mapped, not copied; what lies behind its last byte there is zero. */
static bool map_file(Emu *e, const Image *g, uint64_t at, uint64_t offset, uint64_t file, uint64_t mem)
{
    enum { PRIVATE_FIXED = 0x12 };
    uint64_t first = at & ~(uint64_t)(EMU_PAGE - 1), end = align_up(at + file, EMU_PAGE);
    if (!e->mem.fast || !g->file || !file ||
        (uint64_t)emu_os(e, GUEST_mmap, first, end - first, EMU_READ | EMU_WRITE, PRIVATE_FIXED, g->file - 1,
                         offset - (at - first)) != first)
        return false;
    if (mem > file)
        memset((void *)(uintptr_t)(at + file), 0, (size_t)(end - at - file));
    return true;
}

/* Pages that two segments share have the rights of both; what one puts there stays. */
static bool map_segment(Emu *e, const Image *g, const uint8_t *h)
{
    uint64_t at = get_u64(h + PH_VADDR) + g->bias, mem = get_u64(h + PH_MEMSZ);
    uint64_t first = at & ~(uint64_t)(EMU_PAGE - 1), end = align_up(at + mem, EMU_PAGE);
    uint32_t flags = get_u32(h + PH_FLAGS);
    unsigned prot = (flags & PF_R ? EMU_READ : 0) | (flags & PF_W ? EMU_WRITE : 0) | (flags & PF_X ? EMU_EXEC : 0);
    bool whole = emu_mem_is_free(&e->mem, first, end - first) && emu_mem_map(&e->mem, first, end - first, EMU_READ | EMU_WRITE);
    for (uint64_t a = first; a < end && !whole; a += EMU_PAGE) {
        EmuPage *there = emu_mem_page(&e->mem, a);
        if (there ? !emu_mem_protect(&e->mem, a, EMU_PAGE, prot | (there->prot & 7)) : !emu_mem_map(&e->mem, a, EMU_PAGE, prot))
            return fail(e, g->name, "out of memory");
    }
    if (!(whole && map_file(e, g, at, get_u64(h + PH_OFFSET), get_u64(h + PH_FILESZ), mem)) &&
        !emu_copy_in(e, at, g->p + get_u64(h + PH_OFFSET), get_u64(h + PH_FILESZ), true))
        return fail(e, g->name, "out of memory");
    if (whole)
        emu_mem_protect(&e->mem, first, end - first, prot);
    return true;
}

/* want: where a position-independent one goes. */
static bool map_image(Emu *e, Image *g, uint64_t want)
{
    uint64_t lo, hi, table = get_u64(g->p + EH_PHOFF);
    if (!check_segments(e, g, &lo, &hi))
        return false;
    g->bias = g->dyn ? want - lo : 0;
    if (hi - lo > SPACE / 2 || hi + g->bias > STACK_TOP - STACK_BYTES || lo + g->bias > hi + g->bias ||
        !emu_mem_is_free(&e->mem, lo + g->bias, hi - lo))
        return fail(e, g->name, "it does not fit into the address space");
    for (unsigned i = 0; i < g->nphdrs; i++) {
        const uint8_t *h = phdr(g, i);
        uint64_t offset = get_u64(h + PH_OFFSET), at = get_u64(h + PH_VADDR);
        if (get_u32(h + PH_TYPE) != PT_LOAD || !get_u64(h + PH_MEMSZ))
            continue;
        if (!map_segment(e, g, h))
            return false;
        if (table >= offset && table - offset < get_u64(h + PH_FILESZ))
            g->phdr_at = table - offset + at + g->bias;
    }
    for (unsigned i = 0; i < g->nphdrs; i++)
        if (get_u32(phdr(g, i) + PH_TYPE) == PT_PHDR)
            g->phdr_at = get_u64(phdr(g, i) + PH_VADDR) + g->bias;
    g->entry = get_u64(g->p + EH_ENTRY) + g->bias;
    g->end = hi + g->bias;
    return true;
}

/* ---- symbols ---- */

/* .symtab and its strings, where they are; silently none when they are not right. */
static void keep_symbols(Emu *e, const Image *g)
{
    uint64_t table = get_u64(g->p + EH_SHOFF);
    unsigned n = get_u16(g->p + EH_SHNUM);
    if (get_u16(g->p + EH_SHENTSIZE) != SHDR_SIZE || !inside(g, table, (uint64_t)n * SHDR_SIZE))
        return;
    for (unsigned i = 0; i < n; i++) {
        const uint8_t *s = g->p + table + (size_t)i * SHDR_SIZE;
        uint32_t link = get_u32(s + SH_LINK);
        if (get_u32(s + SH_TYPE) != SHT_SYM || link >= n)
            continue;
        const uint8_t *t = g->p + table + (size_t)link * SHDR_SIZE;
        uint64_t size = get_u64(s + SH_SIZE), strings = get_u64(t + SH_SIZE);
        if (!inside(g, get_u64(s + SH_OFFSET), size) || !inside(g, get_u64(t + SH_OFFSET), strings) || !strings ||
            g->p[get_u64(t + SH_OFFSET) + strings - 1])
            continue;
        e->nsymbols = size / SYM_SIZE;
        e->symbols = g->p + get_u64(s + SH_OFFSET);
        e->nstrings = strings;
        e->strings = (const char *)g->p + get_u64(t + SH_OFFSET);
        e->load_bias = g->bias;
        return;
    }
}

const char *emu_symbol(const Emu *e, uint64_t pc, uint64_t *offset)
{
    const char *name = NULL;
    uint64_t best = 0;
    for (size_t i = 0; i < e->nsymbols; i++) {
        const uint8_t *s = e->symbols + i * SYM_SIZE;
        uint64_t at = get_u64(s + ST_VALUE) + e->load_bias, size = get_u64(s + ST_SIZE);
        uint32_t at_name = get_u32(s + ST_NAME);
        unsigned type = s[ST_INFO] & 15;
        if (get_u16(s + ST_SHNDX) == SHN_UNDEF || type > STT_FUNCTION || at > pc || at_name >= e->nstrings || !e->strings[at_name] ||
            e->strings[at_name] == '$' || (type == STT_FUNCTION && size && pc - at >= size) || at < best)
            continue;
        if (at == best && name && type != STT_FUNCTION)
            continue;
        best = at;
        name = e->strings + at_name;
    }
    *offset = pc - best;
    return name;
}

/* ---- the first stack ---- */

/* Strings from the top down; their addresses into *to, in order. False when they are too many. */
static bool push_strings(Emu *e, uint64_t *sp, const char *const *list, size_t n, Buf *to)
{
    for (size_t i = n; i-- > 0; ) {
        size_t len = strlen(list[i]) + 1;
        if (len > MAX_STRINGS || STACK_TOP - *sp + len > MAX_STRINGS)
            return false;
        *sp -= len;
        put_u64(to->p + to->n + i * 8, *sp);
        if (!emu_copy_in(e, *sp, list[i], len, true))
            return false;
    }
    to->n += n * 8;
    buf_u64(to, 0);
    return true;
}

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

/* argc, argv, envp, auxv upward from sp; the strings they name above. */
static bool build_stack(Emu *e, const Image *g, uint64_t base)
{
    static const char *const nothing[] = { NULL };
    const char *const *argv = e->opt.argv ? e->opt.argv : nothing, *const *envp = e->opt.envp ? e->opt.envp : nothing;
    const char *exe = e->opt.exe ? e->opt.exe : e->opt.name ? e->opt.name : "";
    const char *only[2] = { e->opt.name, NULL };
    uint64_t sp = STACK_TOP, random[2] = { 0, 0 };
    Buf b, exec;
    if (!argv[0] && e->opt.name)
        argv = only;
    size_t argc = count(argv), envc = count(envp);
    if (!emu_mem_map(&e->mem, STACK_TOP - STACK_BYTES, STACK_BYTES, EMU_READ | EMU_WRITE))
        return fail(e, e->opt.name, "out of memory");
    buf_init(&b, &e->scratch);
    buf_init(&exec, &e->scratch);
    buf_reserve(&exec, 16);
    if ((argc + envc) * 8 > MAX_STRINGS)
        return fail(e, e->opt.name, "too many arguments");
    buf_reserve(&b, (argc + envc) * 8 + 512);
    buf_u64(&b, argc);
    const char *exe_list[1];
    exe_list[0] = exe;
    if (!push_strings(e, &sp, exe_list, 1, &exec) || !push_strings(e, &sp, argv, argc, &b) || !push_strings(e, &sp, envp, envc, &b))
        return fail(e, e->opt.name, "too many arguments");
    emu_os3(e, GUEST_getrandom, EMU_HOST(random), sizeof random, 0);
    sp = (sp - sizeof random) & ~(uint64_t)15;
    emu_copy_in(e, sp, random, sizeof random, true);
    uint64_t aux[][2] = {
        { AT_PHDR, g->phdr_at }, { AT_PHENT, PHDR_SIZE }, { AT_PHNUM, g->nphdrs }, { AT_PAGESZ, EMU_PAGE }, { AT_BASE, base },
        { AT_FLAGS, 0 }, { AT_ENTRY, g->entry }, { AT_UID, (uint64_t)emu_os3(e, GUEST_getuid, 0, 0, 0) },
        { AT_EUID, (uint64_t)emu_os3(e, GUEST_geteuid, 0, 0, 0) }, { AT_GID, (uint64_t)emu_os3(e, GUEST_getgid, 0, 0, 0) },
        { AT_EGID, (uint64_t)emu_os3(e, GUEST_getegid, 0, 0, 0) }, { AT_HWCAP, 1 | 1 << 2 | 1 << 3 | 1 << 5 | 1 << 8 | 1 << 12 },
        { AT_CLKTCK, CLOCK_TICKS }, { AT_SECURE, 0 }, { AT_RANDOM, sp }, { AT_EXECFN, get_u64(exec.p) }, { AT_NULL, 0 },
    };
    for (unsigned i = 0; i < countof(aux); i++) {
        buf_u64(&b, aux[i][0]);
        buf_u64(&b, aux[i][1]);
    }
    sp = (sp - b.n) & ~(uint64_t)15;
    emu_set_reg(e, EMU_SP, sp);
    return emu_copy_in(e, sp, b.p, b.n, true) || fail(e, e->opt.name, "out of memory");
}

/* ---- all of it ---- */

static bool load_interpreter(Emu *e, const char *name, Image *g)
{
    uint64_t id[2];
    const char *data;
    const char *path = arena_fmt(&e->perm, "%s%s", e->opt.sysroot ? e->opt.sysroot : "", name);
    memset(g, 0, sizeof *g);
    int r = e->host->read_file(e->host->ctx, path, &data, &g->n, id);
    if (r < 0 && e->host->read_file(e->host->ctx, name, &data, &g->n, id) >= 0) {
        path = name;
        r = 0;
    }
    if (r < 0) {
        rt_snfmt(e->message, sizeof e->message, "%.160s: its interpreter '%.200s': %s (-L FOLDER tells where it lies)",
                 e->opt.name ? e->opt.name : "guest", path, rt_strerror(-r));
        return false;
    }
    g->p = (const uint8_t *)data;
    g->name = path;
    if (!read_header(e, g))
        return false;
    if (!g->dyn)
        return fail(e, path, "an interpreter that is not position-independent");
    return map_image(e, g, e->mem.mmap_top - ((uint64_t)1 << 28)) && (!g->interp || fail(e, path, "an interpreter with an interpreter"));
}

bool emu_load(Emu *e, const void *elf, size_t n)
{
    Image g, ld;
    memset(&g, 0, sizeof g);
    g.p = elf;
    g.n = n;
    g.name = e->opt.name;
    g.file = e->opt.file;
    if (!read_header(e, &g) || !map_image(e, &g, PIE_BASE))
        return false;
    e->mem.brk = e->mem.brk_start = g.end;
    e->pc = g.entry;
    if (g.interp && !load_interpreter(e, g.interp, &ld))
        return false;
    if (g.interp) {
        e->pc = ld.entry;
        if (ld.bias < e->mem.mmap_next)
            e->mem.mmap_next = ld.bias;
    }
    keep_symbols(e, &g);
    bool ok = build_stack(e, &g, g.interp ? ld.bias : 0);
    arena_reset(&e->scratch);
    return ok;
}
