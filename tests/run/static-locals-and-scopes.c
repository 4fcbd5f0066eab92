// out: 12841 13 4
#include <stdio.h>
static int x = 1;
static int count(void) { static int n = 10; static int *p = &n; return ++*p; }
static int other(void) { static int n; return n += 2; }
int main(void)
{
    int r = x; { int x = 2; r = r * 10 + x; { extern int y; static int x = 3; r = r * 10 + x++ + y; } for (int x = 4; x < 5; x++) r = r * 10 + x; }
    r = r * 10 + x;
    count(); count(); other();
    printf("%d %d %d\n", r, count(), other());
    return 0;
}
int y = 5;
