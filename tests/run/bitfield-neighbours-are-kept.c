// out: 7f 0 3fff 7 1fffffff -1 1f
// out: 1 0 3fff 7 0 -1 1f
// out: 0 0 3fff 0 0 0 1f
#include <stdio.h>
#include <string.h>
struct s { unsigned a : 7, b : 11, c : 14, d : 3, e : 29; char f; unsigned g : 5; };
int main(void)
{
    struct s s;
    memset(&s, 0xff, sizeof s);
    s.b = 0; printf("%x %x %x %x %x %d %x\n", s.a, s.b, s.c, s.d, s.e, s.f, s.g);
    s.e = 0; s.a = 1; printf("%x %x %x %x %x %d %x\n", s.a, s.b, s.c, s.d, s.e, s.f, s.g);
    memset(&s, 0, sizeof s);
    s.c = -1; s.g = -1; printf("%x %x %x %x %x %d %x\n", s.a, s.b, s.c, s.d, s.e, s.f, s.g);
    return 0;
}
