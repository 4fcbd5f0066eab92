// out: 1 6 4 5
#include <stdio.h>
int caf\u00e9 = 1;
static int größe(int \u03b1) { return \u03b1 * 2; }
struct s { int naïve; };
int main(void)
{
    struct s x = { 4 };
    int \U000000e4 = 5;
    printf("%d %d %d %d\n", café, gr\u00f6\u00dfe(3), x.na\u00efve, ä);
    return 0;
}
