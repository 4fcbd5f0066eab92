// out: one three five seven nine seven
#include <stdio.h>
#include <stdlib.h>
struct r { int k; const char *n; };
static int cmp(const void *a, const void *b) { const struct r *x = a, *y = b; return (x->k > y->k) - (x->k < y->k); }
int main(void)
{
    struct r t[] = { { 5, "five" }, { 1, "one" }, { 9, "nine" }, { 3, "three" }, { 7, "seven" } }, key = { 7 };
    qsort(t, 5, sizeof *t, cmp);
    for (int i = 0; i < 5; i++) printf("%s ", t[i].n);
    struct r *f = bsearch(&key, t, 5, sizeof *t, cmp);
    printf("%s\n", f ? f->n : "none");
    return 0;
}
