// out: 0
#include <stdio.h>
static int bad;
#define T(k) do { volatile long kk = k; for (int i = 0; i < 8; i++) { long x = v[i]; if (x * (long)(k) != x * kk) bad++; int n = (int)x; volatile int nk = (int)(k); if ((int)((unsigned)n * (unsigned)(k)) != (int)((unsigned)n * (unsigned)nk)) bad++; } } while (0)
static long v[] = { 0, 1, -1, 7, -12345, 0x7fffffff, 1L << 31, 0x1234567 };
int main(void) { T(0); T(1); T(2); T(3); T(4); T(5); T(6); T(7); T(8); T(9); T(10); T(12); T(15); T(16); T(17); T(24); T(31); T(33); T(40); T(60); T(64); T(100); T(127); T(255); T(256); T(1000); T(65536); T(-1); T(-2); T(-3); T(-8); T(-100); T(1 << 30); printf("%d\n", bad); return 0; }
