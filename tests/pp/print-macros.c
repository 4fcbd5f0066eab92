// run: %idem cc -dM -E %s | grep -v ' _\|#define __' | grep '#define [AEfvn]'
// out: #define A 1
// out: #define f(x,y) x+y #x x ##y x ## y
// out: #define n(r...) r
// out: #define A2 A A
#define A 1
#define E
#define f(x,  y) x+y #x x##y   x ## y
#define v(a, ...) __VA_ARGS__ __VA_OPT__(a)
#define n(r...) r
#undef E
#define A2 A A
