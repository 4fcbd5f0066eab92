// out: 3 -1 11 -1
// out: 12 2 2 3
// out: 5 4
#include <stdio.h>
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int (*pick(int n))(int, int) { return n ? add : &sub; }
typedef int op(int, int);
typedef double (*dop)(double, float);
static double mix(double a, float b) { return a * b; }
static int apply(op f, int a, int b) { return f(a, b) + (*f)(a, b) + (**f)(a, b) + (&*f)(a, b); }
int main(void)
{
    int (*t[2])(int, int) = { add, sub };
    op *p = add;
    dop d = mix;
    struct { op *f; int n; } s = { sub, 3 };
    printf("%d %d %d %d\n", t[0](1, 2), t[1](1, 2), pick(1)(5, 6), pick(0)(5, 6));
    printf("%d %d %d %g\n", apply(add, 1, 2), (p == add) + (p != sub), s.f(s.n, 1), d(1.5, 2));
    p = p == add ? sub : add;
    printf("%d %d\n", p(9, 4), ((int (*)(int, int))(void *)p)(9, 5));
    return 0;
}
