/* Kernel: sieves. Bytes, bits, and smallest factors. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
enum { N = 1 << 20 };
static char flags[N];
static unsigned bits[N / 32];
static int factor[N / 2];
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 2;
    unsigned long sum = 0;
    for (int round = 0; round < scale * 4 / 10; round++) {
        int n = 0;
        memset(flags, 1, N);
        for (int i = 2; i * i < N; i++)
            if (flags[i])
                for (int j = i * i; j < N; j += i)
                    flags[j] = 0;
        for (int i = 2; i < N; i++)
            n += flags[i];
        sum += n;
        memset(bits, 0, sizeof bits);
        for (unsigned i = 3; i * i < N; i += 2)
            if (!(bits[i >> 5] >> (i & 31) & 1))
                for (unsigned j = i * i; j < N; j += 2 * i)
                    bits[j >> 5] |= 1u << (j & 31);
        for (unsigned i = 3; i < N; i += 2)
            sum += !(bits[i >> 5] >> (i & 31) & 1);
        memset(factor, 0, sizeof factor);
        for (int i = 2; i < N / 2; i++)
            if (factor[i] == 0)
                for (int j = i; j < N / 2; j += i)
                    if (factor[j] == 0)
                        factor[j] = i;
        for (int i = round; i < N / 2; i += 97)
            sum = sum * 3 + (unsigned)factor[i];
    }
    printf("%lu\n", sum);
    return 0;
}
