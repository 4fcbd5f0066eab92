// exit: 1
struct s { int a; } v;
int f(int *p, double d, struct s w)
{
    return v + 1, p * 2, p + p, d % 2, d << 1, v == w, ~d, -v, !v, p & 1;
}
