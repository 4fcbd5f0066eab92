// out: 9 7 yy y
// out: 3
#include <stdio.h>
static void set(int **pp, int *v) { *pp = v; }
int main(void)
{
    int a = 1, b = 2, *p = &a, **pp = &p, ***ppp = &pp;
    const char *const s[] = { "x", "yy" }; const char *const *sp = s;
    set(pp, &b); ***ppp += 5; *pp = &a; **pp = 9;
    printf("%d %d %s %c\n", a, b, sp[1], **(sp + 1));
    int *restrict r = &a; int *const k = r; *k = 3;
    printf("%d\n", a);
    return 0;
}
