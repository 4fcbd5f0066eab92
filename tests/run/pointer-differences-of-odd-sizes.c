#include <stdio.h>
struct a { char c[3]; }; struct b { char c[7]; }; struct c { long v[5]; }; struct d { char c[1000]; };
#define T(s) do { static struct s v[9]; struct s *p = v + 8, *q = v + 1; volatile long k = 3; printf("%ld %ld %ld %d ", (long)(p - q), (long)(q - p), (long)(p - k - v), q + k < p); } while (0)
int main(void) { T(a); T(b); T(c); T(d); printf("\n"); return 0; }
