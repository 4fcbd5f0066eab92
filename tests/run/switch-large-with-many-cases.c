// out: 70e28a2d97ef464 699994 -699992 -12345 -2
#include <stdio.h>
#define C1(n) case n: return n * 7 + 1;
#define C4(n) C1(n) C1(n + 1) C1(n + 3) C1(n + 4)
#define C16(n) C4(n) C4(n + 5) C4(n + 10) C4(n + 15)
#define C64(n) C16(n) C16(n + 20) C16(n + 40) C16(n + 60)
static int f(int x) { switch (x) { C64(0) C64(80) C64(1000) C64(-500) C1(99999) C1(-99999) default: return -x; } }
int main(void)
{
    unsigned long s = 0;
    for (int i = -600; i < 1200; i++) s = s * 31 + (unsigned)f(i);
    printf("%lx %d %d %d %d\n", s, f(99999), f(-99999), f(12345), f(2));
    return 0;
}
