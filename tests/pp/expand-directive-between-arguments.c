// out: [1 2] {3}
#define f(x) [x]
f(1
#undef f
#define f(y) {y}
2) f(3)
