// out: 5.5 11 16.5 22 1 99 40.0938
#include <stdio.h>
struct v { double x, y, z; }; struct p { int a, b; }; struct q { long a; double b; };
static struct v add(struct v a, struct v b) { return (struct v){ a.x + b.x, a.y + b.y, a.z + b.z }; } static struct v sc(struct v a, double k) { return (struct v){ a.x * k, a.y * k, a.z * k }; }
static struct p sw(struct p a, struct p b) { return (struct p){ b.a + a.b, a.a - b.b }; } static struct q mq(struct q a, struct p p, struct q b) { return (struct q){ a.a + b.a + p.a, a.b * b.b + p.b }; }
int main(void) { struct v i = { 1, 2, 3 }; struct p p = { 5, 7 }; struct q q = { 2, 1.5 }; struct v r = add(sc(add(i, i), 2), sc(add(sc(i, 3), add(i, sc(i, -1))), 0.5)); p = sw(sw(p, (struct p){ 1, 2 }), sw(p, sw(p, p))); q = mq(mq(q, p, q), sw(p, p), mq(q, p, mq(q, p, q))); printf("%g %g %g %d %d %ld %g\n", r.x, r.y, r.z, p.a, p.b, q.a, q.b); return 0; }
