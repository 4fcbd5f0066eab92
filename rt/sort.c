/* sort: a stable merge sort over elements of any size up to 64 bytes. Input: an array and as much scratch memory.
 * Short runs by insertion, then runs are merged bottom-up, back and forth between the two arrays. */
#include "rt/rt.h"

enum { RUN = 8, MAX_SIZE = 64 };

static void insertion(char *base, size_t n, size_t size, RtCompare *cmp, void *ctx)
{
    char hold[MAX_SIZE];
    for (size_t i = 1; i < n; i++) {
        size_t j = i;
        while (j > 0 && cmp(base + (j - 1) * size, base + i * size, ctx) > 0)
            j--;
        if (j == i)
            continue;
        memcpy(hold, base + i * size, size);
        memmove(base + (j + 1) * size, base + j * size, (i - j) * size);
        memcpy(base + j * size, hold, size);
    }
}

/* Merges src[0, mid) and src[mid, n) into dst. */
static void merge(char *dst, const char *src, size_t mid, size_t n, size_t size, RtCompare *cmp, void *ctx)
{
    const char *a = src, *a_end = src + mid * size;
    const char *b = a_end, *b_end = src + n * size;
    if (mid == n || cmp(a_end - size, b, ctx) <= 0) {
        memcpy(dst, src, n * size);
        return;
    }
    while (a < a_end && b < b_end) {
        if (cmp(a, b, ctx) <= 0) {
            memcpy(dst, a, size);
            a += size;
        } else {
            memcpy(dst, b, size);
            b += size;
        }
        dst += size;
    }
    memcpy(dst, a, (size_t)(a_end - a));
    dst += a_end - a;
    memcpy(dst, b, (size_t)(b_end - b));
}

void rt_sort(void *base, size_t n, size_t size, void *tmp, RtCompare *cmp, void *ctx)
{
    char *from = base, *to = tmp;
    if (n < 2 || size == 0)
        return;
    for (size_t i = 0; i < n; i += RUN)
        insertion(from + i * size, n - i < RUN ? n - i : RUN, size, cmp, ctx);
    for (size_t run = RUN; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t len = n - i < 2 * run ? n - i : 2 * run;
            merge(to + i * size, from + i * size, len < run ? len : run, len, size, cmp, ctx);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != (char *)base)
        memcpy(base, from, n * size);
}
