// out: 18 18000000 5 180000 c 30
#include <stdio.h>
static unsigned rl(unsigned x, int n) { return x << n | x >> (32 - n); } static unsigned rr(unsigned x, int n) { return x >> (n & 31) | x << (-n & 31); }
static unsigned long rl64(unsigned long x, int n) { return x << n | x >> (64 - n); } static unsigned char r8(unsigned char x) { return x << 3 | x >> 5; } static unsigned short r16(unsigned short x, int n) { return x << n | x >> (16 - n); }
int main(void) { printf("%x %x %x %lx %x %x\n", rl(0x80000001, 4), rr(0x80000001, 4), rr(5, 0), rl64(0x8000000000000001, 20), r8(0x81), r16(0x8001, 5)); return 0; }
