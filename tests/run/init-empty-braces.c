// out: 0 0 0 0 0
#include <stdio.h>
struct s { int a; char b[5]; };
int main(void)
{
    struct s x = {}; int a[3] = {}; int z = {0};
    static struct s y = {};
    printf("%d %d %d %d %d\n", x.a, x.b[4], a[2], y.a, z);
    return 0;
}
