/* Kernel: allocation. Binary trees, lists that grow and shrink, and blocks of mixed size, from a free-list allocator of its own
 * over one big area, so that the C library's malloc is not what is measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct Tree { struct Tree *l, *r; long v; } Tree;
typedef struct Free { struct Free *next; } Free;
enum { AREA = 1 << 23, CLASSES = 32 };
static _Alignas(16) char area[AREA];
static size_t used;
static Free *lists[CLASSES + 1];
static void *get(size_t n)
{
    size_t c = (n + 15) / 16;
    Free *f = lists[c];
    if (f) {
        lists[c] = f->next;
        return f;
    }
    if (used + c * 16 > AREA)
        exit(2);
    used += c * 16;
    return area + used - c * 16;
}
static void put(void *p, size_t n)
{
    Free *f = p;
    f->next = lists[(n + 15) / 16];
    lists[(n + 15) / 16] = f;
}
static Tree *make(int depth, long v)
{
    Tree *t = get(sizeof *t);
    t->v = v;
    t->l = depth ? make(depth - 1, 2 * v) : 0;
    t->r = depth ? make(depth - 1, 2 * v + 1) : 0;
    return t;
}
static long drop(Tree *t)
{
    long s = t->v;
    if (t->l) s += drop(t->l) - drop(t->r);
    put(t, sizeof *t);
    return s;
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 6;
    long sum = 0;
    struct { char *p; unsigned n; } blocks[512];
    unsigned r = 12345;
    memset(blocks, 0, sizeof blocks);
    for (int i = 0; i < scale * 2; i++)
        sum += drop(make(13 + i % 3, 1));
    for (int i = 0; i < scale * 60000; i++) {
        unsigned k;
        r = r * 1103515245u + 12345u;
        k = r >> 20 & 511;
        if (blocks[k].p) {
            sum += blocks[k].p[blocks[k].n - 1];
            put(blocks[k].p, blocks[k].n);
        }
        blocks[k].n = 16 + (r >> 8 & 255);
        blocks[k].p = get(blocks[k].n);
        blocks[k].p[blocks[k].n - 1] = (char)i;
    }
    printf("%ld %lu\n", sum, (unsigned long)used);
    return 0;
}
