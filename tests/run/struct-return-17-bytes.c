// out: Kbcdefghijklmnop Abcdefghijklmnop klmnop
// out: Abcdefghijklmnop
// A struct of 17 bytes goes through memory: the hidden pointer is returned, later arguments move up.
#include <stdio.h>
struct s { char b[17]; };
static struct s g = { "abcdefghijklmnop" };
static struct s f(int a, int b, int c, int d, int e, int h, struct s x) { x.b[0] = a + b + c + d + e + h; return x; }
static struct s id(struct s x) { return x; }
int main(void)
{
    struct s r = f(1, 2, 3, 4, 5, 60, g);
    struct s *p = &r;
    printf("%s %s %s\n", r.b, id(f(10, 10, 10, 10, 10, 15, id(*p))).b, id(r).b + 10);
    r = f(1, 1, 1, 1, 1, 60, r);
    printf("%s\n", r.b);
    return 0;
}
