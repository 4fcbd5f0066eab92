// Every comparison with a NaN is false except != (and its negation), in values and in branches.
#include <stdio.h>
static int pairs(double a, double b)
{
    int r = 0;
    if (a < b) r |= 1; if (a > b) r |= 2; if (a <= b) r |= 4; if (a >= b) r |= 8; if (a == b) r |= 16; if (a != b) r |= 32;
    if (!(a < b)) r |= 64; if (!(a > b)) r |= 128; if (!(a <= b)) r |= 256; if (!(a >= b)) r |= 512; if (!(a == b)) r |= 1024; if (!(a != b)) r |= 2048;
    int s = (a < b) | (a > b) << 1 | (a <= b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5;
    if (s != (r & 63)) printf("value and branch differ: %x %x\n", s, r);
    while (a < b) { r |= 4096; break; }
    r |= (a < b || a > b) << 13; r |= (a == b && a <= b) << 14; r |= (a < b ? 1 : 0) << 15;
    return r;
}
static int pairf(float a, float b)
{
    int r = 0;
    if (a < b) r |= 1; if (a > b) r |= 2; if (a <= b) r |= 4; if (a >= b) r |= 8; if (a == b) r |= 16; if (a != b) r |= 32;
    if (!(a < b)) r |= 64; if (!(a > b)) r |= 128; if (!(a <= b)) r |= 256; if (!(a >= b)) r |= 512; if (!(a == b)) r |= 1024; if (!(a != b)) r |= 2048;
    return r;
}
int main(void)
{
    volatile double z = 0, n = z / z, i = 1 / z;
    double v[] = { 1, 2, n, -z, z, i, -i };
    for (int a = 0; a < 7; a++) {
        for (int b = 0; b < 7; b++)
            printf("%x:%x ", pairs(v[a], v[b]), pairf(v[a], v[b]));
        printf("\n");
    }
    printf("%d %d %d %d\n", !n, n ? 1 : 0, n && 1, (_Bool)n);
    return 0;
}
