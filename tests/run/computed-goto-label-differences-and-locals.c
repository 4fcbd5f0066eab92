// out: 1221 1220 1210
#include <stdio.h>
static int f(int n)
{
    static const int off[] = { &&a - &&a, &&b - &&a, &&c - &&a };
    void *p = &&a, *q[2];
    int r = 0, k = 0;
    q[0] = &&b; q[1] = &&end;
    goto *(&&a + off[n]);
a: r += 1;
b: r += 10;
c: r += 100;
    if (k < 2) goto *q[k++];
end:
    return r + (p == &&a) * 1000;
}
int main(void) { printf("%d %d %d\n", f(0), f(1), f(2)); return 0; }
