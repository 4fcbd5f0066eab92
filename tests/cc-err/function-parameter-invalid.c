// exit: 1
struct s;
void f(void, int);
void g(struct s v) { }
void h(int a, int a) { }
void k(static int a);
void m(int a = 3);
void n(int) { }
