// exit: 1
struct a { int x; }; struct b { int x; };
void g(struct a v);
void f(struct b v) { g(v); g(1); }
