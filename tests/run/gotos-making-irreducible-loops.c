// out: 44 96 111 630
#include <stdio.h>
static int f(int n, int k) { int s = 0; if (k) goto b; a: s += 1; if (s > 100) goto out; b: s += 10; if (n-- > 0) goto a; if (k-- > 0) goto c; goto out; c: s *= 2; goto b; out: return s; }
int main(void) { printf("%d %d %d %d\n", f(3, 0), f(3, 1), f(20, 0), f(0, 5)); return 0; }
