// out: enum { COLOR_red = 1, COLOR_green = 2, COLOR_blue = 4, };
// out: char *names[] = { [1] = "red", [2] = "green", [4] = "blue", };
#define LIST(X) X(red, 1) X(green, 2) X(blue, 4)
#define E(n, v) COLOR_##n = v,
#define S(n, v) [v] = #n,
enum { LIST(E) };
char *names[] = { LIST(S) };
