// out: 213894998ab65a8c
// Shifts by every legal count, by a variable and by a constant, of every promoted type.
#include <stdio.h>
static unsigned long sum;
static void mix(unsigned long v) { sum = (sum ^ v) * 0x100000001b3UL + (sum >> 31); }
#define VAR(T, v, bits) do { for (int n = 0; n < bits; n++) { T x = (T)(v); mix((unsigned long)(x >> n)); mix((unsigned long)((unsigned long)x << n)); T y = x; y >>= n; mix((unsigned long)y); } } while (0)
#define C1(T, x, n) mix((unsigned long)((T)x >> n)); mix((unsigned long)(T)((unsigned long)x << n));
#define CONST(T, v) do { volatile T x = (T)(v); C1(T, x, 0) C1(T, x, 1) C1(T, x, 7) C1(T, x, 8) C1(T, x, 15) C1(T, x, 16) C1(T, x, 31) } while (0)
int main(void)
{
    VAR(int, 0x87654321, 32); VAR(unsigned, 0x87654321, 32); VAR(long, 0x8765432112345678, 64); VAR(unsigned long, 0x8765432112345678, 64);
    VAR(signed char, 0x81, 8); VAR(unsigned char, 0x81, 8); VAR(short, 0x8181, 16); VAR(unsigned short, 0x8181, 16);
    CONST(int, 0x87654321); CONST(unsigned, 0x87654321); CONST(long, 0x8765432112345678); CONST(unsigned long, 0x8765432112345678);
    CONST(signed char, 0x81); CONST(short, 0x8181); CONST(unsigned short, 0x8181);
    printf("%016lx\n", sum);
    return 0;
}
