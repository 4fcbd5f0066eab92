// out: [1] [1,] [1,2] [1,2,3] []
// out: [1] [1,] [1,2,3]
// out: [x] [x,1] [x,1,2]
#define e(f, ...) [f, ## __VA_ARGS__]
e(1) e(1,) e(1,2) e(1,2,3) e()
#define n(f, args...) [f, ## args]
n(1) n(1,) n(1,2,3)
#define o(...) [x, ## __VA_ARGS__]
o() o(1) o(1,2)
