// out: 128 32768 2147483648
// out: 2147483648 9223372036854775808 -128
// out: 1 1 -1073741824 -8
// out: -922337203685477580 -8 1
#include <limits.h>
#include <stdio.h>
int main(void) { volatile int i = INT_MIN; volatile long l = LONG_MIN; volatile signed char c = -128; volatile short s = -32768; printf("%d %d %ld\n", -c, -s, -(long)i); printf("%u %lu %d\n", 0u - i, 0ul - l, (signed char)-c); printf("%d %d %d %d\n", i < 0, -i == i || 1, i / 2, i % 10); printf("%ld %ld %d\n", l / 10, l % 10, l >> 63 == -1); return 0; }
