// out: 6 1 -128 22144 177793 2
// gcc may leave upper bits of narrow results unspecified; both extend arguments.
_Bool b(int x); signed char c(int x); unsigned short s(int x); int use(_Bool b, signed char c, unsigned short s, short t, unsigned char u);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    volatile int n = 0x12345680;
    printf("%d %d %d %d %d\n", b(n), c(n), s(n), use(b(n), c(n), s(n), n, n), b(0) ? 1 : 2);
    return 0;
}
#else
_Bool b(int x) { return x; }
signed char c(int x) { return x; }
unsigned short s(int x) { return x; }
int use(_Bool b, signed char c, unsigned short s, short t, unsigned char u) { return b + c * 2 + s * 3 + t * 5 + u * 7; }
#endif
