/* fmt: printf-style formatting without floating point (C11 7.21.6.1). Input: a format and its
 * arguments; output: runs of bytes to a callback. Nothing is buffered beyond one number. */
#include "rt/rt.h"

typedef struct Spec {
    bool left, zero, plus, space, alt;
    int width, prec;           /* prec < 0: none */
    int len;                   /* bytes of an integer argument */
} Spec;
typedef struct Out {
    RtPut *put;
    void *ctx;
    size_t n;
} Out;

static void out(Out *o, const char *s, size_t n)
{
    if (n) {
        o->put(o->ctx, s, n);
        o->n += n;
    }
}

static void out_fill(Out *o, char c, int n)
{
    char run[32];
    memset(run, c, sizeof run);
    while (n > 0) {
        int k = n < (int)sizeof run ? n : (int)sizeof run;
        out(o, run, (size_t)k);
        n -= k;
    }
}

static void out_padded(Out *o, const Spec *sp, const char *s, size_t n)
{
    int pad = (size_t)sp->width > n ? sp->width - (int)n : 0;
    if (!sp->left)
        out_fill(o, ' ', pad);
    out(o, s, n);
    if (sp->left)
        out_fill(o, ' ', pad);
}

static void out_number(Out *o, const Spec *sp, uint64_t v, unsigned base, bool upper, const char *prefix)
{
    char digits[24], *p = digits + sizeof digits;
    const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    if (base == 10)
        for (; v; v /= 10)
            *--p = set[v % 10];
    else
        for (unsigned shift = base == 16 ? 4 : 3; v; v >>= shift)
            *--p = set[v & (base - 1)];
    int n = (int)(digits + sizeof digits - p);
    int zeros = sp->prec < 0 ? !n : sp->prec > n ? sp->prec - n : 0;
    if (base == 8 && sp->alt && !zeros)
        zeros = 1;
    int head = (int)strlen(prefix);
    int pad = sp->width - head - zeros - n;
    if (pad < 0)
        pad = 0;
    if (sp->zero && !sp->left && sp->prec < 0) {
        zeros += pad;
        pad = 0;
    }
    if (!sp->left)
        out_fill(o, ' ', pad);
    out(o, prefix, (size_t)head);
    out_fill(o, '0', zeros);
    out(o, p, (size_t)n);
    if (sp->left)
        out_fill(o, ' ', pad);
}

/* Flags, width, precision and length; gives the place of the conversion letter. */
static const char *parse_flags(Spec *sp, const char *f)
{
    for (;; f++) {
        if (*f == '-')
            sp->left = true;
        else if (*f == '0')
            sp->zero = true;
        else if (*f == '+')
            sp->plus = true;
        else if (*f == ' ')
            sp->space = true;
        else if (*f == '#')
            sp->alt = true;
        else
            return f;
    }
}

static const char *parse_int(const char *f, int *v)
{
    int n = 0;
    for (; *f >= '0' && *f <= '9'; f++)
        if (n < 100000)
            n = n * 10 + (*f - '0');
    *v = n;
    return f;
}

static const char *parse_length(Spec *sp, const char *f)
{
    sp->len = (int)sizeof(int);
    if (*f == 'h') {
        sp->len = 2;
        if (*++f == 'h') {
            sp->len = 1;
            f++;
        }
    } else if (*f == 'l') {
        sp->len = (int)sizeof(long);
        if (*++f == 'l') {
            sp->len = 8;
            f++;
        }
    } else if (*f == 'z' || *f == 't' || *f == 'j') {
        sp->len = 8;
        f++;
    }
    return f;
}

size_t rt_vfmt(RtPut *put, void *ctx, const char *f, va_list ap)
{
    Out o;
    o.put = put;
    o.ctx = ctx;
    o.n = 0;
    while (*f) {
        const char *run = f;
        while (*f && *f != '%')
            f++;
        out(&o, run, (size_t)(f - run));
        if (!*f)
            break;
        run = f++;
        Spec sp;
        memset(&sp, 0, sizeof sp);
        sp.prec = -1;
        f = parse_flags(&sp, f);
        if (*f == '*') {
            sp.width = va_arg(ap, int);
            if (sp.width < 0) {
                sp.left = true;
                sp.width = -sp.width;
            }
            f++;
        } else {
            f = parse_int(f, &sp.width);
        }
        if (*f == '.') {
            if (f[1] == '*') {
                sp.prec = va_arg(ap, int);
                f += 2;
            } else {
                f = parse_int(f + 1, &sp.prec);
            }
        }
        f = parse_length(&sp, f);
        switch (*f) {
        case 'd':
        case 'i': {
            int64_t v = sp.len == 8 ? va_arg(ap, int64_t) : va_arg(ap, int);
            if (sp.len == 1)
                v = (signed char)v;
            else if (sp.len == 2)
                v = (short)v;
            out_number(&o, &sp, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 10, false,
                       v < 0 ? "-" : sp.plus ? "+" : sp.space ? " " : "");
            break;
        }
        case 'u':
        case 'x':
        case 'X':
        case 'o': {
            uint64_t v = sp.len == 8 ? va_arg(ap, uint64_t) : va_arg(ap, unsigned);
            if (sp.len == 1)
                v = (unsigned char)v;
            else if (sp.len == 2)
                v = (unsigned short)v;
            out_number(&o, &sp, v, *f == 'u' ? 10 : *f == 'o' ? 8 : 16, *f == 'X',
                       sp.alt && v && *f == 'x' ? "0x" : sp.alt && v && *f == 'X' ? "0X" : "");
            break;
        }
        case 'p':
            out_number(&o, &sp, (uintptr_t)va_arg(ap, void *), 16, false, "0x");
            break;
        case 'c': {
            char c = (char)va_arg(ap, int);
            out_padded(&o, &sp, &c, 1);
            break;
        }
        case 's': {
            const char *s = va_arg(ap, const char *);
            size_t n;
            if (!s)
                s = "(null)";
            if (sp.prec < 0) {
                n = strlen(s);
            } else {
                const char *end = memchr(s, 0, (size_t)sp.prec);
                n = end ? (size_t)(end - s) : (size_t)sp.prec;
            }
            out_padded(&o, &sp, s, n);
            break;
        }
        case '%':
            out(&o, "%", 1);
            break;
        default: /* not a conversion: shown as it stands */
            out(&o, run, (size_t)(f - run));
            continue;
        }
        f++;
    }
    return o.n;
}

typedef struct Fixed {
    char *at, *end;
} Fixed;

static void put_fixed(void *ctx, const char *s, size_t n)
{
    Fixed *x = ctx;
    size_t room = (size_t)(x->end - x->at);
    if (n > room)
        n = room;
    memcpy(x->at, s, n);
    x->at += n;
}

size_t rt_snfmt(char *dst, size_t n, const char *fmt, ...)
{
    Fixed x;
    x.at = dst;
    x.end = n ? dst + n - 1 : dst;
    va_list ap;
    va_start(ap, fmt);
    size_t whole = rt_vfmt(put_fixed, &x, fmt, ap);
    va_end(ap);
    if (n)
        *x.at = 0;
    return whole;
}
