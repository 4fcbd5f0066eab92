// out: 2*9*G
// out: 42
// out: 2 +1 +1
#define F(a) a*G
#define G(a) F(a)
F(2)(9)
#define NIL(xxx) xxx
#define G_0(arg) NIL(G_1)(arg)
#define G_1(arg) NIL(arg)
G_0(42)
#define apply(f, x) f(x)
#define inc(x) x+1
apply(inc, apply(inc, 2))
