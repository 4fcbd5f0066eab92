// out: 3412 78563412 f0debc9a78563412 4030201 1
#include <stdio.h>
int main(void)
{
    volatile unsigned short s = 0x1234; volatile unsigned u = 0x12345678; volatile unsigned long l = 0x123456789abcdef0;
    static unsigned k = __builtin_bswap32(0x01020304);
    printf("%x %x %lx %x %d\n", __builtin_bswap16(s), __builtin_bswap32(u), __builtin_bswap64(l), k, __builtin_bswap16(s << 8 | 1) > 0);
    return 0;
}
