// out: 0 0 20 -150 40 -300 60 -450 -110 63
#include <stdio.h>
struct s { unsigned k : 6; int v : 10; } t[4], *p = t;
int main(void)
{
    for (int i = 0; i < 4; i++) { (p + i)->k = i * 20; t[i].v = -i * 150; }
    for (int i = 0; i < 4; i++) { printf("%d ", p->k); printf("%d ", p++->v); }
    p = t; p[1].v += p[2].k; (*p).k = ~p->k;
    printf("%d %d\n", t[1].v, t->k);
    return 0;
}
