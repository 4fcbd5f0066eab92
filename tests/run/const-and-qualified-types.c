// out: 6 11 5 7 2 b
#include <stdio.h>
typedef const int ci; typedef int arr[3]; typedef const arr carr;
static carr table = { 1, 2, 3 }; static const struct { int a; const char *n; } recs[] = { { 1, "a" }, { 2, "b" } };
static int sum(const int a[static 3]) { return a[0] + a[1] + a[2]; }
static int fst(int a[const]) { return a[0]; }
int main(void)
{
    ci x = 5; const volatile int y = 6; int const *const p = &x; int z[2] = { 7, 8 };
    printf("%d %d %d %d %d %s\n", sum(table), x + y, *p, fst(z), recs[1].a, recs[1].n);
    return 0;
}
