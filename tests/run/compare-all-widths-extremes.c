// Ordering at the extremes of every type.
#include <limits.h>
#include <stdio.h>
#define T(type, lo, hi) do { volatile type a = lo, b = hi; printf("%d%d%d%d%d%d ", a < b, a > b, a <= b, a >= b, a == b, a != b); } while (0)
int main(void)
{
    T(signed char, SCHAR_MIN, SCHAR_MAX); T(unsigned char, 0, UCHAR_MAX); T(short, SHRT_MIN, SHRT_MAX); T(unsigned short, 0, USHRT_MAX);
    T(int, INT_MIN, INT_MAX); T(unsigned, 0, UINT_MAX); T(long, LONG_MIN, LONG_MAX); T(unsigned long, 0, ULONG_MAX);
    T(long long, LLONG_MIN, LLONG_MAX); T(unsigned long long, 0, ULLONG_MAX); T(_Bool, 0, 1); T(int, 5, 5);
    printf("\n");
    return 0;
}
