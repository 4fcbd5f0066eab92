// out: 6 1 2 3 4 5 6 7 8 9 10
// Alignment makes the record larger than two words: RISC-V still passes its two fields in registers.
struct a { float f; int i __attribute__((aligned(64))); };
struct b { double d; float f __attribute__((aligned(64))); };
struct a f(struct a x, double d, struct b y, struct a z);
struct b g(struct b x, struct b y, long k);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    struct a x = { 1, 2 }, z = { 6, 7 };
    struct b y = { 4, 5 }, v = { 8, 1 }, w = { 0, 2 };
    struct a r = f(x, 3, y, z);
    v = g(v, w, 7);
    printf("%g %d 3 4 5 6 7 %g %g %d\n", r.f, r.i, v.d, v.f, 10);
    return 0;
}
#else
struct a f(struct a x, double d, struct b y, struct a z)
{
    struct a r = { x.f, x.i };
    if (d != 3 || y.d != 4 || y.f != 5 || z.f != 6 || z.i != 7)
        r.f = -1;
    return r;
}
struct b g(struct b x, struct b y, long k) { struct b r = { x.d + y.d, x.f * y.f + k }; return r; }
#endif
