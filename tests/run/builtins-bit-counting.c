// out: 63 0 1 1 1 62|31 0 1 1 1 30|63 0 1 1 1
// out: 62 1 1 1 2 61|30 1 1 1 2 29|62 1 1 1 2
// out: 32 31 1 1 32 31|0 31 1 1 32 0|32 31 1 1 32
// out: 56 0 8 0 1 55|24 0 8 0 1 23|56 0 8 0 1
// out: 31 32 1 1 33 30|0 0 0 31|31 32 1 1 33
// out: 0 63 1 1 64 0|0 0 0 31|0 63 1 1 64
// out: 0 0 64 0 1 63|0 0 32 0 1 31|0 0 64 0 1
// out: 3 4 32 0 5 2|0 4 19 1 5 0|3 4 32 0 5
// out: 32 1 31 1 2 31|0 1 31 1 2 30|32 1 31 1 2
// out: 31 3 8 1 0 31 41 0 0
#include <stdio.h>
int main(void)
{
    static const unsigned long v[] = { 1, 2, 0x80000000, 0xff, 0x100000000, 0x8000000000000000, ~0UL, 0x123456789abcdef0, 0xfffffffe };
    for (unsigned i = 0; i < sizeof v / sizeof *v; i++) {
        volatile unsigned long l = v[i]; volatile unsigned u = (unsigned)l;
        printf("%d %d %d %d %d %d|", __builtin_clzl(l), __builtin_ctzl(l), __builtin_popcountl(l), __builtin_parityl(l), __builtin_ffsl(l), __builtin_clrsbl(l));
        if (u) printf("%d %d ", __builtin_clz(u), __builtin_ctz(u));
        printf("%d %d %d %d|", __builtin_popcount(u), __builtin_parity(u), __builtin_ffs(u), __builtin_clrsb(u));
        printf("%d %d %d %d %d\n", __builtin_clzll(l), __builtin_ctzll(l), __builtin_popcountll(l), __builtin_parityll(l), __builtin_ffsll(l));
    }
    static int k[] = { __builtin_clz(1), __builtin_ctz(8), __builtin_popcount(255), __builtin_parity(7), __builtin_ffs(0), __builtin_clrsb(0), __builtin_ffsll(1L << 40) };
    for (int i = 0; i < 7; i++) printf("%d ", k[i]);
    volatile int z = 0;
    printf("%d %d\n", __builtin_ffs(z), __builtin_popcount(z));
    return 0;
}
