// out: 18 2 0
// Floats as conditions of if, while, for, ?:, ! and &&.
#include <stdio.h>
int main(void)
{
    float f = 2; double d = 3; int n = 0;
    while (f) { f -= 0.5f; n++; }
    for (; d; d--) n++;
    do n++; while (d);
    if (!f && !d) n += 10;
    printf("%d %d %d\n", n, f ? 1 : 2, d || f);
    return 0;
}
