// out: 1 1 1 1 -2 0
// out: 0 1 101 3
#include <stdbool.h>
#include <stdio.h>
static bool f(int *p, long l) { return p && l; } static bool g(bool a, bool b) { return a ^ b; } static int h(bool a) { return ~a; }
int main(void) { int x; bool b = true, c; b &= 2; c = b | 4; b ^= 5; printf("%d %d %d %d %d %d\n", b, c, f(&x, 1L << 40), g(true, false), h(true), (bool)0.0f); b = !b; b += b; c = -c; bool t[3] = { 7, 0, -1 }; printf("%d %d %d%d%d %d\n", b, c, t[0], t[1], t[2], (int)sizeof t); return 0; }
