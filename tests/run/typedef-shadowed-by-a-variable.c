// out: 14 8 2 4 8
#include <stdio.h>
typedef int T; typedef struct T { int T; } S; typedef T (*F)(T);
static int f(T T) { return T + 1; }
int main(void)
{
    T a = 1; S s = { 2 };
    { int T = 3; a += T * 2; }
    { typedef char T; a += sizeof(T); }
    T b = a; unsigned T; T = 4;
    F g = f;
    for (int S = 0; S < 1; S++) a += S;
    { struct T x = { 5 }; a += x.T; T: a++; if (a < 14) goto T; }
    printf("%d %d %d %d %d\n", a, b, s.T, (int)T, g(7));
    return 0;
}
