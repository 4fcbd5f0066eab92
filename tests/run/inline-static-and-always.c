// out: 11 6 10 18
#include <stdio.h>
static inline int unused(int x) { return x + undefined_if_emitted(); }
static inline int a(int x);
static int b(int x) { return a(x) + 1; }
static inline int a(int x) { return x * 2; }
static inline __attribute__((always_inline)) int c(int x) { static int n; return n += x; }
inline static int rec(int n) { return n ? n + rec(n - 1) : 0; }
static inline int (*get(void))(int) { return a; }
int main(void) { c(1); c(2); printf("%d %d %d %d\n", b(5), c(3), rec(4), get()(9)); return 0; }
int undefined_if_emitted(void) { return 1; }
