// out: 1 3 2 1 11 5
#include <stdio.h>
int a = 1, *p = &a, **pp = &p, arr[2] = { 2, 3 }, (*pa)[2] = &arr, f(int), (*pf)(int) = f, *g(void), *(*h)(void) = g; typedef int i, *ip, ia[3], (*ifn)(int);
int f(int x) { return x + a; } int *g(void) { return *pp; }
int main(void) { i x = 4; ip y = &x; ia z = { 5, 6, 7 }; ifn w = pf; const i *const *k = (const i *const *)&y; printf("%d %d %d %d %d %d\n", **pp, (*pa)[1], pf(1), *h(), *y + z[2], w(**k)); return 0; }
