// out: 6 -86248707 1226 3 382 -1221 154 911 -2.21023e+08 26.5 -10 716 198.25
// The caller keeps many values in registers across calls of the other's functions that use many themselves.
long f(long a, long b, long c, long d, long e, long g);
double h(double a, double b, double c, double d);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    long a = 1, b = 2, c = 3, d = 4, e = 5, g = 6, s = 0;
    double x = 1.5, y = 2.5, z = 3.5, w = 4.5, t = 0;
    for (int i = 0; i < 50; i++) {
        s += f(a, b, c, d, e, g); t += h(x, y, z, w);
        a += i; b ^= i; c += a & 15; d -= i; e += b & 7; g = (g * 3 + i) & 1023; x += 0.5; y -= 0.25; z += x; w -= y;
    }
    printf("%ld %ld %ld %ld %ld %ld %ld %g %g %g %g %g\n", s, a, b, c, d, e, g, t, x, y, z, w);
    return 0;
}
#else
static long k(long x) { return x * 3 + 1; }
long f(long a, long b, long c, long d, long e, long g)
{
    long p = k(a), q = k(b), r = k(c), s = k(d), t = k(e), u = k(g), v = p * q, w = r * s, x = t * u, y = k(v), z = k(w);
    return p + q * 2 + r * 3 + s * 4 + t * 5 + u * 6 + v + w + x + y + z + k(x);
}
double h(double a, double b, double c, double d) { double p = a * b, q = c * d, r = a + d, s = b - c; return p + q * 2 + r * 3 + s * 4 + p * q; }
#endif
