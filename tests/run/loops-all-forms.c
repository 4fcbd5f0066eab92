// out: 158
#include <stdio.h>
int main(void)
{
    int n = 0, i;
    for (;;) { if (++n == 5) break; }
    for (i = 10; i--;) n += i;
    for (int a = 0, b = 10; a < b; a++, b--) n += a * b;
    while (i < 3) { if (i++ == 1) continue; n++; }
    do n += 2; while (n % 7);
    do { if (n & 1) break; n++; } while (n < 200);
    for (unsigned u = 5; u-- > 0;) n += u;
    for (char *s = "loop"; *s; s++) n += *s == 'o';
    for (long l = 1; l < 1000000000000; l *= 10) n++;
    while (0) n = 0;
    do n++; while (0);
    printf("%d\n", n);
    return 0;
}
