// out: 123 -1 0 1 2 3
#include <stdio.h>
static int f(int a, int b) { if (a) if (b) return 1; else return 2; return 3; }
static int g(int x) { if (x < 0) return -1; else if (x == 0) return 0; else if (x < 10) { return 1; } else if (x < 100) return 2; return 3; }
int main(void)
{
    printf("%d%d%d %d %d %d %d %d\n", f(1, 1), f(1, 0), f(0, 1), g(-5), g(0), g(5), g(50), g(500));
    if (0) printf("no"); else ;
    if (1) ; else printf("no");
    return 0;
}
