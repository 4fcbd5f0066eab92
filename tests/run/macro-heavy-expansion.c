// out: green blue=4 3
// out: none
// out: x1 + LIST
// X-macros, token pasting and stringizing as real code uses them.
#include <stdio.h>
#define LIST(X) X(red, 1) X(green, 2) X(blue, 4)
#define ENUM(n, v) C_##n = v,
#define NAME(n, v) #n,
#define CASE(n, v) case C_##n: return #n "=" #v;
#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define STR_(x) #x
#define STR(x) STR_(x)
#define COUNT(...) COUNT_(__VA_ARGS__, 5, 4, 3, 2, 1)
#define COUNT_(a, b, c, d, e, n, ...) n
#define LOG(fmt, ...) printf(fmt "\n", ##__VA_ARGS__)
enum color { LIST(ENUM) }; static const char *const names[] = { LIST(NAME) };
static const char *f(enum color c) { switch (c) { LIST(CASE) } return "?"; }
int main(void) { int CAT(var, COUNT(x)) = COUNT(a, b, c); LOG("%s %s %d", names[1], f(C_blue), CAT(var, 1)); LOG("none"); LOG(STR(CAT(x, 1) + LIST)); return 0; }
