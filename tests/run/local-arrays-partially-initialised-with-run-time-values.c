// out: 230 302
#include <stdio.h>
static int f(int n) { int a[40] = { n, [5] = n * 2, [39] = 3 }, b[3][4] = { { n }, { [2] = n } }; char s[100] = { 'a', n, [50] = 'z' }; struct { int x, y[6]; char t[9]; } c = { n, { [1] = n }, "str" }; int t = 0; for (int i = 0; i < 40; i++) t += a[i]; for (int i = 0; i < 12; i++) t += b[i / 4][i % 4]; for (int i = 0; i < 100; i++) t += s[i]; for (int i = 0; i < 6; i++) t += c.y[i]; return t + c.x + c.t[3] + c.t[8]; }
static void dirty(void) { volatile char b[2000]; for (int i = 0; i < 2000; i++) b[i] = 0x5a; }
int main(void) { dirty(); int a = f(1); dirty(); printf("%d %d\n", a, f(10)); return 0; }
