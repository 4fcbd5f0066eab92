// out: 4294967295 18446744073709551615 255 65535
// out: 1 1 1 1
// out: 0 0 2147483648 9223372036854775808
// out: 4294901759 281470681743359
// Unsigned arithmetic is modulo 2^n in every width (6.2.5p9).
#include <stdio.h>
int main(void)
{
    volatile unsigned u = 0;
    volatile unsigned long ul = 0;
    volatile unsigned char uc = 0;
    volatile unsigned short us = 0;
    u--; ul--; uc--; us--;
    printf("%u %lu %u %u\n", u, ul, uc, us);
    u += 2; ul += 2; uc += 2; us += 2;
    printf("%u %lu %u %u\n", u, ul, uc, us);
    u = 0x80000000u; ul = 0x8000000000000000u;
    printf("%u %lu %u %lu\n", u * 2, ul * 2, -u, -ul);
    printf("%u %lu\n", 0x10001u * 0xffffu * 0x10001u, 0x100000001u * 0xffffffffffffu);
    return 0;
}
