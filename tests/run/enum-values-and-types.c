// out: 0 5 6 -3 -2 13
// out: 4 4 8 1
// out: 7 8 1 1
// out: 77 0 4294967296
#include <stdio.h>
enum a { A, B = 5, C, D = -3, E, F = B | 8 }; enum u { U = 0xffffffff }; enum l { L = 0x100000000 }; enum __attribute__((packed)) p { P = 3 };
typedef enum { X = 'x', Y = sizeof(int) } t;
int main(void)
{
    enum a v = C; t w = Y;
    printf("%d %d %d %d %d %d\n", A, B, C, D, E, F);
    printf("%d %d %d %d\n", (int)sizeof(enum a), (int)sizeof(enum u), (int)sizeof(enum l), (int)sizeof(enum p));
    v++; w *= 2;
    printf("%d %d %d %d\n", v, w, (enum a)-1 < 0, (enum u)-1 > 0);
    { enum { A = 77 }; printf("%d ", A); }
    printf("%d %ld\n", A, (long)L);
    return 0;
}
