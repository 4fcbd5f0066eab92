// out: i i l i u u
// out: l l l ul
// out: u l ul ll ull ull
// out: u ul ul u i
// out: 511 31 10 0
// out: i ul
// The type of an integer constant by its value, base and suffix (6.4.4.1p5).
#include <stdio.h>
#define N(x) _Generic((x), int: "i", unsigned: "u", long: "l", unsigned long: "ul", long long: "ll", unsigned long long: "ull", default: "?")
int main(void)
{
    printf("%s %s %s %s %s %s\n", N(1), N(2147483647), N(2147483648), N(0x7fffffff), N(0x80000000), N(0xffffffff));
    printf("%s %s %s %s\n", N(0x100000000), N(4294967295), N(9223372036854775807), N(0xffffffffffffffff));
    printf("%s %s %s %s %s %s\n", N(1u), N(1l), N(1ul), N(1ll), N(1LLU), N(1uLL));
    printf("%s %s %s %s %s\n", N(0xffffffffu), N(0x100000000u), N(4294967296u), N(037777777777), N(0b11));
    printf("%d %d %d %d\n", 0777, 0x1F, 0b1010, 0);
    printf("%s %s\n", N('a'), N(sizeof 1));
    return 0;
}
