// out: 3.0000000000000004 10000000000000004 3.1000000000000001 2.99998383e-40
// out: 0x1.7ffffffffffffp+1 0x1.5555555555555p-2 0x1.48f478bca4b68p+58
#include <stdio.h>
int main(void) { volatile double x = 3; printf("%.17g %.17g %.17g %.9g\n", x * 1e300 * 1e-300, x + 1e16, x - 0.1 + 0.2, (double)((float)x * 1e-40f)); printf("%a %a %a\n", x * 0x1.fffffffffffffp-1, 1 / x, x * 123456789012345678.0); return 0; }
