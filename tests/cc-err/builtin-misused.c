// exit: 1
int a = __builtin_clz("x");
int b = __builtin_popcount(1, 2);
int c = __builtin_offsetof(int, x);
struct s { int m; };
int d = __builtin_offsetof(struct s, n);
int f(int *p) { return __builtin_add_overflow(1, 2, 3) + __builtin_add_overflow(1.5, 2, p); }
