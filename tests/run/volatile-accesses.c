// out: 7 7 3 4 4
#include <stdio.h>
static volatile int g; static int *volatile pv; volatile struct { int a; short b; } s;
int main(void)
{
    volatile char c = 1; int x = 5; volatile int *p = &x;
    g; g = 1; g++; g += 5; *p = *p + 1; (void)*p; pv = &x; *pv += 1;
    s.a = 3; s.b = s.a + c;
    for (volatile int i = 0; i < 3; i++) c += i;
    printf("%d %d %d %d %d\n", g, x, s.a, s.b, c);
    return 0;
}
