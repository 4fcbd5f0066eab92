// exit: 1
// err~: '#' is not followed by a macro parameter
// out: after
#define f(x) #y
#define g(x) x #
after
