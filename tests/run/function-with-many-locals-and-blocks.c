// out: 1300 44 21
#include <stdio.h>
#define V(n) int a##n = n, b##n = a##n * 2; long c##n = b##n + 1; double d##n = c##n / 2.0; s += a##n + b##n + c##n + (long)d##n;
int main(void) { long s = 0; V(1) V(2) V(3) V(4) V(5) V(6) V(7) V(8) V(9) V(10) { V(11) V(12) { V(1) V(2) } } V(13) V(14) V(15) V(16) V(17) V(18) V(19) V(20) printf("%ld %ld %g\n", s, c20 + c1, d7 + d13); return 0; }
