/* asm_ops.c: text of operands. Out: a list of operands sorted by shape: registers, vectors, lists, addresses, shifts, expressions. One
 * idea: shapes are told without knowing the instruction, and expressions are read only when an instruction asks, once. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

static const char *word_end(const char *p)
{
    while (as_is_name(*p, false))
        p++;
    return p;
}

static bool word(const char *p, size_t n, const char *s)
{
    size_t k;
    if (strlen(s) != n)
        return false;
    for (k = 0; k < n; k++)
        if ((p[k] >= 'A' && p[k] <= 'Z' ? p[k] | 0x20 : p[k]) != s[k])
            return false;
    return true;
}

bool aa64_word_is(const Aa64Op *op, const char *s)
{
    return word(op->p, (size_t)(op->end - op->p), s);
}

/* ---- relocation operators ---- */

enum { OC_ADD, OC_LD, OC_LDX, OC_ADRP, OC_ADR, OC_MOV, OC_MOVS, OC_LIT };
/* field: where it stands; reloc: of OC_LD for one byte, the others told by `step`: 0 only this one. */
typedef struct Operator { const char *name; uint8_t field, tls; int8_t shift; uint16_t relocs[5]; } Operator;
#define R(x) R_AARCH64_##x
#define LDS(pre, post) { R(pre##8_##post), R(pre##16_##post), R(pre##32_##post), R(pre##64_##post), R(pre##128_##post) }
static const Operator operators[] = {
    { "lo12", OC_ADD, 0, -1, { R(ADD_ABS_LO12_NC) } },
    { "lo12", OC_LD, 0, -1, LDS(LDST, ABS_LO12_NC) },
    { "pg_hi21", OC_ADRP, 0, -1, { R(ADR_PREL_PG_HI21) } },
    { "pg_hi21_nc", OC_ADRP, 0, -1, { R(ADR_PREL_PG_HI21_NC) } },
    { "got", OC_ADRP, 0, -1, { R(ADR_GOT_PAGE) } },
    { "got", OC_LIT, 0, -1, { R(GOT_LD_PREL19) } },
    { "got_lo12", OC_LDX, 0, -1, { R(LD64_GOT_LO12_NC) } },
    { "gotpage_lo15", OC_LDX, 0, -1, { R(LD64_GOTPAGE_LO15) } },
    { "gottprel", OC_ADRP, 1, -1, { R(TLSIE_ADR_GOTTPREL_PAGE21) } },
    { "gottprel", OC_LIT, 1, -1, { R(TLSIE_LD_GOTTPREL_PREL19) } },
    { "gottprel_lo12", OC_LDX, 1, -1, { R(TLSIE_LD64_GOTTPREL_LO12_NC) } },
    { "tprel_hi12", OC_ADD, 1, 12, { R(TLSLE_ADD_TPREL_HI12) } },
    { "tprel_lo12", OC_ADD, 1, -1, { R(TLSLE_ADD_TPREL_LO12) } },
    { "tprel_lo12_nc", OC_ADD, 1, -1, { R(TLSLE_ADD_TPREL_LO12_NC) } },
    { "tprel_lo12", OC_LD, 1, -1, LDS(TLSLE_LDST, TPREL_LO12) },
    { "tprel_lo12_nc", OC_LD, 1, -1, LDS(TLSLE_LDST, TPREL_LO12_NC) },
    { "dtprel_hi12", OC_ADD, 1, 12, { R(TLSLD_ADD_DTPREL_HI12) } },
    { "dtprel_lo12", OC_ADD, 1, -1, { R(TLSLD_ADD_DTPREL_LO12) } },
    { "dtprel_lo12_nc", OC_ADD, 1, -1, { R(TLSLD_ADD_DTPREL_LO12_NC) } },
    { "dtprel_lo12", OC_LD, 1, -1, LDS(TLSLD_LDST, DTPREL_LO12) },
    { "dtprel_lo12_nc", OC_LD, 1, -1, LDS(TLSLD_LDST, DTPREL_LO12_NC) },
    { "tlsgd", OC_ADRP, 1, -1, { R(TLSGD_ADR_PAGE21) } },
    { "tlsgd", OC_ADR, 1, -1, { R(TLSGD_ADR_PREL21) } },
    { "tlsgd_lo12", OC_ADD, 1, -1, { R(TLSGD_ADD_LO12_NC) } },
    { "tlsldm", OC_ADRP, 1, -1, { R(TLSLD_ADR_PAGE21) } },
    { "tlsldm", OC_ADR, 1, -1, { R(TLSLD_ADR_PREL21) } },
    { "tlsldm_lo12_nc", OC_ADD, 1, -1, { R(TLSLD_ADD_LO12_NC) } },
    { "tlsdesc", OC_ADRP, 1, -1, { R(TLSDESC_ADR_PAGE21) } },
    { "tlsdesc", OC_ADR, 1, -1, { R(TLSDESC_ADR_PREL21) } },
    { "tlsdesc", OC_LIT, 1, -1, { R(TLSDESC_LD_PREL19) } },
    { "tlsdesc_lo12", OC_ADD, 1, -1, { R(TLSDESC_ADD_LO12) } },
    { "tlsdesc_lo12", OC_LDX, 1, -1, { R(TLSDESC_LD64_LO12) } },
    { "abs_g0", OC_MOV, 0, 0, { R(MOVW_UABS_G0) } },
    { "abs_g0_nc", OC_MOV, 0, 0, { R(MOVW_UABS_G0_NC) } },
    { "abs_g1", OC_MOV, 0, 16, { R(MOVW_UABS_G1) } },
    { "abs_g1_nc", OC_MOV, 0, 16, { R(MOVW_UABS_G1_NC) } },
    { "abs_g2", OC_MOV, 0, 32, { R(MOVW_UABS_G2) } },
    { "abs_g2_nc", OC_MOV, 0, 32, { R(MOVW_UABS_G2_NC) } },
    { "abs_g3", OC_MOV, 0, 48, { R(MOVW_UABS_G3) } },
    { "abs_g0_s", OC_MOVS, 0, 0, { R(MOVW_SABS_G0) } },
    { "abs_g1_s", OC_MOVS, 0, 16, { R(MOVW_SABS_G1) } },
    { "abs_g2_s", OC_MOVS, 0, 32, { R(MOVW_SABS_G2) } },
    { "prel_g0", OC_MOV, 0, 0, { R(MOVW_PREL_G0) } },
    { "prel_g0_nc", OC_MOV, 0, 0, { R(MOVW_PREL_G0_NC) } },
    { "prel_g1", OC_MOV, 0, 16, { R(MOVW_PREL_G1) } },
    { "prel_g1_nc", OC_MOV, 0, 16, { R(MOVW_PREL_G1_NC) } },
    { "prel_g2", OC_MOV, 0, 32, { R(MOVW_PREL_G2) } },
    { "prel_g2_nc", OC_MOV, 0, 32, { R(MOVW_PREL_G2_NC) } },
    { "prel_g3", OC_MOV, 0, 48, { R(MOVW_PREL_G3) } },
    { "gottprel_g1", OC_MOV, 1, 16, { R(TLSIE_MOVW_GOTTPREL_G1) } },
    { "gottprel_g0_nc", OC_MOV, 1, 0, { R(TLSIE_MOVW_GOTTPREL_G0_NC) } },
    { "tprel_g2", OC_MOV, 1, 32, { R(TLSLE_MOVW_TPREL_G2) } },
    { "tprel_g1", OC_MOV, 1, 16, { R(TLSLE_MOVW_TPREL_G1) } },
    { "tprel_g1_nc", OC_MOV, 1, 16, { R(TLSLE_MOVW_TPREL_G1_NC) } },
    { "tprel_g0", OC_MOV, 1, 0, { R(TLSLE_MOVW_TPREL_G0) } },
    { "tprel_g0_nc", OC_MOV, 1, 0, { R(TLSLE_MOVW_TPREL_G0_NC) } },
    { "dtprel_g2", OC_MOV, 1, 32, { R(TLSLD_MOVW_DTPREL_G2) } },
    { "dtprel_g1", OC_MOV, 1, 16, { R(TLSLD_MOVW_DTPREL_G1) } },
    { "dtprel_g1_nc", OC_MOV, 1, 16, { R(TLSLD_MOVW_DTPREL_G1_NC) } },
    { "dtprel_g0", OC_MOV, 1, 0, { R(TLSLD_MOVW_DTPREL_G0) } },
    { "dtprel_g0_nc", OC_MOV, 1, 0, { R(TLSLD_MOVW_DTPREL_G0_NC) } },
};
STATIC_ASSERT(AHI_OPS + countof(operators) + 16 < 256, operators_in_a_byte);

/* The five relocations of OC_LD take five numbers; base: of the operator. */
static unsigned hint_base(unsigned k)
{
    unsigned j, h = AHI_OPS;
    for (j = 0; j < k; j++)
        h += operators[j].field == OC_LD ? 5 : 1;
    return h;
}

static const Operator *by_hint(unsigned hint, unsigned *variety)
{
    unsigned j, h = AHI_OPS;
    for (j = 0; j < countof(operators); j++) {
        unsigned n = operators[j].field == OC_LD ? 5 : 1;
        if (hint < h + n) {
            *variety = hint - h;
            return &operators[j];
        }
        h += n;
    }
    return NULL;
}

unsigned aa64_op_hint(unsigned op, unsigned kind, unsigned log2)
{
    unsigned j;
    for (j = op - 1; j < countof(operators); j++) {
        unsigned f = operators[j].field;
        if (strcmp(operators[j].name, operators[op - 1].name) != 0)
            continue;
        if ((kind == K_ADDIMM && f == OC_ADD) || (kind == K_MEM12 && f == OC_LDX && log2 == 3) || (kind == K_ADRP && f == OC_ADRP) ||
            (kind == K_ADR && f == OC_ADR) || (kind == K_MOVW && (f == OC_MOV || f == OC_MOVS)) || (kind == K_B19 && f == OC_LIT))
            return hint_base(j);
        if (kind == K_MEM12 && f == OC_LD)
            return hint_base(j) + log2;
    }
    return 0;
}

uint32_t aa64_hint_reloc(unsigned hint)
{
    static const uint16_t plain[AHI_OPS] = {
        0, R(JUMP26), R(CALL26), R(CONDBR19), R(TSTBR14), R(LD_PREL_LO19), R(ADR_PREL_LO21), R(ADR_PREL_PG_HI21), 0, 0, 0, 0,
        R(TLSDESC_CALL)
    };
    unsigned variety;
    const Operator *o;
    if (hint < AHI_OPS)
        return plain[hint];
    o = by_hint(hint, &variety);
    return o ? o->relocs[variety] : 0;
}

bool aa64_hint_tls(unsigned hint)
{
    unsigned variety;
    const Operator *o = hint < AHI_OPS ? NULL : by_hint(hint, &variety);
    return o ? o->tls != 0 : hint == AHI_TLSDESC_CALL;
}

int aa64_hint_shift(unsigned hint)
{
    unsigned variety;
    const Operator *o = hint < AHI_OPS ? NULL : by_hint(hint, &variety);
    return o && (o->field == OC_MOV || o->field == OC_MOVS) ? o->shift : -1;
}

bool aa64_hint_hi12(unsigned hint)
{
    unsigned variety;
    const Operator *o = hint < AHI_OPS ? NULL : by_hint(hint, &variety);
    return o && o->field == OC_ADD && o->shift == 12;
}

/* ---- registers ---- */

static bool number(const char *s, size_t n, unsigned max, uint8_t *to)
{
    unsigned v = 0, k;
    if (n == 0 || n > 2 || (n > 1 && s[0] == '0'))
        return false;
    for (k = 0; k < n; k++) {
        if (s[k] < '0' || s[k] > '9')
            return false;
        v = v * 10 + (unsigned)(s[k] - '0');
    }
    *to = (uint8_t)v;
    return v <= max;
}

/* A register's name of n bytes, shapes of vectors apart. */
static bool plain_reg(Aa64Asm *a, const char *s, size_t n, Aa64Op *op)
{
    static const struct { const char *name; uint8_t reg, x, sp; } words[] = {
        { "sp", 31, 1, 1 }, { "wsp", 31, 0, 1 }, { "xzr", 31, 1, 0 }, { "wzr", 31, 0, 0 }, { "lr", 30, 1, 0 }, { "fp", 29, 1, 0 },
        { "ip0", 16, 1, 0 }, { "ip1", 17, 1, 0 },
    };
    static const char letters[] = "bhsdq";
    unsigned k;
    char c;
    if (n < 2)
        return false;
    c = (char)(s[0] | 0x20);
    op->lane = -1;
    op->count = 1;
    if ((c == 'x' || c == 'w') && number(s + 1, n - 1, 30, &op->reg)) {
        op->kind = AO_REG;
        op->x = c == 'x';
        op->sp = false;
        return true;
    }
    for (k = 0; k < 5; k++)
        if (c == letters[k] && number(s + 1, n - 1, 31, &op->reg)) {
            op->kind = AO_FLT;
            op->es = (int8_t)k;
            return true;
        }
    if (c == 'v' && number(s + 1, n - 1, 31, &op->reg)) {
        op->kind = AO_VEC;
        op->es = -1;
        op->bytes = 0;
        return true;
    }
    for (k = 0; k < countof(words); k++)
        if (word(s, n, words[k].name)) {
            op->kind = AO_REG;
            op->reg = words[k].reg;
            op->x = words[k].x != 0;
            op->sp = words[k].sp != 0;
            return true;
        }
    {
        const char *other = intern_n(&a->reqs, s, n)->sym;
        return other && plain_reg(a, other, strlen(other), op);
    }
}

/* .4s, .d: es and bytes. */
static bool shape(const char *s, size_t n, int8_t *es, uint8_t *bytes)
{
    static const char letters[] = "bhsd";
    unsigned count = 0, k, size;
    for (k = 0; k < n && s[k] >= '0' && s[k] <= '9' && count < 100; k++)
        count = count * 10 + (unsigned)(s[k] - '0');
    if (k + 1 != n)
        return false;
    for (size = 0; size < 4 && (s[k] | 0x20) != letters[size]; size++)
        ;
    if (size == 4 || (k && (count << size != 8 && count << size != 16 && !(count == 2 && size == 1) && !(count == 4 && size == 0))))
        return false;
    *es = (int8_t)size;
    *bytes = (uint8_t)(count << size);
    return true;
}

/* x0, v1.4s: the word [s, s + n). */
bool aa64_parse_reg(Aa64Asm *a, const char *s, size_t n, Aa64Op *op)
{
    size_t k;
    for (k = 0; k < n && s[k] != '.'; k++)
        ;
    if (k == n)
        return plain_reg(a, s, n, op);
    if (!plain_reg(a, s, k, op) || op->kind != AO_VEC)
        return false;
    return shape(s + k + 1, n - k - 1, &op->es, &op->bytes);
}

/* ---- pieces ---- */

static void blank(As *as, const char **p)
{
    as_skip(as, p);
}

/* [3] behind a vector: its number. 0: none there, -1: a message was given. */
static int lane(As *as, const char **pp, int16_t *to)
{
    const char *p = *pp;
    AsVal v;
    blank(as, &p);
    if (*p != '[')
        return 0;
    p++;
    if (!as_expr(as, &p, &v))
        return -1;
    blank(as, &p);
    as_reduce(as, &v);
    if (*p != ']' || !as_val_const(&v) || v.c < 0 || v.c > 15) {
        as_error(as, *pp, "expected an element's number in brackets");
        return -1;
    }
    *pp = p + 1;
    *to = (int16_t)v.c;
    return 1;
}

static bool list(As *as, Aa64Asm *a, const char **pp, Aa64Op *op)
{
    const char *p = *pp + 1, *e;
    Aa64Op r;
    unsigned n = 0, next = 0;
    bool range = false;
    memset(&r, 0, sizeof r);
    for (;;) {
        blank(as, &p);
        e = word_end(p);
        if (e == p || !aa64_parse_reg(a, p, (size_t)(e - p), &r) || r.kind != AO_VEC || r.es < 0) {
            as_error(as, p, "expected a vector register with its shape");
            return false;
        }
        if (n == 0) {
            op->reg = r.reg;
            op->es = r.es;
            op->bytes = r.bytes;
            n = 1;
        } else if (r.es != op->es || r.bytes != op->bytes) {
            as_error(as, p, "the vectors of a list have one shape");
            return false;
        } else if (range) {
            n = ((r.reg - op->reg) & 31u) + 1;
        } else if (r.reg == (next & 31)) {
            n++;
        } else {
            as_error(as, p, "the vectors of a list follow each other");
            return false;
        }
        next = op->reg + n;
        p = e;
        blank(as, &p);
        if (*p == '}')
            break;
        if ((*p != ',' && *p != '-') || range || n > 4) {
            as_error(as, p, "expected '}'");
            return false;
        }
        range = *p == '-';
        p++;
    }
    p++;
    if (n > 4) {
        as_error(as, *pp, "at most four vectors stand in a list");
        return false;
    }
    op->kind = AO_LIST;
    op->count = (uint8_t)n;
    op->lane = -1;
    if (lane(as, &p, &op->lane) < 0)
        return false;
    *pp = p;
    return true;
}

/* #expression, :operator:expression */
static bool expression(As *as, const char **pp, Aa64Op *op)
{
    const char *p = *pp, *e, *last;
    unsigned k;
    op->kind = AO_EXPR;
    op->op = 0;
    op->known = false;
    if (*p == '#') {
        p++;
        blank(as, &p);
    }
    if (*p == ':') {
        size_t n;
        p++;
        e = word_end(p);
        n = (size_t)(e - p);
        for (k = 0; k < countof(operators) && !op->op; k++)
            if (word(p, n, operators[k].name))
                op->op = (uint8_t)(k + 1);
        if (!op->op || *e != ':') {
            as_error(as, *pp, "unknown operator ':%.*s:'", (int)n, p);
            return false;
        }
        p = e + 1;
        blank(as, &p);
    }
    op->p = p;
    e = as_operand_end(as, p, ",]", &last);
    op->end = last;
    if (last == p) {
        as_error(as, p, "expected an operand");
        return false;
    }
    *pp = e;
    return true;
}

/* lsl #3, uxtw, msl 8 at p: 1; 0: none. */
static int shift(As *as, const char **pp, Aa64Op *op)
{
    const char *p = *pp, *e = word_end(p), *last;
    unsigned k, n = (unsigned)(e - p);
    int which = -1;
    for (k = 0; k < 4; k++)
        if (word(p, n, aa64_shifts[k]))
            which = (int)k;
    for (k = 0; k < 8; k++)
        if (word(p, n, aa64_extends[k]))
            which = (int)k + 4;
    if (word(p, n, "msl"))
        which = AO_MSL;
    if (which < 0)
        return 0;
    p = e;
    blank(as, &p);
    if (*p == '=' || *p == ':')
        return 0;
    op->kind = AO_SHIFT;
    op->ext = (uint8_t)which;
    op->amount = false;
    op->known = false;
    op->op = 0;
    if (*p == '#') {
        p++;
        blank(as, &p);
        op->amount = true;
    }
    op->p = p;
    e = as_operand_end(as, p, ",]", &last);
    op->end = last;
    op->amount = op->amount || last != p;
    if (op->amount && last == p) {
        as_error(as, p, "expected a number");
        return -1;
    }
    if (!op->amount) { /* the word itself */
        op->p = *pp;
        op->end = *pp + n;
    }
    *pp = e;
    return 1;
}

static bool memory(As *as, Aa64Asm *a, const char **pp, Aa64Op *op)
{
    const char *p = *pp + 1, *e;
    Aa64Op r;
    memset(&r, 0, sizeof r);
    blank(as, &p);
    e = word_end(p);
    if (e == p || !aa64_parse_reg(a, p, (size_t)(e - p), &r) || r.kind != AO_REG || !r.x || (r.reg == 31 && !r.sp)) {
        as_error(as, p, "expected a 64-bit base register or sp");
        return false;
    }
    op->reg = r.reg;
    op->ext = AA64_UXTX;
    p = e;
    blank(as, &p);
    if (*p == ',') {
        p++;
        blank(as, &p);
        e = word_end(p);
        if (e != p && aa64_parse_reg(a, p, (size_t)(e - p), &r) && r.kind == AO_REG) {
            op->has_index = true;
            op->index = r.reg;
            op->index_x = r.x;
            if (r.sp) {
                as_error(as, p, "sp cannot be an index");
                return false;
            }
            op->ext = 0xff;
            p = e;
            blank(as, &p);
            if (*p == ',') {
                int s;
                p++;
                blank(as, &p);
                s = shift(as, &p, op);
                if (s <= 0) {
                    if (!s)
                        as_error(as, p, "expected lsl, uxtw, sxtw or sxtx");
                    return false;
                }
            }
        } else {
            if (!expression(as, &p, op))
                return false;
            op->has_off = true;
        }
        blank(as, &p);
    }
    op->kind = AO_MEM;
    if (*p != ']') {
        as_error(as, p, "expected ']'");
        return false;
    }
    p++;
    op->pre = *p == '!';
    p += op->pre;
    *pp = p;
    return true;
}

static bool operand(As *as, Aa64Asm *a, const char **pp, Aa64Op *op)
{
    const char *p = *pp, *e;
    int s;
    memset(op, 0, sizeof *op);
    op->p = p;
    op->lane = -1;
    if (*p == '[')
        return memory(as, a, pp, op);
    if (*p == '{')
        return list(as, a, pp, op);
    if (*p == '=') {
        ++*pp;
        blank(as, pp);
        if (!expression(as, pp, op))
            return false;
        op->kind = AO_LIT;
        return true;
    }
    e = word_end(p);
    if (e != p && aa64_parse_reg(a, p, (size_t)(e - p), op)) {
        const char *q = e;
        if (op->kind == AO_VEC && op->es >= 0 && !op->bytes) {
            s = lane(as, &e, &op->lane);
            if (s <= 0) {
                if (!s)
                    as_error(as, p, "expected the element's number in brackets");
                return false;
            }
            op->kind = AO_ELEM;
            *pp = e;
            return true;
        }
        blank(as, &q);
        if (as_at_end(as, q) || *q == ',') {
            op->end = e;
            *pp = e;
            return true;
        }
        if (op->kind == AO_VEC && *q == '[') {
            as_error(as, p, "an element is written v0.s[0]");
            return false;
        }
        memset(op, 0, sizeof *op);
        op->p = p;
        op->lane = -1;
    }
    s = shift(as, pp, op);
    return s ? s > 0 : expression(as, pp, op);
}

bool aa64_operands(As *as, Aa64Asm *a, const char **pp, Aa64Ops *o)
{
    const char *p = *pp;
    o->n = 0;
    blank(as, &p);
    o->at = p;
    while (!as_at_end(as, p)) {
        if (o->n == AA64_MAX_OPS) {
            as_error(as, p, "too many operands");
            return false;
        }
        if (!operand(as, a, &p, &o->op[o->n]))
            return false;
        o->n++;
        blank(as, &p);
        if (as_at_end(as, p))
            break;
        if (*p != ',') {
            as_error(as, p, "expected ','");
            return false;
        }
        p++;
        blank(as, &p);
        if (as_at_end(as, p)) {
            as_error(as, p, "expected an operand");
            return false;
        }
    }
    *pp = p;
    return true;
}

bool aa64_op_value(As *as, Aa64Op *op)
{
    const char *p = op->p, *end = op->end;
    if (op->known)
        return true;
    if (!as_expr(as, &p, &op->v))
        return false;
    op->known = as_operand_done(as, p, end, &op->v);
    return op->known;
}

bool aa64_op_float(const Aa64Op *op, uint64_t *bits)
{
    SfEnv e;
    Sf v;
    size_t n = (size_t)(op->end - op->p);
    if (op->kind != AO_EXPR || op->op || (*op->p != '-' && *op->p != '+' && *op->p != '.' && (*op->p < '0' || *op->p > '9')) ||
        (n > 1 && (op->p[1] | 0x20) == 'x'))
        return false;
    memset(&e, 0, sizeof e);
    if (sf_parse(&e, SF_64, op->p, n, &v) != n)
        return false;
    *bits = v.lo;
    return true;
}
