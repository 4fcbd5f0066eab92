/* Kernel: sorting. Quicksort, heapsort and mergesort of integers, and a sort of records through a comparison function. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct Rec { int key; char name[12]; } Rec;
static void quick(int *a, int lo, int hi)
{
    while (hi - lo > 12) {
        int p = a[lo + (hi - lo) / 2], i = lo, j = hi;
        while (i <= j) {
            while (a[i] < p) i++;
            while (a[j] > p) j--;
            if (i <= j) { int t = a[i]; a[i++] = a[j]; a[j--] = t; }
        }
        if (j - lo < hi - i) { quick(a, lo, j); lo = i; } else { quick(a, i, hi); hi = j; }
    }
    for (int i = lo + 1; i <= hi; i++) {
        int t = a[i], j = i;
        for (; j > lo && a[j - 1] > t; j--) a[j] = a[j - 1];
        a[j] = t;
    }
}
static void sift(int *a, int i, int n)
{
    int v = a[i];
    for (int c; (c = 2 * i + 1) < n; i = c) {
        if (c + 1 < n && a[c + 1] > a[c]) c++;
        if (a[c] <= v) break;
        a[i] = a[c];
    }
    a[i] = v;
}
static void heap(int *a, int n)
{
    for (int i = n / 2 - 1; i >= 0; i--) sift(a, i, n);
    for (int i = n - 1; i > 0; i--) { int t = a[0]; a[0] = a[i]; a[i] = t; sift(a, 0, i); }
}
static void merge(int *a, int *tmp, int n)
{
    for (int w = 1; w < n; w *= 2) {
        for (int lo = 0; lo < n; lo += 2 * w) {
            int mid = lo + w < n ? lo + w : n, hi = lo + 2 * w < n ? lo + 2 * w : n, i = lo, j = mid;
            for (int k = lo; k < hi; k++)
                tmp[k] = i < mid && (j >= hi || a[i] <= a[j]) ? a[i++] : a[j++];
        }
        memcpy(a, tmp, sizeof(int) * (size_t)n);
    }
}
static int by_name(const void *a, const void *b) { return strcmp(((const Rec *)a)->name, ((const Rec *)b)->name); }
static int by_key(const void *a, const void *b) { const Rec *x = a, *y = b; return x->key < y->key ? -1 : x->key > y->key; }
static void shell(Rec *a, int n, int (*cmp)(const void *, const void *))
{
    for (int gap = n / 2; gap; gap = gap * 5 / 11)
        for (int i = gap; i < n; i++) {
            Rec t = a[i];
            int j = i;
            for (; j >= gap && cmp(&a[j - gap], &t) > 0; j -= gap) a[j] = a[j - gap];
            a[j] = t;
        }
}
enum { N = 100000, R = 6000 };
int main(int argc, char **argv)
{
    int scale = argc > 1 ? atoi(argv[1]) : 100;
    static int a[N], b[N], tmp[N];
    static Rec recs[R];
    unsigned r = 1, sum = 0;
    for (int round = 0; round < scale / 8; round++) {
        for (int i = 0; i < N; i++) { r = r * 1664525u + 1013904223u; a[i] = (int)(r >> 4) - (1 << 27); }
        memcpy(b, a, sizeof a); quick(b, 0, N - 1); sum = sum * 31 + (unsigned)b[N / 3];
        memcpy(b, a, sizeof a); heap(b, N); sum = sum * 31 + (unsigned)b[N / 5];
        memcpy(b, a, sizeof a); merge(b, tmp, N); sum = sum * 31 + (unsigned)b[N / 7];
        for (int i = 0; i < R; i++) {
            recs[i].key = a[i];
            for (int k = 0; k < 11; k++) recs[i].name[k] = (char)('a' + (a[i + k] >> (k + 3) & 7));
        }
        shell(recs, R, by_name); sum = sum * 31 + (unsigned)recs[R / 2].key;
        shell(recs, R, by_key); sum = sum * 31 + (unsigned)recs[R / 2].name[5];
    }
    printf("%u\n", sum);
    return 0;
}
