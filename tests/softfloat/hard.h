/* One format of the hardware (or libgcc, glibc) side. Included once a format with T (the C type), F (name suffix)
 * and the functions and instructions named below defined. */
#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define N(x) CAT(x, F)

#define HARD(name, expr) \
    static Sf N(name)(Sf pa, Sf pb, Sf pc) \
    { \
        volatile T va = N(load_)(pa), vb = N(load_)(pb), vc = N(load_)(pc); \
        T a, b, c; \
        volatile T r; \
        start(); \
        a = va; b = vb; c = vc; \
        (void)a; (void)b; (void)c; \
        r = (expr); \
        stop(); \
        return N(save_)(r); \
    }
#define HARD_TO(name, type, cast, ret) \
    static Sf N(name)(Sf pa, Sf pb, Sf pc) \
    { \
        volatile T va = N(load_)(pa), vb = N(load_)(pb); \
        T a, b; \
        volatile type r; \
        (void)pc; \
        start(); \
        a = va; b = vb; \
        (void)a; (void)b; \
        r = (cast); \
        stop(); \
        return ret; \
    }
#define HARD_FROM(name, type) \
    static Sf N(name)(Sf pa, Sf pb, Sf pc) \
    { \
        volatile type v = (type)pa.lo; \
        volatile T r; \
        (void)pb; (void)pc; \
        start(); \
        r = (T)v; \
        stop(); \
        return N(save_)(r); \
    }

HARD(add_, ADD(a, b))
HARD(sub_, SUB(a, b))
HARD(mul_, MUL(a, b))
HARD(div_, DIV(a, b))
HARD(rem_, FMOD(a, b))
HARD(sqrt_, SQRT(a))
HARD(fma_, FMA(a, b, c))
HARD(rint_, RINT(a))
HARD(near_, NEAR(a))
HARD_TO(to32_, float, (float)a, save_32(r))
HARD_TO(to64_, double, (double)a, save_64(r))
HARD_TO(tox80_, long double, (long double)a, save_x80(r))
HARD_TO(to128_, _Float128, (_Float128)a, save_128(r))
HARD_TO(quiet_, int, __builtin_isunordered(a, b) ? 2 : __builtin_isless(a, b) ? -1 : __builtin_isgreater(a, b),
        as_int(r))
HARD_TO(signal_, int, a < b ? -1 : a > b ? 1 : a >= b ? 0 : 2, as_int(r))
HARD_FROM(from_i64_, int64_t)
HARD_FROM(from_u64_, uint64_t)

static size_t N(text_)(const char *s, Sf *out)
{
    char *end;
    volatile T r;
    start();
    r = STRTO(s, &end);
    stop();
    *out = N(save_)(r);
    return (size_t)(end - s);
}
static void N(print_)(Sf a, unsigned digits, char *dst, size_t cap)
{
    char fmt[16];
    snprintf(fmt, sizeof fmt, "%%.%ue", digits - 1);
    STRFROM(dst, cap, fmt, N(load_)(a));
}
static void N(print_hex_)(Sf a, char *dst, size_t cap)
{
    STRFROM(dst, cap, "%a", N(load_)(a));
}

#undef T
#undef F
#undef ADD
#undef SUB
#undef MUL
#undef DIV
#undef FMOD
#undef SQRT
#undef FMA
#undef RINT
#undef NEAR
#undef STRTO
#undef STRFROM
#undef HARD
#undef HARD_TO
#undef HARD_FROM
#undef CAT
#undef CAT_
#undef N
