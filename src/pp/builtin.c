/* builtin: the macros that are computed (C11 6.10.8.1 and GNU's) and the operators that look like macros. In: their name, met
 * in a place where it is to be replaced; out: the token it stands for. */
#include "pp/internal.h"

const char *pp_quote(Pp *pp, const char *s, size_t n, uint32_t *out_n)
{
    char *q = arena_alloc(pp->unit, n * 2 + 3), *p = q;
    *p++ = '"';
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\')
            *p++ = '\\';
        *p++ = s[i];
    }
    *p++ = '"';
    *p = 0;
    *out_n = (uint32_t)(p - q);
    return q;
}

static void text_token(Pp *pp, Token *t, unsigned kind, const char *s)
{
    t->kind = (uint8_t)kind;
    t->u.text = s;
    t->n = (uint32_t)strlen(s);
    t->flags |= TF_EXPANDED;
    (void)pp;
}

/* Days since 1970 to a civil date. */
static void civil(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

static const char *date_text(Pp *pp, unsigned kind)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec", names[] = "ThuFriSatSunMonTueWed";
    int64_t s = pp->opt.source_date, days = s / 86400, rest = s % 86400;
    int y, m, d;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    civil(days, &y, &m, &d);
    int hh = (int)(rest / 3600), mm = (int)(rest / 60 % 60), ss = (int)(rest % 60);
    if (kind == MACRO_DATE)
        return arena_fmt(pp->unit, "\"%.3s %2d %4d\"", months + 3 * (m - 1), d, y);
    if (kind == MACRO_TIME)
        return arena_fmt(pp->unit, "\"%02d:%02d:%02d\"", hh, mm, ss);
    return arena_fmt(pp->unit, "\"%.3s %.3s %2d %02d:%02d:%02d %4d\"", names + 3 * ((days % 7 + 7) % 7), months + 3 * (m - 1), d,
                     hh, mm, ss, y);
}

/* __has_attribute(x), __has_builtin(x): the operand's spelling is asked for. */
static bool has_operand(Pp *pp, const Macro *m, Token *at)
{
    Token t;
    if (!pp_paren_next(pp)) {
        diag_error(pp->diag, at->loc, "missing '(' after \"%s\"", m->name->s);
        return false;
    }
    Buf b;
    buf_init(&b, pp->unit);
    pp_next_raw_token(pp, &t);
    while (t.kind == T_IDENT || t.kind == T_COLON || t.kind == T_NUMBER || t.kind == T_STRING) {
        pp_spell(&b, &t);
        pp_next_raw_token(pp, &t);
    }
    if (!b.n || t.kind != T_RPAREN) {
        diag_error(pp->diag, at->loc, b.n ? "missing ')' after \"%s\" operand" : "\"%s\" requires an identifier", m->name->s);
        return false;
    }
    PpHas *has = m->kind == MACRO_HAS_BUILTIN ? pp->has_builtin : pp->has_attribute;
    if (m->kind == MACRO_HAS_FEATURE || !has)
        return false;
    return has(pp->has_ctx, (const char *)b.p, b.n);
}

enum Entered pp_enter_builtin(Pp *pp, Token *t, Macro *m)
{
    SrcPos pos;
    const char *s;
    uint32_t n;
    switch (m->kind) {
    case MACRO_LINE:
        pos = src_pos(pp->sm, t->loc);
        text_token(pp, t, T_NUMBER, arena_fmt(pp->unit, "%u", pos.line));
        return ENTER_TOKEN;
    case MACRO_FILE:
        pos = src_pos(pp->sm, t->loc);
        s = pos.name ? pos.name : pp->main_name ? pp->main_name : "";
        text_token(pp, t, T_STRING, pp_quote(pp, s, strlen(s), &n));
        return ENTER_TOKEN;
    case MACRO_BASE_FILE:
        s = pp->main_name ? pp->main_name : "";
        text_token(pp, t, T_STRING, pp_quote(pp, s, strlen(s), &n));
        return ENTER_TOKEN;
    case MACRO_DATE: case MACRO_TIME: case MACRO_TIMESTAMP:
        text_token(pp, t, T_STRING, date_text(pp, m->kind));
        return ENTER_TOKEN;
    case MACRO_COUNTER:
        text_token(pp, t, T_NUMBER, arena_fmt(pp->unit, "%u", pp->counter++));
        return ENTER_TOKEN;
    case MACRO_INCLUDE_LEVEL:
        text_token(pp, t, T_NUMBER, arena_fmt(pp->unit, "%u", pp->inputs.n));
        return ENTER_TOKEN;
    case MACRO_HAS_INCLUDE: case MACRO_HAS_INCLUDE_NEXT:
        if (!pp->in_if) {
            diag_error(pp->diag, t->loc, "\"%s\" used outside of preprocessing directive", m->name->s);
            return ENTER_NONE;
        }
        text_token(pp, t, T_NUMBER, pp_has_include(pp, m->kind == MACRO_HAS_INCLUDE_NEXT) ? "1" : "0");
        return ENTER_TOKEN;
    case MACRO_HAS_ATTRIBUTE: case MACRO_HAS_BUILTIN: case MACRO_HAS_FEATURE:
        text_token(pp, t, T_NUMBER, has_operand(pp, m, t) ? "1" : "0");
        return ENTER_TOKEN;
    case MACRO_PRAGMA:
        if (pp->in_directive)
            return ENTER_NONE;
        pp->carry |= t->flags & TF_BOL;
        pp->pads = (uint8_t)pp_pad_name(t);
        if (!pp_pragma_op(pp, t))
            return ENTER_PUSHED;
        *t = pp->pragma;
        t->flags |= TF_EXPANDED;
        pp->pragma_ready = false;
        return ENTER_TOKEN;
    default:
        diag_error(pp->diag, t->loc, "attempt to use poisoned \"%s\"", m->name->s);
        return ENTER_NONE;
    }
}
