// out: 4 3 9 0 4
// out: hello 0 77
#include <stdio.h>
struct f { int n; short v[]; }; struct g { char c; struct { int a, b; } t[]; };
static struct f a = { 3, { 1, 2, 3 } }, b = { 0 }, c = { .v = { [4] = 9 }, .n = 5 };
struct g d = { 'd', { { 1, 2 }, { 3, 4 } } };
struct s { int n; char t[]; } e = { 5, "hello" };
static int after = 77;
int main(void)
{
    printf("%d %d %d %d %d\n", (int)sizeof a, a.v[2], c.v[4], c.v[0], d.t[1].b);
    printf("%s %d %d\n", e.t, b.n, after);
    return 0;
}
