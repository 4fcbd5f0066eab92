// out: 1
#include <signal.h>
#include <stdio.h>
static volatile sig_atomic_t got;
static void h(int s) { got = s; }
int main(void) { signal(SIGUSR1, h); raise(SIGUSR1); printf("%d\n", got == SIGUSR1); return 0; }
