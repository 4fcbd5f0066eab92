// Conversions of wide integers round to nearest even, once.
#include <stdio.h>
int main(void)
{
    static const long v[] = { 0, 1, -1, 16777217, 16777219, -16777217, 9007199254740993, 9007199254740995, 0x7fffffffffffffff, -0x7fffffffffffffff - 1,
                              0x7fffff4000000001, 0x7fffffc000000000, 36028797018963971 };
    for (unsigned i = 0; i < sizeof v / sizeof *v; i++) {
        volatile long l = v[i];
        volatile unsigned long u = (unsigned long)v[i] | 0x8000000000000000;
        volatile int n = (int)v[i];
        volatile unsigned w = (unsigned)v[i];
        volatile signed char c = (signed char)v[i];
        volatile unsigned short s = (unsigned short)v[i];
        printf("%a %a %a %a %a %a %a %a %a %a\n", (double)l, (float)l, (double)u, (float)u, (double)n, (float)n, (double)w, (float)w, (float)c, (double)s);
    }
    return 0;
}
