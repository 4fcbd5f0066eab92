// out: 27 6 6
// Old-style definitions: parameters have promoted types at the call, narrow types inside; calls without a prototype.
#include <stdio.h>
int old(a, b, c, d, e) char a; short b; float c; double d; unsigned char *e;
{
    return a + b * 2 + (int)(c * 4) + (int)d + *e;
}
int none();
int implicit_int(x, y) { return x - y; }
int main(void)
{
    unsigned char u = 9;
    printf("%d %d %d\n", old((char)-3, (short)4, 1.5f, 7.9, &u), none(1, 2.5), implicit_int(9, 3));
    return 0;
}
int none(a, d) int a; double d; { return a + (int)(d * 2); }
