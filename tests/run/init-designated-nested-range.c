// out: 77177022
// out: 1 0 120 0|5 0 120 0|1 0 120 0|0 121 121 121|
// out: 099909990999
// GNU ranges, nested, overridden by later ones.
#include <stdio.h>
struct s { int k; char n[4]; };
static int a[] = { [0 ... 4] = 7, [2] = 1, [6 ... 7] = 2 };
static struct s t[] = { [0 ... 2] = { 1, { [1 ... 2] = 'x' } }, [1].k = 5, [3].n[0 ... 3] = 'y' };
int main(void)
{
    int l[3][4] = { [0 ... 2] = { [1 ... 3] = 9 } };
    for (unsigned i = 0; i < sizeof a / sizeof *a; i++) printf("%d", a[i]);
    printf("\n");
    for (int i = 0; i < 4; i++) printf("%d %d %d %d|", t[i].k, t[i].n[0], t[i].n[1], t[i].n[3]);
    printf("\n");
    for (int i = 0; i < 12; i++) printf("%d", l[i / 4][i % 4]);
    printf("\n");
    return 0;
}
