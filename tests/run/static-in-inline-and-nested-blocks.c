// out: 1 2 103 104 7 6
// out: 9 5
#include <stdio.h>
static inline int count(void) { static int n; { static int n = 100; n++; if (n > 102) return n; } return ++n; }
static int *addr(int k) { static int t[2] = { 5, 6 }; if (k) { static int t = 7; return &t; } return t; }
int main(void) { int a = count(), b = count(), c = count(), d = count(); printf("%d %d %d %d %d %d\n", a, b, c, d, *addr(1), addr(0)[1]); *addr(1) = 9; printf("%d %d\n", *addr(1), *addr(0)); return 0; }
