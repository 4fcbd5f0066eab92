// out: 6 65 6 1 acc 255
// A call without a prototype promotes, and passes as to a function with named parameters; the definition may be in the old style.
struct s { float f; int i; };
#ifdef A
int printf(const char *, ...);
double sum();
struct s pair();
int narrow();
int old(c, f, s, x) char c; float f; struct s s; unsigned short x; { return c + (int)f * 16 + s.i * 256 + x * 2048; }
int call(void);
int main(void)
{
    struct s s = { 2.5f, 4 };
    float f = 1.5f;
    char c = -1;
    s = pair(s, f, 1);
    printf("%g %d %g %x %d\n", sum(1, f, 2L, 2.5, (char)3, 4.0f, 5, 6.0, 7, 8.0, 9, 10.0, 11, s), (int)s.f + s.i - 3, (double)s.i - 4, call(), narrow(c) & 255);
    return 0;
}
#else
double sum(int a, double b, long c, double d, int e, double f, int g, double h, int i, double j, int k, double l, int m, struct s s)
{
    return a + b + c + d + e + f + g + h + i + j + k + l + m - s.f + s.i - 1 - 5;
}
struct s pair(struct s s, double d, int i) { struct s r = { s.f + (float)d, s.i + i }; return r; }
int narrow(int c) { return c; }
int old();
int call(void) { struct s s = { 1, 2 }; return old(12, 0.0, s, 1) + (old((char)12, 12.25f, s, 1) - old(12, 0.0, s, 1)); }
#endif
