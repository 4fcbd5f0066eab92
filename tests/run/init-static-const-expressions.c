// out: 8 7 -3 -1 0 98 44 1
// out: 4294967295 2147483648 1431655765 1099511627776 -1 4294967295
// out: 0x1.5555555555555p-2 0x1.99999ap-4 1 2 -2 1 1 7
// out: 0x1.2a05f2p+33 0x1p-149 1 1
// Constant expressions of every kind at file scope.
#include <stdio.h>
enum { A = 3, B = A * 2 + 1, C = sizeof(int) * 8 };
int a = (A << 2 | 1) ^ 5, b = A > 2 ? B : C, c = -7 / 2, d = -7 % 3, e = !0 + ~0, f = 'a' + 1, g = (char)300, h = (unsigned char)-1 > 0;
unsigned u = -1, v = 1u << 31, w = 0xffffffffu / 3; long l = 1L << 40, m = (int)0x1ffffffff, n = -1u;
double x = 1 / 3.0, y = (float)0.1, z = 3 / 2; int i = 2.9, j = (int)-2.9, k = 1.5 < 2, o = 0.5 && 1, p = 2 * 0 + 1 ? sizeof(char[B]) : 0;
float q = 1e10, r = 0x1p-149f; _Bool s = 0.1, t = &a != 0;
int main(void)
{
    printf("%d %d %d %d %d %d %d %d\n", a, b, c, d, e, f, g, h);
    printf("%u %u %u %ld %ld %ld\n", u, v, w, l, m, n);
    printf("%a %a %g %d %d %d %d %d\n", x, y, z, i, j, k, o, p);
    printf("%a %a %d %d\n", q, r, s, t);
    return 0;
}
