// out: 21 1 1 6765 57.665
#include <stdio.h>
static int ack(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)); }
static int odd(unsigned n);
static int even(unsigned n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(unsigned n) { return n == 0 ? 0 : even(n - 1); }
static unsigned long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static double pw(double x, int n) { return n ? x * pw(x, n - 1) : 1; }
int main(void)
{
    printf("%d %d %d %lu %g\n", ack(2, 9), even(1000), odd(1001), fib(20), pw(1.5, 10));
    return 0;
}
