// out: 10 430
#include <stdio.h>
int main(void)
{
    int i = 0, n = 0;
    do { i++; if (i % 2) continue; n += i; } while (i < 10);
    for (i = 0; i < 10; i++) { if (i % 3) continue; n += 100; }
    printf("%d %d\n", i, n);
    return 0;
}
