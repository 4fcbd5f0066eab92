// out: 7 1 15 2 4
// out: 1 0 0 1
#include <stdio.h>
enum e { A, B, C, D = 7 };
struct s { enum e x : 3; _Bool b : 1; unsigned char c : 4; enum e y : 8; };
int main(void)
{
    struct s s = { D, 5, 15, C };
    printf("%d %d %d %d %d\n", s.x, s.b, s.c, s.y, (int)sizeof s);
    s.c++; s.x = B; s.b = 0;
    printf("%d %d %d %d\n", s.x, s.b, s.c, s.x == B);
    return 0;
}
