// out: 1 -2147483648 0 2147483646 0 2147483647|1 2147483647 0 -2147483647 1 -2147483648|0 -2 0 -8 0 -15|0 140000 0 0 1 605032704|
// out: 1 0 0 4294967294 0 4294967295|0 8 1 4294967294 0 15|0 131072 0 0 1 0|
// out: 1 -9223372036854775808 0 9223372036854775806 0 9223372036854775807|1 9223372036854775807 0 -9223372036854775807 1 -9223372036854775808|0 1100585369600 0 1098437885952 1 0|
// out: 1 1 0 -3 1 -2|0 16 1 -2 0 63|
// out: 1 44 0 100 1 32|0 127 0 73 1 -116|0 0 1 254 1 255|0 302 0 298 0 600|
// out: 1 4294967295 1 4294967291 1 4294967290|0 4294967294 0 0 0 4611686014132420609|1 -2 0 0 1 1|1 -2 0 12 1 -35|
// out: 1 -9223372036854775808 1 -9223372036854775808 0 0|0 8 0 2 0 15|1 -5536 0 0 1 -5888|0 510 0 0 0 65025|
// out: 0 0 0 2 0 -1 1 18446744073709551615
// out: 1 -2147483648 1 1 4294967295
#include <limits.h>
#include <stdio.h>
#define T(type, a, b, R) do { volatile type x = a; volatile type y = b; R r; int o = __builtin_add_overflow(x, y, &r); printf("%d %lld ", o, (long long)r); \
    o = __builtin_sub_overflow(x, y, &r); printf("%d %lld ", o, (long long)r); o = __builtin_mul_overflow(x, y, &r); printf("%d %lld|", o, (long long)r); } while (0)
int main(void)
{
    T(int, INT_MAX, 1, int); T(int, INT_MIN, -1, int); T(int, -5, 3, int); T(int, 70000, 70000, int); printf("\n");
    T(unsigned, UINT_MAX, 1, unsigned); T(unsigned, 3, 5, unsigned); T(unsigned, 65536, 65536, unsigned); printf("\n");
    T(long, LONG_MAX, 1, long); T(long, LONG_MIN, -1, long); T(long, 1L << 40, 1L << 30, long); printf("\n");
    T(unsigned long, ULONG_MAX, 2, unsigned long); T(unsigned long, 7, 9, unsigned long); printf("\n");
    T(int, 200, 100, signed char); T(int, 100, 27, signed char); T(int, -1, 1, unsigned char); T(int, 300, 2, unsigned short); printf("\n");
    T(int, -3, 2, unsigned); T(int, INT_MAX, INT_MAX, long); T(unsigned, UINT_MAX, UINT_MAX, int); T(long, 5, -7, unsigned long); printf("\n");
    T(unsigned long, 1UL << 63, 0, long); T(unsigned long, 5, 3, int); T(short, 30000, 30000, short); T(unsigned char, 255, 255, int); printf("\n");
    volatile int i = -1; volatile unsigned u = 1; unsigned ru; int ri; long rl; unsigned long rul;
    int o; o = __builtin_add_overflow(i, u, &ru); printf("%d %u ", o, ru); o = __builtin_sub_overflow(u, i, &ri); printf("%d %d ", o, ri); o = __builtin_mul_overflow(i, u, &rl); printf("%d %ld ", o, rl); o = __builtin_mul_overflow(i, u, &rul); printf("%d %lu\n", o, rul);
    int r; int o1 = __builtin_sadd_overflow(INT_MAX, 1, &r); long rr; int o2 = __builtin_smull_overflow(LONG_MAX, 2, &rr); unsigned w; int o3 = __builtin_usub_overflow(1, 2, &w);
    printf("%d %d %d %d %u\n", o1, r, o2, o3, w);
    return 0;
}
