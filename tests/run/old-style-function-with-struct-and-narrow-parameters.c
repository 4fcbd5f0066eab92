// out: g 16
#include <stdio.h>
struct s { int a, b; };
static int f(x, c, fl, n, arr) struct s x; unsigned char c; float fl; short n; int arr[]; { c += 1; return x.a * x.b + c + (int)(fl * 2) + n + arr[1]; }
static void g() { printf("g "); }
int main(void) { struct s s = { 3, 4 }; int v[] = { 1, 2 }; g(); printf("%d\n", f(s, (unsigned char)255, 1.5f, (short)-1, v)); return 0; }
