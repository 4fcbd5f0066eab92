// out: 912
// Copies of 1 .. 40 bytes, by assignment, through pointers, with the bytes around them kept.
#include <stdio.h>
#include <string.h>
static int bad;
#define T(n) do { struct s { char b[n]; } x[3], y[3], *p = &x[1], *q = &y[1]; memset(x, 1, sizeof x); memset(y, 2, sizeof y); \
    for (int i = 0; i < n; i++) y[1].b[i] = 10 + i; x[1] = y[1]; \
    for (int i = 0; i < n; i++) bad += x[1].b[i] != 10 + i || x[0].b[i] != 1 || x[2].b[i] != 1; \
    *q = x[0]; *p = *q; bad += x[1].b[0] != 1 || x[1].b[n - 1] != 1 || y[2].b[0] != 2 || y[0].b[n - 1] != 2; } while (0)
int main(void)
{
    T(1); T(2); T(3); T(4); T(5); T(6); T(7); T(8); T(9); T(10); T(11); T(12); T(13); T(14); T(15); T(16); T(17); T(18); T(19); T(20);
    T(21); T(22); T(23); T(24); T(25); T(26); T(27); T(28); T(29); T(30); T(31); T(32); T(33); T(34); T(35); T(36); T(37); T(38); T(39); T(40);
    T(63); T(64); T(65); T(100); T(127); T(128); T(129); T(1000);
    printf("%d\n", bad);
    return 0;
}
