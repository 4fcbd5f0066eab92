/* Kernel: recursion. Fibonacci, Ackermann, Hanoi, queens and permutations. */
#include <stdio.h>
#include <stdlib.h>
static long moves;
static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static int ack(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)); }
static void hanoi(int n, int from, int to, int by)
{
    if (n == 0)
        return;
    hanoi(n - 1, from, by, to);
    moves += from * 3 + to;
    hanoi(n - 1, by, to, from);
}
static int queens(unsigned all, unsigned cols, unsigned left, unsigned right)
{
    unsigned free = all & ~(cols | left | right);
    int n = cols == all;
    while (free) {
        unsigned bit = free & -free;
        free ^= bit;
        n += queens(all, cols | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return n;
}
static long permute(int *a, int n)
{
    long s = 0;
    if (n == 1)
        return a[0] * 7 + a[1] * 3 + a[2];
    for (int i = 0; i < n; i++) {
        int t = a[i];
        a[i] = a[n - 1]; a[n - 1] = t;
        s += permute(a, n - 1);
        a[n - 1] = a[i]; a[i] = t;
    }
    return s;
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 15;
    int a[9] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    long s = 0;
    for (int i = 0; i < scale; i += 25) {
        s += fib(30) + i;
        s += ack(2, 600 + i % 3);
        hanoi(18, 1, 2, 3);
        s += queens((1u << 10) - 1, 0, 0, 0);
        s += permute(a, 9);
    }
    printf("%ld %ld\n", s, moves);
    return 0;
}
