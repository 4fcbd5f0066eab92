// out: 0x1.8fff06p+6 0x1.8ffffffffff9dp+6 24 2.57599583900054
#include <stdio.h>
int main(void) { float f = 0; double d = 0; for (int i = 0; i < 1000; i++) { f += 0.1f; d += 0.1; } float h = 1; int n = 0; while (1 + h > 1.0f && n < 200) { h /= 2; n++; } double e = 1; for (int i = 1; i < 15; i++) e += 1 / (double)(i * i); printf("%a %a %d %.15g\n", f, d, n, e); return 0; }
