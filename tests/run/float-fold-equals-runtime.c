// out: 0
// A folded expression gives the bits the machine gives.
#include <stdio.h>
#include <string.h>
static int bad;
static unsigned long bits(double d) { unsigned long u; memcpy(&u, &d, 8); return u; }
#define D(x, op, y) do { volatile double a = x, b = y; static double k = (double)(x) op (double)(y); double r = a op b; \
    if (bits(k) != bits(r) && (k == k || r == r)) { bad++; printf("%s %s %s\n", #x, #op, #y); } \
    volatile float fa = x, fb = y; static float fk = (float)(x) op (float)(y); float fr = fa op fb; \
    if (memcmp(&fk, &fr, 4) && (fk == fk || fr == fr)) { bad++; printf("float %s %s %s\n", #x, #op, #y); } } while (0)
#define A(x, y) D(x, +, y); D(x, -, y); D(x, *, y); D(x, /, y)
int main(void)
{
    A(0.1, 0.2); A(1e30, 3e-30); A(1e-30, 1e-9); A(1, 3); A(2, 7); A(-5.5, 1e-3); A(1e38, 10); A(3.4e38, 1.1); A(1e-38, 1e-7); A(123456789.0, 987654321.0);
    A(0.0, 5.0); A(-0.0, 5.0); A(1e308, 1e-308); A(1.5, 1.5); A(7e-46, 2); A(16777215, 16777217); A(0x1.fffffffffffffp0, 0x1p-53);
    printf("%d\n", bad);
    return 0;
}
