// out: 5 5 16 2 4 2 11 8 3
// Placement of attributes in declarations.
#include <stdio.h>
__attribute__((unused)) static int a; static int b __attribute__((unused)); static int __attribute__((unused)) c;
__attribute__((noreturn)) void die(void); int f(int x __attribute__((unused)), __attribute__((unused)) int y);
struct __attribute__((packed)) p { char c; int i; }; struct q { char c; int i; } __attribute__((packed)); typedef int ai __attribute__((aligned(16)));
enum { ONE __attribute__((unused)) = 1, TWO };
static inline __attribute__((always_inline)) int inl(int x) { return x + 1; }
__attribute__((noinline, cold, pure)) static int no(int x) { return x - 1; }
__attribute__((format(printf, 1, 2))) static int say(const char *f, ...) { return *f; }
int f(int x, int y) { int z __attribute__((unused)) = x; goto l; l: __attribute__((unused)); return y; }
__extension__ typedef long long ll;
int main(void)
{
    ai v = 3; int *restrict p = &a; __const int k = 4; __volatile__ int w = 5; __signed__ char sc = -1; __inline__ int g(void);
    printf("%d %d %d %d %d %d %d %d %d\n", (int)sizeof(struct p), (int)sizeof(struct q), (int)_Alignof(ai), inl(1), no(5), f(1, 2), v + k + w + sc + *p, (int)sizeof(ll), __extension__ 3);
    return say("\0") + b + c;
}
