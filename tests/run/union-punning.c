// out: 3f800000 c000000000000000 3.14159 807060504030201
#include <stdio.h>
union u { float f; unsigned i; unsigned char b[8]; double d; unsigned long l; };
static union u swap(union u x) { union u r; for (int i = 0; i < 8; i++) r.b[i] = x.b[7 - i]; return r; }
int main(void)
{
    union u x;
    x.f = 1.0f; printf("%x ", x.i);
    x.d = -2.0; printf("%lx ", x.l);
    x.i = 0x40490fdb; printf("%g ", x.f);
    x.l = 0x0102030405060708; printf("%lx\n", swap(x).l);
    return 0;
}
