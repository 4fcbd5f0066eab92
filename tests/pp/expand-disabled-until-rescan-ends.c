// out: 1 f(2)(3)
// out: a a a b
#define f(x) x f
f(1)(2)(3)
#define a a b
#define b a
a b
