// out: 5 6 5 7 3 1.5 str
#include <stdio.h>
int a = { 5 }, b = { 6, }, *p = { &a };
int main(void)
{
    int c = { 7 }, d[] = { 1, 2, 3, };
    double e = { 1.5, };
    char *s = { "str" };
    printf("%d %d %d %d %d %g %s\n", a, b, *p, c, (int)(sizeof d / sizeof *d), e, s);
    return 0;
}
