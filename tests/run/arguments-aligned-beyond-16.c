// out: 24 24 24 24 24 24 24 24 5078
// Records aligned to 64 passed by value lie at multiples of 64, among other arguments, behind alloca, and behind "...".
struct s { long x; } __attribute__((aligned(64)));
int printf(const char *, ...); void *memset(void *, int, unsigned long);
struct s gs = { 77 };
__attribute__((noinline)) int take(int a, struct s x, int b, struct s y) { return ((long)&x & 63) == 0 && ((long)&y & 63) == 0 && x.x == 77 && y.x == 78 && a + b == 3; }
int f(int n) { struct s t = { 78 }; char *p = __builtin_alloca(n); memset(p, 1, n); int r = take(1, gs, 2, t); char *q = __builtin_alloca(n + 5); memset(q, 2, n+5); r += take(1, gs, 2, t); return r * 10 + p[0] + q[n + 4] + (((long)p & 15) == 0 && ((long)q&15) == 0); }
#include <stdarg.h>
int v(int n, ...) { va_list ap; va_start(ap, n); int r = va_arg(ap, int); struct s s = va_arg(ap, struct s); r += va_arg(ap, int); s.x += va_arg(ap, struct s).x; va_end(ap); return r * 1000 + s.x; }
int main(void) { struct s t = { 1 }; for (int i = 0; i < 100; i += 13) printf("%d ", f(i + 1)); printf("%d\n", v(1, 2, gs, 3, t)); return 0; }
