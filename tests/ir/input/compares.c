/* The functions of compares.sh with all pairs of interesting numbers: the relation, and invalid exactly where IEEE 754 5.11 wants it:
 * for a signaling NaN always, for a quiet one where the relation signals. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int failures;
static const uint64_t bits64[] = { 0, 1ull << 63, 0x3ff0000000000000, 0xbff0000000000000, 0x4000000000000000, 0x7ff0000000000000,
                                   0xfff0000000000000, 1, 0x7ff8000000000000, 0xfff8000000000001, 0x7ff0000000000001 };
static const uint32_t bits32[] = { 0, 1u << 31, 0x3f800000, 0xbf800000, 0x40000000, 0x7f800000, 0xff800000, 1, 0x7fc00000, 0xffc00001, 0x7f800001 };
enum { N = 11, QUIET = 8, SIGNALING = 10 };

/* -1, 0, 1, or 2 for unordered, from the bits. */
static int order(int i, int j)
{
    if (i >= QUIET || j >= QUIET)
        return 2;
    static const int rank[] = { 0, 0, 3, -3, 4, 5, -5, 1 };
    return (rank[i] > rank[j]) - (rank[i] < rank[j]);
}

static unsigned expected(const char *op, int i, int j, int signals)
{
    int o = order(i, j), yes;
    unsigned invalid = i >= SIGNALING || j >= SIGNALING || (signals && o == 2) ? 16 : 0;
    const char *r = op + 2;
    if (!strcmp(op, "ford"))
        yes = o != 2;
    else if (!strcmp(op, "funo"))
        yes = o == 2;
    else if (o == 2)
        yes = op[1] == 'u';
    else
        yes = !strcmp(r, "eq") ? o == 0 : !strcmp(r, "ne") ? o != 0 : !strcmp(r, "lt") ? o < 0 : !strcmp(r, "le") ? o <= 0
            : !strcmp(r, "gt") ? o > 0 : o >= 0;
    return invalid << 1 | (unsigned)yes;
}

static void judge(const char *op, const char *what, int i, int j, int signals, unsigned got, unsigned want)
{
    if (got != want && failures++ < 10)
        printf("%s %s%s %d %d: %x, not %x\n", op, what, signals ? " signaling" : "", i, j, got, want);
}

static void check_f64(const char *op, unsigned (*f)(double, double), int signals)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double a, b;
            memcpy(&a, &bits64[i], 8);
            memcpy(&b, &bits64[j], 8);
            judge(op, "f64", i, j, signals, f(a, b), expected(op, i, j, signals));
        }
}

static void check_dead(const char *op, unsigned (*f)(double, double), int signals)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double a, b;
            memcpy(&a, &bits64[i], 8);
            memcpy(&b, &bits64[j], 8);
            judge(op, "unread", i, j, signals, f(a, b), expected(op, i, j, signals) & ~1u);
        }
}

static void check_f32(const char *op, unsigned (*f)(float, float), int signals)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            float a, b;
            memcpy(&a, &bits32[i], 4);
            memcpy(&b, &bits32[j], 4);
            judge(op, "f32", i, j, signals, f(a, b), expected(op, i, j, signals));
        }
}

#include "compares.h"

int main(void)
{
    all();
    puts(failures ? "failed" : "ok");
    return failures != 0;
}
