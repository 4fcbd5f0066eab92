// out: 5 0 4 0 0 0
#include <stdio.h>
int a; int a; int a = 5; int a;
static int b; static int b;
int arr[]; int arr[3];
extern int c; int c;
struct s; extern struct s s0; struct s { int v; }; struct s s0;
int unk[];
int main(void) { arr[2] = 4; printf("%d %d %d %d %d %d\n", a, b, arr[2], c, s0.v, unk[0]); return 0; }
