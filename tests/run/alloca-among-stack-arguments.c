// out: 2232
#include <alloca.h>
#include <stdio.h>
#include <string.h>
static int f(int a, int b, int c, int d, int e, int g, char *h, int i, char *j) { return a + b + c + d + e + g + (int)strlen(h) * 10 + i + (int)strlen(j) * 100; }
static char *fill(char *p, int n) { memset(p, 'x', n); p[n] = 0; return p; }
int main(void) { int s = 0; for (int i = 1; i < 5; i++) { char *p = alloca(i * 16); s += f(1, 2, 3, 4, 5, 6, fill(alloca(32), i), 7, fill(p, i * 2)); s += (int)strlen(p); } printf("%d\n", s); return 0; }
