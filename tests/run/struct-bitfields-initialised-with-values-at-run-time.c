// out: 5 15 -5 5242880 1 5|4 300 -100 104857600 1 100|0 0 -9 7340032 1 0|
#include <stdio.h>
struct s { unsigned a : 3, b : 9; int c : 12; long d : 40; _Bool e : 1; unsigned char f; };
static struct s mk(int n) { struct s s = { n, n * 3, -n, (long)n << 20, n & 4, n }; return s; }
int main(void) { struct s t[] = { mk(5), mk(100), { .d = mk(7).d, .c = mk(9).c, .e = 3 } }; for (int i = 0; i < 3; i++) printf("%d %d %d %ld %d %d|", t[i].a, t[i].b, t[i].c, (long)t[i].d, t[i].e, t[i].f); printf("\n"); return 0; }
