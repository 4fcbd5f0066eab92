// out: 1 2 3 0 5 7 8
// out: 4 9 6 2
// out: 7 3 4 1 2
#include <stdio.h>
struct s { int a, b, c; struct { int d, e; } f; int g[4]; };
int main(void)
{
    struct s x = { .c = 3, .a = 1, 2, .f.e = 5, .g[2] = 7, 8 };
    static struct s y = { .g = { [1] = 4 }, .f = { .d = 9 }, .b = 2, .f.e = 6 };
    int a[] = { [5] = 1, 2, [0] = 3, 4 };
    printf("%d %d %d %d %d %d %d\n", x.a, x.b, x.c, x.f.d, x.f.e, x.g[2], x.g[3]);
    printf("%d %d %d %d\n", y.g[1], y.f.d, y.f.e, y.b);
    printf("%d %d %d %d %d\n", (int)(sizeof a / sizeof *a), a[0], a[1], a[5], a[6]);
    return 0;
}
