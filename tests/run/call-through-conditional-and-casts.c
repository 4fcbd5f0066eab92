// out: 6 12 14 9
// out: 11 8
#include <stdio.h>
static int a(int x) { return x + 1; } static int b(int x) { return x * 2; } static void v(int *p) { *p += 5; }
typedef int (*fn)(int); struct o { fn f[2]; struct o *self; };
static fn get(int k) { return k ? a : b; } static fn *at(struct o *o) { return o->f; }
int main(void) { int n = 1; struct o o = { { a, b }, &o }; printf("%d %d %d %d\n", (n ? a : b)(5), get(0)(6), o.self->self->f[n](7), at(&o)[0](8)); ((void (*)(int *))v)(&n); (n > 3 ? v : v)(&n); printf("%d %d\n", n, (*&a)(1) + ((fn)(long)b)(3)); return 0; }
