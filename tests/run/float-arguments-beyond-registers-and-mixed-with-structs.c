// out: 332
#include <stdio.h>
struct f2 { float a, b; }; struct df { double d; float f; }; struct big { double v[3]; };
static double g(float a, struct f2 b, double c, struct df d, struct big e, float f, struct f2 h, struct df i, double j, float k, struct f2 l) { return a + b.a * 2 + b.b * 3 + c * 4 + d.d * 5 + d.f * 6 + e.v[2] * 7 + f * 8 + h.b * 9 + i.f * 10 + j * 11 + k * 12 + l.a * 13 + l.b * 14; }
int main(void) { struct f2 a = { 1, 2 }; struct df b = { 3, 4 }; struct big c = { { 5, 6, 7 } }; printf("%g\n", g(1, a, 2, b, c, 3, a, b, 4, 5, a)); return 0; }
