// out: 411 0 start
#include <stdio.h>
static int big[100000] = { [99999] = 5, [50000] = 6 };
static char text[4096] = "start";
int main(void)
{
    int local[300] = { [299] = 3, [0] = 1 };
    long s = 0;
    for (int i = 0; i < 100000; i++) s += big[i];
    for (int i = 0; i < 300; i++) s += local[i] * 100;
    printf("%ld %d %s\n", s, text[4095], text);
    return 0;
}
