// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 11 22 33 7.5
struct v { int a, b, c; }; struct w { double d; struct v v; };
typedef struct v (*fn)(struct v, int);
extern fn const table[2]; extern struct w shared;
struct w mix(struct w, fn);
#ifdef OTHER
static struct v add(struct v v, int n) { return (struct v){ v.a + n, v.b + n, v.c + n }; }
static struct v mul(struct v v, int n) { return (struct v){ v.a * n, v.b * n, v.c * n }; }
fn const table[2] = { add, mul };
struct w shared = { 2.5, { 1, 2, 3 } };
struct w mix(struct w w, fn f) { w.v = f(w.v, 10); w.v = table[0](w.v, w.v.a / 10); w.v.b++; w.v.c += 2; w.d *= 3; return w; }
#else
int printf(const char *, ...);
int main(void) { struct w r = mix(shared, table[1]); printf("%d %d %d %g\n", r.v.a, r.v.b, r.v.c, r.d); return 0; }
#endif
