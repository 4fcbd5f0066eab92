// out: -1 -1 -1 -52 -808 347483648|0 -2 2 8 2192 947483648|-1 1 -3 -60 -3000 -600000000|0 0 0 0 0 0|-1 -1 3 60 3000 600000000|0 -2 -2 -8 -2192 -947483648|-1 1 1 52 808 -347483648|
// out: 8
// A signed bit-field of n bits holds -2^(n-1) .. 2^(n-1)-1; reading sign-extends.
#include <stdio.h>
struct s { signed a : 1, b : 2, c : 3, d : 7, e : 13; int f : 31; };
int main(void)
{
    struct s x = { 0 };
    for (volatile int i = -9; i < 10; i += 3) {
        x.a = i; x.b = i; x.c = i; x.d = i * 20; x.e = i * 1000; x.f = i * 200000000;
        printf("%d %d %d %d %d %d|", x.a, x.b, x.c, x.d, x.e, x.f);
    }
    printf("\n%d\n", (int)sizeof x);
    return 0;
}
