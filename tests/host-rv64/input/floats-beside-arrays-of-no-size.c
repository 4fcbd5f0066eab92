// out: 6 15 26 37 48 59 0 1.5 2.5 3.5
// A field of no size is no argument, but gcc does not take a record apart that holds an array or a union of no size.
struct a { float f; double z[0]; double d; };
struct b { char z[0]; float f; };
struct c { float f; struct { int z[0]; } e; float g; };
struct d { int i; float f; char z[]; };
struct e { float f; struct { } e; int i; };
struct u { float f; union { } e; };
int f(struct a a, struct b b, struct c c, struct d d, struct e e, struct u u, float *out);
struct b g(float x); struct c h(float x); struct u k(float x);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    struct a a = { 1, {}, 14 }; struct b b = { {}, 26 }; struct c c = { 30, {}, 7 }; struct d d = { 40, 8 }; struct e e = { 50, {}, 9 };
    struct u u = { 0 };
    float out[6];
    f(a, b, c, d, e, u, out);
    for (int i = 0; i < 6; i++)
        printf("%g ", out[i]);
    printf("%g %g %g\n", g(1.5f).f, h(2).g, k(3).f);
    return 0;
}
#else
int f(struct a a, struct b b, struct c c, struct d d, struct e e, struct u u, float *out)
{
    out[0] = a.f + a.d; out[1] = b.f; out[2] = c.f + c.g; out[3] = d.i + d.f; out[4] = e.f + e.i; out[5] = u.f;
    return 0;
}
struct b g(float x) { struct b r = { {}, x }; return r; }
struct c h(float x) { struct c r = { x, {}, x + 0.5f }; return r; }
struct u k(float x) { struct u r = { x + 0.5f }; return r; }
#endif
