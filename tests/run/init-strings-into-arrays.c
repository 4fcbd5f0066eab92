// out: 4 3 6 6 3 5
// out: abc abc ab cd tw 0
// out: hello xyz 0 0 101 98 0
#include <stdio.h>
#include <string.h>
static char a[] = "abc", b[3] = "abc", c[6] = "abc", d[] = { "brace" }, e[2][4] = { "ab", { "cd" } };
static struct { char n[4]; int v; } t[] = { { "one", 1 }, { "tw", 2 } };
static unsigned char u[] = "\xff\xfe";
static int w[] = L"wide";
static unsigned short h[4] = u"ab";
int main(void)
{
    char l[10] = "hello", m[] = "x" "yz", k[2] = { 'p' };
    printf("%d %d %d %d %d %d\n", (int)sizeof a, (int)sizeof b, (int)sizeof c, (int)sizeof d, (int)sizeof u, (int)(sizeof w / 4));
    printf("%.3s %s %s %s %s %d\n", b, c, e[0], e[1], t[1].n, c[5]);
    printf("%s %s %d %d %d %d %d\n", l, m, l[9], k[1], w[3], h[1], h[3]);
    return 0;
}
