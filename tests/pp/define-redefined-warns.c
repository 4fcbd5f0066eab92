// err~: warning: "A" redefined
// err~: note: this is the location of the previous definition
// err~: warning: "f" redefined
// out: 2 3
#define A 1
#define A 2
#define f(a) a
#define f(b) b
A f(3)
