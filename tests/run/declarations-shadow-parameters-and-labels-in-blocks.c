// out: 53321
// out: 7
#include <stdio.h>
static int f(int a, int b) { int r = a; { int a = b; r += a * 10; { int b = a + 1, a = b; r += a * 100; } { struct a { int a; } x = { 3 }; r += x.a * 1000; } } { enum { a = 5 }; r += a * 10000; } goto a; a: return r; }
int main(void) { printf("%d\n", f(1, 2)); for (int i = 0; i < 1; i++) { int i = 7; printf("%d\n", i); } return 0; }
