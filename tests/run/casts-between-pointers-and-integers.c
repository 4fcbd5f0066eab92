// out: 5 1 4 1 1
// out: 9029 1
#include <stdint.h>
#include <stdio.h>
int main(void) { int x = 5, *p = &x; intptr_t i = (intptr_t)p; uintptr_t u = (uintptr_t)(void *)p; char *c = (char *)i + 4; volatile int n = -1; void *q = (void *)(long)n, *r = (void *)(unsigned long)(unsigned)n; printf("%d %d %d %d %d\n", *(int *)i, u == (uintptr_t)i, (int)(c - (char *)p), q == (void *)-1L, (unsigned long)r == 0xffffffff); printf("%d %d\n", (short)(long)(void *)0x12345, (_Bool)(void *)256); return 0; }
