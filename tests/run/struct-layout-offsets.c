// out: 24 8 16 8
// out: 48 8 32 2
// out: 24 8 16 20
// out: 16 24 16
// out: 11 9 16 1 12
// out: 32 32 96 32 16
// out: 24 8 16
#include <stddef.h>
#include <stdio.h>
struct a { char c; long l; short s; }; struct b { char x[3]; double d; char y; struct a z; }; struct c { float f; char *p; _Bool b; int i; };
union u { char c[9]; int i; long l; }; struct d { union u u; char t; };
struct __attribute__((packed)) p { char c; long l; short s; }; struct q { char c; struct p p; int i; };
struct __attribute__((aligned(32))) v { char c; }; struct w { char c; struct v v; char d; }; struct x { char c; int i __attribute__((aligned(16))); short s __attribute__((packed)); };
struct y { char c; _Alignas(8) char d; _Alignas(double) int e; };
int main(void)
{
    printf("%d %d %d %d\n", (int)sizeof(struct a), (int)offsetof(struct a, l), (int)offsetof(struct a, s), (int)_Alignof(struct a));
    printf("%d %d %d %d\n", (int)sizeof(struct b), (int)offsetof(struct b, d), (int)offsetof(struct b, z.l), (int)offsetof(struct b, x[2]));
    printf("%d %d %d %d\n", (int)sizeof(struct c), (int)offsetof(struct c, p), (int)offsetof(struct c, b), (int)offsetof(struct c, i));
    printf("%d %d %d\n", (int)sizeof(union u), (int)sizeof(struct d), (int)offsetof(struct d, t));
    printf("%d %d %d %d %d\n", (int)sizeof(struct p), (int)offsetof(struct p, s), (int)sizeof(struct q), (int)offsetof(struct q, p), (int)offsetof(struct q, i));
    printf("%d %d %d %d %d\n", (int)sizeof(struct v), (int)offsetof(struct w, v), (int)sizeof(struct w), (int)sizeof(struct x), (int)offsetof(struct x, i));
    printf("%d %d %d\n", (int)sizeof(struct y), (int)offsetof(struct y, d), (int)offsetof(struct y, e));
    return 0;
}
