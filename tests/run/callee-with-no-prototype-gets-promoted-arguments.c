// out: 7 -4.5
#include <stdio.h>
int f(); double g();
int main(void) { float x = 1.5f; char c = -3; short s = 7; printf("%d %g\n", f(c, s, x), g(x, c)); return 0; }
int f(int c, int s, double x) { return c + s + (int)(x * 2); }
double g(double x, int c) { return x * c; }
