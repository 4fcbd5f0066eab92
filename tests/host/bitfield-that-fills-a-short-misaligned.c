// out: 6 4 6 1
// A bit-field that fills an integer in its place is that integer when it comes to misaligned records (returned in memory).
struct r2 { unsigned m0 : 16; int m1 : 2; };
struct __attribute__((packed)) r1 { unsigned char m0[1]; struct r2 m1; };
struct r1 f(int a, struct r1 x, int b);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    struct r1 x = { { 1 }, { 2, 1 } }, y = f(3, x, 4);
    printf("%d %d %d\n", y.m0[0], y.m1.m0, y.m1.m1);
    return 0;
}
#else
struct r1 f(int a, struct r1 x, int b) { x.m0[0] += a; x.m1.m0 += b; return x; }
#endif
