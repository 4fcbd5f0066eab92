// out: 4 13 -200
#include <stdio.h>
volatile struct { unsigned a : 4, b : 4; int c : 10; } v;
int main(void)
{
    v.a = 3; v.b = 12; v.c = -100;
    v.a++; v.b |= 1; v.c *= 2;
    printf("%d %d %d\n", v.a, v.b, v.c);
    return 0;
}
