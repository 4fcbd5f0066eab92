// out: 6 1.5 2.5 3.5 4.5 4 6
// An unnamed bit-field of some width takes an integer register, or makes one field too many; of no width it is none.
struct a { float f; int : 3; };
struct b { float f; int i : 3; int : 4; };
struct c { int : 8; float f; };
struct d { float f; int : 0; float g; };
struct a f(struct a a, struct b b, struct c c, struct d d, int last, float *out);
struct d g(struct b b);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    struct a a = { 1.5f }; struct b b = { 2.5f, 2 }; struct c c = { 3.5f }; struct d d = { 4, 0.5f };
    float out[3];
    a = f(a, b, c, d, 4, out);
    d = g(b);
    printf("%g %g %g %g %d %g\n", a.f, out[0], out[1], out[2], (int)(d.f - 0.5f) + 2, d.g);
    return 0;
}
#else
struct a f(struct a a, struct b b, struct c c, struct d d, int last, float *out)
{
    out[0] = b.f + b.i - 2; out[1] = c.f; out[2] = d.f + d.g + last - 4;
    return a;
}
struct d g(struct b b) { struct d r = { b.f, b.i * 3 }; return r; }
#endif
