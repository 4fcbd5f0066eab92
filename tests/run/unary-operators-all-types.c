// + - ~ ! on every type.
#include <stdio.h>
#define T(type, v) do { volatile type x = (type)v; printf("%ld %ld %ld %d ", (long)+x, (long)-x, (long)~x, !x); } while (0)
int main(void)
{
    T(char, 65); T(signed char, -128); T(unsigned char, 255); printf("\n");
    T(short, -32768); T(unsigned short, 65535); T(int, -5); printf("\n");
    T(unsigned, 5); T(long, -1); T(unsigned long, 1); printf("\n");
    T(_Bool, 1); T(int, 0);
    volatile double d = 2.5; volatile float f = 0;
    printf("%g %g %d %d\n", -d, +f, !d, !f);
    return 0;
}
