// out: 64 10
// out: 5
// out: 105
#include <setjmp.h>
#include <stdio.h>
static jmp_buf env, other;
static int depth;
static void down(int n) { if (n == 0) longjmp(env, 42); depth++; down(n - 1); }
static int f(int a)
{
    volatile int v = 1;
    int kept = a * 3;
    double d = a + 0.5;
    int r = setjmp(env);
    if (r == 0) { v = 2; down(10); }
    return r + v + kept + (int)d;
}
int main(void)
{
    volatile int n = 0;
    int r = f(5);
    printf("%d %d\n", r, depth);
    switch (setjmp(other)) { case 0: n++; longjmp(other, 1); case 1: n++; if (n < 5) longjmp(other, 1); longjmp(other, 2); case 2: printf("%d\n", n); }
    if (!setjmp(env)) longjmp(env, 0); else n += 100;
    while (setjmp(env) < 3) { static int k = 1; longjmp(env, ++k); }
    printf("%d\n", n);
    return 0;
}
