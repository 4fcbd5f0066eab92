// out: irst 12 1 cond 13 1 1
// out: 1 2 1 1 y
#include <stdio.h>
struct n { struct n *next; const char *s; int *v; int (*f)(void); long off; }; static int a[5] = { 10, 11, 12, 13, 14 }; static int one(void) { return 1; } extern struct n n2;
struct n n1 = { &n2, "first" + 1, a + 2, one, (long)(a + 1) }, n2 = { &n1, &"second"[2], &a[4] - 1, &one, (long)&n1.off }; static void *tab[] = { tab, tab + 2, &tab[1], (char *)&n1.s + 1, (void *)one, 0, (void *)-1 }; static const char *const *const q = (const char *const[]){ "x", "y" };
int main(void) { printf("%s %d %d %s %d %d %d\n", n1.s, *n1.v, n1.f(), n1.next->s, *n2.v, n1.off == (long)&a[1], *(long *)n2.off == n1.off); printf("%d %d %d %d %s\n", tab[0] == tab, (int)((void **)tab[1] - tab), (int)((char *)tab[3] - (char *)&n1.s), tab[6] == (void *)~0UL, q[1]); return 0; }
