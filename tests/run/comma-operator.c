// out: 4 2
// out: 3 3
// out: 4 3
#include <stdio.h>
int main(void)
{
    int i, j, a[3] = { 1, 2, 3 };
    for (i = 0, j = 10; i < j; i++, j -= 2) ;
    printf("%d %d\n", i, j);
    i = (j = 3, j + 1);
    printf("%d ", a[(i--, i - 1)]); printf("%d\n", i);
    printf("%d %d\n", (int)sizeof(a, 0 + 'c'), (1, 2, 3));
    return 0;
}
