// out: fedcba9876543210 -5 1 3456789abc -1 3ffffffffffff
// out: fedcba9876543211 -6 0 3456789ab -256 3fffffffffffd
#include <stdio.h>
struct s { unsigned long a : 64; long b : 63; unsigned long c : 1; long d : 40, e : 24; unsigned long long f : 50; };
int main(void)
{
    struct s x = { 0 };
    x.a = 0xfedcba9876543210; x.b = -5; x.c = 3; x.d = 0x123456789abc; x.e = -1; x.f = -1;
    printf("%lx %ld %d %lx %ld %llx\n", (unsigned long)x.a, (long)x.b, (int)x.c, (long)x.d, (long)x.e, (unsigned long long)x.f);
    x.a += 1; x.b -= 1; x.c++; x.d >>= 4; x.e ^= 0xff; x.f *= 3;
    printf("%lx %ld %d %lx %ld %llx\n", (unsigned long)x.a, (long)x.b, (int)x.c, (long)x.d, (long)x.e, (unsigned long long)x.f);
    return 0;
}
