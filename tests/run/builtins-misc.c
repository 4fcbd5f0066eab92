// out: 3 2 5
// out: 1 0 1 1
// out: 1 0 1
// out: 7 yes
// out: 48 8 11
// out: 1 1
// out: 1 0
// out: 5 6 7
// out: xabcxxxxx 9 1 cxxxxx 1
// out: alloca 0
#include <stddef.h>
#include <stdio.h>
#include <string.h>
struct s { int a; struct { char b[5]; long c; } d[3]; };
int n;
__attribute__((noinline)) static void *ra(void) { return __builtin_return_address(0); }
__attribute__((noinline)) static void *fa(void) { return __builtin_frame_address(0); }
static int f(int x) { if (x > 100) __builtin_unreachable(); return __builtin_expect(x, 1) ? 2 : 3; }
static int g(int x) { if (x) __builtin_trap(); return 5; }
int main(void)
{
    char buf[10];
    printf("%d %d %d\n", f(0), f(5), g(0));
    printf("%d %d %d %d\n", __builtin_constant_p(5), __builtin_constant_p(n), __builtin_constant_p("x"), __builtin_constant_p(1 + 2 * 3));
    printf("%d %d %d\n", __builtin_types_compatible_p(int, signed), __builtin_types_compatible_p(int, long), __builtin_types_compatible_p(int[], int[5]));
    printf("%d %s\n", __builtin_choose_expr(1, 7, "no"), __builtin_choose_expr(0, 7, "yes"));
    printf("%d %d %d\n", (int)__builtin_offsetof(struct s, d[2].c), (int)offsetof(struct s, d), (int)__builtin_offsetof(struct s, d[0].b[3]));
    printf("%d %d\n", ra() != 0, fa() != 0);
    __builtin_prefetch(buf); __builtin_prefetch(buf, 1, 2);
    printf("%d %d\n", (int)__builtin_object_size(buf, 0) == 10 || (long)__builtin_object_size(buf, 0) == -1, *(int *)__builtin_assume_aligned(&n, 4));
    printf("%d %ld %lld\n", __builtin_abs(-n - 5), __builtin_labs(-6L), __builtin_llabs(-7LL));
    __builtin_memset(buf, 'x', 9); buf[9] = 0; __builtin_memcpy(buf + 1, "abc", 3);
    printf("%s %d %d %s %d\n", buf, (int)__builtin_strlen(buf), __builtin_strcmp(buf, "xabc") > 0, __builtin_strchr(buf, 'c'), __builtin_memcmp(buf, "xabd", 4) < 0);
    char *p = __builtin_alloca(8); __builtin_strcpy(p, "alloca"); printf("%s %d\n", p, __builtin_printf("%s", ""));
    return 0;
}
