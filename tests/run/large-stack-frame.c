// out: 51485
#include <stdio.h>
static long f(int n)
{
    char big[200000]; int mid[3000]; long s = 0;
    for (int i = 0; i < 200000; i += 1000) big[i] = (char)(i / 1000 + n);
    for (int i = 0; i < 3000; i++) mid[i] = i * n;
    for (int i = 0; i < 200000; i += 1000) s += big[i];
    return s + mid[2999] + (n > 1 ? f(n - 1) : 0);
}
int main(void) { printf("%ld\n", f(5)); return 0; }
