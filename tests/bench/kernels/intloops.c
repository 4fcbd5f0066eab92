/* Kernel: integer loops. Collatz lengths, a greatest common divisor table, digit sums, and counted nested loops. */
#include <stdio.h>
#include <stdlib.h>
static unsigned gcd(unsigned a, unsigned b) { while (b) { unsigned t = a % b; a = b; b = t; } return a; }
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 3;
    unsigned long sum = 0;
    int longest = 0;
    for (int i = 1; i < scale * 5000; i++) {
        unsigned long n = i;
        int steps = 0;
        while (n != 1) {
            n = n & 1 ? 3 * n + 1 : n / 2;
            steps++;
        }
        if (steps > longest)
            longest = steps;
        sum += steps;
    }
    for (unsigned i = 1; i < 10 * (unsigned)scale; i++)
        for (unsigned j = 1; j < 900; j += 3)
            sum = sum * 3 + gcd(i, j);
    for (int i = 0; i < scale * 10000; i++) {
        int n = i, d = 0;
        while (n) { d += n % 10; n /= 10; }
        sum += d;
    }
    for (int i = 0; i < 10 * scale; i++)
        for (int j = 0; j < 300; j++)
            for (int k = 0; k < 100; k++)
                sum += (i ^ j) + (k & j) * i;
    printf("%lu %d\n", sum, longest);
    return 0;
}
