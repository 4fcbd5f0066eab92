// out: 1230 130 120
// out: 56 1234 11 22
#include <stdio.h>
enum e { A = -1, B, C };
struct s { int b : 3; unsigned u : 3; };
static int c(signed char x) { switch (x) { case -1: return 1; case 127: return 2; case -128: return 3; case 255: return 4; default: return 0; } }
static int u(unsigned char x) { switch (x) { case 255: return 1; case -1: return 2; case 0: return 3; default: return 0; } }
static int s(unsigned short x) { switch (x) { case 65535: return 1; case 1: return 2; default: return 0; } }
static int b(_Bool x) { switch (x) { case 0: return 5; case 1: return 6; default: return 7; } }
static int e(enum e x) { switch (x) { case A: return 1; case B: return 2; case C: return 3; } return 4; }
static int f(struct s x) { int r = 0; switch (x.b) { case -4: r = 10; break; case 3: r = 20; } switch (x.u) { case 7: r++; break; case 0: r += 2; } return r; }
int main(void)
{
    printf("%d%d%d%d %d%d%d %d%d%d\n", c(-1), c(127), c(-128), c(5), u(255), u(0), u(1), s(-1), s(1), s(2));
    printf("%d%d %d%d%d%d %d %d\n", b(0), b(9), e(A), e(B), e(C), e(7), f((struct s){ -4, 7 }), f((struct s){ 3, 0 }));
    return 0;
}
