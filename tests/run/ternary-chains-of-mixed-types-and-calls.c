// out: neg zero small medium large
// out: 1 2.5 97 -1 1e+10 0 -6
#include <stdio.h>
static const char *size(long n) { return n < 0 ? "neg" : n == 0 ? "zero" : n < 10 ? "small" : n < 1000 ? "medium" : "large"; }
static double pick(int k) { return k == 0 ? 1 : k == 1 ? 2.5f : k == 2 ? 'a' : k == 3 ? -1L : 1e10; }
static long mix(int a, unsigned b, long c) { return (a ? b : c) + (b ? a : -1); }
int main(void) { printf("%s %s %s %s %s\n", size(-1), size(0), size(5), size(500), size(5000)); for (int i = 0; i < 5; i++) printf("%g ", pick(i)); printf("%ld %ld\n", mix(-1, 1, -5), mix(0, 0, -5)); return 0; }
