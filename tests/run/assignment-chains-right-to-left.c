// out: 7 7 7
// out: 0 -7 14
// out: 44 1
#include <stdio.h>
int main(void)
{
    int a, b, c;
    a = b = c = 7;
    printf("%d %d %d\n", a, b, c);
    a += b -= c *= 2;
    printf("%d %d %d\n", a, b, c);
    long l;
    signed char n;
    l = n = 300;
    printf("%ld %d\n", l, (a = b) == b);
    return 0;
}
