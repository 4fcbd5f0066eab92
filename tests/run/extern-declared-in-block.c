// out: 7 14
#include <stdio.h>
int main(void)
{
    extern int v, f(int);
    { extern int v; v++; }
    printf("%d %d\n", v, f(2));
    return 0;
}
int v = 6;
int f(int x) { return x * v; }
