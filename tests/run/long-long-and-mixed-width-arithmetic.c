// out: -864197523086415 -17636684144620 5 123459789012345
// out: 123456789087345 -21000000000 1839649 -29028
// out: 2999999993 2999999993 1
#include <stdio.h>
int main(void)
{
    volatile long long a = 123456789012345; volatile int b = -7; volatile unsigned c = 3000000000u; volatile short d = -300; volatile unsigned char e = 250;
    printf("%lld %lld %lld %lld\n", a * b, a / b, a % b, a + c);
    printf("%lld %ld %lld %d\n", a - e * d, (long)b * c, a >> (e & 31), (int)(a >> 32) ^ d);
    printf("%lld %u %d\n", (long long)b + c, c + b, (b + c) > 0);
    return 0;
}
