// out: 8 -128 127 -32768 -2147483648 4294967295
// out: -9223372036854775808 18446744073709551615 9223372036854775807 4
// out: -9223372036854775808 4294967295 ffffffffffffffff 127
// out: 6 53 1.19209e-07 1.79769e+308 2 1024 2.22507e-308
// out: 1 0 32 1
#include <float.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdio.h>
int main(void)
{
    printf("%d %d %d %d %d %u\n", CHAR_BIT, SCHAR_MIN, CHAR_MAX, SHRT_MIN, INT_MIN, UINT_MAX);
    printf("%ld %lu %lld %d\n", LONG_MIN, ULONG_MAX, LLONG_MAX, (int)sizeof(wchar_t));
    printf("%" PRId64 " %" PRIu32 " %" PRIxPTR " %d\n", INT64_MIN, UINT32_MAX, UINTPTR_MAX, INT8_MAX);
    printf("%d %d %g %g %d %d %g\n", FLT_DIG, DBL_MANT_DIG, (double)FLT_EPSILON, DBL_MAX, FLT_RADIX, DBL_MAX_EXP, DBL_MIN);
    printf("%d %d %zu %d\n", true, false, sizeof(max_align_t), (int)(INT64_C(1) << 40 > 0));
    return 0;
}
