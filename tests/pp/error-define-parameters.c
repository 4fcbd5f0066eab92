// exit: 1
// err~: expected ')' before end of line
// err~: duplicate macro parameter "x"
// err~: expected parameter name, found "3"
// err~: expected ',' or ')', found "y"
// err~: expected ')' after "..."
// out: after
#define a(x
#define b(x,x) x
#define c(3) x
#define d(x y) x
#define e(x, ...y) x
#define f(,) x
#define g(x,) x
after
