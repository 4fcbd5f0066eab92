// Straddling, zero width, different declared types, char fields: sizes, alignments and bits as gcc lays them.
#include <stdio.h>
#include <string.h>
struct a { int x : 3; int y : 30; }; struct b { char x; int y : 9; char z; }; struct c { long x : 33; int y : 31; int z : 2; };
struct d { char a : 4; short b : 12; char c : 5; }; struct e { int a : 1; int : 0; int b : 1; }; struct f { char a; int : 0; char b; };
struct g { short a : 3; int : 20; short b : 5; }; struct h { unsigned char a : 1; unsigned short b : 15; unsigned c : 17; unsigned long d : 40; };
struct i { char a[3]; int b : 8; }; struct j { int : 5; char b; }; struct k { _Bool a : 1; _Bool b : 1; char c : 6; long d : 56; };
union u { int a : 5; unsigned char b; long c : 35; };
#define SHOW(T, ...) do { union { struct T s; unsigned char b[sizeof(struct T)]; } v; memset(&v, 0, sizeof v); v.s = (struct T){ __VA_ARGS__ }; \
    printf("%s %d %d:", #T, (int)sizeof(struct T), (int)_Alignof(struct T)); } while (0)
#define BYTES(T, set) do { struct T s; memset(&s, 0, sizeof s); set; unsigned char *p = (unsigned char *)&s; printf("%s %d %d:", #T, (int)sizeof s, (int)_Alignof(struct T)); \
    for (unsigned n = 0; n < sizeof s; n++) printf(" %02x", p[n]); printf("\n"); } while (0)
int main(void)
{
    BYTES(a, (s.x = -1, s.y = 0x15555555)); BYTES(b, (s.x = 1, s.y = -2, s.z = 3)); BYTES(c, (s.x = -1, s.y = 0x2aaaaaaa, s.z = 1));
    BYTES(d, (s.a = 5, s.b = -3, s.c = 9)); BYTES(e, (s.a = -1, s.b = -1)); BYTES(f, (s.a = 1, s.b = 2)); BYTES(g, (s.a = -1, s.b = -1));
    BYTES(h, (s.a = 1, s.b = 0x5555, s.c = 0x1aaaa, s.d = 0x123456789a)); BYTES(i, (s.a[2] = 7, s.b = -2)); BYTES(j, (s.b = 4));
    BYTES(k, (s.a = 1, s.b = 1, s.c = -2, s.d = -3));
    printf("%d %d\n", (int)sizeof(union u), (int)_Alignof(union u));
    return 0;
}
