// out: 5 6 5 5
// out: 2.5 16 12
#include <stdio.h>
struct s { int kind; union { struct { int a, b; }; double d; struct { union { char c; short s; }; }; }; };
int main(void)
{
    struct s x = { 1 }, *p = &x;
    x.a = 5; p->b = 6;
    printf("%d %d %d %d\n", x.a, x.b, p->c, p->s);
    p->d = 2.5;
    printf("%g %d %d\n", x.d, (int)sizeof x, (int)((char *)&x.b - (char *)&x));
    return 0;
}
