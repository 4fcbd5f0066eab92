// out: 3 4 5 9 6 8
// out: 18 35 12 eral ther
// out: 42 1 24 31 1 1 16
// out: 1 2 one 1 three
// Addresses of objects, elements, members, functions and strings with offsets, in static initializers.
#include <stddef.h>
#include <stdio.h>
struct s { int a; struct { char b[8]; int c; } d[3]; } g;
static int arr[10], m[3][4];
static int f(void) { return 42; }
int *p1 = &arr[3], *p2 = arr + 4, *p3 = 5 + arr, *p4 = &arr[10] - 1, *p5 = &m[1][2], (*p6)[4] = &m[2];
char *q1 = g.d[1].b + 2, *q2 = &g.d[2].b[7], *q3 = (char *)&g.d[0].c, *q4 = "literal" + 3, *q5 = &"other"[1];
int (*fp)(void) = f, (*fq)(void) = &f;
long off = (long)&((struct s *)0)->d[1].c, off2 = offsetof(struct s, d[2].b[3]);
void *self = &self, *null = 0, *one = (void *)16;
unsigned long as_int = (unsigned long)&arr[1];
int *cond = 1 ? &arr[2] : 0;
const char *const names[] = { "zero", "one", [3] = "three" };
int main(void)
{
    printf("%d %d %d %d %d %d\n", (int)(p1 - arr), (int)(p2 - arr), (int)(p3 - arr), (int)(p4 - arr), (int)(p5 - m[0]), (int)(*p6 - m[0]));
    printf("%d %d %d %s %s\n", (int)(q1 - (char *)&g), (int)(q2 - (char *)&g), (int)(q3 - (char *)&g), q4, q5);
    printf("%d %d %ld %ld %d %d %d\n", fp(), fq == f, off, off2, self == &self, null == 0, (int)(long)one);
    printf("%d %d %s %d %s\n", as_int == (unsigned long)(arr + 1), (int)(cond - arr), names[1], names[2] == 0, names[3]);
    return 0;
}
