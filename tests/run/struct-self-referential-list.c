// out: 4321001234 7 3
#include <stdio.h>
struct n { int v; struct n *next, *prev; };
typedef struct tree { struct tree *l, *r; int k; } tree;
static int sum(const tree *t) { return t ? sum(t->l) + t->k + sum(t->r) : 0; }
int main(void)
{
    struct n a[5], *h = 0;
    for (int i = 0; i < 5; i++) { a[i].v = i; a[i].next = h; a[i].prev = 0; if (h) h->prev = &a[i]; h = &a[i]; }
    for (struct n *p = h; p; p = p->next) printf("%d", p->v);
    for (struct n *p = &a[0]; p; p = p->prev) printf("%d", p->v);
    tree t[3] = { { &t[1], &t[2], 1 }, { 0, 0, 2 }, { 0, 0, 4 } };
    printf(" %d %d\n", sum(t), h->next->next->prev->v);
    return 0;
}
