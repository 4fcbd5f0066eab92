// run: %idem cc -E -P -Werror %s
// out: x + y 1 2
#define A  x  +   y
#define A x /* c */ + y
#define f(a, b)  a   b
#define f(a,b) a b
A f(1,2)
