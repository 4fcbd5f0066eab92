// out: case 24 12 16 46 24 16 2
#include <stddef.h>
#include <stdio.h>
struct s { char c; int v[3]; struct { short a; long b; } n; };
enum { O = offsetof(struct s, n.b), P = (int)(long)&((struct s *)0)->v[2], Q = sizeof(((struct s *)0)->n), R = (int)2.9 + (char)300, S = sizeof(int[O]) / sizeof(int) };
static char arr[(unsigned long)&((struct s *)8)->n - 8], two[sizeof(struct s) == 32 ? 2 : -1];
int main(void) { switch (24) { case O: printf("case "); } printf("%d %d %d %d %d %d %d\n", O, P, Q, R, S, (int)sizeof arr, (int)sizeof two); return 0; }
