// out: 32 16 1 1 1
#include <stdio.h>
#include <string.h>
struct s { int x; __uint128_t y; };
static __int128 a;
static unsigned __int128 pass(unsigned __int128 v) { return v; }
static struct s through(struct s *p) { struct s q = *p; return q; }
int main(void)
{
    unsigned char bytes[16], more[16];
    struct s s, t;
    unsigned __int128 b;
    for (int k = 0; k < 16; k++)
        bytes[k] = (unsigned char)(k * 17 + 3);
    memcpy(&a, bytes, 16);
    memcpy(&b, bytes, 16);
    s.x = 7;
    b = pass(b);
    s.y = b;
    t = through(&s);
    memcpy(more, &t.y, 16);
    printf("%d %d %d %d %d\n", (int)sizeof(struct s), (int)_Alignof(__int128), memcmp(bytes, more, 16) == 0, memcmp(&a, &b, 16) == 0, t.x == 7);
    return 0;
}
