// out: 677.504876
#include <stdio.h>
#define P(n) int a##n##0, int a##n##1, double a##n##2, long a##n##3, char a##n##4, float a##n##5, short a##n##6, unsigned a##n##7, int *a##n##8, signed char a##n##9
#define S(n) s = s * 1.01 + a##n##0 - a##n##1 + a##n##2 - a##n##3 + a##n##4 - a##n##5 + a##n##6 - a##n##7 + *a##n##8 - a##n##9;
#define A(n) n, n + 1, n * 0.5, n * 3L, n + 65, n * 0.25f, -n, n * 7u, &k, n - 50
static double f(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9), P(10)) { double s = 0; S(1) S(2) S(3) S(4) S(5) S(6) S(7) S(8) S(9) S(10) return s; }
int main(void) { int k = 9; printf("%.9g\n", f(A(1), A(2), A(3), A(4), A(5), A(6), A(7), A(8), A(9), A(10))); return 0; }
