// out: char short int unsigned long
// out: char * const char * int * function struct s
// out: float double bool void * other
// out: int int schar 6
#include <stdio.h>
#define NAME(x) _Generic((x), _Bool: "bool", char: "char", signed char: "schar", unsigned char: "uchar", short: "short", int: "int", unsigned: "unsigned", long: "long", \
    unsigned long: "ulong", long long: "llong", float: "float", double: "double", char *: "char *", const char *: "const char *", void *: "void *", int *: "int *", \
    int (*)(void): "function", struct s: "struct s", default: "other")
struct s { int a; };
static int fn(void) { return 0; }
int main(void)
{
    struct s s; char c = 0; const char *cp = 0; short sh = 0; int a[3]; const int ci = 1;
    printf("%s %s %s %s %s\n", NAME(c), NAME(sh), NAME(+sh), NAME(1u), NAME(1L));
    printf("%s %s %s %s %s\n", NAME("x"), NAME(cp), NAME(a), NAME(fn), NAME(s));
    printf("%s %s %s %s %s\n", NAME(1.f), NAME(1.0), NAME((_Bool)1), NAME((void *)0), NAME(&s));
    printf("%s %s %s %d\n", NAME(ci), NAME('c'), NAME((signed char)1), _Generic(1, int: 2, default: undeclared_is_not_an_error_here_(1)) * 3);
    return 0;
}
int undeclared_is_not_an_error_here_(int x) { return x; }
