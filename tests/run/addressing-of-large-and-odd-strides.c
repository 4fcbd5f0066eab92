// out: 24 60 14050 7 505
#include <stdio.h>
struct r { char b[24]; int v; short t[3]; }; static struct r t[50]; static int big[300][70]; static char far[3000000];
static int f(struct r *p, long i, int j) { return p[i].v + p[i + j].t[j] + p[-i + 10].b[j * 2]; }
int main(void) { for (int i = 0; i < 50; i++) { t[i].v = i; t[i].t[2] = i * 2; t[i].b[4] = i; } for (int i = 0; i < 300; i++) for (int j = 0; j < 70; j++) big[i][j] = i * 70 + j; far[2999999] = 7; volatile long k = 2999999; volatile unsigned char n = 200; printf("%d %d %d %d %d\n", f(t, 5, 2), f(t + 10, 3, 2), big[n][n - 150], far[k], *(&big[10][5] - n)); return 0; }
