// Structs through `...`: in registers, split across the register areas, in memory, and when registers run out.
#include <stdarg.h>
#include <stdio.h>
struct i2 { long a, b; }; struct id { int a; double b; }; struct di { double a; char b; }; struct d2 { double a, b; };
struct big { long a, b, c; }; struct f3 { float a, b, c; }; struct c3 { char a[3]; }; struct e { int a; };
static void f(const char *s, ...)
{
    va_list ap;
    va_start(ap, s);
    for (; *s; s++)
        switch (*s) {
        case 'I': { struct i2 v = va_arg(ap, struct i2); printf("%ld,%ld ", v.a, v.b); break; }
        case 'X': { struct id v = va_arg(ap, struct id); printf("%d,%g ", v.a, v.b); break; }
        case 'Y': { struct di v = va_arg(ap, struct di); printf("%g,%d ", v.a, v.b); break; }
        case 'D': { struct d2 v = va_arg(ap, struct d2); printf("%g,%g ", v.a, v.b); break; }
        case 'B': { struct big v = va_arg(ap, struct big); printf("%ld,%ld,%ld ", v.a, v.b, v.c); break; }
        case 'F': { struct f3 v = va_arg(ap, struct f3); printf("%g,%g,%g ", v.a, v.b, v.c); break; }
        case 'C': { struct c3 v = va_arg(ap, struct c3); printf("%d,%d,%d ", v.a[0], v.a[1], v.a[2]); break; }
        case 'E': printf("%d ", va_arg(ap, struct e).a); break;
        case 'i': printf("%d ", va_arg(ap, int)); break;
        case 'd': printf("%g ", va_arg(ap, double)); break;
        }
    va_end(ap);
    printf("\n");
}
int main(void)
{
    struct i2 i = { 1, 2 }; struct id x = { 3, 4.5 }; struct di y = { 5.5, 6 }; struct d2 d = { 7.5, 8.5 }; struct big b = { 9, 10, 11 };
    struct f3 g = { 1.25f, 2.25f, 3.25f }; struct c3 c = { { 12, -13, 14 } }; struct e e = { 15 };
    f("IXYDBFCE", i, x, y, d, b, g, c, e);
    f("iiiiIiIi", 1, 2, 3, 4, i, 5, i, 6);
    f("dddddddDdYX", 1., 2., 3., 4., 5., 6., 7., d, 8., y, x);
    f("BiBdBC", b, 1, b, 2.5, b, c);
    f("iiiiiXYEEC", 1, 2, 3, 4, 5, x, y, e, e, c);
    return 0;
}
