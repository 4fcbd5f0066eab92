/* asm.c: GNU syntax in, instructions out, for src/as. One idea: a mnemonic has candidates, rows and aliases of insn.def in order, and the
 * first whose operands fit (asm_match.c) is meant. Nothing here relaxes: a target out of reach is an error, as GNU as has it. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

/* Ident.sym is the first of a mnemonic's candidates, Ident.tag the last. */
static void add_cand(As *as, Aa64Asm *a, const char *name, size_t n, unsigned row, unsigned alias, int q, unsigned cond, const char *lit)
{
    Aa64Cand *c = arena_new(as_arena(as), Aa64Cand), *last;
    Ident *id = intern_n(&a->names, name, n);
    c->alias = (uint16_t)alias;
    c->row = (uint16_t)row;
    c->q = (int8_t)q;
    c->cond = (uint8_t)cond;
    c->literal = lit;
    last = id->tag;
    id->tag = c;
    if (last)
        last->next = c;
    else
        id->sym = c;
}

/* A mnemonic, with 2 behind it, too, where the row has that. */
static void add_name(As *as, Aa64Asm *a, const char *mnem, unsigned row, unsigned alias)
{
    const Aa64Insn *in = &aa64_insns[row];
    const char *space = strchr(mnem, ' ');
    char two[16];
    size_t n = space ? (size_t)(space - mnem) : strlen(mnem);
    if (!aa64_shaped(&aa64_forms[in->form]) || !(in->flags & AV_2)) {
        add_cand(as, a, mnem, n, row, alias, -1, 0, space ? space + 1 : NULL);
        return;
    }
    add_cand(as, a, mnem, n, row, alias, 0, 0, NULL);
    memcpy(two, mnem, n);
    two[n] = '2';
    add_cand(as, a, two, n + 1, row, alias, 1, 0, NULL);
}

static void *begin(As *as)
{
    Aa64Asm *a = arena_new(as_arena(as), Aa64Asm);
    char name[16];
    unsigned k;
    size_t n;
    intern_init(&a->names, as_arena(as));
    intern_init(&a->reqs, as_arena(as));
    intern_init(&a->words, as_arena(as));
    for (k = 0; k < aa64_alias_count; k++)
        add_name(as, a, aa64_aliases[k].mnem, aa64_aliases[k].row, k + 1);
    for (k = 0; k < AA64_ROWS; k++)
        if (k != AA64_I_B_COND)
            add_name(as, a, aa64_insns[k].mnem, k, 0);
    for (k = 0; k < aa64_cond_word_count; k++) {
        n = strlen(aa64_cond_words[k].name);
        memcpy(name, "b.", 2);
        memcpy(name + 2, aa64_cond_words[k].name, n);
        add_cand(as, a, name, n + 2, AA64_I_B_COND, 0, -1, aa64_cond_words[k].cond, NULL);
        if (k >= 16)
            continue;
        memcpy(name + 1, aa64_cond_words[k].name, n);
        add_cand(as, a, name, n + 1, AA64_I_B_COND, 0, -1, aa64_cond_words[k].cond, NULL);
    }
    for (k = 0; k < aa64_sysreg_count; k++)
        intern_n(&a->words, aa64_sysregs[k].name, strlen(aa64_sysregs[k].name))->kw = aa64_sysregs[k].n;
    intern_n(&a->words, "dbgdtrtx_el0", 12)->kw = 0x9828;
    a->features = as_target(as)->features & AA64_X_ALL;
    return a;
}

static void emit(Aa64Match *m, const char *at)
{
    AsFix f;
    uint32_t w;
    if (!aa64_emit(&w, &m->i)) {
        as_error(m->as, m->o->n ? m->o->at : at, "these operands have no encoding in '%s'", m->in->mnem);
        return;
    }
    if (m->hint && m->fix && aa64_hint_tls(m->hint) && m->fix->v.add)
        as_mark_tls(m->as, m->fix->v.add);
    aa64_emit_word(m->as, m->a, w);
    if (!m->fix)
        return;
    memset(&f, 0, sizeof f);
    f.size = 4;
    f.hint = (uint8_t)m->hint;
    f.pcrel = m->pcrel;
    f.v = m->fix->v;
    as_fix(m->as, 4, &f, m->fix->p);
}

static const char *skip_name(const char *p)
{
    while (as_is_name(*p, false))
        p++;
    return p;
}

/* name .req register */
static bool requires(As *as, Aa64Asm *a, const char *at, const char **pp)
{
    const char *p = *pp, *e;
    Aa64Op op;
    as_skip(as, &p);
    if (memcmp(p, ".req", 4) != 0 || as_is_name(p[4], false))
        return false;
    p += 4;
    as_skip(as, &p);
    e = skip_name(p);
    memset(&op, 0, sizeof op);
    if (e == p || !aa64_parse_reg(a, p, (size_t)(e - p), &op))
        as_error(as, p, "expected a register");
    else
        intern_n(&a->reqs, at, (size_t)(skip_name(at) - at))->sym = arena_strndup(as_arena(as), p, (size_t)(e - p));
    *pp = e;
    return true;
}

static const char *insn(As *as, const char *at, const char *p)
{
    Aa64Asm *a = as_target_state(as);
    const char *e = skip_name(at);
    size_t n = (size_t)(e - at), k;
    char low[24];
    Aa64Ops o;
    Aa64Match m;
    unsigned far = 0;
    uint32_t missing = 0;
    const Aa64Cand *c;
    if (requires(as, a, at, &p))
        return p;
    c = NULL;
    if (n < sizeof low) {
        for (k = 0; k < n; k++)
            low[k] = (char)(at[k] >= 'A' && at[k] <= 'Z' ? at[k] | 0x20 : at[k]);
        c = intern_n(&a->names, low, n)->sym;
    }
    if (!c) {
        as_error(as, at, "unknown instruction '%.*s'", (int)n, at);
        return p;
    }
    if (!aa64_operands(as, a, &p, &o))
        return p;
    memset(&m, 0, sizeof m);
    m.as = as;
    m.a = a;
    m.o = &o;
    for (; c; c = c->next) {
        int ok;
        m.c = c;
        ok = aa64_candidate(&m, false);
        far = m.at > far ? m.at : far;
        if (ok < 0)
            return p;
        if (!ok)
            continue;
        if (m.in->features & ~a->features) {
            missing = m.in->features & ~a->features;
            continue;
        }
        ok = aa64_candidate(&m, true);
        if (ok > 0)
            emit(&m, at);
        else if (!ok)
            as_error(as, o.n ? o.at : at, "operands do not belong to '%.*s'", (int)n, at);
        return p;
    }
    if (missing)
        as_error(as, at, "'%.*s' needs +%s", (int)n, at, missing & AA64_X_CRC ? "crc" : "lse");
    else if (n == 3 && memcmp(low, "mov", 3) == 0 && o.n == 2 && o.op[1].kind == AO_EXPR)
        as_error(as, o.op[1].p, "no single instruction moves this immediate");
    else if (far < o.n)
        as_error(as, o.op[far].p ? o.op[far].p : o.at, "operand %u does not belong to '%.*s'", far + 1, (int)n, at);
    else
        as_error(as, o.n ? o.at : at, "operands do not belong to '%.*s'", (int)n, at);
    return p;
}

/* ---- what the core asks ---- */

static unsigned modifier(const char *name, size_t n)
{
    (void)name;
    (void)n;
    return 0;
}

static bool is_tls(unsigned mod)
{
    (void)mod;
    return false;
}

static uint32_t reloc(const AsRelocQuery *q)
{
    const AsFix *f = q->fix;
    if (f->hint)
        return aa64_hint_reloc(f->hint);
    if (f->size == 8)
        return f->pcrel ? R_AARCH64_PREL64 : R_AARCH64_ABS64;
    if (f->size == 4)
        return f->pcrel ? R_AARCH64_PREL32 : R_AARCH64_ABS32;
    return f->size == 2 ? (f->pcrel ? R_AARCH64_PREL16 : R_AARCH64_ABS16) : 0;
}

static bool section_ok(const AsFix *f)
{
    (void)f;
    return true;
}

static const AsBranchLevel *branch_level(unsigned kind, unsigned level)
{
    (void)kind;
    (void)level;
    return NULL;
}

static void nops(uint8_t *to, size_t n)
{
    for (; n & 3; n--)
        *to++ = 0;
    for (; n; n -= 4, to += 4)
        put_u32(to, 0xd503201f);
}

#define RELOC(name, number, ...) { #name, number },
static const AsRelocName reloc_names[] = {
#include "arch/aa64/reloc.def"
};
#undef RELOC

extern const struct TargetAsm aa64_asm;
const struct TargetAsm aa64_asm = {
    .line_comment = "#", .hash = true, .option = aa64_asm_option,
    .begin = begin, .insn = insn, .modifier = modifier, .reloc = reloc, .section_ok = section_ok, .is_tls = is_tls,
    .branch_level = branch_level, .nops = nops, .relocs = reloc_names, .nrelocs = countof(reloc_names),
    .put = aa64_put, .directive = aa64_directive, .end = aa64_asm_end,
};
