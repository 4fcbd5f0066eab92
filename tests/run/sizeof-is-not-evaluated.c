// out: 4 0 28 15 5 10 8 4 4 8 8
// out: 8 1
#include <stdio.h>
int main(void)
{
    int i = 0, a[7];
    char c[3][5];
    printf("%d %d", (int)sizeof(i++), i);
    printf(" %d %d %d", (int)sizeof a, (int)sizeof c, (int)sizeof c[0]);
    printf(" %d %d", (int)sizeof(char[10]), (int)sizeof(int (*)[10]));
    printf(" %d %d", (int)sizeof "abc", (int)sizeof 'c');
    printf(" %d %d\n", (int)sizeof sizeof 1, (int)sizeof(1 ? 1 : 2.0));
    printf("%d %d\n", (int)_Alignof(double), (int)_Alignof(char[4]));
    return 0;
}
