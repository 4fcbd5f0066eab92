// out: 273733
// Every two-eightbyte combination of integer and floating fields.
#include <stdio.h>
typedef signed char c; typedef short s; typedef int i; typedef long l; typedef float f; typedef double d;
static double acc;
#define DEF(a, b, e) struct s_##a##b##e { a x; b y; e z; }; static struct s_##a##b##e f_##a##b##e(struct s_##a##b##e v, a p, struct s_##a##b##e w) { struct s_##a##b##e r = { v.z + w.x, v.y - w.y + p, v.x + 2 * w.z }; return r; } \
    static void t_##a##b##e(void) { struct s_##a##b##e v = { 1, 2, 3 }, w = { 10, 20, 30 }; v = f_##a##b##e(v, 5, w); acc = acc * 1.01 + v.x + v.y * 2 + v.z * 4 + sizeof v * 8; if (v.x != 13 || v.y != (b)-13 || v.z != 61) printf("bad " #a #b #e "\n"); }
#define R3(X, a, b) X(a, b, c) X(a, b, s) X(a, b, i) X(a, b, l) X(a, b, f) X(a, b, d)
#define R2(X, a) R3(X, a, c) R3(X, a, s) R3(X, a, i) R3(X, a, l) R3(X, a, f) R3(X, a, d)
#define R1(X) R2(X, c) R2(X, s) R2(X, i) R2(X, l) R2(X, f) R2(X, d)
R1(DEF)
#define CALL(a, b, e) t_##a##b##e();
int main(void) { R1(CALL) printf("%.6g\n", acc); return 0; }
