// out: cbf43926 1000000007 1e6a2c48
#include <stdio.h>
static unsigned crc(const char *s) { unsigned t[256], c = ~0u; for (unsigned i = 0; i < 256; i++) { unsigned v = i; for (int k = 0; k < 8; k++) v = v & 1 ? v >> 1 ^ 0xedb88320 : v >> 1; t[i] = v; } while (*s) c = t[(c ^ *s++) & 255] ^ c >> 8; return ~c; }
static unsigned isqrt(unsigned long n) { unsigned long r = 0, b = 1UL << 62; while (b > n) b >>= 2; while (b) { if (n >= r + b) { n -= r + b; r = (r >> 1) + b; } else r >>= 1; b >>= 2; } return r; }
static unsigned rev(unsigned x) { x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1; x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2; x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4; return x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24; }
int main(void) { printf("%08x %u %08x\n", crc("123456789"), isqrt(1000000007UL * 1000000007UL), rev(0x12345678)); return 0; }
