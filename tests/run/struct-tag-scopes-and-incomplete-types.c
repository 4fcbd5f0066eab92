// out: 5 8 1 6 7
#include <stdio.h>
struct a; struct b { struct a *p; }; static int get(struct b *x); struct a { int v; struct b *up; };
static int get(struct b *x) { return x->p->v; }
enum e { X = 1 }; typedef struct later later; struct later { later *self; enum e k; };
static struct { struct in { int q; } i; } outer = { { 6 } };
int main(void) { struct a y = { 5 }; struct b x = { &y }; struct a { char c; } z = { 'c' }; { struct b; struct b { int w; } l = { 8 }; z.c = l.w; } later t = { &t, X }; struct in n = { 7 }; printf("%d %d %d %d %d\n", get(&x), z.c, t.self->k, outer.i.q, n.q); return 0; }
