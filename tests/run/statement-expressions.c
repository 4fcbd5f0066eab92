// out: 5 4 4 8 4
// out: 9 3
// out: 122 7
// out: 110 tr
#include <stdio.h>
#define MAX(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })
struct p { int x, y; };
int main(void)
{
    int i = 3, j = 5;
    int m = MAX(i++, j--);
    struct p s = ({ struct p t = { i, j }; t.x *= 2; t; });
    printf("%d %d %d %d %d\n", m, i, j, s.x, s.y);
    printf("%d %g\n", MAX(MAX(1, 9), MAX(4, 2)), ({ double d = 1.5; d * 2; }));
    int r = ({ int k = 0; for (int n = 0; n < 4; n++) k += n; k; }) + ({ 10; });
    ({ r++; });
    for (int k = ({ 2; }); k < ({ 4; }); k += ({ 1; })) r += ({ if (k == 3) r += 100; k; });
    printf("%d %d\n", r, ({ goto over; over: 7; }));
    while (({ r--; r > 110; })) ;
    printf("%d %s\n", r, ({ char *t = "str"; t + 1; }));
    return 0;
}
