/* Kernel: structs by value. Vectors, matrices, complex numbers and rays through calls, small ones in registers, large ones in memory. */
#include <stdio.h>
#include <stdlib.h>
#define NOINLINE __attribute__((noinline)) /* calls are what is measured */
typedef struct V2 { int x, y; } V2;
typedef struct V3 { double x, y, z; } V3;
typedef struct Cx { double re, im; } Cx;
typedef struct Ray { V3 from, to; } Ray;
typedef struct M3 { V3 row[3]; } M3;
typedef struct Frac { long n, d; } Frac;
NOINLINE V2 v2(int x, int y) { V2 r = { x, y }; return r; }
NOINLINE V2 v2_add(V2 a, V2 b) { return v2(a.x + b.x, a.y + b.y); }
NOINLINE V2 v2_turn(V2 a) { return v2(-a.y, a.x); }
NOINLINE V3 v3_add(V3 a, V3 b) { V3 r = { a.x + b.x, a.y + b.y, a.z + b.z }; return r; }
NOINLINE V3 v3_scale(V3 a, double s) { V3 r = { a.x * s, a.y * s, a.z * s }; return r; }
NOINLINE double v3_dot(V3 a, V3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
NOINLINE V3 v3_cross(V3 a, V3 b) { V3 r = { a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x }; return r; }
NOINLINE V3 m3_apply(M3 m, V3 v) { V3 r = { v3_dot(m.row[0], v), v3_dot(m.row[1], v), v3_dot(m.row[2], v) }; return r; }
NOINLINE Cx cx_mul(Cx a, Cx b) { Cx r = { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re }; return r; }
NOINLINE Cx cx_add(Cx a, Cx b) { Cx r = { a.re + b.re, a.im + b.im }; return r; }
NOINLINE Ray ray_move(Ray r, V3 by) { r.from = v3_add(r.from, by); r.to = v3_add(r.to, v3_scale(by, 0.5)); return r; }
NOINLINE Frac frac_add(Frac a, Frac b)
{
    Frac r = { (a.n * b.d + b.n * a.d) % 1000003, a.d * b.d % 999983 };
    return r;
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100);
    M3 m = { { { 0.36, 0.48, -0.8 }, { -0.8, 0.6, 0 }, { 0.48, 0.64, 0.6 } } };
    V3 v = { 1, 2, 3 }, w = { 0.5, 0.25, 0.125 };
    V2 p = { 1, 0 }, q = { 3, 4 };
    Cx z = { 0, 0 }, c = { -0.4, 0.6 };
    Ray ray = { { 0, 0, 0 }, { 1, 1, 1 } };
    Frac f = { 1, 3 }, g = { 2, 7 };
    for (int i = 0; i < scale * 70000; i++) {
        v = m3_apply(m, v);
        w = v3_add(v3_scale(v3_cross(v, w), 0.1), v3_scale(w, 0.5));
        p = v2_add(v2_turn(p), q);
        q = v2_add(q, v2(i & 3, -(i & 1)));
        z = cx_add(cx_mul(z, z), c);
        ray = ray_move(ray, v3_scale(w, 1e-3));
        f = frac_add(f, g);
        if (z.re * z.re + z.im * z.im > 4)
            z.re = z.im = 0;
    }
    printf("%.6f %.6f %d %d %.6f %.6f %ld %ld\n", v.x, w.y, p.x, p.y, z.re, ray.to.z, f.n, f.d);
    return 0;
}
