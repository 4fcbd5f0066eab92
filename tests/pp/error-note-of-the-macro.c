// exit: 1
// err~: macro "inner2" requires 2 arguments, but only 1 given
// err~: note: in expansion of macro 'inner'
// out: inner2
#define inner(a) inner2(a)
#define inner2(a, b) a
#define outer(x) inner(x)
outer(1)
