// out: 137.57765156
#include <stdio.h>
static double h(double x) { return x / 2; } static float k(float x) { return x + 1; }
static double f(double a, double b, double c, float d, float e) { double t[4] = { a, b }; t[2] = h(a) + h(b) * h(c + h(d)); t[3] = k(d) * k(e) + t[2] - h(t[0] * k(e)); return a + b * c - d / e + t[0] + t[1] + t[2] + t[3]; }
int main(void) { printf("%.12g\n", f(1.5, 2.5, 3.5, 4.5f, 5.5f) + f(h(9), h(8), h(7), k(6), k(5))); return 0; }
