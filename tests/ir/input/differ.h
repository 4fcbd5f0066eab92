/* What the C of differ.py calls: each operation by its definition in doc/ir.md. */
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { M_rne = FE_TONEAREST, M_rtz = FE_TOWARDZERO, M_rdn = FE_DOWNWARD, M_rup = FE_UPWARD };

#define INTS(w, wide, uwide) \
    static uint##w##_t mulhs##w(uint##w##_t a, uint##w##_t b) { return (uwide)((wide)(int##w##_t)a * (int##w##_t)b) >> w; } \
    static uint##w##_t mulhu##w(uint##w##_t a, uint##w##_t b) { return (uwide)a * b >> w; } \
    static uint##w##_t shl##w(uint##w##_t a, uint##w##_t b) { return a << (b & (w - 1)); } \
    static uint##w##_t lshr##w(uint##w##_t a, uint##w##_t b) { return a >> (b & (w - 1)); } \
    static uint##w##_t ashr##w(uint##w##_t a, uint##w##_t b) { return (int##w##_t)a >> (b & (w - 1)); } \
    static uint##w##_t rotl##w(uint##w##_t a, uint##w##_t b) { return a << (b & (w - 1)) | a >> (-b & (w - 1)); } \
    static uint##w##_t rotr##w(uint##w##_t a, uint##w##_t b) { return a >> (b & (w - 1)) | a << (-b & (w - 1)); } \
    static uint##w##_t neg##w(uint##w##_t a) { return -a; } \
    static uint##w##_t not##w(uint##w##_t a) { return ~a; } \
    static uint##w##_t clz##w(uint##w##_t a) { unsigned n = 0; while (n < w && !(a >> (w - 1 - n) & 1)) n++; return n; } \
    static uint##w##_t ctz##w(uint##w##_t a) { unsigned n = 0; while (n < w && !(a >> n & 1)) n++; return n; } \
    static uint##w##_t popcnt##w(uint##w##_t a) { return __builtin_popcountll(a); } \
    static uint##w##_t bswap##w(uint##w##_t a) { return __builtin_bswap##w(a); } \
    static uint##w##_t sext8##w(uint##w##_t a) { return (int8_t)a; } \
    static uint##w##_t sext16##w(uint##w##_t a) { return (int16_t)a; } \
    static uint##w##_t zext8##w(uint##w##_t a) { return (uint8_t)a; } \
    static uint##w##_t zext16##w(uint##w##_t a) { return (uint16_t)a; } \
    static uint##w##_t sdiv##w(uint##w##_t a, uint##w##_t b) { return (int##w##_t)a / (int##w##_t)b; } \
    static uint##w##_t udiv##w(uint##w##_t a, uint##w##_t b) { return a / b; } \
    static uint##w##_t srem##w(uint##w##_t a, uint##w##_t b) { return (int##w##_t)a % (int##w##_t)b; } \
    static uint##w##_t urem##w(uint##w##_t a, uint##w##_t b) { return a % b; } \
    static int saddo##w##_over(uint##w##_t a, uint##w##_t b) { int##w##_t r; return __builtin_add_overflow((int##w##_t)a, (int##w##_t)b, &r); } \
    static int uaddo##w##_over(uint##w##_t a, uint##w##_t b) { return __builtin_add_overflow(a, b, &a); } \
    static int ssubo##w##_over(uint##w##_t a, uint##w##_t b) { int##w##_t r; return __builtin_sub_overflow((int##w##_t)a, (int##w##_t)b, &r); } \
    static int usubo##w##_over(uint##w##_t a, uint##w##_t b) { return __builtin_sub_overflow(a, b, &a); } \
    static int smulo##w##_over(uint##w##_t a, uint##w##_t b) { int##w##_t r; return __builtin_mul_overflow((int##w##_t)a, (int##w##_t)b, &r); } \
    static int umulo##w##_over(uint##w##_t a, uint##w##_t b) { return __builtin_mul_overflow(a, b, &a); }
INTS(32, int64_t, uint64_t)
INTS(64, __int128, unsigned __int128)

static int cas_ok;
#define MEMORY(w) \
    static uint##w##_t load_u##w(uint64_t a) { uint##w##_t v; memcpy(&v, (void *)a, w / 8); return v; } \
    static void store_u##w(uint64_t a, uint##w##_t v) { memcpy((void *)a, &v, w / 8); } \
    static uint##w##_t cas##w(uint64_t a, uint##w##_t e, uint##w##_t d) { uint##w##_t o = load_u##w(a); cas_ok = o == e; if (cas_ok) store_u##w(a, d); return o; } \
    RMW(w, xchg, v) RMW(w, add, o + v) RMW(w, sub, o - v) RMW(w, and, o & v) RMW(w, or, o | v) RMW(w, xor, o ^ v) \
    RMW(w, nand, ~(o & v)) RMW(w, smin, (int##w##_t)o < (int##w##_t)v ? o : v) RMW(w, smax, (int##w##_t)o > (int##w##_t)v ? o : v) \
    RMW(w, umin, o < v ? o : v) RMW(w, umax, o > v ? o : v)
#define RMW(w, name, e) \
    static uint##w##_t rmw_##name##w(uint64_t a, uint##w##_t v) { uint##w##_t o = load_u##w(a); store_u##w(a, e); return o; }
MEMORY(8)
MEMORY(16)
MEMORY(32)
MEMORY(64)

static uint32_t bits_i32(float f) { uint32_t v; memcpy(&v, &f, 4); return v; }
static uint64_t bits_i64(double f) { uint64_t v; memcpy(&v, &f, 8); return v; }
static float bits_f32(uint32_t v) { float f; memcpy(&f, &v, 4); return f; }
static double bits_f64(uint64_t v) { double f; memcpy(&f, &v, 8); return f; }
static float load_f32(uint64_t a) { return bits_f32(load_u32(a)); }
static double load_f64(uint64_t a) { return bits_f64(load_u64(a)); }
static void store_f32(uint64_t a, float f) { store_u32(a, bits_i32(f)); }
static void store_f64(uint64_t a, double f) { store_u64(a, bits_i64(f)); }

#define FLOATS(t, T, w) \
    FOP(t, T, fadd, a + b) FOP(t, T, fsub, a - b) FOP(t, T, fmul, a * b) FOP(t, T, fdiv, a / b) \
    static T fsqrt_##t(T a, int mode) { fesetround(mode); volatile T r = sizeof(T) == 4 ? sqrtf(a) : sqrt(a); fesetround(FE_TONEAREST); return r; } \
    static T fneg_##t(T a) { return -a; } \
    static T fabs_##t(T a) { return bits_##t(bits_i##w(a) & ~((uint##w##_t)1 << (w - 1))); } \
    static T canon_##t(T a) { return a != a ? bits_##t(w == 32 ? 0x7fc00000u : (uint##w##_t)0x7ff8000000000000ull) : a; } \
    static T fcopysign_##t(T a, T b) { return bits_##t((bits_i##w(a) << 1 >> 1) | (bits_i##w(b) >> (w - 1) << (w - 1))); } \
    I2F(t, T, si2f, i32, int32_t) I2F(t, T, si2f, i64, int64_t) I2F(t, T, ui2f, i32, uint32_t) I2F(t, T, ui2f, i64, uint64_t)
#define FOP(t, T, name, e) \
    static T name##_##t(T x, T y, int mode) { fesetround(mode); volatile T a = x, b = y, r = e; fesetround(FE_TONEAREST); return r; }
#define I2F(t, T, name, from, I) \
    static T name##_##t##_##from(I x, int mode) { fesetround(mode); volatile I a = x; volatile T r = (T)a; fesetround(FE_TONEAREST); return r; }
FLOATS(f32, float, 32)
FLOATS(f64, double, 64)

#define UN (a != a || b != b)
#define FCMP(name, e) static int fcmp_##name(double a, double b) { return e; }
FCMP(foeq, a == b) FCMP(fone, !UN && a != b) FCMP(folt, a < b) FCMP(fole, a <= b) FCMP(fogt, a > b) FCMP(foge, a >= b) FCMP(ford, !UN)
FCMP(fueq, UN || a == b) FCMP(fune, a != b) FCMP(fult, UN || a < b) FCMP(fule, UN || a <= b) FCMP(fugt, UN || a > b)
FCMP(fuge, UN || a >= b) FCMP(funo, UN)

static double rounded(double a, int mode)
{
    fesetround(mode);
    volatile double r = rint(a);
    fesetround(FE_TONEAREST);
    return r;
}
#define F2I(name, I, lo, hi, least, greatest) \
    static I name(double a, int mode) { a = rounded(a, mode); return a != a || a >= hi ? greatest : a <= lo ? least : (I)a; }
F2I(f2si_i32, int32_t, -2147483649.0, 2147483648.0, INT32_MIN, INT32_MAX)
F2I(f2ui_i32, uint32_t, -1.0, 4294967296.0, 0, UINT32_MAX)
F2I(f2si_i64, int64_t, -9223372036854775808.0, 9223372036854775808.0, INT64_MIN, INT64_MAX)
F2I(f2ui_i64, uint64_t, -1.0, 18446744073709551616.0, 0, UINT64_MAX)

_Alignas(16) unsigned char mem[256];
uint64_t calls;
uint64_t mix(uint64_t a, uint32_t b, double c)
{
    calls = calls * 31 + a + b;
    mem[b & 63] ^= a;
    return (a ^ bits_i64(c)) * 0x9e3779b97f4a7c15ull + b;
}
uint64_t many(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h)
{
    calls = calls * 33 + h;
    return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h;
}

typedef uint64_t Function(uint64_t, uint64_t, uint32_t, uint32_t, double, float);
typedef struct Pair { const char *name; Function *lane, *c; } Pair;

static const char *running;
static void stuck(int sig)
{
    printf("%s: %s\n", running, sig == SIGALRM ? "never ends" : "crashes");
    fflush(stdout);
    _exit(running[0] == 'C' ? 3 : 1);
}

static int run(const Pair *pairs, int n)
{
    static const uint64_t v[] = { 0, 1, 2, 7, 100, 0x7fffffff, 0x80000000, 0xffffffff, 0x123456789, 0x7fffffffffffffff, 0x8000000000000000, UINT64_MAX };
    static const double d[] = { 0, -0.0, 1.5, -3, 1e10, -1e19, 1e300, 5e-324, INFINITY, NAN, 0.1, 2147483647.5 };
    uint64_t seed = 12345;
    int bad = 0;
    signal(SIGALRM, stuck);
    signal(SIGSEGV, stuck);
    signal(SIGILL, stuck);
    signal(SIGFPE, stuck);
    signal(SIGBUS, stuck);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < 60; i++) {
            uint64_t a[6], got, want, want_calls;
            unsigned char before[256], after[256];
            for (int j = 0; j < 6; j++)
                seed = seed * 6364136223846793005ull + 1442695040888963407ull, a[j] = seed >> 33;
            uint64_t x = v[a[0] % 12], y = i % 3 ? v[a[1] % 12] : seed;
            uint32_t z = (uint32_t)v[a[2] % 12], w = (uint32_t)a[3];
            double e = d[a[4] % 12];
            float f = (float)d[a[5] % 12];
            for (int j = 0; j < 256; j++)
                mem[j] = before[j] = (unsigned char)(seed >> 20 << j % 5);
            calls = 0;
            running = "C";
            alarm(2);
            want = pairs[k].c(x, y, z, w, e, f);
            want_calls = calls;
            memcpy(after, mem, 256);
            memcpy(mem, before, 256);
            calls = 0;
            running = pairs[k].name;
            alarm(2);
            got = pairs[k].lane(x, y, z, w, e, f);
            if (got != want || want_calls != calls || memcmp(after, mem, 256) != 0) {
                printf("%s(0x%llx, 0x%llx, 0x%x, 0x%x, %a, %a): lane 0x%llx, C 0x%llx%s\n", pairs[k].name, (unsigned long long)x, (unsigned long long)y,
                       z, w, e, f, (unsigned long long)got, (unsigned long long)want, want_calls != calls ? ", calls" : memcmp(after, mem, 256) ? ", memory" : "");
                bad++;
                break;
            }
        }
    return bad != 0;
}
