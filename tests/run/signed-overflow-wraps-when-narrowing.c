// out: -112 5856
// out: -80
// out: -128
// out: 32767
// Conversion to a narrower signed type is modulo (the implementation's choice, as gcc's).
#include <stdio.h>
int main(void)
{
    volatile int big = 300;
    signed char c = (signed char)big;
    short s = (short)(big * 1000);
    c += 100; s -= 32000;
    printf("%d %d\n", c, s);
    for (int i = 0; i < 5; i++) c *= 3;
    printf("%d\n", c);
    c = 127; c++;
    printf("%d\n", c);
    s = -32768; s--;
    printf("%d\n", s);
    return 0;
}
