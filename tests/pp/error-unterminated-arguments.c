// exit: 1
// err~: unterminated argument list invoking macro "f"
// out: x f
#define f(a) a
x f(1, (2)
y
