// run: %idem cc -E -P -std=c11 %s
// out: [1] [1,] [1,2]
// out: [x,] [x,1]
#define e(f, ...) [f, ## __VA_ARGS__]
e(1) e(1,) e(1,2)
#define o(...) [x, ## __VA_ARGS__]
o() o(1)
