// out: 11 9 7
// out:  6d 5e cd ab 89 67 45 23 01 55 7d
// out:  01 78 56 34 12 4c 5d 6e ff
// out:  00 ff 0f 04 03 02 01
// out: 5 109517 123456789abc 85 -3 12345678 7edcba98
#include <stdio.h>
#include <string.h>
struct __attribute__((packed)) p { unsigned a : 3; unsigned b : 17; unsigned long c : 45; char d; int e : 7; };
struct __attribute__((packed)) q { char a; unsigned b : 31; unsigned c : 31; };
#pragma pack(push, 1)
struct r { char a; int b : 12; int c; };
#pragma pack(pop)
#define DUMP(s) do { unsigned char *z = (unsigned char *)&s; for (unsigned n = 0; n < sizeof s; n++) printf(" %02x", z[n]); printf("\n"); } while (0)
int main(void)
{
    struct p s; struct q t; struct r u;
    memset(&s, 0, sizeof s); memset(&t, 0xff, sizeof t); memset(&u, 0, sizeof u);
    printf("%d %d %d\n", (int)sizeof s, (int)sizeof t, (int)sizeof u);
    s.a = 5; s.b = 0x1abcd; s.c = 0x123456789abc; s.d = 0x55; s.e = -3;
    t.a = 1; t.b = 0x12345678; t.c = 0x7edcba98 & 0x7fffffff;
    u.b = -1; u.c = 0x01020304;
    DUMP(s); DUMP(t); DUMP(u);
    printf("%d %d %lx %d %d %x %x\n", s.a, s.b, (long)s.c, s.d, s.e, t.b, t.c);
    return 0;
}
