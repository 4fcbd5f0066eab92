// out: t(1) g g f(1)
#define f(x) x
#define g f(g)
#define t(a) a
t(t)(1) g f(g) f(f)(1)
