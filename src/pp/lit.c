/* lit: what the spelling of a constant means (C11 6.4.4.1, 6.4.4.4, 6.4.3). In: a pp-number or the inside of a
 * character constant or string; out: values. No type is chosen here: that is the compiler's. */
#include "pp/internal.h"

static int digit_value(unsigned c)
{
    if (c - '0' < 10)
        return (int)(c - '0');
    c |= 32;
    return c - 'a' < 6 ? (int)(c - 'a' + 10) : 99;
}

/* integer-suffix: u and l or ll (one case) in either order. */
static bool parse_suffix(const char *s, const char *end, PpInt *out)
{
    while (s < end) {
        unsigned c = (uint8_t)*s | 32;
        if (c == 'u' && !out->is_unsigned) {
            out->is_unsigned = true;
            s++;
        } else if (c == 'l' && !out->longs) {
            out->longs = s + 1 < end && s[1] == s[0] ? 2 : 1;
            s += out->longs;
        } else {
            return false;
        }
    }
    return true;
}

bool pp_parse_int(const char *s, size_t n, PpInt *out)
{
    const char *end = s + n;
    int base = 10;
    memset(out, 0, sizeof *out);
    if (!n || digit_value((uint8_t)*s) > 9)
        return false;
    if (*s == '0' && n > 1) {
        unsigned c = (uint8_t)s[1] | 32;
        base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
        s += base == 8 ? 1 : 2;
        if (base != 8 && (s == end || digit_value((uint8_t)*s) >= base))
            return false;
    }
    uint64_t v = 0;
    for (; s < end; s++) {
        int d = digit_value((uint8_t)*s);
        if (d >= base) {
            if (d < 10)
                return false;
            break;
        }
        if (base == 10 ? v > UINT64_MAX / 10 || v * 10 > UINT64_MAX - (unsigned)d : v > UINT64_MAX / (unsigned)base)
            out->overflow = true;
        v = v * (unsigned)base + (unsigned)d;
    }
    out->v = v;
    out->decimal = base == 10;
    return parse_suffix(s, end, out);
}

/* Reads the digits of \x, or of a UCN when width is not 0. */
static uint32_t hex_digits(const char **s, const char *end, unsigned width, unsigned *digits, bool *overflow)
{
    uint32_t v = 0;
    const char *p = *s;
    *overflow = false;
    *digits = 0;
    while (p < end && digit_value((uint8_t)*p) < 16 && (!width || *digits < width)) {
        *overflow |= v >> 28 != 0;
        v = v << 4 | (uint32_t)digit_value((uint8_t)*p++);
        ++*digits;
    }
    *s = p;
    return v;
}

/* 6.4.3p2: what a universal character name may designate. */
bool pp_ucn_valid(uint32_t c)
{
    return (c >= 0xa0 || c == '$' || c == '@' || c == '`') && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static bool parse_escape(const char **s, const char *end, uint32_t *c, bool *is_byte, const char **err)
{
    static const char names[] = "'\"?\\abfnrtveE";
    static const char values[] = "'\"?\\\a\b\f\n\r\t\v\033\033";
    const char *p = *s + 1;
    unsigned digits, e;
    bool overflow;
    if (p == end) {
        *s = p;
        *c = '\\';
        *err = "incomplete escape sequence";
        return false;
    }
    e = (uint8_t)*p++;
    if (e == 'x') {
        *c = hex_digits(&p, end, 0, &digits, &overflow);
        *s = p;
        *is_byte = true;
        *err = !digits ? "\\x used with no following hex digits" : overflow ? "hex escape sequence out of range" : NULL;
        return !*err;
    }
    if (e - '0' < 8) {
        *c = e - '0';
        for (int i = 0; i < 2 && p < end && (unsigned)*p - '0' < 8; i++)
            *c = *c << 3 | (uint32_t)(*p++ - '0');
        *s = p;
        *is_byte = true;
        return true;
    }
    if (e == 'u' || e == 'U') {
        *c = hex_digits(&p, end, e == 'u' ? 4 : 8, &digits, &overflow);
        *s = p;
        *err = digits < (e == 'u' ? 4u : 8u) ? "incomplete universal character name"
             : !pp_ucn_valid(*c) ? "not a valid universal character" : NULL;
        return !*err;
    }
    *s = p;
    for (unsigned i = 0; names[i]; i++) {
        if ((uint8_t)names[i] == e) {
            *c = (uint8_t)values[i];
            return true;
        }
    }
    *c = e;
    *err = "unknown escape sequence";
    return true;
}

bool pp_parse_char(const char **s, const char *end, uint32_t *c, bool *is_byte, const char **err)
{
    const char *p = *s;
    *is_byte = false;
    *err = NULL;
    if (*p == '\\')
        return parse_escape(s, end, c, is_byte, err);
    if ((uint8_t)*p < 0x80) {
        *c = (uint8_t)*p;
        *s = p + 1;
        return true;
    }
    unsigned n = utf8_decode(p, (size_t)(end - p), c);
    if (!n) { /* a byte of some other encoding passes as it is */
        *c = (uint8_t)*p;
        *is_byte = true;
        n = 1;
    }
    *s = p + n;
    return true;
}
