// out: -1 4 1 0 0 -1 1 1 2 1 9
// out: 0
// The value of an assignment to a bit-field is what the field then holds.
#include <stdio.h>
struct s { int a : 3; unsigned b : 4; _Bool c : 1; } g;
int main(void)
{
    int v;
    v = g.a = 7; printf("%d ", v);
    v = g.b = 100; printf("%d ", v);
    v = g.c = 2; printf("%d ", v);
    v = ++g.a; printf("%d ", v);
    v = g.a--; printf("%d %d ", v, g.a);
    v = g.b += 13; printf("%d ", v);
    v = g.b++; printf("%d %d ", v, g.b);
    v = (g.a = g.b = 9); printf("%d %d\n", v, g.b);
    printf("%d\n", (g.a = 5) == 5);
    return 0;
}
