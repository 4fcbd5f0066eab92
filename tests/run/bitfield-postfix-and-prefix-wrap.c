// out: 6 7 0 2 -4 -4 0 1 0 3 1
#include <stdio.h>
struct s { unsigned u : 3; int i : 3; _Bool b : 1; } s = { 6, 2, 0 };
int main(void) { int r[8]; r[0] = s.u++; r[1] = s.u++; r[2] = s.u; r[3] = s.i++; r[4] = ++s.i; r[5] = s.i--; r[6] = s.b++; r[7] = ++s.b; for (int i = 0; i < 8; i++) printf("%d ", r[i]); printf("%d %d %d\n", s.u, s.i, s.b); return 0; }
