// out: 2 4 10 11 13
// out: jumped
#include <stdio.h>
static int f(int x) { return x + 1; x = 5; if (x) return 2; { int y = 3; x += y; } while (1) x++; }
static int g(int x) { for (;;) { if (x > 3) return x; x++; continue; x = 100; } return 7; }
static int h(int x) { switch (x) { x = 9; break; case 1: return 10; x = 1; default: goto end; x = 2; inner: return 11; } return 12; end: if (x == 2) goto inner; return 13; }
static void v(void) { return; printf("never"); }
int main(void) { v(); printf("%d %d %d %d %d\n", f(1), g(0), h(1), h(2), h(3)); if (0) { lab: printf("jumped\n"); return 0; } goto lab; }
