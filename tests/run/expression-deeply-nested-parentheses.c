// out: 8191
// out: 1
#include <stdio.h>
#define P(x) ((((x) + 1) * 2) - 1)
#define Q(x) P(P(P(P(x))))
#define R(x) Q(Q(Q(x)))
int main(void)
{
    volatile unsigned x = 1;
    printf("%u\n", R(x));
    printf("%d\n", ((((((((((((((((((((((((((((((((((((((((x)))))))))))))))))))))))))))))))))))))))) == 1);
    return 0;
}
