// out: 10
#include <stdio.h>
static int f(int n) { __attribute__((aligned(64))) char b[20]; char c[3]; b[0] = n; c[0] = n; return (((unsigned long)b & 63) == 0) + (n ? f(n - 1) : 0) + (b[0] != c[0]); }
int main(void) { printf("%d\n", f(9)); return 0; }
