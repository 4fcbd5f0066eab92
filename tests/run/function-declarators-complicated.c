// out: 5 9 5 7
// out: 14 8
#include <stdio.h>
static int x = 5, arr[3] = { 7, 8, 9 };
static int *fp(void) { return &x; }
static int (*fa(void))[3] { return &arr; }
static int *(*ffp(int n))(void) { (void)n; return fp; }
static int (*(*table[2])(void))[3] = { fa, fa };
typedef int (*(*deep)(int (*)(int), int))(int);
static int inc(int n) { return n + 1; }
static int twice(int n) { return n * 2; }
static int (*choose(int (*f)(int), int n))(int) { return f(n) > 10 ? twice : f; }
int main(void)
{
    deep d = choose;
    int (*(*pd[1])(int (*)(int), int))(int) = { choose };
    printf("%d %d %d %d\n", *fp(), (*fa())[2], *ffp(1)(), (*table[1]())[0]);
    printf("%d %d\n", d(inc, 20)(7), (*pd[0])(inc, 2)(7));
    return 0;
}
