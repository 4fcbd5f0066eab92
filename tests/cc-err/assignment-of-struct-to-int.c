// exit: 1
struct s { int a; } v;
void f(int i) { i = v; v = i; int j = v; struct s w = i; (void)j; (void)w; }
