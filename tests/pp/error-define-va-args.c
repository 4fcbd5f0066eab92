// err~: __VA_ARGS__ can only appear in the expansion of a C99 variadic macro
// out: after
#define a __VA_ARGS__
#define f(x) __VA_ARGS__
#define g(__VA_ARGS__) x
after
