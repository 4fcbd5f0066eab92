// out: 1 1 1 1 1 1 1 2
// out: 16 32 4 128
#include <stdalign.h>
#include <stdio.h>
static _Alignas(64) char a[3]; static char pad; alignas(32) int b; static int c __attribute__((aligned(128)));
struct s { char x; alignas(16) char y; };
static int is(const void *p, unsigned long n) { return ((unsigned long)p & (n - 1)) == 0; }
int main(void)
{
    char l0; alignas(64) char l1[5]; char l2; struct s l3; int l4 __attribute__((aligned(32))); alignas(double) char l5;
    l0 = l2 = pad = 1;
    printf("%d %d %d %d %d %d %d %d\n", is(a, 64), is(&b, 32), is(&c, 128), is(l1, 64), is(&l3, 16), is(&l4, 32), is(&l5, 8), l0 + l2);
    printf("%d %d %d %d\n", (int)alignof(struct s), (int)sizeof(struct s), (int)_Alignof(int), (int)__alignof__(c));
    return 0;
}
