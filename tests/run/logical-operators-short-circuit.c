// out: 0 12
// out: 1 245
// out: 1 13
// out: 1 123
// out: 0 12
// out: yes 2359
// out: 1 0 1 0 1
#include <stdio.h>
static int calls;
static int t(int v) { calls = calls * 10 + v; return v & 1; }
int main(void)
{
    int r;
    r = t(1) && t(2) && t(3); printf("%d %d\n", r, calls); calls = 0;
    r = t(2) || t(4) || t(5) || t(7); printf("%d %d\n", r, calls); calls = 0;
    r = (t(1) && t(3)) || t(5); printf("%d %d\n", r, calls); calls = 0;
    r = (t(1) || t(3)) && (t(2) || t(3)); printf("%d %d\n", r, calls); calls = 0;
    r = !(t(1) && !t(2)); printf("%d %d\n", r, calls); calls = 0;
    if (t(2) || (t(3) && !t(5)) || t(9)) printf("yes %d\n", calls);
    volatile double z = 0, h = 0.25;
    char *p = "x", *n = 0;
    printf("%d %d %d %d %d\n", z || h, z && h, p && !n, n || 0, h && p);
    return 0;
}
