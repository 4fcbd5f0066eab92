/* Kernel: matrices. Products of doubles and of integers, Gaussian elimination, a stencil. */
#include <stdio.h>
#include <stdlib.h>
enum { N = 160 };
static double a[N][N], b[N][N], c[N][N];
static int x[N][N], y[N][N], z[N][N];
static void product(void)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double s = 0;
            for (int k = 0; k < N; k++)
                s += a[i][k] * b[k][j];
            c[i][j] = s;
        }
}
static void iproduct(void)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            z[i][j] = 0;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            for (int j = 0; j < N; j++)
                z[i][j] += x[i][k] * y[k][j];
}
static double eliminate(void)
{
    double det = 1;
    for (int i = 0; i < N; i++) {
        det = det * c[i][i] * 1e-3;
        if (c[i][i] < 1e-9 && c[i][i] > -1e-9)
            c[i][i] = 1;
        for (int r = i + 1; r < N; r++) {
            double f = c[r][i] / c[i][i];
            for (int k = i; k < N; k++)
                c[r][k] -= f * c[i][k];
        }
        if (det > 1e100 || det < -1e100)
            det *= 1e-100;
    }
    return det;
}
static void stencil(void)
{
    for (int t = 0; t < 10; t++)
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                b[i][j] = (b[i - 1][j] + b[i + 1][j] + b[i][j - 1] + b[i][j + 1]) * 0.25;
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 3;
    double s = 0;
    unsigned t = 0;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = (i * 7 + j * 3) % 11 - 5 + (i == j) * 20;
            b[i][j] = (i * 5 + j) % 7 - 3 + (i == j) * 9;
            x[i][j] = i * j % 13 - 6;
            y[i][j] = (i + 3 * j) % 17 - 8;
        }
    for (int n = 0; n < scale / 3; n++) {
        product();
        iproduct();
        s = s * 0.5 + eliminate();
        stencil();
        t = t * 31 + (unsigned)z[n % N][3];
        x[n % N][n % 7]++;
    }
    printf("%.6e %.9f %u\n", s, b[N / 2][N / 3], t);
    return 0;
}
