// out: -56 65535 1 0x1.99999ap-4 -2 7 -3 fffffffffffffffd
// out: -127 8928
#include <stdio.h>
static signed char a(int x) { return x; }
static unsigned short b(int x) { return x; }
static _Bool c(double x) { return x; }
static float d(double x) { return x; }
static int e(double x) { return x; }
static double f(int x) { return x; }
static long g(int x) { return x; }
static unsigned long h(int x) { return x; }
int main(void)
{
    printf("%d %d %d %a %d %g %ld %lx\n", a(200), b(-1), c(0.1), d(0.1), e(-2.9), f(7), g(-3), h(-3));
    printf("%d %d\n", a(128) + 1, b(70000) * 2);
    return 0;
}
