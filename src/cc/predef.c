/* predef: the macros of the implementation (6.10.8, and GNU's): sizes, limits, types by name, versions. */
#include "cc/parse.h"

static void def(Buf *b, const char *name, const char *value)
{
    buf_fmt(b, "#define %s %s\n", name, value);
}

static void integers(Buf *b, const Target *t)
{
    static const struct { const char *name, *bits, *value, *suffix; } exact[] = {
        { "INT8", "8", "signed char", "" }, { "INT16", "16", "short int", "" }, { "INT32", "32", "int", "" },
        { "INT64", "64", "long int", "L" }, { "UINT8", "8", "unsigned char", "" },
        { "UINT16", "16", "short unsigned int", "" }, { "UINT32", "32", "unsigned int", "U" },
        { "UINT64", "64", "long unsigned int", "UL" },
    };
    static const char *const max[] = { "0x7f", "0x7fff", "0x7fffffff", "0x7fffffffffffffffL", "0xff", "0xffff",
                                      "0xffffffffU",
                                       "0xffffffffffffffffUL" };
    for (unsigned i = 0; i < countof(exact); i++) {
        const char *u = i < 4 ? "" : "U";
        unsigned w = i & 3;
        static const char *const bits[] = { "8", "16", "32", "64" };
        buf_fmt(b, "#define __%s_TYPE__ %s\n#define __%s_MAX__ %s\n", exact[i].name, exact[i].value, exact[i].name,
                max[i]);
        buf_fmt(b, "#define __%sINT_LEAST%s_TYPE__ %s\n#define __%sINT_LEAST%s_MAX__ %s\n", u, bits[w], exact[i].value,
                u, bits[w], max[i]);
        unsigned f = (w == 0 ? 0 : 3) + (i < 4 ? 0 : 4); /* fast types of the Linux ABIs: all but 8 bits are words */
        buf_fmt(b, "#define __%sINT_FAST%s_TYPE__ %s\n#define __%sINT_FAST%s_MAX__ %s\n", u, bits[w], exact[f].value,
                u, bits[w], max[f]);
        if (*exact[i].suffix)
            buf_fmt(b, "#define __%s_C(c) c ## %s\n", exact[i].name, exact[i].suffix);
        else
            buf_fmt(b, "#define __%s_C(c) c\n", exact[i].name);
        if (i < 4)
            buf_fmt(b, "#define __INT_LEAST%s_WIDTH__ %s\n#define __INT_FAST%s_WIDTH__ %s\n", bits[w], bits[w],
                    bits[w], w == 0 ? "8" : "64");
    }
    def(b, "__CHAR_BIT__", "8");
    def(b, "__SCHAR_MAX__", "0x7f");
    def(b, "__SHRT_MAX__", "0x7fff");
    def(b, "__INT_MAX__", "0x7fffffff");
    def(b, "__LONG_MAX__", "0x7fffffffffffffffL");
    def(b, "__LONG_LONG_MAX__", "0x7fffffffffffffffLL");
    def(b, "__SCHAR_WIDTH__", "8");
    def(b, "__SHRT_WIDTH__", "16");
    def(b, "__INT_WIDTH__", "32");
    def(b, "__LONG_WIDTH__", "64");
    def(b, "__LONG_LONG_WIDTH__", "64");
    def(b, "__PTRDIFF_WIDTH__", "64");
    def(b, "__SIZE_WIDTH__", "64");
    def(b, "__INTMAX_WIDTH__", "64");
    def(b, "__INTPTR_WIDTH__", "64");
    def(b, "__SIG_ATOMIC_WIDTH__", "32");
    def(b, "__WCHAR_WIDTH__", "32");
    def(b, "__WINT_WIDTH__", "32");
    def(b, "__SIZE_TYPE__", "long unsigned int");
    def(b, "__SIZE_MAX__", "0xffffffffffffffffUL");
    def(b, "__PTRDIFF_TYPE__", "long int");
    def(b, "__PTRDIFF_MAX__", "0x7fffffffffffffffL");
    def(b, "__INTMAX_TYPE__", "long int");
    def(b, "__INTMAX_MAX__", "0x7fffffffffffffffL");
    def(b, "__INTMAX_C(c)", "c ## L");
    def(b, "__UINTMAX_TYPE__", "long unsigned int");
    def(b, "__UINTMAX_MAX__", "0xffffffffffffffffUL");
    def(b, "__UINTMAX_C(c)", "c ## UL");
    def(b, "__INTPTR_TYPE__", "long int");
    def(b, "__INTPTR_MAX__", "0x7fffffffffffffffL");
    def(b, "__UINTPTR_TYPE__", "long unsigned int");
    def(b, "__UINTPTR_MAX__", "0xffffffffffffffffUL");
    def(b, "__SIG_ATOMIC_TYPE__", "int");
    def(b, "__SIG_ATOMIC_MAX__", "0x7fffffff");
    def(b, "__SIG_ATOMIC_MIN__", "(-__SIG_ATOMIC_MAX__ - 1)");
    def(b, "__CHAR16_TYPE__", "short unsigned int");
    def(b, "__CHAR32_TYPE__", "unsigned int");
    def(b, "__WCHAR_TYPE__", t->wchar_signed ? "int" : "unsigned int");
    def(b, "__WCHAR_MAX__", t->wchar_signed ? "0x7fffffff" : "0xffffffffU");
    def(b, "__WCHAR_MIN__", t->wchar_signed ? "(-__WCHAR_MAX__ - 1)" : "0U");
    def(b, "__WINT_TYPE__", "unsigned int");
    def(b, "__WINT_MAX__", "0xffffffffU");
    def(b, "__WINT_MIN__", "0U");
    if (!t->wchar_signed)
        def(b, "__WCHAR_UNSIGNED__", "1");
    def(b, "__SIZEOF_SHORT__", "2");
    def(b, "__SIZEOF_INT__", "4");
    def(b, "__SIZEOF_LONG__", "8");
    def(b, "__SIZEOF_LONG_LONG__", "8");
    def(b, "__SIZEOF_POINTER__", "8");
    def(b, "__SIZEOF_FLOAT__", "4");
    def(b, "__SIZEOF_DOUBLE__", "8");
    buf_fmt(b, "#define __SIZEOF_LONG_DOUBLE__ %u\n", t->long_double_size);
    def(b, "__SIZEOF_SIZE_T__", "8");
    def(b, "__SIZEOF_PTRDIFF_T__", "8");
    def(b, "__SIZEOF_WCHAR_T__", "4");
    def(b, "__SIZEOF_WINT_T__", "4");
}

/* Characteristics of the formats (5.2.4.2.2), decimal as gcc spells them. */
static void floats(Buf *b, const Target *t)
{
    static const char flt[] =
        "#define __FLT_MANT_DIG__ 24\n#define __FLT_DIG__ 6\n#define __FLT_DECIMAL_DIG__ 9\n"
        "#define __FLT_MIN_EXP__ (-125)\n"
        "#define __FLT_MIN_10_EXP__ (-37)\n#define __FLT_MAX_EXP__ 128\n#define __FLT_MAX_10_EXP__ 38\n"
        "#define __FLT_MAX__ 3.40282346638528859811704183484516925e+38F\n"
        "#define __FLT_NORM_MAX__ 3.40282346638528859811704183484516925e+38F\n"
        "#define __FLT_MIN__ 1.17549435082228750796873653722224568e-38F\n"
        "#define __FLT_EPSILON__ 1.19209289550781250000000000000000000e-7F\n"
        "#define __FLT_DENORM_MIN__ 1.40129846432481707092372958328991613e-45F\n"
        "#define __FLT_HAS_DENORM__ 1\n#define __FLT_HAS_INFINITY__ 1\n#define __FLT_HAS_QUIET_NAN__ 1\n";
    static const char dbl[] =
        "#define __DBL_MANT_DIG__ 53\n#define __DBL_DIG__ 15\n#define __DBL_DECIMAL_DIG__ 17\n"
        "#define __DBL_MIN_EXP__ (-1021)\n"
        "#define __DBL_MIN_10_EXP__ (-307)\n#define __DBL_MAX_EXP__ 1024\n#define __DBL_MAX_10_EXP__ 308\n"
        "#define __DBL_MAX__ ((double)1.79769313486231570814527423731704357e+308L)\n"
        "#define __DBL_NORM_MAX__ ((double)1.79769313486231570814527423731704357e+308L)\n"
        "#define __DBL_MIN__ ((double)2.22507385850720138309023271733240406e-308L)\n"
        "#define __DBL_EPSILON__ ((double)2.22044604925031308084726333618164062e-16L)\n"
        "#define __DBL_DENORM_MIN__ ((double)4.94065645841246544176568792868221372e-324L)\n"
        "#define __DBL_HAS_DENORM__ 1\n#define __DBL_HAS_INFINITY__ 1\n#define __DBL_HAS_QUIET_NAN__ 1\n";
    static const char x87[] =
        "#define __LDBL_MANT_DIG__ 64\n#define __LDBL_DIG__ 18\n#define __LDBL_DECIMAL_DIG__ 21\n"
        "#define __DECIMAL_DIG__ 21\n"
        "#define __LDBL_MIN_EXP__ (-16381)\n"
        "#define __LDBL_MIN_10_EXP__ (-4931)\n#define __LDBL_MAX_EXP__ 16384\n#define __LDBL_MAX_10_EXP__ 4932\n"
        "#define __LDBL_MAX__ 1.18973149535723176502126385303097021e+4932L\n"
        "#define __LDBL_NORM_MAX__ 1.18973149535723176502126385303097021e+4932L\n"
        "#define __LDBL_MIN__ 3.36210314311209350626267781732175260e-4932L\n"
        "#define __LDBL_EPSILON__ 1.08420217248550443400745280086994171e-19L\n"
        "#define __LDBL_DENORM_MIN__ 3.64519953188247460252840593361941982e-4951L\n";
    static const char quad[] =
        "#define __LDBL_MANT_DIG__ 113\n#define __LDBL_DIG__ 33\n#define __LDBL_DECIMAL_DIG__ 36\n"
        "#define __DECIMAL_DIG__ 36\n"
        "#define __LDBL_MIN_EXP__ (-16381)\n"
        "#define __LDBL_MIN_10_EXP__ (-4931)\n#define __LDBL_MAX_EXP__ 16384\n#define __LDBL_MAX_10_EXP__ 4932\n"
        "#define __LDBL_MAX__ 1.18973149535723176508575932662800702e+4932L\n"
        "#define __LDBL_NORM_MAX__ 1.18973149535723176508575932662800702e+4932L\n"
        "#define __LDBL_MIN__ 3.36210314311209350626267781732175260e-4932L\n"
        "#define __LDBL_EPSILON__ 1.92592994438723585305597794258492732e-34L\n"
        "#define __LDBL_DENORM_MIN__ 6.47517511943802511092443895822764655e-4966L\n";
    def(b, "__FLT_RADIX__", "2");
    def(b, "__FLT_EVAL_METHOD__", "0");
    def(b, "__FLT_EVAL_METHOD_TS_18661_3__", "0");
    buf_str(b, flt);
    buf_str(b, dbl);
    buf_str(b, t->long_double == SF_X80 ? x87 : quad);
    def(b, "__LDBL_HAS_DENORM__", "1");
    def(b, "__LDBL_HAS_INFINITY__", "1");
    def(b, "__LDBL_HAS_QUIET_NAN__", "1");
    def(b, "__GCC_IEC_559", "2");
}

void cc_predefs(Buf *b, const Target *t, const CcOptions *o, unsigned opt_level)
{
    def(b, "__STDC__", "1");
    if (o->std >= 2017)
        def(b, "__STDC_VERSION__", "201710L");
    else if (o->std >= 2011)
        def(b, "__STDC_VERSION__", "201112L");
    else if (o->std >= 1999)
        def(b, "__STDC_VERSION__", "199901L");
    def(b, "__STDC_HOSTED__", o->hosted ? "1" : "0");
    def(b, "__STDC_UTF_16__", "1");
    def(b, "__STDC_UTF_32__", "1");
    def(b, "__STDC_NO_ATOMICS__", "1");
    def(b, "__STDC_NO_COMPLEX__", "1");
    def(b, "__STDC_NO_THREADS__", "1");
    def(b, "__STDC_NO_VLA__", "1");
    def(b, "__GNUC__", "4");
    def(b, "__GNUC_MINOR__", "2");
    def(b, "__GNUC_PATCHLEVEL__", "1");
    def(b, "__VERSION__", "\"4.2.1 compatible idem\"");
    def(b, "__idem__", "1");
    if (o->gnu89_inline || o->std < 1999)
        def(b, "__GNUC_GNU_INLINE__", "1");
    else
        def(b, "__GNUC_STDC_INLINE__", "1");
    if (!o->gnu)
        def(b, "__STRICT_ANSI__", "1");
    if (opt_level)
        def(b, "__OPTIMIZE__", "1");
    def(b, "__NO_INLINE__", "1");
    bool char_signed = o->signed_char_set ? o->signed_char : t->char_signed;
    if (!char_signed)
        def(b, "__CHAR_UNSIGNED__", "1");
    if (o->pic) {
        def(b, "__pic__", "2");
        def(b, "__PIC__", "2");
    }
    def(b, "__ELF__", "1");
    def(b, "_LP64", "1");
    def(b, "__LP64__", "1");
    def(b, "__linux", "1");
    def(b, "__linux__", "1");
    def(b, "__gnu_linux__", "1");
    def(b, "__unix", "1");
    def(b, "__unix__", "1");
    if (o->gnu) {
        def(b, "linux", "1");
        def(b, "unix", "1");
    }
    def(b, "__ORDER_LITTLE_ENDIAN__", "1234");
    def(b, "__ORDER_BIG_ENDIAN__", "4321");
    def(b, "__ORDER_PDP_ENDIAN__", "3412");
    def(b, "__BYTE_ORDER__", "__ORDER_LITTLE_ENDIAN__");
    def(b, "__FLOAT_WORD_ORDER__", "__ORDER_LITTLE_ENDIAN__");
    buf_fmt(b, "#define __BIGGEST_ALIGNMENT__ %u\n", t->max_align);
    def(b, "__USER_LABEL_PREFIX__", "");
    def(b, "__REGISTER_PREFIX__", "");
    def(b, "__FINITE_MATH_ONLY__", "0");
    integers(b, t);
    floats(b, t);
    t->predefine(t, b);
}
