// out: 0 d05abf9cd581dc84
// Every binary operator on every pair of integer types, folded and at run time.
#include <stdio.h>
static unsigned long sum;
static int bad;
static void mix(unsigned long v) { sum = (sum ^ v) * 0x100000001b3UL + (sum >> 31); }
#define OP(A, B, op, x, y) do { volatile A a = (A)x; volatile B b = (B)y; __typeof__(a op b) r = a op b; \
    static const __typeof__((A)0 op (B)1) k = (A)x op (B)y; if (r != k) { bad++; printf("%s %s: %s %s %s: %lx %lx\n", #A, #B, #x, #op, #y, (long)r, (long)k); } \
    mix((unsigned long)r); mix(sizeof(r)); } while (0)
#define OPS(A, B, x, y) OP(A, B, +, x, y); OP(A, B, -, x, y); OP(A, B, *, x, y); OP(A, B, /, x, y); OP(A, B, %, x, y); OP(A, B, &, x, y); \
    OP(A, B, |, x, y); OP(A, B, ^, x, y); OP(A, B, <, x, y); OP(A, B, >, x, y); OP(A, B, <=, x, y); OP(A, B, >=, x, y); OP(A, B, ==, x, y); \
    OP(A, B, !=, x, y); OP(A, B, &&, x, y); OP(A, B, ||, x, y)
#define PAIR(A, B) OPS(A, B, -1, 1); OPS(A, B, 77, 77)
#define ROW(A) static void row_##A(void) { PAIR(A, SC); PAIR(A, UC); PAIR(A, S); PAIR(A, US); PAIR(A, I); PAIR(A, U); PAIR(A, L); PAIR(A, UL); }
typedef signed char SC; typedef unsigned char UC; typedef short S; typedef unsigned short US; typedef int I; typedef unsigned U;
typedef long L; typedef unsigned long UL; typedef long long LL; typedef unsigned long long ULL;
ROW(SC) ROW(UC) ROW(S) ROW(US) ROW(I) ROW(U) ROW(L) ROW(UL)
int main(void)
{
    row_SC(); row_UC(); row_S(); row_US(); row_I(); row_U(); row_L(); row_UL();
    printf("%d %016lx\n", bad, sum);
    return 0;
}
