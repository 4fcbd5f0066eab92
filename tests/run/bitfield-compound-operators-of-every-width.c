// out: 1 6 3059 -95 21752197fb0e1 6289
#include <stdio.h>
struct s { unsigned a : 1, b : 5, c : 17; int d : 9; unsigned long e : 50; long f : 14; } s;
int main(void) { for (int i = 1; i < 40; i++) { s.a ^= i; s.b += i; s.c *= i; s.c |= 3; s.d -= i * 7; s.e = s.e * 31 + i; s.f <<= 1; s.f += i; s.b >>= 1; s.d /= 2; s.e ^= s.c; s.c %= 9973; s.a = !s.a; s.f &= ~s.b; } printf("%d %d %d %d %lx %d\n", s.a, s.b, s.c, s.d, (unsigned long)s.e, (int)s.f); return 0; }
