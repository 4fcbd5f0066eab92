#include <stdio.h>
#include <string.h>
struct __attribute__((packed)) p { char a; int b; char c; double d; short e; long f; struct { char x; int y; } g; };
int main(void)
{
    struct p s, t; unsigned char *b = (unsigned char *)&s;
    memset(&s, 0, sizeof s);
    s.a = 1; s.b = 0x02030405; s.c = 6; s.d = 1.5; s.e = 7; s.f = -1; s.g.y = 8;
    t = s; t.b++; t.f--; t.d *= 2;
    printf("%d %x %ld %g %d\n", (int)sizeof s, t.b, t.f, t.d, t.g.y);
    for (int i = 0; i < 10; i++) printf("%02x ", b[i]);
    printf("\n");
    return 0;
}
