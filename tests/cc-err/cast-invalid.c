// exit: 1
struct s { int a; } v;
int f(double d, int *p) { (void)(struct s)1; (void)(int)v; (void)(int *)d; (void)(double)p; (void)(int[3])p; return (int)p; }
