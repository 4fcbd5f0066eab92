// The arms are converted to a common type; a null pointer constant takes the other's type; void arms.
#include <stdio.h>
static void a(void) { printf("a "); }
static void b(void) { printf("b "); }
int main(void)
{
    volatile int t = 1, f = 0;
    int i = -1; unsigned u = 1; char c = 'c'; long l = -5; double d = 0.5;
    int *p = &i; const int *cp = p; void *v = p;
    printf("%d %d\n", (t ? i : u) > 0, (int)sizeof(t ? c : c));
    printf("%g %g\n", t ? 1 : d, f ? 1 : d);
    printf("%ld %d\n", t ? l : u, (int)sizeof(t ? l : c));
    printf("%d %d %d\n", (t ? p : 0) == p, (f ? 0 : cp) == p, (t ? v : p) == p);
    t ? a() : b(); f ? a() : b(); printf("\n");
    printf("%d\n", t ? f ? 1 : 2 : 3);
    printf("%s\n", (f ? "x" : t ? "yes" : "no"));
    struct { int a, b; } s1 = { 1, 2 }, s2 = { 3, 4 };
    printf("%d\n", (f ? s1 : s2).b);
    return 0;
}
