// out: 65 1.5 hello 7 2 1020304 4 120
// out: 16
#include <stdio.h>
union u { char c; int i; double d; char s[12]; };
static union u a = { 65 }, b = { .d = 1.5 }, c = { .s = "hello" }, t[2] = { { .i = 7 }, { .s = { 1, 2 } } };
int main(void)
{
    union u l = { .i = 0x01020304 }, m = { 'x' };
    printf("%d %g %s %d %d %x %d %d\n", a.c, b.d, c.s, t[0].i, t[1].s[1], l.i, l.c, m.c);
    printf("%d\n", (int)sizeof a);
    return 0;
}
