// exit: 1
// err~: macro "f" requires 2 arguments, but only 1 given
// err~: macro "f" passed 3 arguments, but takes just 2
// err~: takes just 0
// err~: macro "h" requires at least 2 arguments, but only 1 given
// err~: note: macro "f" defined here
// out: f f g h after
#define f(a, b) a b
#define g() z
#define h(a, b, ...) a b
f(1) f(1,2,3) g(1) h(1) after
