// out: 4 4 hello 4 4
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct f { int n; char t[]; }; struct z { short n; int v[0]; };
int main(void)
{
    struct f *p = malloc(sizeof *p + 6);
    struct z *q = malloc(sizeof *q + 3 * sizeof(int));
    p->n = 5; strcpy(p->t, "hello");
    for (int i = 0; i < 3; i++) q->v[i] = i * i;
    printf("%d %d %s %d %d\n", (int)sizeof *p, (int)sizeof *q, p->t, q->v[2], (int)((char *)q->v - (char *)q));
    return 0;
}
