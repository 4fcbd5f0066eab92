// out: 16 14 16 29 16 6 16 2
#include <stdio.h>
struct a { char c; int i; long l; };
#pragma pack(2)
struct b { char c; int i; long l; };
#pragma pack(push, 4)
struct c { char c; int i; long l; };
#pragma pack(push)
#pragma pack(1)
struct d { char c; int i; long l; struct a n; };
#pragma pack(pop)
struct e { char c; int i; long l; };
#pragma pack(pop)
struct f { char c; int i; };
#pragma pack()
struct g { char c; int i; long l; };
int main(void) { printf("%d %d %d %d %d %d %d %d\n", (int)sizeof(struct a), (int)sizeof(struct b), (int)sizeof(struct c), (int)sizeof(struct d), (int)sizeof(struct e), (int)sizeof(struct f), (int)sizeof(struct g), (int)_Alignof(struct b)); return 0; }
