// out: 6 53731.2 14
// The second half of the union is padding: neither an integer nor a floating register is spent on it.
union u { char *p __attribute__((aligned(16))); };
struct f { float x; };
struct __attribute__((aligned(16))) w { long v; };
float g(union u a, struct f b, struct w c, float d, long e, union u f);
union u r(struct w x);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    union u a = { (char *)5 };
    struct f b = { 2.5f };
    struct w c = { 7 };
    printf("%g %d\n", g(a, b, c, 1.25f, 3, a), (int)(long)r(c).p);
    return 0;
}
#else
float g(union u a, struct f b, struct w c, float d, long e, union u f) { return (long)a.p + b.x * 10 + c.v * 100 + d + e * 1000 + (long)f.p * 10000; }
union u r(struct w x) { union u v = { (char *)(x.v * 2) }; return v; }
#endif
