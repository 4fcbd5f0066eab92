// out: g(0, 1, 1)
#define X 1
#define Y X
#define e(f, ...) f(0, ##__VA_ARGS__)
e(g, X, Y)
