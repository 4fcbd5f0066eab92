// out: 1 2 3 4 5 6 4 4 9
// out: 54236 1
// An aligned attribute on a typedef of a scalar is for objects: on the stack an argument takes its own eight bytes.
#include <stdio.h>
typedef int ai __attribute__((aligned(32)));
static int f(int a, int b, int c, int d, int e, int g, ai h, int i, ai j, int k) { return a + b + c + d + e + g + h * 10 + i * 100 + j * 1000 + k * 10000; }
int main(void)
{
    ai v = 3;
    char pad = 1;
    ai w = 4;
    printf("%d %d %d %d %d %d %d %d %d\n", 1, 2, 3, 4, 5, 6, v + pad, w, 9);
    printf("%d %d\n", f(1, 1, 1, 1, 1, 1, v, 2, w, 5), ((unsigned long)&v & 31) == 0 && ((unsigned long)&w & 31) == 0);
    return 0;
}
