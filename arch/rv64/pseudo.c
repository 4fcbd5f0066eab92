/* pseudo.c: pseudo-instructions that are more than another name of one instruction, directives, and what an object
 * says of itself. In: sorted operands (asm.c). Out: instructions and fields. Sources: RISC-V Assembly Programmer's
 * Manual; what GNU as makes of them. */
#include "arch/arch.h"
#include "arch/rv64/asm.h"

enum { P_LI, P_LA, P_LLA, P_LGA, P_LA_TLS_IE, P_LA_TLS_GD, P_CALL, P_TAIL, P_JUMP, P_SEXT_B, P_SEXT_H, P_ZEXT_H,
       P_ZEXT_W, P_ADD };

typedef struct Pseudo { const char *name; uint8_t number; } Pseudo;
static const Pseudo pseudos[] = {
    { "li", P_LI }, { "la", P_LA }, { "lla", P_LLA }, { "lga", P_LGA }, { "la.tls.ie", P_LA_TLS_IE },
    { "la.tls.gd", P_LA_TLS_GD }, { "call", P_CALL }, { "tail", P_TAIL }, { "jump", P_JUMP }, { "sext.b", P_SEXT_B },
    { "sext.h", P_SEXT_H }, { "zext.h", P_ZEXT_H }, { "zext.w", P_ZEXT_W }, { "add", P_ADD },
};

void rv64_pseudo_init(Rv64Asm *a)
{
    size_t k;
    for (k = 0; k < countof(pseudos); k++)
        intern_n(&a->names, pseudos[k].name, strlen(pseudos[k].name))->pp = (uint16_t)(pseudos[k].number + 1);
}

static Rv64Ins ins(unsigned row, unsigned rd, unsigned rs1, unsigned rs2, int32_t imm)
{
    Rv64Ins i;
    memset(&i, 0, sizeof i);
    i.row = (uint16_t)row;
    i.rd = (uint8_t)rd;
    i.rs1 = (uint8_t)rs1;
    i.rs2 = (uint8_t)rs2;
    i.imm = imm;
    return i;
}

static bool x_reg(const Rv64Ops *o, unsigned k)
{
    return k < o->n && o->op[k].kind == RV64_OP_REG && o->op[k].reg < 32;
}

static bool expr(const Rv64Ops *o, unsigned k)
{
    return k < o->n && o->op[k].kind == RV64_OP_EXPR;
}

/* Where only a symbol can stand, one may be called like a register. */
static bool target(const Rv64Ops *o, unsigned k)
{
    return k < o->n && (o->op[k].kind == RV64_OP_EXPR || o->op[k].kind == RV64_OP_REG);
}

/* A symbol, without an operator. False after a message. */
static bool symbol(As *as, const Rv64Op *op, AsVal *v)
{
    unsigned hint;
    if (!rv64_value(as, op, v, &hint))
        return false;
    if (hint) {
        as_error(as, op->p, "an operator cannot stand here");
        return false;
    }
    v->mod = 0;
    return true;
}

/* auipc base, hi(v); row with the low part of the place of the auipc (psABI, "PC-Relative Symbol Addresses"). */
static void pcrel(As *as, Rv64Asm *a, unsigned row, unsigned reg, unsigned base, unsigned hi, const AsVal *v,
                  const char *at)
{
    bool store = (rv64_insns[row].flags & RVF_STORE) != 0;
    Rv64Ins i = ins(RV64_I_AUIPC, base, 0, 0, 0);
    AsVal here;
    memset(&here, 0, sizeof here);
    here.add = as_sym_here(as);
    rv64_emit_fix(as, a, &i, hi, v, at);
    i = store ? ins(row, 0, base, reg, 0) : ins(row, reg, base, 0, 0);
    rv64_emit_fix(as, a, &i, store ? RV64_H_PCREL_LO_S : RV64_H_PCREL_LO_I, &here, at);
}

static void call(As *as, Rv64Asm *a, unsigned link, unsigned scratch, const AsVal *v, const char *at)
{
    Rv64Ins i = ins(RV64_I_AUIPC, scratch, 0, 0, 0);
    AsFix f;
    rv64_emit_ins(as, a, &i, true);
    i = ins(RV64_I_JALR, link, scratch, 0, 0);
    rv64_emit_ins(as, a, &i, true);
    memset(&f, 0, sizeof f);
    f.size = 8;
    f.hint = RV64_H_CALL;
    f.v = *v;
    as_fix(as, 8, &f, at);
}

static void li(As *as, Rv64Asm *a, unsigned rd, int64_t c)
{
    Rv64Ins t[RV64_LI_MAX];
    unsigned n = rv64_li_gnu(t, rd, c), k;
    for (k = 0; k < n; k++)
        rv64_emit_ins(as, a, &t[k], false);
}

static void extend(As *as, Rv64Asm *a, const Rv64Ops *o, unsigned right, int bits)
{
    Rv64Ins i = ins(RV64_I_SLLI, o->op[0].reg, o->op[1].reg, 0, bits);
    rv64_emit_ins(as, a, &i, false);
    i = ins(right, o->op[0].reg, o->op[0].reg, 0, bits);
    rv64_emit_ins(as, a, &i, false);
}

bool rv64_pseudo(As *as, Rv64Asm *a, unsigned number, const Rv64Ops *o)
{
    AsVal v;
    int64_t c;
    unsigned hint, rd;
    Rv64Ins i;
    switch (number) {
    case P_LI:
        if (o->n != 2 || !x_reg(o, 0) || !expr(o, 1))
            return false;
        if (!rv64_value(as, &o->op[1], &v, &hint))
            return true;
        if (hint) {
            i = ins(RV64_I_ADDI, o->op[0].reg, 0, 0, 0);
            if (hint == RV64_H_LO_I || hint == RV64_H_PCREL_LO_I || hint == RV64_H_TPREL_LO_I)
                rv64_emit_fix(as, a, &i, hint, &v, o->op[1].p);
            else
                as_error(as, o->op[1].p, "this operator does not belong to 'li'");
            return true;
        }
        if (!rv64_constant(as, &o->op[1], &c))
            return true;
        li(as, a, o->op[0].reg, c);
        return true;
    case P_LA: case P_LLA: case P_LGA: case P_LA_TLS_IE: case P_LA_TLS_GD:
        if (o->n != 2 || !x_reg(o, 0) || !target(o, 1))
            return false;
        if (!symbol(as, &o->op[1], &v))
            return true;
        if (as_val_const(&v) && number <= P_LLA) {
            li(as, a, o->op[0].reg, v.c);
            return true;
        }
        if (number >= P_LA_TLS_IE && v.add)
            as_mark_tls(as, v.add);
        rd = o->op[0].reg;
        if (number == P_LLA || (number == P_LA && !a->now.pic))
            pcrel(as, a, RV64_I_ADDI, rd, rd, RV64_H_PCREL_HI, &v, o->op[1].p);
        else if (number == P_LA_TLS_GD)
            pcrel(as, a, RV64_I_ADDI, rd, rd, RV64_H_TLS_GD_HI, &v, o->op[1].p);
        else
            pcrel(as, a, RV64_I_LD, rd, rd, number == P_LA_TLS_IE ? RV64_H_TLS_IE_HI : RV64_H_GOT_HI, &v, o->op[1].p);
        return true;
    case P_CALL:
        if (o->n == 2 && x_reg(o, 0) && target(o, 1)) {
            if (symbol(as, &o->op[1], &v))
                call(as, a, o->op[0].reg, RV64_T1, &v, o->op[1].p);
            return true;
        }
        if (o->n != 1 || !target(o, 0))
            return false;
        if (symbol(as, &o->op[0], &v))
            call(as, a, RV64_RA, RV64_RA, &v, o->op[0].p);
        return true;
    case P_TAIL:
        if (o->n != 1 || !target(o, 0))
            return false;
        if (symbol(as, &o->op[0], &v))
            call(as, a, RV64_ZERO, RV64_T1, &v, o->op[0].p);
        return true;
    case P_JUMP:
        if (o->n != 2 || !target(o, 0) || !x_reg(o, 1))
            return false;
        if (symbol(as, &o->op[0], &v))
            call(as, a, RV64_ZERO, o->op[1].reg, &v, o->op[0].p);
        return true;
    case P_ADD: /* add rd, rs, tp, %tprel_add(sym) */
        if (o->n != 4 || !x_reg(o, 0) || !x_reg(o, 1) || !x_reg(o, 2) || !expr(o, 3))
            return false;
        if (!rv64_value(as, &o->op[3], &v, &hint))
            return true;
        if (hint != RV64_H_TPREL_ADD) {
            as_error(as, o->op[3].p, "expected %%tprel_add(symbol)");
            return true;
        }
        i = ins(RV64_I_ADD, o->op[0].reg, o->op[1].reg, o->op[2].reg, 0);
        rv64_emit_fix(as, a, &i, hint, &v, o->op[3].p);
        return true;
    default:
        if (o->n != 2 || !x_reg(o, 0) || !x_reg(o, 1))
            return false;
        extend(as, a, o, number == P_SEXT_B || number == P_SEXT_H ? RV64_I_SRAI : RV64_I_SRLI,
               number == P_SEXT_B ? 56 : number == P_ZEXT_W ? 32 : 48);
        return true;
    }
}

bool rv64_symbol_access(As *as, Rv64Asm *a, unsigned row, const Rv64Ops *o, const char *at)
{
    const Rv64Insn *in;
    bool store, fp;
    unsigned base;
    AsVal v;
    if (row >= RV64_ROWS)
        return false;
    in = &rv64_insns[row];
    store = (in->flags & RVF_STORE) != 0;
    fp = (in->flags & RVF_FP) != 0;
    if (!(in->flags & (RVF_LOAD | RVF_STORE)) || rv64_forms[in->form].bytes != 4 || o->n < 2 ||
        o->op[0].kind != RV64_OP_REG || (o->op[0].reg >= 32) != fp || !expr(o, 1))
        return false;
    if (store || fp ? o->n != 3 || !x_reg(o, 2) : o->n != 2)
        return false;
    if (in->ext & ~a->now.ext) {
        rv64_name_missing(as, at, in->mnem, strlen(in->mnem), in->ext & ~a->now.ext);
        return true;
    }
    base = store || fp ? o->op[2].reg : o->op[0].reg;
    if (!symbol(as, &o->op[1], &v))
        return true;
    if (as_val_const(&v))
        as_error(as, o->op[1].p, "expected a symbol or an offset with a register");
    else
        pcrel(as, a, row, o->op[0].reg, base, RV64_H_PCREL_HI, &v, o->op[1].p);
    return true;
}

/* ---- directives ---- */

static bool word(As *as, const char **p, const char **w, size_t *n)
{
    as_skip(as, p);
    *w = *p;
    while (as_is_name(**p, false) || **p == '+' || **p == '-')
        ++*p;
    *n = (size_t)(*p - *w);
    return *n != 0;
}

static bool is(const char *w, size_t n, const char *s)
{
    return strlen(s) == n && memcmp(w, s, n) == 0;
}

/* .option arch, rv64gc | +zba, -c, ... */
static const char *option_arch(As *as, Rv64Asm *a, const char *p)
{
    as_skip(as, &p);
    while (*p == ',') {
        const char *w, *at;
        size_t n;
        uint32_t ext;
        Buf err;
        p++;
        as_skip(as, &p);
        at = p;
        if (!word(as, &p, &w, &n))
            break;
        buf_init(&err, as_arena(as));
        if (*w == '+' || *w == '-') {
            char *text = arena_fmt(as_arena(as), "rv64i_%.*s", (int)(n - 1), w + 1);
            if (!rv64_march_parse(text, strlen(text), &ext, &err)) {
                as_error(as, at, "%s", buf_cstr(&err));
                return p;
            }
            if (*w == '+')
                a->now.ext |= ext;
            else
                a->now.ext = rv64_march_without(a->now.ext, ext & ~(uint32_t)RV64_X_I, n - 1, w + 1);
        } else if (rv64_march_parse(w, n, &ext, &err)) {
            a->now.ext = ext;
        } else {
            as_error(as, at, "%s", buf_cstr(&err));
            return p;
        }
        as_skip(as, &p);
    }
    return p;
}

static const char *option(As *as, Rv64Asm *a, const char *p)
{
    const char *w, *at = p;
    size_t n;
    as_skip(as, &p);
    at = p;
    word(as, &p, &w, &n);
    if (is(w, n, "rvc"))
        a->now.ext |= RV64_X_C;
    else if (is(w, n, "norvc"))
        a->now.ext &= ~(uint32_t)RV64_X_C;
    else if (is(w, n, "pic"))
        a->now.pic = true;
    else if (is(w, n, "nopic"))
        a->now.pic = false;
    else if (is(w, n, "push"))
        vec_push(as_arena(as), &a->saved, a->now);
    else if (is(w, n, "pop")) {
        if (!a->saved.n)
            as_error(as, at, ".option pop without push");
        else
            a->now = a->saved.p[--a->saved.n];
    } else if (is(w, n, "arch"))
        p = option_arch(as, a, p);
    else if (!is(w, n, "relax") && !is(w, n, "norelax") && !is(w, n, "csr-check") && !is(w, n, "no-csr-check"))
        as_error(as, at, "unknown option '%.*s'", (int)n, w);
    if (a->now.ext & RV64_X_C)
        a->rvc = true;
    return p;
}

/* A string in quotation marks, without escapes. NULL after a message. */
static const char *quoted(As *as, const char *p, const char **s, size_t *n)
{
    const char *e;
    if (*p != '"') {
        as_error(as, p, "expected a string");
        return NULL;
    }
    for (e = *s = p + 1; *e && *e != '"' && *e != '\n'; e++)
        ;
    *n = (size_t)(e - *s);
    if (*e == '"')
        return e + 1;
    as_error(as, p, "unfinished string");
    return NULL;
}

/* 0 after a message. */
static uint64_t attribute_tag(As *as, const char **p)
{
    static const struct { const char *name; uint8_t tag; } names[] = {
        { "stack_align", RV64_TAG_STACK_ALIGN }, { "arch", RV64_TAG_ARCH }, { "unaligned_access", RV64_TAG_UNALIGNED_ACCESS },
        { "priv_spec", RV64_TAG_PRIV_SPEC }, { "priv_spec_minor", RV64_TAG_PRIV_SPEC_MINOR },
        { "priv_spec_revision", RV64_TAG_PRIV_SPEC_REVISION },
    };
    static const char prefix[] = "Tag_RISCV_";
    const char *w, *at = *p;
    size_t n, k, skip = sizeof prefix - 1;
    AsVal v;
    if (as_is_name(*at, true)) {
        word(as, p, &w, &n);
        if (n > skip && memcmp(w, prefix, skip) == 0) {
            w += skip;
            n -= skip;
        }
        for (k = 0; k < countof(names); k++)
            if (is(w, n, names[k].name))
                return names[k].tag;
        as_error(as, at, "unknown attribute '%.*s'", (int)n, w);
        return 0;
    }
    if (!as_expr(as, p, &v))
        return 0;
    if (!as_val_const(&v) || v.c < 4 || v.c == 32 || v.c > UINT32_MAX) {
        as_error(as, at, "expected the name or number of an attribute");
        return 0;
    }
    return (uint64_t)v.c;
}

static void set_attribute(As *as, Rv64Asm *a, const Rv64Attr *attr)
{
    uint32_t k, i;
    for (k = 0; k < a->attrs.n && a->attrs.p[k].tag < attr->tag; k++)
        ;
    if (k == a->attrs.n || a->attrs.p[k].tag != attr->tag) {
        vec_push(as_arena(as), &a->attrs, *attr);
        for (i = a->attrs.n - 1; i > k; i--)
            a->attrs.p[i] = a->attrs.p[i - 1];
    }
    a->attrs.p[k] = *attr;
}

/* .attribute tag, value (psABI, "Attributes"). */
static const char *attribute(As *as, Rv64Asm *a, const char *p)
{
    const char *at, *q;
    Rv64Attr attr;
    AsVal v;
    memset(&attr, 0, sizeof attr);
    as_skip(as, &p);
    attr.tag = attribute_tag(as, &p);
    if (!attr.tag)
        return p;
    as_skip(as, &p);
    if (*p != ',') {
        as_error(as, p, "expected ','");
        return p;
    }
    p++;
    as_skip(as, &p);
    at = p;
    if (attr.tag & 1) {
        Buf err;
        uint32_t ext;
        q = quoted(as, p, &attr.text, &attr.n);
        if (!q)
            return p;
        if (attr.tag != RV64_TAG_ARCH) {
            set_attribute(as, a, &attr);
            return q;
        }
        buf_init(&err, as_arena(as));
        if (a->begun) /* what was assembled was so for another */
            as_error(as, at, "the architecture cannot change behind instructions");
        else if (rv64_march_parse(attr.text, attr.n, &ext, &err))
            a->now.ext = ext;
        else
            as_error(as, at, "%s", buf_cstr(&err));
        a->rvc |= (a->now.ext & RV64_X_C) != 0;
        return q;
    }
    if (!as_expr(as, &p, &v))
        return p;
    if (!as_val_const(&v) || v.c < 0) {
        as_error(as, at, "expected a number");
        return p;
    }
    attr.number = (uint64_t)v.c;
    set_attribute(as, a, &attr);
    return p;
}

/* Offsets in the block of thread-local variables, as debug information has them. */
static const char *dtprel(As *as, const char *p, unsigned size)
{
    static const uint8_t zero[8];
    AsFix f;
    do {
        const char *at = p;
        memset(&f, 0, sizeof f);
        f.size = (uint8_t)size;
        f.hint = RV64_H_DTPREL;
        if (!as_expr(as, &p, &f.v))
            return p;
        if (f.v.add)
            as_mark_tls(as, f.v.add);
        as_emit(as, zero, size);
        as_fix(as, size, &f, at);
        as_skip(as, &p);
    } while (*p == ',' && p++);
    return p;
}

const char *rv64_directive(As *as, const char *at, size_t n, const char *p, const char **same_as)
{
    static const struct { const char *ours, *core; } same[] = {
        { ".half", ".short" }, { ".word", ".long" }, { ".dword", ".quad" }, { ".align", ".p2align" },
    };
    Rv64Asm *a = as_target_state(as);
    size_t k;
    if (is(at, n, ".option"))
        return option(as, a, p);
    if (is(at, n, ".dtprelword") || is(at, n, ".dtpreldword"))
        return dtprel(as, p, n == 11 ? 4 : 8);
    if (is(at, n, ".insn"))
        return rv64_insn_directive(as, a, p);
    if (is(at, n, ".attribute"))
        return attribute(as, a, p);
    for (k = 0; k < countof(same); k++)
        if (is(at, n, same[k].ours))
            *same_as = same[k].core;
    return NULL;
}

int rv64_asm_option(Target *t, const char *s, Buf *err)
{
    static const char *const always[] = {
        "-mno-relax", "-march-attr", "-mlittle-endian", "-mno-csr-check", "-misa-spec=20191213",
    };
    size_t k;
    for (k = 0; k < countof(always); k++)
        if (strcmp(s, always[k]) == 0)
            return 1;
    if (strcmp(s, "-fpic") == 0 || strcmp(s, "-fPIC") == 0)
        t->features |= RV64_X_PIC;
    else if (strcmp(s, "-fno-pic") == 0)
        t->features &= ~(uint32_t)RV64_X_PIC;
    else if (strcmp(s, "-mno-arch-attr") == 0)
        t->features |= RV64_X_NO_ATTRIBUTES;
    else if (strcmp(s, "-mrelax") == 0)
        buf_str(err, "objects never ask the linker to relax: distances are final here");
    else if (strncmp(s, "-march=", 7) == 0) {
        uint32_t keep = t->features & ~(uint32_t)RV64_X_ALL;
        int taken = t->option(t, s + 2, err);
        t->features |= keep;
        return taken;
    } else {
        return 0;
    }
    return err->n ? -1 : 1;
}

void rv64_finish(As *as, Obj *o)
{
    Rv64Asm *a = as_target_state(as);
    uint32_t ext = a->now.ext, k, n = 0;
    bool told = a->attrs.n || !a->no_attrs;
    unsigned float_abi = as_target(as)->e_flags >> 1 & 3; /* the file may have fewer registers than the ABI passes values in */
    ObjSecId sec = told ? obj_section_new(o, ".riscv.attributes", SHT_RISCV_ATTRIBUTES, 0, 1) : 0;
    uint64_t align = a->rvc ? 2 : 4;
    Rv64Attr arch;
    for (k = 1; k < o->secs.n; k++) /* code must stand where it can run (ISA 1.5) */
        if ((o->secs.p[k]->flags & SHF_EXECINSTR) && o->secs.p[k]->align < align)
            o->secs.p[k]->align = align;
    memset(&arch, 0, sizeof arch);
    arch.tag = RV64_TAG_ARCH;
    set_attribute(as, a, &arch);
    for (k = 0; k < a->attrs.n && a->attrs.p[k].tag < RV64_TAG_PRIV_SPEC; k++)
        ;
    if (a->privileged && (k == a->attrs.n || a->attrs.p[k].tag > RV64_TAG_PRIV_SPEC_REVISION)) { /* 1.11, as GNU as says */
        arch.tag = RV64_TAG_PRIV_SPEC;
        arch.number = 1;
        set_attribute(as, a, &arch);
        arch.tag = RV64_TAG_PRIV_SPEC_MINOR;
        arch.number = 11;
        set_attribute(as, a, &arch);
    }
    for (k = 0; k < a->attrs.n; k++) /* numbers that are 0 say nothing */
        if ((a->attrs.p[k].tag & 1) || a->attrs.p[k].number)
            a->attrs.p[n++] = a->attrs.p[k];
    if (told)
        rv64_attributes_all(&o->secs.p[sec]->data, ext, a->attrs.p, n);
    o->e_flags = rv64_e_flags(a->rvc ? RV64_X_C : 0u, ext & RV64_X_D ? float_abi : 0);
}
