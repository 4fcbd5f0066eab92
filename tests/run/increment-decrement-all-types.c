// out: 127 -127 -127 -127 127 127|255 1 1 1 255 255|32767 -32767 -32767 -32767 32767 32767|65535 1 1 1 65535 65535|
// out: -1 1 1 1 -1 -1|4294967295 1 1 1 4294967295 4294967295|-1 1 1 1 -1 -1|18446744073709551615 1 1 1 18446744073709551615 18446744073709551615|
// out: 0.5 2.5 2.5 2.5 0.5 0.5|-1.25 0.75 0.75 0.75 -1.25 -1.25|0 1 1 1 1 1|
// out: 1 3 3 5 2
// out: 5 1 0
// ++ and --, before and after, on every arithmetic type and on pointers.
#include <stdio.h>
#define T(type, v, fmt) do { type x = (type)v; printf(fmt " " fmt " ", x++, x); x = (type)v; printf(fmt " " fmt " ", ++x, x); } while (0)
#define U(type, v, fmt) do { type x = (type)v, a, b; a = x++; b = ++x; printf(fmt " " fmt " " fmt " ", a, b, x); a = x--; b = --x; printf(fmt " " fmt " " fmt "|", a, b, x); } while (0)
int main(void)
{
    U(signed char, 127, "%d"); U(unsigned char, 255, "%d"); U(short, 32767, "%d"); U(unsigned short, 65535, "%d"); printf("\n");
    U(int, -1, "%d"); U(unsigned, 4294967295u, "%u"); U(long, -1, "%ld"); U(unsigned long, -1, "%lu"); printf("\n");
    U(float, 0.5f, "%g"); U(double, -1.25, "%g"); U(_Bool, 0, "%d"); printf("\n");
    int a[5] = { 1, 2, 3, 4, 5 }, *p = a;
    int x = *p++, y = *++p, z = (*p)++, w = ++*p;
    printf("%d %d %d %d %d\n", x, y, z, w, (int)(p - a));
    x = *p--; y = *--p;
    printf("%d %d %d\n", x, y, (int)(p - a));
    return 0;
}
