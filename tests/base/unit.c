/* Unit tests of rt and base. Linked freestanding with rt's own entry, and once more under the sanitizers; each group
 * prints one line for tests/run.sh. */
#include "base/base.h"

static RtFile out;
static int group_bad;

#define CHECK(c) \
    do { \
        if (!(c)) { \
            group_bad++; \
            rt_file_fmt(&out, "  %s:%d: %s\n", __FILE__, __LINE__, #c); \
        } \
    } while (0)

static void *pages(void *ctx, size_t n) { (void)ctx; return rt_pages(n); }
static void unpages(void *ctx, void *p, size_t n) { (void)ctx; rt_unpages(p, n); }
static void fatal(void *ctx, const char *msg)
{
    (void)ctx;
    rt_file_fmt(&out, "fatal: %s\n", msg);
    rt_file_flush(&out);
    rt_exit(99);
}
static Host host = { NULL, pages, unpages, NULL, fatal };

static uint32_t seed = 1;
static uint32_t rnd(void)
{
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

/* ---- rt ---- */

static void test_mem(void)
{
    static uint8_t a[5000], b[5000], want[5000];
    static const size_t sizes[] = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 65, 100, 255, 256,
                                    767, 768, 769, 1000, 2000, 2049 };
    for (unsigned s = 0; s < countof(sizes); s++) {
        size_t n = sizes[s];
        for (unsigned from = 0; from < 80; from += 1 + from / 9) {
            for (unsigned to = 0; to < 80; to += 1 + to / 9) {
                for (unsigned i = 0; i < 2500; i++)
                    a[i] = want[i] = (uint8_t)rnd();
                memmove(a + to, a + from, n);
                for (size_t i = 0; i < n; i++)
                    b[i] = want[from + i];
                for (size_t i = 0; i < n; i++)
                    want[to + i] = b[i];
                size_t i = 0;
                while (i < 2500 && a[i] == want[i])
                    i++;
                CHECK(i == 2500);
            }
            void *r = memcpy(b + from, a, n);
            CHECK(r == b + from);
            CHECK(memcmp(b + from, a, n) == 0);
            if (n) {
                size_t at = rnd() % n;
                b[from + at] ^= 0x80;
                CHECK((memcmp(b + from, a, n) < 0) == (b[from + at] < a[at]));
                CHECK((memcmp(a, b + from, n) < 0) == (a[at] < b[from + at]));
            }
            for (unsigned i = 0; i < 2500; i++)
                a[i] = 1;
            r = memset(a + from, 0x1a7, n);
            CHECK(r == a + from);
            size_t bad = 0;
            for (size_t i = 0; i < 2500; i++)
                bad += a[i] != (i >= from && i < from + n ? 0xa7 : 1);
            CHECK(bad == 0);
        }
    }
}

static void test_str(void)
{
    char s[64];
    for (unsigned n = 0; n < 40; n++) {
        for (unsigned i = 0; i < n; i++)
            s[i] = (char)('a' + i % 20);
        s[n] = 0;
        CHECK(strlen(s) == n);
        CHECK(memchr(s, 0, 64) == s + n);
        CHECK(strchr(s, 0) == s + n);
        CHECK(memchr(s, 'z', n) == NULL);
        CHECK(strchr(s, 'z') == NULL);
    }
    CHECK(strcmp("", "") == 0 && strcmp("a", "b") < 0 && strcmp("b", "a") > 0 && strcmp("a", "ab") < 0);
    CHECK(strcmp("\xff", "a") > 0);
    CHECK(strncmp("abc", "abd", 2) == 0 && strncmp("abc", "abd", 3) < 0 && strncmp("a", "a", 9) == 0);
    CHECK(strcmp(strrchr("a/b/c", '/'), "/c") == 0 && strrchr("abc", '/') == NULL);
    CHECK(strcmp(strstr("hello world", "o w"), "o world") == 0 && strstr("aab", "ab") && !strstr("aab", "abc"));
    CHECK(*strstr("abc", "") == 'a');
}

static bool formats(const char *want, const char *fmt, ...);

typedef struct Text { char s[512]; size_t n; } Text;
static void put_text(void *ctx, const char *s, size_t n)
{
    Text *t = ctx;
    memcpy(t->s + t->n, s, n);
    t->n += n;
}

static bool formats(const char *want, const char *fmt, ...)
{
    Text t;
    va_list ap;
    t.n = 0;
    va_start(ap, fmt);
    size_t n = rt_vfmt(put_text, &t, fmt, ap);
    va_end(ap);
    t.s[t.n] = 0;
    if (strcmp(t.s, want) != 0 || n != strlen(want))
        rt_file_fmt(&out, "  format %s: wanted [%s], got [%s]\n", fmt, want, t.s);
    return strcmp(t.s, want) == 0 && n == strlen(want);
}

static void test_fmt(void)
{
    char s[8];
    CHECK(formats("42 -42 +42  42", "%d %i %+d % d", 42, -42, 42, 42));
    CHECK(formats("[   42][42   ][00042][ -042]", "[%5d][%-5d][%05d][%5.3d]", 42, 42, 42, -42));
    CHECK(formats("ff FF 0xff 0XFF 377 0377 0", "%x %X %#x %#X %o %#o %#x", 255, 255, 255, 255, 255, 255, 0));
    CHECK(formats("-1 255 -1 65535", "%hhd %hhu %hd %hu", 255, 255, 65535, 65535));
    CHECK(formats("-9223372036854775808 18446744073709551615", "%lld %llu", (long long)INT64_MIN, ~0ull));
    CHECK(formats("-2147483648 4294967295 4294967295", "%d %u %lu", (int)INT32_MIN, ~0u, 4294967295ul));
    CHECK(formats("7 8 9", "%zu %td %jd", (size_t)7, (ptrdiff_t)8, (intmax_t)9));
    CHECK(formats("[abc][  abc][abc  ][ab]", "[%s][%5s][%-5s][%.2s]", "abc", "abc", "abc", "abc"));
    CHECK(formats("[   x][ab]", "[%*c][%.*s]", 4, 'x', 2, "abc"));
    CHECK(formats("[x   ]", "[%*c]", -4, 'x'));
    CHECK(formats("0x10 100%", "%p 100%%", (void *)16));
    CHECK(formats("[][0]", "[%.0d][%d]", 0, 0));
    CHECK(formats("(null)", "%s", (char *)0));
    CHECK(rt_snfmt(s, sizeof s, "%s", "0123456789") == 10 && strcmp(s, "0123456") == 0);
    CHECK(rt_snfmt(NULL, 0, "%d", 12345) == 5);
}

typedef struct Pair { uint32_t key, at; } Pair;
static int by_key(const void *a, const void *b, void *ctx)
{
    const Pair *x = a, *y = b;
    (void)ctx;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void test_sort(void)
{
    static Pair v[3000], tmp[3000];
    static const unsigned sizes[] = { 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 64, 100, 1000, 3000 };
    for (unsigned s = 0; s < countof(sizes); s++) {
        for (unsigned range = 1; range < 5000; range *= 17) {
            uint64_t sum = 0, got = 0;
            for (unsigned i = 0; i < sizes[s]; i++) {
                v[i].key = rnd() % range;
                v[i].at = i;
                sum += v[i].key * 3000u + i;
            }
            rt_sort(v, sizes[s], sizeof *v, tmp, by_key, NULL);
            for (unsigned i = 0; i < sizes[s]; i++) {
                got += v[i].key * 3000u + v[i].at;
                if (i)
                    CHECK(v[i - 1].key < v[i].key || (v[i - 1].key == v[i].key && v[i - 1].at < v[i].at));
            }
            CHECK(sum == got);
        }
    }
}

/* ---- base ---- */

static void test_arena(void)
{
    Arena a;
    uint8_t *kept[200];
    arena_init(&a, &host);
    CHECK(arena_alloc(&a, 0) != NULL);
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned i = 0; i < 200; i++) {
            size_t n = i * i * 17 % 90000 + 1;
            kept[i] = arena_alloc(&a, n);
            CHECK(((uintptr_t)kept[i] & 15) == 0);
            memset(kept[i], (int)i, n);
        }
        for (unsigned i = 0; i < 200; i++) {
            size_t n = i * i * 17 % 90000 + 1;
            CHECK(kept[i][0] == i && kept[i][n - 1] == i);
        }
        arena_reset(&a);
    }
    for (size_t n = 1, old = 0; n < 3000000; old = n, n = n * 2 + 1) {
        kept[0] = arena_grow(&a, old ? kept[0] : NULL, old, n);
        for (size_t i = old; i < n; i++)
            kept[0][i] = (uint8_t)(i * 7);
        size_t bad = 0;
        for (size_t i = 0; i < n; i++)
            bad += kept[0][i] != (uint8_t)(i * 7);
        CHECK(bad == 0);
    }
    uint32_t *z = arena_array(&a, uint32_t, 1000);
    for (unsigned i = 0; i < 1000; i++)
        CHECK(z[i] == 0);
    CHECK(strcmp(arena_fmt(&a, "%d-%s", 5, "x"), "5-x") == 0);
    CHECK(strcmp(arena_strndup(&a, "hello", 3), "hel") == 0);
    arena_free(&a);
    CHECK(a.total == 0);
}

static void test_buf(void)
{
    Arena a;
    Buf b;
    VEC(uint32_t) v = { 0, 0, 0 };
    arena_init(&a, &host);
    buf_init(&b, &a);
    CHECK(strcmp(buf_cstr(&b), "") == 0);
    buf_str(&b, "ab");
    buf_u8(&b, 1);
    buf_u16(&b, 0x203);
    buf_u32(&b, 0x4050607);
    buf_u64(&b, 0x08090a0b0c0d0e0f);
    CHECK(b.n == 17 && memcmp(b.p, "ab\1\3\2\7\6\5\4\17\16\15\14\13\12\11\10", 17) == 0);
    buf_align(&b, 16, 0x90);
    CHECK(b.n == 32 && b.p[31] == 0x90);
    buf_align(&b, 16, 0x90);
    CHECK(b.n == 32);
    buf_zero(&b, 1000);
    CHECK(b.n == 1032 && b.p[1031] == 0);
    buf_fmt(&b, "%05d", 42);
    CHECK(memcmp(b.p + 1032, "00042", 5) == 0);
    CHECK(get_u16(b.p + 3) == 0x203 && get_u32(b.p + 5) == 0x4050607 && get_u64(b.p + 9) == 0x08090a0b0c0d0e0f);
    for (uint32_t i = 0; i < 100000; i++)
        vec_push(&a, &v, i * 3);
    uint32_t bad = 0;
    for (uint32_t i = 0; i < 100000; i++)
        bad += v.p[i] != i * 3;
    CHECK(bad == 0 && v.n == 100000 && vec_last(&v) == 299997);
    arena_free(&a);
}

static void test_map(void)
{
    Arena a;
    Map m;
    Intern in;
    arena_init(&a, &host);
    map_init(&m, &a);
    CHECK(map_get(&m, "x", 1) == NULL && map_get_int(&m, 0) == NULL);
    for (uintptr_t i = 0; i < 20000; i++) {
        char *key = arena_fmt(&a, "k%u", (unsigned)i);
        *map_at(&m, key, strlen(key)) = (void *)(i + 1);
        *map_at_int(&m, i << 20) = (void *)(i + 7);
    }
    CHECK(m.entries.n == 40000);
    for (uintptr_t i = 0; i < 20000; i++) {
        char key[16];
        size_t n = rt_snfmt(key, sizeof key, "k%u", (unsigned)i);
        CHECK(map_get(&m, key, n) == (void *)(i + 1) && map_get_int(&m, i << 20) == (void *)(i + 7));
        CHECK(m.entries.p[2 * i].val == (void *)(i + 1));
    }
    CHECK(map_get(&m, "k", 1) == NULL && map_get_int(&m, 1) == NULL);
    *map_at(&m, "", 0) = &a;
    CHECK(map_get(&m, NULL, 0) == &a && map_get_int(&m, 0) == (void *)7);

    intern_init(&in, &a);
    Ident *first = intern_n(&in, "first", 5);
    for (unsigned i = 0; i < 20000; i++) {
        char key[16];
        size_t n = rt_snfmt(key, sizeof key, "id%u", i);
        Ident *id = intern_n(&in, key, n);
        CHECK(id == intern_n(&in, key, n) && id->n == n && strcmp(id->s, key) == 0 && !id->macro && !id->kw);
    }
    uint32_t h = INTERN_SEED;
    for (const char *s = "first"; *s; s++)
        h = intern_step(h, *s);
    CHECK(first == intern_hashed(&in, "first", 5, h) && first != intern_n(&in, "firs", 4));
    arena_free(&a);
}

static void test_bits(void)
{
    for (unsigned i = 0; i < 64; i++) {
        uint64_t v = (uint64_t)1 << i;
        CHECK(bits_ctz64(v) == i && bits_clz64(v) == 63 - i && bits_popcount64(v) == 1);
        CHECK(bits_ctz64(~(uint64_t)0 << i) == i && bits_clz64(~(uint64_t)0 >> i) == i);
        CHECK(bits_popcount64(v - 1) == i);
    }
    CHECK(bits_fits_s(-128, 8) && !bits_fits_s(-129, 8) && bits_fits_s(127, 8) && !bits_fits_s(128, 8));
    CHECK(bits_fits_u(255, 8) && !bits_fits_u(256, 8) && bits_fits_u(~(uint64_t)0, 64));
    CHECK(bits_sext(0x80, 8) == -128 && bits_sext(0x17f, 8) == 127 && bits_sext(~(uint64_t)0, 64) == -1);
    CHECK(align_up(0, 16) == 0 && align_up(1, 16) == 16 && align_up(16, 16) == 16);
}

static void test_utf8(void)
{
    char s[4];
    uint32_t c;
    for (uint32_t v = 0; v < 0x110000; v += v < 0x1000 ? 1 : 61) {
        if (v >= 0xd800 && v < 0xe000)
            continue;
        unsigned n = utf8_encode(s, v);
        CHECK(utf8_decode(s, n, &c) == n && c == v);
        CHECK(utf8_decode(s, n - 1, &c) == 0);
    }
    CHECK(utf8_decode("\x80", 1, &c) == 0 && utf8_decode("\xc0\x80", 2, &c) == 0 && utf8_decode("\xff", 1, &c) == 0);
    CHECK(utf8_decode("\xed\xa0\x80", 3, &c) == 0 && utf8_decode("\xf4\x90\x80\x80", 4, &c) == 0);
    CHECK(utf8_decode("\xe0\x9f\xbf", 3, &c) == 0 && utf8_decode("\xc3\x28", 2, &c) == 0);
}

static void test_sha256(void)
{
    char hex[65];
    Sha256 s;
    uint8_t one[32], two[32];
    static uint8_t big[100000];
    sha256_hex("", 0, hex);
    CHECK(strcmp(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == 0);
    sha256_hex("abc", 3, hex);
    CHECK(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    CHECK(strcmp(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1") == 0);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (uint8_t)rnd();
    sha256_init(&s);
    sha256_add(&s, big, sizeof big);
    sha256_done(&s, one);
    sha256_init(&s);
    for (size_t at = 0; at < sizeof big;) {
        size_t n = rnd() % 200;
        if (n > sizeof big - at)
            n = sizeof big - at;
        sha256_add(&s, big + at, n);
        at += n;
    }
    sha256_done(&s, two);
    CHECK(memcmp(one, two, 32) == 0);
}

static void test_srcmap(void)
{
    Arena a;
    SrcMap sm;
    Intern in;
    arena_init(&a, &host);
    src_init(&sm, &a);
    intern_init(&in, &a);
    const char *text = "one\ntwo\r\n\nfour";
    SrcFile *f = src_add_file(&sm, "f.c", text, strlen(text), 0, false);
    SrcFile *g = src_add_file(&sm, "g.h", "x", 1, f->base + 4, true);
    SrcPos p = src_pos(&sm, f->base);
    CHECK(p.file == f && p.line == 1 && p.col == 1 && p.text_n == 3);
    p = src_pos(&sm, f->base + 5);
    CHECK(p.line == 2 && p.col == 2 && p.text_n == 3 && memcmp(p.text, "two", 3) == 0);
    p = src_pos(&sm, f->base + 9);
    CHECK(p.line == 3 && p.col == 1 && p.text_n == 0);
    p = src_pos(&sm, f->base + (SrcLoc)strlen(text));
    CHECK(p.line == 4 && p.col == 5 && p.text_n == 4);
    p = src_pos(&sm, g->base);
    CHECK(p.file == g && p.file->system);
    CHECK(src_pos(&sm, 0).file == NULL && src_pos(&sm, 4000000000u).file == NULL);
    SrcLoc e = src_add_expansion(&sm, intern_n(&in, "M", 1), f->base, 3, f->base + 4);
    SrcLoc e2 = src_add_expansion(&sm, intern_n(&in, "N", 1), g->base, 1, e + 2);
    CHECK(src_file_loc(&sm, e + 1) == f->base + 4 && src_file_loc(&sm, e2) == f->base + 4);
    CHECK(src_expansion(&sm, e2)->macro->s[0] == 'N' && src_expansion(&sm, e)->macro->s[0] == 'M');
    CHECK(src_expansion(&sm, f->base) == NULL && src_file(&sm, e2) == f);
    struct SrcLineMark mark;
    mark.offset = 9;
    mark.line = 100;
    mark.name = "other.c";
    vec_push(&a, &f->marks, mark);
    p = src_pos(&sm, f->base + 10);
    CHECK(p.line == 101 && strcmp(p.name, "other.c") == 0);
    p = src_pos(&sm, f->base + 4);
    CHECK(p.line == 2 && strcmp(p.name, "f.c") == 0);
    CHECK(src_add_expansion(&sm, NULL, 0, 0xffffffff, 0) == 0);
    CHECK(src_add_file(&sm, "big", "", 0xffffffff, 0, false) == NULL);
    arena_free(&a);
}

static Text said;
static void take(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    if (n > sizeof said.s - 1 - said.n)
        n = sizeof said.s - 1 - said.n;
    put_text(&said, s, n);
    said.s[said.n] = 0;
}

static bool says(const char *want)
{
    bool same = strcmp(said.s, want) == 0;
    if (!same)
        rt_file_fmt(&out, "--- wanted\n%s--- got\n%s---\n", want, said.s);
    said.n = 0;
    said.s[0] = 0;
    return same;
}

static void test_diag(void)
{
    Arena a;
    SrcMap sm;
    Intern in;
    Diag d;
    arena_init(&a, &host);
    src_init(&sm, &a);
    intern_init(&in, &a);
    diag_init(&d, &sm, &a, take, NULL);
    const char *text = "#define M foo\n\tint x = M + bar;\n";
    SrcFile *f = src_add_file(&sm, "a.c", text, strlen(text), 0, false);
    SrcFile *h = src_add_file(&sm, "h.h", "int y;", 6, f->base, false);
    SrcFile *s = src_add_file(&sm, "s.h", "int y;", 6, f->base, true);
    said.s[0] = 0;

    diag_error(&d, f->base + 23, "'%s' is odd", "M");
    CHECK(says("a.c:2:10: error: 'M' is odd\n \tint x = M + bar;\n \t        ^\n"));
    diag_at(&d, DIAG_ERROR, W_NONE, f->base + 27, f->base + 30, "no bar");
    CHECK(says("a.c:2:14: error: no bar\n \tint x = M + bar;\n \t            ^~~\n"));
    diag_warn(&d, W_UNUSED_VARIABLE, f->base + 19, "unused");
    diag_note(&d, f->base, "not to be seen");
    CHECK(says(""));
    CHECK(diag_option(&d, "all"));
    diag_warn(&d, W_UNUSED_VARIABLE, f->base + 19, "unused");
    CHECK(says("a.c:2:6: warning: unused [-Wunused-variable]\n \tint x = M + bar;\n \t    ^\n"));
    diag_note(&d, f->base, "here");
    CHECK(says("a.c:1:1: note: here\n #define M foo\n ^\n"));
    CHECK(diag_option(&d, "no-unused-variable") && diag_option(&d, "all"));
    diag_warn(&d, W_UNUSED_VARIABLE, f->base + 19, "unused");
    CHECK(says(""));
    CHECK(diag_option(&d, "error=undef"));
    diag_warn(&d, W_UNDEF, f->base, "undefined");
    CHECK(says("a.c:1:1: error: undefined [-Werror=undef]\n #define M foo\n ^\n"));
    CHECK(diag_option(&d, "error") && diag_option(&d, "no-error=cpp"));
    diag_warn(&d, W_CPP, f->base, "x");
    CHECK(says("a.c:1:1: warning: x [-Wcpp]\n #define M foo\n ^\n"));
    diag_warn(&d, W_MAIN, f->base, "x");
    CHECK(says("a.c:1:1: error: x [-Werror=main]\n #define M foo\n ^\n"));
    CHECK(diag_option(&d, "no-error") && !diag_option(&d, "nonsense") && !diag_option(&d, "error=nonsense"));
    CHECK(diag_option(&d, "strict-aliasing") && diag_option(&d, "no-unused") && diag_option(&d, "implicit-fallthrough=3"));

    diag_error(&d, h->base + 4, "y");
    CHECK(says("In file included from a.c:1:\nh.h:1:5: error: y\n int y;\n     ^\n"));
    diag_error(&d, h->base + 4, "y");
    CHECK(says("h.h:1:5: error: y\n int y;\n     ^\n"));
    diag_warn(&d, W_CPP, s->base + 4, "y");
    CHECK(says(""));
    d.system_warnings = true;
    diag_warn(&d, W_CPP, s->base + 4, "y");
    CHECK(says("s.h:1:5: warning: y [-Wcpp]\n int y;\n     ^\n"));
    SrcLoc e = src_add_expansion(&sm, intern_n(&in, "M", 1), f->base + 10, 3, f->base + 23);
    diag_error(&d, e, "no foo");
    CHECK(says("a.c:2:10: error: no foo\n \tint x = M + bar;\n \t        ^\n"
               "a.c:1:11: note: in expansion of macro 'M'\n #define M foo\n           ^\n"));
    diag_error(&d, 0, "nowhere");
    CHECK(says("idem: error: nowhere\n"));
    diag_file(&d, DIAG_ERROR, "x.o", "is %s", "broken");
    CHECK(says("x.o: error: is broken\n"));
    d.max_errors = d.errors + 1;
    diag_error(&d, 0, "last");
    CHECK(d.stopped && strstr(said.s, "compilation stopped after"));
    said.n = 0;
    said.s[0] = 0;
    diag_error(&d, 0, "after");
    CHECK(says(""));

    char *line = arena_alloc(&a, 10001);
    memset(line, 'x', 10000);
    line[10000] = 0;
    memcpy(line + 5000, "\xc3\xa4\033\xff", 4);
    SrcFile *l = src_add_file(&sm, "l.c", line, 10000, 0, false);
    d.stopped = false;
    d.max_errors = 0;
    diag_at(&d, DIAG_ERROR, W_NONE, l->base + 5000, l->base + 9000, "long");
    CHECK(said.n < 500 && strstr(said.s, "\xc3\xa4??x") && strstr(said.s, "...\n"));
    arena_free(&a);
}

static void run(const char *name, void (*test)(void))
{
    group_bad = 0;
    test();
    rt_file_fmt(&out, "%sok %s\n", group_bad ? "not " : "", name);
    rt_file_flush(&out);
}

int main(int argc, char **argv, char **envp)
{
    (void)argc;
    (void)argv;
    (void)envp;
    rt_file_init(&out, 1);
    run("mem", test_mem);
    run("str", test_str);
    run("fmt", test_fmt);
    run("sort", test_sort);
    run("arena", test_arena);
    run("buf-and-vec", test_buf);
    run("map-and-intern", test_map);
    run("bits", test_bits);
    run("utf8", test_utf8);
    run("sha256", test_sha256);
    run("srcmap", test_srcmap);
    run("diag", test_diag);
    return 0;
}
