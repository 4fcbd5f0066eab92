// out: 145 200 50 299 0 7 149 8 1
// out: 3 145 143 7
// out: 149
#include <stdio.h>
int main(void)
{
    int a[300], *m = a + 150;
    for (int i = 0; i < 300; i++) a[i] = i;
    volatile signed char sc = -5; volatile unsigned char uc = 200; volatile short s = -100; volatile unsigned short us = 299;
    volatile int i = -150; volatile unsigned u = 7; volatile long l = -1; volatile unsigned long ul = 8; volatile _Bool b = 1;
    printf("%d %d %d %d %d %d %d %d %d\n", m[sc], a[uc], m[s], a[us], m[i], a[u], m[l], a[ul], a[b]);
    printf("%d %d %d %d\n", 3[a], sc[m], *(m - u), *(u + a));
    printf("%d\n", m[(int)(u - 8)]);
    return 0;
}
