/* asm_word.c: the operands of a candidate that are words: conditions, system registers, operations and barriers. Results as in
 * asm_imm.c. */
#include "arch/arch.h"
#include "arch/aa64/asm.h"

const Aa64CondWord aa64_cond_words[] = {
    { "eq", 0 }, { "ne", 1 }, { "cs", 2 }, { "hs", 2 }, { "cc", 3 }, { "lo", 3 }, { "mi", 4 }, { "pl", 5 }, { "vs", 6 }, { "vc", 7 },
    { "hi", 8 }, { "ls", 9 }, { "ge", 10 }, { "lt", 11 }, { "gt", 12 }, { "le", 13 }, { "al", 14 }, { "nv", 15 }, { "none", 0 },
    { "any", 1 }, { "nlast", 2 }, { "ul", 3 }, { "last", 3 }, { "first", 4 }, { "nfrst", 5 }, { "pmore", 8 }, { "plast", 9 },
    { "tcont", 10 }, { "tstop", 11 },
};
const unsigned aa64_cond_word_count = countof(aa64_cond_words);

int aa64_take_condition(Aa64Match *m, bool inverted)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned k;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    for (k = 0; k < aa64_cond_word_count; k++)
        if (aa64_word_is(op, aa64_cond_words[k].name)) {
            if (inverted && aa64_cond_words[k].cond >= AA64_AL)
                break;
            m->i.cond = aa64_cond_words[k].cond ^ inverted;
            return 1;
        }
    if (!m->fill)
        return 1;
    as_error(m->as, op->p, "expected a condition");
    return -1;
}

/* s3_0_c4_c2_1 */
static bool generic_sysreg(const char *s, size_t n, unsigned *to)
{
    static const struct { const char *before; uint8_t max, at; } parts[] = {
        { "s", 3, 14 }, { "_", 7, 11 }, { "_c", 15, 7 }, { "_c", 15, 3 }, { "_", 7, 0 },
    };
    size_t k, j, l;
    unsigned v;
    *to = 0;
    for (k = 0, j = 0; k < countof(parts); k++) {
        l = strlen(parts[k].before);
        if (n - j < l + 1 || memcmp(s + j, parts[k].before, l) != 0)
            return false;
        j += l;
        for (v = 0, l = j; j < n && s[j] >= '0' && s[j] <= '9' && j < l + 2; j++)
            v = v * 10 + (unsigned)(s[j] - '0');
        if (j == l || v > parts[k].max)
            return false;
        *to |= v << parts[k].at;
    }
    return j == n && (*to >> 14) >= 2;
}

int aa64_take_sysreg(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
    char low[32];
    size_t n, k;
    unsigned v;
    if (!op || op->kind != AO_EXPR)
        return 0;
    m->at++;
    n = (size_t)(op->end - op->p);
    if (n < sizeof low) {
        for (k = 0; k < n; k++)
            low[k] = (char)(op->p[k] >= 'A' && op->p[k] <= 'Z' ? op->p[k] | 0x20 : op->p[k]);
        v = intern_n(&m->a->words, low, n)->kw;
        if (v || generic_sysreg(low, n, &v)) {
            m->i.imm = v;
            return 1;
        }
    }
    if (!m->fill)
        return 1;
    as_error(m->as, op->p, "unknown system register '%.*s'", (int)n, op->p);
    return -1;
}

int aa64_take_pstate(Aa64Match *m)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned k;
    int64_t c;
    if (!op || op->kind != AO_EXPR || m->at + 2 != m->o->n || op[1].kind != AO_EXPR)
        return 0;
    m->at += 2;
    for (k = 0; k < aa64_pstate_count && !aa64_word_is(op, aa64_pstates[k].name); k++)
        ;
    if (!m->fill)
        return 1;
    if (k == aa64_pstate_count) {
        as_error(m->as, op->p, "unknown field of PSTATE");
        return -1;
    }
    m->i.imm = aa64_pstates[k].n;
    if (aa64_op_constant(m, op + 1, 0, aa64_pstates[k].max, &c) < 0)
        return -1;
    m->i.imm2 = (uint8_t)c;
    return 1;
}

int aa64_take_sysop(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned k;
    if (!op || op->kind != AO_EXPR)
        return 0;
    for (k = 0; k < aa64_sysop_count; k++)
        if (aa64_sysops[k].kind == kind && aa64_word_is(op, aa64_sysops[k].name))
            break;
    m->at++;
    if (k == aa64_sysop_count) {
        m->at = m->o->n;
        if (!m->fill)
            return 1;
        as_error(m->as, op->p, "unknown operation '%.*s'", (int)(op->end - op->p), op->p);
        return -1;
    }
    m->i.imm = aa64_sysops[k].n;
    m->i.rd = 31;
    op = aa64_op_here(m);
    if (aa64_sysops[k].reg != (op != NULL)) {
        if (!m->fill)
            return m->at = m->o->n, 1;
        as_error(m->as, m->o->at, aa64_sysops[k].reg ? "this operation takes a register" : "this operation takes no register");
        return -1;
    }
    if (op) {
        if (op->kind != AO_REG || !op->x || op->sp)
            return 0;
        m->i.rd = op->reg;
        m->at++;
    }
    return 1;
}

/* #op1, Cn, Cm, #op2 */
int aa64_take_sys(Aa64Match *m)
{
    static const uint8_t at[4] = { 11, 7, 3, 0 };
    unsigned k;
    int64_t c;
    m->i.imm = 0;
    for (k = 0; k < 4; k++) {
        Aa64Op *op = aa64_op_here(m);
        if (!op || op->kind != AO_EXPR)
            return 0;
        m->at++;
        if (!m->fill)
            continue;
        if (k == 1 || k == 2) {
            if ((*op->p | 0x20) != 'c') {
                as_error(m->as, op->p, "expected C0 to C15");
                return -1;
            }
            if (!op->known)
                op->p++;
        }
        if (aa64_op_constant(m, op, 0, k == 1 || k == 2 ? 15 : 7, &c) < 0)
            return -1;
        m->i.imm |= c << at[k];
    }
    return 1;
}

int aa64_take_barrier(Aa64Match *m, unsigned kind)
{
    Aa64Op *op = aa64_op_here(m);
    unsigned k;
    int64_t c;
    if (!op) {
        m->i.imm = 15;
        return kind != K_BARRIER;
    }
    if (op->kind != AO_EXPR)
        return 0;
    m->at++;
    for (k = 0; k < 16 && kind != K_CRM; k++)
        if (aa64_barriers[k] && aa64_word_is(op, aa64_barriers[k]) && (kind == K_BARRIER || k == 15)) {
            m->i.imm = k;
            return 1;
        }
    if (!m->fill)
        return 1;
    if (aa64_op_constant(m, op, 0, 15, &c) < 0)
        return -1;
    m->i.imm = c;
    return 1;
}
