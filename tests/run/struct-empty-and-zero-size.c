// out: 0 0 4 123 4
// GNU: an empty struct has size 0 and takes no register or stack.
#include <stdio.h>
struct e {}; struct z { int n[0]; }; struct m { struct e e; int a; struct z z; };
static int f(int a, struct e x, int b, struct z y, int c) { (void)x; (void)y; return a * 100 + b * 10 + c; }
static struct e g(struct e x) { return x; }
int main(void)
{
    struct e x, y; struct z z; struct m m = { .a = 4 };
    y = g(x); x = y;
    printf("%d %d %d %d %d\n", (int)sizeof x, (int)sizeof z, (int)sizeof m, f(1, y, 2, z, 3), m.a);
    return 0;
}
