// exit: 1
// err~: '##' cannot appear at either end of a macro expansion
// out: a c e(1)
#define a ## b
#define c d ##
#define e(x) ## x
a c e(1)
