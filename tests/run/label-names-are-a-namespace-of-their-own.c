// out: 4
#include <stdio.h>
struct x { int x; };
int main(void)
{
    struct x x = { 0 };
x:
    if (x.x++ < 3) goto x;
    printf("%d\n", x.x);
    return 0;
}
