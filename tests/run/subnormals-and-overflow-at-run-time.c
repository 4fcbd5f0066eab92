// out: 0x1p-1023 0x0p+0 inf -inf
// out: 0x1p-127 0x0p+0 inf 1 1
#include <stdio.h>
int main(void) { volatile double t = 2.2250738585072014e-308, b = 1.7976931348623157e308, u = 4.9406564584124654e-324; volatile float ft = 1.17549435e-38f, fb = 3.4e38f; printf("%a %a %a %a\n", t / 2, u / 2, b * 2, -b * b); printf("%a %a %a %d %d\n", ft / 2, ft * 1e-10f, fb * fb, u > 0, t / 3 != 0); return 0; }
