// out: 5 5
#include <stdio.h>
static int f(int x) { if (x) return 5; }
static int g(int x) { while (1) if (x++ > 3) return x; }
_Noreturn static void die(void) { for (;;) { fflush(stdout); _Exit(0); } }
extern void _Exit(int);
int main(void) { f(0); printf("%d %d\n", f(1), g(0)); die(); }
