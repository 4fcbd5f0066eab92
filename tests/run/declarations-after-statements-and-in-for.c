// out: 2 398
#include <stdio.h>
int main(void)
{
    int a = 1; a++; int b = a * 2;
    for (struct { int i; char c; } s = { 0, 'a' }; s.i < 3; s.i++) b += s.c + s.i;
    if (b) { int a = 100; b += a; }
    printf("%d %d\n", a, b);
    return 0;
}
