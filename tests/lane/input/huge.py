#!/usr/bin/env python3
"""A C program whose one function is larger than a megabyte: loops, forward and backward jumps, a switch and a computed goto reach
over all of it."""
print('''#include <stdio.h>
unsigned a[64];
unsigned long h;
int rounds, trace[8];
int work(int n, unsigned x)
{
    int k = 0;
    void *to = n & 1 ? &&middle : &&low;
again:
    if (n > 100)
        goto out;
    switch (n % 5) {
    case 0: goto low;
    case 1: trace[0]++; break;
    case 2: goto out;
    case 3: goto *to;
    default: trace[1]++; goto middle;
    }
low:
    trace[2]++;
    while (k < n && k < 3) {''')
for half in range(2):
    for i in range(12000):
        print("    a[%d] = a[%d] * 5 + x ^ %d; x += a[%d] >> 3; h = h * 3 + x;" % (i % 64, (i * 7 + 1) % 64, i, (i + 5) % 64))
    if not half:
        print("    k++; if (x & 1) continue; if (k == 2) goto middle; }\nmiddle:\n    trace[3]++; if (x == 77) goto again; do { rounds++;")
print('''    if ((x & 3) == 3) break; } while (rounds % 3);
    trace[4]++;
    n += 2;
    if (n < 12) goto again;
out:
    trace[5]++;
    return n + k;
}
int main(void)
{
    for (int n = 0; n < 7; n++)
        printf("%d ", work(n, n * 12345));
    printf("%lx", h);
    for (int k = 0; k < 6; k++)
        printf(" %d", trace[k]);
    printf("\\n");
    return 0;
}''')
