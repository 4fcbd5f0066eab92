// out: 53 7 6 1
#include <stdio.h>
struct dev { volatile unsigned status; unsigned short data; volatile const int id; }; static struct dev d = { 1, 2, 3 };
static int poll(volatile struct dev *p) { int n = 0; while (p->status & 1) { if (++n == 5) p->status = 0; p->data++; } return n * 10 + p->id; }
int main(void) { volatile int v[3] = { 1, 2, 3 }; volatile int *volatile p = v; int s = *p++ + *p++; s += *p--; *p = s; int n = poll(&d); printf("%d %d %d %d\n", n, d.data, v[1], (int)(p - v)); return 0; }
