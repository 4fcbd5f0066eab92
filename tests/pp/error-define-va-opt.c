// exit: 1
// err~: __VA_OPT__ must be followed by an open parenthesis
// err~: unterminated __VA_OPT__
// err~: __VA_OPT__ may not appear in a __VA_OPT__
// err~: '##' cannot appear at either end of __VA_OPT__
// out: after
#define a(x, ...) __VA_OPT__
#define b(x, ...) __VA_OPT__(
#define c(x, ...) __VA_OPT__(__VA_OPT__())
#define d(x, ...) __VA_OPT__(## x)
after
