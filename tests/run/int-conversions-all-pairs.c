// out: 0 d392d2a42454a9a6
// Every integer type to every other, at edge values, at run time and folded.
#include <stdio.h>
#include <string.h>
static unsigned long sum;
static int bad;
static void mix(unsigned long v) { sum = (sum ^ v) * 0x100000001b3UL + (sum >> 29); }
#define ONE(from, to, v) do { volatile from x = (from)(v); to y = (to)x; static to z = (to)(from)(v); \
    if (y != z) { bad++; printf(#from " " #to " " #v "\n"); } mix((unsigned long)y); } while (0)
#define VALUES(from, to) ONE(from, to, 0); ONE(from, to, 1); ONE(from, to, -1); ONE(from, to, 127); ONE(from, to, 128); ONE(from, to, 255); \
    ONE(from, to, 256); ONE(from, to, 32767); ONE(from, to, 32768); ONE(from, to, 65535); ONE(from, to, 65536); ONE(from, to, 0x7fffffff); \
    ONE(from, to, 0x80000000); ONE(from, to, 0xffffffff); ONE(from, to, 0x100000000); ONE(from, to, 0x7fffffffffffffff); \
    ONE(from, to, 0x8000000000000000); ONE(from, to, 0xfedcba9876543210)
#define TO(from) static void from_##from(void) { VALUES(from, C); VALUES(from, SC); VALUES(from, UC); VALUES(from, S); VALUES(from, US); VALUES(from, I); \
    VALUES(from, U); VALUES(from, L); VALUES(from, UL); VALUES(from, LL); VALUES(from, ULL); VALUES(from, B); }
typedef char C; typedef signed char SC; typedef unsigned char UC; typedef short S; typedef unsigned short US; typedef int I; typedef unsigned U;
typedef long L; typedef unsigned long UL; typedef long long LL; typedef unsigned long long ULL; typedef _Bool B;
TO(C) TO(SC) TO(UC) TO(S) TO(US) TO(I) TO(U) TO(L) TO(UL) TO(LL) TO(ULL) TO(B)
int main(void)
{
    from_C(); from_SC(); from_UC(); from_S(); from_US(); from_I(); from_U(); from_L(); from_UL(); from_LL(); from_ULL(); from_B();
    printf("%d %016lx\n", bad, sum);
    return 0;
}
