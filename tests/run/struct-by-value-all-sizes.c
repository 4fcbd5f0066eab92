// out: 0
// Structs of 1 .. 40 bytes as arguments (first, behind others, on the stack) and results.
#include <stdio.h>
#include <string.h>
static int bad;
#define DEF(n) struct s##n { unsigned char b[n]; }; \
    static struct s##n f##n(int k, struct s##n x, double d, struct s##n y) { struct s##n r = x; for (int i = 0; i < n; i++) r.b[i] = x.b[i] * 3 + y.b[i] + k + (int)d; return r; } \
    static int g##n(struct s##n a, int i, struct s##n b, struct s##n c, int j, struct s##n d) { return a.b[0] + b.b[n - 1] * 2 + c.b[n / 2] * 3 + d.b[0] * 4 + i + j; } \
    static void t##n(void) { struct s##n x, y, z; for (int i = 0; i < n; i++) x.b[i] = i * 7 + n, y.b[i] = 255 - i; z = f##n(n, x, 2.0, y); \
        for (int i = 0; i < n; i++) bad += z.b[i] != (unsigned char)(x.b[i] * 3 + y.b[i] + n + 2); \
        bad += g##n(x, 5, y, x, 9, f##n(1, x, 2.5, x)) != x.b[0] + y.b[n - 1] * 2 + x.b[n / 2] * 3 + (unsigned char)(x.b[0] * 4 + 3) * 4 + 14; bad += f##n(0, x, 0, y).b[n - 1] != (unsigned char)(x.b[n - 1] * 3 + y.b[n - 1]); }
#define ALL(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(31) X(32) X(33) X(39) X(40) X(64) X(100)
ALL(DEF)
#define CALL(n) t##n();
int main(void) { ALL(CALL) printf("%d\n", bad); return 0; }
